//! Runs `gainsay explain` as an editor does: sentences, places, matches, and why not.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const CLAIMS: &str = "\
topic: The fire at the Harrow mill
aliases:
  arson: [arsonist, set on fire]
claims:
  - id: mill-fire-cause
    question: What started the fire at the Harrow mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was arson.
        phrases: [arsonist started the fire, somebody set the mill on fire]
        except: [a small arson fire at the station of the mill]
        requires: [fire, arson, station]
      wiring:
        says: The fire at the mill was caused by faulty wiring.
        phrases: [faulty wiring in the mill]
      not-arson:
        says: The fire at the mill was not arson.
        phrases: [no arsonist started the fire]
  - id: mill-dead
    question: How many people died in the fire at the Harrow mill?
    about: [mill, fire]
    quantity: {of: [people died, dead]}
";

fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims"] {
        fs::create_dir(desk.path().join(folder)).expect("a folder");
    }
    write(desk.path(), "claims/mill.yaml", CLAIMS);
    write(
        desk.path(),
        "articles/dawn.txt",
        "Harrow in ashes\n\nThe fire at the Harrow mill was started by an arsonist.\n\nThe mayor wept.\n",
    );
    desk
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("written");
}

/// Runs to the end; exit code, standard output, standard error.
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

fn json(desk: &TempDir, arguments: &[&str]) -> Value {
    let mut all = vec!["explain", "--format", "json"];
    all.extend(arguments);
    let (code, out, err) = run(desk, &all);
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    json["explanations"][0].clone()
}

fn position<'v>(explanation: &'v Value, name: &str) -> &'v Value {
    let positions = explanation["positions"].as_array().expect("a list");
    let found = positions.iter().find(|position| position["name"] == name);
    found.expect("every position is there")
}

#[test]
fn a_sentence_shows_its_words_and_a_sum_that_adds_up() {
    let desk = desk();
    let seen = json(
        &desk,
        &[
            "mill-fire-cause",
            "The fire at the mill was started by an arsonist.",
        ],
    );
    assert_eq!(seen["carried"][0]["position"], "arson");
    let arson = position(&seen, "arson");
    assert_eq!(arson["hurdle"], Value::Null);
    let sum = &arson["sum"];
    let parts = [
        "score",
        "support",
        "margin",
        "telling",
        "inversions",
        "offset",
    ];
    let total: f64 = parts
        .iter()
        .map(|part| sum[part].as_f64().expect("a number"))
        .sum();
    let confidence = arson["confidence"].as_f64().expect("a number");
    assert!((total.clamp(0.0, 1.0) - confidence).abs() < 1e-9, "{arson}");
    let units = arson["wording"]["units"].as_array().expect("a list");
    let alias = units
        .iter()
        .find(|unit| unit["text"] == "arson")
        .expect("the alias");
    assert_eq!(alias["kind"], "alias");
    assert_eq!(alias["met"]["words"]["text"], "arsonist");
}

#[test]
fn a_denial_shows_its_cue_and_the_position_that_holds_it() {
    let desk = desk();
    let seen = json(
        &desk,
        &["mill-fire-cause", "The fire at the mill was not arson."],
    );
    assert_eq!(seen["carried"][0]["position"], "not-arson");
    assert_eq!(seen["cues"][0]["words"]["text"], "not");
    assert_eq!(seen["cues"][0]["kind"], "negation");
}

#[test]
fn each_hurdle_is_named_and_the_change_is_one_that_works() {
    let desk = desk();
    for (sentence, wanted, hurdle) in [
        ("Was the fire at the mill arson?", "arson", "question"),
        ("The fire was arson.", "arson", "subject"),
        (
            "There was a small arson fire at the station of the mill.",
            "arson",
            "except",
        ),
        ("At the mill, wires had frayed.", "wiring", "below"),
    ] {
        let seen = json(&desk, &["mill-fire-cause", sentence, "--position", wanted]);
        let kind = &position(&seen, wanted)["hurdle"]["kind"];
        assert_eq!(kind, hurdle, "{sentence}: {}", position(&seen, wanted));
        assert_eq!(seen["why_not"]["position"], wanted);
        assert!(
            !seen["why_not"]["reason"]
                .as_str()
                .expect("a reason")
                .is_empty()
        );
        if hurdle != "question" {
            assert_eq!(
                seen["why_not"]["then"][0]["position"], wanted,
                "{sentence}: {seen}"
            );
        }
    }
}

