//! How much a run keeps at most.

use gainsay::problem::Problem;
use gainsay::record::Record;

/// How much a run keeps. What is beyond is left out and told, so that no input takes all memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Most {
    pub articles: usize,
    pub matches: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self {
            articles: 2_000_000,
            matches: 5_000_000,
        }
    }
}

impl Most {
    /// Why this article and all after it are left out, where so many articles and matches came before.
    pub fn exceeded(&self, articles: usize, matches: usize, record: &Record) -> Option<Problem> {
        let (code, message, flag) = if articles >= self.articles {
            let message = format!("there are more than {} articles", self.articles);
            ("check/too-many-articles", message, "--max-articles")
        } else if matches + record.matches.len() > self.matches {
            let message = format!("more than {} statements carry an answer", self.matches);
            ("check/too-many-matches", message, "--max-matches")
        } else {
            return None;
        };
        Some(
            Problem::error(
                code,
                format!("{message}; this article and all after it are left out"),
            )
            .at_path(&record.article.path)
            .help(format!(
                "compare fewer articles at a time, or raise the bound with {flag}"
            )),
        )
    }
}
