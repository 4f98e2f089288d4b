//! AUD-09: stored secrets in a form that this version does not know.

use crate::audit::check::{Asking, Check};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::State;
use crate::model::file::Origin;
use crate::model::finding::Unit;
use std::collections::BTreeMap;

/// The check: one finding per system.
pub(crate) struct UnknownForms;

impl Check for UnknownForms {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        let mut unknown: BTreeMap<u16, (i64, Origin)> = BTreeMap::new();
        for (index, credential) in inventory.credentials.iter().enumerate() {
            let seen = ask.run.recognised(ask.site, index);
            if credential.depth == 0 && seen.state == State::Unknown {
                let system = inventory.accounts.system.get(credential.account);
                unknown.entry(system).or_insert((0, credential.origin)).0 += 1;
            }
        }
        ask.judged_all(out);
        for (system, (secrets, origin)) in unknown {
            let found = Found::count("unknown-forms", secrets, Unit::Secrets);
            out.system_finding(ask, system, Found { origin: Some(origin), ..found });
        }
    }
}
