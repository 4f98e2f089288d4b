//! Hand-built inventories for tests.

use crate::audit::{judge, predicates};
use crate::correlate;
use crate::model::account::{Draft, Flag, LastUse};
use crate::model::credential::State;
use crate::model::day::{Day, Stamp, When};
use crate::model::evidence::{
    CredentialRef, Edges, Evidence, Group, Hit, Member, NO_LIST, Proof, Recognised, Subjects,
    WordClass,
};
use crate::model::file::{FileId, InputFile, Origin};
use crate::model::inventory::{CredentialDraft, Inventory, RosterDraft};
use crate::model::person::Employment;
use crate::model::report::{Report, Run};
use crate::model::site::SystemKind;
use crate::model::tri::Tri;
use crate::policy::Policy;
use crate::rules::RuleSet;

/// 2026-11-22.
pub(crate) fn as_of() -> Day {
    Day::from_ymd(2026, 11, 22).unwrap()
}

/// That many days before [`as_of`].
pub(crate) fn ago(days: i32) -> Stamp {
    When::On(as_of().plus(-days)).into()
}

/// A record of file 0.
pub(crate) fn line(line: u32) -> Origin {
    Origin { file: FileId(0), line }
}

/// An enabled account with everything known that lifecycle rules ask for, used yesterday.
pub(crate) fn fresh(login: &str) -> Draft<'_> {
    let mut draft = Draft {
        login,
        created: ago(1000),
        last_use: ago(1),
        last_use_source: LastUse::Column,
        expires: Stamp::NEVER,
        ..Draft::default()
    };
    draft.flags.set(Flag::Enabled, Tri::Yes);
    draft
}

/// The same account with a flag set.
pub(crate) fn with(mut draft: Draft<'_>, flag: Flag, value: Tri) -> Draft<'_> {
    draft.flags.set(flag, value);
    draft
}

/// A blank roster row.
pub(crate) fn roster(employee: &str) -> RosterDraft<'_> {
    RosterDraft {
        employee,
        name: "",
        kana: "",
        login: "",
        mail: "",
        department: "",
        job: "",
        class: "",
        joined: Stamp::UNKNOWN,
        left: Stamp::NEVER,
        status: Employment::Unknown,
        origin: line(9),
    }
}

/// One site under construction.
pub(crate) struct Estate {
    pub(crate) sites: Vec<Inventory>,
    pub(crate) evidence: Evidence,
}

impl Estate {
    /// A run of one site named `honin`.
    pub(crate) fn new() -> Self {
        let mut estate = Self { sites: Vec::new(), evidence: Evidence::default() };
        estate.site("honin");
        estate
    }

    /// Adds a site; later calls are about it.
    pub(crate) fn site(&mut self, slug: &str) -> &mut Self {
        let mut site = Inventory::default();
        slug.clone_into(&mut site.site.slug);
        site.files.push(InputFile { path: format!("{slug}/x.csv"), ..InputFile::default() });
        self.sites.push(site);
        self
    }

    /// The newest site.
    pub(crate) fn last(&mut self) -> &mut Inventory {
        self.sites.last_mut().unwrap()
    }

    /// Adds an account; its line is its row + 2.
    pub(crate) fn account(&mut self, kind: SystemKind, system: &str, draft: &Draft<'_>) -> u32 {
        let site = self.last();
        let origin = line(site.accounts.len() + 2);
        let system = site.system(kind, system, false);
        site.push_account(system, &Draft { origin, ..draft.clone() })
    }

    /// Adds an account of the directory `corp`.
    pub(crate) fn corp(&mut self, draft: &Draft<'_>) -> u32 {
        self.account(SystemKind::Directory, "corp", draft)
    }

    /// Gives an account a login secret in a state.
    pub(crate) fn secret(&mut self, row: u32, state: State) -> u32 {
        let origin = line(row + 100);
        let draft = CredentialDraft { state, ..CredentialDraft::login("nt", b"x", origin) };
        self.push(row, &draft)
    }

