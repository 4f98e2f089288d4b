//! What the policies of a cloud directory leave open: MFA-04 (a second factor for everybody), MFA-05
//! (programs that know none), MFA-09 (guests, codes typed elsewhere, the registration itself).

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::model::access_policy::{AccessPolicy, Grant};
use crate::model::account::Flag;
use crate::model::finding::Unit;
use hashbrown::HashSet;
use std::collections::BTreeMap;

/// A hole, and whether a policy closes it; the ids are those of registered sealed accounts.
type Hole = (&'static str, fn(&AccessPolicy, bool) -> bool);

/// A check of holes in the policies of a tenant.
pub(crate) struct Holes(&'static [Hole]);

/// MFA-04.
pub(crate) const EVERYBODY: Holes = Holes(&[("no-mfa-policy", |p, spared| {
    p.grant == Grant::Factor && total(p, spared) && p.reach.every_client
})]);

/// MFA-05.
pub(crate) const OLD_PROGRAMS: Holes = Holes(&[("legacy-open", |p, spared| {
    p.grant == Grant::Block && total(p, spared) && (p.reach.old_clients || p.reach.every_client)
})]);

/// MFA-09.
pub(crate) const SIDE_DOORS: Holes = Holes(&[
    ("guests-open", |p, _| {
        let whom = p.reach.guests || (p.reach.everyone && !p.reach.without_guests);
        p.grant == Grant::Factor && whom && p.reach.every_app && !p.reach.narrowed
    }),
    ("device-code-open", |p, spared| {
        p.grant == Grant::Block && p.reach.device_code && p.reach.everyone && spared
    }),
    ("registration-open", |p, spared| {
        let asks = p.grant != Grant::Other || p.reach.narrowed;
        asks && p.reach.registration && p.reach.everyone && spared
    }),
]);

/// Everybody but sealed accounts, everything, everywhere.
fn total(policy: &AccessPolicy, spared: bool) -> bool {
    let reach = policy.reach;
    let left_out = reach.without_apps || reach.without_roles || reach.without_groups;
    spared
        && reach.everyone
        && reach.every_app
        && !left_out
        && !reach.without_guests
        && !reach.narrowed
}

impl Check for Holes {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let mut tenants: BTreeMap<u16, Vec<&AccessPolicy>> = BTreeMap::new();
        for policy in &inventory.access_policies {
            tenants.entry(policy.system).or_default().push(policy);
        }
        let sealed = sealed(ask);
        for system in ask.systems().filter(|&s| ask.site.systems[s as usize].cloud) {
            let Some(policies) = tenants.get(&system) else {
                ask.unjudged(system, Missing::lack(Lack::AccessPolicies), out);
                continue;
            };
            ask.judged(system, out);
            let spares_only_sealed = |policy: &AccessPolicy| {
                let ids = inventory.text.get(policy.without_users);
                ids.split('\n').all(|id| id.is_empty() || sealed.contains(id))
            };
            let in_force = || policies.iter().filter(|policy| policy.enabled);
            let open = |hole: &&Hole| !in_force().any(|p| (hole.1)(p, spares_only_sealed(p)));
            let words: Vec<&str> = self.0.iter().filter(open).map(|hole| hole.0).collect();
            if !words.is_empty() {
                let found = Found::count("open", people(ask, system), Unit::Accounts);
                let origin = policies.first().map(|policy| policy.origin);
                out.system_finding(ask, system, Found { origin, ..found.detail(words.join(", ")) });
            }
        }
    }
}

/// Ids of sealed accounts.
fn sealed<'a>(ask: &Asking<'a>) -> HashSet<&'a str> {
    let inventory = ask.site.inventory;
    let rows = inventory.accounts.rows().filter(|&row| ask.site.break_glass(row));
    rows.map(|row| inventory.text.get(inventory.accounts.native.get(row))).collect()
}

/// How many people may log in there.
fn people(ask: &Asking<'_>, system: u16) -> i64 {
    let accounts = &ask.site.inventory.accounts;
    let counts = |&row: &u32| {
        accounts.system.get(row) == system
            && ask.site.class(row).is(Class::PERSONS)
            && accounts.flag(row, Flag::Enabled).is_yes()
    };
    accounts.rows().filter(counts).count() as i64
}
