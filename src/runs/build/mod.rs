//! Header and lines → report.

mod head;
mod rows;

use crate::model::day::{Day, Stamp, When};
use crate::model::evidence;
use crate::model::file::{self, FileId, Origin, Weight};
use crate::model::finding::NO_GROUP;
use crate::model::lang::Lang;
use crate::model::lists;
use crate::model::report::{self, Report, ReportSite, RuleUsed};
use crate::model::site::SystemKind;
use crate::rules::RuleSet;
use crate::runs::header::Header;
use crate::runs::lines::{self, AccountLine, Bad, FindingLine, PastLine};
use crate::runs::word::kept;
use crate::runs::{Loaded, RunError};
use hashbrown::HashMap;
use head::{compared, corpus, exception, input_file, month, report_system, run};
use std::path::Path;

/// Makes the report of a run.
pub(super) fn build(folder: &Path, header: &Header, rules: &RuleSet) -> Result<Loaded, RunError> {
    let path = folder.join("run.json");
    let bad = |Bad(key)| RunError::new(&path, 0, format!("no run has such a value of {key}"));
    let mut builder = Builder::new(header, rules).map_err(bad)?;
    lines::each(folder, header, &header.accounts, |line| {
        serde_json::from_slice(line).map(|line: AccountLine<'_>| builder.account(&line))
    })?;
    lines::each(folder, header, &header.findings, |line| {
        serde_json::from_slice(line).map(|line: FindingLine<'_>| builder.finding(&line))
    })?;
    lines::each(folder, header, &header.history, |line| {
        serde_json::from_slice(line).map(|line: PastLine<'_>| builder.past(&line))
    })?;
    builder.lists(header).map_err(bad)?;
    let unknown_rules = builder.unknown(header);
    Ok(Loaded {
        other_rules: header.rules_digest != rules.digest,
        lang: if header.lang == "ja" { Lang::Ja } else { Lang::En },
        report: builder.done(),
        unknown_rules,
    })
}

/// A day as `YYYY-MM-DD`.
pub(super) fn day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let mut part = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (year, month, date) = (part()?, part()?, part()?);
    Day::from_ymd(i32::try_from(year).ok()?, month, date)
}

fn stamp(text: Option<&str>, key: &'static str) -> Result<Stamp, Bad> {
    match text {
        None => Ok(Stamp::UNKNOWN),
        Some("never") => Ok(Stamp::NEVER),
        Some(text) => day(text).map(|day| When::On(day).into()).ok_or(Bad(key)),
    }
}

/// The value of a word, or the key that has no such word.
fn of<T>(value: Option<T>, key: &'static str) -> Result<T, Bad> {
    value.ok_or(Bad(key))
}

struct Builder<'r> {
    rules: HashMap<&'r str, u16>,
    report: Report,
    sites: HashMap<String, u16>,
    /// By name: kind, site and number of the systems that are called so.
    systems: HashMap<String, Vec<(SystemKind, u16, u16)>>,
    files: HashMap<String, Vec<(u16, u32)>>,
    groups: HashMap<String, u32>,
    subjects: HashMap<String, u32>,
    key: String,
}

impl<'r> Builder<'r> {
    fn new(header: &Header, rules: &'r RuleSet) -> Result<Self, Bad> {
        let rules_by_id = rules.checks.iter().zip(0..).map(|(rule, at)| (rule.id.as_str(), at));
        let mut builder = Self {
            rules: rules_by_id.collect(),
            report: Report::of(run(header)?, rules.checks.len()),
            sites: HashMap::new(),
            systems: HashMap::new(),
            files: HashMap::new(),
            groups: HashMap::new(),
            subjects: HashMap::new(),
            key: String::new(),
        };
        builder.used(header);
        builder.places(header)?;
        builder.inputs(header)?;
        builder.problems(header)?;
        builder.counts(header)?;
        builder.report.compared = compared(header)?;
        builder.report.months = header.months.iter().map(month).collect::<Result<_, _>>()?;
        builder.report.corpora = header.corpora.iter().map(corpus).collect::<Result<_, _>>()?;
        let id = |id: &String| of(id.as_bytes().try_into().ok(), "unjudged");
        builder.report.unjudged = header.unjudged.iter().map(id).collect::<Result<_, _>>()?;
        builder.report.unjudged.sort_unstable();
        builder.report.exceptions =
            header.exceptions.iter().map(exception).collect::<Result<_, _>>()?;
        Ok(builder)
    }

    fn used(&mut self, header: &Header) {
        for rule in &header.rules {
            let Some(&at) = self.rules.get(rule.id.as_str()) else { continue };
            let (version, thresholds) = (rule.version.clone(), rule.thresholds.clone());
            self.report.used[at as usize] = Some(RuleUsed { version, thresholds });
            self.report.asked[at as usize] = rule.asked;
        }
    }

    fn unknown(&self, header: &Header) -> Vec<String> {
        let ids = header.rules.iter().map(|rule| &rule.id);
        ids.filter(|id| !self.rules.contains_key(id.as_str())).cloned().collect()
    }

    fn places(&mut self, header: &Header) -> Result<(), Bad> {
        for (number, site) in (0_u16..).zip(&header.sites) {
            self.sites.insert(site.slug.clone(), number);
            let mut systems = Vec::with_capacity(site.systems.len());
            for (place, system) in (0_u16..).zip(&site.systems) {
                let made = report_system(system)?;
                let known = self.systems.entry(made.name.clone()).or_default();
                known.push((made.kind, number, place));
                systems.push(made);
            }
            self.report.sites.push(ReportSite {
                slug: site.slug.clone(),
                name: site.name.clone(),
                systems,
                accounts: site.accounts,
                people: site.people,
            });
        }
        Ok(())
    }

    fn site(&self, slug: &str) -> Result<u16, Bad> {
        of(self.sites.get(slug).copied(), "site_id")
    }

    /// Site and system; what is about a site as a whole has no system.
    fn place(&self, site: &str, kind: Option<&str>, name: Option<&str>) -> Result<(u16, u16), Bad> {
        let site = self.site(site)?;
        let (Some(kind), Some(name)) = (kind, name) else { return Ok((site, u16::MAX)) };
        let kind = of(SystemKind::from_word(kind), "system_kind")?;
        let called = self.systems.get(name).map_or(&[][..], Vec::as_slice);
        let found = called.iter().find(|&&(of_kind, at, _)| of_kind == kind && at == site);
        of(found.map(|&(_, site, system)| (site, system)), "system")
    }

    fn inputs(&mut self, header: &Header) -> Result<(), Bad> {
        for (number, input) in (0..).zip(&header.inputs) {
            let site = self.site(&input.site_id)?;
            self.files.entry(input.path.clone()).or_default().push((site, number));
            self.report.files.push((site, input_file(input)?));
        }
        Ok(())
    }

    /// The file of that path; with several, the site's own.
    fn file(&self, site: Option<u16>, path: &str) -> Option<FileId> {
        let known = self.files.get(path)?;
        let own = known.iter().find(|(of_site, _)| Some(*of_site) == site);
        own.or_else(|| known.first()).map(|&(_, number)| FileId(number))
    }

    fn problems(&mut self, header: &Header) -> Result<(), Bad> {
        for problem in &header.problems {
            let site = self.sites.get(problem.site_id.as_str()).copied();
            let file = of(self.file(site, &problem.file), "file")?;
            let weight = match &*problem.weight {
                "warning" => Weight::Warning,
                "row" => Weight::Row,
                "file" => Weight::File,
                _ => return Err(Bad("weight")),
            };
            self.report.problems.push(file::Problem {
                origin: Origin { file, line: problem.line.unwrap_or(0) },
                weight,
                code: of(kept(&problem.code), "code")?,
                column: problem.column.clone(),
                detail: problem.detail.clone(),
            });
        }
        Ok(())
    }

    fn counts(&mut self, header: &Header) -> Result<(), Bad> {
        for row in &header.coverage {
            let Some(&rule) = self.rules.get(row.rule_id.as_str()) else { continue };
            let place = (row.system_kind.as_deref(), row.system.as_deref());
            let (site, system) = self.place(&row.site_id, place.0, place.1)?;
            let missing = row.missing.iter().map(|word| of(kept(word), "missing"));
            self.report.coverage.push(report::Coverage {
                rule,
                site,
                system,
                judged: row.judged,
                unjudged: row.unjudged,
                by_account: row.by_account,
                findings: row.findings,
                missing: missing.collect::<Result<_, _>>()?,
            });
        }
        for row in &header.incomparable {
            let place = (row.system_kind.as_deref(), row.system.as_deref());
            let (site, system) = self.place(&row.site_id, place.0, place.1)?;
            self.report.incomparable.push(evidence::Incomparable {
                site,
                system,
                scheme: of(kept(&row.scheme), "scheme")?,
                secrets: row.secrets,
                tried: row.tried,
                of: row.of,
            });
        }
        Ok(())
    }

    fn lists(&mut self, header: &Header) -> Result<(), Bad> {
        let accounts = self.report.lists.accounts.len() as u32;
        for row in &header.leaving {
            if row.account.is_some_and(|account| account >= accounts) {
                return Err(Bad("account"));
            }
            let site = self.site(&row.site_id)?;
            let Report { text, names, lists, .. } = &mut self.report;
            lists.leaving.push(lists::Leaving {
                site,
                person: text.push(&row.person_id),
                name: text.push(&row.display_name),
                department: names.intern(&row.department),
                day: of(day(&row.leave_date), "leave_date")?,
                account: row.account,
            });
        }
        for row in &header.contracts {
            let kind = row.system_kind.as_deref();
            let (site, system) = self.place(&row.site_id, kind, Some(&row.system))?;
            self.report.lists.contracts.push(lists::Contract {
                site,
                company: row.company.clone(),
                system: (system != u16::MAX).then_some(system),
                name: row.system.clone(),
            });
        }
        for row in &header.declared {
            self.report.lists.declared.push(lists::Declared {
                site: self.site(&row.site_id)?,
                system: row.system.clone(),
                item: row.item.clone(),
                day: stamp(row.day.as_deref(), "day")?,
            });
        }
        Ok(())
    }

    /// Groups stand in the order of their ids.
    fn done(self) -> Report {
        let mut report = self.report;
        let mut order: Vec<usize> = (0..report.groups.len()).collect();
        order.sort_by(|&a, &b| report.groups[a].id.cmp(&report.groups[b].id));
        let mut place = vec![NO_GROUP; order.len()];
        for (new, &old) in (0..).zip(&order) {
            place[old] = new;
        }
        for finding in &mut report.findings {
            if finding.group != NO_GROUP {
                finding.group = place[finding.group as usize];
            }
        }
        report.groups = order.into_iter().map(|old| report.groups[old].clone()).collect();
        report
    }
}
