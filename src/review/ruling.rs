//! Applies the ledger to a report: which decisions stand, which are to be made again, and which are about nothing any more.

use std::collections::BTreeSet;

use foldhash::HashSet;
use jiff::civil::Date;

use super::basis::position_name;
use super::footing::{Footing, Footings, Known, Within, key};
use super::glimpse::fingerprint;
use super::{Asked, Basis, Decision, Entry, Ledger};
use crate::divergence::{Divergence, Kind, Status};
use crate::problem::Problem;
use crate::report::Report;

/// So many warnings of one sort are told each for itself; of more, only how many. An old ledger must not bury the report.
const MOST_TOLD: usize = 20;

const STALE: &str = "review/stale";
const EXPIRED: &str = "review/expired";
const REOPENED: &str = "review/reopened";

/// What the ledger says of one divergence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody decided, or the decision was taken back.
    Undecided,
    /// Put off: open, for the end of the queue.
    Later,
    /// Confirmed or dismissed.
    Decided,
    /// The decision came to the end of its time: open again.
    Expired,
    /// What was decided on has changed: open again. Each change in a few words, which are not cleaned.
    Reopened(Vec<String>),
}

/// What the ledger says of all divergences of a report.
#[derive(Clone, Debug)]
pub struct Docket {
    /// For each divergence of the report, in its order.
    pub standings: Vec<Standing>,
    /// For each divergence of the report, the status that this gives it.
    pub statuses: Vec<Status>,
    /// What is wrong with the ledger, as far as it was read, and which of its decisions no longer bite.
    pub problems: Vec<Problem>,
}

/// Holds the ledger against a report that is whole: none of its claims or divergences left out. `today` tells which decisions
/// have come to the end of their time, and is asked only where one has an end: to ask the clock for the day of a place costs some hundred
/// looks into the tables of time zones, a twentieth of a short run.
pub fn judge(ledger: &Ledger, report: &Report, today: impl Fn() -> Date) -> Docket {
    let (here, within) = (here(report), within(ledger, report));
    let mut standings = vec![Standing::Undecided; report.divergences.len()];
    let mut statuses = vec![Status::Open; report.divergences.len()];
    let mut warnings = Warnings::default();
    let mut damage = Damage::default();
    let mut decided = Vec::new();
    for (at, found) in report.divergences.iter().enumerate() {
        if let Some(id) = fingerprint(found.id.as_bytes())
            && let Some((entry, decision)) = damage.sound(ledger, ledger.latest_first(id))
        {
            decided.push((at, entry, decision));
        }
    }
    // In the order of the file.
    decided.sort_by_key(|(_, entry, _)| entry.place());
    for (at, entry, decision) in decided {
        standings[at] = standing(decision, report, &report.divergences[at], &today);
        match &standings[at] {
            Standing::Decided => statuses[at] = decision.verdict.status(),
            Standing::Expired => warnings.expired.add(|| expired(ledger, entry, decision)),
            Standing::Reopened(changes) => warnings
                .reopened
                .add(|| reopened(ledger, entry, decision, changes)),
            Standing::Undecided | Standing::Later => {}
        }
    }
    // A side with another position is another divergence with another id; the decision on the old one says what changed.
    let mut heirs = Heirs::of(report, &standings);
    let leftovers = ledger.leftovers(&here, &within);
    let mut walk = leftovers.walk();
    while let Some((claim, one)) = walk.next() {
        let has_room = warnings.stale.has_room();
        // What no divergence can have come out of is read only to be told.
        if !has_room && heirs.of_claim[claim].is_empty() {
            warnings.stale.more += 1 + walk.skip_claim(claim);
            continue;
        }
        if !has_room && !heirs.may_take(claim, ledger.footings(), one.footing) {
            warnings.stale.more += 1 + walk.skip_alike();
            continue;
        }
        let mut fetched = Vec::new();
        let candidates = ledger.latest_first_of(&one, &mut fetched);
        damage.is_overwritten |= candidates.is_empty();
        let Some((entry, decision)) = damage.sound(ledger, candidates.into_iter()) else {
            continue;
        };
        if !decision.verdict.settles() {
            continue;
        }
        match heirs.take(claim, &decision.on) {
            Some((at, change)) => {
                let changes = vec![change];
                warnings
                    .reopened
                    .add(|| reopened(ledger, entry, decision, &changes));
                standings[at] = Standing::Reopened(changes);
            }
            None => warnings.stale.add(|| stale(ledger, entry, decision)),
        }
    }
    let mut problems = ledger.problems().to_vec();
    problems.extend(ledger.most_broken(damage.problems));
    problems.extend(warnings.into_problems(ledger));
    if walk.is_damaged() {
        let message = "what was kept of the ledger is damaged, so some decisions are not told";
        let problem = Problem::error("review/kept", message);
        let help = "run the command again, which reads the ledger itself";
        problems.push(problem.at_path(ledger.name()).help(help));
    }
    if damage.is_overwritten {
        let message =
            "the ledger was overwritten while it was read, so some decisions do not count";
        let problem = Problem::error("review/overwritten", message);
        problems.push(problem.at_path(ledger.name()).help("run the command again"));
    }
    Docket {
        standings,
        statuses,
        problems,
    }
}

