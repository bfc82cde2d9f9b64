//! The matcher: reads an article's statements against the plan and says which positions they carry.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::article::Article;
use crate::claim::{Answers, Claim, Reach};
use crate::fingerprint;
use crate::matching::decide::{self, Case, THRESHOLD};
use crate::matching::event_date;
use crate::matching::index::Index;
use crate::matching::plan::{AnswersPlan, ClaimPlan, Plan};
use crate::matching::quantity;
use crate::matching::reading::{ProbeIndex, Reader, Reading};
use crate::matching::rules::{Rule, Rules};
use crate::matching::score::Scratch;
use crate::matching::{Answer, Context, Match};
use crate::source::Span;
use crate::statement::Statement;
use crate::statement::segment::segment;
use crate::statement::voice::Voices;
use crate::text::token::Vocabulary;

/// Names of the topic and the question that an article must give to be compared. With one instead of two, 20 instead of 3
/// stray matches came from articles on other topics; without any, 74.
pub(super) const NAMES: usize = 2;
/// Articles shorter than this many words need only one.
pub(super) const SHORT: u32 = 80;

/// All claims, ready to be looked for. Shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    plan: Plan,
    probes: ProbeIndex,
    index: Index,
    rules: Rules,
}

impl Matcher {
    /// Compiles the claims.
    pub fn new(claims: &[Arc<Claim>]) -> Self {
        let plan = Plan::new(claims);
        let (probes, index) = (ProbeIndex::new(&plan), Index::new(&plan));
        Matcher {
            plan,
            probes,
            index,
            rules: Rules::default(),
        }
    }

    /// Leaves a rule of the decision out, to measure what it gives.
    #[must_use]
    pub fn without(mut self, rule: Rule) -> Self {
        self.rules = self.rules.without(rule);
        self
    }

    /// A reader with a memory of its own, one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            plan: &self.plan,
            index: &self.index,
            rules: self.rules,
            reader: Reader::new(&self.plan, &self.probes),
            scratch: Scratch::default(),
            names_gate: true,
        }
    }
}

/// Matches articles; what it finds depends on the article alone, never on what it read before.
#[derive(Debug)]
pub struct Worker<'m> {
    pub(super) plan: &'m Plan,
    pub(super) index: &'m Index,
    pub(super) rules: Rules,
    pub(super) reader: Reader<'m>,
    pub(super) scratch: Scratch,
    /// Whether an article must give names of the topic and the question.
    pub(super) names_gate: bool,
}

/// An article while it is matched.
pub(super) struct Page<'a> {
    index: usize,
    pub(super) article: &'a Article,
    pub(super) statements: Vec<Statement>,
    pub(super) readings: Vec<Reading>,
    voices: Voices<'a>,
}

/// What a statement was found to carry, before it becomes a match.
pub(super) struct Finding {
    answer: Answer,
    pub(super) position: Arc<str>,
    pub(super) score: f64,
    wording: Arc<str>,
    /// The deciding words, as spans into the sentence.
    words: Vec<Span>,
}

