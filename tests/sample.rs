//! The project's own example, `articles/` and `claims/`, as a user runs it.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use gainsay::matching::Matcher;
use gainsay::render::terminal::{Options, render};
use gainsay::report::Report;
use gainsay::{article, claim};
use serde_json::Value;

/// Runs the program in the folder of the project.
fn run(arguments: &[&str], stdin: &str) -> Output {
    Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(["check", "--no-config"])
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .expect("run")
}

fn json(arguments: &[&str], stdin: &str) -> Value {
    let output = run(&[&["--format", "json"], arguments].concat(), stdin);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// `kind severity claim: position | position` of every divergence, in the order of the report.
fn divergences(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |found: &Value| {
        let sides = found["sides"].as_array().expect("sides").iter();
        let sides: Vec<String> = sides.map(|side| text(&side["position"])).collect();
        format!(
            "{} {} {}: {}",
            text(&found["kind"]),
            text(&found["severity"]),
            text(&found["claim"]),
            sides.join(" | ")
        )
    };
    let found = report["divergences"].as_array().expect("divergences");
    found.iter().map(line).collect()
}

#[test]
fn every_claim_and_article_is_used_without_a_problem() {
    let report = json(&[], "");
    assert_eq!(report["problems"], Value::Array(Vec::new()));
    assert_eq!(report["summary"]["articles"], 5);
    assert_eq!(report["summary"]["claims"], 16);
    let claims = report["claims"].as_array().expect("claims");
    let matches = report["matches"].as_array().expect("matches");
    for claim in claims {
        let used = matches.iter().any(|found| found["claim"] == claim["id"]);
        assert!(used, "no article answers {}", claim["id"]);
    }
}

#[test]
fn the_report_has_what_an_editor_must_settle() {
    let found = divergences(&json(&[], ""));
    assert_eq!(
        found[0],
        "contradiction high s400-working-group: created | rejected"
    );
    for expected in [
        "self-contradiction high second-s400-deal: signed | unconfirmed",
        "temporal high f35-removal-date: 2019 | 2020-12",
        "omission high akar-austin-s400: raised | left-out",
        "contradiction medium sanctions-target: one-institution | agency-and-people",
        "contradiction medium sanctions-target: defence-industry | agency-and-people",
    ] {
        assert!(
            found.iter().any(|line| line == expected),
            "{expected}\n{found:#?}"
        );
    }
    // Both sides of a dispute, told alike by two articles, are none.
    let dispute = "contradiction medium s400-nato-threat: threat | no-threat";
    assert!(!found.iter().any(|line| line == dispute), "{found:#?}");
}

#[test]
fn the_claims_are_in_order() {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(["lint", "claims"])
        .output()
        .expect("run");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("16 claims: 0 errors, 0 warnings"), "{told}");
}

#[test]
fn the_sides_name_their_articles() {
    let report = json(&["--claim", "s400-working-group"], "");
    let sides = &report["divergences"][0]["sides"];
    assert_eq!(sides[0]["articles"][0], "working-group-created");
    let rejected = sides[1]["articles"].as_array().expect("articles");
    let expected = [
        "cavusoglu-blinken-brussels",
        "done-deal",
        "kalin-sullivan-call",
    ];
    assert_eq!(rejected, &expected.map(Value::from));
}

#[test]
fn the_order_of_files_and_the_number_of_threads_change_nothing() {
    let expected = run(&["--format", "json"], "").stdout;
    let mut files: Vec<String> = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("articles")
        .read_dir()
        .expect("the articles")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            format!("articles/{}", name.to_str().expect("UTF-8"))
        })
        .collect();
    files.sort();
    files.reverse();
    let claims = [
        "working-group-and-talks",
        "sanctions",
        "frictions",
        "f35-and-arms",
        "contacts",
    ];
    let claims = claims.map(|name| format!("claims/{name}.yaml"));
    for jobs in ["1", "3"] {
        let mut arguments = vec!["--format", "json", "--jobs", jobs];
        arguments.extend(files.iter().map(String::as_str));
        for file in &claims {
            arguments.extend(["--claims", file]);
        }
        let found = run(&arguments, "").stdout;
        assert!(found == expected, "other bytes with {jobs} threads");
    }
}

#[test]
fn an_article_from_standard_input_takes_part() {
    let text =
        "A joint working group on the S-400 has been set up by Turkey and the United States.\n";
    let report = json(&["articles/done-deal.md", "-"], text);
    let first = &report["divergences"][0];
    assert_eq!(first["kind"], "contradiction");
    assert_eq!(first["sides"][0]["position"], "created");
    assert_eq!(first["sides"][0]["articles"][0], "stdin");
    assert_eq!(first["sides"][1]["articles"][0], "done-deal");
}

#[test]
fn fail_on_makes_it_an_error() {
    assert_eq!(
        run(&["--fail-on", "high", "--quiet"], "").status.code(),
        Some(1)
    );
    let arguments = ["--fail-on", "high", "--claim", "first-talks", "--quiet"];
    assert_eq!(run(&arguments, "").status.code(), Some(0));
}

#[test]
fn spans_point_at_the_words_in_the_file() {
    let report = json(&[], "");
    let path = |id: &Value| {
        let articles = report["articles"].as_array().expect("articles");
        let article = articles.iter().find(|article| article["id"] == *id);
        article.expect("the article")["path"]
            .as_str()
            .expect("a path")
            .to_owned()
    };
    let matches = report["matches"].as_array().expect("matches");
    assert!(matches.len() > 80);
    for found in matches {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path(&found["article"]));
        let text = std::fs::read_to_string(file).expect("the article");
        let at = |key: &str| found[key].as_u64().expect("an offset") as usize;
        assert_eq!(text.get(at("start")..at("end")), found["text"].as_str());
    }
}

/// The report as the program makes it, for a page of any width.
fn report() -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let claims = claim::load(&[root.join("claims")]);
    let articles = article::load(&[root.join("articles")]);
    let matcher = Matcher::new(&claims.items);
    let mut worker = matcher.worker();
    let matches = articles
        .items
        .iter()
        .enumerate()
        .flat_map(|(index, article)| worker.article(index, article))
        .collect();
    Report::assemble(claims.items, articles.items, matches, Vec::new())
}

#[test]
fn the_first_screen_names_what_to_settle() {
    let report = report();
    for width in [80, 100, 120, 160] {
        let options = Options {
            width,
            unicode: true,
            ..Options::default()
        };
        let text = render(&report, &options);
        let screen: Vec<&str> = text.lines().take(40).collect();
        let row = |id: &str| {
            let row = screen
                .iter()
                .position(|line| line.contains(id) && line.contains('!'));
            row.unwrap_or_else(|| panic!("{id} at {width}:\n{}", screen.join("\n")))
        };
        let rows = [
            row("s400-working-group"),
            row("second-s400-deal"),
            row("f35-removal-date"),
            row("akar-austin-s400"),
            row("sanctions-target"),
        ];
        assert!(rows.is_sorted(), "{rows:?} at {width}");
        let screen = screen.join("\n");
        for answer in [
            "created",
            "rejected",
            "signed",
            "unconfirmed",
            "2020-12",
            "left-out",
        ] {
            assert!(screen.contains(answer), "{answer} at {width}:\n{screen}");
        }
    }
}
