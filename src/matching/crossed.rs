//! Names that have changed places: "Ada blamed Ben" where the wordings have Ben blame Ada.
//!
//! Each name has its places in a sentence: it does something, something hangs on it, it speaks, it begins the sentence, a preposition brings
//! it. Names that stand in each other's places tell another story, with the very same words.

use crate::matching::bonds::{PARTY_TIES, Tie, befalls, stands_alone, tie};
use crate::matching::plan::{ClaimPlan, PositionPlan, Wording};
use crate::matching::reading::{Hit, Reading};
use crate::matching::roles::{
    self, Named, Role, acting, before_name, brought_by, is_adverb, is_name, is_thing, is_verb,
    reported, speaker, together,
};
use crate::matching::unit::{Key, Unit};
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

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

impl Slot {
    /// That of what a verb is done to.
    fn suffers(verb: &Key) -> Self {
        Slot::Hangs(verb.clone(), Tie::Befalls)
    }
}

/// Where two names of the position have changed places, or one has taken a place that it never has in the wordings: that name.
pub(super) fn crossed(
    claim: &ClaimPlan,
    position: &PositionPlan,
    names: &[Named],
    reading: &Reading,
    vocabulary: &Vocabulary,
) -> Option<Named> {
    let mut story = Story {
        claim,
        position,
        names,
        reading,
        vocabulary,
        own: own_places(position),
        told: Vec::new(),
        sure: Vec::new(),
        doing: Vec::new(),
        undergone: Vec::new(),
        people: Vec::new(),
    };
    story.read();
    story.crossed().cloned()
}

/// The places that names have in the wordings of a position.
fn own_places(position: &PositionPlan) -> Vec<(Slot, &Key)> {
    let mut own: Vec<(Slot, &Key)> = Vec::new();
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
    }
    own
}

