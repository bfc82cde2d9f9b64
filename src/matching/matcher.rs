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
    pub fn debug(&mut self, id: &str, text: &str) {
        let reading = self.reader.read(text);
        let pol = reading.polarity(self.reader.vocabulary()).clone();
        let v = self.reader.vocabulary();
        println!("{}", reading.tokens.iter().enumerate().map(|(i, t)| format!("{}{}", v.word(t.word).folded, if pol.is_cue[i] { "!" } else if pol.negated[i] { "-" } else { "" })).collect::<Vec<_>>().join(" "));
        let Some(claim) = self.plan.claims.iter().find(|c| c.claim.id == id) else { return };
        println!("gate {:?}", claim.about.iter().filter(|e| !places(e, &reading, 0, &mut self.scratch).is_empty()).map(|e| e.text.to_string()).collect::<Vec<_>>());
        if let AnswersPlan::Positions(ps) = &claim.answers {
            let Answers::Positions(names) = &claim.claim.answers else { unreachable!() };
            let mut all = vec![];
            for (p, plan) in ps.iter().enumerate() {
                for w in &plan.wordings {
                    if let Some(s) = crate::matching::score::score(w, &reading, &pol, &mut self.scratch, 0.2) {
                        all.push((s.score, format!("{:.2} {:?} {} | {} | neg {:?} cov {:.2} mass {:.2} hits {:?}", s.score, s.verdict, names[p].name, w.text, w.negation, s.coverage, s.mass, s.hits.iter().map(|(u, h)| format!("{:?}{}:{:.2}w{:.2}{}", w.units[*u].key, if w.units[*u].negated { "-" } else { "" }, h.similarity, w.units[*u].weight, if h.toggled { "T" } else { "" })).collect::<Vec<_>>())));
                    }
                }
                println!("{} denied->{:?} affirmed->{:?}", names[p].name, plan.when_denied, plan.when_affirmed);
            }
            all.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (_, l) in all.iter().take(8) { println!("  {l}"); }
        }
    }

    /// TEMPORARY
    pub fn raw(&mut self, text: &str, sentences: &[(usize, usize)]) -> Vec<Raw> {
        let readings: Vec<Reading> = sentences.iter().map(|&(s, e)| self.reader.read(&text[s..e])).collect();
        let n = readings.len();
        let mut out = Vec::new();
        for (c, claim) in self.plan.claims.iter().enumerate() {
            if super::knob("NAMES", 1.0) > 0.0 {
                let words: u32 = readings.iter().map(|r| r.words()).sum();
                let need = if words < super::knob("SHORT", 80.0) as u32 { 1 } else { super::knob("NEED", 2.0) as usize }.min(claim.names.len());
                let mut hits = Vec::new();
                let have = claim.names.iter().filter(|unit| readings.iter().any(|r| { r.hits(unit, &mut hits); !hits.is_empty() })).count();
                if have < need { continue; }
            }
            let gate: Vec<bool> = readings.iter().map(|r| claim.about.iter().any(|entry| !places(entry, r, 0, &mut self.scratch).is_empty())).collect();
            for i in 0..n {
                if !(gate[i] || (i > 0 && gate[i - 1]) || (i + 1 < n && gate[i + 1])) {
                    continue;
                }
                let reading = &readings[i];
                let (start, end) = sentences[i];
                match &claim.answers {
                    AnswersPlan::Positions(plans) => {
                        for carried in decide::positions(claim, plans, reading, self.reader.vocabulary(), &mut self.scratch) {
                            let Answers::Positions(ps) = &claim.claim.answers else { unreachable!() };
                            out.push(Raw { claim: c, position: ps[carried.position].name.clone(), start, end, score: carried.confidence, wording: carried.wording.to_string() });
                        }
                    }
                    _ => {}
                }
            }
        }
        out
    }
}
