//! What the tests of readers share.

use crate::ingest::source::{Probe, Source};
use crate::ingest::{FileError, READERS, Reader};
use crate::model::inventory::Inventory;
use crate::rules::RuleSet;
use crate::text::encoding::Detector;

/// Reads bytes as the file `path` of a site.
pub(crate) fn read(reader: &dyn Reader, path: &str, bytes: &[u8]) -> Inventory {
    try_read(reader, path, bytes).unwrap()
}

pub(crate) fn try_read(
    reader: &dyn Reader,
    path: &str,
    bytes: &[u8],
) -> Result<Inventory, FileError> {
    let mut detector = Detector::new();
    detector.feed(bytes);
    let detected = detector.finish();
    let mut source = Source::new(path, detected.encoding, detected.bom_len, Box::new(bytes));
    let rules = RuleSet::default();
    let mut inventory = Inventory::default();
    reader.read(&mut source, &rules, &mut inventory)?;
    assert!(inventory.rows.balanced());
    Ok(inventory)
}

/// Texts of all files that fixtures/sources has for a reader. What is not in UTF-8 is in the code page
/// of Japanese Windows.
pub(crate) fn configurations(reader: &str) -> Vec<String> {
    let folder = format!("{}/fixtures/sources/{reader}", env!("CARGO_MANIFEST_DIR"));
    let (mut texts, mut folders) = (Vec::new(), vec![std::path::PathBuf::from(folder)]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.components().any(|part| part.as_os_str() == "site") {
                let bytes = std::fs::read(&path).unwrap();
                texts.push(String::from_utf8(bytes).unwrap_or_else(|bad| {
                    encoding_rs::SHIFT_JIS.decode(bad.as_bytes()).0.into_owned()
                }));
            }
        }
    }
    texts.sort();
    texts
}

/// Score of a reader's claim; 0 = none.
pub(crate) fn claim(reader: &dyn Reader, path: &str, text: &str) -> u8 {
    let mut detector = Detector::new();
    detector.feed(text.as_bytes());
    let probe = Probe::new(path, text, detector.finish().encoding);
    reader.claim(&probe).map_or(0, |claim| claim.score)
}

/// Login of a row.
pub(crate) fn login(inventory: &Inventory, row: u32) -> &str {
    inventory.text.get(inventory.accounts.login.get(row))
}

/// One line for each credential: login, kind, privilege, scheme, state, principal, secret.
pub(crate) fn secrets(inventory: &Inventory) -> Vec<String> {
    let line = |c: &crate::model::credential::Credential| {
        format!(
            "{}|{}|{}|{}|{}|{}|{}",
            login(inventory, c.account),
            c.kind.word(),
            c.privilege,
            inventory.names.get(c.scheme),
            c.state.word(),
            inventory.text.get(c.principal),
            String::from_utf8_lossy(inventory.secrets.get(c.secret).expose()),
        )
    };
    inventory.credentials.iter().map(line).collect()
}

/// Pieces of every format, and what breaks them.
const PIECES: [&str; 48] = [
    "\n",
    "\r\n",
    " ",
    ":",
    "::",
    ":<",
    ";",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "^C",
    "!",
    "\u{8}",
    "\u{1b}[",
    "--More--",
    "あ",
    "\u{fffd}",
    "\0",
    "7 ",
    "0 ",
    "5 $1$",
    "username a ",
    "password ",
    "secret ",
    "enable ",
    "banner motd #",
    "line vty 0 4\n",
    " no login",
    "snmp-server community ",
    "snmp-server user u g v3 auth md5 ",
    "config system admin\n",
    "edit \"x\"\n",
    "set password ENC ",
    "next\n",
    "end\n",
    "dn: CN=a,DC=b\n",
    "objectClass: user\n",
    "sAMAccountName:",
    "objectSid:: AQUAAAAAAAUV\n",
    "member;range=0-1: ",
    "d\\a_history0:1:aad3b435b51404eeaad3b435b51404ee:31d6cfe0d16ae931b73c59d7e0c089c0:::",
    "root:x:0:0:",
    "\"userPrincipalName\":\"x\"",
    "-----BEGIN RSA PRIVATE KEY-----\n",
];

proptest::proptest! {
    #[test]
    fn no_reader_panics_or_loses_a_row(
        pieces in proptest::collection::vec((0..PIECES.len(), proptest::prelude::any::<u8>()), 0..60)
    ) {
        let mut bytes = Vec::new();
        for (piece, byte) in pieces {
            bytes.extend_from_slice(PIECES[piece].as_bytes());
            if byte > 200 {
                bytes.push(byte);
            }
        }
        for reader in READERS {
            claim(*reader, "devices/x", &String::from_utf8_lossy(&bytes));
            // Refusing the file is an answer too.
            drop(try_read(*reader, "devices/x", &bytes));
        }
    }
}
