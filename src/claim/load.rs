//! Loads claim files: paths to claims, and everything odd on the way to problems.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::alias;
use super::build::Builder;
use super::format::{FileText, read};
use super::model::{AliasGroup, Claim};
use super::outline::{Content, Entry, Fault, FaultKind, Node, Outline};
use super::salvage::{Broken, salvage};
use super::shape::{CLAIM, Checker, FILE, Loss, shorten};
use crate::problem::{Loaded, Problem, curtail};
use crate::similarity::suggestion::nearest;
use crate::source::{Source, Span};

/// Largest file that is read. The largest hand-written ones have some ten kilobytes; what is larger is hardly a claim file.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The keys at the top of a file.
const TOP_KEYS: [&str; 3] = ["topic", "aliases", "claims"];

/// Loads the claims of files and folders. Folders are walked with all their subfolders for `*.yaml` and `*.yml`, without hidden
/// files; a file that is named itself is read whatever its name is. The claims are sorted by path, then by place. The order of
/// `paths`, and whether a file is reached twice, make no difference.
///
/// Never fails as a whole: what cannot be read or used is left out and told in the problems, sorted in the same way. Of two claims with one
/// id the first in sorted order stays.
pub fn load<P: AsRef<Path>>(paths: &[P]) -> Loaded<Arc<Claim>> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        collect(path.as_ref(), &mut found, &mut problems);
    }
    found.sort();
    found.dedup();
    let mut known = BTreeSet::new();
    // The same file by another way is the same file; of its names the first in order is shown.
    found.retain(|(_, path)| known.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    let mut claims = Vec::new();
    // Side by side: of a run on a thousand files of claims and few articles to read them is a good part.
    let read: Vec<Result<Loaded<Claim>, Box<Problem>>> = found
        .par_iter()
        .map(|(name, path)| Ok(parse(Arc::new(read_source(path, name)?))))
        .collect();
    for loaded in read {
        match loaded {
            Err(problem) => problems.push(*problem),
            Ok(loaded) => {
                claims.extend(loaded.items);
                problems.extend(loaded.problems);
            }
        }
    }
    let claims = unique(claims, &mut problems);
    sort(&mut problems);
    problems.dedup();
    Loaded {
        items: claims.into_iter().map(Arc::new).collect(),
        problems,
    }
}

/// Reads the claims of one file's text, in written order. A byte order mark at its start is passed over; all places are byte offsets
/// into the text as given. A broken claim is left out with a problem at its place, and the others stay; that holds for
/// faults of YAML itself too, as long as the start of the next claim (`- id:`) can be seen.
pub fn parse(source: Arc<Source>) -> Loaded<Claim> {
    let mut reader = Reader {
        source: &source,
        problems: Vec::new(),
    };
    let claims = reader.file();
    let mut problems = reader.problems;
    let items = unique(claims, &mut problems);
    sort(&mut problems);
    curtail(&mut problems, 0, "claim/more-problems", source.name());
    Loaded { items, problems }
}

/// By path, place and code.
fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| {
        let place = |problem: &Problem| problem.labels.first().map(|label| label.span.start);
        (&a.path, place(a), a.code, &a.message).cmp(&(&b.path, place(b), b.code, &b.message))
    });
}

/// Leaves out claims whose id was there before.
fn unique(claims: Vec<Claim>, problems: &mut Vec<Problem>) -> Vec<Claim> {
    let mut first: BTreeMap<String, (Arc<Source>, Span)> = BTreeMap::new();
    let mut kept = Vec::with_capacity(claims.len());
    for claim in claims {
        let Some((source, span)) = first.get(&claim.id) else {
            first.insert(claim.id.clone(), (Arc::clone(&claim.source), claim.span));
            kept.push(claim);
            continue;
        };
        let (line, column) = source.line_column(span.start);
        let mut problem = Problem::error(
            "claim/duplicate-id",
            format!(
                "the id `{}` is already used at {}:{line}:{column}; the second claim `{}` is left out",
                claim.id,
                source.name(),
                claim.id,
            ),
        )
        .at(&claim.source, claim.span, "the same id again");
        if source.name() == claim.source.name() {
            problem = problem.at(&claim.source, *span, "first used here");
        }
        problems.push(problem.help("give one of the two claims another id"));
    }
    kept
}

