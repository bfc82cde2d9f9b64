//! `gainsay check`: compares articles on claims and reports where they diverge.

use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::article::{self, Article};
use gainsay::claim::{self, Claim, Severity};
use gainsay::divergence::Status;
use gainsay::matching::{Match, Matcher};
use gainsay::problem::{Level, Problem};
use gainsay::render::{json, terminal};
use gainsay::report::Report;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::args::{CheckArgs, ColorChoice, FailOn, Format, Shared};
use super::config::{Config, FILE_NAME};
use super::exit::Exit;
use super::fatal::Fatal;
use super::output;

/// From this many articles on a run takes long enough to show its progress.
const PROGRESS_FROM: usize = 200;

/// An id this similar (1 is equal) to an unknown one is worth suggesting: a typing error or a missing part.
const SUGGESTION: f64 = 0.6;

/// Articles that come from standard input.
const STDIN: &str = "-";

/// What to do, from flags, settings and defaults, in this order.
#[derive(Debug, PartialEq)]
pub(super) struct CheckOptions {
    articles: Vec<PathBuf>,
    claims: Vec<PathBuf>,
    /// Report these claims only; all where empty.
    only: BTreeSet<String>,
    min_severity: Severity,
    fail_on: Option<Severity>,
    format: Format,
    /// `None` is standard output.
    output: Option<PathBuf>,
    color: ColorChoice,
    all: bool,
    quiet: bool,
    /// `None` is one thread for each processor.
    jobs: Option<usize>,
}

/// Reads the settings and lays the flags over them.
pub(super) fn options(shared: Shared, args: CheckArgs) -> Result<CheckOptions, Fatal> {
    let file = match (shared.no_config, &shared.config) {
        (true, _) => None,
        (false, Some(path)) => Some(path.clone()),
        (false, None) => std::env::current_dir()
            .ok()
            .and_then(|here| Config::find(&here)),
    };
    let config = file.as_deref().map(Config::load).transpose()?;
    let options = merge(shared.color, args, config.unwrap_or_default());
    for (path, name) in [(&options.articles, "articles"), (&options.claims, "claims")] {
        if *path == [Path::new(name)] && !Path::new(name).exists() {
            return Err(missing_default(name));
        }
    }
    if options.claims.iter().any(|path| path == Path::new(STDIN)) {
        return Err(Fatal::Usage {
            message: "claims cannot come from standard input".to_owned(),
            help: Some("write them to a file and name it with --claims".to_owned()),
        });
    }
    Ok(options)
}

fn merge(color: Option<ColorChoice>, args: CheckArgs, config: Config) -> CheckOptions {
    let (quiet, all) = (args.quiet(), args.all());
    let list = |flags: Vec<PathBuf>, settings: Vec<PathBuf>, default: &str| {
        [flags, settings, vec![PathBuf::from(default)]]
            .into_iter()
            .find(|paths| !paths.is_empty())
            .unwrap_or_default()
    };
    let only = if args.only.is_empty() {
        config.claim
    } else {
        args.only
    };
    let min_severity = args.min_severity.or(config.min_severity);
    let fail_on = args.fail_on.or(config.fail_on).unwrap_or(FailOn::Never);
    CheckOptions {
        articles: list(args.articles, config.articles, "articles"),
        claims: list(args.claims, config.claims, "claims"),
        only: only.into_iter().collect(),
        min_severity: min_severity.map_or(Severity::Low, Severity::from),
        fail_on: fail_on.severity(),
        format: args.format.or(config.format).unwrap_or_default(),
        output: args
            .output
            .or(config.output)
            .filter(|path| path != Path::new("-")),
        color: color.or(config.color).unwrap_or_default(),
        all: all.or(config.all).unwrap_or(false),
        quiet: quiet.or(config.quiet).unwrap_or(false),
        jobs: args.jobs.or(config.jobs).map(usize::from),
    }
}

fn missing_default(name: &str) -> Fatal {
    let flag = match name {
        "claims" => "name claim files with --claims PATH",
        _ => "name the articles: gainsay check PATH...",
    };
    Fatal::Nothing {
        message: format!("there is no folder `{name}` here"),
        help: format!("create it, or {flag}, or set `{name}:` in {FILE_NAME}"),
    }
}

