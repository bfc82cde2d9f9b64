//! What kinds, severities, answers and voices are called.

use super::pen::{Pen, Tone};
use crate::claim::{Answers, Claim, Severity};
use crate::divergence::{Divergence, Kind};
use crate::matching::Match;
use crate::render::words::readable;
use crate::report::{ArticleEntry, Report};
use crate::statement::{Place, Voice};

pub(super) use crate::render::words::{count, is_minor, kind_gloss, severity_name};

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

/// As many marks as it matters, three columns wide.
pub(super) fn severity_marks(severity: Severity) -> &'static str {
    match severity {
        Severity::High => "!!!",
        Severity::Medium => "!! ",
        Severity::Low => "!  ",
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
