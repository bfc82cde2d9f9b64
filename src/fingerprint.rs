//! Names of matches and divergences that stay the same from run to run.
//!
//! A fingerprint is made of content alone: never of offsets, paths, scores or the order of anything. So a decision about a match
//! outlives a new paragraph above it, and a decision about a divergence outlives one more article on the same side.
//!
//! It is SipHash-1-3 with a zero key over length-prefixed fields, written as 16 lower-case hexadecimal digits. The function is
//! specified for bytes, so platforms and versions agree. With 64 bits, a million fingerprints share one with a chance of 1 in 37
//! million. The first field names the recipe; whoever changes a recipe must raise its number, because stored decisions then no
//! longer find their match.
//!
//! Two statements of one article with the same words and the same answer (a headline repeated in the text) share a fingerprint:
//! what is decided about one holds for the other.

use siphasher::sip::SipHasher13;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The fingerprint of a match. `text` is the statement as it stands; case, accents, punctuation and white space do not count.
pub fn of_match(claim: &str, position: &str, text: &str, article: &str) -> String {
    of_folded_match(claim, position, &folded_words(text), article)
}

/// The same, of a text whose [`folded_words`] are at hand.
pub(crate) fn of_folded_match(claim: &str, position: &str, folded: &str, article: &str) -> String {
    fingerprint(&["match/1", claim, position, folded, article])
}

/// The fingerprint of a divergence between the given positions, `None` for a silent side. `kind` is the kind's name. The order of the sides and how often a
/// position is named do not count. `within` is the article's id where the kind looks at a single article and another article is
/// another divergence; `None` elsewhere.
pub fn of_divergence<'a>(
    claim: &str,
    kind: &str,
    positions: impl IntoIterator<Item = Option<&'a str>>,
    within: Option<&str>,
) -> String {
    let mut positions: Vec<_> = positions.into_iter().collect();
    positions.sort_unstable();
    positions.dedup();
    let mut fields = vec!["divergence/1", claim, kind];
    for position in positions {
        // A mark before each name keeps the silent side apart from a position with an empty name.
        match position {
            Some(name) => fields.extend(["position", name]),
            None => fields.push("silent"),
        }
    }
    if let Some(article) = within {
        fields.extend(["within", article]);
    }
    fingerprint(&fields)
}

/// The fingerprint of what a claim file says in these words, such as a question. As with [`of_match`], case, accents, punctuation
/// and white space do not count.
pub fn of_wording<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let folded: Vec<String> = texts.into_iter().map(folded_words).collect();
    let mut fields = vec!["wording/1"];
    fields.extend(folded.iter().map(String::as_str));
    fingerprint(&fields)
}

/// Runs of letters and digits in lower case, without accents, joined by single spaces. Kept apart from the matcher's folding on
/// purpose: that one may improve, this one may not change.
pub(crate) fn folded_words(text: &str) -> String {
    // As the whole text in NFKD, without its marks: what parts from a character is the same wherever it stands, and only marks may
    // change their places.
    let mut folded = Folded {
        words: Vec::with_capacity(text.len()),
        ended: false,
    };
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            at += 1;
            if byte.is_ascii_alphanumeric() {
                folded.push(&[byte.to_ascii_lowercase()]);
            } else {
                folded.ended = true;
            }
            continue;
        }
        let c = text[at..].chars().next().expect("internal: not at the end");
        at += c.len_utf8();
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                return;
            }
            for small in part.to_lowercase() {
                if small.is_alphanumeric() {
                    folded.push(small.encode_utf8(&mut [0; 4]).as_bytes());
                } else {
                    folded.ended = true;
                }
            }
        });
    }
    String::from_utf8(folded.words).expect("internal: it was made of characters")
}

/// Folded words while they are gathered.
struct Folded {
    words: Vec<u8>,
    /// Whether what comes next begins a word.
    ended: bool,
}

