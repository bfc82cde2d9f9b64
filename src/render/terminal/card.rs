//! One divergence as a reviewer needs it: the question, and the sides with their sentences next to each other.

use std::collections::BTreeMap;

use super::clip;
use super::matrix::listed;
use super::options::Options;
use super::pen::{Pen, Tone};
use super::wording::{
    answer_name, article_origin, claim_id, kind_gloss, kind_name, severity_marks, severity_name,
    short_id, voice,
};
use crate::article::Article;
use crate::claim::{Answers, Claim};
use crate::divergence::{Divergence, Side};
use crate::matching::Match;
use crate::report::Report;
use crate::source::Span;
use crate::statement::segment::segment;

/// A side narrower than this breaks sentences into single words; the sides stand below each other then.
const NARROWEST_SIDE: usize = 34;

/// Shows divergences to a reviewer. Everything from articles and claim files is cleaned, and every line fits the width.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its articles with their texts, in any order, for the sentences around the evidence.
    pub articles: &'a [Article],
    /// How to write.
    pub options: &'a Options,
    /// Whether it is hidden where the sentences stand: outlets, dates and article ids become `source A`, `source B`.
    pub blind: bool,
    /// Whether all sentences of each article are shown, with those around them.
    pub context: bool,
}

/// A line with its colours, and the columns that it takes.
#[derive(Default)]
struct Row {
    text: String,
    columns: usize,
}

