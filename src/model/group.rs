//! Who belongs to which group, where the list of groups stands in another file than the accounts.

use crate::model::arena::{NameId, Span};

/// What a list of groups says about one member.
#[derive(Clone, Copy, Debug)]
pub struct Membership {
    /// The directory.
    pub system: u16,
    /// Security identifier of the account, or of a group that accounts have as primary group.
    pub member: Span,
    /// Every group it belongs to, also through other groups, joined with `\n`; may be empty.
    pub groups: NameId,
    /// True where one of them makes an administrator.
    pub privileged: bool,
}
