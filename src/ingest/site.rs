//! Site folders and their site.toml, which describes and never exempts.

use crate::model::site::Site;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that make a folder a site.
pub const TOPICS: [&str; 7] = ["hr", "ad", "ecarte", "mfa", "devices", "host", "inventory"];

/// A site folder below an audited folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFolder {
    /// Folder name.
    pub slug: String,
    /// The folder.
    pub path: PathBuf,
    /// What `source_file` is relative to.
    pub root: PathBuf,
}

/// Folders that cannot be audited.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path is not there or not a folder.
    #[error(
        "{0}: no such folder\nhint: give a folder that holds sites/, or a single site folder; kagiban init makes one"
    )]
    Missing(PathBuf),
    /// The folder is there but cannot be listed.
    #[error("{0}: cannot be listed ({1})\nhint: check its permissions")]
    Unreadable(PathBuf, std::io::Error),
    /// Two site folders that people would take for one.
    #[error("ambiguous-site: {0} and {1} differ only in case or width\nhint: rename one of them")]
    Ambiguous(String, String),
    /// A site.toml that cannot be used.
    #[error("{file}:{line}:{column}: {message}\nhint: {hint}")]
    SiteToml {
        /// The file.
        file: String,
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// What is wrong.
        message: String,
        /// What to do.
        hint: &'static str,
    },
}

/// The sites below the given folders, by path.
pub fn find(paths: &[PathBuf]) -> Result<Vec<SiteFolder>, FolderError> {
    let mut sites = Vec::new();
    for root in paths {
        if !root.is_dir() {
            return Err(FolderError::Missing(root.clone()));
        }
        let sites_folder = root.join("sites");
        if sites_folder.is_dir() {
            add_children(&sites_folder, root, &mut sites)?;
        } else if is_site(root) {
            sites.push(SiteFolder { slug: slug(root), path: root.clone(), root: root.clone() });
        } else {
            let before = sites.len();
            add_children(root, root, &mut sites)?;
            let is_site_folder = |site: &SiteFolder| is_site(&site.path);
            let tail: Vec<_> = sites.drain(before..).filter(is_site_folder).collect();
            sites.extend(tail);
        }
    }
    sites.sort_by(|a, b| (&a.slug, &a.path).cmp(&(&b.slug, &b.path)));
    refuse_look_alikes(&sites)?;
    Ok(sites)
}

fn is_site(folder: &Path) -> bool {
    folder.join("site.toml").is_file() || TOPICS.iter().any(|topic| folder.join(topic).is_dir())
}

fn slug(folder: &Path) -> String {
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    full.file_name().map_or_else(|| "site".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn add_children(
    folder: &Path,
    root: &Path,
    sites: &mut Vec<SiteFolder>,
) -> Result<(), FolderError> {
    let entries =
        fs::read_dir(folder).map_err(|e| FolderError::Unreadable(folder.to_path_buf(), e))?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && !name.starts_with('.') {
            sites.push(SiteFolder { slug: name, path: entry.path(), root: root.to_path_buf() });
        }
    }
    Ok(())
}

fn refuse_look_alikes(sites: &[SiteFolder]) -> Result<(), FolderError> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for site in sites {
        let key = crate::text::name::nfkc(&site.slug).to_lowercase();
        if let Some(other) = seen.insert(key, &site.slug) {
            return Err(FolderError::Ambiguous(other.to_owned(), site.slug.clone()));
        }
    }
    Ok(())
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    name: String,
    kind: String,
    entity: String,
    notes: String,
    break_glass: Vec<String>,
    expects: BTreeMap<String, Vec<String>>,
    systems: BTreeMap<String, RawSystem>,
    expected: BTreeMap<String, i64>,
    single_sign_on: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawSystem {
    aliases: Vec<String>,
}

/// Reads site.toml; a missing one is an empty one.
pub fn describe(folder: &SiteFolder) -> Result<Site, FolderError> {
    let path = folder.path.join("site.toml");
    let raw = match fs::read_to_string(&path) {
        Ok(text) => parse(&path, &text)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Raw::default(),
        Err(error) => return Err(FolderError::Unreadable(path, error)),
    };
    let aliases = raw.systems.into_iter().flat_map(|(name, system)| {
        system.aliases.into_iter().map(move |alias| (name.clone(), alias))
    });
    Ok(Site {
        slug: folder.slug.clone(),
        name: if raw.name.is_empty() { folder.slug.clone() } else { raw.name },
        kind: raw.kind,
        entity: raw.entity,
        break_glass: raw.break_glass,
        aliases: aliases.collect(),
        expects: raw.expects.into_iter().collect(),
        expected: raw.expected.into_iter().collect(),
        single_sign_on: raw.single_sign_on,
    })
}

fn parse(path: &Path, text: &str) -> Result<Raw, FolderError> {
    toml::from_str(text).map_err(|error| {
        let at = crate::rules::RuleError::toml(&path.display().to_string(), text, &error);
        FolderError::SiteToml {
            file: at.file,
            line: at.line,
            column: at.column,
            message: at.message,
            hint: "site.toml knows name, kind, entity, notes, break_glass, single_sign_on, [expects] SYSTEM = [classes or jobs], [expected] and [systems.NAME] aliases",
        }
    })
}
