//! Match files: the records of some articles as JSON lines, so that articles can be matched in many places and compared in one.
//!
//! The first line says which program wrote it and for which claims, the last how many articles there are. Each line between is an
//! article's record, a problem, or what a folder held beside articles. Where a record belongs is told by the file that the article was
//! read from and its number in that file; reading puts the records of all match files into the order in which one pass over all
//! articles would have read them: by the path of the file, standard input first, then by that number. So neither the order of the match
//! files nor how the articles were dealt out shows in the report.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::article::PassedOver;
use crate::problem::{Problem, curtail};
use crate::source::Source;

use super::Record;
use super::claim_set::ClaimSet;
use super::line::{ProblemLine, RecordLine, seal, unseal};

/// Raised when lines change their meaning.
const FORMAT: u32 = 1;

/// The program that writes; another one may find other matches.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Longest line that is read, in bytes: far above what the largest article gives.
const LONGEST: u64 = 1 << 30;

/// A line: one of its fields, and the place of what belongs to an article.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "R: Deserialize<'de>"))]
struct Line<R> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<(String, u32)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    head: Option<Head>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    passed_over: Option<PassedOver>,
    /// The text that the labels of the next problems point into: its name and itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<(String, String)>,
    /// A problem of finding articles, before any is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finding: Option<ProblemLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<R>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<End>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    gainsay: String,
    format: u32,
    /// Id -> hash of what matching depends on.
    claims: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    articles: u64,
}

fn empty() -> Line<RecordLine> {
    Line {
        at: None,
        head: None,
        passed_over: None,
        source: None,
        finding: None,
        problem: None,
        record: None,
        end: None,
    }
}

/// Writes a match file.
#[derive(Debug)]
pub struct MatchWriter<'c, W> {
    out: W,
    claims: &'c ClaimSet,
    articles: u64,
    /// The text that was written last for the labels of problems.
    source: Option<Arc<Source>>,
    /// The file of the last record or problem, and how many it gave so far.
    file: String,
    given: u32,
}

impl<'c, W: Write> MatchWriter<'c, W> {
    /// Begins a match file.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn new(out: W, claims: &'c ClaimSet) -> io::Result<Self> {
        let mut writer = Self {
            out,
            claims,
            articles: 0,
            source: None,
            file: String::new(),
            given: 0,
        };
        let head = Head {
            gainsay: PROGRAM.to_owned(),
            format: FORMAT,
            claims: claims.by_id(),
        };
        writer.line(&Line {
            head: Some(head),
            ..empty()
        })?;
        Ok(writer)
    }

    fn line(&mut self, line: &Line<RecordLine>) -> io::Result<()> {
        self.out.write_all(seal(line).as_bytes())
    }

    /// Writes what finding the articles gave.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn found(&mut self, problems: &[Problem], passed_over: &PassedOver) -> io::Result<()> {
        for problem in problems {
            self.source(problem)?;
            self.line(&Line {
                finding: Some(ProblemLine::of(problem)),
                ..empty()
            })?;
        }
        self.line(&Line {
            passed_over: Some(passed_over.clone()),
            ..empty()
        })
    }

    /// Writes what the file with this name gave next.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn take(&mut self, file: &str, read: &Result<Record, Problem>) -> io::Result<()> {
        if self.file != file || self.given == u32::MAX {
            file.clone_into(&mut self.file);
            self.given = 0;
        }
        let mut line = empty();
        line.at = Some((file.to_owned(), self.given));
        self.given += 1;
        match read {
            Ok(record) => {
                self.articles += 1;
                line.record = Some(RecordLine::of(record, self.claims));
            }
            Err(problem) => {
                self.source(problem)?;
                line.problem = Some(ProblemLine::of(problem));
            }
        }
        self.line(&line)
    }

    fn source(&mut self, problem: &Problem) -> io::Result<()> {
        let Some(source) = &problem.source else {
            return Ok(());
        };
        if self
            .source
            .as_ref()
            .is_some_and(|last| Arc::ptr_eq(last, source))
        {
            return Ok(());
        }
        self.source = Some(Arc::clone(source));
        self.line(&Line {
            source: Some((source.name().to_owned(), source.text().to_owned())),
            ..empty()
        })
    }

    /// Ends the file: one without an end is known to be cut off.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        let end = End {
            articles: self.articles,
        };
        self.line(&Line {
            end: Some(end),
            ..empty()
        })?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Match files, looked through: where each record lies. The records themselves are read when they are wanted.
#[derive(Debug)]
pub struct MatchFiles<'c> {
    claims: &'c ClaimSet,
    files: Vec<PathBuf>,
    /// In the order of one pass.
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Index of the article's file among all that are named; in the order of their paths once all are known.
    article_file: u32,
    nth: u32,
    match_file: u32,
    line: u32,
    offset: u64,
    length: u32,
}

