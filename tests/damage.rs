//! Damaged exports: bytes of good files are flipped, cut, repeated and exchanged, always in the same
//! way. Whatever comes of it, no reader panics, no record vanishes, and every refused record or file
//! says where it stood.

#[path = "support/process.rs"]
mod process;

use kagiban::ingest::site::SiteFolder;
use kagiban::ingest::{ReadOptions, read_site};
use kagiban::model::file::{InputFile, Weight};
use kagiban::model::inventory::Inventory;
use kagiban::rules::RuleSet;
use std::fs;
use std::path::Path;

/// Ways in which each file is damaged.
const ROUNDS: u64 = 300;

/// `SplitMix64`: the same numbers on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }
}

/// What damaged files are full of.
const SPLINTERS: [&[u8]; 16] = [
    b"\"",
    b"\0",
    b"\xFF",
    b"\n",
    b"\r",
    b",,,,,,,,",
    b"\x81",
    b"\x1B$B",
    b"::",
    b"\\",
    b"{",
    b"[[[[",
    b"\n \n",
    b"$6$",
    b"99999999999999999999",
    b"\xEF\xBB\xBF",
];

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len());
        let longest = 1 << dice.roll(12);
        let length = dice.roll(longest).min(bytes.len() - at);
        match dice.roll(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let again = bytes[at..at + length].to_vec();
                bytes.splice(at..at, again);
            }
            4 => bytes[at..at + length].reverse(),
            _ => drop(bytes.splice(at..at, SPLINTERS[dice.roll(16)].iter().copied())),
        }
    }
}

/// What does not hold of a site that was read.
fn faults(site: &Inventory) -> Vec<String> {
    let mut faults = Vec::new();
    for file in &site.files {
        let rows = file.rows;
        if !rows.balanced() {
            faults.push(format!("{}: {rows:?}", file.path));
        }
        if !file.problem.is_empty() && rows.ok > 0 {
            faults.push(format!("{}: refused, yet {} records were used", file.path, rows.ok));
        }
    }
    let refused = site.problems.iter().filter(|problem| problem.weight == Weight::Row);
    let lines = site.files.iter().map(|file| file.rows.quarantined).sum::<u64>();
    if refused.clone().count() as u64 != lines {
        faults.push(format!("{} problems of {lines} quarantined records", refused.count()));
    } else if let Some(problem) = refused.clone().find(|problem| problem.origin.line == 0) {
        faults.push(format!("{} without a line", problem.code));
    }
    faults
}

/// Records that a file of lines must have; `None` where lines are no records.
fn lines(inner: &str, bytes: &[u8]) -> Option<u64> {
    let is_lines = [".ntds", "/passwd", "/shadow"].iter().any(|end| inner.ends_with(end));
    let ends = memchr::memchr_iter(b'\n', bytes).count();
    let open = bytes.last().is_some_and(|&byte| byte != b'\n');
    is_lines.then_some(ends as u64 + u64::from(open))
}

/// Reads a site that holds one file.
fn read(folder: &Path, inner: &str, bytes: &[u8], rules: &RuleSet) -> Inventory {
    let path = folder.join(inner);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
    fs::write(&path, bytes).expect("a new file");
    let (slug, folder) = ("site".to_owned(), folder.to_path_buf());
    let site = SiteFolder { slug, path: folder.clone(), root: folder };
    let read = read_site(&site, rules, ReadOptions { digests: false }).expect("a site");
    fs::remove_file(path).expect("a file that was read");
    read
}

#[test]
fn damaged_files_lose_no_record_in_silence() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let rules = RuleSet::embedded().expect("rules");
    let scratch = tempfile::tempdir().expect("a folder");
    let (mut cases, mut read_rows, mut wrong) = (0, 0, Vec::new());
    for site in ["sites/sites/honin", "sites/sites/clinic"] {
        for (inner, good) in process::files(&fixtures.join(site)) {
            if !inner.contains('/') {
                continue;
            }
            for round in 0..ROUNDS {
                let mut dice = Dice(round ^ (inner.len() as u64) << 32);
                let mut bytes = good.clone();
                damage(&mut bytes, &mut dice);
                let site = read(scratch.path(), &inner, &bytes, &rules);
                cases += 1;
                read_rows += site.files.iter().map(|file| file.rows.ok).sum::<u64>();
                let mut faults = faults(&site);
                let lost = |file: &&InputFile| {
                    let lines = lines(&inner, &bytes).filter(|_| file.problem.is_empty());
                    lines.is_some_and(|lines| lines != file.rows.read)
                };
                faults.extend(site.files.iter().find(lost).map(|file| {
                    format!(
                        "{} of {:?} lines, read as {}",
                        file.rows.read,
                        lines(&inner, &bytes),
                        file.encoding
                    )
                }));
                let place = |fault| format!("round {round} of {inner}: {fault}");
                wrong.extend(faults.into_iter().map(place));
            }
        }
    }
    println!("{cases} damaged files, {read_rows} records of them used");
    assert!(cases > 500 && read_rows > 10_000, "{cases} files, {read_rows} records");
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}
