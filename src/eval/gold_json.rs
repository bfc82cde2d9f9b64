//! `gold.json`: the labels of whole topics in one file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::gold::{AnswerKind, Gold, GoldArticle, GoldClaim, Label, Passage, find_passage, whole};
use crate::problem::Problem;
use crate::source::{Source, Span};

#[derive(Deserialize)]
struct File {
    topics: Vec<Topic>,
}

#[derive(Deserialize)]
struct Topic {
    claims: Vec<TopicClaim>,
    #[serde(default)]
    curation: Vec<String>,
    articles: BTreeMap<String, BTreeMap<String, Vec<Entry>>>,
}

#[derive(Deserialize)]
struct TopicClaim {
    id: String,
    kind: Kind,
    #[serde(default)]
    compatible: Vec<(String, String)>,
    #[serde(default)]
    accepts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Stance,
    Quantity,
    Date,
}

#[derive(Deserialize)]
struct Entry {
    position: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    more: bool,
}

/// Reads the labels. `texts` are the articles' texts by their ids; what is labelled in an article that is not there, and a passage
/// that does not stand in its article, is left out with a problem.
///
/// # Errors
///
/// Where the file as a whole is not what it should be.
pub(super) fn read(
    source: &Arc<Source>,
    texts: &BTreeMap<&str, &str>,
    problems: &mut Vec<Problem>,
) -> Result<Gold, Box<Problem>> {
    let file: File =
        serde_json::from_str(source.text()).map_err(|error| Box::new(malformed(source, &error)))?;
    let mut gold = Gold::default();
    for topic in file.topics {
        let mut known: Vec<&str> = Vec::new();
        for claim in &topic.claims {
            if gold.claims.contains_key(&claim.id) {
                problems.push(
                    Problem::error(
                        "eval/duplicate-claim",
                        format!(
                            "the claim `{}` is labelled twice; the second is left out",
                            claim.id
                        ),
                    )
                    .at_path(source.name()),
                );
                continue;
            }
            known.push(&claim.id);
            gold.claims
                .insert(claim.id.clone(), empty(claim, source, problems));
        }
        for (article, by_claim) in &topic.articles {
            let Some(text) = texts.get(article.as_str()) else {
                problems.push(no_article(source, article));
                continue;
            };
            for id in &known {
                let Some(claim) = gold.claims.get_mut(*id) else {
                    continue;
                };
                let mut read = GoldArticle {
                    curation: topic.curation.contains(article),
                    labels: Vec::new(),
                };
                for entry in by_claim.get(*id).into_iter().flatten() {
                    let passages = entry.evidence.iter().filter_map(|passage| {
                        let span = find_passage(text, passage);
                        if span.is_none() {
                            problems.push(no_passage(source, article, passage));
                        }
                        let text = passage.clone();
                        span.map(|span| Passage { text, span })
                    });
                    let passages = passages.collect();
                    read.labels.push(Label {
                        position: claim.answer(&entry.position),
                        passages,
                        weak: entry.weak,
                        more: entry.more,
                    });
                }
                claim.articles.insert(article.clone(), read);
            }
            for id in by_claim.keys().filter(|id| !known.contains(&id.as_str())) {
                problems.push(
                    Problem::error(
                        "eval/unknown-claim",
                        format!(
                            "the article `{article}` is labelled on `{id}`, which its topic does not list"
                        ),
                    )
                    .at_path(source.name()),
                );
            }
        }
    }
    Ok(gold)
}

fn empty(claim: &TopicClaim, source: &Arc<Source>, problems: &mut Vec<Problem>) -> GoldClaim {
    let accepts = claim
        .accepts
        .iter()
        .filter_map(|(name, pattern)| match whole(pattern) {
            Ok(pattern) => Some((name.clone(), pattern)),
            Err(_) => {
                problems.push(
                    Problem::error(
                        "eval/bad-pattern",
                        format!("the pattern `{pattern}` of `{}` cannot be read", claim.id),
                    )
                    .at_path(source.name())
                    .help("write a regular expression that takes the whole answer"),
                );
                None
            }
        });
    GoldClaim {
        kind: match claim.kind {
            Kind::Stance => AnswerKind::Stance,
            Kind::Quantity => AnswerKind::Quantity,
            Kind::Date => AnswerKind::Date,
        },
        compatible: claim.compatible.clone(),
        accepts: accepts.collect(),
        articles: BTreeMap::new(),
    }
}

/// The whole file is not what it should be; the place is where the reader of JSON gave up.
fn malformed(source: &Arc<Source>, error: &serde_json::Error) -> Problem {
    let lines = source.text().split_inclusive('\n');
    let line: usize = lines
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (line + error.column().saturating_sub(1)).min(source.text().len());
    while !source.text().is_char_boundary(at) {
        at -= 1;
    }
    Problem::error("eval/malformed", "the labels cannot be read")
        .at(source, Span::new(at, at), error.to_string())
        .help("see `gainsay eval --help` for the two forms that labels may have")
}

pub(super) fn no_article(source: &Source, article: &str) -> Problem {
    Problem::error(
        "eval/unknown-article",
        format!("there is no article `{article}`; its labels are left out"),
    )
    .at_path(source.name())
}

fn no_passage(source: &Source, article: &str, passage: &str) -> Problem {
    Problem::error(
        "eval/unknown-passage",
        format!("the article `{article}` does not hold the labelled passage \"{passage}\""),
    )
    .at_path(source.name())
    .help("copy the passage out of the article, word for word")
}
