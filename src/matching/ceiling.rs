//! What a sentence can reach at most: a cheap look at the wordings that it might carry, so that only those that can be are read in full.
//!
//! A wording's score cannot exceed the weighted share of its units that the sentence meets anywhere, each with its best similarity,
//! times the confidence by their number: the window, the order and the polarity only take away. [`score`](super::score::score) gives
//! up below [`FLOOR`] by this very bound; here it is asked before anything else is done. A position needs a wording above the floor, and a
//! number or a date a place where all units of an `of` entry are met. Where neither can be, the full reading would find nothing, so
//! leaving it out changes no result.
//!
//! Nor is every wording asked. The units that are least common among the wordings are its *keys*: so many that what is left and the
//! heaviest of them, met in full, would not lift it to the floor. A sentence that meets fewer than two of its keys cannot carry it, so
//! only those are asked of which two are met, and the words that all claims share lead nowhere. Where a single unit can be enough, one is.
//!
//! The best similarities of a sentence stand in one array by probe. A concept has a place behind the probes: it counts as met in
//! full where it occurs and where any word of its aliases is met, which is never less than what it is worth; so does each of two words
//! where what they are in one is met. The last place is that of
//! what says that something is not known: met in full where the sentence has any word that such expressions turn on.

use crate::matching::alias::Concept;
use crate::matching::near::ClaimBits;
use crate::matching::plan::{AnswersPlan, Plan, UNNUMBERED};
use crate::matching::score::{mass, unit_count};
use crate::matching::unit::{Entry, Probe, Seek, Unit};
use crate::matching::weigh::FLOOR;

/// What sums in another order may differ by.
const ROUNDING: f64 = 1e-9;

/// A unit of a wording or an entry: where its best similarity stands, what it weighs and what it adds to the number of units.
#[derive(Clone, Copy, Debug)]
struct Term {
    slot: u32,
    count: f32,
    weight: f64,
}

/// What of its terms must be met.
#[derive(Clone, Copy, Debug)]
enum Needs {
    /// So many that a wording, with this number and this sum of weights, reaches the floor.
    Floor { wording: u32, total: f64 },
    /// All of an `of` entry, and beside them a number where one is asked for.
    All { number: bool },
}

/// A wording of a position, or an `of` entry.
#[derive(Clone, Copy, Debug)]
struct Question {
    claim: u32,
    /// Its terms.
    start: u32,
    end: u32,
    needs: Needs,
}

/// What a sentence can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Able {
    /// Index of the claim.
    pub claim: u32,
    /// Index of the statement.
    pub statement: u32,
    /// The number of the wording that can reach the floor; [`UNNUMBERED`] for numbers and dates.
    pub wording: u32,
}

/// A question that has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Keyed {
    claim: u32,
    question: u32,
}

