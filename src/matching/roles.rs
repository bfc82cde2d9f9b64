//! Who does it: the party that acts in a wording, and the one that acts in a statement.
//!
//! A wording and a statement may hold the same names and the same verb and yet say the opposite of each other: "Ada sued Ben",
//! "Ben sued Ada". The party that acts is the name nearest before the verb, or in the passive the one after "by".

use crate::matching::alias::Concept;
use crate::matching::unit::{Key, Unit};
use crate::similarity::word::Case;
use crate::text::calendar::is_day_or_month;
use crate::text::lexicon::Classes;
use crate::text::stem::{is_irregular, may_be_past};
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

/// Prepositions behind a participle that has nothing as its object.
const CLIPPED: &[&str] = &[
    "after", "amid", "as", "at", "by", "during", "for", "from", "in", "over",
];

/// Verbs whose participle is their base.
const UNCHANGED: &[&str] = &[
    "beat", "bid", "burst", "cast", "cut", "hit", "hurt", "let", "put", "quit", "set", "shut",
    "split", "spread",
];

/// Words that may stand between "by" and the name of who acts: "by the board of Norvik".
const BY_REACH: usize = 4;

/// Words, auxiliaries and adverbs apart, that may stand between a verb and the name of who acts: "Norvik's board has rejected".
const BESIDE: usize = 2;

/// Who acts in a wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// The name.
    pub agent: Key,
    /// Index of the unit of what is done.
    pub predicate: usize,
    /// Whether others do it to the agent: "Ada is to blame".
    pub to_blame: bool,
}

/// The name with which a sentence begins as its subject: the first one, before any verb and brought by no preposition.
pub fn subject<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    names: &'n [Named],
) -> Option<&'n Named> {
    let first = names.iter().min_by_key(|name| name.first)?;
    let before = (0..first.first).any(|i| tokens[i].is_word() && is_verb(vocabulary, tokens, i));
    let brought = brought_by(vocabulary, tokens, first.first).is_some();
    // "What Ada says is untrue": its subject is what she says.
    let what = before_name(vocabulary, tokens, first.first)
        .is_some_and(|i| &*vocabulary.word(tokens[i].word).folded == "what");
    (!before && !brought && !what).then_some(first)
}

/// Whether a name has a number in it, as things have (S-400) and parties have not. `canonical` gives the name of a group of aliases.
pub fn is_thing<'c>(key: &Key, canonical: impl FnOnce(Concept) -> &'c str) -> bool {
    let numbered = |name: &str| name.contains(|c: char| c.is_ascii_digit());
    match key {
        Key::Concept(concept) => numbered(canonical(*concept)),
        Key::Stem(stem) => numbered(stem),
        Key::Number(_) | Key::Unknown => true,
    }
}

/// Whether the word at `at` can be a verb: in the past, after an auxiliary or "to", or a form in "-ing".
pub fn is_act(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let word = folded(at);
    let continuous = word.len() > 4 && word.ends_with("ing");
    continuous
        || is_verb(vocabulary, tokens, at)
        || before(vocabulary, tokens, at).is_some_and(|i| folded(i) == "to")
}

/// Who says or denies what follows: the only name before the first verb of saying, where nothing but a word or two parts them.
pub fn speaker<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    names: &'n [Named],
) -> Option<&'n Named> {
    let says = Classes::SAID.or(Classes::REPORTING).or(Classes::DENY);
    let verb = (0..tokens.len()).find(|&i| tokens[i].is(says))?;
    let mut before = names.iter().filter(|name| name.last < verb);
    let name = before.next()?;
    let alone = before.next().is_none();
    (alone && beside(vocabulary, tokens, name, verb)).then_some(name)
}

/// A name in a sentence.
#[derive(Clone, Debug)]
pub struct Named {
    /// Whose.
    pub key: Key,
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
}

/// Prepositions behind which a capital is a day or a place.
const WHEN_AND_WHERE: &[&str] = &["at", "in", "on", "since"];

/// Whether a capital at `at` only tells when or where: "on Monday", "in Norvik".
fn is_setting(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).filter(|&i| tokens[i].is_word());
    before.is_some_and(|i| is_listed(WHEN_AND_WHERE, &vocabulary.word(tokens[i].word).folded))
}

