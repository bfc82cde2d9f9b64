//! Of whom a number or a date is told though the sentence names whom the claim is about: somebody of theirs, another who opens the sentence,
//! or what was there before.

use crate::matching::plan::{AnswersPlan, ClaimPlan};
use crate::matching::reading::Reading;
use crate::matching::subject::{OWNED, TAIL, is_companion};
use crate::matching::unit::Entry;
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Words that tell something of its kind apart that was there before.
const FORMER: &[&str] = &["earlier", "older", "preceding", "previous"];
/// Words that tell something of its kind apart that is there beside it, behind an article or at the beginning.
const KINDRED: &[&str] = &[
    "another", "larger", "rival", "second", "similar", "sister", "smaller",
];
/// Articles.
const ARTICLES: &[&str] = &["a", "an", "the"];
/// Words that tell of a place beside the one of the claim.
const NEIGHBOURING: &[&str] = &["nearby", "neighboring", "neighbouring"];
/// Units in which it is told how far away a place is.
const DISTANCES: &[&str] = &["kilometers", "kilometres", "km", "metres", "miles"];
/// Words between such a word and its noun. Twice as many change no labelled set.
const FORMER_REACH: usize = 2;
/// Tokens behind a number among which the companion stands whose it is: "her 96-year-old mother". Half as many again change no labelled set.
const COUNTED: usize = 3;

/// Whether what stands at a token, a number or an event, is told of a bystander.
pub(super) fn is_of_bystander(
    claim: &ClaimPlan,
    reading: &Reading,
    vocabulary: &Vocabulary,
    at: usize,
) -> bool {
    let scene = Scene {
        claim,
        reading,
        vocabulary,
        own: own(claim, reading),
        asked: asked(claim, reading),
    };
    scene.is_of_companion(at)
        || scene.is_of_first(at)
        || scene.is_of_former(at)
        || scene.is_elsewhere(at)
}

/// The tokens that the claim knows.
fn own(claim: &ClaimPlan, reading: &Reading) -> Vec<bool> {
    let about = claim.about.iter().flat_map(|entry| &entry.units);
    let mut own = reading.met_by(about.chain(&claim.names));
    for place in claim
        .concepts
        .clone()
        .flat_map(|concept| reading.of_concept(concept))
    {
        own[place.first..=place.last].fill(true);
    }
    own
}

/// The tokens that the claim's `of` looks for.
fn asked(claim: &ClaimPlan, reading: &Reading) -> Vec<bool> {
    let entries: &[Entry] = match &claim.answers {
        AnswersPlan::Positions(_) => &[],
        AnswersPlan::Quantity(quantity) => &quantity.of,
        AnswersPlan::Date(of) => of,
    };
    reading.met_by(entries.iter().flat_map(|entry| &entry.units))
}

struct Scene<'a> {
    claim: &'a ClaimPlan,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
    /// The tokens that the claim knows.
    own: Vec<bool>,
    /// Those of its `of`.
    asked: Vec<bool>,
}

