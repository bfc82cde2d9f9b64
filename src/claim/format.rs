//! The claim file as it is written: the keys of [`serde`] structs, with every leaf still as words.
//!
//! The words come from the [outline](super::outline), not from YAML's own reading of numbers and truth values, so `no` stays "no" and
//! `1.50` stays "1.50". [`super::shape`] has the same keys as a table with what they must hold; a test keeps the two in step.

use serde::Deserialize;
use serde_yaml::Value;

use super::outline::{Content, Node};

/// The parts of a file beside its claims.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FileText {
    pub topic: Option<String>,
    #[serde(default)]
    pub aliases: Pairs<Vec<String>>,
}

/// One entry of `claims`.
#[derive(Debug, Deserialize)]
pub(super) struct ClaimText {
    pub id: String,
    pub question: String,
    pub about: Vec<String>,
    pub reach: Option<String>,
    pub hedged: Option<String>,
    pub speaker: Option<Vec<String>>,
    pub severity: Option<String>,
    #[serde(default)]
    pub aliases: Pairs<Vec<String>>,
    pub positions: Option<Pairs<PositionText>>,
    pub quantity: Option<MeasureText>,
    pub date: Option<MeasureText>,
    #[serde(default)]
    pub compatible: Vec<Vec<String>>,
    #[serde(default)]
    pub except: Vec<String>,
    #[serde(default)]
    pub examples: Vec<ExampleText>,
}

/// One value of `positions`.
#[derive(Debug, Deserialize)]
pub(super) struct PositionText {
    pub says: Option<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
    #[serde(default)]
    pub except: Vec<String>,
    pub silence: Option<String>,
    pub denied: Option<String>,
    #[serde(default)]
    pub requires: Vec<String>,
    pub hedged: Option<String>,
    pub speaker: Option<Vec<String>>,
}

/// `quantity` or `date`.
#[derive(Debug, Deserialize)]
pub(super) struct MeasureText {
    pub of: Vec<String>,
    pub tolerance: Option<String>,
    #[serde(default)]
    pub except: Vec<String>,
}

/// One entry of `examples`.
#[derive(Debug, Deserialize)]
pub(super) struct ExampleText {
    pub text: String,
    pub position: OneOrMany,
    pub todo: Option<String>,
}

/// A word, or a list of words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn into_list(self) -> Vec<String> {
        match self {
            Self::One(word) => vec![word],
            Self::Many(words) => words,
        }
    }
}

/// A map in written order. Its keys are distinct: the shape check has seen to that.
#[derive(Debug)]
pub(super) struct Pairs<T>(pub Vec<(String, T)>);

impl<T> Default for Pairs<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> serde::de::Visitor<'de> for Visitor<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }

        deserializer.deserialize_map(Visitor(std::marker::PhantomData))
    }
}

/// Deserialises a part of a file from its outline.
///
/// # Errors
///
/// When the node has not the shape of `T`.
pub(super) fn read<T: for<'de> Deserialize<'de>>(node: &Node) -> Result<T, serde_yaml::Error> {
    serde_yaml::from_value(value(node))
}

/// The node as serde_yaml's value, all scalars as words. Nulls do not occur where the shape check has passed.
fn value(node: &Node) -> Value {
    match &node.content {
        Content::Scalar { text, .. } => Value::String(text.clone()),
        Content::List { items, .. } => Value::Sequence(items.iter().map(value).collect()),
        Content::Map { entries, .. } => Value::Mapping(
            entries
                .iter()
                .map(|entry| (value(&entry.key), value(&entry.value)))
                .collect(),
        ),
    }
}

/// The keys of the struct `T`, asked from its own `Deserialize`.
#[cfg(test)]
pub(super) fn keys_of<T: for<'de> Deserialize<'de>>() -> Vec<&'static str> {
    struct Asker<'a>(&'a mut Vec<&'static str>);

    impl<'de> serde::Deserializer<'de> for Asker<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: serde::de::Visitor<'de>>(
            self,
            _: V,
        ) -> Result<V::Value, Self::Error> {
            Err(serde::de::Error::custom("not a struct"))
        }

        fn deserialize_struct<V: serde::de::Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Self::Error> {
            self.0.extend(fields);
            Err(serde::de::Error::custom("asked"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
            tuple_struct map enum identifier ignored_any
        }
    }

    let mut keys = Vec::new();
    let _asked = T::deserialize(Asker(&mut keys));
    keys
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::outline::Outline;
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Whole {
        claims: Vec<ClaimText>,
    }

    /// The outline comes from one YAML parser, and `serde_yaml` has another: both must read the same words.
    #[test]
    fn the_outline_reads_what_serde_yaml_reads() {
        let text = "\
claims:
  - id: ferry-sale
    question: >-
      Was the ferry
      sold?
    about: [ferry, 25, 1.50, no, true, 2021-05-06, 0x1F, 1_000, .5, 'it''s', \"tab\\t\\u00e9\", a b, 12:30]
    positions:
      sold:
        says: |
          Sold.
            Really.
        phrases:
        - for $1.4 billion  # a comment
        - no#comment
        silence: true
      kept: {says: Kept., denied: sold}
    examples:
      - text: A sentence
          that goes on.
        position: [sold, kept]
  - {id: b, question: c, about: [d], quantity: {of: [e], tolerance: 10%}}
";
        let direct: Whole = serde_yaml::from_str(text).expect("sound");
        let outline = Outline::parse(text).expect("sound");
        let root = outline.root.expect("not empty");
        let by_outline: Whole = read(&root).expect("sound");
        assert_eq!(by_outline.claims.len(), 2);
        assert_eq!(by_outline.claims[0].about[2], "1.50");
        assert_eq!(format!("{by_outline:?}"), format!("{direct:?}"));
    }

    proptest! {
        #[test]
        fn what_serde_yaml_writes_is_read_back(words in prop::collection::vec("[ -~éßα😀\n]{0,12}", 0..6)) {
            let text = serde_yaml::to_string(&words).expect("words can be written");
            let outline = Outline::parse(&text).expect("what was written is YAML");
            let root = outline.root.expect("a list");
            let back: Vec<String> = read(&root).expect("a list of words");
            prop_assert_eq!(back, words, "{}", text);
        }
    }
}
