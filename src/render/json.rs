//! The report as JSON, for programs: schema version 1.
//!
//! The types here are the schema; they are apart from those of the stages, so that a change inside does not change what is
//! written. Fields may be added. A field that stands here keeps its name and meaning within a schema version.

use std::collections::BTreeSet;
use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::ser::Formatter;

use crate::claim::{Answers, Claim, Severity};
use crate::clean::{has_unsafe, is_unsafe};
use crate::divergence::{Divergence, Kind, Side, Status};
use crate::independence::CopyGroup;
use crate::matching::Match;
use crate::problem::{Level, Problem};
use crate::report::{ArticleEntry, Report};
use crate::statement::{Place, Voice};

/// Raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Scores are written to four decimals: finer differences mean nothing.
const SCORE_STEPS: f64 = 10_000.0;

/// The whole report as one JSON object, indented by two spaces, with a line feed at the end. The same report gives the same bytes.
///
/// What steers a terminal, hides or reorders text is written as `\u` escapes, see [`is_unsafe`]: the report may be looked at on a
/// screen.
pub fn render(report: &Report) -> String {
    let mut json = Vec::new();
    write(report, &mut json).expect("internal: memory takes everything");
    String::from_utf8(json).expect("internal: JSON is UTF-8")
}

/// Writes what [`render`] gives, part by part: a long report is never held as a whole.
///
/// # Errors
///
/// Where `out` takes no more.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document { out, begun: false };
    document.value("schema_version", &SCHEMA_VERSION)?;
    document.value("summary", &summary(report))?;
    document.list("claims", &report.claims, |claim| claim_item(claim))?;
    document.list("articles", &report.articles, article_item)?;
    document.list("matches", &report.matches, |found| {
        match_item(report, found)
    })?;
    document.list("divergences", &report.divergences, |divergence| {
        divergence_item(report, divergence)
    })?;
    document.list("problems", &report.problems, problem_item)?;
    // Articles that repeat each other.
    document.list("copies", report.copies.groups(), |group| {
        copy_item(report, group)
    })?;
    document.end()
}

/// Parts of a list that threads write in a round, and how long a part shall be. Enough to make nothing of the hand-over. It goes by the length,
/// for a divergence that names thousands of matches is as long as many of them: of 30,000 articles on 1,000 claims the peak fell by that from
/// 392 to 367 MiB.
const PARTS: usize = 32;
const PART_BYTES: usize = 64 << 10;
/// Items of a part are so many at most, and in the first round, where their length is not known, so many.
const MOST_ITEMS: usize = 128;
const FIRST_ITEMS: usize = 8;

/// The JSON object of a report while it is written. Lists may be long, so parts of them are written side by side.
struct Document<'w> {
    out: &'w mut dyn Write,
    begun: bool,
}

impl Document<'_> {
    fn key(&mut self, key: &str) -> io::Result<()> {
        let before = if self.begun { "," } else { "{" };
        self.begun = true;
        write!(self.out, "{before}\n  \"{key}\": ")
    }

    fn value(&mut self, key: &str, value: &impl Serialize) -> io::Result<()> {
        self.key(key)?;
        let mut json = Vec::new();
        write_json(&mut json, value, 1);
        self.out.write_all(&json)
    }

    fn list<'a, T: Sync, I: Serialize>(
        &mut self,
        key: &str,
        items: &'a [T],
        item: impl Fn(&'a T) -> I + Sync,
    ) -> io::Result<()> {
        self.key(key)?;
        if items.is_empty() {
            return self.out.write_all(b"[]");
        }
        self.out.write_all(b"[")?;
        let mut first = true;
        // The same few buffers are filled again and again.
        let mut parts = vec![Vec::new(); PARTS];
        let (mut rest, mut of_part) = (items, FIRST_ITEMS);
        while !rest.is_empty() {
            let (round, after) = rest.split_at(rest.len().min(PARTS * of_part));
            rest = after;
            parts
                .par_iter_mut()
                .zip(round.par_chunks(of_part))
                .for_each(|(json, part)| {
                    for one in part {
                        json.extend(b",\n    ");
                        write_json(json, &item(one), 2);
                    }
                });
            let bytes: usize = parts.iter().map(Vec::len).sum();
            of_part = (PART_BYTES * round.len() / bytes.max(1)).clamp(1, MOST_ITEMS);
            for part in &mut parts {
                if part.is_empty() {
                    break;
                }
                // The first item has no comma before it.
                let from = usize::from(std::mem::replace(&mut first, false));
                self.out.write_all(&part[from..])?;
                part.clear();
                // One that was much longer than the others keeps no room.
                part.shrink_to(2 * PART_BYTES);
            }
        }
        self.out.write_all(b"\n  ]")
    }

    fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n}\n")
    }
}

