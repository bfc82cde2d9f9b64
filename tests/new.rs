//! Runs `gainsay new` as a curator does: what it writes lints clean and passes its own test.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

fn run(desk: &TempDir, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("gainsay").expect("the program");
    command.current_dir(desk.path()).env_clear().args(arguments);
    let output = command.output().expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn desk() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

const MILL: &[&str] = &[
    "new",
    "mill-fire",
    "--question",
    "What started the fire at the mill?",
    "--position",
    "arson=The fire at the mill was started by an arsonist.",
    "--position",
    "wiring=The fire at the mill was caused by faulty wiring: old cables.",
];

#[test]
fn what_it_writes_lints_clean_and_passes() {
    let dead = &[
        "new",
        "flood-dead",
        "--question",
        "How many people died in the flood?",
        "--about",
        "flood",
        "--quantity",
        "people died",
    ];
    let sold = &[
        "new",
        "sold",
        "--question",
        "For how much was the yard: #1 sold",
        "--about",
        "yard",
        "--quantity",
        "$",
    ];
    for (arguments, name) in [
        (MILL, "mill-fire"),
        (&dead[..], "flood-dead"),
        (&sold[..], "sold"),
    ] {
        let desk = desk();
        let (code, out, err) = run(&desk, arguments);
        assert_eq!(code, 0, "{err}");
        assert!(
            out.contains(&format!("claims/{name}.yaml written")),
            "{out}"
        );
        let text =
            fs::read_to_string(desk.path().join(format!("claims/{name}.yaml"))).expect("written");
        assert!(
            text.starts_with("# yaml-language-server: $schema=gainsay-claims.schema.json\n"),
            "{text}"
        );
        assert!(
            desk.path()
                .join("claims/gainsay-claims.schema.json")
                .is_file()
        );
        let (code, out, err) = run(&desk, &["lint"]);
        assert_eq!(code, 0, "{text}{out}{err}");
        let (code, out, err) = run(&desk, &["test"]);
        assert_eq!(code, 0, "{out}{err}");
        assert!(out.contains(" 0 failed"), "{out}");
    }
}

#[test]
fn the_scaffold_works_on_articles() {
    let desk = desk();
    assert_eq!(run(&desk, MILL).0, 0);
    fs::create_dir(desk.path().join("articles")).expect("a folder");
    fs::write(
        desk.path().join("articles/a.txt"),
        "The fire at the mill was started by an arsonist.\n",
    )
    .expect("written");
    fs::write(
        desk.path().join("articles/b.txt"),
        "The fire at the mill was caused by faulty wiring.\n",
    )
    .expect("written");
    let (code, out, err) = run(&desk, &["check", "--fail-on", "low"]);
    assert_eq!(code, 1, "a divergence is found: {out}{err}");
}

#[test]
fn a_file_that_is_there_is_never_touched() {
    let desk = desk();
    fs::create_dir(desk.path().join("claims")).expect("a folder");
    let path = desk.path().join("claims/mill-fire.yaml");
    fs::write(&path, "mine").expect("written");
    let (code, _, err) = run(&desk, MILL);
    assert_eq!(code, 2);
    assert!(err.contains("there already"), "{err}");
    assert_eq!(fs::read_to_string(&path).expect("read"), "mine");
    assert_eq!(
        fs::read_dir(path.parent().expect("a folder"))
            .expect("read")
            .count(),
        1
    );
}

#[test]
fn what_is_missing_or_wrong_is_told_and_nothing_is_written() {
    for (arguments, complaint) in [
        (vec!["new", "x"], "--question is missing"),
        (vec!["new", "x", "--question", "Q?"], "answers are missing"),
        (
            vec!["new", "x", "--question", "Q?", "--position", "a=b"],
            "one position only",
        ),
        (
            vec!["new", "x", "--question", "Q?", "--position", "a"],
            "is no position",
        ),
        (
            vec![
                "new",
                "x",
                "--question",
                "Q?",
                "--position",
                "a=",
                "--position",
                "b=c",
            ],
            "no sentence",
        ),
        (
            vec![
                "new",
                "x",
                "--question",
                "Q?",
                "--position",
                "a=Cats sleep.",
                "--position",
                "b=Dogs bark.",
            ],
            "--about is missing",
        ),
        (
            vec![
                "new",
                "Bad Id",
                "--question",
                "Q?",
                "--about",
                "x",
                "--quantity",
                "y",
            ],
            "kebab-case",
        ),
        (
            vec![
                "new",
                "x",
                "--question",
                " ",
                "--about",
                "x",
                "--quantity",
                "y",
            ],
            "blank",
        ),
        (
            vec![
                "new",
                "x",
                "--question",
                "Q?",
                "--about",
                "x",
                "--quantity",
                "y",
                "-o",
                "no/such/file.yaml",
            ],
            "no/such/file.yaml",
        ),
    ] {
        let desk = desk();
        let (code, _, err) = run(&desk, &arguments);
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, 2, "{arguments:?}");
        assert!(err.contains(complaint), "{arguments:?}: {err}");
        assert!(!Path::new(desk.path()).join("claims/x.yaml").exists());
    }
}

/// A folder with copies of some of the project's own articles.
fn with_articles(names: &[&str]) -> TempDir {
    let desk = desk();
    fs::create_dir(desk.path().join("articles")).expect("a folder");
    for name in names {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("articles")
            .join(name);
        fs::copy(from, desk.path().join("articles").join(name)).expect("copied");
    }
    desk
}

const TWO: [&str; 2] = ["cavusoglu-blinken-brussels.md", "working-group-created.md"];

