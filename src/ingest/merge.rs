//! One account in several exports is one account: systems are named, rows are merged.

mod members;

use crate::model::account::Flag;
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;
use crate::text::name::login_key;
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;
use std::hash::BuildHasher;

/// Names the systems, then merges the rows of one account, then hands out the memberships that
/// stood in other files.
pub fn join(inventory: &mut Inventory) {
    name_systems(inventory);
    merge_accounts(inventory);
    members::merge_names(inventory);
    members::hand_out(inventory);
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
    let memberships = inventory.memberships.iter_mut().map(|member| &mut member.system);
    for system in policies.chain(memberships).chain(&mut inventory.admins_listed) {
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

fn merge_accounts(inventory: &mut Inventory) {
    let hasher = DefaultHashBuilder::default();
    let by_rid = |inventory: &Inventory, row: u32| {
        let rid = inventory.accounts.rid.get(row);
        (rid != 0).then(|| hasher.hash_one((inventory.accounts.system.get(row), rid)))
    };
    let by_login = |inventory: &Inventory, row: u32| {
        let login = inventory.text.get(inventory.accounts.login.get(row));
        Some(hasher.hash_one((inventory.accounts.system.get(row), login_key(login).as_ref())))
    };
    merge_equal(inventory, &by_rid, |inventory, a, b| {
        let accounts = &inventory.accounts;
        accounts.rid.get(a) == accounts.rid.get(b)
    });
    merge_equal(inventory, &by_login, same_login);
}

fn same_login(inventory: &Inventory, a: u32, b: u32) -> bool {
    let accounts = &inventory.accounts;
    let login = |row| login_key(inventory.text.get(accounts.login.get(row)));
    if login(a) != login(b) {
        return false;
    }
    let (rid_a, rid_b) = (accounts.rid.get(a), accounts.rid.get(b));
    let native = |row| inventory.text.get(accounts.native.get(row));
    let ids_agree = native(a) == native(b) || native(a).is_empty() || native(b).is_empty();
    let rids_agree = rid_a == rid_b || rid_a == 0 || rid_b == 0;
    ids_agree && rids_agree
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
    if !repeats(&keys) {
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

/// Most files hold each account once: a sort of hashes says so cheaply.
fn repeats(keys: &[Option<u64>]) -> bool {
    let mut sorted: Vec<u64> = keys.iter().flatten().copied().collect();
    sorted.par_sort_unstable();
    sorted.windows(2).any(|pair| pair[0] == pair[1])
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
