//! A site and the systems whose exports lie in its folder.

use crate::model::arena::NameId;
use crate::model::credential::words;
use crate::model::tri::Tri;

words! {
    /// What kind of system an account lives in.
    SystemKind {
        /// Active Directory, Entra ID and the like.
        Directory = "directory",
        /// Electronic medical record and departmental systems.
        Ecarte = "ecarte",
        /// Network and other devices.
        Device = "device",
        /// A PC or server with local accounts.
        Host = "host",
        /// Everything else.
        Application = "application",
    }
}

/// A system of a site.
#[derive(Clone, Debug)]
pub struct System {
    /// Its kind.
    pub kind: SystemKind,
    /// Its name: a domain, a host name, an export's stem.
    pub name: NameId,
    /// True where the name is only the file's, so that a named system of the site may claim it.
    pub provisional: bool,
    /// The vendor or product that the reader recognised, in lower case; empty when unknown.
    pub product: NameId,
    /// Whether remote users of this system log in from outside (VPN gateways).
    pub remote: Tri,
}

/// site.toml: describes, never exempts.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Folder name; the `site_id` of every output.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// hospital, clinic, vendor or empty.
    pub kind: String,
    /// Legal entity; empty = the same as every other site without one.
    pub entity: String,
    /// Break-glass logins.
    pub break_glass: Vec<String>,
    /// Other names of a system: (canonical, alias).
    pub aliases: Vec<(String, String)>,
    /// Systems in which people of the roster are expected to have an account, with the classes of
    /// employment or the jobs that it is about; none = everybody.
    pub expects: Vec<(String, Vec<String>)>,
    /// Accounts that a system has about, by its name.
    pub expected: Vec<(String, i64)>,
    /// Systems with single sign-on, where one password is by design the same.
    pub single_sign_on: Vec<String>,
}
