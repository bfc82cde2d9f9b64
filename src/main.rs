//! The `gainsay` program. The command line lives in the binary alone, so that the library knows neither clap nor a terminal.

mod cli;

/// Every thread makes and drops many small texts, one for each match; this one keeps threads out of each other's way.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
