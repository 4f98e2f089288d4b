//! Bytes → records. Framing knows where a record begins and ends, not what it means.

pub mod csv;
