//! Runs `gainsay check` with the formats for other programs: they agree with each other, and the page behaves in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

const CLAIMS: &str = "\
topic: The fire at the mill
claims:
  - id: mill-fire-cause
    question: What started the fire at the mill?
    about: [mill]
    positions:
      arson:
        says: The fire at the mill was started by an arsonist.
      wiring:
        says: The fire at the mill was caused by faulty wiring.
  - id: mill-reopening
    question: Will the mill <b>open</b> again?
    about: [mill]
    positions:
      opens:
        says: The owners want to open the mill again.
      closes:
        says: The owners want to close the mill for good.
";

const HOSTILE: &str = "</style></script><script>document.title='broken'</script><img src=http://127.0.0.1:9/x onerror=alert(1)>";

/// Three articles, two of which share most of their words, and markup in all that a page shows.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = desk.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    };
    write("claims/mill.yaml", CLAIMS);
    let wire = "The fire at the mill was started by an arsonist. Nobody was hurt when the roof came down shortly after \
        midnight, and the firemen stayed until the morning because the grain in the silo kept on burning.";
    let front = |title: &str, source: &str, date: &str| {
        format!("---\ntitle: \"{title}\"\nsource: {source}\ndate: {date}\n---\n\n")
    };
    write(
        "articles/dawn.md",
        &(front("Fire", "Dawn", "2024-03-01")
            + wire
            + "\n\nThe owners want to close the mill for good.\n"),
    );
    write(
        "articles/copy.md",
        &(front("Fire", "=Copy", "2024-03-02") + wire + "\n"),
    );
    write(
        "articles/dusk.md",
        &format!(
            "{}The fire at the mill was caused by faulty wiring {HOSTILE}.\n\nThe owners want to open the mill again, {HOSTILE} they say.\n",
            front(HOSTILE, "Dusk", "2024-03-04")
        ),
    );
    desk
}

fn run(desk: &Path, arguments: &str) -> (i32, String, String) {
    let output = Command::new(cargo_bin("gainsay"))
        .current_dir(desk)
        .env_clear()
        .args(arguments.split_whitespace())
        .output()
        .expect("run");
    (
        output.status.code().expect("no signal"),
        String::from_utf8(output.stdout).expect("UTF-8"),
        String::from_utf8(output.stderr).expect("UTF-8"),
    )
}

fn read(desk: &Path, name: &str) -> String {
    fs::read_to_string(desk.join(name)).expect(name)
}

