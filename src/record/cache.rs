//! The cache: the records of an earlier run, so that what did not change is not matched again.
//!
//! A record is found by the content of its article, and in it the matches of a claim by the content of the claim. After one claim changed
//! only that claim is matched anew, in every article; after one article changed, only that article, on all claims. Time stamps and names
//! of files say nothing. A line that is damaged is as good as none, a cache of another program as good as empty.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::article::{Article, ArticleEntry};
use crate::matching::{Match, Matcher, Worker};

use super::Record;
use super::claim_set::ClaimSet;
use super::line::{RecordLine, seal, unseal};

/// Raised when lines change their meaning.
const FORMAT: u32 = 1;

/// Longest line that is looked at, in bytes.
const LONGEST: u64 = 1 << 30;

/// What a line of a record begins with, behind its sum.
const KEY: &str = "\"key\":\"";

/// Where that stands.
const KEY_AT: usize = "{\"sum\":\"0123456789abcdef\",".len() + KEY.len();

/// Hexadecimal digits of a key.
const KEY_LENGTH: usize = 64;

type Key = [u8; KEY_LENGTH];

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    cache: u32,
    /// The program that made it, to the byte.
    program: String,
    /// Id -> hash of what matching depends on.
    claims: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    key: String,
    record: RecordLine,
}

/// The records of an earlier run, and matchers for what it does not hold.
#[derive(Debug)]
pub struct Cache<'c> {
    claims: &'c ClaimSet,
    head: Head,
    path: PathBuf,
    old: Option<Mutex<File>>,
    /// Key -> where its line lies, and its length.
    lines: HashMap<Key, (u64, u32)>,
    /// For each claim whether the earlier run was of the same.
    same: Vec<bool>,
    /// Of all claims.
    matcher: Matcher,
    /// Of those that are not the same; none where all are.
    changed: Option<(Vec<usize>, Matcher)>,
}

/// How much of an article was matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// Nothing: all stood in the cache.
    Kept,
    /// The claims that changed, so many.
    Partly(usize),
    /// All claims.
    Anew,
}

/// The record of an article, and what is needed to cache it.
#[derive(Debug)]
pub struct Cached {
    /// The record.
    pub record: Record,
    /// How it came about.
    pub matched: Matched,
    key: Key,
    line: Option<(u64, u32)>,
}

/// What a thread matches with.
#[derive(Debug)]
pub struct CacheWorker<'m> {
    cache: &'m Cache<'m>,
    all: Worker<'m>,
    changed: Option<Worker<'m>>,
}

impl<'c> Cache<'c> {
    /// Opens the cache of this name in a folder, whatever state it is in; one that is not there is empty. `program` names the program to
    /// the byte: what another one found is not used.
    pub fn open(folder: &Path, name: &str, program: &str, claims: &'c ClaimSet) -> Self {
        let path = folder.join(format!("{name}.cache"));
        let head = Head {
            cache: FORMAT,
            program: program.to_owned(),
            claims: claims.by_id(),
        };
        // A cache that cannot be read is none; that it cannot be written either will be told.
        let (old, before, lines) = match read(&path, &head) {
            Ok(Some((old, before, lines))) => (Some(old), before, lines),
            _ => (None, BTreeMap::new(), HashMap::new()),
        };
        let of_claim = claims.claims().iter();
        let same: Vec<bool> = of_claim
            .map(|claim| before.get(&claim.id) == head.claims.get(&claim.id))
            .collect();
        let changed: Vec<usize> = (0..same.len()).filter(|&claim| !same[claim]).collect();
        let changed = (!changed.is_empty() && !lines.is_empty()).then(|| {
            let claims: Vec<_> = changed
                .iter()
                .map(|&claim| Arc::clone(claims.claim(claim)))
                .collect();
            (changed, Matcher::new(&claims))
        });
        Self {
            matcher: Matcher::new(claims.claims()),
            claims,
            head,
            path,
            old: old.map(Mutex::new),
            lines,
            same,
            changed,
        }
    }

    /// A worker with a memory of its own, one a thread.
    pub fn worker(&self) -> CacheWorker<'_> {
        CacheWorker {
            cache: self,
            all: self.matcher.worker(),
            changed: self.changed.as_ref().map(|(_, matcher)| matcher.worker()),
        }
    }

    /// The bytes of a line of the earlier run.
    fn line(&self, (offset, length): (u64, u32)) -> io::Result<Vec<u8>> {
        let old = self.old.as_ref().ok_or(io::ErrorKind::NotFound)?;
        let mut old = old.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = vec![0; length as usize];
        old.seek(SeekFrom::Start(offset))?;
        old.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// What the earlier run found in this article, for the claims that are the same.
    fn kept(&self, entry: &ArticleEntry, place: (u64, u32)) -> Option<Record> {
        let json = unseal(&self.line(place).ok()?)?;
        let Line { record, .. } = serde_json::from_str(&json).ok()?;
        let mut record = record
            .of_article(entry.clone())
            .into_record(self.claims, |claim| self.same[claim])?;
        // The order of the claims may be another now; within a claim that of the text stays.
        record.matches.sort_by_key(|found| found.claim);
        Some(record)
    }
}

