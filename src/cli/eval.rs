//! `gainsay eval`: measures what the program finds by what readers labelled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::article::{self, Article};
use gainsay::claim::{self, Claim};
use gainsay::clean::clean;
use gainsay::eval;
use gainsay::matching::{Match, Matcher};
use gainsay::problem::{Level, Problem};
use gainsay::render::evaluation;
use gainsay::report::Report;
use rayon::prelude::*;

use super::args::EvalArgs;
use super::config::Config;
use super::exit::Exit;
use super::fatal::{Fatal, Unusable};
use super::flags::{Shared, TextOrJson};
use super::output;

/// What to do, from flags and settings.
#[derive(Debug, PartialEq)]
pub(super) struct EvalOptions {
    folder: PathBuf,
    claims: Vec<PathBuf>,
    format: TextOrJson,
    /// `None` is standard output.
    output: Option<PathBuf>,
    misses: usize,
    /// `None` is one thread for each processor.
    jobs: Option<usize>,
}

/// Reads the settings and lays the flags over them. Claims are those of the flag, else the folder's own, else of the settings.
pub(super) fn options(shared: &Shared, args: EvalArgs) -> Result<EvalOptions, Fatal> {
    let config = Config::of(shared)?;
    let own = args.folder.join("claims");
    let claims = if !args.claims.is_empty() {
        args.claims
    } else if own.is_dir() {
        vec![own]
    } else if !config.claims.is_empty() {
        config.claims
    } else {
        vec![PathBuf::from("claims")]
    };
    Ok(EvalOptions {
        folder: args.folder,
        claims,
        format: args.format.unwrap_or_default(),
        output: args.output.filter(|path| path != Path::new("-")),
        misses: args.misses,
        jobs: args.jobs.or(config.jobs).map(usize::from),
    })
}

/// Measures and writes the figures.
pub(super) fn run(options: &EvalOptions) -> Result<Exit, Fatal> {
    let jobs = options.jobs.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs).build();
    let pool = pool.map_err(|error| Fatal::Threads {
        jobs,
        reason: error.to_string(),
    })?;
    let (evaluation, problems) = pool.install(|| measure(options))?;
    let text = match options.format {
        TextOrJson::Text => {
            let mut text = evaluation::text(&evaluation, options.misses);
            if !problems.is_empty() {
                text.push_str("\nProblems:\n");
            }
            for problem in &problems {
                text.push_str(&told(problem));
            }
            text
        }
        TextOrJson::Json => {
            let mut json = evaluation::json(&evaluation);
            json["problems"] = problems.iter().map(as_json).collect();
            output::json(&json)
        }
    };
    match &options.output {
        None => output::write_to_stdout(&text)?,
        Some(path) => output::write_to_file(path, &text)?,
    }
    let errors = problems.iter().filter(|one| one.level == Level::Error);
    Ok(match errors.count() {
        0 => Exit::Done,
        errors => {
            output::note(&format!(
                "{errors} {}, told with the figures",
                if errors == 1 { "error" } else { "errors" }
            ));
            Exit::Failed
        }
    })
}

fn measure(options: &EvalOptions) -> Result<(eval::Evaluation, Vec<Problem>), Fatal> {
    if !options.folder.is_dir() {
        return Err(Fatal::Usage {
            message: format!(
                "there is no folder {}",
                clean(&options.folder.to_string_lossy())
            ),
            help: Some("name the folder that holds labels and articles".to_owned()),
        });
    }
    let claims = claim::load(&options.claims);
    let articles = article::load(&[eval::articles_of(&options.folder)]);
    let mut problems = claims.problems;
    problems.extend(articles.problems);
    let (gold, label_problems) = eval::read(&options.folder, &claims.items, &articles.items)
        .map_err(|problem| Fatal::Labels(Box::new(Unusable(*problem))))?;
    problems.extend(label_problems);
    let loaded: std::collections::BTreeSet<&str> =
        claims.items.iter().map(|claim| claim.id.as_str()).collect();
    for id in gold.claims.keys() {
        if !loaded.contains(id.as_str()) {
            problems.push(
                Problem::error(
                    "eval/claim-not-loaded",
                    format!("the labels speak of the claim `{id}`, which no claim file holds"),
                )
                .help("name its claim file with --claims"),
            );
        }
    }
    let matches = find_matches(&claims.items, &articles.items);
    let report = Report::assemble(claims.items, articles.items, matches, Vec::new());
    Ok((eval::evaluate(&report, &gold), problems))
}

/// In the order of the articles, whatever thread ends first.
fn find_matches(claims: &[Arc<Claim>], articles: &[Article]) -> Vec<Match> {
    let matcher = Matcher::new(claims);
    let found: Vec<Vec<Match>> = articles
        .par_iter()
        .enumerate()
        .map_init(
            || matcher.worker(),
            |worker, (index, article)| worker.article(index, article),
        )
        .collect();
    found.into_iter().flatten().collect()
}

fn level(problem: &Problem) -> &'static str {
    match problem.level {
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Error => "error",
    }
}

/// A problem as one line, and one for what to do.
fn told(problem: &Problem) -> String {
    let place = match (&problem.path, problem.line_column()) {
        (Some(path), Some((line, column))) => format!("{path}:{line}:{column}: "),
        (Some(path), None) => format!("{path}: "),
        (None, _) => String::new(),
    };
    let flat = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        clean(&text).into_owned()
    };
    let mut line = format!(
        "  {}{}: {} [{}]\n",
        flat(&place),
        if place.is_empty() {
            level(problem).to_owned()
        } else {
            format!(" {}", level(problem))
        },
        flat(&problem.message),
        problem.code
    );
    if let Some(help) = &problem.help {
        line.push_str(&format!("    {}\n", flat(help)));
    }
    line
}

fn as_json(problem: &Problem) -> serde_json::Value {
    let place = problem.line_column();
    serde_json::json!({
        "code": problem.code,
        "level": level(problem),
        "path": problem.path,
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "message": problem.message,
        "help": problem.help,
    })
}
