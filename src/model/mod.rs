//! The nouns of the audit. No I/O, no hashing, no decisions.

pub mod day;
