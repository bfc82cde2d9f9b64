//! Which positions a statement carries. Every threshold of the decision lives here.
//!
//! A wording's score alone overrates the single look-alike. What else speaks for a position: other wordings of it that fire
//! too (support), the distance to the best other position (margin), the order of the words (inversions), and the words that only
//! this position uses (telling). The weights come from a logistic regression on the matches of the development set (dev), rounded.
//! Which of them to use was chosen by how far a fit on dev carries over to the second labelled set (dev2), so dev2's figures are
//! not wholly untouched by it; ACCURACY.md gives them.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

use crate::claim::Answers;
use crate::matching::parties::Parties;
use crate::matching::plan::{ClaimPlan, Key, PositionPlan, Unit, Wording};
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{is_name, is_passive, is_verb, may_name, newcomer};
use crate::matching::rules::{Rule, Rules};
use crate::matching::score::{SIBLING_WORTH, Scored, Scratch, Verdict, score};
use crate::matching::subject;
use crate::matching::swap::swapped;
use crate::similarity::word::without_opposite;
use crate::text::assertion::{Mood, Unasserted};
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::token::Vocabulary;

/// Confidence from which a position counts as carried. F1 of positions at .50, .56, .60, .63 and .66 when it was set: .892, .894,
/// .896, .893, .895 on dev and .867, .883, .893, .892, .891 on dev2.
pub const THRESHOLD: f64 = 0.60;
/// Confidence from which a position is carried where its article says nothing surer on the claim. F1 of positions with .60 / .55 / .50 /
/// .45 / .40 here: .912 .912 .913 .922 .922 on dev, .899 .897 .892 .893 .890 on dev2, .610 .641 .648 .670 .670 and .772 .775 .786 .786 .786
/// on two sets of invented news.
pub const SUREST: f64 = 0.45;
/// Score below which a wording is not looked at further.
pub const FLOOR: f64 = 0.40;
/// Score from which a wording supports a position.
const SUPPORTS: f64 = 0.50;
/// What the logarithm of the number of supporting wordings, the margin and the share of inversions add, in units of score.
pub(super) const SUPPORT_WEIGHT: f64 = 0.16;
pub(super) const MARGIN_WEIGHT: f64 = 0.19;
pub(super) const INVERSION_WEIGHT: f64 = 0.20;
/// What the logarithm of the telling words adds: words that only this position uses, in whichever of its wordings.
pub(super) const TELLING_WEIGHT: f64 = 0.25;
/// A margin beyond this says no more.
pub(super) const MARGIN_CAP: f64 = 0.6;
/// What a wording counts for whose words all positions share, so that it cannot tell: neither for nor against.
const UNTELLING: f64 = 1.0;
/// Brings the threshold to where precision and recall meet on the development set.
pub(super) const OFFSET: f64 = 0.45;
/// Tokens before the first matched word in which its subject is looked for.
const SUBJECT_REACH: usize = 4;
/// Score from which a look-alike counts.
const EXCEPT: f64 = 0.60;
/// Distinctness from which a negated word of a position speaks against it.
const TELLS_SURELY: f64 = 0.5;
/// Share of the matched weight that must stand in what is said not to be known.
const MOSTLY: f64 = 0.6;
/// A look-alike must score this much higher than the position to drop it.
const EXCEPT_MARGIN: f64 = 0.05;
/// Score from which a second, incompatible position of one statement counts.
const SECOND: f64 = 0.70;
/// And the matched words of both may overlap by this share of the smaller set.
const SECOND_OVERLAP: f64 = 0.34;

