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
use memchr::memrchr_iter;

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
    /// From the sides on, for [`Self::grounds`].
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
    let rest = line.strip_suffix(b"\"}")?;
    let (rest, day) = rest.split_last_chunk::<10>()?;
    let mut eye = Eye {
        rest: rest.strip_suffix(b",\"date\":\"")?,
    };
    let date = date(day)?;
    eye.skip(b"{\"id\":\"")?;
    let id = fingerprint(eye.take::<16>()?)?;
    eye.skip(b"\",\"verdict\":\"")?;
    let verdict = eye.verdict()?;
    eye.skip(b"\",\"on\":{\"claim\":\"")?;
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

impl<'l> Glimpse<'l> {
    /// Looks further, at what the decision stands on. It goes to `ground`, and the length of [`Self::sides_text`] is given; where the layout
    /// is another one after all, `None`, and what came there means nothing.
    pub fn grounds(&self, ground: impl FnMut(Ground<'l>)) -> Option<usize> {
        let mut eye = Eye { rest: self.sides };
        eye.sides(ground)?;
        eye.skip(b",\"kind\":\"")?;
        Some(self.sides.len() - eye.rest.len())
    }

    /// The sides and what always follows them, which is looked for from the end, as the sides are the longest part of a line. It stands
    /// nowhere else: among words a quotation mark has a backslash before it. In a damaged line it may all the same.
    pub fn sides_text(&self) -> Option<&'l [u8]> {
        const END: &[u8] = b"],\"kind\":\"";
        let mut ends = memrchr_iter(b']', self.sides);
        let end = ends.find(|&end| self.sides[end..].starts_with(END))?;
        Some(&self.sides[..end + END.len()])
    }
}

/// What is still to be looked at.
struct Eye<'l> {
    rest: &'l [u8],
}

impl<'l> Eye<'l> {
    /// The name of a verdict.
    fn verdict(&mut self) -> Option<Verdict> {
        use Verdict::{Confirmed, Dismissed, Later, Open};
        let skipped = match self.rest.first()? {
            b'c' => (self.skip(b"confirmed"), Confirmed),
            b'd' => (self.skip(b"dismissed"), Dismissed),
            b'l' => (self.skip(b"later"), Later),
            _ => (self.skip(b"open"), Open),
        };
        skipped.0.map(|()| skipped.1)
    }

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
                self.take::<16>()?;
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
            let (&[b'"', .., b'"', end], rest) = self.rest.split_first_chunk::<19>()? else {
                return None;
            };
            self.rest = rest;
            match end {
                b',' => {}
                b']' => return Some(()),
                _ => return None,
            }
        }
    }

    /// Goes on behind this text; `None`, and no step, where another one stands here. Its length is known when the program is built, so
    /// that it is compared in one or two steps.
    fn skip<const LENGTH: usize>(&mut self, text: &[u8; LENGTH]) -> Option<()> {
        let (here, rest) = self.rest.split_first_chunk::<LENGTH>()?;
        if here != text {
            return None;
        }
        self.rest = rest;
        Some(())
    }

    /// Goes on behind so many bytes, and gives them.
    fn take<const BYTES: usize>(&mut self) -> Option<&'l [u8; BYTES]> {
        let (taken, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(taken)
    }

    /// Goes on behind the closing quotation mark, and gives what stands before it. Words with escapes are left to the reader.
    fn words(&mut self) -> Option<&'l [u8]> {
        let end = quote_or_backslash(self.rest)?;
        let (words, rest) = self.rest.split_at(end);
        self.rest = rest.strip_prefix(b"\"")?;
        Some(words)
    }
}

/// A byte in each place of a word.
const fn each(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// Where the first quotation mark or backslash stands. Eight bytes are looked at in one step: the words of a ledger are too short for
/// what searches long texts fast.
fn quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    // The high bit of each byte that is zero. Bytes behind the first such may be marked too, those before it never.
    let zeros = |word: u64| word.wrapping_sub(each(1)) & !word & each(0x80);
    let (words, rest) = bytes.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ each(b'"')) | zeros(word ^ each(b'\\'));
        if found != 0 {
            return Some(at * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let found = rest.iter().position(|&byte| matches!(byte, b'"' | b'\\'))?;
    Some(bytes.len() - rest.len() + found)
}

/// Reads `2026-11-22`; `None` for everything else, and for days that no calendar has.
fn date(day: &[u8; 10]) -> Option<Date> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = day else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|digit| digit.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits.map(|digit| digit as i8);
    let year = |tens: i8, ones: i8| i16::from(tens * 10 + ones);
    Date::new(
        year(y1, y2) * 100 + year(y3, y4),
        m1 * 10 + m2,
        d1 * 10 + d2,
    )
    .ok()
}

/// Reads a fingerprint: 16 digits or letters a to f.
pub(super) fn fingerprint(digits: &[u8]) -> Option<u64> {
    let ([high, low], []) = digits.as_chunks::<8>() else {
        return None;
    };
    Some(u64::from(half(*high)?) << 32 | u64::from(half(*low)?))
}

/// Eight digits of a fingerprint, all in one step: a ledger holds more of them than anything else.
fn half(digits: [u8; 8]) -> Option<u32> {
    let word = u64::from_be_bytes(digits);
    // Letters have this bit, digits have not.
    let letters = (word >> 6) & each(1);
    let mut value = (word & each(0x0f)) + letters * 9;
    // What they would be written as. It is another text where they are anything but digits or letters a to f.
    let tens = ((value + each(0x80 - 10)) >> 7) & each(1);
    let written = value + each(b'0') + tens * u64::from(b'a' - b'0' - 10);
    if written != word || value & each(0xf0) != 0 {
        return None;
    }
    value = (value | value >> 4) & 0x00ff_00ff_00ff_00ff;
    value = (value | value >> 8) & 0x0000_ffff_0000_ffff;
    Some((value | value >> 16) as u32)
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
        let length = glimpse.grounds(|ground| grounds.push(ground))?;
        assert!(
            glimpse
                .sides_text()
                .is_some_and(|text| text.len() >= length)
        );
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

    #[test]
    fn each_byte_of_a_fingerprint_is_looked_at() {
        for at in 0..16 {
            for byte in 0..=u8::MAX {
                let mut digits = *b"0123456789abcdef";
                digits[at] = byte;
                let text = std::str::from_utf8(&digits).ok();
                let lower = text.filter(|text| {
                    text.bytes()
                        .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
                });
                let read = lower.and_then(|text| u64::from_str_radix(text, 16).ok());
                assert_eq!(fingerprint(&digits), read, "{byte} at {at}");
            }
        }
        assert_eq!(fingerprint(b"0123456789abcde"), None);
        assert_eq!(fingerprint(b"0123456789abcdef01234567"), None);
        assert_eq!(fingerprint(b""), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn words_end_where_the_first_mark_stands(bytes in prop::collection::vec(prop_oneof![Just(b'"'), Just(b'\\'), Just(b'!'), Just(b'#'), any::<u8>()], 0..40)) {
            prop_assert_eq!(quote_or_backslash(&bytes), memchr::memchr2(b'"', b'\\', &bytes));
            let plain: Vec<u8> = bytes.iter().map(|&byte| if matches!(byte, b'"' | b'\\') { byte ^ 0x80 } else { byte }).collect();
            prop_assert_eq!(quote_or_backslash(&plain), None);
        }

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
