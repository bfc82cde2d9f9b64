//! What a sentence says is not so yet: *has not signed yet*, *has yet to sign*, *has not signed so far*. It is neither done nor refused.

use crate::text::lexicon::Classes;
use crate::text::token::{Token, Vocabulary};

/// Words before "yet" or "so far" in which a negation is looked for. Two fewer or four more change no labelled set.
const REACH: usize = 8;

/// Whether a sentence, or a part of one, says so.
pub(crate) fn is_pending(vocabulary: &Vocabulary, tokens: &[Token]) -> bool {
    let word = |i: usize| &*vocabulary.word(tokens[i].word).folded;
    let negated = |at: usize| {
        let before = (0..at).rev().take_while(|&i| tokens[i].is_word());
        before.take(REACH).any(|i| tokens[i].is(Classes::NEGDIR))
    };
    let mut words = (1..tokens.len()).filter(|&i| tokens[i].is_word());
    words.any(|i| match word(i) {
        "yet" => negated(i) || i + 1 < tokens.len() && word(i + 1) == "to",
        "far" => word(i - 1) == "so" && negated(i),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_still_come_is_pending() {
        for (text, pending) in [
            ("She has not signed yet.", true),
            ("She has not yet signed.", true),
            ("She has yet to sign.", true),
            ("The board has not approved the plan so far.", true),
            ("Nobody has signed so far.", true),
            ("She did not sign.", false),
            ("So far ten have signed.", false),
            ("She did not sign, yet he paid.", false),
            ("He did not go so far as to sign.", true),
        ] {
            let mut vocabulary = Vocabulary::default();
            let tokens = vocabulary.tokenize(text);
            assert_eq!(is_pending(&vocabulary, &tokens), pending, "{text}");
        }
    }
}