/// Writes a value that stands so many levels deep.
fn write_json(json: &mut Vec<u8>, value: &impl Serialize, depth: usize) {
    let safe = Safe {
        depth,
        filled: false,
    };
    value
        .serialize(&mut serde_json::Serializer::with_formatter(json, safe))
        .expect("internal: the document has only string keys and finite numbers");
}

/// A line feed with the comma before it and the indent behind it, for as many levels as the document has; deeper ones go on in steps.
const BREAK: &[u8; 34] = b",\n                                ";

/// Indents by two spaces a level, as [`PrettyFormatter`](serde_json::ser::PrettyFormatter) does but with one write instead of one a level,
/// and escapes unsafe characters.
struct Safe {
    depth: usize,
    /// Whether the array or object that ends next holds anything.
    filled: bool,
}

impl Safe {
    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(mark)
    }

    fn end<W: ?Sized + Write>(&mut self, out: &mut W, mark: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.break_line(out, false)?;
        }
        out.write_all(mark)
    }

    fn break_line<W: ?Sized + Write>(&self, out: &mut W, comma: bool) -> io::Result<()> {
        let from = usize::from(!comma);
        let mut left = 2 * self.depth;
        let here = left.min(BREAK.len() - 2);
        out.write_all(&BREAK[from..2 + here])?;
        left -= here;
        while left > 0 {
            let here = left.min(BREAK.len() - 2);
            out.write_all(&BREAK[2..2 + here])?;
            left -= here;
        }
        Ok(())
    }
}

impl Formatter for Safe {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.break_line(out, !first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.begin(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.end(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.break_line(out, !first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        const DELETE: u8 = 0x7F;
        // JSON has escaped the other control characters of ASCII by now.
        if fragment.is_ascii() && !fragment.as_bytes().contains(&DELETE) || !has_unsafe(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        for c in fragment.chars() {
            if is_unsafe(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            } else {
                out.write_all(c.encode_utf8(&mut [0; 4]).as_bytes())?;
            }
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Summary {
    claims: usize,
    articles: usize,
    matches: usize,
    divergences: DivergenceCounts,
    problems: ProblemCounts,
}

#[derive(Serialize)]
struct DivergenceCounts {
    total: usize,
    severity: Tally<Severity>,
    kind: Tally<Kind>,
    status: Tally<Status>,
}

#[derive(Serialize)]
struct ProblemCounts {
    error: usize,
    warning: usize,
}

/// Counts in a fixed order, zeros too, so that a reader need not ask whether a key is there.
struct Tally<K>(Vec<(K, usize)>);

impl<K: Serialize> Serialize for Tally<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, count) in &self.0 {
            map.serialize_entry(key, count)?;
        }
        map.end()
    }
}

#[derive(Serialize)]
struct ClaimItem<'a> {
    id: &'a str,
    topic: &'a str,
    question: &'a str,
    /// `positions`, `quantity` or `date`.
    kind: &'static str,
    /// In written order; empty for quantities and dates.
    positions: Vec<PositionItem<'a>>,
    path: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct PositionItem<'a> {
    name: &'a str,
    says: &'a str,
}

#[derive(Serialize)]
struct ArticleItem<'a> {
    id: &'a str,
    path: &'a str,
    source: Option<&'a str>,
    date: Option<String>,
    title: Option<&'a str>,
    url: Option<&'a str>,
    sha256: &'a str,
}

#[derive(Serialize)]
struct MatchItem<'a> {
    id: &'a str,
    claim: &'a str,
    position: &'a str,
    article: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
    /// The words that decided, as byte offsets into the article's text as read, like `start` and `end`.
    words: Vec<[usize; 2]>,
    score: f64,
    wording: &'a str,
    voice: &'static str,
    speaker: Option<&'a str>,
    hedged: bool,
    place: &'static str,
    /// The sentence before and the one after, cut to 200 characters; empty where there is none.
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct DivergenceItem<'a> {
    id: &'a str,
    claim: &'a str,
    kind: Kind,
    severity: Severity,
    status: Status,
    sides: Vec<SideItem<'a>>,
}

#[derive(Serialize)]
struct SideItem<'a> {
    position: Option<&'a str>,
    articles: Vec<&'a str>,
    matches: Vec<&'a str>,
    /// How many voices the articles are: those that repeat each other count once.
    voices: usize,
}

