//! Whose words a statement is, and whether it is told as certain.
//!
//! A news sentence may hold several voices: *The club says he resigned, he says he was sacked*. So the question is asked for the
//! words that matter, not for the sentence: an article is read once into *parts*, stretches of text with a speaker, and the
//! smallest part around a word gives its voice; outside of all parts it is the article's own.
//!
//! Parts come from four things: a verb of saying with its subject before or after it, *according to*, a speaker and a colon, and
//! quotation marks. Quotations may run over sentences and paragraphs, and take their speaker from the sentence that names one.
//! There is no grammar here, only word lists and the order of words; where they do not tell who speaks, the speaker is unknown.

use std::sync::OnceLock;

use super::phrase::*;
use super::speech_words::*;
use super::{Place, Statement, Voice};
use crate::source::Span;

/// The voice of some words of an article.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Voiced {
    /// Whose words they are.
    pub voice: Voice,
    /// Told as possible, reported or unconfirmed.
    pub hedged: bool,
}

/// The voices of one article. Nothing is read before the first question; the first question reads the whole article, in one pass.
#[derive(Debug)]
pub struct Voices<'a> {
    prose: &'a str,
    statements: &'a [Statement],
    readings: OnceLock<Vec<Reading>>,
}

impl<'a> Voices<'a> {
    /// Prepares to answer for `statements`, which [`segment`](super::segment::segment) made from the same `prose`.
    pub fn new(prose: &'a str, statements: &'a [Statement]) -> Self {
        Self {
            prose,
            statements,
            readings: OnceLock::new(),
        }
    }

    /// The voice of some words of a statement: that of most of them. `words` are byte ranges into the prose, as the statement's own
    /// span is; ranges outside of the statement do not count. Without any, the whole statement is meant. An `index` past the last
    /// statement gives the article's own voice.
    pub fn voice_at(&self, index: usize, words: &[Span]) -> Voiced {
        let readings = self
            .readings
            .get_or_init(|| Reader::new(self.prose).read(self.statements));
        let (Some(reading), Some(statement)) = (readings.get(index), self.statements.get(index))
        else {
            return Voiced::default();
        };
        let inside: Vec<Span> = words
            .iter()
            .copied()
            .filter(|word| word.start < statement.span.end && word.end > statement.span.start)
            .collect();
        if inside.is_empty() {
            reading.answer(&reading.words)
        } else {
            reading.answer(&inside)
        }
    }

    /// The voice of most of a statement's words.
    pub fn voice(&self, index: usize) -> Voiced {
        self.voice_at(index, &[])
    }
}

/// What is known of one statement.
#[derive(Clone, Debug, Default)]
struct Reading {
    words: Vec<Span>,
    parts: Vec<Part>,
    hedges: Vec<Hedge>,
    /// Where a clause begins that a hedge in another does not reach.
    breaks: Vec<usize>,
}

/// A stretch of a statement with a speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    scope: Span,
    speaker: Option<String>,
    /// In quotation marks: said in these words.
    quoted: bool,
}

/// A word that makes a statement less than certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hedge {
    at: usize,
    kind: HedgeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HedgeKind {
    /// *unconfirmed*, *if true*: the whole sentence.
    Sentence,
    /// *reportedly*: the clause, whoever speaks in it.
    Clause,
    /// *may*, *perhaps*: the clause, in the same speaker's mouth.
    Part,
    /// *would*, *could*: the same, but in reported speech they are the past of *will* and *can*.
    Modal,
}

impl Reading {
    fn answer(&self, words: &[Span]) -> Voiced {
        // Votes for each part; the last place is the article itself.
        let mut votes = vec![0usize; self.parts.len() + 1];
        for word in words {
            votes[self.part_at(word.start).unwrap_or(self.parts.len())] += 1;
        }
        // Equal votes: the smaller part is the closer reading, and any part is closer than none.
        let best = (0..votes.len())
            .max_by_key(|&index| {
                let len = self.parts.get(index).map_or(usize::MAX, |p| p.scope.len());
                (votes[index], std::cmp::Reverse(len))
            })
            .unwrap_or(0);
        let part = self.parts.get(best);
        let voice = part.map_or(Voice::Own, |part| Voice::Attributed {
            speaker: part.speaker.clone(),
        });
        let at = words
            .iter()
            .map(|word| word.start)
            .find(|&at| self.part_at(at) == (best < self.parts.len()).then_some(best));
        let hedged = at.is_some_and(|at| {
            self.hedges.iter().any(|hedge| {
                let same_clause = self.clause(hedge.at) == self.clause(at);
                let same_part = self.part_at(hedge.at) == self.part_at(at);
                match hedge.kind {
                    HedgeKind::Sentence => true,
                    HedgeKind::Clause => same_clause,
                    HedgeKind::Part => same_clause && same_part,
                    HedgeKind::Modal => {
                        same_clause && same_part && part.is_none_or(|part| part.quoted)
                    }
                }
            })
        });
        Voiced { voice, hedged }
    }

    /// The smallest part around a place.
    fn part_at(&self, at: usize) -> Option<usize> {
        (0..self.parts.len())
            .filter(|&index| {
                let scope = self.parts[index].scope;
                scope.start <= at && at < scope.end
            })
            .min_by_key(|&index| (self.parts[index].scope.len(), !self.parts[index].quoted))
    }

    fn clause(&self, at: usize) -> usize {
        self.breaks.iter().filter(|&&b| b <= at).count()
    }
}

/// Somebody or something that was named as the subject of a sentence, or spoke.
#[derive(Clone, Debug)]
struct Mention {
    name: String,
    sort: Sort,
    statement: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Person,
    Thing,
    Either,
}

/// A pronoun reaches back over this many statements. A name that is further off is mostly not what is meant.
const REACH: usize = 3;

/// A quotation without a speaker of at least this many words is speech; a shorter one is a word held at arm's length.
const SPEECH_WORDS: usize = 5;

/// Reads an article from its first statement to its last.
struct Reader<'a> {
    prose: &'a str,
    /// Newest last; only the last few are kept.
    mentions: Vec<Mention>,
    /// Last words of the names of people.
    surnames: Vec<String>,
    /// Everybody who spoke, for headlines such as "Name: …".
    speakers: Vec<String>,
}

/// The speaker of a verb: a name, or a pronoun's.
#[derive(Clone, Debug)]
struct Speaker {
    name: Option<String>,
    /// First and last token of the phrase.
    from: usize,
    to: usize,
}

/// A verb of saying that was found, with what it claims.
#[derive(Clone, Debug)]
struct Predicate {
    verb: usize,
    speaker: Speaker,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// What is said follows.
    Before,
    /// What is said stands before, and may go on after.
    After,
    /// Only quotations that follow are the speaker's: *called it "…"*.
    Quoting,
}

impl<'a> Reader<'a> {
    fn new(prose: &'a str) -> Self {
        Self {
            prose,
            mentions: Vec::new(),
            surnames: Vec::new(),
            speakers: Vec::new(),
        }
    }

