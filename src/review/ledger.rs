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

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use foldhash::HashMap;
use jiff::civil::Date;
use thiserror::Error;

use super::glimpse::{Ground, fingerprint, glimpse};
use super::record::{self, Unreadable};
use super::{Decision, Verdict};
use crate::problem::Problem;
use crate::source::{Source, Span};

/// How long to wait for somebody who is writing. A write takes milliseconds; who holds the lock longer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often to look whether the lock is free.
const GLANCE: Duration = Duration::from_millis(5);

/// Lines that git leaves where two branches changed the same place, by their first characters.
const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// Bytes that are read at once: few enough to be looked at while they are near.
const GULP: usize = 256 * 1024;

/// Bytes of a usual line, for the first guess of how many there are.
const USUAL_LINE: u64 = 500;

/// So many broken lines are told each for itself; of more, only how many.
const MOST_BROKEN: usize = 1000;

/// The decisions of a ledger, and the way to add to it.
///
/// A ledger grows for years, and a run needs few of its decisions. So of each line only that is kept which tells whether it matters;
/// the decision itself is read from the file where it is asked for.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    /// In the order of the file.
    entries: Vec<Entry>,
    /// The index of the decision that counts, by the divergence's id.
    latest: HashMap<u64, usize>,
    names: Names,
    /// What the decisions stand on: for each side [`SIDE`] and the numbers of its articles.
    grounds: Vec<u32>,
    problems: Vec<Problem>,
    broken: usize,
    store: Store,
    /// Bytes of the file up to the end of the last complete line that was read.
    read_to: u64,
}

/// Stands before each side among the numbers of articles.
const SIDE: u32 = u32::MAX;

/// A decision with its place in the file.
#[derive(Debug)]
pub struct Entry {
    id: u64,
    verdict: Verdict,
    date: Date,
    /// Number of the claim's id.
    claim: u32,
    /// Its part of [`Ledger::grounds`].
    grounds: Range<usize>,
    /// `None` where it was added since the ledger was loaded.
    line: Option<Line>,
    /// A later decision on the same divergence counts in its place.
    is_superseded: bool,
    /// Read where it is asked for; `None` in it where that failed.
    decision: OnceLock<Option<Box<Decision>>>,
}

/// Where a line stands in the file.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: u64,
    length: usize,
    /// From 1.
    number: usize,
}

/// Where lines are read again.
#[derive(Debug)]
enum Store {
    /// The file as it was opened: when another one is put in its place, this one stays.
    File(Mutex<File>),
    /// What came through a pipe, or nothing.
    Memory(Vec<u8>),
}

/// Numbers for the ids of claims and articles.
#[derive(Debug, Default)]
struct Names(HashMap<Box<str>, u32>);

