//! Flags and arguments, as clap reads them.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::explain::ExplainArgs;
use super::flags::{FailOn, MAX_JOBS, SeverityArg, Shared, Target, TextOrJson};
use super::lint::LintArgs;
use super::new::NewArgs;
use super::schema::SchemaArgs;
use super::suggest::SuggestArgs;
use super::test::TestArgs;

#[derive(Debug, Parser)]
#[command(
    name = "gainsay",
    version,
    about = "Finds where news articles contradict each other",
    long_about = "Finds where news articles contradict each other on hand-written claims.\n\n\
        A claim is a question with its possible answers and their typical wordings. gainsay finds the statements in \
        articles that carry an answer, by fuzzy but explainable similarity of words, and tells where articles diverge. \
        It works offline, and the same input always gives the same report.",
    after_help = "Try 'gainsay check --help' for examples, settings and exit codes."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub shared: Shared,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare articles on claims and report where they diverge.
    Check(Box<CheckArgs>),
    /// Match articles, and write the matches for diff.
    Match(Box<MatchArgs>),
    /// Report where articles diverge that were matched before, in one place or many.
    Diff(Box<DiffArgs>),
    /// Measure the matches on articles that people have labelled.
    Eval(EvalArgs),
    /// Decide on divergences, one after the other.
    Review(Box<ReviewArgs>),
    /// Say why a sentence carries a position of a claim, or why not.
    Explain(Box<ExplainArgs>),
    /// Run the examples of claim files.
    Test(Box<TestArgs>),
    /// Look claim files through for what is odd.
    Lint(Box<LintArgs>),
    /// Write a claim file to start from.
    New(Box<NewArgs>),
    /// Propose statements that a claim misses.
    Suggest(Box<SuggestArgs>),
    /// Print the JSON schema of claim files or of the settings.
    Schema(SchemaArgs),
    /// Print a script that lets a shell complete commands and flags.
    Completions(CompletionsArgs),
    /// Print the manual page, in the format of man.
    Man(ManArgs),
}

#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS_HELP)]
pub(super) struct CompletionsArgs {
    /// The shell that will read the script.
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_long_help = MAN_HELP)]
pub(super) struct ManArgs {
    /// The command whose page is wanted [default: the page of gainsay itself].
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

#[derive(Debug, Default, Args)]
#[command(after_long_help = CHECK_HELP)]
pub(super) struct CheckArgs {
    /// Articles: files and folders, or - for standard input [default: articles].
    #[arg(value_name = "PATH")]
    pub articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

    /// Make the report again whenever an article, a claim file or a decision changes, until Ctrl-C
    ///
    /// Settings are read once, at the start.
    #[arg(long)]
    pub watch: bool,

    /// Keep what was found in this folder, so that the next run matches only what changed
    ///
    /// The report stays the same with it and without, to the byte. What is kept of articles goes by their contents and the claims, never
    /// by times. The folder may be deleted whenever you like. What a ledger of 4 MB or more holds is kept in it too; without this it is
    /// kept where the system keeps caches.
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,

    #[command(flatten)]
    pub report: ReportArgs,

    #[command(flatten)]
    pub bounds: BoundArgs,

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

/// What a report is to hold and where it goes.
#[derive(Debug, Default, Args)]
pub(super) struct ReportArgs {
    /// Report only this claim; may be given again.
    #[arg(long = "claim", value_name = "ID")]
    pub only: Vec<String>,

    /// Show only divergences of at least this severity [default: low].
    #[arg(long, value_name = "SEVERITY")]
    pub min_severity: Option<SeverityArg>,

    /// Exit with 1 where an open divergence of at least this severity stands [default: never]
    ///
    /// Divergences that --min-severity hides count all the same; those of claims that --claim leaves out do not.
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,

    /// How to write the report: text, html, markdown, json, csv, csv-divergences, sarif or github; may be given again as
    /// FORMAT=FILE [default: text]
    ///
    /// text: for the terminal. html: one page for the browser, works offline. markdown: for a ticket or a mail. json: everything,
    /// for programs. csv: a table with a row for each statement that answers a claim. csv-divergences: a table with a row for
    /// each divergence. sarif: for code scanning tools. github: annotations of a GitHub workflow.
    ///
    /// A format with a file is written there, whole or not at all, so one run can write several. A format without one goes to
    /// --output, or else to standard output.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Target::parse)]
    pub format: Vec<Target>,

