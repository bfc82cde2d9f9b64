//! Whether an article is on the topic of a claim: by the names that it gives, and by what else of the topic it speaks of.

use std::collections::BTreeSet;

use crate::matching::alias::Concept;
use crate::matching::plan::{ClaimPlan, Seek};
use crate::matching::reading::Reading;
use crate::text::token::Token;

/// Names of the topic and the question that an article must give to be compared. With one instead of two, 20 instead of 3
/// stray matches came from articles on other topics; without any, 74.
pub(super) const NAMES: usize = 2;
/// Articles shorter than this many words need only one.
pub(super) const SHORT: u32 = 80;
/// Alias groups of a claim from which on three quarters of them, with one name, are as telling as the names of its topic: a
/// follow-up tells of the firm and the minister, and no more of the town. This lifts stance F1 from .692 to .716 and from .801 to
/// .814 on two sets of invented news and brings no stray match; half of the groups, or any two names of the aliases, bring 10 on dev2.
const GROUPS: usize = 4;

/// What ties an article to a claim's topic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ties {
    /// Words of the article.
    pub words: u32,
    /// Names of the topic and the question that it gives.
    pub names: usize,
    /// Names that only the aliases give.
    pub kin: usize,
    /// Alias groups of which it uses any word.
    pub groups: usize,
}

impl Ties {
    /// Names that the article must give.
    pub fn need(words: u32, claim: &ClaimPlan) -> usize {
        if words < SHORT { 1 } else { NAMES }.min(claim.names.len())
    }

    /// Whether they are enough.
    pub fn enough(self, claim: &ClaimPlan) -> bool {
        let all = claim.concepts.len();
        let named = self.names + self.kin > 0;
        self.names >= Ties::need(self.words, claim)
            || named && all >= GROUPS && 4 * self.groups >= 3 * all
    }

    /// The ties of an article that is read in full.
    pub fn of(claim: &ClaimPlan, readings: &[Reading]) -> Self {
        let mut hits = Vec::new();
        let mut meets = |unit| {
            readings.iter().any(|reading| {
                reading.hits(unit, &mut hits);
                !hits.is_empty()
            })
        };
        let names = claim.names.iter().filter(|unit| meets(unit)).count();
        let (mut groups, mut kin) = (BTreeSet::new(), BTreeSet::new());
        for reading in readings {
            for concept in claim.concepts.clone() {
                for place in reading.of_concept(concept) {
                    groups.insert(concept);
                    if is_name(&reading.tokens[place.first]) && !is_topical(claim, concept) {
                        kin.insert(concept);
                    }
                }
            }
        }
        Ties {
            words: readings.iter().map(Reading::words).sum(),
            names,
            kin: kin.len(),
            groups: groups.len(),
        }
    }
}

/// Whether a concept is one of the names of the topic.
pub(super) fn is_topical(claim: &ClaimPlan, concept: Concept) -> bool {
    claim
        .names
        .iter()
        .any(|unit| matches!(unit.seek, Seek::Concept(other, _) if other == concept))
}

/// Whether a token is written as a name.
pub(super) fn is_name(token: &Token) -> bool {
    token.caps || token.capital && token.index > 0
}