/// A position that a statement carries, or comes near to.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Index of the position.
    pub position: usize,
    /// How sure, 0 to 1; from [`THRESHOLD`] on the position is carried.
    pub confidence: f64,
    /// The wording that fired.
    pub wording: Arc<str>,
    /// Where it stands: index of its position and of the wording. For a denial the position is another than the carried one.
    pub at: (usize, usize),
    /// What was met.
    pub scored: Scored,
    /// Number of wordings that support it.
    pub support: usize,
    /// Best score of its own wordings that the statement denies, 0 for none.
    pub denied: f64,
    /// Distance to the best other position.
    pub margin: f64,
    /// Share of neighbouring words that stand in the other order than in the wording, which the passive excuses.
    pub inversions: f64,
    /// Sum of the distinctness of the position's telling units that the statement gives.
    pub telling: f64,
    /// The tokens that deny what another part of the sentence says, where it is carried by that: "she denies it".
    pub echo: Option<Range<usize>>,
}

impl Carried {
    /// The tokens that decided, ascending.
    pub fn deciding(&self) -> Vec<usize> {
        match &self.echo {
            Some(denial) => denial.clone().collect(),
            None => self.scored.tokens(),
        }
    }
}

/// Every position with a wording above the floor, and how sure, best first.
pub fn weigh(case: &Case, scratch: &mut Scratch) -> Vec<Carried> {
    let Case {
        plans,
        reading,
        vocabulary,
        ..
    } = *case;
    let not_known = case.rules.hold(Rule::Unknowns);
    let mut best: Vec<Option<Carried>> = vec![None; plans.len()];
    let mut support = vec![0; plans.len()];
    let mut denied = vec![0.0f64; plans.len()];
    for (p, plan) in plans.iter().enumerate() {
        let unknowns = plan.unknowns.iter().filter(|_| not_known);
        for (w, wording) in plan.wordings.iter().chain(unknowns).enumerate() {
            let Some(scored) = score(wording, reading, vocabulary, scratch, FLOOR) else {
                continue;
            };
            if scored.verdict == Verdict::Denied {
                denied[p] = denied[p].max(scored.score);
            }
            let doubter = plan.when_unknown.filter(|_| {
                let mut open = reading.unknown.iter().filter_map(|u| u.open.as_ref());
                not_known
                    && wording.negation.is_none()
                    && open.any(|span| mostly_in(span, wording, &scored, reading))
            });
            let target = match scored.verdict {
                _ if doubter.is_some() => doubter,
                Verdict::Agrees => {
                    support[p] += usize::from(scored.score >= SUPPORTS);
                    Some(p)
                }
                Verdict::Denied if wording.negation.is_some() => plan.when_affirmed,
                Verdict::Denied => plan.when_denied,
            };
            let Some(target) = target else { continue };
            if best[target]
                .as_ref()
                .is_none_or(|b| scored.score > b.scored.score)
            {
                best[target] = Some(Carried {
                    position: target,
                    confidence: 0.0,
                    wording: Arc::clone(&wording.text),
                    at: (p, w),
                    scored,
                    support: 0,
                    denied: 0.0,
                    inversions: 0.0,
                    margin: 0.0,
                    telling: if wording.can_tell() && doubter.is_none() {
                        0.0
                    } else {
                        UNTELLING
                    },
                    echo: None,
                });
            }
        }
    }
    let scores: Vec<f64> = best
        .iter()
        .map(|b| b.as_ref().map_or(0.0, |c| c.scored.score))
        .collect();
    let mut all: Vec<Carried> = best.into_iter().flatten().collect();
    for c in &mut all {
        let others = scores
            .iter()
            .enumerate()
            .filter(|(p, _)| *p != c.position)
            .map(|(_, s)| *s);
        c.support = support[c.position];
        c.denied = denied[c.position];
        c.margin = c.scored.score - others.fold(0.0, f64::max);
        c.telling = c
            .telling
            .max(telling(&plans[c.position], reading, vocabulary));
        let wording = fired_of(plans, c.at);
        c.inversions = if subject::turns_voice(wording, &c.scored.hits, reading, vocabulary) {
            0.0
        } else {
            c.scored.inversions()
        };
        let confidence = c.scored.score
            + SUPPORT_WEIGHT * (1.0 + c.support as f64).ln()
            + MARGIN_WEIGHT * c.margin.min(MARGIN_CAP)
            + TELLING_WEIGHT * (1.0 + c.telling).ln()
            - INVERSION_WEIGHT * c.inversions
            - OFFSET;
        c.confidence = confidence.clamp(0.0, 1.0);
    }
    sort(&mut all, |carried| carried);
    all
}

