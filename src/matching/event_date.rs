//! Which date of a statement answers a date claim: the one that stands with the claim's event.

mod clause;

use jiff::civil::Date;

use crate::matching::asked::Asks;
use crate::matching::bystander::is_of_bystander;
use crate::matching::plan::ClaimPlan;
use crate::matching::quantity::another_party;
use crate::matching::reading::Reading;
use crate::matching::score::{Scratch, places};
use crate::matching::unit::Entry;
use crate::text::date::{DateMention, Part, dates, dates_nearby};
use crate::text::dateline::dateline;
use crate::text::fold::fold;
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::stem::may_be_past;
use crate::text::token::Vocabulary;
use crate::text::word_list::is_listed;

/// So many dates of a sentence are looked at, and so many places of its events: what has more is a table.
const MOST: usize = 64;
/// Words between an event and its date; a clause of news copy is rarely longer.
pub(super) const REACH: u32 = 25;
/// Words between a verb of saying and its date: "told a committee of the upper house on Friday".
const SAYING_REACH: usize = 8;
/// Words between a date and another that goes on with it: "on Monday, and again for an hour on Friday".
const AGAIN_REACH: usize = 16;
/// Tokens between an event and "a day later" behind it.
const LATER_REACH: usize = 6;
/// Tokens between an event and the preposition that it hangs on: "against the sudden closure".
const GOVERNED: usize = 3;
/// Tokens between a comma and a date that still belongs to what stands before it: ", early on Friday".
const ASIDE: usize = 2;
/// What a conjunction between a date and an event costs, in words: "founded in 1921 and closed on May 3".
const CONJUNCTION: u32 = 3;
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

/// Why a date is not the event's, however near.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// It stands too far away.
    Far,
    /// It tells when something was said.
    Saying,
    /// It dates something else, from which the event may be counted: "on Friday, four months after the meeting".
    Other,
    /// The event is somebody else's.
    Party,
    /// The statement asks, or does not tell it as so.
    Unasserted,
}

/// A statement whose dates are weighed for a claim.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub claim: &'a ClaimPlan,
    /// The `of` entries.
    pub of: &'a [Entry],
    pub sentence: &'a str,
    pub reading: &'a Reading,
    pub vocabulary: &'a Vocabulary,
    /// The sentence before, where its date may be taken over.
    pub before: Option<&'a str>,
    pub published: Option<Date>,
}

