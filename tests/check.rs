//! Runs `gainsay check` as a user does: exit codes, outputs, settings, complaints.

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
  - id: mill-reopening
    question: Will the mill open again?
    about: [mill]
    positions:
      opens:
        says: The owners want to open the mill again.
      closes:
        says: The owners want to close the mill for good.
";

/// A folder with two articles that contradict each other on the cause, and of which one says nothing of the reopening.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims"] {
        fs::create_dir(desk.path().join(folder)).expect("a folder");
    }
    write(desk.path(), "claims/mill.yaml", CLAIMS);
    write(
        desk.path(),
        "articles/dawn.txt",
        "The fire at the mill was started by an arsonist.\n\nThe owners want to open the mill again.\n",
    );
    write(
        desk.path(),
        "articles/dusk.txt",
        "The fire at the mill was caused by faulty wiring.\n",
    );
    desk
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("written");
}

fn gainsay(desk: &TempDir, arguments: &str) -> Command {
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command
        .current_dir(desk.path())
        .env_clear()
        .args(arguments.split_whitespace());
    command
}

/// Runs to the end; exit code, standard output, standard error.
fn run(desk: &TempDir, arguments: &str) -> (i32, String, String) {
    let output = gainsay(desk, arguments).output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn json(desk: &TempDir, arguments: &str) -> (i32, Value) {
    let (code, out, err) = run(desk, &format!("check --format json {arguments}"));
    let json = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    (code, json)
}

fn kinds(report: &Value) -> Vec<&str> {
    let divergences = report["divergences"].as_array().expect("a list").iter();
    divergences
        .map(|found| found["kind"].as_str().expect("a kind"))
        .collect()
}

#[test]
fn a_report_is_a_success_whatever_it_says() {
    let desk = desk();
    let (code, report) = json(&desk, "");
    assert_eq!(code, 0);
    assert_eq!(kinds(&report), ["contradiction", "omission"]);
    let (code, out, err) = run(&desk, "check");
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("contradiction"), "{out}");
}

#[test]
fn fail_on_exits_with_one_where_a_divergence_reaches_the_severity() {
    let desk = desk();
    let (code, _, err) = run(&desk, "check --fail-on high");
    assert_eq!(code, 1);
    assert!(err.contains("1 open divergence of severity high"), "{err}");
    assert_eq!(run(&desk, "check --fail-on never").0, 0);
    assert_eq!(
        run(&desk, "check --claim mill-reopening --fail-on high").0,
        0
    );
    assert_eq!(
        run(&desk, "check --claim mill-reopening --fail-on low").0,
        1
    );
}

