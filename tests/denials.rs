//! Denials without a denying verb, and what is left open: what is called untrue, given up, averted, demanded, weighed or not ruled out.

#[allow(dead_code, reason = "the sentences of this test stand here")]
mod one_sentence;

use one_sentence::{Desk, in_project};

/// A claim with sentences and the position that each carries; none where it is empty.
type Table<'t> = (&'t str, &'t [(&'t str, &'t str)]);

const SENTENCES: &[Table] = &[
    (
        "halvar-talks",
        &[
            (
                "Halvar called the report of merger talks with Brant pure invention.",
                "no-talks",
            ),
            (
                "Halvar called the report of merger talks with Brant fiction.",
                "no-talks",
            ),
            (
                "Halvar called the report of merger talks with Brant wrong.",
                "no-talks",
            ),
            (
                "Halvar called the report of merger talks with Brant spurious.",
                "no-talks",
            ),
            (
                "Halvar brushed aside reports of merger talks with Brant.",
                "no-talks",
            ),
            (
                "Halvar has rubbished talk of merger talks with Brant.",
                "no-talks",
            ),
            (
                "Halvar poured cold water on reports of merger talks with Brant.",
                "no-talks",
            ),
            (
                "Halvar said it was no longer in merger talks with Brant.",
                "no-talks",
            ),
            (
                "Merger talks between Halvar and Brant are not taking place.",
                "no-talks",
            ),
            (
                "Merger talks between Halvar and Brant are not going to happen.",
                "no-talks",
            ),
            (
                "Halvar is in merger talks with Brant, and its lawyers did nothing wrong.",
                "talks",
            ),
        ],
    ),
    (
        "torvik-doping",
        &[
            ("Torvik was acquitted of doping before the race.", "clean"),
            ("The court cleared Torvik of doping.", "clean"),
            ("Torvik is innocent of doping.", "clean"),
            ("Torvik was found not guilty of doping.", "clean"),
            (
                "She has said from the first day that she never doped.",
                "clean",
            ),
            ("Torvik was found guilty of doping.", "doped"),
        ],
    ),
    (
        "castle-plant",
        &[
            (
                "The company has dropped plans to close the Castle plant.",
                "open",
            ),
            (
                "The company reversed its decision to close the Castle plant.",
                "open",
            ),
            ("The plan to close the Castle plant was scrapped.", "open"),
            (
                "The company backed away from closing the Castle plant.",
                "open",
            ),
            ("Closing the Castle plant is off the table.", "open"),
            ("The closure of the Castle plant has been averted.", "open"),
            (
                "Instead of closing the Castle plant, the company will expand it.",
                "open",
            ),
            (
                "He did not rule out that the Castle plant would be closed.",
                "",
            ),
            (
                "The company refused to rule out closing the Castle plant.",
                "",
            ),
            (
                "The union demands a guarantee that the Castle plant will not be closed.",
                "",
            ),
            (
                "The mayor called on the owner not to close the Castle plant.",
                "",
            ),
            ("The owner has threatened to close the Castle plant.", ""),
            (
                "The owner is considering a closure of the Castle plant.",
                "",
            ),
            ("The company ruled out closing the Castle plant.", "open"),
            (
                "The company has decided to close the Castle plant.",
                "closing",
            ),
            (
                "The company dropped the Castle plant's name; the plant will shut.",
                "closing",
            ),
        ],
    ),
];

#[test]
fn what_is_called_untrue_or_given_up_is_denied_and_what_is_open_carries_nothing() {
    let desk = Desk::new(&in_project("tests/denials/claims"));
    let mut wrong = Vec::new();
    for (claim, sentences) in SENTENCES {
        let at = desk.index(claim);
        for (text, position) in *sentences {
            let found: Vec<String> = desk.answers(at, None, text).into_iter().collect();
            let positions = Some((*position).to_owned());
            let expected: Vec<String> = positions.into_iter().filter(|it| !it.is_empty()).collect();
            if found != expected {
                wrong.push(format!("{found:?} instead of {expected:?}: {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
