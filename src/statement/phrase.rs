//! Words, signs, quotations and noun phrases of a statement: what [`voice`](super::voice) reads from.
//!
//! A noun phrase is told by what cannot stand in one. That is enough for subjects of verbs of saying, which are mostly names and
//! offices; it is no grammar.

use super::speech_words::*;
use crate::source::Span;
use crate::text::fold;
use crate::text::particle::is_particle;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Comma,
    Semicolon,
    Colon,
    Dash,
    Open,
    Close,
    BracketOpen,
    BracketClose,
    Stop,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) at: Span,
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    /// The quotation it stands in, by its index in the paragraph.
    pub(super) quote: Option<usize>,
    /// The word lists that it stands in; a sign stands in none.
    pub(super) lists: Lists,
}

impl<'a> Token<'a> {
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// The word without a possessive ending.
    pub(super) fn base(&self) -> &'a str {
        self.text
            .strip_suffix("'s")
            .or_else(|| self.text.strip_suffix("’s"))
            .unwrap_or(self.text)
    }

    pub(super) fn is(&self, list: List) -> bool {
        self.lists.has(list)
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        self.is_word()
            && words
                .iter()
                .any(|word| word.eq_ignore_ascii_case(self.text))
    }

    pub(super) fn capital(&self) -> bool {
        // Most words can be told by their first byte.
        match self.text.as_bytes().first() {
            Some(b'a' | b'e' | 0x80..) => {}
            first => return self.is_word() && first.is_some_and(u8::is_ascii_uppercase),
        }
        // "al-Masri" is a name as well.
        let bare = self
            .text
            .strip_prefix("al-")
            .or_else(|| self.text.strip_prefix("el-"))
            .unwrap_or(self.text);
        self.is_word() && bare.starts_with(char::is_uppercase)
    }

    /// An adverb, or an auxiliary verb that may stand between a subject and its verb.
    pub(super) fn between(&self) -> bool {
        self.is_word()
            && (self.is(BETWEEN)
                || (self.text.len() > 4
                    && self.text.ends_with("ly")
                    && !self.capital()
                    && !self.is_one_of(&[
                        "ally", "assembly", "daily", "family", "monthly", "rally", "reply",
                        "weekly",
                    ])))
    }

    /// May stand in a noun phrase.
    pub(super) fn nominal(&self) -> bool {
        self.is_word() && !self.is(NOT_NOMINAL) && !self.is(PREPOSITIONS) && !self.is(PRONOUNS)
    }
}

/// A quotation of a paragraph, with its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    pub(super) span: Span,
    pub(super) closed: bool,
}

/// Longest noun phrase that is taken for a speaker, in words.
pub(super) const MAX_PHRASE: usize = 16;

/// First and last token of a phrase.
pub(super) type Range = (usize, usize);

/// No sentence has more words and signs; what comes after them in an endless one is left to the article.
pub(super) const MAX_TOKENS: usize = 600;

/// The quotations of a paragraph: double marks, and single ones where they pair up. One inside another belongs to the outer.
pub(super) fn quotes(prose: &str, span: Span) -> Vec<Quote> {
    let text = &prose[span.start..span.end];
    // Most of the text is passed over by its bytes; the marks beyond ASCII are told apart below.
    let may_begin_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | 0xC2 | 0xE2);
    let mut doubles: Vec<Quote> = Vec::new();
    let mut singles: Vec<Quote> = Vec::new();
    let mut double: Option<usize> = None;
    let mut single: Option<usize> = None;
    let mut from = 0;
    while let Some(found) = text.as_bytes()[from..].iter().position(may_begin_mark) {
        let offset = from + found;
        let Some(c) = text[offset..].chars().next() else {
            break;
        };
        from = offset + c.len_utf8();
        let (at, end) = (span.start + offset, span.start + from);
        let before = text[..offset].chars().next_back().unwrap_or(' ');
        let next = text[from..].chars().next().unwrap_or(' ');
        let opens = !before.is_alphanumeric() && !next.is_whitespace();
        let close = |open: &mut Option<usize>, end: usize, closed: bool, to: &mut Vec<Quote>| {
            if let Some(start) = open.take() {
                to.push(Quote {
                    span: Span::new(start, end),
                    closed,
                });
            }
        };
        match c {
            '“' | '„' | '«' => {
                close(&mut double, at, false, &mut doubles);
                double = Some(at);
            }
            '”' | '»' => close(&mut double, end, true, &mut doubles),
            '"' => {
                let again = before.is_whitespace() && next.is_alphanumeric();
                if double.is_none() {
                    if opens {
                        double = Some(at);
                    }
                } else if again {
                    close(&mut double, at, false, &mut doubles);
                    double = Some(at);
                } else {
                    close(&mut double, end, true, &mut doubles);
                }
            }
            '‘' | '\'' if single.is_none() => {
                let opens = opens && !before.is_numeric() && (c == '‘' || next.is_alphanumeric());
                single = opens.then_some(at);
            }
            '’' | '\'' if !before.is_whitespace() && !next.is_alphanumeric() => {
                close(&mut single, end, true, &mut singles);
            }
            _ => {}
        }
    }
    if let Some(start) = double {
        doubles.push(Quote {
            span: Span::new(start, span.end),
            closed: false,
        });
    }
    let mut all = doubles;
    all.append(&mut singles);
    all.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    let mut outer: Vec<Quote> = Vec::with_capacity(all.len());
    for quote in all {
        if outer
            .last()
            .is_none_or(|last| last.span.end <= quote.span.start)
        {
            outer.push(quote);
        }
    }
    outer
}

