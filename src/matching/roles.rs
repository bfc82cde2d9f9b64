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
    /// "closed Norvik": the verb is done to it.
    Befalls,
}

/// A noun or verb of a wording and the name that hangs on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bond {
    /// The name.
    pub name: Key,
    /// The noun or verb.
    pub noun: Key,
    /// How they hang together.
    pub tie: Tie,
}

/// Prepositions that tie a name to the noun before it.
const TIES: &[&str] = &[
    "about", "against", "at", "by", "for", "from", "in", "near", "of", "on", "over", "to", "with",
];

/// Those among them by which a name is a party to what the noun tells, and no place or time.
const PARTY_TIES: &[&str] = &["against", "by", "for", "over", "to", "with"];

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

/// Words between a verb and the name that it is done to: "killed at least 25".
const OBJECT_REACH: usize = 4;

/// Whether a name is what the verb is done to: the verb is active, and only small words and numbers part them. Both are given by their
/// first and last token.
pub fn befalls(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    verb: (usize, usize),
    name: (usize, usize),
) -> bool {
    let small = |i: usize| {
        let token = &tokens[i];
        let brings = token.value().is_some()
            || !token.is(Classes::AUXILIARY.or(Classes::BOUND).or(Classes::SAID))
                && !is_listed(PARTING, &vocabulary.word(token.word).folded);
        token.is_word() && brings && (token.is(Classes::STOP) || token.value().is_some())
    };
    if is_listed(RECIPROCAL, &vocabulary.word(tokens[verb.0].word).folded) {
        return false;
    }
    if is_passive(vocabulary, tokens, verb.0) {
        let brought = brought_by(vocabulary, tokens, name.0).is_some();
        return !brought && passive_subject(vocabulary, tokens, verb.0, name.1);
    }
    let between = verb.1 + 1..name.0;
    verb.1 < name.0
        && stands_alone(tokens, name.1)
        && between.len() <= OBJECT_REACH
        && between.into_iter().all(small)
        && is_act(vocabulary, tokens, verb.0)
}

/// Whether a name that ends at `name` stands right before a passive verb: "Norvik was never closed".
fn passive_subject(vocabulary: &Vocabulary, tokens: &[Token], verb: usize, name: usize) -> bool {
    name < verb
        && (name + 1..verb).all(|i| {
            let idle = tokens[i].is(Classes::AUXILIARY.or(Classes::NEGDIR));
            idle || is_adverb(&vocabulary.word(tokens[i].word).folded)
        })
}

/// The preposition that brings a name: "with Norvik", "to the Norvik". Those of places are all "in".
pub fn brought_by(vocabulary: &Vocabulary, tokens: &[Token], name: usize) -> Option<&'static str> {
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let article = name > 0 && matches!(folded(name - 1), "a" | "an" | "the");
    let before = folded(name.checked_sub(1 + usize::from(article))?);
    if is_listed(PLACES, before) {
        return Some("in");
    }
    TIES.iter().find(|tie| **tie == before).copied()
}

/// Prepositions of places.
const PLACES: &[&str] = &["at", "in", "inside", "into", "near"];

/// The name with which a sentence begins as its subject: the first one, before any verb and brought by no preposition.
pub fn subject<'n>(
    vocabulary: &Vocabulary,
    tokens: &[Token],
    names: &'n [Named],
) -> Option<&'n Named> {
    let first = names.iter().min_by_key(|name| name.first)?;
    let before = (0..first.first).any(|i| tokens[i].is_word() && is_verb(vocabulary, tokens, i));
    let brought = brought_by(vocabulary, tokens, first.first).is_some();
    (!before && !brought).then_some(first)
}

/// Verbs that both do to each other, so that it tells nothing who comes first.
const RECIPROCAL: &[&str] = &[
    "date",
    "dated",
    "dating",
    "divorce",
    "divorced",
    "divorcing",
    "married",
    "marry",
    "marrying",
    "meet",
    "meeting",
    "merge",
    "merged",
    "merging",
    "met",
    "wed",
    "wedding",
];

/// Small words after which no object of the verb before stands.
const PARTING: &[&str] = &[
    "about",
    "according",
    "against",
    "allegedly",
    "also",
    "amid",
    "among",
    "and",
    "around",
    "at",
    "by",
    "during",
    "for",
    "from",
    "in",
    "into",
    "not",
    "of",
    "on",
    "or",
    "over",
    "per",
    "reportedly",
    "so",
    "that",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "via",
    "what",
    "which",
    "whose",
    "why",
    "with",
    "without",
];

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
    let verb = (1..tokens.len()).find(|&i| tokens[i].is(says))?;
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

