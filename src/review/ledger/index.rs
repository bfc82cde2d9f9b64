//! What the beginning of a long ledger holds, kept from the run that read it, so that the next one need not.
//!
//! Getting the bytes of 100,000 decisions from the system's memory takes longer than a short run may be slowed by, so nothing that reads
//! the whole file will do. What is kept is [what is looked at](super) of each line and nothing that anybody wrote: fingerprints, keys,
//! days, verdicts and places. A decision that settles anything is still read from its line, so what is kept settles nothing by itself;
//! where another one stands there, it is thrown away.
//!
//! It is about the complete lines that stood in the file when it was made, and holds the sums of their bytes. Lines that were added since
//! are read as ever. That a file begins with these bytes is told by its [`Stamp`], where somebody summed them up and left it here, or by
//! summing them up.
//!
//! A ledger with damaged lines has no index, for each run shall tell of them; nor has one where a divergence stands under two claims,
//! which only a hand can bring about: which decision counts then hangs on which claims are asked for.
//!
//! # Layout
//!
//! [`Pages`] of numbers. The first one holds the stamp and is written anew where the file has another one. From the second on there stand
//! [`MAGIC`], the sum of the program's version, how many bytes and lines it is about, how many numbers each [`Part`] has, and the parts. What
//! is sought by hashes is sorted by them, so that what a run reads goes with the run and not with the ledger.

use std::cmp::Reverse;
use std::fs;
use std::io::{self, BufWriter};
use std::num::NonZeroU32;
use std::ops::Range;
use std::path::{Path, PathBuf};

use foldhash::{HashMap, HashSet};
use jiff::civil::Date;
use rayon::prelude::*;

use super::super::footing::{Footing, Footings, Known, sides};
use super::intake::GULP;
use super::pages::{NUMBERS, Pages, Writer};
use super::stamp::{Stamp, sum};
use super::whole::Whole;
use super::{Entry, Line, OnceLock, Verdict};

/// What an index is, and which layout follows.
const MAGIC: u64 = u64::from_le_bytes(*b"gainled3");

/// The page of the stamp.
const SEAL: usize = 0;

/// So many numbers for each that is sought there must be, that each is sought for itself: among fewer, all pages would be read in any case.
/// In tests both ways are to be gone with few numbers.
const SOUGHT_IN: u64 = if cfg!(test) { 1 } else { NUMBERS as u64 };

/// Numbers before the parts.
const HEAD: usize = 4 + PARTS;

/// What an index holds, in this order.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// Of the pieces of the file.
    Sums,
    /// The keys of the claims, sorted.
    Claims,
    /// For each claim, and once more at the end, where its footings and its articles begin.
    OfClaims,
    /// The divergences, by their fingerprints, sorted.
    Divergences,
    /// The decision that counts on each: [`On`].
    Latest,
    /// For each footing, those of a claim together, and once more at the end, where its keys and its decisions begin.
    OfFootings,
    /// The keys of each footing, as in [`Footings`].
    Keys,
    /// The rows of those decisions that count and settle something, by what they stand on; down the file.
    Settling,
    /// For each claim the articles of the smallest sides of its footings, by their keys, sorted. If none of these was compared, the other
    /// sides need not be looked at.
    Articles,
    /// The footing that each of these is on.
    On,
    /// A [`Row`] for each decision, down the file.
    Rows,
}

/// How many parts there are.
const PARTS: usize = Part::Rows as usize + 1;

/// Which decision counts on a divergence. In the index it is one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct On {
    row: u32,
    /// The number of its footing in the index.
    footing: u32,
    settles: bool,
}

impl On {
    const SETTLES: u32 = 1 << 31;

    fn number(self) -> u64 {
        let settles = if self.settles { Self::SETTLES } else { 0 };
        debug_assert!(self.footing < Self::SETTLES, "internal: too many");
        pair(self.row, settles | self.footing)
    }

    fn of_number(number: u64) -> Self {
        let (row, rest) = halves(number);
        Self {
            row,
            footing: rest & !Self::SETTLES,
            settles: rest & Self::SETTLES != 0,
        }
    }
}

/// What else there is of a decision: its divergence; where its line starts; the length of the line and its number; the row of the one that
/// counts in its place where it is damaged, plus one, or 0, and its day with its verdict.
type Row = [u64; 4];

/// The index of a ledger. What is read of it is read where it is asked for.
#[derive(Debug)]
pub(super) struct Index {
    path: PathBuf,
    pages: Pages,
    /// Bytes of the file that it is about.
    length: u64,
    /// Lines of them.
    lines: u32,
    parts: [Range<u64>; PARTS],
}

