//! What a decision was made on, and whether it still stands.
//!
//! A decision is about what the reviewer had before them: these sentences, for these positions, on this question. An article that
//! joins a side later changes nothing of that. But where one of the sentences was rewritten, left its side or went away, where
//! the question or what a position says was reworded, the decision is about something that is no longer there. Look-alikes,
//! examples and further wordings of the claim file do not count: they change what is found, and what is found is compared itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Answers, Claim};
use crate::divergence::{Divergence, Kind, Side};
use crate::fingerprint::of_wording;
use crate::report::Report;

/// What a decision was made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Id of the claim.
    pub claim: String,
    /// Kind of the divergence.
    pub kind: Kind,
    /// Fingerprint of the question, with what is counted where the answers are numbers or dates.
    pub question: String,
    /// The sides.
    pub sides: Vec<SideBasis>,
}

/// One side as it was when the decision was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideBasis {
    /// Name of the answer; `None` for the silent side.
    pub position: Option<String>,
    /// Fingerprint of the sentence that the claim file gives for the position; `None` for numbers, dates and the silent side.
    pub says: Option<String>,
    /// By article id, the fingerprints of the matches, which hold the words of the sentence; none for a silent article. Sorted.
    pub evidence: BTreeMap<String, Vec<String>>,
}

impl Basis {
    /// What lies before a reviewer of this divergence.
    ///
    /// # Panics
    ///
    /// Where the divergence is not one of the report.
    pub fn of(report: &Report, divergence: &Divergence) -> Self {
        let claim = &report.claims[divergence.claim];
        let sides = divergence.sides.iter().map(|side| {
            let position = side.position.as_deref();
            SideBasis {
                position: position.map(str::to_owned),
                says: position.and_then(|name| says(claim, name)),
                evidence: evidence(report, side),
            }
        });
        Self {
            claim: claim.id.clone(),
            kind: divergence.kind,
            question: question(claim),
            sides: sides.collect(),
        }
    }

    /// What is no longer as it was, each in a few words; nothing where the decision stands. Ids in the words are not cleaned.
    pub fn changes(&self, report: &Report, divergence: &Divergence) -> Vec<String> {
        let now = Self::of(report, divergence);
        let mut changes = Vec::new();
        if self.question != now.question {
            changes.push("the question was reworded".to_owned());
        }
        // Sides are told by their position; kinds that look at one answer have more than one side with the same.
        let mut homes: Vec<BTreeSet<usize>> = Vec::new();
        for side in &self.sides {
            let same = |other: &&SideBasis| other.position == side.position;
            if let (Some(position), Some(reworded)) = (
                &side.position,
                now.sides.iter().find(same).map(|other| &other.says),
            ) && *reworded != side.says
            {
                let change = format!("what `{position}` says was reworded");
                if !changes.contains(&change) {
                    changes.push(change);
                }
            }
            let mut home = BTreeSet::new();
            changes.extend(side.changes(report, &now.sides, &mut home));
            homes.push(home);
        }
        let split = homes.iter().any(|home| home.len() > 1);
        let merged = homes
            .iter()
            .enumerate()
            .any(|(at, home)| homes[at + 1..].iter().any(|other| !home.is_disjoint(other)));
        if split || merged {
            changes.push("the articles stand together in other groups".to_owned());
        }
        changes
    }

    /// Names of the answers, for people; the silent side is called so.
    pub fn positions(&self) -> BTreeSet<&str> {
        let names = self.sides.iter().map(|side| side.position.as_deref());
        names.map(position_name).collect()
    }
}

/// The name of an answer, for people.
pub(super) fn position_name(position: Option<&str>) -> &str {
    position.unwrap_or("silent")
}

