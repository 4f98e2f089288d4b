//! A collection as the collector packs it: a ZIP archive of JSON files, read without unpacking it
//! to disk. Limits bound what an archive may claim and what it may really hold.

use super::{Groups, collection, finish};
use crate::ingest::source::{Probe, Source};
use crate::ingest::{Claim, FileError, Reader};
use crate::model::file::{Origin, Problem, Weight};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// Reader of packed collections.
pub struct Archive;

/// Most bytes of the archive, and most bytes that its members unpack to together.
const LIMIT: u64 = 256 << 20;
/// Unpacked bytes for each packed one; small members may be more even than this.
const RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// Most members.
const MEMBERS: usize = 10_000;
/// Ends of the names that collectors give their files.
const NAMES: [&str; 4] = ["users.json", "groups.json", "computers.json", "domains.json"];

/// True for an archive whose list of members shows a collection. Nothing is unpacked.
pub fn is_collection(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let Ok(archive) = ZipArchive::new(BufReader::new(file)) else { return false };
    archive.file_names().take(MEMBERS).any(|name| name.is_ok_and(|name| is_known(&name)))
}

fn is_known(name: &str) -> bool {
    NAMES.iter().any(|known| name.to_ascii_lowercase().ends_with(known))
}

impl Reader for Archive {
    fn name(&self) -> &'static str {
        "bloodhound-zip"
    }

    /// Never by its text: discovery asks [`is_collection`].
    fn claim(&self, _probe: &Probe<'_>) -> Option<Claim> {
        None
    }

    fn read(
        &self,
        source: &mut Source<'_>,
        _rules: &RuleSet,
        inventory: &mut Inventory,
    ) -> Result<(), FileError> {
        let stem = source.dateless_stem();
        let mut bytes = Vec::new();
        source.bytes().take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(FileError::new("record-too-long"));
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| bad())?;
        if archive.len() > MEMBERS {
            return Err(FileError::new("zip-ratio"));
        }
        let (mut groups, mut left, mut others) = (Groups::default(), LIMIT, 0_u32);
        for index in 0..archive.len() {
            let Some(text) = member(&mut archive, index, &mut left)? else {
                others += 1;
                continue;
            };
            let text = String::from_utf8_lossy(&text);
            collection(text.as_bytes(), &stem, &mut groups, inventory)?;
        }
        if others > 0 {
            let problem = Problem::new(Origin::default(), Weight::Warning, "unsupported");
            inventory.problems.push(problem.detail(format!("{others} members")));
        }
        finish(&groups, inventory);
        Ok(())
    }
}

fn bad() -> FileError {
    FileError::new("bad-archive")
}

/// The text of a member, or `None` for one that is no JSON. `left` is what may still be unpacked.
fn member(
    archive: &mut ZipArchive<impl Read + Seek>,
    index: usize,
    left: &mut u64,
) -> Result<Option<Vec<u8>>, FileError> {
    let file = archive.by_index(index).map_err(|_| bad())?;
    let name = file.name().map_err(|_| bad())?;
    let json = Path::new(&*name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if file.is_dir() || !json {
        return Ok(None);
    }
    let packed = file.compressed_size().max(1);
    let most = (*left).min((packed * RATIO).max(SMALL));
    let mut text = Vec::new();
    // The size that the archive claims is not asked: what comes out is counted.
    file.take(most + 1).read_to_end(&mut text).map_err(|_| bad())?;
    if text.len() as u64 > most {
        return Err(FileError::new("zip-ratio"));
    }
    *left -= text.len() as u64;
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{GROUPS, USERS};
    use super::*;
    use crate::ingest::testing::{read, try_read};
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn all_members_are_one_collection() {
        let users: &[u8] = USERS.as_bytes();
        let bytes = packed(&[
            ("x_users.json", users),
            ("x_groups.json", GROUPS.as_bytes()),
            ("a.txt", b"x"),
        ]);
        let part = read(&Archive, "ad/x_BloodHound.zip", &bytes);
        assert_eq!((part.rows.read, part.rows.ok), (9, 6));
        assert!(part.memberships.iter().any(|member| member.privileged));
        assert_eq!(part.problems.last().unwrap().code, "unsupported");
    }

    #[test]
    fn bombs_and_damage_are_refused() {
        let bomb = packed(&[("users.json", &vec![b' '; 3 << 20])]);
        let code = |bytes: &[u8]| try_read(&Archive, "ad/x.zip", bytes).err().unwrap().code;
        assert_eq!(code(&bomb), "zip-ratio");
        let good = packed(&[("users.json", USERS.as_bytes())]);
        assert_eq!(code(&good[..good.len() - 30]), "bad-archive");
    }
}
