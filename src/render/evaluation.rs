//! An evaluation, for people and for programs.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::clean::clean;
use crate::eval::{
    ClaimEvaluation, Evaluation, Figure, MissingReason, Nearest, Wrong, WrongReason,
};

/// Raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Figures are written to four decimals: finer differences mean nothing.
const STEPS: f64 = 10_000.0;

/// Columns of the first column of a table.
const LABEL: usize = 30;

/// The evaluation as text, with at most `misses` wrong matches and as many missing positions. All lines end with a line feed.
pub fn text(evaluation: &Evaluation, misses: usize) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_text(&mut out, evaluation, misses);
    out
}

fn write_text(out: &mut String, evaluation: &Evaluation, misses: usize) -> std::fmt::Result {
    writeln!(
        out,
        "{:LABEL$}  {:^19}  {:^19}  {:>5}",
        "", "precision (95 %)", "recall (95 %)", "F1"
    )?;
    line(out, "stance", &evaluation.stance)?;
    for (kind, figure) in &evaluation.kinds {
        line(out, &format!("stance, {} claims", kind.name()), figure)?;
    }
    line(out, "evidence", &evaluation.evidence)?;
    line(out, "divergence", &evaluation.divergence)?;
    writeln!(
        out,
        "{:LABEL$}  {:19}  {:19}  {}",
        "stance, mean over claims",
        "",
        "",
        three(evaluation.macro_f1)
    )?;
    writeln!(
        out,
        "\n{} of {} matches lie in articles that were not read for their claim.",
        evaluation.strays, evaluation.matches
    )?;
    match evaluation.peak.threshold {
        Some(threshold) => writeln!(
            out,
            "Stance F1 would be best with the matches of at least {}: {}.",
            three(threshold),
            three(evaluation.peak.stance.f1())
        )?,
        None => writeln!(out, "There is no match to measure.")?,
    }

    for claim in &evaluation.claims {
        write_claim(out, claim)?;
    }

    if misses > 0 {
        heading(out, "Wrong matches", evaluation.wrong.len(), misses)?;
        for wrong in evaluation.wrong.iter().take(misses) {
            writeln!(
                out,
                "  {} {} = {} ({}): {}",
                one_line(&wrong.article),
                one_line(&wrong.claim),
                one_line(&wrong.position),
                three(wrong.score),
                one_line(&wrong.sentence)
            )?;
            writeln!(out, "    {}", wrong_reason(wrong))?;
        }
        heading(out, "Missing positions", evaluation.missing.len(), misses)?;
        for missing in evaluation.missing.iter().take(misses) {
            writeln!(
                out,
                "  {} {} = {}",
                one_line(&missing.article),
                one_line(&missing.claim),
                one_line(&missing.position)
            )?;
            for passage in &missing.passages {
                writeln!(out, "    {}", one_line(&passage.text))?;
                writeln!(out, "      {}", missing_reason(&passage.reason))?;
            }
            if missing.passages.is_empty() {
                writeln!(out, "    no sentence is labelled")?;
            }
        }
    }
    Ok(())
}

fn write_claim(out: &mut String, claim: &ClaimEvaluation) -> std::fmt::Result {
    writeln!(out, "\n{} ({})", one_line(&claim.id), claim.kind.name())?;
    line(out, "  stance", &claim.stance)?;
    for position in &claim.positions {
        let name = one_line(&position.name);
        line(out, &format!("    {name}"), &position.stance)?;
    }
    line(out, "  evidence", &claim.evidence)?;
    for position in &claim.positions {
        let name = one_line(&position.name);
        line(out, &format!("    {name}"), &position.evidence)?;
    }
    line(out, "  divergence", &claim.divergence)?;
    let confused: Vec<String> = claim
        .confusion
        .iter()
        .filter(|cell| cell.labelled != cell.found)
        .map(|cell| {
            format!(
                "{} -> {}: {}",
                cell.labelled.as_deref().map_or("no label".into(), one_line),
                cell.found.as_deref().map_or("no match".into(), one_line),
                cell.count
            )
        })
        .collect();
    if !confused.is_empty() {
        writeln!(out, "  label -> match")?;
        for cell in confused {
            writeln!(out, "    {cell}")?;
        }
    }
    Ok(())
}

fn heading(out: &mut String, what: &str, all: usize, shown: usize) -> std::fmt::Result {
    match all {
        0 => writeln!(out, "\n{what}: none"),
        _ if all > shown => writeln!(out, "\n{what}, {shown} of {all}:"),
        _ => writeln!(out, "\n{what}, {all}:"),
    }
}

fn line(out: &mut String, label: &str, figure: &Figure) -> std::fmt::Result {
    // Where nothing was found there is no precision, where nothing was wanted no recall.
    let share = |value: f64, (low, high): (f64, f64), of: usize| {
        if of == 0 {
            format!("{:19}", "-")
        } else {
            format!("{} ({}-{})", three(value), three(low), three(high))
        }
    };
    let f1 = if figure.found == 0 && figure.wanted == 0 {
        "-".to_owned()
    } else {
        three(figure.f1())
    };
    let row = format!(
        "{label:LABEL$}  {:19}  {:19}  {f1}",
        share(
            figure.precision(),
            figure.precision_interval(),
            figure.found
        ),
        share(figure.recall(), figure.recall_interval(), figure.wanted),
    );
    writeln!(out, "{}", row.trim_end())
}

