//! `init`: the folders, the configuration, a key, and how to make each export.

use crate::cli::InitArgs;
use crate::command::{Exit, Stop, print, setup};
use crate::ingest::site::TOPICS;
use crate::model::lang::Lang;
use crate::rules::hex;
use anyhow::{Context, anyhow};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use zeroize::Zeroizing;

/// One site to make.
struct NewSite {
    slug: String,
    name: String,
    kind: String,
    entity: String,
}

/// Runs `kagiban init`. Files that exist are left as they are.
pub fn run(args: &InitArgs) -> Result<Exit, Stop> {
    let lang = setup::lang(args.language, None);
    let sites = match &args.sites {
        Some(file) => listed(file)?,
        None => vec![NewSite {
            slug: "honin".to_owned(),
            name: lang.pick("本院", "Main hospital").to_owned(),
            kind: "hospital".to_owned(),
            entity: String::new(),
        }],
    };
    make(&args.dir, &sites, lang).map_err(Stop::not_written)?;
    print(&said(&args.dir, &sites, lang))?;
    Ok(Exit::Clean)
}

fn make(dir: &Path, sites: &[NewSite], lang: Lang) -> anyhow::Result<()> {
    private_folder(&dir.join("keys"))?;
    fs::create_dir_all(dir.join("sites")).with_context(|| dir.display().to_string())?;
    write_new(&dir.join("kagiban.toml"), config(lang).as_bytes(), 0o644)?;
    write_new(&dir.join("suppressions.toml"), suppressions(lang).as_bytes(), 0o644)?;
    write_new(&dir.join("keys/.gitignore"), b"*\n", 0o600)?;
    let key = key().context("the system has no random numbers")?;
    write_new(&dir.join("keys/tag.key"), key.as_bytes(), 0o600)?;
    for site in sites {
        let folder = dir.join("sites").join(&site.slug);
        for topic in TOPICS {
            fs::create_dir_all(folder.join(topic)).with_context(|| folder.display().to_string())?;
        }
        write_new(&folder.join("site.toml"), site_toml(site).as_bytes(), 0o644)?;
        registers(&folder.join("inventory").join("registers"))?;
        let readme = lang.pick("README_ja.txt", "README.txt");
        let text = lang.pick(include_str!("init_ja.txt"), include_str!("init_en.txt"));
        // Notepad on older Windows needs the mark to see UTF-8, and CRLF to see lines.
        let text = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        write_new(&folder.join(readme), text.as_bytes(), 0o644)?;
    }
    Ok(())
}

/// Registers with their header alone: none declared, until somebody writes a row.
const REGISTERS: [(&str, &str); 7] = [
    ("shared", "システム,利用者ID,責任者,用途,見直し日"),
    ("service", "システム,利用者ID,責任者,用途,見直し日"),
    ("vendor", "システム,利用者ID,責任者,用途,見直し日,会社名,契約終了日"),
    ("breakglass", "システム,利用者ID,責任者,用途,見直し日,封印日,最終試験日,使用記録"),
    ("administrators", "システム,利用者ID,責任者,用途,見直し日"),
    ("roles", "システム,職種,権限"),
    ("nonemployee", "氏名,所属元,受入責任者,区分,開始日,終了日,利用者ID"),
];

fn registers(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    for (name, header) in REGISTERS {
        // With the mark, a double click in Excel shows Japanese.
        let text = format!("\u{feff}{header}\r\n");
        write_new(&folder.join(format!("{name}.csv")), text.as_bytes(), 0o644)?;
    }
    Ok(())
}

fn key() -> anyhow::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *bytes).map_err(|error| anyhow!("{error}"))?;
    Ok(Zeroizing::new(format!("{}\n", hex(&*bytes))))
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    match options.open(path) {
        Ok(mut file) => file.write_all(bytes).with_context(|| path.display().to_string()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

fn private_folder(path: &Path) -> anyhow::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).with_context(|| path.display().to_string())
}

