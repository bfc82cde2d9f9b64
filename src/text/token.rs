//! Words, numbers and marks of a sentence, with a vocabulary that stores what is known of each distinct word once.

use std::collections::HashMap;

use foldhash::quality::RandomState;

use crate::source::Span;
use crate::text::fold;
use crate::text::lexicon::{self, Classes};
use crate::text::number;
use crate::text::short_map::{SHORT, ShortMap, ShortWord};
use crate::text::stem;

/// Index of a distinct folded word in a [`Vocabulary`].
pub type WordId = u32;

/// The letters of a word as a bit set: one bit for each of a to z that it holds, one for all other characters together, and behind
/// them the same once more for those that it holds twice or oftener.
pub type Letters = u64;

fn letters(folded: &str) -> Letters {
    folded.chars().fold(0, |set, c| {
        let once: Letters = 1 << (c as u32).wrapping_sub('a' as u32).min(26);
        set | if set & once == 0 { once } else { once << 27 }
    })
}

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
    /// The letters that it holds.
    pub letters: Letters,
    /// May be a number, or part of one, such as "twenty" and "million".
    pub numeral: bool,
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
    /// A hyphen and nothing else parts it from the token before.
    pub hyphen: bool,
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

/// What a token takes from its word.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    id: WordId,
    numeral: bool,
    classes: Classes,
}

