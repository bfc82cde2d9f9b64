//! The JSON schema of claim files, made of the same table that checks them, so that an editor and the program agree.

use serde_json::{Map, Value, json};

use super::shape::{CLAIM, FILE, Key, Shape};

/// The schema of claim files, JSON Schema draft 7, which every editor's YAML support reads. It is a little stricter than the program:
/// unknown keys, which the program passes over with a warning, are refused.
pub fn schema() -> Value {
    let mut file = of(&FILE);
    let claims = json!({
        "description": "Questions with their possible answers.",
        "type": "array",
        "items": claim(),
    });
    if let Some(Value::Object(properties)) = file.get_mut("properties") {
        properties.insert("claims".to_owned(), claims);
    }
    if let Value::Object(file) = &mut file {
        file.insert(
            "$schema".to_owned(),
            "http://json-schema.org/draft-07/schema#".into(),
        );
        file.insert("title".to_owned(), "gainsay claim file".into());
        file.insert("required".to_owned(), json!(["claims"]));
    }
    file
}

fn claim() -> Value {
    let mut claim = of(&CLAIM);
    let kinds = ["positions", "quantity", "date"].map(|kind| json!({"required": [kind]}));
    if let Value::Object(claim) = &mut claim {
        claim.insert("oneOf".to_owned(), kinds.to_vec().into());
        if let Some(Value::Object(properties)) = claim.get_mut("properties") {
            if let Some(Value::Object(id)) = properties.get_mut("id") {
                id.insert("type".to_owned(), "string".into());
                id.insert("pattern".to_owned(), "^[a-z0-9]+(-[a-z0-9]+)*$".into());
            }
            if let Some(Value::Object(about)) = properties.get_mut("about") {
                about.insert("minItems".to_owned(), 1.into());
            }
        }
    }
    claim
}

/// The schema of a value.
fn of(shape: &Shape) -> Value {
    match shape {
        // A number or a truth value without quotes is read as the words that it is written with.
        Shape::Words => json!({"type": ["string", "number", "boolean"]}),
        Shape::WordList => json!({"type": "array", "items": of(&Shape::Words)}),
        Shape::WordsOrList => json!({"anyOf": [of(&Shape::Words), of(&Shape::WordList)]}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::Choice(words) => json!({"enum": words}),
        Shape::List(item) => json!({"type": "array", "items": of(item)}),
        Shape::Named(value) => json!({"type": "object", "additionalProperties": of(value)}),
        Shape::Record(keys) => {
            let properties: Map<String, Value> = keys.iter().map(property).collect();
            let required: Vec<&str> = keys
                .iter()
                .filter(|key| key.required)
                .map(|key| key.name)
                .collect();
            let mut record = json!({
                "type": "object",
                "properties": properties,
                "additionalProperties": false,
            });
            if !required.is_empty() {
                record["required"] = required.into();
            }
            record
        }
    }
}

fn property(key: &Key) -> (String, Value) {
    let mut value = of(&key.shape);
    if let (Value::Object(value), Some(text)) = (&mut value, description(key.name)) {
        value.insert("description".to_owned(), text.into());
    }
    // A list that names nobody is refused, so that no slip lets everybody speak.
    if key.name == "speaker" {
        value["minItems"] = 1.into();
    }
    (key.name.to_owned(), value)
}

/// What an editor shows beside a key.
fn description(key: &str) -> Option<&'static str> {
    Some(match key {
        "topic" => "What the file is about. An article must give some of the names in it.",
        "aliases" => {
            "Words and names that mean the same: one name, and a list of the others. All-capitals aliases match capitals only."
        }
        "id" => "A name in small letters, digits and hyphens, unique over all files.",
        "question" => "The question that articles answer.",
        "about" => "The subject: a statement, or one near it, must mention one of these.",
        "reach" => {
            "How far from a statement the subject may be named; `neighbour` is the sentence before or after."
        }
        "severity" => "How grave a contradiction on this claim is.",
        "positions" => "The possible answers, by name.",
        "quantity" => "The answers are the numbers found in the text.",
        "date" => "The answers are the dates found in the text.",
        "compatible" => "Pairs of answers that can both be true.",
        "except" => "Look-alikes that do not carry the answer.",
        "examples" => "Sentences with the position that they carry; `gainsay test` runs them.",
        "says" => "The position as a full sentence.",
        "phrases" => "Further typical wordings, three to nine words each.",
        "silence" => "The answer says that somebody left the matter out.",
        "denied" => "The position that a denial of this one supports.",
        "hedged" => "`false`: statements told as possible, reported or unconfirmed do not count.",
        "speaker" => "Whose statements count: names, and `article` for the article's own voice.",
        "requires" => "Words of which one must stand in the statement.",
        "of" => "What the number or date must stand with.",
        "tolerance" => "Answers closer than this agree: `10%`, `5`, or `31 days`.",
        "text" => "The sentence.",
        "position" => "The position or positions that it carries; `none` for a near miss.",
        "todo" => "Known not to work yet: told apart, and never a failure.",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_description() {
        fn walk(value: &Value) {
            if let Some(properties) = value.get("properties").and_then(Value::as_object) {
                for (name, property) in properties {
                    assert!(property.get("description").is_some(), "{name}");
                    walk(property);
                }
            }
            for key in ["items", "additionalProperties"] {
                value.get(key).into_iter().for_each(walk);
            }
        }
        walk(&schema());
    }
}
