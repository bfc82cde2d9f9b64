//! Short invented sentences with labels, each a phenomenon of English, on invented claims from fields far from those that the
//! matcher was tuned on.
//!
//! `early.jsonl` was written before the rules that it tests, `late.jsonl` after them: it tells how well they hold on what nobody
//! had in mind. A label is never changed to what the program says. Each sentence is an article of its own: the names of the
//! topic, an optional sentence before it, and the sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::article::{Article, parse_date};
use gainsay::claim::{self, Answers, Claim};
use gainsay::eval::Figure;
use gainsay::matching::Matcher;
use gainsay::source::Source;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    claim: String,
    text: String,
    positions: Vec<String>,
    class: String,
    context: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contrast")
}

fn claims() -> Vec<Arc<Claim>> {
    let loaded = claim::load(&[folder().join("claims")]);
    assert!(loaded.problems.is_empty(), "{:#?}", loaded.problems);
    loaded.items
}

fn sentences(name: &str) -> Vec<Sentence> {
    let text = std::fs::read_to_string(folder().join(name)).expect("the set");
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().expect("labelled sentences")
}

/// The article around a sentence, and where the sentence begins in it.
fn article(claim: &Claim, sentence: &Sentence) -> (Article, usize) {
    // A news text names its topic; what is tested is the sentence.
    let mut text = format!("This is about {}.\n\n", claim.topic);
    if let Some(context) = &sentence.context {
        text.push_str(context);
        text.push(' ');
    }
    let start = text.len();
    text.push_str(&sentence.text);
    text.push('\n');
    let article = Article {
        id: "contrast".to_owned(),
        path: "contrast.txt".to_owned(),
        source: None,
        date: parse_date("2024-03-20"),
        title: None,
        url: None,
        prose: Arc::from(text.as_str()),
        text: Arc::new(Source::new("contrast.txt", text)),
        headings: Vec::new(),
    };
    (article, start)
}

/// The answers that the sentence was found to carry on its claim.
fn found(claims: &[Arc<Claim>], matcher: &Matcher, sentence: &Sentence) -> BTreeSet<String> {
    let at = claims
        .iter()
        .position(|claim| claim.id == sentence.claim)
        .unwrap_or_else(|| panic!("there is no claim {}", sentence.claim));
    let (article, start) = article(&claims[at], sentence);
    let matches = matcher.worker().article(0, &article).into_iter();
    matches
        .filter(|found| found.claim == at && found.span.start >= start)
        .map(|found| found.position.to_string())
        .collect()
}

/// Whether a found answer is the labelled one. A label `200..250` is a range: any number within it tells it.
fn same(claim: &Claim, label: &str, found: &str) -> bool {
    match (&claim.answers, label.split_once("..")) {
        (Answers::Quantity { .. }, Some((low, high))) => {
            let number = |text: &str| text.parse::<f64>().expect("a number");
            (number(low)..=number(high)).contains(&number(found))
        }
        _ => label == found,
    }
}

struct Figures {
    all: Figure,
    classes: BTreeMap<String, Figure>,
    misses: Vec<String>,
}

fn measure(name: &str) -> Figures {
    let claims = claims();
    let matcher = Matcher::new(&claims);
    let mut figures = Figures {
        all: Figure::default(),
        classes: BTreeMap::new(),
        misses: Vec::new(),
    };
    for sentence in sentences(name) {
        let claim = claims
            .iter()
            .find(|claim| claim.id == sentence.claim)
            .unwrap_or_else(|| panic!("there is no claim {}", sentence.claim));
        let found = found(&claims, &matcher, &sentence);
        let is_right = |found: &&String| {
            let mut labels = sentence.positions.iter();
            labels.any(|label| same(claim, label, found))
        };
        let is_hit = |label: &&String| found.iter().any(|found| same(claim, label, found));
        let figure = Figure {
            right: found.iter().filter(is_right).count(),
            found: found.len(),
            hit: sentence.positions.iter().filter(is_hit).count(),
            wanted: sentence.positions.len(),
        };
        figures.all.add(figure);
        let class = figures.classes.entry(sentence.class.clone()).or_default();
        class.add(figure);
        if figure.right < figure.found || figure.hit < figure.wanted {
            figures.misses.push(format!(
                "{:18} {:20} {:?} found {found:?}: {}",
                sentence.class, sentence.claim, sentence.positions, sentence.text
            ));
        }
    }
    figures
}

fn print(name: &str, figures: &Figures) {
    let line = |label: &str, figure: &Figure| {
        println!(
            "{label:20} precision {:.3} ({}/{}), recall {:.3} ({}/{}), F1 {:.3}",
            figure.precision(),
            figure.right,
            figure.found,
            figure.recall(),
            figure.hit,
            figure.wanted,
            figure.f1()
        );
    };
    line(name, &figures.all);
    for (class, figure) in &figures.classes {
        line(&format!("  {class}"), figure);
    }
    for miss in &figures.misses {
        println!("  {miss}");
    }
}

#[test]
fn sentences_written_before_the_rules() {
    let figures = measure("early.jsonl");
    print("early", &figures);
    let f1 = figures.all.f1();
    assert!(f1 >= EARLY_F1, "F1 is {f1:.3}, below {EARLY_F1}");
}

/// A little below what was measured.
const EARLY_F1: f64 = 0.5;
