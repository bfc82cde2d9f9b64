//! What is known of an article beside its text.

use std::sync::Arc;

use jiff::civil::Date;

use crate::problem::Problem;
use crate::source::{Source, Span};

use super::publication_date::{DATE_HELP, parse_date};
use super::yaml_map::{Kind, Node};
use crate::similarity::suggestion::nearest;

/// What front matter, a folder's `articles.yaml`, a JSONL line or a page's own metadata tell of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// A name for the article that replaces the one made from its file.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// Where it was published.
    pub url: Option<String>,
}

/// The keys that are read, in the order in which they are told to the reader.
pub(super) const KEYS: [&str; 5] = ["id", "title", "source", "date", "url"];

/// Whose keys are read: who owns the mapping decides what an unknown key means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Front matter belongs to the user's site generator; unknown keys are none of our business.
    SiteGenerator,
    /// `articles.yaml` is ours; an unknown key is most likely a slip.
    Gainsay,
}

/// [`Metadata`] read from a YAML mapping, and where the title's value stands.
#[derive(Default)]
pub(super) struct MetadataFields {
    pub metadata: Metadata,
    pub title_span: Option<Span>,
}

impl Metadata {
    /// Fills what is missing here from `other`.
    #[must_use]
    pub fn or(self, other: &Metadata) -> Metadata {
        Metadata {
            id: self.id.or_else(|| other.id.clone()),
            title: self.title.or_else(|| other.title.clone()),
            source: self.source.or_else(|| other.source.clone()),
            date: self.date.or(other.date),
            url: self.url.or_else(|| other.url.clone()),
        }
    }
}

impl MetadataFields {
    /// Reads the entries of a mapping; a value that cannot be used is told and left out.
    pub fn from_entries(
        entries: &[(Node, Node)],
        source: &Arc<Source>,
        owner: Owner,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut fields = Self::default();
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for (key, value) in entries {
            let Kind::Scalar { text: name, .. } = &key.kind else {
                if owner == Owner::Gainsay {
                    problems.push(
                        Problem::warning(
                            "article/metadata-unknown-key",
                            "a key is not a plain word",
                        )
                        .at(source, key.span, "not read")
                        .help(format!("the keys are {}", KEYS.join(", "))),
                    );
                }
                continue;
            };
            let Some(&known) = KEYS.iter().find(|known| **known == &**name) else {
                if owner == Owner::Gainsay {
                    problems.push(unknown_key(source, key.span, name));
                }
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == known) {
                problems.push(
                    Problem::warning(
                        "article/metadata-duplicate",
                        format!("`{known}` is given twice; the first is used"),
                    )
                    .at(source, key.span, "given again here")
                    .at(source, *first, "used"),
                );
                continue;
            }
            seen.push((known, key.span));
            let text = match &value.kind {
                Kind::Scalar { text, plain } => {
                    if text.trim().is_empty() || *plain && is_null(text) {
                        continue;
                    }
                    one_line(text)
                }
                Kind::Map(_) | Kind::Other => {
                    problems.push(
                        Problem::warning(
                            "article/metadata-type",
                            format!("`{known}` must be a single text, not a list or a mapping"),
                        )
                        .at(source, value.span, "not read"),
                    );
                    continue;
                }
            };
            match known {
                "id" => fields.metadata.id = Some(text),
                "title" => {
                    fields.metadata.title = Some(text);
                    fields.title_span = Some(value.span);
                }
                "source" => fields.metadata.source = Some(text),
                "url" => fields.metadata.url = Some(text),
                _ => {
                    fields.metadata.date = parse_date(&text);
                    if fields.metadata.date.is_none() {
                        problems.push(
                            Problem::warning(
                                "article/bad-date",
                                format!("`{}` is not a date that can be read", shortened(&text)),
                            )
                            .at(source, value.span, "not read as a date")
                            .help(DATE_HELP),
                        );
                    }
                }
            }
        }
        fields
    }
}

fn unknown_key(source: &Arc<Source>, span: Span, name: &str) -> Problem {
    let problem = Problem::warning(
        "article/metadata-unknown-key",
        format!("`{}` is not a key of an article", shortened(name)),
    )
    .at(source, span, "not read");
    match nearest(name, KEYS) {
        Some(known) => problem.help(format!("did you mean `{known}`?")),
        None => problem.help(format!("the keys are {}", KEYS.join(", "))),
    }
}

/// What YAML reads as no value when it is not quoted.
fn is_null(text: &str) -> bool {
    matches!(text.trim(), "~" | "null" | "Null" | "NULL")
}

/// A value as one line: metadata are shown in tables and headings.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, cut for a message: a mistaken value can be a whole article.
pub(super) fn shortened(text: &str) -> String {
    const CHARACTERS: usize = 60;
    match text.char_indices().nth(CHARACTERS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
