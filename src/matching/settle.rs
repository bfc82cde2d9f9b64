//! What the statements of an article carry where it depends on each other: what another says more surely, denies, counts or names.

use std::sync::Arc;

use crate::matching::Answer;
use crate::matching::background::tells_of_earlier_years;
use crate::matching::decide::THRESHOLD;
use crate::matching::echo;
use crate::matching::finding::{By, Finding};
use crate::matching::lasting::drop_past;
use crate::matching::matcher::{Sight, Worker, digits};
use crate::matching::page::Page;
use crate::matching::plan::{AnswersPlan, ClaimPlan, PositionPlan};
use crate::matching::pronoun;
use crate::matching::quantity::{self, Quantity};
use crate::matching::reading::{Reader, Reading};
use crate::matching::rules::Rule;
use crate::matching::score::SIBLING_WORTH;
use crate::matching::skim::Skim;
use crate::matching::topic::SHORT;
use crate::source::Span;
use crate::text::amount::amounts;
use crate::text::token::Vocabulary;

impl Worker<'_> {
    /// Settles what the statements of an article carry on a claim, where it depends on the others.
    pub(super) fn settle<'r>(
        &mut self,
        claim: &ClaimPlan,
        page: &Page,
        words: u32,
        found: &mut Vec<(usize, Finding)>,
        mut reading: impl FnMut(&mut Reader, &Skim, usize) -> &'r Reading,
    ) {
        match &claim.answers {
            AnswersPlan::Positions(plans) => {
                let sure = |(_, finding): &(usize, Finding)| finding.score >= THRESHOLD;
                // A short text is no article: what it does not say, it does not say.
                if words < SHORT || found.iter().any(sure) {
                    found.retain(sure);
                }
                drop_background(page, found);
                drop_past(claim, page, found);
                if self.rules.hold(Rule::Echoes) {
                    let echoes = self.echoes(claim, plans, page, found, &mut reading);
                    found.extend(echoes);
                    found.sort_by_key(|(s, _)| *s);
                }
                if self.rules.hold(Rule::Pronouns) && found.iter().any(sure) {
                    let meant = self.pronouns(claim, plans, page, found, &mut reading);
                    found.extend(meant);
                    found.sort_by_key(|(s, _)| *s);
                }
            }
            AnswersPlan::Quantity(quantity) => {
                let read: Vec<(usize, &Reading)> = found
                    .iter()
                    .map(|(s, _)| (*s, reading(&mut self.reader, &self.skim, *s)))
                    .collect();
                let of = |s: usize| {
                    let at = read.iter().position(|(other, _)| *other == s);
                    read[at.expect("internal: what was found was read")].1
                };
                drop_others(claim, page, of, self.reader.vocabulary(), found);
                let figures = self.figures(claim, quantity, page, found, &mut reading);
                found.extend(figures);
                found.sort_by_key(|(s, _)| *s);
            }
            AnswersPlan::Date(_) => {}
        }
    }

    /// The bare denials shortly after what they deny.
    fn echoes<'r>(
        &mut self,
        claim: &ClaimPlan,
        plans: &[PositionPlan],
        page: &Page,
        found: &[(usize, Finding)],
        reading: &mut impl FnMut(&mut Reader, &Skim, usize) -> &'r Reading,
    ) -> Vec<(usize, Finding)> {
        let mut echoes: Vec<(usize, Finding)> = Vec::new();
        for (s, finding) in found {
            let Answer::Position(denied) = finding.answer else {
                continue;
            };
            let Some(position) = plans[denied].when_denied else {
                continue;
            };
            for t in s + 1..page.statements.len().min(s + 1 + echo::REACH) {
                if found.iter().chain(&echoes).any(|(other, _)| *other == t) {
                    continue;
                }
                let read = reading(&mut self.reader, &self.skim, t);
                if read.asks() {
                    continue;
                }
                let vocabulary = self.reader.vocabulary();
                let Some(denial) = echo::bare_denial(vocabulary, &read.tokens) else {
                    continue;
                };
                let words: Vec<Span> = denial.map(|token| read.tokens[token].span).collect();
                if page.bar(&claim.hearings[position], t, &words).is_none() {
                    echoes.push((
                        t,
                        Finding {
                            answer: Answer::Position(position),
                            position: Arc::clone(&plans[position].name),
                            score: SIBLING_WORTH * finding.score,
                            wording: Arc::clone(&plans[position].wordings[0].text),
                            by: By::Echo,
                            words,
                        },
                    ));
                }
            }
        }
        echoes
    }

    /// The figures that are held against a number shortly after it.
    fn figures<'r>(
        &mut self,
        claim: &ClaimPlan,
        quantity: &Quantity,
        page: &Page,
        found: &[(usize, Finding)],
        reading: &mut impl FnMut(&mut Reader, &Skim, usize) -> &'r Reading,
    ) -> Vec<(usize, Finding)> {
        let mut figures: Vec<(usize, Finding)> = Vec::new();
        for (s, finding) in found {
            let number = finding.words.last();
            let amounts = amounts(page.sentence(*s));
            let mut amounts = amounts.iter();
            let Some(before) = amounts.find(|amount| Some(&amount.span) == number) else {
                continue;
            };
            for t in s + 1..page.statements.len().min(s + 1 + quantity::NEXT) {
                let sentence = page.sentence(t);
                let is_known = found.iter().chain(&figures).any(|(other, _)| *other == t);
                if is_known {
                    continue;
                }
                let read = reading(&mut self.reader, &self.skim, t);
                let vocabulary = self.reader.vocabulary();
                if !quantity::has_number(sentence, &read.tokens, vocabulary) {
                    continue;
                }
                for amount in quantity.figures(before, sentence, read, vocabulary) {
                    let words = vec![amount.span];
                    let (value, low, high) = amount.comparable();
                    let barred = page.bar(&claim.hearings[0], t, &words).is_some()
                        || is_elsewhen(page, t, amount.span.start);
                    if !barred {
                        figures.push((
                            t,
                            Finding {
                                answer: Answer::Quantity { value, low, high },
                                position: digits(amount.value).into(),
                                score: finding.score * SIBLING_WORTH,
                                wording: Arc::clone(&finding.wording),
                                by: By::Figure,
                                words,
                            },
                        ));
                    }
                }
            }
        }
        figures
    }

    /// What is said by a pronoun of somebody whom the sentence before names.
    fn pronouns<'r>(
        &mut self,
        claim: &ClaimPlan,
        plans: &[PositionPlan],
        page: &Page,
        found: &[(usize, Finding)],
        reading: &mut impl FnMut(&mut Reader, &Skim, usize) -> &'r Reading,
    ) -> Vec<(usize, Finding)> {
        let mut meant = Vec::new();
        if !pronoun::may_stand_for(plans) {
            return meant;
        }
        let on_pronouns = page.on_pronouns.get_or_init(|| {
            let subject = |s| {
                let read = reading(&mut self.reader, &self.skim, s);
                Some((s, pronoun::subject(self.reader.vocabulary(), &read.tokens)?))
            };
            (0..page.statements.len()).filter_map(subject).collect()
        });
        let is_found = |s: usize| found.iter().any(|(other, _)| *other == s);
        for &(s, at) in on_pronouns.iter().filter(|(s, _)| !is_found(*s)) {
            let Some(told) = self.with_antecedent(plans, s, at, reading) else {
                continue;
            };
            let sight = Sight {
                here: true,
                introduced: true,
            };
            let mut findings = self.statement(claim, page, s, &told, sight);
            findings.retain(|finding| finding.score >= THRESHOLD);
            let by = By::Pronoun;
            meant.extend(
                findings
                    .into_iter()
                    .map(|finding| (s, Finding { by, ..finding })),
            );
        }
        meant
    }

    /// A statement with its pronoun, the token `at`, read as the name that it stands for, where it stands for one of the claim.
    pub(super) fn with_antecedent<'r>(
        &mut self,
        plans: &[PositionPlan],
        s: usize,
        at: usize,
        reading: &mut impl FnMut(&mut Reader, &Skim, usize) -> &'r Reading,
    ) -> Option<Reading> {
        let read = reading(&mut self.reader, &self.skim, s);
        for before in (s.saturating_sub(pronoun::REACH)..s).rev() {
            let before = reading(&mut self.reader, &self.skim, before);
            let vocabulary = self.reader.vocabulary();
            let names = pronoun::antecedent(plans, before, vocabulary);
            if !names.is_empty() {
                return Some(read.with_name(&names, at, pronoun::SURE));
            }
            // A sentence on a pronoun goes on with whom that stands for.
            pronoun::subject(vocabulary, &before.tokens)?;
        }
        None
    }
}

