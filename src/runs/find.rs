//! Which runs there are, and which was the last complete one.

use crate::model::day::Day;
use crate::runs::build::day;
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of the runs below an output root, in order.
pub fn names(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries
        .filter(|entry| entry.path().join("run.json").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// As much of run.json as a choice needs.
#[derive(Deserialize)]
struct Glance {
    name: String,
    as_of: String,
    complete: bool,
    #[serde(default)]
    interrupted: bool,
    rules_selected: Vec<String>,
    sites: Vec<GlanceSite>,
}

#[derive(Deserialize)]
struct GlanceSite {
    site_id: String,
}

/// The run to compare with, and what might have been it.
#[derive(Default)]
pub struct Last {
    /// Its folder.
    pub folder: Option<PathBuf>,
    /// Whether it read everything.
    pub complete: bool,
    /// Folders whose run.json cannot be read at all.
    pub unread: Vec<PathBuf>,
}

/// The run below `root` to compare with: older than `as_of`, judged by every rule. Of these the one that
/// knows most of the sites; complete ones before others; then the newest.
pub fn last(root: &Path, as_of: Day, sites: &[&str]) -> Last {
    let (mut found, mut best) = (Last::default(), None);
    for folder in names(root).into_iter().map(|name| root.join(name)) {
        let Some(glance) = glance(&folder) else {
            found.unread.push(folder);
            continue;
        };
        let Some(day) = day(&glance.as_of).filter(|&day| day < as_of) else { continue };
        let ours = glance.sites.iter().filter(|site| sites.contains(&&*site.site_id)).count();
        if ours == 0 || glance.interrupted || !glance.rules_selected.is_empty() {
            continue;
        }
        let rank = (glance.complete, ours, day, glance.name);
        if best.as_ref().is_none_or(|known| *known < rank) {
            found.complete = rank.0;
            best = Some(rank);
            found.folder = Some(folder);
        }
    }
    found
}

fn glance(folder: &Path) -> Option<Glance> {
    let text = fs::read(folder.join("run.json")).ok()?;
    serde_json::from_slice(&text).ok()
}
