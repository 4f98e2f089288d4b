//! What a sheet for one site must not say: how the other sites and their systems are called.

use crate::model::report::Report;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// Names of the other sites, and what was looked at already: details repeat.
pub(super) struct Strangers<'a> {
    names: Vec<&'a str>,
    known: RefCell<HashMap<&'a str, bool>>,
}

impl<'a> Strangers<'a> {
    /// Those of every site but one. What that site has itself is no stranger's.
    pub(super) fn to(report: &'a Report, site: usize) -> Self {
        let own: BTreeSet<&str> = names(report, site).collect();
        let others = (0..report.sites.len()).filter(|&other| other != site);
        let all: BTreeSet<&str> = others.flat_map(|other| names(report, other)).collect();
        let names = all.difference(&own).copied().filter(|name| !name.is_empty()).collect();
        Self { names, known: RefCell::default() }
    }

    /// True where a detail names one of them, as a word of its own.
    pub(super) fn named_in(&self, detail: &'a str) -> bool {
        if detail.is_empty() {
            return false;
        }
        let look = || self.names.iter().any(|name| holds(detail, name));
        *self.known.borrow_mut().entry(detail).or_insert_with(look)
    }
}

fn names(report: &Report, site: usize) -> impl Iterator<Item = &str> {
    let site = &report.sites[site];
    let systems = site.systems.iter().map(|system| &*system.name);
    [&*site.slug, &*site.name].into_iter().chain(systems)
}

/// True where `name` stands in `text` and is no part of a longer word.
fn holds(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        for (text, name, found) in [
            ("使用者一覧, no-account", "使用者一覧", true),
            ("corp.byoin.example", "corp", true),
            ("administrator", "ad", false),
            ("ad/users", "ad", true),
            ("ad", "ad", true),
            ("bad ad", "ad", true),
            ("", "ad", false),
        ] {
            assert_eq!(holds(text, name), found, "{name} in {text}");
        }
    }
}
