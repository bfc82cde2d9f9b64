//! One line that says why a statement carries a position, or why not.

use crate::matching::Explanation;
use crate::matching::explain::{DateFault, Hurdle, NumberFault, PositionSeen, Teller, WordingSeen};
use crate::text::assertion::Mood;

/// Longest part of a reason that quotes the claim file, in characters.
const QUOTE: usize = 60;
/// How many missing words are named.
const MISSING: usize = 3;

/// Why the named position (or, without a name, the nearest one) is carried or not. `None` where there is nothing to say: no
/// positions, and neither a number nor a date.
pub fn reason(explanation: &Explanation, position: Option<&str>) -> Option<String> {
    let seen = match position {
        Some(name) => explanation.positions.iter().find(|seen| seen.name == name),
        None => explanation.positions.first(),
    };
    match seen {
        Some(seen) => Some(of_position(explanation, seen)),
        None => of_numbers(explanation).or_else(|| of_dates(explanation)),
    }
}

fn of_position(explanation: &Explanation, seen: &PositionSeen) -> String {
    let name = &seen.name;
    match &seen.hurdle {
        None => match &seen.wording {
            Some(wording) if wording.denied => format!(
                "{name} {:.2}, because it denies `{}`",
                seen.confidence,
                quote(&wording.text)
            ),
            Some(wording) => {
                format!(
                    "{name} {:.2} by `{}`",
                    seen.confidence,
                    quote(&wording.text)
                )
            }
            None => format!("{name} {:.2}", seen.confidence),
        },
        Some(hurdle) => hurdle_in_words(explanation, seen, hurdle),
    }
}

/// What keeps a position from being carried, as a clause.
pub fn hurdle_in_words(explanation: &Explanation, seen: &PositionSeen, hurdle: &Hurdle) -> String {
    let name = &seen.name;
    match hurdle {
        Hurdle::Question => "it is a question, and questions carry no position".to_owned(),
        Hurdle::Subject => {
            let entries: Vec<String> = explanation
                .subject
                .entries
                .iter()
                .take(MISSING)
                .map(|e| format!("`{}`", quote(&e.text)))
                .collect();
            let more = explanation.subject.entries.len().saturating_sub(MISSING);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!(
                "the subject is not named near it: none of {}{more} of `about` is met",
                entries.join(", ")
            )
        }
        Hurdle::Names => match &explanation.names {
            Some(names) => format!(
                "the article gives {} of the {} names from topic and question that it needs ({})",
                names.met.len(),
                names.needed,
                names
                    .missing
                    .iter()
                    .take(MISSING)
                    .map(|n| format!("`{}` is missing", quote(n)))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            None => "the article is not on the topic".to_owned(),
        },
        Hurdle::NoWording => format!("no wording of {name} has a word in common with it"),
        Hurdle::Denied => format!(
            "it denies `{}`{}, and no other position holds the denial",
            seen.wording
                .as_ref()
                .map(|w| quote(&w.text))
                .unwrap_or_default(),
            cue(explanation)
        ),
        Hurdle::NotAsserted { mood, words } => {
            let how = match mood {
                Mood::Condition => "only as a condition or what would follow from one",
                Mood::GivenUp => "as a belief that was given up",
                Mood::Mention => "as feared, hoped, rumoured or demanded",
                Mood::Wished => "as asked of somebody, wished or tried",
                Mood::Sought => "as sought, needed or awaited",
                Mood::Open => "as an open question",
                Mood::Unknown => "as not known",
            };
            format!(
                "{name} would fit ({:.2}), but it is told {how}: `{}`",
                seen.confidence,
                quote(words)
            )
        }
        Hurdle::AnothersAct { subject } => format!(
            "{name} would fit ({:.2}), but it is said of somebody else: `{}`",
            seen.confidence,
            quote(subject)
        ),
        Hurdle::Unnamed { who } => format!(
            "{name} would fit ({:.2}), but the question asks who, and it does not name `{}`",
            seen.confidence,
            quote(who)
        ),
        Hurdle::YearsAgo { words } => format!(
            "{name} would fit ({:.2}), but it is told of a time years before: `{}`",
            seen.confidence,
            quote(words)
        ),
        Hurdle::Requires { words } => {
            let words: Vec<String> = words
                .iter()
                .map(|word| format!("`{}`", quote(word)))
                .collect();
            format!(
                "{name} would fit ({:.2}), but none of the words in its `requires` stands in it: {}",
                seen.confidence,
                words.join(", ")
            )
        }
        Hurdle::Except { wording, score } => format!(
            "{name} would fit ({:.2}), but the look-alike `{}` fits better ({score:.2})",
            seen.confidence,
            quote(wording)
        ),
        Hurdle::Hedged => format!(
            "{name} would fit ({:.2}), but it is told as possible, reported or unconfirmed, and `hedged: false` leaves that out",
            seen.confidence
        ),
        Hurdle::Speaker { voice, speakers } => {
            let voice = match voice {
                Teller::Article => "the article's own voice".to_owned(),
                Teller::Unknown => "the voice of somebody who is not named".to_owned(),
                Teller::Named(name) => format!("the voice of \"{}\"", quote(name)),
            };
            let names = speakers.iter().take(MISSING);
            let names: Vec<String> = names.map(|name| format!("`{}`", quote(name))).collect();
            let more = match speakers.len().saturating_sub(MISSING) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "{name} would fit ({:.2}), but it is in {voice}, and `speaker` asks for {}{more}",
                seen.confidence,
                names.join(", ")
            )
        }
        Hurdle::Beside { position } => format!(
            "{name} would fit ({:.2}), but rests on the same words as {position}, which fits better",
            seen.confidence
        ),
        Hurdle::Background => format!(
            "{name} would fit ({:.2}), but it is told of an earlier year, and the article has something newer to tell",
            seen.confidence
        ),
        Hurdle::Past => format!(
            "{name} would fit ({:.2}), but it tells how it was, and the article says what has come since",
            seen.confidence
        ),
        Hurdle::Superseded { position } => format!(
            "{name} would fit ({:.2}), but is told only beside the main clause, which carries {position}",
            seen.confidence
        ),
        Hurdle::Below { .. } => match &seen.wording {
            None => format!("no wording of {name} comes near it"),
            Some(wording) => below(explanation, seen, wording),
        },
    }
}

