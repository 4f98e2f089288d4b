//! Groups generated digests within a limit of memory and says what that took:
//! `cargo run --release --example group -- --rows 100000000 --max-memory 512`.

use clap::Parser;
use kagiban::credential::digests::DigestTable;
use kagiban::kernel::paged::{self, Paged};
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Instant;

/// Generated digests of NT hashes, 30 per cent of them out of a pool, most often its first ones.
#[derive(Parser)]
struct Options {
    /// Rows.
    #[arg(long, default_value_t = 1_000_000)]
    rows: u32,
    /// Digests that are shared.
    #[arg(long, default_value_t = 400_000)]
    pool: u32,
    /// Limit in MiB; without one everything stays in memory.
    #[arg(long)]
    max_memory: Option<usize>,
    /// Folder for temporary files.
    #[arg(long)]
    tmp: Option<PathBuf>,
}

/// A number that looks random, from a counter.
const fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

fn digest(of: u64) -> [u8; 16] {
    (u128::from(mixed(of)) << 64 | u128::from(mixed(!of))).to_be_bytes()
}

fn main() -> io::Result<()> {
    let options = Options::parse();
    if let Some(limit) = options.max_memory {
        let folder = options.tmp.clone().unwrap_or_else(std::env::temp_dir);
        paged::limit(limit << 20, &folder).expect("a folder that takes files");
    }
    let begun = Instant::now();
    let mut expected = vec![0_u32; options.pool as usize];
    let mut table = DigestTable::new(16);
    for row in 0..u64::from(options.rows) {
        let random = mixed(row.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let of = if random % 100 < 30 {
            let part = u128::from(random >> 32);
            let shared = ((part.pow(3) * u128::from(options.pool)) >> 96) as usize;
            expected[shared] += 1;
            shared as u64
        } else {
            row | 1 << 40
        };
        table.push(&digest(of));
    }
    let numbers = table.seal();
    let mut members = Paged::new();
    members.resize(table.len(), 0_u32);
    numbers.iter().for_each(|&number| members[number as usize] += 1);
    let count = |members: &[u32]| {
        let several = members.iter().filter(|&&members| members > 1);
        let largest = several.clone().max().copied().unwrap_or(0);
        (several.clone().count(), several.map(|&members| u64::from(members)).sum::<u64>(), largest)
    };
    let (groups, rows, largest) = count(&members);
    assert_eq!((groups, rows, largest), count(&expected), "groups are wrong");
    paged::check(0).expect("the limit holds");
    writeln!(
        io::stdout(),
        "{} rows: {groups} groups, {rows} rows in them, largest {largest}; {:.1} s, peak {}",
        options.rows,
        begun.elapsed().as_secs_f64(),
        peak()
    )
}

/// Most memory that was ever resident, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |kibibytes| kibibytes.trim().to_owned())
}
