use std::sync::Arc;

use crate::article::Article;
use crate::claim::Claim;
use crate::matching::{Matcher, fixture};

/// A Thursday.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2021, 4, 1);

fn closing() -> Vec<Arc<Claim>> {
    let text = "topic: The mill of Harrow\nclaims:\n  - id: a\n    question: When was the mill closed?\n    about: [mill]\n    \
                date: {of: [closed, close, closes, taken, meeting, met]}\n";
    fixture::claims(text)
}

fn check(cases: &[(&str, &str)]) {
    let claims = closing();
    let matcher = Matcher::new(&claims);
    let found = |text: &str| {
        let mut article = Article::of_text("article", text);
        article.date = Some(PUBLISHED);
        let matches = matcher.worker().without_names().article(0, &article);
        let dates: Vec<String> = matches.iter().map(|m| m.position.to_string()).collect();
        dates.join(" ")
    };
    let wrong: Vec<String> = cases
        .iter()
        .map(|&(text, expected)| (text, found(text), expected))
        .filter(|(_, found, expected)| found != expected)
        .map(|(text, found, expected)| format!("{text}\n  found    {found}\n  expected {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_date_of_a_saying_is_not_that_of_what_is_said() {
    check(&[
        (
            "The owner said on Tuesday that the mill had been closed.",
            "",
        ),
        (
            "The owner told a court on Tuesday that he closed the mill.",
            "",
        ),
        (
            "In an open letter on Tuesday he asked why the mill closed.",
            "",
        ),
        (
            "On Tuesday the owner said that the mill had been closed.",
            "",
        ),
        (
            "The mill was closed on Tuesday, the owner said.",
            "2021-03-30",
        ),
        (
            "The owner said he closed the mill on Tuesday.",
            "2021-03-30",
        ),
        (
            "On Tuesday, the owner said, the mill was closed.",
            "2021-03-30",
        ),
    ]);
}

#[test]
fn a_date_of_something_else_is_not_the_events() {
    check(&[
        (
            "He came to the mill on March 2 and closed it a day later.",
            "",
        ),
        ("They marched on Tuesday against the close of the mill.", ""),
        ("After the mill closed, they marched on Tuesday.", ""),
        ("When the mill closed, on Tuesday, they wept.", "2021-03-30"),
        ("The mill should have closed in May 2019.", ""),
        (
            "The mill was founded in 1921 and closed on March 3.",
            "2021-03-03",
        ),
        (
            "The close of the mill was put off from March 3 to May 9.",
            "2021-05-09",
        ),
        (
            "The mill burned on Tuesday, two months after the meeting.",
            "",
        ),
        (
            "Two months after the fire the mill closed on Tuesday.",
            "2021-03-30",
        ),
    ]);
}

#[test]
fn the_dates_of_strangers_are_not_the_claims() {
    check(&[
        (
            "The mill was for sale. The old Tarn Works closed in 2017.",
            "",
        ),
        ("The mill closed in 2017.", "2017"),
        (
            "The mill was for sale. A Danish owner who closed his own in 2014 was there.",
            "",
        ),
    ]);
}

#[test]
fn a_day_outdoes_a_month_and_again_goes_on() {
    check(&[
        (
            "A plan to close the mill was made last month, and it closed on March 30.",
            "2021-03-30",
        ),
        (
            "At the mill they met on January 19, and again for an hour on January 21.",
            "2021-01-19 2021-01-21",
        ),
    ]);
}

#[test]
fn the_end_of_a_month_is_its_last_day_where_something_ends_by_it() {
    check(&[
        ("The mill will be closed by the end of June.", "2021-06-30"),
        ("The mill will be closed in late June.", "2021-06"),
    ]);
}

#[test]
fn taking_part_takes_nothing() {
    check(&[("She took part in the fair at the mill on March 30.", "")]);
}
