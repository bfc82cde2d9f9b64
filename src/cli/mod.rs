//! The command line: reads flags and the settings file, runs a command, and turns its end into an exit code.
//!
//! Flags and settings become one options value for each command, and nothing below sees clap. Only this layer prints.

mod args;
mod check;
mod completions;
mod config;
mod exit;
mod fatal;
mod man;
mod output;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use exit::Exit;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    run_with(std::env::args_os()).into()
}

fn run_with(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are "errors" that go to standard output.
            let shown = output::print_clap(&error);
            return if shown && !error.use_stderr() {
                Exit::Done
            } else {
                Exit::Failed
            };
        }
    };
    let color = cli.shared.color;
    let done = match cli.command {
        Command::Check(args) => check::options(cli.shared, *args).and_then(|o| check::run(&o)),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    done.unwrap_or_else(|fatal| {
        output::print_fatal(fatal, color);
        Exit::Failed
    })
}
