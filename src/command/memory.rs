//! `--max-memory`: how much may be in memory, and a clear end where that cannot be.

use crate::command::Stop;
use crate::kernel::paged::{self, Fault};
use anyhow::anyhow;
use std::path::Path;

/// Accounts and secrets of a run are numbered in four bytes, and the last numbers mean "none".
const MOST_ROWS: usize = u32::MAX as usize - 1;

/// Keeps long lists within a size from now on, with temporary files in `folder`.
pub(super) fn limit(size: Option<&str>, folder: Option<&Path>) -> Result<(), Stop> {
    let Some(size) = size else { return Ok(()) };
    let bytes = bytes(size).ok_or_else(|| {
        Stop::usage(anyhow!("--max-memory '{size}' is no size\nhint: a number with K, M or G: 2G"))
    })?;
    let folder = folder.map_or_else(std::env::temp_dir, Path::to_path_buf);
    paged::limit(bytes, &folder).map_err(stop)
}

/// Ends the run where the limit does not hold, or would not with `more` bytes.
pub(super) fn check(more: usize) -> Result<(), Stop> {
    paged::check(more).map_err(stop)
}

/// Refuses more accounts or secrets than there are numbers for; `site` is the one that was too many.
pub(super) fn check_rows(site: &str, rows: usize) -> Result<(), Stop> {
    if rows <= MOST_ROWS {
        return Ok(());
    }
    Err(Stop::usage(anyhow!(
        "{site}: with this site the run has {rows} accounts or secrets, and at most {MOST_ROWS} can be judged at once\nhint: audit fewer sites at once with --site"
    )))
}

fn stop(fault: Fault) -> Stop {
    match fault {
        Fault::Folder { .. } => Stop::not_written(fault),
        Fault::Beyond { .. } => Stop::usage(fault),
    }
}

/// A number of bytes, with K, M or G for powers of 1024.
fn bytes(text: &str) -> Option<usize> {
    let text = text.trim().trim_end_matches(['B', 'b']).trim_end_matches('i');
    let (number, power) = match text.chars().next_back()?.to_ascii_uppercase() {
        'K' => (&text[..text.len() - 1], 10),
        'M' => (&text[..text.len() - 1], 20),
        'G' => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let number: usize = number.trim().parse().ok().filter(|&number| number > 0)?;
    number.checked_mul(1 << power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let read: Vec<_> =
            ["2G", "512m", "64 MiB", "1kb", "123", "0", "", "G", "-1M", "1.5G", "二G"]
                .map(bytes)
                .into();
        let some = [2 << 30, 512 << 20, 64 << 20, 1 << 10, 123].map(Some);
        assert_eq!(read[..5], some);
        assert_eq!(read[5..], [None; 6]);
        assert_eq!(bytes("99999999999999G"), None);
    }

    #[test]
    fn more_rows_than_numbers_are_refused_by_name() {
        assert!(check_rows("honin", MOST_ROWS).is_ok());
        let stop = check_rows("honin", MOST_ROWS + 1).expect_err("one too many");
        assert!(stop.error.to_string().starts_with("honin: "), "{stop:?}");
    }
}
