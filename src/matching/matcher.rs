//! The matcher: reads an article's statements against the plan and says which positions they carry.

use std::cell::OnceCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::article::Article;
use crate::claim::Claim;
use crate::matching::ceiling::{Able, Ceiling, Reached};
use crate::matching::counters::Counters;
use crate::matching::decide::{self, THRESHOLD};
use crate::matching::event_date;
use crate::matching::finding::{By, Finding};
use crate::matching::index::Index;
use crate::matching::obstacle::{excepted, number_excepted};
use crate::matching::page::Page;
use crate::matching::plan::{AnswersPlan, ClaimPlan, Plan};
use crate::matching::pronoun;
use crate::matching::reading::{Memory, ProbeIndex, Reader, Reading};
use crate::matching::rules::{Rule, Rules};
use crate::matching::score::Scratch;
use crate::matching::skim::{Lookup, Readings, Skim};
use crate::matching::topic::{self, Ties};
use crate::matching::unit::Unit;
use crate::matching::weigh::Case;
use crate::matching::{Answer, Match};
use crate::source::Span;
use crate::statement::Statement;
use crate::statement::segment::segment;

/// All claims, ready to be looked for. Shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    plan: Plan,
    probes: ProbeIndex,
    index: Index,
    rules: Rules,
    ceiling: Ceiling,
    /// The desks of workers that are done, for those to come.
    desks: Mutex<Vec<Desk>>,
}

/// What a worker needs and another can go on with.
#[derive(Debug)]
struct Desk {
    memory: Memory,
    skim: Skim,
    reached: Reached,
}

impl Matcher {
    /// Compiles the claims.
    pub fn new(claims: &[Arc<Claim>]) -> Self {
        let plan = Plan::new(claims);
        Matcher {
            probes: ProbeIndex::new(&plan),
            index: Index::new(&plan),
            ceiling: Ceiling::new(&plan),
            desks: Mutex::default(),
            plan,
            rules: Rules::default(),
        }
    }

    /// Leaves a rule of the decision out, to measure what it gives.
    #[must_use]
    pub fn without(mut self, rule: Rule) -> Self {
        self.rules = self.rules.without(rule);
        self
    }

    /// A reader with a memory of its own, one a thread. What it learns of words is kept for the next worker.
    pub fn worker(&self) -> Worker<'_> {
        let desk = self.desks().pop().unwrap_or_else(|| Desk {
            memory: Memory::new(&self.plan),
            skim: Skim::default(),
            reached: self.ceiling.reached(),
        });
        Worker {
            matcher: self,
            plan: &self.plan,
            index: &self.index,
            rules: self.rules,
            reader: Reader::with(&self.plan, &self.probes, desk.memory),
            scratch: Scratch::default(),
            skim: desk.skim,
            reached: desk.reached,
            names_gate: true,
            counters: Counters::default(),
        }
    }

    fn desks(&self) -> MutexGuard<'_, Vec<Desk>> {
        // A worker that panicked has not put its desk back, so what is there is in order.
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let desk = Desk {
            memory: std::mem::take(&mut self.reader.memory),
            skim: std::mem::take(&mut self.skim),
            reached: std::mem::take(&mut self.reached).afresh(),
        };
        self.matcher.desks().push(desk);
    }
}

/// Matches articles; what it finds depends on the article alone, never on what it read before.
#[derive(Debug)]
pub struct Worker<'m> {
    matcher: &'m Matcher,
    pub(super) plan: &'m Plan,
    pub(super) index: &'m Index,
    pub(super) rules: Rules,
    pub(super) reader: Reader<'m>,
    pub(super) scratch: Scratch,
    pub(super) skim: Skim,
    reached: Reached,
    /// Whether an article must give names of the topic and the question.
    pub(super) names_gate: bool,
    counters: Counters,
}

/// Where a claim's subject is named, seen from a statement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// In the statement itself.
    pub here: bool,
    /// In one before it, however far.
    pub introduced: bool,
}

