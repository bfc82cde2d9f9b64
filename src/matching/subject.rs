//! Whether a statement says of the subject of a wording what the wording says of it, or of somebody beside it: *Reyes's deputy resigned*,
//! *the man with Reyes was sacked*, *Reyes sacked the man*.

use std::ops::Range;

use crate::matching::plan::Wording;
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{is_adverb, is_passive, is_verb};
use crate::text::lexicon::Classes;
use crate::text::stem::names_act;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

/// Bytes from the end of a word to the next where a tail such as "'s" stands between, which makes no token: one for a space alone.
pub(super) const TAIL: usize = 3;

/// Those who stand beside somebody and do not act for them: what "Reyes's deputy" does is none of his doing. Not those who speak or act for
/// somebody, such as a spokesman, a lawyer, an army or an administration.
const COMPANIONS: &[&str] = &[
    "accomplice",
    "allies",
    "ally",
    "assistant",
    "bodyguard",
    "bodyguards",
    "boss",
    "boyfriend",
    "cat",
    "child",
    "children",
    "classmate",
    "coach",
    "colleague",
    "companion",
    "critic",
    "critics",
    "deputies",
    "deputy",
    "doctor",
    "dog",
    "dogs",
    "driver",
    "enemy",
    "ex",
    "fan",
    "fans",
    "fiance",
    "fiancee",
    "friend",
    "friends",
    "girlfriend",
    "horse",
    "killer",
    "nanny",
    "neighbor",
    "neighbour",
    "opponent",
    "opponents",
    "parents",
    "partner",
    "predecessor",
    "predecessors",
    "rival",
    "rivals",
    "roommate",
    "sons",
    "successor",
    "supporters",
    "teacher",
    "teammate",
    "victim",
    "victims",
    "widow",
];

/// Words between whose companion somebody is and the companion: "Reyes's former long-time deputy". One fewer or two more change no set.
pub(super) const OWNED: usize = 3;

/// Companions who may share a name.
const KIN: &[&str] = &[
    "aunt", "brother", "cousin", "daughter", "father", "husband", "mother", "nephew", "niece",
    "sister", "son", "uncle", "wife",
];

/// Prepositions whose object is no subject of what follows. Not those of place and kind: "officials in Norvik", "most of Norvik".
const BESIDE: &[&str] = &[
    "about", "above", "against", "behind", "below", "beside", "opposite", "outside", "with",
];

/// Verbs of judging what others did: who "condemned the shelling" shelled nobody.
const JUDGES: &[&str] = &[
    "condemned",
    "condemns",
    "criticised",
    "criticises",
    "criticized",
    "criticizes",
    "denounced",
    "denounces",
    "deplored",
    "deplores",
    "mourned",
    "mourns",
    "praised",
    "praises",
    "protested",
    "protests",
    "regrets",
    "regretted",
    "welcomed",
    "welcomes",
];

/// Words of an object that are looked at. One fewer or two more change no labelled set.
const OBJECT: usize = 4;

/// Words that begin an object.
const OBJECTS: &[&str] = &[
    "a", "an", "her", "him", "his", "its", "several", "the", "their", "them", "these", "this",
    "those",
];

