//! Writes a report for people and for programs. Renderers read the [`Report`](crate::report::Report) and call no stage.

pub mod evaluation;
pub mod json;
pub mod terminal;
