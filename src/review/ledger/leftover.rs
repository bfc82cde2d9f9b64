//! Decisions on divergences that a run could have found and did not.
//!
//! Of thousands, only the first few are told and the others counted. So next to nothing is kept of each, and those in an index are taken
//! from there one by one, or counted by what they stand on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use foldhash::HashMap;

use super::super::footing::Footing;
use super::index::{Alike, Index};

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

/// All of them.
#[derive(Debug, Default)]
pub(in crate::review) struct Leftovers<'l> {
    /// By the index of their claim in the run; those of each claim down the file.
    loaded: HashMap<usize, Vec<Leftover>>,
    alike: Vec<(&'l Index, &'l Alike)>,
}

/// Goes through all of them down the file.
#[derive(Debug)]
pub(in crate::review) struct Walk<'l> {
    sources: Vec<Source<'l>>,
    of_claim: HashMap<usize, Vec<usize>>,
    /// The next one of each source.
    next: BinaryHeap<Reverse<(u32, usize)>>,
    /// The source of the last that was given.
    last: usize,
    is_damaged: bool,
}

/// Some of one claim, down the file.
#[derive(Debug)]
struct Source<'l> {
    claim: usize,
    /// How many are still to be given.
    left: usize,
    next: Option<Leftover>,
    rest: Rest<'l>,
}

/// What is left of a source behind the next one.
#[derive(Debug)]
enum Rest<'l> {
    Loaded(&'l [Leftover]),
    Alike {
        index: &'l Index,
        footing: Footing,
        listed: Range<u64>,
        except: &'l [u32],
    },
}

impl<'l> Leftovers<'l> {
    /// Adds one that is on the claim with this index.
    pub fn add(&mut self, claim: usize, one: Leftover) {
        self.loaded.entry(claim).or_default().push(one);
    }

    /// Adds those that an index lists.
    pub(super) fn add_alike(&mut self, index: &'l Index, alike: &'l [Alike]) {
        self.alike.extend(alike.iter().map(|alike| (index, alike)));
    }

    /// Puts those of each claim in the order of the file.
    pub fn sort(&mut self) {
        for on in self.loaded.values_mut() {
            on.sort_by_key(|one| one.row);
        }
    }

    /// From the first one on.
    pub fn walk(&self) -> Walk<'_> {
        let loaded = self.loaded.iter().map(|(&claim, on)| Source {
            claim,
            left: on.len(),
            next: None,
            rest: Rest::Loaded(on),
        });
        let alike = self.alike.iter().map(|&(index, alike)| Source {
            claim: alike.claim,
            left: alike.count(),
            next: None,
            rest: Rest::Alike {
                index,
                footing: alike.footing,
                listed: alike.listed.clone(),
                except: &alike.except,
            },
        });
        let mut walk = Walk {
            sources: loaded.chain(alike).collect(),
            of_claim: HashMap::default(),
            next: BinaryHeap::new(),
            last: 0,
            is_damaged: false,
        };
        for at in 0..walk.sources.len() {
            walk.of_claim
                .entry(walk.sources[at].claim)
                .or_default()
                .push(at);
            walk.queue(at);
        }
        walk
    }
}

impl Walk<'_> {
    /// Leaves out all others on a claim. Gives how many they are.
    pub fn skip_claim(&mut self, claim: usize) -> usize {
        let on = self.of_claim.get(&claim).into_iter().flatten();
        on.map(|&at| std::mem::take(&mut self.sources[at].left))
            .sum()
    }

    /// Leaves out those of which the index says that they stand on the same as the last that was given. Gives how many they are.
    pub fn skip_alike(&mut self) -> usize {
        match self.sources.get_mut(self.last) {
            Some(source) if matches!(source.rest, Rest::Alike { .. }) => {
                std::mem::take(&mut source.left)
            }
            _ => 0,
        }
    }

    /// Whether some could not be given, as the index is damaged where it lists them.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Takes the next one of a source up among those of the others, if there is one more.
    fn queue(&mut self, at: usize) {
        let source = &mut self.sources[at];
        if source.left == 0 {
            return;
        }
        source.next = source.rest.next();
        match source.next {
            Some(one) => self.next.push(Reverse((one.row, at))),
            None => {
                source.left = 0;
                self.is_damaged = true;
                // The next run shall read the ledger instead.
                if let Rest::Alike { index, .. } = &source.rest {
                    index.discard();
                }
            }
        }
    }
}

impl Iterator for Walk<'_> {
    /// With the index of its claim.
    type Item = (usize, Leftover);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Reverse((_, at)) = self.next.pop()?;
            let source = &mut self.sources[at];
            // All that are left may have been left out meanwhile.
            if source.left > 0
                && let Some(one) = source.next.take()
            {
                source.left -= 1;
                let claim = source.claim;
                self.last = at;
                self.queue(at);
                return Some((claim, one));
            }
        }
    }
}

impl Iterator for Rest<'_> {
    type Item = Leftover;

    fn next(&mut self) -> Option<Leftover> {
        match self {
            Self::Loaded(rest) => {
                let (one, after) = rest.split_first()?;
                *rest = after;
                Some(*one)
            }
            Self::Alike {
                index,
                footing,
                listed,
                except,
            } => loop {
                let row = index.listed(listed.next()?)?;
                if except.first() == Some(&row) {
                    *except = &except[1..];
                    continue;
                }
                return Some(Leftover {
                    row,
                    footing: *footing,
                    loaded: None,
                });
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::footing::Footings;
    use super::*;

    #[test]
    fn all_come_down_the_file_until_a_claim_is_left_out() {
        let footing = Footings::default().add(&[1]);
        let mut all = Leftovers::default();
        for (row, claim) in [(5, 1), (0, 7), (2, 1), (3, 7), (4, 2), (6, 1)] {
            let loaded = None;
            let one = Leftover {
                row,
                footing,
                loaded,
            };
            all.add(claim, one);
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
        // Only what stands in an index is known to be alike.
        assert_eq!(walk.skip_alike(), 0);
        assert_eq!(rows(walk), [3, 4]);
    }
}
