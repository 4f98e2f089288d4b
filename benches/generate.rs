//! Writes large exports: `cargo run --release --example generate -- --help`.

mod configs;
mod exports;

use clap::Parser;
use configs::System;
use exports::{Exports, Kind};
use std::io;
use std::path::PathBuf;

/// Large exports in site folders.
#[derive(Parser)]
struct Options {
    /// Folder to write.
    out: PathBuf,
    /// What to write.
    #[arg(long, value_enum, default_value = "ad-csv")]
    kind: Kind,
    /// Accounts over all sites (or words).
    #[arg(long, default_value_t = 10_000)]
    accounts: u64,
    /// Sites.
    #[arg(long, default_value_t = 1)]
    sites: u64,
    /// Per cent of accounts with a reused password.
    #[arg(long, default_value_t = 30)]
    reused: u64,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Write a site of so many device configurations of 1,000 lines instead.
    #[arg(long)]
    configs: Option<u64>,
}

fn main() -> io::Result<()> {
    let Options { out, kind, accounts, sites, reused, seed, configs } = Options::parse();
    if let Some(count) = configs {
        return configs::write(&System::ALL, count, &out);
    }
    Exports { accounts, sites, reused, seed }.write(kind, &out)
}
