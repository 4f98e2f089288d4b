//! Findings hold facts, not prose, and have no field that could hold a secret.

use crate::model::arena::Span;
use crate::model::credential::words;
use crate::model::day::Stamp;
use crate::model::file::Origin;

words! {
    /// How bad it is, mildest first.
    Severity {
        /// For information.
        Info = "info",
        /// Low.
        Low = "low",
        /// Medium.
        Medium = "medium",
        /// High.
        High = "high",
        /// Critical.
        Critical = "critical",
    }
}

words! {
    /// How sure it is.
    Confidence {
        /// A person must look.
        Low = "low",
        /// Probably.
        Medium = "medium",
        /// The exports prove it.
        High = "high",
    }
}

words! {
    /// State of a finding against the last complete run.
    Status {
        /// Not there last time.
        New = "new",
        /// There last time as well.
        Open = "open",
        /// Was fixed and is back.
        Returned = "returned",
        /// No longer there.
        Fixed = "fixed",
        /// Excepted with reason and end date.
        Suppressed = "suppressed",
        /// The exports do not say.
        NotEvaluable = "not-evaluable",
    }
}

words! {
    /// Who may see it.
    Sensitivity {
        /// Everybody who may see the report.
        Normal = "normal",
        /// Tells how to log in.
        Restricted = "restricted",
    }
}

words! {
    /// What `value` counts.
    Unit {
        /// Nothing.
        None = "",
        /// Days.
        Days = "days",
        /// Accounts.
        Accounts = "accounts",
        /// Lines of a configuration.
        Lines = "lines",
        /// Secrets.
        Secrets = "secrets",
        /// Columns.
        Columns = "columns",
        /// Characters of a password.
        Characters = "characters",
        /// Changes of a password.
        Changes = "changes",
        /// Groups of a directory.
        Groups = "groups",
        /// Failed logons.
        Attempts = "attempts",
        /// Minutes.
        Minutes = "minutes",
        /// Former passwords.
        Passwords = "passwords",
        /// Times that something was seen.
        Times = "times",
        /// Devices of a ledger.
        Devices = "devices",
        /// Settings of a device.
        Settings = "settings",
        /// Rows of an export.
        Rows = "rows",
        /// Input files.
        Files = "files",
    }
}

/// Facts of one finding; a rule's sentences name them as `{value}`, `{date}`, `{detail}`, ...
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// What was measured, a word of the rule (`days-since-use`).
    pub metric: &'static str,
    /// The measured value.
    pub value: Option<i64>,
    /// Its unit.
    pub unit: Unit,
    /// A day that matters.
    pub date: Stamp,
    /// Machine words: a source, a flag, missing columns, counts by scheme. Never export text
    /// other than names of systems, files and people.
    pub detail: Span,
}

impl Facts {
    /// No facts beyond the rule itself.
    pub const NONE: Self = Self {
        metric: "",
        value: None,
        unit: Unit::None,
        date: Stamp::UNKNOWN,
        detail: Span::EMPTY,
    };

    /// A number of days since (or until) `date`.
    pub const fn days(metric: &'static str, value: i32, date: Stamp) -> Self {
        Self { metric, value: Some(value as i64), unit: Unit::Days, date, detail: Span::EMPTY }
    }

    /// A count.
    pub const fn count(metric: &'static str, value: i64, unit: Unit) -> Self {
        Self { metric, value: Some(value), unit, date: Stamp::UNKNOWN, detail: Span::EMPTY }
    }
}

/// No group.
pub const NO_GROUP: u32 = u32::MAX;

/// One finding.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// Position of the rule in the rule set.
    pub rule: u16,
    /// Severity after policy and privilege.
    pub severity: Severity,
    /// Confidence.
    pub confidence: Confidence,
    /// Against the last run.
    pub status: Status,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// Position in the report's subjects.
    pub subject: u32,
    /// Position in the report's groups, or [`NO_GROUP`].
    pub group: u32,
    /// Tells apart what else would collide: kind, principal, ordinal.
    pub discriminator: Span,
    /// What was measured.
    pub facts: Facts,
    /// Where it stands; the file is a position in the report's files.
    pub origin: Origin,
}
