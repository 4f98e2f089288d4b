//! The files of a site: found, recognised, and of several versions the newest chosen.

mod answer;
mod look;
mod sheets;

use crate::ingest::buffer::Buffer;
use crate::ingest::form::{self, Form};
use crate::ingest::profile::Profile;
use crate::ingest::site::SiteFolder;
use crate::ingest::source::{Probe, date_apart};
use crate::ingest::table::{self, Layout};
use crate::ingest::{Claim, READERS, Reader, bloodhound, lines};
use crate::model::file::InputFile;
use crate::rules::RuleSet;
use crate::rules::device::Profile as DeviceProfile;
use crate::rules::source::SourceSpec;
use crate::text::date::date_in_name;
use crate::text::encoding::Encoding;
use answer::{NAMED, Refusal, answered};
use look::{begins_as_archive, look, modified, plain_file};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Size and time of a file: what shows that somebody has written to it.
pub type Stamp = (u64, Option<SystemTime>);

/// The stamp of a file.
pub fn stamp(meta: &fs::Metadata) -> Stamp {
    (meta.len(), meta.modified().ok())
}

/// Bytes of files that a site may keep in memory between their recognition and their reading.
const KEPT: usize = 8 << 20;

/// Who reads a file.
pub enum Choice<'r> {
    /// A reader with code of its own.
    Coded(&'static dyn Reader),
    /// The generic table reader with a description.
    Table(Box<Cow<'r, SourceSpec>>, Box<Layout>),
    /// The generic line reader with a description; the sign it was recognised by and its line,
    /// unless somebody named it.
    Lines(&'r DeviceProfile, Option<(&'r str, u32)>),
}

/// A file that a reader has claimed, or the reason why none does.
pub struct FoundFile<'r> {
    /// Where it lies.
    pub path: PathBuf,
    /// Path below the site folder, with `/`.
    pub inner: String,
    /// What goes into the inventory about it.
    pub file: InputFile,
    /// Length of the byte order mark.
    pub bom_len: usize,
    /// Encoding.
    pub encoding: Encoding,
    /// Another encoding in which the bytes decode without error.
    pub ambiguous_with: Option<Encoding>,
    /// What the file is before anybody reads its records.
    pub form: Form,
    /// What was noticed on the way: reason code and detail.
    pub notes: Vec<(&'static str, String)>,
    /// Its stamp before it was recognised.
    pub stamp: Option<Stamp>,
    /// All of its bytes as they stand, where recognising it took all of them.
    pub kept: Option<Buffer>,
    /// The reader; `None` when `file.problem` says why not.
    pub choice: Option<Choice<'r>>,
}

/// Finds and recognises the files of a site, by path.
pub fn files<'r>(folder: &SiteFolder, rules: &'r RuleSet) -> Vec<FoundFile<'r>> {
    let mut paths = Vec::new();
    walk(&folder.path, &mut paths, 0);
    paths.sort();
    let mut room = KEPT;
    let mut found = Vec::with_capacity(paths.len());
    for path in paths {
        let mut file = recognise(folder, path, rules);
        file.kept = file.kept.filter(|kept| kept.len() <= room);
        room -= file.kept.as_ref().map_or(0, |kept| kept.len());
        found.push(file);
    }
    keep_newest(&mut found);
    found
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>, depth: usize) {
    let Ok(entries) = fs::read_dir(folder) else {
        paths.push(folder.to_path_buf());
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(kind) = entry.file_type() else { continue };
        // Where the audited folder is itself a site, its own outputs lie beside the exports.
        if ignored(&name)
            || (depth == 0
                && matches!(&*name, "runs" | "keys" | "corpora" | "sites" | "review.csv"))
        {
            continue;
        }
        if kind.is_dir() && depth < 32 {
            walk(&entry.path(), paths, depth + 1);
        } else if !kind.is_dir() {
            paths.push(entry.path());
        }
    }
}

/// Litter of file managers, and what kagiban itself puts into a site folder.
fn ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with("README")
        || matches!(
            name,
            "Thumbs.db"
                | "desktop.ini"
                | "site.toml"
                | "profile.toml"
                | "kagiban.toml"
                | "suppressions.toml"
                | "baseline.json"
        )
}

