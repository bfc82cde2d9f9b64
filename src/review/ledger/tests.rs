use std::fs;
use std::time::SystemTime;

use jiff::civil::date;
use proptest::prelude::*;

use super::super::Verdict::{self, Confirmed, Dismissed, Later, Open};
use super::super::footing::{Footings, Known};
use super::super::record::tests::decision;
use super::intake::GULP;
use super::kept::{Keeping, note};
use super::stamp::Seen;
use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn file(folder: &tempfile::TempDir) -> PathBuf {
    folder.path().join("reviews.jsonl")
}

/// Lines as a ledger holds them, without their line feeds.
fn line(id: u64, verdict: Verdict) -> String {
    record::write(&decision(id, verdict)).trim_end().to_owned()
}

fn load(bytes: impl AsRef<[u8]>) -> Ledger {
    let folder = folder();
    fs::write(file(&folder), bytes).expect("written");
    Ledger::load(&file(&folder))
}

fn verdicts(ledger: &Ledger) -> Vec<(u64, Verdict)> {
    let standing = ledger
        .all_standing()
        .filter_map(|entry| ledger.decision(entry));
    standing
        .map(|one| {
            (
                u64::from_str_radix(&one.id, 16).expect("an id"),
                one.verdict,
            )
        })
        .collect()
}

fn codes(ledger: &Ledger) -> Vec<&'static str> {
    ledger.problems().iter().map(|found| found.code).collect()
}

#[test]
fn what_is_appended_is_there_again() {
    let folder = folder();
    let path = file(&folder);
    let mut ledger = Ledger::load(&path);
    assert!(verdicts(&ledger).is_empty() && !path.exists());
    ledger
        .append(&[decision(1, Confirmed), decision(2, Later)])
        .expect("written");
    ledger.append(&[decision(2, Dismissed)]).expect("written");
    for ledger in [ledger, Ledger::load(&path)] {
        assert_eq!(verdicts(&ledger), [(1, Confirmed), (2, Dismissed)]);
        assert!(ledger.problems().is_empty());
    }
    assert_eq!(fs::read_to_string(&path).expect("read").lines().count(), 3);
}

#[test]
fn the_latest_day_counts_whatever_the_order_and_then_the_lower_line() {
    let mut early = decision(1, Dismissed);
    early.date = date(2026, 1, 1);
    let (early, late) = (
        record::write(&early),
        record::write(&decision(1, Confirmed)),
    );
    for text in [format!("{early}{late}"), format!("{late}{early}")] {
        assert_eq!(verdicts(&load(text)), [(1, Confirmed)]);
    }
    let text = format!("{late}{}", record::write(&decision(1, Open)));
    assert_eq!(verdicts(&load(text)), [(1, Open)]);
}

#[test]
fn a_decision_that_would_not_count_is_refused() {
    let folder = folder();
    let mut ledger = Ledger::load(&file(&folder));
    ledger.append(&[decision(1, Confirmed)]).expect("written");
    let before = fs::read(file(&folder)).expect("read");
    let mut early = decision(1, Dismissed);
    early.date = date(2026, 11, 21);
    let refused = ledger.append(&[decision(2, Confirmed), early]);
    assert!(matches!(refused, Err(AppendError::Earlier { .. })));
    assert_eq!(fs::read(file(&folder)).expect("read"), before);
    assert_eq!(verdicts(&ledger), [(1, Confirmed)]);
}

#[test]
fn broken_lines_are_told_with_their_place_and_spoil_no_other() {
    let text = format!(
        "\u{feff}{}\r\n\n  \nnot JSON\n{}\n<<<<<<< HEAD\n{}\n",
        line(1, Confirmed),
        line(2, Later).replace("later", "sometime"),
        line(3, Dismissed),
    );
    let ledger = load(&text);
    assert_eq!(verdicts(&ledger), [(1, Confirmed), (3, Dismissed)]);
    let told: Vec<_> = ledger
        .problems()
        .iter()
        .map(|found| (found.code, found.line_column().map(|(line, _)| line)))
        .collect();
    assert_eq!(
        told,
        [
            ("review/broken", Some(4)),
            ("review/broken", Some(5)),
            ("review/merge", Some(6))
        ]
    );
    for problem in ledger.problems() {
        let (source, span) = (problem.source.as_ref(), problem.labels[0].span);
        assert!(source.is_some_and(|source| source.text().get(span.start..span.end).is_some()));
    }
}

#[test]
fn lines_longer_and_shorter_than_a_gulp_are_told_apart() {
    let mut text = String::new();
    let mut expected = Vec::new();
    for (id, length) in [(1, 10), (2, GULP), (3, 3 * GULP), (4, 7), (5, GULP - 400)] {
        let mut one = decision(id, Confirmed);
        one.reason = "x".repeat(length);
        text += &record::write(&one);
        text += "\n\n";
        expected.push(one);
    }
    let ledger = load(text + "{");
    let read = ledger
        .all_standing()
        .filter_map(|entry| ledger.decision(entry));
    assert!(read.eq(&expected));
    let places: Vec<_> = ledger.problems().iter().map(Problem::line_column).collect();
    assert_eq!(
        (codes(&ledger), places),
        (vec!["review/torn"], vec![Some((16, 1))])
    );
}

#[test]
fn of_many_broken_lines_the_rest_is_counted() {
    let ledger = load("x\n".repeat(MOST_BROKEN + 5));
    assert_eq!(ledger.problems().len(), MOST_BROKEN + 1);
    let last = &ledger.problems()[MOST_BROKEN];
    assert_eq!(last.message, "5 more lines of the ledger cannot be read");
}

