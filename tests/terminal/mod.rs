//! A terminal for the tests that press keys.

use std::path::Path;
use std::process::{Command, Output};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A terminal that a test can type into; it ends with the test.
pub struct Terminal<'a>(&'a Path);

impl<'a> Terminal<'a> {
    /// One in this folder; `None`, with a word on it, where tmux is not installed.
    pub fn open(folder: &'a Path) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            println!("skipped: tmux is not installed");
            return None;
        }
        Some(Self(folder))
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        Command::new("tmux")
            .env("TMUX_TMPDIR", self.0)
            .env_remove("TMUX")
            .env("LC_ALL", "C.UTF-8")
            .args(["-L", "gainsay", "-f", "/dev/null"])
            .args(arguments)
            .output()
            .expect("tmux")
    }

    /// Runs a command in it.
    pub fn start(&self, command: &str) {
        let folder = self.0.to_str().expect("UTF-8");
        let started = self.tmux(&[
            "new-session",
            "-d",
            "-s",
            "desk",
            "-x",
            "100",
            "-y",
            "30",
            "-c",
            folder,
            command,
        ]);
        assert!(started.status.success(), "{started:?}");
    }

    /// What it shows.
    pub fn screen(&self) -> String {
        let shown = self.tmux(&["capture-pane", "-p", "-t", "desk"]);
        String::from_utf8_lossy(&shown.stdout).into_owned()
    }

    /// Types keys one by one, and waits after them until the screen shows something.
    pub fn keys(&self, keys: &[&str], until: &str) -> String {
        for key in keys {
            assert!(
                self.tmux(&["send-keys", "-t", "desk", key])
                    .status
                    .success()
            );
        }
        let patience = Instant::now() + Duration::from_secs(10);
        loop {
            let screen = self.screen();
            if screen.contains(until) {
                return screen;
            }
            assert!(Instant::now() < patience, "no `{until}` on\n{screen}");
            sleep(Duration::from_millis(10));
        }
    }

    /// Quits, and waits for the end.
    pub fn quit(&self) {
        self.tmux(&["send-keys", "-t", "desk", "q"]);
        let patience = Instant::now() + Duration::from_secs(10);
        while self.tmux(&["has-session", "-t", "desk"]).status.success() {
            assert!(Instant::now() < patience, "{}", self.screen());
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal<'_> {
    fn drop(&mut self) {
        self.tmux(&["kill-server"]);
    }
}
