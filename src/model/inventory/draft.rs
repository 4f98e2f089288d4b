//! Secrets and people on their way from a reader into the inventory.

use crate::model::credential::{Kind, State};
use crate::model::day::Stamp;
use crate::model::file::Origin;
use crate::model::person::Employment;

/// A stored secret as a reader hands it over.
#[derive(Clone, Copy)]
pub struct CredentialDraft<'a> {
    /// What it is for.
    pub kind: Kind,
    /// The state that the reader saw.
    pub state: State,
    /// 0 = current, n = n-th previous.
    pub depth: u8,
    /// Privilege on a device.
    pub privilege: u8,
    /// Scheme by name; empty = by announced prefix.
    pub scheme: &'a str,
    /// A peer, group or host that the secret belongs to.
    pub principal: &'a str,
    /// Parameters outside the stored text (salt, user name, realm).
    pub salt: &'a str,
    /// The stored bytes; hexadecimal digests already decoded by the reader.
    pub secret: &'a [u8],
    /// Where it stands.
    pub origin: Origin,
}

impl CredentialDraft<'_> {
    /// A login secret in the named scheme.
    pub const fn login<'a>(
        scheme: &'a str,
        secret: &'a [u8],
        origin: Origin,
    ) -> CredentialDraft<'a> {
        CredentialDraft {
            kind: Kind::Login,
            state: State::Hash,
            depth: 0,
            privilege: 0,
            scheme,
            principal: "",
            salt: "",
            secret,
            origin,
        }
    }
}

/// A person as a roster row states it.
#[derive(Clone, Copy)]
pub struct RosterDraft<'a> {
    /// Employee number as written.
    pub employee: &'a str,
    /// Name as written.
    pub name: &'a str,
    /// Reading of the name.
    pub kana: &'a str,
    /// Login.
    pub login: &'a str,
    /// Mail address.
    pub mail: &'a str,
    /// Department.
    pub department: &'a str,
    /// Job.
    pub job: &'a str,
    /// Class of employment.
    pub class: &'a str,
    /// First working day.
    pub joined: Stamp,
    /// Last working day.
    pub left: Stamp,
    /// Status column.
    pub status: Employment,
    /// Where the row stands.
    pub origin: Origin,
}

/// A line of a device configuration that carries a secret which no rule understood.
#[derive(Clone, Debug)]
pub struct UnreadSecret {
    /// The device.
    pub system: u16,
    /// The word of our own coverage list that matched.
    pub word: &'static str,
    /// Where it stands.
    pub origin: Origin,
}
