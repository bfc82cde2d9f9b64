//! Which negations of a statement bear on what a wording meets in it.
//!
//! A negation counts for a wording where it negates what the wording holds. One that is itself a word of the wording is met as it is, one that makes
//! the opposite that the wording has is used up by that, and two inside one another leave what they negate as it was.

use crate::matching::plan::Wording;
use crate::matching::reading::{Hit, Reading};
use crate::text::lexicon::Classes;
use crate::text::polarity::{CueKind, Polarity};
use crate::text::token::{Token, Vocabulary};

/// The cues but those that are words of the wording: "was barred from buying" is met as it is, not negated, and so is "is off" by
/// "called off".
pub(super) fn live_cues(wording: &Wording, hits: &[(usize, Hit)], polarity: &Polarity) -> u64 {
    !polarity.set_of(|cue| {
        hits.iter().any(|(_, hit)| {
            hit.first == cue.token && hit.last == cue.token
                || cue.particle.is_some_and(|particle| {
                    let whole = (hit.first..=hit.last).contains(&cue.token);
                    let alone = hit.first == particle && wording.negation.is_none();
                    hit.last == particle && (whole || alone)
                })
                || cue.lexical && (hit.first..=hit.last).contains(&cue.token)
        })
    })
}

/// The cues that with the word which they negate make the opposite that a wording has: "her death has *not* been *confirmed*" says
/// no more of the death than "her death is unconfirmed".
pub(super) fn absorbed_cues(hits: &[(usize, Hit)], polarity: &Polarity) -> u64 {
    polarity.set_of(|cue| {
        let turned = |head: usize| {
            let mut hits = hits.iter();
            hits.any(|(_, hit)| hit.toggled && (hit.first..=hit.last).contains(&head))
        };
        cue.head.is_some_and(turned)
    })
}

