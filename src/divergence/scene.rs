//! A few signs that stand for claims, articles and matches, for tests.
//!
//! A line is an article: `id(Outlet 2024-03-01): answer answer …`. An answer is a position, a number (`25`, an interval as
//! `25..` or `10..20`), or a date, and is written `claim:answer` where there is more than one claim. Behind it may stand `=0.7`
//! (the score, else 1), `?` (hedged), `^` (in the headline), and last `@Some_Speaker` (attributed; `@` alone to nobody).

use std::sync::Arc;

use crate::article::{Article, ArticleEntry};
use crate::claim::{Answers, Claim, Position, Reach, Testimony, Tolerance};
use crate::fingerprint;
use crate::matching::{Answer, Match};
use crate::source::{Source, Span};
use crate::stance::{Stance, collect};
use crate::statement::{Place, Voice};
use crate::text::date::PartialDate;

use super::{Divergence, diff};

/// Claims with articles and their matches.
pub(crate) struct Scene {
    pub claims: Vec<Arc<Claim>>,
    pub articles: Vec<Article>,
    pub matches: Vec<Match>,
}

impl Scene {
    pub fn new(claims: Vec<Claim>, articles: &str) -> Self {
        let mut scene = Self {
            claims: claims.into_iter().map(Arc::new).collect(),
            articles: Vec::new(),
            matches: Vec::new(),
        };
        for line in articles.lines() {
            let (head, answers) = line.split_once(':').expect("id: answers");
            scene.articles.push(article(head.trim()));
            for (nth, answer) in answers.split_whitespace().enumerate() {
                let found = scene.read_match(answer, nth);
                scene.matches.push(found);
            }
        }
        scene
    }

    fn read_match(&self, sign: &str, nth: usize) -> Match {
        let (sign, voice) = match sign.split_once('@') {
            None => (sign, Voice::Own),
            Some((sign, name)) => {
                let speaker = (!name.is_empty()).then(|| name.replace('_', " "));
                (sign, Voice::Attributed { speaker })
            }
        };
        let place = if sign.contains('^') {
            Place::Headline
        } else {
            Place::Body
        };
        let hedged = sign.contains('?');
        let sign = sign.replace(['^', '?'], "");
        let (sign, score) = match sign.split_once('=') {
            None => (sign.as_str(), 1.0),
            Some((sign, score)) => (sign, score.parse().expect("a score")),
        };
        let (claim, sign) = match sign.split_once(':') {
            None => (0, sign),
            Some((id, sign)) => {
                let claim = self.claims.iter().position(|claim| claim.id == id);
                (claim.expect("a claim"), sign)
            }
        };
        let article = self.articles.len() - 1;
        let (position, answer) = read_answer(&self.claims[claim], sign);
        let text = format!("Statement {nth}.");
        Match {
            id: fingerprint::of_match(
                &self.claims[claim].id,
                &position,
                &text,
                &self.articles[article].id,
            ),
            claim,
            article,
            answer,
            position: position.into(),
            span: Span::new(nth * 20, nth * 20 + text.len()),
            text: text.into(),
            line: 1,
            column: nth * 20 + 1,
            words: vec![Span::new(0, 9)],
            score,
            wording: "wording".into(),
            voice,
            hedged,
            place,
            context: Arc::default(),
        }
    }

    pub fn stances(&self) -> Vec<Stance> {
        collect(&self.claims, &self.matches)
    }

    pub fn diff(&self) -> Vec<Divergence> {
        let articles: Vec<ArticleEntry> = self.articles.iter().map(ArticleEntry::from).collect();
        diff(&self.claims, &articles, &self.matches, &self.stances())
    }

    pub fn scores(&self, matches: &[usize]) -> Vec<f64> {
        matches.iter().map(|&at| self.matches[at].score).collect()
    }

    /// Asserts that of these kinds exactly the expected divergences are found, in this order.
    pub fn expect(&self, kinds: &[&str], expected: &[&str]) {
        let found: Vec<String> = self
            .diff()
            .iter()
            .filter(|divergence| kinds.contains(&divergence.kind.name()))
            .map(|divergence| self.line(divergence))
            .collect();
        assert_eq!(found, expected);
    }