impl SideBasis {
    /// What changed in the evidence. `home` receives the indexes of the sides where it stands now.
    fn changes(
        &self,
        report: &Report,
        now: &[SideBasis],
        home: &mut BTreeSet<usize>,
    ) -> Vec<String> {
        let position = self.position.as_deref();
        let sides: Vec<(usize, &SideBasis)> = now
            .iter()
            .enumerate()
            .filter(|(_, side)| side.position == self.position)
            .collect();
        let mut standing = false;
        let mut changes = Vec::new();
        for (article, sentences) in &self.evidence {
            // An article that was not compared this time says nothing about the decision.
            if article_index(report, article).is_none() {
                continue;
            }
            let on: Vec<_> = sides
                .iter()
                .filter(|(_, side)| side.evidence.contains_key(article))
                .collect();
            if on.is_empty() {
                changes.push(match position {
                    Some(position) => format!("`{article}` no longer says `{position}`"),
                    None => format!("`{article}` is no longer silent"),
                });
                continue;
            }
            standing = true;
            for sentence in sentences {
                let holding: Vec<usize> = on
                    .iter()
                    .filter(|(_, side)| side.evidence[article].contains(sentence))
                    .map(|(at, _)| *at)
                    .collect();
                match holding[..] {
                    [] => {
                        let position = position.unwrap_or("silent");
                        let change = format!("a sentence of `{article}` on `{position}` changed");
                        if !changes.contains(&change) {
                            changes.push(change);
                        }
                    }
                    [only] => {
                        home.insert(only);
                    }
                    // A sentence that stands on both sides, as headline and as text, tells nothing of groups.
                    _ => {}
                }
            }
        }
        if !standing && changes.is_empty() {
            changes.push(match position {
                Some(position) => {
                    format!("no article that was seen to say `{position}` is compared any more")
                }
                None => "no article that was seen to be silent is compared any more".to_owned(),
            });
        }
        changes
    }
}

/// The index of the article with this id; the report's articles are sorted by id.
fn article_index(report: &Report, id: &str) -> Option<usize> {
    let articles = &report.articles;
    articles
        .binary_search_by(|article| article.id.as_str().cmp(id))
        .ok()
}

fn says(claim: &Claim, position: &str) -> Option<String> {
    let position = claim.position(position)?;
    Some(of_wording([position.says.as_str()]))
}

fn question(claim: &Claim) -> String {
    let of = match &claim.answers {
        Answers::Positions(_) => &[][..],
        Answers::Quantity { of, .. } | Answers::Date { of, .. } => of,
    };
    of_wording(std::iter::once(claim.question.as_str()).chain(of.iter().map(String::as_str)))
}

