//! Where sentences end.
//!
//! One pass over the bytes of a line, no look-back further than a word: a text without a single space, or of nothing but full
//! stops, costs no more than any other. A full stop ends a sentence when white space and a capital or a digit follow, unless the
//! word before it is written with a full stop anyway. Such words are of three sorts: titles (*Mr.*) never end a sentence;
//! others (*Inc.*, *U.S.*, an initial) do only before a word that clearly begins one (*The*, *He*, *But*); and some (*No.*, *p.*)
//! are abbreviations before a number only.

use super::word_list::is_listed;
use crate::source::Span;

/// Splits one line of prose into sentences and appends their places to `out`.
///
/// `base` is added to every offset, so that a line out of a larger text gives places in that text. Sentences come in order, do not
/// overlap, start and end with a character that is no white space, and have nothing but white space between them. A line of
/// white space gives none. Line breaks mean nothing here: whoever wants them to end a sentence splits at them first.
pub fn split(line: &str, base: usize, out: &mut Vec<Span>) {
    let bytes = line.as_bytes();
    let mut start = skip_space(line, 0);
    let mut at = start;
    while at < bytes.len() {
        if !is_terminator(bytes, at) {
            at += 1;
            continue;
        }
        let stop = at;
        while at < bytes.len() && is_terminator(bytes, at) {
            at += if bytes[at] == ELLIPSIS[0] { 3 } else { 1 };
        }
        let run = &line[stop..at];
        let closed = skip_closers(line, at);
        let next = skip_space(line, closed);
        if next > closed && next < bytes.len() && ends(line, start, stop, run, closed, next) {
            out.push(Span::new(base + start, base + closed));
            start = next;
        } else if next == closed && closed < bytes.len() && glued(line, stop, run, closed) {
            // "… in March.The club": the blank was lost, mostly where a web page lost a line break.
            out.push(Span::new(base + start, base + closed));
            start = closed;
        }
        at = next.max(closed);
    }
    let end = line.trim_end().len();
    if start < end {
        out.push(Span::new(base + start, base + end));
    }
}

const ELLIPSIS: &[u8] = "…".as_bytes();

fn is_terminator(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'.' | b'!' | b'?' => true,
        0xE2 => bytes[at..].starts_with(ELLIPSIS),
        _ => false,
    }
}

fn skip_space(line: &str, from: usize) -> usize {
    let rest = &line[from..];
    from + (rest.len() - rest.trim_start().len())
}

/// Passes closing quotes and brackets, and the footnote marks of an encyclopaedia: `.[12]`.
fn skip_closers(line: &str, mut at: usize) -> usize {
    loop {
        let rest = &line[at..];
        let Some(next) = rest.chars().next() else {
            return at;
        };
        if matches!(next, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '}') {
            at += next.len_utf8();
            continue;
        }
        if next == '[' {
            let digits = rest[1..]
                .bytes()
                .take(4)
                .take_while(u8::is_ascii_digit)
                .count();
            if (1..4).contains(&digits) && rest.as_bytes().get(1 + digits) == Some(&b']') {
                at += digits + 2;
                continue;
            }
        }
        return at;
    }
}

/// At most this many quotes and brackets are passed on the way to the first letter; more is no writing, and the bound keeps the pass linear.
const MAX_OPENERS: usize = 4;

/// The first word of what follows, past opening quotes and brackets, and whether there were any quotes.
fn opening_word(rest: &str) -> (&str, bool) {
    let mut quoted = false;
    let mut at = 0;
    for c in rest.chars().take(MAX_OPENERS) {
        match c {
            '"' | '“' | '„' | '«' | '\'' | '‘' | '”' => quoted = true,
            '(' | '[' | '#' | '@' | '$' | '£' | '€' | '-' | '–' | '—' | '•' | '*' | '¿' | '¡' =>
                {}
            _ => break,
        }
        at += c.len_utf8();
    }
    let rest = &rest[at..];
    (&rest[..word_len(rest)], quoted)
}

/// Longest word that is looked at whole; a longer one is in no list.
const MAX_WORD: usize = 32;

fn word_len(text: &str) -> usize {
    text.char_indices()
        .take(MAX_WORD)
        .find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .map_or_else(
            || {
                text.char_indices()
                    .nth(MAX_WORD)
                    .map_or(text.len(), |(at, _)| at)
            },
            |(at, _)| at,
        )
}

