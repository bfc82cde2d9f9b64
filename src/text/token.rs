//! Words, numbers and marks of a sentence, with a vocabulary that stores what is known of each distinct word once.

use std::collections::HashMap;

use crate::source::Span;
use crate::text::fold;
use crate::text::lexicon::{self, Classes};
use crate::text::number;
use crate::text::stem;

/// Index of a distinct folded word in a [`Vocabulary`].
pub type WordId = u32;

/// What is known of a distinct folded word.
#[derive(Clone, Debug)]
pub struct Word {
    /// The folded word.
    pub folded: Box<str>,
    /// Its stem, as a word of the same vocabulary (the stem of a stem is itself).
    pub stem: Box<str>,
    /// What it does in a sentence.
    pub classes: Classes,
    /// Length in characters.
    pub chars: usize,
    /// The letters a to z that it holds, as a bit set; other characters share one bit more.
    pub letters: u32,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A word.
    Word,
    /// A number in digits or words.
    Number(f64),
    /// One of `, ; : ( ) " ? ! —`.
    Mark(char),
}

/// A word, number or mark of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// Bytes in the text that was tokenised.
    pub span: Span,
    /// The folded word; for a mark the mark itself.
    pub word: WordId,
    /// What it is.
    pub kind: Kind,
    /// Begins with an upper-case letter.
    pub capital: bool,
    /// Two letters or more, all upper-case.
    pub caps: bool,
    /// Its classes, empty for numbers: a token with a value is never a stop word.
    pub classes: Classes,
    /// Number of words before it in the sentence; a mark has the index of the next word.
    pub index: u32,
}

impl Token {
    /// Whether it counts as a word (marks do not).
    pub fn is_word(&self) -> bool {
        !matches!(self.kind, Kind::Mark(_))
    }

    /// The value of a number.
    pub fn value(&self) -> Option<f64> {
        match self.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// Whether its word is in any of the classes.
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }
}

/// All distinct words met so far.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    ids: HashMap<Box<str>, WordId>,
    words: Vec<Word>,
    scratch: String,
}

impl Vocabulary {
    /// The word with this id.
    pub fn word(&self, id: WordId) -> &Word {
        &self.words[id as usize]
    }

    /// Number of distinct words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word was met yet.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The id of a folded word, if it was met.
    pub fn get(&self, folded: &str) -> Option<WordId> {
        self.ids.get(folded).copied()
    }

    /// The id of a folded word, entered if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        if let Some(&id) = self.ids.get(folded) {
            return id;
        }
        let id = self.words.len() as WordId;
        self.words.push(Word {
            folded: folded.into(),
            stem: stem::stem(folded).into(),
            classes: lexicon::classes(folded),
            chars: folded.chars().count(),
            letters: folded.chars().fold(0, |set, c| {
                set | 1 << (c as u32).wrapping_sub('a' as u32).min(26)
            }),
        });
        self.ids.insert(folded.into(), id);
        id
    }

    fn push(&mut self, text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        fold::fold_into(&text[start..end], &mut scratch);
        self.push_folded(text, start, end, &scratch, out);
        self.scratch = scratch;
    }

    fn push_folded(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        folded: &str,
        out: &mut Vec<Token>,
    ) {
        let word = self.intern(folded);
        let surface = &text[start..end];
        let mut letters = surface.chars().filter(|c| c.is_alphabetic());
        let capital = surface.chars().next().is_some_and(char::is_uppercase);
        let caps = capital
            && surface.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && letters.all(char::is_uppercase);
        let classes = self.word(word).classes;
        out.push(Token {
            span: Span::new(start, end),
            word,
            kind: Kind::Word,
            capital,
            caps,
            classes,
            index: 0,
        });
    }

    /// Splits a sentence into tokens. Spans count from the start of `text`.
    ///
    /// Hyphens split and vanish; `n't` becomes a token of its own (`can't` is `can` `n't`, `won't` is `will` `n't`); other
    /// tails after an apostrophe (`'s`, `'re`) are cut off; dotted abbreviations stay whole, without their last dot.
    pub fn tokenize(&mut self, text: &str) -> Vec<Token> {
        let mut out = Vec::with_capacity(text.len() / 5);
        let mut chars = text.char_indices().peekable();
        while let Some(&(at, c)) = chars.peek() {
            if c.is_ascii_digit()
                || (matches!(c, '$' | '€' | '£')
                    && text[at + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit()))
            {
                let (end, value) = number::scan(text, at);
                self.push(text, at, end, &mut out);
                let token = out.last_mut().expect("internal: a token was just pushed");
                token.kind = Kind::Number(value);
                token.classes = Classes::default();
                while chars.peek().is_some_and(|&(next, _)| next < end) {
                    chars.next();
                }
            } else if c.is_alphanumeric() {
                let end = self.word_end(text, at);
                self.push_word(text, at, end, &mut out);
                while chars.peek().is_some_and(|&(next, _)| next < end) {
                    chars.next();
                }
            } else {
                chars.next();
                let mark = match fold::fold_char(c) {
                    mark @ (',' | ';' | ':' | '(' | ')' | '"' | '?' | '!') => mark,
                    '[' => '(',
                    ']' => ')',
                    '\u{2014}' | '\u{2015}' => '—',
                    '-' if dash_apart(text, at, c) => '—',
                    _ => continue,
                };
                let word = self.intern(mark.encode_utf8(&mut [0; 4]));
                out.push(Token {
                    span: Span::new(at, at + c.len_utf8()),
                    word,
                    kind: Kind::Mark(mark),
                    capital: false,
                    caps: false,
                    classes: Classes::default(),
                    index: 0,
                });
            }
        }
        number::merge(self, text, &mut out);
        let mut index = 0;
        for token in &mut out {
            token.index = index;
            index += u32::from(token.is_word());
        }
        out
    }

    /// The end of the word that begins at `at`: letters and digits, one inner apostrophe, dots of an abbreviation.
    fn word_end(&self, text: &str, at: usize) -> usize {
        let rest = &text[at..];
        let dotted = dotted_abbreviation(rest);
        if dotted > 0 {
            return at + dotted;
        }
        let mut end = 0;
        let mut apostrophe = false;
        let mut iter = rest.char_indices().peekable();
        while let Some((i, c)) = iter.next() {
            if c.is_alphanumeric() || fold::is_combining(c) {
                end = i + c.len_utf8();
            } else if fold::fold_char(c) == '\''
                && !apostrophe
                && iter.peek().is_some_and(|&(_, next)| next.is_alphabetic())
            {
                apostrophe = true;
            } else {
                break;
            }
        }
        at + end
    }

    fn push_word(&mut self, text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
        let surface = &text[start..end];
        let Some(quote) = surface
            .char_indices()
            .find(|&(_, c)| fold::fold_char(c) == '\'')
        else {
            return self.push(text, start, end, out);
        };
        let (cut, tail) = (start + quote.0, start + quote.0 + quote.1.len_utf8());
        let after = fold::fold(&text[tail..end]);
        match after.as_str() {
            "s" | "re" | "ve" | "ll" | "d" | "m" => self.push(text, start, cut, out),
            "t" if text[start..cut].ends_with(['n', 'N']) => {
                let stem_end = cut - 1;
                let mut base = fold::fold(&text[start..stem_end]);
                match base.as_str() {
                    "ca" => base = "can".into(),
                    "wo" => base = "will".into(),
                    "sha" => base = "shall".into(),
                    _ => {}
                }
                if stem_end > start {
                    self.push_folded(text, start, stem_end, &base, out);
                }
                self.push_folded(text, stem_end, end, "n't", out);
            }
            _ => self.push(text, start, end, out),
        }
    }
}

