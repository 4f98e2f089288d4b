//! Accounts as columns: flags as known/value bits, dates as days, names as spans.

mod clock;
mod draft;
mod flag;
mod merge;

use crate::model::arena::{Arena, NameId, Span};
use crate::model::column::Column;
use crate::model::credential::words;
use crate::model::day::{Day, Stamp};
use crate::model::factor::Factors;
use crate::model::file::Origin;
use crate::model::person::{Link, PersonId};
use crate::model::tri::Tri;
pub use clock::{Clock, Minute, minutes_between};
pub use draft::Draft;
pub use flag::{Flag, Flags};
pub use merge::Fact;

words! {
    /// Where the day of last use comes from.
    LastUse {
        /// Replicated logon stamp of a directory, late by up to 14 days.
        LogonTimestamp = "lastLogonTimestamp",
        /// Logon stamp of one domain controller.
        LastLogon = "lastLogon",
        /// Sign-in log of a cloud directory.
        SignIn = "signInActivity",
        /// The system's own last-use column.
        Column = "last-use-column",
        /// An access log.
        AccessLog = "access-log",
        /// Nothing was supplied.
        None = "",
    }
}

words! {
    /// What an account is for, as far as its export shows.
    AccountKind {
        /// A person's.
        Person = "person",
        /// A program's.
        Service = "service",
        /// A computer's.
        Machine = "machine",
        /// Ships with the product.
        BuiltIn = "built-in",
        /// Several people's, by name or register.
        Shared = "shared",
        /// Sealed for emergencies.
        BreakGlass = "break-glass",
        /// An account of a maintenance company.
        Vendor = "vendor",
    }
}

/// True where `a` tells of a later use than `b`.
pub const fn later(a: Stamp, b: Stamp) -> bool {
    use crate::model::day::When::{Never, On, Unknown};
    match (a.when(), b.when()) {
        (On(a), On(b)) => a.epoch_days() > b.epoch_days(),
        (On(_), _) | (Never, Unknown) => true,
        _ => false,
    }
}

/// An access log of the system, in which an account does not occur.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Unseen {
    /// First day of the log.
    pub since: Day,
    /// Days that the log covers; 0 = there is no such log.
    pub days: u16,
}

/// The columns. Row numbers are `u32` and never change.
pub struct Accounts {
    len: u32,
    /// Number of the system in the inventory.
    pub system: Column<u16>,
    /// Login as written.
    pub login: Column<Span>,
    /// The system's own id.
    pub native: Column<Span>,
    /// Relative id + 1 of a Windows account; 0 = none.
    pub rid: Column<u32>,
    /// Relative id of the primary group; 0 = not exported.
    pub primary_group: Column<u32>,
    /// Name for people.
    pub name: Column<Span>,
    /// Reading.
    pub kana: Column<Span>,
    /// Mail address.
    pub mail: Column<Span>,
    /// User principal name.
    pub upn: Column<Span>,
    /// Employee number.
    pub employee: Column<Span>,
    /// Department.
    pub department: Column<NameId>,
    /// Job.
    pub job: Column<NameId>,
    /// Class of employment, by the account's own export.
    pub class: Column<NameId>,
    /// Role.
    pub role: Column<NameId>,
    /// Groups, joined with `\n` and interned as one name.
    pub groups: Column<NameId>,
    /// Yes/no facts.
    pub flags: Column<Flags>,
    /// Day of creation.
    pub created: Column<Stamp>,
    /// Day of last use.
    pub last_use: Column<Stamp>,
    /// Where that day comes from.
    pub last_use_source: Column<LastUse>,
    /// Day the password was set.
    pub password_set: Column<Stamp>,
    /// Day after which the account is void.
    pub expires: Column<Stamp>,
    /// Day of the last change to the account.
    pub changed: Column<Stamp>,
    /// Day since which it is locked by failed logons.
    pub locked_since: Column<Stamp>,
    /// Times of day beside those days.
    pub clock: Column<Clock>,
    /// Person, once correlated.
    pub person: Column<PersonId>,
    /// How the person was found.
    pub link: Column<Link>,
    /// Row + 1 among the site's register rows of the non-employee that it belongs to, once
    /// correlated; 0 = none.
    pub non_employee: Column<u32>,
    /// Where the record stands.
    pub origin: Column<Origin>,
    /// Row + 1 that an absorbed row was merged into.
    pub merged_into: Column<u32>,
    /// Kinds of factors.
    pub factors: Column<Factors>,
    /// Day by which a second factor is planned.
    pub mfa_plan: Column<Stamp>,
    /// The access log in which the account does not occur.
    pub unseen: Column<Unseen>,
    /// Where an access log speaks of the account.
    pub log_origin: Column<Origin>,
    /// Facts that another export filled, as bits of [`Fact`].
    filled: Column<u32>,
    /// Flags that another export filled.
    filled_flags: Column<Flags>,
}

/// Stands in the groups column for "belongs to no group that the export shows".
pub const NO_GROUPS: &str = "-";

