//! Why a statement does not carry a position, and the change to the claim file that would make it. A change is told only with what came
//! of trying it.

use std::sync::Arc;

use serde::Serialize;

use crate::claim::edit::Edit;
use crate::claim::{Answers, Claim, Position, SPEAKER_ARTICLE};
use crate::matching::Explanation;
use crate::matching::explain::{Hurdle, PositionSeen, Teller};
use crate::trial::example::{holds, keeps};
use crate::trial::{Bench, candidate, reason};

/// How many phrases out of the statement are tried.
const TRIES: usize = 12;

/// Why a position is not carried.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remedy {
    /// The position that is looked at: the wanted one, or the nearest.
    pub position: String,
    /// The one thing that was missing or that cancelled it, as a clause.
    pub reason: String,
    /// What would change it, in words; `None` where no change to the claim file is known to.
    pub change: Option<String>,
    /// What the statement carries after the change, the wanted position first.
    pub then: Vec<Then>,
    /// The change as it can be written into the file.
    #[serde(skip)]
    pub edit: Option<Edit>,
}

/// What a statement carries after a change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Then {
    /// The position.
    pub position: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// Why the wanted position (or, without one, the nearest) is not carried. `None` where it is carried, where the claim has no positions,
/// or where the wanted one is not among them.
pub fn remedy(
    claim: &Arc<Claim>,
    explanation: &Explanation,
    wanted: Option<&str>,
) -> Option<Remedy> {
    let seen = match wanted {
        Some(name) => explanation
            .positions
            .iter()
            .find(|seen| seen.name == name)?,
        None => nearest(explanation)?,
    };
    let hurdle = seen.hurdle.as_ref()?;
    let search = Search {
        claim,
        explanation,
        seen,
        held: holds(claim),
    };
    let (change, edit, then) = match hurdle {
        // A statement beside its article says nothing of what the article must name, and no claim file makes an answer of a question, or news of what is old.
        Hurdle::Question
        | Hurdle::NotAsserted { .. }
        | Hurdle::Background
        | Hurdle::Past
        | Hurdle::YearsAgo { .. } => (None, None, Vec::new()),
        Hurdle::Names => (
            Some("name what the article does name in `topic` or `question`".to_owned()),
            None,
            Vec::new(),
        ),
        Hurdle::Subject => search.edits(search.subjects()),
        Hurdle::Requires { .. } => search.edits(search.required()),
        // A wording of its own outweighs what only looks like it.
        Hurdle::Except { wording, .. } => match search.edits(search.phrases()) {
            found @ (Some(_), ..) => found,
            _ => search.without_look_alike(wording),
        },
        Hurdle::Hedged => search.hedged(),
        Hurdle::Speaker { voice, speakers } => search.speaker(voice, speakers),
        Hurdle::Beside { position } | Hurdle::Superseded { position } => {
            search.compatible(position)
        }
        // Whom a wording names is no stranger.
        Hurdle::AnothersAct { .. }
        | Hurdle::Unnamed { .. }
        | Hurdle::Denied
        | Hurdle::NoWording
        | Hurdle::Below { .. } => search.edits(search.phrases()),
    };
    Some(Remedy {
        position: seen.name.clone(),
        reason: reason::hurdle_in_words(explanation, seen, hurdle),
        change,
        then,
        edit,
    })
}

/// The position that came nearest, by its confidence and then by its best wording's score.
fn nearest(explanation: &Explanation) -> Option<&PositionSeen> {
    let of = |seen: &PositionSeen| {
        let wording = seen.wording.as_ref().filter(|wording| !wording.denied);
        (
            seen.confidence,
            wording.map_or(0.0, |wording| wording.score),
        )
    };
    explanation.positions.iter().reduce(|best, seen| {
        let (a, b) = (of(best), of(seen));
        if b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)).is_gt() {
            seen
        } else {
            best
        }
    })
}

type Found = (Option<String>, Option<Edit>, Vec<Then>);

struct Search<'a> {
    claim: &'a Arc<Claim>,
    explanation: &'a Explanation,
    seen: &'a PositionSeen,
    /// Which examples of the claim hold as it is.
    held: Vec<bool>,
}

