//! HTML without absurd nesting.

use std::borrow::Cow;

/// Deeper elements lose their tags, not their text. Real pages nest some 30 deep, browsers stop at 512; the extractor's
/// time grows with the square of the depth (200 nested tables: a second, 1,600: a minute), and 20,000 end its stack.
const DEEPEST: usize = 200;

/// Elements that never hold anything.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "link", "meta", "source", "track", "wbr",
];

/// Elements that end by themselves when the next one of their kind begins.
const SELF_ENDING: [&str; 4] = ["p", "li", "dt", "dd"];

/// Void elements that end a drawing instead of nesting in it.
const ENDS_DRAWING: [&str; 5] = ["br", "embed", "hr", "img", "meta"];

/// Elements whose content is not markup.
const RAW: [&str; 7] = [
    "script", "style", "textarea", "title", "xmp", "noframes", "iframe",
];

/// Elements inside a line: the end tag of one closes nothing outside the block around it.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u",
];

/// Elements out of which no end tag of another element reaches.
const BARRIERS: [&str; 11] = [
    "table", "td", "th", "caption", "template", "object", "marquee", "applet", "svg", "math",
    "button",
];

/// The page, with the tags of elements nested too deep replaced by line breaks.
pub(super) fn flattened(html: &str) -> Cow<'_, str> {
    let mut flat = String::new();
    let mut kept = 0;
    let mut open: Vec<&str> = Vec::new();
    // Elements that have lost their tags and not yet ended.
    let mut lost = 0_usize;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = start + comment_length(rest);
            continue;
        }
        let tag = match Tag::read(rest) {
            Read::Tag(tag) => tag,
            Read::Text => {
                at = start + 1;
                continue;
            }
            Read::Unended => break,
        };
        at = start + tag.length;
        let name = tag.name;
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        let drawing = open.iter().any(|name| is_drawing(name));
        // Other rules hold inside a drawing: nothing else is void or raw there, and `/>` ends an element.
        if is(&VOID) && (!drawing || is(&ENDS_DRAWING)) || is(&SELF_ENDING) {
            // Inside what is flattened these would still cost time and tell nothing.
            if lost > 0 {
                flat.push_str(&html[kept..start]);
                flat.push_str("<br>");
                kept = at;
            }
            continue;
        }
        let drop = if tag.closes {
            if lost > 0 {
                lost -= 1;
                true
            } else {
                close(&mut open, name);
                false
            }
        } else if is(&RAW) && !drawing {
            at = after_raw(html, at, name);
            continue;
        } else if tag.empty && drawing {
            // It holds no text, so it is not missed, wherever the parser thinks it is.
            true
        } else if tag.empty && is_drawing(name) {
            false
        } else if open.len() >= DEEPEST {
            lost += 1;
            true
        } else {
            open.push(name);
            false
        };
        if drop {
            flat.push_str(&html[kept..start]);
            if !(tag.empty && drawing) {
                flat.push_str("<br>");
            }
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    flat.push_str(&html[kept..]);
    Cow::Owned(flat)
}

/// Closes what the end tag closes in a browser: an element, and all that was left open inside it.
fn close(open: &mut Vec<&str>, name: &str) {
    let inline = INLINE.iter().any(|known| known.eq_ignore_ascii_case(name));
    for at in (0..open.len()).rev() {
        let other = open[at];
        if other.eq_ignore_ascii_case(name) {
            open.truncate(at);
            return;
        }
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(other));
        let ends_table_part = [
            "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption",
        ]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name));
        if inline && !is(&INLINE) || is(&BARRIERS) && !ends_table_part {
            return;
        }
    }
}

/// The length of the comment at the head of the text: up to the first `-->` or `--!>`, or to the end of the page. Both ends are
/// looked for at once: a search for one of them past the other would take quadratic time over a page of many comments.
fn comment_length(text: &str) -> usize {
    let mut at = "<!".len();
    while let Some(found) = text[at..].find("--") {
        let rest = &text[at + found + "--".len()..];
        // Nothing hangs on the `>` of the longer end: it begins no tag.
        if rest.starts_with('>') || rest.starts_with("!>") {
            return at + found + "-->".len();
        }
        at += found + 1;
    }
    text.len()
}

fn is_drawing(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math")
}

