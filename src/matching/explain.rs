//! Why a statement carries a position, or none: everything that was looked at, in the order in which it decides.
//!
//! An explanation repeats no decision: what is carried comes from the matcher itself, and each step shown here is computed by the
//! function that decides it.

use serde::Serialize;

use crate::article::Article;
use crate::claim::{Answers, Claim, Reach};
use crate::matching::decide::{self, THRESHOLD};
use crate::matching::event_date::{self, Apart};
use crate::matching::finding::{By, Finding};
use crate::matching::hearing::Bar;
use crate::matching::matcher::{Sight, Worker};
use crate::matching::near::Near;
use crate::matching::obstacle::{Obstacle, excepted, number_excepted};
use crate::matching::page::Page;
use crate::matching::plan::{AnswersPlan, ClaimPlan, Plan, PositionPlan, ProbeKey, Wording};
use crate::matching::pronoun;
use crate::matching::quantity::{self, Quantity, Unfit};
use crate::matching::reading::{Hit, Reading};
use crate::matching::score::{Scored, Verdict, places, score};
use crate::matching::topic::Ties;
use crate::matching::unit::{Entry, Key, Seek, Unit};
use crate::matching::weigh::{
    Case, FLOOR, INVERSION_WEIGHT, MARGIN_CAP, MARGIN_WEIGHT, OFFSET, SUPPORT_WEIGHT,
    TELLING_WEIGHT,
};
use crate::source::Span;
use crate::statement::segment::segment;
use crate::statement::voice::Voiced;
use crate::statement::{Statement, Voice};
use crate::text::amount::Amount;
use crate::text::assertion::Mood;
use crate::text::polarity::{CueKind, Polarity};
use crate::text::token::Vocabulary;

/// For each statement whether the subject is named in reach of it.
fn near(reach: Reach, statements: &[Statement], on_subject: &[bool]) -> Vec<bool> {
    let mut near = Near::default();
    near.begin(1);
    for (statement, on) in statements.iter().zip(on_subject) {
        near.push(statement, if *on { &[0] } else { &[] }, |_| reach);
    }
    let in_reach = |s: usize| {
        let mut any = false;
        near.of(statements, s, |_| reach, |_| any = true);
        any
    };
    (0..statements.len()).map(in_reach).collect()
}

/// What was seen of a claim in one statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The claim's id.
    pub claim: String,
    /// The claim's question.
    pub question: String,
    /// Line of the statement's first character in its article, from 1.
    pub line: usize,
    /// The statement.
    pub statement: String,
    /// Place of the statement in the article's text.
    #[serde(skip)]
    pub span: Span,
    /// What it carries, best first.
    pub carried: Vec<Carried>,
    /// It ends in a question mark, so that it can carry no position.
    pub asks: bool,
    /// Where the claim's subject is named.
    pub subject: Subject,
    /// The names that the article must give; `None` where any text counts as on the topic.
    pub names: Option<Names>,
    /// Words that negate or deny.
    pub cues: Vec<Cue>,
    /// Words in the scope of one.
    pub negated: Vec<Words>,
    /// Every position, the surest first; empty for claims whose answers are numbers or dates.
    pub positions: Vec<PositionSeen>,
    /// Every number, for a quantity.
    pub numbers: Vec<NumberSeen>,
    /// Every date, for a date.
    pub dates: Vec<DateSeen>,
    /// Confidence from which a position is carried.
    pub threshold: f64,
}

impl Explanation {
    /// The answers that it carries for sure: not only because its article says nothing surer.
    pub fn sure(&self) -> impl Iterator<Item = &Carried> {
        let carried = self.carried.iter();
        carried.filter(|carried| carried.by != Grounds::Surest)
    }

    /// Those among them that can be true beside this position of the claim.
    pub fn beside(&self, claim: &Claim, position: &str) -> impl Iterator<Item = &str> {
        let sure = self.sure().map(|carried| &*carried.position);
        sure.filter(move |other| claim.is_compatible(other, position))
    }
}

/// An answer that the statement carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carried {
    /// The position's name, a number, or a date.
    pub position: String,
    /// 0 to 1.
    pub confidence: f64,
    /// On what grounds.
    pub by: Grounds,
}

/// On what grounds a statement carries an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grounds {
    /// What it says by itself.
    Statement,
    /// It comes near to saying so, and its article says nothing surer on the claim.
    Surest,
    /// Its pronoun stands for a name that was said before.
    Pronoun,
    /// It is a bare denial of what was said shortly before.
    Echo,
    /// It is a figure that is held against a number shortly before.
    Figure,
}

/// Words of the statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// As they stand.
    pub text: String,
    /// First byte, from the statement's start.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The subject gate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Subject {
    /// How far from the statement the subject may be named.
    pub reach: Reach,
    /// It is named near enough.
    pub near: bool,
    /// It is named in the statement itself.
    pub here: bool,
    /// The entries of `about`.
    pub entries: Vec<EntrySeen>,
}

