//! What an article tells of earlier years beside what it reports: "the army announced his death *once before, in 2014*", "*two years ago* the
//! board rejected it".

use std::ops::Range;

use jiff::civil::Date;

use crate::matching::plan::Wording;
use crate::matching::weigh::{Carried, Case};
use crate::source::Span;
use crate::text::date::{DateMention, dates};
use crate::text::lexicon::Classes;
use crate::text::word_list::is_listed;

/// Years before that of the article from which on something is background: of the year before, a report in January tells as of yesterday.
/// 1 and 3 change no labelled set.
const YEARS: i16 = 2;

/// Words before "ago" with which a clause may begin: "just over ten years". One fewer or two more change no labelled news.
const FRONTED: usize = 4;
/// Words that begin another clause, or end one.
const BOUNDS: &[&str] = &[
    "after", "and", "as", "because", "but", "if", "said", "say", "says", "since", "that", "when",
    "where", "which", "while", "who", "whom", "whose",
];

/// Whether a sentence tells with these words, given in its bytes, what came about in a year long before its article's. What has been so *since*
/// then, or is so *until* then, is so now, what another clause dates is not dated, and a year that decides is no background.
pub(super) fn tells_of_earlier_years(
    sentence: &str,
    words: &[Span],
    published: Option<Date>,
) -> bool {
    let Some(published) = published.filter(|_| sentence.bytes().any(|byte| byte.is_ascii_digit()))
    else {
        return false;
    };
    let is_early = |mention: &DateMention| {
        let year = mention.date.year;
        year.is_some_and(|year| year <= published.year() - YEARS)
    };
    let mentions = dates(sentence, Some(published));
    mentions
        .iter()
        .filter(|mention| is_early(mention))
        .any(|mention| {
            let before = sentence[..mention.span.start].to_lowercase();
            // "In the spring of 2012"
            let mut back = before
                .split_whitespace()
                .rev()
                .filter(|word| *word != "the");
            let told = back
                .next()
                .is_some_and(|word| matches!(word, "in" | "of" | "on"));
            // "From 19 million in 2016 to 26 million": how it came to what is.
            let mut behind = sentence[mention.span.end..].split_whitespace();
            let changes = behind.next() == Some("to");
            // "In March 2011 the army announced that he had been killed": the whole sentence.
            let fronted = back.next().is_none();
            let own = words
                .iter()
                .any(|word| word.start < mention.span.end && mention.span.start < word.end);
            let dated = words
                .iter()
                .filter(|word| is_one_clause(sentence, mention, **word));
            told && !changes && !own && (fronted || 2 * dated.count() > words.len())
        })
}

/// Whether nothing between a date and a word begins or ends a clause.
fn is_one_clause(sentence: &str, mention: &DateMention, word: Span) -> bool {
    let gap = if word.end <= mention.span.start {
        let gap = sentence[word.end..mention.span.start].trim_end();
        // "Once before, in 2014"
        let gap = gap.trim_end_matches(char::is_alphabetic).trim_end();
        gap.strip_suffix(',').unwrap_or(gap)
    } else {
        let gap = &sentence[mention.span.end..word.start.max(mention.span.end)];
        // "In 2014, when it closed its mill"
        gap.strip_prefix(", when ").unwrap_or(gap)
    };
    let mut words = gap.split(|c: char| !c.is_alphanumeric());
    !gap.contains([',', ';', ':', '—']) && !words.any(|word| is_listed(BOUNDS, word))
}

/// The words by which a statement tells what was matched of a time years before, "two years ago", where no wording of the claim does. Of
/// what another clause tells of it says nothing: "was appointed two years ago and resigned on Monday".
pub(super) fn years_ago(case: &Case, carried: &Carried) -> Option<Range<usize>> {
    let tokens = &case.reading.tokens;
    let part = case.reading.part.clone();
    let ago = part.clone().find(|&i| {
        let told = tokens[i].is_word() && tells_before(case.word(i));
        told && i > 0 && is_years(case.word(i - 1))
    })?;
    let told = |wording: &Wording| {
        let words: Vec<&str> = wording.text.split_whitespace().collect();
        let mut pairs = words.windows(2);
        pairs.any(|pair| is_years(pair[0]) && tells_before(pair[1]))
    };
    let mut wordings = case.plans.iter().flat_map(|plan| &plan.wordings);
    if wordings.any(told) {
        return None;
    }
    let bounds = |i: &usize| {
        let word = case.word(*i);
        let joins = matches!(word, "and" | "that" | "which");
        !tokens[*i].is_word() && !tokens[*i].is_mark('"') || tokens[*i].is(Classes::BOUND) || joins
    };
    let from = (part.start..ago)
        .rev()
        .find(bounds)
        .map_or(part.start, |i| i + 1);
    // "Two years ago, the board rejected it": the whole sentence.
    let fronted = ago - from <= FRONTED;
    // "Two years before the theft", but "had led it for ten years before he resigned".
    if case.word(ago) == "before" && (!fronted || case.word(from) == "for") {
        return None;
    }
    let to = (ago + 1..part.end).find(bounds).unwrap_or(part.end);
    let hits = || carried.scored.hits.iter();
    let dated = hits().filter(|(_, hit)| (from..to).contains(&hit.first));
    let whole = fronted && from == part.start;
    (whole || 2 * dated.count() > hits().count()).then_some(ago - 1..ago + 1)
}

fn is_years(word: &str) -> bool {
    matches!(word, "decade" | "decades" | "year" | "years")
}

fn tells_before(word: &str) -> bool {
    matches!(word, "ago" | "before" | "earlier")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the sentence tells what stands between the bars of an earlier year.
    fn is_background(sentence: &str, published: &str) -> bool {
        let parts: Vec<&str> = sentence.split('|').collect();
        let word = Span::new(parts[0].len(), parts[0].len() + parts[1].len());
        tells_of_earlier_years(&parts.concat(), &[word], published.parse().ok())
    }

    #[test]
    fn long_before_is_not_since_then() {
        for (sentence, told) in [
            (
                "The army |announced his death| once before, in 2014, but he lived.",
                true,
            ),
            (
                "In March 2011 the army announced that he |had been killed|.",
                true,
            ),
            ("The |mill burned| in the spring of 2012.", true),
            ("He |has been dead| since 2014.", false),
            ("It shed jobs in 2014, when it |closed a mill|.", true),
            ("The |mill burned| in 2017.", false),
            ("The |bill rose| from 19 in 2014 to 26.", false),
            ("The brooch |is a copy| that was sold in 1987.", false),
            (
                "Since it lost the lease in 2009, the navy |has looked| for another.",
                false,
            ),
            ("He |is dead|.", false),
        ] {
            assert_eq!(is_background(sentence, "2018-05-04"), told, "{sentence}");
            assert!(!is_background(sentence, ""), "{sentence}");
        }
    }

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        assert!(BOUNDS.is_sorted());
    }
}