/// Best first.
fn sort<T>(all: &mut [T], carried: impl Fn(&T) -> &Carried) {
    all.sort_by(|a, b| {
        let (a, b) = (carried(a), carried(b));
        b.confidence
            .total_cmp(&a.confidence)
            .then(a.position.cmp(&b.position))
    });
}

/// How much of what only this position says the statement gives, with the polarity of the wordings.
fn telling(plan: &PositionPlan, reading: &Reading, vocabulary: &Vocabulary) -> f64 {
    let polarity = reading.polarity(vocabulary);
    let mut hits = Vec::new();
    let mut sum = 0.0;
    for unit in &plan.telling {
        reading.hits(unit, &mut hits);
        let agreeing = hits
            .iter()
            .filter(|hit| polarity.negated(hit.first) == unit.negated);
        sum += unit.weight * agreeing.map(|hit| hit.similarity).fold(0.0, f64::max);
    }
    sum
}

/// What is asked of a statement.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The claim.
    pub claim: &'a ClaimPlan,
    /// Its positions.
    pub plans: &'a [PositionPlan],
    /// The statement.
    pub reading: &'a Reading,
    /// The words of the reading.
    pub vocabulary: &'a Vocabulary,
    /// The rules in force.
    pub rules: Rules,
    /// Confidence from which a position is carried.
    pub threshold: f64,
    /// Whether the article has named the claim's subject before.
    pub introduced: bool,
}

impl Case<'_> {
    fn word(&self, at: usize) -> &str {
        &self.vocabulary.word(self.reading.tokens[at].word).folded
    }

    /// The wording that fired for a position.
    pub fn fired(&self, carried: &Carried) -> &Wording {
        fired_of(self.plans, carried.at)
    }
}

/// A wording, by its position and its index there.
fn fired_of(plans: &[PositionPlan], at: (usize, usize)) -> &Wording {
    let plan = &plans[at.0];
    let own = plan.wordings.len();
    match plan.wordings.get(at.1) {
        Some(wording) => wording,
        None => &plan.unknowns[at.1 - own],
    }
}

/// What keeps a position that comes near from being carried.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// The confidence is this much below the threshold.
    Below(f64),
    /// The statement does not assert what was matched.
    NotAsserted(Unasserted),
    /// Somebody else does it: tokens of the statement's own subject.
    AnothersAct(Range<usize>),
    /// The statement denies another wording of the position, which fits better.
    Denied,
    /// None of the required words is there.
    Requires,
    /// A look-alike fits better: its text and score.
    Except(Arc<str>, f64),
    /// Another position, by its index, is carried and rests on the same words.
    Beside(usize),
}

/// A position with what keeps it from being carried, if anything does.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The position.
    pub carried: Carried,
    /// What stands against it.
    pub obstacle: Option<Obstacle>,
}

/// The positions that a statement carries, best first. Where it carries none, those that it would carry in an article that says
/// nothing surer: their confidence lies between [`SUREST`] and [`THRESHOLD`].
pub fn positions(case: &Case, scratch: &mut Scratch) -> Vec<Carried> {
    if case.rules.hold(Rule::Questions) && case.reading.asks() {
        return Vec::new();
    }
    let judged = judge(case, scratch);
    let nearly = |judged: &Judged| matches!(judged.obstacle, Some(Obstacle::Below(by)) if by <= case.threshold - SUREST);
    let again = case.rules.hold(Rule::Surest)
        && judged.iter().all(|judged| judged.obstacle.is_some())
        && judged.iter().any(nearly);
    let judged = if again {
        let lower = Case {
            threshold: SUREST,
            ..*case
        };
        judge(&lower, scratch)
    } else {
        judged
    };
    judged
        .into_iter()
        .filter(|judged| judged.obstacle.is_none())
        .map(|judged| judged.carried)
        .collect()
}

