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
//! [`MAGIC`]; the stamp; how many claims there are; for each its [`Block`]; the sum of all that. Then, for each claim, what every
//! decision is chosen by: the divergences, the numbers of the footings, and of each footing the articles of its smallest side, for
//! if none of these was compared, the others need not be looked at. After it what only those need that are chosen: the other sides,
//! and the places of the lines. All numbers have eight bytes, the least first.

use std::fs::{self, File};
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::iter::once;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use foldhash::quality::FixedState;
use foldhash::{HashMap, HashSet, HashSetExt};
use jiff::civil::Date;

use super::super::footing::{Footing, Footings, Known, SIDE, Sieve, sides};
use super::{Entry, Line, OnceLock, Verdict};

/// Bytes from which on a ledger is worth an index: some 6,000 decisions. Reading fewer takes under a millisecond.
pub(super) const WORTH_IT: u64 = 4 * 1024 * 1024;

/// How long a file must have been left alone, so that a change after it was read cannot bear the same time: the coarsest times that
/// file systems keep are two seconds apart.
const SETTLED: Duration = Duration::from_secs(2);

/// Bytes at the end of the ledger that the stamp looks at, where everything is added.
const TAIL: u64 = 64 * 1024;

/// The first bytes of an index: what it is, and which layout follows.
const MAGIC: &[u8; 8] = b"gainled1";

/// Sums up parts of an index, and the end of a ledger.
const SUM: FixedState = FixedState::with_seed(0x6c65_6467_6572);

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
    hasher.write(bytes);
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
    decisions: u64,
    footings: u64,
    /// Where it stands in the file.
    start: u64,
    /// Numbers of what decisions are chosen by, and their sum.
    choosing: (u64, u64),
    /// Numbers of what else there is of them, and their sum.
    rest: (u64, u64),
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
            rest,
            of_rest,
        ]: &[u64; OF_BLOCK],
    ) -> Self {
        Self {
            claim,
            decisions,
            footings,
            start,
            choosing: (choosing, of_it),
            rest: (rest, of_rest),
        }
    }
}

/// Numbers of a block in the index.
const OF_BLOCK: usize = 8;

/// Numbers of a decision's place and verdict.
const OF_PLACE: usize = 4;

/// Added to the number of a decision's footing where no other decision is on the same divergence.
const ALONE: u64 = 1 << 63;

