//! `gainsay explain`: why a sentence carries a position, or why not.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use gainsay::article::{self, Article};
use gainsay::claim::Claim;
use gainsay::clean::clean;
use gainsay::divergence::Divergence;
use gainsay::matching::{Explanation, Match, Matcher};
use gainsay::render::terminal;
use gainsay::report::Report;
use gainsay::source::Span;
use gainsay::trial::Bench;
use gainsay::trial::remedy::{Remedy, remedy};
use serde::Serialize;

use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::{Shared, TextOrJson};
use super::inputs::{self, Inputs};
use super::output;

/// Shortest part of a match id that is looked up; shorter ones are hardly meant as such.
const SHORTEST_ID: usize = 4;
/// Length of a match id.
const WHOLE_ID: usize = 16;
/// How many matches an ambiguous id lists.
const LISTED: usize = 5;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct ExplainArgs {
    /// The claim's id, or the id of a match or a divergence alone.
    #[arg(value_name = "CLAIM")]
    claim: String,

    /// A sentence, ARTICLE:LINE, or the id of a match or a divergence (its first four digits or more).
    #[arg(value_name = "WHAT")]
    what: Option<String>,

    /// Articles in which a match is looked up [default: articles].
    #[arg(value_name = "PATH")]
    articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    claims: Vec<PathBuf>,

    /// Say why the sentence does not carry this position.
    #[arg(long, value_name = "NAME")]
    position: Option<String>,

    /// Show all positions, however far off.
    #[arg(long)]
    all: bool,

    /// How to write it [default: text].
    #[arg(long, value_name = "FORMAT")]
    format: Option<TextOrJson>,
}

const HELP: &str = "\
Examples:
  gainsay explain death-toll \"The flood killed 25 people.\"
      Try a sentence, as an article by itself.
  gainsay explain mill-fire \"Arson was ruled out.\" --position arson
      Why not this position? Names what is missing and the change that was tried.
  gainsay explain mill-fire articles/dawn.txt:12
      Look at the statements on line 12 of an article.
  gainsay explain 3f9a0c
      Look at a match that 'gainsay check --format json' reported, or at all
      statements of a divergence, by the id that 'gainsay check' shows.

Reading it:
  Each wording is cut into words, numbers and aliases. The bar is the weight:
  full for what only one position says, short for what all of them say.
  A position is carried where its wordings, together, reach the threshold.

Exit codes:
  0  The explanation was made, whatever it says.
  2  Wrong usage, or there is no such claim, line or match.";

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    explanations: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    article: Option<&'a str>,
    #[serde(flatten)]
    explanation: &'a Explanation,
    why_not: Option<&'a Remedy>,
}

/// A statement, explained.
struct Looked {
    /// The id of its article; a sentence by itself has none.
    article: Option<String>,
    /// What it was found to carry and where it stands, where several are shown.
    place: Option<String>,
    explanation: Explanation,
}

impl Looked {
    fn all(article: Option<&str>, explanations: Vec<Explanation>) -> Vec<Self> {
        let looked = |explanation| Self {
            article: article.map(str::to_owned),
            place: None,
            explanation,
        };
        explanations.into_iter().map(looked).collect()
    }
}

