//! Phrases that a statement itself offers: runs of its words that could stand in a claim file.

use std::collections::BTreeSet;

use crate::claim::Claim;
use crate::source::Span;
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Lengths of a phrase in words, as claim files have them.
const SHORTEST: usize = 3;
const LONGEST: usize = 9;
/// Fewest words of meaning in one.
const CONTENT: usize = 2;

/// Runs of three to nine words of a sentence, the most telling first, at most `most`: without marks inside, beginning and ending with a
/// word of meaning or a negation, with most of the words at `deciding` (places in the sentence) and few small words. Each has a word that
/// is neither a name nor one of the claim's topic, question and `about`, because those say what it is about and not what it says.
pub fn phrases(claim: &Claim, sentence: &str, deciding: &[Span], most: usize) -> Vec<String> {
    let mut vocabulary = Vocabulary::default();
    let subject = subject(claim, &mut vocabulary);
    let tokens = vocabulary.tokenize(sentence);
    let negates = |token: &Token| token.is(Classes::NEGDIR);
    let content = |token: &Token| token.is_word() && !token.is(Classes::STOP);
    let decides = |token: &Token| {
        deciding
            .iter()
            .any(|span| span.start < token.span.end && token.span.start < span.end)
    };
    // "400" alone is no word of "S-400".
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let begins = |at: usize| !sentence[..at].ends_with(joins);
    let ends = |at: usize| !sentence[at..].starts_with(joins);
    let of_subject = |token: &Token| subject.contains(&vocabulary.word(token.word).stem);
    let is_name = |token: &Token| token.capital && token.index > 0;
    let mut found: Vec<(i64, Span)> = Vec::new();
    for first in 0..tokens.len() {
        let begins = begins(tokens[first].span.start);
        if !begins || !content(&tokens[first]) && !negates(&tokens[first]) {
            continue;
        }
        let mut words = 0;
        let (mut telling, mut small, mut value, mut says) = (0_usize, 0, 0, 0);
        for token in &tokens[first..] {
            if !token.is_word() {
                break;
            }
            words += 1;
            if words > LONGEST {
                break;
            }
            if content(token) || negates(token) {
                telling += 1;
                // Words of meaning count up to five; more make the phrase particular to this one sentence.
                value += if telling <= 5 { 2 } else { -2 };
                if decides(token) {
                    value += 3;
                }
                if of_subject(token) || is_name(token) {
                    value -= 1;
                } else {
                    says += 1;
                }
            }
            small += i64::from(!content(token));
            if words < SHORTEST
                || telling < CONTENT
                || says == 0
                || !content(token)
                || !ends(token.span.end)
            {
                continue;
            }
            let span = Span::new(tokens[first].span.start, token.span.end);
            found.push((value - small, span));
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

/// Stems of the words that say what a claim is about.
fn subject(claim: &Claim, vocabulary: &mut Vocabulary) -> BTreeSet<Box<str>> {
    let texts = claim.about.iter().map(String::as_str);
    let texts = texts.chain([&*claim.topic, &claim.question]);
    let mut stems = BTreeSet::new();
    for text in texts {
        let tokens = vocabulary.tokenize(text);
        let words = tokens.iter().filter(|token| token.is_word());
        stems.extend(words.map(|token| vocabulary.word(token.word).stem.clone()));
    }
    stems
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::claim;
    use crate::source::Source;

    fn club() -> Arc<Claim> {
        let file = "topic: The club\nclaims:\n  - id: club-lease\n    question: Does the club keep its lease?\n    about: [lease]\n    positions:\n      keeps: {says: The club keeps its lease.}\n      loses: {says: The club loses its lease.}\n";
        let read = claim::parse(Arc::new(Source::new("club.yaml", file)));
        read.items
            .into_iter()
            .map(Arc::new)
            .next()
            .expect("a claim")
    }

    #[test]
    fn phrases_keep_the_deciding_words_and_leave_small_ones_at_the_ends() {
        let sentence = "On Monday, the council finally tore up its lease with the club, she said.";
        let at = sentence.find("tore").expect("there");
        let found = phrases(&club(), sentence, &[Span::new(at, at + 4)], 3);
        assert!(found[0].contains("tore"), "{found:?}");
        for phrase in &found {
            assert!(
                !phrase.starts_with("the ") && !phrase.ends_with(" with"),
                "{phrase}"
            );
            assert!(!phrase.contains(','), "{phrase}");
        }
        assert!(phrases(&club(), "", &[], 3).is_empty());
        assert!(phrases(&club(), "No.", &[], 3).is_empty());
        // Words are not cut in two.
        for phrase in phrases(
            &club(),
            "It is the S-400 of well-known tenants' clubs.",
            &[],
            9,
        ) {
            assert!(
                !phrase.starts_with("400") && !phrase.ends_with("well"),
                "{phrase}"
            );
        }
        // Names and the subject alone say nothing.
        let about = "The lease of the club and Mayor Ada Byron's lease.";
        assert!(phrases(&club(), about, &[], 3).is_empty());
    }
}
