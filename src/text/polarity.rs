//! Polarity: which words of a sentence stand in the scope of a negation, a denial or a judgement of falsity.
//!
//! Scopes are by surface rules, after the negation-scope tradition of NegEx (Chapman et al. 2001): a cue opens a scope of a
//! few words that punctuation and conjunctions close. Nested scopes do not cancel: double flips are nearly always errors of
//! scope. The same routine reads articles and wordings.

use std::ops::{Deref, Range};

use crate::text::affirmed;
use crate::text::calendar::is_day_or_month;
use crate::text::implied::{Implied, implied};
use crate::text::lexicon::Classes;
use crate::text::stem::{is_irregular, may_be_past};
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;
use crate::text::words::Words;

/// Words to the right that a direct negator reaches. Measured: 6 beats 4, 12 and 20 (stance F1 .902 against .897 for 12).
const NEGATOR_REACH: usize = 6;
/// Words to the left that a copula with a negator reaches.
const COPULA_REACH: usize = 10;
/// Words from "nobody" to the auxiliary of what nobody does. A third fewer or a half more changes no set.
const SUBJECT_REACH: usize = 12;
/// Words to the right that an implied negation reaches; 12 costs .003 precision.
const IMPLIED_REACH: usize = 4;
/// Words from a negator to the "but" of a contrast: "was not sacked for the long delay but for". A third fewer or a half more changes no labelled set.
const CONTRAST_REACH: usize = 14;
/// Words that a judgement of falsity reaches to the left and to the right.
const FALSITY_LEFT: usize = 18;
const FALSITY_RIGHT: usize = 14;

/// Whether a cue denies something said, or negates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    /// A denial, or a judgement of falsity.
    Denial,
    /// A negation.
    Negation,
}

/// A word that opens a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Index into the tokens.
    pub token: usize,
    /// What it does.
    pub kind: CueKind,
    /// Whether it judges or leaves open a whole clause ("it is not true that", "did not say that", "... is nonsense"): what that
    /// clause negates by itself is then neither said nor denied.
    pub judges: bool,
    /// The word that a direct negator negates first and foremost ("did not *sell* the ship"), where that is a content word.
    pub head: Option<usize>,
    /// Whether it is a verb or another word with a meaning of its own ("*barred* from buying"): a wording may hold it.
    pub lexical: bool,
}

/// Nouns for the least of something: who has not "a drop of" it has none.
const MEASURES: &[&str] = &[
    "bit", "drop", "hint", "ounce", "penny", "piece", "scrap", "shred", "sign", "trace", "word",
];

/// Words that tell when, between a verb and its "to".
const WHEN: &[&str] = &[
    "again",
    "at",
    "earlier",
    "early",
    "evening",
    "in",
    "last",
    "late",
    "later",
    "month",
    "morning",
    "night",
    "on",
    "repeatedly",
    "this",
    "today",
    "tonight",
    "twice",
    "week",
    "weekend",
    "year",
    "yesterday",
];
/// So many of them. One fewer or two more change no set.
const WHEN_REACH: usize = 4;

/// The polarity of every token of a sentence.
#[derive(Clone, Debug, Default)]
pub struct Polarity {
    /// The cues, as a bit set of their first 64, in whose scope each token stands.
    scopes: Vec<u64>,
    /// Whether the token is, or belongs to, a cue.
    pub is_cue: Vec<bool>,
    /// The cues in text order.
    pub cues: Vec<Cue>,
}

impl Polarity {
    /// The polarity of a part of the sentence, heard by itself: another party's denial does not reach into it, but what is called untrue
    /// before it may go on in it.
    pub fn within(&self, part: &Range<usize>) -> Self {
        let cues = self.cues.iter().enumerate().take(64);
        let own = cues
            .filter(|(_, cue)| part.contains(&cue.token) || cue.judges && cue.token < part.start)
            .fold(0, |set, (c, _)| set | 1 << c);
        let mut within = self.clone();
        within.scopes[part.clone()]
            .iter_mut()
            .for_each(|scope| *scope &= own);
        within
    }

