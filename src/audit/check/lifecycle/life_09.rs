//! LIFE-09: closed in one system, open in another. Absence from a system is no finding.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::lifecycle::life_06::concerns_roster;
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::Held;
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::finding::Confidence;
use crate::model::person::Link;
use crate::model::site::SystemKind;
use crate::model::tri::Tri;

/// The check.
pub(crate) struct Mixed;

impl PerAccount<0> for Mixed {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        if !concerns_roster(account) {
            return Verdict::NotAsked;
        }
        if account.enabled() != Some(true) || account.person().is_none() || past_its_end(account) {
            return Verdict::Pass;
        }
        let (mut unknown, mut alone) = (false, true);
        for system in
            account.accounts_of_person().chunk_by(|a, b| (a.site, a.system) == (b.site, b.system))
        {
            if !elsewhere(account, system[0]) {
                continue;
            }
            alone = false;
            match state(system) {
                Tri::No => return Verdict::Finding(found(account, system[0])),
                Tri::Unknown => unknown = true,
                Tri::Yes => {}
            }
        }
        // Nobody elsewhere is tied to a person: this one may live there as well.
        if unknown || (alone && !others_are_known(account)) {
            account.lacks::<()>(Missing::lack(Lack::SecondSystem));
        }
        Verdict::Pass
    }
}

fn past_its_end(account: &AccountView<'_>) -> bool {
    let end = account.site.inventory.accounts.expires.get(account.row);
    crate::audit::people::day(end).is_some_and(|end| account.days_since(end) > 0)
}

fn elsewhere(account: &AccountView<'_>, held: Held) -> bool {
    let own = account.site.inventory.accounts.system.get(account.row);
    let same = (held.site as usize, held.system) == (account.site.index, own);
    let about_people =
        !matches!(account.site.people.kind(held), SystemKind::Device | SystemKind::Host);
    !same && about_people
}

/// True where accounts of another system of people are tied to somebody.
fn others_are_known(account: &AccountView<'_>) -> bool {
    let own = account.site.inventory.accounts.system.get(account.row);
    account.site.systems.iter().enumerate().any(|(index, system)| {
        let about_people = !matches!(system.kind, SystemKind::Device | SystemKind::Host);
        index != usize::from(own) && about_people && system.linked
    })
}

/// Whether somebody can log in to a system: with any of the accounts there.
fn state(accounts: &[Held]) -> Tri {
    if accounts.iter().any(|held| held.enabled.is_yes()) {
        Tri::Yes
    } else if accounts.iter().all(|held| held.enabled == Tri::No) {
        Tri::No
    } else {
        Tri::Unknown
    }
}

fn found(account: &AccountView<'_>, closed: Held) -> Found {
    let found =
        Found::new("closed-elsewhere").detail(account.site.people.system_name(closed).to_owned());
    if account.link() == Link::Account { found.at_most(Confidence::Medium) } else { found }
}
