//! What a reviewer's "that sentence was taken wrongly" does to the claim file.

use std::path::PathBuf;

use gainsay::claim;
use gainsay::review::Verdict;
use gainsay::review::session::Answer;
use gainsay::trial::correction::{self, Hindrance, Lesson};

use super::fatal::Fatal;
use super::hold::Hold;
use super::review_desk::Desk;
use super::review_options::ReviewOptions;

/// Puts a lesson into the claim file and notes the dismissal in the ledger. The divergence rested on what is now known to be wrong, so
/// the dismissal is taken back at once: where something else is left of it, that is to be decided for itself. Then everything is
/// compared anew. Returns what was done, a line each, not cleaned.
///
/// # Errors
///
/// Where no addition to the claim file works or it cannot be written; it is as it was then.
pub(super) fn learn(
    options: &ReviewOptions,
    desk: &mut Desk,
    dismissal: Answer,
    sentence: usize,
    instead: Option<&str>,
) -> Result<Vec<String>, Fatal> {
    let mut divergences = desk.report.divergences.iter();
    let Some(divergence) = divergences.find(|found| found.id == dismissal.id) else {
        return Err(refused("the divergence is gone".to_owned(), None));
    };
    let evidence = desk.report.evidence(divergence);
    let Some(&at) = sentence.checked_sub(1).and_then(|at| evidence.get(at)) else {
        return Err(refused(
            format!("there is no sentence {sentence}"),
            Some(match evidence.len() {
                0 => "nobody says anything here: one side is silent".to_owned(),
                count => format!("its sentences are numbered from 1 to {count}"),
            }),
        ));
    };
    let wrong = &desk.report.matches[at];
    let reported = &desk.report.claims[divergence.claim];
    let path = PathBuf::from(reported.source.name());
    // Somebody may have worked on the file since it was compared.
    let loaded = claim::load(&[path.as_path()]).items;
    let claim = loaded.into_iter().find(|claim| claim.id == reported.id);
    let Some(claim) = claim else {
        let message = format!("`{}` is no longer in {}", reported.id, path.display());
        return Err(refused(message, None));
    };
    let id = &desk.report.articles[wrong.article].id;
    let article = desk.articles.iter().position(|article| article.id == *id);
    let lesson = match instead {
        None => Lesson::Wrong,
        Some(position) => Lesson::Instead(position.to_owned()),
    };
    let found = article.map_or_else(
        || Err(Hindrance::Gone(wrong.position.to_string())),
        |article| correction::correction(&claim, &desk.articles, article, wrong, &lesson),
    );
    let learnt = found.map_err(|hindrance| {
        let help = match &hindrance {
            Hindrance::NoPosition(_) => {
                let names = gainsay::trial::example::names(&claim);
                Some(format!("its positions are {}", names.join(", ")))
            }
            Hindrance::Stubborn(_) | Hindrance::Spills(_) => Some(format!(
                "`gainsay explain {}` shows what decides; change {} by hand",
                wrong.id,
                path.display()
            )),
            _ => None,
        };
        refused(hindrance.to_string(), help)
    })?;
    let held = Hold::take(&path, claim.source.text())
        .map_err(|withheld| refused(withheld.to_string(), withheld.help().map(str::to_owned)))?;
    let taken_back = Answer {
        id: dismissal.id.clone(),
        verdict: Verdict::Open,
        reason: String::new(),
    };
    let id = dismissal.id.clone();
    // The ledger first: where the claim file cannot be written, the divergence is open as before.
    desk.save(options, &[dismissal, taken_back])
        .map_err(|error| options.unsaved(error))?;
    held.replace(&learnt.text)
        .map_err(|withheld| Fatal::Usage {
            message: format!("the divergence is open as before: {withheld}"),
            help: withheld.help().map(str::to_owned),
        })?;
    let mut told: Vec<String> = learnt
        .edits
        .iter()
        .map(|edit| format!("{}: {}", path.display(), edit.in_words()))
        .collect();
    *desk = Desk::open(options)?;
    let rest = desk.report.divergences.iter().any(|found| found.id == id);
    told.push(if rest {
        "the divergence is still there, on other sentences: decide on it anew".to_owned()
    } else {
        "the divergence is gone".to_owned()
    });
    Ok(told)
}

fn refused(message: String, help: Option<String>) -> Fatal {
    Fatal::Usage {
        message: format!("nothing was changed: {message}"),
        help,
    }
}
