//! Reads a whole long ledger, on all processors.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use super::super::footing::Footings;
use super::intake::Intake;
use super::pieces::Beginning;
use super::stamp::sum;
use super::{Entry, Ledger, USUAL_LINE};

/// Bytes that are read at once behind a piece, for the end of the line that began in it: most lines are shorter.
const MORE: u64 = 4 * 1024;

/// All complete lines of a ledger, none of them damaged.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub entries: Vec<Entry>,
    pub footings: Footings,
    /// Bytes of the lines.
    pub length: u64,
    /// How many lines there are.
    pub lines: u32,
    /// Of the pieces of these bytes.
    pub sums: Vec<u64>,
}

/// What lines hold that begin in one piece.
struct Part {
    held: Ledger,
    lines: u32,
    sum: u64,
}

/// Reads all complete lines of a file. `None` where one of them is damaged, or the file became shorter meanwhile: then it is to be read line
/// by line, so damage costs this pass, too, up to where it is met.
///
/// # Errors
///
/// Where the file cannot be read.
pub(super) fn read(file: &mut File, path: &Path) -> io::Result<Option<Whole>> {
    let length = match complete(file) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        length => length?,
    };
    let beginning = Beginning::of(file, length);
    let parts: Result<Vec<Part>, Option<io::Error>> = (0..beginning.pieces())
        .into_par_iter()
        .map_init(Vec::new, |buffer, piece| {
            part(&beginning, piece, path, buffer)
        })
        .collect();
    match parts {
        Ok(parts) => Ok(Some(joined(parts, length))),
        Err(None) => Ok(None),
        Err(Some(error)) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(Some(error)) => Err(error),
    }
}

/// Bytes up to the end of the last line that has one.
fn complete(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut buffer = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(MORE);
        buffer.clear();
        Beginning::of(file, end).read(start..end, &mut buffer)?;
        if let Some(at) = memchr::memrchr(b'\n', &buffer) {
            return Ok(start + at as u64 + 1);
        }
        end = start;
    }
    Ok(0)
}

/// The lines that begin in a piece. An error without anything where one is damaged.
fn part(
    beginning: &Beginning,
    piece: u64,
    path: &Path,
    buffer: &mut Vec<u8>,
) -> Result<Part, Option<io::Error>> {
    let place = beginning.place(piece);
    // The byte before tells whether a line begins with the first one.
    let start = place.start.saturating_sub(1);
    let before = usize::from(place.start > 0);
    buffer.clear();
    beginning.read(start..place.end, buffer)?;
    let sum = sum(piece, &buffer[before..]);
    let first = match before {
        0 => 0,
        _ => memchr::memchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1),
    };
    let mut end = place.end;
    if first < buffer.len() {
        while buffer.last() != Some(&b'\n') && end < beginning.length() {
            let more = buffer.len();
            let upto = (end + MORE).min(beginning.length());
            beginning.read(end..upto, buffer)?;
            if let Some(at) = memchr::memchr(b'\n', &buffer[more..]) {
                buffer.truncate(more + at + 1);
            }
            end = upto;
        }
    }
    let mut held = Ledger::empty(path);
    held.read_to = start + first as u64;
    held.entries.reserve(buffer.len() / USUAL_LINE as usize);
    let lines = Intake::of(&mut held, None).take_lines(&buffer[first..]);
    if held.broken > 0 {
        return Err(None);
    }
    Ok(Part { held, lines, sum })
}

/// All parts in one.
fn joined(parts: Vec<Part>, length: u64) -> Whole {
    let mut whole = Whole {
        length,
        ..Whole::default()
    };
    whole
        .entries
        .reserve(parts.iter().map(|part| part.held.entries.len()).sum());
    for Part { held, lines, sum } in parts {
        let now = whole.footings.take_in(held.footings);
        for mut entry in held.entries {
            entry.row = u32::try_from(whole.entries.len()).unwrap_or(u32::MAX);
            entry.footing = now[entry.footing.index()];
            if let Some(line) = &mut entry.line {
                line.number = line.number.saturating_add(whole.lines);
            }
            whole.entries.push(entry);
        }
        whole.lines = whole.lines.saturating_add(lines);
        whole.sums.push(sum);
    }
    whole
}