#[test]
fn damage_in_the_rest_of_a_line_is_told_when_the_decision_is_asked_for() {
    let mut early = decision(1, Dismissed);
    early.date = date(2026, 1, 1);
    let mut bytes = record::write(&early).into_bytes();
    bytes.extend(line(1, Confirmed).replace("Ada", "\u{1}").bytes());
    let at = bytes.iter().position(|&byte| byte == 1).expect("there");
    bytes[at] = 0xff;
    bytes.extend(b"\n");
    bytes.extend(line(2, Dismissed).replace("reviewer", "revjewer").bytes());
    let ledger = load(&bytes);
    assert_eq!((codes(&ledger), ledger.decisions_read()), (vec![], 0));
    // It does not count, and the one before it does.
    let standing = |id: u64| ledger.standing(&format!("{id:016x}"));
    assert_eq!(standing(1), Some(&early));
    assert_eq!(standing(2), None);
    assert_eq!(ledger.decisions_read(), 3);
    let told: Vec<_> = ledger
        .entries
        .iter()
        .map(|entry| ledger.damage(entry))
        .collect();
    let told: Vec<_> = told
        .into_iter()
        .map(|told| told.map(|told| (told.code, told.line_column().map(|(line, _)| line))))
        .collect();
    assert_eq!(
        told,
        [
            None,
            Some(("review/broken", Some(2))),
            Some(("review/broken", Some(3)))
        ]
    );
    let mut ledger = load(&bytes);
    ledger.check_all();
    assert_eq!(codes(&ledger), ["review/broken", "review/broken"]);
    assert_eq!(verdicts(&ledger), [(1, Dismissed)]);
}

#[test]
fn damage_at_the_beginning_or_the_end_is_told_at_once() {
    let whole = line(1, Confirmed);
    for (from, to) in [
        ("{\"id\"", "{\"id"),
        ("0001\"", "000g\""),
        ("confirmed", "confirmes"),
        ("2026-11-22", "2026-11-32"),
        ("2026-11-22\"}", "2026-11-22\"]"),
        ("\"sides\":[", "\"sides\":("),
        ("{\"dawn\":[", "{\"dawn\",["),
    ] {
        let damaged = whole.replacen(from, to, 1);
        assert_ne!(damaged, whole, "{from}");
        let ledger = load(format!("{damaged}\n{}", line(2, Dismissed)));
        assert_eq!(codes(&ledger), ["review/broken"], "{damaged}");
        assert_eq!(verdicts(&ledger), [(2, Dismissed)]);
    }
}

#[test]
fn keys_in_another_order_are_read() {
    let one = decision(1, Confirmed);
    let text = line(1, Confirmed);
    let (before, after) = text.split_once(",\"on\":").expect("a basis");
    let (on, rest) = after.split_once(",\"reason\"").expect("a reason");
    let rest = rest.strip_suffix('}').expect("the end");
    let ledger = load(format!("{before},\"reason\"{rest},\"on\":{on}}}\n"));
    assert_eq!(ledger.standing(&one.id), Some(&one));
    assert!(codes(&ledger).is_empty());
}

#[test]
fn only_the_claims_that_are_asked_for_are_kept() {
    let folder = folder();
    let mut other = decision(2, Dismissed);
    other.on.claim = "mill-reopening".to_owned();
    let text = format!("{}\n{}broken\n", line(1, Confirmed), record::write(&other));
    fs::write(file(&folder), text).expect("written");
    for (claims, kept) in [
        (vec![], vec![]),
        (vec!["mill-reopening"], vec![(2, Dismissed)]),
        (vec!["mill-fire-cause", "elsewhere"], vec![(1, Confirmed)]),
    ] {
        let ledger = Ledger::load_for(&file(&folder), claims);
        assert_eq!(verdicts(&ledger), kept);
        assert_eq!(codes(&ledger), ["review/broken"]);
    }
}

#[test]
fn claims_may_be_told_while_the_ledger_is_read() {
    struct Told<'a>(&'a [u8], &'a Asked, usize);
    impl Read for Told<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.2 = self.2.saturating_sub(1);
            if self.2 == 0 {
                self.1.tell(["mill-reopening"]);
            }
            let length = buffer.len().min(700);
            self.0.read(&mut buffer[..length])
        }
    }
    let mut text = String::new();
    for id in 0..20 {
        let mut one = decision(id, Confirmed);
        if id % 3 == 0 {
            one.on.claim = "mill-reopening".to_owned();
        }
        text += &record::write(&one);
    }
    for reads in 1..30 {
        let asked = Asked::default();
        let mut ledger = Ledger::empty(Path::new("reviews.jsonl"));
        let mut input = Told(text.as_bytes(), &asked, reads);
        let taken = Intake::of(&mut ledger, Some(&asked)).take_in(&mut input);
        assert!(taken.is_ok());
        ledger.store = Store::Memory(text.clone().into_bytes());
        asked.tell(["mill-reopening"]);
        let kept = verdicts(&settled(ledger, &asked));
        let expected = (0..20).step_by(3).map(|id| (id, Confirmed));
        assert_eq!(kept, expected.collect::<Vec<_>>());
    }
}

#[test]
fn what_is_told_does_not_hang_on_when_the_claims_are() {
    let folder = folder();
    let path = file(&folder);
    let mut other = decision(1, Dismissed);
    other.on.claim = "mill-reopening".to_owned();
    let other = record::write(&other);
    let damaged = other.replacen("{\"dawn\":[", "{\"dawn\",[", 1);
    // The same divergence under another claim, and a line that is damaged where only those are looked at that are asked for.
    fs::write(&path, format!("{}\n{other}{damaged}", line(1, Confirmed))).expect("written");
    for claim in ["mill-fire-cause", "mill-reopening", "none"] {
        let early = Ledger::load_for(&path, [claim]);
        let asked = Asked::default();
        let late = Ledger::load_asked(&path, &asked, None);
        assert_eq!(late.entries.len(), 2);
        asked.tell([claim]);
        let late = settled(late, &asked);
        assert_eq!(
            (verdicts(&late), codes(&late)),
            (verdicts(&early), codes(&early))
        );
        assert_eq!(codes(&late).len(), usize::from(claim == "mill-reopening"));
    }
}

