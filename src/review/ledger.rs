//! The ledger: every decision that reviewers made, one a line, in a file that is only ever appended to.
//!
//! It is JSON lines rather than YAML, because a decision must survive what happens to files. Adding one is a single write at the
//! end, so a crash can tear no line but the last, and a torn line shows: it is no whole object. In YAML a torn entry may
//! still read as a valid one that says something else. A broken line spoils no other. And two branches that both added
//! decisions merge by keeping the lines of both, in any order: of the decisions on one divergence the one with the latest date
//! counts, and of those of one day the lower line. (`reviews.jsonl merge=union` in `.gitattributes` lets git do that.)
//!
//! ```json
//! {"id":"f22e28ce358ae352","verdict":"dismissed","reason":"Two fires, not one.","reviewer":"Ada","date":"2026-11-22","on":{…}}
//! ```
//!
//! `id` is the divergence's fingerprint; `verdict` is `confirmed`, `dismissed`, `later` or, to take a decision back, `open`;
//! `reason`, `reviewer` and `expires` (the last day on which the decision counts) may be left out. `on` holds the claim, the kind
//! and fingerprints of the words that were decided on, see [`Basis`](super::Basis); nobody needs to read it.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use rayon::prelude::*;
use thiserror::Error;

use super::Decision;
use super::record::{self, Unreadable};
use crate::problem::Problem;
use crate::source::{Source, Span};

/// How long to wait for somebody who is writing. A write takes milliseconds; who holds the lock longer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often to look whether the lock is free.
const GLANCE: Duration = Duration::from_millis(5);

/// Lines that git leaves where two branches changed the same place, by their first characters.
const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// The decisions of a ledger, and the way to add to it.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    /// In the order of the file.
    entries: Vec<Entry>,
    /// The index of the decision that counts, by the divergence's id.
    latest: HashMap<String, usize>,
    problems: Vec<Problem>,
    text: Arc<str>,
    source: OnceLock<Arc<Source>>,
    /// Bytes of the file up to the end of the last complete line that was read.
    read_to: u64,
}

/// A decision with its place in the file.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The decision.
    pub decision: Decision,
    /// Its line in the ledger as it was loaded; `None` where it was added since.
    line: Option<Span>,
}

