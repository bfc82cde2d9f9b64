//! Why a run cannot go on: nothing to compare, settings that cannot be read, a report that cannot be written.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;

use gainsay::problem::Problem;
use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode, SourceSpan};
use thiserror::Error;

/// An error that ends the run. Bad content of articles and claim files is none: it becomes a problem in the report.
#[derive(Debug, Error, Diagnostic)]
pub(super) enum Fatal {
    /// The command line asks for something that cannot be.
    #[error("{message}")]
    #[diagnostic(code("cli/usage"))]
    Usage {
        message: String,
        #[help]
        help: Option<String>,
    },

    /// The default folder of articles or claims is not there, or holds nothing.
    #[error("{message}")]
    #[diagnostic(code("cli/nothing-to-compare"))]
    Nothing {
        message: String,
        #[help]
        help: String,
    },

    /// The settings file cannot be read at all.
    #[error("cannot read the settings file {}: {error}", path.display())]
    #[diagnostic(
        code("config/unreadable"),
        help("name another file with --config, or ignore settings with --no-config")
    )]
    ConfigUnreadable {
        path: PathBuf,
        error: std::io::Error,
    },

    /// Something in the settings file is wrong.
    #[error("{message}")]
    #[diagnostic(code("config/invalid"))]
    Config {
        message: String,
        #[source_code]
        source_code: Arc<NamedSource<String>>,
        #[label("{label}")]
        span: SourceSpan,
        label: String,
        #[help]
        help: Option<String>,
    },

    /// The words of very many articles lie in a temporary file, and that cannot be.
    #[error("there is no room for temporary files: {error}")]
    #[diagnostic(
        code("cli/no-room"),
        help("make room in the folder for temporary files, or name another one with TMPDIR")
    )]
    NoRoom { error: std::io::Error },

    /// A match file that was there is no longer.
    #[error("a match file cannot be read again: {error}")]
    #[diagnostic(
        code("cli/matches"),
        help("match files must stay as they are while the report is made")
    )]
    Matches { error: std::io::Error },

    /// The report cannot be written.
    #[error("cannot write the report to {target}: {error}")]
    #[diagnostic(code("output/unwritable"))]
    Unwritable {
        target: String,
        error: std::io::Error,
        #[help]
        help: Option<String>,
    },

    /// The labels cannot be read as a whole.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Labels(Box<Unusable>),
    /// A decision cannot be saved.
    #[error("cannot save the decision in {path}: {error}")]
    #[diagnostic(code("review/unsaved"))]
    Unsaved {
        path: String,
        error: gainsay::review::AppendError,
        #[help]
        help: Option<String>,
    },

    /// The terminal cannot be read or written.
    #[error("the terminal cannot be used: {0}")]
    #[diagnostic(
        code("review/terminal"),
        help("what you decided so far is saved; go on with `gainsay review --list`")
    )]
    Terminal(std::io::Error),

    /// The threads cannot be started.
    #[error("cannot start {jobs} threads: {reason}")]
    #[diagnostic(code("cli/threads"), help("give a smaller --jobs"))]
    Threads { jobs: usize, reason: String },
}

/// A problem of an input without which nothing can be done; shown as any other problem.
#[derive(Debug, Error)]
#[error(transparent)]
pub(super) struct Unusable(pub Problem);

// Not derived: the derived code would call `Problem::help`, which sets the help instead of giving it.
impl Diagnostic for Unusable {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Diagnostic::code(&self.0)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Diagnostic::help(&self.0)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Diagnostic::source_code(&self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Diagnostic::labels(&self.0)
    }
}
