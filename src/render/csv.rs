//! The report as tables for a spreadsheet: one row a match, or one row a divergence.

use std::char::REPLACEMENT_CHARACTER;

use crate::clean::clean;
use crate::divergence::Divergence;
use crate::matching::Match;
use crate::report::Report;
use crate::statement::{Place, Voice};

use super::words::{severity_name, status_name};

/// By this mark a spreadsheet knows that the file is UTF-8; without it `ü` becomes two other letters in the most common one.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How foreign text is written into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    /// For a spreadsheet: a cell that it would take for a formula is preceded by an apostrophe, and the file by a byte order mark.
    /// What steers a terminal, hides or reorders text (see [`clean`]) becomes U+FFFD.
    Safe,
    /// As it is, for programs. Not fit for a terminal.
    Raw,
}

impl Cells {
    /// Text of an article or a claim file in a cell.
    fn cell(self, text: &str) -> String {
        if self == Cells::Raw {
            return text.to_owned();
        }
        let text = clean(text);
        // What a spreadsheet skips before it looks for a formula does not hide one; a reader may drop what stands for a hidden
        // character, too.
        let start = text.trim_start_matches([' ', '\n', '\u{a0}', REPLACEMENT_CHARACTER]);
        if start.starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']) {
            format!("'{text}")
        } else {
            text.into_owned()
        }
    }
}

/// One row a match, in the order of the report, with a row of names first. Lines end as RFC 4180 wants it.
pub fn matches(report: &Report, cells: Cells) -> String {
    table(
        cells,
        &[
            "id", "claim", "question", "position", "article", "source", "date", "title", "url",
            "path", "line", "column", "text", "before", "after", "score", "wording", "voice",
            "speaker", "hedged", "place", "copy_of",
        ],
        report
            .matches
            .iter()
            .map(|found| match_row(report, found, cells)),
    )
}

/// One row a divergence, in the order of the report, with a row of names first. Sides stand in one cell, separated by ` | `, as
/// `position: article, article`; their number of voices counts articles that repeat each other once.
pub fn divergences(report: &Report, cells: Cells) -> String {
    table(
        cells,
        &[
            "id", "claim", "question", "kind", "severity", "status", "sides", "articles", "voices",
            "quotes",
        ],
        report
            .divergences
            .iter()
            .map(|divergence| divergence_row(report, divergence, cells)),
    )
}

