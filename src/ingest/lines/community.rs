//! SNMP communities whose access stands on a statement of its own, behind the one that names them.

use super::config::Config;
use crate::model::credential::Kind;
use crate::model::device::Topic;

/// Communities before the current line that a statement can mean: bounds the search in hostile files.
const NEAR: usize = 256;

impl Config<'_, '_> {
    /// Gives a community its access: the one that has this name, or the last one.
    pub(super) fn regrade(&mut self, name: Option<&str>, access: &str) {
        let inventory = &mut *self.inventory;
        let (accounts, secrets) = (&inventory.accounts, &inventory.secrets);
        let means = |row: u32, secret| {
            accounts.system.get(row) == self.device.system
                && name.is_none_or(|name| secrets.get(secret).expose() == name.as_bytes())
        };
        let communities = inventory.credentials.iter_mut().rev().take(NEAR);
        let mut communities = communities.filter(|found| found.kind == Kind::SnmpCommunity);
        let Some(found) = communities.find(|found| means(found.account, found.secret)) else {
            return;
        };
        let told = inventory.text.get(found.principal);
        let list = told.find(" acl ").map_or("", |at| &told[at..]);
        found.principal = inventory.text.push(&[access, list].concat());
        let same = |topic, origin| topic == Topic::SnmpCommunity && origin == found.origin;
        let mut facts = inventory.facts.iter_mut().rev().take(NEAR);
        if let Some(fact) = facts.find(|fact| same(fact.topic, fact.origin)) {
            fact.value = found.principal;
        }
    }
}
