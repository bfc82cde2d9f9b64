//! `gainsay match` and `gainsay diff`: articles that are matched in parts give the report of one check.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
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
  - id: mill-dead
    question: How many people died at the mill?
    about: [mill]
    quantity:
      of: [people died]
";

/// A desk of two folders with articles of all kinds, some of them broken, two with one id, and two near-copies.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    write(&desk, "claims/mill.yaml", CLAIMS);
    let wire = "The fire at the mill was started by an arsonist, the police said on Monday after they had \
                looked at the ruins with experts from the capital and heard eleven witnesses of the night.";
    write(&desk, "a/dawn.txt", wire);
    write(
        &desk,
        "a/dusk.md",
        "---\ntitle: Fire\nbogus: 1\ndate: soon\n---\nThe fire at the mill was caused by faulty wiring.\n",
    );
    write(&desk, "a/notes.pdf", "no article");
    write(
        &desk,
        "a/articles.yaml",
        "dawn.txt:\n  source: Dawn\n  odd: 1\nnobody.txt:\n  source: Nobody\n",
    );
    write(
        &desk,
        "b/dawn.txt",
        &format!("{wire} It was a long night. At the mill 25 people died."),
    );
    write(
        &desk,
        "b/wire.jsonl",
        "{\"id\": \"w\", \"source\": \"Wire\", \"text\": \"At the mill 40 people died.\"}\nbroken\n\
         {\"text\": \"The fire at the mill was caused by faulty wiring.\", \"date\": \"2020-01-02\"}\n",
    );
    write(&desk, "b/empty.txt", "");
    write(&desk, "b/more.pdf", "no article");
    write(&desk, "b/log.log", "At the mill nearly 26 people died.");
    desk
}

