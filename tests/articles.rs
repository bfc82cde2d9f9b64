//! Articles as they are found and read from a real folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};
use gainsay::article::{Article, ArticleFile, Format, Origin, discover, load, read, read_stream};
use gainsay::problem::{Level, Loaded, Problem};
use jiff::civil::date;
use proptest::prelude::*;
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn load(&self) -> Loaded<Article> {
        load(&[self.0.path()])
    }

    /// A path as it is shown, without the folder.
    fn bare<'a>(&self, shown: &'a str) -> &'a str {
        shown
            .strip_prefix(&*self.0.path().to_string_lossy())
            .unwrap_or(shown)
            .trim_start_matches('/')
    }

    fn told(&self, problems: &[Problem]) -> Vec<(&'static str, String)> {
        problems
            .iter()
            .map(|problem| {
                let path = problem.path.as_deref().unwrap_or_default();
                (problem.code, self.bare(path).to_owned())
            })
            .collect()
    }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn from_stream(name: Option<&str>, bytes: &[u8]) -> (Vec<Article>, Vec<Problem>) {
    let file = name.map_or_else(ArticleFile::standard_input, ArticleFile::new);
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    read_stream(bytes, &file, &mut |result| match result {
        Ok(article) => articles.push(article),
        Err(problem) => problems.push(problem),
    });
    (articles, problems)
}

fn headings(article: &Article) -> Vec<&str> {
    article
        .headings
        .iter()
        .map(|&span| article.text.slice(span))
        .collect()
}

fn line_of(article: &Article, start: &str) -> String {
    let line = article
        .prose
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with(start));
    line.unwrap_or_default().to_owned()
}

#[test]
fn a_folder_is_read_in_order_whatever_gitignore_says() {
    let folder = Folder::new(&[
        ("b.md", b"# Head\n\nText.\n"),
        ("a.txt", b"Text.\n"),
        ("sub/c.html", b"<p>A short page of words.</p>"),
        (
            "sub/d.jsonl",
            b"{\"text\": \"One.\"}\n\n{\"id\": \"x\", \"text\": \"Two.\"}\n",
        ),
        ("z.txt.gz", &gz(b"Zipped.\n")),
        (".hidden.txt", b"no"),
        (".git/x.txt", b"no"),
        (".gitignore", b"*.txt\n"),
        ("articles.yaml", b"a.txt: {source: Daily}\n"),
        ("photo.JPG", b"no"),
        ("sub/photo.jpg", b"no"),
        ("Makefile", b"no"),
    ]);
    let loaded = folder.load();
    let ids: Vec<_> = loaded
        .items
        .iter()
        .map(|article| (article.id.as_str(), folder.bare(&article.path)))
        .collect();
    assert_eq!(
        ids,
        [
            ("a", "a.txt"),
            ("b", "b.md"),
            ("c", "sub/c.html"),
            ("d-1", "sub/d.jsonl:1"),
            ("x", "sub/d.jsonl:3"),
            ("z", "z.txt.gz"),
        ]
    );
    assert_eq!(loaded.items[0].source.as_deref(), Some("Daily"));
    assert_eq!(loaded.items[5].text.text(), "Zipped.\n");
    let skipped: Vec<_> = loaded
        .problems
        .iter()
        .filter(|problem| problem.code == "article/skipped")
        .map(|problem| (problem.level, problem.message.as_str()))
        .collect();
    assert_eq!(
        skipped,
        [(
            Level::Warning,
            "3 files are passed over, as the extension is not that of an article: 2 .jpg, 1 without an extension"
        )]
    );
}

#[test]
fn naming_order_and_repetition_do_not_show() {
    let folder = Folder::new(&[
        ("a/x.txt", b"One."),
        ("b/x.txt", b"Two."),
        ("c.xyz", b"Three."),
    ]);
    let [a, b, c] = ["a", "b", "c.xyz"].map(|name| folder.path(name));
    let one = load(&[&a, &b, &c]);
    let two = load(&[
        &c,
        &folder.path("b/x.txt"),
        &b,
        &a,
        &folder.path("a/../a/x.txt"),
    ]);
    let ids = |loaded: &Loaded<Article>| -> Vec<(String, String)> {
        loaded
            .items
            .iter()
            .map(|article| (article.id.clone(), article.text.text().to_owned()))
            .collect()
    };
    let expected = [("x", "One."), ("x-2", "Two."), ("c", "Three.")]
        .map(|(id, text)| (id.to_owned(), text.to_owned()));
    assert_eq!(ids(&one), expected);
    assert_eq!(ids(&two), expected);
    assert_eq!(
        folder.told(&one.problems),
        [("article/duplicate-id", "b/x.txt".to_owned())]
    );
    // A named file is an article, in a named folder too.
    let all = load(&[folder.0.path(), &c]);
    assert_eq!(all.items.len(), 3);
    assert!(
        all.problems
            .iter()
            .all(|problem| problem.code != "article/skipped")
    );
}

