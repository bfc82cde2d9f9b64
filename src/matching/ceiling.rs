//! What a sentence can reach at most: a cheap look at every claim near it, so that only those that can be answered are read in full.
//!
//! A wording's score cannot exceed the weighted share of its units that the sentence meets anywhere, each with its best similarity,
//! times the confidence by their number: the window, the order and the polarity only take away. [`score`](super::score::score) gives
//! up below [`FLOOR`] by this very bound; here it is asked of all wordings of a claim before anything else is done. A position
//! needs a wording above the floor, and a number or a date a place where all units of an `of` entry are met. Where neither can be, the
//! full reading would find nothing, so leaving it out changes no result.
//!
//! The best similarities of a sentence stand in one array by probe. A concept has a place behind the probes: it counts as met in
//! full where it occurs and where any word of its aliases is met, which is never less than what it is worth.

use crate::matching::alias::Concept;
use crate::matching::decide::FLOOR;
use crate::matching::plan::{AnswersPlan, Entry, Plan, Probe, Seek, Unit, Wording};
use crate::matching::score::{mass, unit_count};

/// What sums in another order may differ by.
const ROUNDING: f64 = 1e-9;

/// A unit of a wording: where its best similarity stands, what it weighs and what it adds to the number of units.
#[derive(Clone, Copy, Debug)]
struct Term {
    slot: u32,
    count: f32,
    weight: f64,
}

/// The terms of a wording, as the end of their range, and the sum of their weights.
#[derive(Clone, Copy, Debug)]
struct Bound {
    end: u32,
    total: f64,
}

/// What a claim needs.
#[derive(Clone, Debug)]
enum Needs {
    /// Any of the wordings, whose terms begin with the first. The slots of all of them, each once, tell more quickly that too few
    /// are met.
    Wording {
        slots: Vec<u32>,
        terms: Vec<Term>,
        bounds: Vec<Bound>,
        /// So many slots must be met at least.
        least: usize,
    },
    /// A number, and all slots of an entry; not even these where the claim's subject stands in the sentence itself.
    Number { entries: Vec<Vec<u32>>, alone: bool },
    /// All slots of an entry.
    Event { entries: Vec<Vec<u32>> },
}

/// The bounds of all claims.
#[derive(Clone, Debug)]
pub struct Ceiling {
    claims: Vec<Needs>,
    /// For each probe the concepts that count as met where it is.
    concepts: Vec<Vec<Concept>>,
    probes: usize,
    slots: usize,
}

/// What one sentence meets.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    best: Vec<f64>,
    /// A bit for each slot that is met: small enough to stay near at hand.
    bits: Vec<u64>,
    touched: Vec<u32>,
    /// Whether it gives any number.
    pub number: bool,
}

impl Ceiling {
    /// The bounds of a plan.
    pub fn new(plan: &Plan) -> Self {
        let probes = plan.probes.len();
        let mut ceiling = Ceiling {
            claims: Vec::new(),
            concepts: vec![Vec::new(); probes],
            probes,
            slots: probes + plan.aliases.concepts() + 1,
        };
        for claim in &plan.claims {
            let needs = match &claim.answers {
                AnswersPlan::Positions(positions) => {
                    let wordings = positions
                        .iter()
                        .flat_map(|position| position.wordings.iter().chain(&position.unknowns));
                    ceiling.wordings(wordings)
                }
                AnswersPlan::Quantity(quantity) => Needs::Number {
                    entries: ceiling.entries(&quantity.of),
                    alone: quantity.alone,
                },
                AnswersPlan::Date(of) => Needs::Event {
                    entries: ceiling.entries(of),
                },
            };
            ceiling.claims.push(needs);
        }
        for concepts in &mut ceiling.concepts {
            concepts.sort_unstable();
            concepts.dedup();
        }
        ceiling
    }

