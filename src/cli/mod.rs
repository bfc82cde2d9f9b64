//! The command line: reads flags and the settings file, runs a command, and turns its end into an exit code.
//!
//! Flags and settings become one options value for each command, and nothing below sees clap. Only this layer prints.

mod args;
mod canonical;
mod check;
mod check_options;
mod completions;
mod config;
mod correction;
mod diff;
mod eval;
mod exit;
mod explain;
mod fatal;
mod flags;
mod gather;
mod hold;
mod inputs;
mod lint;
mod man;
mod match_articles;
mod most;
mod new;
mod output;
mod review;
mod review_desk;
mod review_json;
mod review_options;
mod review_screen;
mod schema;
mod screen;
mod suggest;
mod suggest_desk;
mod suggest_screen;
mod suggest_session;
mod test;
mod watch;

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
        Command::Check(args) => {
            let watch = args.watch;
            let options = check_options::options(cli.shared, *args);
            options.and_then(|o| {
                if watch {
                    watch::run(&o)
                } else {
                    check::run(&o)
                }
            })
        }
        Command::Match(args) => match_articles::run(cli.shared, *args),
        Command::Diff(args) => diff::options(cli.shared, *args).and_then(|o| check::run(&o)),
        Command::Eval(args) => eval::options(&cli.shared, args).and_then(|o| eval::run(&o)),
        Command::Review(args) => {
            review_options::options(cli.shared, *args).and_then(|o| review::run(&o))
        }
        Command::Explain(args) => explain::run(&cli.shared, &args),
        Command::Test(args) => test::run(&cli.shared, &args),
        Command::Lint(args) => lint::run(&cli.shared, &args),
        Command::New(args) => new::run(&cli.shared, &args),
        Command::Suggest(args) => suggest::run(&cli.shared, &args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    done.unwrap_or_else(|fatal| {
        output::print_fatal(fatal, color);
        Exit::Failed
    })
}
