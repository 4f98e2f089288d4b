//! BRK-01: a system without a sealed account for emergencies, or with one that is not there.

use crate::audit::check::sealed;
use crate::audit::check::{Asking, Check};
use crate::audit::people::day;
use crate::audit::registered::Registered;
use crate::audit::sink::{Found, Sink};
use crate::model::account::Flag;
use crate::model::finding::Unit;
use crate::model::register::{Field, Register};
use crate::model::tri::Tri;
use crate::text::name::login_key;
use hashbrown::HashSet;
use std::collections::BTreeMap;

/// The check.
pub(crate) struct TooFew;

/// Sealed accounts of one system.
#[derive(Default)]
struct Ready {
    /// Those that can be opened.
    there: i64,
    /// Those that are disabled without being sealed.
    disabled: i64,
    logins: HashSet<String>,
}

impl Check for TooFew {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["accounts", "cloud_accounts"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        if !sealed::declared(ask.site) {
            return sealed::undeclared(ask, out);
        }
        let limit = |key: &str| ask.policy.threshold(ask.rule, key);
        let (usual, cloud) = (limit("accounts"), limit("cloud_accounts"));
        let mut ready = ready(ask);
        for system in sealed::exported(ask) {
            ask.judged(system, out);
            let facts = &ask.site.systems[system as usize];
            let wanted = if facts.cloud { cloud } else { usual };
            let ready = ready.remove(&system).unwrap_or_default();
            let fault = match ready.there {
                _ if absent(ask, system, &ready) => "absent",
                0 if ready.disabled > 0 => "break-glass-disabled",
                0 if wanted > 0 => "none-registered",
                there if there < wanted => "one-registered",
                _ => continue,
            };
            let found = Found::count("registered", ready.there, Unit::Accounts).detail(fault);
            out.system_finding(ask, system, found);
        }
    }
}

fn ready(ask: &Asking<'_>) -> BTreeMap<u16, Ready> {
    let (inventory, accounts) = (ask.site.inventory, &ask.site.inventory.accounts);
    let register = Registered::of(ask.site, Register::BreakGlass);
    let mut systems: BTreeMap<u16, Ready> = BTreeMap::new();
    for row in sealed::all(ask.site) {
        let since = register.row(row).and_then(|row| day(row.day(Field::SealedSince)));
        let disabled = accounts.flag(row, Flag::Enabled) == Tri::No && since.is_none();
        let ready = systems.entry(accounts.system.get(row)).or_default();
        *(if disabled { &mut ready.disabled } else { &mut ready.there }) += 1;
        let login = login_key(inventory.text.get(accounts.login.get(row)));
        ready.logins.insert(login.into_owned());
    }
    systems
}

/// True where a row names this system and an account that it does not have.
fn absent(ask: &Asking<'_>, system: u16, ready: &Ready) -> bool {
    let inventory = ask.site.inventory;
    inventory.registers.iter().filter(|row| row.register == Register::BreakGlass).any(|row| {
        let written = inventory.text.get(row.text(Field::System)).trim();
        let login = login_key(inventory.text.get(row.text(Field::Account)));
        !written.is_empty()
            && !login.is_empty()
            && inventory.is_called(system, written)
            && !ready.logins.contains(login.as_ref())
    })
}
