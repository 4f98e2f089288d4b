//! Lists for departments: `review-<site>.csv`, in which each department confirms its accounts, and
//! leaving.csv, the people who leave soon.
//!
//! Both name people. Neither shows groups, tags or findings: whoever gets a list learns whose
//! account it is and nothing about how to log in.

use crate::model::arena::NameId;
use crate::model::day::{Stamp, When};
use crate::model::lists::{Leaving, Listed};
use crate::model::report::{Report, ReportSite};
use crate::report::digits::push_day;
use crate::report::stream::stream;
use crate::report::{Context, CsvFlavour, Output, ReportError, Writer};
use rayon::prelude::*;
use std::io::Write as _;

/// People who leave soon.
const LEAVING: &str = "leaving.csv";

/// The last four columns are for the hand of whoever confirms.
const HEADER: &str = "site_id,department,system_kind,system,account,person_id,display_name,enabled,\
rights,administrator,last_use,last_use_source,as_of,needed,confirmed_by,confirmed_on,note";

const LEAVING_HEADER: &str = "site_id,leave_date,days,person_id,display_name,department,\
account_site_id,system_kind,system,account,enabled,as_of,arranged_by,arranged_on";

/// Longest part of a file name that a site's name makes.
const LONGEST: usize = 60;

/// The `review` format.
pub(super) struct Review;

impl Writer for Review {
    fn name(&self) -> &'static str {
        "review"
    }

    fn files(&self) -> &'static [&'static str] {
        &[LEAVING]
    }

    fn files_of(&self, report: &Report) -> Vec<String> {
        let sites = 0..report.sites.len();
        sites.map(|site| file_name(report, site)).chain([LEAVING.to_owned()]).collect()
    }

    fn write(&self, cx: &Context<'_>, out: &mut Output) -> Result<(), ReportError> {
        let lists = Lists::of(cx);
        for site in 0..cx.report.sites.len() {
            lists.review(site, out)?;
        }
        lists.leaving(out)
    }
}

/// The list of a site.
fn file_name(report: &Report, site: usize) -> String {
    format!("review-{}.csv", file_part(report, site))
}

/// A site's part of a file name. Folder names are free, file names are not: what is not a letter, a
/// digit, `-`, `_` or `.` becomes `_`, and a name that changed gets the site's number.
pub(super) fn file_part(report: &Report, site: usize) -> String {
    let slug = &report.sites[site].slug;
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = slug.chars().take(LONGEST).map(|c| if plain(c) { c } else { '_' }).collect();
    if name == *slug { name } else { format!("{name}~{}", site + 1) }
}

/// Rank of every system by kind and name: their positions hang on the order of reading.
fn system_ranks(site: &ReportSite) -> Vec<u32> {
    let mut systems: Vec<_> = site.systems.iter().enumerate().collect();
    systems.sort_by_key(|(_, system)| (system.kind.word(), &system.name));
    let mut ranks = vec![0; systems.len()];
    for (rank, (at, _)) in (0..).zip(systems) {
        ranks[at] = rank;
    }
    ranks
}

/// Accounts of a site by department, system and login, as positions in the report's list. Those
/// without a department come last: somebody has to say whose they are.
pub(super) fn by_department(report: &Report, site: usize) -> Vec<u32> {
    let (departments, systems) = (departments(report), system_ranks(&report.sites[site]));
    let all = (0_u32..).zip(&report.lists.accounts);
    let mut order: Vec<_> = all
        .filter(|(_, account)| account.site as usize == site)
        .map(|(at, account)| {
            let department = departments[account.department.index()];
            let system = systems[account.system as usize];
            let [login, person] = [account.login, account.person].map(|t| report.text.get(t));
            (department, system, login, person, at)
        })
        .collect();
    order.par_sort_unstable();
    order.into_iter().map(|(.., at)| at).collect()
}

