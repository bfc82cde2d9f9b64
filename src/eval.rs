//! How well a report agrees with what careful readers found.
//!
//! Three things are measured. **Stance**: does an article carry a position? **Evidence**: is a matched statement one that readers
//! labelled with that position, and is every labelled passage matched? **Divergence**: which pairs of articles hold positions
//! that cannot both be true? Scoring is pure: [`evaluate`] takes a report and the labels; only [`read()`] touches files.

mod figure;
mod gold;
mod gold_json;
mod label_lines;
mod nearest;
mod read;

use std::collections::{BTreeMap, BTreeSet};

pub use figure::{Figure, wilson};
pub use gold::{AnswerKind, Gold, GoldArticle, GoldClaim, Label, Passage, find_passage, whole};
pub use nearest::Nearest;
pub use read::{GOLD_FILE, LINES_FILE, articles_of, read};

use crate::claim::Claim;
use crate::matching::Match;
use crate::report::Report;

/// How a report does against labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Article, claim and position: all claims together.
    pub stance: Figure,
    /// The same for each kind of claim that occurs.
    pub kinds: BTreeMap<AnswerKind, Figure>,
    /// Matched statements and labelled passages.
    pub evidence: Figure,
    /// Pairs of articles that hold two positions which cannot both be true.
    pub divergence: Figure,
    /// Mean of the claims' stance F1, over the claims with at least one counted label; 0 without any.
    pub macro_f1: f64,
    /// The score from which on matches would have to be kept for the best stance F1.
    pub peak: Peak,
    /// Matches of a labelled claim in articles that were not read for it. Where the labels cover whole topics hardly any can be right.
    pub strays: usize,
    /// All matches of the report.
    pub matches: usize,
    /// Each labelled claim, by id.
    pub claims: Vec<ClaimEvaluation>,
    /// Matches at which no reader found the position, by score, the surest first.
    pub wrong: Vec<Wrong>,
    /// Positions that were not found, by article and claim.
    pub missing: Vec<Missing>,
}

/// How a claim does.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimEvaluation {
    /// Its id.
    pub id: String,
    /// What its answers are.
    pub kind: AnswerKind,
    /// As for all claims.
    pub stance: Figure,
    /// As for all claims.
    pub evidence: Figure,
    /// As for all claims.
    pub divergence: Figure,
    /// Each answer that was labelled or found, sorted by name.
    pub positions: Vec<PositionEvaluation>,
    /// What labelled passages were matched as.
    pub confusion: Vec<Confusion>,
}

/// How a position does.
#[derive(Clone, Debug, PartialEq)]
pub struct PositionEvaluation {
    /// Its name; a number or a date for other claims.
    pub name: String,
    /// As for all claims.
    pub stance: Figure,
    /// As for all claims.
    pub evidence: Figure,
}

/// Passages labelled with one position and matched as another. A passage with two labels or matches counts in each cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    /// The label; `None` for a match where nothing is labelled.
    pub labelled: Option<String>,
    /// The position of the match; `None` for a passage without a match.
    pub found: Option<String>,
    /// How often.
    pub count: usize,
}

/// Where stance F1 would be best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peak {
    /// Matches of at least this score would be kept; `None` where there are none. Matches below the program's own threshold are not
    /// known here, so the peak can only lie at it or above.
    pub threshold: Option<f64>,
    /// Stance with these matches alone.
    pub stance: Figure,
}

/// A match at which no reader found the position.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// The article's id.
    pub article: String,
    /// The claim's id.
    pub claim: String,
    /// What was matched.
    pub position: String,
    /// Score of the match.
    pub score: f64,
    /// The wording that fired.
    pub wording: String,
    /// The statement, as it stands in the article.
    pub sentence: String,
    /// Line of the statement in its article, from 1.
    pub line: usize,
    /// Why it counts as wrong.
    pub reason: WrongReason,
}

/// Why a match counts as wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongReason {
    /// The statement is labelled with these other positions.
    LabelledOtherwise(Vec<String>),
    /// The article carries the position, but elsewhere.
    CarriedElsewhere,
    /// The article does not carry the position.
    NotCarried,
}

