//! Markdown: the same text with its markup blanked.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;

use crate::source::Span;

/// A paragraph right above a line of dashes is a heading by the letter of Markdown, and mostly an accident when it is
/// longer than this; headlines of news stay below 150 characters.
const LONGEST_UNDERLINED_HEADING: usize = 150;

/// The prose of a Markdown text, and its headings.
#[derive(Debug)]
pub(super) struct Markdown {
    /// As long as the text, byte for byte; what is not prose is spaces, and each block is on lines of its own.
    pub prose: String,
    /// In the order of the text; each begins and ends with a character that shows.
    pub headings: Vec<Span>,
}

impl Markdown {
    /// Reads `text` from `body` on, a character boundary; all before it is blank.
    pub fn read(text: &str, body: usize) -> Self {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_WIKILINKS;
        let mut page = Page::new(text);
        for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
            page.take(event, range.start + body..range.end + body);
        }
        Self {
            prose: String::from_utf8(page.prose)
                .expect("internal: whole characters are copied over spaces"),
            headings: page.headings,
        }
    }

    /// Shows a part of the text that was blanked, on one line.
    pub fn show(&mut self, text: &str, span: Span) {
        let line = text[span.start..span.end].replace(['\n', '\r'], " ");
        self.prose.replace_range(span.start..span.end, &line);
    }
}

struct Page<'a> {
    text: &'a str,
    prose: Vec<u8>,
    headings: Vec<Span>,
    /// The heading that is open: its kind, and what of it shows so far.
    heading: Option<(HeadingLevel, Range<usize>, Option<Span>)>,
    /// How many code blocks and images are open; their text is not prose.
    hidden: usize,
    /// Where the last inline thing of this block ended.
    inline_end: Option<usize>,
    html: HtmlState,
}

/// Where a reader of HTML pieces is.
#[derive(Clone, Copy, PartialEq)]
enum HtmlState {
    Text,
    Tag {
        quote: Option<u8>,
    },
    Comment,
    /// In an element whose content is not text, up to its end tag.
    Raw(&'static str),
}

/// Elements whose content is no text for readers.
const RAW: [&str; 2] = ["script", "style"];

/// Elements inside a line; every other tag ends one.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
];

