//! Rows of one login are one account, where it is clear whose.

use crate::ingest::merge::{merge_equal, repeats};
use crate::model::file::{FileId, Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::text::name::login_key;
use hashbrown::{DefaultHashBuilder, HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

/// The logins that a list names although several accounts of its system have them.
#[derive(Default)]
pub(super) struct Unclear {
    hasher: DefaultHashBuilder,
    logins: HashSet<u64>,
}

impl Unclear {
    /// True where a list may or may not mean this account.
    pub(super) fn holds(&self, inventory: &Inventory, row: u32) -> bool {
        !self.logins.is_empty() && self.logins.contains(&self.hash(inventory, row))
    }

    fn hash(&self, inventory: &Inventory, row: u32) -> u64 {
        let login = inventory.text.get(inventory.accounts.login.get(row));
        let system = inventory.accounts.system.get(row);
        self.hasher.hash_one((system, login_key(login).as_ref()))
    }
}

/// Merges the rows of one login in one system. A row without an id of its own is left alone, and
/// told, where accounts of several ids have its login.
pub(super) fn merge(inventory: &mut Inventory) -> Unclear {
    let mut unclear = Unclear::default();
    let rows: Vec<u32> = inventory.accounts.rows().collect();
    let keys: Vec<u64> = rows.par_iter().map(|&row| unclear.hash(inventory, row)).collect();
    if !repeats(keys.iter().copied(), keys.len()) {
        return unclear;
    }
    let several = of_several(inventory, &rows, &keys);
    let mut told: BTreeMap<FileId, u32> = BTreeMap::new();
    for (&row, key) in rows.iter().zip(&keys) {
        if several.contains(key) && !identified(inventory, row) {
            unclear.logins.insert(*key);
            *told.entry(inventory.accounts.origin.get(row).file).or_default() += 1;
        }
    }
    let key = |inventory: &Inventory, row: u32| {
        let key = unclear.hash(inventory, row);
        (identified(inventory, row) || !unclear.logins.contains(&key)).then_some(key)
    };
    merge_equal(inventory, &key, same);
    for (file, count) in told {
        let origin = Origin { file, line: 0 };
        let problem = Problem::new(origin, Weight::Warning, "ambiguous-login");
        inventory.problems.push(problem.detail(format!("{count} rows")));
    }
    unclear
}

/// Logins that accounts of different ids have.
fn of_several(inventory: &Inventory, rows: &[u32], keys: &[u64]) -> HashSet<u64> {
    let mut owners: HashMap<u64, u32> = HashMap::new();
    let mut several = HashSet::new();
    for (&row, &key) in rows.iter().zip(keys).filter(|(row, _)| identified(inventory, **row)) {
        let owner = *owners.entry(key).or_insert(row);
        if !same(inventory, owner, row) {
            several.insert(key);
        }
    }
    several
}

fn identified(inventory: &Inventory, row: u32) -> bool {
    let accounts = &inventory.accounts;
    accounts.rid.get(row) != 0 || !accounts.native.get(row).is_empty()
}

fn same(inventory: &Inventory, a: u32, b: u32) -> bool {
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