/// Every position that comes near, best first, with what stands against it.
pub fn judge(case: &Case, scratch: &mut Scratch) -> Vec<Judged> {
    let whole = judge_reading(case, scratch);
    if !case.rules.hold(Rule::Parties) || whole.is_empty() {
        return whole;
    }
    heard_apart(case, &whole, scratch).unwrap_or(whole)
}

/// The verdicts party by party, where the statement has two of them and they carry different positions, or where only one of them can be
/// told what it carries.
fn heard_apart(case: &Case, whole: &[Judged], scratch: &mut Scratch) -> Option<Vec<Judged>> {
    let parties = Parties::new(case.claim, case.plans, case.reading, case.vocabulary);
    let parts = parties.parts();
    if parts.len() < 2 {
        return None;
    }
    let mut best: Vec<Judged> = Vec::new();
    let (mut carrying, mut given_up) = (0, false);
    for part in parts {
        let mut heard = Heard::default();
        for reading in parties.hear(part) {
            let other = heard_in(case, &reading, scratch);
            if heard.sureness() < other.sureness() || heard.carried.is_empty() && other.given_up {
                heard = other;
            }
        }
        if heard.carried.is_empty()
            && let Some(denial) = parties.denial(part.clone())
        {
            let denied = best.iter().filter_map(|one| denied(case, one, &denial));
            heard.carried.extend(denied);
        }
        carrying += usize::from(!heard.carried.is_empty());
        given_up |= heard.given_up;
        gather(&mut best, heard.carried);
    }
    let heard_whole = whole.iter().any(|judged| judged.obstacle.is_none());
    // One of two parties may carry nothing because what it believed is given up.
    let both = carrying > 1 && best.len() > 1 || given_up && !heard_whole;
    if !both && heard_whole {
        return None;
    }
    if !both {
        best.clear();
        for part in parts {
            let heard = heard_in(case, &parties.alone(part), scratch);
            gather(&mut best, heard.carried);
        }
    }
    if best.is_empty() {
        return None;
    }
    let rest = whole.iter().filter(|judged| {
        let position = judged.carried.position;
        judged.obstacle.is_some() && best.iter().all(|b| b.carried.position != position)
    });
    let mut all = best.clone();
    all.extend(rest.cloned());
    sort(&mut all, |judged| &judged.carried);
    Some(all)
}

/// What one party says.
#[derive(Debug, Default)]
struct Heard {
    carried: Vec<Judged>,
    /// It tells what was believed once.
    given_up: bool,
}

impl Heard {
    fn sureness(&self) -> f64 {
        let confidences = self.carried.iter().map(|one| one.carried.confidence);
        confidences.fold(0.0, f64::max)
    }
}

fn heard_in(case: &Case, reading: &Reading, scratch: &mut Scratch) -> Heard {
    let mut carried = judge_reading(&Case { reading, ..*case }, scratch);
    let believed = |one: &Judged| matches!(&one.obstacle, Some(Obstacle::NotAsserted(span)) if span.mood == Mood::GivenUp);
    let given_up = carried.iter().any(believed);
    carried.retain(|one| {
        let hits = &one.carried.scored.hits;
        let own = hits
            .iter()
            .any(|(_, hit)| reading.part.contains(&hit.first));
        one.obstacle.is_none() && own && holds_its_act(case, &one.carried)
    });
    Heard { carried, given_up }
}

/// Puts what a party says to what others say; the surer one counts.
fn gather(best: &mut Vec<Judged>, heard: Vec<Judged>) {
    for one in heard {
        let position = one.carried.position;
        match best.iter_mut().find(|b| b.carried.position == position) {
            Some(b) if b.carried.confidence < one.carried.confidence => *b = one,
            Some(_) => {}
            None => best.push(one),
        }
    }
}

/// What a part of a sentence carries that denies what another part said: "she denies it".
fn denied(case: &Case, said: &Judged, denial: &Range<usize>) -> Option<Judged> {
    let position = case.plans[said.carried.position].when_denied?;
    let carried = Carried {
        position,
        confidence: SIBLING_WORTH * said.carried.confidence,
        echo: Some(denial.clone()),
        ..said.carried.clone()
    };
    (carried.confidence >= case.threshold).then_some(Judged {
        carried,
        obstacle: None,
    })
}

