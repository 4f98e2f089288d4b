//! What readers understand: every folder of fixtures/sources/<reader>/<case> against the lists
//! beside it. `UPDATE=1 cargo test --test sources` rewrites them; git diff is the review.

mod support;

use kagiban::ingest::{ReadOptions, read_site, site};
use kagiban::rules::RuleSet;
use std::fs;
use std::path::{Path, PathBuf};
use support::{golden, kagiban, root};

fn folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut folders: Vec<_> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// Columns that other tests look at: digests, and explanations that change with rules/advice.toml.
const ELSEWHERE: [&str; 4] = ["sha256", "reason", "lacks", "advice"];

/// A list of the case.
fn list(site: &Path, what: &str) -> String {
    let run = kagiban(&["inventory", &site.to_string_lossy(), "--what", what, "--csv", "machine"]);
    let mut reader = csv::Reader::from_reader(run.stdout.as_slice());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headers = reader.headers().expect("a header").clone();
    let kept = |record: &csv::StringRecord| {
        let cells =
            headers.iter().zip(record.iter()).filter(|(column, _)| !ELSEWHERE.contains(column));
        cells.map(|(_, cell)| cell.to_owned()).collect::<Vec<_>>()
    };
    writer.write_record(kept(&headers)).expect("a record");
    for record in reader.records() {
        writer.write_record(kept(&record.expect("a record"))).expect("a record");
    }
    String::from_utf8(writer.into_inner().expect("a list")).expect("UTF-8")
}

/// What the devices of a case state beside their secrets, by file and line.
fn facts(case: &Path, rules: &RuleSet) -> String {
    let folders = site::find(&[case.join("site")]).expect("a site");
    let mut lines = Vec::new();
    for folder in &folders {
        let read = read_site(folder, rules, ReadOptions { digests: false }).expect("it is read");
        for fact in &read.facts {
            let place = (fact.origin.file, fact.origin.line);
            let (system, value) = (read.system_name(fact.system), read.text.get(fact.value));
            let topic = fact.topic.word();
            lines.push((place, vec![system.to_owned(), topic.to_owned(), value.to_owned()]));
        }
    }
    lines.sort();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["system", "topic", "value", "source_line"]).expect("a record");
    for ((_, line), mut cells) in lines {
        cells.push(line.to_string());
        writer.write_record(cells).expect("a record");
    }
    String::from_utf8(writer.into_inner().expect("a list")).expect("UTF-8")
}

#[test]
fn every_source_is_understood_as_its_lists_say() {
    let rules = RuleSet::embedded().unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for reader in folders(&root().join("fixtures/sources")) {
        for case in folders(&reader) {
            let site = case.join("site");
            let files = list(&site, "files");
            if !files.contains(&format!(",{},", name(&reader))) {
                wrong.push(format!("{}: read by another reader\n{files}", case.display()));
            }
            let lists = ["accounts", "credentials"].map(|what| (what, list(&site, what)));
            let lists = lists.into_iter().chain([("facts", facts(&case, &rules))]);
            for (what, found) in [("files", files)].into_iter().chain(lists) {
                let expected = case.join(format!("{what}.csv"));
                let optional = matches!(what, "credentials" | "facts");
                // A list of nothing has no page of its own.
                if !optional || found.lines().count() > 1 || expected.exists() {
                    wrong.extend(golden(&expected, &found).err());
                }
            }
            compared += 1;
        }
    }
    assert!(compared >= 5, "only {compared} cases were compared");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_description_of_a_table_has_a_case() {
    let rules = RuleSet::embedded().unwrap();
    let devices = rules
        .devices
        .list()
        .iter()
        .filter(|profile| !(profile.sure.is_empty() && profile.signs.is_empty()));
    let names =
        rules.sources.iter().map(|source| &source.name).chain(devices.map(|profile| &profile.name));
    for name in names {
        let folder = root().join("fixtures/sources").join(name);
        assert!(!folders(&folder).is_empty(), "{} has no case", folder.display());
    }
}
