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
}

/// The map. The words stand in the order in which they came, so that those that come again and again, which come early, stand together
/// and stay in the processor's cache; a small table tells where.
#[derive(Clone, Debug)]
pub(crate) struct ShortMap<V> {
    words: Vec<(ShortWord, V)>,
    /// A word's place stands at its hash, or as near behind it as there was room. At least half of it is free.
    places: Vec<Place>,
    /// Of its own in each map, as the words may be those of strangers.
    seeds: [u64; 2],
}

/// Where a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Its place among the words, from 1; 0 where none is.
    nth: u32,
    /// Bits of the word's hash: of another word, nearly always others.
    tag: u32,
}

impl<V: Copy> Default for ShortMap<V> {
    fn default() -> Self {
        let random = RandomState::default();
        Self {
            words: Vec::new(),
            places: vec![Place::default(); 1 << 8],
            seeds: [random.hash_one(0_u8), random.hash_one(1_u8)],
        }
    }
}

impl<V: Copy> ShortMap<V> {
    #[inline]
    fn hash(&self, word: ShortWord) -> u64 {
        let [low, high] = word.0;
        let product = u128::from(low ^ self.seeds[0]) * u128::from(high ^ self.seeds[1]);
        product as u64 ^ (product >> 64) as u64
    }

    /// The index of a word among the words.
    #[inline]
    fn find(&self, word: ShortWord) -> Option<usize> {
        let hash = self.hash(word);
        let most = self.places.len() - 1;
        let mut at = hash as usize & most;
        loop {
            let place = self.places[at];
            if place.nth == 0 {
                return None;
            }
            let nth = place.nth as usize - 1;
            if place.tag == tag(hash) && self.words[nth].0 == word {
                return Some(nth);
            }
            at = (at + 1) & most;
        }
    }

    /// What stands for a word.
    #[inline]
    pub fn get(&self, word: ShortWord) -> Option<V> {
        self.find(word).map(|nth| self.words[nth].1)
    }

    /// Puts a value for a word, in the place of what stood for it.
    pub fn insert(&mut self, word: ShortWord, value: V) {
        if 2 * (self.words.len() + 1) > self.places.len() {
            self.places = vec![Place::default(); 2 * self.places.len()];
            for nth in 0..self.words.len() {
                self.place(nth);
            }
        }
        match self.find(word) {
            Some(nth) => self.words[nth].1 = value,
            None => {
                self.words.push((word, value));
                self.place(self.words.len() - 1);
            }
        }
    }

    /// Enters in the table where the word with this index stands; it is not there yet.
    fn place(&mut self, nth: usize) {
        let hash = self.hash(self.words[nth].0);
        let most = self.places.len() - 1;
        let mut at = hash as usize & most;
        while self.places[at].nth != 0 {
            at = (at + 1) & most;
        }
        self.places[at] = Place {
            nth: nth as u32 + 1,
            tag: tag(hash),
        };
    }
}

/// The bits of a hash that its place in the table does not tell.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
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
