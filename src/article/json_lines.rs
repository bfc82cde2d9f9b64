//! JSONL: an article a line.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

use crate::problem::Problem;

use super::metadata::{Metadata, one_line, shortened};
use super::publication_date::{DATE_HELP, parse_date};

/// A line as it stands; the types are checked by hand, so that one wrong field does not cost the whole article.
#[derive(Deserialize)]
struct RawLine {
    id: Option<Field>,
    text: Option<Field>,
    title: Option<Field>,
    source: Option<Field>,
    date: Option<Field>,
    url: Option<Field>,
}

/// The value of a field. What no field can be is passed over, not kept: a list takes 16 times its length in memory.
enum Field {
    String(String),
    Number(Number),
    /// Its kind, for a message.
    Other(&'static str),
}

impl Field {
    fn kind(&self) -> &'static str {
        match self {
            Field::String(_) => "a string",
            Field::Number(_) => "a number",
            Field::Other(kind) => kind,
        }
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldVisitor)
    }
}

struct FieldVisitor;

impl<'de> Visitor<'de> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Field, E> {
        Ok(Field::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Field, E> {
        Ok(Field::String(text))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Field, E> {
        Ok(Field::Number(number.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Field, E> {
        Ok(Field::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Field, E> {
        Ok(Number::from_f64(number).map_or(Field::Other("a number"), Field::Number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Field, E> {
        Ok(Field::Other("a boolean"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Field, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Field::Other("an array"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Field, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Field::Other("an object"))
    }
}

/// An article of a JSONL file.
#[derive(Debug)]
pub(super) struct JsonLine {
    pub metadata: Metadata,
    /// Exactly as given.
    pub text: String,
}

impl JsonLine {
    /// Reads a line; `place` is its name for the reader (`news.jsonl:12`). What is odd and was used all the same
    /// goes to `problems`; the error says why there is no article.
    pub fn read(
        line: &str,
        place: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<Self, Box<Problem>> {
        let broken = |message: String| {
            Box::new(Problem::error("article/jsonl-line", message).at_path(place))
        };
        if !line.trim_start().starts_with('{') {
            let mut problem = broken("the line is not a JSON object".to_owned());
            problem.help =
                Some("JSONL has an object a line: {\"id\": \"a\", \"text\": \"…\"}".to_owned());
            return Err(problem);
        }
        let raw: RawLine = match serde_json::from_str(line) {
            Ok(raw) => raw,
            Err(error) => {
                // Programs that cut texts at a number of UTF-16 units leave half a character at the end.
                let Some(raw) =
                    without_lone_surrogates(line).and_then(|line| serde_json::from_str(&line).ok())
                else {
                    return Err(broken(format!(
                        "the line is not valid JSON: {}",
                        // The parser saw one line; its number is in the place already.
                        error
                            .to_string()
                            .replace(" at line 1 column ", " at column ")
                    )));
                };
                problems.push(
                    Problem::warning(
                        "article/lone-surrogate",
                        "an escape such as \\ud83d is half a character; it is read as U+FFFD",
                    )
                    .at_path(place),
                );
                raw
            }
        };
        let text = match raw.text {
            Some(Field::String(text)) => text,
            None => return Err(broken("the line has no `text`".to_owned())),
            Some(other) => {
                return Err(broken(format!(
                    "`text` must be a string, but is {}",
                    other.kind()
                )));
            }
        };
        let mut string = |name: &str, value: Option<Field>| -> Option<String> {
            let text = match value? {
                Field::String(text) => one_line(&text),
                // Numbers are fine as ids.
                Field::Number(number) if name == "id" => number.to_string(),
                other => {
                    problems.push(
                        Problem::warning(
                            "article/metadata-type",
                            format!(
                                "`{name}` must be a string, but is {}; it is not used",
                                other.kind()
                            ),
                        )
                        .at_path(place),
                    );
                    return None;
                }
            };
            (!text.is_empty()).then_some(text)
        };
        let mut metadata = Metadata {
            id: string("id", raw.id),
            title: string("title", raw.title),
            source: string("source", raw.source),
            url: string("url", raw.url),
            date: None,
        };
        if let Some(date) = string("date", raw.date) {
            metadata.date = parse_date(&date);
            if metadata.date.is_none() {
                problems.push(bad_date(&date, place));
            }
        }
        Ok(Self { metadata, text })
    }
}

/// A date for which there is no place to point at.
pub(super) fn bad_date(date: &str, path: &str) -> Problem {
    Problem::warning(
        "article/bad-date",
        format!("`{}` is not a date that can be read", shortened(date)),
    )
    .at_path(path)
    .help(DATE_HELP)
}

/// The line with `\ufffd` for each escape of half a character; `None` when there is none.
fn without_lone_surrogates(line: &str) -> Option<String> {
    let mut fixed = String::with_capacity(line.len());
    let mut changed = false;
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        fixed.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match (escape(rest), rest.get(6..).and_then(escape)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                changed = true;
                fixed.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            // A backslash and the character that it escapes.
            (None, _) => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        fixed.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    fixed.push_str(rest);
    changed.then_some(fixed)
}

/// The code unit of the `\u` escape that the text begins with.
fn escape(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn read(line: &str) -> (Result<JsonLine, Box<Problem>>, Vec<Problem>) {
        let mut problems = Vec::new();
        let result = JsonLine::read(line, "n.jsonl:3", &mut problems);
        (result, problems)
    }

    #[test]
    fn all_fields_are_read() {
        let (line, problems) = read(
            r#"{"id": 7, "text": " A\u00e4\n ", "title": "T", "source": "S", "date": "2020-12-14", "url": "u", "more": {"x": [1]}}"#,
        );
        let line = line.unwrap();
        assert_eq!(problems, []);
        assert_eq!(line.text, " Aä\n ");
        assert_eq!(line.metadata.id.as_deref(), Some("7"));
        assert_eq!(line.metadata.date, Some(date(2020, 12, 14)));
    }

    #[test]
    fn a_broken_line_says_what_is_wrong_and_where() {
        let message = |line| read(line).0.unwrap_err();
        assert_eq!(
            message("{\"text\": \"a\"").path.as_deref(),
            Some("n.jsonl:3")
        );
        assert!(
            message("{\"text\": \"a\"")
                .message
                .ends_with("at column 12")
        );
        assert_eq!(
            message("[\"a\", \"b\"]").message,
            "the line is not a JSON object"
        );
        assert_eq!(message("{\"id\": \"a\"}").message, "the line has no `text`");
        assert_eq!(
            message("{\"text\": null}").message,
            "the line has no `text`"
        );
        assert_eq!(
            message("{\"text\": [1]}").message,
            "`text` must be a string, but is an array"
        );
        assert!(
            message("{\"text\": \"a\", \"text\": \"b\"}")
                .message
                .contains("duplicate field")
        );
        assert!(
            message("{\"text\": \"\\ud800\", }")
                .message
                .contains("column")
        );
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert!(message(&deep).message.contains("EOF"), "{deep:.40}");
        // What is passed over may nest as it likes.
        let deep = format!(
            "{{\"text\": \"a\", \"more\": {}{}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert_eq!(read(&deep).0.expect("an article").text, "a");
    }

    #[test]
    fn a_wrong_type_costs_the_field_alone() {
        let (line, problems) = read(r#"{"text": "a", "title": 3, "date": "soon", "source": null}"#);
        assert_eq!(line.unwrap().metadata, Metadata::default());
        let told: Vec<_> = problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "`title` must be a string, but is a number; it is not used",
                "`soon` is not a date that can be read"
            ]
        );
    }

    #[test]
    fn half_a_character_does_not_cost_the_line() {
        let (line, problems) =
            read(r#"{"text": "a\ud83d b\ude00 \ud83d\ude00 \\ud83d \ud83d\u0041"}"#);
        assert_eq!(
            line.unwrap().text,
            "a\u{FFFD} b\u{FFFD} 😀 \\ud83d \u{FFFD}A"
        );
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].code, "article/lone-surrogate");
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "\\{?([\"{}:,\\\\udDf80 ä]|text|\\PC){0,40}") {
            let _ = read(&line);
        }
    }
}
