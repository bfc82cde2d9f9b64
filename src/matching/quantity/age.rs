//! Whose age a number is.

use crate::matching::quantity::{Quantity, Scene};
use crate::text::amount::{Amount, Kind, OLDEST};

/// Words between an age and the name whose it is: "80-year-old retired baker". One fewer or two more change no labelled set.
const AGED: usize = 4;

impl Quantity {
    /// "Lena Sand, 49, ...": whether an age stands right behind the name of whom the claim is about.
    pub(super) fn is_named(&self, amount: &Amount, scene: &Scene) -> bool {
        let tokens = &scene.reading.tokens;
        let age = scene.token_at(amount.span.start);
        // "Lena Sand, who is 49"
        let who =
            matches!(scene.word_before(age, 1), "is" | "was") && scene.word_before(age, 2) == "who";
        let age = if who { age - 2 } else { age };
        let mut name = (0..age.saturating_sub(1))
            .rev()
            .take_while(|&i| tokens[i].capital || tokens[i].is_mark('"'));
        name.any(|i| scene.about[i])
    }

    /// Whether a bare number is said to be the age of the subject: "Ida Brandt is 17", "turned 17", "at 17, Ida Brandt".
    pub(super) fn is_told_age(&self, amount: &Amount, scene: &Scene) -> bool {
        if amount.kind != Kind::Plain
            || !(1.0..=OLDEST).contains(&amount.value)
            || amount.noun_span.is_some()
        {
            return false;
        }
        let first = scene.token_at(amount.span.start);
        let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        let ends = scene
            .reading
            .tokens
            .get(next)
            .is_none_or(|next| !next.is_word());
        let ends = ends || matches!(scene.word_at(next), "and" | "at" | "but" | "when");
        let is_subject_at = |at: usize| scene.is_subject(at);
        let name_before = first.checked_sub(2);
        match scene.word_before(first, 1) {
            "is" | "was" => ends && name_before.is_some_and(is_subject_at),
            "turned" | "turns" => name_before.is_some_and(is_subject_at),
            "at" => first == 1 && ends && (next + 1..next + 3).any(is_subject_at),
            _ => false,
        }
    }
}

impl Scene<'_> {
    /// "The quarry master, who is 52 years old", "a nine-year-old girl found the fossil": whether an age is that of somebody or something that
    /// the claim is not about.
    pub(super) fn is_of_stranger(&self, first: usize, next: usize) -> bool {
        let is = |at: usize| self.is_subject(at) || self.counted.get(at).is_some_and(|is| *is);
        let related = matches!(self.word_before(first, 1), "are" | "is" | "was" | "were")
            && matches!(self.word_before(first, 2), "that" | "which" | "who");
        if related {
            let mut before = (0..first - 2)
                .rev()
                .filter(|&i| self.reading.tokens[i].is_word());
            return before.next().is_some_and(|antecedent| !is(antecedent));
        }
        let new = matches!(self.word_before(first, 1), "a" | "an")
            && (next..next + 2).all(|i| self.word_at(i).is_empty() || !is(i));
        new && !self.word_at(next).is_empty() && (0..first).any(|i| self.is_subject(i))
    }

    /// "The 34-year-old Lena Sand": whether what the claim is about stands right there.
    pub(super) fn is_subject(&self, at: usize) -> bool {
        self.about.get(at).is_some_and(|is| *is)
    }

    /// Whether an age that ends before `next` is that of a name which no entry looks for: "the 80-year-old baker Karl Roth".
    pub(super) fn is_of_another(&self, next: usize) -> bool {
        let tokens = &self.reading.tokens;
        let words = (next..tokens.len()).take_while(|&i| tokens[i].is_word());
        let mut words = words.skip_while(|&i| !tokens[i].capital && !self.counted[i]);
        let (nearest, far) = (words.next(), next + AGED);
        nearest.filter(|&i| i < far).is_some_and(|first| {
            // A nickname may stand in it: "26-year-old Ada \"Star\" Roth".
            let mut name = (first..tokens.len())
                .take_while(|&i| tokens[i].capital || self.counted[i] || tokens[i].is_mark('"'));
            name.all(|i| !self.counted[i] && !self.is_subject(i))
        })
    }
}