#[test]
fn what_cannot_be_reached_is_told_and_the_rest_is_read() {
    let folder = Folder::new(&[("a.txt", b"Text."), ("empty/.keep", b"")]);
    let loaded = load(&[
        folder.path("gone.txt"),
        folder.path("empty"),
        folder.path("a.txt"),
    ]);
    assert_eq!(loaded.items.len(), 1);
    assert_eq!(
        folder.told(&loaded.problems),
        [
            ("article/none-found", "empty".to_owned()),
            ("article/not-found", "gone.txt".to_owned())
        ]
    );
    assert_eq!(loaded.problems[1].level, Level::Error);
}

#[test]
fn a_file_that_vanishes_after_discovery_is_told() {
    let folder = Folder::new(&[("a.txt", b"Text.")]);
    let files = discover(&[folder.0.path()]).items;
    fs::remove_file(folder.path("a.txt")).unwrap();
    let mut told = Vec::new();
    read(&files[0], &mut |result| told.extend(result.err()));
    assert_eq!(
        folder.told(&told),
        [("article/not-found", "a.txt".to_owned())]
    );
}

#[cfg(unix)]
#[test]
fn links_pipes_and_folders_named_like_files_are_told() {
    use std::os::unix::fs::symlink;
    let outside = Folder::new(&[("o.txt", b"Outside."), ("d/o.txt", b"Outside.")]);
    let folder = Folder::new(&[
        ("a.txt", b"Text."),
        ("in/b.txt", b"Text."),
        ("dir.txt/c.txt", b"Text."),
    ]);
    symlink("nowhere.txt", folder.path("dangling.txt")).unwrap();
    symlink("self.txt", folder.path("self.txt")).unwrap();
    symlink("..", folder.path("in/up")).unwrap();
    symlink(".", folder.path("in/here")).unwrap();
    symlink("in", folder.path("same")).unwrap();
    symlink("a.txt", folder.path("z.txt")).unwrap();
    symlink(outside.path("o.txt"), folder.path("out.txt")).unwrap();
    symlink(outside.path("d"), folder.path("outdir")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path("pipe.txt"))
        .status();
    assert!(made.unwrap().success());
    let loaded = folder.load();
    let ids: Vec<_> = loaded.items.iter().map(|article| &*article.id).collect();
    assert_eq!(ids, ["a", "c", "b"]);
    let expected = [
        ("article/not-found", "dangling.txt"),
        ("article/folder-named-as-file", "dir.txt"),
        ("article/link-not-followed", "in/here"),
        ("article/link-not-followed", "in/up"),
        ("article/link-not-followed", "out.txt"),
        ("article/link-not-followed", "outdir"),
        ("article/not-a-file", "pipe.txt"),
        ("article/unreadable", "self.txt"),
    ]
    .map(|(code, path)| (code, path.to_owned()));
    assert_eq!(folder.told(&loaded.problems), expected);
    // Named, they are told too, and a link that was named is followed.
    let named = load(&["pipe.txt", "dangling.txt", "out.txt"].map(|name| folder.path(name)));
    assert_eq!(named.items[0].text.text(), "Outside.");
    assert_eq!(
        folder.told(&named.problems),
        [
            ("article/not-found", "dangling.txt".to_owned()),
            ("article/not-a-file", "pipe.txt".to_owned())
        ]
    );
    let device = load(&[Path::new("/dev/zero")]);
    assert_eq!(device.problems[0].code, "article/not-a-file");
}

#[cfg(unix)]
#[test]
fn a_forbidden_file_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new(&[
        ("a.txt", b"Text."),
        ("b.txt", b"Text."),
        ("c/d.txt", b"Text."),
    ]);
    for name in ["a.txt", "c"] {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(0o0)).unwrap();
    }
    let loaded = folder.load();
    // The superuser may read everything; for everybody else both are told.
    let superuser = fs::read(folder.path("a.txt")).is_ok();
    fs::set_permissions(folder.path("c"), fs::Permissions::from_mode(0o700)).unwrap();
    if superuser {
        assert_eq!(loaded.items.len(), 3);
    } else {
        assert_eq!(loaded.items.len(), 1);
        let codes: Vec<_> = loaded.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["article/unreadable"; 2]);
    }
}

