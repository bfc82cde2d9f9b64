//! Which number of a statement answers a quantity claim: the one that stands with what the claim counts.
//!
//! An amount is read with its unit, its noun and its bounds by [`crate::text::amount`]; here one is chosen for each place
//! where the claim's `of` occurs: the nearest, where marks, conjunctions and other numbers between count as distance.
//!
//! ```text
//! of, question --wanted--> kinds of number     statement --amounts--> numbers --unfit--> those that may answer
//! places of `of` --place--> nearest number --heir--> those that take its noun over --party--> not another's
//! ```

mod age;
mod figure;
mod heir;
mod others;
mod party;
mod place;
mod unfit;
mod wanted;

use crate::matching::asked::Asks;
use crate::matching::reading::Reading;
use crate::matching::score::Scratch;
use crate::matching::unit::{Entry, Unit};
use crate::text::amount::{Amount, Kind, amounts};
use crate::text::polarity::Polarity;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

pub(super) use figure::NEXT;
pub use party::{
    another_brand, another_event, another_party, another_time, another_year, clause_of, is_taken_up,
};
use wanted::Axis;
pub use wanted::Wanted;

use place::Noun;
pub(super) use place::{Place, REACH};
pub(super) use unfit::Unfit;

/// Words before a price among which "each episode" may stand.
const EACH_REACH: usize = 8;
/// Words by which an entry that a preposition ties together may be parted in the text: "euros a share for the bank".
const LOOSE: usize = 3;
/// So many numbers of a sentence are looked at, and so many places of an entry: what has more is a table, and every number is held against every
/// place.
const MOST: usize = 64;
/// What each unit of distance takes off the score.
const SCORE_STEP: f64 = 0.05;
/// The score of money or an age that stands with nothing but the subject.
const ALONE: f64 = 0.8;
/// The same, where other entries say what the money is of. At .70 the sentences of markets lose .005 of F1 and dev2 .002.
pub const WEAK: f64 = 0.65;
/// The score of "the fourth death".
const NTH: f64 = 0.9;
/// Smaller places in a row are mostly told in looking back ("the first death", "the second victim was her brother").
const LEAST_NTH: f64 = 3.0;

/// A number that answers the claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The number.
    pub amount: Amount,
    /// 0 to 1, lower the farther it stands from what it counts.
    pub score: f64,
    /// Index of the `of` entry.
    pub entry: usize,
    /// Tokens of the entry's place, first and last.
    pub place: (usize, usize),
}

/// What a claim's quantity looks for, ready to be applied.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The `of` entries.
    pub of: Vec<Entry>,
    /// The kinds of number.
    pub wanted: Vec<Wanted>,
    /// The kinds of number that are an answer anywhere in a statement on the subject; an age only right behind its name.
    alone: Vec<Wanted>,
    /// Whether there are entries beside those of such kinds, which say what the number is of.
    beside_others: bool,
    /// Whether what may come is asked for, or what is.
    asks: Asks,
    /// Whether votes are counted.
    votes: bool,
    /// The words of the question and, behind them, of the entries, in small letters.
    asked: Vec<String>,
    /// What the claim is about.
    about: Vec<Unit>,
    /// Along which line a measure must be taken, if any is asked for.
    axis: Option<Axis>,
    /// What ties each entry together, where a preposition does.
    ties: Vec<Option<Tie>>,
}

/// What ties an entry together: "euros for the bank" is not met by "euros from the bank".
#[derive(Clone, Debug)]
struct Tie {
    preposition: Box<str>,
    /// Words that its place may span.
    most: usize,
}

impl Tie {
    fn of(entry: &str) -> Option<Self> {
        Some(Tie {
            preposition: wanted::preposition(entry)?.into(),
            most: entry.split_whitespace().count() + LOOSE,
        })
    }

    fn holds(&self, place: &Place, scene: &Scene) -> bool {
        place.last - place.first < self.most
            && (place.first..=place.last).any(|token| scene.word(token) == &*self.preposition)
    }
}

