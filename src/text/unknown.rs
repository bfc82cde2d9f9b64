//! What a sentence says is not known: *unclear*, *has not been confirmed*, *no word on*, *remains to be seen*.
//!
//! "Not known" has more wordings than a claim file can list, and all of them say the same, so they are one expression here. What the
//! sentence says is not known, it neither says nor denies. The patterns are closed lists of English, in the tradition of the
//! cue lists for factuality (Saurí and Pustejovsky 2009).

use std::ops::{Deref, Range};

use crate::text::calendar::is_day_or_month;
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;
use crate::text::words::Words;

/// Words that an expression may be parted by: "has not yet been independently confirmed".
const GAP: usize = 4;
/// Tokens before an expression in which its subject begins; a sentence of news copy has some twenty words.
const SUBJECT: usize = 25;

/// Adjectives that say it by themselves.
const STATES: &[&str] = &[
    "inconclusive",
    "uncertain",
    "unclear",
    "unconfirmed",
    "undetermined",
    "unknown",
    "unverified",
];

/// Participles and adjectives that say it where they are negated.
const KNOWN: &[&str] = &[
    "ascertained",
    "authenticated",
    "certain",
    "clear",
    "confirmed",
    "corroborated",
    "determined",
    "established",
    "known",
    "substantiated",
    "sure",
    "verified",
];

/// Verbs that say it where they are negated or impossible.
const TELL: &[&str] = &[
    "ascertain",
    "authenticate",
    "confirm",
    "corroborate",
    "determine",
    "establish",
    "know",
    "say",
    "tell",
    "verify",
];

/// Nouns that say it after "no".
const NOUNS: &[&str] = &["clarity", "confirmation", "details", "information", "word"];

/// Words before "to tell" that say that nobody can.
const BARRED: &[&str] = &[
    "difficult",
    "early",
    "hard",
    "impossible",
    "possible",
    "soon",
    "unable",
    "way",
];

/// An expression that says that something is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// First token.
    pub first: usize,
    /// Last token.
    pub last: usize,
    /// What is not known, where the sentence says so.
    pub open: Option<Range<usize>>,
}

/// The expressions of a sentence, in text order.
pub fn unknown(vocabulary: &Vocabulary, tokens: &[Token]) -> Vec<Unknown> {
    let mut found: Vec<Unknown> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !token.is(Classes::UNKNOWN) {
            continue;
        }
        let reader = Reader(Words { vocabulary, tokens });
        if let Some((first, last)) = reader.expression(at) {
            // "Neither confirmed nor denied that it is known": one expression is enough.
            let again = found.last().is_some_and(|before| before.last >= first);
            if again || reader.is_negated(first) {
                continue;
            }
            let open = reader.open(first, last);
            found.push(Unknown { first, last, open });
        }
    }
    found
}

struct Reader<'a>(Words<'a>);

impl<'a> Deref for Reader<'a> {
    type Target = Words<'a>;

    fn deref(&self) -> &Words<'a> {
        &self.0
    }
}

impl<'a> Reader<'a> {
    /// Whether a word may stand inside an expression.
    fn is_light(&self, at: usize) -> bool {
        let word = self.folded(at);
        self.tokens[at].is_word()
            && (self.tokens[at].is(Classes::BE)
                || word.ends_with("ly")
                || matches!(
                    word,
                    "yet" | "so" | "far" | "quite" | "at" | "all" | "still"
                ))
    }

    /// The nearest word before `at` that is not light, if it is near.
    fn anchor(&self, at: usize) -> Option<usize> {
        let near = at.saturating_sub(GAP)..at;
        let found = near.rev().find(|&i| !self.is_light(i))?;
        self.tokens[found].is_word().then_some(found)
    }

    /// Whether the expression that begins at `first` is itself negated: "is not unclear", "it is not true that it is unclear".
    fn is_negated(&self, first: usize) -> bool {
        let negator = |i: usize| self.tokens[i].is(Classes::NEGDIR);
        let near = first.saturating_sub(GAP)..first;
        let own = near
            .rev()
            .take_while(|&i| self.is_light(i) || negator(i) || self.folded(i) == "a")
            .any(negator);
        own || (0..first).any(|i| {
            matches!(self.folded(i), "true" | "case" | "correct")
                && (i.saturating_sub(3)..i).any(negator)
                && self.word(i + 1) == Some("that")
        })
    }

