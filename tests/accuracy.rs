//! Floors under the figures on labelled articles, and the same figures by an independent program.
//!
//! The labelled sets are not part of the project; they lie beside it in `../shared`. Without them these tests say so and pass.

mod labelled;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use gainsay::divergence::{Divergence, Kind};
use gainsay::eval::{AnswerKind, find_passage};
use gainsay::render::json;
use gainsay::source::Span;
use labelled::Bench;
use serde_json::Value;

fn bench(name: &str, claims: Option<&str>) -> Option<Bench> {
    labelled::bench(name, claims, None)
}

fn s400() -> Option<Bench> {
    bench("s400", Some("claims"))
}

fn at_least(what: &str, value: f64, floor: f64) {
    println!("{what}: {value:.4}, floor {floor}");
    assert!(value >= floor, "{what} is {value:.4}, below {floor}");
}

#[test]
fn the_s400_articles() {
    let Some(bench) = s400() else { return };
    let figures = &bench.evaluation;
    at_least("s400 stance", figures.stance.f1(), 0.90);
    at_least("s400 evidence", figures.evidence.f1(), 0.85);
    at_least("s400 divergence", figures.divergence.f1(), 0.85);
}

#[test]
fn ten_topics_that_the_matcher_was_tuned_on() {
    let Some(bench) = bench("bench/dev", None) else {
        return;
    };
    let figures = &bench.evaluation;
    at_least("dev stance", figures.stance.f1(), 0.88);
    at_least("dev evidence", figures.evidence.f1(), 0.76);
    assert!(figures.strays <= 15, "{} strays", figures.strays);
}

#[test]
fn thirteen_topics_that_the_matcher_was_not_tuned_on() {
    let Some(bench) = bench("bench/dev2", None) else {
        return;
    };
    let figures = &bench.evaluation;
    let stance = figures.kinds[&AnswerKind::Stance].f1();
    at_least("dev2 stance, stance claims", stance, 0.83);
    at_least("dev2 evidence", figures.evidence.f1(), 0.68);
}

/// A grave divergence that readers found is there, with its kind, between its positions, and every one of its articles stands on
/// one of the two sides.
#[test]
fn grave_divergences_of_the_s400_articles_are_told() {
    let Some(bench) = s400() else { return };
    let labels = labels(&bench);
    let mut seen = 0;
    for wanted in list(&labels["divergences"]) {
        if wanted["severity"] != "high" || wanted["claim"].is_null() {
            continue;
        }
        seen += 1;
        let (claim, kind) = (string(&wanted["claim"]), string(&wanted["kind"]));
        let positions: BTreeSet<&str> = list(&wanted["positions"]).iter().map(string).collect();
        let articles: BTreeSet<&str> = list(&wanted["articles"]).iter().map(string).collect();
        let told = bench.report.divergences.iter().any(|found| {
            bench.report.claims[found.claim].id == claim
                && found.kind.name() == kind
                && sides(&bench, found, claim) == positions
                && ids(&bench, found).is_superset(&articles)
        });
        assert!(told, "{claim}: no {kind} of {positions:?} in {articles:?}");
    }
    assert!(seen >= 6, "only {seen} grave divergences are labelled");
}

/// No conflict is told whose two sides rest on two sentences that readers say do not diverge. A pair that they quote as evidence of a
/// divergence elsewhere may stand on two sides all the same.
#[test]
fn look_alikes_of_the_s400_articles_are_not_told() {
    let Some(bench) = s400() else { return };
    let labels = labels(&bench);
    let mut diverging = BTreeSet::new();
    for wanted in list(&labels["divergences"]) {
        let evidence: Vec<(&str, &str)> = list(&wanted["evidence"])
            .iter()
            .map(|pair| (string(&pair[0]), string(&pair[1])))
            .collect();
        for a in &evidence {
            for b in &evidence {
                diverging.insert((*a, *b));
            }
        }
    }
    let mut looked = 0;
    for alike in list(&labels["not_divergences"]) {
        let sentences: Vec<(&str, &str, Span)> = list(&alike["sentence_articles"])
            .iter()
            .zip(list(&alike["sentences"]))
            .map(|(number, sentence)| {
                let article = full_id(&bench, string(number));
                let sentence = string(sentence);
                let span = find_passage(&bench.texts[article], sentence).expect("a quotation");
                (article, sentence, span)
            })
            .collect();
        for found in bench.report.divergences.iter().filter(conflicts) {
            looked += 1;
            let rests: Vec<Vec<&(&str, &str, Span)>> = found
                .sides
                .iter()
                .map(|side| {
                    let rests_on = |(article, _, span): &&(&str, &str, Span)| {
                        side.matches.iter().any(|&at| {
                            let one = &bench.report.matches[at];
                            bench.report.articles[one.article].id == *article
                                && span.start < one.span.end
                                && one.span.start < span.end
                        })
                    };
                    sentences.iter().filter(rests_on).collect()
                })
                .collect();
            for (at, side) in rests.iter().enumerate() {
                for a in side {
                    for b in rests[at + 1..].iter().flatten() {
                        assert!(
                            diverging.contains(&((a.0, a.1), (b.0, b.1))),
                            "{} of {} rests on \"{}\" and \"{}\"; {}",
                            found.kind.name(),
                            bench.report.claims[found.claim].id,
                            a.1,
                            b.1,
                            alike["why"]
                        );
                    }
                }
            }
        }
    }
    assert!(looked > 0, "nothing was looked at");
}