impl Setting<'_> {
    /// The dates of the statement that answer the claim: for each place of an event the nearest date of the sentence, or, where the
    /// sentence has none and leans on the one before it, the only date of that.
    pub fn find(&self, scratch: &mut Scratch) -> Vec<Dated> {
        let polarity = self.reading.polarity(self.vocabulary);
        let mut events = self.events(scratch);
        let negated = |place: (usize, usize)| (place.0..=place.1).any(|t| polarity.negated(t));
        events.retain(|(_, place)| !self.is_idiom(*place) && !self.is_unreal(*place));
        events.truncate(MOST);
        if events.is_empty() {
            return Vec::new();
        }
        let here = self.dates();
        let mut found: Vec<Dated> = Vec::new();
        for &(entry, place) in &events {
            let nearest = here
                .iter()
                .filter(|mention| {
                    let denied = self.is_denied(mention, place, negated(place), polarity);
                    !denied && self.apart(mention, place, &events, &here).is_none()
                })
                .map(|mention| (self.distance(mention, place), mention))
                .min_by_key(|(distance, mention)| (*distance, mention.span.start));
            let Some((distance, mention)) = nearest else {
                if here.is_empty() && !negated(place) {
                    found.extend(self.taken_over(entry, place));
                }
                continue;
            };
            let dated = |mention: &DateMention| Dated {
                mention: *mention,
                before: false,
                score: 1.0 - SCORE_STEP * f64::from(distance),
                entry,
                place,
            };
            found.push(dated(mention));
            // "They met on Monday and again on Friday."
            let mut last = mention;
            for next in here.iter().filter(|m| m.span.start > mention.span.start) {
                if self.goes_on(last, next) {
                    found.push(dated(next));
                    last = next;
                }
            }
        }
        best(found)
    }

    /// The dates of the sentence; "at the end of August" is its last day.
    pub fn dates(&self) -> Vec<DateMention> {
        // What was to come may have come, and is told by its day alone before and after.
        let mut all = if self.claim.asks == Asks::MayBe {
            dates_nearby(self.sentence, self.published)
        } else {
            dates(self.sentence, self.published)
        };
        let dateline = dateline(self.sentence);
        all.retain(|mention| mention.span.start >= dateline);
        all.truncate(MOST);
        for mention in &mut all {
            self.end_of_month(mention);
        }
        all
    }

    fn end_of_month(&self, mention: &mut DateMention) {
        let is_end = mention.part == Some(Part::Late)
            && mention.date.month.is_some()
            && mention.date.day.is_none()
            && self.sentence[mention.span.start..].starts_with("end of");
        let by = self.sentence[..mention.span.start]
            .strip_suffix("the ")
            .and_then(|before| before.split_whitespace().next_back());
        if is_end
            && matches!(by, Some("at" | "by" | "until" | "till"))
            && let Some((_, last)) = mention.date.range()
        {
            mention.date.day = u8::try_from(last.day()).ok();
        }
    }

    /// "Took part", "took place": a verb that says something only with its object.
    fn is_idiom(&self, place: (usize, usize)) -> bool {
        place.0 == place.1
            && matches!(
                self.word(place.0),
                "take" | "takes" | "taken" | "taking" | "took"
            )
            && self.reading.tokens.get(place.0 + 1).is_some_and(|_| {
                matches!(
                    self.word(place.0 + 1),
                    "action" | "care" | "note" | "off" | "office" | "over" | "part" | "place"
                )
            })
    }

    /// Every place of an event, with its entry.
    pub fn events(&self, scratch: &mut Scratch) -> Vec<(usize, (usize, usize))> {
        let mut events = Vec::new();
        for (e, entry) in self.of.iter().enumerate() {
            let places = places(entry, self.reading, 0, scratch);
            let stands = |place: &(usize, usize)| self.stands_as_written(entry, place.0);
            let places = places.into_iter().filter(stands);
            events.extend(places.map(|place| (e, place)));
        }
        events
    }

    /// "On sale" is not met by "had sales", nor by "will sell": whether the word at a place is the entry's own, behind a preposition, where
    /// the entry is a preposition and a word.
    fn stands_as_written(&self, entry: &Entry, at: usize) -> bool {
        let mut words = entry.text.split_whitespace();
        let (Some(first), Some(own), None) = (words.next(), words.next(), words.next()) else {
            return true;
        };
        if !is_listed(SETTING, first) {
            return true;
        }
        let brought = (1..=2).any(|back| is_listed(BRINGING, self.word_before(at, back)));
        brought && self.word(at) == fold(own)
    }

    /// Why a date is not that of the event at a place. `events` are the places of all events: a verb of saying among them is itself
    /// what is dated. `mentions` are all dates of the sentence.
    pub fn apart(
        &self,
        mention: &DateMention,
        place: (usize, usize),
        events: &[(usize, (usize, usize))],
        mentions: &[DateMention],
    ) -> Option<Apart> {
        let (first, last) = self.tokens(mention);
        let is_event = |t: usize| events.iter().any(|(_, p)| (p.0..=p.1).contains(&t));
        if self.distance(mention, place) > REACH {
            return Some(Apart::Far);
        }
        if self.hangs_on_saying(first, is_event)
            || (last < place.0 && (last + 1..place.0).any(|t| self.tells(t) && !is_event(t)))
        {
            return Some(Apart::Saying);
        }
        let out = |first, last: usize| {
            let asks = self.claim.asks;
            asks.keeps_out(self.reading, self.vocabulary, first, last + 1)
        };
        if out(first, last) || out(place.0, place.1) {
            return Some(Apart::Unasserted);
        }
        // "The village had been attacked before Saturday" tells no more than that.
        let bound = self.claim.asks == Asks::Was
            && self.word_before(first, 1) == "before"
            && !self.counts_time(first.saturating_sub(2), &["before"]);
        if bound
            || self.dates_something_else((first, last), place)
            || self.are_parted((first, last), place, mentions)
            || self.is_put_off(mention, mentions)
        {
            return Some(Apart::Other);
        }
        // "A French geologist was taken in 2014"
        if self.is_of_a_stranger(place.0) {
            return Some(Apart::Party);
        }
        let at = self.reading.tokens[place.0].span.start;
        let party = if self.befalls_subject(place) {
            is_of_bystander(self.claim, self.reading, self.vocabulary, place.0)
        } else {
            another_party(self.claim, self.sentence, self.reading, self.vocabulary, at)
        };
        party.then_some(Apart::Party)
    }

    /// Whether a date is not that of an event, or that of one that did not take place. "Was not closed on Monday but on Tuesday" and "did not
    /// open until Tuesday" date it all the same.
    fn is_denied(
        &self,
        mention: &DateMention,
        place: (usize, usize),
        negated: bool,
        polarity: &Polarity,
    ) -> bool {
        let (first, _) = self.tokens(mention);
        if matches!(self.word_before(first, 1), "till" | "until") {
            return false;
        }
        let but = |from: usize| (from..first).any(|t| self.word(t) == "but");
        if negated {
            return !but(place.1.min(first));
        }
        polarity.negated(first) && !but(0)
    }

    /// "Due on October 9 but held on April 24": whether a date was only planned, beside another that was not.
    fn is_put_off(&self, mention: &DateMention, mentions: &[DateMention]) -> bool {
        let planned = |mention: &DateMention| {
            let (first, _) = self.tokens(mention);
            let mut before = (first.saturating_sub(PLAN_REACH)..first)
                .rev()
                .take_while(|&t| self.reading.tokens[t].is_word() && self.word(t) != "but");
            before.any(|t| {
                is_listed(PLANNED, self.word(t))
                    || self.word(t) == "have" && self.word_before(t, 1) == "to"
            })
        };
        planned(mention)
            && mentions
                .iter()
                .any(|other| other.span != mention.span && !planned(other))
    }

    /// Whether a date and an event belong to two clauses, the one told of the other.
    fn dates_something_else(&self, date: (usize, usize), event: (usize, usize)) -> bool {
        let tokens = &self.reading.tokens;
        let comma = |t: usize| tokens[t].is_mark(',');
        if date.1 < event.0 {
            // "On Friday, four months after the meeting"
            // "On Friday, three days after leaving port, the ship ran aground"
            let counted = (date.1 + 1..event.0)
                .any(|t| self.counts_time(t, &["after", "before"]) && !(t..event.0).any(comma));
            // "Came on May 2 and closed it a day later"
            let end = (event.1 + 1 + LATER_REACH).min(tokens.len());
            let later = (event.1 + 1..end)
                .take_while(|t| !comma(*t))
                .any(|t| self.counts_time(t, &["earlier", "later"]));
            // "Protested on Friday against the closure"
            let governed = (date.1 + 1..event.0)
                .rev()
                .take(GOVERNED)
                .take_while(|&t| tokens[t].is_word())
                .any(|t| is_listed(ABOUT, self.word(t)));
            // "Voted on October 3 to close it in April", but "is expected on October 3 to close"
            let to = self.word_before(event.0, 1) == "to" && date.1 + 2 == event.0;
            let mut decided = (1..=2).map(|back| self.word_before(date.0, back));
            let decided = decided.find(|word| !matches!(*word, "" | "in" | "on"));
            let decided =
                to && decided.is_some_and(|word| may_be_past(word) && !is_listed(PLANNED, word));
            // "Moved from June 12 to October 9"
            let moved = self.word_before(date.0, 1) == "from" && self.word(date.1 + 1) == "to";
            return counted
                || later
                || governed
                || decided
                || moved
                || self.is_told_of_subject(date, event);
        }
        // "Moved from June 12 to October 9"
        let moved = self.word_before(date.0, 1) == "from"
            && tokens
                .get(date.1 + 1)
                .is_some_and(|_| self.word(date.1 + 1) == "to")
            && (date.0.saturating_sub(SAYING_REACH)..date.0)
                .any(|t| is_listed(MOVED, self.word(t)));
        // "After the mill was closed, workers met on Friday", but "when the mill closed, on Friday, ..."
        let opened = (0..event.0)
            .rev()
            .take(SAYING_REACH)
            .take_while(|&t| tokens[t].is_word())
            .any(|t| matches!(self.word(t), "after" | "before" | "since" | "when"));
        let left = (event.1 + 1..date.0)
            .find(|&t| comma(t))
            .is_some_and(|t| date.0 - t > ASIDE);
        let counted = (event.1 + 1..date.0).any(|t| self.counts_time(t, &["after", "before"]));
        // "A meeting on the closure will be held on July 9"
        let topic = (1..=2).any(|back| {
            let word = self.word_before(event.0, back);
            is_listed(ABOUT, word) || word == "on" && back == 2 && event.0 > 2
        }) && (event.1 + 1..date.0).any(|t| tokens[t].is(Classes::AUXILIARY));
        // "A memorial to those who died in the fire will be unveiled on May 1"
        let noun = !may_be_past(self.word(event.0))
            && (1..=2).any(|back| is_listed(GOVERNING, self.word_before(event.0, back)));
        let other = noun
            && (event.1 + 1..date.0)
                .any(|t| tokens[t].is(Classes::AUXILIARY) || may_be_past(self.word(t)));
        moved || counted || topic || other || opened && left
    }

    /// "A girl of nine discovered the fossil": whether what the claim is about stands right behind the event.
    fn befalls_subject(&self, event: (usize, usize)) -> bool {
        let mut hits = Vec::new();
        let behind = event.1 + 1..event.1 + 1 + OBJECT;
        self.claim
            .about
            .iter()
            .flat_map(|entry| &entry.units)
            .any(|unit| {
                self.reading.hits(unit, &mut hits);
                hits.iter().any(|hit| behind.contains(&hit.first))
            })
    }

    /// "Should have been closed in May": whether an event did not come about.
    fn is_unreal(&self, place: (usize, usize)) -> bool {
        (1..=3).any(|back| {
            self.word_before(place.0, back) == "have"
                && matches!(self.word_before(place.0, back + 1), "should" | "would")
        })
    }

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

    /// Whether an event is told of somebody who is new to the reader and of another country, where the subject is not named.
    fn is_of_a_stranger(&self, event: usize) -> bool {
        let tokens = &self.reading.tokens;
        let mut hits = Vec::new();
        let here = self
            .claim
            .about
            .iter()
            .flat_map(|entry| &entry.units)
            .any(|unit| {
                self.reading.hits(unit, &mut hits);
                !hits.is_empty()
            });
        !here
            && (1..event).any(|i| {
                matches!(self.word(i - 1), "a" | "an")
                    && tokens[i].capital
                    && tokens.get(i + 1).is_some_and(|next| !next.capital)
            })
    }

    /// Words between a date and an event, and what a conjunction between them costs.
    pub fn distance(&self, mention: &DateMention, place: (usize, usize)) -> u32 {
        let tokens = &self.reading.tokens;
        let (first, last) = self.tokens(mention);
        let (from, to) = if last < place.0 {
            (last, place.0)
        } else {
            (place.1, first)
        };
        let parted = (from + 1..to).any(|t| matches!(self.word(t), "and" | "but" | "while"));
        let words = tokens[to].index.saturating_sub(tokens[from].index);
        words + if parted { CONJUNCTION } else { 0 }
    }

    /// The only date of the sentence before, where this one leans on it.
    fn taken_over(&self, entry: usize, place: (usize, usize)) -> Option<Dated> {
        let text = self.before.filter(|_| leans(self.sentence))?;
        let mut earlier = dates(text, self.published);
        let mention = earlier.pop().filter(|_| earlier.is_empty())?;
        Some(Dated {
            mention,
            before: true,
            score: SENTENCE_BEFORE,
            entry,
            place,
        })
    }

    /// The tokens of a date, first and last.
    fn tokens(&self, mention: &DateMention) -> (usize, usize) {
        let tokens = &self.reading.tokens;
        let at = |byte: usize| {
            tokens
                .partition_point(|token| token.span.end <= byte)
                .min(tokens.len() - 1)
        };
        (
            at(mention.span.start),
            at(mention.span.end.saturating_sub(1)),
        )
    }

    fn word(&self, token: usize) -> &str {
        &self.vocabulary.word(self.reading.tokens[token].word).folded
    }

    /// "Said on Friday", "told a committee on Friday", "in a letter on Friday": whether the date at a token is that of a saying, with
    /// neither an event nor a clause of its own between.
    fn hangs_on_saying(&self, first: usize, is_event: impl Fn(usize) -> bool) -> bool {
        let back = (first.saturating_sub(SAYING_REACH)..first).rev();
        for t in back {
            if is_event(t) || !self.reading.tokens[t].is_word() || begins_clause(self.word(t)) {
                return false;
            }
            if self.says(t) {
                return true;
            }
        }
        false
    }

    /// Whether a token says something, by a verb or as a paper.
    fn says(&self, token: usize) -> bool {
        self.reading.tokens[token].is(Classes::SAID.or(Classes::REPORTING))
            || is_listed(SAYINGS, self.word(token))
    }

    /// Whether a token is a verb of saying that a clause follows: "police said the man was taken", not "police said, the man", nor
    /// "there were reports".
    fn tells(&self, token: usize) -> bool {
        self.reading.tokens[token].is(Classes::SAID.or(Classes::REPORTING))
            && !matches!(self.word(token), "claim" | "claims" | "report" | "reports")
            && self
                .reading
                .tokens
                .get(token + 1)
                .is_some_and(|next| next.is_word())
    }

    /// "Four months after", "two days later": whether a token is the unit of such a span.
    fn counts_time(&self, token: usize, behind: &[&str]) -> bool {
        matches!(
            self.word(token),
            "day" | "days" | "week" | "weeks" | "month" | "months" | "year" | "years"
        ) && token + 1 < self.reading.tokens.len()
            && is_listed(behind, self.word(token + 1))
    }

    /// "On Monday and again on Friday", "on Monday and on Friday": whether a date goes on with the one before it.
    fn goes_on(&self, last: &DateMention, next: &DateMention) -> bool {
        let (from, to) = (self.tokens(last).1 + 1, self.tokens(next).0);
        if from >= to || to - from > AGAIN_REACH {
            return false;
        }
        let words = || (from..to).map(|t| self.word(t));
        let and = words().any(|word| word == "and");
        let alone = words().all(|word| matches!(word, "and" | "on" | "in" | "," | "both"));
        and && (alone || words().any(|word| word == "again"))
    }
}

