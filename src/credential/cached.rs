//! Forms that are made from an NT hash (domain cached credentials): which account's hash opens them,
//! told without any password.

use crate::credential::context::Context;
use crate::credential::pool::{EMPTY, Form, Pool};
use crate::credential::scheme::{self, Body};
use crate::text::name::login_key;
use rayon::prelude::*;
use std::collections::HashMap;

/// Work that foreign hashes may cost on all targets where no time was given.
const WORK: u64 = 1 << 30;

/// A salted target that an NT hash opens.
#[derive(Clone, Copy)]
pub(super) struct Opened {
    /// Number of the target.
    pub(super) target: u32,
    /// Legal entity in which it was proven.
    pub(super) scope: u16,
    /// Number of the NT digest.
    pub(super) digest: u32,
}

/// Position of the NT digests among the families.
pub(super) fn family(pool: &Pool) -> Option<usize> {
    pool.families.iter().position(|family| family.name == "nt")
}

/// Tries the NT hash of the account with the same login first, then all of the entity's.
pub(super) fn open(pool: &Pool, context: &Context<'_>) -> Vec<Opened> {
    let Some(nt) = family(pool) else { return Vec::new() };
    let targets: Vec<(u32, u16)> = wanted(pool);
    if targets.is_empty() {
        return Vec::new();
    }
    let hashes = Hashes::of(pool, nt, context);
    let share = if context.options.timed { u64::MAX } else { WORK / targets.len() as u64 };
    let try_one = |&(target, scope): &(u32, u16)| {
        let (scheme, stored) = pool.targets.get(target);
        let scheme = scheme::at(scheme);
        let (opens, Body::Salted(body)) = (scheme.opens_with_nt()?, scheme.body()) else {
            return None;
        };
        let most = (share / body.cost(stored).max(1)) as usize;
        let digests = &pool.families[nt].digests;
        let fits = |&&digest: &&u32| {
            digests.get(digest).as_bytes().try_into().is_ok_and(|hash| opens(stored, hash))
        };
        let own = hashes.of_logins(pool, context, target, scope);
        let all = hashes.all(scope).iter().take(most);
        let alive = || !context.options.watch.over();
        let digest = own.iter().find(fits).or_else(|| all.take_while(|_| alive()).find(fits))?;
        Some(Opened { target, scope, digest: *digest })
    };
    targets.par_iter().filter_map(try_one).collect()
}

/// Targets of schemes that are made from an NT hash, by legal entity of their holders.
fn wanted(pool: &Pool) -> Vec<(u32, u16)> {
    let mut wanted = Vec::new();
    for slot in 0..pool.targets.len() as u32 {
        if scheme::at(pool.targets.get(slot).0).opens_with_nt().is_some() {
            let holders = pool.target_holders.get(slot).iter();
            wanted.extend(holders.map(|&secret| (slot, pool.secrets[secret as usize].scope)));
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// NT digests by entity and by login.
struct Hashes {
    all: HashMap<u16, Vec<u32>>,
    by_login: HashMap<(u16, String), Vec<u32>>,
}

impl Hashes {
    fn of(pool: &Pool, nt: usize, context: &Context<'_>) -> Self {
        let (mut all, mut by_login) = (HashMap::new(), HashMap::new());
        for (number, secret) in pool.secrets.iter().enumerate() {
            let Form::Digest(family, slot) = secret.form else { continue };
            if usize::from(family) != nt || pool.word_of[number] == EMPTY {
                continue;
            }
            all.entry(secret.scope).or_insert_with(Vec::new).push(slot);
            let login = login_of(pool, context, number as u32);
            by_login.entry((secret.scope, login)).or_insert_with(Vec::new).push(slot);
        }
        for slots in all.values_mut() {
            slots.sort_unstable();
            slots.dedup();
        }
        Self { all, by_login }
    }

    fn all(&self, scope: u16) -> &[u32] {
        self.all.get(&scope).map_or(&[], Vec::as_slice)
    }

    fn of_logins(&self, pool: &Pool, context: &Context<'_>, target: u32, scope: u16) -> Vec<u32> {
        let holders = pool.target_holders.get(target).iter();
        let logins = holders.map(|&secret| login_of(pool, context, secret));
        let own = logins.filter_map(|login| self.by_login.get(&(scope, login)));
        own.flatten().copied().collect()
    }
}

fn login_of(pool: &Pool, context: &Context<'_>, secret: u32) -> String {
    let secret = &pool.secrets[secret as usize];
    let site = &context.sites[usize::from(secret.site)];
    let row = site.credentials[secret.at.index as usize].account;
    login_key(site.text.get(site.accounts.login.get(row))).into_owned()
}