/// Whether the word at `at` may name somebody: a capital inside a sentence that does not only tell when or where ("said Monday").
pub fn may_name(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    token.is_word()
        && token.capital
        && token.index > 0
        && !token.is(Classes::STOP)
        && !is_day_or_month(&vocabulary.word(token.word).folded)
        && !is_setting(vocabulary, tokens, at)
}

/// Whether a unit is a name.
pub fn is_name(unit: &Unit) -> bool {
    unit.case == Case::Capital && !unit.soft
}

/// Whether the word at `at` can be a verb in the past or a participle, or follows an auxiliary.
pub fn is_verb(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let word = folded(at);
    may_be_past(word)
        || before(vocabulary, tokens, at).is_some_and(|i| tokens[i].is(Classes::AUXILIARY))
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || is_irregular(word) || is_listed(UNCHANGED, word)
}

/// Whether the verb at `at` tells what is done to its subject: "were expelled".
pub fn is_passive(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    is_participle(&vocabulary.word(tokens[at].word).folded)
        && before(vocabulary, tokens, at).is_some_and(|i| tokens[i].is(Classes::BE))
}

/// Whether a participle has no auxiliary and nothing as its object, as in the clipped way of headlines, "six envoys expelled from", or
/// after what is wanted done, "its needs met mainly by". Who does it cannot be told.
fn is_clipped(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let before = before(vocabulary, tokens, at);
    let next = (at + 1..tokens.len()).find(|&i| !is_adverb(folded(i)));
    is_participle(folded(at))
        && before.is_some_and(|i| !tokens[i].is(Classes::AUXILIARY))
        && next.is_some_and(|i| tokens[i].is_word() && is_listed(CLIPPED, folded(i)))
}

/// Adverbs without "-ly" that stand between a participle and its preposition: "met mostly by", "expelled together from".
const ADVERBS: &[&str] = &["almost", "alone", "mostly", "together"];

pub fn is_adverb(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ly") || is_listed(ADVERBS, word)
}

/// The token before `at`, adverbs and negations passed over.
fn before(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        !(word.ends_with("ly") || tokens[i].is(Classes::NEGDIR))
    })
}

/// Who acts in a reported clause by "it": "Ada let Ben know that it would leave" has Ada leave.
pub fn reported<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    predicate: usize,
    names: &'n [Named],
) -> Option<&'n Named> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let at = (0..predicate).rev().find(|&i| {
        let passed = tokens[i].is(Classes::AUXILIARY.or(Classes::NEGDIR));
        !passed && !is_adverb(folded(i))
    })?;
    let told = at > 0 && (folded(at - 1) == "that" || tokens[at - 1].is(Classes::SAID));
    if !told || folded(at) != "it" || is_passive(vocabulary, tokens, predicate) {
        return None;
    }
    subject(vocabulary, tokens, names).filter(|name| name.last < at)
}

/// The name that acts by the verb at `predicate`: the nearest before it, or after "by" where the verb is passive.
pub fn acting<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    predicate: usize,
    names: &'n [Named],
) -> Option<&'n Named> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let participle = is_participle(folded(predicate));
    // "Sued by Norvik, the firm has closed", "Norvik, sued by Ada": who does it stands right behind. Not so in "its needs met by".
    let alone = predicate
        .checked_sub(1)
        .is_none_or(|before| !tokens[before].is_word() || tokens[before].capital);
    let next = predicate + 1;
    if participle && alone && next < tokens.len() && folded(next) == "by" {
        let behind = |name: &&Named| (predicate + 2..predicate + 4).contains(&name.first);
        if let Some(name) = names.iter().find(behind) {
            return Some(name);
        }
    }
    if is_clipped(vocabulary, tokens, predicate) {
        return None;
    }
    if let Some(name) = reported(vocabulary, tokens, predicate, names) {
        return Some(name);
    }
    let by = |name: &&Named| {
        let from = name.first.saturating_sub(BY_REACH).max(predicate);
        (from..name.first).any(|i| folded(i) == "by")
    };
    // "Condemned the shelling of the village by Norvik": the nearest name before does something else.
    let is_noun = predicate > 0 && matches!(folded(predicate - 1), "a" | "an" | "the");
    let after = names.iter().filter(|name| name.first > predicate);
    if is_noun && let Some(name) = after.clone().find(by) {
        return Some(name);
    }
    if !is_passive(vocabulary, tokens, predicate) {
        let aside = told_aside(vocabulary, tokens, predicate);
        // "The bid for Norvik failed": Norvik did not.
        let brought = |name: &Named| {
            let by = brought_by(vocabulary, tokens, name.first);
            matches!(by, Some("about" | "against" | "for" | "over"))
        };
        let all = names
            .iter()
            .filter(|name| name.last < predicate && !aside.contains(&name.first) && !brought(name));
        let nearest = all.max_by_key(|name| name.last);
        // "Rejection of the offer by Norvik": a noun with who acts behind it.
        if nearest.is_some() || participle {
            return nearest;
        }
    }
    after.min_by_key(|name| name.first).filter(by)
}

