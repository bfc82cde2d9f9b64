//! Which number of a statement answers a quantity claim: the one that stands with what the claim counts.
//!
//! An amount is read with its unit, its noun and its bounds by [`crate::text::amount`]; here one is chosen for each place
//! where the claim's `of` occurs: the nearest, where marks, conjunctions and other numbers between count as distance. What kind of
//! number is wanted (a count, money, an age, a share, a length) is read off the `of` entries themselves.

use crate::matching::plan::{ClaimPlan, Entry};
use crate::matching::reading::Reading;
use crate::matching::score::{Scratch, places};
use crate::text::amount::{Amount, Dimension, Kind, amounts};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// Distance from which a number no longer belongs to what it might count, in words and penalties.
pub(super) const REACH: f64 = 6.0;
/// What each mark or conjunction between costs.
const BARRIER: f64 = 2.0;
/// What "compared with" between costs: the number is another time's or place's.
const COMPARISON: f64 = 6.0;
/// A number that counts another noun than the one asked for.
const OTHER_NOUN: f64 = 3.0;
/// Words in which all words of an `of` entry must lie, beyond an entry's window.
pub(super) const SPREAD: u32 = 4;
/// Tokens between a number and the "did not" of those whom it counts.
const DOES_NOT_REACH: usize = 6;
/// Tokens before and after a name among which a verb of saying makes it the speaker's.
const SAYS_BEFORE: usize = 3;
const SAYS_AFTER: usize = 7;
/// What each unit of distance takes off the score.
const SCORE_STEP: f64 = 0.05;

/// What kind of number an `of` entry asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// A count.
    Count,
    /// Money.
    Money,
    /// Money or a count for each of something: "per share".
    Per(String),
    /// A share in per cent.
    Percent,
    /// An age.
    Age,
    /// A measure of this dimension.
    Measure(Dimension),
}

/// Reads what kind of numbers a claim wants, from its `of` entries and its question.
pub fn wanted(of: &[String], question: &str) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    let question = question.to_lowercase();
    let asks_age = question.contains("how old")
        || question
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word == "age");
    for entry in of {
        let wanted = of_entry(entry);
        let wanted = if wanted == Wanted::Count && asks_age {
            Wanted::Age
        } else {
            wanted
        };
        if !all.contains(&wanted) {
            all.push(wanted);
        }
    }
    // "How much does the bridge cost?" with `of: [cost]` wants money, which no bare noun says.
    let asks_money = question.contains("how much") || of.iter().any(|entry| is_price(entry));
    if asks_money && all.iter().all(|w| *w == Wanted::Count) {
        all.push(Wanted::Money);
        return all;
    }
    // "dollars per share" beside "$": the price of one share is wanted, not any money.
    if all.iter().any(|w| matches!(w, Wanted::Per(_))) {
        all.retain(|w| *w != Wanted::Money);
    }
    // An entry with a unit tells what is meant; a bare noun beside it names the thing measured.
    if all.iter().any(|w| *w != Wanted::Count) {
        all.retain(|w| *w != Wanted::Count);
    }
    all
}

/// Whether an `of` entry names a price.
fn is_price(entry: &str) -> bool {
    const PRICES: &[&str] = &[
        "budget", "cost", "costs", "debt", "fee", "fine", "loan", "loss", "price", "profit",
        "revenue", "salary", "sum", "wage", "worth",
    ];
    entry
        .split_whitespace()
        .any(|word| PRICES.contains(&&*word.to_lowercase()))
}

fn of_entry(entry: &str) -> Wanted {
    let entry = entry.trim();
    if matches!(entry, "$" | "€" | "£" | "US$" | "¥") {
        return Wanted::Money;
    }
    if entry.eq_ignore_ascii_case("apiece") {
        return Wanted::Per(String::new());
    }
    let probe = format!("5 {entry}");
    let Some(amount) = amounts(&probe).into_iter().next() else {
        return Wanted::Count;
    };
    if let Some(per) = amount.per {
        return Wanted::Per(probe[per.start..per.end].to_lowercase());
    }
    match amount.kind {
        Kind::Currency(_) => Wanted::Money,
        Kind::Percent => Wanted::Percent,
        Kind::Age => Wanted::Age,
        Kind::Duration | Kind::Measure => amount
            .unit
            .map_or(Wanted::Count, |unit| Wanted::Measure(unit.dimension())),
        _ => Wanted::Count,
    }
}

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

