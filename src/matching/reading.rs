//! A statement as the plan sees it: its tokens, which probes they meet, which concepts occur, and its polarity.
//!
//! What an article's word meets depends on the word and on how it is written alone, so it is computed once a distinct word
//! and remembered; a sentence then only looks its words up.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::quality::RandomState;

use crate::matching::alias::{Concept, Occurrence};
use crate::matching::plan::{Plan, PositionPlan, ProbeKey, UNNUMBERED, Wording};
use crate::matching::unit::{Probe, Seek, Unit};
use crate::similarity::word::{
    ANTONYM, Case, MIN_SPELLING_CHARS, SAME_STEM, alike_lengths, lacks_at_most, may_lack, once,
    similarity, without_opposite,
};
use crate::text::assertion::{Mood, Unasserted, unasserted};
use crate::text::compound::{self, Stems};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::stem::{names_act, stem};
use crate::text::token::{Kind, Letters, Token, Vocabulary, WordId};
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

/// Probes with what of their words tells quickly whether another word can be spelt like them; the shortest first. The letters lie
/// together, as they are looked at one after the other for each new word of the articles.
#[derive(Clone, Debug, Default)]
struct Spellings {
    chars: Vec<usize>,
    letters: Vec<Letters>,
    /// Of the letters those that are there at all, without those that are there twice.
    once: Vec<u32>,
    probes: Vec<Probe>,
}

/// So many words are looked at in a go, in a way in which the processor can do several at once.
const LANES: usize = 8;

/// Which of the words, as bits, may have so few letters that the other lacks: first of theirs, then of the other's.
fn few_lacking(words: &[u32; LANES], own: u32, most: (u32, u32)) -> u32 {
    // Plain loops of a known length, one step for all words after the other, are what becomes instructions for several at once.
    let (mut theirs, mut ours) = ([0; LANES], [0; LANES]);
    for lane in 0..LANES {
        theirs[lane] = words[lane] & !own;
        ours[lane] = own & !words[lane];
    }
    for _ in 0..most.0 {
        for set in &mut theirs {
            *set &= set.wrapping_sub(1);
        }
    }
    for _ in 0..most.1 {
        for set in &mut ours {
            *set &= set.wrapping_sub(1);
        }
    }
    let mut few = 0;
    for lane in 0..LANES {
        few |= u32::from(theirs[lane] | ours[lane] == 0) << lane;
    }
    few
}

/// Probes arranged for look-up by an article's word.
#[derive(Clone, Debug, Default)]
pub struct ProbeIndex {
    /// Words long enough to be compared by spelling, by first letter.
    by_letter: HashMap<char, Spellings, RandomState>,
    by_stem: Stems<Probe>,
    /// What a wording writes in two words.
    by_compound: HashMap<Box<str>, Vec<Probe>, RandomState>,
    by_opposite: HashMap<Box<str>, Vec<Probe>, RandomState>,
    speech: Vec<Probe>,
    /// Ascending.
    numbers: Vec<(f64, Probe)>,
}

