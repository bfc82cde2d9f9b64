//! Whether a statement gives to another party of the claim what a position says of one: "Ben sued Ada" for "Ada sued Ben".

use crate::matching::crossed::crossed;
use crate::matching::plan::{ClaimPlan, PositionPlan, Wording};
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{
    Named, acting, beside, brought_by, is_act, is_name, is_verb, together, told_aside,
};
use crate::matching::unit::Key;
use crate::text::calendar::is_day_or_month;
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;

/// Similarity from which a name is met as a whole. .7 and .9 change no labelled set.
const WHOLE: f64 = 0.8;

/// Where a statement gives to another party of the claim what a position says of one that the statement names too: that party.
/// The wording that fired decides, or where it does not tell, the others of the position.
pub fn swapped(
    claim: &ClaimPlan,
    plans: &[PositionPlan],
    position: &PositionPlan,
    fired: &Wording,
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let mut hits = Vec::new();
    let mut names: Vec<Named> = Vec::new();
    let units = plans
        .iter()
        .flat_map(|plan| &plan.wordings)
        .flat_map(|wording| &wording.units);
    for unit in units.chain(&claim.names).filter(|unit| is_name(unit)) {
        if names.iter().any(|name| name.key == unit.key) {
            continue;
        }
        reading.hits(unit, &mut hits);
        // Not part of a longer name: "army" of "Norvik's army"; nor a common word like it: "stating" of "States".
        let plain = matches!(unit.key, Key::Stem(_));
        // Nor a day, which does nothing.
        let day = |hit: &Hit| {
            let word = &vocabulary.word(reading.tokens[hit.first].word).folded;
            hit.first == hit.last && is_day_or_month(word)
        };
        let whole = hits.iter().filter(|hit| {
            hit.similarity >= WHOLE
                && reading.part.contains(&hit.first)
                && (!plain || reading.tokens[hit.first].capital)
                && !day(hit)
        });
        names.extend(whole.map(|hit| Named {
            key: unit.key.clone(),
            first: hit.first,
            last: hit.last,
        }));
    }
    // "Sisi" of "al-Sisi" is nobody else, nor is a common stem of "Norvik" and "Norvik Air".
    let whole: Vec<(usize, usize)> = names
        .iter()
        .filter(|name| matches!(name.key, Key::Concept(_)))
        .map(|name| (name.first, name.last))
        .collect();
    names.retain(|name| {
        let covers = |(first, last): &(usize, usize)| *first <= name.first && name.last <= *last;
        matches!(name.key, Key::Concept(_)) || !whole.iter().any(covers)
    });
    // Every finding below is one of them.
    if names.is_empty() {
        return None;
    }
    if let Some(other) = crossed(claim, position, &names, reading, vocabulary) {
        return Some(other);
    }
    let verdict = |wording: &Wording| verdict(wording, &names, reading, vocabulary);
    if let Some((own, name)) = verdict(fired) {
        // "Norvik chosen as the site" names no chooser; another wording may: "Ada has chosen Norvik".
        let act = |wording: &Wording| {
            let role = wording.role.as_ref()?;
            Some(wording.units[role.predicate].key.clone())
        };
        let mut same = position.wordings.iter().filter(|w| act(w) == act(fired));
        let acts = !own && same.any(|wording| verdict(wording).is_some_and(|(own, _)| own));
        return (!own && !acts).then_some(name);
    }
    let mut other = None;
    for (own, name) in position.wordings.iter().filter_map(verdict) {
        if own {
            return None;
        }
        other.get_or_insert(name);
    }
    other.or_else(|| spoken_of(position, fired, &names, reading, vocabulary))
}

