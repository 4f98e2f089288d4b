//! QUAL-11: a computer whose password is its own name, as accounts are made in advance.

use crate::audit::check::hit::hits;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Secrets;
use crate::model::account::Flag;
use crate::model::day::When;
use crate::model::evidence::WordClass;
use crate::model::tri::Tri;
use std::collections::BTreeSet;

/// The check. Without a hash, a computer that needs no password and never logged on is found too.
pub(crate) struct ComputerName;

impl Check for ComputerName {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let accounts = &inventory.accounts;
        let opened = hits(ask).iter().filter(|hit| hit.class == WordClass::Computer);
        let opened: BTreeSet<u32> = opened
            .map(|hit| inventory.credentials[hit.credential.index as usize].account)
            .collect();
        for row in 0..accounts.len() {
            let system = accounts.system.get(row);
            let machine = accounts.flag(row, Flag::Machine).is_yes();
            if !machine || ask.absorbed(row) || !ask.scope[system as usize] {
                continue;
            }
            let prepared = accounts.flag(row, Flag::PasswordNotRequired).is_yes()
                && accounts.last_use.get(row).when() == When::Never;
            let what = match () {
                () if opened.contains(&row) => Some("verified"),
                () if prepared => Some("never-joined"),
                () => None,
            };
            if let Some(what) = what {
                out.pass(ask, system);
                out.finding(ask, row, Found::new("computer-name").detail(what));
            } else if ask.site.secrets(row).any(Secrets::TRIABLE) {
                out.pass(ask, system);
            } else if accounts.flag(row, Flag::Enabled) != Tri::No {
                out.unjudged(ask, system, 1, Missing::lack(Lack::Credentials));
            }
        }
    }
}
