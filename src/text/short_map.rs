//! A map from short words, such as nearly all of a text: found by their bytes as one number, without a look at another place.

use std::hash::BuildHasher;

use foldhash::quality::RandomState;

/// Longest word, in bytes, that the map can hold.
pub(crate) const SHORT: usize = 15;

/// A word of 1 to [`SHORT`] bytes: these, zeros behind them, and in the last byte their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShortWord([u64; 2]);

impl ShortWord {
    /// The first `len` bytes, where the rest are zeros; `None` for no byte at all, or too many.
    pub fn new(mut bytes: [u8; SHORT + 1], len: usize) -> Option<Self> {
        if len == 0 || len > SHORT {
            return None;
        }
        debug_assert!(bytes[len..].iter().all(|byte| *byte == 0));
        bytes[SHORT] = len as u8;
        let all = u128::from_le_bytes(bytes);
        Some(Self([all as u64, (all >> 64) as u64]))
    }

    /// A word, if it is short.
    pub fn of(word: &str) -> Option<Self> {
        let mut bytes = [0; SHORT + 1];
        bytes
            .get_mut(..word.len())?
            .copy_from_slice(word.as_bytes());
        Self::new(bytes, word.len())
    }

    /// Its bytes.
    pub fn bytes(self) -> Vec<u8> {
        let all = self.0.iter().flat_map(|half| half.to_le_bytes());
        all.take(self.0[1].to_le_bytes()[7].into()).collect()
    }

    /// Whether it is no word.
    fn is_none(self) -> bool {
        self.0[1] == 0
    }
}

/// The map: a table in which a word stands at its hash, or as near behind it as there was room. At least half of it is free.
#[derive(Clone, Debug)]
pub(crate) struct ShortMap<V> {
    slots: Vec<(ShortWord, V)>,
    words: usize,
    /// Of its own in each map, as the words may be those of strangers.
    seeds: [u64; 2],
}

impl<V: Copy + Default> Default for ShortMap<V> {
    fn default() -> Self {
        let random = RandomState::default();
        Self {
            slots: vec![Default::default(); 1 << 8],
            words: 0,
            seeds: [random.hash_one(0_u8), random.hash_one(1_u8)],
        }
    }
}

impl<V: Copy + Default> ShortMap<V> {
    /// Where a word stands, or would stand.
    #[inline]
    fn at(&self, word: ShortWord) -> usize {
        let [low, high] = [0, 1].map(|half| u128::from(word.0[half] ^ self.seeds[half]));
        let product = low * high;
        let hash = product as u64 ^ (product >> 64) as u64;
        let most = self.slots.len() - 1;
        let mut at = hash as usize & most;
        while self.slots[at].0 != word && !self.slots[at].0.is_none() {
            at = (at + 1) & most;
        }
        at
    }

    /// What stands for a word.
    #[inline]
    pub fn get(&self, word: ShortWord) -> Option<V> {
        let (other, value) = self.slots[self.at(word)];
        (!other.is_none()).then_some(value)
    }

    /// Puts a value for a word, in the place of what stood for it.
    pub fn insert(&mut self, word: ShortWord, value: V) {
        if 2 * (self.words + 1) > self.slots.len() {
            let bigger = vec![Default::default(); 2 * self.slots.len()];
            for slot in std::mem::replace(&mut self.slots, bigger) {
                if !slot.0.is_none() {
                    let at = self.at(slot.0);
                    self.slots[at] = slot;
                }
            }
        }
        let at = self.at(word);
        self.words += usize::from(self.slots[at].0.is_none());
        self.slots[at] = (word, value);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    proptest::proptest! {
        #[test]
        fn it_is_a_map(words in proptest::collection::vec("[ab\\PC]{0,17}", 0..900)) {
            let (mut map, mut plain) = (ShortMap::default(), HashMap::new());
            for (value, word) in words.iter().enumerate() {
                let Some(short) = ShortWord::of(word) else {
                    proptest::prop_assert!(word.is_empty() || word.len() > SHORT);
                    continue;
                };
                proptest::prop_assert_eq!(short.bytes(), word.as_bytes());
                proptest::prop_assert_eq!(map.get(short), plain.get(word).copied());
                map.insert(short, value);
                plain.insert(word, value);
            }
            for (word, value) in plain {
                proptest::prop_assert_eq!(ShortWord::of(word).and_then(|word| map.get(word)), Some(value));
            }
        }
    }
}
