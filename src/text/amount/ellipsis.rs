//! Numbers whose unit is left out because the number before has it: "cut from 22 years to 18", "not 41 per cent but 38.4", "the operator
//! spoke of 12 hours, the regulator of 14".

use crate::text::amount::{Amount, Kind};
use crate::text::word_list::is_listed;

/// Words between the two numbers by which one is held against the other.
const AGAINST: &[&str] = &["but", "whereas", "while", "yet"];

/// Words right before a number that is given for the same thing.
const GIVEN: &[&str] = &[
    "at", "but", "claims", "counted", "counts", "for", "from", "gave", "gives", "had", "has",
    "have", "it", "last", "lasted", "of", "on", "reached", "said", "says", "that", "to", "was",
];

/// A sum without its currency is at most so many times the one before it, and at least such a part: what differs more counts something else.
/// 5 and 20 change no labelled set.
const ALIKE: f64 = 10.0;

/// Words from "and" to the number by which somebody else is told of: "and the Post had". 2 changes no labelled set.
const PARTY: usize = 3;

/// Gives such numbers the kind and unit of the one before them.
pub(super) fn fill(sentence: &str, amounts: &mut [Amount]) {
    for at in 1..amounts.len() {
        let bare = &amounts[at];
        let ends = |rest: &str| {
            let goes_on = |word: &str| rest.starts_with(word);
            rest.is_empty()
                || rest.starts_with([',', '.', ';', ')', '"', '”', '?'])
                || ["and ", "but ", "to ", "while "].into_iter().any(goes_on)
        };
        let is_bare = bare.kind == Kind::Plain
            && bare.noun_span.is_none()
            && !bare.vague
            && !bare.one
            && ends(sentence[bare.span.end..].trim_start());
        if !is_bare {
            continue;
        }
        let measured = amounts[..at].iter().rposition(|other| {
            let alike = || {
                let times = bare.value / other.value;
                (ALIKE.recip()..=ALIKE).contains(&times)
            };
            matches!(other.kind, Kind::Duration | Kind::Measure | Kind::Percent)
                || matches!(other.kind, Kind::Currency(_)) && alike()
                // "A man of 54" has no unit that could be left out.
                || other.kind == Kind::Age && sentence[other.span.start..other.span.end].contains("year")
        });
        let Some(measured) = measured else { continue };
        let between = sentence[amounts[measured].span.end..amounts[at].span.start].to_lowercase();
        let words: Vec<&str> = between
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let changed = words[..] == ["to"];
        // "The Mail says 450,000 euros and *the Post* had 380,000"
        let currency = matches!(amounts[measured].kind, Kind::Currency(_));
        let and = words.iter().rposition(|word| *word == "and");
        let another = currency && and.is_some_and(|and| words.len() - and > PARTY);
        let parted = another
            || between.contains([',', ';'])
            || words.iter().any(|word| is_listed(AGAINST, word));
        let given = words.last().is_some_and(|word| is_listed(GIVEN, word));
        if changed || parted && given {
            let (kind, unit) = (amounts[measured].kind, amounts[measured].unit);
            let bare = &mut amounts[at];
            bare.kind = kind;
            bare.unit = unit;
            bare.base_value = unit.map(|unit| unit.to_base(bare.value));
            bare.elliptic = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::amount::{Kind, amounts};

    #[test]
    fn a_unit_that_is_left_out_is_that_of_the_number_before() {
        for (text, kinds) in [
            ("The court cut it from 22 years to 18.", [Kind::Duration; 2]),
            ("It was not 41 per cent but 38.4.", [Kind::Percent; 2]),
            (
                "They spoke of 12 hours, the others of 14.",
                [Kind::Duration; 2],
            ),
            (
                "The Mail says 450,000 euros and the Post had 380,000.",
                [Kind::Currency("EUR"); 2],
            ),
            (
                "It was 450,000 euros, and they talked to 12.",
                [Kind::Currency("EUR"), Kind::Plain],
            ),
            (
                "It lasted 12 hours, and he is on bus 14.",
                [Kind::Duration, Kind::Plain],
            ),
            (
                "It has 12 per cent of the seats, for 14 people.",
                [Kind::Percent, Kind::Plain],
            ),
        ] {
            let found: Vec<Kind> = amounts(text).iter().map(|amount| amount.kind).collect();
            assert_eq!(found, kinds, "{text}");
        }
    }

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [super::AGAINST, super::GIVEN] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
