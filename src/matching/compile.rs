//! Compiles claims to the plan, once a run.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

use crate::claim::{AliasGroup, Answers, Claim};
use crate::matching::alias::{Concept, Occurrence};
use crate::matching::asked::{Asks, asks_who};
use crate::matching::bonds::{self, Bond, Tie};
use crate::matching::hearing::{Hearing, Hearings};
use crate::matching::lasting;
use crate::matching::plan::{
    AnswersPlan, ClaimPlan, Plan, PositionPlan, ProbeKey, TELLS, UNNUMBERED, Wording,
};
use crate::matching::quantity::Quantity;
use crate::matching::roles::{self, Named, Role};
use crate::matching::unit::{Entry, Key, Probe, SHARED_WEIGHT, Seek, Unit, distinctness};
use crate::similarity::word::Case;
use crate::text::compound;
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::opposite::opposites_of;
use crate::text::polarity::{CueKind, Polarity};
use crate::text::question;
use crate::text::stem;
use crate::text::token::{Token, Vocabulary, WordId};
use crate::text::unknown::unknown;
use crate::text::word_list::is_listed;

/// Share of its weight that a soft word ("said", "still", "out") keeps.
const SOFT_SHARE: f64 = 0.25;
/// Tokens of whose words a wording says it is: "a source close to the club told the Herald". Half as many or more change no labelled set.
const CREDIT: usize = 9;
/// Tokens after the first word in which a verb or a form of "be" tells active from passive.
const PASSIVE_REACH: usize = 4;
/// Overlap of two `says` from which the negative one is the other's sibling. The study chose .4; .5 and .6 are level with it on
/// dev and .003 better on dev2.
const SIBLING_OVERLAP: f64 = 0.5;

/// Words that negate or deny by themselves, not by implication.
const OUTRIGHT: Classes = Classes::NEGDIR
    .or(Classes::DENY)
    .or(Classes::DENYOBJ)
    .or(Classes::FALSE)
    .or(Classes::FALSEOBJ);

/// Words that with a "to" behind them say no more than *will*.
const AHEAD: &[&str] = &[
    "bound",
    "due",
    "going",
    "poised",
    "scheduled",
    "set",
    "slated",
];

/// Words that begin a clause which tells when.
const WHEN: &[&str] = &["after", "before", "once", "until", "when", "while"];

/// Share of a position's wordings that must say that something is not known for it to be the position of those who do not know.
const DOUBTS: f64 = 0.3;

impl Plan {
    /// Compiles the claims.
    pub fn new(claims: &[Arc<Claim>]) -> Self {
        let mut plan = Plan::default();
        let mut sets: HashMap<*const (), Concept> = HashMap::new();
        let mut hearings = Hearings::default();
        for claim in claims {
            let set = Arc::as_ptr(&claim.aliases).cast::<()>();
            let base = match sets.get(&set) {
                Some(&base) => base,
                None => {
                    let base = plan.aliases.enter(&mut plan.vocabulary, &claim.aliases);
                    sets.insert(set, base);
                    base
                }
            };
            let compiled = Compiler {
                plan: &mut plan,
                concepts: base..base + claim.aliases.len() as Concept,
                claim,
            }
            .claim(hearings.of(claim));
            plan.claims.push(compiled);
        }
        plan.number_wordings();
        plan
    }

    fn number_wordings(&mut self) {
        let plans = self.claims.iter_mut().map(|claim| &mut claim.answers);
        let positions = plans.flat_map(|answers| match answers {
            AnswersPlan::Positions(positions) => positions.as_mut_slice(),
            AnswersPlan::Quantity(_) | AnswersPlan::Date(_) => &mut [],
        });
        let mut number = 0;
        for position in positions {
            position.first_number = number;
            for wording in position.wordings.iter_mut().chain(&mut position.unknowns) {
                wording.number = number;
                number += 1;
            }
        }
    }

    fn probe(&mut self, key: ProbeKey) -> Probe {
        let id = match key {
            ProbeKey::Word(word, case) => (word, case, 0),
            ProbeKey::Compound(word) => (word, Case::Lower, 1),
            ProbeKey::Number(value) => (WordId::MAX, Case::Lower, value.to_bits()),
        };
        if let Some(&probe) = self.probe_ids.get(&id) {
            return probe;
        }
        let probe = self.probes.len() as Probe;
        self.probes.push(key);
        self.probe_ids.insert(id, probe);
        probe
    }
}

struct Compiler<'a> {
    plan: &'a mut Plan,
    concepts: std::ops::Range<Concept>,
    claim: &'a Arc<Claim>,
}

