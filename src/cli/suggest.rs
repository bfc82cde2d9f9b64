//! `gainsay suggest`: statements that a claim misses, and their way into the claim file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use gainsay::article;
use gainsay::claim::Claim;
use gainsay::clean::clean;
use gainsay::trial::acceptance::Way;
use gainsay::trial::example::names;
use gainsay::trial::remedy::Remedy;
use gainsay::trial::suggestion::Suggestion;
use serde::Serialize;

use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::{Shared, TextOrJson};
use super::inputs::{self, Inputs};
use super::suggest_desk::{Desk, Refused};
use super::{output, screen, suggest_screen};

/// How many suggestions are shown without --top.
const TOP: usize = 10;
/// The word for a near miss.
const NOTHING: &str = "none";

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct SuggestArgs {
    /// The claim's id.
    #[arg(value_name = "CLAIM")]
    claim: String,

    /// Articles: files and folders [default: articles].
    #[arg(value_name = "PATH")]
    articles: Vec<PathBuf>,

    /// Claim files and folders of them; may be given again [default: claims].
    #[arg(long, value_name = "PATH")]
    claims: Vec<PathBuf>,

    /// How many to print [default: 10].
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// Print the suggestions, on a terminal too.
    #[arg(long, conflicts_with = "apply")]
    list: bool,

    /// Take these suggestions into the claim file, by their numbers.
    #[arg(
        long,
        value_name = "N",
        num_args = 1,
        value_delimiter = ',',
        requires = "position"
    )]
    apply: Vec<usize>,

    /// The position that they carry; none says that they carry nothing more: near misses.
    #[arg(
        long = "as",
        value_name = "POSITION",
        requires = "apply",
        id = "position"
    )]
    position: Option<String>,

    /// What is added for them [default: phrase].
    #[arg(long, value_name = "WAY", requires = "position")]
    by: Option<By>,

    /// How to print it [default: text].
    #[arg(long, value_name = "FORMAT")]
    format: Option<TextOrJson>,
}

/// What is added for a suggestion that carries a position, or that only looks like one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// A wording of the position.
    #[default]
    Phrase,
    /// Another name for a word that the position's wordings have.
    Alias,
    /// A look-alike of the position, which it does not carry; of the claim with --as none.
    Except,
}

const HELP: &str = "\
Looks through articles on the topic for statements that name the claim's
subject and carry no answer, or may carry a second one that can be true beside
theirs, the nearest to an answer first. Whether one does give an answer is yours
to say: 'if so' shows what would make it count.

On a terminal it shows one after the other, with what each key would write:
a phrase of a position, an alias, a look-alike or an example. Every answer is
written at once and can be undone. Elsewhere, or with --list, it prints them.

Examples:
  gainsay suggest mill-fire
      Go through what the claim may miss in the folder 'articles'.
  gainsay suggest mill-fire --list --top 30
      Print the thirty nearest.
  gainsay suggest mill-fire --apply 2 --as arson
      Add the wording of the second one to the position 'arson'. Only a wording
      that makes the statement carry the position is added.
  gainsay suggest mill-fire --apply 3,5 --as none
      Keep two of them as near misses among the examples.
  gainsay suggest mill-fire --apply 4 --as arson --by except
      It only looks like arson: keep it out from now on.

What is accepted becomes an example too, so that 'gainsay test' tells when it no
longer holds, and nothing is accepted that makes another example fail. Every
other byte of the claim file stays as it is. The new text is read again before
it replaces the file, and where the file is laid out in a way that cannot be
added to safely, nothing is written and the reason is told.

Exit codes:
  0  The suggestions were shown or taken in.
  2  Wrong usage, or a suggestion could not be taken in: then none is.";

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    claim: &'a str,
    total: usize,
    suggestions: Vec<Item<'a>>,
}

/// What was taken in.
#[derive(Serialize)]
struct Applied<'a> {
    schema_version: u32,
    claim: &'a str,
    path: &'a str,
    changes: Vec<Change>,
    /// How many statements of the articles carry an answer more or less than before.
    gained: usize,
    lost: usize,
}