/// The claims with `keys` at the claim on the cause.
fn with_keys(desk: &TempDir, keys: &str) {
    let claims = CLAIMS.replacen(
        "    about: [mill]\n",
        &format!("    about: [mill]\n{keys}"),
        1,
    );
    assert_eq!(claims == CLAIMS, keys.is_empty());
    write(desk.path(), "claims/mill.yaml", &claims);
}

#[test]
fn a_voice_that_does_not_count_is_named_with_what_would_let_it() {
    let desk = desk();
    let hedged = "The fire at the mill was reportedly caused by faulty wiring.";
    let said = "Mayor Ada Kaya said the fire at the mill was caused by faulty wiring.";
    for (keys, sentence, kind, reason, change) in [
        (
            "    hedged: false\n",
            hedged,
            "hedged",
            "told as possible, reported or unconfirmed, and `hedged: false`",
            "give it `hedged: true`",
        ),
        (
            "    speaker: [police, article]\n",
            said,
            "speaker",
            "in the voice of \"Ada Kaya\", and `speaker` asks for `police`, `article`",
            "add `Ada Kaya` to its `speaker`",
        ),
        (
            "    speaker: [police]\n",
            "The fire at the mill was caused by faulty wiring.",
            "speaker",
            "in the article's own voice",
            "add `article` to its `speaker`",
        ),
    ] {
        with_keys(&desk, "");
        let seen = json(&desk, &["mill-fire-cause", sentence]);
        assert_eq!(seen["carried"][0]["position"], "wiring", "{sentence}");
        with_keys(&desk, keys);
        let seen = json(
            &desk,
            &["mill-fire-cause", sentence, "--position", "wiring"],
        );
        assert_eq!(seen["carried"], Value::Array(Vec::new()), "{sentence}");
        assert_eq!(
            position(&seen, "wiring")["hurdle"]["kind"],
            kind,
            "{sentence}"
        );
        let why_not = &seen["why_not"];
        let told = why_not["reason"].as_str().expect("a reason");
        assert!(told.contains(reason), "{told}");
        let told = why_not["change"].as_str().expect("a change");
        assert!(told.contains(change), "{told}");
        assert_eq!(why_not["then"][0]["position"], "wiring");
        let (_, out, _) = run(&desk, &["explain", "mill-fire-cause", sentence]);
        assert!(out.contains("would fit"), "{out}");
    }
}

#[test]
fn a_number_tells_that_its_voice_does_not_count() {
    let desk = desk();
    for (keys, sentence, fault, words) in [
        (
            "hedged: false",
            "Perhaps 25 people died in the fire at the mill.",
            "hedged",
            "told as possible",
        ),
        (
            "speaker: [police]",
            "The mayor said 25 people died in the fire at the mill.",
            "speaker",
            "in the voice of nobody whom `speaker` lists",
        ),
    ] {
        let claims = CLAIMS.replace("    quantity:", &format!("    {keys}\n    quantity:"));
        write(desk.path(), "claims/mill.yaml", CLAIMS);
        let seen = json(&desk, &["mill-dead", sentence]);
        assert_eq!(seen["carried"][0]["position"], "25", "{sentence}");
        write(desk.path(), "claims/mill.yaml", &claims);
        let seen = json(&desk, &["mill-dead", sentence]);
        assert_eq!(seen["carried"], Value::Array(Vec::new()), "{sentence}");
        assert_eq!(seen["numbers"][0]["fault"], fault);
        let (_, out, _) = run(&desk, &["explain", "mill-dead", sentence]);
        assert!(out.contains(words), "{out}");
    }
}

