//! The report as annotations of a GitHub workflow: a line each, which the runner shows beside the line of the article.
//!
//! What a reviewer dismissed is left out. GitHub shows ten annotations of a level and a step, so what matters most comes first.

use crate::claim::Severity;
use crate::clean::clean;
use crate::divergence::{Divergence, Status};
use crate::problem::{Level, Problem};
use crate::report::Report;

use super::file_place::FilePlace;
use super::words::{count, plain, severity_name, sides};

/// Writes a line for each divergence that is not dismissed and for each problem, then one with the numbers. The same report gives
/// the same bytes.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let shown = report
        .divergences
        .iter()
        .filter(|divergence| divergence.status != Status::Dismissed);
    let mut number = 0;
    for divergence in shown {
        out += &of_divergence(report, divergence);
        number += 1;
    }
    for problem in &report.problems {
        out += &of_problem(problem);
    }
    // A plain line of the log; it begins with a digit, so it is no command.
    out += &format!(
        "{}, {}\n",
        count(number, "divergence"),
        count(report.problems.len(), "problem")
    );
    out
}

fn of_divergence(report: &Report, divergence: &Divergence) -> String {
    let claim = &report.claims[divergence.claim];
    let level = match divergence.severity {
        Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "notice",
    };
    let found = divergence
        .sides
        .iter()
        .find_map(|side| side.matches.first())
        .map(|&at| &report.matches[at]);
    let mut message = format!("{}\n{}", plain(&claim.question), sides(report, divergence));
    for side in &divergence.sides {
        if let Some(&at) = side.matches.first() {
            let found = &report.matches[at];
            let id = plain(&report.articles[found.article].id);
            message += &format!("\n{id}: “{}”", plain(&found.text));
        }
    }
    let place = found.map(|found| FilePlace::of_match(report, found));
    command(
        level,
        place.as_ref(),
        &format!(
            "{} ({}): {}",
            divergence.kind.name(),
            severity_name(divergence.severity),
            plain(&claim.id)
        ),
        &message,
    )
}

fn of_problem(problem: &Problem) -> String {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let place = problem.line_column();
    let place = FilePlace {
        path: problem.path.as_deref(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
    };
    let mut message = plain(&problem.message);
    if let Some(help) = &problem.help {
        message += &format!("\n{}", plain(help));
    }
    command(level, Some(&place), problem.code, &message)
}

fn command(level: &str, place: Option<&FilePlace>, title: &str, message: &str) -> String {
    let mut properties = Vec::new();
    if let Some(place) = place
        && let Some(path) = place.path
    {
        properties.push(format!("file={}", property(path)));
        if let Some(line) = place.line {
            properties.push(format!("line={line}"));
        }
        if let Some(column) = place.column {
            properties.push(format!("col={column}"));
        }
    }
    properties.push(format!("title={}", property(title)));
    format!("::{level} {}::{}\n", properties.join(","), data(message))
}

/// As the runner decodes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// As the runner decodes a property. A path that holds what steers or hides is cleaned: no file of that name is then found to be
/// annotated, but the log of the workflow is a terminal.
fn property(text: &str) -> String {
    data(&clean(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::scene::{Scene, positions};

    fn report() -> Report {
        let mut scene = Scene::new(
            vec![positions("fate", &["dead", "alive"])],
            "a: alive?\nb: dead@Ada_Kaya\nc: dead",
        );
        scene.articles[1].path = "a,b:c%\n::error::x.txt".to_owned();
        scene.matches[1].text = "100 % sure.\r\n::stop-commands::x".into();
        let problems = vec![Problem::warning("article/odd", "odd").at_path("x,y.txt")];
        Report::assemble(scene.claims, scene.articles, scene.matches, problems)
    }

    #[test]
    fn shape() {
        insta::assert_snapshot!(render(&report()));
    }

    #[test]
    fn nothing_foreign_begins_a_line_or_a_property() {
        let mut report = report();
        for line in render(&report).lines() {
            assert!(
                ["::error ", "::warning ", "::notice "]
                    .iter()
                    .any(|start| line.starts_with(start))
                    || line.starts_with(|c: char| c.is_ascii_digit()),
                "{line}"
            );
        }
        assert_eq!(property("a:b,c%\r\n"), "a%3Ab%2Cc%25%0A");
        assert_eq!(property("\u{1b}[2J\r"), "\u{fffd}[2J\u{fffd}");
        for divergence in &mut report.divergences {
            divergence.status = Status::Dismissed;
        }
        assert!(!render(&report).contains("Ada"));
    }
}