/// A line as it may stand in a ledger after years, with its end: of any layout, whole or damaged.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let verdict = prop::sample::select(&Verdict::ALL[..]);
    let claim = prop::sample::select(&["mill-fire-cause", "mill-reopening"][..]);
    let article = prop::sample::select(&["dawn", "noon", "dusk \"late\""][..]);
    let end = prop::sample::select(&["\n", "\n", "\r\n", " \n\n", "\n\n"][..]);
    let damage = prop::option::weighted(
        0.3,
        (any::<prop::sample::Index>(), prop::option::of(any::<u8>())),
    );
    (
        0_u64..4,
        verdict,
        1_i8..4,
        claim,
        article,
        0..5,
        damage,
        end,
    )
        .prop_map(|(id, verdict, day, claim, article, layout, damage, end)| {
            let mut one = decision(id, verdict);
            one.date = date(2026, 11, day);
            one.on.claim = claim.to_owned();
            one.on.sides[0].evidence =
                std::collections::BTreeMap::from([(article.to_owned(), Vec::new())]);
            let mut line = record::write(&one).trim_end().to_owned();
            match layout {
                0 => {
                    // The order of an earlier version, with the day before the reason.
                    let day = format!(",\"date\":\"{}\"", one.date);
                    line = line.replace(&day, "");
                    line = line.replace(",\"on\":", &format!("{day},\"on\":"));
                }
                1 => line = line.replace(",\"", ", \""),
                _ => {}
            }
            let mut line = line.into_bytes();
            match damage {
                Some((at, Some(byte))) => {
                    let at = at.index(line.len());
                    line[at] = byte;
                }
                Some((at, None)) => line.truncate(at.index(line.len())),
                None => {}
            }
            line.extend(end.bytes());
            line
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn looking_at_little_gives_what_reading_all_does(
        lines in prop::collection::vec(any_line(), 0..25), mark in any::<bool>(), open in any::<bool>(),
    ) {
        let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(lines.concat());
        if open {
            bytes.pop();
        }
        let mut read = Vec::new();
        let mut broken = Vec::new();
        for (nth, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            let text = String::from_utf8_lossy(line);
            match read_line(&text, std::str::from_utf8(line).is_ok()) {
                Some(Ok(decision)) => read.push(decision),
                Some(Err(_)) => broken.push(Some(nth + 1)),
                None => {}
            }
        }
        let folder = folder();
        fs::write(file(&folder), &bytes).expect("written");
        let known = Known::new(["mill-reopening"].into_iter(), ["dusk", "noon"].into_iter());
        for asked in [None, Some(vec!["mill-fire-cause"]), Some(vec!["mill-reopening"]), Some(vec![])] {
            let ledger = match &asked {
                None => Ledger::load(&file(&folder)),
                Some(claims) => Ledger::load_for(&file(&folder), claims.iter().copied()),
            };
            if let Some(claims) = &asked {
                let told = Asked::default();
                let late = Ledger::load_asked(&file(&folder), &told, None);
                told.tell(claims.iter().copied());
                let late = settled(late, &told);
                prop_assert_eq!(late.entries.len(), ledger.entries.len());
                prop_assert_eq!(codes(&late), codes(&ledger));
            }
            let within = ledger.footings().within(&known);
            let is_asked = |one: &&Decision| asked.as_ref().is_none_or(|asked| asked.contains(&&*one.on.claim));
            let mut ids: Vec<&str> = read.iter().map(|one| &*one.id).collect();
            ids.extend(["0000000000000000", "0000000000000001"]);
            for id in ids {
                let on_it = read.iter().filter(is_asked).filter(|one| one.id == id);
                // Of equal days the last.
                let expected = on_it.max_by_key(|one| one.date);
                let number = fingerprint(id.as_bytes()).expect("an id");
                let entry = ledger.sound_of(number);
                prop_assert_eq!(entry.and_then(|entry| ledger.decision(entry)), expected);
                let could = expected.is_some_and(|one| {
                    // Damage may have changed an article of any side.
                    let run = |id: &String| matches!(&**id, "dusk" | "noon");
                    one.on.claim == "mill-reopening"
                        && one.on.sides.iter().all(|side| side.evidence.keys().any(run))
                });
                let found = entry.and_then(|entry| within.claim(entry.footing()));
                prop_assert_eq!(found.is_some(), could);
            }
        }
        let mut ledger = Ledger::load(&file(&folder));
        ledger.check_all();
        let told: Vec<_> = ledger.problems().iter().map(|told| told.line_column().map(|(line, _)| line)).collect();
        prop_assert_eq!(told, broken);
        prop_assert_eq!(ledger.entries.len(), read.len());
    }
}

#[test]
fn any_cut_loses_one_decision_at_most_and_the_next_is_safe() {
    let mut torn = decision(2, Dismissed);
    torn.reviewer = Some("Zoë".to_owned());
    let whole = format!("{}\n{}", line(1, Confirmed), record::write(&torn));
    let whole = whole.as_bytes();
    let kept = complete(&whole[..whole.len() - 1]) as usize;
    let folder = folder();
    for cut in kept..=whole.len() {
        fs::write(file(&folder), &whole[..cut]).expect("written");
        let mut ledger = Ledger::load(&file(&folder));
        let mut expected = vec![(1, Confirmed)];
        // Without its line feed a line is whole all the same.
        if cut + 1 >= whole.len() {
            expected.push((2, Dismissed));
            assert!(codes(&ledger).is_empty());
        } else if cut > kept {
            assert_eq!(codes(&ledger), ["review/torn"], "cut at {cut}");
            assert_eq!(ledger.problems()[0].level, crate::problem::Level::Warning);
        }
        assert_eq!(verdicts(&ledger), expected, "cut at {cut}");
        let before = Ledger::load(&file(&folder));
        ledger.append(&[decision(3, Later)]).expect("written");
        expected.push((3, Later));
        let again = Ledger::load(&file(&folder));
        assert_eq!(verdicts(&again), expected, "cut at {cut}");
        // In the middle of the file it is still known for what it is.
        assert_eq!(codes(&again), codes(&before), "cut at {cut}");
    }
}

#[test]
fn what_others_wrote_meanwhile_is_taken_in() {
    let folder = folder();
    let mut mine = Ledger::load(&file(&folder));
    let mut yours = Ledger::load(&file(&folder));
    assert!(
        mine.append(&[decision(1, Confirmed)])
            .expect("written")
            .is_empty()
    );
    let found = yours.append(&[decision(2, Dismissed)]).expect("written");
    assert_eq!(found, [decision(1, Confirmed)]);
    let found = mine.append(&[decision(3, Later)]).expect("written");
    assert_eq!(found, [decision(2, Dismissed)]);
    assert_eq!(
        verdicts(&mine),
        [(1, Confirmed), (2, Dismissed), (3, Later)]
    );
    // Git may put another file in its place, even a shorter one.
    fs::write(file(&folder), format!("{}\n", line(4, Confirmed))).expect("written");
    mine.append(&[decision(5, Later)]).expect("written");
    let again = Ledger::load(&file(&folder));
    assert_eq!(verdicts(&again), [(4, Confirmed), (5, Later)]);
}

#[test]
fn many_writers_lose_nothing() {
    let folder = folder();
    std::thread::scope(|scope| {
        for writer in 0..4_u64 {
            let path = file(&folder);
            scope.spawn(move || {
                for nth in 0..25 {
                    // Read anew each time, as separate runs do.
                    let mut ledger = Ledger::load(&path);
                    let one = decision(writer * 100 + nth, Confirmed);
                    ledger.append(&[one]).expect("written");
                }
            });
        }
    });
    let ledger = Ledger::load(&file(&folder));
    assert!(ledger.problems().is_empty());
    assert_eq!(verdicts(&ledger).len(), 100);
}

#[test]
fn what_cannot_be_a_ledger_is_told() {
    let folder = folder();
    let mut ledger = Ledger::load(folder.path());
    assert_eq!(codes(&ledger), ["review/unreadable"]);
    let refused = ledger.append(&[decision(1, Confirmed)]);
    assert!(matches!(refused, Err(AppendError::Io(_))));
    let mut nowhere = Ledger::load(&folder.path().join("no/reviews.jsonl"));
    assert!(codes(&nowhere).is_empty());
    let refused = nowhere.append(&[decision(1, Confirmed)]);
    assert!(matches!(refused, Err(AppendError::Io(_))));
    #[cfg(unix)]
    assert!(
        Ledger::load(Path::new("/dev/null"))
            .append(&[decision(1, Confirmed)])
            .is_err()
    );
}

/// So long after the files were written that they count as left alone.
fn later() -> SystemTime {
    SystemTime::now() + Duration::from_secs(60)
}

/// Keeps what is held even of a short ledger, at that time.
fn keeping(folder: &Path, now: SystemTime) -> Keeping<'_> {
    Keeping {
        folder,
        now,
        worth_it: 0,
        most_added: 5000,
    }
}