    /// First and last token of the expression in which the word at `at` is the telling one.
    fn expression(&self, at: usize) -> Option<(usize, usize)> {
        let word = self.folded(at);
        if is_listed(STATES, word) {
            return Some((at, at));
        }
        if word == "mystery" {
            let article = at.checked_sub(1).filter(|&i| self.folded(i) == "a")?;
            let verb = self.anchor_or_be(article)?;
            let negated = (verb..at).any(|i| self.tokens[i].is(Classes::NEGDIR));
            return (!negated).then_some((verb, at));
        }
        // "Hangs in the balance", "is up in the air".
        if matches!(word, "air" | "balance") {
            let first = at.checked_sub(3)?;
            let idiom = self.folded(first + 1) == "in" && self.folded(first + 2) == "the";
            let begins = match word {
                "air" => self.folded(first) == "up",
                _ => self.folded(first).starts_with("hang") || self.folded(first) == "hung",
            };
            return (idiom && begins).then_some((first, at));
        }
        // "Left open whether", "was left open".
        if word == "open" {
            let left = at.checked_sub(1)?;
            let leaves = matches!(self.folded(left), "leave" | "leaves" | "leaving" | "left");
            let asks = self.word(at + 1).is_some_and(is_open_question);
            let passive = left > 0 && self.tokens[left - 1].is(Classes::BE);
            return (leaves && (asks || passive)).then_some((left, at));
        }
        // "Have no idea what".
        if word == "idea" {
            let no = at.checked_sub(1).filter(|&i| self.folded(i) == "no")?;
            let asks = |word| is_open_question(word) || is_asking(word);
            return self.word(at + 1).is_some_and(asks).then_some((no, at));
        }
        if word == "guess" {
            return self.phrase_before(at, &["anyone", "anybody"]);
        }
        // "Remains an open question".
        if word == "question" {
            let open = at.checked_sub(1).filter(|&i| self.folded(i) == "open")?;
            let verb = self.anchor_or_be(open)?;
            let negated = (verb..at).any(|i| self.tokens[i].is(Classes::NEGDIR));
            return (!negated).then_some((verb, at));
        }
        if word == "seen" {
            let to = at.checked_sub(2)?;
            let remains = to.checked_sub(1)?;
            let told = self.folded(to) == "to"
                && self.folded(to + 1) == "be"
                && self.folded(remains).starts_with("remain");
            return told.then_some((remains, at));
        }
        if is_listed(NOUNS, word) {
            let no = (at.saturating_sub(3)..at)
                .rev()
                .take_while(|&i| self.tokens[i].is_word())
                .find(|&i| self.folded(i) == "no")?;
            return Some((no, at));
        }
        if is_listed(KNOWN, word) {
            let before = self.anchor(at)?;
            if matches!(self.folded(before), "not" | "n't" | "never" | "cannot") {
                return Some((before, at));
            }
            // "Yet to be confirmed", "remains to be determined".
            if self.folded(before) == "to" {
                return self.barred(before).map(|first| (first, at));
            }
        }
        let base = self.base(word)?;
        let before = self.anchor(at)?;
        match self.folded(before) {
            "not" | "n't" | "cannot" => {
                let asks = self.asks_behind(at);
                let able = before
                    .checked_sub(1)
                    .is_some_and(|i| matches!(self.folded(i), "could" | "can" | "ca"))
                    || self.folded(before) == "cannot";
                let is_told = match base {
                    "say" | "tell" => asks,
                    "know" => asks || self.word(at + 1).is_none(),
                    "establish" | "determine" => able,
                    _ => true,
                };
                is_told.then_some((before, at))
            }
            // "Nobody can say yet whether".
            "can" | "could" => {
                let nobody = before.checked_sub(1)?;
                let first = match self.folded(nobody) {
                    "nobody" | "none" => nobody,
                    "one" => nobody
                        .checked_sub(1)
                        .filter(|&no| self.folded(no) == "no")?,
                    _ => return None,
                };
                let next = (at + 1..self.tokens.len()).find(|&i| !self.is_light(i))?;
                let asks = base == "know" || self.word(next).is_some_and(is_open_question);
                asks.then_some((first, next - 1))
            }
            "neither" => Some((before, self.after_nor(at))),
            "to" => self.barred(before).map(|first| (first, at)),
            "nobody" | "none" if base == "know" => Some((before, at)),
            "one" if base == "know" => before
                .checked_sub(1)
                .filter(|&no| self.folded(no) == "no")
                .map(|no| (no, at)),
            _ => None,
        }
    }