impl<'c> MatchFiles<'c> {
    /// Looks through match files that were written for these claims. What is wrong with one becomes a problem: one of another version or
    /// for other claims is left out as a whole, a damaged line alone.
    pub fn open(paths: &[PathBuf], claims: &'c ClaimSet) -> Self {
        let mut files: Vec<PathBuf> = paths.to_vec();
        files.sort();
        files.dedup();
        let mut look = Look {
            claims,
            names: BTreeMap::new(),
            entries: Vec::new(),
            finding: Vec::new(),
            reading: Vec::new(),
            faults: Vec::new(),
            passed_over: PassedOver::default(),
        };
        for (number, path) in files.iter().enumerate() {
            let first = look.faults.len();
            if let Err(error) = look.file(number as u32, path) {
                look.fault(path, None, format!("this cannot be read: {error}"));
            }
            curtail(
                &mut look.faults,
                first,
                "matches/more-problems",
                &path.to_string_lossy(),
            );
        }
        look.finish(files)
    }

    /// Hands on the records in the order of one pass over all articles, until `sink` breaks off. A record that lies in several match
    /// files is handed on once. Afterwards [`Self::into_problems`] tells what was wrong.
    ///
    /// # Errors
    ///
    /// Where a match file cannot be read again.
    pub fn read(&mut self, sink: &mut dyn FnMut(Record) -> ControlFlow<()>) -> io::Result<()> {
        // One file is open at a time: there may be more than a process may open. Neighbours mostly lie in one.
        let mut open: Option<(u32, File)> = None;
        let mut last: Option<(Entry, Vec<u8>)> = None;
        for &entry in &self.entries {
            let mut file = match open.take() {
                Some((number, file)) if number == entry.match_file => file,
                _ => File::open(&self.files[entry.match_file as usize])?,
            };
            let mut bytes = vec![0; entry.length as usize];
            file.seek(SeekFrom::Start(entry.offset))?;
            file.read_exact(&mut bytes)?;
            open = Some((entry.match_file, file));
            let path = &self.files[entry.match_file as usize];
            if let Some((before, same)) = &last
                && (before.article_file, before.nth) == (entry.article_file, entry.nth)
            {
                if *same != bytes {
                    let other = self.files[before.match_file as usize].to_string_lossy();
                    self.problems.push(fault(
                        "matches/two-versions",
                        path,
                        Some(entry.line),
                        format!("the article of this line stands in {other} with another content, and that is used"),
                    ));
                }
                continue;
            }
            let line = unseal(&bytes).and_then(|json| serde_json::from_str(&json).ok());
            let record = line
                .and_then(|line: Line<RecordLine>| line.record?.into_record(self.claims, |_| true));
            match record {
                Some(record) => {
                    if sink(record).is_break() {
                        return Ok(());
                    }
                }
                None => self.problems.push(damaged(path, entry.line)),
            }
            last = Some((entry, bytes));
        }
        Ok(())
    }

    /// What is wrong with the match files, and what was with the articles.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

struct Look<'c> {
    claims: &'c ClaimSet,
    /// Files of articles -> number in the order in which they are met.
    names: BTreeMap<PathBuf, u32>,
    entries: Vec<Entry>,
    finding: Vec<Problem>,
    reading: Vec<(PathBuf, u32, Problem)>,
    faults: Vec<Problem>,
    passed_over: PassedOver,
}