/// The clause between a subject and its verb at `predicate` that tells something of the subject beside it: "Ada, *who married Ben*, has sued".
pub(super) fn told_aside(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    predicate: usize,
) -> std::ops::Range<usize> {
    let light = |i: &usize| {
        let token = &tokens[*i];
        token.is_word()
            && (token.is(Classes::AUXILIARY.or(Classes::NEGDIR))
                || is_adverb(&vocabulary.word(token.word).folded))
    };
    let close = (0..predicate)
        .rev()
        .find(|i| !light(i))
        .filter(|&i| tokens[i].is_mark(','));
    let Some(close) = close else { return 0..0 };
    let relative = |i: &usize| {
        let word = &*vocabulary.word(tokens[*i].word).folded;
        tokens[i - 1].is_mark(',') && matches!(word, "which" | "who" | "whom" | "whose")
    };
    let mut inside = (1..close).rev();
    inside.find(relative).map_or(0..0, |open| open..close)
}

/// Prepositions that begin what hangs on the head of a subject: "a bridge below the dam".
const AFTER_HEAD: &[&str] = &[
    "at", "behind", "below", "beside", "between", "by", "for", "from", "in", "near", "next", "of",
    "on", "outside", "under", "with",
];

/// Words of those who are not whom an article tells of, whether it has named them before or not.
pub const OTHERS: &[&str] = &[
    "all", "another", "every", "many", "most", "other", "several", "some",
];

/// Nouns of those who tell the news, or of anybody, which may stand for whom the claim is about.
const ANYBODY: &[&str] = &[
    "agent",
    "analyst",
    "authority",
    "colleague",
    "expert",
    "friend",
    "insider",
    "investigator",
    "lawyer",
    "man",
    "manager",
    "member",
    "nobody",
    "official",
    "people",
    "person",
    "police",
    "relative",
    "report",
    "reporter",
    "representative",
    "somebody",
    "someone",
    "source",
    "spokesman",
    "spokesperson",
    "spokeswoman",
    "statement",
    "witness",
    "woman",
];

/// Tokens of a subject that are looked at.
const SUBJECT: usize = 9;

/// The subject of the verb at `predicate`, where it brings in somebody new: "a caretaker", "two other officers". Who is
/// new is not whom an article has named before.
pub fn newcomer(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    predicate: usize,
) -> Option<std::ops::Range<usize>> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let passes = |i: usize| {
        let word = folded(i);
        tokens[i].is_word()
            && (tokens[i].is(Classes::AUXILIARY.or(Classes::NEGDIR))
                || word.ends_with("ly")
                || word == "to")
    };
    let last = (0..predicate).rev().find(|&i| !passes(i))?;
    if !tokens[last].is_word() {
        return None;
    }
    let bounds = |i: usize| {
        !tokens[i].is_word()
            || tokens[i].is(Classes::BOUND.or(Classes::DENYSTOP).or(Classes::SAID))
            || tokens[i].is(Classes::REPORTING)
            || matches!(folded(i), "and" | "or" | "that" | "which" | "whose")
    };
    // "A caretaker admitted that he leaked it": he is the caretaker.
    if is_person(folded(last)) {
        let first = tokens.iter().position(Token::is_word)?;
        let verb =
            (first + 1..last).find(|&i| tokens[i].is_word() && is_verb(vocabulary, tokens, i))?;
        return newcomer(vocabulary, tokens, verb).filter(|subject| subject.start == first);
    }
    let start = (last.saturating_sub(SUBJECT)..=last)
        .rev()
        .take_while(|&i| !bounds(i))
        .last()?;
    let head = (start + 1..=last)
        .find(|&i| is_listed(AFTER_HEAD, folded(i)))
        .map_or(last, |preposition| preposition - 1);
    let clause_start = start == 0 || bounds(start - 1);
    let counted =
        tokens[start].value().is_some() && head > start && !tokens[head].is(Classes::UNIT_NOUN);
    let article = matches!(folded(start), "a" | "an");
    let brings = article || is_listed(OTHERS, folded(start)) || counted;
    let named = (start + 1..=head).any(|i| tokens[i].capital && i == head);
    let new = clause_start && brings && head > start && !named;
    (new && !is_anybody(vocabulary, &tokens[head]) && !tokens[head].is(Classes::STOP))
        .then_some(start..head + 1)
}

