//! Puts a long list of large items in order without a second place for all of them: a million matches take a quarter of a gigabyte.

use std::cmp::Ordering;

use rayon::prelude::*;

/// Sorts; equal items keep their order. Beside the list it takes 8 bytes an item, and each item is moved once or twice.
///
/// # Panics
///
/// Where there are 2^32 items or more.
pub(super) fn sort<T: Sync>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering + Sync) {
    let count = u32::try_from(items.len()).expect("fewer than 2^32 items");
    let mut order: Vec<u32> = (0..count).collect();
    // For each place the former index of the item that goes there.
    order.par_sort_by(|a, b| compare(&items[*a as usize], &items[*b as usize]));
    for start in 0..items.len() {
        // Round by round: each item goes to its place, and what stood there to the place from which that one came.
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(keys in proptest::collection::vec(0_u8..9, 0..60)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort(&mut items, |a, b| a.0.cmp(&b.0));
            proptest::prop_assert_eq!(items, expected);
        }
    }
}
