//! `labels.jsonl`: one label a line, the simple form for one's own articles.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::gold::{AnswerKind, Gold, GoldArticle, GoldClaim, Label, Passage, find_passage};
use crate::claim::{Answers, Claim};
use crate::problem::Problem;
use crate::source::{Source, Span};
use crate::text::date::PartialDate;

/// The position of an article that answers nothing.
const NONE: &str = "none";

/// A line of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    article: String,
    claim: String,
    position: Answer,
    sentence: Option<String>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    curation: bool,
}

/// A position's name or a number; people write both.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Number(serde_json::Number),
    Name(String),
}

impl Answer {
    fn text(self) -> String {
        match self {
            Answer::Number(number) => number.to_string(),
            Answer::Name(name) => name,
        }
    }
}

/// Reads the labels; a line that cannot be used is left out with a problem at its place.
pub(super) fn read(
    source: &Arc<Source>,
    claims: &[Arc<Claim>],
    texts: &BTreeMap<&str, &str>,
    problems: &mut Vec<Problem>,
) -> Gold {
    let claims: BTreeMap<&str, &Claim> = claims
        .iter()
        .map(|claim| (claim.id.as_str(), claim.as_ref()))
        .collect();
    let mut gold = Gold::default();
    let mut start = 0;
    for line in source.text().split_inclusive('\n') {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        if let Err(problem) = take(line, span, source, &claims, texts, &mut gold) {
            problems.push(*problem);
        }
    }
    gold
}

fn take(
    line: &str,
    span: Span,
    source: &Arc<Source>,
    claims: &BTreeMap<&str, &Claim>,
    texts: &BTreeMap<&str, &str>,
    gold: &mut Gold,
) -> Result<(), Box<Problem>> {
    let problem = |code, message: String| Problem::error(code, message).at(source, span, "");
    // A byte order mark stands before the first line of files from some editors.
    let line: Line =
        serde_json::from_str(line.trim().trim_start_matches('\u{feff}')).map_err(|error| {
            Box::new(
                problem(
                    "eval/malformed-line",
                    format!("this line is no label: {error}"),
                )
                .help(
                    "write {\"article\": ..., \"claim\": ..., \"position\": ..., \"sentence\": ...}",
                ),
            )
        })?;
    let Some(claim) = claims.get(line.claim.as_str()) else {
        return Err(Box::new(problem(
            "eval/unknown-claim",
            format!("there is no claim `{}`; the label is left out", line.claim),
        )));
    };
    let Some(text) = texts.get(line.article.as_str()) else {
        return Err(Box::new(problem(
            "eval/unknown-article",
            format!(
                "there is no article `{}`; the label is left out",
                line.article
            ),
        )));
    };
    let position = line.position.text();
    let none = position == NONE && claim.position(NONE).is_none();
    if !none {
        check_answer(claim, &position).map_err(|(message, help)| {
            Box::new(problem("eval/unknown-position", message).help(help))
        })?;
    }
    let passage = match &line.sentence {
        Some(_) if none => {
            return Err(Box::new(
                problem(
                    "eval/sentence-of-nothing",
                    "`none` says that the article answers nothing, so it has no sentence"
                        .to_owned(),
                )
                .help("leave out \"sentence\", or name the position that it carries"),
            ));
        }
        Some(sentence) => {
            let Some(span) = find_passage(text, sentence) else {
                return Err(Box::new(
                    problem(
                        "eval/unknown-passage",
                        format!("the article `{}` does not hold this sentence", line.article),
                    )
                    .help("copy the sentence out of the article, word for word"),
                ));
            };
            Some(Passage {
                text: sentence.clone(),
                span,
            })
        }
        None => None,
    };
    let entry = gold.claims.entry(line.claim).or_insert_with(|| GoldClaim {
        kind: AnswerKind::of(claim),
        compatible: claim.compatible.clone(),
        accepts: Vec::new(),
        articles: BTreeMap::new(),
    });
    let position = entry.answer(&position);
    let article: &mut GoldArticle = entry.articles.entry(line.article).or_default();
    article.curation |= line.curation;
    if none {
        return Ok(());
    }
    // Without a sentence, any sentence of the article may be the one.
    let more = passage.is_none();
    match article
        .labels
        .iter_mut()
        .find(|label| label.position == position && label.weak == line.weak)
    {
        Some(label) => {
            label.passages.extend(passage);
            label.more |= more;
        }
        None => article.labels.push(Label {
            position,
            passages: passage.into_iter().collect(),
            weak: line.weak,
            more,
        }),
    }
    Ok(())
}

/// Whether a claim can have this answer; else what is wrong and what to do.
fn check_answer(claim: &Claim, answer: &str) -> Result<(), (String, String)> {
    match &claim.answers {
        Answers::Positions(positions) => {
            if positions.iter().any(|position| position.name == answer) {
                return Ok(());
            }
            let names: Vec<&str> = positions
                .iter()
                .map(|position| position.name.as_str())
                .collect();
            Err((
                format!("the claim `{}` has no position `{answer}`", claim.id),
                format!("it has {}; or write {NONE}", names.join(", ")),
            ))
        }
        Answers::Quantity { .. } => match answer.replace(',', "").parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(()),
            _ => Err((
                format!("`{answer}` is no number, as `{}` asks for one", claim.id),
                format!("write digits, or {NONE}"),
            )),
        },
        Answers::Date { .. } => match answer.parse::<PartialDate>() {
            Ok(_) => Ok(()),
            Err(error) => Err((
                format!("`{answer}` is no date, as `{}` asks for one", claim.id),
                format!("{error}, or {NONE}"),
            )),
        },
    }
}
