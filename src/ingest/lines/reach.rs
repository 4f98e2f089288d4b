//! Every rule of rules/devices that gives secrets is reached by a configuration of fixtures/sources:
//! without it, something would be read otherwise. Rules that profiles have from another need only be
//! reached through one of them.

use super::*;
use crate::ingest::testing::{configurations, secrets};
use crate::rules::RuleSet;
use crate::rules::device::pattern::Pattern;
use std::collections::{BTreeMap, BTreeSet};

/// What a profile makes of configurations: secrets with their lines, and what nobody understood.
fn reading(profile: &Profile, texts: &[String]) -> Vec<String> {
    let mut told = Vec::new();
    for text in texts {
        let mut inventory = Inventory::default();
        read_text(profile, text, &("file".to_owned(), true), "bad-utf8", &mut inventory);
        let lines = inventory.credentials.iter().map(|credential| credential.origin.line);
        told.extend(secrets(&inventory).iter().zip(lines).map(|(s, line)| format!("{line} {s}")));
        told.extend(inventory.unread_secrets.iter().map(|line| line.origin.line.to_string()));
    }
    told
}

#[test]
fn every_rule_with_a_secret_is_reached_by_a_fixture() {
    let rules = RuleSet::embedded().unwrap();
    let never = Pattern::parse("nobody-writes-this").unwrap();
    let (mut all, mut reached) = (BTreeMap::new(), BTreeSet::new());
    for profile in rules.devices.list() {
        let texts = configurations(&profile.name);
        let whole = reading(profile, &texts);
        for (place, rule) in profile.rules.iter().enumerate() {
            if rule.kind.is_none() {
                continue;
            }
            let within: Vec<&str> = rule.within.iter().map(|p| p.text.as_str()).collect();
            let name = format!("{} in {within:?}", rule.pattern.text);
            let mut less = profile.clone();
            less.rules[place].pattern = never.clone();
            if !texts.is_empty() && reading(&less, &texts) != whole {
                reached.insert(name.clone());
            }
            all.entry(name).or_insert_with(|| profile.name.clone());
        }
    }
    assert!(all.len() > 300, "only {} rules", all.len());
    let unreached: Vec<String> = all
        .iter()
        .filter(|(name, _)| !reached.contains(*name))
        .map(|(name, profile)| format!("{profile}: {name}"))
        .collect();
    assert!(
        unreached.is_empty(),
        "{} of {}:\n{}",
        unreached.len(),
        all.len(),
        unreached.join("\n")
    );
}
