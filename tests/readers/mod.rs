//! What each reader promises of its result, whatever the bytes.
//!
//! Each function takes one input to the end and panics where a promise is broken.

use std::fs;
use std::sync::{Arc, LazyLock};

use gainsay::article::{self, Article, ArticleFile};
use gainsay::claim::edit::{Edit, Refusal};
use gainsay::claim::{self, Answers, Claim};
use gainsay::clean::is_unsafe;
use gainsay::matching::Matcher;
use gainsay::problem::{Loaded, Problem};
use gainsay::render::{csv, evaluation, github, html, json, markdown, sarif, terminal};
use gainsay::report::Report;
use gainsay::review::{Ledger, judge};
use gainsay::source::{Source, Span};
use gainsay::statement::{segment::segment, voice::Voices};
use gainsay::text::{amount, date, sentence};
use gainsay::trial::Bench;
use gainsay::trial::example::{Trial, names};
use gainsay::trial::lint::lint;
use gainsay::trial::remedy::remedy;
use gainsay::trial::suggestion::suggestions;
use tempfile::TempDir;

/// Claims of every kind.
const CLAIMS: &[u8] = include_bytes!("../corpus/claims/everything.yaml");
/// An article that answers them.
const ARTICLE: &[u8] = include_bytes!("../corpus/text/mill.txt");

/// Places must lie in their text, and messages must be whole.
fn sound(problems: &[Problem]) {
    for problem in problems {
        assert!(!problem.message.trim().is_empty(), "{problem:?}");
        assert!(!problem.to_string().contains(is_unsafe));
        problem.line_column();
        for label in &problem.labels {
            let source = problem.source.as_ref().expect("labels have a source");
            source.slice(label.span);
        }
    }
    safe(&terminal::problems(problems, &terminal::Options::default()));
}

/// Nothing of strangers may steer who reads this.
fn safe(text: &str) {
    assert_eq!(text.find(is_unsafe), None, "{text}");
}

fn source(name: &str, bytes: &[u8]) -> Arc<Source> {
    Arc::new(Source::new(
        name,
        String::from_utf8_lossy(bytes).into_owned(),
    ))
}

fn claims(bytes: &[u8]) -> Loaded<Claim> {
    let source = source("claims.yaml", bytes);
    let loaded = claim::parse(Arc::clone(&source));
    sound(&loaded.problems);
    for claim in &loaded.items {
        assert!(!source.slice(claim.span).is_empty());
        assert!(!claim.id.is_empty());
    }
    loaded
}

fn articles(name: &str, bytes: &[u8]) -> Vec<Article> {
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    article::read_stream(bytes, &ArticleFile::new(name), &mut |result| match result {
        Ok(article) => articles.push(article),
        Err(problem) => problems.push(problem),
    });
    sound(&problems);
    assert!(
        !articles.is_empty() || !problems.is_empty(),
        "nothing vanishes without a word"
    );
    for article in &articles {
        assert_eq!(article.text.text().len(), article.prose.len());
        for &heading in &article.headings {
            assert!(!article.text.slice(heading).trim().is_empty());
        }
    }
    articles
}

static SOUND_CLAIMS: LazyLock<Vec<Arc<Claim>>> = LazyLock::new(|| {
    let claims: Vec<Arc<Claim>> = claims(CLAIMS).items.into_iter().map(Arc::new).collect();
    assert!(claims.len() > 3);
    claims
});

static SOUND_ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| articles("steady.txt", ARTICLE));

/// A report as the program makes it, with decisions or without.
fn report(claims: Vec<Arc<Claim>>, articles: Vec<Article>, problems: Vec<Problem>) -> Report {
    let matcher = Matcher::new(&claims);
    let matched = || {
        let mut worker = matcher.worker();
        let numbered = articles.iter().enumerate();
        numbered
            .flat_map(|(at, article)| worker.article(at, article))
            .collect::<Vec<_>>()
    };
    let matches = matched();
    assert_eq!(matches, matched(), "the same input gives the same matches");
    for found in &matches {
        let article = &articles[found.article];
        assert_eq!(article.text.slice(found.span), &*found.text);
        assert!((0.0..=1.0).contains(&found.score), "{}", found.score);
        for word in &found.words {
            assert!(!found.text[word.start..word.end].is_empty());
        }
    }
    Report::assemble(claims, articles, matches, problems)
}

