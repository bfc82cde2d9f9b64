//! The README tells the truth: its report is what the program prints, and every flag and kind is in it.
//!
//! After a change that moves the report, `UPDATE_README=1 cargo test --test readme` writes the new one into the README.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use gainsay::divergence::Kind;
use gainsay::problem::Problem;
use gainsay::source::Source;

const START: &str = "<!-- report: tests/readme.rs keeps it true -->\n\n```text\n";
const END: &str = "\n```\n\n<!-- end of report -->";

/// So many divergences are shown after the table.
const SHOWN: usize = 2;

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

fn readme() -> String {
    std::fs::read_to_string(path()).expect("the README")
}

/// What the program prints in the folder of the project.
fn output(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("gainsay")
        .expect("the program")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .args(arguments)
        .output()
        .expect("run");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Whether a divergence begins here: `contradiction 1592d5d3 · high · s400-working-group`.
fn is_head(line: &str) -> bool {
    let kind = line.split(' ').next().unwrap_or_default();
    line.contains(" · ") && Kind::ALL.iter().any(|known| known.name() == kind)
}

#[test]
fn the_report_is_what_the_program_prints() {
    let report = output(&["check", "--no-config"]);
    let mut heads = 0;
    let shown: Vec<&str> = report
        .lines()
        .take_while(|line| {
            heads += usize::from(is_head(line));
            heads <= SHOWN
        })
        .collect();
    assert_eq!(heads, SHOWN + 1, "{report}");
    let shown = shown.join("\n");
    let shown = shown.trim_end();

    let readme = readme();
    let (before, rest) = readme.split_once(START).expect("the start of the report");
    let (written, after) = rest.split_once(END).expect("the end of the report");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path(), format!("{before}{START}{shown}{END}{after}")).expect("written");
        return;
    }
    assert!(
        written == shown,
        "the README shows another report; `UPDATE_README=1 cargo test --test readme` writes this one:\n{shown}"
    );
}

#[test]
fn every_flag_is_mentioned() {
    let help = output(&["--help"]);
    let mut flags = flags_in(&help);
    let mut commands = 0;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in listed.take_while(|line| !line.is_empty()) {
        // A description that is wrapped is indented further.
        let Some(name) = line
            .strip_prefix("  ")
            .filter(|name| !name.starts_with(' '))
        else {
            continue;
        };
        let name = name.split(' ').next().unwrap_or_default();
        if name == "help" {
            continue;
        }
        commands += 1;
        flags.extend(flags_in(&output(&[name, "--help"])));
    }
    assert!(commands > 0 && flags.len() > 10, "{flags:?}");
    let readme = readme();
    let known = flags_in(&readme);
    let missing: Vec<_> = flags.difference(&known).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}

/// Every `--flag` of a text.
fn flags_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c == '-' || c.is_ascii_alphanumeric()));
    words
        .filter(|word| word.len() > 2 && word.starts_with("--") && !word.starts_with("---"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_kind_is_explained() {
    let readme = readme();
    for kind in Kind::ALL {
        let row = format!("| `{}` |", kind.name());
        assert!(readme.contains(&row), "{row}");
    }
}

#[test]
fn the_claim_files_that_are_shown_are_sound() {
    let readme = readme();
    let mut claims = 0;
    for block in readme.split("```yaml\n").skip(1) {
        let (text, _) = block.split_once("```").expect("the end of the block");
        if !text.contains("claims:\n") {
            continue;
        }
        let loaded = gainsay::claim::parse(Arc::new(Source::new("README.md", text)));
        let told: Vec<_> = loaded.problems.iter().map(Problem::to_string).collect();
        assert!(told.is_empty(), "{told:?}");
        claims += loaded.items.len();
    }
    assert!(claims >= 3, "{claims}");
}