fn below(explanation: &Explanation, seen: &PositionSeen, wording: &WordingSeen) -> String {
    let name = &seen.name;
    let reached = match seen.sum {
        Some(_) => format!(
            "{name} {:.2} of {:.2}",
            seen.confidence, explanation.threshold
        ),
        None => format!("{name} is far off"),
    };
    let nearest = format!("nearest wording `{}`", quote(&wording.text));
    let mut missing: Vec<_> = wording
        .units
        .iter()
        .filter(|unit| unit.met.is_none())
        .collect();
    missing.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let missing: Vec<String> = missing
        .iter()
        .take(MISSING)
        .map(|unit| match &unit.too_far {
            Some(words) => format!(
                "`{}` (too far off: \"{}\")",
                quote(&unit.text),
                quote(&words.text)
            ),
            None => format!("`{}`", quote(&unit.text)),
        })
        .collect();
    if wording.negation.is_some() && explanation.cues.is_empty() {
        return format!("{reached}, {nearest}: that wording negates, and the statement does not");
    }
    if wording.denied {
        return format!(
            "{reached}: it denies `{}`{}",
            quote(&wording.text),
            cue(explanation)
        );
    }
    if !missing.is_empty() {
        return format!("{reached}, {nearest}: no {}", missing.join(", no "));
    }
    if let Some(sum) = seen.sum
        && sum.margin < 0.0
    {
        return format!("{reached}, {nearest}: another position fits better");
    }
    format!("{reached}, {nearest}: too few words to be sure")
}

fn cue(explanation: &Explanation) -> String {
    explanation
        .cues
        .first()
        .map(|cue| format!(" (\"{}\")", quote(&cue.words.text)))
        .unwrap_or_default()
}

fn of_numbers(explanation: &Explanation) -> Option<String> {
    let seen: Vec<String> = explanation
        .numbers
        .iter()
        .map(|number| {
            let words = quote(&number.words.text);
            match (&number.entry, number.fault) {
                (Some(entry), _) => format!("{words} stands with `{}`", quote(entry)),
                (None, Some(fault)) => format!("{words}: {}", number_fault(fault)),
                (None, None) => words,
            }
        })
        .collect();
    (!seen.is_empty()).then(|| seen.join("; "))
}

fn of_dates(explanation: &Explanation) -> Option<String> {
    let seen: Vec<String> = explanation
        .dates
        .iter()
        .map(|date| {
            let words = quote(&date.words.text);
            match (&date.entry, date.fault) {
                (Some(entry), _) => format!("{words} belongs to `{}`", quote(entry)),
                (None, Some(fault)) => format!("{words}: {}", date_fault(fault)),
                (None, None) => words,
            }
        })
        .collect();
    (!seen.is_empty()).then(|| seen.join("; "))
}

/// Why a number is no answer, as a clause.
pub fn number_fault(fault: NumberFault) -> &'static str {
    match fault {
        NumberFault::Subject => "the subject is not named near it",
        NumberFault::Vague => "names no number",
        NumberFault::One => "a bare `one` is taken for no count",
        NumberFault::Whole => "a total that something else is a part of",
        NumberFault::Compared => "the number that another one is held against",
        NumberFault::Negated => "it is negated",
        NumberFault::Part => "it counts a part, such as the first or the last of them",
        NumberFault::Relative => "it tells when something was, not how long",
        NumberFault::Step => "it tells by how much something changed",
        NumberFault::Party => "the statement gives it to somebody or something else",
        NumberFault::Each => "it is so much each time or of each one, not in all",
        NumberFault::Unasserted => "the statement asks, or does not tell it as so",
        NumberFault::Kind => "another kind of number than `of` asks for",
        NumberFault::NoEntry => "no entry of `of` stands in the statement",
        NumberFault::Far => "too far from the entry of `of`, or something stands between",
        NumberFault::Nearer => "another number stands nearer to the entry of `of`",
        NumberFault::Except => "a look-alike of `except` fits",
        NumberFault::Hedged => {
            "told as possible, reported or unconfirmed, and `hedged: false` leaves that out"
        }
        NumberFault::Speaker => "in the voice of nobody whom `speaker` lists",
    }
}

/// Why a date is no answer, as a clause.
pub fn date_fault(fault: DateFault) -> &'static str {
    match fault {
        DateFault::Subject => "the subject is not named near it",
        DateFault::NoEntry => "no entry of `of` stands in the statement",
        DateFault::Far => "too far from the event",
        DateFault::Saying => "it tells when something was said",
        DateFault::Other => "it dates something else, before or after the event",
        DateFault::Party => "the statement tells the event of somebody else",
        DateFault::Unasserted => "the statement asks, or does not tell it as so",
        DateFault::Nearer => "another date stands nearer to the event, or tells it more exactly",
        DateFault::Except => "a look-alike of `except` fits",
        DateFault::Hedged => {
            "told as possible, reported or unconfirmed, and `hedged: false` leaves that out"
        }
        DateFault::Speaker => "in the voice of nobody whom `speaker` lists",
    }
}

/// The start of a text, in one line.
fn quote(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let cut: String = line.chars().take(QUOTE - 3).collect();
    format!("{}...", cut.trim_end())
}
