//! Lines cut out of files, as miette's source code. miette neither cleans nor clips what it shows, so both is done before.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::clip::Window;

/// A few lines, each with the place where it really stands.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    text: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// File.
    name: String,
    /// Line in the file, from 1.
    number: usize,
    /// Column in the file, from 1.
    column: usize,
    /// Byte range in the excerpt's text.
    start: usize,
    end: usize,
}

impl Excerpt {
    /// Adds a line and gives the spans of its marks, for labels.
    pub fn push(
        &mut self,
        name: String,
        (number, column): (usize, usize),
        window: &Window,
    ) -> Vec<SourceSpan> {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(&window.text);
        self.lines.push(Line {
            name,
            number,
            column,
            start,
            end: self.text.len(),
        });
        let spans = window.marks.iter();
        spans
            .map(|mark| SourceSpan::from((start + mark.start, mark.len())))
            .collect()
    }
}

impl SourceCode for Excerpt {
    /// The lines of the span. Fails for a span over lines that do not follow each other in one file: miette then shows
    /// each in a box of its own, as it should.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let at = |offset: usize| {
            self.lines
                .iter()
                .position(|line| line.start <= offset && offset <= line.end)
                .ok_or(MietteError::OutOfBounds)
        };
        let (first, last) = (at(span.offset())?, at(span.offset() + span.len())?);
        let lines = &self.lines[first..=last];
        let follows = |pair: &[Line]| {
            pair[0].name == pair[1].name && pair[0].number.checked_add(1) == Some(pair[1].number)
        };
        if !lines.windows(2).all(follows) {
            return Err(MietteError::OutOfBounds);
        }
        let (first, last) = (&lines[0], &lines[lines.len() - 1]);
        Ok(Box::new(MietteSpanContents::new_named(
            first.name.clone(),
            &self.text.as_bytes()[first.start..last.end],
            SourceSpan::from((first.start, last.end - first.start)),
            first.number.saturating_sub(1),
            first.column.saturating_sub(1),
            lines.len(),
        )))
    }
}
