//! What a sentence speaks of without saying that it is so: conditions, beliefs given up, fears and rumours, open
//! questions.
//!
//! A sentence carries a position only where it asserts it; "fears that the dam might burst" and "if the dam bursts" assert no
//! burst. The rules are of closed classes of English words, in the tradition of the cue lists for factuality (Saurí and Pustejovsky
//! 2009); each opens a span that punctuation or a conjunction closes.

use std::ops::Deref;

use serde::Serialize;

use crate::text::implied::{Implied, left_open};
use crate::text::lexicon::Classes;
use crate::text::stem::{may_be_past, names_act};
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;
use crate::text::words::Words;

/// Why a span of a sentence is not asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    /// Under "if", "unless", or what would follow from it.
    Condition,
    /// Believed once, and no longer.
    GivenUp,
    /// Feared, hoped, rumoured, demanded.
    Mention,
    /// Asked of somebody, wished, or tried, and so not done yet.
    Wished,
    /// Sought, needed or awaited, and so not there yet.
    Sought,
    /// Asked or left open: "whether".
    Open,
    /// Said not to be known.
    Unknown,
}

/// A span of tokens that is not asserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unasserted {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// Why.
    pub mood: Mood,
}

/// Modal verbs by which a main clause depends on its condition.
const MODALS: &[&str] = &["can", "could", "may", "might", "will", "wo", "would"];

/// Openers which say that what follows held for a time only.
const AT_FIRST: &[&str] = &["initially", "once", "originally"];

/// Words with which what is weighed begins, beside an -ing form.
const WEIGHED: &[&str] = &[
    "another", "further", "new", "option", "options", "plans", "possible", "whether",
];

/// Words of a noun between "any" and its "who": "any permanent worker at the plant who". Two fewer or three more change no labelled set.
const NOUNS: usize = 6;

/// Words with which something new begins behind a verb.
const TURNS: &[&str] = &["and", "because", "but", "on", "saying", "when"];

/// Participles behind "had" of what may come otherwise.
const INTENDED: &[&str] = &[
    "agreed",
    "announced",
    "hoped",
    "intended",
    "meant",
    "planned",
    "pledged",
    "promised",
    "said",
    "threatened",
    "vowed",
    "wanted",
];

/// Words from a verb of asking or wishing to the "to" behind whom it is asked of: "urged the board of the club to". A third fewer or more changes no
/// labelled set; of the unread sentences of structure a third fewer loses one.
const WISHED: usize = 9;

/// What "should be" done with what is so.
const NOTED: &[&str] = &[
    "added",
    "emphasised",
    "emphasized",
    "mentioned",
    "noted",
    "recalled",
    "remembered",
    "reminded",
    "said",
    "stressed",
    "told",
    "understood",
];

/// Words to what was said: "contrary to the club's own statement". One fewer or two more change no labelled set.
const SPOKEN: usize = 5;

/// Words from a verb of seeking to the act that is sought: "needs the final approval". One fewer or two more change no labelled set.
const SOUGHT: usize = 4;

/// Words from a verb of taking something for something else to "for": "taken the long letter for". One fewer or two more change no
/// labelled set.
const TAKEN: usize = 5;

/// Words that tie a noun of mention to what is mentioned.
const TIES: &[&str] = &["about", "for", "of", "on", "over", "that"];

/// Classes of the words that may open such a span.
const OPENERS: Classes = Classes::OPENER
    .or(Classes::MENTION)
    .or(Classes::BELIEVED)
    .or(Classes::DEMANDING)
    .or(Classes::WEIGHING)
    .or(Classes::WISHING)
    .or(Classes::TRYING)
    .or(Classes::ENABLING);

/// The spans of a sentence that it does not assert, in text order of their openers.
pub fn unasserted(vocabulary: &Vocabulary, tokens: &[Token]) -> Vec<Unasserted> {
    let reader = Reader(Words { vocabulary, tokens });
    let mut spans = Vec::new();
    let words = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.is_word());
    for (at, _) in words {
        reader.open(at, &mut spans);
    }
    spans
}

struct Reader<'a>(Words<'a>);

impl<'a> Deref for Reader<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        &self.0
    }
}

