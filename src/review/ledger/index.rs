//! What a long ledger holds, kept from the run that last read it, so that the next one need not.
//!
//! Getting the bytes of 100,000 decisions from the system's memory takes longer than a short run may be slowed by, so nothing that reads
//! the whole file will do. What is kept is [what is looked at](super) of each line and nothing that anybody wrote: fingerprints, keys,
//! days, verdicts and places. It goes by the [`Stamp`] of the file, as git goes by it for the files of a work tree. A decision that
//! settles anything is still read from its line, so what is kept settles nothing by itself; where another one stands there, it is
//! thrown away.
//!
//! A ledger with damaged lines has no index: each run shall tell of them.
//!
//! # Layout
//!
//! [`MAGIC`]; the stamp; how many claims there are; for each its [`Block`]; the sum of all that. Then, for each claim, what the decision
//! that counts on each divergence is chosen by: the divergences, what [`On`] holds, and of each footing the articles of its smallest
//! side, for if none of these was compared, the others need not be looked at. After it the other sides. At the end, down the ledger, a
//! [`Row`] for each decision, which only those need that are taken from their lines. All numbers have eight bytes, the least first.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::iter::once;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use foldhash::quality::FixedState;
use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

use super::super::footing::{Footing, Footings, Known, SIDE, Sieve, sides};
use super::leftover::{Leftover, Leftovers};
use super::{Entry, Line, OnceLock, Verdict, by_divergence, latest_first};

/// Bytes from which on a ledger is worth an index: some 6,000 decisions. Reading fewer takes under a millisecond.
pub(super) const WORTH_IT: u64 = 4 * 1024 * 1024;

/// How long a file must have been left alone, so that a change after it was read cannot bear the same time: the coarsest times that
/// file systems keep are two seconds apart.
const SETTLED: Duration = Duration::from_secs(2);

/// Bytes at the end of the ledger that the stamp looks at, where everything is added.
const TAIL: u64 = 64 * 1024;

/// The first bytes of an index: what it is, and which layout follows.
const MAGIC: &[u8; 8] = b"gainled2";

/// Sums up parts of an index, and the end of a ledger.
const SUM: FixedState = FixedState::with_seed(0x6c65_6467_6572);

/// Bytes that are summed up at once: those that were just read are then still near.
const SIP: usize = 8 * 1024;

/// Tells a file from what it becomes when anybody writes to it, puts another one in its place or sets back its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp([u64; 7]);

impl Stamp {
    /// The stamp of an open file. `None` where it was changed just now or in the future, or the system keeps no times.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn of(file: &mut File, now: SystemTime) -> io::Result<Option<Self>> {
        let metadata = file.metadata()?;
        let Ok(modified) = metadata.modified() else {
            return Ok(None);
        };
        let quiet = |time: SystemTime| now.duration_since(time).is_ok_and(|age| age >= SETTLED);
        let (changed, inode, device) = beyond_writing(&metadata);
        if !quiet(modified) || !changed.is_none_or(quiet) {
            return Ok(None);
        }
        let length = metadata.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        file.take(TAIL).read_to_end(&mut tail)?;
        file.rewind()?;
        Ok(Some(Self([
            length,
            nanoseconds(modified),
            changed.map_or(0, nanoseconds),
            inode,
            device,
            sum(&tail),
            // Another program may hash to other keys, and finds nothing in here then.
            sum(env!("CARGO_PKG_VERSION").as_bytes()),
        ])))
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

/// Elsewhere it is told when the file was made.
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

fn sum(bytes: &[u8]) -> u64 {
    let mut hasher = SUM.build_hasher();
    bytes.chunks(SIP).for_each(|sip| hasher.write(sip));
    hasher.finish()
}

/// Where the index of a ledger is kept in a folder. `None` where the ledger has no path that could be told from others.
pub(super) fn place(folder: &Path, ledger: &Path) -> Option<PathBuf> {
    let path = ledger.canonicalize().ok()?;
    let name = sum(path.as_os_str().as_encoded_bytes());
    Some(folder.join(format!("ledger-{name:016x}.index")))
}

/// The decisions on one claim.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// The key of its id.
    claim: u64,
    /// How many divergences are decided on.
    decisions: u64,
    footings: u64,
    /// Where it stands in the file.
    start: u64,
    /// Numbers of what decisions are chosen by, and their sum.
    choosing: (u64, u64),
    /// Numbers of the other sides of footings, and their sum.
    others: (u64, u64),
}

