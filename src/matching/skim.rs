//! The first pass over an article: its words, once each, and the claims whose subject each sentence names.
//!
//! Nothing here is asked for each claim. A word is looked up in a table of one byte for each distinct word and way of writing it,
//! which says whether any claim's subject hangs on it; only then are the entries found there looked at.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::matching::alias::Concept;
use crate::matching::index::{Index, Posting, named};
use crate::matching::matcher::Page;
use crate::matching::plan::{ClaimPlan, Plan, Probe, Seek, Unit};
use crate::matching::reading::{Reader, Reading, cased};
use crate::matching::score::{Scratch, meets};
use crate::matching::topic::{is_name, is_topical};
use crate::text::token::Token;

/// Room for so many tokens is kept from article to article; few are longer, and one that is shall not take memory for ever.
const KEPT: usize = 100_000;

/// What is known of a distinct word written in one way: nothing yet, or these.
const KNOWN: u8 = 1;
/// It meets a probe under which an `about` entry is posted.
const ANCHOR: u8 = 2;
/// It equals a word of an alias.
const ALIAS: u8 = 4;

/// An article's words and subjects. One is used for article after article.
#[derive(Debug, Default)]
pub(super) struct Skim {
    /// The tokens of all statements, one after the other; spans count from the statement's start.
    tokens: Vec<Token>,
    /// For each statement the end of its tokens.
    ends: Vec<usize>,
    /// Claim and statement, ascending: the statement names the claim's subject.
    pub subjects: Vec<(u32, u32)>,
    /// Statement and concept, by statement: the concept occurs there.
    concepts: Vec<(u32, Concept)>,
    /// The concepts that the article gives as names.
    named: HashSet<Concept>,
    /// By word and way of writing.
    marks: Vec<u8>,
    postings: Vec<Posting>,
    claims: Vec<u32>,
    /// The probes that the article meets anywhere, ascending; made when first asked for.
    anywhere: OnceCell<Vec<Probe>>,
}

/// The readings of an article's statements, made as they are needed. Most never are, so a place for one is small.
pub(super) type Readings = Vec<OnceCell<Box<Reading>>>;

impl Skim {
    /// Forgets what was known of words, with the reader.
    pub fn forget(&mut self) {
        self.marks.clear();
    }

    /// Passes over an article.
    pub fn read(
        &mut self,
        plan: &Plan,
        index: &Index,
        reader: &mut Reader,
        scratch: &mut Scratch,
        page: &Page,
        readings: &Readings,
    ) {
        if self.tokens.capacity() > KEPT {
            self.tokens = Vec::new();
        }
        self.tokens.clear();
        self.ends.clear();
        self.subjects.clear();
        self.concepts.clear();
        self.named.clear();
        self.anywhere.take();
        for s in 0..page.statements.len() as u32 {
            let from = self.tokens.len();
            reader.tokenize_onto(page.sentence(s as usize), &mut self.tokens);
            self.ends.push(self.tokens.len());
            let tokens = &self.tokens[from..];
            self.postings.clear();
            let mut alias = false;
            for (token, case) in cased(tokens) {
                let Some(case) = case else { continue };
                if let Some(value) = token.value() {
                    alias |= plan.aliases.begins_with_number();
                    for probe in reader.of_number(value) {
                        self.postings.extend(index.at_probe(probe));
                    }
                    continue;
                }
                let at = 3 * token.word as usize + case as usize;
                if self.marks.len() <= at {
                    self.marks.resize(at + 64, 0);
                }
                if self.marks[at] == 0 {
                    let met = reader.met(token.word, case);
                    let anchor = met.iter().any(|met| !index.at_probe(met.probe).is_empty());
                    let equals = !reader.equal(token.word).is_empty();
                    self.marks[at] =
                        KNOWN | if anchor { ANCHOR } else { 0 } | if equals { ALIAS } else { 0 };
                }
                let mark = self.marks[at];
                alias |= mark & ALIAS != 0;
                if mark & ANCHOR != 0 {
                    for met in reader.met(token.word, case) {
                        self.postings.extend(index.at_probe(met.probe));
                    }
                }
            }
            if alias {
                for occurrence in reader.occurrences(tokens) {
                    if is_name(&tokens[occurrence.first]) {
                        self.named.insert(occurrence.concept);
                    }
                    let here = (s, occurrence.concept);
                    // They come sorted by concept.
                    if self.concepts.last() != Some(&here) {
                        self.concepts.push(here);
                        self.postings.extend(index.at_concept(occurrence.concept));
                    }
                }
            }
            if self.postings.is_empty() {
                continue;
            }
            self.claims.clear();
            named(&mut self.postings, &mut self.claims, |posting| {
                let reading =
                    readings[s as usize].get_or_init(|| Box::new(reader.reading(tokens.to_vec())));
                meets(posting.of(plan), reading, scratch)
            });
            self.subjects
                .extend(self.claims.iter().map(|&claim| (claim, s)));
        }
        self.subjects.sort_unstable();
    }