/// The decisions that matter to a run.
pub(super) struct Chosen {
    /// The decision that counts of each divergence that the run found.
    pub here: Vec<Entry>,
    /// The same of each other divergence that was asked for.
    pub also: Vec<Entry>,
    /// All others that settle what the run could have found. They are read only where they must be told.
    pub leftovers: Vec<Alike>,
}

/// Where the index of a ledger is kept in a folder. `None` where the ledger has no path that could be told from others.
pub(super) fn place(folder: &Path, ledger: &Path) -> Option<PathBuf> {
    let path = ledger.canonicalize().ok()?;
    let name = sum(0, path.as_os_str().as_encoded_bytes());
    Some(folder.join(format!("ledger-{name:016x}.index")))
}

/// Keeps what a ledger holds; with the stamp of the file, if it is known that it will not stay the same when the file changes. Nothing is
/// kept of one that must have no index, and what was kept of it before goes: it would be read in vain each time.
///
/// # Errors
///
/// Where it cannot be written; then there is what there was before.
pub(super) fn write(path: &Path, whole: &Whole, stamp: Option<&Stamp>) -> io::Result<()> {
    let Some(parts) = parts(whole) else {
        return match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    };
    let counts = parts.iter().map(|part| part.len() as u64);
    let head = [MAGIC, program(), whole.length, u64::from(whole.lines)].into_iter();
    let head: Vec<u64> = head.chain(counts).collect();
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let mut pages = Writer::to(BufWriter::with_capacity(GULP, &mut file), SEAL);
    pages.take(stamp.map_or(&[0; Stamp::NUMBERS], |stamp| stamp.numbers()))?;
    pages.fill_up()?;
    pages.take(&head)?;
    parts.iter().try_for_each(|part| pages.take(part))?;
    pages.finish()?;
    file.persist(path)?;
    Ok(())
}

/// Another version may hash to other keys, and must find nothing of this one's.
fn program() -> u64 {
    sum(0, env!("CARGO_PKG_VERSION").as_bytes())
}

/// Those in an index that stand on the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alike {
    /// The index of their claim in the run.
    pub claim: usize,
    pub footing: Footing,
    /// Where the index lists their rows, down the file.
    pub listed: Range<u64>,
    /// Rows among these that are none of them, down the file.
    pub except: Vec<u32>,
}

impl Alike {
    /// How many they are.
    pub fn count(&self) -> usize {
        let listed = self.listed.end.saturating_sub(self.listed.start);
        usize::try_from(listed)
            .unwrap_or(usize::MAX)
            .saturating_sub(self.except.len())
    }
}

impl Index {
    /// The index that is kept here. `None` where there is none, or it cannot be read.
    pub fn open(path: &Path) -> Option<Self> {
        let pages = Pages::open(path).ok()?;
        let start = NUMBERS as u64;
        let head = pages.all(start..start + HEAD as u64)?;
        let (&[magic, of_program, length, lines], counts) = head.split_first_chunk()?;
        if (magic, of_program) != (MAGIC, program()) {
            return None;
        }
        let mut end = start + HEAD as u64;
        let mut parts = [const { 0..0 }; PARTS];
        for (part, count) in parts.iter_mut().zip(counts) {
            *part = end..end.checked_add(*count)?;
            end = part.end;
        }
        let lines = u32::try_from(lines).ok()?;
        (end <= pages.count()).then(|| Self {
            path: path.to_owned(),
            pages,
            length,
            lines,
            parts,
        })
    }

    /// Bytes of the file that it is about, up to the end of a line.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// How many lines these are.
    pub fn lines(&self) -> u32 {
        self.lines
    }

    /// How many decisions it holds.
    pub fn decisions(&self) -> u32 {
        let rows = self.range(Part::Rows);
        u32::try_from((rows.end - rows.start) / 4).unwrap_or(u32::MAX)
    }

    /// The sums of the pieces of the file. `None` where the index is damaged.
    pub fn sums(&self) -> Option<Vec<u64>> {
        self.pages.all(self.range(Part::Sums))
    }

    /// Whether it is known of a file with this stamp that it begins with what the index is about.
    pub fn is_sealed(&self, stamp: &Stamp) -> bool {
        let sealed = self.pages.all(0..Stamp::NUMBERS as u64);
        sealed.is_some_and(|sealed| sealed == stamp.numbers())
    }

    /// Notes that.
    pub fn seal(&self, stamp: &Stamp) {
        // Where it cannot be written, the next run sums up once more.
        let _ = self.pages.overwrite(SEAL, stamp.numbers());
    }