/// A position that was not found in an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The article's id.
    pub article: String,
    /// The claim's id.
    pub claim: String,
    /// What was missed.
    pub position: String,
    /// Its labelled passages; none where the label names none.
    pub passages: Vec<MissingPassage>,
}

/// A labelled passage that was not matched with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingPassage {
    /// Its words, as labelled.
    pub text: String,
    /// What happened to it.
    pub reason: MissingReason,
}

/// What happened to a passage that was not matched with its position.
#[derive(Clone, Debug, PartialEq)]
pub enum MissingReason {
    /// It was matched as another position.
    MatchedAs {
        /// The other position.
        position: String,
        /// Score of the match.
        score: f64,
    },
    /// Nothing matched; this wording shares most words with it.
    Nearest(Nearest),
    /// Nothing matched, and no wording shares a word with it.
    NoSharedWord,
    /// The claim was not among those that were looked for.
    NoClaim,
}

/// An answer that an article holds: claim, article, answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    claim: String,
    article: String,
    answer: String,
}

/// A pair of articles whose answers to a claim cannot both be true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Conflict {
    claim: String,
    /// The lesser answer by name and the article that holds it.
    first: (String, String),
    second: (String, String),
}

/// The labels in the order of scoring.
#[derive(Default)]
struct Wanted<'g> {
    /// What should be found.
    keys: BTreeSet<Key>,
    /// What counts neither way.
    disputed: BTreeSet<Key>,
    /// Where matches elsewhere in the article are right too.
    open_ended: BTreeSet<Key>,
    /// The passages of each answer, of those beside the figures too.
    passages: BTreeMap<Key, Vec<&'g Passage>>,
}

/// A match that the figures count.
struct Counted<'r> {
    key: Key,
    found: &'r Match,
    /// Indexes of the passages of its key that it overlaps.
    hits: Vec<usize>,
    right: bool,
}

/// Measures a report by labels.
///
/// Matches in articles which were not read for their claim count as strays and nowhere else. Articles of the curation and weak labels
/// count nowhere. The report must be of the articles that the labels were resolved against: passages are compared by place.
pub fn evaluate(report: &Report, gold: &Gold) -> Evaluation {
    let wanted = wanted(gold);
    let (counted, strays) = counted(report, gold, &wanted);
    let got: BTreeSet<Key> = counted.iter().map(|one| one.key.clone()).collect();
    let true_conflicts = conflicts(&wanted.keys, gold);
    let flagged = flagged(report, gold, &wanted.disputed);

    let stance = |keep: &dyn Fn(&Key) -> bool| stance_figure(&wanted.keys, &got, keep);
    let evidence = |keep: &dyn Fn(&Key) -> bool| evidence_figure(&wanted, &counted, keep);
    let divergence = |keep: &dyn Fn(&str) -> bool| {
        let kept = |set: &BTreeSet<Conflict>| set.iter().filter(|one| keep(&one.claim)).count();
        let both = true_conflicts.intersection(&flagged);
        Figure::of_sets(
            both.filter(|one| keep(&one.claim)).count(),
            kept(&flagged),
            kept(&true_conflicts),
        )
    };

    let kinds: BTreeSet<AnswerKind> = gold.claims.values().map(|claim| claim.kind).collect();
    let claims: Vec<ClaimEvaluation> = gold
        .claims
        .iter()
        .map(|(id, claim)| {
            let of_claim = |key: &Key| key.claim == *id;
            let names: BTreeSet<&str> = wanted
                .keys
                .iter()
                .chain(&got)
                .filter(|key| of_claim(key))
                .map(|key| key.answer.as_str())
                .collect();
            ClaimEvaluation {
                id: id.clone(),
                kind: claim.kind,
                stance: stance(&of_claim),
                evidence: evidence(&of_claim),
                divergence: divergence(&|claim| claim == id),
                positions: names
                    .into_iter()
                    .map(|name| {
                        let of_position = |key: &Key| key.claim == *id && key.answer == name;
                        PositionEvaluation {
                            name: name.to_owned(),
                            stance: stance(&of_position),
                            evidence: evidence(&of_position),
                        }
                    })
                    .collect(),
                confusion: confusion(id, &wanted, &counted),
            }
        })
        .collect();
    let labelled: Vec<f64> = claims
        .iter()
        .filter(|claim| claim.stance.wanted > 0)
        .map(|claim| claim.stance.f1())
        .collect();

    Evaluation {
        stance: stance(&|_| true),
        kinds: kinds
            .into_iter()
            .map(|kind| (kind, stance(&|key| gold.claims[&key.claim].kind == kind)))
            .collect(),
        evidence: evidence(&|_| true),
        divergence: divergence(&|_| true),
        macro_f1: if labelled.is_empty() {
            0.0
        } else {
            labelled.iter().sum::<f64>() / labelled.len() as f64
        },
        peak: peak(&wanted.keys, &counted),
        strays,
        matches: report.matches.len(),
        claims,
        wrong: wrong(&wanted, &counted),
        missing: missing(report, &wanted, &got, &counted),
    }
}

