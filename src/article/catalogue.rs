//! `articles.yaml`: what a folder tells of its files.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::problem::{Problem, TOLD_OF_A_FILE, curtail};
use crate::source::{Source, Span};

use super::charset;
use super::file::{Format, file_name, format_of, shown};
use super::metadata::{Metadata, MetadataFields, Owner, shortened};
use super::yaml_map::{Kind, Node, YamlText};
use crate::similarity::suggestion::nearest;

/// The names under which a folder's metadata are looked for; the first that exists is read.
pub(super) const FILE_NAMES: [&str; 2] = ["articles.yaml", "articles.yml"];

/// Some fifty thousand entries; a bigger file is something else.
const LONGEST: u64 = 4 * 1024 * 1024;

/// What the `articles.yaml` of one folder tells of the files directly in it.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// By file name in composed form: macOS hands out decomposed names.
    entries: BTreeMap<String, Metadata>,
    /// Entries for files that are not there.
    unknown: usize,
}

impl Catalogue {
    /// Reads the folder's `articles.yaml`, if it has one. Whatever is wrong with it is told, and the rest is used.
    pub fn of_folder(folder: &Path, problems: &mut Vec<Problem>) -> Self {
        for name in FILE_NAMES {
            let path = folder.join(name);
            let shown = shown(&path);
            match path.metadata() {
                Ok(metadata) if metadata.is_file() => {}
                _ if path.symlink_metadata().is_err() => continue,
                _ => {
                    problems.push(
                        Problem::error(
                            "article/unreadable",
                            format!("{name} is not a file, so nothing is known of the articles beside it"),
                        )
                        .at_path(shown),
                    );
                    return Self::default();
                }
            }
            let mut bytes = Vec::new();
            let read = std::fs::File::open(&path)
                .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut bytes));
            let problem = match read {
                Err(error) => Some(format!("{name} cannot be read: {error}")),
                Ok(_) if bytes.len() as u64 > LONGEST => {
                    Some(format!("{name} is longer than {} MiB", LONGEST >> 20))
                }
                Ok(_) if charset::is_binary(&bytes) => {
                    Some(format!("{name} is not a text: it holds NUL bytes"))
                }
                Ok(_) => None,
            };
            if let Some(message) = problem {
                problems.push(Problem::error("article/unreadable", message).at_path(shown));
                return Self::default();
            }
            let source = Arc::new(Source::new(shown, charset::decode(bytes, None).text));
            let first = problems.len();
            let catalogue = Self::read(&source, &names_in(folder), problems);
            curtail(problems, first, "article/more-problems", source.name());
            return catalogue;
        }
        Self::default()
    }

    /// What is told of the file of this name.
    pub fn metadata(&self, file_name: &str) -> Metadata {
        self.entries
            .get(&composed(file_name))
            .cloned()
            .unwrap_or_default()
    }

    fn read(source: &Arc<Source>, names: &BTreeSet<String>, problems: &mut Vec<Problem>) -> Self {
        let text = source.text();
        let yaml = YamlText::parse(text, Span::new(0, text.len()));
        if let Some((span, message)) = yaml.error {
            problems.push(
                Problem::error(
                    "article/metadata-syntax",
                    format!("the file is not valid YAML: {message}"),
                )
                .at(source, span, "here")
                .help("what stands before this place is used; a value with `: ` in it needs quotes around it"),
            );
        }
        let mut catalogue = Self::default();
        let entries = match yaml.root {
            Some(Node {
                kind: Kind::Map(entries),
                ..
            }) => entries,
            Some(Node {
                kind: Kind::Scalar { text, plain: true },
                ..
            }) if matches!(&*text, "" | "~" | "null") => return catalogue,
            None => return catalogue,
            Some(root) => {
                problems.push(
                    Problem::error(
                        "article/metadata-type",
                        "the file must be a mapping from file names to what is known of them",
                    )
                    .at(source, root.span, "not a mapping")
                    .help("for example `storm.txt: {source: Daily Pier, date: 2020-12-14}`"),
                );
                return catalogue;
            }
        };
        let mut first_places: BTreeMap<String, Span> = BTreeMap::new();
        for (key, value) in &entries {
            catalogue.enter(key, value, source, names, &mut first_places, problems);
        }
        catalogue
    }

    fn enter(
        &mut self,
        key: &Node,
        value: &Node,
        source: &Arc<Source>,
        names: &BTreeSet<String>,
        first_places: &mut BTreeMap<String, Span>,
        problems: &mut Vec<Problem>,
    ) {
        let Kind::Scalar { text: name, .. } = &key.kind else {
            problems.push(
                Problem::error("article/metadata-type", "a key is not a file name")
                    .at(source, key.span, "not read"),
            );
            return;
        };
        let name = composed(name.strip_prefix("./").unwrap_or(name));
        if let Some(first) = first_places.get(&name) {
            problems.push(
                Problem::warning(
                    "article/metadata-duplicate",
                    format!(
                        "`{}` is named twice; the first entry is used",
                        shortened(&name)
                    ),
                )
                .at(source, key.span, "named again here")
                .at(source, *first, "used"),
            );
            return;
        }
        first_places.insert(name.clone(), key.span);
        if !names.contains(&name) {
            self.unknown += 1;
            // A suggestion looks at all names; what will not be told needs none.
            let none = BTreeSet::new();
            let near = if self.unknown > TOLD_OF_A_FILE {
                &none
            } else {
                names
            };
            problems.push(unknown_file(source, key.span, &name, near));
        }
        let entries = match &value.kind {
            Kind::Map(entries) => entries,
            Kind::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null") => return,
            _ => {
                problems.push(
                    Problem::error(
                        "article/metadata-type",
                        format!("what is told of `{}` must be a mapping", shortened(&name)),
                    )
                    .at(source, value.span, "not a mapping")
                    .help("the keys are id, title, source, date, url"),
                );
                return;
            }
        };
        let mut metadata =
            MetadataFields::from_entries(entries, source, Owner::Gainsay, problems).metadata;
        if format_of(Path::new(&name)).0 == Some(Format::JsonLines)
            && (metadata.id.is_some() || metadata.title.is_some() || metadata.url.is_some())
        {
            problems.push(
                Problem::warning(
                    "article/metadata-unknown-key",
                    "`id`, `title` and `url` say nothing of a file that holds many articles",
                )
                .at(source, key.span, "only `source` and `date` are used"),
            );
            metadata = Metadata {
                source: metadata.source,
                date: metadata.date,
                ..Metadata::default()
            };
        }
        self.entries.insert(name, metadata);
    }
}

