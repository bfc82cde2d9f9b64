//! Changes to a claim file that keep every other byte.
//!
//! The place comes from the outline, the change is a splice of text, and nothing is believed: the new text is read again,
//! and only where it gives exactly the claims that were meant is it handed out.

use std::sync::Arc;

use thiserror::Error;

use super::model::{AliasGroup, Answers, Claim, Example, Expected, Position};
use super::outline::{Entry, Node, Outline};
use super::parse;
use crate::source::{Source, Span};

/// A change to a claim: something that is added to one of its lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A wording of a position.
    Phrase {
        /// The position's name.
        position: String,
        /// The wording.
        text: String,
    },
    /// A look-alike of a position, or of the whole claim.
    Except {
        /// The position's name; `None` for the claim.
        position: Option<String>,
        /// The look-alike.
        text: String,
    },
    /// A word of which one must stand in the statement.
    Requires {
        /// The position's name.
        position: String,
        /// The word.
        text: String,
    },
    /// An entry of the subject gate.
    About {
        /// The entry.
        text: String,
    },
    /// A sentence with what it carries.
    Example {
        /// The sentence.
        text: String,
        /// Positions, none for a near miss.
        positions: Vec<String>,
    },
    /// A word or name that means the same as another, for this claim alone.
    Alias {
        /// The name that stands for all of the group.
        canonical: String,
        /// The other word.
        text: String,
    },
}

/// Why a file is not edited.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The file is not YAML as a whole, so no place in it is certain.
    #[error("the file has faults; mend them first")]
    Faulty,
    /// The claim or the position is not there.
    #[error("there is no `{0}` in the file")]
    Missing(String),
    /// The place is written through an anchor, an alias or a merge key, so that a change would reach further than it should.
    #[error(
        "`{0}` is written through an anchor or a merge key, so a change would reach other places too"
    )]
    Shared(String),
    /// The list is laid out in a way that text cannot be put into safely.
    #[error("`{0}` is laid out in a way that cannot be added to safely")]
    Layout(String),
    /// It is there already.
    #[error("`{0}` is there already")]
    Present(String),
    /// The text is blank.
    #[error("there is nothing to add: the text is blank")]
    Blank,
    /// The new text would not give the claims that were meant.
    #[error("the file would read differently than meant after the change")]
    Unfaithful,
}

impl Edit {
    /// The text that is added.
    pub fn text(&self) -> &str {
        match self {
            Self::Phrase { text, .. }
            | Self::Except { text, .. }
            | Self::Requires { text, .. }
            | Self::About { text }
            | Self::Example { text, .. }
            | Self::Alias { text, .. } => text,
        }
    }

    /// The change in words, such as "add `x` to `phrases` of `created`".
    pub fn in_words(&self) -> String {
        match self {
            Self::Phrase { position, text } => format!("add `{text}` to `phrases` of `{position}`"),
            Self::Except {
                position: Some(position),
                text,
            } => {
                format!("add `{text}` to `except` of `{position}`")
            }
            Self::Except {
                position: None,
                text,
            } => format!("add `{text}` to `except` of the claim"),
            Self::Requires { position, text } => {
                format!("add `{text}` to `requires` of `{position}`")
            }
            Self::About { text } => format!("add `{text}` to `about`"),
            Self::Example { text, positions } if positions.is_empty() => {
                format!("add `{text}` as an example of `none`")
            }
            Self::Example { text, positions } => {
                format!("add `{text}` as an example of `{}`", positions.join("`, `"))
            }
            Self::Alias { canonical, text } => {
                format!("add `{text}` to the claim's `aliases` of `{canonical}`")
            }
        }
    }

