//! Which files hold the articles of a run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::FileType;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::problem::{Loaded, Problem};

use super::catalogue::{Catalogue, FILE_NAMES};
use super::file::{ArticleFile, Origin, file_name, format_of, shown};
use super::passed_over::PassedOver;

/// Lists the files that hold articles, without opening them, in the order of their paths, each once.
///
/// A path is a file (read as an article whatever its extension), a folder (walked without regard to any
/// `.gitignore`; hidden files are passed over, and symbolic links do not lead out of it), or `-`, standard input.
/// A path that leads to nothing readable becomes a problem and the rest is listed all the same. The `articles.yaml`
/// of each folder is read here.
pub fn discover(paths: &[impl AsRef<Path>]) -> Loaded<ArticleFile> {
    let Discovered {
        files,
        mut problems,
        passed_over,
    } = find(paths);
    problems.extend(passed_over.problem());
    Loaded {
        items: files,
        problems,
    }
}

/// What paths lead to.
#[derive(Clone, Debug)]
pub struct Discovered {
    /// The files, in the order of their paths.
    pub files: Vec<ArticleFile>,
    /// What leads to nothing readable or is odd.
    pub problems: Vec<Problem>,
    /// Files in folders that are no articles.
    pub passed_over: PassedOver,
}

/// As [`discover`], with the files that were passed over apart: they may be told together with those of other searches.
pub fn find(paths: &[impl AsRef<Path>]) -> Discovered {
    let mut discovery = Discovery::default();
    for path in paths {
        discovery.take(path.as_ref());
    }
    discovery.finish()
}

#[derive(Default)]
struct Discovery {
    files: Vec<ArticleFile>,
    problems: Vec<Problem>,
    catalogues: BTreeMap<PathBuf, Catalogue>,
    passed_over: PassedOver,
}

impl Discovery {
    fn take(&mut self, path: &Path) {
        if path == Path::new("-") {
            self.files.push(ArticleFile::standard_input());
            return;
        }
        match path.metadata() {
            Err(error) => self.problems.push(unreachable(path, &error)),
            Ok(metadata) if metadata.is_dir() => self.walk(path),
            Ok(metadata) if metadata.is_file() => {
                // A shell's `articles/*` names the metadata too.
                if !FILE_NAMES.contains(&&*file_name(path)) {
                    self.add(path);
                }
            }
            Ok(metadata) => self.problems.push(not_a_file(path, metadata.file_type())),
        }
    }

