//! A claim, its file and articles on the desk of whoever takes suggestions in: what a change would do, and its way to the disk.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use gainsay::article::Article;
use gainsay::claim::edit::Edit;
use gainsay::claim::{self, Claim};
use gainsay::matching::Explanation;
use gainsay::source::Source;
use gainsay::trial::Bench;
use gainsay::trial::acceptance::{Acceptance, Way, accept};
use gainsay::trial::suggestion::{Suggestion, suggestions};

use super::hold::Hold;

/// A claim in the making. Nothing is on the disk before [`Desk::save`].
pub(super) struct Desk<'a> {
    pub claim: Arc<Claim>,
    articles: &'a [Article],
    /// The text that the file is known to hold.
    on_disk: Arc<Source>,
}

/// Why a suggestion was not taken in; the text may hold words of the claim file, which are not cleaned.
#[derive(Debug)]
pub(super) struct Refused {
    pub why: String,
    pub help: Option<String>,
}

impl Refused {
    fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            help: None,
        }
    }
}

impl<'a> Desk<'a> {
    pub fn new(claim: &Arc<Claim>, articles: &'a [Article]) -> Self {
        Self {
            claim: Arc::clone(claim),
            articles,
            on_disk: Arc::clone(&claim.source),
        }
    }

    /// What the claim misses now.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        suggestions(&self.claim, self.articles)
    }

    /// The article of a suggestion.
    pub fn article(&self, suggestion: &Suggestion) -> Option<&'a Article> {
        let mut articles = self.articles.iter();
        articles.find(|article| article.id == suggestion.article)
    }

    /// What is seen of the claim, as it is now, in a statement that was suggested before.
    fn explain(&self, suggestion: &Suggestion) -> Option<Explanation> {
        let article = self.article(suggestion)?;
        let span = suggestion.explanation.span;
        let mut seen = Bench::new(&self.claim)
            .explain_in(article, span)
            .into_iter();
        seen.find(|explanation| explanation.span == span)
    }

    /// The changes that would take a suggestion in.
    pub fn offer(&self, suggestion: &Suggestion, way: &Way) -> Result<Acceptance, Refused> {
        let explanation = self
            .explain(suggestion)
            .ok_or_else(|| Refused::new("its article is no longer there"))?;
        accept(&self.claim, &explanation, way).map_err(Refused::new)
    }

    /// Makes changes to the claim, all or none.
    pub fn change(&mut self, edits: &[Edit]) -> Result<(), Refused> {
        let mut present = Arc::clone(&self.claim);
        for edit in edits {
            let source = &present.source;
            let changed = edit
                .splice(source, &present.id)
                .map_err(|refusal| Refused {
                    why: format!("{} is left as it is: {refusal}", source.name()),
                    help: Some(format!("by hand: {}", edit.in_words())),
                })?;
            present = read(source.name(), &changed, &present.id)?;
        }
        self.claim = present;
        Ok(())
    }

    /// How many statements of the articles carry each answer, by their places.
    pub fn carried(&self) -> BTreeSet<(usize, usize, String)> {
        let bench = Bench::new(&self.claim);
        let articles = self.articles.iter().enumerate();
        let carried = articles.flat_map(|(at, article)| {
            let matches = bench.article(article).into_iter();
            matches.map(move |found| (at, found.span.start, found.position.to_string()))
        });
        carried.collect()
    }

    /// Writes the file, if nobody else did since it was read: what they wrote wins.
    pub fn save(&mut self) -> Result<(), Refused> {
        let known = &self.on_disk;
        Hold::take(Path::new(known.name()), known.text())
            .and_then(|held| held.replace(self.claim.source.text()))
            .map_err(|withheld| Refused {
                why: withheld.to_string(),
                help: withheld.help().map(str::to_owned),
            })?;
        self.on_disk = Arc::clone(&self.claim.source);
        Ok(())
    }

    /// Puts the claim back to what it was. Nothing is on the disk before [`Desk::save`].
    pub fn restore(&mut self, claim: Arc<Claim>) {
        self.claim = claim;
    }
}

fn read(name: &str, text: &str, id: &str) -> Result<Arc<Claim>, Refused> {
    let source = Arc::new(Source::new(name, text));
    let mut items = claim::parse(source).items.into_iter();
    let found = items.find(|claim| claim.id == id);
    found
        .map(Arc::new)
        .ok_or_else(|| Refused::new("the claim could not be read again"))
}