    /// The claim as it would be. A position that is not there is passed over.
    #[must_use]
    pub fn on(&self, claim: &Claim) -> Claim {
        let mut claim = claim.clone();
        let mut with = |name: &str, add: &dyn Fn(&mut Position)| {
            if let Answers::Positions(positions) = &mut claim.answers
                && let Some(position) = positions.iter_mut().find(|p| p.name == name)
            {
                add(position);
            }
        };
        match self {
            Self::Phrase { position, text } => {
                with(position, &|position| position.phrases.push(text.clone()));
            }
            Self::Except {
                position: Some(position),
                text,
            } => {
                with(position, &|position| position.except.push(text.clone()));
            }
            Self::Requires { position, text } => {
                with(position, &|position| position.requires.push(text.clone()));
            }
            Self::Except {
                position: None,
                text,
            } => {
                // Look-alikes of a quantity or a date stand behind those of the claim.
                let at = claim.except.len();
                claim.except.insert(at, text.clone());
            }
            Self::About { text } => claim.about.push(text.clone()),
            Self::Example { text, positions } => claim.examples.push(Example {
                text: text.clone(),
                expected: if positions.is_empty() {
                    Expected::Nothing
                } else {
                    Expected::Positions(positions.clone())
                },
                todo: false,
                span: Span::default(),
            }),
            Self::Alias { canonical, text } => {
                let mut groups = claim.aliases.to_vec();
                let found = groups.iter_mut().find(|g| g.canonical == *canonical);
                match found {
                    Some(group) => group.others.push(text.clone()),
                    None => groups.push(AliasGroup {
                        canonical: canonical.clone(),
                        others: vec![text.clone()],
                    }),
                }
                claim.aliases = groups.into();
            }
        }
        claim
    }

    /// The file's text with the change in it.
    ///
    /// # Errors
    ///
    /// When the place cannot be found or changed without touching anything else; the file is then as it was.
    pub fn splice(&self, source: &Arc<Source>, claim: &str) -> Result<String, Refusal> {
        if self.text().trim().is_empty() {
            return Err(Refusal::Blank);
        }
        let text = source.text();
        let outline = Outline::parse(text).map_err(|_| Refusal::Faulty)?;
        let node = outline
            .root
            .as_ref()
            .and_then(|root| root.entry("claims"))
            .map(|entry| &entry.value)
            .filter(|claims| !is_alias(text, claims))
            .and_then(|claims| {
                let mut items = claims.items().iter();
                items.find(|item| item.get("id").and_then(Node::text) == Some(claim))
            })
            .ok_or_else(|| Refusal::Missing(claim.to_owned()))?;
        let (map, key) = self.place(text, node)?;
        let words = || Item::Words(self.text().to_owned());
        let splice = match self {
            Self::Example {
                text: sentence,
                positions,
            } => add(text, map, key, &example(sentence, positions))?,
            Self::Alias { canonical, .. } => match own(text, map, key)? {
                None => new_list(
                    text,
                    map,
                    key,
                    &Item::Group(canonical.clone(), self.text().to_owned()),
                )
                .ok_or_else(|| Refusal::Layout(key.to_owned()))?,
                Some(groups) => add(text, &groups.value, canonical, &words())?,
            },
            _ => add(text, map, key, &words())?,
        };
        let mut changed = String::with_capacity(text.len() + splice.text.len());
        changed.push_str(&text[..splice.at]);
        changed.push_str(&splice.text);
        changed.push_str(&text[splice.at..]);
        self.verify(source, claim, &changed)?;
        Ok(changed)
    }

