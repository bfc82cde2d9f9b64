//! What kind of number a claim asks for, by its `of` entries and by its question.

use crate::text::amount::{Dimension, Kind, amounts};
use crate::text::stem::may_be_past;
use crate::text::word_list::is_listed;

/// What kind of number an `of` entry asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A count.
    Count,
    /// Money.
    Money,
    /// Money or a count for each of something: "per share".
    Per(String),
    /// A share in per cent.
    Percent,
    /// An age.
    Age,
    /// A measure of this dimension.
    Measure(Dimension),
}

/// Reads what kinds of number a claim wants, from its `of` entries and its question.
pub fn wanted(of: &[String], question: &str) -> Vec<Wanted> {
    let question = Question::read(question);
    let mut all: Vec<Wanted> = Vec::new();
    for entry in of {
        let wanted = match of_entry(entry) {
            Wanted::Count if question.asks_age => Wanted::Age,
            other => other,
        };
        if !all.contains(&wanted) {
            all.push(wanted);
        }
    }
    // "For how many years is she banned?" with `of: [ban]`: the question alone tells that years are meant.
    if !question.units.is_empty() && all.iter().all(|w| *w == Wanted::Count) {
        return question.units;
    }
    // "How much does the bridge cost?" with `of: [cost]` wants money, which no bare noun says.
    let prices = of.iter().any(|entry| is_price(entry) || is_sum(entry)) && !question.counts;
    if (question.asks_much || prices) && all.iter().all(|w| *w == Wanted::Count) {
        all.push(Wanted::Money);
        return all;
    }
    // "dollars per share" beside "$": the price of one share is wanted, not any money, where the question says so too.
    if question.asks_each && all.iter().any(|w| matches!(w, Wanted::Per(_))) {
        all.retain(|w| *w != Wanted::Money);
    }
    // An entry with a unit tells what is meant; a bare noun beside it names the thing measured. Not so of `[concerts, nights]` where the
    // question is how many concerts there are.
    if all.iter().any(|w| *w != Wanted::Count) && !question.counts {
        all.retain(|w| *w != Wanted::Count);
    }
    all
}

/// The kinds of number that are an answer anywhere in a statement on the subject. Those of an entry that is a unit and nothing else: "€38m"
/// stands with "€" and with "euros", and "38%" with "per cent"; of a length of time there are too many. And money, where the entries
/// name nothing but a currency, a price or "per share".
pub fn alone(of: &[String], wanted: &[Wanted]) -> Vec<Wanted> {
    let units: Vec<Wanted> = of.iter().filter_map(|entry| unit_of(entry)).collect();
    let bare = stands_alone(of);
    let kinds = wanted.iter().filter(|kind| match kind {
        Wanted::Money | Wanted::Per(_) if bare => true,
        Wanted::Measure(Dimension::Time) => false,
        Wanted::Age => true,
        kind => units.contains(kind),
    });
    kinds.cloned().collect()
}

/// The kind of number of an entry that is a unit and nothing else.
fn unit_of(entry: &str) -> Option<Wanted> {
    let entry = entry.trim();
    let alone = || {
        let probe = format!("5 {entry}");
        let amount = amounts(&probe).into_iter().next()?;
        let unit = matches!(
            amount.kind,
            Kind::Currency(_) | Kind::Percent | Kind::Measure
        );
        (unit && amount.span.end == probe.len()).then_some(())
    };
    (is_sign(entry) || alone().is_some()).then(|| of_entry(entry))
}

/// Whether an entry is the sign of a currency.
fn is_sign(entry: &str) -> bool {
    matches!(entry, "$" | "€" | "£" | "US$" | "¥")
}

/// Whether the entries name nothing but a currency, a price or "per share". "Stolen", "offer" and "euros for the bank" say which money is
/// meant, so it must stand with them.
pub fn stands_alone(of: &[String]) -> bool {
    let bare = |entry: &String| {
        // "Pounds" alone may be a weight.
        let pounds = matches!(&*entry.to_lowercase(), "pound" | "pounds");
        let money = matches!(of_entry(entry), Wanted::Money | Wanted::Per(_));
        (money || pounds) && preposition(entry).is_none()
    };
    of.iter().all(|entry| bare(entry) || is_price(entry))
}