/// Drops the numbers that are another time's or another party's, and, where the article has others, those that may be.
fn drop_others<'r>(
    claim: &ClaimPlan,
    page: &Page,
    reading: impl Fn(usize) -> &'r Reading,
    vocabulary: &Vocabulary,
    found: &mut Vec<(usize, Finding)>,
) {
    let number = |finding: &Finding| finding.words.last().map_or(0, |number| number.start);
    found.retain(|(s, finding)| {
        let number = number(finding);
        let noun = finding.words.first().map_or(0, |noun| noun.start);
        !quantity::another_party(claim, page.sentence(*s), reading(*s), vocabulary, number)
            && !quantity::another_brand(claim, reading(*s), vocabulary, noun)
    });
    found.retain(|(s, finding)| !is_elsewhen(page, *s, number(finding)));
    let clause =
        |s: usize, finding: &Finding| quantity::clause_of(page.sentence(s), number(finding));
    let doubtful: Vec<bool> = found
        .iter()
        .map(|(s, finding)| {
            finding.score <= quantity::WEAK
                || quantity::another_time(&clause(*s, finding))
                || quantity::is_taken_up(page.sentence(*s), number(finding))
        })
        .collect();
    if doubtful.contains(&false) {
        let mut doubtful = doubtful.into_iter();
        found.retain(|_| doubtful.next() == Some(false));
    }
}

/// Whether a number, by its first byte in the statement, is told of another year than the article's, or of another event.
fn is_elsewhen(page: &Page, s: usize, number: usize) -> bool {
    let year = page.article.date.map(|date| i32::from(date.year()));
    let sentence = page.sentence(s);
    quantity::another_year(&quantity::clause_of(sentence, number), year)
        || quantity::another_event(sentence)
}

/// Drops what an article tells of earlier years, where it has something else to tell.
fn drop_background(page: &Page, found: &mut Vec<(usize, Finding)>) {
    if found.len() < 2 {
        return;
    }
    let is_background = |(s, finding): &(usize, Finding)| {
        tells_of_earlier_years(page.sentence(*s), &finding.words, page.article.date)
    };
    let background: Vec<bool> = found.iter().map(is_background).collect();
    if background.contains(&false) {
        let mut background = background.into_iter();
        found.retain(|_| background.next() == Some(false));
    }
}
