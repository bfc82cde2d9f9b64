//! What is kept of a text to tell whether others repeat it: its words as numbers, and the few runs by which it is found.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use siphasher::sip::SipHasher13;
use tempfile::SpooledTempFile;

use crate::text::fold::{self, fold_char, is_combining};

/// Words in a run. Of four, "the president of the" and its like are shared by chance; six lose a copy in which every sentence has
/// a word exchanged.
pub(super) const RUN: usize = 5;

/// Of this many runs on end one is chosen at least, so every shared passage of `RUN + WINDOW - 1` = 20 words, a sentence, is seen.
const WINDOW: usize = 16;

/// Up to so many bytes of words, and of chosen runs, are held in memory; more goes to nameless files in the folder for temporary files.
const IN_MEMORY: usize = 4 << 20;

/// So many bytes of chosen runs are read at a time.
const READ: usize = 64 << 10;

/// The words of one text, without the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// The folded words in the order of the text, each as 32 bits of its hash. Two words share them with a chance of 1 in 4 billion, and
    /// a run of words is only taken for another where the four around it are the same.
    pub words: Vec<u32>,
    /// Chosen runs, sorted, each once.
    pub choices: Vec<u64>,
}

impl Footprint {
    /// Takes it of a text.
    pub fn of(prose: &str) -> Self {
        let words = words(prose);
        let runs = runs(&words);
        let mut choices: Vec<u64> = Vec::new();
        if runs.len() < WINDOW {
            choices.extend(runs.iter().min());
        }
        // The least of a window is that of the last one, until this leaves it or a lesser one comes.
        let mut at = 0;
        for end in WINDOW - 1..runs.len() {
            let start = end + 1 - WINDOW;
            let before = at;
            if end == WINDOW - 1 || at < start {
                at = (start..=end).min_by_key(|&at| runs[at]).unwrap_or(start);
            } else if runs[end] < runs[at] {
                at = end;
            }
            if end == WINDOW - 1 || at != before {
                choices.push(runs[at]);
            }
        }
        choices.sort_unstable();
        choices.dedup();
        Self {
            words: words.into_iter().map(|word| word as u32).collect(),
            choices,
        }
    }
}

/// The footprints of a run: 24 bytes a text in memory. What is beyond 4 MiB of their words and of their chosen runs lies in nameless
/// temporary files that the system removes when the program ends, however it ends.
#[derive(Debug)]
pub struct Footprints {
    texts: Vec<Text>,
    choices: Mutex<SpooledTempFile>,
    words: Mutex<SpooledTempFile>,
    /// Words that were written.
    written: u64,
}

#[derive(Clone, Copy, Debug)]
struct Text {
    /// Number of words before those of this text.
    start: u64,
    words: u32,
    choices: u32,
    /// Number of choices before those of this text.
    first_choice: u64,
}

impl Default for Footprints {
    fn default() -> Self {
        Self {
            texts: Vec::new(),
            choices: Mutex::new(SpooledTempFile::new(IN_MEMORY)),
            words: Mutex::new(SpooledTempFile::new(IN_MEMORY)),
            written: 0,
        }
    }
}

impl Footprints {
    /// Adds a footprint and returns its index.
    ///
    /// # Errors
    ///
    /// Where there is no room for temporary files.
    pub fn push(&mut self, footprint: &Footprint) -> io::Result<usize> {
        let bytes: Vec<u8> = footprint
            .words
            .iter()
            .flat_map(|w| w.to_le_bytes())
            .collect();
        let words = self.words.get_mut().unwrap_or_else(PoisonError::into_inner);
        words.seek(SeekFrom::End(0))?;
        words.write_all(&bytes)?;
        let choices = footprint.choices.iter();
        let bytes: Vec<u8> = choices.flat_map(|run| run.to_le_bytes()).collect();
        let choices = self
            .choices
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        choices.seek(SeekFrom::End(0))?;
        choices.write_all(&bytes)?;
        self.texts.push(Text {
            start: self.written,
            words: footprint.words.len() as u32,
            choices: footprint.choices.len() as u32,
            first_choice: self.all_choices() as u64,
        });
        self.written += footprint.words.len() as u64;
        Ok(self.texts.len() - 1)
    }

    /// How many words the text has.
    pub(super) fn words(&self, at: usize) -> usize {
        self.texts[at].words as usize
    }

    /// How many runs of the text are chosen.
    pub(super) fn choices(&self, at: usize) -> usize {
        self.texts[at].choices as usize
    }

    /// How many runs are chosen in all texts.
    pub(super) fn all_choices(&self) -> usize {
        self.texts
            .last()
            .map_or(0, |last| last.first_choice as usize + last.choices as usize)
    }

    /// The chosen runs of a text, sorted.
    pub(super) fn read_choices(&self, at: usize) -> io::Result<Vec<u64>> {
        let text = self.texts[at];
        let mut bytes = vec![0; text.choices as usize * 8];
        let mut choices = self.choices.lock().unwrap_or_else(PoisonError::into_inner);
        choices.seek(SeekFrom::Start(text.first_choice * 8))?;
        choices.read_exact(&mut bytes)?;
        let (runs, _) = bytes.as_chunks();
        Ok(runs.iter().map(|&run| u64::from_le_bytes(run)).collect())
    }

