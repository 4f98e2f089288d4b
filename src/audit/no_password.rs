//! DEF-04: no password at all is set.

use crate::audit::account::each_account;
use crate::audit::hit::{concerns, count, discriminator};
use crate::audit::sink::{Found, Sink};
use crate::audit::site::Secrets;
use crate::audit::{Asking, Check};
use crate::model::credential::State;
use std::ops::Range;

/// The check.
pub(crate) struct NoPassword;

impl Check for NoPassword {
    fn rows(&self, ask: &Asking<'_>, rows: Range<u32>, out: &mut Sink) {
        // A secret in whatever form shows that one is set.
        each_account(ask, rows, out, |account| count(account, Secrets::ANY));
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        for (index, credential) in inventory.credentials.iter().enumerate() {
            let state = ask.run.recognised(ask.site, index).state;
            if state != State::NoPassword || !concerns(ask, credential) {
                continue;
            }
            let discriminator = discriminator(inventory, credential);
            let detail = discriminator.trim_end().to_owned();
            let found = Found::new("no-password").detail(detail);
            let origin = Some(credential.origin);
            out.finding(ask, credential.account, Found { discriminator, origin, ..found });
        }
    }
}
