//! Rule × column, over the whole pack: what an export no longer says must change an answer where
//! the rule needs it, and must never turn a finding, or a "cannot be judged", into a pass.
//!
//! The table is generated: every column of every export in a rule's `fires` fixture is taken out
//! in turn, and so is every file.

#![allow(clippy::unwrap_used)]

#[path = "support/fixture.rs"]
mod fixture;
mod support;

use fixture::{BEFORE, CORPUS, audit_before, copy, is_beside};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use support::{kagiban, root};

/// Columns that say the same thing: only without all of them nothing says it.
const TOGETHER: &[&[&str]] = &[
    &["PasswordNeverExpires", "userAccountControl"],
    &["Enabled", "userAccountControl"],
    &["LastLogonDate", "lastLogonTimestamp", "lastLogon"],
    &["退職日", "状態"],
];

/// In what ways a secret can be there and yet not be had.
const UNREAD: &[&str] = &["masked", "reversible-keyed", "unknown-scheme"];

/// MFA-10 is itself a statement about missing data, and these rules of the audit are about
/// exceptions: there is nothing to take away from them.
const ABOUT_MISSING: &[&str] = &["AUD-04", "AUD-05", "AUD-06", "MFA-10"];

/// Columns in which a rule finds more, and which it does not need; what is found by the others stays.
/// Names of people beside logins, dates of registers, memberships and targets of policies; and the
/// plan of MFA-07, which splits one finding into two.
const BEYOND: &[(&str, &str)] = &[
    ("AUD-07", "氏名"),
    ("AUD-08", "氏名"),
    ("KRB-05", "msDS-AllowedToDelegateTo"),
    ("LIFE-08", "end_date"),
    ("MFA-07", "導入予定日"),
    ("POL-01", "member"),
    ("POL-01", "msDS-PSOAppliesTo"),
    ("SHR-01", "氏名"),
    ("SHR-02", "review_date"),
    ("SHR-02", "氏名"),
];

/// Nobody asks for these by name: an LDIF that has them was exported whole, so that what an entry
/// lacks is not set. Without another attribute it was not.
const MARKS_OF_A_WHOLE_LDIF: &[&str] =
    &["instanceType", "uSNChanged", "uSNCreated", "objectCategory"];

/// What a run says of one system: accounts that passed, accounts with findings, accounts not judged.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Answer {
    passed: u64,
    found: u64,
    unjudged: u64,
}

/// What a run says of one site.
#[derive(Default)]
struct Told {
    systems: BTreeMap<String, Answer>,
    missing: BTreeSet<String>,
    /// A file or a row was refused, and the run says so: it is no pass then.
    incomplete: bool,
}

