//! The report as SARIF 2.1.0, for code scanning tools: a result for each divergence, a notification for each problem.
//!
//! The types are the part of the standard that is written here. A divergence's fingerprint is its partial fingerprint, so tools
//! know it again in the next run. What a reviewer dismissed is suppressed; what a reviewer confirmed is a suppression rejected.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::claim::Severity;
use crate::clean::escape_in_json;
use crate::divergence::{Divergence, Kind, Status};
use crate::matching::Match;
use crate::problem::{Level, Problem};
use crate::report::Report;

use super::file_place::FilePlace;
use super::words::{copies, gloss, plain, sides, voice};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// Raised when the recipe of the fingerprints changes.
const FINGERPRINT: &str = "gainsayDivergence/v1";

/// What a path keeps in a URI (RFC 3986: unreserved characters and the slash). A colon in its first part would be a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The whole report as one JSON object, indented by two spaces, with a line feed at the end. The same report gives the same bytes.
pub fn render(report: &Report) -> String {
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run(report)],
    };
    written(&log)
}

fn written(log: &Log) -> String {
    let json = serde_json::to_string_pretty(log)
        .expect("internal: the log has only string keys and finite numbers");
    let mut json = escape_in_json(json);
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact>,
    results: Vec<ResultItem>,
    column_kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    descriptor: Descriptor,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
struct Descriptor {
    id: &'static str,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    hashes: Option<BTreeMap<&'static str, String>>,
}

#[derive(Serialize)]
struct Properties {
    /// Articles that repeat each other, in words.
    copies: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultItem {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    partial_fingerprints: BTreeMap<&'static str, String>,
    suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<ResultProperties>,
}

#[derive(Serialize)]
struct ResultProperties {
    claim: String,
    severity: Severity,
    status: Status,
    /// How many voices its articles are, where those that repeat each other count once.
    voices: usize,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    physical_location: Option<PhysicalLocation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    /// The article's id.
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Clone, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message>,
}

fn run(report: &Report) -> Run {
    let results: Vec<ResultItem> = report
        .divergences
        .iter()
        .map(|divergence| result(report, divergence))
        .collect();
    Run {
        tool: Tool {
            driver: Driver {
                name: "gainsay",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: Kind::ALL.map(rule).into(),
            },
        },
        invocations: [Invocation {
            execution_successful: report.counts().errors == 0,
            tool_execution_notifications: report.problems.iter().map(notification).collect(),
        }],
        artifacts: artifacts(report),
        results,
        // Columns count characters, not UTF-16 units.
        column_kind: "unicodeCodePoints",
        properties: Some(Properties {
            copies: copies(report),
        }),
    }
}

fn rule(kind: Kind) -> Rule {
    let text = match kind {
        Kind::Contradiction => "Two articles carry positions that cannot both be true.",
        Kind::SelfContradiction => "One article carries positions that cannot both be true.",
        Kind::Numeric => "A quantity differs beyond the tolerance.",
        Kind::Temporal => "A date differs beyond the tolerance.",
        Kind::Update => "The positions conflict, but the same source speaks later.",
        Kind::OneSided => "One article reports both sides of a dispute, the other only one.",
        Kind::Omission => "An article on the topic is silent where others answer.",
        Kind::Attribution => "The same position, but another speaker.",
        Kind::Hedging => "A fact in one article and a report in the other.",
    };
    Rule {
        id: kind.name(),
        short_description: Message {
            text: text.to_owned(),
        },
        full_description: None,
    }
}

/// The files that results point into; with the hash of their text where it is the file's.
fn artifacts(report: &Report) -> Vec<Artifact> {
    let named: BTreeSet<usize> = report
        .divergences
        .iter()
        .flat_map(Divergence::articles)
        .collect();
    let mut artifacts: BTreeMap<String, Option<BTreeMap<&'static str, String>>> = BTreeMap::new();
    for at in named {
        let article = &report.articles[at];
        let place = FilePlace::of_article(article);
        let Some(path) = place.path else { continue };
        let own_file = crate::article::ArticleFile::new(path);
        let same_text = matches!(
            own_file.format,
            crate::article::Format::Text | crate::article::Format::Markdown
        ) && !own_file.gzip;
        let hashes = same_text.then(|| BTreeMap::from([("sha-256", article.sha256.clone())]));
        artifacts.entry(uri(path)).or_insert(hashes);
    }
    artifacts
        .into_iter()
        .map(|(uri, hashes)| Artifact {
            location: ArtifactLocation { uri },
            hashes,
        })
        .collect()
}

fn result(report: &Report, divergence: &Divergence) -> ResultItem {
    let claim = &report.claims[divergence.claim];
    let mut found = Vec::new();
    for side in &divergence.sides {
        found.extend(side.matches.iter().map(|&at| &report.matches[at]));
    }
    let mut places = found.into_iter();
    // Tools show a result at its first location, the others beside it. Silence has no place but its article.
    let locations = places.next().map(|first| location(report, first, None));
    let mut related: Vec<Location> = places
        .enumerate()
        .map(|(nth, found)| location(report, found, Some(nth + 1)))
        .collect();
    let silent = divergence
        .sides
        .iter()
        .filter(|side| side.position.is_none());
    for at in silent.flat_map(|side| side.articles.iter().copied()) {
        let id = related.len() + 1;
        related.push(silence(report, at, id));
    }
    let articles: Vec<usize> = divergence.articles().into_iter().collect();
    let gloss = gloss(divergence).map_or_else(String::new, |gloss| format!(" ({gloss})"));
    let rule_index = Kind::ALL.iter().position(|&kind| kind == divergence.kind);
    ResultItem {
        rule_id: divergence.kind.name(),
        rule_index: rule_index.expect("internal: ALL holds every kind"),
        level: match divergence.severity {
            Severity::High => "error",
            Severity::Medium => "warning",
            Severity::Low => "note",
        },
        message: Message {
            text: format!(
                "{} {}{gloss}: {}",
                plain(&claim.question),
                divergence.kind.name(),
                sides(report, divergence)
            ),
        },
        locations: locations.into_iter().collect(),
        related_locations: related,
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, divergence.id.clone())]),
        suppressions: suppressions(divergence.status),
        properties: Some(ResultProperties {
            claim: plain(&claim.id),
            severity: divergence.severity,
            status: divergence.status,
            voices: report.copies.voices(&articles),
        }),
    }
}

