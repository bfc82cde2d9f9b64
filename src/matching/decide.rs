//! Which positions a statement carries. Every threshold of the decision lives here.

use std::sync::Arc;

use crate::matching::plan::{ClaimPlan, PositionPlan, Wording};
use crate::matching::reading::Reading;
use crate::matching::score::{Scored, Scratch, Verdict, places, score};
use crate::text::polarity::Polarity;

/// Score from which a position counts as carried. Chosen on nine topics and applied to the tenth: stance F1 .897.
pub const THRESHOLD: f64 = 0.60;
/// Score below which a wording is not looked at further.
pub const FLOOR: f64 = 0.42;
/// A look-alike must score this much higher than the position to drop it.
const EXCEPT_MARGIN: f64 = 0.05;
/// Score from which a second, incompatible position of one statement counts.
const SECOND: f64 = 0.70;
/// And the matched words of both may overlap by this share of the smaller set.
const SECOND_OVERLAP: f64 = 0.34;

/// A position that a statement carries.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Index of the position.
    pub position: usize,
    /// 0 to 1.
    pub score: f64,
    /// The wording that fired.
    pub wording: Arc<str>,
    /// What was met.
    pub scored: Scored,
}

/// The positions that a statement carries, best first.
pub fn positions(claim: &ClaimPlan, plans: &[PositionPlan], reading: &Reading, polarity: &Polarity, scratch: &mut Scratch) -> Vec<Carried> {
    let mut best: Vec<Option<Carried>> = vec![None; plans.len()];
    for (p, plan) in plans.iter().enumerate() {
        for wording in &plan.wordings {
            let Some(scored) = score(wording, reading, polarity, scratch, FLOOR) else { continue };
            let target = match scored.verdict {
                Verdict::Agrees => Some(p),
                Verdict::Denied if wording.negation.is_some() => plan.when_affirmed,
                Verdict::Denied => plan.when_denied,
            };
            let Some(target) = target else { continue };
            if best[target].as_ref().is_none_or(|b| scored.score > b.score) {
                best[target] = Some(Carried { position: target, score: scored.score, wording: Arc::clone(&wording.text), scored });
            }
        }
    }
    let mut carried: Vec<Carried> = best.into_iter().flatten().filter(|c| c.score >= THRESHOLD).collect();
    carried.retain(|c| {
        let plan = &plans[c.position];
        (plan.requires.is_empty() || plan.requires.iter().any(|entry| !places(entry, reading, 0, scratch).is_empty()))
            && !looks_alike(plan.except.iter().chain(&claim.except), c.score, reading, polarity, scratch)
    });
    carried.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.position.cmp(&b.position)));
    let mut held: Vec<Carried> = Vec::new();
    for c in carried {
        let joins = match held.first() {
            None => true,
            Some(winner) => joins(claim, winner, &c),
        };
        if joins {
            held.push(c);
        }
    }
    held
}

/// Whether a look-alike fits better than what it looks like.
pub fn looks_alike<'a>(
    mut except: impl Iterator<Item = &'a Wording>,
    than: f64,
    reading: &Reading,
    polarity: &Polarity,
    scratch: &mut Scratch,
) -> bool {
    except.any(|wording| {
        score(wording, reading, polarity, scratch, THRESHOLD.max(than + EXCEPT_MARGIN)).is_some_and(|s| s.verdict == Verdict::Agrees)
    })
}

fn joins(claim: &ClaimPlan, winner: &Carried, other: &Carried) -> bool {
    let crate::claim::Answers::Positions(positions) = &claim.claim.answers else { return false };
    if claim.claim.is_compatible(&positions[winner.position].name, &positions[other.position].name) {
        return true;
    }
    let (a, b) = (winner.scored.tokens(), other.scored.tokens());
    let shared = a.iter().filter(|t| b.contains(t)).count() as f64;
    other.score >= SECOND && shared <= SECOND_OVERLAP * a.len().min(b.len()) as f64
}
