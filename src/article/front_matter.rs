//! The metadata block at the head of a Markdown file.

use std::sync::Arc;

use crate::problem::Problem;
use crate::source::{Source, Span};

use super::metadata::{Metadata, MetadataFields, Owner};
use super::yaml_map::{Kind, YamlText};

/// A block of metadata between two fences, which is no part of the prose.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub metadata: Metadata,
    /// The title's words, without quotes around them.
    pub title: Option<Span>,
    /// Offset of the first byte after the block; 0 when there is none.
    pub end: usize,
}

impl FrontMatter {
    /// Reads the block if there is one. A broken one is told, is still no prose, and what stood before the break is used.
    pub fn read(source: &Arc<Source>, problems: &mut Vec<Problem>) -> Self {
        let text = source.text();
        let mut lines = text.split_inclusive('\n');
        let opening = lines.next().unwrap_or_default();
        let fence = opening.trim_end();
        if fence != "---" && fence != "+++" {
            return Self::default();
        }
        let start = opening.len();
        let mut at = start;
        let mut close = None;
        for line in lines {
            let bare = line.trim_end();
            if bare == fence || fence == "---" && bare == "..." {
                close = Some((Span::new(start, at), at + line.len()));
                break;
            }
            at += line.len();
        }
        let Some((block, end)) = close else {
            if looks_like_keys(&text[start..]) {
                problems.push(
                    Problem::warning(
                        "article/front-matter",
                        format!("the front matter is not closed by a line `{fence}`, so it is read as text"),
                    )
                    .at(source, Span::new(0, fence.len()), "opened here"),
                );
            }
            return Self::default();
        };
        if fence == "+++" {
            problems.push(
                Problem::warning(
                    "article/front-matter",
                    "front matter between `+++` is TOML, of which nothing is read",
                )
                .at(source, Span::new(0, fence.len()), "opened here")
                .help("write it as YAML between lines of `---`, or put it into the folder's articles.yaml"),
            );
            return Self {
                end,
                ..Self::default()
            };
        }
        let yaml = YamlText::parse(text, block);
        let entries = match yaml.root.map(|root| root.kind) {
            Some(Kind::Map(entries)) => entries,
            None if yaml.error.is_none() => Vec::new(),
            // Two rules with text between them are not front matter.
            _ if !looks_like_keys(&text[block.start..]) => return Self::default(),
            _ => Vec::new(),
        };
        // `--- / Note: the sea was calm. More … / ---` cannot be told from a slip in front matter; it is told either way.
        if let Some((span, message)) = yaml.error {
            problems.push(
                Problem::warning(
                    "article/front-matter",
                    format!("the front matter is not valid YAML: {message}"),
                )
                .at(source, span, "here")
                .help("what stands before this place is used; a value with `: ` in it needs quotes around it"),
            );
        }
        let fields = MetadataFields::from_entries(&entries, source, Owner::SiteGenerator, problems);
        Self {
            title: fields.title_span.and_then(|span| words(text, span)),
            metadata: fields.metadata,
            end,
        }
    }
}

/// Whether the first line that holds anything but a comment is `word:` or `word: value`.
fn looks_like_keys(block: &str) -> bool {
    let line = block
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    line.split_once([':', '=']).is_some_and(|(key, rest)| {
        !key.trim().is_empty()
            && key
                .trim()
                .chars()
                .all(|c| c.is_alphanumeric() || c == '_' || c == '-')
            && (rest.is_empty() || rest.starts_with(char::is_whitespace))
    })
}

/// The words of a YAML scalar, without quotes or the head of a block; `None` for an alias.
fn words(text: &str, span: Span) -> Option<Span> {
    let slice = &text[span.start..span.end];
    let inner = match slice.chars().next()? {
        '"' | '\'' if slice.len() >= 2 => &slice[1..slice.len() - 1],
        '>' | '|' => slice.split_once('\n')?.1,
        '*' => return None,
        _ => slice,
    }
    .trim();
    (!inner.is_empty()).then(|| super::title::span_of(text, inner))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(text: &str) -> (FrontMatter, Vec<Problem>) {
        let mut problems = Vec::new();
        let source = Arc::new(Source::new("a.md", text));
        (FrontMatter::read(&source, &mut problems), problems)
    }

    #[test]
    fn known_keys_are_read_and_the_rest_is_ignored() {
        let text = "---\ntitle: \"Şehir: a 'city'\"\ndate: 2020-12-14\ntags: [a, b]\nlayout: post\nid: x-1\nsource: Daily\nurl: https://example.org/a\n---\nBody\n";
        let (front, problems) = read(text);
        assert_eq!(problems, []);
        assert_eq!(front.metadata.title.as_deref(), Some("Şehir: a 'city'"));
        assert_eq!(front.metadata.date, Some(date(2020, 12, 14)));
        assert_eq!(front.metadata.id.as_deref(), Some("x-1"));
        assert_eq!(front.metadata.source.as_deref(), Some("Daily"));
        assert_eq!(front.metadata.url.as_deref(), Some("https://example.org/a"));
        let title = front.title.expect("a title");
        assert_eq!(&text[title.start..title.end], "Şehir: a 'city'");
        assert_eq!(&text[front.end..], "Body\n");
    }

    #[test]
    fn a_title_in_a_block_shows_its_words() {
        let text = "---\ntitle: >-\n  A long\n  title\ndate: 2020-12-14\n---\n";
        let (front, problems) = read(text);
        assert_eq!(problems, []);
        assert_eq!(front.metadata.title.as_deref(), Some("A long title"));
        let title = front.title.expect("a title");
        assert_eq!(&text[title.start..title.end], "A long\n  title");
    }

    #[test]
    fn a_break_is_told_with_its_place_and_what_stood_before_is_used() {
        let (front, problems) = read("---\r\nsource: Daily\r\ntitle: One: two\r\n---\r\nBody\r\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, "article/front-matter");
        assert_eq!(problems[0].line_column().map(|(line, _)| line), Some(3));
        assert_eq!(front.metadata.source.as_deref(), Some("Daily"));
        assert_eq!(
            front.end,
            "---\r\nsource: Daily\r\ntitle: One: two\r\n---\r\n".len()
        );
    }

    #[test]
    fn a_bad_date_and_a_wrong_type_are_told_with_their_places() {
        let (front, problems) = read("---\ndate: soon\ntitle: [a]\n---\n");
        let told: Vec<_> = problems
            .iter()
            .map(|problem| (problem.code, problem.line_column()))
            .collect();
        assert_eq!(
            told,
            [
                ("article/bad-date", Some((2, 7))),
                ("article/metadata-type", Some((3, 8)))
            ]
        );
        assert_eq!(front.metadata, Metadata::default());
    }

    #[test]
    fn rules_around_text_are_not_front_matter() {
        for text in [
            "---\nJust text.\n---\nMore.\n",
            "---\n\nText\n",
            "no",
            "",
            "---",
        ] {
            let (front, problems) = read(text);
            assert_eq!((front.end, problems.len()), (0, 0), "{text}");
        }
    }

    #[test]
    fn an_open_block_and_toml_are_told() {
        let (front, problems) = read("---\ntitle: x\n\nText\n");
        assert_eq!((front.end, problems.len()), (0, 1));
        let (front, problems) = read("+++\ntitle = 'x'\n+++\nText\n");
        assert_eq!((front.end, problems.len()), (20, 1));
        let (front, problems) = read("---\n---\nText\n");
        assert_eq!((front.end, problems.len()), (8, 0));
    }
}