impl Block {
    fn of_numbers(
        &[
            claim,
            decisions,
            footings,
            start,
            choosing,
            of_it,
            others,
            of_others,
        ]: &[u64; OF_BLOCK],
    ) -> Self {
        Self {
            claim,
            decisions,
            footings,
            start,
            choosing: (choosing, of_it),
            others: (others, of_others),
        }
    }
}

/// Numbers of a block in the index.
const OF_BLOCK: usize = 8;

/// What a decision is chosen by beside its divergence. In the index it is one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct On {
    /// Of its [`Row`].
    row: u32,
    /// The number of its footing in the block.
    footing: usize,
    settles: bool,
}

impl On {
    const SETTLES: u64 = 1 << 31;

    fn number(self) -> u64 {
        let settles = if self.settles { Self::SETTLES } else { 0 };
        debug_assert!(
            (self.footing as u64) < Self::SETTLES,
            "internal: so many fit no memory"
        );
        u64::from(self.row) << 32 | settles | self.footing as u64
    }

    fn of_number(number: u64) -> Self {
        Self {
            row: (number >> 32) as u32,
            footing: (number & (Self::SETTLES - 1)) as usize,
            settles: number & Self::SETTLES != 0,
        }
    }
}

/// What else there is of a decision: its divergence; where its line starts, its length and number; its day with its verdict; the row of
/// the one that counts in its place where it is damaged, plus one, or 0; and the sum of all these.
pub(super) type Row = [u64; 7];

/// The index of a ledger, of which next to nothing was read as yet.
#[derive(Debug)]
pub(super) struct Index {
    path: PathBuf,
    file: File,
    blocks: Vec<Block>,
    /// Where the rows start in the file.
    rows: u64,
}

/// The decisions that matter to a run.
pub(super) struct Chosen {
    /// Those on what the run found, down the file.
    pub entries: Vec<Indexed>,
    /// The others that settle what it could have found. They are read only where they must be told.
    pub leftovers: Leftovers<'static>,
    /// What all these stand on.
    pub footings: Footings,
}

/// A decision from an index.
pub(super) struct Indexed {
    pub entry: Entry,
    /// The row of the one that counts in its place where it is damaged.
    pub before: Option<u32>,
}

/// Keeps what a ledger holds.
///
/// # Errors
///
/// Where it cannot be written; then there is what there was before.
pub(super) fn write(
    path: &Path,
    stamp: &Stamp,
    entries: &[Entry],
    footings: &Footings,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    for part in encoded(stamp, entries, footings) {
        file.write_all(&part)?;
    }
    file.persist(path)?;
    Ok(())
}

impl Index {
    /// The index of the ledger with this stamp. `None` where there is none, or it cannot be read.
    pub fn open(path: &Path, stamp: &Stamp) -> Option<Self> {
        let mut file = File::open(path).ok()?;
        let mut magic = [0; MAGIC.len()];
        file.read_exact(&mut magic).ok()?;
        let (head, _) = numbers(&mut file, 1 + stamp.0.len()).filter(|_| magic == *MAGIC)?;
        let (&claims, of) = head.split_last()?;
        // A file that says so of itself has room for them.
        let room = file.metadata().ok()?.len() / 8;
        if of != stamp.0 || claims.checked_mul(OF_BLOCK as u64)? > room {
            return None;
        }
        let (blocks, _) = numbers(&mut file, usize::try_from(claims).ok()? * OF_BLOCK)?;
        let (of_head, _) = numbers(&mut file, 1)?;
        if of_head != [sum(&bytes(&[&head[..], &blocks].concat()))] {
            return None;
        }
        let (blocks, _) = blocks.as_chunks::<OF_BLOCK>();
        let blocks: Vec<Block> = blocks.iter().map(Block::of_numbers).collect();
        // What the head says of itself is summed up, so it is not too large.
        let of_blocks = blocks.iter().map(|block| block.choosing.0 + block.others.0);
        let before = (1 + head.len() + OF_BLOCK * blocks.len() + 1) as u64;
        Some(Self {
            path: path.to_owned(),
            file,
            rows: 8 * (before + of_blocks.sum::<u64>()),
            blocks,
        })
    }