#[derive(Serialize)]
struct Change {
    /// The suggestion's number in the list before.
    suggestion: usize,
    /// Each addition to the file, in words.
    additions: Vec<String>,
}

#[derive(Serialize)]
struct Item<'a> {
    #[serde(flatten)]
    suggestion: &'a Suggestion,
    remedy: Option<Remedy>,
}

/// Shows suggestions, or takes some into the claim file.
pub(super) fn run(shared: &Shared, args: &SuggestArgs) -> Result<Exit, Fatal> {
    let inputs = Inputs::new(shared)?;
    let loaded = inputs::load(&inputs.claims(&args.claims)?)?;
    let claim = match inputs::find(&loaded.items, &args.claim) {
        Ok(claim) => claim,
        Err(fatal) => {
            inputs.tell(&loaded.problems);
            return Err(fatal);
        }
    };
    let articles = article::load(&inputs.articles(&args.articles)?);
    let mut desk = Desk::new(claim, &articles.items);
    let asked = args.list || args.top.is_some() || args.format.is_some();
    if args.apply.is_empty() && !asked && screen::is_attended() {
        suggest_screen::run(&mut desk, &inputs.terminal(false, false))?;
        // Told now, where the queue does not wipe it away.
        return Ok(exit(inputs.tell(&articles.problems)));
    }
    let errors = inputs.tell(&articles.problems);
    let format = args.format.unwrap_or_default();
    let text = match &args.position {
        Some(position) => apply(&mut desk, args, position, format)?,
        None => {
            let all = desk.suggestions();
            let shown = &all[..all.len().min(args.top.unwrap_or(TOP))];
            show(claim, &all, shown, format)
        }
    };
    output::write_to_stdout(&text)?;
    Ok(exit(errors))
}

fn exit(errors: usize) -> Exit {
    if errors > 0 { Exit::Failed } else { Exit::Done }
}

fn remedy_of(claim: &Arc<Claim>, suggestion: &Suggestion) -> Option<Remedy> {
    let position = suggestion.position.as_deref()?;
    suggestion.remedy(claim, position)
}

fn show(
    claim: &Arc<Claim>,
    all: &[Suggestion],
    shown: &[Suggestion],
    format: TextOrJson,
) -> String {
    if format == TextOrJson::Json {
        let items = shown.iter().map(|suggestion| Item {
            suggestion,
            remedy: remedy_of(claim, suggestion),
        });
        return output::json(&Document {
            schema_version: 1,
            claim: &claim.id,
            total: all.len(),
            suggestions: items.collect(),
        });
    }
    let mut groups: BTreeMap<usize, (Option<&str>, Vec<&Suggestion>)> = BTreeMap::new();
    let mut order: Vec<Option<&str>> = Vec::new();
    for suggestion in shown {
        let position = suggestion.position.as_deref();
        let at = order
            .iter()
            .position(|name| *name == position)
            .unwrap_or_else(|| {
                order.push(position);
                order.len() - 1
            });
        groups
            .entry(at)
            .or_insert((position, Vec::new()))
            .1
            .push(suggestion);
    }
    let mut text = format!("{}: {}\n", claim.id, claim.question);
    for (position, members) in groups.values() {
        match position {
            Some(name) => text.push_str(&format!("\nnear {name}\n")),
            None => text.push_str("\nnumbers or dates that were not taken\n"),
        }
        for suggestion in members {
            let places = match suggestion.articles {
                1 => String::new(),
                many => format!(", in {many} articles"),
            };
            text.push_str(&format!(
                "  {:>3}  {:.2}  {}:{}{places}\n",
                suggestion.number, suggestion.nearness, suggestion.path, suggestion.line
            ));
            let mut row = |label: &str, words: &str| {
                let options = textwrap::Options::new(96)
                    .initial_indent(label)
                    .subsequent_indent("            ");
                text.push_str(&textwrap::fill(
                    &words.split_whitespace().collect::<Vec<_>>().join(" "),
                    options,
                ));
                text.push('\n');
            };
            row("       ", &format!("\"{}\"", suggestion.text));
            row("       why    ", &suggestion.why);
            if let Some(change) = remedy_of(claim, suggestion).and_then(|remedy| remedy.change) {
                row("       if so  ", &change);
            }
            for like in &suggestion.alike {
                row(
                    "       like   ",
                    &format!("{}:{} \"{}\"", like.path, like.line, like.text),
                );
            }
        }
    }
    text.push('\n');
    text.push_str(&match (all.len(), shown.len()) {
        (0, _) => "no statement on the subject is left to ask about\n".to_owned(),
        (all, shown) if all == shown => format!("{all} in all\n"),
        (all, shown) => format!("{shown} of {all}; --top shows more\n"),
    });
    clean(&text).into_owned()
}

