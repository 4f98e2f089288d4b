//! MFA-07: accounts of a medical system that log in with one factor, by system and job.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::Missing;
use crate::audit::people::day;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::arena::NameId;
use crate::model::day::{Day, When};
use crate::model::finding::{Severity, Unit};
use std::collections::BTreeMap;

/// The check. What is planned in time is told apart from what nobody plans.
pub(crate) struct OneFactor;

/// Accounts of one system in one state.
#[derive(Default)]
struct Lacking {
    jobs: BTreeMap<NameId, i64>,
    latest: Option<Day>,
}

/// Jobs that the evidence names before it breaks off.
const NAMED: usize = 8;

impl Check for OneFactor {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["deadline"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let deadline = deadline(ask.policy.threshold(ask.rule, "deadline"));
        let accounts = &ask.site.inventory.accounts;
        // By system and whether a second factor is planned in time.
        let mut systems: BTreeMap<(u16, bool), Lacking> = BTreeMap::new();
        for row in accounts.rows() {
            let system = accounts.system.get(row);
            if !ask.scope[system as usize] || !ask.site.class(row).is(Class::PERSONS) {
                continue;
            }
            let account = AccountView::new(ask.site, row);
            let lacking = lacks_two(&account);
            if account.missing() != Missing::NONE {
                out.unjudged(ask, system, 1, account.missing());
                continue;
            }
            out.pass(ask, system);
            if lacking {
                let plan = day(accounts.mfa_plan.get(row));
                let in_time = plan.zip(deadline).is_some_and(|(plan, last)| plan <= last);
                let state = systems.entry((system, in_time)).or_default();
                state.latest = state.latest.max(plan);
                *state.jobs.entry(accounts.job.get(row)).or_default() += 1;
            }
        }
        for ((system, in_time), lacking) in systems {
            out.system_finding(ask, system, found(ask, in_time, &lacking));
        }
    }
}

/// Two kinds of factors are two; where no list names kinds, its yes or no counts.
fn lacks_two(account: &AccountView<'_>) -> bool {
    if account.enabled() != Some(true) || account.is_break_glass() {
        return false;
    }
    let kinds = account.site.inventory.accounts.factors.get(account.row);
    if kinds.is_empty() { account.second_factor() == Some(false) } else { !kinds.are_two() }
}

fn found(ask: &Asking<'_>, in_time: bool, lacking: &Lacking) -> Found {
    let names = &ask.site.inventory.names;
    let name = |id: NameId| if id.is_empty() { "unknown" } else { names.get(id) };
    let mut jobs: Vec<_> = lacking.jobs.iter().map(|(&id, &count)| (count, name(id))).collect();
    jobs.sort_by_key(|&(count, name)| (std::cmp::Reverse(count), name));
    let mut parts: Vec<String> =
        jobs.iter().take(NAMED).map(|(count, name)| format!("{name} {count}")).collect();
    if jobs.len() > NAMED {
        parts.push("...".to_owned());
    }
    if in_time {
        parts.insert(0, "planned".to_owned());
    }
    let total = lacking.jobs.values().sum();
    Found {
        // In place or planned: the form asks for one of the two.
        most: if in_time { Severity::Info } else { Severity::Critical },
        date: lacking.latest.map_or(When::Unknown, When::On).into(),
        discriminator: if in_time { "planned" } else { "" }.into(),
        ..Found::count("one-factor", total, Unit::Accounts).detail(parts.join(", "))
    }
}

/// `20270401` as a day.
fn deadline(number: i64) -> Option<Day> {
    let part = |by: i64, of: i64| u32::try_from(number / by % of).ok();
    Day::from_ymd(i32::try_from(number / 10_000).ok()?, part(100, 100)?, part(1, 100)?)
}
