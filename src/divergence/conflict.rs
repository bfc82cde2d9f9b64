//! Whether two answers to one claim can both be true.

use jiff::civil::Date;

use crate::claim::{Answers, Claim, Tolerance};
use crate::matching::Answer;
use crate::text::date::PartialDate;

/// A share of the larger number that is forgiven as a rounding error of binary fractions: 0.3 - 0.2 is a little less than 0.1.
/// Far above the error of a few operations (1e-16 each), far below any tolerance that a person writes.
const ROUNDING: f64 = 1e-12;

/// An answer with its name.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub answer: &'a Answer,
}

/// Whether the two answers cannot both be true: they differ beyond the claim's tolerance, and its file does not call them compatible.
pub(super) fn conflict(claim: &Claim, a: Named, b: Named) -> bool {
    if a.name == b.name {
        return false;
    }
    let differ = match (a.answer, b.answer, &claim.answers) {
        (Answer::Position(_), Answer::Position(_), Answers::Positions(_)) => true,
        (
            &Answer::Quantity { low, high, .. },
            &Answer::Quantity {
                low: other_low,
                high: other_high,
                ..
            },
            &Answers::Quantity { tolerance, .. },
        ) => numbers_differ((low, high), (other_low, other_high), tolerance),
        (Answer::Date(a), Answer::Date(b), &Answers::Date { tolerance_days, .. }) => {
            days_between(*a, *b).is_some_and(|days| days > i64::from(tolerance_days))
        }
        // Answers of different kinds cannot be compared.
        _ => false,
    };
    differ && !claim.is_compatible(a.name, b.name)
}

/// Whether the intervals lie further apart than the tolerance allows, measured between their nearest ends.
fn numbers_differ(a: (f64, f64), b: (f64, f64), tolerance: Tolerance) -> bool {
    let (below, above) = if a.1 < b.0 {
        (a.1, b.0)
    } else if b.1 < a.0 {
        (b.1, a.0)
    } else {
        return false;
    };
    let larger = below.abs().max(above.abs());
    let allowed = match tolerance {
        Tolerance::Relative(share) => share * larger,
        Tolerance::Absolute(units) => units,
    };
    above - below > allowed + ROUNDING * larger
}

/// Days between the nearest ends of the ranges that the dates span; 0 where the ranges meet, `None` where too little is known.
fn days_between(a: PartialDate, b: PartialDate) -> Option<i64> {
    match (a.year, b.year) {
        (Some(year), Some(other)) => gap(range(a, year)?, range(b, other)?),
        (Some(year), None) => days_of_year_between(a, year, b),
        (None, Some(year)) => days_of_year_between(b, year, a),
        // Without any year, one without a 29 February is the common case.
        (None, None) => days_of_year_between(
            a,
            if is_leap_day(a) || is_leap_day(b) {
                2004
            } else {
                2005
            },
            b,
        ),
    }
}

/// Compares month and day of two dates, the one of `year`, the other of the nearest year: 31 December and 1 January are a day apart.
fn days_of_year_between(dated: PartialDate, year: i16, undated: PartialDate) -> Option<i64> {
    dated.month?;
    undated.month?;
    let fixed = range(dated, year)?;
    (-1..=1)
        .filter_map(|step| gap(fixed, range(undated, year.checked_add(step)?)?))
        .min()
}

fn is_leap_day(date: PartialDate) -> bool {
    date.month == Some(2) && date.day == Some(29)
}

/// The first and the last day that the date may mean in the given year. A day that the month does not have counts as its last.
/// `None` outside the calendar.
fn range(date: PartialDate, year: i16) -> Option<(Date, Date)> {
    let Some(month) = date.month else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let last = first.last_of_month();
    Some(match date.day {
        None => (first, last),
        Some(day) => {
            let day = i8::try_from(day).ok()?.clamp(1, last.day());
            let exact = Date::new(year, first.month(), day).ok()?;
            (exact, exact)
        }
    })
}