    /// The polarity of the sentence without a clause: what is negated there negates nothing.
    pub fn without(&self, clause: &Range<usize>) -> Self {
        let cues = self.cues.iter().enumerate().take(64);
        let others = cues
            .filter(|(_, cue)| !clause.contains(&cue.token))
            .fold(0, |set, (c, _)| set | 1 << c);
        let mut without = self.clone();
        without.scopes.iter_mut().for_each(|scope| *scope &= others);
        without
    }

    /// Whether the token stands in any scope.
    pub fn negated(&self, token: usize) -> bool {
        self.scopes[token] != 0
    }

    /// Whether the token stands in the scope of a denial.
    pub fn denied(&self, token: usize) -> bool {
        let mut cues = self.cues.iter().enumerate().take(63);
        cues.any(|(c, cue)| cue.kind == CueKind::Denial && self.scopes[token] & (1 << c) != 0)
    }

    /// Whether the token stands in the scope of one of these cues, given as a bit set.
    pub fn negated_by(&self, token: usize, cues: u64) -> bool {
        self.scopes[token] & cues != 0
    }

    /// Whether the token stands in the scope of two cues, one of which judges the clause that holds the other: "it is not true that
    /// she denies it" neither denies it nor says it.
    pub fn doubly(&self, token: usize) -> bool {
        let holds = |c: usize, t: usize| self.scopes[t] & (1 << c) != 0;
        let cues = || self.cues.iter().enumerate().take(63);
        self.scopes[token].count_ones() > 1
            && cues().any(|(a, judge)| {
                judge.judges
                    && holds(a, token)
                    && cues().any(|(b, inner)| b != a && holds(b, token) && holds(a, inner.token))
            })
    }

    /// Reads the scopes of a wording: a cue that is a word of its own is one of its words, and negates nothing.
    pub fn of_wording(vocabulary: &Vocabulary, tokens: &[Token]) -> Self {
        let mut polarity = Self::read(vocabulary, tokens);
        let lexical = polarity
            .cues
            .iter()
            .enumerate()
            .filter(|(_, cue)| cue.lexical);
        let gone: Vec<(usize, usize)> = lexical.map(|(c, cue)| (c, cue.token)).collect();
        for &(c, token) in gone.iter().rev() {
            polarity.is_cue[token] = false;
            let low = (1u64 << c.min(63)) - 1;
            for scope in &mut polarity.scopes {
                *scope = *scope & low | *scope >> 1 & !low;
            }
            polarity.cues.remove(c);
        }
        polarity
    }

    /// Reads the scopes of a sentence.
    pub fn read(vocabulary: &Vocabulary, tokens: &[Token]) -> Self {
        let mut reader = Reader {
            words: Words { vocabulary, tokens },
            polarity: Polarity {
                scopes: vec![0; tokens.len()],
                is_cue: vec![false; tokens.len()],
                cues: Vec::new(),
            },
        };
        const ANY: Classes = Classes::NEGDIR
            .or(Classes::IMPLNEG)
            .or(Classes::NEGNOUN)
            .or(Classes::DENY)
            .or(Classes::DENYOBJ)
            .or(Classes::FALSE)
            .or(Classes::FALSEOBJ);
        for (at, token) in tokens.iter().enumerate() {
            let word = reader.folded(at);
            if token.is_word()
                && let Some(implied) = implied(vocabulary, tokens, at)
            {
                reader.implied(at, implied);
            }
            if token.is(ANY)
                || matches!(
                    word,
                    "yet" | "far" | "lying" | "lied" | "liar" | "made" | "mistakenly" | "wrongly"
                )
            {
                reader.cue(at);
            }
        }
        reader.polarity
    }
}

struct Reader<'a> {
    words: Words<'a>,
    polarity: Polarity,
}

