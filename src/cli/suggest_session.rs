//! The queue of suggestions as a state machine: keys go in, what is to be done comes out. It knows no terminal and no file.
//!
//! What is accepted counts only when whoever runs the session has written it and says so ([`Session::accepted`]).

use gainsay::review::session::{Key, Scroll};
use gainsay::trial::acceptance::Way;

/// What the queue is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Queue,
    Help,
}

/// What whoever runs the session must do after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Show the session again.
    Show,
    /// Write the current suggestion in this way, then call [`Session::accepted`] or [`Session::refused`].
    Accept(Way),
    /// Take the last acceptance back, then call [`Session::undone`] or [`Session::refused`].
    Undo,
    /// Move the page, and show it.
    Scroll(Scroll),
    /// End.
    Quit,
}

/// A statement in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What tells it from others in every run: its words.
    pub text: String,
    /// The position that it is nearest to.
    pub nearest: Option<String>,
}

/// A run through the suggestions of a claim.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// The claim's positions, in the order of their digits.
    positions: Vec<String>,
    /// What is suggested now, the nearest first.
    items: Vec<Item>,
    /// What was skipped or accepted, the last one last.
    passed: Vec<String>,
    /// What was accepted, the last one last.
    accepted: Vec<String>,
    /// Shown, whatever its place, until it is passed.
    shown: Option<String>,
    mode: Mode,
    context: bool,
    notice: Option<String>,
}

impl Session {
    pub fn new(positions: Vec<String>, items: Vec<Item>) -> Self {
        Self {
            positions,
            items,
            passed: Vec::new(),
            accepted: Vec::new(),
            shown: None,
            mode: Mode::Queue,
            context: false,
            notice: None,
        }
    }

    /// Index of the item that is shown; `None` at the end of the queue.
    pub fn current(&self) -> Option<usize> {
        let at = |text: &String| self.items.iter().position(|item| item.text == *text);
        self.shown.as_ref().and_then(at).or_else(|| {
            let mut items = self.items.iter();
            items.position(|item| !self.passed.contains(&item.text))
        })
    }

    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// Whether the sentences around are to be shown.
    pub fn context(&self) -> bool {
        self.context
    }

