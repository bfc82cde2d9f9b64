//! What careful readers found in articles: the labels that a report is measured by.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::claim::{Answers, Claim};
use crate::source::Span;

/// What kind of answers a labelled claim has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerKind {
    /// Dates.
    Date,
    /// Numbers.
    Quantity,
    /// Positions with names.
    Stance,
}

impl AnswerKind {
    /// Its name in outputs and label files.
    pub fn name(self) -> &'static str {
        match self {
            AnswerKind::Date => "date",
            AnswerKind::Quantity => "quantity",
            AnswerKind::Stance => "stance",
        }
    }

    /// The kind of a claim's answers.
    pub fn of(claim: &Claim) -> Self {
        match claim.answers {
            Answers::Positions(_) => AnswerKind::Stance,
            Answers::Quantity { .. } => AnswerKind::Quantity,
            Answers::Date { .. } => AnswerKind::Date,
        }
    }
}

/// All labels.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// The labelled claims by their ids.
    pub claims: BTreeMap<String, GoldClaim>,
}

/// The labels of one claim.
#[derive(Clone, Debug)]
pub struct GoldClaim {
    /// What its answers are.
    pub kind: AnswerKind,
    /// Pairs of answers that can both be true.
    pub compatible: Vec<(String, String)>,
    /// Answers of the report that count as a labelled one: its name and the pattern that takes them as a whole.
    pub accepts: Vec<(String, Regex)>,
    /// The articles that were read for this claim, by their ids. Others do not count.
    pub articles: BTreeMap<String, GoldArticle>,
}

/// What readers found in one article on one claim.
#[derive(Clone, Debug, Default)]
pub struct GoldArticle {
    /// The claim file was written with this article at hand, so it says nothing of articles to come and is left out of the figures.
    pub curation: bool,
    /// The answers that it carries; none where readers found none.
    pub labels: Vec<Label>,
}

/// One answer that an article carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The answer as [`GoldClaim::answer`] names it.
    pub position: String,
    /// The passages that carry it.
    pub passages: Vec<Passage>,
    /// Careful readers may dispute it: it counts neither as found nor as missed.
    pub weak: bool,
    /// The passages are not all that carry it: a match elsewhere in the article is not wrong.
    pub more: bool,
}

/// A passage of an article that carries an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its words, as labelled.
    pub text: String,
    /// Its place in the article's text as read.
    pub span: Span,
}

impl GoldClaim {
    /// The name under which an answer of a report or a label is compared: the labelled answer whose pattern takes it; else for a
    /// quantity its digits (`110,000` and `110000.0` are one answer), for anything else the answer itself.
    pub fn answer(&self, answer: &str) -> String {
        for (name, pattern) in &self.accepts {
            if pattern.is_match(answer) {
                return name.clone();
            }
        }
        match self.kind {
            AnswerKind::Quantity => number(answer),
            AnswerKind::Stance | AnswerKind::Date => answer.to_owned(),
        }
    }

    /// Whether two answers, named as by [`Self::answer`], can both be true.
    pub fn is_compatible(&self, a: &str, b: &str) -> bool {
        let both: BTreeSet<String> = [a.to_owned(), b.to_owned()].into();
        self.compatible
            .iter()
            .any(|(x, y)| BTreeSet::from([self.answer(x), self.answer(y)]) == both)
    }

    /// Whether the figures count this article.
    pub fn counts(&self, article: &str) -> bool {
        self.articles
            .get(article)
            .is_some_and(|article| !article.curation)
    }
}

/// A pattern that takes an answer as a whole, in any case of letters.
///
/// # Errors
///
/// Where it is no regular expression, or one that is too large.
pub fn whole(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&format!("^(?i:{pattern})$"))
}

/// A number in plain digits, with six that count where it is not whole.
fn number(text: &str) -> String {
    let Ok(value) = text.replace(',', "").parse::<f64>() else {
        return text.to_owned();
    };
    if !value.is_finite() {
        return text.to_owned();
    }
    if value.fract() == 0.0 {
        return format!("{value:.0}");
    }
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// Where a passage stands in a text: word for word, or where it stands nowhere so, with other white space between the words.
pub fn find_passage(text: &str, passage: &str) -> Option<Span> {
    let passage = passage.trim();
    if passage.is_empty() {
        return None;
    }
    if let Some(start) = text.find(passage) {
        return Some(Span::new(start, start + passage.len()));
    }
    let words: Vec<&str> = passage.split_whitespace().collect();
    let pattern: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
    // A passage beyond the size limit of patterns is no sentence.
    let pattern = Regex::new(&pattern.join(r"\s+")).ok()?;
    let found = pattern.find(text)?;
    Some(Span::new(found.start(), found.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity() -> GoldClaim {
        GoldClaim {
            kind: AnswerKind::Quantity,
            compatible: vec![("1,000".to_owned(), "1100".to_owned())],
            accepts: Vec::new(),
            articles: BTreeMap::new(),
        }
    }

    #[test]
    fn numbers_are_compared_by_value() {
        let claim = quantity();
        for (text, expected) in [
            ("110,000", "110000"),
            ("110000.0", "110000"),
            ("2.50", "2.5"),
            ("0.1234567", "0.123457"),
            ("many", "many"),
            ("inf", "inf"),
        ] {
            assert_eq!(claim.answer(text), expected, "{text}");
        }
        assert!(claim.is_compatible("1100", "1000"));
        assert!(!claim.is_compatible("1000", "1000"));
    }

    #[test]
    fn a_pattern_takes_whole_answers_only() {
        let claim = GoldClaim {
            kind: AnswerKind::Date,
            accepts: vec![(
                "December".to_owned(),
                whole("2020-12.*|--12.*").expect("a pattern"),
            )],
            ..quantity()
        };
        assert_eq!(claim.answer("--12-14"), "December");
        assert_eq!(claim.answer("x--12-14"), "x--12-14");
    }

    #[test]
    fn a_passage_is_found_across_a_line_break() {
        let text = "He left.\nThe dam\n  burst (twice). The end.";
        assert_eq!(
            find_passage(text, "The dam burst (twice).").map(|span| &text[span.start..span.end]),
            Some("The dam\n  burst (twice).")
        );
        assert_eq!(find_passage(text, "The dam held."), None);
        assert_eq!(find_passage(text, "  "), None);
    }
}