#[test]
fn all_formats_of_one_run_agree_on_counts() {
    let desk = desk();
    let desk = desk.path();
    let (code, out, err) = run(
        desk,
        "check articles nowhere.txt --format json=r.json --format csv=m.csv --format csv-divergences=d.csv \
         --format markdown=r.md --format sarif=r.sarif --format github=r.log --format html=r.html --csv-raw --format text",
    );
    assert_eq!(code, 2, "{err}");
    assert!(
        out.contains("one voice: copy shares 100 % of its words with dawn"),
        "{out}"
    );

    let json: Value = serde_json::from_str(&read(desk, "r.json")).expect("JSON");
    let length = |list: &str| json[list].as_array().expect("a list").len();
    let (matches, divergences, problems) =
        (length("matches"), length("divergences"), length("problems"));
    assert!(
        matches >= 4 && divergences >= 2 && problems == 1,
        "{matches} {divergences} {problems}"
    );

    let rows = |name: &str| {
        let mut reader = csv::Reader::from_path(desk.join(name)).expect("a table");
        let rows: Vec<csv::StringRecord> =
            reader.records().map(|row| row.expect("a row")).collect();
        rows
    };
    assert_eq!(
        (rows("m.csv").len(), rows("d.csv").len()),
        (matches, divergences)
    );
    let ids = |list: &str| -> Vec<&str> {
        let items = json[list].as_array().expect("a list").iter();
        items
            .map(|item| item["id"].as_str().expect("an id"))
            .collect()
    };
    let first = |rows: &[csv::StringRecord]| -> Vec<String> {
        rows.iter().map(|row| row[0].to_owned()).collect()
    };
    assert_eq!(first(&rows("m.csv")), ids("matches"));
    assert_eq!(first(&rows("d.csv")), ids("divergences"));

    let markdown = read(desk, "r.md");
    assert_eq!(markdown.matches("\n### Claim: ").count(), divergences);
    let total = format!("{matches} matches, {divergences} divergences, {problems} problem\n");
    assert!(markdown.contains(&total), "{markdown}");

    let sarif: Value = serde_json::from_str(&read(desk, "r.sarif")).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), divergences);
    let github = read(desk, "r.log");
    assert_eq!(github.lines().count(), divergences + problems + 1);
    assert_eq!(
        read(desk, "r.html")
            .matches("<article class=\"conflict")
            .count(),
        divergences
    );

    // Near-copies are one voice in all of them.
    assert_eq!(json["copies"][0]["lead"], "dawn");
    assert_eq!(json["copies"][0]["echoes"][0]["article"], "copy");
    let side = &json["divergences"][0]["sides"][0];
    assert_eq!(
        (side["articles"].as_array().map(Vec::len), &side["voices"]),
        (Some(2), &Value::from(1))
    );
    assert!(markdown.contains("(2 articles, 1 voice)"), "{markdown}");
    assert!(read(desk, "r.html").contains("2 articles, 1 voice"));
    assert_eq!(results[0]["properties"]["voices"], 2);
    assert_eq!(&rows("d.csv")[0][8], "2");
    assert!(rows("m.csv").iter().any(|row| &row[21] == "dawn"));
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_neutralised() {
    let desk = desk();
    let (_, safe, _) = run(desk.path(), "check --format csv");
    assert!(safe.contains(",'=Copy,"), "{safe}");
    let (_, raw, _) = run(desk.path(), "check --format csv --csv-raw");
    assert!(raw.contains(",=Copy,"), "{raw}");
    let (code, _, err) = run(desk.path(), "check --csv-raw");
    assert_eq!(code, 2);
    assert!(err.contains("no csv is written"), "{err}");
}

#[test]
fn one_format_that_cannot_be_written_does_not_lose_the_others() {
    let desk = desk();
    let (code, _, err) = run(
        desk.path(),
        "check --format json=no/such/a.json --format csv=m.csv --format sarif=no/such/a.sarif",
    );
    assert_eq!(code, 2);
    assert!(read(desk.path(), "m.csv").contains("arson"));
    let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(err.contains("a.json") && err.contains("a.sarif"), "{err}");
    let (code, out, err) = run(desk.path(), "check --format json --format csv");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(
        err.contains("two formats would be written to standard output"),
        "{err}"
    );
}

#[test]
fn the_page_is_the_same_whatever_the_order_and_names_no_place_of_the_machine() {
    let desk = desk();
    let here = desk.path().display().to_string();
    let (_, one, _) = run(
        desk.path(),
        "check articles/dawn.md articles/dusk.md articles/copy.md --format html --jobs 1",
    );
    let (_, two, _) = run(
        desk.path(),
        "check articles/copy.md articles/dusk.md articles/dawn.md --format html",
    );
    assert_eq!(one, two);
    let (_, page, _) = run(
        desk.path(),
        &format!("check --claims {here}/claims --claim mill-fire-cause --format html=-"),
    );
    assert!(
        page.contains(
            "gainsay check articles --claims …/claims --claim mill-fire-cause --format html"
        ),
        "{page}"
    );
    let sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert!(!page.contains(sum), "the hash of nothing");
}

/// The browser, where one is installed.
fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    let mut candidates =
        std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    candidates.find(|candidate| candidate.is_file())
}

