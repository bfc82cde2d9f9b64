//! What `gainsay review --format json` writes: schema version 1. Fields may be added; those here keep their names and meaning.

use std::collections::BTreeMap;

use gainsay::claim::Severity;
use gainsay::divergence::{Kind, Side, Status};
use gainsay::matching::Match;
use gainsay::review::{Agreement, Decision, Standing, Verdict};
use gainsay::statement::Voice;
use serde::Serialize;

use super::review_desk::Desk;

const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Queue<'a> {
    schema_version: u32,
    /// Decisions of the ledger about claims or articles that were not compared.
    elsewhere: usize,
    divergences: Vec<DivergenceItem<'a>>,
}

#[derive(Serialize)]
struct DivergenceItem<'a> {
    id: &'a str,
    claim: &'a str,
    question: &'a str,
    kind: Kind,
    severity: Severity,
    status: Status,
    /// `undecided`, `later`, `decided`, `expired` or `reopened`.
    standing: &'static str,
    /// Why it was reopened.
    changes: &'a [String],
    decision: Option<DecisionItem<'a>>,
    sides: Vec<SideItem<'a>>,
}

#[derive(Serialize)]
struct DecisionItem<'a> {
    verdict: Verdict,
    reason: &'a str,
    reviewer: Option<&'a str>,
    date: String,
    expires: Option<String>,
}

#[derive(Serialize)]
struct SideItem<'a> {
    position: Option<&'a str>,
    says: Option<&'a str>,
    /// Ids; numbers from 0 where the sources are hidden.
    articles: Vec<Source<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<EvidenceItem<'a>>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Source<'a> {
    Id(&'a str),
    Hidden(usize),
}

#[derive(Serialize)]
struct EvidenceItem<'a> {
    /// From 1, over all sides: what --wrong-match takes.
    number: usize,
    /// The match's id, which `gainsay explain` takes; it is made of the article's id, so it is hidden with the sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    article: Source<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    text: &'a str,
    /// The words that decided, as byte offsets into `text`.
    words: Vec<[usize; 2]>,
    attributed: bool,
    speaker: Option<&'a str>,
    hedged: bool,
}

/// The queue.
pub(super) fn list(desk: &Desk, blind: bool) -> String {
    queue(desk, &desk.queue, blind, false)
}

/// Divergences with their sentences.
pub(super) fn show(desk: &Desk, found: &[usize], blind: bool) -> String {
    queue(desk, found, blind, true)
}

fn queue(desk: &Desk, found: &[usize], blind: bool, evidence: bool) -> String {
    let divergences = found.iter().map(|&at| item(desk, at, blind, evidence));
    written(&Queue {
        schema_version: SCHEMA_VERSION,
        elsewhere: desk.elsewhere(),
        divergences: divergences.collect(),
    })
}

fn written(value: &impl Serialize) -> String {
    super::output::json(value)
}

fn item(desk: &Desk, at: usize, blind: bool, evidence: bool) -> DivergenceItem<'_> {
    let divergence = desk.divergence(at);
    let claim = &desk.report.claims[divergence.claim];
    let (standing, changes) = match &desk.docket.standings[at] {
        Standing::Undecided => ("undecided", &[][..]),
        Standing::Later => ("later", &[][..]),
        Standing::Decided => ("decided", &[][..]),
        Standing::Expired => ("expired", &[][..]),
        Standing::Reopened(changes) => ("reopened", &changes[..]),
    };
    let mut numbers = BTreeMap::new();
    for &article in divergence.sides.iter().flat_map(|side| &side.articles) {
        let next = numbers.len();
        numbers.entry(article).or_insert(next);
    }
    let source = |article: usize| {
        if blind {
            Source::Hidden(numbers.get(&article).copied().unwrap_or_default())
        } else {
            Source::Id(&desk.report.articles[article].id)
        }
    };
    let quote = |found: &'_ Match| -> (Source<'_>, Option<&str>, Option<usize>) {
        let path = &desk.report.articles[found.article].path;
        let shown = (!blind).then_some(path.as_str());
        (source(found.article), shown, (!blind).then_some(found.line))
    };
    let shown = desk.report.evidence(divergence);
    let sides = divergence.sides.iter().map(|side: &Side| SideItem {
        position: side.position.as_deref(),
        says: side
            .position
            .as_deref()
            .and_then(|name| claim.position(name))
            .map(|position| position.says.as_str()),
        articles: side
            .articles
            .iter()
            .map(|&article| source(article))
            .collect(),
        evidence: evidence.then(|| {
            side.matches
                .iter()
                .map(|&at| {
                    let found = &desk.report.matches[at];
                    let (article, path, line) = quote(found);
                    let (attributed, speaker) = match &found.voice {
                        Voice::Own => (false, None),
                        Voice::Attributed { speaker } => (true, speaker.as_deref()),
                    };
                    EvidenceItem {
                        article,
                        path,
                        line,
                        text: &found.text,
                        words: found
                            .words
                            .iter()
                            .map(|word| [word.start, word.end])
                            .collect(),
                        number: shown
                            .iter()
                            .position(|shown| *shown == at)
                            .map_or(0, |nth| nth + 1),
                        id: (!blind).then_some(found.id.as_str()),
                        attributed,
                        speaker,
                        hedged: found.hedged,
                    }
                })
                .collect()
        }),
    });
    DivergenceItem {
        id: &divergence.id,
        claim: &claim.id,
        question: &claim.question,
        kind: divergence.kind,
        severity: divergence.severity,
        status: divergence.status,
        standing,
        changes,
        decision: desk.ledger.standing(&divergence.id).map(decision_item),
        sides: sides.collect(),
    }
}

fn decision_item(decision: &Decision) -> DecisionItem<'_> {
    DecisionItem {
        verdict: decision.verdict,
        reason: &decision.reason,
        reviewer: decision.reviewer.as_deref(),
        date: decision.date.to_string(),
        expires: decision.expires.map(|last| last.to_string()),
    }
}

#[derive(Serialize)]
struct Comparison<'a> {
    schema_version: u32,
    both: usize,
    agreed: usize,
    only_first: usize,
    only_second: usize,
    /// 0 to 1; null where both decided nothing.
    agreement: Option<f64>,
    /// -1 to 1; null where it is not defined.
    kappa: Option<f64>,
    disagreements: Vec<DisagreementItem<'a>>,
}

#[derive(Serialize)]
struct DisagreementItem<'a> {
    id: &'a str,
    claim: &'a str,
    kind: Kind,
    first: DecisionItem<'a>,
    second: DecisionItem<'a>,
}

/// The comparison of two ledgers.
pub(super) fn comparison(agreement: &Agreement) -> String {
    let apart = agreement
        .disagreements
        .iter()
        .map(|apart| DisagreementItem {
            id: &apart.first.id,
            claim: &apart.first.on.claim,
            kind: apart.first.on.kind,
            first: decision_item(&apart.first),
            second: decision_item(&apart.second),
        });
    written(&Comparison {
        schema_version: SCHEMA_VERSION,
        both: agreement.both(),
        agreed: agreement.agreed(),
        only_first: agreement.only_first,
        only_second: agreement.only_second,
        agreement: agreement.share(),
        kappa: agreement.kappa(),
        disagreements: apart.collect(),
    })
}
