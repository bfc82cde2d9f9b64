//! `gainsay test`: runs the examples of claim files.

use std::path::PathBuf;

use clap::Args;
use gainsay::render::terminal;
use gainsay::trial::example::{Trial, Verdict};
use rayon::prelude::*;
use serde::Serialize;

use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::{Shared, TextOrJson};
use super::inputs::{self, Inputs};
use super::output;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct TestArgs {
    /// Claim files and folders of them [default: claims].
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Run only this claim; may be given again.
    #[arg(long = "claim", value_name = "ID")]
    only: Vec<String>,

    /// Changed sentences that keep their position are failures, not warnings.
    #[arg(long)]
    strict: bool,

    /// Show passed examples too.
    #[arg(long)]
    all: bool,

    /// Tell only problems and the last line.
    #[arg(long, short)]
    quiet: bool,

    /// How to write it [default: text].
    #[arg(long, value_name = "FORMAT")]
    format: Option<TextOrJson>,
}

const HELP: &str = "\
Each example is an article by itself:

    examples:
      - text: The mill was set on fire, the police said.
        position: arson
      - text: The mill will open again in spring.
        position: none               # a near miss: no position
      - text: Somebody had poured petrol in the hall.
        position: arson
        todo: true                   # known not to work yet: never fails

An example passes where every position that it names is carried, and no
other one but what 'compatible' allows beside it.

Passed examples are then changed so that they say something else: negated,
called untrue, with two names swapped, or with another number. A changed
sentence that still carries the position is a warning, with --strict a failure.
Surface rules make the changes, so a warning deserves a look, not belief.

Exit codes:
  0  All examples passed, or are marked as to do.
  1  An example failed, or with --strict a changed sentence.
  2  Wrong usage, or a claim could not be read.";

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    summary: Summary,
    claims: &'a [Trial],
}

#[derive(Serialize)]
struct Summary {
    claims: usize,
    examples: usize,
    passed: usize,
    failed: usize,
    todo: usize,
    todo_passed: usize,
    mutants: usize,
    mutants_kept: usize,
}

/// Runs the examples and writes what came of them to standard output.
pub(super) fn run(shared: &Shared, args: &TestArgs) -> Result<Exit, Fatal> {
    let inputs = Inputs::new(shared)?;
    let loaded = inputs::load(&inputs.claims(&args.paths)?)?;
    let errors = inputs.tell(&loaded.problems);
    let mut claims = loaded.items;
    if !args.only.is_empty() {
        for id in &args.only {
            inputs::find(&claims, id)?;
        }
        claims.retain(|claim| args.only.contains(&claim.id));
    }
    let trials: Vec<Trial> = claims.par_iter().map(Trial::of).collect();
    let count = |verdict| {
        trials
            .iter()
            .map(|trial| trial.count(verdict))
            .sum::<usize>()
    };
    let summary = Summary {
        claims: trials.len(),
        examples: trials.iter().map(|trial| trial.examples.len()).sum(),
        passed: count(Verdict::Passed),
        failed: count(Verdict::Failed),
        todo: count(Verdict::Todo),
        todo_passed: count(Verdict::TodoPassed),
        mutants: trials
            .iter()
            .flat_map(|t| &t.examples)
            .map(|e| e.mutants.len())
            .sum(),
        mutants_kept: trials.iter().map(|trial| trial.survivors().count()).sum(),
    };
    let failed = summary.failed > 0 || args.strict && summary.mutants_kept > 0;
    let text = match args.format.unwrap_or_default() {
        TextOrJson::Json => output::json(&Document {
            schema_version: 1,
            summary,
            claims: &trials,
        }),
        TextOrJson::Text => {
            terminal::trial::render(&trials, args.strict, &inputs.terminal(args.quiet, args.all))
        }
    };
    output::write_to_stdout(&text)?;
    Ok(if errors > 0 {
        Exit::Failed
    } else if failed {
        Exit::Found
    } else {
        Exit::Done
    })
}