impl Worker<'_> {
    /// Takes every text for an article on the topic, whatever names it gives: for single sentences.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.names_gate = false;
        self
    }

    /// The work done so far.
    pub fn counters(&self) -> Counters {
        Counters {
            compared: self.reader.compared(),
            scored: self.scratch.scored,
            asked: self.reached.questions,
            ..self.counters
        }
    }

    /// The matches of an article, in the order of claims and statements. `index` is what they give as their article.
    pub fn article(&mut self, index: usize, article: &Article) -> Vec<Match> {
        if self.reader.forget_if_full() {
            self.skim.forget();
        }
        let statements = segment(&article.prose, &article.headings, article.title.as_deref());
        let page = Page::new(index, article, &statements);
        let readings: Readings = statements.iter().map(|_| OnceCell::new()).collect();
        let mut lookup = Lookup {
            plan: self.plan,
            index: self.index,
            ceiling: &self.matcher.ceiling,
            reached: &mut self.reached,
            reader: &mut self.reader,
        };
        self.skim
            .read(&mut lookup, &mut self.scratch, &page, &readings);
        self.counters.articles += 1;
        self.counters.statements += statements.len() as u64;
        let candidates = self.candidates();
        let mut matches = Vec::new();
        for of_claim in candidates.chunk_by(|a, b| a.claim == b.claim) {
            let c = of_claim[0].claim as usize;
            let claim = &self.plan.claims[c];
            if self.names_gate && !self.names(claim, &readings) {
                continue;
            }
            let introduced = self.skim.first_named(c as u32);
            let mut found: Vec<(usize, Finding)> = Vec::new();
            for candidate in of_claim {
                let s = candidate.statement as usize;
                let reading = self.skim.reading(s, &mut self.reader, &readings);
                reading.only(|| self.skim.wordings(s));
                let sight = Sight {
                    here: candidate.subject,
                    introduced: introduced < candidate.statement,
                };
                let findings = self.statement(claim, &page, s, reading, sight);
                found.extend(findings.into_iter().map(|finding| (s, finding)));
            }
            if let AnswersPlan::Positions(plans) = &claim.answers
                && !found.is_empty()
                && pronoun::may_stand_for(plans)
            {
                // The tokens are enough to tell; no reading is made for it.
                let vocabulary = self.reader.vocabulary();
                let on_pronouns = || self.skim.on_pronouns(vocabulary);
                page.on_pronouns.get_or_init(on_pronouns);
            }
            let words = self.skim.words();
            self.settle(claim, &page, words, &mut found, |reader, skim, s| {
                skim.reading(s, reader, &readings)
            });
            matches.extend(
                found
                    .into_iter()
                    .map(|(s, finding)| page.become_match(c, &claim.claim, s, finding)),
            );
        }
        matches
    }

    /// The statements that may answer a claim, in the order of claims and statements.
    fn candidates(&mut self) -> Vec<Candidate> {
        let same = |a: &Able, b: &Able| (a.claim, a.statement) == (b.claim, b.statement);
        let candidates: Vec<Candidate> = self
            .skim
            .able
            .chunk_by(same)
            .map(|able| Candidate {
                claim: able[0].claim,
                statement: able[0].statement,
                subject: self.skim.names(able[0].statement as usize, able[0].claim),
            })
            .collect();
        self.counters.candidates += candidates.len() as u64;
        candidates
    }

    /// An article whose statements are all read.
    pub(super) fn read_all(&mut self, article: &Article, statements: &[Statement]) -> Vec<Reading> {
        if self.reader.forget_if_full() {
            self.skim.forget();
        }
        let sentences = statements
            .iter()
            .map(|s| &article.prose[s.span.start..s.span.end]);
        sentences
            .map(|sentence| self.reader.read(sentence))
            .collect()
    }

    /// Whether the article names enough of what the topic and the question name.
    fn names(&mut self, claim: &ClaimPlan, readings: &Readings) -> bool {
        let (skim, reader) = (&self.skim, &mut self.reader);
        let words = skim.words();
        let mut is_met = |unit: &&Unit| skim.meets(unit, reader, readings);
        let is_written = |unit: &&Unit| topic::is_written(unit, |concept| skim.gives(concept));
        // Most articles on the topic write its names, and nothing else is asked of them.
        let need = Ties::need(words, claim);
        let written = claim.names.iter().filter(is_written);
        if written.filter(&mut is_met).take(need).count() == need {
            return true;
        }
        let names: Vec<&Unit> = claim.names.iter().filter(is_met).collect();
        let (groups, kin) = skim.groups(claim);
        let ties = Ties {
            words,
            names: names.len(),
            written: names.iter().copied().filter(is_written).count(),
            kin,
            groups,
        };
        ties.enough(claim)
    }

    /// The answers that a statement carries, in a voice that counts for them.
    pub(super) fn statement(
        &mut self,
        claim: &ClaimPlan,
        page: &Page,
        s: usize,
        reading: &Reading,
        sight: Sight,
    ) -> Vec<Finding> {
        let mut found = self.read_statement(claim, page, s, reading, sight);
        found.retain(|finding| {
            let at = match finding.answer {
                Answer::Position(position) => position,
                Answer::Quantity { .. } | Answer::Date(_) => 0,
            };
            page.bar(&claim.hearings[at], s, &finding.words).is_none()
        });
        found
    }

    /// The answers that a statement carries, whoever says it.
    fn read_statement(
        &mut self,
        claim: &ClaimPlan,
        page: &Page,
        s: usize,
        reading: &Reading,
        sight: Sight,
    ) -> Vec<Finding> {
        let vocabulary = self.reader.vocabulary();
        let sentence = page.sentence(s);
        let token_spans = |tokens: &mut dyn Iterator<Item = usize>| {
            tokens
                .map(|t| reading.tokens[t].span)
                .collect::<Vec<Span>>()
        };
        match &claim.answers {
            AnswersPlan::Positions(plans) => {
                let case = Case {
                    claim,
                    plans,
                    reading,
                    vocabulary,
                    rules: self.rules,
                    threshold: THRESHOLD,
                    introduced: sight.introduced,
                };
                decide::positions(&case, &mut self.scratch)
                    .into_iter()
                    .map(|carried| Finding {
                        answer: Answer::Position(carried.position),
                        position: Arc::clone(&plans[carried.position].name),
                        score: carried.confidence,
                        words: token_spans(&mut carried.deciding().into_iter()),
                        wording: carried.wording,
                        by: By::Itself,
                    })
                    .collect()
            }
            AnswersPlan::Quantity(quantity) => {
                let mut found =
                    quantity.find(sentence, reading, vocabulary, sight.here, &mut self.scratch);
                found.retain(|counted| {
                    let scratch = &mut self.scratch;
                    !number_excepted(claim, &counted.amount, reading, vocabulary, scratch)
                });
                found
                    .into_iter()
                    .filter(|counted| counted.score >= THRESHOLD)
                    .map(|counted| {
                        let (value, low, high) = counted.amount.comparable();
                        let mut words = token_spans(&mut (counted.place.0..=counted.place.1));
                        words.push(counted.amount.span);
                        Finding {
                            answer: Answer::Quantity { value, low, high },
                            position: digits(counted.amount.value).into(),
                            score: counted.score,
                            wording: Arc::clone(&quantity.of[counted.entry].text),
                            by: By::Itself,
                            words,
                        }
                    })
                    .collect()
            }
            AnswersPlan::Date(of) => {
                let before = s.checked_sub(1).map(|b| page.sentence(b));
                let setting = event_date::Setting {
                    claim,
                    of,
                    sentence,
                    reading,
                    vocabulary,
                    before,
                    published: page.article.date,
                };
                let mut found = setting.find(&mut self.scratch);
                if !found.is_empty() && excepted(claim, reading, vocabulary, &mut self.scratch) {
                    found.clear();
                }
                found
                    .into_iter()
                    .filter(|dated| dated.score >= THRESHOLD)
                    .map(|dated| {
                        let mut words = token_spans(&mut (dated.place.0..=dated.place.1));
                        if !dated.before {
                            words.push(dated.mention.span);
                        }
                        Finding {
                            answer: Answer::Date(dated.mention.date),
                            position: dated.mention.date.to_string().into(),
                            score: dated.score,
                            wording: Arc::clone(&of[dated.entry].text),
                            by: By::Itself,
                            words,
                        }
                    })
                    .collect()
            }
        }
    }
}

/// A statement in reach of a claim's subject.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    statement: u32,
    claim: u32,
    /// It names the subject itself.
    subject: bool,
}

/// A number as plain digits, without a fraction where it has none.
pub(super) fn digits(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e18 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}
