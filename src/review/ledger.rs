//! The ledger: every decision that reviewers made, one a line, in a file that is only ever appended to.
//!
//! It is JSON lines rather than YAML, because a decision must survive what happens to files. Adding one is a single write at the
//! end, so a crash can tear no line but the last, and a torn line shows: it is no whole object. In YAML a torn entry may
//! still read as a valid one that says something else. A broken line spoils no other. And two branches that both added
//! decisions merge by keeping the lines of both, in any order: of the decisions on one divergence the one with the latest date
//! counts, and of those of one day the lower line. (`reviews.jsonl merge=union` in `.gitattributes` lets git do that.)
//!
//! ```json
//! {"id":"f22e28ce358ae352","verdict":"dismissed","on":{…},"reason":"Two fires, not one.","reviewer":"Ada","date":"2026-11-22"}
//! ```
//!
//! `id` is the divergence's fingerprint; `verdict` is `confirmed`, `dismissed`, `later` or, to take a decision back, `open`;
//! `reason`, `reviewer` and `expires` (the last day on which the decision counts) may be left out. `on` holds the claim, the kind
//! and fingerprints of the words that were decided on, see [`Basis`](super::Basis); nobody needs to read it. The keys may stand in
//! any order, but lines in the order in which they are written here are much faster to load.
//!
//! # What is looked at
//!
//! A ledger grows for years, and a run needs few of its decisions. Loading looks at the beginning of each line, up to the claim,
//! and at the day at its end, and where the claim is asked for also at the articles. Lines of any other shape are read as a whole
//! and told where they are broken. The rest of a line is read when the decision is asked for: because its divergence is in the report,
//! or because it is to be told of. Only then damage in it is seen, such as a flipped bit in the reason. A damaged line is told and does
//! not count, so it settles nothing, and of the other decisions on the same divergence the latest counts. Damage in a line that no
//! report asks for stays unseen until one does, or until [`Ledger::check_all`].
//!
//! Of a long ledger without damage all this is kept for the next run, which then reads only the decisions that it asks for, and the lines
//! that were added since, see [`index`]. As long as the system tells of no change to the file, damage that the medium does to a
//! line is seen, too, only where its decision is asked for.

mod index;
mod intake;
mod kept;
mod leftover;
mod pages;
mod pieces;
mod stamp;
mod whole;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use foldhash::HashSet;
use jiff::civil::Date;
use thiserror::Error;

use self::index::{Alike, Index};
use self::intake::{Intake, read_line, unended};
use self::kept::Keeping;
pub use self::kept::keep_standing;
pub(super) use self::leftover::{Leftover, Leftovers};
use super::by_divergence::ByDivergence;
use super::footing::{Footing, Footings, Known, Within, key};
use super::glimpse::{fingerprint, glimpse};
use super::record;
use super::{Decision, Verdict};
use crate::problem::Problem;
use crate::source::{Source, Span};

/// How long to wait for somebody who is writing. A write takes milliseconds; who holds the lock longer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often to look whether the lock is free.
const GLANCE: Duration = Duration::from_millis(5);

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
    /// What the decisions stand on.
    footings: Footings,
    /// Made anew when the entries have changed.
    by_divergence: OnceLock<ByDivergence>,
    problems: Vec<Problem>,
    broken: usize,
    store: Store,
    /// Whether nobody told before the end of the file which claims are asked for, so that all decisions were kept.
    unheard: bool,
    /// What the decisions of its beginning are taken from instead, where it is long.
    index: Option<Index>,
    /// How many decisions the index holds.
    indexed: u32,
    /// Those in the index that are on what the run could have found and did not.
    alike: Vec<Alike>,
    /// Whether a broken line was told that would not have been looked at if its claim had been known not to be asked for.
    doubtful: bool,
    /// Bytes of the file up to the end of the last complete line that was read.
    read_to: u64,
}

/// The claims whose decisions are asked for. They may be told while the ledger is loaded: it need not wait for them.
#[derive(Debug, Default)]
pub struct Asked(OnceLock<HashSet<u64>>);

