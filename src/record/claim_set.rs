//! The claims that records are of, by their ids, with what tells whether one was changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::claim::Claim;

/// The claims of a run, in its order.
#[derive(Clone, Debug)]
pub struct ClaimSet {
    claims: Vec<Arc<Claim>>,
    /// Id -> index.
    indexes: BTreeMap<String, usize>,
    /// For each claim the hash of what matching depends on.
    hashes: Vec<String>,
}

impl ClaimSet {
    /// Takes the claims; their ids must be unique, as those of a load are.
    pub fn new(claims: Vec<Arc<Claim>>) -> Self {
        let ids = claims.iter().enumerate();
        Self {
            indexes: ids.map(|(at, claim)| (claim.id.clone(), at)).collect(),
            hashes: claims.iter().map(|claim| claim.content_hash()).collect(),
            claims,
        }
    }

    /// The claims, in the order of the run.
    pub fn claims(&self) -> &[Arc<Claim>] {
        &self.claims
    }

    /// The claim at this index.
    ///
    /// # Panics
    ///
    /// Where there is none.
    pub fn claim(&self, index: usize) -> &Arc<Claim> {
        &self.claims[index]
    }

    /// Where the claim with this id stands.
    pub fn index(&self, id: &str) -> Option<usize> {
        self.indexes.get(id).copied()
    }

    /// Id -> hash of all claims.
    pub fn by_id(&self) -> BTreeMap<String, String> {
        let ids = self.indexes.iter();
        ids.map(|(id, &at)| (id.clone(), self.hashes[at].clone()))
            .collect()
    }

    /// How other claims, given as id -> hash, differ from these, in a sentence; `None` where they do not.
    pub fn difference(&self, other: &BTreeMap<String, String>) -> Option<String> {
        let own = self.by_id();
        if own == *other {
            return None;
        }
        let named = |what: &str, ids: Vec<&String>| -> Option<String> {
            let first = ids.first()?;
            Some(match ids.len() - 1 {
                0 => format!("the claim `{first}` {what}"),
                more => format!("the claim `{first}` and {more} more {what}"),
            })
        };
        let changed = own
            .iter()
            .filter(|(id, hash)| other.get(*id).is_some_and(|o| o != *hash));
        let added = own.keys().filter(|id| !other.contains_key(*id));
        let gone = other.keys().filter(|id| !own.contains_key(*id));
        named("changed since", changed.map(|(id, _)| id).collect())
            .or_else(|| named("came in since", added.collect()))
            .or_else(|| named("went since", gone.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Answers;
    use crate::divergence::scene::positions;
    use crate::source::Span;

    #[test]
    fn what_matching_depends_on_makes_another_claim() {
        let claim = positions("fate", &["dead", "alive"]);
        let set = |claims: Vec<Claim>| ClaimSet::new(claims.into_iter().map(Arc::new).collect());
        let told = |other: Claim| set(vec![claim.clone()]).difference(&set(vec![other]).by_id());
        let mut other = claim.clone();
        (other.span, other.severity) = (Span::new(3, 5), Some(crate::claim::Severity::Low));
        assert_eq!(told(other), None);
        let mut other = claim.clone();
        if let Answers::Positions(positions) = &mut other.answers {
            positions[1].phrases.push("She lives.".to_owned());
        }
        assert_eq!(
            told(other).as_deref(),
            Some("the claim `fate` changed since")
        );
        let mut other = claim.clone();
        other.topic = "another".into();
        assert!(told(other).is_some());
        let more = set(vec![
            claim.clone(),
            positions("a", &["x"]),
            positions("b", &["x"]),
        ]);
        let one = set(vec![claim.clone()]);
        assert_eq!(
            more.difference(&one.by_id()).as_deref(),
            Some("the claim `a` and 1 more came in since")
        );
        assert_eq!(
            one.difference(&more.by_id()).as_deref(),
            Some("the claim `a` and 1 more went since")
        );
    }
}
