//! What a review is to do: flags laid over settings laid over defaults.

use std::path::PathBuf;

use gainsay::render::terminal;
use gainsay::review::{AppendError, Verdict};
use jiff::civil::Date;

use super::args::{CheckArgs, ReportArgs, ReviewArgs, ReviewFormat};
use super::check_options::{self, CheckOptions};
use super::fatal::Fatal;
use super::flags::Shared;

/// What to do, from flags, settings and defaults.
#[derive(Debug)]
pub(super) struct ReviewOptions {
    pub check: CheckOptions,
    pub reviews: PathBuf,
    pub action: Action,
    pub format: ReviewFormat,
    pub all: bool,
    pub reason: String,
    pub reviewer: Option<String>,
    pub expires: Option<Date>,
    pub blind: bool,
    /// The command with its inputs, for a reader to copy.
    pub command: String,
}

#[derive(Debug)]
pub(super) enum Action {
    Queue,
    List,
    Show(Vec<String>),
    Decide(Verdict, Vec<String>),
    /// Dismiss it because a sentence was taken wrongly; the number of that, and the position that it carries instead.
    Learn(String, usize, Option<String>),
    Compare(PathBuf),
}

/// Reads the settings and lays the flags over them.
pub(super) fn options(shared: Shared, args: ReviewArgs) -> Result<ReviewOptions, Fatal> {
    let command = command(&shared, &args);
    let decides = [
        (Verdict::Confirmed, args.confirm),
        (Verdict::Dismissed, args.dismiss),
        (Verdict::Later, args.later),
        (Verdict::Open, args.reopen),
    ];
    let decides = decides.into_iter().find(|(_, ids)| !ids.is_empty());
    let action = match (decides, args.compare) {
        (decides, _) if args.wrong_match.is_some() => {
            let sentence = args.wrong_match.unwrap_or_default();
            learning(decides, sentence, args.carries)?
        }
        (Some((verdict, ids)), _) => Action::Decide(verdict, ids),
        (None, Some(other)) => Action::Compare(other),
        (None, None) if !args.show.is_empty() => Action::Show(args.show),
        (None, None) if args.list => Action::List,
        (None, None) => Action::Queue,
    };
    if args.format.is_some() && matches!(action, Action::Queue) {
        return Err(Fatal::Usage {
            message: "--format is for --list, --show and --compare".to_owned(),
            help: None,
        });
    }
    let check = CheckArgs {
        articles: args.articles,
        claims: args.claims,
        cache: args.cache,
        jobs: args.jobs,
        report: ReportArgs {
            only: args.only,
            min_severity: args.min_severity,
            reviews: args.reviews,
            date: args.date,
            ..ReportArgs::default()
        },
        ..CheckArgs::default()
    };
    let check = match action {
        // Two ledgers are compared without articles.
        Action::Compare(_) => check_options::unchecked_options(shared, check)?,
        _ => check_options::options(shared, check)?,
    };
    let user = || {
        let name = |key| std::env::var(key).ok().filter(|name| !name.is_empty());
        name("USER").or_else(|| name("USERNAME"))
    };
    let reviews = check.reviews.clone().unwrap_or_default();
    Ok(ReviewOptions {
        check,
        reviews,
        action,
        format: args.format.unwrap_or_default(),
        all: args.all,
        reason: args.reason.unwrap_or_default().trim().to_owned(),
        reviewer: args.reviewer.or_else(user),
        expires: args.expires,
        blind: args.blind,
        command,
    })
}

/// What --wrong-match asks for. That it stands with --dismiss alone is not left to the reader of flags, who forgives a flag without the
/// one that it requires where a third one is in the way of that.
fn learning(
    decides: Option<(Verdict, Vec<String>)>,
    sentence: usize,
    instead: Option<String>,
) -> Result<Action, Fatal> {
    match decides {
        Some((Verdict::Dismissed, mut ids)) if ids.len() == 1 => {
            Ok(Action::Learn(ids.swap_remove(0), sentence, instead))
        }
        _ => Err(Fatal::Usage {
            message: "--wrong-match is for one --dismiss".to_owned(),
            help: Some("the sentences of each divergence have numbers of their own".to_owned()),
        }),
    }
}

/// The command as it was given, without what it is to do.
fn command(shared: &Shared, args: &ReviewArgs) -> String {
    let mut words = vec!["gainsay".to_owned(), "review".to_owned()];
    let path = |path: &PathBuf| quoted(&path.to_string_lossy());
    words.extend(args.articles.iter().map(path));
    let flags = args.claims.iter().map(|claims| ("--claims", claims));
    let flags = flags.chain(args.reviews.iter().map(|reviews| ("--reviews", reviews)));
    let flags = flags.chain(shared.config.iter().map(|config| ("--config", config)));
    words.extend(flags.map(|(flag, value)| format!("{flag} {}", path(value))));
    words.extend(shared.no_config.then(|| "--no-config".to_owned()));
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl ReviewOptions {
    /// How to write for people.
    pub fn terminal(&self) -> terminal::Options {
        self.check.terminal(None)
    }

    /// The ledger, as it was named.
    pub fn ledger_name(&self) -> String {
        self.reviews.display().to_string()
    }

    /// An error that ends the run where nobody can go on.
    pub fn unsaved(&self, error: AppendError) -> Fatal {
        Fatal::Unsaved {
            path: self
                .reviews
                .display()
                .to_string()
                .escape_debug()
                .to_string(),
            help: advice_on(&error).map(str::to_owned),
            error,
        }
    }
}

/// What to do where a decision could not be saved.
fn advice_on(error: &AppendError) -> Option<&'static str> {
    match error {
        AppendError::Busy => Some("try again"),
        AppendError::Earlier { .. } => Some("give that day or a later one with --date"),
        AppendError::Io(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Some("create its folder first")
        }
        AppendError::Io(_) => None,
    }
}

/// What went wrong with a save, for the notice of a session.
pub(super) fn told(error: &AppendError) -> String {
    match advice_on(error) {
        Some(advice) => format!("{error}; {advice}"),
        None => error.to_string(),
    }
}
#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_as_a_shell_reads_them() {
        for (word, expected) in [
            ("a/b-c.yaml", "a/b-c.yaml"),
            ("Zoë.txt", "Zoë.txt"),
            ("", "''"),
            ("two words", "'two words'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
            ("~", "'~'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
