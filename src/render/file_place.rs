//! Where a match stands in the file that a person or a tool would open, as far as that can be told.

use crate::article::{ArticleFile, Format};
use crate::matching::Match;
use crate::report::{ArticleEntry, Report};

/// A file and, where the text of the article is that of the file, the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FilePlace<'a> {
    /// As the reader named it, with forward slashes; `None` for standard input.
    pub path: Option<&'a str>,
    /// From 1.
    pub line: Option<usize>,
    /// From 1, in characters; only beside a line.
    pub column: Option<usize>,
}

impl<'a> FilePlace<'a> {
    /// The file of an article. Of a line of JSONL it knows the line too.
    pub fn of_article(article: &'a ArticleEntry) -> Self {
        let (path, line) = match article.path.rsplit_once(':') {
            Some((file, line)) if is_lines(file) => (file, line.parse().ok().filter(|&n| n > 0)),
            _ => (&*article.path, None),
        };
        Self {
            path: (path != "-").then_some(path),
            line,
            column: None,
        }
    }

    /// The place of a match. What is read out of a web page or a line of JSONL has lines of its own, which are not the file's.
    pub fn of_match(report: &'a Report, found: &Match) -> Self {
        let place = Self::of_article(&report.articles[found.article]);
        match place.path {
            Some(path) if place.line.is_none() && ArticleFile::new(path).format != Format::Html => {
                Self {
                    line: Some(found.line),
                    column: Some(found.column),
                    ..place
                }
            }
            _ => place,
        }
    }
}

fn is_lines(file: &str) -> bool {
    file == "-" || ArticleFile::new(file).format == Format::JsonLines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::scene::{Scene, positions};

    #[test]
    fn places_are_those_of_the_file() {
        for (path, file, line, column) in [
            ("a/b.txt", Some("a/b.txt"), Some(1), Some(1)),
            ("b.md", Some("b.md"), Some(1), Some(1)),
            ("b.html", Some("b.html"), None, None),
            ("b.jsonl:7", Some("b.jsonl"), Some(7), None),
            ("b.ndjson.gz:7", Some("b.ndjson.gz"), Some(7), None),
            ("a:7", Some("a:7"), Some(1), Some(1)),
            ("-", None, None, None),
            ("-:3", None, Some(3), None),
        ] {
            let scene = Scene::new(vec![positions("fate", &["dead"])], "a: dead");
            let mut report =
                Report::assemble(scene.claims, scene.articles, scene.matches, Vec::new());
            report.articles[0].path = path.to_owned();
            let expected = FilePlace {
                path: file,
                line,
                column,
            };
            assert_eq!(
                FilePlace::of_match(&report, &report.matches[0]),
                expected,
                "{path}"
            );
        }
    }
}
