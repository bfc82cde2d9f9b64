//! Sentences that say something else than the one they were made of: negated, called untrue, with names swapped or with another number.
//! A claim that finds the same position in them reads words and not what they say.
//!
//! The changes are made by surface rules and not every one can be made to every sentence: what would be uncertain is left out.

use serde::Serialize;

use crate::matching::explain::{Met, UnitKind};
use crate::matching::{Answer, Explanation, Match};
use crate::source::Span;
use crate::text::amount::amounts;
use crate::text::date::dates;
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::token::{Token, Vocabulary};

/// Words before the first deciding one in which the verb's auxiliary may stand.
const LEAD: usize = 3;

/// How a sentence was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mutation {
    /// "not" behind the auxiliary, or "never" before the verb.
    Negated,
    /// "It is not true that" before it.
    Untrue,
    /// Two names changed places.
    Swapped,
    /// Another number, or another year.
    Number,
}

impl Mutation {
    /// What was done, in a word or two.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Negated => "negated",
            Self::Untrue => "called untrue",
            Self::Swapped => "names swapped",
            Self::Number => "number changed",
        }
    }
}

/// A changed sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mutant {
    /// What was done.
    pub mutation: Mutation,
    /// The sentence.
    pub text: String,
    /// The answers that it must not carry and carries all the same.
    pub kept: Vec<String>,
}

/// The mutants of a sentence that carries `matches`; `kept` is still empty in them. A sentence that negates something already is not
/// negated again: two negations in one sentence can be read in two ways.
pub fn mutants(sentence: &str, matches: &[Match], explanations: &[Explanation]) -> Vec<Mutant> {
    let (Some(found), [explanation]) = (matches.first(), explanations) else {
        return Vec::new();
    };
    // Places in the match count from its statement, which may begin behind white space.
    let base = found.span.start;
    let deciding: Vec<Span> = found
        .words
        .iter()
        .map(|word| Span::new(base + word.start, base + word.end))
        .collect();
    let mut vocabulary = Vocabulary::default();
    let tokens = vocabulary.tokenize(sentence);
    let polarity = Polarity::read(&vocabulary, &tokens);
    let mut all = Vec::new();
    let mut add = |mutation: Mutation, text: Option<String>| {
        all.extend(text.filter(|text| text != sentence).map(|text| Mutant {
            mutation,
            text,
            kept: Vec::new(),
        }));
    };
    if polarity.cues.is_empty() {
        add(
            Mutation::Negated,
            negated(sentence, &vocabulary, &tokens, &deciding),
        );
        add(Mutation::Untrue, Some(untrue(sentence, &tokens)));
    }
    add(Mutation::Swapped, swapped(sentence, base, explanation));
    add(
        Mutation::Number,
        other_number(sentence, base, found, explanation),
    );
    all
}

fn negated(
    sentence: &str,
    vocabulary: &Vocabulary,
    tokens: &[Token],
    deciding: &[Span],
) -> Option<String> {
    let decides = |token: &Token| {
        deciding
            .iter()
            .any(|span| span.start < token.span.end && token.span.start < span.end)
    };
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).collect();
    let first = words.iter().position(|token| decides(token))?;
    let last = words.iter().rposition(|token| decides(token))?;
    let from = first.saturating_sub(LEAD);
    let folded = |token: &Token| &*vocabulary.word(token.word).folded;
    // "people who were there": the verb of a relative clause is not the sentence's.
    let relative = |at: usize| at > 0 && matches!(folded(words[at - 1]), "who" | "which" | "that");
    let auxiliary = (from..=last).find(|&at| {
        words[at].is(Classes::AUXILIARY)
            && folded(words[at]) != "been"
            && folded(words[at]) != "be"
            && folded(words[at]) != "being"
            && folded(words[at]) != "may"
            && !relative(at)
    });
    if let Some(at) = auxiliary {
        let end = words[at].span.end;
        return Some(format!("{} not{}", &sentence[..end], &sentence[end..]));
    }
    // Past forms are told by their ending, or because their stem is another word ("shunned", "took").
    let verb = (first..=last).find(|&at| {
        let word = vocabulary.word(words[at].word);
        let is_past = word.folded.ends_with("ed") && word.chars > 4
            || (*word.stem != *word.folded
                && !word.folded.ends_with('s')
                && !word.folded.ends_with("ing")
                && !word.folded.ends_with("men")
                && !word.folded.ends_with('e'));
        let named = words[at].capital && at > 0;
        let adjective = at == 0
            || matches!(
                folded(words[at - 1]),
                "the"
                    | "a"
                    | "an"
                    | "of"
                    | "its"
                    | "his"
                    | "her"
                    | "their"
                    | "this"
                    | "that"
                    | "for"
                    | "with"
            );
        decides(words[at]) && is_past && !named && !adjective && words[at].value().is_none()
    })?;
    let start = words[verb].span.start;
    Some(format!(
        "{}never {}",
        &sentence[..start],
        &sentence[start..]
    ))
}