/// An entry of `about` in the statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntrySeen {
    /// As the claim file writes it.
    pub text: String,
    /// All its words stand near each other.
    pub met: bool,
    /// The words that do not stand in the statement.
    pub missing: Vec<String>,
}

/// The article-level gate: names of the topic and the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Names {
    /// How many must stand in the article.
    pub needed: usize,
    /// Those that do, as names: "the ferry" is not yet the *Lady Maren*, except in a short text.
    pub met: Vec<String>,
    /// Those that do not.
    pub missing: Vec<String>,
    /// Too few of them do, but names and words of the aliases tie the article to the topic.
    pub kin: bool,
}

impl Names {
    /// Whether the article gives enough of them.
    pub fn enough(&self) -> bool {
        self.met.len() >= self.needed || self.kin
    }
}

/// Whether something is denied or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Negation {
    /// Denied, or called false.
    Denial,
    /// Negated.
    Negation,
}

impl From<CueKind> for Negation {
    fn from(kind: CueKind) -> Self {
        match kind {
            CueKind::Denial => Self::Denial,
            CueKind::Negation => Self::Negation,
        }
    }
}

/// A word that negates or denies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cue {
    /// The word.
    pub words: Words,
    /// What it does.
    pub kind: Negation,
}

/// How near a statement comes to a position.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PositionSeen {
    /// The position's name.
    pub name: String,
    /// Whether the statement carries it.
    pub carried: bool,
    /// What stops it; `None` where it is carried.
    pub hurdle: Option<Hurdle>,
    /// How sure, 0 to 1; 0 where no wording of it comes near.
    pub confidence: f64,
    /// What the confidence is made of; `None` where no wording comes near enough to be weighed.
    pub sum: Option<Sum>,
    /// The wording that fits best, with its words.
    pub wording: Option<WordingSeen>,
    /// The words that deny what another part of the sentence carries, where the position is carried by that: "which he denies".
    /// Then the sum and the wording are those of what is denied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denial: Option<String>,
}

impl PositionSeen {
    /// Places of the words that its wording met.
    pub fn met(&self) -> Vec<Span> {
        let units = self.wording.iter().flat_map(|wording| &wording.units);
        units
            .filter_map(|unit| unit.met.as_ref())
            .map(|met| Span::new(met.words.start, met.words.end))
            .collect()
    }
}

/// What a confidence is made of: the score of the best wording, and what speaks for and against it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sum {
    /// The best wording's score.
    pub score: f64,
    /// How many wordings of the position fit.
    pub supporting: usize,
    /// What they add.
    pub support: f64,
    /// What the distance to the best other position adds; negative where that one scores higher.
    pub margin: f64,
    /// What the words that only this position uses add.
    pub telling: f64,
    /// What words in another order than in the wording take off, as a negative number.
    pub inversions: f64,
    /// What is taken off always, as a negative number.
    pub offset: f64,
}

impl Sum {
    /// The confidence that the parts give.
    pub fn total(&self) -> f64 {
        (self.score + self.support + self.margin + self.telling + self.inversions + self.offset)
            .clamp(0.0, 1.0)
    }
}

/// What keeps a position from being carried.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Hurdle {
    /// The statement is a question.
    Question,
    /// The claim's subject is not named near enough.
    Subject,
    /// The article names too little of what the topic and the question name.
    Names,
    /// No wording has a word in common with the statement.
    NoWording,
    /// The statement denies what the wording says, and no other position holds the denial.
    Denied,
    /// The confidence is below the threshold by this.
    Below {
        /// What is missing.
        by: f64,
    },
    /// The statement does not assert what was matched.
    NotAsserted {
        /// Why.
        mood: Mood,
        /// The words that it leaves open.
        words: String,
    },
    /// The statement says it of somebody else.
    AnothersAct {
        /// Who does it there.
        subject: String,
    },
    /// The question asks who it was, and the statement does not name whom the wording has.
    Unnamed {
        /// Whom.
        who: String,
    },
    /// It is told of a time years before.
    YearsAgo {
        /// The words that say so.
        words: String,
    },
    /// None of the words in `requires` stands in the statement.
    Requires {
        /// The words, as written.
        words: Vec<String>,
    },
    /// A look-alike fits better.
    Except {
        /// The look-alike, as written.
        wording: String,
        /// Its score.
        score: f64,
    },
    /// It is told as possible, reported or unconfirmed, and `hedged` is false.
    Hedged,
    /// It is in the voice of somebody whose statements do not count.
    Speaker {
        /// Who says it.
        voice: Teller,
        /// The names in `speaker`, as written.
        speakers: Vec<String>,
    },
    /// Another position is carried, and this one rests on the same words.
    Beside {
        /// The other position.
        position: String,
    },
    /// It is told only of how it was before, beside the main clause, which carries another position.
    Superseded {
        /// The other position.
        position: String,
    },
    /// It is told of an earlier year, and the article has something newer to tell.
    Background,
    /// By the position something is still so; the statement tells that it was, and the article says what has come since.
    Past,
}

