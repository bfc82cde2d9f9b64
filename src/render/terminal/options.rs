//! How the terminal report is written.

use std::io::IsTerminal;

/// Width of the report where it goes into a file or a pipe: wide enough for the matrix of five articles, narrow enough for
/// a mail or a bug report.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

/// Nothing is laid out narrower than this: line numbers and box borders take 8 columns, and a word needs the rest.
const NARROWEST: usize = 30;

/// How the terminal report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Columns of a line. Less than 30 is taken as 30.
    pub width: usize,
    /// Whether colours support the marks. They never carry meaning alone.
    pub color: bool,
    /// Whether boxes, ellipses and marks may be other than ASCII. The articles' own words are shown as they are.
    pub unicode: bool,
    /// Only problems and the summary line.
    pub quiet: bool,
    /// Everything in full: all claims, divergences, articles and minor ones.
    pub all: bool,
}

impl Default for Options {
    /// What suits a file: 100 columns, ASCII, no colour.
    fn default() -> Self {
        Self {
            width: WIDTH_WITHOUT_TERMINAL,
            color: false,
            unicode: false,
            quiet: false,
            all: false,
        }
    }
}

impl Options {
    /// What suits the standard output of this process and its environment: the terminal's width, no colour where `NO_COLOR`
    /// is set or the terminal is dumb, Unicode where the locale (`LC_ALL`, `LC_CTYPE`, `LANG`) is UTF-8. Into a file or
    /// a pipe: 100 columns and no colour. `quiet` and `all` are off.
    pub fn detect() -> Self {
        let columns = std::io::stdout().is_terminal().then(|| {
            terminal_size::terminal_size()
                .map_or(WIDTH_WITHOUT_TERMINAL, |(width, _)| usize::from(width.0))
        });
        Self::from_environment(columns, |name| std::env::var(name).ok())
    }

    /// The rules of [`Self::detect`]; `columns` is `None` where no terminal is written to.
    fn from_environment(columns: Option<usize>, get: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| get(name).filter(|value| !value.is_empty());
        let terminal = set("TERM");
        // The first that is set rules, as in every C library.
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_ascii_uppercase();
            locale.contains("UTF-8") || locale.contains("UTF8")
        });
        // Windows sets no locale; its present terminals name themselves.
        let windows = set("WT_SESSION").is_some();
        Self {
            width: columns
                // A terminal that does not know its size says 0.
                .filter(|&columns| columns > 0)
                .unwrap_or(WIDTH_WITHOUT_TERMINAL),
            color: columns.is_some()
                && set("NO_COLOR").is_none()
                && terminal.as_deref() != Some("dumb"),
            // The Linux console has 256 or 512 glyphs and shows boxes for the rest.
            unicode: (utf8 || windows) && terminal.as_deref() != Some("linux"),
            ..Self::default()
        }
    }

    /// The width that is laid out.
    pub(super) fn columns(&self) -> usize {
        self.width.max(NARROWEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(columns: Option<usize>, environment: &[(&str, &str)]) -> Options {
        Options::from_environment(columns, |name| {
            environment
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_terminal_gives_its_width_and_colour() {
        let options = detect(Some(83), &[("LANG", "en_GB.UTF-8")]);
        assert_eq!(options.width, 83);
        assert!(options.color && options.unicode);
        assert_eq!(detect(Some(0), &[]).width, 100);
    }

    #[test]
    fn no_terminal_gives_100_columns_without_colour() {
        let options = detect(None, &[("LANG", "C.utf8")]);
        assert_eq!(options.width, 100);
        assert!(!options.color && options.unicode);
    }

    #[test]
    fn no_color_counts_when_it_is_not_empty() {
        assert!(!detect(Some(80), &[("NO_COLOR", "1")]).color);
        assert!(detect(Some(80), &[("NO_COLOR", "")]).color);
        assert!(!detect(Some(80), &[("TERM", "dumb")]).color);
    }

    #[test]
    fn lc_all_overrides_lang() {
        assert!(!detect(Some(80), &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).unicode);
        assert!(detect(Some(80), &[("LC_ALL", ""), ("LANG", "tr_TR.UTF-8")]).unicode);
        assert!(!detect(Some(80), &[]).unicode);
        assert!(!detect(Some(80), &[("LANG", "C.UTF-8"), ("TERM", "linux")]).unicode);
    }
}
