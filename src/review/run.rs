//! The findings that a workbook was made of: what its rows are checked against.

use crate::model::report::Report;
use crate::model::review::FindingId;
use crate::rules::RuleSet;
use std::collections::HashMap;

/// What a row must still say, and what an exception is made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Rule.
    pub rule: String,
    /// Site.
    pub site: String,
    /// System; empty where the finding is about the site.
    pub system: String,
    /// Login; empty where it is about the system.
    pub account: String,
}

/// Findings by id.
pub type Findings = HashMap<FindingId, Known>;

/// The findings of a run.
pub fn findings(report: &Report, rules: &RuleSet) -> Findings {
    let known = |finding: &crate::model::finding::Finding| {
        let subject = &report.subjects[finding.subject as usize];
        let site = &report.sites[subject.site as usize];
        let system = site.systems.get(subject.system as usize);
        Known {
            rule: rules.checks[finding.rule as usize].id.clone(),
            site: site.slug.clone(),
            system: system.map_or_else(String::new, |system| system.name.clone()),
            account: report.text.get(subject.login).to_owned(),
        }
    };
    report.ids.iter().copied().zip(report.findings.iter().map(known)).collect()
}
