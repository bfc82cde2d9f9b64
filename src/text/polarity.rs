//! Polarity: which words of a sentence stand in the scope of a negation, a denial or a judgement of falsity.
//!
//! Scopes are by surface rules, after the negation-scope tradition of NegEx (Chapman et al. 2001): a cue opens a scope of a
//! few words that punctuation and conjunctions close. Nested scopes do not cancel: double flips are nearly always errors of
//! scope. The same routine reads articles and wordings.

mod denial;
mod negator;

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
/// Words to the right that an implied negation reaches; 12 costs .003 precision.
const IMPLIED_REACH: usize = 4;

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
    /// The last content word that stands in a row with the head of a verb that implies a negation: "called off the *long strike*".
    pub row: Option<usize>,
    /// Whether it is a verb or another word with a meaning of its own ("*barred* from buying"): a wording may hold it.
    pub lexical: bool,
    /// The particle that says it without the verb, too: what was "called *off*" "is *off*".
    pub particle: Option<usize>,
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
/// Words before a "lie" that is one.
const CALLED: &[&str] = &[
    "a",
    "all",
    "an",
    "another",
    "as",
    "barefaced",
    "big",
    "blatant",
    "brazen",
    "complete",
    "downright",
    "evil",
    "foul",
    "it",
    "just",
    "malicious",
    "monstrous",
    "of",
    "only",
    "outright",
    "plain",
    "pure",
    "sheer",
    "such",
    "the",
    "them",
    "these",
    "this",
    "those",
    "total",
    "utter",
    "vicious",
    "vile",
    "wicked",
];

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
        let own =
            self.set_of(|cue| part.contains(&cue.token) || cue.judges && cue.token < part.start);
        let mut within = self.clone();
        within.scopes[part.clone()]
            .iter_mut()
            .for_each(|scope| *scope &= own);
        within
    }

    /// The polarity of the sentence without a clause: what is negated there negates nothing.
    pub fn without(&self, clause: &Range<usize>) -> Self {
        let others = self.set_of(|cue| !clause.contains(&cue.token));
        let mut without = self.clone();
        without.scopes.iter_mut().for_each(|scope| *scope &= others);
        without
    }

    /// The cues with their bits in a set: 63 at most, as those beyond share the last one.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &Cue)> {
        self.cues.iter().enumerate().take(63)
    }

    /// The cues for which this holds, as a bit set.
    pub fn set_of(&self, holds: impl Fn(&Cue) -> bool) -> u64 {
        let cues = self.numbered().filter(|(_, cue)| holds(cue));
        cues.fold(0, |set, (c, _)| set | 1 << c)
    }

    /// Whether the token stands in any scope.
    pub fn negated(&self, token: usize) -> bool {
        self.scopes[token] != 0
    }

    /// Whether the token stands in the scope of a denial.
    pub fn denied(&self, token: usize) -> bool {
        self.negated_by(token, self.set_of(|cue| cue.kind == CueKind::Denial))
    }

    /// Whether the token stands in the scope of one of these cues, given as a bit set.
    pub fn negated_by(&self, token: usize, cues: u64) -> bool {
        self.scopes[token] & cues != 0
    }

    /// Whether the token stands in the scope of two cues, one of which judges the clause that holds the other: "it is not true that
    /// she denies it" neither denies it nor says it.
    pub fn doubly(&self, token: usize) -> bool {
        let holds = |c: usize, t: usize| self.scopes[t] & (1 << c) != 0;
        let cues = || self.numbered();
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
            row: None,
            lexical: false,
            particle: None,
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
        // "It is a lie", "called it lies", but "the village lies in ruins", "a ship that lies deep".
        let called = |i: usize| {
            let before = self.folded(i);
            self.tokens[i].is(Classes::BE) || before.ends_with("ly") || is_listed(CALLED, before)
        };
        let stands = matches!(word, "lie" | "lies") && !self.before(at).is_some_and(called);
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
        if self.next_is(at, &["off"])
            && let Some(cue) = self.polarity.cues.last_mut()
        {
            cue.particle = Some(at + 1);
        }
        match implied {
            Implied::After(from) => {
                let head = self.head(from);
                self.head_is(head);
                let content =
                    |i: &usize| self.tokens[*i].is_word() && !self.tokens[*i].is(Classes::STOP);
                let row = head.map(|head| head..self.tokens.len());
                let row = row.and_then(|words| words.take_while(content).last());
                if let Some(cue) = self.polarity.cues.last_mut() {
                    cue.row = row;
                }
                self.right(from, IMPLIED_REACH);
            }
            Implied::Before => self.left(at, COPULA_REACH),
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
        for list in [CALLED, MEASURES, WHEN] {
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
            ("The report of a flood is a lie.", "report flood", ""),
            (
                "The report of a flood lies on the table.",
                "",
                "report flood",
            ),
            (
                "A village that lies too near the dam was closed.",
                "",
                "village closed dam",
            ),
            ("It does not look like the dam will hold.", "dam hold", ""),
            ("The firm has bought no dam.", "bought dam", "firm"),
            ("The firm had no dam.", "dam", "firm"),
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
