//! Runs the examples of claims: sentences of which the claim file says what they carry.

use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use crate::claim::{Answers, Claim, Example, Expected};
use crate::matching::{Answer, Explanation, Match};
use crate::text::amount::amounts;
use crate::text::date::PartialDate;
use crate::trial::mutation::{Mutant, mutants};
use crate::trial::{Bench, reason};

/// How close two numbers must be to count as the same, as a share: more than rounding, less than any difference in print.
const SAME_NUMBER: f64 = 1e-9;

/// All examples of a claim, run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trial {
    /// The claim's id.
    pub claim: String,
    /// Its file.
    pub path: String,
    /// The examples in written order.
    pub examples: Vec<Outcome>,
}

/// An example, run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its line in the claim file, from 1.
    pub line: usize,
    /// The sentence.
    pub text: String,
    /// What it should carry; nothing for a near miss.
    pub expected: Vec<String>,
    /// What it carries.
    pub got: Vec<Got>,
    /// What came of it.
    pub verdict: Verdict,
    /// Why, in one line.
    pub why: String,
    /// Changed sentences that must not carry what the example carries.
    pub mutants: Vec<Mutant>,
}

/// An answer that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Got {
    /// The position, number or date.
    pub position: String,
    /// 0 to 1.
    pub score: f64,
}

/// What came of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It carries what it should.
    Passed,
    /// It does not.
    Failed,
    /// It does not, and the file says so (`todo: true`).
    Todo,
    /// It does, though the file says that it does not yet.
    TodoPassed,
}

impl Trial {
    /// Runs the examples of a claim, with mutations of those that pass.
    pub fn of(claim: &Arc<Claim>) -> Self {
        let bench = Bench::new(claim);
        Self {
            claim: claim.id.clone(),
            path: claim.source.name().to_owned(),
            examples: claim
                .examples
                .iter()
                .map(|example| run(claim, &bench, example))
                .collect(),
        }
    }

    /// Number of examples with this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.examples
            .iter()
            .filter(|e| e.verdict == verdict)
            .count()
    }

    /// Mutants that keep what they must not, with their examples.
    pub fn survivors(&self) -> impl Iterator<Item = (&Outcome, &Mutant)> {
        self.examples.iter().flat_map(|outcome| {
            let survivors = outcome
                .mutants
                .iter()
                .filter(|mutant| !mutant.kept.is_empty());
            survivors.map(move |mutant| (outcome, mutant))
        })
    }
}

/// For each example of a claim, whether it carries what it should, whether or not the file says `todo`.
pub fn holds(claim: &Arc<Claim>) -> Vec<bool> {
    if claim.examples.is_empty() {
        return Vec::new();
    }
    let bench = Bench::new(claim);
    let examples = claim.examples.iter();
    let holds = examples.map(|example| {
        let expected = match &example.expected {
            Expected::Nothing => &[][..],
            Expected::Positions(positions) => positions,
        };
        fault(claim, expected, &bench.matches(&example.text)).is_none()
    });
    holds.collect()
}

/// Whether every example that held before holds after.
pub(super) fn keeps(before: &[bool], after: &Arc<Claim>) -> bool {
    !before.contains(&true)
        || before
            .iter()
            .zip(holds(after))
            .all(|(before, after)| after || !before)
}

fn run(claim: &Claim, bench: &Bench, example: &Example) -> Outcome {
    let matches = bench.matches(&example.text);
    let explanations = bench.explain(&example.text);
    let expected = match &example.expected {
        Expected::Nothing => Vec::new(),
        Expected::Positions(positions) => positions.clone(),
    };
    let fault = fault(claim, &expected, &matches);
    let verdict = match (&fault, example.todo) {
        (None, false) => Verdict::Passed,
        (Some(_), false) => Verdict::Failed,
        (Some(_), true) => Verdict::Todo,
        (None, true) => Verdict::TodoPassed,
    };
    let why = why(&explanations, &expected, &matches, fault.as_ref());
    let mutants = if verdict == Verdict::Passed && !expected.is_empty() {
        mutants(&example.text, &matches, &explanations)
            .into_iter()
            .map(|mut mutant| {
                let found = bench.matches(&mutant.text);
                let kept = found
                    .iter()
                    .filter(|m| expected.iter().any(|e| is_answer(e, m)));
                mutant.kept = distinct(kept);
                mutant
            })
            .collect()
    } else {
        Vec::new()
    };
    Outcome {
        line: claim.source.line_column(example.span.start).0,
        text: example.text.clone(),
        expected,
        got: distinct_got(&matches),
        verdict,
        why,
        mutants,
    }
}

