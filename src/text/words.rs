//! The words of a sentence, each with those beside it.

use crate::text::token::{Token, Vocabulary};

/// A sentence's tokens with the vocabulary that knows their words.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    /// The words.
    pub vocabulary: &'a Vocabulary,
    /// The tokens.
    pub tokens: &'a [Token],
}

impl<'a> Words<'a> {
    pub(super) fn folded(&self, at: usize) -> &'a str {
        &self.vocabulary.word(self.tokens[at].word).folded
    }

    /// The word there; `None` at marks and beyond the ends.
    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        let token = self.tokens.get(at)?;
        token.is_word().then(|| self.folded(at))
    }

    /// The `n`th word after `at` (1 is the next), marks skipped.
    pub(super) fn after(&self, at: usize, n: usize) -> Option<usize> {
        (at + 1..self.tokens.len())
            .filter(|&i| self.tokens[i].is_word())
            .nth(n - 1)
    }

    /// The word right before `at`.
    pub(super) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&i| self.tokens[i].is_word())
    }

    pub(super) fn next_is(&self, at: usize, words: &[&str]) -> bool {
        at + 1 < self.tokens.len() && words.contains(&self.folded(at + 1))
    }

    /// Whether the word at `at` stands in a clause that tells of somebody only in passing: ", *who had denied it*, was found guilty".
    pub(super) fn in_passing(&self, at: usize) -> bool {
        let mut clause = (1..at).rev().take_while(|&i| self.tokens[i].is_word());
        let related = clause.find(|&i| matches!(self.folded(i), "which" | "who" | "whom"));
        related.is_some_and(|i| self.tokens[i - 1].is_mark(','))
    }
}
