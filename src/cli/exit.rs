//! How a run ends.

use std::process::ExitCode;

/// The end of a run that could be completed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// The report was made: 0, whatever it says.
    Done,
    /// `--fail-on` was given, and an open divergence of at least that severity stands: 1.
    Divergent,
    /// An example failed, or something was found wrong with claim files: 1.
    Found,
    /// Wrong usage, unreadable input, or something had to be left out: 2. Takes precedence over 1.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Divergent | Exit::Found => 1,
            Exit::Failed => 2,
        })
    }
}
