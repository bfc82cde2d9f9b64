//! Hostile input and faults, end to end: whatever the bytes, the program ends, says what it left out, compares the rest, and lets
//! nothing of strangers steer the terminal. What is promised is told in SECURITY.md.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use gainsay::clean::is_unsafe;
use serde_json::Value;
use tempfile::TempDir;

const CLAIMS: &str = "\
topic: The fire at the mill
claims:
  - id: mill-fire-cause
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
      wiring:
        says: The fire at the mill was caused by faulty wiring.
";
const ARSON: &str = "The fire at the mill was started by an arsonist.\n";
const WIRING: &str = "The fire at the mill was caused by faulty wiring.\n";

/// A folder with two articles that contradict each other.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        desk.write("claims/mill.yaml", CLAIMS);
        desk.write("articles/dawn.txt", ARSON);
        desk.write("articles/dusk.txt", WIRING);
        desk
    }

    fn path(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.0.path().join(name.as_ref())
    }

    fn write(&self, name: impl AsRef<OsStr>, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("written");
    }

    fn pipe(&self, name: &str) {
        let made = Command::new("mkfifo").arg(self.path(name)).status();
        assert!(made.expect("mkfifo runs").success());
    }

    fn gainsay(&self, arguments: &str) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("gainsay"));
        command
            .current_dir(self.0.path())
            .env_clear()
            .args(arguments.split_whitespace())
            .stdin(Stdio::null());
        command
    }

    /// Exit code, standard output, standard error.
    fn run(&self, arguments: &str) -> (i32, String, String) {
        let output = self.gainsay(arguments).output().expect("run");
        (
            output.status.code().expect("no signal, so no crash"),
            String::from_utf8(output.stdout).expect("UTF-8"),
            String::from_utf8(output.stderr).expect("UTF-8"),
        )
    }

    fn json(&self, arguments: &str) -> (i32, Value) {
        let (code, out, err) = self.run(&format!("check --format json {arguments}"));
        let json = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out:.300}{err}"));
        (code, json)
    }
}

/// Each problem as its path and code.
fn told(report: &Value) -> BTreeSet<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let problems = report["problems"].as_array().expect("a list").iter();
    problems
        .map(|problem| (word(&problem["path"]), word(&problem["code"])))
        .collect()
}

/// Whether dawn and dusk are still found to contradict each other.
fn still_compared(report: &Value) -> bool {
    let sides = |found: &Value| {
        let sides = found["sides"].as_array().expect("a list").iter();
        let articles = sides.flat_map(|side| side["articles"].as_array().expect("a list"));
        articles.cloned().collect::<Vec<Value>>()
    };
    let divergences = report["divergences"].as_array().expect("a list").iter();
    divergences
        .filter(|found| found["kind"] == "contradiction")
        .any(|found| {
            let sides = sides(found);
            sides.contains(&"dawn".into()) && sides.contains(&"dusk".into())
        })
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// So many bytes of white space, folded.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        encoder.write_all(&block).expect("memory takes everything");
    }
    encoder.finish().expect("memory takes everything")
}

fn utf16(text: &str, mark: bool) -> Vec<u8> {
    let units = mark
        .then_some(0xFEFF)
        .into_iter()
        .chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// An alias bomb: ten levels of ten make ten thousand million words.
fn alias_bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    text
}

const MANY: usize = 100_000;

#[test]
fn every_bad_article_is_told_and_the_rest_is_compared() {
    let desk = Desk::new();
    let mut expected = BTreeSet::new();
    let mut bad = |name: &str, bytes: &[u8], code: &str| {
        desk.write(format!("articles/{name}"), bytes);
        expected.insert((format!("articles/{name}"), code.to_owned()));
    };
    bad("nul.txt", b"The mill\0burned.", "article/binary");
    bad(
        "program.txt",
        b"\x7fELF\x02\x01\x01\0\0\0",
        "article/binary",
    );
    bad("utf16.txt", &utf16(ARSON, false), "article/binary");
    let damaged = [
        ARSON.as_bytes(),
        "Öl für Köln, Düren und Münster: überall\n".as_bytes(),
        b"\xC3\n",
    ]
    .concat();
    bad("damaged.txt", &damaged, "article/lossy-decoding");
    bad("empty.txt", b"", "article/empty");
    bad("white.md", b" \n\t\n", "article/empty");
    bad("endless.txt", &vec![b'a'; 10_000_000], "article/too-long");
    bad("bomb.txt.gz", &bomb(64 << 20), "article/too-long");
    bad("cut.txt.gz", &gz(&[b'a'; 5000])[..20], "article/unreadable");
    bad("odd.txt.gz", b"no gzip", "article/unreadable");
    bad(
        "brackets.md",
        format!("---\ntitle: {}\n---\n{ARSON}", "[".repeat(MANY)).as_bytes(),
        "article/front-matter",
    );
    bad(
        "deep.jsonl",
        format!("{{\"text\": {}\n", "[".repeat(MANY)).as_bytes(),
        "",
    );
    bad(
        "half.jsonl",
        b"{\"text\": \"The mill \\ud83d burned.\"}\n",
        "",
    );
    bad(
        "articles.yaml",
        format!("dawn.txt: {}", "{a: ".repeat(MANY)).as_bytes(),
        "article/metadata-syntax",
    );
    expected.retain(|(_, code)| !code.is_empty());
    let mut also = |name: &str, code: &str| {
        expected.insert((format!("articles/{name}"), code.to_owned()));
    };
    also("articles.yaml", "article/metadata-unknown-key");
    also("brackets.md", "article/metadata-type");
    also("deep.jsonl:1", "article/jsonl-line");
    also("half.jsonl:1", "article/lone-surrogate");
    fs::create_dir(desk.path("articles/folder.txt")).expect("a folder");
    also("folder.txt", "article/folder-named-as-file");
    desk.pipe("articles/pipe.txt");
    also("pipe.txt", "article/not-a-file");
    symlink(".", desk.path("articles/loop")).expect("a link");
    also("loop", "article/link-not-followed");
    symlink("self.txt", desk.path("articles/self.txt")).expect("a link");
    also("self.txt", "article/unreadable");
    symlink("nowhere", desk.path("articles/gone.txt")).expect("a link");
    also("gone.txt", "article/not-found");
    // These are odd, and read all the same.
    desk.write("articles/marked.txt", utf16(ARSON, true));
    desk.write("articles/dense.txt", vec![b'a'; 1_000_000]);
    let deep = format!("{}{ARSON}{}", "<div>".repeat(MANY), "</div>".repeat(MANY));
    desk.write("articles/nested.html", deep);

    let (code, report) = desk.json("");
    assert_eq!(code, 2);
    assert!(still_compared(&report));
    assert_eq!(told(&report), expected);
    let articles = report["articles"].as_array().expect("a list").iter();
    let ids: Vec<&str> = articles
        .filter_map(|article| article["id"].as_str())
        .collect();
    assert_eq!(
        ids,
        [
            "brackets", "damaged", "dawn", "dense", "dusk", "half-1", "marked", "nested"
        ]
    );
    // For people too it is all there.
    let (_, text, _) = desk.run("check");
    for (_, code) in &expected {
        assert!(text.contains(code.as_str()), "{code}");
    }
}

