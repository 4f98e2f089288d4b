//! DEF-07: devices of the ledger of which no export was given.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::device::Topic;
use crate::model::finding::Unit;
use crate::model::inventory::Inventory;
use crate::model::register::{Field, Register, RegisterRow};
use std::collections::BTreeSet;

/// The check. One finding for a site: a ledger may hold a thousand PCs.
pub(crate) struct NotExported;

/// Devices that the evidence names before it breaks off.
const NAMED: usize = 10;

impl Check for NotExported {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let (inventory, itself) = (ask.site.inventory, ask.site_itself());
        if !ask.site.given(Register::Ledger) {
            return out.unjudged(ask, itself, 1, Missing::lack(Lack::Ledger));
        }
        let exported = Exported::of(inventory);
        let ledger = || inventory.registers.iter().filter(|row| row.register == Register::Ledger);
        let missing: Vec<&RegisterRow> =
            ledger().filter(|row| !exported.holds(inventory, row)).collect();
        out.tally(ask.index, itself).judged += ledger().count().max(1) as u32;
        ask.judged_all(out);
        if let Some(first) = missing.first() {
            let names = missing.iter().map(|row| name(inventory, row)).filter(|n| !n.is_empty());
            let mut names: Vec<&str> = names.take(NAMED).collect();
            if missing.len() > NAMED {
                names.push("...");
            }
            let found = Found::count("not-exported", missing.len() as i64, Unit::Devices);
            let found = Found { origin: Some(first.origin), ..found.detail(names.join(", ")) };
            out.system_finding(ask, itself, found);
        }
    }
}

/// What exported systems are called and which addresses they state, in lower case.
struct Exported {
    names: BTreeSet<String>,
    addresses: BTreeSet<String>,
}

impl Exported {
    fn of(inventory: &Inventory) -> Self {
        let mut names = BTreeSet::new();
        for row in inventory.accounts.rows() {
            let name = inventory.system_name(inventory.accounts.system.get(row));
            if !names.contains(name) {
                names.insert(name.to_lowercase());
            }
        }
        let short: Vec<String> =
            names.iter().filter_map(|name| Some(name.split_once('.')?.0.to_owned())).collect();
        names.extend(short);
        let address = |text: &str| text.split(['/', ' ']).next().unwrap_or_default().to_owned();
        let facts = inventory.facts.iter().filter(|fact| fact.topic == Topic::Address);
        let addresses = facts.map(|fact| address(inventory.text.get(fact.value))).collect();
        Self { names, addresses }
    }

    /// By host name, then by the name of the device, then by address.
    fn holds(&self, inventory: &Inventory, row: &RegisterRow) -> bool {
        let text = |field| inventory.text.get(row.text(field)).trim().to_lowercase();
        let called = |field| {
            let written = text(field);
            let alias = inventory.site.aliases.iter().find(|(_, a)| a.to_lowercase() == written);
            let name = alias.map_or(written, |(canonical, _)| canonical.to_lowercase());
            !name.is_empty()
                && (self.names.contains(&name)
                    || name.split_once('.').is_some_and(|(short, _)| self.names.contains(short)))
        };
        let address = text(Field::Address);
        called(Field::Host)
            || called(Field::Name)
            || (!address.is_empty() && self.addresses.contains(&address))
    }
}

fn name<'a>(inventory: &'a Inventory, row: &RegisterRow) -> &'a str {
    let fields = [Field::Host, Field::Name, Field::Asset, Field::Address];
    let names = fields.map(|field| inventory.text.get(row.text(field)).trim());
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}
