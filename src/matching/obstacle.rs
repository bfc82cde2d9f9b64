//! What keeps a position that a statement comes near from being carried: it is not asserted, somebody else's, denied, or a look-alike's.

use std::cell::LazyCell;
use std::ops::Range;
use std::sync::Arc;

use crate::matching::plan::{ClaimPlan, Key, PositionPlan, Unit, Wording};
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{
    is_adverb, is_anybody, is_name, is_passive, is_verb, may_name, newcomer,
};
use crate::matching::rules::Rule;
use crate::matching::score::{SIBLING_WORTH, Scored, Scratch, Verdict, score};
use crate::matching::subject;
use crate::matching::swap::swapped;
use crate::matching::weigh::{Carried, Case, mostly_in};
use crate::similarity::word::without_opposite;
use crate::text::assertion::{Mood, Unasserted};
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Tokens before the first matched word in which its subject is looked for.
const SUBJECT_REACH: usize = 4;
/// Words of those who are not whom an article tells of, whether it has named them before or not.
const OTHERS: &[&str] = &["another", "many", "most", "other", "several", "some"];
/// Score from which a look-alike counts.
const EXCEPT: f64 = 0.60;
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
    /// The statement denies another wording of the position, which fits better.
    Denied,
    /// None of the required words is there.
    Requires,
    /// A look-alike fits better: its text and score.
    Except(Arc<str>, f64),
    /// Another position, by its index, is carried and rests on the same words.
    Beside(usize),
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
        && let Some(subject) = somebody_new(case, carried)
    {
        return Some(Obstacle::AnothersAct(subject));
    }
    if case.rules.hold(Rule::Newcomers)
        && let Some(other) = anothers_own(case, carried)
            .or_else(|| another_brought(case, carried))
            .or_else(|| another_of_its_kind(case))
    {
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
            let stands = |span: &Range<usize>| {
                stands_in(span, case.fired(carried), &carried.scored, case.reading)
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

/// Where the clause of what was believed begins: with that of which an aside tells it ("*the cook*, first suspected of it, ...").
fn clause_start(case: &Case, believed: usize) -> usize {
    let mark = |i: &usize| !case.reading.tokens[*i].is_word();
    let related = |i: &usize| matches!(case.word(*i), "which" | "who");
    let own = believed.checked_sub(1).filter(related).unwrap_or(believed);
    let own = own.checked_sub(1).filter(mark).unwrap_or(own);
    (0..own).rev().find(mark).map_or(0, |i| i + 1)
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
    let met = |key: &Key| hits.iter().find(|(u, _)| fired.units[*u].key == *key);
    let agent = fired.agent.map(|agent| &fired.units[agent].key);
    let agent = agent.or(fired.role.as_ref().map(|role| &role.agent));
    let agent_met = agent.and_then(met).map(|(_, hit)| hit);
    let subject = newcomer(vocabulary, &reading.tokens, predicate)?;
    // "Ada said that a caretaker had leaked it": she is named, and does not do it.
    let tells = |hit: &Hit| {
        let mut between = hit.last + 1..subject.start;
        between.any(|i| reading.tokens[i].is(reports))
    };
    let told = agent_met.is_some_and(tells);
    // Whom an article brings in first may be whom the claim is about, but not "most of them" or "another one".
    let others = is_listed(OTHERS, case.word(subject.start));
    let unmet = || {
        fired
            .units
            .first()
            .is_some_and(|unit| met(&unit.key).is_none())
    };
    let somebody_acts = agent.is_some() && (agent_met.is_none() || told) || others && unmet();
    if !somebody_acts && !is_passive(vocabulary, &reading.tokens, predicate) {
        return None;
    }
    if !(case.introduced || told || others) {
        return None;
    }
    let head = subject.end - 1;
    (!is_of_claim(case, head)).then_some(subject)
}

/// What a statement brings in anew as the object of the wording's verb, where the wording has another one: "bought a frame for the
/// portrait" for "bought the portrait".
fn another_object(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let Case {
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
    (!object.clone().any(|at| is_of_claim(case, at))).then_some(object)
}

/// Who does to a thing of their own what the wording says of it: "*Teachers* called off their strike" for "strike was called off".
fn anothers_own(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let tokens = &case.reading.tokens;
    let hits = &carried.scored.hits;
    let owned = |hit: &&(usize, Hit)| {
        let before = hit.1.first.checked_sub(1);
        !tokens[hit.1.first].capital && before.is_some_and(|i| case.word(i) == "their")
    };
    let their = hits.iter().find(owned)?.1.first - 1;
    let verb = (0..their).find(|&i| is_verb(case.vocabulary, tokens, i))?;
    // Plain plurals bring somebody in; "the teachers" may be those of whom the claim speaks.
    let start = (0..verb)
        .rev()
        .take_while(|&i| tokens[i].is_word())
        .last()?;
    let light = |i: &usize| tokens[*i].is(Classes::AUXILIARY) || is_adverb(case.word(*i));
    let head = (start..verb).rev().find(|i| !light(i))?;
    let plain = |i: usize| {
        !tokens[i].is(Classes::STOP)
            && tokens[i].value().is_none()
            && (i == start || !tokens[i].capital)
    };
    let plural = case.word(head).ends_with('s') && (start..=head).all(plain);
    let named = hits
        .iter()
        .any(|(_, hit)| hit.last < their && hit.first <= head);
    let new = plural && !named && !is_anybody(case.vocabulary, &tokens[head]);
    (new && !is_of_claim(case, head)).then_some(start..head + 1)
}

/// What a preposition brings in anew where the wording has a name behind it: "lost contact with *its balloon*" for "lost contact with
/// Halden".
fn another_brought(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let tokens = &case.reading.tokens;
    let fired = case.fired(carried);
    let hits = &carried.scored.hits;
    let met = |key: &Key| hits.iter().any(|(u, _)| fired.units[*u].key == *key);
    let unmet = fired.brought.iter().filter(|(_, name)| !met(name));
    unmet.filter(|(by, _)| *by != "in").find_map(|(by, _)| {
        hits.iter().find_map(|(_, hit)| {
            let at = hit.last + 1;
            let there = tokens.get(at).is_some_and(|next| next.is_word()) && case.word(at) == *by;
            let object = there.then(|| subject::new_noun(tokens, case.vocabulary, at + 1))??;
            // "Another craft" is not the claim's, whatever it is called.
            let other = case.word(at + 1) == "another";
            (other || !object.clone().any(|i| is_of_claim(case, i))).then_some(object)
        })
    })
}

/// Where a statement tells of another one of those that the claim names, and not of the claim's: "at *another hospital*" for a claim on a
/// hospital.
fn another_of_its_kind(case: &Case) -> Option<Range<usize>> {
    let Case {
        claim,
        reading,
        vocabulary,
        ..
    } = *case;
    let tokens = &reading.tokens;
    let part = reading.part.clone();
    let mut others = part.filter(|&i| tokens[i].is_word() && case.word(i) == "another");
    others.find_map(|another| {
        let noun = subject::new_noun(tokens, vocabulary, another)?;
        let kind = &vocabulary.word(tokens[noun.end - 1].word).stem;
        let mut groups = claim
            .concepts
            .clone()
            .map(|concept| (concept, claim.group(concept)));
        let named = groups.any(|(concept, group)| {
            let last = |name: &str| name.rsplit(' ').next().map(|word| stem(&fold(word)));
            let mut names = std::iter::once(&group.canonical).chain(&group.others);
            group.canonical.starts_with(char::is_uppercase)
                && names.any(|name| last(name).as_deref() == Some(kind))
                && reading.of_concept(concept).is_empty()
        });
        named.then_some(noun)
    })
}

/// Whether any position of the claim, its names or what it is about look for this token, or an alias holds its word.
fn is_of_claim(case: &Case, token: usize) -> bool {
    let Case {
        claim,
        plans,
        reading,
        ..
    } = *case;
    let mut hits = Vec::new();
    let mut about = claim.about.iter().flat_map(|entry| &entry.units);
    let groups = claim.claim.aliases.iter();
    let mut names = groups.flat_map(|group| std::iter::once(&group.canonical).chain(&group.others));
    let own = &case.vocabulary.word(reading.tokens[token].word).stem;
    names.any(|name| name.split(' ').any(|word| stem(&fold(word)) == **own))
        || plans.iter().any(|plan| known(claim, plan, token, reading))
        || about.any(|unit| {
            reading.hits(unit, &mut hits);
            hits.iter()
                .any(|hit| (hit.first..=hit.last).contains(&token))
        })
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
