//! The records of a run, put together in the order of the input.

use std::io;
use std::sync::Arc;

use crate::article::{ArticleEntry, IdRegistry};
use crate::claim::Claim;
use crate::fingerprint;
use crate::independence::Footprints;
use crate::matching::Match;
use crate::problem::{Problem, TOLD_OF_A_FILE};

use super::Record;

/// All that a report is made of beside claims and problems.
#[derive(Debug, Default)]
pub struct Gathering {
    /// The articles, in the order of the input.
    pub(crate) articles: Vec<ArticleEntry>,
    /// Their matches, in the same order.
    pub(crate) matches: Vec<Match>,
    /// Their words, one for each article.
    pub(crate) footprints: Footprints,
    pub(crate) ids: IdRegistry,
    /// Articles with an id that another had before.
    renamed: usize,
}

impl Gathering {
    /// Adds the next article. Where its id is taken, it gets another, and its matches are named after that; a problem says so. Of very
    /// many only the first are told, and [`Self::untold`] counts the rest.
    ///
    /// # Errors
    ///
    /// Where there is no room for temporary files.
    ///
    /// # Panics
    ///
    /// Where a match is of a claim that is not there.
    pub fn take(
        &mut self,
        mut record: Record,
        claims: &[Arc<Claim>],
    ) -> io::Result<Option<Problem>> {
        let article = &mut record.article;
        let problem = self.ids.register_id(&mut article.id, &article.path);
        if problem.is_some() {
            self.renamed += 1;
            for found in &mut record.matches {
                let claim = &claims[found.claim].id;
                found.id = fingerprint::of_match(claim, &found.position, &found.text, &article.id);
            }
        }
        self.take_as_it_is(record)?;
        Ok(problem.filter(|_| self.renamed <= TOLD_OF_A_FILE))
    }

    /// Adds the next article, whose id nobody else has.
    ///
    /// # Errors
    ///
    /// Where there is no room for temporary files.
    pub fn take_as_it_is(&mut self, record: Record) -> io::Result<()> {
        self.footprints.push(&record.footprint)?;
        let article = self.articles.len();
        let matches = record.matches.into_iter();
        self.matches
            .extend(matches.map(|found| Match { article, ..found }));
        self.articles.push(record.article);
        Ok(())
    }

    /// How many articles were taken.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// How many matches they have.
    pub fn matches(&self) -> usize {
        self.matches.len()
    }

    /// A problem for the articles whose new id was not told one by one, if there are any.
    pub fn untold(&self) -> Option<Problem> {
        let untold = self
            .renamed
            .checked_sub(TOLD_OF_A_FILE)
            .filter(|&more| more > 0)?;
        Some(Problem::warning(
            "article/duplicate-id",
            format!(
                "{untold} more articles have an id that another article had before, and got a number behind it"
            ),
        ))
    }
}
