//! Runs `gainsay suggest` as a curator does: what is missed, and its way into the claim file.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
#[cfg(unix)]
use terminal::Terminal;

#[cfg(unix)]
mod terminal;

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
    // A phrase, and an example in two lines.
    assert_eq!(added.len(), 3, "{new}");
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
            err.contains(complaint) || position == "damp" && err.contains("no wording out of it"),
            "{err}"
        );
        assert_eq!(&file(&desk), claims);
    }
}

#[test]
fn a_word_can_become_an_alias() {
    let desk = desk(CLAIMS);
    let dawn = "The fire at the mill was started by a firebug, the mayor said.\n";
    fs::write(desk.path().join("articles/dawn.txt"), dawn).expect("written");
    let number = number_of(&desk, "firebug");
    let take = [
        "suggest",
        "mill-cause",
        "--apply",
        &number,
        "--as",
        "arson",
        "--by",
        "alias",
    ];
    let (code, out, err) = run(&desk, &take);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("`firebug` to the claim's `aliases` of `arsonist`"),
        "{out}"
    );
    let new = file(&desk);
    assert!(
        new.contains("    aliases:\n      arsonist: [\"firebug\"]\n"),
        "{new}"
    );
    assert_eq!(run(&desk, &["test"]).0, 0);
    assert_eq!(run(&desk, &["lint", "--allow", "lint/no-near-miss"]).0, 0);
    // Where no word would do, none is taken.
    let number = number_of(&desk, "visitors");
    let take = [
        "suggest",
        "mill-cause",
        "--apply",
        &number,
        "--as",
        "wiring",
        "--by",
        "alias",
    ];
    let (code, _, err) = run(&desk, &take);
    let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(code == 2 && err.contains("nothing is written"), "{err}");
    assert_eq!(file(&desk), new);
}

#[test]
fn a_look_alike_keeps_a_statement_out() {
    let desk = desk(CLAIMS);
    let number = number_of(&desk, "petrol");
    let take = [
        "suggest",
        "mill-cause",
        "--apply",
        &number,
        "--as",
        "arson",
        "--by",
        "except",
    ];
    let (code, out, err) = run(&desk, &take);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("to `except` of `arson`"), "{out}");
    assert!(file(&desk).contains("        except:\n"), "{}", file(&desk));
    assert!(
        file(&desk).ends_with("        position: none\n"),
        "{}",
        file(&desk)
    );
    let (code, out, _) = run(&desk, &["test"]);
    assert_eq!(code, 0, "{out}");
    // It is decided, so it is not asked again.
    let again = suggestions(&desk);
    assert!(
        !again
            .iter()
            .any(|s| s["text"].as_str().expect("text").contains("petrol"))
    );
}

