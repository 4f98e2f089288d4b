//! What staff decide about findings: who deals with it, until when, or why it may stay.

use crate::model::credential::words;
use crate::model::day::Day;
use crate::model::lang::Lang;
use std::collections::BTreeMap;

words! {
    /// What becomes of a finding.
    Action {
        /// Nobody has begun.
        Open = "open",
        /// Somebody is at it.
        InProgress = "in-progress",
        /// Staff say that it is mended; the next exports show whether it is.
        Done = "done",
        /// Staff ask for an exception. Granting it is the operator's business.
        Exception = "exception-requested",
    }
}

impl Action {
    /// The word of the workbook.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => lang.pick("未対応", "Open"),
            Self::InProgress => lang.pick("対応中", "In progress"),
            Self::Done => lang.pick("完了", "Done"),
            Self::Exception => lang.pick("例外申請", "Exception requested"),
        }
    }
}

words! {
    /// The columns of the workbook that are for staff.
    StaffColumn {
        /// What becomes of it.
        Action = "state",
        /// Who deals with it.
        Owner = "owner",
        /// Until when.
        Due = "due",
        /// Why it may stay.
        Reason = "reason",
    }
}

impl StaffColumn {
    /// The heading in the workbook.
    pub const fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Action => lang.pick("対応状況", "Action"),
            Self::Owner => lang.pick("担当者", "Owner"),
            Self::Due => lang.pick("期限", "Due"),
            Self::Reason => lang.pick("例外理由", "Reason for exception"),
        }
    }
}

/// Heading of the column that names the finding, the same in both languages.
pub const ID_COLUMN: &str = "finding_id";

/// An id of a finding: 16 base32 characters.
pub type FindingId = [u8; 16];

/// The id that a text is.
pub fn finding_id(text: &str) -> Option<FindingId> {
    let id: FindingId = text.as_bytes().try_into().ok()?;
    id.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')).then_some(id)
}

/// What staff entered for one finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    /// What becomes of it; `None` = nothing entered.
    pub action: Option<Action>,
    /// Who deals with it; empty = nobody is named.
    pub owner: String,
    /// Until when.
    pub due: Option<Day>,
    /// Why it may stay.
    pub reason: String,
}

impl Decision {
    /// True where nothing was entered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What staff entered, by finding.
pub type Decisions = BTreeMap<FindingId, Decision>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sixteen_base32_characters() {
        assert_eq!(finding_id("abcdefghijklmn27"), Some(*b"abcdefghijklmn27"));
        for text in
            ["", "abcdefghijklmn2", "abcdefghijklmn277", "ABCDEFGHIJKLMN27", "abcdefghijklmn18"]
        {
            assert_eq!(finding_id(text), None, "{text}");
        }
    }
}
