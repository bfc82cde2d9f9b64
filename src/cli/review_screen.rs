//! The queue on the terminal: reads keys, shows pages, saves answers. What the keys mean is the session's business.

use gainsay::render::terminal::{self, heading, paragraph};
use gainsay::review::Verdict;
use gainsay::review::session::{Effect, Mode, Session};

use super::fatal::Fatal;
use super::review::{Desk, ReviewOptions, told};
use super::screen::{Page, Screen};

const KEYS: &str = "c confirm, d dismiss, l later, r reason, u undo, b back, n next, A all of this claim, x context, ? help, q quit";

/// All keys, for the page of help.
const HELP: [&str; 14] = [
    "c: confirm, it is a divergence",
    "d: dismiss, it is none",
    "l: later, it stays open, at the end of the queue",
    "r: write a reason, for the answer that you give next or gave",
    "A: all of this claim that is open; then c, d or l",
    "u: undo the last answer; again, the one before",
    "b or left: back to the one before, to read it or answer anew",
    "n or right: next, without an answer",
    "x: show or hide the sentences around, and all sentences",
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
    let mut shown = (None, false);
    loop {
        let now = (
            session.current().map(|item| item.id.clone()),
            session.context(),
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
        _ => body(options, &how, desk, session),
    };
    let mut foot = vec![String::new()];
    if let Some(notice) = session.notice() {
        foot.extend(paragraph(&how, notice));
    }
    foot.extend(match session.mode() {
        Mode::Queue => paragraph(&how, KEYS),
        Mode::Help => paragraph(&how, "any key: back to the queue"),
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

fn body(
    options: &ReviewOptions,
    how: &terminal::Options,
    desk: &Desk,
    session: &Session,
) -> Vec<String> {
    let index = session.current().and_then(|item| {
        let of_queue = desk.queue.iter().copied();
        let mut found = of_queue.filter(|&at| desk.divergence(at).id == item.id);
        found.next()
    });
    let (Some(item), Some(at)) = (session.current(), index) else {
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
    let card = desk.card(how, options.blind(), session.context());
    lines.extend(card.lines(desk.divergence(at)));
    lines
}