#[test]
fn every_bad_claim_file_is_told_and_the_rest_is_compared() {
    let desk = Desk::new();
    let mut expected = BTreeSet::new();
    let mut bad = |name: &str, bytes: &[u8], code: &str| {
        desk.write(format!("claims/{name}"), bytes);
        expected.insert((format!("claims/{name}"), code.to_owned()));
    };
    bad(
        "brackets.yaml",
        "[".repeat(MANY).as_bytes(),
        "claim/too-large",
    );
    bad(
        "braces.yml",
        format!("claims: {}", "{a: ".repeat(MANY)).as_bytes(),
        "claim/too-large",
    );
    bad("aliases.yaml", alias_bomb().as_bytes(), "claim/too-large");
    bad("utf16.yaml", &utf16(CLAIMS, true), "claim/not-utf8");
    bad("latin.yaml", b"topic: M\xFChle\n", "claim/not-utf8");
    bad("nul.yaml", b"topic: \0\n", "claim/syntax");
    bad("empty.yaml", b"", "claim/empty-file");
    bad("long.yaml", &vec![b'#'; (4 << 20) + 1], "claim/unreadable");
    let mut also = |name: &str, code: &str| {
        expected.insert((format!("claims/{name}"), code.to_owned()));
    };
    let many = format!("claims:\n{}", "  - id: [\n".repeat(20_000));
    desk.write("claims/many.yaml", many);
    also("many.yaml", "claim/syntax");
    also("many.yaml", "claim/more-problems");
    fs::create_dir(desk.path("claims/folder.yaml")).expect("a folder");
    desk.pipe("claims/pipe.yaml");
    also("pipe.yaml", "claim/not-a-file");
    symlink("nowhere", desk.path("claims/gone.yaml")).expect("a link");
    also("gone.yaml", "claim/unreadable");
    symlink(".", desk.path("claims/loop")).expect("a link");
    also("loop", "claim/link-loop");

    let (code, report) = desk.json("");
    assert_eq!(code, 2);
    assert!(still_compared(&report));
    assert_eq!(told(&report), expected);
    // A pipe that is named would keep the run waiting just the same.
    let (code, report) = desk.json("--claims claims/mill.yaml --claims claims/pipe.yaml");
    assert_eq!(code, 2);
    assert!(still_compared(&report));
    let (code, _, err) = desk.run("check --config claims/pipe.yaml");
    assert_eq!(code, 2);
    assert!(err.contains("it is not a file"), "{err}");
    desk.write("long-settings.yaml", "#".repeat(300_000));
    let (code, _, err) = desk.run("check --config long-settings.yaml");
    assert_eq!(code, 2);
    assert!(err.contains("it is longer than 256 KiB"), "{err}");
}

#[test]
fn what_may_not_be_read_is_told() {
    let desk = Desk::new();
    for name in ["articles/secret.txt", "claims/secret.yaml"] {
        desk.write(name, "x");
        fs::set_permissions(desk.path(name), fs::Permissions::from_mode(0o000)).expect("set");
    }
    if fs::read(desk.path("articles/secret.txt")).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let (code, report) = desk.json("");
    assert_eq!(code, 2);
    assert!(still_compared(&report));
    let expected = [
        ("articles/secret.txt", "article/unreadable"),
        ("claims/secret.yaml", "claim/unreadable"),
    ];
    let expected = expected.map(|(path, code)| (path.to_owned(), code.to_owned()));
    assert_eq!(told(&report), BTreeSet::from(expected));
}