/// Whether a word can be the first of a sentence: a capital, a digit, a letter of a script without case, or a name such as iPhone.
fn can_begin(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    first.is_numeric()
        || (first.is_alphabetic() && !first.is_lowercase())
        || (first.is_lowercase() && chars.next().is_some_and(char::is_uppercase))
}

/// The word that ends at `stop`, with the full stops inside it (`U.S`), without brackets and quotes before it.
fn word_before(line: &str, stop: usize) -> &str {
    let head = &line[..stop];
    let from = head
        .char_indices()
        .rev()
        .take(MAX_WORD)
        .take_while(|&(_, c)| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&'))
        .last()
        .map_or(stop, |(at, _)| at);
    head[from..].trim_start_matches(['.', '\'', '’', '&'])
}

/// Whether the sentence that began at `start` ends with the `run` of terminators at `stop`. `closed` is the place past closing quotes,
/// `next` the first character after the white space.
fn ends(line: &str, start: usize, stop: usize, run: &str, closed: usize, next: usize) -> bool {
    let rest = &line[next..];
    let (word, quoted) = opening_word(rest);
    if !can_begin(word) {
        return false;
    }
    let before = word_before(line, stop);
    if run == "." {
        if before.is_empty() {
            return true;
        }
        // "1. First", "A. First": the mark of a list, not a sentence.
        if line[start..stop].trim_start_matches(['(', '[']) == before
            && (before.chars().count() == 1
                || (before.len() <= 3 && before.bytes().all(|b| b.is_ascii_digit())))
        {
            return false;
        }
        return match abbreviation(before) {
            None => true,
            Some(Abbreviation::Title) => false,
            Some(Abbreviation::BeforeNumber) => !word.starts_with(|c: char| c.is_numeric()),
            Some(Abbreviation::Day) => {
                !(word.starts_with(|c: char| c.is_numeric()) || is_listed(MONTHS, word))
            }
            Some(Abbreviation::Hour) => {
                !(word.starts_with(|c: char| c.is_numeric())
                    || is_listed(MONTHS, word)
                    || is_listed(AFTER_HOUR, word))
            }
            // "HARROW, Mass. — The dam": a dateline.
            Some(Abbreviation::Name) if rest.starts_with(['-', '–', '—']) => false,
            Some(Abbreviation::Name) => {
                (quoted && closed == stop + 1) || (begins_sentence(word) && !is_initial(rest, word))
            }
        };
    }
    // `"Really?" Smith asked.` is one sentence.
    if closed > stop + run.len() && said_by(rest) {
        return false;
    }
    // "Yahoo! News"
    if run == "!" && is_listed(SHOUTED_NAMES, before) && !begins_sentence(word) {
        return false;
    }
    true
}

/// Whether a sentence ends where the blank after it was lost. Demands a word of small letters before and a capital followed by small
/// letters after, and no name of a site: `Amazon.Com` and `Node.Js` stay whole.
fn glued(line: &str, stop: usize, run: &str, closed: usize) -> bool {
    if run.contains('…') || run.len() > 1 {
        return false;
    }
    let before = word_before(line, stop);
    let quote_closed = closed > stop + run.len();
    let long_small = before.chars().count() >= 2
        && !before.contains('.')
        && before.chars().skip(1).all(char::is_lowercase);
    // "the Network.The league": a name may end the first, if what follows is no name.
    let named = before.starts_with(char::is_uppercase);
    let (word, _) = opening_word(&line[closed..]);
    let after = word.len();
    // The word must be followed by a blank: "report.Final.pdf" is a file.
    let blank = line
        .as_bytes()
        .get(closed + after)
        .is_some_and(|b| *b == b' ' || *b == b',');
    long_small
        && abbreviation(before).is_none()
        && blank
        && word.chars().next().is_some_and(char::is_uppercase)
        && (begins_sentence(word)
            || (!quote_closed
                && !named
                && word.len() > 3
                && word.chars().skip(1).all(char::is_lowercase)))
}

/// What a full stop after a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Abbreviation {
    /// Stands before a name, so never at the end.
    Title,
    /// Ends a sentence only before a word that clearly begins one.
    Name,
    /// An abbreviation only before a number.
    BeforeNumber,
    /// A day of the week: an abbreviation before a date only.
    Day,
    /// a.m. and p.m.: a day or a time zone may follow.
    Hour,
}