    fn read(mut self, statements: &[Statement]) -> Vec<Reading> {
        let mut readings: Vec<Reading> = Vec::with_capacity(statements.len());
        let mut before = Previous::default();
        for paragraph in statements.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let from = readings.len();
            before = self.paragraph(paragraph, from, before, &mut readings);
        }
        self.label_headlines(statements, &mut readings);
        readings
    }

    /// Reads one paragraph and tells what the next needs of it.
    fn paragraph(
        &mut self,
        statements: &[Statement],
        first: usize,
        before: Previous,
        readings: &mut Vec<Reading>,
    ) -> Previous {
        let span = Span::new(
            statements[0].span.start,
            statements[statements.len() - 1].span.end,
        );
        let quotes = quotes(self.prose, span);
        // For each quotation: nobody claimed it, or who did (who may be unknown).
        let mut claims: Vec<Option<Option<String>>> = vec![None; quotes.len()];
        let mut spoke: Vec<Option<Option<String>>> = Vec::new();
        let heading = statements[0].place != Place::Body;
        for (offset, statement) in statements.iter().enumerate() {
            let tokens = tokens(self.prose, statement.span, &quotes);
            let (reading, last) = self.statement(&tokens, first + offset, statement, &mut claims);
            readings.push(reading);
            spoke.push(last);
        }
        let continued = quotes
            .first()
            .is_some_and(|q| q.span.start == span.start)
            .then_some(before.open)
            .flatten();
        let mut at = 0;
        for (index, quote) in quotes.iter().enumerate() {
            while at + 1 < statements.len() && statements[at + 1].span.start <= quote.span.start {
                at += 1;
            }
            if claims[index].is_some() {
                continue;
            }
            let text = &self.prose[quote.span.start..quote.span.end];
            let words = text.split_whitespace().take(SPEECH_WORDS).count();
            let whole = quote.span.start == statements[at].span.start
                && quote.span.end >= statements[at].span.end;
            let long = words >= SPEECH_WORDS || whole;
            if !(long || (heading && words >= 2)) {
                continue;
            }
            let alone = quote.span.start == span.start && quote.span.end == span.end;
            let earlier = claims[..index].iter().rev().flatten().next().cloned();
            let earlier = earlier.or_else(|| spoke[..=at].iter().rev().flatten().next().cloned());
            let later = || {
                claims
                    .get(index + 1)
                    .filter(|_| whole)
                    .and_then(Clone::clone)
            };
            let speaker = if index == 0 && continued.is_some() {
                continued.clone()
            } else {
                earlier
                    .or_else(later)
                    .or_else(|| (alone && !heading).then(|| before.last.clone()).flatten())
            };
            claims[index] = Some(speaker.flatten());
        }
        for (offset, statement) in statements.iter().enumerate() {
            let parts = &mut readings[first + offset].parts;
            // Quotations are in order and do not overlap: only those around the statement are looked at.
            let near = quotes.partition_point(|q| q.span.end <= statement.span.start);
            let around = quotes[near..]
                .iter()
                .take_while(|q| q.span.start < statement.span.end);
            for (quote, claim) in around.zip(&claims[near..]) {
                let Some(speaker) = claim else { continue };
                let start = quote.span.start.max(statement.span.start);
                let end = quote.span.end.min(statement.span.end);
                if start < end {
                    parts.push(Part {
                        scope: Span::new(start, end),
                        speaker: speaker.clone(),
                        quoted: true,
                    });
                }
            }
        }
        let last_spoke = spoke.iter().rev().flatten().next().cloned();
        let last_quote = claims.iter().rev().flatten().next().cloned();
        Previous {
            open: quotes
                .last()
                .filter(|q| !q.closed)
                .and_then(|_| claims.last().cloned().flatten()),
            last: if heading {
                None
            } else {
                last_spoke.or(last_quote)
            },
        }
    }

    /// Reads one statement; quotations that it gives a speaker are claimed. Also gives who spoke last in it, if anybody did.
    fn statement(
        &mut self,
        tokens: &[Token<'a>],
        index: usize,
        statement: &Statement,
        claims: &mut [Option<Option<String>>],
    ) -> (Reading, Option<Option<String>>) {
        let mut reading = Reading {
            words: tokens
                .iter()
                .filter(|t| t.is_word())
                .map(|t| t.at)
                .collect(),
            ..Reading::default()
        };
        hedges(tokens, &mut reading);
        let subject = main_subject(tokens);
        let found = self.predicates(tokens, index, subject);
        let end = tokens.len();
        for (order, predicate) in found.iter().enumerate() {
            let name = &predicate.speaker.name;
            let (from, to) = match predicate.shape {
                Shape::Before => (
                    predicate.verb + 1,
                    scope_end(tokens, predicate, &found[order + 1..]),
                ),
                Shape::After => {
                    let from = found[..order]
                        .iter()
                        .rev()
                        .find(|p| p.shape == Shape::After)
                        .map_or(0, |p| p.verb.max(p.speaker.to) + 1);
                    (from, predicate.verb.min(predicate.speaker.from))
                }
                Shape::Quoting => (end, end),
            };
            if from < to {
                push(&mut reading, tokens, from, to, name);
            }
            // "The dam, he said, would hold": the rest is his as well.
            let past = predicate.verb.max(predicate.speaker.to) + 1;
            if predicate.shape == Shape::After
                && tokens.get(past).is_some_and(|t| t.kind == Kind::Comma)
                && !tokens[from..to.max(from)].iter().any(|t| t.quote.is_some())
                && !tokens
                    .get(past + 1)
                    .is_some_and(|t| t.is(RESUMES) || t.is(SAYING))
            {
                let to = scope_end(tokens, predicate, &found[order + 1..]);
                if past < to {
                    push(&mut reading, tokens, past, to, name);
                }
            }
            let claimed = match predicate.shape {
                Shape::Before | Shape::After => tokens[from..to.max(from)].iter(),
                Shape::Quoting => {
                    let to = found.get(order + 1).map_or(end, |next| {
                        next.speaker.from.min(next.verb).max(predicate.verb)
                    });
                    tokens[predicate.verb..to].iter()
                }
            };
            for quote in claimed.filter_map(|t| t.quote) {
                // A verb before the quotation is closer than one after the sentence, and comes first in order; a nested one is
                // closer still, and comes later.
                if claims[quote].is_none() || predicate.shape == Shape::Before {
                    claims[quote] = Some(name.clone());
                }
            }
        }
        let mut last = found
            .iter()
            .rev()
            .find(|p| p.shape != Shape::Quoting)
            .map(|p| p.speaker.name.clone());
        for (from, to, name) in according(tokens) {
            let name = name.or_else(|| last.clone().flatten());
            push(&mut reading, tokens, from, to, &name);
            if last.is_none() {
                for quote in tokens[from..to].iter().filter_map(|t| t.quote) {
                    claims[quote].get_or_insert_with(|| name.clone());
                }
                last = Some(name);
            }
        }
        if let Some((from, name)) = self.before_colon(tokens, &found, subject, index) {
            for quote in tokens[from..].iter().filter_map(|t| t.quote) {
                claims[quote].get_or_insert_with(|| name.clone());
            }
            last.get_or_insert(name);
        }
        // `"Yes," he said, "we will."`: what nobody else claimed is the same speaker's.
        if let Some(name) = &last {
            for token in tokens {
                if let (Some(quote), Kind::Open) = (token.quote, token.kind) {
                    claims[quote].get_or_insert_with(|| name.clone());
                }
            }
        }
        self.remember(tokens, subject, &found, last.as_ref(), index, statement);
        (reading, last)
    }

    /// The verbs of saying outside of quotations, in text order.
    fn predicates(
        &self,
        tokens: &[Token<'a>],
        index: usize,
        main: Option<Range>,
    ) -> Vec<Predicate> {
        let mut found: Vec<Predicate> = Vec::new();
        for verb in 0..tokens.len() {
            let token = &tokens[verb];
            let saying = token.is(SAYING);
            let quoting = token.is(QUOTING);
            // Asked first, since few words are: whether a sentence shouts takes a look at all of it.
            if !saying && !quoting && !token.is(SAID) {
                continue;
            }
            if token.quote.is_some() || !token.is_word() || (token.capital() && !shouting(tokens)) {
                continue;
            }
            let previous = verb.checked_sub(1).map(|at| &tokens[at]);
            if previous.is_some_and(|t| t.is(NO_VERB_AFTER)) {
                continue;
            }
            let mut back = verb;
            while back > 0 && tokens[back - 1].between() && tokens[back - 1].quote.is_none() {
                back -= 1;
            }
            let helped = |list: List| tokens[back..verb].iter().any(|t| t.is(list));
            if helped(DENIED_HELP) {
                // "did not say", "would not say": nothing was said.
                continue;
            }
            let passive = helped(BE) && !saying;
            if token.is(NOUN_TOO) && !self.acts_as_verb(tokens, verb) {
                continue;
            }
            let cited = (saying && previous.is_some_and(|t| t.is_one_of(&["as"])))
                .then(|| {
                    let from = verb.saturating_sub(MAX_PHRASE);
                    tokens[from..verb]
                        .iter()
                        .rposition(|t| t.is_one_of(&["cited", "cites", "quoted", "quotes"]))
                        .map(|at| at + from)
                })
                .flatten();
            let speaker = if let Some(cited) = cited {
                // "the paper quoted Vogt as saying", "Vogt was quoted as saying"
                let range = if cited > 0 && tokens[cited - 1].is(BE) {
                    subject_before(tokens, cited)
                } else {
                    phrase_after(tokens, cited + 1)
                };
                let Some(range) = range else { continue };
                found.push(Predicate {
                    verb,
                    speaker: Speaker {
                        name: self.name_of(tokens, range, index),
                        from: cited,
                        to: verb,
                    },
                    shape: if complement(tokens, verb) {
                        Shape::Before
                    } else {
                        Shape::After
                    },
                });
                continue;
            } else if saying && !helped(BE) {
                // "while adding a room" says nothing, "while saying so" does.
                let after_pause = previous.is_some_and(|t| {
                    t.kind == Kind::Comma
                        || t.kind == Kind::Close
                        || (t.is(BEFORE_SAYING)
                            && (token.is_one_of(&["arguing", "claiming", "insisting", "saying"])
                                || tokens.get(verb + 1).is_some_and(|t| t.is_one_of(&["that"]))))
                });
                if !after_pause {
                    continue;
                }
                // "…, saying": whoever spoke last in the sentence, else its subject.
                let name = found
                    .last()
                    .map(|p| p.speaker.name.clone())
                    .or_else(|| main.map(|m| self.name_of(tokens, m, index)));
                let Some(name) = name else { continue };
                Speaker {
                    name,
                    from: verb,
                    to: verb,
                }
            } else if passive {
                if !token.is(PASSIVE_SAID)
                    || tokens.get(verb + 1).is_none_or(|t| t.is_one_of(&["to"]))
                {
                    continue;
                }
                // "It was announced that", "he was told that": nobody is named.
                // Within what somebody else says, that speaker is worth more than nobody.
                let that = tokens[verb + 1..]
                    .iter()
                    .take(4)
                    .any(|t| t.is_one_of(&["that"]));
                if !found.is_empty() || !that {
                    continue;
                }
                Speaker {
                    name: None,
                    from: back,
                    to: verb,
                }
            } else if let Some(speaker) = self.inverted(tokens, verb, index) {
                found.push(Predicate {
                    verb,
                    speaker,
                    shape: Shape::After,
                });
                continue;
            } else if let Some(range) = subject_before(tokens, verb) {
                let quoted = range.0 > 0 && tokens[range.0 - 1].quote.is_some();
                Speaker {
                    name: self.name_of_verb(tokens, range, &found, main, index, quoted),
                    from: range.0,
                    to: range.1,
                }
            } else if let Some(last) = found.last() {
                // "He came back and said": the same subject as before, but not for "to come and say".
                if token.is(BARE) || !previous.is_some_and(|t| t.is(AND) || t.between()) {
                    continue;
                }
                Speaker {
                    name: last.speaker.name.clone(),
                    from: verb,
                    to: verb,
                }
            } else if let Some(main) = main {
                if main.1 >= verb || token.is(BARE) {
                    continue;
                }
                Speaker {
                    name: self.name_of(tokens, main, index),
                    from: verb,
                    to: verb,
                }
            } else {
                continue;
            };
            let pause = speaker.from.checked_sub(1).map(|at| &tokens[at]);
            let paused = pause.is_some_and(|t| {
                matches!(t.kind, Kind::Comma | Kind::Close | Kind::Dash | Kind::Stop)
            });
            let shape = if quoting {
                Shape::Quoting
            } else if saying || complement(tokens, verb) {
                Shape::Before
            } else if paused {
                Shape::After
            } else {
                Shape::Quoting
            };
            found.push(Predicate {
                verb,
                speaker,
                shape,
            });
        }
        found
    }

    /// Whether a word that may also be a noun ("claims", "reports") is the verb here.
    fn acts_as_verb(&self, tokens: &[Token<'a>], verb: usize) -> bool {
        let Some(next) = tokens.get(verb + 1) else {
            return verb >= 2 && tokens[verb - 1].capital();
        };
        let Some(previous) = verb.checked_sub(1).map(|at| &tokens[at]) else {
            return false;
        };
        if !previous.is_word()
            || previous.is(DETERMINERS)
            || previous.is(PREPOSITIONS)
            || previous.is(AND)
        {
            return false;
        }
        if previous.text != previous.base() {
            return false;
        }
        if tokens[verb].text.ends_with("ed") {
            let ends = next.kind == Kind::Stop || next.is_one_of(&["that"]);
            return previous.capital()
                || previous.is(PRONOUNS)
                || previous.is(SPEAKER_NOUNS)
                || (ends && previous.nominal())
                || (previous.between() && !next.is_one_of(&["to"]));
        }
        let subject = previous.capital()
            || previous.is(PRONOUNS)
            || previous.is(SPEAKER_NOUNS)
            || previous.between();
        if next.is_one_of(&["that"]) {
            return subject;
        }
        subject
            && (next.kind == Kind::Open
                || next.is(DETERMINERS)
                || next.is(PRONOUNS)
                || next.is_one_of(&["there", "to"])
                || next.capital()
                || (next.kind == Kind::Stop && verb >= 2))
    }

    /// `"…," said the mayor` and `…, says Vogt`.
    fn inverted(&self, tokens: &[Token<'a>], verb: usize, index: usize) -> Option<Speaker> {
        if !tokens[verb].is(INVERTIBLE) || verb < 2 {
            return None;
        }
        let previous = &tokens[verb - 1];
        let after_quote = previous.kind == Kind::Close
            || (previous.kind == Kind::Comma && tokens[verb - 2].kind == Kind::Close);
        if !after_quote && !matches!(previous.kind, Kind::Comma | Kind::Dash) {
            return None;
        }
        let range = phrase_after(tokens, verb + 1)?;
        let next = tokens.get(range.1 + 1);
        let done = next.is_none_or(|t| {
            matches!(
                t.kind,
                Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Close | Kind::Dash
            ) || t.is_one_of(&["who"])
                || t.is(PREPOSITIONS)
        });
        let speaks = tokens[range.0..=range.1]
            .iter()
            .any(|t| t.is(SPEAKER_NOUNS))
            || tokens[range.1].capital();
        // "Vogt, a lawyer, said the mayor": the subject stands before, as far as one can see.
        let apposed = !after_quote
            && tokens[..verb - 1]
                .iter()
                .rev()
                .take(MAX_PHRASE)
                .any(|t| t.kind == Kind::Comma && t.quote.is_none());
        let all_names = tokens[range.0..=range.1].iter().all(Token::capital);
        if !done || !(after_quote || speaks) || (apposed && !all_names) {
            return None;
        }
        Some(Speaker {
            name: self.name_of(tokens, range, index),
            from: range.0,
            to: range.1,
        })
    }

    /// The name that a subject gives, a pronoun's in the light of what was read before.
    fn name_of_verb(
        &self,
        tokens: &[Token<'a>],
        range: Range,
        found: &[Predicate],
        main: Option<Range>,
        index: usize,
        quoted: bool,
    ) -> Option<String> {
        let token = &tokens[range.1];
        if range.0 == range.1 && token.is(THIRD_PERSONS) {
            let wanted = if token.is_one_of(&["it"]) {
                Sort::Thing
            } else {
                Sort::Person
            };
            // Within the sentence: who spoke last, then its subject. A quotation "about" its own subject is mostly somebody else's.
            if !quoted {
                let spoke = found
                    .last()
                    .filter(|p| p.shape != Shape::Before || p.speaker.from != range.0);
                // "While the club waits, it says": the subject of the clause before.
                let before = tokens[0]
                    .is(SUBORDINATE)
                    .then(|| phrase_from(tokens, 1, false));
                let main = main.filter(|m| m.1 < range.0).or(before.flatten());
                if let Some(main) = main.filter(|m| m.1 < range.0)
                    && spoke.is_none()
                    && let Some(name) = self.name_of(tokens, main, index)
                    && self.fits(&name, wanted)
                {
                    return Some(name);
                }
                if let Some(name) = spoke.and_then(|p| p.speaker.name.clone())
                    && self.fits(&name, wanted)
                {
                    return Some(name);
                }
            }
            return self.recall(wanted, index, token.is_one_of(&["they"]));
        }
        self.name_of(tokens, range, index)
    }

    fn name_of(&self, tokens: &[Token<'a>], range: Range, index: usize) -> Option<String> {
        let token = &tokens[range.1];
        if range.0 == range.1 && token.is(PRONOUNS) {
            if !token.is(THIRD_PERSONS) {
                return None;
            }
            let wanted = if token.is_one_of(&["it"]) {
                Sort::Thing
            } else {
                Sort::Person
            };
            return self.recall(wanted, index, token.is_one_of(&["they"]));
        }
        name_of_tokens(&tokens[range.0..=range.1])
    }

    /// The most recently named one that a pronoun can mean.
    fn recall(&self, wanted: Sort, index: usize, plural: bool) -> Option<String> {
        self.mentions
            .iter()
            .rev()
            .take_while(|m| m.statement + REACH >= index)
            .find(|m| {
                if plural {
                    // "they" of one named person is rare; a body or several people is meant.
                    m.sort == Sort::Thing || m.name.contains(" and ") || m.name.ends_with('s')
                } else {
                    m.sort == wanted || m.sort == Sort::Either
                }
            })
            .map(|m| m.name.clone())
    }

    fn fits(&self, name: &str, wanted: Sort) -> bool {
        let sort = self.sort(name);
        sort == wanted || sort == Sort::Either
    }

    fn sort(&self, name: &str) -> Sort {
        let words = || name.split_whitespace();
        let Some(last) = words().next_back() else {
            return Sort::Either;
        };
        let body = |word| Lists::of(trim_possessive(word)).has(BODIES);
        if words().any(body) || Lists::of(name).has(PLACES) {
            return Sort::Thing;
        }
        let person = |word| Lists::of(word).has(PEOPLE);
        if person(last) || words().next().is_some_and(person) {
            return Sort::Person;
        }
        if !last.contains(char::is_uppercase) {
            return Sort::Thing;
        }
        if words().count() >= 2 || self.surnames.iter().any(|s| s == last) {
            return Sort::Person;
        }
        Sort::Either
    }

    /// `Vogt: "…"`, and a sentence that ends in a colon and a quotation. Gives where the quotation begins, and the speaker.
    fn before_colon(
        &self,
        tokens: &[Token<'a>],
        found: &[Predicate],
        main: Option<Range>,
        index: usize,
    ) -> Option<(usize, Option<String>)> {
        let colon = tokens
            .iter()
            .position(|t| t.kind == Kind::Colon && t.quote.is_none())?;
        if tokens.get(colon + 1)?.kind != Kind::Open {
            return None;
        }
        let name = if let Some(last) = found.iter().rev().find(|p| p.verb < colon) {
            last.speaker.name.clone()
        } else {
            let label = phrase_from(tokens, 0, true).filter(|r| r.1 + 1 == colon);
            let range = label.or(main.filter(|m| m.1 < colon))?;
            self.name_of(tokens, range, index)
        };
        Some((colon + 1, name))
    }

    /// Keeps who was named for the pronouns of the next statements.
    fn remember(
        &mut self,
        tokens: &[Token<'a>],
        main: Option<Range>,
        found: &[Predicate],
        last: Option<&Option<String>>,
        index: usize,
        statement: &Statement,
    ) {
        if statement.place != Place::Body {
            return;
        }
        let subject = main
            .filter(|m| !tokens[m.1].is(PRONOUNS) && names_somebody(&tokens[m.0..=m.1]))
            .and_then(|m| name_of_tokens(&tokens[m.0..=m.1]));
        let mut names: Vec<String> = subject.into_iter().collect();
        names.extend(found.iter().filter_map(|p| p.speaker.name.clone()));
        if let Some(Some(name)) = last {
            names.push(name.clone());
            if !self.speakers.contains(name) && self.speakers.len() < 64 {
                self.speakers.push(name.clone());
            }
        }
        for name in names {
            let sort = self.sort(&name);
            if sort == Sort::Person
                && let Some(last) = name.split_whitespace().next_back()
                && !self.surnames.iter().any(|s| s == last)
                && self.surnames.len() < 64
            {
                self.surnames.push(last.to_owned());
            }
            self.mentions.push(Mention {
                name,
                sort,
                statement: index,
            });
        }
        // Only what a pronoun can reach is needed, and a bound keeps a long text cheap.
        if self.mentions.len() > 64 {
            self.mentions.drain(..32);
        }
    }

    /// Headlines of the forms "Name: what is said" and "What is said: name", where the name speaks in the text or is a speaker by
    /// its meaning (police, report).
    fn label_headlines(&self, statements: &[Statement], readings: &mut [Reading]) {
        for (statement, reading) in statements.iter().zip(readings) {
            if statement.place == Place::Body {
                continue;
            }
            let tokens = tokens(self.prose, statement.span, &[]);
            let Some(colon) = tokens
                .iter()
                .rposition(|t| matches!(t.kind, Kind::Colon | Kind::Dash))
            else {
                continue;
            };
            let speaks = |range: &[Token<'a>]| {
                let name = name_of_tokens(range)?;
                let known = self
                    .speakers
                    .iter()
                    .any(|s| s == &name || s.split_whitespace().next_back() == Some(name.as_str()));
                let meant = range.iter().any(|t| t.is(SPEAKER_NOUNS));
                (range.len() <= 5 && range.iter().all(Token::is_word) && (known || meant))
                    .then_some(name)
            };
            let after = colon + 1;
            let mut end = tokens.len();
            while end > after && tokens[end - 1].kind == Kind::Stop {
                end -= 1;
            }
            if let Some(name) =
                speaks(&tokens[..colon]).filter(|_| tokens[colon].kind == Kind::Colon)
            {
                push(reading, &tokens, after, tokens.len(), &Some(name));
            } else if let Some(name) = speaks(&tokens[after..end]) {
                push(reading, &tokens, 0, colon, &Some(name));
            }
        }
    }
}

/// Whether the subject of a sentence is a name or an office, as far as its words tell: "The Harrow …" may go on in any way.
fn names_somebody(phrase: &[Token<'_>]) -> bool {
    let Some(last) = phrase.last() else {
        return false;
    };
    let known = Lists::of(last.base()).any(SOMEBODY);
    let led = phrase[0].is(DETERMINERS);
    known || (last.capital() && (!led || phrase.len() > 2))
}

/// What a paragraph leaves to the next one.
#[derive(Clone, Debug, Default)]
struct Previous {
    /// A quotation was not closed: whose it is.
    open: Option<Option<String>>,
    /// Who spoke last.
    last: Option<Option<String>>,
}

fn push(
    reading: &mut Reading,
    tokens: &[Token<'_>],
    from: usize,
    to: usize,
    name: &Option<String>,
) {
    if let (Some(first), Some(last)) = (tokens.get(from), tokens.get(to.wrapping_sub(1)))
        && first.at.start < last.at.end
    {
        reading.parts.push(Part {
            scope: Span::new(first.at.start, last.at.end),
            speaker: name.clone(),
            quoted: false,
        });
    }
}

/// A headline in capitals, or with a capital on every word: there a verb may have one too.
fn shouting(tokens: &[Token<'_>]) -> bool {
    let words = tokens.iter().filter(|t| t.is_word() && t.text.len() > 3);
    let (capital, all) = words.fold((0, 0), |(capital, all), t| {
        (capital + usize::from(t.capital()), all + 1)
    });
    all >= 3 && capital * 5 >= all * 4
}

/// Notes the words that take certainty away, and the places where their reach ends.
fn hedges(tokens: &[Token<'_>], reading: &mut Reading) {
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        let after = tokens.get(index + 2);
        let previous = index.checked_sub(1).map(|at| &tokens[at]);
        let mut hedge = |kind| {
            reading.hedges.push(Hedge {
                at: token.at.start,
                kind,
            });
        };
        if !token.is_word() {
            if matches!(token.kind, Kind::Semicolon | Kind::Dash)
                || (token.kind == Kind::Comma && next.is_some_and(|t| t.is(CONTRAST)))
            {
                reading.breaks.push(token.at.end);
            }
            continue;
        }
        if !token.lists.any(MAY_HEDGE) {
            continue;
        }
        // "May" is a month or a name, unless it opens the sentence.
        let month = || token.capital() && index > 0 && token.is_one_of(&["may"]);
        // "the might of the army"
        let noun = || token.is_one_of(&["might"]) && previous.is_some_and(|t| t.is(DETERMINERS));
        if token.is(HEDGE_SENTENCE)
            || (token.is_one_of(&["yet"])
                && next.is_some_and(|t| t.is_one_of(&["to"]))
                && after.is_some_and(|t| t.is_one_of(&["be", "confirm", "verify"])))
            || (token.is_one_of(&["if"])
                && next.is_some_and(|t| t.is_one_of(&["confirmed", "true"])))
        {
            hedge(HedgeKind::Sentence);
        } else if token.is(HEDGE_CLAUSE)
            || (token.is(BELIEVED)
                && next.is_some_and(|t| t.is_one_of(&["to"]))
                && (previous.is_some_and(|t| t.is(BE) || t.between())
                    || after.is_some_and(|t| t.is_one_of(&["be", "have"]))))
            || (token.is_one_of(&["reports"]) && next.is_some_and(|t| t.is_one_of(&["of", "that"])))
        {
            hedge(HedgeKind::Clause);
        } else if token.is(SEEMING) {
            if next.is_some_and(|t| t.is_one_of(&["likely", "that", "to"])) {
                hedge(HedgeKind::Part);
            }
        } else if token.is(HEDGE_PART) && !month() && !noun() {
            hedge(HedgeKind::Part);
        } else if token.is(HEDGE_MODAL) && !next.is_some_and(|t| t.is_one_of(&["not"])) {
            hedge(HedgeKind::Modal);
        }
    }
}

/// Whether what is said follows the verb, so far as can be seen from the next words.
fn complement(tokens: &[Token<'_>], verb: usize) -> bool {
    let mut at = verb + 1;
    while tokens
        .get(at)
        .is_some_and(|t| t.between() && !t.is(BE) && !t.is(FINITE))
    {
        at += 1;
    }
    let Some(mut token) = tokens.get(at) else {
        return false;
    };
    if tokens[verb].is_one_of(&["accuse", "accused", "accuses"]) {
        return true;
    }
    if tokens[verb].is_one_of(&["ask", "asked", "asks"])
        && !token.is_one_of(&[
            "how", "if", "what", "when", "where", "whether", "who", "why",
        ])
        && !tokens[at..].iter().take(8).any(|t| {
            t.kind == Kind::Open || t.is_one_of(&["how", "if", "what", "when", "whether", "why"])
        })
    {
        // "asked him to sign" asks for something and tells nothing.
        return false;
    }
    if tokens[verb].is(TELLING) {
        if token.is(OBJECTS) {
            at += 1;
        } else if let Some(range) = phrase_after(tokens, at) {
            at = range.1 + 1;
        }
        match tokens.get(at) {
            Some(next) => token = next,
            None => return false,
        }
    }
    match token.kind {
        Kind::Open | Kind::Colon => return true,
        Kind::Comma => {
            // `Vogt said, "…"`, against `"…," Vogt said, "…"`.
            return tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Open)
                && !tokens[..verb].iter().any(|t| t.quote.is_some());
        }
        Kind::Word => {}
        _ => return false,
    }
    if token.is_one_of(&["how", "if", "that", "there", "what", "whether", "why"]) {
        return true;
    }
    if token.is_one_of(&["to"]) && tokens[verb].is(COMMITTING) {
        return true;
    }
    if !(token.is(PREPOSITIONS)
        || token.is(TIMES)
        || token.is(SUBORDINATE)
        || token.between()
        || token.is(AND))
    {
        return true;
    }
    // "said on Thursday", "said at a meeting that": only a clause in the tail, or a quotation, is what was said.
    let tail = tokens[at..].iter().take(40);
    for (offset, token) in tail.enumerate() {
        if token.quote.is_some() || token.is_one_of(&["that"]) {
            return true;
        }
        match token.kind {
            Kind::Comma => {
                return tokens
                    .get(at + offset + 1)
                    .is_some_and(|t| t.kind == Kind::Open)
                    && !tokens[..verb].iter().any(|t| t.quote.is_some());
            }
            Kind::Colon => return true,
            Kind::Word => {}
            _ => return false,
        }
        if token.is(FINITE) {
            return true;
        }
        if token.is(SUBORDINATE) && !token.is(PREPOSITIONS)
            || token.is_one_of(&["where", "which", "who"])
            || token.is(AND)
        {
            return false;
        }
        if offset > 0 && token.is_one_of(&["after", "as", "before", "since"]) {
            return false;
        }
    }
    false
}

/// Where what a speaker says ends: one past its last token.
fn scope_end(tokens: &[Token<'_>], predicate: &Predicate, later: &[Predicate]) -> usize {
    let from = predicate.verb + 1;
    let subject = predicate.speaker.from;
    // "While the club claims that …, the players …"
    let subordinate = subject > 0
        && tokens[subject - 1].is(SUBORDINATE)
        && (subject == 1 || !tokens[subject - 2].is_word() || tokens[subject - 2].is(AND));
    let participle = subject == predicate.verb && tokens[subject].is(SAYING);
    let next = later
        .iter()
        .filter(|p| p.shape != Shape::Quoting)
        .filter_map(|p| {
            let start = p.speaker.from.min(p.verb);
            let joint = tokens.get(start.checked_sub(1)?)?;
            let new =
                (p.speaker.from != p.verb || tokens[p.verb].is(SAYING)) && p.shape == Shape::Before;
            (start > from && new && (!joint.is_word() || joint.is(AND) || joint.is(CONTRAST)))
                .then_some(start - 1)
        })
        .next();
    let limit = next.unwrap_or(tokens.len());
    for at in from..limit {
        let token = &tokens[at];
        if token.quote.is_some() && token.kind != Kind::Close {
            continue;
        }
        let following = tokens.get(at + 1);
        match token.kind {
            Kind::Comma => {
                let Some(following) = following else { continue };
                let after = tokens.get(at + 2);
                if subordinate && at > from + 1 && following.kind != Kind::Open {
                    return at;
                }
                if following.is_one_of(&["according"]) {
                    return at;
                }
                if following.is(CONTRAST) && !after.is_some_and(|t| t.is(THIRD_PERSONS)) {
                    return at;
                }
                // "…, saying X, and has offered": the sentence goes on with its own subject.
                if participle
                    && following.is_one_of(&["and", "but"])
                    && after.is_some_and(|t| t.is(FINITE))
                {
                    return at;
                }
                // `it was "a done deal", in their first meeting`
                let quote_before = tokens[at - 1].kind == Kind::Close;
                if quote_before
                    && !following.is(AND)
                    && !following.is_one_of(&["that"])
                    && following.kind != Kind::Open
                {
                    return at;
                }
            }
            Kind::Close => {
                let comma_inside = at > 0 && tokens[at - 1].kind == Kind::Comma;
                if comma_inside && following.is_some_and(|t| !t.is(AND) && !t.is_one_of(&["that"]))
                {
                    return at + 1;
                }
            }
            Kind::Word if subordinate && at > from && token.is_one_of(&["but"]) => return at,
            _ => {}
        }
    }
    limit
}

/// "according to …" and "in …'s view": the clause that it covers, and the speaker.
fn according<'a>(tokens: &[Token<'a>]) -> Vec<(usize, usize, Option<String>)> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].quote.is_some() {
            continue;
        }
        let next = |offset: usize| tokens.get(at + offset);
        let range = if tokens[at].is_one_of(&["according"])
            && next(1).is_some_and(|t| t.is_one_of(&["to"]))
        {
            phrase_after(tokens, at + 2)
        } else if tokens[at].is_one_of(&["in"]) {
            phrase_after(tokens, at + 1).and_then(|(from, to)| {
                let owner = to.checked_sub(1)?;
                (owner >= from
                    && tokens[to].is_one_of(&["account", "opinion", "view", "words"])
                    && tokens[owner].base() != tokens[owner].text)
                    .then_some((from, owner))
            })
        } else {
            None
        };
        let Some(range) = range else { continue };
        let is_break = |i: usize| {
            tokens[i].kind == Kind::Semicolon
                || (tokens[i].kind == Kind::Comma
                    && tokens.get(i + 1).is_some_and(|t| t.is(CONTRAST)))
        };
        let from = (0..at).rev().find(|&i| is_break(i)).map_or(0, |i| i + 1);
        let to = (range.1 + 1..tokens.len())
            .find(|&i| is_break(i))
            .unwrap_or(tokens.len());
        let prose_name = name_of_tokens(&tokens[range.0..=range.1]);
        found.push((from, to, prose_name));
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::statement::segment::segment;

    /// The speaker of some words of a text: `own`, `?` where unknown, else the name; `~` before it where hedged.
    fn heard(prose: &str, words: &str) -> String {
        let statements = segment(prose, &[], None);
        let voices = Voices::new(prose, &statements);
        let at = prose
            .find(words)
            .expect("internal: the words are in the test's own text");
        let span = Span::new(at, at + words.len());
        let index = statements
            .iter()
            .position(|s| s.span.start <= at && at < s.span.end)
            .expect("internal: every word is in a statement");
        let voiced = voices.voice_at(index, &[span]);
        let who = match voiced.voice {
            Voice::Own => "own".to_owned(),
            Voice::Attributed { speaker } => speaker.unwrap_or_else(|| "?".to_owned()),
        };
        if voiced.hedged {
            format!("~{who}")
        } else {
            who
        }
    }

    #[track_caller]
    fn hears(prose: &str, expected: &[(&str, &str)]) {
        for (words, who) in expected {
            assert_eq!(&heard(prose, words), who, "{words:?} in {prose:?}");
        }
    }

    #[test]
    fn a_verb_before_what_is_said() {
        hears("The dam held all night.", &[("held", "own")]);
        hears(
            "On Monday Harrow Mayor Lena Vogt said that the dam held.",
            &[("held", "Lena Vogt"), ("Monday", "own")],
        );
        hears(
            "The Harrow club announced it sold the ground.",
            &[("sold", "Harrow club")],
        );
        hears(
            "Vogt has repeatedly insisted the dam is safe.",
            &[("safe", "Vogt")],
        );
        hears(
            "Vogt told reporters in Leeds that the dam held.",
            &[("held", "Vogt")],
        );
        hears("Vogt told the broadcaster it held.", &[("held", "Vogt")]);
        hears(
            "Harrow's defence minister denied the dam broke.",
            &[("broke", "Harrow's defence minister")],
        );
        hears(
            "Secretary of State Lena Vogt wrote that it held.",
            &[("held", "Lena Vogt")],
        );
        hears(
            "Vogt, a lawyer from Harrow, said the dam held.",
            &[("held", "Vogt")],
        );
        hears(
            "Vogt -- a lawyer -- said the dam held.",
            &[("held", "Vogt")],
        );
        hears(
            "She met Brandt, who told reporters that the dam held.",
            &[("held", "Brandt"), ("met", "own")],
        );
        hears(
            "Vogt's lawyer says the letter is false.",
            &[("false", "Vogt's lawyer")],
        );
        hears(
            "A spokesman for the dam told The Post it held.",
            &[("held", "spokesman for the dam")],
        );
        hears("Sources say the dam held.", &[("held", "Sources")]);
        hears("A report said the dam held.", &[("held", "report")]);
        hears(
            "Vogt and Brandt claim that the dam held.",
            &[("held", "Vogt and Brandt")],
        );
        hears(
            "Vogt, a lawyer from Harrow said it held.",
            &[("held", "Vogt")],
        );
        hears("In Leeds, a lawyer said it held.", &[("held", "lawyer")]);
        hears(
            "A mother of two who lives on Long Lane said it held.",
            &[("held", "mother of two")],
        );
        hears(
            "The Post quoted Lena Vogt as saying that it held.",
            &[("held", "Lena Vogt")],
        );
        hears(
            "Vogt was quoted as saying that it held.",
            &[("held", "Vogt")],
        );
        hears(
            "The Harrow family claims it held.",
            &[("held", "Harrow family")],
        );
        hears(
            "President al-Masri denied it held.",
            &[("held", "al-Masri")],
        );
        hears("Vogt accused the builders of theft.", &[("theft", "Vogt")]);
        hears(
            "Lena Vogt told Tolo her son was shot.",
            &[("shot", "Lena Vogt")],
        );
    }

    #[test]
    fn a_verb_after_what_is_said() {
        hears(
            "The dam held, the ministry said in a statement.",
            &[("held", "ministry"), ("statement", "own")],
        );
        hears(
            "The dam held, Lena Vogt told reporters.",
            &[("held", "Lena Vogt")],
        );
        hears(
            "“The dam held,” said Lena Vogt, a lawyer.",
            &[("held", "Lena Vogt"), ("lawyer", "own")],
        );
        hears(
            "\"It held,\" Vogt said on Monday.",
            &[("held", "Vogt"), ("Monday", "own")],
        );
        hears(
            "“It held,” Vogt told reporters after their first talks since May.",
            &[("held", "Vogt"), ("first talks", "own")],
        );
        hears(
            "The dam, Vogt said, would hold all night.",
            &[("dam", "Vogt"), ("hold", "Vogt")],
        );
        hears(
            "“It held,” Vogt said, according to The Post.",
            &[("held", "Vogt")],
        );
        hears("“Did it hold?” Vogt asked.", &[("hold", "Vogt")]);
        hears(
            "On 17 December Vogt had still said that it held.",
            &[("held", "Vogt")],
        );
        hears(
            "Vogt came. Asked whether it held, he replied that it did.",
            &[("did", "Vogt")],
        );
    }

    #[test]
    fn each_half_has_its_speaker() {
        hears(
            "The club says he resigned, Lena Vogt says he was sacked.",
            &[("resigned", "club"), ("sacked", "Lena Vogt")],
        );
        hears(
            "Harrow rejects this, saying the dam will hold.",
            &[("rejects", "own"), ("hold", "Harrow")],
        );
        hears(
            "Harrow rejects this, saying it held, and has offered to pay.",
            &[("held", "Harrow"), ("offered", "own")],
        );
        hears(
            "While Harrow claims that it wants peace, the two mayors have yet to meet.",
            &[("wants", "Harrow"), ("mayors", "own")],
        );
        hears(
            "Harrow has said it wants peace, but the two mayors never met.",
            &[("wants", "Harrow"), ("met", "own")],
        );
        hears(
            "Vogt has told Brandt that the sale was “a done thing”, in their first meeting since May.",
            &[("done", "Vogt"), ("first meeting", "own")],
        );
        hears(
            "Vogt said it held, adding that nobody was hurt.",
            &[("held", "Vogt"), ("hurt", "Vogt")],
        );
        hears(
            "They fined the club, a step Vogt called “a grave error”.",
            &[("fined", "own"), ("grave", "Vogt")],
        );
    }

    #[test]
    fn according_to_somebody() {
        hears(
            "According to Lena Vogt, the dam held.",
            &[("held", "Lena Vogt")],
        );
        hears(
            "The dam held, according to a new report.",
            &[("held", "new report")],
        );
        hears("In Vogt's view, the dam held.", &[("held", "Vogt")]);
        hears(
            "The dam held, according to Vogt, but the wall fell.",
            &[("held", "Vogt"), ("fell", "own")],
        );
    }

    #[test]
    fn quotations_run_over_sentences() {
        let text = "“It held. It will hold. We are glad,” said Lena Vogt. “Nobody was hurt at all there.” The town slept.";
        hears(
            text,
            &[
                ("It held", "Lena Vogt"),
                ("will hold", "Lena Vogt"),
                ("hurt", "Lena Vogt"),
                ("slept", "own"),
            ],
        );
        let text = "“It held,” Lena Vogt said.\n“We are all very glad.\n“Nobody was hurt there.”\nThe town slept.";
        hears(
            text,
            &[
                ("glad", "Lena Vogt"),
                ("hurt", "Lena Vogt"),
                ("slept", "own"),
            ],
        );
        hears(
            "“It held,” Vogt said, “and it will.”",
            &[("held", "Vogt"), ("will", "Vogt")],
        );
        hears("Vogt: “It held all night long.”", &[("held", "Vogt")]);
        hears("Vogt was plain: “It held all night.”", &[("held", "Vogt")]);
        hears(
            "‘It’s held,’ Vogt said. ‘We don’t know why.’",
            &[("held", "Vogt"), ("know", "Vogt")],
        );
    }

    #[test]
    fn a_quoted_word_is_not_speech() {
        hears(
            "The “safe” dam broke.",
            &[("safe", "own"), ("broke", "own")],
        );
        hears(
            "The boys' dam and the girls' wall broke.",
            &[("wall", "own")],
        );
        hears("He is 6'2\" tall and the dam broke.", &[("broke", "own")]);
    }

    #[test]
    fn pronouns_point_back() {
        hears(
            "Lena Vogt came to Leeds. She said the dam held.",
            &[("held", "Lena Vogt")],
        );
        hears(
            "“It held,” Vogt said. “Good,” she added.",
            &[("Good", "Vogt")],
        );
        hears(
            "The ministry met. It said the dam held.",
            &[("held", "ministry")],
        );
        hears(
            "While the Harrow ministry waits, it insists that the dam held.",
            &[("dam held", "Harrow ministry")],
        );
        hears("Somebody came. He said the dam held.", &[("held", "?")]);
        hears("I said the dam held.", &[("held", "?")]);
        hears(
            "Vogt left. The wall fell. The town slept. Then it rained. It snowed. She said the dam held.",
            &[("dam held", "?")],
        );
    }

    #[test]
    fn headlines() {
        let with = |headline: &str| format!("{headline}\nLena Vogt said it was late. All slept.");
        hears(
            &with("Dam at Harrow held, Vogt tells town"),
            &[("held", "Vogt")],
        );
        hears(&with("Dam at Harrow held, says Vogt"), &[("held", "Vogt")]);
        hears(&with("Dam At Harrow Held, Vogt Says"), &[("Held", "Vogt")]);
        hears(&with("Vogt: dam at Harrow held"), &[("held", "Vogt")]);
        hears(&with("Police: dam at Harrow held"), &[("held", "Police")]);
        hears(&with("Dam at Harrow held: report"), &[("held", "report")]);
        hears(&with("Harrow: dam held"), &[("held", "own")]);
        hears(&with("Read more: dam held"), &[("held", "own")]);
        hears(
            &with("Dam at Harrow ‘held all night’"),
            &[("held", "?"), ("Harrow", "own")],
        );
    }

    #[test]
    fn nouns_and_silence_are_no_speech() {
        hears("The United States held the dam.", &[("held", "own")]);
        hears(
            "The conflicting claims and reports fell apart.",
            &[("fell", "own")],
        );
        hears("Vogt did not say whether the dam held.", &[("held", "own")]);
        hears("Vogt declined to say who broke it.", &[("broke", "own")]);
        hears(
            "He posted the letter and the dam broke.",
            &[("broke", "own")],
        );
        hears("It was announced that the dam held.", &[("held", "?")]);
    }

    #[test]
    fn certainty() {
        hears("The dam may have held.", &[("held", "~own")]);
        hears("The dam reportedly held.", &[("held", "~own")]);
        hears("The dam is said to be safe.", &[("safe", "~own")]);
        hears("The dam appeared to hold.", &[("hold", "~own")]);
        hears("Vogt appeared in court.", &[("court", "own")]);
        hears("The dam held in May and May held it.", &[("dam", "own")]);
        hears("The dam would hold.", &[("hold", "~own")]);
        hears("Vogt said the dam would hold.", &[("hold", "Vogt")]);
        hears("Vogt said the dam may hold.", &[("hold", "~Vogt")]);
        hears("“The dam could hold,” Vogt said.", &[("hold", "~Vogt")]);
        hears(
            "The dam held, but the wall may fall.",
            &[("held", "own"), ("fall", "~own")],
        );
        hears(
            "There were reports that the dam broke, but Harrow has yet to confirm them.",
            &[("broke", "~own")],
        );
        hears(
            "The unconfirmed story says the dam broke.",
            &[("broke", "~unconfirmed story")],
        );
        hears(
            "A source allegedly told The Post that the dam broke.",
            &[("broke", "~source")],
        );
        hears("The might of the river broke the dam.", &[("broke", "own")]);
        hears("If true, the dam broke.", &[("broke", "~own")]);
    }

    #[test]
    fn most_words_decide() {
        let prose = "The club says he resigned of late, and all is well.";
        let statements = segment(prose, &[], None);
        let voices = Voices::new(prose, &statements);
        let club = Voice::Attributed {
            speaker: Some("club".to_owned()),
        };
        assert_eq!(voices.voice(0).voice, club);
        assert_eq!(voices.voice_at(0, &[Span::new(0, 3)]).voice, Voice::Own);
        // Ranges outside of the statement and statements that do not exist are no cause to panic.
        assert_eq!(voices.voice_at(0, &[Span::new(500, 503)]).voice, club);
        assert_eq!(voices.voice_at(7, &[]), Voiced::default());
    }

    #[test]
    fn an_endless_sentence_is_cheap() {
        for unit in [
            "he said ",
            "\"a b c d e f\" ",
            "a, ",
            "“",
            "' ",
            "according to him ",
            "Vogt said that ",
            "it may, but ",
            "“It held,” Vogt said. ",
        ] {
            let prose = unit.repeat(100_000 / unit.len());
            let statements = segment(&prose, &[], None);
            let voices = Voices::new(&prose, &statements);
            voices.voice(0);
            voices.voice(statements.len() - 1);
        }
    }

    proptest! {
        #[test]
        fn any_text_has_voices(pieces in proptest::collection::vec(
            prop_oneof![
                Just("Vogt"), Just("said"), Just("saying"), Just("he"), Just("the"), Just(","), Just("\""), Just("“"), Just("”"),
                Just("'"), Just(":"), Just("—"), Just("according to"), Just("told"), Just("who"), Just("."), Just("\n"), Just("("),
                Just(")"), Just("in"), Just("of"), Just("and"), Just("Secretary"), Just("May"), Just("é"), Just("may"), Just("is said to"),
                Just("claims"), Just("while"), Just("view"), Just("Vogt's"), Just("last"), Just("that"), Just("but"), Just("U.S."),
            ], 0..40), glue in prop_oneof![Just(" "), Just("")])
        {
            let prose = pieces.join(glue);
            let statements = segment(&prose, &[], None);
            let voices = Voices::new(&prose, &statements);
            for (index, statement) in statements.iter().enumerate() {
                let voiced = voices.voice(index);
                if let Voice::Attributed { speaker: Some(speaker) } = voiced.voice {
                    prop_assert_eq!(speaker.trim(), speaker.as_str());
                    prop_assert!(!speaker.is_empty());
                }
                voices.voice_at(index, &[statement.span, Span::new(0, prose.len())]);
            }
        }

        #[test]
        fn no_text_panics(prose in "[\\s\\S]*") {
            let statements = segment(&prose, &[], None);
            let voices = Voices::new(&prose, &statements);
            for index in 0..statements.len() {
                voices.voice(index);
            }
        }
    }
}
