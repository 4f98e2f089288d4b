//! BRK-05: a sealed account was used and nobody wrote down why, or nothing was renewed afterwards.

use crate::audit::account::Verdict;
use crate::audit::check::sealed::{self, Sealed, UNDECLARED};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::day;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::SiteFacts;
use crate::audit::view::Used;
use crate::model::day::Day;
use crate::model::finding::Severity;
use std::collections::BTreeMap;

/// The check. A new account after the use is what the guideline asks for, a new password is half of
/// it; sealed and never used is right.
pub(crate) struct Opened;

impl Check for Opened {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        if !sealed::declared(ask.site) {
            return sealed::undeclared(ask, out);
        }
        let newest = newest(ask.site);
        sealed::each(ask, out, |sealed| judge(sealed, &newest));
    }
}

/// By system: the day on which the newest sealed account was made.
fn newest(site: &SiteFacts<'_>) -> BTreeMap<u16, Day> {
    let accounts = &site.inventory.accounts;
    let mut newest: BTreeMap<u16, Day> = BTreeMap::new();
    for row in sealed::all(site) {
        if let Some(made) = day(accounts.created.get(row)) {
            let latest = newest.entry(accounts.system.get(row)).or_insert(made);
            *latest = (*latest).max(made);
        }
    }
    newest
}

fn judge(sealed: &Sealed<'_>, newest: &BTreeMap<u16, Day>) -> Verdict {
    let account = &sealed.account;
    let Some(Used::On(used)) = account.last_use() else { return Verdict::Pass };
    let since = sealed.since();
    let recorded = sealed.tested().max(sealed.incident());
    if since.is_none() && recorded.is_none() {
        // site.toml names the account; when it was sealed stands in the register.
        account.lacks::<()>(UNDECLARED);
        return Verdict::Pass;
    }
    if since.max(recorded).is_some_and(|last| used > last) {
        return found(account.days_since(used), used, "unrecorded", Severity::Critical);
    }
    // Before the seal, or a test that went as planned.
    if recorded.is_none_or(|last| last < used) || sealed.tested() == Some(used) {
        return Verdict::Pass;
    }
    let system = account.site.inventory.accounts.system.get(account.row);
    if newest.get(&system).is_some_and(|made| *made > used) {
        return Verdict::Pass;
    }
    match day(account.site.inventory.accounts.password_set.get(account.row)) {
        Some(set) if set > used => {
            found(account.days_since(used), used, "password-renewed", Severity::Info)
        }
        Some(_) => found(account.days_since(used), used, "not-renewed", Severity::High),
        None => {
            account.lacks::<()>(Missing::lack(Lack::PasswordSet));
            Verdict::Pass
        }
    }
}

fn found(days: i32, used: Day, what: &'static str, most: Severity) -> Verdict {
    let found = Found::days("days-since-use", days, used).detail(what);
    Verdict::Finding(Found { most, ..found })
}