/// Near-copies of one text, which are one voice.
#[derive(Serialize)]
struct CopyItem<'a> {
    /// The article that stands for all: the earliest.
    lead: &'a str,
    echoes: Vec<EchoItem<'a>>,
}

#[derive(Serialize)]
struct EchoItem<'a> {
    article: &'a str,
    /// Share of its words in common with the lead.
    share: f64,
    /// Share of the lead's words that it repeats.
    of_lead: f64,
}

#[derive(Serialize)]
struct ProblemItem<'a> {
    code: &'a str,
    level: Level,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
    help: Option<&'a str>,
}

fn summary(report: &Report) -> Summary {
    let counts = report.counts();
    let count = |counted: Option<&usize>| counted.copied().unwrap_or(0);
    Summary {
        claims: report.claims.len(),
        articles: report.articles.len(),
        matches: report.matches.len(),
        divergences: DivergenceCounts {
            total: report.divergences.len(),
            severity: Tally(
                [Severity::High, Severity::Medium, Severity::Low]
                    .map(|severity| (severity, count(counts.severities.get(&severity))))
                    .into(),
            ),
            kind: Tally(
                Kind::ALL
                    .map(|kind| (kind, count(counts.kinds.get(&kind))))
                    .into(),
            ),
            status: Tally(
                [Status::Open, Status::Confirmed, Status::Dismissed]
                    .map(|status| (status, count(counts.statuses.get(&status))))
                    .into(),
            ),
        },
        problems: ProblemCounts {
            error: counts.errors,
            warning: counts.warnings,
        },
    }
}

fn claim_item(claim: &Claim) -> ClaimItem<'_> {
    let (line, column) = claim.source.line_column(claim.span.start);
    let (kind, positions) = match &claim.answers {
        Answers::Positions(positions) => ("positions", positions.as_slice()),
        Answers::Quantity { .. } => ("quantity", [].as_slice()),
        Answers::Date { .. } => ("date", [].as_slice()),
    };
    ClaimItem {
        id: &claim.id,
        topic: &claim.topic,
        question: &claim.question,
        kind,
        positions: positions
            .iter()
            .map(|position| PositionItem {
                name: &position.name,
                says: &position.says,
            })
            .collect(),
        path: claim.source.name(),
        line,
        column,
    }
}

fn article_item(article: &ArticleEntry) -> ArticleItem<'_> {
    ArticleItem {
        id: &article.id,
        path: &article.path,
        source: article.source.as_deref(),
        date: article.date.map(|date| date.to_string()),
        title: article.title.as_deref(),
        url: article.url.as_deref(),
        sha256: &article.sha256,
    }
}

