//! All that the articles say on one claim, answer by answer.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::article::ArticleEntry;
use crate::claim::{Claim, Severity};
use crate::fingerprint;
use crate::matching::{Answer, Match};
use crate::stance::{Stance, by_answer};
use crate::statement::Voice;

use super::conflict::{Named, conflict};
use super::{Divergence, Kind, Side, Status};

/// One claim with everything that is said on it.
pub(super) struct Lineup<'a> {
    pub claim_index: usize,
    pub claim: &'a Claim,
    pub articles: &'a [ArticleEntry],
    pub matches: &'a [Match],
    /// Every answer that somebody gives, in the claim's order. Numbers of one name but with another interval stand apart.
    pub choices: Vec<Choice>,
}

/// An answer with the articles that carry it.
#[derive(Clone)]
pub(super) struct Choice {
    pub name: Arc<str>,
    pub answer: Answer,
    /// Ascending by article, each once.
    pub carriers: Vec<Carrier>,
}

/// One article that carries an answer, and how.
#[derive(Clone)]
pub(super) struct Carrier {
    pub article: usize,
    /// The strongest first: asserted before the rest, then by score, then in text order.
    pub matches: Vec<usize>,
    /// At least one match is in the article's own voice, hedged or not.
    pub own: bool,
    /// At least one match is in the article's own voice and not hedged.
    pub asserted: bool,
    /// The named speakers, by the last word of the name in lower case; pronouns name nobody.
    pub speakers: BTreeSet<String>,
}

impl<'a> Lineup<'a> {
    /// Lines up the stances of one claim, which are sorted by article.
    pub fn new(
        claim_index: usize,
        claim: &'a Claim,
        articles: &'a [ArticleEntry],
        matches: &'a [Match],
        stances: &[Stance],
    ) -> Self {
        let mut said: Vec<_> = stances
            .iter()
            .flat_map(|stance| stance.held.iter().map(|held| (stance.article, held)))
            .collect();
        // Stable: articles stay in order within an answer.
        said.sort_by(|(_, a), (_, b)| {
            by_answer(&a.answer, &b.answer).then_with(|| a.position.cmp(&b.position))
        });
        let mut choices: Vec<Choice> = Vec::new();
        for (article, held) in said {
            let carrier = Carrier::new(article, &held.matches, matches);
            match choices.last_mut() {
                Some(last) if last.answer == held.answer && last.name == held.position => {
                    last.carriers.push(carrier);
                }
                _ => choices.push(Choice {
                    name: Arc::clone(&held.position),
                    answer: held.answer.clone(),
                    carriers: vec![carrier],
                }),
            }
        }
        Self {
            claim_index,
            claim,
            articles,
            matches,
            choices,
        }
    }

    /// Whether the answers at these two indexes cannot both be true.
    pub fn conflict(&self, a: usize, b: usize) -> bool {
        conflict(self.claim, self.choices[a].named(), self.choices[b].named())
    }

    /// The answers by name alone: "25" and "at least 25" are one. For what does not depend on how far two answers lie apart.
    pub fn by_name(&self) -> Vec<Choice> {
        let mut named: Vec<Choice> = Vec::new();
        for choice in &self.choices {
            // The names of numbers follow their value, so equal names are neighbours.
            match named.last_mut() {
                Some(last) if last.name == choice.name => {
                    last.carriers.extend(choice.carriers.iter().cloned());
                    // An article holds a name once.
                    last.carriers.sort_by_key(|carrier| carrier.article);
                }
                _ => named.push(choice.clone()),
            }
        }
        named
    }

    /// A divergence of this claim, still open. `within` as in [`fingerprint::of_divergence`].
    pub fn divergence(
        &self,
        kind: Kind,
        severity: Severity,
        sides: Vec<Side>,
        within: Option<&str>,
    ) -> Divergence {
        let positions = sides.iter().map(|side| side.position.as_deref());
        Divergence {
            id: fingerprint::of_divergence(&self.claim.id, kind.name(), positions, within),
            claim: self.claim_index,
            kind,
            severity,
            status: Status::Open,
            sides,
        }
    }

    /// The severity of a conflict: what the claim says, else high where both sides are told as a fact.
    pub fn severity_of_conflict(&self, sides: &[Side]) -> Severity {
        let asserted = |side: &Side| {
            side.matches
                .iter()
                .any(|&at| is_asserted(&self.matches[at]))
        };
        self.claim
            .severity
            .unwrap_or(if sides.iter().all(asserted) {
                Severity::High
            } else {
                Severity::Medium
            })
    }

    /// A medium severity, or the claim's where that is lower.
    pub fn at_most_medium(&self) -> Severity {
        let set = self.claim.severity.unwrap_or(Severity::Medium);
        set.min(Severity::Medium)
    }
}

impl Choice {
    fn named(&self) -> Named<'_> {
        Named {
            name: &self.name,
            answer: &self.answer,
        }
    }

    /// The articles, ascending.
    pub fn articles(&self) -> impl Iterator<Item = usize> + '_ {
        self.carriers.iter().map(|carrier| carrier.article)
    }

    /// What an article says for this answer.
    pub fn carrier(&self, article: usize) -> Option<&Carrier> {
        self.carriers
            .binary_search_by_key(&article, |carrier| carrier.article)
            .ok()
            .map(|at| &self.carriers[at])
    }

    /// A side with the carriers that `wanted` takes.
    pub fn side(&self, mut wanted: impl FnMut(&Carrier) -> bool) -> Side {
        let carriers: Vec<&Carrier> = self
            .carriers
            .iter()
            .filter(|carrier| wanted(carrier))
            .collect();
        Side {
            position: Some(Arc::clone(&self.name)),
            articles: carriers.iter().map(|carrier| carrier.article).collect(),
            matches: carriers
                .iter()
                .flat_map(|carrier| carrier.matches.iter().copied())
                .collect(),
        }
    }
}

impl Carrier {
    fn new(article: usize, indexes: &[usize], matches: &[Match]) -> Self {
        let mut ordered = indexes.to_vec();
        ordered.sort_by(|&a, &b| {
            let (a_match, b_match) = (&matches[a], &matches[b]);
            Reverse(is_asserted(a_match))
                .cmp(&Reverse(is_asserted(b_match)))
                .then(b_match.score.total_cmp(&a_match.score))
                .then(a_match.span.cmp(&b_match.span))
                .then(a.cmp(&b))
        });
        let all = || indexes.iter().map(|&at| &matches[at]);
        Self {
            article,
            matches: ordered,
            own: all().any(|found| found.voice == Voice::Own),
            asserted: all().any(is_asserted),
            speakers: all().filter_map(speaker).collect(),
        }
    }
}

/// Told as a fact by the article itself.
pub(super) fn is_asserted(found: &Match) -> bool {
    found.voice == Voice::Own && !found.hedged
}

/// Words that stand for a speaker without naming one.
const NAMELESS: [&str; 14] = [
    "he", "she", "they", "it", "i", "we", "you", "who", "him", "her", "them", "us", "one", "that",
];

/// The last word of the speaker's name, in lower case: "Prime Minister Ada Kaya" and "Kaya" are one. `None` for pronouns.
fn speaker(found: &Match) -> Option<String> {
    let Voice::Attributed {
        speaker: Some(name),
    } = &found.voice
    else {
        return None;
    };
    let words = fingerprint::folded_words(name);
    let last = words.rsplit(' ').next().filter(|last| !last.is_empty())?;
    (!NAMELESS.contains(&last)).then(|| last.to_owned())
}
