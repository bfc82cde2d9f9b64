use gainsay::matching::{plan::*, reading::*, score::*};
use std::sync::Arc;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let claims: Vec<Arc<gainsay::claim::Claim>> = gainsay::claim::load(&[&a[2]]).items;
    let arts = gainsay::article::load(&[&a[1]]).items;
    let plan = Plan::new(&claims);
    let index = ProbeIndex::new(&plan);
    let mut reader = Reader::new(&plan, &index);
    let mut scratch = Scratch::default();
    let mut out = vec![];
    for art in &arts {
        let st =
            gainsay::statement::segment::segment(&art.prose, &art.headings, art.title.as_deref());
        let rs: Vec<_> = st
            .iter()
            .map(|s| reader.read(&art.prose[s.span.start..s.span.end]))
            .collect();
        for claim in &plan.claims {
            let (AnswersPlan::Positions(ps), gainsay::claim::Answers::Positions(names)) =
                (&claim.answers, &claim.claim.answers)
            else {
                continue;
            };
            let gate: Vec<bool> = rs
                .iter()
                .map(|r| {
                    claim
                        .about
                        .iter()
                        .any(|e| !places(e, r, 0, &mut scratch).is_empty())
                })
                .collect();
            for i in 0..rs.len() {
                if !gate[i.saturating_sub(1)..(i + 2).min(gate.len())]
                    .iter()
                    .any(|g| *g)
                    || rs[i].asks()
                {
                    continue;
                }
                let v = reader.vocabulary();
                let pol = rs[i].polarity(v);
                for c in gainsay::matching::decide::weigh(ps, &rs[i], v, &mut scratch) {
                    // union of agreeing units over all wordings of the position
                    let mut best: std::collections::BTreeMap<Key, f64> = Default::default();
                    let mut all: std::collections::BTreeMap<Key, f64> = Default::default();
                    let mut hits = vec![];
                    for w in &ps[c.position].wordings {
                        for u in &w.units {
                            if u.soft {
                                continue;
                            }
                            let d = ((u.weight - 0.25) / 0.75).max(0.0);
                            let e = all.entry(u.key.clone()).or_default();
                            *e = e.max(d);
                            rs[i].hits(u, &mut hits);
                            if hits.iter().any(|h| pol.negated(h.first) == u.negated) {
                                let s = hits.iter().map(|h| h.similarity).fold(0.0, f64::max);
                                let e = best.entry(u.key.clone()).or_default();
                                *e = e.max(d * s);
                            }
                        }
                    }
                    let uni: f64 = best.values().sum();
                    let n = best.len() as f64;
                    let mut other = 0.0f64;
                    for (q, p) in ps.iter().enumerate() {
                        if q == c.position {
                            continue;
                        }
                        let mut b: std::collections::BTreeMap<Key, f64> = Default::default();
                        for w in &p.wordings {
                            for u in &w.units {
                                if u.soft {
                                    continue;
                                }
                                let d = ((u.weight - 0.25) / 0.75).max(0.0);
                                rs[i].hits(u, &mut hits);
                                if hits.iter().any(|h| pol.negated(h.first) == u.negated) {
                                    let e = b.entry(u.key.clone()).or_default();
                                    *e = e.max(d);
                                }
                            }
                        }
                        other = other.max(b.values().sum());
                    }
                    let flips = ps
                        .iter()
                        .enumerate()
                        .flat_map(|(q, p)| p.wordings.iter().map(move |w| (q, p, w)))
                        .filter(|(q, p, w)| {
                            *q != c.position
                                && (if w.negation.is_some() {
                                    p.when_affirmed
                                } else {
                                    p.when_denied
                                }) == Some(c.position)
                                && score(w, &rs[i], v, &mut scratch, 0.5)
                                    .is_some_and(|s| s.verdict == Verdict::Denied)
                        })
                        .count() as f64;
                    // second best own wording
                    let mut own: Vec<f64> = ps[c.position]
                        .wordings
                        .iter()
                        .filter_map(|w| score(w, &rs[i], v, &mut scratch, 0.2))
                        .filter(|s| s.verdict == Verdict::Agrees)
                        .map(|s| s.score)
                        .collect();
                    own.sort_by(|a, b| b.total_cmp(a));
                    let w = ps
                        .iter()
                        .flat_map(|p| &p.wordings)
                        .find(|w| w.text == c.wording)
                        .unwrap();
                    out.push(serde_json::json!({"article": art.id, "claim": claim.claim.id, "position": names[c.position].name, "start": st[i].span.start, "end": st[i].span.end, "text": &art.prose[st[i].span.start..st[i].span.end], "score": c.confidence, "wording": c.wording.to_string(),
                      "f": {"score": c.scored.score, "support": c.support, "margin": c.margin, "inv": c.scored.inversions(), "uni": uni, "nuni": n, "unishare": uni / all.values().sum::<f64>().max(0.1), "uother": other, "udiff": uni - other, "flips": flips, "denied": (c.scored.verdict == Verdict::Denied) as u8, "own2": own.get(1).copied().unwrap_or(0.0), "own3": own.get(2).copied().unwrap_or(0.0), "sum": own.iter().map(|s| (s - 0.3).max(0.0)).sum::<f64>(), "n": c.scored.hits.len(), "negw": w.negation.is_some() as u8, "gate": gate[i] as u8, "words": rs[i].words(), "covwords": c.scored.hits.len() as f64 / rs[i].words().max(1) as f64,
                      "head": (st[i].place != gainsay::statement::Place::Body) as u8, "neg_in_span": 0, "cues": pol.cues.len(), "dcov": 0, "names_missing": 0, "subj_notbefore": 0}}));
                }
            }
        }
    }
    println!("{}", serde_json::json!({"matches": out}));
}
