//! accounts.jsonl: the accounts as this run saw them, for review lists and for next month's
//! comparison. history.jsonl: findings of earlier runs that are gone.

use crate::model::arena::{NameId, Span};
use crate::model::evidence::WordClass;
use crate::model::report::Report;
use crate::report::escape::push_string;
use crate::report::json::parts::{place, push_key, push_stamp, push_word, string};
use crate::report::output::Sink;
use crate::report::stream::stream;
use std::io;

/// Writes one object per account, in the order of the lists.
pub(super) fn write(report: &Report, sink: &mut Sink) -> io::Result<()> {
    let place_of = |site: &crate::model::report::ReportSite| {
        let systems = site.systems.iter();
        systems.map(|system| place(&site.slug, system.kind.word(), &system.name)).collect()
    };
    let lines = Lines {
        report,
        places: report.sites.iter().map(place_of).collect(),
        names: report.names.iter().map(|(_, name)| string(name)).collect(),
    };
    stream(report.lists.accounts.len(), sink, |index, out, _| lines.push(index, out))
}

struct Lines<'a> {
    report: &'a Report,
    places: Vec<Vec<Vec<u8>>>,
    names: Vec<Vec<u8>>,
}

impl Lines<'_> {
    fn push(&self, index: usize, out: &mut Vec<u8>) {
        let lists = &self.report.lists;
        let (account, trace) = (&lists.accounts[index], &lists.traces[index]);
        out.extend_from_slice(b"{\"account\":");
        push_string(out, self.report.text.get(account.login));
        out.extend_from_slice(&self.places[account.site as usize][account.system as usize]);
        self.text(out, b"account_key", trace.key);
        self.text(out, b"person_id", account.person);
        self.text(out, b"display_name", account.name);
        self.name(out, b"department", account.department);
        self.name(out, b"role", account.role);
        self.name(out, b"groups", trace.groups);
        push_key(out, b"enabled");
        push_word(out, account.enabled.word());
        push_key(out, b"privileged");
        push_word(out, account.privileged.word());
        push_key(out, b"last_use");
        push_stamp(out, account.last_use);
        push_key(out, b"last_use_source");
        push_word(out, account.source.word());
        push_key(out, b"password_set");
        push_stamp(out, trace.password_set);
        self.text(out, b"tag", trace.tag);
        push_key(out, b"triable");
        out.extend_from_slice(if trace.triable { b"true" } else { b"false" });
        push_key(out, b"left");
        let left: Vec<_> = trace.left.iter().map(WordClass::word).collect();
        push_word(out, &left.join(" "));
        out.extend_from_slice(b"}\n");
    }

    fn text(&self, out: &mut Vec<u8>, key: &[u8], span: Span) {
        push_key(out, key);
        push_string(out, self.report.text.get(span));
    }

    fn name(&self, out: &mut Vec<u8>, key: &[u8], name: NameId) {
        push_key(out, key);
        out.extend_from_slice(&self.names[name.index()]);
    }
}

/// Writes one object per finding that is gone, in the order of the ids.
pub(super) fn write_history(report: &Report, sink: &mut Sink) -> io::Result<()> {
    stream(report.past.len(), sink, |index, out, _| {
        let past = &report.past[index];
        out.extend_from_slice(b"{\"finding_id\":\"");
        out.extend_from_slice(&past.id);
        out.push(b'"');
        push_key(out, b"first_seen");
        push_stamp(out, past.first_seen);
        push_key(out, b"last_seen");
        push_stamp(out, past.last_seen);
        out.extend_from_slice(b"}\n");
    })
}
