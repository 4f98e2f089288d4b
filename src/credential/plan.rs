//! What salted secrets may cost, and how long that will take.

use crate::credential::batch::{Hits, Pair};
use crate::credential::candidates::Lines;
use crate::credential::context::Context;
use crate::credential::pool::{Form, Pool};
use crate::credential::scheme::{self, Body};
use crate::credential::watch::Class;
use crate::credential::{Options, own};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Work of list words on one salted secret where no time was given, about 0.2 s.
const ON_EACH: u64 = 1 << 21;
/// Work of list words on all salted secrets where no time was given, about 50 s of one core.
const ON_ALL: u64 = 1 << 29;
/// How long one scheme is measured.
const MEASURED: Duration = Duration::from_millis(50);
/// Pairs that are measured at a time: as many as fill the lanes, fewer of dear schemes.
const PAIRS: [usize; 3] = [64, 16, 1];
/// Numbers of up to six digits.
const NUMBERS: u64 = 1_111_110;

/// The work that is left. With a time given there is no other limit.
pub(super) struct Purse {
    all: u64,
    lists: u64,
    each: u64,
    /// What list words cost so far, by target.
    spent: Vec<u64>,
}

impl Purse {
    /// The purse of a run.
    pub(super) fn of(options: &Options<'_>, targets: usize) -> Self {
        let spent = vec![0; targets];
        if options.timed {
            return Self { all: u64::MAX, lists: u64::MAX, each: u64::MAX, spent };
        }
        Self { all: options.work, lists: ON_ALL.min(options.work), each: ON_EACH, spent }
    }

    /// True where one more list word may be tried on a target.
    pub(super) fn lasts(&self, slot: u32, cost: u64) -> bool {
        self.spent[slot as usize].saturating_add(cost) <= self.each
    }

    /// Notes what list words cost on a target.
    pub(super) fn spend(&mut self, slot: u32, work: u64) {
        let spent = &mut self.spent[slot as usize];
        *spent = spent.saturating_add(work);
    }

    /// Takes work out, unless too little is left.
    pub(super) fn pay(&mut self, work: u64, limited: bool) -> bool {
        if work > self.all || (limited && work > self.lists) {
            return false;
        }
        self.all -= work;
        if limited {
            self.lists -= work;
        }
        true
    }
}

/// Tells whoever watches what lies ahead, and how long it will take where that is over a second.
pub(super) fn announce(pool: &Pool, context: &Context<'_>) {
    let mut classes = classes(pool, context);
    let millis = |classes: &[Class]| -> u64 { classes.iter().map(Class::millis).sum() };
    if millis(&classes) / rayon::current_num_threads() as u64 > 1000 {
        for class in &mut classes {
            class.pace = pace(pool, class);
        }
        context.options.watch.plan(&classes);
    }
}

fn classes(pool: &Pool, context: &Context<'_>) -> Vec<Class> {
    if pool.targets.len() == 0 {
        return Vec::new();
    }
    let (open, listed) = (open_words(pool), listed_words(context));
    let (timed, needed) = (context.options.timed, context.options.needed);
    let own = if timed || !needed.own_words() { 0 } else { own::WORK };
    let mut by_scheme: BTreeMap<&'static str, (u32, u64, u64)> = BTreeMap::new();
    for slot in 0..pool.targets.len() as u32 {
        let (scheme, target) = pool.targets.get(slot);
        let scheme = scheme::at(scheme);
        let Body::Salted(body) = scheme.body() else { continue };
        let cost = body.cost(target);
        let lists = listed.saturating_mul(cost);
        let lists = if timed { lists } else { lists.min(ON_EACH) };
        let work = open.saturating_mul(cost).saturating_add(own);
        let (targets, all, listed) = by_scheme.entry(scheme.names()[0]).or_insert((0, 0, 0));
        *targets += 1;
        *all = all.saturating_add(work);
        *listed = listed.saturating_add(lists);
    }
    let mut purse = if timed { u64::MAX } else { ON_ALL };
    let class = |(scheme, (targets, work, lists)): (_, (_, u64, u64))| {
        let lists = lists.min(purse);
        purse -= lists;
        let work = work.saturating_add(lists);
        Class { scheme, targets, work, pace: Class::STATIC_PACE }
    };
    by_scheme.into_iter().map(class).collect()
}

fn open_words(pool: &Pool) -> u64 {
    pool.secrets.iter().filter(|secret| matches!(secret.form, Form::Readable)).count() as u64
}

fn listed_words(context: &Context<'_>) -> u64 {
    let needed = context.options.needed;
    let shapes = if needed.roots { 3 * context.endings.len() as u64 } else { 3 };
    let lists = context.options.rules.words.lists.iter().map(|list| list.words.len() as u64);
    let ours = if needed.lists && needed.ours { lists.sum::<u64>() * shapes } else { 0 };
    let files = context.options.wordlists.iter().map(|list| Lines::of(list).count() as u64);
    let mask = context.options.mask.endings().len() as u64;
    let digits = if needed.digits { NUMBERS } else { 0 };
    ours + files.sum::<u64>() * if needed.roots { 7 + mask } else { 1 } + digits
}

/// Nanoseconds for a thousand units of work of a scheme, measured on one core.
fn pace(pool: &Pool, class: &Class) -> u64 {
    let own = |slot: &u32| scheme::at(pool.targets.get(*slot).0).names()[0] == class.scheme;
    let Some(slot) = (0..pool.targets.len() as u32).find(own) else { return class.pace };
    let (scheme, target) = pool.targets.get(slot);
    let Body::Salted(body) = scheme::at(scheme).body() else { return class.pace };
    let cost = body.cost(target);
    let pairs = [Pair { target, word: b"kagiban-pace", id: 0 }; PAIRS[0]];
    let fits = |count: &usize| cost.saturating_mul(*count as u64) <= ON_EACH;
    let count = PAIRS.into_iter().find(fits).unwrap_or(1);
    let (start, mut work) = (Instant::now(), 0_u64);
    while start.elapsed() < MEASURED {
        body.run(&pairs[..count], &mut Hits::default());
        work += cost * count as u64;
    }
    (start.elapsed().as_nanos() as u64).saturating_mul(1000) / work.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purse_gives_no_more_than_it_holds() {
        let mut purse = Purse { all: 100, lists: 50, each: 10, spent: vec![0; 2] };
        assert!(purse.pay(40, true) && !purse.pay(20, true), "lists are used up");
        assert!(purse.pay(60, false) && !purse.pay(1, false), "all is used up");
        assert!(purse.lasts(0, 10) && !purse.lasts(0, 11));
        purse.spend(0, 5);
        assert!(!purse.lasts(0, 6) && purse.lasts(1, 6));
    }
}
