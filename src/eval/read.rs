//! Finds the labels of a folder and reads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::gold::Gold;
use super::{gold_json, label_lines};
use crate::article::Article;
use crate::claim::Claim;
use crate::problem::Problem;
use crate::source::Source;

/// The labels of whole topics.
pub const GOLD_FILE: &str = "gold.json";
/// One label a line.
pub const LINES_FILE: &str = "labels.jsonl";

/// Where the articles of a folder of labels are: its `articles.jsonl`, or else its folder `articles`.
pub fn articles_of(folder: &Path) -> PathBuf {
    let lines = folder.join("articles.jsonl");
    if lines.exists() {
        lines
    } else {
        folder.join("articles")
    }
}

/// Reads the labels of a folder, with what had to be left out.
///
/// # Errors
///
/// Where the folder holds no labels, or both forms of them, or they cannot be read at all.
pub fn read(
    folder: &Path,
    claims: &[Arc<Claim>],
    articles: &[Article],
) -> Result<(Gold, Vec<Problem>), Box<Problem>> {
    let texts: BTreeMap<&str, &str> = articles
        .iter()
        .map(|article| (article.id.as_str(), article.text.text()))
        .collect();
    let (whole, lines) = (folder.join(GOLD_FILE), folder.join(LINES_FILE));
    let mut problems = Vec::new();
    let gold = match (whole.exists(), lines.exists()) {
        (true, true) => {
            return Err(Box::new(
                Problem::error(
                    "eval/two-label-files",
                    format!("there are both {GOLD_FILE} and {LINES_FILE}"),
                )
                .at_path(shown(folder))
                .help("keep one of them in this folder"),
            ));
        }
        (false, false) => {
            return Err(Box::new(
                Problem::error(
                    "eval/no-labels",
                    format!("there is no {LINES_FILE} and no {GOLD_FILE}"),
                )
                .at_path(shown(folder))
                .help("see `gainsay eval --help` for how to write labels"),
            ));
        }
        (true, false) => gold_json::read(&source(&whole)?, &texts, &mut problems)?,
        (false, true) => label_lines::read(&source(&lines)?, claims, &texts, &mut problems),
    };
    Ok((gold, problems))
}

fn source(path: &Path) -> Result<Arc<Source>, Box<Problem>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Arc::new(Source::new(shown(path), text))),
        Err(error) => Err(Box::new(
            Problem::error(
                "eval/unreadable",
                format!("the labels cannot be read: {error}"),
            )
            .at_path(shown(path)),
        )),
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