#[test]
fn explicit_files_have_their_folders_metadata_too() {
    let folder = Folder::new(&[
        ("a.txt", b"Harbour closed\n\nText.\n"),
        (
            "articles.yaml",
            b"a.txt: {title: Harbour closed, date: 2020-12-14, id: h}\nb.txt: {}\n",
        ),
    ]);
    let loaded = load(&[folder.path("a.txt"), folder.path("articles.yaml")]);
    assert_eq!(loaded.items.len(), 1);
    let article = &loaded.items[0];
    assert_eq!(
        (&*article.id, article.date),
        ("h", Some(date(2020, 12, 14)))
    );
    assert_eq!(headings(article), ["Harbour closed"]);
    assert_eq!(
        folder.told(&loaded.problems),
        [("article/metadata-unknown-file", "articles.yaml".to_owned())]
    );
    assert_eq!(loaded.problems[0].line_column(), Some((2, 1)));
}

#[test]
fn a_broken_articles_yaml_costs_no_article() {
    let folder = Folder::new(&[
        ("a.txt", b"Text."),
        ("articles.yaml", b"a.txt: {source: A\n"),
    ]);
    let loaded = folder.load();
    assert_eq!(loaded.items.len(), 1);
    assert_eq!(
        folder.told(&loaded.problems),
        [("article/metadata-syntax", "articles.yaml".to_owned())]
    );
    assert!(loaded.problems[0].line_column().is_some());
    let bom = Folder::new(&[
        ("a.txt", b"Text."),
        ("articles.yaml", b"\xEF\xBB\xBFa.txt: {source: A}\n"),
    ]);
    assert_eq!(bom.load().items[0].source.as_deref(), Some("A"));
}

#[test]
fn front_matter_wins_over_the_folders_metadata() {
    let text = "---\ntitle: Pier reopens\ndate: 14 December 2020\n---\nThe pier\nis open.\n";
    let folder = Folder::new(&[
        ("a.md", text.as_bytes()),
        (
            "b.md",
            b"---\ntitle: \"Pier reopens\"\n---\n# PIER  reopens\n",
        ),
        ("articles.yaml", b"a.md: {title: Other, source: Daily}\n"),
    ]);
    let loaded = folder.load();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let [a, b] = &loaded.items[..] else { panic!() };
    assert_eq!(a.title.as_deref(), Some("Pier reopens"));
    assert_eq!(a.source.as_deref(), Some("Daily"));
    assert_eq!(a.date, Some(date(2020, 12, 14)));
    assert_eq!(a.text.text(), text);
    assert_eq!(headings(a), ["Pier reopens"]);
    assert_eq!(line_of(a, "Pier"), "Pier reopens");
    assert_eq!(line_of(a, "The"), "The pier is open.");
    assert!(!a.prose.contains("December"));
    // The body says the title again, so it is read once.
    assert_eq!(headings(b), ["PIER  reopens"]);
    assert_eq!(b.prose.trim(), "PIER  reopens");
}

#[test]
fn charsets_are_told_when_text_was_lost() {
    let mut cut = "Ağrı, İzmir, Muğla, Şırnak".as_bytes().to_vec();
    cut.push(0xC4);
    let (articles, problems) = from_stream(Some("a.txt"), &cut);
    assert_eq!(problems[0].code, "article/lossy-decoding");
    assert!(problems[0].message.contains("UTF-8"));
    assert!(articles[0].text.text().ends_with('\u{FFFD}'));
    let (articles, problems) = from_stream(Some("a.txt"), b"\xEF\xBB\xBFText.");
    assert!(problems.is_empty());
    assert_eq!(articles[0].text.text(), "Text.");
    let (articles, _) = from_stream(Some("a.md"), b"\xFF\xFE#\0 \0\xE4\0");
    assert_eq!(articles[0].text.text(), "# ä");
    let (articles, _) = from_stream(
        Some("a.html"),
        b"<meta charset=windows-1254><p>\xDDzmir is calm.",
    );
    assert!(articles[0].text.text().contains("İzmir is calm."));
}