#[test]
fn numbers_have_near_misses_and_look_alikes_alone() {
    let claims = "topic: The mill\nclaims:\n  - id: mill-cause\n    question: How many people were hurt at the mill?\n    about: [mill]\n    quantity: {of: [hurt]}\n";
    let desk = desk(claims);
    let dawn = "The mill left 12 people hurt.\n\nThe mill has 300 windows and a tower.\n";
    fs::write(desk.path().join("articles/dawn.txt"), dawn).expect("written");
    let number = number_of(&desk, "windows");
    let take = ["suggest", "mill-cause", "--apply", &number, "--as", "none"];
    let (code, _, err) = run(&desk, &[&take[..], &["--by", "phrase"]].concat());
    assert!(code == 2 && err.contains("numbers or dates"), "{err}");
    assert_eq!(file(&desk), claims);
    let (code, out, err) = run(&desk, &[&take[..], &["--by", "except"]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("to `except` of the claim"), "{out}");
    assert_eq!(run(&desk, &["test"]).0, 0);
    assert!(suggestions(&desk).is_empty());
}

/// A claim on what is wrong with the mill, where more than one answer can be true.
const FAULTS: &str = "\
topic: The mill
claims:
  - id: mill-faults
    question: What is wrong with the mill?
    about: [mill]
    positions:
      roof: {says: The roof of the mill leaks.}
      dust: {says: The dust in the mill makes workers ill.}
      sold: {says: The mill is to be sold to a brewery.}
    compatible: [[roof, dust]]
    examples:
      - {text: The roof of the mill leaks badly., position: roof}
";

#[test]
fn a_statement_that_carries_one_position_may_carry_another() {
    let desk = desk(FAULTS);
    let both = "The roof of the mill leaks, and grinders cough from its dust.";
    let dawn = format!(
        "{both}\n\nThe roof of the mill leaks, and a brewery is next to it.\n\nThe roof of the mill leaks.\n"
    );
    fs::write(desk.path().join("articles/dawn.txt"), dawn).expect("written");
    fs::remove_file(desk.path().join("articles/dusk.txt")).expect("removed");
    let all = || {
        let (code, out, err) = run(&desk, &["suggest", "mill-faults", "--format", "json"]);
        assert_eq!(code, 0, "{err}");
        let json: Value = serde_json::from_str(&out).expect("JSON");
        json["suggestions"].as_array().expect("a list").clone()
    };
    // The sale cannot be true beside the roof, and nothing else in the last one is of any position.
    let found = all();
    let texts: Vec<&str> = found.iter().filter_map(|s| s["text"].as_str()).collect();
    assert_eq!(texts, [both]);
    assert_eq!(found[0]["position"], "dust");
    assert_eq!(found[0]["beside"], serde_json::json!(["roof"]));
    let why = found[0]["why"].as_str().expect("a reason");
    assert!(why.starts_with("it carries `roof` already; "), "{why}");

    let before = file(&desk);
    let take = ["suggest", "mill-faults", "--apply", "1", "--as"];
    let (code, _, err) = run(&desk, &[&take[..], &["dust"]].concat());
    assert_eq!(code, 0, "{err}");
    // It goes on carrying what it carried.
    let example = format!("      - text: {both}\n        position: [\"roof\", \"dust\"]\n");
    assert!(file(&desk).contains(&example), "{}", file(&desk));
    assert_eq!(run(&desk, &["test"]).0, 0);
    assert!(all().is_empty());

    // Who says that it carries nothing more is asked no more.
    fs::write(desk.path().join("claims/mill.yaml"), before).expect("written");
    let (code, _, err) = run(&desk, &[&take[..], &["none"]].concat());
    assert_eq!(code, 0, "{err}");
    let example = format!("      - text: {both}\n        position: roof\n");
    assert!(file(&desk).contains(&example), "{}", file(&desk));
    assert_eq!(run(&desk, &["test"]).0, 0);
    assert!(all().is_empty());
}

#[test]
fn what_is_taken_in_is_told_as_json() {
    let desk = desk(CLAIMS);
    let number = number_of(&desk, "petrol");
    let take = [
        "suggest",
        "mill-cause",
        "--apply",
        &number,
        "--as",
        "arson",
        "--format",
        "json",
    ];
    let (code, out, err) = run(&desk, &take);
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["path"], "claims/mill.yaml");
    assert_eq!(
        json["changes"][0]["additions"].as_array().map(Vec::len),
        Some(2)
    );
    // The same words stand in two articles.
    assert_eq!((&json["gained"], &json["lost"]), (&2.into(), &0.into()));
}

#[test]
fn nothing_is_taken_in_that_breaks_an_example() {
    let claims = CLAIMS.replace(
        "    examples:\n",
        "    examples:\n      - {text: 'At the mill somebody lit petrol, and the fire spread.', position: wiring, todo: true}\n      - {text: 'At the mill somebody lit petrol lamps, and the fire spread.', position: none}\n",
    );
    let desk = desk(&claims);
    let number = number_of(&desk, "petrol, and");
    let take = ["suggest", "mill-cause", "--apply", &number, "--as", "arson"];
    let (code, _, err) = run(&desk, &take);
    let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(code == 2 && err.contains("keeps the examples"), "{err}");
    assert_eq!(file(&desk), claims);
}

