//! Statements on a claim's subject that carry no answer, the nearest first: what a curator may have to add a wording for.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::article::Article;
use crate::claim::edit::Edit;
use crate::claim::{Answers, Claim};
use crate::matching::Explanation;
use crate::source::Span;
use crate::trial::remedy::{Remedy, remedy};
use crate::trial::{Bench, reason};

/// Shorter statements, in words, are headings and scraps.
const FEWEST_WORDS: usize = 4;

/// A statement that carries no answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// Its number, from 1, in the order of nearness over all groups.
    pub number: usize,
    /// The position that it comes nearest to; `None` for numbers and dates, and where it comes near none.
    pub position: Option<String>,
    /// How near, 0 to 1: the confidence, or for what is far below the threshold a part of the best wording's score.
    pub nearness: f64,
    /// The statement.
    pub text: String,
    /// Where it stands first.
    pub path: String,
    /// The line there, from 1.
    pub line: usize,
    /// In how many articles it stands.
    pub articles: usize,
    /// Why it is not carried, in one line.
    pub why: String,
    /// What was seen.
    #[serde(skip)]
    pub explanation: Explanation,
}

/// The statements of articles that name the claim's subject and carry no answer, the nearest first. Equal words in several articles are
/// one suggestion. Only articles on the topic count, and no questions.
pub fn suggestions(claim: &Arc<Claim>, articles: &[Article]) -> Vec<Suggestion> {
    let bench = Bench::new(claim);
    let mut found: Vec<Suggestion> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles {
        let mut seen_here: Vec<usize> = Vec::new();
        let whole = Span::new(0, article.prose.len());
        for explanation in bench.explain_in(article, whole) {
            let on_topic = explanation
                .names
                .as_ref()
                .is_none_or(|names| names.enough());
            let words = explanation.statement.split_whitespace().count();
            let silent = explanation.carried.is_empty() && !explanation.asks;
            if !on_topic || !explanation.subject.near || !silent || words < FEWEST_WORDS {
                continue;
            }
            let Some((position, nearness)) = nearness(claim, &explanation) else {
                continue;
            };
            let folded: String = explanation
                .statement
                .chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            if let Some(&at) = known.get(&folded) {
                if !seen_here.contains(&at) {
                    found[at].articles += 1;
                    seen_here.push(at);
                }
                continue;
            }
            known.insert(folded, found.len());
            seen_here.push(found.len());
            found.push(Suggestion {
                number: 0,
                nearness,
                text: explanation.statement.clone(),
                path: article.path.clone(),
                line: explanation.line,
                articles: 1,
                why: reason::reason(&explanation, position.as_deref())
                    .unwrap_or_else(|| "nothing in it is an answer".to_owned()),
                position,
                explanation,
            });
        }
    }
    found.sort_by(|a, b| {
        let place = |s: &Suggestion| (s.path.clone(), s.line);
        b.nearness
            .total_cmp(&a.nearness)
            .then_with(|| place(a).cmp(&place(b)))
    });
    for (number, suggestion) in (1..).zip(&mut found) {
        suggestion.number = number;
    }
    found
}

/// The nearest position and how near it is; `None` where the statement has nothing in common with any answer.
fn nearness(claim: &Claim, explanation: &Explanation) -> Option<(Option<String>, f64)> {
    if !matches!(claim.answers, Answers::Positions(_)) {
        // A number or date on the subject that was not taken.
        let any = !explanation.numbers.is_empty() || !explanation.dates.is_empty();
        return any.then_some((None, if explanation.subject.here { 0.5 } else { 0.25 }));
    }
    let of = |seen: &crate::matching::explain::PositionSeen| {
        let wording = seen.wording.as_ref().filter(|wording| !wording.denied);
        // What is not weighed lies below all that is.
        seen.confidence
            .max(0.2 * wording.map_or(0.0, |wording| wording.score))
    };
    let best = explanation
        .positions
        .iter()
        .max_by(|a, b| of(a).total_cmp(&of(b)))?;
    (of(best) > 0.0).then(|| (Some(best.name.clone()), of(best)))
}

impl Suggestion {
    /// The edit that makes the statement carry a position, and what was tried; `None` where no edit is known to.
    pub fn remedy(&self, claim: &Arc<Claim>, position: &str) -> Option<Remedy> {
        remedy(claim, &self.explanation, Some(position))
    }

    /// The edit that keeps the statement as a near miss.
    pub fn near_miss(&self) -> Edit {
        Edit::Example {
            text: self.text.split_whitespace().collect::<Vec<_>>().join(" "),
            positions: Vec::new(),
        }
    }
}
