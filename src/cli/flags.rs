//! Flags that all commands have, and the values that flags of several commands take.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use gainsay::claim::Severity;

/// Most threads that make sense to ask for; far above any machine that compares articles.
pub(super) const MAX_JOBS: u16 = 1024;

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

/// How to write what a command other than `check` tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// For people.
    #[default]
    Text,
    /// For programs: one JSON object.
    Json,
}

/// How to write the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Text,
    /// For the browser: one page that works offline.
    Html,
    /// For a ticket or a mail.
    Markdown,
    /// For programs: one JSON object with a versioned schema.
    Json,
    /// A table with a row for each match.
    Csv,
    /// A table with a row for each divergence.
    CsvDivergences,
    /// For code scanning tools.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
}

/// A format and, where one is named, the file to write it to; `-` is standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub format: Format,
    pub file: Option<PathBuf>,
}

impl Target {
    /// Reads `FORMAT` or `FORMAT=FILE`.
    ///
    /// # Errors
    ///
    /// What is wrong and what is possible, for a person.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            None => (text, None),
            Some((name, "")) => {
                return Err(format!(
                    "a file is missing after `=`; write {}=FILE, or {0} alone",
                    name.escape_debug()
                ));
            }
            Some((name, file)) => (name, Some(PathBuf::from(file))),
        };
        let format = Format::from_str(name, false).map_err(|_| {
            let names: Vec<String> = Format::value_variants()
                .iter()
                .filter_map(ValueEnum::to_possible_value)
                .map(|value| value.get_name().to_owned())
                .collect();
            format!("choose one of {}", names.join(", "))
        })?;
        Ok(Self { format, file })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_may_name_its_file() {
        let target = |format, file: Option<&str>| {
            let file = file.map(PathBuf::from);
            Ok(Target { format, file })
        };
        assert_eq!(Target::parse("json"), target(Format::Json, None));
        assert_eq!(
            Target::parse("csv-divergences=a=b.csv"),
            target(Format::CsvDivergences, Some("a=b.csv"))
        );
        assert_eq!(Target::parse("html=-"), target(Format::Html, Some("-")));
        for (wrong, told) in [
            ("xml", "choose one of text, html, markdown, json, csv"),
            ("xml=a", "choose one of"),
            ("JSON", "choose one of"),
            ("", "choose one of"),
            ("html=", "write html=FILE, or html alone"),
        ] {
            let found = Target::parse(wrong).expect_err(wrong);
            assert!(found.contains(told), "{wrong}: {found}");
        }
    }
}
