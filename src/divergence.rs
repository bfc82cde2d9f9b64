//! Where articles diverge: pure functions from stances to divergences.
//!
//! Each kind has its own module with its own rule; [`diff`] asks them all and sorts what they find.

mod attribution;
mod conflict;
mod hedging;
mod lineup;
mod opposition;
#[cfg(test)]
pub(crate) mod scene;
mod silence;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::claim::{Claim, Severity};
use crate::matching::Match;
use crate::stance::Stance;

use lineup::Lineup;

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

impl Kind {
    /// All kinds, in the order of a report.
    pub const ALL: [Kind; 9] = [
        Kind::Contradiction,
        Kind::SelfContradiction,
        Kind::Numeric,
        Kind::Temporal,
        Kind::Update,
        Kind::OneSided,
        Kind::Omission,
        Kind::Attribution,
        Kind::Hedging,
    ];

    /// The name that every output uses; fingerprints are made of it, so it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Contradiction => "contradiction",
            Kind::SelfContradiction => "self-contradiction",
            Kind::Numeric => "numeric",
            Kind::Temporal => "temporal",
            Kind::Update => "update",
            Kind::OneSided => "one-sided",
            Kind::Omission => "omission",
            Kind::Attribution => "attribution",
            Kind::Hedging => "hedging",
        }
    }
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
    /// Indexes of the matches that show it, article by article, the strongest of each article first.
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
    /// The sides, at least two, in the claim's order of positions; the silent side of an omission first.
    pub sides: Vec<Side>,
}

impl Divergence {
    /// The articles of all sides, each once.
    pub fn articles(&self) -> BTreeSet<usize> {
        self.sides
            .iter()
            .flat_map(|side| side.articles.iter().copied())
            .collect()
    }
}

/// Finds where the articles diverge, what matters most first: by severity, kind, number of articles, claim, then the claim's order
/// of positions.
///
/// `stances` are those that [`crate::stance::collect`] makes of the same claims and matches. The ids and the order of the result
/// depend on the order of claims and articles only where everything else is equal.
///
/// # Panics
///
/// Where a stance points to a claim, an article or a match that is not there.
pub fn diff(
    claims: &[Arc<Claim>],
    articles: &[Article],
    matches: &[Match],
    stances: &[Stance],
) -> Vec<Divergence> {
    let mut found = Vec::new();
    let topics = silence::articles_by_topic(claims, stances);
    for (index, claim) in claims.iter().enumerate() {
        let stances = of_claim(stances, index);
        if stances.is_empty() {
            continue;
        }
        let lineup = Lineup::new(index, claim, articles, matches, stances);
        let mut of_this = opposition::find(&lineup);
        of_this.extend(silence::find(&lineup, &topics[&*claim.topic]));
        of_this.extend(attribution::find(&lineup));
        of_this.extend(hedging::find(&lineup));
        found.extend(merged(of_this));
    }
    // The sort is stable: what is equal so far keeps the order of claims and of their positions.
    found.sort_by_cached_key(|divergence| {
        (
            Reverse(divergence.severity),
            divergence.kind,
            Reverse(divergence.articles().len()),
            divergence.claim,
        )
    });
    found
}

/// The stances of one claim; they are sorted by claim.
fn of_claim(stances: &[Stance], claim: usize) -> &[Stance] {
    let start = stances.partition_point(|stance| stance.claim < claim);
    let end = stances.partition_point(|stance| stance.claim <= claim);
    &stances[start..end]
}

/// Joins divergences of one claim that bear the same id: "25" and "at least 25" go by one name, and both may conflict with "10".
fn merged(found: Vec<Divergence>) -> Vec<Divergence> {
    let mut place = std::collections::BTreeMap::new();
    let mut kept: Vec<Divergence> = Vec::with_capacity(found.len());
    for divergence in found {
        let Some(&at) = place.get(&divergence.id) else {
            place.insert(divergence.id.clone(), kept.len());
            kept.push(divergence);
            continue;
        };
        let known: &mut Divergence = &mut kept[at];
        known.severity = known.severity.max(divergence.severity);
        for side in divergence.sides {
            match known
                .sides
                .iter_mut()
                .find(|known| known.position == side.position)
            {
                Some(known) => known.absorb(side),
                None => known.sides.push(side),
            }
        }
    }
    kept
}

impl Side {
    /// Takes in the articles and matches of a side with the same position. Matches stay article by article, because an article
    /// holds each name in one stance only.
    fn absorb(&mut self, other: Side) {
        self.articles.extend(other.articles);
        self.articles.sort_unstable();
        self.articles.dedup();
        for at in other.matches {
            if !self.matches.contains(&at) {
                self.matches.push(at);
            }
        }
    }
}
