//! The settings file `gainsay.yaml`: the same settings as the flags of `check`, for a folder and all below it.
//!
//! It is a flat map of plain values and lists, read event by event, so that every complaint has its place and a key given twice
//! is told.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use gainsay::clean::clean_in_place;
use gainsay::similarity::suggestion::nearest;
use gainsay::trial::lint::{RULES, rule};
use miette::NamedSource;
use saphyr_parser::{Event, Parser, Span};

use super::fatal::Fatal;
use super::flags::{ColorChoice, FailOn, MAX_JOBS, SeverityArg, Shared, Target};

/// The name that is looked for.
pub(super) const FILE_NAME: &str = "gainsay.yaml";

/// All settings, in the order of the help text.
pub(super) const KEYS: [&str; 17] = [
    "claims",
    "articles",
    "claim",
    "min_severity",
    "fail_on",
    "format",
    "output",
    "csv_raw",
    "reviews",
    "color",
    "all",
    "quiet",
    "jobs",
    "max_articles",
    "max_matches",
    "cache",
    "lint",
];

/// Longest settings file that is read, in bytes. The settings take a few hundred.
const LONGEST: u64 = 256 * 1024;

/// What the settings file says; `None` and an empty list where it says nothing. Paths are joined to the file's folder.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Config {
    pub claims: Vec<PathBuf>,
    pub articles: Vec<PathBuf>,
    pub claim: Vec<String>,
    pub min_severity: Option<SeverityArg>,
    pub fail_on: Option<FailOn>,
    pub format: Vec<Target>,
    pub output: Option<PathBuf>,
    pub csv_raw: Option<bool>,
    pub reviews: Option<PathBuf>,
    pub color: Option<ColorChoice>,
    pub all: Option<bool>,
    pub quiet: Option<bool>,
    pub jobs: Option<u16>,
    pub max_articles: Option<u32>,
    pub max_matches: Option<u32>,
    pub cache: Option<PathBuf>,
    /// How grave what a lint rule finds is, by the rule's code.
    pub lint: BTreeMap<&'static str, Weight>,
}

/// How grave what a lint rule finds is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Weight {
    /// Not told.
    Off,
    /// Told, without a say in the exit code.
    Info,
    /// Told, and the exit code is 1.
    Warning,
    /// Told as an error, and the exit code is 2.
    Error,
}

impl Config {
    /// The settings file that holds under the shared flags: that of `--config`, none, or the nearest one.
    pub fn file(shared: &Shared) -> Option<PathBuf> {
        match (shared.no_config, &shared.config) {
            (true, _) => None,
            (false, Some(path)) => Some(path.clone()),
            (false, None) => std::env::current_dir()
                .ok()
                .and_then(|here| Self::find(&here)),
        }
    }

