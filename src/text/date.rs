//! Dates at the precision that a text gives.

mod mention;

use std::str::FromStr;

use jiff::civil::Date;

use crate::source::Span;
use crate::text::piece::Pieces;

pub use mention::{DateMention, Part, dates, dates_nearby};

/// The places of the calendar dates of a sentence that is already cut.
pub(in crate::text) fn calendar_spans(pieces: &Pieces<'_>) -> Vec<Span> {
    mention::find(pieces, None)
        .into_iter()
        .filter(|mention| mention.explicit)
        .map(|mention| mention.span)
        .collect()
}

/// A date of which parts may be unknown: `2020-12-14`, `2020-12`, `2019`, `--12`, `--12-14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year, where the text or the article's own date gives it.
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

impl PartialDate {
    /// A whole year.
    pub fn of_year(year: i16) -> Self {
        Self {
            year: Some(year),
            month: None,
            day: None,
        }
    }

    /// A whole month.
    pub fn of_month(year: i16, month: u8) -> Self {
        Self {
            year: Some(year),
            month: Some(month),
            day: None,
        }
    }

    /// A month or a day of which nobody knows the year.
    pub fn without_year(month: u8, day: Option<u8>) -> Self {
        Self {
            year: None,
            month: Some(month),
            day,
        }
    }

    /// The first and the last day that the date can mean; `None` when the year is unknown or there is no such day.
    /// A day without a month is left out of account.
    pub fn range(&self) -> Option<(Date, Date)> {
        let year = self.year?;
        let Some(month) = self.month else {
            return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
        };
        let month = i8::try_from(month).ok()?;
        match self.day {
            Some(day) => {
                let date = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
                Some((date, date))
            }
            None => {
                let first = Date::new(year, month, 1).ok()?;
                Some((first, first.last_of_month()))
            }
        }
    }

    /// Days between the two dates, 0 when one lies inside the other or they overlap. Where a year is unknown, months and days are
    /// compared around the turn of the year: 31 December and 1 January are one day apart. `None` when nothing can be compared:
    /// no such day, or neither year nor month known on one side.
    pub fn distance_days(&self, other: &PartialDate) -> Option<i64> {
        /// A leap year, so that 29 February has a place.
        const STAND_IN: i16 = 2000;
        let gap = |a: PartialDate, b: PartialDate| {
            let ((a_low, a_high), (b_low, b_high)) = (a.range()?, b.range()?);
            let days = if a_high < b_low {
                (b_low - a_high).get_days()
            } else if b_high < a_low {
                (a_low - b_high).get_days()
            } else {
                0
            };
            Some(i64::from(days))
        };
        match (self.year, other.year) {
            (Some(_), Some(_)) => gap(*self, *other),
            (Some(_), None) => other.distance_days(self),
            // One order only: the leap day would make the two ways round differ by one.
            (None, None) if self > other => other.distance_days(self),
            (None, known) => {
                self.month?;
                let fixed = PartialDate {
                    year: Some(known.unwrap_or(STAND_IN)),
                    ..*other
                };
                if known.is_none() {
                    other.month?;
                }
                let year = fixed.year?;
                [year.checked_sub(1), Some(year), year.checked_add(1)]
                    .into_iter()
                    .flatten()
                    .filter_map(|year| {
                        let placed = PartialDate {
                            year: Some(year),
                            ..*self
                        };
                        gap(placed, fixed)
                    })
                    .min()
            }
        }
    }

    /// Whether the dates lie at most so many days apart; a vaguer date agrees with every date inside it. Dates that cannot be
    /// compared do not agree.
    pub fn agrees(&self, other: &PartialDate, tolerance_days: u32) -> bool {
        self.distance_days(other)
            .is_some_and(|days| days <= i64::from(tolerance_days))
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        // jiff keeps months in 1..=12 and days in 1..=31.
        Self {
            year: Some(date.year()),
            month: Some(date.month().unsigned_abs()),
            day: Some(date.day().unsigned_abs()),
        }
    }
}

impl std::fmt::Display for PartialDate {
    /// ISO 8601 at the precision that is known; `--12` where the year is not.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.year {
            Some(year) => write!(f, "{year:04}")?,
            None => write!(f, "-")?,
        }
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

/// The text is no date of the form `2020-12-14`, `2020-12`, `2019`, `--12` or `--12-14`, or there is no such day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date: write 2020-12-14, 2020-12, 2019, --12 or --12-14")]
pub struct NotADate;

impl FromStr for PartialDate {
    type Err = NotADate;