/// Whose voice a statement is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Teller {
    /// The article's own.
    Article,
    /// Somebody whom the text does not make clear.
    Unknown,
    /// This speaker's.
    Named(String),
}

/// A wording in the statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordingSeen {
    /// As the claim file writes it.
    pub text: String,
    /// The position that it belongs to: another one where the statement denies that one's wording.
    pub position: String,
    /// The statement says the opposite of it.
    pub denied: bool,
    /// Whether the wording itself negates or denies.
    pub negation: Option<Negation>,
    /// 0 to 1.
    pub score: f64,
    /// Weighted share of its words that were met, less what a wide spread and a missing number cost, 0 to 1.
    pub coverage: f64,
    /// Confidence by the number of words that were met, and by a negation that is met like one, 0 to 1.
    pub mass: f64,
    /// Words between the first and the last that were met.
    pub spread: u32,
    /// What it looks for.
    pub units: Vec<UnitSeen>,
}

/// Kinds of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// A word, compared by spelling and stem.
    Word,
    /// A number, compared by value.
    Number,
    /// A group of aliases.
    Alias,
}

/// One thing that a wording looks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnitSeen {
    /// The word, the number, or the canonical name of the aliases.
    pub text: String,
    /// What it is.
    pub kind: UnitKind,
    /// 0 to 1: full for what only this position says, little for what all positions say.
    pub weight: f64,
    /// A small word that counts a little.
    pub soft: bool,
    /// Negated in the wording itself.
    pub negated: bool,
    /// What it met.
    pub met: Option<Met>,
    /// What would have met it, but stands too far from the others.
    pub too_far: Option<Words>,
}

/// What a unit met.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Met {
    /// The words of the statement.
    pub words: Words,
    /// 0 to 1.
    pub similarity: f64,
    /// It is the opposite by a prefix ("confirmed", "unconfirmed").
    pub opposite: bool,
    /// It stands in the scope of a negation.
    pub negated: bool,
    /// They are a pronoun that stands for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pronoun: bool,
}

/// A number of the statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberSeen {
    /// The number with its unit.
    pub words: Words,
    /// As it was read.
    pub value: f64,
    /// What it was taken for: an entry of `of`.
    pub entry: Option<String>,
    /// 0 to 1, where it was taken.
    pub score: f64,
    /// Why it was not.
    pub fault: Option<NumberFault>,
}

/// Why a number is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberFault {
    /// The claim's subject is not named near enough, or the article is not on the topic.
    Subject,
    /// A word that names no number, such as "several".
    Vague,
    /// The bare word "one".
    One,
    /// A total that something else is a part of.
    Whole,
    /// The number that another one is held against.
    Compared,
    /// It is negated.
    Negated,
    /// It counts a part: "the first eight".
    Part,
    /// It tells when something was: "two days later".
    Relative,
    /// It tells by how much something changed.
    Step,
    /// The statement gives it to somebody or something else.
    Party,
    /// It is so much each time, or of each one.
    Each,
    /// The statement does not tell it as so: it asks, or speaks of what may be.
    Unasserted,
    /// Another kind of number than the entries of `of` ask for.
    Kind,
    /// No entry of `of` stands in the statement.
    NoEntry,
    /// It stands too far from the entry, with marks or other numbers between.
    Far,
    /// Another number stands nearer to the entry.
    Nearer,
    /// A look-alike of `except` fits.
    Except,
    /// It is told as possible, reported or unconfirmed, and `hedged` is false.
    Hedged,
    /// It is in the voice of somebody whom `speaker` does not list.
    Speaker,
}

impl From<Unfit> for NumberFault {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Vague => NumberFault::Vague,
            Unfit::One => NumberFault::One,
            Unfit::Whole => NumberFault::Whole,
            Unfit::Compared => NumberFault::Compared,
            Unfit::Negated => NumberFault::Negated,
            Unfit::Part => NumberFault::Part,
            Unfit::Relative => NumberFault::Relative,
            Unfit::Step => NumberFault::Step,
            Unfit::Party => NumberFault::Party,
            Unfit::Each => NumberFault::Each,
            Unfit::Unasserted => NumberFault::Unasserted,
        }
    }
}

/// A date of the statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateSeen {
    /// The words of the date.
    pub words: Words,
    /// As it was read.
    pub date: String,
    /// The event that it was taken for: an entry of `of`.
    pub entry: Option<String>,
    /// 0 to 1, where it was taken.
    pub score: f64,
    /// Why it was not.
    pub fault: Option<DateFault>,
}

