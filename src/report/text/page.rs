//! The page that the summary is written on, its first and its last lines.

use crate::model::file::Weight;
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::report::Context;
use crate::report::columns::{self, Cell, Paint};
use crate::report::digits::grouped;
use crate::report::tally::Tally;
use crate::rules::check::CheckRule;
use crate::text::name::{display_width, escape_controls};
use std::collections::{BTreeMap, BTreeSet};

/// Columns that a line of words may take.
const LINE: usize = 100;

/// Text so far, and what it is written from.
pub(super) struct Page<'a> {
    pub(super) report: &'a Report,
    pub(super) lang: Lang,
    pub(super) tally: Tally,
    pub(super) include_restricted: bool,
    checks: &'a [CheckRule],
    paint: Paint,
    text: String,
}

/// Files that were refused as a whole, by their position.
pub(super) fn refused_files(report: &Report) -> BTreeSet<u32> {
    let whole = report.problems.iter().filter(|p| p.weight == Weight::File);
    whole.map(|p| p.origin.file.0).collect()
}

impl<'a> Page<'a> {
    pub(super) fn of(cx: &Context<'a>, paint: Paint) -> Self {
        Self {
            report: cx.report,
            lang: cx.lang,
            tally: Tally::of(cx.report, cx.include_restricted),
            include_restricted: cx.include_restricted,
            checks: &cx.rules.checks,
            paint,
            text: String::new(),
        }
    }

    /// Everything written.
    pub(super) fn text(self) -> String {
        self.text
    }

    /// Picks the sentence of the page's language.
    pub(super) const fn pick<'t>(&self, ja: &'t str, en: &'t str) -> &'t str {
        self.lang.pick(ja, en)
    }

    /// A count with its word: `3 件`, `1 finding`.
    pub(super) fn count(&self, count: u64, ja: &str, one: &str, many: &str) -> String {
        let word = self.pick(ja, if count == 1 { one } else { many });
        format!("{} {word}", grouped(count))
    }

    /// Adds a line. Whatever acts on a terminal is escaped here, once for all lines.
    pub(super) fn line(&mut self, text: &str) {
        self.text.push_str(escape_controls(text).trim_end());
        self.text.push('\n');
    }

    /// Adds an empty line, never two.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds lines with their cells below each other.
    pub(super) fn table(&mut self, rows: &[Vec<Cell>]) {
        for line in columns::lines(rows, self.paint) {
            self.text.push_str("  ");
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// Id of a rule.
    pub(super) fn rule_id(&self, rule: u16) -> &'a str {
        &self.checks[rule as usize].id
    }

    /// Title of a rule.
    pub(super) fn rule_title(&self, rule: u16) -> &'a str {
        &self.checks[rule as usize].words(self.lang).title
    }

    /// Every rule that was asked, and whether it could judge anything.
    pub(super) fn judged_rules(&self) -> BTreeMap<u16, bool> {
        let mut rules: BTreeMap<u16, bool> = BTreeMap::new();
        for row in &self.report.coverage {
            *rules.entry(row.rule).or_default() |= row.judged > 0 || row.missing.is_empty();
        }
        rules
    }

    /// First line: what was done.
    pub(super) fn done(&mut self) {
        let report = self.report;
        let refused = refused_files(report);
        let current = |file: &crate::model::file::InputFile| !file.superseded;
        let all = report.files.iter().filter(|(_, file)| current(file)).count();
        let taken = |(at, file): &(usize, &crate::model::file::InputFile)| {
            current(file) && !file.reader.is_empty() && !refused.contains(&(*at as u32))
        };
        let read = report.files.iter().map(|(_, file)| file).enumerate().filter(taken).count();
        let rules = self.judged_rules();
        let judged = rules.values().filter(|&&judged| judged).count();
        let (asked, open) = (rules.len(), rules.len() - judged);
        let as_of = report.run.as_of;
        self.line(&match self.lang {
            Lang::Ja => format!(
                "取込 {read}/{all} ファイル   判定 {judged}/{asked} ルール (判定不能 {open})   基準日 {as_of}"
            ),
            Lang::En => format!(
                "{read} of {all} files read   {judged} of {asked} rules judged ({open} not evaluable)   as of {as_of}"
            ),
        });
    }

    /// What changed since the last run, where there is one.
    pub(super) fn compared(&mut self) {
        let Some(compared) = &self.report.compared else { return };
        let label = self.pick("前回との比較", "Since the last run");
        let counts = crate::report::diff::counts(self.report, self.lang);
        self.line(&format!("{label} {} ({}): {counts}", compared.name, compared.as_of));
    }

    /// The files that were written, as many on a line as it holds.
    pub(super) fn files(&mut self, folder: &str, files: &[&str]) {
        let Some((first, rest)) = files.split_first() else { return };
        let label = self.pick("報告書: ", "Reports: ");
        let slash = if folder.is_empty() || folder.ends_with(['/', '\\']) { "" } else { "/" };
        let mut line = format!("{label}{folder}{slash}{first}");
        for file in rest {
            if display_width(&line) + 2 + display_width(file) > LINE {
                self.line(&line);
                line = " ".repeat(display_width(label));
            } else {
                line.push_str("  ");
            }
            line.push_str(file);
        }
        self.line(&line);
    }

    /// Last line: what to do next.
    pub(super) fn next(&mut self, files: &[&str]) {
        let first = self.tally.lines.first().map(|line| self.rule_id(line.rule));
        let named = |wanted: &str| files.iter().find(|&&name| name == wanted);
        let sheet = named("report.xlsx").or_else(|| named("findings.csv"));
        let line = match (first, sheet) {
            (Some(id), Some(sheet)) => match self.lang {
                Lang::Ja => format!("次に見るもの: {sheet}。理由と直し方は kagiban explain {id}"),
                Lang::En => format!("Next: open {sheet}. To know why: kagiban explain {id}"),
            },
            (Some(id), None) => match self.lang {
                Lang::Ja => format!("次に見るもの: 理由と直し方は kagiban explain {id}"),
                Lang::En => format!("Next: to know why: kagiban explain {id}"),
            },
            (None, _) => self.next_without_findings().to_owned(),
        };
        self.line(&line);
    }

    fn next_without_findings(&self) -> &'static str {
        let lacking = self.report.coverage.iter().any(|row| !row.missing.is_empty());
        if self.report.incomplete() {
            self.lang.pick(
                "次にすること: 上の取込の問題を直して、もう一度 kagiban audit",
                "Next: mend the input problems above and run kagiban audit again",
            )
        } else if lacking {
            self.lang.pick(
                "次にすること: 不足しているエクスポートを加えて、もう一度 kagiban audit",
                "Next: add the exports that are missing and run kagiban audit again",
            )
        } else {
            self.lang.pick(
                "次にすること: 来月のエクスポートを置いて kagiban audit",
                "Next: put in next month's exports and run kagiban audit",
            )
        }
    }
}
