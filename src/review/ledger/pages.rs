//! Numbers in a file, page by page, each page with its sum: who needs a few of them reads a few pages, and what is damaged is not believed.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::stamp::sum;

/// Numbers of a page, beside its sum.
pub(super) const NUMBERS: usize = 511;

/// Bytes of a page.
pub(super) const PAGE: usize = 8 * (NUMBERS + 1);

/// A file of such pages. What was read of it is kept.
#[derive(Debug)]
pub(super) struct Pages {
    file: Mutex<File>,
    /// `None` inside where a page is damaged.
    read: Vec<OnceLock<Option<Box<[u64; NUMBERS]>>>>,
}

impl Pages {
    /// Opens a file for reading, and for [`Self::overwrite`] where that is allowed.
    ///
    /// # Errors
    ///
    /// Where it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let both = File::options().read(true).write(true).open(path);
        let file = both.or_else(|_| File::open(path))?;
        let pages = file.metadata()?.len() / PAGE as u64;
        let pages = usize::try_from(pages).unwrap_or(0);
        Ok(Self {
            file: Mutex::new(file),
            read: (0..pages).map(|_| OnceLock::new()).collect(),
        })
    }

    /// How many numbers the file has room for.
    pub fn count(&self) -> u64 {
        (self.read.len() * NUMBERS) as u64
    }

    /// A number. `None` where there is none, or its page is damaged.
    pub fn get(&self, at: u64) -> Option<u64> {
        let numbers = self.around(at, at.checked_add(1)?)?;
        numbers.first().copied()
    }

    /// The numbers of a range. `None` where there are not so many, or one of their pages is damaged.
    pub fn all(&self, Range { start, end }: Range<u64>) -> Option<Vec<u64>> {
        let count = end.checked_sub(start).filter(|_| end <= self.count())?;
        let mut all = Vec::with_capacity(usize::try_from(count).ok()?);
        while start + (all.len() as u64) < end {
            all.extend_from_slice(self.around(start + all.len() as u64, end)?);
        }
        Some(all)
    }

    /// Of a range of numbers that do not fall, where the first stands that is not less than `least`; the end where there is none. They
    /// are hashes, so their values tell where one stands, up to a page or two; where they do not, halving comes to an end as well.
    pub fn lower_bound(&self, range: Range<u64>, least: u64) -> Option<u64> {
        let Range { mut start, mut end } = range;
        // No number before `start` is greater than the one, none from `end` on less than the other.
        let (mut low, mut high) = (0, u64::MAX);
        let mut by_value = true;
        while start < end {
            let room = end - start;
            let skip = if by_value && low < high {
                let part = u128::from(least.clamp(low, high) - low) * u128::from(room);
                u64::try_from(part / u128::from(high - low)).unwrap_or(room)
            } else {
                room / 2
            };
            by_value = !by_value;
            let middle = start + skip.min(room - 1);
            let from = start.max(middle - middle % NUMBERS as u64);
            let numbers = self.around(from, end)?;
            match numbers.partition_point(|&number| number < least) {
                0 => (end, high) = (from, *numbers.first()?),
                less if less < numbers.len() => return Some(from + less as u64),
                _ => (start, low) = (from + numbers.len() as u64, *numbers.last()?),
            }
        }
        Some(start)
    }

    /// The numbers from one on, up to an end or that of its page.
    fn around(&self, from: u64, end: u64) -> Option<&[u64]> {
        let page = usize::try_from(from / NUMBERS as u64).ok()?;
        let read = self.read.get(page)?.get_or_init(|| self.page(page));
        let within = usize::try_from(from % NUMBERS as u64).ok()?;
        let numbers = &read.as_deref()?[within..];
        let count = usize::try_from(end.checked_sub(from)?).unwrap_or(NUMBERS);
        Some(&numbers[..count.min(numbers.len())])
    }

    fn page(&self, page: usize) -> Option<Box<[u64; NUMBERS]>> {
        let mut bytes = [0; PAGE];
        {
            // Nothing is left half done in there.
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start((page * PAGE) as u64)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        let (numbers, of_them) = bytes.split_last_chunk()?;
        if u64::from_le_bytes(*of_them) != sum(page as u64, numbers) {
            return None;
        }
        let mut read = Box::new([0; NUMBERS]);
        for (number, bytes) in read.iter_mut().zip(numbers.as_chunks().0) {
            *number = u64::from_le_bytes(*bytes);
        }
        Some(read)
    }

    /// Puts these numbers, and zeros behind them, in the place of a page, in one write. Who reads it meanwhile has the one, the other, or
    /// nothing.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn overwrite(&self, page: usize, numbers: &[u64]) -> io::Result<()> {
        let mut writer = Writer::to(Vec::new(), page);
        writer.take(numbers)?;
        let bytes = writer.finish()?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start((page * PAGE) as u64))?;
        file.write_all(&bytes)
    }
}

