//! What keeps a position that a statement comes near from being carried: it is not asserted, somebody else's, denied, or a look-alike's.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

use crate::matching::background::years_ago;
use crate::matching::bearing::live_cues;
use crate::matching::elsewhere;
use crate::matching::plan::{ClaimPlan, Wording};
use crate::matching::quantity::token_at;
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{is_name, is_verb};
use crate::matching::rules::Rule;
use crate::matching::score::{SIBLING_WORTH, Scored, Scratch, Verdict, score};
use crate::matching::swap::swapped;
use crate::matching::unit::{Key, Seek, Unit, distinctness};
use crate::matching::weigh::{Carried, Case, mostly_in};
use crate::similarity::word::without_opposite;
use crate::text::amount::Amount;
use crate::text::assertion::{Mood, Unasserted};
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::stem::{names_act, stem};
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Score from which a look-alike counts.
const EXCEPT: f64 = 0.60;
/// Distinctness from which whom a wording has tells its position from the siblings. With .4 a set of claim files by others loses .002 of stance F1, .9
/// changes nothing.
const TELLS_WHO: f64 = 0.7;
/// Distinctness from which a negated word of a position speaks against it.
const TELLS_SURELY: f64 = 0.5;
/// A look-alike must score this much higher than the position to drop it.
const EXCEPT_MARGIN: f64 = 0.05;

/// What keeps a position that comes near from being carried.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// The confidence is this much below the threshold.
    Below(f64),
    /// The statement does not assert what was matched.
    NotAsserted(Unasserted),
    /// Somebody else does it: tokens of the statement's own subject.
    AnothersAct(Range<usize>),
    /// The question asks who it was, and the statement does not name whom the wording has: the index of that unit.
    Unnamed(usize),
    /// It is told of a time years before: those tokens.
    YearsAgo(Range<usize>),
    /// The statement denies another wording of the position, which fits better.
    Denied,
    /// None of the required words is there.
    Requires,
    /// A look-alike fits better: its text and score.
    Except(Arc<str>, f64),
    /// Another position, by its index, is carried and rests on the same words.
    Beside(usize),
    /// It is told only beside the main clause, which carries another position, by its index.
    Superseded(usize),
}

/// What keeps a position from being carried, if anything does; other positions apart.
pub(super) fn obstacle(case: &Case, carried: &Carried, scratch: &mut Scratch) -> Option<Obstacle> {
    if carried.confidence < case.threshold {
        return Some(Obstacle::Below(case.threshold - carried.confidence));
    }
    // Whose position it is that something is not known says so of what stands there.
    let doubts = case
        .plans
        .iter()
        .any(|plan| plan.when_unknown == Some(carried.position));
    if !doubts && let Some(span) = not_asserted(case, carried) {
        return Some(Obstacle::NotAsserted(span));
    }
    if let Some(other) = elsewhere::somebody_else(case, carried) {
        return Some(Obstacle::AnothersAct(other));
    }
    if case.rules.hold(Rule::Roles) {
        let position = &case.plans[carried.position];
        let Case {
            claim,
            plans,
            reading,
            vocabulary,
            ..
        } = *case;
        let fired = case.fired(carried);
        if let Some(other) = swapped(claim, plans, position, fired, reading, vocabulary) {
            return Some(Obstacle::AnothersAct(other.first..other.last + 1));
        }
        if let Some(who) = unnamed(case, carried) {
            return Some(Obstacle::Unnamed(who));
        }
    }
    if let Some(ago) = years_ago(case, carried) {
        return Some(Obstacle::YearsAgo(ago));
    }
    if case.rules.hold(Rule::Denials) && negates_what_tells(case, carried) {
        return Some(Obstacle::Denied);
    }
    if case.rules.hold(Rule::Denials) && negates_another_act(case, carried) {
        return Some(Obstacle::Denied);
    }
    if case.rules.hold(Rule::Denials) && stands_where_denied_too(case, carried) {
        return Some(Obstacle::Denied);
    }
    if case.rules.hold(Rule::Denials) && carried.denied > 0.0 && says_neither(case) {
        return Some(Obstacle::Denied);
    }
    if case.rules.hold(Rule::Denials) && carried.denied >= SIBLING_WORTH * carried.scored.score {
        return Some(Obstacle::Denied);
    }
    let plan = &case.plans[carried.position];
    let has = |words: &Vec<Box<str>>| case.reading.has(case.vocabulary, words);
    if !plan.requires.is_empty() && !plan.requires.iter().any(has) {
        return Some(Obstacle::Requires);
    }
    let except = plan.except.iter().chain(&case.claim.except);
    let alike = look_alike(
        except,
        carried.scored.score,
        case.reading,
        case.vocabulary,
        scratch,
    );
    alike.map(|(text, score)| Obstacle::Except(text, score))
}

