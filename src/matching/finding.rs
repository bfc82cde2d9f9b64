//! What a statement was found to carry, before it becomes a match.

use std::sync::Arc;

use crate::matching::Answer;
use crate::source::Span;

/// What a finding rests on beside the words of its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// Nothing.
    Itself,
    /// It is a bare denial of what was said before.
    Echo,
    /// It is a figure that is held against a number before it.
    Figure,
    /// Its pronoun stands for a name that was said before.
    Pronoun,
}

/// What a statement was found to carry, before it becomes a match.
pub(super) struct Finding {
    pub(super) answer: Answer,
    pub(super) position: Arc<str>,
    pub(super) score: f64,
    pub(super) wording: Arc<str>,
    /// What it rests on beside its own words.
    pub(super) by: By,
    /// The deciding words, as spans into the sentence.
    pub(super) words: Vec<Span>,
}
