//! A divergence as a diagnostic: the question, and for each side the words that show it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use miette::LabeledSpan;

use super::digest::Digest;
use super::matrix::{Matrix, article_ids, glue, listed, unglued};
use super::pen::{Note, Pen};
use super::wording::{
    answer_name, article_id, article_origin, claim_id, kind_gloss, kind_name, severity_marks,
    severity_name, short_id, voice,
};
use crate::claim::{Claim, Severity};
use crate::divergence::{Divergence, Side};
use crate::matching::Match;
use crate::statement::Voice;

/// So many divergences are shown in full; with about 14 lines each they are what a person reads in one sitting. High ones
/// are always shown in full.
const SHOWN_IN_FULL: usize = 12;

/// Sides quoted in one divergence: six boxes are one screen. Of each side one article is quoted and the others are named, because
/// what has to be settled is the difference, and a second article that says the same does not show it better.
const SIDES_QUOTED: usize = 6;

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
        let mut quoted = BTreeSet::new();
        for (at, divergence) in self.digest.settle.iter().enumerate() {
            if full((at, divergence)) {
                lines.extend(self.full(divergence, &mut quoted));
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

    /// `quoted` are the matches that the report has shown so far; those shown here join them.
    fn full(&self, divergence: &Divergence, quoted: &mut BTreeSet<usize>) -> Vec<String> {
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
        let in_full = if pen.all() { usize::MAX } else { SIDES_QUOTED };
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

    /// The words of the article that shows a side best, and which others say the same; the words of all of them where all is shown.
    fn side(
        &self,
        claim: Option<&Claim>,
        side: &Side,
        quoted: &mut BTreeSet<usize>,
    ) -> Vec<String> {
        let pen = self.pen;
        let name = self.side_name(claim, side);
        let mut found: Vec<(usize, &Match)> = Vec::new();
        for &index in &side.matches {
            let Some(candidate) = self.digest.report.matches.get(index) else {
                continue;
            };
            let is_new = |(_, known): &(usize, &Match)| known.article != candidate.article;
            if found.iter().all(is_new) {
                found.push((index, candidate));
            }
        }
        // What an article says itself and for certain shows a side best; then what fits best, where a few hundredths mean nothing;
        // then what names most of it: "rejected a working group" rather than "shunned it". Stable: of equals the first article.
        found.sort_by_key(|(_, found)| {
            let asserted = found.voice == Voice::Own && !found.hedged;
            let tenths = (found.score * 10.0).round() as i64;
            let named: usize = found.words.iter().map(|word| word.len()).sum();
            Reverse((asserted, tenths, named))
        });
        if !pen.all() {
            found.truncate(1);
        }
        let mut lines = Vec::new();
        for &(index, shown) in &found {
            let again = !quoted.insert(index) && !pen.all();
            lines.extend(self.quote(&name, shown, again));
        }
        let rest: Vec<usize> = side
            .articles
            .iter()
            .copied()
            .filter(|article| found.iter().all(|(_, shown)| shown.article != *article))
            .collect();
        if !rest.is_empty() {
            // A line does not end between an article's letter and its id.
            let ids: Vec<String> = self
                .lettered_ids(&rest)
                .iter()
                .map(|id| glue(id, pen.width() - 4))
                .collect();
            let ids = ids.join(", ");
            let text = if found.is_empty() {
                format!("{name}: {ids}")
            } else {
                format!("{name} in {} more: {ids}", rest.len())
            };
            let wrapped = pen.wrap(&text, "    ", "    ");
            lines.extend(wrapped.iter().map(|line| unglued(line)));
        }
        lines
    }

    /// `C done-deal`, or the id alone where articles have no letters.
    fn lettered_ids(&self, articles: &[usize]) -> Vec<String> {
        let ids = article_ids(self.digest, self.pen, articles);
        let pairs = articles.iter().zip(ids);
        pairs
            .map(|(&article, id)| match self.matrix.letter(article) {
                Some(letter) => format!("{letter} {id}"),
                None => id,
            })
            .collect()
    }

    fn side_name(&self, claim: Option<&Claim>, side: &Side) -> String {
        match &side.position {
            Some(position) => answer_name(self.pen, claim, position),
            None => "silent".to_owned(),
        }
    }

    /// Who says it and how, and, unless it is shown `again`, the sentence with the words that decided.
    fn quote(&self, name: &str, found: &Match, again: bool) -> Vec<String> {
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
        facts.push(if again {
            "quoted above".to_owned()
        } else {
            format!("match {:.2}", found.score)
        });
        let mut note = Note::new(miette::Severity::Advice, facts.join(pen.dot()));
        note.mark = Some(pen.pick("▸", "*"));
        if again {
            return pen.draw(&note);
        }
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
