//! Units: what a wording or an entry looks for, one thing at a time.

use std::sync::Arc;

use crate::matching::alias::Concept;
use crate::similarity::word::Case;

/// Weight of a unit that all positions share. Without weights by position: stance F1 -.013.
pub(super) const SHARED_WEIGHT: f64 = 0.25;

/// Index of a distinct word or number of the units.
pub type Probe = u32;

/// What a unit looks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Seek {
    /// A word or number.
    Probe(Probe),
    /// A concept, or the content words of the alias as the wording writes it.
    Concept(Concept, Vec<Probe>),
    /// Any expression which says that something is not known.
    Unknown,
}

/// Identity of a unit within its alias set: equal keys in a wording count once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A concept.
    Concept(Concept),
    /// A number, by its bits.
    Number(u64),
    /// A stem.
    Stem(Box<str>),
    /// That something is not known.
    Unknown,
}

/// One thing that a wording looks for.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What it looks for.
    pub seek: Seek,
    /// Its identity.
    pub key: Key,
    /// Stands in a negation's scope of its own wording.
    pub negated: bool,
    /// A stop word that counts a little.
    pub soft: bool,
    /// How the wording writes it; a concept whose name has a capital counts as capital.
    pub case: Case,
    /// The compound that it makes up with its neighbour: "airstrike" for the "strike" of "air strike".
    pub compound: Option<Probe>,
    /// Weight, above 0 to 1.
    pub weight: f64,
}

/// An entry of `about` or of a quantity's `of`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// As written.
    pub text: Arc<str>,
    /// What it looks for.
    pub units: Vec<Unit>,
}

/// How much a unit tells its position from the siblings, 0 to 1; a small word tells nothing.
pub(super) fn distinctness(unit: &Unit) -> f64 {
    if unit.soft {
        return 0.0;
    }
    ((unit.weight - SHARED_WEIGHT) / (1.0 - SHARED_WEIGHT)).max(0.0)
}
