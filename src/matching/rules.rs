//! The rules of the decision, each of which can be left out to measure what it gives.

use std::fmt;

use crate::text::assertion::Mood;

/// A rule of the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Questions carry nothing.
    Questions,
    /// Conditions, and what depends on them, carry nothing.
    Conditions,
    /// Beliefs given up carry nothing.
    GivenUp,
    /// Fears, hopes, rumours, demands and wishes carry nothing.
    Mentions,
    /// What is asked or left open carries nothing.
    OpenQuestions,
    /// What is said not to be known carries nothing but that.
    Unknowns,
    /// A pronoun stands for whom the sentence before names first.
    Pronouns,
    /// A bare denial ("that is not true") denies what was said before it.
    Echoes,
    /// An article that says nothing for sure is taken at its surest word.
    Surest,
    /// The predicate must not have somebody else as its subject.
    Subjects,
    /// Whom an article has named before is nobody whom it brings in anew, nor another one of the kind, nor whoever told of him.
    Newcomers,
    /// Who acts in a wording must act in the statement.
    Roles,
    /// A denied wording of a position outweighs a lesser one that agrees.
    Denials,
    /// Two parties in one sentence are heard each by itself.
    Parties,
    /// The main clause goes before what a clause beside it tells of how it was before.
    Asides,
}

impl Rule {
    /// Every rule.
    pub const ALL: &[Rule] = &[
        Rule::Questions,
        Rule::Conditions,
        Rule::GivenUp,
        Rule::Mentions,
        Rule::OpenQuestions,
        Rule::Unknowns,
        Rule::Pronouns,
        Rule::Echoes,
        Rule::Surest,
        Rule::Subjects,
        Rule::Newcomers,
        Rule::Roles,
        Rule::Denials,
        Rule::Parties,
        Rule::Asides,
    ];

    /// The rule by which a span of this mood carries nothing.
    pub fn of(mood: Mood) -> Self {
        match mood {
            Mood::Condition => Rule::Conditions,
            Mood::GivenUp => Rule::GivenUp,
            Mood::Mention | Mood::Sought | Mood::Wished => Rule::Mentions,
            Mood::Open => Rule::OpenQuestions,
            Mood::Unknown => Rule::Unknowns,
        }
    }

    /// As it is written on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Questions => "questions",
            Rule::Conditions => "conditions",
            Rule::GivenUp => "given-up",
            Rule::Mentions => "mentions",
            Rule::OpenQuestions => "open-questions",
            Rule::Unknowns => "unknowns",
            Rule::Pronouns => "pronouns",
            Rule::Echoes => "echoes",
            Rule::Surest => "surest",
            Rule::Subjects => "subjects",
            Rule::Newcomers => "newcomers",
            Rule::Roles => "roles",
            Rule::Denials => "denials",
            Rule::Parties => "parties",
            Rule::Asides => "asides",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rules in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules(u32);

impl Default for Rules {
    fn default() -> Self {
        Rules(u32::MAX)
    }
}

impl Rules {
    /// All but one.
    #[must_use]
    pub fn without(self, rule: Rule) -> Self {
        Rules(self.0 & !(1 << rule as u32))
    }

    /// Whether a rule is in force.
    pub fn hold(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u32) != 0
    }
}
