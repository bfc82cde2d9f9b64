//! The noun that a number counts: shallow, by word lists and endings.

use crate::text::piece::Pieces;

/// Longest noun phrase, in words: "suspected al-Qaeda militants from" needs no more, and a longer run is a misread sentence.
const MOST_WORDS: usize = 5;

/// Function words and the verbs that follow a count most often in news. Sorted, for the binary search.
const STOP: &[&str] = &[
    "a",
    "about",
    "above",
    "according",
    "across",
    "after",
    "against",
    "ago",
    "all",
    "almost",
    "alone",
    "along",
    "already",
    "also",
    "although",
    "am",
    "amid",
    "among",
    "an",
    "and",
    "any",
    "apiece",
    "are",
    "around",
    "as",
    "at",
    "away",
    "back",
    "be",
    "became",
    "because",
    "become",
    "been",
    "before",
    "began",
    "behind",
    "being",
    "below",
    "between",
    "both",
    "but",
    "by",
    "came",
    "can",
    "cannot",
    "come",
    "comes",
    "could",
    "currently",
    "despite",
    "did",
    "died",
    "do",
    "does",
    "down",
    "due",
    "during",
    "each",
    "earlier",
    "either",
    "elsewhere",
    "enough",
    "even",
    "ever",
    "every",
    "except",
    "fell",
    "fled",
    "for",
    "former",
    "fought",
    "found",
    "from",
    "gave",
    "get",
    "go",
    "goes",
    "got",
    "grew",
    "had",
    "has",
    "have",
    "he",
    "held",
    "her",
    "here",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "including",
    "inside",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "just",
    "kept",
    "knew",
    "last",
    "later",
    "left",
    "like",
    "likely",
    "lost",
    "made",
    "may",
    "me",
    "met",
    "might",
    "minus",
    "more",
    "most",
    "must",
    "my",
    "near",
    "nearly",
    "next",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "on",
    "once",
    "only",
    "onto",
    "or",
    "our",
    "out",
    "outside",
    "over",
    "paid",
    "per",
    "plus",
    "put",
    "ran",
    "rather",
    "remain",
    "rose",
    "said",
    "saw",
    "say",
    "says",
    "sent",
    "set",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "spent",
    "still",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "throughout",
    "to",
    "today",
    "together",
    "told",
    "tomorrow",
    "tonight",
    "too",
    "took",
    "toward",
    "towards",
    "under",
    "unless",
    "until",
    "up",
    "upon",
    "us",
    "versus",
    "very",
    "via",
    "was",
    "we",
    "went",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "won",
    "worth",
    "would",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Words that end a noun phrase.
pub(in crate::text) fn is_stop(low: &str) -> bool {
    STOP.binary_search(&low).is_ok()
}

/// Whether a word in lower case looks like the plural of a noun.
pub(in crate::text) fn is_plural(low: &str) -> bool {
    matches!(
        low,
        "people"
            | "men"
            | "women"
            | "children"
            | "police"
            | "personnel"
            | "staff"
            | "troops"
            | "aircraft"
            | "feet"
            | "teeth"
            | "mice"
            | "cattle"
            | "sheep"
            | "fish"
            | "lives"
            | "dead"
            | "policemen"
            | "policewomen"
            | "gunmen"
            | "firemen"
            | "fishermen"
            | "servicemen"
            | "congressmen"
            | "businessmen"
            | "percent"
    ) || (low.len() > 3
        && low.ends_with('s')
        && !low.ends_with("ss")
        && !low.ends_with("us")
        && !low.ends_with("is")
        && !is_stop(low))
}

/// Things that happen and bear a year: "2014 elections" are not two thousand of them.
pub(in crate::text) fn is_event(low: &str) -> bool {
    matches!(
        low,
        "elections"
            | "protests"
            | "attacks"
            | "riots"
            | "games"
            | "olympics"
            | "championships"
            | "talks"
            | "uprisings"
            | "bombings"
            | "playoffs"
            | "primaries"
            | "polls"
            | "awards"
            | "results"
            | "midterms"
            | "floods"
            | "wars"
            | "demonstrations"
            | "clashes"
            | "accords"
            | "sanctions"
            | "hearings"
            | "finals"
    )
}

/// Whether the word at piece `at` is a plural that a number before it counts.
pub(in crate::text) fn is_counted(pieces: &Pieces<'_>, at: usize) -> bool {
    let low = pieces.low(at);
    pieces.is_word(at) && !pieces.is_capital(at) && is_plural(low) && !is_event(low)
}

/// The noun phrase that starts at piece `at`, or after "of (the, its …)"; as a range of pieces.
pub(in crate::text) fn phrase(pieces: &Pieces<'_>, at: usize) -> Option<(usize, usize)> {
    let mut first = at;
    if pieces.joins(first) {
        // "25-member panel", "500-strong crowd"
        first += 1;
        if pieces.low(first) == "strong" {
            first += 1;
        }
    } else if pieces.low(first) == "of" {
        first += 1;
        while matches!(
            pieces.low(first),
            "the"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "my"
                | "your"
                | "these"
                | "those"
                | "all"
                | "them"
                | "us"
        ) {
            if matches!(pieces.low(first), "them" | "us") {
                return None;
            }
            first += 1;
        }
    } else {
        while matches!(
            pieces.low(first),
            "more" | "other" | "additional" | "further"
        ) && !matches!(pieces.low(first + 1), "than")
        {
            first += 1;
        }
    }
    let mut end = first;
    let mut words = 0;
    while words < MOST_WORDS && pieces.is_word(end) {
        let low = pieces.low(end);
        let has_head = words > 0;
        // "who've", "they're"; a possessive noun goes on.
        let stem = low.split(['\'', '’']).next().unwrap_or(low);
        if is_stop(stem) || is_number_word(low) {
            break;
        }
        if has_head {
            let last = pieces.low(end - 1);
            let last_is_head = is_plural(last) && !pieces.is_capital(end - 1);
            // "25 soldiers killed", but "25 women soldiers".
            if last_is_head && !is_plural(low) && !pieces.glued_before(end) {
                break;
            }
            // "25 Taliban killed", "500 staff quickly".
            if (low.ends_with("ly") || low.ends_with("ed")) && !is_adjective(pieces, end) {
                break;
            }
        }
        end += 1;
        words += 1;
        if pieces.joins(end) && pieces.is_word(end + 1) {
            end += 1;
        }
    }
    // A possessive ends the phrase: "25 years' experience" keeps only its unit, "two men's bodies" is about bodies.
    (end > first).then_some((first, end))
}

/// Whether the -ed or -ly word is followed by more of the noun phrase.
fn is_adjective(pieces: &Pieces<'_>, at: usize) -> bool {
    is_plural(pieces.low(at + 1)) || (pieces.joins(at + 1) && is_plural(pieces.low(at + 2)))
}

fn is_number_word(low: &str) -> bool {
    matches!(
        low,
        "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "hundreds"
            | "thousands"
            | "dozens"
            | "million"
            | "billion"
            | "several"
            | "many"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(text: &str) -> Option<&str> {
        let pieces = Pieces::cut(text);
        let (first, end) = phrase(&pieces, 1)?;
        let span = pieces.span(first, end);
        Some(&text[span.start..span.end])
    }

    #[test]
    fn the_stop_list_is_sorted() {
        assert!(STOP.is_sorted());
        assert!(is_stop("a") && is_stop("your") && is_stop("said") && is_stop("including"));
        assert!(!is_stop("militants"));
    }

    #[test]
    fn phrases_end_at_their_head() {
        assert_eq!(noun("25 Taliban militants died"), Some("Taliban militants"));
        assert_eq!(noun("25 soldiers killed"), Some("soldiers"));
        assert_eq!(noun("25 armed men in"), Some("armed men"));
        assert_eq!(noun("25 women soldiers said"), Some("women soldiers"));
        assert_eq!(noun("25 of its workers left"), Some("workers"));
        assert_eq!(noun("25-member panel"), Some("member panel"));
        assert_eq!(noun("25 were killed"), None);
        assert_eq!(noun("25 Kurdish killed"), Some("Kurdish"));
        assert_eq!(noun("25 al-Shabab fighters"), Some("al-Shabab fighters"));
        assert_eq!(noun("25 of them"), None);
        assert_eq!(noun("25"), None);
    }
}
