//! The places in a YAML text: a tree of what is written, each key and value with its byte range.
//!
//! A value type such as `serde_yaml::Value` forgets where a thing stood, how a scalar was written (`1.50`, `no`) and which key was given
//! twice. The outline keeps all three, and knows nothing of claims.

use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::source::Span;

/// Deepest nesting that is read. A claim file needs seven levels; the limit keeps every walk of the tree far from the end of the stack.
const MAX_DEPTH: usize = 48;

/// Most nodes that one text may hold once its aliases are resolved. The largest hand-written files have some hundreds; the limit is
/// about 20,000 claims, and stops texts whose aliases multiply before they fill the memory.
const MAX_NODES: usize = 400_000;

/// One value of a YAML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What is written.
    pub content: Content,
    /// Where. A block list or map reaches from its first to its last child; an empty value is an empty span just after its key or dash.
    /// An alias (`*name`) has its own place, and what is inside has the place where it is written, at the anchor.
    pub span: Span,
    /// Nodes in this tree, itself included.
    size: usize,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words, a number, anything that is neither list nor map.
    Scalar {
        /// The text after quotes and escapes are resolved, else as written.
        text: String,
        /// Whether it stands without quotes.
        plain: bool,
    },
    /// A list.
    List {
        /// The values in written order.
        items: Vec<Node>,
        /// Whether it is written in brackets.
        flow: bool,
    },
    /// A map with all its entries in written order; a key given twice stands twice. Entries taken from `<<` come last.
    Map {
        /// The entries.
        entries: Vec<Entry>,
        /// Whether it is written in braces.
        flow: bool,
    },
}

/// One key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key; a scalar in every sensible file.
    pub key: Node,
    /// The value.
    pub value: Node,
    /// Whether it comes from a merge key (`<<`), so that it is written elsewhere.
    pub merged: bool,
}

/// A place found by [`Outline::find`].
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Where the key is written; `None` for list items and the whole text.
    pub key: Option<Span>,
    /// Where the value is written.
    pub value: Span,
    /// The value.
    pub node: &'a Node,
}

/// Why a text has no outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: FaultKind,
    /// Byte offset of the place.
    pub at: usize,
    /// The parser's words, in lower case and without a full stop.
    pub message: String,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not YAML.
    Syntax,
    /// An alias names no anchor before it.
    Anchor,
    /// Nested deeper than is read, or more nodes than are read.
    Limit,
}

/// The tree of a YAML text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Outline {
    /// The first document; `None` when the text holds nothing but space and comments.
    pub root: Option<Node>,
    /// Where a second document starts. It is not part of the outline.
    pub second_document: Option<usize>,
}

impl Outline {
    /// Reads a text. A byte order mark at its start is passed over; all places are byte offsets into `text` as given.
    ///
    /// # Errors
    ///
    /// When the text is not YAML, nests deeper than 48 levels, or has more than 400,000 nodes after its aliases are resolved.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let body = text.strip_prefix('\u{feff}').unwrap_or(text);
        let offsets = Offsets::new(body, text.len() - body.len());
        let mut builder = Builder {
            text,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
            root: None,
        };
        let mut second_document = None;
        let mut documents = 0;
        for event in Parser::new_from_str(body) {
            let (event, span) = event.map_err(|error| Fault {
                kind: match error.info() {
                    info if info.contains("unknown anchor") => FaultKind::Anchor,
                    // The scanner looks ahead and stops by itself before the builder sees as many levels.
                    info if info.contains("recursion limit") => FaultKind::Limit,
                    _ => FaultKind::Syntax,
                },
                at: offsets.byte(error.marker().index()),
                message: error.info().trim_end_matches('.').to_owned(),
            })?;
            let span = offsets.span(span.start.index(), span.end.index());
            if let Event::DocumentStart(_) = event {
                documents += 1;
                if documents == 2 {
                    second_document = Some(span.start);
                }
            }
            // Further documents are parsed for their syntax alone.
            if documents < 2 {
                builder.event(event, span)?;
            }
        }
        Ok(Self {
            root: builder.root.filter(|root| !root.is_null()),
            second_document,
        })
    }

    /// The value at a path of keys and list indexes (from 0), such as `["claims", "0", "positions", "created", "phrases"]`; of equal keys
    /// the first. `None` when the path leads nowhere. The empty path is the whole text.
    pub fn find(&self, path: &[&str]) -> Option<Place<'_>> {
        let mut node = self.root.as_ref()?;
        let mut key = None;
        for step in path {
            match &node.content {
                Content::Scalar { .. } => return None,
                Content::List { items, .. } => {
                    node = items.get(step.parse::<usize>().ok()?)?;
                    key = None;
                }
                Content::Map { .. } => {
                    let entry = node.entry(step)?;
                    node = &entry.value;
                    key = Some(entry.key.span);
                }
            }
        }
        Some(Place {
            key,
            value: node.span,
            node,
        })
    }
}