/// A sentence while its numbers are weighed.
pub(super) struct Scene<'a> {
    sentence: &'a str,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
    polarity: &'a Polarity,
    pub(super) amounts: Vec<Amount>,
    /// The tokens that any of the `of` entries looks for.
    counted: Vec<bool>,
    /// Those that any of the `about` entries looks for.
    about: Vec<bool>,
}

impl Scene<'_> {
    fn word(&self, token: usize) -> &str {
        &self.vocabulary.word(self.reading.tokens[token].word).folded
    }

    /// The word some tokens before another, empty before the first.
    fn word_before(&self, token: usize, back: usize) -> &str {
        token.checked_sub(back).map_or("", |at| self.word(at))
    }

    /// The word at a token, empty behind the last.
    fn word_at(&self, token: usize) -> &str {
        if token < self.reading.tokens.len() {
            self.word(token)
        } else {
            ""
        }
    }

    fn token_at(&self, byte: usize) -> usize {
        token_at(self.reading, byte)
    }
}

impl Quantity {
    /// What the `of` entries, as written and as compiled, and the question ask for of what the claim is about.
    pub(super) fn new(
        written: &[String],
        of: Vec<Entry>,
        question: &str,
        asks: Asks,
        about: &[Entry],
    ) -> Self {
        let asked = std::iter::once(question).chain(written.iter().map(String::as_str));
        let wanted = wanted::wanted(written, question);
        Quantity {
            alone: wanted::alone(written, &wanted),
            beside_others: !wanted.contains(&Wanted::Age) && !wanted::stands_alone(written),
            asks,
            votes: wanted::counts_votes(written),
            asked: asked.flat_map(wanted::words).collect(),
            about: about.iter().flat_map(|entry| entry.units.clone()).collect(),
            axis: Axis::asked(written, question),
            ties: written.iter().map(|entry| Tie::of(entry)).collect(),
            wanted,
            of,
        }
    }

    /// The numbers of a statement that answer the claim. `subject` tells whether the claim's `about` is met in this very statement;
    /// money needs no noun beside it, but it needs the subject there.
    pub fn find(
        &self,
        sentence: &str,
        reading: &Reading,
        vocabulary: &Vocabulary,
        subject: bool,
        scratch: &mut Scratch,
    ) -> Vec<Counted> {
        if !has_number(sentence, &reading.tokens, vocabulary) {
            return Vec::new();
        }
        let scene = self.scene(sentence, reading, vocabulary);
        let mut found: Vec<Counted> = Vec::new();
        let mut add = |counted: Counted| match found
            .iter_mut()
            .find(|other| other.amount.span == counted.amount.span)
        {
            Some(other) if counted.score > other.score => *other = counted,
            Some(_) => {}
            None => found.push(counted),
        };
        for (e, entry) in self.of.iter().enumerate() {
            let tie = self.ties[e].as_ref();
            let tied = |place: &Place| tie.is_none_or(|tie| tie.holds(place, &scene));
            let places = self.places(entry, &scene, scratch).into_iter().filter(tied);
            for place in places.take(MOST) {
                // "Half the jobs will not go" counts no jobs that go; "homes without power" is itself negated.
                let aged = self.wanted.iter().all(|wanted| *wanted == Wanted::Age);
                let negated = !aged && (place.first..=place.last).any(|t| scene.negates(t));
                if negated != entry.units.iter().any(|unit| unit.negated) {
                    continue;
                }
                let counted = |amount: &Amount, score| Counted {
                    amount: amount.clone(),
                    score,
                    entry: e,
                    place: (place.first, place.last),
                };
                if let Some(whole) = scene
                    .told_whole(&place)
                    .filter(|whole| self.is_wanted(whole, &scene))
                    .filter(|whole| self.unfit(whole, &scene) == Some(Unfit::Whole))
                {
                    add(counted(whole, 1.0 - SCORE_STEP));
                    continue;
                }
                let nearest = scene
                    .amounts
                    .iter()
                    .filter_map(|amount| {
                        let unfit = self.unfit(amount, &scene);
                        let takes = unfit.is_none_or(Unfit::takes_its_noun);
                        let cost = takes.then(|| self.cost(amount, &place, &scene))??;
                        Some((cost, amount, unfit))
                    })
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                if let Some((cost, amount, None)) = nearest
                    && cost <= REACH
                {
                    add(counted(amount, 1.0 - SCORE_STEP * cost));
                }
                let nth = scene
                    .amounts
                    .iter()
                    .filter(|amount| self.is_nth(amount, &place, &scene));
                for amount in nth {
                    add(counted(amount, NTH));
                }
            }
        }
        // Money and an age need no noun beside them; a bare number does.
        if !self.alone.is_empty() && subject {
            let free = |amount: &&Amount| {
                let mut free = self
                    .alone
                    .iter()
                    .filter(|w| **w != Wanted::Age || self.is_named(amount, &scene));
                let told = self.wanted.contains(&Wanted::Age) && self.is_told_age(amount, &scene);
                (told || free.any(|w| fits(amount, w, sentence)) && !self.is_askew(amount, &scene))
                    && self.unfit(amount, &scene).is_none()
            };
            let all: Vec<&Amount> = scene.amounts.iter().filter(free).collect();
            // Where other entries say which money is meant, only that beside which no other is told.
            let one = all.len() == 1 || !self.beside_others;
            for amount in all.into_iter().filter(|_| one) {
                let at = scene.token_at(amount.number_span.start);
                add(Counted {
                    amount: amount.clone(),
                    score: if self.beside_others { WEAK } else { ALONE },
                    entry: 0,
                    place: (at, at),
                });
            }
        }
        // "Council backs rent cap 38-29"
        let results = scene.amounts.iter().filter(|amount| {
            self.votes
                && subject
                && amount.kind == Kind::Score
                && self.unfit(amount, &scene).is_none()
        });
        for amount in results {
            let at = scene.token_at(amount.number_span.start);
            add(Counted {
                amount: amount.clone(),
                score: WEAK,
                entry: 0,
                place: (at, at),
            });
        }
        // "19 rebels and two soldiers were killed": of rebels, 19.
        let noun = |counted: &Counted| self.noun(&counted.amount, &scene);
        if found.iter().any(|counted| noun(counted) == Noun::Met) {
            found.retain(|counted| noun(counted) != Noun::Other);
        }
        found.extend(self.heirs(&found, &scene));
        found.sort_by_key(|counted| counted.amount.span.start);
        found
    }