/// Whether a noun may stand for whom the claim is about.
pub fn is_anybody(vocabulary: &Vocabulary, noun: &Token) -> bool {
    let word = vocabulary.word(noun.word);
    is_listed(ANYBODY, &word.stem) || is_listed(ANYBODY, &word.folded)
}

/// Whether a name stands so close to a verb that it must be who acts: only auxiliaries, adverbs and a word or two between.
pub fn beside(vocabulary: &Vocabulary, tokens: &[Token], name: &Named, predicate: usize) -> bool {
    let between = if name.last < predicate {
        name.last + 1..predicate
    } else {
        predicate + 1..name.first
    };
    // "Ada denied that she had sued": the pronoun is Ada.
    let pronoun = between
        .clone()
        .any(|i| is_person(&vocabulary.word(tokens[i].word).folded));
    let reports = Classes::SAID.or(Classes::DENY).or(Classes::REPORTING);
    let counts = |i: usize| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        let idle = tokens[i].is(Classes::AUXILIARY) || word.ends_with("ly") || word == "by";
        !(idle || pronoun && (is_person(word) || word == "that" || tokens[i].is(reports)))
    };
    let plain = |i: usize| {
        let says = tokens[i].is(Classes::SAID) && !pronoun;
        tokens[i].is_word() && !says && !tokens[i].capital
    };
    between.clone().all(plain) && between.filter(|&i| counts(i)).count() <= BESIDE
}

/// Whether a token may stand between names that act together.
fn joins(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let word = &*vocabulary.word(tokens[at].word).folded;
    tokens[at].is_mark(',') || tokens[at].capital || matches!(word, "and" | "or" | "nor" | "with")
}

/// Whether two names are told in one breath: "Ada, Ben and Cleo".
pub fn together(vocabulary: &Vocabulary, tokens: &[Token], a: &Named, b: &Named) -> bool {
    let (left, right) = if a.last < b.first { (a, b) } else { (b, a) };
    let joins = |i: usize| joins(vocabulary, tokens, i);
    // "To Ada and to Ben".
    let again = |i: usize| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        joins(i) || is_listed(TIES, word) || matches!(word, "a" | "an" | "the")
    };
    let mut between = left.last + 1..right.first;
    between.clone().all(joins) || between.next().is_some_and(joins) && between.all(again)
}

/// Whether a word is a personal pronoun in the third person.
fn is_person(word: &str) -> bool {
    matches!(word, "he" | "she" | "they")
}

/// Prepositions that tie a name to the noun before it.
pub(super) const TIES: &[&str] = &[
    "about", "against", "at", "by", "for", "from", "in", "near", "of", "on", "over", "to", "with",
];

/// The preposition that brings a name: "with Norvik", "to the Norvik". Those of places are all "in".
pub fn brought_by(vocabulary: &Vocabulary, tokens: &[Token], name: usize) -> Option<&'static str> {
    let at = before_name(vocabulary, tokens, name)?;
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let before = folded(at);
    // Who has "been to" a place was there.
    if is_listed(PLACES, before) || before == "to" && at > 0 && folded(at - 1) == "been" {
        return Some("in");
    }
    TIES.iter().find(|tie| **tie == before).copied()
}

/// The token before a name, its article passed over.
pub fn before_name(vocabulary: &Vocabulary, tokens: &[Token], name: usize) -> Option<usize> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let article = name > 0 && matches!(folded(name - 1), "a" | "an" | "the");
    name.checked_sub(1 + usize::from(article))
}

/// Prepositions of places.
const PLACES: &[&str] = &["at", "in", "inside", "into", "near"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [
            AFTER_HEAD, ANYBODY, CLIPPED, OTHERS, PLACES, TIES, UNCHANGED,
        ] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
