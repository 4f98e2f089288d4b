//! Rows of an earlier run, taken over into the report of this one.

use crate::model::file::{FileId, Origin};
use crate::model::finding::{Facts, Finding, NO_GROUP, Status};
use crate::model::lists::SecretCounts;
use crate::model::report::{Report, ReportGroup, ReportSubject, ReportSystem};
use crate::model::state::{Cause, FindingState, NO_EXCEPTION};
use hashbrown::HashMap;

/// Adds the judged findings of `earlier`, and puts everything in the order of ids again.
pub(super) fn add(
    current: &mut Report,
    earlier: &Report,
    judged: &[(usize, (Status, Cause))],
    same_key: bool,
) {
    if judged.is_empty() {
        return;
    }
    let mut files: HashMap<String, u32> = HashMap::new();
    for (number, (_, file)) in (0..).zip(&current.files) {
        files.entry(file.path.clone()).or_insert(number);
    }
    let mut carrier = Carrier {
        current,
        earlier,
        same_key,
        files,
        subjects: HashMap::new(),
        groups: HashMap::new(),
    };
    for &(at, (status, cause)) in judged {
        carrier.finding(at, status, cause);
    }
    sort_groups(current);
    sort(current);
}

struct Carrier<'a> {
    current: &'a mut Report,
    earlier: &'a Report,
    same_key: bool,
    files: HashMap<String, u32>,
    subjects: HashMap<u32, u32>,
    groups: HashMap<u32, u32>,
}

impl Carrier<'_> {
    fn finding(&mut self, at: usize, status: Status, cause: Cause) {
        let (finding, state) = (self.earlier.findings[at], self.earlier.states[at]);
        let subject = self.subject(finding.subject);
        let group = self.group(finding.group);
        let path = self.earlier.files.get(finding.origin.file.0 as usize);
        let file = path.and_then(|(_, file)| self.files.get(&file.path)).copied();
        let text = &mut self.current.text;
        let facts = Facts {
            detail: text.push(self.earlier.text.get(finding.facts.detail)),
            ..finding.facts
        };
        let discriminator = text.push(self.earlier.text.get(finding.discriminator));
        // The line is that of an older file.
        let origin = Origin { file: FileId(file.unwrap_or(u32::MAX)), line: 0 };
        self.current.findings.push(Finding {
            status,
            subject,
            group,
            discriminator,
            facts,
            origin,
            ..finding
        });
        self.current.ids.push(self.earlier.ids[at]);
        self.current.states.push(FindingState { cause, exception: NO_EXCEPTION, ..state });
        let assigned = self.earlier.assigned.get(at as u32);
        let (owner, reason) = (assigned.owner, assigned.reason);
        let text = &mut self.current.text;
        let owner = text.push(self.earlier.text.get(owner));
        let reason = text.push(self.earlier.text.get(reason));
        let progress = self.current.names.intern(self.earlier.names.get(assigned.progress));
        let taken = crate::model::state::Assigned { owner, reason, progress, due: assigned.due };
        self.current.assigned.set(self.current.findings.len() as u32 - 1, taken);
    }

    fn subject(&mut self, number: u32) -> u32 {
        if let Some(&known) = self.subjects.get(&number) {
            return known;
        }
        let old = &self.earlier.subjects[number as usize];
        let (site, system) = self.place(old.site, old.system);
        let mut push = |span| self.current.text.push(self.earlier.text.get(span));
        let (login, key) = (push(old.login), push(old.key));
        let (person, name) = (push(old.person), push(old.name));
        let department = self.current.names.intern(self.earlier.names.get(old.department));
        self.current.subjects.push(ReportSubject {
            site,
            system,
            login,
            key,
            person,
            name,
            department,
        });
        let made = self.current.subjects.len() as u32 - 1;
        self.subjects.insert(number, made);
        made
    }

    /// Site and system of the earlier run in this one; a system that is not there any more is added as
    /// one that is gone. The site is known: findings of others are not carried.
    fn place(&mut self, site: u16, system: u16) -> (u16, u16) {
        let old = &self.earlier.sites[site as usize];
        let number = self.current.sites.iter().position(|site| site.slug == old.slug).unwrap_or(0);
        let Some(named) = old.systems.get(system as usize) else {
            return (number as u16, u16::MAX);
        };
        let systems = &mut self.current.sites[number].systems;
        let same = |system: &ReportSystem| system.kind == named.kind && system.name == named.name;
        let known = systems.iter().position(same).unwrap_or_else(|| {
            systems.push(ReportSystem {
                accounts: 0,
                logins: 0,
                disabled: 0,
                secrets: SecretCounts::default(),
                gone: true,
                ..named.clone()
            });
            systems.len() - 1
        });
        (number as u16, known as u16)
    }

    fn group(&mut self, number: u32) -> u32 {
        if let Some(&known) = self.groups.get(&number) {
            return known;
        }
        let Some(old) = self.earlier.groups.get(number as usize) else { return NO_GROUP };
        let groups = &mut self.current.groups;
        let known = groups.iter().position(|group| group.id == old.id).unwrap_or_else(|| {
            // A tag under another key would look like one of this run.
            let tag = if self.same_key { old.tag.clone() } else { String::new() };
            groups.push(ReportGroup { tag, ..old.clone() });
            groups.len() - 1
        });
        self.groups.insert(number, known as u32);
        known as u32
    }
}

fn sort_groups(report: &mut Report) {
    let mut order: Vec<usize> = (0..report.groups.len()).collect();
    order.sort_by(|&a, &b| report.groups[a].id.cmp(&report.groups[b].id));
    let mut place = vec![NO_GROUP; order.len()];
    for (new, &old) in (0..).zip(&order) {
        place[old] = new;
    }
    report.groups = order.into_iter().map(|old| report.groups[old].clone()).collect();
    for finding in report.findings.iter_mut().filter(|finding| finding.group != NO_GROUP) {
        finding.group = place[finding.group as usize];
    }
}

fn sort(report: &mut Report) {
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    order.sort_by_key(|&at| report.ids[at]);
    report.findings = order.iter().map(|&at| report.findings[at]).collect();
    report.states = order.iter().map(|&at| report.states[at]).collect();
    let mut assigned = crate::model::column::Column::new(crate::model::state::Assigned::NOBODY);
    for (new, &old) in (0..).zip(&order) {
        assigned.set(new, report.assigned.get(old as u32));
    }
    report.assigned = assigned;
    report.ids = order.iter().map(|&at| report.ids[at]).collect();
}
