//! How well a statement carries a wording: coverage of its units in a window, confidence by their number, and polarity.

use crate::matching::bearing::{
    absorbed_cues, denials, effective_cues, first_denial, heads_of, idle_before, live_cues,
    nested_cues, parts, predicate_negated,
};
use crate::matching::plan::Wording;
use crate::matching::reading::{Hit, Reading};
use crate::matching::unit::{Entry, Key, Unit};
use crate::matching::weigh::FLOOR;
use crate::text::lexicon::Classes;
use crate::text::polarity::{CueKind, Polarity};
use crate::text::stem::names_act;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// A window is this many words plus twice the number of units.
const WINDOW: u32 = 10;
/// What the loosest spread costs. Without it: stance F1 -.005.
const PROXIMITY_COST: f64 = 0.15;
/// A number of the wording that the text does not give.
const MISSING_NUMBER: f64 = 0.6;
/// Units after which confidence saturates: 1 unit .57, 2 .81, 3 .92. Without it: stance F1 -.031, divergence -.098.
const MASS: f64 = 1.2;
/// What a soft word adds to the number of units.
const SOFT_COUNT: f64 = 0.3;
/// Share of the matched weight with the other polarity from which a positive wording counts as denied.
const DENIED: f64 = 0.5;
/// What a denial gives to the sibling.
pub(super) const SIBLING_WORTH: f64 = 0.95;
/// Worth of a negation of the other kind than the wording's ("did not" for "denied"). Of 0.4, 0.7 and 1: divergence F1 .829, .829 and
/// .793 on dev, .576, .603 and .611 on the invented set a; the same on the others.
const OTHER_CUE: f64 = 0.7;
/// What a negation adds to the number of units where it negates words that the wording negates too. Of 0, 0.5, 0.75 and 1: stance F1 .924,
/// .922, .920 and .917 on dev, .886, .891, .891 and .894 on dev2, .757, .775, .779 and .779 on the invented set a, .828, .850, .858 and .858
/// on d.
const CUE_COUNT: f64 = 0.75;
/// So much of a wording must be met for its negation to count: a denied name alone says nothing of what was denied ("not true that Nuttall
/// denied that she had taken money"). From 0.5 to 0.6 nothing changes on any set.
const HALF: f64 = 0.5;
/// Words around the match in which its cue must lie.
const CUE_REACH: u32 = 8;
/// What is left of a negative wording in a text without negation.
const UNNEGATED: f64 = 0.5;
/// Words in which the units of an `about` entry must lie, beside two for each unit.
const ENTRY_WINDOW: u32 = 6;

/// What the statement does with a wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It says so.
    Agrees,
    /// It says the opposite.
    Denied,
}

/// A wording in a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// 0 to 1; for a denial, what the sibling gets.
    pub score: f64,
    /// Whether it agrees.
    pub verdict: Verdict,
    /// Weighted share of the units that were met, 0 to 1.
    pub coverage: f64,
    /// Confidence by the number of units, and by a negation that is met like one, 0 to 1.
    pub mass: f64,
    /// Index of the unit and where it was met.
    pub hits: Vec<(usize, Hit)>,
}

