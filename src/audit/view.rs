//! An account as checks see it: typed fields that record by themselves what nobody said.

use crate::audit::missing::{Lack, Missing};
use crate::audit::people::{Held, Standing, day, standing};
use crate::audit::privilege::common_name;
use crate::audit::site::{Class, SiteFacts, SystemFacts};
use crate::model::account::{Flag, Flags, LastUse, NO_GROUPS, Unseen, minutes_between};
use crate::model::day::{Day, Stamp, When};
use crate::model::person::{Employment, Link, PersonId, RosterRow};
use crate::model::register::{Field, Register, RegisterRow};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use std::cell::Cell;

/// The day of last use, or that there was none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Used {
    /// Never, says an export that would know.
    Never,
    /// Last on that day.
    On(Day),
}

/// The day of something that may never have been.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Since {
    /// It never was, says an export that would know.
    Never,
    /// On that day.
    On(Day),
}

/// The end of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    /// It has none.
    Never,
    /// After that day.
    On(Day),
}

/// One account row.
///
/// Fields that return an `Option` record a `None`: a check that goes on without the answer ends
/// as "could not be judged", whatever it returns. Fields that return `Tri` or `bool` only describe.
pub(crate) struct AccountView<'a> {
    /// Its site.
    pub(crate) site: &'a SiteFacts<'a>,
    /// Its system.
    pub(crate) system: &'a SystemFacts,
    /// Its row.
    pub(crate) row: u32,
    flags: Flags,
    missing: Cell<Missing>,
}

impl<'a> AccountView<'a> {
    /// Looks at a row.
    pub(crate) fn new(site: &'a SiteFacts<'a>, row: u32) -> Self {
        Self {
            site,
            system: site.system_of(row),
            row,
            flags: site.inventory.accounts.flags.get(row),
            missing: Cell::new(Missing::NONE),
        }
    }

    /// What was asked and not known.
    pub(crate) fn missing(&self) -> Missing {
        self.missing.get()
    }

    /// Records that a fact was asked and is not known.
    pub(crate) fn lacks<T>(&self, what: Missing) -> Option<T> {
        let mut missing = self.missing.get();
        missing.add(what);
        self.missing.set(missing);
        None
    }

    /// A flag, recorded where the export does not say.
    pub(crate) fn ask(&self, flag: Flag) -> Option<bool> {
        match self.flags.get(flag) {
            Tri::Unknown => self.lacks(Missing::flag(flag)),
            answer => Some(answer.is_yes()),
        }
    }

    /// A flag as it stands.
    pub(crate) const fn flag(&self, flag: Flag) -> Tri {
        self.flags.get(flag)
    }

    /// Whether somebody can log in.
    pub(crate) fn enabled(&self) -> Option<bool> {
        self.ask(Flag::Enabled)
    }

    /// Last use. A system in which nobody was ever seen proves nothing about anybody.
    pub(crate) fn last_use(&self) -> Option<Used> {
        self.last_use_if_known().or_else(|| self.lacks(Missing::lack(Lack::LastUse)))
    }

    /// Last use, without a record where nobody knows it.
    pub(crate) fn last_use_if_known(&self) -> Option<Used> {
        match self.site.inventory.accounts.last_use.get(self.row).when() {
            When::Never if self.system.used => Some(Used::Never),
            When::On(day) if self.system.used => Some(Used::On(day)),
            _ => None,
        }
    }

    /// Where the day of last use comes from.
    pub(crate) fn last_use_source(&self) -> LastUse {
        self.site.inventory.accounts.last_use_source.get(self.row)
    }

    /// An access log in which the account does not occur, where nothing else tells its last use.
    pub(crate) fn unseen(&self) -> Option<Unseen> {
        let accounts = &self.site.inventory.accounts;
        let unseen = accounts.unseen.get(self.row);
        let unknown = accounts.last_use.get(self.row).when() == When::Unknown;
        (unknown && unseen.days > 0).then_some(unseen)
    }

    /// Day of creation.
    pub(crate) fn created(&self) -> Option<Day> {
        let created = day(self.site.inventory.accounts.created.get(self.row));
        created.or_else(|| self.lacks(Missing::lack(Lack::Created)))
    }

    /// Day the password was set; never = it must be changed at the next logon.
    pub(crate) fn password_set(&self) -> Option<Since> {
        self.since(self.site.inventory.accounts.password_set.get(self.row), Lack::PasswordSet)
    }

