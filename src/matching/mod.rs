//! Finds the statements that carry a position.

pub(crate) mod alias;
mod context;
pub(crate) mod decide;
pub(crate) mod event_date;
pub mod explain;
pub mod index;
pub(crate) mod matcher;
pub mod plan;
pub(crate) mod quantity;
pub mod reading;
pub mod roles;
pub mod rules;
pub mod score;

use std::sync::Arc;

pub use context::Context;
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
    /// The statement's own words, as they stand.
    pub text: String,
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
    pub context: Context,
}