impl Card<'_> {
    /// Everything about a divergence, for a page of its own.
    pub fn lines(&self, divergence: &Divergence) -> Vec<String> {
        let pen = Pen::new(self.options);
        let claim = self
            .report
            .claims
            .get(divergence.claim)
            .map(|claim| &**claim);
        let mut facts = vec![
            format!(
                "{} {}",
                kind_name(divergence.kind),
                short_id(&pen, divergence)
            ),
            severity_name(divergence.severity).to_owned(),
            claim_id(&pen, self.report, divergence.claim),
        ];
        facts.extend(kind_gloss(divergence.kind).map(str::to_owned));
        let mut lines = pen.wrap(&facts.join(pen.dot()), "", "");
        if let Some(claim) = claim {
            let question = pen.wrap(&pen.plain(&claim.question), "", "");
            lines.extend(question.iter().map(|line| pen.paint(Tone::Strong, line)));
        }
        lines.push(String::new());
        let letters = self.letters(divergence);
        let numbers = self.numbers(divergence);
        let gap = pen.pick(" │ ", " | ");
        let sides = divergence.sides.len().max(1);
        let room = pen.width().saturating_sub(clip::columns(gap) * (sides - 1)) / sides;
        if sides > 1 && room >= NARROWEST_SIDE {
            let columns: Vec<Vec<Row>> = divergence
                .sides
                .iter()
                .map(|side| self.side(&pen, claim, side, (&letters, &numbers), room))
                .collect();
            lines.extend(beside(&columns, room, gap));
        } else {
            for side in &divergence.sides {
                let rows = self.side(&pen, claim, side, (&letters, &numbers), pen.width());
                lines.extend(rows.into_iter().map(|row| row.text));
                lines.push(String::new());
            }
            lines.pop();
        }
        lines
    }

    /// Where a match of a divergence stands and what it was taken for, under its number.
    pub fn heading(&self, divergence: &Divergence, at: usize) -> String {
        let pen = Pen::new(self.options);
        let Some(found) = self.report.matches.get(at) else {
            return String::new();
        };
        let number = self.numbers(divergence).get(&at).copied().unwrap_or(0);
        let source = self.source(&pen, &self.letters(divergence), found.article);
        let text = format!(
            "{number}. {source}{}{}",
            pen.dot(),
            pen.plain(&found.position)
        );
        let text = pen.clip(&text, pen.width());
        pen.paint(Tone::Strong, &text)
    }

    /// A divergence in one line.
    pub fn line(&self, divergence: &Divergence) -> String {
        let pen = Pen::new(self.options);
        let claim = self
            .report
            .claims
            .get(divergence.claim)
            .map(|claim| &**claim);
        let letters = self.letters(divergence);
        let sides: Vec<String> = divergence
            .sides
            .iter()
            .map(|side| {
                let names: Vec<String> = side
                    .articles
                    .iter()
                    .map(|&article| {
                        if self.blind {
                            self.source(&pen, &letters, article)
                        } else {
                            self.report
                                .articles
                                .get(article)
                                .map_or_else(|| "?".to_owned(), |entry| pen.plain(&entry.id))
                        }
                    })
                    .collect();
                let names = listed(&pen, &names, pen.width() / 3);
                format!("{} ({names})", side_name(&pen, claim, side))
            })
            .collect();
        let line = format!(
            "{} {} {} {}: {}",
            short_id(&pen, divergence),
            severity_marks(divergence.severity),
            kind_name(divergence.kind),
            claim_id(&pen, self.report, divergence.claim),
            sides.join(" vs "),
        );
        pen.clip(&line, pen.width())
    }

    /// The number of each match of a divergence, from 1.
    fn numbers(&self, divergence: &Divergence) -> BTreeMap<usize, usize> {
        let evidence = self.report.evidence(divergence).into_iter();
        evidence.zip(1..).collect()
    }

    /// The letters that stand for the articles of a divergence, in its own order: who sees two divergences cannot tell that
    /// `source A` of one is `source B` of the other.
    fn letters(&self, divergence: &Divergence) -> BTreeMap<usize, usize> {
        let mut letters = BTreeMap::new();
        for &article in divergence.sides.iter().flat_map(|side| &side.articles) {
            let next = letters.len();
            letters.entry(article).or_insert(next);
        }
        letters
    }

    /// Where the sentences of an article stand, or the letter for it.
    fn source(&self, pen: &Pen, letters: &BTreeMap<usize, usize>, article: usize) -> String {
        if self.blind {
            let nth = letters.get(&article).copied().unwrap_or_default();
            return format!("source {}", letter(nth));
        }
        let entry = self.report.articles.get(article);
        entry.map_or_else(|| "?".to_owned(), |entry| article_origin(pen, entry))
    }

    fn side(
        &self,
        pen: &Pen,
        claim: Option<&Claim>,
        side: &Side,
        (letters, numbers): (&BTreeMap<usize, usize>, &BTreeMap<usize, usize>),
        width: usize,
    ) -> Vec<Row> {
        let mut rows = wrapped(pen, &side_name(pen, claim, side), 0, width, Tone::Strong);
        let says = side
            .position
            .as_deref()
            .and_then(|name| claim?.position(name));
        if let Some(position) = says {
            rows.extend(wrapped(pen, &position.says, 0, width, Tone::Faint));
        }
        for &article in &side.articles {
            rows.push(Row::default());
            let found: Vec<(usize, &Match)> = side
                .matches
                .iter()
                .filter_map(|at| Some((*numbers.get(at)?, self.report.matches.get(*at)?)))
                .filter(|(_, found)| found.article == article)
                .collect();
            let mut facts = vec![self.source(pen, letters, article)];
            if let Some((number, first)) = found.first() {
                facts[0] = format!("{number}. {}", facts[0]);
                facts.extend(voice(pen, first));
            }
            rows.extend(wrapped(pen, &facts.join(pen.dot()), 0, width, Tone::Normal));
            let shown = if self.context { found.len() } else { 1 };
            for (nth, (number, found)) in found.iter().take(shown).enumerate() {
                if nth > 0 {
                    let facts = voice(pen, found).join(pen.dot());
                    let facts = format!("{number}. {facts}");
                    rows.extend(wrapped(pen, &facts, 0, width, Tone::Normal));
                }
                let (before, after) = self.around(found);
                rows.extend(
                    before
                        .iter()
                        .flat_map(|text| wrapped(pen, text, 2, width, Tone::Faint)),
                );
                rows.extend(quote(pen, found, width));
                rows.extend(
                    after
                        .iter()
                        .flat_map(|text| wrapped(pen, text, 2, width, Tone::Faint)),
                );
            }
            let more = found.len().saturating_sub(shown);
            if more > 0 {
                let text = format!("and {more} more");
                rows.extend(wrapped(pen, &text, 2, width, Tone::Faint));
            }
        }
        rows
    }

    /// The sentences before and after a match, where the context is shown.
    fn around(&self, found: &Match) -> (Option<String>, Option<String>) {
        let id = self
            .report
            .articles
            .get(found.article)
            .map(|entry| &entry.id);
        let article = self.articles.iter().find(|article| Some(&article.id) == id);
        let Some(article) = article.filter(|_| self.context) else {
            return (None, None);
        };
        let statements = segment(&article.prose, &article.headings, article.title.as_deref());
        let at = statements.partition_point(|statement| statement.span.start < found.span.start);
        let text = |at: Option<usize>| {
            let span = statements.get(at?)?.span;
            article.prose.get(span.start..span.end).map(str::to_owned)
        };
        (text(at.checked_sub(1)), text(Some(at + 1)))
    }
}