impl Folded {
    /// Adds a letter or a digit, as UTF-8.
    fn push(&mut self, letter: &[u8]) {
        if std::mem::take(&mut self.ended) && !self.words.is_empty() {
            self.words.push(b' ');
        }
        self.words.extend_from_slice(letter);
    }
}

/// Hashes the fields so that no two different lists give the same bytes.
fn fingerprint(fields: &[&str]) -> String {
    let mut bytes = Vec::with_capacity(fields.iter().map(|field| 8 + field.len()).sum());
    for field in fields {
        bytes.extend_from_slice(&(field.len() as u64).to_le_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    format!("{:016x}", SipHasher13::new().hash(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_never_change() {
        // Stored decisions hang on these values: a change here loses them.
        assert_eq!(
            of_match("fate", "dead", "She was killed.", "a"),
            "68404ed8b2342451"
        );
        assert_eq!(
            of_divergence("fate", "contradiction", [Some("dead"), Some("alive")], None),
            "f22e28ce358ae352"
        );
        assert_eq!(of_wording(["Is she dead?"]), "ca8b90924167751a");
    }

    /// The recipe as it was first written.
    fn folded_at_once(text: &str) -> String {
        use unicode_normalization::UnicodeNormalization;
        let plain: String = text
            .nfkd()
            .filter(|&c| !is_combining_mark(c))
            .flat_map(char::to_lowercase)
            .collect();
        plain
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    proptest::proptest! {
        #[test]
        fn folding_by_characters_is_folding_at_once(
            text in "\\PC{0,30}|[a-cA-CéÉİßﬁ½Å’“\u{301}\u{328}\u{345}\u{5b0}\u{fb2a}각 .-]{0,30}",
        ) {
            proptest::prop_assert_eq!(folded_words(&text), folded_at_once(&text));
        }

        #[test]
        fn no_character_folds_otherwise(c in proptest::char::any(), other in proptest::char::any()) {
            let text = format!("a{c}{other}b");
            proptest::prop_assert_eq!(folded_words(&text), folded_at_once(&text));
        }
    }

    #[test]
    fn only_letters_and_digits_count() {
        let plain = of_match("fate", "dead", "The mayor's cafe was shut in 2019", "a");
        for same in [
            "  the MAYOR’S café\n was shut — in 2019. ",
            "The mayor's cafe\u{301} was shut in 2019",
            "The mayor's cafe was shut in ２０１９",
        ] {
            assert_eq!(of_match("fate", "dead", same, "a"), plain, "{same}");
        }
        for (claim, position, text, article) in [
            ("fate", "dead", "The mayor's cafe was shut in 2018", "a"),
            ("fates", "dead", "The mayor's cafe was shut in 2019", "a"),
            ("fate", "alive", "The mayor's cafe was shut in 2019", "a"),
            ("fate", "dead", "The mayor's cafe was shut in 2019", "b"),
        ] {
            assert_ne!(of_match(claim, position, text, article), plain);
        }
    }

    #[test]
    fn the_quick_way_for_ascii_folds_like_the_other() {
        for text in ["", " ", "A b,c-D  e.", "no. 5: x\ty", "U.S. 1,000"] {
            // One letter more sends it the long way.
            let long = folded_words(&format!("{text} \u{e9}"));
            let quick = folded_words(text);
            assert_eq!(format!("{quick} e").trim(), long, "{text}");
        }
    }

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(
            of_match("ab", "c", "text", "a"),
            of_match("a", "bc", "text", "a")
        );
        let kind = "omission";
        assert_ne!(
            of_divergence("c", kind, [Some("a"), None], None),
            of_divergence("c", kind, [Some("a"), Some("")], None)
        );
        assert_ne!(
            of_divergence("c", kind, [Some("a")], None),
            of_divergence("c", kind, [Some("a")], Some("a"))
        );
    }

    #[test]
    fn the_order_and_number_of_sides_do_not_count() {
        let kind = "attribution";
        assert_eq!(
            of_divergence("c", kind, [Some("a"), Some("b")], None),
            of_divergence("c", kind, [Some("b"), Some("a"), Some("b")], None)
        );
    }
}