fn untrue(sentence: &str, tokens: &[Token]) -> String {
    let body = sentence.trim_start();
    // A first word with a small meaning is written small; a name keeps its capital.
    let small = tokens
        .first()
        .is_some_and(|token| token.is(Classes::STOP) && !token.caps);
    let mut chars = body.chars();
    match chars.next() {
        Some(first) if small => {
            format!(
                "It is not true that {}{}",
                first.to_lowercase(),
                chars.as_str()
            )
        }
        _ => format!("It is not true that {body}"),
    }
}

/// Exchanges the first two names that the deciding wording met, where something other than a conjunction stands between them.
fn swapped(sentence: &str, base: usize, explanation: &Explanation) -> Option<String> {
    let carried = explanation.positions.iter().find(|seen| seen.carried)?;
    let wording = carried.wording.as_ref()?;
    let mut names: Vec<&Met> = wording
        .units
        .iter()
        .filter(|unit| {
            unit.kind == UnitKind::Alias && unit.text.starts_with(char::is_uppercase)
                || unit.kind == UnitKind::Word
                    && unit.met.as_ref().is_some_and(|met| met.words.start > 0)
        })
        .filter_map(|unit| unit.met.as_ref())
        .filter(|met| met.words.text.starts_with(char::is_uppercase))
        // What has a number in its name is a thing: in a party's place it gives no sentence.
        .filter(|met| !met.words.text.contains(|c: char| c.is_ascii_digit()))
        .collect();
    names.sort_by_key(|met| met.words.start);
    let [a, b, ..] = names.as_slice() else {
        return None;
    };
    if a.words.end >= b.words.start {
        return None;
    }
    let between = sentence.get(base + a.words.end..base + b.words.start)?;
    let told: Vec<&str> = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .collect();
    // "Kalin and Sullivan met" says the same the other way round.
    let even = |word: &&str| matches!(*word, "and" | "or" | "with" | "the" | "as" | "well");
    if told.iter().filter(|word| !even(word)).count() == 0 {
        return None;
    }
    Some(format!(
        "{}{}{between}{}{}",
        &sentence[..base + a.words.start],
        b.words.text,
        a.words.text,
        &sentence[base + b.words.end..]
    ))
}

/// Another number where the answer rests on one: for a quantity the answer itself, for a date the year, for a position a number
/// of the wording that was met.
fn other_number(
    sentence: &str,
    base: usize,
    found: &Match,
    explanation: &Explanation,
) -> Option<String> {
    let replaced = |span: Span, with: &str| {
        let before = sentence.get(..span.start)?;
        Some(format!("{before}{with}{}", sentence.get(span.end..)?))
    };
    match &found.answer {
        Answer::Quantity { .. } => {
            let number = explanation
                .numbers
                .iter()
                .find(|number| number.entry.is_some())?;
            let inside = sentence.get(base..)?;
            let amount = amounts(inside)
                .into_iter()
                .find(|amount| amount.span.start == number.words.start)?;
            let span = Span::new(
                base + amount.number_span.start,
                base + amount.number_span.end,
            );
            // Whatever the tolerance, three times as much and more is another number.
            replaced(span, &format!("{:.0}", amount.value.abs() * 3.0 + 7.0))
        }
        Answer::Date(date) => {
            let year = date.year?.to_string();
            let mention = dates(sentence, None)
                .into_iter()
                .find(|m| m.date == *date)?;
            let written = sentence.get(mention.span.start..mention.span.end)?;
            let at = mention.span.start + written.find(&year)?;
            let span = Span::new(at, at + year.len());
            replaced(span, &format!("{}", date.year? - 3))
        }
        Answer::Position(_) => {
            let carried = explanation.positions.iter().find(|seen| seen.carried)?;
            let mut units = carried.wording.as_ref()?.units.iter();
            let met = units
                .find(|unit| unit.kind == UnitKind::Number && unit.met.is_some())?
                .met
                .as_ref()?;
            let value: f64 = amounts(&met.words.text).first()?.value;
            let span = Span::new(base + met.words.start, base + met.words.end);
            replaced(span, &format!("{:.0}", value.abs() * 3.0 + 7.0))
        }
    }
}
