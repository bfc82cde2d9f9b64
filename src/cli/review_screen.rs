//! The queue on the terminal: reads keys, shows pages, saves answers. What the keys mean is the session's business.

use gainsay::render::terminal::{self, heading, paragraph};
use gainsay::review::Verdict;
use gainsay::review::session::{Effect, Mode, Session};

use super::correction;
use super::explain;
use super::fatal::Fatal;
use super::review_desk::Desk;
use super::review_options::{ReviewOptions, told};
use super::screen::{Page, Screen};

const KEYS: &str = "c confirm, d dismiss, l later, r reason, u undo, b back, n next, A all of this claim, x context, e explain, w wrong match, ? help, q quit";

/// All keys, for the page of help.
const HELP: [&str; 18] = [
    "c: confirm, it is a divergence",
    "d: dismiss, it is none",
    "l: later, it stays open, at the end of the queue",
    "r: write a reason, for the answer that you give next or gave",
    "A: all of this claim that is open; then c, d or l",
    "u: undo the last answer; again, the one before",
    "b or left: back to the one before, to read it or answer anew",
    "n or right: next, without an answer",
    "x: show or hide the sentences around, and all sentences",
    "e: explain, why each sentence carries what it does",
    "w: wrong match, by the number of its sentence: dismiss, and add to the claim file what",
    "   keeps it out, or, with a position after the number, what makes it carry that one;",
    "   then everything is compared anew, and undo begins anew",
    "j and k or down and up: a line; space, page down, page up: a page",
    "?: this help",
    "q: quit",
    "",
    "Every answer is saved at once. Go on another time where you stopped.",
];

/// Goes through the queue.
///
/// # Errors
///
/// Where the terminal fails. Answers so far are saved.
pub(super) fn run(options: &ReviewOptions, desk: &mut Desk) -> Result<(), Fatal> {
    let mut screen = Screen::new();
    let mut session = desk.session();
    let mut shown = (None, false, false);
    loop {
        let now = (
            session.current().map(|item| item.id.clone()),
            session.context(),
            *session.mode() == Mode::Why,
        );
        if now != shown {
            screen.rewind();
            shown = now;
        }
        let page = page(options, desk, &session);
        // Interrupted: everything is saved.
        let Some(key) = screen.show(&page).map_err(Fatal::Terminal)? else {
            break;
        };
        match session.press(key) {
            Effect::Show => {}
            Effect::Quit => break,
            Effect::Scroll(scroll) => screen.scroll(&page, scroll),
            Effect::Learn(lesson) => {
                let instead = lesson.instead.as_deref();
                match correction::learn(options, desk, lesson.answer, lesson.sentence, instead) {
                    Ok(told) => {
                        session = desk.session();
                        session.tell(told.join("; "));
                    }
                    Err(fatal) => session.tell(with_help(&fatal)),
                }
            }
            Effect::Save(answers) => match desk.save(options, &answers) {
                Ok(meanwhile) => {
                    session.saved();
                    for decision in meanwhile {
                        let mine = answers.iter().any(|answer| answer.id == decision.id);
                        if !mine {
                            let who = decision.reviewer.as_deref().unwrap_or("somebody");
                            session.learn(&decision.id, decision.verdict, who);
                        }
                    }
                }
                Err(error) => session.failed(&told(&error)),
            },
        }
    }
    let goodbye = goodbye(options, &session);
    screen.leave(&goodbye).map_err(Fatal::Terminal)
}

/// An error and what to do about it.
fn with_help(fatal: &Fatal) -> String {
    match miette::Diagnostic::help(fatal) {
        Some(help) => format!("{fatal}; {help}"),
        None => fatal.to_string(),
    }
}

/// `1 confirmed, 2 dismissed, 3 open`, of the items of a session.
fn tally(session: &Session) -> String {
    let tally = session.tally();
    let parts: Vec<String> = Verdict::ALL
        .iter()
        .filter_map(|verdict| {
            let count = tally.get(verdict)?;
            Some(match verdict {
                Verdict::Later => format!("{count} put off"),
                verdict => format!("{count} {}", verdict.name()),
            })
        })
        .collect();
    if parts.is_empty() {
        "nothing waits for a decision".to_owned()
    } else {
        parts.join(", ")
    }
}

fn goodbye(options: &ReviewOptions, session: &Session) -> String {
    let text = format!("{}; saved in {}", tally(session), options.ledger_name());
    paragraph(&options.terminal(), &text).join("\n")
}

