//! REUSE-01, 02, 04, 06: one password on several accounts, told apart by what proves it.

use crate::audit::held::{Enough, count};
use crate::audit::hit::{discriminator, lets_in, not_tried};
use crate::audit::missing::{Lack, Missing};
use crate::audit::sink::{Found, Sink};
use crate::audit::{Asking, Check};
use crate::model::evidence::{Edges, Group, Member};
use crate::model::finding::Unit;

/// Sites from which a group is as grave as one with an administrator in it.
const WIDE: u32 = 3;

/// The check for one kind of edge: a row for every member at which such an edge ends.
pub(crate) struct Reuse(pub(crate) Edges);

impl Check for Reuse {
    fn site(&self, ask: &Asking<'_>, out: &mut Sink) {
        // Values under a device's own key can be compared as text, and only so.
        let as_text = self.0 == Edges::EQUAL_IN_SYSTEM || self.0 == Edges::CLONED;
        count(ask, if as_text { Enough::Comparable } else { Enough::Triable }, out);
        if self.0 == Edges::OTHER_SYSTEM && ask.run.systems_with_secrets < 2 {
            nothing_to_compare_with(ask, out);
        }
        if self.0 == Edges::KNOWN_WORD {
            not_tried(ask, out);
        }
        for (index, group) in ask.run.evidence.groups.iter().enumerate() {
            let mut told = None;
            for member in members_here(ask, group).iter().filter(|m| m.edges.has(self.0)) {
                let row = ask.run.subjects.get(member.credential.subject).row;
                // Members are sorted: two secrets of one account stand side by side.
                if told != Some(row)
                    && !ask.absorbed(row)
                    && self.tell(ask, index, member, row, out)
                {
                    told = Some(row);
                }
            }
        }
    }
}

impl Reuse {
    fn tell(
        &self,
        ask: &Asking<'_>,
        index: usize,
        member: &Member,
        row: u32,
        out: &mut Sink,
    ) -> bool {
        let inventory = ask.site.inventory;
        let system = inventory.accounts.system.get(row);
        if !ask.scope[system as usize] {
            return false;
        }
        let facts = &ask.run.groups[index];
        let credential = &inventory.credentials[member.credential.index as usize];
        // Communities and shared keys are told where they cross systems, and nowhere else.
        if self.0 != Edges::OTHER_SYSTEM && !lets_in(credential.kind) {
            return false;
        }
        let found = Found::count("accounts-in-group", i64::from(facts.accounts), Unit::Accounts)
            .detail(member.proof.word());
        out.finding(
            ask,
            row,
            Found {
                group: index as u32,
                grave: facts.privileged || facts.sites >= WIDE,
                milder: facts.one_person && !facts.privileged && facts.systems < 2,
                restricted: ask.run.evidence.groups[index].restricted,
                discriminator: discriminator(inventory, credential),
                origin: Some(credential.origin),
                ..found
            },
        );
        true
    }
}

fn members_here<'a>(ask: &Asking<'_>, group: &'a Group) -> &'a [Member] {
    let first = ask.run.subjects.number(ask.site.index, 0);
    let end = first + ask.site.inventory.accounts.len();
    let start = group.members.partition_point(|m| m.credential.subject < first);
    &group.members[start..group.members.partition_point(|m| m.credential.subject < end)]
}

fn nothing_to_compare_with(ask: &Asking<'_>, out: &mut Sink) {
    for system in ask.systems() {
        let judged = std::mem::take(&mut out.tally(ask.index, system).judged);
        if judged > 0 {
            out.unjudged(ask, system, judged, Missing::lack(Lack::SecondSystem));
        }
    }
}
