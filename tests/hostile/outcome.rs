//! What the binary makes of one folder: an audit and the three lists, and what they wrote.

use crate::cells::{Row, parse};
use crate::expectation::Expectation;
use crate::process::{Run, files, run};
use std::path::Path;

/// Everything that came out.
pub(crate) struct Outcome {
    /// The run of `audit`.
    pub(crate) audit: Run,
    /// Its files.
    pub(crate) outputs: Vec<(String, Vec<u8>)>,
    /// The runs of `inventory`: files, accounts, credentials.
    pub(crate) lists: [Run; 3],
}

const LISTS: [&str; 3] = ["files", "accounts", "credentials"];

impl Outcome {
    /// Audits and lists a folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let scratch = tempfile::tempdir().expect("a folder");
        let (site, out) = (folder.to_string_lossy(), scratch.path().join("out"));
        let shown = out.to_string_lossy();
        let audit = run(&["audit", &*site, "-o", &*shown, "--as-of", "2026-11-22", "--lang", "en"]);
        let lists = LISTS.map(|what| run(&["inventory", &*site, "--what", what]));
        Self { audit, outputs: files(&out), lists }
    }

    /// An output file.
    pub(crate) fn output(&self, name: &str) -> Option<&[u8]> {
        self.outputs.iter().find(|(path, _)| path == name).map(|(_, bytes)| &**bytes)
    }

    /// Records of findings.csv.
    pub(crate) fn findings(&self) -> Vec<Row> {
        self.output("findings.csv").map_or_else(Vec::new, |bytes| parse(bytes).1)
    }

    /// Records of quarantine.csv.
    pub(crate) fn quarantine(&self) -> Vec<Row> {
        self.output("quarantine.csv").map_or_else(Vec::new, |bytes| parse(bytes).1)
    }

    /// Records of `inventory --what files` (0) or `accounts` (1).
    pub(crate) fn list(&self, number: usize) -> Vec<Row> {
        match self.lists[number].stdout.as_slice() {
            [] => Vec::new(),
            bytes => parse(bytes).1,
        }
    }

    /// Everything that was written, with where.
    pub(crate) fn everything(&self) -> Vec<(String, &[u8])> {
        let mut all = vec![
            ("stdout of audit".to_owned(), &*self.audit.stdout),
            ("stderr of audit".to_owned(), &*self.audit.stderr),
        ];
        for (what, run) in LISTS.iter().zip(&self.lists) {
            all.push((format!("stdout of inventory --what {what}"), &run.stdout));
            all.push((format!("stderr of inventory --what {what}"), &run.stderr));
        }
        for (name, bytes) in &self.outputs {
            all.push((format!("name of {name}"), name.as_bytes()));
            all.push((name.clone(), bytes));
        }
        all
    }

    /// What differs from the expectation; nothing when all is well.
    pub(crate) fn differences(&self, wanted: &Expectation) -> Vec<String> {
        let mut wrong = Vec::new();
        if !wanted.exit.contains(&self.audit.code) {
            wrong.push(format!("exit {}, not {:?}", self.audit.code, wanted.exit));
        }
        self.invariants(&mut wrong);
        self.words(wanted, &mut wrong);
        self.reasons(wanted, &mut wrong);
        self.files(wanted, &mut wrong);
        self.accounts(wanted, &mut wrong);
        self.judged(wanted, &mut wrong);
        wrong
    }

    /// What holds whatever the input is.
    fn invariants(&self, wrong: &mut Vec<String>) {
        for run in [&self.audit].into_iter().chain(&self.lists) {
            let said = run.said();
            if said.contains("panicked") || said.contains("internal error") || run.code == 70 {
                wrong.push(format!("a panic: {said}"));
            }
            if run.code < 0 {
                wrong.push("ended by a signal".to_owned());
            }
        }
        for file in self.list(0) {
            let count = |column: &str| file[column].parse::<u64>().expect("a count");
            let sum = count("rows_ok") + count("rows_skipped") + count("rows_quarantined");
            if count("rows_read") != sum {
                wrong.push(format!("{}: rows were lost: {file:?}", file["path"]));
            }
        }
        if self.output("findings.csv").is_none() && !matches!(self.audit.code, 2 | 4) {
            wrong.push("no findings.csv".to_owned());
        }
        for row in self.quarantine() {
            if row["file"].is_empty() || row["reason"].is_empty() {
                wrong.push(format!("quarantine.csv without file or reason: {row:?}"));
            }
        }
        for table in [self.findings(), self.quarantine(), self.list(0), self.list(1), self.list(2)]
        {
            for cell in table.iter().flat_map(Row::values).filter(|cell| crate::cells::runs(cell)) {
                wrong.push(format!("a cell that a spreadsheet runs: {cell:?}"));
            }
        }
    }

    fn words(&self, wanted: &Expectation, wrong: &mut Vec<String>) {
        for (place, bytes) in self.everything() {
            for word in wanted.forbidden.iter().filter(|word| holds(bytes, word)) {
                wrong.push(format!("{place} shows {word:?}"));
            }
        }
        for word in &wanted.terminal_forbidden {
            if holds(&self.audit.stdout, word) || holds(&self.audit.stderr, word) {
                wrong.push(format!("the terminal shows {word:?}"));
            }
        }
        for word in wanted.stderr.iter().filter(|word| !holds(&self.audit.stderr, word)) {
            wrong.push(format!("stderr lacks {word:?}: {}", self.audit.said()));
        }
    }

    fn reasons(&self, wanted: &Expectation, wrong: &mut Vec<String>) {
        let quarantine = self.quarantine();
        let files = self.list(0);
        // Warnings that only the as-of day can give stand in run.json.
        let run = self.output("run.json").map_or_else(Default::default, String::from_utf8_lossy);
        for code in &wanted.codes {
            let listed = files.iter().any(|file| has_code(file, code))
                || run.contains(&format!("\"{code}\""));
            if !listed && !quarantine.iter().any(|row| row["reason"] == *code) {
                wrong.push(format!("no {code}"));
            }
        }
        for (scheme, number) in &wanted.incomparable {
            let run: serde_json::Value = serde_json::from_str(&run).unwrap_or_default();
            let counted = run["incomparable"].as_array().into_iter().flatten();
            let found: u64 = counted
                .filter(|row| row["scheme"] == scheme.as_str())
                .filter_map(|row| row["secrets"].as_u64())
                .sum();
            if found != *number {
                wrong.push(format!("{found} {scheme} secrets are counted as not comparable"));
            }
        }
        for (file, line, reason) in &wanted.quarantine {
            let is = |row: &&Row| {
                row["file"] == *file && row["line"] == line.to_string() && row["reason"] == *reason
            };
            if !quarantine.iter().any(|row| is(&row)) {
                let found: Vec<_> =
                    quarantine.iter().map(|r| (&r["file"], &r["line"], &r["reason"])).collect();
                wrong.push(format!("no {file}:{line} {reason} in quarantine.csv: {found:?}"));
            }
        }
    }

    fn files(&self, wanted: &Expectation, wrong: &mut Vec<String>) {
        let files = self.list(0);
        for (path, expected) in &wanted.files {
            let Some(file) = files.iter().find(|file| file["path"] == *path) else {
                wrong.push(format!("{path} is not listed"));
                continue;
            };
            let columns = ["rows_read", "rows_ok", "rows_skipped", "rows_quarantined"];
            let found = columns.map(|column| file[column].parse::<u64>().expect("a count"));
            let rows = expected.rows.is_none_or(|rows| rows == found);
            let read = expected.rows_read.is_none_or(|read| read == found[0]);
            let quarantined = expected.quarantined.is_none_or(|number| number == found[3]);
            if !(rows && read && quarantined) {
                wrong.push(format!("{path}: rows {found:?}, problem {}", file["problem"]));
            }
            if expected.encoding.as_ref().is_some_and(|encoding| *encoding != file["encoding"]) {
                wrong.push(format!("{path}: read as {}", file["encoding"]));
            }
            for code in expected.codes.iter().filter(|code| !has_code(file, code)) {
                wrong.push(format!("{path}: problem {:?}, not {code}", file["problem"]));
            }
        }
        let listed: Vec<_> = files.iter().map(|file| file["path"].clone()).collect();
        for path in wanted.no_files.iter().filter(|path| listed.contains(path)) {
            wrong.push(format!("{path} is listed"));
        }
        if !wanted.files_read.is_empty() && wanted.files_read != listed {
            wrong.push(format!("files {listed:?}"));
        }
    }

    fn accounts(&self, wanted: &Expectation, wrong: &mut Vec<String>) {
        let accounts = self.list(1);
        let login = |row: &Row| crate::cells::unguarded(&row["account"]).to_owned();
        let logins: Vec<_> = accounts.iter().map(login).collect();
        for name in wanted.logins.iter().filter(|name| !logins.contains(name)) {
            wrong.push(format!("no account {name:?} among {logins:.200?}"));
        }
        for name in wanted.no_logins.iter().filter(|name| logins.contains(name)) {
            wrong.push(format!("an account {name:?}"));
        }
        if wanted.account_count.is_some_and(|count| count != accounts.len()) {
            wrong.push(format!("accounts {logins:?}"));
        }
        for (name, columns) in &wanted.accounts {
            let Some(row) = accounts.iter().find(|row| login(row) == *name) else {
                wrong.push(format!("no account {name:?}"));
                continue;
            };
            for (column, value) in columns {
                if row.get(column) != Some(value) {
                    wrong.push(format!("{name}: {column} is {:?}, not {value:?}", row.get(column)));
                }
            }
        }
    }

    fn judged(&self, wanted: &Expectation, wrong: &mut Vec<String>) {
        let findings = self.findings();
        let unjudged = |row: &Row| row["status"] == "not-evaluable";
        let found = |rule: &str| findings.iter().any(|r| r["rule_id"] == rule && !unjudged(r));
        let named = |(rule, account): &(String, String)| {
            findings.iter().any(|row| {
                let login = crate::cells::unguarded(&row["account"]);
                row["rule_id"] == *rule && login == account && !unjudged(row)
            })
        };
        for rule in wanted.rules.iter().filter(|rule| !found(rule)) {
            wrong.push(format!("no finding of {rule}"));
        }
        for rule in wanted.no_rules.iter().filter(|rule| found(rule)) {
            wrong.push(format!("a finding of {rule}"));
        }
        for pair in wanted.findings.iter().filter(|pair| !named(pair)) {
            wrong.push(format!("no finding {pair:?}"));
        }
        for pair in wanted.no_findings.iter().filter(|pair| named(pair)) {
            wrong.push(format!("a finding {pair:?}"));
        }
        for rule in &wanted.not_evaluable {
            if !findings.iter().any(|row| row["rule_id"] == *rule && unjudged(row)) {
                wrong.push(format!("{rule} is not said to be not evaluable"));
            }
        }
    }
}

fn has_code(file: &Row, code: &str) -> bool {
    file["problem"].split(' ').any(|word| word == code)
}

fn holds(bytes: &[u8], word: &str) -> bool {
    memchr::memmem::find(bytes, word.as_bytes()).is_some()
}