/// Explains, and writes it to standard output.
pub(super) fn run(shared: &Shared, args: &ExplainArgs) -> Result<Exit, Fatal> {
    let inputs = Inputs::new(shared)?;
    let loaded = inputs::load(&inputs.claims(&args.claims)?)?;
    let claims = &loaded.items;
    let known = claims.iter().any(|claim| claim.id == args.claim);
    if !known && claims.is_empty() {
        inputs.tell(&loaded.problems);
    }
    let (claim, looked) = if !known && is_id(&args.claim) {
        let mut paths: Vec<PathBuf> = args.what.iter().map(PathBuf::from).collect();
        paths.extend(args.articles.iter().cloned());
        of_match(&inputs, claims, &args.claim, &paths)?
    } else {
        let claim = inputs::find(claims, &args.claim)?;
        let Some(what) = &args.what else {
            return Err(Fatal::Usage {
                message: "a sentence is missing".to_owned(),
                help: Some(format!("gainsay explain {} \"The sentence.\"", claim.id)),
            });
        };
        if let Some((path, line)) = place(what) {
            (Arc::clone(claim), at_line(claim, path, line)?)
        } else if is_id(what) {
            let own = [Arc::clone(claim)];
            of_match(&inputs, &own, what, &args.articles)?
        } else {
            let explanations = Bench::new(claim).explain(what);
            if explanations.is_empty() {
                return Err(Fatal::Usage {
                    message: "the sentence is blank".to_owned(),
                    help: None,
                });
            }
            (Arc::clone(claim), Looked::all(None, explanations))
        }
    };
    let wanted = args.position.as_deref();
    if let Some(name) = wanted {
        known_position(&claim, name)?;
    }
    let remedies: Vec<Option<Remedy>> = looked
        .iter()
        .map(|looked| {
            let explanation = &looked.explanation;
            // Where something is carried, only a position that was asked for needs a reason.
            let asked = wanted.is_some() || explanation.carried.is_empty();
            asked.then(|| remedy(&claim, explanation, wanted)).flatten()
        })
        .collect();
    let text = match args.format.unwrap_or_default() {
        TextOrJson::Json => {
            let items = looked.iter().zip(&remedies).map(|(looked, why_not)| Item {
                article: looked.article.as_deref(),
                explanation: &looked.explanation,
                why_not: why_not.as_ref(),
            });
            output::json(&Document {
                schema_version: 1,
                explanations: items.collect(),
            })
        }
        TextOrJson::Text => {
            let how = inputs.terminal(false, args.all);
            let parts = looked.iter().zip(&remedies).map(|(looked, why_not)| {
                let text = terminal::explanation::render(
                    &looked.explanation,
                    why_not.as_ref(),
                    wanted,
                    &how,
                );
                match &looked.place {
                    Some(place) => format!("{}\n{text}", clean(place)),
                    None => text,
                }
            });
            parts.collect::<Vec<_>>().join("\n")
        }
    };
    output::write_to_stdout(&text)?;
    Ok(Exit::Done)
}

fn known_position(claim: &Claim, name: &str) -> Result<(), Fatal> {
    let names = gainsay::trial::example::names(claim);
    if names.contains(&name) {
        return Ok(());
    }
    Err(Fatal::Usage {
        message: format!("`{}` has no position `{}`", claim.id, name.escape_debug()),
        help: Some(if names.is_empty() {
            "its answers are numbers or dates".to_owned()
        } else {
            format!("its positions are {}", names.join(", "))
        }),
    })
}

