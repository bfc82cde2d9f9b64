//! Every reader against thousands of damaged inputs: none may panic, hang, or break what it promises of its result.
//!
//! Inputs are made from the files of `tests/corpus` by a seeded generator, so that each run of the test tries the same ones. For a long
//! hunt set `GAINSAY_FUZZ_SECONDS`: each reader then goes on for so many seconds, from a seed that differs from run to run and is printed.
//! An input that fails is printed, too; put it into the corpus or into a test with a name.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use gainsay::article::{self, Article, ArticleFile};
use gainsay::claim::{self, Claim};
use gainsay::clean::is_unsafe;
use gainsay::matching::Matcher;
use gainsay::problem::{Loaded, Problem};
use gainsay::render::{json, terminal};
use gainsay::report::Report;
use gainsay::source::{Source, Span};
use gainsay::statement::{segment::segment, voice::Voices};
use gainsay::text::{amount, date, sentence};

/// SplitMix64: short, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = (length - start).min(1 << self.below(9));
        start..start + self.below(most + 1)
    }

    fn pick<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }
}

/// What mistakes, attacks and odd programs leave in files.
const PIECES: [&[u8]; 64] = [
    b"\0",
    b"\xFF",
    b"\xC3",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xED\xA0\x80",
    b"\r",
    b"\r\n",
    b"\n",
    b"\n\n",
    b"\t",
    b" ",
    b"  - ",
    b": ",
    b"? ",
    b"- id: a\n",
    b"&a ",
    b"*a",
    b"<<: *a\n",
    b"[",
    b"]",
    b"{",
    b"}",
    b"\"",
    b"'",
    b"|\n",
    b">-\n",
    b"#",
    b"---\n",
    b"...\n",
    b"!!str ",
    b"%YAML 1.2\n",
    b"\\ud83d",
    b"\\u0000",
    b"\\",
    b"1e999",
    b"-0",
    b"99999999999999999999",
    b"1,000.50",
    b"31 February 2021",
    b"0000-00-00",
    b"12:61",
    b"half a dozen",
    b"$1.5bn",
    b"5-10 per cent",
    b"said",
    b"\xE2\x80\x9C",
    b"\xE2\x80\x9D",
    b"\xE2\x80\xA8",
    b"\xE2\x80\xAE",
    b"\x1B[2J",
    b"\xCC\x81",
    b"\xF0\x9F\x98\x80",
    b"\xC4\xB0",
    b"\xEF\xAC\x81",
    b"<script>",
    b"</",
    b"<!--",
    b"<p>",
    b"<table>",
    b"&#x0;",
    b"```\n",
    b"[a](",
    b"not",
];

fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..1 + random.below(6) {
        match random.below(9) {
            0 if !bytes.is_empty() => {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
            1 => drop(bytes.drain(random.range(bytes.len()))),
            2 => {
                let copy = bytes[random.range(bytes.len())].to_vec();
                let at = random.below(bytes.len() + 1);
                bytes.splice(at..at, copy);
            }
            3 => {
                let other = &seeds[random.below(seeds.len())];
                let copy = other[random.range(other.len())].to_vec();
                bytes.splice(random.range(bytes.len()), copy);
            }
            4 => bytes.truncate(random.below(bytes.len() + 1)),
            5 => {
                let piece = random.pick(&PIECES).repeat(1 << random.below(10));
                let at = random.below(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            _ => {
                let at = random.below(bytes.len() + 1);
                bytes.splice(at..at, random.pick(&PIECES).iter().copied());
            }
        }
    }
    // Length alone is tested elsewhere.
    bytes.truncate(32 * 1024);
    bytes
}

fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(folder);
    let entries = fs::read_dir(&folder).expect("the corpus").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{}", folder.display());
    paths
        .iter()
        .map(|path| fs::read(path).expect("a seed"))
        .collect()
}

/// An input that takes longer hangs, whatever the machine: most take less than a millisecond.
const LONGEST: Duration = Duration::from_secs(10);

/// Tries the seeds in a folder and so many inputs made of them, or as many as there is time for.
fn fuzz(reader: &str, folder: &str, rounds: u64, mut read: impl FnMut(&[u8])) {
    let seeds = corpus(folder);
    let seconds = std::env::var("GAINSAY_FUZZ_SECONDS").ok();
    let seconds =
        seconds.map(|seconds| Duration::from_secs(seconds.parse().expect("a number of seconds")));
    let seed = match seconds {
        None => 0,
        Some(_) => SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("a clock")
            .subsec_nanos()
            .into(),
    };
    let mut random = Random(seed);
    let start = Instant::now();
    let (mut tried, mut slowest) = (0, Duration::ZERO);
    let mut attempt = |bytes: &[u8]| {
        let before = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| read(bytes)));
        let took = before.elapsed();
        slowest = slowest.max(took);
        tried += 1;
        let shown = bytes.escape_ascii();
        assert!(done.is_ok(), "{reader}: panic on b\"{shown}\"");
        assert!(took < LONGEST, "{reader}: {took:?} for b\"{shown}\"");
    };
    seeds.iter().for_each(|bytes| attempt(bytes));
    let mut round = 0;
    while seconds.map_or(round < rounds, |seconds| start.elapsed() < seconds) {
        attempt(&mutated(&mut random, &seeds));
        round += 1;
    }
    println!(
        "{reader}: {tried} inputs from seed {seed} in {:.1?}, the slowest took {slowest:.1?}",
        start.elapsed()
    );
}

