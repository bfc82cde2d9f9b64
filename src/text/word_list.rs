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
    if word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return list.binary_search(&word).is_ok();
    }
    // Folded once, not at every step of the search. The lists are of ASCII, a curly apostrophe apart, which is taken for a straight one.
    let mut folded = [0; MAX_WORD];
    let mut len = 0;
    for c in word.chars() {
        folded[len] = match c {
            '’' => b'\'',
            c if c.is_ascii() => c.to_ascii_lowercase() as u8,
            _ => return false,
        };
        len += 1;
    }
    let folded = &folded[..len];
    list.binary_search_by(|entry| entry.as_bytes().cmp(folded))
        .is_ok()
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