/// Who or what it is of which the statement says what the wording says of its subject, where that is another one.
pub fn another(
    wording: &Wording,
    hits: &[(usize, Hit)],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Range<usize>> {
    let (subject, verb) = wording.tells_of?;
    let met = |unit: usize| hits.iter().find(|(u, _)| *u == unit).map(|(_, hit)| hit);
    let name = met(subject)?;
    let act = met(verb)?;
    let scene = Scene {
        tokens: &reading.tokens,
        vocabulary,
    };
    let is_held = |at: usize| {
        hits.iter()
            .any(|(_, hit)| (hit.first..=hit.last).contains(&at))
    };
    if let Some(theirs) = scene.their_companion(act)
        && !theirs.clone().any(is_held)
    {
        return Some(theirs);
    }
    if name.last >= act.first {
        return None;
    }
    let other = scene
        .companion(name, act)
        .or_else(|| scene.brought(name, act))
        .or_else(|| scene.judges(name, act))
        .or_else(|| scene.owner(act).filter(|owner| !owner.contains(&name.last)))
        .or_else(|| wording.undergoes.and_then(|_| scene.acts_itself(name, act)));
    other.filter(|other| !other.clone().any(is_held) || other.contains(&act.first))
}

/// Whether a statement says in the passive what a wording says of who does it, or the other way about: then its words stand in another
/// order.
pub fn turns_voice(
    wording: &Wording,
    hits: &[(usize, Hit)],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> bool {
    let met = |unit: usize| hits.iter().find(|(u, _)| *u == unit).map(|(_, hit)| hit);
    let passive = |act: &Hit| is_passive(vocabulary, &reading.tokens, act.first);
    if let Some((_, verb)) = wording.says_of {
        return met(verb).is_some_and(|act| passive(act) != (wording.undergoes == Some(verb)));
    }
    // Of a common noun, only where it stands behind the verb: "the budget was approved by *parliament*".
    let Some((subject, verb)) = wording.tells_of else {
        return false;
    };
    let acts = |act: &Hit| met(subject).is_some_and(|subject| subject.first > act.last);
    met(verb).is_some_and(|act| wording.undergoes != Some(verb) && passive(act) && acts(act))
}

/// The object behind the verb that ends at `verb`, where it brings in something new: "a goalkeeper", "two drawings".
pub fn new_object(tokens: &[Token], vocabulary: &Vocabulary, verb: usize) -> Option<Range<usize>> {
    let start = verb + 1;
    let first = tokens.get(start).filter(|token| token.is_word())?;
    let word = &*vocabulary.word(first.word).folded;
    let counted = first.value().is_some()
        && tokens
            .get(start + 1)
            .is_some_and(|next| next.is_word() && !next.is(Classes::UNIT_NOUN));
    if !matches!(word, "a" | "an" | "another") && !counted {
        return None;
    }
    noun_behind(tokens, vocabulary, start)
}

/// What begins at `start` and is brought in anew, or belongs to somebody: "a balloon", "its balloon".
pub fn new_noun(tokens: &[Token], vocabulary: &Vocabulary, start: usize) -> Option<Range<usize>> {
    let first = tokens.get(start).filter(|token| token.is_word())?;
    let word = &*vocabulary.word(first.word).folded;
    let new = matches!(
        word,
        "a" | "an" | "another" | "her" | "his" | "its" | "their"
    );
    new.then(|| noun_behind(tokens, vocabulary, start))?
}

/// A noun and what stands before it, behind the determiner at `start`.
fn noun_behind(tokens: &[Token], vocabulary: &Vocabulary, start: usize) -> Option<Range<usize>> {
    let ends = |i: &usize| {
        let token = &tokens[*i];
        token.is_word() && !token.is(Classes::STOP) && !token.is(Classes::AUXILIARY)
    };
    let noun = (start + 1..tokens.len()).take_while(ends).count();
    let end = start + 1 + noun;
    // "A bottle of it" is it.
    let part = tokens
        .get(end)
        .is_some_and(|next| &*vocabulary.word(next.word).folded == "of");
    (noun > 0 && noun <= OBJECT && !part).then_some(start..end)
}

pub(super) fn is_companion(word: &str) -> bool {
    is_listed(COMPANIONS, word) || is_listed(KIN, word)
}

struct Scene<'a> {
    tokens: &'a [Token],
    vocabulary: &'a Vocabulary,
}

impl Scene<'_> {
    fn folded(&self, at: usize) -> &str {
        &self.vocabulary.word(self.tokens[at].word).folded
    }

    /// Whether a word says no more of a verb than when and how: "has", "not", "reportedly".
    fn is_light(&self, at: usize) -> bool {
        let light = Classes::AUXILIARY.or(Classes::NEGDIR);
        // "Is to close", "is set to close".
        let to = self.folded(at) == "to"
            && at > 1
            && (self.tokens[at - 1].is(Classes::BE)
                || matches!(self.folded(at - 1), "due" | "set")
                    && self.tokens[at - 2].is(Classes::BE));
        let set = matches!(self.folded(at), "due" | "set")
            && at > 0
            && self.tokens[at - 1].is(Classes::BE);
        self.tokens[at].is_word()
            && (self.tokens[at].is(light)
                || to
                || set
                || is_adverb(self.folded(at)) && !is_companion(self.folded(at)))
    }

    /// Whether nothing but light words stands between.
    fn is_next(&self, name: &Hit, act: &Hit) -> bool {
        (name.last + 1..act.first).all(|i| self.is_light(i))
    }

    /// "Reyes's deputy", "the deputy of Reyes", before the verb.
    fn companion(&self, name: &Hit, act: &Hit) -> Option<Range<usize>> {
        let is_companion = |at: usize| is_companion(self.folded(at));
        let next = self.tokens.get(name.last + 1)?;
        let gap = next
            .span
            .start
            .saturating_sub(self.tokens[name.last].span.end);
        if gap >= TAIL && next.is_word() {
            let near = (name.last + 1..act.first).take(1 + OWNED);
            let mut words = near.take_while(|&i| self.tokens[i].is_word());
            let head = words.find(|&i| is_companion(i))?;
            let rest = self.behind_names(head + 1);
            return (rest..act.first)
                .all(|i| self.is_light(i))
                .then_some(name.last + 1..head + 1);
        }
        let before = (0..name.first)
            .rev()
            .find(|&i| !self.tokens[i].capital && self.folded(i) != "the")?;
        // "His brother Samuel Reyes".
        let whose = before.checked_sub(1).map(|i| &self.tokens[i]);
        let kin = is_listed(KIN, self.folded(before))
            && before + 1 < name.first
            && whose.is_some_and(|token| token.is(Classes::POSSESSIVE));
        if kin && self.is_next(name, act) {
            return Some(before..name.first);
        }
        let noun = before.checked_sub(1)?;
        let of = self.folded(before) == "of" && is_companion(noun);
        (of && self.is_next(name, act)).then_some(noun..noun + 1)
    }

    /// "*His brother* was acquitted", "her father, who was acquitted".
    fn their_companion(&self, act: &Hit) -> Option<Range<usize>> {
        let light =
            |i: &usize| self.is_light(*i) || self.tokens[*i].is_word() && self.folded(*i) == "who";
        let mut at = (0..act.first).rev().find(|i| !light(i))?;
        if self.tokens[at].is_mark(',') && self.folded(at + 1) == "who" {
            at = at.checked_sub(1)?;
        }
        let whose = at.checked_sub(1)?;
        let owned = self.tokens[whose].is(Classes::POSSESSIVE);
        (owned && is_companion(self.folded(at))).then_some(whose..at + 1)
    }

    /// Where a sentence goes on behind the names of somebody and what is told of them between commas: "*Paul, a cyclist,* has".
    fn behind_names(&self, from: usize) -> usize {
        let mut at = from;
        while self
            .tokens
            .get(at)
            .is_some_and(|token| token.is_word() && token.capital)
        {
            at += 1;
        }
        if self.tokens.get(at).is_some_and(|token| token.is_mark(',')) {
            let close = (at + 1..self.tokens.len()).find(|&i| !self.tokens[i].is_word());
            return close.map_or(at, |i| i + 1);
        }
        at
    }

    /// "Reyes condemned the sacking".
    fn judges(&self, name: &Hit, act: &Hit) -> Option<Range<usize>> {
        let verb = (name.last + 1..act.first).find(|&i| !self.is_light(i))?;
        let the = self.folded(act.first - 1) == "the";
        (the && is_listed(JUDGES, self.folded(verb))).then_some(verb..verb + 1)
    }

    /// Whose act a noun tells: "the *mechanic*'s resignation", "the resignation of the *mechanic*".
    fn owner(&self, act: &Hit) -> Option<Range<usize>> {
        if act.first != act.last || !names_act(self.folded(act.first)) {
            return None;
        }
        let before = act
            .first
            .checked_sub(1)
            .filter(|&i| self.tokens[i].is_word());
        let tail = |i: &usize| {
            self.tokens[act.first]
                .span
                .start
                .saturating_sub(self.tokens[*i].span.end)
                >= TAIL
        };
        if let Some(owner) = before.filter(tail) {
            return Some(owner..owner + 1);
        }
        let of = self
            .tokens
            .get(act.last + 1)
            .filter(|next| next.is_word())?;
        let of = &*self.vocabulary.word(of.word).folded == "of";
        let mut after = (act.last + 2..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let owner = after.find(|&i| !self.tokens[i].is(Classes::STOP))?;
        of.then_some(owner..owner + 1)
    }

    /// "Who worked with Reyes was sacked".
    fn brought(&self, name: &Hit, act: &Hit) -> Option<Range<usize>> {
        let before = (0..name.first)
            .rev()
            .find(|&i| !self.tokens[i].capital && self.folded(i) != "the")?;
        // "A bridge below the dam collapsed": what begins a clause is its subject.
        let start = (0..name.first).rev().find(|&i| !self.tokens[i].is_word());
        let first = self.folded(start.map_or(0, |i| i + 1));
        let has_verb = matches!(first, "a" | "an" | "the")
            || (name.last + 1..act.first).any(|i| self.tokens[i].is(Classes::AUXILIARY));
        if before == 0 || !has_verb || !self.is_next(name, act) {
            return None;
        }
        // "The pool next to Mill Street".
        let next_to = self.folded(before) == "to" && self.folded(before - 1) == "next";
        let before = if next_to { before - 1 } else { before };
        if before > 0 && (next_to || is_listed(BESIDE, self.folded(before))) {
            return Some(before - 1..before);
        }
        // "The chairman who had hired Reyes has resigned".
        if !is_verb(self.vocabulary, self.tokens, before) {
            return None;
        }
        let mut clause = (1..before).rev().take_while(|&i| self.tokens[i].is_word());
        let who = clause.find(|&i| matches!(self.folded(i), "that" | "which" | "who"))?;
        let mut own = who + 1..before;
        own.all(|i| self.is_light(i)).then(|| who - 1..who)
    }

    /// "Reyes sacked the man", where the wording has Reyes sacked.
    fn acts_itself(&self, name: &Hit, act: &Hit) -> Option<Range<usize>> {
        let gets = (name.last + 1..act.first).any(|i| {
            self.tokens[i].is(Classes::BE)
                || matches!(self.folded(i), "get" | "gets" | "got" | "getting")
        });
        let passive = gets || is_passive(self.vocabulary, self.tokens, act.first);
        let object = self.tokens.get(act.last + 1).is_some_and(|next| {
            next.value().is_some()
                || next.is_word() && is_listed(OBJECTS, self.folded(act.last + 1))
        });
        (!passive && object && self.is_next(name, act)).then_some(act.last + 1..act.last + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [COMPANIONS, KIN, BESIDE, OBJECTS, JUDGES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
