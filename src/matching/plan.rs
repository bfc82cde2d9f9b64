//! The plan: all claims compiled to units, weights and siblings, once a run.
//!
//! A wording becomes a list of **units**: concepts (an alias of the file was met), numbers, and words; stop words and cues of
//! negation drop out, and the cues leave their polarity on the units in their scope. Each distinct word of all units is a
//! **probe**: an article's word is compared with probes once, not with every wording that holds it.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::quality::RandomState;

use crate::claim::{AliasGroup, Claim};
use crate::matching::alias::{AliasTable, Concept};
use crate::matching::asked::Asks;
use crate::matching::bonds::Bond;
use crate::matching::hearing::Hearing;
use crate::matching::quantity::Quantity;
use crate::matching::roles::Role;
use crate::matching::unit::{Entry, Key, Probe, Seek, Unit};
use crate::similarity::word::Case;
use crate::text::polarity::CueKind;
use crate::text::token::{Vocabulary, WordId};

/// Weight from which a unit tells its position from the siblings.
pub(super) const TELLS: f64 = 0.6;

/// A wording as units.
#[derive(Clone, Debug)]
pub struct Wording {
    /// As written in the claim file.
    pub text: Arc<str>,
    /// What it looks for.
    pub units: Vec<Unit>,
    /// The kind of its negation; a denial wins over a negation.
    pub negation: Option<CueKind>,
    /// Whether it negates by implication alone: "backed out of the marriage". What does not negate the marriage does not deny that.
    pub implied: bool,
    /// Whether it tells of a wish itself: "Ada *urged* Ben to go".
    pub wishes: bool,
    /// Sum of the weights.
    pub total: f64,
    /// Whether it judges a clause that negates something by itself ("denies that he failed to appear").
    pub doubly: bool,
    /// Who acts in it, where a name does.
    pub role: Option<Role>,
    /// The names that hang on its nouns and verbs.
    pub bonds: Vec<Bond>,
    /// Who says or denies something in it, where a name does.
    pub speaker: Option<Key>,
    /// The name with which it begins as its subject.
    pub subject: Option<Key>,
    /// The names that prepositions bring in it.
    pub brought: Vec<(&'static str, Key)>,
    /// Its verbs and who does them.
    pub acts: Vec<(Key, Key)>,
    /// Indices of the units that can be its verbs.
    pub verbs: Vec<usize>,
    /// Index of the unit of what is done to its subject: "Norvik was *closed*".
    pub undergoes: Option<usize>,
    /// Indices of the name that it speaks of first, by whatever word ("*the mayor* backs the dam"), and of what it says of it.
    pub says_of: Option<(usize, usize)>,
    /// The same of whatever noun it begins with: "*the dam* collapsed".
    pub tells_of: Option<(usize, usize)>,
    /// Index of the unit that acts, where the wording begins with it.
    pub agent: Option<usize>,
    /// Index of the unit that its first direct negator negates ("will never be *integrated*").
    pub negated_head: Option<usize>,
    /// Whether it tells of a refusal, which "has not signed yet" is not.
    pub refuses: bool,
    /// Indices of the units that tell what is done, apart from names and from the clause that tells when; empty where there is none such clause.
    pub told: Vec<usize>,
    /// Indices of units that another of its words denies, and of that word's unit: "*refusal* to *back* the claim".
    pub withheld: Vec<(usize, usize)>,
    /// The position that gets the score when this wording is denied, where that of its own position supports none.
    pub opposite: Option<usize>,
    /// Its number among the wordings of all positions; [`UNNUMBERED`] for what is no wording of a position.
    pub number: u32,
}

/// The number of a wording that belongs to no position, such as a look-alike.
pub const UNNUMBERED: u32 = u32::MAX;

impl Wording {
    /// Whether any expression of not knowing meets it.
    pub fn says_unknown(&self) -> bool {
        self.units
            .first()
            .is_some_and(|unit| unit.seek == Seek::Unknown)
    }

    /// Index of the unit of who or what it tells of first: who acts, its subject, or the noun with which it begins.
    pub fn of_whom(&self) -> Option<usize> {
        let role = self.role.as_ref().map(|role| &role.agent);
        let named = role.or(self.subject.as_ref());
        let at = named.and_then(|key| self.units.iter().position(|unit| unit.key == *key));
        at.or(self.agent)
            .or(self.tells_of.map(|(subject, _)| subject))
    }

