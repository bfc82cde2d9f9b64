//! Cuts an article into statements: every line is a paragraph, every paragraph one or more sentences.
//!
//! Headlines and headings are told by what the reader of the file knew (`headings`, `title`) and by their shape: short, without a
//! full stop, with text after them. A place is a hint for the reader of a report; no sentence is left out for it.

use unicode_normalization::UnicodeNormalization;

use super::{Place, Statement};
use crate::source::Span;
use crate::text::sentence;

/// A first line of at most this many words may be the headline. The longest headlines of the articles it was tried on have 17.
const HEADLINE_WORDS: usize = 20;

/// A line of at most this many words may be a heading. Longer lines without a full stop are captions and broken paragraphs.
const HEADING_WORDS: usize = 12;

/// Among this many first lines a repeated headline is taken for one: pages print it in the top bar and again over the text.
const TOP_LINES: usize = 12;

/// A sentence longer than this many bytes is cut at white space. The longest in laws and rulings have some 5,000; what is longer
/// is a table, a list, a text in a script whose full stops are not known, or meant to keep the reader busy: much that is done for a
/// sentence takes time that grows with the square of its length.
const LONGEST_SENTENCE: usize = 8 * 1024;

/// Splits prose into statements, in order. No statement is longer than 8 KiB.
///
/// `headings` are places in `prose` known to be headings, in any order; `title` is the headline where the metadata name it. Line
/// breaks end a statement and a paragraph; blank lines do not count. The statements start and end with a character that is no
/// white space, do not overlap, and have nothing but white space between them.
pub fn segment(prose: &str, headings: &[Span], title: Option<&str>) -> Vec<Statement> {
    let lines = lines(prose);
    let places = Places::new(prose, headings, title).of(&lines);
    let mut statements = Vec::new();
    let mut sentences = Vec::new();
    for (paragraph, (line, place)) in lines.iter().zip(places).enumerate() {
        sentence::split(&prose[line.start..line.end], line.start, &mut sentences);
        for span in sentences.drain(..) {
            statements.extend(pieces(prose, span).map(|span| Statement {
                span,
                paragraph,
                place,
            }));
        }
    }
    statements
}

/// The sentence, or the pieces of one that is too long: cut at the last white space that leaves a piece short enough, else
/// between any two characters.
fn pieces(prose: &str, sentence: Span) -> impl Iterator<Item = Span> {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if rest.len() <= LONGEST_SENTENCE {
            let end = Span::new(rest.end, rest.end);
            return Some(std::mem::replace(&mut rest, end));
        }
        let text = &prose[rest.start..rest.end];
        let most = (0..=LONGEST_SENTENCE)
            .rfind(|&at| text.is_char_boundary(at))
            .unwrap_or(LONGEST_SENTENCE);
        // The sentence begins with a character that shows, so that the cut is behind it.
        let cut = text[..most].rfind(char::is_whitespace).unwrap_or(most);
        let piece = text[..cut].trim_end();
        let left = text[cut..].trim_start();
        let span = Span::new(rest.start, rest.start + piece.len());
        rest = Span::new(rest.end - left.len(), rest.end);
        Some(span)
    })
}

/// The bytes with which a line break may begin.
const MAY_BREAK: [bool; 256] = {
    let mut may_break = [false; 256];
    let mut byte = b'\n';
    while byte <= b'\r' {
        may_break[byte as usize] = true;
        byte += 1;
    }
    may_break[0xC2] = true;
    may_break[0xE2] = true;
    may_break
};