/// Sites of a CSV with the columns slug and name, and kind and entity where it has them.
fn listed(file: &Path) -> Result<Vec<NewSite>, Stop> {
    let shown = file.display();
    let fail = |error: csv::Error| Stop::usage(anyhow!("{shown}: {error}"));
    let mut reader = csv::Reader::from_path(file).map_err(fail)?;
    let headers = reader.headers().map_err(fail)?.clone();
    let column = |name: &str| {
        headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
    };
    let Some(slug) = column("slug") else {
        return Err(Stop::usage(anyhow!("{shown}:1: no column slug\nhint: slug,name,kind,entity")));
    };
    let mut sites = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(fail)?;
        let cell = |column: Option<usize>| {
            column.and_then(|c| record.get(c)).unwrap_or_default().trim().to_owned()
        };
        let site = NewSite {
            slug: cell(Some(slug)),
            name: cell(column("name")),
            kind: cell(column("kind")),
            entity: cell(column("entity")),
        };
        if !is_slug(&site.slug) {
            return Err(Stop::usage(anyhow!(
                "{shown}:{}: the slug is no folder name\nhint: letters, digits, '-' and '_'",
                index + 2
            )));
        }
        sites.push(site);
    }
    Ok(sites)
}

fn is_slug(slug: &str) -> bool {
    !slug.is_empty()
        && slug.len() <= 64
        && slug.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn site_toml(site: &NewSite) -> String {
    let text = |value: &str| toml::Value::String(value.to_owned()).to_string();
    let name = if site.name.is_empty() { &site.slug } else { &site.name };
    let entity = match &*site.entity {
        "" => String::new(),
        entity => format!("entity = {}\n", text(entity)),
    };
    format!("name = {}\nkind = {}\n{entity}break_glass = []\n", text(name), text(&site.kind))
}

const fn config(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => {
            "# kagiban の設定。知らないキーは誤りとして止まります。\nlang = \"ja\"\n\n# [rules.LIFE-01]\n# days = 90\n# severity = \"medium\"\n"
        }
        Lang::En => {
            "# Settings of kagiban. Unknown keys are refused.\nlang = \"en\"\n\n# [rules.LIFE-01]\n# days = 90\n# severity = \"medium\"\n"
        }
    }
}

const fn suppressions(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => concat!(
            "# 例外。理由・承認者・期限(最長180日)がすべて必要です。知らないキーは誤りとして止まります。\n",
            "#\n# [[suppression]]\n# rule = \"LIFE-01\"\n",
            "# match = { site = \"honin\", system = \"corp.byoin.example\", account = \"tanaka_t\" }\n",
            "# reason = \"育児休業中。復職予定あり\"\n# approved_by = \"情報システム室長\"\n# until = 2026-12-31\n",
        ),
        Lang::En => concat!(
            "# Exceptions. Each needs a reason, an approver and an end within 180 days; unknown keys are refused.\n",
            "#\n# [[suppression]]\n# rule = \"LIFE-01\"\n",
            "# match = { site = \"honin\", system = \"corp.byoin.example\", account = \"tanaka_t\" }\n",
            "# reason = \"on leave until spring\"\n# approved_by = \"head of IT\"\n# until = 2026-12-31\n",
        ),
    }
}

fn said(dir: &Path, sites: &[NewSite], lang: Lang) -> String {
    let first = sites.first().map_or("honin", |site| site.slug.as_str());
    let readme = lang.pick("README_ja.txt", "README.txt");
    match lang {
        Lang::Ja => format!(
            "作成しました: {}\n  kagiban.toml          設定(日数・重大度・言語)\n  suppressions.toml     例外(理由と期限が必須)\n  sites/{first}/          エクスポートを置く場所  (hr  ad  ecarte  mfa  devices  host  inventory) 全 {} サイト\n  keys/tag.key          照合用の鍵(この鍵は院外に出さないこと)\n次: sites/{first}/{readme} の手順で CSV を置き、 kagiban audit {} --dry-run\n",
            dir.display(),
            sites.len(),
            dir.display(),
        ),
        Lang::En => format!(
            "Created: {}\n  kagiban.toml          settings (days, severities, language)\n  suppressions.toml     exceptions (reason and end date required)\n  sites/{first}/          where exports go  (hr  ad  ecarte  mfa  devices  host  inventory), {} site(s) in all\n  keys/tag.key          key for tags (it must not leave the house)\nNext: put exports there as sites/{first}/{readme} says, then kagiban audit {} --dry-run\n",
            dir.display(),
            sites.len(),
            dir.display(),
        ),
    }
}
