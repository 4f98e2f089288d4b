//! One short file per verb; errors become words and exit codes here.

pub mod account;
pub mod audit;
pub mod compare;
pub mod completions;
pub mod doctor;
pub mod dry_run;
pub mod explain;
pub mod guard;
pub mod init;
pub mod inventory;
mod lacks;
pub mod man;
mod memory;
mod needed;
mod outputs;
mod policies;
mod progress;
pub mod report;
pub mod review;
pub mod rules;
mod setup;
mod watch;

use crate::cli::{Cli, Colour, Verb};
use crate::report::schema;
use anstream::{AutoStream, ColorChoice};
use std::io::Write;
use std::process::ExitCode;

/// How a verb ends. The numbers are the contract's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Complete, and nothing at or above the severity that fails.
    Clean = 0,
    /// Findings at or above it.
    Findings = 1,
    /// Usage or configuration.
    Usage = 2,
    /// A file or row was refused.
    Incomplete = 3,
    /// Nothing to audit.
    Nothing = 4,
    /// Outputs were not written.
    NotWritten = 5,
    /// A defect of the tool.
    Internal = 70,
    /// Ctrl-C; what was judged until then was written.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// An end with words: the exit code and what to print on stderr.
#[derive(Debug)]
pub struct Stop {
    exit: Exit,
    error: anyhow::Error,
}

impl Stop {
    /// Usage or configuration is wrong.
    pub fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Usage, error: error.into() }
    }

    /// Outputs could not be written.
    pub fn not_written(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::NotWritten, error: error.into() }
    }
}

/// Runs a verb.
pub fn run(cli: Cli) -> Exit {
    let result = match cli.verb {
        Verb::Init(args) => init::run(&args),
        Verb::Audit(args) => audit::run(&args),
        Verb::Inventory(args) => inventory::run(&args),
        Verb::Report(args) => report::run(&args),
        Verb::Diff(args) => compare::run(&args),
        Verb::Baseline(verb) => compare::baseline(&verb),
        Verb::Schema { name } => schema(&name),
        Verb::Explain(args) => explain::run(&args),
        Verb::Review(verb) => review::run(&verb),
        Verb::Rules(verb) => rules::run(verb),
        Verb::Doctor(args) => doctor::run(&args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man(args) => man::run(&args),
    };
    result.unwrap_or_else(|stop| {
        complain(&format!("error: {}", stop.error));
        stop.exit
    })
}

/// Runs `kagiban schema`.
fn schema(name: &str) -> Result<Exit, Stop> {
    let Some(text) = schema::schema(name) else {
        let known: Vec<_> = schema::SCHEMAS.iter().map(|(name, _)| *name).collect();
        return Err(Stop::usage(anyhow::anyhow!(
            "no schema '{name}'\nhint: expected one of {}",
            known.join(", ")
        )));
    };
    print(text)?;
    Ok(Exit::Clean)
}

/// Prints the result of a verb; a reader that went away (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<(), Stop> {
    print_to(std::io::stdout().lock(), text)
}

/// As [`print`], of text with colours, which stay only where they are wanted and understood.
pub(crate) fn print_painted(text: &str, colour: Colour) -> Result<(), Stop> {
    let choice = colour.colour.map_or(ColorChoice::Auto, ColorChoice::from);
    print_to(AutoStream::new(std::io::stdout(), choice).lock(), text)
}

fn print_to(mut out: impl Write, text: &str) -> Result<(), Stop> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Stop::not_written(error))
        }
        _ => Ok(()),
    }
}

/// Prints a warning or error; if stderr is gone there is nobody to tell.
pub(crate) fn complain(text: &str) {
    let text = crate::text::name::escape_controls_by_line(text);
    let _ = progress::aside(|| writeln!(std::io::stderr().lock(), "{text}"));
}