/// Whether what is done in the wording that fired was met: a part of a sentence that holds only who does it says nothing of it.
fn holds_its_act(case: &Case, carried: &Carried) -> bool {
    let wording = case.fired(carried);
    let act = wording.role.as_ref().map(|role| role.predicate);
    act.is_none_or(|act| carried.scored.hits.iter().any(|(u, _)| *u == act))
}

fn judge_reading(case: &Case, scratch: &mut Scratch) -> Vec<Judged> {
    let mut all: Vec<Judged> = Vec::new();
    let mut winner: Option<usize> = None;
    for carried in weigh(case, scratch) {
        let obstacle = obstacle(case, &carried, scratch).or_else(|| {
            let winner = &all[winner?].carried;
            (!joins(case.claim, winner, &carried)).then_some(Obstacle::Beside(winner.position))
        });
        if obstacle.is_none() {
            winner.get_or_insert(all.len());
        }
        all.push(Judged { carried, obstacle });
    }
    all
}

fn obstacle(case: &Case, carried: &Carried, scratch: &mut Scratch) -> Option<Obstacle> {
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
    if case.rules.hold(Rule::Subjects)
        && let Some(subject) = another_acts(case, carried)
    {
        return Some(Obstacle::AnothersAct(subject));
    }
    if case.rules.hold(Rule::Subjects)
        && let Some(other) = subject::another(
            case.fired(carried),
            &carried.scored.hits,
            case.reading,
            case.vocabulary,
        )
    {
        return Some(Obstacle::AnothersAct(other));
    }
    if case.rules.hold(Rule::Subjects)
        && let Some(other) = another_object(case, carried)
    {
        return Some(Obstacle::AnothersAct(other));
    }
    if case.rules.hold(Rule::Newcomers)
        && case.introduced
        && let Some(subject) = somebody_new(case, carried)
    {
        return Some(Obstacle::AnothersAct(subject));
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
    }
    if case.rules.hold(Rule::Denials) && negates_what_tells(case, carried) {
        return Some(Obstacle::Denied);
    }
    if case.rules.hold(Rule::Denials) && negates_another_act(case, carried) {
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
    let heads = polarity.cues.iter().filter(|cue| !cue.judges);
    let heads: Vec<usize> = heads.filter_map(|cue| cue.head).collect();
    // Only a group of aliases is asked for them.
    let opposites = LazyCell::new(|| opposites(case));
    let mut hits = Vec::new();
    let tells = |unit: &&Unit| !unit.negated && unit.weight >= TELLS_SURELY;
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
            .any(|hit| heads.contains(&hit.first) || turned(hit))
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
    let mut names = std::iter::once(&group.canonical).chain(&group.others);
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
        .filter(|span| span.mood != Mood::Mention || !polarity.denied(span.from))
        .find(|span| {
            let whole = span.from..span.to;
            match span.mood {
                Mood::Unknown | Mood::Sought | Mood::Condition => {
                    mostly_in(&whole, case.fired(carried), &carried.scored, case.reading)
                }
                Mood::GivenUp => {
                    // "The union had said it would strike": who believed it is who it is about.
                    let tokens = &case.reading.tokens;
                    let mark = |i: &usize| !tokens[*i].is_word();
                    let clause = (0..span.from).rev().find(mark).map_or(0, |i| i + 1);
                    let inside = carried
                        .scored
                        .hits
                        .iter()
                        .any(|(_, hit)| whole.contains(&hit.first));
                    inside
                        && stands_in(
                            &(clause..span.to),
                            case.fired(carried),
                            &carried.scored,
                            case.reading,
                        )
                }
                _ => stands_in(&whole, case.fired(carried), &carried.scored, case.reading),
            }
        })
        .copied()
}

/// Whether what tells most of what was matched, and most of it, names apart, stands in a span. The sentence may say of the
/// subject before it what it says is not known of it here.
fn mostly_in(span: &Range<usize>, wording: &Wording, scored: &Scored, reading: &Reading) -> bool {
    let (mut inside, mut all, mut top) = (0.0, 0.0, (0.0, false));
    for (u, hit) in &scored.hits {
        if reading.tokens[hit.first].capital {
            continue;
        }
        let (weight, here) = (wording.units[*u].weight, span.contains(&hit.first));
        all += weight;
        inside += if here { weight } else { 0.0 };
        if weight > top.0 {
            top = (weight, here);
        }
    }
    top.1 && inside >= MOSTLY * all
}

/// Whether all that was matched, names apart, stands in a span.
fn stands_in(span: &Range<usize>, wording: &Wording, scored: &Scored, reading: &Reading) -> bool {
    let inside = |hit: &Hit| span.contains(&hit.first);
    let named =
        |u: usize, hit: &Hit| reading.tokens[hit.first].capital || is_name(&wording.units[u]);
    scored.hits.iter().any(|(_, hit)| inside(hit))
        && scored
            .hits
            .iter()
            .all(|(u, hit)| inside(hit) || named(*u, hit))
}

/// Whether the statement gives the predicate to somebody whom the claim does not know: it lacks what the position speaks of first,
/// and a strange name stands right before the first matched word ("Goalkeeper Ben Hale has signed" for a position of Okonjo's).
fn another_acts(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let Case {
        claim,
        reading,
        vocabulary,
        ..
    } = *case;
    let plan = &case.plans[carried.position];
    let mut hits = Vec::new();
    let mut meets = |unit: &Unit| {
        reading.hits(unit, &mut hits);
        !hits.is_empty()
    };
    let subject = plan.wordings[0].units.iter().find(|unit| !unit.soft);
    if subject.is_none_or(&mut meets) {
        return None;
    }
    let first = carried.scored.hits.iter().map(|(_, hit)| hit.first).min()?;
    // Auxiliaries, adverbs and the comma of an apposition may part a subject from its verb.
    let between = |i: &usize| {
        let token = &reading.tokens[*i];
        token.is_mark(',')
            || token.is(Classes::AUXILIARY)
            || vocabulary.word(token.word).folded.ends_with("ly")
    };
    let before = (0..first).rev().take(SUBJECT_REACH).find(|i| !between(i))?;
    let strange = may_name(vocabulary, &reading.tokens, before);
    (strange && !known(claim, plan, before, reading)).then_some(before..before + 1)
}

/// Whether the statement says it of somebody whom it brings in anew, and of whom no wording speaks: "two other officers were found" in
/// an article that has named the missing ones before.
fn somebody_new(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let Case {
        claim,
        plans,
        reading,
        vocabulary,
        ..
    } = *case;
    let fired = case.fired(carried);
    let hits = &carried.scored.hits;
    let act = fired.role.as_ref().map(|role| role.predicate);
    let of_role = hits.iter().find(|(u, _)| Some(*u) == act);
    let verb = |hit: &&(usize, Hit)| {
        let at = hit.1.first;
        !reading.tokens[at].capital && is_verb(vocabulary, &reading.tokens, at)
    };
    let predicate = of_role.or_else(|| hits.iter().find(verb))?.1.first;
    let reports = Classes::SAID.or(Classes::REPORTING).or(Classes::DENY);
    if reading.tokens[predicate].is(reports) {
        return None;
    }
    // Of an act the claim may care for whom it befalls alone: "a colleague found the body".
    let met = |key: &Key| hits.iter().any(|(u, _)| fired.units[*u].key == *key);
    let agent = fired.agent.map(|agent| &fired.units[agent].key);
    let agent = agent.or(fired.role.as_ref().map(|role| &role.agent));
    let somebody_acts = agent.is_some_and(|agent| !met(agent));
    if !somebody_acts && !is_passive(vocabulary, &reading.tokens, predicate) {
        return None;
    }
    let subject = newcomer(vocabulary, &reading.tokens, predicate)?;
    let head = subject.end - 1;
    let of_plans = plans.iter().any(|plan| known(claim, plan, head, reading));
    let mut found = Vec::new();
    let mut about = claim.about.iter().flat_map(|entry| &entry.units);
    let of_about = about.any(|unit| {
        reading.hits(unit, &mut found);
        found
            .iter()
            .any(|hit| (hit.first..=hit.last).contains(&head))
    });
    (!of_plans && !of_about).then_some(subject)
}

/// What a statement brings in anew as the object of the wording's verb, where the wording has another one: "bought a frame for the
/// portrait" for "bought the portrait".
fn another_object(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let Case {
        claim,
        plans,
        reading,
        vocabulary,
        ..
    } = *case;
    let fired = case.fired(carried);
    let verb = |hit: &&(usize, Hit)| {
        let at = hit.1.first;
        hit.1.first == hit.1.last
            && !reading.tokens[at].capital
            && is_verb(vocabulary, &reading.tokens, at)
            && !is_passive(vocabulary, &reading.tokens, at)
    };
    let (act, hit) = carried.scored.hits.iter().find(verb)?;
    let own = fired.units.get(act + 1).filter(|unit| !unit.soft)?;
    // "Signed for Dorset Park" has no object.
    let brought = fired.brought.iter().any(|(_, name)| *name == own.key);
    let acts = fired.verbs.contains(&(act + 1));
    if brought || acts || own.negated != fired.units[*act].negated {
        return None;
    }
    let object = subject::new_object(&reading.tokens, vocabulary, hit.last)?;
    // Something else may be another word for it, but not for a name, nor where it is told of besides.
    let of_own = carried.scored.hits.iter().find(|(u, _)| *u == act + 1);
    let another = match of_own {
        Some((_, own)) => own.first >= object.end,
        None => is_name(own),
    };
    if !another {
        return None;
    }
    let mut found = Vec::new();
    let mut about = claim.about.iter().flat_map(|entry| &entry.units);
    let of_about = about.any(|unit| {
        reading.hits(unit, &mut found);
        found.iter().any(|hit| object.contains(&hit.first))
    });
    let of_plans = object
        .clone()
        .any(|at| plans.iter().any(|plan| known(claim, plan, at, reading)));
    (!of_plans && !of_about).then_some(object)
}

/// Whether any wording or name of the claim looks for this token.
fn known(claim: &ClaimPlan, plan: &PositionPlan, token: usize, reading: &Reading) -> bool {
    let mut hits = Vec::new();
    let wordings = plan.wordings.iter().flat_map(|wording| &wording.units);
    wordings.chain(&claim.names).any(|unit| {
        reading.hits(unit, &mut hits);
        hits.iter()
            .any(|hit| (hit.first..=hit.last).contains(&token))
    })
}

/// The look-alike that fits better than what it looks like, with its score.
pub fn look_alike<'a>(
    mut except: impl Iterator<Item = &'a Wording>,
    than: f64,
    reading: &Reading,
    vocabulary: &Vocabulary,
    scratch: &mut Scratch,
) -> Option<(Arc<str>, f64)> {
    let floor = EXCEPT.max(than + EXCEPT_MARGIN);
    except.find_map(|wording| {
        score(wording, reading, vocabulary, scratch, floor)
            .filter(|scored| scored.verdict == Verdict::Agrees)
            .map(|scored| (Arc::clone(&wording.text), scored.score))
    })
}

/// Whether a statement carries this position beside the winner: the file allows both, or they rest on different words.
pub(super) fn joins(claim: &ClaimPlan, winner: &Carried, other: &Carried) -> bool {
    let Answers::Positions(positions) = &claim.claim.answers else {
        return false;
    };
    if claim.claim.is_compatible(
        &positions[winner.position].name,
        &positions[other.position].name,
    ) {
        return true;
    }
    let (a, b) = (winner.scored.tokens(), other.scored.tokens());
    let shared = a.iter().filter(|t| b.contains(t)).count() as f64;
    other.scored.score >= SECOND && shared <= SECOND_OVERLAP * a.len().min(b.len()) as f64
}