impl CacheWorker<'_> {
    /// The record of an article, from the cache as far as it holds it.
    pub fn article(&mut self, article: &Article) -> Cached {
        let cache = self.cache;
        let entry = ArticleEntry::from(article);
        let key = key(article, &entry);
        let place = cache.lines.get(&key).copied();
        if let Some(place) = place
            && let Some(mut record) = cache.kept(&entry, place)
        {
            let Some((changed, worker)) = cache.changed.as_ref().zip(self.changed.as_mut()) else {
                return Cached {
                    record,
                    matched: Matched::Kept,
                    key,
                    line: Some(place),
                };
            };
            let found = worker.article(0, article).into_iter();
            record.matches.extend(found.map(|found| Match {
                claim: changed.0[found.claim],
                ..found
            }));
            record.matches.sort_by_key(|found| found.claim);
            return Cached {
                record,
                matched: Matched::Partly(changed.0.len()),
                key,
                line: None,
            };
        }
        Cached {
            record: Record::of(article, self.all.article(0, article)),
            matched: Matched::Anew,
            key,
            line: None,
        }
    }
}

/// Writes the cache of this run beside that of the earlier one, and puts it in its place at the end. Where nothing was matched, nothing
/// is written.
#[derive(Debug)]
pub struct CacheWriter<'c> {
    cache: &'c Cache<'c>,
    out: Option<BufWriter<NamedTempFile>>,
    /// Lines of the earlier run that were met before the first that is new.
    kept: Vec<(u64, u32)>,
}

impl<'c> CacheWriter<'c> {
    /// Begins; nothing is written yet.
    pub fn new(cache: &'c Cache<'c>) -> Self {
        Self {
            cache,
            out: None,
            kept: Vec::new(),
        }
    }

    /// Takes the next record of the run.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made or written to, or the earlier cache cannot be read. The cache is then better left alone.
    pub fn take(&mut self, cached: &Cached) -> io::Result<()> {
        if let (None, Some(line)) = (&self.out, cached.line) {
            self.kept.push(line);
            return Ok(());
        }
        let cache = self.cache;
        if self.out.is_none() {
            let folder = cache.path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)?;
            let file = tempfile::Builder::new()
                .prefix(".cache-")
                .tempfile_in(folder)?;
            let mut out = BufWriter::with_capacity(1 << 16, file);
            out.write_all(seal(&cache.head).as_bytes())?;
            for place in std::mem::take(&mut self.kept) {
                out.write_all(&cache.line(place)?)?;
            }
            self.out = Some(out);
        }
        let out = self.out.as_mut().expect("internal: made above");
        if let Some(place) = cached.line {
            return out.write_all(&cache.line(place)?);
        }
        let line = Line {
            key: String::from_utf8_lossy(&cached.key).into_owned(),
            record: RecordLine::of(&cached.record, cache.claims),
        };
        out.write_all(seal(&line).as_bytes())
    }

    /// Puts the new cache into the place of the old one, whole or not at all.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn finish(self) -> io::Result<()> {
        let Some(out) = self.out else {
            return Ok(());
        };
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(&self.cache.path)?;
        Ok(())
    }
}

/// What matching and the record depend on: the text as it is read, and what is known to be a heading or a date.
fn key(article: &Article, entry: &ArticleEntry) -> Key {
    let mut hash = Sha256::new();
    let mut field = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    field(entry.sha256.as_bytes());
    // Mostly the text itself, which is hashed already.
    let same = *article.prose == *article.text.text();
    field(&[u8::from(same)]);
    if !same {
        field(article.prose.as_bytes());
    }
    for heading in &article.headings {
        field(&(heading.start as u64).to_le_bytes());
        field(&(heading.end as u64).to_le_bytes());
    }
    field(b"title");
    field(format!("{:?} {:?}", article.title, article.date).as_bytes());
    let mut key = [0; KEY_LENGTH];
    for (two, byte) in key.chunks_exact_mut(2).zip(hash.finalize()) {
        two.copy_from_slice(format!("{byte:02x}").as_bytes());
    }
    key
}

type Old = (File, BTreeMap<String, String>, HashMap<Key, (u64, u32)>);

/// Opens the cache of an earlier run and notes where its lines lie; `None` where it is of another program. Lines are looked through
/// when they are wanted.
fn read(path: &Path, head: &Head) -> io::Result<Option<Old>> {
    if !path.metadata()?.is_file() {
        return Ok(None);
    }
    let mut input = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut bytes = Vec::new();
    let mut offset = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)? as u64;
    let before: Option<Head> = unseal(&bytes).and_then(|json| serde_json::from_str(&json).ok());
    let Some(before) =
        before.filter(|before| (before.cache, &before.program) == (head.cache, &head.program))
    else {
        return Ok(None);
    };
    let mut lines = HashMap::new();
    loop {
        bytes.clear();
        let length = input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
        if length == 0 {
            break;
        }
        let key = bytes
            .get(KEY_AT..KEY_AT + KEY_LENGTH)
            .filter(|_| bytes[..KEY_AT].ends_with(KEY.as_bytes()) && bytes.ends_with(b"\n"));
        if let Some(key) = key.and_then(|key| Key::try_from(key).ok()) {
            lines.insert(key, (offset, length as u32));
        }
        offset += length as u64;
    }
    Ok(Some((input.into_inner(), before.claims, lines)))
}
