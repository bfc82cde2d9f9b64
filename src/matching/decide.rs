//! Which positions a statement carries.

use std::ops::Range;

use crate::claim::Answers;
use crate::matching::aside;
use crate::matching::obstacle::{Obstacle, obstacle};
use crate::matching::parties::Parties;
use crate::matching::plan::ClaimPlan;
use crate::matching::reading::Reading;
use crate::matching::roles::is_name;
use crate::matching::rules::Rule;
use crate::matching::score::{SIBLING_WORTH, Scratch};
use crate::matching::weigh::{Carried, Case, sort, weigh};
use crate::text::assertion::Mood;

/// Confidence from which a position counts as carried. F1 of positions at .50, .56, .60, .63 and .66 when it was set: .892, .894,
/// .896, .893, .895 on dev and .867, .883, .893, .892, .891 on dev2.
pub const THRESHOLD: f64 = 0.60;
/// Confidence from which a position is carried where its article says nothing surer on the claim. F1 of positions with .60 / .55 / .50 /
/// .45 / .40 here: .912 .912 .913 .922 .922 on dev, .899 .897 .892 .893 .890 on dev2, .610 .641 .648 .670 .670 and .772 .775 .786 .786 .786
/// on two sets of invented news.
pub const SUREST: f64 = 0.45;
/// Score from which a second, incompatible position of one statement counts.
const SECOND: f64 = 0.70;
/// And the matched words of both may overlap by this share of the smaller set.
const SECOND_OVERLAP: f64 = 0.34;

/// A position with what keeps it from being carried, if anything does.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The position.
    pub carried: Carried,
    /// What stands against it.
    pub obstacle: Option<Obstacle>,
}

/// The positions that a statement carries, best first. Where it carries none, those that it would carry in an article that says
/// nothing surer: their confidence lies between [`SUREST`] and [`THRESHOLD`]. Who is named alone does not do for that.
pub fn positions(case: &Case, scratch: &mut Scratch) -> Vec<Carried> {
    if case.rules.hold(Rule::Questions) && case.reading.asks() {
        return Vec::new();
    }
    let judged = judge(case, scratch);
    let nearly = |judged: &Judged| matches!(judged.obstacle, Some(Obstacle::Below(by)) if by <= case.threshold - SUREST);
    let again = case.rules.hold(Rule::Surest)
        && judged.iter().all(|judged| judged.obstacle.is_some())
        && judged.iter().any(nearly);
    let judged = if again {
        let lower = Case {
            threshold: SUREST,
            ..*case
        };
        judge(&lower, scratch)
    } else {
        judged
    };
    let free = judged.into_iter().filter(|one| one.obstacle.is_none());
    free.map(|judged| judged.carried)
        .filter(|carried| carried.confidence >= case.threshold || !names_alone(case, carried))
        .collect()
}

/// Whether of what a wording says only names were met: "after Cohen, the director, finished" for "Cohen has left".
fn names_alone(case: &Case, carried: &Carried) -> bool {
    let units = &case.fired(carried).units;
    let counts = |u: &usize| !units[*u].soft;
    let is_named = |u: usize| {
        let mut names = case.claim.names.iter();
        is_name(&units[u]) || names.any(|name| name.key == units[u].key)
    };
    let hits = carried.scored.hits.iter();
    let mut met = hits.map(|(u, _)| *u).filter(counts);
    let mut all = (0..units.len()).filter(counts);
    carried.echo.is_none() && met.all(is_named) && !all.all(is_named)
}

/// Every position that comes near, best first, with what stands against it.
pub fn judge(case: &Case, scratch: &mut Scratch) -> Vec<Judged> {
    let whole = judge_reading(case, scratch);
    if case.rules.hold(Rule::Asides)
        && let Some(main) = main_clause(case, &whole, scratch)
    {
        return main;
    }
    if !case.rules.hold(Rule::Parties) || whole.is_empty() {
        return whole;
    }
    heard_apart(case, &whole, scratch).unwrap_or(whole)
}

/// The verdicts party by party, where the statement has two of them and they carry different positions, or where only one of them can be
/// told what it carries.
fn heard_apart(case: &Case, whole: &[Judged], scratch: &mut Scratch) -> Option<Vec<Judged>> {
    let parties = Parties::new(case.claim, case.plans, case.reading, case.vocabulary);
    let parts = parties.parts();
    if parts.len() < 2 {
        return None;
    }
    let mut best: Vec<Judged> = Vec::new();
    let (mut carrying, mut given_up) = (0, false);
    for part in parts {
        let mut heard = Heard::default();
        for reading in parties.hear(part) {
            let other = heard_in(case, &reading, scratch);
            if heard.sureness() < other.sureness() || heard.carried.is_empty() && other.given_up {
                heard = other;
            }
        }
        if heard.carried.is_empty()
            && let Some(denial) = parties.denial(part.clone())
        {
            let denied = best.iter().filter_map(|one| denied(case, one, &denial));
            heard.carried.extend(denied);
        }
        carrying += usize::from(!heard.carried.is_empty());
        given_up |= heard.given_up;
        gather(&mut best, heard.carried);
    }
    let heard_whole = whole.iter().any(|judged| judged.obstacle.is_none());
    // One of two parties may carry nothing because what it believed is given up.
    let both = carrying > 1 && best.len() > 1 || given_up && !heard_whole;
    if !both && heard_whole {
        return None;
    }
    if !both {
        best.clear();
        for part in parts {
            let heard = heard_in(case, &parties.alone(part), scratch);
            gather(&mut best, heard.carried);
        }
    }
    if best.is_empty() {
        return None;
    }
    let rest = whole.iter().filter(|judged| {
        let position = judged.carried.position;
        judged.obstacle.is_some() && best.iter().all(|b| b.carried.position != position)
    });
    let mut all = best.clone();
    all.extend(rest.cloned());
    sort(&mut all, |judged| &judged.carried);
    Some(all)
}

