//! SVC-04: a registered account of a program or vendor without owner, purpose or review.

use super::names::looks_like_program;
use super::registered::{has_column, listed};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::people::day;
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Class;
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::register::{Field, Register, RegisterRow};
use crate::model::tri::Tri;
use std::collections::BTreeMap;

/// The check.
pub(crate) struct Incomplete;

const REGISTERS: [Register; 2] = [Register::Service, Register::Vendor];
/// What an entry must say, and the word for it.
const ASKED: [(Field, &str); 3] =
    [(Field::Owner, "owner"), (Field::Purpose, "purpose"), (Field::ReviewDate, "review-date")];

impl Check for Incomplete {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let accounts = &ask.site.inventory.accounts;
        // An account on two registers is as complete as they are together.
        let mut entries: BTreeMap<u32, Vec<&RegisterRow>> = BTreeMap::new();
        for listed in listed(ask, &REGISTERS) {
            entries.entry(listed.row).or_default().push(listed.entry);
        }
        for (row, entries) in entries {
            let system = accounts.system.get(row);
            if accounts.flag(row, Flag::Enabled) == Tri::No {
                out.pass(ask, system);
                continue;
            }
            let faults = faults(ask, &entries);
            if faults.contains(&Fault::NoColumn) {
                out.unjudged(ask, system, 1, Missing::lack(Lack::RegisterColumns));
            } else {
                out.pass(ask, system);
            }
            let words: Vec<_> = faults.iter().filter_map(|fault| fault.word()).collect();
            if !words.is_empty() {
                let found = Found::new("register").detail(words.join(", "));
                out.finding(ask, row, Found { origin: Some(entries[0].origin), ..found });
            }
        }
        without_register(ask, out);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    Empty(&'static str),
    Overdue,
    NoColumn,
}

impl Fault {
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Empty(word) => Some(word),
            Self::Overdue => Some("review-overdue"),
            Self::NoColumn => None,
        }
    }
}

fn faults(ask: &Asking<'_>, entries: &[&RegisterRow]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, word) in ASKED {
        let said = entries
            .iter()
            .any(|entry| day(entry.day(field)).is_some() || !entry.text(field).is_empty());
        if !said {
            let column = entries.iter().any(|entry| has_column(ask, entry, field));
            faults.push(if column { Fault::Empty(word) } else { Fault::NoColumn });
        }
    }
    let review = entries.iter().filter_map(|entry| day(entry.day(Field::ReviewDate))).max();
    if review.is_some_and(|review| ask.site.as_of.days_since(review) > 0) {
        faults.push(Fault::Overdue);
    }
    faults
}

/// Without any register nobody knows who owns the accounts that look like a program's.
fn without_register(ask: &Asking<'_>, out: &mut Sink) {
    let inventory = ask.site.inventory;
    if REGISTERS.iter().any(|register| inventory.given.contains(register)) {
        return;
    }
    for row in 0..inventory.accounts.len() {
        let system = inventory.accounts.system.get(row);
        let account = AccountView::new(ask.site, row);
        let open = ask.scope[system as usize]
            && account.is(Class::PERSONS)
            && account.flag(Flag::Enabled) != Tri::No
            && looks_like_program(&account).is_some();
        if open {
            out.unjudged(ask, system, 1, Missing::lack(Lack::ServiceRegister));
        }
    }
}
