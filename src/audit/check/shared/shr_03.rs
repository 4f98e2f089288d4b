//! SHR-03: a shared account of a medical system with rights to write: nobody can say who wrote.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::shared_name;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::account::Flag;

/// The check.
pub(crate) struct SharedWriter;

/// Roles that may only look.
const LOOK: &[&str] = &["参照", "閲覧", "照会", "read", "view"];

/// Roles that write orders or records.
const WRITE: &[&str] = &[
    "入力",
    "記載",
    "記録",
    "オーダ",
    "処方",
    "指示",
    "登録",
    "更新",
    "医師",
    "看護",
    "管理者",
    "write",
    "order",
    "entry",
    "doctor",
    "nurse",
    "admin",
];

impl PerAccount<0> for SharedWriter {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        let shared = account.flag(Flag::Shared).is_yes()
            || (!account.is_nobodys() && shared_name::looks_shared(account));
        if !shared {
            return Verdict::NotAsked;
        }
        match (writes(account), account.enabled()) {
            (Some(true), Some(true)) => Verdict::Finding(Found::new("shared-writer")),
            (None, Some(true)) => {
                account.lacks::<()>(Missing::lack(Lack::Role));
                Verdict::Pass
            }
            _ => Verdict::Pass,
        }
    }
}

/// Whether the account may write, as its role or its rights say. `None` where neither is clear.
fn writes(account: &AccountView<'_>) -> Option<bool> {
    if account.privileged_if_known().is_yes() {
        return Some(true);
    }
    let inventory = account.site.inventory;
    let role = inventory.names.get(inventory.accounts.role.get(account.row)).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| role.contains(word));
    let only_looks = has(LOOK) && (role.contains("のみ") || role.contains("only"));
    match (only_looks, has(WRITE), has(LOOK)) {
        (true, ..) | (false, false, true) => Some(false),
        (false, true, _) => Some(true),
        (false, false, false) => None,
    }
}
