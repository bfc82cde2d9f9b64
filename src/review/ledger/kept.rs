//! Reads a long ledger by what was kept of it, and keeps what was read.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};
use std::path::Path;
use std::sync::PoisonError;
use std::time::{Instant, SystemTime};

use foldhash::HashSet;

use super::super::footing::Known;
use super::index::{self, Index};
use super::intake::Intake;
use super::pieces::Beginning;
use super::stamp::{SETTLED_FINE, Seen};
use super::whole;
use super::{Asked, Entry, Ledger, PATIENCE, Store, locked};

/// Bytes from which on a ledger is worth an index: some 6,000 decisions. Reading fewer takes two milliseconds at
/// most, by what 67 to 71 MB took before there was one (BENCHMARKS.md).
const WORTH_IT: u64 = 4 * 1024 * 1024;

/// Bytes that may be added until the index is made anew: some 400 decisions. Every run reads them; to read and tell of 200 takes a
/// run of 12 milliseconds 4 % of its time (BENCHMARKS.md).
const MOST_ADDED: u64 = 256 * 1024;

/// How what a long ledger holds is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keeping<'k> {
    /// In which folder.
    pub folder: &'k Path,
    /// The time of day before anything was looked at.
    pub now: SystemTime,
    /// Bytes of a ledger from which on it is.
    pub worth_it: u64,
    /// Bytes that may be added until it is kept anew.
    pub most_added: u64,
}

impl<'k> Keeping<'k> {
    /// In this folder, from now on.
    pub fn within(folder: &'k Path) -> Self {
        Self {
            folder,
            now: SystemTime::now(),
            worth_it: WORTH_IT,
            most_added: MOST_ADDED,
        }
    }
}

impl Ledger {
    /// Takes the decisions from the index, up to those that were added since, or reads all and makes it.
    pub(super) fn read_once(
        &mut self,
        file: &mut File,
        asked: Option<&Asked>,
        keeping: &Keeping,
    ) -> io::Result<()> {
        let Some(path) = index::place(keeping.folder, &self.path) else {
            return self.read_lines(file, asked);
        };
        let seen = Seen::of(file)?;
        if let Some(index) = Index::open(&path) {
            if self.go_by(&index, file, seen.as_ref(), keeping)? {
                self.index = Some(index);
                return Ok(());
            }
            *self = Self::empty(&self.path);
        }
        let Some(whole) = whole::read(file, &self.path)? else {
            file.rewind()?;
            return self.read_lines(file, asked);
        };
        // Where somebody who heeds no locks has written meanwhile, what was read may be of either state.
        if Seen::of(file)? == seen {
            let settled = seen.filter(|seen| seen.is_settled(keeping.now));
            let stamp = settled.map(|seen| seen.stamp);
            // Where it cannot be kept, the next run reads the ledger again.
            let _ = index::write(&path, &whole, stamp.as_ref());
        }
        self.entries = whole.entries;
        self.footings = whole.footings;
        self.read_added(file, None, whole.length, whole.lines)
    }

    /// Reads what was added to the file that an index is about. Not so, where it is about another one or too much was added.
    fn go_by(
        &mut self,
        index: &Index,
        file: &mut File,
        seen: Option<&Seen>,
        keeping: &Keeping,
    ) -> io::Result<bool> {
        if !seen.is_some_and(|seen| index.is_sealed(&seen.stamp)) {
            if !begins_so(file, index)? {
                return Ok(false);
            }
            if let Some(seen) = seen.filter(|seen| seen.is_settled(keeping.now))
                && Seen::of(file)? == Some(*seen)
            {
                index.seal(&seen.stamp);
            }
        }
        self.indexed = index.decisions();
        self.read_added(file, None, index.length(), index.lines())?;
        // One with damage has no index. There is less to be read again as long as this one stands.
        // A last line without an end would not go into another one either.
        let is_much = self.read_to - index.length() > keeping.most_added;
        Ok(!is_much || self.broken > 0)
    }

    /// Reads the lines behind so many bytes and lines.
    fn read_added(
        &mut self,
        file: &mut File,
        asked: Option<&Asked>,
        length: u64,
        lines: u32,
    ) -> io::Result<()> {
        self.read_to = length;
        if file.metadata()?.len() > length {
            file.seek(SeekFrom::Start(length))?;
            Intake::of(self, asked).behind(lines).take_in(file)?;
        }
        self.unheard = asked.is_none();
        self.doubtful = asked.is_none() && self.broken > 0;
        Ok(())
    }