/// A ledger that is worth an index: its lines are long.
fn long_ledger(folder: &tempfile::TempDir) -> PathBuf {
    let mut text = String::new();
    for (id, verdict, day) in [
        (3, Confirmed, 22),
        (1, Dismissed, 22),
        (1, Confirmed, 21),
        (3, Open, 22),
        (2, Later, 23),
        (5, Confirmed, 22),
    ] {
        let mut one = decision(id, verdict);
        one.date = jiff::civil::date(2026, 11, day);
        if id == 3 {
            one.on.claim = "mill-reopening".to_owned();
        }
        one.reason = "why ".repeat(300_000);
        text += &record::write(&one);
    }
    fs::write(file(folder), text).expect("written");
    file(folder)
}

/// The articles that decisions in these tests stand on, and another.
fn known(articles: &[&str]) -> Known {
    let claims = ["mill-fire-cause", "mill-reopening"];
    Known::new(claims.into_iter(), articles.iter().copied())
}

/// In a run that found nothing but could have found everything.
fn settled(ledger: Ledger, asked: &Asked) -> Ledger {
    ledger.settled(asked, &HashSet::default(), &known(&["dawn", "dusk"]))
}

/// What a ledger tells a run of its decisions.
fn told(
    ledger: &Ledger,
    here: &[u64],
    articles: &[&str],
) -> impl PartialEq + std::fmt::Debug + use<> {
    let standing = here.iter().map(|id| {
        let decision = ledger.standing(&format!("{id:016x}"))?;
        Some((decision.verdict, decision.date))
    });
    let within = ledger.footings().within(&known(articles));
    let here = here.iter().copied().collect();
    let left = ledger.leftovers(&here, &within);
    let left = left.walk().map(|(claim, one)| {
        let mut fetched = Vec::new();
        let entries = ledger.latest_first_of(&one, &mut fetched);
        let (_, sides) = ledger.footings().sides(one.footing);
        let sides: Vec<Vec<u64>> = sides.map(<[u64]>::to_vec).collect();
        // Those that count in its place where it is damaged, as far as they are needed.
        let read = entries
            .iter()
            .map(|entry| (entry.place(), ledger.decision(entry).cloned()));
        let mut tried = Vec::new();
        for (place, decision) in read {
            let is_sound = decision.is_some();
            tried.push((place, decision));
            if is_sound {
                break;
            }
        }
        (claim, sides, tried)
    });
    (standing.collect::<Vec<_>>(), left.collect::<Vec<_>>())
}

