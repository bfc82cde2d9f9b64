//! Answers that cannot both be true: contradictions of articles with each other and with themselves, differing numbers and dates,
//! updates, and disputes of which one article tells only one side.
//!
//! An article may hold two conflicting answers in three ways. Where both are its own, or the same person's, it contradicts itself.
//! Where both are only attributed, it reports a dispute and takes no side. Where one is its own and the other attributed, it
//! reports the dispute and takes the side that is its own. An article *stands for* the answers whose side it takes: all that it
//! carries outside a conflict, and within one only its own, or both of a self-contradiction.
//!
//! Articles are never compared two by two: sets of articles for each pair of answers tell whether a pair of articles exists.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::ArticleEntry;
use crate::claim::{Answers, Severity};
use crate::matching::Match;

use super::lineup::{Carrier, Lineup};
use super::{Divergence, Kind, Side};

/// Finds the divergences of every pair of conflicting answers, in the claim's order of answers.
pub(super) fn find(lineup: &Lineup) -> Vec<Divergence> {
    let inside = Inside::new(lineup);
    let mut found = Vec::new();
    for a in 0..lineup.choices.len() {
        for b in a + 1..lineup.choices.len() {
            if lineup.conflict(a, b) {
                found.extend(of_pair(lineup, &inside, a, b));
            }
        }
    }
    merged(found, lineup.matches)
}

/// Joins divergences of one claim that bear the same id: "25" and "at least 25" go by one name, and both may conflict with "10".
fn merged(found: Vec<Divergence>, matches: &[Match]) -> Vec<Divergence> {
    let mut place = BTreeMap::new();
    let mut kept: Vec<Divergence> = Vec::with_capacity(found.len());
    for divergence in found {
        let Some(&at): Option<&usize> = place.get(&divergence.id) else {
            place.insert(divergence.id.clone(), kept.len());
            kept.push(divergence);
            continue;
        };
        let known: &mut Divergence = &mut kept[at];
        known.severity = known.severity.max(divergence.severity);
        for side in divergence.sides {
            match known
                .sides
                .iter_mut()
                .find(|known| known.position == side.position)
            {
                Some(known) => absorb(known, side, matches),
                None => known.sides.push(side),
            }
        }
    }
    kept
}

/// Takes in the articles and matches of a side with the same position, and keeps the matches article by article. An article holds
/// a name once, so one that is known brings no new matches.
fn absorb(known: &mut Side, other: Side, matches: &[Match]) {
    let article = |&at: &usize| matches[at].article;
    let is_new = |at: &usize| known.articles.binary_search(&article(at)).is_err();
    let new: Vec<usize> = other.matches.into_iter().filter(is_new).collect();
    known.matches.extend(new);
    known.matches.sort_by_key(article);
    known.articles.extend(other.articles);
    known.articles.sort_unstable();
    known.articles.dedup();
}

/// Conflicts inside single articles.
struct Inside {
    /// For a pair of answers the articles that hold both.
    pairs: BTreeMap<(usize, usize), Both>,
    /// For each answer the articles that stand for it, ascending.
    standing: Vec<BTreeSet<usize>>,
}

/// The articles that hold both answers of a conflicting pair.
#[derive(Default)]
struct Both {
    /// Those that mean both.
    contradict_themselves: BTreeSet<usize>,
    /// Those that report the dispute, whether they take a side or not.
    report: BTreeSet<usize>,
}

impl Inside {
    fn new(lineup: &Lineup) -> Self {
        let mut by_article: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, choice) in lineup.choices.iter().enumerate() {
            for article in choice.articles() {
                by_article.entry(article).or_default().push(index);
            }
        }
        let mut pairs: BTreeMap<(usize, usize), Both> = BTreeMap::new();
        let mut standing = vec![BTreeSet::new(); lineup.choices.len()];
        for (&article, held) in &by_article {
            let mut reported = BTreeSet::new();
            let mut meant = BTreeSet::new();
            for (at, &a) in held.iter().enumerate() {
                for &b in &held[at + 1..] {
                    if !lineup.conflict(a, b) {
                        continue;
                    }
                    let both = pairs.entry((a, b)).or_default();
                    if means_both(carrier(lineup, a, article), carrier(lineup, b, article)) {
                        both.contradict_themselves.insert(article);
                        meant.extend([a, b]);
                    } else {
                        both.report.insert(article);
                        reported.extend([a, b]);
                    }
                }
            }
            for &choice in held {
                let in_dispute = reported.contains(&choice) && !meant.contains(&choice);
                if !in_dispute || carrier(lineup, choice, article).own {
                    standing[choice].insert(article);
                }
            }
        }
        Self { pairs, standing }
    }
}