/// Whom a statement speaks of in the words of somebody who is the only one that acts in the wordings: "Ada said that Ben would stay" for
/// a position that Ada stays. The wording that fired names nobody, and none of the position names the other.
fn spoken_of(
    position: &PositionPlan,
    fired: &Wording,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let wordings = || position.wordings.iter();
    let mut agents = wordings().filter_map(|wording| Some(&wording.role.as_ref()?.agent));
    let own = agents.next()?;
    if agents.any(|agent| agent != own) || fired.units.iter().any(is_name) {
        return None;
    }
    let tokens = &reading.tokens;
    let reports = |i: usize| tokens[i].is(Classes::SAID.or(Classes::REPORTING));
    let known = |name: &Named| {
        let mut units = wordings().flat_map(|wording| &wording.units);
        units.any(|unit| unit.key == name.key)
    };
    let speaks = |name: &Named| {
        names.iter().any(|other| {
            other.key == *own
                && other.last < name.first
                && (other.last + 1..name.first).any(reports)
        })
    };
    let mut hits = Vec::new();
    fired.units.iter().find_map(|unit| {
        reading.hits(unit, &mut hits);
        let verb = hits
            .iter()
            .find(|hit| is_verb(vocabulary, tokens, hit.first))?;
        let name = acting(vocabulary, tokens, verb.first, names)?;
        let there = beside(vocabulary, tokens, name, verb.first);
        (there && !known(name) && speaks(name)).then(|| name.clone())
    })
}

/// Whether the wording's own party acts in the statement, and who does; `None` where that cannot be told.
fn verdict(
    wording: &Wording,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<(bool, Named)> {
    let role = wording.role.as_ref()?;
    if names.iter().all(|name| name.key != role.agent) {
        return None;
    }
    let mut hits = Vec::new();
    reading.hits(&wording.units[role.predicate], &mut hits);
    let word = |i: usize| &*vocabulary.word(reading.tokens[i].word).folded;
    let by = wording
        .brought
        .iter()
        .any(|(by, name)| *by == "by" && *name == role.agent);
    let acting = hits.iter().filter_map(|hit| {
        let name = acting(vocabulary, &reading.tokens, hit.first, names)?;
        // "She and Ben": who she is cannot be told here.
        let with_pronoun = name.first > 1
            && matches!(word(name.first - 1), "and" | "or")
            && reading.tokens[name.first - 2].is(Classes::PRONOUN);
        // "Was furious about Norvik" is "enraged by Norvik".
        let about = by
            && names.iter().any(|own| {
                own.key == role.agent
                    && (hit.last + 2..hit.last + 4).contains(&own.first)
                    && brought_by(vocabulary, &reading.tokens, own.first).is_some()
            });
        if with_pronoun || about {
            return None;
        }
        // "Ada, of Ben's firm, sued": where the own party stands before another, it may act; not by a noun ("Ben's support") and
        // not in the passive.
        let adjacent = name.last + 1 == hit.first || name.first > hit.first;
        let reports = |i: usize| {
            reading.tokens[i].is(Classes::SAID.or(Classes::REPORTING))
                || &*vocabulary.word(reading.tokens[i].word).folded == "that"
        };
        let before = names.iter().any(|other| {
            other.key == role.agent
                && other.last < name.first
                && !(other.last + 1..name.first).any(reports)
        });
        // "Ada and Ben sued": both act.
        let together = names.iter().any(|other| {
            other.key == role.agent
                && other.last < name.first
                && together(vocabulary, &reading.tokens, other, name)
        });
        // "Ada accused Ben of suing", "asked Ben to sue": it is Ben who does it.
        let led = hit.first.checked_sub(1).filter(|&i| i == name.last + 1);
        let led = led.is_some_and(|i| {
            matches!(
                &*vocabulary.word(reading.tokens[i].word).folded,
                "for" | "from" | "of" | "to"
            )
        });
        let named = name.first > 0 && reading.tokens[name.first].capital;
        if led && named && name.key != role.agent && is_act(vocabulary, &reading.tokens, hit.first)
        {
            return Some((false, name.clone()));
        }
        // "Ada, whom Ben had sued, sued him": what is told of Ada in between parts her from nothing.
        let aside = told_aside(vocabulary, &reading.tokens, hit.first);
        if name.last + 2 == aside.start {
            return Some((name.key == role.agent || together, name.clone()));
        }
        // "The Heritage Office": two words of one name.
        let one_name = names.iter().any(|other| {
            let run = other.last + 1 == name.first || name.last + 1 == other.first;
            let capital = |name: &Named| reading.tokens[name.first].capital;
            other.key == role.agent && run && capital(other) && capital(name)
        });
        let own = name.key == role.agent
            || one_name
            || together
            || !beside(vocabulary, &reading.tokens, name, hit.first)
            || before && !adjacent;
        Some((own, name.clone()))
    });
    // One place where the own party may act is enough.
    acting.max_by_key(|(own, _)| *own)
}
