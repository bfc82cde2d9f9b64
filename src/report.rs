//! The report: everything a renderer needs, sorted and complete, without styling.

use std::sync::Arc;

use crate::article::Article;
use crate::claim::Claim;
use crate::divergence::Divergence;
use crate::matching::Match;
use crate::problem::Problem;
use crate::stance::Stance;

/// What a run found. Articles are sorted by id, claims by file and place, matches by article, claim and place, divergences
/// by what matters first.
#[derive(Clone, Debug)]
pub struct Report {
    /// The articles that were compared.
    pub articles: Vec<ArticleEntry>,
    /// The claims that they were compared on.
    pub claims: Vec<Arc<Claim>>,
    /// The statements that carry positions.
    pub matches: Vec<Match>,
    /// One for each article and claim with at least one match, sorted by claim, then article.
    pub stances: Vec<Stance>,
    /// Where the articles diverge.
    pub divergences: Vec<Divergence>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
}

/// What the report says of an article; its text is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleEntry {
    /// Unique id.
    pub id: String,
    /// Where it was read.
    pub path: String,
    /// The outlet.
    pub source: Option<String>,
    /// The day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
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
        }
    }
}
