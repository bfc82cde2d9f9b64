//! Direct negators (*not*, *never*, *no*, *nobody*): what each reaches, and which word it negates first and foremost.

use crate::text::affirmed;
use crate::text::lexicon::Classes;
use crate::text::stem::{is_irregular, may_be_past};

use super::{COPULA_REACH, CueKind, NEGATOR_REACH, Reader};

/// Words from a negator to the "but" of a contrast: "was not sacked for the long delay but for". A third fewer or a half more changes no labelled set.
const CONTRAST_REACH: usize = 14;
/// Words from "nobody" to the auxiliary of what nobody does. A third fewer or a half more changes no labelled news.
const SUBJECT_REACH: usize = 12;

impl Reader<'_> {
    pub(super) fn negator(&mut self, at: usize, word: &str) {
        if affirmed::says_so(self.words, at) {
            return;
        }
        let mut near = (1..=2).filter_map(|n| self.after(at, n));
        let attitude = near.find(|&i| self.tokens[i].is(Classes::ATTITUDE));
        if let Some(attitude) = attitude.filter(|_| !self.seems(at)) {
            self.open(at, CueKind::Negation);
            if self.next_is(attitude, &["to"]) {
                self.head_is(Some(attitude));
                self.right(at, NEGATOR_REACH);
            } else {
                // "Did not want the road closed" leaves the road alone.
                self.mark(attitude);
            }
            return;
        }
        // "Is by no means safe" is "is not safe", and so is "is in no way safe".
        let way = word == "no"
            && self.before(at).is_some_and(|i| {
                self.folded(i) == "by" && self.next_is(at, &["means"])
                    || self.folded(i) == "in" && self.next_is(at, &["way"])
            });
        if way {
            self.open(at, CueKind::Negation);
            let head = self.head(at + 1);
            self.head_is(head);
            self.right(at + 1, NEGATOR_REACH);
            self.left(at, COPULA_REACH);
            return;
        }
        // "Was non-responsible for it" is "was not responsible for it".
        let word = if word == "non" && self.is_predicative(at) {
            "not"
        } else {
            word
        };
        if word == "non" {
            // "A non-binding vote": this word alone.
            self.open(at, CueKind::Negation);
            if let Some(next) = self.after(at, 1) {
                self.mark(next);
                self.head_is(Some(next));
            }
            return;
        }
        if self.rejects(at, word) {
            self.open(at, CueKind::Denial);
            self.judge();
            self.denied(at, true);
            self.left(at, COPULA_REACH);
            return;
        }
        self.open(at, CueKind::Negation);
        if self.is_no_part(at, word) {
            self.left(at, COPULA_REACH);
            return;
        }
        if let Some(but) = self.contrast(at) {
            if let Some(verb) = self.replaced(at, but) {
                self.mark(verb);
                self.head_is(Some(verb));
                return;
            }
            if let Some(from) = self.contrasted(at, but) {
                (from..but).for_each(|i| self.mark(i));
                return;
            }
        }
        let cleft = self.cleft(at, word);
        if matches!(word, "not" | "n't" | "never" | "cannot") {
            let head = self.head(cleft.unwrap_or(at));
            self.head_is(head);
        }
        // "Had nothing to do with arson": it was none.
        let with = self.after(at, 3).filter(|&i| self.folded(i) == "with");
        if let Some(with) = with.filter(|_| word == "nothing" && self.next_is(at + 1, &["do"])) {
            let head = self.head(with);
            self.head_is(head);
        }
        let light = self.polarity.cues.last().and_then(|cue| cue.head);
        let light = light.map_or(0, |head| self.light_behind(head));
        self.right(at, NEGATOR_REACH + light);
        if let Some(who) = cleft {
            self.right(who, NEGATOR_REACH);
        }
        if let Some(auxiliary) = self.predicate_of_none(at, word) {
            self.right(auxiliary, NEGATOR_REACH);
        }
        if let Some(verb) = self.verb_of_no_reason(at, word) {
            self.judge();
            self.denied(verb, false);
        }
        if let Some(verb) = self.verb_of_nobody(at, word) {
            self.mark(verb);
        }
        // "Insiders do not say that the deal is done": the negation reaches all that they do not say.
        let reported = self.polarity.cues.last().and_then(|cue| cue.head);
        let opens = Classes::REPORTING.or(Classes::PERCEIVING);
        if let Some(head) = reported.filter(|&head| self.tokens[head].is(opens)) {
            self.judge();
            self.denied(head, false);
        }
        if matches!(word, "not" | "n't" | "never") {
            // "Was sacked not for drinking" was sacked.
            let said = |i: usize| self.folded(i).ends_with("ed") || is_irregular(self.folded(i));
            let be_near = self.before(at).is_some_and(|i| {
                self.tokens[i].is(Classes::BE)
                    || !said(i)
                        && self
                            .before(i)
                            .is_some_and(|j| self.tokens[j].is(Classes::BE))
            }) || self.within_after(at, 2, Classes::BE);
            if be_near || self.within_after(at, 3, Classes::HAPPEN) {
                self.left(at, COPULA_REACH);
            }
        }
    }

    /// The auxiliary of what nobody does, however far behind its subject: "nobody at the plant in Norvik *will* be dismissed".
    fn predicate_of_none(&self, at: usize, word: &str) -> Option<usize> {
        let nobody =
            matches!(word, "nobody" | "none") || word == "no" && self.next_is(at, &["one"]);
        let leads = self.before(at);
        if !nobody || leads.is_some_and(|i| self.tokens[i].is(Classes::AUXILIARY)) {
            return None;
        }
        let clause = (at + 1..self.tokens.len()).take_while(|&i| {
            let word = self.folded(i);
            let another = matches!(word, "and" | "but" | "that" | "which" | "who");
            self.tokens[i].is_word() && !self.tokens[i].is(Classes::BOUND) && !another
        });
        let mut near = clause.take(SUBJECT_REACH);
        let is_auxiliary = |i: &usize| self.tokens[*i].is(Classes::AUXILIARY);
        let first = near.find(is_auxiliary)?;
        (first..self.tokens.len()).take_while(is_auxiliary).last()
    }

    /// How many auxiliaries stand behind a verb and its "to": "is not thought *to have been* a leading figure".
    fn light_behind(&self, verb: usize) -> usize {
        if !self.next_is(verb, &["to"]) {
            return 0;
        }
        let behind = verb + 2..self.tokens.len();
        behind
            .take_while(|&i| self.tokens[i].is(Classes::AUXILIARY))
            .count()
    }

    /// The verb of what there is no reason or no sign for: "there is no reason to *think* that the dam broke", "found nothing that *suggested* a
    /// bomb", "did not see anything to *suggest* that".
    fn verb_of_no_reason(&self, at: usize, word: &str) -> Option<usize> {
        let from = match word {
            "no" if self.next_is(at, &["cause", "grounds", "reason"]) => at + 1,
            "nothing" => at,
            _ => {
                let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
                let mut near = words.take(2 * NEGATOR_REACH);
                near.find(|&i| self.folded(i) == "anything")?
            }
        };
        if !self.next_is(from, &["that", "to"]) {
            return None;
        }
        let verb = self.after(from, 2)?;
        let tells = matches!(
            self.folded(verb),
            "assume"
                | "believe"
                | "conclude"
                | "indicate"
                | "indicated"
                | "indicates"
                | "prove"
                | "proved"
                | "proves"
                | "suggest"
                | "suggested"
                | "suggests"
                | "suppose"
                | "suspect"
                | "think"
        );
        tells.then_some(verb)
    }

    /// Whether the subject of a clause is said to have had no part: "arson *played no part* in the fire" denies the arson, not the fire.
    fn is_no_part(&self, at: usize, word: &str) -> bool {
        let plays = self.before(at).is_some_and(|i| {
            matches!(
                self.folded(i),
                "had" | "has" | "have" | "play" | "played" | "plays"
            )
        });
        word == "no" && plays && self.next_is(at, &["part", "role"])
    }

    /// The verb of which nobody and nothing is the object: who "has *betrayed* no one" has not betrayed.
    fn verb_of_nobody(&self, at: usize, word: &str) -> Option<usize> {
        let nobody = match word {
            "nobody" | "none" => true,
            "nothing" => !self.next_is(at, &["but", "except", "short"]),
            // "No one thing" is a thing.
            "no" if self.next_is(at, &["one"]) => self
                .after(at, 2)
                .is_none_or(|i| !self.tokens[i].is_word() || self.tokens[i].is(Classes::STOP)),
            // "Has bought no app."
            "no" => self
                .after(at, 1)
                .is_some_and(|i| !self.tokens[i].is(Classes::STOP)),
            _ => false,
        };
        let verb = self.before(at).filter(|_| nobody)?;
        let acts = may_be_past(self.folded(verb)) && !self.tokens[verb].capital;
        (acts && !self.tokens[verb].is(Classes::STOP.or(Classes::SAID))).then_some(verb)
    }

    /// The pronoun of the clause that a negator denies of somebody: "it was not Ada *who* sued" has Ada not suing.
    fn cleft(&self, at: usize, word: &str) -> Option<usize> {
        let be = self
            .before(at)
            .filter(|&i| self.tokens[i].is(Classes::BE))?;
        let it = self.before(be).is_some_and(|i| self.folded(i) == "it");
        if !it || !matches!(word, "not" | "n't" | "never") {
            return None;
        }
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let mut near = words.take(NEGATOR_REACH);
        // "Not Ada but Ben that sued" has Ben suing, and "not surprising that" has Ada suing all the same.
        let who = near.find(|&i| matches!(self.folded(i), "but" | "that" | "which" | "who"))?;
        let named = (at + 1..who).all(|i| self.tokens[i].capital || self.folded(i) == "the");
        let somebody = matches!(self.folded(at + 1), "a" | "an" | "the");
        let denied = match self.folded(who) {
            "but" => false,
            "who" => named || somebody,
            _ => named,
        };
        (denied && who > at + 1).then_some(who)
    }

    /// The "but" that sets something against what a negator denies.
    fn contrast(&self, at: usize) -> Option<usize> {
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        words
            .take(CONTRAST_REACH)
            .find(|&i| self.folded(i) == "but")
    }

    /// The verb that a negator denies before another one that is so: "did not *amend* the budget but approved it". Of the budget something is so.
    fn replaced(&self, at: usize, but: usize) -> Option<usize> {
        let auxiliary = self.before(at)?;
        let verb = (at + 1..but)
            .find(|&i| !self.tokens[i].is(Classes::AUXILIARY) && !self.folded(i).ends_with("ly"))?;
        let next = self.after(but, 1)?;
        let another = self.tokens[auxiliary].is(Classes::AUXILIARY)
            && may_be_past(self.folded(next))
            && !self.tokens[verb].is(Classes::STOP);
        another.then_some(verb)
    }

    /// Where what a negator denies begins, if the same preposition sets something against it: "was not sacked *for drinking* but for refusing".
    /// The act itself then is so.
    fn contrasted(&self, at: usize, but: usize) -> Option<usize> {
        let preposition = self.folded(self.after(but, 1)?);
        let is_cause = matches!(
            preposition,
            "as" | "at" | "because" | "by" | "for" | "from" | "in" | "on" | "over" | "to" | "with"
        );
        let from = (at + 1..but).find(|&i| self.folded(i) == preposition)?;
        is_cause.then_some(from)
    }

    /// Whether the word at `at` begins what a form of "be" says of its subject. "There were non-voting members" says nothing of one.
    fn is_predicative(&self, at: usize) -> bool {
        let adverb = |i: &usize| self.folded(*i).ends_with("ly");
        let words = || (0..at).rev().take_while(|&i| self.tokens[i].is_word());
        let mut before = words().skip_while(adverb);
        let be = before
            .next()
            .is_some_and(|i| self.tokens[i].is(Classes::BE));
        be && before.next().is_none_or(|i| self.folded(i) != "there")
    }

    /// Whether a clause follows of which a negator says that it does not seem to be so: "does not look like the dam will hold", "does not
    /// seem that".
    fn seems(&self, at: usize) -> bool {
        let looks = ["appear", "feel", "look", "looking", "seem", "sound"];
        let verb = self.after(at, 1).filter(|_| self.next_is(at, &looks));
        verb.is_some_and(|verb| {
            self.next_is(verb, &["like", "that"])
                || self.next_is(verb, &["as"]) && self.next_is(verb + 1, &["if", "though"])
        })
    }

    /// Whether a negator calls what follows untrue: "it is not true that", "that is not the case", "no truth in".
    fn rejects(&self, at: usize, word: &str) -> bool {
        match word {
            "not" | "n't" | "never" => {
                let mut near = (1..=3).filter_map(|n| self.after(at, n));
                near.any(|i| matches!(self.folded(i), "true" | "case" | "correct"))
                    || self.seems(at)
            }
            "no" => self.next_is(at, &["truth"]),
            _ => false,
        }
    }

    /// Whether a direct negator negates this very word, as in "did not deny".
    pub(super) fn is_negated_head(&self, at: usize) -> bool {
        self.polarity.cues.iter().any(|cue| cue.head == Some(at))
    }
}
