//! Figures without a noun that a sentence sets against the number of the one before: "The union counted 40 dead. *Police put the number at 28*."

use crate::matching::quantity::heir::{GIVEN, same_kind};
use crate::matching::quantity::place::TOTALS;
use crate::matching::quantity::unfit::AROUND;
use crate::matching::quantity::{Noun, Quantity, Scene};
use crate::matching::reading::Reading;
use crate::text::amount::{Amount, Kind};
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Statements after a number in which a figure is held against it. 1 and 3 change no labelled set.
pub(in crate::matching) const NEXT: usize = 2;
/// Words from the beginning of a sentence to the verb by which somebody gives a figure. Half as many again change no labelled set.
const PARTY: usize = 8;
/// Words between such a verb and its figure: "put the number of them at". 8 changes no labelled set.
const GAP: usize = 5;
/// A figure is at most so many times the number that it is held against, and at least such a part. 5 and 20 change no labelled set.
const ALIKE: f64 = 10.0;

/// Words between a figure and what it is called, or the verb that gives it.
const TO_FIGURE: &[&str] = &[
    "at", "is", "it", "now", "of", "that", "the", "their", "them", "to", "was",
];

/// Whether a figure is called so: "the department's *figure* of three".
fn is_called(word: &str) -> bool {
    is_listed(TOTALS, word) || matches!(word, "estimate" | "number")
}

impl Quantity {
    /// The figures of a sentence that stand for what `before` counts.
    pub(in crate::matching) fn figures(
        &self,
        before: &Amount,
        sentence: &str,
        reading: &Reading,
        vocabulary: &Vocabulary,
    ) -> Vec<Amount> {
        let scene = self.scene(sentence, reading, vocabulary);
        let is_figure = |amount: &&Amount| {
            let bare = amount.kind == Kind::Plain && self.noun(amount, &scene) == Noun::Missing;
            let own = same_kind(before, amount);
            let kind = if amount.kind == Kind::Plain {
                bare && (own || matches!(before.kind, Kind::Currency(_) | Kind::Percent))
            } else {
                own
            };
            let times = amount.value / before.value;
            kind && (ALIKE.recip()..=ALIKE).contains(&times)
                && self.unfit(amount, &scene).is_none()
                && scene.gives_figure(amount)
        };
        scene.amounts.iter().filter(is_figure).cloned().collect()
    }
}

impl Scene<'_> {
    /// Whether somebody gives a number as a figure, or it is called one.
    fn gives_figure(&self, amount: &Amount) -> bool {
        let tokens = &self.reading.tokens;
        let first = self.token_at(amount.span.start);
        let next = self.token_at(amount.span.end.saturating_sub(1)) + 1;
        let gives = |i: usize| {
            tokens[i].is(Classes::SAID.or(Classes::REPORTING)) || is_listed(GIVEN, self.word(i))
        };
        let closes = next >= tokens.len() || !tokens[next].is_word();
        let according = self.word_at(next) == "according";
        if !closes && !according {
            return false;
        }
        let light = |i: &usize| is_listed(AROUND, self.word(*i));
        let opens = (0..first).rev().find(|i| !light(i)).is_none();
        // "Eight, says the union", "28, according to the police"
        let behind = next + usize::from(next < tokens.len() && tokens[next].is_mark(','));
        if opens {
            return according
                || behind > next
                    && behind < tokens.len()
                    && (gives(behind) || self.word(behind) == "according");
        }
        let between = |i: &usize| {
            let word = self.word(*i);
            light(i) || is_called(word) || is_listed(TO_FIGURE, word)
        };
        let mut near = (first.saturating_sub(GAP)..first).rev();
        let stop = near.find(|i| !between(i));
        let called = (stop.map_or(0, |stop| stop + 1)..first)
            .any(|i| is_called(self.word(i)) && i + 1 < first);
        // "The police said 28", "they put the number at 28"
        let given = stop.is_some_and(|verb| {
            let party = (0..verb).all(|i| tokens[i].is_word() && tokens[i].value().is_none());
            gives(verb) && (1..=PARTY).contains(&verb) && party
        });
        called || given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        assert!(TO_FIGURE.is_sorted());
    }
}