/// What a reader is shown: without `.` on the way, so that one file has one name, and with forward slashes on every system.
fn shown(path: &Path) -> String {
    let plain: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    let name = if plain.as_os_str().is_empty() {
        path.display().to_string()
    } else {
        plain.display().to_string()
    };
    if std::path::MAIN_SEPARATOR == '\\' {
        name.replace('\\', "/")
    } else {
        name
    }
}

/// The files of one path argument.
fn collect(path: &Path, found: &mut Vec<(String, PathBuf)>, problems: &mut Vec<Problem>) {
    match fs::metadata(path) {
        Err(error) => {
            let is_missing = error.kind() == std::io::ErrorKind::NotFound;
            let problem = if is_missing {
                Problem::error("claim/not-found", "there is no such file or folder")
                    .help("check the path; it is taken from the folder in which the command runs")
            } else {
                Problem::error("claim/unreadable", format!("cannot be read: {error}"))
                    .help("check that the file and its folders may be read")
            };
            problems.push(problem.at_path(shown(path)));
        }
        Ok(metadata) if metadata.is_dir() => collect_folder(path, found, problems),
        // What a shell hands over with `<(...)` is a pipe too, but it stands in /dev and has its writer.
        Ok(metadata) if metadata.is_file() || path.starts_with("/dev") => {
            found.push((shown(path), path.to_owned()));
        }
        Ok(_) => problems.push(not_a_file(path)),
    }
}

/// A pipe or a device is not opened: that could wait for ever.
fn not_a_file(path: &Path) -> Problem {
    Problem::error(
        "claim/not-a-file",
        "this is a pipe or a device, not a file; it is left out",
    )
    .at_path(shown(path))
    .help("write the claims to a file")
}

fn collect_folder(path: &Path, found: &mut Vec<(String, PathBuf)>, problems: &mut Vec<Problem>) {
    let before = found.len();
    let faults = problems.len();
    // Ignore files are for version control; a claim file that is not checked in is still a claim file.
    let walk = WalkBuilder::new(path)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build();
    for entry in walk {
        match entry {
            Err(error) => problems.push(walk_problem(path, &error)),
            Ok(entry) => {
                let is_yaml = entry.path().extension().is_some_and(|ending| {
                    ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml")
                });
                match entry.file_type() {
                    Some(kind) if kind.is_file() && is_yaml => {
                        found.push((shown(entry.path()), entry.into_path()));
                    }
                    Some(kind) if !kind.is_file() && !kind.is_dir() && is_yaml => {
                        problems.push(not_a_file(entry.path()));
                    }
                    _ => {}
                }
            }
        }
    }
    if found.len() == before && problems.len() == faults {
        problems.push(
            Problem::warning("claim/no-files", "there is no claim file in this folder")
                .at_path(shown(path))
                .help("claim files end in `.yaml` or `.yml`; hidden files are not read"),
        );
    }
}

/// What stopped the walk of a folder at one place; it goes on elsewhere.
fn walk_problem(folder: &Path, error: &ignore::Error) -> Problem {
    match error {
        ignore::Error::WithDepth { err, .. } => walk_problem(folder, err),
        ignore::Error::WithPath { path, err } => walk_problem(path, err),
        ignore::Error::Loop { child, .. } => Problem::warning(
            "claim/link-loop",
            "this link leads back to a folder that it lies in; it is not followed",
        )
        .at_path(shown(child))
        .help("nothing is lost by it; take the link away if it has no other use"),
        ignore::Error::Io(error) => Problem::error(
            "claim/unreadable",
            format!("cannot be read: {error}; it is left out with all that is in it"),
        )
        .at_path(shown(folder))
        .help("check that it is there and may be read"),
        other => Problem::error(
            "claim/unreadable",
            format!("cannot be read: {other}; it is left out with all that is in it"),
        )
        .at_path(shown(folder))
        .help("check that it is there and may be read"),
    }
}

