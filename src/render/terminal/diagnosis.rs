//! A divergence as a diagnostic: the question, and for each side the words that show it.

use miette::LabeledSpan;

use super::digest::Digest;
use super::matrix::{Matrix, article_ids, listed};
use super::pen::{Note, Pen};
use super::wording::{
    answer_name, article_id, article_origin, claim_id, kind_gloss, kind_name, severity_marks,
    severity_name, short_id, voice,
};
use crate::claim::{Claim, Severity};
use crate::divergence::{Divergence, Side};
use crate::matching::Match;

/// So many divergences are shown in full; with about 14 lines each they are what a person reads in one sitting. High ones
/// are always shown in full.
const SHOWN_IN_FULL: usize = 12;

/// Articles quoted in one divergence: six boxes are one screen. They are shared out among the sides.
const QUOTED: usize = 6;

/// Articles quoted on one side: a fourth adds no more to settle the question.
const QUOTED_ON_A_SIDE: usize = 3;

/// Draws divergences.
pub(super) struct Diagnosis<'a> {
    pub digest: &'a Digest<'a>,
    pub matrix: &'a Matrix<'a>,
    pub pen: &'a Pen,
}

impl Diagnosis<'_> {
    /// All divergences to settle: the first and the high ones in full, the others in a line each.
    pub fn lines(&self) -> Vec<String> {
        let full = |(at, divergence): (usize, &&Divergence)| {
            self.pen.all() || at < SHOWN_IN_FULL || divergence.severity == Severity::High
        };
        let mut lines = Vec::new();
        let mut short = Vec::new();
        for (at, divergence) in self.digest.settle.iter().enumerate() {
            if full((at, divergence)) {
                lines.extend(self.full(divergence));
                lines.push(String::new());
            } else {
                short.push(self.short(divergence));
            }
        }
        if !short.is_empty() {
            let text = format!("{} more in short (--all shows them in full)", short.len());
            lines.extend(self.pen.wrap(&text, "", ""));
            lines.extend(short);
            lines.push(String::new());
        }
        lines
    }

    /// One line: what it is, on which claim, who against whom.
    pub fn short(&self, divergence: &Divergence) -> String {
        let pen = self.pen;
        let claim = self.digest.report.claims.get(divergence.claim);
        let sides: Vec<String> = divergence
            .sides
            .iter()
            .map(|side| {
                let ids = article_ids(self.digest, pen, &side.articles);
                // A side with many articles must leave room for the other.
                let ids = listed(pen, &ids, pen.width() / 3);
                format!(
                    "{} ({ids})",
                    self.side_name(claim.map(|claim| &**claim), side)
                )
            })
            .collect();
        let line = format!(
            "{} {} {} {}: {}",
            severity_marks(divergence.severity),
            kind_name(divergence.kind),
            short_id(pen, divergence),
            claim_id(pen, self.digest.report, divergence.claim),
            sides.join(" vs "),
        );
        pen.clip(&line, pen.width())
    }

    fn full(&self, divergence: &Divergence) -> Vec<String> {
        let pen = self.pen;
        let claim = self.digest.report.claims.get(divergence.claim);
        let claim = claim.map(|claim| &**claim);
        let question = claim.map(|claim| pen.plain(&claim.question));
        let id = claim_id(pen, self.digest.report, divergence.claim);
        let question = question.filter(|question| !question.is_empty());
        let mut note = Note::new(
            match divergence.severity {
                Severity::High => miette::Severity::Error,
                Severity::Medium => miette::Severity::Warning,
                Severity::Low => miette::Severity::Advice,
            },
            question.unwrap_or_else(|| id.clone()),
        );
        let mut facts = vec![format!(
            "{} {}",
            kind_name(divergence.kind),
            short_id(pen, divergence)
        )];
        facts.push(severity_name(divergence.severity).to_owned());
        facts.push(id);
        facts.extend(kind_gloss(divergence.kind).map(str::to_owned));
        note.code = Some(pen.clip(&facts.join(pen.dot()), pen.width()));

        let mut lines = pen.draw(&note);
        let quoted = match (pen.all(), divergence.sides.len()) {
            (true, _) => usize::MAX,
            (false, sides) => (QUOTED / sides.max(1)).clamp(1, QUOTED_ON_A_SIDE),
        };
        let in_full = if pen.all() { usize::MAX } else { QUOTED };
        for side in divergence.sides.iter().take(in_full) {
            lines.extend(self.side(claim, side, quoted));
        }
        let others: Vec<String> = divergence
            .sides
            .iter()
            .skip(in_full)
            .map(|side| {
                let ids = article_ids(self.digest, pen, &side.articles).join(", ");
                format!("{} ({ids})", self.side_name(claim, side))
            })
            .collect();
        if !others.is_empty() {
            let text = format!("and also {}", others.join(", "));
            lines.extend(pen.wrap(&text, "    ", "    "));
        }
        lines
    }

    /// The words of each article on one side; the strongest come first, and only those when there are many.
    fn side(&self, claim: Option<&Claim>, side: &Side, quoted: usize) -> Vec<String> {
        let pen = self.pen;
        let name = self.side_name(claim, side);
        let mut found: Vec<&Match> = Vec::new();
        for &index in &side.matches {
            let Some(candidate) = self.digest.report.matches.get(index) else {
                continue;
            };
            if found.iter().all(|known| known.article != candidate.article) {
                found.push(candidate);
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(quoted);
        let mut lines = Vec::new();
        for &shown in &found {
            lines.extend(self.quote(&name, shown));
        }
        let rest: Vec<usize> = side
            .articles
            .iter()
            .copied()
            .filter(|article| found.iter().all(|shown| shown.article != *article))
            .collect();
        if !rest.is_empty() {
            let ids = article_ids(self.digest, pen, &rest).join(", ");
            let text = if found.is_empty() {
                format!("{name}: {ids}")
            } else {
                format!("{name}, {} more: {ids}", rest.len())
            };
            lines.extend(pen.wrap(&text, "    ", "    "));
        }
        lines
    }

    fn side_name(&self, claim: Option<&Claim>, side: &Side) -> String {
        match &side.position {
            Some(position) => answer_name(self.pen, claim, position),
            None => "silent".to_owned(),
        }
    }

    /// Who says it and how, and the sentence with the words that decided.
    fn quote(&self, name: &str, found: &Match) -> Vec<String> {
        let pen = self.pen;
        let article = self.digest.report.articles.get(found.article);
        let origin = article.map_or_else(
            || article_id(pen, self.digest.report, found.article),
            |article| article_origin(pen, article),
        );
        let letter = self.matrix.letter(found.article);
        let origin = letter.map_or(origin.clone(), |letter| format!("{letter} {origin}"));
        let mut facts = vec![name.to_owned(), origin];
        facts.extend(voice(pen, found));
        facts.push(format!("match {:.2}", found.score));
        let mut note = Note::new(miette::Severity::Advice, facts.join(pen.dot()));
        note.mark = Some(pen.pick("▸", "*"));
        let window = pen.window(&found.text, &found.words, pen.room(found.line));
        let path = article.map_or("?", |article| &article.path);
        note.labels = note
            .excerpt
            .push(
                pen.file_name(path, found.line, found.column),
                (found.line, found.column),
                &window,
            )
            .into_iter()
            .map(LabeledSpan::underline)
            .collect();
        pen.draw(&note)
    }
}
