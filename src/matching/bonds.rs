//! How names hang on nouns and verbs: "Norvik's offer", "an offer for Norvik", "closed Norvik".

use crate::matching::roles::{TIES, brought_by, is_act, is_adverb, is_passive};
use crate::matching::unit::Key;
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary, WordId};
use crate::text::word_list::is_listed;

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

/// Those among them by which a name is a party to what the noun tells, and no place or time.
pub(super) const PARTY_TIES: &[&str] = &["against", "by", "for", "over", "to", "with"];

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

/// Whether a name surely stands for itself: in "Ada's firm" and "the Turkish coast" it only tells whose or which.
pub fn stands_alone(tokens: &[Token], last: usize) -> bool {
    let next = tokens.get(last + 1);
    next.is_none_or(|next| !next.is_word() || next.is(Classes::STOP))
}
