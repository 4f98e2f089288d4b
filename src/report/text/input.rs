//! What the exports did not allow: questions left open, secrets not compared, records refused.

use crate::model::file::Problem;
use crate::model::lang::Lang;
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
        let label = self.pick("判定できないもの: ", "Not evaluable: ");
        let meaning = self
            .pick(" (「所見なし」ではありません)", " (this does not mean that nothing is there)");
        let some = match partly {
            0 => String::new(),
            _ => format!(
                "{}{}",
                self.pick("、一部のシステムだけ ", ", on some systems "),
                rules(partly)
            ),
        };
        let line = format!("{label}{}{some}{meaning}", rules(none));
        self.line(&line);
        let row = |(rule, open): (&u16, &Open)| {
            let systems = self.count(open.systems.len() as u64, "システム", "system", "systems");
            let missing = terms::join(open.missing.iter().copied(), self.lang);
            let label = self.pick("不足: ", "missing: ");
            vec![self.rule_id(*rule).to_owned(), systems, format!("{label}{missing}")]
        };
        let rows: Vec<_> = open.iter().take(SHOWN_RULES).map(row).collect();
        self.table(&rows, &[1]);
        self.more(open.len(), SHOWN_RULES);
    }

    fn more(&mut self, all: usize, shown: usize) {
        if all > shown {
            let rest = all - shown;
            self.line(&match self.lang {
                Lang::Ja => format!("  ほか {rest}"),
                Lang::En => format!("  and {rest} more"),
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
        let one = |(scheme, (secrets, least, most, of)): (&&str, &(u64, u32, u32, u32))| {
            let tried = if least == most {
                grouped(u64::from(*most))
            } else {
                format!("{}-{}", grouped(u64::from(*least)), grouped(u64::from(*most)))
            };
            let of = grouped(u64::from(*of));
            let tried = match self.lang {
                Lang::Ja => format!("候補 {of} 語のうち {tried} 語を試行"),
                Lang::En => format!("{tried} of {of} candidates tried"),
            };
            format!("{scheme} {} ({tried})", grouped(*secrets))
        };
        let parts: Vec<_> = schemes.iter().map(one).collect();
        if !parts.is_empty() {
            let label = self.pick("比較できないもの: ", "Not comparable: ");
            self.line(&format!("{label}{}", parts.join(self.pick("、", ", "))));
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
        self.more(refused.len(), SHOWN_PROBLEMS);
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
        self.more(paths.len(), SHOWN_FILES);
    }
}