fn carrier<'a>(lineup: &'a Lineup, choice: usize, article: usize) -> &'a Carrier {
    lineup.choices[choice]
        .carrier(article)
        .expect("internal: the article carries the answer")
}

/// Both answers are the article's own, or one named speaker gives both.
fn means_both(a: &Carrier, b: &Carrier) -> bool {
    (a.own && b.own) || !a.speakers.is_disjoint(&b.speakers)
}

fn of_pair(lineup: &Lineup, inside: &Inside, a: usize, b: usize) -> Vec<Divergence> {
    let (first, second) = (&lineup.choices[a], &lineup.choices[b]);
    let all_sides = || vec![first.side(|_| true), second.side(|_| true)];
    let silent = |name: &str| lineup.claim.position(name).is_some_and(|p| p.silence);
    if silent(&first.name) || silent(&second.name) {
        // One side says that something was left out, so the two cannot be told apart by voice or article.
        let sides = all_sides();
        let severity = lineup.severity_of_conflict(&sides);
        return vec![lineup.divergence(Kind::Omission, severity, sides, None)];
    }

    let mut found = Vec::new();
    let (for_a, for_b) = (&inside.standing[a], &inside.standing[b]);
    let nobody = Both::default();
    let both = inside.pairs.get(&(a, b)).unwrap_or(&nobody);
    // Two articles that stand for different answers exist unless one answer has none, or the same articles stand for both.
    if !for_a.is_empty() && !for_b.is_empty() && for_a != for_b {
        let sides = all_sides();
        let (kind, severity) = if is_update(lineup.articles, for_a, for_b) {
            (Kind::Update, Severity::Low)
        } else {
            let kind = match lineup.claim.answers {
                Answers::Positions(_) => Kind::Contradiction,
                Answers::Quantity { .. } => Kind::Numeric,
                Answers::Date { .. } => Kind::Temporal,
            };
            (kind, lineup.severity_of_conflict(&sides))
        };
        found.push(lineup.divergence(kind, severity, sides, None));
    } else if !both.report.is_empty()
        && (for_a.iter().any(|&x| second.carrier(x).is_none())
            || for_b.iter().any(|&x| first.carrier(x).is_none()))
    {
        let severity = lineup.at_most_medium();
        found.push(lineup.divergence(Kind::OneSided, severity, all_sides(), None));
    }

    let themselves = &both.contradict_themselves;
    if !themselves.is_empty() {
        let only = |carrier: &Carrier| themselves.contains(&carrier.article);
        let sides = vec![first.side(only), second.side(only)];
        let severity = lineup.severity_of_conflict(&sides);
        found.push(lineup.divergence(Kind::SelfContradiction, severity, sides, None));
    }
    found
}