fn unknown_file(source: &Arc<Source>, span: Span, name: &str, names: &BTreeSet<String>) -> Problem {
    let problem = Problem::warning(
        "article/metadata-unknown-file",
        format!("there is no file `{}` in this folder", shortened(name)),
    )
    .at(source, span, "no such file");
    let articles = names
        .iter()
        .map(String::as_str)
        .filter(|name| !FILE_NAMES.contains(name));
    if name.contains('/') {
        problem.help("each folder has an articles.yaml of its own, for the files directly in it")
    } else if let Some(known) = nearest(name, articles) {
        problem.help(format!("did you mean `{known}`?"))
    } else {
        problem
    }
}

/// The names of the files in a folder; none when it cannot be listed, which the walk tells.
fn names_in(folder: &Path) -> BTreeSet<String> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let Ok(entries) = folder.read_dir() else {
        return BTreeSet::new();
    };
    entries
        .flatten()
        .filter(|entry| !entry.path().is_dir())
        .map(|entry| composed(&file_name(&entry.path())))
        .collect()
}

fn composed(name: &str) -> String {
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Code, place and help of a problem.
    type Told = (&'static str, Option<(usize, usize)>, Option<String>);

    fn read(text: &str) -> (Catalogue, Vec<Told>) {
        let source = Arc::new(Source::new("d/articles.yaml", text));
        let names = ["a.txt", "harbour.md", "many.jsonl"]
            .map(str::to_owned)
            .into();
        let mut problems = Vec::new();
        let catalogue = Catalogue::read(&source, &names, &mut problems);
        for problem in &problems {
            for label in &problem.labels {
                source.slice(label.span);
            }
        }
        let told = problems
            .iter()
            .map(|problem| (problem.code, problem.line_column(), problem.help.clone()))
            .collect();
        (catalogue, told)
    }

    #[test]
    fn entries_are_read() {
        let (catalogue, told) = read(
            "# known\na.txt:\n  title: No 'deal'\n  source: A\n  date: 2020-12-14\n\nharbour.md: {id: h, url: https://example.org}\nmany.jsonl:\n",
        );
        assert_eq!(told, []);
        let a = catalogue.metadata("a.txt");
        assert_eq!(a.title.as_deref(), Some("No 'deal'"));
        assert_eq!(a.date, Some(date(2020, 12, 14)));
        assert_eq!(catalogue.metadata("harbour.md").id.as_deref(), Some("h"));
        assert_eq!(catalogue.metadata("other.txt"), Metadata::default());
    }

    #[test]
    fn slips_are_told_with_place_and_suggestion() {
        let (catalogue, told) = read(
            "a.txt:\n  titel: x\n  date: soon\n  source: A\nharbor.md: {source: B}\nsub/a.txt: {}\na.txt: {source: C}\nmany.jsonl: {id: x, source: M}\n",
        );
        assert_eq!(
            told,
            [
                (
                    "article/metadata-unknown-key",
                    Some((2, 3)),
                    Some("did you mean `title`?".into())
                ),
                (
                    "article/bad-date",
                    Some((3, 9)),
                    Some("write it as 2020-12-14".into())
                ),
                (
                    "article/metadata-unknown-file",
                    Some((5, 1)),
                    Some("did you mean `harbour.md`?".into())
                ),
                (
                    "article/metadata-unknown-file",
                    Some((6, 1)),
                    Some(
                        "each folder has an articles.yaml of its own, for the files directly in it"
                            .into()
                    )
                ),
                ("article/metadata-duplicate", Some((7, 1)), None),
                ("article/metadata-unknown-key", Some((8, 1)), None),
            ]
        );
        assert_eq!(catalogue.metadata("a.txt").source.as_deref(), Some("A"));
        let many = catalogue.metadata("many.jsonl");
        assert_eq!((many.id, many.source.as_deref()), (None, Some("M")));
    }

    #[test]
    fn a_broken_file_is_told_with_its_place() {
        let (catalogue, told) = read("a.txt:\n  source: A\nharbour.md:\n  source: B: C\n");
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].0, told[0].1.map(|at| at.0)),
            ("article/metadata-syntax", Some(4))
        );
        assert_eq!(catalogue.metadata("a.txt").source.as_deref(), Some("A"));
        for text in [
            "- a.txt\n",
            "just words",
            "a.txt: [1]\n",
            "a.txt: Outlet\n",
            "[a]: {}\n",
        ] {
            assert_eq!(read(text).1[0].0, "article/metadata-type", "{text}");
        }
        for text in ["", "# nothing yet\n", "~", "{}"] {
            assert_eq!(read(text).1, [], "{text}");
        }
    }

    #[test]
    fn decomposed_names_are_the_same_names() {
        let source = Arc::new(Source::new("articles.yaml", "a\u{308}.txt: {source: A}\n"));
        let catalogue = Catalogue::read(&source, &["ä.txt".to_owned()].into(), &mut Vec::new());
        assert_eq!(catalogue.metadata("ä.txt").source.as_deref(), Some("A"));
    }
}
