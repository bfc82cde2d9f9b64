//! A statement as the plan sees it: its tokens, which probes they meet, which concepts occur, and its polarity.
//!
//! What an article's word meets depends on the word and on how it is written alone, so it is computed once a distinct word
//! and remembered; a sentence then only looks its words up.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::matching::alias::{Concept, Occurrence};
use crate::matching::plan::{Plan, Probe, ProbeKey, Seek, Unit};
use crate::similarity::word::{
    ANTONYM, Case, MIN_SPELLING_CHARS, can_be_alike, similarity, without_opposite,
};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::stem::stem;
use crate::text::token::{Token, Vocabulary, WordId};

/// Distinct words that a reader remembers before it starts afresh; bounds memory on any input (about 200 bytes a word).
const MEMORY: usize = 400_000;
/// Concept of several words without an occurrence: its words must lie this close, in words.
const SCATTER: u32 = 4;
/// And their mean similarity must reach this.
const SCATTER_MEAN: f64 = 0.5;
/// What such a scattered concept is worth.
const SCATTER_WORTH: f64 = 0.85;

/// A token that meets a probe.
#[derive(Clone, Copy, Debug)]
struct Met {
    probe: Probe,
    similarity: f64,
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
    letters: u32,
}

/// Probes arranged for look-up by an article's word.
#[derive(Clone, Debug, Default)]
pub struct ProbeIndex {
    /// Words long enough to be compared by spelling, by first letter.
    by_letter: HashMap<char, Vec<Spelling>>,
    by_stem: HashMap<Box<str>, Vec<Probe>>,
    by_opposite: HashMap<Box<str>, Vec<Probe>>,
    speech: Vec<Probe>,
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
                    if word.chars >= MIN_SPELLING_CHARS {
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
        index
    }
}

/// Reads statements; remembers what each distinct word meets.
#[derive(Debug)]
pub struct Reader<'p> {
    plan: &'p Plan,
    index: &'p ProbeIndex,
    vocabulary: Vocabulary,
    met: Vec<[Option<Rc<[Met]>>; 3]>,
    equal: Vec<Option<Rc<[WordId]>>>,
}

impl<'p> Reader<'p> {
    /// A reader that remembers nothing yet.
    pub fn new(plan: &'p Plan, index: &'p ProbeIndex) -> Self {
        Reader {
            plan,
            index,
            vocabulary: plan.vocabulary.clone(),
            met: Vec::new(),
            equal: Vec::new(),
        }
    }

    /// The words that the readings of this reader refer to.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Reads one sentence; spans count from its start.
    pub fn read(&mut self, sentence: &str) -> Reading {
        if self.vocabulary.len() > MEMORY + self.plan.vocabulary.len() {
            self.vocabulary = self.plan.vocabulary.clone();
            self.met.clear();
            self.equal.clear();
        }
        let tokens = self.vocabulary.tokenize(sentence);
        let mut hits: Vec<(Probe, Hit)> = Vec::new();
        let mut initial = true;
        for (i, token) in tokens.iter().enumerate() {
            if !token.is_word() {
                initial |= token.is_mark('"') || token.is_mark(':');
                continue;
            }
            let hit = |met: &Met| {
                (
                    met.probe,
                    Hit {
                        index: token.index,
                        first: i,
                        last: i,
                        similarity: met.similarity,
                        toggled: met.toggled,
                    },
                )
            };
            if let Some(value) = token.value() {
                let numbers = self
                    .index
                    .numbers
                    .iter()
                    .filter(|(other, _)| *other == value);
                hits.extend(numbers.map(|&(_, probe)| {
                    hit(&Met {
                        probe,
                        similarity: 1.0,
                        toggled: false,
                    })
                }));
            } else {
                let case = match (token.capital, initial) {
                    (false, _) => Case::Lower,
                    (true, true) => Case::Initial,
                    (true, false) => Case::Capital,
                };
                hits.extend(self.met(token.word, case).iter().map(hit));
            }
            initial = false;
        }
        hits.sort_by_key(|(probe, hit)| (*probe, hit.first));
        let equal: Vec<Rc<[WordId]>> = tokens
            .iter()
            .map(|token| {
                if token.is_word() {
                    self.equal(token.word)
                } else {
                    Rc::from([])
                }
            })
            .collect();
        let occurrences = self.plan.aliases.occurrences(&tokens, |i| &equal[i]);
        Reading {
            tokens,
            hits,
            occurrences,
            polarity: OnceCell::new(),
        }
    }

