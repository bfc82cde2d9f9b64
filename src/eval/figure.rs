//! Precision, recall and F1, with how sure they are.

/// Of a normal distribution, 95 % lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// How many of the things found are right, and how many of the things wanted were found.
///
/// The two counts of right things differ where several finds answer one wanted thing: two matches within one labelled passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Things found that are right.
    pub right: usize,
    /// All things found.
    pub found: usize,
    /// Things wanted that were found.
    pub hit: usize,
    /// All things wanted.
    pub wanted: usize,
}

impl Figure {
    /// Where a thing found answers exactly one thing wanted.
    pub fn of_sets(right: usize, found: usize, wanted: usize) -> Self {
        Self {
            right,
            found,
            hit: right,
            wanted,
        }
    }

    /// Share of what was found that is right, 0 to 1; 0 where nothing was found.
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// Share of what was wanted that was found, 0 to 1; 0 where nothing was wanted.
    pub fn recall(&self) -> f64 {
        share(self.hit, self.wanted)
    }

    /// Harmonic mean of precision and recall, 0 to 1.
    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        }
    }

    /// Wilson's 95 % interval of the precision.
    pub fn precision_interval(&self) -> (f64, f64) {
        wilson(self.right, self.found)
    }

    /// Wilson's 95 % interval of the recall.
    pub fn recall_interval(&self) -> (f64, f64) {
        wilson(self.hit, self.wanted)
    }

    /// Adds the counts of another figure.
    pub fn add(&mut self, other: Figure) {
        self.right += other.right;
        self.found += other.found;
        self.hit += other.hit;
        self.wanted += other.wanted;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Wilson's 95 % score interval of a share, within 0 to 1. Of nothing nothing is known: 0 to 1.
///
/// It stays honest for the few cases that a claim has, where the textbook interval would shrink to a point at 0 and at 1.
pub fn wilson(part: usize, whole: usize) -> (f64, f64) {
    if whole == 0 {
        return (0.0, 1.0);
    }
    let n = whole as f64;
    let p = part.min(whole) as f64 / n;
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // The ends at 0 and 1 are exact in theory; rounding may put them a hair beside.
    let low = if part == 0 {
        0.0
    } else {
        (centre - reach) / scale
    };
    let high = if part >= whole {
        1.0
    } else {
        (centre + reach) / scale
    };
    (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_gives_the_published_values() {
        // Checked against R: binom::binom.confint(x, n, methods = "wilson").
        for (part, whole, low, high) in [
            (0, 10, 0.0, 0.2775),
            (8, 10, 0.4902, 0.9433),
            (10, 10, 0.7225, 1.0),
            (81, 263, 0.2553, 0.3662),
        ] {
            let (l, h) = wilson(part, whole);
            assert!((l - low).abs() < 5e-5, "{part}/{whole}: {l}");
            assert!((h - high).abs() < 5e-5, "{part}/{whole}: {h}");
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn nothing_found_and_nothing_wanted_give_zeros() {
        let nothing = Figure::default();
        assert_eq!(
            (nothing.precision(), nothing.recall(), nothing.f1()),
            (0.0, 0.0, 0.0)
        );
    }

    #[test]
    fn figures_add_up() {
        let mut sum = Figure::of_sets(1, 2, 4);
        sum.add(Figure {
            right: 3,
            found: 4,
            hit: 2,
            wanted: 2,
        });
        assert_eq!((sum.precision(), sum.recall()), (4.0 / 6.0, 3.0 / 6.0));
    }
}
