//! The report as one page for the browser: everything is in the file, it asks for nothing from outside, and without scripts it can be
//! read all the same. With them it is filtered, stepped through by keys, and cited from.
//!
//! What comes from articles and claim files is cleaned and escaped; the page's own policy lets no script or style run but its two,
//! known by their hashes.

mod answers;
mod conflict;
mod made;
mod matrix;
mod timeline;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::claim::Severity;
use crate::divergence::{Divergence, Status};
use crate::report::Report;

use self::answers::Answers;
use super::words::{copies, count, is_minor, is_silence, plain, status_name};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// More divergences in one section are no page that a person reads or a browser likes.
const MOST_SHOWN: usize = 1000;

/// What the page tells beside the report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The command line that makes the page again, without places of the machine.
    pub command: Option<String>,
}

/// Writes the page. It ends with a newline; the same report and options give the same bytes.
pub fn render(report: &Report, options: &Options) -> String {
    let page = Page::new(report);
    let mut text = page.whole(options).into_string();
    text.push('\n');
    text
}

/// The report with what several parts of the page need.
struct Page<'a> {
    report: &'a Report,
    answers: Answers<'a>,
    /// Names of the outlets, sorted, each once.
    sources: Vec<String>,
    /// For each article its outlet.
    source_of: Vec<usize>,
}

/// Values of a filter with their names.
type Choices = Vec<(String, String)>;

/// The divergences of a section.
struct Section<'a> {
    id: &'static str,
    name: &'static str,
    about: &'static str,
    folded: bool,
    divergences: Vec<&'a Divergence>,
}

impl<'a> Page<'a> {
    fn new(report: &'a Report) -> Self {
        let names: Vec<String> = report
            .articles
            .iter()
            .map(|article| match &article.source {
                Some(source) => plain(source),
                None => "no source named".to_owned(),
            })
            .collect();
        let mut sources = names.clone();
        sources.sort();
        sources.dedup();
        let source_of = names
            .iter()
            .map(|name| {
                sources
                    .binary_search(name)
                    .expect("internal: every name is listed")
            })
            .collect();
        Self {
            report,
            answers: Answers::of(report),
            sources,
            source_of,
        }
    }

    fn whole(&self, options: &Options) -> Markup {
        let sections = self.sections();
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    meta name="generator" content={ "gainsay " (env!("CARGO_PKG_VERSION")) };
                    title { "Where the articles diverge" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the report" }
                    header.top {
                        p.brand { "gainsay" }
                        h1 { "Where the articles diverge" }
                        p.lede { (self.lede()) }
                        (self.contents(&sections))
                    }
                    main id="main" {
                        (self.filter())
                        (self.matrix())
                        @for section in &sections {
                            (self.section(section))
                        }
                        (self.timeline())
                        (self.articles())
                        (self.problems())
                        (self.made(options))
                    }
                    p.said.unseen role="status" aria-live="polite" id="said" {}
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    fn sections(&self) -> Vec<Section<'a>> {
        let dismissed = |divergence: &Divergence| divergence.status == Status::Dismissed;
        let select = |wanted: &dyn Fn(&Divergence) -> bool| -> Vec<&'a Divergence> {
            let all = self.report.divergences.iter();
            all.filter(|divergence| wanted(divergence)).collect()
        };
        let sections = vec![
            Section {
                id: "settle",
                name: "To settle",
                about: "",
                folded: false,
                divergences: select(&|d| !dismissed(d) && !is_minor(d)),
            },
            Section {
                id: "minor",
                name: "Minor",
                about: "The same answer, told by another speaker or with another certainty.",
                folded: true,
                divergences: select(&|d| !dismissed(d) && is_minor(d) && !is_silence(d)),
            },
            Section {
                id: "silences",
                name: "Silences",
                about: "Articles on the topic that leave a question open which others answer.",
                folded: false,
                divergences: select(&|d| !dismissed(d) && is_silence(d)),
            },
            Section {
                id: "dismissed",
                name: "Dismissed",
                about: "A reviewer decided that these are no divergences.",
                folded: true,
                divergences: select(&dismissed),
            },
        ];
        sections
            .into_iter()
            .filter(|section| section.id == "settle" || !section.divergences.is_empty())
            .collect()
    }

