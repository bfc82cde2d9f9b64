//! The report as Markdown, for a ticket or a mail. It has no HTML in it and no links but those to web addresses of articles;
//! nothing in an article or a claim file can add markup, a link, a picture, a mention or a list.

use std::fmt::Write;

use crate::divergence::{Divergence, Side, Status};
use crate::matching::Match;
use crate::problem::Level;
use crate::report::Report;

use super::words::{
    copies, count, gloss, is_minor, origin, pieces, plain, severity_name, side_name, status_name,
    voice, voices,
};

/// Articles quoted on a side: more add nothing to settle the question, and the others are named.
const QUOTED: usize = 5;

/// Articles named on a side beside those; the others are counted.
const NAMED: usize = 50;

/// Writes the report. It ends with a newline; the same report gives the same bytes.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let text = &mut out;
    line(text, "# Where the articles diverge");
    let counts = [
        count(report.articles.len(), "article"),
        count(report.claims.len(), "claim"),
        match report.matches.len() {
            1 => "1 match".to_owned(),
            many => format!("{many} matches"),
        },
        count(report.divergences.len(), "divergence"),
        count(report.problems.len(), "problem"),
    ];
    line(text, &counts.join(", "));
    articles(text, report);
    let dismissed = |divergence: &&Divergence| divergence.status == Status::Dismissed;
    let sections: [(&str, Vec<&Divergence>); 3] = [
        (
            "To settle",
            report
                .divergences
                .iter()
                .filter(|d| !dismissed(d) && !is_minor(d))
                .collect(),
        ),
        (
            "Minor",
            report
                .divergences
                .iter()
                .filter(|d| !dismissed(d) && is_minor(d))
                .collect(),
        ),
        (
            "Dismissed",
            report.divergences.iter().filter(dismissed).collect(),
        ),
    ];
    for (name, divergences) in sections {
        if divergences.is_empty() {
            continue;
        }
        line(text, &format!("## {name} ({})", divergences.len()));
        for found in divergences {
            divergence(text, report, found);
        }
    }
    problems(text, report);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A block with an empty line after it.
fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push_str("\n\n");
}

fn articles(out: &mut String, report: &Report) {
    if report.articles.is_empty() {
        return;
    }
    line(out, "## Articles");
    out.push_str("| Article | Source | Date | Title |\n|---|---|---|---|\n");
    for article in &report.articles {
        let cell = |text: Option<&str>| text.map_or_else(String::new, safe);
        let title = match (&article.title, &article.url) {
            (title, Some(url)) if is_web_address(url) => {
                let name = title.as_deref().map_or_else(|| "link".to_owned(), safe);
                format!("[{name}](<{}>)", address(url))
            }
            (title, _) => cell(title.as_deref()),
        };
        let date = article.date.map(|date| date.to_string());
        writeln!(
            out,
            "| {} | {} | {} | {title} |",
            safe(&article.id),
            cell(article.source.as_deref()),
            date.unwrap_or_default(),
        )
        .expect("internal: writing to a string cannot fail");
    }
    out.push('\n');
    let copies = copies(report);
    if !copies.is_empty() {
        line(
            out,
            "These articles repeat each other and count as one voice:",
        );
        for copy in copies {
            // The first word stands behind the sign of the list, so a number with a full stop would open a list of its own.
            out.push_str(&format!("- article {}\n", safe(&copy)));
        }
        out.push('\n');
    }
}

fn divergence(out: &mut String, report: &Report, divergence: &Divergence) {
    let claim = &report.claims[divergence.claim];
    line(out, &format!("### Claim: {}", safe(&claim.question)));
    let mut facts = vec![
        format!("**{}**", divergence.kind.name()),
        format!("severity {}", severity_name(divergence.severity)),
        status_name(divergence.status).to_owned(),
        safe(&claim.id),
        divergence.id.clone(),
    ];
    facts.extend(gloss(divergence).map(str::to_owned));
    line(out, &facts.join(" · "));
    for side in &divergence.sides {
        self::side(out, report, divergence, side);
    }
    out.push('\n');
}

fn side(out: &mut String, report: &Report, divergence: &Divergence, side: &Side) {
    let claim = &report.claims[divergence.claim];
    out.push_str(&format!(
        "- **Side:** {} ({})\n",
        safe(&side_name(claim, side)),
        voices(report, &side.articles)
    ));
    let mut quoted: Vec<usize> = Vec::new();
    for &at in &side.matches {
        let found = &report.matches[at];
        if !quoted.contains(&found.article) && quoted.len() < QUOTED {
            quoted.push(found.article);
            out.push_str(&format!("  - {}\n", quote(report, found)));
        }
    }
    let rest: Vec<String> = side
        .articles
        .iter()
        .filter(|at| !quoted.contains(at))
        .map(|&at| safe(&report.articles[at].id))
        .collect();
    let named = rest[..rest.len().min(NAMED)].join(", ");
    if !rest.is_empty() {
        let more = if quoted.is_empty() { "in" } else { "also in" };
        let left = match rest.len() - rest.len().min(NAMED) {
            0 => String::new(),
            left => format!(" and {left} more"),
        };
        out.push_str(&format!("  - {more} {named}{left}\n"));
    }
}

fn quote(report: &Report, found: &Match) -> String {
    let mut text = "“".to_owned();
    for (piece, decided) in pieces(found) {
        // Stars open and close only beside letters and digits, whatever stands around them.
        let inner = piece.trim_matches(|c: char| !c.is_alphanumeric());
        if !decided || inner.is_empty() {
            text += &safe_part(&piece);
            continue;
        }
        let start = piece.find(inner).unwrap_or(0);
        text += &safe_part(&piece[..start]);
        text += &format!("**{}**", safe_part(inner));
        text += &safe_part(&piece[start + inner.len()..]);
    }
    let article = &report.articles[found.article];
    let mut facts = vec![
        safe(&origin(article)),
        safe(&format!("{}:{}", article.path, found.line)),
    ];
    facts.extend(voice(found).iter().map(|fact| safe(fact)));
    facts.push(format!("match {:.2}", found.score));
    format!("{text}” — {}", facts.join(" · "))
}

