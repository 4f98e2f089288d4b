//! Encodings, name forms and dates: used by several floors, knows none of them.
pub mod encoding;
pub mod name;