/// Whether all the articles that contradict each other are of one outlet, and of different days.
///
/// The contradicting pairs are those of (a but not b) with b, and of a with (b but not a). They hang together through common
/// articles and reach every article of either set, so one comparison of outlets over all of them will do.
fn is_update(articles: &[ArticleEntry], for_a: &BTreeSet<usize>, for_b: &BTreeSet<usize>) -> bool {
    let outlet = |&at: &usize| {
        let name = articles[at].source.as_ref()?.trim().to_lowercase();
        (!name.is_empty()).then_some(name)
    };
    let mut outlets = for_a.union(for_b).map(outlet);
    let first = outlets.next().flatten();
    if first.is_none() || !outlets.all(|other| other == first) {
        return false;
    }
    if for_a.union(for_b).any(|&at| articles[at].date.is_none()) {
        return false;
    }
    let dates = |set: &mut dyn Iterator<Item = &usize>| -> BTreeSet<_> {
        set.map(|&at| articles[at].date).collect()
    };
    dates(&mut for_a.difference(for_b)).is_disjoint(&dates(&mut for_b.iter()))
        && dates(&mut for_a.iter()).is_disjoint(&dates(&mut for_b.difference(for_a)))
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Scene, dates, positions, quantity};
    use crate::claim::{Claim, Severity, Tolerance};

    fn fate() -> Claim {
        positions("fate", &["dead", "alive", "missing"])
    }

    /// Runs one claim over articles in the notation of [`Scene`] and keeps the kinds of this module.
    fn check(claim: Claim, articles: &str, expected: &[&str]) {
        let kinds = [
            "contradiction",
            "self-contradiction",
            "numeric",
            "temporal",
            "update",
            "one-sided",
            "omission",
        ];
        Scene::new(vec![claim], articles).expect(&kinds, expected);
    }

    #[test]
    fn two_articles_contradict_each_other() {
        check(
            fate(),
            "a: dead\nb: alive",
            &["contradiction high fate: dead[a] | alive[b]"],
        );
        // Agreement, and one article alone, are no divergence.
        check(fate(), "a: dead\nb: dead", &[]);
        check(fate(), "a: dead", &[]);
    }

    #[test]
    fn one_divergence_names_all_articles_of_a_pair_of_positions() {
        check(
            fate(),
            "a: dead\nb: alive\nc: dead\nd: alive dead@police",
            &["contradiction high fate: dead[a c d] | alive[b d]"],
        );
    }

    #[test]
    fn three_positions_make_three_pairs_by_number_of_articles_then_order() {
        check(
            fate(),
            "a: dead\nb: alive\nc: missing\nd: missing",
            &[
                "contradiction high fate: dead[a] | missing[c d]",
                "contradiction high fate: alive[b] | missing[c d]",
                "contradiction high fate: dead[a] | alive[b]",
            ],
        );
    }

    #[test]
    fn compatible_positions_do_not_contradict() {
        let mut claim = fate();
        claim.compatible = vec![("missing".into(), "dead".into())];
        check(claim, "a: dead\nb: missing\nc: dead missing", &[]);
    }

    #[test]
    fn severity_is_high_only_between_assertions_unless_the_claim_sets_it() {
        for (articles, expected) in [
            ("a: dead\nb: alive", "high"),
            ("a: dead?\nb: alive", "medium"),
            ("a: dead@police\nb: alive", "medium"),
            ("a: dead? dead\nb: alive@army alive", "high"),
        ] {
            check(
                fate(),
                articles,
                &[&format!(
                    "contradiction {expected} fate: dead[a] | alive[b]"
                )],
            );
        }
        let mut claim = fate();
        claim.severity = Some(Severity::Low);
        check(
            claim,
            "a: dead\nb: alive",
            &["contradiction low fate: dead[a] | alive[b]"],
        );
    }

    #[test]
    fn an_article_contradicts_itself_in_its_own_voice_or_by_one_speaker() {
        check(
            fate(),
            "a: dead alive",
            &["self-contradiction high fate: dead[a] | alive[a]"],
        );
        check(
            fate(),
            "a: dead^ alive?",
            &["self-contradiction medium fate: dead[a] | alive[a]"],
        );
        check(
            fate(),
            "a: dead@Ada_Kaya alive@Ms_KAYA",
            &["self-contradiction medium fate: dead[a] | alive[a]"],
        );
        // Nobody knows whether it is the same "she".
        check(fate(), "a: dead@she alive@she", &[]);
        check(fate(), "a: dead@ alive@", &[]);
    }

    #[test]
    fn a_self_contradiction_stands_beside_the_contradiction() {
        check(
            fate(),
            "a: dead alive\nb: alive",
            &[
                "contradiction high fate: dead[a] | alive[a b]",
                "self-contradiction high fate: dead[a] | alive[a]",
            ],
        );
        // Two articles that both contradict themselves do not differ from each other.
        check(
            fate(),
            "a: dead alive\nb: alive dead",
            &["self-contradiction high fate: dead[a b] | alive[a b]"],
        );
    }

    #[test]
    fn a_dispute_is_no_divergence() {
        check(fate(), "a: dead@police alive@army", &[]);
        check(
            fate(),
            "a: dead@police alive@army\nb: alive@army dead@mayor",
            &[],
        );
    }

    #[test]
    fn a_dispute_against_one_side_of_it_is_one_sided() {
        check(
            fate(),
            "a: dead@police alive@army\nb: dead",
            &["one-sided medium fate: dead[a b] | alive[a]"],
        );
        // An article that takes a side reports the other as well.
        check(
            fate(),
            "a: dead alive@army\nb: dead",
            &["one-sided medium fate: dead[a b] | alive[a]"],
        );
        let mut claim = fate();
        claim.severity = Some(Severity::Low);
        check(
            claim,
            "a: dead@police alive@army\nb: alive",
            &["one-sided low fate: dead[a] | alive[a b]"],
        );
    }

    #[test]
    fn an_article_that_takes_a_side_contradicts_on_that_side_only() {
        check(
            fate(),
            "a: dead alive@army\nb: alive",
            &["contradiction high fate: dead[a] | alive[a b]"],
        );
        check(
            fate(),
            "a: dead alive@army\nb: alive dead@police",
            &["contradiction high fate: dead[a b] | alive[a b]"],
        );
        check(fate(), "a: dead alive@army\nb: dead alive@army", &[]);
    }

    #[test]
    fn a_disputed_article_contradicts_nobody_on_a_third_position_either() {
        // b is against both, but a stands for neither.
        check(fate(), "a: dead@police alive@army\nb: missing", &[]);
        // Outside the dispute an attributed answer counts.
        let mut claim = fate();
        claim.compatible = vec![
            ("missing".into(), "dead".into()),
            ("missing".into(), "alive".into()),
        ];
        check(
            claim,
            "a: dead@police alive@army missing@mayor\nb: missing",
            &[],
        );
    }

    #[test]
    fn one_outlet_on_different_days_updates_itself() {
        check(
            fate(),
            "a(Dawn 2024-03-01): missing\nb(dawn 2024-03-02): dead",
            &["update low fate: dead[b] | missing[a]"],
        );
        for articles in [
            "a(Dawn 2024-03-01): dead\nb(Dusk 2024-03-02): alive",
            "a(Dawn 2024-03-01): dead\nb(Dawn 2024-03-01): alive",
            "a(Dawn 2024-03-01): dead\nb(Dawn): alive",
            "a: dead\nb: alive",
        ] {
            check(
                fate(),
                articles,
                &["contradiction high fate: dead[a] | alive[b]"],
            );
        }
        // A third article of another outlet makes it a contradiction, and one that carries both on the same day does too.
        check(
            fate(),
            "a(Dawn 2024-03-01): dead\nb(Dawn 2024-03-02): alive\nc(Dusk 2024-03-03): alive",
            &["contradiction high fate: dead[a] | alive[b c]"],
        );
        check(
            fate(),
            "a(Dawn 2024-03-01): dead\nb(Dawn 2024-03-02): alive\nc(Dawn 2024-03-02): dead alive",
            &[
                "contradiction high fate: dead[a c] | alive[b c]",
                "self-contradiction high fate: dead[c] | alive[c]",
            ],
        );
    }

    #[test]
    fn an_answer_of_silence_makes_an_omission_of_every_conflict() {
        let claim = || {
            let mut claim = positions("notice", &["told", "not-told"]);
            if let crate::claim::Answers::Positions(positions) = &mut claim.answers {
                positions[1].silence = true;
            }
            claim
        };
        for (articles, expected) in [
            (
                "a: told\nb: not-told",
                "omission high notice: told[a] | not-told[b]",
            ),
            (
                "a: told not-told",
                "omission high notice: told[a] | not-told[a]",
            ),
            (
                "a: told@army not-told@police",
                "omission medium notice: told[a] | not-told[a]",
            ),
            (
                "a: told@army not-told@police\nb: told",
                "omission medium notice: told[a b] | not-told[a]",
            ),
        ] {
            check(claim(), articles, &[expected]);
        }
    }

    #[test]
    fn numbers_beyond_the_tolerance_are_numeric() {
        let claim = || quantity("toll", Tolerance::Relative(0.1));
        check(
            claim(),
            "a: 100\nb: 95\nc: 50",
            &[
                "numeric high toll: 50[c] | 95[b]",
                "numeric high toll: 50[c] | 100[a]",
            ],
        );
        check(
            claim(),
            "a: 100 50",
            &["self-contradiction high toll: 50[a] | 100[a]"],
        );
        // "At least 25" and "25" share a name: one divergence, with all who bear the name and conflict.
        check(
            claim(),
            "a: 25..\nb: 25\nc: 10\nd: 40",
            &[
                "numeric high toll: 10[c] | 25[a b]",
                "numeric high toll: 10[c] | 40[d]",
                "numeric high toll: 25[b] | 40[d]",
            ],
        );
    }

    #[test]
    fn dates_beyond_the_tolerance_are_temporal() {
        check(
            dates("removal", 31),
            "a: 2019-07\nb: 2019-07-17\nc: 2020",
            &[
                "temporal high removal: 2019-07[a] | 2020[c]",
                "temporal high removal: 2019-07-17[b] | 2020[c]",
            ],
        );
    }

    #[test]
    fn the_strongest_match_of_each_article_comes_first() {
        let scene = Scene::new(
            vec![fate()],
            "a: dead@police dead? dead=0.7 dead=0.9\nb: alive",
        );
        let found = scene.diff();
        assert_eq!(
            scene.scores(&found[0].sides[0].matches),
            [0.9, 0.7, 1.0, 1.0]
        );
    }
}
