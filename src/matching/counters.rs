//! How much work matching took, counted in steps, not in seconds: the same on every machine.

use std::ops::AddAssign;

/// The work of a matcher's worker. Steps of the same articles and claims are the same in every run, but for [`compared`], which
/// depends on what the worker has read before.
///
/// [`compared`]: Counters::compared
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Articles read.
    pub articles: u64,
    /// Their statements.
    pub statements: u64,
    /// Pairs of a wording and a statement that meets one of its keys, so that it was asked what it reaches.
    pub asked: u64,
    /// Pairs of a claim and a statement, within reach of its subject, that meets enough of what the claim looks for to be read in full.
    pub candidates: u64,
    /// Wordings scored.
    pub scored: u64,
    /// Pairs of an article's distinct word and a claims' word that were compared letter by letter.
    pub compared: u64,
}

impl AddAssign for Counters {
    fn add_assign(&mut self, other: Self) {
        self.articles += other.articles;
        self.statements += other.statements;
        self.asked += other.asked;
        self.candidates += other.candidates;
        self.scored += other.scored;
        self.compared += other.compared;
    }
}
