//! Cleans text, measures it in columns and cuts it to fit.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::clean::clean;
use crate::source::Span;

/// A cut moves to the nearest word boundary when that costs at most this many characters; longer words are cut in two, or
/// a long URL would hide the sentence around it.
const WORD_SLACK: usize = 12;

/// The text as one line, safe to show: invisible characters are replaced, white space becomes single spaces.
pub(super) fn plain(text: &str, replacement: char) -> String {
    let clusters = clusters(text, &[], replacement);
    clusters
        .iter()
        .map(|cluster| cluster.text.as_str())
        .collect()
}

/// Columns that the text takes. Terminals disagree on sequences such as flags, so the larger of two readings counts.
pub(super) fn columns(text: &str) -> usize {
    let sum = text.chars().map(char_columns).sum();
    text.width().max(sum)
}

/// Columns of a character.
fn char_columns(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// A line that may hold colours, without what stands beyond `width` columns. The colours all stay, so that none runs on.
pub(super) fn clamp(line: &str, width: usize) -> String {
    let mut kept = String::new();
    let mut used = 0;
    let mut colour = false;
    for c in line.chars() {
        if c == '\u{1b}' || colour {
            colour = c != 'm';
            kept.push(c);
            continue;
        }
        used += char_columns(c);
        if used <= width {
            kept.push(c);
        }
    }
    kept
}

/// The text cut to at most `width` columns, with `ellipsis` for what was cut at its end.
pub(super) fn clip(text: &str, width: usize, ellipsis: &str) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(columns(ellipsis));
    let mut cut = head(text, room).trim_end().to_owned();
    cut.push_str(head(ellipsis, width));
    cut
}

/// The text cut to at most `width` columns, with `ellipsis` for what was cut at its start.
pub(super) fn clip_start(text: &str, width: usize, ellipsis: &str) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let room = width.saturating_sub(columns(ellipsis));
    format!("{}{}", head(ellipsis, width), tail(text, room))
}

/// The longest start of the text that fits.
pub(super) fn head(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_columns(c);
        if used > width {
            return &text[..at];
        }
    }
    text
}

/// The longest end of the text that fits and does not begin with a combining character.
pub(super) fn tail(text: &str, width: usize) -> &str {
    let mut used = 0;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let columns = char_columns(c);
        used += columns;
        if used > width {
            break;
        }
        if columns > 0 {
            start = at;
        }
    }
    &text[start..]
}

/// One line cut out of a longer text, and where the marked words are in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// What is shown, with an ellipsis wherever something was left out.
    pub text: String,
    /// Byte ranges into `text`, sorted, without overlap; at least one unless `text` is empty.
    pub marks: Vec<Range<usize>>,
}

/// Cuts a text to `width` columns around its marked words. Words that lie too far apart keep their surroundings each, with
/// an ellipsis between. Without marks the start of the text is shown and marked as a whole. Spans outside the text are left out.
pub(super) fn window(
    text: &str,
    marks: &[Span],
    width: usize,
    ellipsis: &str,
    replacement: char,
) -> Window {
    let clusters = clusters(text, marks, replacement);
    let mut runs = marked_runs(&clusters);
    let whole = runs.is_empty();
    if whole {
        runs.push(0..0);
    }
    let kept = keep(&clusters, runs, width, columns(ellipsis));

    let mut shown = Window {
        text: String::new(),
        marks: Vec::new(),
    };
    let mut end = 0;
    for part in &kept {
        if part.start > end || (end == 0 && part.start > 0) {
            shown.text.push_str(ellipsis);
        }
        end = part.end;
        let mut open: Option<usize> = None;
        for cluster in &clusters[part.clone()] {
            match (cluster.marked, open) {
                (true, None) => open = Some(shown.text.len()),
                (false, Some(start)) => {
                    shown.marks.push(start..shown.text.len());
                    open = None;
                }
                _ => {}
            }
            shown.text.push_str(&cluster.text);
        }
        if let Some(start) = open {
            shown.marks.push(start..shown.text.len());
        }
    }
    if end < clusters.len() {
        shown.text.push_str(ellipsis);
    }
    if shown.marks.is_empty() && !shown.text.is_empty() {
        shown.marks.push(0..shown.text.len());
    }
    shown
}

/// A character with the combining characters that follow it.
struct Cluster {
    text: String,
    columns: usize,
    marked: bool,
}

impl Cluster {
    fn is_space(&self) -> bool {
        self.text == " "
    }
}

