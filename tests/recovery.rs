//! How much of what a claim file lost `gainsay suggest` brings back: half of the phrases are taken out of labelled claim files, and
//! whatever labelled statement comes first among the suggestions is accepted as a phrase of the position that readers gave it.
//!
//! The labelled sets are not part of the project; they lie beside it in `../shared`. Without them these tests say so and pass.
//!
//! `cargo test --profile quick --test recovery -- --ignored --nocapture` prints the whole curve in a minute.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gainsay::article::{self, Article};
use gainsay::claim::{self, Answers, Claim};
use gainsay::eval::{self, AnswerKind, Figure, Gold, GoldArticle, GoldClaim, Label, Passage};
use gainsay::matching::Matcher;
use gainsay::report::Report;
use gainsay::trial::suggestion::{Suggestion, suggestions};

/// Suggestions that are accepted for one claim.
const MOST: usize = 10;

/// A claim, the articles that were read for it, and what was found there.
struct Case {
    claim: Arc<Claim>,
    articles: Vec<Article>,
    gold: GoldClaim,
}

/// The claims of positions of a labelled set.
fn bench(name: &str) -> Option<Vec<Case>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/bench")
        .join(name);
    if !folder.is_dir() {
        println!("skipped: there is no labelled set {}", folder.display());
        return None;
    }
    let claims = claim::load(&[folder.join("claims")]);
    let articles = article::load(&[eval::articles_of(&folder)]);
    let (gold, _) = eval::read(&folder, &claims.items, &articles.items).expect("readable labels");
    let cases = claims.items.into_iter().filter_map(|claim| {
        let gold = gold.claims.get(&claim.id)?;
        matches!(claim.answers, Answers::Positions(_)).then(|| Case {
            articles: articles
                .items
                .iter()
                .filter(|article| gold.articles.contains_key(&article.id))
                .cloned()
                .collect(),
            gold: gold.clone(),
            claim,
        })
    });
    Some(cases.collect())
}

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// The claim with half of each position's phrases, rounded in favour of what stays.
fn halved(claim: &Claim, seed: u64) -> Claim {
    let mut claim = claim.clone();
    let letters = claim.id.bytes();
    let start = letters.fold(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    let mut dice = Dice(start | 1);
    for _ in 0..8 {
        dice.throw(2);
    }
    if let Answers::Positions(positions) = &mut claim.answers {
        for position in positions {
            for _ in 0..position.phrases.len() / 2 {
                let at = dice.throw(position.phrases.len());
                position.phrases.remove(at);
            }
        }
    }
    claim
}

impl Case {
    /// How the claim does on its articles.
    fn stance(&self, claim: &Arc<Claim>) -> Figure {
        let matcher = Matcher::new(std::slice::from_ref(claim));
        let mut worker = matcher.worker();
        let articles = self.articles.iter().enumerate();
        let matches = articles.flat_map(|(index, article)| worker.article(index, article));
        let matches = matches.collect();
        let report = Report::assemble(
            vec![Arc::clone(claim)],
            self.articles.clone(),
            matches,
            Vec::new(),
        );
        let gold = Gold {
            claims: BTreeMap::from([(claim.id.clone(), self.gold.clone())]),
        };
        eval::evaluate(&report, &gold).stance
    }

    /// The positions that readers found in the statement.
    fn labels(&self, suggestion: &Suggestion) -> Vec<&str> {
        let span = suggestion.explanation.span;
        let read = &self.gold.articles[&suggestion.article];
        let labels = read.labels.iter().filter(|label| {
            let mut passages = label.passages.iter();
            passages.any(|p| p.span.start < span.end && span.start < p.span.end)
        });
        labels.map(|label| label.position.as_str()).collect()
    }

    /// Goes through the suggestions from the top as an editor would who knows the labels: the first statement that carries a position
    /// becomes a phrase of it. What the claim is then, and how many suggestions were looked at; nothing where none is left.
    fn accept(&self, claim: &Arc<Claim>, refused: &mut Vec<String>) -> Option<(Arc<Claim>, usize)> {
        let all = suggestions(claim, &self.articles);
        let mut looked = 0;
        for suggestion in &all {
            if refused.contains(&suggestion.text) {
                continue;
            }
            looked += 1;
            for position in self.labels(suggestion) {
                let remedy = suggestion.remedy(claim, position);
                if let Some(edit) = remedy.and_then(|remedy| remedy.edit) {
                    return Some((Arc::new(edit.on(claim)), looked));
                }
            }
            // Not asked again: an editor who saw it goes on from there.
            refused.push(suggestion.text.clone());
        }
        None
    }
}

/// Two halves of a claim's articles: suggestions come from the first, and the figures from the second.
fn apart(case: &Case) -> (Case, Case) {
    let half = |odd: bool| {
        let articles = case.articles.iter().enumerate();
        let articles: Vec<Article> = articles
            .filter(|(at, _)| (at % 2 == 1) == odd)
            .map(|(_, article)| article.clone())
            .collect();
        let mut gold = case.gold.clone();
        gold.articles
            .retain(|id, _| articles.iter().any(|article| article.id == *id));
        Case {
            claim: Arc::clone(&case.claim),
            articles,
            gold,
        }
    };
    (half(false), half(true))
}

/// The figures of the whole files, of the halved ones, and after each accepted suggestion a claim.
struct Curve {
    whole: Figure,
    steps: Vec<Figure>,
    accepted: usize,
    looked: usize,
}

impl Curve {
    fn new() -> Self {
        Self {
            whole: Figure::default(),
            steps: vec![Figure::default(); MOST + 1],
            accepted: 0,
            looked: 0,
        }
    }

    /// Halves the claim of a case by a seed and mends it by what is suggested from the articles of `source`.
    fn add(&mut self, source: &Case, case: &Case, seed: u64) {
        self.whole.add(case.stance(&case.claim));
        let mut claim = Arc::new(halved(&case.claim, seed));
        let mut figure = case.stance(&claim);
        self.steps[0].add(figure);
        let mut refused = Vec::new();
        for step in 1..=MOST {
            if let Some((next, looked)) = source.accept(&claim, &mut refused) {
                claim = next;
                figure = case.stance(&claim);
                self.accepted += 1;
                self.looked += looked;
            }
            self.steps[step].add(figure);
        }
    }

    /// Share of the lost F1 that is back at a step; above 1 where the claims are better than before.
    fn back(&self, step: usize) -> f64 {
        let lost = self.whole.f1() - self.steps[0].f1();
        (self.steps[step].f1() - self.steps[0].f1()) / lost
    }

    fn print(&self, name: &str) {
        println!("{name}: F1 of the whole files {:.3}", self.whole.f1());
        for (step, figure) in self.steps.iter().enumerate() {
            println!(
                "  {step:>2} accepted  F1 {:.3}  precision {:.3}  recall {:.3}  back {:>4.0} %",
                figure.f1(),
                figure.precision(),
                figure.recall(),
                100.0 * self.back(step)
            );
        }
        println!(
            "  {} suggestions were accepted of {} that were looked at",
            self.accepted, self.looked
        );
    }
}

/// Prints both curves of a set, over three seeds.
fn labelled(set: &str) {
    let Some(cases) = bench(set) else { return };
    let halves: Vec<(Case, Case)> = cases.iter().map(apart).collect();
    let (mut same, mut others) = (Curve::new(), Curve::new());
    for seed in 1..=3 {
        for case in &cases {
            same.add(case, case, seed);
        }
    }
    same.print(&format!("{set}, three seeds"));
    assert!(same.back(MOST) >= 0.8, "{set}: {}", same.back(MOST));
    // The harder question: what do the wordings of some articles give for others?
    for seed in 1..=3 {
        for (source, case) in &halves {
            others.add(source, case, seed);
        }
    }
    others.print(&format!("{set}, three seeds, measured on other articles"));
}

#[test]
#[ignore = "takes a minute: halves every labelled claim three times, and asks for suggestions after each that is accepted"]
fn ten_accepted_suggestions_bring_back_what_dev_lost() {
    labelled("dev");
}

#[test]
#[ignore = "takes a minute, as the one above"]
fn ten_accepted_suggestions_bring_back_what_dev2_lost() {
    labelled("dev2");
}

/// The same on the project's own example, where what the whole file finds counts as right.
#[test]
fn the_sample_comes_back_too() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let claims = claim::load(&[root.join("claims")]).items;
    let articles = article::load(&[root.join("articles")]).items;
    let mut curve = Curve::new();
    for claim in claims {
        if !matches!(claim.answers, Answers::Positions(_)) {
            continue;
        }
        let matcher = Matcher::new(std::slice::from_ref(&claim));
        let mut worker = matcher.worker();
        let found = articles.iter().map(|article| {
            let labels = worker.article(0, article).into_iter().map(|found| Label {
                position: found.position.to_string(),
                passages: vec![Passage {
                    text: found.text.to_string(),
                    span: found.span,
                }],
                weak: false,
                more: false,
            });
            let labels = labels.collect();
            let read = GoldArticle {
                curation: false,
                labels,
            };
            (article.id.clone(), read)
        });
        let gold = GoldClaim {
            kind: AnswerKind::Stance,
            compatible: Vec::new(),
            accepts: Vec::new(),
            articles: found.collect(),
        };
        let case = Case {
            claim,
            articles: articles.clone(),
            gold,
        };
        // Where nothing is lost, nothing can come back.
        for seed in 1..=5 {
            if case.stance(&Arc::new(halved(&case.claim, seed))).f1() < 1.0 {
                curve.add(&case, &case, seed);
            }
        }
    }
    curve.print("sample");
    assert!((1.0 - curve.whole.f1()).abs() < 1e-9);
    assert!(curve.steps[0].f1() < 0.95, "something was lost");
    // .89 was measured; .65 before statements that carry one position were asked about another.
    assert!(curve.back(MOST) >= 0.8, "{}", curve.back(MOST));
}
