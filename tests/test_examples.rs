//! Runs `gainsay test` as a curator does: verdicts, exit codes, changed sentences.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const CLAIMS: &str = "\
topic: The mill
claims:
  - id: mill-cause
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
      wiring:
        says: The fire at the mill was caused by faulty wiring.
    examples:
EXAMPLES
  - id: mill-dead
    question: How many people died at the mill?
    about: [mill]
    quantity: {of: [people died]}
    examples:
      - text: At the mill 1,200 people died.
        position: 1200
  - id: mill-date
    question: When did the mill burn?
    about: [mill]
    date: {of: [burned]}
    examples:
      - text: In December 2020 the mill burned.
        position: 2020-12
";

fn run(examples: &str, arguments: &[&str]) -> (i32, String, String) {
    let desk: TempDir = tempfile::tempdir().expect("a folder");
    fs::create_dir(desk.path().join("claims")).expect("a folder");
    let claims = CLAIMS.replace("EXAMPLES\n", examples);
    fs::write(desk.path().join("claims/mill.yaml"), claims).expect("written");
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command
        .current_dir(desk.path())
        .env_clear()
        .arg("test")
        .args(arguments);
    let output = command.output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn verdicts(examples: &str) -> (i32, Vec<String>) {
    let (code, out, err) = run(examples, &["--format", "json", "--claim", "mill-cause"]);
    let json: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
    let found = json["claims"][0]["examples"].as_array().expect("a list");
    let verdicts = found
        .iter()
        .map(|e| e["verdict"].as_str().expect("a word").to_owned());
    (code, verdicts.collect())
}

const GOOD: &str =
    "      - text: An arsonist started the fire at the mill.\n        position: arson\n";
const MISS: &str = "      - text: The mill opens at nine.\n        position: none\n";
const BAD: &str = "      - text: The mill opens at nine.\n        position: wiring\n";
const SURPLUS: &str =
    "      - text: An arsonist started the fire at the mill.\n        position: none\n";

#[test]
fn every_verdict_has_its_exit_code() {
    for (examples, code, verdict) in [
        (GOOD.to_owned(), 0, "passed"),
        (MISS.to_owned(), 0, "passed"),
        (BAD.to_owned(), 1, "failed"),
        (SURPLUS.to_owned(), 1, "failed"),
        (format!("{BAD}        todo: true\n"), 0, "todo"),
        (format!("{GOOD}        todo: true\n"), 0, "todo-passed"),
        (
            GOOD.replace("position: arson", "position: [arson, wiring]"),
            1,
            "failed",
        ),
    ] {
        assert_eq!(
            verdicts(&examples),
            (code, vec![verdict.to_owned()]),
            "{examples}"
        );
    }
}

#[test]
fn a_failure_says_what_came_and_why() {
    let (code, out, _) = run(&format!("{GOOD}{BAD}"), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("mill-cause: 1 of 2 passed"), "{out}");
    assert!(
        out.contains("expected wiring") && out.contains("got      none"),
        "{out}"
    );
    assert!(
        out.contains("no wording of wiring") || out.contains("nearest wording"),
        "{out}"
    );
    assert!(
        out.contains("4 examples in 3 claims: 3 passed, 1 failed"),
        "{out}"
    );
}

#[test]
fn numbers_and_dates_are_compared_by_value() {
    let (code, out, _) = run(
        GOOD,
        &["--claim", "mill-dead", "--claim", "mill-date", "--all"],
    );
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("2 passed, 0 failed"), "{out}");
}

#[test]
fn passed_examples_are_changed_and_must_not_keep_their_position() {
    let (_, out, _) = run(GOOD, &["--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let mutants = |claim: usize| {
        json["claims"][claim]["examples"][0]["mutants"]
            .as_array()
            .expect("a list")
            .clone()
    };
    let texts: Vec<String> = mutants(0)
        .iter()
        .map(|m| m["text"].as_str().expect("text").to_owned())
        .collect();
    assert!(
        texts.contains(&"An arsonist never started the fire at the mill.".to_owned()),
        "{texts:?}"
    );
    assert!(
        texts.contains(&"It is not true that an arsonist started the fire at the mill.".to_owned()),
        "{texts:?}"
    );
    let number = mutants(1)
        .into_iter()
        .find(|m| m["mutation"] == "number")
        .expect("the number is changed");
    assert_eq!(number["kept"], Value::Array(Vec::new()));
    let year = mutants(2)
        .into_iter()
        .find(|m| m["mutation"] == "number")
        .expect("the year is changed");
    assert!(year["text"].as_str().expect("text").contains("2017"));
    assert_eq!(year["kept"], Value::Array(Vec::new()));
}

#[test]
fn what_survives_is_a_warning_and_strict_makes_it_a_failure() {
    let json = run(GOOD, &["--format", "json"]).1;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let kept = json["summary"]["mutants_kept"].as_u64().expect("a number");
    let (lenient, out, _) = run(GOOD, &[]);
    let (strict, strict_out, _) = run(GOOD, &["--strict"]);
    assert_eq!(lenient, 0);
    assert_eq!(strict, i32::from(kept > 0));
    assert_eq!(out.matches("  warning").count() as u64, kept);
    assert_eq!(strict_out.matches("  FAILED").count() as u64, kept);
}

#[test]
fn a_broken_claim_fails_the_run_and_the_others_are_run() {
    let (code, out, err) = run(
        "      - text: x\n        position: arson\n  - id: broken\n",
        &[],
    );
    assert_eq!(code, 2, "{out}");
    assert!(err.contains("claim/"), "{err}");
    assert!(out.contains("examples in 3 claims"), "{out}");
}

#[test]
fn the_own_claim_files_pass() {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["test", "--no-config"])
        .output()
        .expect("run");
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}");
}
