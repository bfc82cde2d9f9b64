//! Articles as clauses: the parts of statements that say one thing, each with its words, its predicate and its numbers.

use std::collections::BTreeSet;

use super::sense::{Listed, Sense, listed};
use crate::article::Article;
use crate::clean::clean;
use crate::source::Span;
use crate::statement::Place;
use crate::statement::segment::segment;
use crate::text::amount::{Amount, Kind, amounts};
use crate::text::lexicon::Classes;
use crate::text::polarity::Polarity;
use crate::text::stem::is_irregular;
use crate::text::token::{Token, Vocabulary, WordId};

/// Statements with more words than this are lists and tables; nobody would take a wording from them.
const LONGEST: usize = 80;
/// Words before a verb in which its auxiliary may stand.
const AUXILIARY_REACH: usize = 3;
/// Words that make what follows a plan, a wish or a possibility.
const UNREAL: [&str; 9] = [
    "to", "would", "could", "may", "might", "should", "if", "whether", "unless",
];
/// Determiners: what follows is no verb.
const DETERMINERS: [&str; 12] = [
    "the", "a", "an", "its", "his", "her", "their", "this", "that", "of", "any", "no",
];

/// A statement of an article.
#[derive(Clone, Debug)]
pub struct Said {
    /// Index of its article.
    pub article: usize,
    /// Its line in the article, from 1.
    pub line: usize,
    /// Its words on one line, safe to show.
    pub text: String,
    /// Whether it is a headline or a heading.
    pub heading: bool,
}

/// A word of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClauseWord {
    /// Its stem.
    pub stem: WordId,
    /// Its place in the text of its statement, in bytes.
    pub span: Span,
    /// Whether it says something of the subject: no small word, no number, no verb of saying.
    pub content: bool,
    /// Whether it is written as a name inside its sentence.
    pub name: bool,
    /// Whether a negation reaches it.
    pub negated: bool,
}

/// What a clause says of its subject, where a listed word tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Its words, as a range of the clause's words.
    pub words: std::ops::Range<usize>,
    /// What it means.
    pub sense: Sense,
    /// Whether it is negated.
    pub negated: bool,
}

/// A number of a clause that counts something.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The number and what bounds it.
    pub amount: Amount,
    /// The stem of the noun that it counts.
    pub noun: WordId,
    /// The noun with what stands before it, as written.
    pub of: String,
}

/// A part of a statement that says one thing.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Index of its statement.
    pub said: usize,
    /// Its words.
    pub words: Vec<ClauseWord>,
    /// What it says of its subject.
    pub predicate: Option<Predicate>,
    /// Its numbers.
    pub numbers: Vec<Counted>,
}

impl Clause {
    /// The stems of the words that can name a subject.
    pub fn stems(&self) -> BTreeSet<WordId> {
        let predicate = self.predicate.as_ref().map(|p| p.words.clone());
        let words = self.words.iter().enumerate();
        words
            .filter(|(at, word)| {
                word.content && !predicate.as_ref().is_some_and(|range| range.contains(at))
            })
            .map(|(_, word)| word.stem)
            .collect()
    }
}

/// All statements of some articles, as clauses.
#[derive(Debug, Default)]
pub struct Clauses {
    /// The statements, in the order of the articles.
    pub said: Vec<Said>,
    /// Their clauses, in the same order.
    pub clauses: Vec<Clause>,
    /// The words.
    pub vocabulary: Vocabulary,
    /// Stems of words that are nowhere written small: names.
    pub names: BTreeSet<WordId>,
}

impl Clauses {
    /// Reads articles. Questions and very long statements are left out.
    pub fn of(articles: &[Article]) -> Self {
        let mut all = Self::default();
        for (index, article) in articles.iter().enumerate() {
            let statements = segment(&article.prose, &article.headings, article.title.as_deref());
            for statement in statements {
                let prose = &article.prose[statement.span.start..statement.span.end];
                let line = prose.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = clean(&line).into_owned();
                let said = Said {
                    article: index,
                    line: article.text.line_column(statement.span.start).0,
                    text,
                    heading: statement.place != Place::Body,
                };
                all.add(said);
            }
        }
        let mut small = BTreeSet::new();
        for clause in &all.clauses {
            let text = &all.said[clause.said].text;
            for word in &clause.words {
                if text[word.span.start..].starts_with(|c: char| !c.is_uppercase()) {
                    small.insert(word.stem);
                }
                all.names.insert(word.stem);
            }
        }
        all.names.retain(|stem| !small.contains(stem));
        all
    }