/// A dash with a space on either side parts clauses; inside a word it only splits.
fn dash_apart(text: &str, at: usize, dash: char) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + dash.len_utf8()..].chars().next();
    before.is_some_and(char::is_whitespace)
        && after.is_some_and(|c| c.is_whitespace() || fold::fold_char(c) == '-')
        || (before == Some('-') && at > 0)
}

/// Length of a dotted abbreviation (`U.S.`, `a.m.`) at the start of `rest`, without its last dot; 0 where there is none.
fn dotted_abbreviation(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut i = 0;
    while i + 1 < bytes.len() && bytes[i].is_ascii_alphabetic() && bytes[i + 1] == b'.' {
        i += 2;
    }
    // The last letter may lack its dot: "U.S forces".
    let open = i >= 2
        && bytes.get(i).is_some_and(u8::is_ascii_alphabetic)
        && !bytes
            .get(i + 1)
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    if open {
        i + 1
    } else if i >= 4 {
        i - 1
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        vocabulary
            .tokenize(text)
            .iter()
            .map(|token| vocabulary.word(token.word).folded.to_string())
            .collect()
    }

    #[test]
    fn apostrophes_hyphens_and_abbreviations() {
        assert_eq!(
            words("She can't, won't and didn’t."),
            ["she", "can", "n't", ",", "will", "n't", "and", "did", "n't"]
        );
        assert_eq!(
            words("Turkey's U.S.-led F-35"),
            ["turkey", "u.s", "led", "f", "35"]
        );
        assert_eq!(words("O'Brien said 'no'"), ["o'brien", "said", "no"]);
        assert_eq!(
            words("the U.S forces at 5 p.m. today"),
            ["the", "u.s", "forces", "at", "5", "p.m", "today"]
        );
        assert_eq!(words("a — b - c"), ["a", "—", "b", "—", "c"]);
    }

    #[test]
    fn numbers_have_values() {
        let mut vocabulary = Vocabulary::default();
        let value = |vocabulary: &mut Vocabulary, text: &str| -> Vec<f64> {
            vocabulary
                .tokenize(text)
                .iter()
                .filter_map(Token::value)
                .collect()
        };
        assert_eq!(value(&mut vocabulary, "110,000 people"), [110_000.0]);
        assert_eq!(value(&mut vocabulary, "$2.5bn"), [2.5e9]);
        assert_eq!(
            value(&mut vocabulary, "twenty-five men and a hundred women"),
            [25.0, 100.0]
        );
        assert_eq!(value(&mut vocabulary, "2.5 million"), [2.5e6]);
        assert_eq!(value(&mut vocabulary, "one man"), [0.0; 0]);
        assert_eq!(value(&mut vocabulary, "two dozen"), [24.0]);
    }
}
