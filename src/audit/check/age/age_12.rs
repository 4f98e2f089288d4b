//! AGE-12: a password of digits alone or of letters alone, proven by a hit, that is also old.

use crate::audit::check::hit::{concerns, discriminator, hits, not_tried};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use crate::audit::view::{AccountView, Since};
use crate::model::evidence::WordClass;
use std::collections::BTreeSet;

/// The check.
pub(crate) struct OldAndWeak;

impl Check for OldAndWeak {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Triable, out);
        not_tried(ask, WordClass::Digits, out);
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        let inventory = ask.site.inventory;
        let mut seen = BTreeSet::new();
        for hit in hits(ask).iter().filter(|hit| hit.one_kind) {
            let credential = &inventory.credentials[hit.credential.index as usize];
            let discriminator = discriminator(inventory, credential);
            let first = seen.insert((credential.account, discriminator.clone()));
            if !first || !concerns(ask, credential) {
                continue;
            }
            let account = AccountView::new(ask.site, credential.account);
            let Some(set) = account.password_set() else {
                let system = inventory.accounts.system.get(credential.account);
                let tally = out.tally(ask.index, system);
                tally.judged = tally.judged.saturating_sub(1);
                out.unjudged(ask, system, 1, account.missing());
                continue;
            };
            if let Since::On(set) = set
                && account.days_since(set) > days
            {
                let found = Found::days("days-since-password", account.days_since(set), set);
                let origin = Some(credential.origin);
                out.finding(ask, account.row, Found { discriminator, origin, ..found });
            }
        }
    }
}