/// A decision with its place in the file.
#[derive(Debug)]
pub struct Entry {
    id: u64,
    /// Its number among the decisions that were loaded or stand in the index, down the file.
    row: u32,
    verdict: Verdict,
    date: Date,
    footing: Footing,
    /// `None` where it was added since the ledger was loaded.
    line: Option<Line>,
    /// The row, in the index, of the decision that counts in its place where it is damaged and nothing that was added does.
    before: Option<u32>,
    /// Read where it is asked for.
    reading: OnceLock<Box<Reading>>,
}

/// What reading a line as a whole gave.
#[derive(Debug)]
enum Reading {
    Sound(Decision),
    /// It looked well at a glance only.
    Damaged(Problem),
    /// At its place stands something else by now, or nothing.
    Overwritten,
}

/// Where a line stands in the file.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: u64,
    length: usize,
    /// From 1. Beyond four billion lines the last number stands for all: there it is only told wrongly.
    number: NonZeroU32,
}

/// Where lines are read again.
#[derive(Debug)]
enum Store {
    /// The file as it was opened: when another one is put in its place, this one stays.
    File(Mutex<File>),
    /// What came through a pipe, or nothing.
    Memory(Vec<u8>),
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
        Self::load_kept(path, None, None)
    }

    /// As [`Self::load`], with the decisions on these claims only, by their ids. That is enough to judge a report on them, and of the
    /// other lines next to nothing is looked at.
    pub fn load_for<'a>(path: &Path, claims: impl IntoIterator<Item = &'a str>) -> Self {
        let asked = Asked::default();
        asked.tell(claims);
        Self::load_asked(path, &asked, None)
    }

    /// As [`Self::load_for`], with claims that may be told meanwhile. It waits for nothing, so
    /// [`settled`](super::settled) has to follow. What a long ledger holds is kept in a folder, if one is given, and taken from there the
    /// next time, see `index.rs`; then the ledger holds the decisions that matter to the report with which it is settled, and no others.
    pub fn load_asked(path: &Path, asked: &Asked, kept_in: Option<&Path>) -> Self {
        let keeping = kept_in.map(Keeping::within);
        Self::load_kept(path, Some(asked), keeping.as_ref())
    }

    /// The ledger as if its claims had been told before it was loaded: a report must not hang on which came first. From an index those
    /// decisions are taken that are on the divergences `here` or on what the run could have found.
    pub(super) fn settled(mut self, asked: &Asked, here: &HashSet<u64>, known: &Known) -> Self {
        if let Some(index) = self.index.take() {
            let path = self.path.clone();
            return match self.joined(index, asked, here, known) {
                Some(ledger) => ledger,
                None => Self::load_kept(&path, Some(asked), None),
            };
        }
        let Some(claims) = asked.0.get() else {
            return self;
        };
        if !self.doubtful {
            if self.unheard {
                self.keep_only(claims);
            }
            return self;
        }
        // Damaged just there: that is rare enough to begin once more.
        match self.store {
            Store::File(_) => Self::load_kept(&self.path, Some(asked), None),
            Store::Memory(bytes) => {
                let mut again = Self::empty(&self.path);
                let taken = Intake::of(&mut again, Some(asked)).take_in(&mut &*bytes);
                debug_assert!(taken.is_ok(), "internal: memory can be read");
                again.store = Store::Memory(bytes);
                again
            }
        }
    }

    fn load_kept(path: &Path, asked: Option<&Asked>, keeping: Option<&Keeping>) -> Self {
        let mut ledger = Self::empty(path);
        match ledger.read_file(asked, keeping) {
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
        // Here, where it may be done while others compare articles, unless most is let go of again.
        if !ledger.unheard {
            ledger.by_divergence();
        }
        ledger
    }

    /// As [`Self::load_asked`], with an index however short the ledger is.
    #[cfg(test)]
    pub(super) fn load_by_index(path: &Path, asked: &Asked, kept_in: &Path) -> Self {
        let keeping = Keeping {
            worth_it: 0,
            ..Keeping::within(kept_in)
        };
        let ledger = Self::load_kept(path, Some(asked), Some(&keeping));
        if ledger.index.is_some() {
            return ledger;
        }
        Self::load_kept(path, Some(asked), Some(&keeping))
    }

    fn empty(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            entries: Vec::new(),
            footings: Footings::default(),
            by_divergence: OnceLock::new(),
            problems: Vec::new(),
            broken: 0,
            store: Store::Memory(Vec::new()),
            unheard: false,
            index: None,
            indexed: 0,
            alike: Vec::new(),
            doubtful: false,
            read_to: 0,
        }
    }

    /// The path as a reader is shown it, with forward slashes.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// What is wrong with the file, as far as it was looked at when it was loaded; all of it after [`Self::check_all`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Reads every line as a whole. Those that are damaged are told among the problems and are no entries any more.
    pub fn check_all(&mut self) {
        let damaged: Vec<Problem> = self
            .entries
            .iter()
            .filter_map(|entry| self.damage(entry).cloned())
            .collect();
        self.entries.retain(|entry| {
            !matches!(
                entry.reading.get().map(|it| &**it),
                Some(Reading::Damaged(_))
            )
        });
        self.by_divergence.take();
        self.problems.extend(self.most_broken(damaged));
        let line_of =
            |problem: &Problem| problem.line_column().map_or(usize::MAX, |(line, _)| line);
        self.problems.sort_by_key(line_of);
    }

    /// The problems of damaged lines, so many as are told each for itself, and the count of the others.
    pub(super) fn most_broken(&self, mut damaged: Vec<Problem>) -> Vec<Problem> {
        let room = MOST_BROKEN.saturating_sub(self.broken);
        let more = damaged.len().saturating_sub(room);
        damaged.truncate(room);
        if more > 0 {
            damaged.push(self.more_broken(more));
        }
        damaged
    }

    fn more_broken(&self, more: usize) -> Problem {
        let message = format!("{more} more lines of the ledger cannot be read");
        Problem::error("review/broken", message).at_path(self.name())
    }

    /// The decision that counts for a divergence, by its whole id: the latest that can be read. `None` where there is none, also where
    /// the file was overwritten since it was loaded.
    pub fn standing(&self, id: &str) -> Option<&Decision> {
        let entry = self.sound_of(fingerprint(id.as_bytes())?)?;
        self.decision(entry)
    }

    /// The decisions that count, one for each divergence, in the order of the file. Of those that were not read it is not known
    /// whether they can be, see [`Self::check_all`].
    pub fn all_standing(&self) -> impl Iterator<Item = &Entry> {
        let by_divergence = self.by_divergence();
        let entries = self.entries.iter().enumerate();
        entries.filter_map(|(at, entry)| by_divergence.is_latest(at).then_some(entry))
    }

    /// The decisions that settle what the run could have found, as far as it is not `here`.
    pub(super) fn leftovers(&self, here: &HashSet<u64>, within: &Within) -> Leftovers<'_> {
        let mut all = Leftovers::default();
        if let Some(index) = &self.index {
            all.add_alike(index, &self.alike);
        }
        let by_divergence = self.by_divergence();
        for (at, entry) in (0..).zip(&self.entries) {
            if by_divergence.is_latest(at as usize)
                && entry.verdict.settles()
                && !here.contains(&entry.id)
                && let Some(claim) = within.claim(entry.footing)
            {
                let one = Leftover {
                    row: entry.row,
                    footing: entry.footing,
                    loaded: Some(at),
                };
                all.add(claim, one);
            }
        }
        all.sort();
        all
    }

    /// The decisions on the divergence of one that was left over, from it on to the first that can be read at least. What stands in the
    /// index alone is fetched from there; where that turns out to be damaged, there are none.
    pub(super) fn latest_first_of<'l>(
        &'l self,
        one: &Leftover,
        fetched: &'l mut Vec<Entry>,
    ) -> Vec<&'l Entry> {
        let loaded = one.loaded.map(|at| self.entries[at as usize].id);
        let mut all: Vec<&Entry> = loaded
            .into_iter()
            .flat_map(|id| self.latest_first(id))
            .collect();
        let is_damaged = |entry: &&&Entry| self.decision(entry).is_none();
        let further = match loaded {
            None => Some(one.row),
            Some(_) => all
                .iter()
                .filter(|entry| entry.before.is_some())
                .find(is_damaged)
                .and_then(|entry| entry.before),
        };
        if let (Some(row), Some(index)) = (further, &self.index) {
            let next = index.decision(row, one.footing);
            let Some(entries) = next.and_then(|next| self.down_to_sound(index, next)) else {
                index.discard();
                return Vec::new();
            };
            *fetched = entries;
            all.extend(&*fetched);
            all.sort_by_key(|entry| Reverse((entry.date, entry.row)));
        }
        all
    }

    /// The latest decision on a divergence that can be read. It reads those that it passes over.
    fn sound_of(&self, id: u64) -> Option<&Entry> {
        let mut latest_first = self.latest_first(id);
        latest_first.find(|entry| self.decision(entry).is_some())
    }

    /// The decisions on a divergence, by its fingerprint, from the latest to the earliest.
    pub(super) fn latest_first(&self, id: u64) -> impl Iterator<Item = &Entry> {
        let on = latest_first(&self.entries, self.by_divergence(), id);
        on.into_iter().map(|at| &self.entries[at])
    }

    fn by_divergence(&self) -> &ByDivergence {
        self.by_divergence
            .get_or_init(|| by_divergence(&self.entries))
    }

    /// Reads a decision, unless it was read before. `None` where its line is damaged, or the file was overwritten since it was
    /// loaded.
    pub fn decision<'e>(&self, entry: &'e Entry) -> Option<&'e Decision> {
        match self.read(entry) {
            Reading::Sound(decision) => Some(decision),
            Reading::Damaged(_) | Reading::Overwritten => None,
        }
    }

    /// What is wrong with the line of a decision, which is read for it.
    pub(super) fn damage<'e>(&self, entry: &'e Entry) -> Option<&'e Problem> {
        match self.read(entry) {
            Reading::Damaged(problem) => Some(problem),
            Reading::Sound(_) | Reading::Overwritten => None,
        }
    }

    fn read<'e>(&self, entry: &'e Entry) -> &'e Reading {
        let read = || {
            let place = entry.line?;
            let bytes = self.bytes(place)?;
            let text = String::from_utf8_lossy(&bytes);
            let valid = matches!(text, Cow::Borrowed(_));
            match read_line(&text, valid)? {
                // At the place of this line there may be another one by now.
                Ok(decision) => {
                    let same = fingerprint(decision.id.as_bytes()) == Some(entry.id)
                        && (decision.verdict, decision.date) == (entry.verdict, entry.date);
                    same.then_some(Reading::Sound(decision))
                }
                Err(broken) => {
                    let seen = glimpse(unended(&bytes))?;
                    let same =
                        (seen.id, seen.verdict, seen.date) == (entry.id, entry.verdict, entry.date);
                    let source = self.source(text.into_owned(), place.number());
                    same.then(|| Reading::Damaged(broken.into_problem(&source)))
                }
            }
        };
        entry.reading.get_or_init(|| {
            Box::new(read().unwrap_or_else(|| {
                // Where an index is wrong, it must not be so again.
                self.index.iter().for_each(Index::discard);
                Reading::Overwritten
            }))
        })
    }

    /// How many decisions were read as a whole so far, rather than only glimpsed at.
    pub fn decisions_read(&self) -> usize {
        let read = |entry: &&Entry| entry.reading.get().is_some();
        self.entries.iter().filter(read).count()
    }

    /// Points a problem at a decision: at its id, since the line is long.
    pub(super) fn locate(&self, problem: Problem, entry: &Entry, label: &str) -> Problem {
        let found = entry.line.and_then(|line| Some((line, self.bytes(line)?)));
        let Some((line, bytes)) = found else {
            return problem.at_path(self.name());
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let id = format!("{:016x}", entry.id);
        let place = match text.find(&id) {
            Some(at) => Span::new(at, at + id.len()),
            None => Span::new(0, text.len()),
        };
        problem.at(&self.source(text, line.number()), place, label)
    }

    /// A line for a reader to see, under its number in the file.
    fn source(&self, text: String, number: usize) -> Arc<Source> {
        Arc::new(Source::part(self.name(), text, number))
    }

    /// A line, as it stands in the file.
    fn bytes(&self, line: Line) -> Option<Vec<u8>> {
        Some(match &self.store {
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
        })
    }

    /// What the decisions stand on.
    pub(super) fn footings(&self) -> &Footings {
        &self.footings
    }

    /// Reads the file while nobody writes, so that no line is seen half. Where locks do not work it is read all the same.
    fn read_file(&mut self, asked: Option<&Asked>, keeping: Option<&Keeping>) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !metadata.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Intake::of(self, asked).take_in(&mut &*bytes)?;
            self.store = Store::Memory(bytes);
            return Ok(());
        }
        let _ = locked(|| file.try_lock_shared(), Instant::now() + PATIENCE);
        match keeping.filter(|keeping| metadata.len() >= keeping.worth_it) {
            Some(keeping) => self.read_once(&mut file, asked, keeping)?,
            None => self.read_lines(&mut file, asked)?,
        }
        // The file stays open, and its lock must not keep writers away.
        let _ = file.unlock();
        self.store = Store::File(Mutex::new(file));
        Ok(())
    }

    fn read_lines(&mut self, file: &mut File, asked: Option<&Asked>) -> io::Result<()> {
        let lines = usize::try_from(file.metadata()?.len() / USUAL_LINE).unwrap_or(0);
        self.entries.reserve(lines);
        Intake::of(self, asked).take_in(file)
    }

    /// Lets go of what is on other claims than these.
    fn keep_only(&mut self, claims: &HashSet<u64>) {
        self.by_divergence.take();
        let now = self.footings.keep_only(claims);
        self.entries.retain_mut(|entry| {
            let kept = now(entry.footing);
            entry.footing = kept.unwrap_or(entry.footing);
            kept.is_some()
        });
    }

    /// Adds a decision that is to be read where it is asked for.
    fn add(&mut self, decision: &Decision, line: Option<Line>) {
        let Some(id) = fingerprint(decision.id.as_bytes()) else {
            debug_assert!(false, "internal: a decision is on a fingerprint");
            return;
        };
        self.entries.push(Entry {
            id,
            row: self.next_row(),
            verdict: decision.verdict,
            date: decision.date,
            footing: self.footings.of(&decision.on),
            line,
            before: None,
            reading: OnceLock::new(),
        });
        self.by_divergence.take();
    }

    fn next_row(&self) -> u32 {
        let last = self.entries.last();
        last.map_or(self.indexed, |last| last.row.saturating_add(1))
    }

    /// Adds a decision that stands in no line that was loaded.
    fn add_read(&mut self, decision: Decision) {
        self.add(&decision, None);
        if let Some(entry) = self.entries.last_mut() {
            entry.reading = OnceLock::from(Box::new(Reading::Sound(decision)));
        }
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
            self.add_read(decision.clone());
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
                self.add_read(decision);
            }
        }
        self.read_to += complete(&bytes);
        Ok(found)
    }
}

