//! How alike two words are. The only place that names strsim.

pub mod suggestion;
pub(crate) mod word;