/// What a claim's quantity looks for, ready to be applied.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The `of` entries.
    pub of: Vec<Entry>,
    /// The kinds of number.
    pub wanted: Vec<Wanted>,
}

/// A sentence while its numbers are weighed.
pub(super) struct Scene<'a> {
    sentence: &'a str,
    reading: &'a Reading,
    vocabulary: &'a Vocabulary,
    pub(super) amounts: Vec<Amount>,
    /// The tokens that any of the `of` entries looks for.
    counted: Vec<bool>,
}

impl Quantity {
    /// The numbers of a statement that answer the claim. `subject` are the places where the claim's `about` is met in this
    /// very statement; money and ages need no noun beside them, but they need the subject there.
    pub fn find(
        &self,
        sentence: &str,
        reading: &Reading,
        vocabulary: &Vocabulary,
        subject: bool,
        scratch: &mut Scratch,
    ) -> Vec<Counted> {
        if !reading.tokens.iter().any(|t| t.value().is_some())
            && !sentence.bytes().any(|b| b.is_ascii_digit())
        {
            return Vec::new();
        }
        let scene = self.scene(sentence, reading, vocabulary);
        let polarity = reading.polarity(vocabulary);
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
            for place in places(entry, reading, SPREAD, scratch) {
                // "Half the jobs will not go" counts no jobs that go.
                if (place.0..=place.1).any(|t| polarity.negated(t)) {
                    continue;
                }
                // A vague amount may win: it takes its noun away from the numbers around it.
                let candidates = scene
                    .amounts
                    .iter()
                    .filter(|amount| amount.vague || self.answers(amount, reading, polarity));
                let nearest = candidates
                    .filter_map(|amount| Some((self.cost(amount, place, &scene)?, amount)))
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .filter(|(cost, amount)| *cost <= REACH && !amount.vague);
                if let Some((cost, amount)) = nearest {
                    add(Counted {
                        amount: amount.clone(),
                        score: 1.0 - SCORE_STEP * cost,
                        entry: e,
                        place,
                    });
                }
            }
        }
        // Money needs no noun beside it; a bare number does.
        let alone: Vec<&Wanted> = self
            .wanted
            .iter()
            .filter(|w| matches!(w, Wanted::Money | Wanted::Per(_)))
            .collect();
        if subject {
            for amount in &scene.amounts {
                let fits = alone.iter().any(|w| self.fits(amount, w, sentence))
                    && self.answers(amount, reading, polarity);
                if fits {
                    let at = token_at(reading, amount.number_span.start);
                    add(Counted {
                        amount: amount.clone(),
                        score: 0.8,
                        entry: 0,
                        place: (at, at),
                    });
                }
            }
        }
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

    /// Whether the number itself may be an answer.
    pub(super) fn answers(&self, amount: &Amount, reading: &Reading, polarity: &Polarity) -> bool {
        let at = token_at(reading, amount.number_span.start);
        !amount.vague
            && !amount.one
            && !amount.whole
            && !amount.compared
            && !does_not(at, reading, polarity)
            && (at >= reading.tokens.len() || !polarity.negated(at))
    }

