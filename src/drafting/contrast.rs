//! Contrasts: subjects on which clauses of different articles differ in a verb, a negation or a number.

use std::collections::{BTreeMap, BTreeSet};

use super::clause::{Clause, Clauses, is_negated};
use super::sense::{Sense, opposite};
use crate::text::token::WordId;

/// A word is rare where it stands in no more than this share of all statements, or in no more than `FEW`.
const RARE: f64 = 0.2;
/// See `RARE`: in a few short articles on one event every word is frequent.
const FEW: usize = 8;
/// A word in more statements than this is common, however many articles there are; it also bounds the number of pairs.
const MANY: usize = 40;
/// What a number or an opposite is worth beside the weight of the shared words.
const BONUS: f64 = 2.0;

/// What a clause says of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stand {
    /// A listed sense, and whether it is negated.
    Sense(Sense, bool),
    /// A word by its stem, and whether it is negated: told from the other by the negation alone.
    Word(WordId, bool),
}

impl Stand {
    /// Whether both cannot be said of one thing.
    pub fn contradicts(self, other: Self) -> bool {
        match (self, other) {
            (Self::Sense(a, x), Self::Sense(b, y)) => {
                (a == b && x != y) || (!x && !y && opposite(a, b))
            }
            (Self::Word(a, x), Self::Word(b, y)) => a == b && x != y,
            _ => false,
        }
    }
}

/// Clauses that answer one question differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// The stems of the subject: neighbours in every clause (`together`), or apart.
    pub subject: Vec<WordId>,
    /// Whether the subject's words stand next to each other, in this order.
    pub together: bool,
    /// How the clauses differ.
    pub kind: ContrastKind,
    /// How much it promises: the rarity of what is shared, and the number of articles.
    pub score: f64,
}

/// How clauses differ.
#[derive(Clone, Debug, PartialEq)]
pub enum ContrastKind {
    /// In what they say, each with its clauses in order of text.
    Stands(Vec<(Stand, Vec<usize>)>),
    /// In a number that counts one noun, the clauses in order of text.
    Numbers {
        /// What the numbers stand with, as the first clause writes it.
        of: String,
        /// The clauses.
        clauses: Vec<usize>,
    },
}

/// The contrasts of some articles, the best first.
pub fn contrasts(read: &Clauses) -> Vec<Contrast> {
    let finder = Finder::new(read);
    let mut found: BTreeMap<(Vec<WordId>, bool, Option<NumberKey>), Contrast> = BTreeMap::new();
    for (a, b) in finder.pairs() {
        for contrast in finder.of_pair(a, b) {
            let number = match &contrast.kind {
                ContrastKind::Numbers { clauses, .. } => {
                    clauses.first().and_then(|&at| finder.number_key(at))
                }
                ContrastKind::Stands(_) => None,
            };
            let key = (contrast.subject.clone(), contrast.together, number);
            let known = found.get(&key);
            if known.is_none_or(|known| known.score < contrast.score) {
                found.insert(key, contrast);
            }
        }
    }
    let mut all: Vec<Contrast> = found.into_values().collect();
    all.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| evidence(a).cmp(&evidence(b)))
            .then_with(|| a.subject.cmp(&b.subject))
    });
    // The same clauses under another subject are the same question.
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    all.retain(|contrast| {
        let clauses = evidence(contrast);
        let known = clauses.iter().filter(|at| taken.contains(at)).count();
        let fresh = known * 2 < clauses.len();
        if fresh {
            taken.extend(clauses);
        }
        fresh
    });
    all
}

fn evidence(contrast: &Contrast) -> Vec<usize> {
    match &contrast.kind {
        ContrastKind::Stands(stands) => stands.iter().flat_map(|(_, at)| at.clone()).collect(),
        ContrastKind::Numbers { clauses, .. } => clauses.clone(),
    }
}

/// What must be equal for two numbers to be compared.
type NumberKey = WordId;

struct Finder<'a> {
    read: &'a Clauses,
    stems: Vec<BTreeSet<WordId>>,
    /// The clauses in which a rare stem stands.
    places: BTreeMap<WordId, Vec<usize>>,
    weights: BTreeMap<WordId, f64>,
    /// How many articles give a rare stem.
    articles: BTreeMap<WordId, usize>,
    /// How many articles there are.
    count: usize,
}