/// A ledger that was loaded by [`Ledger::load_asked`], ready to judge this report, which is on the claims that were told.
pub fn settled(ledger: Ledger, asked: &Asked, report: &Report) -> Ledger {
    ledger.settled(asked, &here(report), &known(report))
}

/// How many divergences a ledger decides on that are about claims or articles which the report does not hold. They may stand in
/// another run.
pub fn elsewhere(ledger: &Ledger, report: &Report) -> usize {
    let (here, within) = (here(report), within(ledger, report));
    let elsewhere =
        |entry: &&Entry| !here.contains(&entry.id()) && within.claim(entry.footing()).is_none();
    ledger.all_standing().filter(elsewhere).count()
}

/// The divergences of the report, by their fingerprints.
fn here(report: &Report) -> HashSet<u64> {
    let found = report.divergences.iter();
    found
        .filter_map(|found| fingerprint(found.id.as_bytes()))
        .collect()
}

/// Which divergences that are decided on the report could hold.
fn within(ledger: &Ledger, report: &Report) -> Within {
    ledger.footings().within(&known(report))
}

fn known(report: &Report) -> Known {
    let claims = report.claims.iter().map(|claim| &*claim.id);
    let articles = report.articles.iter().map(|article| &*article.id);
    Known::new(claims, articles)
}

/// What came to light when decisions were read.
#[derive(Default)]
struct Damage {
    problems: Vec<Problem>,
    is_overwritten: bool,
}

impl Damage {
    /// The first of these decisions that can be read; those before it do not count and are noted.
    fn sound<'l>(
        &mut self,
        ledger: &'l Ledger,
        candidates: impl Iterator<Item = &'l Entry>,
    ) -> Option<(&'l Entry, &'l Decision)> {
        for entry in candidates {
            if let Some(decision) = ledger.decision(entry) {
                return Some((entry, decision));
            }
            match ledger.damage(entry) {
                Some(problem) => self.problems.push(problem.clone()),
                None => self.is_overwritten = true,
            }
        }
        None
    }
}

impl Docket {
    /// Gives the report's divergences their status, and the report what is to be told of the ledger. `report` is the one that was
    /// judged.
    pub fn apply(&self, report: &mut Report) {
        for (divergence, &status) in report.divergences.iter_mut().zip(&self.statuses) {
            divergence.status = status;
        }
        report.add_problems(self.problems.iter().cloned());
    }
}

