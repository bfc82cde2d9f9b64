use gainsay::matching::{plan::*, reading::*, score::*};
use std::sync::Arc;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let claims: Vec<Arc<gainsay::claim::Claim>> = gainsay::claim::load(&[&a[1]]).items;
    let plan = Plan::new(&claims);
    let index = ProbeIndex::new(&plan);
    let mut reader = Reader::new(&plan, &index);
    let reading = reader.read(&a[3]);
    let v = reader.vocabulary();
    let pol = reading.polarity(v);
    println!(
        "{}",
        reading
            .tokens
            .iter()
            .enumerate()
            .map(|(i, t)| format!(
                "{}{}",
                v.word(t.word).folded,
                if pol.is_cue[i] {
                    "!"
                } else if pol.negated(i) {
                    "-"
                } else {
                    ""
                }
            ))
            .collect::<Vec<_>>()
            .join(" ")
    );
    let claim = plan.claims.iter().find(|c| c.claim.id == a[2]).unwrap();
    let mut scratch = Scratch::default();
    println!(
        "gate {:?}",
        claim
            .about
            .iter()
            .filter(|e| !places(e, &reading, 0, &mut scratch).is_empty())
            .map(|e| e.text.to_string())
            .collect::<Vec<_>>()
    );
    let (AnswersPlan::Positions(ps), gainsay::claim::Answers::Positions(names)) =
        (&claim.answers, &claim.claim.answers)
    else {
        return;
    };
    let mut all = vec![];
    for (p, plan) in ps.iter().enumerate() {
        for w in &plan.wordings {
            if let Some(s) = score(w, &reading, v, &mut scratch, 0.3) {
                all.push((
                    s.score,
                    format!(
                        "{:.2} {:?} {} | {} | neg {:?} cov {:.2} mass {:.2} {:?} of {}",
                        s.score,
                        s.verdict,
                        names[p].name,
                        w.text,
                        w.negation,
                        s.coverage,
                        s.mass,
                        s.hits
                            .iter()
                            .map(|(u, h)| format!(
                                "{}{}:{:.2}w{:.2}{}",
                                reading.tokens[h.first..=h.last]
                                    .iter()
                                    .map(|t| v.word(t.word).folded.to_string())
                                    .collect::<Vec<_>>()
                                    .join("_"),
                                if w.units[*u].negated { "-" } else { "" },
                                h.similarity,
                                w.units[*u].weight,
                                if h.toggled { "T" } else { "" }
                            ))
                            .collect::<Vec<_>>(),
                        w.units.len()
                    ),
                ));
            }
        }
        println!(
            "{} denied->{:?} affirmed->{:?}",
            names[p].name, plan.when_denied, plan.when_affirmed
        );
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, l) in all.iter().take(7) {
        println!("  {l}");
    }
    for c in gainsay::matching::decide::weigh(ps, &reading, v, &mut scratch) {
        println!(
            "  => {} {:.2} support {} margin {:.2} inv {:.2}",
            names[c.position].name,
            c.confidence,
            c.support,
            c.margin,
            c.scored.inversions()
        );
    }
}
