//! A fact in one place and a report in another: between articles, and between the headline of an article and its text.

use crate::claim::Severity;
use crate::statement::Place;

use super::lineup::{Carrier, Choice, Lineup, is_asserted};
use super::{Divergence, Kind, Side};

/// Finds, for each answer, the articles that tell as a fact what others only report or hedge, and every article whose headline
/// tells as a fact what its own text only reports or hedges.
pub(super) fn find(lineup: &Lineup) -> Vec<Divergence> {
    let mut found = Vec::new();
    for choice in &lineup.by_name() {
        found.extend(between_articles(lineup, choice));
        let headlines = choice.carriers.iter();
        found.extend(headlines.filter_map(|carrier| in_headline(lineup, choice, carrier)));
    }
    found
}

fn between_articles(lineup: &Lineup, choice: &Choice) -> Option<Divergence> {
    let asserting = choice.side(|carrier| carrier.asserted);
    let reporting = choice.side(|carrier| !carrier.asserted);
    (!asserting.articles.is_empty() && !reporting.articles.is_empty()).then(|| {
        let sides = vec![asserting, reporting];
        lineup.divergence(Kind::Hedging, Severity::Low, sides, None)
    })
}

fn in_headline(lineup: &Lineup, choice: &Choice, carrier: &Carrier) -> Option<Divergence> {
    let (headline, text): (Vec<usize>, Vec<usize>) = carrier
        .matches
        .iter()
        .partition(|&&at| lineup.matches[at].place == Place::Headline);
    let asserted = |at: &usize| is_asserted(&lineup.matches[*at]);
    if !headline.iter().any(asserted) || text.is_empty() || text.iter().any(asserted) {
        return None;
    }
    let side = |matches| Side {
        position: Some(choice.name.clone()),
        articles: vec![carrier.article],
        matches,
    };
    let sides = vec![side(headline), side(text)];
    // Another article with such a headline is another divergence, so the article is part of the fingerprint.
    let within = &lineup.articles[carrier.article].id;
    Some(lineup.divergence(Kind::Hedging, lineup.at_most_medium(), sides, Some(within)))
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Scene, positions};
    use crate::claim::Severity;

    fn check(articles: &str, expected: &[&str]) {
        let claims = vec![positions("fate", &["dead", "alive"])];
        Scene::new(claims, articles).expect(&["hedging"], expected);
    }

    #[test]
    fn a_fact_here_and_a_report_there() {
        check(
            "a: dead\nb: dead?\nc: dead@mayor\nd: dead? dead",
            &["hedging low fate: dead[a d] | dead[b c]"],
        );
        check("a: dead\nb: dead", &[]);
        check("a: dead?\nb: dead@mayor", &[]);
        check("a: dead\nb: alive?", &[]);
    }

    #[test]
    fn a_headline_says_more_than_its_text() {
        check(
            "a: dead^ dead@mayor dead?",
            &["hedging medium fate: dead[a] | dead[a]"],
        );
        check("a: dead^ dead@mayor dead", &[]);
        check("a: dead?^ dead@mayor", &[]);
        check("a: dead^", &[]);
    }

    #[test]
    fn each_such_headline_is_a_divergence_of_its_own() {
        let claims = vec![positions("fate", &["dead"])];
        let found = Scene::new(claims, "a: dead^ dead@mayor\nb: dead^ dead@mayor").diff();
        assert_eq!(found.len(), 2);
        assert_ne!(found[0].id, found[1].id);
    }

    #[test]
    fn a_claim_of_low_severity_has_low_headlines() {
        let mut claim = positions("fate", &["dead"]);
        claim.severity = Some(Severity::Low);
        Scene::new(vec![claim], "a: dead^ dead@mayor")
            .expect(&["hedging"], &["hedging low fate: dead[a] | dead[a]"]);
    }
}