/// What one party says.
#[derive(Debug, Default)]
struct Heard {
    carried: Vec<Judged>,
    /// It tells what was believed once.
    given_up: bool,
}

impl Heard {
    fn sureness(&self) -> f64 {
        let confidences = self.carried.iter().map(|one| one.carried.confidence);
        confidences.fold(0.0, f64::max)
    }
}

fn heard_in(case: &Case, reading: &Reading, scratch: &mut Scratch) -> Heard {
    let mut carried = judge_reading(&Case { reading, ..*case }, scratch);
    let believed = |one: &Judged| matches!(&one.obstacle, Some(Obstacle::NotAsserted(span)) if span.mood == Mood::GivenUp);
    let given_up = carried.iter().any(believed);
    carried.retain(|one| {
        let hits = &one.carried.scored.hits;
        let own = hits
            .iter()
            .any(|(_, hit)| reading.part.contains(&hit.first));
        one.obstacle.is_none() && own && holds_its_act(case, &one.carried)
    });
    Heard { carried, given_up }
}

/// Puts what a party says to what others say; the surer one counts.
fn gather(best: &mut Vec<Judged>, heard: Vec<Judged>) {
    for one in heard {
        let position = one.carried.position;
        match best.iter_mut().find(|b| b.carried.position == position) {
            Some(b) if b.carried.confidence < one.carried.confidence => *b = one,
            Some(_) => {}
            None => best.push(one),
        }
    }
}

/// What a part of a sentence carries that denies what another part said: "she denies it".
fn denied(case: &Case, said: &Judged, denial: &Range<usize>) -> Option<Judged> {
    let position = case.plans[said.carried.position].when_denied?;
    let carried = Carried {
        position,
        confidence: SIBLING_WORTH * said.carried.confidence,
        echo: Some(denial.clone()),
        ..said.carried.clone()
    };
    (carried.confidence >= case.threshold).then_some(Judged {
        carried,
        obstacle: None,
    })
}

/// Whether what is done in the wording that fired was met: a part of a sentence that holds only who does it says nothing of it.
fn holds_its_act(case: &Case, carried: &Carried) -> bool {
    let wording = case.fired(carried);
    let act = wording.role.as_ref().map(|role| role.predicate);
    act.is_none_or(|act| carried.scored.hits.iter().any(|(u, _)| *u == act))
}

fn judge_reading(case: &Case, scratch: &mut Scratch) -> Vec<Judged> {
    let mut all: Vec<Judged> = Vec::new();
    let mut winner: Option<usize> = None;
    for carried in weigh(case, scratch) {
        let obstacle = obstacle(case, &carried, scratch).or_else(|| {
            let winner = &all[winner?].carried;
            (!joins(case.claim, winner, &carried)).then_some(Obstacle::Beside(winner.position))
        });
        if obstacle.is_none() {
            winner.get_or_insert(all.len());
        }
        all.push(Judged { carried, obstacle });
    }
    all
}

/// The verdict of the main clause, where a clause beside it tells how it was before and the main clause carries anything: what cannot be true
/// together with that is dropped.
fn main_clause(case: &Case, whole: &[Judged], scratch: &mut Scratch) -> Option<Vec<Judged>> {
    let Answers::Positions(positions) = &case.claim.claim.answers else {
        return None;
    };
    let Case {
        reading,
        vocabulary,
        ..
    } = *case;
    let main = reading.main.get_or_init(|| {
        let asides = aside::asides(reading, vocabulary);
        let rest = asides.iter();
        rest.map(|aside| reading.without(vocabulary, aside))
            .collect()
    });
    let joins = |a: &Judged, b: &Judged| {
        let [a, b] = [a, b].map(|judged| judged.carried.position);
        a == b
            || case
                .claim
                .claim
                .is_compatible(&positions[a].name, &positions[b].name)
    };
    main.iter().find_map(|reading| {
        let mut main = judge_reading(&Case { reading, ..*case }, scratch);
        main.retain(|judged| judged.obstacle.is_none());
        let first = main.first().cloned()?;
        let mut others: Vec<Judged> = whole
            .iter()
            .filter(|judged| {
                main.iter()
                    .all(|m| m.carried.position != judged.carried.position)
            })
            .cloned()
            .collect();
        for other in &mut others {
            if other.obstacle.is_none() && !joins(&first, other) {
                other.obstacle = Some(Obstacle::Superseded(first.carried.position));
            }
        }
        main.extend(others);
        sort(&mut main, |judged| &judged.carried);
        Some(main)
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
    // "He did not walk out but was fired": what he did not do speaks for nothing else.
    let by_denial = |carried: &Carried| carried.at.0 != carried.position;
    if by_denial(other) && !by_denial(winner) {
        return false;
    }
    let (a, b) = (winner.scored.tokens(), other.scored.tokens());
    let shared = a.iter().filter(|t| b.contains(t)).count() as f64;
    other.scored.score >= SECOND && shared <= SECOND_OVERLAP * a.len().min(b.len()) as f64
}