#[test]
fn files_that_vanish_and_grow_cost_themselves_alone() {
    let desk = Desk::new();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                for at in 0..20 {
                    let path = desk.path(format!("articles/moving-{at}.txt"));
                    if (round + at) % 3 == 0 {
                        let _ = fs::remove_file(&path);
                    } else if let Ok(mut file) =
                        fs::File::options().append(true).create(true).open(&path)
                    {
                        let _ = file.write_all(ARSON.as_bytes());
                    }
                }
            }
        });
        for _ in 0..8 {
            let (code, report) = desk.json("");
            assert!(code == 0 || code == 2);
            assert!(still_compared(&report));
            for (path, _) in told(&report) {
                assert!(path.starts_with("articles/moving-"), "{path}");
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn standard_input_may_hold_anything() {
    let desk = Desk::new();
    for (bytes, code) in [
        (b"a\0b".to_vec(), "article/binary"),
        (Vec::new(), "article/empty"),
        (vec![b'a'; 9 << 20], "article/too-long"),
        (bomb(64 << 20), "article/too-long"),
        (gz(b"{\"text\": 1}\n"), "article/jsonl-line"),
    ] {
        let mut command = desk.gainsay("check --format json articles -");
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn().expect("run");
        let mut stdin = child.stdin.take().expect("piped");
        // The reader may stop before the end.
        let writer = thread::spawn(move || drop(stdin.write_all(&bytes)));
        let output = child.wait_with_output().expect("run");
        writer.join().expect("written");
        // What is empty holds nothing that could be left out.
        let expected = if code == "article/empty" { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(expected), "{code}");
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(still_compared(&report));
        assert!(told(&report).iter().any(|(_, told)| told == code), "{code}");
    }
}

/// Runs to the end; how it ended, how long it took, and the most memory that it held, in MiB.
#[cfg(target_os = "linux")]
#[expect(clippy::zombie_processes, reason = "wait4 waits for the child")]
fn measured(mut command: Command) -> (ExitStatus, Duration, i64) {
    let start = Instant::now();
    let child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("run");
    let mut status = 0;
    // SAFETY: both are plain values that the call fills in, and nobody else waits for the child.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        let waited = libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage);
        assert_eq!(waited, child.id() as libc::pid_t);
        usage
    };
    (
        ExitStatus::from_raw(status),
        start.elapsed(),
        usage.ru_maxrss / 1024,
    )
}

/// An input: file name, what is repeated, how many bytes of it.
#[cfg(target_os = "linux")]
const BUSY: [(&str, &str, usize); 16] = [
    ("dense.txt", "a", 1 << 20),
    ("stops.txt", ".", 1 << 20),
    (
        "line.txt",
        "The fire at the mill was started by an arsonist. ",
        1 << 18,
    ),
    ("mumble.txt", "the mill may, he said, burn, ", 1 << 18),
    ("quotes.txt", "\"", 1 << 20),
    ("speech.txt", "\"The mill\" said he: ", 1 << 18),
    ("figures.txt", "mill 1.000,0 ", 1 << 18),
    ("accents.txt", "e\u{301}", 1 << 20),
    ("short.txt", "a\n", 1 << 20),
    ("comments.html", "<!-- -->", 1 << 20),
    ("script.html", "<script></a", 1 << 20),
    ("bold.html", "<b><p>mill", 1 << 16),
    ("stars.md", "*a_", 1 << 18),
    ("links.md", "[a](", 1 << 18),
    ("quoted.md", "> ", 1 << 18),
    ("lists.jsonl", "[0,", 1 << 20),
];

#[cfg(target_os = "linux")]
#[test]
fn busy_inputs_take_bounded_time_and_memory() {
    for (name, unit, bytes) in BUSY {
        let desk = Desk::new();
        desk.write(format!("articles/{name}"), unit.repeat(bytes / unit.len()));
        let (status, took, mebibytes) = measured(desk.gainsay("check --jobs 1 --format json"));
        assert!(status.code().is_some(), "{name}: {status}");
        // What takes quadratic time takes minutes; the bound leaves room for a busy machine.
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        assert!(mebibytes < 300, "{name}: {mebibytes} MiB");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn bombs_take_bounded_memory() {
    for (name, bytes) in [
        ("articles/bomb.txt.gz", bomb(512 << 20)),
        ("articles/bomb.jsonl.gz", bomb(512 << 20)),
        ("claims/bomb.yaml", alias_bomb().into_bytes()),
    ] {
        let desk = Desk::new();
        desk.write(name, bytes);
        let (status, took, mebibytes) = measured(desk.gainsay("check --jobs 1 --format json"));
        assert_eq!(status.code(), Some(2), "{name}");
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
        assert!(mebibytes < 300, "{name}: {mebibytes} MiB");
    }
}

/// Clears the screen, a link, a colour by a C1 control, reordering, nothing of width, a mark, tag letters, a bell, a carriage return.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]8;;x:y\u{7}\u{9b}31m\u{202e}\u{200b}\u{feff}\u{e0041}\u{2066}\u{ad}\u{8}\u{7f}\r!";

/// The same as it is written between double quotes in YAML.
fn escaped() -> &'static str {
    "\\e[2J\\e]8;;x:y\\x07\\x9b31m\\u202e\\u200b\\ufeff\\U000e0041\\u2066\\xad\\x08\\x7f\\r!"
}

/// A desk on which every name, title, key and value is hostile.
fn hostile_desk() -> Desk {
    let desk = Desk::new();
    let h = HOSTILE;
    let escaped = escaped();
    desk.write(
        format!("articles/{h}.md"),
        format!("---\ntitle: \"{escaped}\"\nid: \"{escaped}\"\nsource: \"{escaped}\"\nurl: \"{escaped}\"\ndate: \"{escaped}\"\n---\n{h} The fire at the mill was started by an arsonist, {h} said.\n"),
    );
    let json = serde_json::json!({"id": h, "title": h, "source": h, "date": h, "url": [h], "text": format!("{h} The fire at the mill was caused by faulty wiring {h}, \"{h}\" said {h} Smith.")});
    desk.write(format!("articles/{h}.jsonl"), format!("{json}\n{{\"{h}\n"));
    desk.write(
        format!("articles/{h}.html"),
        format!("<title>{h}</title><meta property='og:site_name' content='{h}'><p>{h}{WIRING}"),
    );
    desk.write(
        "articles/articles.yaml",
        format!(
            "\"{escaped}\": {{\"{escaped}\": \"{escaped}\"}}\ndawn.txt: {{date: \"{escaped}\"}}\n"
        ),
    );
    desk.write(format!("articles/{h}.{h}"), "");
    desk.write(format!("articles/{h}.txt"), "");
    symlink(h, desk.path(format!("articles/{h}-link.txt"))).expect("a link");
    desk.write(
        format!("claims/{h}.yaml"),
        format!(
            "topic: \"{escaped}\"\n\"{escaped}\": 1\naliases:\n  \"{escaped}\": [\"{escaped}\", mill]\nclaims:\n  - id: \"{escaped}\"\n    question: q\n  \
             - id: hostile\n    question: \"What {escaped} at the mill?\"\n    about: [mill, \"{escaped}\"]\n    severity: \"{escaped}\"\n    positions:\n      \
             \"{escaped}\":\n        says: \"{escaped}\"\n      arson{h}:\n        says: The fire at the mill was started by an arsonist.\n        phrases: [\"{escaped}\"]\n      \
             wiring:\n        says: The fire at the mill was caused by faulty wiring.\n  - id: [ {h}\n"
        ),
    );
    desk.write(
        "claims/escaped.yaml",
        format!(
            "topic: \"{escaped}\"\nclaims:\n  - id: escaped\n    question: \"What {escaped} at the mill?\"\n    about: [mill]\n    positions:\n      \
             \"arson {escaped}\":\n        says: The fire at the mill was started by an arsonist.\n        phrases: [\"mill {escaped}\"]\n      \
             \"wiring {escaped}\":\n        says: The fire at the mill was caused by faulty wiring.\n"
        ),
    );
    desk
}

/// The first unsafe character, where colours (`ESC [ digits m`) are none.
fn unsafe_in(text: &str) -> Option<(char, &str)> {
    let mut rest = text;
    while let Some(at) = rest.find(is_unsafe) {
        let tail = &rest[at..];
        let colour = tail
            .strip_prefix("\u{1b}[")
            .map(|tail| tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        match colour.and_then(|tail| tail.strip_prefix('m')) {
            Some(after) => rest = after,
            None => return tail.chars().next().map(|c| (c, text)),
        }
    }
    None
}

#[test]
fn nothing_hostile_reaches_a_pipe_or_a_file() {
    let desk = hostile_desk();
    for format in ["text", "json"] {
        for flags in [
            "",
            "--all",
            "--quiet",
            "--color always --all",
            "--fail-on low",
        ] {
            let (code, out, err) = desk.run(&format!("check --format {format} {flags}"));
            assert_eq!(code, 2);
            assert!(out.len() > 100, "{out}");
            let coloured = flags.contains("always");
            assert!(coloured || !out.contains('\u{1b}'), "{format} {flags}");
            assert_eq!(unsafe_in(&out), None, "{format} {flags}");
            assert_eq!(unsafe_in(&err), None, "{format} {flags}");
        }
    }
    let (_, report) = desk.json("");
    // What is escaped is not lost, and the hostile articles were compared.
    let ids: Vec<&Value> = report["articles"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|article| &article["id"])
        .collect();
    assert!(
        ids.iter()
            .any(|id| id.as_str().is_some_and(|id| id.contains('\u{202e}'))),
        "{ids:?}"
    );
    let claims = report["claims"].to_string();
    assert!(claims.contains("escaped"), "{claims}");
    let matches = report["matches"].to_string();
    assert!(
        matches.contains("wiring") && matches.contains('\u{202e}'),
        "{matches}"
    );
}

/// What a hostile text leaves to see, however it is escaped.
const TRACE: &str = "8;;x";

/// The hostile desk with what the other commands read: statements that claims miss, examples, a ledger, labels.
fn hostile_desk_of_every_command() -> Desk {
    let desk = hostile_desk();
    let (h, escaped) = (HOSTILE, escaped());
    desk.write(
        "articles/near.txt",
        format!("The mill in {h} was set alight by an arsonist.\n\nThe cause of the fire at the mill {h} was faulty wiring.\n"),
    );
    let claims = fs::read_to_string(desk.path("claims/escaped.yaml")).expect("there");
    desk.write(
        "claims/escaped.yaml",
        format!(
            "{claims}    examples:\n      - {{text: \"The fire at the mill {escaped} was lit by an arsonist.\", position: \"wiring {escaped}\"}}\n      \
             - {{text: \"The fire at the mill was started by an arsonist {escaped}.\", position: none}}\n"
        ),
    );
    let decision = |id: &str| {
        serde_json::json!({"id": id, "verdict": "confirmed", "reason": h, "reviewer": h, "date": "2026-11-20",
            "on": {"claim": h, "kind": "contradiction", "question": h, "sides": [{"position": h, "says": h, "evidence": {h: [h]}}]}})
    };
    desk.write(
        "reviews.jsonl",
        format!(
            "{}\n{}\n{{\"{h}\n",
            decision(h),
            decision("a73997812a504ad5")
        ),
    );
    let mut other = decision("a73997812a504ad5");
    other["verdict"] = "dismissed".into();
    desk.write("other.jsonl", format!("{other}\n"));
    let label = |claim: &str, position: &str, sentence: &str| serde_json::json!({"article": "dawn", "claim": claim, "position": position, "sentence": sentence});
    desk.write(
        "labels/labels.jsonl",
        format!(
            "{}\n{}\n{}\n{{\"{h}\n",
            label("escaped", &format!("arson {h}"), h),
            label(h, h, h),
            label("escaped", &format!("wiring {h}"), ARSON),
        ),
    );
    desk.write("labels/articles/dawn.txt", ARSON);
    desk.write(format!("labels/articles/{h}.txt"), format!("{h} {WIRING}"));
    desk
}

/// Nothing that comes out steers a terminal, and what was hostile is told all the same. Colours are the program's own, where asked for.
fn assert_safe(what: &[&str], output: &std::process::Output, color: &str) {
    assert!(
        output.status.code().is_some(),
        "{what:?}: {}",
        output.status
    );
    let out = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let err = String::from_utf8(output.stderr.clone()).expect("UTF-8");
    // A table begins with a byte order mark, by which a spreadsheet knows UTF-8, and its lines end as RFC 4180 wants it.
    let out = match what.iter().any(|word| word.starts_with("csv")) {
        true => out.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
        false => out,
    };
    for text in [&out, &err] {
        assert_eq!(unsafe_in(text), None, "{what:?} --color {color}");
        assert!(color == "always" || !text.contains('\u{1b}'), "{what:?}");
    }
    assert!(
        out.contains(TRACE) || err.contains(TRACE),
        "{what:?} shows nothing hostile: {out}{err}"
    );
}

/// Runs each command line on a desk with everything hostile.
fn run_on_everything_hostile(lines: &[&[&str]]) {
    for line in lines {
        for color in ["never", "always"] {
            let desk = hostile_desk_of_every_command();
            let mut command = desk.gainsay("");
            let output = command.args(*line).args(["--color", color]).output();
            assert_safe(line, &output.expect("run"), color);
        }
    }
}

#[test]
fn nothing_hostile_comes_out_of_any_format() {
    let formats = [
        "text",
        "html",
        "markdown",
        "csv",
        "csv-divergences",
        "json",
        "sarif",
        "github",
    ];
    let lines = formats.map(|format| ["check", "--format", format]);
    let lines: Vec<&[&str]> = lines.iter().map(|line| line.as_slice()).collect();
    run_on_everything_hostile(&lines);
}

#[test]
fn nothing_hostile_comes_out_of_explain_and_suggest() {
    let sentence = format!("The mill {HOSTILE} was set on fire by an arsonist.");
    let position = format!("arson {HOSTILE}");
    let place = format!("articles/{HOSTILE}.md:8");
    let nowhere = format!("{HOSTILE}:1");
    for format in ["text", "json"] {
        run_on_everything_hostile(&[
            &["explain", "escaped", &sentence, "--format", format],
            &["explain", "escaped", &sentence, "--all", "--format", format],
            &[
                "explain",
                "escaped",
                "x",
                "--position",
                &position,
                "--format",
                format,
            ],
            &["explain", "escaped", &place, "--format", format],
            &["explain", "escaped", &nowhere, "--format", format],
            &["explain", HOSTILE, "x", "--format", format],
            &["suggest", "escaped", "--top", "99", "--format", format],
            &["suggest", HOSTILE, "--format", format],
        ]);
    }
    run_on_everything_hostile(&[
        &["suggest", "escaped", "--apply", "1", "--as", HOSTILE],
        &["suggest", "escaped", "--apply", "1", "--as", &position],
    ]);
}

#[test]
fn nothing_hostile_comes_out_of_test_lint_and_new() {
    run_on_everything_hostile(&[
        &["test"],
        &["test", "--strict", "--all"],
        &["test", "--format", "json"],
        &["test", HOSTILE],
        &["lint"],
        &["lint", "--format", "json"],
        &["lint", "--format", "github"],
        &["lint", "--allow", HOSTILE],
        &["lint", "--explain", HOSTILE],
        &["new", HOSTILE],
    ]);
}

#[test]
fn nothing_hostile_comes_out_of_eval_and_review() {
    for format in ["text", "json"] {
        run_on_everything_hostile(&[
            &["eval", "labels", "--format", format],
            &["eval", HOSTILE, "--format", format],
            &["review", "--list", "--all", "--format", format],
            &["review", "--show", HOSTILE, "--format", format],
            &["review", "--compare", "other.jsonl", "--format", format],
            &["review", "--compare", HOSTILE, "--format", format],
        ]);
    }
    run_on_everything_hostile(&[&["review", "--confirm", HOSTILE]]);
}

/// Counts what of a page is not the program's own: the frame holds the report, whose texts all try to become markup.
const GUARD: &str = r#"<!doctype html><iframe src="report.html"></iframe><pre id="seen"></pre>
<script>
window.addEventListener("load", function () {
  var page = document.querySelector("iframe").contentDocument;
  var all = Array.prototype.slice.call(page.querySelectorAll("*"));
  var events = all.filter(function (e) { return Array.prototype.some.call(e.attributes, function (a) { return /^on/i.test(a.name); }); });
  var strange = all.filter(function (e) { return /^(img|svg|iframe|object|embed|base|link|form-x|math|video|marquee)$/i.test(e.tagName) && !e.closest("[data-own]"); });
  var links = Array.prototype.slice.call(page.links).filter(function (a) { return !/^(https?|file):/.test(a.href); });
  var text = page.documentElement.textContent;
  document.getElementById("seen").textContent = [
    "broken=" + (document.querySelector("iframe").contentWindow.broken === 1 || window.broken === 1),
    "scripts=" + page.scripts.length, "events=" + events.length, "strange=" + strange.length, "links=" + links.length,
    "text=" + (text.split("broken=1").length > 10),
    "controls=" + /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(text)
  ].join("\n");
});
</script>"#;

#[test]
fn in_a_browser_hostile_text_stays_text() {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path);
    let browser = folders.find_map(|folder| {
        let mut candidates = names.iter().map(|name| folder.join(name));
        candidates.find(|candidate| candidate.is_file())
    });
    let Some(browser) = browser else {
        println!("skipped: no chromium or google-chrome is on the PATH");
        return;
    };
    let desk = Desk::new();
    // Each closes what it may stand in, then tries to run or to load something.
    let tries = [
        "</title><script>broken=1</script>",
        "\"><img src=x onerror=broken=1>",
        "' onmouseover='broken=1' autofocus onfocus='broken=1",
        "--><svg onload=broken=1>",
        "</style><base href=x:><script>broken=1</script>",
        "</script><script>broken=1</script>",
        "]]><iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
        "javascript:broken=1",
        "&lt;img src=x onerror=broken=1&gt;&#60;b&#62;",
        "\u{202e}\u{200b}\u{7f}\u{9b}<b/onclick=broken=1>",
    ];
    for (at, text) in tries.iter().enumerate() {
        let json = serde_json::json!({"id": format!("{at} {text}"), "title": text, "source": text, "url": text,
            "date": "2021-03-14", "text": format!("{} It burned {text}.", [ARSON, WIRING][at % 2].trim())});
        desk.write(format!("articles/{at}.jsonl"), format!("{json}\n"));
        let name = text.replace('/', "\u{2215}");
        desk.write(format!("articles/{name}.txt"), format!("{ARSON}{text}\n"));
        let quoted = serde_json::to_string(text).expect("JSON");
        desk.write(
            format!("claims/{at}.yaml"),
            format!(
                "topic: {quoted}\n{quoted}: 1\nclaims:\n  - id: try-{at}\n    question: {quoted}\n    about: [mill]\n    positions:\n      \
                 {quoted}:\n        says: The fire at the mill was started by an arsonist.\n        phrases: [{quoted}]\n      \
                 wiring:\n        says: The fire at the mill was caused by faulty wiring.\n"
            ),
        );
    }
    let (code, _, err) = desk.run("check --format html=report.html");
    assert_eq!(code, 0, "{err}");
    desk.write("guard.html", GUARD);
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ])
        .args([
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            "--virtual-time-budget=3000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            desk.path("profile").display()
        ))
        .arg(format!("file://{}", desk.path("guard.html").display()))
        .output()
        .expect("the browser runs");
    let dom = String::from_utf8_lossy(&output.stdout);
    let log = String::from_utf8_lossy(&output.stderr);
    // What the page's policy had to block is told here: nothing even tried.
    let console: Vec<&str> = log
        .lines()
        .filter(|line| line.contains(":CONSOLE"))
        .collect();
    assert!(console.is_empty(), "{console:#?}");
    let seen = dom
        .split_once("<pre id=\"seen\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .unwrap_or_else(|| panic!("nothing was seen: {dom}{log}"))
        .0;
    let expected = [
        "broken=false",
        "scripts=1",
        "events=0",
        "strange=0",
        "links=0",
        "text=true",
        "controls=false",
    ];
    assert_eq!(seen.lines().collect::<Vec<_>>(), expected, "{log}");
}

#[test]
fn nothing_hostile_reaches_standard_error() {
    let desk = Desk::new();
    let hostile = |bytes: &[u8]| OsStr::from_bytes(bytes).to_owned();
    let h = HOSTILE.as_bytes();
    let settings = desk.path("settings.yaml");
    fs::write(
        &settings,
        format!("format: json # {HOSTILE}\n\"{HOSTILE}\": 1\n"),
    )
    .expect("written");
    let named = desk.path(HOSTILE);
    fs::write(&named, "formt: json\n").expect("written");
    for arguments in [
        vec![hostile(h)],
        vec!["check".into(), hostile(&[b"--", h].concat())],
        vec!["check".into(), "--format".into(), hostile(h)],
        vec!["check".into(), "--jobs".into(), hostile(h)],
        vec!["check".into(), "--config".into(), hostile(h)],
        vec![
            "check".into(),
            "--config".into(),
            hostile(&[h, b"/x"].concat()),
        ],
        vec!["check".into(), "--config".into(), settings.into()],
        vec![
            "check".into(),
            "--output".into(),
            hostile(&[h, b"/x"].concat()),
        ],
        vec![
            "check".into(),
            "--output".into(),
            hostile(b"no\xFF\x1b[2J/x"),
        ],
        vec!["check".into(), "--claims".into(), hostile(b"\xFF\x1b[2J")],
        vec!["check".into(), hostile(b"\xFF\x1b[2J")],
        vec!["check".into(), "--claim".into(), hostile(h)],
        vec!["completions".into(), hostile(h)],
        vec!["man".into(), hostile(h)],
        vec!["schema".into(), hostile(h)],
        vec!["check".into(), "--date".into(), hostile(h)],
    ] {
        for color in ["always", "never"] {
            let mut command = desk.gainsay("");
            let output = command
                .args(&arguments)
                .args(["--color", color])
                .output()
                .expect("run");
            let out = String::from_utf8_lossy(&output.stdout);
            let err = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}{out}{err}");
            assert!(!out.is_empty() || !err.is_empty());
            assert_eq!(unsafe_in(&out), None, "{arguments:?}");
            assert_eq!(unsafe_in(&err), None, "{arguments:?}");
        }
    }
}