impl ProbeIndex {
    /// Arranges the probes of a plan.
    pub fn new(plan: &Plan) -> Self {
        let mut index = ProbeIndex::default();
        let mut by_length: Vec<(usize, char, Letters, Probe)> = Vec::new();
        for (probe, key) in (0..).zip(&plan.probes) {
            match *key {
                ProbeKey::Number(value) => index.numbers.push((value, probe)),
                ProbeKey::Compound(word) => {
                    let stem = plan.vocabulary.word(word).stem.clone();
                    index.by_compound.entry(stem).or_default().push(probe);
                }
                ProbeKey::Word(word, _) => {
                    let word = plan.vocabulary.word(word);
                    let letter = word.folded.chars().next().unwrap_or(' ');
                    // A stop word matches only itself, which its stem finds.
                    let stop = word.classes.any(Classes::STOP);
                    if word.chars >= MIN_SPELLING_CHARS && !stop {
                        by_length.push((word.chars, letter, word.letters, probe));
                    }
                    index.by_stem.entry(&word.stem).push(probe);
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
        by_length.sort_unstable();
        for (chars, letter, letters, probe) in by_length {
            let spellings = index.by_letter.entry(letter).or_default();
            spellings.chars.push(chars);
            spellings.letters.push(letters);
            spellings.once.push(once(letters));
            spellings.probes.push(probe);
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

    /// Puts the probes that a word of so many letters, beginning with this one, can be spelt like behind those that are there.
    fn spelt_like(&self, letter: char, own: (usize, Letters), out: &mut Vec<Probe>) {
        let Some(spellings) = self.by_letter.get(&letter) else {
            return;
        };
        let (least, most) = alike_lengths(own.0);
        let mut from = spellings.chars.partition_point(|chars| *chars < least);
        // They stand in the order of their lengths, so what may be lacking is worked out once a length.
        while let Some(&chars) = spellings.chars.get(from).filter(|chars| **chars <= most) {
            let to = from + spellings.chars[from..].partition_point(|other| *other == chars);
            if let Some(most) = may_lack(chars, own.0) {
                let mut ask = |at: usize| {
                    if lacks_at_most(spellings.letters[at], own.1, most) {
                        out.push(spellings.probes[at]);
                    }
                };
                let (blocks, rest) = spellings.once[from..to].as_chunks();
                for (block, words) in blocks.iter().enumerate() {
                    let mut few = few_lacking(words, once(own.1), most);
                    while few != 0 {
                        ask(from + block * LANES + few.trailing_zeros() as usize);
                        few &= few - 1;
                    }
                }
                (to - rest.len()..to).for_each(ask);
            }
            from = to;
        }
    }
}

/// What a token meets: a range of what the reader remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Remembered {
    start: u32,
    end: u32,
}

impl Remembered {
    /// A mark meets nothing.
    pub const NOTHING: Self = Self { start: 0, end: 0 };
    /// What a number meets is not remembered.
    pub const NUMBER: Self = Self {
        start: u32::MAX,
        end: u32::MAX,
    };
}

/// Two neighbouring words that are a compound which the claims write in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joined {
    /// Index of the first of them in the sentence.
    pub first: u32,
    /// The probes of the compound, by the number of its stem.
    probes: Option<u32>,
    /// The words of aliases that it equals, likewise.
    words: Option<u32>,
}

impl Joined {
    /// Whether it equals a word of an alias.
    pub fn equals(self) -> bool {
        self.words.is_some()
    }
}

/// What is known of a distinct word written in one way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// What it meets.
    pub met: Remembered,
    /// What was noted of it; 0 for nothing yet.
    pub note: u32,
}

/// Of a word that was not looked up yet; what it meets is that of no word.
const UNKNOWN: Known = Known {
    met: Remembered::NUMBER,
    note: 0,
};

/// What a reader knows of the words that it has met.
#[derive(Debug, Default)]
pub(super) struct Memory {
    vocabulary: Vocabulary,
    /// What all words met so far, one after the other.
    met: Vec<Met>,
    /// For each word and case its part of `met`, and what else is known of it.
    known: Vec<[Known; 3]>,
    /// For each word the alias words that it equals.
    equal: Vec<Option<Box<[WordId]>>>,
    /// What neighbouring words are as one, where that has been asked.
    pairs: HashMap<(WordId, WordId, bool), Option<Joined>, RandomState>,
}

impl Memory {
    /// Knows the words of the plan, and nothing of them yet.
    pub fn new(plan: &Plan) -> Self {
        Memory {
            vocabulary: plan.vocabulary.clone(),
            met: Vec::new(),
            known: Vec::new(),
            equal: Vec::new(),
            pairs: HashMap::default(),
        }
    }

    fn of(&self, met: Remembered) -> &[Met] {
        &self.met[met.start as usize..met.end as usize]
    }
}

/// Reads statements; remembers what each distinct word meets.
#[derive(Debug)]
pub struct Reader<'p> {
    plan: &'p Plan,
    index: &'p ProbeIndex,
    pub(super) memory: Memory,
    compared: u64,
    /// What the sentence at hand meets, before it is put in order, and by what it is.
    hits: Vec<(Probe, Hit)>,
    keys: Vec<u64>,
    met: Vec<Remembered>,
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
            hits: Vec::new(),
            keys: Vec::new(),
            met: Vec::new(),
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
        let mut met = std::mem::take(&mut self.met);
        met.clear();
        met.extend(cased(&tokens).map(|(token, case)| match case {
            Some(_) if token.value().is_some() => Remembered::NUMBER,
            Some(case) => self.known(token.word, case).met,
            None => Remembered::NOTHING,
        }));
        let pairs = 0..tokens.len().saturating_sub(1);
        let joined: Vec<Joined> = pairs.filter_map(|at| self.joined(&tokens, at)).collect();
        let reading = self.reading_of(tokens, &met, &joined);
        self.met = met;
        reading
    }

