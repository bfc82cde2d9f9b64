//! Gzip unfolded with a bound on what it may unfold to.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;

/// Texts of the same articles over and over fold to a thirtieth; 1,032 is the most that gzip can do.
const MOST_RATIO: u64 = 100;

/// Up to this many bytes any ratio is fine: they are read in a second or two, and a short file of spaces is not worth a word.
const FREE: u64 = 256 << 20;

/// Reads gzip, also of several members, and fails where it turns out to be made to unfold to nearly nothing: JSONL has no length at which
/// it would be refused, so that a few megabytes could keep a run busy for hours.
pub(super) struct Unfolding<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    folded: Rc<Cell<u64>>,
    unfolded: u64,
    free: u64,
}

impl<R: BufRead> Unfolding<R> {
    pub fn new(inner: R) -> Self {
        Self::with_free(inner, FREE)
    }

    fn with_free(inner: R, free: u64) -> Self {
        let folded = Rc::new(Cell::new(0));
        Self {
            decoder: MultiGzDecoder::new(Counted {
                inner,
                read: Rc::clone(&folded),
            }),
            folded,
            unfolded: 0,
            free,
        }
    }
}

impl<R: BufRead> Read for Unfolding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.unfolded += read as u64;
        if self.unfolded > self.free && self.unfolded / MOST_RATIO > self.folded.get() {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                format!(
                    "the compressed data unfold to more than {MOST_RATIO} times their size, as no text does"
                ),
            ));
        }
        Ok(read)
    }
}

/// Counts what was taken out of the reader within.
struct Counted<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.read.set(self.read.get() + amount as u64);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn folded(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }

    fn unfolded(gz: &[u8], free: u64) -> io::Result<usize> {
        Unfolding::with_free(gz, free).read_to_end(&mut Vec::new())
    }

    #[test]
    fn a_bomb_is_stopped_and_a_text_is_not() {
        let bomb = folded(&vec![b' '; 1 << 20]);
        let error = unfolded(&bomb, 1 << 16).expect_err("a bomb");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("100 times"), "{error}");
        // The same bomb is harmless below the free amount, and so is one in many members.
        assert_eq!(unfolded(&bomb, 1 << 20).expect("small"), 1 << 20);
        assert!(unfolded(&folded(&vec![b' '; 1 << 14]).repeat(64), 1 << 16).is_err());
        let text: String = (0..50_000).map(|n| format!("Line {n} of it.\n")).collect();
        assert_eq!(
            unfolded(&folded(text.as_bytes()), 1 << 16).expect("text"),
            text.len()
        );
    }
}