/// Makes the report and writes it.
pub(super) fn run(options: &CheckOptions) -> Result<Exit, Fatal> {
    let jobs = options.jobs.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Fatal::Threads {
        jobs,
        reason: error.to_string(),
    })?;
    // Reading and comparing both keep to the threads that were asked for.
    let report = pool.install(|| compare(options))?;

    // What is hidden fails all the same: --min-severity is about reading, --fail-on about the articles.
    let failing = options.fail_on.map_or(0, |least| open(&report, least));
    let errors = report.counts().errors;
    let report = report.at_least(options.min_severity);
    let shown = options.fail_on.map_or(0, |least| open(&report, least));

    let text = match options.format {
        Format::Json => json::render(&report),
        Format::Text => terminal::render(&report, &terminal_options(options)),
    };
    match &options.output {
        None => output::write_to_stdout(&text)?,
        Some(path) => output::write_to_file(path, &text)?,
    }

    let on_screen = options.output.is_none() && options.format == Format::Text;
    if errors > 0 && !on_screen {
        output::note(&format!(
            "{}, told in the report",
            counted(errors, "error", "errors")
        ));
    }
    if let Some(least) = options.fail_on.filter(|_| failing > 0 && !options.quiet) {
        let hidden = match failing - shown {
            0 => String::new(),
            hidden => format!(", {hidden} of them hidden by --min-severity"),
        };
        output::note(&format!(
            "{} of severity {} or above{hidden}",
            counted(failing, "open divergence", "open divergences"),
            severity_name(least),
        ));
    }
    Ok(if errors > 0 {
        Exit::Failed
    } else if failing > 0 {
        Exit::Divergent
    } else {
        Exit::Done
    })
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
    }
}

fn open(report: &Report, least: Severity) -> usize {
    let divergences = report.divergences.iter();
    divergences
        .filter(|found| found.status == Status::Open && found.severity >= least)
        .count()
}

/// The problems of a load, with one more where nothing was loaded and only warnings tell why: an empty report must not look like
/// a good one.
///
/// # Errors
///
/// Where there is nothing at all, so that not even the report could tell why.
fn problems_of(
    what: &str,
    paths: &[PathBuf],
    loaded: usize,
    mut problems: Vec<Problem>,
) -> Result<Vec<Problem>, Fatal> {
    if loaded > 0 || problems.iter().any(|problem| problem.level == Level::Error) {
        return Ok(problems);
    }
    let message = format!("no {what} found in {}", listed(paths));
    let help = match what {
        "claims" => "claim files end in .yaml or .yml",
        _ => "name files or folders that hold articles",
    };
    if problems.is_empty() {
        return Err(Fatal::Nothing {
            message,
            help: help.to_owned(),
        });
    }
    problems.push(Problem::error("check/nothing-to-compare", message).help(help));
    Ok(problems)
}

