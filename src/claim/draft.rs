//! A new claim file: commented, and sound from the first line on.

use super::edit::scalar;

/// The name of the schema that the file's first line refers to, beside the file.
pub const SCHEMA_FILE: &str = "gainsay-claims.schema.json";

/// What a new claim file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The claim's id.
    pub id: String,
    /// The question.
    pub question: String,
    /// The subject, not empty.
    pub about: Vec<String>,
    /// The answers.
    pub answers: DraftAnswers,
    /// Sentences with what they carry (`none` for a near miss), and whether they do not work yet.
    pub examples: Vec<(String, String, bool)>,
}

/// The answers of a new claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftAnswers {
    /// Names and sentences.
    Positions(Vec<(String, String)>),
    /// What the number must stand with.
    Quantity(Vec<String>),
}

impl Draft {
    /// The file's text.
    pub fn text(&self) -> String {
        let mut lines: Vec<String> = vec![
            format!("# yaml-language-server: $schema={SCHEMA_FILE}"),
            "# A claim is a question that articles answer. `gainsay lint` and `gainsay test` look this file through,".into(),
            format!("# `gainsay explain {} \"A sentence.\"` shows what a sentence carries and why.", self.id),
            format!("topic: {}", scalar(self.question.trim_end_matches('?'))),
            "# Words and names that mean the same, for example:".into(),
            "# aliases:".into(),
            "#   United States: [US, Washington]".into(),
            "claims:".into(),
            format!("  - id: {}", self.id),
            format!("    question: {}", scalar(&self.question)),
            "    # A statement, or one beside it, must name one of these.".into(),
            "    about:".into(),
        ];
        lines.extend(
            self.about
                .iter()
                .map(|entry| format!("      - {}", scalar(entry))),
        );
        match &self.answers {
            DraftAnswers::Positions(positions) => {
                lines.push("    # The possible answers. Add `phrases`: typical wordings of three to nine words, five or more each.".into());
                lines.push("    positions:".into());
                for (name, says) in positions {
                    lines.push(format!("      {}:", scalar(name)));
                    lines.push(format!("        says: {}", scalar(says)));
                    lines.push("        # phrases:".into());
                    lines.push("        #   - another way to say so".into());
                }
                lines.push("    # Pairs that can both be true, for example:".into());
                lines.push("    # compatible:".into());
                lines.push("    #   - [first, second]".into());
            }
            DraftAnswers::Quantity(of) => {
                lines
                    .push("    # The answers are the numbers that stand with one of these.".into());
                lines.push("    quantity:".into());
                lines.push("      of:".into());
                lines.extend(
                    of.iter()
                        .map(|entry| format!("        - {}", scalar(entry))),
                );
                lines.push(
                    "      # Numbers closer than this agree: a share such as 10%, or a number."
                        .into(),
                );
                lines.push("      tolerance: 0%".into());
            }
        }
        lines.push("    # Sentences that `gainsay test` runs; `none` is a near miss. Put real ones from articles here.".into());
        lines.push("    examples:".into());
        for (sentence, position, todo) in &self.examples {
            lines.push(format!("      - text: {}", scalar(sentence)));
            lines.push(format!("        position: {}", scalar(position)));
            if *todo {
                lines.push("        todo: true".into());
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }
}
