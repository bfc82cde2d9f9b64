//! One pass over the articles: read a few, work on them side by side, hand on what came of them, let them go.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::article::{Article, ArticleFile, Format, Origin, read, read_while};
use crate::problem::Problem;

/// How much of the articles is handed to a thread at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// So many articles, or files with one article each.
    pub articles: usize,
    /// So many bytes of text; an article that is longer is handed over alone.
    pub bytes: usize,
}

/// Enough to make nothing of the hand-over; little beside what the program takes anyway. Few articles, so that no thread has the last
/// ones for itself for long: with 32 at once two threads that matched 132 ended 6 ms apart of 30.
impl Default for Room {
    fn default() -> Self {
        Self {
            articles: 8,
            bytes: 256 << 10,
        }
    }
}

/// Batches that wait, for each thread.
const WAITING: usize = 2;

/// Threads that wait for a batch look so often whether there will be none.
const TICK: Duration = Duration::from_millis(50);

/// A pass over files of articles. It holds some four times its [`Room`] for each thread: what is read, what waits, and what is worked on.
#[derive(Debug)]
pub struct Pass {
    files: Vec<ArticleFile>,
    room: Room,
}

/// What is handed to the threads. Files of one article are read by them, side by side; JSONL and standard input have an order of their
/// own and are read by one.
enum Item {
    File(usize, ArticleFile),
    Read(usize, Result<Article, Problem>),
}

type Batch = (usize, Vec<Item>);
/// What came of a batch, each with the index of its file.
type Results<T> = Vec<(usize, Result<T, Problem>)>;
/// Takes what came of the articles.
type Sink<'s, T> = &'s mut dyn FnMut(usize, Result<T, Problem>) -> ControlFlow<()>;

impl Pass {
    /// A pass over these files, in their order.
    pub fn new(files: Vec<ArticleFile>, room: Room) -> Self {
        Self { files, room }
    }