    /// Whether a word asks behind a verb, where nothing but when it was said stands between: "could not say on Friday *if*".
    fn asks_behind(&self, verb: usize) -> bool {
        let when = |i: &usize| {
            let word = self.folded(*i);
            self.is_light(*i) || word == "on" || is_day_or_month(word)
        };
        let next = (verb + 1..self.tokens.len()).find(|i| !when(i));
        next.and_then(|i| self.word(i))
            .is_some_and(is_open_question)
    }

    /// The form under which [`TELL`] lists a verb.
    fn base(&self, word: &'a str) -> Option<&'static str> {
        let strip = |tail: &str| word.strip_suffix(tail).map(str::to_owned);
        let forms = [
            Some(word.to_owned()),
            strip("s"),
            strip("ed"),
            strip("d"),
            strip("ied").map(|stem| format!("{stem}y")),
            strip("ies").map(|stem| format!("{stem}y")),
            (word == "knew").then(|| "know".to_owned()),
        ];
        let known = |form: &String| TELL.iter().find(|verb| *verb == form);
        forms.iter().flatten().find_map(known).copied()
    }

    /// The end of "nor denied" after "neither confirmed".
    fn after_nor(&self, at: usize) -> usize {
        match (self.word(at + 1), self.word(at + 2)) {
            (Some("nor"), Some(denied)) if denied.starts_with("den") => at + 2,
            _ => at,
        }
    }

    /// The first token of what bars the verb after the "to" at `at`: "yet to", "unable to", "declined to", "too early to".
    fn barred(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let word = self.folded(before);
        let bars = word == "yet"
            || word.starts_with("remain")
            || self.tokens[before].is(Classes::IMPLNEG)
            || is_listed(BARRED, word);
        if !bars {
            return None;
        }
        match word {
            "early" | "soon" => self.phrase_before(before, &["too"]).map(|(first, _)| first),
            "possible" => self
                .phrase_before(before, &["not", "n't"])
                .map(|(first, _)| first),
            "way" => self.phrase_before(before, &["no"]).map(|(first, _)| first),
            _ => Some(before),
        }
    }

    /// The one of these words up to three words before `at`, with `at`.
    fn phrase_before(&self, at: usize, words: &[&str]) -> Option<(usize, usize)> {
        let near = (at.saturating_sub(3)..at).rev();
        near.take_while(|&i| self.tokens[i].is_word())
            .find(|&i| words.contains(&self.folded(i)))
            .map(|first| (first, at))
    }

    /// A form of "be" or "remain" before `at`, adverbs passed over.
    fn anchor_or_be(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(GAP)..at)
            .rev()
            .take_while(|&i| self.tokens[i].is_word())
            .find(|&i| self.tokens[i].is(Classes::BE) || self.folded(i).starts_with("remain"))
    }

    /// What the expression says is not known: the clause with "whether" or "that" behind it, what a preposition brings, or the
    /// subject before it. Why and how something came about is asked of what did.
    fn open(&self, first: usize, last: usize) -> Option<Range<usize>> {
        let next = last + 1;
        match self.word(next) {
            Some(word) if is_open_question(word) || word == "that" => {
                return Some(next..self.clause_end(next));
            }
            Some("on" | "of" | "about" | "as") => {
                if self.word(next + 1).is_some_and(is_asking) {
                    return None;
                }
                return Some(next..self.clause_end(next));
            }
            Some(word) if is_asking(word) => return None,
            _ => {}
        }
        // "Unconfirmed reports that it sank" say that it sank, however weakly.
        if is_listed(STATES, self.folded(last)) && !self.is_predicate(first) {
            return None;
        }
        if self.is_active(first, last) {
            let end = self.clause_end(last);
            return (end > next).then_some(next..end);
        }
        let start = self.clause_start(first);
        let asks = (start..first)
            .find(|&i| self.tokens[i].is_word())
            .is_some_and(|i| is_asking(self.folded(i)));
        (!asks && start < first).then_some(start..first)
    }

    /// Whether somebody cannot tell, so that what is not known follows: "could not confirm the death".
    fn is_active(&self, first: usize, last: usize) -> bool {
        let word = self.folded(last);
        let passive =
            (first..last).any(|i| self.tokens[i].is(Classes::BE)) || self.is_predicate(first);
        let noun = is_listed(NOUNS, word);
        let verb = self.base(word).is_some() || word.starts_with("den");
        (verb && !passive) || noun
    }

