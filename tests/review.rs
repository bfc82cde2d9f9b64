//! Runs `gainsay review` as a user does, and `gainsay check` after it: decisions by flags and by keys, killed and on a full disk.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
#[cfg(unix)]
use terminal::Terminal;

#[cfg(unix)]
mod terminal;

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
  - id: mill-reopening
    question: Will the mill open again?
    about: [mill]
    positions:
      opens:
        says: The owners want to open the mill again.
      closes:
        says: The owners want to close the mill for good.
";

/// Two articles that contradict each other on the cause, and of which one says nothing of the reopening.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims"] {
        fs::create_dir(desk.path().join(folder)).expect("a folder");
    }
    write(&desk, "claims/mill.yaml", CLAIMS);
    write(
        &desk,
        "articles/dawn.txt",
        "The fire at the mill was started by an arsonist.\n\nThe owners want to open the mill again.\n",
    );
    write(
        &desk,
        "articles/dusk.txt",
        "The fire at the mill was caused by faulty wiring.\n",
    );
    desk
}

fn write(desk: &TempDir, name: &str, text: &str) {
    fs::write(desk.path().join(name), text).expect("written");
}

fn ledger(desk: &TempDir) -> String {
    fs::read_to_string(desk.path().join("reviews.jsonl")).unwrap_or_default()
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_gainsay"))
}

fn gainsay(desk: &TempDir, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command
        .current_dir(desk.path())
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1795305600")
        // Where nothing can be kept, unless a test says where.
        .env("HOME", "/dev/null")
        .env("XDG_CACHE_HOME", "/dev/null")
        .stdin(Stdio::null())
        .args(arguments);
    command
}

/// Runs to the end; exit code, standard output, standard error.
fn run(desk: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let output = gainsay(desk, arguments).output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn json(desk: &TempDir, arguments: &[&str]) -> Value {
    let (_, out, err) = run(desk, arguments);
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

/// The ids of the queue.
fn queue(desk: &TempDir) -> Vec<String> {
    let list = json(desk, &["review", "--list", "--format", "json"]);
    let divergences = list["divergences"].as_array().expect("a list").iter();
    divergences
        .map(|found| found["id"].as_str().expect("an id").to_owned())
        .collect()
}

fn codes(desk: &TempDir) -> Vec<(String, String)> {
    let report = json(desk, &["check", "--format", "json"]);
    let problems = report["problems"].as_array().expect("a list").iter();
    problems
        .map(|problem| {
            let text = |key: &str| problem[key].as_str().expect("words").to_owned();
            (text("code"), text("message"))
        })
        .collect()
}

#[test]
fn a_decision_closes_a_divergence_until_it_is_taken_back() {
    let desk = desk();
    let ids = queue(&desk);
    assert_eq!(ids.len(), 2);
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 1);
    let short = &ids[0][..5];
    let (code, out, err) = run(
        &desk,
        &[
            "review",
            "--dismiss",
            short,
            "--reason",
            "Two fires.",
            "--reviewer",
            "Ada",
        ],
    );
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with(&format!("dismissed: {}", &ids[0][..8])),
        "{out}"
    );
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 0);
    assert_eq!(
        run(&desk, &["check", "--fail-on", "high", "--no-reviews"]).0,
        1
    );
    let report = json(&desk, &["check", "--format", "json"]);
    assert_eq!(report["divergences"][0]["status"], "dismissed");
    assert_eq!(report["summary"]["divergences"]["status"]["open"], 1);
    // Folded, and unfolded.
    assert!(!run(&desk, &["check"]).1.contains("contradiction"));
    assert!(
        run(&desk, &["check", "--all"])
            .1
            .contains("1 dismissed\n!!! contradiction")
    );
    assert_eq!(queue(&desk), ids[1..]);
    let list = run(&desk, &["review", "--list", "--all"]).1;
    assert!(
        list.contains("dismissed by Ada on 2026-11-22: Two fires."),
        "{list}"
    );

    assert_eq!(run(&desk, &["review", "--reopen", short]).0, 0);
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 1);
    assert_eq!(
        ledger(&desk).lines().count(),
        2,
        "nothing is ever overwritten"
    );
}

