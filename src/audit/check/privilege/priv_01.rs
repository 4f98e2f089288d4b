//! PRIV-01: too many administrators, up to "every user is one" (Osaka 2022).

use crate::audit::check::{Asking, Check};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::device::Topic;
use crate::model::finding::Unit;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

/// The check. Each administrator of such a system is a finding of its own, so that the number is
/// that of the accounts listed.
pub(crate) struct Spread;

/// Who can log in to one system.
#[derive(Clone, Default)]
struct Population {
    active: i64,
    privileged: Vec<u32>,
}

impl Check for Spread {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["active", "percent", "administrators", "everyone_percent", "everyone_active"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let limit = |key| ask.policy.threshold(ask.rule, key);
        for population in populations(ask, out) {
            let administrators = population.privileged.len() as i64;
            let (share, active) = (administrators * 100, population.active);
            let everyone =
                active >= limit("everyone_active") && share >= limit("everyone_percent") * active;
            let many = active > limit("active")
                && (share > limit("percent") * active || administrators > limit("administrators"));
            if !(everyone || many) {
                continue;
            }
            let share = format!("{administrators} / {active}");
            let word = if everyone { "everyone" } else { "many" };
            for row in population.privileged {
                let found = Found::count("administrators", administrators, Unit::Accounts);
                let found = found.detail(format!("{word}, {share}"));
                out.finding(ask, row, Found { milder: !everyone, ..found });
            }
        }
        open_groups(ask, out);
    }
}

/// Counts people's and programs' accounts. Whose rights are not known is no administrator here, so
/// that a share is never told too high.
fn populations(ask: &Asking<'_>, out: &mut Sink) -> Vec<Population> {
    let mut all = vec![Population::default(); ask.scope.len()];
    let accounts = &ask.site.inventory.accounts;
    for row in 0..accounts.len() {
        let system = accounts.system.get(row);
        let asked = ask.scope[system as usize] && ask.site.class(row).is(Class::PERSONS);
        if !asked || accounts.flag(row, Flag::Enabled) == Tri::No || ask.site.break_glass(row) {
            continue;
        }
        let account = AccountView::new(ask.site, row);
        let (enabled, privileged) = (account.enabled(), account.privileged());
        if account.missing() == Missing::NONE {
            out.pass(ask, system);
        } else {
            out.unjudged(ask, system, 1, account.missing());
        }
        all[system as usize].active += 1;
        if (enabled, privileged) == (Some(true), Some(true)) {
            all[system as usize].privileged.push(row);
        }
    }
    all
}

/// Machines whose administrators' group holds a group that everybody is in.
fn open_groups(ask: &Asking<'_>, out: &mut Sink) {
    let inventory = ask.site.inventory;
    for fact in &inventory.facts {
        let host = inventory.systems[fact.system as usize].kind == SystemKind::Host;
        if fact.topic != Topic::LocalAdministrators || !host || !ask.scope[fact.system as usize] {
            continue;
        }
        let group = inventory.text.get(fact.value).to_owned();
        let discriminator = group.clone().into();
        let found = Found::new("administrators").detail(group);
        out.system_finding(
            ask,
            fact.system,
            Found { discriminator, origin: Some(fact.origin), ..found },
        );
    }
}
