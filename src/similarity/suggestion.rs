//! Did you mean …?

/// The candidate that was probably meant by a misspelt `name`, the first of equals; `None` where none is near.
///
/// Case does not count. A candidate of three letters may differ by one slip (a letter too many, too few, wrong, or two that
/// changed places), one of up to seven by two, then by one more for every four letters: `abuot`, `phrasse`, `comaptibel`. Of a
/// shorter one a slip leaves too little to tell what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let letters = lower.chars().count();
        let most = if letters < 3 { 0 } else { 1 + letters / 4 };
        // Every letter more or less is a slip, so the names of endless files are not compared letter by letter.
        if length.abs_diff(letters) > most {
            continue;
        }
        let slips = strsim::osa_distance(&name, &lower);
        if slips <= most && best.is_none_or(|(fewest, _)| slips < fewest) {
            best = Some((slips, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_told_and_strangers_are_not() {
        for (name, expected) in [
            ("titel", Some("title")),
            ("Date", Some("date")),
            ("abuot", Some("about")),
            ("Position", Some("position")),
            ("postions", Some("positions")),
            ("author", None),
            ("zzz", None),
            ("in", None),
            ("ID", Some("id")),
            ("", None),
        ] {
            let known = [
                "about",
                "positions",
                "position",
                "of",
                "id",
                "title",
                "date",
            ];
            assert_eq!(nearest(name, known), expected, "{name}");
        }
        assert_eq!(nearest("anything", []), None);
    }

    #[test]
    fn the_first_of_equals_is_told() {
        assert_eq!(nearest("a3.txt", ["a1.txt", "a2.txt"]), Some("a1.txt"));
    }

    #[test]
    fn long_names_may_hold_more_slips() {
        assert_eq!(
            nearest("mil-fire-cuase", ["mill-fire-cause"]),
            Some("mill-fire-cause")
        );
        assert_eq!(nearest("mill-reopening", ["mill-fire-cause"]), None);
    }
}
