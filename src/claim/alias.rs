//! Groups of words that mean the same: joined from the file's and a claim's own, and searched for words in two groups.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::format::Pairs;
use super::model::AliasGroup;
use super::outline::Node;
use crate::problem::Problem;
use crate::source::{Source, Span};

/// The file's groups with the claim's own: a canonical name that stands in both is one group, with the file's words first.
pub(super) fn join(file: &Arc<[AliasGroup]>, own: &Pairs<Vec<String>>) -> Arc<[AliasGroup]> {
    if own.0.is_empty() {
        return Arc::clone(file);
    }
    let mut groups = file.to_vec();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeSet<(usize, String)> = BTreeSet::new();
    for (at, group) in groups.iter().enumerate() {
        places.insert(group.canonical.clone(), at);
        known.extend(group.others.iter().map(|word| (at, word.clone())));
    }
    for (canonical, words) in &own.0 {
        let at = *places.entry(canonical.clone()).or_insert_with(|| {
            groups.push(AliasGroup {
                canonical: canonical.clone(),
                others: Vec::new(),
            });
            groups.len() - 1
        });
        for word in words {
            if word != canonical && known.insert((at, word.clone())) {
                groups[at].others.push(word.clone());
            }
        }
    }
    groups.into()
}

/// Warns of words in two groups. `file` and `own` are the nodes of `aliases`; clashes within the file alone are told only when there is no
/// `own`, so that they are told once and not once a claim.
pub(super) fn clashes(
    source: &Arc<Source>,
    file: Option<&Node>,
    own: Option<&Node>,
) -> Vec<Problem> {
    let mut seen: BTreeMap<String, (&str, Span, bool)> = BTreeMap::new();
    let mut problems = Vec::new();
    for (node, is_own) in [(file, false), (own, true)] {
        for entry in node.map(Node::entries).unwrap_or_default() {
            let canonical = entry.key.text().unwrap_or_default();
            for word in std::iter::once(&entry.key).chain(entry.value.items()) {
                let text = word.text().unwrap_or_default();
                let &mut (group, first, first_is_own) = seen
                    .entry(sameness(text))
                    .or_insert((canonical, word.span, is_own));
                if group == canonical || (own.is_some() && !is_own && !first_is_own) {
                    continue;
                }
                problems.push(
                    Problem::warning(
                        "claim/alias-in-two-groups",
                        format!(
                            "`{text}` is an alias of both `{group}` and `{canonical}`, so it stands for both"
                        ),
                    )
                    .at(source, word.span, format!("in the group of `{canonical}`"))
                    .at(source, first, format!("in the group of `{group}`"))
                    .help("leave it in the one group where it means the same in every claim; `aliases` of one claim hold for that claim alone"),
                );
            }
        }
    }
    problems
}

/// Case tells abbreviations from words (US, us); anything else is the same in any case.
fn sameness(text: &str) -> String {
    let is_capitals = text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    if is_capitals {
        text.to_owned()
    } else {
        text.to_lowercase()
    }
}
