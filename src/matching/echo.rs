//! Bare denials: *That is not true*, *He denied the allegations*, *The story is false*.
//!
//! Such a sentence holds no word of any claim. It denies what was said before it, so it carries the denial of the position that a
//! sentence shortly before carries. It must be bare: a denial that says itself what it denies is read like any other sentence.

use std::ops::Range;

use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

/// Statements after the one that is denied in which a bare denial is heard.
pub(super) const REACH: usize = 2;

/// Words between the denial and what it denies: "denied all of these latest allegations".
const GAP: usize = 5;

/// Things said, beside those of [`Classes::SPEECH`], that a bare denial may take as its object.
const THINGS: &[&str] = &[
    "article", "it", "that", "them", "these", "this", "those", "tweet", "video",
];

/// Verbs that turn a thing said down, beside denials.
fn turns_down(word: &str) -> bool {
    matches!(
        word,
        "dismiss" | "dismissed" | "dismisses" | "reject" | "rejected" | "rejects" | "rubbished"
    )
}

/// Predicates that call a thing said true, so that their negation denies it.
fn is_true(word: &str) -> bool {
    matches!(word, "accurate" | "case" | "correct" | "right" | "true")
}

/// Words that bring what was said with them, so that the denial is not bare.
const CONTENT: &[&str] = &["about", "against", "of", "over", "that"];

/// The tokens of a bare denial, if the statement holds one.
pub(super) fn bare_denial(vocabulary: &Vocabulary, tokens: &[Token]) -> Option<Range<usize>> {
    let reader = Reader { vocabulary, tokens };
    (0..tokens.len())
        .filter(|&at| tokens[at].is_word())
        .find_map(|at| {
            let denial = reader
                .denies(at)
                .or_else(|| reader.is_false(at))
                .or_else(|| reader.is_no_such_thing(at));
            denial.filter(|_| !reader.is_rejected(at))
        })
}

struct Reader<'a> {
    vocabulary: &'a Vocabulary,
    tokens: &'a [Token],
}

