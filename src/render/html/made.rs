//! What the report was made of: the articles, what could not be used, and how to make it again.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::conflict::link;
use super::{MOST_SHOWN, Options, Page};
use crate::problem::{Level, Problem};
use crate::render::file_place::FilePlace;
use crate::render::words::{count, percent, plain};
use crate::source::Source;

/// A list of articles that is longer is folded.
const OPEN_LIST: usize = 20;

impl Page<'_> {
    pub(super) fn articles(&self) -> Markup {
        let articles = &self.report.articles;
        let table = html! {
            div.scroll role="group" aria-labelledby="articles-name" tabindex="0" {
                table.list {
                    thead { tr {
                        th scope="col" { "Article" } th scope="col" { "Source" } th scope="col" { "Date" }
                        th scope="col" { "Title" } th scope="col" { "Voice" }
                    } }
                    tbody {
                        @for (at, article) in articles.iter().enumerate().take(MOST_SHOWN) {
                            tr {
                                th scope="row" { code { (plain(&article.id)) } }
                                td { @if let Some(source) = &article.source { (plain(source)) } }
                                td.date { @if let Some(date) = article.date { (date) } }
                                td {
                                    @match (&article.title, &article.url) {
                                        (Some(title), url) => (link(url.as_deref(), &plain(title))),
                                        (None, Some(url)) => (link(Some(url), &plain(url))),
                                        (None, None) => {},
                                    }
                                }
                                td {
                                    @match self.report.copies.echo(at) {
                                        Some((lead, echo)) => {
                                            "repeats " (plain(&articles[lead].id)) ", " (percent(echo.share)) " of its words"
                                        }
                                        None => "own",
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if articles.len() > MOST_SHOWN {
                p.note { (articles.len() - MOST_SHOWN) " more are left out of this page. The JSON report has all of them." }
            }
        };
        html! {
            section id="articles" aria-labelledby="articles-name" {
                h2 id="articles-name" { "Articles " span.number { (articles.len()) } }
                @if articles.len() > OPEN_LIST {
                    details { summary { "Show " (count(articles.len(), "article")) } (table) }
                } @else { (table) }
            }
        }
    }

    pub(super) fn problems(&self) -> Markup {
        let problems = &self.report.problems;
        html! {
            @if !problems.is_empty() {
                section id="problems" aria-labelledby="problems-name" {
                    h2 id="problems-name" { "Problems " span.number { (problems.len()) } }
                    p.about { "An error kept something out of the comparison. A warning is about something that was used all the same." }
                    ul.problems {
                        @for problem in problems.iter().take(MOST_SHOWN) { (one(problem)) }
                    }
                    @if problems.len() > MOST_SHOWN {
                        p.note { (problems.len() - MOST_SHOWN) " more are left out of this page." }
                    }
                }
            }
        }
    }

    pub(super) fn made(&self, options: &Options) -> Markup {
        let report = self.report;
        let claim_files: BTreeMap<&str, &Source> = report
            .claims
            .iter()
            .map(|claim| (claim.source.name(), &*claim.source))
            .collect();
        html! {
            section id="made" aria-labelledby="made-name" {
                h2 id="made-name" { "How this was made" }
                dl.made {
                    dt { "Program" } dd { "gainsay " (env!("CARGO_PKG_VERSION")) }
                    @if let Some(command) = &options.command {
                        dt { "Command" } dd { code { (plain(command)) } }
                    }
                    dt { "Compared" }
                    dd {
                        (count(report.articles.len(), "article")) ", " (count(report.claims.len(), "claim")) " of "
                        (count(claim_files.len(), "file")) "; "
                        (report.matches.len()) @if report.matches.len() == 1 { " statement carries" } @else { " statements carry" }
                        " an answer"
                    }
                    dt { "Method" }
                    dd {
                        "Statements are found by similarity of words with the wordings of the claim files. It is a guide to reading: "
                        "a sentence may be missed, and a match may be wrong. The marked words decided."
                    }
                }
                details {
                    summary { "Hashes of what was read (SHA-256 of the text in UTF-8)" }
                    ul.hashes {
                        @for (name, source) in &claim_files {
                            li { span.path { (plain(name)) } " " code { (source.sha256()) } }
                        }
                        @for article in report.articles.iter().take(MOST_SHOWN) {
                            li { span.path { (plain(FilePlace::of_article(article).path.unwrap_or("standard input"))) } " " code { (article.sha256) } }
                        }
                    }
                    @if report.articles.len() > MOST_SHOWN {
                        p.note { "Those of " (report.articles.len() - MOST_SHOWN) " more articles are left out of this page. The JSON report has them." }
                    }
                }
            }
        }
    }
}

fn one(problem: &Problem) -> Markup {
    let (class, level) = match problem.level {
        Level::Error => ("badge high", "error"),
        Level::Info => ("badge low", "note"),
        Level::Warning => ("badge medium", "warning"),
    };
    html! {
        li {
            p {
                span class=(class) { (level) } " " (plain(&problem.message))
                @if let Some(help) = &problem.help { span.help { " " (plain(help)) "." } }
            }
            p.ids {
                code { (problem.code) }
                @if let Some(path) = &problem.path {
                    " · " span.path {
                        (plain(path))
                        @if let Some((line, column)) = problem.line_column() { ":" (line) ":" (column) }
                    }
                }
            }
        }
    }
}
