//! `gainsay new`: writes a claim file to start from.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use gainsay::article;
use gainsay::claim::draft::{
    Draft, DraftAnswers, DraftClaim, DraftExample, DraftPosition, SCHEMA_FILE,
};
use gainsay::claim::{self, Claim};
use gainsay::drafting::propose;
use gainsay::source::Source;
use gainsay::text::lexicon::{Classes, classes};
use gainsay::trial::example::{Trial, Verdict};

use super::exit::Exit;
use super::fatal::Fatal;
use super::flags::Shared;
use super::inputs::Inputs;
use super::output;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct NewArgs {
    /// The claim's id: small letters, digits and hyphens. With --from the name of the file [default: draft].
    #[arg(value_name = "ID", required_unless_present = "from")]
    id: Option<String>,

    /// Propose claims from these articles and folders of them: two or more that tell of one event.
    #[arg(
        long,
        value_name = "ARTICLE",
        num_args = 1..,
        conflicts_with_all = ["question", "positions", "about", "quantity"]
    )]
    from: Vec<PathBuf>,

    /// Propose at most so many claims, the most promising ones.
    #[arg(long, value_name = "N", default_value_t = 5, requires = "from", value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,

    /// The question that articles answer.
    #[arg(long, value_name = "TEXT")]
    question: Option<String>,

    /// A possible answer and its sentence; given twice or more.
    #[arg(
        long = "position",
        value_name = "NAME=SENTENCE",
        conflicts_with = "quantity"
    )]
    positions: Vec<String>,

    /// The subject, in a word or two; may be given again [default: words that all positions share].
    #[arg(long, value_name = "WORDS")]
    about: Vec<String>,

    /// The answers are numbers that stand with these words; may be given again.
    #[arg(long, value_name = "WORDS")]
    quantity: Vec<String>,

    /// Where to write the file; - is standard output [default: claims/ID.yaml].
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const HELP: &str = "\
Examples:
  gainsay new mill-fire --question \"What started the fire at the mill?\" \\
      --position arson=\"The fire at the mill was started by an arsonist.\" \\
      --position wiring=\"The fire at the mill was caused by faulty wiring.\"
  gainsay new flood-dead --question \"How many people died in the flood?\" \\
      --about flood --quantity \"people died\"

On a terminal, what is missing is asked for. A file that is there already is
never touched. The schema for editors is written beside it if it is not there.

Exit codes:
  0  The file was written.
  2  Wrong usage, or the file is there or cannot be written.";

/// Writes the file.
pub(super) fn run(shared: &Shared, args: &NewArgs) -> Result<Exit, Fatal> {
    let id = args.id.as_deref().unwrap_or("draft");
    let path = args
        .output
        .clone()
        .unwrap_or_else(|| Path::new("claims").join(format!("{id}.yaml")));
    let shows = path.as_os_str() == "-";
    if !shows && path.symlink_metadata().is_ok() {
        return Err(there(&path));
    }
    let (text, told) = if args.from.is_empty() {
        let draft = draft(args, id)?;
        let text = draft.text();
        // Whatever the flags hold, only a file that reads as it was meant is written.
        read(&text, id)?;
        (text, Told::default())
    } else {
        if !is_name(id) {
            return Err(usage(
                format!("`{}` is no name for a file of claims", id.escape_debug()),
                "use kebab-case: small letters, digits and hyphens",
            ));
        }
        proposed(shared, args)?
    };
    if shows {
        output::write_to_stdout(&text)?;
        for line in told.lines {
            output::note(&line);
        }
        return Ok(told.exit);
    }
    if args.output.is_none() {
        std::fs::create_dir_all("claims").map_err(|error| Fatal::Unwritable {
            target: "the folder claims".to_owned(),
            error,
            help: None,
        })?;
    }
    output::write_new(&path, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => there(&path),
        _ => Fatal::Unwritable {
            target: path.display().to_string(),
            error,
            help: Some("the folder must be there and may be written to".to_owned()),
        },
    })?;
    let schema = path.with_file_name(SCHEMA_FILE);
    match output::write_new(&schema, output::json(&claim::schema()).as_bytes()) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => output::note(&format!(
            "the schema {} was not written: {error}",
            schema.display()
        )),
    }
    let shown = path.display().to_string();
    let mut lines = vec![format!("{} written", gainsay::clean::clean(&shown))];
    lines.extend(told.lines);
    output::write_to_stdout(&format!("{}\n", lines.join("\n")))?;
    Ok(told.exit)
}