/// The preposition by which an entry ties money to something: "euros *for* the bank". "Soldiers from the south" may be said in other words.
pub fn preposition(entry: &str) -> Option<&str> {
    if of_entry(entry) != Wanted::Money {
        return None;
    }
    entry
        .split_whitespace()
        .skip(1)
        .find(|word| matches!(*word, "for" | "from" | "in" | "of" | "on"))
}

/// Along which line something is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Long, in length.
    Length,
    /// Deep, in depth.
    Depth,
    /// High, tall, in height.
    Height,
    /// Wide, broad, in width.
    Width,
    /// Away, from.
    Distance,
}

impl Axis {
    /// What a word behind a measure says of it: "190 metres deep".
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "length" | "long" => Axis::Length,
            "deep" | "depth" => Axis::Depth,
            "height" | "high" | "tall" => Axis::Height,
            "broad" | "wide" | "width" => Axis::Width,
            "away" | "distant" | "from" | "off" => Axis::Distance,
            _ => return None,
        })
    }

    /// The one that the entries and the question ask for, where they agree on one.
    pub fn asked(of: &[String], question: &str) -> Option<Self> {
        let texts = of.iter().map(String::as_str).chain([question]);
        let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let mut axes = words
            .filter(|word| *word != "from" && *word != "off")
            .filter_map(|word| Axis::of(&word.to_lowercase()));
        let first = axes.next()?;
        axes.all(|axis| axis == first).then_some(first)
    }
}

/// Whether votes are counted, whose result may be told as "21-14".
pub fn counts_votes(of: &[String]) -> bool {
    let mut words = of.iter().flat_map(|entry| entry.split_whitespace());
    words.any(|word| matches!(&*word.to_lowercase(), "vote" | "voted" | "votes"))
}

/// The words of a text, in small letters.
pub fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What a question says of the number.
struct Question {
    /// The kinds of number that its words name: "how many years", "how tall", "(in euros)".
    units: Vec<Wanted>,
    /// It asks for an age.
    asks_age: bool,
    /// It asks how much.
    asks_much: bool,
    /// It asks how many of something that is no unit.
    counts: bool,
    /// It asks for so much each.
    asks_each: bool,
}

impl Question {
    fn read(question: &str) -> Self {
        let question = question.to_lowercase();
        let words: Vec<&str> = question
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let mut units: Vec<Wanted> = Vec::new();
        let mut counts = false;
        let mut add = |wanted: Wanted| {
            if !units.contains(&wanted) {
                units.push(wanted);
            }
        };
        let weighs = words
            .iter()
            .any(|word| matches!(*word, "weigh" | "weighs" | "weight" | "heavy"));
        for (i, pair) in words.windows(2).enumerate() {
            match pair {
                ["how", "many"] => match of_entry(&words[i + 2..].join(" ")) {
                    Wanted::Count => counts = true,
                    // "How many pounds are missing?" asks for money, "how many pounds does it weigh?" does not.
                    _ if !weighs && words.get(i + 2) == Some(&"pounds") => add(Wanted::Money),
                    // "How many dollars a year does she earn?" Her salary may be told without the year.
                    Wanted::Per(time) if is_time(&time) => {
                        add(Wanted::Money);
                        add(Wanted::Per(time));
                    }
                    unit => add(unit),
                },
                ["how", "long"] => {
                    add(Wanted::Measure(Dimension::Time));
                    add(Wanted::Measure(Dimension::Length));
                }
                ["how", "tall" | "wide" | "deep" | "far"] => {
                    add(Wanted::Measure(Dimension::Length));
                }
                ["how", "heavy"] => add(Wanted::Measure(Dimension::Mass)),
                ["how", "fast"] => add(Wanted::Measure(Dimension::Speed)),
                ["how", "hot" | "cold" | "warm"] => add(Wanted::Measure(Dimension::Temperature)),
                ["how", "old"] => add(Wanted::Age),
                [
                    "what" | "which",
                    "percentage" | "percent" | "share" | "proportion",
                ] => add(Wanted::Percent),
                // "In kilos?" at the end of the question, or "(in euros)".
                ["in", unit]
                    if i + 2 == words.len() || question.contains(&format!("(in {unit})")) =>
                {
                    let unit = of_entry(unit);
                    if unit != Wanted::Count {
                        add(unit);
                    }
                }
                _ => {}
            }
        }
        if question.contains("how much") && weighs {
            add(Wanted::Measure(Dimension::Mass));
        }
        Question {
            asks_each: words
                .iter()
                .any(|word| matches!(*word, "apiece" | "each" | "every" | "per")),
            units,
            asks_age: question.contains("how old") || words.contains(&"age"),
            asks_much: ["how much", "what price", "what sum"]
                .iter()
                .any(|words| question.contains(words)),
            counts,
        }
    }
}

