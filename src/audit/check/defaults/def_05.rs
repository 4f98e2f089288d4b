//! DEF-05: a maintenance account that has the same password at several sites.

use crate::audit::check::hit::lets_in;
use crate::audit::check::reuse::edge::{each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::Sink;
use crate::text::name::login_key;

/// What names of maintenance accounts hold.
const WORDS: &[&str] = &[
    "maint",
    "mainte",
    "mente",
    "hoshu",
    "hosyu",
    "service",
    "support",
    "vendor",
    "remote",
    "保守",
    "メンテ",
    "ベンダ",
    "サポート",
];

/// The check.
pub(crate) struct VendorWide;

impl Check for VendorWide {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Triable, out);
        each_account(ask, out, |at| {
            let wide = ask.run.groups[at.index].sites + at.group.beyond >= 2;
            let tells = wide && lets_in(at.credential.kind) && maintains(ask, at.row);
            tells.then(|| found(ask, at))
        });
    }
}

fn maintains(ask: &Asking<'_>, row: u32) -> bool {
    let inventory = ask.site.inventory;
    let login = login_key(inventory.text.get(inventory.accounts.login.get(row)));
    let name = inventory.text.get(inventory.accounts.name.get(row));
    WORDS.iter().any(|word| login.contains(word) || name.contains(word))
}
