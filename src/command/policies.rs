//! `inventory --what policies`: password policies as the exports state them.

use crate::model::inventory::Inventory;
use crate::model::password_policy::PasswordPolicy;
use crate::model::tri::Tri;
use crate::report::table::Table;

const COLUMNS: &[&str] = &[
    "site_id",
    "system_kind",
    "system",
    "policy",
    "applies_to",
    "precedence",
    "min_length",
    "history",
    "complexity",
    "reversible",
    "lockout_threshold",
    "lockout_window",
    "lockout_minutes",
    "max_age_days",
    "min_age_days",
    "lm_hash",
    "blank_remote",
    "source_file",
    "source_line",
];

/// One row for each policy of each export, in the order of the exports. What an export does not
/// say is an empty cell.
pub(super) fn table(sites: &[Inventory]) -> Table {
    let mut table = Table::new(COLUMNS);
    for site in sites {
        for policy in &site.password_policies {
            table.push(row(site, policy));
        }
    }
    table
}

fn row(site: &Inventory, policy: &PasswordPolicy) -> Vec<String> {
    let system = &site.systems[policy.system as usize];
    let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
    let word = |answer: Tri| answer.word().to_owned();
    vec![
        site.site.slug.clone(),
        system.kind.word().to_owned(),
        site.names.get(system.name).to_owned(),
        site.text.get(policy.name).to_owned(),
        site.text.get(policy.applies_to).replace('\n', "; "),
        number(policy.precedence),
        number(policy.min_length),
        number(policy.history),
        word(policy.complexity),
        word(policy.reversible),
        number(policy.lockout_threshold),
        number(policy.lockout_window),
        number(policy.lockout_minutes),
        number(policy.max_age_days),
        number(policy.min_age_days),
        word(policy.lm_hash),
        word(policy.blank_remote),
        site.file(policy.origin.file).path.clone(),
        policy.origin.line.to_string(),
    ]
}
