//! What lies before a reviewer: the report, its articles, the decisions, and the queue.

use std::collections::{BTreeMap, BTreeSet};

use gainsay::article::Article;
use gainsay::claim::Severity;
use gainsay::divergence::Divergence;
use gainsay::render::terminal::{self, Card};
use gainsay::report::Report;
use gainsay::review::session::{Answer, Item, Session};
use gainsay::review::{self, AppendError, Basis, Decision, Docket, Ledger, Standing, Verdict};
use jiff::civil::Date;

use super::check;
use super::fatal::Fatal;
use super::review_options::ReviewOptions;

/// Everything that a review needs.
pub(super) struct Desk {
    pub report: Report,
    /// With their texts.
    pub articles: Vec<Article>,
    pub ledger: Ledger,
    pub docket: Docket,
    /// Indexes of the divergences to be shown: what is open, what was put off, and, where that is asked for, what is decided.
    pub queue: Vec<usize>,
    /// The day of the decisions.
    pub today: Date,
}

impl Desk {
    pub fn open(options: &ReviewOptions) -> Result<Self, Fatal> {
        let today = options.check.day()?.date();
        if options.expires.is_some_and(|last| last < today) {
            return Err(Fatal::Usage {
                message: format!("--expires lies before the day of the decision, {today}"),
                help: None,
            });
        }
        let (mut report, articles) = check::in_threads(&options.check, || {
            let found = check::find(&options.check)?;
            let articles = found.articles.clone();
            let report =
                Report::assemble(found.claims, found.articles, found.matches, found.problems);
            Ok((report, articles))
        })?;
        let ledger = Ledger::load(&options.reviews);
        let docket = review::judge(&ledger, &report, || today);
        docket.apply(&mut report);
        let queue = queue(
            &report,
            &docket,
            &options.check.only,
            options.check.min_severity,
            options.all,
        );
        Ok(Self {
            report,
            articles,
            ledger,
            docket,
            queue,
            today,
        })
    }

    /// The divergence at an index.
    pub fn divergence(&self, at: usize) -> &Divergence {
        &self.report.divergences[at]
    }

    /// How many divergences the ledger decides on that are about claims or articles which were not compared.
    pub fn elsewhere(&self) -> usize {
        review::elsewhere(&self.ledger, &self.report)
    }

    /// How many of the queue are decided.
    pub fn decided(&self) -> usize {
        let standings = self.docket.standings.iter();
        standings
            .filter(|standing| **standing == Standing::Decided)
            .count()
    }

    /// The queue for a session.
    pub fn session(&self) -> Session {
        let items = self.queue.iter().map(|&at| {
            let divergence = self.divergence(at);
            let standing = self.ledger.standing(&divergence.id);
            let (verdict, reason) = match (&self.docket.standings[at], standing) {
                (Standing::Later | Standing::Decided, Some(decision)) => {
                    (decision.verdict, decision.reason.as_str())
                }
                _ => (Verdict::Open, ""),
            };
            let claim = &self.report.claims[divergence.claim].id;
            Item::new(&divergence.id, claim, verdict, reason)
        });
        Session::new(items.collect())
    }

    /// The decision on a divergence with its reason, in words that are not cleaned.
    pub fn decision(&self, at: usize) -> Option<String> {
        let decision = self.ledger.standing(&self.divergence(at).id)?;
        if decision.verdict == Verdict::Open {
            return None;
        }
        let mut line = decision.summary();
        if let Some(last) = decision.expires {
            line += &format!(", up to {last}");
        }
        if !decision.reason.is_empty() {
            line += &format!(": {}", decision.reason);
        }
        Some(line)
    }

    /// As [`Self::decision`], and why it is open again where it is.
    pub fn state(&self, at: usize) -> Vec<String> {
        let mut lines: Vec<String> = self.decision(at).into_iter().collect();
        match &self.docket.standings[at] {
            Standing::Reopened(changes) => {
                lines.push(format!("open again, because {}", changes.join("; ")));
            }
            Standing::Expired => lines.push("open again, because its time is over".to_owned()),
            Standing::Undecided | Standing::Later | Standing::Decided => {}
        }
        lines
    }

    /// The index of the divergence with this id or unique start of one.
    pub fn find(&self, start: &str) -> Result<usize, Fatal> {
        let start = start.to_ascii_lowercase();
        let divergences = self.report.divergences.iter().enumerate();
        let found: Vec<usize> = divergences
            .filter(|(_, divergence)| !start.is_empty() && divergence.id.starts_with(&start))
            .map(|(at, _)| at)
            .collect();
        let shown = start.escape_debug();
        match found[..] {
            [one] => Ok(one),
            [] => Err(Fatal::Usage {
                message: format!("no divergence has an id that starts with `{shown}`"),
                help: Some("`gainsay review --list --all` tells the ids".to_owned()),
            }),
            ref several => {
                let ids = several.iter().map(|&at| self.divergence(at).id.as_str());
                Err(Fatal::Usage {
                    message: format!("{} ids start with `{shown}`", several.len()),
                    help: Some(format!(
                        "write more of it: {}",
                        ids.collect::<Vec<_>>().join(", ")
                    )),
                })
            }
        }
    }

    pub fn find_all(&self, starts: &[String]) -> Result<Vec<usize>, Fatal> {
        let mut seen = BTreeSet::new();
        let found: Result<Vec<usize>, Fatal> =
            starts.iter().map(|start| self.find(start)).collect();
        Ok(found?.into_iter().filter(|at| seen.insert(*at)).collect())
    }

    /// Saves answers, all or none, and tells what others decided meanwhile.
    pub fn save(
        &mut self,
        options: &ReviewOptions,
        answers: &[Answer],
    ) -> Result<Vec<Decision>, AppendError> {
        let by_id: BTreeMap<&str, &Divergence> = self
            .report
            .divergences
            .iter()
            .map(|divergence| (divergence.id.as_str(), divergence))
            .collect();
        let decisions: Vec<Decision> = answers
            .iter()
            .filter_map(|answer| {
                let divergence = by_id.get(answer.id.as_str())?;
                Some(Decision {
                    id: answer.id.clone(),
                    verdict: answer.verdict,
                    reason: answer.reason.clone(),
                    reviewer: options.reviewer.clone(),
                    date: self.today,
                    expires: options.expires.filter(|_| answer.verdict.settles()),
                    on: Basis::of(&self.report, divergence),
                })
            })
            .collect();
        self.ledger.append(&decisions)
    }

    /// Shows divergences.
    pub fn card<'a>(&'a self, how: &'a terminal::Options, blind: bool, context: bool) -> Card<'a> {
        Card {
            report: &self.report,
            articles: &self.articles,
            options: how,
            blind,
            context,
        }
    }
}

fn queue(
    report: &Report,
    docket: &Docket,
    only: &BTreeSet<String>,
    least: Severity,
    all: bool,
) -> Vec<usize> {
    let asked = |at: &usize| {
        let divergence = &report.divergences[*at];
        let claim = &report.claims[divergence.claim].id;
        divergence.severity >= least && (only.is_empty() || only.contains(claim))
    };
    let rank = |at: usize| match docket.standings[at] {
        Standing::Undecided | Standing::Expired | Standing::Reopened(_) => 0,
        Standing::Later => 1,
        Standing::Decided => 2,
    };
    let mut queue: Vec<usize> = (0..report.divergences.len())
        .filter(asked)
        .filter(|&at| all || rank(at) < 2)
        .collect();
    // Stable: what matters first stays first.
    queue.sort_by_key(|&at| rank(at));
    queue
}
