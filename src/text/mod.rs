//! Text and nothing else: folding, words, numbers, dates. Knows no article and no claim.

mod affirmed;
pub mod amount;
pub mod assertion;
pub(crate) mod calendar;
pub(crate) mod compound;
pub mod date;
pub(crate) mod dateline;
pub mod fold;
mod implied;
pub mod lexicon;
mod noun;
mod number;
pub(crate) mod opposite;
pub(crate) mod particle;
pub(crate) mod pending;
mod piece;
pub(crate) mod polarity;
pub(crate) mod question;
pub mod sentence;
pub(crate) mod short_map;
pub mod stem;
pub(crate) mod token;
pub mod unknown;
pub(crate) mod word_list;
mod words;
