//! What verbs and their like do in news, as far as two of them can contradict each other: groups of words of one sense, and which senses
//! are opposites.
//!
//! The list is general English and holds no words of a topic. A word that is missing costs a proposal, nothing else.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::stem::stem;

/// Index of a sense in the table.
pub type Sense = usize;

/// Name, words, names of the opposites. A word after `=` is no verb: it has the sense wherever it stands.
const SENSES: &[(&str, &str, &str)] = &[
    (
        "create",
        "create, set up, establish, form, found",
        "dissolve refuse",
    ),
    (
        "dissolve",
        "dissolve, disband, break up, dismantle",
        "create",
    ),
    (
        "refuse",
        "refuse, reject, decline, rebuff, spurn, shun, snub, turn down, rule out, veto, block, oppose",
        "accept create",
    ),
    (
        "accept",
        "accept, agree, approve, endorse, welcome, support, adopt, ratify",
        "refuse",
    ),
    ("propose", "propose, offer, suggest, call for", ""),
    (
        "begin",
        "begin, start, launch, resume, kick off, open",
        "end close",
    ),
    (
        "end",
        "end, stop, halt, suspend, cancel, scrap, abandon, call off, freeze, shelve, break off",
        "begin continue",
    ),
    (
        "continue",
        "continue, proceed, go ahead, maintain, extend",
        "end",
    ),
    ("close", "close, shut, shut down", "begin"),
    (
        "rise",
        "rise, increase, grow, climb, jump, surge, gain, soar, raise",
        "fall",
    ),
    (
        "fall",
        "fall, decrease, decline, drop, shrink, plunge, slump, cut, reduce, lower, sink",
        "rise",
    ),
    (
        "confirm",
        "confirm, acknowledge, admit, verify, concede",
        "deny",
    ),
    ("deny", "deny, dispute, refute, rebut, repudiate", "confirm"),
    ("win", "win, triumph, prevail", "lose"),
    ("lose", "lose, defeat", "win"),
    ("buy", "buy, purchase, acquire", "sell"),
    ("sell", "sell", "buy"),
    (
        "arrest",
        "arrest, detain, jail, imprison, capture, seize",
        "free",
    ),
    ("free", "release, free, let go", "arrest"),
    ("convict", "convict, =guilty", "acquit"),
    ("acquit", "acquit, clear, exonerate, =innocent", "convict"),
    ("die", "die, kill, =dead", "live"),
    ("live", "survive, rescue, =alive, =unharmed", "die"),
    ("stay", "stay, remain", "leave"),
    (
        "leave",
        "leave, resign, quit, step down, depart, flee, withdraw, pull out",
        "stay",
    ),
    (
        "allow",
        "allow, permit, authorise, authorize, legalise, legalize",
        "forbid",
    ),
    ("forbid", "ban, forbid, prohibit, bar, outlaw", "allow"),
    ("impose", "impose, slap, introduce", "lift"),
    ("lift", "lift, ease, remove, waive, scrap", "impose"),
    ("destroy", "destroy, demolish, wreck, ruin", "spare"),
    ("spare", "spare, =intact, =undamaged, =unscathed", "destroy"),
    (
        "intend",
        "=deliberate, =deliberately, =intentional, =intentionally, =sabotage, =arson",
        "mishap",
    ),
    (
        "mishap",
        "=accident, =accidental, =accidentally, =mishap",
        "intend",
    ),
    ("succeed", "succeed", "fail"),
    ("fail", "fail, collapse", "succeed"),
    ("sign", "sign, conclude, seal", "end"),
    ("safe", "=safe, =harmless", "danger"),
    (
        "danger",
        "=dangerous, =unsafe, =harmful, =hazardous",
        "safe",
    ),
    ("legal", "=legal, =lawful, =constitutional", "illegal"),
    ("illegal", "=illegal, =unlawful, =unconstitutional", "legal"),
    ("find", "find, discover, recover", "miss"),
    ("miss", "=missing", "find"),
    ("postpone", "postpone, delay, put off", "end"),
];

/// A word that has a sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The stems of the words behind the first: "up" of "set up".
    pub tail: Vec<String>,
    /// Its sense.
    pub sense: Sense,
    /// Whether it has the sense only as a verb.
    pub verb: bool,
}

/// The words that begin with this stem, those of most words first; "set up" and "set" are two.
pub fn listed(first: &str) -> &'static [Listed] {
    static TABLE: OnceLock<HashMap<String, Vec<Listed>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table: HashMap<String, Vec<Listed>> = HashMap::new();
        for (sense, (_, words, _)) in SENSES.iter().enumerate() {
            for word in words.split(", ") {
                let (text, verb) = match word.strip_prefix('=') {
                    Some(text) => (text, false),
                    None => (word, true),
                };
                let mut parts = text.split(' ').map(stem);
                let first = parts.next().unwrap_or_default();
                let tail: Vec<String> = parts.collect();
                table
                    .entry(first)
                    .or_default()
                    .push(Listed { tail, sense, verb });
            }
        }
        for words in table.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.tail.len()));
        }
        table
    });
    table.get(first).map(Vec::as_slice).unwrap_or_default()
}

/// Whether what is said with one sense contradicts what is said with the other.
pub fn opposite(a: Sense, b: Sense) -> bool {
    let names = |sense: Sense| SENSES[sense].2.split(' ');
    names(a).any(|name| name == SENSES[b].0) || names(b).any(|name| name == SENSES[a].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn senses(word: &str) -> Vec<&'static str> {
        listed(&stem(word))
            .iter()
            .map(|listed| SENSES[listed.sense].0)
            .collect()
    }

    #[test]
    fn opposites_are_names_of_the_table_and_hold_both_ways() {
        for (at, (name, words, opposites)) in SENSES.iter().enumerate() {
            assert!(!words.is_empty(), "{name}");
            for other in opposites.split(' ').filter(|name| !name.is_empty()) {
                let other = SENSES.iter().position(|(name, ..)| *name == other);
                let other = other.unwrap_or_else(|| panic!("{name} has an unknown opposite"));
                assert!(opposite(at, other) && opposite(other, at), "{name}");
            }
            assert!(!opposite(at, at), "{name} contradicts itself");
        }
    }

    #[test]
    fn words_are_found_by_any_of_their_forms() {
        assert_eq!(senses("created"), ["create"]);
        assert_eq!(senses("bought"), ["buy"]);
        assert_eq!(senses("rejects"), ["refuse"]);
        assert!(senses("table").is_empty());
        let set = listed(&stem("set"));
        assert_eq!(set[0].tail, [stem("up")]);
    }
}
