//! The terminal report of `gainsay check`: on the first screen what to settle before printing, then the evidence.
//!
//! Top down: how much there is to do; a table of claims and articles, the claims that matter first; each divergence to settle with
//! the words that show it; minor ones in a line each; what could not be read; the numbers again, because a terminal shows the end
//! of a long report. Every string from claim files and articles is cleaned, every line fits the width, and nothing is
//! told by colour alone.

mod abbreviation;
mod card;
mod clip;
mod diagnosis;
mod digest;
mod excerpt;
pub mod explanation;
mod matrix;
mod minor;
mod options;
mod pen;
mod problem;
pub mod trial;
mod wording;

#[cfg(test)]
mod tests;

pub use card::{Card, heading, paragraph};
pub use options::Options;

use self::diagnosis::Diagnosis;
use self::digest::Digest;
use self::matrix::Matrix;
use self::pen::{Pen, Tone};
use crate::problem::Problem;
use crate::report::Report;

/// Writes the report. The text ends with a newline; the same report and options always give the same text.
pub fn render(report: &Report, options: &Options) -> String {
    let pen = Pen::new(options);
    let digest = Digest::new(report);
    let mut lines = Vec::new();
    if !options.quiet {
        lines.extend(strong(&pen, &digest.header()));
        lines.push(String::new());
        let matrix = Matrix::new(&digest, &pen);
        let table = matrix.lines();
        if !table.is_empty() {
            lines.extend(table);
            lines.push(String::new());
        }
        let diagnosis = Diagnosis {
            digest: &digest,
            matrix: &matrix,
            pen: &pen,
        };
        if !digest.settle.is_empty() {
            let text = "To settle, what matters most first; one quotation a side";
            let text = if options.all {
                "To settle, what matters most first"
            } else {
                text
            };
            lines.extend(strong(&pen, text));
            lines.push(String::new());
        }
        lines.extend(diagnosis.lines());
        lines.extend(minor::lines(&digest, &matrix, &pen));
        for (decided, status) in [
            (&digest.confirmed, "confirmed"),
            (&digest.dismissed, "dismissed"),
        ] {
            if options.all && !decided.is_empty() {
                let text = format!("{} {status}", decided.len());
                lines.push(pen.paint(Tone::Strong, &text));
                lines.extend(decided.iter().map(|found| diagnosis.short(found)));
                lines.push(String::new());
            }
        }
    }
    lines.extend(problem::lines(&report.problems, &pen));
    lines.extend(strong(&pen, &digest.summary(pen.dot())));
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Writes problems alone, errors first, with a blank line after each.
pub fn problems(problems: &[Problem], options: &Options) -> String {
    let pen = Pen::new(options);
    let mut text = String::new();
    for line in problem::lines(problems, &pen) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn strong(pen: &Pen, text: &str) -> Vec<String> {
    let lines = pen.wrap(text, "", "");
    lines
        .into_iter()
        .map(|line| pen.paint(Tone::Strong, &line))
        .collect()
}
