//! `gainsay check --watch`: makes the report again whenever something that it is made of changes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use ignore::WalkBuilder;

use super::check;
use super::check_options::CheckOptions;
use super::exit::Exit;
use super::fatal::Fatal;
use super::output;

/// So long nothing is looked at, at least. Where a look takes long, as with very many files, it is ten times that.
const PAUSE: Duration = Duration::from_millis(200);

/// Where each file was when it was looked at: its length and when it was written, `None` where it cannot be told.
type Look = BTreeMap<PathBuf, Option<(u64, SystemTime)>>;

/// Runs for ever; the user ends it.
pub(super) fn run(options: &CheckOptions) -> Result<Exit, Fatal> {
    if options.articles.iter().any(|path| path == Path::new("-")) {
        return Err(Fatal::Usage {
            message: "standard input cannot be watched".to_owned(),
            help: Some("name files or folders".to_owned()),
        });
    }
    let watched = Watched::of(options);
    loop {
        // Looked at before the report is made, so that no change is missed meanwhile.
        let before = watched.look();
        if let Err(fatal) = check::reported(options) {
            output::print_fatal(fatal, Some(options.color));
        }
        output::note("waiting for a change of articles, claims or decisions; Ctrl-C ends");
        watched.wait_for_change(before);
    }
}

/// What a report is made of.
struct Watched {
    paths: Vec<PathBuf>,
    /// What the report itself writes, by real paths.
    own: BTreeSet<PathBuf>,
}

impl Watched {
    fn of(options: &CheckOptions) -> Self {
        let paths = options.articles.iter().chain(&options.claims);
        let paths = paths
            .map(PathBuf::as_path)
            .chain(options.reviews.as_deref());
        let files = options
            .writings
            .iter()
            .filter_map(|writing| writing.file.as_deref());
        Self {
            paths: paths.map(Path::to_path_buf).collect(),
            own: files.chain(options.cache.as_deref()).map(real).collect(),
        }
    }

    fn look(&self) -> Look {
        let mut look = Look::new();
        for path in &self.paths {
            let walk = WalkBuilder::new(path)
                .standard_filters(false)
                .hidden(true)
                .follow_links(false)
                .filter_entry({
                    let own = self.own.clone();
                    move |entry| own.is_empty() || !own.contains(&real(entry.path()))
                })
                .build();
            // What cannot be walked is told by the report.
            for entry in walk.flatten() {
                let metadata = entry.path().metadata().ok();
                if metadata.as_ref().is_some_and(std::fs::Metadata::is_dir) {
                    continue;
                }
                let state = metadata.and_then(|of| Some((of.len(), of.modified().ok()?)));
                look.insert(entry.into_path(), state);
            }
        }
        look
    }

    /// Waits until something is not as it was, and then until nothing changes any more: an editor may write several files.
    fn wait_for_change(&self, mut before: Look) {
        let mut changed = false;
        loop {
            let start = Instant::now();
            let now = self.look();
            if now == before && changed {
                return;
            }
            changed |= now != before;
            before = now;
            thread::sleep(PAUSE.max(start.elapsed() * 10));
        }
    }
}

/// The path itself, whatever leads to it. A file that is not there yet has the real path of its folder.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = folder.unwrap_or(Path::new(".")).canonicalize();
        folder
            .ok()
            .zip(path.file_name())
            .map_or_else(|| path.to_path_buf(), |(folder, name)| folder.join(name))
    })
}