/// An empty list says that the result is known not to be suppressed.
fn suppressions(status: Status) -> Vec<Suppression> {
    let (status, justification) = match status {
        Status::Open => return Vec::new(),
        Status::Confirmed => ("rejected", "a reviewer confirmed the divergence"),
        Status::Dismissed => ("accepted", "a reviewer dismissed the divergence"),
    };
    vec![Suppression {
        kind: "external",
        status,
        justification,
    }]
}

fn location(report: &Report, found: &Match, id: Option<usize>) -> Location {
    let claim = &report.claims[found.claim];
    let place = FilePlace::of_match(report, found);
    let text = plain(&found.text);
    let region = place.line.map(|line| {
        let breaks = found.text.matches('\n').count();
        let last = found.text.rsplit('\n').next().unwrap_or_default();
        let last = last.chars().count();
        // The column after the last character.
        let end = place.column.map(|column| match breaks {
            0 => column + last,
            _ => last + 1,
        });
        Region {
            start_line: line,
            start_column: place.column,
            end_line: place.column.map(|_| line + breaks),
            end_column: end,
            snippet: Some(Message { text: text.clone() }),
        }
    });
    let mut facts = vec![super::words::answer(claim, &found.position)];
    facts.extend(voice(found));
    Location {
        id,
        physical_location: place.path.map(|path| PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path) },
            region,
        }),
        logical_locations: vec![LogicalLocation {
            name: plain(&report.articles[found.article].id),
        }],
        message: Some(Message {
            text: format!("{}: “{text}”", facts.join(", ")),
        }),
    }
}

fn silence(report: &Report, article: usize, id: usize) -> Location {
    let article = &report.articles[article];
    let place = FilePlace::of_article(article);
    Location {
        id: Some(id),
        physical_location: place.path.map(|path| PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path) },
            region: place.line.map(whole_line),
        }),
        logical_locations: vec![LogicalLocation {
            name: plain(&article.id),
        }],
        message: Some(Message {
            text: "silent".to_owned(),
        }),
    }
}

fn whole_line(line: usize) -> Region {
    Region {
        start_line: line,
        start_column: None,
        end_line: None,
        end_column: None,
        snippet: None,
    }
}