/// Runs with a terminal as standard output and standard error; what the terminal received.
fn on_terminal(mut command: Command) -> String {
    let (mut master, mut slave) = (0, 0);
    // SAFETY: the call fills in two descriptors, which are owned from then on; the other arguments may be null.
    let (master, slave) = unsafe {
        let null = std::ptr::null_mut();
        let made = libc::openpty(&mut master, &mut slave, null, null.cast(), null.cast());
        assert_eq!(made, 0, "a terminal");
        (OwnedFd::from_raw_fd(master), OwnedFd::from_raw_fd(slave))
    };
    let other = slave.try_clone().expect("a descriptor");
    command.stdout(slave).stderr(other);
    let mut child = command.spawn().expect("run");
    drop(command);
    let mut seen = Vec::new();
    let mut master = fs::File::from(master);
    let mut buffer = [0; 4096];
    // The end of a terminal is an error on Linux.
    while let Ok(read @ 1..) = master.read(&mut buffer) {
        seen.extend_from_slice(&buffer[..read]);
    }
    child.wait().expect("run");
    String::from_utf8(seen)
        .expect("UTF-8")
        .replace("\r\n", "\n")
}

#[test]
fn nothing_hostile_reaches_a_terminal() {
    let desk = hostile_desk();
    for arguments in [
        "check --all",
        "check --format json",
        "check --quiet",
        "check --format github",
        "check --format csv",
        "check --format csv-divergences --csv-raw",
        "check --format markdown",
    ] {
        let mut command = desk.gainsay(arguments);
        command.env("TERM", "xterm-256color").env("LANG", "C.UTF-8");
        let seen = on_terminal(command);
        assert!(seen.len() > 100, "{seen}");
        assert_eq!(unsafe_in(&seen), None, "{arguments}");
    }
    let mut command = desk.gainsay("check --format");
    command.arg(HOSTILE).env("TERM", "xterm-256color");
    let seen = on_terminal(command);
    assert!(seen.contains("--format"), "{seen}");
    assert_eq!(unsafe_in(&seen), None);
}

