//! Text and nothing else: folding, words, numbers, dates. Knows no article and no claim.

pub mod date;
pub mod sentence;
pub mod word_list;
