//! What decisions stand on: a claim and the articles of each side, by keys of their ids.
//!
//! That is what tells whether a run could have found a divergence that is decided on. Decisions on the same sides, as where one was put
//! off first and made later, share their footing: then the articles are read once and compared with those of the run once.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use foldhash::{HashMap, HashSet};

use super::Basis;
use super::glimpse::{Glimpse, Ground};

/// Hashes ids of claims and articles to keys. That two ids share a key is as good as impossible, and then no more than a wrong count
/// of stale decisions: what settles a divergence is found by its fingerprint.
const KEYS: FixedState = FixedState::with_seed(0x6c65_6467_6572);

/// Stands before each side among the keys of articles.
pub(super) const SIDE: u64 = u64::MAX;

/// Equal sides are looked for among so many footings at first; see [`Footings::repeat`].
const TRIED: usize = 1000;

/// The footings of a ledger's decisions.
#[derive(Debug, Default)]
pub(super) struct Footings {
    /// Of each footing the key of the claim, and for each side [`SIDE`] and the keys of its articles.
    keys: Vec<u64>,
    /// Where each footing ends.
    ends: Vec<usize>,
    /// Those that were read from the text of sides, by the key of claim and text.
    by_text: HashMap<u64, Footing>,
    /// How many decisions share the footing of another.
    shared: usize,
}

/// The number of a footing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Footing(u32);

/// The claims and articles of a run, by the keys of their ids.
#[derive(Debug)]
pub(super) struct Known {
    /// The claim's index in the run.
    claims: HashMap<u64, usize>,
    articles: HashSet<u64>,
    sieve: Sieve,
}

/// Rules most keys out of a set without looking in it: one bit for each value of their lowest bits. The keys are hashes, so of those that
/// are not in the set one in sixteen or fewer gets through.
#[derive(Debug)]
struct Sieve(Vec<u64>);

/// For each footing the index of its claim in the run, if the run could have found a divergence on it.
#[derive(Debug)]
pub(super) struct Within(Vec<Option<usize>>);

impl Footings {
    /// The footing of a line. `None` where the line turns out to be laid out in another way.
    pub fn of_line(&mut self, claim: u64, line: &Glimpse) -> Option<Footing> {
        let text = self.repeat().then(|| line.sides_text()).flatten();
        let text = text.map(|text| {
            let mut hasher = KEYS.build_hasher();
            hasher.write_u64(claim);
            hasher.write(text);
            (hasher.finish(), text.len())
        });
        if let Some((key, _)) = text
            && let Some(&known) = self.by_text.get(&key)
        {
            self.shared += 1;
            return Some(known);
        }
        let before = self.keys.len();
        self.keys.push(claim);
        let length = line.grounds(|ground| {
            self.keys.push(match ground {
                Ground::Side => SIDE,
                Ground::Article(id) => key(id),
            });
        });
        let Some(length) = length else {
            self.keys.truncate(before);
            return None;
        };
        let footing = self.end();
        // In a damaged line the sides may seem to end where they do not.
        if let Some((key, seeming)) = text
            && seeming == length
        {
            self.by_text.insert(key, footing);
        }
        Some(footing)
    }

    /// The footing of a decision.
    pub fn of(&mut self, basis: &Basis) -> Footing {
        self.keys.push(key(basis.claim.as_bytes()));
        for side in &basis.sides {
            self.keys.push(SIDE);
            let articles = side.evidence.keys();
            self.keys.extend(articles.map(|id| key(id.as_bytes())));
        }
        self.end()
    }

    /// Lets go of those on other claims than these. Gives for each footing what it is now, if it is kept.
    pub fn keep_only(
        &mut self,
        claims: &HashSet<u64>,
    ) -> impl Fn(Footing) -> Option<Footing> + use<> {
        let mut kept = Self::default();
        let now = self
            .all()
            .map(|keys| claims.contains(&keys[0]).then(|| kept.add(keys)));
        let now: Vec<Option<Footing>> = now.collect();
        kept.shared = self.shared;
        let by_text = self.by_text.drain();
        kept.by_text = by_text
            .filter_map(|(key, before)| Some((key, now[before.index()]?)))
            .collect();
        *self = kept;
        move |before| now[before.index()]
    }

    /// Which of them are on a claim of the run and, on each side, on an article of it.
    pub fn within(&self, known: &Known) -> Within {
        Within(self.all().map(|keys| known.could_find(keys)).collect())
    }

    /// The key of the claim of a footing, and the keys of the articles of each side.
    pub fn sides(&self, footing: Footing) -> (u64, impl Iterator<Item = &[u64]>) {
        let keys = self.keys(footing);
        (keys[0], sides(&keys[1..]))
    }

    /// The key of the claim of a footing, and for each side [`SIDE`] and the keys of its articles.
    pub fn keys(&self, footing: Footing) -> &[u64] {
        let at = footing.index();
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.keys[start..self.ends[at]]
    }

