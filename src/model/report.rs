//! A judged run, complete in itself: writers need the report and the rules, nothing else.

use crate::kernel::paged::Paged;
use crate::model::arena::{Arena, NameId, Names, Span};
use crate::model::breach::CorpusUsed;
use crate::model::column::Column;
use crate::model::day::Day;
use crate::model::evidence::Incomparable;
use crate::model::file::{InputFile, Problem, Rows, Weight};
use crate::model::finding::{Finding, Severity, Status};
use crate::model::lists::{Lists, SecretCounts};
use crate::model::month::Month;
use crate::model::remedy::Remedy;
use crate::model::site::SystemKind;
use crate::model::state::{Assigned, Compared, Exception, FindingState, Past};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Findings that are looked at together.
const PART: usize = 1 << 16;

/// A site as the report names it.
#[derive(Clone, Debug)]
pub struct ReportSite {
    /// Folder name.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Systems of the site.
    pub systems: Vec<ReportSystem>,
    /// Accounts read.
    pub accounts: u32,
    /// People known.
    pub people: u32,
}

/// A system as the report names it.
#[derive(Clone, Debug)]
pub struct ReportSystem {
    /// Kind.
    pub kind: SystemKind,
    /// Name.
    pub name: String,
    /// Accounts.
    pub accounts: u32,
    /// Of these, what somebody or something logs in with.
    pub logins: u32,
    /// Accounts of people that are disabled and still there.
    pub disabled: u32,
    /// Its stored secrets.
    pub secrets: SecretCounts,
    /// Set where only earlier runs know it: this one has no export of it.
    pub gone: bool,
}

/// The account (or system) that a finding is about. Without a login it is the system itself.
#[derive(Clone, Copy, Debug)]
pub struct ReportSubject {
    /// Site.
    pub site: u16,
    /// System in the site; `u16::MAX` = the site itself.
    pub system: u16,
    /// Login as written.
    pub login: Span,
    /// What the account is known by: a relative id or native id, else the normalised login.
    pub key: Span,
    /// Person id.
    pub person: Span,
    /// Name for people.
    pub name: Span,
    /// Department.
    pub department: NameId,
}

/// A reuse group as the report names it.
#[derive(Clone, Debug)]
pub struct ReportGroup {
    /// `g` and 10 base32 characters over the sorted account keys.
    pub id: String,
    /// Accounts in it.
    pub size: u32,
    /// Keyed tag; empty without a key.
    pub tag: String,
}

/// How far one rule could judge one system.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Position of the rule in the rule set.
    pub rule: u16,
    /// Site.
    pub site: u16,
    /// System in the site; `u16::MAX` = the site itself.
    pub system: u16,
    /// Accounts judged.
    pub judged: u32,
    /// Accounts (or questions) that could not be judged.
    pub unjudged: u32,
    /// Of these, accounts that were told one by one.
    pub by_account: u32,
    /// Findings made.
    pub findings: u32,
    /// What was missing, in the contract's words.
    pub missing: Vec<&'static str>,
}

/// A rule as it stood when it judged.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct RuleUsed {
    /// Digest of what its file says about judging; sentences do not count.
    pub version: String,
    /// Its numbers, with the operator's in force.
    pub thresholds: BTreeMap<String, i64>,
}

/// How the run was made.
#[derive(Clone, Default, Debug)]
pub struct Run {
    /// Name of the run (folder name).
    pub name: String,
    /// The day that judges.
    pub as_of: Day,
    /// `option`, `export` or `file-time`.
    pub as_of_source: &'static str,
    /// Version of the tool.
    pub tool_version: &'static str,
    /// Digest of the rule set that judged.
    pub rules_digest: String,
    /// Id of the tag key; empty without one.
    pub key_id: String,
    /// Profile of password rules.
    pub profile: String,
    /// CSV flavour.
    pub csv: &'static str,
    /// Rules that were selected; empty = all.
    pub selected: Vec<String>,
    /// Where candidate words came from, as kinds with digests: `built-in …`, `file …`, and
    /// `login-digits n` for every number of digits that was tried behind logins.
    pub words: Vec<String>,
    /// Warnings about the run itself, as reason codes with details.
    pub warnings: Vec<String>,
    /// True where somebody ended the search early: the report is whole and says less.
    pub interrupted: bool,
}