    /// Write the report to this file, whole or not at all; - is standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write the cells of csv as they are
    ///
    /// Without it a cell that a spreadsheet would take for a formula is preceded by an apostrophe, and the file begins with a
    /// byte order mark, by which a spreadsheet knows that it is UTF-8.
    #[arg(long, overrides_with = "no_csv_raw")]
    pub csv_raw: bool,

    /// Undo `csv_raw: true` of the settings.
    #[arg(long, hide = true, overrides_with = "csv_raw")]
    pub no_csv_raw: bool,

    /// The ledger of decisions that `gainsay review` keeps [default: reviews.jsonl beside the settings file, else here].
    #[arg(long, value_name = "FILE")]
    pub reviews: Option<PathBuf>,

    /// Show everything as if nobody had decided on anything.
    #[arg(long, conflicts_with = "reviews")]
    pub no_reviews: bool,

    /// The day that decides which decisions have expired [default: SOURCE_DATE_EPOCH, else today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,

    /// Show everything in full: minor and decided divergences too.
    #[arg(long, overrides_with = "no_all")]
    pub all: bool,

    /// Undo `all: true` of the settings.
    #[arg(long, hide = true, overrides_with = "all")]
    pub no_all: bool,

    /// Tell only problems and the summary line.
    #[arg(long, short, overrides_with = "no_quiet")]
    pub quiet: bool,

    /// Undo `quiet: true` of the settings.
    #[arg(long, hide = true, overrides_with = "quiet")]
    pub no_quiet: bool,
}

/// How much a run takes.
#[derive(Debug, Default, Args)]
pub(super) struct BoundArgs {
    /// Compare at most so many articles; the rest is left out and told [default: 2000000].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_articles: Option<u32>,

    /// Keep at most so many statements that carry an answer; the rest is left out and told [default: 5000000]
    ///
    /// A statement takes some 1,000 bytes of memory.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_matches: Option<u32>,
}

#[derive(Debug, Args)]
#[command(after_long_help = MATCH_HELP)]
pub(super) struct MatchArgs {
    /// Articles: files and folders, or - for standard input [default: articles].
    #[arg(value_name = "PATH")]
    pub articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

    /// Write the matches to this file, whole or not at all; - is standard output [default: -].
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub bounds: BoundArgs,

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

#[derive(Debug, Args)]
#[command(after_long_help = DIFF_HELP)]
pub(super) struct DiffArgs {
    /// Match files, in any order; of a folder all that end in .jsonl.
    #[arg(value_name = "MATCHES", required = true)]
    pub matches: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

    #[command(flatten)]
    pub report: ReportArgs,

    #[command(flatten)]
    pub bounds: BoundArgs,

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

impl ReportArgs {
    /// What the flag or its opposite says; `None` where neither was given.
    pub fn quiet(&self) -> Option<bool> {
        either(self.quiet, self.no_quiet)
    }

    /// As [`Self::quiet`].
    pub fn csv_raw(&self) -> Option<bool> {
        either(self.csv_raw, self.no_csv_raw)
    }

    /// As [`Self::quiet`].
    pub fn all(&self) -> Option<bool> {
        either(self.all, self.no_all)
    }
}

/// Reads a day as 2026-11-22.
fn day(text: &str) -> Result<Date, String> {
    let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| "write a date as 2026-11-22".to_owned())
}

#[derive(Debug, Args)]
#[command(after_long_help = REVIEW_HELP)]
#[command(group(clap::ArgGroup::new("action").args([
    "list", "show", "confirm", "dismiss", "later", "reopen", "compare",
])))]
#[command(group(clap::ArgGroup::new("decide").multiple(true).args([
    "confirm", "dismiss", "later", "reopen",
])))]
pub(super) struct ReviewArgs {
    /// Articles: files and folders, or - for standard input [default: articles].
    #[arg(value_name = "PATH")]
    pub articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