/// The paths for a message, with control characters escaped.
fn listed(paths: &[PathBuf]) -> String {
    let shown = |path: &PathBuf| path.display().to_string().escape_debug().to_string();
    paths.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// Reads everything, finds the matches and makes the report.
fn compare(options: &CheckOptions) -> Result<Report, Fatal> {
    let claims = claim::load(&options.claims);
    let articles = article::load(&options.articles);
    let mut problems = problems_of(
        "claims",
        &options.claims,
        claims.items.len(),
        claims.problems,
    )?;
    problems.extend(problems_of(
        "articles",
        &options.articles,
        articles.items.len(),
        articles.problems,
    )?);
    problems.extend(unknown_claims(&options.only, &claims.items));
    let matches = find_matches(options, &claims.items, &articles.items);
    // All claims are compared even where few are shown: what is an omission depends on the others of the topic.
    let report = Report::assemble(claims.items, articles.items, matches, problems);
    if options.only.is_empty() {
        return Ok(report);
    }
    Ok(report.only_claims(&options.only.iter().map(String::as_str).collect()))
}

/// An error for each `--claim` that names no claim; the rest is still reported, and so is why a claim could not be read.
fn unknown_claims(only: &BTreeSet<String>, claims: &[Arc<Claim>]) -> Vec<Problem> {
    let known: BTreeSet<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let unknown = only.iter().filter(|id| !known.contains(id.as_str()));
    let problem = |id: &String| {
        let message = format!("there is no claim `{}`", id.escape_debug());
        let nearest = known
            .iter()
            .map(|known| (strsim::normalized_damerau_levenshtein(known, id), known))
            .filter(|(similarity, _)| *similarity >= SUGGESTION)
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        Problem::error("check/unknown-claim", message).help(match nearest {
            Some((_, known)) => format!("did you mean `{known}`?"),
            None => format!("{} are loaded", counted(known.len(), "claim", "claims")),
        })
    };
    unknown.map(problem).collect()
}

fn find_matches(options: &CheckOptions, claims: &[Arc<Claim>], articles: &[Article]) -> Vec<Match> {
    let progress = progress(options, articles.len());
    let matcher = Matcher::new(claims);
    // Collected in the order of the articles, whatever thread ends first.
    let found: Vec<Vec<Match>> = articles
        .par_iter()
        .enumerate()
        .map_init(
            || matcher.worker(),
            |worker, (index, article)| {
                let found = worker.article(index, article);
                progress.inc(1);
                found
            },
        )
        .collect();
    progress.finish_and_clear();
    found.into_iter().flatten().collect()
}

/// A bar on standard error, where somebody sees it and has to wait.
fn progress(options: &CheckOptions, articles: usize) -> ProgressBar {
    if options.quiet || articles <= PROGRESS_FROM || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(articles as u64).with_message("comparing");
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} articles, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn terminal_options(options: &CheckOptions) -> terminal::Options {
    let mut how = terminal::Options::detect();
    if options.output.is_some() {
        // A file is not as wide as the terminal that happens to be there, and has no colours.
        how = terminal::Options {
            unicode: how.unicode,
            ..terminal::Options::default()
        };
    }
    how.quiet = options.quiet;
    how.all = options.all;
    match options.color {
        ColorChoice::Auto => {}
        ColorChoice::Always => how.color = true,
        ColorChoice::Never => how.color = false,
    }
    how
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::args::{Cli, Command, SeverityArg};
    use super::*;

    fn merged(flags: &[&str], config: Config) -> CheckOptions {
        let words = ["gainsay", "check"].iter().chain(flags);
        let cli = Cli::try_parse_from(words).expect("valid flags");
        let Command::Check(args) = cli.command else {
            panic!("check was asked for");
        };
        merge(cli.shared.color, *args, config)
    }

    fn settings() -> Config {
        Config {
            claims: vec!["c".into()],
            articles: vec!["a".into()],
            claim: vec!["one".into()],
            min_severity: Some(SeverityArg::High),
            fail_on: Some(FailOn::High),
            format: Some(Format::Json),
            output: Some("o".into()),
            color: Some(ColorChoice::Always),
            all: Some(true),
            quiet: Some(true),
            jobs: Some(2),
        }
    }

    #[test]
    fn defaults_stand_where_nothing_is_said() {
        let expected = CheckOptions {
            articles: vec!["articles".into()],
            claims: vec!["claims".into()],
            only: BTreeSet::new(),
            min_severity: Severity::Low,
            fail_on: None,
            format: Format::Text,
            output: None,
            color: ColorChoice::Auto,
            all: false,
            quiet: false,
            jobs: None,
        };
        assert_eq!(merged(&[], Config::default()), expected);
    }

    #[test]
    fn an_empty_load_is_never_a_success() {
        let told = |loaded, problems: &[Problem]| {
            let found = problems_of("articles", &["desk".into()], loaded, problems.to_vec());
            found.map(|problems| {
                problems
                    .iter()
                    .map(|problem| problem.code)
                    .collect::<Vec<_>>()
            })
        };
        let (warning, error) = (Problem::warning("w", "odd"), Problem::error("e", "bad"));
        assert!(matches!(told(0, &[]), Err(Fatal::Nothing { .. })));
        assert_eq!(
            told(0, std::slice::from_ref(&warning)).expect("a report"),
            ["w", "check/nothing-to-compare"]
        );
        assert_eq!(
            told(0, &[warning.clone(), error]).expect("a report"),
            ["w", "e"]
        );
        assert_eq!(told(1, &[warning]).expect("a report"), ["w"]);
        assert!(told(1, &[]).expect("a report").is_empty());
    }

    #[test]
    fn settings_stand_where_no_flag_is_given() {
        let expected = CheckOptions {
            articles: vec!["a".into()],
            claims: vec!["c".into()],
            only: BTreeSet::from(["one".to_owned()]),
            min_severity: Severity::High,
            fail_on: Some(Severity::High),
            format: Format::Json,
            output: Some("o".into()),
            color: ColorChoice::Always,
            all: true,
            quiet: true,
            jobs: Some(2),
        };
        assert_eq!(merged(&[], settings()), expected);
    }

    #[test]
    fn every_flag_wins_over_its_setting() {
        let flags = "x y --claims z --claim two --claim three --min-severity low --fail-on never --format text \
                     --output - --color never --no-all --no-quiet --jobs 7";
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let expected = CheckOptions {
            articles: vec!["x".into(), "y".into()],
            claims: vec!["z".into()],
            only: BTreeSet::from(["two".to_owned(), "three".to_owned()]),
            min_severity: Severity::Low,
            fail_on: None,
            format: Format::Text,
            output: None,
            color: ColorChoice::Never,
            all: false,
            quiet: false,
            jobs: Some(7),
        };
        assert_eq!(merged(&flags, settings()), expected);
    }
}