    /// Reads the amounts of a sentence.
    pub(super) fn scene<'a>(
        &self,
        sentence: &'a str,
        reading: &'a Reading,
        vocabulary: &'a Vocabulary,
    ) -> Scene<'a> {
        Scene {
            sentence,
            reading,
            vocabulary,
            polarity: reading.polarity(vocabulary),
            amounts: amounts(sentence).into_iter().take(MOST).collect(),
            counted: reading.met_by(self.of.iter().flat_map(|entry| &entry.units)),
            about: reading.met_by(&self.about),
        }
    }

    /// Whether a number of some kinds is an answer though it stands with nothing but the subject.
    pub fn takes_alone(&self) -> bool {
        !self.alone.is_empty() || self.votes
    }

    /// Whether a number is of a kind that is asked for.
    pub(super) fn is_wanted(&self, amount: &Amount, scene: &Scene) -> bool {
        !self.is_askew(amount, scene) && self.wanted.iter().any(|w| fits(amount, w, scene.sentence))
    }

    /// Whether a measure is taken along another line than the one asked for: "190 metres deep" for a length.
    fn is_askew(&self, amount: &Amount, scene: &Scene) -> bool {
        let behind = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        amount.kind == Kind::Measure
            && self.axis.is_some_and(|axis| {
                let word = match scene.word_at(behind) {
                    "in" => scene.word_at(behind + 1),
                    // "142 metres from bow to stern"
                    "from" if scene.word_at(behind + 2) == "to" => "",
                    word => word,
                };
                Axis::of(word).is_some_and(|other| other != axis)
            })
    }

    /// Whether a place in a row tells how many there are so far: "the fourth death", "the fourth person to die".
    fn is_nth(&self, amount: &Amount, place: &Place, scene: &Scene) -> bool {
        if amount.kind != Kind::Ordinal
            || amount.value < LEAST_NTH
            || !self.wanted.contains(&Wanted::Count)
        {
            return false;
        }
        let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        let counts = |at: usize| (place.first..=place.last).contains(&at);
        let mounts = counts(next) && is_listed(MOUNTS, scene.word_at(next));
        let to_do = is_listed(SOMEBODY, scene.word_at(next))
            && scene.word_at(next + 1) == "to"
            && counts(next + 2);
        mounts || to_do
    }
}

