//! What each key of a claim file must hold, as a table, and the walk that holds an [outline](super::outline) against it.
//!
//! The walk reports everything that is odd, and returns a copy of the outline without the parts that cannot be used, so that what follows
//! meets only sound shapes. How much a fault costs stands in the table: normally the whole claim, for an example only the example.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outline::{Content, Entry, Node};
use crate::problem::{Level, Problem};
use crate::similarity::suggestion::nearest;
use crate::source::{Source, Span};

/// How kinds of values are called in messages.
const TEXT: &str = "a text";
const WORD_LIST: &str = "a list of words";
const A_PAIR: &str = "a pair";

/// What a value must be.
pub(super) enum Shape {
    /// A text that is not blank, in whatever way it is written.
    Words,
    /// A list of such texts; blank ones are passed over with a warning.
    WordList,
    /// A text or a list of texts.
    WordsOrList,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of equal things.
    List(&'static Shape),
    /// A map with keys of the writer's own.
    Named(&'static Shape),
    /// A map with these keys.
    Record(&'static [Key]),
}

/// A key of a [`Shape::Record`].
pub(super) struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// What a fault below this key costs, where that is less than the whole.
    pub costs: Costs,
}

/// What is left out when a value is faulty.
#[derive(Clone, Copy)]
pub(super) enum Costs {
    /// Whatever the key belongs to.
    Whole,
    /// The key with its value; told with these words.
    Key(&'static str),
    /// The item of the list, or the entry of the map; told with these words.
    Item(&'static str),
}

const fn key(name: &'static str, shape: Shape) -> Key {
    Key {
        name,
        shape,
        required: false,
        costs: Costs::Whole,
    }
}

const fn required(name: &'static str, shape: Shape) -> Key {
    Key {
        required: true,
        ..key(name, shape)
    }
}

const fn costs(costs: Costs, plain: Key) -> Key {
    // Written out, since a struct update would have to drop the old value in a constant.
    Key { costs, ..plain }
}

const ALIASES: Key = costs(
    Costs::Item("this group of aliases is left out"),
    key("aliases", Shape::Named(&Shape::WordList)),
);

// A fault in one of these two costs the claim: without the key, statements would count that the writer has ruled out.
const HEDGED: Key = key("hedged", Shape::Flag);
const SPEAKER: Key = key("speaker", Shape::WordList);

/// The top of a file.
pub(super) const FILE: Shape = Shape::Record(&[
    costs(
        Costs::Key("the topic is left out"),
        key("topic", Shape::Words),
    ),
    ALIASES,
]);

/// An entry of `claims`.
pub(super) const CLAIM: Shape = Shape::Record(&[
    required("id", Shape::Words),
    required("question", Shape::Words),
    required("about", Shape::WordList),
    costs(
        Costs::Key("the reach is left out, so `neighbour` holds"),
        key(
            "reach",
            Shape::Choice(&["sentence", "neighbour", "neighbor", "paragraph", "article"]),
        ),
    ),
    HEDGED,
    SPEAKER,
    costs(
        Costs::Key("the severity is left out"),
        key("severity", Shape::Choice(&["low", "medium", "high"])),
    ),
    ALIASES,
    key("positions", Shape::Named(&POSITION)),
    key("quantity", MEASURE),
    key("date", MEASURE),
    costs(
        Costs::Item("this pair is left out"),
        key("compatible", Shape::List(&Shape::WordList)),
    ),
    key("except", Shape::WordList),
    costs(
        Costs::Item("this example is left out"),
        key("examples", Shape::List(&EXAMPLE)),
    ),
]);

const POSITION: Shape = Shape::Record(&[
    key("says", Shape::Words),
    key("phrases", Shape::WordList),
    key("except", Shape::WordList),
    key("silence", Shape::Flag),
    costs(
        Costs::Key("`denied` is left out"),
        key("denied", Shape::Words),
    ),
    key("requires", Shape::WordList),
    HEDGED,
    SPEAKER,
]);

const MEASURE: Shape = Shape::Record(&[
    required("of", Shape::WordList),
    key("tolerance", Shape::Words),
    key("except", Shape::WordList),
]);

const EXAMPLE: Shape = Shape::Record(&[
    required("text", Shape::Words),
    required("position", Shape::WordsOrList),
    costs(
        Costs::Key("`todo` is left out, so the example counts"),
        key("todo", Shape::Flag),
    ),
]);

/// The names of a record's keys.
pub(super) fn key_names(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Record(keys) => keys.iter().map(|key| key.name).collect(),
        _ => Vec::new(),
    }
}

/// What a fault at the present place costs.
#[derive(Clone)]
pub(super) struct Loss {
    pub level: Level,
    /// Such as "the claim `x` is left out".
    pub words: String,
}

impl Loss {
    /// A whole claim or file.
    pub fn whole(words: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            words: words.into(),
        }
    }

    /// A part of what is kept.
    pub fn part(words: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            words: words.into(),
        }
    }

    /// A problem with this loss.
    pub fn problem(&self, code: &'static str, what: impl std::fmt::Display) -> Problem {
        Problem {
            level: self.level,
            ..Problem::error(code, format!("{what}; {}", self.words))
        }
    }
}

/// Holds nodes of one source against shapes and gathers the problems.
pub(super) struct Checker<'a> {
    pub source: &'a Arc<Source>,
    pub problems: &'a mut Vec<Problem>,
}