fn write(desk: &TempDir, name: &str, text: &str) {
    let path = desk.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

fn run(desk: &TempDir, arguments: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(desk.path())
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .args(arguments.split_whitespace())
        .output()
        .expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

const FORMATS: [&str; 7] = [
    "text",
    "markdown",
    "json",
    "csv",
    "csv-divergences",
    "sarif",
    "github",
];

/// The whole report in every format, and how the program ended.
fn report(desk: &TempDir, command: &str) -> Vec<(i32, String)> {
    let reports = FORMATS.iter().map(|format| {
        let (code, out, _) = run(desk, &format!("{command} --all --format {format}"));
        (code, out)
    });
    reports.collect()
}

fn problems(desk: &TempDir, command: &str) -> Vec<(String, String)> {
    let (code, out, err) = run(desk, &format!("{command} --format json"));
    assert_eq!(code, 2, "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let problems = report["problems"].as_array().expect("a list").iter();
    problems
        .filter(|problem| {
            problem["code"]
                .as_str()
                .is_some_and(|code| code.starts_with("matches/"))
        })
        .map(|problem| {
            let text = |field: &str| problem[field].as_str().expect(field).to_owned();
            (text("code"), text("path"))
        })
        .collect()
}

#[test]
fn parts_give_the_report_of_the_whole_in_every_format() {
    let desk = desk();
    let whole = report(&desk, "check a b b/log.log");
    assert!(whole[2].1.contains("\"article/duplicate-id\"") && whole[2].1.contains("\"copies\""));
    for (parts, order) in [
        (vec!["a b b/log.log"], "0"),
        (vec!["a", "b b/log.log"], "0 1"),
        (vec!["b/wire.jsonl b", "a", "b/log.log"], "2 0 1"),
        // What lies in two parts counts once.
        (
            vec!["a b/dawn.txt", "b", "b/log.log", "b/dawn.txt"],
            "3 1 0 2",
        ),
    ] {
        let _ = fs::remove_dir_all(desk.path().join("parts"));
        fs::create_dir(desk.path().join("parts")).expect("made");
        for (number, part) in parts.iter().enumerate() {
            let (code, out, err) = run(
                &desk,
                &format!("match {part} --output parts/{number}.jsonl"),
            );
            assert_eq!((code, out.as_str()), (0, ""), "{err}");
        }
        let files: Vec<String> = order
            .split(' ')
            .map(|part| format!("parts/{part}.jsonl"))
            .collect();
        let diffed = report(&desk, &format!("diff {}", files.join(" ")));
        for ((format, whole), diffed) in FORMATS.iter().zip(&whole).zip(&diffed) {
            assert_eq!(diffed, whole, "{format} of {parts:?}");
        }
        assert_eq!(
            run(&desk, "diff parts"),
            run(&desk, "check a b b/log.log"),
            "{parts:?}"
        );
    }
}

#[test]
fn standard_output_takes_the_match_file_too() {
    let desk = desk();
    let (code, out, err) = run(&desk, "match a b");
    assert_eq!(
        (code, err.as_str()),
        (0, "gainsay: 1 error, which 'gainsay diff' will tell\n")
    );
    write(&desk, "m.jsonl", &out);
    assert!(
        out.lines()
            .all(|line| serde_json::from_str::<Value>(line).is_ok())
    );
    assert_eq!(
        run(&desk, "diff m.jsonl --format json"),
        run(&desk, "check a b --format json")
    );
}

#[test]
fn other_claims_and_other_programs_are_left_out_and_told() {
    let desk = desk();
    run(&desk, "match a --output a.jsonl");
    run(&desk, "match b --output b.jsonl");
    // What only the comparison depends on may change.
    write(
        &desk,
        "claims/mill.yaml",
        &CLAIMS.replace(
            "    about: [mill]\n    quantity",
            "    severity: low\n    about: [mill]\n    quantity",
        ),
    );
    assert_eq!(
        run(&desk, "diff a.jsonl b.jsonl --format json"),
        run(&desk, "check a b --format json")
    );
    write(
        &desk,
        "claims/mill.yaml",
        &CLAIMS.replace("an arsonist", "a firebug"),
    );
    assert_eq!(
        problems(&desk, "diff a.jsonl b.jsonl"),
        ["a.jsonl", "b.jsonl"].map(|file| ("matches/unfit".to_owned(), file.to_owned()))
    );
    let (_, out, _) = run(&desk, "diff a.jsonl --all");
    assert!(out.contains("`mill-fire-cause` changed since"), "{out}");
    write(&desk, "x.jsonl", "{\"head\":{}}\n");
    let (code, out, _) = run(&desk, "diff x.jsonl");
    assert_eq!(code, 2);
    assert!(out.contains("no match file"), "{out}");
    assert_eq!(run(&desk, "diff none.jsonl").0, 2);
    assert_eq!(run(&desk, "diff -").0, 2);
    assert_eq!(run(&desk, "diff claims").0, 2);
}

#[test]
fn a_damaged_line_costs_itself_and_a_cut_is_told() {
    let desk = desk();
    run(&desk, "match a b --output m.jsonl");
    let path = desk.path().join("m.jsonl");
    let whole = fs::read_to_string(&path).expect("read");
    let lines: Vec<&str> = whole.lines().collect();
    let record = |id: &str| {
        let found = lines
            .iter()
            .position(|line| line.contains(&format!("\"article\":{{\"id\":\"{id}\"")));
        found.expect("a record")
    };
    let told = |text: &str| {
        fs::write(&path, text).expect("written");
        problems(&desk, "diff m.jsonl")
    };
    let damaged = |place: String| ("matches/damaged".to_owned(), place);

    let w = record("w");
    let hurt = whole.replacen("40 people", "41 people", 1);
    assert_eq!(told(&hurt), [damaged(format!("m.jsonl:{}", w + 1))]);
    let without: String = lines
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != w)
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    assert_eq!(told(&without), [damaged("m.jsonl".to_owned())]);
    let cut = &whole[..whole.len() - 20];
    let last = lines.len();
    assert_eq!(
        told(cut),
        [
            damaged("m.jsonl".to_owned()),
            damaged(format!("m.jsonl:{last}"))
        ]
    );
    assert_eq!(
        told(&lines[..w].join("\n")),
        [damaged("m.jsonl".to_owned())]
    );
    // The head alone, and nothing at all.
    assert_eq!(told(&whole[..100])[0].0, "matches/unfit");
    assert_eq!(told("")[0].0, "matches/damaged");
}

#[test]
fn bounds_leave_out_the_rest_and_tell_it() {
    let desk = desk();
    let report = |command: &str| -> Value {
        let (code, out, err) = run(&desk, &format!("{command} --format json"));
        assert_eq!(code, 2, "{err}");
        serde_json::from_str(&out).expect("JSON")
    };
    let told = |report: &Value, code: &str| {
        let problems = report["problems"].as_array().expect("a list");
        let found = problems.iter().find(|problem| problem["code"] == code);
        found.unwrap_or_else(|| panic!("{code}: {report}"))["path"].clone()
    };
    let few = report("check a b --max-articles 3");
    assert_eq!(few["summary"]["articles"], 3);
    assert_eq!(told(&few, "check/too-many-articles"), "b/wire.jsonl:1");
    let few = report("check a b --max-matches 2");
    assert_eq!(few["summary"]["matches"], 2);
    assert_eq!(told(&few, "check/too-many-matches"), "b/dawn.txt");
    // In a part, it is told when the parts are put together.
    run(&desk, "match a b --max-articles 3 --output m.jsonl");
    assert_eq!(report("diff m.jsonl"), report("check a b --max-articles 3"));
    write(&desk, "gainsay.yaml", "max_articles: 1\n");
    assert_eq!(report("check a b")["summary"]["articles"], 1);
}

#[test]
fn a_pipe_that_does_not_end_is_read_up_to_the_bound() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let desk = desk();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("gainsay"))
        .current_dir(desk.path())
        .args(["check", "-", "--max-articles", "50", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("run");
    let mut pipe = child.stdin.take().expect("a pipe");
    // It stays open, and idle after some lines: the answer must come all the same.
    let line = "{\"text\": \"At the mill 25 people died.\"}\n";
    let writer = std::thread::spawn(move || {
        let _ = pipe.write_all(line.repeat(500).as_bytes());
        pipe
    });
    let output = child.wait_with_output().expect("an end");
    drop(writer.join());
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["articles"], 50);
}

#[test]
fn paths_matter_and_not_where_it_runs() {
    let desk = desk();
    run(&desk, "match a b --output m.jsonl");
    let moved = tempfile::tempdir().expect("a folder");
    for file in ["m.jsonl", "claims/mill.yaml"] {
        write(
            &moved,
            file,
            &fs::read_to_string(desk.path().join(file)).expect("read"),
        );
    }
    let there = run(&moved, "diff m.jsonl --format json");
    assert_eq!(there, run(&desk, "check a b --format json"));
    assert!(!Path::new(&moved.path().join("a")).exists());
}
