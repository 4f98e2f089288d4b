//! QUAL-08: a password that stands in the open and is short or easily guessed.

use crate::audit::check::hit::{concerns, discriminator, of_site};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use crate::model::finding::Unit;

/// The check. It looks at passwords that the export itself shows, and at no others.
pub(crate) struct Weak;

impl Check for Weak {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["length", "score"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Comparable, out);
        let limit = |key: &str| ask.policy.threshold(ask.rule, key);
        let (length, score) = (limit("length"), limit("score"));
        let inventory = ask.site.inventory;
        for rating in of_site(ask, &ask.run.evidence.ratings, |row| row.credential.subject) {
            let credential = &inventory.credentials[rating.credential.index as usize];
            let short = i64::from(rating.length) < length;
            let weak = short || i64::from(rating.score) <= score;
            if weak && concerns(ask, credential) {
                let what = if short { "short" } else { "guessable" };
                let length = i64::from(rating.length);
                let found = Found::count("length", length, Unit::Characters).detail(what);
                let discriminator = discriminator(inventory, credential);
                let origin = Some(credential.origin);
                out.finding(ask, credential.account, Found { discriminator, origin, ..found });
            }
        }
    }
}
