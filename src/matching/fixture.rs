//! Claims for the tests of this folder.

use std::sync::Arc;

use crate::claim::{Claim, parse};
use crate::source::Source;

/// The claims of a file of this text, which has no fault.
pub(super) fn claims(text: &str) -> Vec<Arc<Claim>> {
    let loaded = parse(Arc::new(Source::new("a.yaml", text.to_owned())));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.items.into_iter().map(Arc::new).collect()
}
