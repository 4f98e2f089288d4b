use super::*;
use crate::rules::RuleSet;

#[test]
fn every_example_of_every_profile_is_read_as_it_says() {
    let rules = RuleSet::embedded().unwrap();
    verify(&rules).unwrap();
}
