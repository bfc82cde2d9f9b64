//! Where the parts of a claim stand in its file, for labels.

use super::model::Claim;
use super::outline::{Node, Outline};
use crate::source::{Source, Span};

/// The places of one file. A file with faults of YAML has none: then the claim's id stands for all of its parts.
#[derive(Clone, Debug)]
pub struct Places {
    outline: Option<Outline>,
}

impl Places {
    /// Reads the places of a file.
    pub fn of(source: &Source) -> Self {
        Self {
            outline: Outline::parse(source.text()).ok(),
        }
    }

    /// The claim's node.
    fn claim(&self, claim: &Claim) -> Option<&Node> {
        let claims = self.outline.as_ref()?.root.as_ref()?.get("claims")?;
        claims
            .items()
            .iter()
            .find(|item| item.get("id").is_some_and(|id| id.span == claim.span))
    }

    /// The key of the claim; its id where the key is not there.
    pub fn key(&self, claim: &Claim, key: &str) -> Span {
        let entry = self.claim(claim).and_then(|node| node.entry(key));
        entry.map_or(claim.span, |entry| entry.key.span)
    }

    /// A text in a list of the claim, such as an entry of `about`.
    pub fn item(&self, claim: &Claim, key: &str, text: &str) -> Span {
        let node = self.claim(claim).and_then(|node| node.get(key));
        node.and_then(|list| named(list, text))
            .unwrap_or_else(|| self.key(claim, key))
    }

    /// An entry of `of` of a quantity or a date.
    pub fn measure(&self, claim: &Claim, text: &str) -> Span {
        let node = self.claim(claim);
        let find = |key| node?.get(key)?.get("of").and_then(|list| named(list, text));
        find("quantity")
            .or_else(|| find("date"))
            .unwrap_or(claim.span)
    }

    /// A look-alike: of the claim, of its number or date, or of a position.
    pub fn look_alike(&self, claim: &Claim, text: &str) -> Span {
        let node = self.claim(claim);
        let positions = node.and_then(|node| node.get("positions"));
        let positions = positions.map(Node::entries).unwrap_or_default();
        let parts = ["quantity", "date"].map(|key| node.and_then(|node| node.get(key)));
        let mut owners = node
            .into_iter()
            .chain(parts.into_iter().flatten())
            .chain(positions.iter().map(|entry| &entry.value));
        owners
            .find_map(|owner| named(owner.get("except")?, text))
            .unwrap_or(claim.span)
    }

    /// The name of a position.
    pub fn position(&self, claim: &Claim, position: &str) -> Span {
        let positions = self.claim(claim).and_then(|node| node.get("positions"));
        let entry = positions.and_then(|positions| positions.entry(position));
        entry.map_or(claim.span, |entry| entry.key.span)
    }

    /// A wording of a position: its `says` or one of its phrases. `nth` counts equal ones from 0.
    pub fn wording(&self, claim: &Claim, position: &str, text: &str, nth: usize) -> Span {
        let node = self
            .claim(claim)
            .and_then(|node| node.get("positions")?.get(position));
        let written = node.and_then(|node| {
            let phrases = node.get("phrases").map(Node::items).unwrap_or_default();
            let mut all = node.get("says").into_iter().chain(phrases);
            all.by_ref()
                .filter(|wording| wording.text() == Some(text))
                .nth(nth)
        });
        written.map_or_else(|| self.position(claim, position), |node| node.span)
    }
}

fn named(list: &Node, text: &str) -> Option<Span> {
    let mut items = list.items().iter();
    items
        .find(|item| item.text() == Some(text))
        .map(|item| item.span)
}