fn notification(problem: &Problem) -> Notification {
    let mut text = plain(&problem.message);
    if let Some(help) = &problem.help {
        text += &format!(" ({})", plain(help));
    }
    let place = problem.line_column();
    let path = problem.path.as_deref().filter(|&path| path != "-");
    let location = path.map(|path| Location {
        id: None,
        physical_location: Some(PhysicalLocation {
            artifact_location: ArtifactLocation { uri: uri(path) },
            region: place.map(|(line, column)| Region {
                start_column: Some(column),
                ..whole_line(line)
            }),
        }),
        logical_locations: Vec::new(),
        message: None,
    });
    Notification {
        descriptor: Descriptor { id: problem.code },
        level: level(problem.level),
        message: Message { text },
        locations: location.into_iter().collect(),
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// What a rule finds, for [`findings`].
#[derive(Clone, Copy, Debug)]
pub struct RuleText {
    /// Its stable name.
    pub code: &'static str,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters and what to do.
    pub text: &'static str,
}

/// Problems as results, each under the rule of its code; a code that is not among `rules` becomes a rule without words. One JSON object,
/// as [`render`] writes it.
pub fn findings(problems: &[Problem], rules: &[RuleText]) -> String {
    let mut all: Vec<Rule> = rules
        .iter()
        .map(|rule| Rule {
            id: rule.code,
            short_description: Message {
                text: rule.title.to_owned(),
            },
            full_description: Some(Message {
                text: rule.text.to_owned(),
            }),
        })
        .collect();
    let mut results = Vec::new();
    for problem in problems {
        let at = all.iter().position(|rule| rule.id == problem.code);
        let at = at.unwrap_or_else(|| {
            all.push(Rule {
                id: problem.code,
                short_description: Message {
                    text: problem.code.to_owned(),
                },
                full_description: None,
            });
            all.len() - 1
        });
        results.push(finding(problem, at));
    }
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "gainsay",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: all,
                },
            },
            invocations: [Invocation {
                execution_successful: problems.iter().all(|p| p.level != Level::Error),
                tool_execution_notifications: Vec::new(),
            }],
            artifacts: Vec::new(),
            results,
            column_kind: "unicodeCodePoints",
            properties: None,
        }],
    };
    written(&log)
}

fn finding(problem: &Problem, rule_index: usize) -> ResultItem {
    let mut text = plain(&problem.message);
    if let Some(help) = &problem.help {
        text += &format!(" ({})", plain(help));
    }
    let path = problem.path.as_deref().filter(|&path| path != "-");
    let place = |region: Option<Region>, id: Option<usize>, message: Option<String>| {
        path.map(|path| Location {
            id,
            physical_location: Some(PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(path) },
                region,
            }),
            logical_locations: Vec::new(),
            message: message.map(|text| Message { text }),
        })
    };
    let mut labels = Vec::new();
    for label in &problem.labels {
        let region = problem.source.as_ref().map(|source| {
            let (line, column) = source.line_column(label.span.start);
            let (end_line, end_column) = source.line_column(label.span.end);
            Region {
                start_line: line,
                start_column: Some(column),
                end_line: Some(end_line),
                end_column: Some(end_column),
                snippet: None,
            }
        });
        let id = (!labels.is_empty()).then_some(labels.len());
        labels.push(place(region, id, Some(plain(&label.text))));
    }
    if labels.is_empty() {
        labels.push(place(None, None, None));
    }
    let mut labels = labels.into_iter().flatten();
    ResultItem {
        rule_id: problem.code,
        rule_index,
        level: level(problem.level),
        message: Message { text },
        locations: labels.next().into_iter().collect(),
        related_locations: labels.collect(),
        partial_fingerprints: BTreeMap::new(),
        suppressions: Vec::new(),
        properties: None,
    }
}

