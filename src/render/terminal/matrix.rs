//! The table of claims and articles: who says what, on one screen.
//!
//! Where the page is wide enough for every answer's name, each article has a column of names ([`named`]). Else each has a column of
//! letters and the row spells them out ([`coded`]), because names cut to a few characters cannot be told apart. More articles than
//! columns can hold are counted ([`counted`]).

mod coded;
mod counted;
mod named;

use super::clip::columns;
use super::digest::Digest;
use super::pen::{Pen, Tone};
use super::wording::{answer_name, article_id, claim_id, count};
use crate::claim::Claim;
use crate::divergence::{Divergence, conflicting};
use crate::render::words::copies;
use crate::stance::Stance;

/// More articles have no column each: the legend alone would fill a third of the first screen.
const MOST_COLUMNS: usize = 12;

/// More lines do not fit on a first screen of 40 beside header, legend and key; then rows without divergence go first.
const MOST_LINES: usize = 25;

/// A longer claim name is cut: the divergence gives it in full.
const WIDEST_LABEL: usize = 28;

/// No answer is shown wider; position names have rarely more than 20 letters.
const WIDEST_ANSWER: usize = 48;

/// Space between columns.
const GAP: usize = 2;

/// What an article answers on a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Silent,
    /// `created`, `proposed + rejected`, or `signed vs unconfirmed` where both cannot be true (mixed).
    Said {
        text: String,
        mixed: bool,
    },
}

/// A claim's line in the table.
struct Row<'a> {
    id: String,
    /// What matters most about it.
    worst: Option<&'a Divergence>,
    /// For each article.
    cells: Vec<Cell>,
}

/// The table, drawn.
pub(super) struct Matrix<'a> {
    digest: &'a Digest<'a>,
    pen: &'a Pen,
    /// Head, rows and key.
    table: Vec<String>,
    /// Whether articles go by letters.
    lettered: bool,
    /// Claims with matches but without divergence that have no row.
    agreeing: usize,
    /// Claims with a divergence that have no row.
    hidden: usize,
    /// Names of the claims on which no article says anything.
    unanswered: Vec<String>,
}

/// A table in one of its layouts.
struct Drawn {
    head: Vec<String>,
    /// The lines of each row.
    rows: Vec<Vec<String>>,
    key: Vec<String>,
    lettered: bool,
}

impl<'a> Matrix<'a> {
    pub fn new(digest: &'a Digest<'a>, pen: &'a Pen) -> Self {
        let report = digest.report;
        let mut stances: Vec<Vec<&Stance>> = vec![Vec::new(); report.claims.len()];
        for stance in &report.stances {
            if let Some(of_claim) = stances.get_mut(stance.claim) {
                of_claim.push(stance);
            }
        }
        let (answered, empty): (Vec<usize>, Vec<usize>) = digest
            .claims
            .iter()
            .partition(|&&claim| !stances[claim].is_empty() || digest.worst[claim].is_some());
        let divergent = digest.worst.iter().flatten().count();
        let rows = |claims: &[usize]| -> Vec<Row<'a>> {
            let row = |&claim: &usize| Row {
                id: claim_id(pen, report, claim),
                worst: digest.worst[claim],
                cells: cells(
                    pen,
                    &report.claims[claim],
                    &stances[claim],
                    report.articles.len(),
                ),
            };
            claims.iter().map(row).collect()
        };
        let lines_of = |drawn: &Drawn| -> usize { drawn.rows.iter().map(Vec::len).sum() };