/// Tokens between a date and the word that makes it a planned one. Half as many again change no labelled set.
const PLAN_REACH: usize = 5;

/// Words of what is only planned.
const PLANNED: &[&str] = &[
    "due",
    "expected",
    "intended",
    "meant",
    "originally",
    "planned",
    "rumored",
    "rumoured",
    "scheduled",
    "set",
    "supposed",
];

/// Tokens behind an event among which its object begins: "discovered the fossil". Half as many again change no labelled set.
const OBJECT: usize = 3;

/// Prepositions with which an entry tells of a state: "on sale", "in custody".
const SETTING: &[&str] = &["at", "in", "off", "on", "out", "under"];

/// Prepositions that bring into such a state and out of it.
const BRINGING: &[&str] = &[
    "at", "for", "from", "in", "into", "of", "off", "on", "out", "to", "under",
];

/// Prepositions that make an event what another deed is about.
const ABOUT: &[&str] = &["about", "against", "despite", "following", "over"];

/// Prepositions that make an event a part of what another deed is about.
const GOVERNING: &[&str] = &[
    "after", "at", "by", "for", "from", "in", "of", "over", "to", "with",
];

/// Verbs that give an event another date.
const MOVED: &[&str] = &[
    "brought",
    "deferred",
    "delayed",
    "moved",
    "postponed",
    "pushed",
    "put",
    "rescheduled",
];