fn evidence(report: &Report, side: &Side) -> BTreeMap<String, Vec<String>> {
    let id = |article: usize| report.articles[article].id.clone();
    let mut evidence: BTreeMap<String, Vec<String>> = side
        .articles
        .iter()
        .map(|&article| (id(article), Vec::new()))
        .collect();
    for &at in &side.matches {
        let found = &report.matches[at];
        evidence
            .entry(id(found.article))
            .or_default()
            .push(found.id.clone());
    }
    for sentences in evidence.values_mut() {
        sentences.sort_unstable();
        sentences.dedup();
    }
    evidence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Tolerance;
    use crate::divergence::scene::{Scene, positions, quantity};

    fn scene(articles: &str) -> Scene {
        let claims = vec![
            positions("fate", &["dead", "alive", "missing"]),
            quantity("toll", Tolerance::Relative(0.0)),
        ];
        Scene::new(claims, articles)
    }

    fn report(scene: Scene) -> Report {
        Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new())
    }

    fn of_kind(report: &Report, kind: Kind) -> &Divergence {
        let mut found = report.divergences.iter();
        found.find(|found| found.kind == kind).expect("found")
    }

    /// What changes for a decision on the first articles when the others are compared.
    fn changes(kind: Kind, before: &str, after: &str) -> Vec<String> {
        changed(kind, before, after, |_| {})
    }

    fn changed(
        kind: Kind,
        before: &str,
        after: &str,
        edit: impl FnOnce(&mut Scene),
    ) -> Vec<String> {
        let before = report(scene(before));
        let basis = Basis::of(&before, of_kind(&before, kind));
        assert_eq!(
            basis.changes(&before, of_kind(&before, kind)),
            Vec::<String>::new()
        );
        let mut scene = scene(after);
        edit(&mut scene);
        let after = report(scene);
        basis.changes(&after, of_kind(&after, kind))
    }

    #[test]
    fn further_articles_change_nothing() {
        let before = "a: fate:dead\nb: fate:alive";
        for after in [
            "a: fate:dead\nb: fate:alive\nc: fate:dead\nd: fate:alive",
            "a: fate:dead toll:5\nb: fate:alive",
            // A further sentence of an article that was there changes nothing of what was seen.
            "a: fate:dead fate:dead\nb: fate:alive",
        ] {
            assert!(changes(Kind::Contradiction, before, after).is_empty());
        }
    }

    #[test]
    fn a_rewritten_sentence_counts_and_its_punctuation_does_not() {
        let articles = "a: fate:dead\nb: fate:alive";
        let rewritten = |text: &'static str| {
            changed(Kind::Contradiction, articles, articles, |scene| {
                let found = &mut scene.matches[1];
                found.text = text.into();
                found.id = crate::fingerprint::of_match("fate", "alive", text, "b");
            })
        };
        assert_eq!(
            rewritten("Statement 7."),
            ["a sentence of `b` on `alive` changed"]
        );
        let same = scene(articles).matches[1].text.to_uppercase();
        assert!(rewritten(same.leak()).is_empty());
    }

    #[test]
    fn an_article_that_changes_its_mind_counts() {
        assert_eq!(
            changes(
                Kind::Contradiction,
                "a: fate:dead\nb: fate:alive\nc: fate:alive",
                "a: fate:dead\nb: fate:alive\nc: fate:missing"
            ),
            ["`c` no longer says `alive`"]
        );
        assert_eq!(
            changes(
                Kind::Omission,
                "a: fate:dead\nb: fate:dead\nc: toll:3\nd: toll:3",
                "a: fate:dead\nb: fate:dead\nc: toll:3 fate:dead\nd: toll:3"
            ),
            ["`c` is no longer silent"]
        );
    }

    #[test]
    fn articles_that_are_not_compared_count_only_when_a_side_has_none_left() {
        let before = "a: fate:dead\nb: fate:alive\nc: fate:alive";
        assert!(changes(Kind::Contradiction, before, "a: fate:dead\nc: fate:alive").is_empty());
        assert_eq!(
            changes(Kind::Contradiction, before, "a: fate:dead\nd: fate:alive"),
            ["no article that was seen to say `alive` is compared any more"]
        );
    }

    #[test]
    fn groups_of_one_answer_that_join_or_part_count() {
        let before = "a: fate:dead@mayor\nb: fate:dead@police\nc: fate:dead@mayor";
        assert!(
            changes(
                Kind::Attribution,
                before,
                &format!("{before}\nd: fate:dead@priest")
            )
            .is_empty()
        );
        assert_eq!(
            changes(
                Kind::Attribution,
                before,
                "a: fate:dead@mayor\nb: fate:dead@police\nc: fate:dead@police"
            ),
            ["the articles stand together in other groups"]
        );
        assert_eq!(
            changes(
                Kind::Attribution,
                before,
                "a: fate:dead@mayor\nb: fate:dead@mayor\nc: fate:dead@police"
            ),
            ["the articles stand together in other groups"]
        );
    }

    #[test]
    fn reworded_claims_count_and_further_wordings_do_not() {
        let articles = "a: fate:dead toll:3\nb: fate:alive toll:5";
        let edited = |edit: &dyn Fn(&mut Claim)| {
            changed(Kind::Contradiction, articles, articles, |scene| {
                edit(std::sync::Arc::make_mut(&mut scene.claims[0]));
            })
        };
        let says = |claim: &mut Claim, at: usize, text: &str| {
            if let Answers::Positions(positions) = &mut claim.answers {
                positions[at].says = text.to_owned();
            }
        };
        assert_eq!(
            edited(&|claim| claim.question = "Who shot her?".to_owned()),
            ["the question was reworded"]
        );
        assert_eq!(
            edited(&|claim| says(claim, 1, "She lives.")),
            ["what `alive` says was reworded"]
        );
        assert!(edited(&|claim| says(claim, 2, "She is lost.")).is_empty());
        assert!(
            edited(&|claim| {
                claim.except.push("dead tired".to_owned());
                claim.question = claim.question.to_uppercase();
            })
            .is_empty()
        );
        let counted = changed(Kind::Numeric, articles, articles, |scene| {
            let claim = std::sync::Arc::make_mut(&mut scene.claims[1]);
            if let Answers::Quantity { of, .. } = &mut claim.answers {
                of.push("wounded".to_owned());
            }
        });
        assert_eq!(counted, ["the question was reworded"]);
    }
}