/// Why a date is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFault {
    /// The claim's subject is not named near enough, or the article is not on the topic.
    Subject,
    /// No entry of `of` stands in the statement.
    NoEntry,
    /// It stands too far from the event.
    Far,
    /// It tells when something was said.
    Saying,
    /// It dates something else, from which the event may be counted.
    Other,
    /// The statement tells the event of somebody else.
    Party,
    /// The statement does not tell it as so: it asks, or speaks of what may be.
    Unasserted,
    /// Another date stands nearer to the event, or tells it more exactly.
    Nearer,
    /// A look-alike of `except` fits.
    Except,
    /// It is told as possible, reported or unconfirmed, and `hedged` is false.
    Hedged,
    /// It is in the voice of somebody whom `speaker` does not list.
    Speaker,
}

impl From<Apart> for DateFault {
    fn from(apart: Apart) -> Self {
        match apart {
            Apart::Far => DateFault::Far,
            Apart::Saying => DateFault::Saying,
            Apart::Other => DateFault::Other,
            Apart::Party => DateFault::Party,
            Apart::Unasserted => DateFault::Unasserted,
        }
    }
}

impl Worker<'_> {
    /// What is seen of a claim (its index in the run) in the statements that touch `within`, a place in the article's text. An empty
    /// place is the statement around it.
    pub fn explain(&mut self, claim: usize, article: &Article, within: Span) -> Vec<Explanation> {
        let Some(plan) = self.plan.claims.get(claim) else {
            return Vec::new();
        };
        let statements = segment(&article.prose, &article.headings, article.title.as_deref());
        let page = Page::new(0, article, &statements);
        let readings = self.read_all(article, &statements);
        let on_subject: Vec<bool> = readings
            .iter()
            .map(|reading| {
                let mut about = plan.about.iter();
                about.any(|entry| !places(entry, reading, 0, &mut self.scratch).is_empty())
            })
            .collect();
        let near = near(plan.claim.reach, &statements, &on_subject);
        let names = self.names_gate.then(|| self.names_seen(plan, &readings));
        let at = |s: usize| Sight {
            here: on_subject[s],
            introduced: on_subject[..s].contains(&true),
        };
        let on_topic = names.as_ref().is_none_or(Names::enough);
        let mut found: Vec<(usize, Finding)> = Vec::new();
        for s in (0..statements.len()).filter(|&s| on_topic && near[s]) {
            let findings = self.statement(plan, &page, s, &readings[s], at(s));
            found.extend(findings.into_iter().map(|finding| (s, finding)));
        }
        let words = readings.iter().map(Reading::words).sum();
        self.settle(plan, &page, words, &mut found, |_, _, s| &readings[s]);
        let touches = |span: Span| {
            span.start < within.end && within.start < span.end
                || within.is_empty() && (span.start..span.end).contains(&within.start)
        };
        (0..statements.len())
            .filter(|&s| touches(statements[s].span))
            .map(|s| {
                let here = found.iter().filter(|(other, _)| *other == s);
                let findings: Vec<&Finding> = here.map(|(_, finding)| finding).collect();
                let told = match &plan.answers {
                    AnswersPlan::Positions(plans)
                        if findings.iter().any(|finding| finding.by == By::Pronoun) =>
                    {
                        let vocabulary = self.reader.vocabulary();
                        let at = pronoun::subject(vocabulary, &readings[s].tokens);
                        at.and_then(|at| {
                            self.with_antecedent(plans, s, at, &mut |_, _, s| &readings[s])
                        })
                    }
                    _ => None,
                };
                self.seen(
                    plan,
                    &page,
                    s,
                    told.as_ref().unwrap_or(&readings[s]),
                    Gates {
                        near: near[s],
                        at: at(s),
                        on_topic,
                        names: names.clone(),
                    },
                    &findings,
                )
            })
            .collect()
    }

    fn names_seen(&self, plan: &ClaimPlan, readings: &[Reading]) -> Names {
        let (ties, met) = Ties::of(plan, readings);
        let needed = Ties::need(ties.words, plan);
        let is_met = |unit: &&Unit| met.iter().any(|met| std::ptr::eq(*met, *unit));
        let missing: Vec<&Unit> = plan.names.iter().filter(|unit| !is_met(unit)).collect();
        let written =
            |units: Vec<&Unit>| units.iter().map(|u| written(self.plan, plan, u)).collect();
        Names {
            needed,
            kin: met.len() < needed && ties.enough(plan),
            met: written(met),
            missing: written(missing),
        }
    }

    fn seen(
        &mut self,
        plan: &ClaimPlan,
        page: &Page,
        s: usize,
        reading: &Reading,
        gates: Gates,
        findings: &[&Finding],
    ) -> Explanation {
        let sentence = page.sentence(s);
        let open = gates.near && gates.on_topic;
        let carried: Vec<Carried> = findings
            .iter()
            .map(|finding| Carried {
                position: finding.position.to_string(),
                confidence: finding.score,
                by: match (finding.by, &plan.answers) {
                    (By::Echo, _) => Grounds::Echo,
                    (By::Figure, _) => Grounds::Figure,
                    (By::Pronoun, _) => Grounds::Pronoun,
                    (By::Itself, AnswersPlan::Positions(_)) if finding.score < THRESHOLD => {
                        Grounds::Surest
                    }
                    (By::Itself, _) => Grounds::Statement,
                },
            })
            .collect();
        let polarity = reading.polarity(self.reader.vocabulary());
        let words = |first: usize, last: usize| words_of(sentence, reading, first, last);
        let cues = polarity.cues.iter().map(|cue| Cue {
            words: words(cue.token, cue.token),
            kind: cue.kind.into(),
        });
        let negated = (0..reading.tokens.len())
            .filter(|&i| polarity.negated(i) && !polarity.is_cue[i] && reading.tokens[i].is_word());
        let entries = plan
            .about
            .iter()
            .map(|entry| self.entry_seen(plan, entry, reading))
            .collect();
        let span = page.statements[s].span;
        let mut explanation = Explanation {
            claim: plan.claim.id.clone(),
            question: plan.claim.question.clone(),
            line: page.article.text.line_column(span.start).0,
            statement: sentence.to_owned(),
            span,
            carried,
            asks: reading.asks(),
            subject: Subject {
                reach: plan.claim.reach,
                near: gates.near,
                here: gates.at.here,
                entries,
            },
            names: gates.names,
            cues: cues.collect(),
            negated: negated.map(|i| words(i, i)).collect(),
            positions: Vec::new(),
            numbers: Vec::new(),
            dates: Vec::new(),
            threshold: THRESHOLD,
        };
        let spot = Spot {
            page,
            s,
            reading,
            at: gates.at,
        };
        match (&plan.answers, &plan.claim.answers) {
            (AnswersPlan::Positions(plans), Answers::Positions(positions)) => {
                let names: Vec<&str> = positions.iter().map(|p| p.name.as_str()).collect();
                let gate = match (gates.on_topic, gates.near, explanation.asks) {
                    (false, _, _) => Some(Hurdle::Names),
                    (_, false, _) => Some(Hurdle::Subject),
                    (_, _, true) => Some(Hurdle::Question),
                    _ => None,
                };
                explanation.positions = self.positions_seen(plan, plans, &names, spot, gate);
                for seen in &mut explanation.positions {
                    if explanation.carried.iter().any(|c| c.position == seen.name) {
                        seen.carried = true;
                        seen.hurdle = None;
                    } else if seen.hurdle.is_none() {
                        seen.carried = false;
                        let mut own = plans.iter().filter(|plan| *plan.name == *seen.name);
                        let lasts = own.any(|plan| plan.lasts);
                        seen.hurdle = Some(if lasts {
                            Hurdle::Past
                        } else {
                            Hurdle::Background
                        });
                    }
                }
            }
            (AnswersPlan::Quantity(quantity), _) => {
                explanation.numbers = self.numbers_seen(plan, quantity, spot, open, gates.at.here);
                let figures = findings.iter().filter(|finding| finding.by == By::Figure);
                for figure in figures {
                    let own = |seen: &&mut NumberSeen| seen.words.start == figure.words[0].start;
                    if let Some(seen) = explanation.numbers.iter_mut().find(own) {
                        seen.entry = Some(figure.wording.to_string());
                        seen.score = figure.score;
                        seen.fault = None;
                    }
                }
            }
            (AnswersPlan::Date(of), _) => {
                explanation.dates = self.dates_seen(plan, of, page, s, reading, open);
            }
            (AnswersPlan::Positions(_), _) => {}
        }
        explanation
    }

    fn entry_seen(&mut self, plan: &ClaimPlan, entry: &Entry, reading: &Reading) -> EntrySeen {
        let mut hits = Vec::new();
        let missing = entry.units.iter().filter(|unit| {
            reading.hits(unit, &mut hits);
            hits.is_empty()
        });
        EntrySeen {
            text: entry.text.to_string(),
            missing: missing.map(|unit| written(self.plan, plan, unit)).collect(),
            met: !places(entry, reading, 0, &mut self.scratch).is_empty(),
        }
    }

    fn positions_seen(
        &mut self,
        plan: &ClaimPlan,
        plans: &[PositionPlan],
        names: &[&str],
        spot: Spot,
        gate: Option<Hurdle>,
    ) -> Vec<PositionSeen> {
        let Spot {
            page, s, reading, ..
        } = spot;
        let sentence = page.sentence(s);
        let vocabulary = self.reader.vocabulary();
        let polarity = reading.polarity(vocabulary);
        let mut seen: Vec<PositionSeen> = Vec::new();
        let case = Case {
            claim: plan,
            plans,
            reading,
            vocabulary,
            rules: self.rules,
            threshold: THRESHOLD,
            introduced: spot.at.introduced,
        };
        for judged in decide::judge(&case, &mut self.scratch) {
            let weighed = judged.carried;
            let hurdle = gate.clone().or_else(|| {
                let words = |from: usize, to: usize| words_of(sentence, reading, from, to);
                let Some(obstacle) = judged.obstacle else {
                    let tokens = weighed.deciding().into_iter();
                    let spans: Vec<Span> = tokens.map(|t| reading.tokens[t].span).collect();
                    let hearing = &plan.hearings[weighed.position];
                    let (bar, voiced) = page.bar(hearing, s, &spans)?;
                    return Some(unheard(&plan.claim, weighed.position, bar, voiced));
                };
                Some(match obstacle {
                    Obstacle::Below(by) => Hurdle::Below { by },
                    Obstacle::NotAsserted(span) => Hurdle::NotAsserted {
                        mood: span.mood,
                        words: words(span.from, span.to - 1).text,
                    },
                    Obstacle::AnothersAct(subject) => Hurdle::AnothersAct {
                        subject: words(subject.start, subject.end - 1).text,
                    },
                    Obstacle::Unnamed(unit) => {
                        let unit = &case.fired(&weighed).units[unit];
                        let who = written(self.plan, plan, unit);
                        Hurdle::Unnamed { who }
                    }
                    Obstacle::YearsAgo(ago) => Hurdle::YearsAgo {
                        words: words(ago.start, ago.end - 1).text,
                    },
                    Obstacle::Denied => Hurdle::Denied,
                    Obstacle::Requires => Hurdle::Requires {
                        words: match &plan.claim.answers {
                            Answers::Positions(positions) => {
                                positions[weighed.position].requires.clone()
                            }
                            _ => Vec::new(),
                        },
                    },
                    Obstacle::Except(wording, score) => Hurdle::Except {
                        wording: wording.to_string(),
                        score,
                    },
                    Obstacle::Beside(position) => Hurdle::Beside {
                        position: names[position].to_owned(),
                    },
                    Obstacle::Superseded(position) => Hurdle::Superseded {
                        position: names[position].to_owned(),
                    },
                })
            });
            let (owner, wording) = (weighed.at.0, case.fired(&weighed));
            // What another party denies is not negated here.
            let polarity = &polarity.within(&weighed.part);
            let denial = weighed
                .echo
                .as_ref()
                .map(|denial| words_of(sentence, reading, denial.start, denial.end - 1).text);
            seen.push(PositionSeen {
                name: names[weighed.position].to_owned(),
                carried: hurdle.is_none(),
                hurdle,
                confidence: weighed.confidence,
                sum: Some(Sum {
                    score: weighed.scored.score,
                    supporting: weighed.support,
                    support: SUPPORT_WEIGHT * (1.0 + weighed.support as f64).ln(),
                    margin: MARGIN_WEIGHT * weighed.margin.min(MARGIN_CAP),
                    telling: TELLING_WEIGHT * (1.0 + weighed.telling).ln(),
                    inversions: -INVERSION_WEIGHT * weighed.inversions,
                    offset: -OFFSET,
                }),
                wording: Some(wording_seen(
                    self.plan,
                    plan,
                    wording,
                    names[owner],
                    &weighed.scored,
                    reading,
                    vocabulary,
                    polarity,
                    sentence,
                )),
                denial,
            });
        }
        // What no wording comes near enough to is shown by its nearest one all the same.
        let mut far: Vec<PositionSeen> = Vec::new();
        for (position, name) in plans.iter().zip(names) {
            if seen.iter().any(|seen| seen.name == *name) {
                continue;
            }
            let mut best: Option<(&Wording, Scored)> = None;
            for wording in &position.wordings {
                let scored = score(wording, reading, vocabulary, &mut self.scratch, 0.0);
                if let Some(scored) = scored
                    && best.as_ref().is_none_or(|(_, b)| scored.score > b.score)
                {
                    best = Some((wording, scored));
                }
            }
            let hurdle = match (&gate, &best) {
                (Some(gate), _) => gate.clone(),
                (None, None) => Hurdle::NoWording,
                (None, Some((_, best)))
                    if best.verdict == Verdict::Denied && best.score >= FLOOR =>
                {
                    Hurdle::Denied
                }
                (None, Some(_)) => Hurdle::Below { by: THRESHOLD },
            };
            far.push(PositionSeen {
                name: (*name).to_owned(),
                carried: false,
                hurdle: Some(hurdle),
                confidence: 0.0,
                sum: None,
                wording: best.map(|(wording, scored)| {
                    wording_seen(
                        self.plan, plan, wording, name, &scored, reading, vocabulary, polarity,
                        sentence,
                    )
                }),
                denial: None,
            });
        }
        let of = |seen: &PositionSeen| seen.wording.as_ref().map_or(0.0, |w| w.score);
        far.sort_by(|a, b| of(b).total_cmp(&of(a)));
        seen.extend(far);
        seen
    }

    fn numbers_seen(
        &mut self,
        plan: &ClaimPlan,
        quantity: &Quantity,
        spot: Spot,
        open: bool,
        here: bool,
    ) -> Vec<NumberSeen> {
        let Spot {
            page, s, reading, ..
        } = spot;
        let sentence = page.sentence(s);
        let vocabulary = self.reader.vocabulary();
        let found = quantity.find(sentence, reading, vocabulary, here, &mut self.scratch);
        let scene = quantity.scene(sentence, reading, vocabulary);
        let spots: Vec<quantity::Place> = quantity
            .of
            .iter()
            .flat_map(|entry| quantity.places(entry, &scene, &mut self.scratch))
            .collect();
        let strange = |amount: &Amount| {
            let number = amount.span.start;
            quantity::another_party(plan, sentence, reading, vocabulary, number)
        };
        let seen = scene.amounts.iter().map(|amount| {
            let scratch = &mut self.scratch;
            let excepted = number_excepted(plan, amount, reading, vocabulary, scratch);
            let taken = found
                .iter()
                .find(|counted| counted.amount.span == amount.span)
                .filter(|counted| open && !excepted && counted.score >= THRESHOLD);
            let bar = taken.and_then(|counted| {
                let (first, last) = counted.place;
                let mut spans: Vec<Span> = reading.tokens[first..=last]
                    .iter()
                    .map(|t| t.span)
                    .collect();
                spans.push(counted.amount.span);
                page.bar(&plan.hearings[0], s, &spans)
            });
            let taken = taken.filter(|_| bar.is_none());
            let of_another = taken.is_some_and(|counted| {
                let noun = reading.tokens[counted.place.0].span.start;
                strange(amount) || quantity::another_brand(plan, reading, vocabulary, noun)
            });
            let taken = taken.filter(|_| !of_another);
            let cost = spots
                .iter()
                .filter_map(|place| quantity.cost(amount, place, &scene))
                .min_by(f64::total_cmp);
            let fault = if taken.is_some() {
                None
            } else if let Some((bar, _)) = bar {
                Some(match bar {
                    Bar::Hedged => NumberFault::Hedged,
                    Bar::Speaker => NumberFault::Speaker,
                })
            } else if !open {
                Some(NumberFault::Subject)
            } else if of_another {
                Some(NumberFault::Party)
            } else if let Some(unfit) = quantity.unfit(amount, &scene) {
                Some(unfit.into())
            } else if !quantity.is_wanted(amount, &scene) {
                Some(NumberFault::Kind)
            } else if spots.is_empty() {
                Some(NumberFault::NoEntry)
            } else if cost.is_none_or(|cost| cost > quantity::REACH) {
                Some(NumberFault::Far)
            } else if excepted {
                Some(NumberFault::Except)
            } else {
                Some(NumberFault::Nearer)
            };
            NumberSeen {
                words: part(sentence, amount.span),
                value: amount.value,
                entry: taken.map(|counted| quantity.of[counted.entry].text.to_string()),
                score: taken.map_or(0.0, |counted| counted.score),
                fault,
            }
        });
        seen.collect()
    }

    fn dates_seen(
        &mut self,
        plan: &ClaimPlan,
        of: &[Entry],
        page: &Page,
        s: usize,
        reading: &Reading,
        open: bool,
    ) -> Vec<DateSeen> {
        let sentence = page.sentence(s);
        let vocabulary = self.reader.vocabulary();
        let excepted = excepted(plan, reading, vocabulary, &mut self.scratch);
        let published = page.article.date;
        // Dates of the sentence before are not shown: they have no place in this one.
        let setting = event_date::Setting {
            claim: plan,
            of,
            sentence,
            reading,
            vocabulary: self.reader.vocabulary(),
            before: None,
            published,
        };
        let found = setting.find(&mut self.scratch);
        let events = setting.events(&mut self.scratch);
        let mentions = setting.dates();
        let seen = mentions.iter().map(|mention| {
            let taken = found
                .iter()
                .find(|dated| dated.mention.span == mention.span)
                .filter(|dated| open && !excepted && dated.score >= THRESHOLD);
            let bar = taken.and_then(|dated| {
                let (first, last) = dated.place;
                let mut spans: Vec<Span> = reading.tokens[first..=last]
                    .iter()
                    .map(|t| t.span)
                    .collect();
                spans.push(dated.mention.span);
                page.bar(&plan.hearings[0], s, &spans)
            });
            let taken = taken.filter(|_| bar.is_none());
            // What keeps it from the nearest event.
            let nearest = events
                .iter()
                .min_by_key(|(_, place)| setting.distance(mention, *place))
                .map(|&(_, place)| setting.apart(mention, place, &events, &mentions));
            let unheard = bar.map(|(bar, _)| match bar {
                Bar::Hedged => DateFault::Hedged,
                Bar::Speaker => DateFault::Speaker,
            });
            let fault = match (taken, nearest) {
                (Some(_), _) => None,
                _ if unheard.is_some() => unheard,
                _ if !open => Some(DateFault::Subject),
                (None, None) => Some(DateFault::NoEntry),
                (None, Some(Some(apart))) => Some(apart.into()),
                _ if excepted => Some(DateFault::Except),
                _ => Some(DateFault::Nearer),
            };
            DateSeen {
                words: part(sentence, mention.span),
                date: mention.date.to_string(),
                entry: taken.map(|dated| of[dated.entry].text.to_string()),
                score: taken.map_or(0.0, |dated| dated.score),
                fault,
            }
        });
        seen.collect()
    }
}

