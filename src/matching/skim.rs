//! The first look at an article: its words, once each, whose subject each sentence names, and what it could answer at all.
//!
//! A word is looked up in what the reader remembers of it. That leads to the claims whose subject a sentence names; the claims in reach
//! ([`near`](super::near)) are asked only for the wordings that the words of the sentence lead to ([`ceiling`](super::ceiling)). Most
//! sentences end there: nothing else is computed of them.

use std::cell::{LazyCell, OnceCell};
use std::collections::HashSet;
use std::ops::Range;

use crate::matching::alias::Concept;
use crate::matching::ceiling::{Able, Ceiling, Reached};
use crate::matching::index::{Index, Posting};
use crate::matching::near::{ClaimBits, Near};
use crate::matching::page::Page;
use crate::matching::plan::{ClaimPlan, Plan, UNNUMBERED};
use crate::matching::pronoun;
use crate::matching::quantity;
use crate::matching::reading::{Joined, Reader, Reading, Remembered, cased};
use crate::matching::score::{Scratch, meets};
use crate::matching::topic::{is_name, is_topical};
use crate::matching::unit::{Probe, Seek, Unit};
use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Room for so many tokens is kept from article to article; few are longer, and one that is shall not take memory for ever.
const KEPT: usize = 100_000;

/// So many wordings that sentences could carry are told apart in an article; where there are more, only the claims are. A text of millions
/// of short lines, each near every wording, must not fill the memory.
const MOST_WORDINGS: usize = 200_000;

/// What is known of a distinct word written in one way: nothing yet, or this and what else holds of it.
const KNOWN: u32 = 1;
/// It equals a word of an alias.
const ALIAS: u32 = 2;
/// It may begin a compound that the claims write in one word.
const BEGINS: u32 = 4;
/// The bits above, where there are any, give the number of its lead, from 1.
const LEAD: u32 = 8;

/// What a word leads to: the claims whose subject it is, and the `about` entries of which it may be a part, as ends of their lists, each
/// of which begins where the one before ends.
#[derive(Clone, Copy, Debug, Default)]
struct Lead {
    claims: usize,
    entries: usize,
}

/// The leads of all words met so far.
#[derive(Debug, Default)]
struct Leads {
    ends: Vec<Lead>,
    claims: Vec<u32>,
    entries: Vec<Posting>,
}

impl Leads {
    /// Adds one, and gives its number, from 1; 0 where it leads nowhere.
    fn push<'a>(&mut self, postings: impl Iterator<Item = &'a Posting>) -> u32 {
        let before = self.ends.last().copied().unwrap_or_default();
        for posting in postings {
            if posting.verify {
                self.entries.push(*posting);
            } else if !self.claims[before.claims..].contains(&posting.claim) {
                self.claims.push(posting.claim);
            }
        }
        let end = Lead {
            claims: self.claims.len(),
            entries: self.entries.len(),
        };
        if (end.claims, end.entries) == (before.claims, before.entries) {
            return 0;
        }
        self.ends.push(end);
        self.ends.len() as u32
    }

    /// The claims and entries of a lead, by its number.
    fn of(&self, number: u32) -> (&[u32], &[Posting]) {
        let at = number as usize - 1;
        let from = at
            .checked_sub(1)
            .map_or_else(Lead::default, |before| self.ends[before]);
        let to = self.ends[at];
        (
            &self.claims[from.claims..to.claims],
            &self.entries[from.entries..to.entries],
        )
    }
}

/// An article's words, and what they lead to. One is used for article after article.
#[derive(Debug, Default)]
pub(super) struct Skim {
    /// The tokens of all statements, one after the other; spans count from the statement's start.
    tokens: Vec<Token>,
    /// What each of them meets.
    met: Vec<Remembered>,
    /// For each statement the end of its tokens.
    ends: Vec<usize>,
    /// The compounds of all statements, and for each statement the end of its own.
    joined: Vec<Joined>,
    joined_ends: Vec<usize>,
    /// Number of words in all of them.
    words: u32,
    /// What the statements could answer, if their surroundings name the subject; ascending.
    pub able: Vec<Able>,
    /// The same by statement: the numbers of the wordings, ascending.
    wordings: Vec<(u32, u32)>,
    /// Whether the wordings of `able` are told apart.
    told_apart: bool,
    /// At so many of them those of one claim are put together.
    most: usize,
    near: Near,
    /// The claims whose subject the statement at hand names.
    named: ClaimBits,
    /// The claims in reach of the statement at hand. First stand those in reach of every statement of its paragraph.
    in_reach: ClaimBits,
    /// That paragraph, with the number of these claims.
    of_paragraph: Option<(usize, usize)>,
    /// The `about` entries that the statement at hand meets if more than a word is there.
    postings: Vec<Posting>,
    /// The claims whose subject any statement names.
    ever: ClaimBits,
    /// For each of these, by its index, the first statement that names it.
    first: Vec<u32>,
    /// Statement and concept, by statement: the concept occurs there.
    concepts: Vec<(u32, Concept)>,
    /// The concepts that the article gives as names.
    given: HashSet<Concept>,
    /// The probes that the article meets anywhere, ascending; made when first asked for.
    anywhere: OnceCell<Vec<Probe>>,
    leads: Leads,
}

