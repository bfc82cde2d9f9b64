//! Where articles diverge: pure functions from stances to divergences.
//!
//! Each kind has its own module with its own rule; [`diff`] asks them all and sorts what they find.

mod attribution;
mod conflict;
mod hedging;
mod lineup;
mod opposition;
#[cfg(test)]
pub(crate) mod scene;
mod silence;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::ArticleEntry;
use crate::claim::{Claim, Severity};
use crate::matching::Match;
use crate::stance::{Held, Stance};

use lineup::Lineup;

/// What kind of divergence it is; the variants stand in the order in which a report shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two articles carry positions that cannot both be true.
    Contradiction,
    /// One article does, and does not merely report both sides of a dispute.
    SelfContradiction,
    /// A quantity differs beyond the tolerance.
    Numeric,
    /// A date differs beyond the tolerance.
    Temporal,
    /// The positions conflict, but the same source speaks later.
    Update,
    /// One article reports both sides of a dispute, the other only one.
    OneSided,
    /// An article on the topic is silent where others answer.
    Omission,
    /// The same position, but another speaker.
    Attribution,
    /// A fact in one and a report in the other.
    Hedging,
}

impl Kind {
    /// All kinds, in the order of a report.
    pub const ALL: [Kind; 9] = [
        Kind::Contradiction,
        Kind::SelfContradiction,
        Kind::Numeric,
        Kind::Temporal,
        Kind::Update,
        Kind::OneSided,
        Kind::Omission,
        Kind::Attribution,
        Kind::Hedging,
    ];

    /// The name that every output uses; fingerprints are made of it, so it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Contradiction => "contradiction",
            Kind::SelfContradiction => "self-contradiction",
            Kind::Numeric => "numeric",
            Kind::Temporal => "temporal",
            Kind::Update => "update",
            Kind::OneSided => "one-sided",
            Kind::Omission => "omission",
            Kind::Attribution => "attribution",
            Kind::Hedging => "hedging",
        }
    }
}

/// What a reviewer decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Nobody decided yet.
    Open,
    /// It is a divergence.
    Confirmed,
    /// It is none.
    Dismissed,
}

/// One side of a divergence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Name of the answer; `None` for the silent side of an omission.
    pub position: Option<Arc<str>>,
    /// Indexes of the articles, ascending.
    pub articles: Vec<usize>,
    /// Indexes of the matches that show it, article by article, the strongest of each article first.
    pub matches: Vec<usize>,
}

/// A place where articles diverge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// Fingerprint of claim, kind and positions.
    pub id: String,
    /// Index of the claim in the run.
    pub claim: usize,
    /// What kind it is.
    pub kind: Kind,
    /// How much it matters.
    pub severity: Severity,
    /// What a reviewer decided.
    pub status: Status,
    /// The sides, at least two, in the claim's order of positions; the silent side of an omission first.
    pub sides: Vec<Side>,
}

impl Divergence {
    /// The articles of all sides, each once.
    pub fn articles(&self) -> BTreeSet<usize> {
        self.sides
            .iter()
            .flat_map(|side| side.articles.iter().copied())
            .collect()
    }
}