/// Takes suggestions into the claim file, all or none.
fn apply(
    desk: &mut Desk,
    args: &SuggestArgs,
    position: &str,
    format: TextOrJson,
) -> Result<String, Fatal> {
    let id = desk.claim.id.clone();
    let claim = Arc::clone(&desk.claim);
    let positions = names(&claim);
    if position != NOTHING && !positions.contains(&position) {
        return Err(Fatal::Usage {
            message: format!("`{id}` has no position `{}`", position.escape_debug()),
            help: Some(format!(
                "write --as none, or one of: {}",
                positions.join(", ")
            )),
        });
    }
    let way = match (args.by, position) {
        (None, NOTHING) => Way::NearMiss,
        (Some(By::Except), NOTHING) if positions.is_empty() => Way::Except(None),
        (Some(_), NOTHING) => {
            return Err(Fatal::Usage {
                message: format!("--by needs a position that `{id}` has"),
                help: Some(if positions.is_empty() {
                    "its answers are numbers or dates: write --by except, or leave --by out"
                        .to_owned()
                } else {
                    format!("write --as with one of: {}", positions.join(", "))
                }),
            });
        }
        (None | Some(By::Phrase), name) => Way::Phrase(name.to_owned()),
        (Some(By::Alias), name) => Way::Alias(name.to_owned()),
        (Some(By::Except), name) => Way::Except(Some(name.to_owned())),
    };
    let all = desk.suggestions();
    let carried = desk.carried();
    let mut changes = Vec::new();
    for &number in &args.apply {
        let Some(suggestion) = number.checked_sub(1).and_then(|at| all.get(at)) else {
            return Err(Fatal::Usage {
                message: format!("there is no suggestion {number}"),
                help: Some(format!("there are {}", all.len())),
            });
        };
        let refused = |refused: Refused| Fatal::Usage {
            message: format!(
                "suggestion {number} is not taken in, and nothing is written: {}",
                refused.why
            ),
            help: refused.help,
        };
        let acceptance = desk.offer(suggestion, &way).map_err(refused)?;
        desk.change(&acceptance.edits).map_err(refused)?;
        changes.push(Change {
            suggestion: number,
            additions: acceptance
                .edits
                .iter()
                .map(|edit| edit.in_words())
                .collect(),
        });
    }
    desk.save().map_err(|refused| Fatal::Usage {
        message: refused.why,
        help: refused.help,
    })?;
    let after = desk.carried();
    let path = desk.claim.source.name();
    Ok(match format {
        TextOrJson::Json => output::json(&Applied {
            schema_version: 1,
            claim: &id,
            path,
            changes,
            gained: after.difference(&carried).count(),
            lost: carried.difference(&after).count(),
        }),
        TextOrJson::Text => {
            let mut text = String::new();
            for addition in changes.iter().flat_map(|change| &change.additions) {
                text.push_str(&format!("{path}: {addition}\n"));
            }
            let difference = suggest_screen::difference(&carried, &after);
            if let Some(difference) = difference.strip_prefix("; ") {
                text.push_str(&format!("{difference}\n"));
            }
            clean(&text).into_owned()
        }
    })
}