/// A desk whose report takes some time to write.
fn busy_desk() -> Desk {
    let desk = Desk::new();
    desk.write("articles/long.txt", ARSON.repeat(400));
    desk
}

/// The files that a run left behind, other than those of the desk.
fn left_over(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .filter(|name| !["articles", "claims", "report"].contains(&name.as_str()))
        .collect()
}

#[test]
fn a_full_device_is_told() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: there is no /dev/full here");
        return;
    }
    let desk = Desk::new();
    let full = || {
        fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("a device")
    };
    for arguments in [
        "check",
        "check --format json",
        "--help",
        "--version",
        "completions bash",
        "man",
    ] {
        let status = desk
            .gainsay(arguments)
            .stdout(full())
            .stderr(Stdio::null())
            .status();
        assert_eq!(status.expect("run").code(), Some(2), "{arguments}");
    }
    let (code, out, err) = desk.run("check --output /dev/full");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains("cannot write the report to /dev/full"),
        "{err}"
    );
    // Where errors cannot be told either, the exit code still tells.
    let status = desk.gainsay("check").stdout(full()).stderr(full()).status();
    assert_eq!(status.expect("run").code(), Some(2));
}

#[test]
fn a_full_disk_leaves_the_old_report() {
    let desk = busy_desk();
    let disk = desk.path("disk");
    fs::create_dir(&disk).expect("a folder");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&disk)
        .output()
        .is_ok_and(|output| output.status.success());
    if !mounted {
        println!("skipped: a small disk cannot be mounted here");
        return;
    }
    let report = disk.join("report");
    fs::write(&report, "the old report").expect("written");
    let (code, _, err) = desk.run("check --format json --output disk/report");
    let old = fs::read_to_string(&report).expect("there");
    let left = fs::read_dir(&disk).expect("a folder").count();
    // A report that fits still goes there.
    let (fits, ..) = desk.run("check --quiet --output disk/report");
    let new = fs::read_to_string(&report).expect("there");
    let unmounted = Command::new("umount").arg(&disk).status();
    assert!(unmounted.expect("umount runs").success());
    assert_eq!((code, old.as_str(), left), (2, "the old report", 1));
    assert!(
        err.contains("cannot write the report to disk/report"),
        "{err}"
    );
    assert_eq!(fits, 0);
    assert!(new.contains("divergence"), "{new}");
}

