//! Who does it: the party that acts in a wording, and the one that acts in a statement.
//!
//! A wording and a statement may hold the same names and the same verb and yet say the opposite of each other: "Ada sued Ben",
//! "Ben sued Ada". The party that acts is the name nearest before the verb, or in the passive the one after "by".

use crate::matching::plan::{ClaimPlan, Key, PositionPlan, Unit, Wording};
use crate::matching::reading::Reading;
use crate::similarity::word::Case;
use crate::text::lexicon::Classes;
use crate::text::stem::is_irregular;
use crate::text::token::{Token, Vocabulary, WordId};
use crate::text::word_list::is_listed;

/// Prepositions behind a participle that has nothing as its object.
const CLIPPED: &[&str] = &["after", "at", "by", "from", "in", "over"];

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
}

/// How a name hangs on a noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// "Norvik's closure", "the closure of Norvik".
    Owns,
    /// "an offer for Norvik", by the preposition.
    By(WordId),
}

/// A noun of a wording and the name that hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bond {
    /// The name.
    pub name: Key,
    /// The noun.
    pub noun: Key,
    /// How they hang together.
    pub tie: Tie,
}

/// Prepositions that tie a name to the noun before it.
const TIES: &[&str] = &["against", "by", "for", "of", "over", "with"];

/// Words between a preposition and the name that it brings: "for the", "of its".
const TIE_REACH: usize = 2;

/// How the name hangs on the noun, where it does. Both are given by their first and last token.
pub fn tie(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    noun: (usize, usize),
    name: (usize, usize),
) -> Option<Tie> {
    if name.1 + 1 == noun.0 {
        return Some(Tie::Owns);
    }
    let preposition = noun.1 + 1;
    if name.0 <= preposition || name.0 - preposition > TIE_REACH {
        return None;
    }
    let small = |i: usize| tokens[i].is_word() && tokens[i].is(Classes::STOP);
    let word = tokens[preposition].word;
    let folded = &*vocabulary.word(word).folded;
    let tied = is_listed(TIES, folded) && (preposition..name.0).all(small);
    tied.then_some(if folded == "of" {
        Tie::Owns
    } else {
        Tie::By(word)
    })
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

fn is_adverb(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ly") || is_listed(ADVERBS, word)
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
    if is_clipped(vocabulary, tokens, predicate) {
        return None;
    }
    let participle = is_participle(folded(predicate));
    if !is_passive(vocabulary, tokens, predicate) {
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
    if let Some(other) = crossed(position, &names, reading, vocabulary) {
        return Some(other);
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

/// A place in what a sentence tells that a name can fill: who does something, or on which noun the name hangs.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Acts(Key),
    Hangs(Key, Tie),
}

/// Where two names of the position have changed places: each stands in the statement where its wordings have the other, and never
/// there in them. Gives the first.
fn crossed(
    position: &PositionPlan,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let mut own: Vec<(Slot, &Key)> = Vec::new();
    let mut units: Vec<&Unit> = Vec::new();
    for wording in &position.wordings {
        if let Some(role) = &wording.role {
            let does = &wording.units[role.predicate];
            own.push((Slot::Acts(does.key.clone()), &role.agent));
        }
        let bonds = wording.bonds.iter();
        own.extend(bonds.map(|bond| (Slot::Hangs(bond.noun.clone(), bond.tie), &bond.name)));
        for unit in &wording.units {
            if !is_name(unit) && units.iter().all(|other| other.key != unit.key) {
                units.push(unit);
            }
        }
    }
    let mut told: Vec<(Slot, &Named)> = Vec::new();
    let mut hits = Vec::new();
    for unit in units {
        reading.hits(unit, &mut hits);
        for hit in &hits {
            for name in names {
                let (noun, place) = ((hit.first, hit.last), (name.first, name.last));
                if let Some(tie) = tie(vocabulary, &reading.tokens, noun, place) {
                    told.push((Slot::Hangs(unit.key.clone(), tie), name));
                }
            }
            if is_verb(vocabulary, &reading.tokens, hit.first)
                && let Some(name) = acting(vocabulary, &reading.tokens, hit.first, names)
            {
                told.push((Slot::Acts(unit.key.clone()), name));
            }
        }
    }
    let has = |slot: &Slot, key: &Key| own.iter().any(|(s, k)| s == slot && *k == key);
    let expects = |slot: &Slot, key: &Key| !has(slot, key) && own.iter().any(|(s, _)| s == slot);
    told.iter()
        .filter(|(slot, name)| expects(slot, &name.key))
        .find(|(slot, name)| {
            told.iter().any(|(there, other)| {
                other.key != name.key
                    && has(slot, &other.key)
                    && has(there, &name.key)
                    && !has(there, &other.key)
            })
        })
        .map(|(_, name)| (*name).clone())
}

/// Prepositions that begin what hangs on the head of a subject: "a bridge below the dam".
const AFTER_HEAD: &[&str] = &[
    "at", "behind", "below", "beside", "between", "by", "for", "from", "in", "near", "next", "of",
    "on", "outside", "under", "with",
];

/// Determiners that bring somebody in who was not spoken of before.
const NEW: &[&str] = &[
    "a", "an", "another", "many", "most", "other", "several", "some",
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
    let noun = &*vocabulary.word(tokens[head].word).stem;
    let clause_start = start == 0 || bounds(start - 1);
    let counted =
        tokens[start].value().is_some() && head > start && !tokens[head].is(Classes::UNIT_NOUN);
    let brings = is_listed(NEW, folded(start)) || counted;
    let named = (start + 1..=head).any(|i| tokens[i].capital && i == head);
    let new = clause_start && brings && head > start && !named;
    let anybody = is_listed(ANYBODY, noun) || is_listed(ANYBODY, folded(head));
    (new && !anybody && !tokens[head].is(Classes::STOP)).then_some(start..head + 1)
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
        let reports = |i: usize| {
            reading.tokens[i].is(Classes::SAID.or(Classes::REPORTING))
                || &*vocabulary.word(reading.tokens[i].word).folded == "that"
        };
        let before = names.iter().any(|other| {
            other.key == role.agent
                && other.last < name.first
                && !(other.last + 1..name.first).any(reports)
        });
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
