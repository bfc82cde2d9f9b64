//! Every reader against thousands of damaged inputs: none may panic, hang, or break what it promises of its result.
//!
//! Inputs are made from the files of `tests/corpus` by a seeded generator, so that each run of the test tries the same ones. For a long
//! hunt set `GAINSAY_FUZZ_SECONDS`: each reader then goes on for so many seconds, from a seed that differs from run to run and is printed.
//! An input that fails is printed, too; put it into the corpus or into a test with a name.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use gainsay::clean::is_unsafe;

mod readers;

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
const LONGEST: Duration = Duration::from_secs(5);

/// How long this thread has been at work, so that a busy machine makes no input slow.
#[cfg(unix)]
fn worked() -> Duration {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the call fills in the plain value that it is given.
    let read = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(read, 0, "a clock");
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn worked() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed()
}

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
        let before = worked();
        let done = catch_unwind(AssertUnwindSafe(|| read(bytes)));
        let took = worked() - before;
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

/// A test for each reader: its name, the folder of its seeds, how many inputs are made of them.
macro_rules! replay {
    ($($reader:ident, $folder:literal, $rounds:literal;)*) => {$(
        #[test]
        fn $reader() {
            fuzz(stringify!($reader), $folder, $rounds, readers::$reader);
        }
    )*};
}

replay! {
    claim_files, "claims", 1500;
    claim_edits, "claims", 100;
    trials, "claims", 20;
    markdown_and_front_matter, "markdown", 1500;
    json_lines, "jsonl", 3000;
    web_pages, "html", 300;
    plain_and_compressed_texts, "text", 1500;
    article_catalogues, "catalogue", 500;
    ledgers, "ledger", 300;
    label_lines, "labels", 300;
    gold_files, "gold", 300;
    sentences, "text", 1500;
    amounts_and_dates, "text", 1500;
    statements_and_voices, "text", 1000;
    articles_on_sound_claims, "text", 150;
    damaged_claims_on_sound_articles, "claims", 150;
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
