//! Compounds that are written in one word, with a hyphen or in two: *ceasefire*, *cease-fire* and *cease fire*; *shutdown* and *shut down*.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::token::Word;
use crate::text::word_list::is_listed;

/// Letters of the shortest compound: "email".
const SHORTEST: usize = 5;
/// Letters of each of two words that only a space parts: with less, "to day" and "in come" would be compounds. 2 and 4 change no labelled set.
const PART: usize = 3;
/// Letters of what follows a hyphen.
const TAIL: usize = 2;

/// What is done where the verb and its particle are written apart: "shut down". Of nouns that mean something else than their verb, such
/// as *turnout* and *makeup*, none is here.
const OF_VERBS: &[&str] = &[
    "backdown",
    "bailout",
    "blackout",
    "breakdown",
    "breakout",
    "breakup",
    "buildup",
    "burnout",
    "buyout",
    "clampdown",
    "cleanup",
    "closedown",
    "coverup",
    "crackdown",
    "cutback",
    "drawdown",
    "dropout",
    "handover",
    "kickoff",
    "layoff",
    "liftoff",
    "lockdown",
    "lockout",
    "meltdown",
    "payoff",
    "payout",
    "phaseout",
    "pullback",
    "pullout",
    "rollback",
    "rollout",
    "selloff",
    "sellout",
    "shutdown",
    "shutoff",
    "slowdown",
    "spinoff",
    "takeoff",
    "takeover",
    "tipoff",
    "walkout",
    "wipeout",
];

/// Whether words of such classes may be the parts of a compound: small words are none but behind a hyphen, and particles.
pub fn may_join(first: Classes, second: Classes, hyphen: bool) -> bool {
    hyphen || !first.any(Classes::STOP) && (!second.any(Classes::STOP) || second.any(Classes::SOFT))
}

/// What belongs to words, by stem: lists with numbers of their own.
#[derive(Clone, Debug)]
pub struct Stems<T> {
    numbers: BTreeMap<Box<str>, u32>,
    lists: Vec<Vec<T>>,
}

impl<T> Default for Stems<T> {
    fn default() -> Self {
        Stems {
            numbers: BTreeMap::new(),
            lists: Vec::new(),
        }
    }
}

impl<T> Stems<T> {
    /// The list of a stem, which is empty where the stem is new.
    pub fn entry(&mut self, stem: &str) -> &mut Vec<T> {
        let next = self.lists.len() as u32;
        let number = *self.numbers.entry(stem.into()).or_insert(next);
        if number == next {
            self.lists.push(Vec::new());
        }
        &mut self.lists[number as usize]
    }

    /// What belongs to a stem.
    pub fn of(&self, stem: &str) -> &[T] {
        let number = self.numbers.get(stem);
        number.map_or(&[], |number| self.at(*number))
    }

    /// What belongs to the stem with this number.
    pub fn at(&self, number: u32) -> &[T] {
        &self.lists[number as usize]
    }

    /// The number of the compound of which two neighbouring words are the parts, where it is there in one word.
    pub fn joined(&self, first: &Word, second: &Word, hyphen: bool) -> Option<u32> {
        let stem = stem_of(first, second, hyphen)?;
        self.numbers.get(stem.as_str()).copied()
    }

    /// Whether a word may begin a compound that is there in one word; `false` is sure.
    pub fn may_begin(&self, word: &Word) -> bool {
        let begins = |start: &str| {
            let behind = (Bound::Excluded(start), Bound::Unbounded);
            let next = self.numbers.range::<str, _>(behind).next();
            next.is_some_and(|(stem, _)| stem.starts_with(start))
        };
        begins(&word.folded) || word.stem != word.folded && begins(&word.stem)
    }
}

/// The stem that two neighbouring words have as one: that of a verb with its particle, or of a compound. It depends on nothing but the two, so
/// that what one claim meets depends on no other.
pub fn stem_of(first: &Word, second: &Word, hyphen: bool) -> Option<String> {
    if first.chars + second.chars < SHORTEST || first.numeral || second.numeral {
        return None;
    }
    let whole = |word: &Word| word.chars >= PART && !word.classes.any(Classes::STOP);
    let act = || {
        let forms = [
            format!("{}{}", first.stem, second.folded),
            format!("{}e{}", first.stem, second.folded),
        ];
        let act = forms.into_iter().find(|form| is_listed(OF_VERBS, form))?;
        Some(stem(&act))
    };
    let does = whole(first) && second.classes.any(Classes::SOFT);
    let joins = hyphen && second.chars >= TAIL || whole(first) && whole(second);
    let act = if does { act() } else { None };
    act.or_else(|| joins.then(|| format!("{}{}", first.folded, second.stem)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::Vocabulary;

    fn is_one(one: &str, apart: &str) -> bool {
        let mut vocabulary = Vocabulary::default();
        let word = vocabulary.intern(one);
        let tokens = vocabulary.tokenize(apart);
        let stem = vocabulary.word(word).stem.clone();
        let mut there = Stems::default();
        there.entry(&stem).push(());
        let [first, second] = [0, 1].map(|at: usize| vocabulary.word(tokens[at].word));
        let found = there.joined(first, second, tokens[1].hyphen).is_some();
        let joins = may_join(first.classes, second.classes, tokens[1].hyphen);
        assert!(!found || joins && there.may_begin(first), "{apart}");
        found
    }

    #[test]
    fn a_compound_may_be_written_in_two_words() {
        for (one, apart) in [
            ("ceasefire", "cease-fire"),
            ("ceasefires", "cease fire"),
            ("airstrike", "air strikes"),
            ("cooperate", "co-operated"),
            ("reelected", "re-elected"),
            ("email", "e-mails"),
            ("takeover", "took over"),
            ("layoffs", "laid off"),
            ("shutdown", "shut down"),
            ("closedown", "closing down"),
            ("buyout", "buy-out"),
        ] {
            assert!(is_one(one, apart), "{one} {apart}");
        }
    }

    #[test]
    fn not_all_neighbours_are_a_compound() {
        for (one, apart) in [
            ("income", "in come"),
            ("today", "to day"),
            ("turnout", "turned out"),
            ("makeup", "made up"),
            ("nobody", "no body"),
            ("airstrike", "air raid"),
        ] {
            assert!(!is_one(one, apart), "{one} {apart}");
        }
    }

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        assert!(OF_VERBS.is_sorted());
    }
}