impl Checker<'_> {
    /// The usable part of `node`, or nothing when a fault costs all of it. `name` is what the value is called in
    /// messages, with quotes where it is a key; `at` is where that name is written, for values that are empty.
    pub fn check(
        &mut self,
        node: &Node,
        shape: &Shape,
        name: &str,
        at: Span,
        loss: &Loss,
    ) -> Option<Node> {
        match shape {
            Shape::Words => self.words(node, name, at, loss),
            Shape::WordList => self.word_list(node, name, at, loss),
            Shape::WordsOrList if matches!(node.content, Content::List { .. }) => {
                self.word_list(node, name, at, loss)
            }
            Shape::WordsOrList => self.words(node, name, at, loss),
            Shape::Flag => {
                let plain = matches!(&node.content, Content::Scalar { plain: true, .. });
                match node.text().map(str::to_ascii_lowercase).as_deref() {
                    Some("true" | "false") if plain => Some(node.clone()),
                    _ => self.wrong(node, name, at, loss, "`true` or `false`"),
                }
            }
            Shape::Choice(words) => match node.text() {
                Some(text) if words.contains(&text) => Some(node.clone()),
                Some(text) if !node.is_null() => {
                    let listed = list_of(words);
                    self.problems.push(
                        loss.problem(
                            "claim/unknown-value",
                            format_args!("{name} cannot be `{}`", shorten(text)),
                        )
                        .at(self.source, node.span, "not a value of this key")
                        .help(match nearest(text, words.iter().copied()) {
                            Some(near) => format!("did you mean `{near}`? It can be {listed}"),
                            None => format!("it can be {listed}"),
                        }),
                    );
                    None
                }
                _ => self.wrong(node, name, at, loss, &list_of(words)),
            },
            Shape::List(item) => self.list(node, item, name, at, loss, None),
            Shape::Named(value) => self.named(node, value, name, at, loss, None),
            Shape::Record(keys) => self.record(node, keys, name, at, loss),
        }
    }

    fn words(&mut self, node: &Node, name: &str, at: Span, loss: &Loss) -> Option<Node> {
        let Content::Scalar { text, plain } = &node.content else {
            return self.wrong(node, name, at, loss, TEXT);
        };
        if node.is_null() {
            return self.wrong(node, name, at, loss, TEXT);
        }
        if is_blank(text) {
            self.problems.push(
                loss.problem("claim/blank", format_args!("{name} is blank"))
                    .at(self.source, node.span, "nothing but space")
                    .help(format!("write what {name} should say")),
            );
            return None;
        }
        // Block scalars end with a line break, and stray space says nothing.
        Some(node.with(Content::Scalar {
            text: text.trim().to_owned(),
            plain: *plain,
        }))
    }

    fn word_list(&mut self, node: &Node, name: &str, at: Span, loss: &Loss) -> Option<Node> {
        let Content::List { items, flow } = &node.content else {
            return self.wrong(
                node,
                name,
                at,
                loss,
                if name == A_PAIR {
                    "a list of two answers"
                } else {
                    WORD_LIST
                },
            );
        };
        let mut kept = Vec::with_capacity(items.len());
        let mut sound = true;
        for item in items {
            match &item.content {
                Content::Scalar { text, .. } if is_blank(text) => {
                    self.problems.push(
                        Problem::warning(
                            "claim/blank",
                            format!("an entry of {name} is blank; this entry is left out"),
                        )
                        .at(self.source, item.span, "nothing stands here")
                        .help("write the words, or take the entry away"),
                    );
                }
                _ => match self.words(item, &format!("an entry of {name}"), item.span, loss) {
                    Some(item) => kept.push(item),
                    None => sound = false,
                },
            }
        }
        if *flow {
            self.split_numbers(items);
        }
        sound.then(|| {
            node.with(Content::List {
                items: kept,
                flow: *flow,
            })
        })
    }

    /// `[15,000 jobs]` is the two entries `15` and `000 jobs`.
    fn split_numbers(&mut self, items: &[Node]) {
        for pair in items.windows(2) {
            let (
                Content::Scalar {
                    text: left,
                    plain: true,
                },
                Content::Scalar {
                    text: right,
                    plain: true,
                },
            ) = (&pair[0].content, &pair[1].content)
            else {
                continue;
            };
            let touching = pair[1].span.start == pair[0].span.end + 1;
            let digits = right.chars().take_while(char::is_ascii_digit).count();
            if touching && digits == 3 && left.ends_with(|c: char| c.is_ascii_digit()) {
                let span = Span::new(pair[0].span.start, pair[1].span.end);
                self.problems.push(
                    Problem::warning(
                        "claim/split-number",
                        "a comma inside a number makes two entries of it",
                    )
                    .at(self.source, span, format!("read as `{left}` and `{right}`"))
                    .help(format!("put it in quotes: \"{left},{right}\"")),
                );
            }
        }
    }

    fn list(
        &mut self,
        node: &Node,
        item_shape: &Shape,
        name: &str,
        at: Span,
        loss: &Loss,
        item_loss: Option<&Loss>,
    ) -> Option<Node> {
        let Content::List { items, flow } = &node.content else {
            return self.wrong(node, name, at, loss, "a list");
        };
        let one = match name {
            "`compatible`" => A_PAIR,
            "`examples`" => "an example",
            _ => "an entry",
        };
        let mut kept = Vec::with_capacity(items.len());
        let mut sound = true;
        for item in items {
            match self.check(item, item_shape, one, item.span, item_loss.unwrap_or(loss)) {
                Some(item) => kept.push(item),
                None => sound = item_loss.is_some(),
            }
        }
        sound.then(|| {
            node.with(Content::List {
                items: kept,
                flow: *flow,
            })
        })
    }

    fn named(
        &mut self,
        node: &Node,
        value_shape: &Shape,
        name: &str,
        at: Span,
        loss: &Loss,
        item_loss: Option<&Loss>,
    ) -> Option<Node> {
        let Content::Map { entries, flow } = &node.content else {
            let expected = match name {
                "`positions`" => "a map with the name of each position as a key",
                "`aliases`" => "a map from each word to a list of others that mean the same",
                _ => "a map",
            };
            return self.wrong(node, name, at, loss, expected);
        };
        let each = item_loss.unwrap_or(loss);
        let mut sound = true;
        let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for entry in entries {
            let Some(key) = self.words(
                &entry.key,
                &format!("a key of {name}"),
                entry.key.span,
                each,
            ) else {
                sound &= item_loss.is_some();
                continue;
            };
            let word = key.text().unwrap_or_default().to_owned();
            let first = seen.get(&word).copied();
            if let Some(first) = first {
                let joined = item_loss.is_some();
                let what = Loss {
                    level: each.level,
                    words: if joined {
                        "both are used together".to_owned()
                    } else {
                        each.words.clone()
                    },
                };
                self.twice(&word, name, kept[first].key.span, entry.key.span, &what);
                sound &= joined;
            }
            match self.check(
                &entry.value,
                value_shape,
                &format!("`{}`", shorten(&word)),
                entry.key.span,
                each,
            ) {
                None => sound &= item_loss.is_some(),
                Some(value) => match first {
                    None => {
                        seen.insert(word, kept.len());
                        kept.push(Entry {
                            key,
                            value,
                            merged: entry.merged,
                        });
                    }
                    Some(first) => {
                        if let Content::List { items, .. } = &mut kept[first].value.content {
                            items.extend(value.items().iter().cloned());
                        }
                    }
                },
            }
        }
        sound.then(|| {
            node.with(Content::Map {
                entries: kept,
                flow: *flow,
            })
        })
    }

    fn record(
        &mut self,
        node: &Node,
        keys: &[Key],
        name: &str,
        at: Span,
        loss: &Loss,
    ) -> Option<Node> {
        let Content::Map { entries, flow } = &node.content else {
            return self.wrong(
                node,
                name,
                at,
                loss,
                &format!("a map with {}", some_keys(keys)),
            );
        };
        let mut sound = true;
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            let Some(word) = entry.key.text() else {
                self.wrong(
                    &entry.key,
                    &format!("a key in {name}"),
                    entry.key.span,
                    loss,
                    TEXT,
                );
                sound = false;
                continue;
            };
            if let Some(first) = seen.get(word) {
                self.twice(word, name, *first, entry.key.span, loss);
                sound = false;
                continue;
            }
            seen.insert(word, entry.key.span);
            let Some(key) = keys.iter().find(|key| key.name == word) else {
                self.unknown_key(&entry.key, word, name, &key_list(keys));
                continue;
            };
            if key.required && is_unwritten(&entry.value) {
                self.missing(key.name, name, entry.key.span, loss);
                sound = false;
                continue;
            }
            match self.value_of(key, entry, loss) {
                Ok(Some(value)) => kept.push(Entry {
                    key: entry.key.clone(),
                    value,
                    merged: entry.merged,
                }),
                Ok(None) => {}
                Err(Faulty) => sound = false,
            }
        }
        for key in keys {
            if key.required && !seen.contains_key(key.name) {
                let place = match node.entries().first() {
                    Some(first) if !first.merged => first.key.span,
                    _ => at,
                };
                self.missing(key.name, name, place, loss);
                sound = false;
            }
        }
        sound.then(|| {
            node.with(Content::Map {
                entries: kept,
                flow: *flow,
            })
        })
    }

    /// The value of a known key; nothing when it alone is left out or stands empty.
    fn value_of(&mut self, key: &Key, entry: &Entry, loss: &Loss) -> Result<Option<Node>, Faulty> {
        let node = &entry.value;
        let at = entry.key.span;
        // `examples:` with nothing behind it is a list that is yet to be written.
        let may_be_empty = !key.required
            && matches!(
                key.shape,
                Shape::List(_) | Shape::Named(_) | Shape::WordList
            )
            && key.name != "positions";
        if may_be_empty && is_unwritten(node) {
            return Ok(None);
        }
        let name = format!("`{}`", key.name);
        match key.costs {
            Costs::Whole => self
                .check(node, &key.shape, &name, at, loss)
                .map(Some)
                .ok_or(Faulty),
            Costs::Key(words) => Ok(self.check(node, &key.shape, &name, at, &Loss::part(words))),
            Costs::Item(words) => {
                let item = Loss::part(words);
                let all = Loss::part(format!("{name} is left out"));
                Ok(match &key.shape {
                    Shape::List(shape) => self.list(node, shape, &name, at, &all, Some(&item)),
                    Shape::Named(shape) => self.named(node, shape, &name, at, &all, Some(&item)),
                    shape => self.check(node, shape, &name, at, &all),
                })
            }
        }
    }

    fn twice(&mut self, word: &str, within: &str, first: Span, second: Span, loss: &Loss) {
        let (code, what) = match within {
            "`positions`" => ("claim/duplicate-position", "position"),
            "`aliases`" => ("claim/duplicate-key", "alias"),
            _ => ("claim/duplicate-key", "key"),
        };
        self.problems.push(
            loss.problem(code, format_args!("the {what} `{word}` is given twice"))
                .at(self.source, second, "given again here")
                .at(self.source, first, "first given here")
                .help(match what {
                    "position" => "give each position a name of its own, or join the two",
                    _ => "keep one of the two, or join them",
                }),
        );
    }

    pub fn unknown_key(&mut self, key: &Node, word: &str, within: &str, known: &[&str]) {
        let help = if word == "<<" {
            "`<<` takes an alias of a map, or a list of such aliases".to_owned()
        } else {
            match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", list_and(known)),
            }
        };
        let place = if within.is_empty() {
            "at the top of the file".to_owned()
        } else {
            format!("in {within}")
        };
        let what = if is_blank(word) {
            format!("an empty key stands {place}; it is passed over with what is below it")
        } else {
            let word = shorten(word);
            format!(
                "the key `{word}` is not known {place}; it is passed over with what is below it"
            )
        };
        self.problems.push(
            Problem::warning("claim/unknown-key", what)
                .at(self.source, key.span, "not known")
                .help(help),
        );
    }

    fn missing(&mut self, key: &str, within: &str, place: Span, loss: &Loss) {
        let (code, help) = match key {
            "id" => (
                "claim/missing-id",
                "add `id:` with a name such as `treaty-signed`",
            ),
            "question" => (
                "claim/missing-question",
                "add `question:` with the question that the positions answer",
            ),
            "about" => (
                "claim/missing-about",
                "add `about:` with a list of words for the subject",
            ),
            "of" => (
                "claim/missing-of",
                "add `of:` with a list of words that stand with the number or date",
            ),
            "position" => (
                "claim/example-without-position",
                "add `position:` with a position's name, or `none` for a near miss",
            ),
            _ => (
                "claim/example-without-text",
                "add `text:` with the sentence",
            ),
        };
        self.problems.push(
            loss.problem(code, format_args!("`{key}` is missing in {within}"))
                .at(self.source, place, format!("no `{key}` here"))
                .help(help),
        );
    }

    /// Reports a value of the wrong kind; always `None`, so that it can end a match.
    fn wrong(
        &mut self,
        node: &Node,
        name: &str,
        at: Span,
        loss: &Loss,
        expected: &str,
    ) -> Option<Node> {
        let found = describe(node);
        let (place, label) = if node.span.is_empty() {
            (at, "nothing stands here".to_owned())
        } else {
            (self.first_line(node.span), format!("this is {found}"))
        };
        let problem = loss
            .problem(
                "claim/wrong-type",
                format_args!("{name} must be {expected}, but is {found}"),
            )
            .at(self.source, place, label);
        self.problems.push(match help_for(node, expected) {
            Some(help) => problem.help(help),
            None => problem.help(format!("write {expected}")),
        });
        None
    }

    /// A label over many lines hides more than it shows.
    fn first_line(&self, span: Span) -> Span {
        let text = self.source.slice(span);
        let line = text.lines().next().unwrap_or_default().trim_end();
        Span::new(span.start, span.start + line.len())
    }
}