impl<'a> Page<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            prose: text
                .bytes()
                .map(|byte| if byte == b'\n' { b'\n' } else { b' ' })
                .collect(),
            headings: Vec::new(),
            heading: None,
            hidden: 0,
            inline_end: None,
            html: HtmlState::Text,
        }
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(content) => {
                self.join(range.start, range.end);
                if self.hidden == 0 && self.html == HtmlState::Text {
                    self.copy(range, &content);
                }
            }
            Event::Code(_) => {
                self.join(range.start, range.end);
                let code = self.text[range.clone()].trim_matches('`').trim();
                let span = super::title::span_of(self.text, code);
                if self.hidden == 0 && !code.is_empty() {
                    self.copy_source(span.start..span.end);
                }
            }
            Event::InlineHtml(tag) => {
                self.join(range.start, range.end);
                self.inline_tag(&tag, range.start);
            }
            Event::Html(_) => self.html_piece(range),
            Event::SoftBreak
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                self.join(range.start, range.end);
                self.unbreak(range);
            }
            // A break that the writer asked for ends the line here too.
            Event::HardBreak => {
                self.join(range.start, range.start);
                self.inline_end = Some(range.end);
            }
            Event::Rule => self.inline_end = None,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. } => self.join(range.start, range.start),
            Tag::Image { .. } => {
                self.join(range.start, range.start);
                self.hidden += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) => {
                self.hidden += 1;
                self.new_block();
            }
            Tag::Heading { level, .. } => {
                self.heading = Some((*level, range, None));
                self.new_block();
            }
            _ => self.new_block(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.join(range.end, range.end),
            TagEnd::Image => {
                self.join(range.end, range.end);
                self.hidden = self.hidden.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => {
                self.hidden = self.hidden.saturating_sub(1);
                self.new_block();
            }
            TagEnd::Heading(_) => {
                self.end_heading();
                self.new_block();
            }
            TagEnd::Table => {
                self.split_cells(range);
                self.new_block();
            }
            TagEnd::HtmlBlock => {
                if range.end > range.start && self.text.as_bytes()[range.end - 1] == b'\n' {
                    self.prose[range.end - 1] = b'\n';
                }
                self.new_block();
            }
            _ => self.new_block(),
        }
    }

    fn new_block(&mut self) {
        self.inline_end = None;
        self.html = HtmlState::Text;
    }

    fn end_heading(&mut self) {
        if let Some((_, range, Some(span))) = self.heading.take() {
            let underlined = !self.text[range].trim_start().starts_with('#');
            if !(underlined
                && (span.len() > LONGEST_UNDERLINED_HEADING
                    || self.text[span.start..span.end].contains('\n')))
            {
                self.headings.push(span);
            }
        }
    }

    /// Goes on with a line: the newlines since its last piece, inside link targets too, end no sentence.
    fn join(&mut self, start: usize, end: usize) {
        if let Some(last) = self.inline_end
            && last < start
        {
            self.unbreak(last..start);
        }
        self.inline_end = Some(self.inline_end.map_or(end, |last| last.max(end)));
    }

    fn unbreak(&mut self, range: Range<usize>) {
        for byte in &mut self.prose[range] {
            if *byte == b'\n' {
                *byte = b' ';
            }
        }
    }

    /// Shows a piece of text. Where it is not what the source says (`&amp;`), the meaning is shown and padded.
    fn copy(&mut self, range: Range<usize>, content: &str) {
        let source = &self.text[range.clone()];
        if source == content || !(source.starts_with('&') && source.ends_with(';')) {
            self.copy_source(range);
            return;
        }
        // ASCII alone, so that character boundaries of the prose stay those of the text.
        let meaning: String = content
            .nfkd()
            .flat_map(|c| match c {
                '‘' | '’' => vec!['\''],
                '“' | '”' => vec!['"'],
                '‐'..='―' => vec!['-'],
                c if c.is_ascii() && !c.is_control() => vec![c],
                _ => vec![],
            })
            .take(range.len())
            .collect();
        self.prose[range.start..range.start + meaning.len()].copy_from_slice(meaning.as_bytes());
        if !meaning.trim().is_empty() {
            self.shown(range);
        }
    }

    fn copy_source(&mut self, range: Range<usize>) {
        self.prose[range.clone()].copy_from_slice(&self.text.as_bytes()[range.clone()]);
        self.unbreak(range.clone());
        self.shown(range);
    }

    fn shown(&mut self, range: Range<usize>) {
        if let Some((_, _, span)) = &mut self.heading {
            let piece = &self.text[range];
            if !piece.trim().is_empty() {
                let piece = super::title::span_of(self.text, piece.trim());
                *span = Some(match *span {
                    Some(span) => Span::new(span.start.min(piece.start), span.end.max(piece.end)),
                    None => piece,
                });
            }
        }
    }

    fn inline_tag(&mut self, tag: &str, at: usize) {
        match self.html {
            HtmlState::Raw(name) => {
                if is_tag(tag.as_bytes(), &format!("/{name}")) {
                    self.html = HtmlState::Text;
                }
            }
            _ => {
                if let Some(name) = RAW.iter().find(|name| is_tag(tag.as_bytes(), name)) {
                    self.html = HtmlState::Raw(name);
                } else if ends_line(tag.as_bytes()) {
                    self.prose[at] = b'\n';
                }
            }
        }
    }

    /// One line of an HTML block; a tag or comment may go on in the next.
    fn html_piece(&mut self, range: Range<usize>) {
        if self.hidden > 0 {
            return;
        }
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let rest = &bytes[at..range.end];
            match self.html {
                HtmlState::Text => {
                    if rest.starts_with(b"<!--") {
                        self.html = HtmlState::Comment;
                        at += 4;
                    } else if let Some(name) = RAW.iter().find(|name| is_tag(rest, name)) {
                        self.html = HtmlState::Raw(name);
                        at += 1;
                    } else if rest[0] == b'<'
                        && rest
                            .get(1)
                            .is_some_and(|byte| byte.is_ascii_alphabetic() || b"/!?".contains(byte))
                    {
                        if ends_line(rest) {
                            self.prose[at] = b'\n';
                        }
                        self.html = HtmlState::Tag { quote: None };
                        at += 1;
                    } else {
                        // White space in HTML is a space, but the last line end closes the piece.
                        self.prose[at] = match rest[0] {
                            b'\n' if !blank_follows(&bytes[at + 1..]) => b' ',
                            b'\r' => b' ',
                            byte => byte,
                        };
                        at += 1;
                    }
                }
                HtmlState::Tag { quote } => {
                    self.html = match (quote, rest[0]) {
                        (Some(open), byte) if byte == open => HtmlState::Tag { quote: None },
                        (None, b'"' | b'\'') => HtmlState::Tag {
                            quote: Some(rest[0]),
                        },
                        (None, b'>') => HtmlState::Text,
                        _ => self.html,
                    };
                    at += 1;
                }
                HtmlState::Comment => {
                    if rest.starts_with(b"-->") {
                        self.html = HtmlState::Text;
                        at += 3;
                    } else {
                        at += 1;
                    }
                }
                HtmlState::Raw(name) => {
                    if is_tag(rest, &format!("/{name}")) {
                        self.html = HtmlState::Tag { quote: None };
                    }
                    at += 1;
                }
            }
        }
    }

    /// Puts each cell of a table on a line of its own.
    fn split_cells(&mut self, range: Range<usize>) {
        for at in range {
            if self.text.as_bytes()[at] == b'|' && self.prose[at] == b' ' {
                self.prose[at] = b'\n';
            }
        }
    }
}

