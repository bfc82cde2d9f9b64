//! Numbers as tokens: digits with their sign and multiplier, and number words.

use crate::text::amount::times;
use crate::text::lexicon::Classes;
use crate::text::token::{Kind, Token, Vocabulary};

/// Reads the number in digits that begins at `at` (a currency sign or a digit): its end and its value.
pub(super) fn scan(text: &str, at: usize) -> (usize, f64) {
    let bytes = text.as_bytes();
    let mut i = at;
    while !bytes[i].is_ascii_digit() {
        i += 1;
    }
    let start = i;
    while i < bytes.len()
        && (bytes[i].is_ascii_digit()
            || (bytes[i] == b',' && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)))
    {
        i += 1;
    }
    if i + 1 < bytes.len() && bytes[i] == b'.' && bytes[i + 1].is_ascii_digit() {
        i += 1;
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
    }
    let value: f64 = text[start..i]
        .replace(',', "")
        .parse()
        .unwrap_or(f64::INFINITY);
    let tail = &text[i..];
    for (sign, factor) in [
        ("%", 1.0),
        ("bn", 1e9),
        ("mn", 1e6),
        ("tn", 1e12),
        ("k", 1e3),
        ("m", 1e6),
        ("b", 1e9),
    ] {
        let matches = tail
            .get(..sign.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(sign));
        if matches && !tail[sign.len()..].starts_with(char::is_alphanumeric) {
            return (i + sign.len(), times(value, factor));
        }
    }
    (i, value)
}

fn small(word: &str) -> Option<f64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    if let Some(i) = ONES.iter().position(|&w| w == word) {
        return Some(i as f64);
    }
    TENS.iter()
        .position(|&w| w == word)
        .map(|i| (i as f64 + 2.0) * 10.0)
}

fn multiplier(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        "dozen" => 12.0,
        _ => return None,
    })
}

/// Whether a folded word is a number or multiplies one.
pub(super) fn is_numeral(word: &str) -> bool {
    small(word).is_some() || multiplier(word).is_some()
}

/// Gives number words their values and merges what belongs to one number: "twenty five", "2.5 million", "a hundred".
/// "one" alone stays a word. Only the tokens from `from` on are looked at.
pub(super) fn merge(vocabulary: &Vocabulary, text: &str, tokens: &mut Vec<Token>, from: usize) {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len() - from);
    for token in tokens.drain(from..) {
        let word = vocabulary.word(token.word);
        if !word.numeral {
            out.push(token);
            continue;
        }
        let word = &*word.folded;
        // Only what touches or is parted by a space or hyphen belongs together: "20, 30" are two numbers.
        let near = out.last().is_some_and(|last| {
            token.span.start - last.span.end <= 3
                && text[last.span.end..token.span.start]
                    .chars()
                    .all(|c| c == ' ' || c == '-' || c == '\u{a0}')
        });
        if let (Kind::Word, Some(factor)) = (token.kind, multiplier(word)) {
            if let Some(last) = out
                .last_mut()
                .filter(|last| near && last.value().is_some_and(|v| v != 0.0))
            {
                let value = times(
                    last.value().expect("internal: filtered for a value"),
                    factor,
                );
                last.kind = Kind::Number(value);
                last.span.end = token.span.end;
                continue;
            }
            let article = out.last().is_some_and(|last| {
                near && matches!(&*vocabulary.word(last.word).folded, "a" | "one")
            });
            if article {
                let last = out.last_mut().expect("internal: an article was found");
                last.kind = Kind::Number(factor);
                last.word = token.word;
                last.classes = Classes::default();
                last.span.end = token.span.end;
                continue;
            }
            out.push(Token {
                kind: Kind::Number(factor),
                classes: Classes::default(),
                ..token
            });
            continue;
        }
        if let (Kind::Word, Some(value)) = (token.kind, small(word)) {
            if let Some(last) = out.last_mut().filter(|_| near)
                && let Some(tens) = last.value().filter(|tens| {
                    (20.0..=90.0).contains(tens)
                        && tens % 10.0 == 0.0
                        && value < 10.0
                        && value > 0.0
                })
            {
                let in_words =
                    text[last.span.start..last.span.end].starts_with(|c: char| c.is_alphabetic());
                if in_words {
                    last.kind = Kind::Number(tens + value);
                    last.span.end = token.span.end;
                    continue;
                }
            }
            if word != "one" {
                out.push(Token {
                    kind: Kind::Number(value),
                    classes: Classes::default(),
                    ..token
                });
                continue;
            }
        }
        out.push(token);
    }
    tokens.append(&mut out);
}
