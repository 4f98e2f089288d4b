//! AUD-07: one login that several accounts of a system have.

use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::model::finding::Unit;
use crate::text::name::{login_key, person_name_key};
use hashbrown::DefaultHashBuilder;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

/// The check: one finding per system, with the first of the logins.
pub(crate) struct SameLogin;

/// Logins that the evidence names before it breaks off.
const NAMED: usize = 5;

impl Check for SameLogin {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        ask.judged_all(out);
        let mut doubles = joined(ask);
        for rows in same_hashes(ask) {
            let mut seen = BTreeSet::new();
            for row in rows {
                let (system, key) = key(ask, row);
                if !seen.insert((system, key.clone())) {
                    doubles.entry(system).or_default().insert(key);
                }
            }
        }
        for (system, logins) in doubles {
            let mut names: Vec<&str> = logins.iter().take(NAMED).map(AsRef::as_ref).collect();
            if logins.len() > NAMED {
                names.push("...");
            }
            let found = Found::count("same-login", logins.len() as i64, Unit::Accounts);
            out.system_finding(ask, system, found.detail(names.join(", ")));
        }
    }
}

/// Rows of one file that were taken for one account although they name two people. A table may
/// have several rows for one account, one for each role; then they agree on the name.
fn joined<'a>(ask: &Asking<'a>) -> BTreeMap<u16, BTreeSet<Cow<'a, str>>> {
    let (inventory, accounts) = (ask.site.inventory, &ask.site.inventory.accounts);
    let name = |row: u32| inventory.text.get(accounts.name.get(row));
    let mut doubles: BTreeMap<u16, BTreeSet<Cow<'a, str>>> = BTreeMap::new();
    for row in (0..accounts.len()).filter(|&row| ask.absorbed(row)) {
        let Some(into) = accounts.merged_into.get(row).checked_sub(1) else { continue };
        let one_file = accounts.origin.get(row).file == accounts.origin.get(into).file;
        let (system, login) = key(ask, into);
        let named = !name(row).is_empty() && !name(into).is_empty();
        if one_file
            && named
            && !login.is_empty()
            && ask.scope[system as usize]
            && person_name_key(name(row)) != person_name_key(name(into))
        {
            doubles.entry(system).or_default().insert(login);
        }
    }
    doubles
}

fn key<'a>(ask: &Asking<'a>, row: u32) -> (u16, Cow<'a, str>) {
    let (inventory, accounts) = (ask.site.inventory, &ask.site.inventory.accounts);
    (accounts.system.get(row), login_key(inventory.text.get(accounts.login.get(row))))
}

/// Rows that may have one login: twelve bytes a row, however long the logins are.
fn same_hashes(ask: &Asking<'_>) -> Vec<Vec<u32>> {
    let hasher = DefaultHashBuilder::default();
    let about = |&row: &u32| {
        ask.scope[ask.site.inventory.accounts.system.get(row) as usize]
            && ask.site.class(row).is(Class::ACCOUNT)
    };
    let rows = (0..ask.site.inventory.accounts.len()).into_par_iter().filter(about);
    let mut hashes: Vec<(u64, u32)> =
        rows.map(|row| (hasher.hash_one(key(ask, row)), row)).collect();
    hashes.par_sort_unstable();
    let groups = hashes.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|at| at.1).collect()).collect()
}
