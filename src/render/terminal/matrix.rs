//! The table of claims and articles: who says what, on one screen.

use std::collections::BTreeMap;

use super::abbreviation::abbreviate;
use super::clip::{clip, columns};
use super::digest::Digest;
use super::pen::{Pen, Tone};
use super::wording::{Naming, answer_name, article_id, claim_id, count, tone, verdict};
use crate::claim::{Answers, Claim};
use crate::render::words::copies;
use crate::stance::Stance;

/// More articles have no column each: the legend alone would fill a third of the first screen.
const MOST_COLUMNS: usize = 12;

/// More rows do not fit on a first screen of 40 lines beside header and legend; then rows without divergence go first.
const MOST_ROWS: usize = 25;

/// No cell is wider: the row's other cells need the room, and the full name stands with the divergence.
const WIDEST_CELL: usize = 16;

/// Columns that a cell gets at least, the best first: 11 show most position names without a cut, under 7 a name cannot be
/// told (`reject…`).
const CELLS: [usize; 3] = [11, 8, 7];

/// Columns for a claim's name, the best first.
const LABEL_WIDTHS: [usize; 3] = [28, 20, 16];

/// A narrower page has no room for name, counts and verdict in one line.
const NARROWEST_COMPACT_LINE: usize = 70;

/// Space between columns.
const GAP: usize = 2;

/// What an article answers on a claim.
enum Cell {
    Silent,
    One(String),
    Several {
        names: Vec<String>,
        compatible: bool,
    },
}

/// A claim's line in the table.
struct Row {
    claim: usize,
    id: String,
    /// For each article.
    cells: Vec<Cell>,
}

/// Widths of the table's columns.
struct Layout {
    label: usize,
    cells: Vec<usize>,
    naming: Naming,
}

