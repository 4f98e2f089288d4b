//! One password under seven schemes at three sites. The stored forms were made outside of this
//! program: with Python's hashlib (MD5, SHA-512, scrypt, SHA-256), libcrypt (yescrypt) and the
//! published table of Junos.

use super::made::{Made, prove_all};
use crate::model::credential::State;
use crate::model::evidence::{Edges, Evidence, Proof};
use crate::model::file::Origin;
use crate::model::inventory::{CredentialDraft, Inventory};
use crate::model::site::SystemKind;

const WORD: &str = "Demo-Shichi-7!";
const OPENMRS: &str = "f1ea1e067aefda48ca2d6475c9154330b37eea14d4b8d1b697a4cb4d53bfbbf8c23649397c0da0473ee39f3289e308b760ba752dc550ce331c61c8ab80070729";
const SALT: &str = "c788c6ad82a157b712392ca695dfcf2eed193d7f";
const TYPE9: &str = "$9$nhEmQVczB7dqsO$Kdo6xrpkiIazY6wHUWxOy0/Asz7fv9VUTmswNdbrZic";
const SH2: &str = "SH2dHdlbHZlLWJ5dGVzC+mRFU7gFX0D6ynmCWTvfgt+lAKSHqT/pIB+d8Ry9Gk=";
const JUNOS: &str = "$9$lKKev8-dsaZj-VDi.mzFp0BIhrvMXxNbIEX7Vwg4aZG";
const YESCRYPT: &str = "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$qRUV8I9YrRFQuUqf/JfoucmwBujE543FNyyYMP7ILp.";

fn sites(with_junos: bool) -> [Inventory; 3] {
    let (mut honin, mut clinic, mut annex) = (Made::default(), Made::default(), Made::default());
    honin.ad("a.one", WORD);
    honin.dolphin("b.two", WORD);
    honin.device("core-sw", "netop", State::Hash, "cisco-type9-scrypt", TYPE9);
    let row = clinic.account(SystemKind::Ecarte, "openmrs", "c.three");
    let draft = CredentialDraft::login("openmrs-sha512", OPENMRS.as_bytes(), Origin::default());
    clinic.0.push_credential(row, &CredentialDraft { salt: SALT, ..draft });
    clinic.device("fw01", "admin", State::Hash, "fortios-sh2", SH2);
    if with_junos {
        annex.device("srx", "root", State::Reversible, "junos-9", JUNOS);
    }
    let row = annex.account(SystemKind::Host, "pacs", "root");
    annex.secret(row, State::Hash, "yescrypt", YESCRYPT.as_bytes());
    [honin.0, clinic.0, annex.0]
}

fn left(evidence: &Evidence) -> Vec<(u16, &'static str, u32)> {
    evidence.incomparable.iter().map(|row| (row.site, row.scheme, row.secrets)).collect()
}

#[test]
fn one_readable_form_joins_all_seven() {
    let evidence = prove_all(&sites(true));
    let sizes: Vec<_> = evidence.groups.iter().map(|group| group.members.len()).collect();
    assert_eq!(sizes, [7]);
    for member in &evidence.groups[0].members {
        assert!(member.edges.has(Edges::KNOWN_WORD) && member.edges.has(Edges::OTHER_SYSTEM));
        assert_eq!(member.proof, Proof::KnownWord);
    }
    assert!(left(&evidence).is_empty(), "{:?}", left(&evidence));
}

#[test]
fn without_it_nothing_is_joined_and_everything_is_counted() {
    let evidence = prove_all(&sites(false));
    assert!(evidence.groups.is_empty() && evidence.hits.is_empty());
    let wanted = [
        (0, "nt", 1),
        (0, "opendolphin-md5", 1),
        (0, "cisco-type9-scrypt", 1),
        (1, "openmrs-sha512", 1),
        (1, "fortios-sh2", 1),
        (2, "yescrypt", 1),
    ];
    assert_eq!(left(&evidence), wanted);
    assert!(evidence.incomparable.iter().all(|row| row.tried > 0 && row.tried <= row.of));
}