impl Compiler<'_> {
    fn claim(mut self, hearings: Vec<Hearing>) -> ClaimPlan {
        let claim = self.claim;
        let about: Vec<Entry> = claim.about.iter().map(|text| self.entry(text)).collect();
        let mut except = self.look_alikes(&claim.except);
        let asks = Asks::of(&claim.question);
        let answers = match &claim.answers {
            Answers::Positions(positions) => {
                let mut plans: Vec<PositionPlan> = positions
                    .iter()
                    .map(|position| PositionPlan {
                        name: position.name.as_str().into(),
                        telling: Vec::new(),
                        waits: false,
                        lasts: false,
                        wordings: std::iter::once(&position.says)
                            .chain(&position.phrases)
                            .map(|text| self.wording(text))
                            .collect(),
                        except: self.look_alikes(&position.except),
                        requires: position
                            .requires
                            .iter()
                            .map(|text| self.stems(text))
                            .collect(),
                        when_denied: position
                            .denied
                            .as_ref()
                            .and_then(|name| positions.iter().position(|p| p.name == *name)),
                        when_affirmed: None,
                        when_unknown: None,
                        unknowns: Vec::new(),
                        first_number: 0,
                    })
                    .collect();
                weigh(&mut plans, &mut except);
                siblings(&mut plans);
                self.opposites(&mut plans);
                for plan in &mut plans {
                    plan.waits = waits(&plan.wordings);
                    plan.lasts = lasting::says_still(&plan.wordings);
                }
                self.unknowns(&mut plans);
                AnswersPlan::Positions(plans)
            }
            Answers::Quantity { of, .. } => {
                let entries = of.iter().map(|text| self.entry(text)).collect();
                AnswersPlan::Quantity(Quantity::new(of, entries, &claim.question, asks, &about))
            }
            Answers::Date { of, .. } => {
                AnswersPlan::Date(of.iter().map(|text| self.entry(text)).collect())
            }
        };
        for wording in &mut except {
            total(wording);
        }
        let names = self.names();
        ClaimPlan {
            claim: Arc::clone(claim),
            concepts: self.concepts.clone(),
            about,
            names,
            asks,
            asks_who: asks_who(&claim.question),
            answers,
            except,
            hearings,
        }
    }

    /// Finds for each wording of a position whose denial supports no other the one that tells the opposite: "the library will not close"
    /// speaks for "stays open". Who "was not sacked" has not kept his job because another wording has him lose it: he may have resigned.
    fn opposites(&self, positions: &mut [PositionPlan]) {
        let words = |position: &PositionPlan| -> Vec<String> {
            let units = position.telling.iter().filter(|unit| !unit.negated);
            units.flat_map(|unit| self.words_of(unit)).collect()
        };
        let told: Vec<Vec<String>> = positions.iter().map(words).collect();
        for (p, position) in positions.iter_mut().enumerate() {
            if position.when_denied.is_some() {
                continue;
            }
            for wording in position
                .wordings
                .iter_mut()
                .filter(|w| w.negation.is_none())
            {
                let tells = wording.units.iter().filter(|unit| unit.weight >= TELLS);
                let own: Vec<String> = tells.flat_map(|unit| self.words_of(unit)).collect();
                let opposite = |q: &usize| {
                    let mut words = own.iter().flat_map(|word| opposites_of(word));
                    *q != p && words.any(|word| told[*q].contains(word))
                };
                let mut others = (0..told.len()).filter(opposite);
                wording.opposite = others.next().filter(|_| others.next().is_none());
            }
        }
    }

    /// The single words by which a unit is met, as stems.
    fn words_of(&self, unit: &Unit) -> Vec<String> {
        match &unit.key {
            Key::Stem(stem) => vec![stem.to_string()],
            Key::Concept(concept) => {
                let group = self.group(*concept);
                let names = group.names();
                let single = names.filter(|name| !name.contains(' '));
                single.map(|name| stem::stem(&fold(name))).collect()
            }
            Key::Number(_) | Key::Unknown => Vec::new(),
        }
    }

    /// Makes of each wording which says that something is not known one that any such expression meets, and finds the position that
    /// says so.
    fn unknowns(&mut self, positions: &mut [PositionPlan]) {
        let mut doubter: Option<(usize, f64)> = None;
        for (p, position) in positions.iter_mut().enumerate() {
            let unknowns = position.wordings.iter();
            position.unknowns = unknowns.filter_map(|w| self.any_unknown(w)).collect();
            let share = position.unknowns.len() as f64 / position.wordings.len() as f64;
            if share >= DOUBTS && doubter.is_none_or(|(_, best)| share > best) {
                doubter = Some((p, share));
            }
        }
        let Some((doubter, _)) = doubter else { return };
        for (p, position) in positions.iter_mut().enumerate() {
            position.when_unknown = (p != doubter).then_some(doubter);
        }
    }

    /// The wording with any expression of not knowing in place of its own.
    fn any_unknown(&mut self, wording: &Wording) -> Option<Wording> {
        // Its words are those of the wording, so none is new to the vocabulary.
        let tokens = self.plan.vocabulary.tokenize(&wording.text);
        let vocabulary = &self.plan.vocabulary;
        let found = unknown(vocabulary, &tokens);
        let expression = found.first()?;
        let inside = &tokens[expression.first..=expression.last];
        let own = |unit: &Unit| match &unit.key {
            Key::Stem(stem) => inside
                .iter()
                .any(|token| token.is_word() && vocabulary.word(token.word).stem == *stem),
            Key::Concept(concept) => {
                let group = self.group(*concept);
                group.names().any(|name| says_unknown(name))
            }
            Key::Number(_) | Key::Unknown => false,
        };
        let mut units = vec![Unit {
            seek: Seek::Unknown,
            key: Key::Unknown,
            negated: false,
            soft: false,
            case: Case::Lower,
            compound: None,
            weight: 1.0,
        }];
        units.extend(wording.units.iter().filter(|unit| !own(unit)).cloned());
        // Alone it would be met by whatever is not known.
        if units.iter().filter(|unit| !unit.soft).count() < 2 {
            return None;
        }
        let role = wording.role.as_ref().and_then(|role| {
            let predicate = &wording.units[role.predicate].key;
            let predicate = units.iter().position(|unit| unit.key == *predicate)?;
            Some(Role {
                agent: role.agent.clone(),
                predicate,
                to_blame: role.to_blame,
            })
        });
        let mut any = Wording {
            units,
            negation: None,
            implied: false,
            undergoes: None,
            says_of: None,
            tells_of: None,
            doubly: false,
            role,
            agent: None,
            negated_head: None,
            // Their places are those of the units before.
            verbs: Vec::new(),
            withheld: Vec::new(),
            told: Vec::new(),
            ..wording.clone()
        };
        total(&mut any);
        Some(any)
    }

    /// The units of the topic and the question that are names: written with a capital letter inside a sentence, here or in
    /// another text of the claim.
    fn names(&mut self) -> Vec<Unit> {
        let claim = self.claim;
        let mut texts: Vec<&str> = vec![&claim.question];
        if let Answers::Positions(positions) = &claim.answers {
            texts.extend(
                positions
                    .iter()
                    .flat_map(|p| std::iter::once(&p.says).chain(&p.phrases))
                    .map(String::as_str),
            );
        }
        let mut capitals: Vec<WordId> = Vec::new();
        for text in texts.into_iter().chain([&*claim.topic]) {
            let tokens = self.plan.vocabulary.tokenize(text);
            let first = tokens.iter().position(Token::is_word);
            capitals.extend(
                tokens
                    .iter()
                    .enumerate()
                    .filter(|(i, t)| t.capital && t.is_word() && (Some(*i) != first || t.caps))
                    .map(|(_, t)| t.word),
            );
        }
        let mut units: Vec<Unit> = Vec::new();
        for text in [&*claim.topic, &claim.question] {
            for unit in self.wording(text).units {
                let is_name = match (unit.case, &unit.seek) {
                    (Case::Lower, _) => false,
                    (Case::Capital, _) => true,
                    (Case::Initial, Seek::Probe(probe)) => {
                        match self.plan.probes[*probe as usize] {
                            ProbeKey::Word(word, _) => capitals.contains(&word),
                            ProbeKey::Compound(_) | ProbeKey::Number(_) => false,
                        }
                    }
                    (Case::Initial, Seek::Concept(..) | Seek::Unknown) => false,
                };
                if is_name {
                    push(&mut units, unit);
                }
            }
        }
        units
    }

    fn entry(&mut self, text: &str) -> Entry {
        let wording = self.wording(text);
        Entry {
            text: wording.text,
            units: wording.units,
        }
    }

    /// Look-alikes as wordings, without those that are questions: these carry nothing anyhow, and would keep out their answers. `lint` tells of
    /// them.
    fn look_alikes(&mut self, except: &[String]) -> Vec<Wording> {
        let mut wordings = Vec::new();
        for text in except {
            if !question::asks(&mut self.plan.vocabulary, text) {
                wordings.push(self.wording(text));
            }
        }
        wordings
    }

    /// Stop words included: "because" can be what is required.
    fn stems(&mut self, text: &str) -> Vec<Box<str>> {
        let tokens = self.plan.vocabulary.tokenize(text);
        tokens
            .iter()
            .filter(|t| t.is_word())
            .map(|t| self.plan.vocabulary.word(t.word).stem.clone())
            .collect()
    }

    fn wording(&mut self, text: &str) -> Wording {
        let tokens = self.plan.vocabulary.tokenize(text);
        let polarity = Polarity::of_wording(&self.plan.vocabulary, &tokens);
        let occurrences = self.longest(&tokens);
        let first_word = tokens.iter().position(Token::is_word);
        let mut units: Vec<Unit> = Vec::new();
        let mut covered = 0;
        let said_by = credit(&tokens);
        // The word that gave the last unit, and that unit.
        let mut before: Option<(usize, usize)> = None;
        for i in 0..tokens.len() {
            let token = tokens[i];
            if i < covered || !token.is_word() {
                continue;
            }
            if let Some(occurrence) = occurrences.iter().find(|o| o.first == i) {
                covered = occurrence.last + 1;
                let inside = occurrence.first..=occurrence.last;
                if inside.clone().any(|j| polarity.is_cue[j]) {
                    continue; // expressed by polarity
                }
                let words = inside
                    .clone()
                    .filter(|&j| tokens[j].is_word() && !tokens[j].is(Classes::STOP))
                    .map(|j| self.probe(&tokens[j], first_word == Some(j)))
                    .collect();
                let negated = inside.clone().any(|j| polarity.negated(j));
                let group = self.group(occurrence.concept);
                let case = if group.is_name() {
                    Case::Capital
                } else {
                    case(&tokens[i], first_word == Some(i))
                };
                let seek = Seek::Concept(occurrence.concept, words);
                push(
                    &mut units,
                    Unit {
                        seek,
                        key: Key::Concept(occurrence.concept),
                        negated,
                        soft: said_by.is_some_and(|from| i > from),
                        case,
                        compound: None,
                        weight: 1.0,
                    },
                );
                continue;
            }
            if polarity.is_cue[i] {
                continue;
            }
            // "Set to expand" is "will expand".
            let ahead = tokens.get(i + 1).is_some_and(|next| {
                let word = |token: &Token| &*self.plan.vocabulary.word(token.word).folded;
                let act = tokens
                    .get(i + 2)
                    .is_some_and(|act| act.is_word() && !act.capital && !act.is(Classes::STOP));
                act && is_listed(AHEAD, word(&token)) && word(next) == "to"
            });
            let soft = token.is(Classes::SOFT) || ahead || said_by.is_some_and(|from| i > from);
            if token.is(Classes::STOP) && !soft {
                continue;
            }
            let key = match token.value() {
                Some(value) => Key::Number(value.to_bits()),
                None => Key::Stem(self.plan.vocabulary.word(token.word).stem.clone()),
            };
            let seek = Seek::Probe(self.probe(&token, first_word == Some(i)));
            push(
                &mut units,
                Unit {
                    seek,
                    key: key.clone(),
                    negated: polarity.negated(i),
                    soft,
                    case: case(&token, first_word == Some(i)),
                    compound: None,
                    weight: 1.0,
                },
            );
            let here = units.iter().position(|unit| unit.key == key);
            if let (Some((at, unit)), Some(here)) = (before, here)
                && at + 1 == i
                && let Some(compound) = self.compound(&tokens[at], &token)
            {
                for unit in [unit, here] {
                    units[unit].compound.get_or_insert(compound);
                }
            }
            before = here.map(|here| (i, here));
        }
        let negation = if polarity.cues.iter().any(|cue| cue.kind == CueKind::Denial) {
            Some(CueKind::Denial)
        } else {
            polarity.cues.first().map(|cue| cue.kind)
        };
        let implied = !polarity
            .cues
            .iter()
            .any(|cue| tokens[cue.token].is(OUTRIGHT));
        let agent = self.agent(&tokens, &units);
        let vocabulary = &self.plan.vocabulary;
        let named = self.named(&tokens, &occurrences, &units);
        let verbs = self.verbs(&tokens, &occurrences, &units);
        let role = self.role(&tokens, &occurrences, &units);
        let first = role.iter().map(|role| role.predicate);
        let acts = first.chain(verbs.iter().copied()).filter_map(|u| {
            let (at, _) = self.place(&units[u], &tokens, &occurrences)?;
            let agent = roles::acting(vocabulary, &tokens, at, &named)?;
            Some((units[u].key.clone(), agent.key.clone()))
        });
        let acts: Vec<(Key, Key)> = acts.collect();
        let brought = named.iter().filter_map(|name| {
            let preposition = roles::brought_by(vocabulary, &tokens, name.first)?;
            Some((preposition, name.key.clone()))
        });
        let subject = roles::subject(vocabulary, &tokens, &named);
        let undergoes = subject.and_then(|name| {
            verbs.iter().copied().find(|&u| {
                let place = self.place(&units[u], &tokens, &occurrences);
                place.is_some_and(|(at, _)| {
                    at > name.last && roles::is_passive(vocabulary, &tokens, at)
                })
            })
        });
        let what = |name: usize| {
            let after = verbs.iter().copied().find(|&u| u > name);
            let next = (name + 1..units.len()).find(|&u| !units[u].soft);
            Some((name, undergoes.or(after).or(next)?))
        };
        let says_of = self.speaks_first_of(&units).and_then(what);
        let first = units.iter().position(|unit| !unit.soft);
        let noun = first.filter(|first| !verbs.is_empty() && !verbs.contains(first));
        let tells_of = says_of.or_else(|| noun.and_then(what));
        let mut wording = Wording {
            agent,
            says_of,
            tells_of,
            undergoes,
            bonds: self.bonds(&tokens, &occurrences, &units),
            speaker: roles::speaker(vocabulary, &tokens, &named).map(|name| name.key.clone()),
            subject: subject.map(|name| name.key.clone()),
            brought: brought.collect(),
            acts,
            verbs,
            doubly: (0..tokens.len()).any(|t| polarity.doubly(t)),
            refuses: refuses(text),
            withheld: self.withheld(&tokens, &occurrences, &units),
            told: self.told(&tokens, &occurrences, &units),
            opposite: None,
            negated_head: self.negated_head(&tokens, &polarity, &occurrences, &units),
            number: UNNUMBERED,
            text: text.into(),
            role,
            units,
            negation,
            implied,
            wishes: tokens.iter().any(|token| token.is(Classes::WISHING)),
            total: 0.0,
        };
        total(&mut wording);
        wording
    }

    /// The units of what is done, where a clause beside it tells when: "*after the bear fled* he called for help".
    fn told(&self, tokens: &[Token], occurrences: &[Occurrence], units: &[Unit]) -> Vec<usize> {
        let word = |i: usize| &*self.plan.vocabulary.word(tokens[i].word).folded;
        let opens = |i: &usize| tokens[*i].is_word() && is_listed(WHEN, word(*i));
        let Some(open) = (0..tokens.len()).find(opens) else {
            return Vec::new();
        };
        let beside = if open == 0 {
            let mut behind = 2..tokens.len();
            let ends = |&i: &usize| {
                tokens[i].is_mark(',') || matches!(word(i), "he" | "it" | "she" | "they" | "we")
            };
            let Some(end) = behind.find(ends) else {
                return Vec::new();
            };
            0..end
        } else {
            open..tokens.len()
        };
        // "Rescued after drifting for 71 days" and "taken to hospital after a fire" have one clause.
        let vocabulary = &self.plan.vocabulary;
        let verb = |at: usize| tokens[at].is_word() && roles::is_verb(vocabulary, tokens, at);
        let drifting = tokens
            .get(open + 1)
            .is_some_and(|_| word(open + 1).ends_with("ing"));
        if drifting || !beside.clone().skip(1).any(verb) {
            return Vec::new();
        }
        let main = |u: &usize| {
            let unit = &units[*u];
            let place = self.place(unit, tokens, occurrences);
            !unit.soft && !self.is_party(unit) && place.is_some_and(|(at, _)| !beside.contains(&at))
        };
        (0..units.len()).filter(main).collect()
    }

    /// The units in the scope of a noun of refusal or failure, each with that noun's unit. Not those in the scope of "barred": who refuses to
    /// sit there bars nobody.
    fn withheld(
        &self,
        tokens: &[Token],
        occurrences: &[Occurrence],
        units: &[Unit],
    ) -> Vec<(usize, usize)> {
        // Such a noun is a word of the wording, whose own scope is needed here all the same.
        let polarity = Polarity::read(&self.plan.vocabulary, tokens);
        let at: Vec<Option<(usize, usize)>> = units
            .iter()
            .map(|unit| self.place(unit, tokens, occurrences))
            .collect();
        let cues = polarity.numbered();
        let refusals = cues.filter(|(_, cue)| tokens[cue.token].is(Classes::NEGNOUN));
        let mut withheld = Vec::new();
        for (c, cue) in refusals {
            let holds = |place: &Option<(usize, usize)>| {
                place.is_some_and(|(first, last)| (first..=last).contains(&cue.token))
            };
            let Some(own) = at.iter().position(holds) else {
                continue;
            };
            let inside = at.iter().enumerate().filter(|(_, place)| {
                place.is_some_and(|(first, _)| polarity.negated_by(first, 1 << c))
            });
            let others = inside.map(|(u, _)| u).filter(|&u| u != own);
            withheld.extend(others.filter(|&u| !units[u].negated).map(|u| (u, own)));
        }
        withheld
    }

    /// Where a unit stands first in its wording.
    fn place(
        &self,
        unit: &Unit,
        tokens: &[Token],
        occurrences: &[Occurrence],
    ) -> Option<(usize, usize)> {
        match &unit.key {
            Key::Concept(concept) => occurrences
                .iter()
                .filter(|o| o.concept == *concept)
                .map(|o| (o.first, o.last))
                .min(),
            Key::Stem(stem) => tokens
                .iter()
                .position(|t| t.is_word() && self.plan.vocabulary.word(t.word).stem == *stem)
                .map(|at| (at, at)),
            Key::Number(_) | Key::Unknown => None,
        }
    }

    /// The names that hang on the nouns and verbs of a wording.
    fn bonds(&self, tokens: &[Token], occurrences: &[Occurrence], units: &[Unit]) -> Vec<Bond> {
        let vocabulary = &self.plan.vocabulary;
        let is_name = |unit: &Unit| self.is_party(unit);
        let names = units.iter().filter(|unit| is_name(unit));
        let mut bonds = Vec::new();
        for name in names {
            let Some(place) = self.place(name, tokens, occurrences) else {
                continue;
            };
            for noun in units.iter().filter(|unit| !unit.soft && !is_name(unit)) {
                let Some(at) = self.place(noun, tokens, occurrences) else {
                    continue;
                };
                let tie = if bonds::befalls(vocabulary, tokens, at, place) {
                    Some(Tie::Befalls)
                } else {
                    bonds::tie(vocabulary, tokens, at, place)
                        .filter(|_| !roles::is_verb(vocabulary, tokens, at.0))
                };
                bonds.extend(tie.map(|tie| Bond {
                    name: name.key.clone(),
                    noun: noun.key.clone(),
                    tie,
                }));
            }
        }
        bonds
    }

    /// Who acts in a wording: the name that its verb has as its agent.
    fn role(&self, tokens: &[Token], occurrences: &[Occurrence], units: &[Unit]) -> Option<Role> {
        let vocabulary = &self.plan.vocabulary;
        let place = |unit: &Unit| self.place(unit, tokens, occurrences);
        let names = self.named(tokens, occurrences, units);
        let does: Vec<(usize, usize)> = units
            .iter()
            .enumerate()
            .filter(|(_, unit)| !unit.soft && names.iter().all(|name| name.key != unit.key))
            .filter_map(|(u, unit)| Some((u, place(unit)?.0)))
            .collect();
        let verb = does
            .iter()
            .find(|(_, at)| roles::is_verb(vocabulary, tokens, *at));
        let (predicate, at) = *verb.or(does.first())?;
        let agent = roles::acting(vocabulary, tokens, at, &names)?;
        let folded = |i: usize| &*vocabulary.word(tokens[i].word).folded;
        Some(Role {
            agent: agent.key.clone(),
            predicate,
            to_blame: folded(at) == "blame" && at > 0 && folded(at - 1) == "to",
        })
    }

    /// The names of those who can act in a wording, where they stand first.
    fn named(&self, tokens: &[Token], occurrences: &[Occurrence], units: &[Unit]) -> Vec<Named> {
        let parties = units.iter().filter(|unit| self.is_party(unit));
        let named = parties.filter_map(|unit| {
            let (first, last) = self.place(unit, tokens, occurrences)?;
            Some(Named {
                key: unit.key.clone(),
                first,
                last,
            })
        });
        named.collect()
    }

    /// The units that can be verbs of a wording.
    fn verbs(&self, tokens: &[Token], occurrences: &[Occurrence], units: &[Unit]) -> Vec<usize> {
        let is_verb = |unit: &Unit| {
            let place = self.place(unit, tokens, occurrences);
            !unit.soft
                && place.is_some_and(|(at, _)| {
                    !tokens[at].capital && roles::is_act(&self.plan.vocabulary, tokens, at)
                })
        };
        (0..units.len()).filter(|&u| is_verb(&units[u])).collect()
    }

    /// The claim's group of aliases that a concept stands for.
    fn group(&self, concept: Concept) -> &AliasGroup {
        &self.claim.aliases[(concept - self.concepts.start) as usize]
    }

    /// Whether a unit names somebody who can act. What has a number in its name (S-400) is a thing.
    fn is_party(&self, unit: &Unit) -> bool {
        let canonical = |concept| &*self.group(concept).canonical;
        let thing = roles::is_thing(&unit.key, canonical);
        !thing && (roles::is_name(unit) || self.is_name_at_start(unit))
    }

    /// The unit of a name with which a wording begins, even if it is said by a common noun.
    fn speaks_first_of(&self, units: &[Unit]) -> Option<usize> {
        let first = units.iter().position(|unit| !unit.soft)?;
        let named = match units[first].key {
            Key::Concept(concept) => self.group(concept).is_name(),
            _ => false,
        };
        (named || self.is_party(&units[first])).then_some(first)
    }

    /// Whether a unit that begins a wording with a capital is a name: one of those in the topic or the question.
    fn is_name_at_start(&self, unit: &Unit) -> bool {
        let Key::Stem(stem) = &unit.key else {
            return false;
        };
        let named = |text: &str| {
            text.split_whitespace().skip(1).any(|word| {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                word.starts_with(char::is_uppercase) && stem::stem(&fold(word)) == **stem
            })
        };
        unit.case == Case::Initial && (named(&self.claim.question) || named(&self.claim.topic))
    }

    /// The unit made of the word that the first direct negator negates.
    fn negated_head(
        &self,
        tokens: &[Token],
        polarity: &Polarity,
        occurrences: &[Occurrence],
        units: &[Unit],
    ) -> Option<usize> {
        let head = polarity.cues.iter().find_map(|cue| cue.head)?;
        let stem = &self.plan.vocabulary.word(tokens[head].word).stem;
        let inside = occurrences
            .iter()
            .find(|o| (o.first..=o.last).contains(&head));
        units.iter().position(|unit| match (&unit.key, inside) {
            (Key::Concept(own), Some(occurrence)) => *own == occurrence.concept,
            (Key::Stem(own), None) => own == stem,
            _ => false,
        })
    }

    /// The first unit, where it is a noun that acts: the wording begins with it, no form of "be" follows it, it is no verb itself,
    /// and something else follows.
    fn agent(&self, tokens: &[Token], units: &[Unit]) -> Option<usize> {
        if units.len() < 2 || units[0].soft {
            return None;
        }
        let first = tokens
            .iter()
            .position(|t| t.is_word() && !t.is(Classes::STOP))?;
        let folded = |i: usize| &*self.plan.vocabulary.word(tokens[i].word).folded;
        let verb = |i: usize| {
            let word = folded(i);
            word.ends_with("ed") || word.ends_with("ing") || stem::is_irregular(word)
        };
        let passive = tokens
            .iter()
            .skip(first)
            .take(PASSIVE_REACH)
            .any(|t| t.is(Classes::BE));
        let says_who = tokens
            .iter()
            .skip(first + 1)
            .take(PASSIVE_REACH)
            .enumerate()
            .any(|(n, t)| t.is_word() && verb(first + 1 + n));
        (!verb(first) && !passive && says_who).then_some(0)
    }

    fn probe(&mut self, token: &Token, initial: bool) -> Probe {
        self.plan.probe(match token.value() {
            Some(value) => ProbeKey::Number(value),
            None => ProbeKey::Word(token.word, case(token, initial)),
        })
    }

    /// What meets a compound that a wording writes in two words. Names are written as they are.
    fn compound(&mut self, first: &Token, second: &Token) -> Option<Probe> {
        if first.capital && second.capital {
            return None;
        }
        let [a, b] = [first, second].map(|token| self.plan.vocabulary.word(token.word));
        let stem = compound::stem_of(a, b, second.hyphen)?;
        let word = self.plan.vocabulary.intern(&stem);
        Some(self.plan.probe(ProbeKey::Compound(word)))
    }

    /// The concepts of the claim's own aliases in a wording: first come, longest wins, no overlap.
    fn longest(&self, tokens: &[Token]) -> Vec<Occurrence> {
        let vocabulary = &self.plan.vocabulary;
        let equal: Vec<Vec<WordId>> = tokens
            .iter()
            .map(|token| {
                if token.is_word() {
                    self.plan
                        .aliases
                        .equal_words(vocabulary, vocabulary.word(token.word))
                } else {
                    Vec::new()
                }
            })
            .collect();
        let joined = |i: usize| self.plan.aliases.joined(vocabulary, &tokens[i..]);
        let mut all = self.plan.aliases.occurrences(tokens, |i| &equal[i], joined);
        all.retain(|o| self.concepts.contains(&o.concept));
        all.sort_by_key(|o| (std::cmp::Reverse(o.last - o.first), o.first, o.concept));
        let mut chosen: Vec<Occurrence> = Vec::new();
        for occurrence in all {
            if chosen
                .iter()
                .all(|c| occurrence.last < c.first || occurrence.first > c.last)
            {
                chosen.push(occurrence);
            }
        }
        chosen
    }
}

