//! What a line of the ledger shows at a glance: which divergence, what, when, and on which claim and articles. Nothing is copied
//! or allocated, so that a ledger of many years costs a run next to nothing.
//!
//! Only the layout that [`record::write`](super::record::write) gives is known, and every byte of it is looked at: a line with a
//! glimpse is one that [`record::read`](super::record::read) reads as the same decision. Of all other lines, such as those that were
//! written by hand or are damaged, there is no glimpse, and they must be read.

use jiff::civil::Date;

use super::Verdict;
use crate::divergence::Kind;

/// The part of a decision that tells whether it matters to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glimpse<'l> {
    /// The divergence's fingerprint.
    pub id: u64,
    /// What was decided.
    pub verdict: Verdict,
    /// The day of the decision.
    pub date: Date,
    /// Id of the claim.
    pub claim: &'l str,
}

/// One after the other, what a decision stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground<'l> {
    /// A side begins.
    Side,
    /// An article of the side that began last, by its id.
    Article(&'l str),
}

/// Looks over a line without its line feed. What the decision stands on goes to `ground`; where there is no glimpse, what came
/// there means nothing.
pub(super) fn glimpse<'l>(line: &'l [u8], ground: impl FnMut(Ground<'l>)) -> Option<Glimpse<'l>> {
    let mut eye = Eye {
        rest: std::str::from_utf8(line).ok()?,
    };
    let glimpse = eye.decision(ground)?;
    eye.rest.is_empty().then_some(glimpse)
}

/// Bytes at which words in quotation marks end, or need a closer look.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        stops[control] = true;
        control += 1;
    }
    stops[b'"' as usize] = true;
    stops[b'\\' as usize] = true;
    stops
};

/// What is still to be looked at.
struct Eye<'l> {
    rest: &'l str,
}

/// What stands inside of quotation marks.
struct Quoted<'l> {
    text: &'l str,
    /// Whether these are the words themselves: no escapes among them.
    plain: bool,
}

impl<'l> Quoted<'l> {
    fn words(self) -> Option<&'l str> {
        self.plain.then_some(self.text)
    }
}

