//! kagiban 鍵番: exports → inventory → evidence → findings → report.

pub mod model;
pub mod text;
