//! Invented sentences of the news with numbers and dates, on invented claims: which number answers the question, beside those of other
//! people, things, events and times, those that are denied, asked for or expected, and those that two parties give.
//!
//! Nine sets with their claims. Eight were labelled before the program had seen them; `plain` was written while rules were made, of sentences
//! without a trap and of one or two for each rule, and must be right as a whole. The misses of all but `unread` and `second` are shown, and rules were made by looking at them. Of `unread` the claim files and
//! the figures by claim were looked at once, and sentences of our own were tried on them; of `second` nothing but the figures.
//! A label is never changed to what the program says. Where a sentence gives a new figure and the one it replaces, the labels take the new one
//! alone; the program takes both, as the labelled news does, so it cannot reach 1 here. A sentence has no day of publication, so a day without a
//! year stays so.

mod one_sentence;

use std::collections::BTreeSet;

use one_sentence::{hold_floors, in_project, labelled};

/// A set, and the F1 below which it must not fall: what was measured when the floor was set, less .02, rounded down.
const SETS: [(&str, f64); 9] = [
    ("disaster", 0.70),
    ("market", 0.77),
    ("state", 0.77),
    ("arena", 0.77),
    ("town", 0.72),
    ("land", 0.70),
    ("plain", 1.0),
    ("unread", 0.61),
    ("second", 0.64),
];

#[test]
fn numbers_and_dates_are_found_as_well_as_before() {
    hold_floors("tests/numbers", None, &SETS, &["second", "unread"]);
}

#[test]
fn the_sets_are_large_and_have_no_sentence_twice() {
    let mut texts = BTreeSet::new();
    for (set, _) in SETS {
        for sentence in labelled(
            &in_project("tests/numbers")
                .join(set)
                .join("sentences.jsonl"),
        ) {
            assert!(
                texts.insert(sentence.text.clone()),
                "twice: {}",
                sentence.text
            );
        }
    }
    assert_eq!(texts.len(), 1634);
}
