//! Every rule of a product's table that tells secrets is reached by a configuration of
//! fixtures/sources.

use super::*;
use crate::ingest::testing::configurations;
use std::collections::BTreeSet;

const PRODUCTS: [&Product; 10] =
    [&AIROS, &EATON, &F5, &GAIA, &JUNOS, &NETSCALER, &PANOS, &PFSENSE, &ROUTEROS, &VYOS];

/// Places of the rules that told a secret of these configurations.
fn told(product: &Product, texts: &[String]) -> BTreeSet<u16> {
    let mut told = BTreeSet::new();
    for text in texts {
        let mut gather = Gather::new(product, "bad-utf8");
        for part in text::parts(text) {
            (product.syntax)(part.text, part.line, &mut gather);
        }
        told.append(&mut gather.told);
    }
    told
}

#[test]
fn every_rule_with_a_secret_is_reached_by_a_fixture() {
    let mut unreached = Vec::new();
    for product in PRODUCTS {
        let texts = configurations(product.name);
        let told = told(product, &texts);
        let rules = product.table.secrets();
        assert!(rules.len() > 8, "{} has only {} rules", product.name, rules.len());
        let missed = rules.into_iter().filter(|(place, _)| !told.contains(place));
        unreached.extend(missed.map(|(_, words)| format!("{}: {words}", product.name)));
    }
    assert!(unreached.is_empty(), "{}:\n{}", unreached.len(), unreached.join("\n"));
}