fn abbreviation(word: &str) -> Option<Abbreviation> {
    let mut chars = word.chars();
    let first = chars.next()?;
    if chars.next().is_none() {
        // "J. Smith", "Roe v. Wade"; a number is none.
        return match first {
            'v' => Some(Abbreviation::Title),
            'p' | 'c' => Some(Abbreviation::BeforeNumber),
            c if c.is_uppercase() => Some(Abbreviation::Name),
            _ => None,
        };
    }
    if is_listed(HOURS, word) {
        return Some(Abbreviation::Hour);
    }
    if is_listed(NEVER_LAST, word) {
        return Some(Abbreviation::Title);
    }
    if word.contains('.') {
        // Letters with full stops between them: U.S, D.C, Ph.D.
        let letters = word
            .split('.')
            .all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
        return letters.then_some(Abbreviation::Name);
    }
    if is_listed(BEFORE_NUMBER, word) {
        return Some(Abbreviation::BeforeNumber);
    }
    // "vs." and "approx." are written small, and so may "etc." be; the others are names and take a capital.
    if is_listed(SMALL, word) {
        return Some(Abbreviation::Name);
    }
    if !first.is_uppercase() {
        return None;
    }
    if is_listed(TITLES, word) {
        Some(Abbreviation::Title)
    } else if is_listed(NAMES, word) {
        Some(Abbreviation::Name)
    } else if is_listed(DAYS, word) {
        Some(Abbreviation::Day)
    } else {
        None
    }
}

/// Whether a capitalised word is one that stands at the head of a sentence rather than in a name.
fn begins_sentence(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && is_listed(OPENERS, word.split(['\'', '’']).next().unwrap_or(word))
        // All capitals is a name again: "U.S. IT firms", but "I" and "A" are words.
        && (word.chars().count() == 1 || word.chars().nth(1).is_some_and(|c| !c.is_uppercase()))
}

/// Whether the word that opens `rest` is one letter with a full stop: "J. A. Smith".
fn is_initial(rest: &str, word: &str) -> bool {
    word.chars().count() == 1 && rest[rest.find(word).unwrap_or(0) + word.len()..].starts_with('.')
}

/// Whether `rest` opens with up to four words of a name and a verb of saying.
fn said_by(rest: &str) -> bool {
    // Enough for five words; the bound keeps a text without blanks cheap.
    let near = rest
        .char_indices()
        .nth(5 * MAX_WORD)
        .map_or(rest, |(at, _)| &rest[..at]);
    for (index, word) in near.split(char::is_whitespace).take(5).enumerate() {
        let bare = word.trim_end_matches([',', '.', ':']);
        if index > 0 && is_listed(SAYING, bare) {
            return true;
        }
        let named = bare.starts_with(char::is_uppercase) && word.len() <= MAX_WORD;
        // "Mr." may carry its full stop; any other sign ends the name.
        if !named || (word.len() != bare.len() && abbreviation(bare).is_none()) {
            return false;
        }
        if begins_sentence(bare) {
            return false;
        }
    }
    false
}

/// Titles and ranks: a name follows.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "asst", "atty", "brig", "bro", "capt", "cllr", "cmdr", "col", "cols", "cpl", "det", "dr", "drs", "fr", "gen",
    "gens", "gov", "govs", "hon", "hons", "insp", "lt", "lts", "maj", "messrs", "mr", "mrs", "ms", "msgr", "mx", "ofc", "pfc",
    "pres", "prof", "profs", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "spc", "supt", "treas",
];

/// Never the last word, in small letters either.
const NEVER_LAST: &[&str] = &["cf", "e.g", "i.e", "vs"];

/// Names that are written short: firms, months, states, streets, places.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "ala", "apr", "ariz", "ark", "aug", "ave", "bldg", "blvd", "bros", "calif", "cie", "co", "colo", "conn", "corp", "dec",
    "del", "dept", "dist", "div", "esq", "est", "feb", "fla", "ft", "ga", "govt", "ill", "inc", "ind", "jan", "jr", "jul",
    "jun", "kan", "ky", "la", "ltd", "mass", "md", "mich", "minn", "mo", "mont", "mt", "mtn", "natl", "neb", "nev", "nov",
    "oct", "okla", "ont", "ore", "pa", "pty", "que", "sask", "sep", "sept", "sr", "st", "ste", "tenn", "tex", "univ", "va",
    "vt", "wash", "wis", "wyo",
];

