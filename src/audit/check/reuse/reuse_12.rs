//! REUSE-12: how far a shared password reaches: one row for each large group.

use crate::audit::check::reuse::edge::{At, each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::group;
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use std::cell::Cell;

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
        // The group that was looked at last, and where its row belongs.
        let last = Cell::new(None);
        each_account(ask, out, |at| {
            let facts = &ask.run.groups[at.index];
            if i64::from(facts.accounts) < accounts && i64::from(facts.sites) < sites {
                return None;
            }
            let place = match last.get().filter(|&(index, _)| index == at.index) {
                Some((_, place)) => place,
                None => weightiest(ask, at),
            };
            last.set(Some((at.index, place)));
            let here = place == (ask.site.index as u16, at.row);
            here.then(|| spread(ask, at))
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

/// Site and row of the first administrator, else of the first account.
fn weightiest(ask: &Asking<'_>, at: &At<'_>) -> (u16, u32) {
    let members = group::accounts(at.group, ask.run.subjects);
    let above = |m: &&crate::model::evidence::Subject| {
        ask.run.sites[m.site as usize].privileged(m.row).is_yes()
    };
    let first = members.iter().find(above).or(members.first());
    first.map_or((ask.site.index as u16, at.row), |subject| (subject.site, subject.row))
}
