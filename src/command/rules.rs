//! `rules list` and `rules check`.

use crate::audit;
use crate::cli::{RulesVerb, TextFormat};
use crate::command::{Exit, Stop, print, setup};
use crate::ingest;
use crate::report::catalog::{self, ListFormat};
use crate::rules::{PLANNED, RuleSet};
use anyhow::anyhow;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs `kagiban rules`.
pub fn run(verb: RulesVerb) -> Result<Exit, Stop> {
    match verb {
        RulesVerb::List { format, language } => {
            let rules = setup::rules()?;
            let format = match format {
                TextFormat::Text => ListFormat::Text,
                TextFormat::Csv => ListFormat::Csv,
                TextFormat::Json => ListFormat::Json,
            };
            print(&catalog::list(&rules, setup::lang(language, None), format))?;
        }
        RulesVerb::Check { dir } => check(dir.as_deref())?,
    }
    Ok(Exit::Clean)
}

fn check(dir: Option<&Path>) -> Result<(), Stop> {
    let rules = match dir {
        None => RuleSet::embedded(),
        Some(dir) => RuleSet::from_folder(load(dir)?),
    }
    .map_err(Stop::usage)?;
    audit::verify(&rules).map_err(Stop::usage)?;
    let failed: Vec<String> =
        ingest::lines::verify(&rules).iter().map(ToString::to_string).collect();
    if !failed.is_empty() {
        return Err(Stop::usage(anyhow!("{}", failed.join("\n"))));
    }
    print(&format!(
        "ok: {} checks, {} sources, {} device profiles, {} factory defaults, {} frameworks, {} password profiles\n{}",
        rules.checks.len(),
        rules.sources.len(),
        rules.devices.list().len(),
        rules.defaults.rows().len(),
        rules.frameworks.len(),
        rules.profiles.len(),
        unwritten(&rules)
    ))
}

/// Rules that frameworks name and no file holds yet: their items cannot be answered in full.
fn unwritten(rules: &RuleSet) -> String {
    let ids: Vec<_> = rules.unwritten().collect();
    if ids.is_empty() { String::new() } else { format!("still to be written: {}\n", ids.join(" ")) }
}

fn load(dir: &Path) -> Result<Vec<(PathBuf, String)>, Stop> {
    let mut files = Vec::new();
    for topic in ["checks", "sources", "devices", "defaults", "frameworks", "profiles", "words"] {
        let Ok(entries) = fs::read_dir(dir.join(topic)) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            let text = fs::read_to_string(&path)
                .map_err(|error| Stop::usage(anyhow!("{}: {error}", path.display())))?;
            files.push((Path::new(topic).join(entry.file_name()), text));
        }
    }
    if let Ok(text) = fs::read_to_string(dir.join(PLANNED)) {
        files.push((PathBuf::from(PLANNED), text));
    }
    if files.is_empty() {
        return Err(Stop::usage(anyhow!(
            "{}: no checks/, sources/ or defaults/ with rule files\nhint: give a folder laid out like rules/",
            dir.display()
        )));
    }
    Ok(files)
}