fn table(cells: Cells, names: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = Vec::new();
    if cells == Cells::Safe {
        out.extend(BYTE_ORDER_MARK.as_bytes());
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    let written = writer
        .write_record(names)
        .and_then(|()| {
            let mut rows = rows;
            rows.try_for_each(|row| writer.write_record(row))
        })
        .and_then(|()| writer.flush().map_err(csv::Error::from));
    written.expect("internal: rows of one length are written to memory");
    drop(writer);
    String::from_utf8(out).expect("internal: all cells are UTF-8")
}

fn match_row(report: &Report, found: &Match, cells: Cells) -> Vec<String> {
    let claim = &report.claims[found.claim];
    let article = &report.articles[found.article];
    let cell = |text: &str| cells.cell(text);
    let optional = |text: Option<&str>| text.map_or_else(String::new, cell);
    let (voice, speaker) = match &found.voice {
        Voice::Own => ("own", None),
        Voice::Attributed { speaker } => ("attributed", speaker.as_deref()),
    };
    let place = match found.place {
        Place::Headline => "headline",
        Place::Heading => "heading",
        Place::Body => "body",
    };
    let copy_of = report.copies.echo(found.article);
    vec![
        found.id.clone(),
        cell(&claim.id),
        cell(&claim.question),
        cell(&found.position),
        cell(&article.id),
        optional(article.source.as_deref()),
        article
            .date
            .map_or_else(String::new, |date| date.to_string()),
        optional(article.title.as_deref()),
        optional(article.url.as_deref()),
        cell(&article.path),
        found.line.to_string(),
        found.column.to_string(),
        cell(&found.text),
        cell(&found.context.before),
        cell(&found.context.after),
        format!("{:.4}", found.score),
        cell(&found.wording),
        voice.to_owned(),
        optional(speaker),
        found.hedged.to_string(),
        place.to_owned(),
        optional(copy_of.map(|(lead, _)| &*report.articles[lead].id)),
    ]
}

fn divergence_row(report: &Report, divergence: &Divergence, cells: Cells) -> Vec<String> {
    let claim = &report.claims[divergence.claim];
    let mut sides = Vec::new();
    let mut quotes = Vec::new();
    for side in &divergence.sides {
        let position = side.position.as_deref().unwrap_or("silent");
        let articles = side.articles.iter().map(|&at| &*report.articles[at].id);
        let articles: Vec<&str> = articles.collect();
        sides.push(format!("{position}: {}", articles.join(", ")));
        let first = side.matches.first().map(|&at| &*report.matches[at].text);
        quotes.extend(first.map(|text| format!("{position}: {text}")));
    }
    let articles: Vec<usize> = divergence.articles().into_iter().collect();
    vec![
        divergence.id.clone(),
        cells.cell(&claim.id),
        cells.cell(&claim.question),
        divergence.kind.name().to_owned(),
        severity_name(divergence.severity).to_owned(),
        status_name(divergence.status).to_owned(),
        cells.cell(&sides.join(" | ")),
        articles.len().to_string(),
        report.copies.voices(&articles).to_string(),
        cells.cell(&quotes.join(" | ")),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::divergence::scene::{Scene, positions};

    fn report() -> Report {
        let mut scene = Scene::new(
            vec![positions("fate", &["dead", "alive"])],
            "a(Dawn 2024-03-01): alive?^=0.8\nb: dead@Ada_Kaya",
        );
        scene.matches[0].text = "=HYPERLINK(\"http://e.org\"; \"x\")\r\nand more".into();
        scene.matches[1].text = "Zoë said so, \"truly\".".into();
        Arc::make_mut(&mut scene.matches[1].context).before = "+1".to_owned();
        Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new())
    }

    fn cells(table: &str) -> Vec<Vec<String>> {
        let mut reader =
            csv::Reader::from_reader(table.trim_start_matches(BYTE_ORDER_MARK).as_bytes());
        let rows = reader.records().map(|row| {
            let row = row.expect("a row");
            row.iter().map(str::to_owned).collect()
        });
        rows.collect()
    }

    #[test]
    fn shape() {
        let report = report();
        insta::assert_snapshot!("matches", matches(&report, Cells::Safe));
        insta::assert_snapshot!("divergences", divergences(&report, Cells::Safe));
    }

    #[test]
    fn formulas_are_neutralised_unless_raw_is_asked_for() {
        let report = report();
        let text = |cells_as| cells(&matches(&report, cells_as))[0][12].clone();
        assert!(text(Cells::Safe).starts_with("'=HYPERLINK"));
        assert!(text(Cells::Raw).starts_with("=HYPERLINK"));
        for formula in ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"] {
            assert_eq!(Cells::Safe.cell(formula), format!("'{formula}"));
            assert_eq!(Cells::Raw.cell(formula), formula);
        }
        for harmless in ["", "a=1", "'=1", "1-2", "a\tb"] {
            assert_eq!(Cells::Safe.cell(harmless), harmless);
        }
        // Hidden characters do not hide a formula, and do not stay.
        for hidden in ["\r=1", "\u{feff}=1", "\u{200b}=1", " \u{202e}\u{1b}=1"] {
            let cell = Cells::Safe.cell(hidden);
            assert!(cell.starts_with('\'') && cell.ends_with("=1"), "{cell}");
            assert_eq!(clean(&cell), cell);
            assert_eq!(Cells::Raw.cell(hidden), hidden);
        }
    }

    #[test]
    fn a_spreadsheet_knows_that_it_is_utf_8() {
        assert!(matches(&report(), Cells::Safe).starts_with("\u{feff}id,"));
        assert!(divergences(&report(), Cells::Raw).starts_with("id,"));
    }
}
