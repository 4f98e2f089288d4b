//! Lines of a run → accounts, findings and what is gone.

use crate::model::account::LastUse;
use crate::model::evidence::{WordClass, WordClasses};
use crate::model::file::{FileId, Origin};
use crate::model::finding::{
    Confidence, Facts, Finding, NO_GROUP, Sensitivity, Severity, Status, Unit,
};
use crate::model::lists::{Listed, Trace};
use crate::model::remedy::{Remedy, Spare};
use crate::model::report::{Report, ReportGroup, ReportSubject};
use crate::model::state::{Assigned, Cause, FindingState, NO_EXCEPTION, Past};
use crate::model::tri::Tri;
use crate::runs::build::{Builder, of, stamp};
use crate::runs::lines::{AccountLine, Bad, FindingLine, PastLine};
use crate::runs::word::kept;
use std::borrow::Cow;
use std::fmt::Write as _;

impl Builder<'_> {
    /// Takes an account.
    pub(super) fn account(&mut self, line: &AccountLine<'_>) -> Result<(), Bad> {
        let kind = line.system_kind.as_deref();
        let (site, system) = self.place(&line.site_id, kind, line.system.as_deref())?;
        if system == u16::MAX {
            return Err(Bad("system"));
        }
        let Report { text, names, lists, .. } = &mut self.report;
        lists.accounts.push(Listed {
            site,
            system,
            login: text.push(&line.account),
            person: text.push(&line.person_id),
            name: text.push(&line.display_name),
            department: names.intern(&line.department),
            role: names.intern(&line.role),
            enabled: of(Tri::from_word(&line.enabled), "enabled")?,
            privileged: of(Tri::from_word(&line.privileged), "privileged")?,
            last_use: stamp(line.last_use.as_deref(), "last_use")?,
            source: of(LastUse::from_word(&line.last_use_source), "last_use_source")?,
        });
        let mut left = WordClasses::NONE;
        for word in line.left.split(' ').filter(|word| !word.is_empty()) {
            left.add(of(WordClass::from_word(word), "left")?);
        }
        lists.traces.push(Trace {
            key: text.push(&line.account_key),
            groups: names.intern(&line.groups),
            password_set: stamp(line.password_set.as_deref(), "password_set")?,
            tag: text.push(&line.tag),
            triable: line.triable,
            left,
        });
        Ok(())
    }

    /// Takes a finding; one of an unknown rule is left out.
    pub(super) fn finding(&mut self, line: &FindingLine<'_>) -> Result<(), Bad> {
        let Some(&rule) = self.rules.get(&*line.rule_id) else { return Ok(()) };
        let id: [u8; 16] = of(line.finding_id.as_bytes().try_into().ok(), "finding_id")?;
        if self.report.ids.last().is_some_and(|last| *last >= id) {
            return Err(Bad("finding_id"));
        }
        let subject = self.subject(line)?;
        if !(line.sid.is_empty() && line.spare.is_empty()) {
            let spare = of(Spare::from_word(&line.spare), "spare")?;
            let sid = self.report.text.push(&line.sid);
            self.report.remedies.set(subject, Remedy { sid, spare });
        }
        let site = self.report.subjects[subject as usize].site;
        let group = self.group(line);
        let file = match line.source_file.as_deref() {
            Some(path) => of(self.file(Some(site), path), "source_file")?,
            // As for rows that were taken over: the first file is not theirs.
            None => FileId(u32::MAX),
        };
        let Report { text, findings, .. } = &mut self.report;
        findings.push(Finding {
            rule,
            severity: of(Severity::from_word(&line.severity), "severity")?,
            confidence: of(Confidence::from_word(&line.confidence), "confidence")?,
            status: of(Status::from_word(&line.status), "status")?,
            sensitivity: of(Sensitivity::from_word(&line.sensitivity), "sensitivity")?,
            subject,
            group,
            discriminator: text.push(&line.discriminator),
            facts: Facts {
                metric: of(kept(&line.metric), "metric")?,
                value: line.value,
                unit: of(Unit::from_word(&line.unit), "unit")?,
                date: stamp(line.date.as_deref(), "date")?,
                detail: text.push(&line.detail),
            },
            origin: Origin { file, line: line.source_line },
        });
        self.report.ids.push(id);
        self.state(line)
    }

    fn state(&mut self, line: &FindingLine<'_>) -> Result<(), Bad> {
        let exceptions = self.report.exceptions.len() as u32;
        let exception = line.exception.unwrap_or(NO_EXCEPTION);
        if exception != NO_EXCEPTION && exception >= exceptions {
            return Err(Bad("exception"));
        }
        self.report.states.push(FindingState {
            first_seen: stamp(line.first_seen.as_deref(), "first_seen")?,
            last_seen: stamp(line.last_seen.as_deref(), "last_seen")?,
            cause: of(Cause::from_word(&line.cause), "cause")?,
            exception,
        });
        let Report { text, names, assigned, findings, .. } = &mut self.report;
        let written = Assigned {
            progress: names.intern(&line.progress),
            owner: text.push(&line.owner),
            due: stamp(line.due.as_deref(), "due")?,
            reason: text.push(&line.proposed_reason),
        };
        assigned.set(findings.len() as u32 - 1, written);
        Ok(())
    }

    /// One subject for each account, as the audit made them: groups count subjects.
    fn subject(&mut self, line: &FindingLine<'_>) -> Result<u32, Bad> {
        let kind = line.system_kind.as_deref();
        let (site, system) = self.place(&line.site_id, kind, line.system.as_deref())?;
        self.key.clear();
        // Writing to memory cannot fail.
        let _ = write!(self.key, "{site}/{system}/{}\0{}", line.account, line.account_key);
        if let Some(&known) = self.subjects.get(&self.key) {
            return Ok(known);
        }
        let Report { text, names, subjects, .. } = &mut self.report;
        subjects.push(ReportSubject {
            site,
            system,
            login: text.push(&line.account),
            key: text.push(&line.account_key),
            person: text.push(&line.person_id),
            name: text.push(&line.display_name),
            department: names.intern(&line.department),
        });
        let number = subjects.len() as u32 - 1;
        self.subjects.insert(self.key.clone(), number);
        Ok(number)
    }

    fn group(&mut self, line: &FindingLine<'_>) -> u32 {
        let Some(group) = &line.group else { return NO_GROUP };
        if let Some(&known) = self.groups.get(&*group.id) {
            return known;
        }
        let number = self.report.groups.len() as u32;
        self.groups.insert(group.id.clone().into_owned(), number);
        let own = |text: &Cow<'_, str>| text.clone().into_owned();
        let made = ReportGroup { id: own(&group.id), size: group.size, tag: own(&group.tag) };
        self.report.groups.push(made);
        number
    }

    /// Takes a finding that is gone.
    pub(super) fn past(&mut self, line: &PastLine<'_>) -> Result<(), Bad> {
        let past = Past {
            id: of(line.finding_id.as_bytes().try_into().ok(), "finding_id")?,
            first_seen: stamp(line.first_seen.as_deref(), "first_seen")?,
            last_seen: stamp(line.last_seen.as_deref(), "last_seen")?,
        };
        if self.report.past.last().is_some_and(|last| last.id >= past.id) {
            return Err(Bad("finding_id"));
        }
        self.report.past.push(past);
        Ok(())
    }
}