impl<'a> Finder<'a> {
    fn new(read: &'a Clauses) -> Self {
        let stems: Vec<BTreeSet<WordId>> = read.clauses.iter().map(Clause::stems).collect();
        let mut statements: BTreeMap<WordId, BTreeSet<usize>> = BTreeMap::new();
        let mut places: BTreeMap<WordId, Vec<usize>> = BTreeMap::new();
        for (at, clause) in read.clauses.iter().enumerate() {
            for &stem in &stems[at] {
                statements.entry(stem).or_default().insert(clause.said);
                places.entry(stem).or_default().push(at);
            }
        }
        let count = read.said.len() as f64;
        let most = ((count * RARE) as usize).clamp(FEW, MANY);
        let articles = |said: &BTreeSet<usize>| -> usize {
            let articles: BTreeSet<usize> = said.iter().map(|&s| read.said[s].article).collect();
            articles.len()
        };
        statements.retain(|_, said| said.len() <= most && articles(said) > 1);
        places.retain(|stem, _| statements.contains_key(stem));
        let weights = statements
            .iter()
            .map(|(&stem, said)| (stem, (1.0 + count / said.len() as f64).ln()))
            .collect();
        let given = statements
            .iter()
            .map(|(&stem, said)| (stem, articles(said)))
            .collect();
        let all: BTreeSet<usize> = read.said.iter().map(|said| said.article).collect();
        Self {
            read,
            stems,
            places,
            weights,
            articles: given,
            count: all.len(),
        }
    }

    fn article(&self, clause: usize) -> usize {
        self.read.said[self.read.clauses[clause].said].article
    }