/// Finds where the articles diverge, what matters most first: by severity and kind; then by the number of articles that assert one
/// of the sides as a fact in their own voice, since what several articles merely report is easier to live with; then by the number of
/// articles, claim, and the claim's order of positions.
///
/// `stances` are those that [`crate::stance::collect`] makes of the same claims and matches. The ids and the order of the result
/// depend on the order of claims and articles only where everything else is equal.
///
/// # Panics
///
/// Where a stance points to a claim, an article or a match that is not there.
pub fn diff(
    claims: &[Arc<Claim>],
    articles: &[ArticleEntry],
    matches: &[Match],
    stances: &[Stance],
) -> Vec<Divergence> {
    let topics = silence::articles_by_topic(claims, stances);
    let of_claim = |(index, claim): (usize, &Arc<Claim>)| {
        let mut found = Vec::new();
        let stances = of_claim(stances, index);
        if !stances.is_empty() {
            let lineup = Lineup::new(index, claim, articles, matches, stances);
            found.extend(opposition::find(&lineup));
            found.extend(silence::find(&lineup, &topics[&*claim.topic]));
            found.extend(attribution::find(&lineup));
            found.extend(hedging::find(&lineup));
        }
        found
    };
    let mut found: Vec<Divergence> = claims
        .par_iter()
        .enumerate()
        .flat_map_iter(of_claim)
        .collect();
    // The sort is stable: what is equal so far keeps the order of claims and of their positions.
    found.par_sort_by_cached_key(|divergence| {
        (
            Reverse(divergence.severity),
            divergence.kind,
            Reverse(asserting(divergence, matches)),
            Reverse(divergence.articles().len()),
            divergence.claim,
        )
    });
    found
}

/// How many articles assert a side: they tell it as a fact, in their own voice. An article counts once for each side.
fn asserting(divergence: &Divergence, matches: &[Match]) -> usize {
    let of_side = |side: &Side| {
        let asserted = side
            .matches
            .iter()
            .map(|&at| &matches[at])
            .filter(|found| lineup::is_asserted(found))
            .map(|found| found.article);
        asserted.collect::<BTreeSet<_>>().len()
    };
    divergence.sides.iter().map(of_side).sum()
}

/// Whether two answers of one article cannot both be true: they differ beyond the claim's tolerance, and its file does not call them
/// compatible.
pub fn conflicting(claim: &Claim, a: &Held, b: &Held) -> bool {
    conflict::conflict(claim, named(a), named(b))
}

fn named(held: &Held) -> conflict::Named<'_> {
    conflict::Named {
        name: &held.position,
        answer: &held.answer,
    }
}