fn conflicts(found: &&Divergence) -> bool {
    matches!(
        found.kind,
        Kind::Contradiction
            | Kind::SelfContradiction
            | Kind::Numeric
            | Kind::Temporal
            | Kind::Update
    )
}

fn sides<'b>(bench: &'b Bench, found: &'b Divergence, claim: &str) -> BTreeSet<&'b str> {
    let gold = &bench.gold.claims[claim];
    found
        .sides
        .iter()
        .filter_map(|side| side.position.as_deref())
        .map(|position| {
            let accepted = gold
                .accepts
                .iter()
                .find(|(_, pattern)| pattern.is_match(position));
            accepted.map_or(position, |(name, _)| name.as_str())
        })
        .collect()
}

fn ids<'b>(bench: &'b Bench, found: &Divergence) -> BTreeSet<&'b str> {
    let articles = found.articles().into_iter();
    articles
        .map(|at| bench.report.articles[at].id.as_str())
        .collect()
}

fn full_id<'b>(bench: &'b Bench, number: &str) -> &'b str {
    let mut ids = bench.texts.keys();
    ids.find(|id| id.starts_with(number))
        .expect("an article with this number")
}

fn labels(bench: &Bench) -> Value {
    let text = std::fs::read_to_string(bench.folder.join("gold.json")).expect("labels");
    serde_json::from_str(&text).expect("JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn string(value: &Value) -> &str {
    value.as_str().expect("a string")
}

#[test]
fn the_figures_are_those_of_the_independent_program() {
    for (name, claims) in [
        ("s400", Some("claims")),
        ("bench/dev", None),
        ("bench/dev2", None),
    ] {
        let Some(bench) = bench(name, claims) else {
            return;
        };
        let Some(expected) = scored_by_python(&bench) else {
            return;
        };
        let figures = &bench.evaluation;
        let mut ours = BTreeMap::from([
            ("stance".to_owned(), figures.stance),
            ("evidence".to_owned(), figures.evidence),
            ("divergence".to_owned(), figures.divergence),
        ]);
        for (kind, figure) in &figures.kinds {
            ours.insert(format!("stance, {} claims", kind.name()), *figure);
        }
        for (label, theirs) in expected.as_object().expect("an object") {
            match label.as_str() {
                "macro F1" => close(name, label, figures.macro_f1, theirs),
                "strays" => assert_eq!(theirs, figures.strays, "{name}: strays"),
                _ => {
                    let figure = ours.remove(label).expect("a figure of ours");
                    let values = [figure.precision(), figure.recall(), figure.f1()];
                    for (value, theirs) in values.into_iter().zip(list(theirs)) {
                        close(name, label, value, theirs);
                    }
                }
            }
        }
        assert!(ours.is_empty(), "{name}: {ours:?} are not told by both");
    }
}

/// The other program rounds to four decimals.
fn close(name: &str, label: &str, ours: f64, theirs: &Value) {
    let theirs = theirs.as_f64().expect("a number");
    assert!(
        (ours - theirs).abs() < 6e-5,
        "{name}, {label}: {ours} here, {theirs} there"
    );
}

/// The figures of `score.py`; `None` with a word on why where Python is not there.
fn scored_by_python(bench: &Bench) -> Option<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/score.py");
    let folder = tempfile::tempdir().expect("a folder");
    let report = folder.path().join("report.json");
    std::fs::write(&report, json::render(&bench.report)).expect("written");
    let output = Command::new("python3")
        .arg(&script)
        .arg(&bench.folder)
        .arg(&report)
        .arg("--json")
        .output();
    let output = match output {
        Err(error) => {
            println!("skipped: python3 cannot be run: {error}");
            return None;
        }
        Ok(output) => output,
    };
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {complaint}", script.display());
    Some(serde_json::from_slice(&output.stdout).expect("JSON"))
}