/// Whether a word looks like the id of a match. A word of letters alone would be one too (`facade`), so a digit is asked for.
fn is_id(word: &str) -> bool {
    (SHORTEST_ID..=WHOLE_ID).contains(&word.len())
        && word
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && (word.len() == WHOLE_ID || word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// A file and a line in it; a column may follow, as editors write it.
fn place(what: &str) -> Option<(&Path, usize)> {
    let split = |text| {
        let (path, number): (&str, &str) = str::rsplit_once(text, ':')?;
        Some((path, number.parse::<usize>().ok()?))
    };
    let (rest, last) = split(what)?;
    let with_column = split(rest).filter(|(path, _)| Path::new(path).is_file());
    let (path, line) = with_column.unwrap_or((rest, last));
    // A sentence may end in ":12" as well; then there is no such file.
    let looks_like_one = Path::new(path).is_file() || !path.contains(' ');
    looks_like_one.then(|| (Path::new(path), line))
}

fn at_line(claim: &Arc<Claim>, path: &Path, line: usize) -> Result<Vec<Looked>, Fatal> {
    let usage = |message: String, help: Option<&str>| Fatal::Usage {
        message,
        help: help.map(str::to_owned),
    };
    let shown = path.display();
    let loaded = article::load(&[path]);
    let [found] = loaded.items.as_slice() else {
        if let Some(problem) = loaded.problems.first() {
            return Err(usage(
                format!("{shown}: {}", problem.message),
                problem.help.as_deref(),
            ));
        }
        let many = format!("{shown} holds {} articles", loaded.items.len());
        return Err(usage(many, Some("name a match by its id instead")));
    };
    let text = found.text.text();
    let mut start = 0;
    let lines: Vec<Span> = text
        .split_inclusive('\n')
        .map(|line| {
            let span = Span::new(start, start + line.len());
            start = span.end;
            span
        })
        .collect();
    let Some(span) = line.checked_sub(1).and_then(|at| lines.get(at)) else {
        let count = lines.len();
        return Err(usage(
            format!("{shown} has {count} lines, so there is no line {line}"),
            None,
        ));
    };
    let explanations = Bench::new(claim).explain_in(found, *span);
    if explanations.is_empty() {
        return Err(usage(
            format!("there is no statement on line {line} of {shown}"),
            Some("the line is blank, or no part of the article's prose"),
        ));
    }
    Ok(Looked::all(Some(&found.id), explanations))
}

/// Explains a statement of an article.
pub(super) fn of_statement(claim: &Arc<Claim>, article: &Article, span: Span) -> Vec<Explanation> {
    let mut explanations = Bench::new(claim).explain_in(article, span);
    explanations.retain(|explanation| explanation.span == span);
    explanations
}

/// Finds a match by the start of its id, and explains its statement; else a divergence, and explains the statements of its sides.
fn of_match(
    inputs: &Inputs,
    claims: &[Arc<Claim>],
    id: &str,
    paths: &[PathBuf],
) -> Result<(Arc<Claim>, Vec<Looked>), Fatal> {
    let articles = article::load(&inputs.articles(paths)?).items;
    let matcher = Matcher::new(claims);
    let mut worker = matcher.worker();
    let mut matches: Vec<Match> = Vec::new();
    for (index, article) in articles.iter().enumerate() {
        matches.extend(worker.article(index, article));
    }
    let mut found: Vec<&Match> = matches.iter().filter(|m| m.id.starts_with(id)).collect();
    // The same words twice in an article have one id; the first place stands for both.
    found.dedup_by(|a, b| a.id == b.id);
    let place = |m: &&Match| {
        format!(
            "{} {}:{} {}",
            m.id, articles[m.article].path, m.line, m.position
        )
    };
    match found.as_slice() {
        [] => of_divergence(claims, articles, matches, id),
        [one] => {
            let article: &Article = &articles[one.article];
            let claim = Arc::clone(&claims[one.claim]);
            let explanations = of_statement(&claim, article, one.span);
            Ok((claim, Looked::all(Some(&article.id), explanations)))
        }
        many => Err(Fatal::Usage {
            message: format!("{} matches have an id that starts with `{id}`", many.len()),
            help: Some(
                many.iter()
                    .take(LISTED)
                    .map(place)
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
        }),
    }
}

/// Finds a divergence by the start of its id, and explains every statement of its sides, one side after the other.
fn of_divergence(
    claims: &[Arc<Claim>],
    articles: Vec<Article>,
    matches: Vec<Match>,
    id: &str,
) -> Result<(Arc<Claim>, Vec<Looked>), Fatal> {
    let searched = articles.len();
    // The report keeps no text, and sorts its articles by id.
    let by_id: BTreeMap<String, Article> = articles
        .iter()
        .map(|article| (article.id.clone(), article.clone()))
        .collect();
    let report = Report::assemble(claims.to_vec(), articles, matches, Vec::new());
    let found: Vec<&Divergence> = report
        .divergences
        .iter()
        .filter(|divergence| divergence.id.starts_with(id))
        .collect();
    let one = match found.as_slice() {
        [one] => *one,
        [] => {
            return Err(Fatal::Usage {
                message: format!("no match and no divergence has an id that starts with `{id}`"),
                help: Some(format!(
                    "{searched} articles were searched; 'gainsay check' shows the ids of divergences, with --format json those of matches too"
                )),
            });
        }
        many => {
            let shown = |divergence: &&Divergence| {
                let claim = &report.claims[divergence.claim].id;
                format!("{} {} {claim}", divergence.id, divergence.kind.name())
            };
            let listed: Vec<String> = many.iter().take(LISTED).map(shown).collect();
            return Err(Fatal::Usage {
                message: format!(
                    "{} divergences have an id that starts with `{id}`",
                    many.len()
                ),
                help: Some(listed.join("\n")),
            });
        }
    };
    let claim = Arc::clone(&report.claims[one.claim]);
    let mut looked = Vec::new();
    for side in &one.sides {
        for &at in &side.matches {
            let found = &report.matches[at];
            let entry = &report.articles[found.article];
            let Some(article) = by_id.get(&entry.id) else {
                continue;
            };
            let explanations = of_statement(&claim, article, found.span);
            for mut part in Looked::all(Some(&entry.id), explanations) {
                part.place = Some(format!("{} {}:{}", found.position, entry.path, found.line));
                looked.push(part);
            }
        }
    }
    if looked.is_empty() {
        return Err(Fatal::Usage {
            message: format!("the divergence {} rests on no statement", one.id),
            help: Some("an article is silent; there is nothing to explain".to_owned()),
        });
    }
    Ok((claim, looked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_told_from_words_and_places_from_sentences() {
        assert!(is_id("3f9a") && is_id("abcdefabcdefabcd"));
        assert!(!is_id("facade") && !is_id("12") && !is_id("The end.") && !is_id("3F9A"));
        assert_eq!(
            place("articles/none.txt:12"),
            Some((Path::new("articles/none.txt"), 12))
        );
        assert_eq!(place("He left at 12:30"), None);
        assert_eq!(place("The end"), None);
    }
}