impl Scene<'_> {
    fn word(&self, at: usize) -> &str {
        &self.vocabulary.word(self.reading.tokens[at].word).folded
    }

    fn is_word(&self, at: usize) -> bool {
        self.reading.tokens[at].is_word()
    }

    /// Whether something of somebody follows: "her", "Ada's" for Ada of the claim.
    fn owns(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let tail = tokens
            .get(at + 1)
            .is_some_and(|next| next.span.start.saturating_sub(tokens[at].span.end) >= TAIL);
        matches!(self.word(at), "her" | "his" | "its" | "their") || self.own[at] && tail
    }

    /// The noun of a companion of those whom the claim knows, of which its question does not speak.
    fn is_companion(&self, at: usize) -> bool {
        let owners = at.saturating_sub(1 + OWNED)..at;
        let owner = owners
            .rev()
            .take_while(|&i| self.is_word(i))
            .find(|&i| self.owns(i));
        is_companion(self.word(at))
            && owner.is_some()
            && !self.asked[at]
            && !fold(&self.claim.claim.question).contains(self.word(at))
    }

    /// "Ada's brother, Karl, was born on 2 October", "with her 96-year-old mother".
    fn is_of_companion(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let says = Classes::SAID.or(Classes::REPORTING);
        let goes_on = |i: usize| {
            !tokens[i].is(says)
                && !tokens[i].is_mark(';')
                && !self.own[i]
                && !tokens[i].is(Classes::PRONOUN)
        };
        let before = (0..at).rev().find(|&i| self.is_companion(i));
        let counted = (at + 1..(at + 1 + COUNTED).min(tokens.len()))
            .take_while(|&i| self.is_word(i))
            .any(|i| self.is_companion(i));
        counted || before.is_some_and(|i| (i + 1..at).all(goes_on))
    }

    /// "Cora Finn, who had helped Ada, was jailed for six years": whether somebody else opens the sentence, and those whom the claim knows are
    /// named beside them alone.
    fn is_of_first(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let mut commas = (0..at).filter(|&i| tokens[i].is_mark(','));
        let (Some(open), Some(close)) = (commas.next(), commas.next()) else {
            return false;
        };
        let stranger = (0..open)
            .all(|i| self.is_word(i) && !self.own[i] && !tokens[i].is(Classes::PRONOUN))
            && (1..open).any(|i| tokens[i].capital);
        let named = (open..close).any(|i| self.own[i]);
        let elsewhere = (close..tokens.len()).any(|i| self.own[i]);
        let verb = tokens
            .get(close + 1)
            .is_some_and(|next| next.is_word() && !next.capital);
        stranger && named && !elsewhere && verb
    }

    /// "In Osterham, 30 kilometres to the south of Mirrow, rents average 9 euros", "in neighbouring Osterham".
    fn is_elsewhere(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let goes_on = |i: &usize| !tokens[*i].is_mark(';');
        let beside = (0..at).rev().take_while(goes_on).any(|i| {
            is_listed(NEIGHBOURING, self.word(i))
                && tokens
                    .get(i + 1)
                    .is_some_and(|next| next.capital && !self.own[i + 1])
                && (i + 1..at).all(|i| !self.own[i])
        });
        let named: Vec<usize> = (0..tokens.len())
            .filter(|&i| self.own[i] && tokens[i].capital && tokens[i].index > 0)
            .collect();
        let measured = |&i: &usize| {
            let from = (0..i).rev().find(|&i| !self.is_word(i));
            let close = (i..tokens.len()).find(|&i| !self.is_word(i));
            from.is_some_and(|from| {
                let aside = from + 1..i;
                tokens[from].is_mark(',')
                    && close.is_none_or(|close| !(from..close).contains(&at))
                    && aside.clone().any(|i| tokens[i].value().is_some())
                    && aside.clone().any(|i| is_listed(DISTANCES, self.word(i)))
            })
        };
        beside || !named.is_empty() && named.iter().all(measured)
    }

    /// "The previous election", "an earlier ceasefire", "long before the trial".
    fn is_of_former(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        let long = (1..tokens.len())
            .any(|i| self.word(i - 1) == "long" && matches!(self.word(i), "after" | "before"));
        let tells = |i: &usize| {
            is_listed(FORMER, self.word(*i))
                || is_listed(KINDRED, self.word(*i))
                    && !self.own[*i]
                    && i.checked_sub(1).is_none_or(|before| {
                        let article = self.word(before);
                        // "The second season" may be the one that is asked for.
                        !self.is_word(before)
                            || is_listed(ARTICLES, article)
                                && (article != "the" || self.word(*i) != "second")
                    })
        };
        // "Two other ferries capsized in 2008"
        let others = |i: &usize| {
            let counted = i.checked_sub(1).is_some_and(|before| {
                tokens[before].value().is_some()
                    || matches!(self.word(before), "many" | "several" | "some")
            });
            self.word(*i) == "other" && counted
        };
        let former = (0..at).rev().find(|i| tells(i) || others(i));
        let noun = former.and_then(|i| {
            let behind = i + 1..(i + 1 + FORMER_REACH).min(at);
            let mut behind = behind.take_while(|&i| self.is_word(i));
            behind.find(|&i| self.own[i] && !tokens[i].capital)
        });
        // "The previous fire at the mill": only a name says that the claim's own follows.
        let named = |noun: usize| (noun..at).any(|i| self.own[i] && tokens[i].capital);
        long || noun.is_some_and(|noun| !named(noun))
    }
}
