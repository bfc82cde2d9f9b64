//! Floors under the figures on invented news, which is part of the project: eight sets of articles in the manner of newsrooms, with claim
//! files that were written from two articles a topic, and labels. ACCURACY.md tells whose errors were read.

mod labelled;

use gainsay::eval::AnswerKind;

/// The least F1 of positions, of quantities, and of divergences: what was measured when the floor was set, less .02.
struct Floors {
    letter: &'static str,
    positions: f64,
    quantities: f64,
    divergences: f64,
}

const FLOORS: [Floors; 8] = [
    Floors {
        letter: "a",
        positions: 0.77,
        quantities: 0.87,
        divergences: 0.63,
    },
    Floors {
        letter: "b",
        positions: 0.8,
        quantities: 0.87,
        divergences: 0.67,
    },
    Floors {
        letter: "c",
        positions: 0.87,
        quantities: 0.86,
        divergences: 0.75,
    },
    Floors {
        letter: "d",
        positions: 0.9,
        quantities: 0.79,
        divergences: 0.76,
    },
    Floors {
        letter: "e",
        positions: 0.58,
        quantities: 0.68,
        divergences: 0.32,
    },
    Floors {
        letter: "f",
        positions: 0.81,
        quantities: 0.66,
        divergences: 0.56,
    },
    Floors {
        letter: "g",
        positions: 0.65,
        quantities: 0.59,
        divergences: 0.36,
    },
    Floors {
        letter: "h",
        positions: 0.69,
        quantities: 0.64,
        divergences: 0.38,
    },
];

#[test]
fn invented_news_is_read_as_well_as_before() {
    let mut below = Vec::new();
    for floors in FLOORS {
        let bench = labelled::newsroom(floors.letter, None);
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
            let line = format!("{}, {what}: {value:.3}, floor {floor}", floors.letter);
            println!("{line}");
            if value < floor {
                below.push(line);
            }
        }
        assert!(figures.strays <= 1, "{} strays", figures.strays);
    }
    assert!(below.is_empty(), "{below:#?}");
}
