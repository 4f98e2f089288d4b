//! The operator's files: settings, exceptions, baseline, decisions, key.

use super::{Answer, Topic, shown};
use crate::baseline::Accepted;
use crate::command::{Stop, compare, setup};
use crate::model::lang::Lang;
use crate::policy::Policy;
use crate::rules::RuleSet;
use std::fs;
use std::path::Path;

const SETTINGS: Topic = ("設定", "settings");
const EXCEPTIONS: Topic = ("例外", "exceptions");
const KEY: Topic = ("鍵", "key");

/// Whether the files of settings can be read. The ones that are not there need not be.
pub(super) fn files(
    root: &Path,
    policy: Result<Policy, Stop>,
    rules: &RuleSet,
    lang: Lang,
) -> Vec<Answer> {
    let mut answers = vec![match policy {
        Ok(_) if root.join("kagiban.toml").is_file() => Answer::fine(SETTINGS, "kagiban.toml"),
        Ok(_) => Answer::fine(
            SETTINGS,
            lang.pick("kagiban.toml なし (標準の設定)", "no kagiban.toml (defaults)"),
        ),
        Err(stop) => Answer::of(SETTINGS, &stop.error),
    }];
    match setup::exceptions(root, rules) {
        Ok(all) if all.is_empty() => {}
        Ok(all) => {
            let said = format!("{}: {}", setup::SUPPRESSIONS, all.len());
            answers.push(Answer::fine(EXCEPTIONS, said));
        }
        Err(stop) => answers.push(Answer::of(EXCEPTIONS, &stop.error)),
    }
    if let Err(error) = Accepted::read(&root.join(compare::ACCEPTED)) {
        answers.push(Answer::of(("基準", "baseline"), &error));
    }
    let (_, refused) = setup::decisions(root);
    if !refused.is_empty() {
        let said = match lang {
            Lang::Ja => format!("review.csv の {} 行は使えません", refused.len()),
            Lang::En => format!("rows of review.csv that cannot be used: {}", refused.len()),
        };
        let hint = lang
            .pick("上の警告の行を直してください", "mend the lines that the warnings above name");
        answers.push(Answer::warning(("対応状況", "decisions"), said, hint));
    }
    answers
}

/// Whether there is a key, whether it is one, and who may read it.
pub(super) fn key(root: &Path, option: Option<&Path>, lang: Lang) -> Vec<Answer> {
    let path = setup::key_path(root, option);
    match setup::read_key(root, option) {
        Err(stop) => return vec![Answer::of(KEY, &stop.error)],
        Ok(None) => {
            let said =
                lang.pick("鍵なし (tag 列は空になります)", "no key (tag columns stay empty)");
            let hint = lang
                .pick("kagiban init が keys/tag.key を作ります", "kagiban init makes keys/tag.key");
            return vec![Answer { hint: hint.to_owned(), ..Answer::fine(KEY, said) }];
        }
        Ok(Some(_)) => {}
    }
    let answers = exposed(&path, root, lang);
    if answers.is_empty() { vec![Answer::fine(KEY, readers(&path, lang))] } else { answers }
}

fn readers(path: &Path, lang: Lang) -> String {
    let who = if cfg!(unix) {
        lang.pick("所有者だけが読めます", "readable by its owner alone")
    } else {
        lang.pick("読める人は icacls で確かめてください", "icacls shows who can read it")
    };
    format!("{} ({who})", shown(path))
}

/// Ways in which others come to the key.
fn exposed(path: &Path, root: &Path, lang: Lang) -> Vec<Answer> {
    let mut answers = Vec::new();
    let name = shown(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    if setup::is_public(path) {
        let said = lang.pick("所有者のほかにも読めます", "others can read it");
        answers.push(Answer::warning(KEY, format!("{name}: {said}"), format!("chmod 600 {name}")));
    }
    if setup::is_public(folder) && !is_same(folder, root) {
        let said = lang
            .pick("鍵のフォルダを所有者のほかも開けます", "others can open the folder of the key");
        let folder = shown(folder);
        answers.push(Answer::warning(
            KEY,
            format!("{folder}: {said}"),
            format!("chmod 700 {folder}"),
        ));
    }
    if let Some(what) = handed_on(path, root) {
        let said = match lang {
            Lang::Ja => format!("{name}: 人に渡すフォルダ ({what}) の中にあります"),
            Lang::En => format!("{name}: lies in a folder that is handed on ({what})"),
        };
        let hint = lang.pick("keys/ に移してください", "move it to keys/");
        answers.push(Answer::warning(KEY, said, hint));
    }
    answers
}

fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Folders whose content goes to others: exports, runs, a share, a repository that keeps the key.
fn handed_on(path: &Path, root: &Path) -> Option<&'static str> {
    let real = fs::canonicalize(path).ok()?;
    if real.to_string_lossy().starts_with(r"\\?\UNC\") {
        return Some(r"\\");
    }
    let inner = fs::canonicalize(root).ok().and_then(|root| {
        let inner = real.strip_prefix(root).ok()?.components().next()?;
        ["sites", "runs", "corpora"].into_iter().find(|name| inner.as_os_str() == *name)
    });
    let kept = || real.parent().is_some_and(|folder| folder.join(".gitignore").is_file());
    let repository = || real.ancestors().any(|folder| folder.join(".git").exists());
    inner.or_else(|| (repository() && !kept()).then_some("git"))
}
