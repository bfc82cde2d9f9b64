//! The queue of suggestions on the terminal: shows what each key would write, and writes it at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use gainsay::claim::{Answers, Claim};
use gainsay::render::terminal::{self, heading, paragraph};
use gainsay::trial::acceptance::Way;
use gainsay::trial::suggestion::Suggestion;

use super::fatal::Fatal;
use super::screen::{Page, Screen};
use super::suggest_desk::{Desk, Refused};
use super::suggest_session::{Effect, Item, Mode, Session};

const KEYS: &str = "1-9 phrase of that position, p of the nearest, a alias, e except, m near miss, n next, b back, u undo, x context, ? help, q quit";

/// All keys, for the page of help.
const HELP: [&str; 15] = [
    "1 to 9: it carries that position; the phrase that is shown is added to its wordings",
    "p: the same for the position that it is nearest to",
    "a: it carries the nearest position, and a word in it means what a wording says otherwise",
    "e: it only looks like the nearest position; the phrase goes to its look-alikes (except)",
    "m: a near miss; it is kept among the examples as one that carries nothing",
    "n or right: next, nothing is written",
    "b or left: back to the last one that was skipped",
    "u: undo; the file is again as it was before the last acceptance",
    "x: show or hide the text around",
    "j and k or down and up: a line; space, page down, page up: a page",
    "?: this help",
    "q: quit",
    "",
    "Each is written at once. All else in the file stays as it is. What you accept also becomes an example,",
    "so that `gainsay test` tells when it no longer holds.",
];

/// Letters of the text around, on each side.
const AROUND: usize = 400;

/// Goes through the suggestions of the claim on the desk.
///
/// # Errors
///
/// Where the terminal fails. What was accepted so far is written.
pub(super) fn run(desk: &mut Desk, how: &terminal::Options) -> Result<(), Fatal> {
    let mut screen = Screen::new();
    let mut suggested = desk.suggestions();
    let mut session = Session::new(positions(&desk.claim), items(&suggested));
    // The claim before each acceptance.
    let mut before: Vec<Arc<Claim>> = Vec::new();
    let mut shown: Option<(String, usize)> = None;
    let mut offers = Vec::new();
    let mut quit = false;
    while !quit {
        let current = session.current().map(|at| &suggested[at]);
        let now = current.map(|suggestion| (suggestion.text.clone(), before.len()));
        if now != shown {
            screen.rewind();
            offers = current.map_or_else(Vec::new, |suggestion| offered(desk, suggestion, how));
            shown = now;
        }
        let page = page(desk, &session, current, &offers, how);
        let Some(key) = screen.show(&page).map_err(Fatal::Terminal)? else {
            break;
        };
        match (session.press(key), current) {
            (Effect::Show, _) | (Effect::Accept(_), None) => {}
            (Effect::Quit, _) => quit = true,
            (Effect::Scroll(scroll), _) => screen.scroll(&page, scroll),
            (Effect::Accept(way), Some(suggestion)) => {
                let old = Arc::clone(&desk.claim);
                match take(desk, suggestion, &way) {
                    Ok(told) => {
                        before.push(old);
                        suggested = desk.suggestions();
                        session.accepted(items(&suggested), told);
                    }
                    Err(refused) => session.refused(&refused.why),
                }
            }
            (Effect::Undo, _) => {
                let now = Arc::clone(&desk.claim);
                if let Some(old) = before.last() {
                    desk.restore(Arc::clone(old));
                    match desk.save() {
                        Ok(()) => {
                            before.pop();
                            suggested = desk.suggestions();
                            session.undone(items(&suggested));
                        }
                        Err(refused) => {
                            desk.restore(now);
                            session.refused(&refused.why);
                        }
                    }
                }
            }
        }
    }
    let (accepted, skipped, waiting) = session.tally();
    let goodbye = match accepted {
        0 => format!("nothing was written; {skipped} skipped, {waiting} left"),
        _ => format!(
            "{accepted} accepted, {skipped} skipped, {waiting} left; written to {}; `gainsay test` runs its examples",
            desk.claim.source.name()
        ),
    };
    let goodbye = paragraph(how, &goodbye).join("\n");
    screen.leave(&goodbye).map_err(Fatal::Terminal)
}

fn positions(claim: &Claim) -> Vec<String> {
    match &claim.answers {
        Answers::Positions(positions) => positions.iter().map(|p| p.name.clone()).collect(),
        Answers::Quantity { .. } | Answers::Date { .. } => Vec::new(),
    }
}

fn items(suggested: &[Suggestion]) -> Vec<Item> {
    let item = |suggestion: &Suggestion| Item {
        text: suggestion.text.clone(),
        nearest: suggestion.position.clone(),
    };
    suggested.iter().map(item).collect()
}

/// Takes a suggestion in and writes the file; what came of it, in words.
fn take(desk: &mut Desk, suggestion: &Suggestion, way: &Way) -> Result<String, Refused> {
    let old = Arc::clone(&desk.claim);
    let carried = desk.carried();
    let acceptance = desk.offer(suggestion, way)?;
    desk.change(&acceptance.edits)?;
    if let Err(refused) = desk.save() {
        desk.restore(old);
        return Err(refused);
    }
    let edit = acceptance.edits.first().map(|edit| edit.in_words());
    Ok(format!(
        "written: {}{}",
        edit.unwrap_or_default(),
        difference(&carried, &desk.carried())
    ))
}