    /// Adds a footing by its keys.
    pub fn add(&mut self, keys: &[u64]) -> Footing {
        self.keys.extend_from_slice(keys);
        self.end()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// Takes up those of another ledger's part. Gives for each what it is here.
    pub fn take_in(&mut self, more: Self) -> Vec<Footing> {
        let mut now: Vec<Option<Footing>> = vec![None; more.ends.len()];
        let repeat = self.repeat();
        if repeat {
            for (text, &one) in &more.by_text {
                now[one.index()] = self.by_text.get(text).copied();
            }
        }
        self.shared += more.shared + now.iter().flatten().count();
        let now = more
            .all()
            .zip(now)
            .map(|(keys, known)| known.unwrap_or_else(|| self.add(keys)));
        let now: Vec<Footing> = now.collect();
        if repeat {
            let by_text = more.by_text.into_iter();
            self.by_text
                .extend(by_text.map(|(text, one)| (text, now[one.index()])));
        }
        now
    }

    fn all(&self) -> impl Iterator<Item = &[u64]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let keys = &self.keys[start..end];
            start = end;
            keys
        })
    }

    /// Ends the footing whose keys were pushed.
    fn end(&mut self) -> Footing {
        let number = u32::try_from(self.ends.len());
        self.ends.push(self.keys.len());
        Footing(number.expect("internal: so many decisions fit no memory"))
    }

    /// Whether it pays to look for equal sides. Finding that there are none takes a quarter of what reading the articles does, by
    /// instructions counted on sides of eleven articles and twenty sentences.
    fn repeat(&self) -> bool {
        self.ends.len() < TRIED || self.shared >= self.ends.len() / 4
    }
}

impl Footing {
    /// Which of the footings it is.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Within {
    /// The index of the claim in the run, if the run could have found a divergence on the footing.
    pub fn claim(&self, footing: Footing) -> Option<usize> {
        self.0[footing.index()]
    }
}

impl Known {
    /// The claims, in their order, and articles of a run, by their ids.
    pub fn new<'a>(
        claims: impl Iterator<Item = &'a str>,
        articles: impl Iterator<Item = &'a str>,
    ) -> Self {
        let claims = claims.enumerate();
        let articles: HashSet<u64> = articles.map(|id| key(id.as_bytes())).collect();
        Self {
            claims: claims.map(|(at, id)| (key(id.as_bytes()), at)).collect(),
            sieve: Sieve::of(articles.iter().copied()),
            articles,
        }
    }

    /// The index of the claim with this key.
    pub fn claim(&self, key: u64) -> Option<usize> {
        self.claims.get(&key).copied()
    }

    /// The claims, by their keys.
    pub fn claims(&self) -> impl Iterator<Item = u64> {
        self.claims.keys().copied()
    }

    /// The articles, by their keys.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = u64> {
        self.articles.iter().copied()
    }

    /// Whether an article with this key was compared.
    pub fn has(&self, article: u64) -> bool {
        self.sieve.passes(article) && self.articles.contains(&article)
    }

    /// The index of the claim, if an article of each side was compared. A decision without sides is on nothing that could be found.
    pub fn could_find(&self, footing: &[u64]) -> Option<usize> {
        let (&claim, rest) = footing.split_first()?;
        let claim = self.claim(claim)?;
        let found = sides(rest).all(|side| side.iter().any(|&article| self.has(article)));
        (footing.len() > 1 && found).then_some(claim)
    }
}

impl Sieve {
    fn of(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        // A power of two of words, with sixteen bits or more for each key.
        let mut sieve = Self(vec![0; (keys.len() / 4 + 1).next_power_of_two()]);
        for key in keys {
            let word = sieve.word(key);
            sieve.0[word] |= 1 << (key % 64);
        }
        sieve
    }

    /// Whether the key may be in the set; one that is always passes.
    fn passes(&self, key: u64) -> bool {
        self.0[self.word(key)] & 1 << (key % 64) != 0
    }

    fn word(&self, key: u64) -> usize {
        (key >> 6) as usize & (self.0.len() - 1)
    }
}

/// The keys of the articles of each side. What stands before the first mark is no side.
pub(super) fn sides(keys: &[u64]) -> impl Iterator<Item = &[u64]> {
    keys.split(|&key| key == SIDE).skip(1)
}

