//! One account in several exports is one account: systems are named, rows are merged.

mod login;
mod members;

use crate::model::account::Flag;
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::model::site::{System, SystemKind};
use crate::model::tri::Tri;
use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use login::Unclear;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

/// Names the systems, then merges the rows of one account, then hands out the memberships that
/// stood in other files.
pub fn join(inventory: &mut Inventory) {
    name_systems(inventory);
    let unclear = merge_accounts(inventory);
    drop_rows_without_account(inventory);
    members::merge_names(inventory);
    members::hand_out(inventory);
    deny_unlisted_factors(inventory, &unclear);
}

/// Rows that know their account by its key alone and found none are about nobody.
fn drop_rows_without_account(inventory: &mut Inventory) {
    let mut lost: BTreeMap<FileId, u32> = BTreeMap::new();
    let rows: Vec<u32> = inventory.accounts.rows().collect();
    for row in rows {
        if keyed_only(inventory, row) {
            inventory.accounts.set_flag(row, Flag::Absorbed, Tri::Yes);
            *lost.entry(inventory.accounts.origin.get(row).file).or_default() += 1;
        }
    }
    for (file, count) in lost {
        let origin = Origin { file, line: 0 };
        let problem = Problem::new(origin, Weight::Warning, "no-such-account");
        inventory.problems.push(problem.detail(format!("{count} rows")));
    }
}

fn keyed_only(inventory: &Inventory, row: u32) -> bool {
    let accounts = &inventory.accounts;
    accounts.login.get(row).is_empty()
        && !accounts.native.get(row).is_empty()
        && inventory.system_of(row).kind != SystemKind::Device
}

/// A list of everybody with a second factor says no of everybody else in its system, except of
/// those whose login it names without saying which of them it means.
fn deny_unlisted_factors(inventory: &mut Inventory, unclear: &Unclear) {
    let listed = std::mem::take(&mut inventory.lists_factors);
    if listed.is_empty() {
        return;
    }
    let rows: Vec<u32> = inventory.accounts.rows().collect();
    for row in rows {
        let unknown = inventory.accounts.flag(row, Flag::MfaRegistered) == Tri::Unknown;
        let named = unclear.holds(inventory, row);
        if unknown && !named && listed.contains(&inventory.accounts.system.get(row)) {
            inventory.accounts.set_flag(row, Flag::MfaRegistered, Tri::No);
        }
    }
}

/// Applies site.toml's aliases, ties NetBIOS names to their domain, and lets a single directory
/// claim the exports that do not name theirs.
fn name_systems(inventory: &mut Inventory) {
    let targets: Vec<u16> =
        (0..inventory.systems.len()).map(|index| target(inventory, index) as u16).collect();
    let changed = targets.iter().enumerate().any(|(index, &to)| index != usize::from(to));
    if !changed {
        return;
    }
    for row in 0..inventory.accounts.len() {
        let system = inventory.accounts.system.get(row);
        inventory.accounts.system.set(row, targets[system as usize]);
    }
    for line in &mut inventory.unread_secrets {
        line.system = targets[line.system as usize];
    }
    for fact in &mut inventory.facts {
        fact.system = targets[fact.system as usize];
    }
    let policies = inventory.password_policies.iter_mut().map(|policy| &mut policy.system);
    let access = inventory.access_policies.iter_mut().map(|policy| &mut policy.system);
    let memberships = inventory.memberships.iter_mut().map(|member| &mut member.system);
    let lists = inventory.admins_listed.iter_mut().chain(&mut inventory.lists_factors);
    for system in policies.chain(access).chain(memberships).chain(lists) {
        *system = targets[*system as usize];
    }
}

fn target(inventory: &Inventory, index: usize) -> usize {
    let system = &inventory.systems[index];
    let name = inventory.names.get(system.name);
    let named = |wanted: &str| {
        inventory.systems.iter().position(|s| {
            s.kind == system.kind
                && !s.provisional
                && inventory.names.get(s.name).eq_ignore_ascii_case(wanted)
        })
    };
    let alias = inventory.site.aliases.iter().find(|(_, alias)| alias.eq_ignore_ascii_case(name));
    if let Some(found) = alias.and_then(|(canonical, _)| named(canonical)) {
        return found;
    }
    if let Some(first) = named(name).filter(|_| !system.provisional) {
        return first;
    }
    if system.kind == SystemKind::Application && system.provisional {
        return spoken_of(inventory, index);
    }
    if system.kind != SystemKind::Directory {
        return index;
    }
    let domains: Vec<usize> = (0..inventory.systems.len())
        .filter(|&i| {
            let other = &inventory.systems[i];
            let name = inventory.names.get(other.name);
            other.kind == SystemKind::Directory && !other.provisional && name.contains('.')
        })
        .collect();
    let netbios = |i: &&usize| {
        let domain = inventory.names.get(inventory.systems[**i].name);
        domain.split('.').next().is_some_and(|label| label.eq_ignore_ascii_case(name))
    };
    match (system.provisional, domains.as_slice()) {
        (true, [only]) => *only,
        (false, _) if !name.contains('.') => domains.iter().find(netbios).copied().unwrap_or(index),
        _ => index,
    }
}

