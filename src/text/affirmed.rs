//! Negations that say that something is so: *nobody disputes it*, *did not hesitate to*, *lost no time in*, *not until Monday*.

use crate::text::lexicon::Classes;
use crate::text::words::Words;

/// Words from "nobody" or "no member of the board" to the denial that nobody makes. Two fewer lose a sentence of the structure sets, three more
/// change nothing.
const AFFIRMED: usize = 6;

/// Whether the direct negator at `at` negates nothing, but says that what follows is so.
pub(super) fn says_so(words: Words, at: usize) -> bool {
    let word = words.folded(at);
    let idle = match word {
        "no" => {
            let other = words.next_is(at, &["other"]);
            let compared = |i: usize| matches!(words.folded(i), "as" | "like" | "than");
            // "Lost no time in closing it", "spared no effort".
            let hurries = words.next_is(at, &["bones", "effort", "expense", "mistake", "time"])
                && words.before(at).is_some_and(|i| {
                    matches!(
                        words.folded(i),
                        "lose" | "lost" | "made" | "make" | "spared" | "wasted" | "wasting"
                    )
                });
            words.next_is(
                at,
                &["doubt", "matter", "secret", "sooner", "surprise", "wonder"],
            ) || hurries
                || other && (at + 1..words.tokens.len()).any(compared)
        }
        "not" | "n't" => {
            words.next_is(at, &["only", "just", "merely", "simply", "necessarily", "alone"])
                // "Not until Monday" it was.
                || words.next_is(at, &["surprising", "until"])
                // "Is not the only city that": so is this one. "Not the first time that": it was so before.
                || words.next_is(at, &["the"])
                    && (words.next_is(at + 1, &["only"])
                        || words.next_is(at + 1, &["first", "last"])
                            && words.next_is(at + 2, &["time"]))
        }
        // "Nothing other than", "no other drug helps as much as".
        "nothing" => words.next_is(at, &["but", "other"]),
        _ => false,
    };
    idle || affirms(words, at, word) || never_fails(words, at)
}

/// Whether a negator and a denial behind it say that something is so: "*nobody* disputes that", "*no* longer denies it", "could *not* deny",
/// "is *not* in dispute".
fn affirms(words: Words, at: usize, word: &str) -> bool {
    let denies = |i: usize| {
        let doubts = matches!(words.folded(i), "doubt" | "doubted" | "doubts");
        words.tokens[i].is(Classes::DENY) && !is_quarrel(words, i) || doubts
    };
    let mut near = (at + 1..words.tokens.len()).take_while(|&i| {
        let another = matches!(words.folded(i), "and" | "or" | "that" | "to");
        words.tokens[i].is_word() && !words.tokens[i].is(Classes::BOUND) && !another
    });
    match word {
        "nobody" | "none" | "neither" => near.take(AFFIRMED).any(denies),
        "no" if words.next_is(at, &["longer"]) => words.after(at, 2).is_some_and(denies),
        "no" => near.take(AFFIRMED).skip(1).any(denies),
        "cannot" | "n't" | "not" => {
            let could = words
                .before(at)
                .is_some_and(|i| matches!(words.folded(i), "could" | "ca"));
            let disputed =
                words.next_is(at, &["in"]) && words.next_is(at + 1, &["dispute", "doubt"]);
            disputed || (could || word == "cannot") && near.next().is_some_and(denies)
        }
        _ => false,
    }
}

/// Whether what follows a negator says that something is done all the same: "did *not hesitate to* close it", "*never failed to*".
pub(super) fn never_fails(words: Words, at: usize) -> bool {
    let verb = words.after(at, 1);
    let fails = |i: usize| {
        matches!(
            words.folded(i),
            "fail" | "failed" | "fails" | "hesitate" | "hesitated"
        )
    };
    matches!(words.folded(at), "n't" | "never" | "not")
        && verb.is_some_and(|i| fails(i) && words.next_is(i, &["to"]))
}

/// Whether the word at `at` is a quarrel and no denial: "settled their *dispute*", "is in *dispute*".
pub(super) fn is_quarrel(words: Words, at: usize) -> bool {
    let noun = |i: usize| {
        let word = words.folded(i);
        words.tokens[i].is(Classes::POSSESSIVE)
            || matches!(
                word,
                "a" | "another" | "beyond" | "in" | "no" | "of" | "the" | "this" | "without"
            )
    };
    matches!(words.folded(at), "dispute" | "disputes") && words.before(at).is_some_and(noun)
}

/// Whether a negator before a denial makes it say that something is so.
pub(super) fn is_denied_by_none(words: Words, at: usize) -> bool {
    let mut before = (0..at).rev().take_while(|&i| words.tokens[i].is_word());
    let mut near = before.by_ref().take(1 + AFFIRMED);
    near.any(|i| words.tokens[i].is(Classes::NEGDIR) && affirms(words, i, words.folded(i)))
}