fn problems(out: &mut String, report: &Report) {
    if report.problems.is_empty() {
        return;
    }
    line(out, &format!("## Problems ({})", report.problems.len()));
    for problem in &report.problems {
        let level = match problem.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "note",
        };
        let mut place = problem.path.as_deref().map_or_else(String::new, safe);
        if let Some((line, column)) = problem.line_column() {
            place += &format!(":{line}:{column}");
        }
        if !place.is_empty() {
            place.push_str(": ");
        }
        let help = problem.help.as_deref();
        let help = help.map_or_else(String::new, |help| format!(" ({})", safe(help)));
        out.push_str(&format!(
            "- {level} {}: {place}{}{help}\n",
            safe(problem.code),
            safe(&problem.message)
        ));
    }
    out.push('\n');
}

/// Whether a browser would open it as a page of the web, and nothing in it ends a link.
pub(super) fn is_web_address(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    (lower.starts_with("https://") || lower.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A web address between `<` and `>`.
fn address(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '|' => out.push_str("%7C"),
            '&' => out.push_str("&amp;"),
            c if crate::clean::is_unsafe(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Foreign text as Markdown that shows it as it is, in one line. It must not stand at the beginning of a line, where numbers, dashes
/// and the like have a meaning.
fn safe(text: &str) -> String {
    safe_part(&plain(text))
}

/// As [`safe`], for text that is cleaned already and may begin or end with a space.
fn safe_part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek();
        let before_word = next.is_some_and(|next| next.is_alphanumeric());
        match c {
            // What is markup anywhere in a line, and what opens mathematics and emoji or ends a cell of a table.
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '!' | '{'
            | '}' | '^' | '"' | '\'' | '=' => {
                // Quotes are markup nowhere, but some renderers turn them around.
                if !matches!(c, '"' | '\'') {
                    out.push('\\');
                }
                out.push(c);
            }
            // Addresses become links by themselves, names between colons become pictures.
            ':' if next.is_some_and(|next| !next.is_whitespace()) => out.push_str("\\:"),
            '.' if before_word => out.push_str("\\."),
            // A word joiner, which a reader does not see, keeps sites from making a mention or a reference of it. It is spelled out,
            // since nothing unseen goes to a terminal.
            '@' | '#' if before_word => {
                out.push('\\');
                out.push(c);
                out.push_str("&#8288;");
            }
            '#' => out.push_str("\\#"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;
    use crate::divergence::scene::{Scene, positions};
    use crate::problem::Problem;
    use crate::source::Span;

    const HOSTILE: &str = "<script>alert(1)</script> **b** [x](javascript:alert(1)) ![i](http://e.org/p.png) `c` \
        | cell | @ada #12 www.example.org https://example.org a_b_c ~~d~~ $x$ &lt; 1. <!-- x -->";

    fn scene() -> Scene {
        Scene::new(
            vec![positions("fate", &["dead", "alive"])],
            "a(Dawn 2024-03-01): alive?^\nb: dead@Ada_Kaya dead\nc: dead",
        )
    }

    fn report(scene: Scene) -> Report {
        let problems = vec![Problem::warning("article/odd", "odd *bytes*").at_path("a_b.txt")];
        Report::assemble(scene.claims, scene.articles, scene.matches, problems)
    }

    fn all() -> Options {
        Options::all() - Options::ENABLE_SMART_PUNCTUATION
    }

    #[test]
    fn shape() {
        insta::assert_snapshot!(render(&report(scene())));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut scene = scene();
        for article in &mut scene.articles {
            article.title = Some(HOSTILE.to_owned());
            article.source = Some(HOSTILE.to_owned());
            article.url = Some("javascript:alert(1)".to_owned());
        }
        scene.articles[1].url = Some("https://e.org/a)>b|c".to_owned());
        for found in &mut scene.matches {
            found.text = HOSTILE.into();
            found.words = vec![Span::new(0, 8), Span::new(26, 31)];
        }
        let text = render(&report(scene));
        let mut shown = String::new();
        let mut links = 0;
        for event in Parser::new_ext(&text, all()) {
            match event {
                Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) => panic!("{event:?}"),
                Event::InlineMath(_) | Event::DisplayMath(_) => panic!("{event:?}"),
                Event::Start(Tag::Image { .. } | Tag::Strikethrough | Tag::CodeBlock(_)) => {
                    panic!("{event:?}")
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert_eq!(&*dest_url, "https://e.org/a)%3Eb%7Cc");
                    links += 1;
                }
                Event::Text(text) => shown.push_str(&text),
                _ => {}
            }
        }
        assert_eq!(links, 1);
        let joined = HOSTILE.replace("@ada #12", "@\u{2060}ada #\u{2060}12");
        assert!(shown.contains(&joined), "{shown}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_text_is_shown_as_it_is(text in "[-a1 .:<>\\[\\]()*_`~|\\\\!&;$^=+\"'{}/]{0,30}") {
            let text = plain(&text);
            let mut shown = String::new();
            for event in Parser::new_ext(&format!("x{}x", safe(&text)), all()) {
                match event {
                    Event::Text(part) => shown.push_str(&part),
                    Event::Start(Tag::Paragraph) | Event::End(_) => {}
                    other => prop_assert!(false, "{:?} in {:?}", other, text),
                }
            }
            prop_assert_eq!(shown, format!("x{text}x"));
        }
    }
}
