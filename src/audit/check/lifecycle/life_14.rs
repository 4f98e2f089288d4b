//! LIFE-14: one person with several accounts of one system. An administrator's second account is
//! right to be there.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::finding::{Confidence, Unit};
use crate::model::person::{Link, PersonId};
use hashbrown::HashMap;

/// The check.
pub(crate) struct Duplicate;

impl Check for Duplicate {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["accounts"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let allowed = ask.policy.threshold(ask.rule, "accounts");
        let held = count(ask);
        let rows = 0..ask.site.inventory.accounts.len();
        each_account(ask, Class::PERSONS, rows, out, |account| {
            if !is_ordinary(account) {
                return Verdict::NotAsked;
            }
            if account.enabled() != Some(true) {
                return Verdict::Pass;
            }
            let count = account.person().and_then(|_| held.get(&place(account))).copied();
            match count.map(i64::from) {
                Some(count) if count > allowed => Verdict::Finding(found(account, count)),
                _ => Verdict::Pass,
            }
        });
    }
}

type Place = (PersonId, u16);

/// Enabled ordinary accounts of everybody, by system.
fn count(ask: &Asking<'_>) -> HashMap<Place, u32> {
    let accounts = &ask.site.inventory.accounts;
    let mut held = HashMap::new();
    if accounts.person.is_absent() {
        return held;
    }
    for row in (0..accounts.len()).filter(|&row| ask.site.class(row).is(Class::PERSONS)) {
        let account = AccountView::new(ask.site, row);
        let open = account.flag(Flag::Enabled).is_yes() && account.person_id().is_some();
        if open && is_ordinary(&account) {
            *held.entry(place(&account)).or_default() += 1;
        }
    }
    held
}

fn place(account: &AccountView<'_>) -> Place {
    let accounts = &account.site.inventory.accounts;
    (accounts.person.get(account.row), accounts.system.get(account.row))
}

fn is_ordinary(account: &AccountView<'_>) -> bool {
    let apart = [Flag::Guest, Flag::Conflict].iter().any(|&flag| account.flag(flag).is_yes());
    !(apart || account.privileged_if_known().is_yes() || account.is_nobodys())
}

fn found(account: &AccountView<'_>, count: i64) -> Found {
    let found = Found::count("accounts-of-person", count, Unit::Accounts);
    if account.link() == Link::Account { found.at_most(Confidence::Medium) } else { found }
}
