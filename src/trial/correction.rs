//! What a claim file learns from a match that a reviewer calls wrong: additions under which the sentence carries what it should, and an
//! example that keeps it so. Every addition is tried before it is proposed, on the sentence, on the claim's own examples and on
//! all other sentences: those must go on to carry what they carried.

use std::collections::BTreeSet;
use std::sync::Arc;

use thiserror::Error;

use super::{Bench, candidate};
use crate::article::Article;
use crate::claim::edit::{Edit, Refusal};
use crate::claim::{self, Answers, Claim, Expected};
use crate::matching::Match;
use crate::source::Source;

/// How many parts of the sentence are tried as wordings.
const TRIES: usize = 8;

/// What a reviewer says of a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lesson {
    /// The sentence does not carry the position.
    Wrong,
    /// It carries this one instead.
    Instead(String),
}

/// Additions to a claim file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What is added, the example last. The example alone where the claim reads the sentence rightly by now.
    pub edits: Vec<Edit>,
    /// The text of the file with the additions; all other bytes are as they were.
    pub text: String,
}

/// Why nothing is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Hindrance {
    /// The sentence is not what it was, or does not carry the position any more.
    #[error("the sentence no longer carries `{0}`: the claim or the article was changed since")]
    Gone(String),
    /// The claim has no such position.
    #[error("the claim has no position `{0}`")]
    NoPosition(String),
    /// It carries the position already.
    #[error("the sentence carries `{0}` already")]
    Already(String),
    /// Answers in numbers and dates have no wordings that could be added.
    #[error(
        "the claim's answers are numbers or dates, which are read out of the sentence and not out of wordings"
    )]
    Measured,
    /// An example says something else of the sentence.
    #[error("an example of the claim says that the sentence carries {0}")]
    Contradicted(String),
    /// No addition that was tried works on the sentence.
    #[error(
        "the sentence meets the wording `{0}` too well for any addition that was tried: make that wording narrower"
    )]
    Stubborn(String),
    /// What works on the sentence works on another one too.
    #[error("what keeps it from that would change what another sentence carries: \"{0}\"")]
    Spills(String),
    /// The file cannot be added to.
    #[error("{path} is left as it is: {refusal}; by hand: {by_hand}")]
    Refused {
        /// The claim file.
        path: String,
        /// Why.
        refusal: Refusal,
        /// The addition in words.
        by_hand: String,
    },
}

/// What a claim would have to learn for a sentence to carry what it should. `claim` is as it stands in its file now, `wrong` a match on it
/// in one of the articles, `article` the index of that among them.
///
/// # Errors
///
/// Where there is no such match any more, no addition works, or the file cannot be added to.
pub fn correction(
    claim: &Arc<Claim>,
    articles: &[Article],
    article: usize,
    wrong: &Match,
    lesson: &Lesson,
) -> Result<Correction, Hindrance> {
    let sentence = words(&wrong.text);
    let lookout = Lookout {
        articles,
        article,
        wrong,
        sentence: &sentence,
    };
    let before = lookout.look(claim);
    let now = &before.there;
    if !now.contains(&*wrong.position) {
        return Err(Hindrance::Gone(wrong.position.to_string()));
    }
    let mut expected = now.clone();
    expected.remove(&*wrong.position);
    if let Lesson::Instead(right) = lesson {
        if !matches!(claim.answers, Answers::Positions(_)) {
            return Err(Hindrance::Measured);
        }
        if claim.position(right).is_none() {
            return Err(Hindrance::NoPosition(right.clone()));
        }
        if !expected.insert(right.clone()) || *right == *wrong.position {
            return Err(Hindrance::Already(right.clone()));
        }
    }
    let example = example(claim, &sentence, &expected)?;
    let mut hindrance = Hindrance::Stubborn(wrong.wording.to_string());
    let mut found = None;
    for edits in candidates(claim, &sentence, wrong, lesson) {
        let changed = edits
            .iter()
            .fold(Claim::clone(claim), |claim, edit| edit.on(&claim));
        let changed = Arc::new(changed);
        if !lookout.carries(&changed, &expected) {
            continue;
        }
        match before.disturbed_by(&lookout, &changed) {
            None => {
                found = Some(edits);
                break;
            }
            // Of the first, which reaches least.
            Some(other) if matches!(hindrance, Hindrance::Stubborn(_)) => {
                hindrance = Hindrance::Spills(other);
            }
            Some(_) => {}
        }
    }
    let mut edits = found.ok_or(hindrance)?;
    edits.extend(example);
    let text = spliced(claim, &edits)?;
    Ok(Correction { edits, text })
}