#[test]
fn a_limit_on_file_sizes_leaves_the_old_report() {
    let desk = busy_desk();
    desk.write("report", "the old report");
    let program = assert_cmd::cargo::cargo_bin("gainsay");
    let status = Command::new("sh")
        .args([
            "-c",
            "ulimit -f 16; exec \"$0\" check --format json --output report",
        ])
        .arg(program)
        .current_dir(desk.0.path())
        .stderr(Stdio::null())
        .status()
        .expect("run");
    assert!(!status.success());
    let report = fs::read_to_string(desk.path("report")).expect("there");
    assert_eq!(report, "the old report");
}

#[test]
fn a_limit_on_file_sizes_leaves_the_old_claim_file() {
    let desk = Desk::new();
    let old = format!("{}{CLAIMS}", "# Who wrote it, and why.\n".repeat(2_000));
    desk.write("claims/mill.yaml", &old);
    desk.write(
        "articles/near.txt",
        "The mill was set alight by an arsonist.\n",
    );
    let edit = "suggest mill-fire-cause --apply 1 --as arson";
    let status = Command::new("sh")
        .args(["-c", &format!("ulimit -f 16; exec \"$0\" {edit}")])
        .arg(assert_cmd::cargo::cargo_bin("gainsay"))
        .current_dir(desk.0.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("run");
    assert!(!status.success());
    let now = || fs::read_to_string(desk.path("claims/mill.yaml")).expect("there");
    assert_eq!(now(), old);
    // Without the limit it works.
    assert_eq!(desk.run(edit).0, 0);
    assert_ne!(now(), old);
}

/// Kills of each kill test; `GAINSAY_KILLS` asks for more.
fn kills() -> usize {
    let asked = std::env::var("GAINSAY_KILLS").ok();
    asked.map_or(30, |kills| {
        kills.parse().expect("GAINSAY_KILLS is a number")
    })
}

#[test]
fn a_killed_run_leaves_the_old_report_or_the_new_one() {
    let desk = busy_desk();
    let report = desk.path("report");
    let arguments = [
        "check --format json --output report",
        "check --all --output report",
    ];
    let mut whole = BTreeSet::from(["the old report".to_owned()]);
    let mut takes = Duration::ZERO;
    for arguments in arguments {
        let start = Instant::now();
        assert_eq!(desk.run(arguments).0, 0);
        takes = takes.max(start.elapsed());
        whole.insert(fs::read_to_string(&report).expect("there"));
    }
    assert_eq!(whole.len(), 3);
    assert!(whole.iter().any(|report| report.len() > 100_000));
    fs::write(&report, "the old report").expect("written");
    let (mut killed, mut writing) = (0, 0);
    let kills = kills();
    for round in 0.. {
        if killed >= kills {
            break;
        }
        let mut command = desk.gainsay(arguments[round % 2]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("run");
        if round % 2 == 0 {
            // As soon as the new report has begun to be written.
            while left_over(desk.0.path()).is_empty() && child.try_wait().expect("asked").is_none()
            {
                thread::yield_now();
            }
        } else {
            // At any moment of the run; the steps share no factor with the number of rounds.
            thread::sleep(takes * ((round * 37 % 101) as u32) / 100);
        }
        child.kill().expect("killed or gone");
        let status = child.wait().expect("gone");
        killed += usize::from(status.signal().is_some());
        let left = left_over(desk.0.path());
        writing += usize::from(!left.is_empty());
        for name in left {
            assert!(name.starts_with(".gainsay-"), "{name}");
            fs::remove_file(desk.path(name)).expect("removed");
        }
        let now = fs::read_to_string(&report).expect("there and UTF-8");
        assert!(
            whole.contains(&now),
            "torn after {round}: {} bytes",
            now.len()
        );
        assert!(
            round < 20 * kills,
            "only {killed} of {round} runs could be killed"
        );
    }
    println!("{killed} kills, {writing} of them while the report was written");
    assert!(writing > kills / 20, "only {writing} kills while writing");
}

/// Wordings and examples are put into a claim file that somebody wrote by hand: whatever happens, it is there, as it was or with the whole
/// addition.
#[test]
fn a_killed_edit_leaves_the_old_claim_file_or_the_new_one() {
    let desk = Desk::new();
    let file = desk.path("claims/mill.yaml");
    // A long file takes longer to write.
    let old = format!("{}{CLAIMS}", "# Who wrote it, and why.\n".repeat(20_000));
    desk.write(
        "articles/near.txt",
        "The mill was set alight by an arsonist.\n",
    );
    let arguments = [
        "suggest mill-fire-cause --apply 1 --as arson",
        "suggest mill-fire-cause --apply 1 --as none",
    ];
    let mut whole = BTreeSet::from([old.clone()]);
    let mut takes = Duration::ZERO;
    for arguments in arguments {
        desk.write("claims/mill.yaml", &old);
        let start = Instant::now();
        let (code, _, err) = desk.run(arguments);
        assert_eq!(code, 0, "{err}");
        takes = takes.max(start.elapsed());
        whole.insert(fs::read_to_string(&file).expect("there"));
    }
    assert_eq!(
        whole.len(),
        3,
        "both edits change the file, each in its way"
    );
    let left = || {
        let entries = fs::read_dir(desk.path("claims"))
            .expect("a folder")
            .flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name != "mill.yaml").collect::<Vec<_>>()
    };
    let (mut killed, mut writing, mut edited) = (0, 0, 0);
    let kills = kills();
    for round in 0.. {
        if killed >= kills {
            break;
        }
        desk.write("claims/mill.yaml", &old);
        let mut command = desk.gainsay(arguments[round / 2 % 2]);
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("run");
        if round % 2 == 0 {
            // As soon as the new file has begun to be written.
            while left().is_empty() && child.try_wait().expect("asked").is_none() {
                thread::yield_now();
            }
        } else {
            thread::sleep(takes * ((round * 37 % 101) as u32) / 100);
        }
        child.kill().expect("killed or gone");
        let status = child.wait().expect("gone");
        killed += usize::from(status.signal().is_some());
        writing += usize::from(!left().is_empty());
        for name in left() {
            assert!(name.starts_with(".gainsay-"), "{name}");
            fs::remove_file(desk.path(format!("claims/{name}"))).expect("removed");
        }
        let now = fs::read_to_string(&file).expect("there and UTF-8");
        assert!(
            whole.contains(&now),
            "torn after {round}: {} bytes",
            now.len()
        );
        edited += usize::from(now != old);
        assert!(
            round < 20 * kills,
            "only {killed} of {round} runs could be killed"
        );
    }
    println!(
        "{killed} kills, {writing} of them while the claim file was written; {edited} runs came to their end"
    );
    assert!(writing > kills / 20, "only {writing} kills while writing");
}

#[test]
fn two_runs_at_once_leave_one_whole_report() {
    let desk = busy_desk();
    let report = desk.path("report");
    let arguments = [
        "check --format json --output report",
        "check --all --output report",
    ];
    let whole: Vec<String> = arguments
        .iter()
        .map(|arguments| {
            assert_eq!(desk.run(arguments).0, 0);
            fs::read_to_string(&report).expect("there")
        })
        .collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reads = 0;
            while !done.load(Ordering::Relaxed) {
                let now = fs::read_to_string(&report).expect("always there");
                assert!(whole.contains(&now), "torn: {} bytes", now.len());
                reads += 1;
            }
            reads
        });
        for _ in 0..8 {
            let mut both = arguments.map(|arguments| desk.gainsay(arguments).spawn().expect("run"));
            for child in &mut both {
                assert!(child.wait().expect("run").success());
            }
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().expect("no torn report") > 0);
    });
    assert_eq!(left_over(desk.0.path()), Vec::<String>::new());
}

