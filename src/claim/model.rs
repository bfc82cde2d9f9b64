//! The claim as the rest of the program sees it. Only valid values exist: [`super::load`] makes them and drops what is broken.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::testimony::Testimony;
use crate::source::{Source, Span};
use crate::text::particle::is_particle;

/// How much a divergence matters to an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth a sentence.
    Medium,
    /// Settle this before printing.
    High,
}

/// Words and names that mean the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasGroup {
    /// The name that stands for all.
    pub canonical: String,
    /// The other words and names, in written order.
    pub others: Vec<String>,
}

impl AliasGroup {
    /// All of them, the one that stands for all first.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.canonical).chain(&self.others)
    }

    /// Whether they name somebody or something: the name that stands for all has its capital, if only behind a particle ("al-Sisi",
    /// "de Gaulle").
    pub fn is_name(&self) -> bool {
        let pieces = self.canonical.split([' ', '-', '\'', '’']);
        let mut pieces = pieces.skip_while(|piece| is_particle(piece));
        pieces
            .next()
            .is_some_and(|piece| piece.starts_with(char::is_uppercase))
    }
}

/// One possible answer to a claim's question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Name, unique within the claim.
    pub name: String,
    /// The full sentence of the position.
    pub says: String,
    /// Further typical wordings, in written order.
    pub phrases: Vec<String>,
    /// Look-alikes which do not carry the position.
    pub except: Vec<String>,
    /// The answer says that somebody left the matter out: against another answer it makes an omission, not a contradiction.
    pub silence: bool,
    /// The position that a denial of this one supports, where the file names it.
    pub denied: Option<String>,
    /// Words of which one must stand in the statement, whatever else matches.
    pub requires: Vec<String>,
    /// Which statements count, where the position says otherwise than its claim.
    pub testimony: Testimony,
}

/// How far two numbers may lie apart and still agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tolerance {
    /// Share of the larger number, 0 to 1.
    Relative(f64),
    /// In the quantity's own unit.
    Absolute(f64),
}

/// What kind of answers a claim has.
#[derive(Clone, Debug, PartialEq)]
pub enum Answers {
    /// One of several positions, in written order.
    Positions(Vec<Position>),
    /// The numbers found in the text.
    Quantity {
        /// The number must stand with one of these.
        of: Vec<String>,
        /// Numbers closer than this agree.
        tolerance: Tolerance,
    },
    /// The dates found in the text.
    Date {
        /// The date must belong to one of these events.
        of: Vec<String>,
        /// Dates closer than this many days agree.
        tolerance_days: u32,
    },
}

/// How far from a statement its claim's subject may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// In the statement itself.
    Sentence,
    /// In the statement or the one before or after it.
    #[default]
    Neighbour,
    /// In the statement's paragraph or the one before it.
    Paragraph,
    /// Anywhere in the article.
    Article,
}

/// What an example sentence is expected to carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nothing: a near miss.
    Nothing,
    /// These positions: names, or numbers and dates as written.
    Positions(Vec<String>),
}

/// A sentence with the position it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// What it carries.
    pub expected: Expected,
    /// Known not to work yet.
    pub todo: bool,
    /// Place in the claim file.
    pub span: Span,
}

/// A question that articles answer, with its possible answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Kebab-case name, unique over all files.
    pub id: String,
    /// The topic of the file.
    pub topic: Arc<str>,
    /// The question, for people.
    pub question: String,
    /// Entries of the subject gate, never empty.
    pub about: Vec<String>,
    /// How far from a statement one of them may stand.
    pub reach: Reach,
    /// Which statements count for all answers that say nothing else.
    pub testimony: Testimony,
    /// The possible answers.
    pub answers: Answers,
    /// Pairs of answers that can both be true: position names, or numbers as written.
    pub compatible: Vec<(String, String)>,
    /// Look-alikes which carry no answer at all.
    pub except: Vec<String>,
    /// Sentences that the claim file tests itself with.
    pub examples: Vec<Example>,
    /// Aliases of the file and of this claim.
    pub aliases: Arc<[AliasGroup]>,
    /// The severity of this claim's contradictions, where the file sets it.
    pub severity: Option<Severity>,
    /// The claim file.
    pub source: Arc<Source>,
    /// Place of the claim's `id` in the file.
    pub span: Span,
}

impl Claim {
    /// Whether the file says that both answers can be true at once. Names are compared as written; numbers by value.
    pub fn is_compatible(&self, a: &str, b: &str) -> bool {
        self.compatible.iter().any(|(x, y)| {
            (same_answer(x, a) && same_answer(y, b)) || (same_answer(x, b) && same_answer(y, a))
        })
    }

    /// The named position; `None` for quantities, dates and unknown names.
    pub fn position(&self, name: &str) -> Option<&Position> {
        match &self.answers {
            Answers::Positions(positions) => {
                positions.iter().find(|position| position.name == name)
            }
            _ => None,
        }
    }
}

/// `110,000` and `110000.0` are the same answer.
fn same_answer(a: &str, b: &str) -> bool {
    let number = |text: &str| text.replace(',', "").parse::<f64>().ok();
    a == b || number(a).is_some_and(|a| number(b) == Some(a))
}