/// Cuts a statement into words and signs.
pub(super) fn tokens<'a>(prose: &'a str, span: Span, quotes: &[Quote]) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::with_capacity((span.len() / 4).min(MAX_TOKENS));
    let mut at = span.start;
    let mut quote_at = quotes.partition_point(|q| q.span.end <= at);
    while at < span.end && tokens.len() < MAX_TOKENS {
        if prose.as_bytes()[at] == b' ' {
            at += 1;
            continue;
        }
        let rest = &prose[at..span.end];
        while quotes.get(quote_at).is_some_and(|q| q.span.end <= at) {
            quote_at += 1;
        }
        let quote = quotes
            .get(quote_at)
            .filter(|q| q.span.start <= at)
            .map(|_| quote_at);
        // Most are words, and told by their first byte.
        if fold::PLAIN[prose.as_bytes()[at] as usize] != 0 {
            let text = &rest[..word_len(rest)];
            tokens.push(Token {
                at: Span::new(at, at + text.len()),
                text,
                kind: Kind::Word,
                quote,
                lists: Lists::of(text),
            });
            at += text.len();
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        let mark = quote.map(|q| quotes[q]);
        let mut len;
        let kind;
        if c.is_alphanumeric() {
            len = word_len(rest);
            kind = Some(Kind::Word);
        } else {
            len = c.len_utf8();
            kind = match c {
                _ if mark.is_some_and(|q| q.span.start == at) => Some(Kind::Open),
                _ if mark.is_some_and(|q| q.closed && q.span.end == at + len) => Some(Kind::Close),
                ',' => Some(Kind::Comma),
                ';' => Some(Kind::Semicolon),
                ':' => Some(Kind::Colon),
                '—' | '–' => Some(Kind::Dash),
                '-' if rest.starts_with("--") || rest.starts_with("- ") => Some(Kind::Dash),
                '(' | '[' => Some(Kind::BracketOpen),
                ')' | ']' => Some(Kind::BracketClose),
                '!' | '?' => Some(Kind::Stop),
                '.' | '…' if at + len == span.end => Some(Kind::Stop),
                _ => None,
            };
        }
        if c == '-' && rest.starts_with("--") {
            len = 2;
        }
        if let Some(kind) = kind {
            tokens.push(Token {
                at: Span::new(at, at + len),
                text: &prose[at..at + len],
                kind,
                quote,
                lists: if kind == Kind::Word {
                    Lists::of(&prose[at..at + len])
                } else {
                    Lists::default()
                },
            });
        }
        at += len;
    }
    tokens
}