/// Written with a full stop in small letters as well.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "al", "approx", "assn", "ca", "co", "corp", "dept", "est", "etc", "inc", "incl", "llc", "ltd", "plc",
];

/// An abbreviation only where a number follows: "No. 5", against the answer "No."
#[rustfmt::skip]
const BEFORE_NUMBER: &[&str] = &[
    "art", "ch", "chap", "eq", "ext", "fig", "figs", "mar", "no", "nos", "op", "para", "pp", "sec", "ver", "vol", "vols",
];

const HOURS: &[&str] = &["a.m", "p.m"];

/// What follows an hour within its sentence.
#[rustfmt::skip]
const AFTER_HOUR: &[&str] = &[
    "bst", "cdt", "central", "cest", "cet", "cst", "eastern", "edt", "est", "et", "friday", "gmt", "local", "monday",
    "mountain", "mst", "mt", "pacific", "pdt", "pst", "pt", "saturday", "sunday", "thursday", "tuesday", "utc", "wednesday",
];

const DAYS: &[&str] = &[
    "fri", "mon", "sat", "sun", "thu", "thur", "thurs", "tue", "tues", "wed",
];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "apr", "april", "aug", "august", "dec", "december", "feb", "february", "jan", "january", "jul", "july", "jun", "june",
    "mar", "march", "may", "nov", "november", "oct", "october", "sep", "sept", "september",
];

/// Names that end in an exclamation mark.
const SHOUTED_NAMES: &[&str] = &["jeopardy", "yahoo", "yum"];

/// Words that begin a sentence when they are capitalised after a full stop. Words that also begin names stay out (First, Under,
/// General).
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "a", "about", "according", "after", "all", "also", "although", "among", "an", "and", "another", "any", "as", "asked",
    "at", "because", "before", "besides", "both", "but", "by", "can", "could", "despite", "did", "do", "does", "during",
    "each", "earlier", "even", "every", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "however",
    "i", "if", "in", "instead", "is", "it", "its", "just", "last", "later", "many", "maybe", "meanwhile", "more", "moreover",
    "most", "my", "neither", "no", "nobody", "nor", "not", "nothing", "now", "of", "on", "once", "one", "only", "or", "other",
    "others", "our", "over", "perhaps", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their",
    "then", "there", "therefore", "these", "they", "this", "those", "though", "three", "through", "throughout", "thus", "to",
    "two", "unless", "until", "was", "we", "were", "what", "when", "where", "whether", "which", "while", "who", "why", "with",
    "within", "without", "would", "yet", "you", "your",
];