    /// Reads what [`Display`](std::fmt::Display) writes.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let number = |text: &str, digits: usize| -> Result<u16, NotADate> {
            if text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()) {
                text.parse().map_err(|_| NotADate)
            } else {
                Err(NotADate)
            }
        };
        let small = |text: &str| -> Result<u8, NotADate> {
            u8::try_from(number(text, 2)?).map_err(|_| NotADate)
        };
        let (year, rest) = match text.strip_prefix("--") {
            Some(rest) => (None, Some(rest)),
            None => {
                let (year, rest) = text
                    .split_once('-')
                    .map_or((text, None), |(year, rest)| (year, Some(rest)));
                let year = i16::try_from(number(year, 4)?).map_err(|_| NotADate)?;
                (Some(year), rest)
            }
        };
        let (month, day) = match rest {
            None => (None, None),
            Some(rest) => match rest.split_once('-') {
                None => (Some(small(rest)?), None),
                Some((month, day)) => (Some(small(month)?), Some(small(day)?)),
            },
        };
        let date = PartialDate { year, month, day };
        // Without a year, 29 February exists.
        let placed = PartialDate {
            year: Some(year.unwrap_or(2000)),
            ..date
        };
        placed.range().map(|_| date).ok_or(NotADate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect(text)
    }

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "2020-12-14",
            "2020-12",
            "2019",
            "--12",
            "--12-14",
            "--02-29",
            "0999-01-01",
            "2020-02-29",
        ] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "-",
            "--",
            "---",
            "20",
            "20200",
            "2020-",
            "2020-13",
            "2020-1",
            "2021-02-29",
            "--13",
            "--02-30",
            "2020-12-14-1",
            "2020-00",
            "2020-12-00",
            "+202",
            "２０２０",
            "2020-12-1４",
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(NotADate), "{text}");
        }
    }

    #[test]
    fn ranges() {
        let range = |text: &str| {
            date(text)
                .range()
                .map(|(low, high)| format!("{low} {high}"))
        };
        assert_eq!(range("2020").as_deref(), Some("2020-01-01 2020-12-31"));
        assert_eq!(range("2020-02").as_deref(), Some("2020-02-01 2020-02-29"));
        assert_eq!(
            range("2020-02-05").as_deref(),
            Some("2020-02-05 2020-02-05")
        );
        assert_eq!(range("--02"), None);
    }

    #[test]
    fn distances() {
        for (a, b, days) in [
            ("2020-12-14", "2020-12-14", Some(0)),
            ("2020-12-14", "2020-12-16", Some(2)),
            ("2020-12-14", "2020-12", Some(0)),
            ("2020-12-14", "2020", Some(0)),
            ("2019", "2020", Some(1)),
            ("2019", "2020-01-05", Some(5)),
            ("2020-12", "2021-01", Some(1)),
            ("2020-07", "2020-12-14", Some(136)),
            ("--12", "2020-12-14", Some(0)),
            ("--12", "2020", Some(0)),
            ("--12-31", "2021-01-01", Some(1)),
            ("--12-31", "--01-01", Some(1)),
            ("--01-01", "--12-31", Some(1)),
            ("--02-29", "--03-01", Some(1)),
            ("--12", "--11", Some(1)),
            ("--06", "--12", Some(152)),
            ("2020", "--02-29", Some(0)),
        ] {
            assert_eq!(date(a).distance_days(&date(b)), days, "{a} {b}");
            assert_eq!(date(b).distance_days(&date(a)), days, "{b} {a}");
        }
        let nothing = PartialDate {
            year: None,
            month: None,
            day: None,
        };
        assert_eq!(nothing.distance_days(&nothing), None);
        assert_eq!(nothing.distance_days(&date("2020")), None);
        assert!(!nothing.agrees(&nothing, 1000));
    }

    #[test]
    fn agreement_has_a_tolerance() {
        assert!(date("2020-12-14").agrees(&date("2020-12-16"), 2));
        assert!(!date("2020-12-14").agrees(&date("2020-12-16"), 1));
        assert!(date("2020-12-14").agrees(&date("2020-12"), 0));
    }

    #[test]
    fn extreme_dates_do_not_panic() {
        for year in [i16::MIN, -9999, 0, 9999, i16::MAX] {
            for month in [None, Some(0), Some(12), Some(255)] {
                let odd = PartialDate {
                    year: Some(year),
                    month,
                    day: Some(255),
                };
                let _ = (odd.range(), odd.to_string());
                let _ = odd.distance_days(&date("--12-31"));
                let _ = date("2020").distance_days(&odd);
            }
        }
    }
}
