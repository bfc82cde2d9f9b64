//! The command line that makes a report again, for the report itself: in one order, without what does not change the result, and
//! without the folders of the machine it ran on.

use std::path::Path;

use gainsay::claim::Severity;

use super::check_options::CheckOptions;

/// `gainsay check` with the flags that the report depends on, whether they were given or set.
pub(super) fn command(options: &CheckOptions, format: &str) -> String {
    let (command, paths) = if options.matches.is_empty() {
        ("check", &options.articles)
    } else {
        ("diff", &options.matches)
    };
    let mut words = vec!["gainsay".to_owned(), command.to_owned()];
    words.extend(sorted(paths));
    for path in sorted(&options.claims) {
        words.extend(["--claims".to_owned(), path]);
    }
    for claim in &options.only {
        words.extend(["--claim".to_owned(), quoted(claim)]);
    }
    let least = match options.min_severity {
        Severity::Low => None,
        Severity::Medium => Some("medium"),
        Severity::High => Some("high"),
    };
    if let Some(least) = least {
        words.extend(["--min-severity".to_owned(), least.to_owned()]);
    }
    words.extend(["--format".to_owned(), format.to_owned()]);
    words.join(" ")
}

fn sorted(paths: &[impl AsRef<Path>]) -> Vec<String> {
    let mut paths: Vec<String> = paths.iter().map(|path| shown(path.as_ref())).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// A relative path as it is, with forward slashes; of an absolute one the last part alone.
fn shown(path: &Path) -> String {
    let name = if path.is_absolute() {
        let last = path.file_name().unwrap_or_default();
        format!("…/{}", last.to_string_lossy())
    } else if cfg!(windows) {
        path.to_string_lossy().replace('\\', "/")
    } else {
        path.to_string_lossy().into_owned()
    };
    quoted(&name)
}

/// The word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./,:=+@%…".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_split_them() {
        assert_eq!(quoted("articles/a-1.md"), "articles/a-1.md");
        assert_eq!(quoted("it's here"), r"'it'\''s here'");
        assert_eq!(quoted(""), "''");
    }

    #[cfg(unix)]
    #[test]
    fn absolute_paths_lose_their_folders_and_the_order_does_not_count() {
        let paths = ["/home/ada/desk/b.txt", "a c", "/tmp/b.txt"];
        assert_eq!(sorted(&paths), ["'a c'", "…/b.txt"]);
    }
}
