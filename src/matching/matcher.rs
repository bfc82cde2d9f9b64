//! The matcher: reads an article's statements against the plan and says which positions they carry.

use std::sync::Arc;

use crate::claim::{Answers, Claim};
use crate::matching::plan::{AnswersPlan, Plan};
use crate::matching::reading::{ProbeIndex, Reader, Reading};
use crate::matching::score::{Scratch, places};
use crate::matching::decide;

/// All claims, ready to be looked for. Shared by all threads.
#[derive(Debug)]
pub struct Matcher {
    plan: Plan,
    index: ProbeIndex,
}

impl Matcher {
    /// Compiles the claims.
    pub fn new(claims: &[Arc<Claim>]) -> Self {
        let plan = Plan::new(claims);
        let index = ProbeIndex::new(&plan);
        Matcher { plan, index }
    }

    /// A reader with a memory of its own, one a thread.
    pub fn worker(&self) -> Worker<'_> {
        Worker { plan: &self.plan, reader: Reader::new(&self.plan, &self.index), scratch: Scratch::default() }
    }
}

/// Matches articles; what it finds depends on the article alone, never on what it read before.
#[derive(Debug)]
pub struct Worker<'m> {
    plan: &'m Plan,
    reader: Reader<'m>,
    scratch: Scratch,
}

/// TEMPORARY
pub struct Raw { pub claim: usize, pub position: String, pub start: usize, pub end: usize, pub score: f64, pub wording: String }

impl<'m> Worker<'m> {
    /// TEMPORARY
    pub fn raw(&mut self, text: &str, sentences: &[(usize, usize)]) -> Vec<Raw> {
        let readings: Vec<Reading> = sentences.iter().map(|&(s, e)| self.reader.read(&text[s..e])).collect();
        let n = readings.len();
        let mut out = Vec::new();
        for (c, claim) in self.plan.claims.iter().enumerate() {
            let gate: Vec<bool> = readings.iter().map(|r| claim.about.iter().any(|entry| !places(entry, r, 0, &mut self.scratch).is_empty())).collect();
            for i in 0..n {
                if !(gate[i] || (i > 0 && gate[i - 1]) || (i + 1 < n && gate[i + 1])) {
                    continue;
                }
                let reading = &readings[i];
                let polarity = reading.polarity(self.reader.vocabulary());
                let (start, end) = sentences[i];
                match &claim.answers {
                    AnswersPlan::Positions(plans) => {
                        for carried in decide::positions(claim, plans, reading, polarity, &mut self.scratch) {
                            let Answers::Positions(ps) = &claim.claim.answers else { unreachable!() };
                            out.push(Raw { claim: c, position: ps[carried.position].name.clone(), start, end, score: carried.score, wording: carried.wording.to_string() });
                        }
                    }
                    _ => {}
                }
            }
        }
        out
    }
}
