//! UTF-16 turned into UTF-8 while it is read.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

/// Gives UTF-8 for a stream in UTF-16 with a byte order mark; any other stream passes through as it is. Needed
/// for JSONL, whose lines are split before they are decoded.
pub(super) struct Utf16Reader<R> {
    inner: R,
    /// `None` when the stream is not UTF-16.
    decoder: Option<Decoder>,
    ready: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: BufRead> Utf16Reader<R> {
    /// Looks at the first two bytes; waits for them.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut mark = Vec::with_capacity(2);
        (&mut inner).take(2).read_to_end(&mut mark)?;
        let decoder = match Encoding::for_bom(&mark) {
            Some((encoding, _)) if encoding == UTF_16LE || encoding == UTF_16BE => {
                mark.clear();
                Some(encoding.new_decoder_without_bom_handling())
            }
            _ => None,
        };
        Ok(Self {
            inner,
            decoder,
            ready: mark,
            taken: 0,
            ended: false,
        })
    }
}

impl<R: BufRead> Read for Utf16Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.taken < self.ready.len() {
                let count = buffer.len().min(self.ready.len() - self.taken);
                buffer[..count].copy_from_slice(&self.ready[self.taken..self.taken + count]);
                self.taken += count;
                return Ok(count);
            }
            let Some(decoder) = &mut self.decoder else {
                return self.inner.read(buffer);
            };
            if self.ended || buffer.is_empty() {
                return Ok(0);
            }
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            // 3 bytes of UTF-8 for 2 of UTF-16, and some for a character that began earlier.
            self.ready.resize(input.len() * 2 + 16, 0);
            let (result, read, written, _) = decoder.decode_to_utf8(input, &mut self.ready, last);
            self.inner.consume(read);
            self.ready.truncate(written);
            self.taken = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn through(bytes: &[u8]) -> Vec<u8> {
        // A buffer of 3 bytes cuts the two-byte units apart.
        let mut reader = Utf16Reader::new(BufReader::with_capacity(3, bytes)).unwrap();
        let mut out = Vec::new();
        reader.read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn utf16_becomes_utf8_and_the_rest_passes() {
        let text = "{\"text\": \"Ağrı 😀\"}\n";
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(through(&bytes), text.as_bytes());
        let mut bytes = vec![0xFE, 0xFF];
        bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        assert_eq!(through(&bytes), text.as_bytes());
        assert_eq!(through(text.as_bytes()), text.as_bytes());
        assert_eq!(through(b"{"), b"{");
        assert_eq!(through(b""), b"");
        assert_eq!(through(b"\xFF\xFEa"), "\u{FFFD}".as_bytes());
    }
}
