//! The runs before this one, in numbers.

use crate::model::month::{self, BySeverity};
use crate::report::json::header::worst_first;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Month<'a> {
    run: &'a str,
    as_of: String,
    complete: bool,
    #[serde(serialize_with = "worst_first")]
    severity: BySeverity,
    new: u64,
    fixed: u64,
    sites: Vec<Site<'a>>,
}

#[derive(Serialize)]
struct Site<'a> {
    #[serde(rename = "site_id")]
    slug: &'a str,
    name: &'a str,
    read: bool,
    newest_export: Option<String>,
    #[serde(serialize_with = "worst_first")]
    severity: BySeverity,
}

/// One run.
pub(super) fn month(month: &month::Month) -> Month<'_> {
    Month {
        run: &month.run,
        as_of: month.as_of.to_string(),
        complete: month.complete,
        severity: month.total,
        new: month.new,
        fixed: month.fixed,
        sites: month.sites.iter().map(site).collect(),
    }
}

fn site(site: &month::MonthSite) -> Site<'_> {
    Site {
        slug: &site.slug,
        name: &site.name,
        read: site.read,
        newest_export: site.newest.map(|day| day.to_string()),
        severity: site.counts,
    }
}