fn divergences(desk: &TempDir) -> Vec<String> {
    let (code, out, err) = run(desk, &["check", "--format", "json"]);
    assert_eq!(code, 0, "{out}{err}");
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let found = json["divergences"].as_array().expect("a list").iter();
    found
        .map(|d| d["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

#[test]
fn from_an_empty_folder_to_a_divergence_by_commands_alone() {
    let desk = with_articles(&TWO);
    let (code, _, err) = run(&desk, &["check"]);
    assert_eq!(code, 2, "without claims nothing can be found: {err}");
    let (code, out, err) = run(&desk, &["new", "--from", "articles"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.starts_with("claims/draft.yaml written\n  working-group: "),
        "{out}"
    );
    let (code, out, err) = run(&desk, &["lint"]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(out, "1 claim: 0 errors, 0 warnings\n");
    let (code, out, err) = run(&desk, &["test"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains(" 0 failed"), "{out}");
    assert!(divergences(&desk).contains(&"contradiction".to_owned()));
}

#[test]
fn a_proposal_tells_where_its_sentences_come_from() {
    let desk = with_articles(&TWO);
    let (code, out, err) = run(&desk, &["new", "s400", "--from", "articles", "-o", "-"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("working-group: "), "{err}");
    assert!(!desk.path().join("claims").exists(), "nothing is written");
    for part in [
        "  - id: working-group\n",
        "    about:\n      - working group\n",
        "        says: Washington has rejected such a working group several times.\n",
        "      # articles/cavusoglu-blinken-brussels.md:13\n      - text: Washington has rejected",
        "        position: none\n",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert_eq!(run(&desk, &["new", "s400", "--from", "articles"]).0, 0);
    let path = desk.path().join("claims/s400.yaml");
    assert_eq!(fs::read_to_string(&path).expect("written"), out);
    let (code, _, err) = run(&desk, &["new", "s400", "--from", "articles"]);
    assert_eq!(code, 2);
    assert!(err.contains("there already"), "{err}");
}

/// Each article says each of these things in its own way.
fn contrary(names: &[&str], verbs: [&str; 2]) -> [String; 2] {
    verbs.map(|verb| {
        names
            .iter()
            .map(|name| format!("The {name} council has {verb} the {name} bridge plan near the {name} market.\n\n"))
            .collect()
    })
}

#[test]
fn the_best_are_proposed_and_the_others_counted() {
    let desk = desk();
    fs::create_dir(desk.path().join("articles")).expect("a folder");
    let texts = contrary(&["harrow", "dorset", "kelso"], ["approved", "rejected"]);
    for (name, text) in ["a.txt", "b.txt"].iter().zip(&texts) {
        fs::write(desk.path().join("articles").join(name), text).expect("written");
    }
    let (code, out, err) = run(&desk, &["new", "--from", "articles", "--top", "1"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("2 less promising left out; --top 3 proposes all"),
        "{out}"
    );
    let text = fs::read_to_string(desk.path().join("claims/draft.yaml")).expect("written");
    assert_eq!(text.matches("  - id: ").count(), 1, "{text}");
    let arguments = ["new", "all", "--from", "articles", "--top", "3"];
    let (code, out, err) = run(&desk, &arguments);
    assert_eq!(code, 0, "{out}{err}");
    assert!(!out.contains("left out"), "{out}");
    let (code, out, err) = run(&desk, &["lint", "claims/all.yaml"]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.starts_with("3 claims: "), "{out}");
}

#[test]
fn another_number_and_a_negation_are_proposed_too() {
    for (a, b, wanted) in [
        (
            "The flood in the Aller valley killed 25 people.\n",
            "The flood in the Aller valley killed 31 people.\n",
            "quantity:",
        ),
        (
            "The Aller dam was inspected before the flood.\n",
            "The Aller dam was not inspected before the flood.\n",
            "not-inspected:",
        ),
    ] {
        let desk = desk();
        fs::write(desk.path().join("a.txt"), a).expect("written");
        fs::write(desk.path().join("b.txt"), b).expect("written");
        let (code, out, err) = run(&desk, &["new", "--from", "a.txt", "b.txt", "-o", "-"]);
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(wanted), "{out}");
    }
}

#[test]
fn articles_without_a_contrast_give_no_file() {
    for (articles, arguments, complaint) in [
        (
            vec!["It rained."],
            vec!["new", "--from", "0.txt"],
            "one article only",
        ),
        (vec![], vec!["new", "--from", "no.txt"], "no article"),
        (
            vec!["It rained all day.", "The mayor opened a school."],
            vec!["new", "--from", "0.txt", "1.txt"],
            "nothing in them is told",
        ),
        (
            vec!["", "\u{1b}[31m \u{0}"],
            vec!["new", "--from", "0.txt", "1.txt"],
            "",
        ),
        (
            vec!["It rained.", "It snowed."],
            vec!["new", "../x", "--from", "0.txt", "1.txt"],
            "kebab-case",
        ),
        (
            vec!["It rained.", "It snowed."],
            vec!["new", "x", "--question", "Q?", "--from", "0.txt", "1.txt"],
            "cannot be used with",
        ),
        (vec![], vec!["new"], "ID"),
    ] {
        let desk = desk();
        for (at, text) in articles.iter().enumerate() {
            fs::write(desk.path().join(format!("{at}.txt")), text).expect("written");
        }
        let (code, _, err) = run(&desk, &arguments);
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(code, 2, "{arguments:?}: {err}");
        assert!(err.contains(complaint), "{arguments:?}: {err}");
        assert!(!desk.path().join("claims").exists());
    }
}
