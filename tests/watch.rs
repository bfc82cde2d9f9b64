//! `gainsay check --watch`: a change makes the report anew.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const CLAIM: &str = "\
topic: The fire at the mill
claims:
  - id: cause
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
      wiring:
        says: The fire at the mill was caused by faulty wiring.
";

/// Ends the program, however the test ends.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits for a report that holds these words.
fn wait_for(report: &Path, words: &str) {
    let start = Instant::now();
    loop {
        let text = fs::read_to_string(report).unwrap_or_default();
        if text.contains(words) {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "no `{words}` in {text}"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_change_makes_the_report_anew() {
    let desk = tempfile::tempdir().expect("a folder");
    let path = |name: &str| desk.path().join(name);
    for folder in ["articles", "claims"] {
        fs::create_dir(path(folder)).expect("made");
    }
    fs::write(path("claims/mill.yaml"), CLAIM).expect("written");
    fs::write(
        path("articles/a.txt"),
        "The fire at the mill was started by an arsonist.",
    )
    .expect("written");
    // The report lies among the articles, and must not set itself off.
    let report = path("articles/report.json");
    let child = Command::new(assert_cmd::cargo::cargo_bin("gainsay"))
        .current_dir(desk.path())
        .args([
            "check",
            "--watch",
            "--quiet",
            "--format",
            "json=articles/report.json",
            "--cache",
            "kept",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("run");
    let _watching = Watching(child);
    wait_for(&report, "\"articles\": 1");
    fs::write(
        path("articles/b.txt"),
        "The fire at the mill was caused by faulty wiring.",
    )
    .expect("written");
    wait_for(&report, "\"contradiction\": 1");
    // A fault in a claim file is told in the report, and mending it takes it back.
    fs::write(path("claims/mill.yaml"), "claims: [").expect("written");
    wait_for(&report, "\"error\": 1");
    fs::write(path("claims/mill.yaml"), CLAIM).expect("written");
    wait_for(&report, "\"contradiction\": 1");
    fs::remove_file(path("articles/b.txt")).expect("removed");
    wait_for(&report, "\"contradiction\": 0");
}

#[test]
fn a_pipe_cannot_be_watched() {
    let desk = tempfile::tempdir().expect("a folder");
    fs::write(desk.path().join("c.yaml"), CLAIM).expect("written");
    let output = Command::new(assert_cmd::cargo::cargo_bin("gainsay"))
        .current_dir(desk.path())
        .args(["check", "-", "--claims", "c.yaml", "--watch"])
        .stdin(Stdio::null())
        .output()
        .expect("run");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be watched"));
}