    /// The map that holds the list, and the list's key.
    fn place<'n>(&self, text: &str, claim: &'n Node) -> Result<(&'n Node, &'static str), Refusal> {
        if is_alias(text, claim) {
            return Err(Refusal::Shared("the claim".to_owned()));
        }
        let position = |name: &str| -> Result<&'n Node, Refusal> {
            let positions = own(text, claim, "positions")?;
            let positions = positions.ok_or_else(|| Refusal::Missing("positions".to_owned()))?;
            own(text, &positions.value, name)?
                .map(|entry| &entry.value)
                .ok_or_else(|| Refusal::Missing(name.to_owned()))
        };
        Ok(match self {
            Self::Phrase { position: name, .. } => (position(name)?, "phrases"),
            Self::Except {
                position: Some(name),
                ..
            } => (position(name)?, "except"),
            Self::Requires { position: name, .. } => (position(name)?, "requires"),
            Self::Except { position: None, .. } => {
                // A quantity's own list comes last, so that the claim reads as `on` makes it.
                let measure = ["quantity", "date"]
                    .into_iter()
                    .find_map(|key| claim.get(key));
                match measure.filter(|measure| measure.get("except").is_some()) {
                    Some(measure) => (measure, "except"),
                    None => (claim, "except"),
                }
            }
            Self::About { .. } => (claim, "about"),
            Self::Example { .. } => (claim, "examples"),
            Self::Alias { .. } => (claim, "aliases"),
        })
    }

    /// Reads both texts and compares what they mean.
    fn verify(&self, source: &Arc<Source>, claim: &str, changed: &str) -> Result<(), Refusal> {
        let before = parse(Arc::clone(source));
        let after = parse(Arc::new(Source::new(source.name(), changed)));
        let meant: Vec<Claim> = before
            .items
            .iter()
            .map(|old| {
                if old.id == claim {
                    self.on(old)
                } else {
                    old.clone()
                }
            })
            .collect();
        let same = meant.len() == after.items.len()
            && meant
                .iter()
                .zip(&after.items)
                .all(|(a, b)| means_the_same(a, b))
            && after.problems.len() <= before.problems.len();
        if same {
            Ok(())
        } else {
            Err(Refusal::Unfaithful)
        }
    }
}

/// Whether two claims say the same, wherever they stand.
fn means_the_same(a: &Claim, b: &Claim) -> bool {
    let placeless = |claim: &Claim| {
        let mut claim = claim.clone();
        claim.span = Span::default();
        for example in &mut claim.examples {
            example.span = Span::default();
        }
        claim.source = Arc::new(Source::new("", ""));
        claim
    };
    let groups = |claim: &Claim| -> Vec<AliasGroup> { claim.aliases.to_vec() };
    groups(a) == groups(b) && placeless(a) == placeless(b)
}

fn is_alias(text: &str, node: &Node) -> bool {
    text[node.span.start..].starts_with('*')
}

/// The entry of a map, unless it or its value is written elsewhere.
fn own<'n>(text: &str, map: &'n Node, key: &str) -> Result<Option<&'n Entry>, Refusal> {
    match map.entry(key) {
        Some(entry) if entry.merged || is_alias(text, &entry.value) => {
            Err(Refusal::Shared(key.to_owned()))
        }
        found => Ok(found),
    }
}