#[test]
fn what_is_no_text_or_empty_is_left_out() {
    for (name, bytes, code, level) in [
        (
            "a.txt",
            &b"PK\x03\x04\0\0"[..],
            "article/binary",
            Level::Error,
        ),
        ("a.jsonl", b"\0\0\0", "article/binary", Level::Error),
        ("a.txt", b"", "article/empty", Level::Warning),
        ("a.txt", b" \r\n\t\n", "article/empty", Level::Warning),
        ("a.jsonl", b"\n\n", "article/empty", Level::Warning),
        (
            "a.html",
            b"<script>x()</script>",
            "article/empty",
            Level::Warning,
        ),
        (
            "a.txt.gz",
            b"not gzip at all",
            "article/unreadable",
            Level::Error,
        ),
        (
            "a.txt.gz",
            &gz(b"Text.")[..12],
            "article/unreadable",
            Level::Error,
        ),
    ] {
        let (articles, problems) = from_stream(Some(name), bytes);
        assert!(articles.is_empty(), "{name}");
        let told: Vec<_> = problems
            .iter()
            .map(|problem| (problem.code, problem.level))
            .collect();
        assert_eq!(told, [(code, level)], "{name}");
        assert_eq!(
            problems[0].path.as_deref().unwrap().split(':').next(),
            Some(name)
        );
    }
}

#[test]
fn a_lone_line_does_not_cost_the_file() {
    let lines = "{\"text\": \"One.\\ud83d\", \"title\": \"One.\\ufffd\"}\r\n{oops}\n\n{\"text\": \"\"}\n{\"text\": \" Four \", \"date\": 4}";
    let (articles, problems) = from_stream(Some("d/n.jsonl"), lines.as_bytes());
    let read: Vec<_> = articles
        .iter()
        .map(|article| {
            (
                &*article.id,
                &*article.path,
                article.text.text(),
                article.text.name(),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            ("n-1", "d/n.jsonl:1", "One.\u{FFFD}", "d/n.jsonl:1"),
            ("n-5", "d/n.jsonl:5", " Four ", "d/n.jsonl:5")
        ]
    );
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.code, problem.path.as_deref().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ("article/lone-surrogate", "d/n.jsonl:1"),
            ("article/jsonl-line", "d/n.jsonl:2"),
            ("article/empty", "d/n.jsonl:4"),
            ("article/metadata-type", "d/n.jsonl:5")
        ]
    );
    // The text is held once.
    assert_eq!(articles[1].prose.as_ptr(), articles[1].text.text().as_ptr());
    assert_eq!(headings(&articles[0]), ["One.\u{FFFD}"]);
}

#[test]
fn a_file_of_broken_lines_does_not_drown_the_rest() {
    let (articles, problems) = from_stream(Some("n.jsonl"), "oops\n".repeat(1000).as_bytes());
    assert!(articles.is_empty());
    assert_eq!(problems.len(), 101);
    assert!(problems[100].message.starts_with("900 more problems"));
}

#[test]
fn jsonl_is_read_in_any_charset_and_compressed() {
    let line = "{\"text\": \"Ağrı.\"}\n";
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(line.encode_utf16().flat_map(u16::to_le_bytes));
    let marked = [b"\xEF\xBB\xBF", line.as_bytes()].concat();
    // Two members, as `cat a.gz b.gz` makes.
    let zipped = [gz(line.as_bytes()), gz(line.as_bytes())].concat();
    for (name, bytes, count) in [
        ("n.jsonl", &utf16, 1),
        ("n.ndjson", &marked, 1),
        ("n.jsonl.gz", &zipped, 2),
        ("n.jsonl.gz", &gz(&utf16), 1),
    ] {
        let (articles, problems) = from_stream(Some(name), bytes);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(articles.len(), count);
        assert_eq!(articles[0].text.text(), "Ağrı.");
    }
    let (articles, problems) = from_stream(Some("n.jsonl"), b"{\"text\": \"caf\xE9 cr\xE8me\"}");
    assert_eq!(articles[0].text.text(), "café crème");
    assert_eq!(problems[0].code, "article/guessed-charset");
    // Cut off: the lines before are used.
    let mut long = Vec::new();
    for n in 0..20_000 {
        writeln!(long, "{{\"text\": \"Line {} {n}.\"}}", n * 7919 % 1009).unwrap();
    }
    let zipped = gz(&long);
    let (articles, problems) = from_stream(Some("n.jsonl.gz"), &zipped[..zipped.len() / 2]);
    assert!(!articles.is_empty());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, "article/unreadable");
}

