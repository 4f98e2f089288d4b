//! DEV-07: users of a device whom neither the roster nor any register knows.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::file::Origin;
use crate::model::finding::Unit;
use crate::model::register::Register;
use crate::model::tri::Tri;
use std::collections::BTreeMap;

/// The check: one finding per device, with the first of their logins.
pub(crate) struct Strangers;

/// Logins that the evidence names before it breaks off.
const NAMED: usize = 5;

impl Check for Strangers {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let missing = lists(ask);
        let accounts = &ask.site.inventory.accounts;
        let mut devices: BTreeMap<u16, Vec<(&str, Origin)>> = BTreeMap::new();
        for row in accounts.rows() {
            let system = accounts.system.get(row);
            if !ask.scope[system as usize] || !ask.site.class(row).is(Class::PERSONS) {
                continue;
            }
            let account = AccountView::new(ask.site, row);
            let known = account.person_id().is_some() || account.is_nobodys();
            if known || account.flag(Flag::Enabled) == Tri::No {
                out.pass(ask, system);
            } else if missing == Missing::NONE {
                out.pass(ask, system);
                let strangers = devices.entry(system).or_default();
                strangers.push((account.login(), accounts.origin.get(row)));
            } else {
                out.unjudged(ask, system, 1, missing);
            }
        }
        for (system, strangers) in devices {
            let mut logins: Vec<&str> = strangers.iter().take(NAMED).map(|at| at.0).collect();
            if strangers.len() > NAMED {
                logins.push("...");
            }
            let found = Found::count("strangers", strangers.len() as i64, Unit::Accounts);
            let origin = strangers.first().map(|at| at.1);
            out.system_finding(ask, system, Found { origin, ..found.detail(logins.join(", ")) });
        }
    }
}

/// The lists without which nobody is a stranger.
fn lists(ask: &Asking<'_>) -> Missing {
    let mut missing = Missing::NONE;
    if !ask.site.rostered {
        missing.add(Missing::lack(Lack::Roster));
    }
    if !ask.site.given(Register::Vendor) {
        missing.add(Missing::flag(Flag::Vendor));
    }
    missing
}
