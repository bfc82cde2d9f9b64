//! Reads and matches all articles in one pass, and keeps of each what the report needs.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::Arc;

use gainsay::article;
use gainsay::claim::Claim;
use gainsay::matching::Matcher;
use gainsay::problem::{Loaded, Problem};
use gainsay::record::{Gathering, Pass, Record, Room};
use indicatif::{ProgressBar, ProgressStyle};

use super::check::CheckOptions;
use super::fatal::Fatal;

/// From this many articles on a run takes long enough to show its progress.
const PROGRESS_FROM: usize = 200;

/// How much a run keeps. What is beyond is left out and told, so that no input takes all memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Most {
    pub articles: usize,
    pub matches: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self {
            articles: 2_000_000,
            matches: 5_000_000,
        }
    }
}

/// What came of the articles.
#[derive(Debug)]
pub(super) struct Gathered {
    pub gathering: Gathering,
    pub problems: Vec<Problem>,
}

/// Finds, reads and matches the articles.
///
/// # Errors
///
/// Where there is no room for temporary files.
pub(super) fn gather(options: &CheckOptions, claims: &[Arc<Claim>]) -> Result<Gathered, Fatal> {
    let Loaded { items, problems } = article::discover(&options.articles);
    let mut gatherer = Gatherer {
        claims,
        most: options.most,
        gathering: Gathering::default(),
        problems,
        failed: None,
        progress: progress(options),
    };
    let matcher = Matcher::new(claims);
    Pass::new(items, Room::default()).run(
        || matcher.worker(),
        |worker, article| Record::of(article, worker.article(0, article)),
        &mut |read| gatherer.take(read),
    );
    gatherer.finish()
}

struct Gatherer<'c> {
    claims: &'c [Arc<Claim>],
    most: Most,
    gathering: Gathering,
    problems: Vec<Problem>,
    failed: Option<std::io::Error>,
    progress: Option<ProgressBar>,
}

impl Gatherer<'_> {
    fn take(&mut self, read: Result<Record, Problem>) -> ControlFlow<()> {
        let record = match read {
            Ok(record) => record,
            Err(problem) => {
                self.problems.push(problem);
                return ControlFlow::Continue(());
            }
        };
        if let Some(problem) = self.too_many(&record) {
            self.problems.push(problem);
            return ControlFlow::Break(());
        }
        match self.gathering.take(record, self.claims) {
            Ok(problem) => self.problems.extend(problem),
            Err(error) => {
                self.failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        if self.gathering.articles() > PROGRESS_FROM
            && let Some(progress) = &self.progress
        {
            progress.set_position(self.gathering.articles() as u64);
        }
        ControlFlow::Continue(())
    }

    /// Why this article and all after it are left out.
    fn too_many(&self, record: &Record) -> Option<Problem> {
        let (code, message, flag) = if self.gathering.articles() >= self.most.articles {
            let message = format!("there are more than {} articles", self.most.articles);
            ("check/too-many-articles", message, "--max-articles")
        } else if self.gathering.matches() + record.matches.len() > self.most.matches {
            let message = format!("more than {} statements carry an answer", self.most.matches);
            ("check/too-many-matches", message, "--max-matches")
        } else {
            return None;
        };
        Some(
            Problem::error(
                code,
                format!("{message}; this article and all after it are left out"),
            )
            .at_path(&record.article.path)
            .help(format!(
                "compare fewer articles at a time, or raise the bound with {flag}"
            )),
        )
    }

    fn finish(mut self) -> Result<Gathered, Fatal> {
        if let Some(progress) = &self.progress {
            progress.finish_and_clear();
        }
        if let Some(error) = self.failed {
            return Err(Fatal::NoRoom { error });
        }
        self.problems.extend(self.gathering.untold());
        Ok(Gathered {
            gathering: self.gathering,
            problems: self.problems,
        })
    }
}

/// A count on standard error, where somebody sees it and has to wait. It draws nothing before it is first set.
fn progress(options: &CheckOptions) -> Option<ProgressBar> {
    if options.quiet || !std::io::stderr().is_terminal() {
        return None;
    }
    let style =
        ProgressStyle::with_template("{spinner} {pos} articles compared, {elapsed}").ok()?;
    Some(ProgressBar::no_length().with_style(style))
}
