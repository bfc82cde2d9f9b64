//! `gainsay lint`: what is odd about claim files.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gainsay::clean::clean;
use gainsay::problem::{Level, Problem};
use gainsay::render::sarif::{self, RuleText};
use gainsay::render::terminal;
use gainsay::trial::lint::{RULES, lint_all, rule};
use serde::Serialize;

use super::config::Weight;
use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::Shared;
use super::inputs::{self, Inputs};
use super::output;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct LintArgs {
    /// Claim files and folders of them [default: claims].
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Leave out what this rule finds; may be given again.
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,

    /// Tell what a rule finds and why it matters, and do nothing else.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "allow", "format"])]
    explain: Option<String>,

    /// How to write it [default: text].
    #[arg(long, value_name = "FORMAT")]
    format: Option<LintFormat>,
}

/// How to write findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// As annotations of GitHub Actions.
    Github,
    /// For code scanning tools.
    Sarif,
}

const HELP: &str = "\
Examples:
  gainsay lint
      Look through the folder 'claims'.
  gainsay lint claims/fire.yaml --allow lint/no-near-miss
      Look through one file, without one of the rules.
  gainsay lint --explain collision
      What the rule lint/collision finds and what to do about it.

Rules:
  lint/alias-swallows    an alias that swallows the word that decides
  lint/ambiguous-unit    an entry of 'of' whose unit can be read in two ways
  lint/asking-except     a look-alike of 'except' that is a question
  lint/broad-about       an entry of 'about' that nearly every article meets
  lint/collision         a wording that lies nearer to another position
  lint/many-wordings     more wordings than can be held against each other
  lint/near-duplicate    two wordings of a position that look for the same words
  lint/no-examples       a claim without examples
  lint/no-near-miss      a claim whose examples hold no near miss
  lint/no-words          a wording or an entry of small words only
  lint/same-words        wordings of two positions that look for the same words
  lint/topic-words-only  a wording without a word that only its position has
  lint/unmet-about       an 'about' that none of the claim's wordings meets

Settings:
  gainsay.yaml may say how grave a rule is: off, info, warning or error.

    lint:
      no-near-miss: info
      near-duplicate: off

Exit codes:
  0  Nothing is odd, or only what the settings call info.
  1  Something is.
  2  Wrong usage, a claim could not be read, or a rule found something that the
     settings call an error.";

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    claims: usize,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    level: Level,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

/// Looks through the claims and writes what was found to standard output.
pub(super) fn run(shared: &Shared, args: &LintArgs) -> Result<Exit, Fatal> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    for code in &args.allow {
        known(code)?;
    }
    let inputs = Inputs::new(shared)?;
    let loaded = inputs::load(&inputs.claims(&args.paths)?)?;
    let mut problems = loaded.problems;
    let allowed = |problem: &Problem| {
        let mut codes = args.allow.iter().filter_map(|code| rule(code));
        codes.any(|rule| rule.code == problem.code)
    };
    for mut problem in lint_all(&loaded.items) {
        problem.level = match inputs.weight(problem.code) {
            _ if allowed(&problem) => continue,
            Some(Weight::Off) => continue,
            Some(Weight::Info) => Level::Info,
            Some(Weight::Error) => Level::Error,
            Some(Weight::Warning) | None => problem.level,
        };
        problems.push(problem);
    }
    problems.sort_by(|a, b| {
        let place = |problem: &Problem| problem.labels.first().map(|label| label.span.start);
        (&a.path, place(a), a.code, &a.message).cmp(&(&b.path, place(b), b.code, &b.message))
    });
    let count = |level: Level| problems.iter().filter(|p| p.level == level).count();
    let (errors, warnings, notes) = (
        count(Level::Error),
        count(Level::Warning),
        count(Level::Info),
    );
    let claims = loaded.items.len();
    let text = match args.format.unwrap_or_default() {
        LintFormat::Text => {
            let mut text = terminal::problems(&problems, &inputs.terminal(false, false));
            let many = |count, one| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
            let mut line = format!(
                "{}: {}, {}",
                many(claims, "claim"),
                many(errors, "error"),
                many(warnings, "warning"),
            );
            if notes > 0 {
                line.push_str(&format!(", {}", many(notes, "note")));
            }
            text.push_str(&line);
            text.push('\n');
            text
        }
        LintFormat::Json => output::json(&Document {
            schema_version: 1,
            claims,
            findings: problems.iter().map(item).collect(),
        }),
        LintFormat::Sarif => {
            let rules: Vec<RuleText> = RULES
                .iter()
                .map(|rule| RuleText {
                    code: rule.code,
                    title: rule.title,
                    text: rule.text,
                })
                .collect();
            sarif::findings(&problems, &rules)
        }
        LintFormat::Github => problems.iter().map(annotation).collect(),
    };
    output::write_to_stdout(&text)?;
    Ok(if errors > 0 {
        Exit::Failed
    } else if warnings == 0 {
        Exit::Done
    } else {
        Exit::Found
    })
}

fn known(code: &str) -> Result<&'static gainsay::trial::lint::Rule, Fatal> {
    rule(code).ok_or_else(|| {
        let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
        Fatal::Usage {
            message: format!("there is no rule `{}`", code.escape_debug()),
            help: Some(format!("the rules are {}", codes.join(", "))),
        }
    })
}

fn explain(code: &str) -> Result<Exit, Fatal> {
    let rule = known(code)?;
    let text = textwrap::fill(rule.text, 78);
    output::write_to_stdout(&format!("{}: {}\n\n{text}\n", rule.code, rule.title))?;
    Ok(Exit::Done)
}

fn item(problem: &Problem) -> Item<'_> {
    let at = problem.line_column();
    let places = problem.source.iter().flat_map(|source| {
        problem.labels.iter().map(|label| {
            let (line, column) = source.line_column(label.span.start);
            Place {
                line,
                column,
                start: label.span.start,
                end: label.span.end,
                text: &label.text,
            }
        })
    });
    Item {
        code: problem.code,
        level: problem.level,
        path: problem.path.as_deref(),
        line: at.map(|(line, _)| line),
        column: at.map(|(_, column)| column),
        message: &problem.message,
        help: problem.help.as_deref(),
        places: places.collect(),
    }
}

/// One line that GitHub Actions shows beside the place.
fn annotation(problem: &Problem) -> String {
    let data = |text: &str| {
        clean(text)
            .replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "notice",
    };
    let mut properties = Vec::new();
    if let Some(path) = &problem.path {
        properties.push(format!("file={}", property(path)));
    }
    if let Some((line, column)) = problem.line_column() {
        properties.push(format!("line={line},col={column}"));
    }
    properties.push(format!("title={}", property(problem.code)));
    let mut message = problem.message.clone();
    if let Some(help) = &problem.help {
        message.push('\n');
        message.push_str(help);
    }
    format!("::{level} {}::{}\n", properties.join(","), data(&message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_rule() {
        for rule in RULES {
            assert!(HELP.contains(rule.code), "{}", rule.code);
        }
    }

    #[test]
    fn annotations_cannot_be_broken_out_of() {
        let problem = Problem::warning("lint/x", "100%\n::error::no").at_path("a,b:c\r");
        let line = annotation(&problem);
        assert_eq!(line.matches('\n').count(), 1);
        assert!(line.starts_with("::warning file=a%2Cb%3Ac"), "{line}");
        assert!(line.contains("100%25%0A::error::no"), "{line}");
    }
}
