//! Did you mean …?

/// How alike (Jaro-Winkler, 0 to 1) a slip and what was meant are at least: `titel`/`title` has 0.95,
/// `a1.txt`/`a2.txt` 0.93, `author`/`date` 0.47.
const ALIKE: f64 = 0.8;

/// The candidate most like `name`, if any is like it at all; the first of equals.
pub(super) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = name.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let alike = strsim::jaro_winkler(&name, &candidate.to_lowercase());
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_told_and_strangers_are_not() {
        assert_eq!(nearest("titel", ["id", "title", "date"]), Some("title"));
        assert_eq!(nearest("Date", ["id", "title", "date"]), Some("date"));
        assert_eq!(nearest("author", ["id", "title", "date"]), None);
    }
}
