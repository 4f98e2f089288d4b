//! REUSE-12: how far a shared password reaches: one row for each large group.

use crate::audit::check::reuse::edge::{At, each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};

/// The check. The row stands at the group's weightiest account: an administrator, else the first.
pub(crate) struct Spread;

impl Check for Spread {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["accounts", "sites"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Comparable, out);
        let limit = |key: &str| ask.policy.threshold(ask.rule, key);
        let (accounts, sites) = (limit("accounts"), limit("sites"));
        each_account(ask, out, |at| {
            let facts = &ask.run.groups[at.index];
            let wide = i64::from(facts.accounts) >= accounts || i64::from(facts.sites) >= sites;
            let here = facts.weightiest == (ask.site.index as u16, at.row);
            (wide && here).then(|| spread(ask, at))
        });
    }
}

fn spread(ask: &Asking<'_>, at: &At<'_>) -> Found {
    let facts = &ask.run.groups[at.index];
    let detail = format!(
        "systems {}, sites {}, administrator {}",
        facts.systems, facts.sites, facts.administrators
    );
    found(ask, at).detail(detail)
}
