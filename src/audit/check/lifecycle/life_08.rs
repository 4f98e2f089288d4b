//! LIFE-08: an account that no roster and no register knows.

use crate::audit::account::{Verdict, each_account};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::day;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::register::{Field, Register};
use crate::model::tri::Tri;
use std::cell::RefCell;

/// The check. Where the lists are too thin to tell owners from strangers it says so once for each
/// system, in place of a row for every account.
pub(crate) struct NoOwner;

/// Enabled accounts of people in one system.
#[derive(Clone, Default)]
struct System {
    known: u32,
    /// Accounts that a register knew until a day that has passed: no thin list explains these.
    ended: Vec<(u32, Found)>,
    strangers: Vec<u32>,
}

impl Check for NoOwner {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["unlinked_percent"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let systems = RefCell::new(vec![System::default(); ask.scope.len()]);
        let rows = 0..ask.site.inventory.accounts.len();
        each_account(ask, Class::PERSONS, rows, out, |account| {
            let answer = owner(account);
            let system = account.site.inventory.accounts.system.get(account.row);
            let counts = &mut systems.borrow_mut()[system as usize];
            match answer {
                Owner::NotAsked => return Verdict::NotAsked,
                Owner::Known => counts.known += 1,
                Owner::Ended(found) => counts.ended.push((account.row, found)),
                Owner::Nobody => counts.strangers.push(account.row),
                Owner::Unknown => {}
            }
            // Counted below, once the share of strangers is known.
            Verdict::NotAsked
        });
        let most = ask.policy.threshold(ask.rule, "unlinked_percent");
        for (system, counts) in (0..).zip(systems.into_inner()) {
            tell(ask, system, counts, most, out);
        }
    }
}

enum Owner {
    NotAsked,
    Unknown,
    Known,
    Ended(Found),
    Nobody,
}

fn owner(account: &AccountView<'_>) -> Owner {
    let kept_apart = account.is_nobodys() || account.flag(Flag::Guest).is_yes();
    if kept_apart || account.flag(Flag::Enabled) == Tri::No {
        return Owner::NotAsked;
    }
    if !account.site.rostered {
        account.lacks::<()>(Missing::lack(Lack::Roster));
    }
    if account.enabled().is_none() || !account.site.rostered {
        return Owner::Unknown;
    }
    let rostered = account.person_id().and_then(|person| account.site.people.roster(person));
    if rostered.is_some() {
        return Owner::Known;
    }
    match account.non_employee().map(|row| day(row.day(Field::EndDate))) {
        Some(Some(end)) if account.days_since(end) > 0 => {
            Owner::Ended(Found::days("days-since-end", account.days_since(end), end))
        }
        Some(_) => Owner::Known,
        None => Owner::Nobody,
    }
}

fn tell(ask: &Asking<'_>, system: u16, counts: System, most: i64, out: &mut Sink) {
    let strangers = counts.strangers.len() as u32;
    let known = counts.known + counts.ended.len() as u32;
    for (row, found) in counts.ended {
        out.finding(ask, row, found);
    }
    let mut missing = Missing::NONE;
    if !ask.site.inventory.given.contains(&Register::NonEmployee) {
        missing.add(Missing::lack(Lack::NonEmployees));
    }
    if i64::from(strangers) * 100 > most * i64::from(known + strangers) {
        missing.add(Missing::lack(Lack::PersonLink));
    }
    out.tally(ask.index, system).judged += known;
    if strangers > 0 && !missing.is_none() {
        return out.unjudged(ask, system, strangers, missing);
    }
    out.tally(ask.index, system).judged += strangers;
    for row in counts.strangers {
        out.finding(ask, row, Found::new("owner"));
    }
}
