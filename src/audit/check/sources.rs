//! Which system the files of a site speak of.

use crate::audit::check::Asking;
use std::collections::BTreeMap;

/// By file: the system of its first account, secret or fact; nothing for rosters and registers.
pub(crate) fn systems(ask: &Asking<'_>) -> BTreeMap<u32, u16> {
    let inventory = ask.site.inventory;
    let accounts = &inventory.accounts;
    let mut systems = BTreeMap::new();
    for row in 0..accounts.len() {
        systems.entry(accounts.origin.get(row).file.0).or_insert(accounts.system.get(row));
    }
    for credential in &inventory.credentials {
        let system = accounts.system.get(credential.account);
        systems.entry(credential.origin.file.0).or_insert(system);
    }
    for fact in &inventory.facts {
        systems.entry(fact.origin.file.0).or_insert(fact.system);
    }
    systems
}
