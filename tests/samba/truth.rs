//! truth.json: every account with its NT hash; who shares a password with whom follows from it.

use crate::cells::{Row, unguarded};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// NT hash of the empty password.
const BLANK: &str = "31d6cfe0d16ae931b73c59d7e0c089c0";
const SMARTCARD_REQUIRED: u32 = 0x4_0000;

/// What was put into the directory.
#[derive(Deserialize)]
pub(crate) struct Truth {
    accounts: Vec<Account>,
}

#[derive(Deserialize)]
struct Account {
    sam: String,
    uac: u32,
    nt: Option<String>,
}

impl Account {
    /// The hash by which this account can share a password: none for machines, smart cards,
    /// managed accounts and the empty password.
    fn comparable(&self) -> Option<&str> {
        let person = !self.sam.ends_with('$') && self.uac & SMARTCARD_REQUIRED == 0;
        self.nt.as_deref().filter(|hash| person && *hash != BLANK)
    }
}

impl Truth {
    /// Reads truth.json.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).expect("truth.json")
    }

    /// Compares every pair of accounts with the groups of REUSE-01; how many pairs share.
    pub(crate) fn compare(&self, findings: &[Row], wrong: &mut Vec<String>) -> usize {
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in findings.iter().filter(|row| row["rule_id"] == "REUSE-01") {
            if row["status"] != "not-evaluable" {
                groups.entry(unguarded(&row["account"])).or_default().insert(&row["group_id"]);
            }
        }
        let none = BTreeSet::new();
        let of = |account: &Account| groups.get(&*account.sam).unwrap_or(&none);
        let mut pairs = 0;
        for (number, one) in self.accounts.iter().enumerate() {
            for two in &self.accounts[number + 1..] {
                let shares = one.comparable().is_some() && one.comparable() == two.comparable();
                let together = of(one).intersection(of(two)).next().is_some();
                pairs += usize::from(shares);
                if shares != together {
                    let word =
                        if shares { "share a password, not a group" } else { "share a group" };
                    wrong.push(format!("{} and {} {word}", one.sam, two.sam));
                }
            }
        }
        for account in self.accounts.iter().filter(|account| account.comparable().is_none()) {
            if groups.contains_key(&*account.sam) {
                wrong.push(format!("{} is in a group", account.sam));
            }
        }
        pairs
    }
}
