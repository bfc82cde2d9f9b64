//! Runs `gainsay suggest` as a curator does: what is missed, and its way into the claim file.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const CLAIMS: &str = "\
# kept to the letter
topic: The mill
claims:
  - id: mill-cause   # the one
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
        phrases:
          - 'arsonist set the mill alight'   # often
      wiring: {says: The fire at the mill was caused by faulty wiring.}
    examples:
      - {text: An arsonist started the fire at the mill., position: arson}
";

fn desk(claims: &str) -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims"] {
        fs::create_dir(desk.path().join(folder)).expect("a folder");
    }
    fs::write(desk.path().join("claims/mill.yaml"), claims).expect("written");
    let dawn = "The fire at the mill was started by an arsonist.\n\nAt the mill somebody lit petrol, and the fire spread.\n\nWhy the mill burned?\n\nThe weather stays fine.\n";
    fs::write(desk.path().join("articles/dawn.txt"), dawn).expect("written");
    let dusk = "At the mill somebody lit petrol, and the fire spread.\n\nThe mill was closed on Sunday for visitors.\n";
    fs::write(desk.path().join("articles/dusk.txt"), dusk).expect("written");
    desk
}

fn run(desk: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command.current_dir(desk.path()).env_clear().args(arguments);
    let output = command.output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn file(desk: &TempDir) -> String {
    fs::read_to_string(desk.path().join("claims/mill.yaml")).expect("read")
}

fn suggestions(desk: &TempDir) -> Vec<Value> {
    let (code, out, err) = run(desk, &["suggest", "mill-cause", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    json["suggestions"].as_array().expect("a list").clone()
}

fn number_of(desk: &TempDir, part: &str) -> String {
    let all = suggestions(desk);
    let found = all
        .iter()
        .find(|s| s["text"].as_str().expect("text").contains(part));
    found.unwrap_or_else(|| panic!("{part}: {all:?}"))["number"].to_string()
}

#[test]
fn missed_statements_are_listed_the_nearest_first() {
    let desk = desk(CLAIMS);
    let all = suggestions(&desk);
    let texts: Vec<&str> = all
        .iter()
        .map(|s| s["text"].as_str().expect("text"))
        .collect();
    assert!(
        texts.contains(&"At the mill somebody lit petrol, and the fire spread."),
        "{texts:?}"
    );
    assert!(
        !texts
            .iter()
            .any(|t| t.contains("arsonist") || t.contains("Why")),
        "{texts:?}"
    );
    let petrol = all
        .iter()
        .find(|s| s["text"].as_str().expect("text").contains("petrol"))
        .expect("there");
    assert_eq!(petrol["articles"], 2);
    let near: Vec<f64> = all
        .iter()
        .map(|s| s["nearness"].as_f64().expect("a number"))
        .collect();
    assert!(near.windows(2).all(|pair| pair[0] >= pair[1]), "{near:?}");
}

#[test]
fn an_accepted_suggestion_is_carried_and_other_bytes_stay() {
    let desk = desk(CLAIMS);
    let number = number_of(&desk, "petrol");
    let (code, out, err) = run(
        &desk,
        &["suggest", "mill-cause", "--apply", &number, "--as", "arson"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("to `phrases` of `arson`"), "{out}");
    let new = file(&desk);
    let added: Vec<&str> = new
        .lines()
        .filter(|line| !CLAIMS.lines().any(|old| old == *line))
        .collect();
    assert_eq!(added.len(), 1, "{new}");
    assert!(
        CLAIMS
            .lines()
            .all(|old| new.lines().any(|line| line == old)),
        "{new}"
    );
    let (_, out, _) = run(
        &desk,
        &[
            "explain",
            "mill-cause",
            "At the mill somebody lit petrol, and the fire spread.",
            "--format",
            "json",
        ],
    );
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["explanations"][0]["carried"][0]["position"], "arson");
    assert!(
        !suggestions(&desk)
            .iter()
            .any(|s| s["text"].as_str().expect("text").contains("petrol"))
    );
}

#[test]
fn near_misses_become_examples() {
    let desk = desk(CLAIMS);
    let number = number_of(&desk, "visitors");
    let (code, _, err) = run(
        &desk,
        &["suggest", "mill-cause", "--apply", &number, "--as", "none"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(
        file(&desk).ends_with(
            "      - text: The mill was closed on Sunday for visitors.\n        position: none\n"
        ),
        "{}",
        file(&desk)
    );
    let (code, out, _) = run(&desk, &["test"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn what_cannot_be_taken_in_leaves_the_file_alone() {
    let shared = CLAIMS
        .replace("wiring: {says: ", "wiring: &w {says: ")
        .replace("    examples:", "      damp: *w\n    examples:");
    let all_claims = [CLAIMS.to_owned(), shared];
    for (claims, apply, position, complaint) in [
        (&all_claims[0], "99", "arson", "no suggestion 99"),
        (&all_claims[0], "1", "flood", "no position `flood`"),
        (&all_claims[0], "1,99", "none", "no suggestion 99"),
        (&all_claims[1], "1", "damp", "left as it is"),
    ] {
        let desk = desk(claims);
        let (code, out, err) = run(
            &desk,
            &["suggest", "mill-cause", "--apply", apply, "--as", position],
        );
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, 2, "{complaint}: {out}{err}");
        assert!(
            err.contains(complaint) || position == "damp" && err.contains("by one addition"),
            "{err}"
        );
        assert_eq!(&file(&desk), claims);
    }
}