    /// What is to be told about the last key, not cleaned.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// How many were accepted, how many skipped, and how many wait.
    pub fn tally(&self) -> (usize, usize, usize) {
        let waiting = self.items.iter();
        let waiting = waiting.filter(|item| !self.passed.contains(&item.text));
        let accepted = self.accepted.len();
        (accepted, self.passed.len() - accepted, waiting.count())
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Effect {
        self.notice = None;
        if self.mode == Mode::Help {
            self.mode = Mode::Queue;
            return Effect::Show;
        }
        let item = self.current().map(|at| self.items[at].clone());
        match (key, item) {
            (Key::Char('q'), _) => return Effect::Quit,
            (Key::Char('?'), _) => self.mode = Mode::Help,
            (Key::Char('x'), _) => self.context = !self.context,
            (Key::Char('u'), _) if self.accepted.is_empty() => {
                return self.show("nothing to undo in this session");
            }
            (Key::Char('u'), _) => return Effect::Undo,
            (Key::Char('b') | Key::Left, _) => return self.back(),
            (Key::Up | Key::Char('k'), _) => return Effect::Scroll(Scroll::LineUp),
            (Key::Down | Key::Char('j') | Key::Enter, _) => {
                return Effect::Scroll(Scroll::LineDown);
            }
            (Key::PageUp, _) => return Effect::Scroll(Scroll::PageUp),
            (Key::PageDown | Key::Char(' '), _) => return Effect::Scroll(Scroll::PageDown),
            (Key::Escape | Key::Backspace | Key::Other, _) => {}
            (Key::Char('1'..='9' | 'p' | 'e' | 'm' | 'a' | 'n') | Key::Right, None) => {
                return self.show("this is the end of the queue");
            }
            (Key::Char('n') | Key::Right, Some(item)) => self.pass(item.text),
            (Key::Char(digit @ '1'..='9'), Some(_)) => {
                let at = digit as usize - '1' as usize;
                return match self.positions.get(at) {
                    Some(position) => Effect::Accept(Way::Phrase(position.clone())),
                    None => self.show(&match self.positions.len() {
                        0 => "this claim has no positions".to_owned(),
                        count => format!("this claim has {count} positions"),
                    }),
                };
            }
            (Key::Char('p'), Some(item)) => return self.by_nearest(item, Way::Phrase),
            (Key::Char('a'), Some(item)) => return self.by_nearest(item, Way::Alias),
            (Key::Char('e'), Some(item)) => return Effect::Accept(Way::Except(item.nearest)),
            (Key::Char('m'), Some(_)) => return Effect::Accept(Way::NearMiss),
            (Key::Char(_), _) => return self.show("no such key; ? shows the keys"),
        }
        Effect::Show
    }

    fn by_nearest(&mut self, item: Item, way: impl Fn(String) -> Way) -> Effect {
        match item.nearest {
            Some(position) => Effect::Accept(way(position)),
            None => {
                self.show("numbers and dates are not answered by wordings; m and e are for them")
            }
        }
    }

    fn pass(&mut self, text: String) {
        self.shown = None;
        self.passed.retain(|old| *old != text);
        self.passed.push(text);
    }

    fn back(&mut self) -> Effect {
        let skipped = |text: &String| {
            !self.accepted.contains(text) && self.items.iter().any(|item| item.text == *text)
        };
        let Some(at) = self.passed.iter().rposition(skipped) else {
            return self.show("nothing was skipped; u takes the last acceptance back");
        };
        self.shown = Some(self.passed.remove(at));
        Effect::Show
    }

    fn show(&mut self, notice: &str) -> Effect {
        self.notice = Some(notice.to_owned());
        Effect::Show
    }

    /// The suggestion that was shown is written; these are the suggestions now.
    pub fn accepted(&mut self, items: Vec<Item>, notice: String) {
        if let Some(at) = self.current() {
            let text = self.items[at].text.clone();
            self.pass(text.clone());
            self.accepted.push(text);
        }
        self.items = items;
        self.notice = Some(notice);
    }

    /// The last acceptance is taken back; these are the suggestions now, and it is shown again.
    pub fn undone(&mut self, items: Vec<Item>) {
        self.items = items;
        if let Some(text) = self.accepted.pop() {
            self.passed.retain(|old| *old != text);
            self.shown = Some(text);
        }
        self.notice = Some("the last acceptance is taken back".to_owned());
    }

    /// Nothing was written.
    pub fn refused(&mut self, why: &str) {
        self.notice = Some(format!("not written: {why}"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items(texts: &[&str]) -> Vec<Item> {
        let item = |text: &&str| Item {
            text: (*text).to_owned(),
            nearest: Some("open".to_owned()),
        };
        texts.iter().map(item).collect()
    }

    fn session(texts: &[&str]) -> Session {
        Session::new(vec!["open".to_owned(), "shut".to_owned()], items(texts))
    }

    fn text(session: &Session) -> Option<&str> {
        session.current().map(|at| session.items[at].text.as_str())
    }

    #[test]
    fn every_way_has_a_key() {
        for (key, way) in [
            ('1', Way::Phrase("open".to_owned())),
            ('2', Way::Phrase("shut".to_owned())),
            ('p', Way::Phrase("open".to_owned())),
            ('a', Way::Alias("open".to_owned())),
            ('e', Way::Except(Some("open".to_owned()))),
            ('m', Way::NearMiss),
        ] {
            assert_eq!(session(&["x"]).press(Key::Char(key)), Effect::Accept(way));
            let mut empty = session(&[]);
            assert_eq!(empty.press(Key::Char(key)), Effect::Show);
            assert_eq!(empty.notice(), Some("this is the end of the queue"));
        }
        let mut two = session(&["x"]);
        assert_eq!(two.press(Key::Char('3')), Effect::Show);
        assert_eq!(two.notice(), Some("this claim has 2 positions"));
        let mut number = Session::new(
            Vec::new(),
            vec![Item {
                text: "x".to_owned(),
                nearest: None,
            }],
        );
        for key in ['p', 'a', '1'] {
            assert_eq!(number.press(Key::Char(key)), Effect::Show);
            assert!(number.notice().is_some());
        }
        assert_eq!(
            number.press(Key::Char('e')),
            Effect::Accept(Way::Except(None))
        );
    }

    #[test]
    fn what_is_written_leaves_the_queue_and_undo_brings_it_back() {
        let mut session = session(&["x", "y", "z"]);
        assert!(matches!(session.press(Key::Char('1')), Effect::Accept(_)));
        // Until it is written, nothing has happened.
        session.refused("the disk is full");
        assert_eq!(text(&session), Some("x"));
        session.press(Key::Char('1'));
        session.accepted(items(&["z", "y"]), "written".to_owned());
        assert_eq!((text(&session), session.tally()), (Some("z"), (1, 0, 2)));
        assert_eq!(session.press(Key::Char('u')), Effect::Undo);
        session.undone(items(&["y", "x", "z"]));
        assert_eq!((text(&session), session.tally()), (Some("x"), (0, 0, 3)));
        session.press(Key::Char('u'));
        assert_eq!(session.notice(), Some("nothing to undo in this session"));
    }

    #[test]
    fn a_near_miss_is_not_asked_again() {
        let mut session = session(&["x", "y"]);
        session.press(Key::Char('m'));
        session.accepted(items(&["x", "y"]), String::new());
        assert_eq!((text(&session), session.tally()), (Some("y"), (1, 0, 1)));
    }

    #[test]
    fn what_was_skipped_can_be_gone_back_to() {
        let mut session = session(&["x", "y"]);
        session.press(Key::Char('b'));
        assert!(session.notice().is_some());
        session.press(Key::Char('n'));
        session.press(Key::Char('n'));
        assert_eq!((text(&session), session.tally()), (None, (0, 2, 0)));
        session.press(Key::Char('b'));
        assert_eq!(text(&session), Some("y"));
        session.press(Key::Char('b'));
        assert_eq!(text(&session), Some("x"));
        session.press(Key::Char('n'));
        assert_eq!(text(&session), Some("y"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        /// Whatever is pressed, every suggestion is in one of the three heaps, and undoing all leaves nothing accepted.
        #[test]
        fn nothing_is_lost(keys in "[1-9peamnbuxjk?q z]{0,60}") {
            let all = ["v", "w", "x", "y"];
            let mut session = session(&all);
            for key in keys.chars() {
                match session.press(Key::Char(key)) {
                    Effect::Accept(_) => session.accepted(items(&all), String::new()),
                    Effect::Undo => session.undone(items(&all)),
                    _ => {}
                }
                let (accepted, skipped, waiting) = session.tally();
                prop_assert_eq!(accepted + skipped + waiting, all.len());
            }
            session.press(Key::Char('x'));
            while session.press(Key::Char('u')) == Effect::Undo {
                session.undone(items(&all));
            }
            prop_assert_eq!(session.tally().0, 0);
        }
    }
}