    fn line(&self, divergence: &Divergence) -> String {
        let sides: Vec<String> = divergence
            .sides
            .iter()
            .map(|side| {
                let ids: Vec<&str> = side
                    .articles
                    .iter()
                    .map(|&at| self.articles[at].id.as_str())
                    .collect();
                let position = side.position.as_deref().unwrap_or("-");
                format!("{position}[{}]", ids.join(" "))
            })
            .collect();
        format!(
            "{} {} {}: {}",
            divergence.kind.name(),
            format!("{:?}", divergence.severity).to_lowercase(),
            self.claims[divergence.claim].id,
            sides.join(" | ")
        )
    }
}

fn article(head: &str) -> Article {
    let (id, rest) = head.split_once('(').unwrap_or((head, ""));
    let mut rest = rest.trim_end_matches(')').split_whitespace();
    let text = Arc::new(Source::new(format!("{id}.txt"), "text"));
    Article {
        id: id.to_owned(),
        path: format!("articles/{id}.txt"),
        source: rest.next().map(str::to_owned),
        date: rest.next().map(|date| date.parse().expect("a date")),
        title: None,
        url: None,
        prose: text.text().into(),
        text,
        headings: Vec::new(),
    }
}

fn claim(id: &str, answers: Answers) -> Claim {
    Claim {
        id: id.to_owned(),
        topic: "topic".into(),
        question: format!("What of {id}?"),
        about: vec![id.to_owned()],
        reach: Reach::default(),
        testimony: Testimony::default(),
        answers,
        compatible: Vec::new(),
        except: Vec::new(),
        examples: Vec::new(),
        aliases: Arc::new([]),
        severity: None,
        source: Arc::new(Source::new("claims/topic.yaml", "")),
        span: Span::default(),
    }
}

/// A claim with these positions.
pub(crate) fn positions(id: &str, names: &[&str]) -> Claim {
    let position = |name: &&str| Position {
        name: (*name).to_owned(),
        says: format!("It is {name}."),
        phrases: Vec::new(),
        except: Vec::new(),
        silence: false,
        denied: None,
        requires: Vec::new(),
        testimony: Testimony::default(),
    };
    claim(id, Answers::Positions(names.iter().map(position).collect()))
}

/// A claim whose answers are numbers.
pub(crate) fn quantity(id: &str, tolerance: Tolerance) -> Claim {
    let of = vec!["deaths".to_owned()];
    claim(id, Answers::Quantity { of, tolerance })
}

/// A claim whose answers are dates.
pub(crate) fn dates(id: &str, tolerance_days: u32) -> Claim {
    let of = vec!["removed".to_owned()];
    claim(id, Answers::Date { of, tolerance_days })
}

/// Reads an answer of the notation, with its name.
pub(crate) fn read_answer(claim: &Claim, sign: &str) -> (String, Answer) {
    let answer = match &claim.answers {
        Answers::Positions(positions) => {
            let at = positions.iter().position(|position| position.name == sign);
            Answer::Position(at.expect("a position of the claim"))
        }
        Answers::Quantity { .. } => {
            let (low, high) = sign.split_once("..").unwrap_or((sign, sign));
            let end = |end: &str| end.parse::<f64>().ok();
            Answer::Quantity {
                value: end(low).or(end(high)).expect("a number"),
                low: end(low).unwrap_or(f64::NEG_INFINITY),
                high: end(high).unwrap_or(f64::INFINITY),
            }
        }
        Answers::Date { .. } => {
            let parts: Vec<&str> = match sign.strip_prefix("--") {
                Some(rest) => std::iter::once("").chain(rest.split('-')).collect(),
                None => sign.split('-').collect(),
            };
            let part = |at: usize| parts.get(at).and_then(|part| part.parse::<u8>().ok());
            Answer::Date(PartialDate {
                year: parts[0].parse().ok(),
                month: part(1),
                day: part(2),
            })
        }
    };
    let name = match answer {
        Answer::Quantity { value, .. } => value.to_string(),
        _ => sign.to_owned(),
    };
    (name, answer)
}
