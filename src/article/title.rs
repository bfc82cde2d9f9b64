//! Where an article's title stands in its text.

use unicode_normalization::UnicodeNormalization;

use crate::source::Span;

/// Text for comparing headlines: no case, one kind of quotes and dashes, single spaces.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text
        .nfkc()
        .map(|c| match c {
            '‘' | '’' | '‚' | '‛' => '\'',
            '“' | '”' | '„' | '‟' => '"',
            '‐'..='―' => '-',
            _ => c,
        })
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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

    #[test]
    fn the_title_is_found_in_the_first_line_whatever_its_quotes() {
        let text = "\n  Minister: ‘No deal’  \nBody.\n";
        let span = title_line(text, "minister: 'No  deal'").expect("found");
        assert_eq!(&text[span.start..span.end], "Minister: ‘No deal’");
        assert_eq!(title_line(text, "Another title"), None);
        assert_eq!(title_line("", "A"), None);
    }
}