    /// What [its file](Self::file) holds; the defaults where there is none.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn of(shared: &Shared) -> Result<Self, Fatal> {
        let file = Self::file(shared);
        let config = file.as_deref().map(Self::load).transpose()?;
        Ok(config.unwrap_or_default())
    }

    /// The nearest settings file from `folder` upwards, as a path relative to `folder`: reports made on two machines name the
    /// same paths then.
    fn find(folder: &Path) -> Option<PathBuf> {
        let up = folder
            .ancestors()
            .position(|folder| folder.join(FILE_NAME).is_file())?;
        let mut path: PathBuf = std::iter::repeat_n("..", up).collect();
        path.push(FILE_NAME);
        Some(path)
    }

    /// Reads a settings file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read or is not UTF-8, or at the first thing in it that is wrong.
    pub fn load(path: &Path) -> Result<Self, Fatal> {
        let text = read(path).map_err(|error| Fatal::ConfigUnreadable {
            path: path.to_owned(),
            error,
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|wrong| wrong.into_fatal(&path.to_string_lossy(), &text))
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, Wrong> {
        let mut config = Self::default();
        let mut seen = Vec::new();
        for Setting { key, values } in settings(text)? {
            let Some(&name) = KEYS.iter().find(|&&known| known == key.text) else {
                return Err(unknown_key(&key));
            };
            if seen.contains(&name) {
                return Err(key.wrong("is given twice").label("the second one"));
            }
            seen.push(name);
            match name {
                "claims" => config.claims = values.paths(folder)?,
                "articles" => config.articles = values.paths(folder)?,
                "claim" => config.claim = values.words()?,
                "min_severity" => config.min_severity = Some(values.choice()?),
                "fail_on" => config.fail_on = Some(values.choice()?),
                "format" => config.format = values.targets(folder)?,
                "output" => config.output = Some(resolved(folder, &values.one()?.text)),
                "csv_raw" => config.csv_raw = Some(values.flag()?),
                "reviews" => config.reviews = Some(resolved(folder, &values.one()?.text)),
                "color" => config.color = Some(values.choice()?),
                "all" => config.all = Some(values.flag()?),
                "quiet" => config.quiet = Some(values.flag()?),
                "jobs" => config.jobs = Some(values.count(MAX_JOBS)?),
                "max_articles" => config.max_articles = Some(values.count(u32::MAX)?),
                "max_matches" => config.max_matches = Some(values.count(u32::MAX)?),
                "cache" => config.cache = Some(resolved(folder, &values.one()?.text)),
                "lint" => config.lint = values.weights()?,
                _ => unreachable!("internal: every key of KEYS is read"),
            }
        }
        Ok(config)
    }
}

/// The text of a settings file. A pipe is not opened, because that would wait for its writer; what a shell hands over with
/// `<(...)` is a pipe too, but it stands in `/dev` and has its writer.
fn read(path: &Path) -> io::Result<String> {
    if !path.metadata()?.is_file() && !path.starts_with("/dev") {
        return Err(io::Error::other("it is not a file"));
    }
    let mut text = String::new();
    File::open(path)?
        .take(LONGEST + 1)
        .read_to_string(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(io::Error::other(format!(
            "it is longer than {} KiB",
            LONGEST >> 10
        )));
    }
    Ok(text)
}

/// A path of the file, relative to its folder; `-` stays what it is.
fn resolved(folder: &Path, path: &str) -> PathBuf {
    if path == "-" {
        path.into()
    } else {
        folder.join(path)
    }
}

fn unknown_key(key: &Word) -> Wrong {
    let wrong = key.wrong("is no setting").label("unknown");
    match nearest(&key.text, KEYS) {
        Some(known) => wrong.help(format!("did you mean `{known}`?")),
        None => wrong.help(format!("the settings are {}", KEYS.join(", "))),
    }
}

/// What is wrong, with its place in bytes.
#[derive(Debug)]
struct Wrong {
    message: String,
    label: String,
    place: Range<usize>,
    help: Option<String>,
}

impl Wrong {
    fn new(message: impl Into<String>, place: Range<usize>) -> Self {
        Self {
            message: message.into(),
            label: "here".to_owned(),
            place,
            help: None,
        }
    }

    fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn into_fatal(self, name: &str, text: &str) -> Fatal {
        Fatal::Config {
            message: self.message,
            source_code: Arc::new(NamedSource::new(name, clean_in_place(text).into_owned())),
            span: self.place.into(),
            label: self.label,
            help: self.help,
        }
    }
}

/// A plain value with its place.
struct Word {
    text: String,
    place: Range<usize>,
}

impl Word {
    /// `text` comes from a file, so it is shown with its control characters escaped.
    fn wrong(&self, what: &str) -> Wrong {
        let text = self.text.escape_debug();
        Wrong::new(format!("`{text}` {what}"), self.place.clone())
    }
}

/// A key with its value.
struct Setting {
    key: Word,
    values: Values,
}

/// The value of a setting, or the items of its list.
struct Values {
    items: Vec<Word>,
    /// The entries, where the value is a map.
    pairs: Vec<(Word, Word)>,
    place: Range<usize>,
}

impl Values {
    fn words(self) -> Result<Vec<String>, Wrong> {
        match self.items.iter().find(|word| word.text.is_empty()) {
            Some(word) => Err(Wrong::new("a value is missing", word.place.clone())),
            None if self.items.is_empty() => Err(Wrong::new("the list is empty", self.place)
                .help("leave the setting out to have its default")),
            None => Ok(self.items.into_iter().map(|word| word.text).collect()),
        }
    }

    fn paths(self, folder: &Path) -> Result<Vec<PathBuf>, Wrong> {
        let words = self.words()?;
        Ok(words.iter().map(|path| resolved(folder, path)).collect())
    }

    /// Formats, each with a file or without.
    fn targets(self, folder: &Path) -> Result<Vec<Target>, Wrong> {
        if let Some(word) = self.items.iter().find(|word| word.text.is_empty()) {
            return Err(Wrong::new("a value is missing", word.place.clone()));
        }
        if self.items.is_empty() {
            return self.words().map(|_| Vec::new());
        }
        let target = |word: &Word| {
            let target = Target::parse(&word.text)
                .map_err(|help| word.wrong("is not possible here").help(help))?;
            let file = target
                .file
                .map(|file| resolved(folder, &file.to_string_lossy()));
            Ok(Target { file, ..target })
        };
        self.items.iter().map(target).collect()
    }

    /// The value of a setting that takes one.
    fn one(self) -> Result<Word, Wrong> {
        let mut items = self.items.into_iter();
        match (items.next(), items.next()) {
            (Some(word), None) if !word.text.is_empty() => Ok(word),
            (Some(word), None) => Err(Wrong::new("a value is missing", word.place)),
            _ => Err(Wrong::new("one value is wanted, not a list", self.place)),
        }
    }

    fn choice<T: ValueEnum>(self) -> Result<T, Wrong> {
        let word = self.one()?;
        T::from_str(&word.text, false).map_err(|_| {
            let names: Vec<String> = T::value_variants()
                .iter()
                .filter_map(ValueEnum::to_possible_value)
                .map(|value| value.get_name().to_owned())
                .collect();
            word.wrong("is not possible here")
                .help(format!("choose one of {}", names.join(", ")))
        })
    }

    fn flag(self) -> Result<bool, Wrong> {
        let word = self.one()?;
        let wrong = || word.wrong("is neither true nor false");
        word.text.parse().map_err(|_| wrong())
    }

    /// Rules of `gainsay lint`, each with its weight.
    fn weights(self) -> Result<BTreeMap<&'static str, Weight>, Wrong> {
        if let Some(word) = self.items.first() {
            return Err(word
                .wrong("is no map of rules")
                .help("write `lint: {near-duplicate: off}`"));
        }
        let mut weights = BTreeMap::new();
        for (code, value) in self.pairs {
            let Some(rule) = rule(&code.text) else {
                let codes = || RULES.iter().map(|rule| rule.code);
                let written = code.text.strip_prefix("lint/").unwrap_or(&code.text);
                let known: Vec<&str> = codes()
                    .filter_map(|code| code.strip_prefix("lint/"))
                    .collect();
                let wrong = code.wrong("is no rule of lint").label("unknown");
                return Err(match nearest(written, known.iter().copied()) {
                    Some(near) => wrong.help(format!("did you mean `{near}`?")),
                    None => wrong.help(format!("the rules are {}", known.join(", "))),
                });
            };
            let place = value.place.clone();
            // YAML 1.1 has `off` for false, and some editors write it so.
            let text = if value.text == "false" {
                "off"
            } else {
                &value.text
            };
            let weight = Weight::from_str(text, false).map_err(|_| {
                value
                    .wrong("is not possible here")
                    .help("choose one of off, info, warning, error")
            })?;
            if weights.insert(rule.code, weight).is_some() {
                let text = code.text.escape_debug();
                return Err(
                    Wrong::new(format!("`{text}` is given twice"), place).label("the second one")
                );
            }
        }
        Ok(weights)
    }

    /// A number from 1 to `most`.
    fn count<N>(self, most: N) -> Result<N, Wrong>
    where
        N: std::str::FromStr + PartialOrd + From<u8> + std::fmt::Display,
    {
        let word = self.one()?;
        let count: Option<N> = word.text.parse().ok();
        count
            .filter(|count| *count >= N::from(1) && *count <= most)
            .ok_or_else(|| word.wrong(&format!("is not a whole number from 1 to {most}")))
    }
}