impl Node {
    fn new(content: Content, span: Span) -> Self {
        let children = match &content {
            Content::Scalar { .. } => 0,
            Content::List { items, .. } => items.iter().map(|item| item.size).sum(),
            Content::Map { entries, .. } => entries
                .iter()
                .map(|entry| entry.key.size + entry.value.size)
                .sum(),
        };
        Self {
            content,
            span,
            size: children + 1,
        }
    }

    /// A map of entries that stand in several places.
    pub(super) fn map(entries: Vec<Entry>, span: Span) -> Self {
        let flow = false;
        Self::new(Content::Map { entries, flow }, span)
    }

    /// The same place with other content.
    pub(super) fn with(&self, content: Content) -> Self {
        Self::new(content, self.span)
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether nothing is written, or YAML's word for nothing: `~` or `null` without quotes.
    pub fn is_null(&self) -> bool {
        matches!(&self.content, Content::Scalar { text, plain: true }
            if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.content {
            Content::List { items, .. } => items,
            _ => &[],
        }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// The first entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()
            .iter()
            .find(|entry| entry.key.text() == Some(key))
    }

    /// The value of the first entry with this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Moves every place at or behind `from` by `by` bytes, for a tree that was read from a part of a text.
    pub(super) fn shift(&mut self, from: usize, by: usize) {
        if self.span.start >= from {
            self.span = Span::new(self.span.start + by, self.span.end + by);
        }
        match &mut self.content {
            Content::Scalar { .. } => {}
            Content::List { items, .. } => items.iter_mut().for_each(|item| item.shift(from, by)),
            Content::Map { entries, .. } => {
                for entry in entries {
                    entry.key.shift(from, by);
                    entry.value.shift(from, by);
                }
            }
        }
    }
}

/// The parser counts characters; everything else here counts bytes.
struct Offsets {
    /// Byte offset of each character, or nothing when each character is one byte.
    bytes: Vec<usize>,
    /// Length of the text in bytes.
    len: usize,
    /// Bytes before the text.
    base: usize,
}

impl Offsets {
    fn new(text: &str, base: usize) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self {
            bytes,
            len: text.len(),
            base,
        }
    }

    /// Marks past the end, which the parser gives at times, become the end.
    fn byte(&self, character: usize) -> usize {
        let at = if self.bytes.is_empty() {
            character.min(self.len)
        } else {
            self.bytes.get(character).copied().unwrap_or(self.len)
        };
        self.base + at
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let start = self.byte(start);
        Span::new(start, self.byte(end).max(start))
    }
}

/// A list or map whose end has not come yet.
struct Open {
    anchor: usize,
    start: Span,
    flow: bool,
    children: Children,
}

enum Children {
    List(Vec<Node>),
    /// The entries, and a key that waits for its value.
    Map(Vec<Entry>, Option<Node>),
}

struct Builder<'a> {
    text: &'a str,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Node>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let span = self.trim(span);
                let content = Content::Scalar {
                    text: text.into_owned(),
                    plain,
                };
                self.add(Node::new(content, span), anchor)
            }
            Event::Alias(id) => {
                let Some(node) = self.anchors.get(&id) else {
                    return Err(Fault {
                        kind: FaultKind::Anchor,
                        at: span.start,
                        message: "an alias stands inside the value that it refers to".to_owned(),
                    });
                };
                // Counted before it is copied, so that no text can make a copy that is too large.
                self.count(node.size.saturating_sub(1), span)?;
                let mut node = self.anchors[&id].clone();
                node.span = span;
                self.add(node, 0)
            }
            Event::SequenceStart(anchor, _) => self.start(anchor, span, Children::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.start(anchor, span, Children::Map(Vec::new(), None))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => Ok(()),
        }
    }

    /// Block scalars end with the line breaks behind them.
    fn trim(&self, span: Span) -> Span {
        let written = self.text[span.start..span.end].trim_end().len();
        Span::new(span.start, span.start + written)
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Fault> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            return Err(Fault {
                kind: FaultKind::Limit,
                at: span.start,
                message: format!("more than {MAX_NODES} values, counting what aliases repeat"),
            });
        }
        Ok(())
    }

    fn start(&mut self, anchor: usize, span: Span, children: Children) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault {
                kind: FaultKind::Limit,
                at: span.start,
                message: format!("nested deeper than {MAX_DEPTH} levels"),
            });
        }
        let flow = self.text[span.start..span.end].ends_with(['[', '{']);
        self.open.push(Open {
            anchor,
            start: span,
            flow,
            children,
        });
        Ok(())
    }

    fn end(&mut self, span: Span) -> Result<(), Fault> {
        let open = self
            .open
            .pop()
            .expect("internal: the parser ends only what it started");
        let (content, first, last) = match open.children {
            Children::List(items) => {
                let first = items.first().map(|item| item.span.start);
                let last = items.last().map(|item| item.span.end);
                let flow = open.flow;
                (Content::List { items, flow }, first, last)
            }
            Children::Map(entries, _) => {
                let first = entries.first().map(|entry| entry.key.span.start);
                let last = entries.last().map(|entry| entry.value.span.end);
                let entries = self.merge(entries)?;
                let flow = open.flow;
                (Content::Map { entries, flow }, first, last)
            }
        };
        let span = if open.flow {
            Span::new(open.start.start, span.end.max(open.start.end))
        } else {
            // The end mark of a block is the start of whatever comes next.
            let start = first.unwrap_or(open.start.start);
            Span::new(start, last.unwrap_or(start).max(start))
        };
        self.add(Node::new(content, span), open.anchor)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Fault> {
        self.count(1, node.span)?;
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.children) {
            None => self.root = Some(node),
            Some(Children::List(items)) => items.push(node),
            Some(Children::Map(entries, key)) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push(Entry {
                    key,
                    value: node,
                    merged: false,
                }),
            },
        }
        Ok(())
    }

    /// Resolves `<<: *name` and `<<: [*a, *b]`: own entries win, then the earlier map. A `<<` with another value stays as it is.
    fn merge(&mut self, entries: Vec<Entry>) -> Result<Vec<Entry>, Fault> {
        let is_merge = |entry: &Entry| {
            matches!(&entry.key.content, Content::Scalar { text, plain: true } if text == "<<")
                && match &entry.value.content {
                    Content::Map { .. } => true,
                    Content::List { items, .. } => items
                        .iter()
                        .all(|item| matches!(item.content, Content::Map { .. })),
                    Content::Scalar { .. } => false,
                }
        };
        if !entries.iter().any(is_merge) {
            return Ok(entries);
        }
        let (merges, mut own): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_merge);
        let mut known: BTreeSet<String> = own
            .iter()
            .filter_map(|entry| entry.key.text().map(str::to_owned))
            .collect();
        for merge in merges {
            let maps = match merge.value.content {
                Content::Map { .. } => vec![merge.value],
                Content::List { items, .. } => items,
                Content::Scalar { .. } => Vec::new(),
            };
            for map in maps {
                for entry in map.entries() {
                    if entry
                        .key
                        .text()
                        .is_none_or(|key| known.insert(key.to_owned()))
                    {
                        self.count(entry.key.size + entry.value.size, merge.key.span)?;
                        own.push(Entry {
                            merged: true,
                            ..entry.clone()
                        });
                    }
                }
            }
        }
        Ok(own)
    }
}
