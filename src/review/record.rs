//! A decision as one line of the ledger.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Decision, SideBasis, Verdict};
use crate::divergence::Kind;

/// The keys of a line. They are read in any order and written in this one: first what tells whether the decision matters to a run,
/// and at the very end the day, so that a line that was cut anywhere shows it. [`glimpse`](super::glimpse) rests on this order.
///
/// Unknown keys are refused: `expire` for `expires` must not pass for a decision that holds for ever.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    verdict: Verdict,
    on: OnRecord,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reviewer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires: Option<Day>,
    date: Day,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnRecord {
    claim: String,
    sides: Vec<SideRecord>,
    kind: Kind,
    question: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SideRecord {
    position: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    says: Option<String>,
    evidence: BTreeMap<String, Vec<String>>,
}

/// A day, written as 2026-11-22 and in no other way.
#[derive(Clone, Copy)]
struct Day(Date);

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let date = day(&text).map(Day);
        date.ok_or_else(|| serde::de::Error::custom("a date is written as 2026-11-22"))
    }
}

/// Reads `2026-11-22`; `None` for everything else.
fn day(text: &str) -> Option<Date> {
    let shape = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    (text.len() == 10 && text.bytes().enumerate().all(shape))
        .then(|| text.parse().ok())
        .flatten()
}

/// Why a line holds no decision.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// What is wrong, in a few words.
    pub what: String,
    /// The byte of the line at which reading stopped.
    pub at: usize,
    /// The line ends in the middle, as when a program was stopped while it wrote.
    pub torn: bool,
}

/// Reads one line.
pub(super) fn read(line: &str) -> Result<Decision, Unreadable> {
    let record: Record = serde_json::from_str(line).map_err(|error| unreadable(line, &error))?;
    if !is_fingerprint(&record.id) {
        return Err(Unreadable {
            what: "`id` must be the fingerprint of a divergence: 16 digits or letters a to f"
                .to_owned(),
            at: 0,
            torn: false,
        });
    }
    let sides = record.on.sides.into_iter().map(|side| SideBasis {
        position: side.position,
        says: side.says,
        evidence: side.evidence,
    });
    Ok(Decision {
        id: record.id,
        verdict: record.verdict,
        reason: record.reason,
        reviewer: record.reviewer,
        date: record.date.0,
        expires: record.expires.map(|day| day.0),
        on: Basis {
            claim: record.on.claim,
            kind: record.on.kind,
            question: record.on.question,
            sides: sides.collect(),
        },
    })
}

fn unreadable(line: &str, error: &serde_json::Error) -> Unreadable {
    let text = error.to_string();
    // serde_json counts columns in bytes from 1, and adds the place to its words.
    let what = text.split(" at line ").next().unwrap_or(&text);
    let mut at = error.column().saturating_sub(1).min(line.len());
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    Unreadable {
        what: what.to_owned(),
        at,
        torn: error.is_eof(),
    }
}

