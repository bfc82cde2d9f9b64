//! How many wordings below the wrong position the collision lint finds, and how many rightly placed ones it calls so.
//! The labelled claim files are not part of the project; without them there is nothing to measure.

use std::path::Path;
use std::sync::Arc;

use gainsay::claim::{self, Answers, Claim};
use gainsay::trial::collision::collisions;

/// What was measured when the threshold was set: of the misplaced wordings, and of the others. A change that makes it worse must be seen.
const FOUND: f64 = 0.60;
const FALSE_ALARMS: f64 = 0.05;

fn claims() -> Option<Vec<Arc<Claim>>> {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    if !bench.is_dir() {
        println!(
            "skipped: there are no labelled claim files at {}",
            bench.display()
        );
        return None;
    }
    let folders: Vec<_> = ["dev", "dev2"]
        .iter()
        .map(|set| bench.join(set).join("claims"))
        .collect();
    let loaded = claim::load(&folders);
    assert!(
        !loaded.items.is_empty(),
        "the labelled claim files can be read"
    );
    Some(loaded.items)
}

/// The claim with a phrase moved to the end of another position's, and the phrase.
fn moved(claim: &Claim, from: usize, phrase: usize, to: usize) -> (Arc<Claim>, String) {
    let mut claim = claim.clone();
    let Answers::Positions(positions) = &mut claim.answers else {
        panic!("only positions have phrases");
    };
    let text = positions[from].phrases.remove(phrase);
    positions[to].phrases.push(text.clone());
    (Arc::new(claim), text)
}

#[test]
fn misplaced_wordings_are_found_and_others_left_alone() {
    let Some(claims) = claims() else { return };
    let (mut wordings, mut alarms) = (0, 0);
    let (mut misplaced, mut found) = (0, 0);
    for claim in &claims {
        let Answers::Positions(positions) = &claim.answers else {
            continue;
        };
        wordings += positions.iter().map(|p| 1 + p.phrases.len()).sum::<usize>();
        alarms += collisions(claim).len();
        if positions.len() < 2 {
            continue;
        }
        // One phrase of each position, another one in each; moving all of them would take minutes.
        for from in 0..positions.len() {
            let count = positions[from].phrases.len();
            if count == 0 {
                continue;
            }
            let (phrase, to) = (
                (from * 7 + claim.id.len()) % count,
                (from + 1) % positions.len(),
            );
            let (changed, text) = moved(claim, from, phrase, to);
            misplaced += 1;
            let mut told = collisions(&changed).into_iter();
            found += usize::from(told.any(|c| {
                let Answers::Positions(positions) = &changed.answers else {
                    return false;
                };
                c.position == to && c.wording > 0 && positions[to].phrases[c.wording - 1] == text
            }));
        }
    }
    let (share, false_share) = (
        f64::from(found as u32) / f64::from(misplaced as u32),
        alarms as f64 / wordings as f64,
    );
    println!(
        "found {found} of {misplaced} ({share:.3}), false alarms {alarms} of {wordings} ({false_share:.3})"
    );
    assert!(false_share < FALSE_ALARMS, "{false_share}");
    assert!(share > FOUND, "{share}");
}
