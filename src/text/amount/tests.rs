use super::*;

/// An amount on one line: words, kind, number or interval, unit, noun, base, flags.
fn show(sentence: &str, amount: &Amount) -> String {
    let text = |span: Span| &sentence[span.start..span.end];
    let kind = match amount.kind {
        Kind::Currency(code) => code.to_owned(),
        kind => format!("{kind:?}").to_lowercase(),
    };
    let number = |value: f64| {
        let short = format!("{value:.3}");
        short.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    let mut line = format!("{} = {kind} {}", text(amount.span), number(amount.value));
    if amount.low != amount.value || amount.high != amount.value {
        line += &format!(" [{}..{}]", number(amount.low), number(amount.high));
    }
    if let Some(unit) = amount.unit {
        line += &format!(" {unit:?}").to_lowercase();
    }
    if let Some(noun) = amount.noun_span {
        line += &format!(" <{}>", text(noun));
    }
    if let Some(per) = amount.per {
        line += &format!(" per <{}>", text(per));
    }
    for (flag, name) in [
        (amount.vague, "vague"),
        (amount.one, "one"),
        (amount.whole, "whole"),
        (amount.further, "further"),
        (amount.compared, "compared"),
    ] {
        if flag {
            line += " ";
            line += name;
        }
    }
    line
}

fn shown(sentence: &str) -> String {
    let lines: Vec<String> = amounts(sentence)
        .iter()
        .map(|amount| show(sentence, amount))
        .collect();
    lines.join("; ")
}

/// Phrase, and what is read in it: see [`show`]. Several amounts are parted by semicolons.
const TABLE: &[(&str, &str)] = &[
    (
        "sales fell to $93bn (£62bn) last year from $107bn",
        "$93bn = USD 93000000000; £62bn = GBP 62000000000; $107bn = USD 107000000000 compared",
    ),
    ("42 stars who’ve sung", "42 = plain 42 <stars>"),
    (
        "“no more than 600” redundancies",
        "600 = plain 600 [0..600] <redundancies>",
    ),
    ("17 \"rebels\" died", "17 = plain 17 <rebels>"),
    ("$45 for each share", "$45 = USD 45 per <share>"),
    ("$45 for every Tarn share", "$45 = USD 45 per <Tarn share>"),
    ("2 euros each share", "2 euros = EUR 2 per <share>"),
    ("the swimmer, who is 19, won", "19 = age 19 year"),
    ("the team, which was 19, won", "19 = plain 19"),
    ("a woman of 90 died", "90 = age 90 year"),
    ("the army of 90 soldiers", "90 = plain 90 <soldiers>"),
    (
        "the figure was 10,000 or less",
        "10,000 = plain 10000 [0..10000]",
    ),
    (
        "She killed 25 of the rebels and wounded five more",
        "25 = plain 25 <rebels>; five = plain 5 further",
    ),
    (
        "25 Taliban militants were killed",
        "25 = plain 25 <Taliban militants>",
    ),
    (
        "at least 25 militants",
        "25 = plain 25 [25..inf] <militants>",
    ),
    (
        "more than 25 people died",
        "25 = plain 25 [25..inf] <people>",
    ),
    ("nearly 25 wounded", "25 = plain 25 [22.5..25] <wounded>"),
    ("about 30 houses", "30 = plain 30 [27..33] <houses>"),
    ("up to 40 workers", "40 = plain 40 [0..40] <workers>"),
    ("as many as 40 workers", "40 = plain 40 [0..40] <workers>"),
    ("no more than 12 seats", "12 = plain 12 [0..12] <seats>"),
    ("no fewer than 12 seats", "12 = plain 12 [12..inf] <seats>"),
    ("fewer than 12 seats", "12 = plain 12 [0..12] <seats>"),
    ("10 people or fewer", "10 = plain 10 [0..10] <people>"),
    ("10 or more people", "10 = plain 10 [10..inf] <people>"),
    ("10 people or more", "10 = plain 10 [10..inf] <people>"),
    ("25+ countries", "25 = plain 25 [25..inf] <countries>"),
    (
        "between 20 and 30 soldiers",
        "20 and 30 = plain 20 [20..30] <soldiers>",
    ),
    ("20-30 soldiers", "20-30 = plain 20 [20..30] <soldiers>"),
    (
        "20 to 30 soldiers",
        "20 to 30 = plain 20 [20..30] <soldiers>",
    ),
    (
        "from 20 to 30 soldiers",
        "20 to 30 = plain 20 [20..30] <soldiers>",
    ),
    (
        "rose from 20 to 30 cases",
        "20 = plain 20 compared; 30 = plain 30 <cases>",
    ),
    (
        "fell to 20 from 30",
        "20 = plain 20; 30 = plain 30 compared",
    ),
    ("sales were up from 20 last year", "20 = plain 20 compared"),
    (
        "half a million people",
        "half a million = plain 500000 <people>",
    ),
    ("a dozen eggs", "a dozen = plain 12 <eggs>"),
    ("two dozen men", "two dozen = plain 24 <men>"),
    (
        "dozens of protesters",
        "dozens = plain 12 [12..99] <protesters> vague",
    ),
    (
        "hundreds of people",
        "hundreds = plain 100 [100..999] <people> vague",
    ),
    (
        "tens of thousands of fans",
        "tens of thousands = plain 10000 [10000..99999] <fans> vague",
    ),
    (
        "hundreds of thousands of fans",
        "hundreds of thousands = plain 100000 [100000..999999] <fans> vague",
    ),
    (
        "scores of villagers",
        "scores = plain 20 [20..199] <villagers> vague",
    ),
    (
        "several others were hurt",
        "several = plain 3 [3..12] <others> vague further",
    ),
    ("a few shops", "a few = plain 2 [2..10] <shops> vague"),
    ("many farmers", "many = plain 3 [3..inf] <farmers> vague"),
    (
        "numerous complaints",
        "numerous = plain 3 [3..inf] <complaints> vague",
    ),
    ("how many shops", ""),
    (
        "a few hundred troops",
        "a few hundred = plain 200 [200..1000] <troops> vague",
    ),
    (
        "several dozen boats",
        "several dozen = plain 36 [36..96] <boats> vague",
    ),
    (
        "5 percent of voters",
        "5 percent = percent 5 <voters> per <voters>",
    ),
    (
        "5 per cent of voters",
        "5 per cent = percent 5 <voters> per <voters>",
    ),
    ("4.5% rise", "4.5% = percent 4.5 <rise>"),
    ("2 percentage points", "2 percentage points = percent 2"),
    ("$2.5bn deal", "$2.5bn = USD 2500000000 <deal>"),
    (
        "2.5 billion dollars",
        "2.5 billion dollars = USD 2500000000",
    ),
    ("£1.2m", "£1.2m = GBP 1200000"),
    ("€40 million", "€40 million = EUR 40000000"),
    ("C$15", "C$15 = CAD 15"),
    ("US$ 3", "US$ 3 = USD 3"),
    ("$15 per share", "$15 = USD 15 per <share>"),
    ("$18 a share", "$18 = USD 18 per <share>"),
    (
        "a deal worth $2 to $3 billion",
        "$2 to $3 billion = USD 2000000000 [2000000000..3000000000]",
    ),
    (
        "$2-3 billion",
        "$2-3 billion = USD 2000000000 [2000000000..3000000000]",
    ),
    (
        "$1 million to $1.5 million",
        "$1 million to $1.5 million = USD 1000000 [1000000..1500000]",
    ),
    ("50 cents", "50 cents = USD 50"),
    (
        "200 pounds of rice",
        "200 pounds = measure 200 pound <rice>",
    ),
    ("3 million pounds", "3 million pounds = GBP 3000000"),
    ("USD 5 million", "USD 5 million = USD 5000000"),
    ("300 bucks", "300 bucks = USD 300"),
    ("the 1st man", "1st = ordinal 1 <man>"),
    ("the third attempt", "third = ordinal 3 <attempt>"),
    (
        "the twenty-first century",
        "twenty-first = ordinal 21 <century>",
    ),
    ("in 2014", "2014 = year 2014"),
    ("2014 was dry", "2014 = year 2014"),
    ("1500 people", "1500 = plain 1500 <people>"),
    ("over 2000 people", "2000 = plain 2000 [2000..inf] <people>"),
    ("the 2014 election", "2014 = year 2014"),
    ("2014-16", "2014-16 = year 2014 [2014..2016]"),
    ("the 1930s", "1930s = decade 1930 [1930..1939]"),
    ("in the mid-1990s", "1990s = decade 1990 [1990..1999]"),
    ("in his 30s", "30s = age 30 [30..39] year"),
    ("a 25-year-old woman", "25-year-old = age 25 year <woman>"),
    ("aged 25", "25 = age 25 year"),
    ("Jane Doe, 25, said", "25 = age 25 year"),
    ("John Roe (31)", "31 = age 31 year"),
    ("a six-month-old baby", "six-month-old = age 6 month <baby>"),
    ("9:30 on the day", "9:30 = time 9.5"),
    ("3 p.m. today", "3 p.m. = time 15"),
    ("9.30am", "9.30am = time 9.5"),
    ("10 o'clock", "10 o'clock = time 10"),
    ("the S-400 system", "S-400 = designation 400"),
    ("a Boeing 737 crashed", "Boeing 737 = designation 737"),
    ("the F-35 jet", "F-35 = designation 35"),
    ("along Interstate 95", "Interstate 95 = designation 95"),
    ("on Route 66", "Route 66 = designation 66"),
    ("No. 5", "No. 5 = designation 5"),
    ("Article 5", "Article 5 = designation 5"),
    ("Flight 370", "Flight 370 = designation 370"),
    ("an iPhone 6", "iPhone 6 = designation 6"),
    ("COVID-19 cases", "COVID-19 = designation 19"),
    ("under section 8", "section 8 = designation 8"),
    ("on page 3", "page 3 = designation 3"),
    ("they won 3-1", "3-1 = score 3"),
    ("a 5-4 ruling", "5-4 = score 5"),
    ("won 2-3", "2-3 = score 2"),
    ("1 in 4 adults", "1 in 4 = ratio 0.25 <adults>"),
    ("one in five adults", "one in five = ratio 0.2 <adults>"),
    (
        "nine out of 10 shops",
        "nine = plain 9; 10 = plain 10 <shops> whole",
    ),
    ("three years", "three years = duration 3 year"),
    ("10 days of talks", "10 days = duration 10 day <talks>"),
    ("a 24-hour strike", "24-hour = duration 24 hour <strike>"),
    ("5 km", "5 km = measure 5 kilometre"),
    ("10 inches", "10 inches = measure 10 inch"),
    (
        "6 feet 2 inches tall",
        "6 feet 2 inches = measure 6.167 foot",
    ),
    (
        "two and a half years",
        "two and a half years = duration 2.5 year",
    ),
    ("half an hour", "half an hour = duration 0.5 hour"),
    ("-3C", "-3C = measure -3 celsius"),
    (
        "minus 3 degrees Celsius",
        "minus 3 degrees Celsius = measure -3 celsius",
    ),
    ("30°F", "30°F = measure 30 fahrenheit"),
    ("100 km/h", "100 km/h = measure 100 kilometreperhour"),
    (
        "60 miles an hour",
        "60 miles an hour = measure 60 mileperhour",
    ),
    ("12 acres", "12 acres = measure 12 acre"),
    ("2 tonnes of steel", "2 tonnes = measure 2 tonne <steel>"),
    ("1.200.000 people", "1.200.000 = plain 1200000 <people>"),
    (
        "110,000 of its 430,000 workers",
        "110,000 = plain 110000 <workers>; 430,000 = plain 430000 <workers> whole",
    ),
    (
        "10 of the 50 passengers",
        "10 = plain 10 <passengers>; 50 = plain 50 <passengers> whole",
    ),
    ("its 430,000 staff", "430,000 = plain 430000 <staff> whole"),
    ("another 5 men", "5 = plain 5 <men> further"),
    ("five more men", "five = plain 5 <men> further"),
    ("5 others", "5 = plain 5 <others> further"),
    (
        "a third of pupils",
        "a third = fraction 0.333 <pupils> per <pupils>",
    ),
    (
        "two-thirds of pupils",
        "two-thirds = fraction 0.667 <pupils> per <pupils>",
    ),
    (
        "half of the pupils",
        "half = fraction 0.5 <pupils> per <pupils>",
    ),
    ("half the pupils", "half = fraction 0.5 <pupils>"),
    (
        "half of its 500 workers",
        "half = fraction 0.5 <workers> per <workers>; 500 = plain 500 <workers> whole",
    ),
    ("1/2 mile", "1/2 mile = measure 0.5 mile"),
    (
        "a quarter of a million people",
        "a quarter of a million = plain 250000 <people>",
    ),
    (
        "three quarters of a million people",
        "three quarters of a million = plain 750000 <people>",
    ),
    (
        "one and a half million",
        "one and a half million = plain 1500000",
    ),
    (
        "two and a half million voters",
        "two and a half million = plain 2500000 <voters>",
    ),
    (
        "a million and a half",
        "a million and a half = plain 1500000",
    ),
    (
        "one hundred and ten men",
        "one hundred and ten = plain 110 <men>",
    ),
    (
        "a hundred and fifty men",
        "a hundred and fifty = plain 150 <men>",
    ),
    (
        "between one hundred and two hundred men",
        "one hundred and two hundred = plain 100 [100..200] <men>",
    ),
    ("twenty-five men", "twenty-five = plain 25 <men>"),
    (
        "two hundred thousand men",
        "two hundred thousand = plain 200000 <men>",
    ),
    (
        "one thousand two hundred and five men",
        "one thousand two hundred and five = plain 1205 <men>",
    ),
    ("2½ hours", "2½ hours = duration 2.5 hour"),
    ("one of the men", "one = plain 1 <men> one"),
    ("no one came", ""),
    ("the one who left", ""),
    ("one soldier died", "one = plain 1 <soldier> one"),
    ("compared with 20 a year before", "20 = plain 20 compared"),
    (
        "more than the 20 expected",
        "20 = plain 20 <expected> compared",
    ),
    ("higher than 40", "40 = plain 40 [40..inf]"),
    ("5m users", "5m = plain 5000000 <users>"),
    ("5m tall", "5m = measure 5 metre"),
    ("100k followers", "100k = plain 100000 <followers>"),
    ("a 5G network", "5G = designation 5"),
    ("9/11 attacks", "9/11 = designation 9"),
    ("open 24/7", "24/7 = designation 24"),
    ("14 December 2020", "14 = date 14; 2020 = year 2020"),
    (
        "December 14, 25 people died",
        "14 = date 14; 25 = plain 25 <people>",
    ),
    ("In December 25 people died", "25 = plain 25 <people>"),
    ("2020-12-14", "2020-12-14 = date 2020"),
    ("20-odd cats", "20 = plain 20 [18..22] <cats>"),
    ("25 or so cats", "25 = plain 25 [22.5..27.5] <cats>"),
    (
        "killed five and wounded 12",
        "five = plain 5; 12 = plain 12",
    ),
    (
        "five or six people",
        "five or six = plain 5 [5..6] <people>",
    ),
    (
        "2 out of 3 voters",
        "2 = plain 2; 3 = plain 3 <voters> whole",
    ),
    (
        "12 per 100,000 people",
        "12 = plain 12 per <100,000 people>; 100,000 = plain 100000 <people> whole",
    ),
    ("five times a week", "five = plain 5 <times> per <week>"),
    (
        "Of the 50 passengers, 20 died",
        "50 = plain 50 <passengers> whole; 20 = plain 20",
    ),
    (
        "less than half of the 40 seats",
        "half = fraction 0.5 [0..0.5] <seats> per <seats>; 40 = plain 40 <seats> whole",
    ),
    ("over three years", "three years = duration 3 year"),
    (
        "for over three years",
        "three years = duration 3 [3..inf] year",
    ),
    ("just under 30 men", "30 = plain 30 [27..30] <men>"),
    ("just over 30 men", "30 = plain 30 [30..33] <men>"),
    ("just short of 30 men", "30 = plain 30 [27..30] <men>"),
    ("in excess of 30 men", "30 = plain 30 [30..inf] <men>"),
    (
        "10% to 15% of staff",
        "10% to 15% = percent 10 [10..15] <staff> per <staff>",
    ),
    ("10-15 per cent", "10-15 per cent = percent 10 [10..15]"),
    (
        "two to three years",
        "two to three years = duration 2 [2..3] year",
    ),
    ("10-15 km", "10-15 km = measure 10 [10..15] kilometre"),
    ("#5", "#5 = designation 5"),
    (r#""25 men""#, "25 = plain 25 <men>"),
    ("call 555-1234", "555-1234 = designation 555"),
    ("version 1.2.3", "1.2.3 = designation 0"),
    ("a $2-billion deal", "$2-billion = USD 2000000000 <deal>"),
    ("a 25-member panel", "25 = plain 25 <member panel>"),
    ("nearly 25% of them", "25% = percent 25 [22.5..25]"),
    ("Reuters 25 were killed", "25 = plain 25"),
    ("temperatures below 3C", "3C = measure 3 [-inf..3] celsius"),
    ("the 500-strong crowd", "500 = plain 500 <crowd>"),
    (
        "at least 1.5 million people",
        "1.5 million = plain 1500000 [1500000..inf] <people>",
    ),
    ("'90s music", "90s = decade 90 [90..99]"),
    ("$1,234.56", "$1,234.56 = USD 1234.56"),
    (
        "an estimated 300 homes",
        "300 = plain 300 [270..330] <homes>",
    ),
    (
        "around $5 million",
        "$5 million = USD 5000000 [4500000..5500000]",
    ),
    (
        "some 31 insurgents",
        "31 = plain 31 [27.9..34.1] <insurgents>",
    ),
    ("25 dead", "25 = plain 25 <dead>"),
    ("$5 billion worth of goods", "$5 billion = USD 5000000000"),
    (
        "150 Afghan soldiers taking part",
        "150 = plain 150 <Afghan soldiers>",
    ),
    ("15 women have accused him", "15 = plain 15 <women>"),
    (
        "nearly $20m a year",
        "$20m = USD 20000000 [18000000..20000000] per <year>",
    ),
];

#[test]
fn phrases() {
    assert!(TABLE.len() >= 120);
    let wrong: Vec<String> = TABLE
        .iter()
        .filter_map(|&(phrase, expected)| {
            let found = shown(phrase);
            (found != expected)
                .then(|| format!("{phrase}\n  found    {found}\n  expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(sentence: &str) {
    let mut last = 0;
    for amount in amounts(sentence) {
        assert!(amount.span.start >= last, "order in {sentence:?}");
        assert!(amount.span.end > amount.span.start);
        last = amount.span.end;
        for span in [
            Some(amount.span),
            Some(amount.number_span),
            amount.noun_span,
            amount.per,
        ]
        .into_iter()
        .flatten()
        {
            assert!(
                sentence.get(span.start..span.end).is_some(),
                "span in {sentence:?}"
            );
        }
        assert!(
            amount.span.start <= amount.number_span.start
                && amount.number_span.end <= amount.span.end,
            "number in {sentence:?}"
        );
        assert!(amount.value.is_finite(), "value in {sentence:?}");
        assert!(
            amount.low <= amount.value && amount.value <= amount.high,
            "interval in {sentence:?}: {amount:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_string_is_read_without_a_panic(text in "\\PC{0,60}") {
        check(&text);
    }

    #[test]
    fn numbers_in_any_company_are_read_without_a_panic(
        words in proptest::collection::vec(proptest::sample::select(VOCABULARY), 0..14),
    ) {
        check(&words.concat());
    }
}

/// Fragments that the grammar branches on; joined without spaces, so that gluing varies too.
const VOCABULARY: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    "-",
    "–",
    ",",
    ".",
    ":",
    "/",
    "$",
    "US$",
    "£",
    "%",
    "(",
    ")",
    "'",
    "\"",
    "1",
    "25",
    "2014",
    "110,000",
    "2.5",
    "9:30",
    "1/2",
    "½",
    "1.2.3",
    "000",
    "30",
    "99999999999",
    " million ",
    "bn",
    "k",
    "m",
    " dozen ",
    " hundred ",
    "hundreds",
    " of ",
    "thousands",
    " a ",
    " and ",
    " to ",
    " or ",
    " half ",
    " one ",
    " two ",
    "twenty",
    "third",
    "s",
    "th",
    "st",
    " in ",
    " between ",
    " from ",
    " per ",
    " cent",
    " years ",
    "year",
    " old",
    " feet ",
    " inches",
    "°",
    "C",
    " its ",
    " the ",
    " another ",
    " more ",
    " than ",
    " up ",
    " compared ",
    "men",
    " people ",
    "Boeing ",
    "No",
    "aged ",
    "Jane",
    "é",
    "’",
    "+",
    "minus ",
    " least ",
    "at ",
    "dollars",
    "p.m.",
    "December",
    "May ",
    "\u{202f}",
    "\u{a0}",
    "𝟚",
];

#[test]
fn time_grows_with_length_only() {
    // Every shape that looks around. Ten times the text may take ten times as long; quadratic work would take a hundred times.
    for part in [
        "one ",
        "1-",
        "1 of ",
        "a ",
        "25 ",
        "1/2/",
        "from 2 to ",
        "$",
        "of the 5 men ",
        "(",
        "1:",
        "hundred and ",
        "Boeing 7 ",
        "x1",
        "two years and ",
        "5 per ",
        "5 in ",
        "December 5, ",
    ] {
        let time = |times: usize| {
            let text = part.repeat(times);
            let start = std::time::Instant::now();
            assert!(amounts(&text).len() <= text.len());
            start.elapsed().as_secs_f64()
        };
        let (short, long) = (time(300), time(3000));
        assert!(
            long < 0.2 || long < 40.0 * short,
            "{part:?}: {short} s and {long} s"
        );
    }
}

#[test]
fn base_values_make_units_comparable() {
    let range = |sentence: &str| amounts(sentence)[0].base_range();
    let (low, high) = range("at most 10 inches").expect("a unit");
    assert!(low == 0.0 && (high - 0.254).abs() < 1e-9);
    let (low, high) = range("between 20 and 30 cm").expect("a unit");
    assert!((low - 0.2).abs() < 1e-9 && (high - 0.3).abs() < 1e-9);
    let cents = &amounts("more than 50 cents")[0];
    assert_eq!(cents.base_value, Some(0.5));
    assert_eq!(cents.base_range(), Some((0.5, f64::INFINITY)));
    assert_eq!(range("25 men"), None);
}

#[test]
fn a_decimal_of_a_large_unit_is_the_number_that_it_says() {
    for (text, value) in [
        ("4.1 billion euros", 4_100_000_000.0),
        ("4.1bn", 4_100_000_000.0),
        ("1.1 million", 1_100_000.0),
        ("2.2 thousand", 2_200.0),
        ("4.35 per cent", 4.35),
    ] {
        assert_eq!(amounts(text)[0].value, value, "{text}");
    }
}
