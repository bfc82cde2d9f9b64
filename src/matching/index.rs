//! Retrieval: which claims a sentence may be about, without asking every claim.
//!
//! A claim is looked at near a sentence that meets one of its `about` entries, and an entry is met only where *all* its units
//! are. So each entry is posted under one unit of its own, the longest, which is mostly the rarest; a sentence looks up the
//! probes and concepts that it meets and verifies the entries found there in full. What is skipped could not have been met:
//! the result is the same as that of asking every entry, which the tests compare.

use crate::matching::alias::Concept;
use crate::matching::plan::{Plan, ProbeKey};
use crate::matching::reading::Reading;
use crate::matching::score::{Scratch, meets};
use crate::matching::unit::{Entry, Probe, Seek, Unit};

/// An `about` entry, found by a unit that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// Index of the claim.
    pub claim: u32,
    /// Index of the entry in the claim's `about`.
    pub entry: u32,
    /// Whether the other units, or how the unit is met, must be looked at: `false` sorts first, and settles it.
    pub verify: bool,
}

impl Posting {
    /// The entry in the plan.
    pub fn of(self, plan: &Plan) -> &Entry {
        &plan.claims[self.claim as usize].about[self.entry as usize]
    }
}

/// The `about` entries of all claims by a unit that each needs.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_probe: Vec<Vec<Posting>>,
    by_concept: Vec<Vec<Posting>>,
}

impl Index {
    /// Posts every entry of the plan.
    pub fn new(plan: &Plan) -> Self {
        let mut index = Index {
            by_probe: vec![Vec::new(); plan.probes.len()],
            by_concept: vec![Vec::new(); plan.aliases.concepts()],
        };
        for (c, claim) in (0..).zip(&plan.claims) {
            for (e, entry) in (0..).zip(&claim.about) {
                let Some(anchor) = entry.units.iter().max_by_key(|unit| length(plan, unit)) else {
                    continue;
                };
                let posting = |verify| Posting {
                    claim: c,
                    entry: e,
                    verify,
                };
                let alone = entry.units.len() == 1;
                match &anchor.seek {
                    Seek::Probe(probe) => {
                        index.by_probe[*probe as usize].push(posting(!alone));
                        if let Some(compound) = anchor.compound {
                            index.by_probe[compound as usize].push(posting(true));
                        }
                    }
                    // A concept is also met by the words of its alias near each other.
                    Seek::Concept(concept, words) => {
                        index.by_concept[*concept as usize].push(posting(!alone));
                        for word in words {
                            index.by_probe[*word as usize].push(posting(true));
                        }
                    }
                    Seek::Unknown => {}
                }
            }
        }
        index
    }

    /// The entries that may be met where this probe is.
    pub fn at_probe(&self, probe: Probe) -> &[Posting] {
        &self.by_probe[probe as usize]
    }

    /// The entries that may be met where this concept is.
    pub fn at_concept(&self, concept: Concept) -> &[Posting] {
        &self.by_concept[concept as usize]
    }

    /// The claims whose subject a sentence names, ascending.
    pub fn subjects(&self, plan: &Plan, reading: &Reading, scratch: &mut Scratch) -> Vec<u32> {
        let probes = reading.probes().map(|probe| self.at_probe(probe));
        let concepts = reading.concepts().map(|concept| self.at_concept(concept));
        let mut postings: Vec<Posting> = probes.chain(concepts).flatten().copied().collect();
        let mut claims = Vec::new();
        named(&mut postings, &mut claims, |posting| {
            meets(posting.of(plan), reading, scratch)
        });
        claims
    }
}

/// The claims, ascending, of which an entry is met; `meets` is asked of those that must be verified, where no other of the claim
/// settles it.
pub(super) fn named(
    postings: &mut [Posting],
    claims: &mut Vec<u32>,
    mut meets: impl FnMut(Posting) -> bool,
) {
    postings.sort_unstable_by_key(|posting| (posting.claim, posting.verify, posting.entry));
    for of_claim in postings.chunk_by(|a, b| a.claim == b.claim) {
        let mut last = None;
        let met = of_claim.iter().any(|posting| {
            let again = last.replace(posting.entry) == Some(posting.entry);
            !posting.verify || (!again && meets(*posting))
        });
        if met {
            claims.push(of_claim[0].claim);
        }
    }
}

/// Letters of the longest word that a unit looks for.
fn length(plan: &Plan, unit: &Unit) -> usize {
    let of_probe = |probe: &Probe| match plan.probes[*probe as usize] {
        ProbeKey::Word(word, _) | ProbeKey::Compound(word) => plan.vocabulary.word(word).chars,
        ProbeKey::Number(_) => 4,
    };
    match &unit.seek {
        Seek::Probe(probe) => of_probe(probe),
        Seek::Concept(_, words) => words.iter().map(of_probe).max().unwrap_or(0),
        Seek::Unknown => 0,
    }
}