/// Who acts in a reported clause by "it": "Ada let Ben know that it would leave" has Ada leave.
fn reported<'n>(
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
    if is_clipped(vocabulary, tokens, predicate) {
        return None;
    }
    let participle = is_participle(folded(predicate));
    if let Some(name) = reported(vocabulary, tokens, predicate, names) {
        return Some(name);
    }
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
    if let Some(other) = crossed(claim, position, &names, reading, vocabulary) {
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
    other.or_else(|| spoken_of(position, fired, &names, reading, vocabulary))
}

/// Whom a statement speaks of in the words of somebody who is the only one that acts in the wordings: "Ada said that Ben would stay" for
/// a position that Ada stays. The wording that fired names nobody, and none of the position names the other.
fn spoken_of(
    position: &PositionPlan,
    fired: &Wording,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let wordings = || position.wordings.iter();
    let mut agents = wordings().filter_map(|wording| Some(&wording.role.as_ref()?.agent));
    let own = agents.next()?;
    if agents.any(|agent| agent != own) || fired.units.iter().any(is_name) {
        return None;
    }
    let tokens = &reading.tokens;
    let reports = |i: usize| tokens[i].is(Classes::SAID.or(Classes::REPORTING));
    let known = |name: &Named| {
        let mut units = wordings().flat_map(|wording| &wording.units);
        units.any(|unit| unit.key == name.key)
    };
    let speaks = |name: &Named| {
        names.iter().any(|other| {
            other.key == *own
                && other.last < name.first
                && (other.last + 1..name.first).any(reports)
        })
    };
    let mut hits = Vec::new();
    fired.units.iter().find_map(|unit| {
        reading.hits(unit, &mut hits);
        let verb = hits
            .iter()
            .find(|hit| is_verb(vocabulary, tokens, hit.first))?;
        let name = acting(vocabulary, tokens, verb.first, names)?;
        let there = beside(vocabulary, tokens, name, verb.first);
        (there && !known(name) && speaks(name)).then(|| name.clone())
    })
}

/// A place in what a sentence tells that a name can fill: who does something, on which noun or verb the name hangs, who
/// speaks, with whom the sentence begins, or which preposition brings the name.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Acts(Key),
    Hangs(Key, Tie),
    Speaks,
    Begins,
    Follows(&'static str),
}

