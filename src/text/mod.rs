//! Text and nothing else: folding, words, numbers, dates. Knows no article and no claim.

pub mod clean;
pub mod date;