    /// The decisions that matter to a run: those on what it found, `here`, and those on what it could have found. Only claims that are
    /// asked for are looked at. `None` where the index is damaged.
    pub fn chosen(
        &self,
        asked: Option<&HashSet<u64>>,
        here: &HashSet<u64>,
        known: &Known,
    ) -> Option<Chosen> {
        let mut chosen = Chosen {
            entries: Vec::new(),
            leftovers: Leftovers::default(),
            footings: Footings::default(),
        };
        let sieve = Sieve::of(here.iter().copied());
        let is_asked = |block: &&Block| asked.is_none_or(|asked| asked.contains(&block.claim));
        let (mut taken, mut left) = (Vec::new(), Vec::new());
        for block in self.blocks.iter().filter(is_asked) {
            let mut part = self.part(block)?;
            let could_find = part.could_find(self, known)?;
            taken.clear();
            left.clear();
            for (&id, &number) in part.ids()?.iter().zip(part.on()?) {
                let on = On::of_number(number);
                if sieve.passes(id) && here.contains(&id) {
                    taken.push(on);
                } else if on.settles && *could_find.get(on.footing)? {
                    left.push(on);
                }
            }
            if !taken.is_empty() || !left.is_empty() {
                self.take(&mut part, &taken, &left, known, &mut chosen)?;
            }
        }
        chosen.entries.sort_by_key(|indexed| indexed.entry.row);
        Some(chosen)
    }

    /// Takes up decisions of a block.
    fn take(
        &self,
        part: &mut Part,
        taken: &[On],
        left: &[On],
        known: &Known,
        chosen: &mut Chosen,
    ) -> Option<()> {
        part.read_others(self)?;
        let mut footings: Vec<Option<Footing>> = vec![None; part.footings];
        let mut footing = |on: &On| {
            let now = footings.get_mut(on.footing)?;
            if now.is_none() {
                let sides = once(part.smallest(on.footing)?).chain(part.others(on.footing)?);
                *now = Some(chosen.footings.add(part.block.claim, sides));
            }
            *now
        };
        let mut rows = self.rows_from(0)?;
        let mut next = 0;
        for on in taken {
            let skipped = i64::from(on.row) - next;
            rows.seek_relative(skipped * size_of::<Row>() as i64).ok()?;
            next = i64::from(on.row) + 1;
            let indexed = indexed(on.row, &row(&mut rows)?, footing(on)?)?;
            chosen.entries.push(indexed);
        }
        let left = left.iter().map(|on| {
            Some(Leftover {
                row: on.row,
                footing: footing(on)?,
                loaded: None,
            })
        });
        let left: Vec<Leftover> = left.collect::<Option<_>>()?;
        if !left.is_empty() {
            chosen.leftovers.add(known.claim(part.block.claim)?, left);
        }
        Some(())
    }

    /// A decision, by its row. `None` where it cannot be read.
    pub fn decision(&self, number: u32, footing: Footing) -> Option<Indexed> {
        indexed(number, &row(&mut self.rows_from(number)?)?, footing)
    }

    fn rows_from(&self, number: u32) -> Option<BufReader<&File>> {
        let mut reader = BufReader::new(&self.file);
        let before = u64::from(number) * size_of::<Row>() as u64;
        reader.seek(SeekFrom::Start(self.rows + before)).ok()?;
        Some(reader)
    }

    fn part<'i>(&self, block: &'i Block) -> Option<Part<'i>> {
        Some(Part {
            block,
            choosing: self.numbers(block.start, block.choosing)?,
            others: None,
            decisions: usize::try_from(block.decisions).ok()?,
            footings: usize::try_from(block.footings).ok()?,
        })
    }

    /// So many numbers of the file, if they have this sum.
    fn numbers(&self, start: u64, (count, of_them): (u64, u64)) -> Option<Vec<u64>> {
        // The head, which tells how many, is summed up, so it asks for no more room than there was.
        let mut file = &self.file;
        file.seek(SeekFrom::Start(start)).ok()?;
        let (numbers, sum) = numbers(&mut file, usize::try_from(count).ok()?)?;
        (sum == of_them).then_some(numbers)
    }

    /// Throws it away, as it told something wrong.
    pub fn discard(&self) {
        // Where it cannot go, it is told something wrong of again, and that is told again.
        let _ = fs::remove_file(&self.path);
    }
}

