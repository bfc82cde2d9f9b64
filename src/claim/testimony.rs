//! Which statements count for an answer: how sure they are told, and by whom.

use std::sync::Arc;

/// The word in a list of speakers that stands for the article's own voice.
pub const ARTICLE: &str = "article";

/// What a claim or one of its positions asks of a statement beside its words, as the file writes it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Testimony {
    /// Whether statements told as possible, reported or unconfirmed count; `None` where the file does not say.
    pub hedged: Option<bool>,
    /// Whose statements count, never empty, with [`ARTICLE`] for the article's own voice; `None` where the file does not say.
    pub speakers: Option<Arc<[String]>>,
}

impl Testimony {
    /// What holds for a position: its own word where it has one, else the claim's.
    #[must_use]
    pub fn over(&self, claim: &Self) -> Self {
        Self {
            hedged: self.hedged.or(claim.hedged),
            speakers: self.speakers.as_ref().or(claim.speakers.as_ref()).cloned(),
        }
    }

    /// Whether statements told as possible, reported or unconfirmed count. They do unless the file says otherwise.
    pub fn takes_hedged(&self) -> bool {
        self.hedged.unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_wins_key_by_key() {
        let speakers = |name: &str| Some(Arc::from([name.to_owned()]));
        let claim = Testimony {
            hedged: Some(false),
            speakers: speakers("mayor"),
        };
        let position = Testimony {
            hedged: Some(true),
            speakers: None,
        };
        let both = position.over(&claim);
        assert!(both.takes_hedged());
        assert_eq!(both.speakers, speakers("mayor"));
        let other = Testimony {
            hedged: None,
            speakers: speakers("police"),
        };
        let both = other.over(&claim);
        assert!(!both.takes_hedged());
        assert_eq!(both.speakers, speakers("police"));
        assert!(Testimony::default().takes_hedged());
    }
}