/// Pairs of a denial and a verb which implies a negation inside what it denies.
pub(super) fn nested_cues(
    polarity: &Polarity,
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Vec<(usize, usize)> {
    // "Poured cold water on" is one denial.
    let own = |token: usize| &*vocabulary.word(reading.tokens[token].word).folded == "cold";
    let denials = polarity
        .numbered()
        .filter(|(_, cue)| cue.kind == CueKind::Denial && !cue.judges);
    denials
        .flat_map(|(d, _)| {
            let inside = polarity.numbered().filter(move |(_, cue)| {
                cue.kind == CueKind::Negation
                    && !reading.tokens[cue.token].is(Classes::NEGDIR)
                    && !own(cue.token)
                    && polarity.negated_by(cue.token, 1 << d)
            });
            inside.map(move |(i, _)| (d, i))
        })
        .collect()
}

/// The cues that bear on what was matched, as a bit set. "The doctor did not kill the singer" negates the killing: of a wording
/// that holds the doctor and the singer but no killing it says nothing. Verbs that pass a negation on to what follows
/// ("is not expected to sell") leave it effective.
pub(super) fn effective_cues(
    hits: &[(usize, Hit)],
    reading: &Reading,
    polarity: &Polarity,
    vocabulary: &Vocabulary,
) -> u64 {
    // A word may stand there twice, and be met where it stood first.
    let word = |at: usize| reading.tokens[at].word;
    let idle = |head: usize| {
        let mut hits = hits.iter().map(|(_, hit)| hit.first..=hit.last);
        !hits.any(|mut hit| hit.contains(&head) || hit.any(|at| word(at) == word(head)))
            && !is_transparent(&vocabulary.word(reading.tokens[head].word).stem)
    };
    !polarity.set_of(|cue| {
        let row = cue.head.map(|head| head..=cue.row.unwrap_or(head));
        row.is_some_and(|mut row| row.all(idle))
    })
}

/// Stems of verbs and adjectives that pass a negation on to their complement, or say no more than that something is.
fn is_transparent(stem: &str) -> bool {
    TRANSPARENT.contains(&stem)
}

const TRANSPARENT: &[&str] = &[
    "believ", "think", "expect", "plan", "intend", "seem", "appear", "likely", "abl", "go", "try",
    "begin", "start", "happen", "tak", "plac", "tru", "cas", "be", "get", "giv", "hav", "mak",
    "find", "see", "know", "prov", "confirm", "show", "consider", "going", "occur", "exist",
    "want", "wish", "wil",
];

/// Whether one of these cues negates a hit itself.
pub(super) fn heads_of(hit: &Hit, polarity: &Polarity, cues: u64) -> bool {
    let mut heads = polarity
        .numbered()
        .filter_map(|(c, cue)| cue.head.filter(|_| cues & (1 << c) != 0));
    heads.any(|head| (hit.first..=hit.last).contains(&head)) && !hit.toggled
}

/// Whether a negated verb that the wording does not hold stands before a hit in one clause, however far: what that verb brings with it
/// is not said of anybody.
pub(super) fn idle_before(
    hit: &Hit,
    reading: &Reading,
    polarity: &Polarity,
    effective: u64,
) -> bool {
    polarity.numbered().any(|(c, cue)| {
        let idle = cue.head.is_some_and(|head| head < hit.first) && effective & (1 << c) == 0;
        idle && (cue.token..hit.first).all(|t| {
            let token = &reading.tokens[t];
            (token.is_word() || token.is_mark('"')) && !token.is(Classes::BOUND)
        })
    })
}

/// Whether a negated verb that the wording does not hold stands between what was matched, in one clause: "the industry did not come
/// under sanctions" for a wording of the industry and the sanctions.
pub(super) fn parts(
    hits: &[(usize, Hit)],
    reading: &Reading,
    polarity: &Polarity,
    effective: u64,
) -> bool {
    polarity.numbered().any(|(c, cue)| {
        let bit = 1 << c;
        let idle = cue.head.is_some() && effective & bit == 0;
        let clause = |from: usize, to: usize| (from..to).all(|t| reading.tokens[t].is_word());
        idle && hits
            .iter()
            .any(|(_, hit)| hit.last < cue.token && clause(hit.last + 1, cue.token))
            && hits
                .iter()
                .any(|(_, hit)| hit.first > cue.token && polarity.negated_by(hit.first, bit))
    })
}

/// Whether a direct negator negates one of the matched words itself, which the wording affirms: "did not veto".
pub(super) fn predicate_negated(
    hits: &[(usize, Hit)],
    wording: &Wording,
    polarity: &Polarity,
    live: u64,
    withheld: &impl Fn(usize) -> bool,
) -> bool {
    let mut heads = polarity
        .numbered()
        .filter_map(|(c, cue)| cue.head.filter(|_| live & (1 << c) != 0));
    heads.any(|head| {
        hits.iter().any(|(u, hit)| {
            let unit = &wording.units[*u];
            !unit.negated
                && !unit.soft
                && !withheld(*u)
                && !hit.toggled
                && (hit.first..=hit.last).contains(&head)
                && !(hit.first..=hit.last).any(|t| polarity.is_cue[t])
        })
    })
}

/// The cues by which something is denied, not left open ("has not confirmed that"), as a bit set.
pub(super) fn denials(polarity: &Polarity, tokens: &[Token]) -> u64 {
    let leaves_open = |head: Option<usize>| head.is_some_and(|i| tokens[i].is(Classes::UNKNOWN));
    polarity.set_of(|cue| cue.kind == CueKind::Denial || !cue.judges && !leaves_open(cue.head))
}

/// The first verb of denial: what stands before it is who denies.
pub(super) fn first_denial(polarity: &Polarity, live: u64) -> Option<usize> {
    let denies = |c: usize, kind: CueKind| kind == CueKind::Denial && live & (1 << c) != 0;
    let mut cues = polarity.numbered();
    cues.find(|(c, cue)| denies(*c, cue.kind) && !cue.judges)
        .map(|(_, cue)| cue.token)
}
