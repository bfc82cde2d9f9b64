//! An article while it is matched: its statements, their voices, and what its matches tell of them.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::article::Article;
use crate::claim::Claim;
use crate::fingerprint;
use crate::matching::finding::Finding;
use crate::matching::hearing::{Bar, Hearing};
use crate::matching::{Context, Match};
use crate::source::Span;
use crate::statement::Statement;
use crate::statement::voice::{Voiced, Voices};

/// An article while it is matched.
pub(super) struct Page<'a> {
    index: usize,
    pub(super) article: &'a Article,
    pub(super) statements: &'a [Statement],
    voices: Voices<'a>,
    /// What matches tell of their statements, made with the first of each.
    told: Vec<OnceCell<Box<Told>>>,
    /// Statements whose subject is a pronoun, with its token, ascending; looked for when a claim first asks.
    pub(super) on_pronouns: OnceCell<Vec<(usize, usize)>>,
}

/// What a match tells of its statement, whatever the claim.
struct Told {
    text: Arc<str>,
    /// The words by which a fingerprint knows it.
    folded: String,
    line: usize,
    column: usize,
    context: Arc<Context>,
}

impl<'a> Page<'a> {
    /// An article with its statements; `index` is what its matches give.
    pub(super) fn new(index: usize, article: &'a Article, statements: &'a [Statement]) -> Self {
        Page {
            index,
            article,
            statements,
            voices: Voices::new(&article.prose, statements),
            told: statements.iter().map(|_| OnceCell::new()).collect(),
            on_pronouns: OnceCell::new(),
        }
    }

    pub(super) fn sentence(&self, s: usize) -> &str {
        let span = self.statements[s].span;
        &self.article.prose[span.start..span.end]
    }

    /// The voice of the words, given as sorted spans into the statement.
    fn voiced(&self, s: usize, words: &[Span]) -> Voiced {
        let start = self.statements[s].span.start;
        let in_text: Vec<Span> = words
            .iter()
            .map(|word| Span::new(word.start + start, word.end + start))
            .collect();
        self.voices.voice_at(s, &in_text)
    }

    /// Why the statement does not count with these deciding words; `None` where it does. The article's voices are read only where
    /// the claim asks for them.
    pub(super) fn bar(&self, hearing: &Hearing, s: usize, words: &[Span]) -> Option<(Bar, Voiced)> {
        if hearing.is_open() {
            return None;
        }
        let words = merged(words.to_vec(), self.statements[s].span.len());
        let voiced = self.voiced(s, &words);
        hearing.bar(&voiced).map(|bar| (bar, voiced))
    }

    pub(super) fn become_match(
        &self,
        claim_index: usize,
        claim: &Claim,
        s: usize,
        finding: Finding,
    ) -> Match {
        let statement = &self.statements[s];
        let told = self.told[s].get_or_init(|| Box::new(self.tell(s)));
        let words = merged(finding.words, told.text.len());
        let voiced = self.voiced(s, &words);
        Match {
            id: fingerprint::of_folded_match(
                &claim.id,
                &finding.position,
                &told.folded,
                &self.article.id,
            ),
            claim: claim_index,
            article: self.index,
            answer: finding.answer,
            position: finding.position,
            span: statement.span,
            text: Arc::clone(&told.text),
            line: told.line,
            column: told.column,
            words,
            score: finding.score,
            wording: finding.wording,
            voice: voiced.voice,
            hedged: voiced.hedged,
            place: statement.place,
            context: Arc::clone(&told.context),
        }
    }

    /// What all matches of a statement tell of it.
    fn tell(&self, s: usize) -> Told {
        let span = self.statements[s].span;
        let text = self.article.text.slice(span);
        let (line, column) = self.article.text.line_column(span.start);
        Told {
            text: text.into(),
            folded: fingerprint::folded_words(text),
            line,
            column,
            context: Arc::new(Context::around(&self.article.prose, self.statements, s)),
        }
    }
}

/// Sorted, without overlap, within the text.
fn merged(mut words: Vec<Span>, len: usize) -> Vec<Span> {
    words.retain(|word| !word.is_empty() && word.end <= len);
    words.sort_unstable();
    words.dedup_by(|word, last| {
        let meets = word.start <= last.end;
        if meets {
            last.end = last.end.max(word.end);
        }
        meets
    });
    // They are kept until the report is written.
    words.shrink_to_fit();
    words
}