/// What the browser makes of a page of the folder, and what it writes to its log.
fn open(browser: &Path, folder: &Path, page: &str, flags: &[&str]) -> (String, String) {
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            "--virtual-time-budget=20000",
            "--dump-dom",
        ])
        .args(flags)
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", folder.join(page).display()))
        .output()
        .expect("the browser runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// What a page wrote down.
fn seen<'d>(dom: &'d str, log: &str) -> &'d str {
    let seen = dom.split_once("<pre id=\"seen\">");
    let seen = seen.and_then(|(_, rest)| rest.split_once("</pre>"));
    seen.unwrap_or_else(|| panic!("nothing was seen: {dom}{log}"))
        .0
}

/// A page that loads the report in a frame, uses it as a reader does, and writes down what it sees.
const READER: &str = r#"<!doctype html><title>reader</title><iframe src="r.html" width="900" height="700"></iframe><pre id="seen"></pre>
<script>
window.addEventListener("load", function () {
  var page = document.querySelector("iframe").contentDocument;
  var seen = [];
  function conflicts() { return page.querySelectorAll(".conflict:not([hidden])").length; }
  function choose(name, value) {
    var field = page.getElementById("filter").elements[name];
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function press(key) {
    page.body.dispatchEvent(new KeyboardEvent("keydown", { key: key, bubbles: true }));
    var at = page.activeElement.closest(".conflict");
    return at ? Array.prototype.indexOf.call(page.querySelectorAll(".conflict"), at) : -1;
  }
  seen.push("title=" + page.title);
  seen.push("scripts=" + page.scripts.length + " images=" + page.images.length + " styles=" + page.querySelectorAll("style").length);
  seen.push("text=" + (page.body.textContent.indexOf("<scr" + "ipt>document.title='broken'</scr" + "ipt>") >= 0));
  seen.push("filter=" + !page.getElementById("filter").hidden + " copy=" + !page.querySelector("button.copy").hidden);
  seen.push("all=" + conflicts());
  choose("claim", "0");
  seen.push("claim=" + conflicts() + " rows=" + page.querySelectorAll("tr[data-claim]:not([hidden])").length);
  choose("claim", "");
  choose("kind", "contradiction");
  seen.push("kind=" + conflicts());
  choose("kind", "");
  var sources = Array.prototype.slice.call(page.getElementById("filter").elements.source.options);
  choose("source", sources.filter(function (option) { return option.textContent === "Dusk"; })[0].value);
  seen.push("source=" + conflicts());
  choose("source", "");
  choose("status", "dismissed");
  seen.push("status=" + conflicts());
  choose("status", "");
  seen.push("requests=" + document.querySelector("iframe").contentWindow.performance.getEntriesByType("resource").length);
  seen.push("n=" + press("n") + " n=" + press("n") + " p=" + press("p"));
  document.getElementById("seen").textContent = seen.join("\n");
});
</script>"#;

#[test]
fn the_page_works_in_a_browser_and_hostile_text_stays_text() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no chromium or google-chrome is on the PATH");
        return;
    };
    let desk = desk();
    let (_, queue, _) = run(desk.path(), "review --list --format json");
    let queue: Value = serde_json::from_str(&queue).expect("JSON");
    let first = queue["divergences"][0]["id"].as_str().expect("an id");
    let (code, _, err) = run(desk.path(), &format!("review --dismiss {first}"));
    assert_eq!(code, 0, "{err}");
    let (code, _, err) = run(
        desk.path(),
        "check --format html=r.html --format json=r.json",
    );
    assert_eq!(code, 0, "{err}");
    fs::write(desk.path().join("reader.html"), READER).expect("written");
    let (dom, log) = open(&browser, desk.path(), "reader.html", &[]);
    // Errors of scripts and everything that the page's policy had to block are told here.
    let console: Vec<&str> = log
        .lines()
        .filter(|line| line.contains(":CONSOLE"))
        .collect();
    assert!(console.is_empty(), "{console:#?}");

    let json: Value = serde_json::from_str(&read(desk.path(), "r.json")).expect("JSON");
    let divergences = json["divergences"].as_array().expect("a list");
    let with = |field: &str, value: &str| {
        divergences
            .iter()
            .filter(|found| found[field] == value)
            .count()
    };
    let seen = seen(&dom, &log);
    let names_dusk = |found: &&Value| {
        let mut sides = found["sides"].as_array().expect("a list").iter();
        sides.any(|side| {
            let articles = side["articles"].as_array().expect("a list");
            articles.iter().any(|article| article == "dusk")
        })
    };
    let of_dusk = divergences.iter().filter(names_dusk).count();
    assert!(of_dusk > 0 && with("status", "dismissed") == 1);
    let expected = [
        "title=Where the articles diverge".to_owned(),
        "scripts=1 images=0 styles=1".to_owned(),
        "text=true".to_owned(),
        "filter=true copy=true".to_owned(),
        format!("all={}", divergences.len()),
        format!("claim={} rows=1", with("claim", "mill-fire-cause")),
        format!("kind={}", with("kind", "contradiction")),
        format!("source={of_dusk}"),
        "status=1".to_owned(),
        "requests=0".to_owned(),
        "n=0 n=1 p=0".to_owned(),
    ];
    assert_eq!(seen.lines().collect::<Vec<_>>(), expected, "{log}");
}

