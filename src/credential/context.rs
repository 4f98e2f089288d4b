//! What a run is asked, and what was worked out for it before the first word is tried.

use crate::credential::Options;
use crate::credential::defaults::Matched;
use crate::credential::forms::Suffixes;
use crate::credential::personal::Personal;
use crate::credential::pool::entity;
use crate::credential::{facility, lists};
use crate::model::inventory::Inventory;

/// Worked out once a run and the same for every account.
pub(super) struct Context<'a> {
    pub(super) sites: &'a [Inventory],
    pub(super) options: &'a Options<'a>,
    pub(super) matched: Matched<'a>,
    pub(super) suffixes: Suffixes,
    pub(super) personal: Personal<'a>,
    /// By site: its own names.
    pub(super) facility: Vec<Vec<String>>,
    /// By site: its legal entity.
    pub(super) scopes: Vec<u16>,
    /// What is put behind words of lists.
    pub(super) endings: Vec<String>,
}

impl<'a> Context<'a> {
    /// Looks at the sites.
    pub(super) fn of(sites: &'a [Inventory], scopes: Vec<u16>, options: &'a Options<'a>) -> Self {
        let year = options.as_of.ymd().0;
        Self {
            sites,
            options,
            matched: Matched::of(sites, &options.rules.defaults),
            suffixes: Suffixes::as_of(year),
            personal: Personal::of(sites, &options.rules.words),
            facility: sites.iter().map(facility::words).collect(),
            scopes,
            endings: lists::endings(year),
        }
    }

    /// Names of the legal entities, by number.
    pub(super) fn entities(&self) -> Vec<&'a str> {
        let mut names =
            vec![""; self.scopes.iter().map(|&scope| usize::from(scope) + 1).max().unwrap_or(0)];
        for (site, &scope) in self.sites.iter().zip(&self.scopes) {
            names[usize::from(scope)] = entity(site, self.options.cross_entity);
        }
        names
    }
}
