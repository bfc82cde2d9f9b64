//! Similarity of a wording's word and an article's word.

use crate::text::lexicon::Classes;
use crate::text::stem::stem;
use crate::text::token::{Letters, Word};
use crate::text::word_list::is_listed;

/// Jaro-Winkler from which two words count as forms or misspellings of each other. .88 was level on the development set, so
/// the exact place is not critical; lower admits done/drone.
const JARO_WINKLER: f64 = 0.92;
/// What Jaro-Winkler alone may not overrule: it favours a common start ("contrast", "contract").
const JARO_WINKLER_OSA: f64 = 0.60;
/// Normalised optimal string alignment from which two words with the same first letter count as alike.
const OSA: f64 = 0.80;
/// The same for words of an alias, which stand for a name and admit less.
const ALIAS_OSA: f64 = 0.85;
/// Similarity of two forms of one stem; above every fuzzy score, below identity.
pub const SAME_STEM: f64 = 0.97;
/// Similarity of two names of something said ("rumour", "report").
const BOTH_SPEECH: f64 = 0.85;
/// Similarity of two spellings of a name.
const NAME: f64 = 0.90;
/// Fuzzy scores are scaled by this, so that they stay below a common stem.
const FUZZY: f64 = 0.95;
/// Similarity of a word and its opposite by prefix ("confirmed", "unconfirmed"); the polarity is toggled.
pub const ANTONYM: f64 = 0.90;
/// Words of an alias shorter than this are compared by identity and stem only.
pub const MIN_ALIAS_CHARS: usize = 6;
/// Words shorter than this are compared by identity and stem only.
pub const MIN_SPELLING_CHARS: usize = 5;

/// Prefixes that change what a word means: a word and its prefixed form are never alike.
const PREFIXES: [&str; 9] = ["un", "non", "dis", "in", "im", "ir", "il", "mis", "anti"];
/// Prefixes that turn a word into its opposite.
const OPPOSITES: [&str; 5] = ["un", "non", "dis", "in", "im"];

/// Shorter words that have an opposite in "un-" ("until" is none of "til").
const SHORT: &[&str] = &[
    "born", "built", "done", "fair", "fed", "fit", "hurt", "just", "kind", "lit", "made", "met",
    "paid", "safe", "said", "seen", "sold", "sure", "told", "used", "well", "wise",
];

/// Words, as stems, that only look like the opposite of what they are without a prefix: who "disputes" a thing does not fail to put it.
const NO_OPPOSITES: &[&str] = &[
    "discard", "discharg", "discount", "discours", "discover", "discuss", "disgrac", "disgust",
    "dismiss", "dispatch", "display", "dispos", "disput", "dissolv", "distract", "distress",
    "impart", "impeach", "implant", "import", "impos", "impress", "improv", "incens", "increas",
    "indent", "inflict", "inform", "inquir", "inspect", "inspir", "instal", "instanc", "intend",
    "intens", "intent", "invent", "invest", "invit", "involv", "inward", "union", "unit", "until",
];

/// How a word is written where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Begins with a small letter.
    Lower,
    /// Begins with a capital where a sentence begins, which says nothing.
    Initial,
    /// Begins with a capital inside a sentence: a name, or a headline.
    Capital,
}

/// Normalised optimal string alignment, 0 to 1.
fn osa(a: &str, b: &str) -> f64 {
    let longest = a.chars().count().max(b.chars().count());
    if longest == 0 {
        return 0.0; // strsim calls two empty strings equal
    }
    1.0 - osa_distance(a, b) as f64 / longest as f64
}

/// Longest words, in bytes, whose distance is worked out in place.
const PLAIN: usize = 32;

/// Insertions, deletions, substitutions and exchanges of neighbours that make one word of the other, none of them touched twice.
fn osa_distance(a: &str, b: &str) -> usize {
    if !(a.is_ascii() && b.is_ascii() && a.len() <= PLAIN && b.len() <= PLAIN) {
        return strsim::osa_distance(a, b);
    }
    let (a, b) = without_common_ends(a.as_bytes(), b.as_bytes());
    let (mut before, mut last, mut row) = ([0_u8; PLAIN + 1], [0; PLAIN + 1], [0; PLAIN + 1]);
    for (at, cell) in (0..).zip(&mut last) {
        *cell = at;
    }
    for (i, &x) in a.iter().enumerate() {
        row[0] = i as u8 + 1;
        for (j, &y) in b.iter().enumerate() {
            let changed = last[j] + u8::from(x != y);
            let mut least = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(before[j - 1] + 1);
            }
            row[j + 1] = least;
        }
        (before, last, row) = (last, row, before);
    }
    last[b.len()].into()
}

