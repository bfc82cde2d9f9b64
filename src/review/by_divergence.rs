//! Which lines of a ledger are on the same divergence, and which of them is the latest.

use std::collections::hash_map::Entry::{Occupied, Vacant};
use std::iter;

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;

/// The decisions of a ledger by their divergence. Each is named by its index, down the file.
#[derive(Debug)]
pub(super) struct ByDivergence {
    /// By the divergence's fingerprint.
    found: HashMap<u64, Found>,
    /// For each decision the next one above on the same divergence; the decision itself where there is none.
    above: Vec<u32>,
    /// For each decision whether it is the latest on its divergence.
    latest: Vec<bool>,
}

/// The decisions on one divergence.
#[derive(Clone, Copy, Debug)]
struct Found {
    latest: u32,
    lowest: u32,
}

impl ByDivergence {
    /// Sorts so many decisions. `decision` gives the fingerprint and the day of each.
    pub fn of(count: usize, decision: impl Fn(usize) -> (u64, Date)) -> Self {
        let mut sorted = Self {
            found: HashMap::with_capacity(count),
            above: Vec::with_capacity(count),
            latest: vec![true; count],
        };
        for at in 0..count {
            let (id, date) = decision(at);
            let this = u32::try_from(at).expect("internal: so many decisions fit no memory");
            let above = match sorted.found.entry(id) {
                Vacant(free) => {
                    free.insert(Found {
                        latest: this,
                        lowest: this,
                    });
                    this
                }
                Occupied(mut found) => {
                    let found = found.get_mut();
                    let before = found.latest as usize;
                    let later = decision(before).1 <= date;
                    sorted.latest[if later { before } else { at }] = false;
                    if later {
                        found.latest = this;
                    }
                    std::mem::replace(&mut found.lowest, this)
                }
            };
            sorted.above.push(above);
        }
        sorted
    }

    /// Whether no decision on the same divergence is later: of a later day, or of the same day and further down.
    pub fn is_latest(&self, at: usize) -> bool {
        self.latest[at]
    }

    /// All decisions on a divergence, by its fingerprint, up the file.
    pub fn on(&self, id: u64) -> impl Iterator<Item = usize> {
        let lowest = self.found.get(&id).map(|found| found.lowest);
        iter::successors(lowest, |&at| {
            let above = self.above[at as usize];
            (above != at).then_some(above)
        })
        .map(|at| at as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_tells_what_looking_at_all_would(decisions in prop::collection::vec((0_u64..5, 1_i8..4), 0..30)) {
            let decision = |at: usize| {
                let (id, day) = decisions[at];
                (id, jiff::civil::date(2026, 11, day))
            };
            let sorted = ByDivergence::of(decisions.len(), decision);
            for id in 0..6 {
                let mut on: Vec<usize> = (0..decisions.len()).filter(|&at| decisions[at].0 == id).collect();
                let latest = on.iter().copied().max_by_key(|&at| (decisions[at].1, at));
                prop_assert!(on.iter().all(|&at| sorted.is_latest(at) == (Some(at) == latest)));
                on.reverse();
                prop_assert_eq!(sorted.on(id).collect::<Vec<_>>(), on);
            }
        }
    }
}
