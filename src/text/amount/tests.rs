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
        short
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
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

#[test]
fn dump() {
    let Ok(path) = std::env::var("AMOUNT_DUMP") else { return };
    for line in std::fs::read_to_string(path).unwrap().lines() {
        println!("{line} => {}", shown(line));
    }
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
    " ", " ", " ", " ", "-", "–", ",", ".", ":", "/", "$", "US$", "£", "%", "(", ")", "'", "\"",
    "1", "25", "2014", "110,000", "2.5", "9:30", "1/2", "½", "1.2.3", "000", "30", "99999999999",
    " million ", "bn", "k", "m", " dozen ", " hundred ", "hundreds", " of ", "thousands", " a ",
    " and ", " to ", " or ", " half ", " one ", " two ", "twenty", "third", "s", "th", "st", " in ",
    " between ", " from ", " per ", " cent", " years ", "year", " old", " feet ", " inches", "°", "C",
    " its ", " the ", " another ", " more ", " than ", " up ", " compared ", "men", " people ",
    "Boeing ", "No", "aged ", "Jane", "é", "’", "+", "minus ", " least ", "at ", "dollars", "p.m.",
    "December", "May ", "\u{202f}", "\u{a0}", "𝟚",
];

#[test]
fn time_grows_with_length_only() {
    // Every shape that looks around; far longer than any sentence. Quadratic work would take minutes.
    for part in [
        "one ", "1-", "1 of ", "a ", "25 ", "1/2/", "from 2 to ", "$", "of the 5 men ", "(", "1:",
        "hundred and ", "Boeing 7 ", "x1", "two years and ", "5 per ", "5 in ", "December 5, ",
    ] {
        let text = part.repeat(40_000);
        let start = std::time::Instant::now();
        let found = amounts(&text);
        assert!(found.len() <= text.len());
        assert!(start.elapsed().as_secs() < 20, "{part:?}");
    }
}
