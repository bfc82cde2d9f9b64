//! Expressions that imply a negation without a word of negation: *dropped plans to close it*, *cleared of theft*, *off the table*.
//!
//! They are the negative implicatives of Karttunen (1971) and Nairn, Condoravdi and Karttunen (2006), as far as news copy uses them with
//! an act that does not take place: plans given up, accused people cleared, dangers averted. Closed lists of English.

use std::ops::Deref;

use crate::text::lexicon::Classes;
use crate::text::stem::{is_irregular, names_act};
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;
use crate::text::words::Words;

// With one or two words fewer or more in each of these reaches no labelled set changes.
/// Words before an expression of exclusion in which a negation keeps it open.
const KEPT_OPEN: usize = 3;
/// Words between who or what and what it is cleared of: "cleared the former treasurer of theft".
const CLEARED: usize = 5;
/// Words between a verb of giving up and the plan: "scrapped its long-held plan".
const PLAN: usize = 4;
/// Words between a plan and the passive verb that gives it up: "the plan to close the plant at Castle Hill was scrapped".
const PLANNED: usize = 10;

/// Words between a verb of preventing and its "from": "stopped the board of the club from". A third fewer or a half more changes no labelled set.
const KEPT_FROM: usize = 6;

/// Words in -ing that name no act.
const NO_ACTS: &[&str] = &[
    "anything",
    "building",
    "ceiling",
    "evening",
    "everything",
    "feeling",
    "morning",
    "nothing",
    "something",
    "spring",
    "string",
];

/// What is given up before it is done.
const PLANS: &[&str] = &[
    "attempt",
    "attempts",
    "bid",
    "bids",
    "charge",
    "charges",
    "decision",
    "effort",
    "efforts",
    "hypothesis",
    "idea",
    "intention",
    "intentions",
    "offer",
    "plan",
    "plans",
    "proposal",
    "proposals",
    "scheme",
    "theories",
    "theory",
];

/// Words by which a plan says what is planned.
const TIES: &[&str] = &["for", "of", "on", "to"];

/// An expression of implied negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implied {
    /// It negates what follows this token.
    After(usize),
    /// It negates what stands before it.
    Before,
}

/// Classes of the words of such expressions.
const IMPLYING: Classes = Classes::IMPLYING
    .or(Classes::CLEARING)
    .or(Classes::DROPPING)
    .or(Classes::OPPOSING)
    .or(Classes::PREVENTING);