/// A value whose fault costs what it belongs to; it has been reported.
struct Faulty;

/// A key or dash with nothing behind it.
fn is_unwritten(node: &Node) -> bool {
    matches!(&node.content, Content::Scalar { text, plain: true } if text.is_empty())
}

/// Nothing that a reader could see.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || crate::clean::is_unsafe(c))
}

fn describe(node: &Node) -> &'static str {
    match &node.content {
        Content::Scalar { text, plain: true } if text.is_empty() => "empty",
        Content::Scalar { .. } if node.is_null() => "null",
        Content::Scalar { .. } => "a text",
        Content::List { .. } => "a list",
        Content::Map { .. } => "a map",
    }
}

fn help_for(node: &Node, expected: &str) -> Option<String> {
    let takes_words = expected == TEXT;
    match &node.content {
        Content::Map { flow: false, .. } if takes_words => {
            Some("a colon with a space behind it makes a map: put the whole text in quotes".into())
        }
        Content::Map { flow: true, .. } if takes_words => {
            Some("braces make a map: put the whole text in quotes".into())
        }
        Content::List { flow: true, .. } if takes_words => {
            Some("square brackets make a list: put the whole text in quotes".into())
        }
        Content::Scalar { text, .. } if takes_words && node.is_null() && !text.is_empty() => Some(
            format!("if the word itself is meant, write it in quotes: \"{text}\""),
        ),
        Content::Scalar { text, .. } if expected == WORD_LIST && !node.is_null() => Some(format!(
            "write it as a list with one entry: [\"{}\"]",
            shorten(text)
        )),
        Content::Scalar { .. } | Content::List { .. } if expected.contains("`says`") => Some(
            "write the words below the name of the position, as `says: …` or `phrases: […]`".into(),
        ),
        _ => None,
    }
}

