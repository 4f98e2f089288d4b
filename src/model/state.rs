//! How findings stand against earlier runs, under which exceptions, and in whose hands.

use crate::model::arena::{NameId, Span};
use crate::model::credential::words;
use crate::model::day::{Day, Stamp};

words! {
    /// Why a status is what it is, where the accounts themselves do not explain it.
    Cause {
        /// They do.
        None = "",
        /// New, because no earlier run had the rule.
        RuleAdded = "rule-added",
        /// New, because the rule judges differently from last time.
        RuleChanged = "rule-changed",
        /// New, because a number of the rule was changed.
        ThresholdChanged = "threshold-changed",
        /// New, because last time nobody could judge it there.
        NotJudgedBefore = "not-judged-before",
        /// Not evaluable: this run did not ask the rule.
        NotAsked = "not-asked",
        /// Not evaluable: this run has no export of the system.
        SourceMissing = "source-missing",
        /// Not evaluable: an export of the system was not read to the end, in one of the runs.
        SourceIncomplete = "source-incomplete",
        /// Not evaluable: the rule lacks something in the system.
        CouldNotJudge = "could-not-judge",
        /// Not evaluable: the secret may be the same, and the words that opened it were not all
        /// tried again.
        NotTriedAgain = "not-tried-again",
        /// Active again: the exception for it has ended.
        ExceptionEnded = "exception-ended",
    }
}

/// No exception.
pub const NO_EXCEPTION: u32 = u32::MAX;

/// What earlier runs and exceptions say of one finding; parallel to the report's findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FindingState {
    /// Day of the first run that found it.
    pub first_seen: Stamp,
    /// Day of the last run that found it.
    pub last_seen: Stamp,
    /// Why the status is what it is.
    pub cause: Cause,
    /// Position in the report's exceptions, or [`NO_EXCEPTION`]. An exception that has ended is
    /// named as well: the finding is active and says that it was excepted.
    pub exception: u32,
}

impl FindingState {
    /// Nothing is known: no run has found it.
    pub const UNKNOWN: Self = Self {
        first_seen: Stamp::UNKNOWN,
        last_seen: Stamp::UNKNOWN,
        cause: Cause::None,
        exception: NO_EXCEPTION,
    };

    /// Found on that day, and never before.
    pub const fn since(day: Stamp) -> Self {
        Self { first_seen: day, last_seen: day, ..Self::UNKNOWN }
    }
}

/// What staff wrote about a finding (review.csv).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assigned {
    /// How far they are (対応状況): a word of [`crate::model::review::Action`].
    pub progress: NameId,
    /// Who looks after it.
    pub owner: Span,
    /// Until when.
    pub due: Stamp,
    /// Why it should be excepted; a proposal, never an exception.
    pub reason: Span,
}

impl Assigned {
    /// Nobody wrote anything.
    pub const NOBODY: Self = Self {
        progress: NameId::EMPTY,
        owner: Span::EMPTY,
        due: Stamp::UNKNOWN,
        reason: Span::EMPTY,
    };
}

/// An exception of suppressions.toml, and what it did in this run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exception {
    /// Line of the file at which it begins.
    pub line: u32,
    /// Rule.
    pub rule: String,
    /// Site.
    pub site: String,
    /// System.
    pub system: String,
    /// Login; empty for a group's.
    pub account: String,
    /// Group id; empty for an account's.
    pub group: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub approved_by: String,
    /// Last day.
    pub until: Day,
    /// `break-glass` where it may last longer than others; else empty.
    pub kind: String,
    /// Accounts whose findings it matches.
    pub accounts: u32,
}

/// A finding of earlier runs that is gone, kept so that its return is noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Past {
    /// Its id.
    pub id: [u8; 16],
    /// Day of the first run that found it.
    pub first_seen: Stamp,
    /// Day of the last run that found it.
    pub last_seen: Stamp,
}

/// The run that a report was compared with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// The day that judged it.
    pub as_of: Day,
    /// False where the two runs used different tag keys: tags were left out of the comparison.
    pub same_key: bool,
}