/// How many examples the claim file holds, as the program reads it.
#[cfg(unix)]
fn examples(desk: &TempDir) -> usize {
    let (code, out, err) = run(desk, &["test", "--format", "json"]);
    assert_eq!(code, 0, "{err}{out}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    json["summary"]["examples"].as_u64().expect("a number") as usize
}

/// Elsewhere an open file cannot be replaced, and nobody waits.
#[cfg(unix)]
#[test]
fn of_changes_in_one_moment_none_is_lost_in_silence() {
    let desk = desk(CLAIMS);
    let path = desk.path().join("claims/mill.yaml");
    let before = examples(&desk);
    let last = suggestions(&desk).len();
    assert!(last > 1, "two to take in");
    // All of them read the file, and wait for it.
    let held = fs::File::open(&path).expect("the claim file");
    held.lock().expect("locked");
    let spawned: Vec<std::process::Child> = (0..4)
        .map(|at| {
            let number = (at % last + 1).to_string();
            std::process::Command::new(env!("CARGO_BIN_EXE_gainsay"))
                .current_dir(desk.path())
                .env_clear()
                .args(["suggest", "mill-cause", "--apply", &number, "--as", "none"])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .expect("started")
        })
        .collect();
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert_eq!(file(&desk), CLAIMS, "nobody writes while it is held");
    drop(held);
    let mut taken = 0;
    for child in spawned {
        let output = child.wait_with_output().expect("run");
        let err = String::from_utf8(output.stderr).expect("UTF-8");
        match output.status.code() {
            Some(0) => taken += 1,
            Some(2) => assert!(
                err.contains("was changed in the meantime")
                    || err.contains("there is no suggestion")
                    || err.contains("is there already"),
                "{err}"
            ),
            code => panic!("{code:?}: {err}"),
        }
    }
    assert!(taken > 0, "the first one is taken in");
    assert_eq!(examples(&desk), before + taken, "{}", file(&desk));
    let left = fs::read_dir(desk.path().join("claims")).expect("the folder");
    assert_eq!(left.count(), 1);
}

#[cfg(unix)]
#[test]
fn the_queue_on_a_terminal() {
    let desk = desk(CLAIMS);
    let Some(terminal) = Terminal::open(desk.path()) else {
        return;
    };
    let command = format!(
        "LC_ALL=C.UTF-8 '{}' suggest mill-cause",
        env!("CARGO_BIN_EXE_gainsay")
    );
    terminal.start(&command);
    let screen = terminal.keys(&[], "mill-cause: 2 left, 0 accepted, 0 skipped");
    assert!(screen.contains("to `phrases` of `arson`"), "{screen}");
    terminal.keys(&["?"], "any key: back to the queue");
    terminal.keys(&["x"], "2 left");
    terminal.keys(&["n", "n"], "This is the end of the queue");
    terminal.keys(&["b", "b"], "2 left, 0 accepted, 0 skipped");
    assert_eq!(file(&desk), CLAIMS, "nothing was accepted");

    let on_petrol = |screen: &str| screen.contains("\"At the mill somebody lit petrol");
    if !on_petrol(&terminal.screen()) {
        terminal.keys(&["n"], "\"At the mill somebody lit petrol");
    }
    let screen = terminal.keys(&["1"], "written: add");
    assert!(screen.contains("2 statements more carried"), "{screen}");
    let once = file(&desk);
    assert!(
        once.contains("position: arson\n"),
        "an example guards it: {once}"
    );
    assert_eq!(run(&desk, &["test"]).0, 0);
    terminal.keys(&["u"], "the last acceptance is taken back");
    assert_eq!(file(&desk), CLAIMS, "to the byte");
    terminal.keys(&["e"], "1 accepted");
    terminal.keys(&["m"], "2 accepted");
    let both = file(&desk);
    assert!(both.contains("except:"), "{both}");
    assert_eq!(run(&desk, &["test"]).0, 0);

    // Whoever writes to the file meanwhile wins.
    let theirs = format!("{both}# by hand\n");
    fs::write(desk.path().join("claims/mill.yaml"), &theirs).expect("written");
    terminal.keys(&["u"], "was changed in the meantime");
    assert_eq!(file(&desk), theirs);
    terminal.quit();
}