/// A judged run.
pub struct Report {
    /// How it was made.
    pub run: Run,
    /// Sites.
    pub sites: Vec<ReportSite>,
    /// Texts of subjects and facts.
    pub text: Arena,
    /// Interned names.
    pub names: Names,
    /// What findings are about.
    pub subjects: Paged<ReportSubject>,
    /// What remedies must know of them, by subject; of a run that was read back, as far as one acts on
    /// them.
    pub remedies: Column<Remedy>,
    /// Findings, sorted by id once [`Report::ids`] is filled.
    pub findings: Paged<Finding>,
    /// Ids, parallel to the findings: 16 base32 characters.
    pub ids: Paged<[u8; 16]>,
    /// What earlier runs and exceptions say, parallel to the findings.
    pub states: Paged<FindingState>,
    /// What staff wrote, by position of the finding; a column that nobody filled costs nothing.
    pub assigned: Column<Assigned>,
    /// Exceptions in the order of their file.
    pub exceptions: Vec<Exception>,
    /// Findings of earlier runs that are gone, sorted by id.
    pub past: Vec<Past>,
    /// The run that this one was compared with.
    pub compared: Option<Compared>,
    /// The runs before this one in numbers, oldest first; without one that it was compared with, none.
    pub months: Vec<Month>,
    /// Ids of its findings on accounts that this run could not judge, sorted.
    pub unjudged: Vec<[u8; 16]>,
    /// Reuse groups.
    pub groups: Vec<ReportGroup>,
    /// Coverage, by rule, site and system.
    pub coverage: Vec<Coverage>,
    /// Input files with the site they belong to.
    pub files: Vec<(u16, InputFile)>,
    /// Problems; origins point into `files`.
    pub problems: Vec<Problem>,
    /// Secrets that could not be compared.
    pub incomparable: Vec<Incomparable>,
    /// Lists of breached passwords that secrets were looked up in.
    pub corpora: Vec<CorpusUsed>,
    /// By rule: whether it was asked at all in this run.
    pub asked: Vec<bool>,
    /// By rule: how it stood; `None` where the run's tool did not have it.
    pub used: Vec<Option<RuleUsed>>,
    /// Lists for people: accounts to confirm, people who leave, vendors, declarations.
    pub lists: Lists,
}

/// True for a finding that asks for something.
pub const fn is_active(finding: &Finding) -> bool {
    matches!(finding.status, Status::New | Status::Open | Status::Returned)
}

impl Report {
    /// A report that holds the run alone; so many rules are there, and none was asked.
    pub fn of(run: Run, rules: usize) -> Self {
        Self {
            run,
            sites: Vec::new(),
            text: Arena::default(),
            names: Names::default(),
            subjects: Paged::new(),
            findings: Paged::new(),
            ids: Paged::new(),
            states: Paged::new(),
            assigned: Column::new(Assigned::NOBODY),
            remedies: Column::new(Remedy::UNKNOWN),
            exceptions: Vec::new(),
            past: Vec::new(),
            compared: None,
            months: Vec::new(),
            unjudged: Vec::new(),
            groups: Vec::new(),
            coverage: Vec::new(),
            files: Vec::new(),
            problems: Vec::new(),
            incomparable: Vec::new(),
            corpora: Vec::new(),
            asked: vec![false; rules],
            used: vec![None; rules],
            lists: Lists::default(),
        }
    }

    /// True when a record or file was refused: nobody may read the result as complete.
    pub fn incomplete(&self) -> bool {
        self.run.interrupted || self.problems.iter().any(|problem| problem.weight >= Weight::Row)
    }

    /// Findings that ask for something: everything but not-evaluable, fixed and suppressed rows.
    pub fn active(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| is_active(finding))
    }

    /// Every finding with its subject. Subjects stand in no order, and waiting for them is most of the
    /// work, so all threads fetch them.
    pub fn each_finding(&self, mut take: impl FnMut(&Finding, ReportSubject)) {
        for findings in self.findings.chunks(PART) {
            let subject = |finding: &Finding| self.subjects[finding.subject as usize];
            let subjects: Vec<_> = findings.par_iter().map(subject).collect();
            findings.iter().zip(subjects).for_each(|(finding, subject)| take(finding, subject));
        }
    }

    /// True when an active finding is at least this severe.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.active().any(|finding| finding.severity >= severity)
    }

    /// Records of all files together.
    pub fn rows(&self) -> Rows {
        let mut rows = Rows::default();
        for (_, file) in &self.files {
            rows.add(file.rows);
        }
        rows
    }
}
