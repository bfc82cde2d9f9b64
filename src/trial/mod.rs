//! Claim files on trial: what single sentences carry, whether the claims' own examples hold, which edit would change that, and
//! which wordings stand in the wrong place.

pub mod acceptance;
pub(crate) mod candidate;
pub mod collision;
pub mod correction;
pub mod example;
mod letter_runs;
pub mod lint;
pub mod mutation;
pub(crate) mod reason;
pub mod remedy;
pub mod suggestion;

use std::sync::Arc;

use crate::article::Article;
use crate::claim::Claim;
use crate::matching::{Explanation, Match, Matcher};
use crate::source::Span;

/// A claim that sentences are tried on, one at a time.
///
/// A sentence is an article by itself, and counts as on the topic whatever names it gives.
#[derive(Debug)]
pub struct Bench {
    matcher: Matcher,
}

impl Bench {
    /// Compiles the claim.
    pub fn new(claim: &Arc<Claim>) -> Self {
        Self {
            matcher: Matcher::new(std::slice::from_ref(claim)),
        }
    }

    /// What a sentence carries.
    pub fn matches(&self, sentence: &str) -> Vec<Match> {
        let article = Article::of_text("sentence", sentence);
        self.matcher.worker().without_names().article(0, &article)
    }

    /// What is seen in a sentence; more than one where it is cut into several, none where it is blank.
    pub fn explain(&self, sentence: &str) -> Vec<Explanation> {
        let article = Article::of_text("sentence", sentence);
        let whole = Span::new(0, sentence.len());
        self.matcher
            .worker()
            .without_names()
            .explain(0, &article, whole)
    }

    /// What is seen at a place of an article, with the gate on names that `check` has.
    pub fn explain_in(&self, article: &Article, within: Span) -> Vec<Explanation> {
        self.matcher.worker().explain(0, article, within)
    }

    /// What an article carries, with the gate on names that `check` has.
    pub fn article(&self, article: &Article) -> Vec<Match> {
        self.matcher.worker().article(0, article)
    }
}
