//! The cache: what it holds is not matched again, and the report is the same with it and without.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use gainsay::article::{Article, ArticleFile, read_stream};
use gainsay::claim::{self, Claim};
use gainsay::record::{Cache, CacheWriter, Cached, ClaimSet, Matched};
use gainsay::source::Source;
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
  - id: mill-dead
    question: How many people died at the mill?
    about: [mill]
    quantity:
      of: [people died]
  - id: mill-reopening
    question: Will the mill open again?
    about: [mill]
    positions:
      opens:
        says: The owners want to open the mill again.
      closes:
        says: The owners want to close the mill for good.
";

fn claims(text: &str) -> ClaimSet {
    let loaded = claim::parse(Arc::new(Source::new("claims/mill.yaml", text)));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    ClaimSet::new(loaded.items.into_iter().map(Arc::<Claim>::from).collect())
}

fn articles(texts: &[(&str, &str)]) -> Vec<Article> {
    let mut articles = Vec::new();
    for (name, text) in texts {
        read_stream(text.as_bytes(), &ArticleFile::new(*name), &mut |read| {
            articles.push(read.expect("an article"));
        });
    }
    articles
}

const TEXTS: [(&str, &str); 3] = [
    (
        "a.txt",
        "The owners want to open the mill again. At the mill 25 people died.",
    ),
    ("b.txt", "The fire at the mill was caused by faulty wiring."),
    ("c.txt", "It rained all day."),
];

/// Runs with a cache and without; how much was matched of each article, and whether a cache was written.
fn run(folder: &Path, program: &str, claims: &ClaimSet, articles: &[Article]) -> Vec<Matched> {
    let cached = |folder: &Path| -> Vec<Cached> {
        let cache = Cache::open(folder, "name", program, claims);
        let mut worker = cache.worker();
        let mut writer = CacheWriter::new(&cache);
        let cached: Vec<Cached> = articles
            .iter()
            .map(|article| worker.article(article))
            .collect();
        cached
            .iter()
            .try_for_each(|cached| writer.take(cached))
            .expect("room");
        writer.finish().expect("room");
        cached
    };
    let empty = tempfile::tempdir().expect("a folder");
    let (with, without) = (cached(folder), cached(empty.path()));
    for (with, without) in with.iter().zip(&without) {
        assert_eq!(with.record, without.record);
        assert_eq!(without.matched, Matched::Anew);
    }
    assert!(
        without
            .iter()
            .map(|cached| cached.record.matches.len())
            .sum::<usize>()
            > 0
    );
    with.iter().map(|cached| cached.matched).collect()
}

#[test]
fn only_what_changed_is_matched_again() {
    use Matched::{Anew, Kept, Partly};
    let folder = tempfile::tempdir().expect("a folder");
    let folder = &folder.path().join("deep/cache");
    let (all, texts) = (claims(CLAIMS), articles(&TEXTS));
    assert_eq!(run(folder, "1", &all, &texts), [Anew; 3]);
    assert_eq!(run(folder, "1", &all, &texts), [Kept; 3]);
    // Another place in the file, a comment and an example change no match.
    let moved = claims(&format!(
        "# A remark.\n{CLAIMS}    examples:\n      - text: It rains.\n        position: none\n"
    ));
    assert_eq!(run(folder, "1", &moved, &texts), [Kept; 3]);
    let one = claims(&CLAIMS.replace("to open the mill", "to reopen the mill"));
    assert_eq!(run(folder, "1", &one, &texts), [Partly(1); 3]);
    assert_eq!(run(folder, "1", &one, &texts), [Kept; 3]);
    // A claim less, in another order; and more again.
    let reopening = CLAIMS.find("  - id: mill-reopening").expect("there");
    let dead = CLAIMS.find("  - id: mill-dead").expect("there");
    let fewer = claims(&CLAIMS[..reopening]);
    assert_eq!(run(folder, "1", &fewer, &texts), [Kept; 3]);
    let turned = format!(
        "{}{}{}",
        &CLAIMS[..dead],
        &CLAIMS[reopening..],
        &CLAIMS[dead..reopening]
    );
    assert_eq!(run(folder, "1", &claims(&turned), &texts), [Partly(1); 3]);
    // One article with another text, one under another name.
    let mut changed = TEXTS;
    changed[1].1 = "The fire at the mill was started by an arsonist.";
    changed[2].0 = "d.txt";
    let order = articles(&[changed[2], changed[1], changed[0]]);
    assert_eq!(run(folder, "1", &all, &order), [Kept, Anew, Kept]);
    // Another program.
    assert_eq!(run(folder, "2", &all, &order), [Anew; 3]);
    assert_eq!(run(folder, "2", &all, &order), [Kept; 3]);
}

