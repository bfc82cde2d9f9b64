//! What holds a candidate to account: it must read without a remark, pass its own examples, and find a divergence in the articles.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Found;
use super::candidate::{aliases, names_of};
use crate::article::Article;
use crate::claim::draft::{Draft, DraftAnswers, DraftClaim, DraftExample};
use crate::claim::edit::scalar;
use crate::claim::{self, Claim};
use crate::divergence::Kind;
use crate::matching::{Match, Matcher};
use crate::report::Report;
use crate::source::Source;
use crate::statement::Place;
use crate::statement::segment::segment;
use crate::trial::Bench;
use crate::trial::example::{Trial, Verdict};
use crate::trial::lint::lint;

/// Most names of a topic.
const MOST_NAMES: usize = 6;
/// Most examples of a position; more would only repeat.
const MOST_EXAMPLES: usize = 3;
/// How often a candidate is mended before it is given up: one wording a time.
const MENDED: usize = 8;

/// What the articles are about.
#[derive(Debug)]
pub(super) struct Topic {
    text: String,
}

impl Topic {
    /// The names that most articles give.
    pub fn of(articles: &[Article]) -> Self {
        let names = names_of(articles);
        let mut common: Vec<(&String, usize)> = names
            .iter()
            .map(|(name, articles)| (name, articles.len()))
            .filter(|(name, count)| *count > 1 && name.len() < 40)
            .collect();
        common.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.len(), *name));
        let mut told: Vec<&str> = Vec::new();
        for (name, _) in common {
            let part = |a: &str, b: &str| a.split(' ').any(|word| word == b);
            if !told
                .iter()
                .any(|known| part(name, known) || part(known, name))
            {
                told.push(name);
            }
            if told.len() == MOST_NAMES {
                break;
            }
        }
        let text = match told.as_slice() {
            [] => "A topic".to_owned(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        };
        Self { text }
    }
}

/// A candidate that holds.
#[derive(Debug)]
pub(super) struct Proven {
    pub claim: DraftClaim,
    pub found: Found,
}

/// The candidates as one file.
pub(super) fn together(proven: Vec<Proven>, topic: &Topic, articles: &[Article]) -> Option<Draft> {
    let claims: Vec<DraftClaim> = proven.into_iter().map(|proven| proven.claim).collect();
    if claims.is_empty() {
        return None;
    }
    let mut draft = file(claims, topic, articles);
    // Every claim held with the aliases of its own texts. Should those of the others disturb one, the file does without any.
    let sound = |draft: &Draft| {
        let text = draft.text();
        let loaded = claim::parse(Arc::new(Source::new("draft", text)));
        let claims: Vec<Arc<Claim>> = loaded.items.into_iter().map(Arc::new).collect();
        loaded.problems.is_empty()
            && claims.len() == draft.claims.len()
            && claims
                .iter()
                .all(|claim| lint(claim).is_empty() && Trial::of(claim).count(Verdict::Failed) == 0)
    };
    if !sound(&draft) {
        draft.aliases.clear();
    }
    while !sound(&draft) {
        draft.claims.pop();
        if draft.claims.is_empty() {
            return None;
        }
    }
    Some(draft)
}

fn file(claims: Vec<DraftClaim>, topic: &Topic, articles: &[Article]) -> Draft {
    let texts: Vec<&str> = claims.iter().flat_map(texts).collect();
    Draft {
        topic: topic.text.clone(),
        aliases: aliases(articles, &texts),
        claims,
    }
}

/// The texts by which a claim looks for something.
fn texts(claim: &DraftClaim) -> Vec<&str> {
    let mut texts: Vec<&str> = claim.about.iter().map(String::as_str).collect();
    match &claim.answers {
        DraftAnswers::Positions(positions) => {
            for position in positions {
                texts.push(&position.says);
                texts.extend(position.phrases.iter().map(String::as_str));
            }
        }
        DraftAnswers::Quantity(of) => texts.extend(of.iter().map(String::as_str)),
    }
    texts
}

/// The candidate as it can be written, with the examples that work and a near miss; `None` where it does not hold.
pub(super) fn prove(
    mut candidate: DraftClaim,
    topic: &Topic,
    articles: &[Article],
) -> Option<Proven> {
    let meant = std::mem::take(&mut candidate.examples);
    candidate.examples = meant.clone();
    let mut claim = read(&candidate, topic, articles)?;
    let mut matches = matches(&claim, articles);
    candidate.examples = examples(&claim, &meant);
    candidate
        .examples
        .push(near_miss(&claim, &matches, articles)?);
    for _ in 0..MENDED {
        claim = read(&candidate, topic, articles)?;
        let faults = lint(&claim);
        let Some(fault) = faults.first() else {
            break;
        };
        let labels = fault
            .labels
            .iter()
            .map(|label| claim.source.slice(label.span));
        if !without(&mut candidate, &labels.collect::<Vec<_>>()) {
            return None;
        }
    }
    claim = read(&candidate, topic, articles)?;
    if !lint(&claim).is_empty() || Trial::of(&claim).count(Verdict::Failed) > 0 {
        return None;
    }
    matches = self::matches(&claim, articles);
    let found = divergence(&claim, articles, matches)?;
    Some(Proven {
        claim: candidate,
        found,
    })
}

