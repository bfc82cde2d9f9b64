//! What is kept of an article once it is matched, and how a run gathers it.
//!
//! An article is read, matched and let go; what the report needs of it is a [`Record`], a small part of its text. So memory grows with
//! what is found, not with what is read. A record is the same whatever other articles the run has: it knows the article by the id that
//! it brought along. What depends on the others, a number after an id that came twice, is settled when the records are gathered, in the
//! order of the input ([`Gathering`]). So records can be made in many places, written to match files ([`MatchWriter`]) and gathered in one
//! ([`MatchFiles`]).

mod cache;
mod claim_set;
mod gathering;
mod line;
mod match_file;
mod pass;

pub use cache::{Cache, CacheWorker, CacheWriter, Cached, Matched};
pub use claim_set::ClaimSet;
pub use gathering::Gathering;
pub use match_file::{MatchFiles, MatchWriter};
pub use pass::{Pass, Room};

use crate::article::{Article, ArticleEntry};
use crate::independence::Footprint;
use crate::matching::Match;

/// What is kept of an article: what the report says of it, its matches, and what tells whether others repeat it.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Who and what it is.
    pub article: ArticleEntry,
    /// The statements that carry positions. Their `article` means nothing yet; their `claim` is the index in the run.
    pub matches: Vec<Match>,
    /// Its words, for near-copies.
    pub footprint: Footprint,
}

impl Record {
    /// The record of an article with these matches.
    pub fn of(article: &Article, matches: Vec<Match>) -> Self {
        Self {
            article: ArticleEntry::from(article),
            matches,
            footprint: Footprint::of(&article.prose),
        }
    }
}