/// A, B, … Z, AA, AB and so on.
fn letter(nth: usize) -> String {
    let last = char::from(b'A' + (nth % 26) as u8);
    match nth / 26 {
        0 => last.to_string(),
        more => letter(more - 1) + &last.to_string(),
    }
}

/// Any text as paragraphs that fit the width of the page, cleaned.
pub fn paragraph(options: &Options, text: &str) -> Vec<String> {
    let pen = Pen::new(options);
    pen.wrap(&pen.plain(text), "", "")
}

/// Any text as one line that fits the width of the page, cleaned, and set apart from others.
pub fn heading(options: &Options, text: &str) -> String {
    let pen = Pen::new(options);
    let text = pen.clip(&pen.plain(text), pen.width());
    pen.paint(Tone::Strong, &text)
}

fn side_name(pen: &Pen, claim: Option<&Claim>, side: &Side) -> String {
    let Some(position) = &side.position else {
        return "silent".to_owned();
    };
    let name = answer_name(pen, claim, position);
    match claim.map(|claim| &claim.answers) {
        Some(Answers::Positions(_)) | None => name,
        Some(_) => format!("says {name}"),
    }
}

/// The sides next to each other, each `room` columns wide.
fn beside(columns: &[Vec<Row>], room: usize, gap: &str) -> Vec<String> {
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|at| {
            let mut line = String::new();
            for (nth, rows) in columns.iter().enumerate() {
                if nth > 0 {
                    line.push_str(gap);
                }
                let row = rows.get(at);
                line.push_str(row.map_or("", |row| &row.text));
                let used = row.map_or(0, |row| row.columns);
                line.extend(std::iter::repeat_n(' ', room.saturating_sub(used)));
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// The sentence with the words that decided set apart: in bold and underlined, or between asterisks where there is no colour.
fn quote(pen: &Pen, found: &Match, width: usize) -> Vec<Row> {
    let window = pen.window(&found.text, &found.words, usize::MAX);
    let marks = if found.words.is_empty() {
        Vec::new()
    } else {
        window.marks
    };
    if pen.is_coloured() {
        let marks: Vec<Span> = marks
            .iter()
            .map(|mark| Span::new(mark.start, mark.end))
            .collect();
        return rows(&window.text, &marks, 2, width, |text, marked| {
            pen.paint(if marked { Tone::Mark } else { Tone::Normal }, text)
        });
    }
    let mut text = window.text;
    for mark in marks.iter().rev() {
        text.insert(mark.end, '*');
        text.insert(mark.start, '*');
    }
    rows(&text, &[], 2, width, |text, _| text.to_owned())
}

/// Any text in one tone, cleaned.
fn wrapped(pen: &Pen, text: &str, indent: usize, width: usize, tone: Tone) -> Vec<Row> {
    rows(&pen.plain(text), &[], indent, width, |text, _| {
        pen.paint(tone, text)
    })
}

/// Breaks safe text, whose words stand apart by single spaces, into rows, and paints the marked parts and the others.
fn rows(
    text: &str,
    marks: &[Span],
    indent: usize,
    width: usize,
    paint: impl Fn(&str, bool) -> String,
) -> Vec<Row> {
    let room = width.saturating_sub(indent).max(1);
    let mut spans: Vec<Span> = Vec::new();
    let mut start = 0;
    for word in text.split(' ') {
        let mut at = start;
        let end = start + word.len();
        start = end + 1;
        // A word that is wider than the row is cut.
        while at < end {
            let part = clip::head(&text[at..end], room);
            let part = if part.is_empty() {
                text[at..end].chars().next().map_or(1, char::len_utf8)
            } else {
                part.len()
            };
            let whole = spans
                .last()
                .map(|last| clip::columns(&text[last.start..at + part]));
            match (spans.last_mut(), whole) {
                (Some(last), Some(columns)) if columns <= room && last.end + 1 >= at => {
                    last.end = at + part;
                }
                _ => spans.push(Span::new(at, at + part)),
            }
            at += part;
        }
    }
    spans
        .into_iter()
        .map(|line| {
            let mut row = Row {
                text: " ".repeat(indent),
                columns: indent + clip::columns(&text[line.start..line.end]),
            };
            let mut at = line.start;
            for mark in marks {
                let (from, to) = (mark.start.max(at), mark.end.min(line.end));
                if from < to {
                    row.text.push_str(&paint(&text[at..from], false));
                    row.text.push_str(&paint(&text[from..to], true));
                    at = to;
                }
            }
            row.text.push_str(&paint(&text[at..line.end], false));
            row
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::is_unsafe;
    use crate::divergence::Kind;
    use crate::divergence::scene::{Scene, positions};

    fn report() -> Report {
        let mut scene = Scene::new(
            vec![positions("fate", &["dead", "alive"])],
            "dawn(Dawn 2024-03-01): fate:dead@Ada_Kaya fate:dead\ndusk: alive\nnoon(Noon): alive?",
        );
        let text = "The mayor was \u{1b}[31mkilled on Thursday\u{202e}, said the police of the small town in the hills.";
        scene.matches[1].text = text.into();
        scene.matches[1].words = vec![Span::new(19, 25), Span::new(29, 37)];
        Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new())
    }

    fn shown(width: usize, blind: bool) -> String {
        let report = report();
        let found = report
            .divergences
            .iter()
            .find(|found| found.kind == Kind::Contradiction);
        let options = Options {
            width,
            ..Options::default()
        };
        let card = Card {
            report: &report,
            articles: &[],
            options: &options,
            blind,
            context: false,
        };
        let found = found.expect("a contradiction");
        card.lines(found).join("\n") + "\n" + &card.line(found)
    }

    #[test]
    fn sides_stand_next_to_each_other_where_there_is_room() {
        insta::assert_snapshot!(shown(80, false));
    }

    #[test]
    fn sides_stand_below_each_other_on_a_narrow_page() {
        insta::assert_snapshot!(shown(50, false));
    }

    #[test]
    fn blind_hides_where_it_stands() {
        let text = shown(100, true);
        for name in ["dawn", "Dawn", "dusk", "noon", "Noon", "2024"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
        assert!(
            text.contains("source A") && text.contains("source C"),
            "{text}"
        );
    }

    #[test]
    fn every_line_fits_and_is_clean() {
        for width in 30..120 {
            for line in shown(width, false).lines() {
                assert!(clip::columns(line) <= width, "{width}: {line}");
                assert!(!line.contains(is_unsafe), "{line:?}");
            }
        }
    }

    #[test]
    fn colour_changes_no_word() {
        let report = report();
        let text = |color| {
            let options = Options {
                color,
                ..Options::default()
            };
            let card = Card {
                report: &report,
                articles: &[],
                options: &options,
                blind: false,
                context: true,
            };
            card.lines(&report.divergences[0]).join("\n")
        };
        let coloured = text(true);
        assert!(
            coloured.contains("\u{1b}[1;4mkilled\u{1b}[0m"),
            "{coloured:?}"
        );
        let mut plain = String::new();
        let mut escape = false;
        for c in coloured.chars() {
            match c {
                '\u{1b}' => escape = true,
                'm' if escape => escape = false,
                c if !escape => plain.push(c),
                _ => {}
            }
        }
        let words = |text: &str| -> Vec<String> {
            text.replace(['*', '|'], "")
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        let (mut coloured, mut plain) = (words(&plain), words(&text(false)));
        coloured.sort_unstable();
        plain.sort_unstable();
        assert_eq!(coloured, plain);
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letter),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }
}
