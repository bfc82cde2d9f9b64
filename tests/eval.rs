//! Runs `gainsay eval` as a user does, on a small folder of labelled articles.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::{Value, json};
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
  - id: mill-workers
    question: How many people work at the mill?
    about: [mill]
    quantity:
      of: [workers]
      tolerance: 0%
";

const ARSON: &str = "The fire at the mill was started by an arsonist.";
const WIRING: &str = "The fire at the mill was caused by faulty wiring.";
const OPENS: &str = "The owners want to open the mill again.";

/// Two labelled articles. The program finds arson and opens in `dawn`, wiring in `dusk`.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    for folder in ["articles", "claims"] {
        fs::create_dir(desk.path().join(folder)).expect("a folder");
    }
    write(&desk, "claims/mill.yaml", CLAIMS);
    write(&desk, "articles/dawn.txt", &format!("{ARSON}\n\n{OPENS}\n"));
    write(&desk, "articles/dusk.txt", &format!("{WIRING}\n"));
    desk
}

fn write(desk: &TempDir, name: &str, text: &str) {
    fs::write(desk.path().join(name), text).expect("written");
}

fn write_labels(desk: &TempDir, labels: &[Value]) {
    let lines: Vec<String> = labels.iter().map(|label| format!("{label}\n")).collect();
    write(desk, "labels.jsonl", &lines.concat());
}

/// Runs to the end; exit code, standard output, standard error.
fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(folder)
        .env_clear()
        .arg("eval")
        .args(arguments.split_whitespace())
        .output()
        .expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn figures(desk: &TempDir) -> (i32, Value) {
    let (code, out, err) = run(desk.path(), ". --format json");
    let json = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
    (code, json)
}

/// Right and found, hit and wanted.
fn counts(figure: &Value) -> [u64; 4] {
    ["right", "found", "hit", "wanted"].map(|key| figure[key].as_u64().expect("a count"))
}

fn label(article: &str, claim: &str, position: &str, sentence: Option<&str>) -> Value {
    let mut label = json!({"article": article, "claim": claim, "position": position});
    if let Some(sentence) = sentence {
        label["sentence"] = json!(sentence);
    }
    label
}

/// A reader who takes the wiring for arson.
fn labels() -> Vec<Value> {
    vec![
        label("dawn", "mill-fire-cause", "arson", Some(ARSON)),
        label("dawn", "mill-reopening", "opens", None),
        label("dusk", "mill-fire-cause", "arson", Some(WIRING)),
        label("dusk", "mill-reopening", "none", None),
    ]
}

#[test]
fn stance_evidence_and_divergence_are_counted() {
    let desk = desk();
    write_labels(&desk, &labels());
    let (code, json) = figures(&desk);
    assert_eq!(code, 0, "{json:#}");
    assert_eq!(counts(&json["stance"]), [2, 3, 2, 3]);
    // Of "opens" no sentence is labelled, so its match is right and nothing of it can be missed.
    assert_eq!(counts(&json["evidence"]), [2, 3, 1, 2]);
    // Readers see no conflict, the program sees arson against wiring.
    assert_eq!(counts(&json["divergence"]), [0, 1, 0, 0]);
    assert_eq!(json["strays"], 0);
    assert_eq!(json["matches"], 3);
    assert_eq!(json["problems"], json!([]));
}

#[test]
fn misses_come_with_their_reasons() {
    let desk = desk();
    write_labels(&desk, &labels());
    let (_, json) = figures(&desk);
    let claim = &json["claims"][0];
    assert_eq!(claim["id"], "mill-fire-cause");
    assert_eq!(
        claim["confusion"],
        json!([
            {"labelled": "arson", "found": "arson", "count": 1},
            {"labelled": "arson", "found": "wiring", "count": 1},
        ])
    );
    let wrong = &json["wrong"][0];
    assert_eq!(wrong["reason"], "labelled-otherwise");
    assert_eq!(wrong["labelled"], json!(["arson"]));
    assert_eq!(wrong["sentence"], WIRING);
    let missing = &json["missing"][0]["passages"][0];
    assert_eq!(missing["reason"]["kind"], "matched-as");
    assert_eq!(missing["reason"]["position"], "wiring");
}