/// Every form of a report is what it should be.
fn rendered(report: &Report) {
    let text = json::render(report);
    safe(&text);
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    let text = sarif::render(report);
    safe(&text);
    serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
    safe(&markdown::render(report));
    safe(&github::render(report));
    safe(&html::render(report, &html::Options::default()));
    let safe_cells = csv::Cells::Safe;
    for table in [
        csv::matches(report, safe_cells),
        csv::divergences(report, safe_cells),
    ] {
        // The mark at the start is the program's own; lines end as RFC 4180 wants it.
        let table = table.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        safe(&table);
    }
    csv::matches(report, csv::Cells::Raw);
    csv::divergences(report, csv::Cells::Raw);
    for width in [30, 100] {
        for all in [false, true] {
            let options = terminal::Options {
                width,
                all,
                unicode: all,
                ..terminal::Options::default()
            };
            safe(&terminal::render(report, &options));
        }
    }
}

/// Claim files.
pub fn claim_files(bytes: &[u8]) {
    claims(bytes);
}

/// Front matter and Markdown.
pub fn markdown_and_front_matter(bytes: &[u8]) {
    articles("a.md", bytes);
}

/// Articles as lines of JSON.
pub fn json_lines(bytes: &[u8]) {
    articles("a.jsonl", bytes);
}

/// Web pages.
pub fn web_pages(bytes: &[u8]) {
    articles("a.html", bytes);
}

/// Plain texts, and what claims to be compressed.
pub fn plain_and_compressed_texts(bytes: &[u8]) {
    articles("a.txt", bytes);
    articles("a.txt.gz", bytes);
    articles("a.jsonl.gz", bytes);
}

thread_local! {
    /// Where readers of files find their input; each thread has its own.
    static FOLDER: TempDir = tempfile::tempdir().expect("a folder");
}

/// The settings of a folder of articles.
pub fn article_catalogues(bytes: &[u8]) {
    FOLDER.with(|folder| {
        let folder = folder.path();
        fs::write(folder.join("a.txt"), "Words.\n").expect("written");
        fs::write(folder.join("b.jsonl"), "{\"text\": \"Words.\"}\n").expect("written");
        fs::write(folder.join("articles.yaml"), bytes).expect("written");
        let loaded = article::load(&[folder]);
        sound(&loaded.problems);
        assert_eq!(loaded.items.len(), 2, "a catalogue costs no article");
    });
}

/// Ledgers of decisions, on a report with divergences, and a decision that is added to them.
pub fn ledgers(bytes: &[u8]) {
    static REPORT: LazyLock<Report> = LazyLock::new(|| {
        let claims = b"claims:\n  - id: fire\n    question: What started the fire at the mill?\n    about: [mill]\n    positions:\n      \
            arson: {says: The fire at the mill was started by an arsonist.}\n      \
            wiring: {says: The fire at the mill was caused by faulty wiring.}\n";
        let claims = self::claims(claims).items.into_iter().map(Arc::new);
        let mut texts = articles(
            "a.txt",
            b"The fire at the mill was started by an arsonist.\n",
        );
        texts.extend(articles(
            "b.txt",
            b"The fire at the mill was caused by faulty wiring.\n",
        ));
        let report = report(claims.collect(), texts, Vec::new());
        assert!(!report.divergences.is_empty());
        report
    });
    FOLDER.with(|folder| {
        let path = folder.path().join("reviews.jsonl");
        fs::write(&path, bytes).expect("written");
        let today = "2026-11-22".parse().expect("a date");
        let mut ledger = Ledger::load(&path);
        sound(ledger.problems());
        let docket = judge(&ledger, &REPORT, || today);
        let mut judged = REPORT.clone();
        docket.apply(&mut judged);
        rendered(&judged);
        let again = ledger
            .all_standing()
            .find_map(|entry| ledger.decision(entry));
        let again: Vec<_> = again.cloned().into_iter().collect();
        ledger
            .append(&again)
            .expect("its own decision is not later");
        let grown = fs::read(&path).expect("there");
        assert!(grown.starts_with(bytes), "what was there stays");
        let reread = Ledger::load(&path);
        assert_eq!(reread.problems().len(), ledger.problems().len());
        assert_eq!(
            reread.all_standing().count(),
            ledger.all_standing().count(),
            "every decision is read again"
        );
    });
}

fn labels(name: &str, bytes: &[u8]) {
    FOLDER.with(|folder| {
        let folder = folder.path();
        for other in [gainsay::eval::GOLD_FILE, gainsay::eval::LINES_FILE] {
            let _ = fs::remove_file(folder.join(other));
        }
        fs::write(folder.join(name), bytes).expect("written");
        match gainsay::eval::read(folder, &SOUND_CLAIMS, &SOUND_ARTICLES) {
            Err(problem) => sound(&[*problem]),
            Ok((gold, problems)) => {
                sound(&problems);
                let claims = SOUND_CLAIMS.clone();
                let report = report(claims, SOUND_ARTICLES.clone(), Vec::new());
                let figures = gainsay::eval::evaluate(&report, &gold);
                safe(&evaluation::text(&figures, 10));
                evaluation::json(&figures);
            }
        }
    });
}