    /// Day since which failed logons lock the account.
    pub(crate) fn locked_since(&self) -> Option<Since> {
        self.since(self.site.inventory.accounts.locked_since.get(self.row), Lack::LockedSince)
    }

    fn since(&self, stamp: Stamp, lack: Lack) -> Option<Since> {
        match stamp.when() {
            When::On(day) => Some(Since::On(day)),
            When::Never => Some(Since::Never),
            When::Unknown => self.lacks(Missing::lack(lack)),
        }
    }

    /// Day of the last change to the account itself, as far as it is known.
    pub(crate) fn changed_if_known(&self) -> Option<Day> {
        day(self.site.inventory.accounts.changed.get(self.row))
    }

    /// Day of the last change to the account itself.
    pub(crate) fn changed(&self) -> Option<Day> {
        self.changed_if_known().or_else(|| self.lacks(Missing::lack(Lack::Changed)))
    }

    /// Minutes from the making of the account to the setting of its password.
    pub(crate) fn minutes_to_password(&self) -> Option<i64> {
        let accounts = &self.site.inventory.accounts;
        let (made, set) = (accounts.created.get(self.row), accounts.password_set.get(self.row));
        let clock = accounts.clock.get(self.row);
        let minutes = minutes_between((made, clock.created), (set, clock.password_set));
        minutes.or_else(|| self.lacks(Missing::lack(Lack::TimeOfDay)))
    }

    /// Groups that the account belongs to, primary group left out.
    pub(crate) fn groups(&self) -> Option<impl Iterator<Item = &'a str> + use<'a>> {
        let groups = self.site.inventory.accounts.groups.get(self.row);
        match self.site.inventory.names.get(groups) {
            "" => self.lacks(Missing::lack(Lack::Groups)),
            names => Some(names.split('\n').filter(|name| *name != NO_GROUPS).map(common_name)),
        }
    }

    /// Age of the password in days, where the day it was set is known.
    pub(crate) fn password_age(&self) -> Option<i32> {
        let set = day(self.site.inventory.accounts.password_set.get(self.row))?;
        Some(self.days_since(set))
    }

