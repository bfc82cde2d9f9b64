//! `gainsay suggest`: statements that a claim misses, and their way into the claim file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use gainsay::article;
use gainsay::claim::edit::Edit;
use gainsay::claim::{self, Claim};
use gainsay::clean::clean;
use gainsay::source::Source;
use gainsay::trial::example::names;
use gainsay::trial::remedy::Remedy;
use gainsay::trial::suggestion::{Suggestion, suggestions};
use serde::Serialize;

use super::args::{Shared, TextOrJson};
use super::exit::Exit;
use super::fatal::Fatal;
use super::inputs::{self, Inputs};
use super::output;

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

    /// How many to show [default: 10].
    #[arg(long, value_name = "N")]
    top: Option<usize>,

    /// Take these suggestions into the claim file, by their numbers.
    #[arg(
        long,
        value_name = "N",
        num_args = 1,
        value_delimiter = ',',
        requires = "position"
    )]
    apply: Vec<usize>,

    /// The position that they carry; none keeps them as near misses.
    #[arg(
        long = "as",
        value_name = "POSITION",
        requires = "apply",
        id = "position"
    )]
    position: Option<String>,

    /// How to write it [default: text].
    #[arg(long, value_name = "FORMAT")]
    format: Option<TextOrJson>,
}

const HELP: &str = "\
Looks through articles on the topic for statements that name the claim's
subject and carry no answer, the nearest to an answer first. Whether one does
give an answer is yours to say: 'if so' shows what would make it count.

Examples:
  gainsay suggest mill-fire
      Show what the claim may miss in the folder 'articles'.
  gainsay suggest mill-fire --apply 2 --as arson
      Add the wording of the second one to the position 'arson'. Only a wording
      that makes the statement carry the position is added.
  gainsay suggest mill-fire --apply 3,5 --as none
      Keep two of them as near misses among the examples.

Every other byte of the claim file stays as it is. The new text is read again
before it replaces the file, and where the file is laid out in a way that cannot
be added to safely, nothing is written and the reason is told.

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
    let errors = inputs.tell(&articles.problems);
    let all = suggestions(claim, &articles.items);
    let text = if args.apply.is_empty() {
        let shown = &all[..all.len().min(args.top.unwrap_or(TOP))];
        show(claim, &all, shown, args.format.unwrap_or_default())
    } else {
        apply(
            claim,
            &all,
            &args.apply,
            args.position.as_deref().unwrap_or(NOTHING),
        )?
    };
    output::write_to_stdout(&text)?;
    Ok(if errors > 0 { Exit::Failed } else { Exit::Done })
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
        }
    }
    text.push('\n');
    text.push_str(&match (all.len(), shown.len()) {
        (0, _) => "no statement on the subject is without an answer\n".to_owned(),
        (all, shown) if all == shown => format!("{all} in all\n"),
        (all, shown) => format!("{shown} of {all}; --top shows more\n"),
    });
    clean(&text).into_owned()
}

/// Takes suggestions into the claim file, all or none.
fn apply(
    claim: &Arc<Claim>,
    all: &[Suggestion],
    numbers: &[usize],
    position: &str,
) -> Result<String, Fatal> {
    let positions = names(claim);
    if position != NOTHING && !positions.contains(&position) {
        return Err(Fatal::Usage {
            message: format!(
                "`{}` has no position `{}`",
                claim.id,
                position.escape_debug()
            ),
            help: Some(format!(
                "write --as none, or one of: {}",
                positions.join(", ")
            )),
        });
    }
    let mut source = Arc::clone(&claim.source);
    let mut present = Arc::clone(claim);
    let mut told = String::new();
    for number in numbers {
        let Some(suggestion) = number.checked_sub(1).and_then(|at| all.get(at)) else {
            return Err(Fatal::Usage {
                message: format!("there is no suggestion {number}"),
                help: Some(format!("there are {}", all.len())),
            });
        };
        let edit: Edit = if position == NOTHING {
            suggestion.near_miss()
        } else {
            let remedy = suggestion.remedy(&present, position);
            let found = remedy.as_ref().and_then(|remedy| remedy.edit.clone());
            found.ok_or_else(|| Fatal::Usage {
                message: format!(
                    "suggestion {number} cannot be made to carry `{position}` by one addition"
                ),
                help: Some(remedy.map_or_else(
                    || "an addition before it does that already".to_owned(),
                    |remedy| remedy.change.unwrap_or(remedy.reason),
                )),
            })?
        };
        let changed = edit
            .splice(&source, &claim.id)
            .map_err(|refusal| Fatal::Usage {
                message: format!("{} is left as it is: {refusal}", source.name()),
                help: Some(format!("by hand: {}", edit.in_words())),
            })?;
        source = Arc::new(Source::new(source.name(), changed));
        let read = claim::parse(Arc::clone(&source)).items;
        if let Some(next) = read.into_iter().find(|next| next.id == claim.id) {
            present = Arc::new(next);
        }
        told.push_str(&format!("{}: {}\n", source.name(), edit.in_words()));
    }
    let path = Path::new(source.name());
    // Somebody may have saved the file since it was read; what they wrote wins.
    let now = std::fs::read(path).unwrap_or_default();
    if now != claim.source.text().as_bytes() {
        return Err(Fatal::Usage {
            message: format!(
                "{} was changed in the meantime, and is left as it is",
                source.name()
            ),
            help: Some("run the command again".to_owned()),
        });
    }
    output::write_to_file(path, source.text())?;
    Ok(clean(&told).into_owned())
}