/// What is told one after the other as it happens.
const MOUNTS: &[&str] = &[
    "arrest",
    "attack",
    "case",
    "casualty",
    "death",
    "fatality",
    "infection",
    "killing",
    "murder",
    "victim",
];

/// Who is the fourth to do something.
const SOMEBODY: &[&str] = &[
    "boy", "child", "girl", "man", "patient", "person", "resident", "victim", "woman", "worker",
];

/// Whether a sentence gives any number, in digits or words, or a place in a row.
pub(super) fn has_number(sentence: &str, tokens: &[Token], vocabulary: &Vocabulary) -> bool {
    const ORDINALS: &[&str] = &[
        "eighth", "fifth", "fourth", "ninth", "seventh", "sixth", "tenth", "third",
    ];
    let nth = |word: &str| word.ends_with("teenth") || is_listed(ORDINALS, word);
    tokens.iter().any(|token| token.value().is_some())
        || sentence.bytes().any(|byte| byte.is_ascii_digit())
        || tokens
            .iter()
            .any(|token| nth(&vocabulary.word(token.word).folded))
}

/// Whether a number is of a kind.
fn fits(amount: &Amount, wanted: &Wanted, sentence: &str) -> bool {
    match wanted {
        Wanted::Count => amount.kind == Kind::Plain && amount.per.is_none(),
        Wanted::Money => {
            let money = matches!(amount.kind, Kind::Currency(_));
            (money || is_bare_sum(amount, sentence)) && amount.per.is_none()
        }
        Wanted::Per(noun) => {
            matches!(amount.kind, Kind::Currency(_) | Kind::Plain)
                && match amount.per {
                    Some(per) => {
                        let per = sentence[per.start..per.end].to_lowercase();
                        noun.is_empty()
                            || matches!(&*per, "apiece" | "each")
                            || per.contains(noun.as_str())
                            || noun.contains(per.as_str())
                    }
                    None => {
                        let money = matches!(amount.kind, Kind::Currency(_));
                        money && is_of_each(amount, noun, sentence)
                    }
                }
        }
        Wanted::Percent => amount.kind == Kind::Percent,
        Wanted::Age => amount.kind == Kind::Age,
        Wanted::Measure(dimension) => {
            amount.kind != Kind::Age
                && amount
                    .unit
                    .is_some_and(|unit| unit.dimension() == *dimension)
        }
    }
}

/// "Each episode costs $9.5 million": a price of one that no "per" tells.
fn is_of_each(amount: &Amount, noun: &str, sentence: &str) -> bool {
    let before = sentence[..amount.span.start].to_lowercase();
    let mut words: Vec<&str> = before
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .rev()
        .take(EACH_REACH)
        .collect();
    words.reverse();
    let each = words.windows(2).position(|pair| {
        matches!(pair[0], "a" | "an" | "each" | "every" | "one")
            && !noun.is_empty()
            && noun.split_whitespace().any(|part| part == pair[1])
    });
    each.is_some_and(|at| words[at..].iter().any(|word| word.starts_with("cost")))
}

/// Whether a number is a large sum whose currency goes without saying: "the goblet is worth six million".
fn is_bare_sum(amount: &Amount, sentence: &str) -> bool {
    const SCALES: &[&str] = &["billion", "bn", "million", "trillion"];
    let words = || sentence[amount.span.start..amount.span.end].split_whitespace();
    amount.kind == Kind::Plain
        && amount.noun_span.is_none()
        && words().any(|word| SCALES.contains(&&*word.to_lowercase()))
}

/// The token at a byte of the sentence, or the first after it.
pub(super) fn token_at(reading: &Reading, byte: usize) -> usize {
    reading
        .tokens
        .partition_point(|token| token.span.end <= byte)
        .min(reading.tokens.len().saturating_sub(1))
}

#[cfg(test)]
mod tests;
