//! What a line of the ledger shows at a glance: which divergence, what, when, and on which claim and articles. Nothing is copied
//! or allocated and little of the line is looked at, so that a ledger of many years costs a run next to nothing.
//!
//! Only the layout that [`record::write`](super::record::write) gives is known: its beginning up to the articles, and the day at its
//! end. Of all other lines there is no glimpse, and they must be read: those that were written by hand, that were cut short
//! wherever it may be, or that are damaged in these places.
//!
//! What a glimpse does not show is whether the rest of the line is sound: the fingerprints, the reason, the reviewer, and the day up
//! to which the decision counts. A decision may count only when its line was read.

use jiff::civil::Date;
use memchr::memchr2;

use super::Verdict;

/// The part of a decision that tells whether it matters to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glimpse<'l> {
    /// The divergence's fingerprint.
    pub id: u64,
    /// What was decided.
    pub verdict: Verdict,
    /// The day of the decision.
    pub date: Date,
    /// Id of the claim, as bytes: whether they are UTF-8 is not looked at.
    pub claim: &'l [u8],
    /// What the decision stands on, for [`grounds`].
    sides: &'l [u8],
}

/// One after the other, what a decision stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground<'l> {
    /// A side begins.
    Side,
    /// An article of the side that began last, by its id.
    Article(&'l [u8]),
}

/// Looks at the beginning and the end of a line without its line feed.
pub(super) fn glimpse(line: &[u8]) -> Option<Glimpse<'_>> {
    // Among words a quotation mark has a backslash before it, so this end stands nowhere else: a line that was cut is known.
    let (rest, day) = line.strip_suffix(b"\"}")?.split_last_chunk::<10>()?;
    let date = date(day)?;
    let mut eye = Eye {
        rest: rest.strip_suffix(b",\"date\":\"")?,
    };
    eye.skip(b"{\"id\":\"")?;
    let id = fingerprint(eye.take(16)?)?;
    eye.skip(b"\",\"verdict\":\"")?;
    let verdict = eye.words()?;
    let verdict = Verdict::ALL
        .into_iter()
        .find(|known| known.name().as_bytes() == verdict)?;
    eye.skip(b",\"on\":{\"claim\":\"")?;
    let claim = eye.words()?;
    eye.skip(b",\"sides\":[")?;
    Some(Glimpse {
        id,
        verdict,
        date,
        claim,
        sides: eye.rest,
    })
}

/// Looks further, at what the decision stands on. It goes to `ground`; where the layout is another one after all, `None` is given,
/// and what came there means nothing.
pub(super) fn grounds<'l>(seen: &Glimpse<'l>, ground: impl FnMut(Ground<'l>)) -> Option<()> {
    let mut eye = Eye { rest: seen.sides };
    eye.sides(ground)?;
    eye.skip(b",\"kind\":\"")
}

/// What is still to be looked at.
struct Eye<'l> {
    rest: &'l [u8],
}

