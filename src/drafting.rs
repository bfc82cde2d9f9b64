//! Claims proposed from articles: what two articles tell of one subject with another verb, a negation or another number, written as a
//! claim file that reads well, lints clean and finds the very divergence that it was made of.
//!
//! ```text
//! articles --clause--> clauses --contrast--> subjects told differently --candidate--> claims --proof--> those that hold
//! ```
//!
//! It proposes few and leaves the rest to the curator: only opposite senses of a list, negations and numbers count, and a candidate that
//! the matcher does not find again in the articles is dropped.

mod candidate;
mod clause;
mod contrast;
mod proof;
mod sense;

use crate::article::Article;
use crate::claim::draft::Draft;

use clause::Clauses;
use contrast::contrasts;

/// Most contrasts that are tried, the best first: each is a run of the matcher over all articles.
const TRIED: usize = 60;

/// What articles give for a claim file.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The file, with the best candidates first; `None` where there is none.
    pub draft: Option<Draft>,
    /// What each claim of the file found in the articles, in the same order.
    pub found: Vec<Found>,
    /// How many more candidates would hold.
    pub left: usize,
}

/// What a proposed claim finds in the articles it was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The claim's id.
    pub claim: String,
    /// The answers, the first first.
    pub answers: Vec<String>,
    /// How many articles answer.
    pub articles: usize,
}

/// Proposes at most `most` claims from articles.
pub fn propose(articles: &[Article], most: usize) -> Proposal {
    let read = Clauses::of(articles);
    let topic = proof::Topic::of(articles);
    let mut ids: Vec<String> = Vec::new();
    let mut held = Vec::new();
    for contrast in contrasts(&read).iter().take(TRIED) {
        let Some(mut claim) = candidate::claim(&read, articles, contrast) else {
            continue;
        };
        let base = claim.id.clone();
        let mut nth = 2;
        while ids.contains(&claim.id) {
            claim.id = format!("{base}-{nth}");
            nth += 1;
        }
        if let Some(proven) = proof::prove(claim, &topic, articles) {
            ids.push(proven.claim.id.clone());
            held.push(proven);
        }
    }
    let left = held.len().saturating_sub(most);
    held.truncate(most);
    let found = held.iter().map(|proven| proven.found.clone()).collect();
    let draft = proof::together(held, &topic, articles);
    Proposal { draft, found, left }
}
