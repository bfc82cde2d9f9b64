//! What a sentence tells only beside its main clause, of what was so before: *Reyes, **who had refused to resign**, resigned on Monday*;
//! ***after keepers failed to catch it**, police shot the lion*.
//!
//! Where both clauses carry positions that cannot both be true, the main clause tells how it is.

use std::ops::Range;

use crate::matching::reading::Reading;
use crate::matching::roles::{is_adverb, is_verb};
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

/// Words with which a clause begins that tells beforehand what the main clause goes beyond.
const FRONTED: &[&str] = &[
    "after", "although", "despite", "having", "though", "unlike", "while",
];

/// Numbers that are years.
const YEARS: Range<f64> = 1900.0..2100.0;

/// Tokens from a negation to the "but" that sets something against it. A third fewer or half more change no set.
const CONTRAST: usize = 14;

/// Tokens of a clause that no comma parts from whom it tells of. With a third fewer one set of claim files by others loses .004 of evidence F1, half
/// as many more change nothing.
const RESTRICTIVE: usize = 20;

/// Tokens of the clauses beside the main one.
pub(super) fn asides(reading: &Reading, vocabulary: &Vocabulary) -> Vec<Range<usize>> {
    let tokens = &reading.tokens;
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let comma_from = |from: usize| (from..tokens.len()).find(|&i| tokens[i].is_mark(','));
    let says = Classes::SAID
        .or(Classes::REPORTING)
        .or(Classes::DENY)
        .or(Classes::BELIEVED);
    // Where somebody is heard, two may be.
    let heard = tokens.iter().any(|token| token.is(says));
    let cues = &reading.polarity(vocabulary).cues;
    let mut found = Vec::new();
    let first = tokens.iter().position(Token::is_word);
    if let Some(first) = first
        && !heard
        && is_listed(FRONTED, folded(first))
        && let Some(comma) = comma_from(first)
    {
        // "Unlike the old one, which was recalled, the new one".
        let goes_on = tokens.get(comma + 1).is_some_and(Token::is_word)
            && matches!(folded(comma + 1), "which" | "who" | "whom");
        let end = comma_from(comma + 1).filter(|_| goes_on);
        found.push(first..end.unwrap_or(comma));
    }
    // "Was *not dismissed* but resigned", "did *not resign*; she was dismissed".
    for start in 1..tokens.len() {
        // "It is not true that he stayed but left" judges both.
        let negates = matches!(folded(start), "n't" | "not")
            && cues.iter().any(|cue| cue.token == start && !cue.judges);
        let ends = |i: usize| tokens[i].is_mark(';') || folded(i) == "but";
        let end = (start + 1..tokens.len().min(start + CONTRAST)).find(|&i| ends(i));
        if let Some(end) = end.filter(|_| negates)
            && let Some(next) = (end + 1..tokens.len()).find(|&i| !is_adverb(folded(i)))
            && tokens[next].is_word()
        {
            let subject = matches!(
                folded(next),
                "he" | "instead" | "it" | "rather" | "she" | "they"
            );
            let verb = folded(end) == "but" && is_verb(vocabulary, tokens, next);
            if verb || subject && tokens[end].is_mark(';') {
                found.push(start..end);
            }
        }
    }
    for start in 1..tokens.len() {
        let relative =
            tokens[start - 1].is_mark(',') && matches!(folded(start), "which" | "who" | "whom");
        if !relative
            || found
                .last()
                .is_some_and(|last: &Range<usize>| last.contains(&start))
        {
            continue;
        }
        let Some(end) = comma_from(start) else {
            continue;
        };
        let goes_on =
            (end + 1..tokens.len()).find(|&i| !tokens[i].is_word() || !is_adverb(folded(i)));
        let main = goes_on.is_some_and(|i| {
            tokens[i].is_word()
                && (tokens[i].is(Classes::AUXILIARY) || is_verb(vocabulary, tokens, i))
        });
        if main && is_before(tokens, &folded, start..end) {
            found.push(start..end);
        }
    }
    found.extend(restrictive(reading, vocabulary));
    found
}

/// The clause that tells of whom the main clause speaks, where no comma parts them and it is of the past: "the officers *who went missing on
/// Monday* have been found".
fn restrictive(reading: &Reading, vocabulary: &Vocabulary) -> Option<Range<usize>> {
    let tokens = &reading.tokens;
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let start = (1..tokens.len())
        .find(|&i| matches!(folded(i), "that" | "which" | "who") && tokens[i - 1].is_word())?;
    let noun = &tokens[start - 1];
    let past = |i: usize| matches!(folded(i), "was" | "were") || may_be_past(folded(i));
    if noun.is(Classes::STOP.or(Classes::SAID).or(Classes::REPORTING))
        || start + 1 >= tokens.len()
        || !past(start + 1)
    {
        return None;
    }
    let end = (start + 2..tokens.len().min(start + RESTRICTIVE))
        .take_while(|&i| tokens[i].is_word() && !tokens[i].is(Classes::BOUND))
        .find(|&i| matches!(folded(i), "has" | "have" | "was" | "were"))?;
    let own = tokens[end - 1].is(Classes::STOP.or(Classes::PRONOUN));
    (!own).then_some(start..end)
}

/// Whether a clause tells of a time before: "who had refused", "who once refused", "which has never".
fn is_before<'w>(
    tokens: &[Token],
    folded: &impl Fn(usize) -> &'w str,
    clause: Range<usize>,
) -> bool {
    let mut words = clause.filter(|&i| tokens[i].is_word());
    words.any(|i| {
        let year = tokens[i]
            .value()
            .is_some_and(|value| YEARS.contains(&value));
        year || matches!(
            folded(i),
            "earlier"
                | "first"
                | "had"
                | "initially"
                | "never"
                | "once"
                | "originally"
                | "previously"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_as_its_search_needs() {
        assert!(FRONTED.is_sorted());
    }
}
