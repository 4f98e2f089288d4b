//! Password policies with the accounts that each of them governs.

use crate::audit::site::{Class, SiteFacts};
use crate::audit::view::AccountView;
use crate::model::account::Flag;
use crate::model::arena::NameId;
use crate::model::device::{Fact, Topic};
use crate::model::inventory::Inventory;
use crate::model::password_policy::PasswordPolicy;
use crate::model::tri::Tri;
use crate::text::name::login_key;
use hashbrown::HashMap;

/// One policy.
#[derive(Clone, Debug)]
pub(crate) struct InForce {
    /// What it demands.
    pub(crate) policy: PasswordPolicy,
    /// Its name; empty for the one that holds where no other does.
    pub(crate) name: String,
    /// Enabled accounts that it governs, as far as memberships were exported.
    pub(crate) accounts: u32,
    /// How many of them have no second factor.
    alone: u32,
    /// Of how many nobody knows.
    open: u32,
}

impl InForce {
    /// Whether all that it governs have a second factor: `No` where one is known to have none.
    pub(crate) const fn second_factor(&self) -> Tri {
        match (self.alone, self.open, self.accounts) {
            (0, 0, 1..) => Tri::Yes,
            (1.., _, _) => Tri::No,
            _ => Tri::Unknown,
        }
    }

    /// True for a fine-grained policy.
    pub(crate) const fn is_fine_grained(&self) -> bool {
        !self.name.is_empty()
    }

    const fn add(&mut self, second_factor: Option<bool>) {
        self.accounts += 1;
        match second_factor {
            Some(true) => {}
            Some(false) => self.alone += 1,
            None => self.open += 1,
        }
    }
}

/// The policies of a site, by system and name; several exports of one policy are one.
pub(crate) fn of(site: &SiteFacts<'_>) -> Vec<InForce> {
    let inventory = site.inventory;
    let stated = inventory.password_policies.iter().copied();
    let mut all: Vec<_> = stated.chain(of_devices(inventory)).collect();
    let file = |p: &PasswordPolicy| (&inventory.file(p.origin.file).path, p.origin.line);
    all.sort_by(|a, b| {
        let name = |p: &PasswordPolicy| inventory.text.get(p.name);
        (a.system, name(a)).cmp(&(b.system, name(b))).then_with(|| file(a).cmp(&file(b)))
    });
    let mut policies: Vec<InForce> = Vec::new();
    for policy in all {
        let name = inventory.text.get(policy.name);
        match policies.last_mut() {
            Some(last) if (last.policy.system, last.name.as_str()) == (policy.system, name) => {
                last.policy.fill_from(&policy);
            }
            _ => policies.push(InForce {
                policy,
                name: name.to_owned(),
                accounts: 0,
                alone: 0,
                open: 0,
            }),
        }
    }
    if !policies.is_empty() {
        govern(site, &mut policies);
    }
    policies
}

/// What devices state about passwords, as a policy each.
fn of_devices(inventory: &Inventory) -> impl Iterator<Item = PasswordPolicy> + '_ {
    inventory.facts.iter().filter_map(|fact: &Fact| {
        let number = inventory.text.get(fact.value).parse().ok();
        let policy = PasswordPolicy {
            system: fact.system,
            origin: fact.origin,
            ..PasswordPolicy::default()
        };
        match fact.topic {
            Topic::PasswordLength => Some(PasswordPolicy { min_length: number, ..policy }),
            Topic::Lockout => Some(PasswordPolicy { lockout_threshold: number, ..policy }),
            _ => None,
        }
    })
}

/// Counts every enabled login at the policy that governs it.
fn govern(site: &SiteFacts<'_>, policies: &mut [InForce]) {
    let targets = Targets::of(site.inventory, policies);
    let accounts = &site.inventory.accounts;
    let mut by_groups = HashMap::new();
    for row in 0..accounts.len() {
        let enabled = accounts.flag(row, Flag::Enabled) != Tri::No;
        if !enabled || !site.class(row).is(Class::ACCOUNT) {
            continue;
        }
        let system = accounts.system.get(row);
        let groups = accounts.groups.get(row);
        let direct = targets.named(site.inventory, row);
        let fine = direct.or_else(|| {
            *by_groups
                .entry((system, groups))
                .or_insert_with(|| targets.by_groups(site.inventory, system, groups))
        });
        let Some(policy) = fine.or_else(|| targets.general.get(&system).copied()) else { continue };
        let factor = AccountView::new(site, row).second_factor();
        policies[policy].add(factor);
    }
}

/// Whom fine-grained policies are for, by system and lower-cased name.
#[derive(Default)]
struct Targets {
    /// Policies by rank: the lowest number wins.
    ranks: Vec<(u32, usize)>,
    by_name: HashMap<(u16, String), usize>,
    /// The policy that holds where no other does, by system.
    general: HashMap<u16, usize>,
}

impl Targets {
    fn of(inventory: &Inventory, policies: &[InForce]) -> Self {
        let mut targets = Self::default();
        for (index, policy) in policies.iter().enumerate() {
            let system = policy.policy.system;
            targets.ranks.push((policy.policy.precedence.unwrap_or(u32::MAX), index));
            if !policy.is_fine_grained() {
                targets.general.insert(system, index);
                continue;
            }
            let names = inventory.text.get(policy.policy.applies_to).split('\n');
            for name in names.filter(|name| !name.is_empty()) {
                targets.offer((system, login_key(name).into_owned()), index);
            }
        }
        targets
    }

    fn offer(&mut self, key: (u16, String), policy: usize) {
        let ranks = &self.ranks;
        let held = self.by_name.entry(key).or_insert(policy);
        if ranks[policy] < ranks[*held] {
            *held = policy;
        }
    }

    /// The policy that names the account itself: by login, or by the name of its entry.
    fn named(&self, inventory: &Inventory, row: u32) -> Option<usize> {
        if self.by_name.is_empty() {
            return None;
        }
        let accounts = &inventory.accounts;
        let names = [accounts.login.get(row), accounts.name.get(row)];
        names.into_iter().find_map(|name| {
            let name = login_key(inventory.text.get(name)).into_owned();
            self.by_name.get(&(accounts.system.get(row), name)).copied()
        })
    }

    /// The policy of the best rank that names one of the groups.
    fn by_groups(&self, inventory: &Inventory, system: u16, groups: NameId) -> Option<usize> {
        let named = inventory.names.get(groups).split('\n').filter_map(|group| {
            let group = login_key(crate::audit::privilege::common_name(group)).into_owned();
            self.by_name.get(&(system, group)).copied()
        });
        named.min_by_key(|&policy| self.ranks[policy])
    }
}
