//! What kinds, severities, answers and voices are called, in every format for people.

use crate::claim::{Answers, Claim, Severity};
use crate::clean::clean;
use crate::divergence::{Divergence, Kind, Side, Status};
use crate::matching::Match;
use crate::report::{ArticleEntry, Report};
use crate::statement::{Place, Voice};

/// Articles of a side that a message names; the others are counted.
const NAMED: usize = 20;

/// What the kind means, where its name does not say it.
pub(super) fn kind_gloss(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::SelfContradiction => Some("within one article"),
        Kind::Update => Some("the same source, later"),
        Kind::OneSided => Some("one reports both sides, the other only one"),
        Kind::Omission => Some("one says that it was left out"),
        _ => None,
    }
}

pub(super) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
    }
}

pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::Open => "open",
        Status::Confirmed => "confirmed",
        Status::Dismissed => "dismissed",
    }
}

/// What the divergence means, where the name of its kind does not say it.
pub(super) fn gloss(divergence: &Divergence) -> Option<&'static str> {
    if is_silence(divergence) {
        return Some("an article leaves it open");
    }
    kind_gloss(divergence.kind)
}

/// Whether it is worth knowing, with nothing to settle.
pub(super) fn is_minor(divergence: &Divergence) -> bool {
    match divergence.kind {
        Kind::Attribution | Kind::Hedging => true,
        Kind::Omission => is_silence(divergence),
        _ => false,
    }
}

/// Whether one of its sides says nothing at all.
pub(super) fn is_silence(divergence: &Divergence) -> bool {
    divergence.sides.iter().any(|side| side.position.is_none())
}

/// Foreign text in one line, without characters that steer a terminal, hide or turn around what stands there.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" ")).into_owned()
}

/// An answer as people read it: `2.5bn` and `21,000` rather than a row of zeros.
pub(super) fn answer(claim: &Claim, position: &str) -> String {
    let name = plain(position);
    match claim.answers {
        Answers::Quantity { .. } => readable(&name),
        _ => name,
    }
}

/// The answer of a side.
pub(super) fn side_name(claim: &Claim, side: &Side) -> String {
    match &side.position {
        Some(position) => answer(claim, position),
        None => "silent".to_owned(),
    }
}

/// `dead (a, b) vs alive (c)`.
pub(super) fn sides(report: &Report, divergence: &Divergence) -> String {
    let claim = &report.claims[divergence.claim];
    let side = |side: &Side| {
        let ids = side
            .articles
            .iter()
            .map(|&at| plain(&report.articles[at].id));
        let mut ids: Vec<String> = ids.take(NAMED).collect();
        let left = side.articles.len() - ids.len();
        if left > 0 {
            ids.push(format!("and {left} more"));
        }
        format!("{} ({})", side_name(claim, side), ids.join(", "))
    };
    let sides: Vec<String> = divergence.sides.iter().map(side).collect();
    sides.join(" vs ")
}

/// Outlet and day; the id where the outlet is not known.
pub(super) fn origin(article: &ArticleEntry) -> String {
    let name = plain(article.source.as_deref().unwrap_or(&article.id));
    match article.date {
        Some(date) => format!("{name}, {date}"),
        None => name,
    }
}

/// Whose words the match is, and how firmly it is told.
pub(super) fn voice(found: &Match) -> Vec<String> {
    let mut facts = vec![match &found.voice {
        Voice::Own => "own voice".to_owned(),
        Voice::Attributed {
            speaker: Some(speaker),
        } => format!("says {}", plain(speaker)),
        Voice::Attributed { speaker: None } => "attributed".to_owned(),
    }];
    if found.hedged {
        facts.push("hedged".to_owned());
    }
    match found.place {
        Place::Headline => facts.push("headline".to_owned()),
        Place::Heading => facts.push("heading".to_owned()),
        Place::Body => {}
    }
    facts
}

/// The sentence of a match in pieces, with whether the piece decided. Each piece is cleaned; breaks are spaces.
pub(super) fn pieces(found: &Match) -> Vec<(String, bool)> {
    let spaced = |text: &str| {
        let text: String = text
            .chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .collect();
        clean(&text).into_owned()
    };
    let mut pieces = Vec::new();
    let mut at = 0;
    for word in &found.words {
        // Spans that do not fit the text are left out rather than trusted.
        let (Some(before), Some(marked)) = (
            found.text.get(at..word.start),
            found.text.get(word.start..word.end),
        ) else {
            continue;
        };
        pieces.push((spaced(before), false));
        pieces.push((spaced(marked), true));
        at = word.end;
    }
    pieces.push((spaced(&found.text[at..]), false));
    pieces.retain(|(text, _)| !text.is_empty());
    joined(pieces)
}

