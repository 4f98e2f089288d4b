//! Options of the other verbs.

use crate::cli::shared::{Colour, DeviceKeys, Keys, Language, OUTPUT, Outputs, Scope, Shown};
use crate::cli::words::{CsvArg, TableFormat, TextFormat, WhatArg};
use clap::{Args, Subcommand};
use clap_complete::Shell;
use std::path::PathBuf;

/// Options of `init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder to set up
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// CSV with the columns slug and name (and kind, entity): one site folder per row
    #[arg(long, value_name = "FILE.csv")]
    pub sites: Option<PathBuf>,
    /// Of what is written and printed.
    #[command(flatten)]
    pub language: Language,
}

/// Options of `report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// Folder of a run, or its name in runs/
    pub run: PathBuf,
    /// What is written.
    #[command(flatten)]
    pub outputs: Outputs,
}

/// Options of `diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// Folder of the earlier run, or its name in runs/
    pub earlier: PathBuf,
    /// Folder of the later run, or its name in runs/
    pub current: PathBuf,
    /// text, csv or json
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        hide_possible_values = true,
        help_heading = OUTPUT
    )]
    pub format: TextFormat,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
    /// To whom.
    #[command(flatten)]
    pub shown: Shown,
}

/// What to do with the baseline.
#[derive(Subcommand, Debug)]
pub enum BaselineVerb {
    /// Write baseline.json: findings of the run count no longer for the exit code of audit
    Write(WriteArgs),
}

/// Options of `baseline write`.
#[derive(Args, Debug)]
pub struct WriteArgs {
    /// Folder of the run, or its name in runs/
    pub run: PathBuf,
    /// File to write; audit reads baseline.json of the audited folder
    #[arg(
        short,
        long,
        value_name = "FILE",
        default_value = "baseline.json",
        help_heading = OUTPUT
    )]
    pub out: PathBuf,
    /// Of what is printed.
    #[command(flatten)]
    pub language: Language,
}

/// Options of `inventory`.
#[derive(Args, Debug)]
pub struct InventoryArgs {
    /// What is read.
    #[command(flatten)]
    pub scope: Scope,
    /// What to list: files, accounts, credentials (without any secret) or policies
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub what: WhatArg,
    /// Keys of tags and devices.
    #[command(flatten)]
    pub keys: Keys,
    /// csv or json
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "csv",
        hide_possible_values = true,
        help_heading = OUTPUT
    )]
    pub format: TableFormat,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    pub out: Option<PathBuf>,
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard)
    #[arg(
        long,
        value_name = "excel|plain|machine",
        default_value = "plain",
        hide_possible_values = true,
        help_heading = OUTPUT
    )]
    pub csv: CsvArg,
    /// Of what is written.
    #[command(flatten)]
    pub language: Language,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// Id or slug of a rule; with --account the folder to read
    #[arg(value_name = "RULE|PATH")]
    pub subject: Option<String>,
    /// SITE/SYSTEM/LOGIN: every fact of an account with its source, and every rule's answer
    #[arg(long, value_name = "SITE/SYSTEM/LOGIN")]
    pub account: Option<String>,
    /// With --account: day that judges, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Keys of devices, for `--account`.
    #[command(flatten)]
    pub devices: DeviceKeys,
    /// Of the sentences.
    #[command(flatten)]
    pub language: Language,
}

/// What to do with what staff wrote.
#[derive(Subcommand, Debug)]
pub enum ReviewVerb {
    /// Say what a workbook holds, propose the exceptions that it asks for, and save with --write
    Import(ImportArgs),
}

/// Options of `review import`.
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// The workbook, report.xlsx of a run
    #[arg(value_name = "FILE.xlsx")]
    pub file: PathBuf,
    /// Folder of the run that it was made of [default: the folder of the workbook]
    #[arg(long, value_name = "DIR")]
    pub run: Option<PathBuf>,
    /// Audited folder, which review.csv belongs to [default: that of the run, else the current one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Save review.csv, from which the next audit carries owners and due dates
    #[arg(long)]
    pub write: bool,
    /// Of the sentences.
    #[command(flatten)]
    pub language: Language,
}

/// What to do with rules.
#[derive(Subcommand, Debug)]
pub enum RulesVerb {
    /// List the rules
    List {
        /// text, csv or json
        #[arg(long, value_name = "FORMAT", default_value = "text", hide_possible_values = true)]
        format: TextFormat,
        /// Of the titles.
        #[command(flatten)]
        language: Language,
    },
    /// Check the rules that are built in, or those of a folder laid out like rules/
    Check {
        /// Folder
        dir: Option<PathBuf>,
    },
}

/// Options of `doctor`.
#[derive(Args, Debug)]
pub struct DoctorArgs {
    /// Folder that holds kagiban.toml, keys/, sites/ and runs/
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// Configuration [default: kagiban.toml in the folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Key for tags [default: keys/tag.key in the folder]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Of the answers.
    #[command(flatten)]
    pub language: Language,
    /// Of the answers.
    #[command(flatten)]
    pub colour: Colour,
}

/// Options of `completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish
    #[arg(hide_possible_values = true)]
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Verb, and the verb below it: man review import
    pub verb: Vec<String>,
    /// Write every page into this folder instead
    #[arg(short, long, value_name = "DIR", conflicts_with = "verb")]
    pub out: Option<PathBuf>,
}