/// The readings of an article's statements, made as they are needed. Most never are, so a place for one is small.
pub(super) type Readings = Vec<OnceCell<Box<Reading>>>;

/// What a worker looks things up in.
pub(super) struct Lookup<'a, 'p> {
    pub plan: &'p Plan,
    pub index: &'p Index,
    pub ceiling: &'p Ceiling,
    pub reached: &'a mut Reached,
    pub reader: &'a mut Reader<'p>,
}

impl Skim {
    /// Forgets what was known of words, with the reader.
    pub fn forget(&mut self) {
        self.leads = Leads::default();
    }

    fn begin(&mut self, claims: usize) {
        if self.tokens.capacity() > KEPT {
            self.tokens = Vec::new();
            self.met = Vec::new();
        }
        if self.able.capacity() > 2 * MOST_WORDINGS {
            self.able = Vec::new();
        }
        self.tokens.clear();
        self.met.clear();
        self.ends.clear();
        self.joined.clear();
        self.joined_ends.clear();
        self.words = 0;
        self.able.clear();
        self.wordings.clear();
        self.told_apart = true;
        self.most = MOST_WORDINGS;
        self.near.begin(claims);
        self.in_reach.begin(claims);
        self.of_paragraph = None;
        self.named.begin(claims);
        self.ever.begin(claims);
        self.first.resize(claims, 0);
        self.concepts.clear();
        self.given.clear();
        self.anywhere.take();
    }

    /// Looks at an article.
    pub fn read(
        &mut self,
        lookup: &mut Lookup,
        scratch: &mut Scratch,
        page: &Page,
        readings: &Readings,
    ) {
        self.begin(lookup.plan.claims.len());
        for (s, statement) in page.statements.iter().enumerate() {
            let from = self.tokens.len();
            lookup
                .reader
                .tokenize_onto(page.sentence(s), &mut self.tokens);
            self.ends.push(self.tokens.len());
            let last = self.tokens[from..].last();
            self.words += last.map_or(0, |last| last.index + u32::from(last.is_word()));
            self.name_subjects(lookup, scratch, s, from, readings);
            let reach = |claim: u32| lookup.plan.claims[claim as usize].claim.reach;
            self.near.push(statement, self.named.claims(), reach);
            for &claim in self.named.claims() {
                if self.ever.insert(claim) {
                    self.first[claim as usize] = s as u32;
                }
            }
        }
        if self.near.is_empty() {
            return;
        }
        for s in 0..page.statements.len() {
            self.ask(lookup, page, s);
        }
        if self.told_apart {
            let of_positions = self.able.iter().filter(|able| able.wording != UNNUMBERED);
            let wordings = of_positions.map(|able| (able.statement, able.wording));
            self.wordings.extend(wordings);
            self.wordings.sort_unstable();
        }
        self.able.sort_unstable();
    }

