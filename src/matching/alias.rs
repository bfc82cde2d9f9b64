//! Aliases: sequences of words that stand for one concept.

use std::collections::HashMap;

use crate::claim::AliasGroup;
use crate::similarity::word::{MIN_ALIAS_CHARS, can_be_alike, same_in_alias};
use crate::text::compound::{self, Stems};
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::token::{Kind, Letters, Token, Vocabulary, Word, WordId};

/// A group of aliases in one claim file; numbered over all files.
pub type Concept = u32;

/// One element of an alias: a word, or a number by its value.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Word(WordId),
    Number(f64),
}

/// One written alias.
#[derive(Clone, Debug)]
struct Alias {
    concept: Concept,
    elements: Vec<Element>,
    /// One token, all capitals: the text must write it so (US is not "us", IS is not "is").
    caps: bool,
    /// Holds a particle or negator, from which other small words may part the rest.
    loose: bool,
}

/// Where a concept occurs: indexes of the first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The concept.
    pub concept: Concept,
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
}

/// Small words that may stand between the words of an alias with a particle or negator: "turned it down", "not yet been
/// confirmed".
const GAP: usize = 2;

/// A word of an alias with its length and letters.
type Spelling = (WordId, (usize, Letters));

/// All aliases of a run.
#[derive(Clone, Debug, Default)]
pub struct AliasTable {
    aliases: Vec<Alias>,
    /// Aliases by their first word; numbers have a list of their own.
    by_first: HashMap<WordId, Vec<usize>>,
    by_number: Vec<usize>,
    /// Distinct words of all aliases by stem.
    by_stem: Stems<WordId>,
    /// Those long enough to be compared by spelling, with their lengths and letters, by first letter.
    by_letter: HashMap<char, Vec<Spelling>>,
    concepts: Concept,
    /// The first concept of each set, ascending.
    sets: Vec<Concept>,
}

impl AliasTable {
    /// Enters the groups of one set; returns the concept of the first group, the others follow in order.
    pub fn enter(&mut self, vocabulary: &mut Vocabulary, groups: &[AliasGroup]) -> Concept {
        let base = self.concepts;
        self.concepts += groups.len() as Concept;
        self.sets.push(base);
        let names = groups.iter().flat_map(AliasGroup::names);
        let own: Vec<String> = names.map(|name| stem(&fold(name))).collect();
        for (concept, group) in (base..).zip(groups) {
            for name in group.names() {
                self.enter_alias(vocabulary, concept, name, &own);
            }
        }
        base
    }

    /// `own` are the stems of all names of the set.
    fn enter_alias(
        &mut self,
        vocabulary: &mut Vocabulary,
        concept: Concept,
        name: &str,
        own: &[String],
    ) {
        let tokens: Vec<Token> = vocabulary
            .tokenize(name)
            .into_iter()
            .filter(Token::is_word)
            .collect();
        let element = |token: &Token| {
            let value = token.value();
            value.map_or(Element::Word(token.word), Element::Number)
        };
        let elements: Vec<Element> = tokens.iter().map(element).collect();
        let loose = tokens.iter().any(|token| token.is(Classes::STOP));
        let caps = tokens.len() == 1 && tokens[0].caps;
        // "Cease fire" may be written "ceasefire", unless the set says what that is.
        for (at, pair) in tokens.windows(2).enumerate() {
            let [a, b] = [0, 1].map(|of: usize| vocabulary.word(pair[of].word));
            let names = pair[0].capital && pair[1].capital;
            let stem = compound::stem_of(a, b, pair[1].hyphen);
            if let Some(stem) = stem.filter(|stem| !names && !own.contains(stem)) {
                let mut joined = elements.clone();
                let word = vocabulary.intern(&stem);
                joined.splice(at..at + 2, [Element::Word(word)]);
                self.push(vocabulary, concept, joined, false, loose);
            }
        }
        self.push(vocabulary, concept, elements, caps, loose);
    }

    fn push(
        &mut self,
        vocabulary: &Vocabulary,
        concept: Concept,
        elements: Vec<Element>,
        caps: bool,
        loose: bool,
    ) {
        let Some(first) = elements.first().copied() else {
            return;
        };
        let index = self.aliases.len();
        match first {
            Element::Word(word) => self.by_first.entry(word).or_default().push(index),
            Element::Number(_) => self.by_number.push(index),
        }
        for element in &elements {
            if let Element::Word(id) = element {
                let word = vocabulary.word(*id);
                let same = self.by_stem.entry(&word.stem);
                if same.contains(id) {
                    continue;
                }
                same.push(*id);
                if word.chars >= MIN_ALIAS_CHARS {
                    let initial = word.folded.chars().next().unwrap_or(' ');
                    let bucket = self.by_letter.entry(initial).or_default();
                    bucket.push((*id, (word.chars, word.letters)));
                }
            }
        }
        self.aliases.push(Alias {
            concept,
            elements,
            caps,
            loose,
        });
    }

    /// Number of concepts.
    pub fn concepts(&self) -> usize {
        self.concepts as usize
    }

