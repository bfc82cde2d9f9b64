//! Articles: the texts that are compared, and how they are found and read.
//!
//! Reading has two stages, so that memory stays flat for a big corpus: [`discover`] lists the files
//! (cheap, sorted, without opening an article), [`read`] hands the articles of one file to a sink,
//! a JSONL file line by line. [`load`] does both and holds all articles.

mod catalogue;
mod charset;
mod discover;
mod entry;
mod file;
mod front_matter;
mod html;
mod id_registry;
mod json_lines;
mod markdown;
mod metadata;
mod nesting;
mod passed_over;
mod plain;
mod publication_date;
mod read;
mod title;
mod unfolding;
mod utf16_reader;
mod yaml_map;

use std::sync::Arc;

use jiff::civil::Date;

use crate::source::{Source, Span};

pub use discover::{Discovered, discover, find};
pub use entry::ArticleEntry;
pub use file::{ArticleFile, Format, Origin};
pub use id_registry::IdRegistry;
pub use metadata::Metadata;
pub use passed_over::PassedOver;
pub use publication_date::parse_date;
pub use read::{load, read, read_stream, read_while};

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

impl Article {
    /// A text that is no file, such as a sentence to try claims on; without metadata, and all of it prose.
    pub fn of_text(name: &str, text: &str) -> Self {
        Self {
            id: name.to_owned(),
            path: name.to_owned(),
            source: None,
            date: None,
            title: None,
            url: None,
            text: Arc::new(Source::new(name, text)),
            prose: text.into(),
            headings: Vec::new(),
        }
    }
}
