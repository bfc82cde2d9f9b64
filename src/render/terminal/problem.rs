//! What was left out and why, as diagnostics.

use miette::LabeledSpan;

use super::pen::{Note, Pen};
use crate::problem::{Label, Level, Problem};
use crate::source::{Source, Span};

/// A label beside its place needs this room to be read; with less it stands in the message.
const NARROWEST_LABEL: usize = 16;

/// All problems, errors first, else in their order.
pub(super) fn lines(problems: &[Problem], pen: &Pen) -> Vec<String> {
    let mut lines = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Info] {
        for problem in problems.iter().filter(|p| p.level == level) {
            lines.extend(draw(problem, pen));
            lines.push(String::new());
        }
    }
    lines
}

fn draw(problem: &Problem, pen: &Pen) -> Vec<String> {
    let severity = match problem.level {
        Level::Error => miette::Severity::Error,
        Level::Warning => miette::Severity::Warning,
        Level::Info => miette::Severity::Advice,
    };
    let mut note = Note::new(severity, pen.plain(&problem.message));
    note.code = Some(pen.clip(&pen.plain(problem.code), pen.width()));
    note.help = problem.help.as_ref().map(|help| pen.plain(help));
    match &problem.source {
        Some(source) if !problem.labels.is_empty() => excerpt(&mut note, problem, source, pen),
        _ => {
            if let Some(path) = &problem.path {
                note.message = format!("{}: {}", pen.plain(path), note.message);
            }
        }
    }
    pen.draw(&note)
}

/// A label with its place in the file.
struct Placed<'a> {
    label: &'a Label,
    /// The part of the label's span on its first line, in the line's own bytes.
    mark: Span,
    line: &'a str,
    number: usize,
    column: usize,
}

/// Shows the lines that the labels point to, each line once.
fn excerpt(note: &mut Note, problem: &Problem, source: &Source, pen: &Pen) {
    let mut placed: Vec<Placed<'_>> = problem
        .labels
        .iter()
        .map(|label| place(label, source))
        .collect();
    placed.sort_by_key(|placed| (placed.number, placed.mark.start));
    let widest = placed.last().map_or(1, |last| last.number);
    let room = pen.room(widest);
    let main = place(&problem.labels[0], source);
    let mut unplaced = Vec::new();
    for on_line in placed.chunk_by(|a, b| a.number == b.number) {
        let first = &on_line[0];
        // The main place names the file's line and column, wherever other labels stand.
        let column = if first.number == main.number {
            main.column
        } else {
            first.column
        };
        let name = problem.path.as_deref().unwrap_or(source.name());
        let name = pen.file_name(name, widest, column);
        let line_end = pen.pick('¶', '$');
        let marks: Vec<Span> = on_line
            .iter()
            .map(|placed| visible(placed, line_end))
            .collect();
        let mut line = first.line.to_owned();
        if marks.iter().any(|mark| mark.end > line.len()) {
            // The place is the end of the line: there must be something to point at.
            line.push(line_end);
        }
        let window = pen.window(&line, &marks, room);
        let spans = note.excerpt.push(name, (first.number, column), &window);
        // Marks that touch each other become one; then the labels cannot be told apart by their places.
        let apart = spans.len() == on_line.len();
        for (at, (&span, mark)) in spans.iter().zip(&window.marks).enumerate() {
            let text = pen.plain(&on_line[at].label.text);
            let before = super::clip::columns(&window.text[..mark.start]);
            let wide = super::clip::columns(&window.text[mark.clone()]);
            // miette draws the label from the middle of the mark, after "`-- ".
            let left = room.saturating_sub(before + wide / 2 + 4);
            if text.is_empty() {
                note.labels.push(LabeledSpan::underline(span));
            } else if !apart || left < NARROWEST_LABEL {
                unplaced.push(text);
                note.labels.push(LabeledSpan::underline(span));
            } else {
                let lines = textwrap::wrap(&text, left).join("\n");
                note.labels
                    .push(LabeledSpan::new_with_span(Some(lines), span));
            }
        }
        if !apart {
            let rest = on_line.iter().skip(spans.len());
            unplaced.extend(rest.map(|placed| pen.plain(&placed.label.text)));
        }
    }
    unplaced.retain(|text| !text.is_empty());
    if !unplaced.is_empty() {
        note.message = format!("{} ({})", note.message, unplaced.join("; "));
    }
}

fn place<'a>(label: &'a Label, source: &'a Source) -> Placed<'a> {
    let text = source.text();
    let floor = |at: usize| {
        let mut before = (0..=at.min(text.len())).rev();
        before.find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    };
    let start = floor(label.span.start);
    let end = floor(label.span.end).max(start);
    let (number, column) = source.line_column(start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let in_line = |at: usize| at.min(line_start + line.len()) - line_start;
    Placed {
        label,
        mark: Span::new(in_line(start), in_line(end)),
        line,
        number,
        column,
    }
}

/// The mark; where it is empty or nothing but white space, the next character instead, or the sign for the line's end.
fn visible(placed: &Placed<'_>, line_end: char) -> Span {
    let Span { start, end } = placed.mark;
    let line = placed.line;
    let marked = line.get(start..end.min(line.len())).unwrap_or_default();
    if !marked.trim().is_empty() {
        return placed.mark;
    }
    let next = line.get(start..).and_then(|rest| {
        let (at, c) = rest.char_indices().find(|(_, c)| !c.is_whitespace())?;
        Some((start + at, c.len_utf8()))
    });
    match next {
        Some((at, length)) => Span::new(at, at + length),
        None => Span::new(line.len(), line.len() + line_end.len_utf8()),
    }
}