/// Writes numbers page by page.
pub(super) struct Writer<W> {
    out: W,
    /// The bytes of the page that is being filled.
    bytes: Vec<u8>,
    /// Its number.
    page: usize,
}

impl<W: Write> Writer<W> {
    /// Starts with a page of this number.
    pub fn to(out: W, page: usize) -> Self {
        let bytes = Vec::with_capacity(PAGE);
        Self { out, bytes, page }
    }

    /// Adds some.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub fn take(&mut self, mut numbers: &[u64]) -> io::Result<()> {
        while !numbers.is_empty() {
            let room = NUMBERS - self.bytes.len() / 8;
            let (now, later) = numbers.split_at(room.min(numbers.len()));
            for number in now {
                self.bytes.extend_from_slice(&number.to_le_bytes());
            }
            numbers = later;
            if now.len() == room {
                self.end_page()?;
            }
        }
        Ok(())
    }

    /// Puts zeros up to the end of the page, where one is begun.
    ///
    /// # Errors
    ///
    /// Where they cannot be written.
    pub fn fill_up(&mut self) -> io::Result<()> {
        if !self.bytes.is_empty() {
            self.bytes.resize(8 * NUMBERS, 0);
            self.end_page()?;
        }
        Ok(())
    }

    fn end_page(&mut self) -> io::Result<()> {
        let of_them = sum(self.page as u64, &self.bytes);
        self.bytes.extend_from_slice(&of_them.to_le_bytes());
        self.out.write_all(&self.bytes)?;
        self.bytes.clear();
        self.page += 1;
        Ok(())
    }

    /// Fills the last page up. Gives what was written to.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.fill_up()?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pages(numbers: &[u64]) -> Pages {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pages");
        let mut writer = Writer::to(Vec::new(), 0);
        writer.take(numbers).expect("written");
        std::fs::write(&path, writer.finish().expect("written")).expect("written");
        Pages::open(&path).expect("opened")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_was_written_is_found(
            mut numbers in prop::collection::vec(prop_oneof![any::<u64>(), 0_u64..40, Just(7), Just(u64::MAX)], 0..3000),
            before in 0_usize..600, also in any::<u64>(),
        ) {
            let end = numbers.len() as u64;
            let read = pages(&numbers);
            prop_assert_eq!(read.all(0..end), Some(numbers.clone()));
            let half = end / 2;
            prop_assert_eq!(read.all(half..end), Some(numbers[numbers.len() / 2..].to_vec()));
            prop_assert!(numbers.iter().zip(0..).all(|(&number, at)| read.get(at) == Some(number)));
            numbers.sort_unstable();
            let before = before.min(numbers.len());
            // Not what is sought in: it may be anything.
            numbers[..before].reverse();
            let (read, from) = (pages(&numbers), before as u64);
            for least in numbers[before..].iter().flat_map(|&it| [it, it.wrapping_add(1)]).chain([0, also, u64::MAX]) {
                let place = numbers[before..].partition_point(|&number| number < least);
                prop_assert_eq!(read.lower_bound(from..end, least), Some((before + place) as u64));
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_read() {
        let read = pages(&[1; 600]);
        assert_eq!(read.count(), 2 * NUMBERS as u64);
        assert_eq!(read.all(1000..1023), None);
        let (start, end) = (5, 4);
        assert_eq!(read.all(start..end), None);
        assert_eq!(read.all(0..u64::MAX), None);
        assert_eq!(read.get(u64::MAX - 1), None);
        assert_eq!(pages(&[]).get(0), None);
        read.overwrite(1, &[9, 8]).expect("written");
        assert_eq!(read.all(509..513), Some(vec![1, 1, 9, 8]));
    }
}
