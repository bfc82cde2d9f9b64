use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::claim::Tolerance;
use crate::divergence::scene::{Scene, positions, quantity};
use crate::problem::Problem;
use crate::source::Span;

const HOSTILE: &str = "</style></script><script>alert(1)</script><img src=x onerror=alert(2)>\" onclick=\"alert(3)\" &lt; \u{202e}\u{1b}";

fn scene() -> Scene {
    Scene::new(
        vec![
            positions("fate", &["dead", "alive"]),
            quantity("toll", Tolerance::Relative(0.1)),
            positions("tax", &["up", "down"]),
        ],
        "a(Dawn 2024-03-01): fate:alive?^ toll:25000\nb(Dusk 2024-03-04): fate:dead@Ada_Kaya toll:10000\nc: fate:dead fate:dead=0.5",
    )
}

fn report(scene: Scene) -> Report {
    let problems = vec![
        Problem::warning("article/odd", "odd <bytes>").at_path("a_b.txt"),
        Problem::error("article/bad", "bad").help("mend it"),
    ];
    Report::assemble(scene.claims, scene.articles, scene.matches, problems)
}

fn page(report: &Report) -> String {
    let options = Options {
        command: Some("gainsay check articles --format html".to_owned()),
    };
    render(report, &options)
}

/// The page without its style and script.
fn bare(page: &str) -> String {
    page.replacen(STYLE, "", 1).replacen(SCRIPT, "", 1)
}

/// What stands in the quotes after each `name=`.
fn values(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let parts = page.split(&start).skip(1);
    parts
        .map(|part| part.split('"').next().expect("a value").to_owned())
        .collect()
}

#[test]
fn shape() {
    let page = bare(&page(&report(scene())));
    // A tag a line, so that a change can be read.
    let lines = page
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
        .replace("><", ">\n<");
    let lines = lines.replace(&policy(), "POLICY");
    insta::assert_snapshot!(lines);
}

#[test]
fn everything_foreign_is_escaped() {
    let mut scene = scene();
    for article in &mut scene.articles {
        article.id = format!("{}{HOSTILE}", article.id);
        article.source = Some(HOSTILE.to_owned());
        article.title = Some(HOSTILE.to_owned());
        article.url = Some("javascript:alert(1)".to_owned());
        article.path = HOSTILE.to_owned();
    }
    for found in &mut scene.matches {
        found.text = HOSTILE.into();
        found.words = vec![Span::new(2, 20), Span::new(500, 600)];
        Arc::make_mut(&mut found.context).before = HOSTILE.to_owned();
        Arc::make_mut(&mut found.context).after = HOSTILE.to_owned();
        found.voice = crate::statement::Voice::Attributed {
            speaker: Some(HOSTILE.to_owned()),
        };
    }
    for claim in &mut scene.claims {
        let claim = std::sync::Arc::make_mut(claim);
        claim.question = HOSTILE.to_owned();
        claim.topic = HOSTILE.into();
    }
    let problems = vec![
        Problem::error("x/y", HOSTILE)
            .at_path(HOSTILE)
            .help(HOSTILE),
    ];
    let report = Report::assemble(scene.claims, scene.articles, scene.matches, problems);
    let options = Options {
        command: Some(HOSTILE.to_owned()),
    };
    let page = bare(&render(&report, &options));
    for (tag, times) in [
        ("<script", 1),
        ("</script", 1),
        ("<style", 1),
        ("</style", 1),
        ("<img", 0),
    ] {
        assert_eq!(page.matches(tag).count(), times, "{tag}");
    }
    assert!(
        !page.contains(" onclick=\""),
        "an attribute was broken out of"
    );
    assert!(!page.contains(['\u{202e}', '\u{1b}']));
    assert!(
        values(&page, "href")
            .iter()
            .all(|href| href.starts_with('#'))
    );
    assert!(page.contains("&lt;img src=x onerror=alert(2)&gt;"));
}

#[test]
fn only_web_addresses_become_links() {
    let mut scene = scene();
    scene.articles[0].title = Some("One".into());
    scene.articles[0].url = Some("https://example.org/a?b=1&c=\"2\"".into());
    scene.articles[1].title = Some("Two".into());
    scene.articles[1].url = Some("data:text/html,x".into());
    let page = page(&report(scene));
    assert!(page.contains("<a href=\"https://example.org/a?b=1&amp;c=&quot;2&quot;\""));
    assert!(
        !values(&page, "href")
            .iter()
            .any(|href| href.starts_with("data:"))
    );
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    let page = bare(&page(&report(scene())));
    let ids = values(&page, "id");
    let distinct: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
    for name in ["href", "aria-labelledby", "aria-describedby"] {
        for target in values(&page, name) {
            let target = target.trim_start_matches('#').to_owned();
            assert!(distinct.contains(&target), "{name} to {target}");
        }
    }
}

#[test]
fn the_policy_allows_the_style_and_the_script_of_the_page_alone() {
    let page = page(&report(scene()));
    let between = |start: &str, end: &str| {
        let (_, rest) = page.split_once(start).expect("a start");
        rest.split_once(end).expect("an end").0.to_owned()
    };
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = policy();
    assert!(policy.starts_with("default-src 'none';"));
    for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
        assert!(policy.contains(&hash(&between(start, end))), "{start}");
    }
    assert!(!policy.contains("unsafe"));
    // Attributes with style or scripts would be blocked.
    assert!(values(&bare(&page), "style").is_empty());
}

#[test]
fn a_report_of_nothing_is_a_page() {
    let empty = Report::assemble(Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let page = render(&empty, &Options::default());
    assert!(page.contains("nothing to settle"));
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn many_articles_are_shown_by_outlet_or_by_number() {
    let lines = |outlets: usize| -> String {
        let lines = (0..40).map(|nth| {
            let answer = if nth % 3 == 0 { "dead" } else { "alive" };
            format!("a{nth}(Outlet{}): {answer}\n", nth % outlets)
        });
        lines.collect()
    };
    let page = |outlets| {
        let scene = Scene::new(
            vec![positions("fate", &["dead", "alive"])],
            lines(outlets).trim(),
        );
        page(&report(scene))
    };
    assert!(page(4).contains("<th scope=\"col\">Outlet3<small>10 articles</small>"));
    let by_number = page(40);
    assert!(by_number.contains("<th scope=\"col\">Answers, with the number of articles</th>"));
    assert!(by_number.contains("dead <b>14</b>"));
}