    /// Whether a unit stands only in what a noun of the wording withholds, where that noun is not met: "did not *back* it" for a
    /// "refusal to back it".
    pub fn is_withheld(&self, unit: usize, met: impl Fn(usize) -> bool) -> bool {
        let mut pairs = self.withheld.iter();
        pairs.any(|(u, noun)| *u == unit && !met(*noun))
    }

    /// Whether its units hold any that the siblings do not share.
    pub fn can_tell(&self) -> bool {
        self.units
            .iter()
            .any(|unit| !unit.soft && unit.weight >= TELLS)
    }
}

/// A position as wordings.
#[derive(Clone, Debug)]
pub struct PositionPlan {
    /// Its name.
    pub name: Arc<str>,
    /// `says` first, then the phrases.
    pub wordings: Vec<Wording>,
    /// Wordings that say that something is not known, with any expression of that in place of their own.
    pub unknowns: Vec<Wording>,
    /// The number of the first of all these; the others follow.
    pub first_number: u32,
    /// Every unit of the wordings that other positions do not share, once, with how much it tells, above 0 to 1, as weight.
    pub telling: Vec<Unit>,
    /// Look-alikes.
    pub except: Vec<Wording>,
    /// Words, as stems in order, of which one must stand in the statement.
    pub requires: Vec<Vec<Box<str>>>,
    /// Whether it is that something is not so, or not so yet; else it tells of an act that may still come.
    pub waits: bool,
    /// Whether it is that something is still so.
    pub lasts: bool,
    /// The position that gets the score when this positive one is denied.
    pub when_denied: Option<usize>,
    /// The position that gets the score when this negative one is affirmed.
    pub when_affirmed: Option<usize>,
    /// The position that gets the score when this one is said not to be known.
    pub when_unknown: Option<usize>,
}

impl PositionPlan {
    /// The wording at an index: those that say that something is not known stand behind the others.
    pub fn wording(&self, at: usize) -> &Wording {
        match self.wordings.get(at) {
            Some(wording) => wording,
            None => &self.unknowns[at - self.wordings.len()],
        }
    }

    /// The numbers of its wordings, in the order of their indices.
    pub fn numbers(&self) -> std::ops::Range<u32> {
        let many = self.wordings.len() + self.unknowns.len();
        self.first_number..self.first_number + many as u32
    }
}

/// What a claim looks for.
#[derive(Clone, Debug)]
pub enum AnswersPlan {
    /// Positions in written order.
    Positions(Vec<PositionPlan>),
    /// What the number must stand with.
    Quantity(Quantity),
    /// What the date must belong to.
    Date(Vec<Entry>),
}

/// A compiled claim.
#[derive(Clone, Debug)]
pub struct ClaimPlan {
    /// The claim.
    pub claim: Arc<Claim>,
    /// The concepts of its alias groups, in their order.
    pub concepts: std::ops::Range<Concept>,
    /// The subject gate.
    pub about: Vec<Entry>,
    /// The names in the topic and the question: an article that is about them gives some.
    pub names: Vec<Unit>,
    /// Whether it asks for what is, what came about or what may come.
    pub(super) asks: Asks,
    /// Whether it asks which of several it was.
    pub(super) asks_who: bool,
    /// What it looks for.
    pub answers: AnswersPlan,
    /// Look-alikes of the whole claim.
    pub except: Vec<Wording>,
    /// Whose voice counts: for each position, or once for numbers and dates.
    pub hearings: Vec<Hearing>,
}

impl ClaimPlan {
    /// The claim's group of aliases that a concept stands for.
    pub fn group(&self, concept: Concept) -> &AliasGroup {
        &self.claim.aliases[(concept - self.concepts.start) as usize]
    }
}

/// All claims of a run, compiled.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Words of all wordings and aliases.
    pub vocabulary: Vocabulary,
    /// Aliases of all files.
    pub aliases: AliasTable,
    /// Word probes: the word and how it is written.
    pub probes: Vec<ProbeKey>,
    pub(super) probe_ids: HashMap<(WordId, Case, u64), Probe, RandomState>,
    /// The claims.
    pub claims: Vec<ClaimPlan>,
}

/// What a probe compares with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ProbeKey {
    /// A word.
    Word(WordId, Case),
    /// A compound that a wording writes in two words; only its stem meets it.
    Compound(WordId),
    /// A number.
    Number(f64),
}