        let most = if pen.all() { usize::MAX } else { MOST_LINES };
        let mut shown = answered.len();
        let mut drawn = None;
        if shown <= most {
            let whole = draw(pen, &rows(&answered), report.articles.len());
            if lines_of(&whole) <= most {
                drawn = Some(whole);
            }
        }
        let mut drawn = drawn.unwrap_or_else(|| {
            // Rows without divergence go first; they are the last ones.
            shown = divergent.min(most);
            draw(pen, &rows(&answered[..shown]), report.articles.len())
        });
        while shown > 1 && lines_of(&drawn) > most {
            drawn.rows.pop();
            shown -= 1;
        }
        let mut table = Vec::new();
        if shown > 0 {
            table.extend(drawn.head);
            table.extend(drawn.rows.into_iter().flatten());
            table.push(String::new());
            table.extend(drawn.key);
        }
        let hidden = divergent.saturating_sub(shown);
        Self {
            digest,
            pen,
            lettered: drawn.lettered && shown > 0,
            table,
            agreeing: answered.len() - shown - hidden,
            hidden,
            unanswered: empty
                .into_iter()
                .map(|claim| claim_id(pen, report, claim))
                .collect(),
        }
    }

    /// The letter over an article's column; nothing where articles have no columns.
    pub fn letter(&self, article: usize) -> Option<char> {
        if self.lettered { letter(article) } else { None }
    }

    /// The articles by their letters, or where they have none by their ids.
    pub fn articles(&self, articles: &[usize]) -> Vec<String> {
        let name = |&article: &usize| match self.letter(article) {
            Some(letter) => letter.to_string(),
            None => article_id(self.pen, self.digest.report, article),
        };
        articles.iter().map(name).collect()
    }

    /// Legend, table and what it leaves out.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.lettered {
            lines.extend(self.legend());
            lines.extend(self.copies());
            lines.push(String::new());
        }
        lines.extend(self.table.iter().cloned());
        if !self.lettered {
            lines.extend(self.copies());
        }
        lines.extend(self.left_out());
        lines
    }

    /// One line on the articles that repeat each other: `one voice: B shares 41 % of its words with A`.
    fn copies(&self) -> Vec<String> {
        let pen = self.pen;
        let copies = copies(self.digest.report);
        if copies.is_empty() {
            return Vec::new();
        }
        let text = "one voice: ";
        if pen.all() {
            return pen.wrap(
                &(text.to_owned() + &pen.plain(&copies.join("; "))),
                "",
                "  ",
            );
        }
        let copies: Vec<String> = copies.iter().map(|copy| pen.plain(copy)).collect();
        let room = pen.width().saturating_sub(columns(text));
        pen.wrap(&(text.to_owned() + &listed(pen, &copies, room)), "", "  ")
    }

    /// One line an article: letter, id, outlet, day and as much of the headline as fits.
    fn legend(&self) -> Vec<String> {
        let pen = self.pen;
        let articles = &self.digest.report.articles;
        let facts: Vec<[String; 3]> = articles
            .iter()
            .map(|article| {
                let source = article.source.as_deref().map(|source| pen.plain(source));
                let date = article.date.map(|date| date.to_string());
                [
                    pen.plain(&article.id),
                    source.unwrap_or_default(),
                    date.unwrap_or_default(),
                ]
            })
            .collect();
        // A long id or outlet must not push the day off the line.
        let most = pen.width() / 3;
        let width = |field: usize| {
            let widest = facts.iter().map(|fact| columns(&fact[field])).max();
            widest.unwrap_or(0).min(most)
        };
        let widths = [width(0), width(1), width(2)];
        let mut lines = Vec::new();
        for (at, (article, fact)) in articles.iter().zip(&facts).enumerate() {
            let mut line = format!("{}  ", letter(at).unwrap_or(' '));
            for (text, width) in fact.iter().zip(widths).filter(|(_, width)| *width > 0) {
                line += &pad(&pen.clip(text, width), width + GAP);
            }
            let line = pen.clip(line.trim_end(), pen.width());
            let used = columns(&line) + GAP;
            let title = article.title.as_deref().map(|title| pen.plain(title));
            // A few letters of a headline tell nothing.
            match title.filter(|_| used + 20 <= pen.width()) {
                Some(title) => {
                    let title = pen.clip(&title, pen.width() - used);
                    lines.push(format!(
                        "{line}{:GAP$}{}",
                        "",
                        pen.paint(Tone::Faint, &title)
                    ));
                }
                None => lines.push(line),
            }
        }
        lines
    }

    /// Claims without a row: how many, and which of them nobody answers.
    fn left_out(&self) -> Vec<String> {
        let pen = self.pen;
        let mut lines = Vec::new();
        if self.hidden > 0 {
            let text = format!(
                "{} more with divergences (--all shows them)",
                count(self.hidden, "claim")
            );
            lines.extend(pen.wrap(&text, "", ""));
        }
        if self.agreeing > 0 {
            let text = format!(
                "{} without divergence left out (--all shows them)",
                count(self.agreeing, "claim")
            );
            lines.extend(pen.wrap(&text, "", ""));
        }
        if !self.unanswered.is_empty() {
            let text = format!(
                "no article answers {}: ",
                count(self.unanswered.len(), "claim")
            );
            if pen.all() {
                lines.extend(pen.wrap(&(text + &self.unanswered.join(", ")), "", "  "));
            } else {
                let room = pen.width().saturating_sub(columns(&text));
                let ids = listed(pen, &self.unanswered, room);
                lines.extend(pen.wrap(&(text + &ids), "", "  "));
            }
        }
        lines
    }
}

