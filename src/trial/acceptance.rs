//! How a suggested statement goes into the claim file: what is written for each way to take it, tried before it is offered.

use std::sync::Arc;

use crate::claim::edit::Edit;
use crate::claim::{Answers, Claim};
use crate::matching::Explanation;
use crate::matching::explain::{PositionSeen, UnitKind};
use crate::matching::plan::{AnswersPlan, Plan};
use crate::matching::reading::{ProbeIndex, Reader};
use crate::matching::score::{Scratch, Verdict, score};
use crate::source::Span;
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::trial::example::{holds, keeps};
use crate::trial::remedy::remedy;
use crate::trial::{Bench, candidate};

/// How many phrases out of the statement are tried as a look-alike.
const LOOK_ALIKES: usize = 6;
/// How many pairs of a missing word and a word of the statement are tried as aliases.
const PAIRS: usize = 40;
/// Score from which a look-alike is felt.
const FITS: f64 = 0.6;

/// A way to take a statement in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// As a wording of the position with this name.
    Phrase(String),
    /// As a look-alike of the position with this name, or of the whole claim where the answers are numbers or dates.
    Except(Option<String>),
    /// As an example that carries nothing.
    NearMiss,
    /// By giving a word that the position with this name lacks another name.
    Alias(String),
}

/// What is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The changes in order; at most two.
    pub edits: Vec<Edit>,
    /// Whether an example guards them. None does where the statement is one already, or does not carry the answer by itself, because a
    /// neighbour names the subject for it.
    pub guarded: bool,
}

/// The changes that take a statement in.
///
/// A wording or an alias is offered only where it makes the statement carry the position, and the statement becomes an example of it,
/// so that `gainsay test` tells when that ends. A look-alike becomes an example of nothing. No change is offered that makes an example
/// fail which held.
///
/// # Errors
///
/// Why there is no such change, as a clause.
pub fn accept(
    claim: &Arc<Claim>,
    explanation: &Explanation,
    way: &Way,
) -> Result<Acceptance, String> {
    let text = explanation
        .statement
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let example = |positions: Vec<String>| Edit::Example {
        text: text.clone(),
        positions,
    };
    // What it carries it goes on carrying.
    let carried: Vec<String> = match &claim.answers {
        Answers::Positions(_) => explanation.sure().map(|c| c.position.clone()).collect(),
        Answers::Quantity { .. } | Answers::Date { .. } => Vec::new(),
    };
    let with = |position: &str| -> Vec<String> {
        let beside = explanation.beside(claim, position);
        beside.chain([position]).map(str::to_owned).collect()
    };
    let first = match way {
        Way::NearMiss => {
            return Ok(Acceptance {
                edits: vec![example(carried)],
                guarded: true,
            });
        }
        Way::Phrase(position) => {
            seen(explanation, position)?;
            let remedy = remedy(claim, explanation, Some(position))
                .ok_or_else(|| format!("it carries `{position}` already"))?;
            remedy.edit.ok_or_else(|| match remedy.change {
                Some(change) => format!("no addition alone does it: {change}"),
                None => format!(
                    "no wording out of it makes it carry `{position}` and keeps the examples: {}",
                    remedy.reason
                ),
            })?
        }
        Way::Except(position) => look_alike(claim, explanation, position.as_deref())?,
        Way::Alias(position) => alias(claim, explanation, seen(explanation, position)?)?,
    };
    let guard = example(match way {
        Way::Phrase(position) | Way::Alias(position) => with(position),
        Way::Except(_) | Way::NearMiss => carried.clone(),
    });
    let known = claim.examples.iter().any(|old| old.text == text);
    let after = Arc::new(guard.on(&first.on(claim)));
    // By itself the statement may not name the subject, which a neighbour gives in its article.
    let holds = holds(&after).last() == Some(&true);
    let mut edits = vec![first];
    if holds && !known {
        edits.push(guard);
    }
    Ok(Acceptance {
        guarded: edits.len() > 1,
        edits,
    })
}

