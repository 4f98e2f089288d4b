//! Options of `audit`.

use crate::cli::shared::{INPUT, Keys, OUTPUT, Outputs, Scope};
use clap::Args;
use std::path::PathBuf;

const JUDGING: &str = "Judging";
const WORDS: &str = "Trying passwords";
const ENDING: &str = "Exit code";

/// Options of `audit`.
#[derive(Args, Debug)]
pub struct AuditArgs {
    /// What is audited.
    #[command(flatten)]
    pub scope: Scope,
    /// Configuration [default: kagiban.toml in the audited folder]
    #[arg(long, value_name = "FILE", help_heading = INPUT)]
    pub config: Option<PathBuf>,
    /// Keys of tags and devices.
    #[command(flatten)]
    pub keys: Keys,
    /// Do not compute the SHA-256 of the inputs
    #[arg(long, help_heading = INPUT)]
    pub no_digest: bool,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N", help_heading = INPUT)]
    pub jobs: Option<usize>,
    /// Memory to stay within, such as 512M or 2G: what is beyond lies in temporary files
    #[arg(long, value_name = "SIZE", help_heading = INPUT)]
    pub max_memory: Option<String>,
    /// Folder for these temporary files [default: TMPDIR, else the system's]
    #[arg(long, value_name = "DIR", requires = "max_memory", help_heading = INPUT)]
    pub tmp: Option<PathBuf>,
    /// Say what can be read and judged, judge nothing, write nothing
    #[arg(long, help_heading = JUDGING)]
    pub dry_run: bool,
    /// Day that judges, YYYY-MM-DD [default: the newest export's own date, else file time]
    #[arg(long, value_name = "DATE", help_heading = JUDGING)]
    pub as_of: Option<String>,
    /// Only this rule; may be given several times
    #[arg(long, value_name = "ID", help_heading = JUDGING)]
    pub rule: Vec<String>,
    /// Profile of password rules [default: mhlw-7.0]
    #[arg(long, value_name = "NAME", help_heading = JUDGING)]
    pub profile: Option<String>,
    /// Run to compare with: its folder, or none [default: the last one in runs/ of the audited folder]
    #[arg(long, value_name = "RUN", help_heading = JUDGING)]
    pub against: Option<PathBuf>,
    /// File with candidate passwords, one per line; may be given several times
    #[arg(long, value_name = "FILE", help_heading = WORDS)]
    pub wordlist: Vec<PathBuf>,
    /// Try the words of --wordlist and no others: no login forms, names, factory defaults or lists of our
    /// own, so that what those would have told stays not evaluable
    #[arg(long, requires = "wordlist", help_heading = WORDS)]
    pub wordlist_only: bool,
    /// Put every filling of a mask behind the words of --wordlist as well: ?d digit, ?l small letter, ?u
    /// capital, ?s mark, anything else as it is (rule QUAL-10)
    #[arg(long, value_name = "MASK", requires = "wordlist", help_heading = WORDS)]
    pub mask: Option<String>,
    /// List of breached passwords: sorted HASH:count lines of NT or SHA-1 digests, one file or a folder
    /// with one file per prefix; may be given several times
    #[arg(long, value_name = "PATH", help_heading = WORDS)]
    pub corpus: Vec<PathBuf>,
    /// Public list of factory passwords: CSV with productvendor, username and password; may be given
    /// several times
    #[arg(long, value_name = "FILE", help_heading = WORDS)]
    pub defaults: Vec<PathBuf>,
    /// Time for trying passwords: 90s, 30m, 2h [default: a fixed amount of work]
    #[arg(long, value_name = "TIME", help_heading = WORDS)]
    pub budget: Option<String>,
    /// Name of the run, a folder in runs/ [default: year and month of the as-of day]
    #[arg(long, value_name = "NAME", help_heading = OUTPUT)]
    pub run: Option<String>,
    /// What is written.
    #[command(flatten)]
    pub outputs: Outputs,
    /// Exit 1 from this severity on: info, low, medium, high, critical [default: high]
    #[arg(long, value_name = "SEV", help_heading = ENDING)]
    pub fail_on: Option<String>,
    /// Exit 0 or 1 although a file or row was refused
    #[arg(long, help_heading = ENDING)]
    pub allow_partial: bool,
    /// Exit 0 whatever was found
    #[arg(long, help_heading = ENDING)]
    pub exit_zero: bool,
}