/// The claims and articles of a run, by their numbers in a ledger.
#[derive(Debug)]
pub(super) struct Known {
    /// The claim's index in the run.
    claims: Vec<Option<usize>>,
    articles: Vec<bool>,
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
        let mut ledger = Self::empty(path);
        match ledger.read_file() {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let message = format!("the ledger of decisions cannot be read: {error}");
                let problem = Problem::error("review/unreadable", message)
                    .at_path(ledger.name())
                    .help("no decision counts until it can");
                // What was read of it before it failed must not count as if it were all.
                ledger = Self::empty(path);
                ledger.problems.push(problem);
            }
        }
        ledger
    }

    fn empty(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            entries: Vec::new(),
            latest: HashMap::default(),
            names: Names::default(),
            grounds: Vec::new(),
            problems: Vec::new(),
            broken: 0,
            store: Store::Memory(Vec::new()),
            read_to: 0,
        }
    }

    /// The path as a reader is shown it, with forward slashes.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// What is wrong with the file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The decision that counts for a divergence, by its whole id. `None` where there is none, and where its line can no longer be
    /// read because the file was overwritten since it was loaded.
    pub fn standing(&self, id: &str) -> Option<&Decision> {
        self.decision(self.standing_entry(id)?)
    }

    /// As [`Self::standing`], unread.
    pub(super) fn standing_entry(&self, id: &str) -> Option<&Entry> {
        let &at = self.latest.get(&fingerprint(id.as_bytes())?)?;
        Some(&self.entries[at])
    }

    /// The decisions that count, one for each divergence, in the order of the file.
    pub fn all_standing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.is_superseded)
    }

    /// Reads a decision, unless it was read before. `None` where the file was overwritten since it was loaded.
    pub fn decision<'e>(&self, entry: &'e Entry) -> Option<&'e Decision> {
        let read = || {
            let decision = record::read(self.line(entry.line?)?.trim()).ok()?;
            // At the place of this line there may be another one by now.
            let same = fingerprint(decision.id.as_bytes()) == Some(entry.id)
                && (decision.verdict, decision.date) == (entry.verdict, entry.date);
            same.then(|| Box::new(decision))
        };
        entry.decision.get_or_init(read).as_deref()
    }

    /// How many decisions were read as a whole so far, rather than only glimpsed at.
    pub fn decisions_read(&self) -> usize {
        let read = |entry: &&Entry| entry.decision.get().is_some();
        self.entries.iter().filter(read).count()
    }

    /// Points a problem at a decision: at its id, since the line is long.
    pub(super) fn locate(&self, problem: Problem, entry: &Entry, label: &str) -> Problem {
        let found = entry.line.and_then(|line| Some((line, self.line(line)?)));
        let Some((line, text)) = found else {
            return problem.at_path(self.name());
        };
        let id = format!("{:016x}", entry.id);
        let place = match text.find(&id) {
            Some(at) => Span::new(at, at + id.len()),
            None => Span::new(0, text.len()),
        };
        problem.at(&self.source(text, line.number), place, label)
    }

    /// A line for a reader to see, under its number in the file.
    fn source(&self, text: String, number: usize) -> Arc<Source> {
        Arc::new(Source::part(self.name(), text, number))
    }

    /// The text of a line; what is no UTF-8 in it is replaced.
    fn line(&self, line: Line) -> Option<String> {
        let bytes = match &self.store {
            Store::File(file) => {
                // Nothing is left half done in there, so whoever panicked did no harm.
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                let mut bytes = vec![0; line.length];
                file.seek(SeekFrom::Start(line.start)).ok()?;
                file.read_exact(&mut bytes).ok()?;
                bytes
            }
            Store::Memory(bytes) => {
                let start = usize::try_from(line.start).ok()?;
                bytes.get(start..start + line.length)?.to_vec()
            }
        };
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Which claims and articles of a run the ledger knows, by their ids.
    pub(super) fn known<'a>(
        &self,
        claims: impl Iterator<Item = &'a str>,
        articles: impl Iterator<Item = &'a str>,
    ) -> Known {
        let count = self.names.0.len();
        let mut known = Known {
            claims: vec![None; count],
            articles: vec![false; count],
        };
        for (at, id) in claims.enumerate() {
            if let Some(&number) = self.names.0.get(id) {
                known.claims[number as usize] = Some(at);
            }
        }
        for id in articles {
            if let Some(&number) = self.names.0.get(id) {
                known.articles[number as usize] = true;
            }
        }
        known
    }

    /// The index of the claim in the run, if the run could have found the divergence: it compared the claim, and an article of each
    /// side.
    pub(super) fn within(&self, entry: &Entry, known: &Known) -> Option<usize> {
        let claim = known.claims[entry.claim as usize]?;
        let mut sides = self.grounds[entry.grounds.clone()].split(|&number| number == SIDE);
        // What stands before the first mark is no side.
        sides.next();
        let compared = |side: &[u32]| side.iter().any(|&number| known.articles[number as usize]);
        (!entry.grounds.is_empty() && sides.all(compared)).then_some(claim)
    }

    /// Reads the file while nobody writes, so that no line is seen half. Where locks do not work it is read all the same.
    fn read_file(&mut self) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            self.take_in(&mut &*bytes)?;
            self.store = Store::Memory(bytes);
            return Ok(());
        }
        let lines = usize::try_from(metadata.len() / USUAL_LINE).unwrap_or(0);
        self.entries.reserve(lines);
        self.latest.reserve(lines);
        let _ = locked(|| file.try_lock_shared(), Instant::now() + PATIENCE);
        self.take_in(&mut file)?;
        // The file stays open, and its lock must not keep writers away.
        let _ = file.unlock();
        self.store = Store::File(Mutex::new(file));
        Ok(())
    }

    /// Takes in everything from the start of the file.
    fn take_in(&mut self, input: &mut impl Read) -> io::Result<()> {
        let mut buffer = vec![0; GULP];
        // Of the buffer: how much is filled, and how much of that is known to hold no line feed.
        let (mut filled, mut searched) = (0, 0);
        let mut number = 1;
        loop {
            if filled == buffer.len() {
                buffer.resize(2 * filled, 0);
            }
            filled += match input.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let mut start = 0;
            while let Some(end) = memchr::memchr(b'\n', &buffer[searched..filled]) {
                let end = searched + end;
                self.take_in_line(&buffer[start..end], self.read_to + start as u64, number);
                (start, searched) = (end + 1, end + 1);
                number += 1;
            }
            buffer.copy_within(start..filled, 0);
            self.read_to += start as u64;
            filled -= start;
            searched = filled;
        }
        self.take_in_line(&buffer[..filled], self.read_to, number);
        let more = self.broken.saturating_sub(MOST_BROKEN);
        if more > 0 {
            let message = format!("{more} more lines of the ledger cannot be read");
            let problem = Problem::error("review/broken", message).at_path(self.name());
            self.problems.push(problem);
        }
        Ok(())
    }

    fn take_in_line(&mut self, bytes: &[u8], start: u64, number: usize) {
        let line = Line {
            start,
            length: bytes.len(),
            number,
        };
        let grounds = self.grounds.len();
        let unended = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        let seen = glimpse(unended, |ground| {
            self.grounds.push(match ground {
                Ground::Side => SIDE,
                Ground::Article(id) => self.names.number(id),
            });
        });
        if let Some(seen) = seen {
            let claim = self.names.number(seen.claim);
            self.add(Entry {
                id: seen.id,
                verdict: seen.verdict,
                date: seen.date,
                claim,
                grounds: grounds..self.grounds.len(),
                line: Some(line),
                is_superseded: false,
                decision: OnceLock::new(),
            });
            return;
        }
        self.grounds.truncate(grounds);
        let text = String::from_utf8_lossy(bytes);
        // Bytes that are no UTF-8 spoil their line and no other.
        let valid = matches!(text, std::borrow::Cow::Borrowed(_));
        match read_line(&text, valid) {
            None => {}
            Some(Ok(decision)) => self.add_decision(decision, Some(line)),
            Some(Err(broken)) => {
                self.broken += 1;
                if self.broken <= MOST_BROKEN {
                    let problem = broken.into_problem(&self.source(text.into_owned(), number));
                    self.problems.push(problem);
                }
            }
        }
    }

    fn add_decision(&mut self, decision: Decision, line: Option<Line>) {
        let grounds = self.grounds.len();
        for side in &decision.on.sides {
            self.grounds.push(SIDE);
            for article in side.evidence.keys() {
                self.grounds.push(self.names.number(article));
            }
        }
        let Some(id) = fingerprint(decision.id.as_bytes()) else {
            debug_assert!(false, "internal: a decision is on a fingerprint");
            return;
        };
        let claim = self.names.number(&decision.on.claim);
        self.add(Entry {
            id,
            verdict: decision.verdict,
            date: decision.date,
            claim,
            grounds: grounds..self.grounds.len(),
            line,
            is_superseded: false,
            decision: OnceLock::from(Some(Box::new(decision))),
        });
    }

    fn add(&mut self, mut entry: Entry) {
        let at = self.entries.len();
        match self.latest.entry(entry.id) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(at);
            }
            std::collections::hash_map::Entry::Occupied(mut taken) => {
                let standing = &mut self.entries[*taken.get()];
                if standing.date <= entry.date {
                    standing.is_superseded = true;
                    taken.insert(at);
                } else {
                    entry.is_superseded = true;
                }
            }
        }
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
            if let Some(standing) = self.standing_entry(&decision.id)
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
            self.add_decision(decision.clone(), None);
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
                self.add_decision(decision, None);
            }
        }
        self.read_to += complete(&bytes);
        Ok(found)
    }
}