impl<'a> Deref for Reader<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        &self.words
    }
}

impl<'a> Reader<'a> {
    fn within_after(&self, at: usize, n: usize, classes: Classes) -> bool {
        (1..=n)
            .filter_map(|k| self.after(at, k))
            .any(|i| self.tokens[i].is(classes))
    }

    fn open(&mut self, at: usize, kind: CueKind) {
        self.polarity.is_cue[at] = true;
        self.polarity.cues.push(Cue {
            token: at,
            kind,
            judges: false,
            head: None,
            lexical: false,
        });
    }

    /// Tells of the cue that was opened last, at `at`, whether it is a word of its own.
    fn mark_lexical(&mut self, at: usize) {
        let lexical = Classes::PREVENTING
            .or(Classes::OPPOSING)
            .or(Classes::NEGNOUN);
        let is_lexical = self.tokens[at].is(lexical);
        if let Some(cue) = self.polarity.cues.last_mut() {
            cue.lexical = is_lexical;
        }
    }

    /// Tells the head of the cue that was opened last.
    fn head_is(&mut self, head: Option<usize>) {
        if let Some(cue) = self.polarity.cues.last_mut() {
            cue.head = head;
        }
    }

    /// Puts a token into the scope of the cue that was opened last. Cues beyond the 64th share a bit: no sentence has so many.
    fn mark(&mut self, i: usize) {
        let cue = self.polarity.cues.len().saturating_sub(1).min(63);
        self.polarity.scopes[i] |= 1 << cue;
    }

    /// The first content word after a direct negator, adverbs passed over.
    fn head(&self, at: usize) -> Option<usize> {
        for i in (at + 1..self.tokens.len()).take(2 * NEGATOR_REACH) {
            let token = &self.tokens[i];
            if !token.is_word() {
                if token.is_mark('"') {
                    continue;
                }
                return None;
            }
            if token.is(Classes::BOUND) {
                return None;
            }
            let word = self.folded(i);
            let adverb = word.ends_with("ly") || matches!(word, "once" | "yet" | "ever" | "always");
            let light = matches!(word, "put" | "lay" | "take" | "make" | "give" | "have")
                && self.next_is(i, &["a", "an", "any", "the"]);
            // "Did not get booted" is "was not booted".
            let passive = matches!(word, "get" | "got" | "getting")
                && i + 1 < self.tokens.len()
                && (self.folded(i + 1).ends_with("ed") || is_irregular(self.folded(i + 1)));
            // "Not a drop of water" is "no water".
            let measure = is_listed(MEASURES, word) && self.next_is(i, &["of"]);
            // "Not a single weapon" is "no weapon".
            let single = word == "single" && self.folded(i - 1) == "a";
            let content =
                !token.is(Classes::STOP) && !adverb && !light && !passive && !measure && !single;
            if content || token.is(Classes::SAID) {
                return Some(i);
            }
        }
        None
    }