#[test]
fn the_proposed_phrase_does_what_was_told() {
    let desk = desk();
    let sentence = "At the mill, wires had frayed.";
    let seen = json(
        &desk,
        &["mill-fire-cause", sentence, "--position", "wiring"],
    );
    let change = seen["why_not"]["change"].as_str().expect("a change");
    let phrase = change.split('`').nth(1).expect("the phrase");
    let claims = CLAIMS.replace(
        "[faulty wiring in the mill]",
        &format!("[faulty wiring in the mill, \"{phrase}\"]"),
    );
    assert_ne!(claims, CLAIMS);
    write(desk.path(), "claims/mill.yaml", &claims);
    let seen = json(&desk, &["mill-fire-cause", sentence]);
    assert_eq!(seen["carried"][0]["position"], "wiring", "{seen}");
}

#[test]
fn numbers_say_why_they_are_taken_or_not() {
    let desk = desk();
    let sentence = "25 people died in the fire at the mill, and several dead horses cost $400.";
    let seen = json(&desk, &["mill-dead", sentence]);
    assert_eq!(seen["carried"][0]["position"], "25");
    let numbers = seen["numbers"].as_array().expect("a list");
    let of = |value: f64| {
        numbers
            .iter()
            .find(|n| n["value"] == value)
            .expect("the number")
    };
    assert_eq!(of(25.0)["entry"], "people died");
    assert_eq!(of(400.0)["fault"], "kind");
    let (_, out, _) = run(&desk, &["explain", "mill-dead", sentence]);
    assert!(out.contains("another kind of number"), "{out}");
}

#[test]
fn places_and_matches_are_found() {
    let desk = desk();
    let (code, out, err) = run(
        &desk,
        &["explain", "mill-fire-cause", "articles/dawn.txt:3"],
    );
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("line 3: \"The fire at the Harrow mill"),
        "{out}"
    );
    assert!(
        out.contains("names"),
        "the gate on names is shown for articles: {out}"
    );
    let (_, report, _) = run(&desk, &["check", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let found = report["matches"].as_array().expect("a list");
    let id = found
        .iter()
        .find(|m| m["claim"] == "mill-fire-cause")
        .expect("a match")["id"]
        .as_str()
        .expect("an id");
    for arguments in [vec!["explain", id], vec!["explain", "mill-fire-cause", id]] {
        let (code, out, err) = run(&desk, &arguments);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("line 3:"), "{out}");
    }
}

#[test]
fn bad_arguments_are_told_and_fail() {
    let desk = desk();
    for (arguments, complaint) in [
        (
            vec!["explain", "mill-fire-cose", "x"],
            "did you mean `mill-fire-cause`",
        ),
        (vec!["explain", "mill-fire-cause"], "a sentence is missing"),
        (vec!["explain", "mill-fire-cause", " "], "blank"),
        (
            vec!["explain", "mill-fire-cause", "articles/dawn.txt:99"],
            "no line 99",
        ),
        (
            vec!["explain", "mill-fire-cause", "articles/dawn.txt:2"],
            "no statement on line 2",
        ),
        (
            vec!["explain", "mill-fire-cause", "articles/none.txt:2"],
            "no such file",
        ),
        (
            vec!["explain", "mill-fire-cause", "0000"],
            "no match and no divergence",
        ),
        (
            vec!["explain", "mill-fire-cause", "x", "--position", "y"],
            "no position `y`",
        ),
    ] {
        let (code, out, err) = run(&desk, &arguments);
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, 2, "{arguments:?}: {out}");
        assert!(err.contains(complaint), "{arguments:?}: {err}");
    }
}

#[test]
fn nothing_in_a_sentence_steers_the_terminal() {
    let desk = desk();
    let (code, out, _) = run(
        &desk,
        &[
            "explain",
            "mill-fire-cause",
            "The \u{1b}[31mfire at the mill was \u{202e}arson.",
        ],
    );
    assert_eq!(code, 0);
    assert!(
        !out.contains('\u{1b}') && !out.contains('\u{202e}'),
        "{out}"
    );
}