/// The lines that hold more than white space, without the white space around them.
fn lines(prose: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let line = &prose[start..end];
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let from = start + (line.len() - line.trim_start().len());
            lines.push(Span::new(from, from + trimmed.len()));
        }
    };
    let bytes = prose.as_bytes();
    let mut from = 0;
    while let Some(next) = bytes[from..]
        .iter()
        .position(|byte| MAY_BREAK[*byte as usize])
    {
        let at = from + next;
        from = at + 1;
        // U+0085 and the two separators are line breaks too, where a web page or a word processor left them.
        let length = match bytes[at] {
            0xC2 if prose[at..].starts_with('\u{85}') => 2,
            0xE2 if prose[at..].starts_with(['\u{2028}', '\u{2029}']) => 3,
            0xC2 | 0xE2 => continue,
            _ => 1,
        };
        push(start, at);
        start = at + length;
    }
    push(start, prose.len());
    lines
}

/// What is needed to tell the places of lines.
struct Places<'a> {
    prose: &'a str,
    headings: Vec<Span>,
    title: Option<&'a str>,
}

impl<'a> Places<'a> {
    fn new(prose: &'a str, headings: &[Span], title: Option<&'a str>) -> Self {
        let mut headings = headings.to_vec();
        headings.sort();
        // A title of signs alone would equal every line of signs.
        let title = title.filter(|title| letters(title).next().is_some());
        Self {
            prose,
            headings,
            title,
        }
    }

    /// The place of each line.
    fn of(&self, lines: &[Span]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::with_capacity(lines.len());
        let mut headlines: Vec<&str> = Vec::new();
        let mut body_seen = false;
        for (index, span) in lines.iter().enumerate() {
            let line = &self.prose[span.start..span.end];
            let known = self.is_known_heading(*span);
            let last = index + 1 == lines.len();
            let is_title = self.title.is_some_and(|title| same(line, title));
            let repeated =
                index < TOP_LINES && headlines.iter().any(|headline| same(line, headline));
            let leads = index == 0
                && !last
                && !ends_like_a_sentence(line)
                && has_words_up_to(line, HEADLINE_WORDS);
            // A known heading is the headline only while nothing but short lines stands above it: in a text that opens with a
            // paragraph it is the heading of a section.
            let first_known = known && !body_seen && headlines.is_empty();
            let place = if is_title || repeated || leads || first_known {
                headlines.push(line);
                Place::Headline
            } else if known || (!last && looks_like_a_heading(line)) {
                Place::Heading
            } else {
                body_seen = true;
                Place::Body
            };
            places.push(place);
        }
        places
    }

    fn is_known_heading(&self, line: Span) -> bool {
        let at = self
            .headings
            .partition_point(|heading| heading.end <= line.start);
        self.headings
            .get(at)
            .is_some_and(|heading| heading.start < line.end)
    }
}

/// Whether two lines have the same letters and digits, whatever their case, diacritics, quotes and spaces.
fn same(a: &str, b: &str) -> bool {
    // Folding changes the length by no more than this; the check keeps a long line from being folded for nothing.
    if a.len() > 4 * b.len() + 64 || b.len() > 4 * a.len() + 64 {
        return false;
    }
    // Most lines differ in their first letter, and there it can be told by the first byte.
    if let (Some(x), Some(y)) = (first_ascii_letter(a), first_ascii_letter(b))
        && x != y
    {
        return false;
    }
    if a.is_ascii() && b.is_ascii() {
        return same_ascii(a, b);
    }
    if a == b {
        return letters(a).next().is_some();
    }
    let mut some = false;
    letters(a).inspect(|_| some = true).eq(letters(b)) && some
}

