//! How things look: colours, symbols and boxes under the given options.

use std::error::Error;
use std::fmt;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode, ThemeCharacters,
    ThemeStyles,
};

use super::Options;
use super::clip;
use super::excerpt::Excerpt;
use crate::claim::Severity;
use crate::source::Span;

/// What a piece of text is, for its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// As the terminal shows text.
    Normal,
    /// A heading or a name to be seen first.
    Strong,
    /// Less important.
    Faint,
    /// A word that decided.
    Mark,
    /// A divergence of this severity.
    Of(Severity),
}

/// Knows the options; every string from outside goes through it before it is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    options: Options,
}

impl Pen {
    pub fn new(options: &Options) -> Self {
        Self { options: *options }
    }

    /// Columns of a line.
    pub fn width(&self) -> usize {
        self.options.columns()
    }

    /// Whether there are colours, bold and underlined letters.
    pub fn is_coloured(&self) -> bool {
        self.options.color
    }

    /// Whether everything is shown in full.
    pub fn all(&self) -> bool {
        self.options.all
    }

    /// The first where Unicode may be used, else the second.
    pub fn pick<T>(&self, unicode: T, ascii: T) -> T {
        if self.options.unicode { unicode } else { ascii }
    }

    /// Stands for what was cut.
    pub fn ellipsis(&self) -> &'static str {
        self.pick("…", "...")
    }

    /// Stands for what was cut out of a name, where every column counts.
    pub fn cut(&self) -> &'static str {
        self.pick("…", "..")
    }

    /// Stands for an article that gives no answer.
    pub fn silent(&self) -> &'static str {
        self.pick("·", ".")
    }

    /// Stands between facts in a line.
    pub fn dot(&self) -> &'static str {
        self.pick(" · ", "; ")
    }

    /// Stands for a character that is not safe to show.
    fn replacement(&self) -> char {
        self.pick('\u{FFFD}', '?')
    }

    /// The text as one safe line.
    pub fn plain(&self, text: &str) -> String {
        clip::plain(text, self.replacement())
    }

    /// Safe text, cut at its end to fit into `width` columns.
    pub fn clip(&self, text: &str, width: usize) -> String {
        clip::clip(text, width, self.ellipsis())
    }

    /// Safe text, cut at its start to fit into `width` columns.
    pub fn clip_start(&self, text: &str, width: usize) -> String {
        clip::clip_start(text, width, self.ellipsis())
    }

    /// Any text, cleaned and cut around its marks to fit into `width` columns.
    pub fn window(&self, text: &str, marks: &[Span], width: usize) -> clip::Window {
        clip::window(text, marks, width, self.ellipsis(), self.replacement())
    }

    /// Safe text, wrapped to the width of the page; the first line begins with `first`, the others with `rest`.
    pub fn wrap(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let options = textwrap::Options::new(self.width())
            .initial_indent(first)
            .subsequent_indent(rest)
            // Ids are read and copied as wholes.
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::wrap(text, options)
            .into_iter()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    /// Gives safe text its colour.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        // The sixteen colours follow the reader's own theme, so they stay legible on any background.
        let code = match tone {
            Tone::Normal => "",
            Tone::Strong => "1",
            Tone::Faint => "2",
            Tone::Mark => "1;4",
            Tone::Of(Severity::High) => "1;31",
            Tone::Of(Severity::Medium) => "33",
            Tone::Of(Severity::Low) => "36",
        };
        if !self.options.color || code.is_empty() || text.is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// A note as miette draws it, without white space at the ends of lines.
    pub fn draw(&self, note: &Note) -> Vec<String> {
        let mut characters = self.pick(ThemeCharacters::unicode(), ThemeCharacters::ascii());
        if let Some(mark) = note.mark {
            characters.advice = mark.to_owned();
        }
        let styles = if self.options.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        };
        let mut drawn = String::new();
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(self.width())
            .with_context_lines(0)
            .with_word_separator(textwrap::WordSeparator::AsciiSpace)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .without_syntax_highlighting()
            .with_urls(false)
            .render_report(&mut drawn, note)
            .expect("internal: writing to a string cannot fail");
        // miette measures by older tables than ours: beside characters that are new to Unicode its underlines run on.
        drawn
            .lines()
            .map(|line| clip::clamp(line, self.width()).trim_end().to_owned())
            .collect()
    }

    /// Columns that miette leaves for the text of a line with this number.
    pub fn room(&self, number: usize) -> usize {
        let gutter = number.to_string().len() + " ".len() + " | ".len();
        self.width() - gutter
    }

    /// The name of a file as it fits between miette's brackets, with line and column after it.
    pub fn file_name(&self, path: &str, number: usize, column: usize) -> String {
        let digits = number.to_string().len();
        let border = digits + "  ,-[".len() + format!(":{number}:{column}]").len();
        self.clip_start(&self.plain(path), self.width().saturating_sub(border))
    }
}

/// What miette is given: words that are already safe, and lines that already fit.
#[derive(Debug)]
pub(super) struct Note {
    /// First line.
    pub code: Option<String>,
    /// How much it matters: chooses mark and colour.
    pub severity: miette::Severity,
    /// Stands before advice in place of miette's own mark.
    pub mark: Option<&'static str>,
    /// What is said.
    pub message: String,
    /// The lines that show it.
    pub excerpt: Excerpt,
    /// Places in the excerpt. Without any the excerpt is not shown.
    pub labels: Vec<LabeledSpan>,
    /// What to do.
    pub help: Option<String>,
}

impl Note {
    /// A note that only says something.
    pub fn new(severity: miette::Severity, message: String) -> Self {
        Self {
            code: None,
            severity,
            mark: None,
            message,
            excerpt: Excerpt::default(),
            labels: Vec::new(),
            help: None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Note {}

impl Diagnostic for Note {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let code = self.code.as_ref()?;
        Some(Box::new(code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as Box<_>)
    }
}
