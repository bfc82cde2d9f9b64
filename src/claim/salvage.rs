//! Reads what can be read of a claim file that is not valid YAML: the file is cut where its claims start, and each piece is read alone.
//! One slip in one claim then costs that claim, and not the other fifty.

use super::outline::{Content, Entry, Fault, FaultKind, Node, Outline};
use super::shape::{CLAIM, key_names};
use crate::source::Span;

/// The text before the claims is read again for each claim that uses an anchor from it; after so many bytes of that it is given up,
/// so that no file takes quadratic time. It is enough for a thousand claims below a head of four kilobytes.
const MOST_REREAD: usize = 4 * 1024 * 1024;

/// What the pieces gave.
#[derive(Debug)]
pub(super) struct Salvage {
    /// Entries of the top of the file, such as `topic`.
    pub head: Vec<Entry>,
    /// Entries of `claims`, with places in the whole file.
    pub claims: Vec<Node>,
    /// Pieces that could not be read.
    pub broken: Vec<Broken>,
}

/// A piece that could not be read.
#[derive(Debug)]
pub(super) struct Broken {
    /// The claim's id as it seems to be written; `None` when no id is to be seen.
    pub id: Option<String>,
    /// Whether the piece is a part of the top of the file, and no claim.
    pub is_head: bool,
    /// The piece.
    pub span: Span,
    /// Why, with its place in the whole file.
    pub fault: Fault,
}

/// Cuts and reads a text. `None` when no claim's start is to be seen, so that there is nothing to cut.
pub(super) fn salvage(text: &str) -> Option<Salvage> {
    let pieces = cut(text);
    if pieces.iter().all(|piece| piece.is_head) {
        return None;
    }
    let mut salvage = Salvage {
        head: Vec::new(),
        claims: Vec::new(),
        broken: Vec::new(),
    };
    // The top up to the first claim, with its `claims:` line: what an anchor is most likely written in.
    let first_claim = pieces
        .iter()
        .find(|piece| !piece.is_head)
        .map_or(0, |piece| piece.span.start);
    let mut reread = 0;
    for piece in pieces {
        let start = piece.span.start;
        let written = &text[start..piece.span.end];
        let read = Outline::parse(written).map_err(|mut fault| {
            fault.at += start;
            fault
        });
        let read = match read {
            Err(fault)
                if fault.kind == FaultKind::Anchor && !piece.is_head && reread < MOST_REREAD =>
            {
                reread += first_claim;
                with_head(text, first_claim, piece.span).ok_or(fault)
            }
            Err(fault) => Err(fault),
            Ok(outline) => Ok(outline.root.map(|mut root| {
                root.shift(0, start);
                root
            })),
        };
        match read {
            Ok(None) => {}
            Ok(Some(root)) => match root.content {
                Content::List { items, .. } if !piece.is_head => salvage.claims.extend(items),
                Content::Map { entries, .. } if piece.is_head => salvage.head.extend(entries),
                _ => salvage.broken.push(piece.broken(Fault {
                    kind: FaultKind::Syntax,
                    at: root.span.start,
                    message: "this does not belong here".to_owned(),
                })),
            },
            Err(fault) => salvage.broken.push(piece.broken(fault)),
        }
    }
    Some(salvage)
}

/// Reads one claim together with the top of the file, for the anchors that stand there.
fn with_head(text: &str, first_claim: usize, piece: Span) -> Option<Option<Node>> {
    let head = &text[..first_claim.min(piece.start)];
    let joined = format!("{head}{}", &text[piece.start..piece.end]);
    let mut root = Outline::parse(&joined)
        .ok()?
        .find(&["claims"])?
        .node
        .clone();
    root.shift(head.len(), piece.start - head.len());
    Some(Some(root))
}

struct Piece {
    span: Span,
    is_head: bool,
    id: Option<String>,
}

impl Piece {
    fn broken(self, fault: Fault) -> Broken {
        Broken {
            id: self.id,
            is_head: self.is_head,
            span: self.span,
            fault,
        }
    }
}

/// Finds the pieces by the look of their first lines: `claims:` and the other keys of the file at the start of a line, and
/// `- id:` (or a dash with another key of a claim, as far in as the first) below `claims:`.
fn cut(text: &str) -> Vec<Piece> {
    let mut pieces = vec![Piece {
        span: Span::new(0, 0),
        is_head: true,
        id: None,
    }];
    let mut in_claims = false;
    let mut indent = None;
    let mut at = 0;
    let keys = key_names(&CLAIM);
    for line in text.split_inclusive('\n') {
        let body = line.strip_prefix('\u{feff}').unwrap_or(line);
        let starts = match top_key(body) {
            Some("claims") => {
                in_claims = true;
                indent = None;
                // The line itself stays with the head, where it is an entry without a value.
                Some(true)
            }
            Some(_) => {
                in_claims = false;
                Some(true)
            }
            None if in_claims => claim_key(body).and_then(|(depth, key)| {
                let first = *indent.get_or_insert(depth);
                (key == "id" || depth == first && keys.contains(&key)).then_some(false)
            }),
            None => None,
        };
        if let Some(is_head) = starts {
            // Neighbouring parts of the head stay one piece, so that anchors in them hold.
            let joins = is_head && pieces.last().is_some_and(|piece| piece.is_head);
            if !joins {
                pieces.push(Piece {
                    span: Span::new(at, at),
                    is_head,
                    id: None,
                });
            }
        }
        at += line.len();
        if let Some(piece) = pieces.last_mut() {
            piece.span.end = at;
            if !piece.is_head && piece.id.is_none() {
                piece.id = written_id(body);
            }
        }
    }
    pieces.retain(|piece| !piece.span.is_empty());
    pieces
}

fn top_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim_end();
    ["topic", "aliases", "claims"].contains(&key).then_some(key)
}

/// How far in the dash stands, and the key behind it.
fn claim_key(line: &str) -> Option<(usize, &str)> {
    let inner = line.trim_start_matches([' ', '\t']);
    let depth = line.len() - inner.len();
    let (key, _) = inner.strip_prefix('-')?.split_once(':')?;
    key.starts_with([' ', '\t']).then_some((depth, key.trim()))
}

fn written_id(line: &str) -> Option<String> {
    let line = line.trim_start();
    let line = line.strip_prefix('-').unwrap_or(line).trim_start();
    let value = line.strip_prefix("id")?.trim_start().strip_prefix(':')?;
    let value = value.split(" #").next()?.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}