    fn cue(&mut self, at: usize) {
        let token = self.tokens[at];
        let word = self.folded(at);
        if token.is(Classes::NEGDIR) {
            self.negator(at, word);
        } else if token.is(Classes::IMPLNEG.or(Classes::NEGNOUN)) {
            let never = self
                .before(at)
                .is_some_and(|i| affirmed::never_fails(self.words, i));
            if let Some(to) = self.complement(at)
                && !never
                && !self.is_negated_head(at)
            {
                self.open(at, CueKind::Negation);
                self.mark_lexical(at);
                self.right(to, IMPLIED_REACH);
            }
        } else if word == "yet" {
            if self.next_is(at, &["to"]) {
                self.open(at, CueKind::Negation);
                self.right(at + 1, IMPLIED_REACH);
                if self.next_is(at + 1, &["be"]) {
                    self.left(at, COPULA_REACH);
                }
            }
        } else if word == "far" && self.next_is(at, &["from"]) {
            self.open(at, CueKind::Negation);
            self.right(at + 1, IMPLIED_REACH);
            self.left(at, COPULA_REACH);
        }
        if token.is(Classes::DENY) || token.is(Classes::DENYOBJ) {
            self.denial(at, word);
        }
        // "The man who said he won was lying".
        let lies = matches!(word, "lying" | "lied" | "liar")
            && (1..at).any(|i| {
                self.tokens[i].is(Classes::REPORTING)
                    && matches!(self.folded(i - 1), "who" | "whoever" | "that")
            });
        // "It is wrong to say that he won", "was wrongly said to have won".
        let says = |i: usize| {
            let verbs = Classes::REPORTING
                .or(Classes::PERCEIVING)
                .or(Classes::BELIEVED);
            i < self.tokens.len() && self.tokens[i].is(verbs)
        };
        let wrongly = word == "made" && self.next_is(at, &["up"]) && self.is_of_something_said(at)
            || word == "wrong" && self.next_is(at, &["to"]) && says(at + 2)
            || matches!(word, "mistakenly" | "wrongly") && says(at + 1);
        // "The village lies in ruins".
        let stands = matches!(word, "lie" | "lies")
            && self.next_is(
                at,
                &[
                    "about", "ahead", "at", "below", "beneath", "between", "in", "near", "on",
                    "under", "with",
                ],
            );
        // "A run set off by false rumours": nothing is said to be false.
        let brings = |i: usize| {
            matches!(
                self.folded(i),
                "after" | "by" | "from" | "of" | "on" | "over" | "through" | "with"
            )
        };
        let attribute = self.before(at).is_some_and(brings)
            && self
                .after(at, 1)
                .is_some_and(|i| self.tokens[i].is(Classes::SPEECH))
            && !self.next_is(at + 1, &["about", "of", "that"]);
        if token.is(Classes::FALSE) && !stands && !attribute
            || lies
            || wrongly
            || (token.is(Classes::FALSEOBJ) && self.is_of_something_said(at))
        {
            self.falsity(at);
        }
    }