/// axe-core, where it is installed: in the place that the environment names, or where `.ci/run` puts it.
fn axe() -> Option<PathBuf> {
    let named = std::env::var_os("GAINSAY_AXE").map(PathBuf::from);
    let usual = "target/axe/node_modules/axe-core/axe.min.js";
    let path = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(usual));
    path.is_file().then_some(path)
}

/// Runs axe-core on the page, and writes down each fault and how many rules held.
const AXE: &str = r#"<script src="axe.js"></script><script>
window.addEventListener("load", function () {
  axe.run(document).then(function (found) {
    var faults = found.violations.map(function (fault) {
      return fault.impact + " " + fault.id + ": " + fault.nodes.map(function (node) { return node.html; }).join(" ");
    });
    faults.push("passes=" + (found.passes.length > 20) + " dark=" + matchMedia("(prefers-color-scheme: dark)").matches);
    var seen = document.createElement("pre");
    seen.id = "seen";
    seen.textContent = faults.join("\n");
    document.body.appendChild(seen);
  });
});
</script>"#;

#[test]
fn axe_finds_no_fault_in_the_page() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no chromium or google-chrome is on the PATH");
        return;
    };
    let Some(axe) = axe() else {
        eprintln!("skipped: axe-core is not installed; .ci/run installs it");
        return;
    };
    let desk = desk();
    fs::copy(axe, desk.path().join("axe.js")).expect("copied");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let light = "--blink-settings=preferredColorScheme=1";
    let dark = "--blink-settings=preferredColorScheme=0";
    for (folder, scheme) in [(desk.path(), light), (sample, dark)] {
        let (code, page, err) = run(folder, "check --no-config --no-reviews --format html");
        assert_eq!(code, 0, "{err}");
        // The page's own policy would keep the tester out, too.
        let (before, rest) = page
            .split_once("<meta http-equiv=\"Content-Security-Policy\"")
            .expect("the policy");
        let (_, rest) = rest.split_once('>').expect("its end");
        let (body, after) = rest.rsplit_once("</body>").expect("the end");
        let tried = format!("{before}{body}{AXE}</body>{after}");
        fs::write(desk.path().join("tried.html"), tried).expect("written");
        let (dom, log) = open(&browser, desk.path(), "tried.html", &[scheme]);
        let expected = format!("passes=true dark={}", scheme == dark);
        assert_eq!(seen(&dom, &log), expected, "each line before is a fault");
    }
}