#[test]
fn the_same_input_gives_the_same_bytes_everywhere() {
    let desk = hostile_desk();
    let files = [
        "articles/dawn.txt",
        "articles/dusk.txt",
        "articles/articles.yaml",
    ];
    for (format, flags) in [("json", ""), ("text", "--all"), ("text", "")] {
        let expected = desk.run(&format!("check --format {format} {flags}"));
        let environments: [&[(&str, &str)]; 6] = [
            &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "C")],
            &[("TZ", "America/Anchorage"), ("LANG", "tr_TR.ISO-8859-9")],
            &[
                ("LC_ALL", "de_DE"),
                ("LC_NUMERIC", "de_DE"),
                ("COLUMNS", "40"),
            ],
            &[("NO_COLOR", "1"), ("TERM", "dumb")],
            &[("RUST_BACKTRACE", "1"), ("RAYON_NUM_THREADS", "3")],
            &[("HOME", "/nowhere"), ("SOURCE_DATE_EPOCH", "1")],
        ];
        for environment in environments {
            let mut command = desk.gainsay(&format!("check --format {format} {flags}"));
            let output = command
                .envs(environment.iter().copied())
                .output()
                .expect("run");
            assert_eq!(
                String::from_utf8_lossy(&output.stdout),
                expected.1,
                "{environment:?}"
            );
        }
        for jobs in [1, 2, 8] {
            let found = desk.run(&format!("check --format {format} {flags} --jobs {jobs}"));
            assert_eq!(found, expected, "{jobs}");
        }
        let orders = [[0, 1, 2], [2, 1, 0], [1, 0, 2]].map(|order| {
            let files = order.map(|at| files[at]).join(" ");
            desk.run(&format!("check --format {format} {flags} articles {files}"))
        });
        assert_eq!(orders[0], orders[1]);
        assert_eq!(orders[0], orders[2]);
        assert_eq!(orders[0], expected);
    }
    // A locale of UTF-8 changes what the text report is drawn with, and never the JSON.
    let mut command = desk.gainsay("check --format json");
    let output = command.env("LC_ALL", "en_GB.UTF-8").output().expect("run");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        desk.run("check --format json").1
    );
}