    /// The decisions that matter to a run: those on what it found, `here`, or on other divergences that are asked for, `also`, and those on
    /// what it could have found. Only claims that are asked for are looked at. `footings` takes what they stand on. `None` where the index
    /// is damaged.
    pub fn chosen(
        &self,
        asked: Option<&HashSet<u64>>,
        here: &HashSet<u64>,
        also: &HashSet<u64>,
        known: &Known,
        footings: &mut Footings,
    ) -> Option<Chosen> {
        let is_asked = |claim| asked.is_none_or(|asked| asked.contains(&claim));
        let mut standing = Standing {
            index: self,
            footings,
            numbers: HashMap::default(),
        };
        let mut chosen = Chosen {
            here: Vec::new(),
            also: Vec::new(),
            leftovers: Vec::new(),
        };
        // Of each footing the rows of those that are no leftovers.
        let mut taken: HashMap<u32, Vec<u32>> = HashMap::default();
        for (ids, entries) in [(here, &mut chosen.here), (also, &mut chosen.also)] {
            for &id in ids {
                let Some(on) = self.latest(id)? else {
                    continue;
                };
                let (claim, footing) = standing.of(on.footing)?;
                if is_asked(claim) {
                    entries.push(self.decision(on.row, footing)?);
                    if on.settles {
                        taken.entry(on.footing).or_default().push(on.row);
                    }
                }
            }
        }
        for claim in known.claims().filter(|&claim| is_asked(claim)) {
            let Some(found) = self.could_find(claim, known)? else {
                continue;
            };
            for number in found {
                let mut except = taken.remove(&number).unwrap_or_default();
                except.sort_unstable();
                let alike = Alike {
                    claim: known.claim(claim)?,
                    footing: standing.of(number)?.1,
                    listed: self.of_footing(number)?.1,
                    except,
                };
                if alike.count() > 0 {
                    chosen.leftovers.push(alike);
                }
            }
        }
        Some(chosen)
    }

    /// The decision that counts on a divergence, if there is one.
    fn latest(&self, id: u64) -> Option<Option<On>> {
        let divergences = self.range(Part::Divergences);
        let at = self.pages.lower_bound(divergences.clone(), id)?;
        if at == divergences.end || self.pages.get(at)? != id {
            return Some(None);
        }
        let on = self.get(Part::Latest, at - divergences.start)?;
        Some(Some(On::of_number(on)))
    }

