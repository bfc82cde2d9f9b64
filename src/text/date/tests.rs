use super::*;

/// A Thursday.
const PUBLISHED: Date = jiff::civil::date(2021, 4, 1);

fn shown(sentence: &str, published: Option<Date>) -> String {
    let lines: Vec<String> = dates(sentence, published)
        .iter()
        .map(|found| {
            let mut line = format!(
                "{} = {}",
                &sentence[found.span.start..found.span.end],
                found.date
            );
            if let Some(part) = found.part {
                line += &format!(" {part:?}").to_lowercase();
            }
            if found.slack_days > 0 {
                line += &format!(" ±{}", found.slack_days);
            }
            if !found.explicit {
                line += " relative";
            }
            line
        })
        .collect();
    lines.join("; ")
}

#[test]
fn dump() {
    let Ok(path) = std::env::var("DATE_DUMP") else { return };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        println!("{line} => {} // {}", shown(line, Some(PUBLISHED)), shown(line, None));
    }
}

fn check(sentence: &str) {
    for published in [None, Some(PUBLISHED), Some(Date::MIN), Some(Date::MAX)] {
        let mut last = 0;
        for found in dates(sentence, published) {
            assert!(found.span.start >= last, "order in {sentence:?}");
            assert!(!found.span.is_empty());
            last = found.span.end;
            assert!(sentence.get(found.span.start..found.span.end).is_some());
            assert!(
                found.date.year.is_some() || found.date.month.is_some(),
                "{sentence:?}"
            );
            assert!(
                found.date.year.is_none() || found.date.range().is_some(),
                "{sentence:?} has no such day: {}",
                found.date
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_string_is_read_without_a_panic(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn words_of_dates_in_any_order_are_read_without_a_panic(
        words in proptest::collection::vec(proptest::sample::select(VOCABULARY), 0..12),
    ) {
        check(&words.concat());
    }
}

const VOCABULARY: &[&str] = &[
    " ", " ", " ", " ", "-", "/", ",", ".", "(", "14", "31", "29", "12", "2020", "02", "th", "of ",
    " in ", "the ", "last ", "next ", "this ", "early ", "mid", "December", "Dec", "May", "February",
    "March ", "Monday", "today", "yesterday", "week", "month", "year", " ago", "two ", "years", "a ",
    "decades", "since ", "will ", "summer ", "é", "’s", "1999", "2101", "14.12.2020", "end of ",
];

#[test]
fn time_grows_with_length_only() {
    for part in ["in ", "2014-", "December ", "1/1/", "early ", "5 May and ", "Monday, ", "last ", "2014 and "] {
        let text = part.repeat(40_000);
        let start = std::time::Instant::now();
        assert!(dates(&text, Some(PUBLISHED)).len() <= text.len());
        assert!(start.elapsed().as_secs() < 20, "{part:?}");
    }
}