#[test]
fn standard_input_is_text_or_jsonl() {
    for bytes in [
        &b" \n{\"text\": \"One.\"}\n{\"text\": \"Two.\"}"[..],
        b"\xEF\xBB\xBF{\"text\": \"One.\"}\n{\"text\": \"Two.\"}",
        &gz(b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}"),
    ] {
        let (articles, problems) = from_stream(None, bytes);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(articles.len(), 2);
        assert!(articles[0].path.starts_with("-:") && articles[0].id.starts_with("stdin-"));
    }
    let (articles, _) = from_stream(None, b"\n Plain {text}.");
    assert_eq!((&*articles[0].id, &*articles[0].path), ("stdin", "-"));
    assert_eq!(articles[0].text.text(), "\n Plain {text}.");
    assert_eq!(from_stream(None, b"").1[0].code, "article/empty");
    let found = discover(&["-", "-"]).items;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].origin, Origin::StandardInput);
}

#[test]
fn a_compressed_bomb_is_refused_without_being_unfolded() {
    // 40 MiB of spaces; the limit is 32 MiB for a page.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..40 {
        encoder.write_all(&spaces).unwrap();
    }
    let (articles, problems) = from_stream(Some("a.html.gz"), &encoder.finish().unwrap());
    assert!(articles.is_empty());
    assert_eq!(problems[0].code, "article/too-long");
    assert!(problems[0].message.contains("32 MiB"));
}

#[test]
fn a_page_brings_its_metadata() {
    let paragraph = "<p>The old harbour of the town stays closed until the divers have seen to the chains, the mayor said on Monday.</p>";
    let page = format!(
        "<html><head><title>Harbour stays closed until spring</title><meta property='og:site_name' content='Daily Pier'>\
         <meta property='article:published_time' content='soon'><link rel=canonical href='https://example.org/h'></head>\
         <body><article>{}</article></body></html>",
        paragraph.repeat(6)
    );
    let folder = Folder::new(&[
        ("h.html", page.as_bytes()),
        ("articles.yaml", b"h.html: {source: Pier}\n"),
    ]);
    let loaded = folder.load();
    let article = &loaded.items[0];
    assert_eq!(
        article.title.as_deref(),
        Some("Harbour stays closed until spring")
    );
    assert_eq!(article.source.as_deref(), Some("Pier"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/h"));
    assert_eq!(headings(article), ["Harbour stays closed until spring"]);
    assert_eq!(
        folder.told(&loaded.problems),
        [("article/bad-date", "h.html".to_owned())]
    );
}

fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let (articles, problems) = from_stream(Some(name), bytes);
    for article in &articles {
        let (text, prose) = (article.text.text(), &*article.prose);
        prop_assert_eq!(text.len(), prose.len());
        for (at, c) in prose.char_indices() {
            prop_assert!(
                c == ' '
                    || c == '\n'
                    || text.is_char_boundary(at) && text.is_char_boundary(at + c.len_utf8())
            );
        }
        for at in 0..=text.len() {
            prop_assert!(!text.is_char_boundary(at) || prose.is_char_boundary(at));
        }
        for &span in &article.headings {
            prop_assert!(!article.text.slice(span).trim().is_empty());
            prop_assert!(!prose[span.start..span.end].trim().is_empty());
        }
    }
    for problem in &problems {
        prop_assert!(problem.path.is_some());
        problem.line_column();
        for label in &problem.labels {
            problem.source.as_ref().unwrap().slice(label.span);
        }
    }
    // Nothing vanishes without a word.
    prop_assert!(!articles.is_empty() || !problems.is_empty());
    Ok(())
}

const NAMES: [&str; 6] = [
    "a.txt",
    "a.md",
    "a.html",
    "a.jsonl",
    "a.txt.gz",
    "a.jsonl.gz",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in NAMES {
            check(name, &bytes)?;
            check(name, &gz(&bytes))?;
        }
    }

    #[test]
    fn any_front_matter_is_survived(
        yaml in "(title|date|id|tags|ä|: |\"|'|\\||>|-|\\[|\\]|\\{|\\}|&a|\\*a|#|\n|\r\n|  |[a-z0-9ß]){0,30}",
        body in "(# |\n|\r\n|word |ä|\\*|`|title){0,20}",
    ) {
        check("a.md", format!("---\n{yaml}\n---\n{body}").as_bytes())?;
    }

    #[test]
    fn any_wrapping_is_survived(lines in prop::collection::vec("[a-zä A-Z.]{0,90}", 0..20), end in "\n|\r\n|\r") {
        check("a.txt", lines.join(&end).as_bytes())?;
    }
}

#[test]
fn formats_are_told_by_name() {
    assert_eq!(ArticleFile::new("a.MD").format, Format::Markdown);
}
