//! The matcher without its short cuts: every claim is asked at every statement. It is the reference of the tests, which compare
//! what it finds with what [`Worker::article`] finds, match for match and to the last bit of a score.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::article::Article;
use crate::claim::{self, Claim, Reach};
use crate::matching::finding::Finding;
use crate::matching::matcher::{Sight, Worker};
use crate::matching::near::Near;
use crate::matching::page::Page;
use crate::matching::reading::Reading;
use crate::matching::score::meets;
use crate::matching::topic::Ties;
use crate::matching::{Match, Matcher};
use crate::source::{Source, Span};
use crate::statement::Statement;
use crate::statement::segment::segment;

impl Worker<'_> {
    /// As [`Worker::article`], the long way.
    fn article_the_long_way(&mut self, index: usize, article: &Article) -> Vec<Match> {
        let statements = segment(&article.prose, &article.headings, article.title.as_deref());
        let page = Page::new(index, article, &statements);
        let readings = self.read_all(article, &statements);
        let mut matches = Vec::new();
        for (c, claim) in self.plan.claims.iter().enumerate() {
            let named: Vec<bool> = readings
                .iter()
                .map(|reading| {
                    let mut about = claim.about.iter();
                    about.any(|entry| meets(entry, reading, &mut self.scratch))
                })
                .collect();
            if self.names_gate && !Ties::of(claim, &readings).0.enough(claim) {
                continue;
            }
            let mut found: Vec<(usize, Finding)> = Vec::new();
            for s in 0..statements.len() {
                if near(claim.claim.reach, &statements, &named, s) {
                    let at = Sight {
                        here: named[s],
                        introduced: named[..s].contains(&true),
                    };
                    let findings = self.statement(claim, &page, s, &readings[s], at);
                    found.extend(findings.into_iter().map(|finding| (s, finding)));
                }
            }
            let words = readings.iter().map(Reading::words).sum();
            self.settle(claim, &page, words, &mut found, |_, _, s| &readings[s]);
            matches.extend(
                found
                    .into_iter()
                    .map(|(s, finding)| page.become_match(c, &claim.claim, s, finding)),
            );
        }
        matches
    }
}

fn near(reach: Reach, statements: &[Statement], named: &[bool], s: usize) -> bool {
    let paragraph = statements[s].paragraph;
    (0..statements.len())
        .filter(|&n| named[n])
        .any(|n| match reach {
            Reach::Sentence => n == s,
            Reach::Neighbour => n.abs_diff(s) <= 1,
            Reach::Paragraph => {
                statements[n].paragraph == paragraph || statements[n].paragraph + 1 == paragraph
            }
            Reach::Article => true,
        })
}

/// Compares both ways on these articles; gives the number of matches.
fn compare(claims: &[Arc<Claim>], articles: &[Article]) -> usize {
    let matcher = Matcher::new(claims);
    // The one reads after the other, so what it has learnt is in use; the reference reads with a memory of its own.
    let (mut worker, mut reference) = (matcher.worker(), matcher.worker());
    let mut all = 0;
    for (index, article) in articles.iter().enumerate() {
        let found = worker.article(index, article);
        let expected = reference.article_the_long_way(index, article);
        all += expected.len();
        assert_eq!(found, expected, "{}", article.prose);
    }
    all
}

fn compare_folder(folder: &Path, articles: &Path) -> usize {
    let claims = claim::load(&[folder]).items;
    compare(&claims, &crate::article::load(&[articles]).items)
}

#[test]
fn finds_the_same_on_the_own_example() {
    assert!(compare_folder(Path::new("claims"), Path::new("articles")) > 30);
}

fn finds_the_same_on_a_labelled_set(name: &str) {
    let set = Path::new("../shared/bench").join(name);
    if !set.is_dir() {
        println!("skipped: {} is not there", set.display());
        return;
    }
    let matches = compare_folder(&set.join("claims"), &set.join("articles.jsonl"));
    assert!(matches > 500, "{name}: {matches}");
}

#[test]
fn finds_the_same_on_dev() {
    finds_the_same_on_a_labelled_set("dev");
}

#[test]
fn finds_the_same_on_dev2() {
    finds_the_same_on_a_labelled_set("dev2");
}

/// Words of claims and articles: names, inflections, misspellings, opposites, negators, words of speech, numbers and dates, compounds in
/// one word and in two.
const WORDS: &[&str] = &[
    "fire",
    "mill",
    "arsonist",
    "started",
    "starting",
    "wiring",
    "wirring",
    "faulty",
    "Brandt",
    "Brand",
    "Harrow",
    "US",
    "us",
    "confirmed",
    "unconfirmed",
    "not",
    "never",
    "denied",
    "rumour",
    "report",
    "said",
    "council",
    "councillors",
    "burned",
    "burn",
    "people",
    "injured",
    "hurt",
    "twenty",
    "five",
    "25",
    "30",
    "$4 million",
    "2019",
    "on 3 May 2019",
    "Monday",
    "company",
    "owner",
    "the",
    "a",
    "of",
    "by",
    "was",
    "if",
    "turned",
    "down",
    "offer",
    "set ablaze",
    "it",
    "also",
    "than",
    "saw mill",
    "saw-mill",
    "sawmill",
    "take over",
    "took over",
    "takeover",
];