#[test]
fn a_divergence_is_explained_by_the_statements_of_its_sides() {
    let desk = desk();
    write(
        desk.path(),
        "articles/dusk.txt",
        "Harrow mill fire\n\nThe fire at the Harrow mill was caused by faulty wiring.\n",
    );
    let (_, out, _) = run(&desk, &["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let found = json["divergences"].as_array().expect("a list").iter();
    let mut ids = found
        .filter(|d| d["kind"] == "contradiction")
        .map(|d| d["id"].as_str().expect("an id").to_owned());
    let id = ids.next().expect("a contradiction");
    let (code, out, err) = run(&desk, &["explain", &id]);
    assert_eq!(code, 0, "{err}");
    for part in ["articles/dawn.txt:3", "articles/dusk.txt:3"] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let (code, out, err) = run(&desk, &["explain", &id, "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let json: Value = serde_json::from_str(&out).expect("JSON");
    let articles: Vec<_> = json["explanations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| e["article"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(articles.len(), 2, "{articles:?}");
    assert!(articles.contains(&"dawn".to_owned()) && articles.contains(&"dusk".to_owned()));
    let (code, _, err) = run(&desk, &["explain", "0000000000000000"]);
    assert_eq!(code, 2);
    assert!(err.contains("no match and no divergence"), "{err}");
}

#[test]
fn a_bare_denial_is_explained_by_what_it_denies() {
    let desk = desk();
    write(
        desk.path(),
        "articles/dusk.txt",
        "Harrow in ashes\n\nThe fire at the Harrow mill was started by an arsonist.\n\nThat is not true, the owner said.\n",
    );
    let line = ["mill-fire-cause", "articles/dusk.txt:5"];
    let explanation = json(&desk, &line);
    assert_eq!(explanation["carried"][0]["position"], "not-arson");
    assert_eq!(explanation["carried"][0]["by"], "echo");
    let (_, out, _) = run(&desk, &["explain", line[0], line[1]]);
    assert!(
        out.contains("for it denies what was said shortly before"),
        "{out}"
    );
    // Nothing was said before: nothing is denied.
    let alone = json(
        &desk,
        &["mill-fire-cause", "That is not true, the owner said."],
    );
    assert!(alone["carried"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_near_match_counts_where_the_article_says_nothing_surer() {
    let desk = desk();
    let filler = "The mayor of Harrow walked along the river and looked at the ashes. ".repeat(8);
    let near = "Wiring caused the trouble at the mill.";
    let long = format!("Harrow in ashes\n\n{near}\n\n{filler}\n");
    write(desk.path(), "articles/long.txt", &long);
    let sure = format!("{long}\nThe fire at the mill was caused by faulty wiring.\n");
    write(desk.path(), "articles/sure.txt", &sure);
    let alone = json(&desk, &["mill-fire-cause", near]);
    let confidence = position(&alone, "wiring")["confidence"].as_f64();
    assert!(
        confidence.is_some_and(|c| (0.45..0.60).contains(&c)),
        "{confidence:?}"
    );
    assert!(alone["carried"].as_array().is_some_and(Vec::is_empty));
    let long = json(&desk, &["mill-fire-cause", "articles/long.txt:3"]);
    assert_eq!(long["carried"][0]["by"], "surest");
    let sure = json(&desk, &["mill-fire-cause", "articles/sure.txt:3"]);
    assert!(sure["carried"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn what_the_main_clause_goes_beyond_is_told() {
    let desk = desk();
    let claims = "\
topic: The government of Belmark
claims:
  - id: roth
    question: Has Hanna Roth resigned?
    about: [Roth]
    positions:
      resigned: {says: Hanna Roth has resigned., phrases: [Roth resigned]}
      stays: {says: Hanna Roth stays in office., phrases: [Roth survived the vote]}
";
    write(desk.path(), "claims/roth.yaml", claims);
    let sentence = "Although she had survived the vote, Roth resigned.";
    let explanation = json(&desk, &["roth", sentence]);
    assert_eq!(position(&explanation, "resigned")["carried"], true);
    let stays = position(&explanation, "stays");
    assert_eq!(stays["hurdle"]["kind"], "superseded", "{stays}");
    assert_eq!(stays["hurdle"]["position"], "resigned", "{stays}");
    let (_, text, _) = run(&desk, &["explain", "roth", sentence, "--position", "stays"]);
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "is told only beside the main clause, which carries resigned";
    assert!(told.contains(reason), "{text}");
}

#[test]
fn a_figure_held_against_a_number_before_it_is_told() {
    let desk = desk();
    let text = "The fire at the Harrow mill is out.\n\nThe union says that 40 people died at the Harrow mill.\n\n\
        Police put the number at 28.\n\nIt was the third fire in May.\n";
    write(desk.path(), "articles/figure.txt", text);
    let explanation = json(&desk, &["mill-dead", "articles/figure.txt:5"]);
    assert_eq!(explanation["carried"][0]["position"], "28");
    assert_eq!(explanation["carried"][0]["by"], "figure");
    let number = &explanation["numbers"][0];
    assert!(number["fault"].is_null(), "{number}");
    let (_, text, _) = run(&desk, &["explain", "mill-dead", "articles/figure.txt:5"]);
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "a figure held against a number shortly before";
    assert!(told.contains(reason), "{text}");
    let next = json(&desk, &["mill-dead", "articles/figure.txt:7"]);
    assert!(next["carried"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn what_is_told_of_an_earlier_year_counts_only_beside_nothing_newer() {
    let desk = desk();
    let old = "In 2014 an arsonist started a fire at the Harrow mill.";
    let new = "The fire at the Harrow mill was caused by faulty wiring.";
    for (name, text) in [
        (
            "both",
            format!("---\ndate: 2019-05-02\n---\n{old}\n\n{new}\n"),
        ),
        ("alone", format!("---\ndate: 2019-05-02\n---\n{old}\n")),
    ] {
        write(desk.path(), &format!("articles/{name}.md"), &text);
    }
    let both = json(&desk, &["mill-fire-cause", "articles/both.md:4"]);
    let arson = position(&both, "arson");
    assert_eq!(arson["hurdle"]["kind"], "background", "{arson}");
    let (_, text, _) = run(
        &desk,
        &[
            "explain",
            "mill-fire-cause",
            "articles/both.md:4",
            "--position",
            "arson",
        ],
    );
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "told of an earlier year, and the article has something newer to tell";
    assert!(told.contains(reason), "{text}");
    let alone = json(&desk, &["mill-fire-cause", "articles/alone.md:4"]);
    assert_eq!(position(&alone, "arson")["carried"], true, "{alone}");
}

#[test]
fn what_was_so_is_not_so_still_beside_what_has_come_since() {
    let desk = desk();
    let claims = "topic: The hikers of Castell\nclaims:\n  - id: hikers-fate\n    question: What has become of the hikers of Castell?\n    about: [hikers]\n    \
                  positions:\n      found: {says: The hikers have been found.}\n      missing: {says: The hikers are still missing., phrases: [hikers have gone missing]}\n";
    write(desk.path(), "claims/hikers.yaml", claims);
    let before = "The hikers of Castell went missing on Monday.";
    let since = "The hikers have been found in a hut.";
    for (name, text) in [
        ("both", format!("{before}\n\n{since}\n")),
        ("alone", format!("{before}\n")),
    ] {
        write(desk.path(), &format!("articles/{name}.txt"), &text);
    }
    let both = json(&desk, &["hikers-fate", "articles/both.txt:1"]);
    let missing = position(&both, "missing");
    assert_eq!(missing["hurdle"]["kind"], "past", "{missing}");
    let (_, text, _) = run(
        &desk,
        &[
            "explain",
            "hikers-fate",
            "articles/both.txt:1",
            "--position",
            "missing",
        ],
    );
    let told = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = "it tells how it was, and the article says what has come since";
    assert!(told.contains(reason), "{text}");
    let alone = json(&desk, &["hikers-fate", "articles/alone.txt:1"]);
    assert_eq!(position(&alone, "missing")["carried"], true, "{alone}");
}