    fn wordings<'a>(&mut self, wordings: impl Iterator<Item = &'a Wording>) -> Needs {
        let (mut terms, mut bounds) = (Vec::new(), Vec::new());
        // Without units or weight a wording has no score.
        for wording in wordings.filter(|w| !w.units.is_empty() && w.total > 0.0) {
            terms.extend(wording.units.iter().map(|unit| Term {
                slot: self.slot(unit),
                count: unit_count(unit) as f32,
                weight: unit.weight,
            }));
            bounds.push(Bound {
                end: terms.len() as u32,
                total: wording.total,
            });
        }
        let mut slots: Vec<u32> = terms.iter().map(|term| term.slot).collect();
        slots.sort_unstable();
        slots.dedup();
        // A unit alone reaches the floor only where it is most of its wording.
        let mut start = 0;
        let alone = bounds.iter().any(|bound| {
            let own = &terms[start..bound.end as usize];
            start = bound.end as usize;
            own.iter().any(|term| {
                let share = term.weight / bound.total;
                share.min(1.0) * mass(f64::from(term.count) + ROUNDING) >= FLOOR - ROUNDING
            })
        });
        Needs::Wording {
            slots,
            terms,
            bounds,
            least: if alone { 1 } else { 2 },
        }
    }

    /// The slots of entries that have any.
    fn entries(&mut self, entries: &[Entry]) -> Vec<Vec<u32>> {
        let with_units = entries.iter().filter(|entry| !entry.units.is_empty());
        with_units
            .map(|entry| entry.units.iter().map(|unit| self.slot(unit)).collect())
            .collect()
    }

    fn slot(&mut self, unit: &Unit) -> u32 {
        match &unit.seek {
            Seek::Probe(probe) => *probe,
            Seek::Concept(concept, words) => {
                for word in words {
                    self.concepts[*word as usize].push(*concept);
                }
                self.probes as u32 + concept
            }
            Seek::Unknown => self.slots as u32 - 1,
        }
    }

    /// Room for what a sentence meets.
    pub fn reached(&self) -> Reached {
        let mut reached = Reached {
            best: vec![0.0; self.slots],
            bits: vec![0; self.slots.div_ceil(64)],
            touched: Vec::new(),
            number: false,
        };
        // What says that something is not known has a place behind the concepts, and counts as met in every sentence.
        reached.raise(self.slots as u32 - 1, 1.0);
        reached
    }

    /// Notes that the sentence meets a probe.
    pub fn meet(&self, reached: &mut Reached, probe: Probe, similarity: f64) {
        reached.raise(probe, similarity);
        for concept in &self.concepts[probe as usize] {
            self.meet_concept(reached, *concept);
        }
    }

    /// Notes that the sentence holds a concept.
    pub fn meet_concept(&self, reached: &mut Reached, concept: Concept) {
        reached.raise(self.probes as u32 + concept, 1.0);
    }

    /// Whether the sentence may answer a claim. `subject` tells whether it names the claim's subject itself.
    pub fn allows(&self, claim: usize, reached: &Reached, subject: bool) -> bool {
        match &self.claims[claim] {
            Needs::Wording {
                slots,
                terms,
                bounds,
                least,
            } => {
                let met = slots.iter().map(|slot| usize::from(reached.is_met(*slot)));
                if met.sum::<usize>() < *least {
                    return false;
                }
                let mut start = 0;
                bounds.iter().any(|bound| {
                    let own = &terms[start..bound.end as usize];
                    start = bound.end as usize;
                    reached.passes(own, bound.total)
                })
            }
            Needs::Number { entries, alone } => {
                reached.number && ((*alone && subject) || reached.meets_any(entries))
            }
            Needs::Event { entries } => reached.meets_any(entries),
        }
    }
}

impl Reached {
    /// Forgets the sentence.
    pub fn clear(&mut self) {
        for slot in self.touched.drain(1..) {
            self.best[slot as usize] = 0.0;
            self.bits[slot as usize / 64] &= !(1 << (slot % 64));
        }
        self.number = false;
    }

    fn raise(&mut self, slot: u32, similarity: f64) {
        let best = &mut self.best[slot as usize];
        if *best == 0.0 {
            self.touched.push(slot);
            self.bits[slot as usize / 64] |= 1 << (slot % 64);
        }
        *best = best.max(similarity);
    }

    fn is_met(&self, slot: u32) -> bool {
        self.bits[slot as usize / 64] >> (slot % 64) & 1 == 1
    }

    fn passes(&self, terms: &[Term], total: f64) -> bool {
        let mut reach = 0.0;
        for term in terms {
            reach += term.weight * self.best[term.slot as usize];
        }
        // The confidence by the number of units is below 1, so most wordings end here.
        if reach < total * (FLOOR - ROUNDING) {
            return false;
        }
        let met = terms.iter().filter(|t| self.best[t.slot as usize] > 0.0);
        let count: f64 = met.map(|term| f64::from(term.count)).sum();
        (reach / total).min(1.0) * mass(count + ROUNDING) >= FLOOR - ROUNDING
    }

    fn meets_any(&self, entries: &[Vec<u32>]) -> bool {
        let met = |slot: &u32| self.best[*slot as usize] > 0.0;
        entries.iter().any(|entry| entry.iter().all(met))
    }
}