/// What is added to a list.
enum Item {
    Words(String),
    Map(Vec<(&'static str, String)>),
    /// A name with a list of one word.
    Group(String, String),
}

fn example(sentence: &str, positions: &[String]) -> Item {
    let position = match positions {
        [] => "none".to_owned(),
        [one] => scalar(one),
        many => format!(
            "[{}]",
            many.iter()
                .map(|p| quoted(p))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    Item::Map(vec![("text", scalar(sentence)), ("position", position)])
}

impl Item {
    /// As it stands in brackets.
    fn flow(&self) -> String {
        match self {
            Self::Words(words) => quoted(words),
            Self::Map(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    // What is plain outside of brackets need not be so inside.
                    let plain = !value.starts_with(['"', '[']);
                    let value = if plain { quoted(value) } else { value.clone() };
                    format!("{key}: {value}")
                });
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Self::Group(name, word) => format!("{}: [{}]", quoted(name), quoted(word)),
        }
    }

    /// As lines below each other, the first after `indent` and a dash.
    fn block(&self, indent: &str, end: &str) -> String {
        match self {
            Self::Words(words) => format!("{indent}- {}", scalar(words)),
            Self::Map(entries) => {
                let lines = entries.iter().enumerate().map(|(at, (key, value))| {
                    let lead = if at == 0 { "- " } else { "  " };
                    format!("{indent}{lead}{key}: {value}")
                });
                lines.collect::<Vec<_>>().join(end)
            }
            Self::Group(name, word) => format!("{indent}{}: [{}]", scalar(name), quoted(word)),
        }
    }

    /// The item as the only one of a list, or map, in brackets.
    fn alone(&self) -> String {
        match self {
            Self::Group(..) => format!("{{{}}}", self.flow()),
            Self::Words(_) | Self::Map(_) => format!("[{}]", self.flow()),
        }
    }
}

struct Splice {
    at: usize,
    text: String,
}

/// Adds an item to the list `key` of a map, and the list where there is none.
fn add(text: &str, map: &Node, key: &str, item: &Item) -> Result<Splice, Refusal> {
    let layout = || Refusal::Layout(key.to_owned());
    if is_alias(text, map) {
        return Err(Refusal::Shared(key.to_owned()));
    }
    let Some(entry) = own(text, map, key)? else {
        return new_list(text, map, key, item).ok_or_else(layout);
    };
    let list = &entry.value;
    if let Item::Words(words) = item
        && list.items().iter().any(|old| old.text() == Some(words))
    {
        return Err(Refusal::Present(words.clone()));
    }
    if let Item::Map(entries) = item
        && let Some((_, sentence)) = entries.first()
        && list.items().iter().any(|old| {
            old.get("text")
                .and_then(Node::text)
                .is_some_and(|old| scalar(old) == *sentence)
        })
    {
        return Err(Refusal::Present("the example".to_owned()));
    }
    match &list.content {
        super::outline::Content::List { items, flow: false } => {
            let last = items.last().ok_or_else(layout)?;
            let indent = items
                .iter()
                .rev()
                .find_map(|item| dash_indent(text, item.span.start))
                .ok_or_else(layout)?;
            let (at, end) = line_end(text, last.span.end).ok_or_else(layout)?;
            Ok(Splice {
                at,
                text: format!("{end}{}", item.block(indent, end)),
            })
        }
        super::outline::Content::List { items, flow: true } => match items.last() {
            Some(last) => Ok(Splice {
                at: last.span.end,
                text: format!(", {}", item.flow()),
            }),
            None => {
                let open = text[list.span.start..list.span.end]
                    .find('[')
                    .ok_or_else(layout)?;
                Ok(Splice {
                    at: list.span.start + open + 1,
                    text: item.flow(),
                })
            }
        },
        _ => Err(layout()),
    }
}

/// The list with its key, behind the last entry of the map.
fn new_list(text: &str, map: &Node, key: &str, item: &Item) -> Option<Splice> {
    let super::outline::Content::Map { entries, flow } = &map.content else {
        return None;
    };
    let last = entries.iter().rev().find(|entry| !entry.merged)?;
    if *flow {
        return Some(Splice {
            at: last.value.span.end,
            text: format!(", {}: {}", flow_key(key), item.alone()),
        });
    }
    // A later key stands alone on its line; the first may stand behind a dash, which counts as space.
    let line = text[..last.key.span.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let lead = text[line..last.key.span.start].trim_start_matches('\u{feff}');
    if !lead.chars().all(|c| matches!(c, ' ' | '-')) {
        return None;
    }
    let indent = lead.replace('-', " ");
    let (at, end) = line_end(text, last.value.span.end)?;
    Some(Splice {
        at,
        text: format!(
            "{end}{indent}{}:{end}{}",
            scalar(key),
            item.block(&format!("{indent}  "), end)
        ),
    })
}

/// A key as it stands in braces: a name of the format as it is, anything else in quotes.
fn flow_key(key: &str) -> String {
    if key.bytes().all(|byte| byte.is_ascii_lowercase()) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// What stands before the dash of an item, where nothing but the dash stands before the item.
fn dash_indent(text: &str, item: usize) -> Option<&str> {
    let line = text[..item].rfind('\n').map_or(0, |at| at + 1);
    let lead = &text[line..item];
    let indent = lead.trim_end().strip_suffix('-')?;
    indent.chars().all(|c| c == ' ').then_some(indent)
}

/// Where the line ends behind a value, and how lines end there; nothing but space and a comment may stand between.
fn line_end(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let rest = &text[from..];
    let to = rest.find('\n').unwrap_or(rest.len());
    let line = rest[..to].strip_suffix('\r').unwrap_or(&rest[..to]);
    let behind = line.trim_start();
    let is_comment = behind.starts_with('#') && behind.len() < line.len();
    if !(behind.is_empty() || is_comment) {
        return None;
    }
    let windows = if to < rest.len() {
        rest[..to].ends_with('\r')
    } else {
        text.contains("\r\n")
    };
    Some((from + line.len(), if windows { "\r\n" } else { "\n" }))
}

/// A text as a YAML scalar on one line: plain where nothing in it could be taken for something else.
pub fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " '-_.,()/%$€£’“”–".contains(c);
    let safe = text.starts_with(char::is_alphanumeric)
        && text.chars().all(plain)
        && text.trim() == text
        // Numbers, dates and truth values would be read as such by other programs.
        && text.chars().any(char::is_alphabetic)
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n", "inf", "nan"]
            .contains(&text.to_lowercase().as_str())
        && text.parse::<f64>().is_err()
        && !is_prefixed_number(text);
    if safe { text.to_owned() } else { quoted(text) }
}

/// `0x1F` and `1e3` are numbers to some programs.
fn is_prefixed_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "xXoObB._-+eE".contains(c))
}

/// A text in double quotes. What JSON writes is YAML too; what may not stand in YAML, or hides, is escaped besides.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let hidden = crate::clean::is_unsafe(c) || matches!(c, '\u{7f}'..='\u{9f}');
        if hidden && c != '\t' {
            let code = u32::from(c);
            if code > 0xffff {
                out.push_str(&format!("\\U{code:08X}"));
            } else {
                out.push_str(&format!("\\u{code:04X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "\
# head
topic: A bridge
claims:
  - id: bridge-open
    question: Is the bridge open?
    about: [bridge]   # the gate
    positions:
      open:
        says: The bridge is open.
        phrases:
          - bridge was opened   # said often
          - 'traffic crosses'
      shut: {says: The bridge is shut., phrases: [closed for repairs]}
    # the end
";

    fn source(text: &str) -> Arc<Source> {
        Arc::new(Source::new("bridge.yaml", text))
    }

    fn phrase(position: &str, text: &str) -> Edit {
        Edit::Phrase {
            position: position.to_owned(),
            text: text.to_owned(),
        }
    }

    fn alias(canonical: &str, text: &str) -> Edit {
        Edit::Alias {
            canonical: canonical.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The text that was put in, wherever it stands.
    fn inserted(before: &str, after: &str) -> String {
        let start = before
            .bytes()
            .zip(after.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let grown = after.len() - before.len();
        (0..=start)
            .rev()
            .find(|&at| before.as_bytes()[at..] == after.as_bytes()[at + grown..])
            .map(|at| String::from_utf8_lossy(&after.as_bytes()[at..at + grown]).into_owned())
            .expect("only one place changed")
    }

    #[test]
    fn lists_grow_in_their_own_style() {
        for (edit, expected) in [
            (phrase("open", "open to cars"), "- open to cars"),
            (phrase("shut", "no way: across"), "\"no way: across\""),
            (
                Edit::Except {
                    position: Some("open".into()),
                    text: "the lid is open".into(),
                },
                "except:",
            ),
            (
                Edit::About {
                    text: "crossing".into(),
                },
                "\"crossing\"",
            ),
            (
                Edit::Example {
                    text: "Cars cross, it says.".into(),
                    positions: vec!["open".into()],
                },
                "examples:",
            ),
            (
                Edit::Example {
                    text: "The lid is open.".into(),
                    positions: vec![],
                },
                "position: none",
            ),
        ] {
            for text in [
                FILE.to_owned(),
                FILE.replace('\n', "\r\n"),
                format!("\u{feff}{FILE}"),
            ] {
                let changed = edit
                    .splice(&source(&text), "bridge-open")
                    .expect("possible");
                let added = inserted(&text, &changed);
                assert!(added.contains(expected), "{added}");
                assert_eq!(
                    added.matches('\n').count() == added.matches("\r\n").count(),
                    text.contains('\r') || !added.contains('\n')
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_changed_safely_is_refused() {
        let shared = FILE.replace("about: [bridge]", "about: &a [bridge]").replace(
            "    # the end\n",
            "  - id: second\n    question: Which?\n    about: *a\n    quantity: {of: [lanes]}\n",
        );
        let file = source(&shared);
        let about = Edit::About {
            text: "crossing".into(),
        };
        assert_eq!(
            about.splice(&file, "second"),
            Err(Refusal::Shared("about".into()))
        );
        assert_eq!(about.splice(&file, "bridge-open"), Err(Refusal::Unfaithful));
        let file = source(FILE);
        assert_eq!(
            phrase("open", "bridge was opened").splice(&file, "bridge-open"),
            Err(Refusal::Present("bridge was opened".into()))
        );
        assert_eq!(
            phrase("open", " ").splice(&file, "bridge-open"),
            Err(Refusal::Blank)
        );
        assert_eq!(
            phrase("ajar", "x").splice(&file, "bridge-open"),
            Err(Refusal::Missing("ajar".into()))
        );
        assert_eq!(
            phrase("open", "x").splice(&source("claims: ["), "x"),
            Err(Refusal::Faulty)
        );
    }

    #[test]
    fn aliases_grow_for_their_claim_alone() {
        let with =
            |aliases: &str| FILE.replace("    positions:\n", &format!("{aliases}    positions:\n"));
        let shared = FILE.replace("claims:\n", "aliases:\n  bridge: [span]\nclaims:\n");
        for (file, expected) in [
            (
                FILE.to_owned(),
                "    aliases:\n      bridge: [\"crossing\"]\n",
            ),
            (shared, "    aliases:\n      bridge: [\"crossing\"]\n"),
            (
                with("    aliases: {bridge: [span]}\n"),
                "{bridge: [span, \"crossing\"]}",
            ),
            (
                with("    aliases: {bank: [shore]}\n"),
                "{bank: [shore], bridge: [\"crossing\"]}",
            ),
            (
                with("    aliases:\n      bank: [shore]\n"),
                "\n      bridge:\n        - crossing\n",
            ),
            (
                with("    aliases:\n      bridge:\n        - span  # old\n"),
                "# old\n        - crossing\n",
            ),
        ] {
            let changed = alias("bridge", "crossing")
                .splice(&source(&file), "bridge-open")
                .expect("possible");
            assert!(changed.contains(expected), "{changed}");
            inserted(&file, &changed);
        }
        for (file, refusal) in [
            (with("    aliases: {}\n"), Refusal::Layout("bridge".into())),
            (
                with("    aliases: {bridge: [crossing]}\n"),
                Refusal::Present("crossing".into()),
            ),
        ] {
            assert_eq!(
                alias("bridge", "crossing").splice(&source(&file), "bridge-open"),
                Err(refusal)
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Any words, in any of the layouts people use: either exactly one place grows, or nothing happens.
        #[test]
        fn other_bytes_never_change(
            words in "[ -~éß“”\u{1b}\u{200b}😀\n\t]{1,24}",
            comment in "[ -~é\t]{0,12}",
            layout in 0..9_usize,
            crlf: bool,
            mark: bool,
            at_end: bool,
            anchored in 0..4_usize,
        ) {
            let phrases = match layout {
                0 => "\n          - one way   # COMMENT\n          # COMMENT\n          - \"two: ways\" # COMMENT".to_owned(),
                1 => " [one way, 'it''s', \"two\",] # COMMENT".to_owned(),
                2 => "\n        - one way\n        - >-\n          folded\n          words\n".to_owned(),
                3 => " &p [one way]".to_owned(),
                4 => "\n          - &q one way\n          - *q".to_owned(),
                // A list over several lines, with comments between its items and behind the bracket.
                5 => " [ # COMMENT\n            one way, # COMMENT\n            'a # b'\n            ] # COMMENT".to_owned(),
                // Tabs before comments, and quotes with breaks and escapes inside.
                6 => "\n          - one way\t# COMMENT\n          - \"two\\tways\n            on lines\"\t \t# COMMENT\n\t# COMMENT".to_owned(),
                7 => "\n          - 'it''s # no comment'   \n\n          - |\n            kept\n            # no comment".to_owned(),
                _ => " []  # COMMENT".to_owned(),
            };
            let phrases = phrases.replace("COMMENT", &comment);
            let (says, except) = match anchored {
                0 => ("Open.", ""),
                // What other places repeat must not change with them.
                1 => ("&s Open.", "\n        except: &e [lid is open]"),
                2 => ("!!str Open.", "\n        except: [lid is open] # COMMENT"),
                _ => ("'Open.'", "\n        ? except\n        : - lid is open"),
            };
            let except = except.replace("COMMENT", &comment);
            let tail = if at_end { "" } else { "\n      shut: {says: Shut., except: [lid]}\n    # end" };
            let mut text = format!("# COMMENT\nclaims:\n  - id: b\n    question: q\n    about: [bridge]\n    positions:\n      ajar:\n        says: Ajar.\n      open:\n        says: {says}{except}\n        phrases:{phrases}{tail}").replace("COMMENT", &comment);
            if crlf { text = text.replace('\n', "\r\n"); }
            if mark { text.insert(0, '\u{feff}'); }
            for edit in [
                phrase("open", &words),
                alias("bridge", &words),
                alias(&words, "crossing"),
                phrase("ajar", &words),
                Edit::About { text: words.clone() },
                Edit::Requires { position: "open".into(), text: words.clone() },
                Edit::Example { text: words.clone(), positions: vec!["open".into(), "ajar".into()] },
                Edit::Example { text: words.clone(), positions: Vec::new() },
                Edit::Except { position: Some("open".into()), text: words.clone() },
                Edit::Except { position: None, text: words.clone() },
            ] {
                if let Ok(changed) = edit.splice(&source(&text), "b") {
                    inserted(&text, &changed);
                    let claims = parse(source(&changed)).items;
                    let before = parse(source(&text)).items;
                    prop_assert!(means_the_same(&edit.on(&before[0]), &claims[0]));
                }
            }
        }

        /// The layouts that people use most are not refused, whatever stands in their comments.
        #[test]
        fn ordinary_lists_are_never_refused(
            words in "[a-z]{3,9} [a-z]{3,9}",
            comment in "[ -~é\t]{0,12}",
            flow: bool,
            crlf: bool,
            mark: bool,
        ) {
            let phrases = if flow { " [one way, \"two\"] # COMMENT" } else { "\n          - one way\t# COMMENT\n          - 'two'" };
            let mut text = format!("claims:\n  - id: b\n    question: q\n    about: [bridge]\n    positions:\n      ajar: {{says: Ajar.}}\n      open:\n        says: Open.\n        phrases:{phrases}\n").replace("COMMENT", &comment);
            if crlf { text = text.replace('\n', "\r\n"); }
            if mark { text.insert(0, '\u{feff}'); }
            prop_assume!(!["one way", "two"].contains(&words.as_str()));
            let changed = phrase("open", &words).splice(&source(&text), "b");
            prop_assert!(changed.is_ok(), "{:?}: {}", changed, text);
        }

        #[test]
        fn a_scalar_reads_as_what_was_written(words in "\\PC{1,20}|[ -~\n\t]{1,20}") {
            let text = format!("a:\n  - {}\n  - [{}]\n", scalar(&words), quoted(&words));
            let outline = Outline::parse(&text).expect("YAML");
            let found = outline.find(&["a", "0"]).and_then(|place| place.node.text().map(str::to_owned));
            prop_assert_eq!(found.as_deref(), Some(&*words), "{}", text);
            let found = outline.find(&["a", "1", "0"]).and_then(|place| place.node.text().map(str::to_owned));
            prop_assert_eq!(found.as_deref(), Some(&*words), "{}", text);
        }
    }
}
