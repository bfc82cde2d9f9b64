//! A divergence: its sides beside each other, with the sentences that show them.

use maud::{Markup, html};

use super::Page;
use crate::divergence::{Divergence, Side, Status};
use crate::matching::Match;
use crate::render::file_place::FilePlace;
use crate::render::markdown::is_web_address;
use crate::render::words::{
    answer, gloss, is_minor, is_silence, percent, pieces, plain, severity_name, side_name,
    status_name, voice, voices,
};

/// Sentences shown on a side, and as many more behind a fold; a further one adds nothing to settle the question.
const QUOTED: usize = 3;
const FOLDED: usize = 20;

/// Articles named on a side; the others are counted.
const NAMED: usize = 50;

impl Page<'_> {
    pub(super) fn conflict(&self, divergence: &Divergence) -> Markup {
        let claim = &self.report.claims[divergence.claim];
        let mut sources: Vec<usize> = divergence
            .articles()
            .into_iter()
            .map(|article| self.source_of[article])
            .collect();
        sources.sort_unstable();
        sources.dedup();
        let sources: Vec<String> = sources.iter().map(usize::to_string).collect();
        let id = format!("d-{}", divergence.id);
        html! {
            article class=(if is_minor(divergence) { "conflict slim" } else { "conflict" })
                id=(id) tabindex="-1" aria-labelledby={ (id) "-name" } data-claim=(divergence.claim)
                data-sources=(sources.join(" ")) data-kind=(divergence.kind.name()) data-status=(status_name(divergence.status)) {
                header {
                    p.facts {
                        span class={ "badge " (severity_name(divergence.severity)) } { (severity_name(divergence.severity)) }
                        " " span.kind { (divergence.kind.name()) }
                        @if let Some(gloss) = gloss(divergence) { span.gloss { " (" (gloss) ")" } }
                        @if divergence.status != Status::Open { " " span.status { (status_name(divergence.status)) } }
                    }
                    h3 id={ (id) "-name" } { (plain(&claim.question)) }
                    p.ids {
                        code { (plain(&claim.id)) } " · " (plain(&claim.topic)) " · "
                        a href={ "#" (id) } title="Link to this divergence" { (divergence.id) }
                    }
                }
                @if is_silence(divergence) {
                    (self.silence(divergence))
                } @else {
                    div.sides {
                        @for side in &divergence.sides { (self.side(divergence, side)) }
                    }
                }
            }
        }
    }

    fn side(&self, divergence: &Divergence, side: &Side) -> Markup {
        let report = self.report;
        let claim = &report.claims[divergence.claim];
        let position = side.position.as_deref();
        let says = position.and_then(|name| claim.position(name));
        let mut quoted: Vec<&Match> = Vec::new();
        for &at in &side.matches {
            let found = &report.matches[at];
            // Matches stand article by article, so a repeated article is the last one.
            if quoted
                .last()
                .is_none_or(|last| last.article != found.article)
            {
                quoted.push(found);
            }
        }
        let all = quoted.len();
        quoted.truncate(QUOTED + FOLDED);
        let (open, folded) = quoted.split_at(quoted.len().min(QUOTED));
        let rest: Vec<usize> = side
            .articles
            .iter()
            .copied()
            .filter(|at| quoted.iter().all(|found| found.article != *at))
            .collect();
        html! {
            section.side {
                h4 {
                    span class=(self.answers.class(divergence.claim, position)) { (side_name(claim, side)) }
                    " " span.voices { (voices(report, &side.articles)) }
                }
                @if let Some(says) = says.map(|position| plain(&position.says)).filter(|says| !says.is_empty()) {
                    p.says { (says) }
                }
                @for found in open { (self.quote(found)) }
                @if !folded.is_empty() {
                    details {
                        summary { (folded.len()) " more" @if all > quoted.len() { " of " (all - open.len()) } }
                        @for found in folded { (self.quote(found)) }
                    }
                }
                @if !rest.is_empty() {
                    p.rest { @if all > 0 { "Also " } (self.names(&rest)) }
                }
            }
        }
    }

    /// Who is silent, and what the others answer.
    fn silence(&self, divergence: &Divergence) -> Markup {
        let claim = &self.report.claims[divergence.claim];
        html! {
            dl.silence {
                @for side in &divergence.sides {
                    dt { span class=(self.answers.class(divergence.claim, side.position.as_deref())) { (side_name(claim, side)) } }
                    dd { (self.names(&side.articles)) }
                }
            }
        }
    }

    /// Outlets with the ids of their articles.
    fn names(&self, articles: &[usize]) -> Markup {
        let shown = &articles[..articles.len().min(NAMED)];
        html! {
            @for (nth, &at) in shown.iter().enumerate() {
                @let article = &self.report.articles[at];
                @if nth > 0 { ", " }
                @match &article.source {
                    Some(source) => { (plain(source)) " " span.faint { "(" (plain(&article.id)) ")" } }
                    None => (plain(&article.id)),
                }
            }
            @if articles.len() > shown.len() { " and " (articles.len() - shown.len()) " more" }
        }
    }

    fn quote(&self, found: &Match) -> Markup {
        let report = self.report;
        let article = &report.articles[found.article];
        let place = FilePlace::of_match(report, found);
        let path = plain(place.path.unwrap_or("standard input"));
        let echo = report.copies.echo(found.article);
        let claim = &report.claims[found.claim];
        let source = plain(article.source.as_deref().unwrap_or(&article.id));
        let title = article.title.as_deref().map(plain);
        html! {
            figure.quote {
                blockquote dir="auto" {
                    p {
                        @if !found.context.before.is_empty() { span.context { (plain(&found.context.before)) " " } }
                        span.sentence {
                            @for (piece, decided) in pieces(found) {
                                @if decided { mark { (piece) } } @else { (piece) }
                            }
                        }
                        @if !found.context.after.is_empty() { span.context { " " (plain(&found.context.after)) } }
                    }
                }
                figcaption {
                    p.by {
                        strong { (source) }
                        @if let Some(date) = article.date { ", " time datetime=(date) { (date) } }
                        @if let Some(title) = &title { ": " (link(article.url.as_deref(), title)) }
                    }
                    p.how {
                        (voice(found).join(" · ")) " · match " (format!("{:.2}", found.score))
                        " · " span.path { (path) @if let Some(line) = place.line { ":" (line) } }
                        @if let Some((lead, echo)) = echo {
                            " · repeats " (plain(&report.articles[lead].id)) " (" (percent(echo.share)) " of its words)"
                        }
                    }
                    button.copy type="button" hidden data-citation=(citation(report, found)) {
                        "Copy citation" span.unseen { " of " (source) " on " (answer(claim, &found.position)) }
                    }
                }
            }
        }
    }
}

/// The text as a link where the address is one of the web.
pub(super) fn link(url: Option<&str>, text: &str) -> Markup {
    html! {
        @match url.filter(|url| is_web_address(url)) {
            Some(url) => a href=(plain(url)) rel="noreferrer noopener" { (text) },
            None => (text),
        }
    }
}

/// The sentence with where it stands, to be pasted.
fn citation(report: &crate::report::Report, found: &Match) -> String {
    let article = &report.articles[found.article];
    let mut text = format!("“{}” — ", plain(&found.text));
    text += &plain(article.source.as_deref().unwrap_or(&article.id));
    if let Some(title) = &article.title {
        text += &format!(", “{}”", plain(title));
    }
    if let Some(date) = article.date {
        text += &format!(", {date}");
    }
    if let Some(url) = &article.url {
        text += &format!(", {}", plain(url));
    }
    text
}
