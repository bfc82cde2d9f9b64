//! A file that holds articles, before it is opened.

use std::path::{Path, PathBuf};

use super::metadata::Metadata;

/// How the articles of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `.txt`, and any other file that was named explicitly: one article.
    Text,
    /// `.md`, `.markdown`: one article, with front matter.
    Markdown,
    /// `.html`, `.htm`: a web page.
    Html,
    /// `.jsonl`, `.ndjson`: an article a line.
    JsonLines,
}

/// Where the bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Standard input, named `-`; text or JSONL, as its first character tells.
    StandardInput,
    /// A file.
    File(PathBuf),
}

/// A file that holds one article or, if it is JSONL, any number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleFile {
    /// Where the bytes come from.
    pub origin: Origin,
    /// The path as the reader named it, with forward slashes; `-` for standard input.
    pub name: String,
    /// How the articles are written, told by the name.
    pub format: Format,
    /// Whether the name says that the file is compressed by gzip.
    pub gzip: bool,
    /// What the folder's `articles.yaml` tells of the file.
    pub metadata: Metadata,
}

impl ArticleFile {
    /// Standard input.
    pub fn standard_input() -> Self {
        Self {
            origin: Origin::StandardInput,
            name: "-".to_owned(),
            format: Format::Text,
            gzip: false,
            metadata: Metadata::default(),
        }
    }

    /// A file of which nothing is known but its name. One with an unknown extension is read as plain text.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let (format, gzip) = format_of(&path);
        Self {
            name: shown(&path),
            format: format.unwrap_or(Format::Text),
            gzip,
            metadata: Metadata::default(),
            origin: Origin::File(path),
        }
    }

    /// The name without folders and known extensions: the article's id, unless something else names it.
    pub fn stem(&self) -> String {
        let Origin::File(path) = &self.origin else {
            return "stdin".to_owned();
        };
        let name = file_name(path);
        let bare = if self.gzip {
            without_extension(&name)
        } else {
            &name
        };
        without_extension(bare).to_owned()
    }
}

/// The format that the name tells, if it is that of an article, and whether it tells of gzip.
pub(super) fn format_of(path: &Path) -> (Option<Format>, bool) {
    let name = file_name(path).to_lowercase();
    let (bare, gzip) = match name.strip_suffix(".gz") {
        Some(bare) => (bare, true),
        None => (&*name, false),
    };
    let format = match bare.rsplit_once('.').map(|(_, extension)| extension) {
        Some("txt") => Some(Format::Text),
        Some("md" | "markdown") => Some(Format::Markdown),
        Some("html" | "htm") => Some(Format::Html),
        Some("jsonl" | "ndjson") => Some(Format::JsonLines),
        _ => None,
    };
    (format, gzip)
}

/// The last part of a path.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A path for readers and reports: the same on every system.
pub(super) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) {
        path.replace('\\', "/")
    } else {
        path.into_owned()
    }
}

fn without_extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format_and_the_id() {
        for (path, format, gzip, stem) in [
            ("a/b.txt", Format::Text, false, "b"),
            ("b.TXT.GZ", Format::Text, true, "b"),
            ("2020.12.14.md", Format::Markdown, false, "2020.12.14"),
            ("b.markdown", Format::Markdown, false, "b"),
            ("b.htm.gz", Format::Html, true, "b"),
            ("b.html", Format::Html, false, "b"),
            ("b.jsonl", Format::JsonLines, false, "b"),
            ("b.ndjson.gz", Format::JsonLines, true, "b"),
            ("b.xyz", Format::Text, false, "b"),
            ("README", Format::Text, false, "README"),
            (".txt", Format::Text, false, ".txt"),
        ] {
            let file = ArticleFile::new(path);
            assert_eq!(
                (file.format, file.gzip, &*file.stem()),
                (format, gzip, stem),
                "{path}"
            );
        }
        assert_eq!(ArticleFile::standard_input().stem(), "stdin");
    }
}
