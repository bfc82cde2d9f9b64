//! Numbers without a noun that take over what the sentence counted before.

use crate::matching::quantity::{Counted, Noun, Quantity, Scene};
use crate::text::amount::{Amount, Kind};
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;
use crate::text::word_list::is_listed;

/// Tokens before a number among which the verb stands that gives it: "which he later raised to about 22".
const NEAR: usize = 4;
/// Tokens between a number whose verb is left out and the mark before its subject: ", the rebels in the north of 22".
const GAP: usize = 7;
/// Tokens of a second party with what it says. Half as many again change no labelled set.
const PARTY: usize = 8;
/// What is left of the score of the number whose noun is taken over.
const INHERITED: f64 = 0.85;

/// Verbs that put one figure in the place of another.
const REVISED: &[&str] = &[
    "adjusted",
    "changed",
    "corrected",
    "cut",
    "downgraded",
    "increased",
    "lifted",
    "lowered",
    "raised",
    "reduced",
    "revised",
    "updated",
    "upgraded",
    "upped",
];

/// Verbs that give a figure.
pub(super) const GIVEN: &[&str] = &[
    "cite",
    "cited",
    "cites",
    "claim",
    "claimed",
    "claims",
    "count",
    "counted",
    "counts",
    "estimate",
    "estimated",
    "estimates",
    "gave",
    "give",
    "gives",
    "mention",
    "mentioned",
    "mentions",
    "name",
    "named",
    "names",
    "put",
    "puts",
    "report",
    "reported",
    "reports",
    "said",
    "say",
    "says",
    "speak",
    "speaks",
    "spoke",
    "talk",
    "talked",
    "talks",
];

impl Quantity {
    /// The numbers without a noun that a verb puts in the place of an answer ("17, a figure that she raised to 22") or against it
    /// ("four million, while the firm speaks of six million"; "the army spoke of 17 dead, the rebels of 40"; "31, and 14 according to
    /// the police").
    pub(super) fn heirs(&self, found: &[Counted], scene: &Scene) -> Vec<Counted> {
        let mut heirs: Vec<Counted> = Vec::new();
        for amount in &scene.amounts {
            let is_taken = found
                .iter()
                .any(|counted| counted.amount.span == amount.span);
            if is_taken
                || self.unfit(amount, scene).is_some()
                || !self.is_wanted(amount, scene)
                || self.noun(amount, scene) != Noun::Missing
            {
                continue;
            }
            let before = found
                .iter()
                .rfind(|counted| counted.amount.span.end <= amount.span.start);
            let Some(testator) = before.filter(|testator| same_kind(&testator.amount, amount))
            else {
                continue;
            };
            let from = scene.token_at(testator.amount.span.end);
            let at = scene.token_at(amount.span.start);
            let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
            let heir = amount.elliptic
                || scene.is_second_party(
                    scene.token_at(testator.amount.span.start),
                    from,
                    at,
                    next,
                )
                || scene.is_revised(from, at)
                || scene.is_held_against(from, at)
                || scene.is_according_to_others(from, at, next)
                || scene.is_gapped(scene.token_at(testator.amount.span.start), from, at);
            if heir {
                heirs.push(Counted {
                    amount: amount.clone(),
                    score: testator.score * INHERITED,
                    ..testator.clone()
                });
            }
        }
        heirs
    }
}

impl Scene<'_> {
    /// "... raised to 22".
    fn is_revised(&self, from: usize, at: usize) -> bool {
        let start = at.saturating_sub(NEAR).max(from);
        let near = start..at;
        let to = near.clone().rfind(|&i| self.word(i) == "to");
        to.is_some_and(|to| (start..to).any(|i| is_listed(REVISED, self.word(i))))
    }

    /// "..., and 22 according to others"
    fn is_according_to_others(&self, from: usize, at: usize, next: usize) -> bool {
        self.word_at(next) == "according"
            && self.word_at(next + 1) == "to"
            && (from..at).any(|i| self.word(i) == "and")
    }

    /// "The army spoke of 17, the rebels of 22": the verb is left out.
    fn is_gapped(&self, testator: usize, from: usize, at: usize) -> bool {
        let preposition = self.word_before(at, 1);
        matches!(preposition, "of" | "at")
            && self.word_before(testator, 1) == preposition
            && (at.saturating_sub(GAP).max(from)..at).any(|i| matches!(self.word(i), "," | ";"))
    }

    /// "The union counts 40, *the company 28*", "41 are missing; *the army speaks of 60*".
    fn is_second_party(&self, testator: usize, from: usize, at: usize, next: usize) -> bool {
        let tokens = &self.reading.tokens;
        let gives = |i: usize| {
            tokens[i].is(Classes::SAID.or(Classes::REPORTING)) || is_listed(GIVEN, self.word(i))
        };
        let ends = tokens.get(next).is_none_or(|token| !token.is_word());
        let opens = |i: &usize| {
            tokens[*i].is_mark(',')
                || tokens[*i].is_mark(';')
                || matches!(self.word(*i), "while" | "whereas")
        };
        let Some(mark) = (from..at).rfind(opens) else {
            return false;
        };
        let party = mark + 1..at;
        let named = party.clone().any(|i| {
            tokens[i].capital
                || matches!(
                    self.word(i),
                    "her" | "his" | "its" | "other" | "others" | "the" | "their"
                )
        });
        let silent = party
            .clone()
            .all(|i| !may_be_past(self.word(i)) && !tokens[i].is(Classes::AUXILIARY));
        let spoken = party.clone().any(gives);
        ends && named && party.len() <= PARTY && (0..testator).any(gives) && (silent || spoken)
    }

    /// "..., while others speak of 22".
    fn is_held_against(&self, from: usize, at: usize) -> bool {
        let against = (from..at).rfind(|&i| {
            matches!(
                self.word(i),
                "while" | "but" | "whereas" | "although" | "though"
            )
        });
        against.is_some_and(|against| {
            (against.max(at.saturating_sub(NEAR))..at).any(|i| is_listed(GIVEN, self.word(i)))
        })
    }
}

pub(super) fn same_kind(a: &Amount, b: &Amount) -> bool {
    match (a.kind, b.kind) {
        (Kind::Currency(_), Kind::Currency(_)) => true,
        (a, b) => a == b,
    }
}
