//! Whether a statement gives to another party of the claim what a position says of one: "Ben sued Ada" for "Ada sued Ben".
//!
//! Each name has its places in a sentence: it does something, something hangs on it, it speaks, it begins the sentence, a preposition brings
//! it. Names that have changed places with each other tell another story, with the very same words.

use crate::matching::bonds::{PARTY_TIES, Tie, befalls, stands_alone, tie};
use crate::matching::plan::{ClaimPlan, Key, PositionPlan, Unit, Wording};
use crate::matching::reading::Reading;
use crate::matching::roles::{
    Named, TIES, acting, before_name, beside, brought_by, is_act, is_adverb, is_name, is_thing,
    is_verb, joins, reported, speaker, subject,
};
use crate::text::lexicon::Classes;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Similarity from which a name is met as a whole. .7 and .9 change no labelled set.
const WHOLE: f64 = 0.8;

/// Those who act for a country, a firm or a person: whose they are is who acts.
const PEOPLE: &[&str] = &[
    "agents",
    "ambassador",
    "ambassadors",
    "army",
    "delegates",
    "delegation",
    "diplomats",
    "embassy",
    "envoy",
    "envoys",
    "fighters",
    "forces",
    "lawyer",
    "lawyers",
    "negotiators",
    "officers",
    "officials",
    "players",
    "soldiers",
    "spies",
    "staff",
    "supporters",
    "troops",
    "workers",
];

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
        // Not part of a longer name: "army" of "Norvik's army".
        let whole = hits
            .iter()
            .filter(|hit| hit.similarity >= WHOLE && reading.part.contains(&hit.first));
        names.extend(whole.map(|hit| Named {
            key: unit.key.clone(),
            first: hit.first,
            last: hit.last,
        }));
    }
    // Every finding below is one of them.
    if names.is_empty() {
        return None;
    }
    if let Some(other) = crossed(claim, position, &names, reading, vocabulary) {
        return Some(other);
    }
    let verdict = |wording: &Wording| verdict(wording, &names, reading, vocabulary);
    if let Some((own, name)) = verdict(fired) {
        return (!own).then_some(name);
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

/// A place in what a sentence tells that a name can fill: who does something, on which noun or verb the name hangs, who
/// speaks, with whom the sentence begins, or which preposition brings the name.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Acts(Key),
    Hangs(Key, Tie),
    Speaks,
    Begins,
    Follows(&'static str),
}

/// Where two names of the position have changed places: each stands in the statement where its wordings have the other, and never
/// there in them. Gives the first.
fn crossed(
    claim: &ClaimPlan,
    position: &PositionPlan,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let mut own: Vec<(Slot, &Key)> = Vec::new();
    let mut units: Vec<&Unit> = Vec::new();
    for wording in &position.wordings {
        if let Some(role) = &wording.role {
            let does = &wording.units[role.predicate];
            own.push((Slot::Acts(does.key.clone()), &role.agent));
        }
        let bonds = wording.bonds.iter();
        own.extend(bonds.map(|bond| (Slot::Hangs(bond.noun.clone(), bond.tie), &bond.name)));
        own.extend(wording.speaker.iter().map(|name| (Slot::Speaks, name)));
        own.extend(wording.subject.iter().map(|name| (Slot::Begins, name)));
        let brought = wording.brought.iter();
        own.extend(brought.map(|(preposition, name)| (Slot::Follows(preposition), name)));
        for unit in &wording.units {
            if !is_name(unit) && units.iter().all(|other| other.key != unit.key) {
                units.push(unit);
            }
        }
    }
    let tokens = &reading.tokens;
    let speaker = speaker(vocabulary, tokens, names).map(|name| (Slot::Speaks, name));
    let subject = subject(vocabulary, tokens, names).map(|name| (Slot::Begins, name));
    let mut told: Vec<(Slot, &Named)> = speaker.into_iter().chain(subject.clone()).collect();
    told.extend(names.iter().filter_map(|name| {
        let preposition = brought_by(vocabulary, tokens, name.first)?;
        Some((Slot::Follows(preposition), name))
    }));
    // Who is sure to act, because a clause is reported of the sentence's subject.
    let mut sure: Vec<(Key, &Named)> = Vec::new();
    // Who does something to somebody, as the subject of the sentence.
    let mut doing: Vec<(Key, &Named)> = Vec::new();
    // Nouns of those who act for a name: "Ada's envoys".
    let mut people: Vec<Key> = Vec::new();
    // To whom a passive verb does something, by an agent that it names: "was stopped by a guard".
    let mut undergone: Vec<(Key, &Named)> = Vec::new();
    // Who may be meant as what a verb is done to.
    let mut perhaps: Vec<(Slot, &Named)> = Vec::new();
    for name in names
        .iter()
        .filter(|name| is_reported(name, reading, vocabulary))
    {
        let suffered = own.iter().map(|(slot, _)| slot);
        let suffered = suffered.filter(|slot| matches!(slot, Slot::Hangs(_, Tie::Befalls)));
        perhaps.extend(suffered.map(|slot| (slot.clone(), name)));
    }
    let mut hits = Vec::new();
    for unit in units {
        reading.hits(unit, &mut hits);
        for hit in &hits {
            for name in names {
                let (noun, place) = ((hit.first, hit.last), (name.first, name.last));
                if befalls(vocabulary, &reading.tokens, noun, place) {
                    let by = tokens.get(hit.last + 1).is_some_and(|next| {
                        next.is_word() && &*vocabulary.word(next.word).folded == "by"
                    });
                    if by && name.last < hit.first {
                        undergone.push((unit.key.clone(), name));
                    }
                    told.push((Slot::Hangs(unit.key.clone(), Tie::Befalls), name));
                } else if let Some(tie) = tie(vocabulary, &reading.tokens, noun, place) {
                    let word = &*vocabulary.word(tokens[hit.last].word).folded;
                    if tie == Tie::Owns && is_listed(PEOPLE, word) {
                        people.push(unit.key.clone());
                        told.push((Slot::Acts(unit.key.clone()), name));
                    }
                    told.push((Slot::Hangs(unit.key.clone(), tie), name));
                }
            }
            if is_verb(vocabulary, &reading.tokens, hit.first)
                && let Some(name) = acting(vocabulary, &reading.tokens, hit.first, names)
            {
                if reported(vocabulary, tokens, hit.first, names).is_some() {
                    sure.push((unit.key.clone(), name));
                }
                if does_to_another(name, (hit.first, hit.last), reading, vocabulary)
                    && subject
                        .as_ref()
                        .is_some_and(|(_, first)| first.first == name.first)
                {
                    doing.push((unit.key.clone(), name));
                }
                told.push((Slot::Acts(unit.key.clone()), name));
            }
        }
    }
    let has = |slot: &Slot, key: &Key| own.iter().any(|(s, k)| s == slot && *k == key);
    let expects = |slot: &Slot, key: &Key| !has(slot, key) && own.iter().any(|(s, _)| s == slot);
    // "Support for Ada" where the wordings have support for Ben: he is named too, and hangs on no support.
    let ousts = |slot: &Slot, name: &Named| {
        let noun = match slot {
            Slot::Hangs(noun, Tie::Befalls) => noun,
            Slot::Acts(noun) | Slot::Hangs(noun, Tie::Owns) if people.contains(noun) => noun,
            Slot::Hangs(noun, Tie::By(preposition))
                if is_listed(PARTY_TIES, &vocabulary.word(*preposition).folded) =>
            {
                noun
            }
            _ => return false,
        };
        let rightful = |other: &&Named| has(slot, &other.key);
        let hangs = |other: &Named| {
            let mut slots = told.iter().filter(|(_, told)| told.key == other.key);
            slots.any(|(slot, _)| matches!(slot, Slot::Hangs(there, _) if there == noun))
        };
        !is_thing(&name.key, |concept| &claim.group(concept).canonical)
            && (matches!(slot, Slot::Acts(_) | Slot::Hangs(_, Tie::Owns))
                || stands_alone(&reading.tokens, name.last))
            && names.iter().any(|other| rightful(&other))
            && names
                .iter()
                .filter(rightful)
                .all(|other| !hangs(other) && !together(name, other, reading, vocabulary))
    };
    // "Killed Ada" where the wordings have Ada kill another.
    let suffers = |slot: &Slot, name: &Named| {
        let Slot::Hangs(verb, Tie::Befalls) = slot else {
            return false;
        };
        stands_alone(&reading.tokens, name.last) && has(&Slot::Acts(verb.clone()), &name.key)
    };
    let changed = |slot: &Slot, name: &Named| {
        told.iter().any(|(there, other)| {
            other.key != name.key
                && has(slot, &other.key)
                && has(there, &name.key)
                && !has(there, &other.key)
        })
    };
    let surely = told.iter().find(|(slot, name)| {
        expects(slot, &name.key)
            && (ousts(slot, name) || suffers(slot, name) || changed(slot, name))
    });
    let perhaps = || {
        perhaps
            .iter()
            .find(|(slot, name)| expects(slot, &name.key) && changed(slot, name))
    };
    let presumed = sure.iter().find(|(verb, name)| {
        let wordings = position.wordings.iter();
        let acts = || wordings.clone().flat_map(|wording| &wording.acts);
        let does = |who: &Key| acts().any(|(act, agent)| act == verb && agent == who);
        !does(&name.key) && names.iter().any(|other| does(&other.key))
    });
    // "Ada blamed Ben" where the wordings have Ada blamed.
    let inflicts = doing.iter().find(|(verb, name)| {
        let suffers = Slot::Hangs(verb.clone(), Tie::Befalls);
        let befallen = |(slot, other): &(Slot, &Named)| *slot == suffers && other.key == name.key;
        let acts = position.wordings.iter().any(|wording| {
            wording.role.as_ref().is_some_and(|role| {
                let does = wording.units[role.predicate].key == *verb;
                does && !role.to_blame && role.agent == name.key
            })
        });
        has(&suffers, &name.key) && !acts && !told.iter().any(befallen)
    });
    // "Ada was stopped" where the wordings have Ada stop something.
    let stopped = undergone.iter().find(|(verb, name)| {
        let suffers = Slot::Hangs(verb.clone(), Tie::Befalls);
        let acts = Slot::Acts(verb.clone());
        let told = told
            .iter()
            .any(|(slot, other)| *slot == acts && other.key == name.key);
        let does = position.wordings.iter().any(|wording| {
            wording.role.as_ref().is_some_and(|role| {
                let object = role.predicate + 1 < wording.units.len();
                object && role.agent == name.key && wording.units[role.predicate].key == *verb
            })
        });
        does && !has(&suffers, &name.key) && !told
    });
    let inflicts = inflicts.or(stopped);
    let named = surely.or_else(perhaps).map(|(_, name)| *name);
    let named = named.or(inflicts.or(presumed).map(|(_, name)| *name));
    named.cloned()
}

/// Whether a name stands right before a verb that has an object: "Ada has blamed the board".
fn does_to_another(
    name: &Named,
    verb: (usize, usize),
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> bool {
    let tokens = &reading.tokens;
    let light = |i: usize| {
        tokens[i].is(Classes::AUXILIARY) && !tokens[i].is(Classes::BE)
            || is_adverb(&vocabulary.word(tokens[i].word).folded)
    };
    let object = tokens.get(verb.1 + 1).is_some_and(|next| {
        let word = &*vocabulary.word(next.word).folded;
        next.is_word()
            && (next.capital || next.is(Classes::POSSESSIVE) || matches!(word, "a" | "an" | "the"))
    });
    name.last < verb.0 && object && (name.last + 1..verb.0).all(light)
}

/// Whether reports are told of what befalls a name, by a noun after it: "rumours of a Norvik takeover".
fn is_reported(name: &Named, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let tokens = &reading.tokens;
    let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let of = before_name(vocabulary, tokens, name.first);
    let noun = tokens.get(name.last + 1);
    noun.is_some_and(|next| next.is_word() && !next.is(Classes::STOP))
        && of.is_some_and(|of| of > 0 && folded(of) == "of" && tokens[of - 1].is(Classes::SPEECH))
}

/// Whether two names are told in one breath: "Ada, Ben and Cleo".
fn together(a: &Named, b: &Named, reading: &Reading, vocabulary: &Vocabulary) -> bool {
    let (left, right) = if a.last < b.first { (a, b) } else { (b, a) };
    let tokens = &reading.tokens;
    let joins = |i: usize| joins(vocabulary, tokens, i);
    // "To Ada and to Ben".
    let again = |i: usize| {
        let word = &*vocabulary.word(tokens[i].word).folded;
        joins(i) || is_listed(TIES, word) || matches!(word, "a" | "an" | "the")
    };
    let mut between = left.last + 1..right.first;
    between.clone().all(joins) || between.next().is_some_and(joins) && between.all(again)
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
    let acting = hits.iter().filter_map(|hit| {
        let name = acting(vocabulary, &reading.tokens, hit.first, names)?;
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
                && together(other, name, reading, vocabulary)
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
        let own = name.key == role.agent
            || together
            || !beside(vocabulary, &reading.tokens, name, hit.first)
            || before && !adjacent;
        Some((own, name.clone()))
    });
    // One place where the own party may act is enough.
    acting.max_by_key(|(own, _)| *own)
}
