//! What is worth knowing and needs no decision, in a line each.

use super::digest::Digest;
use super::matrix::{Matrix, listed};
use super::pen::{Pen, Tone};
use super::wording::{answer_name, claim_id};
use crate::divergence::{Divergence, Kind, Side};
use crate::matching::Match;
use crate::statement::{Place, Voice};

/// More lines would push the divergences off the screen of a reader who scrolls up from the end.
const MOST_LINES: usize = 10;

/// More silences are a wall of text.
const MOST_SILENCES: usize = 20;

/// Narrower pages hold too few ids in the rest of a line.
const NARROW: usize = 80;

/// The minor divergences: who is silent on what in one paragraph, then one line each unless all is shown.
pub(super) fn lines(digest: &Digest<'_>, matrix: &Matrix<'_>, pen: &Pen) -> Vec<String> {
    if digest.minor.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![pen.paint(Tone::Strong, &format!("{} minor", digest.minor.len()))];
    let (omissions, others): (Vec<&Divergence>, Vec<&Divergence>) = digest
        .minor
        .iter()
        .partition(|divergence| divergence.kind == Kind::Omission);
    // With letters all of them fit into a paragraph; ids need a line for each.
    let folded = matrix.letter(0).is_some() && !pen.all();
    if folded {
        lines.extend(silences(digest, matrix, pen, &omissions));
    }
    let in_lines: Vec<&Divergence> = if folded { others } else { digest.minor.clone() };
    let shown = if pen.all() {
        in_lines.len()
    } else {
        MOST_LINES
    };
    for divergence in in_lines.iter().take(shown) {
        lines.extend(line(digest, matrix, pen, divergence));
    }
    let left = in_lines.len().saturating_sub(shown);
    if left > 0 {
        let text = format!("{} and {left} more (--all shows them)", pen.ellipsis());
        lines.extend(pen.wrap(&text, "  ", "  "));
    }
    lines.push(String::new());
    lines
}

/// `silent: first-talks (E), f35-removal-date (A, B, C)`.
fn silences(
    digest: &Digest<'_>,
    matrix: &Matrix<'_>,
    pen: &Pen,
    omissions: &[&Divergence],
) -> Vec<String> {
    let mut items: Vec<String> = omissions
        .iter()
        .take(MOST_SILENCES)
        .map(|divergence| {
            let silent = divergence
                .sides
                .iter()
                .filter(|side| side.position.is_none());
            let articles: Vec<String> = silent
                .flat_map(|side| matrix.articles(&side.articles))
                .collect();
            let claim = claim_id(pen, digest.report, divergence.claim);
            format!("{claim} ({})", articles.join(", "))
        })
        .collect();
    let left = omissions.len().saturating_sub(MOST_SILENCES);
    if left > 0 {
        items.push(format!("{left} more (--all shows them)"));
    }
    if items.is_empty() {
        return Vec::new();
    }
    pen.wrap(&format!("silent: {}", items.join(", ")), "  ", "    ")
}

fn line(
    digest: &Digest<'_>,
    matrix: &Matrix<'_>,
    pen: &Pen,
    divergence: &Divergence,
) -> Vec<String> {
    let claim = claim_id(pen, digest.report, divergence.claim);
    let articles = |side: &Side| matrix.articles(&side.articles);
    if divergence.kind == Kind::Omission {
        let silent = divergence
            .sides
            .iter()
            .filter(|side| side.position.is_none());
        let ids: Vec<String> = silent.flat_map(articles).collect();
        let text = format!("silent on {claim}: ");
        let room = pen.width().saturating_sub(text.len() + 2);
        // A narrow page gives them a second line.
        let room = if pen.width() < NARROW {
            room + pen.width() - 4
        } else {
            room
        };
        let ids = if pen.all() {
            ids.join(", ")
        } else {
            listed(pen, &ids, room)
        };
        return pen.wrap(&(text + &ids), "  ", "    ");
    }
    let name = match divergence.kind {
        Kind::Hedging => "fact or report",
        _ => "different speakers",
    };
    let answers = digest.report.claims.get(divergence.claim);
    let position = divergence
        .sides
        .iter()
        .find_map(|side| side.position.as_deref());
    let position = position.map(|position| {
        let position = answer_name(pen, answers.map(|claim| &**claim), position);
        format!(" ({position})")
    });
    let sides: Vec<String> = divergence
        .sides
        .iter()
        .map(|side| {
            let ids = articles(side);
            let ids = if pen.all() {
                ids.join(", ")
            } else {
                listed(pen, &ids, pen.width() / 3)
            };
            format!("{}: {ids}", manner(digest, pen, divergence.kind, side))
        })
        .collect();
    let text = format!(
        "{name} on {claim}{}: {}",
        position.unwrap_or_default(),
        sides.join(" vs "),
    );
    if pen.all() {
        pen.wrap(&text, "  ", "    ")
    } else {
        vec![format!("  {}", pen.clip(&text, pen.width() - 2))]
    }
}

/// What sets a side apart from the other with the same answer.
fn manner(digest: &Digest<'_>, pen: &Pen, kind: Kind, side: &Side) -> String {
    let matches = &digest.report.matches;
    let found: Vec<&Match> = side
        .matches
        .iter()
        .filter_map(|&at| matches.get(at))
        .collect();
    let speaker = found.iter().find_map(|found| match &found.voice {
        Voice::Attributed { speaker } => speaker.as_deref(),
        Voice::Own => None,
    });
    let own = found.iter().any(|found| found.voice == Voice::Own);
    if kind == Kind::Hedging {
        // One statement of fact makes an article assert it, whatever else it quotes.
        let fact = found
            .iter()
            .find(|found| found.voice == Voice::Own && !found.hedged);
        match fact {
            Some(fact) if fact.place == Place::Headline => return "headline as a fact".to_owned(),
            Some(_) => return "as a fact".to_owned(),
            None if found.iter().any(|found| found.hedged) => return "hedged".to_owned(),
            None => {}
        }
    }
    match speaker {
        Some(speaker) => pen.plain(speaker),
        None if own => "own voice".to_owned(),
        None => "attributed".to_owned(),
    }
}