/// Where two names of the position have changed places: each stands in the statement where its wordings have the other, and never
/// there in them. Gives the first.
fn crossed(
    claim: &ClaimPlan,
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
        own.extend(wording.speaker.iter().map(|name| (Slot::Speaks, name)));
        own.extend(wording.subject.iter().map(|name| (Slot::Begins, name)));
        let brought = wording.brought.iter();
        own.extend(brought.map(|(preposition, name)| (Slot::Follows(preposition), name)));
        for unit in &wording.units {
            if !is_name(unit) && units.iter().all(|other| other.key != unit.key) {
                units.push(unit);
            }
        }
    }
    let tokens = &reading.tokens;
    let speaker = speaker(vocabulary, tokens, names).map(|name| (Slot::Speaks, name));
    let subject = subject(vocabulary, tokens, names).map(|name| (Slot::Begins, name));
    let mut told: Vec<(Slot, &Named)> = speaker.into_iter().chain(subject).collect();
    told.extend(names.iter().filter_map(|name| {
        let preposition = brought_by(vocabulary, tokens, name.first)?;
        Some((Slot::Follows(preposition), name))
    }));
    // Who is sure to act, because a clause is reported of the sentence's subject.
    let mut reported: Vec<(Key, &Named)> = Vec::new();
    // Who may be meant as what a verb is done to.
    let mut perhaps: Vec<(Slot, &Named)> = Vec::new();
    for name in names
        .iter()
        .filter(|name| is_reported(name, reading, vocabulary))
    {
        let suffered = own.iter().map(|(slot, _)| slot);
        let suffered = suffered.filter(|slot| matches!(slot, Slot::Hangs(_, Tie::Befalls)));
        perhaps.extend(suffered.map(|slot| (slot.clone(), name)));
    }
    let mut hits = Vec::new();
    for unit in units {
        reading.hits(unit, &mut hits);
        for hit in &hits {
            for name in names {
                let (noun, place) = ((hit.first, hit.last), (name.first, name.last));
                if befalls(vocabulary, &reading.tokens, noun, place) {
                    told.push((Slot::Hangs(unit.key.clone(), Tie::Befalls), name));
                } else if let Some(tie) = tie(vocabulary, &reading.tokens, noun, place) {
                    told.push((Slot::Hangs(unit.key.clone(), tie), name));
                }
            }
            if is_verb(vocabulary, &reading.tokens, hit.first)
                && let Some(name) = acting(vocabulary, &reading.tokens, hit.first, names)
            {
                if self::reported(vocabulary, tokens, hit.first, names).is_some() {
                    reported.push((unit.key.clone(), name));
                }
                told.push((Slot::Acts(unit.key.clone()), name));
            }
        }
    }
    let has = |slot: &Slot, key: &Key| own.iter().any(|(s, k)| s == slot && *k == key);
    let expects = |slot: &Slot, key: &Key| !has(slot, key) && own.iter().any(|(s, _)| s == slot);
    // "Support for Ada" where the wordings have support for Ben: he is named too, and hangs on no support.
    let ousts = |slot: &Slot, name: &Named| {
        let noun = match slot {
            Slot::Hangs(noun, Tie::Befalls) => noun,
            Slot::Hangs(noun, Tie::By(preposition))
                if is_listed(PARTY_TIES, &vocabulary.word(*preposition).folded) =>
            {
                noun
            }
            _ => return false,
        };
        let rightful = |other: &&Named| has(slot, &other.key);
        let hangs = |other: &Named| {
            let mut slots = told.iter().filter(|(_, told)| told.key == other.key);
            slots.any(|(slot, _)| matches!(slot, Slot::Hangs(there, _) if there == noun))
        };
        !is_thing(claim, &name.key)
            && stands_alone(&reading.tokens, name.last)
            && names.iter().any(|other| rightful(&other))
            && names
                .iter()
                .filter(rightful)
                .all(|other| !hangs(other) && !together(name, other, reading, vocabulary))
    };
    // "Killed Ada" where the wordings have Ada kill another.
    let suffers = |slot: &Slot, name: &Named| {
        let Slot::Hangs(verb, Tie::Befalls) = slot else {
            return false;
        };
        stands_alone(&reading.tokens, name.last) && has(&Slot::Acts(verb.clone()), &name.key)
    };
    let changed = |slot: &Slot, name: &Named| {
        told.iter().any(|(there, other)| {
            other.key != name.key
                && has(slot, &other.key)
                && has(there, &name.key)
                && !has(there, &other.key)
        })
    };
    let surely = told.iter().find(|(slot, name)| {
        expects(slot, &name.key)
            && (ousts(slot, name) || suffers(slot, name) || changed(slot, name))
    });
    let perhaps = || {
        perhaps
            .iter()
            .find(|(slot, name)| expects(slot, &name.key) && changed(slot, name))
    };
    let presumed = reported.iter().find(|(verb, name)| {
        let wordings = position.wordings.iter();
        let acts = || wordings.clone().flat_map(|wording| &wording.acts);
        let does = |who: &Key| acts().any(|(act, agent)| act == verb && agent == who);
        !does(&name.key) && names.iter().any(|other| does(&other.key))
    });
    let named = surely.or_else(perhaps).map(|(_, name)| *name);
    named.or(presumed.map(|(_, name)| *name)).cloned()
}

/// Whether reports are told of what befalls a name, by a noun after it: "rumours of a Norvik takeover".
fn is_reported(name: &Named, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let tokens = &reading.tokens;
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let article = name.first > 0 && matches!(folded(name.first - 1), "a" | "an" | "the");
    let of = name.first.checked_sub(1 + usize::from(article));
    let noun = tokens.get(name.last + 1);
    noun.is_some_and(|next| next.is_word() && !next.is(Classes::STOP))
        && of.is_some_and(|of| of > 0 && folded(of) == "of" && tokens[of - 1].is(Classes::SPEECH))
}

/// Whether a name has a number in it, as things have and parties have not.
fn is_thing(claim: &ClaimPlan, key: &Key) -> bool {
    let numbered = |name: &str| name.contains(|c: char| c.is_ascii_digit());
    match key {
        Key::Concept(concept) => {
            numbered(&claim.claim.aliases[(concept - claim.concepts.start) as usize].canonical)
        }
        Key::Stem(stem) => numbered(stem),
        Key::Number(_) | Key::Unknown => true,
    }
}

/// Whether a name surely stands for itself: in "Ada's firm" and "the Turkish coast" it only tells whose or which.
fn stands_alone(tokens: &[Token], last: usize) -> bool {
    let next = tokens.get(last + 1);
    next.is_none_or(|next| !next.is_word() || next.is(Classes::STOP))
}

/// Whether two names are told in one breath: "Ada, Ben and Cleo".
fn together(a: &Named, b: &Named, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let (left, right) = if a.last < b.first { (a, b) } else { (b, a) };
    let tokens = &reading.tokens;
    let joins = |i: usize| joins(vocabulary, tokens, i);
    // "To Ada and to Ben".
    let again = |i: usize| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        joins(i) || is_listed(TIES, word) || matches!(word, "a" | "an" | "the")
    };
    let mut between = left.last + 1..right.first;
    between.clone().all(joins) || between.next().is_some_and(joins) && between.all(again)
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
                && together(other, name, reading, vocabulary)
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
