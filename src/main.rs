//! The `gainsay` program. The command line lives in the binary alone, so that the library knows neither clap nor a terminal.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