/// What is said or written, beside the verbs that report a clause.
const SAYINGS: &[&str] = &[
    "acknowledged",
    "added",
    "article",
    "briefing",
    "conference",
    "confirmed",
    "declared",
    "denied",
    "disclosed",
    "email",
    "explained",
    "interview",
    "letter",
    "memo",
    "replied",
    "revealed",
    "speech",
    "stated",
    "statement",
    "testified",
    "tweet",
    "tweeted",
    "wrote",
];

fn begins_clause(word: &str) -> bool {
    matches!(
        word,
        "that" | "he" | "she" | "it" | "they" | "who" | "which" | "when" | "where" | "if"
    )
}

/// Each date once, with its best score; where a day is known, no month or year of the same event beside it.
fn best(found: Vec<Dated>) -> Vec<Dated> {
    let mut best: Vec<Dated> = Vec::new();
    for dated in found {
        match best
            .iter_mut()
            .find(|other| other.mention.date == dated.mention.date)
        {
            Some(other) if dated.score > other.score => *other = dated,
            Some(_) => {}
            None => best.push(dated),
        }
    }
    let is_day = |dated: &Dated| dated.mention.date.day.is_some() && dated.mention.slack_days == 0;
    if best.iter().any(is_day) {
        best.retain(is_day);
    }
    best
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

#[cfg(test)]
mod tests;
