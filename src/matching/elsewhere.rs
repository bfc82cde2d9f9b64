//! Whether a statement tells of somebody or something else than the claim: *a caretaker leaked it*, *contact with its balloon*, *at another
//! hospital*.
//!
//! [`subject`](super::subject) asks the same of a wording's own subject, by what stands between it and its verb; here the whole statement
//! and the claim's words are asked.

use std::ops::Range;

use crate::matching::plan::{ClaimPlan, PositionPlan};
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{
    OTHERS, brought_by, is_adverb, is_anybody, is_name, is_passive, is_verb, may_name, newcomer,
};
use crate::matching::rules::Rule;
use crate::matching::subject;
use crate::matching::unit::{Key, Unit};
use crate::matching::weigh::{Carried, Case};
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::word_list::is_listed;

/// Tokens before the first matched word in which its subject is looked for.
const SUBJECT_REACH: usize = 4;
/// Tokens behind a verb of saying among which that must stand of which it tells. One fewer or two more change no set.
const TOLD_REACH: usize = 4;

/// Of whom or of what the statement tells instead: its tokens.
pub(super) fn somebody_else(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let beside = || {
        let fired = case.fired(carried);
        subject::another(fired, &carried.scored.hits, case.reading, case.vocabulary)
    };
    let subjects = case.rules.hold(Rule::Subjects);
    let newcomers = case.rules.hold(Rule::Newcomers);
    let subject = subjects.then(|| {
        another_acts(case, carried)
            .or_else(beside)
            .or_else(|| another_object(case, carried))
    });
    subject.flatten().or_else(|| {
        let new = newcomers.then(|| {
            somebody_new(case, carried)
                .or_else(|| anothers_own(case, carried))
                .or_else(|| another_brought(case, carried))
                .or_else(|| another_of_its_kind(case))
        });
        new.flatten()
    })
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
    if tells_of_another(case, first, carried) {
        return None;
    }
    let before = (0..first).rev().take(SUBJECT_REACH).find(|i| !between(i))?;
    // "A governor in faraway Kharistan announced": it is the governor.
    let faraway = before.checked_sub(1).is_some_and(|adjective| {
        let token = &reading.tokens[adjective];
        token.is_word()
            && !token.capital
            && brought_by(vocabulary, &reading.tokens, adjective) == Some("in")
    });
    // "A pensioner from Ostermere was taken to hospital": it is the pensioner.
    let from = brought_by(vocabulary, &reading.tokens, before) == Some("from");
    let strange = !faraway && !from && may_name(vocabulary, &reading.tokens, before);
    (strange && !known(claim, plan, before, reading)).then_some(before..before + 1)
}

/// Whether the first matched word is a verb of saying with a clause about something else that the wording holds: "the owners *announced*
/// (that) *the mill* would close" has the owners do nothing but tell it. "Announced it would close" may be said of themselves.
fn tells_of_another(case: &Case, verb: usize, carried: &Carried) -> bool {
    let tokens = &case.reading.tokens;
    if !tokens[verb].is(Classes::SAID.or(Classes::REPORTING)) {
        return false;
    }
    let that = |at: usize| case.word(at) == "that";
    let mut next = verb + 1;
    if next < tokens.len() && that(next) {
        next += 1;
    }
    let begins = tokens.get(next).is_some_and(|token| {
        let own = Classes::PRONOUN.or(Classes::POSSESSIVE);
        let demonstrative = matches!(case.word(next), "that" | "these" | "this" | "those");
        token.is_word() && (!token.is(own) || demonstrative) && case.word(next) != "to"
    });
    let mut hits = carried.scored.hits.iter();
    begins && hits.any(|(_, hit)| (next..next + TOLD_REACH).contains(&hit.first))
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
            let mut names = group.names();
            group.is_name()
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
    let mut names = claim.claim.aliases.iter().flat_map(|group| group.names());
    let own = &case.vocabulary.word(reading.tokens[token].word).stem;
    plans.iter().any(|plan| known(claim, plan, token, reading))
        || about.any(|unit| {
            reading.hits(unit, &mut hits);
            hits.iter()
                .any(|hit| (hit.first..=hit.last).contains(&token))
        })
        || names.any(|name| name.split(' ').any(|word| stem(&fold(word)) == **own))
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