    /// The decisions of an index that matter to a run, and what was added since. `None` where the index is damaged; it is gone then.
    pub(super) fn joined(
        mut self,
        index: Index,
        asked: &Asked,
        here: &HashSet<u64>,
        known: &Known,
    ) -> Option<Self> {
        let claims = asked.0.get();
        if let Some(claims) = claims {
            if self.doubtful {
                self = self.added_again(&index, asked)?;
            } else {
                self.keep_only(claims);
            }
        }
        let added = self.entries.iter().map(Entry::id);
        let also: HashSet<u64> = added.filter(|id| !here.contains(id)).collect();
        let mut footings = std::mem::take(&mut self.footings);
        let chosen = index.chosen(claims, here, &also, known, &mut footings);
        self.footings = footings;
        let Some(chosen) = chosen else {
            index.discard();
            return None;
        };
        self.index = Some(index);
        let index = self.index.as_ref()?;
        let mut entries = chosen.also;
        for latest in chosen.here {
            let Some(down_to_sound) = self.down_to_sound(index, latest) else {
                index.discard();
                return None;
            };
            entries.extend(down_to_sound);
        }
        entries.sort_by_key(|entry| entry.row);
        entries.append(&mut self.entries);
        self.entries = entries;
        self.alike = chosen.leftovers;
        self.by_divergence.take();
        Some(self)
    }

    /// What was added, read again now that it is known which claims are asked for.
    fn added_again(self, index: &Index, asked: &Asked) -> Option<Self> {
        let Store::File(file) = self.store else {
            return None;
        };
        let mut file = file.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut again = Self::empty(&self.path);
        again.indexed = self.indexed;
        again
            .read_added(&mut file, Some(asked), index.length(), index.lines())
            .ok()?;
        again.store = Store::File(file.into());
        Some(again)
    }

    /// A decision from the index, and where it is damaged those that would count in its place, down to the first that can be read.
    /// `None` where the index is damaged.
    pub(super) fn down_to_sound(&self, index: &Index, latest: Entry) -> Option<Vec<Entry>> {
        let footing = latest.footing;
        let mut entries = vec![latest];
        while let Some(last) = entries.last()
            && let Some(row) = last.before
            && self.decision(last).is_none()
        {
            // It is on the same divergence, and nobody asks any more what it stands on.
            entries.push(index.decision(row, footing)?);
        }
        Some(entries)
    }
}

/// Whether a file begins with what an index is about.
fn begins_so(file: &mut File, index: &Index) -> io::Result<bool> {
    Ok(file.metadata()?.len() >= index.length()
        && index
            .sums()
            .is_some_and(|sums| Beginning::of(file, index.length()).has(&sums)))
}

/// After something was added to a ledger: looks whether what its index, in this folder, is about stayed the same, and notes it there, so
/// that the next run need not. For that it waits until whoever changes the file leaves another time on it, which takes 50 milliseconds at
/// most where the system keeps such times; else nothing is noted. A short ledger has no index.
pub fn keep_standing(ledger: &Path, kept_in: &Path) {
    // Where anything fails, nothing is noted.
    let _ = note(ledger, &Keeping::within(kept_in), SystemTime::now);
}

/// The same, by another clock.
pub(super) fn note(
    ledger: &Path,
    keeping: &Keeping,
    clock: impl Fn() -> SystemTime,
) -> io::Result<()> {
    let mut file = File::open(ledger)?;
    if file.metadata()?.len() < keeping.worth_it {
        return Ok(());
    }
    let path = index::place(keeping.folder, ledger);
    let index = path.and_then(|path| Index::open(&path));
    let (Some(index), Some(seen)) = (index, Seen::of(&mut file)?) else {
        return Ok(());
    };
    let wait = seen.settles_in(clock());
    if index.is_sealed(&seen.stamp) || wait > SETTLED_FINE {
        return Ok(());
    }
    std::thread::sleep(wait);
    // Where locks do not work it is looked at all the same: what it holds is summed up.
    let _ = locked(|| file.try_lock_shared(), Instant::now() + PATIENCE);
    let now = clock();
    if let Some(seen) = Seen::of(&mut file)?
        && seen.is_settled(now)
        && begins_so(&mut file, &index)?
        && Seen::of(&mut file)? == Some(seen)
    {
        index.seal(&seen.stamp);
    }
    Ok(())
}