/// What is told beside the file.
#[derive(Debug)]
struct Told {
    lines: Vec<String>,
    exit: Exit,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            exit: Exit::Done,
        }
    }
}

/// Kebab-case, as ids are: the name becomes that of a file.
fn is_name(id: &str) -> bool {
    id.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// The file that the articles give, and what is in it.
fn proposed(shared: &Shared, args: &NewArgs) -> Result<(String, Told), Fatal> {
    let inputs = Inputs::new(shared)?;
    let loaded = article::load(&args.from);
    let errors = inputs.tell(&loaded.problems);
    let articles = loaded.items;
    if articles.len() < 2 {
        let one = if articles.is_empty() {
            "no article"
        } else {
            "one article only"
        };
        return Err(Fatal::Nothing {
            message: format!("there is {one} to propose from"),
            help: "name two or more that tell of one event, or a folder of them".to_owned(),
        });
    }
    let proposal = propose(&articles, usize::from(args.top));
    let Some(draft) = proposal.draft else {
        return Err(Fatal::Nothing {
            message: format!(
                "{} articles were read, and nothing in them is told with opposite words, a negation or another number",
                articles.len()
            ),
            help: "a difference in other words is not seen; write the claim by hand: 'gainsay new ID --question ...'".to_owned(),
        });
    };
    let mut lines: Vec<String> = proposal
        .found
        .iter()
        .map(|found| {
            let answers = found.answers.join(", ");
            let line = format!("  {}: {answers} ({} articles)", found.claim, found.articles);
            gainsay::clean::clean(&line).into_owned()
        })
        .collect();
    if proposal.left > 0 {
        lines.push(format!(
            "  {} less promising left out; --top {} proposes all",
            proposal.left,
            proposal.left + usize::from(args.top)
        ));
    }
    let exit = if errors > 0 { Exit::Failed } else { Exit::Done };
    Ok((draft.text(), Told { lines, exit }))
}

fn there(path: &Path) -> Fatal {
    Fatal::Usage {
        message: format!("{} is there already, and is left as it is", path.display()),
        help: Some("choose another id, or another file with --output".to_owned()),
    }
}

fn usage(message: impl Into<String>, help: &str) -> Fatal {
    Fatal::Usage {
        message: message.into(),
        help: Some(help.to_owned()),
    }
}

/// One line without control characters, as it can stand in the file.
fn line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    gainsay::clean::clean(&line).into_owned()
}