/// What was read of a block.
struct Part<'i> {
    block: &'i Block,
    choosing: Vec<u64>,
    /// The sides of footings beside the smallest. Read where they are asked for.
    others: Option<Vec<u64>>,
    decisions: usize,
    footings: usize,
}

impl Part<'_> {
    fn ids(&self) -> Option<&[u64]> {
        self.choosing.get(..self.decisions)
    }

    fn on(&self) -> Option<&[u64]> {
        self.choosing.get(self.decisions..2 * self.decisions)
    }

    /// The smallest side of a footing.
    fn smallest(&self, footing: usize) -> Option<&[u64]> {
        let lists = self.choosing.get(2 * self.decisions..)?;
        part(lists, self.footings, footing)
    }

    /// The other sides of a footing.
    fn others(&self, footing: usize) -> Option<impl Iterator<Item = &[u64]>> {
        Some(sides(part(self.others.as_ref()?, self.footings, footing)?))
    }

    fn read_others(&mut self, index: &Index) -> Option<()> {
        if self.others.is_none() {
            let start = self.block.start + 8 * self.block.choosing.0;
            self.others = Some(index.numbers(start, self.block.others)?);
        }
        Some(())
    }

    /// For each footing whether the run could have found a divergence on it.
    fn could_find(&mut self, index: &Index, known: &Known) -> Option<Vec<bool>> {
        if known.claim(self.block.claim).is_none() {
            return Some(vec![false; self.footings]);
        }
        let smallest = |footing| Some(known.has_any(self.smallest(footing)?));
        let mut could: Vec<bool> = (0..self.footings).map(smallest).collect::<Option<_>>()?;
        if could.contains(&true) {
            self.read_others(index)?;
            for footing in (0..self.footings)
                .filter(|&footing| could[footing])
                .collect::<Vec<_>>()
            {
                could[footing] = self.others(footing)?.all(|side| known.has_any(side));
            }
        }
        Some(could)
    }
}

/// One of so many lists of numbers, of which first the ends are told.
fn part(lists: &[u64], count: usize, which: usize) -> Option<&[u64]> {
    let (ends, all) = lists.split_at_checked(count)?;
    let end = |at: usize| usize::try_from(*ends.get(at)?).ok();
    let start = match which.checked_sub(1) {
        Some(before) => end(before)?,
        None => 0,
    };
    all.get(start..end(which)?)
}

/// The next numbers of a file, and their sum.
fn numbers(file: &mut impl Read, count: usize) -> Option<(Vec<u64>, u64)> {
    let mut numbers = Vec::with_capacity(count);
    let mut hasher = SUM.build_hasher();
    let mut sip = [0; SIP];
    while numbers.len() < count {
        let bytes = &mut sip[..SIP.min(8 * (count - numbers.len()))];
        file.read_exact(bytes).ok()?;
        hasher.write(bytes);
        let (read, _) = bytes.as_chunks();
        numbers.extend(read.iter().map(|&number| u64::from_le_bytes(number)));
    }
    Some((numbers, hasher.finish()))
}

/// A whole index, in parts.
fn encoded(stamp: &Stamp, entries: &[Entry], footings: &Footings) -> Vec<Vec<u8>> {
    let mut by_claim: HashMap<u64, Vec<(u32, &Entry)>> = HashMap::default();
    let by_divergence = by_divergence(entries);
    let mut before = vec![0; entries.len()];
    for (row, entry) in (0..).zip(entries) {
        if by_divergence.is_latest(row as usize) {
            let (claim, _) = footings.sides(entry.footing);
            by_claim.entry(claim).or_default().push((row, entry));
            let latest_first = latest_first(entries, &by_divergence, entry.id);
            for both in latest_first.windows(2) {
                before[both[0]] = both[1] as u64 + 1;
            }
        }
    }
    let mut by_claim: Vec<(u64, Vec<(u32, &Entry)>)> = by_claim.into_iter().collect();
    by_claim.sort_unstable_by_key(|(claim, _)| *claim);
    let mut start = 8 * (1 + stamp.0.len() + 1 + OF_BLOCK * by_claim.len() + 1) as u64;
    let mut head = [&stamp.0[..], &[by_claim.len() as u64]].concat();
    let mut parts = vec![Vec::new()];
    for (claim, entries) in by_claim {
        let (choosing, others, known) = block(&entries, footings);
        head.extend([claim, entries.len() as u64, known as u64, start]);
        for part in [choosing, others] {
            let part = bytes(&part);
            head.extend([part.len() as u64 / 8, sum(&part)]);
            start += part.len() as u64;
            parts.push(part);
        }
    }
    head.push(sum(&bytes(&head)));
    parts[0] = [&MAGIC[..], &bytes(&head)].concat();
    let mut rows = Vec::with_capacity(entries.len() * size_of::<Row>());
    for (entry, before) in entries.iter().zip(before) {
        rows.extend(bytes(&row_of(entry, before)));
    }
    parts.push(rows);
    parts
}