/// The table, ready to be drawn.
pub(super) struct Matrix<'a> {
    digest: &'a Digest<'a>,
    pen: &'a Pen,
    rows: Vec<Row>,
    layout: Option<Layout>,
    /// Claims with matches but without divergence that have no row.
    agreeing: usize,
    /// Claims with a divergence that have no row.
    hidden: usize,
    /// Names of the claims on which no article says anything.
    unanswered: Vec<String>,
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
        // Rows without divergence go first; they are the last ones.
        let select = |most: usize| -> Vec<Row> {
            let number = match answered.len() {
                all if all <= most || pen.all() => all,
                _ => divergent.min(most),
            };
            let shown = answered[..number].iter();
            shown
                .map(|&claim| {
                    let articles = report.articles.len();
                    Row {
                        claim,
                        id: claim_id(pen, report, claim),
                        cells: cells(pen, &report.claims[claim], &stances[claim], articles),
                    }
                })
                .collect()
        };
        let mut rows = select(MOST_ROWS);
        let layout = layout(digest, pen, &rows, report.articles.len());
        if layout.is_none() && pen.width() < NARROWEST_COMPACT_LINE {
            rows = select(MOST_ROWS / 2);
        }
        let left = answered.len() - rows.len();
        let hidden = divergent.saturating_sub(rows.len());
        let agreeing = left - hidden;
        Self {
            digest,
            pen,
            rows,
            layout,
            agreeing,
            hidden,
            unanswered: empty
                .into_iter()
                .map(|claim| claim_id(pen, report, claim))
                .collect(),
        }
    }

    /// The letter over an article's column; nothing where articles have no columns.
    pub fn letter(&self, article: usize) -> Option<char> {
        self.layout.as_ref()?;
        letter(article)
    }

    /// Legend, table and what it leaves out.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        match &self.layout {
            _ if self.rows.is_empty() => {}
            Some(layout) => {
                lines.extend(self.legend());
                lines.extend(self.copies());
                lines.push(String::new());
                lines.extend(self.table(layout));
            }
            None => {
                lines.extend(self.compact());
                lines.extend(self.copies());
            }
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

    fn table(&self, layout: &Layout) -> Vec<String> {
        let pen = self.pen;
        let mut head = " ".repeat(layout.label);
        for (article, &width) in layout.cells.iter().enumerate() {
            head += &" ".repeat(GAP);
            head += &pad(&letter(article).unwrap_or(' ').to_string(), width);
        }
        let mut lines = vec![pen.paint(Tone::Strong, head.trim_end())];
        for (row, label) in self.rows.iter().zip(self.labels(layout.label)) {
            let worst = self.digest.worst[row.claim];
            let label = pad(&label, layout.label);
            let label_tone = worst.map_or(Tone::Normal, |_| Tone::Strong);
            let mut line = pen.paint(label_tone, &label);
            for (text, &width) in self
                .shown_cells(row, &layout.cells)
                .iter()
                .zip(&layout.cells)
            {
                line += &" ".repeat(GAP);
                let cell_tone = if text == pen.silent() {
                    Tone::Faint
                } else {
                    Tone::Normal
                };
                line += &pen.paint(cell_tone, text);
                line += &" ".repeat(width.saturating_sub(columns(text)));
            }
            if let Some(worst) = worst {
                line += &" ".repeat(GAP);
                line += &pen.paint(tone(worst), verdict(worst, layout.naming).trim_end());
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.push(String::new());
        lines.extend(self.key(true));
        lines
    }

    /// The names of the claims, shortened so that they stay distinct.
    fn labels(&self, width: usize) -> Vec<String> {
        let rows = self.rows.iter();
        let ids: Vec<(String, usize)> = rows.map(|row| (row.id.clone(), width)).collect();
        abbreviate(self.pen, &ids)
    }

    /// The cells of a row, each within its width, the same answer always by the same name within one width.
    fn shown_cells(&self, row: &Row, widths: &[usize]) -> Vec<String> {
        let pen = self.pen;
        let mut rooms: BTreeMap<&str, usize> = BTreeMap::new();
        for (cell, &width) in row.cells.iter().zip(widths) {
            match cell {
                Cell::Silent => {}
                // An answer looks the same in every column, so the narrowest of its columns decides.
                Cell::One(name) => {
                    let room = rooms.entry(name).or_insert(width);
                    *room = width.min(*room);
                }
                Cell::Several { names, .. } => {
                    for name in names {
                        rooms.entry(name).or_insert(width);
                    }
                }
            }
        }
        let names: Vec<(String, usize)> = rooms
            .into_iter()
            .map(|(name, room)| (name.to_owned(), room))
            .collect();
        let short = abbreviate(pen, &names);
        let short_of = |name: &String| -> &str {
            let at = names.binary_search_by(|(known, _)| known.cmp(name));
            &short[at.expect("internal: every name was collected")]
        };
        row.cells
            .iter()
            .zip(widths)
            .map(|(cell, &width)| match cell {
                Cell::Silent => pen.silent().to_owned(),
                Cell::One(name) => short_of(name).to_owned(),
                Cell::Several { names, compatible } => {
                    let both = names.iter().map(short_of).collect::<Vec<_>>().join("+");
                    if columns(&both) <= width {
                        both
                    } else if *compatible {
                        let more = format!("+{}", names.len() - 1);
                        let room = width.saturating_sub(columns(&more));
                        pen.clip(short_of(&names[0]), room) + &more
                    } else {
                        pen.clip("mixed", width)
                    }
                }
            })
            .collect()
    }

    /// One claim a line: how many articles hold each answer.
    fn compact(&self) -> Vec<String> {
        let pen = self.pen;
        let width = pen.width();
        let ids = self
            .rows
            .iter()
            .map(|row| columns(&row.id))
            .max()
            .unwrap_or(0);
        let room_beside = |label: usize| {
            let verdicts = verdict_width(self.digest, &self.rows, Naming::Full);
            width.saturating_sub(label + GAP + verdicts)
        };
        let all_fit = |label: usize| {
            let room = room_beside(label);
            let whole = |row| columns(&self.counts(row).join(pen.dot()));
            self.rows.iter().all(|row| whole(row) <= room)
        };
        // The counts matter more than the end of a claim's name.
        let labels = LABEL_WIDTHS.map(|label| label.min(ids));
        let label = labels.into_iter().find(|&label| all_fit(label));
        let label = label.unwrap_or(labels[1]);
        let room = room_beside(label);
        let mut lines = Vec::new();
        for (row, id) in self.rows.iter().zip(self.labels(label)) {
            let worst = self.digest.worst[row.claim];
            let kind = worst.map(|w| pen.paint(tone(w), &verdict(w, Naming::Full)));
            let counts = self.counts(row);
            if width < NARROWEST_COMPACT_LINE {
                let marks = worst.map_or_else(
                    || "   ".to_owned(),
                    |w| pen.paint(tone(w), &verdict(w, Naming::Marks)),
                );
                let id = pen.clip(&row.id, width - 4);
                lines.push(format!("{marks} {}", pen.paint(Tone::Strong, &id)));
                lines.push(format!("    {}", fitted(pen, &counts, width - 4)));
                continue;
            }
            let id = pad(&id, label);
            let counts = pad(&fitted(pen, &counts, room), room);
            let line = format!(
                "{}{:GAP$}{counts}{:GAP$}{}",
                pen.paint(Tone::Strong, &id),
                "",
                "",
                kind.unwrap_or_default(),
            );
            lines.push(line.trim_end().to_owned());
        }
        lines.push(String::new());
        lines.extend(self.key(false));
        lines
    }

    /// `rejected 5`, `created 3`, `mixed 1`, `40 silent`; a number or date as `12 (5)`.
    fn counts(&self, row: &Row) -> Vec<String> {
        let mut answers: Vec<(&str, usize)> = Vec::new();
        let (mut mixed, mut silent) = (0, 0);
        for cell in &row.cells {
            match cell {
                Cell::Silent => silent += 1,
                Cell::Several { .. } => mixed += 1,
                Cell::One(name) => match answers.iter_mut().find(|(known, _)| known == name) {
                    Some((_, number)) => *number += 1,
                    None => answers.push((name, 1)),
                },
            }
        }
        // The answer that most articles give comes first; a sort that is stable keeps equal ones in article order.
        answers.sort_by_key(|&(_, number)| std::cmp::Reverse(number));
        let claim = &self.digest.report.claims[row.claim];
        let named = matches!(claim.answers, Answers::Positions(_));
        let mut counts: Vec<String> = answers
            .into_iter()
            .map(|(name, number)| {
                let name = clip(name, WIDEST_CELL, self.pen.cut());
                if named {
                    format!("{name} {number}")
                } else {
                    format!("{name} ({number})")
                }
            })
            .collect();
        if mixed > 0 {
            counts.push(format!("mixed {mixed}"));
        }
        if silent > 0 {
            counts.push(format!("{silent} silent"));
        }
        counts
    }

    /// What the marks mean.
    fn key(&self, cells: bool) -> Vec<String> {
        let pen = self.pen;
        let mut facts = vec!["!!! high, !! medium, ! low".to_owned()];
        if cells {
            facts.push(format!("{} silent", pen.silent()));
        }
        let several = |row: &Row| {
            let mut cells = row.cells.iter();
            cells.any(|cell| matches!(cell, Cell::Several { .. }))
        };
        if self.rows.iter().any(several) {
            let both = if cells { " or a+b" } else { "" };
            facts.push(format!("mixed{both}: several answers in one article"));
        }
        let lines = pen.wrap(&facts.join("; "), "", "");
        lines
            .into_iter()
            .map(|line| pen.paint(Tone::Faint, &line))
            .collect()
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

/// The facts in one line; those in the middle give way to `+2 more`, the last stays.
fn fitted(pen: &Pen, facts: &[String], width: usize) -> String {
    let dot = pen.dot();
    let whole = facts.join(dot);
    let Some((last, rest)) = facts.split_last() else {
        return whole;
    };
    if columns(&whole) <= width {
        return whole;
    }
    for kept in (1..rest.len()).rev() {
        let more = format!("+{} more", rest.len() - kept);
        let text = format!("{}{dot}{more}{dot}{last}", rest[..kept].join(dot));
        if columns(&text) <= width {
            return text;
        }
    }
    pen.clip(&whole, width)
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

fn cells(pen: &Pen, claim: &Claim, stances: &[&Stance], articles: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = (0..articles).map(|_| Cell::Silent).collect();
    for stance in stances {
        let Some(cell) = cells.get_mut(stance.article) else {
            continue;
        };
        let names = || {
            let held = stance.held.iter();
            held.map(|held| answer_name(pen, Some(claim), &held.position))
        };
        *cell = match stance.held.len() {
            0 => Cell::Silent,
            1 => Cell::One(names().collect()),
            _ => Cell::Several {
                names: names().collect(),
                compatible: compatible(claim, stance),
            },
        };
    }
    cells
}

/// Whether the file says that all answers of the article can be true at once.
fn compatible(claim: &Claim, stance: &Stance) -> bool {
    let positions = matches!(claim.answers, Answers::Positions(_));
    let held = &stance.held;
    positions
        && held.iter().enumerate().all(|(at, a)| {
            let mut others = held[at + 1..].iter();
            others.all(|b| claim.is_compatible(&a.position, &b.position))
        })
}

/// Finds widths under which every cell can be read; nothing where the page is too narrow for that.
fn layout(digest: &Digest<'_>, pen: &Pen, rows: &[Row], articles: usize) -> Option<Layout> {
    if articles == 0 || articles > MOST_COLUMNS {
        return None;
    }
    let wanted: Vec<usize> = (0..articles)
        .map(|article| {
            let widest = rows.iter().map(|row| match &row.cells[article] {
                Cell::Silent => 1,
                Cell::One(name) => columns(name),
                Cell::Several { .. } => "mixed".len(),
            });
            widest.max().unwrap_or(1).min(WIDEST_CELL)
        })
        .collect();
    let ids = rows.iter().map(|row| columns(&row.id)).max().unwrap_or(0);
    let namings = [Naming::Full, Naming::Short];
    let attempts = CELLS
        .into_iter()
        .flat_map(|least| namings.map(|naming| (least, naming)))
        // The kind stands with the divergence too, so it goes before the table does.
        .chain(CELLS.map(|least| (least, Naming::Marks)));
    for (least, naming) in attempts {
        for label in LABEL_WIDTHS {
            let label = label.min(ids);
            let fixed = label + verdict_width(digest, rows, naming) + articles * GAP;
            let needed: usize = wanted.iter().map(|&width| width.min(least)).sum();
            if fixed + needed <= pen.width() {
                return Some(Layout {
                    label,
                    cells: shared(&wanted, least, pen.width() - fixed),
                    naming,
                });
            }
        }
    }
    None
}

/// Columns of the widest verdict with the gap before it; 0 where nothing diverges.
fn verdict_width(digest: &Digest<'_>, rows: &[Row], naming: Naming) -> usize {
    let worst = rows.iter().filter_map(|row| digest.worst[row.claim]);
    let widths = worst.map(|worst| columns(&verdict(worst, naming)));
    widths.max().map_or(0, |width| width + GAP)
}

/// Gives each column at least `least` of what it wants and shares the rest out evenly among those that want more.
fn shared(wanted: &[usize], least: usize, mut room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = wanted.iter().map(|&width| width.min(least)).collect();
    room -= widths.iter().sum::<usize>().min(room);
    while room > 0 {
        let before = room;
        for (width, &wanted) in widths.iter_mut().zip(wanted) {
            if *width < wanted && room > 0 {
                *width += 1;
                room -= 1;
            }
        }
        if room == before {
            break;
        }
    }
    widths
}

/// Names of articles.
pub(super) fn article_ids(digest: &Digest<'_>, pen: &Pen, articles: &[usize]) -> Vec<String> {
    let articles = articles.iter();
    articles
        .map(|&article| article_id(pen, digest.report, article))
        .collect()
}