    fn met(&mut self, word: WordId, case: Case) -> Rc<[Met]> {
        let at = word as usize;
        if self.met.len() <= at {
            self.met.resize(at + 1, [None, None, None]);
        }
        let slot = case as usize;
        if let Some(met) = &self.met[at][slot] {
            return Rc::clone(met);
        }
        let met: Rc<[Met]> = self.compare(word, case).into();
        self.met[at][slot] = Some(Rc::clone(&met));
        met
    }

    fn compare(&self, word: WordId, case: Case) -> Vec<Met> {
        let text = self.vocabulary.word(word);
        let letter = text.folded.chars().next().unwrap_or(' ');
        let empty: &[Probe] = &[];
        let list = |map: &'p HashMap<Box<str>, Vec<Probe>>, key: &str| {
            map.get(key).map_or(empty, Vec::as_slice)
        };
        let mut candidates: Vec<Probe> = Vec::new();
        if text.chars >= MIN_SPELLING_CHARS {
            let spellings = self
                .index
                .by_letter
                .get(&letter)
                .map_or(&[][..], Vec::as_slice);
            let alike = spellings
                .iter()
                .filter(|s| can_be_alike((s.chars, s.letters), (text.chars, text.letters)));
            candidates.extend(alike.map(|s| s.probe));
        }
        candidates.extend(list(&self.index.by_stem, &text.stem));
        if text.classes.any(Classes::SPEECH) {
            candidates.extend(&self.index.speech);
        }
        candidates.sort_unstable();
        candidates.dedup();
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
                list(&self.index.by_stem, &stem(rest))
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
            if text.chars >= 5 {
                list(&self.index.by_opposite, &text.stem)
                    .iter()
                    .copied()
                    .for_each(&mut opposite);
            }
        }
        met
    }

    fn equal(&mut self, word: WordId) -> Rc<[WordId]> {
        let at = word as usize;
        if self.equal.len() <= at {
            self.equal.resize(at + 1, None);
        }
        if let Some(equal) = &self.equal[at] {
            return Rc::clone(equal);
        }
        let equal: Rc<[WordId]> = self
            .plan
            .aliases
            .equal_words(&self.plan.vocabulary, self.vocabulary.word(word))
            .into();
        self.equal[at] = Some(Rc::clone(&equal));
        equal
    }
}

/// A sentence read against the plan.
#[derive(Debug)]
pub struct Reading {
    /// Its tokens.
    pub tokens: Vec<Token>,
    hits: Vec<(Probe, Hit)>,
    /// Where concepts of any file occur, sorted by concept, then place.
    pub occurrences: Vec<Occurrence>,
    polarity: OnceCell<Polarity>,
}

impl Reading {
    /// The polarity of its tokens, read at the first call.
    pub fn polarity(&self, vocabulary: &Vocabulary) -> &Polarity {
        self.polarity
            .get_or_init(|| Polarity::read(vocabulary, &self.tokens))
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

    /// The parts of a sentence in which two parties may be heard: parted by a semicolon, or by a conjunction that contrasts
    /// ("the club says ..., but he says ..."). One part where nothing parts it.
    pub fn parties(&self, vocabulary: &Vocabulary) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for i in 0..self.tokens.len() {
            let word = &*vocabulary.word(self.tokens[i].word).folded;
            let joined = i > 0 && self.tokens[i - 1].is_mark(',');
            let parts_here = self.tokens[i].is_mark(';')
                || self.tokens[i].is_mark('—')
                || matches!(word, "but" | "while" | "whereas")
                || joined && matches!(word, "and" | "although" | "though" | "yet");
            if parts_here && i > from {
                parts.push(from..i);
                from = i + 1;
            }
        }
        parts.push(from..self.tokens.len());
        parts
    }

    /// The same sentence, of which only a part is read, and the names: who was named before is meant by what follows.
    pub fn within(&self, part: Range<usize>) -> Reading {
        let stays = |first: usize, last: usize| {
            part.contains(&first) && part.contains(&last) || self.tokens[first].capital
        };
        let hits = self
            .hits
            .iter()
            .filter(|(_, hit)| stays(hit.first, hit.last));
        let occurrences = self.occurrences.iter().filter(|o| stays(o.first, o.last));
        Reading {
            tokens: self.tokens.clone(),
            hits: hits.copied().collect(),
            occurrences: occurrences.cloned().collect(),
            polarity: self.polarity.clone(),
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
