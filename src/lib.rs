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
//! ```

pub mod article;
pub mod claim;
pub mod divergence;
pub mod fingerprint;
pub mod matching;
pub mod problem;
pub mod render;
pub mod report;
pub mod similarity;
pub mod source;
pub mod stance;
pub mod statement;
pub mod text;
pub mod trial;
