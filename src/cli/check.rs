//! `gainsay check`: compares articles on claims and reports where they diverge.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use etcetera::BaseStrategy;
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
use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{CheckArgs, ColorChoice, FailOn, Format, Shared, Target};
use super::canonical;
use super::config::{Config, FILE_NAME};
use super::exit::Exit;
use super::fatal::Fatal;
use super::gather::{self, Gathered, Most};
use super::output;

/// The ledger of decisions where none is named.
const REVIEWS: &str = "reviews.jsonl";

/// Articles that come from standard input.
const STDIN: &str = "-";

/// What to do, from flags, settings and defaults, in this order.
#[derive(Debug, PartialEq)]
pub(super) struct CheckOptions {
    pub articles: Vec<PathBuf>,
    /// Match files to read instead of articles; none where articles are to be read.
    pub matches: Vec<PathBuf>,
    pub claims: Vec<PathBuf>,
    /// Report these claims only; all where empty.
    pub only: BTreeSet<String>,
    pub min_severity: Severity,
    fail_on: Option<Severity>,
    /// What to write, at least one.
    writings: Vec<Writing>,
    csv_raw: bool,
    /// Whether that was asked for on the command line, so that it is a slip where no csv is written.
    csv_raw_named: bool,
    /// The ledger of decisions; `None` where they are to be ignored.
    reviews: Option<PathBuf>,
    /// Whether the ledger was named on the command line, so that a missing one is a slip.
    reviews_named: bool,
    /// The day by which decisions expire; `None` is today.
    date: Option<Date>,
    pub color: ColorChoice,
    all: bool,
    pub quiet: bool,
    /// `None` is one thread for each processor.
    jobs: Option<usize>,
    /// How much is kept at most.
    pub most: Most,
    /// The folder of the cache. With none, only what a long ledger holds is kept for the next run, see [`own_cache`].
    pub cache: Option<PathBuf>,
}

/// A format and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Writing {
    pub format: Format,
    /// `None` is standard output.
    pub file: Option<PathBuf>,
}

/// Reads the settings, lays the flags over them, and looks whether there can be anything to compare.
pub(super) fn options(shared: Shared, args: CheckArgs) -> Result<CheckOptions, Fatal> {
    checked(unchecked_options(shared, args)?)
}

