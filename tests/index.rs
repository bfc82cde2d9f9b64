//! The index finds the same claims as asking every claim.

use std::path::Path;

use gainsay::matching::index::Index;
use gainsay::matching::plan::Plan;
use gainsay::matching::reading::{ProbeIndex, Reader};
use gainsay::matching::score::{Scratch, meets};
use gainsay::statement::segment::segment;

/// Compares on all sentences of `articles`; gives how many subjects were named.
fn compare(claims: &Path, articles: &Path) -> usize {
    let claims = gainsay::claim::load(&[claims]).items;
    let plan = Plan::new(&claims);
    let (probes, index) = (ProbeIndex::new(&plan), Index::new(&plan));
    let mut reader = Reader::new(&plan, &probes);
    let mut scratch = Scratch::default();
    let mut named = 0;
    for article in gainsay::article::load(&[articles]).items {
        for statement in segment(&article.prose, &article.headings, article.title.as_deref()) {
            let sentence = &article.prose[statement.span.start..statement.span.end];
            let reading = reader.read(sentence);
            let found = index.subjects(&plan, &reading, &mut scratch);
            let mut asked: Vec<u32> = Vec::new();
            for (c, claim) in (0..).zip(&plan.claims) {
                if claim
                    .about
                    .iter()
                    .any(|entry| meets(entry, &reading, &mut scratch))
                {
                    asked.push(c);
                }
            }
            assert_eq!(found, asked, "{sentence}");
            named += found.len();
        }
    }
    named
}

#[test]
fn on_the_own_example() {
    assert!(compare(Path::new("claims"), Path::new("articles")) > 100);
}

#[test]
fn on_the_labelled_sets() {
    let bench = Path::new("../shared/bench");
    if !bench.is_dir() {
        println!("skipped: ../shared/bench is not there");
        return;
    }
    for set in ["dev", "dev2"] {
        let folder = bench.join(set);
        let named = compare(&folder.join("claims"), &folder.join("articles.jsonl"));
        assert!(named > 1000, "{set}: {named}");
    }
}
