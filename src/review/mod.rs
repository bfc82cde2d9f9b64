//! Decisions of reviewers on divergences: kept in a ledger, applied to a report, made in a queue, compared between two people.

mod agreement;
mod basis;
mod by_divergence;
mod decision;
mod footing;
mod glimpse;
mod ledger;
mod record;
mod ruling;
pub mod session;

pub use agreement::{Agreement, Disagreement};
pub use basis::{Basis, SideBasis};
pub use decision::{Decision, Verdict};
pub use ledger::{AppendError, Asked, Entry, Ledger, keep_standing};
pub use ruling::{Docket, Standing, elsewhere, judge, settled};