impl Scored {
    /// The matched tokens, ascending.
    pub fn tokens(&self) -> Vec<usize> {
        let mut tokens: Vec<usize> = self
            .hits
            .iter()
            .flat_map(|(_, hit)| hit.first..=hit.last)
            .collect();
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// Share of neighbouring units that stand in the text in the other order than in the wording, 0 to 1. Small words do that by themselves: "has
    /// called off the strike" for "the strike has been called off".
    pub fn inversions(&self, wording: &Wording) -> f64 {
        let hard = self.hits.iter().filter(|(u, _)| !wording.units[*u].soft);
        let places: Vec<u32> = hard.map(|(_, hit)| hit.index).collect();
        let inverted = places.windows(2).filter(|pair| pair[0] > pair[1]).count();
        inverted as f64 / (self.hits.len().max(2) - 1) as f64
    }
}

/// Buffers that are reused from wording to wording.
#[derive(Debug, Default)]
pub struct Scratch {
    hits: Vec<Hit>,
    all: Vec<(usize, Hit)>,
    chosen: Vec<Option<Hit>>,
    kept: Vec<Option<Hit>>,
    /// Wordings scored so far.
    pub scored: u64,
}

/// Scores a wording; `None` where it cannot reach `floor`.
pub fn score(
    wording: &Wording,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
    floor: f64,
) -> Option<Scored> {
    let n = wording.units.len();
    if n == 0 || wording.total <= 0.0 || floor >= FLOOR && !reading.may_reach(wording) {
        return None;
    }
    scratch.scored += 1;
    scratch.all.clear();
    let (mut reach, mut count) = (0.0, 0.0);
    for (u, unit) in wording.units.iter().enumerate() {
        reading.hits(unit, &mut scratch.hits);
        if let Some(best) = scratch
            .hits
            .iter()
            .map(|hit| hit.similarity)
            .max_by(f64::total_cmp)
        {
            reach += unit.weight * best;
            count += unit_count(unit);
            scratch.all.extend(scratch.hits.iter().map(|hit| (u, *hit)));
        }
    }
    if scratch.all.is_empty() || (reach / wording.total).min(1.0) * mass(count) < floor {
        return None;
    }
    let polarity = reading.polarity(vocabulary);
    without_frames(&mut scratch.all, reading, vocabulary, polarity);
    scratch.all.sort_by_key(|(u, hit)| (hit.index, *u));
    let window = WINDOW + 2 * n as u32;
    // What is chosen of each unit, in the window at hand and in the best one so far.
    let (chosen, kept) = (&mut scratch.chosen, &mut scratch.kept);
    let mut best: Option<f64> = None;
    for start in 0..scratch.all.len() {
        if start > 0 && scratch.all[start].1.index == scratch.all[start - 1].1.index {
            continue;
        }
        let first = scratch.all[start].1.index;
        chosen.clear();
        chosen.resize(n, None);
        for (u, hit) in scratch.all[start..]
            .iter()
            .take_while(|(_, hit)| hit.index <= first + window)
        {
            if chosen[*u].is_none_or(|c| hit.similarity > c.similarity) {
                chosen[*u] = Some(*hit);
            }
        }
        let got: f64 = chosen
            .iter()
            .zip(&wording.units)
            .filter_map(|(hit, unit)| hit.map(|h| h.similarity * unit.weight))
            .sum();
        if best.is_none_or(|best| got > best + 1e-12) {
            best = Some(got);
            std::mem::swap(chosen, kept);
        }
    }
    let mut got = best?;
    let hits = kept.iter().enumerate();
    let mut hits: Vec<(usize, Hit)> = hits.filter_map(|(u, hit)| Some((u, (*hit)?))).collect();
    if let Some(agent) = wording.agent
        && let Some(at) = hits.iter().position(|(u, _)| *u == agent)
    {
        let acts = acts(&hits, at, reading, vocabulary)
            && (wording.negation != Some(CueKind::Denial) || denies(hits[at].1, polarity));
        if !acts {
            let (_, hit) = hits.remove(at);
            got -= wording.units[agent].weight * hit.similarity;
            if hits.is_empty() || got <= 0.0 {
                return None;
            }
        }
    }
    // "The bear fled" says nothing of who called for help after it.
    let told = &wording.told;
    if !told.is_empty() && !hits.iter().any(|(u, _)| told.contains(u)) {
        return None;
    }
    let mut coverage = got / wording.total;
    let matched = hits.len() as f64;
    let low = hits.iter().map(|(_, hit)| hit.index).min()?;
    let high = hits
        .iter()
        .map(|(_, hit)| reading.tokens[hit.last].index)
        .max()?;
    let spread = (f64::from(high - low) - 2.0 * matched) / f64::from(window);
    coverage *= 1.0 - PROXIMITY_COST * spread.clamp(0.0, 1.0);
    let number_missing = (0..n).any(|u| {
        matches!(wording.units[u].key, Key::Number(_)) && !hits.iter().any(|(v, _)| *v == u)
    });
    if number_missing {
        coverage *= MISSING_NUMBER;
    }
    let count: f64 = hits
        .iter()
        .map(|(u, _)| unit_count(&wording.units[*u]))
        .sum();
    let mut mass = mass(count);
    let raw = coverage * mass;

    if wording.says_unknown() {
        // What is not known is neither negated nor affirmed.
        // Unless that is said not to be so: "it is not true that it is unknown".
        let judged = |hit: &Hit| {
            let judges = polarity.set_of(|cue| cue.judges && cue.token < hit.first);
            polarity.negated_by(hit.first, judges)
        };
        let told = hits.iter().any(|(u, hit)| *u == 0 && !judged(hit)) && hits.len() > 1;
        return (told && raw >= floor).then_some(Scored {
            score: raw,
            verdict: Verdict::Agrees,
            coverage,
            mass,
            hits,
        });
    }
    if hits.iter().any(|(_, hit)| polarity.doubly(hit.first)) && !wording.doubly {
        return None;
    }
    let live = live_cues(wording, &hits, polarity);
    let effective = live & effective_cues(&hits, reading, polarity, vocabulary);
    let own_cue =
        |hit: &Hit| hit.first < hit.last && (hit.first..=hit.last).any(|t| polarity.is_cue[t]);
    let absorbed = absorbed_cues(&hits, polarity);
    let nested = nested_cues(polarity, reading, vocabulary);
    let in_scope = |hit: &Hit, cues: u64| {
        let cues = if hit.toggled { cues } else { cues & !absorbed };
        // "Denied that it had called the strike off": the strike is on.
        let cancelled = nested.iter().filter(|(denial, implied)| {
            (hit.first..=hit.last).any(|t| {
                polarity.negated_by(t, 1 << denial) && polarity.negated_by(t, 1 << implied)
            })
        });
        let cues = cancelled.fold(cues, |cues, (denial, implied)| {
            cues & !(1 << denial | 1 << implied)
        });
        !own_cue(hit) && (hit.first..=hit.last).any(|t| polarity.negated_by(t, cues))
    };
    let flipped = |hit: &Hit| in_scope(hit, effective) != hit.toggled;
    // Negated, but together with another verb than the wording's: neither said nor denied.
    let aside = |hit: &Hit| {
        !in_scope(hit, effective)
            && (in_scope(hit, live) || idle_before(hit, reading, polarity, effective | !live))
    };
    let weight = |u: usize, hit: &Hit| wording.units[u].weight * hit.similarity;
    // Who "did not back it" is met by a "refusal to back it".
    let met = |unit: usize| hits.iter().any(|(u, _)| *u == unit);
    let withheld = |u: usize| wording.is_withheld(u, met);
    let (score, verdict) = match wording.negation {
        None => {
            let sum = |wanted: &dyn Fn(usize, &Hit) -> bool| -> f64 {
                let chosen = hits.iter().filter(|(u, hit)| wanted(*u, hit));
                chosen.map(|(u, hit)| weight(*u, hit)).sum()
            };
            let against = sum(&|u, hit| !withheld(u) && flipped(hit) != wording.units[u].negated);
            let beside = sum(&|u, hit| aside(hit) && flipped(hit) == wording.units[u].negated);
            let outright = hits
                .iter()
                .any(|(_, hit)| hit.toggled && !in_scope(hit, live));
            // What is denied to be called off is not called off.
            let own = nested.iter().fold(live, |live, (_, i)| live & !(1 << i));
            let outright = outright || predicate_negated(&hits, wording, polarity, own, &withheld);
            // "Ada denies suing Ben" denies all that is said of Ada, whatever her name weighs.
            let denials = denials(polarity, &reading.tokens) & live;
            let of_subject = wording.says_of.map_or(0.0, |(subject, _)| {
                sum(&|u, hit| u == subject && !in_scope(hit, live))
            });
            let denier = first_denial(polarity, live).map_or(0.0, |denial| {
                sum(&|_, hit| hit.last < denial && !in_scope(hit, live))
            });
            let of_subject = of_subject.max(denier);
            let denied = sum(&|_, hit| in_scope(hit, denials));
            if outright
                || against / got > DENIED
                || against.min(denied) / (got - of_subject) > DENIED
            {
                (SIBLING_WORTH * raw, Verdict::Denied)
            } else if (against + beside) / got > DENIED
                || (beside > 0.0 && parts(&hits, reading, polarity, effective | !live))
            {
                return None;
            } else {
                (raw, Verdict::Agrees)
            }
        }
        Some(kind) => {
            let own: Vec<&(usize, Hit)> = hits
                .iter()
                .filter(|(u, _)| wording.units[*u].negated)
                .collect();
            // Who "never proposed to hand a large part of it to Norvik" did not propose it, however far Norvik stands behind.
            let act_negated = own
                .iter()
                .any(|(u, hit)| wording.verbs.contains(u) && heads_of(hit, polarity, effective));
            let unnegated = own
                .iter()
                .filter(|(_, hit)| !act_negated && !flipped(hit) && !aside(hit))
                .count();
            let negated = own.iter().filter(|(_, hit)| flipped(hit)).count();
            let beside = own.len() - unnegated - negated;
            let head_met = wording
                .negated_head
                .is_none_or(|head| hits.iter().any(|(u, _)| *u == head));
            let affirmed = !own.is_empty() && unnegated * 2 > own.len();
            if affirmed && head_met && !wording.implied {
                (SIBLING_WORTH * raw, Verdict::Denied)
            } else if beside <= negated
                && !(wording.implied && negated == 0 && unnegated > 0)
                && head_met
                && (negated_between(reading, polarity, low, high)
                    || hits.iter().any(|(_, hit)| hit.toggled))
            {
                let worth = if cue_near(reading, polarity, kind, low, high) {
                    1.0
                } else {
                    OTHER_CUE
                };
                // A cue that negates the wording's own words is met as they are: of "I have never doped" not one word but nearly two.
                let cue = if negated > 0 && coverage >= HALF {
                    CUE_COUNT * worth
                } else {
                    0.0
                };
                mass = self::mass(count + cue);
                (
                    (coverage * wording.total + worth) / (wording.total + 1.0) * mass,
                    Verdict::Agrees,
                )
            } else {
                (
                    raw * wording.total / (wording.total + 1.0) * UNNEGATED,
                    Verdict::Agrees,
                )
            }
        }
    };
    (score >= floor).then_some(Scored {
        score,
        verdict,
        coverage,
        mass,
        hits,
    })
}

/// Leaves out what was met only in words that tell who says or dismisses something.
fn without_frames(
    all: &mut Vec<(usize, Hit)>,
    reading: &Reading,
    vocabulary: &Vocabulary,
    polarity: &Polarity,
) {
    all.retain(|(_, hit)| {
        !dismisses(hit, reading, vocabulary, polarity) && !only_says(hit, reading, vocabulary)
    });
}

/// Whether a hit is the verb of a denial: who "dismissed rumours that Reyes was fired" has dismissed nobody.
fn dismisses(hit: &Hit, reading: &Reading, vocabulary: &Vocabulary, polarity: &Polarity) -> bool {
    let (tokens, verb) = (&reading.tokens, hit.first);
    verb == hit.last
        && polarity.is_cue[verb]
        && tokens[verb].is(Classes::DENYOBJ)
        && (verb + 1..tokens.len())
            .take(REJECTED_REACH)
            .any(|i| is_listed(REPORTS, &vocabulary.word(tokens[i].word).folded))
}

/// Whether a hit names who says what stands before: "the village was shelled, Norvik says". "He quit, Ada says" may name who quit.
fn only_says(hit: &Hit, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let tokens = &reading.tokens;
    if !tokens[hit.first].capital {
        return false;
    }
    let before = hit.first.checked_sub(1);
    let comma = |i: Option<usize>| i.is_some_and(|i| tokens[i].is_mark(','));
    let start = if comma(before) && says(reading, Some(hit.last + 1)) {
        hit.first
    } else if says(reading, before) && comma(hit.first.checked_sub(2)) {
        hit.first - 1
    } else {
        return false;
    };
    let end = tokens.get(start + (hit.last - hit.first) + 2);
    let pronoun = |i: usize| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        matches!(word, "he" | "i" | "it" | "our" | "she" | "they" | "we")
    };
    end.is_none_or(|token| !token.is_word()) && !(0..start).any(pronoun)
}