/// The comma behind which a wording says whose words it is: "the dam burst, a source tells the Herald". Of what it claims that is no part.
fn credit(tokens: &[Token]) -> Option<usize> {
    let comma = tokens.iter().rposition(|token| token.is_mark(','))?;
    let tells = |token: &Token| token.is_word() && !token.is(Classes::STOP);
    let (claimed, credit) = (&tokens[..comma], &tokens[comma + 1..]);
    // "..., and the report is a hoax" says more.
    let says = credit.iter().any(|token| token.is(Classes::REPORTING))
        && !credit.iter().any(|token| token.is(Classes::AUXILIARY));
    let claims = claimed.iter().filter(|token| tells(token)).count();
    (says && credit.len() <= CREDIT && claims >= 2).then_some(comma)
}

/// Whether an alias says nothing but that something is not known.
fn says_unknown(name: &str) -> bool {
    let mut vocabulary = Vocabulary::default();
    let tokens = vocabulary.tokenize(name);
    let found = unknown(&vocabulary, &tokens);
    found
        .first()
        .is_some_and(|unknown| unknown.first == 0 && unknown.last + 1 == tokens.len())
}

fn case(token: &Token, initial: bool) -> Case {
    match (token.capital, initial) {
        (false, _) => Case::Lower,
        (true, true) => Case::Initial,
        (true, false) => Case::Capital,
    }
}