fn is_fingerprint(id: &str) -> bool {
    id.len() == 16 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Writes one line, with the line feed.
pub(super) fn write(decision: &Decision) -> String {
    let sides = decision.on.sides.iter().map(|side| SideRecord {
        position: side.position.clone(),
        says: side.says.clone(),
        evidence: side.evidence.clone(),
    });
    let record = Record {
        id: decision.id.clone(),
        verdict: decision.verdict,
        on: OnRecord {
            claim: decision.on.claim.clone(),
            sides: sides.collect(),
            kind: decision.on.kind,
            question: decision.on.question.clone(),
        },
        reason: decision.reason.clone(),
        reviewer: decision.reviewer.clone(),
        expires: decision.expires.map(Day),
        date: Day(decision.date),
    };
    let mut line = serde_json::to_string(&record).expect("internal: a record has only string keys");
    line.push('\n');
    line
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(crate) fn decision(id: u64, verdict: Verdict) -> Decision {
        let evidence = BTreeMap::from([("dawn".to_owned(), vec!["68404ed8b2342451".to_owned()])]);
        Decision {
            id: format!("{id:016x}"),
            verdict,
            reason: "Two \"fires\", not one.\nSee the map.".to_owned(),
            reviewer: Some("Ada".to_owned()),
            date: jiff::civil::date(2026, 11, 22),
            expires: Some(jiff::civil::date(2027, 1, 31)),
            on: Basis {
                claim: "mill-fire-cause".to_owned(),
                kind: Kind::Contradiction,
                question: "0011223344556677".to_owned(),
                sides: vec![
                    SideBasis {
                        position: Some("arson".to_owned()),
                        says: Some("8899aabbccddeeff".to_owned()),
                        evidence,
                    },
                    SideBasis {
                        position: None,
                        says: None,
                        evidence: BTreeMap::from([("dusk".to_owned(), Vec::new())]),
                    },
                ],
            },
        }
    }

    #[test]
    fn a_line_reads_back_as_it_was() {
        let one = decision(7, Verdict::Dismissed);
        let line = write(&one);
        assert_eq!(line.matches('\n').count(), 1, "one line: {line}");
        assert_eq!(read(line.trim_end()).expect("valid"), one);
        insta::assert_snapshot!(line, @r#"{"id":"0000000000000007","verdict":"dismissed","on":{"claim":"mill-fire-cause","sides":[{"position":"arson","says":"8899aabbccddeeff","evidence":{"dawn":["68404ed8b2342451"]}},{"position":null,"evidence":{"dusk":[]}}],"kind":"contradiction","question":"0011223344556677"},"reason":"Two \"fires\", not one.\nSee the map.","reviewer":"Ada","expires":"2027-01-31","date":"2026-11-22"}"#);
    }

    #[test]
    fn every_cut_of_a_line_is_told_as_torn() {
        let line = write(&decision(7, Verdict::Confirmed));
        for cut in 1..line.trim_end().len() {
            let Err(unreadable) = read(&line[..cut]) else {
                panic!("{} is no decision", &line[..cut]);
            };
            assert!(unreadable.torn, "{}: {unreadable:?}", &line[..cut]);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let line = write(&decision(7, Verdict::Later));
        let line = line.trim_end();
        for (from, to, what, at) in [
            (
                "\"later\"",
                "\"maybe\"",
                "unknown variant `maybe`",
                "\"maybe\"",
            ),
            ("expires", "expire", "unknown field `expire`", "expire"),
            ("2026-11-22", "2026-11-31", "a date is written as", "2026"),
            ("2026-11-22", "22.11.2026", "a date is written as", "22.11"),
            (
                "2026-11-22",
                "2026-11-22T10",
                "a date is written as",
                "2026",
            ),
            (
                "\"date\"",
                "\"id\"",
                "duplicate field `id`",
                "\"id\":\"2026",
            ),
            ("0000000000000007", "7", "`id` must be the fingerprint", "{"),
            ("0000000000000007", "000000000000000G", "`id` must be", "{"),
            (
                "contradiction",
                "quarrel",
                "unknown variant `quarrel`",
                "quarrel",
            ),
        ] {
            let broken = line.replacen(from, to, 1);
            let unreadable = read(&broken).expect_err("wrong");
            assert!(unreadable.what.starts_with(what), "{unreadable:?}");
            assert!(!unreadable.torn && broken.len() >= unreadable.at);
            let near = broken[..unreadable.at]
                .len()
                .abs_diff(broken.find(at).expect("there"));
            assert!(near <= at.len() + 16, "{near} from {at}: {unreadable:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_words_survive(reason in any::<String>(), reviewer in any::<Option<String>>(), cut in any::<prop::sample::Index>()) {
            let one = Decision { reason, reviewer, ..decision(9, Verdict::Confirmed) };
            let line = write(&one);
            prop_assert_eq!(line.matches('\n').count(), 1);
            prop_assert_eq!(read(line.trim_end_matches('\n')).expect("valid"), one);
            let cut = cut.index(line.len());
            let part = line.get(..cut).unwrap_or("");
            if let Err(unreadable) = read(part) {
                prop_assert!(part.is_char_boundary(unreadable.at));
            }
        }
    }
}
