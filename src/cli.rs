//! Every option of the command line and its words.

use crate::model::lang::Lang;
use crate::report::CsvFlavour;
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
    /// Write a run again in other formats or another language, without its exports
    Report(ReportArgs),
    /// Show what changed between two runs
    Diff(DiffArgs),
    /// Accept the findings of a run as the state to start from
    #[command(subcommand)]
    Baseline(BaselineVerb),
    /// Print the JSON Schema of run.json or of a line of findings.jsonl
    Schema {
        /// run or findings
        name: String,
    },
    /// Explain a rule in words, or every fact of one account
    Explain(ExplainArgs),
    /// Read back what staff wrote into report.xlsx
    #[command(subcommand)]
    Review(ReviewVerb),
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
    /// Formats, joined with commas [default: text,csv,review,json; in Japanese xlsx as well]
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
    /// Put every filling of a mask behind the words of --wordlist as well: ?d digit, ?l small letter, ?u
    /// capital, ?s mark, anything else as it is (rule QUAL-10)
    #[arg(long, value_name = "MASK", requires = "wordlist")]
    pub mask: Option<String>,
    /// List of breached passwords: sorted HASH:count lines of NT or SHA-1 digests, one file or a folder
    /// with one file per prefix; may be given several times
    #[arg(long, value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
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
    /// Run to compare with: its folder, or none [default: the last one in runs/ of the audited folder]
    #[arg(long, value_name = "RUN")]
    pub against: Option<PathBuf>,
    /// Do not compute the SHA-256 of the inputs
    #[arg(long)]
    pub no_digest: bool,
    /// Memory to stay within, such as 512M or 2G: what is beyond lies in temporary files
    #[arg(long, value_name = "SIZE")]
    pub max_memory: Option<String>,
    /// Folder for these temporary files [default: TMPDIR, else the system's]
    #[arg(long, value_name = "DIR", requires = "max_memory")]
    pub tmp: Option<PathBuf>,
}

/// Options of `report`.
#[derive(Args, Debug)]
pub struct ReportArgs {
    /// Folder of a run, or its name in runs/
    pub run: PathBuf,
    /// Formats, joined with commas [default: text,csv,review]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub format: Vec<String>,
    /// Folder for the outputs [default: the folder of the run]
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Language of titles and sentences: ja, en [default: that of the run]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard) [default: that of the run]
    #[arg(long, value_name = "FLAVOUR")]
    pub csv: Option<CsvArg>,
    /// Name accounts of restricted findings in the terminal as well
    #[arg(long)]
    pub include_restricted: bool,
}

/// Options of `diff`.
#[derive(Args, Debug)]
pub struct DiffArgs {
    /// Folder of the earlier run, or its name in runs/
    pub earlier: PathBuf,
    /// Folder of the later run, or its name in runs/
    pub current: PathBuf,
    /// text, csv or json
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TextFormat,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Language of titles and sentences: ja, en [default: that of the later run]
    #[arg(long, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// CSV for Excel (BOM, CRLF), plain (LF) or machine (LF, no formula guard)
    #[arg(long, value_name = "FLAVOUR")]
    pub csv: Option<CsvArg>,
    /// Name accounts of restricted findings in the text as well
    #[arg(long)]
    pub include_restricted: bool,
}

/// What to do with the baseline.
#[derive(Subcommand, Debug)]
pub enum BaselineVerb {
    /// Write baseline.json: findings of the run count no longer for the exit code of audit
    Write {
        /// Folder of the run, or its name in runs/
        run: PathBuf,
        /// File to write; audit reads baseline.json of the audited folder
        #[arg(short, long, value_name = "FILE", default_value = "baseline.json")]
        out: PathBuf,
        /// Language of what is printed
        #[arg(long, value_name = "LANG")]
        lang: Option<LangArg>,
    },
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

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Ja => Self::Ja,
            LangArg::En => Self::En,
        }
    }
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

impl From<CsvArg> for CsvFlavour {
    fn from(arg: CsvArg) -> Self {
        match arg {
            CsvArg::Excel => Self::Excel,
            CsvArg::Plain => Self::Plain,
            CsvArg::Machine => Self::Machine,
        }
    }
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
