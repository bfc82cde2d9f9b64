//! `gainsay check`: compares articles on claims and reports where they diverge.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use gainsay::article::{self, Article};
use gainsay::claim::{self, Claim, Severity};
use gainsay::clean::clean;
use gainsay::divergence::Status;
use gainsay::matching::{Match, Matcher};
use gainsay::problem::{Level, Loaded, Problem};
use gainsay::render::{csv, github, html, json, markdown, sarif, terminal};
use gainsay::report::Report;
use gainsay::review::{self, Asked, Ledger};
use gainsay::similarity::suggestion::nearest;
use rayon::prelude::*;

use super::canonical;
use super::check_options::{CheckOptions, Writing};
use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::Format;
use super::gather::{self, Gathered};
use super::output;

/// Runs with the threads that were asked for: reading and comparing both keep to them.
pub(super) fn in_threads<T: Send>(
    options: &CheckOptions,
    work: impl FnOnce() -> Result<T, Fatal> + Send,
) -> Result<T, Fatal> {
    let jobs = options.jobs.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Fatal::Threads {
        jobs,
        reason: error.to_string(),
    })?;
    pool.install(work)
}

/// Makes the report and writes it; nothing is to come after it.
pub(super) fn run(options: &CheckOptions) -> Result<Exit, Fatal> {
    let (exit, report) = reported(options)?;
    // The system takes back in one go what is otherwise given back text by text, by one thread alone (see BENCHMARKS.md).
    std::mem::forget(report);
    Ok(exit)
}

/// Makes the report, writes it and gives it.
pub(super) fn reported(options: &CheckOptions) -> Result<(Exit, Report), Fatal> {
    let report = in_threads(options, || compare(options))?;

    // What is hidden fails all the same: --min-severity is about reading, --fail-on about the articles.
    let failing = options.fail_on.map_or(0, |least| open(&report, least));
    let errors = report.counts().errors;
    let report = report.at_least(options.min_severity);
    let shown = options.fail_on.map_or(0, |least| open(&report, least));

    write(options, &report)?;

    let on_screen = options
        .writings
        .iter()
        .any(|writing| writing.file.is_none() && writing.format == Format::Text);
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
    let exit = if errors > 0 {
        Exit::Failed
    } else if failing > 0 {
        Exit::Divergent
    } else {
        Exit::Done
    };
    Ok((exit, report))
}

/// Writes all formats. One that cannot be written does not keep the others from it.
fn write(options: &CheckOptions, report: &Report) -> Result<(), Fatal> {
    let mut failed = None;
    for writing in &options.writings {
        let written = match (writing.format, &writing.file) {
            // The only format that is written for very many articles.
            (Format::Json, None) => output::write_stdout(|out| json::write(report, out)),
            (Format::Json, Some(path)) => output::write_file(path, |out| json::write(report, out)),
            (_, None) => {
                let text = rendered(options, report, writing);
                output::write_to_stdout(&for_screen(writing.format, &text))
            }
            (_, Some(path)) => output::write_to_file(path, &rendered(options, report, writing)),
        };
        if let Err(error) = written
            && let Some(earlier) = failed.replace(error)
        {
            output::print_fatal(earlier, Some(options.color));
        }
    }
    failed.map_or(Ok(()), Err)
}

/// What is written for programs as it is would steer a terminal. All other formats are fit for it.
fn for_screen(format: Format, text: &str) -> Cow<'_, str> {
    match format {
        Format::Csv | Format::CsvDivergences if std::io::stdout().is_terminal() => {
            clean(text.trim_start_matches('\u{feff}'))
        }
        _ => Cow::Borrowed(text),
    }
}

fn rendered(options: &CheckOptions, report: &Report, writing: &Writing) -> String {
    let cells = if options.csv_raw {
        csv::Cells::Raw
    } else {
        csv::Cells::Safe
    };
    match writing.format {
        Format::Text => terminal::render(report, &options.terminal(writing.file.as_deref())),
        Format::Html => html::render(
            report,
            &html::Options {
                command: Some(canonical::command(options, "html")),
            },
        ),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report),
        Format::Csv => csv::matches(report, cells),
        Format::CsvDivergences => csv::divergences(report, cells),
        Format::Sarif => sarif::render(report),
        Format::Github => github::render(report),
    }
}

