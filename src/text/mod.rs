//! Encodings, name forms and dates: used by several floors, knows none of them.

pub mod date;
pub mod digits;
pub mod encoding;
pub mod era;
pub mod name;
pub mod near;
pub mod romaji;
