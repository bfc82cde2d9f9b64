//! Claims: questions with their possible answers, as people write them in claim files.

pub mod model;

pub use crate::placeholder::load_claims as load; // PLACEHOLDER

pub use model::{
    AliasGroup, Answers, Claim, Example, Expected, Position, Reach, Severity, Tolerance,
};
