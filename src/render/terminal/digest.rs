//! What the report holds, sorted into what a reader must settle, may read and need not see.

use super::wording::{count, is_minor, severity_name};
use crate::claim::Severity;
use crate::divergence::{Divergence, Status};
use crate::problem::Level;
use crate::report::Report;

/// The report with its divergences sorted by use.
#[derive(Debug)]
pub(super) struct Digest<'a> {
    pub report: &'a Report,
    /// To be settled, what matters first.
    pub settle: Vec<&'a Divergence>,
    /// Worth knowing.
    pub minor: Vec<&'a Divergence>,
    /// A reviewer said that they are divergences.
    pub confirmed: Vec<&'a Divergence>,
    /// A reviewer said that they are none.
    pub dismissed: Vec<&'a Divergence>,
    /// For each claim the first of its divergences, those to settle before minor ones.
    pub worst: Vec<Option<&'a Divergence>>,
    /// Claims in the order in which a reader should look at them.
    pub claims: Vec<usize>,
}

impl<'a> Digest<'a> {
    pub fn new(report: &'a Report) -> Self {
        let of = |status: Status| -> Vec<&Divergence> {
            let divergences = report.divergences.iter();
            divergences.filter(|found| found.status == status).collect()
        };
        let open = of(Status::Open);
        let (minor, settle): (Vec<_>, Vec<_>) = open
            .into_iter()
            .partition(|divergence: &&Divergence| is_minor(divergence));
        let mut worst = vec![None; report.claims.len()];
        let mut claims = Vec::new();
        for &divergence in settle.iter().chain(&minor) {
            if let Some(slot @ None) = worst.get_mut(divergence.claim) {
                *slot = Some(divergence);
                claims.push(divergence.claim);
            }
        }
        claims.extend((0..report.claims.len()).filter(|&claim| worst[claim].is_none()));
        Self {
            report,
            settle,
            minor,
            confirmed: of(Status::Confirmed),
            dismissed: of(Status::Dismissed),
            worst,
            claims,
        }
    }

    /// The first line: what was compared and how much there is to do.
    pub fn header(&self) -> String {
        let mut line = format!(
            "{}, {}: ",
            count(self.report.articles.len(), "article"),
            count(self.report.claims.len(), "claim"),
        );
        match self.settle.len() {
            0 => line += "nothing to settle",
            number => {
                line += &format!("{} to settle", count(number, "divergence"));
                let high = self.with(Severity::High);
                if high > 0 {
                    line += &format!(" ({high} high)");
                }
            }
        }
        if !self.minor.is_empty() {
            line += &format!(", {} minor", self.minor.len());
        }
        // What was left out may hide a contradiction, so it is told before anything else.
        let errors = self.errors();
        if errors > 0 {
            line += &format!("; {} (see the end)", count(errors, "error"));
        }
        line
    }

    /// The last line: the same in numbers.
    pub fn summary(&self, dot: &str) -> String {
        let mut line = count(self.settle.len(), "divergence");
        let severities = [Severity::High, Severity::Medium, Severity::Low];
        let parts: Vec<String> = severities
            .into_iter()
            .map(|severity| (self.with(severity), severity_name(severity)))
            .filter(|(number, _)| *number > 0)
            .map(|(number, name)| format!("{number} {name}"))
            .collect();
        if !parts.is_empty() {
            line += &format!(" ({})", parts.join(", "));
        }
        line += &format!(", {} minor", self.minor.len());
        for (number, status) in [
            (self.confirmed.len(), "confirmed"),
            (self.dismissed.len(), "dismissed"),
        ] {
            if number > 0 {
                line += &format!(", {number} {status}");
            }
        }
        let counts = [
            count(self.report.articles.len(), "article"),
            count(self.report.claims.len(), "claim"),
            count(self.report.problems.len(), "problem"),
        ];
        for text in counts {
            line += dot;
            line += &text;
        }
        line
    }

    fn with(&self, severity: Severity) -> usize {
        let same = |divergence: &&&Divergence| divergence.severity == severity;
        self.settle.iter().filter(same).count()
    }

    fn errors(&self) -> usize {
        let problems = self.report.problems.iter();
        problems
            .filter(|problem| problem.level == Level::Error)
            .count()
    }
}