fn recognise<'r>(folder: &SiteFolder, path: PathBuf, rules: &'r RuleSet) -> FoundFile<'r> {
    let relative = |base: &Path| {
        let inner = path.strip_prefix(base).unwrap_or(&path);
        inner.to_string_lossy().replace('\\', "/")
    };
    let (inner, shown) = (relative(&folder.path), relative(&folder.root));
    let mut found = FoundFile {
        file: InputFile { path: shown, ..InputFile::default() },
        path: PathBuf::new(),
        inner,
        bom_len: 0,
        encoding: Encoding::Ascii,
        ambiguous_with: None,
        form: Form::Plain,
        notes: Vec::new(),
        stamp: None,
        kept: None,
        choice: None,
    };
    match recognised(&path, &mut found, rules) {
        Ok((choice, claim)) => {
            choice.name().clone_into(&mut found.file.reader);
            found.file.reason = choice.reason(claim);
            found.file.unverified = choice.unverified();
            found.choice = Some(choice);
        }
        Err(refusal) => {
            refusal.code.clone_into(&mut found.file.problem);
            found.file.reason = refusal.claimants;
        }
    }
    found.file.exported = date_in_name(stem(&found.inner)).filter(|d| !d.month_only).map(|d| d.day);
    found.path = path;
    found
}

/// First impressions go into `found`; the choice is who reads the file.
fn recognised<'r>(
    path: &Path,
    found: &mut FoundFile<'r>,
    rules: &'r RuleSet,
) -> Result<(Choice<'r>, Claim), Refusal> {
    let meta = plain_file(path)?;
    (found.file.size, found.file.modified) = (meta.len(), modified(&meta));
    found.stamp = Some(stamp(&meta));
    let profile = Profile::beside(path)?;
    let archive = begins_as_archive(path)?;
    if archive && bloodhound::is_collection(path) {
        let claim = Claim { score: 90, reason: "archive of a collection" };
        return Ok((Choice::Coded(&bloodhound::Archive), claim));
    }
    if archive {
        "XLSX".clone_into(&mut found.file.encoding);
        return sheets::choose_sheet(path, found, profile.as_ref(), rules);
    }
    let mut look = look(path, meta.len())?;
    if let Some(encoding) = profile.as_ref().and_then(Profile::encoding) {
        look.reread(encoding);
    }
    look.detected.encoding.name().clone_into(&mut found.file.encoding);
    found.bom_len = look.detected.bom_len;
    found.encoding = look.detected.encoding;
    found.ambiguous_with = look.detected.ambiguous_with;
    found.kept = look.whole.take();
    match profile {
        Some(profile) => {
            if let Some(fixed) = profile.fixed() {
                let head = form::cut(&fixed, look.detected.encoding, &look.head);
                let head = head.map_err(|error| error.code)?;
                look.text = String::from_utf8_lossy(&head).into_owned();
                (found.form, found.kept) = (Form::Fixed(fixed), None);
            }
            if let Some(choice) = answered(profile.reader(), rules) {
                return Ok((choice, NAMED));
            }
            match profiled(&profile, &look.text, rules) {
                // A profile that names no file need not be about every table of its folder.
                Err("unknown-header") if !profile.names_files() => {
                    choose(&found.inner, &look.text, look.detected.encoding, rules)
                }
                chosen => Ok(chosen?),
            }
        }
        None => choose(&found.inner, &look.text, look.detected.encoding, rules),
    }
}

fn profiled<'r>(
    profile: &Profile,
    text: &str,
    rules: &RuleSet,
) -> Result<(Choice<'r>, Claim), &'static str> {
    let (spec, layout) = profile.table(text, &rules.sources)?;
    Ok((Choice::Table(Box::new(Cow::Owned(spec)), Box::new(layout)), NAMED))
}

impl Choice<'_> {
    /// Name in `inventory --what files`.
    pub fn name(&self) -> &str {
        match self {
            Self::Coded(reader) => reader.name(),
            Self::Table(spec, _) => &spec.name,
            Self::Lines(profile, _) => &profile.name,
        }
    }

    /// Why it was chosen, in a few words.
    fn reason(&self, claim: Claim) -> String {
        match self {
            Self::Lines(_, Some((sign, line))) => format!("{}: {sign} (line {line})", claim.reason),
            _ => claim.reason.to_owned(),
        }
    }

    /// True where no public sample of the form was seen.
    fn unverified(&self) -> bool {
        match self {
            Self::Coded(_) => false,
            Self::Table(spec, _) => spec.unverified,
            Self::Lines(profile, _) => profile.unverified,
        }
    }
}

