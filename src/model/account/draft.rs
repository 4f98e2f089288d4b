//! An account on its way from a reader into the columns.

use super::{Clock, Flags, LastUse, later};
use crate::model::day::Stamp;
use crate::model::factor::Factors;
use crate::model::file::Origin;

/// One account as a reader sees it; fields left alone mean "the export does not say".
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Login as the system writes it.
    pub login: &'a str,
    /// The system's own id: a SID, a row id.
    pub native: &'a str,
    /// Relative id of a Windows account.
    pub rid: Option<u32>,
    /// Relative id of the primary group of a Windows account; 0 = not exported.
    pub primary_group: u32,
    /// Name for people.
    pub name: &'a str,
    /// Reading of the name.
    pub kana: &'a str,
    /// Mail address.
    pub mail: &'a str,
    /// User principal name.
    pub upn: &'a str,
    /// Employee number.
    pub employee: &'a str,
    /// Department.
    pub department: &'a str,
    /// Job.
    pub job: &'a str,
    /// Class of employment (常勤, 派遣, ...).
    pub class: &'a str,
    /// Role or rights group of the system.
    pub role: &'a str,
    /// Names of the groups it belongs to, joined with `\n`.
    pub groups: &'a str,
    /// Yes/no facts.
    pub flags: Flags,
    /// Day of creation.
    pub created: Stamp,
    /// Day of last use.
    pub last_use: Stamp,
    /// Where that day comes from.
    pub last_use_source: LastUse,
    /// Day the password was set.
    pub password_set: Stamp,
    /// Day after which the account is void.
    pub expires: Stamp,
    /// Day of the last change to the account itself.
    pub changed: Stamp,
    /// Day since which it is locked by failed logons; never = it is not.
    pub locked_since: Stamp,
    /// Times of day that the export gives beside those days.
    pub clock: Clock,
    /// Kinds of factors.
    pub factors: Factors,
    /// Day by which a second factor is planned.
    pub mfa_plan: Stamp,
    /// Where the record stands.
    pub origin: Origin,
}

impl Default for Draft<'_> {
    fn default() -> Self {
        Self {
            login: "",
            native: "",
            rid: None,
            primary_group: 0,
            name: "",
            kana: "",
            mail: "",
            upn: "",
            employee: "",
            department: "",
            job: "",
            class: "",
            role: "",
            groups: "",
            flags: Flags::default(),
            created: Stamp::UNKNOWN,
            last_use: Stamp::UNKNOWN,
            last_use_source: LastUse::None,
            password_set: Stamp::UNKNOWN,
            expires: Stamp::UNKNOWN,
            changed: Stamp::UNKNOWN,
            locked_since: Stamp::UNKNOWN,
            clock: Clock::default(),
            factors: Factors::NONE,
            mfa_plan: Stamp::UNKNOWN,
            origin: Origin::default(),
        }
    }
}

impl Draft<'_> {
    /// Offers a day of last use; the latest wins, and a day wins over "never".
    pub fn used(&mut self, stamp: Stamp, source: LastUse) {
        if later(stamp, self.last_use) {
            self.last_use = stamp;
            self.last_use_source = source;
        }
    }
}
