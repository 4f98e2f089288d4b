//! FLAG-07: a password that every member of the domain, or every user of a machine, can read: in
//! a group policy preference, or kept for the automatic logon.

use crate::audit::check::hit::discriminator;
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::{AUTOMATIC_LOGON, Credential};
use crate::model::inventory::Inventory;
use crate::model::site::SystemKind;

/// Name of the reader of preference files.
const PREFERENCES: &str = "gpp";

/// The check. Nobody can say of a domain that it has no such file before its files were given.
pub(crate) struct ReadableSecret;

impl Check for ReadableSecret {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, out);
        let inventory = ask.site.inventory;
        for credential in &inventory.credentials {
            let row = credential.account;
            let system = inventory.accounts.system.get(row);
            let Some(place) = place(inventory, credential) else { continue };
            if ask.absorbed(row) || !ask.scope[system as usize] {
                continue;
            }
            if inventory.systems[system as usize].kind != SystemKind::Directory {
                out.pass(ask, system);
            }
            let found = Found::new("readable-secret").detail(place);
            let discriminator = discriminator(inventory, credential);
            let origin = Some(credential.origin);
            out.finding(ask, row, Found { discriminator, origin, ..found });
        }
    }
}

fn count(ask: &Asking<'_>, out: &mut Sink) {
    let given = ask.site.inventory.files.iter().any(|file| file.reader == PREFERENCES);
    for system in ask.systems() {
        let facts = &ask.site.systems[system as usize];
        if !facts.is_active_directory() || facts.logins == 0 {
            continue;
        }
        if given {
            out.tally(ask.index, system).judged += facts.logins;
        } else {
            let lack = Missing::lack(Lack::GroupPolicyFiles);
            out.unjudged(ask, system, facts.logins, lack);
        }
    }
}

fn place(inventory: &Inventory, credential: &Credential) -> Option<&'static str> {
    let automatic = inventory.text.get(credential.principal) == AUTOMATIC_LOGON;
    match () {
        () if credential.depth > 0 => None,
        () if automatic => Some("automatic-logon"),
        () if inventory.file(credential.origin.file).reader == PREFERENCES => {
            Some("group-policy-preference")
        }
        () => None,
    }
}