/// Why a decision could not be added. Nothing was written then.
#[derive(Debug, Error)]
pub enum AppendError {
    /// Somebody else has been writing for longer than a write takes.
    #[error("another program has been writing to it for {} seconds", PATIENCE.as_secs())]
    Busy,
    /// A decision of a later day is there already, and would go on to count.
    #[error(
        "there is a decision on {id} of {standing}, which is later than {date} and would go on to count"
    )]
    Earlier {
        /// The divergence.
        id: String,
        /// The day of the new decision.
        date: Date,
        /// The day of the one that is there.
        standing: Date,
    },
    /// The file cannot be opened, read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Ledger {
    /// Reads a ledger. One that does not exist is empty. Whatever cannot be read is a problem, and all other lines count.
    pub fn load(path: &Path) -> Self {
        let mut ledger = Self {
            path: path.to_owned(),
            entries: Vec::new(),
            latest: HashMap::new(),
            problems: Vec::new(),
            text: Arc::from(""),
            source: OnceLock::new(),
            read_to: 0,
        };
        match read_file(path) {
            Ok(bytes) => ledger.take_in(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("the ledger of decisions cannot be read: {error}");
                let problem = Problem::error("review/unreadable", message)
                    .at_path(ledger.name())
                    .help("no decision counts until it can");
                ledger.problems.push(problem);
            }
        }
        ledger
    }

    /// The path as a reader is shown it, with forward slashes.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// What is wrong with the file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The decision that counts for a divergence, by its whole id.
    pub fn standing(&self, id: &str) -> Option<&Decision> {
        let &at = self.latest.get(id)?;
        Some(&self.entries[at].decision)
    }

    /// The decisions that count, one for each divergence, in the order of the file.
    pub fn all_standing(&self) -> impl Iterator<Item = &Entry> {
        let counts = |(at, entry): &(usize, &Entry)| self.latest[&entry.decision.id] == *at;
        self.entries
            .iter()
            .enumerate()
            .filter(counts)
            .map(|(_, entry)| entry)
    }

    /// Points a problem at a decision: at its id, since the line is long.
    pub(super) fn locate(&self, problem: Problem, entry: &Entry, label: &str) -> Problem {
        let Some(line) = entry.line else {
            return problem.at_path(self.name());
        };
        let id = &entry.decision.id;
        let place = match self.text[line.start..line.end].find(id.as_str()) {
            Some(at) => Span::new(line.start + at, line.start + at + id.len()),
            None => line,
        };
        problem.at(self.source(), place, label)
    }

    fn source(&self) -> &Arc<Source> {
        self.source
            .get_or_init(|| Arc::new(Source::new(self.name(), Arc::clone(&self.text))))
    }

    /// Takes in the whole file.
    fn take_in(&mut self, bytes: Vec<u8>) {
        self.read_to = complete(&bytes);
        // Bytes that are no UTF-8 spoil their line and no other. The lines are those of the bytes: none of them is a line feed.
        let valid: Option<Vec<bool>> = std::str::from_utf8(&bytes).is_err().then(|| {
            lines_of(&bytes)
                .map(|line| std::str::from_utf8(line).is_ok())
                .collect()
        });
        self.text = match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into(),
        };
        let text = Arc::clone(&self.text);
        let lines: Vec<Span> = spans_of_lines(&text);
        let read: Vec<(Span, Option<Result<Decision, Broken>>)> = lines
            .into_par_iter()
            .enumerate()
            .map(|(at, span)| {
                let valid = valid.as_ref().is_none_or(|valid| valid[at]);
                (span, read_line(&text[span.start..span.end], valid))
            })
            .collect();
        for (span, line) in read {
            match line {
                None => {}
                Some(Ok(decision)) => self.add(Entry {
                    decision,
                    line: Some(span),
                }),
                Some(Err(broken)) => {
                    let problem = broken.into_problem(self.source(), span);
                    self.problems.push(problem);
                }
            }
        }
    }

    fn add(&mut self, entry: Entry) {
        let at = self.entries.len();
        let entries = &self.entries;
        self.latest
            .entry(entry.decision.id.clone())
            .and_modify(|latest| {
                if entries[*latest].decision.date <= entry.decision.date {
                    *latest = at;
                }
            })
            .or_insert(at);
        self.entries.push(entry);
    }

    /// Adds decisions at the end of the file, which is made where there is none, and waits until they are on the disk. Where
    /// others wrote in the meantime, their decisions are taken in first and returned.
    ///
    /// # Errors
    ///
    /// Where somebody holds the file, it cannot be written, or a decision would not count. The file then is as it was.
    pub fn append(&mut self, decisions: &[Decision]) -> Result<Vec<Decision>, AppendError> {
        let mut file = self.open()?;
        let meanwhile = self.catch_up(&mut file)?;
        for decision in decisions {
            if let Some(standing) = self.standing(&decision.id)
                && standing.date > decision.date
            {
                return Err(AppendError::Earlier {
                    id: decision.id.clone(),
                    date: decision.date,
                    standing: standing.date,
                });
            }
        }
        let length = file.metadata()?.len();
        let mut lines = String::new();
        if !ends_with_line_feed(&mut file, length)? {
            // A line that somebody was stopped in, or that an editor left open: it must not swallow ours.
            lines.push('\n');
        }
        decisions
            .iter()
            .for_each(|decision| lines.push_str(&record::write(decision)));
        let written = file
            .write_all(lines.as_bytes())
            .and_then(|()| file.sync_data());
        if let Err(error) = written {
            // Half a line, as on a full disk, is taken back; where even that fails it stays, and is told as torn.
            let _ = file.set_len(length);
            return Err(error.into());
        }
        if length == 0 {
            sync_folder(&self.path);
        }
        self.read_to = length + lines.len() as u64;
        for decision in decisions {
            self.add(Entry {
                decision: decision.clone(),
                line: None,
            });
        }
        Ok(meanwhile)
    }

    /// The file, locked against all other writers until it is closed.
    fn open(&self) -> Result<File, AppendError> {
        let patience = Instant::now() + PATIENCE;
        loop {
            let file = OpenOptions::new()
                .read(true)
                .append(true)
                .create(true)
                .open(&self.path)?;
            if !file.metadata()?.is_file() {
                return Err(
                    io::Error::new(ErrorKind::InvalidInput, "it is no ordinary file").into(),
                );
            }
            if !locked(|| file.try_lock(), patience)? {
                return Err(AppendError::Busy);
            }
            // Whoever rewrites the file, such as git, puts another one in its place; a lock on the old one guards nothing.
            if is_still_at(&file, &self.path) {
                return Ok(file);
            }
            if Instant::now() > patience {
                return Err(AppendError::Busy);
            }
        }
    }

    /// Reads what was added since the file was read; all of it where it was rewritten.
    fn catch_up(&mut self, file: &mut File) -> io::Result<Vec<Decision>> {
        let length = file.metadata()?.len();
        if length < self.read_to {
            self.read_to = 0;
        }
        file.seek(SeekFrom::Start(self.read_to))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut found = Vec::new();
        for line in text.split('\n') {
            // What is broken stays in the file, and the next run tells of it.
            if let Ok(decision) = record::read(line.trim()) {
                found.push(decision.clone());
                self.add(Entry {
                    decision,
                    line: None,
                });
            }
        }
        self.read_to += complete(&bytes);
        Ok(found)
    }
}