/// Lists by slot, one after the other.
#[derive(Clone, Debug)]
struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy + Ord> Lists<T> {
    fn of(slots: usize, pairs: &mut [(u32, T)]) -> Self {
        pairs.sort_unstable();
        let mut starts = vec![0; slots + 1];
        for (slot, _) in pairs.iter() {
            starts[*slot as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Lists {
            starts,
            items: pairs.iter().map(|(_, item)| *item).collect(),
        }
    }

    fn at(&self, slot: u32) -> &[T] {
        let from = self.starts[slot as usize] as usize;
        &self.items[from..self.starts[slot as usize + 1] as usize]
    }
}

/// The bounds of all claims.
#[derive(Clone, Debug)]
pub struct Ceiling {
    questions: Vec<Question>,
    /// For each question how many of its keys must be met; apart, as most have too few and are not looked at further.
    needed: Vec<u8>,
    terms: Vec<Term>,
    /// The questions, with their claims, by their keys.
    keyed: Lists<Keyed>,
    /// For each probe the slots of the concepts that count as met where it is, and of the units that make up a compound.
    lifts: Lists<u32>,
    probes: usize,
    slots: usize,
    /// For each claim whether a number near its subject answers it, without any words beside it.
    bare_numbers: Vec<bool>,
    any_bare_number: bool,
    /// For each claim the slots of each `about` entry.
    about: Vec<Vec<Vec<u32>>>,
}

/// What one sentence meets.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    best: Vec<f64>,
    touched: Vec<u32>,
    /// For each question how many of its keys are met.
    keys: Vec<u8>,
    /// Those of which any is.
    found: Vec<u32>,
    /// Questions asked so far.
    pub questions: u64,
}

impl Ceiling {
    /// The bounds of a plan.
    pub fn new(plan: &Plan) -> Self {
        let probes = plan.probes.len();
        let mut draft = Draft {
            probes: probes as u32,
            slots: probes + plan.aliases.concepts() + 1,
            questions: Vec::new(),
            terms: Vec::new(),
            lifts: Vec::new(),
        };
        let mut bare_numbers = Vec::new();
        let mut about = Vec::new();
        for (c, claim) in (0..).zip(&plan.claims) {
            let mut bare = false;
            match &claim.answers {
                AnswersPlan::Positions(positions) => {
                    let wordings = positions
                        .iter()
                        .flat_map(|position| position.wordings.iter().chain(&position.unknowns));
                    // Without units or weight a wording has no score.
                    for wording in wordings.filter(|w| !w.units.is_empty() && w.total > 0.0) {
                        let needs = Needs::Floor {
                            wording: wording.number,
                            total: wording.total,
                        };
                        draft.question(c, needs, &wording.units);
                    }
                }
                AnswersPlan::Quantity(quantity) => {
                    draft.entries(c, Needs::All { number: true }, &quantity.of);
                    bare = quantity.takes_alone();
                }
                AnswersPlan::Date(of) => draft.entries(c, Needs::All { number: false }, of),
            }
            bare_numbers.push(bare);
            let mut slots = |entry: &Entry| -> Vec<u32> {
                entry.units.iter().map(|unit| draft.slot(unit)).collect()
            };
            about.push(claim.about.iter().map(&mut slots).collect());
        }
        draft.lifts.sort_unstable();
        draft.lifts.dedup();
        let (keyed, needed) = draft.keyed();
        Ceiling {
            keyed,
            needed,
            lifts: Lists::of(probes, &mut draft.lifts),
            questions: draft.questions,
            terms: draft.terms,
            probes,
            slots: draft.slots,
            any_bare_number: bare_numbers.contains(&true),
            bare_numbers,
            about,
        }
    }

    /// Room for what a sentence meets.
    pub fn reached(&self) -> Reached {
        Reached {
            best: vec![0.0; self.slots],
            touched: Vec::new(),
            keys: vec![0; self.questions.len()],
            found: Vec::new(),
            questions: 0,
        }
    }

    /// Notes that the sentence meets a probe.
    pub fn meet(&self, reached: &mut Reached, probe: Probe, similarity: f64) {
        reached.raise(probe, similarity);
        for slot in self.lifts.at(probe) {
            reached.raise(*slot, 1.0);
        }
    }

    /// Notes that the sentence holds a concept.
    pub fn meet_concept(&self, reached: &mut Reached, concept: Concept) {
        reached.raise(self.probes as u32 + concept, 1.0);
    }

    /// Notes that the sentence may say that something is not known.
    pub fn meet_unknown(&self, reached: &mut Reached) {
        reached.raise(self.slots as u32 - 1, 1.0);
    }

    /// Gives what the sentence may answer on these claims, in any order, each once; `number` tells whether it gives any number, and is
    /// asked only where nothing else is lacking.
    pub fn able(
        &self,
        reached: &mut Reached,
        claims: &ClaimBits,
        statement: u32,
        number: impl Fn() -> bool,
        mut each: impl FnMut(Able),
    ) {
        for &slot in &reached.touched {
            for keyed in self.keyed.at(slot) {
                if claims.holds(keyed.claim) {
                    let keys = &mut reached.keys[keyed.question as usize];
                    if *keys == 0 {
                        reached.found.push(keyed.question);
                    }
                    *keys = keys.saturating_add(1);
                }
            }
        }
        let mut found = std::mem::take(&mut reached.found);
        for at in found.drain(..) {
            let keys = std::mem::take(&mut reached.keys[at as usize]);
            if keys < self.needed[at as usize] {
                continue;
            }
            let question = &self.questions[at as usize];
            reached.questions += 1;
            let terms = &self.terms[question.start as usize..question.end as usize];
            let (able, wording) = match question.needs {
                Needs::Floor { wording, total } => (reached.passes(terms, total), wording),
                Needs::All { number: asks } => {
                    (reached.meets_all(terms) && (!asks || number()), UNNUMBERED)
                }
            };
            if able {
                each(Able {
                    claim: question.claim,
                    statement,
                    wording,
                });
            }
        }
        reached.found = found;
    }

    /// Whether a number near the claim's subject answers it, without any words beside it.
    pub fn takes_bare_numbers(&self, claim: u32) -> bool {
        self.bare_numbers[claim as usize]
    }

    /// Whether any claim takes bare numbers.
    pub fn any_takes_bare_numbers(&self) -> bool {
        self.any_bare_number
    }

    /// Whether the sentence may meet an `about` entry of a claim: it meets all units, somewhere.
    pub fn may_name(&self, claim: u32, entry: u32, reached: &Reached) -> bool {
        let slots = &self.about[claim as usize][entry as usize];
        slots.iter().all(|slot| reached.best[*slot as usize] > 0.0)
    }
}

impl Reached {
    /// For the next worker, whose questions are its own.
    pub fn afresh(mut self) -> Self {
        self.questions = 0;
        self
    }

    /// Forgets the sentence.
    pub fn clear(&mut self) {
        for slot in self.touched.drain(..) {
            self.best[slot as usize] = 0.0;
        }
    }

    fn raise(&mut self, slot: u32, similarity: f64) {
        let best = &mut self.best[slot as usize];
        if *best == 0.0 {
            self.touched.push(slot);
        }
        *best = best.max(similarity);
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
        reaches(reach, total, count)
    }

    fn meets_all(&self, terms: &[Term]) -> bool {
        let met = |term: &Term| self.best[term.slot as usize] > 0.0;
        terms.iter().all(met)
    }
}

/// Whether a wording of which so much is met, by so many units, may reach the floor.
fn reaches(reach: f64, total: f64, count: f64) -> bool {
    (reach / total).min(1.0) * mass(count + ROUNDING) >= FLOOR - ROUNDING
}

/// The bounds while they are made.
struct Draft {
    probes: u32,
    slots: usize,
    questions: Vec<Question>,
    terms: Vec<Term>,
    /// Probe and slot.
    lifts: Vec<(u32, u32)>,
}

impl Draft {
    fn question(&mut self, claim: u32, needs: Needs, units: &[Unit]) {
        let start = self.terms.len() as u32;
        for unit in units {
            let slot = self.slot(unit);
            self.terms.push(Term {
                slot,
                count: unit_count(unit) as f32,
                weight: unit.weight,
            });
        }
        self.questions.push(Question {
            claim,
            start,
            end: self.terms.len() as u32,
            needs,
        });
    }

    /// The entries that have any units.
    fn entries(&mut self, claim: u32, needs: Needs, entries: &[Entry]) {
        for entry in entries.iter().filter(|entry| !entry.units.is_empty()) {
            self.question(claim, needs, &entry.units);
        }
    }

    fn slot(&mut self, unit: &Unit) -> u32 {
        match &unit.seek {
            Seek::Probe(probe) => {
                self.lifts
                    .extend(unit.compound.map(|compound| (compound, *probe)));
                *probe
            }
            Seek::Concept(concept, words) => {
                let slot = self.probes + concept;
                self.lifts.extend(words.iter().map(|word| (*word, slot)));
                slot
            }
            Seek::Unknown => self.slots as u32 - 1,
        }
    }

    /// The questions by their keys: the rarest slots, so many that the others alone are not enough. And how many each needs.
    fn keyed(&self) -> (Lists<Keyed>, Vec<u8>) {
        let mut often = vec![0_u32; self.slots];
        for term in &self.terms {
            often[term.slot as usize] += 1;
        }
        let mut pairs = Vec::new();
        let mut needs = Vec::with_capacity(self.questions.len());
        for (at, question) in (0..).zip(&self.questions) {
            let terms = &self.terms[question.start as usize..question.end as usize];
            let mut slots: Vec<(u32, u32)> = terms
                .iter()
                .map(|term| (often[term.slot as usize], term.slot))
                .collect();
            slots.sort_unstable();
            slots.dedup();
            let slots: Vec<u32> = slots.into_iter().map(|(_, slot)| slot).collect();
            let (keys, needed) = match question.needs {
                Needs::All { .. } => (1, 1),
                Needs::Floor { total, .. } => keys_of(&slots, terms, total),
            };
            needs.push(needed);
            let keyed = Keyed {
                claim: question.claim,
                question: at,
            };
            pairs.extend(slots[..keys].iter().map(|slot| (*slot, keyed)));
        }
        (Lists::of(self.slots, &mut pairs), needs)
    }
}

/// How many of a wording's slots, from the first on, are its keys, and how many of these must be met for it to reach the floor.
fn keys_of(slots: &[u32], terms: &[Term], total: f64) -> (usize, u8) {
    // What the slots behind so many give, and one of those before them.
    let enough = |keys: usize, one: Option<u32>| {
        let (mut reach, mut count) = (0.0, 0.0);
        for term in terms {
            if Some(term.slot) == one || !slots[..keys].contains(&term.slot) {
                reach += term.weight;
                count += f64::from(term.count);
            }
        }
        // A little above what the question itself is asked by: a sum in another order must not make it lower.
        reaches(reach + ROUNDING, total, count + ROUNDING)
    };
    let one_is_too_few = |keys: usize| slots[..keys].iter().all(|&slot| !enough(keys, Some(slot)));
    if let Some(keys) = (2..=slots.len()).find(|&keys| one_is_too_few(keys)) {
        return (keys, 2);
    }
    let keys = (1..slots.len()).find(|&keys| !enough(keys, None));
    (keys.unwrap_or(slots.len()), 1)
}
