//! Words of which one holds where the other does not: *open* and *closed*, *alive* and *dead*.
//!
//! Who says that a shop is not closed says that it is open. Not so for words between which something lies, such as *approved* and
//! *refused*; those are not here. Both words must tell two positions of one claim apart before they are asked for, so that a word of many
//! senses does no harm.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::stem::stem;

/// The pairs, in any form of the words.
const PAIRS: &[(&str, &str)] = &[
    ("accidental", "deliberate"),
    ("alive", "dead"),
    ("allow", "ban"),
    ("allow", "forbid"),
    ("allow", "outlaw"),
    ("allow", "prohibit"),
    ("alone", "accompanied"),
    ("authentic", "fake"),
    ("authentic", "forgery"),
    ("awake", "asleep"),
    ("broke", "held"),
    ("burst", "held"),
    ("collapse", "held"),
    ("continue", "ended"),
    ("continue", "stopped"),
    ("damaged", "intact"),
    ("died", "survived"),
    ("different", "same"),
    ("failed", "passed"),
    ("failed", "succeeded"),
    ("false", "true"),
    ("found", "missing"),
    ("free", "arrested"),
    ("free", "detained"),
    ("free", "jailed"),
    ("genuine", "counterfeit"),
    ("genuine", "fake"),
    ("genuine", "forgery"),
    ("guilty", "innocent"),
    ("healthy", "ill"),
    ("healthy", "sick"),
    ("hid", "published"),
    ("keep", "lose"),
    ("keep", "sell"),
    ("killed", "survived"),
    ("leave", "remain"),
    ("leave", "stay"),
    ("live", "died"),
    ("open", "close"),
    ("open", "shut"),
    ("permanent", "temporary"),
    ("public", "secret"),
    ("quit", "remain"),
    ("quit", "stay"),
    ("real", "fake"),
    ("real", "invented"),
    ("remain", "resign"),
    ("resign", "stay"),
    ("safe", "dangerous"),
    ("sober", "drunk"),
    ("true", "invented"),
    ("voluntary", "forced"),
];

/// The stems that say the opposite of this one.
pub fn opposites_of(word: &str) -> impl Iterator<Item = &'static String> {
    static TABLE: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        for (one, other) in PAIRS {
            let (one, other) = (stem(one), stem(other));
            table.entry(one.clone()).or_default().push(other.clone());
            table.entry(other).or_default().push(one);
        }
        table
    });
    TABLE.get(word).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_word_leads_to_the_other() {
        let opposite = |a: &str, b: &str| opposites_of(&stem(a)).any(|word| *word == stem(b));
        assert!(opposite("closed", "open") && opposite("opens", "closing"));
        assert!(!opposite("approved", "refused") && !opposite("open", "dead"));
    }

    #[test]
    fn no_pair_stands_there_twice() {
        let mut pairs: Vec<[String; 2]> = PAIRS.iter().map(|(a, b)| [stem(a), stem(b)]).collect();
        pairs.iter_mut().for_each(|pair| pair.sort());
        pairs.sort();
        let all = pairs.len();
        pairs.dedup();
        assert_eq!(pairs.len(), all);
    }
}
