//! Finds the statements that carry a position.
//!
//! Asking every claim at every statement would find the same, only slowly. What is left out on the way is left out because it
//! cannot change the result:
//!
//! 1. **Words once.** What a word of an article meets depends on the word and on whether it has a capital, not on the sentence, so it
//!    is looked up once for each distinct word ([`reading`]). Lengths and letters rule most pairs out before any distance is computed;
//!    both bounds are necessary conditions of the similarity, never a guess.
//! 2. **Subjects first.** A claim is asked only near a sentence that meets one of its `about` entries (`near`). Every entry is posted
//!    under a unit that it cannot be met without ([`index`]); a word that is such a unit leads straight to the claims.
//! 3. **Keys.** Near its subject, a wording is asked only where the sentence meets two of its rarest units, of which it needs two at least
//!    to reach the floor at all; where one can be enough, one is.
//! 4. **The ceiling.** Of these, only those are scored of which the sentence meets enough for the score to reach the floor (`ceiling`).
//!    The bound is computed of the same numbers as the score and lies above it.
//! 5. **The rest as ever.** Only then are the names of the article looked at, and the statement is read in full: polarity, order,
//!    look-alikes, amounts, dates, voices. That code knows nothing of the steps before it.
//!
//! What depends on the whole article (its names, its number of words, whose voice a sentence is in) is computed of the whole
//! article, but not before a claim needs it. The tests keep the plain way beside this one and compare them match for match, on
//! labelled articles and on made ones. [`Counters`] tell how much work each step leaves to the next.

pub(crate) mod alias;
mod aside;
mod asked;
mod background;
mod bearing;
pub mod bonds;
mod bystander;
pub(crate) mod ceiling;
mod compile;
mod context;
mod counters;
mod crossed;
pub(crate) mod decide;
mod echo;
mod elsewhere;
pub(crate) mod event_date;
#[cfg(test)]
mod exhaustive;
pub mod explain;
mod finding;
#[cfg(test)]
mod fixture;
pub mod hearing;
pub mod index;
mod lasting;
pub(crate) mod matcher;
pub(crate) mod near;
mod obstacle;
mod page;
mod parties;
pub mod plan;
mod pronoun;
pub(crate) mod quantity;
pub mod reading;
pub mod roles;
pub mod rules;
pub mod score;
mod settle;
mod skim;
mod subject;
mod swap;
mod topic;
pub mod unit;
pub(crate) mod weigh;

use std::sync::Arc;

pub use context::Context;
pub use counters::Counters;
pub use explain::Explanation;
pub use matcher::{Matcher, Worker};

use crate::source::Span;
use crate::statement::{Place, Voice};

/// The answer that a statement carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A position, by its index in the claim.
    Position(usize),
    /// A number with the interval that the wording allows ("at least 25" is 25 to infinity).
    Quantity {
        /// The number as stated.
        value: f64,
        /// Lower end, inclusive.
        low: f64,
        /// Upper end, inclusive.
        high: f64,
    },
    /// A date at the precision of the text.
    Date(crate::text::date::PartialDate),
}

/// A statement that carries a position of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Fingerprint: claim, position, folded words of the statement, the article's id.
    pub id: String,
    /// Index of the claim in the run.
    pub claim: usize,
    /// Index of the article in the run.
    pub article: usize,
    /// The answer.
    pub answer: Answer,
    /// Its name: the position's, or digits, or an ISO date.
    pub position: Arc<str>,
    /// The statement in the article's text.
    pub span: Span,
    /// The statement's own words, as they stand. Matches of one statement share them, and its context: a sentence carries answers to
    /// several claims.
    pub text: Arc<str>,
    /// Line of the statement's first character, from 1.
    pub line: usize,
    /// Column of the statement's first character, from 1, in characters.
    pub column: usize,
    /// The words that decided, as byte ranges into `text`, sorted, without overlap.
    pub words: Vec<Span>,
    /// 0 to 1.
    pub score: f64,
    /// The wording of the claim file that fired.
    pub wording: Arc<str>,
    /// Whose words it is.
    pub voice: Voice,
    /// Told as possible, reported or unconfirmed.
    pub hedged: bool,
    /// Headline or running text.
    pub place: Place,
    /// The sentences around it.
    pub context: Arc<Context>,
}
