//! A statement as the plan sees it: its tokens, which probes they meet, which concepts occur, and its polarity.
//!
//! What an article's word meets depends on the word and on how it is written alone, so it is computed once a distinct word
//! and remembered; a sentence then only looks its words up.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::quality::RandomState;

use crate::matching::alias::{Concept, Occurrence};
use crate::matching::plan::{Plan, Probe, ProbeKey, Seek, UNNUMBERED, Unit, Wording};
use crate::similarity::word::{
    ANTONYM, Case, MIN_SPELLING_CHARS, alike_lengths, lacks_at_most, may_lack, similarity,
    without_opposite,
};
use crate::text::assertion::{Mood, Unasserted, unasserted};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::stem::stem;
use crate::text::token::{Letters, Token, Vocabulary, WordId};
use crate::text::unknown::{Unknown, unknown};

/// Distinct words that a reader remembers before it starts afresh; bounds memory on any input (about 300 bytes a word).
const MEMORY: usize = 100_000;
/// Concept of several words without an occurrence: its words must lie this close, in words.
const SCATTER: u32 = 4;
/// And their mean similarity must reach this.
const SCATTER_MEAN: f64 = 0.5;
/// What such a scattered concept is worth.
const SCATTER_WORTH: f64 = 0.85;

/// A token that meets a probe.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    pub probe: Probe,
    pub similarity: f64,
    /// The token is the probe's opposite by prefix.
    toggled: bool,
}

/// A place where a unit is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Number of words before it.
    pub index: u32,
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// 0 to 1.
    pub similarity: f64,
    /// It is the opposite by prefix.
    pub toggled: bool,
}

/// What of a probe's word tells quickly whether another can be spelt like it.
#[derive(Clone, Copy, Debug)]
struct Spelling {
    probe: Probe,
    chars: usize,
    letters: Letters,
}

/// Probes arranged for look-up by an article's word.
#[derive(Clone, Debug, Default)]
pub struct ProbeIndex {
    /// Words long enough to be compared by spelling, by first letter; the shortest first.
    by_letter: HashMap<char, Vec<Spelling>, RandomState>,
    by_stem: HashMap<Box<str>, Vec<Probe>, RandomState>,
    by_opposite: HashMap<Box<str>, Vec<Probe>, RandomState>,
    speech: Vec<Probe>,
    /// Ascending.
    numbers: Vec<(f64, Probe)>,
}

impl ProbeIndex {
    /// Arranges the probes of a plan.
    pub fn new(plan: &Plan) -> Self {
        let mut index = ProbeIndex::default();
        for (probe, key) in (0..).zip(&plan.probes) {
            match *key {
                ProbeKey::Number(value) => index.numbers.push((value, probe)),
                ProbeKey::Word(word, _) => {
                    let word = plan.vocabulary.word(word);
                    let letter = word.folded.chars().next().unwrap_or(' ');
                    // A stop word matches only itself, which its stem finds.
                    let stop = word.classes.any(Classes::STOP);
                    if word.chars >= MIN_SPELLING_CHARS && !stop {
                        index.by_letter.entry(letter).or_default().push(Spelling {
                            probe,
                            chars: word.chars,
                            letters: word.letters,
                        });
                    }
                    index
                        .by_stem
                        .entry(word.stem.clone())
                        .or_default()
                        .push(probe);
                    if word.classes.any(Classes::SPEECH) {
                        index.speech.push(probe);
                    }
                    for rest in without_opposite(&word.folded) {
                        index
                            .by_opposite
                            .entry(stem(rest).into())
                            .or_default()
                            .push(probe);
                    }
                }
            }
        }
        for spellings in index.by_letter.values_mut() {
            spellings.sort_by_key(|spelling| spelling.chars);
        }
        index.numbers.sort_by(|a, b| a.0.total_cmp(&b.0));
        index
    }

    /// The probes of this number.
    fn of_number(&self, value: f64) -> impl Iterator<Item = Probe> {
        let start = self.numbers.partition_point(|(other, _)| *other < value);
        let same = self.numbers[start..].iter();
        same.take_while(move |(other, _)| *other == value)
            .map(|(_, probe)| *probe)
    }

