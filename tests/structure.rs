//! Invented sentences of the news on invented claims, which use the words of the claims and vary all else: who does it to whom, what is so, what
//! is only wished or was so before, who says it, who denies it, and what another did elsewhere.
//!
//! Five sets with their claims, labelled before the program had seen them. The misses of four are shown, and rules were made by looking at
//! them; of `unread` only the figures are looked at, so that it tells how well rules hold on sentences that nobody had in mind. A label is
//! never changed to what the program says. A plan, a wish, a demand and what may come carries nothing by these labels; the program takes what
//! somebody plans or promises to do as said, as the labelled news does, so it cannot reach 1 here.

mod one_sentence;

use std::collections::BTreeSet;

use gainsay::article::parse_date;
use one_sentence::{hold_floors, in_project, labelled};

/// A set, and the F1 below which it must not fall: what was measured when the floor was set, less .02, rounded down.
const SETS: [(&str, f64); 5] = [
    ("politics", 0.84),
    ("business", 0.83),
    ("crime", 0.83),
    ("science", 0.82),
    ("unread", 0.86),
];

#[test]
fn the_structure_of_sentences_is_understood_as_well_as_before() {
    hold_floors(
        "tests/structure",
        parse_date("2024-03-20"),
        &SETS,
        &["unread"],
    );
}

#[test]
fn the_sets_are_large_and_have_no_sentence_twice() {
    let mut texts = BTreeSet::new();
    for (set, _) in SETS {
        let path = in_project("tests/structure")
            .join(set)
            .join("sentences.jsonl");
        for sentence in labelled(&path) {
            assert!(
                texts.insert(sentence.text.clone()),
                "twice: {}",
                sentence.text
            );
        }
    }
    assert_eq!(texts.len(), 1400);
}
