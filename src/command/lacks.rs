//! What no account of a system states, whatever export it comes from.

use crate::model::account::Flag;
use crate::model::day::Stamp;
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use hashbrown::HashMap;

/// The facts that an account export can be asked for, in the words of not-evaluable findings.
const WORDS: [&str; 6] =
    ["enabled", "last-use", "created", "expires", "second-factor", "privileged"];

/// Systems that have accounts, with the words of [`WORDS`] that nobody in them states.
pub(super) fn lacks(site: &Inventory) -> HashMap<&str, Vec<&'static str>> {
    let mut open: HashMap<&str, [bool; WORDS.len()]> = HashMap::new();
    for row in site.accounts.rows() {
        let system = site.system_name(site.accounts.system.get(row));
        let open = open.entry(system).or_insert([true; WORDS.len()]);
        open.iter_mut().zip(stated(site, row)).for_each(|(open, stated)| *open &= !stated);
    }
    let words = |open: [bool; WORDS.len()]| {
        WORDS.iter().zip(open).filter(|(_, open)| *open).map(|(word, _)| *word).collect()
    };
    open.into_iter().map(|(system, open)| (system, words(open))).collect()
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
