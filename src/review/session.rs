//! The queue of a review as a state machine: keys go in, answers to be saved come out. It knows no terminal, no file and no report.
//!
//! An answer counts only when whoever runs the session has saved it and says so ([`Session::saved`]); where that failed, everything
//! is as before the key.

use std::collections::BTreeMap;

use super::Verdict;

/// A key, as far as the queue cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter or sign.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Escape,
    /// Backspace.
    Backspace,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Anything else.
    Other,
}

/// What the queue is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A divergence is shown, or the end of the queue.
    Queue,
    /// The keys are shown.
    Help,
    /// A reason is being written.
    Reason(String),
    /// The next key decides everything of the claim that is open.
    AllOfClaim,
    /// It is shown why the sentences carry what they do.
    Why,
    /// It is being written which sentence was taken wrongly, and, after a space, which position it carries instead.
    Lesson(String),
}

/// What whoever runs the session must do after a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Show the session again.
    Show,
    /// Save these answers, then call [`Session::saved`] or [`Session::failed`].
    Save(Vec<Answer>),
    /// Put this into the claim file and save the dismissal, then begin a new session or call [`Session::failed`].
    Learn(Correction),
    /// Move the page, and show it.
    Scroll(Scroll),
    /// End.
    Quit,
}

/// How the page moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scroll {
    /// A line up.
    LineUp,
    /// A line down.
    LineDown,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
}

/// An answer to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Id of the divergence.
    pub id: String,
    /// The verdict; `Open` takes an earlier answer back.
    pub verdict: Verdict,
    /// Why; may be empty.
    pub reason: String,
}

/// What the claim file is to learn from a divergence that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The dismissal.
    pub answer: Answer,
    /// Number of the sentence on the page, from 1.
    pub sentence: usize,
    /// The position that it carries instead; `None` where it carries nothing.
    pub instead: Option<String>,
}

/// A divergence in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Id of the divergence.
    pub id: String,
    /// Id of its claim.
    pub claim: String,
    /// What is decided so far.
    pub verdict: Verdict,
    /// The reason of the decision, or what was written for the next.
    pub reason: String,
    /// Whether it was dealt with in this session, so that the queue moves on.
    pub answered: bool,
}

impl Item {
    /// An item on which nobody decided in this session.
    pub fn new(
        id: impl Into<String>,
        claim: impl Into<String>,
        verdict: Verdict,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            claim: claim.into(),
            verdict,
            reason: reason.into(),
            answered: false,
        }
    }
}

/// A run through the queue.
#[derive(Clone, Debug)]
pub struct Session {
    items: Vec<Item>,
    /// Index of the item that is shown; the number of items at the end of the queue.
    at: usize,
    mode: Mode,
    context: bool,
    notice: Option<String>,
    /// For each answer what it replaced, the last one last.
    history: Vec<Vec<(usize, Item)>>,
    pending: Option<Pending>,
}

/// What takes effect once it is saved.
#[derive(Clone, Debug)]
enum Pending {
    /// The items as they will be.
    Answers(Vec<(usize, Item)>),
    /// The last answer is taken back.
    Undo,
}

impl Session {
    /// A queue of these divergences, in this order, at its start.
    pub fn new(items: Vec<Item>) -> Self {
        Self {
            items,
            at: 0,
            mode: Mode::Queue,
            context: false,
            notice: None,
            history: Vec::new(),
            pending: None,
        }
    }

    /// The item that is shown; `None` at the end of the queue.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Place of the item that is shown and number of items, as in `[3/17]`.
    pub fn place(&self) -> (usize, usize) {
        ((self.at + 1).min(self.items.len()), self.items.len())
    }

    /// What the queue is doing.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Whether the sentences around the evidence are to be shown.
    pub fn context(&self) -> bool {
        self.context
    }

    /// What is to be told about the last key. It may hold words of reviewers, which are not cleaned.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// How many items have each verdict.
    pub fn tally(&self) -> BTreeMap<Verdict, usize> {
        let mut tally = BTreeMap::new();
        for item in &self.items {
            *tally.entry(item.verdict).or_default() += 1;
        }
        tally
    }

