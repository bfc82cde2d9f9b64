//! Floors under the figures on invented news, which is part of the project: eight sets of articles in the manner of newsrooms, with claim
//! files that were written from two articles a topic, and labels; of six sets, claim files by another hand, too. ACCURACY.md tells whose
//! errors were read.

mod labelled;

use gainsay::eval::AnswerKind;

/// The least F1 of positions, of quantities, and of divergences: what was measured when the floor was set, less .02.
struct Floors {
    letter: &'static str,
    /// The folder of the claim files.
    claims: &'static str,
    positions: f64,
    quantities: f64,
    divergences: f64,
}

const OWN: &str = "claims";
const BY_OTHERS: &str = "claims-by-others";

const FLOORS: [Floors; 14] = [
    Floors {
        letter: "a",
        claims: OWN,
        positions: 0.77,
        quantities: 0.87,
        divergences: 0.63,
    },
    Floors {
        letter: "b",
        claims: OWN,
        positions: 0.8,
        quantities: 0.87,
        divergences: 0.67,
    },
    Floors {
        letter: "c",
        claims: OWN,
        positions: 0.87,
        quantities: 0.86,
        divergences: 0.75,
    },
    Floors {
        letter: "d",
        claims: OWN,
        positions: 0.9,
        quantities: 0.79,
        divergences: 0.76,
    },
    Floors {
        letter: "e",
        claims: OWN,
        positions: 0.58,
        quantities: 0.68,
        divergences: 0.32,
    },
    Floors {
        letter: "f",
        claims: OWN,
        positions: 0.81,
        quantities: 0.66,
        divergences: 0.56,
    },
    Floors {
        letter: "g",
        claims: OWN,
        positions: 0.65,
        quantities: 0.59,
        divergences: 0.36,
    },
    Floors {
        letter: "h",
        claims: OWN,
        positions: 0.69,
        quantities: 0.64,
        divergences: 0.38,
    },
    Floors {
        letter: "a",
        claims: BY_OTHERS,
        positions: 0.74,
        quantities: 0.84,
        divergences: 0.55,
    },
    Floors {
        letter: "b",
        claims: BY_OTHERS,
        positions: 0.78,
        quantities: 0.78,
        divergences: 0.61,
    },
    Floors {
        letter: "c",
        claims: BY_OTHERS,
        positions: 0.82,
        quantities: 0.82,
        divergences: 0.66,
    },
    Floors {
        letter: "d",
        claims: BY_OTHERS,
        positions: 0.87,
        quantities: 0.78,
        divergences: 0.71,
    },
    Floors {
        letter: "e",
        claims: BY_OTHERS,
        positions: 0.54,
        quantities: 0.66,
        divergences: 0.31,
    },
    Floors {
        letter: "g",
        claims: BY_OTHERS,
        positions: 0.62,
        quantities: 0.55,
        divergences: 0.31,
    },
];

#[test]
fn invented_news_is_read_as_well_as_before() {
    let mut below = Vec::new();
    for floors in FLOORS {
        let bench = labelled::newsroom(floors.letter, floors.claims, None);
        let figures = &bench.evaluation;
        for (what, value, floor) in [
            (
                "positions",
                figures.kinds[&AnswerKind::Stance].f1(),
                floors.positions,
            ),
            (
                "quantities",
                figures.kinds[&AnswerKind::Quantity].f1(),
                floors.quantities,
            ),
            ("divergences", figures.divergence.f1(), floors.divergences),
        ] {
            let set = format!("{}, {}", floors.letter, floors.claims);
            let line = format!("{set}, {what}: {value:.3}, floor {floor}");
            println!("{line}");
            if value < floor {
                below.push(line);
            }
        }
        assert!(figures.strays <= 1, "{} strays", figures.strays);
    }
    assert!(below.is_empty(), "{below:#?}");
}