fn standing(
    decision: &Decision,
    report: &Report,
    divergence: &Divergence,
    today: impl Fn() -> Date,
) -> Standing {
    use super::Verdict::{Confirmed, Dismissed, Later, Open};
    match decision.verdict {
        Open => return Standing::Undecided,
        Later => return Standing::Later,
        Confirmed | Dismissed => {}
    }
    if decision.is_expired(today) {
        return Standing::Expired;
    }
    let changes = decision.on.changes(report, divergence);
    if changes.is_empty() {
        Standing::Decided
    } else {
        Standing::Reopened(changes)
    }
}

/// The divergences of a report that nobody decided on, and that may have come out of others.
struct Heirs<'r> {
    /// By the claim's index.
    of_claim: Vec<Vec<Heir<'r>>>,
}

struct Heir<'r> {
    /// Index of the divergence.
    at: usize,
    kind: Kind,
    /// Ids.
    articles: BTreeSet<&'r str>,
    /// Their keys.
    keys: HashSet<u64>,
    positions: BTreeSet<&'r str>,
}

impl<'r> Heirs<'r> {
    fn of(report: &'r Report, standings: &[Standing]) -> Self {
        let mut of_claim: Vec<Vec<Heir>> = report.claims.iter().map(|_| Vec::new()).collect();
        let free = |at: &usize| standings[*at] == Standing::Undecided;
        for at in (0..report.divergences.len()).filter(free) {
            let divergence = &report.divergences[at];
            let articles = divergence.articles().into_iter();
            let articles: BTreeSet<&str> = articles
                .map(|article| report.articles[article].id.as_str())
                .collect();
            of_claim[divergence.claim].push(Heir {
                at,
                kind: divergence.kind,
                keys: articles.iter().map(|id| key(id.as_bytes())).collect(),
                articles,
                positions: divergence
                    .sides
                    .iter()
                    .map(|side| position_name(side.position.as_deref()))
                    .collect(),
            });
        }
        Self { of_claim }
    }

    /// Whether there is one of a claim that opposes articles of each side of a footing.
    fn may_take(&self, claim: usize, footings: &Footings, footing: Footing) -> bool {
        self.of_claim[claim].iter().any(|heir| {
            let (_, mut sides) = footings.sides(footing);
            sides.all(|side| side.iter().any(|article| heir.keys.contains(article)))
        })
    }

    /// The first that came out of what was decided on, and how; it is no longer free then.
    fn take(&mut self, claim: usize, on: &Basis) -> Option<(usize, String)> {
        let heirs = &mut self.of_claim[claim];
        let mut changes = heirs.iter().map(|heir| heir.change(on)).enumerate();
        let (nth, change) = changes.find_map(|(nth, change)| Some((nth, change?)))?;
        Some((heirs.remove(nth).at, change))
    }
}

impl Heir<'_> {
    /// How it came out of the one that was decided on: it opposes articles of each of its sides, and differs only in positions or only
    /// in kind. `None` where it is another one.
    fn change(&self, on: &Basis) -> Option<String> {
        let mut sides = on.sides.iter();
        if !sides.all(|side| side.evidence.keys().any(|id| self.articles.contains(&**id))) {
            return None;
        }
        let before = on.positions();
        if on.kind == self.kind && !before.is_disjoint(&self.positions) {
            return Some(format!(
                "the sides were {} and are now {}",
                listed(&before),
                listed(&self.positions)
            ));
        }
        (before == self.positions).then(|| {
            format!(
                "it was of the kind {} and is now {}",
                on.kind.name(),
                self.kind.name()
            )
        })
    }
}

