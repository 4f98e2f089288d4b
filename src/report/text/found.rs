//! What was found: by site, by rule, and what was set aside.

use crate::model::finding::{Sensitivity, Severity, Status, Unit};
use crate::model::lang::Lang;
use crate::model::month::BySeverity;
use crate::report::columns::Cell;
use crate::report::digits::grouped;
use crate::report::tally::Line;
use crate::report::terms;
use crate::report::text::page::Page;
use crate::text::name::cut;

/// Rules that are shown before the rest is only counted.
const SHOWN_RULES: usize = 12;

/// Columns of a title: what is found and where fit beside it on a terminal.
const TITLE: usize = 56;

/// Why the sites add up to more than the total.
const ONCE: (&str, &str) = (
    "施設をまたぐ組は、合計では 1 組と数えます",
    "a group over several sites counts once in the total",
);

impl Page<'_> {
    /// One line per site, and one for all where there are several.
    pub(super) fn sites(&mut self) {
        let info = self.tally.total[Severity::Info as usize] > 0;
        let mut rows = Vec::new();
        let (mut accounts, mut people) = (0, 0);
        for (site, counts) in self.report.sites.iter().zip(&self.tally.sites) {
            let name = if site.name == site.slug { String::new() } else { site.name.clone() };
            rows.push(self.site_row(site.slug.clone(), name, counts, info));
            accounts += u64::from(site.accounts);
            people += u64::from(site.people);
            let size = self.size(u64::from(site.accounts), u64::from(site.people));
            rows.last_mut().into_iter().for_each(|row| row.push(size.as_str().into()));
        }
        if rows.len() > 1 {
            let total = self.tally.total;
            let label = self.pick("合計", "total").to_owned();
            let mut row = self.site_row(label, String::new(), &total, info);
            row.push(self.size(accounts, people).into());
            rows.push(row);
        }
        self.table(&rows);
        let sum: u64 = self.tally.sites.iter().flatten().sum();
        if sum > self.tally.total.iter().sum() {
            self.line(&format!("  ({})", self.pick(ONCE.0, ONCE.1)));
        }
    }

    fn site_row(&self, slug: String, name: String, counts: &BySeverity, info: bool) -> Vec<Cell> {
        let mut row = vec![slug.into(), name.into()];
        for &severity in Severity::ALL.iter().rev() {
            if severity != Severity::Info || info {
                let count = counts[severity as usize];
                let text = format!("{} {}", terms::severity(severity, self.lang), grouped(count));
                row.push(if count == 0 { text.into() } else { Cell::of(text, severity) });
            }
        }
        row
    }

    fn size(&self, accounts: u64, people: u64) -> String {
        let accounts = self.count(accounts, "アカウント", "account", "accounts");
        if people == 0 {
            return format!("({accounts})");
        }
        let people = self.count(people, "名", "person", "people");
        format!("({accounts}{}{people})", self.pick("、", ", "))
    }

    /// One line per rule and severity, worst first.
    pub(super) fn rules(&mut self) {
        if self.tally.lines.is_empty() {
            let nothing = self.pick("判定した範囲では所見なし", "nothing found in what was judged");
            self.line(&format!("  {nothing}"));
            return;
        }
        let shown = &self.tally.lines[..self.tally.lines.len().min(SHOWN_RULES)];
        let rows: Vec<_> = shown
            .iter()
            .map(|line| {
                vec![
                    Cell::of(terms::severity(line.severity, self.lang), line.severity),
                    self.rule_id(line.rule).into(),
                    cut(self.rule_title(line.rule), TITLE).into_owned().into(),
                    Cell::right(self.amount(line)),
                    self.example(line).into(),
                ]
            })
            .collect();
        let rest = (self.tally.lines.len() - shown.len()) as u64;
        self.table(&rows);
        if rest > 0 {
            let line = match self.lang {
                Lang::Ja => format!("  ほか {rest} 行"),
                Lang::En => format!("  and {}", self.count(rest, "", "more line", "more lines")),
            };
            self.line(&line);
        }
    }

    /// `9 件`, or `3 組 / 37 アカウント` for reuse.
    fn amount(&self, line: &Line) -> String {
        let singles = self.count(line.singles, "件", "finding", "findings");
        if line.groups == 0 {
            return singles;
        }
        let groups = self.count(line.groups, "組", "group", "groups");
        let accounts = self.count(line.accounts, "アカウント", "account", "accounts");
        match line.singles {
            0 => format!("{groups} / {accounts}"),
            _ => format!("{groups} / {accounts} + {singles}"),
        }
    }

    fn example(&self, line: &Line) -> String {
        if line.groups > 0 {
            let largest = grouped(line.largest);
            return match self.lang {
                Lang::Ja => format!("最大の組 {largest}"),
                Lang::En => format!("largest group {largest}"),
            };
        }
        let finding = &self.report.findings[line.example as usize];
        let subject = &self.report.subjects[finding.subject as usize];
        let site = &self.report.sites[subject.site as usize];
        let system = site.systems.get(subject.system as usize).map_or("", |s| s.name.as_str());
        let hidden = finding.sensitivity == Sensitivity::Restricted && !self.include_restricted;
        let login = if hidden { "" } else { self.report.text.get(subject.login) };
        if let (Unit::Days, Some(days), false) =
            (finding.facts.unit, finding.facts.value, login.is_empty())
        {
            let days = grouped(days.unsigned_abs());
            return match self.lang {
                Lang::Ja => format!("最長 {days} 日 ({login})"),
                Lang::En => format!("longest {days} days ({login})"),
            };
        }
        let text = match login {
            "" => system.to_owned(),
            _ => format!("{system} '{login}'"),
        };
        match (self.lang, line.singles) {
            _ if text.is_empty() => text,
            (_, 0 | 1) => text,
            (Lang::Ja, _) => text + " ほか",
            (Lang::En, all) => format!("{text} and {} more", grouped(all - 1)),
        }
    }

    /// Exceptions and what is fixed: not asked for, but never out of sight.
    pub(super) fn set_aside(&mut self) {
        let mut parts = Vec::new();
        for status in [Status::Suppressed, Status::Fixed] {
            let count = self.tally.status[status as usize];
            if count > 0 {
                parts.push(format!("{} {}", terms::status(status, self.lang), grouped(count)));
            }
        }
        if !parts.is_empty() {
            let label = self.pick("数えていないもの: ", "Not counted above: ");
            self.line(&format!("{label}{}", parts.join(self.pick("、", ", "))));
        }
    }
}
