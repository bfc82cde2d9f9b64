//! The report: everything a renderer needs, sorted and complete, without styling.

mod in_place;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::Article;
use crate::claim::{Claim, Severity};
use crate::divergence::{Divergence, Kind, Status, diff};
use crate::independence::Copies;
use crate::matching::Match;
use crate::problem::{Level, Problem};
use crate::record::{Gathering, Record};
use crate::stance::{Stance, collect};

pub use crate::article::ArticleEntry;

/// What a run found. Articles are sorted by id, claims by file and place, matches by article, claim and place, divergences
/// by what matters first.
#[derive(Clone, Debug)]
pub struct Report {
    /// The articles that were compared.
    pub articles: Vec<ArticleEntry>,
    /// The claims that they were compared on.
    pub claims: Vec<Arc<Claim>>,
    /// The statements that carry positions.
    pub matches: Vec<Match>,
    /// One for each article and claim with at least one match, sorted by claim, then article.
    pub stances: Vec<Stance>,
    /// Where the articles diverge.
    pub divergences: Vec<Divergence>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
    /// Articles that repeat each other, as one voice.
    pub copies: Copies,
}

/// How many divergences and problems a report holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Divergences of each kind that occurs.
    pub kinds: BTreeMap<Kind, usize>,
    /// Divergences of each severity that occurs.
    pub severities: BTreeMap<Severity, usize>,
    /// Divergences of each status that occurs.
    pub statuses: BTreeMap<Status, usize>,
    /// Problems because of which something was left out.
    pub errors: usize,
    /// Problems of what was used all the same.
    pub warnings: usize,
}

impl Report {
    /// The report of articles that are held in memory; see [`Report::gathered`].
    ///
    /// The indexes in `matches` point into `claims` and `articles` as given; in the report they point into the sorted ones. The
    /// result is the same whatever the order of the arguments, as long as the ids of claims and articles are unique.
    ///
    /// # Panics
    ///
    /// Where a match points to a claim or an article that is not there, or where the words of very many articles find no room on disk.
    pub fn assemble(
        claims: Vec<Arc<Claim>>,
        articles: Vec<Article>,
        matches: Vec<Match>,
        problems: Vec<Problem>,
    ) -> Self {
        let records = articles
            .par_iter()
            .map(|article| Record::of(article, Vec::new()));
        let mut gathering = Gathering::default();
        let gathered = records
            .collect::<Vec<_>>()
            .into_iter()
            .try_for_each(|record| gathering.take_as_it_is(record))
            .and_then(|()| {
                gathering.matches = matches;
                Self::gathered(claims, gathering, problems)
            });
        gathered.expect("room for temporary files")
    }

    /// Sorts everything, collects the stances and finds the divergences.
    ///
    /// # Errors
    ///
    /// Where the words of the articles, which may lie in a temporary file, cannot be read.
    ///
    /// # Panics
    ///
    /// Where a match points to a claim or an article that is not there.
    pub fn gathered(
        claims: Vec<Arc<Claim>>,
        gathering: Gathering,
        mut problems: Vec<Problem>,
    ) -> io::Result<Self> {
        let Gathering {
            articles,
            mut matches,
            footprints,
            ids,
            ..
        } = gathering;
        // A corpus of them takes room, and nobody asks any more which are taken.
        drop(ids);
        let (claims, claim_at) = sorted(claims, |a, b| {
            (a.source.name(), a.span, &a.id).cmp(&(b.source.name(), b.span, &b.id))
        });
        let (articles, article_at) =
            sorted(articles, |a, b| (&a.id, &a.path).cmp(&(&b.id, &b.path)));
        let mut footprint_at = vec![0; articles.len()];
        for (old, &new) in article_at.iter().enumerate() {
            footprint_at[new] = old;
        }
        let copies = || {
            let copies = Copies::find(&articles, &footprints, &footprint_at);
            drop(footprints);
            copies
        };
        let compare = || {
            for found in &mut matches {
                found.claim = claim_at[found.claim];
                found.article = article_at[found.article];
            }
            in_place::sort(&mut matches, |a, b| {
                (a.article, a.claim, a.span)
                    .cmp(&(b.article, b.claim, b.span))
                    .then_with(|| crate::stance::by_answer(&a.answer, &b.answer))
                    .then_with(|| (&a.position, &a.wording).cmp(&(&b.position, &b.wording)))
                    .then_with(|| b.score.total_cmp(&a.score))
            });
            let stances = collect(&claims, &matches);
            let divergences = diff(&claims, &articles, &matches, &stances);
            (stances, divergences)
        };
        // Near-copies are looked for beside that, and change nothing of what the articles say.
        let (copies, (stances, divergences)) = rayon::join(copies, compare);
        sort_problems(&mut problems);
        Ok(Self {
            copies: copies?,
            articles,
            claims,
            matches,
            stances,
            divergences,
            problems,
        })
    }

