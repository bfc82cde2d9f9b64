//! PLACEHOLDER for the loaders and the matcher, to be dropped at the merge.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::article::Article;
use crate::claim::{Answers, Claim, Position};
use crate::fingerprint;
use crate::matching::{Answer, Match};
use crate::problem::{Loaded, Problem};
use crate::source::{Source, Span};
use crate::statement::{Place, Voice};

fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in paths {
        match std::fs::read_dir(path) {
            Ok(folder) => all.extend(folder.flatten().map(|entry| entry.path())),
            Err(_) => all.push(path.clone()),
        }
    }
    all.sort();
    all
}

fn read<T>(path: &Path, loaded: &mut Loaded<T>, code: &'static str) -> Option<Arc<Source>> {
    let name = path.display().to_string();
    let text = if name == "-" {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    };
    match text {
        Ok(text) => Some(Arc::new(Source::new(name, text))),
        Err(error) => {
            let problem = Problem::error(code, format!("cannot read: {error}")).at_path(name);
            loaded.problems.push(problem);
            None
        }
    }
}

/// PLACEHOLDER.
pub fn load_claims(paths: &[PathBuf]) -> Loaded<Arc<Claim>> {
    let mut loaded = Loaded::default();
    for path in files(paths) {
        let Some(source) = read(&path, &mut loaded, "claim/unreadable") else {
            continue;
        };
        let Ok(root) = serde_yaml::from_str::<serde_yaml::Value>(source.text()) else {
            let problem =
                Problem::error("claim/yaml", "not YAML").at(&source, Span::default(), "here");
            loaded.problems.push(problem);
            continue;
        };
        for item in root["claims"].as_sequence().into_iter().flatten() {
            let id = item["id"].as_str().unwrap_or_default().to_owned();
            let start = source.text().find(&id).unwrap_or(0);
            let positions = item["positions"].as_mapping().into_iter().flatten();
            let positions = positions.map(|(name, value)| Position {
                name: name.as_str().unwrap_or_default().to_owned(),
                says: value["says"].as_str().unwrap_or_default().to_owned(),
                phrases: Vec::new(),
                except: Vec::new(),
                silence: false,
                denied: None,
                requires: Vec::new(),
            });
            loaded.items.push(Arc::new(Claim {
                topic: root["topic"].as_str().unwrap_or_default().into(),
                question: item["question"].as_str().unwrap_or_default().to_owned(),
                about: vec![id.clone()],
                reach: Default::default(),
                answers: Answers::Positions(positions.collect()),
                compatible: Vec::new(),
                except: Vec::new(),
                examples: Vec::new(),
                aliases: Arc::new([]),
                severity: None,
                span: Span::new(start, start + id.len()),
                source: Arc::clone(&source),
                id,
            }));
        }
    }
    loaded
}

/// PLACEHOLDER.
pub fn load_articles(paths: &[PathBuf]) -> Loaded<Article> {
    let mut loaded = Loaded::default();
    for path in files(paths) {
        let Some(text) = read(&path, &mut loaded, "article/unreadable") else {
            continue;
        };
        loaded.items.push(Article {
            id: path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            path: text.name().to_owned(),
            source: None,
            date: None,
            title: None,
            url: None,
            prose: text.text().into(),
            headings: Vec::new(),
            text,
        });
    }
    loaded
}

/// PLACEHOLDER.
pub struct Matcher(Vec<Arc<Claim>>);

impl Matcher {
    /// PLACEHOLDER.
    pub fn new(claims: &[Arc<Claim>]) -> Self {
        Self(claims.to_vec())
    }

    /// PLACEHOLDER: finds the words of a position as they stand.
    pub fn article(&self, index: usize, article: &Article) -> Vec<Match> {
        let mut found = Vec::new();
        for (claim_index, claim) in self.0.iter().enumerate() {
            let Answers::Positions(positions) = &claim.answers else {
                continue;
            };
            for (at, position) in positions.iter().enumerate() {
                let Some(start) = article.text.text().find(&position.says) else {
                    continue;
                };
                let (line, column) = article.text.line_column(start);
                found.push(Match {
                    id: fingerprint::of_match(
                        &claim.id,
                        &position.name,
                        &position.says,
                        &article.id,
                    ),
                    claim: claim_index,
                    article: index,
                    answer: Answer::Position(at),
                    position: position.name.as_str().into(),
                    span: Span::new(start, start + position.says.len()),
                    text: position.says.clone(),
                    line,
                    column,
                    words: Vec::new(),
                    score: 1.0,
                    wording: position.says.as_str().into(),
                    voice: Voice::Own,
                    hedged: false,
                    place: Place::Body,
                });
            }
        }
        found
    }
}
