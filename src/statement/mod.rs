//! Statements: the sentences of an article, each with its voice.

mod phrase;
pub mod segment;
// One word a line would make 2,000 lines of it.
#[rustfmt::skip]
mod speech_words;
pub mod voice;

use crate::source::Span;

/// Whose words a statement is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Voice {
    /// The article's own.
    #[default]
    Own,
    /// Somebody else's: said, told, quoted, according to.
    Attributed {
        /// Who says it, where the text makes that clear.
        speaker: Option<String>,
    },
}

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The headline of the article.
    Headline,
    /// A heading further down.
    Heading,
    /// Running text.
    Body,
}

/// A sentence of an article, or one of its headings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The sentence without the white space around it.
    pub span: Span,
    /// Paragraphs are counted from 0.
    pub paragraph: usize,
    /// Where it stands.
    pub place: Place,
}
