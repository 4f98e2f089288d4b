//! The last run: found for `audit`, compared by `audit` and `diff`, accepted by `baseline write`.

use crate::baseline::{self, Accepted};
use crate::cli::{BaselineVerb, DiffArgs, TextFormat, WriteArgs};
use crate::command::{Exit, Stop, complain, print, print_painted, report as reports, setup};
use crate::model::day::Day;
use crate::model::lang::Lang;
use crate::model::report::Report;
use crate::report::columns::Paint;
use crate::report::{self, Context, diff};
use crate::rules::RuleSet;
use crate::runs;
use anyhow::anyhow;
use std::path::Path;

/// Name of the file that `baseline write` writes.
pub(super) const ACCEPTED: &str = "baseline.json";

/// The run that an audit is compared with: the one that was named, none, or the last one in runs/ of
/// the audited folder.
pub(super) fn earlier(
    root: &Path,
    against: Option<&Path>,
    (as_of, sites): (Day, &[&str]),
    rules: &RuleSet,
    lang: Lang,
) -> Result<Option<Report>, Stop> {
    let folder = match against {
        Some(word) if word == Path::new("none") => return Ok(None),
        Some(run) => reports::folder(run),
        None => {
            let found = runs::last(&root.join("runs"), as_of, sites);
            if let Some(unread) = found.unread.first() {
                return Err(Stop::usage(anyhow!(
                    "{}: run.json cannot be read, and it may be the last run\nhint: restore it, move the folder away, or name a run with --against RUN (or none)",
                    unread.display()
                )));
            }
            let Some(folder) = found.folder else { return Ok(None) };
            if !found.complete {
                complain(&format!(
                    "warning: {}: {}",
                    folder.display(),
                    lang.pick(
                        "比較する前回の監査は不完全です",
                        "the last run, with which this one is compared, is incomplete"
                    )
                ));
            }
            folder
        }
    };
    let loaded = runs::read(&folder, rules).map_err(Stop::usage)?;
    Ok(Some(loaded.report))
}

/// Runs `kagiban diff`.
pub fn run(args: &DiffArgs) -> Result<Exit, Stop> {
    let mut rules = setup::rules()?;
    let [earlier, current] = [&args.earlier, &args.current].map(|run| {
        let folder = reports::folder(run);
        runs::read(&folder, &rules).map_err(Stop::usage)
    });
    let (earlier, current) = (earlier?, current?);
    let lang = args.shown.language.or(current.lang);
    let (earlier, mut current) = (earlier.report, current.report);
    if earlier.run.as_of > current.run.as_of {
        return Err(Stop::usage(anyhow!(
            "{} is the later run\nhint: kagiban diff EARLIER LATER",
            args.earlier.display()
        )));
    }
    baseline::forget(&mut current);
    baseline::compare(&mut current, &earlier, &rules);
    runs::in_force(&current, &mut rules);
    let csv = setup::csv(args.shown.csv, lang);
    let cx = Context {
        report: &current,
        rules: &rules,
        lang,
        csv,
        include_restricted: args.shown.include_restricted,
    };
    let bytes = match args.format {
        TextFormat::Text if args.out.is_none() => {
            print_painted(&diff::text(&cx, Paint::Colour), args.shown.colour)?;
            return Ok(Exit::Clean);
        }
        TextFormat::Text => diff::text(&cx, Paint::Plain).into_bytes(),
        TextFormat::Csv => diff::table(&cx).csv(csv),
        TextFormat::Json => diff::table(&cx).json(),
    };
    match &args.out {
        Some(path) => report::write_one(path, &bytes).map_err(Stop::not_written)?,
        None => print(&String::from_utf8_lossy(&bytes))?,
    }
    Ok(Exit::Clean)
}

/// Runs `kagiban baseline write`.
pub fn baseline(verb: &BaselineVerb) -> Result<Exit, Stop> {
    let BaselineVerb::Write(WriteArgs { run, out, language }) = verb;
    let rules = setup::rules()?;
    let loaded = runs::read(&reports::folder(run), &rules).map_err(Stop::usage)?;
    let accepted = Accepted::of(&loaded.report);
    report::write_one(out, &accepted.bytes()).map_err(Stop::not_written)?;
    let (count, shown) = (accepted.len(), out.display());
    print(&match language.or(loaded.lang) {
        Lang::Ja => format!(
            "{shown}: 指摘 {count} 件を出発点としました。audit は新しい指摘と再発だけで終了コード 1 になります\n"
        ),
        Lang::En => format!(
            "{shown}: {count} findings are where we start; audit exits 1 for new and returned ones only\n"
        ),
    })?;
    Ok(Exit::Clean)
}
