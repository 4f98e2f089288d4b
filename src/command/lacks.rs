//! What no account of a system states, whatever export it comes from.

use crate::model::account::Flag;
use crate::model::day::Stamp;
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;

/// The facts that an account export can be asked for, in the words of not-evaluable findings.
const WORDS: [&str; 6] =
    ["enabled", "last-use", "created", "expires", "second-factor", "privileged"];

/// The words of [`WORDS`] that nobody in the system called `system` states.
pub(super) fn lacks(site: &Inventory, system: &str) -> Vec<&'static str> {
    let mut open = [true; WORDS.len()];
    let mut any = false;
    for row in site.accounts.rows() {
        if site.system_name(site.accounts.system.get(row)) == system {
            any = true;
            let stated = stated(site, row);
            open.iter_mut().zip(stated).for_each(|(open, stated)| *open &= !stated);
        }
    }
    let lacking = WORDS.iter().zip(open).filter(|(_, open)| any && *open);
    lacking.map(|(word, _)| *word).collect()
}

fn stated(site: &Inventory, row: u32) -> [bool; WORDS.len()] {
    let accounts = &site.accounts;
    let flag = |flag| accounts.flag(row, flag) != Tri::Unknown;
    let factor = [Flag::MfaRegistered, Flag::MfaCapable, Flag::MfaEnforced].into_iter().any(flag);
    let rights = !accounts.role.get(row).is_empty() || !accounts.groups.get(row).is_empty();
    [
        flag(Flag::Enabled),
        accounts.last_use.get(row) != Stamp::UNKNOWN || accounts.unseen.get(row).days > 0,
        accounts.created.get(row) != Stamp::UNKNOWN,
        accounts.expires.get(row) != Stamp::UNKNOWN,
        factor,
        flag(Flag::Privileged) || rights,
    ]
}