/// Loaded through an index in that folder, with the claims told before or after, for a run with these divergences and articles.
fn indexed_for(
    path: &Path,
    kept_in: &Path,
    claims: &[&str],
    early: bool,
    here: &[u64],
    articles: &[&str],
) -> Ledger {
    let asked = Asked::default();
    if early {
        asked.tell(claims.iter().copied());
    }
    let ledger = Ledger::load_kept(path, Some(&asked), Some(&keeping(kept_in, later())));
    asked.tell(claims.iter().copied());
    ledger.settled(&asked, &here.iter().copied().collect(), &known(articles))
}

fn indexed(path: &Path, kept_in: &Path, claims: &[&str]) -> Ledger {
    indexed_for(
        path,
        kept_in,
        claims,
        true,
        &[0, 1, 2, 3, 4, 5],
        &["dawn", "dusk"],
    )
}

fn all_told(ledger: &Ledger) -> impl PartialEq + std::fmt::Debug + use<> {
    told(ledger, &[0, 1, 2, 3, 4, 5], &["dawn", "dusk"])
}

fn indexes(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.expect("listed").path()).collect()
}

#[test]
fn a_long_ledger_is_read_once_and_tells_the_same() {
    let folder = folder();
    let kept_in = folder.path().join("a/cache");
    let path = long_ledger(&folder);
    for claims in [
        &["mill-fire-cause"][..],
        &["mill-reopening"],
        &["mill-fire-cause", "mill-reopening"],
        &[],
    ] {
        let plain = Ledger::load_for(&path, claims.iter().copied());
        for early in [true, false] {
            for here in [&[][..], &[1], &[0, 1, 2, 3]] {
                for articles in [&[][..], &["dawn"], &["dawn", "dusk"], &["elsewhere"]] {
                    let _ = fs::remove_dir_all(&kept_in);
                    let load = || indexed_for(&path, &kept_in, claims, early, here, articles);
                    let first = load();
                    assert!(first.index.is_none());
                    assert_eq!(indexes(&kept_in).len(), 1);
                    let again = load();
                    assert!(again.index.is_some());
                    for ledger in [&first, &again] {
                        assert_eq!(told(ledger, here, articles), told(&plain, here, articles));
                        assert_eq!(codes(ledger), codes(&plain));
                        assert_eq!(ledger.read_to, plain.read_to);
                    }
                }
            }
        }
    }
}

/// Of a long history a run takes up what it needs.
#[test]
fn of_an_index_only_what_matters_is_taken() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    indexed(&path, &kept_in, &claims);
    let taken = |here: &[u64], articles: &[&str]| {
        let ledger = indexed_for(&path, &kept_in, &claims, true, here, articles);
        assert!(ledger.index.is_some());
        ledger
            .entries
            .iter()
            .map(|entry| entry.id)
            .collect::<Vec<_>>()
    };
    assert!(taken(&[], &["elsewhere"]).is_empty());
    assert_eq!(taken(&[1], &["elsewhere"]), [1]);
    // What the run could have found is left over, by its row alone.
    assert!(taken(&[], &["dawn", "dusk"]).is_empty());
    assert_eq!(taken(&[3, 2, 5], &["dawn", "dusk"]), [3, 2, 5]);
}

/// What the program itself has added is read, and the rest taken from the index.
#[test]
fn of_a_ledger_that_was_added_to_only_that_is_read() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    indexed(&path, &kept_in, &claims);
    let mut ledger = Ledger::load(&path);
    let mut new = [
        decision(4, Confirmed),
        decision(3, Dismissed),
        decision(1, Open),
    ];
    // One is earlier than what stands, as when a colleague's lines are merged; one has an equal day.
    new[0].date = jiff::civil::date(2026, 11, 24);
    new[1].on.claim = "mill-reopening".to_owned();
    ledger.append(&new[..2]).expect("appended");
    new[2].date = jiff::civil::date(2026, 11, 20);
    let mut file = OpenOptions::new().append(true).open(&path).expect("opened");
    file.write_all(record::write(&new[2]).as_bytes())
        .expect("written");
    drop(file);
    for sealed in [false, true] {
        assert_eq!(is_sealed(&path, &kept_in), sealed);
        for here in [&[][..], &[1], &[3, 4], &[0, 1, 2, 3, 4, 5]] {
            for claims in [&claims[..], &claims[..1], &claims[1..], &[]] {
                for early in [true, false] {
                    let articles = ["dawn", "dusk"];
                    let asked = Asked::default();
                    if early {
                        asked.tell(claims.iter().copied());
                    }
                    // Too short after the change for anything to be noted.
                    let just = keeping(&kept_in, SystemTime::UNIX_EPOCH);
                    let ledger = Ledger::load_kept(&path, Some(&asked), Some(&just));
                    asked.tell(claims.iter().copied());
                    let here_set = here.iter().copied().collect();
                    let ledger = ledger.settled(&asked, &here_set, &known(&articles));
                    assert!(ledger.index.is_some());
                    let plain = Ledger::load_for(&path, claims.iter().copied());
                    assert_eq!(
                        told(&ledger, here, &articles),
                        told(&plain, here, &articles)
                    );
                    assert_eq!(ledger.read_to, plain.read_to);
                }
            }
        }
        let noted = note(&path, &keeping(&kept_in, later()), later);
        assert!(noted.is_ok());
    }
}

fn is_sealed(path: &Path, kept_in: &Path) -> bool {
    let mut file = File::open(path).expect("opened");
    let seen = Seen::of(&mut file).expect("read").expect("times");
    let place = index::place(kept_in, path).expect("a path");
    Index::open(&place).is_some_and(|index| index.is_sealed(&seen.stamp))
}