impl Worker<'_> {
    /// Takes every text for an article on the topic, whatever names it gives: for single sentences.
    #[must_use]
    pub fn without_names(mut self) -> Self {
        self.names_gate = false;
        self
    }

    /// The matches of an article, in the order of claims and statements. `index` is what they give as their article.
    pub fn article(&mut self, index: usize, article: &Article) -> Vec<Match> {
        let statements = segment(&article.prose, &article.headings, article.title.as_deref());
        let page = self.page(index, article, &statements);
        let mut matches = Vec::new();
        // For each claim that any statement names the subject of: which statements do.
        let mut subjects: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (s, reading) in page.readings.iter().enumerate() {
            for claim in self.index.subjects(self.plan, reading, &mut self.scratch) {
                subjects.entry(claim).or_default().push(s);
            }
        }
        for (c, named) in subjects {
            let c = c as usize;
            let claim = &self.plan.claims[c];
            if self.names_gate && !self.names(claim, &page.readings) {
                continue;
            }
            let mut on_subject = vec![false; page.statements.len()];
            for s in named {
                on_subject[s] = true;
            }
            let mut found: Vec<(usize, Finding)> = Vec::new();
            for s in 0..page.statements.len() {
                if in_reach(claim.claim.reach, &page.statements, &on_subject, s) {
                    let findings = self.statement(claim, &page, s, on_subject[s]);
                    found.extend(findings.into_iter().map(|finding| (s, finding)));
                }
            }
            if matches!(claim.answers, AnswersPlan::Quantity(_)) {
                drop_others(claim, &page, self.reader.vocabulary(), &mut found);
            }
            matches.extend(
                found
                    .into_iter()
                    .map(|(s, finding)| page.become_match(c, &claim.claim, s, finding)),
            );
        }
        matches
    }

    /// An article with its statements, read.
    pub(super) fn page<'a>(
        &mut self,
        index: usize,
        article: &'a Article,
        statements: &'a [Statement],
    ) -> Page<'a> {
        Page {
            index,
            article,
            statements: statements.to_vec(),
            readings: statements
                .iter()
                .map(|s| self.reader.read(&article.prose[s.span.start..s.span.end]))
                .collect(),
            voices: Voices::new(&article.prose, statements),
        }
    }

    /// Whether the article names enough of what the topic and the question name.
    pub(super) fn names(&self, claim: &ClaimPlan, readings: &[Reading]) -> bool {
        let words: u32 = readings.iter().map(Reading::words).sum();
        let need = if words < SHORT { 1 } else { NAMES }.min(claim.names.len());
        let mut hits = Vec::new();
        let named = claim.names.iter().filter(|unit| {
            readings.iter().any(|reading| {
                reading.hits(unit, &mut hits);
                !hits.is_empty()
            })
        });
        named.take(need).count() == need
    }

    pub(super) fn statement(
        &mut self,
        claim: &ClaimPlan,
        page: &Page,
        s: usize,
        subject: bool,
    ) -> Vec<Finding> {
        let reading = &page.readings[s];
        let vocabulary = self.reader.vocabulary();
        let sentence = page.sentence(s);
        let token_spans = |tokens: &mut dyn Iterator<Item = usize>| {
            tokens
                .map(|t| reading.tokens[t].span)
                .collect::<Vec<Span>>()
        };
        match (&claim.answers, &claim.claim.answers) {
            (AnswersPlan::Positions(plans), Answers::Positions(positions)) => {
                let case = Case {
                    claim,
                    plans,
                    reading,
                    vocabulary,
                    rules: self.rules,
                };
                decide::positions(&case, &mut self.scratch)
                    .into_iter()
                    .map(|carried| Finding {
                        answer: Answer::Position(carried.position),
                        position: positions[carried.position].name.as_str().into(),
                        score: carried.confidence,
                        words: token_spans(&mut carried.scored.tokens().into_iter()),
                        wording: carried.wording,
                    })
                    .collect()
            }
            (AnswersPlan::Quantity(quantity), _) => {
                let mut found =
                    quantity.find(sentence, reading, vocabulary, subject, &mut self.scratch);
                if !found.is_empty() && self.excepted(claim, reading) {
                    found.clear();
                }
                found
                    .into_iter()
                    .filter(|counted| counted.score >= THRESHOLD)
                    .map(|counted| {
                        let (value, low, high) = counted.comparable();
                        let mut words = token_spans(&mut (counted.place.0..=counted.place.1));
                        words.push(counted.amount.span);
                        Finding {
                            answer: Answer::Quantity { value, low, high },
                            position: digits(counted.amount.value).into(),
                            score: counted.score,
                            wording: Arc::clone(&quantity.of[counted.entry].text),
                            words,
                        }
                    })
                    .collect()
            }
            (AnswersPlan::Date(of), _) => {
                let before = s.checked_sub(1).map(|b| page.sentence(b));
                let mut found = event_date::find(
                    of,
                    sentence,
                    reading,
                    vocabulary,
                    before,
                    page.article.date,
                    &mut self.scratch,
                );
                if !found.is_empty() && self.excepted(claim, reading) {
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
                            words,
                        }
                    })
                    .collect()
            }
            (AnswersPlan::Positions(_), _) => Vec::new(),
        }
    }

    /// Whether a look-alike of the whole claim fits the statement.
    pub(super) fn excepted(&mut self, claim: &ClaimPlan, reading: &Reading) -> bool {
        let vocabulary = self.reader.vocabulary();
        let except = claim.except.iter();
        decide::look_alike(except, 0.0, reading, vocabulary, &mut self.scratch).is_some()
    }
}

