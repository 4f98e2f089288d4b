//! DEV-02: a device that checks logins by nothing, by the password of a line, or by itself alone.

use crate::audit::check::{Asking, Check};
use crate::audit::facts::{Said, by_device};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::model::device::Topic;
use crate::model::finding::Severity;

/// The check. Local users alone are right for a small site: that is for information.
pub(crate) struct LoginMethod;

impl Check for LoginMethod {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for (system, facts) in by_device(ask) {
            let Some(said) = facts.on(Topic::LoginMethod) else {
                ask.unjudged(system, Missing::topic(Topic::LoginMethod), out);
                continue;
            };
            ask.judged(system, out);
            if let Some((fault, most, at)) = judge(&said) {
                let found = Found::new("login-method").detail(fault);
                let origin = (at.origin.line > 0).then_some(at.origin);
                out.system_finding(ask, system, Found { most, origin, ..found });
            }
        }
    }
}

/// The worst of what is said. A list that ends in `none` after a server lets in whoever cuts the line.
fn judge<'s, 'a>(said: &'s [Said<'a>]) -> Option<(&'static str, Severity, &'s Said<'a>)> {
    let words = |at: &Said<'a>| at.value.split(' ').collect::<Vec<_>>();
    // A password of the line or of the privileged mode, without a name.
    let nameless = |at: &Said<'a>| words(at).iter().all(|word| matches!(*word, "line" | "enable"));
    let open = said.iter().find(|at| words(at).contains(&"none"));
    if let Some(at) = open {
        return Some(("no-aaa", Severity::Critical, at));
    }
    let outside =
        |at: &Said<'a>| words(at).iter().any(|w| !matches!(*w, "local" | "line" | "enable" | ""));
    if said.iter().any(outside) {
        return None;
    }
    let all_by_line = said.iter().all(nameless);
    match said.first() {
        Some(at) if all_by_line => Some(("line-password", Severity::Critical, at)),
        Some(at) => Some(("local-only", Severity::Info, at)),
        None => None,
    }
}
