//! Reading the lines of a ledger: which are decisions, and what is wrong with the others.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read};
use std::num::NonZeroU32;
use std::sync::{Arc, OnceLock};

use foldhash::HashSet;

use super::super::Decision;
use super::super::footing::key;
use super::super::glimpse::glimpse;
use super::super::record::{self, Unreadable};
use super::{Asked, Entry, Ledger, Line, MOST_BROKEN};
use crate::problem::Problem;
use crate::source::{Source, Span};

/// Lines that git leaves where two branches changed the same place, by their first characters.
const MERGE_MARKS: [&str; 4] = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];

/// Bytes that are read at once: few enough to be looked at while they are near.
pub(super) const GULP: usize = 256 * 1024;

/// Takes the lines of a file into a ledger.
pub(super) struct Intake<'l> {
    ledger: &'l mut Ledger,
    /// `None` where all claims are.
    asked: Option<&'l Asked>,
    /// What was asked for, once it was told.
    kept: Option<&'l HashSet<u64>>,
    /// Of the next line, from 1.
    number: NonZeroU32,
}

impl<'l> Intake<'l> {
    pub fn of(ledger: &'l mut Ledger, asked: Option<&'l Asked>) -> Self {
        Self {
            ledger,
            asked,
            kept: None,
            number: NonZeroU32::MIN,
        }
    }

    /// So many lines stand before the first.
    pub fn behind(mut self, lines: u32) -> Self {
        self.number = self.number.saturating_add(lines);
        self
    }

    /// Takes in everything up to the end.
    pub fn take_in(&mut self, input: &mut impl Read) -> io::Result<()> {
        let mut buffer = vec![0; GULP];
        // Of the buffer: how much is filled, and how much of that is known to hold no line feed.
        let (mut filled, mut searched) = (0, 0);
        loop {
            self.listen();
            if filled == buffer.len() {
                buffer.resize(2 * filled, 0);
            }
            filled += match input.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let taken = self.take_complete(&buffer[..filled], searched);
            buffer.copy_within(taken..filled, 0);
            filled -= taken;
            searched = filled;
        }
        self.take_in_line(&buffer[..filled], self.ledger.read_to);
        self.ledger.unheard = self.asked.is_some() && self.kept.is_none();
        let more = self.ledger.broken.saturating_sub(MOST_BROKEN);
        if more > 0 {
            let more = self.ledger.more_broken(more);
            self.ledger.problems.push(more);
        }
        Ok(())
    }

    /// Takes in these lines, each with its end. Gives how many they are.
    pub fn take_lines(mut self, lines: &[u8]) -> u32 {
        let before = self.number.get();
        let taken = self.take_complete(lines, 0);
        debug_assert!(taken == lines.len(), "internal: each has its end");
        self.number.get() - before
    }

    /// Takes in the lines that have an end, of which none stands before `searched`. Gives how many bytes they are.
    fn take_complete(&mut self, bytes: &[u8], searched: usize) -> usize {
        let (mut start, from) = (0, self.ledger.read_to);
        for end in memchr::memchr_iter(b'\n', &bytes[searched..]) {
            let end = searched + end;
            self.take_in_line(&bytes[start..end], from + start as u64);
            start = end + 1;
            self.number = self.number.saturating_add(1);
        }
        self.ledger.read_to += start as u64;
        start
    }

    /// Looks whether it was told by now what is asked for.
    fn listen(&mut self) {
        if self.kept.is_none()
            && let Some(claims) = self.asked.and_then(|asked| asked.0.get())
        {
            self.kept = Some(claims);
            self.ledger.keep_only(claims);
        }
    }

