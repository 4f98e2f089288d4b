//! BRK-02: a sealed account of a cloud that a policy would lock out together with everybody else.

use crate::audit::account::Verdict;
use crate::audit::check::sealed;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::access_policy::{AccessPolicy, Grant};
use crate::model::finding::Unit;

/// The check.
pub(crate) struct LockedOut;

impl Check for LockedOut {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        if !sealed::declared(ask.site) {
            let cloud = |system: &u16| ask.site.systems[*system as usize].cloud;
            return ask
                .systems()
                .filter(cloud)
                .for_each(|system| ask.unjudged(system, sealed::UNDECLARED, out));
        }
        let inventory = ask.site.inventory;
        sealed::each(ask, out, |sealed| {
            let account = &sealed.account;
            if !account.system.cloud {
                return Verdict::NotAsked;
            }
            let system = inventory.accounts.system.get(account.row);
            let mut policies = inventory.access_policies.iter().filter(|p| p.system == system);
            let id = inventory.text.get(inventory.accounts.native.get(account.row));
            if policies.clone().next().is_none() || id.is_empty() {
                account.lacks::<()>(Missing::lack(Lack::AccessPolicies));
                return Verdict::Pass;
            }
            let spares =
                |p: &AccessPolicy| inventory.text.get(p.without_users).split('\n').any(|u| u == id);
            let hits = policies.clone().filter(|p| concerns(p) && !spares(p)).count() as i64;
            if policies.any(|p| concerns(p) && !spares(p) && p.reach.without_groups) {
                // It may be in a group that is left out: nobody exported who is in it.
                account.lacks::<()>(Missing::lack(Lack::AccessPolicies));
            }
            match hits {
                0 => Verdict::Pass,
                hits => Verdict::Finding(Found::count("locked-out", hits, Unit::Settings)),
            }
        });
    }
}

/// Policies in force that shut everybody out, or out of everything without a factor.
fn concerns(policy: &AccessPolicy) -> bool {
    policy.enabled && policy.reach.everyone && policy.grant != Grant::Other
}
