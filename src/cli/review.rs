//! `gainsay review`: decides on divergences, key by key on a terminal, by flags elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gainsay::article::Article;
use gainsay::claim::Severity;
use gainsay::divergence::Divergence;
use gainsay::render::terminal::{self, Card, paragraph};
use gainsay::report::Report;
use gainsay::review::session::{Answer, Item, Session};
use gainsay::review::{
    self, Agreement, AppendError, Basis, Decision, Docket, Ledger, Standing, Verdict,
};
use jiff::civil::Date;

use super::args::{CheckArgs, ReportArgs, ReviewArgs, ReviewFormat, Shared};
use super::check::{self, CheckOptions};
use super::exit::Exit;
use super::fatal::Fatal;
use super::{correction, output, review_json, review_screen, screen};

/// As many characters of an id as every output shows.
const SHORT_ID: usize = 8;

/// What to do, from flags, settings and defaults.
#[derive(Debug)]
pub(super) struct ReviewOptions {
    check: CheckOptions,
    reviews: PathBuf,
    action: Action,
    format: ReviewFormat,
    all: bool,
    reason: String,
    reviewer: Option<String>,
    expires: Option<Date>,
    blind: bool,
    /// The command with its inputs, for a reader to copy.
    command: String,
}

#[derive(Debug)]
enum Action {
    Queue,
    List,
    Show(Vec<String>),
    Decide(Verdict, Vec<String>),
    /// Dismiss it because a sentence was taken wrongly; the number of that, and the position that it carries instead.
    Learn(String, usize, Option<String>),
    Compare(PathBuf),
}

/// Reads the settings and lays the flags over them.
pub(super) fn options(shared: Shared, args: ReviewArgs) -> Result<ReviewOptions, Fatal> {
    let command = command(&shared, &args);
    let decides = [
        (Verdict::Confirmed, args.confirm),
        (Verdict::Dismissed, args.dismiss),
        (Verdict::Later, args.later),
        (Verdict::Open, args.reopen),
    ];
    let decides = decides.into_iter().find(|(_, ids)| !ids.is_empty());
    let action = match (decides, args.compare) {
        (decides, _) if args.wrong_match.is_some() => {
            let sentence = args.wrong_match.unwrap_or_default();
            learning(decides, sentence, args.carries)?
        }
        (Some((verdict, ids)), _) => Action::Decide(verdict, ids),
        (None, Some(other)) => Action::Compare(other),
        (None, None) if !args.show.is_empty() => Action::Show(args.show),
        (None, None) if args.list => Action::List,
        (None, None) => Action::Queue,
    };
    if args.format.is_some() && matches!(action, Action::Queue) {
        return Err(Fatal::Usage {
            message: "--format is for --list, --show and --compare".to_owned(),
            help: None,
        });
    }
    let check = CheckArgs {
        articles: args.articles,
        claims: args.claims,
        cache: args.cache,
        jobs: args.jobs,
        report: ReportArgs {
            only: args.only,
            min_severity: args.min_severity,
            reviews: args.reviews,
            date: args.date,
            ..ReportArgs::default()
        },
        ..CheckArgs::default()
    };
    let check = match action {
        // Two ledgers are compared without articles.
        Action::Compare(_) => check::unchecked_options(shared, check)?,
        _ => check::options(shared, check)?,
    };
    let user = || {
        let name = |key| std::env::var(key).ok().filter(|name| !name.is_empty());
        name("USER").or_else(|| name("USERNAME"))
    };
    let reviews = check.reviews().unwrap_or(Path::new("")).to_owned();
    Ok(ReviewOptions {
        check,
        reviews,
        action,
        format: args.format.unwrap_or_default(),
        all: args.all,
        reason: args.reason.unwrap_or_default().trim().to_owned(),
        reviewer: args.reviewer.or_else(user),
        expires: args.expires,
        blind: args.blind,
        command,
    })
}

