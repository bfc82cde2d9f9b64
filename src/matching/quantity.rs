//! Which number of a statement answers a quantity claim: the one that stands with what the claim counts.
//!
//! An amount is read with its unit, its noun and its bounds by [`crate::text::amount`]; here one is chosen for each place
//! where the claim's `of` occurs: the nearest, where marks, conjunctions and other numbers between count as distance.
//!
//! ```text
//! of, question --wanted--> kinds of number     statement --amounts--> numbers --unfit--> those that may answer
//! places of `of` --place--> nearest number --heir--> those that take its noun over --party--> not another's
//! ```

mod heir;
mod party;
mod place;
mod wanted;

use crate::matching::plan::{Entry, Unit};
use crate::matching::reading::Reading;
use crate::matching::score::Scratch;
use crate::text::amount::{Amount, Kind, OLDEST, amounts};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::token::{Token, Vocabulary};
use crate::text::word_list::is_listed;

pub use party::{
    another_brand, another_event, another_party, another_time, another_year, is_taken_up,
};
use wanted::Axis;
pub use wanted::Wanted;

use place::Noun;
pub(super) use place::{Place, REACH};

/// Tokens between a number and the "did not" of those whom it counts.
const DOES_NOT_REACH: usize = 6;
/// Tokens before "by 6 million" among which a verb of change makes it the step of one level to the next.
const CHANGE_REACH: usize = 5;
/// Words between "of which" and the part that it brings: "of which the state of Bree pays".
const INCLUDED_REACH: usize = 6;
/// Words before a price among which "each episode" may stand.
const EACH_REACH: usize = 8;
/// Words by which an entry that a preposition ties together may be parted in the text: "euros a share for the bank".
const LOOSE: usize = 3;
/// What each unit of distance takes off the score.
const SCORE_STEP: f64 = 0.05;
/// The score of money or an age that stands with nothing but the subject.
const ALONE: f64 = 0.8;
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

impl Counted {
    /// The number in base units, so that inches and centimetres compare: value, low and high.
    pub fn comparable(&self) -> (f64, f64, f64) {
        let a = &self.amount;
        match (a.base_value, a.base_range()) {
            (Some(value), Some((low, high))) => (value, low, high),
            _ => (a.value, a.low, a.high),
        }
    }
}

/// Why a number answers no claim, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It names no number.
    Vague,
    /// The bare word "one".
    One,
    /// Something else is a part of it.
    Whole,
    /// Another number is held against it.
    Compared,
    /// It is negated.
    Negated,
    /// It counts a part: "the first eight".
    Part,
    /// It tells when: "two days later".
    Relative,
    /// It tells by how much something changed.
    Step,
    /// It is the age of somebody who is named behind it and is not asked for.
    Party,
}

impl Unfit {
    /// Whether the number keeps its noun from the numbers around it all the same: "the first eight concerts, two of them abroad".
    fn takes_its_noun(self) -> bool {
        matches!(self, Unfit::Vague | Unfit::Part)
    }
}

