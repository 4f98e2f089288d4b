//! DEF-04: no password at all is set.

use crate::audit::check::hit::{concerns, discriminator};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::State;

/// The check.
pub(crate) struct NoPassword;

impl Check for NoPassword {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Any, out);
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