/// What a statement tells of names, beside what the wordings of a position have of them.
struct Story<'a> {
    claim: &'a ClaimPlan,
    position: &'a PositionPlan,
    names: &'a [Named],
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
    /// The places that names have in the wordings.
    own: Vec<(Slot, &'a Key)>,
    /// Those that they have in the statement.
    told: Vec<(Slot, &'a Named)>,
    /// Who is sure to act, because a clause is reported of the sentence's subject.
    sure: Vec<(Key, &'a Named)>,
    /// Who does something to somebody, as the subject of the sentence.
    doing: Vec<(Key, &'a Named)>,
    /// To whom a passive verb does something, by an agent that it names: "was stopped by a guard".
    undergone: Vec<(Key, &'a Named)>,
    /// Nouns of those who act for a name: "Ada's envoys".
    people: Vec<Key>,
}

impl<'a> Story<'a> {
    fn tokens(&self) -> &'a [Token] {
        &self.reading.tokens
    }

    fn folded(&self, at: usize) -> &'a str {
        &self.vocabulary.word(self.tokens()[at].word).folded
    }

    /// Finds the places of the names in the statement.
    fn read(&mut self) {
        let (vocabulary, tokens, names) = (self.vocabulary, self.tokens(), self.names);
        let speaker = speaker(vocabulary, tokens, names).map(|name| (Slot::Speaks, name));
        let subject = roles::subject(vocabulary, tokens, names);
        self.told.extend(speaker);
        self.told.extend(subject.map(|name| (Slot::Begins, name)));
        self.told.extend(names.iter().filter_map(|name| {
            let preposition = brought_by(vocabulary, tokens, name.first)?;
            Some((Slot::Follows(preposition), name))
        }));
        let mut units: Vec<&Unit> = Vec::new();
        for unit in self
            .position
            .wordings
            .iter()
            .flat_map(|wording| &wording.units)
        {
            if !is_name(unit) && units.iter().all(|other| other.key != unit.key) {
                units.push(unit);
            }
        }
        let mut hits = Vec::new();
        for unit in units {
            self.reading.hits(unit, &mut hits);
            for hit in &hits {
                for name in names {
                    self.hang(unit, hit, name);
                }
                self.act(unit, hit, subject);
            }
        }
    }

    /// What hangs on a name by a noun or a verb.
    fn hang(&mut self, unit: &Unit, hit: &Hit, name: &'a Named) {
        let (noun, place) = ((hit.first, hit.last), (name.first, name.last));
        let key = || unit.key.clone();
        if befalls(self.vocabulary, self.tokens(), noun, place) {
            // "Was stopped by", "was shut down by".
            let small = |i: &usize| {
                self.tokens()
                    .get(*i)
                    .is_some_and(|next| next.is(Classes::STOP))
            };
            let mut behind = (hit.last + 1..hit.last + 3).take_while(small);
            let by = behind.any(|i| self.folded(i) == "by");
            if by && name.last < hit.first {
                self.undergone.push((key(), name));
            }
            self.told.push((Slot::suffers(&unit.key), name));
        } else if let Some(tie) = tie(self.vocabulary, self.tokens(), noun, place) {
            if tie == Tie::Owns && is_listed(PEOPLE, self.folded(hit.last)) {
                self.people.push(key());
                self.told.push((Slot::Acts(key()), name));
            }
            self.told.push((Slot::Hangs(key(), tie), name));
        }
    }

    /// Who acts by a verb.
    fn act(&mut self, unit: &Unit, hit: &Hit, subject: Option<&Named>) {
        let (vocabulary, tokens, names) = (self.vocabulary, self.tokens(), self.names);
        if !is_verb(vocabulary, tokens, hit.first) {
            return;
        }
        let Some(name) = acting(vocabulary, tokens, hit.first, names) else {
            return;
        };
        if reported(vocabulary, tokens, hit.first, names).is_some() {
            self.sure.push((unit.key.clone(), name));
        }
        let begins = subject.is_some_and(|subject| subject.first == name.first);
        if begins && self.does_to_another(name, hit) {
            self.doing.push((unit.key.clone(), name));
        }
        self.told.push((Slot::Acts(unit.key.clone()), name));
    }

    /// Whether a name stands right before a verb that has an object: "Ada has blamed the board".
    fn does_to_another(&self, name: &Named, verb: &Hit) -> bool {
        let tokens = self.tokens();
        let light = |i: usize| {
            tokens[i].is(Classes::AUXILIARY) && !tokens[i].is(Classes::BE)
                || is_adverb(self.folded(i))
        };
        let next = verb.last + 1;
        let object = tokens.get(next).is_some_and(|token| {
            let begins = matches!(self.folded(next), "a" | "an" | "the");
            token.is_word() && (token.capital || token.is(Classes::POSSESSIVE) || begins)
        });
        name.last < verb.first && object && (name.last + 1..verb.first).all(light)
    }

    /// The name that stands in a place of another, the surest first.
    fn crossed(&self) -> Option<&'a Named> {
        let surely = self.told.iter().find(|(slot, name)| {
            self.expects(slot, &name.key)
                && (self.ousts(slot, name) || self.suffers(slot, name) || self.changed(slot, name))
        });
        let surely = surely.map(|(_, name)| *name);
        let acts = |found: &[(Key, &'a Named)], is: &dyn Fn(&Key, &Named) -> bool| {
            let mut found = found.iter();
            found
                .find(|(verb, name)| is(verb, name))
                .map(|(_, name)| *name)
        };
        surely
            .or_else(|| self.perhaps())
            .or_else(|| acts(&self.doing, &|verb, name| self.inflicts(verb, name)))
            .or_else(|| acts(&self.undergone, &|verb, name| self.is_stopped(verb, name)))
            .or_else(|| acts(&self.sure, &|verb, name| self.presumes(verb, name)))
    }

    fn has(&self, slot: &Slot, key: &Key) -> bool {
        self.own.iter().any(|(s, k)| s == slot && *k == key)
    }

    /// Whether the wordings have another name in a place, and never this one.
    fn expects(&self, slot: &Slot, key: &Key) -> bool {
        !self.has(slot, key) && self.own.iter().any(|(s, _)| s == slot)
    }

    fn tells(&self, slot: &Slot, key: &Key) -> bool {
        self.told
            .iter()
            .any(|(s, name)| s == slot && name.key == *key)
    }

    /// "Support for Ada" where the wordings have support for Ben: he is named too, and hangs on no support.
    fn ousts(&self, slot: &Slot, name: &Named) -> bool {
        let of_people = |noun: &Key| self.people.contains(noun);
        let (noun, alone) = match slot {
            Slot::Hangs(noun, Tie::Befalls) => (noun, true),
            Slot::Acts(noun) | Slot::Hangs(noun, Tie::Owns) if of_people(noun) => (noun, false),
            Slot::Hangs(noun, Tie::By(preposition))
                if is_listed(PARTY_TIES, &self.vocabulary.word(*preposition).folded) =>
            {
                (noun, true)
            }
            _ => return false,
        };
        let hangs = |other: &Named| {
            let mut slots = self.told.iter().filter(|(_, told)| told.key == other.key);
            slots.any(|(slot, _)| matches!(slot, Slot::Hangs(there, _) if there == noun))
        };
        let rightful = |other: &&Named| self.has(slot, &other.key);
        let mut others = self.names.iter().filter(rightful).peekable();
        !is_thing(&name.key, |concept| &self.claim.group(concept).canonical)
            && (!alone || stands_alone(self.tokens(), name.last))
            && others.peek().is_some()
            && others.all(|other| {
                !hangs(other) && !together(self.vocabulary, self.tokens(), name, other)
            })
    }

    /// "Killed Ada" where the wordings have Ada kill another.
    fn suffers(&self, slot: &Slot, name: &Named) -> bool {
        let Slot::Hangs(verb, Tie::Befalls) = slot else {
            return false;
        };
        stands_alone(self.tokens(), name.last) && self.has(&Slot::Acts(verb.clone()), &name.key)
    }

    /// Whether a name and another of the statement stand in each other's places.
    fn changed(&self, slot: &Slot, name: &Named) -> bool {
        self.told.iter().any(|(there, other)| {
            other.key != name.key
                && self.has(slot, &other.key)
                && self.has(there, &name.key)
                && !self.has(there, &other.key)
        })
    }

    /// Who may be meant as what a verb of the wordings is done to: "rumours of a Norvik takeover".
    fn perhaps(&self) -> Option<&'a Named> {
        let is_reported = |name: &&Named| is_reported(name, self.reading, self.vocabulary);
        let mut reported = self.names.iter().filter(is_reported);
        let suffered = |slot: &&Slot| matches!(slot, Slot::Hangs(_, Tie::Befalls));
        reported.find(|name| {
            let mut slots = self.own.iter().map(|(slot, _)| slot).filter(suffered);
            slots.any(|slot| self.expects(slot, &name.key) && self.changed(slot, name))
        })
    }

    /// "Ada blamed Ben" where the wordings have Ada blamed.
    fn inflicts(&self, verb: &Key, name: &Named) -> bool {
        let suffers = Slot::suffers(verb);
        self.has(&suffers, &name.key)
            && !self.acts(verb, &name.key, |_, role| !role.to_blame)
            && !self.tells(&suffers, &name.key)
    }

    /// "Ada was stopped" where the wordings have Ada stop something.
    fn is_stopped(&self, verb: &Key, name: &Named) -> bool {
        let has_object = |wording: &Wording, role: &Role| role.predicate + 1 < wording.units.len();
        self.acts(verb, &name.key, has_object)
            && !self.has(&Slot::suffers(verb), &name.key)
            && !self.tells(&Slot::Acts(verb.clone()), &name.key)
    }

    /// Whether a name acts by a verb in a wording of which something holds.
    fn acts(&self, verb: &Key, name: &Key, holds: impl Fn(&Wording, &Role) -> bool) -> bool {
        self.position.wordings.iter().any(|wording| {
            wording.role.as_ref().is_some_and(|role| {
                let does = wording.units[role.predicate].key == *verb && role.agent == *name;
                does && holds(wording, role)
            })
        })
    }

    /// Whether another name of the statement does in the wordings what this one is sure to do here.
    fn presumes(&self, verb: &Key, name: &Named) -> bool {
        let wordings = self.position.wordings.iter();
        let acts = || wordings.clone().flat_map(|wording| &wording.acts);
        let does = |who: &Key| acts().any(|(act, agent)| act == verb && agent == who);
        !does(&name.key) && self.names.iter().any(|other| does(&other.key))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_as_its_search_needs() {
        assert!(PEOPLE.is_sorted());
    }
}