    /// The probes that a word of so many letters, beginning with this one, can be spelt like.
    fn spelt_like(&self, letter: char, own: (usize, Letters)) -> impl Iterator<Item = Probe> {
        let spellings = self.by_letter.get(&letter).map_or(&[][..], Vec::as_slice);
        let (least, most) = alike_lengths(own.0);
        let from = spellings.partition_point(|spelling| spelling.chars < least);
        let to = spellings.partition_point(|spelling| spelling.chars <= most);
        // They stand in the order of their lengths, so what may be lacking is worked out once a length.
        let of_lengths = spellings[from..to].chunk_by(|a, b| a.chars == b.chars);
        of_lengths
            .filter_map(move |of_length| Some((of_length, may_lack(of_length[0].chars, own.0)?)))
            .flat_map(move |(of_length, most)| {
                let alike = move |s: &&Spelling| lacks_at_most(s.letters, own.1, most);
                of_length.iter().filter(alike).map(|s| s.probe)
            })
    }
}

/// What a distinct word meets where it is written in one way: a range of what the reader remembers.
#[derive(Clone, Copy, Debug)]
struct Remembered {
    start: u32,
    end: u32,
}

/// Not looked up yet.
const UNKNOWN: Remembered = Remembered {
    start: u32::MAX,
    end: u32::MAX,
};

/// What a reader knows of the words that it has met.
#[derive(Debug, Default)]
pub(super) struct Memory {
    vocabulary: Vocabulary,
    /// What all words met so far, one after the other.
    met: Vec<Met>,
    /// For each word and case its part of `met`.
    remembered: Vec<[Remembered; 3]>,
    /// For each word the alias words that it equals.
    equal: Vec<Option<Box<[WordId]>>>,
}

impl Memory {
    /// Knows the words of the plan, and nothing of them yet.
    pub fn new(plan: &Plan) -> Self {
        Memory {
            vocabulary: plan.vocabulary.clone(),
            met: Vec::new(),
            remembered: Vec::new(),
            equal: Vec::new(),
        }
    }
}

/// Reads statements; remembers what each distinct word meets.
#[derive(Debug)]
pub struct Reader<'p> {
    plan: &'p Plan,
    index: &'p ProbeIndex,
    pub(super) memory: Memory,
    compared: u64,
}

impl<'p> Reader<'p> {
    /// A reader that remembers nothing yet.
    pub fn new(plan: &'p Plan, index: &'p ProbeIndex) -> Self {
        Reader::with(plan, index, Memory::new(plan))
    }

    /// A reader that goes on with what another one of the same plan remembered.
    pub(super) fn with(plan: &'p Plan, index: &'p ProbeIndex, memory: Memory) -> Self {
        Reader {
            plan,
            index,
            memory,
            compared: 0,
        }
    }

