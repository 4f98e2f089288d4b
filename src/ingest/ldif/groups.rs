//! Who belongs to which group, through groups in groups, and who is an administrator by it.

use crate::ingest::windows::{is_privileged_group, is_privileged_name};
use crate::model::account::{Flag, NO_GROUPS};
use crate::model::arena::NameId;
use crate::model::inventory::Inventory;
use crate::model::tri::Tri;
use hashbrown::{HashMap, HashSet};

/// A group as its entry or somebody's memberOf shows it.
pub(super) struct Group {
    /// Hash of the distinguished name.
    pub(super) dn: u64,
    /// Hash of the domain's part of it.
    pub(super) domain: u64,
    /// Common name.
    pub(super) name: String,
    /// Relative id, also of BUILTIN groups.
    pub(super) rid: Option<u32>,
    /// Groups that it is a member of.
    pub(super) member_of: Vec<u64>,
    /// Its members.
    pub(super) members: Vec<u64>,
    /// True where `member` was cut off by the server.
    pub(super) truncated: bool,
    /// Line of its entry.
    pub(super) line: u32,
}

/// What one account's entry says of its groups.
#[derive(Clone, Copy)]
pub(super) struct UserLink {
    pub(super) dn: u64,
    pub(super) domain: u64,
    /// Relative id of the primary group; 0 = not exported.
    pub(super) primary: u32,
    /// Where its direct groups begin in [`Memberships::direct`].
    pub(super) first: u32,
}

/// Memberships of a file or block.
#[derive(Default)]
pub(super) struct Memberships {
    /// One for each account row, in their order.
    pub(super) users: Vec<UserLink>,
    /// Distinguished names of direct groups, hashed, account by account.
    pub(super) direct: Vec<u64>,
    /// Group entries.
    pub(super) groups: Vec<Group>,
    /// Common names of groups that are only spoken of, in the order they were met.
    pub(super) spoken_of: Vec<(u64, String)>,
    /// Names already in `spoken_of`.
    pub(super) known: HashSet<u64>,
    /// True once an account's entry carried memberOf.
    pub(super) carries_member_of: bool,
}

impl Memberships {
    /// Takes over a later block.
    pub(super) fn absorb(&mut self, other: Self) {
        let offset = self.direct.len() as u32;
        self.users.extend(other.users.iter().map(|u| UserLink { first: u.first + offset, ..*u }));
        self.direct.extend(other.direct);
        self.groups.extend(other.groups);
        for (dn, name) in other.spoken_of {
            if self.known.insert(dn) {
                self.spoken_of.push((dn, name));
            }
        }
        self.carries_member_of |= other.carries_member_of;
    }

    /// Fills the groups column and the privileged flag of every account.
    pub(super) fn resolve(&self, inventory: &mut Inventory) {
        let graph = Graph::new(self);
        let by_members = if self.carries_member_of { HashMap::new() } else { self.by_members() };
        let known = self.carries_member_of || !by_members.is_empty();
        let complete = known && graph.exported;
        let mut memo: HashMap<Vec<u32>, (NameId, bool)> = HashMap::new();
        for (row, user) in self.users.iter().enumerate() {
            let row = row as u32;
            let mut start: Vec<u32> =
                self.direct_of(row as usize).iter().filter_map(|dn| graph.find(*dn)).collect();
            start.extend(by_members.get(&row).into_iter().flatten());
            let primary = graph.primary(user);
            start.extend(primary);
            start.sort_unstable();
            start.dedup();
            let everyone = primary.filter(|_| is_default_primary(user.primary));
            // Nothing to climb from, and most accounts have that: no search.
            let (names, privileged) = if start.is_empty() {
                (NameId::EMPTY, false)
            } else {
                *memo
                    .entry(start)
                    .or_insert_with_key(|start| graph.climb(start, everyone, inventory))
            };
            let privileged = privileged || is_privileged_group(user.primary);
            if !names.is_empty() {
                inventory.accounts.groups.set(row, names);
            } else if known {
                let none = inventory.names.intern(NO_GROUPS);
                inventory.accounts.groups.set(row, none);
            }
            match (privileged, complete) {
                (true, _) => inventory.accounts.set_flag(row, Flag::Privileged, Tri::Yes),
                (false, true) => inventory.accounts.set_flag(row, Flag::Privileged, Tri::No),
                (false, false) => {}
            }
        }
    }

    fn direct_of(&self, user: usize) -> &[u64] {
        let start = self.users[user].first as usize;
        let end = self.users.get(user + 1).map_or(self.direct.len(), |next| next.first as usize);
        &self.direct[start..end]
    }

