//! A judged run built by hand, for the tests of the writers.

mod rules;

pub(super) use rules::rules;

use crate::model::arena::Span;
use crate::model::day::{Day, Stamp, When};
use crate::model::evidence::Incomparable;
use crate::model::file::{FileId, InputFile, Origin, Problem, Rows, Weight};
use crate::model::finding::{
    Confidence, Facts, Finding, NO_GROUP, Sensitivity, Severity, Status, Unit,
};
use crate::model::lang::Lang;
use crate::model::lists::SecretCounts;
use crate::model::report::{
    Coverage, Report, ReportGroup, ReportSite, ReportSubject, ReportSystem, RuleUsed, Run,
};
use crate::model::site::SystemKind;
use crate::model::state::FindingState;
use crate::report::{Context, CsvFlavour};
use crate::rules::RuleSet;

/// Positions of the sample's rules.
pub(super) const DEF: u16 = 0;
pub(super) const LIFE: u16 = 1;
pub(super) const MFA: u16 = 2;
pub(super) const REUSE: u16 = 3;

/// A report that grows finding by finding.
pub(super) struct Sample {
    pub(super) report: Report,
    pub(super) rules: RuleSet,
}

impl Sample {
    /// Two sites, three files, no finding.
    pub(super) fn empty() -> Self {
        let system = |kind, name: &str, accounts| ReportSystem {
            kind,
            name: name.to_owned(),
            accounts,
            logins: accounts,
            disabled: 0,
            secrets: SecretCounts::default(),
            gone: false,
        };
        let site = |slug: &str, name: &str, systems: Vec<ReportSystem>| ReportSite {
            slug: slug.to_owned(),
            name: name.to_owned(),
            accounts: systems.iter().map(|s| s.accounts).sum(),
            people: 150,
            systems,
        };
        let honin = vec![
            system(SystemKind::Directory, "corp.byoin.example", 1_600),
            system(SystemKind::Device, "core-sw", 4),
        ];
        let clinic = vec![system(SystemKind::Ecarte, "使用者一覧", 12)];
        let report = Report {
            sites: vec![site("honin", "本院", honin), site("clinic", "クリニック", clinic)],
            files: vec![
                (0, file("honin/ad/users.csv", "ad-csv", false)),
                (0, file("honin/ad/hashes.ntds", "pwdump", true)),
                (1, file("clinic/ecarte/使用者一覧.csv", "ecarte", false)),
            ],
            asked: vec![true; 4],
            used: vec![Some(RuleUsed::default()); 4],
            ..Report::of(run(), 4)
        };
        Self { report, rules: rules() }
    }

    /// A small run with everything in it.
    pub(super) fn full() -> Self {
        let mut sample = Self::empty();
        for (login, days) in [("tanaka_t", 412), ("suzuki_k", 30), ("sato_h", 8)] {
            let at = sample.add(LIFE, 0, 0, login);
            let detail = sample.report.text.push("hr, enabled");
            let finding = &mut sample.report.findings[at];
            let left = Day::from_ymd(2026, 11, 22).unwrap().plus(-days);
            finding.facts = Facts::days("days-since-leaving", days, Stamp::from(When::On(left)));
            finding.facts.detail = detail;
            finding.origin.line = 17;
        }
        sample.restricted();
        sample.group(&[(0, 0, "a"), (0, 0, "b"), (1, 0, "c")]);
        sample.group(&[(0, 0, "d"), (0, 0, "e")]);
        let suppressed = sample.add(LIFE, 1, 0, "U06");
        sample.report.findings[suppressed].status = Status::Suppressed;
        sample.lacking();
        sample.troubles();
        sample
    }

    fn restricted(&mut self) {
        let at = self.add(DEF, 0, 1, "admin");
        let detail = self.report.text.push("factory-default");
        let finding = &mut self.report.findings[at];
        finding.severity = Severity::Critical;
        finding.sensitivity = Sensitivity::Restricted;
        finding.facts.detail = detail;
    }

