//! People of a roster and what links them to accounts.

use crate::model::arena::{NameId, Span};
use crate::model::credential::words;
use crate::model::day::Stamp;
use crate::model::file::Origin;

/// Number of a person inside a run's site. `PersonId::NONE` = nobody known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// No person is known.
    pub const NONE: Self = Self(u32::MAX);
}

words! {
    /// What the roster says of somebody.
    Employment {
        /// Works here.
        Active = "active",
        /// On leave.
        Leave = "leave",
        /// Has left.
        Left = "left",
        /// The roster has no word for it.
        Unknown = "unknown",
    }
}

/// One row of a roster or register of people.
#[derive(Clone, Copy)]
pub struct RosterRow {
    /// Employee number as written.
    pub employee: Span,
    /// Name as written.
    pub name: Span,
    /// Reading of the name.
    pub kana: Span,
    /// Login, where the roster has one.
    pub login: Span,
    /// Mail address, where the roster has one.
    pub mail: Span,
    /// Department.
    pub department: NameId,
    /// Job.
    pub job: NameId,
    /// Class of employment (常勤, 派遣, ...).
    pub class: NameId,
    /// First working day.
    pub joined: Stamp,
    /// Last working day.
    pub left: Stamp,
    /// Status column.
    pub status: Employment,
    /// Where the row stands.
    pub origin: Origin,
}

words! {
    /// How an account was tied to a person, strongest first.
    Link {
        /// A hand-made link table says so.
        Declared = "declared",
        /// Employee number.
        Employee = "employee-id",
        /// Mail address or user principal name.
        Mail = "mail",
        /// Login.
        Login = "login",
        /// Through another account of the same person.
        Account = "account",
        /// No link.
        None = "",
    }
}

/// A person after all exports were joined.
#[derive(Clone, Copy)]
pub struct Person {
    /// The roster row that is in force, if the roster knows the person.
    pub roster: Option<u32>,
    /// What is printed as `person_id`: the employee number, else empty.
    pub id: Span,
}
