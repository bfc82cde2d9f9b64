//! A line of a match file or of a cache: JSON that carries the sum of its own bytes, so that no damage passes for data.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::article::ArticleEntry;
use crate::claim::{Answers, Claim};
use crate::fingerprint;
use crate::independence::Footprint;
use crate::matching::{Answer, Context, Match};
use crate::problem::{Label, Level, Problem};
use crate::source::Span;
use crate::statement::{Place, Voice};

use super::Record;
use super::claim_set::ClaimSet;

const START: &str = "{\"sum\":\"";
const SUM_LENGTH: usize = 16;

/// Writes a value as a line with its sum, with a line feed at the end. The value must be a JSON object.
pub(super) fn seal(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value)
        .expect("internal: a line has only string keys and finite numbers");
    let rest = json
        .strip_prefix('{')
        .expect("internal: a line is an object");
    format!("{START}{}\",{rest}\n", sum(rest))
}

/// The JSON object of a line, without its sum; `None` where the line is damaged. The line feed may be there or not.
pub(super) fn unseal(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line)
        .ok()?
        .trim_end_matches(['\r', '\n']);
    let rest = line.strip_prefix(START)?;
    let (told, rest) = rest.split_at_checked(SUM_LENGTH)?;
    let rest = rest.strip_prefix("\",")?;
    (told == sum(rest)).then(|| format!("{{{rest}"))
}

/// Guards against damage, not against malice: whoever can write the file can write the sum too, so all that is read is checked.
fn sum(text: &str) -> String {
    format!("{:016x}", SipHasher13::new().hash(text.as_bytes()))
}

/// A record, as it stands in a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordLine {
    article: ArticleEntry,
    /// 32 bits a word, lowest byte first, in base64.
    words: String,
    /// 64 bits a run, in the same way.
    runs: String,
    matches: Vec<MatchLine>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MatchLine {
    claim: String,
    position: String,
    /// The number with its bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quantity: Option<(Number, Number, Number)>,
    span: (usize, usize),
    text: String,
    line: usize,
    column: usize,
    words: Vec<(usize, usize)>,
    score: f64,
    wording: String,
    voice: VoiceLine,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    hedged: bool,
    place: PlaceLine,
    before: String,
    after: String,
}

/// JSON knows no infinity.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Number {
    Finite(f64),
    Infinite(String),
}

impl Number {
    fn of(number: f64) -> Self {
        if number.is_finite() {
            Self::Finite(number)
        } else {
            Self::Infinite(number.to_string())
        }
    }