/// The letter or digit with which a line begins, in lower case, where it is of ASCII and no mark stands on it.
fn first_ascii_letter(line: &str) -> Option<u8> {
    match line.as_bytes() {
        [first] | [first, ..0x80, ..] if first.is_ascii_alphanumeric() => {
            Some(first.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// [`same`] for lines of ASCII, of which only the case is to be folded.
fn same_ascii(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = u8> {
        let bytes = text.bytes().filter(u8::is_ascii_alphanumeric);
        bytes.map(|byte| byte.to_ascii_lowercase())
    }
    letters(a).next().is_some() && letters(a).eq(letters(b))
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.nfkd()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        // The dot that İ leaves behind.
        .filter(|c| c.is_alphanumeric())
}

fn has_words_up_to(line: &str, most: usize) -> bool {
    line.split_whitespace().take(most + 1).count() <= most
}

/// Whether a line closes as running text does: with a full stop, or with a sign that promises more.
fn ends_like_a_sentence(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»']);
    bare.ends_with(['.', '…', ',', ';', ':']) && !ends_with_abbreviation(bare)
}

/// `Harrow quits the U.S.` is no sentence for its last full stop.
fn ends_with_abbreviation(line: &str) -> bool {
    line.rsplit(char::is_whitespace).next().is_some_and(|word| {
        let letters = word.trim_end_matches('.');
        letters.contains('.') && letters.split('.').all(|part| part.chars().count() == 1)
    })
}

fn looks_like_a_heading(line: &str) -> bool {
    let bare = line.trim_start_matches(['"', '\'', '“', '‘', '(', '[']);
    let begins = bare
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
    begins
        && !ends_like_a_sentence(line)
        && !line
            .trim_end_matches(['"', '\'', '”', '’', ')', ']', '»'])
            .ends_with(['!', '?'])
        && has_words_up_to(line, HEADING_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown<'a>(
        prose: &'a str,
        headings: &[Span],
        title: Option<&str>,
    ) -> Vec<(&'a str, usize, Place)> {
        segment(prose, headings, title)
            .into_iter()
            .map(|s| (&prose[s.span.start..s.span.end], s.paragraph, s.place))
            .collect()
    }

    #[test]
    fn lines_are_paragraphs() {
        use Place::*;
        let prose = "Dam at Harrow holds\r\n\r\nThe dam held. Nobody was hurt.\n \u{a0}\nIt was built in 1970.\n";
        assert_eq!(
            shown(prose, &[], None),
            [
                ("Dam at Harrow holds", 0, Headline),
                ("The dam held.", 1, Body),
                ("Nobody was hurt.", 1, Body),
                ("It was built in 1970.", 2, Body),
            ]
        );
    }

    #[test]
    fn a_text_of_one_line_is_running_text() {
        assert_eq!(
            shown("The dam held", &[], None),
            [("The dam held", 0, Place::Body)]
        );
        assert_eq!(shown(" \n\t\n", &[], None), []);
    }

    #[test]
    fn an_endless_sentence_is_cut_and_loses_nothing() {
        for prose in [
            "ä".repeat(LONGEST_SENTENCE),
            "word ".repeat(LONGEST_SENTENCE),
            format!("a{}b", " ".repeat(3 * LONGEST_SENTENCE)),
            format!("{} end", "x".repeat(LONGEST_SENTENCE)),
            format!("start {}", "😀".repeat(LONGEST_SENTENCE)),
        ] {
            let statements = segment(&prose, &[], None);
            let mut at = 0;
            for statement in &statements {
                let Span { start, end } = statement.span;
                assert!(prose[at..start].trim().is_empty());
                assert!(!prose[start..end].is_empty() && end - start <= LONGEST_SENTENCE);
                assert_eq!(prose[start..end].trim(), &prose[start..end]);
                assert_eq!(statement.paragraph, 0);
                at = end;
            }
            assert!(prose[at..].trim().is_empty());
            assert!(statements.len() > 1);
        }
        let whole = "x".repeat(LONGEST_SENTENCE);
        assert_eq!(segment(&whole, &[], None).len(), 1);
    }

    #[test]
    fn a_first_sentence_is_no_headline() {
        let prose = "The dam held.\nNobody was hurt.";
        assert!(shown(prose, &[], None).iter().all(|s| s.2 == Place::Body));
        let quoted = "“The dam held.”\nNobody was hurt.";
        assert!(shown(quoted, &[], None).iter().all(|s| s.2 == Place::Body));
        assert_eq!(
            shown("Mayor leaves for the U.S.\nHe left.", &[], None)[0].2,
            Place::Headline
        );
    }

    #[test]
    fn the_title_is_found_whatever_its_dress() {
        let prose = "Harrow Daily\nMayor’s  DAM ‘held’, Véra says.\nThe dam held.";
        let places: Vec<Place> = shown(prose, &[], Some("Mayor's dam 'held', Vera says"))
            .iter()
            .map(|s| s.2)
            .collect();
        assert_eq!(places, [Place::Headline, Place::Headline, Place::Body]);
    }

    #[test]
    fn a_repeated_headline_is_one() {
        let prose = "Dam at Harrow holds\nSupport us\nDam At Harrow Holds\nThe dam held.\nWhat came next\nMore came.";
        let places: Vec<Place> = shown(prose, &[], None).iter().map(|s| s.2).collect();
        use Place::*;
        assert_eq!(places, [Headline, Heading, Headline, Body, Heading, Body]);
    }

    #[test]
    fn known_headings_are_kept() {
        let prose = "Dam holds. Mayor glad.\nThe dam held.\nWhat next?\nMore came.";
        let at = |text: &str| {
            let start = prose.find(text).expect("internal: the test's own text");
            Span::new(start, start + text.len())
        };
        let headings = [at("What next?"), at("Dam holds. Mayor glad.")];
        use Place::*;
        let places: Vec<Place> = shown(prose, &headings, None).iter().map(|s| s.2).collect();
        assert_eq!(places, [Headline, Headline, Body, Heading, Body]);
        // After a paragraph the first heading is that of a section.
        let places: Vec<Place> = shown(prose, &headings[..1], None)
            .iter()
            .map(|s| s.2)
            .collect();
        assert_eq!(places, [Body, Body, Body, Heading, Body]);
    }

    #[test]
    fn items_quotes_and_broken_lines_are_no_headings() {
        let prose =
            "The dam held.\n- two walls\nthe second wall\nThe mayor said:\n“It held.”\nLast line";
        assert!(shown(prose, &[], None).iter().all(|s| s.2 == Place::Body));
    }

    proptest! {
        #[test]
        fn lines_are_the_same_by_all_their_letters(
            a in "[aAbB1é’\u{301} ]{0,4}",
            b in "[aAbB1é’\u{301} ]{0,4}",
        ) {
            let some = letters(&a).next().is_some();
            prop_assert_eq!(same(&a, &b), some && letters(&a).eq(letters(&b)));
        }
    }

    proptest! {
        #[test]
        fn statements_tile_any_text(
            prose in "[a-cA-C0-2.!?\"“”‘’() \n\r\u{a0}\u{2028}éİ]{0,80}|[\\s\\S]*",
            title in proptest::option::of("[a-cA-C ]*"),
            from in 0usize..90,
            len in 0usize..20,
        ) {
            let headings = [Span::new(from, from + len)];
            let statements = segment(&prose, &headings, title.as_deref());
            let mut last = 0;
            let mut paragraph = 0;
            for statement in &statements {
                let span = statement.span;
                prop_assert!(span.start >= last && span.end > span.start);
                prop_assert!(prose[last..span.start].trim().is_empty());
                let text = &prose[span.start..span.end];
                prop_assert_eq!(text.trim(), text);
                prop_assert!(!text.contains('\n'));
                prop_assert!(statement.paragraph >= paragraph && statement.paragraph <= paragraph + 1);
                paragraph = statement.paragraph;
                last = span.end;
            }
            prop_assert!(prose[last..].trim().is_empty());
        }
    }

    #[test]
    fn a_long_text_without_breaks_is_cheap() {
        for unit in ["a", ".", "\" ", "A. ", "\n"] {
            let prose = unit.repeat(500_000 / unit.len());
            let count = segment(&prose, &[], Some("a")).len();
            assert!(count <= prose.len());
        }
    }
}