/// Whom the wording that fired has, by its unit, where the question asks who it was and that tells the position from its siblings: "the
/// family was told that it was illegal" for "the department told the family that".
fn unnamed(case: &Case, carried: &Carried) -> Option<usize> {
    if !case.claim.asks_who || carried.echo.is_some() || carried.at.0 != carried.position {
        return None;
    }
    let fired = case.fired(carried);
    let who = fired.of_whom()?;
    let met = carried.scored.hits.iter().any(|(u, _)| *u == who);
    (!met && distinctness(&fired.units[who]) >= TELLS_WHO).then_some(who)
}

/// "Neither approved nor rejected": what holds neither of two positions.
fn says_neither(case: &Case) -> bool {
    let words = case
        .reading
        .tokens
        .iter()
        .map(|token| &*case.vocabulary.word(token.word).folded);
    let mut words = words.skip_while(|word| *word != "neither");
    words.next().is_some() && words.any(|word| word == "nor")
}

/// Whether a direct negator or a prefix negates a word that tells the position from its siblings, though the wording that fired does not
/// hold it: "is non-responsible for the derailment" for a wording of the derailment, "the undelayed flight" for one of the flight.
fn negates_what_tells(case: &Case, carried: &Carried) -> bool {
    let position = &case.plans[carried.position];
    let fired = case.fired(carried);
    if carried.at.0 != carried.position || fired.negation.is_some() {
        return false;
    }
    let polarity = case.reading.polarity(case.vocabulary);
    // Nor does what the wording itself holds: "called off" is met as it is.
    let live = live_cues(fired, &carried.scored.hits, polarity);
    let heads = polarity.numbered();
    let heads = heads.filter(|(c, cue)| !cue.judges && live & 1 << c != 0);
    // What says that something is not known is met as a whole.
    let unknown = |head: &usize| {
        let mut hits = carried.scored.hits.iter();
        let here = |(u, hit): &(usize, Hit)| {
            fired.units[*u].seek == Seek::Unknown && (hit.first..=hit.last).contains(head)
        };
        hits.any(here)
    };
    let heads = heads.filter_map(|(_, cue)| cue.head);
    let heads: Vec<usize> = heads.filter(|head| !unknown(head)).collect();
    // Only a group of aliases is asked for them.
    let opposites = LazyCell::new(|| opposites(case));
    let mut hits = Vec::new();
    // Nor does "did not back it" negate a "refusal to back it".
    let withheld = |unit: &Unit| {
        let own = fired.units.iter().position(|own| own.key == unit.key);
        let met = |unit: usize| carried.scored.hits.iter().any(|(u, _)| *u == unit);
        own.is_some_and(|u| fired.is_withheld(u, met))
    };
    let tells = |unit: &&Unit| !unit.negated && unit.weight >= TELLS_SURELY && !withheld(unit);
    let turned = |hit: &Hit| hit.toggled && !polarity.negated(hit.first);
    // "The derailment was unblamed on NorthLine" for a wording by which it was blamed.
    let mut verbs = position.wordings.iter().flat_map(|wording| {
        let verb = |u: &usize| &wording.units[*u];
        wording.verbs.iter().map(verb)
    });
    if verbs.any(|unit| {
        case.reading.hits(unit, &mut hits);
        !unit.negated && !hits.is_empty() && hits.iter().all(turned)
    }) {
        return true;
    }
    position.telling.iter().filter(tells).any(|unit| {
        case.reading.hits(unit, &mut hits);
        hits.iter()
            .any(|hit| heads.contains(&hit.first) && !hit.toggled || turned(hit))
            || matches!(unit.key, Key::Concept(_))
                && opposites.iter().any(|(at, stem)| {
                    !polarity.negated(*at) && is_another_name(case.claim, unit, stem)
                })
    })
}