/// The offset after the end tag of a raw element.
fn after_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        at = start + 2;
        // Only the end tag itself is read to its end: many others that do not end would take quadratic time.
        let Some(after) = html.as_bytes().get(at + name.len()..) else {
            break;
        };
        let named = html.as_bytes()[at..at + name.len()].eq_ignore_ascii_case(name.as_bytes());
        let ended = after
            .first()
            .is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
        if named && ended {
            return match Tag::read(&html[start..]) {
                Read::Tag(tag) => start + tag.length,
                Read::Text | Read::Unended => html.len(),
            };
        }
    }
    html.len()
}

/// What a `<` begins.
enum Read<'a> {
    Tag(Tag<'a>),
    /// Not a tag.
    Text,
    /// A tag that the page ends in; no tag can follow it.
    Unended,
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Ends in `/>`.
    empty: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads what the `<` at the head of the text begins.
    fn read(text: &'a str) -> Read<'a> {
        let inner = &text[1..];
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Read::Text;
        }
        let name = inner
            .split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .next()
            .unwrap_or_default();
        let head = text.len() - inner.len() + name.len();
        let mut quote = None;
        let mut value = false;
        for (at, byte) in text.bytes().enumerate().skip(head) {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'>') => {
                    return Read::Tag(Self {
                        name,
                        closes,
                        empty: text[..at].ends_with('/'),
                        length: at + 1,
                    });
                }
                // A quote opens a value after an equals sign only; elsewhere it is a slip.
                (None, b'"' | b'\'') if value => quote = Some(byte),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                value = byte == b'=';
            }
        }
        Read::Unended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sane_pages_are_untouched() {
        let page = "<html><script>if (a<b) '<div>'</script><p>a<p>b<br><img src='>'><ul><li>c<li>d</ul><!-- <div> -->"
            .to_owned()
            + &"<div><span>x</div><svg/><table><tr><td>1</td></tr></table>".repeat(500);
        assert!(matches!(flattened(&page), Cow::Borrowed(_)));
        for odd in ["<", "</", "<a", "<a b='", "<é>", "<!--", "<script>", "</p>"] {
            assert_eq!(flattened(odd), odd);
        }
    }

    #[test]
    fn comments_and_scripts_take_linear_time() {
        // Half a megabyte each; one search to the end of the page for each part of it takes minutes.
        let many = 100_000;
        for page in [
            "<!-- -->".repeat(many),
            "<!---".repeat(many),
            format!("<!{}", "--".repeat(many)),
            format!("<script>{}", "</a".repeat(many)),
            format!("<script>{}", "</script".repeat(many)),
            "<script></script>".repeat(many),
        ] {
            let start = std::time::Instant::now();
            flattened(&page);
            let took = start.elapsed();
            assert!(took.as_secs() < 5, "{took:?} for {:.30}", page);
        }
    }

    #[test]
    fn comments_end_as_in_a_browser() {
        for (comment, length) in [
            ("<!-->", 5),
            ("<!--->", 6),
            ("<!-- a -->b", 10),
            ("<!-- a --->b", 11),
            ("<!-- a --!>b", 10),
            ("<!-- -- > -- !> -->", 19),
            ("<!-- ", 5),
        ] {
            assert_eq!(comment_length(comment), length, "{comment}");
        }
    }

    #[test]
    fn deep_tags_go_and_their_text_stays() {
        let page = format!(
            "{}deep{}<p>after</p>",
            "<div>".repeat(5000),
            "</div>".repeat(5000)
        );
        let flat = flattened(&page);
        assert_eq!(flat.matches("<div>").count(), DEEPEST);
        assert_eq!(flat.matches("</div>").count(), DEEPEST);
        assert!(flat.contains("deep") && flat.ends_with("<p>after</p>"));
    }

    #[test]
    fn end_tags_that_close_nothing_hide_no_depth() {
        let icons = "<svg><path d='1'/><g/></svg>".repeat(500);
        assert_eq!(flattened(&icons), "<svg></svg>".repeat(500));
        for unit in [
            "<svg><p><path/>",
            "<svg><input>",
            "<svg><title><div>",
            "<rt>",
            "<!----!><div><!-- -->",
            "<div></x>",
            "<span><div></span>",
            "<div><table><tr><td></div>",
            "<x/>",
        ] {
            let flat = flattened(&unit.repeat(3000)).into_owned();
            let opened = flat.matches('<').count()
                - flat.matches("<p>").count()
                - flat.matches("<!--").count()
                - flat.matches("</").count()
                - flat.matches("<br>").count();
            assert!(opened <= 2 * DEEPEST, "{unit}: {opened}");
        }
    }
}