/// The sentence on one line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn listed(positions: &BTreeSet<String>) -> String {
    let names: Vec<String> = positions.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// The example that keeps it so; `None` where it is there.
fn example(
    claim: &Claim,
    sentence: &str,
    expected: &BTreeSet<String>,
) -> Result<Option<Edit>, Hindrance> {
    let known = claim
        .examples
        .iter()
        .find(|example| words(&example.text) == sentence);
    let Some(known) = known else {
        return Ok(Some(Edit::Example {
            text: sentence.to_owned(),
            positions: expected.iter().cloned().collect(),
        }));
    };
    let says: BTreeSet<String> = match &known.expected {
        Expected::Nothing => BTreeSet::new(),
        Expected::Positions(positions) => positions.iter().cloned().collect(),
    };
    if says == *expected {
        return Ok(None);
    }
    Err(Hindrance::Contradicted(if says.is_empty() {
        "nothing".to_owned()
    } else {
        listed(&says)
    }))
}

/// What may help, the additions that reach least first.
fn candidates(claim: &Claim, sentence: &str, wrong: &Match, lesson: &Lesson) -> Vec<Vec<Edit>> {
    let mut parts = vec![sentence.to_owned()];
    parts.extend(candidate::phrases(claim, &wrong.text, &wrong.words, TRIES));
    let excepts = |position: Option<&str>| -> Vec<Edit> {
        let except = |text: &String| Edit::Except {
            position: position.map(str::to_owned),
            text: text.clone(),
        };
        parts.iter().map(except).collect()
    };
    let of_position: Vec<Edit> = match claim.answers {
        Answers::Positions(_) => excepts(Some(&*wrong.position)),
        Answers::Quantity { .. } | Answers::Date { .. } => Vec::new(),
    };
    let one = |edit: Edit| vec![edit];
    let mut all: Vec<Vec<Edit>> = of_position.iter().cloned().map(one).collect();
    match lesson {
        Lesson::Wrong => all.extend(excepts(None).into_iter().map(one)),
        Lesson::Instead(right) => {
            // A short wording helps with other sentences too; the whole sentence is the last resort.
            let (whole, short) = parts.split_at(1);
            let phrases: Vec<Edit> = short
                .iter()
                .chain(whole)
                .map(|text| Edit::Phrase {
                    position: right.clone(),
                    text: text.clone(),
                })
                .collect();
            all.extend(phrases.iter().cloned().map(one));
            for except in of_position.iter().take(1) {
                let both = |phrase: &Edit| vec![phrase.clone(), except.clone()];
                all.extend(phrases.iter().map(both));
            }
        }
    }
    all
}

/// The file's text with all additions.
fn spliced(claim: &Claim, edits: &[Edit]) -> Result<String, Hindrance> {
    let mut source = Arc::clone(&claim.source);
    for edit in edits {
        let changed = edit
            .splice(&source, &claim.id)
            .map_err(|refusal| Hindrance::Refused {
                path: source.name().to_owned(),
                refusal,
                by_hand: edits
                    .iter()
                    .map(Edit::in_words)
                    .collect::<Vec<_>>()
                    .join("; "),
            })?;
        source = Arc::new(Source::new(source.name(), changed));
    }
    // Each step was read again by itself; what is written must be read as a whole, too.
    debug_assert!(
        claim::parse(Arc::clone(&source))
            .items
            .iter()
            .any(|read| read.id == claim.id),
        "internal: an edit must not lose its claim"
    );
    Ok(source.text().to_owned())
}

/// Where the effect of additions is seen.
struct Lookout<'a> {
    articles: &'a [Article],
    article: usize,
    wrong: &'a Match,
    sentence: &'a str,
}

/// A sentence of an article, by the article's index and its place there, with one thing that it carries.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Elsewhere {
    article: usize,
    start: usize,
    position: String,
    text: String,
}

/// What was carried before any addition.
struct Before {
    /// By the sentence in its article.
    there: BTreeSet<String>,
    others: BTreeSet<Elsewhere>,
    examples: Vec<BTreeSet<String>>,
}

impl Before {
    /// The first other sentence, among the claim's examples and in the articles, that carries something else under a changed claim.
    fn disturbed_by(&self, lookout: &Lookout, changed: &Arc<Claim>) -> Option<String> {
        let now = examples(changed);
        let mut pairs = self.examples.iter().zip(&now);
        if let Some(nth) = pairs.position(|(before, now)| before != now) {
            return Some(words(&changed.examples[nth].text));
        }
        let others = lookout.others(changed);
        let other = self.others.symmetric_difference(&others).next()?;
        Some(other.text.clone())
    }
}

