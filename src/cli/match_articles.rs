//! `gainsay match`: matches articles, and writes what a report needs of them.

use std::io::{self, ErrorKind, Write};
use std::ops::ControlFlow;
use std::path::Path;

use gainsay::article::{self, Discovered};
use gainsay::matching::Matcher;
use gainsay::problem::{Level, Loaded, Problem};
use gainsay::record::{ClaimSet, MatchWriter, Pass, Record, Room};

use super::args::{CheckArgs, MatchArgs};
use super::check;
use super::check_options::{self, CheckOptions};
use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::Shared;
use super::output;

/// Writes a match file.
pub(super) fn run(shared: Shared, args: MatchArgs) -> Result<Exit, Fatal> {
    let output = args.output.filter(|path| path != Path::new("-"));
    let check = CheckArgs {
        articles: args.articles,
        claims: args.claims,
        bounds: args.bounds,
        jobs: args.jobs,
        ..CheckArgs::default()
    };
    let options = check_options::options(shared, check)?;
    let told = check::in_threads(&options, || {
        let Loaded {
            items: claims,
            problems,
        } = check::load_claims(&options)?;
        let claims = ClaimSet::new(claims);
        let found = article::find(&options.articles);
        if found.files.is_empty() && found.problems.is_empty() {
            check::problems_of("articles", &options.articles, 0, Vec::new())?;
        }
        let mut told = errors(&problems) + errors(&found.problems);
        let write = |out: &mut dyn Write| -> io::Result<()> {
            told += matches(out, &options, &claims, found)?;
            Ok(())
        };
        match &output {
            Some(path) => output::write_file(path, write)?,
            None => match write(&mut io::stdout().lock()) {
                Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                    return Err(Fatal::Unwritable {
                        target: "standard output".to_owned(),
                        error,
                        help: None,
                    });
                }
                _ => {}
            },
        }
        Ok(told)
    })?;
    if told > 0 {
        let errors = check::counted(told, "error", "errors");
        output::note(&format!("{errors}, which 'gainsay diff' will tell"));
    }
    Ok(Exit::Done)
}

fn errors(problems: &[Problem]) -> usize {
    let errors = problems.iter();
    errors
        .filter(|problem| problem.level == Level::Error)
        .count()
}

/// Matches the articles that were found and writes their records; returns how many errors reading them gave.
fn matches(
    out: &mut dyn Write,
    options: &CheckOptions,
    claims: &ClaimSet,
    found: Discovered,
) -> io::Result<usize> {
    let names: Vec<String> = found.files.iter().map(|file| file.name.clone()).collect();
    // Lines go out in pieces of some size, whatever `out` is.
    let mut writer = MatchWriter::new(io::BufWriter::with_capacity(1 << 16, out), claims)?;
    writer.found(&found.problems, &found.passed_over)?;
    let matcher = Matcher::new(claims.claims());
    let (mut articles, mut matches, mut errors) = (0, 0, 0);
    let mut failed = None;
    Pass::new(found.files, Room::default()).run(
        || matcher.worker(),
        |worker, article| Record::of(article, worker.article(0, article)),
        &mut |file, mut read| {
            if let Ok(record) = &read {
                if let Some(problem) = options.most.exceeded(articles, matches, record) {
                    read = Err(problem);
                } else {
                    articles += 1;
                    matches += record.matches.len();
                }
            }
            let over = matches!(&read, Err(problem) if problem.code.starts_with("check/"));
            errors += usize::from(matches!(&read, Err(problem) if problem.level == Level::Error));
            if let Err(error) = writer.take(&names[file], &read) {
                failed = Some(error);
            }
            if failed.is_some() || over {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    match failed {
        Some(error) => Err(error),
        None => writer.finish().map(|_| errors),
    }
}
