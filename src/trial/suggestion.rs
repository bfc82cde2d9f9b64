//! Statements on a claim's subject that carry no answer, or may carry a second one, the nearest first: what a curator may have to add a
//! wording for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use crate::article::Article;
use crate::claim::{Answers, Claim, Expected};
use crate::matching::Explanation;
use crate::matching::explain::{DateFault, Grounds, Hurdle, NumberFault, PositionSeen};
use crate::source::Span;
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::trial::remedy::{Remedy, remedy};
use crate::trial::{Bench, reason};

/// Shorter statements, in words, are headings and scraps.
const FEWEST_WORDS: usize = 4;
/// Statements that share this much of the longer one's words of meaning say the same, for an editor.
const ALIKE: f64 = 0.6;
/// Groups beyond this many take in no more: nobody reads so far, and each is compared with every statement below it.
const MOST_GROUPS: usize = 500;

/// What speaks for an answer in a statement that carries none, and what is taken off always: a logistic fit on the suggestions for a
/// labelled set (dev), of which 7 in 100 do give an answer. Ordered by it, the ten first hold 70 % of those on dev and 53 % on a set that
/// the fit did not see (dev2); by confidence alone 63 % and 49 %.
const CONFIDENCE: f64 = 2.5;
const COVERAGE: f64 = 1.1;
const ABOUT: f64 = 0.8;
const SUBJECT_HERE: f64 = 0.3;
const OFFSET: f64 = 4.5;
/// More entries of `about` than this say no more.
const MOST_ABOUT: usize = 2;

/// Weight of the words, met apart from those of what a statement carries, from which it may carry another position too.
const APART: f64 = 0.5;

/// A statement that carries no answer, or may carry one beside what it carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suggestion {
    /// Its number, from 1, in the order of nearness over all groups.
    pub number: usize,
    /// The position that it comes nearest to; `None` for numbers and dates, and where it comes near none.
    pub position: Option<String>,
    /// What it carries already: positions that can be true beside the other.
    pub beside: Vec<String>,
    /// How near, 0 to 1: a guess at how likely it gives that answer, from what the matcher saw. For numbers and dates only an order.
    pub nearness: f64,
    /// The statement.
    pub text: String,
    /// Id of the article in which it stands first.
    pub article: String,
    /// That article's file.
    pub path: String,
    /// The line there, from 1.
    pub line: usize,
    /// In how many articles it stands, word for word.
    pub articles: usize,
    /// Statements in nearly the same words, the nearest first; they are no suggestions of their own.
    pub alike: Vec<Alike>,
    /// Why it is not carried, in one line.
    pub why: String,
    /// What was seen.
    #[serde(skip)]
    pub explanation: Explanation,
}

/// A statement in nearly the same words as a suggested one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alike {
    /// Id of the article in which it stands first.
    pub article: String,
    /// That article's file.
    pub path: String,
    /// The line there, from 1.
    pub line: usize,
    /// The statement.
    pub text: String,
}

/// The statements of articles that name the claim's subject and carry no answer, the nearest first, among them those that may carry a
/// second position beside theirs. Equal words in several articles are one suggestion, and so are nearly equal ones. Only articles on
/// the topic count, no questions, and nothing of which an example of the claim tells all that it carries.
pub fn suggestions(claim: &Arc<Claim>, articles: &[Article]) -> Vec<Suggestion> {
    let bench = Bench::new(claim);
    let decided: BTreeMap<String, &Expected> = claim
        .examples
        .iter()
        .map(|example| (letters(&example.text), &example.expected))
        .collect();
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
            if !on_topic || !explanation.subject.near || explanation.asks || words < FEWEST_WORDS {
                continue;
            }
            let folded = letters(&explanation.statement);
            // What counts only because its article says nothing surer is worth a wording all the same.
            let beside: Vec<String> = explanation.sure().map(|c| c.position.clone()).collect();
            let is_decided = match decided.get(&folded) {
                None => false,
                Some(Expected::Nothing) => true,
                Some(Expected::Positions(_)) => !beside.is_empty(),
            };
            if is_decided {
                continue;
            }
            let Some((position, nearness)) = nearness(claim, &explanation) else {
                continue;
            };
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
                article: article.id.clone(),
                path: article.path.clone(),
                line: explanation.line,
                articles: 1,
                alike: Vec::new(),
                why: why(&explanation, position.as_deref(), &beside),
                position,
                beside,
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
    let mut found = grouped(found);
    for (number, suggestion) in (1..).zip(&mut found) {
        suggestion.number = number;
    }
    found
}

/// Why the nearest position is not carried, after what is.
fn why(explanation: &Explanation, position: Option<&str>, beside: &[String]) -> String {
    let reason = reason::reason(explanation, position);
    let reason = reason.unwrap_or_else(|| "nothing in it is an answer".to_owned());
    if beside.is_empty() {
        return reason;
    }
    let beside: Vec<String> = beside.iter().map(|name| format!("`{name}`")).collect();
    format!("it carries {} already; {reason}", beside.join(" and "))
}