impl<'c> Look<'c> {
    fn file(&mut self, number: u32, path: &Path) -> io::Result<()> {
        if !path.metadata()?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        let mut input = BufReader::with_capacity(1 << 16, File::open(path)?);
        let mut bytes = Vec::new();
        let (mut offset, mut articles, mut lost) = (0, 0, 0);
        let mut source: Option<Arc<Source>> = None;
        let mut ended: Option<End> = None;
        for line in 1_u32.. {
            bytes.clear();
            let length = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            let start = offset;
            offset += length as u64;
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let json = unseal(&bytes);
            let read = json.and_then(|json| serde_json::from_str(&json).ok());
            let read: Option<Line<IgnoredAny>> = read;
            if line == 1 {
                match read.and_then(|line| line.head) {
                    Some(head) => {
                        if let Some((message, help)) = self.unfit(&head) {
                            self.faults
                                .push(fault("matches/unfit", path, None, message).help(help));
                            return Ok(());
                        }
                    }
                    None => {
                        let message = "this is no match file; its first line is not one that 'gainsay match' writes";
                        self.faults
                            .push(fault("matches/unfit", path, None, message.to_owned()));
                        return Ok(());
                    }
                }
                continue;
            }
            let Some(read) = read.filter(|_| ended.is_none()) else {
                lost += 1;
                self.faults.push(damaged(path, line));
                continue;
            };
            if let Some((name, text)) = read.source {
                source = Some(Arc::new(Source::new(name, text)));
            }
            if let Some(passed_over) = read.passed_over {
                self.passed_over.extend(passed_over);
            }
            let with_source = |problem: ProblemLine| {
                let problem = problem.into_problem()?;
                let source = (!problem.labels.is_empty())
                    .then(|| source.clone())
                    .flatten();
                Some(Problem { source, ..problem })
            };
            let mut sound = true;
            if let Some(problem) = read.finding {
                let problem = with_source(problem);
                sound &= problem.is_some();
                self.finding.extend(problem);
            }
            if let Some((name, nth)) = read.at {
                let name = if name == "-" {
                    PathBuf::new()
                } else {
                    PathBuf::from(name)
                };
                if let Some(problem) = read.problem {
                    let problem = with_source(problem);
                    sound &= problem.is_some();
                    let problem = problem.map(|problem| (name.clone(), nth, problem));
                    self.reading.extend(problem);
                }
                if read.record.is_some() {
                    articles += 1;
                    let met = self.names.len() as u32;
                    self.entries.push(Entry {
                        article_file: *self.names.entry(name).or_insert(met),
                        nth,
                        match_file: number,
                        line,
                        offset: start,
                        length: length as u32,
                    });
                }
            }
            ended = read.end;
            if !sound {
                self.faults.push(damaged(path, line));
            }
        }
        match ended {
            Some(end) if end.articles == articles + lost || end.articles == articles => {}
            Some(end) => self.fault(
                path,
                None,
                format!(
                    "{} articles were written, but {articles} are there",
                    end.articles
                ),
            ),
            None if offset == 0 => self.fault(path, None, "the file is empty".to_owned()),
            None => self.fault(
                path,
                None,
                "the file breaks off; what stands before is used".to_owned(),
            ),
        }
        Ok(())
    }

    fn fault(&mut self, path: &Path, line: Option<u32>, message: String) {
        let problem = fault("matches/damaged", path, line, message);
        self.faults.push(problem.help(AGAIN));
    }

    /// Why a match file with this head does not fit, and what to do.
    fn unfit(&self, head: &Head) -> Option<(String, String)> {
        if (head.format, head.gainsay.as_str()) != (FORMAT, PROGRAM) {
            let message = format!(
                "this match file is of gainsay {} (format {}), and this is gainsay {PROGRAM} (format {FORMAT}); none of it is used",
                head.gainsay, head.format
            );
            return Some((message, AGAIN.to_owned()));
        }
        let difference = self.claims.difference(&head.claims)?;
        Some((
            format!("this match file is for other claims, and none of it is used: {difference}"),
            "name the claims that it was written for with --claims, or write it again".to_owned(),
        ))
    }

    fn finish(mut self, files: Vec<PathBuf>) -> MatchFiles<'c> {
        // Numbers in the order of the paths: the map is sorted by them.
        let mut rank = vec![0; self.names.len()];
        for (sorted, &met) in self.names.values().enumerate() {
            rank[met as usize] = sorted as u32;
        }
        for entry in &mut self.entries {
            entry.article_file = rank[entry.article_file as usize];
        }
        self.entries.sort_by_key(|entry| {
            (
                entry.article_file,
                entry.nth,
                entry.match_file,
                entry.offset,
            )
        });
        let place = |problem: &Problem| {
            (
                problem.path.clone(),
                problem.line_column(),
                problem.code,
                problem.message.clone(),
            )
        };
        self.finding.sort_by_cached_key(place);
        self.finding.dedup();
        self.reading.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        self.reading.dedup();
        let mut problems = self.faults;
        problems.extend(self.finding);
        problems.extend(self.passed_over.problem());
        problems.extend(self.reading.into_iter().map(|(_, _, problem)| problem));
        MatchFiles {
            claims: self.claims,
            files,
            entries: self.entries,
            problems,
        }
    }
}

const AGAIN: &str = "write it again with 'gainsay match'";

fn fault(code: &'static str, path: &Path, line: Option<u32>, message: String) -> Problem {
    let path = path.to_string_lossy();
    Problem::error(code, message).at_path(match line {
        Some(line) => format!("{path}:{line}"),
        None => path.into_owned(),
    })
}

fn damaged(path: &Path, line: u32) -> Problem {
    let message = "this line is damaged, and is not used".to_owned();
    fault("matches/damaged", path, Some(line), message).help(AGAIN)
}
