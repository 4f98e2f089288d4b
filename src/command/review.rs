//! `review import`: what staff wrote into a workbook, checked, shown, proposed and saved.

use crate::cli::{ImportArgs, ReviewVerb};
use crate::command::{Exit, Stop, complain, print, setup};
use crate::ingest::workbook;
use crate::model::lang::Lang;
use crate::model::review::{Action, Decisions};
use crate::report::CsvFlavour;
use crate::report::table::Table;
use crate::review::import::Imported;
use crate::review::run::Findings;
use crate::review::{file, import, propose, run};
use crate::runs;
use crate::text::name::escape_controls;
use anyhow::anyhow;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// What a workbook may unpack to: our own with some 400,000 findings, or what Excel makes of it.
const UNPACKED: u64 = 1 << 30;

/// Runs `kagiban review`.
pub fn run(verb: &ReviewVerb) -> Result<Exit, Stop> {
    let ReviewVerb::Import(args) = verb;
    let place = Place::of(args);
    let lang = setup::lang(args.language, None);
    let findings = findings(&place.run)?;
    workbook::guard_up_to(&args.file, UNPACKED).map_err(|code| {
        let shown = args.file.display();
        Stop::usage(anyhow!("{shown}: {code}\nhint: give report.xlsx of a run, saved as .xlsx"))
    })?;
    let path = place.root.join(file::NAME);
    let before = before(&path, lang)?;
    let imported = import::read(&args.file, &findings, &before).map_err(Stop::usage)?;
    let after = imported.merged(&before);
    for remark in &imported.remarks {
        complain(&format!("warning: {}", remark.line(lang)));
    }
    print(&said(&imported, &findings, import::changed(&before, &after), lang))?;
    if args.write {
        save(&path, &after)?;
        complain(&match lang {
            Lang::Ja => format!("保存しました: {}", path.display()),
            Lang::En => format!("saved: {}", path.display()),
        });
    }
    let refused = imported.remarks.iter().any(|remark| remark.kind.refuses());
    Ok(if refused { Exit::Incomplete } else { Exit::Clean })
}

/// The folders that an import is about.
struct Place {
    run: PathBuf,
    root: PathBuf,
}

impl Place {
    fn of(args: &ImportArgs) -> Self {
        let beside = || args.file.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        let run = args.run.clone().unwrap_or_else(beside);
        let root = args.root.clone().or_else(|| audited(&run)).unwrap_or_else(|| ".".into());
        Self { run, root }
    }
}

/// The folder above `runs/NAME`.
fn audited(run: &Path) -> Option<PathBuf> {
    let run = fs::canonicalize(run).ok()?;
    let runs = run.parent().filter(|runs| runs.file_name() == Some(OsStr::new("runs")))?;
    runs.parent().map(Path::to_path_buf)
}

fn findings(folder: &Path) -> Result<Findings, Stop> {
    if !folder.join("run.json").is_file() {
        return Err(Stop::usage(anyhow!(
            "{}: no run.json; without it no row can be checked\nhint: name the folder of the run with --run, such as runs/2026-11",
            folder.display()
        )));
    }
    let rules = setup::rules()?;
    let loaded = runs::read(folder, &rules).map_err(Stop::usage)?;
    Ok(run::findings(&loaded.report, &rules))
}

/// What was saved before. A file with rows that cannot be read is not written over.
fn before(path: &Path, lang: Lang) -> Result<Decisions, Stop> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Decisions::new()),
        Err(error) => return Err(Stop::usage(anyhow!("{}: {error}", path.display()))),
    };
    let (decisions, refused) = file::parse(&bytes);
    match refused.first() {
        None => Ok(decisions),
        Some(first) => Err(Stop::usage(anyhow!(
            "{first}\nhint: {}",
            lang.pick("この行を直すか消してから、もう一度", "mend or remove the row and try again")
        ))),
    }
}

fn save(path: &Path, decisions: &Decisions) -> Result<(), Stop> {
    let mut table = Table::new(file::COLUMNS);
    file::rows(decisions).for_each(|row| table.push(row));
    crate::report::write_one(path, &table.csv(CsvFlavour::Plain)).map_err(Stop::not_written)
}

/// What was understood, as comments above the proposals, so that all of it may go into a TOML file.
fn said(imported: &Imported, findings: &Findings, changed: usize, lang: Lang) -> String {
    let counts = import::counts(&imported.decisions);
    let states: Vec<_> = Action::ALL
        .iter()
        .map(|action| format!("{} {}", action.label(lang), counts[*action as usize]))
        .collect();
    let refused = imported.remarks.iter().filter(|remark| remark.kind.refuses()).count();
    let states = states.join(lang.pick("、", ", "));
    let sheets = imported.sheets.join(", ");
    let sheets = escape_controls(&sheets);
    let rows = imported.rows;
    let mut text = match lang {
        Lang::Ja => format!(
            "# 読んだシート: {sheets}  {rows} 行\n# {states}\n# 変更のある指摘 {changed}、採らなかったもの {refused}\n"
        ),
        Lang::En => format!(
            "# sheets read: {sheets}  {rows} rows\n# {states}\n# findings with a change {changed}, not taken {refused}\n"
        ),
    };
    let blocks = propose::blocks(&imported.decisions, findings, lang);
    if !blocks.is_empty() {
        text += lang.pick(
            "# 例外の案です。承認者(approved_by)と期限を書いて suppressions.toml に入れるまで、効きません。\n",
            "# Proposed exceptions: they do nothing until approved_by and until stand in suppressions.toml.\n",
        );
    }
    for block in blocks {
        text += "\n";
        text += &block;
    }
    text
}
