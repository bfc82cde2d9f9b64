//! The answers to each claim, in one order, so that an answer has one colour everywhere on the page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim;
use crate::matching::Answer;
use crate::report::Report;
use crate::stance::by_answer;

/// Colours of the style sheet; further answers begin again, and their names tell them apart.
const COLOURS: usize = 8;

/// For each claim its answers in order: positions as written, numbers and dates that articles give ascending.
pub(super) struct Answers<'a> {
    of_claim: Vec<Vec<&'a str>>,
}

impl<'a> Answers<'a> {
    pub fn of(report: &'a Report) -> Self {
        let mut found: Vec<BTreeMap<&'a Arc<str>, &'a Answer>> =
            vec![BTreeMap::new(); report.claims.len()];
        for stance in &report.stances {
            for held in &stance.held {
                found[stance.claim]
                    .entry(&held.position)
                    .or_insert(&held.answer);
            }
        }
        let of_claim = report.claims.iter().zip(found).map(|(claim, found)| {
            if let claim::Answers::Positions(positions) = &claim.answers {
                let names = positions.iter();
                return names.map(|position| &*position.name).collect();
            }
            let mut found: Vec<_> = found.into_iter().collect();
            found.sort_by(|a, b| by_answer(a.1, b.1).then(a.0.cmp(b.0)));
            found.into_iter().map(|(name, _)| &**name).collect()
        });
        Self {
            of_claim: of_claim.collect(),
        }
    }

    /// The answers to a claim, in order.
    pub fn all(&self, claim: usize) -> &[&'a str] {
        &self.of_claim[claim]
    }

    /// Class of an answer's colour; one of its own for silence.
    pub fn class(&self, claim: usize, position: Option<&str>) -> String {
        let at = position.and_then(|name| self.of_claim[claim].iter().position(|&n| n == name));
        match at {
            Some(at) => format!("chip p{}", at % COLOURS),
            None => "chip silent".to_owned(),
        }
    }
}