/// All distinct words met so far.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Of short words what their tokens take from them, so that one look is enough for nearly every word of a text.
    short: ShortMap<Known>,
    /// The other words, hashed with a seed of its own in each run, as the words are those of strangers.
    long: HashMap<Box<str>, WordId, RandomState>,
    words: Vec<Word>,
    /// Whether a word that was looked up since may be a number.
    numeral: bool,
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
        match ShortWord::of(folded) {
            Some(word) => self.short.get(word).map(|known| known.id),
            None => self.long.get(folded).copied(),
        }
    }

    /// The id of a folded word, entered if it is new.
    pub fn intern(&mut self, folded: &str) -> WordId {
        self.known(folded).id
    }

    fn known(&mut self, folded: &str) -> Known {
        if let Some(word) = ShortWord::of(folded) {
            return self.known_short(word);
        }
        let id = match self.long.get(folded) {
            Some(&id) => id,
            None => {
                let id = self.enter(folded);
                self.long.insert(folded.into(), id);
                id
            }
        };
        let known = self.taken_from(id);
        self.numeral |= known.numeral;
        known
    }

    fn known_short(&mut self, word: ShortWord) -> Known {
        let known = match self.short.get(word) {
            Some(known) => known,
            None => self.enter_short(word),
        };
        self.numeral |= known.numeral;
        known
    }

    #[cold]
    fn enter_short(&mut self, word: ShortWord) -> Known {
        let folded = String::from_utf8(word.bytes()).expect("internal: it was made of a word");
        let id = self.enter(&folded);
        let known = self.taken_from(id);
        self.short.insert(word, known);
        known
    }

    /// What a token takes from its word.
    fn taken_from(&self, id: WordId) -> Known {
        let word = self.word(id);
        Known {
            id,
            numeral: word.numeral,
            classes: word.classes,
        }
    }

    fn enter(&mut self, folded: &str) -> WordId {
        let id = self.words.len() as WordId;
        self.words.push(Word {
            folded: folded.into(),
            stem: stem::stem(folded).into(),
            classes: lexicon::classes(folded),
            chars: folded.chars().count(),
            letters: letters(folded),
            numeral: number::is_numeral(folded),
        });
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
        let word = self.known(folded);
        let surface = &text[start..end];
        let mut letters = surface.chars().filter(|c| c.is_alphabetic());
        let capital = surface.chars().next().is_some_and(char::is_uppercase);
        let caps = capital
            && surface.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && letters.all(char::is_uppercase);
        out.push(Token {
            span: Span::new(start, end),
            word: word.id,
            kind: Kind::Word,
            capital,
            caps,
            hyphen: false,
            classes: word.classes,
            index: 0,
        });
    }

    /// Splits a sentence into tokens. Spans count from the start of `text`.
    ///
    /// Addresses of pages are left out. Hyphens split and vanish; `n't` becomes a token of its own (`can't` is `can` `n't`, `won't` is `will` `n't`); other
    /// tails after an apostrophe (`'s`, `'re`) are cut off; dotted abbreviations stay whole, without their last dot.
    pub fn tokenize(&mut self, text: &str) -> Vec<Token> {
        let mut out = Vec::with_capacity(text.len() / 5);
        self.tokenize_onto(text, &mut out);
        out
    }

    /// Like [`Vocabulary::tokenize`], with the tokens put behind those that are in `out` already.
    pub fn tokenize_onto(&mut self, text: &str, out: &mut Vec<Token>) {
        let from = out.len();
        let bytes = text.as_bytes();
        self.numeral = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // Most of the text is plain words and spaces; the rest takes the long way, character by character.
            if byte == b' ' {
                at += 1;
                continue;
            }
            if matches!(byte, b'h' | b'w') && is_address(&text[at..]) {
                let address = text[at..]
                    .split(char::is_whitespace)
                    .next()
                    .unwrap_or_default();
                at += address
                    .trim_end_matches([',', '.', ';', ':', ')', '!', '?', '"', '”'])
                    .len();
                continue;
            }
            at = match self.push_plain(text, at, out) {
                Some(end) => end,
                None => self.push_any(text, at, out),
            };
        }
        if self.numeral {
            number::merge(self, text, out, from);
        }
        place(text, &mut out[from..]);
    }

    /// Pushes the word at `at` and gives its end, where it is of ASCII letters and digits, begins with a letter, and nothing
    /// follows that could belong to it; else does nothing.
    fn push_plain(&mut self, text: &str, at: usize, out: &mut Vec<Token>) -> Option<usize> {
        let bytes = &text.as_bytes()[at..];
        if !bytes[0].is_ascii_alphabetic() {
            return None;
        }
        let mut folded = [0_u8; SHORT + 1];
        let mut length = 0;
        for &byte in bytes {
            let plain = fold::PLAIN[byte as usize];
            if plain == 0 {
                // An apostrophe, a mark on the letter before, or a letter of another alphabet.
                if byte == b'\'' || !byte.is_ascii() {
                    return None;
                }
                break;
            }
            *folded.get_mut(length)? = plain;
            length += 1;
        }
        if length == 1 && bytes.get(1) == Some(&b'.') {
            return None; // the first letter of "U.S." maybe
        }
        let word = self.known_short(ShortWord::new(folded, length)?);
        let capital = bytes[0].is_ascii_uppercase();
        let caps = || {
            let letters = bytes[..length]
                .iter()
                .filter(|byte| byte.is_ascii_alphabetic());
            let small = bytes[..length].iter().any(u8::is_ascii_lowercase);
            !small && letters.count() >= 2
        };
        out.push(Token {
            span: Span::new(at, at + length),
            word: word.id,
            kind: Kind::Word,
            capital,
            caps: capital && caps(),
            hyphen: false,
            classes: word.classes,
            index: 0,
        });
        Some(at + length)
    }

    /// Pushes what stands at `at`, a word, a number or a mark, or nothing, and gives its end.
    fn push_any(&mut self, text: &str, at: usize, out: &mut Vec<Token>) -> usize {
        let c = text[at..]
            .chars()
            .next()
            .expect("internal: only called within the text");
        if c.is_ascii_digit()
            || (matches!(c, '$' | '€' | '£')
                && text[at + c.len_utf8()..].starts_with(|d: char| d.is_ascii_digit()))
        {
            let (end, value) = number::scan(text, at);
            self.push(text, at, end, out);
            let token = out.last_mut().expect("internal: a token was just pushed");
            token.kind = Kind::Number(value);
            token.classes = Classes::default();
            return end;
        }
        if c.is_alphanumeric() {
            let end = self.word_end(text, at);
            self.push_word(text, at, end, out);
            return end;
        }
        let end = at + c.len_utf8();
        let mark = match fold::fold_char(c) {
            mark @ (',' | ';' | ':' | '(' | ')' | '"' | '?' | '!') => mark,
            '[' => '(',
            ']' => ')',
            '\u{2014}' | '\u{2015}' => '—',
            '-' if dash_apart(text, at, c) => '—',
            _ => return end,
        };
        let word = self.intern(mark.encode_utf8(&mut [0; 4]));
        out.push(Token {
            span: Span::new(at, end),
            word,
            kind: Kind::Mark(mark),
            capital: false,
            caps: false,
            hyphen: false,
            classes: Classes::default(),
            index: 0,
        });
        end
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

/// Tells each token of a text how many words stand before it, and whether a hyphen does.
fn place(text: &str, tokens: &mut [Token]) {
    let mut index = 0;
    let mut end: Option<usize> = None;
    for token in tokens {
        token.index = index;
        index += u32::from(token.is_word());
        token.hyphen = end.is_some_and(|end| {
            // Mostly it is a space.
            text.as_bytes()[end] != b' ' && {
                let mut between = text[end..token.span.start].chars().map(fold::fold_char);
                between.next() == Some('-') && between.next().is_none()
            }
        });
        end = token.is_word().then_some(token.span.end);
    }
}

/// Whether the address of a page begins a text. Its words are no statement of the article's.
fn is_address(text: &str) -> bool {
    ["http://", "https://", "www."]
        .iter()
        .any(|start| text.starts_with(start))
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
    fn addresses_are_no_words() {
        let mut vocabulary = Vocabulary::default();
        let mut words = |text: &str| -> Vec<String> {
            let tokens = vocabulary.tokenize(text);
            let words = tokens.iter().map(|token| vocabulary.word(token.word));
            words.map(|word| word.folded.to_string()).collect()
        };
        assert_eq!(
            words("See https://example.org/2019/found-dead or www.example.org, he said"),
            ["see", "or", ",", "he", "said"]
        );
        assert_eq!(words("http is a protocol"), ["http", "is", "a", "protocol"]);
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

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(128))]
        #[test]
        fn plain_words_are_what_the_long_way_makes_of_them(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                "Fire", "US", "u", "U.S.", "p.m", "it's", "can’t", "won't", "sevenn't", "café", "e\u{301}t", "a\u{301}", "S-400", "x1",
                "5", "$5", "2.5", "million", "twenty", "five", "a", "hundred", ".", ",", "'", "’", " ", " ", "-", "—", " - ", "\"", "é",
                "\n", "averyveryverylongwordwithmorethanthirtytwoletters", "1st", "O'Brien", "B", "_", "\u{a0}",
            ]), 0..24),
        ) {
            let text = pieces.concat();
            let mut quick = Vocabulary::default();
            let tokens = quick.tokenize(&text);
            let mut long = Vocabulary::default();
            let mut expected = Vec::new();
            let mut at = 0;
            while at < text.len() {
                at = long.push_any(&text, at, &mut expected);
            }
            number::merge(&long, &text, &mut expected, 0);
            place(&text, &mut expected);
            proptest::prop_assert_eq!(tokens, expected);
            proptest::prop_assert_eq!(quick.len(), long.len());
        }
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
