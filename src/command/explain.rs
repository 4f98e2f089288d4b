//! `explain`: a rule in words, or every fact of one account.

use crate::cli::ExplainArgs;
use crate::command::{Exit, Stop, account, print, setup};
use crate::report::catalog;
use anyhow::anyhow;

/// Runs `kagiban explain`.
pub fn run(args: &ExplainArgs) -> Result<Exit, Stop> {
    if let Some(wanted) = &args.account {
        return account::explain(wanted, args);
    }
    if args.devices.device_key.is_some() {
        return Err(Stop::usage(anyhow!(
            "--device-key is of no use here\nhint: it goes with --account"
        )));
    }
    let rules = setup::rules()?;
    let lang = setup::lang(args.language, None);
    let Some(name) = &args.subject else {
        return Err(Stop::usage(anyhow!(
            "which rule?\nhint: kagiban explain LIFE-06; kagiban rules list shows them all"
        )));
    };
    let Some((_, rule)) = rules.check(name) else {
        return Err(Stop::usage(anyhow!(
            "no rule '{name}'\nhint: kagiban rules list shows them all"
        )));
    };
    print(&catalog::explain(rule, lang))?;
    Ok(Exit::Clean)
}
