//! Flags and arguments, as clap reads them.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use gainsay::claim::Severity;

/// Most threads that make sense to ask for; far above any machine that compares articles.
pub(super) const MAX_JOBS: u16 = 1024;

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

/// Flags of every command.
#[derive(Debug, Args)]
pub(super) struct Shared {
    /// When to colour [default: auto]
    ///
    /// `auto` colours on a terminal, unless the environment variable NO_COLOR is set.
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        help_heading = "Shared options"
    )]
    pub color: Option<ColorChoice>,

    /// Read settings from this file [default: the nearest gainsay.yaml upwards].
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        conflicts_with = "no_config",
        help_heading = "Shared options"
    )]
    pub config: Option<PathBuf>,

    /// Ignore every settings file.
    #[arg(long, global = true, help_heading = "Shared options")]
    pub no_config: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = CHECK_HELP)]
pub(super) struct CheckArgs {
    /// Articles: files and folders, or - for standard input [default: articles].
    #[arg(value_name = "PATH")]
    pub articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    pub claims: Vec<PathBuf>,

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

    /// How to write the report [default: text].
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Write the report to this file, whole or not at all; - is standard output.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Show everything in full: minor divergences too.
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

    /// Threads that compare at the same time [default: one for each processor].
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_JOBS)), action = ArgAction::Set)]
    pub jobs: Option<u16>,
}

impl CheckArgs {
    /// What the flag or its opposite says; `None` where neither was given.
    pub fn quiet(&self) -> Option<bool> {
        either(self.quiet, self.no_quiet)
    }

    /// As [`Self::quiet`].
    pub fn all(&self) -> Option<bool> {
        either(self.all, self.no_all)
    }
}

fn either(yes: bool, no: bool) -> Option<bool> {
    (yes || no).then_some(yes)
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Into files and pipes too.
    Always,
    /// Nowhere.
    Never,
}

/// How to write the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object with a versioned schema.
    Json,
}

/// A severity on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SeverityArg {
    /// Worth knowing.
    Low,
    /// Worth a sentence.
    Medium,
    /// Settle this before printing.
    High,
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Low => Severity::Low,
            SeverityArg::Medium => Severity::Medium,
            SeverityArg::High => Severity::High,
        }
    }
}

/// From which severity on a divergence fails the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Every divergence.
    Low,
    /// Medium and high.
    Medium,
    /// High only.
    High,
    /// None.
    #[default]
    Never,
}

impl FailOn {
    /// The severity, `None` for never.
    pub fn severity(self) -> Option<Severity> {
        match self {
            FailOn::Low => Some(Severity::Low),
            FailOn::Medium => Some(Severity::Medium),
            FailOn::High => Some(Severity::High),
            FailOn::Never => None,
        }
    }
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
    format: text                           # --format
    output: report.txt                     # --output
    color: auto                            # --color
    all: false                             # --all
    quiet: false                           # --quiet
    jobs: 4                                # --jobs

Exit codes:
  0  The report was made, whatever it says.
  1  Only with --fail-on: an open divergence of at least that severity stands.
  2  Wrong usage, unreadable input, or an article or a claim was left out.
     What could be compared is reported all the same.";

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
                panic!("check was asked for");
            };
            assert_eq!(args.quiet(), expected, "{flags:?}");
        }
    }
}
