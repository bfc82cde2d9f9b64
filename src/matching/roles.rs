//! Who does it: the party that acts in a wording, and the one that acts in a statement.
//!
//! A wording and a statement may hold the same names and the same verb and yet say the opposite of each other: "Ada sued Ben",
//! "Ben sued Ada". The party that acts is the name nearest before the verb, or in the passive the one after "by".

use crate::matching::plan::{ClaimPlan, Key, PositionPlan, Unit, Wording};
use crate::matching::reading::Reading;
use crate::similarity::word::Case;
use crate::text::lexicon::Classes;
use crate::text::stem::is_irregular;
use crate::text::token::{Token, Vocabulary};

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

/// Whether a unit is a name.
pub fn is_name(unit: &Unit) -> bool {
    unit.case == Case::Capital && !unit.soft
}

/// Whether the word at `at` can be a verb in the past or a participle, or follows an auxiliary.
pub fn is_verb(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let word = folded(at);
    let past = word.len() > 3 && word.ends_with("ed") || is_irregular(word);
    past || before(vocabulary, tokens, at).is_some_and(|i| tokens[i].is(Classes::AUXILIARY))
}

/// The token before `at`, adverbs and negations passed over.
fn before(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Option<usize> {
    (0..at).rev().find(|&i| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        !(word.ends_with("ly") || tokens[i].is(Classes::NEGDIR))
    })
}

/// The name that acts by the verb at `predicate`: the nearest before it, or after "by" where the verb is passive.
pub fn acting<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    predicate: usize,
    names: &'n [Named],
) -> Option<&'n Named> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let participle = folded(predicate).ends_with("ed") || is_irregular(folded(predicate));
    let passive = participle
        && before(vocabulary, tokens, predicate).is_some_and(|i| tokens[i].is(Classes::BE));
    if !passive {
        let all = names.iter().filter(|name| name.last < predicate);
        let nearest = all.max_by_key(|name| name.last);
        // "Rejection of the offer by Norvik": a noun with who acts behind it.
        if nearest.is_some() || participle {
            return nearest;
        }
    }
    let after = names.iter().filter(|name| name.first > predicate);
    after.min_by_key(|name| name.first).filter(|name| {
        let from = name.first.saturating_sub(BY_REACH).max(predicate);
        (from..name.first).any(|i| folded(i) == "by")
    })
}

/// Where a statement gives to another party of the claim what a position says of one that the statement names too: that party.
/// The wording that fired decides, or where it does not tell, the others of the position.
pub fn swapped(
    claim: &ClaimPlan,
    plans: &[PositionPlan],
    position: &PositionPlan,
    fired: &Wording,
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let mut hits = Vec::new();
    let mut names: Vec<Named> = Vec::new();
    let units = plans
        .iter()
        .flat_map(|plan| &plan.wordings)
        .flat_map(|wording| &wording.units);
    for unit in units.chain(&claim.names).filter(|unit| is_name(unit)) {
        if names.iter().any(|name| name.key == unit.key) {
            continue;
        }
        reading.hits(unit, &mut hits);
        names.extend(hits.iter().map(|hit| Named {
            key: unit.key.clone(),
            first: hit.first,
            last: hit.last,
        }));
    }
    let verdict = |wording: &Wording| verdict(wording, &names, reading, vocabulary);
    if let Some((own, name)) = verdict(fired) {
        return (!own).then_some(name);
    }
    let mut other = None;
    for (own, name) in position.wordings.iter().filter_map(verdict) {
        if own {
            return None;
        }
        other.get_or_insert(name);
    }
    other
}

/// Whether a name stands so close to a verb that it must be who acts: only auxiliaries, adverbs and a word or two between.
fn beside(vocabulary: &Vocabulary, tokens: &[Token], name: &Named, predicate: usize) -> bool {
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

/// Whether a word is a personal pronoun in the third person.
fn is_person(word: &str) -> bool {
    matches!(word, "he" | "she" | "they")
}

/// Whether the wording's own party acts in the statement, and who does; `None` where that cannot be told.
fn verdict(
    wording: &Wording,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<(bool, Named)> {
    let role = wording.role.as_ref()?;
    if names.iter().all(|name| name.key != role.agent) {
        return None;
    }
    let mut hits = Vec::new();
    reading.hits(&wording.units[role.predicate], &mut hits);
    let acting = hits.iter().filter_map(|hit| {
        let name = acting(vocabulary, &reading.tokens, hit.first, names)?;
        // "Ada, of Ben's firm, sued": where the own party stands before another, it may act; not by a noun ("Ben's support") and
        // not in the passive.
        let adjacent = name.last + 1 == hit.first || name.first > hit.first;
        let before = names
            .iter()
            .any(|other| other.key == role.agent && other.last < name.first);
        // "Ada and Ben sued": both act.
        let together = names.iter().any(|other| {
            other.key == role.agent
                && other.last < name.first
                && (other.last + 1..name.first).all(|i| joins(vocabulary, &reading.tokens, i))
        });
        let own = name.key == role.agent
            || together
            || !beside(vocabulary, &reading.tokens, name, hit.first)
            || before && !adjacent;
        Some((own, name.clone()))
    });
    // One place where the own party may act is enough.
    acting.max_by_key(|(own, _)| *own)
}