    /// Adds problems that came up after the report was assembled, each in its place.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.problems.extend(problems);
        sort_problems(&mut self.problems);
    }

    /// The matches of a divergence, by their indexes: side after side, and of a side article after article. People number them so,
    /// from 1.
    pub fn evidence(&self, divergence: &Divergence) -> Vec<usize> {
        let sides = divergence.sides.iter();
        sides
            .flat_map(|side| {
                side.articles.iter().flat_map(|&article| {
                    let of_article = move |at: &&usize| self.matches[**at].article == article;
                    side.matches.iter().filter(of_article).copied()
                })
            })
            .collect()
    }

    /// What an article says on a claim, by their indexes; `None` where it says nothing.
    pub fn cell(&self, claim: usize, article: usize) -> Option<&Stance> {
        self.stances
            .binary_search_by_key(&(claim, article), |stance| (stance.claim, stance.article))
            .ok()
            .map(|at| &self.stances[at])
    }

    /// Counts divergences and problems.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for divergence in &self.divergences {
            *counts.kinds.entry(divergence.kind).or_default() += 1;
            *counts.severities.entry(divergence.severity).or_default() += 1;
            *counts.statuses.entry(divergence.status).or_default() += 1;
        }
        counts.errors = self.problems_of(Level::Error);
        counts.warnings = self.problems_of(Level::Warning);
        counts
    }

    fn problems_of(&self, level: Level) -> usize {
        let of_level = |problem: &&Problem| problem.level == level;
        self.problems.iter().filter(of_level).count()
    }

    /// The highest severity among the divergences on which nobody has decided.
    pub fn worst_open(&self) -> Option<Severity> {
        self.divergences
            .iter()
            .filter(|divergence| divergence.status == Status::Open)
            .map(|divergence| divergence.severity)
            .max()
    }

    /// Keeps the claims with these ids and what belongs to them. All articles and problems stay. Unknown ids keep nothing.
    #[must_use]
    pub fn only_claims(self, ids: &BTreeSet<&str>) -> Self {
        let mut claims = Vec::new();
        let claim_at: Vec<Option<usize>> = self
            .claims
            .into_iter()
            .map(|claim| {
                ids.contains(claim.id.as_str()).then(|| {
                    claims.push(claim);
                    claims.len() - 1
                })
            })
            .collect();
        let mut matches = Vec::new();
        let match_at: Vec<Option<usize>> = self
            .matches
            .into_iter()
            .map(|found| {
                let claim = claim_at[found.claim]?;
                matches.push(Match { claim, ..found });
                Some(matches.len() - 1)
            })
            .collect();
        let moved = |indexes: &mut Vec<usize>| {
            for index in indexes {
                *index = match_at[*index].expect("internal: a match stays with its claim");
            }
        };
        let stances = self.stances.into_iter().filter_map(|mut stance| {
            stance.claim = claim_at[stance.claim]?;
            stance
                .held
                .iter_mut()
                .for_each(|held| moved(&mut held.matches));
            Some(stance)
        });
        let divergences = self.divergences.into_iter().filter_map(|mut divergence| {
            divergence.claim = claim_at[divergence.claim]?;
            let sides = divergence.sides.iter_mut();
            sides.for_each(|side| moved(&mut side.matches));
            Some(divergence)
        });
        Self {
            stances: stances.collect(),
            divergences: divergences.collect(),
            claims,
            matches,
            ..self
        }
    }

    /// Leaves out the divergences below a severity. Stances and matches stay.
    #[must_use]
    pub fn at_least(mut self, severity: Severity) -> Self {
        self.divergences
            .retain(|divergence| divergence.severity >= severity);
        self
    }
}

/// By path, place, code and message.
fn sort_problems(problems: &mut [Problem]) {
    problems.sort_by(|a, b| {
        (&a.path, a.line_column(), a.code, &a.message).cmp(&(
            &b.path,
            b.line_column(),
            b.code,
            &b.message,
        ))
    });
}

