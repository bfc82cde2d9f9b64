//! Names for articles, each given once.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::quality::RandomState;
use siphasher::sip128::SipHasher13;

use crate::problem::Problem;

use super::Article;

/// The ids of a run. Articles are registered in the order of the run, after any threads have ended, so that the
/// same articles always get the same names.
///
/// Of an id it keeps 128 bits of its hash, and where it was used first: of a hash with a key of this run nobody can make two ids that
/// share it, and by chance none of a billion do. The names themselves would take as much room again as the articles' entries.
#[derive(Debug)]
pub struct IdRegistry {
    taken: HashMap<u128, Place, RandomState>,
    key: (u64, u64),
    files: Vec<Box<str>>,
    /// The place in `files` of each.
    file_at: HashMap<Box<str>, u32, RandomState>,
    /// The last number tried for an id that came again, so that many equal ids take no quadratic time.
    last: HashMap<u128, usize, RandomState>,
}

/// Where an article was read: the file, and its line, 0 where it is all of the file.
#[derive(Clone, Copy, Debug)]
struct Place {
    file: u32,
    line: u32,
}

impl Default for IdRegistry {
    fn default() -> Self {
        let random = RandomState::default();
        Self {
            taken: HashMap::default(),
            key: (random.hash_one(0_u8), random.hash_one(1_u8)),
            files: Vec::new(),
            file_at: HashMap::default(),
            last: HashMap::default(),
        }
    }
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
        let hash = self.hash(wanted);
        let place = self.place(path);
        let Some(first) = self.taken.get(&hash) else {
            self.taken.insert(hash, place);
            return None;
        };
        let file = &self.files[first.file as usize];
        let first = match first.line {
            0 => file.to_string(),
            line => format!("{file}:{line}"),
        };
        let mut last = self.last.get(&hash).copied().unwrap_or(1);
        let id = loop {
            last += 1;
            let id = format!("{wanted}-{last}");
            if !self.taken.contains_key(&self.hash(&id)) {
                break id;
            }
        };
        self.last.insert(hash, last);
        let problem = Problem::warning(
            "article/duplicate-id",
            format!("the id `{wanted}` is already that of {first}; this article gets `{id}`"),
        )
        .at_path(path)
        .help("give one of them an `id` in its front matter or in the folder's articles.yaml");
        self.taken.insert(self.hash(&id), place);
        *wanted = id;
        Some(problem)
    }

    fn hash(&self, id: &str) -> u128 {
        let hasher = SipHasher13::new_with_keys(self.key.0, self.key.1);
        hasher.hash(id.as_bytes()).as_u128()
    }

    fn place(&mut self, path: &str) -> Place {
        let (file, line) = file_and_line(path);
        let file = match self.file_at.get(file) {
            Some(&at) => at,
            None => {
                let at = self.files.len() as u32;
                self.files.push(file.into());
                self.file_at.insert(file.into(), at);
                at
            }
        };
        Place { file, line }
    }
}

/// `news.jsonl:12` as its parts; 0 for the line where there is none.
fn file_and_line(path: &str) -> (&str, u32) {
    let parts = path.rsplit_once(':');
    parts
        .filter(|(_, line)| !line.starts_with(['0', '+']))
        .and_then(|(file, line)| Some((file, line.parse().ok()?)))
        .unwrap_or((path, 0))
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