/// The words of a statement that a prefix may have made the opposite of another, with that one's stem.
fn opposites(case: &Case) -> Vec<(usize, String)> {
    let tokens = case.reading.tokens.iter().enumerate();
    let words = tokens.filter(|(_, token)| token.is_word() && !token.is(Classes::STOP));
    words
        .flat_map(|(at, token)| {
            let word = &case.vocabulary.word(token.word).folded;
            without_opposite(word).map(move |rest| (at, stem(rest)))
        })
        .collect()
}

/// Whether a unit stands for a group of aliases of which this stem is one by itself.
fn is_another_name(claim: &ClaimPlan, unit: &Unit, of: &str) -> bool {
    let Key::Concept(concept) = unit.key else {
        return false;
    };
    let group = claim.group(concept);
    let mut names = group.names();
    names.any(|name| !name.contains(' ') && stem(&fold(name)) == of)
}

/// Whether a negated verb stands where the wording has verbs of which none was met: "a colonel of the council did not warn them" for
/// "threatened by a colonel of the council". What it is not said to do cannot stand for what the wording has it do.
fn negates_another_act(case: &Case, carried: &Carried) -> bool {
    let fired = case.fired(carried);
    let hits = &carried.scored.hits;
    let met = |verb: &usize| hits.iter().any(|(u, _)| u == verb);
    if carried.at.0 != carried.position || fired.verbs.is_empty() || fired.verbs.iter().any(met) {
        return false;
    }
    let Case {
        reading,
        vocabulary,
        ..
    } = *case;
    let tokens = &reading.tokens;
    let word = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    // "Did not join before the match" is one clause.
    let same = |i: usize| {
        let bounds =
            tokens[i].is(Classes::BOUND) && !matches!(word(i), "after" | "before" | "until");
        let joins = matches!(word(i), "and" | "that" | "which" | "whom" | "whose");
        (tokens[i].is_word() || tokens[i].is_mark('"')) && !bounds && !joins
    };
    let mut cues = reading.polarity(vocabulary).cues.iter();
    cues.any(|cue| {
        let Some(head) = cue.head else { return false };
        let own = hits
            .iter()
            .any(|(_, hit)| (hit.first..=hit.last).contains(&head));
        // A subject before it, and another verb in between would be of another clause.
        let subject = |hit: &Hit| {
            (hit.last + 1..cue.token).all(|i| {
                same(i) && (tokens[i].is(Classes::AUXILIARY) || !is_verb(vocabulary, tokens, i))
            })
        };
        let all = |hit: &Hit| {
            if hit.first < cue.token {
                subject(hit)
            } else {
                (cue.token..hit.first).all(same)
            }
        };
        !own && is_verb(vocabulary, tokens, head)
            && hits.iter().any(|(_, hit)| hit.first < cue.token)
            && hits.iter().all(|(_, hit)| all(hit))
    })
}

/// Whether all that was matched, which is none of what the wording has done, stands once more where the statement denies something or says that
/// it is not known: "pictures of the dam and of Norvik went round, but it is unlikely that Norvik ordered the dam" for "Norvik paid for the
/// dam".
fn stands_where_denied_too(case: &Case, carried: &Carried) -> bool {
    let fired = case.fired(carried);
    let hits = &carried.scored.hits;
    let met = |verb: &usize| hits.iter().any(|(u, _)| u == verb);
    if carried.at.0 != carried.position
        || fired.negation.is_some()
        || fired.verbs.is_empty()
        || fired.verbs.iter().any(met)
    {
        return false;
    }
    let reading = case.reading;
    let polarity = reading.polarity(case.vocabulary);
    let judged = polarity.set_of(|cue| cue.judges);
    let open: Vec<&Range<usize>> = reading
        .unknown
        .iter()
        .filter_map(|unknown| unknown.open.as_ref())
        .collect();
    let mut of_unit = Vec::new();
    let mut again = |within: &dyn Fn(usize) -> bool| {
        hits.iter().all(|(u, _)| {
            reading.hits(&fired.units[*u], &mut of_unit);
            fired.units[*u].soft || of_unit.iter().any(|hit| within(hit.first))
        })
    };
    judged != 0 && again(&|at| polarity.negated_by(at, judged))
        || open.into_iter().any(|span| again(&|at| span.contains(&at)))
}

