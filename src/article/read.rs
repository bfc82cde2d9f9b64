//! The articles of a file, one after the other.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::problem::{Level, Loaded, Problem, curtail};
use crate::source::{Source, Span};

use super::Article;
use super::charset::{self, Decoded};
use super::discover::{discover, not_a_file, unreachable};
use super::file::{ArticleFile, Format, Origin};
use super::front_matter::FrontMatter;
use super::html::Page;
use super::id_registry::IdRegistry;
use super::json_lines::{JsonLine, bad_date};
use super::markdown::Markdown;
use super::metadata::Metadata;
use super::plain;
use super::publication_date::parse_date;
use super::title::{folded, title_line};
use super::unfolding::Unfolding;

/// How much is read of one thing before it is refused, in bytes, after decompression: news is far shorter, and a
/// small compressed file can unfold to anything.
#[derive(Clone, Copy)]
struct Limits {
    /// Text that is compared: a plain text, Markdown, the text of a page or of a line. Comparing one of nothing but short lines takes some
    /// 140 times its length.
    article: usize,
    /// A page, much of which may be pictures.
    page: usize,
    /// Start tags of a page. Telling the text from the rest takes some 20 microseconds for each where they nest deeply; the longest pages
    /// of an encyclopaedia have some 60,000.
    tags: usize,
    /// A line of JSONL.
    line: usize,
    /// Problems with lines of one JSONL file; a file of another kind would drown the rest.
    told_lines: usize,
    /// Bytes of a JSONL file without an article in them after which the rest is not read: a pipe may never end.
    fruitless: u64,
}

const LIMITS: Limits = Limits {
    article: 8 << 20,
    page: 32 << 20,
    tags: 250_000,
    line: 64 << 20,
    told_lines: 100,
    fruitless: 1 << 30,
};

/// Whether more is wanted.
type GoesOn<'a> = &'a dyn Fn() -> bool;

/// A sink for what a file gives.
type Sink<'a> = &'a mut dyn FnMut(Result<Article, Problem>);

/// Hands the articles of a file to `sink`, in their order, and between them what could not be read or is odd.
/// JSONL is read line by line and never held as a whole. The ids are those that the articles bring along; that
/// they are unique in a run is for [`IdRegistry`].
pub fn read(file: &ArticleFile, sink: &mut dyn FnMut(Result<Article, Problem>)) {
    read_while(file, &|| true, sink);
}

/// As [`read`], but reads no further line of a JSONL file once `goes_on` says no.
pub fn read_while(
    file: &ArticleFile,
    goes_on: &dyn Fn() -> bool,
    sink: &mut dyn FnMut(Result<Article, Problem>),
) {
    match &file.origin {
        Origin::StandardInput => read_limited(io::stdin().lock(), file, LIMITS, goes_on, sink),
        Origin::File(path) => match open(path) {
            Ok(input) => read_limited(input, file, LIMITS, goes_on, sink),
            Err(problem) => sink(Err(*problem)),
        },
    }
}

/// Like [`read`], for bytes that come from elsewhere than the file's own path.
pub fn read_stream(
    input: impl Read,
    file: &ArticleFile,
    sink: &mut dyn FnMut(Result<Article, Problem>),
) {
    read_limited(BufReader::new(input), file, LIMITS, &|| true, sink);
}

