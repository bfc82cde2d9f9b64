//! PLACEHOLDER for the terminal renderer, to be dropped at the merge.

use std::io::IsTerminal;

use crate::report::Report;

/// PLACEHOLDER.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// PLACEHOLDER.
    pub width: usize,
    /// PLACEHOLDER.
    pub color: bool,
    /// PLACEHOLDER.
    pub unicode: bool,
    /// PLACEHOLDER.
    pub quiet: bool,
    /// PLACEHOLDER.
    pub all: bool,
}

impl Options {
    /// PLACEHOLDER.
    pub fn detect() -> Self {
        Self {
            color: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            ..Self::default()
        }
    }
}

/// PLACEHOLDER.
pub fn render(report: &Report, options: &Options) -> String {
    let mut text = String::new();
    for problem in &report.problems {
        text.push_str(&format!("{}: {}\n", problem.code, problem.message));
    }
    for divergence in report.divergences.iter().filter(|_| !options.quiet) {
        let claim = &report.claims[divergence.claim].id;
        let mark = if options.color { "\u{1b}[1m" } else { "" };
        text.push_str(&format!("{mark}{} {claim}\n", divergence.kind.name()));
    }
    text.push_str(&format!("{} divergences\n", report.divergences.len()));
    text
}
