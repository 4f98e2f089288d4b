//! Bytes → records. Framing knows where a record begins and ends, not what it means.

pub mod blocks;
pub mod console;
pub mod csv;
pub mod json;
pub mod ldif;