impl Default for Accounts {
    fn default() -> Self {
        Self {
            len: 0,
            system: Column::new(0),
            login: Column::new(Span::EMPTY),
            native: Column::new(Span::EMPTY),
            rid: Column::new(0),
            primary_group: Column::new(0),
            name: Column::new(Span::EMPTY),
            kana: Column::new(Span::EMPTY),
            mail: Column::new(Span::EMPTY),
            upn: Column::new(Span::EMPTY),
            employee: Column::new(Span::EMPTY),
            department: Column::new(NameId::EMPTY),
            job: Column::new(NameId::EMPTY),
            class: Column::new(NameId::EMPTY),
            role: Column::new(NameId::EMPTY),
            groups: Column::new(NameId::EMPTY),
            flags: Column::new(Flags::default()),
            created: Column::new(Stamp::UNKNOWN),
            last_use: Column::new(Stamp::UNKNOWN),
            last_use_source: Column::new(LastUse::None),
            password_set: Column::new(Stamp::UNKNOWN),
            expires: Column::new(Stamp::UNKNOWN),
            changed: Column::new(Stamp::UNKNOWN),
            locked_since: Column::new(Stamp::UNKNOWN),
            clock: Column::new(Clock::default()),
            person: Column::new(PersonId::NONE),
            link: Column::new(Link::None),
            non_employee: Column::new(0),
            origin: Column::new(Origin::default()),
            merged_into: Column::new(0),
            factors: Column::new(Factors::NONE),
            mfa_plan: Column::new(Stamp::UNKNOWN),
            unseen: Column::new(Unseen::default()),
            log_origin: Column::new(Origin::default()),
            filled: Column::new(0),
            filled_flags: Column::new(Flags::default()),
        }
    }
}

/// What moves when one inventory takes over another.
pub(crate) struct Moves<'a> {
    pub(crate) text: u32,
    pub(crate) names: &'a [NameId],
    pub(crate) systems: &'a [u16],
    pub(crate) files: u32,
}

impl Moves<'_> {
    pub(crate) fn span(&self, span: Span) -> Span {
        Arena::moved(span, self.text)
    }

    pub(crate) fn name(&self, name: NameId) -> NameId {
        self.names[name.index()]
    }

    pub(crate) fn origin(&self, origin: Origin) -> Origin {
        Origin { file: crate::model::file::FileId(origin.file.0 + self.files), ..origin }
    }
}

impl Accounts {
    /// Number of rows, absorbed ones included.
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// True when there is no row.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Rows that stand for an account: all but those merged into another.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.len).filter(|&row| !self.flag(row, Flag::Absorbed).is_yes())
    }

    /// One flag of a row.
    pub fn flag(&self, row: u32, flag: Flag) -> Tri {
        self.flags.get(row).get(flag)
    }

    /// Sets one flag of a row.
    pub fn set_flag(&mut self, row: u32, flag: Flag, value: Tri) {
        let mut flags = self.flags.get(row);
        flags.set(flag, value);
        self.flags.set(row, flags);
    }

    /// Makes room for so many rows in the columns that every export fills.
    pub(crate) fn expect(&mut self, rows: usize) {
        self.login.expect(rows);
        self.flags.expect(rows);
        self.origin.expect(rows);
    }

    /// Makes room for one more row and returns its number.
    pub(crate) fn grow(&mut self) -> u32 {
        self.len += 1;
        self.len - 1
    }

    /// Appends all rows of `other`.
    pub(crate) fn append(&mut self, other: &Self, moves: &Moves<'_>) {
        let at = self.len;
        let same = |x| x;
        // Not `append`: the default, system 0, is a different system over there.
        for row in 0..other.len {
            self.system.set(at + row, moves.systems[other.system.get(row) as usize]);
        }
        for (to, from) in [
            (&mut self.login, &other.login),
            (&mut self.native, &other.native),
            (&mut self.name, &other.name),
            (&mut self.kana, &other.kana),
            (&mut self.mail, &other.mail),
            (&mut self.upn, &other.upn),
            (&mut self.employee, &other.employee),
        ] {
            to.append(at, from, |span| moves.span(span));
        }
        for (to, from) in [
            (&mut self.department, &other.department),
            (&mut self.job, &other.job),
            (&mut self.class, &other.class),
            (&mut self.role, &other.role),
            (&mut self.groups, &other.groups),
        ] {
            to.append(at, from, |name| moves.name(name));
        }
        for (to, from) in [
            (&mut self.created, &other.created),
            (&mut self.last_use, &other.last_use),
            (&mut self.password_set, &other.password_set),
            (&mut self.expires, &other.expires),
            (&mut self.changed, &other.changed),
            (&mut self.locked_since, &other.locked_since),
            (&mut self.mfa_plan, &other.mfa_plan),
        ] {
            to.append(at, from, same);
        }
        self.rid.append(at, &other.rid, |x| x);
        self.primary_group.append(at, &other.primary_group, |x| x);
        self.flags.append(at, &other.flags, |x| x);
        self.factors.append(at, &other.factors, |x| x);
        self.clock.append(at, &other.clock, |x| x);
        self.log_origin.append(at, &other.log_origin, |origin| moves.origin(origin));
        self.unseen.append(at, &other.unseen, |x| x);
        self.filled.append(at, &other.filled, |x| x);
        self.filled_flags.append(at, &other.filled_flags, |x| x);
        self.last_use_source.append(at, &other.last_use_source, |x| x);
        self.person.append(at, &other.person, |x| x);
        self.link.append(at, &other.link, |x| x);
        // Rows of registers are met after all parts are one: nothing points at any before.
        self.non_employee.append(at, &other.non_employee, |x| x);
        let shifted = |row: u32| if row == 0 { 0 } else { row + at };
        self.merged_into.append(at, &other.merged_into, shifted);
        self.origin.append(at, &other.origin, |origin| moves.origin(origin));
        self.len += other.len;
    }
}

#[cfg(test)]
mod tests;