impl Lookout<'_> {
    fn look(&self, claim: &Arc<Claim>) -> Before {
        Before {
            there: self.there(&Bench::new(claim)),
            others: self.others(claim),
            examples: examples(claim),
        }
    }

    fn there(&self, bench: &Bench) -> BTreeSet<String> {
        let found = self
            .articles
            .get(self.article)
            .map(|article| bench.article(article));
        found
            .into_iter()
            .flatten()
            .filter(|found| found.span == self.wrong.span && words(&found.text) == self.sentence)
            .map(|found| found.position.to_string())
            .collect()
    }

    /// Whether the sentence carries just that, in its article and, as an example, alone.
    fn carries(&self, claim: &Arc<Claim>, expected: &BTreeSet<String>) -> bool {
        let bench = Bench::new(claim);
        alone(&bench, self.sentence) == *expected && self.there(&bench) == *expected
    }

    /// What all other sentences carry. The same words elsewhere, as in a copy, are no other sentence.
    fn others(&self, claim: &Arc<Claim>) -> BTreeSet<Elsewhere> {
        let bench = Bench::new(claim);
        let mut others = BTreeSet::new();
        for (article, text) in self.articles.iter().enumerate() {
            for found in bench.article(text) {
                let words = words(&found.text);
                if words != self.sentence {
                    others.insert(Elsewhere {
                        article,
                        start: found.span.start,
                        position: found.position.to_string(),
                        text: words,
                    });
                }
            }
        }
        others
    }
}

/// What the claim's own examples carry.
fn examples(claim: &Arc<Claim>) -> Vec<BTreeSet<String>> {
    let bench = Bench::new(claim);
    let examples = claim.examples.iter();
    examples
        .map(|example| alone(&bench, &example.text))
        .collect()
}

