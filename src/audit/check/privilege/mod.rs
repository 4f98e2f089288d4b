//! Administrators' accounts.

mod priv_01;
mod priv_02;
mod priv_03;
mod priv_04;
mod priv_05;
mod priv_06;
mod priv_07;
mod priv_08;
mod priv_09;
mod priv_10;
mod priv_11;

use crate::audit::account::{ByAccount, IfSeveral};
use crate::audit::check::Entry;
use crate::audit::view::AccountView;

/// The coded checks of this family.
pub(super) const CHECKS: &[Entry] = &[
    ("PRIV-01", &priv_01::Spread),
    ("PRIV-02", &ByAccount(priv_02::StalePrivileged)),
    ("PRIV-03", &ByAccount(priv_03::FormerAdministrator)),
    ("PRIV-04", &ByAccount(priv_04::RareGroup)),
    ("PRIV-05", &IfSeveral(priv_05::Unprotected)),
    ("PRIV-06", &ByAccount(priv_06::Delegatable)),
    ("PRIV-07", &ByAccount(priv_07::OneAccountForAll)),
    ("PRIV-08", &ByAccount(priv_08::OutsideAdministrator)),
    ("PRIV-09", &priv_09::BeyondTable),
    ("PRIV-10", &ByAccount(priv_10::PrimaryGroup)),
    ("PRIV-11", &ByAccount(priv_11::SidHistory)),
];

/// Whether an account is a member of Protected Users, recorded where groups were not exported.
fn protected(account: &AccountView<'_>) -> Option<bool> {
    Some(account.groups()?.any(|group| group.eq_ignore_ascii_case("Protected Users")))
}

/// True for an enabled administrator of an Active Directory; what is not known is recorded.
fn administers_directory(account: &AccountView<'_>) -> bool {
    if account.enabled() != Some(true) {
        return false;
    }
    let above = account.privileged();
    if above.is_none() {
        // Groups would tell rights, and what is asked next.
        let _ = account.groups();
    }
    above == Some(true)
}
