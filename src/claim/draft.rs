//! A new claim file: commented, and sound from the first line on.

use super::edit::scalar;
use crate::clean::clean;

/// The name of the schema that the file's first line refers to, beside the file.
pub const SCHEMA_FILE: &str = "gainsay-claims.schema.json";

/// What a new claim file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The topic. An article must give names of it to be compared.
    pub topic: String,
    /// A name and others that mean the same; may be empty.
    pub aliases: Vec<(String, Vec<String>)>,
    /// The claims, not empty.
    pub claims: Vec<DraftClaim>,
}

/// A claim of a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftClaim {
    /// The claim's id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The subject, not empty.
    pub about: Vec<String>,
    /// The answers.
    pub answers: DraftAnswers,
    /// Pairs of positions that can both be true.
    pub compatible: Vec<(String, String)>,
    /// Sentences with what they carry.
    pub examples: Vec<DraftExample>,
}

/// The answers of a new claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftAnswers {
    /// The possible answers.
    Positions(Vec<DraftPosition>),
    /// What the number must stand with.
    Quantity(Vec<String>),
}

/// A possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPosition {
    /// The name.
    pub name: String,
    /// The sentence.
    pub says: String,
    /// Further wordings; where there are none, the file shows where they go.
    pub phrases: Vec<String>,
}

/// A sentence with what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftExample {
    /// The sentence.
    pub text: String,
    /// The position, or `none` for a near miss.
    pub position: String,
    /// Whether it does not work yet.
    pub todo: bool,
    /// Where it comes from, such as `dawn.md:12`.
    pub from: Option<String>,
}

impl Draft {
    /// The file's text.
    pub fn text(&self) -> String {
        let first = self.claims.first().map_or("ID", |claim| &claim.id);
        let mut lines: Vec<String> = vec![
            format!("# yaml-language-server: $schema={SCHEMA_FILE}"),
            "# A claim is a question that articles answer. `gainsay lint` and `gainsay test` look this file through,".into(),
            format!("# `gainsay explain {} \"A sentence.\"` shows what a sentence carries and why.", comment(first)),
            format!("topic: {}", scalar(&self.topic)),
        ];
        if self.aliases.is_empty() {
            lines.push("# Words and names that mean the same, for example:".into());
            lines.push("# aliases:".into());
            lines.push("#   United States: [US, Washington]".into());
        } else {
            lines.push("# Words and names that mean the same.".into());
            lines.push("aliases:".into());
            for (name, others) in &self.aliases {
                lines.push(format!("  {}:", scalar(name)));
                lines.extend(
                    others
                        .iter()
                        .map(|other| format!("    - {}", scalar(other))),
                );
            }
        }
        lines.push("claims:".into());
        for (at, claim) in self.claims.iter().enumerate() {
            if at > 0 {
                lines.push(String::new());
            }
            claim.write(&mut lines);
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

impl DraftClaim {
    fn write(&self, lines: &mut Vec<String>) {
        if self.examples.iter().any(|example| example.from.is_some()) {
            lines.push("  # Proposed from articles: put the question in your own words, join answers that say the same, and take".into());
            lines.push("  # the claim away where the articles speak of two things.".into());
        }
        lines.push(format!("  - id: {}", self.id));
        lines.push(format!("    question: {}", scalar(&self.question)));
        lines.push("    # A statement, or one beside it, must name one of these.".into());
        lines.push("    about:".into());
        let entries = self.about.iter();
        lines.extend(entries.map(|entry| format!("      - {}", scalar(entry))));
        match &self.answers {
            DraftAnswers::Positions(positions) => {
                lines.push("    # The possible answers. Add `phrases`: typical wordings of three to nine words, five or more each.".into());
                lines.push("    positions:".into());
                for position in positions {
                    position.write(lines);
                }
                if self.compatible.is_empty() {
                    lines.push("    # Pairs that can both be true, for example:".into());
                    lines.push("    # compatible:".into());
                    lines.push("    #   - [first, second]".into());
                } else {
                    lines.push("    # Pairs that can both be true. Take a pair away to have the two compared.".into());
                    lines.push("    compatible:".into());
                    for (a, b) in &self.compatible {
                        lines.push(format!("      - [{}, {}]", scalar(a), scalar(b)));
                    }
                }
            }
            DraftAnswers::Quantity(of) => {
                lines
                    .push("    # The answers are the numbers that stand with one of these.".into());
                lines.push("    quantity:".into());
                lines.push("      of:".into());
                let entries = of.iter();
                lines.extend(entries.map(|entry| format!("        - {}", scalar(entry))));
                lines.push(
                    "      # Numbers closer than this agree: a share such as 10%, or a number."
                        .into(),
                );
                lines.push("      tolerance: 0%".into());
            }
        }
        lines.push("    # Sentences that `gainsay test` runs; `none` is a near miss. Put real ones from articles here.".into());
        lines.push("    examples:".into());
        for example in &self.examples {
            if let Some(from) = &example.from {
                lines.push(format!("      # {}", comment(from)));
            }
            lines.push(format!("      - text: {}", scalar(&example.text)));
            lines.push(format!("        position: {}", scalar(&example.position)));
            if example.todo {
                lines.push("        todo: true".into());
            }
        }
    }
}

impl DraftPosition {
    fn write(&self, lines: &mut Vec<String>) {
        lines.push(format!("      {}:", scalar(&self.name)));
        lines.push(format!("        says: {}", scalar(&self.says)));
        if self.phrases.is_empty() {
            lines.push("        # phrases:".into());
            lines.push("        #   - another way to say so".into());
        } else {
            lines.push("        phrases:".into());
            let phrases = self.phrases.iter();
            lines.extend(phrases.map(|phrase| format!("          - {}", scalar(phrase))));
        }
    }
}

/// A name of a file may hold anything; a comment ends with its line.
fn comment(text: &str) -> String {
    clean(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
}
