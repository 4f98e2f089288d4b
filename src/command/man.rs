//! `man`: the manual, a page for kagiban and one for each verb.

use crate::cli::{Cli, ManArgs};
use crate::command::{Exit, Stop, print};
use crate::report;
use anyhow::{Context as _, anyhow};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use std::fs;
use std::path::Path;

/// Runs `kagiban man`.
pub fn run(args: &ManArgs) -> Result<Exit, Stop> {
    let mut all = Cli::command().disable_help_subcommand(true);
    // Gives the verbs their full names.
    all.build();
    match &args.out {
        Some(folder) => write(&all, folder)?,
        None => print(&String::from_utf8_lossy(&page(named(&all, &args.verb)?)?))?,
    }
    Ok(Exit::Clean)
}

/// The verb of a path such as `review import`.
fn named<'a>(all: &'a Command, path: &[String]) -> Result<&'a Command, Stop> {
    path.iter().try_fold(all, |above, word| {
        above.find_subcommand(word).ok_or_else(|| {
            let known: Vec<_> = above.get_subcommands().map(Command::get_name).collect();
            Stop::usage(anyhow!("no verb '{word}'\nhint: expected one of {}", known.join(", ")))
        })
    })
}

fn page(verb: &Command) -> Result<Vec<u8>, Stop> {
    let mut page = Vec::new();
    Man::new(verb.clone()).render(&mut page).map_err(Stop::not_written)?;
    Ok(page)
}

/// Every page into a folder, as the `man1` of a manual path.
fn write(verb: &Command, folder: &Path) -> Result<(), Stop> {
    let made = fs::create_dir_all(folder).with_context(|| folder.display().to_string());
    made.map_err(Stop::not_written)?;
    let path = folder.join(Man::new(verb.clone()).get_filename());
    report::write_one(&path, &page(verb)?).map_err(Stop::not_written)?;
    verb.get_subcommands().try_for_each(|below| write(below, folder))
}