/// The start of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    /// Longer quotations drown the message around them.
    const LONGEST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if line.len() < text.len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

fn key_list(keys: &[Key]) -> Vec<&'static str> {
    keys.iter().map(|key| key.name).collect()
}

fn some_keys(keys: &[Key]) -> String {
    let names: Vec<_> = keys
        .iter()
        .take(3)
        .map(|key| format!("`{}`", key.name))
        .collect();
    names.join(", ")
}

fn list_of(words: &[&str]) -> String {
    join(words, "or")
}

fn list_and(words: &[&str]) -> String {
    join(words, "and")
}

fn join(words: &[&str], last: &str) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::{
        ClaimText, ExampleText, FileText, MeasureText, PositionText, keys_of,
    };
    use super::*;

    #[test]
    fn table_and_structs_have_the_same_keys() {
        for (shape, mut keys) in [
            (&FILE, keys_of::<FileText>()),
            (&CLAIM, keys_of::<ClaimText>()),
            (&POSITION, keys_of::<PositionText>()),
            (&MEASURE, keys_of::<MeasureText>()),
            (&EXAMPLE, keys_of::<ExampleText>()),
        ] {
            let mut names = key_names(shape);
            names.sort_unstable();
            keys.sort_unstable();
            assert!(!keys.is_empty());
            assert_eq!(names, keys);
        }
    }
}
