//! findings.jsonl: one object per line, in the order of the ids.

use crate::model::arena::Span;
use crate::model::finding::Finding;
use crate::model::remedy::Remedy;
use crate::model::report::Report;
use crate::model::state::Assigned;
use crate::report::csv::source;
use crate::report::digits::push_int;
use crate::report::escape::push_string;
use crate::report::fix::has_action;
use crate::report::json::parts::{place, push_key, push_stamp, push_word, string};
use crate::report::output::Sink;
use crate::report::stream::stream;
use crate::rules::RuleSet;
use std::io;

/// Writes all findings.
pub(super) fn write(report: &Report, rules: &RuleSet, sink: &mut Sink) -> io::Result<()> {
    let lines = Lines::of(report, rules);
    stream(report.findings.len(), sink, |index, out, _| lines.push(index, out))
}

/// Parts that repeat, ready to copy.
struct Lines<'a> {
    report: &'a Report,
    rules: Vec<Vec<u8>>,
    /// By rule: whether remedies ask for the account's SID.
    mended: Vec<bool>,
    places: Vec<Vec<Vec<u8>>>,
    groups: Vec<Vec<u8>>,
    files: Vec<Vec<u8>>,
}

impl<'a> Lines<'a> {
    fn of(report: &'a Report, rules: &RuleSet) -> Self {
        let place = |site: &crate::model::report::ReportSite| {
            let named = site.systems.iter().map(|s| (s.kind.word(), s.name.as_str()));
            let parts = named.map(|(kind, name)| place(&site.slug, kind, name));
            // The last one is the site itself.
            parts.chain([place(&site.slug, "", "")]).collect()
        };
        Self {
            report,
            rules: rules.checks.iter().map(|rule| string(&rule.id)).collect(),
            mended: rules.checks.iter().map(|rule| has_action(&rule.id)).collect(),
            places: report.sites.iter().map(place).collect(),
            groups: report.groups.iter().map(group).collect(),
            files: report.files.iter().map(|(_, file)| string(&file.path)).collect(),
        }
    }

    fn push(&self, index: usize, out: &mut Vec<u8>) {
        let finding = &self.report.findings[index];
        out.extend_from_slice(b"{\"finding_id\":\"");
        out.extend_from_slice(&self.report.ids[index]);
        out.extend_from_slice(b"\",\"rule_id\":");
        out.extend_from_slice(&self.rules[finding.rule as usize]);
        for (key, word) in [
            (&b"severity"[..], finding.severity.word()),
            (b"confidence", finding.confidence.word()),
            (b"status", finding.status.word()),
            (b"sensitivity", finding.sensitivity.word()),
        ] {
            push_key(out, key);
            push_word(out, word);
        }
        self.subject(finding, out);
        self.facts(finding, out);
        self.origin(finding, out);
        self.state(index, out);
        out.extend_from_slice(b"}\n");
    }

    fn subject(&self, finding: &Finding, out: &mut Vec<u8>) {
        let subject = &self.report.subjects[finding.subject as usize];
        let site = &self.places[subject.site as usize];
        out.extend_from_slice(&site[(subject.system as usize).min(site.len() - 1)]);
        self.text(out, b"account", subject.login);
        self.text(out, b"account_key", subject.key);
        self.text(out, b"person_id", subject.person);
        self.text(out, b"display_name", subject.name);
        push_key(out, b"department");
        push_string(out, self.report.names.get(subject.department));
        self.text(out, b"discriminator", finding.discriminator);
        let remedy = self.report.remedies.get(finding.subject);
        if self.mended[finding.rule as usize] && remedy != Remedy::UNKNOWN {
            self.text(out, b"sid", remedy.sid);
            push_key(out, b"spare");
            push_word(out, remedy.spare.word());
        }
    }

    fn facts(&self, finding: &Finding, out: &mut Vec<u8>) {
        let facts = &finding.facts;
        push_key(out, b"metric");
        push_string(out, facts.metric);
        push_key(out, b"value");
        match facts.value {
            Some(value) => push_int(out, value),
            None => out.extend_from_slice(b"null"),
        }
        push_key(out, b"unit");
        push_word(out, facts.unit.word());
        push_key(out, b"date");
        push_stamp(out, facts.date);
        self.text(out, b"detail", facts.detail);
        push_key(out, b"group");
        match self.groups.get(finding.group as usize) {
            Some(group) => out.extend_from_slice(group),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn origin(&self, finding: &Finding, out: &mut Vec<u8>) {
        push_key(out, b"source_file");
        if source(self.report, finding).is_empty() {
            out.extend_from_slice(b"null");
        } else {
            out.extend_from_slice(&self.files[finding.origin.file.0 as usize]);
        }
        push_key(out, b"source_line");
        push_int(out, i64::from(finding.origin.line));
    }

    fn state(&self, index: usize, out: &mut Vec<u8>) {
        let state = &self.report.states[index];
        push_key(out, b"first_seen");
        push_stamp(out, state.first_seen);
        push_key(out, b"last_seen");
        push_stamp(out, state.last_seen);
        push_key(out, b"cause");
        push_word(out, state.cause.word());
        push_key(out, b"exception");
        match self.report.exceptions.get(state.exception as usize) {
            Some(_) => push_int(out, i64::from(state.exception)),
            None => out.extend_from_slice(b"null"),
        }
        let assigned = self.report.assigned.get(index as u32);
        if assigned != Assigned::NOBODY {
            push_key(out, b"progress");
            push_string(out, self.report.names.get(assigned.progress));
            self.text(out, b"owner", assigned.owner);
            push_key(out, b"due");
            push_stamp(out, assigned.due);
            self.text(out, b"proposed_reason", assigned.reason);
        }
    }

    fn text(&self, out: &mut Vec<u8>, key: &[u8], span: Span) {
        push_key(out, key);
        push_string(out, self.report.text.get(span));
    }
}

fn group(group: &crate::model::report::ReportGroup) -> Vec<u8> {
    let mut out = b"{\"id\":".to_vec();
    push_string(&mut out, &group.id);
    push_key(&mut out, b"size");
    push_int(&mut out, i64::from(group.size));
    push_key(&mut out, b"tag");
    push_string(&mut out, &group.tag);
    out.push(b'}');
    out
}