    /// The first statement that names a claim's subject; beyond the last where none does.
    pub fn first_named(&self, claim: u32) -> u32 {
        let at = self.subjects.partition_point(|(other, _)| *other < claim);
        match self.subjects.get(at) {
            Some(&(other, s)) if other == claim => s,
            _ => u32::MAX,
        }
    }

    /// The tokens of a statement.
    pub fn tokens(&self, s: usize) -> &[Token] {
        let from = s.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.tokens[from..self.ends[s]]
    }

    /// The concepts that occur in a statement, each once.
    pub fn concepts(&self, s: usize) -> impl Iterator<Item = Concept> {
        let s = s as u32;
        let from = self.concepts.partition_point(|(at, _)| *at < s);
        let here = self.concepts[from..].iter();
        here.take_while(move |(at, _)| *at == s)
            .map(|(_, concept)| *concept)
    }

    /// Number of words of the article.
    pub fn words(&self) -> u32 {
        (0..self.ends.len())
            .map(|s| self.tokens(s).last())
            .map(|last| last.map_or(0, |last| last.index + u32::from(last.is_word())))
            .sum()
    }

    /// The alias groups of a claim that the article uses, and how many of them it gives as names that are not the topic's.
    pub fn groups(&self, claim: &ClaimPlan) -> (usize, usize) {
        let mut groups: Vec<Concept> = self
            .concepts
            .iter()
            .map(|(_, concept)| *concept)
            .filter(|concept| claim.concepts.contains(concept))
            .collect();
        groups.sort_unstable();
        groups.dedup();
        let kin =
            |concept: &&Concept| self.named.contains(concept) && !is_topical(claim, **concept);
        (groups.len(), groups.iter().filter(kin).count())
    }

    /// Whether any statement of the article meets a unit.
    pub fn meets(&self, unit: &Unit, reader: &mut Reader, readings: &Readings) -> bool {
        let anywhere = self.anywhere.get_or_init(|| {
            let mut probes = Vec::new();
            for s in 0..self.ends.len() {
                reader.similarities(self.tokens(s), |probe, _| probes.push(probe));
            }
            probes.sort_unstable();
            probes.dedup();
            probes
        });
        let is_met = |probe: &Probe| anywhere.binary_search(probe).is_ok();
        match &unit.seek {
            Seek::Probe(probe) => is_met(probe),
            Seek::Unknown => false,
            Seek::Concept(concept, words) => {
                self.concepts.iter().any(|(_, other)| other == concept)
                    || words.iter().any(is_met)
                        && self.meets_near_each_other(unit, reader, readings)
            }
        }
    }

    /// The words of a concept may stand near each other, though not as any alias writes them: only the full reading can tell.
    fn meets_near_each_other(&self, unit: &Unit, reader: &mut Reader, readings: &Readings) -> bool {
        let mut hits = Vec::new();
        readings.iter().enumerate().any(|(s, reading)| {
            let reading = reading.get_or_init(|| Box::new(reader.reading(self.tokens(s).to_vec())));
            reading.hits(unit, &mut hits);
            !hits.is_empty()
        })
    }
}