/// Discovers and reads everything, files side by side on all cores, and makes the ids unique. The result does not
/// depend on the order of `paths` or of the threads.
pub fn load(paths: &[impl AsRef<Path>]) -> Loaded<Article> {
    let Loaded {
        items: files,
        mut problems,
    } = discover(paths);
    let per_file: Vec<Vec<Result<Article, Problem>>> = files
        .par_iter()
        .map(|file| {
            let mut results = Vec::new();
            read(file, &mut |result| results.push(result));
            results
        })
        .collect();
    let mut ids = IdRegistry::new();
    let mut items = Vec::new();
    for result in per_file.into_iter().flatten() {
        match result {
            Ok(mut article) => {
                problems.extend(ids.register(&mut article));
                items.push(article);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Loaded { items, problems }
}

/// The file, if it still is one. Opening a pipe would wait for its writer.
fn open(path: &Path) -> Result<BufReader<File>, Box<Problem>> {
    let metadata = path
        .metadata()
        .map_err(|error| Box::new(unreachable(path, &error)))?;
    if !metadata.is_file() {
        return Err(Box::new(not_a_file(path, metadata.file_type())));
    }
    File::open(path)
        .map(BufReader::new)
        .map_err(|error| Box::new(unreachable(path, &error)))
}

fn read_limited(
    mut input: impl BufRead,
    file: &ArticleFile,
    limits: Limits,
    goes_on: GoesOn,
    sink: Sink,
) {
    let standard_input = file.origin == Origin::StandardInput;
    let begun = if standard_input {
        first_bytes(&mut input)
    } else {
        Ok(Vec::new())
    };
    let begun = match begun {
        Ok(begun) => begun,
        Err(error) => return sink(Err(unreadable(file, &error))),
    };
    let gzip = file.gzip || begun.starts_with(b"\x1f\x8b");
    let input = Cursor::new(begun).chain(input);
    if gzip {
        let input = BufReader::new(Unfolding::new(input));
        read_plain(input, file, limits, goes_on, sink);
    } else {
        read_plain(input, file, limits, goes_on, sink);
    }
}

/// Enough of the stream to tell gzip.
fn first_bytes(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut begun = Vec::with_capacity(2);
    input.take(2).read_to_end(&mut begun)?;
    Ok(begun)
}

/// Reads what is no longer compressed.
fn read_plain(
    mut input: impl BufRead,
    file: &ArticleFile,
    limits: Limits,
    goes_on: GoesOn,
    sink: Sink,
) {
    let mut begun = Vec::new();
    let mut format = file.format;
    if file.origin == Origin::StandardInput {
        match until_first_character(&mut input, limits.article, &mut begun) {
            Ok(Some('{')) => format = Format::JsonLines,
            Ok(_) => {}
            Err(error) => return sink(Err(unreadable(file, &error))),
        }
    }
    let input = Cursor::new(begun).chain(input);
    if format == Format::JsonLines {
        match super::utf16_reader::Utf16Reader::new(input) {
            Ok(input) => read_lines(BufReader::new(input), file, limits, goes_on, sink),
            Err(error) => sink(Err(unreadable(file, &error))),
        }
    } else {
        read_one(input, file, format, limits, sink);
    }
}

/// Reads on to the first ASCII character that is not white space, past a byte order mark and the NULs of UTF-16, and
/// returns it if the stream has one; all bytes read go to `begun`.
fn until_first_character(
    input: &mut impl BufRead,
    limit: usize,
    begun: &mut Vec<u8>,
) -> io::Result<Option<char>> {
    while begun.len() < limit {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        let seen = begun.len();
        let length = buffer.len();
        begun.extend_from_slice(buffer);
        input.consume(length);
        let found = begun[seen..]
            .iter()
            .find(|byte| !byte.is_ascii_whitespace() && !b"\0\xEF\xBB\xBF\xFE\xFF".contains(byte));
        if let Some(&byte) = found {
            return Ok(Some(char::from(byte)));
        }
    }
    Ok(None)
}

fn read_one(
    mut input: impl BufRead,
    file: &ArticleFile,
    format: Format,
    limits: Limits,
    sink: Sink,
) {
    let limit = if format == Format::Html {
        limits.page
    } else {
        limits.article
    };
    let mut bytes = Vec::new();
    if let Err(error) = (&mut input).take(limit as u64 + 1).read_to_end(&mut bytes) {
        return sink(Err(unreadable(file, &error)));
    }
    if bytes.len() > limit {
        return sink(Err(too_long("article", limit, &file.name)));
    }
    if charset::is_binary(&bytes) {
        return sink(Err(binary(file)));
    }
    let declared = (format == Format::Html)
        .then(|| charset::html_charset(&bytes))
        .flatten();
    let decoded = charset::decode(bytes, declared);
    if decoded.lossy {
        sink(Err(lossy(&decoded, &file.name)));
    }
    if decoded.text.trim().is_empty() {
        return sink(Err(empty("the file is empty", &file.name)));
    }
    let mut problems = Vec::new();
    let article = match format {
        Format::Markdown => Some(markdown(file, decoded.text, &mut problems)),
        Format::Html if tags(&decoded.text) > limits.tags => {
            problems.push(
                Problem::error(
                    "article/too-long",
                    format!(
                        "the page has more than {} tags, and is not read",
                        limits.tags
                    ),
                )
                .at_path(&file.name)
                .help("save the text alone, as .txt or .md"),
            );
            None
        }
        Format::Html => html(file, &decoded.text, &mut problems),
        Format::Text | Format::JsonLines => Some(assemble(
            file.name.clone(),
            file.stem(),
            file.metadata.clone(),
            decoded.text,
        )),
    };
    curtail(&mut problems, 0, "article/more-problems", &file.name);
    for problem in problems {
        sink(Err(problem));
    }
    if let Some(article) = article {
        sink(within(article, limits).map_err(|problem| *problem));
    }
}

/// The article, if its text is not too long: that of a page may be, and one in another charset grows when it is decoded.
fn within(article: Article, limits: Limits) -> Result<Article, Box<Problem>> {
    if article.text.text().len() > limits.article {
        let problem = too_long("article's text", limits.article, &article.path);
        return Err(Box::new(problem));
    }
    Ok(article)
}

fn too_long(what: &str, limit: usize, path: &str) -> Problem {
    Problem::error(
        "article/too-long",
        format!("the {what} is longer than {}, and is not read", size(limit)),
    )
    .at_path(path)
    .help("a file of many articles can be read as JSONL, an article a line")
}

fn markdown(file: &ArticleFile, text: String, problems: &mut Vec<Problem>) -> Article {
    let source = Arc::new(Source::new(&*file.name, text));
    let text = source.text();
    let front = FrontMatter::read(&source, problems);
    let mut page = Markdown::read(text, front.end);
    if page.prose.trim().is_empty() {
        problems.push(
            Problem::warning("article/empty", "there is no text beside the markup")
                .at_path(&file.name),
        );
    }
    let metadata = front.metadata.or(&file.metadata);
    let in_body = |title: &str, page: &Markdown| {
        let title = folded(title);
        page.headings
            .iter()
            .any(|span| folded(&page.prose[span.start..span.end]) == title)
    };
    // The headline is read where it stands, unless the body says it again.
    if let (Some(span), Some(title)) = (front.title, &metadata.title)
        && !in_body(title, &page)
    {
        page.show(text, span);
        page.headings.insert(0, span);
    } else if let Some(title) = &metadata.title
        && !in_body(title, &page)
        && let Some(span) = title_line(&page.prose, title)
    {
        // The title of articles.yaml, as a plain first line.
        page.headings.insert(0, span);
    }
    Article {
        id: metadata.id.unwrap_or_else(|| file.stem()),
        path: file.name.clone(),
        source: metadata.source,
        date: metadata.date,
        title: metadata.title,
        url: metadata.url,
        prose: page.prose.into(),
        headings: page.headings,
        text: source,
    }
}

/// How many start tags a page seems to have.
fn tags(html: &str) -> usize {
    let pairs = html.as_bytes().windows(2);
    pairs
        .filter(|pair| pair[0] == b'<' && pair[1].is_ascii_alphabetic())
        .count()
}

/// `None`, and a problem, when the page shows no text at all.
fn html(file: &ArticleFile, html: &str, problems: &mut Vec<Problem>) -> Option<Article> {
    let page = Page::read(html);
    if page.text.is_empty() {
        problems.push(empty("the page shows no text", &file.name));
        return None;
    }
    if !page.extracted {
        problems.push(
            Problem::warning(
                "article/no-main-text",
                "no main text can be told from the rest of the page, so all its text is read, menus too",
            )
            .at_path(&file.name),
        );
    }
    let date = page.published.as_deref().and_then(|published| {
        let date = parse_date(published);
        if date.is_none() && file.metadata.date.is_none() {
            problems.push(bad_date(published, &file.name));
        }
        date
    });
    // What a person wrote into articles.yaml is better than what a page says of itself.
    let metadata = file.metadata.clone().or(&Metadata {
        id: None,
        title: page.title,
        source: page.site,
        date,
        url: page.url,
    });
    let mut article = assemble(file.name.clone(), file.stem(), metadata, page.text);
    article.headings = page.headings;
    Some(article)
}

/// An article of plain text.
fn assemble(path: String, default_id: String, metadata: Metadata, text: String) -> Article {
    let text: Arc<str> = text.into();
    let headings: Vec<Span> = metadata
        .title
        .as_deref()
        .and_then(|title| title_line(&text, title))
        .into_iter()
        .collect();
    Article {
        id: metadata.id.unwrap_or(default_id),
        source: metadata.source,
        date: metadata.date,
        title: metadata.title,
        url: metadata.url,
        prose: plain::prose(&text),
        headings,
        text: Arc::new(Source::new(&*path, text)),
        path,
    }
}

/// What the reading of a line came to.
enum Line {
    Whole,
    /// So many bytes were passed over.
    TooLong(u64),
    End,
}

fn read_lines(
    mut input: impl BufRead,
    file: &ArticleFile,
    limits: Limits,
    goes_on: GoesOn,
    sink: Sink,
) {
    let mut bytes = Vec::new();
    let mut told = Told {
        left: limits.told_lines,
        untold: 0,
        worst: Level::Info,
    };
    let mut any = false;
    let mut guessed = false;
    // Bytes since the last article.
    let mut fruitless = 0_u64;
    for number in 1_usize.. {
        if !goes_on() {
            return;
        }
        let place = format!("{}:{number}", file.name);
        if fruitless > limits.fruitless {
            any = true;
            let message = format!(
                "in {} up to here there was no article, and the rest is not read",
                size(limits.fruitless as usize)
            );
            sink(Err(
                Problem::error("article/endless", message).at_path(place)
            ));
            break;
        }
        match next_line(&mut input, limits, &mut bytes) {
            Ok(Line::End) => break,
            Ok(Line::Whole) => fruitless += bytes.len() as u64,
            Ok(Line::TooLong(length)) => {
                any = true;
                fruitless += length;
                let message = format!(
                    "the line is longer than {}, and is not read",
                    size(limits.line)
                );
                told.tell(
                    Problem::error("article/too-long", message).at_path(place),
                    sink,
                );
                continue;
            }
            Err(error) => {
                sink(Err(Problem::error(
                    "article/unreadable",
                    format!("{}; the lines before are used", reason(&error)),
                )
                .at_path(place)));
                any = true;
                break;
            }
        }
        let line = bytes.trim_ascii();
        let line = match number {
            1 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
            _ => line,
        };
        if line.is_empty() {
            continue;
        }
        any = true;
        if line.contains(&0) {
            // JSON never holds one; in a file of another kind no line will be any good.
            sink(Err(binary(file).at_path(place)));
            break;
        }
        let decoded = charset::decode(line.to_vec(), None);
        if (decoded.lossy || decoded.guessed) && !guessed {
            guessed = true;
            sink(Err(if decoded.lossy {
                lossy(&decoded, &place)
            } else {
                Problem::warning(
                    "article/guessed-charset",
                    format!(
                        "this line and maybe others are not UTF-8, as JSON must be; read as {}",
                        decoded.charset
                    ),
                )
                .at_path(&place)
            }));
        }
        let mut problems = Vec::new();
        let read = JsonLine::read(&decoded.text, &place, &mut problems);
        for problem in problems {
            told.tell(problem, sink);
        }
        match read {
            Err(problem) => told.tell(*problem, sink),
            Ok(line) if line.text.trim().is_empty() => {
                told.tell(empty("the article's `text` is empty", &place), sink);
            }
            Ok(line) => {
                let id = format!("{}-{number}", file.stem());
                let article = assemble(place, id, line.metadata.or(&file.metadata), line.text);
                match within(article, limits) {
                    Ok(article) => {
                        fruitless = 0;
                        sink(Ok(article));
                    }
                    Err(problem) => told.tell(*problem, sink),
                }
            }
        }
    }
    if told.untold > 0 {
        let message = format!(
            "{} more problems with lines of this file are not told one by one",
            told.untold
        );
        // As grave as the gravest of them: empty articles alone make no error.
        let problem = if told.worst == Level::Error {
            Problem::error("article/jsonl-line", message)
        } else {
            Problem::warning("article/jsonl-line", message)
        };
        sink(Err(problem.at_path(&file.name)));
    }
    if !any {
        sink(Err(empty("the file is empty", &file.name)));
    }
}

/// Tells so many problems of a file and counts the rest.
struct Told {
    left: usize,
    untold: usize,
    /// The level of the gravest that was not told.
    worst: Level,
}

impl Told {
    fn tell(&mut self, problem: Problem, sink: Sink) {
        if self.left == 0 {
            self.untold += 1;
            self.worst = self.worst.max(problem.level);
        } else {
            self.left -= 1;
            sink(Err(problem));
        }
    }
}

/// Reads a line into `line`, which never grows much beyond the limit; of a longer one the rest is passed over, or so much of it that
/// nobody waits for its end.
fn next_line(input: &mut impl BufRead, limits: Limits, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    // A long line leaves its room behind; most are short.
    line.shrink_to(1 << 20);
    let read = input
        .by_ref()
        .take(limits.line as u64 + 1)
        .read_until(b'\n', line)?;
    if read == 0 {
        return Ok(Line::End);
    }
    if line.ends_with(b"\n") || line.len() <= limits.line {
        return Ok(Line::Whole);
    }
    let mut passed = line.len() as u64;
    line.clear();
    loop {
        let buffer = input.fill_buf()?;
        let (length, ended) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(length);
        passed += length as u64;
        if ended || passed > limits.fruitless {
            return Ok(Line::TooLong(passed));
        }
    }
}

fn unreadable(file: &ArticleFile, error: &io::Error) -> Problem {
    Problem::error("article/unreadable", reason(error)).at_path(&file.name)
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the compressed data break off".to_owned(),
        io::ErrorKind::FileTooLarge => error.to_string(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            format!("the compressed data are damaged: {error}")
        }
        _ => format!("this cannot be read: {error}"),
    }
}

fn binary(file: &ArticleFile) -> Problem {
    Problem::error("article/binary", "this is not a text: it holds NUL bytes")
        .at_path(&file.name)
        .help("save it as text in UTF-8; UTF-16 is read if it begins with a byte order mark")
}

fn lossy(decoded: &Decoded, path: &str) -> Problem {
    let how = if decoded.guessed {
        "seems to be"
    } else {
        "is read as"
    };
    Problem::warning(
        "article/lossy-decoding",
        format!(
            "the text {how} {}, but some bytes mean nothing in it and were replaced by U+FFFD",
            decoded.charset
        ),
    )
    .at_path(path)
    .help("save it in UTF-8")
}

fn empty(message: &str, path: &str) -> Problem {
    Problem::warning("article/empty", format!("{message}, and is left out")).at_path(path)
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<(&'static str, String)>) {
        let limits = Limits {
            article: 20,
            page: 20,
            tags: 3,
            line: 20,
            told_lines: 3,
            fruitless: 150,
        };
        let (mut texts, mut told) = (Vec::new(), Vec::new());
        read_limited(
            bytes,
            &ArticleFile::new(name),
            limits,
            &|| true,
            &mut |result| match result {
                Ok(article) => texts.push(article.text.text().to_owned()),
                Err(problem) => told.push((problem.code, problem.path.unwrap_or_default())),
            },
        );
        (texts, told)
    }

    #[test]
    fn an_article_up_to_the_limit_is_read_and_no_longer_one() {
        assert_eq!(limited("a.txt", &[b'a'; 20]).0, ["a".repeat(20)]);
        for name in ["a.txt", "a.md", "a.html"] {
            let (texts, told) = limited(name, &[b'a'; 21]);
            assert!(texts.is_empty());
            assert_eq!(told, [("article/too-long", name.to_owned())]);
        }
    }

    #[test]
    fn a_page_of_too_many_tags_is_not_read() {
        assert_eq!(limited("a.html", b"<p>a<p>b</p><p>c</p>").0.len(), 1);
        let (texts, told) = limited("a.html", b"<p>a<p>b<p>c<p>d");
        assert!(texts.is_empty());
        assert_eq!(told, [("article/too-long", "a.html".to_owned())]);
    }

    #[test]
    fn a_text_that_grows_over_the_limit_is_not_read() {
        // 20 bytes of Latin letters become 40 in UTF-8.
        let (texts, told) = limited("a.txt", &[0xE9; 20]);
        assert!(texts.is_empty());
        assert_eq!(told.last().map(|told| told.0), Some("article/too-long"));
        let limits = Limits {
            article: 2,
            ..LIMITS
        };
        let mut told = Vec::new();
        let lines = b"{\"text\":\"abc\"}\n{\"text\":\"ab\"}\n";
        read_limited(
            &lines[..],
            &ArticleFile::new("n.jsonl"),
            limits,
            &|| true,
            &mut |result| {
                told.push(match result {
                    Ok(article) => article.path,
                    Err(problem) => format!("{} {:?}", problem.code, problem.path),
                });
            },
        );
        assert_eq!(told, ["article/too-long Some(\"n.jsonl:1\")", "n.jsonl:2"]);
    }

    #[test]
    fn a_pipe_without_an_end_comes_to_one() {
        let article = "{\"text\":\"one\"}\n";
        // A line that does not end, lines that are none, and empty ones.
        for (endless, line) in [("x", 2), ("{\n", 78), ("\n", 153)] {
            let bytes = article.as_bytes().chain(RepeatBytes(endless.as_bytes(), 0));
            let (mut texts, mut last) = (0, None);
            let limits = Limits {
                line: 20,
                told_lines: 3,
                fruitless: 150,
                ..LIMITS
            };
            read_limited(
                BufReader::with_capacity(16, bytes),
                &ArticleFile::new("n.jsonl"),
                limits,
                &|| true,
                &mut |result| match result {
                    Ok(_) => texts += 1,
                    Err(problem) if problem.code == "article/endless" => last = problem.path,
                    Err(_) => {}
                },
            );
            let expected = format!("n.jsonl:{}", line + usize::from(endless == "x"));
            assert_eq!((texts, last), (1, Some(expected)), "{endless:?}");
        }
    }

    /// The same bytes for ever.
    struct RepeatBytes(&'static [u8], usize);

    impl Read for RepeatBytes {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            for byte in &mut *buffer {
                *byte = self.0[self.1 % self.0.len()];
                self.1 += 1;
            }
            Ok(buffer.len())
        }
    }

    #[test]
    fn a_line_over_the_limit_costs_itself_alone() {
        let lines = format!(
            "{{\"text\":\"one\"}}\n{}\n{{\"text\":\"two\"}}\n{}",
            "x".repeat(100),
            "y".repeat(21)
        );
        let (texts, told) = limited("n.jsonl", lines.as_bytes());
        assert_eq!(texts, ["one", "two"]);
        let expected = [2, 4].map(|line| ("article/too-long", format!("n.jsonl:{line}")));
        assert_eq!(told, expected);
        // Exactly the limit, with and without a line end.
        let line = format!("{{\"text\":\"{}\"}}", "z".repeat(9));
        assert_eq!(line.len(), 20);
        assert_eq!(
            limited("n.jsonl", format!("{line}\n{line}").as_bytes())
                .0
                .len(),
            2
        );
    }

    #[test]
    fn after_some_broken_lines_the_rest_is_counted() {
        let (texts, told) = limited("n.jsonl", b"a\nb\nc\nd\n{\"text\":\"e\"}\n");
        assert_eq!(texts, ["e"]);
        assert_eq!(told.len(), 4);
        assert_eq!(told[3].1, "n.jsonl");
    }

    #[test]
    fn what_is_counted_is_as_grave_as_its_gravest() {
        let levels = |line: &str| {
            let lines = line.repeat(LIMITS.told_lines + 1);
            let file = ArticleFile::new("n.jsonl");
            let mut levels = Vec::new();
            read_limited(lines.as_bytes(), &file, LIMITS, &|| true, &mut |result| {
                levels.extend(result.err().map(|problem| problem.level));
            });
            levels
        };
        let empty = levels("{\"text\":\"\"}\n");
        assert_eq!(empty, [Level::Warning; 101]);
        let broken = levels("a\n");
        assert_eq!(broken, [Level::Error; 101]);
    }
}
