//! `report`: a run that was measured once, written again for other readers.

use crate::cli::ReportArgs;
use crate::command::{Exit, Stop, complain, outputs, setup};
use crate::report::{Context, CsvFlavour};
use crate::rules::RuleSet;
use crate::runs::{self, Loaded};
use anyhow::anyhow;
use std::path::{Path, PathBuf};

/// Runs `kagiban report`.
pub fn run(args: &ReportArgs) -> Result<Exit, Stop> {
    let mut rules = setup::rules()?;
    let formats = outputs::formats(&args.outputs.format, &["text", "csv", "review"])?;
    let folder = folder(&args.run);
    let loaded = load(&folder, &mut rules)?;
    let report = &loaded.report;
    let written = CsvFlavour::from_word(report.run.csv).unwrap_or(CsvFlavour::Plain);
    let asked = &args.outputs;
    let cx = Context {
        report,
        rules: &rules,
        lang: asked.shown.language.or(loaded.lang),
        csv: asked.shown.csv.map_or(written, CsvFlavour::from),
        include_restricted: asked.shown.include_restricted,
    };
    outputs::write(&cx, &formats, asked.out.as_deref().unwrap_or(&folder), asked.shown.colour)?;
    Ok(Exit::Clean)
}

/// A folder as given, or the run of that name in runs/.
pub(super) fn folder(run: &Path) -> PathBuf {
    let named = Path::new("runs").join(run);
    if !run.exists() && named.is_dir() { named } else { run.to_owned() }
}

/// Reads a run and puts its numbers into the rules.
fn load(folder: &Path, rules: &mut RuleSet) -> Result<Loaded, Stop> {
    let loaded = runs::read(folder, rules).map_err(Stop::usage)?;
    if !loaded.unknown_rules.is_empty() {
        return Err(Stop::usage(anyhow!(
            "{}: judged by rules that this version does not have: {}\nhint: use the kagiban that wrote it",
            folder.display(),
            loaded.unknown_rules.join(", ")
        )));
    }
    if loaded.other_rules {
        complain(&format!(
            "warning: {}: written with other rules; sentences and checklists are those of this version",
            folder.display()
        ));
    }
    runs::in_force(&loaded.report, rules);
    Ok(loaded)
}
