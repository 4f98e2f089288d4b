//! Kerberos.

mod krb_01;
mod krb_03;
mod krb_05;

use crate::audit::account::ByAccount;
use crate::audit::check::Entry;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("KRB-01", &ByAccount(krb_01::Roastable)),
    ("KRB-03", &ByAccount(krb_03::Des)),
    ("KRB-05", &ByAccount(krb_05::Delegation)),
];
