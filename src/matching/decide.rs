//! Which positions a statement carries. Every threshold of the decision lives here.
//!
//! A wording's score alone overrates the single look-alike. What else speaks for a position: other wordings of it that fire
//! too (support), the distance to the best other position (margin), the order of the words (inversions), and the words that only
//! this position uses (telling). The weights come from a logistic regression on the matches of the development set (dev), rounded.
//! Which of them to use was chosen by how far a fit on dev carries over to the second labelled set (dev2), so dev2's figures are
//! not wholly untouched by it; ACCURACY.md gives them.

use std::sync::Arc;

use crate::claim::Answers;
use crate::matching::plan::{ClaimPlan, PositionPlan, Unit, Wording};
use crate::matching::reading::Reading;
use crate::matching::score::{Scored, Scratch, Verdict, score};
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;

/// Confidence from which a position counts as carried. F1 of positions at .50, .56, .60, .63 and .66 when it was set: .892, .894,
/// .896, .893, .895 on dev and .867, .883, .893, .892, .891 on dev2.
pub const THRESHOLD: f64 = 0.60;
/// Score below which a wording is not looked at further.
pub const FLOOR: f64 = 0.40;
/// Score from which a wording supports a position.
const SUPPORTS: f64 = 0.50;
/// What the logarithm of the number of supporting wordings, the margin and the share of inversions add, in units of score.
pub(super) const SUPPORT_WEIGHT: f64 = 0.16;
pub(super) const MARGIN_WEIGHT: f64 = 0.19;
pub(super) const INVERSION_WEIGHT: f64 = 0.20;
/// What the logarithm of the telling words adds: words that only this position uses, in whichever of its wordings.
pub(super) const TELLING_WEIGHT: f64 = 0.25;
/// A margin beyond this says no more.
pub(super) const MARGIN_CAP: f64 = 0.6;
/// What a wording counts for whose words all positions share, so that it cannot tell: neither for nor against.
const UNTELLING: f64 = 1.0;
/// Brings the threshold to where precision and recall meet on the development set.
pub(super) const OFFSET: f64 = 0.45;
/// Tokens before the first matched word in which its subject is looked for.
const SUBJECT_REACH: usize = 4;
/// Score from which a look-alike counts.
const EXCEPT: f64 = 0.60;
/// A look-alike must score this much higher than the position to drop it.
const EXCEPT_MARGIN: f64 = 0.05;
/// Score from which a second, incompatible position of one statement counts.
const SECOND: f64 = 0.70;
/// And the matched words of both may overlap by this share of the smaller set.
const SECOND_OVERLAP: f64 = 0.34;

/// A position that a statement carries, or comes near to.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Index of the position.
    pub position: usize,
    /// How sure, 0 to 1; from [`THRESHOLD`] on the position is carried.
    pub confidence: f64,
    /// The wording that fired.
    pub wording: Arc<str>,
    /// What was met.
    pub scored: Scored,
    /// Number of wordings that support it.
    pub support: usize,
    /// Distance to the best other position.
    pub margin: f64,
    /// Sum of the distinctness of the position's telling units that the statement gives.
    pub telling: f64,
}

/// Every position with a wording above the floor, and how sure, best first.
pub fn weigh(
    plans: &[PositionPlan],
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> Vec<Carried> {
    let mut best: Vec<Option<Carried>> = vec![None; plans.len()];
    let mut support = vec![0; plans.len()];
    for (p, plan) in plans.iter().enumerate() {
        for wording in &plan.wordings {
            let Some(scored) = score(wording, reading, vocabulary, scratch, FLOOR) else {
                continue;
            };
            let target = match scored.verdict {
                Verdict::Agrees => {
                    support[p] += usize::from(scored.score >= SUPPORTS);
                    Some(p)
                }
                Verdict::Denied if wording.negation.is_some() => plan.when_affirmed,
                Verdict::Denied => plan.when_denied,
            };
            let Some(target) = target else { continue };
            if best[target]
                .as_ref()
                .is_none_or(|b| scored.score > b.scored.score)
            {
                best[target] = Some(Carried {
                    position: target,
                    confidence: 0.0,
                    wording: Arc::clone(&wording.text),
                    scored,
                    support: 0,
                    margin: 0.0,
                    telling: if wording.can_tell() { 0.0 } else { UNTELLING },
                });
            }
        }
    }
    let scores: Vec<f64> = best
        .iter()
        .map(|b| b.as_ref().map_or(0.0, |c| c.scored.score))
        .collect();
    let mut all: Vec<Carried> = best.into_iter().flatten().collect();
    for c in &mut all {
        let others = scores
            .iter()
            .enumerate()
            .filter(|(p, _)| *p != c.position)
            .map(|(_, s)| *s);
        c.support = support[c.position];
        c.margin = c.scored.score - others.fold(0.0, f64::max);
        c.telling = c
            .telling
            .max(telling(&plans[c.position], reading, vocabulary));
        let confidence = c.scored.score
            + SUPPORT_WEIGHT * (1.0 + c.support as f64).ln()
            + MARGIN_WEIGHT * c.margin.min(MARGIN_CAP)
            + TELLING_WEIGHT * (1.0 + c.telling).ln()
            - INVERSION_WEIGHT * c.scored.inversions()
            - OFFSET;
        c.confidence = confidence.clamp(0.0, 1.0);
    }
    all.sort_by(|a, b| {
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.position.cmp(&b.position))
    });
    all
}

