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
//!
//! The whole way, from a claim file and two articles to the report that `gainsay check --format json` prints:
//!
//! ```
//! use std::sync::Arc;
//!
//! use gainsay::article::{Article, ArticleFile, read_stream};
//! use gainsay::claim::{self, Claim};
//! use gainsay::divergence::Kind;
//! use gainsay::matching::Matcher;
//! use gainsay::render::json;
//! use gainsay::report::Report;
//! use gainsay::source::Source;
//!
//! let claim_file = "
//! topic: The fire at the mill
//! claims:
//!   - id: fire-cause
//!     question: What started the fire at the mill?
//!     about: [mill]
//!     positions:
//!       arson:
//!         says: The fire at the mill was started by an arsonist.
//!       wiring:
//!         says: The fire at the mill was caused by faulty wiring.
//! ";
//! let loaded = claim::parse(Arc::new(Source::new("claims/mill.yaml", claim_file)));
//! let claims: Vec<Arc<Claim>> = loaded.items.into_iter().map(Arc::new).collect();
//! // What could not be used is never lost: it goes into the report.
//! let mut problems = loaded.problems;
//!
//! let mut articles: Vec<Article> = Vec::new();
//! for (name, text) in [
//!     ("dawn.txt", "The fire at the mill was started by an arsonist.\n"),
//!     ("dusk.txt", "The fire at the mill was caused by faulty wiring.\n"),
//! ] {
//!     read_stream(text.as_bytes(), &ArticleFile::new(name), &mut |read| match read {
//!         Ok(article) => articles.push(article),
//!         Err(problem) => problems.push(problem),
//!     });
//! }
//!
//! let matcher = Matcher::new(&claims);
//! let mut worker = matcher.worker();
//! let mut matches = Vec::new();
//! for (index, article) in articles.iter().enumerate() {
//!     matches.extend(worker.article(index, article));
//! }
//!
//! let report = Report::assemble(claims, articles, matches, problems);
//! assert_eq!(report.divergences[0].kind, Kind::Contradiction);
//! assert!(json::render(&report).contains("\"kind\": \"contradiction\""));
//! ```

pub mod article;
pub mod claim;
pub mod clean;
pub mod divergence;
pub mod drafting;
pub mod eval;
mod fingerprint;
pub mod independence;
pub mod matching;
pub mod problem;
pub mod record;
pub mod render;
pub mod report;
pub mod review;
pub mod similarity;
pub mod source;
pub mod stance;
pub mod statement;
pub mod text;
pub mod trial;
