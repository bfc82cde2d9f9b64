//! The pieces that numbers and dates are read from: words, digit runs and single marks, with their places.
//!
//! This is finer than a word tokeniser: `S-400`, `$2.5bn` and `14.12.2020` must be seen from inside, and what is glued to what decides.

use crate::source::Span;

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Letters, with inner apostrophes; `p.m.` and `U.S.` are one word, their last full stop included.
    Word,
    /// Digits, with commas or stops between groups.
    Digits {
        /// Digits only: no separator at all.
        plain: bool,
    },
    /// Three or more digit groups with stops that do not make a number: `14.12.2020`, `1.2.3`.
    Dotted,
    /// One of ½ ¼ ¾ ⅓ ⅔.
    Vulgar,
    /// Any other character that is no white space.
    Mark,
}

/// One piece of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) sort: Sort,
}

/// A sentence cut into pieces.
pub(crate) struct Pieces<'a> {
    text: &'a str,
    /// The same bytes with ASCII letters in lower case, so that words can be looked up by `match`.
    folded: String,
    list: Vec<Piece>,
}

impl<'a> Pieces<'a> {
    /// Cuts a sentence, in time linear in its length.
    pub(crate) fn cut(text: &'a str) -> Self {
        let mut list = Vec::with_capacity(text.len() / 5 + 4);
        let mut at = 0;
        while let Some(first) = text[at..].chars().next() {
            let start = at;
            let sort = if first.is_whitespace() {
                at += first.len_utf8();
                continue;
            } else if first.is_ascii_digit() {
                let (end, sort) = digits(text, start);
                at = end;
                sort
            } else if vulgar(first).is_some() {
                at += first.len_utf8();
                Sort::Vulgar
            } else if first.is_alphabetic() {
                at = word(text, start);
                Sort::Word
            } else {
                at += first.len_utf8();
                Sort::Mark
            };
            list.push(Piece {
                start,
                end: at,
                sort,
            });
        }
        Self {
            text,
            folded: text.to_ascii_lowercase(),
            list,
        }
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The piece at an index.
    pub(crate) fn get(&self, at: usize) -> Option<Piece> {
        self.list.get(at).copied()
    }

    /// The piece as written; empty past the ends.
    pub(crate) fn raw(&self, at: usize) -> &'a str {
        self.get(at)
            .map_or("", |piece| &self.text[piece.start..piece.end])
    }

    /// The piece in lower case; empty past the ends.
    pub(crate) fn low(&self, at: usize) -> &str {
        self.get(at)
            .map_or("", |piece| &self.folded[piece.start..piece.end])
    }

    /// The piece `back` places before `at`, in lower case; empty before the start.
    pub(crate) fn low_before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |at| self.low(at))
    }

    /// The sort of a piece.
    pub(crate) fn sort(&self, at: usize) -> Option<Sort> {
        self.get(at).map(|piece| piece.sort)
    }

    /// Whether the piece is a word.
    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.sort(at) == Some(Sort::Word)
    }

    /// Whether the piece is a run of digits that makes a number.
    pub(crate) fn is_digits(&self, at: usize) -> bool {
        matches!(self.sort(at), Some(Sort::Digits { .. }))
    }

    /// Whether a word starts with a capital letter.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.is_word(at) && self.raw(at).starts_with(char::is_uppercase)
    }

    /// Whether nothing stands between this piece and the next.
    pub(crate) fn glued(&self, at: usize) -> bool {
        match (self.get(at), self.get(at + 1)) {
            (Some(this), Some(next)) => this.end == next.start,
            _ => false,
        }
    }

    /// Whether nothing stands between this piece and the one before.
    pub(crate) fn glued_before(&self, at: usize) -> bool {
        at > 0 && self.glued(at - 1)
    }

    /// Whether the piece is a hyphen or a dash that stands for one.
    pub(crate) fn is_hyphen(&self, at: usize) -> bool {
        matches!(self.raw(at), "-" | "‐" | "‑" | "–" | "−")
    }

    /// Whether the piece is a hyphen glued on both sides.
    pub(crate) fn joins(&self, at: usize) -> bool {
        self.is_hyphen(at) && self.glued(at) && self.glued_before(at)
    }

    /// The text of a span, in lower case.
    pub(crate) fn folded(&self, span: Span) -> &str {
        &self.folded[span.start..span.end]
    }

    /// The place of the pieces from `first` up to, not including, `end`; both must lie in the sentence.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        debug_assert!(first < end && end <= self.len(), "internal: pieces to span");
        Span::new(self.list[first].start, self.list[end - 1].end)
    }

    /// Whether the pieces from `at` are these words, in lower case.
    pub(crate) fn reads(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(offset, word)| self.low(at + offset) == *word)
    }

    /// Whether these words, in lower case, stand right before `at`.
    pub(crate) fn reads_before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(words.len())
            .is_some_and(|start| self.reads(start, words))
    }

    /// The value of a run of digits.
    pub(crate) fn number(&self, at: usize) -> Option<f64> {
        let Some(Sort::Digits { plain }) = self.sort(at) else {
            return None;
        };
        let raw = self.raw(at);
        if plain {
            return raw.parse().ok();
        }
        // Two stops make both of them group marks, as in 1.200.000; one stop is a decimal point.
        let stops = raw.matches('.').count();
        let kept: String = raw
            .chars()
            .filter(|&c| c.is_ascii_digit() || (c == '.' && stops < 2))
            .collect();
        kept.parse().ok()
    }

    /// The value of a run of plain digits, at most `most` of them.
    pub(crate) fn small(&self, at: usize, most: usize) -> Option<u16> {
        match self.sort(at) {
            Some(Sort::Digits { plain: true }) if self.raw(at).len() <= most => {
                self.raw(at).parse().ok()
            }
            _ => None,
        }
    }
}

