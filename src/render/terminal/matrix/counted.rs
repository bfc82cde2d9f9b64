//! The table without articles: how many hold each answer.

use super::super::abbreviation::abbreviate;
use super::super::clip::{clip, columns};
use super::super::pen::{Pen, Tone};
use super::super::wording::{Naming, tone, verdict};
use super::{Cell, Drawn, GAP, Row, SEVERITIES, key, pad, widest_id};

/// No answer is shown wider here: the row's others need the room, and the full name stands with the divergence.
const WIDEST_ANSWER: usize = 20;

/// Columns for a claim's name, the best first.
const LABEL_WIDTHS: [usize; 3] = [28, 20, 16];

/// A narrower page has no room for name, counts and verdict in one line.
const NARROWEST_LINE: usize = 70;

/// Draws the table; it fits into every page.
pub(super) fn draw(pen: &Pen, rows: &[Row<'_>]) -> Drawn {
    let width = pen.width();
    let counts: Vec<Vec<String>> = rows.iter().map(|row| counts(pen, row)).collect();
    let mixed = |row: &Row<'_>| {
        let mut cells = row.cells.iter();
        cells.any(|cell| matches!(cell, Cell::Said { mixed: true, .. }))
    };
    let mut facts = vec![SEVERITIES];
    if rows.iter().any(mixed) {
        facts.push("mixed: answers in one article that exclude each other");
    }
    let drawn = if width < NARROWEST_LINE {
        let pairs = rows.iter().zip(&counts);
        pairs
            .map(|(row, counts)| in_two_lines(pen, row, counts))
            .collect()
    } else {
        in_one_line(pen, rows, &counts)
    };
    Drawn {
        head: Vec::new(),
        rows: drawn,
        key: key(pen, &facts),
        lettered: false,
    }
}

fn in_two_lines(pen: &Pen, row: &Row<'_>, counts: &[String]) -> Vec<String> {
    let room = pen.width() - 4;
    let marks = row.worst.map_or_else(
        || "   ".to_owned(),
        |worst| pen.paint(tone(worst), &verdict(worst, Naming::Marks)),
    );
    let id = pen.clip(&row.id, room);
    vec![
        format!("{marks} {}", pen.paint(Tone::Strong, &id)),
        format!("    {}", fitted(pen, counts, room)),
    ]
}

fn in_one_line(pen: &Pen, rows: &[Row<'_>], counts: &[Vec<String>]) -> Vec<Vec<String>> {
    let worst = rows.iter().filter_map(|row| row.worst);
    let verdicts = worst.map(|worst| columns(&verdict(worst, Naming::Full)));
    let verdicts = verdicts.max().map_or(0, |width| width + GAP);
    let room_beside = |label: usize| pen.width().saturating_sub(label + GAP + verdicts);
    let all_fit = |label: usize| {
        let mut whole = counts.iter().map(|counts| columns(&counts.join(pen.dot())));
        whole.all(|whole| whole <= room_beside(label))
    };
    // The counts matter more than the end of a claim's name.
    let labels = LABEL_WIDTHS.map(|label| label.min(widest_id(rows)));
    let label = labels.into_iter().find(|&label| all_fit(label));
    let label = label.unwrap_or(labels[1]);
    let room = room_beside(label);
    let ids: Vec<(String, usize)> = rows.iter().map(|row| (row.id.clone(), label)).collect();
    let names = abbreviate(pen, &ids);
    let line = |((row, id), counts): ((&Row<'_>, &String), &Vec<String>)| {
        let kind = row
            .worst
            .map(|worst| pen.paint(tone(worst), &verdict(worst, Naming::Full)));
        let line = format!(
            "{}{:GAP$}{}{:GAP$}{}",
            pen.paint(Tone::Strong, &pad(id, label)),
            "",
            pad(&fitted(pen, counts, room), room),
            "",
            kind.unwrap_or_default(),
        );
        vec![line.trim_end().to_owned()]
    };
    rows.iter().zip(&names).zip(counts).map(line).collect()
}

/// `rejected (5)`, `created (3)`, `mixed (1)`, `40 silent`.
fn counts(pen: &Pen, row: &Row<'_>) -> Vec<String> {
    let mut answers: Vec<(&str, usize)> = Vec::new();
    let (mut mixed, mut silent) = (0, 0);
    for cell in &row.cells {
        match cell {
            Cell::Silent => silent += 1,
            Cell::Said { mixed: true, .. } => mixed += 1,
            Cell::Said { text, .. } => match answers.iter_mut().find(|(known, _)| known == text) {
                Some((_, number)) => *number += 1,
                None => answers.push((text, 1)),
            },
        }
    }
    // The answer that most articles give comes first; a sort that is stable keeps equal ones in article order.
    answers.sort_by_key(|&(_, number)| std::cmp::Reverse(number));
    let mut counts: Vec<String> = answers
        .into_iter()
        .map(|(name, number)| format!("{} ({number})", clip(name, WIDEST_ANSWER, pen.cut())))
        .collect();
    if mixed > 0 {
        counts.push(format!("mixed ({mixed})"));
    }
    if silent > 0 {
        counts.push(format!("{silent} silent"));
    }
    counts
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
