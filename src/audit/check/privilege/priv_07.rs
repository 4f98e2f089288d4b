//! PRIV-07: one account for administration and for daily work: it reads mail, or administers the
//! cloud as well.

use super::administers_directory;
use crate::audit::account::{PerAccount, Verdict};
use crate::audit::sink::Found;
use crate::audit::view::AccountView;
use crate::model::site::SystemKind;

/// The check.
pub(crate) struct OneAccountForAll;

impl PerAccount<0> for OneAccountForAll {
    const THRESHOLDS: [&'static str; 0] = [];

    fn judge(&self, account: &AccountView<'_>, []: [i32; 0]) -> Verdict {
        // A cloud account has an address of its own whether it has a mailbox or not.
        if !account.system.is_active_directory() {
            return Verdict::NotAsked;
        }
        if !administers_directory(account) {
            return Verdict::Pass;
        }
        if administers_cloud(account) {
            return Verdict::Finding(Found::new("mixed-use").detail("administrator-of-cloud"));
        }
        match account.mail() {
            Some(mail) if !mail.is_empty() => {
                Verdict::Finding(Found::new("mixed-use").detail("mail"))
            }
            _ => Verdict::Pass,
        }
    }
}

/// True where the same person administers another directory, as far as the person is known.
fn administers_cloud(account: &AccountView<'_>) -> bool {
    let own = account.site.inventory.accounts.system.get(account.row);
    account.accounts_of_person().iter().any(|held| {
        let site = held.site as usize == account.site.index;
        let cloud = site
            && held.system != own
            && !account.site.systems[held.system as usize].is_active_directory();
        cloud
            && account.site.people.kind(*held) == SystemKind::Directory
            && held.enabled.is_yes()
            && account.site.privileged(held.row).is_yes()
    })
}
