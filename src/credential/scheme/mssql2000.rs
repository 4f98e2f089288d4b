//! SQL Server 2000, `0x0100`, four bytes of salt, SHA-1 of the password and of its upper case, both
//! in UTF-16LE. Where the first is blank, the second serves.

use crate::credential::batch::Target;
use crate::credential::family::text::utf16le;
use crate::credential::family::{SaltedForm, each};
use crate::credential::scheme::mssql2005::bytes;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha1::{Digest, Sha1};

const UPPER: u32 = 1;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["mssql2000"],
    announced: |stored| bytes(stored, 1, 44).is_ok(),
    parse,
    answers: &[KnownAnswer::new(
        "0x0100778883860000000000000000000000000000000000000000eda3604e067a06f2732b05b9cb90b8a710996939",
        "hashcat",
    )],
    cost: |_| 2,
    run: |pairs, hits| each(pairs, hits, opens),
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let bytes = bytes(stored.bytes, 1, 44)?;
    let (exact, upper) = bytes[4..].split_at(20);
    let blank = exact.iter().all(|&byte| byte == 0);
    let (digest, kind) = if blank { (upper, UPPER) } else { (exact, 0) };
    Ok(Parsed::Target(Target::new([kind, 0], &bytes[..4], digest)))
}

fn opens(target: &Target, word: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(word) else { return false };
    let upper = zeroize::Zeroizing::new(text.to_uppercase());
    let word = if target.params()[0] == UPPER { upper.as_bytes() } else { word };
    let wide = utf16le(word).unwrap_or_default();
    Sha1::new().chain_update(&*wide).chain_update(target.salt()).finalize()[..] == *target.digest()
}
