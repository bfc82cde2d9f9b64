//! `gainsay completions`: a script that lets a shell complete commands and flags.

use clap::CommandFactory;

use super::args::{Cli, CompletionsArgs};
use super::exit::Exit;
use super::fatal::Fatal;
use super::output;

/// Prints the script, made from the same definitions that the command line is read by.
pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, Fatal> {
    // Into memory first: the generator knows no failing writer, such as a full disk.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gainsay", &mut script);
    output::write_to_stdout(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
