//! What kinds, severities, answers and voices are called.

use super::pen::{Pen, Tone};
use crate::claim::{Answers, Claim, Severity};
use crate::divergence::{Divergence, Kind};
use crate::matching::Match;
use crate::report::{ArticleEntry, Report};
use crate::statement::{Place, Voice};

/// The same name as in every other output.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Contradiction => "contradiction",
        Kind::SelfContradiction => "self-contradiction",
        Kind::Numeric => "numeric",
        Kind::Temporal => "temporal",
        Kind::Update => "update",
        Kind::OneSided => "one-sided",
        Kind::Omission => "omission",
        Kind::Attribution => "attribution",
        Kind::Hedging => "hedging",
    }
}

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

/// As many marks as it matters, three columns wide.
pub(super) fn severity_marks(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "!!!",
        Severity::Medium => "!! ",
        Severity::Low => "!  ",
    }
}

/// Whether it is folded into a line at the end: worth knowing, nothing to settle.
pub(super) fn is_minor(divergence: &Divergence) -> bool {
    match divergence.kind {
        Kind::Attribution | Kind::Hedging => true,
        Kind::Omission => divergence.sides.iter().any(|side| side.position.is_none()),
        _ => false,
    }
}

/// How much a verdict in the table tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// Marks and kind.
    Full,
    /// Marks alone.
    Marks,
}

/// Marks and kind of a divergence; a minor one has no marks.
pub(super) fn verdict(divergence: &Divergence, naming: Naming) -> String {
    let minor = is_minor(divergence);
    let marks = if minor {
        "   "
    } else {
        severity_marks(divergence.severity)
    };
    let kind = match (naming, divergence.kind) {
        (Naming::Marks, _) => return marks.to_owned(),
        // Somebody's silence is no omission yet: it may have nothing to say.
        (_, Kind::Omission) if minor => "some silent",
        (_, kind) => kind_name(kind),
    };
    format!("{marks} {kind}")
}

/// The colour of a divergence.
pub(super) fn tone(divergence: &Divergence) -> Tone {
    if is_minor(divergence) {
        Tone::Faint
    } else {
        Tone::Of(divergence.severity)
    }
}

/// The first characters of the fingerprint, as version control shows them.
pub(super) fn short_id(pen: &Pen, divergence: &Divergence) -> String {
    pen.plain(&divergence.id).chars().take(8).collect()
}

/// An answer as people read it: `2.5bn` and `21,000` rather than a row of zeros.
pub(super) fn answer_name(pen: &Pen, claim: Option<&Claim>, position: &str) -> String {
    let name = pen.plain(position);
    let quantity = claim.is_some_and(|claim| matches!(claim.answers, Answers::Quantity { .. }));
    if quantity { readable(&name) } else { name }
}

/// Units as the press writes them, by their zeros.
const UNITS: [(usize, &str); 3] = [(12, "tn"), (9, "bn"), (6, "m")];

/// `2500000000` becomes `2.5bn`, `110000.5` becomes `110,000.5`; four digits stay, they may be a year. The value never changes:
/// a number with more than three digits after the unit keeps them all.
fn readable(number: &str) -> String {
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

/// Name of the claim, or a mark for a claim that the report does not hold.
pub(super) fn claim_id(pen: &Pen, report: &Report, claim: usize) -> String {
    let claim = report.claims.get(claim);
    claim.map_or_else(|| "?".to_owned(), |claim| pen.plain(&claim.id))
}

/// Name of the article, or a mark for an article that the report does not hold.
pub(super) fn article_id(pen: &Pen, report: &Report, article: usize) -> String {
    let article = report.articles.get(article);
    article.map_or_else(|| "?".to_owned(), |article| pen.plain(&article.id))
}

/// Outlet and day; the id where the outlet is not known, or where the path does not show it.
pub(super) fn article_origin(pen: &Pen, article: &ArticleEntry) -> String {
    let id = pen.plain(&article.id);
    let mut origin = match &article.source {
        Some(source) if article.path.contains(&article.id) => pen.plain(source),
        Some(source) => format!("{} ({id})", pen.plain(source)),
        None => id,
    };
    if let Some(date) = article.date {
        origin += &format!(", {date}");
    }
    origin
}

/// Whose words the match is, and how firmly it is told.
pub(super) fn voice(pen: &Pen, found: &Match) -> Vec<String> {
    let mut facts = vec![match &found.voice {
        Voice::Own => "own voice".to_owned(),
        Voice::Attributed {
            speaker: Some(speaker),
        } => format!("says {}", pen.plain(speaker)),
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

/// `1 article`, `2 articles`.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
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
}
