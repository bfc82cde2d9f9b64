//! A YAML mapping with places: just as much of YAML as metadata need.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::source::Span;

/// Metadata are a mapping of mappings of scalars; what is nested deeper is not kept, so a hostile file cannot pile up depth.
const DEPTH: usize = 2;

/// An alias to a longer scalar is not followed, so a small file cannot blow up.
const ALIASED_BYTES: usize = 4096;

/// A value and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub kind: Kind,
    /// Byte offsets; of a quoted scalar with its quotes.
    pub span: Span,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar {
        text: Arc<str>,
        /// Written without quotes, so `null` and `~` mean nothing.
        plain: bool,
    },
    Map(Vec<(Node, Node)>),
    /// A list, or something nested too deep.
    Other,
}

/// What a YAML text holds: its first document as far as it could be read, and why not further.
#[derive(Debug, Default)]
pub(super) struct YamlText {
    pub root: Option<Node>,
    pub error: Option<(Span, String)>,
}

impl YamlText {
    /// Reads `region` of `text`; all places are offsets into the whole of `text`.
    pub fn parse(text: &str, region: Span) -> Self {
        let yaml = &text[region.start..region.end];
        let offsets = ByteOffsets::new(yaml, region.start);
        let mut tree = Tree::default();
        let mut parser = Parser::new_from_str(yaml);
        let mut error = None;
        while let Some(next) = parser.next_event() {
            let (event, mark) = match next {
                Ok(next) => next,
                Err(scan) => {
                    error = Some((
                        offsets.one_character(text, scan.marker().index()),
                        scan.info().to_owned(),
                    ));
                    break;
                }
            };
            let span = offsets.span(text, mark.start.index(), mark.end.index());
            match event {
                Event::Scalar(value, style, anchor, _) => {
                    let node = Node {
                        kind: Kind::Scalar {
                            text: value.into(),
                            plain: style == ScalarStyle::Plain,
                        },
                        span,
                    };
                    tree.anchor(anchor, &node);
                    tree.place(node);
                }
                Event::Alias(anchor) => {
                    let kind = tree.scalars.get(&anchor).cloned().unwrap_or(Kind::Other);
                    tree.place(Node { kind, span });
                }
                Event::MappingStart(..) => tree.open(true, span),
                Event::SequenceStart(..) => tree.open(false, span),
                Event::MappingEnd | Event::SequenceEnd => tree.close(span.start),
                Event::DocumentEnd => break,
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_) => {}
            }
        }
        while !tree.open.is_empty() {
            tree.close(region.end);
        }
        Self {
            root: tree.root,
            error,
        }
    }
}

/// A collection whose end has not come yet.
struct Open {
    span: Span,
    /// `None` for a list, or a mapping that is nested too deep.
    entries: Option<Vec<(Node, Node)>>,
    key: Option<Node>,
}

#[derive(Default)]
struct Tree {
    root: Option<Node>,
    open: Vec<Open>,
    scalars: BTreeMap<usize, Kind>,
}

impl Tree {
    fn anchor(&mut self, anchor: usize, node: &Node) {
        if anchor != 0
            && let Kind::Scalar { text, .. } = &node.kind
            && text.len() <= ALIASED_BYTES
        {
            self.scalars.insert(anchor, node.kind.clone());
        }
    }

    fn open(&mut self, map: bool, span: Span) {
        let kept = map && self.open.len() < DEPTH;
        self.open.push(Open {
            span,
            entries: kept.then(Vec::new),
            key: None,
        });
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.pop() {
            let span = Span::new(open.span.start, end.max(open.span.end));
            let kind = open.entries.map_or(Kind::Other, Kind::Map);
            self.place(Node { kind, span });
        }
    }

    fn place(&mut self, node: Node) {
        match self.open.last_mut() {
            None => {
                self.root.get_or_insert(node);
            }
            Some(open) => {
                if let Some(entries) = &mut open.entries {
                    match open.key.take() {
                        None => open.key = Some(node),
                        Some(key) => entries.push((key, node)),
                    }
                }
            }
        }
    }
}

/// The parser counts characters; everything else here counts bytes.
struct ByteOffsets {
    base: usize,
    length: usize,
    /// `None` when the text is ASCII.
    of_character: Option<Vec<usize>>,
}

impl ByteOffsets {
    fn new(yaml: &str, base: usize) -> Self {
        Self {
            base,
            length: yaml.len(),
            of_character: (!yaml.is_ascii())
                .then(|| yaml.char_indices().map(|(at, _)| at).collect()),
        }
    }

    fn byte(&self, character: usize) -> usize {
        let at = match &self.of_character {
            None => character.min(self.length),
            Some(offsets) => offsets.get(character).copied().unwrap_or(self.length),
        };
        self.base + at
    }

    /// The span without white space at its end: that of a block collection reaches to the next token.
    fn span(&self, text: &str, start: usize, end: usize) -> Span {
        let (start, end) = (self.byte(start), self.byte(end));
        let end = end.max(start);
        Span::new(start, start + text[start..end].trim_end().len())
    }

    fn one_character(&self, text: &str, at: usize) -> Span {
        let start = self.byte(at);
        let end = self.base + self.length;
        let width = text[start..end].chars().next().map_or(0, char::len_utf8);
        Span::new(start, start + width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(Node, Node)> {
        let yaml = YamlText::parse(text, Span::new(0, text.len()));
        assert_eq!(yaml.error, None);
        match yaml.root.expect("a root").kind {
            Kind::Map(entries) => entries,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn scalars_have_byte_places() {
        let text = "# ä\r\ntítle: \"Ağrı\"\r\ndate: 2020-12-14\r\nnone: ~\r\n";
        let entries = entries(text);
        let slices: Vec<(&str, &str)> = entries
            .iter()
            .map(|(key, value)| {
                (
                    &text[key.span.start..key.span.end],
                    &text[value.span.start..value.span.end],
                )
            })
            .collect();
        assert_eq!(
            slices,
            [("títle", "\"Ağrı\""), ("date", "2020-12-14"), ("none", "~")]
        );
    }

    #[test]
    fn what_stood_before_an_error_is_kept() {
        let text = "title: good\nsource: bad: worse\n";
        let yaml = YamlText::parse(text, Span::new(0, text.len()));
        let (span, _) = yaml.error.expect("an error");
        assert!(span.start >= 12, "{span:?}");
        let Some(Kind::Map(entries)) = yaml.root.map(|root| root.kind) else {
            panic!("a map");
        };
        assert!(matches!(&entries[0].1.kind, Kind::Scalar { text, .. } if &**text == "good"));
    }

    #[test]
    fn depth_and_aliases_stay_bounded() {
        let deep = format!("a: {}", "{a: ".repeat(5000));
        let yaml = YamlText::parse(&deep, Span::new(0, deep.len()));
        assert!(yaml.error.is_some());
        let questions = "? ".repeat(50_000);
        YamlText::parse(&questions, Span::new(0, questions.len()));
        let text = "a: &x One\nb: *x\nc: &y {k: v}\nd: *y\n";
        let entries = entries(text);
        assert!(matches!(&entries[1].1.kind, Kind::Scalar { text, .. } if &**text == "One"));
        assert_eq!(entries[3].1.kind, Kind::Other);
    }
}
