//! Phrases that a statement itself offers: runs of its words that could stand in a claim file.

use crate::source::Span;
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Lengths of a phrase in words, as claim files have them.
const SHORTEST: usize = 3;
const LONGEST: usize = 9;
/// Fewest words of meaning in one.
const CONTENT: usize = 2;

/// Runs of three to nine words of a sentence, the most telling first, at most `most`: without marks inside, beginning and ending with a
/// word of meaning or a negation, with most of the words at `deciding` (places in the sentence) and few small words.
pub fn phrases(sentence: &str, deciding: &[Span], most: usize) -> Vec<String> {
    let mut vocabulary = Vocabulary::default();
    let tokens = vocabulary.tokenize(sentence);
    let negates = |token: &Token| token.is(Classes::NEGDIR);
    let content = |token: &Token| token.is_word() && !token.is(Classes::STOP);
    let decides = |token: &Token| {
        deciding
            .iter()
            .any(|span| span.start < token.span.end && token.span.start < span.end)
    };
    let mut found: Vec<(i64, Span)> = Vec::new();
    for first in 0..tokens.len() {
        if !content(&tokens[first]) && !negates(&tokens[first]) {
            continue;
        }
        let mut words = 0;
        let (mut telling, mut small, mut decided) = (0, 0, 0);
        for token in &tokens[first..] {
            if !token.is_word() {
                break;
            }
            words += 1;
            telling += usize::from(content(token) || negates(token));
            small += usize::from(!content(token));
            decided += usize::from(decides(token));
            if words > LONGEST {
                break;
            }
            if words < SHORTEST || telling < CONTENT || !content(token) {
                continue;
            }
            // Words of meaning count up to five; more make the phrase particular to this one sentence.
            let value = 3 * decided as i64 + 2 * telling.min(5) as i64
                - small as i64
                - 2 * telling.saturating_sub(5) as i64;
            found.push((value, Span::new(tokens[first].span.start, token.span.end)));
        }
    }
    found.sort_by_key(|(value, span)| (-value, span.start, span.end));
    let mut phrases: Vec<String> = Vec::new();
    for (_, span) in found {
        let phrase = sentence[span.start..span.end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
        if phrases.len() == most {
            break;
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_keep_the_deciding_words_and_leave_small_ones_at_the_ends() {
        let sentence = "On Monday, the council finally tore up its lease with the club, she said.";
        let at = sentence.find("tore").expect("there");
        let found = phrases(sentence, &[Span::new(at, at + 4)], 3);
        assert!(found[0].contains("tore"), "{found:?}");
        for phrase in &found {
            assert!(
                !phrase.starts_with("the ") && !phrase.ends_with(" with"),
                "{phrase}"
            );
            assert!(!phrase.contains(','), "{phrase}");
        }
        assert!(phrases("", &[], 3).is_empty());
        assert!(phrases("No.", &[], 3).is_empty());
    }
}