fn match_item<'a>(report: &'a Report, found: &'a Match) -> MatchItem<'a> {
    let (voice, speaker) = match &found.voice {
        Voice::Own => ("own", None),
        Voice::Attributed { speaker } => ("attributed", speaker.as_deref()),
    };
    MatchItem {
        id: &found.id,
        claim: &report.claims[found.claim].id,
        position: &found.position,
        article: &report.articles[found.article].id,
        start: found.span.start,
        end: found.span.end,
        line: found.line,
        column: found.column,
        text: &found.text,
        words: found
            .words
            .iter()
            .map(|word| [found.span.start + word.start, found.span.start + word.end])
            .collect(),
        score: rounded(found.score),
        wording: &found.wording,
        voice,
        speaker,
        hedged: found.hedged,
        place: match found.place {
            Place::Headline => "headline",
            Place::Heading => "heading",
            Place::Body => "body",
        },
        before: &found.context.before,
        after: &found.context.after,
    }
}

fn divergence_item<'a>(report: &'a Report, divergence: &'a Divergence) -> DivergenceItem<'a> {
    DivergenceItem {
        id: &divergence.id,
        claim: &report.claims[divergence.claim].id,
        kind: divergence.kind,
        severity: divergence.severity,
        status: divergence.status,
        sides: divergence
            .sides
            .iter()
            .map(|side| side_item(report, side))
            .collect(),
    }
}

fn side_item<'a>(report: &'a Report, side: &'a Side) -> SideItem<'a> {
    let ids = side
        .matches
        .iter()
        .map(|&at| report.matches[at].id.as_str());
    // A sentence that an article repeats has one id, and one id is enough.
    let mut named = BTreeSet::new();
    SideItem {
        position: side.position.as_deref(),
        articles: side
            .articles
            .iter()
            .map(|&at| report.articles[at].id.as_str())
            .collect(),
        matches: ids.filter(|&id| named.insert(id)).collect(),
        voices: report.copies.voices(&side.articles),
    }
}

fn copy_item<'a>(report: &'a Report, group: &CopyGroup) -> CopyItem<'a> {
    CopyItem {
        lead: &report.articles[group.lead].id,
        echoes: group
            .echoes
            .iter()
            .map(|echo| EchoItem {
                article: &report.articles[echo.article].id,
                share: rounded(echo.share),
                of_lead: rounded(echo.of_lead),
            })
            .collect(),
    }
}

fn rounded(score: f64) -> f64 {
    (score * SCORE_STEPS).round() / SCORE_STEPS
}