#[test]
fn what_is_damaged_is_matched_anew_and_written_whole() {
    use Matched::{Anew, Kept};
    let folder = tempfile::tempdir().expect("a folder");
    let (all, texts) = (claims(CLAIMS), articles(&TEXTS));
    run(folder.path(), "1", &all, &texts);
    let path = folder.path().join("name.cache");
    let whole = fs::read_to_string(&path).expect("read");
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    assert_eq!(lines.len(), 4);
    let ends: Vec<usize> = lines
        .iter()
        .scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        })
        .collect();
    for (hurt, expected) in [
        (String::new(), [Anew; 3]),
        (whole.replacen("\"cache\"", "\"cacne\"", 1), [Anew; 3]),
        (
            whole.replacen("25 people", "26 people", 1),
            [Anew, Kept, Kept],
        ),
        (whole[..ends[2]].to_owned(), [Kept, Kept, Anew]),
        (whole[..ends[2] - 5].to_owned(), [Kept, Anew, Anew]),
        (
            format!("{}garbage\n{}", &whole[..ends[0]], &whole[ends[0]..]),
            [Kept; 3],
        ),
    ] {
        fs::write(&path, &hurt).expect("written");
        assert_eq!(
            run(folder.path(), "1", &all, &texts),
            expected,
            "{hurt:.300}"
        );
        if expected != [Kept; 3] {
            assert_eq!(fs::read_to_string(&path).expect("read"), whole);
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
}

fn gainsay(desk: &TempDir, arguments: &str) -> (Option<i32>, String, String) {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(desk.path())
        .env_clear()
        .args(arguments.split_whitespace())
        .output()
        .expect("run");
    (
        output.status.code(),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

#[test]
fn the_report_is_the_same_with_a_cache_and_without() {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims", "more"] {
        fs::create_dir(desk.path().join(folder)).expect("made");
    }
    fs::write(desk.path().join("claims/mill.yaml"), CLAIMS).expect("written");
    for (name, text) in TEXTS {
        fs::write(desk.path().join("articles").join(name), text).expect("written");
    }
    // The same id and text again: its record is found, and gets a name of its own.
    fs::write(desk.path().join("more/a.txt"), TEXTS[0].1).expect("written");
    let plain = gainsay(&desk, "check articles more --format json");
    assert!(plain.1.contains("\"a-2\""), "{}", plain.1);
    for round in 0..2 {
        assert_eq!(
            gainsay(&desk, "check articles more --format json --cache kept"),
            plain,
            "{round}"
        );
    }
    assert_eq!(
        fs::read_dir(desk.path().join("kept"))
            .expect("read")
            .count(),
        1
    );
    fs::write(desk.path().join("gainsay.yaml"), "cache: kept\n").expect("written");
    assert_eq!(gainsay(&desk, "check articles more --format json"), plain);
    // A folder that cannot be: told, and the report is there.
    let (code, out, err) = gainsay(
        &desk,
        "check articles more --format json --cache claims/mill.yaml",
    );
    assert_eq!((code, out), (plain.0, plain.1));
    assert!(
        err.contains("the cache in claims/mill.yaml cannot be written"),
        "{err}"
    );
}
