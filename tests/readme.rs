//! The transcripts of the READMEs are what their commands print.

#![allow(clippy::unwrap_used)]

#[path = "support/process.rs"]
mod process;

use std::path::Path;

/// Runs every `console` block of both READMEs in a copy of the demonstration, so that `-o out`
/// leaves nothing behind. `TRYCMD=overwrite` rewrites the blocks; `git diff` is the review.
#[test]
fn transcripts_are_what_the_commands_print() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempfile::tempdir().unwrap();
    process::copy(&root.join("fixtures/sites"), &scratch.path().join("fixtures/sites"));
    // Alone in its process: no other test minds where it stands.
    std::env::set_current_dir(scratch.path()).unwrap();
    // One after the other: both write into `out`.
    for readme in ["README.md", "README.ja.md"] {
        let cases = trycmd::TestCases::new();
        cases.register_bin("kagiban", Path::new(env!("CARGO_BIN_EXE_kagiban")));
        cases.case(root.join(readme));
        cases.run();
    }
}