fn words(least: usize, most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS);
    prop::collection::vec(word, least..most).prop_map(|words| words.join(" "))
}

/// A wording that begins with a word, so that YAML takes it for text.
fn wording() -> impl Strategy<Value = String> {
    words(2, 7).prop_map(|rest| format!("\"fire {rest}\""))
}

fn claim_text(nth: usize) -> impl Strategy<Value = String> {
    let about = prop::collection::vec(
        words(1, 3).prop_map(|about| format!("\"Harrow {about}\"")),
        0..2,
    );
    let single = prop::sample::select(vec![
        "mill", "fire", "Brandt", "council", "owners", "sawmill", "saw mill",
    ]);
    let reach = prop::sample::select(vec!["sentence", "neighbour", "paragraph", "article"]);
    let positions = (
        wording(),
        wording(),
        wording(),
        prop::collection::vec(wording(), 0..3),
    )
        .prop_map(|(one, other, phrase, except)| {
            format!(
                "    positions:\n      one:\n        says: {one}\n        phrases: [{phrase}]\n        except: [{}]\n      \
                 other:\n        says: {other}\n",
                except.join(", ")
            )
        });
    let quantity = prop::sample::select(vec![
        "    quantity:\n      of: [injured, people hurt]\n",
        "    quantity:\n      of: [offer, $]\n",
        "    date:\n      of: [burned, fire started]\n",
    ]);
    let voice = prop::sample::select(vec![
        "",
        "",
        "    hedged: false\n",
        "    speaker: [council, article]\n",
        "    hedged: false\n    speaker: [company]\n",
    ]);
    let answers = prop_oneof![3 => positions, 1 => quantity.prop_map(str::to_owned)];
    (about, single, reach, voice, answers).prop_map(move |(about, single, reach, voice, answers)| {
        let about: Vec<String> = about.into_iter().chain([single.to_owned()]).collect();
        format!(
            "  - id: claim-{nth}\n    question: What of the mill of Brandt in Harrow?\n    about: [{}]\n    reach: {reach}\n{voice}{answers}",
            about.join(", ")
        )
    })
}

fn claims_text() -> impl Strategy<Value = String> {
    let aliases = prop_oneof![
        Just(""),
        Just(
            "aliases:\n  company: [owner, Brandt family]\n  America: [US]\n  refused: [turned down, not confirmed]\n  factory: [sawmill, take over]\n"
        ),
    ];
    (aliases, claim_text(0), claim_text(1), claim_text(2)).prop_map(|(aliases, a, b, c)| {
        format!("topic: The fire at the Harrow mill\n{aliases}claims:\n{a}{b}{c}")
    })
}

fn article_text() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec![
        ". ",
        ".\n",
        "? ",
        ".\n\n",
        " \"mill\" said. ",
        ": ",
        ", ",
    ]);
    let sentence = (
        prop::sample::select(vec!["", "Fire ", "\"Fire ", "The mill "]),
        words(2, 12),
        end,
    );
    prop::collection::vec(sentence, 1..9).prop_map(|sentences| {
        let texts = sentences
            .into_iter()
            .map(|(begin, words, end)| format!("{begin}{words}{end}"));
        texts.collect()
    })
}

#[test]
fn finds_the_same_on_anything() {
    let config = Config {
        cases: 128,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let (matches, claims) = (Cell::new(0), Cell::new(0));
    let texts = prop::collection::vec(article_text(), 1..4);
    runner
        .run(&(claims_text(), texts), |(text, articles)| {
            let loaded = claim::parse(Arc::new(Source::new("claims.yaml", text)));
            let items: Vec<Arc<Claim>> = loaded.items.into_iter().map(Arc::new).collect();
            let articles: Vec<Article> = articles
                .iter()
                .map(|text| Article::of_text("article", text))
                .collect();
            claims.set(claims.get() + items.len());
            matches.set(matches.get() + compare(&items, &articles));
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // Most of what is made is of use: the comparison is not one of nothing with nothing.
    assert!(claims.get() > 150, "{}", claims.get());
    assert!(matches.get() > 50, "{}", matches.get());
}

#[test]
fn the_reach_is_that_of_asking_every_statement() {
    let paragraphs = [0, 0, 1, 3, 3, 4];
    let statements: Vec<Statement> = paragraphs
        .iter()
        .map(|&paragraph| Statement {
            span: Span::new(0, 0),
            paragraph,
            place: crate::statement::Place::Body,
        })
        .collect();
    for set in 0_u32..1 << paragraphs.len() {
        let named: Vec<bool> = (0..paragraphs.len()).map(|s| set >> s & 1 == 1).collect();
        for reach in [
            Reach::Sentence,
            Reach::Neighbour,
            Reach::Paragraph,
            Reach::Article,
        ] {
            let mut claims = Near::default();
            claims.begin(2);
            for (statement, named) in statements.iter().zip(&named) {
                claims.push(statement, if *named { &[1] } else { &[] }, |_| reach);
            }
            for s in 0..paragraphs.len() {
                let mut found = Vec::new();
                claims.of(&statements, s, |_| reach, |claim| found.push(claim));
                found.dedup();
                let expected = near(reach, &statements, &named, s).then_some(1);
                assert_eq!(found, Vec::from_iter(expected), "{reach:?} {named:?} {s}");
                assert_eq!(claims.named(s).contains(&1), named[s]);
            }
        }
    }
}
