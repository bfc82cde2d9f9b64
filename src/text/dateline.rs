//! Datelines: where and when a report was filed, before its first words.

/// Bytes of a sentence in which its dateline ends: "FORT WORTH, Texas (Reuters) - ".
const DATELINE: usize = 60;

/// Where the dateline of a sentence ends ("GENEVA, Switzerland - "), in bytes; 0 without one.
pub fn dateline(sentence: &str) -> usize {
    let end = [" - ", " – ", " — ", "—"]
        .iter()
        .filter_map(|dash| sentence.find(dash))
        .min()
        .filter(|&end| end <= DATELINE);
    let in_capitals = |head: &str| {
        let first = head.split([',', ' ', '(']).next().unwrap_or_default();
        first.chars().count() > 1
            && first
                .chars()
                .all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    end.filter(|&end| in_capitals(&sentence[..end]))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_ends_with_its_dash() {
        for (sentence, rest) in [
            (
                "FORT WORTH, Texas (Reuters) - The mill is shut.",
                " - The mill is shut.",
            ),
            ("NORWELL, May 12 — Shares rose.", " — Shares rose."),
            (
                "The mill - shut since May - will open.",
                "The mill - shut since May - will open.",
            ),
        ] {
            assert_eq!(&sentence[dateline(sentence)..], rest);
        }
    }
}