/// The stances of one claim; they are sorted by claim.
fn of_claim(stances: &[Stance], claim: usize) -> &[Stance] {
    let start = stances.partition_point(|stance| stance.claim < claim);
    let end = stances.partition_point(|stance| stance.claim <= claim);
    &stances[start..end]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::scene::{Scene, dates, positions, quantity};
    use super::*;
    use crate::claim::{Answers, Tolerance};

    fn claims() -> Vec<Claim> {
        let mut fate = positions("fate", &["dead", "alive", "missing"]);
        fate.compatible = vec![("dead".into(), "missing".into())];
        let mut notice = positions("notice", &["told", "not-told"]);
        if let Answers::Positions(positions) = &mut notice.answers {
            positions[1].silence = true;
        }
        vec![
            fate,
            notice,
            quantity("toll", Tolerance::Relative(0.1)),
            dates("day", 2),
        ]
    }

    /// Any article with up to eight matches of any kind.
    fn article() -> impl Strategy<Value = String> {
        let answer = prop::sample::select(vec![
            "fate:dead",
            "fate:alive",
            "fate:missing",
            "notice:told",
            "notice:not-told",
            "toll:10",
            "toll:10..",
            "toll:..10",
            "toll:25",
            "toll:25..",
            "day:2020-12",
            "day:2020-12-14",
            "day:--12-20",
            "day:2019",
        ]);
        let mark =
            prop::sample::select(vec!["", "?", "^", "@", "@mayor", "@police", "@she", "=0.5"]);
        let head =
            prop::sample::select(vec!["", "(Dawn)", "(Dawn 2020-01-01)", "(DAWN 2020-01-02)"]);
        let answers = prop::collection::vec((answer, mark), 0..8);
        (head, answers).prop_map(|(head, answers)| {
            let answers = answers
                .iter()
                .map(|(answer, mark)| format!("{answer}{mark}"));
            format!("{head}: {}", answers.collect::<Vec<_>>().join(" "))
        })
    }

    #[test]
    fn what_more_articles_assert_comes_first() {
        let mut group = positions("group", &["created", "proposed", "rejected"]);
        group.compatible = vec![("proposed".into(), "rejected".into())];
        group.severity = Some(Severity::High);
        let expected = [
            "contradiction high group: created[e] | rejected[b c]",
            "contradiction high group: created[e] | proposed[a b c d]",
        ];
        // Four articles know of a proposal, but only by hearsay or as a possibility; two assert the rejection.
        Scene::new(
            vec![group.clone()],
            "a: proposed@minister\nb: proposed? rejected\nc: proposed@minister rejected\nd: proposed@minister\ne: created",
        )
        .expect(&["contradiction"], &expected);
        // Where as many assert either, the number of articles decides.
        Scene::new(
            vec![group],
            "a: proposed\nb: proposed rejected\nc: proposed@minister rejected\nd: proposed?\ne: created",
        )
        .expect(&["contradiction"], &[expected[1], expected[0]]);
    }

    proptest! {
        #[test]
        fn every_divergence_is_sound(articles in prop::collection::vec(article(), 0..7)) {
            let lines: Vec<String> = articles
                .iter()
                .enumerate()
                .map(|(nth, line)| format!("a{nth}{line}"))
                .collect();
            let scene = Scene::new(claims(), &lines.join("\n"));
            let stances = scene.stances();
            let found = scene.diff();
            let mut ids = BTreeSet::new();
            for divergence in &found {
                prop_assert!(ids.insert(&divergence.id), "one id for two: {divergence:?}");
                prop_assert!(divergence.sides.len() >= 2);
                let mut seen = BTreeMap::new();
                for side in &divergence.sides {
                    prop_assert!(!side.articles.is_empty());
                    prop_assert!(side.articles.is_sorted_by(|a, b| a < b));
                    // The matches are those that the articles of the side hold for its answer, each once.
                    let expected: BTreeSet<usize> = stances
                        .iter()
                        .filter(|stance| stance.claim == divergence.claim)
                        .filter(|stance| side.articles.contains(&stance.article))
                        .flat_map(|stance| &stance.held)
                        .filter(|held| Some(&held.position) == side.position.as_ref())
                        .flat_map(|held| held.matches.iter().copied())
                        .collect();
                    let own: BTreeSet<usize> = side.matches.iter().copied().collect();
                    prop_assert_eq!(own.len(), side.matches.len());
                    let in_headline = divergence.kind == Kind::Hedging
                        && divergence.articles().len() == 1;
                    if in_headline {
                        prop_assert!(own.is_subset(&expected) && !own.is_empty());
                    } else {
                        prop_assert_eq!(&own, &expected);
                    }
                    // Article by article.
                    let order: Vec<usize> =
                        side.matches.iter().map(|&at| scene.matches[at].article).collect();
                    prop_assert!(order.is_sorted());
                    for &at in &side.matches {
                        prop_assert!(seen.insert(at, ()).is_none(), "on two sides");
                    }
                }
            }
            let rank = |d: &Divergence| {
                let asserting = asserting(d, &scene.matches);
                (Reverse(d.severity), d.kind, Reverse(asserting), Reverse(d.articles().len()), d.claim)
            };
            prop_assert!(found.is_sorted_by_key(rank));
        }

        #[test]
        fn one_more_article_that_agrees_keeps_every_id_of_opposition(
            articles in prop::collection::vec(article(), 1..5)
        ) {
            let lines: Vec<String> = articles
                .iter()
                .enumerate()
                .map(|(nth, line)| format!("a{nth}{line}"))
                .collect();
            let ids = |lines: &[String]| -> BTreeSet<String> {
                Scene::new(claims(), &lines.join("\n"))
                    .diff()
                    .into_iter()
                    .filter(|found| found.kind == Kind::Contradiction || found.kind == Kind::SelfContradiction)
                    .map(|found| found.id)
                    .collect()
            };
            let mut more = lines.clone();
            more.push(lines[0].replacen("a0", "b0", 1));
            prop_assert!(ids(&lines).is_subset(&ids(&more)));
        }
    }
}