    fn take_in_line(&mut self, bytes: &[u8], start: u64) {
        let line = Line {
            start,
            length: bytes.len(),
            number: self.number,
        };
        let seen = glimpse(unended(bytes));
        if let Some(seen) = &seen {
            let claim = key(seen.claim);
            if !self.is_asked(claim) {
                return;
            }
            if let Some(footing) = self.ledger.footings.of_line(claim, seen) {
                let row = self.ledger.next_row();
                self.ledger.entries.push(Entry {
                    id: seen.id,
                    row,
                    verdict: seen.verdict,
                    date: seen.date,
                    footing,
                    line: Some(line),
                    before: None,
                    reading: OnceLock::new(),
                });
                return;
            }
        }
        let text = String::from_utf8_lossy(bytes);
        // Bytes that are no UTF-8 spoil their line and no other.
        let valid = matches!(text, Cow::Borrowed(_));
        match read_line(&text, valid) {
            None => {}
            // It is read again where it is asked for: a whole ledger of such lines would not fit the memory well.
            Some(Ok(decision)) if self.is_asked(key(decision.on.claim.as_bytes())) => {
                self.ledger.add(&decision, Some(line));
            }
            Some(Ok(_)) => {}
            Some(Err(broken)) => {
                self.ledger.doubtful |=
                    seen.is_some() && self.asked.is_some() && self.kept.is_none();
                self.ledger.broken += 1;
                if self.ledger.broken <= MOST_BROKEN {
                    let source = self.ledger.source(text.into_owned(), line.number());
                    self.ledger.problems.push(broken.into_problem(&source));
                }
            }
        }
    }

    /// Whether decisions on the claim with this key are to be kept.
    fn is_asked(&self, claim: u64) -> bool {
        self.kept.is_none_or(|claims| claims.contains(&claim))
    }
}

/// A line that holds no decision.
pub(super) enum Broken {
    /// A program was stopped while it wrote.
    Torn,
    Merge,
    NotUtf8,
    Wrong(Unreadable),
}

/// `None` for a blank line.
pub(super) fn read_line(line: &str, valid: bool) -> Option<Result<Decision, Broken>> {
    let trimmed = line.trim_start_matches('\u{feff}').trim();
    if trimmed.is_empty() {
        return None;
    }
    let before = line.len() - line.trim_start_matches('\u{feff}').trim_start().len();
    Some(match record::read(trimmed) {
        Ok(decision) if valid => Ok(decision),
        // Also where the cut went through a character.
        Err(unreadable) if unreadable.torn => Err(Broken::Torn),
        _ if !valid => Err(Broken::NotUtf8),
        _ if MERGE_MARKS.iter().any(|mark| trimmed.starts_with(mark)) => Err(Broken::Merge),
        Err(unreadable) => Err(Broken::Wrong(Unreadable {
            at: unreadable.at + before,
            ..unreadable
        })),
        Ok(_) => unreachable!("internal: a valid line was taken above"),
    })
}

impl Broken {
    pub fn into_problem(self, source: &Arc<Source>) -> Problem {
        let line = Span::new(0, source.text().len());
        match self {
            Broken::Torn => Problem::warning(
                "review/torn",
                "a decision was not written to its end, so it does not count",
            )
            .at(source, line, "the line stops here too early")
            .help("decide again, and delete the line when you like"),
            Broken::Merge => Problem::error("review/merge", "a merge is not finished")
                .at(source, line, "left by the merge")
                .help("keep the decisions of both sides, and delete the lines with the marks"),
            Broken::NotUtf8 => Problem::error(
                "review/broken",
                "a decision cannot be read: the line is not UTF-8",
            )
            .at(source, line, "does not count")
            .help("save the file as UTF-8"),
            Broken::Wrong(wrong) => {
                let at = wrong.at.min(line.end);
                Problem::error(
                    "review/broken",
                    format!("a decision cannot be read: {}", wrong.what),
                )
                .at(source, Span::new(at, at), "up to here it makes sense")
                .help("repair the line by hand, or delete it and decide again; it does not count as it is")
            }
        }
    }
}

/// A line without the carriage return of other systems.
pub(super) fn unended(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}
