//! How many wordings below the wrong position the collision lint finds, and how many rightly placed ones it calls so.
//! The labelled claim files are not part of the project; without them there is nothing to measure.

use std::path::Path;
use std::sync::Arc;

use gainsay::claim::{self, Answers, Claim};
use gainsay::trial::collision::collisions;

/// What was measured when the threshold was set, rounded down and up: of the misplaced phrases, and of the others. A change that makes it
/// worse must be seen.
const FOUND: f64 = 0.78;
const FALSE_ALARMS: f64 = 0.05;

fn claims(sets: &[&str]) -> Option<Vec<Arc<Claim>>> {
    let bench = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench");
    if !bench.is_dir() {
        println!(
            "skipped: there are no labelled claim files at {}",
            bench.display()
        );
        return None;
    }
    let folders: Vec<_> = sets
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

/// Phrases and false alarms, misplaced phrases and how many were found.
#[derive(Default)]
struct Counts {
    phrases: u32,
    alarms: u32,
    misplaced: u32,
    found: u32,
}

impl Counts {
    /// Counts a claim as it is, and with phrases moved: each phrase to each other position, or only one phrase of each position to the
    /// next.
    fn add(&mut self, claim: &Arc<Claim>, all: bool) {
        let Answers::Positions(positions) = &claim.answers else {
            return;
        };
        let phrases = positions.iter().map(|p| p.phrases.len());
        self.phrases += phrases.sum::<usize>() as u32;
        self.alarms += collisions(claim).len() as u32;
        for from in 0..positions.len() {
            let count = positions[from].phrases.len();
            let one = (from * 7 + claim.id.len()).checked_rem(count);
            for phrase in (0..count).filter(|phrase| all || Some(*phrase) == one) {
                for to in (0..positions.len()).filter(|to| *to != from) {
                    if all || to == (from + 1) % positions.len() {
                        self.misplaced += 1;
                        self.found += u32::from(is_found(claim, from, phrase, to));
                    }
                }
            }
        }
    }

    /// The shares of the misplaced that were found and of the others that were called misplaced.
    fn shares(&self, what: &str) -> (f64, f64) {
        let found = f64::from(self.found) / f64::from(self.misplaced);
        let alarms = f64::from(self.alarms) / f64::from(self.phrases);
        println!(
            "{what}: found {} of {} ({found:.3}), false alarms {} of {} ({alarms:.3})",
            self.found, self.misplaced, self.alarms, self.phrases
        );
        (found, alarms)
    }
}

fn is_found(claim: &Claim, from: usize, phrase: usize, to: usize) -> bool {
    let (changed, text) = moved(claim, from, phrase, to);
    let Answers::Positions(positions) = &changed.answers else {
        return false;
    };
    let mut told = collisions(&changed).into_iter();
    told.any(|c| c.position == to && c.wording > 0 && positions[to].phrases[c.wording - 1] == text)
}

#[test]
fn misplaced_wordings_are_found_and_others_left_alone() {
    let Some(claims) = claims(&["dev", "dev2"]) else {
        return;
    };
    let mut counts = Counts::default();
    for claim in &claims {
        counts.add(claim, false);
    }
    let (found, alarms) = counts.shares("one of each position");
    assert!(alarms < FALSE_ALARMS, "{alarms}");
    assert!(found > FOUND, "{found}");
}

/// `cargo test --profile quick --test collision -- --ignored --nocapture` prints the figures.
#[test]
#[ignore = "takes a minute: moves every phrase to every other position"]
fn every_phrase_below_every_wrong_position() {
    for set in ["dev", "dev2"] {
        let Some(claims) = claims(&[set]) else { return };
        let mut counts = Counts::default();
        for claim in &claims {
            counts.add(claim, true);
        }
        let (found, alarms) = counts.shares(set);
        assert!(alarms < FALSE_ALARMS && found > 0.74, "{found} {alarms}");
    }
}
