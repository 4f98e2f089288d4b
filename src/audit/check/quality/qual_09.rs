//! QUAL-09: the current password is an earlier one, or that with its number counted up.

use crate::audit::check::hit::{concerns, discriminator, of_site};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::{Class, Secrets};
use crate::model::finding::Unit;
use std::collections::BTreeSet;

/// The check. Accounts whose export holds no previous password cannot be judged.
pub(crate) struct Repeated;

impl Check for Repeated {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let previous = inventory.credentials.iter().filter(|credential| credential.depth > 0);
        let with: BTreeSet<u32> = previous.map(|credential| credential.account).collect();
        for row in 0..inventory.accounts.len() {
            let system = inventory.accounts.system.get(row);
            if !ask.scope[system as usize] || !ask.site.class(row).is(Class::ACCOUNT) {
                continue;
            }
            if !ask.site.secrets(row).any(Secrets::TRIABLE) {
                out.unjudged(ask, system, 1, Missing::lack(Lack::Credentials));
            } else if with.contains(&row) {
                out.pass(ask, system);
            } else {
                out.unjudged(ask, system, 1, Missing::lack(Lack::History));
            }
        }
        for repeat in of_site(ask, &ask.run.evidence.repeats, |row| row.credential.subject) {
            let credential = &inventory.credentials[repeat.credential.index as usize];
            if concerns(ask, credential) {
                let what = if repeat.counted_up { "counted-up" } else { "same-again" };
                let depth = i64::from(repeat.depth);
                let found = Found::count("changes-ago", depth, Unit::Changes).detail(what);
                let discriminator = discriminator(inventory, credential);
                let origin = Some(credential.origin);
                out.finding(ask, credential.account, Found { discriminator, origin, ..found });
            }
        }
    }
}
