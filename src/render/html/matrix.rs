//! The table of claims and articles: who says what.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Page;
use crate::claim::Severity;
use crate::divergence::{Divergence, Status};
use crate::render::words::{answer, count, is_minor, is_silence, plain, severity_name};

/// More columns than this cannot be compared at a glance: then outlets take the place of articles, and where these are too many as
/// well, numbers.
const MOST_COLUMNS: usize = 16;

/// A heading of the table with the articles below it.
struct Column {
    name: String,
    note: String,
    articles: Vec<usize>,
}

impl Page<'_> {
    pub(super) fn matrix(&self) -> Markup {
        let report = self.report;
        let worst = self.worst();
        // What matters first comes first, as below.
        let mut rows: Vec<usize> = (0..report.claims.len()).collect();
        rows.sort_by_key(|&claim| worst[claim].map_or(usize::MAX, |(rank, _)| rank));
        let answered: Vec<bool> = {
            let mut answered = vec![false; report.claims.len()];
            for stance in &report.stances {
                answered[stance.claim] = true;
            }
            answered
        };
        let (rows, unanswered): (Vec<usize>, Vec<usize>) =
            rows.into_iter().partition(|&claim| answered[claim]);
        let columns = self.columns();
        html! {
            section id="overview" aria-labelledby="overview-name" {
                h2 id="overview-name" { "Who says what" }
                @if rows.is_empty() {
                    p.note { "No article answers any of the claims." }
                } @else {
                    div.scroll role="group" aria-labelledby="overview-name" tabindex="0" {
                        table.matrix {
                            caption.unseen { "Claims in rows, their answers in columns" }
                            thead {
                                tr {
                                    th scope="col" { "Claim" }
                                    @match &columns {
                                        Some(columns) => @for column in columns {
                                            th scope="col" { (column.name) @if !column.note.is_empty() { small { (column.note) } } }
                                        },
                                        None => { th scope="col" { "Answers, with the number of articles" } },
                                    }
                                }
                            }
                            tbody {
                                @for &claim in &rows {
                                    (self.row(claim, worst[claim].map(|(_, d)| d), columns.as_deref()))
                                }
                            }
                        }
                    }
                    p.key {
                        "!!! high, !! medium, ! low. A dot " span.dot aria-hidden="true" { "·" } " stands for silence. Several answers in a cell: the article gives them all."
                    }
                }
                @if !unanswered.is_empty() {
                    p.key {
                        "No article answers " (count(unanswered.len(), "claim")) ": "
                        @for (nth, &claim) in unanswered.iter().enumerate() {
                            @if nth > 0 { ", " }
                            code { (plain(&report.claims[claim].id)) }
                        }
                        "."
                    }
                }
                (self.copies())
            }
        }
    }

    /// For each claim its first divergence with its rank, silences last.
    fn worst(&self) -> Vec<Option<(usize, &Divergence)>> {
        let mut worst: Vec<Option<(usize, &Divergence)>> = vec![None; self.report.claims.len()];
        for (rank, divergence) in self.report.divergences.iter().enumerate() {
            let slot = &mut worst[divergence.claim];
            if divergence.status != Status::Dismissed && slot.is_none() {
                *slot = Some((rank, divergence));
            }
        }
        worst
    }

    /// Articles, or outlets where they are fewer; nothing where both are too many.
    fn columns(&self) -> Option<Vec<Column>> {
        let articles = &self.report.articles;
        if articles.len() <= MOST_COLUMNS {
            let column = |(at, article): (usize, &crate::report::ArticleEntry)| {
                let id = plain(&article.id);
                let date = article.date.map(|date| date.to_string());
                let (name, mut note) = match &article.source {
                    Some(source) => (plain(source), id),
                    None => (id, String::new()),
                };
                if let Some(date) = date {
                    note = format!("{date} {note}").trim_end().to_owned();
                }
                Column {
                    name,
                    note,
                    articles: vec![at],
                }
            };
            return Some(articles.iter().enumerate().map(column).collect());
        }
        if self.sources.len() > MOST_COLUMNS {
            return None;
        }
        let mut of_source: Vec<Vec<usize>> = vec![Vec::new(); self.sources.len()];
        for (article, &source) in self.source_of.iter().enumerate() {
            of_source[source].push(article);
        }
        let columns = self.sources.iter().zip(of_source);
        let columns = columns.map(|(name, articles)| Column {
            name: name.clone(),
            note: count(articles.len(), "article"),
            articles,
        });
        Some(columns.collect())
    }

    fn row(&self, claim: usize, worst: Option<&Divergence>, columns: Option<&[Column]>) -> Markup {
        let of_claim = &self.report.claims[claim];
        let question = plain(&of_claim.question);
        html! {
            tr data-claim=(claim) {
                th scope="row" {
                    @match worst {
                        Some(worst) => {
                            a href={ "#d-" (worst.id) } { (question) }
                            small {
                                span class={ "sev " (severity_name(worst.severity)) } { (marks(worst)) (if is_silence(worst) { "silence" } else { worst.kind.name() }) }
                                " " code { (plain(&of_claim.id)) }
                            }
                        }
                        None => { (question) small { code { (plain(&of_claim.id)) } } }
                    }
                }
                @match columns {
                    Some(columns) => @for column in columns {
                        td { (self.cell(claim, &column.articles, column.articles.len() > 1)) }
                    },
                    None => {
                        td {
                            @let all: Vec<usize> = (0..self.report.articles.len()).collect();
                            (self.cell(claim, &all, true))
                        }
                    }
                }
            }
        }
    }

    /// The answers of the articles; with numbers where they are several.
    fn cell(&self, claim: usize, articles: &[usize], numbers: bool) -> Markup {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for &article in articles {
            for held_one in self
                .report
                .cell(claim, article)
                .iter()
                .flat_map(|stance| &stance.held)
            {
                *held.entry(&held_one.position).or_default() += 1;
            }
        }
        let of_claim = &self.report.claims[claim];
        let given = self
            .answers
            .all(claim)
            .iter()
            .filter_map(|&name| Some((name, *held.get(name)?)));
        html! {
            @if held.is_empty() {
                span.dot { span aria-hidden="true" { "·" } span.unseen { "silent" } }
            }
            @for (name, number) in given {
                span class=(self.answers.class(claim, Some(name))) {
                    (answer(of_claim, name)) @if numbers { " " b { (number) } }
                }
                " "
            }
        }
    }
}

/// As many marks as it matters; none for what is only worth knowing.
fn marks(divergence: &Divergence) -> &'static str {
    if is_minor(divergence) {
        return "";
    }
    match divergence.severity {
        Severity::High => "!!! ",
        Severity::Medium => "!! ",
        Severity::Low => "! ",
    }
}