/// Whether a verb of saying stands there.
fn says(reading: &Reading, at: Option<usize>) -> bool {
    let token = at.and_then(|at| reading.tokens.get(at));
    token.is_some_and(|token| token.is(Classes::SAID.or(Classes::REPORTING)))
}

/// Words from a verb of rejection to what somebody else said: "dismissed the latest rumours". One fewer or two more change no labelled set.
const REJECTED_REACH: usize = 3;

/// What somebody else said, and what nobody but its speaker can take back or dismiss.
const REPORTS: &[&str] = &[
    "accusations",
    "allegation",
    "allegations",
    "report",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumours",
    "speculation",
    "suggestions",
];

/// Whether the unit at `at` can be who acts: it stands before what else was matched, or after it with "by" and no other clause
/// between. "The victim called for help, but was found by fishermen" has no fishermen calling.
fn acts(hits: &[(usize, Hit)], at: usize, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let agent = hits[at].1;
    let others = hits.iter().enumerate().filter(|(i, _)| *i != at);
    let last_before = others
        .clone()
        .map(|(_, (_, hit))| *hit)
        .filter(|hit| hit.first < agent.first)
        .max_by_key(|hit| hit.last);
    let Some(before) = last_before else {
        return true;
    };
    if others
        .map(|(_, (_, hit))| *hit)
        .any(|hit| hit.first > agent.first)
    {
        // Something of the wording follows: "who called" may still be asked of what follows.
        return true;
    }
    let word = |i: usize| &*vocabulary.word(reading.tokens[i].word).folded;
    let between = before.last + 1..agent.first;
    // "I quit, Reyes said": who speaks of himself.
    let mut leads = (0..before.first)
        .rev()
        .skip_while(|&i| reading.tokens[i].is(Classes::AUXILIARY.or(Classes::NEGDIR)));
    let is_own = leads.next().is_some_and(|i| matches!(word(i), "i" | "we"));
    if is_own && (says(reading, Some(agent.last + 1)) || says(reading, agent.first.checked_sub(1)))
    {
        return true;
    }
    // "The resignation of Reyes": a noun with who acts behind it.
    let is_noun = names_act(word(before.last));
    let brings = |i: usize| {
        let word = word(i);
        word == "by" || is_noun && word == "of"
    };
    let by = between
        .clone()
        .rev()
        .filter(|&i| reading.tokens[i].is_word())
        .take(BY_REACH)
        .any(brings);
    let same_clause = between
        .clone()
        .all(|i| !matches!(word(i), "but" | "and" | ";" | "," | "—" | ":"));
    by && same_clause
}