/// Bytes up to the end of the last complete line.
fn complete(bytes: &[u8]) -> u64 {
    let end = bytes.iter().rposition(|&byte| byte == b'\n');
    end.map_or(0, |at| at as u64 + 1)
}

fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|&byte| byte == b'\n')
}

fn spans_of_lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start = span.end + 1;
            span
        })
        .collect()
}

/// A line that holds no decision.
enum Broken {
    /// A program was stopped while it wrote.
    Torn,
    Merge,
    NotUtf8,
    Wrong(Unreadable),
}

/// `None` for a blank line.
fn read_line(line: &str, valid: bool) -> Option<Result<Decision, Broken>> {
    let trimmed = line.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return None;
    }
    let before = line.len() - line.trim_start_matches('\u{feff}').trim_start().len();
    Some(match record::read(trimmed) {
        Ok(decision) if valid => Ok(decision),
        // Also where the cut went through a character.
        Err(unreadable) if unreadable.torn => Err(Broken::Torn),
        _ if !valid => Err(Broken::NotUtf8),
        _ if MERGE_MARKS.iter().any(|mark| trimmed.starts_with(mark)) => Err(Broken::Merge),
        Err(unreadable) => Err(Broken::Wrong(Unreadable {
            at: unreadable.at + before,
            ..unreadable
        })),
        Ok(_) => unreachable!("internal: a valid line was taken above"),
    })
}

impl Broken {
    fn into_problem(self, source: &Arc<Source>, line: Span) -> Problem {
        match self {
            Broken::Torn => Problem::warning(
                "review/torn",
                "a decision was not written to its end, so it does not count",
            )
            .at(source, line, "the line stops here too early")
            .help("decide again, and delete the line when you like"),
            Broken::Merge => Problem::error("review/merge", "a merge is not finished")
                .at(source, line, "left by the merge")
                .help("keep the decisions of both sides, and delete the lines with the marks"),
            Broken::NotUtf8 => Problem::error(
                "review/broken",
                "a decision cannot be read: the line is not UTF-8",
            )
            .at(source, line, "does not count")
            .help("save the file as UTF-8"),
            Broken::Wrong(wrong) => {
                let at = (line.start + wrong.at).min(line.end);
                Problem::error(
                    "review/broken",
                    format!("a decision cannot be read: {}", wrong.what),
                )
                .at(source, Span::new(at, at), "up to here it makes sense")
                .help("repair the line by hand, or delete it and decide again; it does not count as it is")
            }
        }
    }
}

/// Reads the file while nobody writes, so that no line is seen half. Where locks do not work it is read all the same.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() {
        let _ = locked(|| file.try_lock_shared(), Instant::now() + PATIENCE);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Tries until it succeeds or patience ends. Some network folders know no locks; there the write itself, which is a single one at
/// the end of the file, has to do.
fn locked(
    mut lock: impl FnMut() -> Result<(), TryLockError>,
    patience: Instant,
) -> io::Result<bool> {
    loop {
        match lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                return Ok(true);
            }
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {
                if Instant::now() > patience {
                    return Ok(false);
                }
                std::thread::sleep(GLANCE);
            }
        }
    }
}