    /// Whether the word at `at` is said of something said: "the report is wrong", "called the report pure invention", "dismissed the report as
    /// fantasy". What "went wrong" in a report does not make the report so.
    fn is_of_something_said(&self, at: usize) -> bool {
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

    /// The "to" or "of" behind a word that implies a negation. Of a verb, words that tell when may stand between: "refused on Monday to resign".
    fn complement(&self, at: usize) -> Option<usize> {
        if self.next_is(at, &["to", "of"]) {
            return Some(at + 1);
        }
        let when = |i: usize| {
            let word = self.folded(i);
            is_day_or_month(word) || is_listed(WHEN, word) || self.tokens[i].value().is_some()
        };
        let words = (at + 1..self.tokens.len()).take_while(|&i| self.tokens[i].is_word());
        let to = words
            .take(1 + WHEN_REACH)
            .find(|&i| self.folded(i) == "to")?;
        (self.tokens[at].is(Classes::IMPLNEG) && (at + 1..to).all(when)).then_some(to)
    }

    fn implied(&mut self, at: usize, implied: Implied) {
        // Who has not given up a plan may carry it out.
        if self.is_negated_head(at) {
            return;
        }
        self.open(at, CueKind::Negation);
        self.mark_lexical(at);
        match implied {
            Implied::After(from) => {
                let head = self.head(from);
                self.head_is(head);
                self.right(from, IMPLIED_REACH);
            }
            Implied::Before => self.left(at, COPULA_REACH),
        }
    }

    fn negator(&mut self, at: usize, word: &str) {
        if affirmed::says_so(self.words, at) {
            return;
        }
        let mut near = (1..=2).filter_map(|n| self.after(at, n));
        if let Some(attitude) = near.find(|&i| self.tokens[i].is(Classes::ATTITUDE)) {
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
            "no" => {
                self.next_is(at, &["one"])
                    && self.after(at, 2).is_none_or(|i| {
                        !self.tokens[i].is_word() || self.tokens[i].is(Classes::STOP)
                    })
            }
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

    /// Whether a negator calls what follows untrue: "it is not true that", "that is not the case", "no truth in".
    fn rejects(&self, at: usize, word: &str) -> bool {
        match word {
            "not" | "n't" | "never" => (1..=3)
                .filter_map(|n| self.after(at, n))
                .any(|i| matches!(self.folded(i), "true" | "case" | "correct")),
            "no" => self.next_is(at, &["truth"]),
            _ => false,
        }
    }

    /// Whether a direct negator negates this very word, as in "did not deny".
    fn is_negated_head(&self, at: usize) -> bool {
        self.polarity.cues.iter().any(|cue| cue.head == Some(at))
    }

    fn denial(&mut self, at: usize, word: &str) {
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
    fn acts(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.is(Classes::AUXILIARY) || token.is_word() && may_be_past(self.folded(at))
        })
    }

    /// The cue that was opened last judges a whole clause.
    fn judge(&mut self) {
        if let Some(cue) = self.polarity.cues.last_mut() {
            cue.judges = true;
        }
    }

    /// Marks what a denial reaches: to the end of the sentence, through commas, up to a contrast or a new clause; through relative
    /// clauses where `all` is judged.
    fn denied(&mut self, at: usize, all: bool) {
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

    fn falsity(&mut self, at: usize) {
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

    /// Whether the verb behind the word at `at` stands in its base form: "did not", "cannot", "refused to". Nor is that which follows "ruled out"
    /// a verb in the past.
    fn asks_for_base(&self, at: usize) -> bool {
        let before = self.before(at).map(|i| self.folded(i));
        let modal = |word: &str| {
            matches!(
                word,
                "can"
                    | "could"
                    | "did"
                    | "do"
                    | "does"
                    | "may"
                    | "might"
                    | "must"
                    | "should"
                    | "will"
                    | "wo"
                    | "would"
                    | "ca"
            )
        };
        match self.folded(at) {
            "cannot" | "out" | "to" => true,
            "n't" | "never" | "not" => before.is_some_and(modal),
            _ => false,
        }
    }

    /// Marks up to `reach` words after `at`.
    fn right(&mut self, at: usize, reach: usize) {
        let base = self.asks_for_base(at);
        let mut words = 0;
        for i in at + 1..self.tokens.len() {
            let token = &self.tokens[i];
            if !token.is_word() {
                if token.is_mark('"') {
                    continue;
                }
                break;
            }
            if words >= reach || (token.is(Classes::BOUND) && words > 0) {
                break;
            }
            if self.folded(i) == "and"
                && self.after(i, 1).is_some_and(|next| {
                    self.tokens[next].is(Classes::PRONOUN.or(Classes::AUXILIARY))
                        // "Refused to settle and sued": what is so stands in the past.
                        || base && may_be_past(self.folded(next))
                })
            {
                break;
            }
            words += 1;
            self.mark(i);
        }
    }

    /// Marks up to `reach` words before `at`.
    fn left(&mut self, at: usize, reach: usize) {
        let mut words = 0;
        for i in (0..at).rev() {
            let token = &self.tokens[i];
            if !token.is_word() {
                if token.is_mark('"') {
                    continue;
                }
                break;
            }
            let word = self.folded(i);
            if words >= reach
                || token.is(Classes::BOUND)
                || token.is(Classes::SAID)
                || word == "that"
                || word == "and" && !self.joins_names(i)
            {
                break;
            }
            words += 1;
            self.mark(i);
        }
    }

    /// Whether two names stand about the "and" at `at`: "talks between Halvar and Brant are not taking place".
    fn joins_names(&self, at: usize) -> bool {
        let is_name = |i: usize| self.tokens[i].is_word() && self.tokens[i].capital;
        at > 0 && at + 1 < self.tokens.len() && is_name(at - 1) && is_name(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [MEASURES, WHEN] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    fn negated(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.tokenize(text);
        let polarity = Polarity::read(&vocabulary, &tokens);
        tokens
            .iter()
            .enumerate()
            .filter(|&(i, t)| polarity.negated(i) && t.is_word() && !polarity.is_cue[i])
            .map(|(_, t)| vocabulary.word(t.word).folded.to_string())
            .collect()
    }

    #[test]
    fn scopes() {
        let table: &[(&str, &str, &str)] = &[
            ("The mayor did not sign the lease.", "sign lease", "mayor"),
            ("The lease has never been signed.", "lease signed", ""),
            (
                "It was not the mayor who signed the lease.",
                "mayor signed lease",
                "",
            ),
            (
                "It was not the mayor but the clerk who signed it.",
                "mayor",
                "signed",
            ),
            (
                "She denied that the bridge was closed, saying it is open.",
                "bridge closed",
                "open",
            ),
            ("The story is a hoax.", "story", ""),
            ("He rejected the offer.", "", "offer"),
            ("He rejected the claim that the dam broke.", "dam broke", ""),
            (
                "He rejected the theory that the dam broke.",
                "dam broke",
                "",
            ),
            (
                "Police dropped the theory of an arson attack.",
                "arson attack",
                "police",
            ),
            ("The team refused to play.", "play", "team"),
            ("No doubt the dam broke.", "", "dam broke"),
            ("They did not want the road closed.", "want", "road closed"),
            (
                "They did not want to close the road.",
                "want close road",
                "they",
            ),
            ("The court has yet to rule.", "rule", "court"),
            ("Not only did the dam break.", "", "dam break"),
            ("The dam is not the only one that broke.", "", "dam broke"),
            ("The report was denied by the mayor.", "report", ""),
            ("The mayor did not get sacked.", "sacked", ""),
            (
                "The mayor was wholly non-liable for the flood.",
                "mayor liable flood",
                "",
            ),
            (
                "A non-binding vote backed the mayor.",
                "binding",
                "vote mayor",
            ),
            ("There were non-voting members.", "voting", "members"),
            (
                "The firm dropped plans to sell the dam.",
                "sell dam",
                "firm",
            ),
            ("The plan to sell the dam was scrapped.", "sell dam", ""),
            ("The court cleared the mayor of fraud.", "fraud", "mayor"),
            ("The dam is no longer safe.", "safe", ""),
            ("She ruled out a sale.", "sale", ""),
            ("She refused to rule out a quick sale.", "", "sale"),
            ("The report of a flood was wrong.", "report flood", ""),
            ("The mayor was wrong.", "", "mayor"),
            (
                "The report of a flood is thus disproved.",
                "report flood",
                "",
            ),
            (
                "There is no reason to think that the old brick dam was blown up.",
                "dam blown",
                "",
            ),
            (
                "There is nothing to suggest that the old brick dam was blown up.",
                "dam blown",
                "",
            ),
            (
                "They did not see anything that suggested a bomb.",
                "bomb",
                "",
            ),
            ("Arson played no part in the fire.", "arson", "fire"),
            ("The mayor had nothing to say that day.", "", "mayor"),
            ("The mayor has betrayed no one.", "betrayed", "mayor"),
            ("The mayor betrayed nobody.", "betrayed", "mayor"),
            ("The mayor betrayed nothing but fear.", "", "betrayed"),
            ("They stopped at nothing.", "", "stopped"),
        ];
        for (text, inside, outside) in table {
            let got = negated(text);
            for word in inside.split_whitespace() {
                assert!(
                    got.iter().any(|g| g == word),
                    "{text}: {word} should be negated, got {got:?}"
                );
            }
            for word in outside.split_whitespace() {
                assert!(
                    !got.iter().any(|g| g == word),
                    "{text}: {word} should not be negated, got {got:?}"
                );
            }
        }
    }
}