    /// Whether a form of "be" or "remain" stands before `at`, adverbs passed over.
    fn is_predicate(&self, at: usize) -> bool {
        self.anchor_or_be(at)
            .is_some_and(|be| (be + 1..at).all(|i| self.is_light(i)))
    }

    fn clause_end(&self, at: usize) -> usize {
        (at + 1..self.tokens.len())
            .find(|&i| {
                let token = &self.tokens[i];
                [',', ';', ':', '—'].iter().any(|&mark| token.is_mark(mark))
                    || matches!(self.folded(i), "but" | "although" | "though")
            })
            .unwrap_or(self.tokens.len())
    }

    fn clause_start(&self, at: usize) -> usize {
        (at.saturating_sub(SUBJECT)..at)
            .rev()
            .find(|&i| {
                let token = &self.tokens[i];
                token.is_mark(';')
                    || token.is_mark(':')
                    || token.is_mark('—')
                    || matches!(self.folded(i), "but" | "although" | "though" | "while")
            })
            .map_or(at.saturating_sub(SUBJECT), |i| i + 1)
    }
}

/// Words that leave open that something is so at all.
fn is_open_question(word: &str) -> bool {
    matches!(word, "whether" | "if")
}

/// Words that ask for a circumstance of what is so.
fn is_asking(word: &str) -> bool {
    matches!(
        word,
        "how" | "what" | "when" | "where" | "which" | "who" | "whom" | "whose" | "why"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expression and what is open, as text.
    fn read(text: &str) -> Vec<(String, String)> {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.tokenize(text);
        let part = |from: usize, to: usize| {
            if from >= to {
                return String::new();
            }
            text[tokens[from].span.start..tokens[to - 1].span.end].to_owned()
        };
        unknown(&vocabulary, &tokens)
            .into_iter()
            .map(|u| {
                let open = u.open.map_or(String::new(), |o| part(o.start, o.end));
                (part(u.first, u.last + 1), open)
            })
            .collect()
    }

    #[test]
    fn what_is_not_known() {
        for (text, expression, open) in [
            (
                "It is unclear whether the ferry sank.",
                "unclear",
                "whether the ferry sank",
            ),
            (
                "The sinking has not yet been independently confirmed.",
                "not yet been independently confirmed",
                "The sinking has",
            ),
            ("There was no word on the ferry.", "no word", "on the ferry"),
            (
                "The line would neither confirm nor deny that it sank.",
                "neither confirm nor deny",
                "that it sank",
            ),
            (
                "The coast guard could not verify the report.",
                "not verify",
                "the report",
            ),
            ("Nobody knows why it sank.", "Nobody knows", ""),
            (
                "Whether the ferry sank remains an open question.",
                "remains an open question",
                "Whether the ferry sank",
            ),
            (
                "Nobody can say yet whether it sank.",
                "Nobody can say yet",
                "whether it sank",
            ),
            (
                "How the ferry sank remains a mystery.",
                "remains a mystery",
                "",
            ),
            (
                "It is too early to say whether it sank.",
                "too early to say",
                "whether it sank",
            ),
            (
                "The claim that it sank is uncertain.",
                "uncertain",
                "The claim that it sank is",
            ),
            (
                "The owner declined to confirm the sale.",
                "declined to confirm",
                "the sale",
            ),
        ] {
            let expected = vec![(expression.to_owned(), open.to_owned())];
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_known() {
        for text in [
            "The owner confirmed the sale.",
            "It is not unclear whether it sank.",
            "It is not still a mystery what sank.",
            "It is not true that it is unclear whether it sank.",
            "She did not say a word.",
            "Police did not tell the family.",
        ] {
            assert_eq!(read(text), Vec::new(), "{text}");
        }
    }

    #[test]
    fn the_lists_are_sorted_and_marked() {
        for list in [STATES, KNOWN, TELL, NOUNS, BARRED] {
            assert!(list.is_sorted());
        }
        let mut vocabulary = Vocabulary::default();
        for word in STATES.iter().chain(KNOWN).chain(TELL).chain(NOUNS) {
            let id = vocabulary.intern(word);
            let classes = vocabulary.word(id).classes;
            assert!(classes.any(Classes::UNKNOWN), "{word}");
        }
    }
}