#[test]
fn a_sentence_without_a_match_names_the_nearest_wording() {
    let desk = desk();
    let text = "Somebody set the mill on fire, police believe.";
    write(
        &desk,
        "articles/noon.txt",
        &format!("The mill burnt.\n\n{text}\n"),
    );
    write_labels(
        &desk,
        &[label("noon", "mill-fire-cause", "arson", Some(text))],
    );
    let (_, json) = figures(&desk);
    let missing = &json["missing"];
    if missing == &json!([]) {
        panic!("the sentence is matched, so this test needs another");
    }
    let reason = &missing[0]["passages"][0]["reason"];
    assert_eq!(reason["kind"], "nearest", "{reason}");
    assert_eq!(reason["met"], 2, "{reason}");
}

#[test]
fn weak_labels_and_curation_count_nowhere() {
    let desk = desk();
    let mut all = labels();
    all[2]["curation"] = json!(true);
    write_labels(&desk, &all);
    assert_eq!(counts(&figures(&desk).1["stance"]), [2, 2, 2, 2]);

    let mut all = labels();
    all[2] = label("dusk", "mill-fire-cause", "wiring", Some(WIRING));
    all[2]["weak"] = json!(true);
    write_labels(&desk, &all);
    assert_eq!(counts(&figures(&desk).1["stance"]), [2, 2, 2, 2]);
}

#[test]
fn matches_in_unread_articles_are_strays() {
    let desk = desk();
    write_labels(&desk, &labels()[..2]);
    let json = figures(&desk).1;
    assert_eq!(json["strays"], 1);
    assert_eq!(counts(&json["stance"]), [2, 2, 2, 2]);
}

#[test]
fn both_forms_of_labels_give_the_same_figures() {
    let desk = desk();
    write_labels(&desk, &labels());
    let (code, mut lines) = figures(&desk);
    fs::remove_file(desk.path().join("labels.jsonl")).expect("removed");
    let gold = json!({"topics": [{
        "claims": [
            {"id": "mill-fire-cause", "kind": "stance"},
            {"id": "mill-reopening", "kind": "stance", "compatible": []},
        ],
        "curation": [],
        "articles": {
            "dawn": {
                "mill-fire-cause": [{"position": "arson", "evidence": [ARSON]}],
                "mill-reopening": [{"position": "opens", "evidence": [], "more": true}],
            },
            "dusk": {"mill-fire-cause": [{"position": "arson", "evidence": [WIRING]}]},
        },
    }]});
    write(&desk, "gold.json", &gold.to_string());
    let (again, mut whole) = figures(&desk);
    assert_eq!((code, again), (0, 0));
    assert_eq!(whole["problems"].take(), lines["problems"].take());
    assert_eq!(whole, lines);
}

#[test]
fn gold_json_knows_compatible_answers_patterns_and_numbers() {
    let desk = desk();
    write(&desk, "articles/noon.txt", "The mill has 1,200 workers.\n");
    let gold = json!({"topics": [{
        "claims": [
            {"id": "mill-fire-cause", "kind": "stance", "compatible": [["wiring", "arson"]], "accepts": {"fault": "WIR.*"}},
            {"id": "mill-workers", "kind": "quantity"},
        ],
        "articles": {
            "dawn": {"mill-fire-cause": [{"position": "arson", "evidence": [ARSON]}]},
            "dusk": {"mill-fire-cause": [{"position": "fault", "evidence": [WIRING]}]},
            "noon": {"mill-workers": [{"position": "1,200.0", "evidence": ["The mill has 1,200 workers."]}]},
            "night": {"mill-workers": []},
        },
    }]});
    write(&desk, "gold.json", &gold.to_string());
    let (code, json) = figures(&desk);
    // The article that is labelled and not there is an error; the rest is measured.
    assert_eq!(code, 2);
    assert_eq!(json["problems"][0]["code"], "eval/unknown-article");
    assert_eq!(json["problems"].as_array().map(Vec::len), Some(1));
    assert_eq!(counts(&json["stance"]), [3, 3, 3, 3]);
    assert_eq!(counts(&json["kinds"]["quantity"]), [1, 1, 1, 1]);
    // "wiring" and "arson" are compatible by name, though the label calls one of them "fault".
    assert_eq!(counts(&json["divergence"]), [0, 0, 0, 0]);
}

