//! What each rule of the decision gives: the figures without it, on all topics and topic by topic.
//!
//! No rule has a number that was fitted, so leaving a topic out changes no rule; what a topic loses without a rule shows whether the
//! rule serves English or one topic. A rule that helps no set at all would have to go.

mod labelled;
mod one_sentence;

use std::collections::BTreeMap;
use std::path::Path;

use gainsay::eval::{AnswerKind, Figure};
use gainsay::matching::rules::Rule;
use labelled::Bench;
use one_sentence::{Desk, in_project, sentences};

/// F1 of the positions of a set, of its divergences, and of the positions topic by topic.
struct Figures {
    stance: f64,
    divergence: f64,
    topics: BTreeMap<String, f64>,
}

fn of_set(name: &str, without: Option<Rule>) -> Option<Figures> {
    labelled::bench(name, None, without).map(figures)
}

/// Mean F1 of the positions of the sets of invented news.
fn of_newsroom(without: Option<Rule>) -> f64 {
    let letters = ["a", "b", "c", "d"];
    let sum: f64 = letters
        .map(|letter| figures(labelled::newsroom(letter, "claims", without)).stance)
        .iter()
        .sum();
    sum / letters.len() as f64
}

fn figures(bench: Bench) -> Figures {
    let topic = |id: &str| {
        let mut claims = bench.report.claims.iter();
        let claim = claims.find(|claim| claim.id == id);
        claim.map_or_else(String::new, |claim| claim.topic.to_string())
    };
    let mut topics: BTreeMap<String, Figure> = BTreeMap::new();
    for claim in &bench.evaluation.claims {
        topics
            .entry(topic(&claim.id))
            .or_default()
            .add(claim.stance);
    }
    Figures {
        stance: bench.evaluation.kinds[&AnswerKind::Stance].f1(),
        divergence: bench.evaluation.divergence.f1(),
        topics: topics
            .iter()
            .map(|(topic, figure)| (topic.clone(), figure.f1()))
            .collect(),
    }
}

/// F1 of a part of the contrast set.
fn of_contrast(part: &str, without: Option<Rule>) -> f64 {
    let desk = Desk::new(&in_project("tests/contrast/claims"));
    let desk = match without {
        Some(rule) => desk.without(rule),
        None => desk,
    };
    let mut figure = Figure::default();
    for sentence in sentences(part) {
        figure.add(of_sentence(&desk, &sentence));
    }
    figure.f1()
}

/// F1 over the sets of invented sentences whose misses are shown.
fn of_structure(without: Option<Rule>) -> f64 {
    let mut figure = Figure::default();
    for set in ["politics", "business", "crime", "science"] {
        let folder = in_project("tests/structure").join(set);
        let desk = Desk::new(&folder.join("claims"));
        let desk = match without {
            Some(rule) => desk.without(rule),
            None => desk,
        };
        for sentence in one_sentence::labelled(&folder.join("sentences.jsonl")) {
            figure.add(of_sentence(&desk, &sentence));
        }
    }
    figure.f1()
}

fn of_sentence(desk: &Desk, sentence: &one_sentence::Sentence) -> Figure {
    let found = desk.answers(
        desk.index(&sentence.claim),
        sentence.context.as_deref(),
        &sentence.text,
    );
    let right = found
        .iter()
        .filter(|found| sentence.positions.contains(found))
        .count();
    Figure::of_sets(right, found.len(), sentence.positions.len())
}

#[test]
fn every_rule_serves_a_set() {
    let folder = in_project("../shared/bench/dev");
    let labelled = Path::new(&folder).is_dir();
    if !labelled {
        println!(
            "the labelled sets are skipped: there is no {}",
            folder.display()
        );
    }
    let set = |name: &str, without| labelled.then(|| of_set(name, without)).flatten();
    let (dev, dev2) = (set("bench/dev", None), set("bench/dev2", None));
    let early = of_contrast("early.jsonl", None);
    let invented = of_newsroom(None);
    let structure = of_structure(None);
    println!(
        "{:15} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}  topics of dev better, worse by it",
        "rule", "dev", "dev2", "diverg.", "invent.", "early", "struct."
    );
    let mut idle = Vec::new();
    for &rule in Rule::ALL {
        let gain = of_contrast("early.jsonl", Some(rule));
        let gain = early - gain;
        let news = invented - of_newsroom(Some(rule));
        let built = structure - of_structure(Some(rule));
        let mut serves = gain > 0.0 || news > 0.0 || built > 0.0;
        let mut line = format!("{:15}", rule.name());
        if let (Some(dev), Some(dev2)) = (&dev, &dev2) {
            let (a, b) = (set("bench/dev", Some(rule)), set("bench/dev2", Some(rule)));
            let (a, b) = (a.expect("the set"), b.expect("the set"));
            let better = dev
                .topics
                .iter()
                .filter(|(topic, f1)| **f1 > a.topics[*topic])
                .count();
            let worse = dev
                .topics
                .iter()
                .filter(|(topic, f1)| **f1 < a.topics[*topic])
                .count();
            serves |= dev.stance > a.stance || dev2.stance > b.stance;
            line += &format!(
                " {:+7.3} {:+7.3} {:+7.3}",
                dev.stance - a.stance,
                dev2.stance - b.stance,
                dev.divergence - a.divergence
            );
            println!("{line} {news:+7.3} {gain:+7.3} {built:+7.3}  {better}, {worse}");
        } else {
            println!(
                "{line} {:>7} {:>7} {:>7} {news:+7.3} {gain:+7.3} {built:+7.3}",
                "-", "-", "-"
            );
        }
        if !serves {
            idle.push(rule.name());
        }
    }
    // Without the labelled sets a rule may have nothing to show on the contrast set alone.
    assert!(
        !labelled || idle.is_empty(),
        "these rules serve no set: {idle:?}"
    );
}
