//! Domain cached credentials of Windows before Vista: MD4 of the NT hash and the user name.

use crate::credential::family::text::utf16le;
use crate::credential::family::{NtForm, SaltedForm, each, never, raw_digest, target};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md4::{Digest, Md4};

pub(super) const SCHEME: NtForm = NtForm {
    form: SaltedForm {
        names: &["dcc"],
        announced: never,
        parse,
        answers: &[KnownAnswer::salted(
            "c896b3c6963e03c86ade3a38370bbb09",
            "54161084332",
            "hashcat",
        )],
        cost: |_| 3,
        run: |pairs, hits| {
            each(pairs, hits, |target, word| {
                cached(word, target.salt()).is_some_and(|digest| digest == target.digest())
            });
        },
    },
    opens: |target, nt| from_nt(nt, target.salt()) == target.digest(),
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    match raw_digest(stored.bytes, 16)? {
        Parsed::Digest(digest) => Ok(target(&user(stored.user()?)?, digest.as_bytes())),
        closed => Ok(closed),
    }
}

/// The user name as it is hashed: lower case, UTF-16LE.
pub(super) fn user(name: &[u8]) -> Result<Vec<u8>, Refusal> {
    let name = std::str::from_utf8(name).map_err(|_| Refusal::Shape)?.to_lowercase();
    Ok(name.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// The cached credential of a word.
pub(super) fn cached(word: &[u8], user: &[u8]) -> Option<[u8; 16]> {
    Some(from_nt(&Md4::digest(&*utf16le(word)?).into(), user))
}

/// The cached credential of an account whose NT hash is known.
pub(super) fn from_nt(nt: &[u8; 16], user: &[u8]) -> [u8; 16] {
    Md4::new().chain_update(nt).chain_update(user).finalize().into()
}
