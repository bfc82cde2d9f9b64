//! Wordings that speak rather for another position of their claim than for their own.
//!
//! Each wording is taken out and held against all others: which of its words, with their polarity, do the wordings of each position
//! share, which runs of letters, and how much of it do `says` and the position's name hold? A wording that somebody wrote below the wrong
//! position finds its like elsewhere. `says` itself defines its position and is not judged.

use std::sync::Arc;

use crate::claim::{Answers, Claim, Expected};
use crate::matching::plan::{AnswersPlan, Plan};
use crate::matching::reading::{ProbeIndex, Reader};
use crate::matching::unit::Unit;
use crate::trial::letter_runs::{RunCounts, Runs};

/// Share that the claim as a whole lends to each position, in wordings: keeps a position with few wordings from deciding by chance.
const BACKGROUND: f64 = 1.0;
/// What a soft word counts, where another counts 1.
const SOFT: f64 = 0.25;

/// What an example of a position, and its name, count as a text of it, where a wording counts 1.
const LESSER_TEXT: f64 = 0.5;

/// What each kind of evidence weighs: a fit of the right position to each phrase of one labelled set (dev), given the others.
const LIKELY: f64 = 0.25;
const RUNS: f64 = 0.011;
const SAYS: f64 = 1.9;
const NAME: f64 = 4.0;

/// How much more, as a logarithm, must speak for another position. Lower finds more, and calls more than one in twenty of the rightly
/// placed phrases so. `tests/collision.rs` measures both.
const NEARER: f64 = 1.2;
/// A position with fewer other wordings than this says too little of what its wordings have in common.
const FEWEST: usize = 2;

/// A wording that lies nearer to another position.
#[derive(Clone, Debug, PartialEq)]
pub struct Collision {
    /// The position under which it stands, by its index.
    pub position: usize,
    /// The wording's place among those of the position, `says` being 0.
    pub wording: usize,
    /// The position that it is nearer to.
    pub nearer: usize,
    /// The wording there that is most like it.
    pub like: Arc<str>,
    /// How much nearer, above 0.
    pub by: f64,
}

/// A wording and how well it fits each position, itself left out.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Its position.
    pub position: usize,
    /// Its place there; `says` is 0 and has no fit.
    pub wording: usize,
    /// What speaks for each position.
    pub evidence: Vec<Evidence>,
    /// How many other wordings its position has.
    pub siblings: usize,
    /// For each position, the wording that shares most words with it.
    pub like: Vec<Option<Arc<str>>>,
}

/// What speaks for a position as the right place of a wording.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// The logarithm of how likely its words are in the other wordings there.
    pub likely: f64,
    /// The same for its runs of letters, with the position's examples and name.
    pub runs: f64,
    /// The share of its words that `says` has, 0 to 1.
    pub says: f64,
    /// The share of runs of letters that it has in common with the position's name, 0 to 1.
    pub name: f64,
}

impl Evidence {
    /// All of it, as a logarithm.
    pub fn sum(&self) -> f64 {
        LIKELY * self.likely + RUNS * self.runs + SAYS * self.says + NAME * self.name
    }
}

/// The wordings of a claim that lie nearer to another position than to their own.
pub fn collisions(claim: &Arc<Claim>) -> Vec<Collision> {
    fits(claim)
        .into_iter()
        .filter_map(|fit| fit.collision())
        .collect()
}

impl Fit {
    fn collision(&self) -> Option<Collision> {
        let own = self.evidence[self.position].sum();
        let others = self.evidence.iter().map(Evidence::sum).enumerate();
        let (nearer, sum) = others
            .filter(|(position, _)| *position != self.position)
            .max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        let by = sum - own;
        let like = self.like[nearer].clone()?;
        (by > NEARER && self.siblings >= FEWEST).then_some(Collision {
            position: self.position,
            wording: self.wording,
            nearer,
            like,
            by,
        })
    }
}

/// A wording, ready to be held against others.
struct Card<'p> {
    position: usize,
    wording: usize,
    text: &'p Arc<str>,
    units: &'p [Unit],
    negates: bool,
}

