//! Positions by which something is *still* so, and statements that tell only that it was: an article that says that the three have been found
//! tells besides that they *were reported missing on Saturday*.

use crate::claim::Answers;
use crate::matching::Answer;
use crate::matching::decide::THRESHOLD;
use crate::matching::finding::Finding;
use crate::matching::page::Page;
use crate::matching::plan::{AnswersPlan, ClaimPlan, Wording};
use crate::text::fold::fold;
use crate::text::stem::may_be_past;
use crate::text::word_list::is_listed;

/// Words by which something goes on.
const LASTING: &[&str] = &[
    "continue",
    "continued",
    "continues",
    "continuing",
    "ongoing",
    "remain",
    "remained",
    "remaining",
    "remains",
    "still",
    "yet",
];

/// Words of what is so now.
const NOW: &[&str] = &["are", "is", "keep", "keeps", "now", "since"];

/// Words that deny.
const DENYING: &[&str] = &[
    "denied", "denies", "deny", "never", "no", "nobody", "none", "not", "nothing", "without",
];

/// Whether the first of some wordings, which says the position, says that something is still so.
pub(super) fn says_still(wordings: &[Wording]) -> bool {
    let says: Vec<&str> = words(&wordings[0].text).collect();
    // "Will still be made" is of what comes.
    let is_so = |pair: &[&str]| matches!(pair, ["are" | "is", "still"] | [_, "remains"]);
    says.windows(2).any(is_so)
}

/// Drops what an article tells of how it was by a position by which it is still so, where the article surely carries another that cannot be true
/// together with it.
pub(super) fn drop_past(claim: &ClaimPlan, page: &Page, found: &mut Vec<(usize, Finding)>) {
    let (AnswersPlan::Positions(plans), Answers::Positions(positions)) =
        (&claim.answers, &claim.claim.answers)
    else {
        return;
    };
    let position = |finding: &Finding| match finding.answer {
        Answer::Position(position) => Some(position),
        _ => None,
    };
    let lasts = |p: &usize| plans[*p].lasts;
    let sure = found
        .iter()
        .filter(|(_, finding)| finding.score >= THRESHOLD);
    let mut others: Vec<usize> = sure.filter_map(|(_, finding)| position(finding)).collect();
    others.retain(|p| !lasts(p));
    others.sort_unstable();
    others.dedup();
    found.retain(|(s, finding)| {
        let Some(own) = position(finding).filter(lasts) else {
            return true;
        };
        let name = |p: usize| &positions[p].name;
        let mut against = others.iter();
        !against.any(|&other| !claim.claim.is_compatible(name(own), name(other)))
            || !is_of_past(page.sentence(*s))
    });
}

/// Whether a sentence tells how it was, and nothing of how it is. What it denies may be what has come since.
fn is_of_past(sentence: &str) -> bool {
    let folded = fold(sentence);
    let now =
        |word: &str| is_listed(LASTING, word) || is_listed(NOW, word) || is_listed(DENYING, word);
    words(&folded).any(may_be_past) && !words(&folded).any(now) && !folded.contains("n't")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_their_search_needs() {
        for list in [DENYING, LASTING, NOW] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
