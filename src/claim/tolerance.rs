//! Tolerances as they are written: `10%`, `5`, `31 days`.

use super::model::Tolerance;

/// Reads the tolerance of a quantity: a share in percent of 0 to 100, or a plain number in the quantity's own unit.
///
/// # Errors
///
/// What is wrong, as the end of a sentence about the tolerance.
pub(super) fn of_quantity(text: &str) -> Result<Tolerance, &'static str> {
    let text = text.trim();
    if let Some(share) = text.strip_suffix('%') {
        let percent = number(share).ok_or("is not a number of percent")?;
        return if percent <= 100.0 {
            Ok(Tolerance::Relative(percent / 100.0))
        } else {
            Err("is more than 100%")
        };
    }
    number(text)
        .map(Tolerance::Absolute)
        .ok_or("is neither a share such as `10%` nor a number")
}

/// Reads the tolerance of a date, in days. A month counts 31 days and a year 366, so that dates which people call a month or a year apart
/// always agree. A bare `0` is zero days.
///
/// # Errors
///
/// What is wrong, as the end of a sentence about the tolerance.
pub(super) fn of_date(text: &str) -> Result<u32, &'static str> {
    /// A thousand years; whoever writes more has made a slip.
    const MOST_DAYS: u32 = 366_000;
    let text = text.trim();
    if text == "0" {
        return Ok(0);
    }
    let split = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (count, unit) = text.split_at(split);
    if count.is_empty() {
        return Err("does not start with a whole number");
    }
    let days = match unit.trim() {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        "month" | "months" => 31,
        "year" | "years" => 366,
        "" => return Err("has no unit"),
        _ => return Err("has a unit other than days, weeks, months and years"),
    };
    count
        .parse::<u32>()
        .ok()
        .and_then(|count| count.checked_mul(days))
        .filter(|days| *days <= MOST_DAYS)
        .ok_or("is more than a thousand years")
}

/// Digits, with commas between groups of three and a decimal point; no sign, since no tolerance is below zero.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let whole = text.split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = !whole.contains(',')
        || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
    let plain = plain && text.starts_with(|c: char| c.is_ascii_digit());
    let decimals_are_plain = text.split_once('.').is_none_or(|(_, decimals)| {
        !decimals.is_empty() && decimals.bytes().all(|byte| byte.is_ascii_digit())
    });
    (plain && grouped && decimals_are_plain)
        .then(|| text.replace(',', "").parse().ok())
        .flatten()
        .filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_take_shares_and_numbers() {
        assert_eq!(of_quantity("10%"), Ok(Tolerance::Relative(0.1)));
        assert_eq!(of_quantity("2.5 %"), Ok(Tolerance::Relative(0.025)));
        assert_eq!(of_quantity("0%"), Ok(Tolerance::Relative(0.0)));
        assert_eq!(of_quantity("100%"), Ok(Tolerance::Relative(1.0)));
        assert_eq!(of_quantity("5"), Ok(Tolerance::Absolute(5.0)));
        assert_eq!(of_quantity("1,500.5"), Ok(Tolerance::Absolute(1500.5)));
        for bad in [
            "", "%", "101%", "-1", "-5%", "ten", "nan", "inf", "1e3", "1,5", "1.2.3", "5.", ".5",
            "31 days", "1..2%", "+3",
        ] {
            assert!(of_quantity(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_take_counted_units() {
        assert_eq!(of_date("31 days"), Ok(31));
        assert_eq!(of_date("1 day"), Ok(1));
        assert_eq!(of_date("2 weeks"), Ok(14));
        assert_eq!(of_date("1 month"), Ok(31));
        assert_eq!(of_date("1 year"), Ok(366));
        assert_eq!(of_date("3weeks"), Ok(21));
        assert_eq!(of_date("0"), Ok(0));
        for bad in [
            "",
            "31",
            "days",
            "-1 days",
            "1.5 days",
            "10%",
            "2 fortnights",
            "99999999999 days",
            "4294967295 weeks",
            "1001 years",
        ] {
            assert!(of_date(bad).is_err(), "{bad}");
        }
    }
}