/// What is wrong with what a sentence carries.
#[derive(Clone, Debug, PartialEq)]
enum Fault {
    /// This is not carried.
    Missing(String),
    /// This is carried and should not be.
    Surplus(String),
}

/// Every expected answer must be carried. Of others only those may be that can be true beside an expected one.
fn fault(claim: &Claim, expected: &[String], matches: &[Match]) -> Option<Fault> {
    if let Some(missing) = expected
        .iter()
        .find(|e| !matches.iter().any(|m| is_answer(e, m)))
    {
        return Some(Fault::Missing(missing.clone()));
    }
    let surplus = matches.iter().find(|m| {
        let asked = expected.iter().any(|e| is_answer(e, m));
        let beside = expected.iter().any(|e| claim.is_compatible(e, &m.position));
        !asked && !beside
    });
    surplus.map(|m| Fault::Surplus(m.position.to_string()))
}

/// Whether a match gives the answer that is written: a position by its name, a number by its value in any unit, a date as it stands.
fn is_answer(written: &str, found: &Match) -> bool {
    if *written == *found.position {
        return true;
    }
    match &found.answer {
        Answer::Position(_) => false,
        Answer::Quantity { value, .. } => {
            let same = |a: f64| (a - value).abs() <= SAME_NUMBER * value.abs().max(1.0);
            let plain = written.replace(',', "").parse::<f64>();
            let shown = found.position.parse::<f64>();
            let digits = matches!((&plain, &shown), (Ok(a), Ok(b)) if (a - b).abs() <= SAME_NUMBER * b.abs());
            digits
                || plain.is_ok_and(same)
                || amounts(written)
                    .first()
                    .is_some_and(|a| same(a.base_value.unwrap_or(a.value)))
        }
        Answer::Date(date) => PartialDate::from_str(written).is_ok_and(|written| written == *date),
    }
}

fn why(
    explanations: &[Explanation],
    expected: &[String],
    matches: &[Match],
    fault: Option<&Fault>,
) -> String {
    let about = |name: &str| {
        // A sentence that is cut in two is told by the part that comes nearest.
        let best = explanations.iter().max_by(|a, b| {
            let of = |e: &Explanation| {
                let seen = e.positions.iter().find(|seen| seen.name == name);
                seen.map_or(0.0, |seen| seen.confidence)
            };
            of(a).total_cmp(&of(b))
        });
        best.and_then(|explanation| reason::reason(explanation, Some(name)))
    };
    let text = match fault {
        Some(Fault::Missing(name)) => about(name),
        Some(Fault::Surplus(name)) => about(name).map(|why| format!("not expected: {why}")),
        None => match (expected.first(), matches.is_empty()) {
            (Some(name), _) => about(name),
            (None, true) => explanations.first().and_then(|e| reason::reason(e, None)),
            (None, false) => None,
        },
    };
    text.unwrap_or_else(|| match explanations {
        [] => "the sentence is blank".to_owned(),
        _ => "nothing in the sentence is an answer".to_owned(),
    })
}

fn distinct<'a>(matches: impl Iterator<Item = &'a Match>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for found in matches {
        if !names.iter().any(|name| **name == *found.position) {
            names.push(found.position.to_string());
        }
    }
    names
}

fn distinct_got(matches: &[Match]) -> Vec<Got> {
    let mut got: Vec<Got> = Vec::new();
    for found in matches {
        if !got.iter().any(|g| *g.position == *found.position) {
            got.push(Got {
                position: found.position.to_string(),
                score: found.score,
            });
        }
    }
    got
}

/// Whether a claim has answers that sentences can be tried for by name.
pub fn names(claim: &Claim) -> Vec<&str> {
    match &claim.answers {
        Answers::Positions(positions) => positions.iter().map(|p| p.name.as_str()).collect(),
        _ => Vec::new(),
    }
}
