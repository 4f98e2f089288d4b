//! The command line: its verbs. Their options stand in `cli/`, those that several verbs share once,
//! in `shared`.

mod audit;
mod shared;
mod verbs;
mod words;

pub use audit::AuditArgs;
pub use shared::{Colour, DeviceKeys, Keys, Language, Outputs, Scope, Shown};
pub use verbs::{
    BaselineVerb, CompletionsArgs, DiffArgs, DoctorArgs, ExplainArgs, ImportArgs, InitArgs,
    InventoryArgs, ManArgs, ReportArgs, ReviewVerb, RulesVerb, WriteArgs,
};
pub use words::{ColourArg, CsvArg, LangArg, TableFormat, TextFormat, WhatArg};

use clap::{Parser, Subcommand};

/// How verbs end; stands under the help and on every manual page.
const EXIT_STATUS: &str = "\
Exit codes:
    0  complete, nothing at or above --fail-on
    1  findings at or above it
    2  usage or configuration is wrong
    3  incomplete: a file or row was refused (beats 0 and 1; --allow-partial demotes it)
    4  nothing to audit
    5  outputs were not written
   70  a defect of kagiban
  130  interrupted";

/// Audit account and password hygiene from exports, offline.
#[derive(Parser, Debug)]
#[command(name = "kagiban", version, about, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs, in the order in which a month goes.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Make the folders, kagiban.toml, suppressions.toml, a tag key and a README per site
    Init(InitArgs),
    /// Read the exports, judge them, write the findings
    #[command(after_help = EXIT_STATUS)]
    Audit(Box<AuditArgs>),
    /// Show what was understood, without any judgement and without any secret
    Inventory(InventoryArgs),
    /// Explain a rule in words, or every fact of one account
    Explain(ExplainArgs),
    /// Show what changed between two runs
    Diff(DiffArgs),
    /// Write a run again in other formats or another language, without its exports
    Report(ReportArgs),
    /// Read back what staff wrote into report.xlsx
    #[command(subcommand)]
    Review(ReviewVerb),
    /// Accept the findings of a run as the state to start from
    #[command(subcommand)]
    Baseline(BaselineVerb),
    /// List or check the rules
    #[command(subcommand)]
    Rules(RulesVerb),
    /// Look for what keeps kagiban from working here: folders, key, settings, clock, a sample audit
    Doctor(DoctorArgs),
    /// Print the JSON Schema of run.json or of a line of findings.jsonl
    Schema {
        /// run or findings
        name: String,
    },
    /// Print what makes a shell complete verbs and options
    Completions(CompletionsArgs),
    /// Print the manual page of kagiban or of a verb, or write all of them
    Man(ManArgs),
}