/// Whether the agent of a denial stands before one in the text: "Ada denied that Ben won" has no denial by Ben.
fn denies(agent: Hit, polarity: &Polarity) -> bool {
    let mut denials = polarity
        .cues
        .iter()
        .filter(|cue| cue.kind == CueKind::Denial)
        .peekable();
    denials.peek().is_none() || denials.any(|cue| cue.token > agent.first)
}

/// Words that may stand between "by" and the agent: "by a fellow fisherman".
const BY_REACH: usize = 3;

/// What a unit adds to the number of units that were met.
pub(super) fn unit_count(unit: &Unit) -> f64 {
    if unit.soft { SOFT_COUNT } else { 1.0 }
}

/// Confidence by the number of units, 0 to 1.
pub(super) fn mass(count: f64) -> f64 {
    1.0 - (-count / MASS).exp()
}

fn negated_between(reading: &Reading, polarity: &Polarity, low: u32, high: u32) -> bool {
    reading.tokens.iter().enumerate().any(|(i, token)| {
        token.is_word() && (low..=high).contains(&token.index) && polarity.negated(i)
    })
}

fn cue_near(reading: &Reading, polarity: &Polarity, kind: CueKind, low: u32, high: u32) -> bool {
    polarity.cues.iter().any(|cue| {
        let index = reading.tokens[cue.token].index;
        cue.kind == kind && index + CUE_REACH >= low && index <= high + CUE_REACH
    })
}