/// Content first, folder second; a tie is refused.
fn choose<'r>(
    inner: &str,
    text: &str,
    encoding: Encoding,
    rules: &'r RuleSet,
) -> Result<(Choice<'r>, Claim), Refusal> {
    let probe = Probe::new(inner, text, encoding);
    let mut claims: Vec<(Choice<'r>, Claim, bool)> = Vec::new();
    for &reader in READERS {
        if let Some(claim) = reader.claim(&probe) {
            claims.push((Choice::Coded(reader), claim, false));
        }
    }
    // One line of JSON may be as long as it likes.
    if claims.is_empty() && table::too_wide(probe.text) {
        return Err("too-many-columns".into());
    }
    // A surer claim than any of a profile leaves them nothing to say.
    if claims.iter().all(|(_, claim, _)| claim.score <= lines::SUREST) {
        for found in lines::claim(&probe, &rules.devices) {
            claims.push((Choice::Lines(found.profile, Some(found.sign)), found.claim, false));
        }
    }
    for table in table::claim(&probe, &rules.sources) {
        if table.layout.duplicate.is_some() && table.claim.score >= 50 && claims.is_empty() {
            return Err("duplicate-column".into());
        }
        let at_home = table.spec.folders.iter().any(|folder| folder == probe.folder());
        let choice = Choice::Table(Box::new(Cow::Borrowed(table.spec)), Box::new(table.layout));
        claims.push((choice, table.claim, at_home));
    }
    if probe.text.contains("個人番号") || probe.text.contains("マイナンバー") {
        refuse_individual_numbers(&claims, &probe)?;
    }
    let best =
        claims.iter().map(|(_, claim, _)| claim.score).max().ok_or_else(|| unknown(&probe))?;
    claims.retain(|(_, claim, _)| claim.score == best);
    let names: Vec<&str> = claims.iter().map(|(choice, ..)| choice.name()).collect();
    let claimants = names.join(", ");
    if claims.len() > 1 {
        claims.retain(|(_, _, at_home)| *at_home);
    }
    match (claims.pop(), claims.is_empty()) {
        (Some((choice, mut claim, at_home)), true) => {
            if at_home && best < 90 {
                claim.reason = "header and folder";
            }
            Ok((choice, claim))
        }
        _ => Err(Refusal { code: "ambiguous-reader", claimants }),
    }
}

/// The twelve-digit individual number must not be processed for this purpose at all.
fn refuse_individual_numbers(
    claims: &[(Choice<'_>, Claim, bool)],
    _probe: &Probe<'_>,
) -> Result<(), &'static str> {
    let named = |layout: &Layout| {
        layout.keys.iter().any(|key| key == "個人番号" || key.contains("マイナンバー"))
    };
    let any = claims.iter().any(|(choice, ..)| matches!(choice, Choice::Table(_, l) if named(l)));
    if any { Err("individual-number") } else { Ok(()) }
}

/// A table without a known header is told apart from a file of no known kind at all.
fn unknown(probe: &Probe<'_>) -> &'static str {
    let tabular = matches!(probe.extension().to_ascii_lowercase().as_str(), "csv" | "tsv");
    if tabular { "unknown-header" } else { "unrecognised" }
}

fn stem(inner: &str) -> &str {
    let name = inner.rsplit('/').next().unwrap_or("");
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Of exports whose reader and dateless name agree, only the newest is read.
fn keep_newest(found: &mut [FoundFile<'_>]) {
    let mut versions: BTreeMap<(String, String, String), Vec<usize>> = BTreeMap::new();
    for (index, file) in found.iter().enumerate() {
        let name = stem(&file.inner);
        let hosts = file.inner.starts_with("host/");
        let date = if hosts { date_apart(name) } else { date_in_name(name) };
        let Some(date) = date else { continue };
        let folder = file.inner.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        versions.entry((folder, file.file.reader.clone(), date.rest)).or_default().push(index);
    }
    for indices in versions.into_values().filter(|indices| indices.len() > 1) {
        let newest = indices.iter().copied().max_by_key(|&i| {
            (date_in_name(stem(&found[i].inner)).map(|d| d.day), found[i].inner.clone())
        });
        for index in indices.into_iter().filter(|&i| Some(i) != newest) {
            found[index].file.superseded = true;
        }
    }
}