impl Entry {
    /// What was decided.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The divergence's fingerprint, as a number.
    pub(super) fn id(&self) -> u64 {
        self.id
    }
}

impl Names {
    /// The number of an id, a new one where it was not seen before.
    fn number(&mut self, id: &str) -> u32 {
        if let Some(number) = self.0.get(id) {
            return *number;
        }
        // There are fewer than bytes of a file that fits the memory; SIDE is never reached.
        let number = u32::try_from(self.0.len()).unwrap_or(SIDE - 1);
        self.0.insert(id.into(), number);
        number
    }
}

/// Bytes up to the end of the last complete line.
fn complete(bytes: &[u8]) -> u64 {
    let end = bytes.iter().rposition(|&byte| byte == b'\n');
    end.map_or(0, |at| at as u64 + 1)
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
    fn into_problem(self, source: &Arc<Source>) -> Problem {
        let line = Span::new(0, source.text().len());
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
                let at = wrong.at.min(line.end);
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
        let standing = ledger
            .all_standing()
            .filter_map(|entry| ledger.decision(entry));
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
    fn lines_longer_and_shorter_than_a_gulp_are_told_apart() {
        let mut text = String::new();
        let mut expected = Vec::new();
        for (id, length) in [(1, 10), (2, GULP), (3, 3 * GULP), (4, 7), (5, GULP - 400)] {
            let mut one = decision(id, Confirmed);
            one.reason = "x".repeat(length);
            text += &record::write(&one);
            text += "\n\n";
            expected.push(one);
        }
        let ledger = load(text + "{");
        let read = ledger
            .all_standing()
            .filter_map(|entry| ledger.decision(entry));
        assert!(read.eq(&expected));
        let places: Vec<_> = ledger.problems().iter().map(Problem::line_column).collect();
        assert_eq!(
            (codes(&ledger), places),
            (vec!["review/torn"], vec![Some((16, 1))])
        );
    }

    #[test]
    fn of_many_broken_lines_the_rest_is_counted() {
        let ledger = load("x\n".repeat(MOST_BROKEN + 5));
        assert_eq!(ledger.problems().len(), MOST_BROKEN + 1);
        let last = &ledger.problems()[MOST_BROKEN];
        assert_eq!(last.message, "5 more lines of the ledger cannot be read");
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
