//! What the operator is told about rows that could not be taken as they stand.

use crate::model::credential::words;
use crate::model::lang::Lang;

words! {
    /// What was met.
    Kind {
        /// Something was entered in a row without an id.
        NoId = "no-finding-id",
        /// The id has not the shape of one.
        BadId = "bad-finding-id",
        /// The run has no such finding.
        UnknownId = "unknown-finding-id",
        /// Rule or account of the row are not those of its finding.
        OtherRow = "row-mixed-up",
        /// No word for a state.
        BadState = "bad-state",
        /// No day.
        BadDate = "bad-date",
        /// More text than a cell may have.
        TooLong = "text-too-long",
        /// A formula that no program has calculated, or an error.
        NoValue = "formula-without-value",
        /// Two rows about one finding contradict each other.
        Conflict = "conflict",
        /// Two columns have one heading.
        TwoColumns = "two-columns",
        /// A formula whose last value was taken.
        Formula = "formula",
        /// Cells were merged: the entry counts for the first row alone.
        Merged = "merged-cells",
        /// An exception is asked for without a reason.
        NoReason = "no-reason",
    }
}

impl Kind {
    /// True where something that staff entered was not taken.
    pub const fn refuses(self) -> bool {
        !matches!(self, Self::Formula | Self::Merged | Self::NoReason)
    }

    /// The sentence.
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::NoId => lang.pick("finding_id のない行に記入があります", "entries without a finding_id"),
            Self::BadId => lang.pick("finding_id の形ではありません", "no finding_id"),
            Self::UnknownId => {
                lang.pick("この実行にない finding_id です", "the run has no such finding_id")
            }
            Self::OtherRow => lang.pick(
                "ルールまたはアカウントが finding_id と合いません(一部の列だけ並べ替えた可能性)",
                "rule or account are not those of the finding_id; some columns may have been sorted alone",
            ),
            Self::BadState => lang.pick(
                "対応状況は 未対応・対応中・完了・例外申請 のどれかです",
                "the state is one of Open, In progress, Done, Exception requested",
            ),
            Self::BadDate => lang.pick("期限が日付ではありません", "the due date is no day"),
            Self::TooLong => lang.pick(
                "長すぎます(担当者 100 文字、例外理由 500 文字まで)",
                "too long: 100 characters for an owner, 500 for a reason",
            ),
            Self::NoValue => lang.pick(
                "数式の値がありません。値として貼り付けてください",
                "a formula without a value: paste it as a value",
            ),
            Self::Conflict => lang.pick(
                "同じ指摘のほかの行と記入が食い違います",
                "contradicts another row about the same finding",
            ),
            Self::TwoColumns => lang.pick(
                "同じ見出しの列が二つあり、シートを読みませんでした",
                "two columns have one heading; the sheet was not read",
            ),
            Self::Formula => {
                lang.pick("数式の表示値を採りました", "a formula: the value it shows was taken")
            }
            Self::Merged => lang.pick(
                "結合されたセルは先頭の行だけに効きます",
                "merged cells count for their first row alone",
            ),
            Self::NoReason => lang.pick(
                "例外申請に例外理由がありません",
                "an exception is requested without a reason",
            ),
        }
    }
}

/// A remark with its place.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Remark {
    /// Sheet.
    pub sheet: String,
    /// Row as people count; 0 = the sheet.
    pub row: u32,
    /// What was met.
    pub kind: Kind,
    /// A heading, or the place of the other row.
    pub detail: String,
}

impl Remark {
    /// The remark as a line.
    pub fn line(&self, lang: Lang) -> String {
        let row = match (self.row, lang) {
            (0, _) => String::new(),
            (row, Lang::Ja) => format!(" {row} 行"),
            (row, Lang::En) => format!(" row {row}"),
        };
        let detail = match &*self.detail {
            "" => String::new(),
            detail => format!(" [{detail}]"),
        };
        let Self { sheet, kind, .. } = self;
        format!("{sheet}{row}: {}{detail} ({})", kind.words(lang), kind.word())
    }
}
