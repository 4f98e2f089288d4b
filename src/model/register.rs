//! What people write down beside the exports: registers of accounts, the ledger of devices,
//! declarations, and what an access log covers.

use crate::model::arena::{NameId, Span};
use crate::model::credential::words;
use crate::model::day::{Day, Stamp};
use crate::model::file::Origin;

words! {
    /// Which list a row stands on.
    Register {
        /// Accounts that several people use.
        Shared = "shared",
        /// Accounts of programs.
        Service = "service",
        /// Accounts of maintenance companies.
        Vendor = "vendor",
        /// Sealed accounts for emergencies.
        BreakGlass = "breakglass",
        /// People who work here without being employed here.
        NonEmployee = "nonemployee",
        /// Accounts that may administer their system.
        Administrator = "administrator",
        /// 職種 × 権限: the roles that a job may have.
        Role = "role",
        /// 台帳: servers, PCs and network devices.
        Ledger = "ledger",
        /// What no export can show and somebody declares.
        Declared = "declared",
    }
}

words! {
    /// A column of such a list. Days come last, from `review_date` on.
    Field {
        /// System that an account lives in.
        System = "system",
        /// Login.
        Account = "account",
        /// Who answers for it.
        Owner = "owner",
        /// What it is for.
        Purpose = "purpose",
        /// Company of a vendor.
        Company = "company",
        /// Incidents in which a sealed account was used.
        Incidents = "incidents",
        /// Job in a table of roles.
        Job = "job",
        /// Role that the job may have.
        Role = "role",
        /// Name of a person, or of a device.
        Name = "name",
        /// Where a person is employed.
        Affiliation = "affiliation",
        /// Who vouches for a person.
        Sponsor = "sponsor",
        /// 派遣, 委託, 研修医, ...
        Class = "class",
        /// Logins of a person.
        Logins = "logins",
        /// Host name of a device.
        Host = "host",
        /// Management number of a device.
        Asset = "asset",
        /// Address of a device.
        Address = "address",
        /// Maker of a device.
        Maker = "maker",
        /// Model of a device.
        Model = "model",
        /// Where a device stands.
        Place = "place",
        /// Who administers a device.
        Manager = "manager",
        /// Maintenance company of a device.
        Maintainer = "maintainer",
        /// Whether a device is maintained from outside.
        RemoteMaintenance = "remote-maintenance",
        /// Whether MDS/SDS were obtained.
        Disclosure = "mds-sds",
        /// What is declared.
        Item = "item",
        /// The answer.
        Answer = "answer",
        /// Who declares it.
        Who = "who",
        /// Next review.
        ReviewDate = "review_date",
        /// End of a contract.
        ContractEnd = "contract_end",
        /// Sealed since.
        SealedSince = "sealed_since",
        /// Last test of a sealed account.
        LastTest = "last_test",
        /// First day.
        StartDate = "start_date",
        /// Last day.
        EndDate = "end_date",
        /// Day of a declaration.
        When = "when",
    }
}

impl Field {
    /// True where the column holds days.
    pub const fn is_day(self) -> bool {
        self as u8 >= Self::ReviewDate as u8
    }
}

/// A row of a register, the ledger or the declarations.
#[derive(Clone)]
pub struct RegisterRow {
    /// The list.
    pub register: Register,
    /// Filled texts.
    pub texts: Vec<(Field, Span)>,
    /// Filled days.
    pub days: Vec<(Field, Stamp)>,
    /// Where it stands.
    pub origin: Origin,
}

impl RegisterRow {
    /// Text of a column; empty where the row leaves it open.
    pub fn text(&self, field: Field) -> Span {
        self.texts.iter().find(|(f, _)| *f == field).map_or(Span::EMPTY, |(_, span)| *span)
    }

    /// Day of a column.
    pub fn day(&self, field: Field) -> Stamp {
        self.days.iter().find(|(f, _)| *f == field).map_or(Stamp::UNKNOWN, |(_, day)| *day)
    }
}

/// The last use of one login that an access log shows.
#[derive(Clone, Copy)]
pub struct LogUse {
    /// System that the log belongs to, by name.
    pub system: NameId,
    /// Login as the log writes it.
    pub login: Span,
    /// Last day.
    pub last: Day,
    /// Where it stands.
    pub origin: Origin,
}

/// What an access log covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogSpan {
    /// System that the log belongs to, by name.
    pub system: NameId,
    /// First day in it.
    pub first: Day,
    /// Last day in it.
    pub last: Day,
    /// The file.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_behind_texts() {
        assert!(!Field::Who.is_day() && !Field::System.is_day());
        assert!(Field::ReviewDate.is_day() && Field::When.is_day());
    }
}