fn read(candidate: &DraftClaim, topic: &Topic, articles: &[Article]) -> Option<Arc<Claim>> {
    let text = file(vec![candidate.clone()], topic, articles).text();
    let loaded = claim::parse(Arc::new(Source::new("draft", text)));
    if !loaded.problems.is_empty() {
        return None;
    }
    loaded.items.into_iter().next().map(Arc::new)
}

fn matches(claim: &Arc<Claim>, articles: &[Article]) -> Vec<Match> {
    let matcher = Matcher::new(std::slice::from_ref(claim));
    let mut worker = matcher.worker();
    let articles = articles.iter().enumerate();
    articles
        .flat_map(|(index, article)| worker.article(index, article))
        .collect()
}

/// Those examples that carry what they should.
fn examples(claim: &Arc<Claim>, meant: &[DraftExample]) -> Vec<DraftExample> {
    let trial = Trial::of(claim);
    let mut kept: Vec<DraftExample> = Vec::new();
    for (example, outcome) in meant.iter().zip(&trial.examples) {
        let same = kept
            .iter()
            .filter(|old| old.position == example.position)
            .count();
        let known = kept.iter().any(|old| old.text == example.text);
        if outcome.verdict == Verdict::Passed && same < MOST_EXAMPLES && !known {
            kept.push(example.clone());
        }
    }
    kept
}

/// A sentence of the articles that names the subject and carries nothing, else the claim's own question.
fn near_miss(claim: &Arc<Claim>, matches: &[Match], articles: &[Article]) -> Option<DraftExample> {
    let bench = Bench::new(claim);
    let none = |text: String, from: Option<String>| DraftExample {
        text,
        position: "none".to_owned(),
        todo: false,
        from,
    };
    for (index, article) in articles.iter().enumerate() {
        for statement in segment(&article.prose, &article.headings, article.title.as_deref()) {
            let text = &article.prose[statement.span.start..statement.span.end];
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let line = crate::clean::clean(&line).into_owned();
            let lower = line.to_lowercase();
            let named = claim
                .about
                .iter()
                .any(|entry| lower.contains(&entry.to_lowercase()));
            let carries = matches
                .iter()
                .any(|m| m.article == index && m.span == statement.span);
            let fits = statement.place == Place::Body && named && !carries && line.len() < 300;
            if fits && bench.matches(&line).is_empty() {
                let at = article.text.line_column(statement.span.start).0;
                return Some(none(line, Some(format!("{}:{at}", article.path))));
            }
        }
    }
    let question = claim.question.clone();
    bench
        .matches(&question)
        .is_empty()
        .then(|| none(question, None))
}

/// Takes away the first further wording that one of these places holds.
fn without(candidate: &mut DraftClaim, places: &[&str]) -> bool {
    let DraftAnswers::Positions(positions) = &mut candidate.answers else {
        return false;
    };
    for position in positions {
        let at = position
            .phrases
            .iter()
            .position(|phrase| places.contains(&scalar(phrase).as_str()));
        if let Some(at) = at {
            position.phrases.remove(at);
            return true;
        }
    }
    false
}

/// The divergence between articles that the claim finds, if any.
fn divergence(claim: &Arc<Claim>, articles: &[Article], matches: Vec<Match>) -> Option<Found> {
    let mut answers: Vec<String> = Vec::new();
    for found in &matches {
        if !answers.iter().any(|known| **known == *found.position) {
            answers.push(found.position.to_string());
        }
    }
    let told: BTreeSet<usize> = matches.iter().map(|m| m.article).collect();
    let report = Report::assemble(
        vec![Arc::clone(claim)],
        articles.to_vec(),
        matches,
        Vec::new(),
    );
    let diverges = report.divergences.iter().any(|divergence| {
        matches!(
            divergence.kind,
            Kind::Contradiction | Kind::Numeric | Kind::Temporal | Kind::Update
        )
    });
    diverges.then(|| Found {
        claim: claim.id.clone(),
        answers,
        articles: told.len(),
    })
}
