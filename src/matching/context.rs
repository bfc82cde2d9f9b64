//! What stands around a matched statement: a report keeps no article, and a sentence alone can mislead its reader.

use std::borrow::Cow;

use crate::clean::{clean, is_unsafe};
use crate::statement::{Place, Statement};

/// More than this many characters before or after are not kept: two lines of print show where a sentence belongs.
const MOST: usize = 200;

/// Stands for what was cut off.
const CUT: char = '…';

/// The sentences before and after a match, each cut to 200 characters, without line breaks and characters that steer a terminal.
/// Empty where there is none, and at headings: they belong to no sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The sentence before, or its end.
    pub before: String,
    /// The sentence after, or its beginning.
    pub after: String,
}

impl Context {
    /// What stands around the statement with this index.
    pub fn around(prose: &str, statements: &[Statement], index: usize) -> Self {
        let body = |at: Option<usize>| {
            let statement = statements.get(at?)?;
            (statement.place == Place::Body)
                .then(|| line(&prose[statement.span.start..statement.span.end]))
        };
        if statements.get(index).is_none_or(|s| s.place != Place::Body) {
            return Self::default();
        }
        Self {
            before: body(index.checked_sub(1)).map_or_else(String::new, |text| end(&text)),
            after: body(Some(index + 1)).map_or_else(String::new, |text| beginning(&text)),
        }
    }
}

/// The text in one line.
fn line(text: &str) -> Cow<'_, str> {
    // Most sentences are in one line as they are.
    let mut before = ' ';
    let plain = |c: char| {
        let single = c != ' ' || before != ' ';
        before = c;
        single && (matches!(c, ' '..='~') || !c.is_ascii() && !c.is_whitespace() && !is_unsafe(c))
    };
    if text.chars().all(plain) && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Cow::Owned(clean(&words.join(" ")).into_owned())
}

/// The first characters, up to the end of a word.
fn beginning(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(MOST) else {
        return text.to_owned();
    };
    let kept = &text[..cut];
    // A single word without a space is cut where it is too long.
    let kept = match kept.rfind(' ') {
        Some(space) if !text[cut..].starts_with(' ') => &kept[..space],
        _ => kept,
    };
    format!("{kept} {CUT}")
}

/// The last characters, from the start of a word.
fn end(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(MOST - 1) else {
        return text.to_owned();
    };
    if cut == 0 {
        return text.to_owned();
    }
    let kept = &text[cut..];
    let kept = match kept.find(' ') {
        Some(space) if !text[..cut].ends_with(' ') => &kept[space + 1..],
        _ => kept,
    };
    format!("{CUT} {kept}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statement::segment::segment;

    fn around(prose: &str, index: usize) -> (String, String) {
        let statements = segment(prose, &[], None);
        let context = Context::around(prose, &statements, index);
        (context.before, context.after)
    }

    #[test]
    fn the_neighbours_are_given_in_one_line() {
        let prose = "It rained  all day. The bridge\u{1b} is shut. Nobody   was hurt.";
        assert_eq!(
            around(prose, 1),
            ("It rained all day.".into(), "Nobody was hurt.".into())
        );
        assert_eq!(around(prose, 0).0, "");
        assert_eq!(
            around(prose, 2),
            ("The bridge\u{fffd} is shut.".into(), String::new())
        );
    }

    #[test]
    fn long_neighbours_are_cut_between_words() {
        let long = "word ".repeat(60);
        assert_eq!(
            beginning(long.trim()),
            format!("{} …", "word ".repeat(40).trim())
        );
        assert_eq!(end(long.trim()), format!("… {}", "word ".repeat(40).trim()));
    }

    proptest! {
        #[test]
        fn a_line_is_its_words(text in "[ab’é \t\u{a0}\u{2028}\u{200b}]{0,9}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let joined = words.join(" ");
            prop_assert_eq!(line(&text), clean(&joined));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_is_cut_to_its_length(text in "[aä 猫]{0,450}") {
            for cut in [beginning(&text), end(&text)] {
                prop_assert!(cut.chars().count() <= MOST + 2);
            }
            if text.chars().count() <= MOST {
                prop_assert_eq!(beginning(&text), text.clone());
                prop_assert_eq!(end(&text), text);
            }
        }
    }
}