/// Places must lie in their text, and messages must be whole.
fn sound(problems: &[Problem]) {
    for problem in problems {
        assert!(!problem.message.trim().is_empty(), "{problem:?}");
        assert!(!problem.to_string().contains(is_unsafe));
        problem.line_column();
        for label in &problem.labels {
            let source = problem.source.as_ref().expect("labels have a source");
            source.slice(label.span);
        }
    }
}

fn source(name: &str, bytes: &[u8]) -> Arc<Source> {
    Arc::new(Source::new(
        name,
        String::from_utf8_lossy(bytes).into_owned(),
    ))
}

fn claims(bytes: &[u8]) -> Loaded<Claim> {
    let source = source("claims.yaml", bytes);
    let loaded = claim::parse(Arc::clone(&source));
    sound(&loaded.problems);
    for claim in &loaded.items {
        assert!(!source.slice(claim.span).is_empty());
        assert!(!claim.id.is_empty());
    }
    loaded
}

fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    article::read_stream(bytes, &ArticleFile::new(name), &mut |result| match result {
        Ok(article) => articles.push(article),
        Err(problem) => problems.push(problem),
    });
    sound(&problems);
    assert!(
        !articles.is_empty() || !problems.is_empty(),
        "nothing vanishes without a word"
    );
    for article in &articles {
        assert_eq!(article.text.text().len(), article.prose.len());
        for &heading in &article.headings {
            assert!(!article.text.slice(heading).trim().is_empty());
        }
    }
    articles
}

/// Reads all that is read in a sentence, and checks the places.
fn sentences(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut spans = Vec::new();
    for line in text.lines() {
        sentence::split(line, 0, &mut spans);
        let mut end = 0;
        for span in spans.drain(..) {
            assert!(line[end..span.start].trim().is_empty());
            assert!(!line[span.start..span.end].trim().is_empty());
            end = span.end;
        }
        assert!(line[end..].trim().is_empty());
    }
}

/// One article on one claim file, through to every form of the report.
fn whole(claims: Vec<Arc<Claim>>, articles: Vec<Article>, problems: Vec<Problem>) {
    let matcher = Matcher::new(&claims);
    let matched = || {
        let mut worker = matcher.worker();
        let numbered = articles.iter().enumerate();
        numbered
            .flat_map(|(at, article)| worker.article(at, article))
            .collect::<Vec<_>>()
    };
    let matches = matched();
    assert_eq!(matches, matched(), "the same input gives the same matches");
    for found in &matches {
        let article = &articles[found.article];
        assert_eq!(article.text.slice(found.span), found.text);
        assert!((0.0..=1.0).contains(&found.score), "{}", found.score);
        for word in &found.words {
            assert!(!found.text[word.start..word.end].is_empty());
        }
    }
    let report = Report::assemble(claims, articles.clone(), matches, problems);
    let text = json::render(&report);
    assert!(!text.contains(is_unsafe));
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    for width in [30, 100] {
        for all in [false, true] {
            let options = terminal::Options {
                width,
                all,
                unicode: all,
                ..terminal::Options::default()
            };
            let text = terminal::render(&report, &options);
            assert_eq!(text.find(is_unsafe), None, "{text}");
        }
    }
}

const CLAIMS: &[u8] = include_bytes!("corpus/claims/everything.yaml");

