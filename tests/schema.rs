//! The schemas that `gainsay schema` prints, held against claim files and settings.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

fn schema(what: &str) -> Value {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .args(["schema", what])
        .output()
        .expect("run");
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// What is wrong with a value, for the keywords that the schemas use; any other keyword is a fault of the test.
fn faults(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().expect("a schema is a map") {
        let all = |rules: &Value| -> usize {
            let holds = |rule: &Value| {
                let mut inner = Vec::new();
                faults(rule, value, at, &mut inner);
                inner.is_empty()
            };
            rules
                .as_array()
                .expect("a list")
                .iter()
                .filter(|rule| holds(rule))
                .count()
        };
        let fine = match keyword.as_str() {
            "$schema" | "title" | "description" => true,
            "type" => {
                let is = |name: &str| match name {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "number" => value.is_number(),
                    "integer" => value.is_i64() || value.is_u64(),
                    other => panic!("the type {other}"),
                };
                match rule {
                    Value::String(name) => is(name),
                    names => names
                        .as_array()
                        .expect("a list")
                        .iter()
                        .any(|name| is(name.as_str().expect("a name"))),
                }
            }
            "enum" => rule.as_array().expect("a list").contains(value),
            "pattern" => value.as_str().is_some_and(|text| {
                let part = |part: &str| {
                    !part.is_empty()
                        && part
                            .bytes()
                            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                };
                assert_eq!(rule, "^[a-z0-9]+(-[a-z0-9]+)*$");
                text.split('-').all(part)
            }),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() as u64 >= rule.as_u64().expect("a number")),
            "minimum" => value.as_f64() >= rule.as_f64(),
            "maximum" => value.as_f64() <= rule.as_f64(),
            "anyOf" => all(rule) >= 1,
            "oneOf" => all(rule) == 1,
            "required" => value.as_object().is_none_or(|map| {
                rule.as_array()
                    .expect("a list")
                    .iter()
                    .all(|key| map.contains_key(key.as_str().expect("a key")))
            }),
            "items" => {
                for (n, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults(rule, item, &format!("{at}/{n}"), out);
                }
                true
            }
            "properties" => {
                for (key, rule) in rule.as_object().expect("a map") {
                    if let Some(value) = value.get(key) {
                        faults(rule, value, &format!("{at}/{key}"), out);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |key: &String| {
                    schema
                        .get("properties")
                        .is_some_and(|p| p.get(key).is_some())
                };
                let rest: Vec<_> = value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(key, _)| !known(key))
                    .collect();
                if rule.is_object() {
                    for (key, value) in &rest {
                        faults(rule, value, &format!("{at}/{key}"), out);
                    }
                }
                rule != false || rest.is_empty()
            }
            other => panic!("the keyword {other}"),
        };
        if !fine {
            out.push(format!("{at}: {keyword} {rule}"));
        }
    }
}

fn check(schema: &Value, text: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(text).expect("YAML");
    let mut out = Vec::new();
    faults(schema, &value, "", &mut out);
    out
}

fn claim_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect()
}

#[test]
fn every_claim_file_fits() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = schema("claims");
    let mut files = claim_files(&root.join("claims"));
    assert!(!files.is_empty());
    for set in ["dev", "dev2"] {
        let folder = root.join("../shared/bench").join(set).join("claims");
        if folder.is_dir() {
            files.extend(claim_files(&folder));
        } else {
            println!(
                "skipped: there are no labelled claim files at {}",
                folder.display()
            );
        }
    }
    for path in files {
        let text = fs::read_to_string(&path).expect("read");
        assert_eq!(
            check(&schema, &text),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn slips_do_not_fit() {
    let schema = schema("claims");
    let good = "claims: [{id: a-b, question: Q, about: [c], positions: {x: {says: X}}, examples: [{text: T, position: none}]}]";
    assert_eq!(check(&schema, good), Vec::<String>::new());
    for (from, to) in [
        ("claims", "claim"),
        ("question", "qestion"),
        ("a-b", "A B"),
        ("[c]", "[]"),
        ("says", "say"),
        ("position: none", "expected: none"),
        (
            "positions: {x: {says: X}}",
            "quantity: {of: [d]}, positions: {x: {says: X}}",
        ),
        ("about:", "reach: far, about:"),
        ("about:", "hedged: maybe, about:"),
        ("about:", "speaker: mayor, about:"),
        ("about:", "speaker: [], about:"),
        ("{says: X}", "{says: X, hedged: 2}"),
        ("{says: X}", "{says: X, speakers: [mayor]}"),
    ] {
        let bad = good.replacen(from, to, 1);
        assert!(!check(&schema, &bad).is_empty(), "{bad}");
    }
}

#[test]
fn the_voice_of_a_claim_and_of_a_position_fits() {
    let schema = schema("claims");
    let text = "claims: [{id: a, question: Q, about: [c], hedged: false, speaker: [mayor, article], positions: {x: {says: X, hedged: true, \
                speaker: [Ada Kaya]}}}]";
    assert_eq!(check(&schema, text), Vec::<String>::new());
}

#[test]
fn settings_fit() {
    let schema = schema("config");
    assert_eq!(
        check(
            &schema,
            "{claims: [a, b], articles: c, jobs: 4, all: true, fail_on: never, min_severity: low}"
        ),
        Vec::<String>::new()
    );
    for bad in ["{claim_files: a}", "{jobs: 0}", "{format: 3}", "{all: 3}"] {
        assert!(!check(&schema, bad).is_empty(), "{bad}");
    }
}