/// Length of the word at the head of `text`, with what is inside it: apostrophes, hyphens, the stops of `U.S.`, the comma of `1,000`.
pub(super) fn word_len(text: &str) -> usize {
    // The plain case: ASCII letters, and nothing behind them that could go on the word.
    let bytes = text.as_bytes();
    let run = bytes
        .iter()
        .take_while(|byte| fold::PLAIN[**byte as usize] != 0)
        .count();
    match bytes.get(run) {
        None => return run,
        Some(b',' | b'.' | b':') if run >= 2 => {
            if bytes[run - 2..run].iter().all(u8::is_ascii_alphabetic) {
                return run;
            }
        }
        Some(b',' | b'.' | b':' | b'\'' | b'-' | b'&' | 0x80..) => {}
        Some(_) => return run,
    }
    let mut len = 0;
    let mut last = ' ';
    let mut chars = text.char_indices().peekable();
    let mut letters = 0;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let inner = next.is_some_and(char::is_alphanumeric);
        let keep = c.is_alphanumeric()
            || (matches!(c, '\'' | '’' | '-' | '&') && inner)
            || (matches!(c, ',' | '.' | ':') && last.is_numeric() && next.is_some_and(char::is_numeric))
            // "U.S." and "J.", not the end of "dam."
            || (c == '.' && letters == 1 && last.is_uppercase());
        if !keep {
            break;
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        last = c;
        len = at + c.len_utf8();
    }
    len
}

