//! AGE-11: many passwords set in one and the same minute, most likely to one and the same word.

use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::model::account::{Flag, Minute};
use crate::model::day::{Day, Stamp, When};
use crate::model::finding::Unit;
use crate::model::tri::Tri;

/// The check. It is a hint, told once for each minute.
pub(crate) struct MassReset;

impl Check for MassReset {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["accounts"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let least = ask.policy.threshold(ask.rule, "accounts").max(2);
        let mut moments = moments(ask, out);
        moments.sort_unstable();
        for minute in moments.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let (system, day, at, first) = minute[0];
            if (minute.len() as i64) < least {
                continue;
            }
            let found = Found::count("set-together", minute.len() as i64, Unit::Accounts);
            let detail = format!("{:02}:{:02}", at / 60, at % 60);
            let date = Stamp::from(When::On(day));
            let origin = Some(ask.site.inventory.accounts.origin.get(first));
            let found = Found { date, origin, ..found.detail(detail) };
            out.system_finding(ask, system, found);
        }
    }
}

/// System, day and minute of every password whose moment is known, with the account.
fn moments(ask: &Asking<'_>, out: &mut Sink) -> Vec<(u16, Day, u16, u32)> {
    let accounts = &ask.site.inventory.accounts;
    let mut moments = Vec::new();
    for row in 0..accounts.len() {
        let system = accounts.system.get(row);
        let open = accounts.flag(row, Flag::Enabled) != Tri::No;
        if !ask.scope[system as usize] || !open || !ask.site.class(row).is(Class::PERSONS) {
            continue;
        }
        let minute: Minute = accounts.clock.get(row).password_set;
        match (accounts.password_set.get(row).when(), minute.get()) {
            (When::On(day), Some(minute)) => {
                out.pass(ask, system);
                moments.push((system, day, minute, row));
            }
            (When::On(_), None) => out.unjudged(ask, system, 1, Missing::lack(Lack::TimeOfDay)),
            (When::Unknown, _) => out.unjudged(ask, system, 1, Missing::lack(Lack::PasswordSet)),
            // Not set yet.
            (When::Never, _) => {}
        }
    }
    moments
}