fn wanted(gold: &Gold) -> Wanted<'_> {
    let mut wanted = Wanted::default();
    for (id, claim) in &gold.claims {
        for (article, read) in &claim.articles {
            for label in &read.labels {
                let key = Key {
                    claim: id.clone(),
                    article: article.clone(),
                    answer: label.position.clone(),
                };
                if label.more {
                    wanted.open_ended.insert(key.clone());
                }
                let passages = wanted.passages.entry(key.clone()).or_default();
                passages.extend(&label.passages);
                if label.weak {
                    wanted.disputed.insert(key);
                } else if !read.curation {
                    wanted.keys.insert(key);
                }
            }
        }
    }
    // Labelled both ways, an answer is wanted.
    let keys = &wanted.keys;
    wanted.disputed.retain(|key| !keys.contains(key));
    wanted
}

/// The matches that the figures count, and how many strays there are.
fn counted<'r>(report: &'r Report, gold: &Gold, wanted: &Wanted<'_>) -> (Vec<Counted<'r>>, usize) {
    let mut counted = Vec::new();
    let mut strays = 0;
    for found in &report.matches {
        let id = &report.claims[found.claim].id;
        let article = &report.articles[found.article].id;
        let Some(claim) = gold.claims.get(id) else {
            continue;
        };
        strays += usize::from(!claim.articles.contains_key(article));
        let key = Key {
            claim: id.clone(),
            article: article.clone(),
            answer: claim.answer(&found.position),
        };
        if !claim.counts(article) || wanted.disputed.contains(&key) {
            continue;
        }
        let passages = wanted.passages.get(&key).map_or(&[][..], Vec::as_slice);
        let hits: Vec<usize> = (0..passages.len())
            .filter(|&at| overlap(passages[at], found))
            .collect();
        counted.push(Counted {
            right: !hits.is_empty() || wanted.open_ended.contains(&key),
            key,
            found,
            hits,
        });
    }
    (counted, strays)
}

fn overlap(passage: &Passage, found: &Match) -> bool {
    passage.span.start < found.span.end && found.span.start < passage.span.end
}

fn stance_figure(
    wanted: &BTreeSet<Key>,
    got: &BTreeSet<Key>,
    keep: &dyn Fn(&Key) -> bool,
) -> Figure {
    let kept = |set: &BTreeSet<Key>| set.iter().filter(|key| keep(key)).count();
    let right = wanted.intersection(got).filter(|key| keep(key)).count();
    Figure::of_sets(right, kept(got), kept(wanted))
}

