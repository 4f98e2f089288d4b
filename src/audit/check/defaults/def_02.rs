//! DEF-02: an account that still has the name it left the factory with.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::text::name::login_key;
use std::collections::BTreeSet;
use std::ops::Range;

/// Names that many makers ship with.
const NAMES: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "manager",
    "cisco",
    "ubnt",
    "service",
    "support",
    "guest",
    "user",
    "operator",
    "supervisor",
    "ormaster",
    "11111",
];

/// The check.
pub(crate) struct FactoryName;

impl Check for FactoryName {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let own: Vec<BTreeSet<&str>> = inventory
            .systems
            .iter()
            .map(|system| vendor_names(ask, inventory.names.get(system.product)))
            .collect();
        each_account(ask, Class::ACCOUNT, rows, out, |account| {
            let login = login_key(inventory.text.get(inventory.accounts.login.get(account.row)));
            let system = usize::from(inventory.accounts.system.get(account.row));
            let known = NAMES.contains(&&*login)
                || own[system].iter().any(|name| name.eq_ignore_ascii_case(&login));
            judge(account, known)
        });
    }
}

fn vendor_names<'a>(ask: &Asking<'a>, product: &str) -> BTreeSet<&'a str> {
    let rows = ask.rules.defaults.rows().iter();
    let own = rows.filter(|row| row.kind.is_none() && row.fits_product(product));
    own.map(|row| row.account.as_str()).filter(|name| !name.is_empty()).collect()
}

fn judge(account: &AccountView<'_>, known: bool) -> Verdict {
    // What stands in a device's configuration is in force unless the device says otherwise.
    let enabled = match (account.system.kind, account.flag(Flag::Enabled)) {
        (SystemKind::Device, Tri::Unknown) => Some(true),
        _ => account.enabled(),
    };
    match enabled {
        Some(true) if known => Verdict::Finding(Found::new("factory-name")),
        Some(false) => Verdict::NotAsked,
        _ => Verdict::Pass,
    }
}
