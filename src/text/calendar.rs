//! Names of days and months, which have a capital and name nobody.

use crate::text::word_list::is_listed;

const DAYS_AND_MONTHS: &[&str] = &[
    "april",
    "august",
    "december",
    "february",
    "friday",
    "january",
    "july",
    "june",
    "march",
    "may",
    "monday",
    "november",
    "october",
    "saturday",
    "september",
    "sunday",
    "thursday",
    "tuesday",
    "wednesday",
];

/// Whether a word, in small letters, names a day of the week or a month.
pub fn is_day_or_month(word: &str) -> bool {
    is_listed(DAYS_AND_MONTHS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_as_its_search_needs() {
        assert!(DAYS_AND_MONTHS.is_sorted());
    }
}