/// Whether an `of` entry names what is paid in money, though other money may be told beside it.
fn is_sum(entry: &str) -> bool {
    const SUMS: &[&str] = &[
        "bail",
        "bonus",
        "bribe",
        "compensation",
        "donation",
        "grant",
        "payout",
        "ransom",
        "rent",
        "reward",
    ];
    is_listed(SUMS, head_of(&entry.to_lowercase()))
}

/// The last word of an entry, or the one before "of".
fn head_of(entry: &str) -> &str {
    let head = entry.split(" of ").next().unwrap_or_default();
    head.split_whitespace().next_back().unwrap_or_default()
}

/// Whether an `of` entry names a price: its last word does, or the one before "of". A loss and a fine do only by themselves, for
/// "loss of jobs" and "job losses" are counted.
fn is_price(entry: &str) -> bool {
    const PRICES: &[&str] = &[
        "budget", "cost", "costs", "debt", "fee", "loan", "price", "profit", "revenue", "salary",
        "sum", "wage", "worth",
    ];
    const BY_THEMSELVES: &[&str] = &["fine", "loss"];
    let entry = entry.to_lowercase();
    PRICES.contains(&head_of(&entry)) || BY_THEMSELVES.contains(&&*entry)
}

fn is_time(word: &str) -> bool {
    matches!(word, "hour" | "day" | "week" | "month" | "year")
}

