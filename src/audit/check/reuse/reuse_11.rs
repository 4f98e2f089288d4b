//! REUSE-11: one community, shared key or pre-shared key on several devices.

use crate::audit::check::hit::lets_in;
use crate::audit::check::reuse::edge::{each_account, found};
use crate::audit::check::{Asking, Check};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::Sink;
use crate::model::credential::{Credential, Kind, State};
use crate::model::evidence::Group;
use std::collections::BTreeSet;

/// The check.
pub(crate) struct SharedKey;

impl Check for SharedKey {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        let inventory = ask.site.inventory;
        for (index, credential) in inventory.credentials.iter().enumerate() {
            let system = inventory.accounts.system.get(credential.account);
            if !is_key(credential) || credential.depth > 0 || !ask.scope[system as usize] {
                continue;
            }
            match ask.run.recognised(ask.site, index).state {
                State::Masked | State::Placeholder => {
                    out.unjudged(ask, system, 1, Missing::lack(Lack::Masked));
                }
                State::Unknown => out.unjudged(ask, system, 1, Missing::lack(Lack::UnknownScheme)),
                _ => out.pass(ask, system),
            }
        }
        each_account(ask, out, |at| {
            let tells = is_key(at.credential)
                && ask.run.groups[at.index].systems >= 2
                && !is_one_tunnel(ask, at.group);
            tells.then(|| found(ask, at))
        });
    }
}

const fn is_key(credential: &Credential) -> bool {
    !lets_in(credential.kind) && !matches!(credential.kind, Kind::Ppp | Kind::PrivateKey)
}

/// A pre-shared key that exactly the two ends of a tunnel hold is right.
fn is_one_tunnel(ask: &Asking<'_>, group: &Group) -> bool {
    let mut ends = BTreeSet::new();
    let tunnel = group.members.iter().all(|member| {
        let subject = ask.run.subjects.get(member.credential.subject);
        let inventory = ask.run.sites[subject.site as usize].inventory;
        ends.insert((subject.site, subject.system));
        inventory.credentials[member.credential.index as usize].kind == Kind::IkePsk
    });
    tunnel && ends.len() == 2 && group.members.len() == 2
}
