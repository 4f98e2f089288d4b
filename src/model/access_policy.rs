//! Policies of a cloud directory that say who may log in, and what is asked of them.

use crate::model::arena::Span;
use crate::model::file::Origin;

/// What a policy asks of those whom it is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grant {
    /// Nobody comes in.
    Block,
    /// A second factor, and nothing that could stand in its place.
    Factor,
    /// Something else, or a choice of which a second factor is only one.
    Other,
}

/// Whom, what and when a policy is about; each field is what one part of it states.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent condition")]
pub struct Reach {
    /// All users.
    pub everyone: bool,
    /// All applications.
    pub every_app: bool,
    /// Guests, by name.
    pub guests: bool,
    /// Some applications are left out.
    pub without_apps: bool,
    /// Some roles are left out.
    pub without_roles: bool,
    /// Some groups are left out; nobody exported who is in them.
    pub without_groups: bool,
    /// Guests are left out.
    pub without_guests: bool,
    /// Programs that know no second factor are meant.
    pub old_clients: bool,
    /// All kinds of programs are meant.
    pub every_client: bool,
    /// Only some places, platforms or risks are meant.
    pub narrowed: bool,
    /// The flow by which a code is typed in on another device.
    pub device_code: bool,
    /// The registration of second factors itself.
    pub registration: bool,
}

/// One policy.
#[derive(Clone, Copy)]
pub struct AccessPolicy {
    /// The directory.
    pub system: u16,
    /// In force. One that only reports is not.
    pub enabled: bool,
    /// Whom, what and when.
    pub reach: Reach,
    /// What it asks.
    pub grant: Grant,
    /// Ids of users who are left out, joined with `\n`.
    pub without_users: Span,
    /// Where it stands.
    pub origin: Origin,
}
