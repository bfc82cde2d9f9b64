//! The day on which an article was published, in the ways that front matter and pages write it.

use jiff::civil::Date;
use jiff::fmt::{rfc2822, temporal::Pieces};

/// Told with every date that could not be read.
pub(super) const DATE_HELP: &str = "write it as 2020-12-14";

/// Longer than any way to write a date, with room for a weekday and a time zone.
const LONGEST: usize = 100;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The civil date of an ISO 8601 date or date-time, an RFC 2822 date, or an English date with the month's
/// name (`14 December 2020`, `Mon, Dec. 14th, 2020`). A date-time gives the day in its own time zone.
/// `None` for everything else, `14/12/2020` too: who wrote it decides which number is the month.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    iso(text).or_else(|| mail(text)).or_else(|| in_words(text))
}

fn iso(text: &str) -> Option<Date> {
    if let Ok(pieces) = Pieces::parse(text) {
        return Some(pieces.date());
    }
    // `2020-12-14 10:00:00 +0300` is how Jekyll writes it, `2020/12/14` how Hexo does.
    let (day, rest) = text.split_at_checked(10)?;
    let clock = rest.is_empty()
        || rest.starts_with([' ', 'T', 't'])
            && rest[1..].starts_with(|c: char| c.is_ascii_digit())
            && rest.contains(':')
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b" :.,+-".contains(&byte));
    if !clock {
        return None;
    }
    day.replace('/', "-").parse().ok()
}

fn mail(text: &str) -> Option<Date> {
    // A wrong weekday beside a full date is a slip in the weekday.
    rfc2822::DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_zoned(text)
        .ok()
        .map(|zoned| zoned.date())
}

fn in_words(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let mut words = lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .peekable();
    if words
        .peek()
        .is_some_and(|word| named(word, &WEEKDAYS).is_some())
    {
        words.next();
    }
    let words: Vec<&str> = words.collect();
    let [a, b, c] = words[..] else { return None };
    let (day, month, year) = if let Some(month) = named(b, &MONTHS) {
        if a.len() == 4 {
            (c, month, a)
        } else {
            (a, month, c)
        }
    } else {
        (b, named(a, &MONTHS)?, c)
    };
    let day = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| day.strip_suffix(ending))
        .unwrap_or(day);
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// The number, from 1, of the name that `word` is or abbreviates by three letters or more.
fn named(word: &str, names: &[&str]) -> Option<i8> {
    if word.len() < 3 {
        return None;
    }
    let at = names.iter().position(|name| name.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_usual_ways_to_write_a_date_are_read() {
        for text in [
            "2020-12-14",
            " 2020-12-14 ",
            "2020/12/14",
            "20201214",
            "2020-12-14T23:30:00Z",
            "2020-12-14T23:30:00-05:00",
            "2020-12-14T23:30:00.123+0300",
            "2020-12-14 23:30",
            "2020-12-14 23:30:00 +0300",
            "2020-12-14 10:00:00 UTC",
            "Mon, 14 Dec 2020 23:30:00 +0300",
            "Tue, 14 Dec 2020 23:30:00 GMT",
            "14 December 2020",
            "14 Dec. 2020",
            "December 14, 2020",
            "Monday, December 14th, 2020",
            "2020 December 14",
        ] {
            assert_eq!(parse_date(text), Some(date(2020, 12, 14)), "{text}");
        }
    }

    #[test]
    fn what_is_no_full_date_or_is_ambiguous_is_refused() {
        for text in [
            "",
            "14/12/2020",
            "2020-13-14",
            "2020-02-30",
            "31 February 2020",
            "December 2020",
            "yesterday",
            "2020-12-14 or so",
            "2020-12-14: early",
            "14 December 20",
            "2020-12-1ä",
            "may may may",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert_eq!(parse_date(&"2020-12-14 ".repeat(1000)), None);
    }
}
