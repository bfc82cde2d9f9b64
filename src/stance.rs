//! What an article says on a claim: all matches of the pair, collected.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use crate::claim::Claim;
use crate::matching::{Answer, Match};

/// The answers that one article gives to one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Index of the claim in the run.
    pub claim: usize,
    /// Index of the article in the run.
    pub article: usize,
    /// Each answer once, in the claim's order of positions, or by value.
    pub held: Vec<Held>,
}

/// One answer of an article with the matches that carry it.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Name of the answer.
    pub position: Arc<str>,
    /// The answer itself. Of a number that the article gives more than once, the narrowest interval that all wordings allow.
    pub answer: Answer,
    /// Indexes into the run's matches, in text order.
    pub matches: Vec<usize>,
}

/// Collects the matches into one stance for each claim and article that have any, sorted by claim, then article.
///
/// Matches of a claim that is not in `claims` are left out.
pub fn collect(claims: &[Arc<Claim>], matches: &[Match]) -> Vec<Stance> {
    let cell = |at: usize| (matches[at].claim, matches[at].article);
    let known = (0..matches.len()).filter(|&at| matches[at].claim < claims.len());
    let mut order: Vec<usize> = known.collect();
    // Stable: the matches of a cell stay in their order.
    order.par_sort_by_key(|&at| cell(at));
    let cells: Vec<&[usize]> = order.chunk_by(|a, b| cell(*a) == cell(*b)).collect();
    cells
        .into_par_iter()
        .map(|of_cell| stance(matches, of_cell))
        .collect()
}

/// The stance of an article on a claim by all matches of the pair, of which there is one at least.
fn stance(matches: &[Match], of_cell: &[usize]) -> Stance {
    let mut held: Vec<Held> = Vec::new();
    for &at in of_cell {
        let found = &matches[at];
        match held.iter_mut().find(|one| one.position == found.position) {
            Some(one) => {
                one.answer = narrowed(&one.answer, &found.answer);
                one.matches.push(at);
            }
            None => held.push(Held {
                position: Arc::clone(&found.position),
                answer: found.answer.clone(),
                matches: vec![at],
            }),
        }
    }
    held.sort_by(|a, b| by_answer(&a.answer, &b.answer).then_with(|| a.position.cmp(&b.position)));
    for one in &mut held {
        one.matches.sort_by_key(|&at| (matches[at].span, at));
    }
    Stance {
        claim: matches[of_cell[0]].claim,
        article: matches[of_cell[0]].article,
        held,
    }
}

/// The claim's order of answers: positions as written, quantities by value, dates ascending with unknown years first.
pub fn by_answer(a: &Answer, b: &Answer) -> Ordering {
    use Answer::{Date, Position, Quantity};
    match (a, b) {
        (Position(a), Position(b)) => a.cmp(b),
        (
            Quantity { value, low, high },
            Quantity {
                value: other_value,
                low: other_low,
                high: other_high,
            },
        ) => value
            .total_cmp(other_value)
            .then(low.total_cmp(other_low))
            .then(high.total_cmp(other_high)),
        (Date(a), Date(b)) => a.cmp(b),
        // One claim has one kind of answers; a total order is kept all the same.
        _ => rank(a).cmp(&rank(b)),
    }
}

fn rank(answer: &Answer) -> u8 {
    match answer {
        Answer::Position(_) => 0,
        Answer::Quantity { .. } => 1,
        Answer::Date(_) => 2,
    }
}

/// "At least 25" and "25" in one article speak of 25. Where two wordings leave nothing in common, the first stands.
fn narrowed(first: &Answer, second: &Answer) -> Answer {
    match (first, second) {
        (
            &Answer::Quantity { value, low, high },
            &Answer::Quantity {
                low: other_low,
                high: other_high,
                ..
            },
        ) if low.max(other_low) <= high.min(other_high) => Answer::Quantity {
            value,
            low: low.max(other_low),
            high: high.min(other_high),
        },
        _ => first.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Tolerance;
    use crate::divergence::scene::{Scene, dates, positions, quantity};

    /// Stances as `claim article: answer(texts) …`.
    fn lines(scene: &Scene) -> Vec<String> {
        let line = |stance: &Stance| {
            let held: Vec<String> = stance
                .held
                .iter()
                .map(|held| format!("{}{:?}", held.position, held.matches))
                .collect();
            format!(
                "{} {}: {}",
                scene.claims[stance.claim].id,
                scene.articles[stance.article].id,
                held.join(" ")
            )
        };
        scene.stances().iter().map(line).collect()
    }

    #[test]
    fn one_stance_for_each_claim_and_article_with_matches() {
        let claims = vec![
            positions("fate", &["dead", "alive"]),
            quantity("toll", Tolerance::Relative(0.0)),
            dates("day", 0),
        ];
        let scene = Scene::new(
            claims,
            "a: toll:100 fate:alive toll:9 fate:dead fate:alive\nb: day:2020-12 day:--12 day:2019\nc: fate:dead",
        );
        assert_eq!(
            lines(&scene),
            [
                "fate a: dead[3] alive[1, 4]",
                "fate c: dead[8]",
                "toll a: 9[2] 100[0]",
                "day b: --12[6] 2019[7] 2020-12[5]",
            ]
        );
    }

    #[test]
    fn matches_stand_in_text_order_whatever_the_order_found() {
        let mut scene = Scene::new(vec![positions("fate", &["dead"])], "a: dead dead dead");
        scene.matches.reverse();
        assert_eq!(lines(&scene), ["fate a: dead[2, 1, 0]"]);
    }

    #[test]
    fn one_number_in_two_wordings_is_held_as_narrowly_as_both_allow() {
        let claims = vec![quantity("toll", Tolerance::Relative(0.0))];
        let scene = Scene::new(claims, "a: 25.. 25");
        let expected = Answer::Quantity {
            value: 25.0,
            low: 25.0,
            high: 25.0,
        };
        assert_eq!(scene.stances()[0].held[0].answer, expected);
    }
}
