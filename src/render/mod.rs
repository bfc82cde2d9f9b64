//! Writes a report for people and for programs. Renderers read the [`Report`](crate::report::Report) and call no stage.

pub mod csv;
pub mod evaluation;
mod file_place;
pub mod github;
pub mod html;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod terminal;
mod words;