    /// Reads the articles and hands on, in the order of the files and of the articles in them, what is made of each, and between them
    /// what could not be read or is odd, each with the index of its file, until `sink` breaks off.
    ///
    /// It takes as many threads as the rayon pool has in which it is called, and one that reads ahead. `worker` makes what a thread works
    /// with for the whole pass, such as a matcher's memory, and `work` makes of an article what is kept, such as its [`Record`](super::Record).
    ///
    /// # Panics
    ///
    /// Where reading or working does.
    pub fn run<W, T: Send>(
        self,
        worker: impl Fn() -> W + Sync,
        work: impl Fn(&mut W, &Article) -> T + Sync,
        sink: Sink<T>,
    ) {
        let threads = rayon::current_num_threads();
        let stopped = Arc::new(AtomicBool::new(false));
        let (batches, waiting) = sync_channel(WAITING * threads);
        let feeder = Feeder {
            batch: Vec::new(),
            number: 0,
            bytes: 0,
            room: self.room,
            batches,
            stopped: Arc::clone(&stopped),
        };
        let files = self.files;
        let feeding = thread::spawn(move || feeder.feed(files));
        let waiting = Mutex::new(waiting);
        let (done, next) = channel::<(usize, Results<T>)>();
        thread::scope(|scope| {
            for _ in 0..threads {
                let done = done.clone();
                let (waiting, stopped, worker, work) = (&waiting, &*stopped, &worker, &work);
                scope.spawn(move || {
                    let mut worker = worker();
                    while let Some((number, batch)) = next_batch(waiting, stopped) {
                        let results = batch
                            .into_iter()
                            .flat_map(|item| of_item(item, |article| work(&mut worker, article)))
                            .collect();
                        if done.send((number, results)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(done);
            if in_order(&next, sink).is_break() {
                stopped.store(true, Ordering::Relaxed);
            }
            drop(next);
        });
        // The reader may wait for standard input, so it is only waited for where it came to its end.
        if !stopped.load(Ordering::Relaxed)
            && let Err(panic) = feeding.join()
        {
            resume_unwind(panic);
        }
    }
}

/// The next batch, as soon as there is one; `None` where there will be none.
fn next_batch(waiting: &Mutex<Receiver<Batch>>, stopped: &AtomicBool) -> Option<Batch> {
    while !stopped.load(Ordering::Relaxed) {
        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        match waiting.recv_timeout(TICK) {
            Ok(batch) => return Some(batch),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    None
}

/// Hands on the results of the batches in the order of their numbers.
fn in_order<T>(next: &Receiver<(usize, Results<T>)>, sink: Sink<T>) -> ControlFlow<()> {
    let mut early: BTreeMap<usize, Results<T>> = BTreeMap::new();
    let mut wanted = 0;
    for (number, results) in next {
        early.insert(number, results);
        while let Some(results) = early.remove(&wanted) {
            wanted += 1;
            for (file, result) in results {
                sink(file, result)?;
            }
        }
    }
    ControlFlow::Continue(())
}

fn of_item<T>(item: Item, mut work: impl FnMut(&Article) -> T) -> Results<T> {
    let mut results = Vec::new();
    let mut take = |file: usize, read: Result<Article, Problem>| {
        results.push((file, read.map(|article| work(&article))));
    };
    match item {
        Item::File(at, file) => read(&file, &mut |read| take(at, read)),
        Item::Read(at, read) => take(at, read),
    }
    results
}

/// Reads ahead.
struct Feeder {
    batch: Vec<Item>,
    number: usize,
    bytes: usize,
    room: Room,
    batches: SyncSender<Batch>,
    stopped: Arc<AtomicBool>,
}

impl Feeder {
    fn feed(mut self, files: Vec<ArticleFile>) {
        let stopped = Arc::clone(&self.stopped);
        let goes_on = || !stopped.load(Ordering::Relaxed);
        for (at, file) in files.into_iter().enumerate() {
            if !goes_on() {
                return;
            }
            if file.format == Format::JsonLines || file.origin == Origin::StandardInput {
                read_while(&file, &goes_on, &mut |read| {
                    let bytes = read.as_ref().map_or(0, |article| article.text.text().len());
                    self.push(Item::Read(at, read), bytes);
                });
            } else {
                self.push(Item::File(at, file), 0);
            }
        }
        self.hand_over();
    }

    fn push(&mut self, item: Item, bytes: usize) {
        if self.bytes + bytes > self.room.bytes {
            self.hand_over();
        }
        self.batch.push(item);
        self.bytes += bytes;
        if self.batch.len() >= self.room.articles {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        self.bytes = 0;
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return;
        }
        // Nobody listens any more where the sink broke off or a thread panicked.
        if self.batches.send((self.number, batch)).is_err() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        self.number += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::AtomicUsize;

    use super::super::Record;
    use super::*;
    use crate::article::discover;

    /// A folder with three JSONL files of 40 articles and 30 text files, one of them empty.
    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: String, text: String| {
            fs::write(folder.path().join(name), text).expect("written");
        };
        for file in 0..3 {
            let lines = (0..40).map(|nth| format!("{{\"text\": \"Story {file} {nth}.\"}}\n"));
            write(format!("b{file}.jsonl"), lines.collect());
        }
        for file in 0..30 {
            let text = if file == 7 {
                String::new()
            } else {
                format!("Story {file}.")
            };
            write(format!("{}{file}.txt", ["a", "c"][file % 2]), text);
        }
        folder
    }

    fn ids(folder: &tempfile::TempDir, room: Room, most: usize) -> (Vec<String>, usize) {
        let files = discover(&[folder.path()]).items;
        let made = AtomicUsize::new(0);
        let mut ids = Vec::new();
        Pass::new(files, room).run(
            || made.fetch_add(1, Ordering::Relaxed),
            |_, article| Record::of(article, Vec::new()),
            &mut |_, read: Result<Record, Problem>| {
                ids.push(match read {
                    Ok(record) => record.article.id,
                    Err(problem) => problem.code.to_owned(),
                });
                if ids.len() < most {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        );
        (ids, made.into_inner())
    }

    #[test]
    fn the_order_is_that_of_the_files_whatever_the_room() {
        let folder = folder();
        let mut all: Vec<String> = Vec::new();
        let mut loaded = crate::article::load(&[folder.path()]);
        all.extend(loaded.items.drain(..).map(|article| article.id));
        for (articles, bytes) in [(1, 1), (7, 1000), (512, 20), (512, 1 << 20)] {
            let (mut ids, made) = ids(&folder, Room { articles, bytes }, usize::MAX);
            assert_eq!(made, rayon::current_num_threads());
            let empty = ids.iter().position(|id| id == "article/empty");
            ids.remove(empty.expect("the empty file is told"));
            assert_eq!(ids, all, "{articles} {bytes}");
        }
    }

    #[test]
    fn a_panic_of_a_worker_is_none_of_silence() {
        let folder = folder();
        let files = discover(&[folder.path()]).items;
        let run = || {
            Pass::new(files, Room::default()).run(
                || (),
                |(), article| {
                    assert_ne!(article.id, "b1-7", "on purpose");
                    Record::of(article, Vec::new())
                },
                &mut |_, _| ControlFlow::Continue(()),
            );
        };
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    }

    #[test]
    fn a_sink_that_breaks_off_gets_no_more() {
        let folder = folder();
        let room = Room {
            articles: 4,
            bytes: 1 << 20,
        };
        assert_eq!(ids(&folder, room, 25).0.len(), 25);
    }
}