impl<'l> Eye<'l> {
    /// The sides up to and with the closing bracket.
    fn sides(&mut self, mut ground: impl FnMut(Ground<'l>)) -> Option<()> {
        if self.skip(b"]").is_some() {
            return Some(());
        }
        loop {
            ground(Ground::Side);
            self.skip(b"{\"position\":")?;
            if self.skip(b"\"").is_some() {
                self.words()?;
            } else {
                self.skip(b"null")?;
            }
            if self.skip(b",\"says\":\"").is_some() {
                self.take(16)?;
                self.skip(b"\"")?;
            }
            self.skip(b",\"evidence\":{")?;
            if self.skip(b"}").is_none() {
                loop {
                    self.skip(b"\"")?;
                    ground(Ground::Article(self.words()?));
                    self.skip(b":[")?;
                    self.sentences()?;
                    if self.skip(b",").is_none() {
                        break;
                    }
                }
                self.skip(b"}")?;
            }
            self.skip(b"}")?;
            if self.skip(b",").is_none() {
                break;
            }
        }
        self.skip(b"]")
    }

    /// Fingerprints up to and with the closing bracket. They are all of one length, so only what stands between them is looked at.
    fn sentences(&mut self) -> Option<()> {
        if self.skip(b"]").is_some() {
            return Some(());
        }
        loop {
            self.skip(b"\"")?;
            self.take(16)?;
            self.skip(b"\"")?;
            if self.skip(b",").is_none() {
                break;
            }
        }
        self.skip(b"]")
    }

    /// Goes on behind this text; `None`, and no step, where another one stands here.
    fn skip(&mut self, text: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// Goes on behind so many bytes, and gives them.
    fn take(&mut self, bytes: usize) -> Option<&'l [u8]> {
        let (taken, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(taken)
    }

    /// Goes on behind the closing quotation mark, and gives what stands before it. Words with escapes are left to the reader.
    fn words(&mut self) -> Option<&'l [u8]> {
        let end = memchr2(b'"', b'\\', self.rest)?;
        let words = self.take(end)?;
        self.skip(b"\"")?;
        Some(words)
    }
}

/// Reads `2026-11-22`; `None` for everything else, and for days that no calendar has.
fn date(day: &[u8; 10]) -> Option<Date> {
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
    Date::new(digits(0, 4)?, small(digits(5, 7)?)?, small(digits(8, 10)?)?).ok()
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
        let glimpse = glimpse(line)?;
        super::grounds(&glimpse, |ground| grounds.push(ground))?;
        Some((glimpse, grounds))
    }

    /// Whether a glimpse tells of the line what reading it does. Where there is none or the line cannot be read, it cannot mislead.
    fn agrees(line: &[u8]) -> bool {
        // Bytes that are no UTF-8 make a line that cannot be read.
        let Ok(text) = std::str::from_utf8(line) else {
            return true;
        };
        let (Some((glimpse, grounds)), Ok(read)) = (seen(line), record::read(text)) else {
            return true;
        };
        let mut sides: Vec<Vec<&[u8]>> = Vec::new();
        for ground in grounds {
            match (ground, sides.last_mut()) {
                (Ground::Side, _) => sides.push(Vec::new()),
                (Ground::Article(id), Some(side)) => side.push(id),
                (Ground::Article(_), None) => return false,
            }
        }
        let known = |(side, seen): (&SideBasis, &Vec<&[u8]>)| {
            side.evidence.keys().all(|id| seen.contains(&id.as_bytes()))
                && seen.len() >= side.evidence.len()
        };
        format!("{:016x}", glimpse.id) == read.id
            && (glimpse.verdict, glimpse.date) == (read.verdict, read.date)
            && glimpse.claim == read.on.claim.as_bytes()
            && sides.len() == read.on.sides.len()
            && read.on.sides.iter().zip(&sides).all(known)
    }

    fn written(decision: &Decision) -> String {
        record::write(decision).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn every_verdict_that_is_written_is_seen() {
        for verdict in Verdict::ALL {
            let one = decision(0x0123_4567_89ab_cdef, verdict);
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
                        Ground::Article(b"dawn"),
                        Ground::Side,
                        Ground::Article(b"dusk")
                    ]
                );
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
    fn a_line_that_is_cut_anywhere_is_not_seen() {
        let mut one = decision(7, Verdict::Dismissed);
        // Words that look like the end of a line.
        one.reason = "},\"date\":\"2026-11-22\"}}".to_owned();
        one.reviewer = Some(one.reason.clone());
        let line = written(&one);
        assert!(seen(line.as_bytes()).is_some());
        for cut in 0..line.len() {
            assert_eq!(
                glimpse(&line.as_bytes()[..cut]),
                None,
                "{:?}",
                line.get(..cut)
            );
        }
    }

    #[test]
    fn whatever_is_changed_in_a_line_the_glimpse_is_true_or_none() {
        let line = written(&decision(7, Verdict::Dismissed));
        let whole = line.as_bytes();
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

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |text: &str| date(text.as_bytes().first_chunk()?);
        assert_eq!(day("2024-02-29"), Some(jiff::civil::date(2024, 2, 29)));
        for wrong in [
            "2023-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-010",
            "2026/11/22",
            "+026-11-22",
        ] {
            assert_eq!(day(wrong), None, "{wrong}");
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
            one.on.sides[1].evidence.insert(article, vec!["0123456789abcdef".to_owned()]);
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