    /// Pairs of clauses of different articles that share two rare words.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for places in self.places.values() {
            for (nth, &a) in places.iter().enumerate() {
                for &b in &places[nth + 1..] {
                    if self.article(a) != self.article(b) {
                        *shared.entry((a, b)).or_default() += 1;
                    }
                }
            }
        }
        shared.retain(|_, count| *count >= 2);
        shared.into_keys().collect()
    }

    fn number_key(&self, clause: usize) -> Option<NumberKey> {
        let counted = self.read.clauses[clause].numbers.first()?;
        Some(counted.noun)
    }

    fn of_pair(&self, a: usize, b: usize) -> Vec<Contrast> {
        let shared: BTreeSet<WordId> = self.stems[a]
            .intersection(&self.stems[b])
            .copied()
            .filter(|stem| self.weights.contains_key(stem))
            .collect();
        let mut found = Vec::new();
        let (x, y) = (&self.read.clauses[a], &self.read.clauses[b]);
        if let (Some(p), Some(q)) = (&x.predicate, &y.predicate) {
            let (p, q) = (
                Stand::Sense(p.sense, p.negated),
                Stand::Sense(q.sense, q.negated),
            );
            if p.contradicts(q)
                && let Some((subject, together)) = self.subject(x, y, &shared)
            {
                found.extend(self.stands(subject, together, p, q));
            }
        }
        found.extend(self.negation(a, b, &shared));
        found.extend(self.numbers(a, b, &shared));
        found
    }

    /// The rarest two shared words that are neighbours in both clauses, else the two rarest.
    fn subject(
        &self,
        x: &Clause,
        y: &Clause,
        shared: &BTreeSet<WordId>,
    ) -> Option<(Vec<WordId>, bool)> {
        let weight = |stem: &WordId| self.weights.get(stem).copied().unwrap_or(0.0);
        let small = |clause: &Clause, stem: WordId| {
            let mut words = clause.words.iter();
            words.any(|word| word.stem == stem && !word.name)
        };
        let best = x
            .words
            .windows(2)
            .filter(|pair| {
                pair[0].stem != pair[1].stem && pair.iter().all(|w| shared.contains(&w.stem))
            })
            .map(|pair| [pair[0].stem, pair[1].stem])
            .filter(|pair| together(y, pair))
            .filter(|pair| {
                pair.iter()
                    .any(|&stem| !self.is_told_by_most(stem) || small(x, stem) || small(y, stem))
            })
            .max_by(|p, q| {
                let sum = |pair: &[WordId; 2]| weight(&pair[0]) + weight(&pair[1]);
                sum(p).total_cmp(&sum(q)).then_with(|| q.cmp(p))
            });
        if let Some(pair) = best {
            return Some((pair.to_vec(), true));
        }
        let mut stems: Vec<WordId> = shared.iter().copied().collect();
        stems.sort_by(|p, q| weight(q).total_cmp(&weight(p)).then_with(|| p.cmp(q)));
        stems.truncate(2);
        stems.sort_unstable();
        (stems.len() == 2 && !stems.iter().all(|&stem| self.is_topic(stem)))
            .then_some((stems, false))
    }

    /// A name that most articles give: what they are about, and no question by itself.
    fn is_topic(&self, stem: WordId) -> bool {
        self.read.names.contains(&stem) && self.is_told_by_most(stem)
    }

    fn is_told_by_most(&self, stem: WordId) -> bool {
        let told = self.articles.get(&stem).copied().unwrap_or_default();
        told * 2 > self.count
    }

    /// The clauses that name the subject.
    fn on(&self, subject: &[WordId], close: bool) -> Vec<usize> {
        let Some(first) = subject.first().and_then(|stem| self.places.get(stem)) else {
            return Vec::new();
        };
        let names = |&at: &usize| {
            let clause = &self.read.clauses[at];
            if close {
                together(clause, subject)
            } else {
                subject.iter().all(|stem| self.stems[at].contains(stem))
            }
        };
        first.iter().copied().filter(names).collect()
    }

    fn stands(&self, subject: Vec<WordId>, together: bool, p: Stand, q: Stand) -> Option<Contrast> {
        let mut stands: BTreeMap<Stand, Vec<usize>> = BTreeMap::new();
        for at in self.on(&subject, together) {
            if let Some(predicate) = &self.read.clauses[at].predicate {
                let stand = Stand::Sense(predicate.sense, predicate.negated);
                stands.entry(stand).or_default().push(at);
            }
        }
        let articles = |clauses: &[usize]| -> usize {
            let articles: BTreeSet<usize> = clauses.iter().map(|&at| self.article(at)).collect();
            articles.len()
        };
        // What contradicts neither is a further answer only where it is told twice.
        stands.retain(|&stand, clauses| {
            stand == p
                || stand == q
                || stand.contradicts(p)
                || stand.contradicts(q)
                || articles(clauses) > 1
        });
        self.contrast(subject, together, stands, 1.0)
    }

    /// Nearly the same words, one of them negated on one side only.
    fn negation(&self, a: usize, b: usize, shared: &BTreeSet<WordId>) -> Option<Contrast> {
        let (x, y) = (&self.read.clauses[a], &self.read.clauses[b]);
        let common = self.stems[a].intersection(&self.stems[b]).count();
        let more = self.stems[a].len().max(self.stems[b].len());
        // Two clauses with other words besides speak of other things.
        if common < 3 || common * 5 < more * 3 {
            return None;
        }
        let negated = |clause: &Clause, stem: WordId| {
            let at = clause.words.iter().position(|word| word.stem == stem)?;
            Some(is_negated(&self.read.said[clause.said], &clause.words, at))
        };
        let word = x.words.iter().find(|word| {
            word.content
                && !self.read.names.contains(&word.stem)
                && shared.contains(&word.stem)
                && negated(y, word.stem).is_some_and(|other| negated(x, word.stem) == Some(!other))
        })?;
        let rest: BTreeSet<WordId> = shared
            .iter()
            .copied()
            .filter(|stem| *stem != word.stem)
            .collect();
        let (subject, together) = self.subject(x, y, &rest)?;
        let mut stands: BTreeMap<Stand, Vec<usize>> = BTreeMap::new();
        for at in self.on(&subject, together) {
            if let Some(negated) = negated(&self.read.clauses[at], word.stem) {
                stands
                    .entry(Stand::Word(word.stem, negated))
                    .or_default()
                    .push(at);
            }
        }
        self.contrast(subject, together, stands, 0.0)
    }

    fn contrast(
        &self,
        subject: Vec<WordId>,
        together: bool,
        stands: BTreeMap<Stand, Vec<usize>>,
        bonus: f64,
    ) -> Option<Contrast> {
        if stands.len() < 2 {
            return None;
        }
        let mut articles: BTreeSet<usize> = BTreeSet::new();
        for clauses in stands.values() {
            articles.extend(clauses.iter().map(|&at| self.article(at)));
        }
        let mut stands: Vec<(Stand, Vec<usize>)> = stands.into_iter().collect();
        stands.sort_by_key(|(stand, clauses)| (clauses.first().copied(), *stand));
        Some(Contrast {
            score: self.score(&subject, together, articles.len()) + bonus * BONUS,
            subject,
            together,
            kind: ContrastKind::Stands(stands),
        })
    }

    fn score(&self, subject: &[WordId], together: bool, articles: usize) -> f64 {
        let weights = subject.iter().filter_map(|stem| self.weights.get(stem));
        weights.sum::<f64>() + if together { BONUS } else { 0.0 } + articles as f64
    }

    fn numbers(&self, a: usize, b: usize, shared: &BTreeSet<WordId>) -> Option<Contrast> {
        let key = self.number_key(a)?;
        if self.number_key(b)? != key {
            return None;
        }
        let value = |at: usize| {
            let counted = self.read.clauses[at].numbers.first()?;
            Some((counted.amount.low, counted.amount.high))
        };
        let ((low, high), (other_low, other_high)) = (value(a)?, value(b)?);
        if low <= other_high && other_low <= high {
            return None;
        }
        let (x, y) = (&self.read.clauses[a], &self.read.clauses[b]);
        let rest: BTreeSet<WordId> = shared.iter().copied().filter(|stem| *stem != key).collect();
        let (subject, together) = self.subject(x, y, &rest)?;
        let clauses: Vec<usize> = self
            .on(&subject, together)
            .into_iter()
            .filter(|&at| self.number_key(at) == Some(key))
            .collect();
        let articles: BTreeSet<usize> = clauses.iter().map(|&at| self.article(at)).collect();
        Some(Contrast {
            score: self.score(&subject, together, articles.len()) + BONUS,
            subject,
            together,
            kind: ContrastKind::Numbers {
                of: x.numbers.first()?.of.clone(),
                clauses,
            },
        })
    }
}

/// Whether the stems stand next to each other, in this order.
fn together(clause: &Clause, stems: &[WordId]) -> bool {
    clause
        .words
        .windows(stems.len())
        .any(|words| words.iter().map(|word| word.stem).eq(stems.iter().copied()))
}
