//! Denials (*denied that*, *rejected claims*) and judgements of falsity (*is untrue*, *called it fiction*), and how far they reach.

use crate::text::affirmed;
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;

use super::{CueKind, Reader};

/// Words that a judgement of falsity reaches to the left and to the right.
const FALSITY_LEFT: usize = 18;
const FALSITY_RIGHT: usize = 14;

impl Reader<'_> {
    /// Whether the word at `at` is said of something said: "the report is wrong", "called the report pure invention", "dismissed the report as
    /// fantasy". What "went wrong" in a report does not make the report so.
    pub(super) fn is_of_something_said(&self, at: usize) -> bool {
        let graded = |word: &str| {
            word.ends_with("ly")
                || matches!(
                    word,
                    "a" | "an" | "complete" | "pure" | "sheer" | "the" | "total" | "utter"
                )
        };
        let before = (0..at).rev().find(|&i| !graded(self.folded(i)));
        let Some(by) = before.filter(|&i| self.tokens[i].is_word()) else {
            return false;
        };
        let judged = self.tokens[by].is(Classes::BE) || self.folded(by) == "as";
        let clause = (0..if judged { by } else { at }).rev().take_while(|&i| {
            let token = &self.tokens[i];
            token.is_word() && !token.is(Classes::BOUND.or(Classes::SAID))
        });
        let (mut said, mut called) = (false, judged);
        for i in clause {
            said |= self.tokens[i].is(Classes::SPEECH);
            called |= said && matches!(self.folded(i), "call" | "called" | "calling" | "calls");
        }
        said && called
    }

    pub(super) fn denial(&mut self, at: usize, word: &str) {
        let denies = if self.tokens[at].is(Classes::DENY) {
            !matches!(word, "denial" | "denials") || self.next_is(at, &["of", "that"])
        } else {
            // "Rejecting any thought of abdication".
            let thought = |n: usize| {
                self.after(at, n).is_some_and(|i| {
                    matches!(self.folded(i), "prospect" | "thought" | "thoughts")
                        && self.next_is(i, &["of"])
                })
            };
            self.within_after(at, 5, Classes::SPEECH) || thought(2)
        };
        // Who does not deny a thing neither says nor denies it.
        if !denies
            || affirmed::is_quarrel(self.words, at)
            || self.is_negated_head(at)
            || affirmed::is_denied_by_none(self.words, at)
        {
            return;
        }
        self.open(at, CueKind::Denial);
        self.denied(at, false);
        // "The claim is thus disproved"
        let adverb = |i: &usize| {
            let word = self.folded(*i);
            word.ends_with("ly") || matches!(word, "also" | "now" | "since" | "therefore" | "thus")
        };
        let mut before = (0..at).rev();
        let before = before.find(|i| self.tokens[*i].is_word() && !adverb(i));
        if before.is_some_and(|i| self.tokens[i].is(Classes::BE)) {
            self.left(at, usize::MAX);
        }
    }

    /// Whether a verb stands there that has its subject before it: "has", "decided".
    pub(super) fn acts(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.is(Classes::AUXILIARY) || token.is_word() && may_be_past(self.folded(at))
        })
    }

    /// The cue that was opened last judges a whole clause.
    pub(super) fn judge(&mut self) {
        if let Some(cue) = self.polarity.cues.last_mut() {
            cue.judges = true;
        }
    }

    /// Marks what a denial reaches: to the end of the sentence, through commas, up to a contrast or a new clause; through relative
    /// clauses where `all` is judged.
    pub(super) fn denied(&mut self, at: usize, all: bool) {
        let aside = !all && self.in_passing(at);
        for i in at + 1..self.tokens.len() {
            let token = &self.tokens[i];
            let still = self.folded(i) == "yet" && self.next_is(i, &["to"]);
            // "It is not true that she planned to close it but kept it" has one subject for all that is not true.
            let goes_on = all && self.folded(i) == "but" && self.acts(i + 1);
            let stops = token.is(Classes::DENYSTOP) && !still && !goes_on;
            if stops || token.is_mark(';') || token.is_mark(':') {
                break;
            }
            // "Denied that it had closed and said it was open."
            if self.folded(i) == "and"
                && self
                    .after(i, 1)
                    .is_some_and(|next| self.tokens[next].is(Classes::REPORTING))
            {
                break;
            }
            if token.is_mark(',') && aside && self.acts(i + 1) {
                break;
            }
            if token.is_mark(',') {
                let ends = self.after(i, 1).is_some_and(|next| {
                    let word = self.folded(next);
                    self.tokens[next].is(Classes::PRONOUN)
                        || word == "and"
                        || !all && matches!(word, "which" | "who")
                        || (word.len() > 4 && word.ends_with("ing"))
                });
                if ends {
                    break;
                }
            }
            self.mark(i);
        }
    }

    pub(super) fn falsity(&mut self, at: usize) {
        self.open(at, CueKind::Denial);
        self.judge();
        let mut words = 0;
        for i in (0..at).rev() {
            let token = &self.tokens[i];
            // "The reports caused panic but were untrue": what follows "but" has no subject of its own.
            let shares = token.is(Classes::DENYSTOP)
                && (i + 1..at).all(|j| self.tokens[j].is(Classes::AUXILIARY));
            if token.is_mark(';')
                || token.is_mark(':')
                || token.is(Classes::DENYSTOP) && !shares
                || words >= FALSITY_LEFT
            {
                break;
            }
            // "Put the number at 640 and called the report of 900 nonsense": only the report is.
            let calls = ["call", "called", "calling", "calls"];
            if self.folded(i) == "and" && self.next_is(i, &calls) {
                break;
            }
            words += usize::from(token.is_word());
            self.mark(i);
        }
        words = 0;
        for i in at + 1..self.tokens.len() {
            let token = &self.tokens[i];
            let closes = !token.is_word() && !token.is_mark('"');
            if closes
                || token.is(Classes::BOUND)
                || self.folded(i) == "and"
                || words >= FALSITY_RIGHT
            {
                break;
            }
            words += usize::from(token.is_word());
            self.mark(i);
        }
    }
}
