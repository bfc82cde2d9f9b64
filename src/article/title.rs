//! Where an article's title stands in its text.

use unicode_normalization::UnicodeNormalization;

use crate::source::Span;

/// Text for comparing headlines: no case, one kind of quotes and dashes, single spaces.
pub(super) fn folded(text: &str) -> String {
    // What most headlines are made of is normal as it is.
    let is_normal = |c: char| c.is_ascii() || matches!(c, '‘' | '’' | '“' | '”' | '–' | '—');
    let plain: String = if text.chars().all(is_normal) {
        text.chars()
            .map(plain_sign)
            .flat_map(char::to_lowercase)
            .collect()
    } else {
        text.nfkc()
            .map(plain_sign)
            .flat_map(char::to_lowercase)
            .collect()
    };
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One kind of quotes and dashes; other characters as they are.
fn plain_sign(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '‐'..='―' => '-',
        _ => c,
    }
}

/// The first line that holds anything, without the white space around it, if it is the title.
pub(super) fn title_line(text: &str, title: &str) -> Option<Span> {
    let line = text.lines().find(|line| !line.trim().is_empty())?.trim();
    // A first line many times as long as the title is not compared at all.
    if line.len() > title.len() * 4 + 16 || !same(line, title) {
        return None;
    }
    Some(span_of(text, line))
}

/// Whether two lines are one headline.
fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if a.is_ascii() && b.is_ascii() {
        // Nothing but case and spaces to fold.
        let words = |text| str::split_whitespace(text).map(str::to_ascii_lowercase);
        return words(a).eq(words(b));
    }
    folded(a) == folded(b)
}

/// The place of `part`, which is a slice of `text`.
pub(super) fn span_of(text: &str, part: &str) -> Span {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, start + part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn headlines_are_folded_as_if_all_were_normalised(text in "[aB‘’“”–—‑…é\u{301} ]{0,9}") {
            let normal = text.nfkc().map(plain_sign).flat_map(char::to_lowercase);
            let normal = normal.collect::<String>();
            let words: Vec<&str> = normal.split_whitespace().collect();
            proptest::prop_assert_eq!(folded(&text), words.join(" "));
        }
    }

    #[test]
    fn the_title_is_found_in_the_first_line_whatever_its_quotes() {
        let text = "\n  Minister: ‘No deal’  \nBody.\n";
        let span = title_line(text, "minister: 'No  deal'").expect("found");
        assert_eq!(&text[span.start..span.end], "Minister: ‘No deal’");
        assert_eq!(title_line(text, "Another title"), None);
        assert_eq!(title_line("", "A"), None);
    }
}