/// The real clock, which a user's review goes by.
#[test]
fn a_review_notes_what_it_left_as_it_was() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    indexed(&path, &kept_in, &["mill-fire-cause"]);
    for id in 6..8 {
        Ledger::load(&path)
            .append(&[decision(id, Confirmed)])
            .expect("appended");
        assert!(!is_sealed(&path, &kept_in));
        keep_standing(&path, &kept_in);
        // Where the system keeps whole seconds there is nothing to be noted so soon.
        let fine = |time: SystemTime| {
            let since = time.duration_since(SystemTime::UNIX_EPOCH);
            since.is_ok_and(|since| since.subsec_nanos() > 0)
        };
        let modified = fs::metadata(&path).and_then(|it| it.modified());
        if modified.is_ok_and(fine) {
            assert!(is_sealed(&path, &kept_in));
        }
    }
    // Somebody changes a verdict in its place and adds a line, and leaves nothing else to be seen.
    let text = fs::read_to_string(&path).expect("read");
    let text = text.replacen("dismissed", "confirmed", 1) + &record::write(&decision(9, Later));
    fs::write(&path, text).expect("written");
    keep_standing(&path, &kept_in);
    assert!(!is_sealed(&path, &kept_in));
}

#[test]
fn what_was_added_at_length_is_taken_up_unless_it_is_damaged() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = file(&folder);
    let write = |ids: std::ops::Range<u64>, end: &str| {
        let text: String = ids
            .map(|id| record::write(&decision(id, Confirmed)))
            .collect();
        fs::write(&path, text + end).expect("written");
        indexed(&path, &kept_in, &["mill-fire-cause"])
            .index
            .is_some()
    };
    assert!(!write(0..3, ""));
    assert!(write(0..6, ""));
    assert!(!write(0..20, ""));
    assert!(write(0..20, ""));
    for _ in 0..2 {
        assert!(write(0..40, "{\"id\""));
        assert!(write(0..40, "broken\n"));
    }
    assert!(!write(0..40, ""));
    assert!(write(0..40, ""));
}

#[test]
fn a_divergence_under_two_claims_keeps_a_ledger_from_an_index() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = file(&folder);
    let mut other = decision(1, Dismissed);
    other.on.claim = "mill-reopening".to_owned();
    let text = record::write(&decision(1, Confirmed)) + &record::write(&other);
    fs::write(&path, text).expect("written");
    indexed(&path, &kept_in, &["mill-fire-cause"]);
    assert!(indexes(&kept_in).is_empty());
}

/// An editor that keeps length and time; only the time of the last change gives it away, which no program can set.
#[cfg(unix)]
#[test]
fn a_change_that_keeps_length_and_time_is_seen() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    indexed(&path, &kept_in, &claims);
    let before = fs::metadata(&path)
        .and_then(|it| it.modified())
        .expect("known");
    let text = fs::read_to_string(&path).expect("read");
    std::thread::sleep(Duration::from_millis(50));
    fs::write(&path, text.replacen("\"later\"", "\"open\" ", 1)).expect("written");
    let file = OpenOptions::new().write(true).open(&path).expect("opened");
    file.set_modified(before).expect("set back");
    drop(file);
    let again = indexed(&path, &kept_in, &claims);
    assert!(again.index.is_none());
    assert_eq!(all_told(&again), all_told(&Ledger::load(&path)));
}

#[test]
fn of_a_ledger_just_written_it_is_noted_later_that_it_stands() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let load = |now| {
        let asked = Asked::default();
        asked.tell(["mill-fire-cause"]);
        let ledger = Ledger::load_kept(&path, Some(&asked), Some(&keeping(&kept_in, now)));
        settled(ledger, &asked)
    };
    let changed = fs::metadata(&path)
        .and_then(|it| it.modified())
        .expect("known");
    for (now, by_index, sealed) in [
        (changed, false, false),
        (changed, true, false),
        (later(), true, true),
        (changed, true, true),
    ] {
        let ledger = load(now);
        assert_eq!(ledger.index.is_some(), by_index);
        assert_eq!(is_sealed(&path, &kept_in), sealed);
    }
}

#[test]
fn a_short_ledger_and_a_damaged_one_have_no_index() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let text = fs::read_to_string(&path).expect("read");
    fs::write(&path, format!("{text}broken\n")).expect("written");
    for _ in 0..2 {
        let ledger = indexed(&path, &kept_in, &["mill-fire-cause"]);
        assert_eq!(verdicts(&ledger).len(), 3);
        assert_eq!(codes(&ledger), ["review/broken"]);
        assert!(indexes(&kept_in).is_empty());
    }

    fs::write(&path, line(1, Confirmed)).expect("written");
    let asked = Asked::default();
    Ledger::load_asked(&path, &asked, Some(&kept_in));
    assert!(indexes(&kept_in).is_empty());
}

#[test]
fn a_damaged_index_is_not_believed() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    let sound = all_told(&indexed(&path, &kept_in, &claims));
    let [index] = &indexes(&kept_in)[..] else {
        panic!("one index")
    };
    let bytes = fs::read(index).expect("read");
    let mut file = File::open(&path).expect("opened");
    let seen = Seen::of(&mut file).expect("read").expect("times");
    // Each place of a number comes up, and each page several hundred times.
    for at in (0..bytes.len()).step_by(11) {
        let mut damaged = bytes.clone();
        if at % 2 == 0 {
            damaged[at] ^= 1 << (at % 8);
        } else {
            damaged.truncate(at);
        }
        // A new file, as systems force one to the disk that is cut and written again.
        fs::remove_file(index).expect("there");
        fs::write(index, damaged).expect("written");
        let chosen = Index::open(index).map(|index| {
            let known = known(&["dawn", "dusk"]);
            let here = HashSet::from_iter([1, 2, 3, 5]);
            let mut footings = Footings::default();
            let also = HashSet::default();
            let chosen = index.chosen(None, &here, &also, &known, &mut footings);
            (
                index.is_sealed(&seen.stamp),
                index.sums().is_some() && chosen.is_some(),
            )
        });
        // The first page says of which file it is, and the others what that one holds.
        let expected = (at < pages::PAGE && at % 2 == 0).then_some((false, true));
        match chosen {
            Some((sealed, read)) => {
                assert!(!sealed || !read, "byte {at}");
                assert!(!read || expected.is_some(), "byte {at}");
            }
            None => assert_eq!(expected, None, "byte {at}"),
        }
    }
    for at in [8, pages::PAGE + 8, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(index, damaged).expect("written");
        // Damage that shows late has only thrown it away, and the next run makes it anew.
        for _ in 0..2 {
            assert_eq!(all_told(&indexed(&path, &kept_in, &claims)), sound);
        }
        assert_eq!(fs::read(index).expect("read"), bytes);
    }
}

