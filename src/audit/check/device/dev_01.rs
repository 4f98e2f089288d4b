//! DEV-01: passwords of a device that its configuration stores in an old or readable form.

use crate::audit::check::hit::lets_in;
use crate::audit::check::{Asking, Check};
use crate::audit::facts::by_device;
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::model::credential::State;
use crate::model::device::Topic;
use crate::model::evidence::Recognised;
use crate::model::file::Origin;
use crate::model::finding::Unit;
use std::collections::BTreeMap;

/// The check.
pub(crate) struct OldForms;

/// One-way forms that makers have replaced by better ones.
const OLD: &[&str] = &[
    "aos-s-sha1",
    "arubaos-mgmt-user",
    "asa-md5",
    "asa-pix-md5",
    "cisco-type4",
    "cisco-type5-md5crypt",
    "descrypt",
    "fortios-ak1",
    "md5crypt",
    "panos-phash-descrypt",
    "screenos",
    "ubnt-airos-descrypt",
];

/// What one device holds.
#[derive(Default)]
struct Held {
    judged: u32,
    forms: BTreeMap<&'static str, i64>,
    missing: Missing,
    first: Option<Origin>,
}

impl Check for OldForms {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let held = held(ask);
        for (system, facts) in by_device(ask) {
            let Some(held) = held.get(&system) else {
                ask.unjudged(system, Missing::lack(Lack::Credentials), out);
                continue;
            };
            let count: i64 = held.forms.values().sum();
            if count == 0 && held.judged == 0 {
                ask.unjudged(system, held.missing, out);
                continue;
            }
            ask.judged(system, out);
            if count > 0 {
                let mut parts: Vec<String> =
                    held.forms.iter().map(|(form, count)| format!("{form} {count}")).collect();
                let said = facts.on(Topic::PasswordEncryption).unwrap_or_default();
                if said.iter().any(|said| said.value == "no") {
                    parts.push("no-password-encryption".to_owned());
                }
                let found = Found::count("old-forms", count, Unit::Secrets);
                let found = Found { origin: held.first, ..found.detail(parts.join(", ")) };
                out.system_finding(ask, system, found);
            }
        }
    }
}

fn held(ask: &Asking<'_>) -> BTreeMap<u16, Held> {
    let inventory = ask.site.inventory;
    let mut devices: BTreeMap<u16, Held> = BTreeMap::new();
    for (index, credential) in inventory.credentials.iter().enumerate() {
        let system = inventory.accounts.system.get(credential.account);
        let current = credential.depth == 0 && !ask.absorbed(credential.account);
        if !current || !lets_in(credential.kind) || !ask.scope[system as usize] {
            continue;
        }
        let held = devices.entry(system).or_default();
        match form(ask.run.recognised(ask.site, index)) {
            Ok(None) => held.judged += 1,
            Ok(Some(form)) => {
                held.judged += 1;
                *held.forms.entry(form).or_default() += 1;
                held.first.get_or_insert(credential.origin);
            }
            Err(missing) => held.missing.add(missing),
        }
    }
    devices
}

/// The old form of a secret, or what hides its form.
fn form(seen: Recognised) -> Result<Option<&'static str>, Missing> {
    let name = if seen.scheme.is_empty() { seen.state.word() } else { seen.scheme };
    match seen.state {
        State::Plain | State::Reversible => Ok(Some(name)),
        State::Hash if OLD.contains(&name) => Ok(Some(name)),
        State::Hash | State::ReversibleKeyed | State::NoPassword | State::Locked => Ok(None),
        State::Masked | State::Placeholder => Err(Missing::lack(Lack::Masked)),
        State::Unknown => Err(Missing::lack(Lack::UnknownScheme)),
    }
}