/// Reads the flat map of the file, in written order. An empty file has no settings.
fn settings(text: &str) -> Result<Vec<Setting>, Wrong> {
    // A byte order mark is no content; it stays counted in the places.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = &text[mark..];
    // The parser counts characters.
    let mut bytes: Vec<usize> = body.char_indices().map(|(at, _)| mark + at).collect();
    bytes.push(text.len());
    let byte = |index: usize| bytes.get(index).copied().unwrap_or(text.len());
    let place =
        |span: Span| byte(span.start.index())..byte(span.end.index().max(span.start.index()));

    let mut events = Vec::new();
    for event in Parser::new_from_str(body) {
        let (event, span) = event.map_err(|error| {
            let at = byte(error.marker().index());
            Wrong::new(format!("this is not YAML: {}", error.info()), at..at)
        })?;
        match event {
            Event::Alias(_) => {
                return Err(Wrong::new("aliases are not understood here", place(span))
                    .help("write the value out"));
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            event => events.push((event, place(span))),
        }
    }
    let mut events = events.into_iter();
    match (events.next(), events.next()) {
        (None, _) | (Some(_), None) => return Ok(Vec::new()),
        (Some(_), Some((Event::MappingStart(..), _))) => {}
        // A file of comments alone holds one empty value.
        (Some(_), Some((Event::Scalar(word, ..), _))) if matches!(&*word, "" | "~" | "null") => {
            return Ok(Vec::new());
        }
        (Some(_), Some((_, place))) => {
            return Err(Wrong::new("settings are written as `key: value`", place));
        }
    }
    let mut settings = Vec::new();
    loop {
        let key = match events.next() {
            Some((Event::Scalar(text, ..), place)) => Word {
                text: text.into_owned(),
                place,
            },
            Some((Event::MappingEnd, _)) => break,
            Some((_, place)) => return Err(Wrong::new("a key must be a word", place)),
            None => break,
        };
        let values = match events.next() {
            Some((Event::Scalar(text, ..), place)) => Values {
                items: vec![Word {
                    text: text.into_owned(),
                    place: place.clone(),
                }],
                pairs: Vec::new(),
                place,
            },
            Some((Event::SequenceStart(..), start)) => list(&mut events, start)?,
            Some((Event::MappingStart(..), start)) if key.text == "lint" => {
                pairs(&mut events, start)?
            }
            Some((_, place)) => {
                return Err(Wrong::new(
                    format!(
                        "`{}` wants a value or a list of values",
                        key.text.escape_debug()
                    ),
                    place,
                ));
            }
            None => break,
        };
        settings.push(Setting { key, values });
    }
    if let Some((_, place)) = events.next() {
        return Err(Wrong::new("a second document is not read", place)
            .help("keep all settings in one document"));
    }
    Ok(settings)
}

/// Reads the items of a list up to its end.
fn list<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    start: Range<usize>,
) -> Result<Values, Wrong> {
    let mut items = Vec::new();
    for (event, place) in events {
        match event {
            Event::Scalar(text, ..) => items.push(Word {
                text: text.into_owned(),
                place,
            }),
            Event::SequenceEnd => break,
            _ => return Err(Wrong::new("a list holds plain values only", place)),
        }
    }
    Ok(Values {
        items,
        pairs: Vec::new(),
        place: start,
    })
}

