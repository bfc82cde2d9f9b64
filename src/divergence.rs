//! Where articles diverge: pure functions from stances to divergences.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::claim::Severity;

/// What kind of divergence it is; the variants stand in the order in which a report shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two articles carry positions that cannot both be true.
    Contradiction,
    /// One article does, and does not merely report both sides of a dispute.
    SelfContradiction,
    /// A quantity differs beyond the tolerance.
    Numeric,
    /// A date differs beyond the tolerance.
    Temporal,
    /// The positions conflict, but the same source speaks later.
    Update,
    /// One article reports both sides of a dispute, the other only one.
    OneSided,
    /// An article on the topic is silent where others answer.
    Omission,
    /// The same position, but another speaker.
    Attribution,
    /// A fact in one and a report in the other.
    Hedging,
}

/// What a reviewer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody decided yet.
    Open,
    /// It is a divergence.
    Confirmed,
    /// It is none.
    Dismissed,
}

/// One side of a divergence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Name of the answer; `None` for the silent side of an omission.
    pub position: Option<Arc<str>>,
    /// Indexes of the articles, ascending.
    pub articles: Vec<usize>,
    /// Indexes of the matches that show it, the strongest of each article first.
    pub matches: Vec<usize>,
}

/// A place where articles diverge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Fingerprint of claim, kind and positions.
    pub id: String,
    /// Index of the claim in the run.
    pub claim: usize,
    /// What kind it is.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// What a reviewer decided.
    pub status: Status,
    /// The sides, at least two, in the claim's order of positions.
    pub sides: Vec<Side>,
}