/// The span in which all that was matched stands, names apart, and which the statement does not assert.
fn not_asserted(case: &Case, carried: &Carried) -> Option<Unasserted> {
    let open = case.reading.unasserted(case.vocabulary);
    let polarity = case.reading.polarity(case.vocabulary);
    // "Would have stepped back" is what a wording may say.
    let says_would = case.fired(carried).text.contains("would have");
    open.iter()
        .filter(|span| case.rules.hold(Rule::of(span.mood)))
        .filter(|span| !(says_would && case.word(span.from) == "would"))
        // "Denied rumours that it will close" denies that it will close.
        .filter(|span| {
            let spoken_of = matches!(span.mood, Mood::Mention | Mood::Wished);
            !(spoken_of && polarity.denied(span.from))
        })
        // "Is in talks to buy it" is what a position of talks tells.
        .filter(|span| span.mood != Mood::Mention || !tells_of_talks(case, carried, span))
        // What Ada "asked Ben to do" is what a wording of her urging him tells.
        .filter(|span| span.mood != Mood::Wished || !case.fired(carried).wishes)
        .find(|span| {
            let whole = span.from..span.to;
            let stands = |span: &Range<usize>| {
                stands_in(
                    span,
                    case.fired(carried),
                    &carried.scored,
                    case.reading,
                    case.vocabulary,
                )
            };
            match span.mood {
                Mood::Unknown | Mood::Sought | Mood::Condition => {
                    mostly_in(&whole, case.fired(carried), &carried.scored, case.reading)
                }
                // "The union had said it would strike": who believed it may be who it is about.
                Mood::GivenUp => {
                    let clause = clause_start(case, span.from)..span.to;
                    let mut hits = carried.scored.hits.iter();
                    hits.any(|(_, hit)| whole.contains(&hit.first))
                        && (stands(&clause)
                            || mostly_in(
                                &clause,
                                case.fired(carried),
                                &carried.scored,
                                case.reading,
                            ))
                }
                _ => stands(&whole),
            }
        })
        .copied()
}

/// Whether a wording of the position looks for the noun behind which a statement tells what it is about.
fn tells_of_talks(case: &Case, carried: &Carried, span: &Unasserted) -> bool {
    let Some(noun) = span
        .from
        .checked_sub(2)
        .filter(|_| case.word(span.from - 1) == "to")
    else {
        return false;
    };
    let wordings = case.plans[carried.position].wordings.iter();
    let mut units = wordings.flat_map(|wording| &wording.units);
    let mut hits = Vec::new();
    units.any(|unit| {
        case.reading.hits(unit, &mut hits);
        hits.iter().any(|hit| hit.first == noun)
    })
}

/// Where the clause of what was believed begins: with that of which an aside tells it ("*the cook*, first suspected of it, ...").
fn clause_start(case: &Case, believed: usize) -> usize {
    let mark = |i: &usize| !case.reading.tokens[*i].is_word();
    let related = |i: &usize| matches!(case.word(*i), "which" | "who");
    let own = believed.checked_sub(1).filter(related).unwrap_or(believed);
    let own = own.checked_sub(1).filter(mark).unwrap_or(own);
    (0..own).rev().find(mark).map_or(0, |i| i + 1)
}