/// Reads the entries of a flat map up to its end.
fn pairs<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    start: Range<usize>,
) -> Result<Values, Wrong> {
    let mut pairs = Vec::new();
    let mut key: Option<Word> = None;
    for (event, place) in events {
        match (event, key.take()) {
            (Event::Scalar(text, ..), None) => {
                key = Some(Word {
                    text: text.into_owned(),
                    place,
                });
            }
            (Event::Scalar(text, ..), Some(key)) => pairs.push((
                key,
                Word {
                    text: text.into_owned(),
                    place,
                },
            )),
            (Event::MappingEnd, None) => break,
            _ => return Err(Wrong::new("this map holds plain values only", place)),
        }
    }
    Ok(Values {
        items: Vec::new(),
        pairs,
        place: start,
    })
}

#[cfg(test)]
mod tests {
    use super::super::flags::Format;
    use super::*;

    fn parse(text: &str) -> Result<Config, Wrong> {
        Config::parse(text, Path::new("/desk"))
    }

    /// The message, the words at the place, and the help.
    fn wrong(text: &str) -> (String, &str, Option<String>) {
        let wrong = parse(text).expect_err("wrong settings");
        (wrong.message, &text[wrong.place], wrong.help)
    }

    #[test]
    fn the_nearest_file_is_found_upwards() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("a/b");
        std::fs::create_dir_all(&below).expect("folders");
        std::fs::write(folder.path().join(FILE_NAME), "").expect("written");
        let find = |folder: &Path| Config::find(folder).expect("found");
        assert_eq!(find(&below), Path::new("../../gainsay.yaml"));
        assert_eq!(find(folder.path()), Path::new("gainsay.yaml"));
        // A folder of that name is no settings file, and the nearer file wins.
        std::fs::create_dir(below.join(FILE_NAME)).expect("a folder");
        std::fs::write(folder.path().join("a").join(FILE_NAME), "").expect("written");
        assert_eq!(find(&below), Path::new("../gainsay.yaml"));
    }

    #[test]
    fn every_setting_is_read() {
        let config = parse(
            "# comment\nclaims: [claims, /shared/claims.yaml]\narticles:\n  - articles\n  - '-'\nclaim: death-toll\n\
             min_severity: medium\nfail_on: never\nformat: json\noutput: out/report.json\ncsv_raw: true\nreviews: r.jsonl\ncolor: always\n\
              all: false\nquiet: true\njobs: 4\nmax_articles: 5\nmax_matches: 6\ncache: c\nlint:\n  near-duplicate: off\n  lint/no-examples: error\n",
        );
        assert_eq!(
            config.expect("valid"),
            Config {
                claims: vec!["/desk/claims".into(), "/shared/claims.yaml".into()],
                articles: vec!["/desk/articles".into(), "-".into()],
                claim: vec!["death-toll".into()],
                min_severity: Some(SeverityArg::Medium),
                fail_on: Some(FailOn::Never),
                format: vec![Target {
                    format: Format::Json,
                    file: None,
                }],
                output: Some("/desk/out/report.json".into()),
                csv_raw: Some(true),
                reviews: Some("/desk/r.jsonl".into()),
                color: Some(ColorChoice::Always),
                all: Some(false),
                quiet: Some(true),
                jobs: Some(4),
                max_articles: Some(5),
                max_matches: Some(6),
                cache: Some("/desk/c".into()),
                lint: BTreeMap::from([
                    ("lint/near-duplicate", Weight::Off),
                    ("lint/no-examples", Weight::Error),
                ]),
            }
        );
    }

    #[test]
    fn wrong_rules_and_weights_are_told_with_their_place() {
        for (text, expected, at, told) in [
            (
                "lint: {near-duplicat: off}",
                "`near-duplicat` is no rule of lint",
                "near-duplicat",
                "did you mean `near-duplicate`?",
            ),
            (
                "lint: {xyz: off}",
                "`xyz` is no rule of lint",
                "xyz",
                "the rules are alias-swallows",
            ),
            (
                "lint: {no-examples: grave}",
                "`grave` is not possible here",
                "grave",
                "choose one of off, info, warning, error",
            ),
            (
                "lint: off",
                "`off` is no map of rules",
                "off",
                "write `lint:",
            ),
        ] {
            let (message, place, help) = wrong(text);
            assert_eq!((message.as_str(), place), (expected, at), "{text}");
            assert!(help.is_some_and(|help| help.starts_with(told)), "{text}");
        }
        for (text, expected) in [
            (
                "lint: {no-examples: [off]}",
                "this map holds plain values only",
            ),
            (
                "lint: {no-examples: off, lint/no-examples: info}",
                "`lint/no-examples` is given twice",
            ),
        ] {
            assert_eq!(wrong(text).0, expected, "{text}");
        }
    }

    #[test]
    fn several_formats_are_a_list_and_their_files_are_relative_to_the_settings() {
        let config =
            parse("format: [text, html=out/page.html, 'json=-', csv=/tmp/m.csv]").expect("valid");
        let files: Vec<_> = config
            .format
            .iter()
            .map(|target| target.file.as_deref())
            .collect();
        let expected = [
            None,
            Some("/desk/out/page.html"),
            Some("-"),
            Some("/tmp/m.csv"),
        ];
        assert_eq!(files, expected.map(|file| file.map(Path::new)));
    }

    #[test]
    fn nothing_written_is_nothing_set() {
        for text in [
            "",
            "\n",
            "# only a comment\n",
            "---\n",
            "{}",
            "\u{feff}",
            "null",
        ] {
            assert_eq!(parse(text).expect(text), Config::default(), "{text:?}");
        }
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_one() {
        for (text, key, help) in [
            ("formt: json\n", "formt", "did you mean `format`?"),
            (
                "jobs: 2\nmin-severity: low\n",
                "min-severity",
                "did you mean `min_severity`?",
            ),
            ("\u{feff}é: 1\n", "é", "the settings are claims, articles"),
            (
                "\"a\\e[31m\": 1\n",
                "\"a\\e[31m\"",
                "the settings are claims, articles",
            ),
        ] {
            let (message, place, found) = wrong(text);
            assert!(message.ends_with("` is no setting"), "{message}");
            assert!(!message.contains('\u{1b}'), "{message}");
            assert_eq!(place, key);
            assert!(found.is_some_and(|found| found.starts_with(help)), "{text}");
        }
    }

    #[test]
    fn wrong_values_are_told_with_their_place() {
        for (text, expected, at) in [
            ("jobs: 0", "`0` is not a whole number from 1 to 1024", "0"),
            (
                "jobs: many",
                "`many` is not a whole number from 1 to 1024",
                "many",
            ),
            ("quiet: 'yes'", "`yes` is neither true nor false", "'yes'"),
            ("fail_on: grave", "`grave` is not possible here", "grave"),
            (
                "color: [auto, never]",
                "one value is wanted, not a list",
                "[",
            ),
            ("format:\n", "a value is missing", ""),
            ("format: []", "the list is empty", "["),
            (
                "format: [text, xml=a]",
                "`xml=a` is not possible here",
                "xml=a",
            ),
            ("claims: []", "the list is empty", "["),
            ("claims: [a, '']", "a value is missing", "''"),
            ("claims: [[a]]", "a list holds plain values only", "["),
            (
                "claims: {a: b}",
                "`claims` wants a value or a list of values",
                "{",
            ),
            (
                "claims: &a x\narticles: *a",
                "aliases are not understood here",
                "*a",
            ),
            ("jobs: 1\njobs: 2", "`jobs` is given twice", "jobs"),
            ("[claims]: x", "a key must be a word", "["),
            ("- claims", "settings are written as `key: value`", ""),
            ("claims", "settings are written as `key: value`", "claims"),
            (
                "jobs: 1\n---\njobs: 2",
                "a second document is not read",
                "---",
            ),
        ] {
            let (message, place, _) = wrong(text);
            assert_eq!((message.as_str(), place), (expected, at), "{text}");
        }
    }

    #[test]
    fn broken_yaml_is_told_with_a_place_inside_the_text() {
        for text in [
            "claims: [a",
            "claims: 'a",
            "a: b: c",
            "\t- x",
            "é: [\u{feff}",
            "{",
            "%",
        ] {
            let wrong = parse(text).expect_err(text);
            assert!(text.get(wrong.place.clone()).is_some(), "{text}: {wrong:?}");
        }
    }

    #[test]
    fn choices_name_what_is_possible() {
        let (_, _, help) = wrong("color: blue");
        assert_eq!(help.as_deref(), Some("choose one of auto, always, never"));
    }
}