#[test]
fn where_the_latest_line_is_damaged_the_index_gives_the_one_before() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    let text = fs::read_to_string(&path).expect("read");
    let spoiled = |line: &str| line.replace("\"reviewer\":\"Ada\"", "\"reviewer\":\"Ada'");
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (damaged, sound) in [(vec![], Some(22)), (vec![1], Some(21)), (vec![1, 2], None)] {
        let mut lines = lines.clone();
        for at in damaged {
            assert_ne!(spoiled(&lines[at]), lines[at]);
            lines[at] = spoiled(&lines[at]);
        }
        fs::write(&path, lines.join("\n")).expect("written");
        let plain = Ledger::load(&path);
        for here in [&[][..], &[1]] {
            let load = || indexed_for(&path, &kept_in, &claims, true, here, &["dawn", "dusk"]);
            load();
            let again = load();
            assert!(again.index.is_some());
            assert_eq!(
                told(&again, here, &["dawn", "dusk"]),
                told(&plain, here, &["dawn", "dusk"])
            );
            if here == [1] {
                let standing = again.standing("0000000000000001");
                assert_eq!(standing.map(|it| it.date.day()), sound);
            }
        }
    }
}

/// What was left over is read late, so damage shows late.
#[test]
fn where_an_index_is_damaged_that_is_read_late_nothing_is_given_and_it_goes() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = file(&folder);
    let many = 1500;
    let text: String = (0..many)
        .map(|id| record::write(&decision(id, Confirmed)))
        .collect();
    fs::write(&path, text).expect("written");
    let claims = ["mill-fire-cause"];
    indexed(&path, &kept_in, &claims);
    let [index] = &indexes(&kept_in)[..] else {
        panic!("one index")
    };
    let bytes = fs::read(index).expect("read");
    // The rows stand at the end; two thirds down there are those of the settling decisions.
    let (mut of_rows, mut of_listed) = (0, 0);
    for page in 2..bytes.len() / pages::PAGE {
        let mut damaged = bytes.clone();
        damaged[page * pages::PAGE + 8] ^= 1;
        fs::write(index, damaged).expect("written");
        let articles = ["dawn", "dusk"];
        let ledger = indexed_for(&path, &kept_in, &claims, true, &[], &articles);
        if ledger.index.is_none() {
            // It showed at once, and the ledger was read.
            assert!(ledger.entries.len() as u64 == many);
            fs::write(index, &bytes).expect("written");
            continue;
        }
        let within = ledger.footings().within(&known(&articles));
        let left = ledger.leftovers(&HashSet::default(), &within);
        let mut walk = left.walk();
        let empty = |one: &Leftover| ledger.latest_first_of(one, &mut Vec::new()).is_empty();
        let given: Vec<Leftover> = walk.by_ref().map(|(_, one)| one).collect();
        let lost = given.iter().filter(|one| empty(one)).count();
        if lost > 0 {
            of_rows += 1;
            assert!(!walk.is_damaged() && !index.exists());
            fs::write(index, &bytes).expect("written");
        } else if walk.is_damaged() {
            of_listed += 1;
            assert!((given.len() as u64) < many && !index.exists());
            fs::write(index, &bytes).expect("written");
        }
    }
    assert!(of_rows > 1 && of_listed > 1, "{of_rows} {of_listed}");
}

/// Should a file have become another one unseen after all, what it now says counts at the next run at the latest.
#[test]
fn an_index_that_is_wrong_settles_nothing_and_goes() {
    let folder = folder();
    let kept_in = folder.path().join("cache");
    let path = long_ledger(&folder);
    let claims = ["mill-fire-cause", "mill-reopening"];
    indexed(&path, &kept_in, &claims);
    let text = fs::read_to_string(&path).expect("read");
    fs::write(&path, text.replace("dismissed", "confirmed")).expect("written");
    let mut file = File::open(&path).expect("opened");
    let seen = Seen::of(&mut file).expect("read").expect("times");
    let [index] = &indexes(&kept_in)[..] else {
        panic!("one index")
    };
    Index::open(index).expect("read").seal(&seen.stamp);
    let wrong = indexed(&path, &kept_in, &claims);
    assert!(wrong.index.is_some());
    let standing = wrong.standing("0000000000000001");
    assert_eq!(standing.map(|it| it.date.day()), Some(21));
    assert!(indexes(&kept_in).is_empty());
    let right = indexed(&path, &kept_in, &claims);
    let standing = right.standing("0000000000000001");
    assert_eq!(standing.map(|it| it.date.day()), Some(22));
}