    pub(super) fn fits(&self, amount: &Amount, wanted: &Wanted, sentence: &str) -> bool {
        match wanted {
            Wanted::Count => amount.kind == Kind::Plain && amount.per.is_none(),
            Wanted::Money => {
                let money = matches!(amount.kind, Kind::Currency(_));
                (money || is_bare_sum(amount, sentence)) && amount.per.is_none()
            }
            Wanted::Per(noun) => {
                matches!(amount.kind, Kind::Currency(_) | Kind::Plain)
                    && amount.per.is_some_and(|per| {
                        let per = sentence[per.start..per.end].to_lowercase();
                        noun.is_empty()
                            || per.contains(noun.as_str())
                            || noun.contains(per.as_str())
                    })
            }
            Wanted::Percent => amount.kind == Kind::Percent,
            Wanted::Age => amount.kind == Kind::Age,
            Wanted::Measure(dimension) => amount
                .unit
                .is_some_and(|unit| unit.dimension() == *dimension),
        }
    }

    /// How far a number stands from a place of the entry; `None` where it is no candidate.
    pub(super) fn cost(
        &self,
        amount: &Amount,
        place: (usize, usize),
        scene: &Scene,
    ) -> Option<f64> {
        let Scene {
            sentence, reading, ..
        } = *scene;
        // A vague amount takes its noun: "injuring several others" must not take the 25 before it.
        let vague_count = amount.vague && self.wanted.contains(&Wanted::Count);
        if !vague_count && !self.wanted.iter().any(|w| self.fits(amount, w, sentence)) {
            return None;
        }
        let (first, last) = (
            token_at(reading, amount.span.start),
            token_at(reading, amount.span.end.saturating_sub(1)),
        );
        let (p, q) = place;
        // The entry may lie around the number: "killed 25 people".
        let (from, to, number_first) = if last < p {
            (last + 1, p, true)
        } else if first > q {
            (q + 1, first, false)
        } else {
            (p, p, false)
        };
        let mut cost = 0.0;
        for i in from..to {
            let token = &reading.tokens[i];
            if !token.is_word() {
                if !token.is_mark('"') {
                    cost += BARRIER;
                }
                continue;
            }
            cost += 1.0;
            let word = &*scene.vocabulary.word(token.word).folded;
            if number_first && matches!(word, "and" | "but" | "while" | "than" | "between") {
                cost += BARRIER;
            }
            if token.is(Classes::COMPARE) {
                cost += COMPARISON;
            }
        }
        let between = |other: &&Amount| {
            let at = token_at(reading, other.number_span.start);
            (from..to).contains(&at)
                && other.span != amount.span
                && matches!(other.kind, Kind::Plain | Kind::Currency(_) | Kind::Percent)
        };
        cost += BARRIER * scene.amounts.iter().filter(between).count() as f64;
        // The number counts a noun of its own that is not the one asked for.
        if let (Some(noun), true) = (amount.noun_span, self.wanted.contains(&Wanted::Count)) {
            let noun_tokens = (
                token_at(reading, noun.start),
                token_at(reading, noun.end.saturating_sub(1)),
            );
            let meets = (noun_tokens.0..=noun_tokens.1).any(|t| scene.counted[t]);
            if !meets && !is_general(&sentence[noun.start..noun.end]) {
                cost += OTHER_NOUN;
            }
        }
        Some(cost)
    }
}

/// Whether a sentence speaks of another time than its article: a year, "last year", a record. Its numbers are doubtful beside
/// others of the article.
pub fn another_time(sentence: &str) -> bool {
    let folded = sentence.to_lowercase();
    let said = [
        "last year",
        "years ago",
        "a year earlier",
        "previous",
        "record",
        "earlier this month",
        "earlier this year",
        "last month",
    ];
    said.iter().any(|words| folded.contains(words))
        || amounts(sentence)
            .iter()
            .any(|a| matches!(a.kind, Kind::Year | Kind::Decade))
}