/// Drops the numbers that are another time's or another party's, and, where the article has others, those that may be.
fn drop_others(
    claim: &ClaimPlan,
    page: &Page,
    vocabulary: &Vocabulary,
    found: &mut Vec<(usize, Finding)>,
) {
    found.retain(|(s, finding)| {
        let number = finding.words.last().map_or(0, |number| number.start);
        !quantity::another_party(claim, &page.readings[*s], vocabulary, number)
    });
    let year = page.article.date.map(|date| i32::from(date.year()));
    found.retain(|(s, _)| !quantity::another_year(page.sentence(*s), year));
    let doubtful: Vec<bool> = found
        .iter()
        .map(|(s, finding)| {
            let sentence = page.sentence(*s);
            let number = finding.words.last().map_or(0, |number| number.start);
            quantity::another_time(sentence) || quantity::is_taken_up(sentence, number)
        })
        .collect();
    if doubtful.contains(&false) {
        let mut doubtful = doubtful.into_iter();
        found.retain(|_| doubtful.next() == Some(false));
    }
}

/// Whether the claim's subject is named near enough to a statement.
pub(super) fn in_reach(
    reach: Reach,
    statements: &[Statement],
    on_subject: &[bool],
    s: usize,
) -> bool {
    let paragraph = statements[s].paragraph;
    match reach {
        Reach::Sentence => on_subject[s],
        Reach::Neighbour => on_subject[s.saturating_sub(1)..(s + 2).min(on_subject.len())]
            .iter()
            .any(|on| *on),
        Reach::Paragraph => {
            let mut near = statements.iter().zip(on_subject).filter(|(other, _)| {
                other.paragraph == paragraph || other.paragraph + 1 == paragraph
            });
            near.any(|(_, on)| *on)
        }
        Reach::Article => on_subject.iter().any(|on| *on),
    }
}

/// A number as plain digits, without a fraction where it has none.
fn digits(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e18 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

impl Page<'_> {
    pub(super) fn sentence(&self, s: usize) -> &str {
        let span = self.statements[s].span;
        &self.article.prose[span.start..span.end]
    }

    fn become_match(&self, claim_index: usize, claim: &Claim, s: usize, finding: Finding) -> Match {
        let statement = &self.statements[s];
        let text = self.article.text.slice(statement.span);
        let words = merged(finding.words, text.len());
        let in_text: Vec<Span> = words
            .iter()
            .map(|w| Span::new(w.start + statement.span.start, w.end + statement.span.start))
            .collect();
        let voiced = self.voices.voice_at(s, &in_text);
        let (line, column) = self.article.text.line_column(statement.span.start);
        Match {
            id: fingerprint::of_match(&claim.id, &finding.position, text, &self.article.id),
            claim: claim_index,
            article: self.index,
            answer: finding.answer,
            position: finding.position,
            span: statement.span,
            text: text.to_owned(),
            line,
            column,
            words,
            score: finding.score,
            wording: finding.wording,
            voice: voiced.voice,
            hedged: voiced.hedged,
            place: statement.place,
            context: Context::around(&self.article.prose, &self.statements, s),
        }
    }
}

/// Sorted, without overlap, within the text.
fn merged(mut words: Vec<Span>, len: usize) -> Vec<Span> {
    words.retain(|word| !word.is_empty() && word.end <= len);
    words.sort_unstable();
    let mut out: Vec<Span> = Vec::with_capacity(words.len());
    for word in words {
        match out.last_mut() {
            Some(last) if word.start <= last.end => last.end = last.end.max(word.end),
            _ => out.push(word),
        }
    }
    out
}
