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

/// Sentence, what is read in it in an article of 1 April 2021, and in one without a date.
const TABLE: &[(&str, &str, &str)] = &[
    (
        "on 14 December 2020",
        "14 December 2020 = 2020-12-14",
        "14 December 2020 = 2020-12-14",
    ),
    (
        "December 14, 2020",
        "December 14, 2020 = 2020-12-14",
        "December 14, 2020 = 2020-12-14",
    ),
    ("Dec. 14", "Dec. 14 = 2020-12-14", "Dec. 14 = --12-14"),
    (
        "Dec. 14, 2019",
        "Dec. 14, 2019 = 2019-12-14",
        "Dec. 14, 2019 = 2019-12-14",
    ),
    (
        "the 14th of December",
        "14th of December = 2020-12-14",
        "14th of December = --12-14",
    ),
    (
        "the fourteenth of December",
        "fourteenth of December = 2020-12-14",
        "fourteenth of December = --12-14",
    ),
    (
        "14/12/2020",
        "14/12/2020 = 2020-12-14",
        "14/12/2020 = 2020-12-14",
    ),
    (
        "12/14/2020",
        "12/14/2020 = 2020-12-14",
        "12/14/2020 = 2020-12-14",
    ),
    ("03/04/2020", "", ""),
    (
        "04/04/2020",
        "04/04/2020 = 2020-04-04",
        "04/04/2020 = 2020-04-04",
    ),
    (
        "2020-12-14",
        "2020-12-14 = 2020-12-14",
        "2020-12-14 = 2020-12-14",
    ),
    (
        "2020-12-14T09:00Z",
        "2020-12-14 = 2020-12-14",
        "2020-12-14 = 2020-12-14",
    ),
    (
        "14.12.2020",
        "14.12.2020 = 2020-12-14",
        "14.12.2020 = 2020-12-14",
    ),
    (
        "December 2020",
        "December 2020 = 2020-12",
        "December 2020 = 2020-12",
    ),
    ("in December", "December = 2020-12", "December = --12"),
    (
        "last December",
        "last December = 2020-12 relative",
        "last December = --12 relative",
    ),
    ("this month", "this month = 2021-04 relative", ""),
    ("last month", "last month = 2021-03 relative", ""),
    ("next month", "next month = 2021-05 relative", ""),
    ("today", "today = 2021-04-01 relative", ""),
    ("yesterday", "yesterday = 2021-03-31 relative", ""),
    ("tomorrow", "tomorrow = 2021-04-02 relative", ""),
    ("on Monday", "Monday = 2021-03-29 relative", ""),
    ("last Monday", "last Monday = 2021-03-29 relative", ""),
    ("next Monday", "next Monday = 2021-04-05 relative", ""),
    ("on Thursday", "Thursday = 2021-04-01 relative", ""),
    ("last Thursday", "last Thursday = 2021-03-25 relative", ""),
    ("a week ago", "a week ago = 2021-03-25 ±3 relative", ""),
    ("two years ago", "two years ago = 2019 relative", ""),
    (
        "three months ago",
        "three months ago = 2021-01 relative",
        "",
    ),
    ("10 days ago", "10 days ago = 2021-03-22 relative", ""),
    ("last week", "last week = 2021-03-25 ±3 relative", ""),
    ("last year", "last year = 2020 relative", ""),
    ("this year", "this year = 2021 relative", ""),
    ("earlier this month", "this month = 2021-04 relative", ""),
    ("in 2019", "2019 = 2019", "2019 = 2019"),
    ("2019 was good", "", ""),
    ("mid-2019", "mid-2019 = 2019 mid", "mid-2019 = 2019 mid"),
    (
        "early 2020",
        "early 2020 = 2020 early",
        "early 2020 = 2020 early",
    ),
    ("since 2014", "2014 = 2014", "2014 = 2014"),
    ("summer 2014", "summer 2014 = 2014", "summer 2014 = 2014"),
    (
        "the summer of 2014",
        "summer of 2014 = 2014",
        "summer of 2014 = 2014",
    ),
    ("the 1930s", "", ""),
    ("it may rain", "", ""),
    ("May said so", "", ""),
    ("in May", "May = 2020-05", "May = --05"),
    ("May 5", "May 5 = 2020-05-05", "May 5 = --05-05"),
    (
        "5 May 2019",
        "5 May 2019 = 2019-05-05",
        "5 May 2019 = 2019-05-05",
    ),
    ("Theresa May said", "", ""),
    ("they march on", "", ""),
    ("March on Washington", "", ""),
    ("in March", "March = 2021-03", "March = --03"),
    (
        "last March",
        "last March = 2021-03 relative",
        "last March = --03 relative",
    ),
    (
        "late March",
        "late March = 2021-03 late",
        "late March = --03 late",
    ),
    (
        "by March 2020",
        "March 2020 = 2020-03",
        "March 2020 = 2020-03",
    ),
    ("since May 2018", "May 2018 = 2018-05", "May 2018 = 2018-05"),
    ("in April", "April = 2021-04", "April = --04"),
    ("in 2000 homes", "", ""),
    ("in 2000 people died", "", ""),
    (
        "between 2014 and 2016",
        "2014 = 2014; 2016 = 2016",
        "2014 = 2014; 2016 = 2016",
    ),
    (
        "from 2014 to 2016",
        "2014 = 2014; 2016 = 2016",
        "2014 = 2014; 2016 = 2016",
    ),
    (
        "Monday, December 14, 2020",
        "Monday, December 14, 2020 = 2020-12-14",
        "Monday, December 14, 2020 = 2020-12-14",
    ),
    (
        "Monday 14 December",
        "Monday 14 December = 2020-12-14",
        "Monday 14 December = --12-14",
    ),
    (
        "the end of December",
        "end of December = 2020-12 late",
        "end of December = --12 late",
    ),
    ("late last year", "late last year = 2020 late relative", ""),
    (
        "early December",
        "early December = 2020-12 early",
        "early December = --12 early",
    ),
    (
        "will meet in December",
        "December = 2021-12",
        "December = --12",
    ),
    ("will meet on Monday", "Monday = 2021-04-05 relative", ""),
    ("is due on 5 May", "5 May = 2021-05-05", "5 May = --05-05"),
    ("5 April", "5 April = 2021-04-05", "5 April = --04-05"),
    (
        "14-16 December",
        "14-16 December = 2020-12-14 ±2",
        "14-16 December = --12-14 ±2",
    ),
    (
        "December 14-16, 2020",
        "December 14-16, 2020 = 2020-12-14 ±2",
        "December 14-16, 2020 = 2020-12-14 ±2",
    ),
    (
        "In December 25 people died",
        "December = 2020-12",
        "December = --12",
    ),
    (
        "On December 14 officials said",
        "December 14 = 2020-12-14",
        "December 14 = --12-14",
    ),
    ("USA Today said", "", ""),
    ("today's youth", "", ""),
    (
        "yesterday's attack",
        "yesterday's = 2021-03-31 relative",
        "",
    ),
    ("Black Friday sales", "", ""),
    ("Sunday Times", "", ""),
    ("the Monday meeting", "Monday = 2021-03-29 relative", ""),
    (
        "a December meeting",
        "December = 2020-12",
        "December = --12",
    ),
    ("an April fool", "", ""),
    ("August Wilson wrote", "", ""),
    ("31 November", "November = 2020-11", "November = --11"),
    (
        "February 29",
        "February 29 = 2020-02-29",
        "February 29 = --02-29",
    ),
    ("in (2014)", "2014 = 2014", "2014 = 2014"),
    (
        "published 2019-05",
        "2019-05 = 2019-05",
        "2019-05 = 2019-05",
    ),
    ("2019-20 season", "", ""),
    ("the 2014 election", "", ""),
    (
        "Sept. 11, 2001",
        "Sept. 11, 2001 = 2001-09-11",
        "Sept. 11, 2001 = 2001-09-11",
    ),
    (
        "September 11",
        "September 11 = 2020-09-11",
        "September 11 = --09-11",
    ),
    ("in September", "September = 2020-09", "September = --09"),
    (
        "4 July 1976",
        "4 July 1976 = 1976-07-04",
        "4 July 1976 = 1976-07-04",
    ),
    (
        "next December",
        "next December = 2021-12 relative",
        "next December = --12 relative",
    ),
    (
        "this December",
        "this December = 2021-12",
        "this December = --12",
    ),
    ("next week", "next week = 2021-04-08 ±3 relative", ""),
    ("last night", "last night = 2021-03-31 relative", ""),
    ("this morning", "this morning = 2021-04-01 relative", ""),
    (
        "2020/12/14",
        "2020/12/14 = 2020-12-14",
        "2020/12/14 = 2020-12-14",
    ),
    ("room 2014", "", ""),
    ("of 2020", "2020 = 2020", "2020 = 2020"),
    ("in 2150", "", ""),
    ("Jan. 6", "Jan. 6 = 2021-01-06", "Jan. 6 = --01-06"),
    ("Jan said", "", ""),
    (
        "it said last week it would be shut down at the end of August",
        "last week = 2021-03-25 ±3 relative; end of August = 2021-08 late",
        "end of August = --08 late",
    ),
    (
        "wound down by June 30, it would",
        "June 30 = 2020-06-30",
        "June 30 = --06-30",
    ),
    (
        "From June 30 it will no longer be open",
        "June 30 = 2021-06-30",
        "June 30 = --06-30",
    ),
    (
        "the firm plans to open in May",
        "May = 2021-05",
        "May = --05",
    ),
    (
        "the vote is set for June 9",
        "June 9 = 2021-06-09",
        "June 9 = --06-09",
    ),
    (
        "they moved the vote to June 9",
        "June 9 = 2021-06-09",
        "June 9 = --06-09",
    ),
    ("it would have opened in May", "May = 2020-05", "May = --05"),
    (
        "on August 31 the lights go out",
        "August 31 = 2021-08-31",
        "August 31 = --08-31",
    ),
    (
        "on August 31 the lights went out",
        "August 31 = 2020-08-31",
        "August 31 = --08-31",
    ),
    ("one year ago", "one year ago = 2020 relative", ""),
    (
        "twelve months ago",
        "twelve months ago = 2020-04 relative",
        "",
    ),
    ("a decade ago", "a decade ago = 2011 ±366 relative", ""),
    ("Monday's vote", "Monday's = 2021-03-29 relative", ""),
    (
        "the 3rd of May, 2018",
        "3rd of May, 2018 = 2018-05-03",
        "3rd of May, 2018 = 2018-05-03",
    ),
    (
        "December, 2019",
        "December, 2019 = 2019-12",
        "December, 2019 = 2019-12",
    ),
];