/// The index of a ledger, of which next to nothing was read as yet.
#[derive(Debug)]
pub(super) struct Index {
    path: PathBuf,
    file: File,
    blocks: Vec<Block>,
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
        let head = numbers(&mut file, 1 + stamp.0.len()).filter(|_| magic == *MAGIC)?;
        let (&claims, of) = head.split_last()?;
        // A file that says so of itself has room for them.
        let room = file.metadata().ok()?.len() / 8;
        if of != stamp.0 || claims.checked_mul(OF_BLOCK as u64)? > room {
            return None;
        }
        let blocks = numbers(&mut file, usize::try_from(claims).ok()? * OF_BLOCK)?;
        let sums = numbers(&mut file, 1)?;
        if sums != [sum_of(head.iter().chain(&blocks))] {
            return None;
        }
        let (blocks, _) = blocks.as_chunks::<OF_BLOCK>();
        Some(Self {
            path: path.to_owned(),
            file,
            blocks: blocks.iter().map(Block::of_numbers).collect(),
        })
    }

    /// The decisions that matter to a run, with all others on the same divergences: those on what it found, and those on what it
    /// could have found. Only claims that are asked for are looked at. `None` where the index is damaged.
    pub fn chosen(
        &mut self,
        asked: Option<&HashSet<u64>>,
        here: &HashSet<u64>,
        known: &Known,
    ) -> Option<(Vec<Entry>, Footings)> {
        let is_asked = |block: &&Block| asked.is_none_or(|asked| asked.contains(&block.claim));
        let blocks: Vec<Block> = self.blocks.iter().filter(is_asked).copied().collect();
        let mut choices = Vec::with_capacity(blocks.len());
        let mut chosen = HashSet::new();
        let sieve = Sieve::of(here.iter().copied());
        for block in &blocks {
            self.file.seek(SeekFrom::Start(block.start)).ok()?;
            let choice = Choice {
                numbers: summed_up(&mut self.file, block.choosing)?,
                decisions: usize::try_from(block.decisions).ok()?,
                footings: usize::try_from(block.footings).ok()?,
            };
            let mut picked = Vec::with_capacity(choice.decisions);
            for (&id, &on) in choice.ids()?.iter().zip(choice.on()?) {
                let is_here = sieve.passes(id) && here.contains(&id);
                let matters = is_here || known.has_any(choice.smallest(on)?);
                if matters && on & ALONE == 0 {
                    chosen.insert(id);
                }
                picked.push(matters);
            }
            choices.push((choice, picked));
        }
        // Down the file, as the blocks each go.
        let mut order = Vec::new();
        let mut rests = Vec::with_capacity(blocks.len());
        for (nth, (block, (choice, mut picked))) in blocks.iter().zip(choices).enumerate() {
            if !chosen.is_empty() {
                let of_several = choice.ids()?.iter().map(|id| chosen.contains(id));
                let both = picked.iter_mut().zip(of_several);
                both.for_each(|(picked, too)| *picked |= too);
            }
            let mut rest = Vec::new();
            if picked.contains(&true) {
                let start = block.start + 8 * block.choosing.0;
                self.file.seek(SeekFrom::Start(start)).ok()?;
                rest = summed_up(&mut self.file, block.rest)?;
                let places = rest.get(..OF_PLACE * choice.decisions)?;
                let places = places.chunks_exact(OF_PLACE).zip(picked).enumerate();
                let picked =
                    places.filter_map(|(at, (place, it))| it.then_some((place[0], nth, at)));
                order.extend(picked);
            }
            let footings: Vec<Option<Footing>> = vec![None; choice.footings];
            rests.push((choice, rest, footings));
        }
        order.sort();
        let (mut entries, mut footings) = (Vec::with_capacity(order.len()), Footings::default());
        for (_, nth, at) in order {
            let (choice, rest, now) = &mut rests[nth];
            let (places, others) = rest.split_at_checked(OF_PLACE * choice.decisions)?;
            let (places, _) = places.as_chunks::<OF_PLACE>();
            let on = choice.on()?[at];
            let now = now.get_mut(numbered(on)?)?;
            let footing = match *now {
                Some(footing) => footing,
                None => {
                    let others = part(others, choice.footings, numbered(on)?)?;
                    let sides = once(choice.smallest(on)?).chain(sides(others));
                    *now.insert(footings.add(blocks[nth].claim, sides))
                }
            };
            entries.push(entry(choice.ids()?[at], footing, places[at])?);
        }
        Some((entries, footings))
    }

    /// Throws it away, as it told something wrong.
    pub fn discard(&self) {
        // Where it cannot go, it is told something wrong of again, and that is told again.
        let _ = fs::remove_file(&self.path);
    }
}

/// What the decisions of a block are chosen by.
struct Choice {
    numbers: Vec<u64>,
    decisions: usize,
    footings: usize,
}

impl Choice {
    fn ids(&self) -> Option<&[u64]> {
        self.numbers.get(..self.decisions)
    }

    /// For each decision the number of its footing, and whether it is [`ALONE`].
    fn on(&self) -> Option<&[u64]> {
        self.numbers.get(self.decisions..2 * self.decisions)
    }

    /// The smallest side of a footing, by what [`Self::on`] says.
    fn smallest(&self, on: u64) -> Option<&[u64]> {
        let lists = self.numbers.get(2 * self.decisions..)?;
        part(lists, self.footings, numbered(on)?)
    }
}

/// The number of a footing.
fn numbered(on: u64) -> Option<usize> {
    usize::try_from(on & !ALONE).ok()
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

/// The next numbers of a file.
fn numbers(file: &mut impl Read, count: usize) -> Option<Vec<u64>> {
    let mut bytes = vec![0; count.checked_mul(8)?];
    file.read_exact(&mut bytes).ok()?;
    let (numbers, _) = bytes.as_chunks();
    Some(
        numbers
            .iter()
            .map(|&number| u64::from_le_bytes(number))
            .collect(),
    )
}

/// The next numbers of a file, if they have this sum.
fn summed_up(file: &mut File, (count, sum): (u64, u64)) -> Option<Vec<u64>> {
    // Before room is made for them: a file that says so of itself has them.
    let room = file.metadata().ok()?.len() / 8;
    let numbers = numbers(file, usize::try_from(count).ok().filter(|_| count <= room)?)?;
    (sum_of(&numbers) == sum).then_some(numbers)
}

fn sum_of<'n>(numbers: impl IntoIterator<Item = &'n u64>) -> u64 {
    let mut hasher = SUM.build_hasher();
    numbers
        .into_iter()
        .for_each(|&number| hasher.write_u64(number));
    hasher.finish()
}