/// Whether all units of an entry are met near each other.
pub fn meets(entry: &Entry, reading: &Reading, scratch: &mut Scratch) -> bool {
    !places(entry, reading, 0, scratch).is_empty()
}

/// Every place where all units of an entry are met near each other: first and last token.
pub fn places(
    entry: &Entry,
    reading: &Reading,
    extra: u32,
    scratch: &mut Scratch,
) -> Vec<(usize, usize)> {
    let n = entry.units.len();
    if n == 0 {
        return Vec::new();
    }
    let mut first_hits = Vec::new();
    reading.hits(&entry.units[0], &mut first_hits);
    let window = ENTRY_WINDOW + 2 * n as u32 + extra;
    let mut found = Vec::new();
    for anchor in first_hits {
        let (mut first, mut last) = (anchor.first, anchor.last);
        let complete = entry.units[1..].iter().all(|unit| {
            reading.hits(unit, &mut scratch.hits);
            let near = scratch
                .hits
                .iter()
                .filter(|hit| hit.index.abs_diff(anchor.index) <= window);
            near.min_by_key(|hit| hit.index.abs_diff(anchor.index))
                .is_some_and(|hit| {
                    first = first.min(hit.first);
                    last = last.max(hit.last);
                    true
                })
        });
        if complete {
            found.push((first, last));
        }
    }
    found
}
