//! What the words around a number make of it: a lower bound, an upper bound, a rough number.

use crate::text::piece::Pieces;

/// What the wording allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// At least, more than.
    Lower,
    /// At most, fewer than.
    Upper,
    /// Nearly: just below.
    Below,
    /// Just over.
    Above,
    /// About: to both sides.
    About,
}

/// How far a rough number may be off, as a share of it. Reporters round to one or two digits ("about 30" is 27 to 33);
/// a tenth covers that and keeps "about 30" apart from "about 40".
pub(super) const ROUGH: f64 = 0.1;

impl Bound {
    /// The interval of a number under this bound. "More than 25" starts at 25 itself: newsrooms use "more than 25" and "25" of the
    /// same count, and an interval open by one would call that a difference.
    pub(super) fn interval(self, low: f64, high: f64) -> (f64, f64) {
        let slack = |value: f64| value.abs() * ROUGH;
        match self {
            Bound::Lower => (low, f64::INFINITY),
            // Counts do not fall below nothing; a temperature may.
            Bound::Upper if high < 0.0 => (f64::NEG_INFINITY, high),
            Bound::Upper => (0.0, high),
            Bound::Below => (low - slack(low), high),
            Bound::Above => (low, high + slack(high)),
            Bound::About => (low - slack(low), high + slack(high)),
        }
    }
}

/// Wordings that stand right before a number; the longest that fits counts.
const BEFORE: &[(&[&str], Bound)] = &[
    // Five words.
    (&["somewhere", "in", "the", "region", "of"], Bound::About),
    // Four words.
    (&["in", "the", "region", "of"], Bound::About),
    (&["in", "the", "neighborhood", "of"], Bound::About),
    (&["in", "the", "neighbourhood", "of"], Bound::About),
    (&["on", "the", "order", "of"], Bound::About),
    (&["a", "little", "more", "than"], Bound::Above),
    (&["a", "bit", "more", "than"], Bound::Above),
    (&["a", "little", "less", "than"], Bound::Below),
    // Three words.
    (&["no", "fewer", "than"], Bound::Lower),
    (&["no", "less", "than"], Bound::Lower),
    (&["not", "fewer", "than"], Bound::Lower),
    (&["not", "less", "than"], Bound::Lower),
    (&["in", "excess", "of"], Bound::Lower),
    (&["a", "minimum", "of"], Bound::Lower),
    (&["no", "more", "than"], Bound::Upper),
    (&["not", "more", "than"], Bound::Upper),
    (&["no", "larger", "than"], Bound::Upper),
    (&["no", "higher", "than"], Bound::Upper),
    (&["no", "longer", "than"], Bound::Upper),
    (&["no", "later", "than"], Bound::Upper),
    (&["as", "many", "as"], Bound::Upper),
    (&["as", "much", "as"], Bound::Upper),
    (&["as", "high", "as"], Bound::Upper),
    (&["as", "long", "as"], Bound::Upper),
    (&["as", "large", "as"], Bound::Upper),
    (&["as", "few", "as"], Bound::Lower),
    (&["as", "little", "as"], Bound::Lower),
    (&["as", "low", "as"], Bound::Lower),
    (&["a", "maximum", "of"], Bound::Upper),
    (&["just", "short", "of"], Bound::Below),
    (&["just", "shy", "of"], Bound::Below),
    (&["just", "less", "than"], Bound::Below),
    (&["slightly", "less", "than"], Bound::Below),
    (&["slightly", "fewer", "than"], Bound::Below),
    (&["slightly", "more", "than"], Bound::Above),
    (&["just", "more", "than"], Bound::Above),
    (&["little", "more", "than"], Bound::Above),
    // Two words.
    (&["at", "least"], Bound::Lower),
    (&["more", "than"], Bound::Lower),
    (&["greater", "than"], Bound::Lower),
    (&["higher", "than"], Bound::Lower),
    (&["larger", "than"], Bound::Lower),
    (&["bigger", "than"], Bound::Lower),
    (&["longer", "than"], Bound::Lower),
    (&["older", "than"], Bound::Lower),
    (&["taller", "than"], Bound::Lower),
    (&["heavier", "than"], Bound::Lower),
    (&["farther", "than"], Bound::Lower),
    (&["further", "than"], Bound::Lower),
    (&["faster", "than"], Bound::Lower),
    (&["better", "than"], Bound::Lower),
    (&["minimum", "of"], Bound::Lower),
    (&["upwards", "of"], Bound::Lower),
    (&["upward", "of"], Bound::Lower),
    (&["north", "of"], Bound::Lower),
    (&["at", "most"], Bound::Upper),
    (&["up", "to"], Bound::Upper),
    (&["fewer", "than"], Bound::Upper),
    (&["less", "than"], Bound::Upper),
    (&["lower", "than"], Bound::Upper),
    (&["smaller", "than"], Bound::Upper),
    (&["shorter", "than"], Bound::Upper),
    (&["younger", "than"], Bound::Upper),
    (&["cheaper", "than"], Bound::Upper),
    (&["lighter", "than"], Bound::Upper),
    (&["south", "of"], Bound::Upper),
    (&["maximum", "of"], Bound::Upper),
    (&["close", "to"], Bound::About),
    (&["just", "under"], Bound::Below),
    (&["just", "below"], Bound::Below),
    (&["slightly", "under"], Bound::Below),
    (&["slightly", "below"], Bound::Below),
    (&["not", "quite"], Bound::Below),
    (&["short", "of"], Bound::Below),
    (&["shy", "of"], Bound::Below),
    (&["just", "over"], Bound::Above),
    (&["just", "above"], Bound::Above),
    (&["slightly", "over"], Bound::Above),
    (&["slightly", "above"], Bound::Above),
    (&["little", "over"], Bound::Above),
    (&["an", "estimated"], Bound::About),
    // One word.
    (&["over"], Bound::Lower),
    (&["above"], Bound::Lower),
    (&["exceeding"], Bound::Lower),
    (&["exceeded"], Bound::Lower),
    (&["exceeds"], Bound::Lower),
    (&["exceed"], Bound::Lower),
    (&["surpassed"], Bound::Lower),
    (&["surpassing"], Bound::Lower),
    (&["topped"], Bound::Lower),
    (&["topping"], Bound::Lower),
    (&[">"], Bound::Lower),
    (&["≥"], Bound::Lower),
    (&["minimum"], Bound::Lower),
    (&["under"], Bound::Upper),
    (&["below"], Bound::Upper),
    (&["<"], Bound::Upper),
    (&["≤"], Bound::Upper),
    (&["maximum"], Bound::Upper),
    (&["nearly"], Bound::Below),
    (&["almost"], Bound::Below),
    (&["approaching"], Bound::Below),
    (&["nearing"], Bound::Below),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["roughly"], Bound::About),
    (&["approximately"], Bound::About),
    (&["approx"], Bound::About),
    (&["estimated"], Bound::About),
    (&["circa"], Bound::About),
    (&["perhaps"], Bound::About),
    (&["~"], Bound::About),
    (&["≈"], Bound::About),
];

