//! Groups of a collection and who is in them, through groups in groups, loops or not.

use super::record::Object;
use crate::ingest::windows::{self, is_privileged_group};
use crate::model::group::Membership;
use crate::model::inventory::Inventory;
use hashbrown::{HashMap, HashSet};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Groups {
    /// By security identifier: some collectors write a group twice, once without members.
    by_sid: BTreeMap<String, Group>,
}

struct Group {
    system: u16,
    name: String,
    privileged: bool,
    members: Vec<String>,
}

impl Groups {
    pub(super) fn add(&mut self, system: u16, object: &Object<'_>) {
        let properties = &object.properties;
        let full = properties.name.as_deref().unwrap_or_default();
        let short = full.rsplit_once('@').map_or(full, |(name, _)| name);
        let name = properties.samaccountname.as_deref().filter(|n| !n.is_empty()).unwrap_or(short);
        let rid = windows::group_rid(&object.id);
        let privileged =
            rid.is_some_and(is_privileged_group) || name.eq_ignore_ascii_case("DnsAdmins");
        let members = object.members.iter().flatten().map(|member| member.id.clone().into_owned());
        let group = self.by_sid.entry(object.id.to_string()).or_insert_with(|| Group {
            system,
            name: name.to_owned(),
            privileged,
            members: Vec::new(),
        });
        group.members.extend(members);
    }

    /// Writes down every member of every group, and that the list of administrators is whole.
    pub(super) fn resolve(&self, inventory: &mut Inventory) {
        let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (sid, group) in &self.by_sid {
            for member in &group.members {
                parents.entry(member).or_default().push(sid);
            }
            // Accounts may have it as primary group.
            parents.entry(sid).or_default();
        }
        let mut listed: HashSet<u16> = HashSet::new();
        for group in self.by_sid.values().filter(|group| group.privileged) {
            if listed.insert(group.system) {
                inventory.admins_listed.push(group.system);
            }
        }
        let systems: HashMap<&str, u16> = self.domains();
        for (member, direct) in &parents {
            let Some(prefix) = domain_sid(member) else { continue };
            let mut reached = reach(direct, &parents);
            reached.retain(|group| group != member);
            let own = self.by_sid.get(*member);
            let groups: Vec<&Group> =
                reached.iter().filter_map(|sid| self.by_sid.get(*sid)).collect();
            // Who has a group as primary group is in it and in all that it is in.
            let with_own = || own.into_iter().chain(groups.iter().copied());
            let names: Vec<&str> = with_own().map(|group| group.name.as_str()).collect();
            let privileged = with_own().any(|group| group.privileged);
            let Some(&system) = systems.get(prefix) else { continue };
            let membership = Membership {
                system,
                member: inventory.text.push(member),
                groups: inventory.names.intern(&names.join("\n")),
                privileged,
            };
            inventory.memberships.push(membership);
        }
    }

    /// Systems by the identifier of their domain.
    fn domains(&self) -> HashMap<&str, u16> {
        self.by_sid.iter().filter_map(|(sid, g)| Some((domain_sid(sid)?, g.system))).collect()
    }
}

/// `S-1-5-21-a-b-c` of an account or group of a domain.
fn domain_sid(sid: &str) -> Option<&str> {
    windows::rid(sid)?;
    sid.rsplit_once('-').map(|(domain, _)| domain)
}

fn reach<'a>(direct: &[&'a str], parents: &BTreeMap<&'a str, Vec<&'a str>>) -> Vec<&'a str> {
    let mut reached: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut next: Vec<&str> = direct.to_vec();
    while let Some(group) = next.pop() {
        if seen.insert(group) {
            reached.push(group);
            next.extend(parents.get(group).into_iter().flatten());
        }
    }
    reached.sort_unstable();
    reached
}