/// A path as a URI: relative as it is, absolute under the scheme `file`.
fn uri(path: &str) -> String {
    let path = path.trim_start_matches("./");
    let encoded = utf8_percent_encode(path, PATH).to_string();
    if path.starts_with('/') {
        // Two slashes at the start would name a host.
        format!("file:///{}", encoded.trim_start_matches('/'))
    } else if path.as_bytes().get(1..3) == Some(b":/") {
        format!("file:///{encoded}")
    } else {
        encoded
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;
    use crate::divergence::scene::{Scene, positions};
    use crate::source::{Source, Span};

    fn report() -> Report {
        let mut scene = Scene::new(
            vec![
                positions("fate", &["dead", "alive"]),
                positions("tax", &["up", "down"]),
            ],
            "a(Dawn 2024-03-01): fate:alive?^\nb: fate:dead@Ada_Kaya fate:dead\nc: fate:dead tax:up\nd: tax:down\n-: tax:up",
        );
        scene.articles[1].path = "desk files/a#b:c%é.md".to_owned();
        scene.articles[2].path = "/abs/c.html".to_owned();
        scene.articles[3].path = "all.jsonl:7".to_owned();
        scene.articles[4].path = "-".to_owned();
        scene.matches[1].text = "Two\nlines \u{1b}[31m.".into();
        let source = Arc::new(Source::new("claims/x.yaml", "topic: x\nclaims: 7\n"));
        let problems = vec![
            Problem::error("claim/shape", "claims must be a list")
                .at(&source, Span::new(17, 18), "here")
                .help("write a list"),
            Problem::warning("article/odd", "odd bytes").at_path("articles/b.txt"),
            Problem::warning("check/odd", "odd"),
        ];
        let mut report = Report::assemble(scene.claims, scene.articles, scene.matches, problems);
        report.divergences[0].status = Status::Dismissed;
        report.divergences[1].status = Status::Confirmed;
        report
    }

    #[test]
    fn shape() {
        insta::assert_snapshot!(render(&report()).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }

    /// What the published schema demands of the parts that are written: which properties exist, which are required, which values
    /// are allowed (OASIS, sarif-schema-2.1.0.json).
    fn check(value: &Value, kind: &str, at: &str) {
        type Rule = (
            &'static str,
            &'static [&'static str],
            &'static [(&'static str, &'static str)],
        );
        // Name; required properties; known properties with the kind of their value, `[]` for a list.
        const RULES: &[Rule] = &[
            (
                "log",
                &["version", "runs"],
                &[("$schema", "uri"), ("version", "=2.1.0"), ("runs", "[]run")],
            ),
            (
                "run",
                &["tool"],
                &[
                    ("tool", "tool"),
                    ("invocations", "[]invocation"),
                    ("artifacts", "[]artifact"),
                    ("results", "[]result"),
                    ("columnKind", "=utf16CodeUnits|unicodeCodePoints"),
                    ("properties", "bag"),
                ],
            ),
            ("tool", &["driver"], &[("driver", "driver")]),
            (
                "driver",
                &["name"],
                &[
                    ("name", "string"),
                    ("semanticVersion", "string"),
                    ("rules", "[]rule"),
                ],
            ),
            (
                "rule",
                &["id"],
                &[
                    ("id", "string"),
                    ("shortDescription", "message"),
                    ("fullDescription", "message"),
                ],
            ),
            (
                "invocation",
                &["executionSuccessful"],
                &[
                    ("executionSuccessful", "bool"),
                    ("toolExecutionNotifications", "[]notification"),
                ],
            ),
            (
                "notification",
                &["message"],
                &[
                    ("descriptor", "descriptor"),
                    ("level", "=none|note|warning|error"),
                    ("message", "message"),
                    ("locations", "[]location"),
                ],
            ),
            // One of index, guid and id is wanted.
            ("descriptor", &["id"], &[("id", "string")]),
            (
                "artifact",
                &[],
                &[("location", "artifactLocation"), ("hashes", "strings")],
            ),
            (
                "result",
                &["message"],
                &[
                    ("ruleId", "string"),
                    ("ruleIndex", "index"),
                    ("level", "=none|note|warning|error"),
                    ("message", "message"),
                    ("locations", "[]location"),
                    ("relatedLocations", "[]location"),
                    ("partialFingerprints", "strings"),
                    ("suppressions", "[]suppression"),
                    ("properties", "bag"),
                ],
            ),
            (
                "suppression",
                &["kind"],
                &[
                    ("kind", "=inSource|external"),
                    ("status", "=accepted|underReview|rejected"),
                    ("justification", "string"),
                ],
            ),
            (
                "location",
                &[],
                &[
                    ("id", "index"),
                    ("physicalLocation", "physicalLocation"),
                    ("logicalLocations", "[]logicalLocation"),
                    ("message", "message"),
                ],
            ),
            ("logicalLocation", &[], &[("name", "string")]),
            // artifactLocation or address is wanted.
            (
                "physicalLocation",
                &["artifactLocation"],
                &[
                    ("artifactLocation", "artifactLocation"),
                    ("region", "region"),
                ],
            ),
            ("artifactLocation", &[], &[("uri", "uri")]),
            (
                "region",
                &[],
                &[
                    ("startLine", "count"),
                    ("startColumn", "count"),
                    ("endLine", "count"),
                    ("endColumn", "count"),
                    ("snippet", "message"),
                ],
            ),
            // text or id is wanted.
            ("message", &["text"], &[("text", "string")]),
        ];
        if let Some(items) = kind.strip_prefix("[]") {
            let list = value
                .as_array()
                .unwrap_or_else(|| panic!("{at} is no list"));
            for (nth, item) in list.iter().enumerate() {
                check(item, items, &format!("{at}[{nth}]"));
            }
            return;
        }
        let fits = match kind {
            "string" => value.is_string(),
            "bool" => value.is_boolean(),
            "bag" => value.is_object(),
            "index" => value.as_i64().is_some_and(|number| number >= 0),
            "count" => value.as_i64().is_some_and(|number| number >= 1),
            "strings" => value
                .as_object()
                .is_some_and(|map| map.values().all(Value::is_string)),
            "uri" => value.as_str().is_some_and(|uri| {
                !uri.is_empty()
                    && uri
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b"-._~:/%".contains(&b))
                    && uri.split('%').skip(1).all(|rest| {
                        rest.as_bytes()
                            .get(..2)
                            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
                    })
            }),
            _ => match kind.strip_prefix('=') {
                Some(values) => value
                    .as_str()
                    .is_some_and(|value| values.split('|').any(|v| v == value)),
                None => value.is_object(),
            },
        };
        assert!(fits, "{at} is no {kind}: {value}");
        let Some((_, required, known)) = RULES.iter().find(|rule| rule.0 == kind) else {
            return;
        };
        let map = value.as_object().expect("told above");
        for name in *required {
            assert!(map.contains_key(*name), "{at} lacks {name}");
        }
        for (name, value) in map {
            let kind = known.iter().find(|known| known.0 == name);
            let (_, kind) = kind.unwrap_or_else(|| panic!("{at}.{name} is not in the standard"));
            check(value, kind, &format!("{at}.{name}"));
        }
    }

    #[test]
    fn findings_keep_to_the_standard_too() {
        let source = Arc::new(Source::new("claims/ä x.yaml", "topic: é\nclaims: 7\n"));
        let problems = [
            Problem::warning("lint/odd", "odd")
                .at(&source, Span::new(7, 9), "here")
                .at(&source, Span::new(10, 16), "there")
                .help("mend it"),
            Problem::error("claim/unlisted", "no words").at_path("a.yaml"),
            Problem::error("claim/unlisted", "no place"),
        ];
        let rules = [RuleText {
            code: "lint/odd",
            title: "odd",
            text: "It is odd.",
        }];
        let log: Value = serde_json::from_str(&findings(&problems, &rules)).expect("JSON");
        check(&log, "log", "log");
        let run = &log["runs"][0];
        assert_eq!(
            run["tool"]["driver"]["rules"].as_array().map(Vec::len),
            Some(2)
        );
        let first = &run["results"][0];
        assert_eq!(
            first["locations"][0]["physicalLocation"]["region"]["endColumn"],
            9
        );
        assert_eq!(first["relatedLocations"].as_array().map(Vec::len), Some(1));
        assert_eq!(run["results"][2]["locations"], serde_json::json!([]));
    }

    #[test]
    fn the_log_keeps_to_the_standard() {
        let log: Value = serde_json::from_str(&render(&report())).expect("JSON");
        check(&log, "log", "log");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
        let results = run["results"].as_array().expect("a list");
        assert!(results.len() > 2);
        for result in results {
            let index = result["ruleIndex"].as_u64().expect("a number") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert_eq!(
                result["partialFingerprints"]
                    .as_object()
                    .map(|map| map.len()),
                Some(1)
            );
            // Ids of locations are unique within a result.
            let related = result["relatedLocations"].as_array().into_iter().flatten();
            let ids: Vec<u64> = related.filter_map(|place| place["id"].as_u64()).collect();
            assert_eq!(ids, (1..=ids.len() as u64).collect::<Vec<_>>());
            for region in result["locations"].as_array().into_iter().flatten() {
                let region = &region["physicalLocation"]["region"];
                if region["endLine"] == region["startLine"] {
                    assert!(region["endColumn"].as_u64() >= region["startColumn"].as_u64());
                }
            }
        }
        assert_eq!(results[0]["suppressions"][0]["status"], "accepted");
        assert_eq!(results[1]["suppressions"][0]["status"], "rejected");
        assert_eq!(results[2]["suppressions"], serde_json::json!([]));
        // Something was left out.
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        assert!(!render(&report()).contains("\\u001b"));
    }

    #[test]
    fn paths_become_uris() {
        for (path, expected) in [
            ("articles/a.md", "articles/a.md"),
            ("./a b.md", "a%20b.md"),
            ("../a.md", "../a.md"),
            ("a:b#c?.md", "a%3Ab%23c%3F.md"),
            ("é%.md", "%C3%A9%25.md"),
            ("/abs/a.md", "file:///abs/a.md"),
            ("//host/a.md", "file:///host/a.md"),
            ("C:/a.md", "file:///C%3A/a.md"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
