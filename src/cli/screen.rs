//! A page on the terminal, moved and left by keys: what every command shares that goes through a queue.

use std::io::{self, ErrorKind, IsTerminal, Write};

use console::Term;
use gainsay::review::session::{Key, Scroll};

/// Whether somebody sits before it.
pub(super) fn is_attended() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The terminal, with the line from which on the page is shown.
pub(super) struct Screen {
    terminal: Term,
    top: usize,
}

impl Screen {
    pub fn new() -> Self {
        Self {
            terminal: Term::stdout(),
            top: 0,
        }
    }

    /// The next page begins at its start.
    pub fn rewind(&mut self) {
        self.top = 0;
    }

    /// Moves the page; it is drawn there by the next [`Self::show`].
    pub fn scroll(&mut self, page: &Page, scroll: Scroll) {
        let room = page.room(self.rows());
        self.top = match scroll {
            Scroll::LineUp => self.top.saturating_sub(1),
            Scroll::LineDown => self.top + 1,
            Scroll::PageUp => self.top.saturating_sub(room),
            Scroll::PageDown => self.top + room,
        };
    }

    /// Draws the page and waits for a key; `None` where the user interrupts.
    ///
    /// # Errors
    ///
    /// Where the terminal fails.
    pub fn show(&mut self, page: &Page) -> io::Result<Option<Key>> {
        let room = page.room(self.rows());
        self.top = self.top.min(page.body.len().saturating_sub(room));
        let text = page.lines(room, self.top).join("\n");
        self.terminal.clear_screen()?;
        let mut out = &self.terminal;
        out.write_all(text.as_bytes())?;
        out.flush()?;
        match self.terminal.read_key() {
            Ok(key) => Ok(Some(pressed(&key))),
            Err(error) if error.kind() == ErrorKind::Interrupted => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Clears the screen and leaves a last word on it.
    ///
    /// # Errors
    ///
    /// Where the terminal fails.
    pub fn leave(&self, goodbye: &str) -> io::Result<()> {
        self.terminal.clear_screen()?;
        self.terminal.write_line(goodbye)
    }

    fn rows(&self) -> usize {
        usize::from(self.terminal.size().0)
    }
}

fn pressed(key: &console::Key) -> Key {
    match key {
        console::Key::Char(c) => Key::Char(*c),
        console::Key::Enter => Key::Enter,
        console::Key::Escape => Key::Escape,
        console::Key::Backspace | console::Key::Del => Key::Backspace,
        console::Key::ArrowLeft => Key::Left,
        console::Key::ArrowRight => Key::Right,
        console::Key::ArrowUp => Key::Up,
        console::Key::ArrowDown => Key::Down,
        console::Key::PageUp => Key::PageUp,
        console::Key::PageDown => Key::PageDown,
        _ => Key::Other,
    }
}

/// What is on the screen: the first and the last lines stay, what is between moves.
pub(super) struct Page {
    pub head: Vec<String>,
    pub body: Vec<String>,
    pub foot: Vec<String>,
}

impl Page {
    /// Lines that are left for what moves.
    fn room(&self, rows: usize) -> usize {
        // One line stays free for the cursor, and one is needed to tell that there is more.
        let used = self.head.len() + self.foot.len() + 2;
        rows.saturating_sub(used).max(3)
    }

    fn lines(&self, room: usize, top: usize) -> Vec<String> {
        let mut lines = self.head.clone();
        lines.extend(self.body.iter().skip(top).take(room).cloned());
        let below = self.body.len().saturating_sub(top + room);
        lines.push(match (top, below) {
            (0, 0) => String::new(),
            (above, below) => format!("({above} lines above, {below} below: j, k, space)"),
        });
        lines.extend(self.foot.iter().cloned());
        lines
    }
}