fn listed(positions: &BTreeSet<&str>) -> String {
    let names: Vec<String> = positions.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// `contradiction on mill-fire-cause, dismissed by Ada on 2026-11-22`
fn subject(decision: &Decision) -> String {
    format!(
        "{} on `{}`, {}",
        decision.on.kind.name(),
        decision.on.claim,
        decision.summary()
    )
}

fn stale(ledger: &Ledger, entry: &Entry, decision: &Decision) -> Problem {
    let message = format!("{}: the articles no longer diverge so", subject(decision));
    let problem = Problem::warning(STALE, message);
    ledger
        .locate(problem, entry, "about nothing")
        .help("delete the line when you like")
}

fn expired(ledger: &Ledger, entry: &Entry, decision: &Decision) -> Problem {
    let expires = decision.expires.map(|last| last.to_string());
    let message = format!(
        "{}: the decision counted up to {}, and it is open again",
        subject(decision),
        expires.unwrap_or_default()
    );
    let problem = Problem::warning(EXPIRED, message);
    ledger
        .locate(problem, entry, "no longer counts")
        .help("decide again with `gainsay review`")
}

fn reopened(ledger: &Ledger, entry: &Entry, decision: &Decision, changes: &[String]) -> Problem {
    let message = format!(
        "{}: open again, because {}",
        subject(decision),
        changes.join("; ")
    );
    let problem = Problem::warning(REOPENED, message);
    ledger
        .locate(problem, entry, "no longer counts")
        .help("decide again with `gainsay review`")
}

/// What is to be told of the decisions that no longer bite.
struct Warnings {
    expired: Told,
    reopened: Told,
    stale: Told,
}

/// Warnings of one code, in the order in which they came up, and how many more there are.
struct Told {
    code: &'static str,
    told: Vec<Problem>,
    more: usize,
}

impl Default for Warnings {
    fn default() -> Self {
        let told = |code| Told {
            code,
            told: Vec::new(),
            more: 0,
        };
        Self {
            expired: told(EXPIRED),
            reopened: told(REOPENED),
            stale: told(STALE),
        }
    }
}

impl Told {
    /// Whether one more is told for itself.
    fn has_room(&self) -> bool {
        self.told.len() < MOST_TOLD
    }

    /// The warning is made only where it is told.
    fn add(&mut self, warning: impl FnOnce() -> Problem) {
        if self.has_room() {
            self.told.push(warning());
        } else {
            self.more += 1;
        }
    }
}

impl Warnings {
    fn into_problems(self, ledger: &Ledger) -> Vec<Problem> {
        let mut problems = Vec::new();
        for Told { code, told, more } in [self.expired, self.reopened, self.stale] {
            problems.extend(told);
            if more > 0 {
                let message = format!("{more} more decisions of the ledger are the same");
                problems.push(Problem::warning(code, message).at_path(ledger.name()));
            }
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::super::{Asked, Verdict};
    use super::*;
    use crate::divergence::scene::{Scene, positions};

    const DAY: Date = jiff::civil::date(2026, 11, 22);

    fn report(articles: &str) -> Report {
        let claims = vec![
            positions("fate", &["dead", "alive", "missing"]),
            positions("place", &["school", "market"]),
        ];
        let scene = Scene::new(claims, articles);
        Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new())
    }

    /// Decides on everything of a kind.
    fn decide(report: &Report, kind: Kind, verdict: Verdict) -> Vec<Decision> {
        let found = report.divergences.iter().filter(|found| found.kind == kind);
        found
            .map(|found| Decision {
                id: found.id.clone(),
                verdict,
                reason: String::new(),
                reviewer: Some("Ada".to_owned()),
                date: DAY,
                expires: None,
                on: Basis::of(report, found),
            })
            .collect()
    }

    fn ledger(folder: &Path, decisions: &[Decision]) -> Ledger {
        let path = folder.join("reviews.jsonl");
        Ledger::load(&path).append(decisions).expect("written");
        Ledger::load(&path)
    }

    /// The codes and messages of the problems, and the status of each divergence of the kind.
    fn judged(
        decisions: &[Decision],
        report: &mut Report,
        kind: Kind,
    ) -> (Vec<String>, Vec<Status>) {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(folder.path(), decisions);
        judge(&ledger, report, || DAY).apply(report);
        let problems = report.problems.iter();
        let found = report.divergences.iter().filter(|found| found.kind == kind);
        (
            problems
                .map(|problem| {
                    assert_eq!(problem.line_column().map(|(line, _)| line), Some(1));
                    format!("{} {}", problem.code, problem.message)
                })
                .collect(),
            found.map(|found| found.status).collect(),
        )
    }

    #[test]
    fn decisions_become_status() {
        for (verdict, status) in [
            (Verdict::Confirmed, Status::Confirmed),
            (Verdict::Dismissed, Status::Dismissed),
            (Verdict::Later, Status::Open),
            (Verdict::Open, Status::Open),
        ] {
            let mut report = report("a: fate:dead\nb: fate:alive\nc: place:school");
            let decisions = decide(&report, Kind::Contradiction, verdict);
            let (problems, found) = judged(&decisions, &mut report, Kind::Contradiction);
            assert_eq!((problems, found), (Vec::new(), vec![status]));
            let open = |found: &&Divergence| found.status == Status::Open;
            assert!(report.divergences.iter().any(|found| open(&found)));
        }
    }

    #[test]
    fn the_last_day_counts_and_the_next_does_not() {
        let mut report = report("a: fate:dead\nb: fate:alive");
        for (days, status, told) in [
            (0, Status::Dismissed, None),
            (
                -1,
                Status::Open,
                Some(
                    "review/expired contradiction on `fate`, dismissed by Ada on 2026-11-22: the decision counted up to 2026-11-21, and it is open again",
                ),
            ),
        ] {
            let mut decisions = decide(&report, Kind::Contradiction, Verdict::Dismissed);
            decisions[0].expires = Some(DAY + jiff::Span::new().days(days));
            report.problems.clear();
            let (problems, found) = judged(&decisions, &mut report, Kind::Contradiction);
            assert_eq!(found, [status]);
            assert_eq!(problems.first().map(String::as_str), told);
        }
    }

    #[test]
    fn what_changed_is_told() {
        let before = report("a: fate:dead\nb: fate:alive");
        let decisions = decide(&before, Kind::Contradiction, Verdict::Confirmed);
        for (after, code, told) in [
            (
                "a: fate:dead\nb: fate:missing",
                "review/reopened",
                "open again, because the sides were `alive`, `dead` and are now `dead`, `missing`",
            ),
            (
                "a(Dawn 2024-01-01): fate:dead\nb(Dawn 2024-01-02): fate:alive",
                "review/reopened",
                "open again, because it was of the kind contradiction and is now update",
            ),
            (
                "a: fate:dead\nb: fate:dead\nc: fate:alive",
                "review/reopened",
                "open again, because `b` no longer says `alive`",
            ),
            (
                "a: fate:dead\nb: fate:dead",
                "review/stale",
                "the articles no longer diverge so",
            ),
        ] {
            let (problems, _) = judged(&decisions, &mut report(after), Kind::Contradiction);
            let [problem] = &problems[..] else {
                panic!("one problem for {after}: {problems:?}");
            };
            assert!(
                problem.starts_with(code) && problem.ends_with(told),
                "{problem}"
            );
        }
    }

    #[test]
    fn a_run_on_a_part_calls_nothing_stale() {
        let before = report("a: fate:dead\nb: fate:alive");
        let decisions = decide(&before, Kind::Contradiction, Verdict::Confirmed);
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(folder.path(), &decisions);
        let after = report("a: fate:dead\nc: fate:dead");
        let docket = judge(&ledger, &after, || DAY);
        assert_eq!((docket.problems.len(), elsewhere(&ledger, &after)), (0, 1));
    }

    #[test]
    fn what_was_put_off_or_taken_back_is_never_stale() {
        let before = report("a: fate:dead\nb: fate:alive");
        for verdict in [Verdict::Later, Verdict::Open] {
            let decisions = decide(&before, Kind::Contradiction, verdict);
            let mut after = report("a: fate:dead\nb: fate:dead");
            let (problems, _) = judged(&decisions, &mut after, Kind::Contradiction);
            assert_eq!(problems, Vec::<String>::new());
        }
    }

    #[test]
    fn many_stale_decisions_do_not_bury_the_report() {
        let before = report("a: fate:dead\nb: fate:alive");
        let one = decide(&before, Kind::Contradiction, Verdict::Dismissed).remove(0);
        let many: Vec<Decision> = (0..100)
            .map(|nth| Decision {
                id: format!("{nth:016x}"),
                ..one.clone()
            })
            .collect();
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(folder.path(), &many);
        let problems = judge(&ledger, &report("a: fate:dead\nb: fate:dead"), || DAY).problems;
        assert_eq!(problems.len(), MOST_TOLD + 1);
        assert_eq!(
            problems[MOST_TOLD].message,
            "80 more decisions of the ledger are the same"
        );
        // Nothing is left that they could have been on, so only those are read that are told.
        assert_eq!(ledger.decisions_read(), MOST_TOLD);
    }

    /// Of many decisions those that are counted only are counted in the index.
    #[test]
    fn a_report_is_judged_by_an_index_as_by_the_ledger() {
        let before = report("a: fate:dead place:school\nb: fate:alive place:market");
        let here = decide(&before, Kind::Contradiction, Verdict::Dismissed);
        assert_eq!(here.len(), 2);
        let other = report("a: fate:dead\nb: fate:missing");
        let on_other = decide(&other, Kind::Contradiction, Verdict::Confirmed);
        let elsewhere = report("c: fate:dead\nd: fate:alive");
        let on_others = decide(&elsewhere, Kind::Contradiction, Verdict::Confirmed);
        let bases = [&here[0], &here[1], &on_other[0], &on_others[0]];
        let with_id = |nth: usize, of: usize, verdict| Decision {
            id: format!("{:016x}", nth + 1),
            verdict,
            ..bases[of % bases.len()].clone()
        };
        let many: Vec<Decision> = (0..100)
            .map(|nth| with_id(nth, nth, Verdict::Dismissed))
            .collect();
        // What is decided again, on the same and otherwise, stands behind what the index is about.
        let added: Vec<Decision> = [
            (7, Verdict::Confirmed),
            (9, Verdict::Open),
            (61, Verdict::Dismissed),
        ]
        .map(|(nth, verdict)| with_id(nth, nth, verdict))
        .into();
        for (all, added) in [(&many[..], &[][..]), (&many, &added), (&many[..3], &added)] {
            let folder = tempfile::tempdir().expect("a folder");
            let (path, kept_in) = (
                folder.path().join("reviews.jsonl"),
                folder.path().join("kept"),
            );
            Ledger::load(&path).append(all).expect("written");
            let first = Ledger::load_by_index(&path, &Asked::default(), &kept_in);
            drop(first);
            Ledger::load(&path).append(added).expect("written");
            for now in [
                "a: fate:dead place:school\nb: fate:alive place:market",
                "a: fate:dead place:school\nb: fate:dead place:school",
                "a: fate:dead place:school\nb: fate:missing place:school",
                "a: fate:alive\nb: fate:dead",
                "a: fate:dead place:market",
                // What is left to be decided here has nothing of what was decided on the other articles.
                "a: fate:dead\nb: fate:alive\nc: fate:dead\nd: place:school",
                "a: fate:dead\nb: fate:alive\nc: fate:dead\nd: fate:dead",
                "a: fate:dead fate:alive\nc: fate:dead\nd: fate:dead",
            ] {
                let now = report(now);
                let claims = ["fate", "place"];
                let plain = judge(&Ledger::load_for(&path, claims), &now, || DAY);
                let asked = Asked::default();
                asked.tell(claims);
                let ledger = Ledger::load_by_index(&path, &asked, &kept_in);
                let by_index = judge(&settled(ledger, &asked, &now), &now, || DAY);
                let told = |docket: &Docket| {
                    let problems = docket.problems.iter();
                    let problems: Vec<_> = problems
                        .map(|it| (it.code, it.message.clone(), it.line_column()))
                        .collect();
                    (docket.standings.clone(), docket.statuses.clone(), problems)
                };
                assert_eq!(told(&by_index), told(&plain));
            }
        }
    }

    #[test]
    fn of_an_old_ledger_only_what_matters_is_read() {
        let mut now = report("a: fate:dead place:school\nb: fate:alive place:market");
        let here = decide(&now, Kind::Contradiction, Verdict::Dismissed);
        let old = (0..5000_usize).map(|nth| {
            let mut one = here[nth % here.len()].clone();
            one.id = format!("{nth:016x}");
            if nth % 2 == 0 {
                one.on.claim = format!("claim-of-day-{}", nth / 50);
            } else {
                one.on.sides[1].evidence =
                    BTreeMap::from([(format!("article-of-day-{}", nth / 50), Vec::new())]);
            }
            one
        });
        let mut all: Vec<Decision> = old.collect();
        all.extend(here.clone());
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(folder.path(), &all);
        assert_eq!(ledger.decisions_read(), 0);
        let docket = judge(&ledger, &now, || DAY);
        assert_eq!((elsewhere(&ledger, &now), docket.problems.len()), (5000, 0));
        docket.apply(&mut now);
        assert_eq!(ledger.decisions_read(), here.len());
        let dismissed = |found: &&Divergence| found.status == Status::Dismissed;
        assert_eq!(now.divergences.iter().filter(dismissed).count(), here.len());
    }

    #[test]
    fn a_damaged_line_is_told_and_settles_nothing() {
        let now = report("a: fate:dead\nb: fate:alive");
        let decisions = decide(&now, Kind::Contradiction, Verdict::Dismissed);
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("reviews.jsonl");
        ledger(folder.path(), &decisions);
        let whole = std::fs::read_to_string(&path).expect("read");
        let damaged = whole.replace("\"reviewer\":\"Ada\"", "\"reviewer\":\"Ada'");
        assert_ne!(damaged, whole);
        for (text, standing, status) in [
            (damaged.clone(), Standing::Undecided, Status::Open),
            (
                format!("{whole}{damaged}"),
                Standing::Decided,
                Status::Dismissed,
            ),
        ] {
            std::fs::write(&path, text).expect("written");
            let ledger = Ledger::load(&path);
            assert!(ledger.problems().is_empty());
            let docket = judge(&ledger, &now, || DAY);
            assert_eq!(
                (&docket.standings[..], &docket.statuses[..]),
                (&[standing][..], &[status][..])
            );
            let codes: Vec<_> = docket.problems.iter().map(|told| told.code).collect();
            assert_eq!(codes, ["review/broken"]);
        }
        // So is one that would be told as stale.
        std::fs::write(&path, damaged).expect("written");
        let docket = judge(
            &Ledger::load(&path),
            &report("a: fate:dead\nb: fate:dead"),
            || DAY,
        );
        let codes: Vec<_> = docket.problems.iter().map(|told| told.code).collect();
        assert_eq!(codes, ["review/broken"]);
    }

    #[test]
    fn a_ledger_that_is_overwritten_while_it_is_read_is_told() {
        let now = report("a: fate:dead\nb: fate:alive");
        let decisions = decide(&now, Kind::Contradiction, Verdict::Dismissed);
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = ledger(folder.path(), &decisions);
        let path = folder.path().join("reviews.jsonl");
        let length = std::fs::read(&path).expect("read").len();
        std::fs::write(&path, " ".repeat(length)).expect("written");
        let docket = judge(&ledger, &now, || DAY);
        assert_eq!(docket.standings, [Standing::Undecided]);
        assert_eq!(docket.problems[0].code, "review/overwritten");
    }
}