fn problem_item(problem: &Problem) -> ProblemItem<'_> {
    let place = problem.line_column();
    ProblemItem {
        code: problem.code,
        level: problem.level,
        path: problem.path.as_deref(),
        line: place.map(|(line, _)| line),
        column: place.map(|(_, column)| column),
        message: &problem.message,
        help: problem.help.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;
    use crate::claim::Tolerance;
    use crate::divergence::scene::{Scene, dates, positions, quantity};
    use crate::source::{Source, Span};

    fn report() -> Report {
        let claims = vec![
            positions("fate", &["dead", "alive"]),
            quantity("toll", Tolerance::Relative(0.1)),
            dates("day", 1),
        ];
        let mut scene = Scene::new(
            claims,
            "b(Dawn 2024-03-01): fate:alive?^ toll:25.. day:--12\na: fate:dead@Ada_Kaya toll:10=0.87654 fate:dead\nc: day:2020-12-14",
        );
        scene.articles[0].title = Some("A \"title\" with \u{1b} in it".into());
        // A sentence that the article repeats.
        let mut again = scene.matches[5].clone();
        again.span = Span::new(500, 500 + again.text.len());
        scene.matches.push(again);
        let source = Arc::new(Source::new("claims/x.yaml", "topic: x\nclaims: 7\n"));
        let problems = vec![
            Problem::error("claim/shape", "claims must be a list")
                .at(&source, Span::new(17, 18), "here")
                .help("write a list"),
            Problem::warning("article/odd", "odd bytes").at_path("articles/b.txt"),
        ];
        Report::assemble(scene.claims, scene.articles, scene.matches, problems)
    }

    fn parsed() -> Value {
        serde_json::from_str(&render(&report())).expect("JSON")
    }

    #[test]
    fn nothing_in_it_steers_a_terminal_and_everything_is_in_it() {
        let hostile = "\u{7f}\u{9b}31m\u{202e}\u{200b}\u{feff}\u{e0041}ä😀";
        let mut report = report();
        report.articles[0].title = Some(hostile.into());
        let json = render(&report);
        assert_eq!(json.chars().find(|&c| crate::clean::is_unsafe(c)), None);
        assert!(json.contains("\\u009b31m\\u202e\\u200b\\ufeff\\udb40\\udc41ä😀"));
        let read: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read["articles"][0]["title"], hostile);
    }

    #[test]
    fn shape() {
        insta::assert_snapshot!(render(&report()));
    }

    #[test]
    fn a_long_list_is_written_whole_whatever_the_length_of_its_items() {
        // Rounds of many short items and of few long ones.
        let items: Vec<String> = (0..3_000)
            .map(|nth| "x".repeat(nth * nth / 2_000))
            .collect();
        let mut out = Vec::new();
        let mut document = Document {
            out: &mut out,
            begun: false,
        };
        document
            .list("items", &items, |item| item.as_str())
            .expect("memory takes everything");
        document.end().expect("memory takes everything");
        let read: Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(read["items"], serde_json::to_value(&items).expect("a list"));
    }

    #[test]
    fn every_id_that_is_named_exists() {
        let json = parsed();
        let ids = |list: &str| -> BTreeSet<String> {
            let items = json[list].as_array().expect("a list").iter();
            items
                .map(|item| item["id"].as_str().expect("an id").to_owned())
                .collect()
        };
        let (claims, articles, matches) = (ids("claims"), ids("articles"), ids("matches"));
        let mut named = 0;
        for divergence in json["divergences"].as_array().expect("a list") {
            assert!(claims.contains(divergence["claim"].as_str().expect("an id")));
            for side in divergence["sides"].as_array().expect("a list") {
                for (list, known) in [("articles", &articles), ("matches", &matches)] {
                    let of_side = side[list].as_array().expect("a list");
                    let distinct: BTreeSet<String> = of_side
                        .iter()
                        .map(|id| id.as_str().expect("an id").to_owned())
                        .collect();
                    assert_eq!(distinct.len(), of_side.len(), "named twice in {side}");
                    assert!(distinct.is_subset(known), "{side}");
                    named += distinct.len();
                }
            }
        }
        assert!(named > 10, "the scene must name some");
        for found in json["matches"].as_array().expect("a list") {
            assert!(claims.contains(found["claim"].as_str().expect("an id")));
            assert!(articles.contains(found["article"].as_str().expect("an id")));
        }
    }

    #[test]
    fn the_summary_counts_what_is_listed() {
        let json = parsed();
        let length = |list: &str| json[list].as_array().map(Vec::len);
        let counted = |value: &Value| value.as_u64().map(|count| count as usize);
        let summary = &json["summary"];
        for list in ["claims", "articles", "matches"] {
            assert_eq!(counted(&summary[list]), length(list), "{list}");
        }
        let divergences = &summary["divergences"];
        for tally in ["severity", "kind", "status"] {
            let counts = divergences[tally].as_object().expect("a map").values();
            let sum = counts.filter_map(counted).sum::<usize>();
            assert_eq!(Some(sum), length("divergences"), "{tally}");
        }
        assert_eq!(counted(&divergences["total"]), length("divergences"));
    }

    #[test]
    fn kinds_go_by_one_name_everywhere() {
        for kind in Kind::ALL {
            let json = serde_json::to_value(kind).expect("JSON");
            assert_eq!(json, kind.name());
        }
    }

    #[test]
    fn a_score_that_is_no_number_does_not_break_the_document() {
        let mut report = report();
        report.matches[0].score = f64::NAN;
        let json: Value = serde_json::from_str(&render(&report)).expect("JSON");
        assert!(json["matches"][0]["score"].is_null());
    }
}
