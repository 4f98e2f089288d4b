//! exports → inventory: recognise each file, read it, tie one system's files together.

mod access;
mod beginnings;
pub mod bloodhound;
pub mod buffer;
pub mod conditional_access;
mod device;
pub mod discover;
pub mod dsinternals;
pub mod duo;
pub mod entra;
pub mod form;
pub mod fortios;
pub mod framing;
pub mod gpp;
pub mod htpasswd;
pub mod ldif;
pub mod lines;
pub mod merge;
pub mod note;
pub mod okta;
pub mod orca;
pub mod ppp_secrets;
pub mod profile;
pub mod pwdump;
pub mod read;
mod records;
pub mod site;
pub mod source;
pub mod table;
#[cfg(test)]
mod testing;
mod tree;
pub mod unix;
pub mod windows;
pub mod windows_host;
pub mod workbook;

use crate::model::file::Origin;
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
pub use read::{ReadOptions, note_future, read_site, read_site_watched};
use source::{Probe, Source};

/// Readers with code of their own. Tables are described in rules/sources instead.
pub const READERS: &[&dyn Reader] = &[
    &tree::AIROS,
    &bloodhound::Archive,
    &bloodhound::BloodHound,
    &conditional_access::ConditionalAccess,
    &dsinternals::DsInternals,
    &duo::Duo,
    &tree::EATON,
    &entra::Entra,
    &tree::F5,
    &fortios::FortiOs,
    &tree::GAIA,
    &gpp::Gpp,
    &htpasswd::Htdigest,
    &htpasswd::Htpasswd,
    &tree::JUNOS,
    &ldif::Csvde,
    &ldif::DsqueryList,
    &ldif::DsqueryTable,
    &ldif::Ldif,
    &tree::NETSCALER,
    &okta::Okta,
    &orca::Orca,
    &orca::OrcaApi,
    &tree::PANOS,
    &tree::PFSENSE,
    &ppp_secrets::PppSecrets,
    &pwdump::Pwdump,
    &tree::ROUTEROS,
    &windows_host::GroupMember,
    &windows_host::Net,
    &windows_host::Secedit,
    &unix::Passwd,
    &unix::Shadow,
    &tree::VYOS,
];

/// How sure a reader is that a file is its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Claim {
    /// 0 to 100. Content decides: 90 and more = a signature nobody else writes, 50 = the columns fit.
    pub score: u8,
    /// Why, in a few words, for `inventory` and `--dry-run`.
    pub reason: &'static str,
}

/// A file that cannot be read at all. Its code is one of the reason codes of `model::file`.
#[derive(Debug, thiserror::Error)]
#[error("{code}")]
pub struct FileError {
    /// Reason code.
    pub code: &'static str,
    /// Where it showed.
    pub origin: Origin,
    /// Lengths and counts only.
    pub detail: String,
}

impl FileError {
    /// The file as a whole is refused.
    pub fn new(code: &'static str) -> Self {
        Self { code, origin: Origin::default(), detail: String::new() }
    }

    /// The file is refused because of something at `line`.
    pub fn at(code: &'static str, line: u32) -> Self {
        Self { code, origin: Origin { line, ..Origin::default() }, detail: String::new() }
    }
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self { detail: error.kind().to_string(), ..Self::new("unreadable") }
    }
}

/// A reader of one kind of export.
///
/// `read` fills a fresh inventory: rows counted in `inventory.rows`, bad records given to
/// `inventory.refuse`, systems made with `inventory.system(kind, name, provisional)`. All origins
/// carry `FileId(0)`; the caller moves them.
pub trait Reader: Sync {
    /// Name in `inventory --what files`.
    fn name(&self) -> &'static str;

    /// Beginnings of lines that `claim` asks the probe for: all readers' are looked for at once.
    fn signs(&self) -> &'static [&'static [&'static str]] {
        &[]
    }

    /// Whether the file is this reader's, judged by its first bytes.
    fn claim(&self, probe: &Probe<'_>) -> Option<Claim>;

    /// Reads the whole file.
    fn read(
        &self,
        source: &mut Source<'_>,
        rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError>;
}