/// A list about users of a system that another export holds is about that system.
fn spoken_of(inventory: &Inventory, index: usize) -> usize {
    let system = &inventory.systems[index];
    let name = inventory.names.get(system.name);
    let same = |other: &System| {
        let other_name = inventory.names.get(other.name);
        let label = other_name.split('.').next().unwrap_or_default();
        (other.kind != SystemKind::Application || !other.provisional)
            && other.kind != SystemKind::Device
            && (other_name.eq_ignore_ascii_case(name) || label.eq_ignore_ascii_case(name))
    };
    let twin = |other: &System| other.kind == SystemKind::Application && other.name == system.name;
    let mut fitting = (0..inventory.systems.len()).filter(|&i| same(&inventory.systems[i]));
    // Of two domains with the same first label the list does not say which it is about.
    let position = match (fitting.next(), fitting.next()) {
        (Some(_), Some(_)) => return index,
        (first, _) => first,
    };
    position.or_else(|| inventory.systems.iter().position(twin)).unwrap_or(index)
}

/// Merges by id, then by login; the logins of which that was unclear come back.
fn merge_accounts(inventory: &mut Inventory) -> Unclear {
    let hasher = DefaultHashBuilder::default();
    let by_rid = |inventory: &Inventory, row: u32| {
        let rid = inventory.accounts.rid.get(row);
        (rid != 0).then(|| hasher.hash_one((inventory.accounts.system.get(row), rid)))
    };
    merge_equal(inventory, &by_rid, |inventory, a, b| {
        let accounts = &inventory.accounts;
        accounts.rid.get(a) == accounts.rid.get(b)
    });
    if (0..inventory.accounts.len()).any(|row| keyed_only(inventory, row)) {
        merge_by_key(inventory);
    }
    login::merge(inventory)
}

/// Ties rows that know only an account's own key (a property, a role) to that account.
fn merge_by_key(inventory: &mut Inventory) {
    let merges = keyed_merges(inventory);
    for &(into, from) in &merges {
        add_groups(inventory, into, from);
    }
    apply(inventory, &merges);
}

fn keyed_merges(inventory: &Inventory) -> Vec<(u32, u32)> {
    let accounts = &inventory.accounts;
    let key = |row: u32| (accounts.system.get(row), inventory.text.get(accounts.native.get(row)));
    let mut owners: HashMap<(u16, &str), u32> = HashMap::new();
    for row in accounts.rows().filter(|&row| !accounts.login.get(row).is_empty()) {
        owners.entry(key(row)).or_insert(row);
    }
    let keyed = accounts.rows().filter(|&row| keyed_only(inventory, row));
    keyed.filter_map(|row| Some((*owners.get(&key(row))?, row))).collect()
}

/// Several rows of one account name a group each.
fn add_groups(inventory: &mut Inventory, into: u32, from: u32) {
    let (ours, theirs) = (inventory.accounts.groups.get(into), inventory.accounts.groups.get(from));
    if ours.is_empty() || theirs.is_empty() || ours == theirs {
        return;
    }
    let joined = format!("{}\n{}", inventory.names.get(ours), inventory.names.get(theirs));
    let joined = inventory.names.intern(&joined);
    inventory.accounts.groups.set(into, joined);
}

type Key<'a> = dyn Fn(&Inventory, u32) -> Option<u64> + Sync + 'a;

/// Merges later rows into the first row with the same key in the same system.
fn merge_equal(
    inventory: &mut Inventory,
    key: &Key<'_>,
    same: impl Fn(&Inventory, u32, u32) -> bool,
) {
    let shared = &*inventory;
    let rows: Vec<u32> = shared.accounts.rows().collect();
    let keys: Vec<Option<u64>> = rows.par_iter().map(|&row| key(shared, row)).collect();
    if !repeats(keys.iter().flatten().copied(), keys.len()) {
        return;
    }
    let mut first: HashTable<(u64, u32)> = HashTable::new();
    let mut merges: Vec<(u32, u32)> = Vec::new();
    for (&row, hash) in rows.iter().zip(&keys) {
        let Some(hash) = *hash else { continue };
        let system = shared.accounts.system.get(row);
        let found = first.find(hash, |&(other, into)| {
            other == hash && shared.accounts.system.get(into) == system && same(shared, into, row)
        });
        match found {
            Some(&(_, into)) => merges.push((into, row)),
            None => {
                first.insert_unique(hash, (hash, row), |entry| entry.0);
            }
        }
    }
    apply(inventory, &merges);
}

/// Most files hold each account once: a table of nothing but hashes says so cheaply.
fn repeats(keys: impl Iterator<Item = u64>, most: usize) -> bool {
    // At most half full. No key is 0 there: one hash more or less that is taken for another's
    // costs a second look.
    let mask = (most * 2).next_power_of_two() - 1;
    let mut table = vec![0_u64; mask + 1];
    for key in keys.map(|key| key.max(1)) {
        let mut at = key as usize & mask;
        while table[at] != 0 {
            if table[at] == key {
                return true;
            }
            at = (at + 1) & mask;
        }
        table[at] = key;
    }
    false
}

fn apply(inventory: &mut Inventory, merges: &[(u32, u32)]) {
    let mut into_row: Vec<u32> = (0..inventory.accounts.len()).collect();
    for &(into, from) in merges {
        inventory.accounts.merge(into, from);
        into_row[from as usize] = into;
    }
    for credential in &mut inventory.credentials {
        credential.account = into_row[credential.account as usize];
    }
    debug_assert!(merges.iter().all(|m| !inventory.accounts.flag(m.0, Flag::Absorbed).is_yes()));
}
