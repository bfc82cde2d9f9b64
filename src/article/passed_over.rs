//! Files in folders that are no articles.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::problem::Problem;

/// How many kinds of skipped files are named.
const KINDS_NAMED: usize = 8;

/// Which files of the folders were passed over. Files are told apart by hashes of their real paths: they are counted, not named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassedOver {
    /// Kind -> files.
    kinds: BTreeMap<String, BTreeSet<String>>,
    /// Files that were named, so that they are articles whatever the folder around them says.
    named: BTreeSet<String>,
}

impl PassedOver {
    /// A file of this kind, by its real path.
    pub(super) fn add(&mut self, kind: String, real: &Path) {
        self.kinds.entry(kind).or_default().insert(hash(real));
    }

    /// A file that is an article although its extension tells nothing of it.
    pub(super) fn name(&mut self, real: &Path) {
        self.named.insert(hash(real));
    }

    /// Takes in what was passed over elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.named.extend(other.named);
        for (kind, files) in other.kinds {
            self.kinds.entry(kind).or_default().extend(files);
        }
    }

    /// One remark for all: how many, and of which kinds.
    pub fn problem(&self) -> Option<Problem> {
        let count = |files: &BTreeSet<String>| files.difference(&self.named).count();
        let mut kinds: Vec<(usize, &str)> = self
            .kinds
            .iter()
            .map(|(kind, files)| (count(files), &**kind))
            .filter(|&(count, _)| count > 0)
            .collect();
        let total: usize = kinds.iter().map(|(count, _)| count).sum();
        if total == 0 {
            return None;
        }
        kinds.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        let more = kinds.len().saturating_sub(KINDS_NAMED);
        let mut named: Vec<String> = kinds
            .iter()
            .take(KINDS_NAMED)
            .map(|(count, kind)| format!("{count} {kind}"))
            .collect();
        if more > 0 {
            named.push(format!("{more} more kinds"));
        }
        let files = if total == 1 { "file is" } else { "files are" };
        Some(
            Problem::warning(
                "article/skipped",
                format!(
                    "{total} {files} passed over, as the extension is not that of an article: {}",
                    named.join(", ")
                ),
            )
            .help("to read such a file as plain text, name it"),
        )
    }
}

fn hash(real: &Path) -> String {
    format!(
        "{:016x}",
        SipHasher13::new().hash(real.as_os_str().as_encoded_bytes())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_counted_the_most_frequent_first() {
        let mut passed_over = PassedOver::default();
        for kind in 0..10 {
            for file in 0..=kind {
                passed_over.add(format!(".{kind}"), Path::new(&format!("{kind}/{file}")));
            }
        }
        let message = passed_over.problem().expect("a problem").message;
        assert!(message.starts_with("55 files"), "{message}");
        assert!(
            message.contains(": 10 .9, 9 .8,") && message.ends_with("2 more kinds"),
            "{message}"
        );
        assert_eq!(PassedOver::default().problem(), None);
    }

    #[test]
    fn a_file_that_is_named_elsewhere_is_not_passed_over() {
        let mut here = PassedOver::default();
        here.add(".log".to_owned(), Path::new("/a.log"));
        let mut there = PassedOver::default();
        there.add(".log".to_owned(), Path::new("/b.log"));
        there.name(Path::new("/a.log"));
        here.extend(there);
        let message = here.problem().expect("a problem").message;
        assert!(
            message.starts_with("1 file is") && message.ends_with("1 .log"),
            "{message}"
        );
    }
}
