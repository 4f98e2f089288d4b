//! `completions`: what makes a shell complete verbs and options.

use crate::cli::{Cli, CompletionsArgs};
use crate::command::{Exit, Stop, print};
use clap::CommandFactory as _;

/// Runs `kagiban completions`.
pub fn run(args: &CompletionsArgs) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kagiban", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Clean)
}