/// Labels, one a line.
pub fn label_lines(bytes: &[u8]) {
    labels(gainsay::eval::LINES_FILE, bytes);
}

/// Labels of whole topics.
pub fn gold_files(bytes: &[u8]) {
    labels(gainsay::eval::GOLD_FILE, bytes);
}

/// The sentence splitter.
pub fn sentences(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut spans = Vec::new();
    for line in text.lines() {
        sentence::split(line, 0, &mut spans);
        let mut end = 0;
        for span in spans.drain(..) {
            assert!(line[end..span.start].trim().is_empty());
            assert!(!line[span.start..span.end].trim().is_empty());
            end = span.end;
        }
        assert!(line[end..].trim().is_empty());
    }
}

/// Amounts and dates.
pub fn amounts_and_dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        for amount in amount::amounts(line) {
            assert!(!line[amount.span.start..amount.span.end].is_empty());
            amount.base_range();
        }
        let published = "2021-03-14".parse().ok();
        for mention in date::dates(line, published) {
            assert!(!line[mention.span.start..mention.span.end].is_empty());
            mention.date.range();
        }
        let _ = line.parse::<date::PartialDate>();
        let _ = article::parse_date(line);
    }
}

/// Statements and whose words they are.
pub fn statements_and_voices(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let title = text.lines().next();
    let statements = segment(&text, &[Span::new(0, 0)], title);
    let voices = Voices::new(&text, &statements);
    for (at, statement) in statements.iter().enumerate() {
        assert!(!text[statement.span.start..statement.span.end].is_empty());
        voices.voice(at);
        voices.voice_at(at, &[statement.span]);
    }
}

/// A whole run over an article, on claims that are as they should be.
pub fn articles_on_sound_claims(bytes: &[u8]) {
    let mut all = SOUND_ARTICLES.clone();
    all.extend(articles("changing.txt", bytes));
    rendered(&report(SOUND_CLAIMS.clone(), all, Vec::new()));
}

/// A whole run over a claim file, on an article that is as it should be.
pub fn damaged_claims_on_sound_articles(bytes: &[u8]) {
    let loaded = claims(bytes);
    let claims = loaded.items.into_iter().map(Arc::new).collect();
    rendered(&report(claims, SOUND_ARTICLES.clone(), loaded.problems));
}

/// What is done with a claim file by itself: its examples, faults, suggestions and explanations.
pub fn trials(bytes: &[u8]) {
    let loaded = claims(bytes);
    let claims: Vec<Arc<Claim>> = loaded.items.into_iter().map(Arc::new).collect();
    let options = terminal::Options::default();
    for claim in &claims {
        sound(&lint(claim));
        let trial = Trial::of(claim);
        safe(&terminal::trial::render(&[trial], true, &options));
        suggestions(claim, &SOUND_ARTICLES);
        for line in [
            "The fire at the mill was started by an arsonist.",
            "25 people died.",
        ] {
            for seen in Bench::new(claim).explain(line) {
                let wanted = names(claim).first().copied();
                let remedy = remedy(claim, &seen, wanted);
                let shown = terminal::explanation::render(&seen, remedy.as_ref(), wanted, &options);
                safe(&shown);
            }
        }
    }
}

/// Additions to a claim file: each is made as it is meant, or refused.
pub fn claim_edits(bytes: &[u8]) {
    let source = source("claims.yaml", bytes);
    let loaded = claim::parse(Arc::clone(&source));
    for claim in &loaded.items {
        let mut edits = vec![
            Edit::About {
                text: "the old mill: #1".to_owned(),
            },
            Edit::Except {
                position: None,
                text: "- \"mill\"".to_owned(),
            },
        ];
        if let Answers::Positions(positions) = &claim.answers {
            for position in positions {
                edits.push(Edit::Phrase {
                    position: position.name.to_string(),
                    text: "it's [a] {mill}, %off".to_owned(),
                });
                edits.push(Edit::Example {
                    text: "Mill: \u{201c}no\u{201d} \\ \u{e9}".to_owned(),
                    positions: vec![position.name.to_string()],
                });
            }
        }
        for edit in edits {
            match edit.splice(&source, &claim.id) {
                Ok(text) => {
                    let added = text.len() - source.text().len();
                    assert!(added > 0);
                    let read = claim::parse(Arc::new(Source::new("claims.yaml", text))).items;
                    assert_eq!(read.len(), loaded.items.len());
                }
                Err(refusal) => assert_ne!(refusal, Refusal::Blank),
            }
        }
    }
}
