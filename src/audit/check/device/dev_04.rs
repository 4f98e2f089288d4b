//! DEV-04: SNMP that lets itself be written to, or that asks nobody who they are.

use crate::audit::check::{Asking, Check};
use crate::audit::facts::{Said, by_device};
use crate::audit::missing::Missing;
use crate::audit::sink::{Found, Sink};
use crate::model::device::Topic;
use crate::model::finding::Unit;

/// The check: three faults, each with a finding of its own.
pub(crate) struct OpenSnmp;

impl Check for OpenSnmp {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        for (system, facts) in by_device(ask) {
            let communities = facts.on(Topic::SnmpCommunity);
            let users = facts.on(Topic::SnmpUser);
            if communities.is_none() && users.is_none() {
                ask.unjudged(system, Missing::topic(Topic::SnmpCommunity), out);
                continue;
            }
            ask.judged(system, out);
            let communities = communities.unwrap_or_default();
            let (guarded, open): (Vec<_>, Vec<_>) = communities
                .into_iter()
                .filter(|said| said.value.starts_with("rw"))
                .partition(|said| said.value.contains("acl"));
            let mut users = users.unwrap_or_default();
            users.retain(|said| said.value == "noauth");
            for (fault, said) in [("rw", guarded), ("rw-open", open), ("noauth-user", users)] {
                tell(ask, system, fault, &said, out);
            }
        }
    }
}

fn tell(ask: &Asking<'_>, system: u16, fault: &'static str, said: &[Said<'_>], out: &mut Sink) {
    if let Some(first) = said.first() {
        let found = Found::count(fault, said.len() as i64, Unit::Settings).detail(fault);
        out.system_finding(
            ask,
            system,
            Found {
                milder: fault != "rw-open",
                discriminator: fault.into(),
                origin: Some(first.origin),
                ..found
            },
        );
    }
}
