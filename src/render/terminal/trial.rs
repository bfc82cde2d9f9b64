//! What came of the examples, claim by claim.

use super::Options;
use super::pen::{Pen, Tone};
use crate::claim::Severity;
use crate::trial::example::{Outcome, Trial, Verdict};

/// Writes the trials. Examples that pass are shown with `options.all` only; with `options.quiet`, only the last line.
/// `strict` says that mutants which keep a position are failures.
pub fn render(trials: &[Trial], strict: bool, options: &Options) -> String {
    let pen = Pen::new(options);
    let mut lines = Vec::new();
    if !options.quiet {
        for trial in trials {
            claim(trial, &pen, &mut lines);
            mutants(trial, strict, &pen, &mut lines);
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
    }
    let count = |verdict| {
        trials
            .iter()
            .map(|trial| trial.count(verdict))
            .sum::<usize>()
    };
    let survivors: usize = trials.iter().map(|trial| trial.survivors().count()).sum();
    let mutated: usize = trials
        .iter()
        .flat_map(|t| &t.examples)
        .map(|e| e.mutants.len())
        .sum();
    let mut total = format!(
        "{} in {}: {} passed, {} failed",
        counted(
            trials.iter().map(|t| t.examples.len()).sum(),
            "example",
            "examples"
        ),
        counted(trials.len(), "claim", "claims"),
        count(Verdict::Passed) + count(Verdict::TodoPassed),
        count(Verdict::Failed),
    );
    if count(Verdict::Todo) > 0 {
        total.push_str(&format!(", {} to do", count(Verdict::Todo)));
    }
    total.push_str(&format!(
        "; {survivors} of {} keep what they must not",
        counted(mutated, "changed sentence", "changed sentences")
    ));
    for line in pen.wrap(&total, "", "") {
        lines.push(pen.paint(Tone::Strong, &line));
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn claim(trial: &Trial, pen: &Pen, lines: &mut Vec<String>) {
    let shown: Vec<&Outcome> = trial
        .examples
        .iter()
        .filter(|outcome| pen.all() || outcome.verdict != Verdict::Passed)
        .collect();
    if shown.is_empty()
        && trial.survivors().next().is_none()
        && !pen.all()
        && !trial.examples.is_empty()
    {
        return;
    }
    let passed = trial.count(Verdict::Passed) + trial.count(Verdict::TodoPassed);
    let head = match trial.examples.len() {
        0 => format!("{}: no examples", trial.claim),
        all => format!("{}: {passed} of {all} passed", trial.claim),
    };
    for line in pen.wrap(&pen.plain(&head), "", "") {
        lines.push(pen.paint(Tone::Strong, &line));
    }
    for outcome in shown {
        let (mark, tone) = match outcome.verdict {
            Verdict::Passed => ("passed", Tone::Faint),
            Verdict::Failed => ("FAILED", Tone::Of(Severity::High)),
            Verdict::Todo => ("to do ", Tone::Of(Severity::Low)),
            Verdict::TodoPassed => ("passes", Tone::Of(Severity::Medium)),
        };
        let place = pen.plain(&format!("{}:{}", trial.path, outcome.line));
        lines.push(format!("  {}  {place}", pen.paint(tone, mark)));
        let row = |label: &str, text: &str, lines: &mut Vec<String>| {
            lines.extend(pen.wrap(&pen.plain(text), &format!("    {label:9}"), "             "));
        };
        row("sentence", &outcome.text, lines);
        let or_none = |names: Vec<String>| {
            if names.is_empty() {
                "none".to_owned()
            } else {
                names.join(", ")
            }
        };
        let got = outcome
            .got
            .iter()
            .map(|got| format!("{} {:.2}", got.position, got.score));
        row("expected", &or_none(outcome.expected.clone()), lines);
        row("got", &or_none(got.collect()), lines);
        row("why", &outcome.why, lines);
        if outcome.verdict == Verdict::TodoPassed {
            row("note", "it works by now: take `todo` away", lines);
        }
    }
}

fn mutants(trial: &Trial, strict: bool, pen: &Pen, lines: &mut Vec<String>) {
    for (outcome, mutant) in trial.survivors() {
        let (mark, tone) = if strict {
            ("FAILED", Tone::Of(Severity::High))
        } else {
            ("warning", Tone::Of(Severity::Medium))
        };
        let text = pen.plain(&format!(
            "{}:{} {}, and still {}: \"{}\"",
            trial.path,
            outcome.line,
            mutant.mutation.in_words(),
            mutant.kept.join(", "),
            mutant.text
        ));
        let wrapped = pen.wrap(&text, &format!("  {mark}  "), "    ");
        for (at, line) in wrapped.into_iter().enumerate() {
            lines.push(if at == 0 {
                line.replacen(mark, &pen.paint(tone, mark), 1)
            } else {
                line
            });
        }
    }
}
