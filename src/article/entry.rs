//! What is kept of an article in a report.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Article;

/// What the report says of an article; its text is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleEntry {
    /// Unique id.
    pub id: String,
    /// Where it was read.
    pub path: String,
    /// The outlet.
    pub source: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// SHA-256 of the text as read, in hexadecimal digits; of a plain UTF-8 file that of the file.
    pub sha256: String,
}

impl From<&Article> for ArticleEntry {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.clone(),
            path: article.path.clone(),
            source: article.source.clone(),
            date: article.date,
            title: article.title.clone(),
            url: article.url.clone(),
            sha256: article.text.sha256(),
        }
    }
}
