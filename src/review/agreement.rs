//! How far two reviewers agree: the share of equal verdicts, and Cohen's kappa, which takes out what chance alone would give.

use std::collections::BTreeMap;

use super::{Decision, Ledger, Verdict};

/// The comparison of two ledgers. Only divergences that both settled, as confirmed or dismissed, can agree or not; what was put off
/// or taken back counts as undecided.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// How many divergences have this pair of verdicts, the first ledger's first.
    pub pairs: BTreeMap<(Verdict, Verdict), usize>,
    /// Settled in the first ledger only.
    pub only_first: usize,
    /// Settled in the second ledger only.
    pub only_second: usize,
    /// The divergences with different verdicts, by id.
    pub disagreements: Vec<Disagreement>,
}

/// A divergence on which two reviewers differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// What the first ledger says.
    pub first: Decision,
    /// What the second ledger says.
    pub second: Decision,
}

impl Agreement {
    /// Compares the decisions that count in each ledger.
    pub fn of(first: &Ledger, second: &Ledger) -> Self {
        let settled = |ledger: &Ledger| -> BTreeMap<String, Decision> {
            ledger
                .all_standing()
                .filter(|entry| entry.verdict().settles())
                .filter_map(|entry| ledger.decision(entry))
                .map(|decision| (decision.id.clone(), decision.clone()))
                .collect()
        };
        let (first, mut second) = (settled(first), settled(second));
        let mut agreement = Self {
            pairs: BTreeMap::new(),
            only_first: 0,
            only_second: 0,
            disagreements: Vec::new(),
        };
        for (id, first) in first {
            let Some(second) = second.remove(&id) else {
                agreement.only_first += 1;
                continue;
            };
            let pair = (first.verdict, second.verdict);
            *agreement.pairs.entry(pair).or_default() += 1;
            if first.verdict != second.verdict {
                agreement.disagreements.push(Disagreement { first, second });
            }
        }
        agreement.only_second = second.len();
        agreement
    }

    /// How many divergences both settled.
    pub fn both(&self) -> usize {
        self.pairs.values().sum()
    }

    /// How many of them got the same verdict from both.
    pub fn agreed(&self) -> usize {
        self.both() - self.disagreements.len()
    }

    /// The share of equal verdicts, 0 to 1; `None` where there is nothing to compare.
    pub fn share(&self) -> Option<f64> {
        let both = self.both();
        (both > 0).then(|| self.agreed() as f64 / both as f64)
    }

    /// Cohen's kappa: 1 where they always agree, 0 where they agree as often as chance would have it, below 0 where less often.
    /// `None` where there is nothing to compare, or where both gave one and the same verdict throughout: chance alone would
    /// agree always then.
    pub fn kappa(&self) -> Option<f64> {
        let both = self.both() as f64;
        let observed = self.share()?;
        let gave = |verdict: Verdict, side: fn(&(Verdict, Verdict)) -> Verdict| -> f64 {
            let pairs = self.pairs.iter();
            let of_verdict = pairs.filter(|(pair, _)| side(pair) == verdict);
            of_verdict.map(|(_, &count)| count).sum::<usize>() as f64
        };
        let expected: f64 = Verdict::ALL
            .into_iter()
            .map(|verdict| gave(verdict, |pair| pair.0) * gave(verdict, |pair| pair.1))
            .sum::<f64>()
            / (both * both);
        (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::decision;
    use super::*;
    use Verdict::{Confirmed, Dismissed, Later};

    /// Two ledgers that hold these pairs of verdicts so many times, from id 0 on.
    fn agreement(pairs: &[(Option<Verdict>, Option<Verdict>, u64)]) -> Agreement {
        let folder = tempfile::tempdir().expect("a folder");
        let mut decisions = (Vec::new(), Vec::new());
        let mut id = 0;
        for &(first, second, times) in pairs {
            for _ in 0..times {
                decisions
                    .0
                    .extend(first.map(|verdict| decision(id, verdict)));
                decisions
                    .1
                    .extend(second.map(|verdict| decision(id, verdict)));
                id += 1;
            }
        }
        let ledger = |name: &str, decisions: &[Decision]| {
            let mut ledger = Ledger::load(&folder.path().join(name));
            ledger.append(decisions).expect("written");
            ledger
        };
        Agreement::of(&ledger("a", &decisions.0), &ledger("b", &decisions.1))
    }

    #[test]
    fn kappa_takes_out_chance() {
        let (yes, no) = (Some(Confirmed), Some(Dismissed));
        // The example of the textbooks: 20 both yes, 15 both no, 5 and 10 apart: 0.7 seen, 0.5 expected.
        let found = agreement(&[(yes, yes, 20), (yes, no, 5), (no, yes, 10), (no, no, 15)]);
        assert_eq!((found.both(), found.agreed()), (50, 35));
        assert_eq!(found.share(), Some(0.7));
        assert!((found.kappa().expect("defined") - 0.4).abs() < 1e-12);
        assert_eq!(found.disagreements.len(), 15);
        let found = agreement(&[(yes, yes, 3), (no, no, 3)]);
        assert_eq!((found.share(), found.kappa()), (Some(1.0), Some(1.0)));
        let found = agreement(&[(yes, no, 3), (no, yes, 3)]);
        assert_eq!((found.share(), found.kappa()), (Some(0.0), Some(-1.0)));
    }

    #[test]
    fn without_variety_there_is_no_kappa() {
        let yes = Some(Confirmed);
        let found = agreement(&[(yes, yes, 4)]);
        assert_eq!((found.share(), found.kappa()), (Some(1.0), None));
        let found = agreement(&[]);
        assert_eq!((found.share(), found.kappa()), (None, None));
    }

    #[test]
    fn what_one_did_not_settle_is_counted_apart() {
        let (yes, later) = (Some(Confirmed), Some(Later));
        let found = agreement(&[
            (yes, None, 2),
            (None, yes, 3),
            (yes, later, 4),
            (later, later, 5),
        ]);
        assert_eq!((found.only_first, found.only_second), (6, 3));
        assert_eq!(found.both(), 0);
    }
}
