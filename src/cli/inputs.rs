//! What the commands on claim files have in common: settings, the claims, and how to write for a terminal.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gainsay::claim::{self, Claim};
use gainsay::problem::{Level, Loaded, Problem};
use gainsay::render::terminal;

use super::config::{Config, Weight};
use super::fatal::Fatal;
use super::flags::{ColorChoice, Shared};
use super::output;

/// An id this similar (1 is equal) to an unknown one is worth suggesting.
const SUGGESTION: f64 = 0.6;

/// Settings with the shared flags laid over them.
#[derive(Debug)]
pub(super) struct Inputs {
    config: Config,
    color: ColorChoice,
}

impl Inputs {
    /// Reads the settings file.
    pub fn new(shared: &Shared) -> Result<Self, Fatal> {
        let config = Config::of(shared)?;
        let color = shared.color.or(config.color).unwrap_or_default();
        Ok(Self { config, color })
    }

    /// The claim files: those of the command line, else of the settings, else the folder `claims`.
    pub fn claims(&self, given: &[PathBuf]) -> Result<Vec<PathBuf>, Fatal> {
        paths(given, &self.config.claims, "claims")
    }

    /// The articles, in the same way.
    pub fn articles(&self, given: &[PathBuf]) -> Result<Vec<PathBuf>, Fatal> {
        paths(given, &self.config.articles, "articles")
    }

    /// How grave what a rule of lint finds is, where the settings say so.
    pub fn weight(&self, code: &str) -> Option<Weight> {
        self.config.lint.get(code).copied()
    }

    /// How to write to standard output.
    pub fn terminal(&self, quiet: bool, all: bool) -> terminal::Options {
        let mut how = terminal::Options::detect();
        how.quiet = quiet;
        how.all = all;
        match self.color {
            ColorChoice::Auto => {}
            ColorChoice::Always => how.color = true,
            ColorChoice::Never => how.color = false,
        }
        how
    }

    /// Writes problems to standard error; returns how many are errors.
    pub fn tell(&self, problems: &[Problem]) -> usize {
        let mut how = self.terminal(false, false);
        if self.color == ColorChoice::Auto && !std::io::stderr().is_terminal() {
            how.color = false;
        }
        if !problems.is_empty() {
            output::print_to_stderr(&terminal::problems(problems, &how));
        }
        problems
            .iter()
            .filter(|problem| problem.level == Level::Error)
            .count()
    }
}

/// Loads claims; where there is nothing at all, and nothing tells why, that is an error.
pub(super) fn load(paths: &[PathBuf]) -> Result<Loaded<Arc<Claim>>, Fatal> {
    let loaded = claim::load(paths);
    if loaded.items.is_empty() && loaded.problems.is_empty() {
        return Err(Fatal::Nothing {
            message: "there are no claims".to_owned(),
            help: "claim files end in .yaml or .yml; 'gainsay new' writes one".to_owned(),
        });
    }
    Ok(loaded)
}

/// The claim with this id.
pub(super) fn find<'c>(claims: &'c [Arc<Claim>], id: &str) -> Result<&'c Arc<Claim>, Fatal> {
    claims.iter().find(|claim| claim.id == id).ok_or_else(|| {
        let nearest = claims
            .iter()
            .map(|claim| {
                (
                    strsim::normalized_damerau_levenshtein(&claim.id, id),
                    &claim.id,
                )
            })
            .filter(|(similarity, _)| *similarity >= SUGGESTION)
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        Fatal::Usage {
            message: format!("there is no claim `{}`", id.escape_debug()),
            help: Some(match nearest {
                Some((_, near)) => format!("did you mean `{near}`?"),
                None => format!(
                    "{} claims are loaded; name other claim files with --claims",
                    claims.len()
                ),
            }),
        }
    })
}

fn paths(given: &[PathBuf], settings: &[PathBuf], default: &str) -> Result<Vec<PathBuf>, Fatal> {
    for list in [given, settings] {
        if !list.is_empty() {
            return Ok(list.to_vec());
        }
    }
    if Path::new(default).exists() {
        return Ok(vec![default.into()]);
    }
    Err(Fatal::Nothing {
        message: format!("there is no folder `{default}` here"),
        help: format!("name the files on the command line, or set `{default}:` in gainsay.yaml"),
    })
}