fn evidence_figure(
    wanted: &Wanted<'_>,
    counted: &[Counted<'_>],
    keep: &dyn Fn(&Key) -> bool,
) -> Figure {
    let mut figure = Figure::default();
    let mut hit: BTreeMap<&Key, BTreeSet<usize>> = BTreeMap::new();
    for one in counted.iter().filter(|one| keep(&one.key)) {
        figure.found += 1;
        figure.right += usize::from(one.right);
        hit.entry(&one.key).or_default().extend(&one.hits);
    }
    for key in wanted.keys.iter().filter(|key| keep(key)) {
        figure.wanted += wanted.passages.get(key).map_or(0, Vec::len);
        figure.hit += hit.get(key).map_or(0, BTreeSet::len);
    }
    figure
}

/// The pairs of articles with answers that cannot both be true.
fn conflicts(keys: &BTreeSet<Key>, gold: &Gold) -> BTreeSet<Conflict> {
    let mut by_claim: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for key in keys {
        let answers = by_claim.entry(&key.claim).or_default();
        let articles = answers.entry(&key.answer).or_default();
        articles.insert(&key.article);
    }
    let mut pairs = BTreeSet::new();
    for (id, answers) in by_claim {
        let sides: Vec<(&str, Vec<&str>)> = answers
            .into_iter()
            .map(|(answer, articles)| (answer, articles.into_iter().collect()))
            .collect();
        oppose(id, &gold.claims[id], &sides, &mut |conflict| {
            pairs.insert(conflict);
        });
    }
    pairs
}

/// The pairs that the report tells, among the articles that count.
fn flagged(report: &Report, gold: &Gold, disputed: &BTreeSet<Key>) -> BTreeSet<Conflict> {
    let mut pairs = BTreeSet::new();
    for divergence in &report.divergences {
        let id = &report.claims[divergence.claim].id;
        let Some(claim) = gold.claims.get(id) else {
            continue;
        };
        let mut sides: Vec<(String, Vec<&str>)> = divergence
            .sides
            .iter()
            .filter_map(|side| {
                let answer = claim.answer(side.position.as_ref()?);
                let articles = side.articles.iter();
                let articles = articles.map(|&at| report.articles[at].id.as_str());
                Some((answer, articles.collect()))
            })
            .collect();
        sides.sort();
        let sides: Vec<(&str, Vec<&str>)> = sides
            .iter()
            .map(|(answer, articles)| (answer.as_str(), articles.clone()))
            .collect();
        oppose(id, claim, &sides, &mut |conflict| {
            let beside = |(answer, article): &(String, String)| {
                !claim.counts(article)
                    || disputed.contains(&Key {
                        claim: id.clone(),
                        article: article.clone(),
                        answer: answer.clone(),
                    })
            };
            if !beside(&conflict.first) && !beside(&conflict.second) {
                pairs.insert(conflict);
            }
        });
    }
    pairs
}

/// Every pair of different articles on two different sides whose answers cannot both be true. `sides` are sorted.
fn oppose(
    id: &str,
    claim: &GoldClaim,
    sides: &[(&str, Vec<&str>)],
    sink: &mut dyn FnMut(Conflict),
) {
    for (at, (a, xs)) in sides.iter().enumerate() {
        for (b, ys) in &sides[at + 1..] {
            if a == b || claim.is_compatible(a, b) {
                continue;
            }
            for x in xs {
                for y in ys.iter().filter(|y| *y != x) {
                    sink(Conflict {
                        claim: id.to_owned(),
                        first: ((*a).to_owned(), (*x).to_owned()),
                        second: ((*b).to_owned(), (*y).to_owned()),
                    });
                }
            }
        }
    }
}

/// Tries every score that a match has as the threshold. Of equal F1 the lowest threshold is taken, which keeps most.
fn peak(wanted: &BTreeSet<Key>, counted: &[Counted<'_>]) -> Peak {
    let mut best: BTreeMap<&Key, f64> = BTreeMap::new();
    for one in counted {
        let score = best.entry(&one.key).or_insert(one.found.score);
        *score = score.max(one.found.score);
    }
    let mut scores: Vec<f64> = counted.iter().map(|one| one.found.score).collect();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    let mut peak = Peak {
        threshold: None,
        stance: Figure::of_sets(0, 0, wanted.len()),
    };
    for threshold in scores {
        let kept = best.iter().filter(|(_, score)| **score >= threshold);
        let (mut right, mut found) = (0, 0);
        for (key, _) in kept {
            found += 1;
            right += usize::from(wanted.contains(*key));
        }
        let stance = Figure::of_sets(right, found, wanted.len());
        if peak.threshold.is_none() || stance.f1() > peak.stance.f1() {
            peak = Peak {
                threshold: Some(threshold),
                stance,
            };
        }
    }
    peak
}

fn confusion(id: &str, wanted: &Wanted<'_>, counted: &[Counted<'_>]) -> Vec<Confusion> {
    let mut cells: BTreeMap<(Option<&str>, Option<&str>), usize> = BTreeMap::new();
    let counted: Vec<&Counted<'_>> = counted.iter().filter(|one| one.key.claim == id).collect();
    for key in wanted.keys.iter().filter(|key| key.claim == id) {
        for passage in wanted.passages.get(key).into_iter().flatten() {
            let here: BTreeSet<&str> = counted
                .iter()
                .filter(|one| one.key.article == key.article && overlap(passage, one.found))
                .map(|one| one.key.answer.as_str())
                .collect();
            if here.contains(key.answer.as_str()) {
                *cells
                    .entry((Some(&key.answer), Some(&key.answer)))
                    .or_default() += 1;
            } else if here.is_empty() {
                *cells.entry((Some(&key.answer), None)).or_default() += 1;
            } else {
                for found in here {
                    *cells.entry((Some(&key.answer), Some(found))).or_default() += 1;
                }
            }
        }
    }
    for one in counted.iter().filter(|one| !one.right) {
        if others(wanted, &one.key, one.found).is_empty() {
            *cells.entry((None, Some(&one.key.answer))).or_default() += 1;
        }
    }
    cells
        .into_iter()
        .map(|((labelled, found), count)| Confusion {
            labelled: labelled.map(str::to_owned),
            found: found.map(str::to_owned),
            count,
        })
        .collect()
}

/// The other answers with which the place of a match is labelled.
fn others(wanted: &Wanted<'_>, key: &Key, found: &Match) -> Vec<String> {
    wanted
        .passages
        .iter()
        .filter(|(other, passages)| {
            other.claim == key.claim
                && other.article == key.article
                && other.answer != key.answer
                && passages.iter().any(|passage| overlap(passage, found))
        })
        .map(|(other, _)| other.answer.clone())
        .collect()
}

fn wrong(wanted: &Wanted<'_>, counted: &[Counted<'_>]) -> Vec<Wrong> {
    let mut wrong: Vec<Wrong> = counted
        .iter()
        .filter(|one| !one.right)
        .map(|one| {
            let others = others(wanted, &one.key, one.found);
            Wrong {
                article: one.key.article.clone(),
                claim: one.key.claim.clone(),
                position: one.key.answer.clone(),
                score: one.found.score,
                wording: one.found.wording.to_string(),
                sentence: one.found.text.to_string(),
                line: one.found.line,
                reason: if !others.is_empty() {
                    WrongReason::LabelledOtherwise(others)
                } else if wanted.keys.contains(&one.key) {
                    WrongReason::CarriedElsewhere
                } else {
                    WrongReason::NotCarried
                },
            }
        })
        .collect();
    // The order within a line stays that of the text.
    wrong.sort_by(|a, b| {
        let place = |one: &Wrong| (one.claim.clone(), one.article.clone(), one.line);
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| place(a).cmp(&place(b)))
    });
    wrong
}

