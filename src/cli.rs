//! Every option of the command line and its words.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Audit account and password hygiene from exports, offline.
#[derive(Parser, Debug)]
#[command(name = "kagiban", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// The verbs.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Make the folders, kagiban.toml, suppressions.toml, a tag key and a README per site
    Init(InitArgs),
    /// Read the exports, judge them, write the findings
    Audit(Box<AuditArgs>),
    /// Show what was understood, without any judgement and without any secret
    Inventory(InventoryArgs),
    /// Explain a rule in words, or every fact of one account
    Explain(ExplainArgs),
    /// List or check the rules
    #[command(subcommand)]
    Rules(RulesVerb),
}

/// Options of `init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder to set up
    #[arg(default_value = ".")]
    pub dir: PathBuf,
    /// CSV with the columns slug and name (and kind, entity): one site folder per row
    #[arg(long, value_name = "FILE.csv")]
    pub sites: Option<PathBuf>,
    /// Language of what is written
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
}

/// Options of `audit`.
#[derive(Args, Debug)]
pub struct AuditArgs {
    /// Folders that hold sites/, folders of site folders, or single site folders
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Folder for the outputs [default: runs/NAME in the audited folder]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Name of the run [default: year and month of the as-of day]
    #[arg(long, value_name = "NAME")]
    pub run: Option<String>,
    /// Day that judges, YYYY-MM-DD [default: the newest export's own date, else file time]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Formats, joined with commas [default: text,csv,json]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub format: Vec<String>,
    /// Exit 1 from this severity on: info, low, medium, high, critical [default: high]
    #[arg(long, value_name = "SEV")]
    pub fail_on: Option<String>,
    /// Say what can be read and judged, judge nothing, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Language of titles and sentences: ja, en [default: kagiban.toml, else LANG]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// Exit 0 or 1 although a file or row was refused
    #[arg(long)]
    pub allow_partial: bool,
    /// Exit 0 whatever was found
    #[arg(long)]
    pub exit_zero: bool,
    /// Profile of password rules [default: mhlw-7.0]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// File with candidate passwords, one per line; may be given several times
    #[arg(long, value_name = "FILE")]
    pub wordlist: Vec<PathBuf>,
    /// Public list of factory passwords: CSV with productvendor, username and password; may be given
    /// several times
    #[arg(long, value_name = "FILE")]
    pub defaults: Vec<PathBuf>,
    /// Time for trying passwords: 90s, 30m, 2h [default: a fixed amount of work]
    #[arg(long, value_name = "TIME")]
    pub budget: Option<String>,
    /// Key for tags [default: keys/tag.key in the audited folder]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Master keys of devices, one scheme:key per line (cisco-type6, junos-8, panos-aes)
    #[arg(long, value_name = "FILE")]
    pub device_key: Option<PathBuf>,
    /// Configuration [default: kagiban.toml in the audited folder]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard)
    #[arg(long, value_name = "FLAVOUR")]
    pub csv: Option<CsvArg>,
    /// Only this site; may be given several times
    #[arg(long, value_name = "SLUG")]
    pub site: Vec<String>,
    /// Only this rule; may be given several times
    #[arg(long, value_name = "ID")]
    pub rule: Vec<String>,
    /// Name accounts of restricted findings in the terminal as well
    #[arg(long)]
    pub include_restricted: bool,
    /// Do not compute the SHA-256 of the inputs
    #[arg(long)]
    pub no_digest: bool,
}

/// Options of `inventory`.
#[derive(Args, Debug)]
pub struct InventoryArgs {
    /// Folders as for audit
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// What to list
    #[arg(long, value_name = "WHAT")]
    pub what: WhatArg,
    /// csv or json
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: TableFormat,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Key for tags [default: keys/tag.key in the audited folder]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Master keys of devices, one scheme:key per line (cisco-type6, junos-8, panos-aes)
    #[arg(long, value_name = "FILE")]
    pub device_key: Option<PathBuf>,
    /// Only this site; may be given several times
    #[arg(long, value_name = "SLUG")]
    pub site: Vec<String>,
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard)
    #[arg(long, value_name = "FLAVOUR", default_value = "plain")]
    pub csv: CsvArg,
    /// Language of what is written
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
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
    /// Day that judges, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// With --account: master keys of devices, one scheme:key per line (cisco-type6, junos-8, panos-aes)
    #[arg(long, value_name = "FILE", requires = "account")]
    pub device_key: Option<PathBuf>,
    /// Language
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
}

/// What to do with rules.
#[derive(Subcommand, Debug)]
pub enum RulesVerb {
    /// List the rules
    List {
        /// text, csv or json
        #[arg(long, value_name = "FORMAT", default_value = "text")]
        format: TextFormat,
        /// Language
        #[arg(long, value_name = "LANG")]
        lang: Option<LangArg>,
    },
    /// Check the rules that are built in, or those of a folder laid out like rules/
    Check {
        /// Folder
        dir: Option<PathBuf>,
    },
}

/// Languages.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum LangArg {
    /// Japanese
    Ja,
    /// English
    En,
}

/// Flavours of CSV.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum CsvArg {
    /// Byte order mark, CRLF, formula guard
    Excel,
    /// LF, formula guard
    Plain,
    /// LF, no guard
    Machine,
}

/// Parts of an inventory.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum WhatArg {
    /// Input files
    Files,
    /// Accounts
    Accounts,
    /// Credentials, without any secret
    Credentials,
    /// Password policies
    Policies,
}

/// Formats of tables.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableFormat {
    /// CSV
    Csv,
    /// JSON
    Json,
}

/// Formats of lists.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum TextFormat {
    /// For reading
    Text,
    /// CSV
    Csv,
    /// JSON
    Json,
}