    /// What was compared and how much there is to do.
    fn lede(&self) -> Markup {
        let report = self.report;
        let settle: Vec<&Divergence> = report
            .divergences
            .iter()
            .filter(|d| d.status != Status::Dismissed && !is_minor(d))
            .collect();
        let high = settle
            .iter()
            .filter(|d| d.severity == Severity::High)
            .count();
        let errors = report.counts().errors;
        html! {
            (count(report.articles.len(), "article")) " compared on " (count(report.claims.len(), "claim")) ": "
            @if settle.is_empty() {
                strong { "nothing to settle" }
            } @else {
                strong { (count(settle.len(), "divergence")) " to settle" }
                @if high > 0 { ", " (high) " of high severity" }
            }
            "."
            @if errors > 0 {
                " " a href="#problems" { (count(errors, "error")) } " kept something out of the comparison."
            }
        }
    }

    fn contents(&self, sections: &[Section]) -> Markup {
        html! {
            nav aria-label="Contents" {
                ul {
                    li { a href="#overview" { "Who says what" } }
                    @for section in sections {
                        li { a href={ "#" (section.id) } { (section.name) } " " span.number { (section.divergences.len()) } }
                    }
                    li { a href="#timeline" { "By date" } }
                    li { a href="#articles" { "Articles" } " " span.number { (self.report.articles.len()) } }
                    @if !self.report.problems.is_empty() {
                        li { a href="#problems" { "Problems" } " " span.number { (self.report.problems.len()) } }
                    }
                    li { a href="#made" { "How this was made" } }
                }
            }
        }
    }

    /// Choices for the script; hidden where there is none.
    fn filter(&self) -> Markup {
        let claims = self.report.claims.iter().enumerate();
        let claims = claims.map(|(at, claim)| (at.to_string(), plain(&claim.id)));
        let sources = self.sources.iter().enumerate();
        let sources = sources.map(|(at, source)| (at.to_string(), source.clone()));
        let counts = self.report.counts();
        let same = |name: &str| (name.to_owned(), name.to_owned());
        let choices: [(&str, &str, Choices); 4] = [
            ("claim", "Claim", claims.collect()),
            ("source", "Source", sources.collect()),
            (
                "kind",
                "Kind",
                counts.kinds.keys().map(|kind| same(kind.name())).collect(),
            ),
            (
                "status",
                "Status",
                counts
                    .statuses
                    .keys()
                    .map(|&status| same(status_name(status)))
                    .collect(),
            ),
        ];
        html! {
            form id="filter" hidden aria-label="Filter the divergences" {
                @for (name, label, options) in &choices {
                    @if options.len() > 1 {
                        label {
                            span { (label) }
                            select name=(name) {
                                option value="" { "all" }
                                @for (value, text) in options {
                                    option value=(value) { (text) }
                                }
                            }
                        }
                    }
                }
                button type="reset" { "Show all" }
                p.hint { span id="shown" {} span.keys { " " kbd { "n" } " next, " kbd { "p" } " previous" } }
            }
        }
    }

    fn section(&self, section: &Section) -> Markup {
        let all = section.divergences.len();
        let shown = &section.divergences[..all.min(MOST_SHOWN)];
        let cards = html! {
            @for divergence in shown {
                (self.conflict(divergence))
            }
            @if all > shown.len() {
                p.note { (all - shown.len()) " more are left out of this page. The JSON report has all of them." }
            }
        };
        html! {
            section id=(section.id) aria-labelledby={ (section.id) "-name" } {
                h2 id={ (section.id) "-name" } { (section.name) " " span.number { (all) } }
                @if !section.about.is_empty() { p.about { (section.about) } }
                @if all == 0 {
                    p.note { "No two articles disagree on any of the claims." }
                } @else if section.folded {
                    details { summary { "Show " (count(all, "divergence")) } (cards) }
                } @else {
                    (cards)
                }
            }
        }
    }

    /// One line for each article that repeats another.
    fn copies(&self) -> Markup {
        let lines = copies(self.report);
        html! {
            @if !lines.is_empty() {
                div.copies {
                    p { "Some articles repeat each other. They count as one voice:" }
                    ul { @for line in lines.iter().take(MOST_SHOWN) { li { (line) } } }
                    @if lines.len() > MOST_SHOWN {
                        p.note { (lines.len() - MOST_SHOWN) " more are left out of this page." }
                    }
                }
            }
        }
    }
}

/// No outside source of anything; the page's own script and style by their hashes.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

#[cfg(test)]
mod tests;
