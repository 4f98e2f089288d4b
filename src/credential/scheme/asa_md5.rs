//! Cisco PIX and ASA `username` lines: as the `enable` line, with four letters of the user name
//! after the password.

use crate::credential::family::{SaltedForm, each, never};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::asa_pix_md5::{padded, salted};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["asa-md5"],
    announced: never,
    parse: |stored| salted(stored.user()?, stored),
    answers: &[KnownAnswer::salted("YjDBNr.A0AN7DA8s", "4684", "hashcat")],
    cost: |_| 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| opens(word, target.salt(), target.digest()));
    },
};

// PIX cuts password and user at 16 letters, ASA fills up to 32 and leaves the user off after 27.
fn opens(word: &[u8], user: &[u8], digest: &[u8]) -> bool {
    if word.len() > 32 {
        return false;
    }
    let text = if word.len() < 28 { [word, user].concat() } else { word.to_vec() };
    let asa = text.len() > 16 && padded::<32>(&text) == digest;
    asa || word.len() <= 16 && padded::<16>(&text) == digest
}
