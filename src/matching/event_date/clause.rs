//! Clauses beside the main one, and whether a date and an event stand in one: "the deal, *announced on April 8*, closed on September 2".

use std::ops::Range;

use crate::matching::event_date::Setting;
use crate::matching::roles::is_adverb;
use crate::text::date::DateMention;
use crate::text::lexicon::Classes;
use crate::text::stem::may_be_past;
use crate::text::word_list::is_listed;

/// Tokens from "that" to the date of the clause that it opens: "that caused an uproar in". Half as many again change no labelled set.
const RELATIVE_REACH: usize = 8;
/// Words that open a clause beside the main one, behind a comma.
const RELATIVES: &[&str] = &["where", "which", "who", "whom", "whose"];

/// Words that open one told of when.
const WHENS: &[&str] = &["after", "before", "once", "since", "until", "when", "while"];

impl Setting<'_> {
    /// Whether a date and an event stand in two clauses. `date` and `event` are tokens, first and last.
    pub(super) fn are_parted(
        &self,
        date: (usize, usize),
        event: (usize, usize),
        mentions: &[DateMention],
    ) -> bool {
        let tokens = &self.reading.tokens;
        let (from, to) = if date.1 < event.0 {
            (date.1, event.0)
        } else {
            (event.1, date.0)
        };
        if (from..to).any(|t| tokens[t].is_mark(';')) {
            return true;
        }
        let of_date = self.beside(date.0, mentions);
        let of_event = self.beside(event.0, mentions);
        match (&of_date, &of_event) {
            (None, None) => false,
            // "Since November 6, when the armistice began", "since 2019, after its expulsion"
            (None, Some(clause)) => {
                !(is_listed(WHENS, self.word(clause.start)) && date.1 + 2 == clause.start)
            }
            // "The election, which took place on April 24"
            (Some(clause), None) => event.1 + 2 != clause.start,
            (Some(a), Some(b)) => a.start != b.start,
        }
    }

    /// "The memorandum *that caused an uproar in September* was signed on the 18th": whether a date before an event stands in a clause that tells of
    /// the subject of the event.
    pub(super) fn is_told_of_subject(&self, date: (usize, usize), event: (usize, usize)) -> bool {
        let tokens = &self.reading.tokens;
        let says = Classes::SAID.or(Classes::REPORTING).or(Classes::DENY);
        let opens = |t: &usize| {
            let before = &tokens[*t - 1];
            matches!(self.word(*t), "that" | "which" | "who")
                && before.is_word()
                && !before.is(says)
                && (tokens[*t + 1].is(Classes::AUXILIARY) || may_be_past(self.word(*t + 1)))
        };
        let open = (1..date.0).rev().take(RELATIVE_REACH).find(opens);
        open.is_some_and(|open| {
            !(open..event.0).any(|t| tokens[t].is_mark(','))
                && (date.1 + 1..event.0).any(|t| tokens[t].is(Classes::AUXILIARY))
        })
    }

    /// The clause beside the main one in which a token stands.
    fn beside(&self, at: usize, mentions: &[DateMention]) -> Option<Range<usize>> {
        let tokens = &self.reading.tokens;
        let inside = |t: usize| {
            let here = tokens[t].span.start;
            let mut mentions = mentions.iter();
            mentions.any(|mention| (mention.span.start..mention.span.end).contains(&here))
        };
        let comma = |t: &usize| tokens[*t].is_mark(',') && !inside(*t);
        let ends = |t: &usize| comma(t) || tokens[*t].is_mark(';');
        let end = (at..tokens.len()).find(ends).unwrap_or(tokens.len());
        let opened = (0..at).rev().filter(comma).map(|comma| comma + 1);
        // Within a clause there may be commas: "who, on June 29, 2010, had".
        for start in opened {
            if (start..at).any(|t| tokens[t].is_mark(';')) {
                break;
            }
            // Behind a clause between commas the main one goes on: "the opening, planned for May, took place in June".
            let participle = self.is_participle(start);
            let before = (0..start - 1).rev().find(comma);
            let closed = || before.is_some_and(|comma| self.opens_clause(comma + 1, &inside));
            if tokens[start].is(Classes::AUXILIARY) || participle && closed() {
                return None;
            }
            if self.opens_clause(start, &inside) {
                return Some(start..end);
            }
            // Only a place or a time set between commas goes on with what stands before it.
            let set =
                tokens[start].capital || is_listed(SETTINGS, self.word(start)) || inside(start);
            if !set || (start..at).any(|t| may_be_past(self.word(t))) {
                return None;
            }
        }
        let begins = may_be_past(self.word(0)) && !self.is_subject_first();
        (begins && end < tokens.len() && at < end).then_some(0..end)
    }

    /// Whether the word behind a comma opens a clause beside the main one; `dated` tells what stands in a date.
    fn opens_clause(&self, start: usize, dated: &impl Fn(usize) -> bool) -> bool {
        let tokens = &self.reading.tokens;
        let first = self.word(start);
        let second = self.word_at(start + 1);
        // "Since mid-2019" is no clause.
        let when = is_listed(WHENS, first) && !(start + 1 < tokens.len() && dated(start + 1));
        let relative = is_listed(RELATIVES, first)
            || matches!(first, "at" | "for" | "in" | "of" | "to" | "with")
                && is_listed(RELATIVES, second);
        when || relative || self.is_participle(start)
    }

    /// "Announced in May", "first planned for May".
    fn is_participle(&self, start: usize) -> bool {
        let first = self.word(start);
        let adverb = is_adverb(first) || is_listed(ADVERBS, first);
        may_be_past(first) || adverb && may_be_past(self.word_at(start + 1))
    }

    /// "Shut on Friday, the mine" against "Left parties won": whether the first word stands before a noun.
    fn is_subject_first(&self) -> bool {
        let next = self.word_at(1);
        !is_listed(BEHIND_PARTICIPLES, next)
    }
}

/// Adverbs without "-ly" before a participle.
const ADVERBS: &[&str] = &["first", "long", "now", "once", "since", "still"];

/// Words that begin a place or a time between commas.
const SETTINGS: &[&str] = &["at", "early", "in", "late", "near", "on"];

/// What stands behind a participle with which a sentence begins.
const BEHIND_PARTICIPLES: &[&str] = &[
    "after", "and", "as", "at", "before", "by", "down", "for", "from", "in", "into", "on", "out",
    "over", "since", "to", "under", "with",
];