#[test]
fn a_new_article_reopens_nothing_and_a_rewritten_sentence_does() {
    let desk = desk();
    let id = &queue(&desk)[0];
    run(&desk, &["review", "--confirm", id, "--reviewer", "Ada"]);
    write(
        &desk,
        "articles/noon.txt",
        "A paragraph above.\n\nThe fire at the mill was caused by faulty wiring, they say.\n",
    );
    write(
        &desk,
        "articles/dawn.txt",
        "Moved down.\n\nThe fire at the mill was started by an arsonist.\n\nThe owners want to open the mill again.\n",
    );
    assert_eq!(codes(&desk), []);
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 0);
    write(
        &desk,
        "articles/dawn.txt",
        "The great fire at the old mill was started by an arsonist.\n",
    );
    assert_eq!(
        codes(&desk),
        [(
            "review/reopened".to_owned(),
            "contradiction on `mill-fire-cause`, confirmed by Ada on 2026-11-22: open again, because \
             a sentence of `dawn` on `arson` changed"
                .to_owned()
        )]
    );
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 1);
    let list = run(&desk, &["review", "--list"]).1;
    assert!(list.contains("open again, because a sentence of"), "{list}");
    // Deciding again settles it.
    run(&desk, &["review", "--confirm", id]);
    assert_eq!(codes(&desk), []);
}

#[test]
fn expired_and_stale_decisions_are_told() {
    let desk = desk();
    let id = &queue(&desk)[0];
    run(
        &desk,
        &["review", "--dismiss", id, "--expires", "2026-12-31"],
    );
    assert_eq!(
        run(
            &desk,
            &["check", "--fail-on", "high", "--date", "2026-12-31"]
        )
        .0,
        0
    );
    let (code, out, _) = run(
        &desk,
        &["check", "--fail-on", "high", "--date", "2027-01-01"],
    );
    assert_eq!(code, 1);
    assert!(out.contains("review/expired"), "{out}");
    write(
        &desk,
        "articles/dusk.txt",
        "The fire at the mill was started by an arsonist.\n",
    );
    let codes = codes(&desk);
    assert_eq!(codes[0].0, "review/stale", "{codes:?}");
    // A warning leaves nothing out.
    assert_eq!(run(&desk, &["check"]).0, 0);
}