    /// The footings of a claim on which the run could have found a divergence. None where there are no decisions on it.
    fn could_find(&self, claim: u64, known: &Known) -> Option<Option<Vec<u32>>> {
        let claims = self.range(Part::Claims);
        let at = self.pages.lower_bound(claims.clone(), claim)?;
        if at == claims.end || self.pages.get(at)? != claim {
            return Some(None);
        }
        let at = at - claims.start;
        let (_, start) = halves(self.get(Part::OfClaims, at)?);
        let (_, end) = halves(self.get(Part::OfClaims, at + 1)?);
        let first = self.range(Part::Articles).start;
        let range = first + u64::from(start)..first + u64::from(end);
        let mut found = Vec::new();
        let on = |at: u64| self.get(Part::On, at - first);
        let articles = known.articles().len() as u64;
        if articles.saturating_mul(SOUGHT_IN) < range.end.saturating_sub(range.start) {
            for article in known.articles() {
                let mut at = self.pages.lower_bound(range.clone(), article)?;
                while at < range.end && self.pages.get(at)? == article {
                    found.push(on(at)?);
                    at += 1;
                }
            }
        } else {
            for (at, article) in range.clone().zip(self.pages.all(range)?) {
                if known.has(article) {
                    found.push(on(at)?);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let mut could = Vec::new();
        for number in found {
            let number = u32::try_from(number).ok()?;
            if known
                .could_find(&self.pages.all(self.of_footing(number)?.0)?)
                .is_some()
            {
                could.push(number);
            }
        }
        Some(Some(could))
    }

    /// Where the keys of a footing stand, and where the rows of the decisions on it are listed.
    fn of_footing(&self, number: u32) -> Option<(Range<u64>, Range<u64>)> {
        let (keys, settling) = halves(self.get(Part::OfFootings, number.into())?);
        let (keys_end, settling_end) = halves(self.get(Part::OfFootings, u64::from(number) + 1)?);
        let (of_keys, of_settling) = (self.range(Part::Keys), self.range(Part::Settling));
        let within = |part: Range<u64>, start: u32, end: u32| {
            part.start + u64::from(start)..part.start + u64::from(end)
        };
        Some((
            within(of_keys, keys, keys_end),
            within(of_settling, settling, settling_end),
        ))
    }

    /// A row that is listed at this place.
    pub fn listed(&self, at: u64) -> Option<u32> {
        u32::try_from(self.pages.get(at)?).ok()
    }

    /// A decision, by its row. `None` where it cannot be read.
    pub fn decision(&self, row: u32, footing: Footing) -> Option<Entry> {
        let first = u64::from(row) * 4;
        let mut numbers: Row = [0; 4];
        for (number, at) in numbers.iter_mut().zip(first..) {
            *number = self.get(Part::Rows, at)?;
        }
        entry(row, numbers, footing)
    }

    fn range(&self, part: Part) -> Range<u64> {
        self.parts[part as usize].clone()
    }

    /// A number of a part.
    fn get(&self, part: Part, at: u64) -> Option<u64> {
        let range = self.range(part);
        let at = range.start.checked_add(at)?;
        range.contains(&at).then(|| self.pages.get(at)).flatten()
    }

    /// Throws it away, as it told something wrong.
    pub fn discard(&self) {
        // Where it cannot go, it is told something wrong of again, and that is told again.
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes up footings of an index, each once.
struct Standing<'i> {
    index: &'i Index,
    footings: &'i mut Footings,
    numbers: HashMap<u32, (u64, Footing)>,
}

impl Standing<'_> {
    /// The key of the claim of a footing, and what it is among those that were taken up.
    fn of(&mut self, number: u32) -> Option<(u64, Footing)> {
        if let Some(&known) = self.numbers.get(&number) {
            return Some(known);
        }
        let keys = self.index.pages.all(self.index.of_footing(number)?.0)?;
        let found = (*keys.first()?, self.footings.add(&keys));
        self.numbers.insert(number, found);
        Some(found)
    }
}

/// The numbers of an index. `None` where the ledger must have none, or has more than anybody can have.
fn parts(whole: &Whole) -> Option<[Vec<u64>; PARTS]> {
    let Whole {
        entries, footings, ..
    } = whole;
    let claim = |row: u32| footings.keys(entries[row as usize].footing)[0];
    // Those on the same divergence together, from the latest to the earliest.
    let rows = 0..u32::try_from(entries.len()).ok()?;
    let mut sorted: Vec<(u64, Reverse<(Date, u32)>)> = entries
        .iter()
        .zip(rows)
        .map(|(entry, row)| (entry.id, Reverse((entry.date, row))))
        .collect();
    sorted.par_sort_unstable();
    let mut divergences = Vec::with_capacity(entries.len());
    let mut latest = Vec::with_capacity(entries.len());
    let mut before = vec![0; entries.len()];
    for on in sorted.chunk_by(|(one, _), (other, _)| one == other) {
        let (id, Reverse((_, row))) = on[0];
        for both in on.windows(2) {
            let [(_, Reverse((_, later))), (_, Reverse((_, earlier)))] = *both else {
                continue;
            };
            if claim(later) != claim(earlier) {
                return None;
            }
            before[later as usize] = earlier + 1;
        }
        divergences.push(id);
        latest.push(row);
    }

    let numbers = numbered(&latest, whole);
    let mut of_settling = vec![0_u32; numbers.order.len() + 1];
    let mut counting = vec![false; entries.len()];
    for &row in &latest {
        let entry = &entries[row as usize];
        if entry.verdict.settles() {
            counting[row as usize] = true;
            of_settling[numbers.of(entry.footing) as usize + 1] += 1;
        }
    }
    for at in 1..of_settling.len() {
        of_settling[at] += of_settling[at - 1];
    }
    let mut next = of_settling.clone();
    let mut settling = vec![0_u32; of_settling.last().copied()? as usize];
    for (row, entry) in (0..)
        .zip(entries)
        .filter(|(row, _)| counting[*row as usize])
    {
        let next = &mut next[numbers.of(entry.footing) as usize];
        settling[*next as usize] = row;
        *next += 1;
    }

    let (mut claims, mut of_claims) = (Vec::new(), Vec::new());
    let (mut keys, mut of_footings) = (Vec::new(), Vec::new());
    let mut articles: Vec<(u64, u64)> = Vec::new();
    let mut first = 0;
    for (number, &footing) in (0..).zip(&numbers.order) {
        let of_it = footings.keys(footing);
        if claims.last() != Some(&of_it[0]) {
            articles[first..].sort_unstable();
            first = articles.len();
            claims.push(of_it[0]);
            of_claims.push(pair(number, u32::try_from(first).ok()?));
        }
        of_footings.push(pair(
            u32::try_from(keys.len()).ok()?,
            of_settling[number as usize],
        ));
        keys.extend_from_slice(of_it);
        let smallest = sides(&of_it[1..]).min_by_key(|side| side.len());
        articles.extend(
            smallest
                .into_iter()
                .flatten()
                .map(|&key| (key, u64::from(number))),
        );
    }
    articles[first..].sort_unstable();
    let count = u32::try_from(numbers.order.len()).ok()?;
    of_claims.push(pair(count, u32::try_from(articles.len()).ok()?));
    of_footings.push(pair(u32::try_from(keys.len()).ok()?, *of_settling.last()?));

    let latest = latest.iter().map(|&row| {
        let entry = &entries[row as usize];
        let on = On {
            row,
            footing: numbers.of(entry.footing),
            settles: entry.verdict.settles(),
        };
        on.number()
    });
    let mut rows = Vec::with_capacity(4 * entries.len());
    for (entry, before) in entries.iter().zip(before) {
        rows.extend(row_of(entry, before)?);
    }
    let mut parts = [const { Vec::new() }; PARTS];
    for (part, numbers) in [
        (Part::Sums, whole.sums.clone()),
        (Part::Claims, claims),
        (Part::OfClaims, of_claims),
        (Part::Divergences, divergences),
        (Part::Latest, latest.collect()),
        (Part::OfFootings, of_footings),
        (Part::Keys, keys),
        (
            Part::Settling,
            settling.into_iter().map(u64::from).collect(),
        ),
        (
            Part::Articles,
            articles.iter().map(|&(key, _)| key).collect(),
        ),
        (Part::On, articles.iter().map(|&(_, on)| on).collect()),
        (Part::Rows, rows),
    ] {
        parts[part as usize] = numbers;
    }
    Some(parts)
}

/// The footings that an index holds.
struct Numbers {
    /// In its order: those of a claim together, the claims by their keys.
    order: Vec<Footing>,
    /// The number of each in the index.
    number: Vec<u32>,
}

impl Numbers {
    fn of(&self, footing: Footing) -> u32 {
        self.number[footing.index()]
    }
}

/// Numbers what these decisions stand on.
fn numbered(latest: &[u32], whole: &Whole) -> Numbers {
    let mut number = vec![u32::MAX; whole.footings.count()];
    let mut order = Vec::new();
    for &row in latest {
        let footing = whole.entries[row as usize].footing;
        if number[footing.index()] == u32::MAX {
            number[footing.index()] = 0;
            order.push(footing);
        }
    }
    order.sort_by_cached_key(|&footing| (whole.footings.keys(footing)[0], footing.index()));
    for (at, footing) in (0..).zip(&order) {
        number[footing.index()] = at;
    }
    Numbers { order, number }
}

fn pair(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

fn halves(number: u64) -> (u32, u32) {
    ((number >> 32) as u32, number as u32)
}

/// `None` where a line is longer than anybody writes.
fn row_of(entry: &Entry, before: u32) -> Option<Row> {
    let line = entry.line?;
    let [high, low] = entry.date.year().to_be_bytes();
    let [month] = entry.date.month().to_be_bytes();
    let [day] = entry.date.day().to_be_bytes();
    let verdict = Verdict::ALL.iter().position(|&it| it == entry.verdict)?;
    // A day takes five bits.
    let made = u32::from_be_bytes([high, low, month, day | u8::try_from(verdict).ok()? << 5]);
    Some([
        entry.id,
        line.start,
        pair(u32::try_from(line.length).ok()?, line.number.get()),
        pair(before, made),
    ])
}

/// The decision that a row tells of.
fn entry(row: u32, [id, start, line, made]: Row, footing: Footing) -> Option<Entry> {
    let (length, number) = halves(line);
    let (before, made) = halves(made);
    let [high, low, month, rest] = made.to_be_bytes();
    let [month, day] = [month, rest & 0b1_1111].map(|byte| i8::from_be_bytes([byte]));
    Some(Entry {
        id,
        row,
        verdict: *Verdict::ALL.get(usize::from(rest >> 5))?,
        date: Date::new(i16::from_be_bytes([high, low]), month, day).ok()?,
        footing,
        line: Some(Line {
            start,
            length: usize::try_from(length).ok()?,
            number: NonZeroU32::new(number)?,
        }),
        before: before.checked_sub(1),
        reading: OnceLock::new(),
    })
}