/// A statement of a page.
#[derive(Clone, Copy)]
struct Spot<'p, 'a> {
    page: &'p Page<'a>,
    s: usize,
    reading: &'p Reading,
    at: Sight,
}

/// What stands before any wording is looked at.
struct Gates {
    near: bool,
    at: Sight,
    on_topic: bool,
    names: Option<Names>,
}

fn unheard(claim: &Claim, position: usize, bar: Bar, voiced: Voiced) -> Hurdle {
    match bar {
        Bar::Hedged => Hurdle::Hedged,
        Bar::Speaker => Hurdle::Speaker {
            voice: match voiced.voice {
                Voice::Own => Teller::Article,
                Voice::Attributed { speaker: None } => Teller::Unknown,
                Voice::Attributed {
                    speaker: Some(name),
                } => Teller::Named(name),
            },
            speakers: match &claim.answers {
                Answers::Positions(positions) => {
                    let testimony = positions[position].testimony.over(&claim.testimony);
                    testimony
                        .speakers
                        .map_or_else(Vec::new, |names| names.to_vec())
                }
                _ => Vec::new(),
            },
        },
    }
}

fn part(sentence: &str, span: Span) -> Words {
    Words {
        text: sentence
            .get(span.start..span.end)
            .unwrap_or_default()
            .to_owned(),
        start: span.start,
        end: span.end,
    }
}

