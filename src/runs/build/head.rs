//! Parts of a report that stand in run.json as they are.

use crate::model::breach::{CorpusHash, CorpusUsed};
use crate::model::file::{InputFile, Rows};
use crate::model::finding::Severity;
use crate::model::lists::SecretCounts;
use crate::model::month::{BySeverity, Month, MonthSite};
use crate::model::report::{ReportSystem, Run};
use crate::model::site::SystemKind;
use crate::model::state::{self, Compared};
use crate::runs::build::{day, of};
use crate::runs::header::{self, Header};
use crate::runs::lines::Bad;
use crate::runs::word::kept;
use std::collections::BTreeMap;

/// How the run was made.
pub(super) fn run(header: &Header) -> Result<Run, Bad> {
    Ok(Run {
        name: header.name.clone(),
        as_of: of(day(&header.as_of), "as_of")?,
        as_of_source: of(kept(&header.as_of_source), "as_of_source")?,
        tool_version: of(kept(&header.tool_version), "tool_version")?,
        rules_digest: header.rules_digest.clone(),
        key_id: header.key_id.clone(),
        profile: header.profile.clone(),
        csv: of(kept(&header.csv), "csv")?,
        selected: header.rules_selected.clone(),
        words: header.words.clone(),
        warnings: header.warnings.clone(),
        interrupted: header.interrupted,
    })
}

/// A system.
pub(super) fn report_system(system: &header::System) -> Result<ReportSystem, Bad> {
    let header::Secrets { exported, comparable, tried, untestable } = system.secrets;
    Ok(ReportSystem {
        kind: of(SystemKind::from_word(&system.kind), "system_kind")?,
        name: system.name.clone(),
        accounts: system.accounts,
        logins: system.logins,
        disabled: system.disabled,
        secrets: SecretCounts { exported, comparable, tried, untestable },
        gone: system.gone,
    })
}

/// An input file.
pub(super) fn input_file(input: &header::Input) -> Result<InputFile, Bad> {
    let header::RowCounts { read, ok, skipped, quarantined } = input.rows;
    let exported = input.exported_at.as_deref();
    Ok(InputFile {
        path: input.path.clone(),
        sha256: input.sha256.clone(),
        size: input.size,
        reader: input.reader.clone(),
        reason: input.reason.clone(),
        encoding: input.encoding.clone(),
        system: input.system.clone(),
        rows: Rows { read, ok, skipped, quarantined },
        exported: exported.map(|text| of(day(text), "exported_at")).transpose()?,
        modified: None,
        columns_used: input.columns_used.clone(),
        columns_ignored: input.columns_ignored.clone(),
        problem: input.problem.clone(),
        unverified: input.unverified,
        holds_secrets: input.holds_secrets,
        superseded: input.superseded,
    })
}

/// An exception.
pub(super) fn exception(row: &header::Exception) -> Result<state::Exception, Bad> {
    Ok(state::Exception {
        line: row.line,
        rule: row.rule.clone(),
        site: row.site.clone(),
        system: row.system.clone(),
        account: row.account.clone(),
        group: row.group.clone(),
        reason: row.reason.clone(),
        approved_by: row.approved_by.clone(),
        until: of(day(&row.until), "until")?,
        kind: row.kind.clone(),
        accounts: row.accounts,
    })
}

/// A list of breached passwords.
pub(super) fn corpus(used: &header::Corpus) -> Result<CorpusUsed, Bad> {
    let date = used.date.as_deref();
    Ok(CorpusUsed {
        name: used.name.clone(),
        hash: of(CorpusHash::from_word(&used.hash), "hash")?,
        files: used.files,
        bytes: used.size,
        date: date.map(|text| of(day(text), "date")).transpose()?,
    })
}

/// The comparison that a run says it made.
pub(super) fn compared(header: &Header) -> Result<Option<Compared>, Bad> {
    let made = |compared: &header::Compared| {
        Ok(Compared {
            name: compared.run.clone(),
            as_of: of(day(&compared.as_of), "as_of")?,
            same_key: compared.same_key,
        })
    };
    header.compared.as_ref().map(made).transpose()
}

/// An earlier run in numbers.
pub(super) fn month(month: &header::Month) -> Result<Month, Bad> {
    Ok(Month {
        run: month.run.clone(),
        as_of: of(day(&month.as_of), "as_of")?,
        complete: month.complete,
        total: by_severity(&month.severity)?,
        new: month.new,
        fixed: month.fixed,
        sites: month.sites.iter().map(month_site).collect::<Result<_, _>>()?,
    })
}

fn month_site(site: &header::MonthSite) -> Result<MonthSite, Bad> {
    let newest = site.newest_export.as_deref();
    Ok(MonthSite {
        slug: site.site_id.clone(),
        name: site.name.clone(),
        newest: newest.map(|text| of(day(text), "newest_export")).transpose()?,
        read: site.read,
        counts: by_severity(&site.severity)?,
    })
}

fn by_severity(counts: &BTreeMap<String, u64>) -> Result<BySeverity, Bad> {
    let mut by = BySeverity::default();
    for (word, &count) in counts {
        by[of(Severity::from_word(word), "severity")? as usize] = count;
    }
    Ok(by)
}