impl Reader<'_> {
    fn folded(&self, at: usize) -> &str {
        &self.vocabulary.word(self.tokens[at].word).folded
    }

    fn is_thing(&self, at: usize) -> bool {
        self.tokens[at].is(Classes::SPEECH) || is_listed(THINGS, self.folded(at))
    }

    fn is_negated(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|i| self.tokens[i].is(Classes::NEGDIR))
    }

    /// "Denied the allegations", "rejected the report as invented".
    fn denies(&self, at: usize) -> Option<Range<usize>> {
        let word = self.folded(at);
        let verb =
            self.tokens[at].is(Classes::DENY) && !word.starts_with("denial") || turns_down(word);
        if !verb || self.is_negated(at) {
            return None;
        }
        let thing = self.object(at + 1)?;
        self.ends(thing).then_some(at..thing + 1)
    }

    /// The thing said that a verb has as its object: determiners and adjectives may stand before it.
    fn object(&self, from: usize) -> Option<usize> {
        let mut nouns = (from..self.tokens.len().min(from + GAP)).take_while(|&i| {
            let word = self.folded(i);
            self.tokens[i].is_word() && !matches!(word, "as" | "by" | "in" | "to" | "when")
        });
        nouns.find(|&i| {
            let next_is_thing = i + 1 < self.tokens.len() && self.is_thing(i + 1);
            self.is_thing(i) && !next_is_thing
        })
    }

    /// Whether nothing follows the thing that says what it is.
    fn ends(&self, thing: usize) -> bool {
        let next = thing + 1;
        if next >= self.tokens.len() || !self.tokens[next].is_word() {
            return true;
        }
        // "Denied that it had", "denied it was".
        if self.tokens[thing].is(Classes::PRONOUN) {
            return matches!(
                self.folded(next),
                "all" | "and" | "as" | "in" | "on" | "when"
            );
        }
        !(is_listed(CONTENT, self.folded(next)) || self.is_plain(next))
    }

    /// Whether the words from `at` on are called untrue before it: "it is not true that the story is false".
    fn is_rejected(&self, at: usize) -> bool {
        (0..at).any(|i| {
            is_true(self.folded(i))
                && self.is_negated(i)
                && i + 1 < self.tokens.len()
                && self.folded(i + 1) == "that"
        })
    }

    /// Whether a word is neither a small word nor an adverb.
    fn is_plain(&self, at: usize) -> bool {
        !self.tokens[at].is(Classes::STOP) && !self.folded(at).ends_with("ly")
    }

    /// "She will do nothing of the sort", "he said no such thing".
    fn is_no_such_thing(&self, at: usize) -> Option<Range<usize>> {
        let words = |words: &[&str]| {
            let mut expected = words.iter().enumerate();
            at + words.len() <= self.tokens.len()
                && expected.all(|(nth, word)| self.folded(at + nth) == *word)
        };
        let patterns: [&[&str]; 3] = [
            &["nothing", "of", "the", "kind"],
            &["nothing", "of", "the", "sort"],
            &["no", "such", "thing"],
        ];
        let found = patterns.into_iter().find(|pattern| words(pattern))?;
        // "No such thing as a free lunch" denies nobody's word.
        let end = at + found.len();
        let brings = end < self.tokens.len() && self.folded(end) == "as";
        (!brings).then_some(at..end)
    }

    /// "That is not true", "the story is false", "the report was wrong".
    fn is_false(&self, at: usize) -> Option<Range<usize>> {
        let word = self.folded(at);
        let is_true = is_true(word) && self.is_negated(at);
        let is_false =
            (self.tokens[at].is(Classes::FALSE) || word == "wrong") && !self.is_negated(at);
        if !is_true && !is_false {
            return None;
        }
        let be = (at.saturating_sub(GAP)..at)
            .rev()
            .take_while(|&i| self.tokens[i].is_word())
            .find(|&i| self.tokens[i].is(Classes::BE) || self.folded(i) == "'s")?;
        let thing = be.checked_sub(1)?;
        // "That is not the case with", "it is not true that".
        let next = at + 1;
        let brings = next < self.tokens.len()
            && matches!(self.folded(next), "that" | "to" | "for" | "with" | "about");
        if !self.is_thing(thing) || brings {
            return None;
        }
        // "The story about the dam is false" has more of a subject than the story.
        let start = (thing.saturating_sub(GAP)..thing)
            .rev()
            .find(|&i| {
                !self.tokens[i].is_word()
                    || self.tokens[i].is(Classes::SAID)
                    || self.folded(i) == "that"
            })
            .map_or(thing.saturating_sub(GAP), |i| i + 1);
        let full = (start..thing).any(|i| is_listed(CONTENT, self.folded(i)));
        (!full).then_some(thing..at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> Option<String> {
        let mut vocabulary = Vocabulary::default();
        let tokens = vocabulary.tokenize(text);
        let range = bare_denial(&vocabulary, &tokens)?;
        let span = tokens[range.start].span.start..tokens[range.end - 1].span.end;
        Some(text[span].to_owned())
    }

    #[test]
    fn bare_denials() {
        for (text, denial) in [
            ("That is not true, the mayor said.", "That is not true"),
            (
                "His lawyer denied the allegations.",
                "denied the allegations",
            ),
            (
                "The ministry rejected the report as invented.",
                "rejected the report",
            ),
            ("\"The story is false,\" she said.", "story is false"),
            ("He denies it.", "denies it"),
            (
                "She said she would do nothing of the sort.",
                "nothing of the sort",
            ),
            ("The board says it has done no such thing.", "no such thing"),
            (
                "The club said the rumours were untrue.",
                "rumours were untrue",
            ),
        ] {
            assert_eq!(bare(text).as_deref(), Some(denial), "{text}");
        }
    }

    #[test]
    fn denials_that_say_what_they_deny() {
        for text in [
            "He denied the claim that the dam broke.",
            "The report about the dam is false.",
            "He denied reports of a strike.",
            "It is not true that the dam broke.",
            "He did not deny the allegations.",
            "She denied that it had broken.",
            "It is not true that the story is false.",
            "He denied breaking the dam.",
            "The board rejected the offer.",
            "There is no such thing as a safe dam.",
        ] {
            assert_eq!(bare(text), None, "{text}");
        }
    }

    #[test]
    fn the_lists_are_sorted() {
        for list in [THINGS, CONTENT] {
            assert!(list.is_sorted());
        }
    }
}
