//! Plain text: each line is a paragraph, unless the file was wrapped by hand or by a mailer.

use std::sync::Arc;

/// The widths, in characters, at which people and programs wrap text. A file whose longest broken line is
/// shorter is a poem or a list, one whose is longer was not wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=100;

/// So many lines must go on in lower case before a file counts as wrapped: one or two may be slips.
const LEAST_RUNNING_ON: usize = 3;

/// The prose of a plain text, byte for byte as long: the text itself, or, where it is clearly hard-wrapped, the text
/// with a space for each line end inside a paragraph, since a line end closes a sentence.
pub(super) fn prose(text: &Arc<str>) -> Arc<str> {
    let old_mac = has_lone_carriage_return(text);
    let wrapped = wrap_ends(text);
    if wrapped.is_empty() && !old_mac {
        return Arc::clone(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for end in wrapped {
        bytes[end] = b' ';
    }
    if old_mac {
        for at in 0..bytes.len() {
            if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                bytes[at] = b'\n';
            }
        }
    }
    String::from_utf8(bytes)
        .expect("internal: line ends are single bytes")
        .into()
}

fn has_lone_carriage_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.match_indices('\r')
        .any(|(at, _)| bytes.get(at + 1) != Some(&b'\n'))
}

/// A line end between two lines that hold something.
struct Break<'a> {
    /// Offset of the newline.
    at: usize,
    before: &'a str,
    after: &'a str,
}

impl Break<'_> {
    /// The line before, in characters.
    fn width(&self) -> usize {
        self.before.chars().count()
    }

    fn runs_on(&self) -> bool {
        self.after.starts_with(char::is_lowercase)
    }

    /// Whether the next line's first word would still have fitted: then somebody broke the line on purpose.
    fn is_full(&self, width: usize) -> bool {
        let word = self.after.split_whitespace().next().unwrap_or_default();
        self.width() + 1 + word.chars().count() > width
    }

    fn starts_an_item(&self) -> bool {
        let after = self.after.trim_start();
        let number = after.trim_start_matches(|c: char| c.is_ascii_digit());
        after.starts_with(['-', '*', '•', '–', '—', '>', '|', '#'])
            || after.len() != self.after.len()
            || number.len() != after.len() && number.starts_with([')', '.'])
    }
}

/// Offsets of the newlines that only wrap, and no others; nothing when the text is not clearly hard-wrapped.
fn wrap_ends(text: &str) -> Vec<usize> {
    let mut breaks: Vec<Break> = Vec::new();
    let mut start = 0;
    while let Some(length) = text[start..].find('\n') {
        let at = start + length;
        let before = text[start..at].trim_end();
        let after = text[at + 1..].lines().next().unwrap_or_default().trim_end();
        if !before.trim().is_empty() && !after.trim().is_empty() {
            breaks.push(Break { at, before, after });
        }
        start = at + 1;
    }
    // Of the line ends of wrapped English about three in four are followed by a lower-case letter; half leaves room
    // for names. In copy with a sentence a line next to none are.
    let running_on = breaks.iter().filter(|a| a.runs_on()).count();
    if running_on < LEAST_RUNNING_ON || running_on * 2 < breaks.len() {
        return Vec::new();
    }
    let width = breaks
        .iter()
        .filter(|a| a.runs_on())
        .map(Break::width)
        .max()
        .unwrap_or_default();
    if !WIDTHS.contains(&width) {
        return Vec::new();
    }
    breaks
        .iter()
        .filter(|a| a.is_full(width) && a.width() <= width + width / 4 && !a.starts_an_item())
        .map(|a| a.at)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose_of(text: &str) -> String {
        let text: Arc<str> = text.into();
        let prose = prose(&text);
        assert_eq!(prose.len(), text.len());
        prose.to_string()
    }

    #[test]
    fn news_copy_keeps_its_lines_and_its_memory() {
        let text: Arc<str> =
            "The harbour was closed on Monday.\nThe mayor said it would reopen soon.\n\
            Boats were moved to the northern pier.\nNobody was hurt.\n"
                .into();
        assert!(Arc::ptr_eq(&prose(&text), &text));
    }

    #[test]
    fn a_hard_wrapped_text_is_unwrapped_inside_paragraphs_only() {
        let text = "Harbour closed after storm\n\
            \n\
            The old harbour of the town was closed to all traffic on\n\
            Monday after a storm had torn three of its pontoons loose,\n\
            the mayor said. It would stay closed until divers had seen\n\
            to the chains, which were laid in the summer of last year\n\
            and never checked.\n\
            \n\
            Fishermen complained that nobody had told them in time, and\n\
            asked for the northern pier.\n\
            - first point\n\
            - second point\n";
        let expected = "Harbour closed after storm\n\
            \n\
            The old harbour of the town was closed to all traffic on \
            Monday after a storm had torn three of its pontoons loose, \
            the mayor said. It would stay closed until divers had seen \
            to the chains, which were laid in the summer of last year \
            and never checked.\n\
            \n\
            Fishermen complained that nobody had told them in time, and \
            asked for the northern pier.\n\
            - first point\n\
            - second point\n";
        assert_eq!(prose_of(text), expected);
        assert_eq!(
            prose_of(&text.replace('\n', "\r\n"))
                .replace("\r\n", "\n")
                .replace("\r ", " "),
            expected
        );
    }

    #[test]
    fn a_line_broken_early_stays_broken() {
        let text = "The old harbour of the town was closed to all traffic on a\n\
            cold morning after a storm had torn three of its pontoons\n\
            loose, the mayor said on the radio, and it would stay so\n\
            for days.\n\
            By our correspondent\n\
            in the northern town the mood was calm, as most had already\n\
            heard of it.\n";
        let prose = prose_of(text);
        assert!(
            prose.contains("for days.\nBy our correspondent\nin the"),
            "{prose}"
        );
        assert!(prose.contains("on a cold morning"), "{prose}");
    }

    #[test]
    fn poems_lists_and_one_slip_are_left_alone() {
        for text in [
            "roses are red\nviolets are blue\nsugar is sweet\nand so are you\n",
            "The council met.\nit was late, and the members of the council wanted to go home\nThe end came.\n",
        ] {
            assert_eq!(prose_of(text), text);
        }
    }

    #[test]
    fn old_line_ends_become_newlines() {
        assert_eq!(prose_of("One.\rTwo.\r\nThree."), "One.\nTwo.\r\nThree.");
    }
}