/// Audits a folder of sites with one rule, and with the corpus of a case; what is said of each.
fn audit(rule: &str, case: &str, folder: &Path) -> BTreeMap<String, Told> {
    let out = tempfile::tempdir().unwrap();
    let (sites, written) = (folder.to_str().unwrap(), out.path().to_str().unwrap());
    let mut arguments =
        vec!["audit", sites, "-o", written, "--as-of", "2026-11-22", "--rule", rule];
    let corpus = root().join("fixtures/rules").join(rule).join(case).join(CORPUS);
    if corpus.exists() {
        arguments.extend(["--corpus", corpus.to_str().unwrap()]);
    }
    let run = kagiban(&arguments);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(matches!(run.status.code(), Some(0 | 1 | 3)), "{rule}: {:?}\n{said}", run.status);
    let text = fs::read_to_string(out.path().join("run.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    let list = |key: &str| json[key].as_array().unwrap().clone();
    let word = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    for entry in list("coverage").iter().filter(|entry| entry["rule_id"] == rule) {
        let count = |key: &str| entry[key].as_u64().unwrap();
        let answer = Answer {
            passed: count("judged").saturating_sub(count("findings")),
            found: count("findings"),
            unjudged: count("unjudged"),
        };
        let site = told.entry(word(&entry["site_id"])).or_default();
        // What is about the site as a whole has no system.
        site.systems.insert(entry["system"].as_str().unwrap_or_default().to_owned(), answer);
        site.missing.extend(entry["missing"].as_array().unwrap().iter().map(word));
    }
    for input in list("inputs") {
        let refused = input["problem"] != "" || input["rows"]["quarantined"] != 0;
        told.entry(word(&input["site_id"])).or_default().incomplete |= refused;
    }
    told
}

/// One thing that is taken out of an export.
struct Cut {
    file: PathBuf,
    what: String,
    /// The file without it; `None` = the file is gone.
    left: Option<String>,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if is_beside(&name) || name == "site.toml" || name == "profile.toml" {
            continue;
        }
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn cuts(folder: &Path) -> Vec<Cut> {
    let mut found = Vec::new();
    files(folder, &mut found);
    found.sort();
    found.iter().flat_map(|path| cuts_of(path, path.strip_prefix(folder).unwrap())).collect()
}

fn cuts_of(path: &Path, file: &Path) -> Vec<Cut> {
    let whole = Cut { file: file.to_owned(), what: "(file)".to_owned(), left: None };
    let Ok(text) = fs::read_to_string(path) else { return vec![whole] };
    let extension = path.extension().and_then(|extension| extension.to_str());
    let parts = match extension {
        Some("csv") => without_columns(&text),
        Some("ldif" | "ldf") => without_attributes(&text),
        Some("json") => without_keys(&text),
        _ => Vec::new(),
    };
    let cut = |(what, left)| Cut { file: file.to_owned(), what, left: Some(left) };
    parts.into_iter().map(cut).chain([whole]).collect()
}

fn without_columns(text: &str) -> Vec<(String, String)> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let header = &records[0];
    let without = |gone: &[&str]| {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for record in &records {
            let cells = record.iter().zip(header).filter(|(_, name)| !gone.contains(name));
            writer.write_record(cells.map(|(cell, _)| cell)).unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let single = header.iter().map(|name| vec![name]);
    let together = TOGETHER.iter().map(|names| names.to_vec());
    let present = |names: &Vec<&str>| header.iter().any(|name| names.contains(&name));
    let sets = single.chain(together.filter(present));
    sets.map(|names| (names.join(" and "), without(&names))).collect()
}

fn without_attributes(text: &str) -> Vec<(String, String)> {
    let name = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let folded = text.replace("\r\n", "\n").replace("\n ", "");
    let names: BTreeSet<String> = folded
        .lines()
        .filter(|line| line.contains(':') && !line.starts_with(['#', '-']))
        .map(name)
        .filter(|name| name != "dn" && name != "version")
        .collect();
    let without = |gone: &String| {
        let cut = |name: String| name == *gone || MARKS_OF_A_WHOLE_LDIF.contains(&&*name);
        let kept = folded.lines().filter(|line| !cut(name(line)));
        kept.collect::<Vec<_>>().join("\n") + "\n"
    };
    names.iter().map(|gone| (gone.clone(), without(gone))).collect()
}

fn without_keys(text: &str) -> Vec<(String, String)> {
    fn names(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                found.extend(map.keys().cloned());
                map.values().for_each(|value| names(value, found));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| names(value, found)),
            _ => {}
        }
    }
    fn drop(value: &mut serde_json::Value, gone: &str) {
        match value {
            serde_json::Value::Object(map) => {
                map.remove(gone);
                map.values_mut().for_each(|value| drop(value, gone));
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(|value| drop(value, gone)),
            _ => {}
        }
    }
    let Ok(value) = serde_json::from_str::<serde_json::Value>(text) else { return Vec::new() };
    let mut found = BTreeSet::new();
    names(&value, &mut found);
    found.retain(|name| name != "value" && !name.starts_with('@'));
    let without = |gone: &String| {
        let mut value = value.clone();
        drop(&mut value, gone);
        (gone.clone(), value.to_string())
    };
    found.iter().map(without).collect()
}

fn fires(rule: &str) -> PathBuf {
    root().join("fixtures/rules").join(rule).join("fires")
}

/// Copies a case, without what a cut takes out.
fn copy_cut(case: &Path, site: &Path, cut: Option<&Cut>) {
    copy(case, site);
    if let Some(cut) = cut {
        match &cut.left {
            Some(text) => fs::write(site.join(&cut.file), text).unwrap(),
            None => fs::remove_file(site.join(&cut.file)).unwrap(),
        }
    }
}

/// The fixture and every cut of it, each as a site of its own legal entity, so that none hears of
/// the others. Where there is an earlier month, all sites have had it whole.
fn build(rule: &str, cuts: &[Cut], folder: &Path) {
    let (case, sites) = (fires(rule), folder.join("sites"));
    let numbered = cuts.iter().enumerate().map(|(number, cut)| (cut_name(number), Some(cut)));
    let all: Vec<_> = numbered.chain([(WHOLE.to_owned(), None)]).collect();
    let describe = |site: &Path, name: &str| {
        let described = fs::read_to_string(case.join("site.toml")).unwrap_or_default();
        fs::write(site.join("site.toml"), format!("entity = \"{name}\"\n{described}")).unwrap();
    };
    if case.join(BEFORE).is_dir() {
        for (name, _) in &all {
            copy(&case.join(BEFORE), &sites.join(name));
            describe(&sites.join(name), name);
        }
        audit_before(folder);
    }
    for (name, cut) in &all {
        let _ = fs::remove_dir_all(sites.join(name));
        copy_cut(&case, &sites.join(name), *cut);
        describe(&sites.join(name), name);
    }
}

/// Answers by the name of the cut. A case of several sites is a folder of its own for every cut.
fn answers(rule: &str, cuts: &[Cut]) -> BTreeMap<String, Told> {
    let work = tempfile::tempdir().unwrap();
    if !fires(rule).join("sites").is_dir() {
        build(rule, cuts, work.path());
        return audit(rule, "fires", work.path());
    }
    let numbered = cuts.iter().enumerate().map(|(number, cut)| (cut_name(number), Some(cut)));
    let alone = |(name, cut): (String, Option<&Cut>)| {
        let folder = work.path().join(&name);
        copy_cut(&fires(rule), &folder, cut);
        (name, together(audit(rule, "fires", &folder)))
    };
    numbered.chain([(WHOLE.to_owned(), None)]).map(alone).collect()
}

/// What is said of several sites as if they were one.
fn together(sites: BTreeMap<String, Told>) -> Told {
    let mut all = Told::default();
    for (site, told) in sites {
        let named =
            told.systems.into_iter().map(|(name, answer)| (format!("{site}/{name}"), answer));
        all.systems.extend(named);
        all.missing.extend(told.missing);
        all.incomplete |= told.incomplete;
    }
    all
}

const WHOLE: &str = "whole";

fn cut_name(number: usize) -> String {
    format!("cut{number}")
}

/// Words that the fixture without what the rule needs misses, audited alone.
fn missed_in_unknown(rule: &str) -> BTreeSet<String> {
    let work = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures/rules").join(rule).join("unknown"), &work.path().join("site"));
    audit(rule, "unknown", work.path()).into_values().flat_map(|told| told.missing).collect()
}

/// Faults of one rule: words that it needs and never missed, cuts that made it pass.
fn faults(rule: &str, needs: &[String]) -> Vec<String> {
    let cuts = cuts(&fires(rule));
    let mut told = answers(rule, &cuts);
    let before = told.remove(WHOLE).unwrap();
    let mut missed = missed_in_unknown(rule);
    let (mut faults, mut changed) = (Vec::new(), false);
    for (number, cut) in cuts.iter().enumerate() {
        let after = told.remove(&cut_name(number)).unwrap_or_default();
        changed |= after.systems != before.systems;
        let told = (rule, cut.what.as_str());
        let excused = BEYOND.contains(&told);
        if !after.incomplete && !excused && cut.left.is_some() {
            faults.extend(passes(&before, &after).map(|system| {
                format!("{rule}: without {} of {} {system} passes", cut.what, cut.file.display())
            }));
        }
        missed.extend(after.missing);
    }
    if UNREAD.iter().any(|word| missed.contains(*word)) {
        missed.insert("credentials".to_owned());
    }
    let unmissed = needs.iter().filter(|word| !missed.contains(*word));
    faults.extend(unmissed.map(|word| format!("{rule}: nothing taken out is missed as {word}")));
    if !changed && !ABOUT_MISSING.contains(&rule) {
        faults.push(format!("{rule}: nothing taken out changes an answer"));
    }
    faults
}

/// Systems in which findings or open answers became passes. Where another system is open now, as a
/// rule about pairs has it when one side can no longer be read, the run says so.
fn passes<'a>(before: &'a Told, after: &'a Told) -> impl Iterator<Item = String> + 'a {
    let open = |site: &Told| site.systems.values().map(|answer| answer.unjudged).sum::<u64>();
    let told = open(after) > open(before);
    before.systems.iter().filter(move |_| !told).filter_map(|(system, was)| {
        let now = after.systems.get(system)?;
        let fewer = now.found + now.unjudged < was.found + was.unjudged;
        (fewer && now.passed > was.passed).then(|| format!("{system} ({was:?} → {now:?})"))
    })
}

#[test]
fn what_is_not_exported_is_never_a_pass() {
    let rules = kagiban::rules::RuleSet::embedded().unwrap().checks;
    let faults: Vec<String> =
        rules.par_iter().flat_map_iter(|rule| faults(&rule.id, &rule.needs)).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}