    /// Login as its system writes it.
    pub(crate) fn login(&self) -> &'a str {
        self.site.inventory.text.get(self.site.inventory.accounts.login.get(self.row))
    }

    /// The relative id of a Windows account.
    pub(crate) fn rid(&self) -> Option<u32> {
        self.site.inventory.accounts.rid.get(self.row).checked_sub(1)
    }

    /// The row of the register of non-employees that lists the account.
    pub(crate) fn non_employee(&self) -> Option<&'a RegisterRow> {
        let inventory = self.site.inventory;
        let row = inventory.accounts.non_employee.get(self.row).checked_sub(1)?;
        inventory.registers.get(row as usize)
    }

    /// Mail address, empty where it has none, recorded where addresses were not exported.
    pub(crate) fn mail(&self) -> Option<&'a str> {
        if !self.system.mailed {
            return self.lacks(Missing::lack(Lack::Mail));
        }
        Some(self.site.inventory.text.get(self.site.inventory.accounts.mail.get(self.row)))
    }

    /// Job by the account's export, else by the roster; recorded where neither says.
    pub(crate) fn job(&self) -> Option<&'a str> {
        let inventory = self.site.inventory;
        let own = inventory.names.get(inventory.accounts.job.get(self.row));
        let roster = || {
            let (home, row) = self.site.people.roster(self.person_id()?)?;
            Some(home.names.get(row.job))
        };
        let job = Some(own).filter(|own| !own.is_empty()).or_else(roster);
        job.filter(|job| !job.is_empty()).or_else(|| self.lacks(Missing::lack(Lack::Job)))
    }

    /// Day after which the account is void, or that there is none.
    pub(crate) fn expires(&self) -> Option<End> {
        match self.site.inventory.accounts.expires.get(self.row).when() {
            When::On(day) => Some(End::On(day)),
            When::Never => Some(End::Never),
            When::Unknown => self.lacks(Missing::lack(Lack::Expires)),
        }
    }

    /// Whether the account administers its system, recorded where nothing exported says.
    pub(crate) fn privileged(&self) -> Option<bool> {
        match self.privileged_if_known() {
            Tri::Unknown => self.lacks(Missing::flag(Flag::Privileged)),
            answer => Some(answer.is_yes()),
        }
    }

    /// Whether the account administers its system.
    pub(crate) fn privileged_if_known(&self) -> Tri {
        self.site.privileged(self.row)
    }

    /// Whether a second factor guards the account, recorded where nothing exported says.
    ///
    /// A registered factor that cannot be used is none. In a directory a switched-off demand alone
    /// says nothing, because another policy may demand one; a device has no other policy.
    pub(crate) fn second_factor(&self) -> Option<bool> {
        match self.second_factor_if_known() {
            Tri::Unknown if self.system.kind == SystemKind::Directory => {
                self.lacks(Missing::flag(Flag::MfaCapable))
            }
            Tri::Unknown => self.lacks(Missing::lack(Lack::SecondFactor)),
            answer => Some(answer.is_yes()),
        }
    }

    /// Whether a second factor guards the account.
    pub(crate) fn second_factor_if_known(&self) -> Tri {
        let registered = match self.flags.get(Flag::MfaCapable) {
            Tri::Unknown => self.flags.get(Flag::MfaRegistered),
            capable => capable,
        };
        match (registered, self.flags.get(Flag::MfaEnforced)) {
            (Tri::Yes, _) | (Tri::Unknown, Tri::Yes) => Tri::Yes,
            (Tri::Unknown, _) if self.system.kind == SystemKind::Directory => Tri::Unknown,
            (Tri::Unknown, enforced) => enforced,
            (Tri::No, _) => Tri::No,
        }
    }

    /// The person, where the account is tied to one.
    pub(crate) fn person_id(&self) -> Option<PersonId> {
        let person = self.site.inventory.accounts.person.get(self.row);
        (person != PersonId::NONE).then_some(person)
    }

    /// What ties it.
    pub(crate) fn link(&self) -> Link {
        self.site.inventory.accounts.link.get(self.row)
    }

    /// The person, recorded where the account is tied to nobody.
    pub(crate) fn person(&self) -> Option<PersonId> {
        self.person_id().or_else(|| self.lacks(Missing::lack(Lack::PersonLink)))
    }

    /// The person's roster row, recorded where there is no roster or no tie to it.
    pub(crate) fn roster(&self) -> Option<&'a RosterRow> {
        let row = self.person_id().and_then(|person| self.site.people.roster(person));
        let lack = if self.site.rostered { Lack::PersonLink } else { Lack::Roster };
        row.map(|(_, row)| row).or_else(|| self.lacks(Missing::lack(lack)))
    }

    /// Class of employment of whoever holds the account: by its own export, the roster, the register
    /// of non-employees.
    pub(crate) fn class(&self) -> Option<&'a str> {
        let inventory = self.site.inventory;
        let own = inventory.names.get(inventory.accounts.class.get(self.row));
        let roster = self.person_id().and_then(|person| self.site.people.roster(person));
        let on_roster = roster.map_or("", |(home, row)| home.names.get(row.class));
        let listed = self.non_employee().map_or("", |row| {
            match inventory.text.get(row.text(Field::Class)) {
                "" => Register::NonEmployee.word(),
                class => class,
            }
        });
        let said = [own, on_roster, listed].into_iter().find(|class| !class.is_empty());
        said.or_else(|| self.lacks(Missing::lack(Lack::Class)))
    }

    /// How the person stands on the roster, recorded where that cannot be known.
    pub(crate) fn standing(&self) -> Option<Standing> {
        let row = self.roster()?;
        if row.left == Stamp::UNKNOWN && row.status == Employment::Unknown {
            return self.lacks(Missing::lack(Lack::LeaveDate));
        }
        Some(standing(row, self.site.as_of))
    }

    /// All accounts of the same person, this one included.
    pub(crate) fn accounts_of_person(&self) -> &'a [Held] {
        self.person_id().map_or(&[], |person| self.site.people.accounts(person))
    }

    /// Days from `day` to the day that judges.
    pub(crate) const fn days_since(&self, day: Day) -> i32 {
        self.site.as_of.days_since(day)
    }

    /// What the row stands for.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.site.class(self.row).is(class)
    }

    /// True for accounts of devices and of single hosts, which no roster is expected to know.
    pub(crate) const fn is_local(&self) -> bool {
        matches!(self.system.kind, SystemKind::Device | SystemKind::Host)
    }

    /// True for an account that belongs to no single person by its own marks.
    pub(crate) fn is_nobodys(&self) -> bool {
        self.site.nobodys(self.row)
    }

    /// True for a sealed account, which is right to be unused. Looks at names: ask it last.
    pub(crate) fn is_break_glass(&self) -> bool {
        self.site.break_glass(self.row)
    }
}
