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
        "cannot" => marvels(words, at) || needs(words, at),
        "without" => (at.saturating_sub(NEEDS)..at)
            .any(|i| matches!(words.folded(i), "cannot" | "n't" | "not") && needs(words, i)),
        "not" | "n't" => {
            words.next_is(at, &["only", "just", "merely", "simply", "necessarily", "alone"])
                || marvels(words, at)
                || needs(words, at)
                || is_when(words, at)
                // "Not until Monday" it was.
                || words.next_is(at, &["surprising", "until"])
                // "Is not the only city that": so is this one. "Not the first time that": it was so before.
                || words.next_is(at, &["the"])
                    && (words.next_is(at + 1, &["only"])
                        || words.next_is(at + 1, &["first", "last"])
                            && words.next_is(at + 2, &["time"]))
        }
        // "Nothing other than", "no other drug helps as much as".
        "nothing" => {
            // "It is about money and nothing else."
            let more = words.next_is(at, &["else", "less", "more"])
                && words.before(at).is_some_and(|i| words.folded(i) == "and");
            words.next_is(at, &["but", "other"]) || more || cannot_be_stopped(words, at)
        }
        _ => false,
    };
    idle || affirms(words, at, word) || never_fails(words, at)
}

/// Whether what follows "nothing" goes on all the same: "*nothing* can stop the strike".
fn cannot_be_stopped(words: Words, at: usize) -> bool {
    let mut near = (at + 1..words.tokens.len()).take(NEEDS);
    let stops = near.find(|&i| !words.tokens[i].is(Classes::AUXILIARY) && words.folded(i) != "now");
    stops.is_some_and(|i| i > at + 1 && matches!(words.folded(i), "halt" | "prevent" | "stop"))
}

/// Words from a negator to its "without": "cannot do without", "could not have won without". One fewer or two more change no labelled set.
const NEEDS: usize = 4;

/// Whether a negator says that something is needed: "*cannot* do without dismissals", "*not* without a fight".
fn needs(words: Words, at: usize) -> bool {
    let behind = at + 1..words.tokens.len();
    let mut near = behind
        .take(NEEDS)
        .take_while(|&i| words.tokens[i].is_word());
    words.next_is(at, &["without"])
        || words.next_is(at, &["do", "go"])
            && near.nth(1).is_some_and(|i| words.folded(i) == "without")
}

/// Whether somebody marvels at what is so, or does it all the same: "could *not believe* his luck when", "could *not help* laughing", "could
/// *not agree more*".
fn marvels(words: Words, at: usize) -> bool {
    let can = words.folded(at) == "cannot"
        || words
            .before(at)
            .is_some_and(|i| matches!(words.folded(i), "ca" | "can" | "could"));
    let next = |n: usize| words.after(at, n);
    let ends = |n: usize, ending: &str| next(n).is_some_and(|i| words.folded(i).ends_with(ending));
    let believes = words.next_is(at, &["believe"])
        && (next(2).is_some_and(|i| words.tokens[i].is(Classes::POSSESSIVE))
            && next(3)
                .is_some_and(|i| matches!(words.folded(i), "ears" | "eyes" | "fortune" | "luck"))
            || next(2).is_some_and(|i| matches!(words.folded(i), "how" | "what")));
    let helps = words.next_is(at, &["help"])
        && next(2).is_some_and(|i| words.folded(i) == "but" || ends(2, "ing"));
    let agrees =
        words.next_is(at, &["agree"]) && next(2).is_some_and(|i| words.folded(i) == "more");
    can && (believes || helps || agrees)
}

/// Whether a "not" before "if" only says that the question is when: "a matter of when, *not if*", "*not if* but when".
fn is_when(words: Words, at: usize) -> bool {
    let when = |i: usize| words.folded(i) == "when";
    words.next_is(at, &["if"])
        && ((at.saturating_sub(2)..at).any(when) || (at + 2..words.tokens.len()).take(3).any(when))
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
    // "A strike over pay, dispute over routes".
    let about = words.next_is(at, &["about", "between", "over", "with"]);
    let dispute = matches!(words.folded(at), "dispute" | "disputes");
    // "The disputed portrait".
    let attribute = words.folded(at) == "disputed" && words.before(at).is_some_and(noun);
    dispute && (about || words.before(at).is_some_and(noun)) || attribute
}

/// Whether a negator before a denial makes it say that something is so.
pub(super) fn is_denied_by_none(words: Words, at: usize) -> bool {
    let mut before = (0..at).rev().take_while(|&i| words.tokens[i].is_word());
    let mut near = before.by_ref().take(1 + AFFIRMED);
    near.any(|i| words.tokens[i].is(Classes::NEGDIR) && affirms(words, i, words.folded(i)))
}