/// Cleans the text and splits it into what must not be torn apart. White space at both ends is dropped.
fn clusters(text: &str, marks: &[Span], replacement: char) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut space: Option<bool> = None;
    for (at, c) in text.char_indices() {
        let marked = marks.iter().any(|mark| mark.start <= at && at < mark.end);
        // Variation selectors only choose between two pictures of a character, and terminals disagree on their width.
        if matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}') {
            continue;
        }
        if c.is_whitespace() && c != '\u{85}' && c != '\u{2028}' && c != '\u{2029}' {
            // A gap is marked when the words on both sides are.
            space = Some(space.unwrap_or(true) && marked);
            continue;
        }
        let mut buffer = [0; 4];
        let c = match clean(c.encode_utf8(&mut buffer)).chars().next() {
            Some(char::REPLACEMENT_CHARACTER) | None => replacement,
            Some(c) => c,
        };
        let columns = char_columns(c);
        let space = space.take();
        match clusters.last_mut() {
            Some(last) if columns == 0 && space.is_none() => last.text.push(c),
            last => {
                if let (Some(_), Some(last)) = (space, last) {
                    let marked = marked && last.marked;
                    clusters.push(Cluster {
                        text: " ".to_owned(),
                        columns: 1,
                        marked,
                    });
                }
                clusters.push(Cluster {
                    text: c.to_string(),
                    columns,
                    marked,
                });
            }
        }
    }
    clusters
}

