//! What several verbs need before they start: folders, rules, policy, language, key.

use crate::cli::{CsvArg, DeviceKeys, Language, Scope};
use crate::command::progress::{self, Stage};
use crate::command::{Stop, memory};
use crate::credential::keys::Keys;
use crate::credential::tag::TagKey;
use crate::ingest::site::{self, SiteFolder};
use crate::ingest::{ReadOptions, read_site_watched};
use crate::model::inventory::Inventory;
use crate::model::lang::Lang;
use crate::model::review::Decisions;
use crate::model::state::Exception;
use crate::policy::{Policy, exceptions};
use crate::report::CsvFlavour;
use crate::review;
use crate::rules::RuleSet;
use anyhow::anyhow;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The audited folder that configuration, key and runs belong to: the first one given.
pub(super) fn root(paths: &[PathBuf]) -> &Path {
    paths.first().map_or_else(|| Path::new("."), PathBuf::as_path)
}

pub(super) fn rules() -> Result<RuleSet, Stop> {
    RuleSet::embedded().map_err(Stop::usage)
}

/// Puts the operator's thresholds into the rules, so that sentences state what judged.
pub(super) fn in_force(rules: &mut RuleSet, policy: &Policy) {
    for index in 0..rules.checks.len() {
        let keys: Vec<String> = rules.checks[index].thresholds.keys().cloned().collect();
        for key in keys {
            let value = policy.threshold(&rules.checks[index], &key);
            rules.checks[index].thresholds.insert(key, value);
        }
    }
}

/// kagiban.toml of the folder given, or of `--config`; never of a parent or a site.
pub(super) fn policy(root: &Path, config: Option<&Path>, rules: &RuleSet) -> Result<Policy, Stop> {
    let path = config.map_or_else(|| root.join("kagiban.toml"), Path::to_path_buf);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let shown = path.display().to_string();
            Policy::parse(&shown, &text, rules).map_err(Stop::usage)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && config.is_none() => {
            Ok(Policy::default())
        }
        Err(error) => Err(Stop::usage(anyhow!(
            "{}: {error}\nhint: check the path and its permissions",
            path.display()
        ))),
    }
}

/// Name of the operator's exceptions.
pub(super) const SUPPRESSIONS: &str = "suppressions.toml";

/// suppressions.toml of the folder given; without one there are no exceptions.
pub(super) fn exceptions(root: &Path, rules: &RuleSet) -> Result<Vec<Exception>, Stop> {
    let path = root.join(SUPPRESSIONS);
    let shown = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => exceptions::parse(&shown, &text, rules).map_err(Stop::usage),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => {
            Err(Stop::usage(anyhow!("{shown}: {error}\nhint: a text file in UTF-8 is expected")))
        }
    }
}

/// The language that was asked for, else that of the configuration, else the environment's.
pub(super) fn lang(asked: Language, policy: Option<&Policy>) -> Lang {
    asked.or(policy.and_then(Policy::lang).unwrap_or_else(lang_of_environment))
}

fn lang_of_environment() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if set.is_some_and(|value| value.starts_with("ja")) { Lang::Ja } else { Lang::En }
}

pub(super) const fn csv(option: Option<CsvArg>, lang: Lang) -> CsvFlavour {
    match (option, lang) {
        (Some(CsvArg::Excel), _) | (None, Lang::Ja) => CsvFlavour::Excel,
        (Some(CsvArg::Plain), _) | (None, Lang::En) => CsvFlavour::Plain,
        (Some(CsvArg::Machine), _) => CsvFlavour::Machine,
    }
}

/// Keys of devices from the file that the operator names.
pub(super) fn device_keys(asked: &DeviceKeys) -> Result<Keys, Stop> {
    let Some(path) = &asked.device_key else { return Ok(Keys::default()) };
    let refuse = |error: &dyn std::fmt::Display| {
        Stop::usage(anyhow!("{}: {error}\nhint: one scheme:key per line", path.display()))
    };
    let bytes = zeroize::Zeroizing::new(fs::read(path).map_err(|error| refuse(&error))?);
    warn_if_public(path);
    Keys::parse(&bytes).map_err(|error| refuse(&error))
}