fn alone(bench: &Bench, sentence: &str) -> BTreeSet<String> {
    let found = bench.matches(sentence).into_iter();
    found.map(|found| found.position.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::example::{Trial, Verdict};

    const CLAIMS: &str = "\
topic: The fire at the mill
claims:
  - id: mill-fire   # kept
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
      wiring:
        says: The fire at the mill was caused by faulty wiring.
    examples:
      - {text: An arsonist started the fire at the mill., position: arson}
  - id: mill-injured
    question: How many people were hurt in the mill fire?
    about: [mill]
    quantity:
      of: [hurt]
";

    fn claims(text: &str) -> Vec<Arc<Claim>> {
        let loaded = claim::parse(Arc::new(Source::new("mill.yaml", text)));
        assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        loaded.items.into_iter().map(Arc::new).collect()
    }

    fn articles(texts: &[&str]) -> Vec<Article> {
        let texts = texts.iter().enumerate();
        texts
            .map(|(nth, text)| Article::of_text(&format!("a{nth}"), text))
            .collect()
    }

    /// The first match of a position in the first article.
    fn found(claim: &Arc<Claim>, articles: &[Article], position: &str) -> Match {
        let found = Bench::new(claim).article(&articles[0]);
        found
            .into_iter()
            .find(|found| &*found.position == position)
            .unwrap_or_else(|| panic!("{position} is found"))
    }

    const WRONG: &str = "The fire at the old mill of Bree was started by an arsonist in 1870.";

    #[test]
    fn a_wrong_match_is_unlearnt_and_guarded() {
        let claim = claims(CLAIMS).remove(0);
        let articles = articles(&[
            &format!("Of the mill.\n\n{WRONG}\n"),
            "The fire at the mill was started by an arsonist.\n",
        ]);
        let wrong = found(&claim, &articles, "arson");
        let learnt = correction(&claim, &articles, 0, &wrong, &Lesson::Wrong).expect("learnt");
        assert_eq!(learnt.edits.len(), 2);
        let after = claims(&learnt.text).remove(0);
        let bench = Bench::new(&after);
        assert!(bench.article(&articles[0]).is_empty());
        assert_eq!(bench.article(&articles[1]).len(), 1);
        // The example passes, and fails where the look-alike is taken away.
        let trial = Trial::of(&after);
        assert_eq!(trial.count(Verdict::Passed), 2);
        let without = learnt.edits[1]
            .splice(&claim.source, &claim.id)
            .expect("spliced");
        let trial = Trial::of(&claims(&without)[0]);
        assert_eq!(trial.count(Verdict::Failed), 1);
        // What is not added stays to the byte.
        let old: Vec<&str> = CLAIMS.lines().collect();
        let kept: Vec<&str> = learnt
            .text
            .lines()
            .filter(|line| old.contains(line))
            .collect();
        assert_eq!(kept, old);
    }

    #[test]
    fn a_wrong_position_is_put_right() {
        let claim = claims(CLAIMS).remove(0);
        let sentence = "The fire at the mill was started by the sparks of a worn cable, not by an arsonist as was said at first.";
        let articles = articles(&[
            "The fire at the mill was started by an arsonist, in the shape of a worn cable.\n",
            sentence,
        ]);
        let wrong = found(&claim, &articles, "arson");
        let lesson = Lesson::Instead("wiring".to_owned());
        let learnt = correction(&claim, &articles, 0, &wrong, &lesson).expect("learnt");
        let after = claims(&learnt.text).remove(0);
        let now = Bench::new(&after).article(&articles[0]);
        let now: Vec<&str> = now.iter().map(|found| &*found.position).collect();
        assert_eq!(now, ["wiring"]);
        assert_eq!(Trial::of(&after).count(Verdict::Passed), 2);
    }

    #[test]
    fn a_number_that_was_taken_wrongly_is_unlearnt() {
        let claim = claims(CLAIMS).remove(1);
        let articles = articles(&["At a wedding near the mill 7 people were hurt.\n"]);
        let wrong = found(&claim, &articles, "7");
        let learnt = correction(&claim, &articles, 0, &wrong, &Lesson::Wrong).expect("learnt");
        let after = claims(&learnt.text).remove(1);
        assert!(Bench::new(&after).article(&articles[0]).is_empty());
        assert_eq!(Trial::of(&after).count(Verdict::Passed), 1);
        let lesson = Lesson::Instead("8".to_owned());
        let refused = correction(&claim, &articles, 0, &wrong, &lesson);
        assert_eq!(refused, Err(Hindrance::Measured));
    }

    #[test]
    fn what_cannot_be_learnt_is_refused_with_a_reason() {
        let claim = claims(CLAIMS).remove(0);
        let articles = articles(&[&format!("{WRONG}\n")]);
        let wrong = found(&claim, &articles, "arson");
        let instead = |name: &str| {
            let lesson = Lesson::Instead(name.to_owned());
            correction(&claim, &articles, 0, &wrong, &lesson)
        };
        assert_eq!(
            instead("flood"),
            Err(Hindrance::NoPosition("flood".to_owned()))
        );
        assert_eq!(
            instead("arson"),
            Err(Hindrance::Already("arson".to_owned()))
        );
        // What an example asserts must be settled there first.
        let asserted = CLAIMS.replace("An arsonist started the fire at the mill.", WRONG);
        let claim = claims(&asserted).remove(0);
        assert_eq!(
            correction(&claim, &articles, 0, &wrong, &Lesson::Wrong),
            Err(Hindrance::Contradicted("`arson`".to_owned()))
        );
        // Learnt already.
        let learnt = correction(&claims(CLAIMS)[0], &articles, 0, &wrong, &Lesson::Wrong);
        let after = claims(&learnt.expect("learnt").text).remove(0);
        assert_eq!(
            correction(&after, &articles, 0, &wrong, &Lesson::Wrong),
            Err(Hindrance::Gone("arson".to_owned()))
        );
        // The very words of the position.
        let claim = claims(CLAIMS).remove(0);
        let says = self::articles(&["The fire at the mill was started by an arsonist.\n"]);
        let wrong_too = found(&claim, &says, "arson");
        let refused = correction(&claim, &says, 0, &wrong_too, &Lesson::Wrong);
        let wording = "The fire at the mill was started by an arsonist.".to_owned();
        assert_eq!(refused, Err(Hindrance::Stubborn(wording)));
        // A sentence that says nearly the same.
        let near = "In 1870 the fire at the old mill of Bree was started by an arsonist.";
        let both = self::articles(&[&format!("{WRONG}\n"), near]);
        let refused = correction(&claim, &both, 0, &wrong, &Lesson::Wrong);
        assert_eq!(refused, Err(Hindrance::Spills(near.to_owned())));
        // A list that is written in another place.
        let (head, block) = CLAIMS.split_once("  - id: mill-fire ").expect("there");
        let (block, _) = block.split_once("  - id: mill-injured").expect("there");
        let (body, list) = block.split_once("examples:\n").expect("there");
        let shared = format!(
            "{head}  - id: mill-old {body}examples: &all\n{list}  - id: mill-fire {body}examples: *all\n"
        );
        let claim = claims(&shared).remove(1);
        let refused = correction(&claim, &articles, 0, &wrong, &Lesson::Wrong);
        assert!(
            matches!(&refused, Err(Hindrance::Refused { by_hand, .. }) if by_hand.contains("`except` of `arson`")),
            "{refused:?}"
        );
    }
}