/// Whether the word at `at` begins such an expression, or is its verb, and what it then negates.
pub fn implied(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Option<Implied> {
    if !tokens[at].is(IMPLYING) {
        return None;
    }
    let reader = Reader(Words { vocabulary, tokens });
    let word = reader.folded(at);
    let follows = |words: &[&str]| reader.follows(at, words);
    if let Some(excluded) = reader.excluded(at) {
        return (!reader.is_kept_open(at)).then_some(excluded);
    }
    if tokens[at].is(Classes::PREVENTING)
        && let Some(from) = reader.kept_from(at)
    {
        return Some(Implied::After(from));
    }
    if tokens[at].is(Classes::OPPOSING) {
        let to = if word == "against" {
            at
        } else {
            follows(&["to"])?
        };
        return reader.is_act(to + 1).then_some(Implied::After(to));
    }
    match word {
        "back" | "backed" | "backing" | "backs" => {
            let away = follows(&["away", "from"]).or_else(|| follows(&["out", "of"]));
            away.map(Implied::After)
        }
        "stop" | "stopped" | "stops" => follows(&["short", "of"]).map(Implied::After),
        "pull" | "pulled" | "pulling" | "pulls" => follows(&["out", "of"]).map(Implied::After),
        "fall" | "fallen" | "falls" | "fell" => follows(&["through"]).map(|_| Implied::Before),
        "cold" => follows(&["water", "on"]).map(Implied::After),
        // "All attempts to restore contact have failed".
        "fail" | "failed" | "fails" if reader.word(at + 1) != Some("to") => {
            reader.plan_before(at).then_some(Implied::Before)
        }
        "call" | "called" | "calling" | "calls" => {
            let off = follows(&["off"])?;
            Some(if reader.is_passive(at, off) {
                Implied::Before
            } else {
                Implied::After(off)
            })
        }
        // "Withheld her approval", "refused permission".
        "refuse" | "refused" | "refuses" | "refusing" | "withheld" | "withhold" | "withholds" => {
            let next = at + 1;
            // "Was refused a licence."
            if reader.is_passive(at, at)
                && tokens
                    .get(next)
                    .is_some_and(|token| token.is_word() && !token.is(Classes::BOUND))
                && reader.word(next) != Some("by")
            {
                return Some(Implied::After(at));
            }
            let own = tokens
                .get(next)
                .is_some_and(|token| token.is(Classes::POSSESSIVE));
            let act = reader.word(next + usize::from(own))?;
            names_act(act).then_some(Implied::After(at))
        }
        "almost" | "nearly" => {
            let verb = reader.word(at + 1)?;
            let past = verb.len() > 4 && verb.ends_with("ed") || is_irregular(verb);
            let counts = ["doubled", "halved", "quadrupled", "tripled"].contains(&verb);
            (past && !counts).then_some(Implied::After(at))
        }
        "give" | "gave" | "given" | "gives" | "giving" => {
            let up = follows(&["up", "on"]).or_else(|| follows(&["up"]))?;
            let what = reader.word(up + 1)?;
            let planned = what.ends_with("ing") || reader.plan_after(up).is_some();
            planned.then(|| Implied::After(reader.plan_after(up).unwrap_or(up)))
        }
        "innocent" | "instead" => follows(&["of"]).map(Implied::After),
        "anything" => follows(&["but"]).map(Implied::After),
        "rather" => follows(&["than"]).map(Implied::After),
        "came" | "come" | "comes" => follows(&["close", "to"]).map(Implied::After),
        _ if tokens[at].is(Classes::CLEARING) => reader
            .words_after(at, 1 + CLEARED)
            .find(|&i| reader.folded(i) == "of")
            .map(Implied::After),
        _ if word.starts_with("aver") || word.starts_with("avoid") => {
            Some(if reader.is_passive(at, at) {
                Implied::Before
            } else {
                Implied::After(at)
            })
        }
        _ if tokens[at].is(Classes::DROPPING) => {
            if reader.is_passive(at, at) {
                reader.plan_before(at).then_some(Implied::Before)
            } else if word.starts_with("withdr")
                && reader
                    .words_after(at, PLAN)
                    .any(|i| names_act(reader.folded(i)))
            {
                // "Withdrew his resignation."
                Some(Implied::After(at))
            } else {
                reader.plan_after(at).map(Implied::After)
            }
        }
        _ => None,
    }
}

/// Whether the word at `at` begins an expression that excludes something but is itself negated, "did not *rule out*", "is not *off the
/// table*", and what it so leaves open.
pub fn left_open(vocabulary: &Vocabulary, tokens: &[Token], at: usize) -> Option<Implied> {
    let reader = Reader(Words { vocabulary, tokens });
    let excluded = reader.excluded(at)?;
    reader.is_kept_open(at).then_some(excluded)
}

struct Reader<'a>(Words<'a>);

impl<'a> Deref for Reader<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        &self.0
    }
}

impl<'a> Reader<'a> {
    /// The last of these words, where they follow one after the other.
    fn follows(&self, at: usize, words: &[&str]) -> Option<usize> {
        let mut there = words.iter().enumerate();
        let all = there.all(|(n, wanted)| self.word(at + 1 + n) == Some(wanted));
        all.then_some(at + words.len())
    }

    /// What the expression that begins at `at` excludes.
    fn excluded(&self, at: usize) -> Option<Implied> {
        match self.folded(at) {
            "rule" | "ruled" | "rules" | "ruling" => {
                let out = self.follows(at, &["out"])?;
                Some(if self.is_passive(at, out) {
                    Implied::Before
                } else {
                    Implied::After(out)
                })
            }
            "off" => self.follows(at, &["the", "table"]).map(|_| Implied::Before),
            "out" => self
                .follows(at, &["of", "the", "question"])
                .map(|_| Implied::Before),
            _ => None,
        }
    }