fn bytes(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 * numbers.len());
    for number in numbers {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    bytes
}

/// The numbers of a block: by which decisions are chosen, and the other sides; and how many footings there are.
fn block(entries: &[(u32, &Entry)], footings: &Footings) -> (Vec<u64>, Vec<u64>, usize) {
    let mut names: HashMap<usize, usize> = HashMap::default();
    let (mut ends, mut smallest) = (Vec::new(), Vec::new());
    let (mut other_ends, mut others) = (Vec::new(), Vec::new());
    let mut chosen_by = Vec::with_capacity(entries.len());
    for &(row, entry) in entries {
        let next = names.len();
        let footing = *names.entry(entry.footing.index()).or_insert_with(|| {
            let (_, sides) = footings.sides(entry.footing);
            let mut sides: Vec<&[u64]> = sides.collect();
            sides.sort_by_key(|side| side.len());
            for (at, side) in sides.into_iter().enumerate() {
                if at == 0 {
                    smallest.extend_from_slice(side);
                } else {
                    others.push(SIDE);
                    others.extend_from_slice(side);
                }
            }
            ends.push(smallest.len() as u64);
            other_ends.push(others.len() as u64);
            next
        });
        let on = On {
            row,
            footing,
            settles: entry.verdict.settles(),
        };
        chosen_by.push(on.number());
    }
    let ids = entries.iter().map(|(_, entry)| entry.id).collect();
    (
        [ids, chosen_by, ends, smallest].concat(),
        [other_ends, others].concat(),
        names.len(),
    )
}

fn row_of(entry: &Entry, before: u64) -> Row {
    let line = entry.line.map_or([0; 3], |line| {
        [line.start, line.length as u64, u64::from(line.number.get())]
    });
    let [high, low] = entry.date.year().to_be_bytes();
    let ([month], [day]) = (
        entry.date.month().to_be_bytes(),
        entry.date.day().to_be_bytes(),
    );
    let verdict = Verdict::ALL.iter().position(|&it| it == entry.verdict);
    let verdict = u8::try_from(verdict.unwrap_or(usize::MAX)).unwrap_or(u8::MAX);
    let made = u64::from_be_bytes([0, 0, 0, high, low, month, day, verdict]);
    let [start, length, number] = line;
    let row = [entry.id, start, length, number, made, before];
    let sum = sum(&bytes(&row));
    [entry.id, start, length, number, made, before, sum]
}

/// The next row.
fn row(rows: &mut impl Read) -> Option<Row> {
    let mut bytes = [0; size_of::<Row>()];
    rows.read_exact(&mut bytes).ok()?;
    let (numbers, _) = bytes.as_chunks();
    let row: Vec<u64> = numbers
        .iter()
        .map(|&number| u64::from_le_bytes(number))
        .collect();
    let row = Row::try_from(row).ok()?;
    (sum(&bytes[..8 * (row.len() - 1)]) == row[row.len() - 1]).then_some(row)
}

/// The decision that a row tells of.
fn indexed(
    row: u32,
    &[id, start, length, number, made, before, _]: &Row,
    footing: Footing,
) -> Option<Indexed> {
    let [_, _, _, high, low, month, day, verdict] = made.to_be_bytes();
    let [month, day] = [month, day].map(|byte| i8::from_be_bytes([byte]));
    let entry = Entry {
        id,
        row,
        verdict: *Verdict::ALL.get(usize::from(verdict))?,
        date: Date::new(i16::from_be_bytes([high, low]), month, day).ok()?,
        footing,
        line: Some(Line {
            start,
            length: usize::try_from(length).ok()?,
            number: NonZeroU32::new(u32::try_from(number).ok()?)?,
        }),
        reading: OnceLock::new(),
    };
    let before = before.checked_sub(1).map(u32::try_from);
    Some(Indexed {
        entry,
        before: before.transpose().ok()?,
    })
}
