//! Articles: the texts that are compared.

use std::sync::Arc;

use jiff::civil::Date;

pub use crate::placeholder::load_articles as load; // PLACEHOLDER
use crate::source::{Source, Span};

/// One text with what is known of it.
#[derive(Clone, Debug)]
pub struct Article {
    /// Front matter or JSONL `id`, else the file's stem; unique in a run.
    pub id: String,
    /// Where it was read, as the reader named it, with forward slashes.
    pub path: String,
    /// The outlet.
    pub source: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The headline, where the metadata name one.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The text as it was read; every span of the report points into it.
    pub text: Arc<Source>,
    /// The same text, byte for byte as long, with markup blanked by spaces: what is split into statements.
    pub prose: Arc<str>,
    /// Places in the text known to be headlines (a Markdown heading, the title). Others are told by their shape.
    pub headings: Vec<Span>,
}
