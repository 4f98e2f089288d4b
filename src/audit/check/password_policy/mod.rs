//! Password policies, system by system.

mod pol_01;
mod pol_02;
mod pol_03;
mod pol_04;
mod pol_05;

use crate::audit::check::{Asking, Entry};
use crate::audit::in_force::InForce;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("POL-01", &pol_01::Length),
    ("POL-02", &pol_02::Settings),
    ("POL-03", &pol_03::Storage),
    ("POL-04", &pol_04::FineGrained),
    ("POL-05", &pol_05::Comparison),
];

/// Judges each policy of a system in scope, and counts the accounts of the system as judged or,
/// where their policy does not say what the rule asks, as not. `says` is `None` for such a policy
/// and `Some(false)` for one that the rule is not about.
fn each_policy(
    ask: &Asking<'_>,
    out: &mut Sink,
    says: impl Fn(&InForce) -> Option<bool>,
    lack: Lack,
    judge: impl Fn(&InForce) -> Vec<Found>,
) {
    for system in ask.systems() {
        let of_system =
            |policy: &&InForce| policy.policy.system == system && says(policy) != Some(false);
        let (policies, silent): (Vec<_>, Vec<_>) =
            ask.site.policies().iter().filter(of_system).partition(|policy| says(policy).is_some());
        let accounts = ask.site.systems[system as usize].logins;
        if policies.is_empty() {
            if accounts > 0 {
                out.unjudged(ask, system, accounts, Missing::lack(lack));
            }
            continue;
        }
        // A policy speaks for its system also where no account was exported.
        let open: u32 = silent.iter().map(|policy| policy.accounts.max(1)).sum();
        out.tally(ask.index, system).judged += accounts.saturating_sub(open).max(1);
        if open > 0 {
            out.unjudged(ask, system, open, Missing::lack(lack));
        }
        for policy in policies {
            for found in judge(policy) {
                let discriminator = format!("{}/{}", policy.name, found.discriminator);
                let origin = Some(policy.policy.origin);
                let found = Found { discriminator: discriminator.into(), origin, ..found };
                out.system_finding(ask, system, found);
            }
        }
    }
}

/// How people call a policy: its name, or the word for the one that holds where no other does.
fn called(policy: &InForce) -> String {
    let name = if policy.is_fine_grained() { &policy.name } else { "general-policy" };
    name.to_owned()
}