/// The options, if they go together and there can be anything to compare.
pub(super) fn checked(options: CheckOptions) -> Result<CheckOptions, Fatal> {
    if let Some(clash) = clash(&options.writings) {
        return Err(clash);
    }
    let csv = |writing: &Writing| matches!(writing.format, Format::Csv | Format::CsvDivergences);
    if options.csv_raw_named && !options.writings.iter().any(csv) {
        return Err(Fatal::Usage {
            message: "--csv-raw is for csv, and no csv is written".to_owned(),
            help: Some("add --format csv or --format csv-divergences".to_owned()),
        });
    }
    for (path, name) in [(&options.articles, "articles"), (&options.claims, "claims")] {
        let wanted = name == "claims" || options.matches.is_empty();
        if wanted && *path == [Path::new(name)] && !Path::new(name).exists() {
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

/// Reads the settings and lays the flags over them.
pub(super) fn unchecked_options(shared: Shared, args: CheckArgs) -> Result<CheckOptions, Fatal> {
    let file = match (shared.no_config, &shared.config) {
        (true, _) => None,
        (false, Some(path)) => Some(path.clone()),
        (false, None) => std::env::current_dir()
            .ok()
            .and_then(|here| Config::find(&here)),
    };
    let config = file.as_deref().map(Config::load).transpose()?;
    let mut config = config.unwrap_or_default();
    if let Some(folder) = file.as_deref().and_then(Path::parent) {
        config.reviews.get_or_insert_with(|| folder.join(REVIEWS));
    }
    Ok(merge(shared.color, args, config))
}

fn merge(color: Option<ColorChoice>, args: CheckArgs, config: Config) -> CheckOptions {
    let (report, bounds) = (args.report, args.bounds);
    let (quiet, all, csv_raw) = (report.quiet(), report.all(), report.csv_raw());
    let list = |flags: Vec<PathBuf>, settings: Vec<PathBuf>, default: &str| {
        [flags, settings, vec![PathBuf::from(default)]]
            .into_iter()
            .find(|paths| !paths.is_empty())
            .unwrap_or_default()
    };
    let only = if report.only.is_empty() {
        config.claim
    } else {
        report.only
    };
    let min_severity = report.min_severity.or(config.min_severity);
    let fail_on = report.fail_on.or(config.fail_on).unwrap_or(FailOn::Never);
    CheckOptions {
        articles: list(args.articles, config.articles, "articles"),
        matches: Vec::new(),
        claims: list(args.claims, config.claims, "claims"),
        only: only.into_iter().collect(),
        min_severity: min_severity.map_or(Severity::Low, Severity::from),
        fail_on: fail_on.severity(),
        writings: writings(
            [report.format, config.format],
            report.output.or(config.output),
        ),
        csv_raw_named: report.csv_raw,
        csv_raw: csv_raw.or(config.csv_raw).unwrap_or(false),
        reviews_named: report.reviews.is_some(),
        reviews: (!report.no_reviews).then(|| {
            let named = report.reviews.or(config.reviews);
            named.unwrap_or_else(|| PathBuf::from(REVIEWS))
        }),
        date: report.date,
        color: color.or(config.color).unwrap_or_default(),
        all: all.or(config.all).unwrap_or(false),
        quiet: quiet.or(config.quiet).unwrap_or(false),
        jobs: args.jobs.or(config.jobs).map(usize::from),
        most: most(
            bounds.max_articles.or(config.max_articles),
            bounds.max_matches.or(config.max_matches),
        ),
        cache: args.cache.or(config.cache),
    }
}

fn most(articles: Option<u32>, matches: Option<u32>) -> Most {
    let standard = Most::default();
    let or = |given: Option<u32>, standard| given.map_or(standard, |most| most as usize);
    Most {
        articles: or(articles, standard.articles),
        matches: or(matches, standard.matches),
    }
}

/// Where each format goes. The first list that is not empty counts: formats of the command line replace those of the settings.
/// A format without a file goes to `output`; where none is without, but there is an `output`, that gets the text.
fn writings(formats: [Vec<Target>; 2], output: Option<PathBuf>) -> Vec<Writing> {
    let mut targets = formats
        .into_iter()
        .find(|targets| !targets.is_empty())
        .unwrap_or_default();
    let without_file = targets.iter().any(|target| target.file.is_none());
    if targets.is_empty() || output.is_some() && !without_file {
        targets.insert(
            0,
            Target {
                format: Format::Text,
                file: None,
            },
        );
    }
    let writing = |target: Target| Writing {
        format: target.format,
        file: target
            .file
            .or_else(|| output.clone())
            .filter(|path| path != Path::new("-")),
    };
    targets.into_iter().map(writing).collect()
}

/// An error where two formats would go to the same place: one would be lost, or both be mixed up.
fn clash(writings: &[Writing]) -> Option<Fatal> {
    let plain = |writing: &Writing| {
        let file = writing.file.as_deref()?;
        Some(file.strip_prefix(".").unwrap_or(file).to_owned())
    };
    let mut seen = BTreeSet::new();
    let twice = writings
        .iter()
        .find(|writing| !seen.insert(plain(writing)))?;
    let place = match &twice.file {
        None => "standard output".to_owned(),
        Some(file) => file.display().to_string().escape_debug().to_string(),
    };
    Some(Fatal::Usage {
        message: format!("two formats would be written to {place}"),
        help: Some("give each a file of its own: --format html=report.html".to_owned()),
    })
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

impl CheckOptions {
    /// The ledger of decisions; `None` where they are to be ignored.
    pub fn reviews(&self) -> Option<&Path> {
        self.reviews.as_deref()
    }

    /// Where what a long ledger holds is kept for the next run; `None` where the system tells no place.
    pub fn kept_in(&self) -> Option<PathBuf> {
        self.cache.clone().or_else(own_cache)
    }

    /// What to write, and where.
    pub fn writings(&self) -> &[Writing] {
        &self.writings
    }

    /// Report these claims only; all where empty.
    pub fn only(&self) -> &BTreeSet<String> {
        &self.only
    }

    /// Show divergences of at least this severity.
    pub fn min_severity(&self) -> Severity {
        self.min_severity
    }

    /// How to write for people.
    pub fn terminal(&self) -> terminal::Options {
        terminal_options(self, None)
    }

    /// The day by which decisions expire: the one that was given, that of SOURCE_DATE_EPOCH, today.
    ///
    /// # Errors
    ///
    /// Where SOURCE_DATE_EPOCH is no number of seconds.
    pub fn day(&self) -> Result<Day, Fatal> {
        if let Some(date) = self.date {
            return Ok(Day::Given(date));
        }
        let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty())
        else {
            return Ok(Day::Today);
        };
        let seconds = epoch.to_str().and_then(|epoch| epoch.parse().ok());
        let time = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let wrong = || Fatal::Usage {
            message: "the environment variable SOURCE_DATE_EPOCH is no time in seconds".to_owned(),
            help: Some("unset it, or give --date".to_owned()),
        };
        let time = time.ok_or_else(wrong)?;
        let date = time.to_zoned(jiff::tz::TimeZone::UTC).date();
        Ok(Day::Given(date))
    }
}

/// The day by which decisions expire.
#[derive(Clone, Copy, Debug)]
pub enum Day {
    /// One that does not change.
    Given(Date),
    /// That of the clock.
    Today,
}

impl Day {
    /// The day; the clock is read at each call.
    pub fn date(self) -> Date {
        match self {
            Day::Given(date) => date,
            Day::Today => jiff::Zoned::now().date(),
        }
    }
}

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
        Format::Text => {
            terminal::render(report, &terminal_options(options, writing.file.as_deref()))
        }
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

/// Where the system wants programs to keep what they can make again.
fn own_cache() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(folders.cache_dir().join("gainsay"))
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

/// How to write for people to `file`, or to standard output.
fn terminal_options(options: &CheckOptions, file: Option<&Path>) -> terminal::Options {
    let mut how = terminal::Options::detect();
    if file.is_some() {
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
            panic!("not check");
        };
        merge(cli.shared.color, *args, config)
    }

    fn target(format: Format, file: Option<&str>) -> Target {
        let file = file.map(PathBuf::from);
        Target { format, file }
    }

    fn writing(format: Format, file: Option<&str>) -> Writing {
        let file = file.map(PathBuf::from);
        Writing { format, file }
    }

    fn settings() -> Config {
        Config {
            claims: vec!["c".into()],
            articles: vec!["a".into()],
            claim: vec!["one".into()],
            min_severity: Some(SeverityArg::High),
            fail_on: Some(FailOn::High),
            format: vec![target(Format::Json, None)],
            output: Some("o".into()),
            csv_raw: Some(true),
            reviews: Some("r".into()),
            color: Some(ColorChoice::Always),
            all: Some(true),
            quiet: Some(true),
            jobs: Some(2),
            max_articles: Some(3),
            max_matches: Some(4),
            cache: Some("k".into()),
            lint: Default::default(),
        }
    }

    #[test]
    fn defaults_stand_where_nothing_is_said() {
        let expected = CheckOptions {
            articles: vec!["articles".into()],
            matches: Vec::new(),
            claims: vec!["claims".into()],
            only: BTreeSet::new(),
            min_severity: Severity::Low,
            fail_on: None,
            writings: vec![writing(Format::Text, None)],
            csv_raw: false,
            csv_raw_named: false,
            reviews: Some("reviews.jsonl".into()),
            reviews_named: false,
            date: None,
            color: ColorChoice::Auto,
            all: false,
            quiet: false,
            jobs: None,
            most: Most::default(),
            cache: None,
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
            matches: Vec::new(),
            claims: vec!["c".into()],
            only: BTreeSet::from(["one".to_owned()]),
            min_severity: Severity::High,
            fail_on: Some(Severity::High),
            writings: vec![writing(Format::Json, Some("o"))],
            csv_raw: true,
            csv_raw_named: false,
            reviews: Some("r".into()),
            reviews_named: false,
            date: None,
            color: ColorChoice::Always,
            all: true,
            quiet: true,
            jobs: Some(2),
            most: most(Some(3), Some(4)),
            cache: Some("k".into()),
        };
        assert_eq!(merged(&[], settings()), expected);
    }

    #[test]
    fn every_flag_wins_over_its_setting() {
        let flags = "x y --claims z --claim two --claim three --min-severity low --fail-on never --format text \
                     --format csv=m.csv --output - --no-csv-raw --reviews q --date 2026-11-22 --color never --no-all --no-quiet --jobs 7 --max-articles 5 \
                     --max-matches 6 --cache l";
        let flags: Vec<&str> = flags.split_whitespace().collect();
        let expected = CheckOptions {
            articles: vec!["x".into(), "y".into()],
            matches: Vec::new(),
            claims: vec!["z".into()],
            only: BTreeSet::from(["two".to_owned(), "three".to_owned()]),
            min_severity: Severity::Low,
            fail_on: None,
            writings: vec![
                writing(Format::Text, None),
                writing(Format::Csv, Some("m.csv")),
            ],
            csv_raw: false,
            csv_raw_named: false,
            reviews: Some("q".into()),
            reviews_named: true,
            date: Some(jiff::civil::date(2026, 11, 22)),
            color: ColorChoice::Never,
            all: false,
            quiet: false,
            jobs: Some(7),
            most: most(Some(5), Some(6)),
            cache: Some("l".into()),
        };
        assert_eq!(merged(&flags, settings()), expected);
    }
    #[test]
    fn each_format_has_its_place() {
        let of = |flags: &str| {
            let flags: Vec<&str> = flags.split_whitespace().collect();
            merged(&flags, Config::default()).writings
        };
        let (text, html) = (Format::Text, Format::Html);
        assert_eq!(of("--format html=a.html"), [writing(html, Some("a.html"))]);
        assert_eq!(of("--format html --output a"), [writing(html, Some("a"))]);
        assert_eq!(of("--format html=- --output -")[1], writing(html, None));
        // Somebody who names a file for the report gets it there, whatever else is written.
        assert_eq!(
            of("--format html=a.html --output a.txt"),
            [writing(text, Some("a.txt")), writing(html, Some("a.html"))]
        );
    }

    #[test]
    fn two_formats_in_one_place_are_refused() {
        for (flags, clashes) in [
            ("--format html --format json", true),
            ("--format html=a --format json=./a", true),
            ("--format html=- --format json", true),
            ("--format html=a --output a", true),
            ("--format html=a --format json=b --format csv", false),
        ] {
            let words: Vec<&str> = flags.split_whitespace().collect();
            let found = clash(&merged(&words, Config::default()).writings);
            assert_eq!(found.is_some(), clashes, "{flags}");
        }
    }
}