fn page(options: &ReviewOptions, desk: &Desk, session: &Session) -> Page {
    let how = options.terminal();
    let (place, count) = session.place();
    let title = match session.current() {
        Some(_) => format!("[{place}/{count}] {}", tally(session)),
        None => format!("[end of {count}] {}", tally(session)),
    };
    let body = match session.mode() {
        Mode::Help => HELP.iter().flat_map(|line| paragraph(&how, line)).collect(),
        Mode::Why => why(options, &how, desk, session),
        _ => body(options, &how, desk, session),
    };
    let mut foot = vec![String::new()];
    if let Some(notice) = session.notice() {
        foot.extend(paragraph(&how, notice));
    }
    foot.extend(match session.mode() {
        Mode::Queue => paragraph(&how, KEYS),
        Mode::Help => paragraph(&how, "any key: back to the queue"),
        Mode::Why => paragraph(&how, "j, k, space: move; any other key: back to the queue"),
        Mode::Lesson(text) => {
            let mut lines = paragraph(
                &how,
                &format!(
                    "number of the sentence that was taken wrongly{}; return does it, escape nothing:",
                    positions(desk, session)
                ),
            );
            lines.extend(paragraph(&how, &format!("> {text}_")));
            lines
        }
        Mode::Reason(text) => {
            let mut lines = paragraph(
                &how,
                "reason (return keeps it, escape leaves it as it was):",
            );
            lines.extend(paragraph(&how, &format!("> {text}_")));
            lines
        }
        Mode::AllOfClaim => paragraph(
            &how,
            &format!(
                "all {} open of this claim: c confirm, d dismiss, l later; any other key: none",
                session.left_of_claim()
            ),
        ),
    });
    Page {
        head: vec![heading(&how, &title), String::new()],
        body,
        foot,
    }
}

/// What may stand after the number of a sentence.
fn positions(desk: &Desk, session: &Session) -> String {
    let names = current(desk, session).map_or_else(Vec::new, |at| {
        let claim = &desk.report.claims[desk.divergence(at).claim];
        gainsay::trial::example::names(claim)
    });
    if names.is_empty() {
        String::new()
    } else {
        format!(
            ", and what it carries instead, if that is {}",
            names.join(", ")
        )
    }
}

/// The index of the divergence that is shown.
fn current(desk: &Desk, session: &Session) -> Option<usize> {
    let item = session.current()?;
    let mut of_queue = desk.queue.iter().copied();
    of_queue.find(|&at| desk.divergence(at).id == item.id)
}

/// Why the sentences of a divergence carry what they do, as `gainsay explain` tells it.
fn why(
    options: &ReviewOptions,
    how: &terminal::Options,
    desk: &Desk,
    session: &Session,
) -> Vec<String> {
    let Some(divergence) = current(desk, session).map(|at| desk.divergence(at)) else {
        return Vec::new();
    };
    // Nothing can be unfolded here, so nothing is folded.
    let whole = terminal::Options { all: true, ..*how };
    let card = desk.card(how, options.blind, true);
    let claim = &desk.report.claims[divergence.claim];
    let mut lines = Vec::new();
    for at in desk.report.evidence(divergence) {
        let found = &desk.report.matches[at];
        let id = &desk.report.articles[found.article].id;
        let mut articles = desk.articles.iter();
        lines.push(card.heading(divergence, at));
        if let Some(article) = articles.find(|article| article.id == *id) {
            for explanation in explain::of_statement(claim, article, found.span) {
                let text = terminal::explanation::render(&explanation, None, None, &whole);
                lines.extend(text.lines().map(str::to_owned));
            }
        }
        lines.push(String::new());
    }
    if lines.is_empty() {
        lines = paragraph(
            how,
            "Nobody says anything here: there is nothing to explain.",
        );
    }
    lines
}

fn body(
    options: &ReviewOptions,
    how: &terminal::Options,
    desk: &Desk,
    session: &Session,
) -> Vec<String> {
    let (Some(item), Some(at)) = (session.current(), current(desk, session)) else {
        let text = if session.tally().is_empty() {
            "Nothing waits for a decision."
        } else {
            "This is the end of the queue. b goes back, u takes the last answer back, q quits."
        };
        return paragraph(how, text);
    };
    let mut lines = Vec::new();
    let mut state = if item.answered || item.verdict.settles() {
        // What stood before an answer of this session no longer matters.
        desk.decision(at).into_iter().collect()
    } else {
        desk.state(at)
    };
    if item.verdict == Verdict::Open && !item.reason.is_empty() {
        state.push(format!("reason for your answer: {}", item.reason));
    }
    lines.extend(state.iter().flat_map(|state| paragraph(how, state)));
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let card = desk.card(how, options.blind, session.context());
    lines.extend(card.lines(desk.divergence(at)));
    lines
}