    fn add(&mut self, said: Said) {
        let tokens = self.vocabulary.tokenize(&said.text);
        let count = tokens.iter().filter(|token| token.is_word()).count();
        let asks = tokens.iter().any(|token| token.is_mark('?'));
        if asks || count > LONGEST || count == 0 {
            return;
        }
        let polarity = Polarity::read(&self.vocabulary, &tokens);
        let numbers = amounts(&said.text);
        let index = self.said.len();
        for range in parts(&self.vocabulary, &tokens) {
            let words = self.words(&said.text, &tokens, range.clone(), &polarity);
            if words.is_empty() {
                continue;
            }
            let predicate = self.predicate(&said, &words);
            let (start, end) = (words[0].span.start, words[words.len() - 1].span.end);
            let inside = |amount: &&Amount| amount.span.start >= start && amount.span.end <= end;
            let counted: Vec<Counted> = numbers
                .iter()
                .filter(inside)
                .filter_map(|amount| self.counted(&said.text, amount))
                .collect();
            self.clauses.push(Clause {
                said: index,
                words,
                predicate,
                numbers: counted,
            });
        }
        self.said.push(said);
    }

    fn words(
        &mut self,
        text: &str,
        tokens: &[Token],
        range: std::ops::Range<usize>,
        polarity: &Polarity,
    ) -> Vec<ClauseWord> {
        let mut words = Vec::with_capacity(range.len());
        let mut at = range.start;
        while at < range.end {
            let token = &tokens[at];
            let mut span = token.span;
            let joined = tokens.get(at + 1).filter(|next| {
                // "S-400" is one name, though it is two tokens.
                at + 1 < range.end
                    && token.capital
                    && next.value().is_some()
                    && text[token.span.end..next.span.start] == *"-"
            });
            let word = self.vocabulary.word(token.word).clone();
            let stem = match joined {
                Some(next) => {
                    span.end = next.span.end;
                    let number = self.vocabulary.word(next.word).folded.clone();
                    self.vocabulary.intern(&format!("{}-{number}", word.folded))
                }
                None => self.vocabulary.intern(&word.stem),
            };
            let small = token.is(Classes::STOP.or(Classes::REPORTING).or(Classes::SPEECH));
            let content = joined.is_some()
                || token.is_word() && token.value().is_none() && !small && word.chars > 2;
            words.push(ClauseWord {
                stem,
                span,
                content,
                name: token.capital && (at > 0 || token.caps || joined.is_some()),
                negated: polarity.negated(at),
            });
            at += 1 + usize::from(joined.is_some());
        }
        words
    }

    /// The first listed verb that is told as a fact. What stands behind a denial is what is denied.
    fn predicate(&self, said: &Said, words: &[ClauseWord]) -> Option<Predicate> {
        let folded = |at: usize| said.text[words[at].span.start..words[at].span.end].to_lowercase();
        let unreal = |at: usize| {
            (at.saturating_sub(AUXILIARY_REACH)..at)
                .any(|before| UNREAL.contains(&folded(before).as_str()))
        };
        let mut denial = None;
        for at in 0..words.len() {
            let stem = &self.vocabulary.word(words[at].stem).folded;
            let fits = |listed: &&Listed| {
                let behind = listed.tail.iter().enumerate();
                behind.clone().all(|(n, tail)| {
                    words
                        .get(at + 1 + n)
                        .is_some_and(|word| self.vocabulary.word(word.stem).folded[..] == **tail)
                }) && (!listed.verb || self.is_verb(said, words, at))
            };
            let Some(found) = listed(stem).iter().find(fits) else {
                continue;
            };
            if unreal(at) {
                // "Wants to set up", "would cancel": whatever governs it is not known.
                return denial;
            }
            let predicate = Predicate {
                words: at..at + 1 + found.tail.len(),
                sense: found.sense,
                negated: is_negated(said, words, at) || (denial.is_some() && words[at].negated),
            };
            let denies = self
                .vocabulary
                .word(words[at].stem)
                .classes
                .any(Classes::DENY);
            if !denies {
                return Some(predicate);
            }
            denial = denial.or(Some(predicate));
        }
        denial
    }

    /// Whether a word with the form of a verb stands where a verb stands.
    fn is_verb(&self, said: &Said, words: &[ClauseWord], at: usize) -> bool {
        let surface = |at: usize| &said.text[words[at].span.start..words[at].span.end];
        let word = surface(at).to_lowercase();
        let before = at.checked_sub(1).map(|at| surface(at).to_lowercase());
        if before
            .as_deref()
            .is_some_and(|word| DETERMINERS.contains(&word))
        {
            return false;
        }
        let auxiliary = (at.saturating_sub(AUXILIARY_REACH)..at).any(|at| {
            let word = surface(at).to_lowercase();
            crate::text::lexicon::classes(&word).any(Classes::AUXILIARY)
        });
        let past = (word.ends_with("ed") && word.chars().count() > 4) || is_irregular(&word);
        // "Turkey rejects", "they agree".
        let subject = |word: &str| word.starts_with(char::is_uppercase) || is_pronoun(word);
        let present = at > 0 && subject(surface(at - 1));
        past || auxiliary || present || said.heading
    }

