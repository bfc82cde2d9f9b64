//! Text with a name, and places in it.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::clean::{clean, clean_in_place};

/// A half-open range of byte offsets into a [`Source`]; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(
            start <= end,
            "internal: a span must not end before it starts"
        );
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Bytes of a text for which the number of characters before them is kept.
const BLOCK: usize = 1024;

/// A named text with an index of its lines: a claim file, or an article as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Arc<str>,
    line_starts: Vec<usize>,
    /// How many lines of the file stand before the text.
    lines_before: usize,
    /// How many characters begin before each block of [`BLOCK`] bytes, made when a column is first asked for.
    characters: OnceLock<Vec<usize>>,
    /// The text as a terminal may see it, made when first asked for; `None` when the text itself is harmless.
    shown: OnceLock<Option<Box<str>>>,
}

impl Source {
    /// Takes over `text`; `name` is what a reader is shown, mostly a path.
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            name: name.into(),
            text,
            line_starts,
            lines_before: 0,
            characters: OnceLock::new(),
            shown: OnceLock::new(),
        }
    }

    /// Some whole lines of a long file, of which `first_line`, counted from 1, is the first.
    pub fn part(name: impl Into<String>, text: impl Into<Arc<str>>, first_line: usize) -> Self {
        Self {
            lines_before: first_line.saturating_sub(1),
            ..Self::new(name, text)
        }
    }

    /// What a reader is shown as the origin of the text.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both counted from 1; the column counts characters.
    /// An offset past the end gives the place just after the last character.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let column = self.characters_before(offset) - self.characters_before(start);
        (self.lines_before + line, column + 1)
    }

    /// SHA-256 of the text in UTF-8, as 64 lower-case hexadecimal digits: what `sha256sum` prints of the same bytes.
    pub fn sha256(&self) -> String {
        use std::fmt::Write;
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(self.text.as_bytes()) {
            write!(hex, "{byte:02x}").expect("internal: writing to a string cannot fail");
        }
        hex
    }

    /// How many characters begin before an offset. Not counted from the start of the line: thousands of matches in a line of
    /// megabytes would take quadratic time.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blocks = self.characters.get_or_init(|| {
            let mut before = 0;
            bytes
                .chunks(BLOCK)
                .map(|block| {
                    let after = before + characters(block);
                    std::mem::replace(&mut before, after)
                })
                .collect()
        });
        let block = offset / BLOCK;
        match blocks.get(block) {
            Some(before) => before + characters(&bytes[block * BLOCK..offset]),
            // The end of a text that fills its last block, or of an empty one.
            None => blocks.last().map_or(0, |before| {
                before + characters(&bytes[(blocks.len() - 1) * BLOCK..])
            }),
        }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    // Counted in single bytes, of which the processor adds many at once; so few at a time that none overflows.
    let blocks = bytes.chunks(u8::MAX.into());
    let begin =
        |block: &[u8]| -> u8 { block.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum() };
    blocks.map(|block| usize::from(begin(block))).sum()
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.lines_before == other.lines_before
            && self.text == other.text
    }
}

impl Eq for Source {}

/// Shows the text with its name and true line numbers. What it shows is cleaned byte for byte (see
/// [`clean_in_place`]), so spans stay right and nothing in a file reaches the terminal as a control sequence.
impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let shown = self
            .shown
            .get_or_init(|| match clean_in_place(&self.text) {
                Cow::Borrowed(_) => None,
                Cow::Owned(cleaned) => Some(cleaned.into_boxed_str()),
            })
            .as_deref()
            .unwrap_or(&self.text);
        let inner = shown.read_span(span, lines_before, lines_after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            clean(&self.name).into_owned(),
            inner.data(),
            *inner.span(),
            self.lines_before + inner.line(),
            inner.column(),
            inner.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = Source::new("a.txt", "äb\ncd\n");
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(2), (1, 2));
        assert_eq!(source.line_column(4), (2, 1));
        assert_eq!(source.line_column(99), (3, 1));
    }

    #[test]
    fn a_part_has_the_line_numbers_of_the_file() {
        let source = Source::part("a.txt", "one\ntwo", 40);
        assert_eq!(source.line_column(5), (41, 2));
        let contents = source.read_span(&(5..6).into(), 0, 0).expect("in bounds");
        assert_eq!((contents.data(), contents.line()), (&b"w"[..], 40));
    }

    #[test]
    fn the_hash_is_that_of_the_bytes() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Source::new("a", "").sha256(), empty);
    }

    #[test]
    fn columns_are_right_across_blocks() {
        for length in [
            0,
            1,
            BLOCK / 2 - 1,
            BLOCK / 2,
            BLOCK / 2 + 1,
            BLOCK,
            2 * BLOCK,
        ] {
            let line = "ä".repeat(length);
            let source = Source::new("a.txt", format!("x{line}\n{line}"));
            assert_eq!(source.line_column(1 + 2 * length), (1, length + 2));
            let end = source.text().len();
            assert_eq!(source.line_column(end), (2, length + 1), "{length}");
            if length > 0 {
                assert_eq!(source.line_column(end - 2), (2, length));
            }
        }
    }

    #[test]
    fn shown_text_is_cleaned_and_named_and_keeps_offsets() {
        let source = Source::new("a\u{1b}.txt", "one\ntw\u{1b}o \u{202e}x\n");
        let contents = source.read_span(&(4..9).into(), 1, 1).expect("in bounds");
        assert_eq!(contents.data(), "one\ntw?o \u{fffd}x\n".as_bytes());
        assert_eq!(*contents.span(), (0..14).into());
        assert_eq!(contents.line(), 0);
        assert_eq!(contents.name(), Some("a\u{fffd}.txt"));
    }
}