impl Search<'_> {
    /// What the statement carries under a changed claim, if that is the wanted position.
    fn carries(&self, claim: Claim) -> Option<Vec<Then>> {
        let bench = Bench::new(&Arc::new(claim));
        let explanations = bench.explain(&self.explanation.statement);
        let mut then: Vec<Then> = Vec::new();
        for carried in explanations.into_iter().flat_map(|e| e.carried) {
            if !then.iter().any(|t| t.position == carried.position) {
                then.push(Then {
                    position: carried.position,
                    confidence: carried.confidence,
                });
            }
        }
        then.sort_by_key(|t| t.position != self.seen.name);
        (then.first()?.position == self.seen.name).then_some(then)
    }

    /// What the statement carries already and can carry beside the wanted position.
    fn beside(&self) -> Vec<&str> {
        let beside = self.explanation.beside(self.claim, &self.seen.name);
        beside.collect()
    }

    /// The first edit that works; one that gives nothing else goes before one that gives more, and none is taken that takes away what
    /// is carried already.
    fn edits(&self, edits: Vec<Edit>) -> Found {
        let beside = self.beside();
        let mut second: Option<(Edit, Vec<Then>)> = None;
        for edit in edits {
            // The gate on the subject is no matter of wordings: where the article gives the subject nearby, it is given here too.
            let mut claim = edit.on(self.claim);
            self.open_gate(&edit, &mut claim);
            let Some(then) = self.carries(claim) else {
                continue;
            };
            let stays = |other: &&str| then.iter().any(|t| t.position == *other);
            if !beside.iter().all(stays) || !keeps(&self.held, &Arc::new(edit.on(self.claim))) {
                continue;
            }
            if then.len() == 1 + beside.len() {
                return (Some(edit.in_words()), Some(edit), then);
            }
            second.get_or_insert((edit, then));
        }
        match second {
            Some((edit, then)) => (Some(edit.in_words()), Some(edit), then),
            None => (None, None, Vec::new()),
        }
    }

    fn open_gate(&self, edit: &Edit, claim: &mut Claim) {
        let elsewhere = self.explanation.subject.near && !self.explanation.subject.here;
        if elsewhere && !matches!(edit, Edit::About { .. }) {
            claim.about.push(self.explanation.statement.clone());
        }
    }

    /// Phrases out of the statement, those first that leave out what it says for the positions that it carries beside.
    fn phrases(&self) -> Vec<Edit> {
        let own = self.seen.met();
        let beside = self.beside();
        let statement = &self.explanation.statement;
        let positions = self.explanation.positions.iter();
        let others: Vec<&str> = positions
            .filter(|seen| beside.contains(&seen.name.as_str()))
            .flat_map(PositionSeen::met)
            .filter(|span| !own.contains(span))
            .map(|span| &statement[span.start..span.end])
            .collect();
        let mut phrases = candidate::phrases(self.claim, statement, &own, TRIES);
        phrases.sort_by_key(|phrase| {
            let says = others.iter().filter(|words| phrase.contains(**words));
            says.count()
        });
        phrases
            .into_iter()
            .map(|text| Edit::Phrase {
                position: self.seen.name.clone(),
                text,
            })
            .collect()
    }

    /// Words of the statement that the nearest wording met: the heaviest say what the claim is about.
    fn met_words(&self) -> Vec<String> {
        let mut met: Vec<(f64, &str)> = self
            .seen
            .wording
            .iter()
            .flat_map(|wording| &wording.units)
            .filter(|unit| !unit.soft)
            .filter_map(|unit| Some((unit.weight, unit.met.as_ref()?.words.text.as_str())))
            .collect();
        met.sort_by(|a, b| b.0.total_cmp(&a.0));
        met.into_iter().map(|(_, word)| word.to_owned()).collect()
    }

    fn subjects(&self) -> Vec<Edit> {
        // What all positions share is the subject, so the lightest go first.
        let words = self.met_words().into_iter().rev();
        words.map(|text| Edit::About { text }).collect()
    }

    fn required(&self) -> Vec<Edit> {
        let words = self.met_words().into_iter();
        words
            .map(|text| Edit::Requires {
                position: self.seen.name.clone(),
                text,
            })
            .collect()
    }

    fn without_look_alike(&self, wording: &str) -> Found {
        let mut claim = Claim::clone(self.claim);
        claim.except.retain(|except| except != wording);
        if let Answers::Positions(positions) = &mut claim.answers {
            for position in positions {
                position.except.retain(|except| except != wording);
            }
        }
        let change = format!(
            "take the look-alike `{wording}` away, or add the word to it that tells the two apart"
        );
        match self.carries(claim) {
            Some(then) => (Some(change), None, then),
            None => (None, None, Vec::new()),
        }
    }

    /// What comes of a change to the position, where the statement carries it then.
    fn with_position(&self, change: String, edit: impl Fn(&mut Position)) -> Found {
        let mut claim = Claim::clone(self.claim);
        if let Answers::Positions(positions) = &mut claim.answers {
            let mut positions = positions.iter_mut();
            positions
                .find(|position| position.name == self.seen.name)
                .into_iter()
                .for_each(edit);
        }
        match self.carries(claim) {
            Some(then) => (Some(change), None, then),
            None => (None, None, Vec::new()),
        }
    }

    fn hedged(&self) -> Found {
        let name = &self.seen.name;
        let change =
            format!("if such a statement should count for `{name}`, give it `hedged: true`");
        self.with_position(change, |position| position.testimony.hedged = Some(true))
    }

    fn speaker(&self, voice: &Teller, speakers: &[String]) -> Found {
        let voice = match voice {
            Teller::Article => SPEAKER_ARTICLE,
            Teller::Named(name) => name,
            Teller::Unknown => return (None, None, Vec::new()),
        };
        let change = format!(
            "if this voice should count for `{}`, add `{voice}` to its `speaker`",
            self.seen.name
        );
        self.with_position(change, |position| {
            let names = speakers.iter().cloned().chain([voice.to_owned()]);
            position.testimony.speakers = Some(names.collect());
        })
    }

    fn compatible(&self, other: &str) -> Found {
        let mut claim = Claim::clone(self.claim);
        claim
            .compatible
            .push((self.seen.name.clone(), other.to_owned()));
        let change = format!(
            "if both can be true at once, add `[{}, {other}]` to `compatible`",
            self.seen.name
        );
        let then = self.carries(claim).unwrap_or_default();
        (Some(change), None, then)
    }
}
