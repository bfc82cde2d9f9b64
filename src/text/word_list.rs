//! Word lists: sorted slices of small-letter words.

/// Longest word that is looked up. No list holds a longer one.
const MAX_WORD: usize = 32;

/// Whether a sorted list holds a word, without regard to the case of ASCII letters; a curly apostrophe counts as a straight one.
pub fn is_listed(list: &[&str], word: &str) -> bool {
    if word.len() > MAX_WORD {
        return false;
    }
    // Short lists are written where they are used, out of sight of the tests that check the long ones.
    debug_assert!(
        list.len() > 8 || list.is_sorted(),
        "internal: {list:?} is not sorted"
    );
    let compare = |entry: &&str| {
        if word.is_ascii() {
            entry
                .bytes()
                .cmp(word.bytes().map(|b| b.to_ascii_lowercase()))
        } else {
            entry.chars().cmp(word.chars().map(|c| {
                if c == '’' {
                    '\''
                } else {
                    c.to_ascii_lowercase()
                }
            }))
        }
    };
    list.binary_search_by(compare).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case() {
        let list = ["don't", "said", "says"];
        assert!(is_listed(&list, "Said") && is_listed(&list, "DON’T"));
        assert!(!is_listed(&list, "sa") && !is_listed(&list, "saids") && !is_listed(&list, "é"));
    }
}
