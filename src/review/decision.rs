//! One decision of one reviewer.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Basis;
use crate::divergence::Status;

/// What a reviewer says of a divergence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is a divergence.
    Confirmed,
    /// It is none.
    Dismissed,
    /// To be looked at again: it stays open and goes to the end of the queue.
    Later,
    /// An earlier decision is taken back.
    Open,
}

impl Verdict {
    /// All verdicts, in the order of the documentation.
    pub const ALL: [Verdict; 4] = [
        Verdict::Confirmed,
        Verdict::Dismissed,
        Verdict::Later,
        Verdict::Open,
    ];

    /// The word that the ledger and every output use.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Dismissed => "dismissed",
            Verdict::Later => "later",
            Verdict::Open => "open",
        }
    }

    /// The status that it gives a divergence.
    pub fn status(self) -> Status {
        match self {
            Verdict::Confirmed => Status::Confirmed,
            Verdict::Dismissed => Status::Dismissed,
            Verdict::Later | Verdict::Open => Status::Open,
        }
    }

    /// Whether it settles the divergence.
    pub fn settles(self) -> bool {
        self.status() != Status::Open
    }
}

/// A verdict with who gave it, when, why, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The divergence's fingerprint: 16 lower-case hexadecimal digits.
    pub id: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Why; empty where nobody wrote it.
    pub reason: String,
    /// Who decided, where that is known.
    pub reviewer: Option<String>,
    /// The day of the decision.
    pub date: Date,
    /// The last day on which it counts.
    pub expires: Option<Date>,
    /// What the reviewer had before them.
    pub on: Basis,
}

impl Decision {
    /// Whether it no longer counts on that day, which is asked for only where it has an end.
    pub fn is_expired(&self, today: impl Fn() -> Date) -> bool {
        self.expires.is_some_and(|last| last < today())
    }

    /// `dismissed by Ada on 2026-11-22`.
    pub fn summary(&self) -> String {
        let by = self
            .reviewer
            .as_ref()
            .map(|reviewer| format!(" by {reviewer}"));
        format!(
            "{}{} on {}",
            self.verdict.name(),
            by.unwrap_or_default(),
            self.date
        )
    }
}
