//! QUAL-12: passwords stored so that they can be read or found quickly, counted by system.

use crate::audit::check::hit::{concerns, of_site};
use crate::audit::check::{Asking, Check};
use crate::audit::held::{Enough, count};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::State;
use crate::model::evidence::Recognised;
use crate::model::finding::Unit;
use std::collections::BTreeMap;

/// Forms without salt or with the salt of another age: a list of words finds them in seconds.
const FAST: &[&str] = &[
    "aos-s-sha1",
    "asa-md5",
    "asa-pix-md5",
    "bsdi-des",
    "cisco-type4",
    "dahua-camera-md5-8",
    "descrypt",
    "htdigest-md5",
    "ldap-md5",
    "ldap-sha",
    "lm",
    "lm-half",
    "mssql2000",
    "mysql323",
    "mysql41",
    "opendolphin-md5",
    "oracle-10g",
    "panos-phash-descrypt",
    "postgres-md5",
    "raw-md4",
    "raw-md5",
    "raw-sha1",
    "raw-sha256",
    "raw-sha512",
    "ubnt-airos-descrypt",
];

/// The check. What can be read or found at once is as severe as the rule says, a slow form of
/// another age one step less.
pub(crate) struct WeakStorage;

impl Check for WeakStorage {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        count(ask, Enough::Any, out);
        let inventory = ask.site.inventory;
        let cheap = of_site(ask, &ask.run.evidence.cheap, |at| at.subject);
        let mut systems: BTreeMap<u16, (bool, BTreeMap<&str, u32>)> = BTreeMap::new();
        for (index, credential) in inventory.credentials.iter().enumerate() {
            if !concerns(ask, credential) {
                continue;
            }
            let seen = ask.run.recognised(ask.site, index);
            let few = || cheap.iter().any(|at| at.index as usize == index);
            let Some((word, fast)) = weakness(seen, few) else { continue };
            let system = systems.entry(inventory.accounts.system.get(credential.account));
            let (worst, forms) = system.or_default();
            *worst |= fast;
            *forms.entry(word).or_insert(0) += 1;
        }
        for (system, (fast, forms)) in systems {
            let secrets = forms.values().map(|&count| i64::from(count)).sum();
            let parts: Vec<_> =
                forms.iter().map(|(word, count)| format!("{word} {count}")).collect();
            let found =
                Found::count("weak-storage", secrets, Unit::Secrets).detail(parts.join(", "));
            out.system_finding(ask, system, Found { milder: !fast, ..found });
        }
    }
}

/// How a weak secret is stored, and whether it can be read or found at once.
fn weakness(seen: Recognised, few: impl Fn() -> bool) -> Option<(&'static str, bool)> {
    let name = if seen.scheme.is_empty() { seen.state.word() } else { seen.scheme };
    match seen.state {
        State::Plain | State::Reversible => Some((name, true)),
        State::Hash if FAST.contains(&name) => Some((name, true)),
        State::Hash if name.contains("md5crypt") || name == "apr1" || few() => Some((name, false)),
        _ => None,
    }
}
