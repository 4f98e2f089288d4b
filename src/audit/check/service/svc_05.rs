//! SVC-05: a maintenance company's account that is open after the end of the contract.

use super::registered::listed;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::day;
use crate::audit::sink::{Found, Sink};
use crate::model::account::Flag;
use crate::model::day::Day;
use crate::model::file::Origin;
use crate::model::register::{Field, Register};
use crate::model::tri::Tri;
use std::collections::BTreeMap;

/// The check. Where one account stands under several contracts, the last one counts.
pub(crate) struct PastContract;

impl Check for PastContract {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let accounts = &ask.site.inventory.accounts;
        let mut ends: BTreeMap<u32, (Option<Day>, Origin)> = BTreeMap::new();
        for listed in listed(ask, &[Register::Vendor]) {
            let end = day(listed.entry.day(Field::ContractEnd));
            let held = ends.entry(listed.row).or_insert((end, listed.entry.origin));
            if end > held.0 {
                *held = (end, listed.entry.origin);
            }
        }
        for (row, (end, origin)) in ends {
            let system = accounts.system.get(row);
            match (accounts.flag(row, Flag::Enabled), end) {
                (Tri::No, _) => out.pass(ask, system),
                (_, None) => out.unjudged(ask, system, 1, Missing::lack(Lack::ContractEnd)),
                (enabled, Some(end)) => {
                    let days = ask.site.as_of.days_since(end);
                    if days > 0 && enabled == Tri::Unknown {
                        out.unjudged(ask, system, 1, Missing::flag(Flag::Enabled));
                        continue;
                    }
                    out.pass(ask, system);
                    if days > 0 {
                        let found = Found::days("days-since-contract", days, end);
                        out.finding(ask, row, Found { origin: Some(origin), ..found });
                    }
                }
            }
        }
    }
}
