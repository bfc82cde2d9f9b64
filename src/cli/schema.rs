//! `gainsay schema`: the JSON schemas of the files that people write.

use clap::{Args, ValueEnum};
use gainsay::claim;
use gainsay::trial::lint::RULES;
use serde_json::{Value, json};

use super::exit::Exit;
use super::fatal::Fatal;
use super::output;

#[derive(Debug, Args)]
#[command(after_long_help = HELP)]
pub(super) struct SchemaArgs {
    /// The files that the schema is of.
    #[arg(value_name = "WHAT", default_value = "claims")]
    what: What,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Claim files.
    Claims,
    /// The settings file gainsay.yaml.
    Config,
}

const HELP: &str = "\
Editors with YAML support complete keys and underline slips where the first
line of a file names its schema:

    # yaml-language-server: $schema=gainsay-claims.schema.json

'gainsay new' writes that line, and the schema beside the claim file.

Example:
  gainsay schema claims > claims/gainsay-claims.schema.json";

/// Writes a schema to standard output.
pub(super) fn run(args: &SchemaArgs) -> Result<Exit, Fatal> {
    let schema = match args.what {
        What::Claims => claim::schema(),
        What::Config => config(),
    };
    output::write_to_stdout(&output::json(&schema))?;
    Ok(Exit::Done)
}

/// The schema of the settings file.
fn config() -> Value {
    let paths =
        json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});
    let severities = ["low", "medium", "high"];
    let format = json!({"type": "string", "pattern": "^(text|html|markdown|json|csv|csv-divergences|sarif|github)(=.+)?$"});
    let formats = json!({"anyOf": [format, {"type": "array", "items": format}]});
    let with = |mut value: Value, text: &str| {
        value["description"] = text.into();
        value
    };
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "gainsay settings",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "claims": with(paths.clone(), "Claim files and folders, relative to this file."),
            "articles": with(paths.clone(), "Articles: files and folders, relative to this file."),
            "claim": with(paths, "Report only these claims."),
            "min_severity": with(json!({"enum": severities}), "Show only divergences of at least this severity."),
            "fail_on": with(json!({"enum": ["low", "medium", "high", "never"]}), "Exit with 1 where an open divergence of at least this severity stands."),
            "format": with(formats, "How to write the report: a format, or FORMAT=FILE; a list writes several."),
            "output": with(json!({"type": "string"}), "Write the report to this file; - is standard output."),
            "csv_raw": with(json!({"type": "boolean"}), "Write the cells of csv as they are, formulas too."),
            "reviews": with(json!({"type": "string"}), "The ledger of decisions."),
            "color": with(json!({"enum": ["auto", "always", "never"]}), "When to colour."),
            "all": with(json!({"type": "boolean"}), "Show everything in full."),
            "quiet": with(json!({"type": "boolean"}), "Tell only problems and the summary line."),
            "jobs": with(json!({"type": "integer", "minimum": 1, "maximum": super::flags::MAX_JOBS}), "Threads that compare at the same time."),
            "max_articles": with(json!({"type": "integer", "minimum": 1, "maximum": u32::MAX}), "Articles that are compared at most; the rest is left out and told."),
            "max_matches": with(json!({"type": "integer", "minimum": 1, "maximum": u32::MAX}), "Statements that are kept at most; the rest is left out and told."),
            "cache": with(json!({"type": "string"}), "Keep what was found in this folder, so that the next run matches only what changed."),
            "lint": with(rules(), "How grave what 'gainsay lint' finds is, by rule."),
        },
    })
}

/// A map from the rules of lint, with or without `lint/`, to weights.
fn rules() -> Value {
    let mut properties = serde_json::Map::new();
    for rule in RULES {
        let short = rule.code.strip_prefix("lint/").unwrap_or(rule.code);
        let weight =
            json!({"enum": ["off", "info", "warning", "error", false], "description": rule.title});
        properties.insert(short.to_owned(), weight.clone());
        properties.insert(rule.code.to_owned(), weight);
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_schema_has_the_keys_that_are_read() {
        let schema = config();
        let properties = schema["properties"].as_object().expect("a map");
        let mut written: Vec<&str> = properties.keys().map(String::as_str).collect();
        let mut read = super::super::config::KEYS.to_vec();
        written.sort_unstable();
        read.sort_unstable();
        assert_eq!(written, read);
    }
}