    /// Finds the claims whose subject a statement names, whose tokens begin at `from`.
    fn name_subjects(
        &mut self,
        lookup: &mut Lookup,
        scratch: &mut Scratch,
        s: usize,
        from: usize,
        readings: &Readings,
    ) {
        let Lookup {
            plan,
            index,
            ceiling,
            reached,
            reader,
        } = lookup;
        self.named.clear();
        self.postings.clear();
        let tokens = &self.tokens[from..];
        let (named, unsure, leads) = (&mut self.named, &mut self.postings, &mut self.leads);
        let joined_from = self.joined.len();
        let mut alias = false;
        let mut begins = false;
        for (i, (token, case)) in cased(tokens).enumerate() {
            if std::mem::take(&mut begins)
                && let Some(joined) = reader.joined(tokens, i - 1)
            {
                alias |= joined.equals();
                for probe in reader.probes_of(joined) {
                    post(index.at_probe(*probe), named, unsure);
                }
                self.joined.push(joined);
            }
            let Some(case) = case else {
                self.met.push(Remembered::NOTHING);
                continue;
            };
            if let Some(value) = token.value() {
                self.met.push(Remembered::NUMBER);
                alias |= plan.aliases.begins_with_number();
                for probe in reader.of_number(value) {
                    post(index.at_probe(probe), named, unsure);
                }
                continue;
            }
            let known = reader.known(token.word, case);
            self.met.push(known.met);
            let mut mark = known.note;
            if mark == 0 {
                let met = reader.met(known.met).iter();
                let lead = leads.push(met.flat_map(|met| index.at_probe(met.probe)));
                let equals = !reader.equal(token.word).is_empty();
                mark = KNOWN | if equals { ALIAS } else { 0 } | (lead * LEAD);
                if reader.begins(token.word) {
                    mark |= BEGINS;
                }
                reader.note(token.word, case, mark);
            }
            alias |= mark & ALIAS != 0;
            begins = mark & BEGINS != 0;
            if mark >= LEAD {
                let (claims, entries) = leads.of(mark / LEAD);
                for claim in claims {
                    named.insert(*claim);
                }
                unsure.extend(entries);
            }
        }
        if alias {
            for occurrence in reader.occurrences(tokens, &self.joined[joined_from..]) {
                if is_name(&tokens[occurrence.first]) {
                    self.given.insert(occurrence.concept);
                }
                let here = (s as u32, occurrence.concept);
                // They come sorted by concept.
                if self.concepts.last() != Some(&here) {
                    self.concepts.push(here);
                    post(index.at_concept(occurrence.concept), named, unsure);
                }
            }
        }
        self.joined_ends.push(self.joined.len());
        if self.postings.is_empty() {
            return;
        }
        // Only where all units of an entry are met somewhere is it worth to look where.
        let mut postings = std::mem::take(&mut self.postings);
        reach(self, ceiling, reached, reader, s);
        postings.sort_unstable();
        postings.dedup();
        for posting in &postings {
            if !self.named.holds(posting.claim)
                && ceiling.may_name(posting.claim, posting.entry, reached)
            {
                let reading = self.reading(s, reader, readings);
                if meets(posting.of(plan), reading, scratch) {
                    self.named.insert(posting.claim);
                }
            }
        }
        self.postings = postings;
    }

    /// Finds what a statement could answer on the claims in reach.
    fn ask(&mut self, lookup: &mut Lookup, page: &Page, s: usize) {
        let Lookup {
            plan,
            ceiling,
            reached,
            reader,
            ..
        } = lookup;
        let in_reach = &mut self.in_reach;
        let paragraph = page.statements[s].paragraph;
        match self.of_paragraph {
            Some((last, claims)) if last == paragraph => in_reach.truncate(claims),
            _ => {
                in_reach.clear();
                self.near.of_paragraph(paragraph, |claim| {
                    in_reach.insert(claim);
                });
                self.of_paragraph = Some((paragraph, in_reach.claims().len()));
            }
        }
        let of_claim = |claim: u32| plan.claims[claim as usize].claim.reach;
        self.near.of_statement(s, of_claim, |claim| {
            in_reach.insert(claim);
        });
        if self.in_reach.claims().is_empty() {
            return;
        }
        reach(self, ceiling, reached, reader, s);
        let statement = s as u32;
        let mut able = std::mem::take(&mut self.able);
        // Few claims ask for a number, and to look for one takes a look at every word.
        let number = LazyCell::new(|| {
            quantity::has_number(page.sentence(s), self.tokens(s), reader.vocabulary())
        });
        let gives_number = || *number;
        ceiling.able(reached, &self.in_reach, statement, gives_number, |found| {
            able.push(found);
        });
        if ceiling.any_takes_bare_numbers() {
            let named = self.near.named(s).iter().copied();
            let bare = named.filter(|&claim| ceiling.takes_bare_numbers(claim) && *number);
            able.extend(bare.map(|claim| Able {
                claim,
                statement,
                wording: UNNUMBERED,
            }));
        }
        self.able = able;
        if self.able.len() > self.most {
            self.told_apart = false;
            for able in &mut self.able {
                able.wording = UNNUMBERED;
            }
            self.able.sort_unstable();
            self.able.dedup();
            self.most = self.most.max(2 * self.able.len());
        }
    }

