//! What an article says on a claim: all matches of the pair, collected.

/// The answers that one article gives to one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Index of the claim in the run.
    pub claim: usize,
    /// Index of the article in the run.
    pub article: usize,
    /// Each answer once, in the claim's order of positions, or by value.
    pub held: Vec<Held>,
}

/// One answer of an article with the matches that carry it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Name of the answer.
    pub position: std::sync::Arc<str>,
    /// The answer itself.
    pub answer: crate::matching::Answer,
    /// Indexes into the run's matches, in text order.
    pub matches: Vec<usize>,
}