    /// Whether a negation stands right before: "did not", "refused to", "is by no means".
    fn is_kept_open(&self, at: usize) -> bool {
        let mut before = (0..at).rev().take_while(|&i| self.tokens[i].is_word());
        let mut near = before.by_ref().take(KEPT_OPEN);
        near.any(|i| self.tokens[i].is(Classes::NEGDIR.or(Classes::IMPLNEG)))
    }

    /// The "from" after a verb of preventing, if an act follows: "kept the club from *signing* him".
    fn kept_from(&self, at: usize) -> Option<usize> {
        let mut near = self.words_after(at, 1 + KEPT_FROM);
        near.find(|&i| self.folded(i) == "from" && self.is_act(i + 1))
    }

    /// Whether the word at `at` names an act by its -ing form.
    fn is_act(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            word.len() > 5 && word.ends_with("ing") && !is_listed(NO_ACTS, word)
                || matches!(word, "being" | "doing" | "going")
        })
    }

    /// The next words, as far as no mark stands between.
    fn words_after(&self, at: usize, most: usize) -> impl Iterator<Item = usize> {
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        words.take(most)
    }

    fn is_plan(&self, at: usize) -> bool {
        is_listed(PLANS, self.folded(at))
            && self.word(at + 1).is_some_and(|word| is_listed(TIES, word))
    }

    /// Whether a plan stands before, with what is planned.
    fn plan_before(&self, at: usize) -> bool {
        let before = (0..at).rev().take_while(|&i| self.tokens[i].is_word());
        before.take(PLANNED).any(|i| self.is_plan(i))
    }

    /// The word that ties what is planned to a plan which follows.
    fn plan_after(&self, at: usize) -> Option<usize> {
        let plan = self.words_after(at, PLAN).find(|&i| self.is_plan(i))?;
        Some(plan + 1)
    }

    /// Whether a form of "be" makes a passive of the verb, adverbs passed over, or it has lost that in a headline, where no object follows
    /// the token `last`: "strike *averted by* deal", "vaccine *ruled out as* cause".
    fn is_passive(&self, at: usize, last: usize) -> bool {
        let before = (0..at)
            .rev()
            .find(|&i| !self.tokens[i].is_word() || !self.folded(i).ends_with("ly"));
        let headed = before.is_some_and(|i| {
            self.tokens[i].is_word() && !self.tokens[i].is(Classes::AUXILIARY.or(Classes::PRONOUN))
        });
        let clipped = headed
            && self.folded(at).ends_with("ed")
            && self
                .word(last + 1)
                .is_some_and(|word| matches!(word, "after" | "amid" | "as" | "by"));
        clipped || before.is_some_and(|i| self.tokens[i].is(Classes::BE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_implied_not_to_be() {
        for (text, negated) in [
            (
                "The firm dropped plans to close the plant.",
                "close the plant",
            ),
            ("It abandoned its bid for Brant.", "Brant"),
            ("The firm dropped the plant.", ""),
            ("The court cleared the former treasurer of theft.", "theft"),
            ("She was acquitted of theft.", "theft"),
            ("The sky cleared.", ""),
            ("There is clear evidence of theft.", ""),
            ("She ruled out a sale.", "a sale"),
            ("She did not rule out a sale.", ""),
            ("A sale has been ruled out.", "<"),
            ("A sale is not off the table.", ""),
            ("They backed away from closing it.", "closing it"),
            ("He stopped short of a denial.", "a denial"),
            ("She gave up on finding them.", "finding them"),
            ("He gave up his seat.", ""),
            ("A strike was narrowly averted.", "<"),
            ("They averted a strike.", "a strike"),
            ("The plan to close the plant was scrapped.", "<"),
            ("The plant was scrapped.", ""),
            ("A sale is off the table.", "<"),
            ("A sale is out of the question.", "<"),
        ] {
            let mut vocabulary = Vocabulary::default();
            let tokens = vocabulary.tokenize(text);
            let found = (0..tokens.len())
                .filter(|&at| tokens[at].is_word())
                .find_map(|at| implied(&vocabulary, &tokens, at));
            let told = match found {
                None => "",
                Some(Implied::Before) => "<",
                Some(Implied::After(at)) => text[tokens[at].span.end..].trim_matches([' ', '.']),
            };
            assert_eq!(told, negated, "{text}");
        }
    }
}
