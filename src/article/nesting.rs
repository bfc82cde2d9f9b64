//! HTML without absurd nesting.

use std::borrow::Cow;

/// Deeper elements lose their tags, not their text. Real pages nest some 30 deep, browsers stop at 512; the extractor's
/// time grows with the square of the depth (200 nested tables: a second, 1,600: a minute), and 20,000 end its stack.
const DEEPEST: usize = 200;

/// Elements that never hold anything.
const VOID: [&str; 16] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr",
];

/// Elements that end by themselves when the next one of their kind begins.
const SELF_ENDING: [&str; 10] = [
    "p", "li", "dt", "dd", "option", "optgroup", "rb", "rt", "rp", "rtc",
];

/// Elements whose content is not markup.
const RAW: [&str; 7] = [
    "script", "style", "textarea", "title", "xmp", "noframes", "iframe",
];

/// Elements inside a line: the end tag of one closes nothing outside the block around it.
const INLINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// Elements out of which no end tag of another element reaches.
const BARRIERS: [&str; 11] = [
    "table", "td", "th", "caption", "template", "object", "marquee", "applet", "svg", "math", "button",
];

/// The page, with the tags of elements nested too deep replaced by line breaks.
pub(super) fn flattened(html: &str) -> Cow<'_, str> {
    let mut flat = String::new();
    let mut kept = 0;
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            at = start + 1;
            continue;
        };
        at = start + tag.length;
        let name = tag.name;
        let is = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is(&VOID) || is(&SELF_ENDING) {
            continue;
        }
        let too_deep = open.len() >= DEEPEST;
        if tag.closes {
            close(&mut open, name);
        } else if is(&RAW) {
            at = after_raw(html, at, name);
            continue;
        } else if !(tag.empty && open.iter().any(|name| is_drawing(name)) || tag.empty && is_drawing(name)) {
            open.push(name);
        }
        // What was opened too deep has lost its tag, and so must lose its end.
        if too_deep && (!tag.closes || open.len() >= DEEPEST) {
            flat.push_str(&html[kept..start]);
            flat.push_str("<br>");
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
        let ends_table_part = ["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name));
        if inline && !is(&INLINE) || is(&BARRIERS) && !ends_table_part {
            return;
        }
    }
}

fn is_drawing(name: &str) -> bool {
    name.eq_ignore_ascii_case("svg") || name.eq_ignore_ascii_case("math") || {
        // An empty element of a drawing that stands outside of one is rare, and closing it harms nothing.
        name.eq_ignore_ascii_case("path") || name.eq_ignore_ascii_case("use")
    }
}

/// The offset after the end tag of a raw element.
fn after_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        at = start + 2;
        if let Some(tag) = Tag::read(&html[start..])
            && tag.name.eq_ignore_ascii_case(name)
        {
            return start + tag.length;
        }
    }
    html.len()
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Ends in `/>`.
    empty: bool,
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that the text begins with; one that is never ended is none.
    fn read(text: &'a str) -> Option<Self> {
        let inner = text.strip_prefix('<')?;
        let (closes, inner) = match inner.strip_prefix('/') {
            Some(inner) => (true, inner),
            None => (false, inner),
        };
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let name = inner
            .split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .next()?;
        let head = text.len() - inner.len() + name.len();
        let mut quote = None;
        let mut value = false;
        for (at, byte) in text.bytes().enumerate().skip(head) {
            match (quote, byte) {
                (Some(open), _) => {
                    if byte == open {
                        quote = None;
                    }
                }
                (None, b'>') => {
                    return Some(Self {
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
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sane_pages_are_untouched() {
        let page = "<html><script>if (a<b) '<div>'</script><p>a<p>b<br><img src='>'><ul><li>c<li>d</ul><!-- <div> -->"
            .to_owned()
            + &"<div><span>x</div><svg><path d='1'/><g/></svg><table><tr><td>1</td></tr></table>".repeat(500);
        assert!(matches!(flattened(&page), Cow::Borrowed(_)));
        for odd in ["<", "</", "<a", "<a b='", "<é>", "<!--", "<script>", "</p>"] {
            assert_eq!(flattened(odd), odd);
        }
    }

    #[test]
    fn deep_tags_go_and_their_text_stays() {
        let page = format!("{}deep{}<p>after</p>", "<div>".repeat(5000), "</div>".repeat(5000));
        let flat = flattened(&page);
        assert_eq!(flat.matches("<div>").count(), DEEPEST);
        assert_eq!(flat.matches("</div>").count(), DEEPEST);
        assert!(flat.contains("deep") && flat.ends_with("<p>after</p>"));
    }

    #[test]
    fn end_tags_that_close_nothing_hide_no_depth() {
        for unit in ["<div></x>", "<span><div></span>", "<div><table><tr><td></div>", "<x/>"] {
            let flat = flattened(&unit.repeat(3000)).into_owned();
            let opened = flat.matches('<').count() - flat.matches("</").count() - flat.matches("<br>").count();
            assert!(opened <= 2 * DEEPEST, "{unit}: {opened}");
        }
    }
}
