//! Claims: questions with their possible answers, as people write them in claim files.
//!
//! ```text
//! text --outline--> tree with places --shape--> sound part of it --format--> words by key --build--> Claim
//!   \--salvage, when the text is not YAML--^
//! ```
//!
//! Each step reports what it leaves out, and passes on the rest.

mod alias;
mod build;
mod content;
pub mod draft;
pub mod edit;
mod format;
mod load;
pub(crate) mod model;
pub(crate) mod outline;
mod place;
mod salvage;
mod schema;
mod shape;
mod testimony;
mod tolerance;

pub use load::{load, parse};
pub use model::{
    AliasGroup, Answers, Claim, Example, Expected, Position, Reach, Severity, Tolerance,
};
pub use outline::Outline;
pub use place::Places;
pub use schema::schema;
pub use testimony::{ARTICLE as SPEAKER_ARTICLE, Testimony};
