//! gainsay finds where articles contradict each other on hand-written claims.
//!
//! ```text
//! claims/*.yaml --load--> Claim --------------------------------+
//!                                                              v
//! articles -----load--> Article --segment--> Statement --> retrieve --> score --> decide --> Match
//!                                                                                            |
//!                                                                       collect -------------+--> Stance (article x claim)
//!                                                                                            |
//!                                                                       diff ----------------+--> Divergence
//!                                                                                            v
//! every load --> Problems ---------------------------------------------------------------> Report --> render
//! ledger of decisions --load--> Ledger --judge------------------------------------------------+--> status of divergences
//! ```

pub mod article;
pub mod claim;
pub mod clean;
pub mod divergence;
pub mod eval;
pub mod fingerprint;
pub mod independence;
pub mod matching;
pub mod problem;
pub mod render;
pub mod report;
pub mod review;
pub mod similarity;
pub mod source;
pub mod stance;
pub mod statement;
pub mod text;
pub mod trial;