/// The words without the letters with which both begin or end: they are no part of the distance.
fn without_common_ends<'w>(mut a: &'w [u8], mut b: &'w [u8]) -> (&'w [u8], &'w [u8]) {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x == y
    {
        (a, b) = (rest_a, rest_b);
    }
    (a, b)
}

fn same_first(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

/// How alike the wording's word `a` and the article's word `b` are, 0 to 1. Numbers are not compared here: they are equal or
/// different. Symmetric but for case: a name in the wording needs a name in the text.
pub fn similarity(a: &Word, a_case: Case, b: &Word, b_case: Case) -> f64 {
    if a.folded == b.folded {
        return 1.0;
    }
    if a.classes.any(Classes::SPEECH) && b.classes.any(Classes::SPEECH) {
        return BOTH_SPEECH;
    }
    if b.classes.any(Classes::STOP) || a.classes.any(Classes::STOP) {
        return 0.0;
    }
    if a.stem == b.stem {
        return SAME_STEM;
    }
    if a.chars < MIN_SPELLING_CHARS
        || b.chars < MIN_SPELLING_CHARS
        || !same_first(&a.folded, &b.folded)
    {
        return 0.0;
    }
    if a_case == Case::Capital && b_case == Case::Capital {
        let alike = a.chars >= MIN_SPELLING_CHARS
            && b.chars >= MIN_SPELLING_CHARS
            && osa(&a.folded, &b.folded) >= OSA;
        return if alike { NAME } else { 0.0 };
    }
    if a_case == Case::Capital && b_case == Case::Lower {
        return 0.0;
    }
    // The lengths and letters alone rule most pairs out before any distance is computed.
    if !can_be_alike((a.chars, a.letters), (b.chars, b.letters)) {
        return 0.0;
    }
    let edit = osa(&a.folded, &b.folded);
    let mut best = 0.0_f64;
    if edit >= JARO_WINKLER_OSA {
        let jaro_winkler = strsim::jaro_winkler(&a.folded, &b.folded);
        if jaro_winkler >= JARO_WINKLER {
            best = FUZZY * jaro_winkler;
        }
    }
    if edit >= OSA {
        best = best.max(FUZZY * edit.max(0.9));
    }
    if best > 0.0 && prefixed(&a.folded, &b.folded) {
        return 0.0;
    }
    best
}

/// Whether the lengths and the sets of letters, of two words with the same first letter, leave room for a fuzzy score.
///
/// Jaro-Winkler of .92 needs Jaro of .867 even with the longest common start, so the matched letters m keep m/|a| + m/|b| >= 1.6.
/// Optimal string alignment of .80 leaves m >= .8 of the longer word, which is the stronger of the two. Letters of one word that the
/// other lacks, or has once less, are unmatched.
pub fn can_be_alike(a: (usize, Letters), b: (usize, Letters)) -> bool {
    may_lack(a.0, b.0).is_some_and(|most| lacks_at_most(a.1, b.1, most))
}

/// How many letters, at most, two alike words of these lengths have that the other one lacks: the first, then the second.
pub fn may_lack(x: usize, y: usize) -> Option<(u32, u32)> {
    // m >= 1.6 x y / (x + y), in integers.
    let least = (8 * x * y).div_ceil((5 * (x + y)).max(1));
    Some((x.checked_sub(least)? as u32, y.checked_sub(least)? as u32))
}

/// Whether two words have so many letters at most that the other one lacks.
pub fn lacks_at_most(a: Letters, b: Letters, most: (u32, u32)) -> bool {
    holds_at_most(a & !b, most.0) && holds_at_most(b & !a, most.1)
}

/// Whether a set has so many letters at most. They are taken out one by one, as there are few that may be lacking: to count them all
/// takes three times as long where the processor has no instruction for it.
fn holds_at_most(mut set: Letters, most: u32) -> bool {
    for _ in 0..most {
        set &= set.wrapping_sub(1);
    }
    set == 0
}

/// Of the letters of a word those that it holds at all: what [`lacks_at_most`] would rule out by them alone, it rules out.
pub fn once(letters: Letters) -> u32 {
    letters as u32 & ((1 << 27) - 1)
}

/// The lengths, least and most, of the words that [`can_be_alike`] may accept beside one of this length: even where the letters of
/// the shorter are all matched, m <= min(x, y) must reach 1.6 x y / (x + y), so the shorter has at least 3/5 of the longer.
pub fn alike_lengths(chars: usize) -> (usize, usize) {
    ((3 * chars).div_ceil(5), 5 * chars / 3)
}

/// Whether an alias's word may stand for a text's word: the same word, the same stem, or a close spelling of a long word.
pub fn same_in_alias(a: &Word, b: &Word) -> bool {
    if a.folded == b.folded {
        return true;
    }
    if a.classes.any(Classes::STOP) || b.classes.any(Classes::STOP) {
        return false;
    }
    a.stem == b.stem
        || (a.chars >= MIN_ALIAS_CHARS
            && b.chars >= MIN_ALIAS_CHARS
            && same_first(&a.folded, &b.folded)
            && osa(&a.folded, &b.folded) >= ALIAS_OSA)
}

/// Whether one word is a prefix plus something very like the other.
fn prefixed(a: &str, b: &str) -> bool {
    let one_way = |long: &str, short: &str| {
        PREFIXES.iter().any(|prefix| {
            long.strip_prefix(prefix)
                .is_some_and(|rest| rest.len() >= 4 && strsim::jaro_winkler(rest, short) >= 0.85)
        })
    };
    one_way(a, b) || one_way(b, a)
}

/// The word without an opposite-making prefix, for each that it has: "unconfirmed" gives "confirmed".
pub fn without_opposite(word: &str) -> impl Iterator<Item = &str> {
    OPPOSITES
        .iter()
        .filter_map(move |prefix| word.strip_prefix(prefix))
        .filter(move |rest| rest.len() >= 5 || word.starts_with("un") && is_listed(SHORT, rest))
        .filter(move |_| !is_listed(NO_OPPOSITES, &stem(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::Vocabulary;

    fn score(a: &str, b: &str) -> f64 {
        let case = |w: &str| {
            if w.starts_with(char::is_uppercase) {
                Case::Capital
            } else {
                Case::Lower
            }
        };
        let mut vocabulary = Vocabulary::default();
        let (x, y) = (
            vocabulary.intern(&a.to_lowercase()),
            vocabulary.intern(&b.to_lowercase()),
        );
        similarity(vocabulary.word(x), case(a), vocabulary.word(y), case(b))
    }

    proptest::proptest! {
        #[test]
        fn the_distance_is_that_of_strsim(a in "[abé]{0,7}|[a-c]{28,36}", b in "[abé]{0,7}|[a-c]{28,36}") {
            proptest::prop_assert_eq!(osa_distance(&a, &b), strsim::osa_distance(&a, &b));
        }

        #[test]
        fn a_set_holds_so_many(set in 0_u64..1 << 54, most in 0_u32..9) {
            let set = set & set >> 3 & set >> 7;
            proptest::prop_assert_eq!(holds_at_most(set, most), set.count_ones() <= most);
        }

        #[test]
        fn what_may_lack_leaves_enough_matched(x in 0_usize..20, y in 0_usize..20, missing in 0_usize..20) {
            let enough = |own: usize| own.saturating_sub(missing) * 5 * (x + y) >= 8 * x * y;
            let within = |most: u32| missing <= most as usize;
            if let Some((of_x, of_y)) = may_lack(x, y) {
                // Of a word without letters none can be missing.
                proptest::prop_assert!(missing > x || within(of_x) == enough(x));
                proptest::prop_assert!(missing > y || within(of_y) == enough(y));
            } else {
                proptest::prop_assert!(x.min(y) * 5 * (x + y) < 8 * x * y);
            }
        }
    }

    #[test]
    fn alike_and_not() {
        for (a, b) in [
            ("reject", "rejected"),
            ("programme", "program"),
            ("rumour", "report"),
            ("Cavusoglu", "Cavusoglou"),
        ] {
            assert!(score(a, b) > 0.8, "{a} {b} {}", score(a, b));
        }
        for (a, b) in [
            ("done", "drone"),
            ("created", "rejected"),
            ("confirmed", "unconfirmed"),
            ("not", "now"),
            ("Austin", "Austria"),
            ("never", "ever"),
        ] {
            assert!(score(a, b) < 0.5, "{a} {b} {}", score(a, b));
        }
    }
}
