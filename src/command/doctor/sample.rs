//! A round trip: a small hospital that is built in is audited in a temporary folder by the verbs that
//! everybody uses; what must be found is found, every format is written and read back.

use super::{Answer, Topic};
use crate::cli::{Cli, Verb};
use crate::command::{Exit, audit};
use crate::model::lang::Lang;
use crate::report::{self, Context, CsvFlavour, WRITERS};
use crate::review::{import, run as known};
use crate::rules::{RuleSet, hex};
use crate::runs::{self, Loaded};
use anyhow::{Context as _, anyhow, bail, ensure};
use clap::Parser as _;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const TOPIC: Topic = ("試験監査", "sample audit");

/// The exports: a roster in CP932, a directory with its hashes, the configuration of a router.
const FILES: [(&str, &[u8]); 4] = [
    ("hr/roster.csv", include_bytes!("sample/hr/roster.csv")),
    ("ad/users.csv", include_bytes!("sample/ad/users.csv")),
    ("ad/hashes.ntds", include_bytes!("sample/ad/hashes.ntds")),
    ("devices/router.txt", include_bytes!("sample/devices/router.txt")),
];

/// What must be found: rule, system, account.
const FOUND: [(&str, &str, &str); 4] = [
    ("LIFE-06", "sample.byoin.example", "i.mihon"),
    ("REUSE-01", "sample.byoin.example", "h.mihon"),
    ("REUSE-01", "sample.byoin.example", "j.mihon"),
    ("DEV-04", "sample-rt", ""),
];

/// Audits the sample.
pub(super) fn round_trip(rules: &RuleSet, lang: Lang) -> Answer {
    match audited(rules) {
        Ok(findings) => Answer::fine(
            TOPIC,
            match lang {
                Lang::Ja => format!("所見 {findings} 件を {} 種類の形式で書き、読み戻しました", WRITERS.len()),
                Lang::En => format!("{findings} findings, written in {} formats and read back", WRITERS.len()),
            },
        ),
        Err(error) => Answer::problem(
            TOPIC,
            format!("{error:#}"),
            lang.pick(
                "一時フォルダ (TMP、TMPDIR) に書けるか、ウイルス対策ソフトが止めていないかを確かめてください。それでも続くなら不具合として報告してください",
                "check that the temporary folder (TMP, TMPDIR) can be written to and that no virus scanner interferes; if it goes on, report it as a defect",
            ),
        ),
    }
}

fn audited(rules: &RuleSet) -> anyhow::Result<usize> {
    let folder = tempfile::tempdir().context("no temporary folder")?;
    for (path, bytes) in FILES {
        let path = folder.path().join("sites/sample").join(path);
        fs::create_dir_all(path.parent().unwrap_or(&path))?;
        fs::write(&path, bytes)?;
    }
    let out = folder.path().join("out");
    audit_into(folder.path(), &out)?;
    let loaded = runs::read(&out, rules)?;
    expected(&loaded, rules)?;
    let ids: BTreeSet<String> =
        loaded.report.ids.iter().map(|id| String::from_utf8_lossy(id).into_owned()).collect();
    digests(&out)?;
    ensure!(ids == listed(&out)?, "findings.csv does not hold the findings");
    ensure!(ids == in_workbook(&out, &loaded, rules)?, "report.xlsx does not hold the findings");
    summary(&loaded, rules, &out)?;
    folder.close().context("the temporary folder cannot be removed")?;
    Ok(ids.len())
}

/// Runs the verb, with every format that goes to files.
fn audit_into(folder: &Path, out: &Path) -> anyhow::Result<()> {
    let formats: Vec<_> = WRITERS.iter().map(|writer| writer.name()).collect();
    let formats = formats.into_iter().filter(|&name| name != "text").collect::<Vec<_>>().join(",");
    let words = ["kagiban", "audit", "--as-of", "2026-11-22", "--lang", "ja", "--format", &formats];
    let words = words.iter().map(std::ffi::OsString::from);
    let paths = ["-o".into(), out.as_os_str().to_owned(), folder.as_os_str().to_owned()];
    let Verb::Audit(args) = Cli::try_parse_from(words.chain(paths))?.verb else {
        bail!("the command line cannot be parsed");
    };
    let exit = audit::run(&args).map_err(|stop| stop.error)?;
    ensure!(exit == Exit::Findings, "the sample ended with exit code {}", exit as u8);
    Ok(())
}

fn expected(loaded: &Loaded, rules: &RuleSet) -> anyhow::Result<()> {
    let findings = known::findings(&loaded.report, rules);
    for (rule, system, account) in FOUND {
        let found = findings.values().any(|finding| {
            (&*finding.rule, &*finding.system, &*finding.account) == (rule, system, account)
        });
        ensure!(found, "{rule} was not found at {system} {account}");
    }
    Ok(())
}

/// Every output that run.json announces is there, byte for byte.
fn digests(out: &Path) -> anyhow::Result<()> {
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json"))?)?;
    let outputs = run["outputs"].as_array().ok_or_else(|| anyhow!("run.json lists no outputs"))?;
    for output in outputs {
        let name = output["file"].as_str().unwrap_or_default();
        let bytes = fs::read(out.join(name)).with_context(|| name.to_owned())?;
        let digest = hex(&Sha256::digest(&bytes));
        ensure!(output["sha256"] == *digest, "{name} is not what was written");
    }
    Ok(())
}

fn listed(out: &Path) -> anyhow::Result<BTreeSet<String>> {
    let bytes = fs::read(out.join("findings.csv"))?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(text);
    let headers = reader.headers()?;
    let column = headers.iter().position(|name| name == "finding_id");
    let column = column.ok_or_else(|| anyhow!("findings.csv has no finding_id"))?;
    reader.records().map(|row| Ok(row?.get(column).unwrap_or_default().to_owned())).collect()
}

fn in_workbook(out: &Path, loaded: &Loaded, rules: &RuleSet) -> anyhow::Result<BTreeSet<String>> {
    let findings = known::findings(&loaded.report, rules);
    let read = import::read(&out.join("report.xlsx"), &findings, &BTreeMap::new())?;
    ensure!(read.remarks.is_empty(), "report.xlsx is not what was written");
    Ok(read.decisions.keys().map(|id| String::from_utf8_lossy(id).into_owned()).collect())
}

fn summary(loaded: &Loaded, rules: &RuleSet, out: &Path) -> anyhow::Result<()> {
    let cx = Context {
        report: &loaded.report,
        rules,
        lang: Lang::Ja,
        csv: CsvFlavour::Plain,
        include_restricted: false,
    };
    report::write(&["text"], &cx, out)?;
    let text = fs::read_to_string(out.join("summary.txt"))?;
    ensure!(text.contains("LIFE-06"), "summary.txt does not name the findings");
    Ok(())
}