fn seen<'e>(explanation: &'e Explanation, position: &str) -> Result<&'e PositionSeen, String> {
    let mut all = explanation.positions.iter();
    all.find(|seen| seen.name == position)
        .ok_or_else(|| format!("the claim has no position `{position}`"))
}

fn look_alike(
    claim: &Arc<Claim>,
    explanation: &Explanation,
    position: Option<&str>,
) -> Result<Edit, String> {
    let deciding = match position {
        Some(name) => seen(explanation, name)?.met(),
        None => Vec::new(),
    };
    let before = holds(claim);
    let statement = &explanation.statement;
    let tried = candidate::phrases(claim, statement, &deciding, LOOK_ALIKES);
    let mut edits = tried.into_iter().map(|text| Edit::Except {
        position: position.map(str::to_owned),
        text,
    });
    let found = edits.find(|edit| {
        let after = Arc::new(edit.on(claim));
        is_felt(&after, position, edit.text(), statement) && keeps(&before, &after)
    });
    found.ok_or_else(|| "no phrase out of it makes a look-alike that keeps the examples".to_owned())
}

/// Whether a look-alike of the claim fits a statement.
fn is_felt(claim: &Arc<Claim>, position: Option<&str>, text: &str, statement: &str) -> bool {
    let plan = Plan::new(std::slice::from_ref(claim));
    let of_claim = &plan.claims[0];
    let wordings = match (&of_claim.answers, &claim.answers, position) {
        (AnswersPlan::Positions(plans), Answers::Positions(positions), Some(name)) => {
            match positions.iter().position(|p| p.name == name) {
                Some(at) => &plans[at].except,
                None => return false,
            }
        }
        _ => &of_claim.except,
    };
    let Some(wording) = wordings.iter().find(|wording| &*wording.text == text) else {
        return false;
    };
    let index = ProbeIndex::new(&plan);
    let mut reader = Reader::new(&plan, &index);
    let reading = reader.read(statement);
    let mut scratch = Scratch::default();
    score(wording, &reading, reader.vocabulary(), &mut scratch, FITS)
        .is_some_and(|scored| scored.verdict == Verdict::Agrees)
}

/// A word of the statement as another name of what the nearest wording lacks.
fn alias(
    claim: &Arc<Claim>,
    explanation: &Explanation,
    seen: &PositionSeen,
) -> Result<Edit, String> {
    let mut missing: Vec<_> = seen
        .wording
        .iter()
        .flat_map(|wording| &wording.units)
        .filter(|unit| unit.met.is_none() && !unit.soft && unit.kind != UnitKind::Number)
        .collect();
    missing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let met = seen.met();
    let mut vocabulary = Vocabulary::default();
    let statement = &explanation.statement;
    let free: Vec<Span> = vocabulary
        .tokenize(statement)
        .into_iter()
        .filter(|token| token.is_word() && !token.is(Classes::STOP) && token.value().is_none())
        .map(|token| token.span)
        .filter(|span| {
            met.iter()
                .all(|met| span.end <= met.start || met.end <= span.start)
        })
        .collect();
    let before = holds(claim);
    // A name stands for a name, and any other word for another word.
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let pairs = missing.iter().flat_map(|unit| {
        free.iter()
            .map(move |span| (*unit, &statement[span.start..span.end]))
    });
    let edits = pairs
        .filter(|(unit, word)| is_name(&unit.text) == is_name(word))
        .take(PAIRS)
        .map(|(unit, word)| Edit::Alias {
            canonical: unit.text.clone(),
            text: word.to_owned(),
        });
    for edit in edits {
        let after = Arc::new(edit.on(claim));
        let carried = Bench::new(&after).explain(statement);
        let carried = carried.iter().flat_map(|e| &e.carried);
        let names: Vec<&str> = carried.map(|c| c.position.as_str()).collect();
        let wanted = || explanation.beside(claim, &seen.name).chain([&*seen.name]);
        let only = names
            .iter()
            .all(|name| wanted().any(|other| other == *name));
        let all = wanted().all(|name| names.contains(&name));
        if only && all && keeps(&before, &after) {
            return Ok(edit);
        }
    }
    Err(format!(
        "no word of it, taken for one that is missing, makes it carry `{}`",
        seen.name
    ))
}
