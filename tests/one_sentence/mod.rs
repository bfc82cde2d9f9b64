//! One sentence as an article of its own, and the answers that it is found to carry.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::article::{Article, parse_date};
use gainsay::claim::{self, Answers, Claim};
use gainsay::eval::Figure;
use gainsay::matching::Matcher;
use gainsay::matching::rules::Rule;
use gainsay::problem::Level;
use gainsay::source::Source;
use jiff::civil::Date;
use serde::Deserialize;

/// A labelled sentence of the contrast set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    pub claim: String,
    pub text: String,
    /// What it carries on its claim.
    pub positions: Vec<String>,
    /// The phenomenon that it shows.
    #[allow(dead_code, reason = "the mutations do not ask what a sentence shows")]
    pub class: String,
    /// The sentence before it.
    pub context: Option<String>,
}

/// A file or folder of this project.
pub fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The sentences of a file of the contrast set.
#[allow(dead_code, reason = "only some tests read the contrast set")]
pub fn sentences(name: &str) -> Vec<Sentence> {
    labelled(&in_project("tests/contrast").join(name))
}

/// The sentences of a file.
pub fn labelled(path: &Path) -> Vec<Sentence> {
    let text = std::fs::read_to_string(path).expect("the set");
    let lines = text.lines().map(serde_json::from_str);
    lines.collect::<Result<_, _>>().expect("labelled sentences")
}

/// Claims and a matcher for them.
pub struct Desk {
    pub claims: Vec<Arc<Claim>>,
    matcher: Matcher,
    /// Day of publication of every sentence; without one, a day without a year stays so.
    #[allow(dead_code, reason = "only the set of numbers has no day")]
    pub published: Option<Date>,
}

impl Desk {
    pub fn new(claims: &Path) -> Self {
        let loaded = claim::load(&[claims]);
        let errors = loaded.problems.iter();
        let errors: Vec<String> = errors
            .filter(|problem| problem.level == Level::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let matcher = Matcher::new(&loaded.items);
        Self {
            claims: loaded.items,
            matcher,
            published: parse_date("2024-03-20"),
        }
    }

    /// The same without a rule of the decision.
    #[allow(dead_code, reason = "only the ablation leaves rules out")]
    pub fn without(self, rule: Rule) -> Self {
        Self {
            matcher: self.matcher.without(rule),
            ..self
        }
    }

    pub fn index(&self, id: &str) -> usize {
        let mut claims = self.claims.iter();
        claims
            .position(|claim| claim.id == id)
            .unwrap_or_else(|| panic!("there is no claim {id}"))
    }

    /// The answers that a sentence is found to carry on a claim, after an optional sentence before it.
    pub fn answers(&self, claim: usize, context: Option<&str>, text: &str) -> BTreeSet<String> {
        // A news text names its topic; what is tested is the sentence.
        let mut whole = format!("This is about {}.\n\n", self.claims[claim].topic);
        if let Some(context) = context {
            whole.push_str(context);
            whole.push(' ');
        }
        let start = whole.len();
        whole.push_str(text);
        whole.push('\n');
        let article = Article {
            id: "one".to_owned(),
            path: "one.txt".to_owned(),
            source: None,
            date: self.published,
            title: None,
            url: None,
            prose: Arc::from(whole.as_str()),
            text: Arc::new(Source::new("one.txt", whole)),
            headings: Vec::new(),
        };
        let matches = self.matcher.worker().article(0, &article).into_iter();
        matches
            .filter(|found| found.claim == claim && found.span.start >= start)
            .map(|found| found.position.to_string())
            .collect()
    }
}

/// How well the sentences of a folder, labelled on the claims beside them, are understood, and those that are not.
#[allow(dead_code, reason = "only sets of labelled sentences are measured")]
pub fn measure(folder: &Path, published: Option<Date>) -> (Figure, Vec<String>) {
    let desk = Desk {
        published,
        ..Desk::new(&folder.join("claims"))
    };
    let (mut all, mut misses) = (Figure::default(), Vec::new());
    for sentence in labelled(&folder.join("sentences.jsonl")) {
        let claim = desk.index(&sentence.claim);
        if matches!(desk.claims[claim].answers, Answers::Positions(_)) {
            for position in &sentence.positions {
                let known = desk.claims[claim].position(position).is_some();
                assert!(known, "{} has no {position}", sentence.claim);
            }
        }
        let wanted: BTreeSet<String> = sentence.positions.into_iter().collect();
        let found = desk.answers(claim, sentence.context.as_deref(), &sentence.text);
        let right = found.intersection(&wanted).count();
        all.add(Figure {
            right,
            found: found.len(),
            hit: right,
            wanted: wanted.len(),
        });
        if found != wanted {
            misses.push(format!(
                "{found:?} instead of {wanted:?} on {}: {}",
                sentence.claim, sentence.text
            ));
        }
    }
    (all, misses)
}

/// Measures each of the sets under a folder of this project, prints the figures, and the misses of all but the unread ones.
#[allow(dead_code, reason = "only sets of labelled sentences are measured")]
pub fn hold_floors(folder: &str, published: Option<Date>, sets: &[(&str, f64)], unread: &[&str]) {
    let mut below = Vec::new();
    for (set, floor) in sets {
        let (all, misses) = measure(&in_project(folder).join(set), published);
        let line = format!(
            "{set:<10} precision {:.3}, recall {:.3}, F1 {:.3}, floor {floor}",
            all.precision(),
            all.recall(),
            all.f1()
        );
        println!("{line}");
        if !unread.contains(set) {
            misses.iter().for_each(|miss| println!("  {miss}"));
        }
        if all.f1() < *floor {
            below.push(line);
        }
    }
    assert!(below.is_empty(), "{below:#?}");
}
