//! Names for articles, each given once.

use std::collections::BTreeMap;

use crate::problem::Problem;

use super::Article;

/// The ids of a run. Articles are registered in the order of the run, after any threads have ended, so that the
/// same articles always get the same names.
#[derive(Debug, Default)]
pub struct IdRegistry {
    /// Where each id was used first.
    taken: BTreeMap<String, String>,
    /// The last number tried for an id that came again, so that many equal ids take no quadratic time.
    last: BTreeMap<String, usize>,
}

impl IdRegistry {
    /// A registry in which no id is taken.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the article's id if it is free; else gives it the next free one (`storm`, `storm-2`, `storm-3`), and
    /// says so.
    pub fn register(&mut self, article: &mut Article) -> Option<Problem> {
        self.register_id(&mut article.id, &article.path)
    }

    /// As [`Self::register`], for an article that is no longer at hand.
    pub fn register_id(&mut self, wanted: &mut String, path: &str) -> Option<Problem> {
        let Some(first) = self.taken.get(wanted) else {
            self.taken.insert(wanted.clone(), path.to_owned());
            return None;
        };
        let last = self.last.entry(wanted.clone()).or_insert(1);
        let id = loop {
            *last += 1;
            let id = format!("{wanted}-{last}");
            if !self.taken.contains_key(&id) {
                break id;
            }
        };
        let problem = Problem::warning(
            "article/duplicate-id",
            format!("the id `{wanted}` is already that of {first}; this article gets `{id}`"),
        )
        .at_path(path)
        .help("give one of them an `id` in its front matter or in the folder's articles.yaml");
        self.taken.insert(id.clone(), path.to_owned());
        *wanted = id;
        Some(problem)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::source::Source;

    use super::*;

    #[test]
    fn equal_ids_are_numbered_around_those_that_are_taken() {
        let mut registry = IdRegistry::new();
        let mut ids = Vec::new();
        let mut told = 0;
        for (path, id) in [
            ("a/s", "s"),
            ("b", "s-2"),
            ("b/s", "s"),
            ("c/s", "s"),
            ("d", "t"),
        ] {
            let mut article = Article {
                id: id.to_owned(),
                path: path.to_owned(),
                source: None,
                date: None,
                title: None,
                url: None,
                text: Arc::new(Source::new(path, "")),
                prose: "".into(),
                headings: Vec::new(),
            };
            told += usize::from(registry.register(&mut article).is_some());
            ids.push(article.id);
        }
        assert_eq!(ids, ["s", "s-2", "s-3", "s-4", "t"]);
        assert_eq!(told, 2);
    }
}