    /// Review only this claim; may be given again.
    #[arg(long = "claim", value_name = "ID")]
    pub only: Vec<String>,

    /// Review only divergences of at least this severity [default: low].
    #[arg(long, value_name = "SEVERITY")]
    pub min_severity: Option<SeverityArg>,

    /// The ledger of decisions [default: reviews.jsonl beside the settings file, else here].
    #[arg(long, value_name = "FILE")]
    pub reviews: Option<PathBuf>,

    /// List what waits for a decision.
    #[arg(long, help_heading = "Without a terminal")]
    pub list: bool,

    /// Show a divergence with its sentences; may be given again.
    #[arg(long, value_name = "ID", help_heading = "Without a terminal")]
    pub show: Vec<String>,

    /// Decide that it is a divergence; may be given again.
    #[arg(long, value_name = "ID", help_heading = "Without a terminal")]
    pub confirm: Vec<String>,

    /// Decide that it is none; may be given again.
    #[arg(long, value_name = "ID", help_heading = "Without a terminal")]
    pub dismiss: Vec<String>,

    /// Put it off: it stays open, at the end of the queue; may be given again.
    #[arg(long, value_name = "ID", help_heading = "Without a terminal")]
    pub later: Vec<String>,

    /// Take a decision back; may be given again.
    #[arg(long, value_name = "ID", help_heading = "Without a terminal")]
    pub reopen: Vec<String>,

    /// Dismiss it because its sentence N was taken wrongly, and add to the claim file what keeps that sentence out
    ///
    /// N is the number that --show puts before the sentence. A look-alike goes to `except` and the sentence to `examples`, so that
    /// `gainsay test` guards it. Only an addition that works and that changes nothing else in the articles is made; where there is
    /// none, nothing is written and the reason is told.
    #[arg(
        long,
        value_name = "N",
        requires = "dismiss",
        help_heading = "Without a terminal"
    )]
    pub wrong_match: Option<usize>,

    /// With --wrong-match: the position that the sentence carries instead.
    #[arg(
        long,
        value_name = "POSITION",
        requires = "wrong_match",
        help_heading = "Without a terminal"
    )]
    pub carries: Option<String>,

    /// Compare with another reviewer's ledger: agreement and Cohen's kappa.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["articles", "only", "min_severity"])]
    pub compare: Option<PathBuf>,

    /// How to write what --list, --show and --compare tell [default: text].
    #[arg(long, value_name = "FORMAT", conflicts_with = "decide")]
    pub format: Option<ReviewFormat>,

    /// Decided divergences too.
    #[arg(long, conflicts_with_all = ["show", "decide", "compare"])]
    pub all: bool,

    /// Why; stands in the ledger with the decision.
    #[arg(long, value_name = "WORDS", requires = "decide")]
    pub reason: Option<String>,

    /// Who decides [default: your user name].
    #[arg(long, value_name = "NAME")]
    pub reviewer: Option<String>,

    /// The last day on which the decisions count [default: for good].
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with_all = ["list", "show", "compare"])]
    pub expires: Option<Date>,

    /// The day of the decisions [default: SOURCE_DATE_EPOCH, else today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,

    /// Hide outlets, dates and article ids until it is decided.
    #[arg(long, conflicts_with_all = ["decide", "compare"])]
    pub blind: bool,

    /// The folder where `check` keeps what it found [default: the setting `cache`]
    ///
    /// Given the same one, the next `check` need not look over the decisions that stand in a long ledger.
    #[arg(long, value_name = "DIR", conflicts_with = "compare")]
    pub cache: Option<PathBuf>,

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

/// How `gainsay review` writes lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ReviewFormat {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object.
    Json,
}

fn either(yes: bool, no: bool) -> Option<bool> {
    (yes || no).then_some(yes)
}

#[derive(Debug, Args)]
#[command(after_long_help = EVAL_HELP)]
pub(super) struct EvalArgs {
    /// Folder with labels and their articles.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,

    /// Claim files and folders of them; may be given again [default: FOLDER/claims, or claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

    /// How to write the figures [default: text].
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<TextOrJson>,