/// Verbs that follow a quoted question or shout.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "added", "asked", "asks", "cried", "declared", "demanded", "exclaimed", "joked", "posted", "quipped", "replied", "said",
    "says", "screamed", "shouted", "told", "tweeted", "wondered", "wrote", "yelled",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sentences(line: &str) -> Vec<&str> {
        let mut spans = Vec::new();
        split(line, 0, &mut spans);
        spans
            .into_iter()
            .map(|span| &line[span.start..span.end])
            .collect()
    }

    #[track_caller]
    fn whole(line: &str) {
        assert_eq!(sentences(line), [line]);
    }

    #[track_caller]
    fn two(first: &str, second: &str) {
        let line = format!("{first} {second}");
        assert_eq!(sentences(&line), [first, second]);
    }

    #[track_caller]
    fn two_glued(first: &str, second: &str) {
        assert_eq!(sentences(&format!("{first}{second}")), [first, second]);
    }

    #[test]
    fn lists_are_sorted() {
        for list in [
            TITLES,
            NEVER_LAST,
            NAMES,
            SMALL,
            BEFORE_NUMBER,
            HOURS,
            AFTER_HOUR,
            DAYS,
            MONTHS,
            SHOUTED_NAMES,
            OPENERS,
            SAYING,
        ] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }

    #[test]
    fn plain_sentences_end_at_their_signs() {
        two("The dam held.", "Nobody was hurt.");
        two("Did it hold?", "It did!");
        two("The dam held!", "25 people watched.");
        two("It cost a lot.", "$4 million went to the mayor.");
        two("The dam held…", "Then it broke.");
        two("The dam held . . .", "Then it broke.");
        two("They sold phones.", "iPhone sales fell.");
    }

    #[test]
    fn titles_and_initials_go_on() {
        whole("On Monday Mr. Brandt met Dr. Lena Vogt and Lt. Col. J. A. Marsh.");
        whole("The case Harrow v. Marsh went on.");
        whole("Robert F. Marsh and J. K. Brandt left.");
        two("They chose Plan B.", "The mayor agreed.");
    }

    #[test]
    fn abbreviations_end_a_sentence_only_before_a_clear_beginning() {
        whole("The U.S. Army moved.");
        two("He lives in the U.S.", "The mayor does not.");
        two("She works for Harrow Inc.", "He does not.");
        whole("Harrow Inc. Chairman Lena Vogt left.");
        whole("Lives in Harrow, Calif. Governor Brandt was there.");
        whole("It opens at 9 a.m. Tuesday and at 10 a.m. EST on Friday.");
        two("It opens at 9 a.m.", "Visitors must wait.");
        whole("They met on Sat. Nov. 5 and on Jan. 7.");
        two("He read The Sun.", "Brandt read nothing.");
        two(
            "They sell apples, pears, etc.",
            "\"We grow them,\" he said.",
        );
        whole("Harrow vs. Marsh is a long story.");
        whole("HARROW, Mass. — The dam held.");
        whole("Gens. Brandt and Vogt left.");
    }

    #[test]
    fn numbers_go_on() {
        whole("It rose by 3.5 to No. 5 on p. 12 of vol. 3.");
        two("He said no.", "Brandt said yes.");
        two("\"No.", "The answer is no,\" he said.");
        whole("1. First of all the dam");
        two("It was built in 1970.", "2014 was worse.");
        whole("(a) The dam");
    }

    #[test]
    fn quotations_keep_their_speakers() {
        two("\"Go,\" he said.", "\"Now.\"");
        whole("\"Really?\" he asked.");
        whole("“Really?” Lena Vogt asked.");
        whole("“Really?” Mr. Brandt said.");
        two("“Really?”", "The mayor said nothing.");
        two("“Really?”", "Brandt walked away.");
        two("(The dam held.)", "[It did.]");
        two("He called it “done.”", "‘Never,’ she said.");
        whole("He waited ... and waited; Then he left.");
        two("The dam held.[12]", "It was old.");
    }

    #[test]
    fn a_lost_blank_is_mended_where_it_is_plain() {
        assert_eq!(
            sentences("It held in spring.The mayor left."),
            ["It held in spring.", "The mayor left."]
        );
        two_glued("He works for the Network.", "The mayor left.");
        whole(
            "He reads Harrow.Daily news and uses Node.Js and harrow.Com and report.Final.pdf daily.",
        );
    }

    #[test]
    fn shouted_names_go_on() {
        whole("She told Yahoo! News that it held.");
        two("She works for Yahoo!", "He does not.");
    }

    #[test]
    fn strange_input_is_cheap() {
        // Quadratic work on any of these would take minutes.
        for unit in [
            ".", "\"", "a", ". ", ".\" ", "…", "A. ", "?”", ".(", "[1", ".[1]", " ", "\u{a0}.",
        ] {
            let line = unit.repeat(500_000 / unit.len());
            let mut spans = Vec::new();
            split(&line, 0, &mut spans);
            assert!(spans.len() <= line.len());
        }
    }

    pub(crate) fn tiles(text: &str, spans: &[Span]) {
        let mut last = 0;
        for span in spans {
            assert!(span.start >= last && span.end > span.start);
            assert!(text[last..span.start].trim().is_empty());
            let sentence = &text[span.start..span.end];
            assert_eq!(sentence.trim(), sentence);
            last = span.end;
        }
        assert!(text[last..].trim().is_empty());
    }

    proptest! {
        #[test]
        fn sentences_tile_any_text(line in "\\PC*") {
            let mut spans = Vec::new();
            split(&line, 0, &mut spans);
            tiles(&line, &spans);
        }

        #[test]
        fn sentences_tile_texts_full_of_signs(line in "[a-dA-D0-2.!?…\"'“”‘’()\\[\\] \u{a0}é—ıİ]{0,60}") {
            let mut spans = Vec::new();
            split(&line, 0, &mut spans);
            tiles(&line, &spans);
        }
    }
}