/// The positions that each article carries of the mill's claims, with `keys` added to the first claim.
fn carried(desk: &TempDir, keys: &str, position_keys: &str) -> Vec<String> {
    let claims = CLAIMS
        .replacen(
            "    about: [mill]\n",
            &format!("    about: [mill]\n{keys}"),
            1,
        )
        .replacen(
            "an arsonist.\n",
            &format!("an arsonist.\n{position_keys}"),
            1,
        );
    write(desk.path(), "claims/mill.yaml", &claims);
    let (code, report) = json(desk, "--claim mill-fire-cause");
    assert_eq!(code, 0);
    assert_eq!(report["problems"], Value::Array(Vec::new()), "{report}");
    let matches = report["matches"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    matches
        .map(|found| format!("{} {}", text(&found["article"]), text(&found["position"])))
        .collect()
}

#[test]
fn hedged_and_other_voices_count_only_where_the_claim_takes_them() {
    let desk = desk();
    for (name, text) in [
        (
            "dawn.txt",
            "The fire at the mill was started by an arsonist.\n",
        ),
        (
            "dusk.txt",
            "Mayor Ada Kaya said the fire at the mill was started by an arsonist.\n",
        ),
        (
            "noon.txt",
            "The fire at the mill was reportedly started by an arsonist.\n",
        ),
        (
            "night.txt",
            "The council's spokesman said the fire at the mill was caused by faulty wiring.\n",
        ),
    ] {
        write(desk.path(), &format!("articles/{name}"), text);
    }
    let all = ["dawn arson", "dusk arson", "night wiring", "noon arson"];
    let (plain, certain) = (all, ["dawn arson", "dusk arson", "night wiring"]);
    assert_eq!(carried(&desk, "", ""), plain);
    assert_eq!(carried(&desk, "    hedged: true\n", ""), plain);
    assert_eq!(carried(&desk, "    hedged: false\n", ""), certain);
    assert_eq!(carried(&desk, "", "        hedged: false\n"), certain);
    // The position wins.
    let lifted = carried(&desk, "    hedged: false\n", "        hedged: true\n");
    assert_eq!(lifted, plain);
    for (list, expected) in [
        ("[Kaya]", &["dusk arson"][..]),
        (
            "[Ada Kaya, article]",
            &["dawn arson", "dusk arson", "noon arson"],
        ),
        ("[spokesman]", &["night wiring"]),
        ("[council]", &[]),
    ] {
        let keys = format!("    speaker: {list}\n");
        assert_eq!(carried(&desk, &keys, ""), expected, "{list}");
    }
    let own = carried(
        &desk,
        "    speaker: [spokesman]\n",
        "        speaker: [Kaya]\n",
    );
    assert_eq!(own, ["dusk arson", "night wiring"]);
    let aliased = "    speaker: [town hall]\n    aliases: {town hall: [Ada Kaya]}\n";
    assert_eq!(carried(&desk, aliased, ""), ["dusk arson"]);
    let both = "    hedged: false\n    speaker: [article]\n";
    assert_eq!(carried(&desk, both, ""), ["dawn arson"]);
}

#[test]
fn a_number_and_a_date_count_in_the_voices_that_are_asked_for() {
    let desk = desk();
    write(
        desk.path(),
        "articles/dawn.txt",
        "The mayor said 25 people were hurt at the mill. Police said 30 people were hurt at the mill. \
         Perhaps 40 people were hurt at the mill.\n\nThe mill burned on 3 May 2019, the mayor said. \
         The mill burned on 5 May 2019.\n",
    );
    let claims = |keys: &str| {
        format!(
            "topic: The mill\nclaims:\n  - id: hurt\n    question: How many?\n    about: [mill]\n    quantity: {{of: [people hurt]}}\n{keys}  \
             - id: day\n    question: When?\n    about: [mill]\n    date: {{of: [burned]}}\n{keys}"
        )
    };
    for (keys, expected) in [
        ("", &["25", "30", "40", "2019-05-03", "2019-05-05"][..]),
        (
            "    hedged: false\n",
            &["25", "30", "2019-05-03", "2019-05-05"],
        ),
        ("    speaker: [mayor]\n", &["25", "2019-05-03"]),
        ("    speaker: [police]\n", &["30"]),
        ("    speaker: [article]\n", &["40", "2019-05-05"]),
    ] {
        write(desk.path(), "claims/mill.yaml", &claims(keys));
        let (_, report) = json(&desk, "articles/dawn.txt");
        let matches = report["matches"].as_array().expect("a list").iter();
        let found: Vec<&str> = matches
            .map(|found| found["position"].as_str().expect("a text"))
            .collect();
        assert_eq!(found, expected, "{keys}");
    }
}

#[test]
fn what_min_severity_hides_fails_all_the_same_and_is_told() {
    let desk = desk();
    let (_, report) = json(&desk, "--min-severity high");
    assert_eq!(kinds(&report), ["contradiction"]);
    let (code, _, err) = run(
        &desk,
        "check --claim mill-reopening --min-severity high --fail-on low",
    );
    assert_eq!(code, 1);
    assert!(err.contains("1 of them hidden by --min-severity"), "{err}");
}

#[test]
fn one_claim_alone_still_knows_the_topic() {
    let desk = desk();
    let (_, report) = json(&desk, "--claim mill-reopening");
    assert_eq!(kinds(&report), ["omission"]);
    assert_eq!(report["claims"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["matches"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_unknown_claim_is_told_and_the_rest_reported() {
    let desk = desk();
    let (code, report) = json(&desk, "--claim mill-fire-cuase --claim mill-reopening");
    assert_eq!(code, 2);
    let problem = &report["problems"][0];
    assert_eq!(problem["code"], "check/unknown-claim");
    assert_eq!(problem["help"], "did you mean `mill-fire-cause`?");
    assert_eq!(kinds(&report), ["omission"]);
}

#[test]
fn an_unreadable_article_exits_with_two_after_the_report() {
    let desk = desk();
    let (code, report) = json(&desk, "--fail-on low articles nowhere.txt");
    assert_eq!(code, 2);
    assert_eq!(kinds(&report), ["contradiction", "omission"]);
    assert_eq!(report["summary"]["problems"]["error"], 1);
    let (_, _, err) = run(&desk, "check --format json articles nowhere.txt");
    assert_eq!(err, "gainsay: 1 error, told in the report\n");
}

#[test]
fn wrong_usage_exits_with_two() {
    let desk = desk();
    for arguments in [
        "",
        "chekc",
        "check --format xml",
        "check --jobs 0",
        "check --min-severity never",
        "check --config a --no-config",
        "check --claims -",
    ] {
        let (code, out, err) = run(&desk, arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments}");
        assert!(!err.is_empty(), "{arguments}");
    }
}

#[test]
fn missing_folders_are_told_with_what_to_do() {
    for (folder, advice) in [
        ("articles", "gainsay check PATH..."),
        ("claims", "--claims PATH"),
    ] {
        let desk = desk();
        fs::remove_dir_all(desk.path().join(folder)).expect("removed");
        let (code, out, err) = run(&desk, "check");
        assert_eq!((code, out.as_str()), (2, ""));
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            err.contains(&format!("there is no folder `{folder}` here")),
            "{err}"
        );
        assert!(err.contains(advice), "{err}");
    }
}

#[test]
fn an_article_may_come_from_standard_input() {
    let desk = desk();
    let output = gainsay(&desk, "check --format json articles/dawn.txt -")
        .write_stdin("The fire at the mill was caused by faulty wiring.\n")
        .output()
        .expect("run");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(kinds(&report), ["contradiction", "omission"]);
}

#[test]
fn the_report_goes_to_the_file_whole() {
    let desk = desk();
    let (code, out, err) = run(&desk, "check --format json --output report.json");
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", ""));
    let written = fs::read_to_string(desk.path().join("report.json")).expect("written");
    assert_eq!(written, run(&desk, "check --format json").1);

    let (code, _, err) = run(&desk, "check --output no/such/report.txt");
    assert_eq!(code, 2);
    assert!(err.contains("create the folder no/such first"), "{err}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = desk();
    let expected = run(&desk, "check --format json").1;
    for arguments in [
        "articles/dusk.txt articles/dawn.txt",
        "--jobs 1 articles/dawn.txt articles/dusk.txt",
        "--jobs 3",
    ] {
        let found = run(&desk, &format!("check --format json {arguments}")).1;
        assert_eq!(found, expected, "{arguments}");
    }
}

#[test]
fn settings_are_found_upwards_and_their_paths_are_relative_to_them() {
    let desk = desk();
    fs::create_dir_all(desk.path().join("a/b")).expect("folders");
    write(
        desk.path(),
        "gainsay.yaml",
        "claims: claims/mill.yaml\narticles: [articles]\nformat: json\nfail_on: high\n",
    );
    let below = |arguments: &str| {
        let mut command = gainsay(&desk, arguments);
        let output = command.current_dir(desk.path().join("a/b")).output();
        output.expect("run")
    };
    let output = below("check");
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(kinds(&report), ["contradiction", "omission"]);

    assert_eq!(below("check --fail-on never").status.code(), Some(0));
    // Without the settings nothing is there to compare.
    assert_eq!(below("check --no-config").status.code(), Some(2));
    let named = below("check --config ../../gainsay.yaml");
    assert_eq!(named.status.code(), Some(1));
}

#[test]
fn the_output_of_settings_is_relative_to_them_too() {
    let desk = desk();
    write(desk.path(), "gainsay.yaml", "output: report.txt\n");
    assert_eq!(run(&desk, "check").1, "");
    assert!(desk.path().join("report.txt").is_file());
    assert_ne!(run(&desk, "check --output -").1, "");
}

#[test]
fn wrong_settings_are_shown_with_their_place() {
    let desk = desk();
    write(
        desk.path(),
        "gainsay.yaml",
        "format: json\nmin-severity: high\n",
    );
    let (code, out, err) = run(&desk, "check");
    assert_eq!((code, out.as_str()), (2, ""));
    insta::assert_snapshot!(err);
    let (code, _, err) = run(&desk, "check --config absent.yaml");
    assert_eq!(code, 2);
    assert!(
        err.contains("cannot read the settings file absent.yaml"),
        "{err}"
    );
}

#[test]
fn colours_are_for_those_who_ask() {
    let desk = desk();
    assert!(!run(&desk, "check").1.contains('\u{1b}'));
    assert!(run(&desk, "check --color always").1.contains('\u{1b}'));
    assert!(!run(&desk, "check --color never").1.contains('\u{1b}'));
}

#[test]
fn quiet_says_less_and_fails_the_same() {
    let desk = desk();
    let (code, out, err) = run(&desk, "check --quiet --fail-on high");
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.len() < run(&desk, "check").1.len());
}

#[cfg(unix)]
#[test]
fn a_reader_who_stops_reading_is_no_error() {
    use std::process::Stdio;
    let desk = desk();
    let program = assert_cmd::cargo::cargo_bin("gainsay");
    let mut child = std::process::Command::new(program)
        .current_dir(desk.path())
        .args(["check", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("run");
    // Closed before anything is written: every write fails with a broken pipe.
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("run");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn help_tells_examples_settings_and_exit_codes() {
    let desk = desk();
    let (code, out, _) = run(&desk, "check --help");
    assert_eq!(code, 0);
    for heading in ["Examples:", "Settings:", "Exit codes:"] {
        assert!(out.contains(heading), "{heading}");
    }
}

#[test]
fn an_empty_folder_is_told_as_such() {
    for folder in ["articles", "claims"] {
        let desk = desk();
        fs::create_dir(desk.path().join("empty")).expect("a folder");
        let arguments = match folder {
            "claims" => "check --claims empty",
            _ => "check empty",
        };
        let (code, out, err) = run(&desk, arguments);
        // Either the loader has a problem to report or there is nothing at all: it is never a silent success.
        assert_eq!(code, 2, "{out}{err}");
        assert!(format!("{out}{err}").contains(folder), "{out}{err}");
    }
}

#[test]
fn a_broken_claim_is_shown_with_its_place_and_the_rest_is_compared() {
    let desk = desk();
    write(
        desk.path(),
        "claims/mill.yaml",
        &CLAIMS.replacen(
            "    about: [mill]\n    positions:\n      opens",
            "    abuot: [mill]\n    positions:\n      opens",
            1,
        ),
    );
    let (code, out, err) = run(&desk, "check --quiet");
    assert_eq!(code, 2);
    assert_eq!(err, "");
    insta::assert_snapshot!(out);
    // A program sees the same, and what could be compared is the same.
    let (code, report) = json(&desk, "");
    assert_eq!(code, 2);
    assert_eq!(kinds(&report), ["contradiction"]);
    let places: Vec<_> = report["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|problem| (&problem["path"], &problem["line"]))
        .collect();
    assert!(
        places.contains(&(&"claims/mill.yaml".into(), &13.into())),
        "{places:?}"
    );
}

#[test]
fn an_article_that_lost_characters_is_used_and_the_loss_is_told() {
    let desk = desk();
    let mut bytes = "The fire at the mill was caused by faulty wiring. The café stayed shut, the naïve señor said, and nobody minded.\n".repeat(20).into_bytes();
    bytes.push(0xC3);
    fs::write(desk.path().join("articles/dusk.txt"), bytes).expect("written");
    let (code, report) = json(&desk, "");
    assert_eq!(kinds(&report)[0], "contradiction");
    let problem = &report["problems"][0];
    assert_eq!(problem["path"], "articles/dusk.txt");
    assert_eq!(problem["level"], "warning", "{problem}");
    assert_eq!(code, 0);
}
