//! Lists of a run that are no findings: what people go through, confirm and fill in.

use crate::kernel::paged::Paged;
use crate::model::account::LastUse;
use crate::model::arena::{NameId, Span};
use crate::model::day::{Day, Stamp};
use crate::model::evidence::WordClasses;
use crate::model::tri::Tri;

/// The lists of a report; texts stand in the report's arena and names.
#[derive(Default)]
pub struct Lists {
    /// Every account that somebody or something logs in with.
    pub accounts: Paged<Listed>,
    /// What the next run compares, parallel to the accounts.
    pub traces: Paged<Trace>,
    /// People who leave soon, one entry per account that they hold.
    pub leaving: Vec<Leaving>,
    /// Who maintains what, by registers and ledger.
    pub contracts: Vec<Contract>,
    /// What no export can show and somebody declared.
    pub declared: Vec<Declared>,
}

/// An account as a review list shows it. It has no field for groups, tags or findings.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// Site.
    pub site: u16,
    /// System in the site.
    pub system: u16,
    /// Login as written.
    pub login: Span,
    /// Person id.
    pub person: Span,
    /// Name for people.
    pub name: Span,
    /// Department: the account's own, else the person's.
    pub department: NameId,
    /// Role or rights group of the system.
    pub role: NameId,
    /// Whether it is enabled.
    pub enabled: Tri,
    /// Whether it administers its system.
    pub privileged: Tri,
    /// Day of last use.
    pub last_use: Stamp,
    /// Where that day comes from.
    pub source: LastUse,
}

/// What the next run compares of an account, beside what is listed. No secret: a tag is keyed.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    /// What the account is known by.
    pub key: Span,
    /// Groups, joined with `\n`.
    pub groups: NameId,
    /// Day the password was set.
    pub password_set: Stamp,
    /// Keyed tags of its current login secrets, sorted and joined with spaces; empty without a key.
    pub tag: Span,
    /// True where words can be tried on a current secret of it.
    pub triable: bool,
    /// Classes of which not every word was tried on it.
    pub left: WordClasses,
}

/// Somebody who leaves soon, with one account.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// Site whose roster says so.
    pub site: u16,
    /// Person id.
    pub person: Span,
    /// Name for people.
    pub name: Span,
    /// Department.
    pub department: NameId,
    /// Last day.
    pub day: Day,
    /// Position in [`Lists::accounts`]; `None` for somebody without an account.
    pub account: Option<u32>,
}

/// A company that maintains a system.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Contract {
    /// Site.
    pub site: u16,
    /// The company.
    pub company: String,
    /// System in the site; `None` = the run holds no export of it.
    pub system: Option<u16>,
    /// The system's name, as written where there is no export; empty = the row names none.
    pub name: String,
}

/// A declaration (申告): shown as such, never as verified.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Site.
    pub site: u16,
    /// System as written; empty = the whole site.
    pub system: String,
    /// What is declared.
    pub item: String,
    /// When.
    pub day: Stamp,
}

/// Stored secrets of a system that are in use now, by what could be found out about them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct SecretCounts {
    /// In the export.
    pub exported: u32,
    /// Equality with others can be decided.
    pub comparable: u32,
    /// Words were tried and none opened it: equality cannot be decided.
    pub tried: u32,
    /// Masked, encrypted with a key from elsewhere, of an unknown scheme, or never tried.
    pub untestable: u32,
}
