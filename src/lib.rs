//! kagiban 鍵番 audits account and password hygiene from exports, offline.
//!
//! ```text
//! exports ──ingest──▶ inventory ──correlate, credential──▶ evidence ──audit──▶ findings ──report──▶ files
//! ```
//! Each arrow is one module; modules meet in the nouns of [`model`] and in `command`.

pub mod audit;
pub mod baseline;
pub mod cli;
pub mod command;
pub mod correlate;
pub mod credential;
pub mod ingest;
pub mod kernel;
pub mod model;
pub mod policy;
pub mod report;
pub mod review;
pub mod rules;
pub mod runs;
pub mod text;
