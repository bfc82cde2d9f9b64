//! Makes foreign text safe to print: nothing in a file or a name may steer the terminal, hide, or reorder what a reader sees.

use std::borrow::Cow;
use std::fmt::Write;

/// What stands in for a character that must not be printed.
const VISIBLE: char = '\u{FFFD}';

/// Whether a character steers the terminal, changes the reading direction or is invisible:
///
/// - C0 and C1 controls and DEL, but not newline and tab;
/// - bidirectional marks, embeddings, overrides and isolates;
/// - zero-width spaces and joiners, the byte order mark, the word joiner, invisible operators;
/// - line and paragraph separators, soft hyphen, interlinear annotation marks, invisible fillers, tag characters and variation
///   selectors beyond the sixteen common ones.
///
/// The joiners are needed in some scripts and in emoji families; seeing a replacement there is the price of never being misled.
pub fn is_unsafe(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n' && c != '\t';
    }
    match c {
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => {
            true
        }
        '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' => true,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => true,
        '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}' => true,
        _ => c.is_control(),
    }
}

/// The bytes with which an unsafe character (see [`is_unsafe`]) may begin; those of other scripts and of most signs are not among them.
const MAY_BE_UNSAFE: [bool; 256] = {
    let mut may_be = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may_be[byte] = match byte as u8 {
            b'\n' | b'\t' => false,
            byte => matches!(
                byte,
                ..0x20 | 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF0 | 0xF3
            ),
        };
        byte += 1;
    }
    may_be
};

/// Whether any character of the text is unsafe, see [`is_unsafe`].
pub fn has_unsafe(text: &str) -> bool {
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(next) = bytes[at..]
        .iter()
        .position(|byte| MAY_BE_UNSAFE[*byte as usize])
    {
        at += next;
        let Some(c) = text[at..].chars().next() else {
            return false;
        };
        if is_unsafe(c) {
            return true;
        }
        at += c.len_utf8();
    }
    false
}

/// The text with every unsafe character (see [`is_unsafe`]) replaced by U+FFFD, so that a reader sees that something stood there.
/// A carriage return before a newline is an ordinary line end and is dropped. Text without such characters is borrowed.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !has_unsafe(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            c if is_unsafe(c) => out.push(VISIBLE),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// As [`clean`], but byte for byte as long, so that spans into the text stay right: a three-byte character becomes U+FFFD, any other
/// as many question marks as it has bytes, and the carriage return of a line end stays, since renderers take it as part of that.
pub fn clean_in_place(text: &str) -> Cow<'_, str> {
    if !has_unsafe(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => out.push(c),
            c if !is_unsafe(c) => out.push(c),
            c if c.len_utf8() == VISIBLE.len_utf8() => out.push(VISIBLE),
            c => out.extend(std::iter::repeat_n('?', c.len_utf8())),
        }
    }
    Cow::Owned(out)
}

/// JSON in which every unsafe character (see [`is_unsafe`]) is written as a `\u` escape, which means the same: a document may be looked
/// at on a screen, and JSON itself asks for that with the first 32 control characters only. Such characters can only stand inside
/// strings; the line feeds that indent are safe.
pub fn escape_in_json(json: String) -> String {
    if !has_unsafe(&json) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "Ärger\tim\nBüro – „so“ 🎈", "עברית"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text));
            assert!(matches!(clean_in_place(text), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn escapes_and_hidden_characters_become_visible() {
        assert_eq!(
            clean("a\u{1b}[31mb\u{202e}c\u{200b}d\r\ne"),
            "a\u{fffd}[31mb\u{fffd}c\u{fffd}d\ne"
        );
        assert_eq!(
            clean_in_place("a\u{1b}b\u{85}c\u{feff}d\r\ne\u{e0041}"),
            "a?b??c\u{fffd}d\r\ne????"
        );
    }

    #[test]
    fn escaped_json_means_the_same() {
        for text in [
            "",
            "a\nb\t\u{e9}",
            "\u{1b}\u{9b}\u{7f}\u{202e}\u{e0041}\u{feff}\"\\",
        ] {
            let json = escape_in_json(serde_json::to_string(text).expect("JSON"));
            assert!(!json.contains(is_unsafe), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        }
    }

    #[test]
    fn every_unsafe_character_is_found() {
        for c in '\0'..=char::MAX {
            assert_eq!(has_unsafe(&format!("a’{c}é")), is_unsafe(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(text in ".*|[\\x00-\\x20\u{7f}-\u{a0}\u{200b}-\u{2070}a]*") {
            prop_assert!(!clean(&text).contains(is_unsafe));
            let same_length = clean_in_place(&text);
            prop_assert_eq!(same_length.len(), text.len());
            prop_assert!(!same_length.replace("\r\n", "\n").contains(is_unsafe));
            for (at, _) in text.char_indices() {
                prop_assert!(same_length.is_char_boundary(at));
            }
        }
    }
}