/// Where the key for tags is looked for: `--key`, else keys/tag.key.
pub(super) fn key_path(root: &Path, option: Option<&Path>) -> PathBuf {
    option.map_or_else(|| root.join("keys").join("tag.key"), Path::to_path_buf)
}

/// The key for tags; without one the tag columns stay empty. One that others may read is told.
pub(super) fn key(root: &Path, option: Option<&Path>) -> Result<Option<TagKey>, Stop> {
    let key = read_key(root, option)?;
    if key.is_some() {
        warn_if_public(&key_path(root, option));
    }
    Ok(key)
}

/// As [`key`], and tells nothing.
pub(super) fn read_key(root: &Path, option: Option<&Path>) -> Result<Option<TagKey>, Stop> {
    let path = key_path(root, option);
    let bytes = match fs::read(&path) {
        Ok(bytes) => zeroize::Zeroizing::new(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && option.is_none() => {
            return Ok(None);
        }
        Err(error) => {
            return Err(Stop::usage(anyhow!(
                "{}: {error}\nhint: kagiban init makes keys/tag.key",
                path.display()
            )));
        }
    };
    let key = TagKey::from_bytes(&bytes);
    key.map(Some).map_err(|error| Stop::usage(anyhow!("{}: {error}", path.display())))
}

fn warn_if_public(path: &Path) {
    if is_public(path) {
        crate::command::complain(&format!(
            "warning: {} can be read by others\nhint: chmod 600 {0}",
            path.display()
        ));
    }
}

/// True where others than its owner may read, write or enter; not known everywhere.
pub(super) fn is_public(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// What staff decided, from review.csv of the audited folder, and a warning for each row of it that
/// cannot be used: it names nobody who was not named before, so the audit goes on.
pub(super) fn decisions(root: &Path) -> (Decisions, Vec<String>) {
    let path = root.join(review::file::NAME);
    let (decisions, warnings) = match fs::read(&path) {
        Ok(bytes) => {
            let (decisions, refused) = review::file::parse(&bytes);
            (decisions, refused.iter().map(ToString::to_string).collect())
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Default::default(),
        Err(error) => (Decisions::new(), vec![format!("{}: {error}", review::file::NAME)]),
    };
    for warning in &warnings {
        crate::command::complain(&format!("warning: {warning}"));
    }
    (decisions, warnings)
}

/// The site folders, or only those named.
pub(super) fn folders(Scope { paths, site: only }: &Scope) -> Result<Vec<SiteFolder>, Stop> {
    let mut folders = site::find(paths).map_err(Stop::usage)?;
    if let Some(missing) = only.iter().find(|slug| !folders.iter().any(|f| &f.slug == *slug)) {
        let known: Vec<_> = folders.iter().map(|f| f.slug.as_str()).collect();
        return Err(Stop::usage(anyhow!(
            "no site '{missing}'\nhint: expected one of {}",
            known.join(", ")
        )));
    }
    folders.retain(|folder| only.is_empty() || only.contains(&folder.slug));
    Ok(folders)
}

/// Reads the sites, as many at a time as there are threads.
pub(super) fn read(
    folders: &[SiteFolder],
    rules: &RuleSet,
    digests: bool,
    lang: Lang,
) -> Result<Vec<Inventory>, Stop> {
    let bar = progress::begin(Stage::Reading, lang);
    let (mut sites, mut rows) = (Vec::with_capacity(folders.len()), 0);
    for some in folders.chunks(rayon::current_num_threads()) {
        bar.part(sites.len() + some.len(), folders.len());
        let read = |folder| read_site_watched(folder, rules, ReadOptions { digests }, &bar);
        let some: Vec<_> = some.par_iter().map(|folder| (folder, read(folder))).collect();
        for (folder, site) in some {
            let site = site.map_err(Stop::usage)?;
            rows += site.accounts.len().max(site.credentials.len() as u32) as usize;
            memory::check_rows(&folder.slug, rows)?;
            sites.push(site);
        }
        memory::check(0)?;
    }
    Ok(sites)
}

/// True where no site has an export: lists that people keep by hand are none.
pub(super) fn nothing_given(sites: &[Inventory]) -> bool {
    sites.iter().all(|site| site.files.iter().any(|file| file.problem == "no-data"))
}