fn of_entry(entry: &str) -> Wanted {
    let entry = entry.trim();
    if is_sign(entry) {
        return Wanted::Money;
    }
    if matches!(&*entry.to_lowercase(), "apiece" | "a piece") {
        return Wanted::Per(String::new());
    }
    // "Agreed a fee" is no price of one fee.
    let mut words = entry.split_whitespace();
    let acts = words.next().is_some_and(may_be_past);
    if acts && words.next().is_some_and(|word| matches!(word, "a" | "an")) {
        return Wanted::Count;
    }
    // Only money is counted "each share" and "for every ticket", so the entry is tried behind money where it says nothing behind
    // a bare number.
    let probe = |number: &str| {
        let probe = format!("{number} {entry}");
        let amount = amounts(&probe).into_iter().next()?;
        Some((amount, probe))
    };
    let Some((amount, text)) = probe("5") else {
        return Wanted::Count;
    };
    if let Some(per) = amount.per {
        return Wanted::Per(text[per.start..per.end].to_lowercase());
    }
    if amount.kind == Kind::Plain
        && let Some((amount, text)) = probe("$5")
        && let Some(per) = amount.per
    {
        return Wanted::Per(text[per.start..per.end].to_lowercase());
    }
    match amount.kind {
        Kind::Currency(_) => Wanted::Money,
        Kind::Percent => Wanted::Percent,
        Kind::Age => Wanted::Age,
        Kind::Duration | Kind::Measure => amount
            .unit
            .map_or(Wanted::Count, |unit| Wanted::Measure(unit.dimension())),
        _ => Wanted::Count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(entries: &[&str], question: &str) -> Vec<Wanted> {
        let entries: Vec<String> = entries.iter().map(|&entry| entry.to_owned()).collect();
        wanted(&entries, question)
    }

    fn alone(entries: &[&str]) -> bool {
        let entries: Vec<String> = entries.iter().map(|&entry| entry.to_owned()).collect();
        stands_alone(&entries)
    }

    #[test]
    fn the_question_names_the_unit_that_the_entries_leave_open() {
        let time = Wanted::Measure(Dimension::Time);
        let length = Wanted::Measure(Dimension::Length);
        let mass = Wanted::Measure(Dimension::Mass);
        let jailed = of(&["jail", "sentence"], "For how many months was he jailed?");
        assert_eq!(jailed, std::slice::from_ref(&time));
        let strike = of(&["strike"], "How long did the strike last?");
        assert_eq!(strike, [time, length.clone()]);
        assert_eq!(of(&["tower"], "How tall is the tower?"), [length]);
        let fee = of(&["agreed a fee", "fee of"], "How many pounds does it pay?");
        assert_eq!(fee, [Wanted::Money]);
        let calf = of(&["calf"], "How many pounds does the calf weigh?");
        assert_eq!(calf, [mass]);
        let gone = of(&["embezzled"], "How many euros were embezzled?");
        assert_eq!(gone, [Wanted::Money]);
        let bill = of(&["bill"], "What was the bill (in dollars)?");
        assert_eq!(bill, [Wanted::Money]);
        let deal = of(&["deal"], "How much (in dollars) is the deal worth?");
        assert_eq!(deal, [Wanted::Money]);
        let turnout = of(&["turnout"], "What percentage of voters took part?");
        assert_eq!(turnout, [Wanted::Percent]);
        let dead = of(&["dead"], "How many people died in the flood?");
        assert_eq!(dead, [Wanted::Count]);
    }

    #[test]
    fn what_the_question_counts_is_counted_beside_a_unit() {
        let tour = of(&["concerts", "nights"], "How many concerts has the tour?");
        assert_eq!(tour, [Wanted::Count, Wanted::Measure(Dimension::Time)]);
    }

    #[test]
    fn a_unit_among_the_entries_outweighs_the_question() {
        let share = of(&["per cent"], "For how many years will the share hold?");
        assert_eq!(share, [Wanted::Percent]);
    }

    #[test]
    fn lost_jobs_are_no_price() {
        let jobs = of(
            &["job losses", "loss of jobs", "job loss"],
            "What will the merger cost the town?",
        );
        assert_eq!(jobs, [Wanted::Count]);
        let cost = of(&["cost of the bridge"], "What does the bridge cost?");
        assert_eq!(cost, [Wanted::Count, Wanted::Money]);
        let counted = of(&["price"], "How many vendors raised the price?");
        assert_eq!(counted, [Wanted::Count]);
    }

    #[test]
    fn ransoms_and_rewards_are_money() {
        let ransom = of(&["ransom", "paid"], "What ransom was paid?");
        assert_eq!(ransom, [Wanted::Count, Wanted::Money]);
        assert!(!alone(&["ransom", "paid"]));
        let paid = of(&["paid"], "What sum was paid?");
        assert_eq!(paid, [Wanted::Count, Wanted::Money]);
    }

    #[test]
    fn money_for_each_of_something_is_a_price_of_one() {
        let share = Wanted::Per("share".to_owned());
        assert_eq!(of(&["each share"], "What is the offer?"), [share]);
        assert_eq!(
            of(&["a piece"], "What do they cost?"),
            [Wanted::Per(String::new())]
        );
    }

    #[test]
    fn money_stands_alone_where_the_entries_name_a_currency_or_a_price() {
        assert!(alone(&["euros"]) && alone(&["pounds", "£", "price"]) && alone(&["fine"]));
        assert!(!alone(&["stolen", "£"]) && !alone(&["euros for the bank"]));
        assert!(!alone(&["stolen", "missing"]) && !alone(&["job losses"]));
    }
}
