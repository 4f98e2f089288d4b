//! Parse, run, exit code.

use clap::Parser;
use kagiban::cli::Cli;
use kagiban::command::{self, Exit};
use std::process::ExitCode;

fn main() -> ExitCode {
    command::guard::harden();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Clean }.into();
        }
    };
    command::run(cli).into()
}
