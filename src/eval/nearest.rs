//! The wording that comes nearest to a sentence that nothing matched: a hint at what the claim file lacks.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Answers, Claim};
use crate::text::fold::fold;
use crate::text::lexicon::{Classes, classes};
use crate::text::stem::stem;

/// A wording and how much of it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The position whose wording it is; `None` for a quantity or a date.
    pub position: Option<String>,
    /// The wording.
    pub wording: String,
    /// How many of its words stand in the sentence, in any form or as an alias.
    pub met: usize,
    /// How many words it has, without those that say nothing of the subject.
    pub of: usize,
}

/// The wording of the claim of which the largest share stands in the sentence; of equals the longest, then the first. One word more is
/// counted as lacking, so that a single name in common does not win over half of a long wording. `None` where no word of any wording stands there.
///
/// This is plain overlap of words, without order and negation: it tells what to look at, and decides nothing.
pub(super) fn nearest(claim: &Claim, sentence: &str) -> Option<Nearest> {
    let aliases = aliases(claim);
    let has = content(sentence, &aliases);
    let mut best: Option<Nearest> = None;
    let mut look = |position: Option<&str>, wording: &str| {
        let words = content(wording, &aliases);
        let met = words.intersection(&has).count();
        let of = words.len();
        let better = best
            .as_ref()
            .is_none_or(|best| (met * (best.of + 1), of) > (best.met * (of + 1), best.of));
        if met > 0 && better {
            best = Some(Nearest {
                position: position.map(str::to_owned),
                wording: wording.to_owned(),
                met,
                of,
            });
        }
    };
    match &claim.answers {
        Answers::Positions(positions) => {
            for position in positions {
                for wording in std::iter::once(&position.says).chain(&position.phrases) {
                    look(Some(&position.name), wording);
                }
            }
        }
        Answers::Quantity { of, .. } | Answers::Date { of, .. } => {
            for wording in of {
                look(None, wording);
            }
        }
    }
    best
}

/// The stem of every alias of one word, to the stem that stands for its group.
fn aliases(claim: &Claim) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    for group in claim.aliases.iter() {
        let all = group.names();
        let single: Vec<String> = all
            .filter(|name| name.split_whitespace().count() == 1)
            .map(|name| stem(&fold(name)))
            .collect();
        if let Some(first) = single.first().cloned() {
            for other in single {
                table.entry(other).or_insert_with(|| first.clone());
            }
        }
    }
    table
}

fn content(text: &str, aliases: &BTreeMap<String, String>) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|word| !word.is_empty() && !classes(word).any(Classes::STOP))
        .map(stem)
        .map(|word| aliases.get(&word).cloned().unwrap_or(word))
        .collect()
}