#[test]
fn every_bad_line_is_told_with_its_place_and_the_rest_is_measured() {
    let desk = desk();
    let good = label("dawn", "mill-fire-cause", "arson", Some(ARSON));
    let bad = [
        "{\"article\": \"dawn\"".to_owned(),
        json!({"article": "dawn", "claim": "mill-fire-cause", "postion": "arson"}).to_string(),
        label("noon", "mill-fire-cause", "arson", None).to_string(),
        label("dawn", "mill-fire", "arson", None).to_string(),
        label("dawn", "mill-fire-cause", "lightning", None).to_string(),
        label("dawn", "mill-fire-cause", "arson", Some("No such words.")).to_string(),
        label("dawn", "mill-fire-cause", "none", Some(ARSON)).to_string(),
        label("dawn", "mill-workers", "many", None).to_string(),
    ];
    write(
        &desk,
        "labels.jsonl",
        &format!("{good}\n\n{}\n", bad.join("\n")),
    );
    let (code, json) = figures(&desk);
    assert_eq!(code, 2);
    let told: Vec<(u64, &str)> = json["problems"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|problem| {
            let line = problem["line"].as_u64().expect("a line");
            (line, problem["code"].as_str().expect("a code"))
        })
        .collect();
    assert_eq!(
        told,
        [
            (3, "eval/malformed-line"),
            (4, "eval/malformed-line"),
            (5, "eval/unknown-article"),
            (6, "eval/unknown-claim"),
            (7, "eval/unknown-position"),
            (8, "eval/unknown-passage"),
            (9, "eval/sentence-of-nothing"),
            (10, "eval/unknown-position"),
        ]
    );
    assert_eq!(counts(&json["stance"]), [1, 1, 1, 1]);
    let (code, out, err) = run(desk.path(), ".");
    assert_eq!(code, 2, "{err}");
    assert!(
        out.contains(
            "labels.jsonl:7:1: error: the claim `mill-fire-cause` has no position `lightning`"
        ),
        "{out}"
    );
}

#[test]
fn a_folder_without_usable_labels_is_told() {
    let desk = desk();
    let told = |expected: &str| {
        let (code, out, err) = run(desk.path(), ".");
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(expected), "{err}");
    };
    told("there is no labels.jsonl and no gold.json");
    write(&desk, "gold.json", "{\"topics\": [{\"claims\": 7}]}");
    told("the labels cannot be read");
    write(&desk, "labels.jsonl", "");
    told("there are both gold.json and labels.jsonl");
    let (code, _, err) = run(desk.path(), "nowhere");
    assert_eq!(code, 2);
    assert!(err.contains("there is no folder nowhere"), "{err}");
}

#[test]
fn text_shows_figures_with_intervals_and_hostile_words_harmlessly() {
    let desk = desk();
    let evil = "The fire at the mill \u{1b}[31mwas caused by faulty wiring.";
    write(&desk, "articles/evil.txt", &format!("{evil}\n"));
    let mut all = labels();
    all.push(label("evil", "mill-fire-cause", "arson", Some(evil)));
    write_labels(&desk, &all);
    let (code, out, err) = run(desk.path(), ". --misses 1");
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("precision (95 %)"), "{out}");
    assert!(out.contains("Missing positions, 1 of 2:"), "{out}");
    assert!(out.contains("arson -> wiring: 2"), "{out}");
    assert!(!out.contains('\u{1b}'), "{out}");
}