/// As many of the names as fit, and how many more there are; at least one name.
pub(super) fn listed(pen: &Pen, names: &[String], width: usize) -> String {
    let whole = names.join(", ");
    if columns(&whole) <= width {
        return whole;
    }
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let rest = names.len() - at - 1;
        let more = if rest > 0 {
            format!(" and {rest} more")
        } else {
            String::new()
        };
        let next = if at == 0 {
            pen.clip(name, width.saturating_sub(more.len()).max(1))
        } else {
            format!("{text}, {name}")
        };
        if at > 0 && columns(&next) + more.len() > width {
            return format!("{text} and {} more", rest + 1);
        }
        text = next;
    }
    text
}

fn letter(article: usize) -> Option<char> {
    let article = u8::try_from(article).ok()?;
    (usize::from(article) < MOST_COLUMNS).then(|| char::from(b'A' + article))
}

/// The text with spaces up to `width` columns.
fn pad(text: &str, width: usize) -> String {
    let spaces = width.saturating_sub(columns(text));
    format!("{text}{:spaces$}", "")
}

/// The clearest layout that the page is wide enough for.
fn draw(pen: &Pen, rows: &[Row<'_>], articles: usize) -> Drawn {
    let by_article = (1..=MOST_COLUMNS)
        .contains(&articles)
        .then(|| named::draw(pen, rows, articles).or_else(|| coded::draw(pen, rows, articles)));
    by_article
        .flatten()
        .unwrap_or_else(|| counted::draw(pen, rows))
}

/// Stands for a space at which no line may end.
const GLUE: char = '\u{a0}';

/// The text so that no line ends in it, if with a mark behind it it fits into a line of `room` columns.
pub(super) fn glue(text: &str, room: usize) -> String {
    if columns(text) < room {
        text.replace(' ', &GLUE.to_string())
    } else {
        text.to_owned()
    }
}

/// A wrapped line with its spaces again.
pub(super) fn unglued(line: &str) -> String {
    line.replace(GLUE, " ")
}

/// Columns of the longest claim name.
fn widest_id(rows: &[Row<'_>]) -> usize {
    rows.iter().map(|row| columns(&row.id)).max().unwrap_or(0)
}

/// The line under the table that tells what its marks mean.
fn key(pen: &Pen, facts: &[&str]) -> Vec<String> {
    let glued: Vec<String> = facts.iter().map(|fact| glue(fact, pen.width())).collect();
    let lines = pen.wrap(&glued.join("; "), "", "");
    lines
        .into_iter()
        .map(|line| pen.paint(Tone::Faint, &unglued(&line)))
        .collect()
}

const SEVERITIES: &str = "!!! high, !! medium, ! low";

/// What the marks between answers mean, as far as they occur.
fn several(rows: &[Row<'_>]) -> Vec<&'static str> {
    let has = |mark: &str| {
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        cells.any(|cell| matches!(cell, Cell::Said { text, .. } if text.contains(mark)))
    };
    let mut facts = Vec::new();
    if has(" + ") {
        facts.push("x + y: both in one article");
    }
    if has(" vs ") {
        facts.push("x vs y: both, though they exclude each other");
    }
    facts
}

fn cells(pen: &Pen, claim: &Claim, stances: &[&Stance], articles: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = (0..articles).map(|_| Cell::Silent).collect();
    for stance in stances {
        let Some(cell) = cells.get_mut(stance.article) else {
            continue;
        };
        let held = &stance.held;
        if held.is_empty() {
            continue;
        }
        let mixed = held
            .iter()
            .enumerate()
            .any(|(at, a)| held[at + 1..].iter().any(|b| conflicting(claim, a, b)));
        let names: Vec<String> = held
            .iter()
            .map(|held| answer_name(pen, Some(claim), &held.position))
            .collect();
        let text = names.join(if mixed { " vs " } else { " + " });
        *cell = Cell::Said {
            text: pen.clip(&text, WIDEST_ANSWER),
            mixed,
        };
    }
    cells
}

/// Names of articles.
pub(super) fn article_ids(digest: &Digest<'_>, pen: &Pen, articles: &[usize]) -> Vec<String> {
    let articles = articles.iter();
    articles
        .map(|&article| article_id(pen, digest.report, article))
        .collect()
}