fn words_of(sentence: &str, reading: &Reading, first: usize, last: usize) -> Words {
    let span = Span::new(
        reading.tokens[first].span.start,
        reading.tokens[last].span.end,
    );
    part(sentence, span)
}

/// A unit as a reader knows it.
pub(crate) fn written(plan: &Plan, claim: &ClaimPlan, unit: &Unit) -> String {
    match (&unit.key, &unit.seek) {
        (Key::Number(bits), _) => format!("{}", f64::from_bits(*bits)),
        (_, Seek::Concept(concept, _)) => {
            let group = concept
                .checked_sub(claim.concepts.start)
                .and_then(|at| claim.claim.aliases.get(at as usize));
            group.map_or_else(String::new, |group| group.canonical.clone())
        }
        (Key::Stem(stem), Seek::Probe(probe)) => match plan.probes[*probe as usize] {
            ProbeKey::Word(word, _) | ProbeKey::Compound(word) => {
                plan.vocabulary.word(word).folded.to_string()
            }
            ProbeKey::Number(_) => stem.to_string(),
        },
        (Key::Unknown, _) | (_, Seek::Unknown) => "not known".to_owned(),
        (Key::Concept(_), Seek::Probe(_)) => String::new(),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one statement, which no type holds together"
)]
fn wording_seen(
    plan: &Plan,
    claim: &ClaimPlan,
    wording: &Wording,
    position: &str,
    scored: &Scored,
    reading: &Reading,
    vocabulary: &Vocabulary,
    polarity: &Polarity,
    sentence: &str,
) -> WordingSeen {
    let mut hits = Vec::new();
    let units = wording.units.iter().enumerate().map(|(u, unit)| {
        let hit = scored
            .hits
            .iter()
            .find(|(at, _)| *at == u)
            .map(|(_, hit)| hit);
        let met = hit.map(|hit: &Hit| Met {
            words: words_of(sentence, reading, hit.first, hit.last),
            similarity: hit.similarity,
            opposite: hit.toggled,
            negated: (hit.first..=hit.last).any(|t| polarity.negated(t)),
            pronoun: hit.first == hit.last
                && pronoun::is_third_person(vocabulary, &reading.tokens[hit.first])
                && !unit.soft,
        });
        reading.hits(unit, &mut hits);
        let far = hits.first().filter(|_| met.is_none());
        UnitSeen {
            text: written(plan, claim, unit),
            kind: match unit.key {
                Key::Number(_) => UnitKind::Number,
                Key::Concept(_) => UnitKind::Alias,
                Key::Stem(_) => UnitKind::Word,
                Key::Unknown => UnitKind::Alias,
            },
            weight: unit.weight,
            soft: unit.soft,
            negated: unit.negated,
            too_far: far.map(|hit| words_of(sentence, reading, hit.first, hit.last)),
            met,
        }
    });
    let units = units.collect();
    let first = scored.hits.iter().map(|(_, hit)| hit.index).min();
    let last = scored
        .hits
        .iter()
        .map(|(_, hit)| reading.tokens[hit.last].index)
        .max();
    WordingSeen {
        text: wording.text.to_string(),
        position: position.to_owned(),
        denied: scored.verdict == Verdict::Denied,
        negation: wording.negation.map(Negation::from),
        score: scored.score,
        coverage: scored.coverage,
        mass: scored.mass,
        spread: last.unwrap_or(0).saturating_sub(first.unwrap_or(0)),
        units,
    }
}