/// What a claim's quantity looks for, ready to be applied.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The `of` entries.
    pub of: Vec<Entry>,
    /// The kinds of number.
    pub wanted: Vec<Wanted>,
    /// Whether money anywhere in a statement on the subject is an answer, or an age right behind its name.
    pub alone: bool,
    /// Whose age is asked for, if one is.
    subject: Vec<Unit>,
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
    pub fn new(written: &[String], of: Vec<Entry>, question: &str, about: &[Entry]) -> Self {
        let wanted = wanted::wanted(written, question);
        let priced = wanted
            .iter()
            .any(|wanted| matches!(wanted, Wanted::Money | Wanted::Per(_)));
        Quantity {
            alone: priced && wanted::stands_alone(written) || wanted.contains(&Wanted::Age),
            subject: if wanted.contains(&Wanted::Age) {
                about.iter().flat_map(|entry| entry.units.clone()).collect()
            } else {
                Vec::new()
            },
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
            for place in self.places(entry, &scene, scratch).into_iter().filter(tied) {
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
        if self.alone && subject {
            let free = |amount: &&Amount| {
                let mut free = self.wanted.iter().filter(|w| match w {
                    Wanted::Money | Wanted::Per(_) => true,
                    Wanted::Age => self.is_named(amount, &scene),
                    _ => false,
                });
                let told = self.wanted.contains(&Wanted::Age) && self.is_told_age(amount, &scene);
                (told || free.any(|w| fits(amount, w, sentence)))
                    && self.unfit(amount, &scene).is_none()
            };
            for amount in scene.amounts.iter().filter(free) {
                let at = scene.token_at(amount.number_span.start);
                add(Counted {
                    amount: amount.clone(),
                    score: ALONE,
                    entry: 0,
                    place: (at, at),
                });
            }
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
            amounts: amounts(sentence),
            counted: self.counted(reading),
        }
    }

    /// The tokens that any of the `of` entries looks for.
    fn counted(&self, reading: &Reading) -> Vec<bool> {
        let mut counted = vec![false; reading.tokens.len()];
        let mut hits = Vec::new();
        for unit in self.of.iter().flat_map(|entry| &entry.units) {
            reading.hits(unit, &mut hits);
            for hit in &hits {
                counted[hit.first..=hit.last].fill(true);
            }
        }
        counted
    }

    /// Whether a number is of a kind that is asked for.
    pub(super) fn is_wanted(&self, amount: &Amount, scene: &Scene) -> bool {
        let behind = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        // "190 metres deep" for a length.
        let askew = amount.kind == Kind::Measure
            && self.axis.is_some_and(|axis| {
                let word = match scene.word_at(behind) {
                    "in" => scene.word_at(behind + 1),
                    word => word,
                };
                Axis::of(word).is_some_and(|other| other != axis)
            });
        !askew && self.wanted.iter().any(|w| fits(amount, w, scene.sentence))
    }

    /// Why a number can be no answer, wherever it stands.
    pub(super) fn unfit(&self, amount: &Amount, scene: &Scene) -> Option<Unfit> {
        let at = scene.token_at(amount.number_span.start);
        let first = scene.token_at(amount.span.start);
        let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        Some(match () {
            () if amount.vague => Unfit::Vague,
            () if amount.one => Unfit::One,
            () if amount.whole => Unfit::Whole,
            () if amount.compared => Unfit::Compared,
            // Whoever does not do a thing has an age all the same.
            () if (amount.kind != Kind::Age || scene.is_negated_itself(at))
                && (scene.does_not(at) || scene.negates(at)) =>
            {
                Unfit::Negated
            }
            () if amount.kind == Kind::Plain && scene.is_part(first) => Unfit::Part,
            () if scene.is_included(first) => Unfit::Part,
            () if amount.kind == Kind::Duration && scene.is_relative(first, next) => {
                Unfit::Relative
            }
            () if amount.kind == Kind::Age && scene.is_of_another(next) => Unfit::Party,
            () if scene.is_difference(next) || self.is_step(amount, first, scene) => Unfit::Step,
            () => return None,
        })
    }

    /// "Rose by 6 million": no level, unless the number has the noun that is asked for ("cut its staff by 600 jobs") or the change is
    /// what is asked for.
    fn is_step(&self, amount: &Amount, first: usize, scene: &Scene) -> bool {
        let level = self
            .wanted
            .iter()
            .any(|w| matches!(w, Wanted::Count | Wanted::Money));
        let mut by = first;
        while by > 0 && is_listed(AROUND, scene.word(by - 1)) {
            by -= 1;
        }
        if !level || scene.word_before(by, 1) != "by" || self.noun(amount, scene) == Noun::Met {
            return false;
        }
        (by.saturating_sub(1 + CHANGE_REACH)..by - 1)
            .any(|i| is_listed(CHANGES, scene.word(i)) && !scene.counted[i])
    }

    /// "Lena Sand, 49, ...": whether an age stands right behind the name of whom the claim is about.
    fn is_named(&self, amount: &Amount, scene: &Scene) -> bool {
        let tokens = &scene.reading.tokens;
        let age = scene.token_at(amount.span.start);
        let name = (0..age.saturating_sub(1))
            .rev()
            .take_while(|&i| tokens[i].capital);
        let name: Vec<usize> = name.collect();
        let mut hits = Vec::new();
        self.subject.iter().any(|unit| {
            scene.reading.hits(unit, &mut hits);
            hits.iter().any(|hit| name.contains(&hit.last))
        })
    }

    /// Whether a bare number is said to be the age of the subject: "Ida Brandt is 17", "turned 17", "at 17, Ida Brandt".
    fn is_told_age(&self, amount: &Amount, scene: &Scene) -> bool {
        if amount.kind != Kind::Plain
            || !(1.0..=OLDEST).contains(&amount.value)
            || amount.noun_span.is_some()
        {
            return false;
        }
        let first = scene.token_at(amount.span.start);
        let next = scene.token_at(amount.span.end.saturating_sub(1)) + 1;
        let ends = scene
            .reading
            .tokens
            .get(next)
            .is_none_or(|next| !next.is_word());
        let mut hits = Vec::new();
        let mut is_subject_at = |at: usize| {
            self.subject.iter().any(|unit| {
                scene.reading.hits(unit, &mut hits);
                hits.iter().any(|hit| (hit.first..=hit.last).contains(&at))
            })
        };
        let name_before = first.checked_sub(2);
        match scene.word_before(first, 1) {
            "is" | "was" => ends && name_before.is_some_and(&mut is_subject_at),
            "turned" | "turns" => name_before.is_some_and(&mut is_subject_at),
            "at" => first == 1 && ends && (next + 1..next + 3).any(is_subject_at),
            _ => false,
        }
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

/// Words between "by" and the number.
const AROUND: &[&str] = &[
    "about",
    "almost",
    "an",
    "around",
    "at",
    "estimated",
    "least",
    "more",
    "nearly",
    "over",
    "some",
    "than",
];

/// Verbs of a level that changes.
const CHANGES: &[&str] = &[
    "climbed",
    "cut",
    "cuts",
    "declined",
    "decreased",
    "down",
    "dropped",
    "fallen",
    "fell",
    "grew",
    "grow",
    "grown",
    "increased",
    "jumped",
    "lifted",
    "lowered",
    "raised",
    "reduced",
    "rise",
    "risen",
    "rises",
    "rose",
    "shrank",
    "slashed",
    "soared",
    "surged",
    "trimmed",
    "up",
];

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

/// Words between an age and the name whose it is: "80-year-old retired baker". One fewer or two more change no labelled set.
const AGED: usize = 4;

impl Scene<'_> {
    /// Whether a token is negated: not by the bound of a number ("no more than 600"), nor by a hoax that is told of ("the hoax had
    /// 16 million views"), nor by who denies a deed, for the number is the charge's ("not guilty of stealing 2 million").
    fn negates(&self, at: usize) -> bool {
        if at >= self.reading.tokens.len() || !self.polarity.negated(at) {
            return false;
        }
        let bound = |cue: usize| self.word_at(cue + 2) == "than";
        let charge = |cue: usize| {
            let next = self.word_at(cue + 1);
            next == "guilty" || self.reading.tokens[cue].is(Classes::DENY) && next.ends_with("ing")
        };
        let thing = |cue: usize| {
            self.reading.tokens[cue].is(Classes::FALSE)
                && matches!(self.word_before(cue, 1), "the" | "this" | "that")
                && !matches!(
                    self.word_at(cue + 1),
                    "that" | "of" | "about" | "is" | "was" | "are" | "were"
                )
        };
        let counts = self
            .polarity
            .cues
            .iter()
            .enumerate()
            .take(64)
            .filter(|(_, cue)| !bound(cue.token) && !thing(cue.token) && !charge(cue.token))
            .fold(0, |set, (c, _)| set | 1u64 << c);
        self.polarity.negated_by(at, counts)
    }

    /// Whether an age that ends before `next` is that of a name which no entry looks for: "the 80-year-old baker Karl Roth".
    fn is_of_another(&self, next: usize) -> bool {
        let tokens = &self.reading.tokens;
        let words = (next..tokens.len()).take_while(|&i| tokens[i].is_word());
        let mut words = words.skip_while(|&i| !tokens[i].capital && !self.counted[i]);
        let (nearest, far) = (words.next(), next + AGED);
        nearest.filter(|&i| i < far).is_some_and(|first| {
            let mut name =
                (first..tokens.len()).take_while(|&i| tokens[i].capital || self.counted[i]);
            name.all(|i| !self.counted[i])
        })
    }

    /// Whether a negator stands right before the number: "is not 26", "never was 26".
    fn is_negated_itself(&self, at: usize) -> bool {
        self.negates(at) && {
            let mut before = (0..at).rev().take(2);
            before.any(|i| self.polarity.is_cue[i])
        }
    }

    /// Whether those counted at `at` are who does *not* do it: "forty people did not come".
    fn does_not(&self, at: usize) -> bool {
        let tokens = &self.reading.tokens;
        self.polarity.cues.iter().any(|cue| {
            let head = cue.head.is_some_and(|head| !tokens[head].is(Classes::STOP));
            let near = cue.token > at && cue.token - at <= DOES_NOT_REACH;
            let auxiliary = near && tokens[cue.token - 1].is(Classes::AUXILIARY);
            head && auxiliary && (at..cue.token).all(|i| tokens[i].is_word())
        })
    }

    /// "The first eight concerts", "the last two".
    fn is_part(&self, first: usize) -> bool {
        matches!(
            self.word_before(first, 1),
            "final" | "first" | "last" | "latest" | "next" | "opening" | "past" | "remaining"
        )
    }

    /// "Which includes 500 million", "26 million, of which the state pays 10".
    fn is_included(&self, first: usize) -> bool {
        let tokens = &self.reading.tokens;
        let bounds = (0..first)
            .rev()
            .take(INCLUDED_REACH)
            .take_while(|&i| tokens[i].is_word());
        let mut before = bounds.map(|i| (self.word_before(i, 1), self.word(i)));
        before.any(|(before, word)| match word {
            "included" | "includes" | "including" => true,
            "which" | "whom" => before == "of",
            _ => false,
        })
    }

    /// "8 million more than planned"
    fn is_difference(&self, next: usize) -> bool {
        matches!(
            self.word_at(next),
            "more" | "less" | "fewer" | "higher" | "lower"
        ) && self.word_at(next + 1) == "than"
    }

    /// "Two days later", "three years ago", "four days after the storm", but "for four days after the storm".
    fn is_relative(&self, first: usize, next: usize) -> bool {
        match self.word_at(next) {
            "ago" | "earlier" | "hence" | "later" | "previously" => true,
            "after" | "before" | "into" | "since" => !matches!(
                self.word_before(first, 1),
                "for" | "lasted" | "least" | "of" | "spent" | "than" | "took" | "within"
            ),
            _ => false,
        }
    }
}

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
fn token_at(reading: &Reading, byte: usize) -> usize {
    reading
        .tokens
        .partition_point(|token| token.span.end <= byte)
        .min(reading.tokens.len().saturating_sub(1))
}

#[cfg(test)]
mod tests;