/// The key of an id of a claim or an article, never [`SIDE`].
pub(super) fn key(id: &[u8]) -> u64 {
    let mut hasher = KEYS.build_hasher();
    hasher.write(id);
    hasher.finish().min(SIDE - 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::glimpse::glimpse;
    use super::super::record::{self, tests::decision};
    use super::super::{Decision, Verdict};
    use super::*;

    /// A decision on a silent side and one with these articles.
    fn on(claim: &str, articles: &[&str]) -> Decision {
        let mut one = decision(1, Verdict::Confirmed);
        one.on.claim = claim.to_owned();
        let sentences = || vec!["0123456789abcdef".to_owned()];
        one.on.sides[0].evidence = articles
            .iter()
            .map(|id| ((*id).to_owned(), sentences()))
            .collect();
        one
    }

    fn add(footings: &mut Footings, line: &str) -> Option<Footing> {
        let seen = glimpse(line.trim_end().as_bytes()).expect("laid out so");
        footings.of_line(key(seen.claim), &seen)
    }

    fn known<'a>(claims: &[&'a str], articles: &[&'a str]) -> Known {
        Known::new(claims.iter().copied(), articles.iter().copied())
    }

    #[test]
    fn equal_sides_share_a_footing_and_others_do_not() {
        let mut footings = Footings::default();
        let [a, again, b, other, parsed] = [
            on("fate", &["dawn"]),
            Decision {
                reason: "Once more.".to_owned(),
                ..on("fate", &["dawn"])
            },
            on("fate", &["noon"]),
            on("place", &["dawn"]),
            on("fate", &["dawn"]),
        ]
        .map(|one| {
            let line = record::write(&one);
            add(&mut footings, &line).expect("read")
        });
        assert_eq!((a, a), (again, parsed));
        assert!(a != b && a != other && b != other);
        let whole = footings.of(&on("fate", &["dawn"]).on);
        let within = footings.within(&known(&["place", "fate"], &["dawn", "dusk"]));
        for (footing, claim) in [(a, Some(1)), (b, None), (other, Some(0)), (whole, Some(1))] {
            assert_eq!(within.claim(footing), claim);
        }
    }

    #[test]
    fn a_side_needs_an_article_that_is_compared() {
        let mut footings = Footings::default();
        let both = footings.of(&on("fate", &["dawn", "noon"]).on);
        let mut none = on("fate", &[]);
        let empty = footings.of(&none.on);
        none.on.sides.clear();
        let no_sides = footings.of(&none.on);
        for (articles, claim) in [
            (&["noon", "dusk"][..], Some(0)),
            (&["noon"], None),
            (&["dusk"], None),
            (&[], None),
        ] {
            let within = footings.within(&known(&["fate"], articles));
            assert_eq!(within.claim(both), claim, "{articles:?}");
            assert_eq!(within.claim(empty), None);
            assert_eq!(within.claim(no_sides), None);
        }
        let within = footings.within(&known(&["place"], &["noon", "dusk"]));
        assert_eq!(within.claim(both), None);
    }

    #[test]
    fn sides_that_only_seem_to_end_are_no_others() {
        let damaged = |article: &str| {
            let line = record::write(&on("fate", &["dawn", article]));
            line.replacen("0123456789abcdef", "],\"kind\":\"abcdef", 1)
        };
        let mut footings = Footings::default();
        let [noon, eve] = ["noon", "eve"].map(|article| add(&mut footings, &damaged(article)));
        assert!(noon.is_some() && eve.is_some() && noon != eve);
        // Nothing is to share what was read of a line that does not end its sides where it seems to.
        let before = footings.by_text.len();
        let line = record::write(&on("fate", &["morn"]));
        let line = line.replacen("\"reason\":\"", "\"reason\":\"],\"kind\":\"", 1);
        assert!(add(&mut footings, &line).is_some());
        assert_eq!(footings.by_text.len(), before);
    }

    #[test]
    fn what_is_kept_stands_on_what_it_stood_on() {
        let mut footings = Footings::default();
        let lines: Vec<String> = ["fate", "place", "fate"]
            .iter()
            .zip(["dawn", "noon", "eve"])
            .map(|(claim, article)| record::write(&on(claim, &[article])))
            .collect();
        let before: Vec<Footing> = lines
            .iter()
            .filter_map(|line| add(&mut footings, line))
            .collect();
        let now = footings.keep_only(&HashSet::from_iter([key(b"fate")]));
        let now: Vec<Option<Footing>> = before.into_iter().map(now).collect();
        assert!(now[0].is_some() && now[1].is_none() && now[2].is_some());
        // What comes later shares with what was kept.
        assert_eq!(add(&mut footings, &lines[2]), now[2]);
        let within = footings.within(&known(&["fate"], &["eve", "dusk"]));
        let claims: Vec<_> = now
            .into_iter()
            .flatten()
            .map(|it| within.claim(it))
            .collect();
        assert_eq!(claims, [None, Some(0)]);
    }

    #[test]
    fn where_nothing_repeats_it_is_not_looked_for_any_more() {
        let mut footings = Footings::default();
        let line = |nth: usize| record::write(&on("fate", &[&format!("day-{nth}")]));
        for nth in 0..TRIED + 10 {
            add(&mut footings, &line(nth)).expect("read");
        }
        assert_eq!(footings.by_text.len(), TRIED);
        let (first, again) = (add(&mut footings, &line(0)), add(&mut footings, &line(0)));
        assert!(first.is_some() && first != again);
        // No footing is of two minds.
        let mut ids = BTreeMap::new();
        for keys in footings.all() {
            *ids.entry(keys.to_vec()).or_insert(0) += 1;
        }
        assert_eq!(ids.len(), TRIED + 10);
    }
}