    /// The compound that a token and the next one are, if the claims write it in one word.
    pub(super) fn joined(&mut self, tokens: &[Token], at: usize) -> Option<Joined> {
        let [first, second] = [tokens[at], tokens[at + 1]];
        let words = first.kind == Kind::Word && second.kind == Kind::Word;
        if !words || !compound::may_join(first.classes, second.classes, second.hyphen) {
            return None;
        }
        let pair = (first.word, second.word, second.hyphen);
        let joined = match self.memory.pairs.get(&pair) {
            Some(joined) => *joined,
            None => self.join(pair),
        };
        joined.map(|joined| Joined {
            first: at as u32,
            ..joined
        })
    }

    /// The compound that two words are, whichever their place. It is remembered.
    #[cold]
    fn join(&mut self, pair: (WordId, WordId, bool)) -> Option<Joined> {
        let (first, second, hyphen) = pair;
        let [first, second] = [first, second].map(|word| self.memory.vocabulary.word(word));
        let probes = self.index.by_stem.joined(first, second, hyphen);
        let words = self.plan.aliases.by_stem().joined(first, second, hyphen);
        let joined = (probes.is_some() || words.is_some()).then_some(Joined {
            first: 0,
            probes,
            words,
        });
        if self.memory.pairs.len() >= MEMORY {
            self.memory.pairs.clear();
        }
        self.memory.pairs.insert(pair, joined);
        joined
    }

    /// Whether a word may begin a compound that the claims write in one word; `false` is sure. It is not remembered here.
    pub(super) fn begins(&self, word: WordId) -> bool {
        let word = self.memory.vocabulary.word(word);
        self.index.by_stem.may_begin(word) || self.plan.aliases.by_stem().may_begin(word)
    }

