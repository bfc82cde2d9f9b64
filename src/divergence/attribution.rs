//! The same answer from different mouths.

use std::collections::BTreeMap;

use crate::claim::Severity;

use super::lineup::{Carrier, Lineup};
use super::{Divergence, Kind};

/// Finds the answers that articles only attribute, to speakers that have nobody in common: one divergence for an answer, with a
/// side for each circle of speakers. Articles that share a speaker stand in one circle, and so do those that hang together
/// through a third. Own-voice articles and those that name nobody are left out.
pub(super) fn find(lineup: &Lineup) -> Vec<Divergence> {
    let mut found = Vec::new();
    for choice in &lineup.by_name() {
        let told: Vec<&Carrier> = choice
            .carriers
            .iter()
            .filter(|carrier| !carrier.own && !carrier.speakers.is_empty())
            .collect();
        let circle_of = circles(&told);
        // Circles in the order of their first article.
        let mut order: Vec<usize> = Vec::new();
        for &circle in circle_of.values() {
            if !order.contains(&circle) {
                order.push(circle);
            }
        }
        if order.len() > 1 {
            let sides = order
                .iter()
                .map(|circle| {
                    choice.side(|carrier| circle_of.get(&carrier.article) == Some(circle))
                })
                .collect();
            found.push(lineup.divergence(Kind::Attribution, Severity::Low, sides, None));
        }
    }
    found
}

/// For each article the number of its circle.
fn circles(told: &[&Carrier]) -> BTreeMap<usize, usize> {
    // Union-find over the articles, joined through the speakers.
    let mut parent: Vec<usize> = (0..told.len()).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    }
    let mut first_with: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, carrier) in told.iter().enumerate() {
        for speaker in &carrier.speakers {
            let other = *first_with.entry(speaker).or_insert(at);
            let (a, b) = (root(&mut parent, at), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    told.iter()
        .enumerate()
        .map(|(at, carrier)| (carrier.article, root(&mut parent, at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Scene, positions};

    fn check(articles: &str, expected: &[&str]) {
        let claims = vec![positions("fate", &["dead", "alive"])];
        Scene::new(claims, articles).expect(&["attribution"], expected);
    }

    #[test]
    fn different_speakers_of_one_answer() {
        check(
            "a: dead@the_mayor\nb: dead@Colonel_Adams\nc: dead@MAYOR",
            &["attribution low fate: dead[a c] | dead[b]"],
        );
    }

    #[test]
    fn a_common_speaker_joins_articles_also_through_a_third() {
        check("a: dead@mayor dead@police\nb: dead@police", &[]);
        check(
            "a: dead@mayor\nb: dead@police\nc: dead@mayor dead@police",
            &[],
        );
    }

    #[test]
    fn pronouns_unnamed_speakers_and_own_words_name_nobody() {
        check("a: dead@mayor\nb: dead@she", &[]);
        check("a: dead@mayor\nb: dead@", &[]);
        check("a: dead@mayor\nb: dead@police dead", &[]);
        check("a: dead@mayor\nb: alive@police", &[]);
    }
}
