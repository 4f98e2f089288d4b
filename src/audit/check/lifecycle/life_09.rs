//! LIFE-09: closed in one system, open in another. Absence from a system is a finding only where
//! site.toml expects somebody of this class or job there.

use crate::audit::account::{PerAccount, Verdict};
use crate::audit::check::lifecycle::life_06::concerns_roster;
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::{Held, Standing, standing};
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
        if let Some(system) = absent_from(account) {
            let found = Found::new("absent-elsewhere").detail(format!("{system}, no-account"));
            return Verdict::Finding(found.at_most(Confidence::Medium));
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

/// A system of the site in which somebody like the account's owner is expected and has no account.
fn absent_from(account: &AccountView<'_>) -> Option<String> {
    let site = account.site;
    let (home, row) = site.people.roster(account.person_id()?)?;
    if standing(row, site.as_of) != Standing::Employed {
        return None;
    }
    let own = [home.names.get(row.class), home.names.get(row.job)];
    let expects = site.inventory.site.expects.iter();
    let by_class = expects.clone().any(|(_, whom)| !whom.is_empty());
    if by_class && own.iter().all(|word| word.is_empty()) {
        return account.lacks(Missing::lack(Lack::Job));
    }
    let about = expects.filter(|(_, whom)| {
        whom.is_empty() || whom.iter().any(|word| own.contains(&word.as_str()))
    });
    about.map(|(name, _)| name).find(|name| is_absent(account, name)).cloned()
}

/// True where the system was exported, is tied to people, and the person has nothing there.
fn is_absent(account: &AccountView<'_>, name: &str) -> bool {
    let (site, own) = (account.site, account.site.inventory.accounts.system.get(account.row));
    let mut systems = (0_u16..).zip(&site.systems);
    let Some((number, facts)) = systems.find(|(n, _)| site.inventory.system_name(*n) == name)
    else {
        account.lacks::<()>(Missing::lack(Lack::SecondSystem));
        return false;
    };
    if !facts.linked {
        account.lacks::<()>(Missing::lack(Lack::PersonLink));
        return false;
    }
    let held = account.accounts_of_person();
    let there = |held: &Held| (usize::from(held.site), held.system) == (site.index, number);
    number != own && !held.iter().any(there)
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