    /// The probes of a compound.
    pub(super) fn probes_of(&self, joined: Joined) -> &'p [Probe] {
        let probes = joined.probes.map(|number| self.index.by_stem.at(number));
        probes.unwrap_or_default()
    }

    /// Reads the tokens of one sentence, with what each meets, and which of them are compounds.
    pub(super) fn reading_of(
        &mut self,
        tokens: Vec<Token>,
        met: &[Remembered],
        joined: &[Joined],
    ) -> Reading {
        let mut joined_next = joined.iter().peekable();
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        for (i, (token, met)) in tokens.iter().zip(met).enumerate() {
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
                let met = self.memory.of(*met).iter();
                hits.extend(met.map(|met| hit(met.probe, met.similarity, met.toggled)));
            }
            if let Some(joined) = joined_next.next_if(|joined| joined.first as usize == i) {
                let probes = self.probes_of(*joined).iter();
                hits.extend(probes.map(|probe| {
                    let (probe, hit) = hit(*probe, SAME_STEM, false);
                    (probe, Hit { last: i + 1, ..hit })
                }));
            }
        }
        // By probe, then in the order of the text, in which they came. Small keys are put in order more quickly than hits.
        let keys = &mut self.keys;
        keys.clear();
        keys.extend(
            (0_u64..)
                .zip(&hits)
                .map(|(at, (probe, _))| u64::from(*probe) << 32 | at),
        );
        keys.sort_unstable();
        let in_order = keys.iter().map(|key| hits[*key as u32 as usize]).collect();
        self.hits = std::mem::replace(&mut hits, in_order);
        let occurrences = self.occurrences(&tokens, joined);
        Reading {
            unknown: unknown(&self.memory.vocabulary, &tokens),
            part: 0..tokens.len(),
            parts: OnceCell::new(),
            main: OnceCell::new(),
            alone: OnceCell::new(),
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
    pub(super) fn occurrences(&mut self, tokens: &[Token], joined: &[Joined]) -> Vec<Occurrence> {
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
        let of_joined = |i: usize| -> &[WordId] {
            if joined.is_empty() {
                return &[];
            }
            let mut joined = joined.iter().filter(|joined| joined.first as usize == i);
            let words = joined.next().and_then(|joined| joined.words);
            words.map_or(&[], |number| self.plan.aliases.by_stem().at(number))
        };
        self.plan.aliases.occurrences(tokens, equal, of_joined)
    }

    /// The best similarity of each probe that a sentence meets, in any order; a probe may come several times. `met` tells what each
    /// token meets, `joined` which of them are compounds.
    pub(super) fn similarities(
        &self,
        tokens: &[Token],
        met: &[Remembered],
        joined: &[Joined],
        mut each: impl FnMut(Probe, f64),
    ) {
        for (token, met) in tokens.iter().zip(met) {
            if let (Remembered::NUMBER, Some(value)) = (*met, token.value()) {
                let numbers = self.index.of_number(value);
                numbers.for_each(|probe| each(probe, 1.0));
            } else {
                let met = self.memory.of(*met).iter();
                met.for_each(|met| each(met.probe, met.similarity));
            }
        }
        for joined in joined {
            let probes = self.probes_of(*joined).iter();
            probes.for_each(|probe| each(*probe, SAME_STEM));
        }
    }

    /// The probes of a number.
    pub(super) fn of_number(&self, value: f64) -> impl Iterator<Item = Probe> + use<'p> {
        self.index.of_number(value)
    }

    /// What is known of a word. Only the first time is it compared.
    pub(super) fn known(&mut self, word: WordId, case: Case) -> Known {
        let at = word as usize;
        if self.memory.known.len() <= at {
            self.memory.known.resize(at + 1, [UNKNOWN; 3]);
        }
        let known = self.memory.known[at][case as usize];
        if known.met == Remembered::NUMBER {
            self.learn(word, case)
        } else {
            known
        }
    }

    /// Notes something of a word that is known; not 0.
    pub(super) fn note(&mut self, word: WordId, case: Case, note: u32) {
        self.memory.known[word as usize][case as usize].note = note;
    }

    /// What a token meets, by what is remembered of it.
    pub(super) fn met(&self, met: Remembered) -> &[Met] {
        self.memory.of(met)
    }

    #[cold]
    fn learn(&mut self, word: WordId, case: Case) -> Known {
        let met = self.compare(word, case);
        let start = self.memory.met.len() as u32;
        self.memory.met.extend(met);
        let end = self.memory.met.len() as u32;
        let known = Known {
            met: Remembered { start, end },
            note: 0,
        };
        self.memory.known[word as usize][case as usize] = known;
        known
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
            index.spelt_like(letter, (text.chars, text.letters), &mut candidates);
        }
        candidates.extend(index.by_stem.of(&text.stem));
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
                index
                    .by_stem
                    .of(&stem(rest))
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
            // No opposite in "un-" is shorter.
            if text.chars >= 3 {
                list(&index.by_opposite, &text.stem)
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
        }
        let compounds = list(&index.by_compound, &text.stem).iter();
        met.extend(compounds.map(|&probe| Met {
            probe,
            similarity: SAME_STEM,
            toggled: false,
        }));
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
#[derive(Clone, Debug, Default)]
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
#[derive(Clone, Debug)]
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
    /// The sentence without each clause that only tells how it was before, where there are any: that is the same for every claim, too.
    pub(super) main: OnceCell<Vec<Reading>>,
    /// Each of the parts read by itself, where it has been: that is the same for every claim, too.
    alone: OnceCell<Box<[OnceCell<Reading>]>>,
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

    /// The wordings of a position that may reach the floor, each with its index: the others cannot.
    pub(super) fn askable<'p>(
        &self,
        plan: &'p PositionPlan,
    ) -> impl Iterator<Item = (usize, &'p Wording)> {
        let numbers = plan.numbers();
        let only = self.only.get().and_then(Option::as_deref).map(|only| {
            let from = only.partition_point(|number| *number < numbers.start);
            let to = only[from..].partition_point(|number| *number < numbers.end);
            &only[from..from + to]
        });
        let many = only.map_or(numbers.len(), <[u32]>::len);
        (0..many).map(move |nth| {
            let at = only.map_or(nth, |only| (only[nth] - numbers.start) as usize);
            (at, plan.wording(at))
        })
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

    /// One of its parts, read by itself.
    pub(super) fn alone(&self, vocabulary: &Vocabulary, part: &Range<usize>) -> Cow<'_, Reading> {
        let parts = self.parts.get().map_or(&[][..], Vec::as_slice);
        let Some(nth) = parts.iter().position(|other| other == part) else {
            return Cow::Owned(self.within(vocabulary, part, &[]));
        };
        let alone = self
            .alone
            .get_or_init(|| parts.iter().map(|_| OnceCell::new()).collect());
        Cow::Borrowed(alone[nth].get_or_init(|| self.within(vocabulary, part, &[])))
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
            met: Sieve::of(&hits),
            hits,
            occurrences: occurrences.cloned().collect(),
            part: part.clone(),
            unknown: self
                .unknown
                .iter()
                .filter(|unknown| part.contains(&unknown.first) && part.contains(&unknown.last))
                .cloned()
                .collect(),
            polarity: OnceCell::from(self.polarity(vocabulary).within(part)),
            unasserted: OnceCell::from(self.unasserted(vocabulary).to_vec()),
            only: self.only.clone(),
            ..self.bare()
        }
    }

    /// Its tokens, of which nothing is known yet.
    fn bare(&self) -> Reading {
        Reading {
            tokens: self.tokens.clone(),
            hits: Vec::new(),
            met: Sieve::default(),
            occurrences: Vec::new(),
            part: self.part.clone(),
            parts: OnceCell::new(),
            main: OnceCell::new(),
            alone: OnceCell::new(),
            unknown: Vec::new(),
            polarity: OnceCell::new(),
            unasserted: OnceCell::new(),
            only: OnceCell::new(),
        }
    }

    /// The same sentence without what a clause says: whom and what it speaks of may be meant by what follows.
    pub(super) fn without(&self, vocabulary: &Vocabulary, clause: &Range<usize>) -> Reading {
        let noun = |at: usize| {
            let before = at.checked_sub(1).map(|i| &self.tokens[i]);
            let article = |token: &Token| {
                token.is(Classes::POSSESSIVE)
                    || matches!(&*vocabulary.word(token.word).folded, "a" | "an" | "the")
            };
            before.is_some_and(article) && !names_act(&vocabulary.word(self.tokens[at].word).folded)
        };
        let kept =
            |first: usize| !clause.contains(&first) || self.tokens[first].capital || noun(first);
        let hits: Vec<(Probe, Hit)> = self
            .hits
            .iter()
            .filter(|(_, hit)| kept(hit.first))
            .copied()
            .collect();
        let occurrences = self.occurrences.iter().filter(|o| kept(o.first));
        let unknown = self.unknown.iter();
        let unasserted = self.unasserted(vocabulary).iter();
        let unasserted = unasserted.filter(|span| !clause.contains(&span.from));
        Reading {
            met: Sieve::of(&hits),
            hits,
            occurrences: occurrences.cloned().collect(),
            unknown: unknown
                .filter(|unknown| !clause.contains(&unknown.first))
                .cloned()
                .collect(),
            polarity: OnceCell::from(self.polarity(vocabulary).without(clause)),
            unasserted: OnceCell::from(unasserted.copied().collect::<Vec<_>>()),
            only: self.only.clone(),
            ..self.bare()
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
            met: Sieve::of(&hits),
            hits,
            occurrences,
            unknown: self.unknown.clone(),
            polarity: self.polarity.clone(),
            unasserted: self.unasserted.clone(),
            ..self.bare()
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

    /// The tokens at which any of the units is met.
    pub(super) fn met_by<'u>(&self, units: impl IntoIterator<Item = &'u Unit>) -> Vec<bool> {
        let mut met = vec![false; self.tokens.len()];
        let mut hits = Vec::new();
        for unit in units {
            self.hits(unit, &mut hits);
            for hit in &hits {
                met[hit.first..=hit.last].fill(true);
            }
        }
        met
    }

    /// Every place where a unit is met, in text order.
    #[inline]
    pub fn hits(&self, unit: &Unit, out: &mut Vec<Hit>) {
        out.clear();
        // Most units are met nowhere, and most of these can be told from here.
        match &unit.seek {
            Seek::Probe(probe) if !self.met.may_hold(*probe) => {}
            seek => self.hits_of(seek, out),
        }
        if let Some(compound) = unit.compound
            && self.met.may_hold(compound)
        {
            self.hits_of_compound(compound, out);
        }
    }

    #[cold]
    fn hits_of_compound(&self, compound: Probe, out: &mut Vec<Hit>) {
        out.extend(self.of_probe(compound).iter().map(|(_, hit)| *hit));
        out.sort_by_key(|hit| hit.first);
    }

    fn hits_of(&self, seek: &Seek, out: &mut Vec<Hit>) {
        match seek {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::collection::vec;

    use super::*;
    use crate::claim::parse;
    use crate::source::Source;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn no_probe_that_is_alike_is_missed(
            says in vec("[abAB][abc]{4,8}", 1..120),
            texts in vec("[ab][abc]{4,8}", 1..20),
        ) {
            let claim = format!(
                "topic: T\nclaims:\n  - id: a\n    question: Q?\n    about: [x]\n    positions:\n      \
                p: {{says: \"{}\"}}\n      q: {{says: \"No.\"}}\n",
                says.join(" "),
            );
            let loaded = parse(Arc::new(Source::new("a.yaml", claim)));
            let claims: Vec<_> = loaded.items.into_iter().map(Arc::new).collect();
            let plan = Plan::new(&claims);
            let index = ProbeIndex::new(&plan);
            let mut reader = Reader::new(&plan, &index);
            for text in &texts {
                let word = reader.memory.vocabulary.intern(text);
                for case in [Case::Lower, Case::Initial, Case::Capital] {
                    let known = reader.known(word, case);
                    let met = reader.met(known.met).iter().filter(|met| !met.toggled);
                    let met: Vec<(Probe, f64)> = met.map(|met| (met.probe, met.similarity)).collect();
                    let alike = (0..).zip(&plan.probes).filter_map(|(probe, key)| {
                        let ProbeKey::Word(own, own_case) = *key else { return None };
                        let own = plan.vocabulary.word(own);
                        let similarity = similarity(own, own_case, reader.vocabulary().word(word), case);
                        (similarity > 0.0).then_some((probe, similarity))
                    });
                    proptest::prop_assert_eq!(met, alike.collect::<Vec<_>>());
                }
            }
        }
    }
}
