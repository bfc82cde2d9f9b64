//! Text and nothing else: folding, words, numbers, dates. Knows no article and no claim.

pub mod amount;
pub mod assertion;
pub mod date;
pub mod fold;
pub mod lexicon;
mod noun;
mod number;
mod piece;
pub mod polarity;
pub mod sentence;
pub mod stem;
pub mod token;
pub mod word_list;