/// What may happen to a ledger between two runs.
#[derive(Clone, Debug)]
enum Happening {
    /// The program adds decisions, and notes it or is stopped before.
    Reviewed(Vec<(u64, usize, i8)>, bool),
    /// A byte of it becomes another one, in its place.
    Damaged(prop::sample::Index, u8),
    /// Somebody changes verdicts in their place, from some line on, so that it stays as long as it was.
    Edited(prop::sample::Index),
    /// It loses its end.
    Cut(prop::sample::Index),
    /// Somebody puts a line somewhere.
    Merged(prop::sample::Index, Vec<u8>),
    /// A line goes.
    Deleted(prop::sample::Index),
    /// Nothing, or somebody only touches it.
    Touched,
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening::{Cut, Damaged, Deleted, Edited, Merged, Reviewed, Touched};
    let decided = prop::collection::vec((0_u64..6, 0_usize..4, 1_i8..5), 1..4);
    let index = any::<prop::sample::Index>;
    prop_oneof![
        6 => (decided, any::<bool>()).prop_map(|(decided, noted)| Reviewed(decided, noted)),
        1 => (index(), any::<u8>()).prop_map(|(at, byte)| Damaged(at, byte)),
        2 => index().prop_map(Edited),
        1 => index().prop_map(Cut),
        1 => (index(), any_line()).prop_map(|(at, line)| Merged(at, line)),
        1 => index().prop_map(Deleted),
        1 => Just(Touched),
    ]
}

/// A decision on a divergence of these tests, which all have their own claim and articles.
fn on_its_claim(id: u64, verdict: Verdict, day: i8) -> Decision {
    let mut one = decision(id, verdict);
    one.date = date(2026, 11, day);
    if id % 2 == 1 {
        one.on.claim = "mill-reopening".to_owned();
    }
    if id % 3 == 1 {
        let article = format!("noon-{}", id % 4);
        one.on.sides[0].evidence =
            std::collections::BTreeMap::from([(article, Vec::new()), ("dusk".to_owned(), vec![])]);
    }
    one
}

/// Lets it happen to the file. Gives whether it is noted.
fn happen(path: &Path, happening: &Happening) -> bool {
    let mut bytes = fs::read(path).expect("read");
    let mut lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|&b| b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    match happening {
        Happening::Reviewed(decided, noted) => {
            let mut ledger = Ledger::load(path);
            for &(id, verdict, day) in decided {
                // What would not count is refused.
                let _ = ledger.append(&[on_its_claim(id, Verdict::ALL[verdict], day)]);
            }
            return *noted;
        }
        Happening::Damaged(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Happening::Edited(at) if !lines.is_empty() => {
            let at = at.index(lines.len());
            for line in &mut lines[at..] {
                let text = String::from_utf8_lossy(line);
                let (old, new) = if text.contains("confirmed") {
                    ("confirmed", "dismissed")
                } else {
                    ("dismissed", "confirmed")
                };
                *line = text.replace(old, new).into_bytes();
            }
            bytes = lines.concat();
        }
        Happening::Cut(at) if !bytes.is_empty() => bytes.truncate(at.index(bytes.len())),
        Happening::Merged(at, line) => {
            lines.insert(at.index(lines.len() + 1), line.clone());
            bytes = lines.concat();
        }
        Happening::Deleted(at) if !lines.is_empty() => {
            lines.remove(at.index(lines.len()));
            bytes = lines.concat();
        }
        _ => {}
    }
    // In its place or anew: neither must go by unseen.
    if bytes.len().is_multiple_of(2) {
        fs::remove_file(path).expect("there");
    }
    fs::write(path, bytes).expect("written");
    false
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    /// Whatever happened to a ledger: with what was kept of it a run tells what it would have told if it had read all.
    #[test]
    fn what_was_kept_tells_what_reading_all_does(
        first in prop::collection::vec((0_u64..6, 0_usize..4, 1_i8..5), 0..30),
        happenings in prop::collection::vec((happening(), any::<bool>()), 1..9),
        here in prop::collection::btree_set(0_u64..6, 0..4),
    ) {
        let folder = folder();
        let kept_in = folder.path().join("cache");
        let path = file(&folder);
        let text: String = first.iter().map(|&(id, verdict, day)| record::write(&on_its_claim(id, Verdict::ALL[verdict], day))).collect();
        fs::write(&path, text).expect("written");
        let here: Vec<u64> = here.into_iter().collect();
        let claims = ["mill-fire-cause", "mill-reopening"];
        let hour = Duration::from_secs(3600);
        let mut now = SystemTime::now() + hour;
        for (nth, (happening, looked)) in happenings.iter().enumerate() {
            let noted = happen(&path, happening);
            // File systems with coarse times would tell two changes of one moment apart by nothing; here each has its own.
            now += Duration::from_secs(10);
            let file = OpenOptions::new().write(true).open(&path).expect("opened");
            file.set_modified(now - Duration::from_secs(5)).expect("set");
            drop(file);
            if noted {
                note(&path, &keeping(&kept_in, now), || now).expect("noted");
            }
            if !looked && nth + 1 < happenings.len() {
                continue;
            }
            for claims in [&claims[..], &claims[..1], &claims[1..]] {
                for articles in [&["dawn", "dusk"][..], &["dusk", "noon-1"], &["noon-3", "dawn", "dusk", "eve"]] {
                    let asked = Asked::default();
                    let early = nth % 2 == 0;
                    if early {
                        asked.tell(claims.iter().copied());
                    }
                    let ledger = Ledger::load_kept(&path, Some(&asked), Some(&keeping(&kept_in, now)));
                    asked.tell(claims.iter().copied());
                    let ids = here.iter().copied().collect();
                    let ledger = ledger.settled(&asked, &ids, &known(articles));
                    let plain = Ledger::load_for(&path, claims.iter().copied());
                    prop_assert_eq!(told(&ledger, &here, articles), told(&plain, &here, articles));
                    let problems = |ledger: &Ledger| -> Vec<_> {
                        ledger.problems().iter().map(|told| (told.code, told.message.clone(), told.line_column())).collect()
                    };
                    prop_assert_eq!(problems(&ledger), problems(&plain));
                    prop_assert_eq!(ledger.read_to, plain.read_to);
                }
            }
        }
    }
}