impl Asked {
    /// Tells the claims, by their ids. Only the first time counts.
    pub fn tell<'a>(&self, claims: impl IntoIterator<Item = &'a str>) {
        self.0.get_or_init(|| {
            let claims = claims.into_iter().map(|id| key(id.as_bytes()));
            claims.collect()
        });
    }
}

impl Line {
    fn number(self) -> usize {
        usize::try_from(self.number.get()).unwrap_or(usize::MAX)
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

    /// What it stands on.
    pub(super) fn footing(&self) -> Footing {
        self.footing
    }

    /// Where in the file it stands; behind all others where it was added since the ledger was loaded.
    pub(super) fn place(&self) -> u64 {
        self.line.map_or(u64::MAX, |line| line.start)
    }
}

fn by_divergence(entries: &[Entry]) -> ByDivergence {
    ByDivergence::of(entries.len(), |at| (entries[at].id, entries[at].date))
}

/// The decisions on a divergence, from the latest to the earliest, by their indices.
fn latest_first(entries: &[Entry], by_divergence: &ByDivergence, id: u64) -> Vec<usize> {
    let mut on: Vec<usize> = by_divergence.on(id).collect();
    on.sort_unstable_by_key(|&at| Reverse((entries[at].date, at)));
    on
}

/// Bytes up to the end of the last complete line.
fn complete(bytes: &[u8]) -> u64 {
    let end = bytes.iter().rposition(|&byte| byte == b'\n');
    end.map_or(0, |at| at as u64 + 1)
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
mod tests;