/// The positions that a statement may turn out to carry: all where it carries none for sure; else those that can be true beside all that
/// it carries, and of which it gives words beside the words of those.
fn possible<'e>(claim: &Claim, explanation: &'e Explanation) -> Vec<&'e PositionSeen> {
    if explanation.sure().next().is_none() {
        return explanation.positions.iter().collect();
    }
    let echoes = explanation
        .sure()
        .any(|carried| carried.by == Grounds::Echo);
    let met = |seen: &'e PositionSeen| {
        let wording = seen.wording.iter();
        let units = wording.flat_map(|wording| &wording.units);
        units.filter_map(|unit| Some((unit, unit.met.as_ref()?)))
    };
    let carried = |seen: &&PositionSeen| explanation.sure().any(|c| c.position == seen.name);
    let taken: BTreeSet<usize> = explanation
        .positions
        .iter()
        .filter(carried)
        .flat_map(met)
        .map(|(_, met)| met.words.start)
        .collect();
    let apart = |seen: &'e PositionSeen| -> f64 {
        met(seen)
            .filter(|(unit, met)| !unit.soft && !taken.contains(&met.words.start))
            .map(|(unit, _)| unit.weight)
            .sum()
    };
    let beside = |seen: &PositionSeen| {
        explanation
            .sure()
            .all(|c| claim.is_compatible(&c.position, &seen.name))
    };
    let positions = explanation.positions.iter();
    positions
        .filter(|seen| {
            !echoes
                && !carried(seen)
                && matches!(seen.hurdle, Some(Hurdle::Below { .. }))
                && beside(seen)
                && apart(seen) >= APART
        })
        .collect()
}

/// A text by its letters and digits alone.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The words of a statement by which it is compared with others.
struct Words {
    stems: BTreeSet<Box<str>>,
    /// What must be equal: whether it negates, and its numbers.
    exact: (bool, BTreeSet<u64>),
}

impl Words {
    fn of(text: &str, vocabulary: &mut Vocabulary) -> Self {
        let tokens = vocabulary.tokenize(text);
        let words = || tokens.iter().filter(|token| token.is_word());
        let values = words().filter_map(|token| token.value());
        Self {
            stems: words()
                .filter(|token| !token.is(Classes::STOP))
                .map(|token| vocabulary.word(token.word).stem.clone())
                .collect(),
            exact: (
                words().any(|token| token.is(Classes::NEGDIR)),
                values.map(f64::to_bits).collect(),
            ),
        }
    }

    fn are_alike(&self, other: &Self) -> bool {
        let (a, b) = (self.stems.len(), other.stems.len());
        let least = ALIKE * a.max(b) as f64;
        // Sizes that lie too far apart need no look at the words.
        a > 0
            && a.min(b) as f64 >= least
            && self.exact == other.exact
            && self.stems.intersection(&other.stems).count() as f64 >= least
    }
}

/// Puts what is nearly the same under the first of it.
fn grouped(found: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut vocabulary = Vocabulary::default();
    let mut groups: Vec<(Suggestion, Words)> = Vec::new();
    for suggestion in found {
        let words = Words::of(&suggestion.text, &mut vocabulary);
        match groups
            .iter_mut()
            .take(MOST_GROUPS)
            .find(|(_, theirs)| words.are_alike(theirs))
        {
            Some((first, _)) => first.alike.push(Alike {
                article: suggestion.article,
                path: suggestion.path,
                line: suggestion.line,
                text: suggestion.text,
            }),
            None => groups.push((suggestion, words)),
        }
    }
    groups.into_iter().map(|(first, _)| first).collect()
}

/// The nearest position and how near it is; `None` where the statement has nothing in common with any answer.
fn nearness(claim: &Claim, explanation: &Explanation) -> Option<(Option<String>, f64)> {
    if !matches!(claim.answers, Answers::Positions(_)) {
        if explanation.sure().next().is_some() {
            return None;
        }
        // A number or date on the subject that was not taken.
        let mut numbers = explanation.numbers.iter().map(|number| number.fault);
        let mut dates = explanation.dates.iter().map(|date| date.fault);
        let any = numbers
            .any(|fault| !matches!(fault, Some(NumberFault::Hedged | NumberFault::Speaker)))
            || dates.any(|fault| !matches!(fault, Some(DateFault::Hedged | DateFault::Speaker)));
        return any.then_some((None, if explanation.subject.here { 0.5 } else { 0.25 }));
    }
    let of = |seen: &PositionSeen| {
        let wording = seen.wording.as_ref().filter(|wording| !wording.denied);
        // What is not weighed lies below all that is.
        seen.confidence
            .max(0.2 * wording.map_or(0.0, |wording| wording.score))
    };
    // What the file leaves out for its voice is left out on purpose.
    let unheard =
        |seen: &PositionSeen| matches!(seen.hurdle, Some(Hurdle::Hedged | Hurdle::Speaker { .. }));
    if explanation.positions.iter().any(unheard) {
        return None;
    }
    let possible = possible(claim, explanation);
    let best = possible
        .into_iter()
        .max_by(|a, b| of(a).total_cmp(&of(b)))?;
    if of(best) <= 0.0 {
        return None;
    }
    let coverage = best
        .wording
        .as_ref()
        .map_or(0.0, |wording| wording.coverage);
    let entries = explanation.subject.entries.iter();
    let about = entries.filter(|entry| entry.met).take(MOST_ABOUT).count();
    let here = f64::from(u8::from(explanation.subject.here));
    let sum = CONFIDENCE * best.confidence
        + COVERAGE * coverage
        + ABOUT * about as f64
        + SUBJECT_HERE * here
        - OFFSET;
    Some((Some(best.name.clone()), 1.0 / (1.0 + (-sum).exp())))
}

impl Suggestion {
    /// The edit that makes the statement carry a position, and what was tried; `None` where no edit is known to.
    pub fn remedy(&self, claim: &Arc<Claim>, position: &str) -> Option<Remedy> {
        remedy(claim, &self.explanation, Some(position))
    }
}