fn three(value: f64) -> String {
    format!("{value:.3}")
}

fn wrong_reason(wrong: &Wrong) -> String {
    let wording = one_line(&wrong.wording);
    match &wrong.reason {
        WrongReason::LabelledOtherwise(others) => format!(
            "labelled {}; fired: {wording}",
            others
                .iter()
                .map(|name| one_line(name))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        WrongReason::CarriedElsewhere => {
            format!("the article carries the position in other sentences; fired: {wording}")
        }
        WrongReason::NotCarried => {
            format!("the article does not carry the position; fired: {wording}")
        }
    }
}

fn missing_reason(reason: &MissingReason) -> String {
    match reason {
        MissingReason::MatchedAs { position, score } => {
            format!("matched as {} ({})", one_line(position), three(*score))
        }
        MissingReason::Nearest(Nearest {
            position,
            wording,
            met,
            of,
        }) => {
            let position = position
                .as_deref()
                .map_or(String::new(), |name| format!("{}: ", one_line(name)));
            format!(
                "no match; nearest wording: {position}{} ({met} of {of} words)",
                one_line(wording)
            )
        }
        MissingReason::NoSharedWord => "no match; no wording shares a word with it".to_owned(),
        MissingReason::NoClaim => "the claim was not loaded".to_owned(),
    }
}

/// Words from outside, as one line that is safe to show.
fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    clean(&text).into_owned()
}

/// The evaluation as one JSON value, with all misses.
pub fn json(evaluation: &Evaluation) -> Value {
    let kinds: serde_json::Map<String, Value> = evaluation
        .kinds
        .iter()
        .map(|(kind, value)| (kind.name().to_owned(), figure(value)))
        .collect();
    json!({
        "schema_version": SCHEMA_VERSION,
        "stance": figure(&evaluation.stance),
        "kinds": kinds,
        "evidence": figure(&evaluation.evidence),
        "divergence": figure(&evaluation.divergence),
        "macro_f1": rounded(evaluation.macro_f1),
        "peak": {
            "threshold": evaluation.peak.threshold.map(rounded),
            "stance": figure(&evaluation.peak.stance),
        },
        "strays": evaluation.strays,
        "matches": evaluation.matches,
        "claims": evaluation.claims.iter().map(claim_json).collect::<Vec<_>>(),
        "wrong": evaluation.wrong.iter().map(|wrong| json!({
            "article": wrong.article,
            "claim": wrong.claim,
            "position": wrong.position,
            "score": rounded(wrong.score),
            "wording": wrong.wording,
            "sentence": wrong.sentence,
            "line": wrong.line,
            "reason": match &wrong.reason {
                WrongReason::LabelledOtherwise(_) => "labelled-otherwise",
                WrongReason::CarriedElsewhere => "carried-elsewhere",
                WrongReason::NotCarried => "not-carried",
            },
            "labelled": match &wrong.reason {
                WrongReason::LabelledOtherwise(others) => others.as_slice(),
                _ => &[],
            },
        })).collect::<Vec<_>>(),
        "missing": evaluation.missing.iter().map(|missing| json!({
            "article": missing.article,
            "claim": missing.claim,
            "position": missing.position,
            "passages": missing.passages.iter().map(|passage| json!({
                "text": passage.text,
                "reason": reason_json(&passage.reason),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn claim_json(claim: &ClaimEvaluation) -> Value {
    json!({
        "id": claim.id,
        "kind": claim.kind.name(),
        "stance": figure(&claim.stance),
        "evidence": figure(&claim.evidence),
        "divergence": figure(&claim.divergence),
        "positions": claim.positions.iter().map(|position| json!({
            "name": position.name,
            "stance": figure(&position.stance),
            "evidence": figure(&position.evidence),
        })).collect::<Vec<_>>(),
        "confusion": claim.confusion.iter().map(|cell| json!({
            "labelled": cell.labelled,
            "found": cell.found,
            "count": cell.count,
        })).collect::<Vec<_>>(),
    })
}

fn reason_json(reason: &MissingReason) -> Value {
    match reason {
        MissingReason::MatchedAs { position, score } => {
            json!({"kind": "matched-as", "position": position, "score": rounded(*score)})
        }
        MissingReason::Nearest(nearest) => json!({
            "kind": "nearest",
            "position": nearest.position,
            "wording": nearest.wording,
            "met": nearest.met,
            "of": nearest.of,
        }),
        MissingReason::NoSharedWord => json!({"kind": "no-shared-word"}),
        MissingReason::NoClaim => json!({"kind": "no-claim"}),
    }
}

fn figure(figure: &Figure) -> Value {
    let interval = |(low, high): (f64, f64)| [rounded(low), rounded(high)];
    json!({
        "precision": rounded(figure.precision()),
        "precision_interval": interval(figure.precision_interval()),
        "recall": rounded(figure.recall()),
        "recall_interval": interval(figure.recall_interval()),
        "f1": rounded(figure.f1()),
        "right": figure.right,
        "found": figure.found,
        "hit": figure.hit,
        "wanted": figure.wanted,
    })
}

fn rounded(value: f64) -> f64 {
    (value * STEPS).round() / STEPS
}
