//! The table with the names of answers: one column an article.

use super::super::abbreviation::abbreviate;
use super::super::clip::columns;
use super::super::pen::{Pen, Tone};
use super::super::wording::{Naming, tone, verdict};
use super::{
    Cell, Drawn, GAP, Row, SEVERITIES, WIDEST_LABEL, key, letter, pad, several, widest_id,
};

/// A wider column would tear the table apart for the sake of one cell.
const WIDEST_CELL: usize = 26;

/// Draws the table; nothing where a name would have to be cut.
pub(super) fn draw(pen: &Pen, rows: &[Row<'_>], articles: usize) -> Option<Drawn> {
    let widths: Vec<usize> = (0..articles)
        .map(|article| {
            let widest = rows.iter().map(|row| match &row.cells[article] {
                Cell::Silent => 1,
                Cell::Said { text, .. } => columns(text),
            });
            widest.max().unwrap_or(1)
        })
        .collect();
    if widths.iter().any(|&width| width > WIDEST_CELL) {
        return None;
    }
    let label = widest_id(rows).min(WIDEST_LABEL);
    let fixed = label + widths.iter().map(|width| width + GAP).sum::<usize>();
    // The kind stands with the divergence too, so it goes before the names do.
    let naming = [Naming::Full, Naming::Marks]
        .into_iter()
        .find(|&naming| fixed + verdict_width(rows, naming) <= pen.width())?;

    let mut head = " ".repeat(label);
    for (article, &width) in widths.iter().enumerate() {
        head += &" ".repeat(GAP);
        head += &pad(&letter(article).unwrap_or(' ').to_string(), width);
    }
    let ids: Vec<(String, usize)> = rows.iter().map(|row| (row.id.clone(), label)).collect();
    let labels = abbreviate(pen, &ids);
    let line = |(row, id): (&Row<'_>, &String)| {
        let label_tone = row.worst.map_or(Tone::Normal, |_| Tone::Strong);
        let mut line = pen.paint(label_tone, &pad(id, label));
        for (cell, &width) in row.cells.iter().zip(&widths) {
            let (text, cell_tone) = match cell {
                Cell::Silent => (pen.silent(), Tone::Faint),
                Cell::Said { text, .. } => (text.as_str(), Tone::Normal),
            };
            line += &" ".repeat(GAP);
            line += &pen.paint(cell_tone, text);
            line += &" ".repeat(width.saturating_sub(columns(text)));
        }
        if let Some(worst) = row.worst {
            line += &" ".repeat(GAP);
            line += &pen.paint(tone(worst), verdict(worst, naming).trim_end());
        }
        vec![line.trim_end().to_owned()]
    };
    let silent = format!("{} silent", pen.silent());
    let mut facts = vec![SEVERITIES, &silent];
    facts.extend(several(rows));
    Some(Drawn {
        head: vec![pen.paint(Tone::Strong, head.trim_end())],
        rows: rows.iter().zip(&labels).map(line).collect(),
        key: key(pen, &facts),
        lettered: true,
    })
}

/// Columns of the widest verdict with the gap before it; 0 where nothing diverges.
fn verdict_width(rows: &[Row<'_>], naming: Naming) -> usize {
    let worst = rows.iter().filter_map(|row| row.worst);
    let widths = worst.map(|worst| columns(&verdict(worst, naming)));
    widths.max().map_or(0, |width| width + GAP)
}