    /// Gives an account any secret.
    pub(crate) fn push(&mut self, row: u32, draft: &CredentialDraft<'_>) -> u32 {
        self.last().push_credential(row, draft);
        self.last().credentials.len() as u32 - 1
    }

    /// States that a word of a class opened a secret of the newest site.
    pub(crate) fn hit(&mut self, index: u32, class: WordClass) {
        let credential = self.reference(self.sites.len() - 1, index);
        let (list, remembered, one_kind) = (NO_LIST, false, class == WordClass::Digits);
        self.evidence.hits.push(Hit { credential, class, word: 0, list, remembered, one_kind });
        self.evidence.hits.sort_by_key(|hit| hit.credential);
    }

    /// States that secrets (site, index) are equal.
    pub(crate) fn group(&mut self, secrets: &[(usize, u32)], edges: Edges) -> &mut Group {
        let mut members: Vec<_> = secrets
            .iter()
            .map(|&(site, index)| Member {
                credential: self.reference(site, index),
                edges,
                proof: Proof::EqualDigest,
            })
            .collect();
        members.sort_by_key(|member| member.credential);
        let group = Group { members, tag: "t".to_owned(), restricted: false, beyond: 0 };
        self.evidence.groups.push(group);
        self.evidence.groups.last_mut().unwrap()
    }

    fn reference(&self, site: usize, index: u32) -> CredentialRef {
        let before: u32 = self.sites[..site].iter().map(|site| site.accounts.len()).sum();
        let row = self.sites[site].credentials[index as usize].account;
        CredentialRef { subject: before + row, index }
    }

    /// Correlates and judges with the default policy.
    pub(crate) fn report(&mut self) -> Report {
        self.report_with(&Policy::default())
    }

    /// Correlates and judges.
    pub(crate) fn report_with(&mut self, policy: &Policy) -> Report {
        assert!(predicates().count() > 10);
        let rules = RuleSet::embedded().unwrap();
        correlate::link(&mut self.sites, policy);
        let recognised = |site: &Inventory| {
            let secrets = site.credentials.iter();
            secrets.map(|c| Recognised { scheme: "nt", state: c.state, reason: "" }).collect()
        };
        self.evidence.recognised = self.sites.iter().map(recognised).collect();
        let subjects = Subjects::of(&self.sites);
        judge(run(), &self.sites, &subjects, &self.evidence, &rules, policy)
    }

    /// `status severity system/login` of a rule's findings, sorted.
    pub(crate) fn of(&mut self, rule: &str) -> Vec<String> {
        of(&self.report(), rule)
    }
}

/// A run of [`as_of`].
pub(crate) fn run() -> Run {
    Run {
        name: "2026-11".to_owned(),
        as_of: as_of(),
        as_of_source: "option",
        tool_version: "0",
        rules_digest: String::new(),
        key_id: String::new(),
        profile: "mhlw-7.0".to_owned(),
        csv: "plain",
        selected: Vec::new(),
        words: Vec::new(),
        warnings: Vec::new(),
        interrupted: false,
    }
}

/// `system/login severity`, or `system not-evaluable: missing (count)`, of a rule, sorted.
pub(crate) fn of(report: &Report, rule: &str) -> Vec<String> {
    let rules = RuleSet::embedded().unwrap();
    let (wanted, _) = rules.check(rule).unwrap();
    let mut found: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == wanted)
        .map(|finding| {
            let subject = &report.subjects[finding.subject as usize];
            let site = &report.sites[subject.site as usize];
            let system = &site.systems[subject.system as usize].name;
            let login = report.text.get(subject.login);
            let detail = report.text.get(finding.facts.detail);
            match finding.status {
                crate::model::finding::Status::NotEvaluable => {
                    format!("{system}: lacks {detail} ({})", finding.facts.value.unwrap())
                }
                _ => format!("{system}/{login} {}", finding.severity.word()),
            }
        })
        .collect();
    found.sort();
    found
}