    /// The words that the readings of this reader refer to.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.memory.vocabulary
    }

    /// Pairs of an article's distinct word and a probe that were compared so far.
    pub fn compared(&self) -> u64 {
        self.compared
    }

    /// Forgets all words where they have become too many. Readings made before refer to words that are no longer there.
    /// Gives whether it did.
    pub(super) fn forget_if_full(&mut self) -> bool {
        let full = self.memory.vocabulary.len() > MEMORY + self.plan.vocabulary.len();
        if full {
            self.memory = Memory::new(self.plan);
        }
        full
    }

    /// Reads one sentence; spans count from its start.
    pub fn read(&mut self, sentence: &str) -> Reading {
        let tokens = self.memory.vocabulary.tokenize(sentence);
        self.reading(tokens)
    }

    /// Puts the tokens of a sentence behind those that are there.
    pub(super) fn tokenize_onto(&mut self, sentence: &str, tokens: &mut Vec<Token>) {
        self.memory.vocabulary.tokenize_onto(sentence, tokens);
    }

    /// Reads the tokens of one sentence.
    pub(super) fn reading(&mut self, tokens: Vec<Token>) -> Reading {
        let mut hits: Vec<(Probe, Hit)> = Vec::new();
        for (i, (token, case)) in cased(&tokens).enumerate() {
            let Some(case) = case else { continue };
            let hit = |probe, similarity, toggled| {
                let hit = Hit {
                    index: token.index,
                    first: i,
                    last: i,
                    similarity,
                    toggled,
                };
                (probe, hit)
            };
            if let Some(value) = token.value() {
                let numbers = self.index.of_number(value);
                hits.extend(numbers.map(|probe| hit(probe, 1.0, false)));
            } else {
                let met = self.met(token.word, case).iter();
                hits.extend(met.map(|met| hit(met.probe, met.similarity, met.toggled)));
            }
        }
        // By probe, then in the order of the text, in which they came. Small keys are put in order more quickly than hits.
        let keys = hits.iter().zip(0_u64..);
        let mut keys: Vec<u64> = keys
            .map(|((probe, _), at)| u64::from(*probe) << 32 | at)
            .collect();
        keys.sort_unstable();
        let hits: Vec<(Probe, Hit)> = keys.iter().map(|key| hits[*key as u32 as usize]).collect();
        let occurrences = self.occurrences(&tokens);
        Reading {
            unknown: unknown(&self.memory.vocabulary, &tokens),
            part: 0..tokens.len(),
            parts: OnceCell::new(),
            tokens,
            met: Sieve::of(&hits),
            hits,
            occurrences,
            polarity: OnceCell::new(),
            unasserted: OnceCell::new(),
            only: OnceCell::new(),
        }
    }

    /// Where concepts of any file occur in a sentence, sorted by concept, then place.
    pub(super) fn occurrences(&mut self, tokens: &[Token]) -> Vec<Occurrence> {
        if self.plan.aliases.is_empty() {
            return Vec::new();
        }
        for token in tokens.iter().filter(|token| token.is_word()) {
            self.equal(token.word);
        }
        let equal = |i: usize| -> &[WordId] {
            let word = tokens[i].word as usize;
            self.memory
                .equal
                .get(word)
                .and_then(Option::as_deref)
                .unwrap_or(&[])
        };
        self.plan.aliases.occurrences(tokens, equal)
    }

    /// The best similarity of each probe that a sentence meets, in any order; a probe may come several times.
    pub(super) fn similarities(&mut self, tokens: &[Token], mut each: impl FnMut(Probe, f64)) {
        for (token, case) in cased(tokens) {
            let Some(case) = case else { continue };
            if let Some(value) = token.value() {
                self.index
                    .of_number(value)
                    .for_each(|probe| each(probe, 1.0));
            } else {
                for met in self.met(token.word, case) {
                    each(met.probe, met.similarity);
                }
            }
        }
    }

    /// The probes of a number.
    pub(super) fn of_number(&self, value: f64) -> impl Iterator<Item = Probe> + use<'p> {
        self.index.of_number(value)
    }

    /// What a word meets. Only the first time is it compared.
    pub(super) fn met(&mut self, word: WordId, case: Case) -> &[Met] {
        let at = word as usize;
        if self.memory.remembered.len() <= at {
            self.memory.remembered.resize(at + 1, [UNKNOWN; 3]);
        }
        let known = &self.memory.remembered[at][case as usize];
        let part = if known.start == UNKNOWN.start {
            self.learn(word, case)
        } else {
            *known
        };
        &self.memory.met[part.start as usize..part.end as usize]
    }

    #[cold]
    fn learn(&mut self, word: WordId, case: Case) -> Remembered {
        let met = self.compare(word, case);
        let start = self.memory.met.len() as u32;
        self.memory.met.extend(met);
        let part = Remembered {
            start,
            end: self.memory.met.len() as u32,
        };
        self.memory.remembered[word as usize][case as usize] = part;
        part
    }

    fn compare(&mut self, word: WordId, case: Case) -> Vec<Met> {
        let text = self.memory.vocabulary.word(word);
        let letter = text.folded.chars().next().unwrap_or(' ');
        let index = self.index;
        let empty: &[Probe] = &[];
        let list = |map: &'p HashMap<Box<str>, Vec<Probe>, RandomState>, key: &str| {
            map.get(key).map_or(empty, Vec::as_slice)
        };
        let mut candidates: Vec<Probe> = Vec::new();
        if text.chars >= MIN_SPELLING_CHARS && !text.classes.any(Classes::STOP) {
            candidates.extend(index.spelt_like(letter, (text.chars, text.letters)));
        }
        candidates.extend(list(&index.by_stem, &text.stem));
        if text.classes.any(Classes::SPEECH) {
            candidates.extend(&index.speech);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let compared = candidates.len() as u64;
        let mut met: Vec<Met> = candidates
            .into_iter()
            .filter_map(|probe| {
                let ProbeKey::Word(own, own_case) = self.plan.probes[probe as usize] else {
                    return None;
                };
                let similarity = similarity(self.plan.vocabulary.word(own), own_case, text, case);
                (similarity > 0.0).then_some(Met {
                    probe,
                    similarity,
                    toggled: false,
                })
            })
            .collect();
        let mut opposite = |probe: Probe| {
            if !met.iter().any(|m| m.probe == probe) {
                met.push(Met {
                    probe,
                    similarity: ANTONYM,
                    toggled: true,
                });
            }
        };
        if !text.classes.any(Classes::STOP) {
            for rest in without_opposite(&text.folded) {
                list(&index.by_stem, &stem(rest))
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
            if text.chars >= 5 {
                list(&index.by_opposite, &text.stem)
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
        }
        self.compared += compared;
        met
    }

    /// The alias words that a word equals.
    pub(super) fn equal(&mut self, word: WordId) -> &[WordId] {
        if self.plan.aliases.is_empty() {
            return &[];
        }
        let at = word as usize;
        if self.memory.equal.len() <= at {
            self.memory.equal.resize(at + 1, None);
        }
        self.memory.equal[at].get_or_insert_with(|| {
            self.plan
                .aliases
                .equal_words(&self.plan.vocabulary, self.memory.vocabulary.word(word))
                .into()
        })
    }
}

/// The tokens of a sentence with the way in which each is written; `None` for marks. A capital says nothing where a sentence or a
/// quotation begins.
pub(super) fn cased(tokens: &[Token]) -> impl Iterator<Item = (&Token, Option<Case>)> {
    let mut initial = true;
    tokens.iter().map(move |token| {
        if !token.is_word() {
            initial |= token.is_mark('"') || token.is_mark(':');
            return (token, None);
        }
        let case = match (token.capital, initial) {
            (false, _) => Case::Lower,
            (true, true) => Case::Initial,
            (true, false) => Case::Capital,
        };
        initial = false;
        (token, Some(case))
    })
}

/// A set of probes that may take one for in that is not, but never the other way round: a bit for every probe with the same last
/// ten bits.
#[derive(Debug, Default)]
struct Sieve([u64; 16]);

impl Sieve {
    fn of(hits: &[(Probe, Hit)]) -> Self {
        let mut sieve = Sieve::default();
        for (probe, _) in hits {
            sieve.0[*probe as usize / 64 % 16] |= 1 << (probe % 64);
        }
        sieve
    }

    fn may_hold(&self, probe: Probe) -> bool {
        self.0[probe as usize / 64 % 16] >> (probe % 64) & 1 == 1
    }
}

/// A sentence read against the plan.
#[derive(Debug)]
pub struct Reading {
    /// Its tokens.
    pub tokens: Vec<Token>,
    hits: Vec<(Probe, Hit)>,
    /// Tells of most probes that they are not met, without a search.
    met: Sieve,
    /// Where concepts of any file occur, sorted by concept, then place.
    pub occurrences: Vec<Occurrence>,
    /// The tokens that are read: all, or one party's part of a sentence.
    pub part: Range<usize>,
    /// The parts in which two parties may be heard, where they have been looked for: they are the same for every claim.
    pub(super) parts: OnceCell<Vec<Range<usize>>>,
    /// What it says is not known.
    pub unknown: Vec<Unknown>,
    polarity: OnceCell<Polarity>,
    unasserted: OnceCell<Vec<Unasserted>>,
    /// The numbers, ascending, of the positions' wordings that can reach the floor here, where that is known.
    only: OnceCell<Option<Box<[u32]>>>,
}

impl Reading {
    /// The polarity of its tokens, read at the first call.
    pub fn polarity(&self, vocabulary: &Vocabulary) -> &Polarity {
        self.polarity
            .get_or_init(|| Polarity::read(vocabulary, &self.tokens))
    }

    /// The spans that it does not assert, read at the first call: most sentences are never asked.
    pub fn unasserted(&self, vocabulary: &Vocabulary) -> &[Unasserted] {
        self.unasserted.get_or_init(|| {
            let mut open = unasserted(vocabulary, &self.tokens);
            let unknown = self
                .unknown
                .iter()
                .filter_map(|unknown| unknown.open.clone());
            open.extend(unknown.map(|span| Unasserted {
                from: span.start,
                to: span.end,
                mood: Mood::Unknown,
            }));
            open
        })
    }

    /// Of the positions' wordings only these, by their numbers in ascending order, can reach the floor; `None` where that is not known.
    pub(super) fn only(&self, wordings: impl FnOnce() -> Option<Box<[u32]>>) {
        self.only.get_or_init(wordings);
    }

    /// Whether a wording may reach the floor: `false` is sure.
    pub(super) fn may_reach(&self, wording: &Wording) -> bool {
        let only = self.only.get().and_then(Option::as_deref);
        wording.number == UNNUMBERED
            || only.is_none_or(|only| only.binary_search(&wording.number).is_ok())
    }

    /// Number of words.
    pub fn words(&self) -> u32 {
        self.tokens
            .last()
            .map_or(0, |last| last.index + u32::from(last.is_word()))
    }

    /// Whether it is a question, which carries no position: it ends in a question mark.
    pub fn asks(&self) -> bool {
        let closing = |token: &&Token| !token.is_mark('"') && !token.is_mark(')');
        self.tokens
            .iter()
            .rev()
            .find(closing)
            .is_some_and(|token| token.is_mark('?'))
    }

    /// The same sentence, of which only a part is read, and the names: who was named before is meant by what follows. `meant` stands
    /// there itself, as a pronoun.
    pub(super) fn within(
        &self,
        vocabulary: &Vocabulary,
        part: &Range<usize>,
        meant: &[&Unit],
    ) -> Reading {
        let inside = |first: usize, last: usize| part.contains(&first) && part.contains(&last);
        let is_probe = |probe: Probe| meant.iter().any(|unit| unit.seek == Seek::Probe(probe));
        let is_concept = |concept: Concept| {
            let mut units = meant.iter();
            units.any(|unit| matches!(unit.seek, Seek::Concept(it, _) if it == concept))
        };
        let hits = self.hits.iter().filter(|(probe, hit)| {
            let named = || self.tokens[hit.first].capital && !is_probe(*probe);
            inside(hit.first, hit.last) || named()
        });
        let occurrences = self.occurrences.iter().filter(|o| {
            let named = || self.tokens[o.first].capital && !is_concept(o.concept);
            inside(o.first, o.last) || named()
        });
        let hits: Vec<(Probe, Hit)> = hits.copied().collect();
        Reading {
            tokens: self.tokens.clone(),
            met: Sieve::of(&hits),
            hits,
            occurrences: occurrences.cloned().collect(),
            part: part.clone(),
            parts: OnceCell::new(),
            unknown: self
                .unknown
                .iter()
                .filter(|unknown| part.contains(&unknown.first) && part.contains(&unknown.last))
                .cloned()
                .collect(),
            polarity: OnceCell::from(self.polarity(vocabulary).within(part)),
            unasserted: OnceCell::from(self.unasserted(vocabulary).to_vec()),
            only: self.only.clone(),
        }
    }

    /// The same sentence, where the word at `at` stands for a name, given by its units.
    pub(super) fn with_name(&self, names: &[&Unit], at: usize, similarity: f64) -> Reading {
        let (mut hits, mut occurrences) = (self.hits.clone(), self.occurrences.clone());
        for name in names {
            match &name.seek {
                Seek::Probe(probe) => hits.push((
                    *probe,
                    Hit {
                        index: self.tokens[at].index,
                        first: at,
                        last: at,
                        similarity,
                        toggled: false,
                    },
                )),
                Seek::Concept(concept, _) => occurrences.push(Occurrence {
                    concept: *concept,
                    first: at,
                    last: at,
                }),
                Seek::Unknown => {}
            }
        }
        hits.sort_by_key(|(probe, hit)| (*probe, hit.first));
        occurrences.sort_by_key(|it| (it.concept, it.first));
        Reading {
            tokens: self.tokens.clone(),
            met: Sieve::of(&hits),
            hits,
            occurrences,
            part: self.part.clone(),
            parts: OnceCell::new(),
            unknown: self.unknown.clone(),
            polarity: self.polarity.clone(),
            unasserted: self.unasserted.clone(),
            only: OnceCell::new(),
        }
    }

    /// Whether these stems stand in it, one after the other.
    pub fn has(&self, vocabulary: &Vocabulary, stems: &[Box<str>]) -> bool {
        let words: Vec<&str> = self
            .tokens
            .iter()
            .filter(|t| t.is_word())
            .map(|t| &*vocabulary.word(t.word).stem)
            .collect();
        !stems.is_empty()
            && words
                .windows(stems.len())
                .any(|window| window.iter().zip(stems).all(|(a, b)| **a == **b))
    }

    fn of_probe(&self, probe: Probe) -> &[(Probe, Hit)] {
        if !self.met.may_hold(probe) {
            return &[];
        }
        let start = self.hits.partition_point(|(p, _)| *p < probe);
        let len = self.hits[start..]
            .iter()
            .take_while(|(p, _)| *p == probe)
            .count();
        &self.hits[start..start + len]
    }

    /// The probes that are met, each once.
    pub fn probes(&self) -> impl Iterator<Item = Probe> {
        self.hits.chunk_by(|a, b| a.0 == b.0).map(|same| same[0].0)
    }

    /// The concepts that occur, each once.
    pub fn concepts(&self) -> impl Iterator<Item = Concept> {
        self.occurrences
            .chunk_by(|a, b| a.concept == b.concept)
            .map(|same| same[0].concept)
    }

    /// Where a concept occurs.
    pub fn of_concept(&self, concept: Concept) -> &[Occurrence] {
        let start = self.occurrences.partition_point(|o| o.concept < concept);
        let len = self.occurrences[start..]
            .iter()
            .take_while(|o| o.concept == concept)
            .count();
        &self.occurrences[start..start + len]
    }

    /// Every place where a unit is met, in text order.
    pub fn hits(&self, unit: &Unit, out: &mut Vec<Hit>) {
        out.clear();
        match &unit.seek {
            Seek::Probe(probe) => out.extend(self.of_probe(*probe).iter().map(|(_, hit)| *hit)),
            Seek::Unknown => out.extend(self.unknown.iter().map(|unknown| Hit {
                index: self.tokens[unknown.first].index,
                first: unknown.first,
                last: unknown.last,
                similarity: 1.0,
                toggled: false,
            })),
            Seek::Concept(concept, words) => {
                let occurrences = self.of_concept(*concept);
                if occurrences.is_empty() {
                    out.extend(self.scattered(words));
                } else {
                    out.extend(occurrences.iter().map(|o| Hit {
                        index: self.tokens[o.first].index,
                        first: o.first,
                        last: o.last,
                        similarity: 1.0,
                        toggled: false,
                    }));
                }
            }
        }
    }

    /// A concept whose words stand near each other, though not as any alias writes them.
    fn scattered(&self, words: &[Probe]) -> Option<Hit> {
        if words.is_empty() {
            return None;
        }
        if let [word] = words {
            // "not confirmed" for a concept that the wording calls "unconfirmed"
            return self
                .of_probe(*word)
                .iter()
                .map(|(_, hit)| *hit)
                .find(|hit| hit.toggled);
        }
        let anchors = self.of_probe(
            *words
                .iter()
                .find(|&&word| !self.of_probe(word).is_empty())?,
        );
        let mut best: Option<Hit> = None;
        for (_, anchor) in anchors {
            let (mut sum, mut first, mut last) = (0.0, *anchor, *anchor);
            for &word in words {
                let near = self
                    .of_probe(word)
                    .iter()
                    .map(|(_, hit)| hit)
                    .filter(|hit| hit.index.abs_diff(anchor.index) <= SCATTER && !hit.toggled);
                if let Some(hit) = near.max_by(|a, b| {
                    a.similarity
                        .total_cmp(&b.similarity)
                        .then(b.index.cmp(&a.index))
                }) {
                    sum += hit.similarity;
                    if hit.index < first.index {
                        first = *hit;
                    }
                    if hit.index > last.index {
                        last = *hit;
                    }
                }
            }
            let mean = sum / words.len() as f64;
            if mean >= SCATTER_MEAN
                && last.index - first.index <= SCATTER
                && best.is_none_or(|b| mean * SCATTER_WORTH > b.similarity)
            {
                best = Some(Hit {
                    index: first.index,
                    first: first.first,
                    last: last.last,
                    similarity: mean * SCATTER_WORTH,
                    toggled: false,
                });
            }
        }
        best
    }
}
