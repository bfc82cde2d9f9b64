//! Pronouns for a claim's name: *Captain Reyes has left the airline. **He** was fired on Monday.*
//!
//! A pronoun that is the subject of its sentence stands for whom the sentence before speaks of first, if that is a name of the claim
//! and nobody else is named before it: the subject of one sentence is the best guess for the subject of the next (the backward-looking
//! centre of Grosz, Joshi and Weinstein 1995). Only articles are read so that carry something on the claim anyway.

use crate::matching::plan::PositionPlan;
use crate::matching::reading::Reading;
use crate::matching::roles::{is_name, is_verb, may_name};
use crate::matching::unit::Unit;
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Statements before the pronoun's in which its name is looked for.
pub(super) const REACH: usize = 2;

/// How surely a pronoun is the name. Of .8, .9 and 1 none changes a labelled set.
pub(super) const SURE: f64 = 0.9;

/// The pronoun that is the subject of a sentence, where nobody is named before it, and nobody does anything: in "a caretaker admitted that
/// he did it", he is the caretaker.
pub(super) fn subject(vocabulary: &Vocabulary, tokens: &[Token]) -> Option<usize> {
    let folded = |at: usize| &*vocabulary.word(tokens[at].word).folded;
    let is_pronoun =
        |at: &usize| tokens[*at].is_word() && matches!(folded(*at), "he" | "she" | "they");
    let at = (0..tokens.len()).find(is_pronoun)?;
    let next = (at + 1..tokens.len()).find(|&i| !folded(i).ends_with("ly"))?;
    let acts = |i: usize| {
        let reports = Classes::SAID.or(Classes::REPORTING).or(Classes::DENY);
        tokens[i].is_word() && (tokens[i].is(reports) || is_verb(vocabulary, tokens, i))
    };
    let alone = !names_somebody(vocabulary, tokens, at) && !(0..at).any(acts);
    (tokens[next].is_word() && alone).then_some(at)
}

/// Whether a token is a pronoun of the third person that is no determiner: "her" may be one.
pub(super) fn is_third_person(vocabulary: &Vocabulary, token: &Token) -> bool {
    let word = &*vocabulary.word(token.word).folded;
    token.is_word() && matches!(word, "he" | "him" | "it" | "she" | "them" | "they")
}

/// Whether the positions have any name that a pronoun could stand for.
pub(super) fn may_stand_for(plans: &[PositionPlan]) -> bool {
    units(plans).any(is_name)
}

/// The units of the name that a sentence speaks of first, if it is one of the claim.
pub(super) fn antecedent<'p>(
    plans: &'p [PositionPlan],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Vec<&'p Unit> {
    let mut hits = Vec::new();
    let mut first: Option<(usize, &Unit)> = None;
    for unit in units(plans).filter(|unit| is_name(unit)) {
        reading.hits(unit, &mut hits);
        let whole = hits
            .iter()
            .filter(|hit| hit.similarity >= SURE)
            .map(|hit| hit.first)
            .min();
        if let Some(at) = whole
            && first.is_none_or(|(before, _)| at < before)
        {
            first = Some((at, unit));
        }
    }
    let Some((_, name)) = first.filter(|(at, _)| !names_somebody(vocabulary, &reading.tokens, *at))
    else {
        return Vec::new();
    };
    forms(plans, name)
}

/// The units of the wordings that stand for what this one does, each sought in another way.
pub(super) fn forms<'p>(plans: &'p [PositionPlan], name: &Unit) -> Vec<&'p Unit> {
    let mut same: Vec<&Unit> = Vec::new();
    for unit in units(plans).filter(|unit| unit.key == name.key) {
        if same.iter().all(|other| other.seek != unit.seek) {
            same.push(unit);
        }
    }
    same
}

/// The units of all wordings.
pub(super) fn units(plans: &[PositionPlan]) -> impl Iterator<Item = &Unit> {
    let wordings = plans.iter().flat_map(|plan| &plan.wordings);
    wordings.flat_map(|wording| &wording.units)
}

/// Whether somebody is named before the word at `at`. Where a sentence begins, a capital says nothing.
fn names_somebody(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> bool {
    (0..at).any(|i| may_name(vocabulary, tokens, i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_sentence_may_be_a_pronoun() {
        for (text, pronoun) in [
            ("He was fired on Monday.", Some(0)),
            ("On Monday she was fired.", Some(2)),
            ("A caretaker admitted that he did it.", None),
            ("The union of Norvik says he was fired.", None),
            ("It was fired.", None),
            ("Nobody saw him.", None),
        ] {
            let mut vocabulary = Vocabulary::default();
            let tokens = vocabulary.tokenize(text);
            assert_eq!(subject(&vocabulary, &tokens), pronoun, "{text}");
        }
    }
}