#[test]
fn every_other_format_is_the_same_everywhere_too() {
    let desk = hostile_desk();
    for format in [
        "html",
        "markdown",
        "csv",
        "csv-divergences",
        "sarif",
        "github",
    ] {
        let line = format!("check --format {format}");
        let expected = desk.run(&line);
        assert!(expected.1.len() > 100, "{format}");
        let mut command = desk.gainsay(&line);
        command.args(["--jobs", "8", "--color", "always"]);
        command.envs([
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("COLUMNS", "40"),
            ("TERM", "xterm-256color"),
            ("SOURCE_DATE_EPOCH", "1"),
        ]);
        let output = command.output().expect("run");
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            expected.1,
            "{format}"
        );
        let files = ["articles/dusk.txt", "articles/dawn.txt"];
        let orders = [[0, 1], [1, 0]].map(|order| {
            let [one, two] = order.map(|at| files[at]);
            desk.run(&format!("{line} {one} {two} --jobs 1")).1
        });
        assert_eq!(orders[0], orders[1], "{format}");
    }
}

#[test]
fn colour_adds_escapes_and_changes_nothing_else() {
    let desk = hostile_desk();
    for flags in ["", "--all", "--quiet"] {
        let (_, plain, _) = desk.run(&format!("check {flags} --color never"));
        let (_, coloured, _) = desk.run(&format!("check {flags} --color always"));
        assert_ne!(plain, coloured);
        let mut bare = String::new();
        let mut parts = coloured.split("\u{1b}[");
        bare.push_str(parts.next().unwrap_or_default());
        for part in parts {
            bare.push_str(part.split_once('m').expect("a colour").1);
        }
        assert_eq!(bare, plain, "{flags}");
    }
}
