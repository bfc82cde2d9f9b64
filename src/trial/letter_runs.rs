//! Runs of letters that the wordings of each position have: what is left of likeness where stems and aliases see none.

use std::collections::{BTreeMap, BTreeSet};

/// Lengths of a run in letters.
const SHORTEST: usize = 3;
const LONGEST: usize = 5;
/// What the claim as a whole lends to each position, in texts.
const BACKGROUND: f64 = 1.0;
/// What is lent to a run that nothing else has.
const UNSEEN: f64 = 0.3;

/// The runs of one text.
pub(super) struct Runs(BTreeSet<Box<str>>);

impl Runs {
    pub fn of(text: &str) -> Self {
        let folded = text.to_lowercase().replace("n't", " not");
        let mut letters = vec![' '];
        for c in folded.chars() {
            if c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '%') {
                letters.push(c);
            } else if letters.last() != Some(&' ') {
                letters.push(' ');
            }
        }
        if letters.last() != Some(&' ') {
            letters.push(' ');
        }
        let runs = (SHORTEST..=LONGEST).flat_map(|length| letters.windows(length));
        Self(runs.map(|run| run.iter().collect()).collect())
    }

    /// What two texts have in common, 0 to 1, as in Dice's measure.
    pub fn share(&self, other: &Self) -> f64 {
        let both = self.0.intersection(&other.0).count() as f64;
        2.0 * both / (self.0.len() + other.0.len()).max(1) as f64
    }
}

/// How much of all texts of each position holds each run.
pub(super) struct RunCounts {
    counts: BTreeMap<Box<str>, Vec<f64>>,
    totals: Vec<f64>,
}

impl RunCounts {
    /// Nothing yet, for this many positions.
    pub fn new(positions: usize) -> Self {
        Self {
            counts: BTreeMap::new(),
            totals: vec![0.0; positions],
        }
    }

    /// Adds a text of a position; it counts as `weight` wordings.
    pub fn add(&mut self, position: usize, runs: &Runs, weight: f64) {
        let positions = self.totals.len();
        for run in &runs.0 {
            let counts = self.counts.entry(run.clone());
            counts.or_insert_with(|| vec![0.0; positions])[position] += weight;
        }
        self.totals[position] += weight;
    }

    /// For each position the logarithm of how likely its texts have these runs, one wording of `own` with just these left out.
    pub fn likely(&self, runs: &Runs, own: usize) -> Vec<f64> {
        let mut totals = self.totals.clone();
        totals[own] -= 1.0;
        let everything: f64 = totals.iter().sum();
        let mut likely = vec![0.0; totals.len()];
        let mut counts = vec![0.0; totals.len()];
        for run in &runs.0 {
            match self.counts.get(run) {
                Some(all) => counts.copy_from_slice(all),
                None => counts.fill(0.0),
            }
            counts[own] -= 1.0;
            let background = (counts.iter().sum::<f64>().max(0.0) + UNSEEN) / (everything + 1.0);
            for (p, likely) in likely.iter_mut().enumerate() {
                let share =
                    (counts[p].max(0.0) + BACKGROUND * background) / (totals[p] + BACKGROUND);
                *likely += share.ln();
            }
        }
        likely
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_likelier_where_its_like_stands() {
        let texts = [
            (0, "the reports are false"),
            (0, "a false report"),
            (1, "he resigned"),
        ];
        let mut counts = RunCounts::new(2);
        for (position, text) in texts {
            counts.add(position, &Runs::of(text), 1.0);
        }
        let likely = counts.likely(&Runs::of("the reports are false"), 0);
        assert!(likely[0] > likely[1], "{likely:?}");
        // Moved, it is no likelier where it stands than where it came from.
        let mut moved = RunCounts::new(2);
        let places = [(1, texts[0].1), (0, texts[1].1), (1, texts[2].1)];
        for (position, text) in places {
            moved.add(position, &Runs::of(text), 1.0);
        }
        let likely = moved.likely(&Runs::of(texts[0].1), 1);
        assert!(likely[0] > likely[1], "{likely:?}");
    }

    #[test]
    fn no_text_breaks_it() {
        for text in ["", " ", "—", "n't", "ǅ", "🦀 ß"] {
            let runs = Runs::of(text);
            let mut counts = RunCounts::new(1);
            counts.add(0, &runs, 1.0);
            assert!(counts.likely(&runs, 0)[0].is_finite(), "{text:?}");
            assert!((0.0..=1.0).contains(&runs.share(&runs)), "{text:?}");
        }
    }
}
