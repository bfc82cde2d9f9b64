//! Which date of a statement answers a date claim: the one that stands with the claim's event.

use jiff::civil::Date;

use crate::matching::plan::Entry;
use crate::matching::reading::Reading;
use crate::matching::score::{Scratch, places};
use crate::text::date::{DateMention, dates};
use crate::text::token::Vocabulary;

/// Words between an event and its date; a clause of news copy is rarely longer.
pub(super) const REACH: u32 = 25;
/// What each word of distance takes off the score.
const SCORE_STEP: f64 = 0.015;
/// What is left of the score when the date stands in the sentence before ("In May the council met. It also closed the bridge").
const SENTENCE_BEFORE: f64 = 0.75;

/// A date that answers the claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// The date and where it stands; in the sentence before where `before` is set.
    pub mention: DateMention,
    /// The date stands in the sentence before.
    pub before: bool,
    /// 0 to 1, lower the farther it stands from the event.
    pub score: f64,
    /// Index of the `of` entry.
    pub entry: usize,
    /// Tokens of the event's place, first and last.
    pub place: (usize, usize),
}

/// The dates of a statement that answer the claim: for each place of an event the nearest date of the sentence, or, where the
/// sentence has none and leans on the one before it, the only date of that.
pub fn find(
    of: &[Entry],
    sentence: &str,
    reading: &Reading,
    vocabulary: &Vocabulary,
    before: Option<&str>,
    published: Option<Date>,
    scratch: &mut Scratch,
) -> Vec<Dated> {
    let polarity = reading.polarity(vocabulary);
    let mut events: Vec<(usize, (usize, usize))> = Vec::new();
    for (e, entry) in of.iter().enumerate() {
        events.extend(
            places(entry, reading, 0, scratch)
                .into_iter()
                // "The storm did not make landfall on Monday" dates no landfall.
                .filter(|place| !(place.0..=place.1).any(|t| polarity.negated(t)))
                .map(|place| (e, place)),
        );
    }
    if events.is_empty() {
        return Vec::new();
    }
    let here = dates(sentence, published);
    let mut found: Vec<Dated> = Vec::new();
    for (entry, place) in events {
        let nearest = here
            .iter()
            .map(|mention| (distance(reading, mention, place), mention))
            .filter(|(distance, _)| *distance <= REACH)
            .min_by_key(|(distance, mention)| (*distance, mention.span.start));
        let dated = match nearest {
            Some((distance, mention)) => Some(Dated {
                mention: *mention,
                before: false,
                score: 1.0 - SCORE_STEP * f64::from(distance),
                entry,
                place,
            }),
            None if here.is_empty() && leans(sentence) => before.and_then(|text| {
                let mut earlier = dates(text, published);
                let mention = earlier.pop().filter(|_| earlier.is_empty())?;
                Some(Dated {
                    mention,
                    before: true,
                    score: SENTENCE_BEFORE,
                    entry,
                    place,
                })
            }),
            None => None,
        };
        if let Some(dated) = dated {
            match found
                .iter_mut()
                .find(|other| other.mention.date == dated.mention.date)
            {
                Some(other) if dated.score > other.score => *other = dated,
                Some(_) => {}
                None => found.push(dated),
            }
        }
    }
    found
}

pub(super) fn distance(reading: &Reading, mention: &DateMention, place: (usize, usize)) -> u32 {
    let index = |byte: usize| {
        let at = reading
            .tokens
            .partition_point(|token| token.span.end <= byte)
            .min(reading.tokens.len() - 1);
        reading.tokens[at].index
    };
    let (first, last) = (
        index(mention.span.start),
        index(mention.span.end.saturating_sub(1)),
    );
    let (p, q) = (reading.tokens[place.0].index, reading.tokens[place.1].index);
    if last < p {
        p - last
    } else {
        first.saturating_sub(q)
    }
}

/// Whether a sentence takes its setting from the one before: it begins with a pronoun, or says "also".
fn leans(sentence: &str) -> bool {
    let mut words = sentence
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    matches!(
        &*first,
        "it" | "he" | "she" | "they" | "this" | "that" | "these" | "we" | "also" | "then"
    ) || words.take(4).any(|word| word == "also")
}