/// Marks with nothing but a space or a hyphen between them are one: `S-400`, `working group`.
fn joined(pieces: Vec<(String, bool)>) -> Vec<(String, bool)> {
    let mut joined: Vec<(String, bool)> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some((text, decided)) = pieces.next() {
        let between =
            !decided && matches!(&*text, " " | "-" | "\u{2010}" | "\u{2011}" | "\u{2013}");
        match joined.last_mut() {
            Some((before, true))
                if decided || between && pieces.peek().is_some_and(|next| next.1) =>
            {
                *before += &text;
            }
            _ => joined.push((text, decided)),
        }
    }
    joined
}

/// `41 %`; never 0 for a part and never 100 for less than the whole.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    let percent = if share > 0.0 && share < 1.0 {
        percent.clamp(1.0, 99.0)
    } else {
        percent
    };
    format!("{percent} %")
}

/// One line for each article that repeats another: `b shares 41 % of its words with a`.
pub(super) fn copies(report: &Report) -> Vec<String> {
    let id = |at: usize| plain(&report.articles[at].id);
    let groups = report.copies.groups().iter();
    groups
        .flat_map(|group| {
            let echoes = group.echoes.iter();
            echoes.map(move |echo| {
                // Of a text that prints another and goes on, the other's share tells it.
                let (who, share, with) = if echo.of_lead > echo.share {
                    (group.lead, echo.of_lead, echo.article)
                } else {
                    (echo.article, echo.share, group.lead)
                };
                format!(
                    "{} shares {} of its words with {}",
                    id(who),
                    percent(share),
                    id(with)
                )
            })
        })
        .collect()
}

/// `3 articles`, and how many voices they are where some repeat each other: `3 articles, 1 voice`.
pub(super) fn voices(report: &Report, articles: &[usize]) -> String {
    let voices = report.copies.voices(articles);
    let text = count(articles.len(), "article");
    if voices < articles.len() {
        format!("{text}, {}", count(voices, "voice"))
    } else {
        text
    }
}

/// `1 article`, `2 articles`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// Units as the press writes them, by their zeros.
const UNITS: [(usize, &str); 3] = [(12, "tn"), (9, "bn"), (6, "m")];

/// `2500000000` becomes `2.5bn`, `110000.5` becomes `110,000.5`; four digits stay, they may be a year. The value never changes:
/// a number with more than three digits after the unit keeps them all.
pub(super) fn readable(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    if whole.len() < 5 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return number.to_owned();
    }
    let unit = UNITS.into_iter().find(|(zeros, _)| whole.len() > *zeros);
    if let Some((zeros, name)) = unit {
        let (units, after) = whole.split_at(whole.len() - zeros);
        let after = after.trim_end_matches('0');
        match after.len() {
            0 if rest.is_empty() => return format!("{}{name}", grouped(units)),
            1..=3 if rest.is_empty() => return format!("{}.{after}{name}", grouped(units)),
            _ => {}
        }
    }
    grouped(whole) + rest
}

/// Digits with a comma before every third from the end.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_value_and_lose_their_zeros() {
        assert_eq!(readable("110000.5"), "110,000.5");
        assert_eq!(readable("21000"), "21,000");
        assert_eq!(readable("2500000000"), "2.5bn");
        assert_eq!(readable("14000000"), "14m");
        assert_eq!(readable("1234000"), "1.234m");
        assert_eq!(readable("1234567"), "1,234,567");
        assert_eq!(readable("2500000.5"), "2,500,000.5");
        assert_eq!(readable("1200000000000000"), "1,200tn");
        assert_eq!(readable("2019"), "2019");
        assert_eq!(readable("1e99999"), "1e99999");
    }

    #[test]
    fn marks_beside_each_other_are_one() {
        let piece = |text: &str, decided| (text.to_owned(), decided);
        let pieces = vec![
            piece("The ", false),
            piece("S", true),
            piece("-", false),
            piece("400", true),
            piece(" ", false),
            piece("deal", true),
            piece(" is ", false),
            piece("done", true),
            piece(" ", false),
        ];
        let expected = [
            piece("The ", false),
            piece("S-400 deal", true),
            piece(" is ", false),
            piece("done", true),
            piece(" ", false),
        ];
        assert_eq!(joined(pieces), expected);
    }

    #[test]
    fn a_part_is_never_told_as_nothing_or_all() {
        assert_eq!(percent(0.414), "41 %");
        assert_eq!(percent(0.001), "1 %");
        assert_eq!(percent(0.999), "99 %");
        assert_eq!(percent(1.0), "100 %");
    }
}