#[test]
fn phrases() {
    assert!(TABLE.len() >= 60);
    let wrong: Vec<String> = TABLE
        .iter()
        .flat_map(|&(phrase, dated, undated)| {
            [(Some(PUBLISHED), dated), (None, undated)]
                .map(|(day, expected)| (phrase, day, expected))
        })
        .filter_map(|(phrase, day, expected)| {
            let found = shown(phrase, day);
            (found != expected)
                .then(|| format!("{phrase}\n  found    {found}\n  expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    " ",
    " ",
    " ",
    " ",
    "-",
    "/",
    ",",
    ".",
    "(",
    "14",
    "31",
    "29",
    "12",
    "2020",
    "02",
    "th",
    "of ",
    " in ",
    "the ",
    "last ",
    "next ",
    "this ",
    "early ",
    "mid",
    "December",
    "Dec",
    "May",
    "February",
    "March ",
    "Monday",
    "today",
    "yesterday",
    "week",
    "month",
    "year",
    " ago",
    "two ",
    "years",
    "a ",
    "decades",
    "since ",
    "will ",
    "summer ",
    "é",
    "’s",
    "1999",
    "2101",
    "14.12.2020",
    "end of ",
];

#[test]
fn time_grows_with_length_only() {
    for part in [
        "in ",
        "2014-",
        "December ",
        "1/1/",
        "early ",
        "5 May and ",
        "Monday, ",
        "last ",
        "2014 and ",
    ] {
        let text = part.repeat(4000);
        let start = std::time::Instant::now();
        assert!(dates(&text, Some(PUBLISHED)).len() <= text.len());
        assert!(start.elapsed().as_secs() < 20, "{part:?}");
    }
}

#[test]
fn what_is_to_come_is_nearby_on_either_side() {
    for (sentence, published, date) in [
        (
            "Many name 12 September as the day.",
            "2021-05-20",
            "2021-09-12",
        ),
        (
            "Many name 3 February as the day.",
            "2021-05-20",
            "2021-02-03",
        ),
        (
            "Many name 3 February as the day.",
            "2021-12-20",
            "2022-02-03",
        ),
        ("A launch in September was tipped.", "2021-04-01", "2021-09"),
        ("A launch in April was tipped.", "2021-04-28", "2021-04"),
        ("A launch in November was tipped.", "2022-01-10", "2021-11"),
        ("They stay until May.", "2019-10-15", "2020-05"),
        ("It came on 29 February.", "2024-03-01", "2024-02-29"),
    ] {
        let found = dates_nearby(sentence, published.parse().ok());
        assert_eq!(found[0].date.to_string(), date, "{sentence} {published}");
    }
    let alone = dates_nearby("Many name 12 September as the day.", None);
    assert_eq!(alone[0].date.to_string(), "--09-12");
}