pub(super) fn counted(number: usize, one: &str, many: &str) -> String {
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
pub(super) fn problems_of(
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

/// The report of everything that was read, with the decisions of the ledger, cut down to the claims that were asked for.
fn compare(options: &CheckOptions) -> Result<Report, Fatal> {
    // A long ledger is read while claims are loaded, when there is a processor to spare, and while articles are compared.
    let asked = Asked::default();
    let compared = || {
        let claims = load_claims(options);
        let ids = claims.iter().flat_map(|claims| &claims.items);
        asked.tell(ids.map(|claim| claim.id.as_str()));
        undecided(options, claims?)
    };
    let (report, ledger) = rayon::join(compared, || ledger(options, &asked));
    let mut report = report?;
    let ledger = ledger.map(|ledger| review::settled(ledger, &asked, &report));
    decide(options, ledger, &mut report)?;
    if options.only.is_empty() {
        return Ok(report);
    }
    Ok(report.only_claims(&options.only.iter().map(String::as_str).collect()))
}

/// The report of everything that was read, as if nobody had decided on anything.
fn undecided(
    options: &CheckOptions,
    Loaded {
        items: claims,
        mut problems,
    }: Loaded<Arc<Claim>>,
) -> Result<Report, Fatal> {
    // All claims are compared even where few are shown: what is an omission depends on the others of the topic.
    let Gathered {
        gathering,
        problems: of_articles,
    } = gather::gather(options, &claims)?;
    let paths = if options.matches.is_empty() {
        &options.articles
    } else {
        &options.matches
    };
    problems.extend(problems_of(
        "articles",
        paths,
        gathering.articles(),
        of_articles,
    )?);
    problems.extend(unknown_claims(&options.only, &claims));
    let report = Report::gathered(claims, gathering, problems);
    report.map_err(|error| Fatal::NoRoom { error })
}

/// What the ledger, where there is one, holds on these claims.
fn ledger(options: &CheckOptions, claims: &Asked) -> Option<Ledger> {
    let path = options.reviews.as_deref()?;
    // One that cannot be looked at is told by the load.
    let kept_in = options.kept_in();
    let load = || Ledger::load_asked(path, claims, kept_in.as_deref());
    (!matches!(path.try_exists(), Ok(false))).then(load)
}

/// Holds the ledger against the report.
fn decide(
    options: &CheckOptions,
    ledger: Option<Ledger>,
    report: &mut Report,
) -> Result<(), Fatal> {
    if let Some(ledger) = ledger {
        let day = options.day()?;
        let today = LazyCell::new(|| day.date());
        review::judge(&ledger, report, || *today).apply(report);
    } else if let Some(path) = options.reviews.as_deref().filter(|_| options.reviews_named) {
        let message = "there is no such ledger, so nothing counts as decided";
        let problem = Problem::warning("review/missing", message);
        report.add_problems([problem.at_path(path.to_string_lossy())]);
    }
    Ok(())
}

/// The claims, with what is wrong with them.
///
/// # Errors
///
/// Where there is nothing at all.
pub(super) fn load_claims(options: &CheckOptions) -> Result<Loaded<Arc<Claim>>, Fatal> {
    let Loaded { items, problems } = claim::load(&options.claims);
    let problems = problems_of("claims", &options.claims, items.len(), problems)?;
    Ok(Loaded { items, problems })
}

/// What a report is made of, with the articles themselves.
pub(super) struct Found {
    pub claims: Vec<Arc<Claim>>,
    pub articles: Vec<Article>,
    pub matches: Vec<Match>,
    pub problems: Vec<Problem>,
}

/// Reads everything and finds the matches. Holds all articles: for those who look at their texts again.
pub(super) fn find(options: &CheckOptions) -> Result<Found, Fatal> {
    let claims = load_claims(options)?;
    let articles = article::load(&options.articles);
    let mut problems = claims.problems;
    problems.extend(problems_of(
        "articles",
        &options.articles,
        articles.items.len(),
        articles.problems,
    )?);
    problems.extend(unknown_claims(&options.only, &claims.items));
    let matches = find_matches(&claims.items, &articles.items);
    Ok(Found {
        claims: claims.items,
        articles: articles.items,
        matches,
        problems,
    })
}

/// An error for each `--claim` that names no claim; the rest is still reported, and so is why a claim could not be read.
fn unknown_claims(only: &BTreeSet<String>, claims: &[Arc<Claim>]) -> Vec<Problem> {
    let known: BTreeSet<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    let unknown = only.iter().filter(|id| !known.contains(id.as_str()));
    let problem = |id: &String| {
        let message = format!("there is no claim `{}`", id.escape_debug());
        Problem::error("check/unknown-claim", message).help(
            match nearest(id, known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("{} are loaded", counted(known.len(), "claim", "claims")),
            },
        )
    };
    unknown.map(problem).collect()
}

fn find_matches(claims: &[Arc<Claim>], articles: &[Article]) -> Vec<Match> {
    let matcher = Matcher::new(claims);
    // Collected in the order of the articles, whatever thread ends first.
    let found: Vec<Vec<Match>> = articles
        .par_iter()
        .enumerate()
        .map_init(
            || matcher.worker(),
            |worker, (index, article)| worker.article(index, article),
        )
        .collect();
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