fn draft(args: &NewArgs, id: &str) -> Result<Draft, Fatal> {
    let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
    let question = match &args.question {
        Some(question) => line(question),
        None if asks => ask("The question that articles answer:")?,
        None => {
            return Err(usage(
                "--question is missing",
                "give the question that articles answer",
            ));
        }
    };
    if question.is_empty() {
        return Err(usage(
            "the question is blank",
            "give the question that articles answer",
        ));
    }
    let mut positions = Vec::new();
    for given in &args.positions {
        let Some((name, says)) = given.split_once('=') else {
            return Err(usage(
                format!("`{}` is no position", given.escape_debug()),
                "write the name, an equals sign and the sentence: --position sold=\"The mill was sold.\"",
            ));
        };
        positions.push((line(name), line(says)));
    }
    let mut of: Vec<String> = args.quantity.iter().map(|words| line(words)).collect();
    if positions.is_empty() && of.is_empty() {
        if !asks {
            return Err(usage(
                "the answers are missing",
                "give two or more --position NAME=SENTENCE, or --quantity WORDS",
            ));
        }
        loop {
            let name = ask("Name of an answer (nothing to go on; nothing at first for a number):")?;
            if name.is_empty() {
                break;
            }
            let says = ask("The answer as a sentence:")?;
            positions.push((name, says));
        }
        if positions.is_empty() {
            of.push(ask(
                "Words that the number stands with, such as `people died`:",
            )?);
        }
    }
    if of.iter().any(String::is_empty) {
        return Err(usage(
            "--quantity is blank",
            "give the words that the number stands with",
        ));
    }
    if let Some((name, _)) = positions
        .iter()
        .find(|(name, says)| name.is_empty() || says.is_empty())
    {
        let what = if name.is_empty() {
            "a position has no name".to_owned()
        } else {
            format!("the position `{name}` has no sentence")
        };
        return Err(usage(what, "write --position NAME=SENTENCE"));
    }
    if positions.len() == 1 {
        return Err(usage(
            "there is one position only",
            "give two or more, so that something can differ",
        ));
    }
    let mut about: Vec<String> = args
        .about
        .iter()
        .map(|words| line(words))
        .filter(|words| !words.is_empty())
        .collect();
    if about.is_empty() {
        about = if positions.is_empty() {
            of.clone()
        } else {
            shared(&positions)
        };
    }
    if about.is_empty() && asks {
        about.extend(Some(ask("The subject in a word or two:")?).filter(|words| !words.is_empty()));
    }
    if about.is_empty() {
        return Err(usage(
            "--about is missing",
            "the positions share no word; name the subject in a word or two",
        ));
    }
    let example = |text: String, position: &str| DraftExample {
        text,
        position: position.to_owned(),
        todo: false,
        from: None,
    };
    let mut examples: Vec<DraftExample> = match (&positions[..], &of[..]) {
        ([], of) => of
            .first()
            .map(|of| example(number_sentence(&about[0], of), "25"))
            .into_iter()
            .collect(),
        (positions, _) => positions
            .iter()
            .map(|(name, says)| example(says.clone(), name))
            .collect(),
    };
    let asked = if question.ends_with('?') {
        question.clone()
    } else {
        format!("{question}?")
    };
    examples.push(example(asked, "none"));
    let answers = if positions.is_empty() {
        DraftAnswers::Quantity(of)
    } else {
        let position = |(name, says)| DraftPosition {
            name,
            says,
            phrases: Vec::new(),
        };
        DraftAnswers::Positions(positions.into_iter().map(position).collect())
    };
    let mut draft = Draft {
        topic: question.trim_end_matches('?').to_owned(),
        aliases: Vec::new(),
        claims: vec![DraftClaim {
            id: id.to_owned(),
            question,
            about,
            answers,
            compatible: Vec::new(),
            examples,
        }],
    };
    // What does not work yet is marked so: the file passes its own test from the start.
    let claim = read(&draft.text(), id)?;
    let examples = draft
        .claims
        .iter_mut()
        .flat_map(|claim| &mut claim.examples);
    for (example, outcome) in examples.zip(Trial::of(&claim).examples) {
        example.todo = outcome.verdict == Verdict::Failed;
    }
    Ok(draft)
}

fn number_sentence(about: &str, of: &str) -> String {
    let number = if of.chars().all(|c| !c.is_alphanumeric()) {
        format!("{of}25")
    } else {
        format!("25 {of}")
    };
    if of == about {
        format!("{number}.")
    } else {
        format!("{number} in the {about}.")
    }
}

/// Words of meaning that stand in all sentences, in the order of the first.
fn shared(positions: &[(String, String)]) -> Vec<String> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| {
                word.chars().count() > 2 && !classes(&word.to_lowercase()).any(Classes::STOP)
            })
            .map(str::to_owned)
            .collect()
    };
    let mut found: Vec<String> = Vec::new();
    for word in words(&positions[0].1) {
        let everywhere = positions
            .iter()
            .all(|(_, says)| words(says).contains(&word));
        if everywhere && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// Reads the text back; what is odd about it becomes an error of usage.
fn read(text: &str, id: &str) -> Result<Arc<Claim>, Fatal> {
    let loaded = claim::parse(Arc::new(Source::new("the new file", text)));
    if let Some(problem) = loaded.problems.first() {
        return Err(Fatal::Usage {
            message: problem.message.clone(),
            help: problem.help.clone(),
        });
    }
    let claim = loaded.items.into_iter().find(|claim| claim.id == id);
    claim.map(Arc::new).ok_or_else(|| {
        usage(
            "these answers cannot be written to a claim file",
            "use plain words",
        )
    })
}

fn ask(prompt: &str) -> Result<String, Fatal> {
    let unreadable = |error| Fatal::Unwritable {
        target: "the terminal".to_owned(),
        error,
        help: None,
    };
    let mut stderr = io::stderr().lock();
    write!(stderr, "{prompt} ")
        .and_then(|()| stderr.flush())
        .map_err(unreadable)?;
    let mut answer = String::new();
    io::stdin()
        .lock()
        .read_line(&mut answer)
        .map_err(unreadable)?;
    Ok(line(&answer))
}
