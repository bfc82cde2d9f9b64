//! Short names that stay distinct.

use std::collections::BTreeMap;

use super::clip::{clip, columns, head, tail};
use super::pen::Pen;

/// Shortens each name to the columns beside it such that different names stay different: by its beginning, or where another
/// name begins so too by beginning and end, or else by a number in its place. No name may be listed twice.
pub(super) fn abbreviate(pen: &Pen, names: &[(String, usize)]) -> Vec<String> {
    let mut short: Vec<String> = Vec::new();
    for (at, (name, width)) in names.iter().enumerate() {
        let clipped = clip(name, *width, pen.cut());
        let start = clipped.trim_end_matches(pen.cut());
        let others = names.iter().enumerate().filter(|(other, _)| *other != at);
        let ambiguous = clipped != *name && others.into_iter().any(|(_, o)| o.0.starts_with(start));
        short.push(if ambiguous {
            middle(pen, name, *width)
        } else {
            clipped
        });
    }
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in &short {
        *times.entry(name.clone()).or_default() += 1;
    }
    for (at, (name, width)) in names.iter().enumerate() {
        if times[&short[at]] > 1 {
            let number = (at + 1).to_string();
            let room = width.saturating_sub(number.len());
            short[at] = clip(name, room, pen.cut()) + &number;
        }
    }
    short
}

/// Beginning and end of a name that does not fit; the end is its last word where that leaves room for a beginning.
fn middle(pen: &Pen, name: &str, width: usize) -> String {
    if columns(name) <= width {
        return name.to_owned();
    }
    let room = width.saturating_sub(columns(pen.cut()));
    let word = name.rsplit(['-', '_', ' ']).next().unwrap_or_default();
    let end = if word.is_empty() || columns(word) + 2 > room {
        tail(name, room / 2)
    } else {
        word
    };
    let start = head(name, room - columns(end)).trim_end_matches(['-', '_', ' ']);
    format!("{start}{}{end}", pen.cut())
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;

    fn short(names: &[&str], width: usize) -> Vec<String> {
        let pen = Pen::new(&Options {
            unicode: true,
            ..Options::default()
        });
        let names: Vec<(String, usize)> =
            names.iter().map(|&name| (name.to_owned(), width)).collect();
        abbreviate(&pen, &names)
    }

    #[test]
    fn names_are_cut_at_the_end_where_that_keeps_them_apart() {
        assert_eq!(short(&["created", "rejected"], 6), ["creat…", "rejec…"]);
    }

    #[test]
    fn names_with_one_beginning_keep_their_ends() {
        assert_eq!(
            short(&["offer-made-early", "offer-made-late"], 9),
            ["off…early", "offe…late"]
        );
    }

    #[test]
    fn names_with_one_beginning_and_end_are_numbered() {
        let names = ["aaaaaaaaXbbbbbbbbb", "aaaaaaaaYbbbbbbbbb", "open"];
        assert_eq!(short(&names, 8), ["aaaaaa…1", "aaaaaa…2", "open"]);
    }
}
