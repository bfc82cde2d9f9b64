//! `gainsay review`: decides on divergences, key by key on a terminal, by flags elsewhere.

use std::path::Path;

use gainsay::render::terminal::{self, paragraph};
use gainsay::review::session::Answer;
use gainsay::review::{self, Agreement, Decision, Ledger, Standing, Verdict};

use super::args::ReviewFormat;
use super::check;
use super::exit::Exit;
use super::fatal::Fatal;
use super::review_desk::Desk;
use super::review_options::{Action, ReviewOptions};
use super::{correction, output, review_json, review_screen, screen};

/// As many characters of an id as every output shows.
const SHORT_ID: usize = 8;

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