    /// How many items of the claim that is shown are still to be dealt with.
    pub fn left_of_claim(&self) -> usize {
        self.of_claim().count()
    }

    fn of_claim(&self) -> impl Iterator<Item = usize> {
        let claim = self.current().map(|item| item.claim.clone());
        let items = self.items.iter().enumerate();
        items
            .filter(move |(_, item)| Some(&item.claim) == claim.as_ref())
            .filter(|(_, item)| !item.answered && !item.verdict.settles())
            .map(|(at, _)| at)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Effect {
        // What nobody called saved did not happen.
        self.pending = None;
        self.notice = None;
        match self.mode.clone() {
            Mode::Help => {
                self.mode = Mode::Queue;
                Effect::Show
            }
            Mode::Why => self.why(key),
            Mode::Reason(text) => self.write_reason(text, key),
            Mode::Lesson(text) => self.write_lesson(text, key),
            Mode::AllOfClaim => {
                self.mode = Mode::Queue;
                match verdict_of(key) {
                    Some(verdict) => {
                        let reason = self.current().map(|item| item.reason.clone());
                        let items: Vec<usize> = self.of_claim().collect();
                        self.answer(&items, verdict, reason.as_deref())
                    }
                    None => self.show("nothing was decided"),
                }
            }
            Mode::Queue => self.queue(key),
        }
    }

    fn queue(&mut self, key: Key) -> Effect {
        if let Some(verdict) = verdict_of(key) {
            return match self.current() {
                Some(_) => self.answer(&[self.at], verdict, None),
                None => self.show("this is the end of the queue"),
            };
        }
        match key {
            Key::Char('q') => return Effect::Quit,
            Key::Char('?') => self.mode = Mode::Help,
            Key::Char('x') => self.context = !self.context,
            Key::Char('u') => return self.undo(),
            Key::Char('b') | Key::Left if self.at == 0 => {
                return self.show("this is the start of the queue");
            }
            Key::Char('b') | Key::Left => self.at -= 1,
            Key::Char('n') | Key::Right if self.at >= self.items.len() => {
                return self.show("this is the end of the queue");
            }
            Key::Char('n') | Key::Right => self.at += 1,
            Key::Char('r') => match self.current() {
                Some(item) => self.mode = Mode::Reason(item.reason.clone()),
                None => return self.show("this is the end of the queue"),
            },
            Key::Char('e' | 'w') if self.current().is_none() => {
                return self.show("this is the end of the queue");
            }
            Key::Char('e') => self.mode = Mode::Why,
            Key::Char('w') => self.mode = Mode::Lesson(String::new()),
            Key::Char('A') if self.left_of_claim() == 0 => {
                return self.show("nothing of this claim is left");
            }
            Key::Char('A') => self.mode = Mode::AllOfClaim,
            key if scroll_of(key).is_some() => {
                return scroll_of(key).map_or(Effect::Show, Effect::Scroll);
            }
            Key::Char(_) => return self.show("no such key; ? shows the keys"),
            _ => {}
        }
        Effect::Show
    }

    fn why(&mut self, key: Key) -> Effect {
        if let Some(scroll) = scroll_of(key) {
            return Effect::Scroll(scroll);
        }
        self.mode = Mode::Queue;
        Effect::Show
    }

    fn write_lesson(&mut self, mut text: String, key: Key) -> Effect {
        match key {
            Key::Escape => {
                self.mode = Mode::Queue;
                return self.show("nothing was changed");
            }
            Key::Enter => {
                self.mode = Mode::Queue;
                let mut words = text.split_whitespace();
                let sentence = words.next().and_then(|number| number.parse().ok());
                let instead = words.next().map(str::to_owned);
                let (Some(sentence), None, Some(item)) = (sentence, words.next(), self.current())
                else {
                    return self.show("nothing was changed: write the number of a sentence, and a position after it or nothing");
                };
                let answer = Answer {
                    id: item.id.clone(),
                    verdict: Verdict::Dismissed,
                    reason: item.reason.clone(),
                };
                return Effect::Learn(Correction {
                    answer,
                    sentence,
                    instead,
                });
            }
            Key::Backspace => {
                text.pop();
            }
            Key::Char(c) if !c.is_control() => text.push(c),
            _ => {}
        }
        self.mode = Mode::Lesson(text);
        Effect::Show
    }

    fn write_reason(&mut self, mut text: String, key: Key) -> Effect {
        match key {
            Key::Escape => {
                self.mode = Mode::Queue;
                return Effect::Show;
            }
            Key::Enter => {
                self.mode = Mode::Queue;
                let reason = text.trim().to_owned();
                let Some(item) = self.items.get_mut(self.at) else {
                    return Effect::Show;
                };
                if item.verdict == Verdict::Open {
                    item.reason = reason;
                    return self.show("kept for your answer to this one");
                }
                // It is decided already: the reason goes to that decision.
                let verdict = item.verdict;
                return self.answer(&[self.at], verdict, Some(&reason));
            }
            Key::Backspace => {
                text.pop();
            }
            Key::Char(c) if !c.is_control() => text.push(c),
            _ => {}
        }
        self.mode = Mode::Reason(text);
        Effect::Show
    }

    /// Tells something that the session cannot know, until the next key.
    pub fn tell(&mut self, notice: impl Into<String>) {
        self.notice = Some(notice.into());
    }

    fn show(&mut self, notice: &str) -> Effect {
        self.notice = Some(notice.to_owned());
        Effect::Show
    }

    /// Gives the items a verdict; the reason is their own where none is given.
    fn answer(&mut self, items: &[usize], verdict: Verdict, reason: Option<&str>) -> Effect {
        let decided: Vec<(usize, Item)> = items
            .iter()
            .map(|&at| {
                let item = &self.items[at];
                let reason = reason.unwrap_or(&item.reason).to_owned();
                (
                    at,
                    Item {
                        verdict,
                        reason,
                        answered: true,
                        ..item.clone()
                    },
                )
            })
            .collect();
        let answers = decided.iter().map(|(_, item)| answer(item)).collect();
        self.pending = Some(Pending::Answers(decided));
        Effect::Save(answers)
    }

    fn undo(&mut self) -> Effect {
        let Some(last) = self.history.last() else {
            return self.show("nothing to undo in this session");
        };
        let answers = last.iter().map(|(_, item)| answer(item)).collect();
        self.pending = Some(Pending::Undo);
        Effect::Save(answers)
    }

    /// The answers of the last [`Effect::Save`] are saved.
    pub fn saved(&mut self) {
        match self.pending.take() {
            None => {}
            Some(Pending::Answers(decided)) => {
                let told = match &decided[..] {
                    [(_, item)] => format!("{}: {}", item.verdict.name(), item.claim),
                    many => format!("{} answers saved", many.len()),
                };
                let mut replaced = Vec::new();
                for (at, item) in decided {
                    replaced.push((at, std::mem::replace(&mut self.items[at], item)));
                }
                self.history.push(replaced);
                self.notice = Some(told);
                self.at = self.next();
            }
            Some(Pending::Undo) => {
                let replaced = self.history.pop().unwrap_or_default();
                if let Some(&(first, _)) = replaced.first() {
                    self.at = first;
                }
                self.notice = Some(match replaced.len() {
                    1 => "the last answer is taken back".to_owned(),
                    many => format!("the last {many} answers are taken back"),
                });
                for (at, item) in replaced {
                    self.items[at] = item;
                }
            }
        }
    }

    /// The answers of the last [`Effect::Save`] could not be saved: nothing is decided.
    pub fn failed(&mut self, why: &str) {
        self.pending = None;
        self.notice = Some(format!("not saved: {why}"));
    }

    /// Somebody else decided meanwhile. Divergences that are not in the queue are left alone, and an answer of this session stands
    /// unless it is given anew.
    pub fn learn(&mut self, id: &str, verdict: Verdict, who: &str) {
        if let Some(item) = self.items.iter_mut().find(|item| item.id == id) {
            item.verdict = verdict;
            item.answered = true;
            self.notice = Some(format!(
                "{} was {} by {who} meanwhile",
                item.claim,
                verdict.name()
            ));
        }
    }

    /// The next item that was not dealt with: further down, else from the start; the end where there is none.
    fn next(&self) -> usize {
        let waits = |at: &usize| {
            let item = &self.items[*at];
            !item.answered && !item.verdict.settles()
        };
        let end = self.items.len();
        let from = (self.at + 1).min(end);
        (from..end).chain(0..from).find(waits).unwrap_or(end)
    }
}

fn answer(item: &Item) -> Answer {
    Answer {
        id: item.id.clone(),
        verdict: item.verdict,
        reason: if item.verdict == Verdict::Open {
            String::new()
        } else {
            item.reason.clone()
        },
    }
}

fn scroll_of(key: Key) -> Option<Scroll> {
    match key {
        Key::Up | Key::Char('k') => Some(Scroll::LineUp),
        Key::Down | Key::Char('j') | Key::Enter => Some(Scroll::LineDown),
        Key::PageUp => Some(Scroll::PageUp),
        Key::PageDown | Key::Char(' ') => Some(Scroll::PageDown),
        _ => None,
    }
}

fn verdict_of(key: Key) -> Option<Verdict> {
    match key {
        Key::Char('c') => Some(Verdict::Confirmed),
        Key::Char('d') => Some(Verdict::Dismissed),
        Key::Char('l') => Some(Verdict::Later),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A session with what it saved.
    struct Desk {
        session: Session,
        saved: Vec<String>,
    }

    impl Desk {
        /// One item for each letter: its claim.
        fn new(claims: &str) -> Self {
            let items = claims.chars().enumerate();
            let items = items.map(|(nth, claim)| {
                Item::new(nth.to_string(), claim.to_string(), Verdict::Open, "")
            });
            Self {
                session: Session::new(items.collect()),
                saved: Vec::new(),
            }
        }

        /// Presses the keys, `\n` for return and `\u{8}` for backspace, and saves what is to be saved.
        fn press(&mut self, keys: &str) -> Effect {
            let mut effect = Effect::Show;
            for key in keys.chars() {
                let key = match key {
                    '\n' => Key::Enter,
                    '\u{8}' => Key::Backspace,
                    '\u{1b}' => Key::Escape,
                    key => Key::Char(key),
                };
                effect = self.session.press(key);
                if let Effect::Save(answers) = &effect {
                    self.saved.extend(answers.iter().map(|answer| {
                        let reason = match answer.reason.as_str() {
                            "" => String::new(),
                            reason => format!(" ({reason})"),
                        };
                        format!("{} {}{reason}", answer.id, answer.verdict.name())
                    }));
                    self.session.saved();
                }
            }
            effect
        }

        fn at(&self) -> usize {
            self.session.at
        }
    }

    #[test]
    fn answers_are_saved_one_by_one_and_the_queue_moves_on() {
        let mut desk = Desk::new("aab");
        assert_eq!(desk.session.place(), (1, 3));
        desk.press("cd");
        assert_eq!(desk.saved, ["0 confirmed", "1 dismissed"]);
        assert_eq!(desk.session.place(), (3, 3));
        assert_eq!(desk.session.notice(), Some("dismissed: a"));
        desk.press("l");
        assert_eq!(desk.saved[2], "2 later");
        assert_eq!(desk.session.current(), None);
        assert_eq!(
            desk.session.tally(),
            BTreeMap::from([
                (Verdict::Confirmed, 1),
                (Verdict::Dismissed, 1),
                (Verdict::Later, 1)
            ])
        );
        assert_eq!(desk.press("c"), Effect::Show);
        assert_eq!(desk.press("q"), Effect::Quit);
        assert_eq!(desk.saved.len(), 3);
    }

    #[test]
    fn undo_takes_answers_back_one_by_one() {
        let mut desk = Desk::new("abc");
        desk.press("cdu");
        assert_eq!(desk.saved, ["0 confirmed", "1 dismissed", "1 open"]);
        assert_eq!(desk.at(), 1);
        desk.press("uu");
        assert_eq!(desk.saved[3..], ["0 open"]);
        assert_eq!(desk.at(), 0);
        assert_eq!(
            desk.session.notice(),
            Some("nothing to undo in this session")
        );
        assert_eq!(desk.session.tally(), BTreeMap::from([(Verdict::Open, 3)]));
    }

    #[test]
    fn undo_restores_what_was_decided_before() {
        let item = Item::new("7", "a", Verdict::Later, "ask the desk");
        let mut desk = Desk::new("");
        desk.session = Session::new(vec![item]);
        desk.press("cu");
        assert_eq!(
            desk.saved,
            ["7 confirmed (ask the desk)", "7 later (ask the desk)"]
        );
        assert_eq!(
            desk.session.current().map(|item| item.answered),
            Some(false)
        );
    }

    #[test]
    fn going_back_allows_another_answer() {
        let mut desk = Desk::new("abc");
        desk.press("cb");
        assert_eq!(desk.at(), 0);
        desk.press("d");
        assert_eq!(desk.saved, ["0 confirmed", "0 dismissed"]);
        assert_eq!(desk.at(), 1);
        desk.press("bbb");
        assert_eq!(
            desk.session.notice(),
            Some("this is the start of the queue")
        );
        desk.press("nnnn");
        assert_eq!(desk.session.notice(), Some("this is the end of the queue"));
        // What was skipped comes again.
        desk.press("bc");
        assert_eq!(desk.at(), 1);
    }

    #[test]
    fn a_reason_goes_with_the_answer() {
        let mut desk = Desk::new("ab");
        desk.press("rTwo fires.\u{8}!\nd");
        assert_eq!(desk.saved, ["0 dismissed (Two fires!)"]);
        // The keys of the queue are letters here.
        desk.press("rcdlq\n");
        assert_eq!(desk.saved.len(), 1);
        // A reason for what is decided already is saved at once.
        desk.press("br?\n");
        assert_eq!(desk.saved[1..], ["0 dismissed (Two fires!?)"]);
        desk.press("brgone\u{1b}");
        assert_eq!(desk.saved.len(), 2);
        assert_eq!(desk.session.mode(), &Mode::Queue);
    }

    #[test]
    fn all_of_a_claim_is_decided_and_undone_at_once() {
        let mut desk = Desk::new("abaac");
        desk.press("c");
        desk.press("nAd");
        assert_eq!(desk.saved[1..], ["2 dismissed", "3 dismissed"]);
        assert_eq!(desk.at(), 4);
        desk.press("u");
        assert_eq!(desk.saved[3..], ["2 open", "3 open"]);
        desk.press("A?");
        assert_eq!(desk.session.notice(), Some("nothing was decided"));
        desk.press("Ad");
        assert_eq!(desk.saved[5..], ["2 dismissed", "3 dismissed"]);
        desk.press("bA");
        assert_eq!(desk.session.notice(), Some("nothing of this claim is left"));
        assert_eq!(desk.session.mode(), &Mode::Queue);
    }

    #[test]
    fn what_could_not_be_saved_did_not_happen() {
        let mut desk = Desk::new("ab");
        assert!(matches!(
            desk.session.press(Key::Char('c')),
            Effect::Save(_)
        ));
        desk.session.failed("the disk is full");
        assert_eq!(desk.session.notice(), Some("not saved: the disk is full"));
        assert_eq!(desk.at(), 0);
        assert_eq!(desk.session.tally(), BTreeMap::from([(Verdict::Open, 2)]));
        // Whoever says nothing has not saved either.
        assert!(matches!(
            desk.session.press(Key::Char('c')),
            Effect::Save(_)
        ));
        desk.session.press(Key::Char('x'));
        desk.session.saved();
        assert_eq!(desk.session.tally(), BTreeMap::from([(Verdict::Open, 2)]));
    }

    #[test]
    fn what_others_decide_meanwhile_leaves_the_queue() {
        let mut desk = Desk::new("abc");
        desk.session.learn("1", Verdict::Dismissed, "Bob");
        assert_eq!(
            desk.session.notice(),
            Some("b was dismissed by Bob meanwhile")
        );
        desk.press("c");
        assert_eq!(desk.at(), 2);
    }

    #[test]
    fn help_closes_with_any_key_and_decides_nothing() {
        let mut desk = Desk::new("a");
        desk.press("?");
        assert_eq!(desk.session.mode(), &Mode::Help);
        desk.press("c");
        assert_eq!(desk.session.mode(), &Mode::Queue);
        assert!(desk.saved.is_empty());
        desk.press("x");
        assert!(desk.session.context());
    }

    #[test]
    fn why_scrolls_and_closes_with_any_other_key() {
        let mut desk = Desk::new("a");
        desk.press("e");
        assert_eq!(desk.press("j"), Effect::Scroll(Scroll::LineDown));
        assert_eq!(desk.session.mode(), &Mode::Why);
        desk.press("c");
        assert_eq!(desk.session.mode(), &Mode::Queue);
        assert!(desk.saved.is_empty());
    }

    #[test]
    fn a_lesson_is_the_number_of_a_sentence_and_a_position_or_nothing() {
        for (keys, expected) in [
            ("w2\n", Some((2, None))),
            ("w13\u{8} alive\n", Some((1, Some("alive")))),
            ("w\n", None),
            ("walive\n", None),
            ("w1 a b\n", None),
            ("w1\u{1b}", None),
            ("w99999999999999999999999\n", None),
        ] {
            let mut desk = Desk::new("ab");
            desk.press("rbecause\n");
            let effect = desk.press(keys);
            let Some((sentence, instead)) = expected else {
                assert_eq!(effect, Effect::Show, "{keys}");
                let told = desk.session.notice().unwrap_or_default();
                assert!(told.starts_with("nothing was changed"), "{told}");
                continue;
            };
            let answer = Answer {
                id: "0".to_owned(),
                verdict: Verdict::Dismissed,
                reason: "because".to_owned(),
            };
            let instead = instead.map(str::to_owned);
            let learnt = Correction {
                answer,
                sentence,
                instead,
            };
            assert_eq!(effect, Effect::Learn(learnt));
            // It is for whoever runs the session to do it.
            desk.session.failed("no");
            assert_eq!(desk.session.tally(), BTreeMap::from([(Verdict::Open, 2)]));
        }
    }

    #[test]
    fn an_empty_queue_takes_every_key() {
        let mut desk = Desk::new("");
        for key in "cdlrubnAxew?j q\n".chars() {
            desk.press(&key.to_string());
        }
        assert!(desk.saved.is_empty());
        assert_eq!(desk.session.place(), (0, 0));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn undoing_everything_restores_the_start(keys in "[cdlrubnAxew?jk 1\n\u{8}\u{1b}z]{0,60}") {
            let mut desk = Desk::new("aabbc");
            desk.press(&keys);
            prop_assert!(desk.at() <= 5);
            // Whatever mode it ended in, this leads to the queue.
            desk.press("\u{1b}\u{1b}");
            for _ in 0..keys.len() {
                desk.press("u");
            }
            prop_assert_eq!(desk.session.tally(), BTreeMap::from([(Verdict::Open, 5)]));
            prop_assert!(desk.session.items.iter().all(|item| !item.answered));
            // The ledger says the same: the last line on each item counts.
            let mut last = BTreeMap::new();
            for line in &desk.saved {
                let (id, verdict) = line.split_once(' ').expect("id and verdict");
                last.insert(id, verdict);
            }
            prop_assert!(last.values().all(|verdict| *verdict == "open"), "{:?}", desk.saved);
        }
    }
}
