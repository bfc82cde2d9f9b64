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
