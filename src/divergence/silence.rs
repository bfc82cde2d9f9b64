//! Articles on a topic that leave one of its questions open while others answer it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::claim::{Claim, Severity};
use crate::stance::Stance;

use super::lineup::Lineup;
use super::{Divergence, Kind, Side};

/// An article's silence counts from two answering articles on: a question that a single article answers is that article's own
/// theme. Where only two articles are on the topic, the one answer is all there can be.
const ANSWERING: usize = 2;

/// For each topic the articles that answer any of its claims.
pub(super) fn articles_by_topic<'a>(
    claims: &'a [Arc<Claim>],
    stances: &[Stance],
) -> BTreeMap<&'a str, BTreeSet<usize>> {
    let mut topics: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for stance in stances {
        let topic = &*claims[stance.claim].topic;
        topics.entry(topic).or_default().insert(stance.article);
    }
    topics
}

/// Finds the articles of the topic which do not answer this claim: at most one divergence, the silent side first.
pub(super) fn find(lineup: &Lineup, on_topic: &BTreeSet<usize>) -> Option<Divergence> {
    let answering: BTreeSet<usize> = lineup
        .choices
        .iter()
        .flat_map(|choice| choice.articles())
        .collect();
    let silent: Vec<usize> = on_topic.difference(&answering).copied().collect();
    if silent.is_empty() || (answering.len() < ANSWERING && on_topic.len() > ANSWERING) {
        return None;
    }
    let mut sides = vec![Side {
        position: None,
        articles: silent,
        matches: Vec::new(),
    }];
    let answers = lineup.by_name();
    sides.extend(answers.iter().map(|choice| choice.side(|_| true)));
    Some(lineup.divergence(Kind::Omission, Severity::Low, sides, None))
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Scene, positions};

    fn check(articles: &str, expected: &[&str]) {
        let mut elsewhere = positions("tax", &["raised", "kept"]);
        elsewhere.topic = "elsewhere".into();
        let claims = vec![
            positions("fate", &["dead", "alive"]),
            positions("place", &["school", "market"]),
            elsewhere,
        ];
        Scene::new(claims, articles).expect(&["omission"], expected);
    }

    #[test]
    fn an_article_on_the_topic_is_silent_where_two_answer() {
        check(
            "a: fate:dead place:school\nb: fate:alive place:school\nc: place:school",
            &["omission low fate: -[c] | dead[a] | alive[b]"],
        );
    }

    #[test]
    fn one_answer_is_enough_among_two_articles_only() {
        check(
            "a: fate:dead place:school\nb: place:school",
            &["omission low fate: -[b] | dead[a]"],
        );
        check(
            "a: fate:dead place:school\nb: place:school\nc: place:school",
            &[],
        );
    }

    #[test]
    fn an_article_on_another_topic_is_not_silent() {
        check(
            "a: fate:dead\nb: fate:dead\nc: tax:raised\nd: tax:raised",
            &[],
        );
    }
}