/// Days from the end of the earlier range to the start of the later; 0 where they meet.
fn gap(a: (Date, Date), b: (Date, Date)) -> Option<i64> {
    let (earlier, later) = if a.1 < b.0 {
        (a.1, b.0)
    } else if b.1 < a.0 {
        (b.1, a.0)
    } else {
        return Some(0);
    };
    earlier
        .until(later)
        .ok()
        .map(|span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::super::scene::{dates, positions, quantity, read_answer};
    use super::*;

    fn in_conflict(claim: &Claim, a: &str, b: &str) -> bool {
        let (a_name, a) = read_answer(claim, a);
        let (b_name, b) = read_answer(claim, b);
        let a = Named {
            name: &a_name,
            answer: &a,
        };
        let b = Named {
            name: &b_name,
            answer: &b,
        };
        let found = conflict(claim, a, b);
        assert_eq!(found, conflict(claim, b, a), "conflict is symmetric");
        found
    }

    #[test]
    fn positions_conflict_unless_compatible() {
        let mut claim = positions("deal", &["signed", "planned", "refused"]);
        claim.compatible = vec![("refused".into(), "planned".into())];
        assert!(in_conflict(&claim, "signed", "planned"));
        assert!(!in_conflict(&claim, "planned", "refused"));
        assert!(!in_conflict(&claim, "signed", "signed"));
    }

    #[test]
    fn numbers_conflict_beyond_the_tolerance() {
        for (tolerance, a, b, expected) in [
            (Tolerance::Relative(0.1), "90", "100", false),
            (Tolerance::Relative(0.1), "89", "100", true),
            (Tolerance::Relative(0.0), "100", "100", false),
            (Tolerance::Relative(0.0), "100", "101", true),
            (Tolerance::Absolute(0.1), "1.0", "1.1", false),
            (Tolerance::Relative(0.0), "1000000000", "1000000001", true),
            (Tolerance::Absolute(5.0), "20", "25", false),
            (Tolerance::Absolute(5.0), "20", "26", true),
            (Tolerance::Relative(0.1), "-100", "-90", false),
            (Tolerance::Relative(0.1), "-100", "100", true),
            // Intervals: "at least 25" against 20, 30 and "at most 24".
            (Tolerance::Relative(0.0), "25..", "20", true),
            (Tolerance::Relative(0.0), "25..", "30", false),
            (Tolerance::Relative(0.0), "25..", "..24", true),
            (Tolerance::Relative(0.1), "25..", "..24", false),
            (Tolerance::Relative(0.0), "10..20", "20..30", false),
        ] {
            let claim = quantity("toll", tolerance);
            assert_eq!(
                in_conflict(&claim, a, b),
                expected,
                "{a} against {b} within {tolerance:?}"
            );
        }
    }

    #[test]
    fn compatible_numbers_agree_however_written() {
        let mut claim = quantity("toll", Tolerance::Relative(0.0));
        claim.compatible = vec![("110,000".into(), "111000".into())];
        assert!(!in_conflict(&claim, "111000", "110000"));
        assert!(in_conflict(&claim, "110000", "112000"));
    }

    #[test]
    fn dates_conflict_beyond_the_tolerance() {
        for (tolerance, a, b, expected) in [
            (0, "2020-12-14", "2020-12-14", false),
            (0, "2020-12-14", "2020-12-15", true),
            (1, "2020-12-14", "2020-12-15", false),
            (0, "2020-12-31", "2021-01-01", true),
            // A vaguer date agrees with every date inside it.
            (0, "2020-12", "2020-12-14", false),
            (0, "2020", "2020-12", false),
            (0, "2020", "2019-12-31", true),
            (31, "2020-12", "2020-10-31", false),
            (31, "2020-12", "2020-10-30", true),
            (30, "2020-12", "2020-10", true),
            // Without a year, month and day alone are compared, round the turn of the year.
            (0, "--12", "2020-12-14", false),
            (0, "--12", "2020-11-30", true),
            (1, "--12-31", "2020-01-01", false),
            (0, "--12-31", "2020-01-01", true),
            (0, "--12", "2019", false),
            (1, "--01-01", "--12-31", false),
            (0, "--06-01", "--12-01", true),
            (181, "--06-01", "--12-01", true),
            (182, "--06-01", "--12-01", false),
            (1, "--02-28", "--03-01", false),
            (0, "--02-29", "--02-28", true),
            // A day that does not exist counts as the last of its month.
            (0, "2019-02-30", "2019-02-28", false),
            (0, "2019-02-30", "2019-03-01", true),
        ] {
            let claim = dates("removal", tolerance);
            assert_eq!(
                in_conflict(&claim, a, b),
                expected,
                "{a} against {b} within {tolerance} days"
            );
        }
    }
}