    /// Whether there is an alias that begins with a number.
    pub fn begins_with_number(&self) -> bool {
        !self.by_number.is_empty()
    }

    /// Whether there is no alias at all.
    pub fn is_empty(&self) -> bool {
        self.aliases.is_empty()
    }

    /// The alias words that a text's word equals.
    pub fn equal_words(&self, vocabulary: &Vocabulary, word: &Word) -> Vec<WordId> {
        let mut equal = self.by_stem.of(&word.stem).to_vec();
        if word.chars >= MIN_ALIAS_CHARS {
            let initial = word.folded.chars().next().unwrap_or(' ');
            let bucket = self.by_letter.get(&initial).map_or(&[][..], Vec::as_slice);
            let own = (word.chars, word.letters);
            let alike = bucket.iter().filter(|(_, other)| can_be_alike(*other, own));
            equal.extend(alike.map(|(id, _)| *id));
        }
        equal.retain(|&id| same_in_alias(vocabulary.word(id), word));
        equal.sort_unstable();
        equal.dedup();
        equal
    }

    /// The words of all aliases by stem.
    pub fn by_stem(&self) -> &Stems<WordId> {
        &self.by_stem
    }

    /// The alias words that the first two of some tokens are, taken as one compound.
    pub fn joined(&self, vocabulary: &Vocabulary, tokens: &[Token]) -> &[WordId] {
        let pair = || {
            let [first, second] = tokens.first_chunk()?;
            let words = first.kind == Kind::Word && second.kind == Kind::Word;
            let word = |token: &Token| vocabulary.word(token.word);
            words.then(|| {
                self.by_stem
                    .joined(word(first), word(second), second.hyphen)
            })?
        };
        pair().map_or(&[], |number| self.by_stem.at(number))
    }

    /// All places in `tokens` where a concept of `range` occurs. `equal(i)` gives the alias words that token `i` equals, `joined(i)` those
    /// that it and the next are together.
    pub fn occurrences<'a>(
        &self,
        tokens: &[Token],
        equal: impl Fn(usize) -> &'a [WordId],
        joined: impl Fn(usize) -> &'a [WordId],
    ) -> Vec<Occurrence> {
        let words: Vec<usize> = (0..tokens.len()).filter(|&i| tokens[i].is_word()).collect();
        let mut found = Vec::new();
        let mut by_compound: Vec<Occurrence> = Vec::new();
        for (w, &at) in words.iter().enumerate() {
            let mut try_alias = |index: usize| {
                let alias = &self.aliases[index];
                if alias.caps && !tokens[at].caps {
                    return;
                }
                // Gives the last word that meets it: the next one, where the two are a compound.
                let meets = |element: &Element, n: usize| {
                    let i = words[n];
                    match (*element, tokens[i].kind) {
                        (Element::Number(value), Kind::Number(other)) => {
                            (value == other).then_some(n)
                        }
                        (Element::Word(word), Kind::Word) => {
                            if equal(i).binary_search(&word).is_ok() {
                                Some(n)
                            } else {
                                joined(i).contains(&word).then_some(n + 1)
                            }
                        }
                        _ => None,
                    }
                };
                let Some(mut last) = meets(&alias.elements[0], w) else {
                    return;
                };
                let mut compound = last > w;
                let gap = if alias.loose { GAP } else { 0 };
                for element in &alias.elements[1..] {
                    // A verb may part from its particle, a negator from what it negates: "turned it down", "not yet been confirmed".
                    let next = (last + 1..words.len())
                        .take(gap + 1)
                        .find_map(|n| Some((n, meets(element, n)?)));
                    let Some((n, next)) = next else { return };
                    let between = words[last] + 1..words[n];
                    if between.into_iter().any(|i| !tokens[i].is(Classes::STOP)) {
                        return;
                    }
                    last = next;
                    compound |= next > n;
                }
                let found = if compound {
                    &mut by_compound
                } else {
                    &mut found
                };
                found.push(Occurrence {
                    concept: alias.concept,
                    first: at,
                    last: words[last],
                });
            };
            if tokens[at].value().is_some() {
                self.by_number.iter().copied().for_each(&mut try_alias);
            } else {
                for word in equal(at).iter().chain(joined(at)) {
                    if let Some(list) = self.by_first.get(word) {
                        list.iter().copied().for_each(&mut try_alias);
                    }
                }
            }
        }
        // Where the set itself writes it in two words, that is meant: "shut down" beside "shutdown: [closure]".
        let set = |concept: Concept| self.sets.partition_point(|base| *base <= concept);
        by_compound.retain(|one| {
            let same = |other: &Occurrence| (other.first, other.last) == (one.first, one.last);
            let mut written = found.iter().filter(|other| same(other));
            !written.any(|other| set(other.concept) == set(one.concept))
        });
        found.append(&mut by_compound);
        found.sort_unstable_by_key(|o| (o.concept, o.first, std::cmp::Reverse(o.last)));
        found.dedup_by_key(|o| (o.concept, o.first));
        found
    }
}