    fn lacking(&mut self) {
        let at = self.add(MFA, 0, 0, "");
        let detail = self.report.text.push("mfa-registered");
        self.report.findings[at].status = Status::NotEvaluable;
        self.report.states[at] = FindingState::UNKNOWN;
        self.report.findings[at].facts.detail = detail;
        for (rule, judged) in [(DEF, 4), (LIFE, 1_600), (REUSE, 1_600), (MFA, 0)] {
            let missing = if judged == 0 { vec!["mfa-registered"] } else { Vec::new() };
            self.report.coverage.push(Coverage {
                rule,
                site: 0,
                system: 0,
                judged,
                unjudged: 0,
                by_account: 0,
                findings: 0,
                missing,
            });
        }
        self.report.incomparable = vec![
            Incomparable { site: 0, system: 1, scheme: "md5crypt", secrets: 2, tried: 40, of: 212 },
            Incomparable {
                site: 1,
                system: 0,
                scheme: "md5crypt",
                secrets: 10,
                tried: 40,
                of: 212,
            },
        ];
    }

    fn troubles(&mut self) {
        let problem = |file, line, weight, code| {
            Problem::new(Origin { file: FileId(file), line }, weight, code)
        };
        self.report.files.push((0, file("honin/devices/backup.7z", "", false)));
        self.report.files[3].1.rows = Rows::default();
        self.report.files[2].1.rows.refuse();
        self.report.problems = vec![
            problem(3, 0, Weight::File, "unsupported"),
            problem(2, 418, Weight::Row, "field-count").column("職種").detail("7 ≠ 8"),
            problem(0, 0, Weight::Warning, "names-lost"),
        ];
    }

    /// Adds an ordinary finding and returns its position.
    pub(super) fn add(&mut self, rule: u16, site: u16, system: u16, login: &str) -> usize {
        let report = &mut self.report;
        let login = report.text.push(login);
        report.subjects.push(ReportSubject {
            site,
            system,
            login,
            key: login,
            person: report.text.push("00123"),
            name: report.text.push("田中 太郎"),
            department: report.names.intern("医事課"),
        });
        report.findings.push(Finding {
            rule,
            severity: Severity::High,
            confidence: Confidence::High,
            status: Status::New,
            sensitivity: Sensitivity::Normal,
            subject: report.subjects.len() as u32 - 1,
            group: NO_GROUP,
            discriminator: Span::EMPTY,
            facts: Facts::NONE,
            origin: Origin { file: FileId(u32::from(site) * 2), line: 2 },
        });
        report.ids.push(id(report.findings.len()));
        report.states.push(FindingState::since(When::On(report.run.as_of).into()));
        report.findings.len() - 1
    }

    /// Adds a reuse group: site, system and login of each member.
    pub(super) fn group(&mut self, members: &[(u16, u16, &str)]) {
        let group = self.report.groups.len() as u32;
        self.report.groups.push(ReportGroup {
            id: format!("g{group:010}"),
            size: members.len() as u32,
            tag: "t1".to_owned(),
        });
        for &(site, system, login) in members {
            let at = self.add(REUSE, site, system, login);
            let finding = &mut self.report.findings[at];
            finding.group = group;
            finding.facts = Facts::count("group-size", members.len() as i64, Unit::Accounts);
        }
    }

    /// What writers get.
    pub(super) fn context(&self, lang: Lang, csv: CsvFlavour) -> Context<'_> {
        Context { report: &self.report, rules: &self.rules, lang, csv, include_restricted: false }
    }
}

/// An id that sorts like its number.
fn id(number: usize) -> [u8; 16] {
    let mut id = [b'a'; 16];
    let mut rest = number;
    for place in id.iter_mut().rev() {
        *place = b'a' + (rest % 26) as u8;
        rest /= 26;
    }
    id
}

fn run() -> Run {
    Run {
        name: "2026-11".to_owned(),
        as_of: Day::from_ymd(2026, 11, 22).unwrap(),
        as_of_source: "option",
        tool_version: "0.1.0",
        rules_digest: "d1".to_owned(),
        key_id: String::new(),
        profile: "mhlw-7.0".to_owned(),
        csv: "plain",
        selected: Vec::new(),
        words: Vec::new(),
        warnings: Vec::new(),
        interrupted: false,
    }
}

fn file(path: &str, reader: &str, holds_secrets: bool) -> InputFile {
    let mut file = InputFile {
        path: path.to_owned(),
        reader: reader.to_owned(),
        sha256: "00".to_owned(),
        encoding: "UTF-8".to_owned(),
        holds_secrets,
        ..InputFile::default()
    };
    file.rows.take();
    file
}
