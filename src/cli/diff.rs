//! `gainsay diff`: the report of articles that were matched before.

use std::path::{Path, PathBuf};

use super::args::{CheckArgs, DiffArgs};
use super::check_options::{self, CheckOptions};
use super::fatal::Fatal;
use super::flags::Shared;

/// Reads the settings and lays the flags over them.
pub(super) fn options(shared: Shared, args: DiffArgs) -> Result<CheckOptions, Fatal> {
    let matches = match_files(&args.matches)?;
    let args = CheckArgs {
        claims: args.claims,
        report: args.report,
        bounds: args.bounds,
        jobs: args.jobs,
        ..CheckArgs::default()
    };
    let mut options = check_options::unchecked_options(shared, args)?;
    options.matches = matches;
    check_options::checked(options)
}

/// The files that are named, and of each folder those that end in `.jsonl`, sorted.
fn match_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Fatal> {
    let mut files = Vec::new();
    for path in named {
        if path == Path::new("-") {
            return Err(Fatal::Usage {
                message: "match files cannot come from standard input".to_owned(),
                help: Some("they are read twice; write them to files".to_owned()),
            });
        }
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = path
            .read_dir()
            .and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = entries.map_err(|error| Fatal::Matches { error })?;
        let before = files.len();
        files.extend(
            entries.iter().map(std::fs::DirEntry::path).filter(|path| {
                path.extension().is_some_and(|end| end == "jsonl") && path.is_file()
            }),
        );
        if files.len() == before {
            return Err(Fatal::Nothing {
                message: format!(
                    "there are no match files in {}",
                    path.display().to_string().escape_debug()
                ),
                help: "match files of a folder end in .jsonl; 'gainsay match' writes them"
                    .to_owned(),
            });
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}
