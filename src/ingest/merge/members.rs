//! Facts of one file about accounts of another: memberships by identifier, and bare names.

use super::apply;
use crate::model::account::{Flag, NO_GROUPS};
use crate::model::group::Membership;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use hashbrown::{HashMap, HashSet};

/// Gives accounts the groups that another file lists, and says "no administrator" where all
/// members of the groups that make one are known.
pub(super) fn hand_out(inventory: &mut Inventory) {
    let listed: HashSet<u16> = inventory.admins_listed.iter().copied().collect();
    if listed.is_empty() && inventory.memberships.is_empty() {
        return;
    }
    for (row, found) in look_up(inventory) {
        let system = inventory.accounts.system.get(row);
        let directory = inventory.systems[system as usize].kind == SystemKind::Directory;
        set_groups(inventory, row, &found, directory && listed.contains(&system));
        let known = inventory.accounts.flag(row, Flag::Privileged) != Tri::Unknown;
        // A primary group that was not exported may be one of the groups that count.
        let whole = !directory || inventory.accounts.primary_group.get(row) != 0;
        if found.privileged {
            inventory.accounts.set_flag(row, Flag::Privileged, Tri::Yes);
        } else if !known && whole && listed.contains(&system) {
            inventory.accounts.set_flag(row, Flag::Privileged, Tri::No);
        }
    }
}

fn look_up(inventory: &Inventory) -> Vec<(u32, Found)> {
    let key = |m: &Membership| (m.system, inventory.text.get(m.member));
    let by_member: HashMap<(u16, &str), usize> =
        inventory.memberships.iter().enumerate().map(|(at, m)| (key(m), at)).collect();
    inventory.accounts.rows().map(|row| (row, find(inventory, &by_member, row))).collect()
}

/// What the lists say about one account.
struct Found {
    names: Vec<String>,
    privileged: bool,
    listed: bool,
}

fn find(inventory: &Inventory, by_member: &HashMap<(u16, &str), usize>, row: u32) -> Found {
    let accounts = &inventory.accounts;
    let (system, sid) = (accounts.system.get(row), inventory.text.get(accounts.native.get(row)));
    let mut found = Found { names: Vec::new(), privileged: false, listed: false };
    let primary = accounts.primary_group.get(row);
    let domain = sid.rsplit_once('-').map_or("", |(domain, _)| domain);
    let group = if primary == 0 { String::new() } else { format!("{domain}-{primary}") };
    // Everybody's primary group is not named, but what it makes of its members counts.
    for (key, named) in [(sid, true), (&*group, !matches!(primary, 513..=516 | 521))] {
        let Some(&at) = by_member.get(&(system, key)) else { continue };
        let membership = &inventory.memberships[at];
        found.listed = true;
        found.privileged |= membership.privileged;
        if named {
            let names = inventory.names.get(membership.groups);
            found.names.extend(names.split('\n').filter(|n| !n.is_empty()).map(str::to_owned));
        }
    }
    found
}

/// `whole` says that the system's groups were listed with all their members.
fn set_groups(inventory: &mut Inventory, row: u32, found: &Found, whole: bool) {
    if !(found.listed || whole) || !inventory.accounts.groups.get(row).is_empty() {
        return;
    }
    let mut names = found.names.clone();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    let text = if names.is_empty() { NO_GROUPS.to_owned() } else { names.join("\n") };
    let groups = inventory.names.intern(&text);
    inventory.accounts.groups.set(row, groups);
}

/// A list of distinguished names has neither login nor identifier: its rows are those of the one
/// account of the system that is called so. Where two are, they stay apart.
pub(super) fn merge_names(inventory: &mut Inventory) {
    let merges = named_alike(inventory);
    if !merges.is_empty() {
        apply(inventory, &merges);
    }
}

/// Pairs of the account that is called so and the row that has only the name.
fn named_alike(inventory: &Inventory) -> Vec<(u32, u32)> {
    let accounts = &inventory.accounts;
    let bare = |row: u32| {
        let native = inventory.text.get(accounts.native.get(row));
        native.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("cn="))
    };
    if !accounts.rows().any(bare) {
        return Vec::new();
    }
    let mut by_name: HashMap<(u16, &str), Option<u32>> = HashMap::new();
    for row in accounts.rows().filter(|&row| !bare(row)) {
        let name = inventory.text.get(accounts.name.get(row));
        let once = |slot: &mut Option<u32>| *slot = None;
        by_name.entry((accounts.system.get(row), name)).and_modify(once).or_insert(Some(row));
    }
    let found = |row: u32| {
        let name = inventory.text.get(accounts.name.get(row));
        Some(((*by_name.get(&(accounts.system.get(row), name))?)?, row))
    };
    accounts.rows().filter(|&row| bare(row)).filter_map(found).collect()
}
