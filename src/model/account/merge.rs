//! One account met in several exports: what the first row leaves open, later rows fill, and which
//! row filled what stays known.

use crate::model::account::{Accounts, Flag, Flags, later};
use crate::model::column::Column;
use crate::model::credential::words;
use crate::model::day::Stamp;
use crate::model::tri::Tri;

words! {
    /// A field of an account that another export may fill.
    Fact {
        /// Login.
        Login = "login",
        /// The system's own id.
        Native = "native_id",
        /// Name for people.
        Name = "display_name",
        /// Reading of the name.
        Kana = "kana",
        /// Mail address.
        Mail = "mail",
        /// User principal name.
        Upn = "upn",
        /// Employee number.
        Employee = "employee_id",
        /// Department.
        Department = "department",
        /// Job.
        Job = "job",
        /// Role.
        Role = "role",
        /// Groups.
        Groups = "groups",
        /// Day of creation.
        Created = "created",
        /// Day the password was set.
        PasswordSet = "password_set",
        /// End of validity.
        Expires = "expires",
        /// Day of the last change.
        Changed = "changed",
        /// Last use.
        LastUse = "last_use",
        /// Kinds of factors.
        Factors = "factors",
        /// Day by which a second factor is planned.
        MfaPlan = "mfa_plan",
        /// Class of employment.
        Class = "class",
        /// Day since which it is locked.
        LockedSince = "locked_since",
    }
}

impl Accounts {
    /// Fills what row `into` leaves open from row `from`, and marks `from` as absorbed. The account
    /// stands where it has a name: a list of hashes is not where people look it up.
    pub fn merge(&mut self, into: u32, from: u32) {
        if self.name.get(into).is_empty() && !self.name.get(from).is_empty() {
            self.origin.set(into, self.origin.get(from));
        }
        let mut filled = self.filled.get(into);
        let mut fill = |fact: Fact| filled |= 1 << fact as u32;
        for (column, fact) in [
            (&mut self.login, Fact::Login),
            (&mut self.native, Fact::Native),
            (&mut self.name, Fact::Name),
            (&mut self.kana, Fact::Kana),
            (&mut self.mail, Fact::Mail),
            (&mut self.upn, Fact::Upn),
            (&mut self.employee, Fact::Employee),
        ] {
            if column.get(into).is_empty() && !column.get(from).is_empty() {
                column.set(into, column.get(from));
                fill(fact);
            }
        }
        for (column, fact) in [
            (&mut self.department, Fact::Department),
            (&mut self.job, Fact::Job),
            (&mut self.class, Fact::Class),
            (&mut self.role, Fact::Role),
            (&mut self.groups, Fact::Groups),
        ] {
            if column.get(into).is_empty() && !column.get(from).is_empty() {
                column.set(into, column.get(from));
                fill(fact);
            }
        }
        for (column, fact) in [
            (&mut self.created, Fact::Created),
            (&mut self.password_set, Fact::PasswordSet),
            (&mut self.expires, Fact::Expires),
            (&mut self.changed, Fact::Changed),
            (&mut self.locked_since, Fact::LockedSince),
            (&mut self.mfa_plan, Fact::MfaPlan),
        ] {
            if column.get(into) == Stamp::UNKNOWN && column.get(from) != Stamp::UNKNOWN {
                column.set(into, column.get(from));
                fill(fact);
            }
        }
        if later(self.last_use.get(from), self.last_use.get(into)) {
            self.last_use.set(into, self.last_use.get(from));
            self.last_use_source.set(into, self.last_use_source.get(from));
            fill(Fact::LastUse);
        }
        self.filled.set(into, filled);
        self.merge_sets(into, from);
        self.set_flag(from, Flag::Absorbed, Tri::Yes);
        self.merged_into.set(from, into + 1);
    }

    fn merge_sets(&mut self, into: u32, from: u32) {
        for column in [&mut self.rid, &mut self.primary_group] {
            if column.get(into) == 0 {
                column.set(into, column.get(from));
            }
        }
        // The stamps themselves were filled before.
        let mut clock = self.clock.get(into);
        let same = |column: &Column<Stamp>| column.get(into) == column.get(from);
        clock.fill_from(self.clock.get(from), same(&self.created), same(&self.password_set));
        self.clock.set(into, clock);
        let factors = self.factors.get(into).and(self.factors.get(from));
        self.factors.set(into, factors);
        let (mut flags, before) = (self.flags.get(into), self.flags.get(into));
        flags.fill_from(self.flags.get(from));
        self.flags.set(into, flags);
        let mut filled = self.filled_flags.get(into);
        for &flag in Flag::ALL {
            if before.get(flag) == Tri::Unknown && flags.get(flag) != Tri::Unknown {
                filled.set(flag, Tri::Yes);
            }
        }
        self.filled_flags.set(into, filled);
    }

    /// True where another export filled the field.
    pub fn was_filled(&self, row: u32, fact: Fact) -> bool {
        self.filled.get(row) & 1 << fact as u32 != 0
    }

    /// Flags that other exports filled, as yes.
    pub fn filled_flags(&self, row: u32) -> Flags {
        self.filled_flags.get(row)
    }
}
