//! Whether a short text asks, such as a phrase of a claim file: *did she swim home*.

use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Whether a text is a question: it ends in a question mark, or begins with a verb and its subject. "Was he paid" asks, "was paid" and "is a hoax"
/// tell.
pub fn asks(vocabulary: &mut Vocabulary, text: &str) -> bool {
    let tokens = vocabulary.tokenize(text);
    let marked = tokens.last().is_some_and(|token| token.is_mark('?'));
    let [first, second, ..] = tokens.as_slice() else {
        return marked;
    };
    let word = |token: &Token| &*vocabulary.word(token.word).folded;
    let noun = matches!(word(first), "did" | "do" | "does")
        && matches!(word(second), "a" | "an" | "any" | "the");
    marked || first.is(Classes::AUXILIARY) && (second.is(Classes::PRONOUN) || noun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_told_from_what_is_told() {
        let mut vocabulary = Vocabulary::default();
        for (text, expected) in [
            ("did she swim home", true),
            ("Did the boy fall", true),
            ("was it a hoax", true),
            ("who pays?", true),
            ("?", true),
            ("did not swim", false),
            ("was paid", false),
            ("is a hoax", false),
            ("is the captain", false),
            ("she did", false),
            ("", false),
        ] {
            assert_eq!(asks(&mut vocabulary, text), expected, "{text}");
        }
    }
}
