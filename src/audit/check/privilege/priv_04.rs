//! PRIV-04: members of groups that should be empty in daily work.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::site::Class;
use crate::audit::view::AccountView;

/// Schema Admins and the operators, in English and Japanese.
const RARE: &[&str] = &[
    "Schema Admins",
    "Account Operators",
    "Server Operators",
    "Print Operators",
    "Backup Operators",
    "スキーマ管理者",
    "アカウントオペレーター",
    "サーバーオペレーター",
    "プリントオペレーター",
    "バックアップオペレーター",
];

/// The check. Only the built-in administrator is a member from the beginning: one step less.
pub(crate) struct RareGroup;

impl PerAccount<0> for RareGroup {
    const ABOUT: Class = Class::ACCOUNT;
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) {
            return Verdict::Pass;
        }
        let Some(groups) = account.groups() else { return Verdict::Pass };
        // Each of these groups makes an administrator, and few accounts are one.
        if !account.privileged_if_known().is_yes() {
            return Verdict::Pass;
        }
        let named: Vec<&str> = groups.filter(|group| is_rare(group)).collect();
        if named.is_empty() {
            return Verdict::Pass;
        }
        let milder = !account.is(Class::PERSONS);
        Verdict::Finding(Found { milder, ..Found::new("groups").detail(named.join(", ")) })
    }
}

fn is_rare(group: &str) -> bool {
    let plain = |name: &str| name.replace(' ', "").to_lowercase();
    // Most groups are none of them: the length tells without a copy.
    RARE.iter().any(|rare| rare.len().abs_diff(group.len()) <= 2 && plain(rare) == plain(group))
}
