//! Which sheets a run has: one per site for the hospital's form, one per vendor, system and site
//! for the vendor's.

use crate::model::lists::{Contract, SecretCounts};
use crate::model::report::Report;
use crate::model::site::SystemKind;
use crate::report::checklist::answer::Line;
use crate::report::checklist::judged::{Counts, Place, Scope};
use crate::rules::RuleSet;
use crate::rules::framework::{Form, Framework};

/// One sheet.
pub(super) struct Sheet<'a> {
    /// The form.
    pub(super) framework: &'a Framework,
    /// For whom it is.
    pub(super) form: Form,
    /// Site.
    pub(super) site: u16,
    /// What a vendor's sheet is about.
    pub(super) vendor: Option<Vendor<'a>>,
    /// The items, in their order.
    pub(super) lines: Vec<Line<'a>>,
}

/// A system and who maintains it.
#[derive(Clone, Copy)]
pub(super) struct Vendor<'a> {
    /// The company; empty = nobody is named.
    pub(super) company: &'a str,
    /// Kind of the system, where there is an export.
    pub(super) kind: Option<SystemKind>,
    /// The system.
    pub(super) system: &'a str,
    /// Whether a register or the ledger names a company for it.
    pub(super) contracted: bool,
    /// Its secrets; `None` = the run holds no export of it.
    pub(super) secrets: Option<SecretCounts>,
    /// Position in the site.
    place: Option<u16>,
}

/// Every sheet of a run, by form, site, company and system.
pub(super) fn sheets<'a>(report: &'a Report, rules: &'a RuleSet) -> Vec<Sheet<'a>> {
    let counts = Counts::of(report, rules);
    let mut sheets = Vec::new();
    for framework in &rules.frameworks {
        let Some(form) = framework.form else { continue };
        for site in 0..report.sites.len() as u16 {
            let about = match form {
                Form::Hospital => vec![None],
                Form::Vendor => vendors(report, site).into_iter().map(Some).collect(),
            };
            for vendor in about {
                let lines = lines(framework, report, rules, &counts, site, vendor);
                sheets.push(Sheet { framework, form, site, vendor, lines });
            }
        }
    }
    sheets
}

fn lines<'a>(
    framework: &'a Framework,
    report: &Report,
    rules: &RuleSet,
    counts: &Counts<'_>,
    site: u16,
    vendor: Option<Vendor<'_>>,
) -> Vec<Line<'a>> {
    let scope = vendor.map_or(Scope::Site, |vendor| match vendor.place {
        Some(system) => Scope::System(system),
        None => Scope::NotExported,
    });
    let place = Place { site, scope };
    framework.rows.iter().map(|row| Line::of(row, report, rules, counts, place)).collect()
}

/// Contracts of a site, and systems that a vendor usually maintains without one.
fn vendors(report: &Report, site: u16) -> Vec<Vendor<'_>> {
    let systems = &report.sites[site as usize].systems;
    let contracts: Vec<_> = report.lists.contracts.iter().filter(|c| c.site == site).collect();
    let mut vendors: Vec<_> = contracts
        .iter()
        .filter(|contract| names_a_system(contract, &contracts))
        .map(|contract| Vendor {
            company: &contract.company,
            kind: contract.system.map(|system| systems[system as usize].kind),
            system: &contract.name,
            contracted: true,
            secrets: contract.system.map(|system| systems[system as usize].secrets),
            place: contract.system,
        })
        .collect();
    for (place, system) in (0..).zip(systems) {
        let taken = contracts.iter().any(|contract| contract.system == Some(place));
        if !taken && !system.gone && system.kind != SystemKind::Directory {
            vendors.push(Vendor {
                company: "",
                kind: Some(system.kind),
                system: &system.name,
                contracted: false,
                secrets: Some(system.secrets),
                place: Some(place),
            });
        }
    }
    vendors.sort_by_key(|vendor| {
        (
            vendor.company.is_empty(),
            vendor.company,
            vendor.system,
            vendor.kind.map(SystemKind::word),
        )
    });
    vendors
}

/// A row that names a company alone counts only where no other row says more.
fn names_a_system(contract: &Contract, all: &[&Contract]) -> bool {
    let more = |other: &&&Contract| other.company == contract.company && !other.name.is_empty();
    !contract.name.is_empty() || !all.iter().any(|other| more(&other))
}
