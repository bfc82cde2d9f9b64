//! Runs `gainsay lint` as a curator does: every rule, every format, exit codes.

use std::fs;

use assert_cmd::Command;
use serde_json::Value;

const CLEAN: &str = "\
topic: The mill
claims:
  - id: mill-cause
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
        phrases: [arsonist set the mill alight, petrol poured in the hall, deliberately lit blaze]
      wiring:
        says: The fire at the mill was caused by faulty wiring.
        phrases: [short circuit in the mill, old cables overheated, electrical fault sparked it]
    examples:
      - text: An arsonist started the fire at the mill.
        position: arson
      - text: What started the fire at the mill?
        position: none
";

fn run(claims: &str, arguments: &[&str]) -> (i32, String, String) {
    let desk = tempfile::tempdir().expect("a folder");
    fs::create_dir(desk.path().join("claims")).expect("a folder");
    fs::write(desk.path().join("claims/mill.yaml"), claims).expect("written");
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command
        .current_dir(desk.path())
        .env_clear()
        .arg("lint")
        .args(arguments);
    let output = command.output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

/// Codes and what stands at the main place of each.
fn findings(claims: &str) -> Vec<(String, String)> {
    let (_, out, err) = run(claims, &["--format", "json"]);
    let json: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
    let found = json["findings"].as_array().expect("a list");
    found
        .iter()
        .map(|finding| {
            let place = &finding["places"][0];
            let at =
                |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("fits");
            assert!(finding["help"].is_string(), "{finding}");
            (
                finding["code"].as_str().expect("a code").to_owned(),
                claims[at("start")..at("end")].to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_clean_file_has_nothing() {
    assert_eq!(findings(CLEAN), []);
    assert_eq!(
        run(CLEAN, &[]),
        (
            0,
            "1 claim: 0 errors, 0 warnings\n".to_owned(),
            String::new()
        )
    );
}

#[test]
fn each_rule_finds_its_fault_at_its_place() {
    let about = CLEAN.replace("about: [mill]", "about: [harbour]");
    let none = CLEAN
        .split("    examples:")
        .next()
        .expect("the head")
        .to_owned();
    let quantity = none
        .split("    positions:")
        .next()
        .expect("the head")
        .to_owned();
    for (claims, code, place) in [
        (about, "lint/unmet-about", "about"),
        (CLEAN.replace("about: [mill]", "about: [mill, of the]"), "lint/no-words", "of the"),
        (CLEAN.replace("about: [mill]", "about: [mill, people]"), "lint/broad-about", "people"),
        (
            CLEAN.replace("    about: [mill]", "    except: [did the mill burn]\n    about: [mill]"),
            "lint/asking-except",
            "did the mill burn",
        ),
        (
            // "Poured" would tell arson from wiring, were it not the same as "overheated" for the file.
            CLEAN.replace("claims:\n", "aliases:\n  overheat: [poured, overheated]\nclaims:\n")
                .replace("petrol poured in the hall", "it was poured in there"),
            "lint/alias-swallows",
            "it was poured in there",
        ),
        (none, "lint/no-examples", "mill-cause"),
        (CLEAN.replace("position: none", "position: wiring"), "lint/no-near-miss", "examples"),
        (CLEAN
                .replace("deliberately lit blaze", "at the mill")
                .replace("arsonist set the mill alight", "arsonist set it alight"), "lint/topic-words-only", "at the mill"),
        (CLEAN.replace("deliberately lit blaze", "it was about that"), "lint/no-words", "it was about that"),
        (
            CLEAN.replace("deliberately lit blaze", "the arsonists set mills alight"),
            "lint/near-duplicate",
            "the arsonists set mills alight",
        ),
        (
            CLEAN.replace("claims:\n", "aliases:\n  cables: [petrol]\n  overheat: [poured in the hall, overheated]\n  old: [the]\nclaims:\n")
                .replace("old cables overheated", "cables overheated"),
            "lint/same-words",
            "cables overheated",
        ),
        (
            format!("{quantity}    quantity: {{of: [pounds]}}\n    examples: [{{text: The mill?, position: none}}]\n"),
            "lint/ambiguous-unit",
            "pounds",
        ),
        (
            CLEAN.replace("old cables overheated, ", "old cables overheated, arsonist set the old mill alight with petrol poured, "),
            "lint/collision",
            "arsonist set the old mill alight with petrol poured",
        ),
    ] {
        let found = findings(&claims);
        let wanted = (code.to_owned(), place.to_owned());
        assert!(found.contains(&wanted), "{code} at {place}: {found:?}");
        let (exit, out, _) = run(&claims, &[]);
        assert_eq!(exit, 1, "{out}");
        assert!(out.contains(code) && out.contains("claims/mill.yaml:"), "{out}");
        assert!(!findings_without(&claims, code).contains(code), "{code} can be allowed");
    }
}

fn findings_without(claims: &str, code: &str) -> String {
    run(claims, &["--allow", code]).1
}

#[test]
fn thousands_of_wordings_are_told_and_not_held_against_each_other() {
    let many: Vec<String> = (0..2_100).map(|n| format!("blaze number{n} lit")).collect();
    let claims = CLEAN.replace("deliberately lit blaze", &many.join(", "));
    let wanted = ("lint/many-wordings".to_owned(), "mill-cause".to_owned());
    let found = findings(&claims);
    assert!(found.contains(&wanted), "{found:?}");
    assert_eq!(found.len(), 1, "no other rule looked at them: {found:?}");
}

#[test]
fn faults_of_the_format_are_told_too_and_fail() {
    let broken = CLEAN.replace("    question: What started the fire at the mill?\n", "");
    let (code, out, _) = run(&broken, &["--format", "json"]);
    assert_eq!(code, 2, "{out}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(json["findings"][0]["level"], "error");
}

#[test]
fn annotations_name_file_and_line() {
    let claims = CLEAN.replace("position: none", "position: wiring");
    let (code, out, _) = run(&claims, &["--format", "github"]);
    assert_eq!(code, 1);
    let line = 1 + claims
        .lines()
        .position(|line| line.contains("examples:"))
        .expect("there");
    let start =
        format!("::warning file=claims/mill.yaml,line={line},col=5,title=lint/no-near-miss::");
    assert!(out.starts_with(&start), "{out}");
}

#[test]
fn rules_are_explained_and_unknown_ones_refused() {
    let (code, out, _) = run(CLEAN, &["--explain", "collision"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("lint/collision: "), "{out}");
    for arguments in [["--explain", "nonsense"], ["--allow", "nonsense"]] {
        let (code, _, err) = run(CLEAN, &arguments);
        assert_eq!(code, 2);
        assert!(err.contains("lint/no-examples"), "{err}");
    }
}

/// Runs with a settings file.
fn run_with(settings: &str, claims: &str, arguments: &[&str]) -> (i32, String, String) {
    let desk = tempfile::tempdir().expect("a folder");
    fs::create_dir(desk.path().join("claims")).expect("a folder");
    fs::write(desk.path().join("claims/mill.yaml"), claims).expect("written");
    fs::write(desk.path().join("gainsay.yaml"), settings).expect("written");
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command
        .current_dir(desk.path())
        .env_clear()
        .arg("lint")
        .args(arguments);
    let output = command.output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

#[test]
fn the_settings_say_how_grave_a_rule_is() {
    let claims = CLEAN.replace("position: none", "position: wiring");
    for (weight, exit, told) in [
        ("off", 0, "1 claim: 0 errors, 0 warnings\n"),
        ("info", 0, "1 claim: 0 errors, 0 warnings, 1 note\n"),
        ("warning", 1, "1 claim: 0 errors, 1 warning\n"),
        ("error", 2, "1 claim: 1 error, 0 warnings\n"),
    ] {
        let settings = format!("lint: {{no-near-miss: {weight}}}\n");
        let (code, out, err) = run_with(&settings, &claims, &[]);
        assert_eq!(code, exit, "{weight}: {out}{err}");
        assert!(out.ends_with(told), "{weight}: {out}");
        assert_eq!(out.contains("lint/no-near-miss"), weight != "off", "{out}");
        let (_, out, _) = run_with(&settings, &claims, &["--format", "json"]);
        let json: Value = serde_json::from_str(&out).expect("JSON");
        let level = &json["findings"][0]["level"];
        assert_eq!(
            *level,
            if weight == "off" {
                Value::Null
            } else {
                weight.into()
            }
        );
    }
    let (_, out, _) = run_with(
        "lint: {no-near-miss: info}",
        &claims,
        &["--format", "github"],
    );
    assert!(out.starts_with("::notice file=claims/mill.yaml"), "{out}");
}

#[test]
fn an_unknown_rule_in_the_settings_is_told_with_its_place() {
    let (code, out, err) = run_with("jobs: 2\nlint:\n  colision: off\n", CLEAN, &[]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("gainsay.yaml:3:3"), "{err}");
    assert!(err.contains("`colision` is no rule of lint"), "{err}");
    assert!(err.contains("did you mean `collision`?"), "{err}");
}

#[test]
fn sarif_has_a_rule_for_each_code_and_a_place_for_each_finding() {
    let claims = CLEAN
        .replace("deliberately lit blaze", "the arsonists set mills alight")
        .replace("    question: What", "    qestion: What");
    let near = CLEAN.replace("deliberately lit blaze", "the arsonists set mills alight");
    for (claims, code, level) in [
        (near.as_str(), "lint/near-duplicate", "warning"),
        (claims.as_str(), "claim/", "error"),
    ] {
        let (_, out, err) = run(claims, &["--format", "sarif"]);
        let sarif: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {out}{err}"));
        assert_eq!(sarif["version"], "2.1.0");
        let run = &sarif["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        let has = |result: &&Value| {
            result["ruleId"]
                .as_str()
                .is_some_and(|id| id.starts_with(code))
                && result["level"] == level
        };
        assert!(results.iter().any(|result| has(&result)), "{out}");
        for result in results {
            let at =
                usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("fits");
            assert_eq!(rules[at]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            assert_eq!(place["artifactLocation"]["uri"], "claims/mill.yaml");
            let region = &place["region"];
            let number = |key: &str| region[key].as_u64().expect("a number");
            assert!(
                (number("startLine"), number("startColumn"))
                    <= (number("endLine"), number("endColumn"))
            );
        }
    }
}
