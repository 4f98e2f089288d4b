//! Ids of findings, and the order that they give. No number of threads and no order of files
//! changes either. Findings stay where they are; what is sorted is small.

use crate::audit::id;
use crate::audit::run::RunFacts;
use crate::audit::sink::Pending;
use crate::audit::subjects::SubjectList;
use crate::kernel::paged::Paged;
use crate::model::arena::Arena;
use crate::model::file::InputFile;
use crate::rules::RuleSet;
use rayon::prelude::*;
use std::cmp::Ordering;

/// The id of a finding as two numbers that sort like its letters, and the finding's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    high: u64,
    low: u64,
    /// Position among the findings in the making.
    pub(crate) number: u32,
}

impl Place {
    fn of(id: [u8; 16], number: u32) -> Self {
        let both = u128::from_be_bytes(id);
        Self { high: (both >> 64) as u64, low: both as u64, number }
    }

    /// The id.
    pub(crate) fn id(self) -> [u8; 16] {
        (u128::from(self.high) << 64 | u128::from(self.low)).to_be_bytes()
    }

    fn equal_ids(&self, other: &Self) -> bool {
        (self.high, self.low) == (other.high, other.low)
    }
}

/// Gives every finding its id, and equal ones an ordinal; the places stand in the order of the ids.
/// What tells findings apart is text of `text`, as are the keys of the accounts that they are about.
pub(crate) fn by_id(
    facts: &RunFacts<'_>,
    rules: &RuleSet,
    pending: &mut [Pending],
    subjects: &SubjectList,
    text: &mut Arena,
) -> Paged<Place> {
    let ids = Ids { facts, rules, subjects };
    let mut places = Paged::with_capacity(pending.len());
    for (part, first) in pending.chunks(PART).zip((0_u32..).step_by(PART)) {
        let numbered = part.par_iter().enumerate();
        let of = |(at, pending)| Place::of(ids.of(pending, text), first + at as u32);
        places.extend_from_slice(&numbered.map(of).collect::<Vec<_>>());
    }
    loop {
        places.par_sort_unstable();
        let mut any = false;
        // The first of equal ids keeps it; the others are told apart by their place in the order.
        for equals in places.chunk_by_mut(Place::equal_ids).filter(|equals| equals.len() > 1) {
            equals.sort_by(|a, b| {
                order(facts, text, &pending[a.number as usize], &pending[b.number as usize])
            });
            for (ordinal, place) in (2..).zip(&mut equals[1..]) {
                let pending = &mut pending[place.number as usize];
                let before = text.get(pending.discriminator);
                pending.discriminator = text.push(&format!("{before}#{ordinal}"));
                *place = Place::of(ids.of(pending, text), place.number);
                any = true;
            }
        }
        if !any {
            return places;
        }
    }
}

/// Findings that are looked at together; what is made of them is then put away.
pub(crate) const PART: usize = 1 << 16;

struct Ids<'a> {
    facts: &'a RunFacts<'a>,
    rules: &'a RuleSet,
    subjects: &'a SubjectList,
}

impl Ids<'_> {
    fn of(&self, pending: &Pending, text: &Arena) -> [u8; 16] {
        let inventory = self.facts.sites[pending.about.site as usize].inventory;
        let rule = &self.rules.checks[pending.about.rule as usize].id;
        let system = inventory.systems.get(usize::from(pending.about.system));
        let system = system.map_or("", |system| inventory.names.get(system.name));
        let key = text.get(self.subjects.list[pending.subject as usize].key);
        let own = text.get(pending.discriminator);
        id::finding(rule, &inventory.site.slug, system, key, own)
    }
}

fn order(facts: &RunFacts<'_>, text: &Arena, a: &Pending, b: &Pending) -> Ordering {
    let path = |pending| file(facts, pending).map_or("", |file| &file.path);
    path(a)
        .cmp(path(b))
        .then_with(|| a.about.origin.line.cmp(&b.about.origin.line))
        .then_with(|| text.get(a.facts.detail).cmp(text.get(b.facts.detail)))
        .then_with(|| a.about.row.cmp(&b.about.row))
}

/// The export that a finding stands in; what is about an exception stands in none.
fn file<'a>(facts: &'a RunFacts<'_>, pending: &Pending) -> Option<&'a InputFile> {
    facts.sites[pending.about.site as usize]
        .inventory
        .files
        .get(pending.about.origin.file.0 as usize)
}
