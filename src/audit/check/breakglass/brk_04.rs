//! BRK-04: a sealed account that nobody has tried for a long time.

use crate::audit::account::Verdict;
use crate::audit::check::sealed::{self, Sealed};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::view::Used;
use crate::model::day::Day;

/// The check. Where an account lies sealed, never used is right: only a declared test proves that it
/// works. Elsewhere a use is as good as a test.
pub(crate) struct Untested;

impl Check for Untested {
    fn thresholds(&self) -> Vec<&'static str> {
        vec!["days"]
    }

    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let days = ask.policy.threshold(ask.rule, "days") as i32;
        if !sealed::declared(ask.site) {
            return sealed::undeclared(ask, out);
        }
        sealed::each(ask, out, |sealed| judge(sealed, days));
    }
}

fn judge(sealed: &Sealed<'_>, days: i32) -> Verdict {
    let account = &sealed.account;
    let tried = sealed.tested().max(match sealed.since() {
        Some(_) => None,
        None => used(sealed),
    });
    match tried {
        Some(day) if account.days_since(day) > days => {
            Verdict::Finding(Found::days("days-since-test", account.days_since(day), day))
        }
        Some(_) => Verdict::Pass,
        None => {
            account.lacks::<()>(Missing::lack(Lack::LastTest));
            Verdict::Pass
        }
    }
}

/// The last use, where it is known; the test log may say more.
fn used(sealed: &Sealed<'_>) -> Option<Day> {
    match sealed.account.last_use_if_known()? {
        Used::On(day) => Some(day),
        Used::Never => None,
    }
}