#[test]
fn claim_files() {
    fuzz("claim_files", "claims", 1500, |bytes| drop(claims(bytes)));
}

#[test]
fn markdown_and_front_matter() {
    fuzz("markdown_and_front_matter", "markdown", 1500, |bytes| {
        drop(articles("a.md", bytes))
    });
}

#[test]
fn json_lines() {
    fuzz("json_lines", "jsonl", 3000, |bytes| {
        drop(articles("a.jsonl", bytes))
    });
}

#[test]
fn web_pages() {
    fuzz("web_pages", "html", 300, |bytes| {
        drop(articles("a.html", bytes))
    });
}

#[test]
fn plain_and_compressed_texts() {
    fuzz("plain_and_compressed_texts", "text", 1500, |bytes| {
        articles("a.txt", bytes);
        articles("a.txt.gz", bytes);
        articles("a.jsonl.gz", bytes);
    });
}

#[test]
fn article_catalogues() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.txt"), "Words.\n").expect("written");
    fs::write(folder.path().join("b.jsonl"), "{\"text\": \"Words.\"}\n").expect("written");
    fuzz("article_catalogues", "catalogue", 500, |bytes| {
        fs::write(folder.path().join("articles.yaml"), bytes).expect("written");
        let loaded = article::load(&[folder.path()]);
        sound(&loaded.problems);
        assert_eq!(loaded.items.len(), 2, "a catalogue costs no article");
    });
}

#[test]
fn settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("gainsay.yaml");
    fuzz("settings", "settings", 20, |bytes| {
        fs::write(&path, bytes).expect("written");
        let output = Command::new(assert_cmd::cargo::cargo_bin("gainsay"))
            .current_dir(folder.path())
            .args(["check", "--output", "-"])
            .stdin(Stdio::null())
            .output()
            .expect("run");
        // Nothing is there to compare, so it never succeeds.
        assert_eq!(output.status.code(), Some(2));
        // What is wrong with the settings is told on standard error, what they lead to in the report.
        let told = [output.stderr, output.stdout].concat();
        let told = String::from_utf8(told).expect("UTF-8");
        assert!(!told.contains("panicked"), "{told}");
        assert_eq!(told.find(is_unsafe), None, "{told}");
        assert!(!told.is_empty());
    });
}

#[test]
fn sentences_amounts_and_dates() {
    fuzz("sentences_amounts_and_dates", "text", 1500, |bytes| {
        sentences(bytes);
        let text = String::from_utf8_lossy(bytes);
        for line in text.lines() {
            for amount in amount::amounts(line) {
                assert!(!line[amount.span.start..amount.span.end].is_empty());
                amount.base_range();
            }
            let published = "2021-03-14".parse().ok();
            for mention in date::dates(line, published) {
                assert!(!line[mention.span.start..mention.span.end].is_empty());
                mention.date.range();
            }
            let _ = line.parse::<date::PartialDate>();
            let _ = article::parse_date(line);
        }
    });
}

#[test]
fn statements_and_voices() {
    fuzz("statements_and_voices", "text", 1000, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let title = text.lines().next();
        let statements = segment(&text, &[Span::new(0, 0)], title);
        let voices = Voices::new(&text, &statements);
        for (at, statement) in statements.iter().enumerate() {
            assert!(!text[statement.span.start..statement.span.end].is_empty());
            voices.voice(at);
            voices.voice_at(at, &[statement.span]);
        }
    });
}

#[test]
fn articles_on_sound_claims() {
    let claims: Vec<Arc<Claim>> = claims(CLAIMS).items.into_iter().map(Arc::new).collect();
    assert!(claims.len() > 3);
    let steady = articles("steady.txt", include_bytes!("corpus/text/mill.txt"));
    fuzz("articles_on_sound_claims", "text", 250, |bytes| {
        let mut all = steady.clone();
        all.extend(articles("changing.txt", bytes));
        whole(claims.clone(), all, Vec::new());
    });
}

#[test]
fn damaged_claims_on_sound_articles() {
    let steady = articles("steady.txt", include_bytes!("corpus/text/mill.txt"));
    fuzz("damaged_claims_on_sound_articles", "claims", 250, |bytes| {
        let loaded = claims(bytes);
        let claims = loaded.items.into_iter().map(Arc::new).collect();
        whole(claims, steady.clone(), loaded.problems);
    });
}
