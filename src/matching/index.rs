//! Retrieval: which claims a sentence may be about, without asking every claim.
//!
//! A claim is looked at near a sentence that meets one of its `about` entries, and an entry is met only where *all* its units
//! are. So each entry is posted under one unit of its own, the longest, which is mostly the rarest; a sentence looks up the
//! probes and concepts that it meets and verifies the entries found there in full. What is skipped could not have been met:
//! the result is the same as that of asking every entry, which the tests compare.

use std::collections::HashMap;

use crate::matching::alias::Concept;
use crate::matching::plan::{Plan, Probe, ProbeKey, Seek, Unit};
use crate::matching::reading::Reading;
use crate::matching::score::{Scratch, meets};

/// Index of a claim and of one of its `about` entries.
type Posting = (u32, u32);

/// The `about` entries of all claims by a unit that each needs.
#[derive(Clone, Debug, Default)]
pub struct Index {
    by_probe: HashMap<Probe, Vec<Posting>>,
    by_concept: HashMap<Concept, Vec<Posting>>,
}

impl Index {
    /// Posts every entry of the plan.
    pub fn new(plan: &Plan) -> Self {
        let mut index = Index::default();
        for (c, claim) in (0..).zip(&plan.claims) {
            for (e, entry) in (0..).zip(&claim.about) {
                let Some(anchor) = entry.units.iter().max_by_key(|unit| length(plan, unit)) else {
                    continue;
                };
                match &anchor.seek {
                    Seek::Probe(probe) => index.by_probe.entry(*probe).or_default().push((c, e)),
                    // A concept is also met by the words of its alias near each other.
                    Seek::Concept(concept, words) => {
                        index.by_concept.entry(*concept).or_default().push((c, e));
                        for word in words {
                            index.by_probe.entry(*word).or_default().push((c, e));
                        }
                    }
                }
            }
        }
        index
    }

    /// The claims whose subject a sentence names, ascending.
    pub fn subjects(&self, plan: &Plan, reading: &Reading, scratch: &mut Scratch) -> Vec<u32> {
        let probes = reading
            .probes()
            .filter_map(|probe| self.by_probe.get(&probe));
        let concepts = reading
            .concepts()
            .filter_map(|concept| self.by_concept.get(&concept));
        let mut postings: Vec<Posting> = probes.chain(concepts).flatten().copied().collect();
        postings.sort_unstable();
        postings.dedup();
        let mut claims: Vec<u32> = Vec::new();
        for (claim, entry) in postings {
            if claims.last() != Some(&claim)
                && meets(
                    &plan.claims[claim as usize].about[entry as usize],
                    reading,
                    scratch,
                )
            {
                claims.push(claim);
            }
        }
        claims
    }
}

/// Letters of the longest word that a unit looks for.
fn length(plan: &Plan, unit: &Unit) -> usize {
    let of_probe = |probe: &Probe| match plan.probes[*probe as usize] {
        ProbeKey::Word(word, _) => plan.vocabulary.word(word).chars,
        ProbeKey::Number(_) => 4,
    };
    match &unit.seek {
        Seek::Probe(probe) => of_probe(probe),
        Seek::Concept(_, words) => words.iter().map(of_probe).max().unwrap_or(0),
    }
}
