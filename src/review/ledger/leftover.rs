//! Decisions on divergences that a run could have found and did not.
//!
//! Of thousands, only the first few are told and the others counted. So next to nothing is kept of each, and what an index holds of them
//! is taken from there one by one.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use foldhash::HashMap;

use super::super::footing::Footing;

/// A decision that settles something, and that no later one on the same divergence outdoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::review) struct Leftover {
    /// Its number down the file, as in [`Entry`](super::Entry).
    pub row: u32,
    /// What it stands on.
    pub footing: Footing,
    /// Its index among the ledger's entries; `None` where it is to be taken from the index of the ledger.
    pub(super) loaded: Option<u32>,
}

/// All of them, by the index of their claim in the run; those of each claim down the file.
#[derive(Debug, Default)]
pub(in crate::review) struct Leftovers<'l>(HashMap<usize, Cow<'l, [Leftover]>>);

/// Goes through all of them down the file.
#[derive(Debug)]
pub(in crate::review) struct Walk<'l> {
    of_claim: HashMap<usize, &'l [Leftover]>,
    /// The row of the next one of each claim.
    next: BinaryHeap<Reverse<(u32, usize)>>,
}

impl<'l> Leftovers<'l> {
    /// Adds some that are on the claim with this index.
    pub fn add(&mut self, claim: usize, more: impl IntoIterator<Item = Leftover>) {
        self.0.entry(claim).or_default().to_mut().extend(more);
    }

    /// The same, of which nothing has to be copied until one is added.
    pub fn borrowed(&self) -> Leftovers<'_> {
        let of_claim = self.0.iter();
        Leftovers(
            of_claim
                .map(|(&claim, on)| (claim, Cow::Borrowed(&**on)))
                .collect(),
        )
    }

    /// Puts those of each claim in the order of the file.
    pub fn sort(&mut self) {
        for on in self.0.values_mut() {
            if !on.is_sorted_by_key(|one| one.row) {
                on.to_mut().sort_by_key(|one| one.row);
            }
        }
    }

    /// From the first one on.
    pub fn walk(&self) -> Walk<'_> {
        let first =
            |(&claim, on): (&usize, &Cow<'_, [Leftover]>)| Some(Reverse((on.first()?.row, claim)));
        Walk {
            next: self.0.iter().filter_map(first).collect(),
            of_claim: self.0.iter().map(|(&claim, on)| (claim, &**on)).collect(),
        }
    }
}

impl<'l> Walk<'l> {
    /// Leaves out all others on a claim. Gives how many they are.
    pub fn skip_claim(&mut self, claim: usize) -> usize {
        let rest = self.of_claim.get_mut(&claim);
        rest.map_or(0, |rest| std::mem::take(rest).len())
    }
}

impl<'l> Iterator for Walk<'l> {
    /// With the index of its claim.
    type Item = (usize, &'l Leftover);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Reverse((_, claim)) = self.next.pop()?;
            let rest = self.of_claim.get_mut(&claim)?;
            if let Some((one, after)) = rest.split_first() {
                if let Some(second) = after.first() {
                    self.next.push(Reverse((second.row, claim)));
                }
                *rest = after;
                return Some((claim, one));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::footing::Footings;
    use super::*;

    #[test]
    fn all_come_down_the_file_until_a_claim_is_left_out() {
        let footing = Footings::default().add(1, std::iter::empty());
        let mut all = Leftovers::default();
        for (row, claim) in [(5, 1), (0, 7), (2, 1), (3, 7), (4, 2), (6, 1)] {
            let loaded = None;
            let one = Leftover {
                row,
                footing,
                loaded,
            };
            all.add(claim, [one]);
        }
        all.sort();
        let rows = |walk: Walk| walk.map(|(_, one)| one.row).collect::<Vec<_>>();
        assert_eq!(rows(all.walk()), [0, 2, 3, 4, 5, 6]);
        let mut walk = all.walk();
        let first: Vec<usize> = walk.by_ref().take(2).map(|(claim, _)| claim).collect();
        assert_eq!(first, [7, 1]);
        assert_eq!(
            (walk.skip_claim(1), walk.skip_claim(1), walk.skip_claim(9)),
            (2, 0, 0)
        );
        assert_eq!(rows(walk), [3, 4]);
    }
}