/// Sorts, and tells for each former index the new one.
fn sorted<T>(items: Vec<T>, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> (Vec<T>, Vec<usize>) {
    let mut numbered: Vec<(usize, T)> = items.into_iter().enumerate().collect();
    numbered.sort_by(|(_, a), (_, b)| order(a, b));
    let mut new_at = vec![0; numbered.len()];
    for (new, (old, _)) in numbered.iter().enumerate() {
        new_at[*old] = new;
    }
    (numbered.into_iter().map(|(_, item)| item).collect(), new_at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::scene::{Scene, positions};
    use crate::source::{Source, Span};

    fn scene() -> Scene {
        let claims = ["fate", "place", "tax"]
            .into_iter()
            .enumerate()
            .map(|(nth, id)| {
                let mut claim = positions(id, &["yes", "no"]);
                claim.span = Span::new(nth * 10, nth * 10 + 4);
                claim
            });
        Scene::new(
            claims.collect(),
            "a: fate:yes place:yes\nb: fate:no place:no place:yes@mayor\nc: tax:yes? fate:no",
        )
    }

    fn report(scene: Scene) -> Report {
        let problems = vec![
            Problem::error("article/unreadable", "no bytes").at_path("b"),
            Problem::warning("article/odd", "odd bytes").at_path("a"),
        ];
        Report::assemble(scene.claims, scene.articles, scene.matches, problems)
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let expected = report(scene());
        let mut turned = scene();
        let (claims, articles) = (turned.claims.len(), turned.articles.len());
        turned.claims.reverse();
        turned.articles.reverse();
        turned.matches.reverse();
        for found in &mut turned.matches {
            found.claim = claims - 1 - found.claim;
            found.article = articles - 1 - found.article;
        }
        let mut turned = report(turned);
        assert_eq!(format!("{turned:?}"), format!("{expected:?}"));
        turned.matches.reverse();
        assert_ne!(format!("{turned:?}"), format!("{expected:?}"));
    }

    #[test]
    fn a_cell_is_what_the_article_says_on_the_claim() {
        let report = report(scene());
        let held = |claim, article| {
            let stance = report.cell(claim, article)?;
            Some(
                stance
                    .held
                    .iter()
                    .map(|held| &*held.position)
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(held(1, 1), Some(vec!["yes", "no"]));
        assert_eq!(held(1, 2), None);
        assert_eq!(held(2, 2), Some(vec!["yes"]));
        assert_eq!(held(9, 0), None);
    }

    #[test]
    fn counts_cover_every_divergence_and_problem() {
        let report = report(scene());
        let counts = report.counts();
        let total = report.divergences.len();
        assert_eq!(counts.kinds[&Kind::Contradiction], 2);
        assert_eq!(counts.kinds.values().sum::<usize>(), total);
        assert_eq!(counts.severities.values().sum::<usize>(), total);
        assert_eq!(counts.statuses, BTreeMap::from([(Status::Open, total)]));
        assert_eq!((counts.errors, counts.warnings), (1, 1));
    }

    #[test]
    fn decided_divergences_do_not_count_as_open() {
        let mut report = report(scene());
        assert_eq!(report.worst_open(), Some(Severity::High));
        for divergence in &mut report.divergences {
            if divergence.severity == Severity::High {
                divergence.status = Status::Dismissed;
            }
        }
        assert_eq!(report.worst_open(), Some(Severity::Low));
        report.divergences.clear();
        assert_eq!(report.worst_open(), None);
    }

    #[test]
    fn a_claim_alone_keeps_its_own_matches_and_divergences() {
        let whole = report(scene());
        let ids = |report: &Report, claim: &str| -> Vec<(String, Vec<String>)> {
            let of_claim = |d: &&Divergence| report.claims[d.claim].id == claim;
            let names = |d: &Divergence| {
                let matches = d.sides.iter().flat_map(|side| &side.matches);
                matches.map(|&at| report.matches[at].id.clone()).collect()
            };
            let found = report.divergences.iter().filter(of_claim);
            found.map(|d| (d.id.clone(), names(d))).collect()
        };
        let expected = ids(&whole, "place");
        assert!(!expected.is_empty());
        let (articles, problems) = (whole.articles.len(), whole.problems.len());
        let part = whole.only_claims(&BTreeSet::from(["place"]));
        assert_eq!(ids(&part, "place"), expected);
        assert_eq!(part.divergences.len(), expected.len());
        assert_eq!(part.claims.len(), 1);
        assert_eq!(part.matches.len(), 3);
        assert_eq!(part.cell(0, 1).map(|stance| stance.held.len()), Some(2));
        assert_eq!(
            (part.articles.len(), part.problems.len()),
            (articles, problems)
        );
    }

    #[test]
    fn divergences_below_the_severity_are_left_out() {
        let report = report(scene()).at_least(Severity::High);
        assert!(!report.divergences.is_empty());
        assert!(
            report
                .divergences
                .iter()
                .all(|d| d.severity == Severity::High)
        );
    }

    #[test]
    fn problems_stand_by_path_and_place() {
        let source = Arc::new(Source::new("b", "one\ntwo\n"));
        let at = |start| Problem::error("x", "y").at(&source, Span::new(start, start), "here");
        let problems = vec![at(4), at(0), Problem::error("z", "no path")];
        let report = Report::assemble(Vec::new(), Vec::new(), Vec::new(), problems);
        let places: Vec<_> = report.problems.iter().map(Problem::line_column).collect();
        assert_eq!(places, [None, Some((1, 1)), Some((2, 1))]);
    }
}