/// Whether all that was matched, names apart, stands in a span.
fn stands_in(
    span: &Range<usize>,
    wording: &Wording,
    scored: &Scored,
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> bool {
    let inside = |hit: &Hit| span.contains(&hit.first);
    // Nor does it say anything of those who are spoken of before it, if what is done stands in it: "*the ministry* threatened to withdraw its
    // money". Who demands a thing may be what a position is about.
    let is_act = |u: usize, hit: &Hit| {
        wording.verbs.contains(&u)
            || names_act(&vocabulary.word(reading.tokens[hit.last].word).folded)
    };
    let acts = scored
        .hits
        .iter()
        .any(|(u, hit)| is_act(*u, hit) && inside(hit));
    let demands = span.start > 0 && reading.tokens[span.start - 1].is(Classes::DEMANDING);
    let spoken_of = |u: usize, hit: &Hit| {
        let before = hit.first < span.start && !wording.units[u].soft && !is_act(u, hit);
        acts && before && !demands
    };
    let named = |u: usize, hit: &Hit| {
        reading.tokens[hit.first].capital || is_name(&wording.units[u]) || spoken_of(u, hit)
    };
    scored.hits.iter().any(|(_, hit)| inside(hit))
        && scored
            .hits
            .iter()
            .all(|(u, hit)| inside(hit) || named(*u, hit))
}

/// Whether a look-alike of a whole claim that asks for a date fits the statement.
pub(super) fn excepted(
    claim: &ClaimPlan,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> bool {
    look_alike(claim.except.iter(), 0.0, reading, vocabulary, scratch).is_some()
}

/// Whether a look-alike of a whole claim that asks for a number fits the statement, of those that are of this one. One with a number in it is of that
/// number alone: "Dane, 80" is not said of "his bride, 27". Another is of the number that stands nearest to it: "year-old" is not said of "a dozen
/// women" beside "the 77-year-old".
pub(super) fn number_excepted(
    claim: &ClaimPlan,
    amount: &Amount,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> bool {
    let (number, at) = (amount.value, token_at(reading, amount.number_span.start));
    let tokens = || reading.tokens.iter().enumerate();
    let numbers: Vec<usize> = tokens()
        .filter(|(_, token)| token.value().is_some())
        .map(|(i, _)| i)
        .collect();
    claim.except.iter().any(|wording| {
        let mut own = wording.units.iter().filter_map(|unit| match unit.key {
            Key::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        });
        if let Some(first) = own.next() {
            return (first == number || own.any(|other| other == number))
                && fits(wording, 0.0, reading, vocabulary, scratch).is_some();
        }
        let Some(scored) = fits(wording, 0.0, reading, vocabulary, scratch) else {
            return false;
        };
        let hits = || scored.hits.iter().map(|(_, hit)| hit);
        let first = hits().map(|hit| hit.first).min().unwrap_or(0);
        let last = hits().map(|hit| hit.last).max().unwrap_or(0);
        let distance = |i: usize| first.saturating_sub(i).max(i.saturating_sub(last));
        numbers.iter().all(|&other| distance(at) <= distance(other))
    })
}

/// How a look-alike is met, where it fits better than what it looks like.
fn fits(
    wording: &Wording,
    than: f64,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> Option<Scored> {
    let floor = EXCEPT.max(than + EXCEPT_MARGIN);
    let scored = score(wording, reading, vocabulary, scratch, floor)?;
    // What may be done is not what "has been done".
    let mut words = reading.tokens[reading.part.clone()].iter();
    let supposes = |word: &str| is_listed(SUPPOSING, word);
    let fits = !wording.text.split_whitespace().any(supposes)
        || words.any(|token| supposes(&vocabulary.word(token.word).folded));
    (scored.verdict == Verdict::Agrees && fits).then_some(scored)
}

/// Small words by which something may be so, or may come. A look-alike that has one is of what has one, too.
const SUPPOSING: &[&str] = &[
    "can", "could", "if", "may", "might", "should", "will", "would",
];

/// The look-alike that fits better than what it looks like, with its score.
pub fn look_alike<'a>(
    mut except: impl Iterator<Item = &'a Wording>,
    than: f64,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> Option<(Arc<str>, f64)> {
    except.find_map(|wording| {
        let scored = fits(wording, than, reading, vocabulary, scratch)?;
        Some((Arc::clone(&wording.text), scored.score))
    })
}