    /// Write the figures to this file, whole or not at all; - is standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Show at most so many wrong matches and as many missing positions; JSON holds all.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub misses: usize,

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

const CHECK_HELP: &str = "\
Examples:
  gainsay check
      Compare the folder 'articles' on the claim files in the folder 'claims'.
  gainsay check wire.txt desk.md --claims claims/fire.yaml
      Compare two articles on one claim file.
  gainsay check --claim death-toll --min-severity medium
      Look at one claim, and leave out what is merely worth knowing.
  gainsay check --format json --output report.json --fail-on high
      For a pipeline: write JSON, and exit with 1 where a grave contradiction stands.
  gainsay check --format text --format html=report.html --format csv=matches.csv
      Read the report here, and write a page for the browser and a table.
  curl -s https://example.org/story.txt | gainsay check articles -
      Compare a folder and what comes from standard input.

Settings:
  The nearest gainsay.yaml, from the current folder upwards, may hold the
  same settings. A flag wins over a setting. Paths are relative to the file.

    claims: [claims, shared/claims.yaml]   # --claims
    articles: [articles]                   # PATH
    claim: [death-toll]                    # --claim
    min_severity: medium                   # --min-severity
    fail_on: high                          # --fail-on
    format: [text, html=report.html]       # --format
    output: report.txt                     # --output
    csv_raw: false                         # --csv-raw
    reviews: reviews.jsonl                 # --reviews
    color: auto                            # --color
    all: false                             # --all
    quiet: false                           # --quiet
    jobs: 4                                # --jobs
    max_articles: 2000000                  # --max-articles
    max_matches: 5000000                   # --max-matches
    cache: .gainsay-cache                  # --cache
    lint: {near-duplicate: off}            # see 'gainsay lint --help'

Decisions:
  What 'gainsay review' confirmed or dismissed is open no longer: it does not
  count for --fail-on, and only --all shows it. It opens again when a sentence
  that it was decided on, or the claim, is reworded, and the report says so.

Exit codes:
  0  The report was made, whatever it says.
  1  Only with --fail-on: an open divergence of at least that severity stands.
  2  Wrong usage, unreadable input, or an article or a claim was left out.
     What could be compared is reported all the same.";

const MATCH_HELP: &str = "\
A match file holds, for each article, what the report needs of it: who and
what it is, the statements that carry an answer, and its words as numbers, for
near-copies. 'gainsay diff' makes the report of any number of them. It is made
of JSON lines, and is not meant to be changed by hand.

Examples:
  gainsay match desk-a --output a.jsonl
  gainsay match desk-b --output b.jsonl
  gainsay diff a.jsonl b.jsonl
      The same report as 'gainsay check desk-a desk-b', from two machines.

The paths of the articles stand in the report, and their order is the order of
the articles. So name them in every part as one 'check' of all would: from the
same folder, with the same paths.

Settings:
  Of the settings file, articles, claims, jobs, max_articles and max_matches
  are used.

Exit codes:
  0  The match file was written. What was wrong with articles stands in it.
  2  Wrong usage, no articles or claims, or the file cannot be written.";

const DIFF_HELP: &str = "\
Examples:
  gainsay diff a.jsonl b.jsonl --format html=report.html
  gainsay diff matches --fail-on high
      Of all match files in a folder.

The report is the one that 'gainsay check' would make of all the articles, byte
by byte, whatever the order of the match files; only the page of --format html
names another command. Articles are in the order of their paths. An article
that stands in two match files counts once.

Every match file must be written by this version of gainsay, for the same
claims; else it is left out and the report says so. What does not change which
statements match may change: examples, severities, what is compatible.

Settings and exit codes are those of 'gainsay check'.";

const EVAL_HELP: &str = "\
The folder holds the articles, as articles.jsonl or in a folder 'articles',
and one file of labels:

  labels.jsonl  One label a line, for your own articles:
    {\"article\": \"dawn\", \"claim\": \"mill-fire-cause\", \"position\": \"arson\",
     \"sentence\": \"The police are looking for an arsonist.\"}
    article   The article's id: its file name without the ending, or its \"id\".
    claim     The claim's id.
    position  A position of the claim; digits for a quantity, a date such as
              2020-12-14 for a date; or none: the article answers nothing.
    sentence  The sentence that carries it, word for word. Several sentences
              are several lines. Without one, any sentence of the article may.
    weak      true: readers may disagree, so it counts neither way.
    curation  true: the claim file was written with this article at hand, so
              the article is left out of the figures for this claim.
    An article counts for the claims that some line names it with. So write a
    line with none for an article that answers nothing.

  gold.json     Labels of whole topics: {\"topics\": [{\"claims\": [{\"id\",
    \"kind\", \"compatible\", \"accepts\"}], \"curation\": [article], \"articles\":
    {article: {claim: [{\"position\", \"evidence\": [sentence], \"weak\",
    \"more\"}]}}}]}. kind is stance, quantity or date; accepts maps a position
    to a pattern of answers that count as it; more says that further sentences
    carry it.

Figures:
  stance      Article, claim and position: does the article carry it?
  evidence    Precision: matched sentences that are labelled with the position.
              Recall: labelled sentences that are matched with it.
  divergence  Pairs of articles with positions that cannot both be true.
  The ranges are 95 % intervals by Wilson's method: with few labels they are
  wide, and a difference within them means little.

Examples:
  gainsay eval labelled
      Measure the folder's articles on its own claim files.
  gainsay eval labelled --claims claims --format json
      Measure other claim files, for a program.

Settings:
  Of the settings file, claims and jobs are used.

Exit codes:
  0  The figures were made, whatever they say.
  2  Wrong usage, unreadable input, or a label, an article or a claim was left
     out. What could be measured is told all the same.";
const REVIEW_HELP: &str = "\
Examples:
  gainsay review
      Go through everything that is open, key by key. ? shows the keys.
  gainsay review --claim death-toll --min-severity medium --reviewer Ada
      Go through a part of it.
  gainsay review --list
  gainsay review --show f22e28ce
  gainsay review --dismiss f22e28ce --reason 'Two fires, not one.'
      The same without a terminal. An ID may be cut short while it is unique.
  gainsay review --dismiss f22e28ce --expires 2027-01-31
      Decide for a while.
  gainsay review --dismiss f22e28ce --wrong-match 2
  gainsay review --dismiss f22e28ce --wrong-match 2 --carries no-cause
      Sentence 2 was taken wrongly: let the claim file learn it.
  gainsay review --blind --reviews ada.jsonl
  gainsay review --compare ben.jsonl --reviews ada.jsonl
      Two reviewers decide each for themselves, and compare.

The ledger:
  Every decision is a line at the end of reviews.jsonl, saved at once. Keep the
  file under version control; after a merge keep the lines of both sides. The
  latest decision on a divergence counts. 'gainsay check' reads it, tells which
  decisions have expired or are about nothing any more, and opens those again
  of which the sentences or the claim changed. The settings are those of
  'gainsay check'.

Exit codes:
  0  Everything that was asked for is done.
  2  Wrong usage, a decision could not be saved, or an article, a claim or a
     line of the ledger could not be read.";
const COMPLETIONS_HELP: &str = "\
Examples:
  gainsay completions bash > ~/.local/share/bash-completion/completions/gainsay
  gainsay completions zsh > ~/.zfunc/_gainsay
  gainsay completions fish > ~/.config/fish/completions/gainsay.fish";

const MAN_HELP: &str = "\
Examples:
  gainsay man > gainsay.1
  gainsay man check > gainsay-check.1
  gainsay man check | man -l -";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_last_of_a_flag_and_its_opposite_wins() {
        for (flags, expected) in [
            (&[][..], None),
            (&["--quiet"], Some(true)),
            (&["--quiet", "--no-quiet"], Some(false)),
            (&["--no-quiet", "--quiet"], Some(true)),
        ] {
            let words = ["gainsay", "check"].iter().chain(flags);
            let Command::Check(args) = Cli::try_parse_from(words).expect("valid").command else {
                panic!("not check");
            };
            assert_eq!(args.report.quiet(), expected, "{flags:?}");
        }
    }
}