    fn walk(&mut self, root: &Path) {
        let before = self.files.len();
        let real_root = match root.canonicalize() {
            Ok(real_root) => real_root,
            Err(error) => {
                self.problems.push(unreachable(root, &error));
                return;
            }
        };
        self.folder(root);
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .hidden(true)
            .follow_links(false)
            .sort_by_file_name(Ord::cmp)
            .build();
        let problems_before = self.problems.len();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.problems.push(walk_problem(&error, root));
                    continue;
                }
            };
            let path = entry.path();
            // Only standard input has no type, and it is not walked.
            let Some(file_type) = entry.file_type() else {
                continue;
            };
            if entry.depth() == 0 {
                continue;
            }
            if file_type.is_dir() {
                self.folder(path);
            } else if file_type.is_symlink() {
                self.link(path, &real_root);
            } else if file_type.is_file() {
                self.file_in_folder(path);
            } else if format_of(path).0.is_some() {
                self.problems.push(not_a_file(path, file_type));
            } else {
                self.skip(path);
            }
        }
        if self.files.len() == before && self.problems.len() == problems_before {
            self.problems.push(
                Problem::warning("article/none-found", "the folder holds no articles")
                    .at_path(shown(root))
                    .help("articles are files that end in .txt, .md, .html or .jsonl, each also with .gz"),
            );
        }
    }

    fn folder(&mut self, path: &Path) {
        if format_of(path).0.is_some() {
            self.problems.push(
                Problem::warning(
                    "article/folder-named-as-file",
                    "this is a folder, although its name ends like an article's; the files in it are read",
                )
                .at_path(shown(path)),
            );
        }
    }

    fn link(&mut self, path: &Path, real_root: &Path) {
        let target = match path.canonicalize() {
            Ok(target) => target,
            Err(error) => {
                self.problems.push(unreachable(path, &error));
                return;
            }
        };
        let not_followed = |message: &str| {
            Problem::warning("article/link-not-followed", message).at_path(shown(path))
        };
        if real_root.starts_with(&target) {
            self.problems.push(not_followed(
                "this symbolic link leads back to a folder that holds it, and is not followed",
            ));
        } else if !target.starts_with(real_root) {
            self.problems.push(
                not_followed("this symbolic link leads out of the folder, and is not followed")
                    .help(format!("name {} too if it is to be read", shown(&target))),
            );
        } else if target.is_file() {
            self.file_in_folder(path);
        } else if !target.is_dir() {
            self.skip(path);
        } else if path
            .parent()
            .and_then(|parent| parent.canonicalize().ok())
            .is_some_and(|parent| parent.starts_with(&target))
        {
            self.problems.push(not_followed(
                "this symbolic link leads back to a folder that holds it, and is not followed",
            ));
        }
        // Any other folder inside is walked under its own name.
    }

    fn file_in_folder(&mut self, path: &Path) {
        if FILE_NAMES.contains(&&*file_name(path)) {
            // Read even if no article stands beside it, so that its problems are told.
            self.catalogue_beside(path);
        } else if format_of(path).0.is_some() {
            self.add(path);
        } else {
            self.skip(path);
        }
    }

    fn add(&mut self, path: &Path) {
        let mut file = ArticleFile::new(path);
        file.metadata = self.catalogue_beside(path).metadata(&file_name(path));
        self.files.push(file);
    }

    fn catalogue_beside(&mut self, path: &Path) -> &Catalogue {
        let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
        let problems = &mut self.problems;
        self.catalogues
            .entry(folder)
            .or_insert_with_key(|folder| Catalogue::of_folder(folder, problems))
    }

    fn skip(&mut self, path: &Path) {
        let kind = match Path::new(&file_name(path).to_lowercase()).extension() {
            Some(extension) => format!(".{}", extension.to_string_lossy()),
            None => "without an extension".to_owned(),
        };
        let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        self.passed_over.add(kind, &real);
    }

    fn finish(mut self) -> Discovered {
        // The order in which paths are named must not show in any output.
        let key = |file: &ArticleFile| match &file.origin {
            Origin::StandardInput => PathBuf::new(),
            Origin::File(path) => path.clone(),
        };
        self.files.sort_by_cached_key(key);
        let mut seen = BTreeSet::new();
        // A file that is reached twice (named, and in a named folder) would agree with itself.
        self.files.retain(|file| {
            seen.insert(match &file.origin {
                Origin::StandardInput => PathBuf::from("-"),
                Origin::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
            })
        });
        // A file that was named is an article, whatever the folder around it says.
        for file in &self.files {
            if let Origin::File(path) = &file.origin
                && format_of(path).0.is_none()
            {
                let real = path.canonicalize().unwrap_or_else(|_| path.clone());
                self.passed_over.name(&real);
            }
        }
        let place = |problem: &Problem| {
            (
                problem.path.clone(),
                problem.line_column(),
                problem.code,
                problem.message.clone(),
            )
        };
        self.problems.sort_by_cached_key(place);
        self.problems.dedup();
        Discovered {
            files: self.files,
            problems: self.problems,
            passed_over: self.passed_over,
        }
    }
}

/// Why a path leads to nothing.
pub(super) fn unreachable(path: &Path, error: &std::io::Error) -> Problem {
    let problem = match error.kind() {
        ErrorKind::NotFound => match path.read_link() {
            Ok(target) => Problem::error(
                "article/not-found",
                format!(
                    "this symbolic link leads to {}, which does not exist",
                    shown(&target)
                ),
            ),
            Err(_) => Problem::error("article/not-found", "there is no such file or folder"),
        },
        ErrorKind::PermissionDenied => {
            Problem::error("article/unreadable", "you are not permitted to read this")
        }
        _ => Problem::error(
            "article/unreadable",
            format!("this cannot be read: {error}"),
        ),
    };
    problem.at_path(shown(path))
}

/// A pipe or a device is never opened: that could wait for ever.
pub(super) fn not_a_file(path: &Path, file_type: FileType) -> Problem {
    Problem::error(
        "article/not-a-file",
        format!("this is {}, not a file", kind(file_type)),
    )
    .at_path(shown(path))
    .help("to read what a program writes, pipe it in and name `-`")
}

#[cfg(unix)]
fn kind(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_fifo() {
        "a named pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else if file_type.is_dir() {
        "a folder"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn kind(file_type: FileType) -> &'static str {
    if file_type.is_dir() {
        "a folder"
    } else {
        "something else"
    }
}

/// What the walk stumbled over, without the frames around it.
fn walk_problem(error: &ignore::Error, root: &Path) -> Problem {
    let mut path = root.to_path_buf();
    let mut inner = error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = at.clone();
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                inner = err;
            }
            ignore::Error::Io(io) => return unreachable(&path, io),
            other => {
                return Problem::error(
                    "article/unreadable",
                    format!("this cannot be read: {other}"),
                )
                .at_path(shown(&path));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_permission_is_told_as_such() {
        let error = std::io::Error::from(ErrorKind::PermissionDenied);
        let problem = unreachable(Path::new("a.txt"), &error);
        assert_eq!(problem.code, "article/unreadable");
        assert!(problem.message.contains("permitted"));
    }
}