    fn counted(&mut self, text: &str, amount: &Amount) -> Option<Counted> {
        let plain = !(amount.vague
            || amount.one
            || amount.whole
            || amount.further
            || amount.compared
            || amount.per.is_some());
        if !plain {
            return None;
        }
        let noun = amount
            .noun_span
            .map(|span| text[span.start..span.end].trim());
        match amount.kind {
            // Money and shares stand beside each other in every report on business, and rarely answer one question.
            Kind::Plain => {
                let noun = noun.filter(|noun| !noun.is_empty())?;
                let head = noun.split_whitespace().next_back()?;
                if crate::text::lexicon::classes(&head.to_lowercase()).any(Classes::STOP) {
                    return None;
                }
                let tokens = self.vocabulary.tokenize(head);
                let head = self.vocabulary.word(tokens.last()?.word).stem.to_string();
                let stem = self.vocabulary.intern(&head);
                Some(Counted {
                    amount: amount.clone(),
                    noun: stem,
                    of: noun.to_owned(),
                })
            }
            _ => None,
        }
    }
}

/// Whether a negator stands right before a word that it reaches. What a scope reaches from further off may negate another verb.
pub fn is_negated(said: &Said, words: &[ClauseWord], at: usize) -> bool {
    let negates = |word: &ClauseWord| {
        let word = said.text[word.span.start..word.span.end].to_lowercase();
        crate::text::lexicon::classes(&word).any(Classes::NEGDIR) || matches!(&*word, "n’t")
    };
    words[at].negated
        && words[at.saturating_sub(AUXILIARY_REACH)..at]
            .iter()
            .any(negates)
}

fn is_pronoun(word: &str) -> bool {
    crate::text::lexicon::classes(&word.to_lowercase()).any(Classes::PRONOUN)
}

/// Ranges of tokens between marks and conjunctions, without the marks; small words at the start of a part stay.
fn parts(vocabulary: &Vocabulary, tokens: &[Token]) -> Vec<std::ops::Range<usize>> {
    let told_by = |token: Token| {
        token.is(Classes::REPORTING) && !token.is(Classes::SPEECH) || token.is(Classes::SAID)
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let folded = &*vocabulary.word(token.word).folded;
        if token.is_mark('"') || !token.is_word() {
            parts.push(start..at);
            start = at + 1;
        } else if at > start && told_by(tokens[at - 1]) && folded == "that" {
            // What somebody says stands for itself.
            parts.push(start..at);
            start = at + 1;
        } else if at > start && token.is(Classes::BOUND)
            || at > start + 1 && told_by(tokens[at - 1]) && !token.is(Classes::STOP)
        {
            parts.push(start..at);
            start = at;
        } else if matches!(folded, "and" | "but" | "or") {
            // "And removed it", "and has removed it", but not "Kalin and Sullivan".
            let behind = tokens[at + 1..].iter().take(2);
            let verb = behind.clone().any(|token| {
                token.is(Classes::AUXILIARY)
                    || !token.capital && vocabulary.word(token.word).folded.ends_with("ed")
            });
            if verb {
                parts.push(start..at);
                start = at + 1;
            }
        }
    }
    parts.push(start..tokens.len());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Clauses {
        Clauses::of(&[Article::of_text("a", text)])
    }

    /// The words of each clause's predicate; an exclamation mark where it is negated.
    fn predicates(text: &str) -> Vec<String> {
        let read = read(text);
        let words = |clause: &Clause| {
            let predicate = clause.predicate.as_ref()?;
            let words: Vec<&str> = clause.words[predicate.words.clone()]
                .iter()
                .map(|w| &read.said[clause.said].text[w.span.start..w.span.end])
                .collect();
            let sign = if predicate.negated { "!" } else { "" };
            Some(format!("{sign}{}", words.join(" ")))
        };
        read.clauses.iter().filter_map(words).collect()
    }

    #[test]
    fn the_predicate_is_what_is_told_as_a_fact() {
        for (text, expected) in [
            ("A working group has been set up, he said.", vec!["set up"]),
            ("Washington rejected the plan.", vec!["rejected"]),
            ("The council has not approved the plan.", vec!["!approved"]),
            (
                "He proposed to establish a working group.",
                vec!["proposed"],
            ),
            ("The council wants to set up a group.", vec![]),
            ("The proposed group met twice.", vec![]),
            ("It would cancel the order.", vec![]),
            ("Was the plan rejected?", vec![]),
            ("Turkey rejects the argument.", vec!["rejects"]),
            ("The fire was an accident.", vec!["accident"]),
        ] {
            assert_eq!(predicates(text), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_those_that_count() {
        let read = read("The S-400 was sold in 2019 and 25 people died on 3 May.");
        let found: Vec<&str> = read
            .clauses
            .iter()
            .flat_map(|clause| clause.numbers.iter().map(|counted| counted.of.as_str()))
            .collect();
        assert_eq!(found, ["people"]);
    }
}
