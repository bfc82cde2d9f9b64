//! An explanation in words: the gates, the positions with their words, and why not.

use super::Options;
use super::pen::{Pen, Tone};
use crate::claim::Reach;
use crate::matching::Explanation;
use crate::matching::explain::{
    Grounds, Negation, PositionSeen, Sum, UnitKind, UnitSeen, WordingSeen,
};
use crate::trial::reason;
use crate::trial::remedy::Remedy;

/// Columns of the first column.
const LABEL: usize = 10;
/// Columns of a bar for a weight of 1.
const BAR: f64 = 8.0;
/// Widest columns for the words of a wording and of the statement.
const UNIT: usize = 20;
const MET: usize = 28;
/// Most entries of a list that are named.
const NAMED: usize = 6;

/// Writes an explanation. Positions that come nowhere near are left to `options.all`, but for `wanted`.
pub fn render(
    explanation: &Explanation,
    remedy: Option<&Remedy>,
    wanted: Option<&str>,
    options: &Options,
) -> String {
    let pen = Pen::new(options);
    let mut page = Page {
        pen,
        lines: Vec::new(),
    };
    page.strong(&format!("{}: {}", explanation.claim, explanation.question));
    let statement = format!("{}: \"{}\"", explanation.line, explanation.statement);
    page.wrapped("line ", &statement);
    page.blank();
    page.carried(explanation);
    page.gates(explanation);
    page.blank();
    let shown: Vec<&PositionSeen> = explanation
        .positions
        .iter()
        .enumerate()
        .filter(|(at, seen)| {
            *at == 0 || seen.carried || pen.all() || wanted == Some(seen.name.as_str())
                || remedy.is_some_and(|remedy| remedy.position == seen.name)
                // The runner-up tells the margin.
                || *at == 1 && seen.sum.is_some()
        })
        .map(|(_, seen)| seen)
        .collect();
    for seen in &shown {
        page.position(explanation, seen);
    }
    let hidden = explanation.positions.len() - shown.len();
    if hidden > 0 {
        let what = if hidden == 1 {
            "position comes"
        } else {
            "positions come"
        };
        page.faint(&format!(
            "{hidden} further {what} less near; --all shows them"
        ));
        page.blank();
    }
    page.numbers(explanation);
    if let Some(remedy) = remedy {
        page.remedy(remedy);
    }
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

struct Page {
    pen: Pen,
    lines: Vec<String>,
}

impl Page {
    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    fn strong(&mut self, text: &str) {
        let text = self.pen.plain(text);
        for line in self.pen.wrap(&text, "", "") {
            self.lines.push(self.pen.paint(Tone::Strong, &line));
        }
    }

    fn faint(&mut self, text: &str) {
        let text = self.pen.plain(text);
        for line in self.pen.wrap(&text, "", "") {
            self.lines.push(self.pen.paint(Tone::Faint, &line));
        }
    }

    fn wrapped(&mut self, first: &str, text: &str) {
        let text = self.pen.plain(text);
        let rest = " ".repeat(first.len());
        self.lines.extend(self.pen.wrap(&text, first, &rest));
    }

    fn row(&mut self, label: &str, text: &str) {
        let label = format!("{label:LABEL$}");
        self.wrapped(&label, text);
    }

    fn carried(&mut self, explanation: &Explanation) {
        let text = if explanation.carried.is_empty() {
            "nothing".to_owned()
        } else {
            let carried = explanation.carried.iter();
            carried
                .map(|c| {
                    let by = match c.by {
                        Grounds::Statement => "",
                        Grounds::Surest => ", for the article says nothing surer",
                        Grounds::Pronoun => {
                            ", for its pronoun stands for whom the sentence before names first"
                        }
                        Grounds::Echo => ", for it denies what was said shortly before",
                        Grounds::Figure => ", a figure held against a number shortly before",
                    };
                    format!("{} {:.2}{by}", c.position, c.confidence)
                })
                .collect::<Vec<_>>()
                .join(", ")
        };
        self.row(
            "carries",
            &format!("{text} ({:.2} is needed)", explanation.threshold),
        );
    }

    fn gates(&mut self, explanation: &Explanation) {
        let subject = &explanation.subject;
        let met: Vec<&str> = subject
            .entries
            .iter()
            .filter(|entry| entry.met)
            .map(|entry| entry.text.as_str())
            .take(NAMED)
            .collect();
        let reach = match subject.reach {
            Reach::Sentence => "in the statement",
            Reach::Neighbour => "in the statement or the one before or after it",
            Reach::Paragraph => "in the paragraph or the one before it",
            Reach::Article => "in the article",
        };
        let text = match (subject.here, subject.near) {
            (true, _) => format!("named here: {}", met.join(", ")),
            (false, true) => format!("not named here, but near enough ({reach})"),
            (false, false) => {
                let entries = subject.entries.iter().take(NAMED);
                let entries: Vec<&str> = entries.map(|entry| entry.text.as_str()).collect();
                format!("not named {reach}: none of {}", entries.join(", "))
            }
        };
        self.row("subject", &text);
        if let Some(names) = &explanation.names {
            let mut text = format!(
                "{} of the {} needed",
                names.met.len().min(names.needed),
                names.needed
            );
            if !names.met.is_empty() {
                let met: Vec<&str> = names.met.iter().take(NAMED).map(String::as_str).collect();
                text.push_str(&format!(": the article gives {}", met.join(", ")));
            }
            if names.kin {
                text.push_str("; names and words of the aliases make up for the rest");
            }
            if !names.enough() {
                text.push_str(&format!("; it lacks {}", names.missing.join(", ")));
            }
            self.row("names", &text);
        }
        if explanation.asks {
            self.row(
                "question",
                "it ends in a question mark, and questions carry no position",
            );
        }
        if !explanation.cues.is_empty() {
            let cues = explanation.cues.iter().map(|cue| match cue.kind {
                Negation::Denial => format!("\"{}\" denies", cue.words.text),
                Negation::Negation => format!("\"{}\" negates", cue.words.text),
            });
            let mut text = cues.collect::<Vec<_>>().join(", ");
            if !explanation.negated.is_empty() {
                let words = explanation.negated.iter().map(|words| words.text.as_str());
                text.push_str(&format!(": {}", words.collect::<Vec<_>>().join(" ")));
            }
            self.row("negation", &text);
        }
    }

    fn position(&mut self, explanation: &Explanation, seen: &PositionSeen) {
        let state = if seen.carried {
            "carried"
        } else {
            "not carried"
        };
        self.strong(&format!("{} {:.2}, {state}", seen.name, seen.confidence));
        if let Some(hurdle) = &seen.hurdle {
            let why = reason::hurdle_in_words(explanation, seen, hurdle);
            self.wrapped("  ", &why);
        }
        if let Some(wording) = &seen.wording {
            self.wording(seen, wording);
        }
        if let Some(sum) = &seen.sum {
            self.sum(sum);
        }
        if let Some(denial) = &seen.denial {
            let text = format!("`{denial}` denies it, which is {:.2} sure", seen.confidence);
            self.wrapped("  denied    ", &text);
        }
        self.blank();
    }

    fn wording(&mut self, seen: &PositionSeen, wording: &WordingSeen) {
        let mut text = wording.text.clone();
        if wording.position != seen.name {
            text.push_str(&format!(" (of {})", wording.position));
        }
        if wording.denied {
            text.push_str(", which the statement denies");
        }
        self.wrapped("  wording   ", &text);
        for unit in &wording.units {
            self.unit(unit);
        }
        let said = match wording.negation {
            Some(Negation::Denial) => "; the wording denies",
            Some(Negation::Negation) => "; the wording negates",
            None => "",
        };
        self.wrapped(
            "  score     ",
            &format!(
                "{:.2}: {:.0}% of the weight is met within {} words, and so many words make it {:.0}% sure{said}",
                wording.score,
                100.0 * wording.coverage,
                wording.spread + 1,
                100.0 * wording.mass,
            ),
        );
    }

    fn unit(&mut self, unit: &UnitSeen) {
        let pen = self.pen;
        let full = (unit.weight * BAR).round().max(1.0) as usize;
        let bar = pen.pick("\u{2588}", "#").repeat(full);
        let bar = format!("{bar}{}", " ".repeat((BAR as usize).saturating_sub(full)));
        let name = pen.clip(&pen.plain(&unit.text), UNIT);
        let name = format!(
            "{name}{}",
            " ".repeat(UNIT.saturating_sub(super::clip::columns(&name)))
        );
        let mut notes = Vec::new();
        let met = match (&unit.met, &unit.too_far) {
            (Some(met), _) => {
                notes.push(match unit.kind {
                    _ if met.opposite => "the opposite".to_owned(),
                    _ if met.pronoun => "stands for it".to_owned(),
                    UnitKind::Alias if met.similarity >= 1.0 => "alias".to_owned(),
                    _ if met.similarity >= 1.0 => "same".to_owned(),
                    _ => format!("like it {:.2}", met.similarity),
                });
                if met.negated {
                    notes.push("negated".to_owned());
                }
                format!("\"{}\"", met.words.text)
            }
            (None, Some(words)) => {
                notes.push("too far off".to_owned());
                format!("\"{}\"", words.text)
            }
            (None, None) => "-".to_owned(),
        };
        if unit.soft {
            notes.push("a small word".to_owned());
        }
        if unit.negated {
            notes.push("negated in the wording".to_owned());
        }
        let met = pen.clip(&pen.plain(&met), MET);
        let met = format!(
            "{met}{}",
            " ".repeat(MET.saturating_sub(super::clip::columns(&met)))
        );
        let line = format!(
            "    {bar} {:.2} {name} {met} {}",
            unit.weight,
            notes.join(", ")
        );
        self.lines.push(pen.clip(line.trim_end(), pen.width()));
    }

    fn sum(&mut self, sum: &Sum) {
        let others = match sum.supporting {
            0 | 1 => String::new(),
            many => format!(" ({many} wordings fit)"),
        };
        let mut text = format!("{:.2}", sum.score);
        let mut part = |value: f64, what: &str| {
            if value.abs() >= 0.005 {
                let sign = if value < 0.0 { '-' } else { '+' };
                text.push_str(&format!(" {sign} {:.2} {what}", value.abs()));
            }
        };
        part(sum.support, &format!("support{others}"));
        part(sum.margin, "distance to the runner-up");
        part(sum.telling, "words of its own");
        part(sum.inversions, "other order of words");
        part(sum.offset, "always");
        text.push_str(&format!(" = {:.2}", sum.total()));
        self.wrapped("  sure      ", &text);
    }

    fn numbers(&mut self, explanation: &Explanation) {
        for number in &explanation.numbers {
            let text = match (&number.entry, number.fault) {
                (Some(entry), _) => {
                    format!("taken, {:.2}: it stands with `{entry}`", number.score)
                }
                (None, Some(fault)) => format!("not taken: {}", reason::number_fault(fault)),
                (None, None) => "not taken".to_owned(),
            };
            self.row("number", &format!("\"{}\" {text}", number.words.text));
        }
        for date in &explanation.dates {
            let text = match (&date.entry, date.fault) {
                (Some(entry), _) => {
                    format!(
                        "is {}, taken, {:.2}: it belongs to `{entry}`",
                        date.date, date.score
                    )
                }
                (None, Some(fault)) => {
                    format!("is {}, not taken: {}", date.date, reason::date_fault(fault))
                }
                (None, None) => format!("is {}, not taken", date.date),
            };
            self.row("date", &format!("\"{}\" {text}", date.words.text));
        }
        if !explanation.numbers.is_empty() || !explanation.dates.is_empty() {
            self.blank();
        }
    }

    fn remedy(&mut self, remedy: &Remedy) {
        self.strong(&format!("Why not {}?", remedy.position));
        let mut reason = remedy.reason.clone();
        reason.push('.');
        self.wrapped("  ", &reason);
        match &remedy.change {
            Some(change) => self.wrapped("  change    ", change),
            None => self.wrapped(
                "  change    ",
                "none was found that would make it carry the position",
            ),
        }
        if !remedy.then.is_empty() {
            let then = remedy
                .then
                .iter()
                .map(|t| format!("{} {:.2}", t.position, t.confidence));
            let then = then.collect::<Vec<_>>().join(", ");
            self.wrapped(
                "  tried     ",
                &format!("with it the statement carries {then}"),
            );
        }
    }
}