#[test]
fn wrong_requests_are_told_and_write_nothing() {
    let desk = desk();
    let id = queue(&desk).remove(0);
    for (arguments, told) in [
        (vec!["--confirm", "ffff"], "no divergence has an id"),
        (vec!["--confirm", ""], "no divergence has an id"),
        (
            vec!["--confirm", &id, "--dismiss", &id],
            "cannot be used with",
        ),
        (vec!["--reason", "x"], "required"),
        (
            vec!["--confirm", &id, "--expires", "2026-11-21"],
            "--expires lies before",
        ),
        (
            vec!["--confirm", &id, "--expires", "soon"],
            "write a date as 2026-11-22",
        ),
        (
            vec!["--confirm", &id, "--reviews", "no/such.jsonl"],
            "create its folder first",
        ),
        (vec!["--format", "json"], "--format is for"),
        (vec!["--compare", "absent.jsonl"], "there is no ledger"),
    ] {
        let arguments = [&["review"], &arguments[..]].concat();
        let (code, out, err) = run(&desk, &arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
    assert_eq!(ledger(&desk), "");
}

#[test]
fn a_broken_line_is_told_and_the_others_count() {
    let desk = desk();
    let id = queue(&desk).remove(0);
    run(&desk, &["review", "--dismiss", &id]);
    let line = ledger(&desk);
    write(
        &desk,
        "reviews.jsonl",
        &format!("{{\"id\": \u{1b}[31m}}\n{line}{}", &line[..line.len() / 2]),
    );
    let told: Vec<String> = codes(&desk).into_iter().map(|(code, _)| code).collect();
    assert_eq!(told, ["review/broken", "review/torn"]);
    let (code, out, _) = run(&desk, &["check", "--fail-on", "high"]);
    assert_eq!(code, 2);
    assert!(
        out.contains("reviews.jsonl:1:") && !out.contains('\u{1b}'),
        "{out}"
    );
    // The next decision does not mend or lose anything.
    assert_eq!(run(&desk, &["review", "--confirm", &id]).0, 2);
    assert!(ledger(&desk).contains(&line[..line.len() / 2]));
    let report = json(&desk, &["check", "--format", "json"]);
    assert_eq!(report["divergences"][0]["status"], "confirmed");
}

#[test]
fn without_a_terminal_the_commands_are_told() {
    let desk = desk();
    let id = &queue(&desk)[0][..8];
    let (code, out, _) = run(&desk, &["review", "articles", "--claims", "claims"]);
    assert_eq!(code, 0);
    for action in ["--list", "--show", "--confirm", "--dismiss", "--later"] {
        let command = format!("gainsay review articles --claims claims {action}");
        assert!(out.contains(&command), "{command} in {out}");
    }
    // What is told can be run.
    assert!(
        run(
            &desk,
            &["review", "articles", "--claims", "claims", "--show", id]
        )
        .1
        .contains("arsonist")
    );
}

#[test]
fn blind_tells_no_source() {
    let desk = desk();
    let id = queue(&desk).remove(0);
    for arguments in [
        vec!["review", "--blind", "--list"],
        vec!["review", "--blind", "--show", &id],
        vec!["review", "--blind", "--show", &id, "--format", "json"],
    ] {
        let (code, out, _) = run(&desk, &arguments);
        assert_eq!(code, 0);
        assert!(!out.contains("dawn") && !out.contains("dusk"), "{out}");
    }
}

#[test]
fn two_ledgers_are_compared() {
    let desk = desk();
    let ids = queue(&desk);
    for (file, flags) in [
        ("a.jsonl", ["--confirm", "--dismiss"]),
        ("b.jsonl", ["--confirm", "--confirm"]),
    ] {
        for (id, flag) in ids.iter().zip(flags) {
            run(
                &desk,
                &["review", "--reviews", file, flag, id, "--reviewer", file],
            );
        }
    }
    let compare = ["review", "--reviews", "a.jsonl", "--compare", "b.jsonl"];
    let (code, out, _) = run(&desk, &compare);
    assert_eq!(code, 0);
    assert!(out.contains("agreement: 1 of 2 (50.0 %)"), "{out}");
    assert!(out.contains("Cohen's kappa: 0.000"), "{out}");
    let found = json(&desk, &[&compare[..], &["--format", "json"]].concat());
    assert_eq!(found["disagreements"][0]["id"], ids[1].as_str());
    assert_eq!(found["kappa"], 0.0);
}

/// Who reviews and checks in turn has a long ledger read once, and whatever else happens to it is seen.
#[test]
fn a_long_ledger_is_reviewed_and_checked_in_turn() {
    let desk = desk();
    write(&desk, "gainsay.yaml", "cache: kept\n");
    let ids = queue(&desk);
    run(
        &desk,
        &["review", "--dismiss", &ids[0], "--reviewer", "Ada"],
    );
    let line = ledger(&desk).replace(
        "\"reviewer\"",
        &format!("\"reason\":\"{}\",\"reviewer\"", "why ".repeat(12_000)),
    );
    let old = (0..100).map(|nth| line.replace(&ids[0], &format!("{nth:016x}")));
    write(&desk, "reviews.jsonl", &(old.collect::<String>() + &line));
    // What is kept is told by what it holds behind its first page.
    let kept = || {
        let files = fs::read_dir(desk.path().join("kept")).expect("listed");
        let indexes = files.map(|file| file.expect("listed").path());
        let mut indexes = indexes.filter(|path| path.extension().is_some_and(|it| it == "index"));
        let index = indexes.next().expect("an index");
        assert_eq!(indexes.next(), None);
        fs::read(index).expect("read").split_off(4096)
    };
    let check = || {
        let report = json(&desk, &["check", "--all", "--format", "json"]);
        let plain = json(
            &desk,
            &["check", "--all", "--format", "json", "--no-config"],
        );
        assert_eq!(report, plain);
        let divergences = report["divergences"].as_array().expect("a list").iter();
        let mut of_it = divergences.filter(|found| found["id"] == *ids[0]);
        of_it.next().expect("found")["status"].clone()
    };
    assert_eq!(check(), "dismissed");
    let first = kept();
    for (flag, status) in [
        ("--reopen", "open"),
        ("--confirm", "confirmed"),
        ("--dismiss", "dismissed"),
    ] {
        run(&desk, &["review", flag, &ids[0], "--reviewer", "Ben"]);
        assert_eq!(check(), status);
        assert!(kept() == first, "it was not made anew");
    }
    // Where no setting names the folder, a flag does. What is noted at the end stands on the first page.
    fs::remove_file(desk.path().join("gainsay.yaml")).expect("removed");
    let first_page = || {
        let mut files = fs::read_dir(desk.path().join("kept")).expect("listed");
        let indexes = files.by_ref().map(|file| file.expect("listed").path());
        let mut indexes = indexes.filter(|path| path.extension().is_some_and(|it| it == "index"));
        fs::read(indexes.next().expect("an index")).expect("read")[..4096].to_vec()
    };
    let before = first_page();
    let cache = ["--cache", "kept"];
    run(
        &desk,
        &[&["review", "--dismiss", &ids[0]][..], &cache].concat(),
    );
    let noted = first_page();
    assert_ne!(noted, before);
    run(&desk, &[&["check"][..], &cache].concat());
    assert_eq!(first_page(), noted);
    write(&desk, "gainsay.yaml", "cache: kept\n");
    // Somebody turns the last verdict round in its place.
    let text = ledger(&desk);
    let (before, last) = text.trim_end().rsplit_once('\n').expect("lines");
    let last = last.replace("dismissed", "confirmed");
    write(&desk, "reviews.jsonl", &format!("{before}\n{last}\n"));
    assert_eq!(check(), "confirmed");
    assert!(kept() == first);
    // The same among what was kept.
    let text = ledger(&desk).replacen("dismissed", "confirmed", 3);
    write(&desk, "reviews.jsonl", &text);
    run(&desk, &["review", "--reopen", &ids[0], "--reviewer", "Ben"]);
    assert_eq!(check(), "open");
    assert!(kept() != first);
}

#[test]
fn settings_name_the_ledger_and_the_default_stands_beside_them() {
    let desk = desk();
    let id = queue(&desk).remove(0);
    fs::create_dir(desk.path().join("below")).expect("a folder");
    write(
        &desk,
        "gainsay.yaml",
        "claims: claims\narticles: articles\n",
    );
    let below = |arguments: &[&str]| {
        let mut command = gainsay(&desk, arguments);
        command
            .current_dir(desk.path().join("below"))
            .output()
            .expect("run")
    };
    assert!(below(&["review", "--dismiss", &id]).status.success());
    assert_eq!(ledger(&desk).lines().count(), 1);
    write(
        &desk,
        "gainsay.yaml",
        "claims: claims\narticles: articles\nreviews: desk.jsonl\n",
    );
    assert_eq!(
        below(&["check", "--fail-on", "high"]).status.code(),
        Some(1)
    );
    assert!(below(&["review", "--dismiss", &id]).status.success());
    assert!(desk.path().join("desk.jsonl").is_file());
    assert_eq!(
        below(&["check", "--fail-on", "high"]).status.code(),
        Some(0)
    );
}

/// The kills of the test below, of two reviewers each; `GAINSAY_KILLS` asks for more.
fn kills() -> usize {
    let asked = std::env::var("GAINSAY_KILLS").ok();
    asked.map_or(100, |kills| {
        kills.parse().expect("GAINSAY_KILLS is a number")
    })
}

/// The desk with one more article that tells of another fire at the mill, which is taken for this one.
fn desk_with_a_wrong_match() -> TempDir {
    let desk = desk();
    write(
        &desk,
        "articles/dusk.txt",
        "The fire at the mill was caused by faulty wiring.\n\nThe owners want to open the mill again.\n",
    );
    write(
        &desk,
        "articles/noon.txt",
        "The fire at the old mill of Bree was started by an arsonist in 1870.\n",
    );
    write(
        &desk,
        "articles/dawn.txt",
        "The owners want to open the mill again.\n",
    );
    desk
}

/// Number and id of the sentence with these words in the first divergence.
fn sentence(desk: &TempDir, id: &str, words: &str) -> (String, String) {
    let shown = json(desk, &["review", "--show", id, "--format", "json"]);
    let sides = shown["divergences"][0]["sides"]
        .as_array()
        .expect("sides")
        .iter();
    let mut evidence = sides.flat_map(|side| side["evidence"].as_array().expect("a list"));
    let found = evidence
        .find(|found| found["text"].as_str().expect("words").contains(words))
        .expect("the sentence");
    (
        found["number"].to_string(),
        found["id"].as_str().expect("an id").to_owned(),
    )
}

#[test]
fn a_wrong_match_goes_into_the_claim_file_and_the_next_run_is_better() {
    let desk = desk_with_a_wrong_match();
    let id = &queue(&desk)[0];
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 1);
    let (number, found) = sentence(&desk, id, "Bree");
    // The number is the one that people are shown, and the id is known to explain.
    let (_, shown, _) = run(&desk, &["review", "--show", id]);
    assert!(shown.contains(&format!("{number}. noon")), "{shown}");
    let (code, out, _) = run(&desk, &["explain", &found]);
    assert!(code == 0 && out.contains("Bree"), "{out}");
    let correct = [
        "review",
        "--dismiss",
        id,
        "--wrong-match",
        &number,
        "--reason",
        "Another fire.",
    ];
    let (code, out, err) = run(&desk, &correct);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.contains("to `except` of `arson`") && out.ends_with("the divergence is gone\n"),
        "{out}"
    );

    // The next run is better, and nags about nothing.
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 0);
    assert_eq!(codes(&desk), []);
    assert!(ledger(&desk).contains("Another fire."));
    // All that was there stands as it was.
    let file = || fs::read_to_string(desk.path().join("claims/mill.yaml")).expect("read");
    let learnt = file();
    let mut kept = learnt.lines().filter(|line| !line.contains("Bree"));
    for line in CLAIMS.lines() {
        assert!(kept.any(|kept| kept == line), "{line} in {learnt}");
    }
    // The example guards it: without the look-alike it fails.
    assert_eq!(run(&desk, &["test"]).0, 0);
    let without: Vec<&str> = learnt
        .lines()
        .filter(|line| !line.trim_start().starts_with("- The fire at the old mill"))
        .filter(|line| line.trim() != "except:")
        .collect();
    write(&desk, "claims/mill.yaml", &(without.join("\n") + "\n"));
    let (code, out, _) = run(&desk, &["test"]);
    assert!(code == 1 && out.contains("Bree"), "{out}");
}