/// The first noun phrase of the sentence after what may stand before it: "But", "On Thursday,", "While …,".
pub(super) fn main_subject(tokens: &[Token<'_>]) -> Option<Range> {
    let mut at = 0;
    // Each round passes one thing set before; a sentence has few.
    for _ in 0..3 {
        let token = tokens.get(at)?;
        if token.quote.is_some() || !token.is_word() {
            return None;
        }
        if token.is(AND) {
            at += 1;
            continue;
        }
        let participle =
            token.text.len() > 5 && token.text.ends_with("ing") || token.is_one_of(&["asked"]);
        let fronted = token.is(PREPOSITIONS)
            || token.is(SUBORDINATE)
            || token.is(TIMES)
            || token.between()
            || participle
            || token.is_one_of(&["however"]);
        if !fronted {
            let range = phrase_from(tokens, at, false)?;
            // The first word of a sentence has a capital whatever it is ("Thanks to …"); alone it is a name only before a verb.
            let alone = range.0 == range.1 && !token.is(PRONOUNS) && !token.is(PLACES);
            let verb = tokens
                .get(range.1 + 1)
                .is_some_and(|t| t.is_word() && !t.is(PREPOSITIONS));
            return (!alone || verb).then_some(range);
        }
        let comma = tokens[at..]
            .iter()
            .position(|t| t.kind == Kind::Comma && t.quote.is_none())?;
        at += comma + 1;
    }
    None
}

pub(super) fn phrase_after(tokens: &[Token<'_>], from: usize) -> Option<Range> {
    phrase_from(tokens, from, true)
}

/// The noun phrase that begins at a token. A `greedy` one takes every word that may belong to it; else small-letter words are
/// taken only where they cannot well be the verb.
pub(super) fn phrase_from(tokens: &[Token<'_>], from: usize, greedy: bool) -> Option<Range> {
    let first = tokens.get(from)?;
    if first.quote.is_some() {
        return None;
    }
    if first.is(PRONOUNS) {
        return Some((from, from));
    }
    let mut end = None;
    let mut at = from;
    while let Some(token) = tokens
        .get(at)
        .filter(|t| at < from + MAX_PHRASE && t.quote.is_none())
    {
        let next_capital = tokens.get(at + 1).is_some_and(Token::capital);
        if token.is(DETERMINERS) {
            if end.is_some() && !tokens[at - 1].is(PREPOSITIONS) {
                break;
            }
        } else if token.is_one_of(&["and"]) {
            if !(next_capital && end.is_some() && tokens[at - 1].capital()) {
                break;
            }
        } else if token.is(INNER) {
            let inner = tokens.get(at + 1).is_some_and(|t| {
                t.nominal()
                    && !t.is(TIMES)
                    && (t.capital() || t.is(DETERMINERS) || token.is_one_of(&["for", "of"]))
            });
            if end.is_none() || !inner || (token.is_one_of(&["on"]) && !greedy) {
                break;
            }
        } else if token.nominal() && !token.between() {
            let plain = token.capital()
                || token.is(SPEAKER_NOUNS)
                || token.is(BODIES)
                || token.is(PEOPLE)
                || end.is_none()
                || (!tokens[from].capital() || tokens[from].is(DETERMINERS))
                    && !tokens[from..at]
                        .iter()
                        .any(|t| t.is(SPEAKER_NOUNS) || t.is(BODIES))
                    && !token.text.ends_with("ed")
                    && tokens[at + 1..]
                        .iter()
                        .take(2)
                        .any(|t| t.is(SPEAKER_NOUNS) || t.is(BODIES));
            if !greedy && !plain {
                break;
            }
            if token.is(TIMES) && end.is_some() {
                break;
            }
            end = Some(at);
        } else {
            break;
        }
        at += 1;
    }
    end.map(|end| (from, end))
}

/// The noun phrase or pronoun before a verb that is its subject.
pub(super) fn subject_before(tokens: &[Token<'_>], verb: usize) -> Option<Range> {
    let mut at = verb;
    let mut relative = false;
    while at > 0 && tokens[at - 1].between() && tokens[at - 1].quote.is_none() {
        at -= 1;
    }
    for _ in 0..2 {
        let last = at.checked_sub(1)?;
        let token = &tokens[last];
        if token.kind == Kind::BracketClose {
            // "Vogt (Harrow) said"
            let open = tokens[..last]
                .iter()
                .rposition(|t| t.kind == Kind::BracketOpen)
                .filter(|open| last - open < MAX_PHRASE)?;
            at = open;
            continue;
        }
        if token.kind == Kind::Dash && token.quote.is_none() {
            // "Vogt -- a lawyer -- said"
            at = tokens[..last]
                .iter()
                .rposition(|t| t.kind == Kind::Dash && t.quote.is_none())
                .filter(|dash| last - dash < 3 * MAX_PHRASE)?;
            continue;
        }
        if token.kind == Kind::Comma && token.quote.is_none() {
            // "Vogt, a lawyer from Harrow, said"
            let comma = tokens[..last]
                .iter()
                .rposition(|t| t.kind == Kind::Comma && t.quote.is_none())
                .filter(|comma| last - comma < MAX_PHRASE)?;
            at = comma;
            continue;
        }
        if token.is_one_of(&["which", "who"]) {
            // "Vogt, who said"
            relative = true;
            at = last;
            if at
                .checked_sub(1)
                .is_some_and(|c| tokens[c].kind == Kind::Comma)
            {
                at -= 1;
            }
            continue;
        }
        break;
    }
    let last = at.checked_sub(1)?;
    if tokens[last].quote.is_some() {
        return None;
    }
    if tokens[last].is(PRONOUNS) {
        return Some((last, last));
    }
    let mut first = None;
    let mut k = at;
    while k > 0 && at - k < MAX_PHRASE {
        let token = &tokens[k - 1];
        if token.quote.is_some() || !token.is_word() {
            break;
        }
        if token.is_one_of(&["who"]) && k > 1 && first.is_some() {
            // "a mother of two who joined them on Monday said"
            return subject_before(&tokens[..k], k);
        }
        if token.is(DETERMINERS) {
            first = Some(k - 1);
            if !(k >= 2 && (tokens[k - 2].is(INNER) || tokens[k - 2].is(PREPOSITIONS))) {
                break;
            }
        } else if token.is_one_of(&["and"]) {
            let names = first.is_some_and(|f| tokens[f].capital())
                && k >= 2
                && tokens[k - 2].capital()
                && tokens[k - 2].quote.is_none();
            if !names {
                break;
            }
        } else if relative && token.is(PREPOSITIONS) && !token.is_one_of(&["of"]) {
            break;
        } else if token.is(PREPOSITIONS) {
            // A phrase before this one that it hangs on, or a comma: "Vogt, in May during a talk with the paper said".
            let hangs = first.is_some()
                && k >= 2
                && tokens[k - 2].nominal()
                && tokens[k - 2].quote.is_none();
            if !hangs {
                if first.is_some()
                    && k >= 3
                    && tokens[k - 2].kind == Kind::Comma
                    && tokens[k - 2].quote.is_none()
                    && tokens[k - 3].nominal()
                    && at - k >= 3
                {
                    let range = subject_before(&tokens[..k - 1], k - 2)?;
                    return Some(range);
                }
                break;
            }
        } else if token.nominal() {
            first = Some(k - 1);
        } else {
            break;
        }
        k -= 1;
    }
    let mut first = first?;
    if first >= 2
        && tokens[first].is_one_of(&["a", "an"])
        && tokens[first - 1].kind == Kind::Comma
        && tokens[first - 2].capital()
        && tokens[first - 2].quote.is_none()
        && !tokens[first - 2].is(TIMES)
        && let Some(range) = subject_before(&tokens[..first - 1], first - 1)
        && range
            .0
            .checked_sub(1)
            .is_none_or(|at| !tokens[at].is(PREPOSITIONS))
    {
        // "Vogt, a lawyer from Harrow said": the second comma was left out.
        return Some(range);
    }
    while first < last && is_dating(tokens, first) && !tokens[first].is_one_of(&["may"]) {
        first += 1;
    }
    (!(first..=last).all(|i| tokens[i].is(DETERMINERS) || tokens[i].is(TIMES)))
        .then_some((first, last))
}

/// Whether a word tells when: a name of a time, or a number beside one ("17 December", "December 2020").
fn is_dating(tokens: &[Token<'_>], at: usize) -> bool {
    let is_time = |i: usize| tokens.get(i).is_some_and(|token| token.is(TIMES));
    let number = tokens[at].text.bytes().all(|byte| byte.is_ascii_digit());
    is_time(at) || number && (is_time(at + 1) || at.checked_sub(1).is_some_and(is_time))
}

pub(super) fn trim_possessive(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word)
}

/// The speaker that a noun phrase names: the proper name at its head without titles, else the phrase without its article.
pub(super) fn name_of_tokens(phrase: &[Token<'_>]) -> Option<String> {
    let mut from = 0;
    while from < phrase.len()
        && (phrase[from].is(ARTICLES) || (is_dating(phrase, from) && phrase.len() > 1))
    {
        from += 1;
    }
    let phrase = &phrase[from..];
    if phrase.is_empty() || phrase.iter().all(|t| t.is(TIMES) || t.is(PRONOUNS)) {
        return None;
    }
    // "a source briefed on the matter": the noun before the participle.
    let cut = (1..phrase.len())
        .find(|&i| {
            let text = phrase[i].text;
            !phrase[i].capital()
                && text.len() > 4
                && (text.ends_with("ed") || text.ends_with("ing"))
                && (phrase[i - 1].capital()
                    || phrase[i - 1].is(SPEAKER_NOUNS)
                    || phrase[i - 1].is(PEOPLE))
        })
        .unwrap_or(phrase.len());
    let phrase = &phrase[..cut];
    // "a report last week": when it came is no part of its name. Months that are names stay.
    let cut = (1..phrase.len())
        .find(|&i| {
            phrase[i].is(TIMES)
                && !phrase[i].is_one_of(&["april", "august", "june", "march", "may"])
        })
        .unwrap_or(phrase.len());
    let phrase = &phrase[..cut];
    let joint = phrase.iter().position(|t| t.is(PREPOSITIONS));
    let mut group = &phrase[..joint.unwrap_or(phrase.len())];
    // "Secretary of State Lena Vogt"
    if let (Some(joint), Some(last)) = (joint, group.last())
        && last.is(TITLES)
        && phrase.get(joint + 1).is_some_and(|t| t.is(OFFICES))
    {
        let after = (joint + 1..phrase.len())
            .find(|&i| !phrase[i].is(OFFICES))
            .unwrap_or(phrase.len());
        if after < phrase.len() && phrase[after..].iter().all(Token::capital) {
            group = &phrase[after..];
        }
    }
    let head = group.last()?;
    let whole = |tokens: &[Token<'_>]| {
        let words: Vec<&str> = tokens.iter().map(|t| t.text).collect();
        Some(trim_possessive(&words.join(" ")).to_owned())
    };
    // "Sources for the club" has its capital from the sentence.
    let noun = group.len() == 1 && head.is(SPEAKER_NOUNS) && joint.is_some();
    if !head.capital() || noun {
        // A long phrase has caught more than a name.
        return whole(if phrase.len() <= 8 { phrase } else { group });
    }
    let mut start = group.len();
    while start > 0
        && (group[start - 1].capital()
            || group[start - 1].text == "and"
            || is_particle(group[start - 1].text))
    {
        start -= 1;
    }
    while group[start..].first().is_some_and(|t| !t.capital()) {
        start += 1;
    }
    let run = &group[start..];
    let after_title = run.iter().rposition(|t| t.is(TITLES)).map_or(0, |i| i + 1);
    let run = if after_title < run.len() {
        &run[after_title..]
    } else {
        run
    };
    // "Bank of Harrow": the name goes on.
    if joint.is_some_and(|j| group.len() == j && phrase[j].is_one_of(&["of"]))
        && run.last().is_some_and(|t| {
            t.is(BODIES) || t.is_one_of(&["bank", "bureau", "department", "university"])
        })
    {
        let first = phrase.iter().position(|t| t.at == run[0].at)?;
        return whole(&phrase[first..]);
    }
    whole(run)
}