/// Whether what follows a line end is the end or an empty line: then the line end stays.
fn blank_follows(rest: &[u8]) -> bool {
    rest.iter()
        .find(|byte| !matches!(byte, b' ' | b'\t' | b'\r'))
        .is_none_or(|&byte| byte == b'\n')
}

/// Whether `bytes` begin with the tag `<name` (or `</name`, if `name` begins with a slash), in any case.
fn is_tag(bytes: &[u8], name: &str) -> bool {
    bytes.len() > name.len()
        && bytes[0] == b'<'
        && bytes[1..=name.len()].eq_ignore_ascii_case(name.as_bytes())
        && !bytes
            .get(name.len() + 1)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Whether the tag that `bytes` begin with starts a new line for the reader.
fn ends_line(bytes: &[u8]) -> bool {
    let name = bytes.strip_prefix(b"<").unwrap_or(bytes);
    let name = name.strip_prefix(b"/").unwrap_or(name);
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && !INLINE
            .iter()
            .any(|inline| is_tag(bytes, inline) || is_tag(bytes, &format!("/{inline}")))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The prose, checked for what always holds.
    fn read(text: &str) -> Markdown {
        let page = Markdown::read(text, 0);
        assert_eq!(page.prose.len(), text.len());
        for (at, c) in page.prose.char_indices() {
            if !c.is_whitespace() {
                assert!(text.is_char_boundary(at) && text.is_char_boundary(at + c.len_utf8()));
            }
        }
        for at in 0..=text.len() {
            assert!(!text.is_char_boundary(at) || page.prose.is_char_boundary(at));
        }
        for span in &page.headings {
            assert!(!text[span.start..span.end].trim().is_empty());
        }
        page
    }

    /// The lines of the prose that hold anything, with single spaces.
    fn lines(text: &str) -> Vec<String> {
        read(text)
            .prose
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect()
    }

    fn headings(text: &str) -> Vec<&str> {
        read(text)
            .headings
            .iter()
            .map(|span| &text[span.start..span.end])
            .collect()
    }

    #[test]
    fn markup_is_blanked_in_place() {
        let text =
            "The **mayor** of [Ağrı](https://example.org/x \"t\") `said` ~~no~~ ![alt](i.png)yes.";
        let prose = read(text).prose;
        assert_eq!(prose.find("Ağrı"), text.find("Ağrı"));
        assert_eq!(lines(text), ["The mayor of Ağrı said no yes."]);
    }

    #[test]
    fn soft_breaks_join_and_blocks_part() {
        assert_eq!(
            lines("One goes\non here.\r\nTwo.\n\nThree."),
            ["One goes on here. Two.", "Three."]
        );
        assert_eq!(
            lines("> quoted\n> on\nlazily\n\nafter"),
            ["quoted on lazily", "after"]
        );
        assert_eq!(
            lines("- item one\n  goes on\n- item two\n  1. inner\n"),
            ["item one goes on", "item two", "inner"]
        );
        assert_eq!(
            lines("a [link](\nhttps://example.org\n) goes\non"),
            ["a link goes on"]
        );
        assert_eq!(
            lines("first  \nsecond\\\nthird<br>fourth"),
            ["first", "second", "third", "fourth"]
        );
        assert_eq!(
            lines("| a | b |\n|---|---|\n| c d | [e](x) |\n"),
            ["a", "b", "c d", "e"]
        );
        assert_eq!(lines("a | b\n--|--\nc | d\n"), ["a", "b", "c", "d"]);
        assert_eq!(lines("# Head\nBody\n***\nmore"), ["Head", "Body", "more"]);
    }

    #[test]
    fn code_comments_scripts_and_references_are_no_prose() {
        assert_eq!(
            lines(
                "a\n\n```sh\nrm x\n```\n\n    indented\n\nb[^1]\n\n[r]: https://x.org 'T'\n[^1]: note\n"
            ),
            ["a", "b", "note"]
        );
        assert_eq!(
            lines("a <!-- no --> b <span class='x'>c</span> <script>var d</script> e"),
            ["a b c e"]
        );
        assert_eq!(
            lines(
                "<div\n class=\"a>b\">\n<p>One <b>bold</b>\nword.</p><p>Two.</p>\n<script>\nvar x;\n</script>\n<!-- no\nno -->\n</div>\n\nafter"
            ),
            ["One bold word.", "Two.", "after"]
        );
        assert_eq!(lines("- [x] done\n- [ ] open\n"), ["done", "open"]);
        assert_eq!(lines("> [!NOTE]\n> Careful.\n"), ["Careful."]);
        assert_eq!(
            lines("see [[Page|the page]] and [[Other]]"),
            ["see the page and Other"]
        );
    }

    #[test]
    fn entities_show_their_meaning_in_ascii() {
        assert_eq!(
            lines("A &amp; B &ldquo;x&rdquo;&nbsp;y &mdash; &#233;t&eacute; &hellip;"),
            ["A & B \" x\" y - e te ..."]
        );
        assert_eq!(lines("a \\* b"), ["a * b"]);
    }

    #[test]
    fn headings_are_found_without_their_marks() {
        assert_eq!(
            headings("# One **two** #\n\nText\n\nThree\n=====\n\n## Ağrı {#id}\n\n#\n"),
            ["One **two", "Three", "Ağrı"]
        );
        let accident = format!("{}\n---\n", "A sentence that runs on. ".repeat(10));
        assert_eq!(headings(&accident), [""; 0]);
        assert_eq!(headings("Two lines\nof text.\n---\n"), [""; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn any_text_keeps_its_length_and_places(text in "([a-zä😀 ]|\\PC|[#>*_`~|<>!&;\\[\\](){}:=\\-\\\\\"'\r\n\t 1.]){0,80}") {
            read(&text);
        }

        #[test]
        fn any_markup_keeps_its_length_and_places(parts in prop::collection::vec(prop::sample::select(vec![
            "# ", "\n", "\r\n", "> ", "- ", "1. ", "    ", "```\n", "~~", "**", "[a](", ")", "[[b|", "]]", "|", "|--|\n", "<p>", "</p>", "<!--", "-->",
            "<script>", "</script>", "&amp;", "&#0;", "&auml;", "ä", "😀", "\\", "  \n", "![", "]", "[^1]", "[^1]: ", "{#x}", "---\n", "===\n", "\0", "w ",
        ]), 0..40)) {
            read(&parts.concat());
        }
    }
}