impl<'l> Eye<'l> {
    fn decision(&mut self, ground: impl FnMut(Ground<'l>)) -> Option<Glimpse<'l>> {
        self.skip("{\"id\":\"")?;
        let (id, rest) = self.rest.split_at_checked(16)?;
        let id = fingerprint(id.as_bytes())?;
        self.rest = rest;
        self.skip("\",\"verdict\":\"")?;
        let verdict = self.quoted()?;
        let verdict = Verdict::ALL
            .into_iter()
            .find(|known| known.name() == verdict.text)?;
        if self.skip(",\"reason\":\"").is_some() {
            self.quoted()?;
        }
        if self.skip(",\"reviewer\":\"").is_some() {
            self.quoted()?;
        }
        self.skip(",\"date\":\"")?;
        let date = self.day()?;
        if self.skip(",\"expires\":\"").is_some() {
            self.day()?;
        }
        self.skip(",\"on\":{\"claim\":\"")?;
        let claim = self.quoted()?.words()?;
        self.skip(",\"kind\":\"")?;
        let kind = self.quoted()?;
        Kind::ALL.iter().find(|known| known.name() == kind.text)?;
        self.skip(",\"question\":\"")?;
        self.quoted()?;
        self.skip(",\"sides\":[")?;
        self.sides(ground)?;
        self.skip("}}")?;
        Some(Glimpse {
            id,
            verdict,
            date,
            claim,
        })
    }

    /// The sides up to and with the closing bracket.
    fn sides(&mut self, mut ground: impl FnMut(Ground<'l>)) -> Option<()> {
        if self.skip("]").is_some() {
            return Some(());
        }
        loop {
            ground(Ground::Side);
            self.skip("{\"position\":")?;
            if self.skip("null").is_none() {
                self.skip("\"")?;
                self.quoted()?;
            }
            if self.skip(",\"says\":\"").is_some() {
                self.quoted()?;
            }
            self.skip(",\"evidence\":{")?;
            if self.skip("}").is_none() {
                loop {
                    self.skip("\"")?;
                    ground(Ground::Article(self.quoted()?.words()?));
                    self.skip(":[")?;
                    self.sentences()?;
                    if self.skip(",").is_none() {
                        break;
                    }
                }
                self.skip("}")?;
            }
            self.skip("}")?;
            if self.skip(",").is_none() {
                break;
            }
        }
        self.skip("]")
    }

    /// Fingerprints up to and with the closing bracket.
    fn sentences(&mut self) -> Option<()> {
        if self.skip("]").is_some() {
            return Some(());
        }
        loop {
            self.skip("\"")?;
            self.quoted()?;
            if self.skip(",").is_none() {
                break;
            }
        }
        self.skip("]")
    }

    /// `2026-11-22"`
    fn day(&mut self) -> Option<Date> {
        let (day, rest) = self.rest.split_at_checked(10)?;
        let day = day.as_bytes();
        let digits = |from: usize, to: usize| {
            day[from..to].iter().try_fold(0_i16, |number, digit| {
                let digit = digit.is_ascii_digit().then(|| digit - b'0')?;
                Some(number * 10 + i16::from(digit))
            })
        };
        let small = |number: i16| i8::try_from(number).ok();
        if (day[4], day[7]) != (b'-', b'-') {
            return None;
        }
        let date = Date::new(digits(0, 4)?, small(digits(5, 7)?)?, small(digits(8, 10)?)?);
        self.rest = rest;
        self.skip("\"")?;
        date.ok()
    }

    /// Goes on behind this text; `None`, and no step, where another one stands here.
    fn skip(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Goes on behind the closing quotation mark. The escapes of four digits are left to the reader: halves of pairs may stand
    /// among them.
    fn quoted(&mut self) -> Option<Quoted<'l>> {
        let bytes = self.rest.as_bytes();
        let (mut at, mut plain) = (0, true);
        loop {
            let rest = bytes.get(at..)?;
            at += rest.iter().position(|&byte| STOPS[usize::from(byte)])?;
            match bytes[at] {
                b'"' => break,
                b'\\' => {
                    plain = false;
                    let escapes = b"\"\\/bfnrt";
                    if !escapes.contains(bytes.get(at + 1)?) {
                        return None;
                    }
                    at += 2;
                }
                _ => return None,
            }
        }
        let text = &self.rest[..at];
        self.rest = &self.rest[at + 1..];
        Some(Quoted { text, plain })
    }
}

/// Reads a fingerprint: 16 digits or letters a to f.
pub(super) fn fingerprint(digits: &[u8]) -> Option<u64> {
    if digits.len() != 16 {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        Some(number << 4 | u64::from(value))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::record::tests::decision;
    use super::super::{Decision, SideBasis, record};
    use super::*;

    /// The glimpse of a line, and what the decision stands on.
    fn seen(line: &[u8]) -> Option<(Glimpse<'_>, Vec<Ground<'_>>)> {
        let mut grounds = Vec::new();
        let glimpse = glimpse(line, |ground| grounds.push(ground))?;
        Some((glimpse, grounds))
    }

    /// Whether a glimpse tells of the line what reading it does.
    fn agrees(line: &[u8]) -> bool {
        let Some((glimpse, grounds)) = seen(line) else {
            return true;
        };
        let text = std::str::from_utf8(line).expect("a glimpse is of UTF-8 only");
        let read = record::read(text).unwrap_or_else(|error| panic!("{error:?}: {text}"));
        let mut sides: Vec<Vec<&str>> = Vec::new();
        for ground in grounds {
            match (ground, sides.last_mut()) {
                (Ground::Side, _) => sides.push(Vec::new()),
                (Ground::Article(id), Some(side)) => side.push(id),
                (Ground::Article(_), None) => return false,
            }
        }
        let known = |(side, seen): (&SideBasis, &Vec<&str>)| {
            seen.iter().all(|id| side.evidence.contains_key(*id))
                && side.evidence.keys().all(|id| seen.contains(&&**id))
        };
        format!("{:016x}", glimpse.id) == read.id
            && (glimpse.verdict, glimpse.date) == (read.verdict, read.date)
            && glimpse.claim == read.on.claim
            && sides.len() == read.on.sides.len()
            && read.on.sides.iter().zip(&sides).all(known)
    }

    fn written(decision: &Decision) -> String {
        record::write(decision).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn every_kind_and_verdict_that_is_written_is_seen() {
        for verdict in Verdict::ALL {
            for kind in Kind::ALL {
                let mut one = decision(0x0123_4567_89ab_cdef, verdict);
                one.on.kind = kind;
                for (reason, reviewer, expires) in [
                    (one.reason.clone(), one.reviewer.clone(), one.expires),
                    (String::new(), None, None),
                    ("Zoë".to_owned(), Some("李".to_owned()), None),
                ] {
                    let one = Decision {
                        reason,
                        reviewer,
                        expires,
                        ..one.clone()
                    };
                    let line = written(&one);
                    let (glimpse, grounds) = seen(line.as_bytes()).expect("seen");
                    assert_eq!(glimpse.id, 0x0123_4567_89ab_cdef);
                    assert!(agrees(line.as_bytes()), "{line}");
                    assert_eq!(
                        grounds,
                        [
                            Ground::Side,
                            Ground::Article("dawn"),
                            Ground::Side,
                            Ground::Article("dusk")
                        ]
                    );
                }
            }
        }
    }

    #[test]
    fn a_line_without_sides_or_evidence_is_seen() {
        let mut one = decision(1, Verdict::Confirmed);
        one.on.sides[0].evidence = BTreeMap::new();
        assert!(seen(written(&one).as_bytes()).is_some() && agrees(written(&one).as_bytes()));
        one.on.sides.clear();
        let line = written(&one);
        assert_eq!(seen(line.as_bytes()).expect("seen").1, []);
    }

    #[test]
    fn whatever_is_changed_in_a_line_the_glimpse_is_true_or_none() {
        let line = written(&decision(7, Verdict::Dismissed));
        let whole = line.as_bytes();
        for cut in 0..whole.len() {
            assert_eq!(seen(&whole[..cut]), None, "{}", &line[..cut]);
        }
        for at in 0..whole.len() {
            for byte in [
                b'"', b'\\', b'{', b'}', b',', b'0', b'z', b'u', b'\t', b'\n', 0xff, 0xc3,
            ] {
                let mut changed = whole.to_vec();
                changed[at] = byte;
                assert!(agrees(&changed), "{byte} at {at}");
                changed.insert(at, byte);
                assert!(agrees(&changed), "{byte} twice at {at}");
                changed.drain(at..at + 2);
                assert!(agrees(&changed), "without {at}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_words_are_seen_truly(
            reason in any::<String>(), claim in any::<String>(), article in any::<String>(), position in any::<Option<String>>(),
            from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
        ) {
            let mut one = decision(9, Verdict::Confirmed);
            one.reason = reason;
            one.on.claim = claim;
            one.on.sides[0].position = position;
            one.on.sides[1].evidence.insert(article, vec!["0".to_owned()]);
            let line = written(&one);
            prop_assert!(agrees(line.as_bytes()));
            // A piece of the line taken out.
            let (from, to) = (from.index(line.len()), to.index(line.len()));
            let mut holed = line.into_bytes();
            holed.drain(from.min(to)..from.max(to));
            prop_assert!(agrees(&holed));
        }
    }
}
