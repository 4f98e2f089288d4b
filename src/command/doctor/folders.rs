//! Folders: room and rights to write, who may see the runs, the exports, the lists of passwords.

use super::clock::Newest;
use super::{Answer, Topic, shown};
use crate::cli::Scope;
use crate::command::setup;
use crate::corpus;
use crate::ingest::discover;
use crate::model::lang::Lang;
use crate::rules::RuleSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

const FOLDER: Topic = ("フォルダ", "folder");
const RUNS: Topic = ("報告書", "runs");
const EXPORTS: Topic = ("エクスポート", "exports");
const CORPORA: Topic = ("漏洩リスト", "corpora");

/// Bytes below which there is too little room for reports of a large run.
const ROOM: u64 = 1 << 30;
/// Entries of a folder that are looked at.
const MOST: usize = 1000;

/// Whether reports can be written here, and how large they may be.
pub(super) fn writable(root: &Path, lang: Lang) -> Vec<Answer> {
    let name = shown(root);
    if !root.is_dir() {
        let hint = lang.pick(
            "フォルダの名前を確かめるか、kagiban init で作ってください",
            "check its name, or let kagiban init make it",
        );
        let said = lang.pick("そのようなフォルダはありません", "no such folder");
        return vec![Answer::problem(FOLDER, format!("{name}: {said}"), hint)];
    }
    let runs = root.join("runs");
    let folder = if runs.is_dir() { runs } else { root.to_owned() };
    if let Err(error) = tempfile::tempfile_in(&folder) {
        let hint = lang.pick(
            "書き込みの権限を得るか、audit に -o を付けてください",
            "get the right to write there, or give -o to audit",
        );
        return vec![Answer::problem(FOLDER, format!("{}: {error}", shown(&folder)), hint)];
    }
    vec![match fs4::available_space(&folder) {
        Ok(free) if free < ROOM => {
            let said = match lang {
                Lang::Ja => format!("{name}: 空き容量は {} MiB です", free >> 20),
                Lang::En => format!("{name}: {} MiB are free", free >> 20),
            };
            Answer::warning(
                FOLDER,
                said,
                lang.pick("空き容量を増やしてください", "free some space"),
            )
        }
        Ok(free) => Answer::fine(
            FOLDER,
            match lang {
                Lang::Ja => format!("{name}: 書き込めます。空き容量 {} GiB", free >> 30),
                Lang::En => format!("{name}: can be written to, {} GiB free", free >> 30),
            },
        ),
        Err(error) => Answer::warning(FOLDER, format!("{name}: {error}"), ""),
    }]
}

fn entries(folder: &Path) -> Vec<DirEntry> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().flatten().take(MOST).collect();
    entries.sort_by_key(DirEntry::file_name);
    entries
}

/// Who may read the runs: they hold what `restricted` findings tell.
pub(super) fn runs(root: &Path, lang: Lang) -> Vec<Answer> {
    let folders: Vec<PathBuf> = entries(&root.join("runs")).iter().map(DirEntry::path).collect();
    let folders: Vec<_> = folders.into_iter().filter(|path| path.is_dir()).collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let mut open = Vec::new();
    for folder in &folders {
        // Nobody comes to a file through a folder that is closed.
        if setup::is_public(folder) {
            open.push(folder.clone());
            let files = entries(folder).into_iter().map(|entry| entry.path());
            open.extend(files.filter(|path| path.is_file() && setup::is_public(path)));
        }
    }
    let Some(first) = open.first() else {
        return vec![Answer::fine(RUNS, closed(folders.len(), lang))];
    };
    let said = match lang {
        Lang::Ja => format!("{} など {} 件を所有者のほかも開けます", shown(first), open.len()),
        Lang::En => format!("others can open {} of them, such as {}", open.len(), shown(first)),
    };
    vec![Answer::warning(RUNS, said, format!("chmod -R go= {}", shown(&root.join("runs"))))]
}

fn closed(count: usize, lang: Lang) -> String {
    let who = if cfg!(unix) {
        lang.pick("所有者だけが開けます", "open to their owner alone")
    } else {
        lang.pick("開ける人は icacls で確かめてください", "icacls shows who can open them")
    };
    match lang {
        Lang::Ja => format!("{count} 回分 ({who})"),
        Lang::En => format!("{count} ({who})"),
    }
}

/// What was found of the exports.
pub(super) struct Exports {
    pub(super) answers: Vec<Answer>,
    /// The newest by its own date, else by that of the file system.
    pub(super) newest: Option<Newest>,
}

/// Looks at the first bytes of every export.
pub(super) fn exports(root: &Path, rules: &RuleSet, lang: Lang) -> Exports {
    let scope = Scope { paths: vec![root.to_owned()], site: Vec::new() };
    let sites = match setup::folders(&scope) {
        Ok(sites) => sites,
        Err(stop) => {
            return Exports { answers: vec![Answer::of(EXPORTS, &stop.error)], newest: None };
        }
    };
    let files = sites.iter().flat_map(|site| discover::files(site, rules));
    // Registers and links say something about exports, and are none.
    let files: Vec<_> = files.filter(|found| !found.inner.starts_with("inventory/")).collect();
    let dated = files.iter().filter_map(|found| {
        let day = found.file.exported.or(found.file.modified)?;
        Some((found.file.path.clone(), day))
    });
    let newest = dated.max_by_key(|(_, day)| *day);
    let (all, unread) = (files.len(), files.iter().filter(|found| found.choice.is_none()).count());
    let said = match lang {
        Lang::Ja => format!("{} サイト、{all} ファイル", sites.len()),
        Lang::En => format!("sites: {}, files: {all}", sites.len()),
    };
    let answer = if all == 0 {
        let hint = lang.pick(
            "kagiban init が置き場所と手順書を作ります",
            "kagiban init makes the folders and says how to export",
        );
        Answer::warning(EXPORTS, said, hint)
    } else if unread > 0 {
        let said = match lang {
            Lang::Ja => format!("{said}、うち種類のわからないもの {unread}"),
            Lang::En => format!("{said}, of which nobody can read {unread}"),
        };
        let hint = lang
            .pick("理由は kagiban audit --dry-run が示します", "kagiban audit --dry-run says why");
        Answer::warning(EXPORTS, said, hint)
    } else {
        Answer::fine(EXPORTS, said)
    };
    Exports { answers: vec![answer], newest }
}

/// Lists of breached passwords in corpora/.
pub(super) fn corpora(root: &Path, lang: Lang) -> Vec<Answer> {
    let lists = entries(&root.join("corpora")).into_iter().map(|entry| entry.path());
    let lists = lists.filter(|path| {
        path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'))
    });
    let answer = |path: PathBuf| match corpus::open(&path) {
        Ok(list) => {
            let used = list.about();
            let unit = lang.pick("ファイル", "files");
            Answer::fine(CORPORA, format!("{} ({} {unit})", shown(&path), used.files))
        }
        Err(error) => Answer::of(CORPORA, &error),
    };
    lists.map(answer).collect()
}