    /// The first statement that names a claim's subject; beyond the last where none does.
    pub fn first_named(&self, claim: u32) -> u32 {
        if self.ever.holds(claim) {
            self.first[claim as usize]
        } else {
            u32::MAX
        }
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
        let kin = |concept: &&Concept| self.gives(**concept) && !is_topical(claim, **concept);
        (groups.len(), groups.iter().filter(kin).count())
    }

    /// Whether the article gives a concept as a name.
    pub fn gives(&self, concept: Concept) -> bool {
        self.given.contains(&concept)
    }

    /// Whether a statement names the subject of a claim itself.
    pub fn names(&self, s: usize, claim: u32) -> bool {
        self.near.named(s).contains(&claim)
    }

    /// The numbers, ascending, of the positions' wordings that a statement can carry; `None` where that is not known.
    pub fn wordings(&self, s: usize) -> Option<Box<[u32]>> {
        let s = s as u32;
        let from = self.wordings.partition_point(|(at, _)| *at < s);
        let here = self.wordings[from..].iter();
        let here = here.take_while(|(at, _)| *at == s);
        self.told_apart
            .then(|| here.map(|(_, wording)| *wording).collect())
    }

    /// The reading of a statement.
    pub fn reading<'r>(
        &self,
        s: usize,
        reader: &mut Reader,
        readings: &'r Readings,
    ) -> &'r Reading {
        readings[s].get_or_init(|| {
            let read = reader.reading_of(self.tokens(s).to_vec(), self.met(s), self.joined(s));
            Box::new(read)
        })
    }

    /// The tokens of a statement.
    fn tokens(&self, s: usize) -> &[Token] {
        &self.tokens[self.range(s)]
    }

    /// What each token of a statement meets.
    fn met(&self, s: usize) -> &[Remembered] {
        &self.met[self.range(s)]
    }

    /// The compounds of a statement.
    fn joined(&self, s: usize) -> &[Joined] {
        let ends = &self.joined_ends;
        &self.joined[s.checked_sub(1).map_or(0, |before| ends[before])..ends[s]]
    }

    fn range(&self, s: usize) -> Range<usize> {
        s.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[s]
    }

    /// Statements whose subject is a pronoun, with its token, ascending.
    pub fn on_pronouns(&self, vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
        let subject = |s| Some((s, pronoun::subject(vocabulary, self.tokens(s))?));
        (0..self.ends.len()).filter_map(subject).collect()
    }

    /// Number of words of the article.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// Whether any statement of the article meets a unit.
    pub fn meets(&self, unit: &Unit, reader: &mut Reader, readings: &Readings) -> bool {
        let anywhere = self.anywhere.get_or_init(|| {
            let mut probes = Vec::new();
            for s in 0..self.ends.len() {
                let joined = self.joined(s);
                reader.similarities(self.tokens(s), self.met(s), joined, |probe, _| {
                    probes.push(probe);
                });
            }
            probes.sort_unstable();
            probes.dedup();
            probes
        });
        let is_met = |probe: &Probe| anywhere.binary_search(probe).is_ok();
        match &unit.seek {
            Seek::Probe(probe) => is_met(probe) || unit.compound.as_ref().is_some_and(is_met),
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
        (0..readings.len()).any(|s| {
            self.reading(s, reader, readings).hits(unit, &mut hits);
            !hits.is_empty()
        })
    }
}

/// Notes the claims that entries name, and the entries that are still to be looked at.
fn post(postings: &[Posting], named: &mut ClaimBits, unsure: &mut Vec<Posting>) {
    for posting in postings {
        if posting.verify {
            unsure.push(*posting);
        } else {
            named.insert(posting.claim);
        }
    }
}

/// Gathers what a statement meets.
fn reach(skim: &Skim, ceiling: &Ceiling, reached: &mut Reached, reader: &Reader, s: usize) {
    reached.clear();
    reader.similarities(
        skim.tokens(s),
        skim.met(s),
        skim.joined(s),
        |probe, similarity| ceiling.meet(reached, probe, similarity),
    );
    if skim
        .tokens(s)
        .iter()
        .any(|token| token.is(Classes::UNKNOWN))
    {
        ceiling.meet_unknown(reached);
    }
    let at = s as u32;
    let from = skim.concepts.partition_point(|(of, _)| *of < at);
    let here = skim.concepts[from..].iter();
    for (_, concept) in here.take_while(|(of, _)| *of == at) {
        ceiling.meet_concept(reached, *concept);
    }
}