/// What a change did to the articles' statements.
pub(super) fn difference(
    before: &BTreeSet<(usize, usize, String)>,
    after: &BTreeSet<(usize, usize, String)>,
) -> String {
    let (more, less) = (
        after.difference(before).count(),
        before.difference(after).count(),
    );
    let statements = |count: usize| match count {
        1 => "1 statement".to_owned(),
        count => format!("{count} statements"),
    };
    match (more, less) {
        (0, 0) => String::new(),
        (more, 0) => format!("; {} more carried", statements(more)),
        (0, less) => format!("; {} no longer carried", statements(less)),
        (more, less) => format!("; {} more carried, {less} no longer", statements(more)),
    }
}

/// What each key would write.
fn offered(desk: &Desk, suggestion: &Suggestion, how: &terminal::Options) -> Vec<String> {
    let mut ways: Vec<(String, Way)> = positions(&desk.claim)
        .into_iter()
        .take(9)
        .enumerate()
        .map(|(at, name)| ((at + 1).to_string(), Way::Phrase(name)))
        .collect();
    if let Some(nearest) = &suggestion.position {
        ways.push(("a".to_owned(), Way::Alias(nearest.clone())));
    }
    ways.push(("e".to_owned(), Way::Except(suggestion.position.clone())));
    ways.push(("m".to_owned(), Way::NearMiss));
    let nothing_more = match suggestion.beside.as_slice() {
        [] => "`none`".to_owned(),
        names => format!("`{}` alone", names.join("` and `")),
    };
    let lines = ways.into_iter().flat_map(|(key, way)| {
        let line = match (desk.offer(suggestion, &way), &way) {
            (Ok(_), Way::NearMiss) => format!("add the statement as an example of {nothing_more}"),
            (Ok(acceptance), _) => {
                let edit = acceptance.edits.first().map(|edit| edit.in_words());
                let example = match (acceptance.guarded, &way) {
                    (true, Way::Except(_)) => {
                        &format!(", and the statement as an example of {nothing_more}")
                    }
                    (true, _) => ", and the statement as an example",
                    (false, _) => {
                        "; the statement is an example already, or cannot be one by itself"
                    }
                };
                format!("{}{example}", edit.unwrap_or_default())
            }
            (Err(refused), Way::Phrase(name)) => format!("{name}: {}", refused.why),
            (Err(refused), _) => refused.why,
        };
        paragraph(how, &format!("{key}: {line}"))
    });
    lines.collect()
}

fn page(
    desk: &Desk,
    session: &Session,
    current: Option<&Suggestion>,
    offers: &[String],
    how: &terminal::Options,
) -> Page {
    let (accepted, skipped, waiting) = session.tally();
    let title = format!(
        "{}: {waiting} left, {accepted} accepted, {skipped} skipped",
        desk.claim.id
    );
    let body = match (session.mode(), current) {
        (Mode::Help, _) => HELP.iter().flat_map(|line| paragraph(how, line)).collect(),
        (Mode::Queue, None) => {
            let text = match (accepted, skipped) {
                (0, 0) => "No statement on the subject is left to ask about. q quits.",
                _ => {
                    "This is the end of the queue. b goes back to what was skipped, u takes the last acceptance back, q quits."
                }
            };
            paragraph(how, text)
        }
        (Mode::Queue, Some(suggestion)) => {
            let mut lines = card(desk, suggestion, session.context(), how);
            lines.push(String::new());
            lines.extend(offers.iter().cloned());
            lines
        }
    };
    let mut foot = vec![String::new()];
    if let Some(notice) = session.notice() {
        foot.extend(paragraph(how, notice));
    }
    foot.extend(match session.mode() {
        Mode::Queue => paragraph(how, KEYS),
        Mode::Help => paragraph(how, "any key: back to the queue"),
    });
    Page {
        head: vec![
            heading(how, &title),
            heading(how, &desk.claim.question),
            String::new(),
        ],
        body,
        foot,
    }
}

fn card(
    desk: &Desk,
    suggestion: &Suggestion,
    context: bool,
    how: &terminal::Options,
) -> Vec<String> {
    let mut place = format!("{}:{}", suggestion.path, suggestion.line);
    if let Some(position) = &suggestion.position {
        place += &format!(", near {position} ({:.2})", suggestion.nearness);
    }
    if suggestion.articles > 1 {
        place += &format!(", in {} articles", suggestion.articles);
    }
    let mut lines = paragraph(how, &place);
    lines.push(String::new());
    let article = desk.article(suggestion).filter(|_| context);
    match article {
        Some(article) => {
            let span = suggestion.explanation.span;
            let (prose, mut from, mut to) = (
                &article.prose,
                span.start.saturating_sub(AROUND),
                (span.end + AROUND).min(article.prose.len()),
            );
            while !prose.is_char_boundary(from) {
                from -= 1;
            }
            while !prose.is_char_boundary(to) {
                to += 1;
            }
            let around = format!(
                "{} [{}] {}",
                &prose[from..span.start],
                &prose[span.start..span.end],
                &prose[span.end..to]
            );
            lines.extend(paragraph(how, &one_line(&around)));
        }
        None => lines.extend(paragraph(
            how,
            &format!("\"{}\"", one_line(&suggestion.text)),
        )),
    }
    lines.push(String::new());
    lines.extend(paragraph(how, &format!("why not yet: {}", suggestion.why)));
    for like in &suggestion.alike {
        let text = format!(
            "like it: {}:{} \"{}\"",
            like.path,
            like.line,
            one_line(&like.text)
        );
        lines.extend(paragraph(how, &text));
    }
    lines
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