    /// Gives the chosen runs of all texts, each with the index of its text.
    pub(super) fn each_choice(&self, mut each: impl FnMut(usize, u64)) -> io::Result<()> {
        let mut choices = self.choices.lock().unwrap_or_else(PoisonError::into_inner);
        choices.seek(SeekFrom::Start(0))?;
        let mut choices = BufReader::with_capacity(READ, &mut *choices);
        let mut run = [0; 8];
        for (at, text) in self.texts.iter().enumerate() {
            for _ in 0..text.choices {
                choices.read_exact(&mut run)?;
                each(at, u64::from_le_bytes(run));
            }
        }
        Ok(())
    }

    /// The words of a text.
    pub(super) fn read(&self, at: usize) -> io::Result<Vec<u32>> {
        let text = self.texts[at];
        let mut bytes = vec![0; text.words as usize * 4];
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        words.seek(SeekFrom::Start(text.start * 4))?;
        words.read_exact(&mut bytes)?;
        let (words, _) = bytes.as_chunks();
        Ok(words.iter().map(|&word| u32::from_le_bytes(word)).collect())
    }
}

/// Longest word that is folded in place; longer ones, and those with a character beyond ASCII, take the long way.
const PLAIN: usize = 32;

/// The folded words of a text, as hashes: runs of letters and digits.
fn words(prose: &str) -> Vec<u64> {
    // News has some six bytes for a word and the space behind it.
    let mut words = Vec::with_capacity(prose.len() / 6);
    let hasher = SipHasher13::new();
    let bytes = prose.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let mut folded = [0; PLAIN];
        let mut len = 0;
        for (folded, byte) in folded.iter_mut().zip(&bytes[at..]) {
            *folded = fold::PLAIN[*byte as usize];
            if *folded == 0 {
                break;
            }
            len += 1;
        }
        at = match bytes.get(at + len) {
            Some(next) if len == PLAIN || !next.is_ascii() => {
                any_words(prose, at, &hasher, &mut words)
            }
            _ => {
                words.push(hasher.hash(&folded[..len]));
                at + len
            }
        };
    }
    words
}

/// The word at `at`, if there is one, character by character; gives where it ends.
fn any_words(prose: &str, at: usize, hasher: &SipHasher13, words: &mut Vec<u64>) -> usize {
    let mut word = String::new();
    let mut end = prose.len();
    for (offset, c) in prose[at..].char_indices() {
        if c.is_alphanumeric() {
            word.push(fold_char(c));
        } else if word.is_empty() || !is_combining(c) {
            end = at + offset + c.len_utf8();
            break;
        }
    }
    if !word.is_empty() {
        words.push(hasher.hash(word.as_bytes()));
    }
    end
}

/// Each run of words, as a hash.
pub(super) fn runs<W: Copy + Into<u64>>(words: &[W]) -> Vec<u64> {
    let mixed = |run: &[W]| {
        // Odd, with its bits spread evenly: the fractional part of the golden ratio.
        const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut hash = 0_u64;
        for &word in run {
            hash = (hash.rotate_left(23) ^ word.into()).wrapping_mul(SPREAD);
        }
        hash ^ (hash >> 29)
    };
    words.windows(RUN).map(mixed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words as they were first defined: one character after the other.
    fn words_the_long_way(prose: &str) -> Vec<u64> {
        let mut words = Vec::new();
        let mut word = String::new();
        for c in prose.chars().chain([' ']) {
            if c.is_alphanumeric() {
                word.push(fold_char(c));
            } else if !word.is_empty() && !is_combining(c) {
                words.push(SipHasher13::new().hash(word.as_bytes()));
                word.clear();
            }
        }
        words
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_gives_the_same_words(
            prose in "[aZ9 .'’éİß猫\u{301}-]{0,40}|[a-c]{25,70}[ é.]{0,3}[a-c]{0,40}",
        ) {
            proptest::prop_assert_eq!(words(&prose), words_the_long_way(&prose));
        }
    }

    #[test]
    fn what_lies_on_disk_is_read_as_it_was_written() {
        let texts = ["", "one two three", "eins zwei drei vier fünf sechs sieben"];
        let prints: Vec<Footprint> = texts.into_iter().map(Footprint::of).collect();
        let mut kept = Footprints {
            words: Mutex::new(SpooledTempFile::new(8)),
            choices: Mutex::new(SpooledTempFile::new(8)),
            ..Footprints::default()
        };
        for print in &prints {
            kept.push(print).expect("room");
        }
        for (at, print) in prints.iter().enumerate().rev() {
            assert_eq!(kept.read(at).expect("read"), print.words);
            assert_eq!(kept.words(at), print.words.len());
            assert_eq!(kept.choices(at), print.choices.len());
            assert_eq!(kept.read_choices(at).expect("read"), print.choices);
        }
        let mut choices = vec![Vec::new(); prints.len()];
        kept.each_choice(|at, run| choices[at].push(run))
            .expect("read");
        assert!(prints.iter().map(|print| &print.choices).eq(&choices));
        assert_eq!(prints[2].words.len(), 7);
        assert_eq!(prints[2].choices.len(), 1);
    }
}