/// How much of what only this position says the statement gives, with the polarity of the wordings.
fn telling(plan: &PositionPlan, reading: &Reading, vocabulary: &Vocabulary) -> f64 {
    let polarity = reading.polarity(vocabulary);
    let mut hits = Vec::new();
    let mut sum = 0.0;
    for unit in &plan.telling {
        reading.hits(unit, &mut hits);
        let agreeing = hits
            .iter()
            .filter(|hit| polarity.negated(hit.first) == unit.negated);
        sum += unit.weight * agreeing.map(|hit| hit.similarity).fold(0.0, f64::max);
    }
    sum
}

/// The positions that a statement carries, best first.
pub fn positions(
    claim: &ClaimPlan,
    plans: &[PositionPlan],
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> Vec<Carried> {
    if reading.asks() {
        return Vec::new();
    }
    let conditions = reading.conditions(vocabulary);
    let mut held: Vec<Carried> = Vec::new();
    for c in weigh(plans, reading, vocabulary, scratch) {
        if c.confidence < THRESHOLD {
            break;
        }
        let plan = &plans[c.position];
        if is_supposed(&c.scored, &conditions)
            || another_acts(claim, plan, &c.scored, reading, vocabulary)
        {
            continue;
        }
        if !plan.requires.is_empty()
            && !plan
                .requires
                .iter()
                .any(|words| reading.has(vocabulary, words))
        {
            continue;
        }
        if looks_alike(
            plan.except.iter().chain(&claim.except),
            c.scored.score,
            reading,
            vocabulary,
            scratch,
        ) {
            continue;
        }
        if held.first().is_none_or(|winner| joins(claim, winner, &c)) {
            held.push(c);
        }
    }
    held
}

/// Whether the statement gives the predicate to somebody whom the claim does not know: it lacks what the position speaks of first,
/// and a strange name stands right before the first matched word ("Goalkeeper Ben Hale has signed" for a position of Okonjo's).
fn another_acts(
    claim: &ClaimPlan,
    plan: &PositionPlan,
    scored: &Scored,
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> bool {
    let mut hits = Vec::new();
    let mut meets = |unit: &Unit| {
        reading.hits(unit, &mut hits);
        !hits.is_empty()
    };
    let subject = plan.wordings[0].units.iter().find(|unit| !unit.soft);
    if subject.is_none_or(&mut meets) {
        return false;
    }
    let Some(first) = scored.hits.iter().map(|(_, hit)| hit.first).min() else {
        return false;
    };
    // Auxiliaries, adverbs and the comma of an apposition may part a subject from its verb.
    let between = |i: &usize| {
        let token = &reading.tokens[*i];
        token.is_mark(',')
            || token.is(Classes::AUXILIARY)
            || vocabulary.word(token.word).folded.ends_with("ly")
    };
    let Some(before) = (0..first).rev().take(SUBJECT_REACH).find(|i| !between(i)) else {
        return false;
    };
    let token = &reading.tokens[before];
    let strange = token.is_word() && token.capital && token.index > 0 && !token.is(Classes::STOP);
    strange && !known(claim, plan, before, reading)
}

/// Whether any wording or name of the claim looks for this token.
fn known(claim: &ClaimPlan, plan: &PositionPlan, token: usize, reading: &Reading) -> bool {
    let mut hits = Vec::new();
    let wordings = plan.wordings.iter().flat_map(|wording| &wording.units);
    wordings.chain(&claim.names).any(|unit| {
        reading.hits(unit, &mut hits);
        hits.iter()
            .any(|hit| (hit.first..=hit.last).contains(&token))
    })
}

/// Whether all that was matched stands in one condition.
fn is_supposed(scored: &Scored, conditions: &[(usize, usize)]) -> bool {
    conditions.iter().any(|(from, to)| {
        let mut hits = scored.hits.iter();
        hits.all(|(_, hit)| (*from..*to).contains(&hit.first))
    })
}

/// Whether a look-alike fits better than what it looks like.
pub fn looks_alike<'a>(
    mut except: impl Iterator<Item = &'a Wording>,
    than: f64,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> bool {
    let floor = EXCEPT.max(than + EXCEPT_MARGIN);
    except.any(|wording| {
        score(wording, reading, vocabulary, scratch, floor)
            .is_some_and(|s| s.verdict == Verdict::Agrees)
    })
}

/// Whether a statement carries this position beside the winner: the file allows both, or they rest on different words.
pub(super) fn joins(claim: &ClaimPlan, winner: &Carried, other: &Carried) -> bool {
    let Answers::Positions(positions) = &claim.claim.answers else {
        return false;
    };
    if claim.claim.is_compatible(
        &positions[winner.position].name,
        &positions[other.position].name,
    ) {
        return true;
    }
    let (a, b) = (winner.scored.tokens(), other.scored.tokens());
    let shared = a.iter().filter(|t| b.contains(t)).count() as f64;
    other.scored.score >= SECOND && shared <= SECOND_OVERLAP * a.len().min(b.len()) as f64
}
