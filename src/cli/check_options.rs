//! What a run of `check` is to do: flags laid over settings laid over defaults.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use gainsay::claim::Severity;
use gainsay::render::terminal;
use jiff::civil::Date;

use super::args::CheckArgs;
use super::config::{Config, FILE_NAME};
use super::fatal::Fatal;
use super::flags::{ColorChoice, FailOn, Format, Shared, Target};
use super::most::Most;

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
    pub fail_on: Option<Severity>,
    /// What to write, at least one.
    pub writings: Vec<Writing>,
    pub csv_raw: bool,
    /// Whether that was asked for on the command line, so that it is a slip where no csv is written.
    csv_raw_named: bool,
    /// The ledger of decisions; `None` where they are to be ignored.
    pub reviews: Option<PathBuf>,
    /// Whether the ledger was named on the command line, so that a missing one is a slip.
    pub reviews_named: bool,
    /// The day by which decisions expire; `None` is today.
    date: Option<Date>,
    pub color: ColorChoice,
    pub all: bool,
    pub quiet: bool,
    /// `None` is one thread for each processor.
    pub jobs: Option<usize>,
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
    let file = Config::file(&shared);
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
    /// Where what a long ledger holds is kept for the next run; `None` where the system tells no place.
    pub fn kept_in(&self) -> Option<PathBuf> {
        self.cache.clone().or_else(own_cache)
    }

    /// How to write for people to `file`, or to standard output.
    pub fn terminal(&self, file: Option<&Path>) -> terminal::Options {
        let mut how = terminal::Options::detect();
        if file.is_some() {
            // A file is not as wide as the terminal that happens to be there, and has no colours.
            how = terminal::Options {
                unicode: how.unicode,
                ..terminal::Options::default()
            };
        }
        how.quiet = self.quiet;
        how.all = self.all;
        match self.color {
            ColorChoice::Auto => {}
            ColorChoice::Always => how.color = true,
            ColorChoice::Never => how.color = false,
        }
        how
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

/// Where the system wants programs to keep what they can make again.
fn own_cache() -> Option<PathBuf> {
    let folders = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(folders.cache_dir().join("gainsay"))
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
#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::args::{Cli, Command};
    use super::super::flags::SeverityArg;
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