    fn value(self) -> Option<f64> {
        match self {
            Self::Finite(number) => Some(number),
            Self::Infinite(number) => number.parse().ok(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum VoiceLine {
    Own,
    Attributed,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PlaceLine {
    Headline,
    Heading,
    Body,
}

impl RecordLine {
    pub fn of(record: &Record, claims: &ClaimSet) -> Self {
        let bytes = |bytes: Vec<u8>| STANDARD.encode(bytes);
        let Footprint { words, choices } = &record.footprint;
        let matches = record.matches.iter();
        Self {
            article: record.article.clone(),
            words: bytes(words.iter().flat_map(|word| word.to_le_bytes()).collect()),
            runs: bytes(choices.iter().flat_map(|run| run.to_le_bytes()).collect()),
            matches: matches
                .map(|found| MatchLine::of(found, &claims.claim(found.claim).id))
                .collect(),
        }
    }

    /// The same, of an article that is at hand again.
    pub fn of_article(self, article: ArticleEntry) -> Self {
        Self { article, ..self }
    }

    /// The record; `None` where something in it cannot be. Matches of claims that `wanted` does not take are left out.
    pub fn into_record(self, claims: &ClaimSet, wanted: impl Fn(usize) -> bool) -> Option<Record> {
        let words = STANDARD.decode(self.words).ok()?;
        let runs = STANDARD.decode(self.runs).ok()?;
        let ((words, []), (runs, [])) = (words.as_chunks(), runs.as_chunks()) else {
            return None;
        };
        let choices: Vec<u64> = runs.iter().map(|run| u64::from_le_bytes(*run)).collect();
        if self.article.id.is_empty() || !choices.is_sorted_by(|a, b| a < b) {
            return None;
        }
        let mut matches = Vec::new();
        for line in self.matches {
            let Some(claim) = claims.index(&line.claim).filter(|&claim| wanted(claim)) else {
                continue;
            };
            let claim_index = claim;
            let found = line.into_match(claims.claim(claim), claim_index, &self.article.id)?;
            matches.push(found);
        }
        Some(Record {
            footprint: Footprint {
                words: words.iter().map(|word| u32::from_le_bytes(*word)).collect(),
                choices,
            },
            article: self.article,
            matches,
        })
    }
}

impl MatchLine {
    fn of(found: &Match, claim: &str) -> Self {
        let quantity = match &found.answer {
            &Answer::Quantity { value, low, high } => {
                Some((Number::of(value), Number::of(low), Number::of(high)))
            }
            Answer::Position(_) | Answer::Date(_) => None,
        };
        let (voice, speaker) = match &found.voice {
            Voice::Own => (VoiceLine::Own, None),
            Voice::Attributed { speaker } => (VoiceLine::Attributed, speaker.clone()),
        };
        Self {
            claim: claim.to_owned(),
            position: found.position.to_string(),
            quantity,
            span: (found.span.start, found.span.end),
            text: found.text.to_string(),
            line: found.line,
            column: found.column,
            words: found
                .words
                .iter()
                .map(|word| (word.start, word.end))
                .collect(),
            score: found.score,
            wording: found.wording.to_string(),
            voice,
            speaker,
            hedged: found.hedged,
            place: match found.place {
                Place::Headline => PlaceLine::Headline,
                Place::Heading => PlaceLine::Heading,
                Place::Body => PlaceLine::Body,
            },
            before: found.context.before.clone(),
            after: found.context.after.clone(),
        }
    }

    fn into_match(self, claim: &Claim, claim_index: usize, article: &str) -> Option<Match> {
        let answer = match (&claim.answers, self.quantity) {
            (Answers::Positions(positions), None) => {
                let at = positions.iter().position(|one| one.name == self.position);
                Answer::Position(at?)
            }
            (Answers::Quantity { .. }, Some((value, low, high))) => {
                let (value, low, high) = (value.value()?, low.value()?, high.value()?);
                (low <= high && !value.is_nan()).then_some(Answer::Quantity { value, low, high })?
            }
            (Answers::Date { .. }, None) => Answer::Date(self.position.parse().ok()?),
            _ => return None,
        };
        let words =
            self.words
                .iter()
                .try_fold(Vec::new(), |mut words: Vec<Span>, &(start, end)| {
                    // The words are cut out of the text wherever it is shown.
                    let after = words.last().map_or(0, |last| last.end);
                    (start >= after && start < end && self.text.get(start..end).is_some()).then(
                        || {
                            words.push(Span::new(start, end));
                            words
                        },
                    )
                })?;
        let (start, end) = self.span;
        let sound = start <= end
            && self.line > 0
            && self.column > 0
            && (0.0..=1.0).contains(&self.score)
            && (self.voice == VoiceLine::Attributed || self.speaker.is_none());
        sound.then(|| Match {
            id: fingerprint::of_match(&claim.id, &self.position, &self.text, article),
            claim: claim_index,
            article: 0,
            answer,
            position: self.position.into(),
            span: Span::new(start, end),
            text: self.text.into(),
            line: self.line,
            column: self.column,
            words,
            score: self.score,
            wording: self.wording.into(),
            voice: match self.voice {
                VoiceLine::Own => Voice::Own,
                VoiceLine::Attributed => Voice::Attributed {
                    speaker: self.speaker,
                },
            },
            hedged: self.hedged,
            place: match self.place {
                PlaceLine::Headline => Place::Headline,
                PlaceLine::Heading => Place::Heading,
                PlaceLine::Body => Place::Body,
            },
            context: Arc::new(Context {
                before: self.before,
                after: self.after,
            }),
        })
    }
}

/// A problem, as it stands in a line; the text that its labels point into stands in a line before.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemLine {
    code: String,
    error: bool,
    message: String,
    path: Option<String>,
    help: Option<String>,
    labels: Vec<(usize, usize, String)>,
}

impl ProblemLine {
    pub fn of(problem: &Problem) -> Self {
        let labels = problem.labels.iter();
        Self {
            code: problem.code.to_owned(),
            error: problem.level == Level::Error,
            message: problem.message.clone(),
            path: problem.path.clone(),
            help: problem.help.clone(),
            labels: labels
                .map(|label| (label.span.start, label.span.end, label.text.clone()))
                .collect(),
        }
    }

    /// The problem; `None` where its code is none of those that reading articles gives, or a label ends before it starts. It has
    /// no source yet.
    pub fn into_problem(self) -> Option<Problem> {
        let code = CODES.iter().find(|code| **code == self.code)?;
        let labels = self.labels.into_iter().map(|(start, end, text)| {
            (start <= end).then(|| Label {
                span: Span::new(start, end),
                text,
            })
        });
        Some(Problem {
            code,
            level: if self.error {
                Level::Error
            } else {
                Level::Warning
            },
            message: self.message,
            path: self.path,
            source: None,
            labels: labels.collect::<Option<_>>()?,
            help: self.help,
        })
    }
}

/// All codes of problems that finding and reading articles gives, and of the bounds of a run.
const CODES: [&str; 27] = [
    "article/bad-date",
    "article/binary",
    "article/duplicate-id",
    "article/empty",
    "article/endless",
    "article/folder-named-as-file",
    "article/front-matter",
    "article/guessed-charset",
    "article/jsonl-line",
    "article/link-not-followed",
    "article/lone-surrogate",
    "article/lossy-decoding",
    "article/metadata-duplicate",
    "article/metadata-syntax",
    "article/metadata-type",
    "article/metadata-unknown-file",
    "article/metadata-unknown-key",
    "article/more-problems",
    "article/no-main-text",
    "article/none-found",
    "article/not-a-file",
    "article/not-found",
    "article/skipped",
    "article/too-long",
    "article/unreadable",
    "check/too-many-articles",
    "check/too-many-matches",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::claim::Tolerance;
    use crate::divergence::scene::{Scene, dates, positions, quantity};

    fn scene() -> Scene {
        Scene::new(
            vec![
                positions("fate", &["dead", "alive"]),
                quantity("toll", Tolerance::Relative(0.1)),
                dates("day", 2),
            ],
            "a(Dawn 2020-01-01): fate:dead^ fate:alive?@The_Mayor toll:10.. toll:..10.5 toll:25=0.123456789 day:2020-12 day:--12-20@",
        )
    }

    fn record(scene: &Scene) -> Record {
        let mut matches = scene.matches.clone();
        Arc::make_mut(&mut matches[1].context).before = "Before \u{1b}.".to_owned();
        Record::of(&scene.articles[0], matches)
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let scene = scene();
        let claims = ClaimSet::new(scene.claims.clone());
        let record = record(&scene);
        let line = seal(&RecordLine::of(&record, &claims));
        let json = unseal(line.as_bytes()).expect("sound");
        let back: RecordLine = serde_json::from_str(&json).expect("a record");
        assert_eq!(back.into_record(&claims, |_| true), Some(record.clone()));
        // Of one claim only.
        let back: RecordLine = serde_json::from_str(&json).expect("a record");
        let one = back
            .into_record(&claims, |claim| claim == 1)
            .expect("a record");
        assert_eq!(one.matches.len(), 3);
    }

    #[test]
    fn what_cannot_be_is_no_record() {
        let scene = scene();
        let claims = ClaimSet::new(scene.claims.clone());
        let json = serde_json::to_value(RecordLine::of(&record(&scene), &claims)).expect("JSON");
        let read = |json: &serde_json::Value| {
            let line: RecordLine = serde_json::from_value(json.clone()).ok()?;
            line.into_record(&claims, |_| true)
        };
        assert!(read(&json).is_some());
        let mut both = json.clone();
        both["matches"][0]["quantity"] = serde_json::json!([1.0, 1.0, 1.0]);
        assert_eq!(read(&both), None, "a position that is a number");
        for (place, wrong) in [
            ("/matches/0/words/0/1", serde_json::json!(99)),
            ("/matches/0/words/0/0", serde_json::json!(9)),
            ("/matches/0/span/0", serde_json::json!(999)),
            ("/matches/0/line", serde_json::json!(0)),
            ("/matches/0/score", serde_json::json!(1.5)),
            ("/matches/0/position", serde_json::json!("neither")),
            ("/matches/5/position", serde_json::json!("soon")),
            ("/matches/3/quantity", serde_json::json!([1.0, 3.0, 2.0])),
            ("/words", serde_json::json!("AAAAAAA=")),
            ("/article/id", serde_json::json!("")),
            ("/article/date", serde_json::json!("2020-13-01")),
        ] {
            let mut json = json.clone();
            *json.pointer_mut(place).expect(place) = wrong;
            assert_eq!(read(&json), None, "{place}");
        }
    }

    #[test]
    fn problems_keep_their_words_and_places() {
        let source = Arc::new(crate::source::Source::new("a.md", "---\nid: 1\n"));
        let problem = Problem::warning("article/front-matter", "odd")
            .at(&source, Span::new(4, 6), "here")
            .help("mend it");
        let line = ProblemLine::of(&problem);
        let back = line.into_problem().expect("a problem");
        assert_eq!(
            Problem {
                source: Some(source),
                ..back
            },
            problem
        );
        let unknown = ProblemLine::of(&Problem::error("article/else", "odd"));
        assert_eq!(unknown.into_problem(), None);
    }

    #[test]
    fn every_code_of_the_readers_is_known() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/article");
        let mut written = BTreeSet::new();
        for file in std::fs::read_dir(folder).expect("the folder") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a text");
            for part in text.split("\"article/").skip(1) {
                let code = part.split('"').next().expect("a code");
                // A test may write more behind it.
                if code.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                    written.insert(format!("article/{code}"));
                }
            }
        }
        let known = CODES.iter().filter(|code| code.starts_with("article/"));
        let known: BTreeSet<String> = known.map(|&code| code.to_owned()).collect();
        assert_eq!(written, known);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_changed_byte_passes(at in 0_usize..10_000, byte in any::<u8>()) {
            let scene = scene();
            let claims = ClaimSet::new(scene.claims.clone());
            let mut line = seal(&RecordLine::of(&record(&scene), &claims)).into_bytes();
            let at = at % (line.len() - 1);
            prop_assume!(line[at] != byte);
            line[at] = byte;
            prop_assert_eq!(unseal(&line), None);
        }
    }
}
