//! Reads and matches all articles in one pass, or reads the matches that were made before, and keeps of each what the report needs.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use gainsay::article;
use gainsay::claim::Claim;
use gainsay::matching::Matcher;
use gainsay::problem::{Loaded, Problem};
use gainsay::record::{Cache, CacheWriter, ClaimSet, Gathering, MatchFiles, Pass, Record, Room};
use indicatif::{ProgressBar, ProgressStyle};
use sha2::{Digest, Sha256};
use siphasher::sip::SipHasher13;

use super::check_options::CheckOptions;
use super::fatal::Fatal;
use super::most::Most;
use super::output;

/// From this many articles on a run takes long enough to show its progress.
const PROGRESS_FROM: usize = 200;

/// What came of the articles.
#[derive(Debug)]
pub(super) struct Gathered {
    pub gathering: Gathering,
    pub problems: Vec<Problem>,
}

/// Finds, reads and matches the articles, or reads match files where the options name some.
///
/// # Errors
///
/// Where there is no room for temporary files.
pub(super) fn gather(options: &CheckOptions, claims: &[Arc<Claim>]) -> Result<Gathered, Fatal> {
    let gatherer = Gatherer {
        claims,
        most: options.most,
        gathering: Gathering::default(),
        problems: Vec::new(),
        failed: None,
        progress: progress(options),
    };
    if options.matches.is_empty() {
        gatherer.articles(options)
    } else {
        gatherer.matches(options)
    }
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
    fn articles(mut self, options: &CheckOptions) -> Result<Gathered, Fatal> {
        let Loaded { items, problems } = article::discover(&options.articles);
        self.problems = problems;
        let pass = Pass::new(items, Room::default());
        if let Some(folder) = &options.cache {
            self.with_cache(pass, options, folder);
            return self.finish();
        }
        let matcher = Matcher::new(self.claims);
        pass.run(
            || matcher.worker(),
            |worker, article| Record::of(article, worker.article(0, article)),
            &mut |_, read| self.take(read),
        );
        self.finish()
    }

    /// A cache that cannot be written is told and costs nothing else.
    fn with_cache(&mut self, pass: Pass, options: &CheckOptions, folder: &Path) {
        let claims = ClaimSet::new(self.claims.to_vec());
        // Runs of other articles or claim files keep what they found apart.
        let paths = format!("{:?} {:?}", options.articles, options.claims);
        let name = format!("check-{:016x}", SipHasher13::new().hash(paths.as_bytes()));
        let cache = Cache::open(folder, &name, &program(), &claims);
        let mut writer = CacheWriter::new(&cache);
        let mut failed = None;
        pass.run(
            || cache.worker(),
            |worker, article| worker.article(article),
            &mut |_, read| {
                if let (Ok(cached), None) = (&read, &failed) {
                    failed = writer.take(cached).err();
                }
                self.take(read.map(|cached| cached.record))
            },
        );
        if let Some(error) = failed.or_else(|| writer.finish().err()) {
            output::note(&format!(
                "the cache in {} cannot be written: {error}; the report is complete without it",
                folder.display()
            ));
        }
    }

    fn matches(mut self, options: &CheckOptions) -> Result<Gathered, Fatal> {
        let claims = ClaimSet::new(self.claims.to_vec());
        let mut files = MatchFiles::open(&options.matches, &claims);
        files
            .read(&mut |record| self.take(Ok(record)))
            .map_err(|error| Fatal::Matches { error })?;
        self.problems.extend(files.into_problems());
        self.finish()
    }

    fn take(&mut self, read: Result<Record, Problem>) -> ControlFlow<()> {
        let record = match read {
            Ok(record) => record,
            Err(problem) => {
                self.problems.push(problem);
                return ControlFlow::Continue(());
            }
        };
        let (articles, matches) = (self.gathering.articles(), self.gathering.matches());
        if let Some(problem) = self.most.exceeded(articles, matches, &record) {
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

/// Version and content of this program: another build may find other matches.
fn program() -> String {
    let bytes = std::env::current_exe().and_then(std::fs::read);
    let hash = bytes.map_or_else(|_| Vec::new(), |bytes| Sha256::digest(&bytes).to_vec());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {hash}", env!("CARGO_PKG_VERSION"))
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