/// How well every wording of a claim fits each of its positions. Nothing for claims whose answers are numbers or dates.
pub fn fits(claim: &Arc<Claim>) -> Vec<Fit> {
    let plan = Plan::new(std::slice::from_ref(claim));
    let (AnswersPlan::Positions(positions), Answers::Positions(written)) =
        (&plan.claims[0].answers, &claim.answers)
    else {
        return Vec::new();
    };
    let mut counts = RunCounts::new(positions.len());
    let names: Vec<Runs> = written.iter().map(|p| Runs::of(&p.name)).collect();
    for (p, position) in written.iter().enumerate() {
        counts.add(p, &names[p], LESSER_TEXT);
        for wording in &positions[p].wordings {
            counts.add(p, &Runs::of(&wording.text), 1.0);
        }
        let examples = claim.examples.iter().filter(|example| {
            matches!(&example.expected, Expected::Positions(names) if names.contains(&position.name))
        });
        for example in examples {
            counts.add(p, &Runs::of(&example.text), LESSER_TEXT);
        }
    }
    let cards: Vec<Card> = positions
        .iter()
        .enumerate()
        .flat_map(|(p, position)| {
            position
                .wordings
                .iter()
                .enumerate()
                .map(move |(w, wording)| Card {
                    position: p,
                    wording: w,
                    text: &wording.text,
                    units: &wording.units,
                    negates: wording.negation.is_some(),
                })
        })
        .filter(|card| !card.units.is_empty())
        .collect();
    let index = ProbeIndex::new(&plan);
    let mut reader = Reader::new(&plan, &index);
    let readings: Vec<_> = cards.iter().map(|card| reader.read(card.text)).collect();
    let vocabulary = reader.vocabulary();
    let mut hits = Vec::new();
    // How strongly a unit stands in another wording, with the same polarity.
    let mut holds = |unit: &Unit, other: usize| -> f64 {
        let polarity = readings[other].polarity(vocabulary);
        readings[other].hits(unit, &mut hits);
        let same = hits.iter().map(|hit| {
            let negated = (hit.first..=hit.last).any(|t| polarity.negated(t)) != hit.toggled;
            // A word that the other wording negates says rather the opposite.
            if negated == unit.negated {
                hit.similarity
            } else {
                0.0
            }
        });
        same.fold(0.0, f64::max)
    };
    let mut all = Vec::with_capacity(cards.len());
    for (own, card) in cards.iter().enumerate() {
        if card.wording == 0 {
            continue;
        }
        let mut likely = vec![0.0; positions.len()];
        let mut common = vec![0.0; cards.len()];
        let weights: f64 = card.units.iter().map(weight).sum();
        let count: Vec<f64> = (0..positions.len())
            .map(|p| {
                let others = cards.iter().enumerate();
                others
                    .filter(|(o, other)| *o != own && other.position == p)
                    .count() as f64
            })
            .collect();
        let everything: f64 = count.iter().sum();
        let mut add = |held: &[f64], weight: f64| {
            let mut sums = vec![0.0; positions.len()];
            for (o, other) in cards.iter().enumerate() {
                sums[other.position] += held[o];
            }
            let background = (sums.iter().sum::<f64>() + 0.5) / (everything + 1.0);
            for (p, sum) in sums.iter().enumerate() {
                let share = (sum + BACKGROUND * background) / (count[p] + BACKGROUND);
                likely[p] += weight * share.ln();
            }
        };
        for unit in card.units {
            let held: Vec<f64> = (0..cards.len())
                .map(|o| if o == own { 0.0 } else { holds(unit, o) })
                .collect();
            for (sum, held) in common.iter_mut().zip(&held) {
                *sum += weight(unit) * held;
            }
            add(&held, weight(unit));
        }
        let held: Vec<f64> = cards
            .iter()
            .enumerate()
            .map(|(o, other)| {
                if o != own && other.negates == card.negates {
                    1.0
                } else {
                    0.0
                }
            })
            .collect();
        add(&held, 1.0);
        let mut nearest = vec![0.0; positions.len()];
        let mut like = vec![None; positions.len()];
        let mut says = vec![0.0; positions.len()];
        for (o, other) in cards.iter().enumerate() {
            // Shared words against all words of both, as in Dice's measure.
            let theirs: f64 = other.units.iter().map(weight).sum();
            let share = 2.0 * common[o] / (weights + theirs).max(f64::MIN_POSITIVE);
            if o != own && share > nearest[other.position] {
                nearest[other.position] = share;
                like[other.position] = Some(Arc::clone(other.text));
            }
            if other.wording == 0 {
                says[other.position] = common[o] / weights.max(f64::MIN_POSITIVE);
            }
        }
        let own_runs = Runs::of(card.text);
        let runs = counts.likely(&own_runs, card.position);
        let evidence = (0..positions.len()).map(|p| Evidence {
            likely: likely[p],
            runs: runs[p],
            says: says[p],
            name: own_runs.share(&names[p]),
        });
        all.push(Fit {
            position: card.position,
            wording: card.wording,
            evidence: evidence.collect(),
            siblings: count[card.position] as usize,
            like,
        });
    }
    all
}

fn weight(unit: &Unit) -> f64 {
    if unit.soft { SOFT } else { 1.0 }
}