#[test]
fn a_sentence_can_be_given_its_right_position() {
    let desk = desk();
    write(
        &desk,
        "articles/dawn.txt",
        "The fire at the mill was started by an arsonist, in the shape of a worn cable.\n",
    );
    let id = &queue(&desk)[0];
    let (number, _) = sentence(&desk, id, "worn cable");
    let correct = ["review", "--dismiss", id, "--wrong-match", &number];
    let (code, out, err) = run(&desk, &[&correct[..], &["--carries", "wiring"]].concat());
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("as an example of `wiring`"), "{out}");
    let (code, out, _) = run(&desk, &["check", "--fail-on", "high"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(run(&desk, &["test"]).0, 0);
    let report = json(&desk, &["check", "--format", "json"]);
    let matches = report["matches"].as_array().expect("a list").iter();
    let positions: Vec<&str> = matches
        .filter(|found| found["article"] == "dawn")
        .map(|found| found["position"].as_str().expect("a name"))
        .collect();
    assert_eq!(positions, ["wiring"]);
}

#[test]
fn a_correction_that_cannot_be_made_changes_nothing() {
    let desk = desk_with_a_wrong_match();
    let ids = queue(&desk);
    let id = ids[0].as_str();
    let (number, _) = sentence(&desk, id, "Bree");
    for (arguments, told) in [
        (
            vec!["--dismiss", id, "--wrong-match", "99"],
            "there is no sentence 99",
        ),
        (
            vec!["--dismiss", id, "--wrong-match", "0"],
            "there is no sentence 0",
        ),
        (
            vec![
                "--dismiss",
                id,
                "--wrong-match",
                &number,
                "--carries",
                "flood",
            ],
            "its positions are arson, wiring",
        ),
        (
            vec![
                "--dismiss",
                id,
                "--wrong-match",
                &number,
                "--carries",
                "arson",
            ],
            "carries `arson` already",
        ),
        (
            vec!["--dismiss", id, "--dismiss", id, "--wrong-match", "1"],
            "is for one --dismiss",
        ),
        (vec!["--confirm", id, "--wrong-match", "1"], "--dismiss"),
        (vec!["--list", "--wrong-match", "1"], "--dismiss"),
        (
            vec!["--dismiss", id, "--carries", "wiring"],
            "--wrong-match",
        ),
    ] {
        let (code, out, err) = run(&desk, &[&["review"], &arguments[..]].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
    // A file that is laid out in a way that cannot be added to.
    let shared = CLAIMS.replace(
        "    positions:\n      arson:\n",
        "    examples: &none []\n    positions:\n      arson:\n",
    );
    let shared = shared.replace(
        "    about: [mill]\n    positions:\n      opens:",
        "    about: [mill]\n    examples: *none\n    positions:\n      opens:",
    );
    write(&desk, "claims/mill.yaml", &shared);
    let (code, _, err) = run(
        &desk,
        &["review", "--dismiss", id, "--wrong-match", &number],
    );
    let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        code == 2 && err.contains("is left as it is") && err.contains("by hand"),
        "{err}"
    );
    let now = fs::read_to_string(desk.path().join("claims/mill.yaml")).expect("read");
    assert_eq!((now, ledger(&desk)), (shared, String::new()));
}

/// Two reviewers decide at once and are killed again and again at any moment: whatever was acknowledged is there, every other line is
/// whole or known as torn, and the next decision works.
#[test]
fn killing_at_any_moment_loses_nothing() {
    let desk = desk();
    let ids = queue(&desk);
    let start = Instant::now();
    run(&desk, &["review", "--dismiss", &ids[0], "--jobs", "1"]);
    let whole = start.elapsed();
    let acknowledged: BTreeSet<String> = std::thread::scope(|scope| {
        let reviewers: Vec<_> = ids[..2]
            .iter()
            .enumerate()
            .map(|(nth, id)| {
                let desk = &desk;
                scope.spawn(move || decide_and_be_killed(desk, nth as u64 + 1, id, whole))
            })
            .collect();
        reviewers
            .into_iter()
            .flat_map(|reviewer| reviewer.join().expect("no panic"))
            .collect()
    });
    let mut found = BTreeSet::new();
    let ledger = ledger(&desk);
    let lines: Vec<&str> = ledger.lines().filter(|line| !line.is_empty()).collect();
    for line in &lines {
        match serde_json::from_str::<Value>(line) {
            Ok(decision) => {
                let reason = decision["reason"].as_str().unwrap_or_default();
                assert!(
                    reason.is_empty() || found.insert(reason.to_owned()),
                    "twice: {line}"
                );
            }
            Err(error) => assert!(error.is_eof(), "{error}: {line}"),
        }
    }
    let lost: Vec<_> = acknowledged.difference(&found).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", acknowledged.len());
    assert_eq!(
        run(
            &desk,
            &["review", "--confirm", &ids[0], "--confirm", &ids[1]]
        )
        .0,
        0
    );
    assert_eq!(run(&desk, &["check", "--fail-on", "low"]).0, 0);
}

/// Decides until it was killed often enough; the reasons of those decisions that came to their end.
fn decide_and_be_killed(desk: &TempDir, seed: u64, id: &str, whole: Duration) -> Vec<String> {
    let mut acknowledged = Vec::new();
    let mut killed = 0;
    let mut state = seed;
    for nth in 0.. {
        let reason = format!("{seed}-{nth}");
        let mut child = gainsay(
            desk,
            &[
                "review",
                "--dismiss",
                id,
                "--reason",
                &reason,
                "--jobs",
                "1",
            ],
        )
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("run");
        // A linear congruential generator: the same moments in every run, spread over the life of a process.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let share = (state >> 33) as f64 / f64::from(1_u32 << 31);
        sleep(whole.mul_f64(share * 1.3));
        // The end of a process that is waited for cannot be taken for another's.
        let _ = child.kill();
        if child.wait().expect("ended").success() {
            acknowledged.push(reason);
        } else {
            killed += 1;
        }
        if killed == kills() {
            break;
        }
        assert!(nth < kills() * 20, "only {killed} of {nth} were killed");
    }
    acknowledged
}

/// On a full disk, here a limit on the size of files, the decision is refused and the ledger is as before.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let desk = desk();
    let ids = queue(&desk);
    run(&desk, &["review", "--dismiss", &ids[0]]);
    let before = ledger(&desk);
    let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" review --confirm \"$1\" --reason \"$2\"";
    let output = Command::new("sh")
        .current_dir(desk.path())
        .env("SOURCE_DATE_EPOCH", "1795305600")
        .args(["-c", script])
        .arg(program())
        .args([ids[1].as_str(), &"many words ".repeat(1000)])
        .output()
        .expect("run");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(
        err.contains("cannot save the decision in reviews.jsonl"),
        "{err}"
    );
    assert_eq!(ledger(&desk), before);
}

#[cfg(unix)]
#[test]
fn the_queue_on_a_terminal() {
    let desk = desk();
    let Some(terminal) = Terminal::open(desk.path()) else {
        return;
    };
    let command = format!(
        "SOURCE_DATE_EPOCH=1795305600 LC_ALL=C.UTF-8 '{}' review --reviewer Ada",
        program().display()
    );
    terminal.start(&command);
    let screen = terminal.keys(&[], "[1/2] 2 open");
    // The sides stand next to each other.
    assert!(
        screen.contains("started by an arsonist. │ The fire at"),
        "{screen}"
    );
    terminal.keys(&["?"], "undo the last answer");
    terminal.keys(&["x"], "[1/2]");
    terminal.keys(&["x"], "The owners want to open the mill again.");
    let screen = terminal.keys(&["e"], "move; any other key: back to the queue");
    assert!(
        screen.contains("1. dawn") && screen.contains("(0.60 is needed)"),
        "{screen}"
    );
    terminal.keys(&["e"], "[1/2]");
    terminal.keys(&["c"], "[2/2] 1 confirmed, 1 open");
    assert_eq!(ledger(&desk).lines().count(), 1, "saved at once");
    terminal.keys(&["u"], "[1/2] 2 open");
    terminal.keys(
        &[
            "r", "T", "w", "o", "Space", "f", "i", "r", "e", "s", "Enter",
        ],
        "reason for your answer: Two fires",
    );
    terminal.keys(&["d"], "[2/2] 1 dismissed, 1 open");
    terminal.keys(&["b"], "dismissed by Ada on 2026-11-22: Two fires");
    terminal.quit();
    assert_eq!(run(&desk, &["check", "--fail-on", "low"]).0, 1);

    terminal.start(&command);
    terminal.keys(&[], "[1/1] 1 open");
    terminal.keys(&["A"], "all 1 open of this claim");
    terminal.keys(&["d"], "[end of 1] 1 dismissed");
    terminal.quit();
    assert_eq!(run(&desk, &["check", "--fail-on", "low"]).0, 0);
    assert!(ledger(&desk).contains("\"reason\":\"Two fires\""));

    terminal.start(&command);
    terminal.keys(&[], "Nothing waits for a decision.");
    terminal.quit();
}

#[cfg(unix)]
#[test]
fn a_wrong_match_is_put_right_on_a_terminal() {
    let desk = desk_with_a_wrong_match();
    let Some(terminal) = Terminal::open(desk.path()) else {
        return;
    };
    let id = queue(&desk).remove(0);
    let (number, _) = sentence(&desk, &id, "Bree");
    let command = format!(
        "SOURCE_DATE_EPOCH=1795305600 LC_ALL=C.UTF-8 '{}' review --reviewer Ada --min-severity high",
        program().display()
    );
    terminal.start(&command);
    terminal.keys(&[], "[1/1] 1 open");
    terminal.keys(&["w"], "number of the sentence that was taken wrongly");
    terminal.keys(&["7", "Enter"], "there is no sentence 7");
    assert_eq!(ledger(&desk), "");
    terminal.keys(&["w", &number, "Enter"], "the divergence is gone");
    terminal.keys(&["u"], "nothing to undo");
    terminal.quit();
    assert_eq!(run(&desk, &["check", "--fail-on", "high"]).0, 0);
    assert_eq!(run(&desk, &["test"]).0, 0);
}
