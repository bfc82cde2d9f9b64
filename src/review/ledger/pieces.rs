//! The pieces of a file and their sums, which tell whether another file begins with the same bytes.
//!
//! Getting 67 MB from the system's memory and summing them up takes a fraction of what reading the decisions in them does.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::intake::GULP;
use super::stamp::sum;

/// Bytes of a piece, but for the last: few enough to be looked at while they are near. In tests short ledgers shall have several.
pub(super) const PIECE: u64 = if cfg!(test) { 1500 } else { GULP as u64 };

/// The beginning of a file, which several threads read.
pub(super) struct Beginning<'f> {
    file: Mutex<&'f mut File>,
    length: u64,
}

impl<'f> Beginning<'f> {
    /// So many bytes of a file.
    pub fn of(file: &'f mut File, length: u64) -> Self {
        Self {
            file: Mutex::new(file),
            length,
        }
    }

    /// Bytes of it.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// How many pieces there are.
    pub fn pieces(&self) -> u64 {
        self.length.div_ceil(PIECE)
    }

    /// Where a piece stands.
    pub fn place(&self, piece: u64) -> Range<u64> {
        piece * PIECE..((piece + 1) * PIECE).min(self.length)
    }

    /// Adds what stands in this range to the end of a buffer.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or the file ends before it.
    pub fn read(&self, Range { start, end }: Range<u64>, buffer: &mut Vec<u8>) -> io::Result<()> {
        // Nothing is left half done in there.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        let length = end - start;
        buffer.reserve(usize::try_from(length).map_err(io::Error::other)?);
        if file.by_ref().take(length).read_to_end(buffer)? as u64 == length {
            Ok(())
        } else {
            Err(ErrorKind::UnexpectedEof.into())
        }
    }

    /// Whether its pieces have these sums. Not so where it cannot be read.
    pub fn has(&self, sums: &[u64]) -> bool {
        let is_same = |buffer: &mut Vec<u8>, (piece, &of_it): (usize, &u64)| {
            buffer.clear();
            let piece = piece as u64;
            self.read(self.place(piece), buffer).is_ok() && sum(piece, buffer) == of_it
        };
        sums.len() as u64 == self.pieces()
            && sums
                .par_iter()
                .enumerate()
                .map_init(Vec::new, is_same)
                .all(|is_same| is_same)
    }
}