/// What --wrong-match asks for. That it stands with --dismiss alone is not left to the reader of flags, who forgives a flag without the
/// one that it requires where a third one is in the way of that.
fn learning(
    decides: Option<(Verdict, Vec<String>)>,
    sentence: usize,
    instead: Option<String>,
) -> Result<Action, Fatal> {
    match decides {
        Some((Verdict::Dismissed, mut ids)) if ids.len() == 1 => {
            Ok(Action::Learn(ids.swap_remove(0), sentence, instead))
        }
        _ => Err(Fatal::Usage {
            message: "--wrong-match is for one --dismiss".to_owned(),
            help: Some("the sentences of each divergence have numbers of their own".to_owned()),
        }),
    }
}

/// The command as it was given, without what it is to do.
fn command(shared: &Shared, args: &ReviewArgs) -> String {
    let mut words = vec!["gainsay".to_owned(), "review".to_owned()];
    let path = |path: &PathBuf| quoted(&path.to_string_lossy());
    words.extend(args.articles.iter().map(path));
    let flags = args.claims.iter().map(|claims| ("--claims", claims));
    let flags = flags.chain(args.reviews.iter().map(|reviews| ("--reviews", reviews)));
    let flags = flags.chain(shared.config.iter().map(|config| ("--config", config)));
    words.extend(flags.map(|(flag, value)| format!("{flag} {}", path(value))));
    words.extend(shared.no_config.then(|| "--no-config".to_owned()));
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Does what was asked for.
pub(super) fn run(options: &ReviewOptions) -> Result<Exit, Fatal> {
    if let Action::Compare(other) = &options.action {
        return compare(options, other);
    }
    let mut desk = Desk::open(options)?;
    match &options.action {
        Action::Queue if screen::is_attended() => review_screen::run(options, &mut desk)?,
        Action::Queue => output::write_to_stdout(&advice(options, &desk))?,
        Action::List => {
            let text = match options.format {
                ReviewFormat::Text => list(options, &desk),
                ReviewFormat::Json => review_json::list(&desk, options.blind),
            };
            output::write_to_stdout(&text)?;
        }
        Action::Show(ids) => {
            let found = desk.find_all(ids)?;
            let text = match options.format {
                ReviewFormat::Text => show(options, &desk, &found),
                ReviewFormat::Json => review_json::show(&desk, &found, options.blind),
            };
            output::write_to_stdout(&text)?;
        }
        Action::Decide(verdict, ids) => {
            let found = desk.find_all(ids)?;
            decide(options, &mut desk, *verdict, &found)?;
        }
        Action::Learn(id, sentence, instead) => {
            let at = desk.find(id)?;
            let dismissal = Answer {
                id: desk.divergence(at).id.clone(),
                verdict: Verdict::Dismissed,
                reason: options.reason.clone(),
            };
            let told =
                correction::learn(options, &mut desk, dismissal, *sentence, instead.as_deref())?;
            let lines = told.join("\n") + "\n";
            output::write_to_stdout(&gainsay::clean::clean(&lines))?;
        }
        Action::Compare(_) => unreachable!("internal: ledgers are compared above"),
    }
    let decides = matches!(
        options.action,
        Action::Queue | Action::Decide(..) | Action::Learn(..)
    );
    if let Some(kept_in) = options.check.kept_in().filter(|_| decides) {
        check::in_threads(&options.check, || {
            review::keep_standing(&options.reviews, &kept_in);
            Ok(())
        })?;
    }
    let errors = desk.report.counts().errors;
    if errors > 0 {
        output::note(&format!(
            "{errors} of the things to read could not be read: `gainsay check` tells which"
        ));
        return Ok(Exit::Failed);
    }
    Ok(Exit::Done)
}

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
            options.check.only(),
            options.check.min_severity(),
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
    fn decided(&self) -> usize {
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
    fn find(&self, start: &str) -> Result<usize, Fatal> {
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

    fn find_all(&self, starts: &[String]) -> Result<Vec<usize>, Fatal> {
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

impl ReviewOptions {
    /// How to write for people.
    pub fn terminal(&self) -> terminal::Options {
        self.check.terminal()
    }

    /// Whether it is hidden where the sentences stand.
    pub fn blind(&self) -> bool {
        self.blind
    }

    /// The ledger, as it was named.
    pub fn ledger_name(&self) -> String {
        self.reviews.display().to_string()
    }

    /// An error that ends the run where nobody can go on.
    pub fn unsaved(&self, error: AppendError) -> Fatal {
        Fatal::Unsaved {
            path: self
                .reviews
                .display()
                .to_string()
                .escape_debug()
                .to_string(),
            help: advice_on(&error).map(str::to_owned),
            error,
        }
    }
}

/// What to do where a decision could not be saved.
fn advice_on(error: &AppendError) -> Option<&'static str> {
    match error {
        AppendError::Busy => Some("try again"),
        AppendError::Earlier { .. } => Some("give that day or a later one with --date"),
        AppendError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Some("create its folder first")
        }
        AppendError::Io(_) => None,
    }
}

/// `2 divergences wait for a decision, 5 are decided`
fn overview(desk: &Desk) -> String {
    let decided = desk.decided();
    let waiting: usize = desk
        .queue
        .iter()
        .filter(|&&at| desk.docket.standings[at] != Standing::Decided)
        .count();
    let mut text = match waiting {
        1 => "1 divergence waits for a decision".to_owned(),
        many => format!("{many} divergences wait for a decision"),
    };
    if decided > 0 {
        text += &format!(", {decided} decided");
    }
    let elsewhere = desk.elsewhere();
    if elsewhere > 0 {
        text += &format!("; {elsewhere} more of the ledger are about other articles or claims");
    }
    text
}

fn listed(options: &ReviewOptions, desk: &Desk) -> Vec<String> {
    let how = options.terminal();
    let card = desk.card(&how, options.blind, false);
    let mut lines = Vec::new();
    for &at in &desk.queue {
        lines.push(card.line(desk.divergence(at)));
        for state in desk.state(at) {
            let narrower = terminal::Options {
                width: how.width.saturating_sub(SHORT_ID + 1),
                ..how
            };
            let state = paragraph(&narrower, &state);
            lines.extend(state.iter().map(|line| format!("{:SHORT_ID$} {line}", "")));
        }
    }
    lines
}

fn list(options: &ReviewOptions, desk: &Desk) -> String {
    let mut lines = paragraph(&options.terminal(), &overview(desk));
    lines.extend(listed(options, desk));
    lines.join("\n") + "\n"
}

/// What to do where there is no terminal.
fn advice(options: &ReviewOptions, desk: &Desk) -> String {
    let how = options.terminal();
    let mut lines = paragraph(&how, &overview(desk));
    if let Some(&first) = desk.queue.first() {
        let id: String = desk.divergence(first).id.chars().take(SHORT_ID).collect();
        // Commands are to be copied, so they are cleaned and never broken.
        let command = gainsay::clean::clean(&options.command);
        lines.push(
            "There is no terminal here for the queue. These commands do the same:".to_owned(),
        );
        lines.push(String::new());
        lines.push(format!("  {command} --list"));
        lines.push(format!("  {command} --show {id}"));
        for flag in ["--confirm", "--dismiss", "--later"] {
            lines.push(format!("  {command} {flag} {id} --reason 'WORDS'"));
        }
        lines.push(format!("  {command} --reopen {id}"));
        lines.push(format!("  {command} --dismiss {id} --wrong-match N"));
        lines.push(String::new());
        lines.extend(listed(options, desk));
    }
    lines.join("\n") + "\n"
}

fn show(options: &ReviewOptions, desk: &Desk, found: &[usize]) -> String {
    let how = options.terminal();
    let card = desk.card(&how, options.blind, true);
    let mut lines = Vec::new();
    for &at in found {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(card.lines(desk.divergence(at)));
        let state = desk.state(at);
        if !state.is_empty() {
            lines.push(String::new());
            lines.extend(state.iter().flat_map(|state| paragraph(&how, state)));
        }
    }
    lines.join("\n") + "\n"
}

fn decide(
    options: &ReviewOptions,
    desk: &mut Desk,
    verdict: Verdict,
    found: &[usize],
) -> Result<(), Fatal> {
    let answers: Vec<Answer> = found
        .iter()
        .map(|&at| Answer {
            id: desk.divergence(at).id.clone(),
            verdict,
            reason: options.reason.clone(),
        })
        .collect();
    let saved = desk.save(options, &answers);
    saved.map_err(|error| options.unsaved(error))?;
    let how = options.terminal();
    let card = desk.card(&how, options.blind, false);
    let name = match verdict {
        Verdict::Later => "put off",
        Verdict::Open => "open again",
        verdict => verdict.name(),
    };
    let lines: Vec<String> = found
        .iter()
        .map(|&at| format!("{name}: {}\n", card.line(desk.divergence(at))))
        .collect();
    output::write_to_stdout(&lines.concat())
}

/// Compares two ledgers.
fn compare(options: &ReviewOptions, other: &Path) -> Result<Exit, Fatal> {
    let mut errors = 0;
    let mut load = |path: &Path| {
        if matches!(path.try_exists(), Ok(false)) {
            return Err(Fatal::Nothing {
                message: format!(
                    "there is no ledger {}",
                    path.display().to_string().escape_debug()
                ),
                help: "name the first with --reviews FILE, the second with --compare FILE"
                    .to_owned(),
            });
        }
        let mut ledger = Ledger::load(path);
        ledger.check_all();
        for problem in ledger.problems() {
            errors += usize::from(problem.level == gainsay::problem::Level::Error);
            let line = problem.line_column().map(|(line, _)| format!(":{line}"));
            let text = format!(
                "{}{}: {}",
                ledger.name(),
                line.unwrap_or_default(),
                problem.message
            );
            output::note(&gainsay::clean::clean(&text));
        }
        Ok(ledger)
    };
    let (first, second) = (load(&options.reviews)?, load(other)?);
    let agreement = Agreement::of(&first, &second);
    let text = match options.format {
        ReviewFormat::Json => review_json::comparison(&agreement),
        ReviewFormat::Text => comparison(options, &agreement, [&first.name(), &second.name()]),
    };
    output::write_to_stdout(&text)?;
    Ok(if errors > 0 { Exit::Failed } else { Exit::Done })
}

fn comparison(options: &ReviewOptions, agreement: &Agreement, names: [&str; 2]) -> String {
    let how = options.terminal();
    let mut told = vec![format!(
        "{} decided by both; {} only in {}, {} only in {}",
        agreement.both(),
        agreement.only_first,
        names[0],
        agreement.only_second,
        names[1]
    )];
    if let Some(share) = agreement.share() {
        told.push(format!(
            "agreement: {} of {} ({:.1} %)",
            agreement.agreed(),
            agreement.both(),
            share * 100.0
        ));
        told.push(match agreement.kappa() {
            Some(kappa) => format!("Cohen's kappa: {kappa:.3}"),
            None => {
                "Cohen's kappa: not defined, since both gave one and the same verdict throughout"
                    .to_owned()
            }
        });
    }
    for apart in &agreement.disagreements {
        let id: String = apart.first.id.chars().take(SHORT_ID).collect();
        told.push(format!(
            "{id} {} on {}: {}, {}",
            apart.first.on.kind.name(),
            apart.first.on.claim,
            with_reason(&apart.first),
            with_reason(&apart.second)
        ));
    }
    let lines: Vec<String> = told.iter().flat_map(|text| paragraph(&how, text)).collect();
    lines.join("\n") + "\n"
}

fn with_reason(decision: &Decision) -> String {
    match decision.reason.as_str() {
        "" => decision.summary(),
        reason => format!("{} ({reason})", decision.summary()),
    }
}

/// What went wrong with a save, for the notice of a session.
pub(super) fn told(error: &AppendError) -> String {
    match advice_on(error) {
        Some(advice) => format!("{error}; {advice}"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_as_a_shell_reads_them() {
        for (word, expected) in [
            ("a/b-c.yaml", "a/b-c.yaml"),
            ("Zoë.txt", "Zoë.txt"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
            ("~", "'~'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
