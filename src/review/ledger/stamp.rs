//! Tells whether a file is the one that was seen before, as git tells it of the files of a work tree, but by
//! the clock of this machine: a file on another one, whose clock is behind by more than [`SETTLED_FINE`], could be changed twice and bear
//! one time.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Read, Seek, SeekFrom};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use foldhash::quality::FixedState;

/// How long a file must have been left alone, so that a change after it was looked at cannot bear the same time, where its times are
/// whole seconds: the coarsest that file systems keep are two seconds apart.
const SETTLED: Duration = Duration::from_secs(2);

/// The same where they are not. Such times go by the clock of the system, which ticks every 16 milliseconds at the slowest.
pub(super) const SETTLED_FINE: Duration = Duration::from_millis(50);

/// Bytes at the end of the file that the stamp looks at: some lines. It is the times that tell of a change further up.
const TAIL: u64 = 4 * 1024;

/// Sums up pieces of a ledger and of what is kept of it.
const SUM: FixedState = FixedState::with_seed(0x6c65_6467_6572);

/// Tells a file from what it becomes when anybody writes to it, puts another one in its place or, on Unix, sets back its times. It does so only
/// once the file was left alone for a while, see [`Seen::is_settled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([u64; Stamp::NUMBERS]);

/// A file as it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub stamp: Stamp,
    /// When anything of it was changed last.
    changed: SystemTime,
    /// How long after that nobody can change it any more and leave the same time.
    settling: Duration,
}

impl Stamp {
    pub const NUMBERS: usize = 6;

    pub fn numbers(&self) -> &[u64; Self::NUMBERS] {
        &self.0
    }
}

impl Seen {
    /// Looks at an open file, and leaves it at its start. `None` where the system keeps no times.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn of(file: &mut File) -> io::Result<Option<Self>> {
        let metadata = file.metadata()?;
        let Ok(modified) = metadata.modified() else {
            return Ok(None);
        };
        let (changed, inode, device) = beyond_writing(&metadata);
        let length = metadata.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::with_capacity(TAIL as usize);
        file.take(TAIL).read_to_end(&mut tail)?;
        file.rewind()?;
        let is_fine = |time: SystemTime| !nanoseconds(time).is_multiple_of(1_000_000_000);
        let fine = is_fine(modified) && changed.is_none_or(is_fine);
        Ok(Some(Self {
            stamp: Stamp([
                length,
                nanoseconds(modified),
                changed.map_or(0, nanoseconds),
                inode,
                device,
                sum(0, &tail),
            ]),
            changed: changed.map_or(modified, |changed| changed.max(modified)),
            settling: if fine { SETTLED_FINE } else { SETTLED },
        }))
    }

    /// Whether whoever changed the file after `now`, which was before it was looked at, left another stamp. Not so where it was changed
    /// just before, or in the future.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let age = now.duration_since(self.changed);
        age.is_ok_and(|age| age >= self.settling)
    }

    /// How long to wait until it is, at the least: all of it where the clock is behind.
    pub fn settles_in(&self, now: SystemTime) -> Duration {
        let age = now.duration_since(self.changed).unwrap_or_default();
        self.settling.saturating_sub(age)
    }
}

/// What the system keeps of a file that no program can set: when anything of it was changed last, and which file it is.
#[cfg(unix)]
fn beyond_writing(metadata: &fs::Metadata) -> (Option<SystemTime>, u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or(0);
    let rest = u32::try_from(metadata.ctime_nsec()).unwrap_or(0);
    let changed = UNIX_EPOCH + Duration::new(seconds, rest);
    (Some(changed), metadata.ino(), metadata.dev())
}

/// Elsewhere it is told when the file was made, which programs may set.
#[cfg(not(unix))]
fn beyond_writing(metadata: &fs::Metadata) -> (Option<SystemTime>, u64, u64) {
    (None, metadata.created().map_or(0, nanoseconds), 0)
}

/// Since 1970, modulo 2⁶⁴: only whether two are equal matters.
#[expect(clippy::cast_possible_truncation, reason = "see above")]
fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos() as u64
}

/// The sum of some bytes at a place, of which each differs.
pub(super) fn sum(place: u64, bytes: &[u8]) -> u64 {
    let mut hasher = SUM.build_hasher();
    hasher.write_u64(place);
    hasher.write(bytes);
    hasher.finish()
}