    /// Group positions by account row, from the groups' own lists of members.
    fn by_members(&self) -> HashMap<u32, Vec<u32>> {
        let mut found: HashMap<u32, Vec<u32>> = HashMap::new();
        if self.groups.iter().all(|group| group.members.is_empty()) {
            return found;
        }
        let rows: HashMap<u64, u32> =
            self.users.iter().enumerate().map(|(row, user)| (user.dn, row as u32)).collect();
        for (index, group) in self.groups.iter().enumerate() {
            for row in group.members.iter().filter_map(|dn| rows.get(dn)) {
                found.entry(*row).or_default().push(index as u32);
            }
        }
        found
    }
}

/// Relative ids of groups that everybody, every computer or every guest has as primary group.
const fn is_default_primary(rid: u32) -> bool {
    matches!(rid, 513..=516 | 521)
}

struct Node<'a> {
    name: &'a str,
    privileged: bool,
    parents: Vec<u32>,
}

struct Graph<'a> {
    nodes: Vec<Node<'a>>,
    by_dn: HashMap<u64, u32>,
    by_rid: HashMap<(u64, u32), u32>,
    /// True where the groups that make administrators are themselves in the export.
    exported: bool,
}

impl<'a> Graph<'a> {
    fn new(memberships: &'a Memberships) -> Self {
        let mut graph = Self {
            nodes: Vec::new(),
            by_dn: HashMap::new(),
            by_rid: HashMap::new(),
            exported: false,
        };
        for (index, group) in memberships.groups.iter().enumerate() {
            let by_rid = group.rid.is_some_and(is_privileged_group);
            graph.exported |= by_rid;
            graph.by_dn.entry(group.dn).or_insert(index as u32);
            if let Some(rid) = group.rid {
                graph.by_rid.entry((group.domain, rid)).or_insert(index as u32);
            }
            let privileged = by_rid || group.name.eq_ignore_ascii_case("DnsAdmins");
            graph.nodes.push(Node { name: &group.name, privileged, parents: Vec::new() });
        }
        for (dn, name) in &memberships.spoken_of {
            let index = graph.nodes.len() as u32;
            if graph.by_dn.try_insert(*dn, index).is_ok() {
                let privileged = is_privileged_name(name);
                graph.nodes.push(Node { name, privileged, parents: Vec::new() });
            }
        }
        graph.link(memberships);
        graph
    }

    fn link(&mut self, memberships: &Memberships) {
        for (index, group) in memberships.groups.iter().enumerate() {
            let index = index as u32;
            for parent in group.member_of.iter().filter_map(|dn| self.by_dn.get(dn)) {
                self.nodes[index as usize].parents.push(*parent);
            }
            for child in group.members.iter().filter_map(|dn| self.by_dn.get(dn)) {
                let parents = &mut self.nodes[*child as usize].parents;
                if !parents.contains(&index) {
                    parents.push(index);
                }
            }
        }
    }

    fn find(&self, dn: u64) -> Option<u32> {
        self.by_dn.get(&dn).copied()
    }

    fn primary(&self, user: &UserLink) -> Option<u32> {
        self.by_rid.get(&(user.domain, user.primary)).copied()
    }

    /// All groups reached from `start`, loops or not: their names, and whether one of them makes
    /// an administrator. `everyone` is a primary group that says nothing: it and what is reached
    /// through it alone are not named.
    fn climb(
        &self,
        start: &[u32],
        everyone: Option<u32>,
        inventory: &mut Inventory,
    ) -> (NameId, bool) {
        let direct: Vec<u32> = start.iter().copied().filter(|&s| Some(s) != everyone).collect();
        let named = self.reach(direct);
        let privileged =
            |reached: &[u32]| reached.iter().any(|&n| self.nodes[n as usize].privileged);
        let all = if everyone.is_some() { self.reach(start.to_vec()) } else { Vec::new() };
        let shown: Vec<&str> = named.iter().map(|&n| self.nodes[n as usize].name).collect();
        let id = inventory.names.intern(&shown.join("\n"));
        (id, privileged(&named) || privileged(&all))
    }

    fn reach(&self, mut reached: Vec<u32>) -> Vec<u32> {
        let mut seen: HashSet<u32> = reached.iter().copied().collect();
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            for &parent in &self.nodes[node as usize].parents {
                if seen.insert(parent) {
                    reached.push(parent);
                }
            }
        }
        reached
    }
}

/// Value of the first part of a distinguished name, escapes resolved:
/// `CN=Sato\, Takuya,OU=x` → `Sato, Takuya`.
pub(super) fn first_name(dn: &str) -> String {
    let value = dn.split_once('=').map_or(dn, |(_, value)| value).as_bytes();
    let mut out = Vec::with_capacity(value.len().min(64));
    let mut at = 0;
    while at < value.len() && value[at] != b',' {
        if value[at] != b'\\' {
            out.push(value[at]);
            at += 1;
            continue;
        }
        let hex = value.get(at + 1..at + 3).and_then(|pair| str::from_utf8(pair).ok());
        if let Some(byte) = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.extend(value.get(at + 1));
            at += 2;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