/// Whether a number is another party's: the sentence gives strange names before it and none that the claim knows. Names beside a
/// verb of saying are those of who says it. `number` is the first byte of the number.
pub fn another_party(
    claim: &ClaimPlan,
    reading: &Reading,
    vocabulary: &Vocabulary,
    number: usize,
) -> bool {
    let mut hits = Vec::new();
    let own = claim.names.iter().any(|unit| {
        reading.hits(unit, &mut hits);
        !hits.is_empty()
    });
    let own = own
        || claim.concepts.clone().any(|concept| {
            let mut places = reading.of_concept(concept).iter();
            places.any(|place| reading.tokens[place.first].capital)
        });
    if own {
        return false;
    }
    let tokens = &reading.tokens;
    let said = |i: usize| {
        let around = i.saturating_sub(SAYS_BEFORE)..(i + SAYS_AFTER).min(tokens.len());
        tokens[around]
            .iter()
            .any(|t| t.is(Classes::SAID.or(Classes::REPORTING)))
    };
    (0..token_at(reading, number)).any(|i| {
        let token = &tokens[i];
        let name = token.capital && token.index > 0 && token.value().is_none();
        let folded = &*vocabulary.word(token.word).folded;
        name && !token.is(Classes::STOP) && !is_calendar(folded) && !said(i)
    })
}

/// Whether a word names a day, a month or a time of day.
fn is_calendar(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "am",
        "april",
        "august",
        "december",
        "easter",
        "february",
        "friday",
        "january",
        "july",
        "june",
        "march",
        "may",
        "monday",
        "november",
        "october",
        "pm",
        "saturday",
        "september",
        "sunday",
        "thursday",
        "tuesday",
        "wednesday",
    ];
    is_listed(WORDS, word)
}

/// Whether a sentence speaks of a year before its article's, or of "last year" and the like. Without a year, only the latter tell.
pub fn another_year(sentence: &str, year: Option<i32>) -> bool {
    let folded = sentence.to_lowercase();
    let said = [
        "last year",
        "years ago",
        "years earlier",
        "a year earlier",
        "in recent years",
    ];
    let earlier = |amount: &Amount| match amount.kind {
        Kind::Year => year.is_some_and(|year| amount.value < f64::from(year)),
        Kind::Decade => true,
        _ => false,
    };
    said.iter().any(|words| folded.contains(words)) || amounts(sentence).iter().any(earlier)
}

/// Whether those counted at `at` are who does *not* do it: "forty people did not come".
fn does_not(at: usize, reading: &Reading, polarity: &Polarity) -> bool {
    polarity.cues.iter().any(|cue| {
        let head = cue
            .head
            .is_some_and(|head| !reading.tokens[head].is(Classes::STOP));
        let near = cue.token > at && cue.token - at <= DOES_NOT_REACH;
        let auxiliary = near && reading.tokens[cue.token - 1].is(Classes::AUXILIARY);
        head && auxiliary && (at..cue.token).all(|i| reading.tokens[i].is_word())
    })
}

/// Whether a number is a large sum whose currency goes without saying: "the goblet is worth six million".
fn is_bare_sum(amount: &Amount, sentence: &str) -> bool {
    const SCALES: &[&str] = &["billion", "bn", "million", "trillion"];
    let words = || sentence[amount.span.start..amount.span.end].split_whitespace();
    amount.kind == Kind::Plain
        && amount.noun_span.is_none()
        && words().any(|word| SCALES.contains(&&*word.to_lowercase()))
}

/// Whether a number stands after a definite determiner: "the three soldiers" takes up a group that was told of before, and need not
/// tell how many there are of what the claim counts.
pub fn is_taken_up(sentence: &str, number: usize) -> bool {
    let before = sentence.get(..number).unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    matches!(&*last.to_lowercase(), "the" | "these" | "those")
}

/// Nouns that say nothing of what is counted.
fn is_general(noun: &str) -> bool {
    let noun = noun.to_lowercase();
    noun.split_whitespace().all(|word| {
        matches!(
            word,
            "people"
                | "others"
                | "other"
                | "persons"
                | "more"
                | "of"
                | "them"
                | "men"
                | "women"
                | "those"
                | "individuals"
        )
    })
}

/// The token at a byte of the sentence, or the first after it.
pub(super) fn token_at(reading: &Reading, byte: usize) -> usize {
    reading
        .tokens
        .partition_point(|token| token.span.end <= byte)
        .min(reading.tokens.len().saturating_sub(1))
}