impl Reader<'_> {
    /// The modal of what would come of it, where "any worker *who*" begins at `at`.
    fn of_any(&self, at: usize) -> Option<usize> {
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let mut near = words.take(1 + NOUNS);
        let who = near.find(|&i| matches!(self.folded(i), "that" | "which" | "who"))?;
        let clause = (who + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        clause.take(WISHED).find(|&i| {
            let modal = is_listed(MODALS, self.folded(i));
            modal || matches!(self.folded(i), "must" | "shall" | "should")
        })
    }

    fn open(&self, at: usize, spans: &mut Vec<Unasserted>) {
        let token = &self.tokens[at];
        let first = self.first() == Some(at);
        if !first && !token.is(OPENERS) {
            return;
        }
        let word = self.folded(at);
        let span = |from: usize, to: usize, mood: Mood| Unasserted { from, to, mood };
        match word {
            "if" | "unless" if !self.tokens[at].capital || first => {
                self.condition(at, first, spans)
            }
            "had" | "should" | "were" if first => self.condition(at, first, spans),
            // "Any worker who is dismissed would be paid."
            "any" => {
                spans.extend(self.of_any(at).map(|to| span(at, to, Mood::Condition)));
            }
            // "Would have closed it" tells what did not come about. "Would have to" is another thing.
            "would" if self.is_counterfactual(at) => {
                let turn = (at..self.clause_end(at)).find(|&i| {
                    matches!(self.folded(i), "and" | "before" | "had" | "until" | "when")
                });
                let end = turn.unwrap_or_else(|| self.clause_end(at));
                spans.push(span(at, end, Mood::Condition));
            }
            // "Would accept it only at a higher price."
            "would" if self.only_so(at) => {
                spans.push(span(at, self.clause_end(at), Mood::Condition));
            }
            // "A strike would hit commuters", "discussed what a sale would mean".
            "would" => {
                let start = self.clause_start(at);
                let first = (start..at).find(|&i| matches!(self.folded(i), "a" | "an"));
                let asks = |i: usize| i > 0 && self.folded(i - 1) == "what";
                let opens = first.filter(|&i| i == start || asks(i));
                if let Some(article) = opens
                    && (asks(article) || (article..at).any(|i| names_act(self.folded(i))))
                {
                    spans.push(span(article, at, Mood::Condition));
                }
            }
            // "Critics fear that it will close", but "she hopes to".
            "fear" | "feared" | "fears" | "hope" | "hoped" | "hopes"
                if self
                    .word(at + 1)
                    .is_some_and(|next| !is_listed(TIES, next) || next == "that")
                    && (at + 1..self.clause_end(at)).any(|i| is_listed(MODALS, self.folded(i))) =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Mention));
            }
            // "Awaits approval", "needs the approval of", "approval is pending".
            "await" | "awaiting" | "awaits" | "need" | "needed" | "needs" | "seek" | "seeking"
            | "seeks" | "sought" => {
                let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
                let act = words.take(SOUGHT).find(|&i| names_act(self.folded(i)));
                spans.extend(act.map(|act| span(act, self.clause_end(at), Mood::Sought)));
            }
            // "Applied for approval", "waits for it to be approved".
            "applied" | "applies" | "apply" | "applying" | "wait" | "waited" | "waiting"
            | "waits"
                if self.word(at + 1) == Some("for") =>
            {
                spans.push(span(at + 2, self.clause_end(at), Mood::Sought));
            }
            "whoever" => spans.push(span(at, self.clause_end(at), Mood::Mention)),
            // "Hoped that he had survived", "are worried that it may fall".
            "afraid" | "anxious" | "concerned" | "feared" | "hoped" | "worried"
                if self.word(at + 1) == Some("that") =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Mention));
            }
            // "Offered to anyone who finds it."
            "anybody" | "anyone"
                if self.word(at + 1) == Some("who")
                    && at > 0
                    && matches!(self.folded(at - 1), "for" | "to") =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Mention));
            }
            // "In case they had been stolen."
            "case"
                if at > 0
                    && self.folded(at - 1) == "in"
                    && self.word(at + 1).is_some_and(|next| next != "of") =>
            {
                spans.push(span(at, self.clause_end(at), Mood::Condition));
            }
            // "Is close to settling", "is thinking of filing", "held talks about sacking".
            "close" | "closer" | "talks" | "thinking"
                if matches!(self.word(at + 1), Some("about" | "of" | "on" | "to"))
                    && self
                        .word(at + 2)
                        .is_some_and(|act| act.len() > 5 && act.ends_with("ing")) =>
            {
                spans.push(span(at + 2, self.clause_end(at), Mood::Mention));
            }
            // "Is in talks to buy it".
            "discussions" | "negotiations" | "talks"
                if self.word(at + 1) == Some("to") && self.is_infinitive(at + 2) =>
            {
                spans.push(span(at + 2, self.clause_end(at), Mood::Mention));
            }
            // "Think that it should be retracted", "should have known".
            "should" if !first && self.is_wanting(at) => {
                spans.push(span(at, self.clause_end(at), Mood::Mention));
            }
            // "Contrary to the statement that he had left, ..."
            "contrary" | "despite" if self.speech_within(at, SPOKEN) => {
                spans.push(span(at, self.comma_after(at), Mood::Mention));
            }
            // "Withdrew its claim that ..."
            "retract" | "retracted" | "retracts" | "withdraw" | "withdrawn" | "withdraws"
            | "withdrew"
                if self.speech_within(at, SPOKEN) =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Open));
            }
            // "Apologised for having written that ..."
            "apologise" | "apologised" | "apologises" | "apologize" | "apologized"
            | "apologizes"
                if self.word(at + 1) == Some("for")
                    && self.says_within(at + 1, SPOKEN)
                    && !self.starts_act(at + 2) =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Open));
            }
            // "Used to close at six, but now ...", "which once closed at six, now ..."
            "used"
                if self.word(at + 1) == Some("to")
                    && at > 0
                    && !self.tokens[at - 1].is(Classes::BE)
                    && self.is_over(at) =>
            {
                spans.push(span(at, self.clause_end(at), Mood::GivenUp));
            }
            "had" if let Some(end) = self.superseded(at) => {
                spans.push(span(at, end, Mood::GivenUp));
            }
            // "Who had been about to sign": something came between.
            "had"
                if self.word(at + 1) == Some("been")
                    && self.word(at + 2) == Some("about")
                    && self.word(at + 3) == Some("to") =>
            {
                spans.push(span(at, self.clause_end(at), Mood::GivenUp));
            }
            // "Had taken the letter for a joke", "passed for a joke until".
            "mistaken" | "mistook" | "passed" | "taken" if self.takes_for(at) => {
                let end = self.given_up(at);
                spans.extend(end.map(|end| span(at, end, Mood::GivenUp)));
            }
            // "The drill rehearsed a collapse of the wall."
            "depict" | "depicted" | "depicting" | "depicts" | "imagine" | "imagined"
            | "imagines" | "imagining" | "rehearsed" | "rehearses" | "rehearsing" | "simulated"
            | "simulates" | "simulating"
                if matches!(self.word(at + 1), Some("a" | "an" | "the")) =>
            {
                spans.push(span(at + 1, self.clause_end(at), Mood::Mention));
            }
            "pending" => spans.push(span(self.clause_start(at), at, Mood::Sought)),
            // "Was asked to resign but refused."
            "declined" | "declines" | "refused" | "refuses" if self.is_bare(at) => {
                let asked = (0..at).rev().find(|&i| self.folded(i) == "to");
                spans.extend(asked.map(|to| span(to, at, Mood::Mention)));
            }
            "doubt" | "doubted" | "doubtful" | "doubts" if self.is_doubt(at) => {
                spans.push(span(at + 1, self.clause_end(at), Mood::Open));
            }
            "few"
                if self
                    .word(at + 1)
                    .is_some_and(|_| self.tokens[at + 1].is(Classes::PERCEIVING)) =>
            {
                spans.push(span(at + 2, self.clause_end(at), Mood::Open));
            }
            "difficult" | "hard"
                if self.word(at + 1) == Some("to")
                    && matches!(self.word(at + 2), Some("believe" | "imagine" | "see")) =>
            {
                spans.push(span(at + 3, self.clause_end(at), Mood::Open));
            }
            "whether" => spans.push(span(at, self.clause_end(at), Mood::Open)),
            // "Finding water would change everything."
            _ if first && word.len() > 4 && word.ends_with("ing") => {
                let end = self.clause_end(at);
                if let Some(would) = (at..end).find(|&i| self.folded(i) == "would") {
                    spans.push(span(at, would, Mood::Condition));
                }
            }
            _ if token.is(Classes::MENTION)
                && !(word == "suspicion" && at > 0 && self.folded(at - 1) == "on")
                && (self.is_tied(at + 1)
                    // "Calls to resign", but "hopes to".
                    || matches!(word, "call" | "calls" | "demand" | "demands" | "pressure")
                        && self.word(at + 1) == Some("to")) =>
            {
                spans.push(span(at + 1, self.mentioned_end(at + 1), Mood::Mention));
            }
            _ => {}
        }
        if self.demands(at, word) || self.weighs(at, word) {
            spans.push(span(at + 1, self.clause_end(at), Mood::Mention));
        }
        if let Some(to) = self.wished(at, word) {
            spans.push(span(to, self.complement_end(to), Mood::Wished));
        }
        match left_open(self.vocabulary, self.tokens, at) {
            Some(Implied::After(out)) => {
                spans.push(span(out + 1, self.clause_end(at), Mood::Open));
            }
            Some(Implied::Before) => spans.push(span(self.clause_start(at), at, Mood::Open)),
            None => {}
        }
        if token.is(Classes::BELIEVED)
            && let Some(end) = self.given_up(at)
        {
            spans.push(span(at, end, Mood::GivenUp));
        }
        let opener = is_listed(AT_FIRST, word)
            || (matches!(word, "at") && self.word(at + 1) == Some("first"));
        // ", first rejected by the board," and ", which once rejected it,".
        if !first && (opener || word == "first") && self.is_aside(at) {
            spans.push(span(at, self.comma_after(at), Mood::GivenUp));
        }
        if first
            && opener
            && let Some(end) = self.turn(at)
        {
            spans.push(span(at, end, Mood::GivenUp));
        }
    }

    /// Where what a noun mentions ends, whose tie stands at `tie`: at the end of the clause, or before the verb whose subject the noun is, "rumours
    /// of his death *began* online".
    fn mentioned_end(&self, tie: usize) -> usize {
        let end = self.clause_end(tie);
        if !matches!(self.folded(tie), "about" | "of" | "on" | "over") {
            return end;
        }
        // An adjective behind a preposition or an article may look like a verb: "fears of planned cuts".
        let verb = |i: &usize| {
            let (before, token) = (&self.tokens[i - 1], &self.tokens[*i]);
            let noun = before.is_word() && !before.is(Classes::STOP);
            token.is_word()
                && noun
                && (may_be_past(self.folded(*i)) || token.is(Classes::AUXILIARY))
        };
        (tie + 2..end).find(verb).unwrap_or(end)
    }

    /// Whether the verb at `at` demands what follows: "called on the firm to", "demands a guarantee that".
    fn demands(&self, at: usize, word: &str) -> bool {
        if !self.tokens[at].is(Classes::DEMANDING) {
            return false;
        }
        // "Demanded £50" and "called Monday" demand nothing that could be so.
        match self.word(at + 1) {
            Some("for" | "on" | "upon") => true,
            Some(next) => word.starts_with('d') && matches!(next, "a" | "an" | "that" | "the"),
            None => false,
        }
    }

    /// Whether the verb at `at` weighs what follows: "is considering closing it". Who considers something settled holds it to be so.
    fn weighs(&self, at: usize, word: &str) -> bool {
        let threatens = matches!(
            word,
            "threaten" | "threatened" | "threatening" | "threatens"
        ) && self.word(at + 1) == Some("to");
        // "Considers the matter closed" holds it to be so; "is considering the matter" does not.
        let article = |next: &str| word.ends_with("ing") && matches!(next, "a" | "an" | "the");
        let weighed =
            |next: &str| next.ends_with("ing") || is_listed(WEIGHED, next) || article(next);
        threatens
            || (self.tokens[at].is(Classes::WEIGHING) && self.word(at + 1).is_some_and(weighed))
    }

    /// Where what somebody is asked, wished or free to do begins, if the word at `at` tells of that: "urged the board *to sign*", "wants the
    /// board *to sign*", "has the power *to sign*". What somebody wants, plans or promises to do themselves is left alone: in the news that
    /// mostly comes about.
    fn wished(&self, at: usize, word: &str) -> Option<usize> {
        let token = &self.tokens[at];
        let opens = Classes::WISHING.or(Classes::TRYING).or(Classes::ENABLING);
        if !token.is(opens) || self.is_negated(at) {
            return None;
        }
        let passive = at > 0 && self.tokens[at - 1].is(Classes::BE);
        // "Wants to sign", "asks to be heard" speak of themselves, "wanted by the police to" of nobody's wish.
        let failed = || {
            let mut rest = (at..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
            rest.any(|i| matches!(self.folded(i), "fail" | "failed" | "fails"))
        };
        let own = match word {
            // "Attempts to restore contact have failed": it is not restored.
            "attempt" | "attempts" => failed(),
            "want" | "wanted" | "wanting" | "wants" | "wish" | "wished" | "wishes" => {
                passive || self.next_is_to(at)
            }
            "ask" | "asked" | "asking" | "asks" => !passive && self.next_is_to(at),
            // "Was right to sign."
            "right" => passive,
            _ => false,
        };
        // "Asked for efforts to find a solution."
        let of_thing = matches!(self.word(at + 1), Some("about" | "after" | "for"));
        if own || of_thing {
            return None;
        }
        let clause = (at + 1..self.tokens.len()).take_while(|&i| {
            let ends = Classes::SAID.or(Classes::REPORTING).or(Classes::BOUND);
            self.tokens[i].is_word() && !self.tokens[i].is(ends) && self.folded(i) != "that"
        });
        let reach = if token.is(Classes::ENABLING) {
            1
        } else {
            WISHED
        };
        clause
            .take(reach)
            .find(|&i| self.folded(i) == "to" && self.is_infinitive(i + 1))
    }

    fn next_is_to(&self, at: usize) -> bool {
        let next = (at + 1..self.tokens.len()).find(|&i| !self.tokens[i].is(Classes::NEGDIR));
        next.is_some_and(|i| self.folded(i) == "to")
    }

    /// Whether the word at `at` can be a verb in its base form, behind "to".
    fn is_infinitive(&self, at: usize) -> bool {
        let adverb = |i: &usize| self.folded(*i).ends_with("ly");
        let verb = (at..self.tokens.len()).find(|i| !adverb(i));
        verb.is_some_and(|i| {
            let token = &self.tokens[i];
            let word = self.folded(i);
            let base = matches!(word, "be" | "do" | "have" | "tell" | "say");
            token.is_word()
                && (base || !token.is(Classes::STOP))
                && !token.capital
                && token.value().is_none()
                && !(word.len() > 4 && (word.ends_with("ing") || word.ends_with("ed")))
        })
    }

    /// Whether a negation stands right before the word at `at`.
    fn is_negated(&self, at: usize) -> bool {
        let mut before = (0..at).rev().take(2);
        before.any(|i| self.tokens[i].is(Classes::NEGDIR))
    }

    /// Where the complement ends that begins at `at`: at the end of its clause, or where somebody says something, or acts.
    fn complement_end(&self, at: usize) -> usize {
        let end = self.clause_end(at);
        let ends = |i: usize| {
            let says = self.tokens[i].is(Classes::SAID.or(Classes::REPORTING));
            let next = self.word(i + 1);
            // "Offered to buy it to save it from closure."
            let aims = self.folded(i) == "to"
                && self
                    .tokens
                    .get(i + 1)
                    .is_some_and(|next| next.is(Classes::PREVENTING));
            // "Offered to stop before they shelled it."
            let turns =
                self.tokens[i].is(Classes::BOUND) && !matches!(self.folded(i), "which" | "who");
            let acts = self.folded(i) == "and" && next.is_some_and(may_be_past);
            says && i > at + 1 || aims || turns || acts
        };
        (at + 1..end).find(|&i| ends(i)).unwrap_or(end)
    }

    /// Whether the "should" at `at` says what would be right, or would have been: "should be closed", "should have known".
    fn is_wanting(&self, at: usize) -> bool {
        let mut next = (at + 1..self.tokens.len()).filter(|&i| !self.tokens[i].is(Classes::NEGDIR));
        let be = next.next().and_then(|i| self.word(i));
        // "It should be noted that" says what it is.
        let act = next.next().and_then(|i| self.word(i));
        let act = act.filter(|act| may_be_past(act) && !is_listed(NOTED, act));
        matches!(be, Some("be" | "have")) && act.is_some()
    }

    /// Whether nothing follows the verb at `at` in its clause that could be its object.
    fn is_bare(&self, at: usize) -> bool {
        self.word(at + 1).is_none_or(|next| is_listed(TURNS, next))
    }

    /// Whether the "would" at `at` tells what did not come about: "would have closed".
    fn is_counterfactual(&self, at: usize) -> bool {
        let mut after = (at + 1..self.tokens.len()).take(3).filter(|&i| {
            let adverb = self.folded(i).ends_with("ly") || self.folded(i) == "also";
            !(self.tokens[i].is_word() && adverb)
        });
        let have = after
            .next()
            .is_some_and(|i| matches!(self.word(i), Some("have" | "'ve")));
        have && after
            .next()
            .and_then(|i| self.word(i))
            .is_some_and(|word| !matches!(word, "a" | "an" | "no" | "the" | "to"))
    }

    /// Whether the word of doubt at `at` leaves open what follows: "doubts that", "doubtful whether". "No doubt that" leaves nothing open.
    fn is_doubt(&self, at: usize) -> bool {
        let tied = matches!(self.word(at + 1), Some("if" | "that" | "whether"));
        let negated = (0..at).rev().take(3).any(|i| {
            self.tokens[i].is(Classes::NEGDIR) || matches!(self.folded(i), "beyond" | "little")
        });
        tied && !negated
    }

    /// The condition itself, and the clause that depends on it by a modal verb.
    fn condition(&self, at: usize, first: bool, spans: &mut Vec<Unasserted>) {
        // "as if" compares, "even if" concedes.
        if at > 0 && matches!(self.folded(at - 1), "as" | "even") {
            return;
        }
        let end = self.comma_after(at);
        spans.push(Unasserted {
            from: at,
            to: end,
            mood: Mood::Condition,
        });
        let (from, to) = if first {
            (end, self.sentence_end(end))
        } else {
            (self.clause_start(at), at)
        };
        let depends = (from..to).any(|i| is_listed(MODALS, self.folded(i)));
        if depends {
            spans.push(Unasserted {
                from,
                to,
                mood: Mood::Condition,
            });
        }
    }

    /// Where the belief that the verb at `at` speaks of ends; `None` where it is not said to be given up.
    fn given_up(&self, at: usize) -> Option<usize> {
        let end = self.given_up_in_sentence(at)?;
        // ", whom they had believed dead, was found."
        Some(if self.in_passing(at) {
            end.min(self.comma_after(at))
        } else {
            end
        })
    }

    fn given_up_in_sentence(&self, at: usize) -> Option<usize> {
        let before = (0..at).rev().filter(|&i| self.tokens[i].is_word()).take(3);
        let at_first = before.clone().any(|i| {
            is_listed(AT_FIRST, self.folded(i)) || matches!(self.folded(i), "first" | "long")
        });
        if at_first {
            return Some(self.clause_end(at));
        }
        let past_perfect = before
            .take_while(|&i| {
                self.tokens[i].is(Classes::AUXILIARY) || self.folded(i).ends_with("ly")
            })
            .any(|i| self.folded(i) == "had");
        match self.turn(at) {
            Some(end) => Some(end),
            // "Had taken it for a joke now know better."
            None => past_perfect.then(|| {
                self.find_from(at, |i| self.folded(i) == "now" || self.is_one_of(i, &[';']))
            }),
        }
    }

    /// Whether the verb at `at` tells what something is held to be: "taken the letter for a joke".
    fn takes_for(&self, at: usize) -> bool {
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let for_ = words.take(TAKEN).find(|&i| self.folded(i) == "for");
        for_.is_some_and(|i| matches!(self.word(i + 1), Some("a" | "an" | "the")))
    }

    /// Whether the "would" at `at` depends on what "only" brings: "would sell it only at a gain". "Would only say" says it, and "would not
    /// only" does more.
    fn only_so(&self, at: usize) -> bool {
        (at + 1..self.clause_end(at)).any(|i| {
            let says = self.tokens.get(i + 1).is_some_and(|next| {
                next.is(Classes::SAID.or(Classes::REPORTING).or(Classes::UNKNOWN))
            });
            self.folded(i) == "only" && !says && !self.tokens[i - 1].is(Classes::NEGDIR)
        })
    }

    /// Whether something said is spoken of within so many words.
    fn speech_within(&self, at: usize, words: usize) -> bool {
        let mut near = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        near.by_ref()
            .take(words)
            .any(|i| self.tokens[i].is(Classes::SPEECH))
    }

    /// Whether something is said, or spoken of as said, within so many words.
    fn says_within(&self, at: usize, words: usize) -> bool {
        let mut near = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let says = |i: usize| {
            self.tokens[i].is(Classes::SPEECH.or(Classes::REPORTING).or(Classes::SAID))
                || matches!(
                    self.folded(i),
                    "claiming" | "reporting" | "saying" | "writing" | "written"
                )
        };
        near.by_ref().take(words).any(says)
    }

    /// Whether the word at `at` names an act other than saying something: "apologised for *starting* the rumour" has started it.
    fn starts_act(&self, at: usize) -> bool {
        let act = |word: &str| word.len() > 5 && word.ends_with("ing") && word != "having";
        self.word(at).is_some_and(act) && !self.says_within(at - 1, 1)
    }

    /// Whether the sentence goes on to tell how it is now.
    fn is_over(&self, at: usize) -> bool {
        (at + 1..self.tokens.len())
            .any(|i| matches!(self.folded(i), "but" | "now" | "today" | "until"))
    }

    /// Whether what stands at `at` begins what is said beside the main clause of how it was at first.
    fn is_aside(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let after_mark = self.tokens[before].is_mark(',');
        let related = matches!(self.folded(before), "which" | "who");
        let participle = self.word(at + 1).is_some_and(may_be_past);
        // Who was "once sacked" was, but what was "first suspected" is no more.
        let over = self.is_over(at) || participle && self.tokens[at + 1].is(Classes::BELIEVED);
        let closes = self.comma_after(at) < self.tokens.len();
        (after_mark || related) && participle && over && closes
    }

    /// Where what was said or planned ends, if the sentence turns and tells what was done instead: "had planned to close it but kept it".
    fn superseded(&self, at: usize) -> Option<usize> {
        let verb = (at + 1..self.tokens.len()).find(|&i| !self.folded(i).ends_with("ly"))?;
        if !is_listed(INTENDED, self.word(verb)?) {
            return None;
        }
        let but = self.turn(verb)?;
        let next = (but + 1..self.tokens.len()).find(|&i| {
            !matches!(
                self.folded(i),
                "instead" | "later" | "now" | "since" | "then"
            )
        })?;
        let word = self.word(next)?;
        let acts = self.tokens[next].is(Classes::AUXILIARY) || may_be_past(word);
        acts.then_some(but)
    }

    /// The "but" or "until" after `at`, by which the sentence turns.
    fn turn(&self, at: usize) -> Option<usize> {
        (at + 1..self.sentence_end(at)).find(|&i| matches!(self.folded(i), "but" | "until"))
    }

    fn first(&self) -> Option<usize> {
        self.tokens.iter().position(Token::is_word)
    }

    /// Whether a word that ties a noun to what it speaks of stands there.
    fn is_tied(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| is_listed(TIES, word))
    }

    fn find_from(&self, at: usize, ends: impl Fn(usize) -> bool) -> usize {
        let mut rest = at + 1..self.tokens.len();
        rest.find(|&i| ends(i)).unwrap_or(self.tokens.len())
    }

    fn comma_after(&self, at: usize) -> usize {
        self.find_from(at, |i| self.is_one_of(i, &[',', ';']))
    }

    fn sentence_end(&self, at: usize) -> usize {
        self.find_from(at, |i| self.is_one_of(i, &[';']))
    }

    /// Where the clause that `at` opens ends: at a mark, or at a conjunction which contrasts.
    fn clause_end(&self, at: usize) -> usize {
        self.find_from(at, |i| {
            self.is_one_of(i, &[',', ';', ':', '—']) || matches!(self.folded(i), "but" | "although")
        })
    }

    /// Where the clause that ends before `at` starts.
    fn clause_start(&self, at: usize) -> usize {
        (0..at)
            .rev()
            .find(|&i| self.is_one_of(i, &[',', ';', ':', '"']) || self.folded(i) == "that")
            .map_or(0, |i| i + 1)
    }

    fn is_one_of(&self, at: usize, marks: &[char]) -> bool {
        marks.iter().any(|&mark| self.tokens[at].is_mark(mark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [INTENDED, MODALS, NOTED, WEIGHED] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    /// The words that are not asserted.
    fn open(text: &str) -> String {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.tokenize(text);
        let spans = unasserted(&vocabulary, &tokens);
        let inside = |i: &usize| spans.iter().any(|s| (s.from..s.to).contains(i));
        (0..tokens.len())
            .filter(|i| inside(i) && tokens[*i].is_word())
            .map(|i| &text[tokens[i].span.start..tokens[i].span.end])
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_is_not_asserted() {
        for (text, expected) in [
            (
                "If it rains, the match will be off.",
                "If it rains the match will be off",
            ),
            (
                "If the papers are right, he left on Monday.",
                "If the papers are right",
            ),
            (
                "The crew will strike unless talks succeed.",
                "The crew will strike unless talks succeed",
            ),
            ("He acted as if he knew.", ""),
            (
                "Fears that the wall might fall emptied the street.",
                "that the wall might fall emptied the street",
            ),
            (
                "Divers had feared that the wreck was lost.",
                "feared that the wreck was lost",
            ),
            (
                "They thought he was ill, but he was well.",
                "thought he was ill",
            ),
            ("They thought he was ill.", ""),
            (
                "At first he was blamed, but it was the cook.",
                "At first he was blamed",
            ),
            ("It is unclear whether he knew.", "whether he knew"),
            ("Selling it would be folly.", "Selling it"),
            ("She hopes to sell it.", ""),
            (
                "They demanded a promise that it would stay.",
                "a promise that it would stay",
            ),
            ("They called on her to sell it.", "on her to sell it"),
            ("She called the mayor and demanded £50.", ""),
            ("He threatened to sell it.", "to sell it"),
            ("They are considering a sale.", "a sale"),
            ("He considered selling it.", "selling it"),
            ("He considers the matter closed.", ""),
            ("She did not rule out selling it.", "selling it"),
            ("She refused to rule out a sale, he said.", "a sale"),
            ("She ruled out a sale.", ""),
            ("A sale is not off the table.", "A sale is not"),
            ("A sale is hardly out of the question.", "A sale is hardly"),
            ("A sale is off the table.", ""),
            ("The talk was long.", ""),
            ("A sale would end the row.", "A sale"),
            ("The sale would end the row.", ""),
            (
                "She would sell it only at a gain.",
                "would sell it only at a gain",
            ),
            ("He applied for approval of it.", "approval of it"),
            ("Whoever stole it had a key.", "Whoever stole it had a key"),
            (
                "Contrary to the statement that he left, he was fired.",
                "Contrary to the statement that he left",
            ),
            (
                "She withdrew her claim that he left.",
                "her claim that he left",
            ),
            ("She withdrew her troops.", ""),
            (
                "They used to call it real, but it is not.",
                "used to call it real",
            ),
            ("It is used to hold coal now.", ""),
            ("The knife used to kill him was found.", ""),
            (
                "The plan, first rejected by the board, is now approved.",
                "first rejected by the board",
            ),
            (
                "The board, which once rejected it, now backs it.",
                "once rejected it",
            ),
            ("She was first elected in May.", ""),
            ("She, once sacked by the board, was elected.", ""),
            (
                "The cook, first suspected of it, was cleared.",
                "first suspected of it",
            ),
            ("She would only say that he left.", ""),
            ("She would not only sell it but leave.", ""),
            (
                "They had said it would close but have kept it.",
                "had said it would close",
            ),
            ("They had said it would close but the owner kept it.", ""),
            (
                "Those who had taken it for a joke now know better.",
                "taken it for a joke",
            ),
            (
                "It passed for a joke until they read it.",
                "passed for a joke",
            ),
            ("He had taken it for granted.", ""),
            ("A law that passed for the first time.", ""),
            (
                "She had been about to leave when he came.",
                "had been about to leave when he came",
            ),
            (
                "The drill rehearsed a fall of the wall.",
                "a fall of the wall",
            ),
            ("They discussed what a sale would mean.", "a sale"),
            (
                "She apologised for having said that he left.",
                "for having said that he left",
            ),
            ("She apologised for the delay.", ""),
            (
                "They at first believed that he left.",
                "believed that he left",
            ),
        ] {
            assert_eq!(open(text), expected, "{text}");
        }
    }
}
