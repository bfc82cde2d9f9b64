//! Times each stage on the project's own example: `cargo bench`.
//!
//! The articles are given many times over, each under an id of its own, so that a stage has something to do. `BENCHMARKS.md` tells how to
//! time the whole program on a large load.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use gainsay::article::{self, Article, ArticleFile, read_stream};
use gainsay::claim::{self, Claim};
use gainsay::divergence::diff;
use gainsay::matching::{Match, Matcher};
use gainsay::record::{Gathering, Pass, Record, Room};
use gainsay::render::json;
use gainsay::report::Report;
use gainsay::stance::collect;
use gainsay::statement::segment::segment;

/// The example's articles, so often.
const TIMES: usize = 20;

fn main() {
    divan::main();
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn claims() -> Vec<Arc<Claim>> {
    let claims = claim::load(&[folder("claims")]).items;
    assert!(!claims.is_empty());
    claims
}

fn articles() -> Vec<Article> {
    let read = article::load(&[folder("articles")]).items;
    assert!(!read.is_empty());
    let again = |time: usize| {
        read.iter().cloned().map(move |mut article| {
            article.id = format!("{}-{time}", article.id);
            article
        })
    };
    (0..TIMES).flat_map(again).collect()
}

fn length(articles: &[Article]) -> BytesCount {
    BytesCount::new(
        articles
            .iter()
            .map(|article| article.text.text().len())
            .sum::<usize>(),
    )
}

fn matches(claims: &[Arc<Claim>], articles: &[Article]) -> Vec<Match> {
    let matcher = Matcher::new(claims);
    let mut worker = matcher.worker();
    let numbered = articles.iter().enumerate();
    numbered
        .flat_map(|(index, article)| worker.article(index, article))
        .collect()
}

/// Articles as JSON lines, from memory.
#[divan::bench]
fn read(bencher: Bencher) {
    let articles = articles();
    let lines: Vec<String> = articles
        .iter()
        .map(|article| {
            serde_json::json!({"id": article.id, "text": article.text.text()}).to_string()
        })
        .collect();
    let lines = lines.join("\n");
    let file = ArticleFile::new("load.jsonl");
    bencher.counter(BytesCount::of_str(&lines)).bench_local(|| {
        let mut read = 0;
        read_stream(lines.as_bytes(), &file, &mut |result| {
            read += usize::from(result.is_ok())
        });
        assert_eq!(read, articles.len());
    });
}

/// Articles into statements.
#[divan::bench]
fn split(bencher: Bencher) {
    let articles = articles();
    bencher.counter(length(&articles)).bench_local(|| {
        let of = |a: &Article| segment(&a.prose, &a.headings, a.title.as_deref()).len();
        articles.iter().map(of).sum::<usize>()
    });
}

/// Claims into a plan.
#[divan::bench]
fn plan(bencher: Bencher) {
    let claims = claims();
    bencher
        .counter(ItemsCount::of_iter(&claims))
        .bench_local(|| Matcher::new(&claims));
}

/// Statements that carry an answer, with a new memory each time.
#[divan::bench]
fn find_matches(bencher: Bencher) {
    let (claims, articles) = (claims(), articles());
    let matcher = Matcher::new(&claims);
    bencher.counter(length(&articles)).bench_local(|| {
        let mut worker = matcher.worker();
        articles
            .iter()
            .map(|article| worker.article(0, article).len())
            .sum::<usize>()
    });
}

/// Matches into divergences.
#[divan::bench]
fn diverge(bencher: Bencher) {
    let (claims, articles) = (claims(), articles());
    let matches = matches(&claims, &articles);
    let entries: Vec<_> = articles.iter().map(article::ArticleEntry::from).collect();
    bencher
        .counter(ItemsCount::of_iter(&matches))
        .bench_local(|| {
            let stances = collect(&claims, &matches);
            diff(&claims, &entries, &matches, &stances).len()
        });
}

/// The report as JSON.
#[divan::bench]
fn render(bencher: Bencher) {
    let (claims, articles) = (claims(), articles());
    let matches = matches(&claims, &articles);
    let report = Report::assemble(claims, articles, matches, Vec::new());
    bencher.bench_local(|| json::render(&report).len());
}

/// All of it on the files of the example, as `gainsay check` does it.
#[divan::bench]
fn whole(bencher: Bencher) {
    bencher.bench_local(|| {
        let claims = claims();
        let matcher = Matcher::new(&claims);
        let mut gathering = Gathering::default();
        Pass::new(
            article::discover(&[folder("articles")]).items,
            Room::default(),
        )
        .run(
            || matcher.worker(),
            |worker, article| Record::of(article, worker.article(0, article)),
            &mut |_, read| {
                let record = read.expect("the example can be read");
                gathering.take(record, &claims).expect("room");
                ControlFlow::Continue(())
            },
        );
        let report = Report::gathered(claims, gathering, Vec::new()).expect("room");
        json::render(&report).len()
    });
}