fn push(units: &mut Vec<Unit>, unit: Unit) {
    if !units.iter().any(|other| other.key == unit.key) {
        units.push(unit);
    }
}

fn total(wording: &mut Wording) {
    wording.total = wording.units.iter().map(|unit| unit.weight).sum();
}

/// Gives every unit its weight: full for what only one position says, a quarter for what all say alike. Counted by unit and
/// polarity, because "biopsy performed" and "biopsy never performed" share all words and must not thereby lose all weight.
fn weigh(positions: &mut [PositionPlan], claim_except: &mut [Wording]) {
    let mut share: Vec<HashMap<(Key, bool), f64, RandomState>> = Vec::new();
    for position in positions.iter() {
        let mut counts: HashMap<(Key, bool), f64, RandomState> = HashMap::default();
        for wording in &position.wordings {
            for unit in &wording.units {
                *counts.entry((unit.key.clone(), unit.negated)).or_default() += 1.0;
            }
        }
        let n = position.wordings.len() as f64;
        counts.values_mut().for_each(|count| *count /= n);
        share.push(counts);
    }
    let chance = 1.0 / positions.len().max(2) as f64;
    for (own, position) in positions.iter_mut().enumerate() {
        for wording in position.wordings.iter_mut().chain(&mut position.except) {
            for unit in &mut wording.units {
                let key = (unit.key.clone(), unit.negated);
                let all: f64 = share
                    .iter()
                    .map(|counts| counts.get(&key).copied().unwrap_or(0.0))
                    .sum();
                let distinct = if all > 0.0 {
                    let mine = share[own].get(&key).copied().unwrap_or(0.0) / all;
                    ((mine - chance) / (1.0 - chance)).max(0.0)
                } else {
                    1.0
                };
                unit.weight = SHARED_WEIGHT + (1.0 - SHARED_WEIGHT) * distinct;
                if unit.soft {
                    unit.weight *= SOFT_SHARE;
                }
            }
            total(wording);
        }
        position.telling = telling(&position.wordings);
    }
    for wording in claim_except {
        total(wording);
    }
}

