//! Bytes read, accounts grouped and accounts audited per second: `cargo bench`.

#![allow(missing_docs, reason = "criterion writes the entry points")]

mod exports;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use exports::{Exports, Kind};
use kagiban::credential::keys::Keys;
use kagiban::credential::{self, Needed, mask};
use kagiban::ingest::site::{SiteFolder, find};
use kagiban::ingest::{ReadOptions, read_site};
use kagiban::model::day::Day;
use kagiban::model::evidence::Subjects;
use kagiban::model::inventory::Inventory;
use kagiban::model::report::{Report, Run};
use kagiban::policy::Policy;
use kagiban::rules::RuleSet;
use kagiban::{audit, correlate};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Nothing but groups of equal passwords.
const REUSE: Needed = Needed {
    hits: false,
    login_forms: false,
    login_digits: false,
    defaults: false,
    lists: false,
    roots: false,
    names: false,
    digits: false,
    history: false,
    computers: false,
    ratings: false,
    ..Needed::ALL
};

/// One site on disk, gone when it is dropped.
struct Made {
    site: SiteFolder,
    bytes: u64,
    _folder: TempDir,
}

fn made(kind: Kind, accounts: u64) -> Made {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let exports = Exports { accounts, sites: 1, reused: 30, seed: 1 };
    exports.write(kind, folder.path()).expect("space for the exports");
    let mut sites = find(&[folder.path().to_owned()]).expect("a site folder");
    let site = sites.remove(0);
    Made { bytes: size(&site.path), site, _folder: folder }
}

fn size(path: &Path) -> u64 {
    if path.is_file() {
        return fs::metadata(path).expect("a readable file").len();
    }
    let entries = fs::read_dir(path).expect("a readable folder").flatten();
    entries.map(|entry| size(&entry.path())).sum()
}

fn read(made: &Made, rules: &RuleSet) -> Vec<Inventory> {
    let site = read_site(&made.site, rules, ReadOptions { digests: false }).expect("a site");
    let quarantined: u64 = site.files.iter().map(|file| file.rows.quarantined).sum();
    assert_eq!(quarantined, 0, "the generator writes good rows only");
    vec![site]
}

fn as_of() -> Day {
    Day::from_ymd(2026, 11, 22).expect("a day")
}

fn keys() -> &'static Keys {
    static NONE: LazyLock<Keys> = LazyLock::new(Keys::default);
    &NONE
}

fn options(rules: &RuleSet, needed: Needed) -> credential::Options<'_> {
    let (as_of, work) = (as_of(), credential::Options::WORK);
    let wordlists = Vec::new();
    credential::Options {
        rules,
        key: None,
        device_keys: keys(),
        cross_entity: false,
        wordlists,
        mask: &mask::NONE,
        as_of,
        needed,
        work,
        timed: false,
        watch: &credential::watch::Unwatched,
    }
}

fn ingest(c: &mut Criterion) {
    let rules = RuleSet::embedded().expect("rules");
    let mut group = c.benchmark_group("ingest");
    for (name, kind) in [("ad-csv", Kind::AdCsv), ("ldif", Kind::Ldif), ("pwdump", Kind::Pwdump)] {
        let made = made(kind, 50_000);
        group.throughput(Throughput::Bytes(made.bytes));
        group.bench_function(name, |b| b.iter(|| read(&made, &rules)));
    }
    group.finish();
}

fn grouping(c: &mut Criterion) {
    let rules = RuleSet::embedded().expect("rules");
    let accounts = 200_000;
    let sites = read(&made(Kind::Pwdump, accounts), &rules);
    let subjects = Subjects::of(&sites);
    let options = options(&rules, REUSE);
    let mut group = c.benchmark_group("grouping");
    group.throughput(Throughput::Elements(accounts));
    group.bench_function("pwdump", |b| {
        b.iter(|| credential::prove(&sites, &subjects, &options).groups.len());
    });
    group.finish();
}

fn whole_audit(c: &mut Criterion) {
    let rules = RuleSet::embedded().expect("rules");
    let accounts = 2_000;
    let made = made(Kind::Hospital, accounts);
    let mut group = c.benchmark_group("audit");
    group.throughput(Throughput::Elements(accounts));
    group.bench_function("hospital", |b| b.iter(|| audit_once(&made, &rules).findings.len()));
    group.finish();
}

/// As `command::audit::run` does it, without writers.
fn audit_once(made: &Made, rules: &RuleSet) -> Report {
    let policy = Policy::default();
    let mut sites = read(made, rules);
    correlate::link(&mut sites, &policy);
    let subjects = Subjects::of(&sites);
    let evidence = credential::prove(&sites, &subjects, &options(rules, Needed::ALL));
    let run = Run {
        name: "bench".to_owned(),
        as_of: as_of(),
        as_of_source: "option",
        tool_version: env!("CARGO_PKG_VERSION"),
        rules_digest: rules.digest.clone(),
        key_id: String::new(),
        profile: policy.profile().to_owned(),
        csv: "machine",
        selected: Vec::new(),
        words: Vec::new(),
        warnings: Vec::new(),
        interrupted: false,
    };
    audit::judge(run, &sites, &subjects, &evidence, rules, &policy)
}

criterion_group!(benches, ingest, grouping, whole_audit);
criterion_main!(benches);