/// A whole index, in parts.
fn encoded(stamp: &Stamp, entries: &[Entry], footings: &Footings) -> Vec<Vec<u8>> {
    let mut by_claim: HashMap<u64, Vec<&Entry>> = HashMap::default();
    for entry in entries {
        let (claim, _) = footings.sides(entry.footing);
        by_claim.entry(claim).or_default().push(entry);
    }
    let mut by_claim: Vec<(u64, Vec<&Entry>)> = by_claim.into_iter().collect();
    by_claim.sort_unstable_by_key(|(claim, _)| *claim);
    let mut start = 8 * (1 + stamp.0.len() + 1 + OF_BLOCK * by_claim.len() + 1) as u64;
    let mut head = [&stamp.0[..], &[by_claim.len() as u64]].concat();
    let mut parts = vec![Vec::new()];
    let mut on_one: HashMap<u64, u32> = HashMap::default();
    for entry in entries {
        *on_one.entry(entry.id).or_default() += 1;
    }
    for (claim, entries) in by_claim {
        let (choosing, rest, known) = block(&entries, footings, |id| on_one[&id] == 1);
        head.extend([claim, entries.len() as u64, known as u64, start]);
        for part in [choosing, rest] {
            head.extend([part.len() as u64, sum_of(&part)]);
            start += 8 * part.len() as u64;
            parts.push(
                part.iter()
                    .flat_map(|number| number.to_le_bytes())
                    .collect(),
            );
        }
    }
    head.push(sum_of(&head));
    let head = head.iter().flat_map(|number| number.to_le_bytes());
    parts[0] = MAGIC.iter().copied().chain(head).collect();
    parts
}

/// The numbers of a block: by which decisions are chosen, and the others; and how many footings there are.
fn block(
    entries: &[&Entry],
    footings: &Footings,
    is_alone: impl Fn(u64) -> bool,
) -> (Vec<u64>, Vec<u64>, usize) {
    let mut names: HashMap<usize, u64> = HashMap::default();
    let (mut ends, mut smallest) = (Vec::new(), Vec::new());
    let (mut other_ends, mut others) = (Vec::new(), Vec::new());
    let mut on = Vec::with_capacity(entries.len());
    for entry in entries {
        let next = names.len() as u64;
        let name = *names.entry(entry.footing.index()).or_insert_with(|| {
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
        on.push(if is_alone(entry.id) {
            name | ALONE
        } else {
            name
        });
    }
    let ids = entries.iter().map(|entry| entry.id).collect();
    let places = entries.iter().flat_map(|entry| place_of(entry)).collect();
    (
        [ids, on, ends, smallest].concat(),
        [places, other_ends, others].concat(),
        names.len(),
    )
}

/// What stands of a decision beside its divergence and footing.
fn place_of(entry: &Entry) -> [u64; OF_PLACE] {
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
    [line[0], line[1], line[2], made]
}

/// The decision that [`place_of`] told of.
fn entry(id: u64, footing: Footing, place: [u64; OF_PLACE]) -> Option<Entry> {
    let [start, length, number, made] = place;
    let [_, _, _, high, low, month, day, verdict] = made.to_be_bytes();
    let [month, day] = [month, day].map(|byte| i8::from_be_bytes([byte]));
    Some(Entry {
        id,
        verdict: *Verdict::ALL.get(usize::from(verdict))?,
        date: Date::new(i16::from_be_bytes([high, low]), month, day).ok()?,
        footing,
        line: Some(Line {
            start,
            length: usize::try_from(length).ok()?,
            number: NonZeroU32::new(u32::try_from(number).ok()?)?,
        }),
        reading: OnceLock::new(),
    })
}
