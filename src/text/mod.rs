//! Text and nothing else: folding, words, numbers, dates. Knows no article and no claim.

pub mod amount;
pub mod date;
mod noun;
mod piece;
