//! The labelled sets beside the project, compared.

#![allow(dead_code, reason = "each test asks for other parts")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gainsay::eval::{self, Evaluation, Gold};
use gainsay::matching::rules::Rule;
use gainsay::matching::{Match, Matcher};
use gainsay::problem::Level;
use gainsay::report::Report;
use gainsay::{article, claim};

/// A labelled set and what the program makes of it.
pub struct Bench {
    pub folder: PathBuf,
    pub report: Report,
    pub gold: Gold,
    pub evaluation: Evaluation,
    pub texts: BTreeMap<String, String>,
}

/// The set in this folder of `../shared`, compared on these claim files, all rules in force but one; `None` with a word on why where
/// the set is not there.
pub fn bench(name: &str, claims: Option<&str>, without: Option<Rule>) -> Option<Bench> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no labelled set {}", folder.display());
        return None;
    }
    let claims = claims.map_or_else(|| folder.join("claims"), |claims| root.join(claims));
    Some(compared(folder, claims, without))
}

/// One of the project's own sets of invented news, by its letter, with the claim files of this folder in it, all rules in force but one.
pub fn newsroom(letter: &str, claims: &str, without: Option<Rule>) -> Bench {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/newsroom").join(letter);
    let claims = folder.join(claims);
    compared(folder, claims, without)
}

fn compared(folder: PathBuf, claims: PathBuf, without: Option<Rule>) -> Bench {
    let claims = claim::load(&[claims]);
    let articles = article::load(&[eval::articles_of(&folder)]);
    let errors: Vec<String> = claims
        .problems
        .iter()
        .chain(&articles.problems)
        .filter(|problem| problem.level == Level::Error)
        .map(ToString::to_string)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let (gold, problems) =
        eval::read(&folder, &claims.items, &articles.items).expect("readable labels");
    assert!(problems.is_empty(), "{problems:#?}");
    let matcher = Matcher::new(&claims.items);
    let matcher = match without {
        Some(rule) => matcher.without(rule),
        None => matcher,
    };
    let mut worker = matcher.worker();
    let matches: Vec<Match> = articles
        .items
        .iter()
        .enumerate()
        .flat_map(|(index, article)| worker.article(index, article))
        .collect();
    let texts = articles.items.iter();
    let texts = texts.map(|article| (article.id.clone(), article.text.text().to_owned()));
    let texts = texts.collect();
    let report = Report::assemble(claims.items, articles.items, matches, Vec::new());
    let evaluation = eval::evaluate(&report, &gold);
    Bench {
        folder,
        report,
        gold,
        evaluation,
        texts,
    }
}
