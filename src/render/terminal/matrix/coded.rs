//! The table with a letter for each answer, and what the letters mean beside the row.

use super::super::abbreviation::abbreviate;
use super::super::pen::{Pen, Tone};
use super::super::wording::{Naming, is_minor, kind_name, tone, verdict};
use super::{
    Cell, Drawn, GAP, Row, SEVERITIES, WIDEST_LABEL, glue, key, letter, pad, several, unglued,
    widest_id,
};

/// Columns of the severity's marks and the space after them.
const MARKS: usize = 4;

/// A claim's name of fewer columns cannot be told.
const NARROWEST_LABEL: usize = 8;

/// Beside the row the answers need this much room, or they go on a line of their own.
const BESIDE: usize = 30;

/// An answer with the letter that stands for it in its row.
struct Code<'a> {
    letter: char,
    cell: &'a Cell,
    articles: usize,
}

/// Draws the table; nothing where even the letters do not fit.
pub(super) fn draw(pen: &Pen, rows: &[Row<'_>], articles: usize) -> Option<Drawn> {
    let grid = 2 * articles - 1;
    let room = pen.width().checked_sub(MARKS + GAP + grid)?;
    if room < NARROWEST_LABEL {
        return None;
    }
    let label = widest_id(rows).min(WIDEST_LABEL).min(room);
    let beside = MARKS + label + GAP + grid + GAP;
    let indent = if beside + BESIDE <= pen.width() {
        beside
    } else {
        MARKS
    };

    let letters: Vec<String> = (0..articles)
        .map(|article| letter(article).unwrap_or(' ').to_string())
        .collect();
    let head = format!("{:1$}{2}", "", MARKS + label + GAP, letters.join(" "));
    let ids: Vec<(String, usize)> = rows.iter().map(|row| (row.id.clone(), label)).collect();
    let labels = abbreviate(pen, &ids);
    let line = |(row, id): (&Row<'_>, &String)| {
        let codes = codes(&row.cells);
        let mut line = match row.worst {
            Some(worst) => {
                let marks = verdict(worst, Naming::Marks);
                pen.paint(tone(worst), &marks) + " " + &pen.paint(Tone::Strong, &pad(id, label))
            }
            None => " ".repeat(MARKS) + &pad(id, label),
        };
        line += " ";
        for cell in &row.cells {
            line += " ";
            let code = codes.iter().find(|code| code.cell == cell);
            line += &match code {
                Some(code) => code.letter.to_string(),
                None => pen.paint(Tone::Faint, pen.silent()),
            };
        }
        let meaning = meaning(row, &codes, pen.width() - indent);
        let mut wrapped = pen
            .wrap(&meaning, &" ".repeat(indent), &" ".repeat(indent))
            .into_iter()
            .map(|text| unglued(&text));
        let mut lines = Vec::new();
        if indent == beside
            && let Some(first) = wrapped.next()
        {
            line += &" ".repeat(GAP);
            line += first.trim_start();
        }
        lines.push(line.trim_end().to_owned());
        lines.extend(wrapped);
        lines
    };
    let silent = format!("{} silent", pen.silent());
    let mut facts = vec![SEVERITIES, "a, b, c: the answers of a row", &silent];
    facts.extend(several(rows));
    Some(Drawn {
        head: vec![pen.paint(Tone::Strong, &head)],
        rows: rows.iter().zip(&labels).map(line).collect(),
        key: key(pen, &facts),
        lettered: true,
    })
}

/// A letter for each different answer, the one that most articles give first, so that the odd one out stands out.
fn codes(cells: &[Cell]) -> Vec<Code<'_>> {
    let mut codes: Vec<Code<'_>> = Vec::new();
    for cell in cells.iter().filter(|cell| **cell != Cell::Silent) {
        match codes.iter_mut().find(|code| code.cell == cell) {
            Some(code) => code.articles += 1,
            None => codes.push(Code {
                letter: ' ',
                cell,
                articles: 1,
            }),
        }
    }
    // Stable: of equals the first article's answer comes first.
    codes.sort_by_key(|code| std::cmp::Reverse(code.articles));
    for (code, letter) in codes.iter_mut().zip('a'..='z') {
        code.letter = letter;
    }
    codes
}

/// `contradiction: a created, b proposed + rejected`; lines end between answers where these fit into `room`.
fn meaning(row: &Row<'_>, codes: &[Code<'_>], room: usize) -> String {
    let mut text = match row.worst {
        Some(worst) if !is_minor(worst) => format!("{}: ", kind_name(worst.kind)),
        _ => String::new(),
    };
    for (at, code) in codes.iter().enumerate() {
        let Cell::Said { text: answer, .. } = code.cell else {
            continue;
        };
        let comma = if at + 1 < codes.len() { "," } else { "" };
        let item = format!("{} {answer}{comma}", code.letter);
        if at > 0 {
            text.push(' ');
        }
        text += &glue(&item, room);
    }
    text
}