/// The units that tell a position from its siblings, each with its distinctness as weight.
fn telling(wordings: &[Wording]) -> Vec<Unit> {
    let mut all: Vec<Unit> = Vec::new();
    for unit in wordings.iter().flat_map(|wording| &wording.units) {
        let weight = distinctness(unit);
        if weight <= 0.0 {
            continue;
        }
        match all
            .iter_mut()
            .find(|other| other.key == unit.key && other.negated == unit.negated)
        {
            Some(other) => other.weight = other.weight.max(weight),
            None => all.push(Unit {
                weight,
                ..unit.clone()
            }),
        }
    }
    all
}

fn refuses(wording: &str) -> bool {
    let mut words = wording.split_whitespace();
    wording.contains(" no to ")
        || words.any(|word| word.starts_with("refus") || word.starts_with("declin"))
}

/// Whether all wordings negate, or one says that something is not so yet.
fn waits(wordings: &[Wording]) -> bool {
    let says = |wording: &Wording| {
        let mut words = wording.text.split_whitespace();
        words.any(|word| matches!(word, "far" | "still" | "yet"))
    };
    wordings.iter().all(|wording| wording.negation.is_some()) || wordings.iter().any(says)
}

/// Finds for each positive position the negative one that its denial supports, and the way back.
fn siblings(positions: &mut [PositionPlan]) {
    let negative: Vec<bool> = positions
        .iter()
        .map(|p| p.wordings[0].negation.is_some())
        .collect();
    // Of two positions the negative one says that the other is not so, in whatever words.
    let least = if positions.len() == 2 {
        0.0
    } else {
        SIBLING_OVERLAP
    };
    let mut back: Vec<Option<(usize, f64)>> = vec![None; positions.len()];
    for p in 0..positions.len() {
        if negative[p] {
            continue;
        }
        let mut best: Option<(usize, f64)> = None;
        for q in 0..positions.len() {
            if !negative[q] {
                continue;
            }
            let denies: Vec<&Key> = positions[q]
                .wordings
                .iter()
                .flat_map(|w| &w.units)
                .filter(|u| u.negated)
                .map(|u| &u.key)
                .collect();
            let frequency = |key: &Key| {
                positions[p]
                    .wordings
                    .iter()
                    .filter(|w| w.units.iter().any(|u| u.key == *key))
                    .count() as f64
            };
            let (mut shared, mut all) = (0.0, 0.0);
            let mut tells = positions.len() == 2;
            for unit in &positions[p].wordings[0].units {
                let f = frequency(&unit.key);
                all += f;
                if denies.contains(&&unit.key) {
                    shared += f;
                    tells |= unit.weight >= TELLS;
                }
            }
            let overlap = if all > 0.0 { shared / all } else { 0.0 };
            if tells && overlap > least && best.is_none_or(|(_, o)| overlap > o) {
                best = Some((q, overlap));
            }
        }
        if let Some((q, overlap)) = best {
            if positions[p].when_denied.is_none() {
                positions[p].when_denied = Some(q);
            }
            if positions[p].when_denied == Some(q) && back[q].is_none_or(|(_, o)| overlap > o) {
                back[q] = Some((p, overlap));
            }
        }
    }
    for (q, found) in back.into_iter().enumerate() {
        positions[q].when_affirmed = found.map(|(p, _)| p);
    }
    for p in 0..positions.len() {
        if positions[p].when_denied.is_none() && !negative[p] {
            let mut deniers = (0..positions.len()).filter(|&q| q != p && denies(positions, q, p));
            positions[p].when_denied = deniers.next().filter(|_| deniers.next().is_none());
        }
    }
}

/// Whether a phrase of one position says that a wording of another is not so, and no more: "driver was not asleep" beside "driver was
/// asleep".
fn denies(positions: &[PositionPlan], denier: usize, denied: usize) -> bool {
    let negative = positions[denier].wordings.iter().filter(|w| !w.doubly);
    negative.filter(|w| w.negation.is_some()).any(|wording| {
        positions[denied].wordings.iter().any(|affirmed| {
            let find = |units: &[Unit], key: &Key| units.iter().position(|u| u.key == *key);
            let no_more = wording
                .units
                .iter()
                .all(|unit| unit.soft || find(&affirmed.units, &unit.key).is_some());
            let shared = affirmed.units.iter().filter_map(|unit| {
                let there = find(&wording.units, &unit.key)?;
                Some((unit, wording.units[there].negated))
            });
            let mut turned = shared.clone().filter(|(unit, negated)| {
                let tells = unit.case != Case::Capital && !unit.soft && unit.weight >= TELLS;
                tells && unit.negated != *negated
            });
            let weight: f64 = shared.map(|(unit, _)| unit.weight).sum();
            no_more && turned.next().is_some() && weight >= SIBLING_OVERLAP * affirmed.total
        })
    })
}