/// Ranges of clusters that are marked.
fn marked_runs(clusters: &[Cluster]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in clusters.iter().enumerate().filter(|(_, c)| c.marked) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The parts of the text that fit: each run with as many characters around it as there is room for.
fn keep(
    clusters: &[Cluster],
    mut runs: Vec<Range<usize>>,
    width: usize,
    ellipsis: usize,
) -> Vec<Range<usize>> {
    let mut offsets = vec![0];
    for cluster in clusters {
        offsets.push(offsets[offsets.len() - 1] + cluster.columns);
    }
    let wide = |part: &Range<usize>| offsets[part.end] - offsets[part.start];
    let cost = |parts: &[Range<usize>]| {
        let inside: usize = parts.iter().map(wide).sum();
        let first = parts.first().is_some_and(|part| part.start > 0);
        let last = parts.last().is_none_or(|part| part.end < clusters.len());
        let gaps = parts.len().saturating_sub(1) + usize::from(first) + usize::from(last);
        inside + gaps * ellipsis
    };
    let all = 0..clusters.len();
    if wide(&all) <= width {
        return vec![all];
    }
    while runs.len() > 1 && cost(&runs) > width {
        runs.pop();
    }
    if let [run] = &mut runs[..] {
        while run.end > run.start + 1 && cost(std::slice::from_ref(run)) > width {
            run.end -= 1;
        }
    }
    let grown = |by: usize| {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for run in &runs {
            let part = run.start.saturating_sub(by)..(run.end + by).min(clusters.len());
            match parts.last_mut() {
                // An ellipsis must not take more room than what it stands for.
                Some(last)
                    if part.start <= last.end || wide(&(last.end..part.start)) <= ellipsis =>
                {
                    last.end = part.end;
                }
                _ => parts.push(part),
            }
        }
        parts
    };
    let mut parts = runs.clone();
    for by in 1..=width {
        let larger = grown(by);
        if cost(&larger) > width {
            break;
        }
        parts = larger;
    }
    // The same number on both sides leaves room at the text's ends and beside wide characters.
    let mut growing = true;
    while growing {
        growing = false;
        for at in 0..parts.len() {
            let left = at.checked_sub(1).map_or(0, |before| parts[before].end);
            let right = parts
                .get(at + 1)
                .map_or(clusters.len(), |after| after.start);
            let Range { start, end } = parts[at];
            let wider = [
                start.saturating_sub(1).max(left)..end,
                start..(end + 1).min(right),
            ];
            for wider in wider {
                let known = std::mem::replace(&mut parts[at], wider);
                if parts[at] != known && cost(&parts) <= width {
                    growing = true;
                    break;
                }
                parts[at] = known;
            }
        }
    }
    for part in &mut parts {
        snap(clusters, part);
    }
    // Cutting at words may have made room for the few words between two parts.
    let mut at = 1;
    while at < parts.len() {
        let mut joined = parts.clone();
        joined[at - 1].end = joined.remove(at).end;
        if cost(&joined) <= width {
            parts = joined;
        } else {
            at += 1;
        }
    }
    parts
}

/// Moves both ends of a part to word boundaries, unless that would cut marked words or too much.
fn snap(clusters: &[Cluster], part: &mut Range<usize>) {
    let space = |at: usize| clusters.get(at).is_some_and(Cluster::is_space);
    let marked = |at: usize| clusters.get(at).is_some_and(|cluster| cluster.marked);
    if part.start > 0 && !space(part.start - 1) {
        let found = (part.start..part.end)
            .take(WORD_SLACK)
            .take_while(|&at| !marked(at))
            .find(|&at| space(at));
        if let Some(at) = found {
            part.start = at + 1;
        }
    }
    if part.end < clusters.len() && !space(part.end) {
        let found = (part.start..part.end)
            .rev()
            .take(WORD_SLACK)
            .take_while(|&at| !marked(at))
            .find(|&at| space(at));
        if let Some(at) = found.filter(|&at| at > part.start) {
            part.end = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str], width: usize) -> (String, Vec<String>) {
        let mut marks = Vec::new();
        for word in words {
            let start = text.find(word).expect("internal: the word is in the text");
            marks.push(Span::new(start, start + word.len()));
        }
        let window = window(text, &marks, width, "…", '\u{FFFD}');
        assert!(columns(&window.text) <= width, "{window:?}");
        let marked = window
            .marks
            .iter()
            .map(|mark| window.text[mark.clone()].to_owned());
        let marked = marked.collect();
        (window.text, marked)
    }

    const LONG: &str = "After a long week of talks the mayor said on Friday that the old bridge had been closed for good \
                        and that nobody would be allowed to cross it again.";

    #[test]
    fn a_text_that_fits_is_kept() {
        let (text, marked) = shown("The bridge is closed.", &["closed"], 40);
        assert_eq!(text, "The bridge is closed.");
        assert_eq!(marked, ["closed"]);
    }

    #[test]
    fn a_long_text_is_cut_at_words_around_the_mark() {
        let (text, marked) = shown(LONG, &["bridge had been closed"], 50);
        assert_eq!(text, "…that the old bridge had been closed for good and…");
        assert_eq!(marked, ["bridge had been closed"]);
    }

    #[test]
    fn marks_far_apart_keep_their_surroundings_each() {
        let (text, marked) = shown(LONG, &["mayor", "cross it"], 40);
        assert_eq!(text, "…the mayor said…to cross it again.");
        assert_eq!(marked, ["mayor", "cross it"]);
    }

    #[test]
    fn no_mark_shows_the_start_and_marks_it_all() {
        let (text, marked) = shown(LONG, &[], 20);
        assert_eq!(text, "After a long week…");
        assert_eq!(marked, ["After a long week…"]);
    }

    #[test]
    fn a_mark_wider_than_the_room_is_cut() {
        let (text, marked) = shown(LONG, &["the old bridge had been closed for good"], 20);
        assert_eq!(text, "…the old bridge had…");
        assert_eq!(marked, ["the old bridge had"]);
    }

    #[test]
    fn wide_and_combining_characters_are_not_torn() {
        let (text, _) = shown(
            "東京東京東京東京東京 e\u{301}e\u{301}e\u{301}",
            &["e\u{301}e"],
            9,
        );
        assert_eq!(text, "…e\u{301}e\u{301}e\u{301}");
        let (text, marked) = shown("東京都港湾新聞社東京", &["新"], 9);
        assert_eq!(text, "…湾新聞…");
        assert_eq!(marked, ["新"]);
        assert_eq!(clip("東京東京", 6, "…"), "東京…");
        assert_eq!(clip_start("e\u{301}a\u{301}i\u{301}", 2, "…"), "…i\u{301}");
    }

    #[test]
    fn clamping_keeps_every_colour() {
        let line = "\u{1b}[1;31mabc\u{1b}[0m d \u{1b}[2mef\u{1b}[0m";
        assert_eq!(
            clamp(line, 4),
            "\u{1b}[1;31mabc\u{1b}[0m \u{1b}[2m\u{1b}[0m"
        );
        assert_eq!(clamp(line, 8), line);
    }

    #[test]
    fn spans_out_of_range_do_no_harm() {
        let marks = [Span::new(3, 900), Span::new(700, 800), Span::new(1, 2)];
        let window = window("äöü", &marks, 10, "…", '\u{FFFD}');
        assert_eq!(window.text, "äöü");
    }

    #[test]
    fn plain_text_is_one_clean_line() {
        assert_eq!(plain("  a\n\tb\u{1b}c \r\n", '?'), "a b?c");
        assert_eq!(plain("\u{a0}x\u{2028}y", '?'), "x?y");
    }
}
