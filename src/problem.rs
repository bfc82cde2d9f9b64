//! What could not be read or used, told with its place. A problem is a value: loaders return it beside the good items and go on.

use std::fmt::{self, Display};
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};
use serde::Serialize;

use crate::clean::clean;
use crate::source::{Source, Span};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Something is odd, and was used all the same.
    Warning,
    /// Something was left out.
    Error,
}

/// A place in a source and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words shown at the place.
    pub text: String,
}

/// One thing that could not be read or used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable name such as `claim/duplicate-id`; the same in every output.
    pub code: &'static str,
    /// Whether something was left out.
    pub level: Level,
    /// What happened, in one sentence without a full stop.
    pub message: String,
    /// The file, as the reader named it; `None` when no file is at fault.
    pub path: Option<String>,
    /// The text that the labels point into.
    pub source: Option<Arc<Source>>,
    /// Places, the main one first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// An error without a place.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            level: Level::Error,
            message: message.into(),
            path: None,
            source: None,
            labels: Vec::new(),
            help: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            ..Self::error(code, message)
        }
    }

    /// Names the file at fault.
    #[must_use]
    pub fn at_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Points at a place; the first call sets the main place, further calls add to it. Also sets the path to the source's name.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Span, text: impl Into<String>) -> Self {
        self.path.get_or_insert_with(|| source.name().to_owned());
        self.source = Some(Arc::clone(source));
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line and column of the main place, from 1.
    pub fn line_column(&self) -> Option<(usize, usize)> {
        let source = self.source.as_ref()?;
        self.labels
            .first()
            .map(|label| source.line_column(label.span.start))
    }
}

/// The message alone, cleaned for a terminal; the file stands in it only where no label can name it.
impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.labels.is_empty()
            && let Some(path) = &self.path
        {
            write!(f, "{}: ", clean(path))?;
        }
        f.write_str(&clean(&self.message))
    }
}

impl std::error::Error for Problem {}

/// What renderers for people read. All words are cleaned; labels are cut to the source, since miette shows a place
/// outside of it as text and reports no error.
impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<Severity> {
        Some(match self.level {
            Level::Info => Severity::Advice,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let help = self.help.as_deref()?;
        Some(Box::new(clean(help)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source
            .as_deref()
            .map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let end = self.source.as_ref()?.text().len();
        if self.labels.is_empty() {
            return None;
        }
        Some(Box::new(self.labels.iter().enumerate().map(
            move |(at, label)| {
                let range = label.span.start.min(end)..label.span.end.min(end);
                let text = (!label.text.is_empty()).then(|| clean(&label.text).into_owned());
                if at == 0 {
                    LabeledSpan::new_primary_with_span(text, range)
                } else {
                    LabeledSpan::new_with_span(text, range)
                }
            },
        )))
    }
}

/// So many problems of one file are told one by one; after that a reader has given up, and a file of another kind would drown the rest.
pub const TOLD_OF_A_FILE: usize = 1000;

/// Cuts the problems of one file, which begin at index `first`, to [`TOLD_OF_A_FILE`], and adds one that says how many were cut. It has the
/// level of the worst of them, so that nothing left out looks like a success.
pub fn curtail(problems: &mut Vec<Problem>, first: usize, code: &'static str, path: &str) {
    let most = first.saturating_add(TOLD_OF_A_FILE);
    if problems.len() <= most {
        return;
    }
    let cut = problems.split_off(most);
    let level = cut.iter().map(|problem| problem.level).max();
    problems.push(Problem {
        level: level.unwrap_or(Level::Error),
        ..Problem::error(
            code,
            format!(
                "{} more problems of this file are not told one by one",
                cut.len()
            ),
        )
        .at_path(path)
        .help("mend those that are told, and run it again")
    });
}

/// What a loader returns: the good items, and what had to be left out or is odd.
#[derive(Clone, Debug)]
pub struct Loaded<T> {
    /// Everything that can be used.
    pub items: Vec<T>,
    /// Everything that could not, or only with a remark.
    pub problems: Vec<Problem>,
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            problems: Vec::new(),
        }
    }
}

impl<T> Loaded<T> {
    /// Appends what another load gave.
    pub fn extend(&mut self, other: Loaded<T>) {
        self.items.extend(other.items);
        self.problems.extend(other.problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_problems_of_a_file_are_counted() {
        let many = |count| {
            let mut problems = vec![Problem::error("x/other", "of another file")];
            problems.resize(1 + count, Problem::warning("x/y", "odd"));
            problems
        };
        let mut problems = many(TOLD_OF_A_FILE);
        curtail(&mut problems, 1, "x/more", "a");
        assert_eq!(problems, many(TOLD_OF_A_FILE));
        let mut problems = many(TOLD_OF_A_FILE + 3);
        curtail(&mut problems, 1, "x/more", "a");
        assert_eq!(problems.len(), 2 + TOLD_OF_A_FILE);
        let last = problems.pop().expect("a problem");
        assert_eq!((last.code, last.level), ("x/more", Level::Warning));
        assert_eq!(
            last.to_string(),
            "a: 3 more problems of this file are not told one by one"
        );
        problems.extend([Problem::error("x/z", "bad"), Problem::warning("x/y", "odd")]);
        curtail(&mut problems, 1, "x/more", "a");
        assert_eq!(
            problems.last().map(|problem| problem.level),
            Some(Level::Error)
        );
    }
}