fn read_source(path: &Path, name: &str) -> Result<Source, Box<Problem>> {
    let unreadable = |what: String| {
        Box::new(
            Problem::error("claim/unreadable", format!("{what}; the file is left out"))
                .at_path(name)
                .help("check that it is a text file which may be read"),
        )
    };
    let file = File::open(path).map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(unreadable(format!(
            "is larger than {} MiB",
            MAX_BYTES >> 20
        )));
    }
    let wide = [&[0xFF, 0xFE][..], &[0xFE, 0xFF]];
    let is_utf16 = wide.iter().any(|mark| bytes.starts_with(mark));
    String::from_utf8(bytes)
        .map(|text| Source::new(name, text))
        .map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..valid]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            let what = if is_utf16 {
                "is written in UTF-16, not in UTF-8".to_owned()
            } else {
                format!("is not UTF-8: the first wrong byte stands in line {line}")
            };
            Box::new(
                Problem::error("claim/not-utf8", format!("{what}; the file is left out"))
                    .at_path(name)
                    .help("save the file in UTF-8"),
            )
        })
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file(&mut self) -> Vec<Claim> {
        match Outline::parse(self.source.text()) {
            Ok(outline) => self.outline(outline),
            Err(fault) => self.broken_file(fault),
        }
    }

    fn outline(&mut self, outline: Outline) -> Vec<Claim> {
        if let Some(at) = outline.second_document {
            let place = self.line(at);
            self.problems.push(
                Problem::error(
                    "claim/several-documents",
                    "a second YAML document starts here; it and what follows is left out",
                )
                .at(self.source, place, "the first document ends here")
                .help("take the line away, and write all claims below one `claims:`"),
            );
        }
        let Some(root) = outline.root else {
            self.empty(Span::new(0, 0), "the file is empty");
            return Vec::new();
        };
        let loss = Loss::whole("the file is left out");
        let span = root.span;
        match root.content {
            Content::Map { entries, .. } => {
                let has_claims = entries
                    .iter()
                    .any(|entry| entry.key.text() == Some("claims"));
                if !has_claims {
                    let names: Vec<_> = entries
                        .iter()
                        .filter_map(|entry| entry.key.text())
                        .collect();
                    let typo = names.iter().find_map(|name| {
                        (!TOP_KEYS.contains(name) && nearest(name, ["claims"]).is_some())
                            .then(|| format!("did you mean `claims` where it says `{name}`?"))
                    });
                    let place = self.line(span.start);
                    self.problems.push(
                        loss.problem("claim/no-claims", "there is no `claims`")
                            .at(self.source, place, "the file starts here")
                            .help(typo.unwrap_or_else(|| {
                                "write the claims as a list below `claims:`".to_owned()
                            })),
                    );
                }
                self.entries(entries, Vec::new(), has_claims)
            }
            Content::List { .. } | Content::Scalar { .. } => {
                let is_list = matches!(root.content, Content::List { .. });
                let found = if is_list { "a list" } else { "words" };
                let place = self.line(span.start);
                self.problems.push(
                    loss.problem(
                        "claim/wrong-type",
                        format_args!("a claim file must be a map with `claims`, but is {found}"),
                    )
                    .at(self.source, place, format!("this is {found}"))
                    .help(if is_list {
                        "write `claims:` above the list"
                    } else {
                        "write `claims:`, and below it a list of claims"
                    }),
                );
                Vec::new()
            }
        }
    }

    fn empty(&mut self, place: Span, what: &str) {
        self.problems.push(
            Problem::warning("claim/empty-file", what)
                .at(self.source, place, "no claim here")
                .help("write the claims as a list below `claims:`"),
        );
    }

    /// The claims of the top entries of a file, and of `more`, which was read from its pieces.
    fn entries(&mut self, entries: Vec<Entry>, more: Vec<Node>, tell_empty: bool) -> Vec<Claim> {
        let mut head: Vec<Entry> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        let mut claims_at: Option<Span> = None;
        let mut refused = false;
        for entry in entries {
            match entry.key.text() {
                Some("claims") => {
                    if let Some(first) = claims_at {
                        self.top_twice("claims", first, entry.key.span, "both lists are used");
                    }
                    claims_at = Some(claims_at.unwrap_or(entry.key.span));
                    match entry.value.content {
                        Content::List { items, .. } => nodes.extend(items),
                        _ if entry.value.is_null() => {}
                        _ => {
                            refused = true;
                            self.claims_no_list(&entry.value);
                        }
                    }
                }
                Some(name @ ("topic" | "aliases")) => {
                    match head.iter().position(|other| other.key.text() == Some(name)) {
                        None => head.push(entry),
                        Some(first) => {
                            let at = head[first].key.span;
                            if name == "topic" {
                                self.top_twice(name, at, entry.key.span, "the first is used");
                            } else {
                                self.top_twice(name, at, entry.key.span, "both are used together");
                                head[first].value = joined(&head[first].value, entry.value);
                            }
                        }
                    }
                }
                Some(name) => {
                    let name = name.to_owned();
                    self.checker().unknown_key(&entry.key, &name, "", &TOP_KEYS);
                }
                None => self.problems.push(
                    Problem::warning(
                        "claim/unknown-key",
                        "a list or map stands where a key is meant; it is passed over",
                    )
                    .at(self.source, self.line(entry.key.span.start), "not a key")
                    .help("the keys here are `topic`, `aliases` and `claims`"),
                ),
            }
        }
        nodes.extend(more);
        nodes.sort_by_key(|node| node.span.start);
        if nodes.is_empty() && tell_empty && !refused {
            self.empty(claims_at.unwrap_or_default(), "the file holds no claims");
        }
        self.claims(head, &nodes)
    }

    fn top_twice(&mut self, name: &str, first: Span, second: Span, what: &str) {
        self.problems.push(
            Problem::warning(
                "claim/duplicate-key",
                format!("the key `{name}` is given twice; {what}"),
            )
            .at(self.source, second, "given again here")
            .at(self.source, first, "first given here")
            .help("keep one of the two, or join them"),
        );
    }

    fn claims_no_list(&mut self, value: &Node) {
        let found = match value.content {
            Content::Map { .. } => "a map",
            _ => "words",
        };
        let place = self.line(value.span.start);
        self.problems.push(
            Loss::whole("the file's claims are left out")
                .problem(
                    "claim/wrong-type",
                    format_args!("`claims` must be a list of claims, but is {found}"),
                )
                .at(self.source, place, format!("this is {found}"))
                .help("start each claim with a dash: `- id: …`"),
        );
    }

    fn claims(&mut self, head: Vec<Entry>, nodes: &[Node]) -> Vec<Claim> {
        let at = head.first().map_or(Span::default(), |entry| entry.key.span);
        let head = Node::map(head, at);
        let loss = Loss::whole("the file is left out");
        let head = self.checker().check(&head, &FILE, "the file", at, &loss);
        // Both keys bear their own loss, so the check keeps what remains; should it not, nothing of it is used.
        let text: FileText = head
            .as_ref()
            .and_then(|head| read(head).ok())
            .unwrap_or_default();
        let topic: Arc<str> = text
            .topic
            .unwrap_or_else(|| stem(self.source.name()).to_owned())
            .into();
        let none: Arc<[AliasGroup]> = Arc::from([]);
        let aliases = alias::join(&none, &text.aliases);
        let alias_node = head.as_ref().and_then(|head| head.get("aliases"));
        self.problems
            .extend(alias::clashes(self.source, alias_node, None));
        let mut claims = Vec::with_capacity(nodes.len());
        for node in nodes {
            let loss = self.loss_of(node);
            let place = self.line(node.span.start);
            let Some(node) = self
                .checker()
                .check(node, &CLAIM, "the claim", place, &loss)
            else {
                continue;
            };
            let mut builder = Builder {
                source: self.source,
                topic: &topic,
                aliases: &aliases,
                alias_node,
                problems: &mut self.problems,
            };
            claims.extend(builder.claim(&node, &loss));
        }
        claims
    }

    fn checker(&mut self) -> Checker<'_> {
        Checker {
            source: self.source,
            problems: &mut self.problems,
        }
    }

    fn loss_of(&self, node: &Node) -> Loss {
        let id = node
            .get("id")
            .filter(|id| !id.is_null())
            .and_then(Node::text)
            .filter(|id| !super::shape::is_blank(id));
        self.loss(id, node.span.start)
    }

    fn loss(&self, id: Option<&str>, at: usize) -> Loss {
        Loss::whole(match id {
            Some(id) => format!("the claim `{}` is left out", shorten(id.trim())),
            None => format!(
                "the claim in line {} is left out",
                self.source.line_column(at).0
            ),
        })
    }

    /// From a place to the end of what is written on its line.
    fn line(&self, at: usize) -> Span {
        let rest = &self.source.text()[at..];
        let line = rest.lines().next().unwrap_or_default().trim_end();
        Span::new(at, at + line.len())
    }

    fn broken_file(&mut self, fault: Fault) -> Vec<Claim> {
        let whole = Loss::whole("the file is left out");
        if fault.kind == FaultKind::Limit {
            self.fault(&fault, &whole);
            return Vec::new();
        }
        let Some(salvage) = salvage(self.source.text()) else {
            self.fault(&fault, &whole);
            return Vec::new();
        };
        if salvage.broken.is_empty() {
            self.fault(&fault, &Loss::part("its claims were read one by one"));
        }
        for broken in &salvage.broken {
            let loss = self.loss_of_piece(broken);
            self.fault(&broken.fault, &loss);
        }
        self.entries(salvage.head, salvage.claims, false)
    }

    fn loss_of_piece(&self, broken: &Broken) -> Loss {
        if broken.is_head {
            return Loss::whole("this part with its topic or aliases is left out");
        }
        let text = self.source.slice(broken.span);
        let dash = text.len() - text.trim_start().len();
        self.loss(broken.id.as_deref(), broken.span.start + dash)
    }

    fn fault(&mut self, fault: &Fault, loss: &Loss) {
        let tab = self.tab_near(fault);
        let problem = match fault.kind {
            FaultKind::Limit => loss
                .problem(
                    "claim/too-large",
                    format_args!("the file is too deep or too large: {}", fault.message),
                )
                .at(self.source, self.mark(fault.at), "here")
                .help(
                    "a claim file needs seven levels; write repeated parts out, or split the file",
                ),
            FaultKind::Anchor => loss
                .problem(
                    "claim/unknown-anchor",
                    format_args!("the alias leads nowhere: {}", fault.message),
                )
                .at(
                    self.source,
                    self.line(fault.at),
                    "no anchor `&…` with this name before it",
                )
                .help("put the text in quotes if no alias is meant; a `*` at the start makes one"),
            FaultKind::Syntax => match tab {
                Some(tab) => loss
                    .problem("claim/tab", "a tab is used as indentation")
                    .at(self.source, tab, "YAML allows only spaces here")
                    .help("replace the tab by spaces, as many as the lines around it have"),
                None => loss
                    .problem(
                        "claim/syntax",
                        format_args!("this is not valid YAML: {}", fault.message),
                    )
                    .at(self.source, self.mark(fault.at), "here, or shortly before")
                    .help(self.advice(fault)),
            },
        };
        self.problems.push(problem);
    }

    /// The character at a place, or the place alone at the end of a line.
    fn mark(&self, at: usize) -> Span {
        let text = self.source.text();
        let at = (0..=at.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        let length = text[at..]
            .chars()
            .next()
            .filter(|c| !matches!(c, '\n' | '\r'))
            .map_or(0, char::len_utf8);
        Span::new(at, at + length)
    }

    /// The tab that indents the fault's line or the next: the parser points at what stands before it.
    fn tab_near(&self, fault: &Fault) -> Option<Span> {
        let text = self.source.text();
        let start = text[..fault.at.min(text.len())]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let mut at = start;
        for line in text[start..].split_inclusive('\n').take(2) {
            let space = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..space].find('\t') {
                return Some(Span::new(at + tab, at + tab + 1));
            }
            at += line.len();
        }
        None
    }

    fn advice(&self, fault: &Fault) -> &'static str {
        let message = fault.message.as_str();
        let text = self.source.text();
        let rest = &text[fault.at.min(text.len())..];
        if message.contains("quoted scalar") {
            "a quotation mark is opened and never closed: close it, or put the text in the other kind of quotes"
        } else if message.contains("mapping values") || message.contains("':'") {
            "a colon with a space behind it makes a key: put a text that has one in quotes"
        } else if rest.starts_with([
            '@', '`', '%', '&', '*', '!', '|', '>', '{', '[', ']', '}', ',',
        ]) {
            "a text cannot start with this character: put it in quotes"
        } else {
            "check the indentation, and put texts with `: `, ` #` or quotation marks in quotes"
        }
    }
}

/// The entries of two maps, or the items of two lists; the first value when they are of different kinds.
fn joined(first: &Node, second: Node) -> Node {
    match (&first.content, second.content) {
        (Content::Map { entries, flow }, Content::Map { entries: more, .. }) => {
            first.with(Content::Map {
                entries: entries.iter().cloned().chain(more).collect(),
                flow: *flow,
            })
        }
        _ => first.clone(),
    }
}

/// The file's name without folders and ending: the topic of a file that names none.
fn stem(name: &str) -> &str {
    Path::new(name)
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or(name)
}