/// The value of a vulgar fraction.
pub(crate) fn vulgar(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        _ => return None,
    })
}

/// End of the ASCII digits from `at`.
fn digit_run(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

/// End and sort of the number that starts at `start`.
fn digits(text: &str, start: usize) -> (usize, Sort) {
    let mut end = digit_run(text, start);
    let head = end - start;
    let mut plain = true;
    // Groups of three after a comma or a thin or fixed space.
    if head <= 3 {
        let mut mark = None;
        while let Some(c) = text[end..].chars().next() {
            let group = end + c.len_utf8();
            let is_mark = matches!(c, ',' | '\u{2009}' | '\u{202f}' | '\u{a0}');
            if !is_mark || mark.is_some_and(|mark| mark != c) || digit_run(text, group) != group + 3
            {
                break;
            }
            mark = Some(c);
            end = group + 3;
            plain = false;
        }
    }
    let grouped = !plain;
    // Stops: one makes a decimal, several make groups, a date or a version.
    let decimals = |at: usize| -> Option<usize> {
        let rest = &text.as_bytes()[at..];
        (rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_digit))
            .then(|| digit_run(text, at + 1))
    };
    let Some(first) = decimals(end) else {
        return (end, Sort::Digits { plain });
    };
    let mut groups = first - end == 4 && head <= 3 && !grouped;
    end = first;
    let mut stops = 1;
    while let Some(next) = decimals(end) {
        groups &= next - end == 4;
        end = next;
        stops += 1;
    }
    if stops == 1 || groups {
        (end, Sort::Digits { plain: false })
    } else {
        (end, Sort::Dotted)
    }
}

/// End of the word that starts at `start`.
fn word(text: &str, start: usize) -> usize {
    let run = |at: usize| {
        at + text[at..]
            .chars()
            .take_while(|c| c.is_alphabetic() || is_mark_on_letter(*c))
            .map(char::len_utf8)
            .sum::<usize>()
    };
    let mut end = run(start);
    // p.m., U.S.: single ASCII letters with a stop after each.
    if end == start + 1 {
        let bytes = text.as_bytes();
        let mut at = end;
        while bytes.get(at) == Some(&b'.')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
            && run(at + 1) == at + 2
        {
            at += 2;
        }
        if at > end {
            return at + usize::from(bytes.get(at) == Some(&b'.'));
        }
    }
    loop {
        let mut rest = text[end..].chars();
        match (rest.next(), rest.next()) {
            (Some(mark @ ('\'' | '’')), Some(next)) if next.is_alphabetic() => {
                end = run(end + mark.len_utf8());
            }
            _ => return end,
        }
    }
}

/// Combining marks, which belong to the letter before them.
fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(text: &str) -> Vec<&str> {
        let pieces = Pieces::cut(text);
        (0..pieces.len()).map(|at| pieces.raw(at)).collect()
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(
            raws("1,200,000 1,2 3.5."),
            ["1,200,000", "1", ",", "2", "3.5", "."]
        );
        assert_eq!(raws("1.200.000 1.2.3"), ["1.200.000", "1.2.3"]);
        assert_eq!(
            raws("1\u{202f}200\u{202f}000 men"),
            ["1\u{202f}200\u{202f}000", "men"]
        );
        assert_eq!(raws("2014,300"), ["2014", ",", "300"]);
    }

    #[test]
    fn words_keep_stops_and_apostrophes() {
        assert_eq!(
            raws("3 p.m. U.S. don't it’s S-400"),
            ["3", "p.m.", "U.S.", "don't", "it’s", "S", "-", "400"]
        );
        assert_eq!(raws("end. 'x'"), ["end", ".", "'", "x", "'"]);
    }

    #[test]
    fn values() {
        let value = |text: &str| Pieces::cut(text).number(0);
        assert_eq!(value("110,000"), Some(110_000.0));
        assert_eq!(value("1.200.000"), Some(1_200_000.0));
        assert_eq!(value("1,234.5"), Some(1234.5));
        assert_eq!(value("1.2.3"), None);
    }
}