fn missing(
    report: &Report,
    wanted: &Wanted<'_>,
    got: &BTreeSet<Key>,
    counted: &[Counted<'_>],
) -> Vec<Missing> {
    let claims: BTreeMap<&str, &Claim> = report
        .claims
        .iter()
        .map(|claim| (claim.id.as_str(), claim.as_ref()))
        .collect();
    let reason = |key: &Key, passage: &Passage| {
        let Some(claim) = claims.get(key.claim.as_str()) else {
            return MissingReason::NoClaim;
        };
        let here = counted.iter().filter(|one| {
            one.key.claim == key.claim
                && one.key.article == key.article
                && overlap(passage, one.found)
        });
        match here.max_by(|a, b| a.found.score.total_cmp(&b.found.score)) {
            Some(one) => MissingReason::MatchedAs {
                position: one.key.answer.clone(),
                score: one.found.score,
            },
            None => nearest::nearest(claim, &passage.text)
                .map_or(MissingReason::NoSharedWord, MissingReason::Nearest),
        }
    };
    let mut missing: Vec<Missing> = wanted
        .keys
        .difference(got)
        .map(|key| {
            let passages = wanted.passages.get(key).into_iter().flatten();
            Missing {
                article: key.article.clone(),
                claim: key.claim.clone(),
                position: key.answer.clone(),
                passages: passages
                    .map(|passage| MissingPassage {
                        text: passage.text.clone(),
                        reason: reason(key, passage),
                    })
                    .collect(),
            }
        })
        .collect();
    missing.sort_by(|a, b| {
        (&a.article, &a.claim, &a.position).cmp(&(&b.article, &b.claim, &b.position))
    });
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Tolerance;
    use crate::divergence::scene::{Scene, positions, quantity};
    use crate::source::Span;

    /// Labels as lines `claim article: answer@0,2 answer`: the passages are the places of the article's matches by number. Behind an
    /// answer may stand `?` (weak) or `+` (more), behind the article `!` (curation).
    fn gold(scene: &Scene, lines: &str) -> Gold {
        let mut gold = Gold::default();
        for line in lines.lines() {
            let (head, labels) = line.split_once(':').expect("claim article: labels");
            let (id, article) = head.trim().split_once(' ').expect("claim article");
            let claim = scene.claims.iter().find(|claim| claim.id == id);
            let claim = claim.expect("a claim");
            let entry = gold
                .claims
                .entry(id.to_owned())
                .or_insert_with(|| GoldClaim {
                    kind: AnswerKind::of(claim),
                    compatible: claim.compatible.clone(),
                    accepts: Vec::new(),
                    articles: BTreeMap::new(),
                });
            let read = GoldArticle {
                curation: article.ends_with('!'),
                labels: labels.split_whitespace().map(label).collect(),
            };
            let article = article.trim_end_matches('!').to_owned();
            entry.articles.insert(article, read);
        }
        gold
    }

    fn label(sign: &str) -> Label {
        let (name, places) = sign.split_once('@').unwrap_or((sign, ""));
        let passage = |nth: &str| {
            let at = nth.parse::<usize>().expect("a number") * 20;
            Passage {
                text: format!("Passage {nth}."),
                span: Span::new(at, at + 10),
            }
        };
        Label {
            position: name.trim_end_matches(['?', '+']).to_owned(),
            passages: places
                .split(',')
                .filter(|place| !place.is_empty())
                .map(passage)
                .collect(),
            weak: name.contains('?'),
            more: name.contains('+'),
        }
    }

    fn measured(scene: Scene, labels: &str) -> Evaluation {
        let gold = gold(&scene, labels);
        let report = Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new());
        evaluate(&report, &gold)
    }

    fn fate(articles: &str) -> Scene {
        Scene::new(vec![positions("fate", &["dead", "alive"])], articles)
    }

    fn counts(figure: &Figure) -> [usize; 4] {
        [figure.right, figure.found, figure.hit, figure.wanted]
    }

    #[test]
    fn two_matches_of_one_answer_are_one_stance_and_two_pieces_of_evidence() {
        let figures = measured(fate("a: dead dead alive"), "fate a: dead@0,5");
        assert_eq!(counts(&figures.stance), [1, 2, 1, 1]);
        assert_eq!(counts(&figures.evidence), [1, 3, 1, 2]);
        let reasons: Vec<&WrongReason> = figures.wrong.iter().map(|wrong| &wrong.reason).collect();
        assert_eq!(
            reasons,
            [&WrongReason::CarriedElsewhere, &WrongReason::NotCarried]
        );
    }

    #[test]
    fn every_match_of_an_open_ended_label_is_right() {
        let figures = measured(fate("a: dead dead"), "fate a: dead+@0");
        assert_eq!(counts(&figures.evidence), [2, 2, 1, 1]);
    }

    #[test]
    fn weak_labels_curation_and_strays_count_nowhere() {
        let figures = measured(
            fate("a: dead\nb: dead\nc: dead"),
            "fate a: dead?@0\nfate b!: alive@0",
        );
        assert_eq!(counts(&figures.stance), [0, 0, 0, 0]);
        assert_eq!(counts(&figures.evidence), [0, 0, 0, 0]);
        assert_eq!((figures.strays, figures.matches), (1, 3));
        assert_eq!(figures.peak.threshold, None);
    }

    #[test]
    fn conflicts_are_pairs_of_articles_and_positions() {
        let labels = "fate a: dead@0\nfate b: alive@0\nfate c: dead@0";
        // Of a-b and b-c the first is found, and c is told to conflict with a.
        let figures = measured(fate("a: dead\nb: alive\nc: alive"), labels);
        assert_eq!(counts(&figures.divergence), [1, 2, 1, 2]);
    }

    #[test]
    fn what_can_both_be_true_is_no_conflict() {
        let mut claim = positions("fate", &["dead", "alive"]);
        claim.compatible = vec![("alive".to_owned(), "dead".to_owned())];
        let scene = Scene::new(vec![claim], "a: dead\nb: alive");
        let figures = measured(scene, "fate a: dead@0\nfate b: alive@0");
        assert_eq!(counts(&figures.divergence), [0, 0, 0, 0]);
    }

    #[test]
    fn the_peak_is_where_the_best_f1_lies() {
        let scene = fate("a: dead=0.65 alive=0.9\nb: dead=0.7");
        let figures = measured(scene, "fate a: alive@1\nfate b: dead@0");
        assert_eq!(figures.peak.threshold, Some(0.7));
        assert_eq!(counts(&figures.peak.stance), [2, 2, 2, 2]);
        assert_eq!(counts(&figures.stance), [2, 3, 2, 2]);
    }

    #[test]
    fn confusion_tells_what_labels_were_matched_as() {
        let figures = measured(
            fate("a: alive dead dead"),
            "fate a: dead@0,1,4\nfate b: alive@0",
        );
        let cells: Vec<(Option<&str>, Option<&str>, usize)> = figures.claims[0]
            .confusion
            .iter()
            .map(|cell| (cell.labelled.as_deref(), cell.found.as_deref(), cell.count))
            .collect();
        assert_eq!(
            cells,
            [
                (None, Some("dead"), 1),
                (Some("alive"), None, 1),
                (Some("dead"), None, 1),
                (Some("dead"), Some("alive"), 1),
                (Some("dead"), Some("dead"), 1),
            ]
        );
    }

    #[test]
    fn numbers_agree_by_value_and_claims_count_alike_in_the_mean() {
        let claims = vec![
            positions("fate", &["dead"]),
            quantity("toll", Tolerance::Relative(0.0)),
        ];
        let scene = Scene::new(claims, "a: toll:1000");
        let figures = measured(scene, "toll a: 1000@0\nfate a: dead@3");
        assert_eq!(counts(&figures.kinds[&AnswerKind::Quantity]), [1, 1, 1, 1]);
        assert_eq!(counts(&figures.kinds[&AnswerKind::Stance]), [0, 0, 0, 1]);
        assert_eq!(figures.macro_f1, 0.5);
    }

    #[test]
    fn a_missing_passage_tells_the_nearest_wording() {
        let mut scene = fate("a: alive");
        scene.matches.clear();
        let mut gold = gold(&scene, "fate a: dead@0");
        let article = gold.claims.get_mut("fate").expect("labelled");
        let label = &mut article.articles.get_mut("a").expect("read").labels[0];
        label.passages[0].text = "They found him alive.".to_owned();
        let report = Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new());
        let figures = evaluate(&report, &gold);
        let expected = MissingReason::Nearest(Nearest {
            position: Some("alive".to_owned()),
            wording: "It is alive.".to_owned(),
            met: 1,
            of: 1,
        });
        assert_eq!(figures.missing[0].passages[0].reason, expected);
    }
}