/// Rank of every name, by its text; the empty one is last.
fn departments(report: &Report) -> Vec<u32> {
    let mut names: Vec<(NameId, &str)> = report.names.iter().collect();
    names.sort_by_key(|(_, name)| (name.is_empty(), *name));
    let mut ranks = vec![0; names.len()];
    for (rank, (id, _)) in (0..).zip(names) {
        ranks[id.index()] = rank;
    }
    ranks
}

struct Lists<'a> {
    report: &'a Report,
    csv: CsvFlavour,
    as_of: Vec<u8>,
}

impl<'a> Lists<'a> {
    fn of(cx: &Context<'a>) -> Self {
        let mut as_of = Vec::new();
        push_day(&mut as_of, cx.report.run.as_of);
        Self { report: cx.report, csv: cx.csv, as_of }
    }

    fn review(&self, site: usize, out: &mut Output) -> Result<(), ReportError> {
        let order = by_department(self.report, site);
        out.file(&file_name(self.report, site), |sink| {
            self.head(HEADER, sink)?;
            stream(order.len(), sink, |index, out, _| {
                self.account(&self.report.lists.accounts[order[index] as usize], out);
            })
        })
    }

    fn head(&self, header: &str, sink: &mut impl std::io::Write) -> std::io::Result<()> {
        sink.write_all(self.csv.opening())?;
        sink.write_all(header.as_bytes())?;
        sink.write_all(self.csv.line_end())
    }

    fn account(&self, account: &Listed, out: &mut Vec<u8>) {
        let report = self.report;
        let site = &report.sites[account.site as usize];
        let system = &site.systems[account.system as usize];
        self.csv.cell(out, site.slug.as_bytes());
        for text in [
            report.names.get(account.department),
            system.kind.word(),
            &system.name,
            report.text.get(account.login),
            report.text.get(account.person),
            report.text.get(account.name),
            account.enabled.word(),
            report.names.get(account.role),
            account.privileged.word(),
        ] {
            self.cell(text, out);
        }
        out.push(b',');
        last_use(account.last_use, out);
        self.cell(account.source.word(), out);
        out.push(b',');
        out.extend_from_slice(&self.as_of);
        out.extend_from_slice(b",,,,");
        out.extend_from_slice(self.csv.line_end());
    }

    fn leaving(&self, out: &mut Output) -> Result<(), ReportError> {
        out.file(LEAVING, |sink| {
            self.head(LEAVING_HEADER, sink)?;
            let mut record = Vec::new();
            for leaving in &self.report.lists.leaving {
                record.clear();
                self.person(leaving, &mut record);
                sink.write_all(&record)?;
            }
            Ok(())
        })
    }

    fn person(&self, leaving: &Leaving, out: &mut Vec<u8>) {
        let report = self.report;
        self.csv.cell(out, report.sites[leaving.site as usize].slug.as_bytes());
        out.push(b',');
        push_day(out, leaving.day);
        self.cell(&leaving.day.days_since(report.run.as_of).to_string(), out);
        for text in [
            report.text.get(leaving.person),
            report.text.get(leaving.name),
            report.names.get(leaving.department),
        ] {
            self.cell(text, out);
        }
        let account = leaving.account.map(|at| &report.lists.accounts[at as usize]);
        let cells = account.map_or([""; 5], |account| {
            let site = &report.sites[account.site as usize];
            let system = &site.systems[account.system as usize];
            let login = report.text.get(account.login);
            [&site.slug, system.kind.word(), &system.name, login, account.enabled.word()]
        });
        for text in cells {
            self.cell(text, out);
        }
        out.push(b',');
        out.extend_from_slice(&self.as_of);
        out.extend_from_slice(b",,");
        out.extend_from_slice(self.csv.line_end());
    }

    fn cell(&self, text: &str, out: &mut Vec<u8>) {
        out.push(b',');
        self.csv.cell(out, text.as_bytes());
    }
}

fn last_use(stamp: Stamp, out: &mut Vec<u8>) {
    match stamp.when() {
        When::On(day) => push_day(out, day),
        When::Never => out.extend_from_slice(b"never"),
        When::Unknown => {}
    }
}

#[cfg(test)]
#[path = "review/tests.rs"]
mod tests;