fn ends_with_line_feed(file: &mut File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Whether the path still leads to the open file.
#[cfg(unix)]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Makes the name of a new file last, as far as the system can.
fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    // Not every system lets a folder be opened, and the file itself is safe.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::super::Verdict::{self, Confirmed, Dismissed, Later, Open};
    use super::super::record::tests::decision;
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder")
    }

    fn file(folder: &tempfile::TempDir) -> PathBuf {
        folder.path().join("reviews.jsonl")
    }

    /// Lines as a ledger holds them, without their line feeds.
    fn line(id: u64, verdict: Verdict) -> String {
        record::write(&decision(id, verdict)).trim_end().to_owned()
    }

    fn load(bytes: impl AsRef<[u8]>) -> Ledger {
        let folder = folder();
        fs::write(file(&folder), bytes).expect("written");
        Ledger::load(&file(&folder))
    }

    fn verdicts(ledger: &Ledger) -> Vec<(u64, Verdict)> {
        let standing = ledger.all_standing().map(|entry| &entry.decision);
        standing
            .map(|one| {
                (
                    u64::from_str_radix(&one.id, 16).expect("an id"),
                    one.verdict,
                )
            })
            .collect()
    }

    fn codes(ledger: &Ledger) -> Vec<&'static str> {
        ledger.problems().iter().map(|found| found.code).collect()
    }

    #[test]
    fn what_is_appended_is_there_again() {
        let folder = folder();
        let path = file(&folder);
        let mut ledger = Ledger::load(&path);
        assert!(verdicts(&ledger).is_empty() && !path.exists());
        ledger
            .append(&[decision(1, Confirmed), decision(2, Later)])
            .expect("written");
        ledger.append(&[decision(2, Dismissed)]).expect("written");
        for ledger in [ledger, Ledger::load(&path)] {
            assert_eq!(verdicts(&ledger), [(1, Confirmed), (2, Dismissed)]);
            assert!(ledger.problems().is_empty());
        }
        assert_eq!(fs::read_to_string(&path).expect("read").lines().count(), 3);
    }

    #[test]
    fn the_latest_day_counts_whatever_the_order_and_then_the_lower_line() {
        let mut early = decision(1, Dismissed);
        early.date = date(2026, 1, 1);
        let (early, late) = (
            record::write(&early),
            record::write(&decision(1, Confirmed)),
        );
        for text in [format!("{early}{late}"), format!("{late}{early}")] {
            assert_eq!(verdicts(&load(text)), [(1, Confirmed)]);
        }
        let text = format!("{late}{}", record::write(&decision(1, Open)));
        assert_eq!(verdicts(&load(text)), [(1, Open)]);
    }

    #[test]
    fn a_decision_that_would_not_count_is_refused() {
        let folder = folder();
        let mut ledger = Ledger::load(&file(&folder));
        ledger.append(&[decision(1, Confirmed)]).expect("written");
        let before = fs::read(file(&folder)).expect("read");
        let mut early = decision(1, Dismissed);
        early.date = date(2026, 11, 21);
        let refused = ledger.append(&[decision(2, Confirmed), early]);
        assert!(matches!(refused, Err(AppendError::Earlier { .. })));
        assert_eq!(fs::read(file(&folder)).expect("read"), before);
        assert_eq!(verdicts(&ledger), [(1, Confirmed)]);
    }

    #[test]
    fn broken_lines_are_told_with_their_place_and_spoil_no_other() {
        let text = format!(
            "\u{feff}{}\r\n\n  \nnot JSON\n{}\n<<<<<<< HEAD\n{}\n",
            line(1, Confirmed),
            line(2, Later).replace("later", "sometime"),
            line(3, Dismissed),
        );
        let ledger = load(&text);
        assert_eq!(verdicts(&ledger), [(1, Confirmed), (3, Dismissed)]);
        let told: Vec<_> = ledger
            .problems()
            .iter()
            .map(|found| (found.code, found.line_column().map(|(line, _)| line)))
            .collect();
        assert_eq!(
            told,
            [
                ("review/broken", Some(4)),
                ("review/broken", Some(5)),
                ("review/merge", Some(6))
            ]
        );
        for problem in ledger.problems() {
            let (source, span) = (problem.source.as_ref(), problem.labels[0].span);
            assert!(source.is_some_and(|source| source.text().get(span.start..span.end).is_some()));
        }
    }

    #[test]
    fn a_line_that_is_no_utf_8_is_told_and_the_others_count() {
        let mut bytes = line(1, Confirmed).replace("Ada", "\u{1}").into_bytes();
        let at = bytes.iter().position(|&byte| byte == 1).expect("there");
        bytes[at] = 0xff;
        bytes.extend(b"\n");
        bytes.extend(line(2, Dismissed).bytes());
        let ledger = load(&bytes);
        assert_eq!(codes(&ledger), ["review/broken"]);
        assert_eq!(verdicts(&ledger), [(2, Dismissed)]);
    }

    #[test]
    fn any_cut_loses_one_decision_at_most_and_the_next_is_safe() {
        let mut torn = decision(2, Dismissed);
        torn.reviewer = Some("Zoë".to_owned());
        let whole = format!("{}\n{}", line(1, Confirmed), record::write(&torn));
        let whole = whole.as_bytes();
        let kept = complete(&whole[..whole.len() - 1]) as usize;
        let folder = folder();
        for cut in kept..=whole.len() {
            fs::write(file(&folder), &whole[..cut]).expect("written");
            let mut ledger = Ledger::load(&file(&folder));
            let mut expected = vec![(1, Confirmed)];
            // Without its line feed a line is whole all the same.
            if cut + 1 >= whole.len() {
                expected.push((2, Dismissed));
                assert!(codes(&ledger).is_empty());
            } else if cut > kept {
                assert_eq!(codes(&ledger), ["review/torn"], "cut at {cut}");
                assert_eq!(ledger.problems()[0].level, crate::problem::Level::Warning);
            }
            assert_eq!(verdicts(&ledger), expected, "cut at {cut}");
            let before = Ledger::load(&file(&folder));
            ledger.append(&[decision(3, Later)]).expect("written");
            expected.push((3, Later));
            let again = Ledger::load(&file(&folder));
            assert_eq!(verdicts(&again), expected, "cut at {cut}");
            // In the middle of the file it is still known for what it is.
            assert_eq!(codes(&again), codes(&before), "cut at {cut}");
        }
    }

    #[test]
    fn what_others_wrote_meanwhile_is_taken_in() {
        let folder = folder();
        let mut mine = Ledger::load(&file(&folder));
        let mut yours = Ledger::load(&file(&folder));
        assert!(
            mine.append(&[decision(1, Confirmed)])
                .expect("written")
                .is_empty()
        );
        let found = yours.append(&[decision(2, Dismissed)]).expect("written");
        assert_eq!(found, [decision(1, Confirmed)]);
        let found = mine.append(&[decision(3, Later)]).expect("written");
        assert_eq!(found, [decision(2, Dismissed)]);
        assert_eq!(
            verdicts(&mine),
            [(1, Confirmed), (2, Dismissed), (3, Later)]
        );
        // Git may put another file in its place, even a shorter one.
        fs::write(file(&folder), format!("{}\n", line(4, Confirmed))).expect("written");
        mine.append(&[decision(5, Later)]).expect("written");
        let again = Ledger::load(&file(&folder));
        assert_eq!(verdicts(&again), [(4, Confirmed), (5, Later)]);
    }

    #[test]
    fn many_writers_lose_nothing() {
        let folder = folder();
        std::thread::scope(|scope| {
            for writer in 0..4_u64 {
                let path = file(&folder);
                scope.spawn(move || {
                    for nth in 0..25 {
                        // Read anew each time, as separate runs do.
                        let mut ledger = Ledger::load(&path);
                        let one = decision(writer * 100 + nth, Confirmed);
                        ledger.append(&[one]).expect("written");
                    }
                });
            }
        });
        let ledger = Ledger::load(&file(&folder));
        assert!(ledger.problems().is_empty());
        assert_eq!(verdicts(&ledger).len(), 100);
    }

    #[test]
    fn what_cannot_be_a_ledger_is_told() {
        let folder = folder();
        let mut ledger = Ledger::load(folder.path());
        assert_eq!(codes(&ledger), ["review/unreadable"]);
        let refused = ledger.append(&[decision(1, Confirmed)]);
        assert!(matches!(refused, Err(AppendError::Io(_))));
        let mut nowhere = Ledger::load(&folder.path().join("no/reviews.jsonl"));
        assert!(codes(&nowhere).is_empty());
        let refused = nowhere.append(&[decision(1, Confirmed)]);
        assert!(matches!(refused, Err(AppendError::Io(_))));
        #[cfg(unix)]
        assert!(
            Ledger::load(Path::new("/dev/null"))
                .append(&[decision(1, Confirmed)])
                .is_err()
        );
    }
}