/// Wordings that stand right behind a number, its unit or its noun.
const AFTER: &[(&[&str], Bound)] = &[
    (&["or", "more"], Bound::Lower),
    (&["or", "over"], Bound::Lower),
    (&["or", "above"], Bound::Lower),
    (&["or", "higher"], Bound::Lower),
    (&["or", "older"], Bound::Lower),
    (&["or", "greater"], Bound::Lower),
    (&["or", "longer"], Bound::Lower),
    (&["and", "over"], Bound::Lower),
    (&["and", "above"], Bound::Lower),
    (&["and", "older"], Bound::Lower),
    (&["and", "up"], Bound::Lower),
    (&["and", "counting"], Bound::Lower),
    (&["at", "least"], Bound::Lower),
    (&["or", "fewer"], Bound::Upper),
    (&["or", "less"], Bound::Upper),
    (&["or", "under"], Bound::Upper),
    (&["or", "below"], Bound::Upper),
    (&["or", "lower"], Bound::Upper),
    (&["or", "younger"], Bound::Upper),
    (&["and", "under"], Bound::Upper),
    (&["and", "younger"], Bound::Upper),
    (&["at", "most"], Bound::Upper),
    (&["or", "so"], Bound::About),
    (&["more", "or", "less"], Bound::About),
];

/// The bound that ends right before piece `at`, and the piece at which it starts. `floor`: pieces before it belong to another number.
pub(super) fn before(pieces: &Pieces<'_>, at: usize, floor: usize) -> Option<(Bound, usize)> {
    // "about another 25", "more than the expected"-like fillers.
    let mut end = at;
    if matches!(
        pieces.low_before(end, 1),
        "another" | "additional" | "further" | "extra"
    ) {
        end -= 1;
        if matches!(pieces.low_before(end, 1), "an" | "a") {
            end -= 1;
        }
    }
    if pieces.low_before(end, 1) == "." && pieces.low_before(end, 2) == "approx" {
        end -= 1;
    }
    BEFORE
        .iter()
        .find(|(words, _)| {
            end.checked_sub(words.len())
                .is_some_and(|start| start >= floor)
                && pieces.reads_before(end, words)
        })
        .map(|(words, bound)| (*bound, end - words.len()))
}

/// The bound that starts right at piece `at`, and the piece after it.
pub(super) fn after(pieces: &Pieces<'_>, at: usize) -> Option<(Bound, usize)> {
    // "5 more or less than" does not occur; "or more than" is a new comparison.
    AFTER
        .iter()
        .find(|(words, _)| {
            pieces.reads(at, words)
                && pieces.low(at + words.len()) != "than"
                // "At least" behind a number belongs to the next one if there is one.
                && (words[0] != "at"
                    || !(pieces.is_digits(at + 2) || pieces.is_word(at + 2)))
        })
        .map(|(words, bound)| (*bound, at + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wording_stands_first() {
        // A shorter wording that ends like a longer one must come later, or it would hide it.
        for (index, (words, _)) in BEFORE.iter().enumerate() {
            for (shorter, _) in &BEFORE[..index] {
                assert!(!words.ends_with(shorter), "{shorter:?} hides {words:?}");
            }
        }
    }

    #[test]
    fn bounds_of_negative_numbers_keep_their_order() {
        for bound in [
            Bound::Lower,
            Bound::Upper,
            Bound::Below,
            Bound::Above,
            Bound::About,
        ] {
            let (low, high) = bound.interval(-5.0, -3.0);
            assert!(low <= high, "{bound:?}");
        }
    }
}
