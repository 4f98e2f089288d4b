//! What the exports did not allow: questions left open, secrets not compared, records refused.

use crate::model::file::Problem;
use crate::model::lang::Lang;
use crate::report::columns::Cell;
use crate::report::digits::grouped;
use crate::report::quarantine;
use crate::report::terms;
use crate::report::text::page::{Page, refused_files};
use std::collections::{BTreeMap, BTreeSet};

/// Lines of a list that are shown before the rest is only counted.
const SHOWN_RULES: usize = 8;
const SHOWN_PROBLEMS: usize = 5;
const SHOWN_FILES: usize = 5;

/// What kept a rule from judging.
#[derive(Default)]
struct Open {
    systems: BTreeSet<(u16, u16)>,
    missing: BTreeSet<&'static str>,
}

impl Page<'_> {
    /// Rules that could not judge every system, with what they lack.
    pub(super) fn not_evaluable(&mut self) {
        let mut open: BTreeMap<u16, Open> = BTreeMap::new();
        for row in self.report.coverage.iter().filter(|row| !row.missing.is_empty()) {
            let rule = open.entry(row.rule).or_default();
            rule.systems.insert((row.site, row.system));
            rule.missing.extend(row.missing.iter().copied());
        }
        if open.is_empty() {
            return;
        }
        let states = self.judged_rules();
        let partly = open.keys().filter(|&rule| states[rule]).count() as u64;
        let none = open.len() as u64 - partly;
        let rules = |count| self.count(count, "ルール", "rule", "rules");
        let mut parts = Vec::new();
        if none > 0 {
            parts.push(format!("{}{}", self.pick("すべてのシステムで ", ""), rules(none)));
        }
        if partly > 0 {
            parts.push(match self.lang {
                Lang::Ja => format!("一部のシステムで {}", rules(partly)),
                Lang::En => format!("{} on some systems", rules(partly)),
            });
        }
        let label = self.pick("判定できないもの: ", "Not evaluable: ");
        let meaning = self.pick(" (「所見なし」とは違います)", " (which is not the same as clean)");
        let line = format!("{label}{}{meaning}", parts.join(self.pick("、", ", ")));
        self.line(&line);
        let row = |(rule, open): (&u16, &Open)| {
            let systems = self.count(open.systems.len() as u64, "システム", "system", "systems");
            let missing = terms::join(open.missing.iter().copied(), self.lang);
            let label = self.pick("不足: ", "missing: ");
            vec![
                self.rule_id(*rule).into(),
                Cell::right(systems),
                format!("{label}{missing}").into(),
            ]
        };
        let rows: Vec<_> = open.iter().take(SHOWN_RULES).map(row).collect();
        self.table(&rows);
        self.more(open.len(), SHOWN_RULES, self.pick("ルール", "rules"));
    }

    /// How many of a list are not shown; `what` they are, in the page's language.
    fn more(&mut self, all: usize, shown: usize, what: &str) {
        if all > shown {
            let rest = all - shown;
            self.line(&match self.lang {
                Lang::Ja => format!("  ほか {rest} {what}"),
                Lang::En => format!("  and {rest} more {what}"),
            });
        }
    }

    /// Secrets that nobody could compare, by scheme.
    pub(super) fn incomparable(&mut self) {
        // Secrets, fewest and most candidates tried, candidates that there were.
        let mut schemes: BTreeMap<&str, (u64, u32, u32, u32)> = BTreeMap::new();
        for row in &self.report.incomparable {
            let entry = schemes.entry(row.scheme).or_insert((0, u32::MAX, 0, 0));
            entry.0 += u64::from(row.secrets);
            entry.1 = entry.1.min(row.tried);
            entry.2 = entry.2.max(row.tried);
            entry.3 = entry.3.max(row.of);
        }
        if schemes.is_empty() {
            return;
        }
        self.line(self.lang.pick(
            "開けなかった値 (ほかの方式の値と同じかどうかは不明です):",
            "Secrets that nothing opened (whether they equal one of another scheme is unknown):",
        ));
        let row = |(scheme, &(secrets, least, most, of)): (&&str, &(u64, u32, u32, u32))| {
            let secrets = self.count(secrets, "件", "secret", "secrets");
            vec![Cell::from(*scheme), Cell::right(secrets), self.tried(least, most, of).into()]
        };
        let rows: Vec<_> = schemes.iter().map(row).collect();
        self.table(&rows);
    }

    /// How many of the words of a run were tried on each.
    fn tried(&self, least: u32, most: u32, of: u32) -> String {
        let [low, high, of] = [least, most, of].map(|words| grouped(u64::from(words)));
        let words = if least == most { high } else { format!("{low}-{high}") };
        match (self.lang, &*words) {
            (Lang::Ja, "0") => "試行なし".to_owned(),
            (Lang::En, "0") => "no word tried".to_owned(),
            (Lang::Ja, _) => format!("候補 {of} 語のうち {words} 語で試行"),
            (Lang::En, _) => format!("{words} of {of} words tried"),
        }
    }

    /// Refused records and files.
    pub(super) fn problems(&mut self) {
        let refused = quarantine::refused(self.report);
        if refused.is_empty() {
            return;
        }
        let rows = self.report.rows().quarantined;
        let files = refused_files(self.report).len() as u64;
        let mut parts = Vec::new();
        if rows > 0 {
            parts.push(match self.lang {
                Lang::Ja => format!("隔離 {} 行 (quarantine.csv)", grouped(rows)),
                Lang::En => {
                    format!("{} quarantined (quarantine.csv)", self.count(rows, "", "row", "rows"))
                }
            });
        }
        if files > 0 {
            parts.push(match self.lang {
                Lang::Ja => format!("読めないファイル {}", grouped(files)),
                Lang::En => self.count(files, "", "unreadable file", "unreadable files"),
            });
        }
        let label = self.pick("取込に問題: ", "Input problems: ");
        let verdict = self.pick("  → この監査は「不完全」です", " -> this audit is INCOMPLETE");
        self.line(&format!("{label}{}{verdict}", parts.join(self.pick("、", ", "))));
        for problem in refused.iter().take(SHOWN_PROBLEMS) {
            self.problem(problem);
        }
        self.more(refused.len(), SHOWN_PROBLEMS, self.pick("件", "problems"));
    }

    /// `file:line  reason  column  lengths`, and what to do.
    fn problem(&mut self, problem: &Problem) {
        let path = quarantine::path(self.report, problem);
        let line = quarantine::line(problem).map_or(String::new(), |line| format!(":{line}"));
        let what: Vec<_> = [problem.code, &problem.column, &problem.detail]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        self.line(&format!("  {path}{line}  {}", what.join("  ")));
        let hint = problem.hint(self.lang);
        if !hint.is_empty() {
            self.line(&format!("      hint: {hint}"));
        }
    }

    /// Exports that stand for passwords and are not needed any longer.
    pub(super) fn held_hashes(&mut self) {
        let holding = self.report.files.iter().filter(|(_, file)| file.holds_secrets);
        let mut paths: Vec<_> = holding.map(|(_, file)| file.path.as_str()).collect();
        if paths.is_empty() {
            return;
        }
        paths.sort_unstable();
        self.line(self.lang.pick(
            "パスワードやハッシュを含むエクスポート (用が済んだら廃棄してください):",
            "Exports that hold passwords or hashes (dispose of them when done):",
        ));
        for path in paths.iter().take(SHOWN_FILES) {
            self.line(&format!("  {path}"));
        }
        self.more(paths.len(), SHOWN_FILES, self.pick("ファイル", "files"));
    }
}
