//! phpass, `$P$` or `$H$`, one letter of log2 rounds, eight of salt: `WordPress`, phpBB.

use crate::credential::batch::Target;
use crate::credential::crypt64;
use crate::credential::family::{SaltedForm, each};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use md5::{Digest, Md5};

/// log2 of the rounds beyond which a secret is not searched.
const MAX_LOG: u32 = 23;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["phpass"],
    announced: |stored| stored.starts_with(b"$P$") || stored.starts_with(b"$H$"),
    parse,
    answers: &[KnownAnswer::new("$P$946647711V1klyitUYhtB8Yw5DMA/w.", "hashcat")],
    cost: |target| 1 << target.params()[0],
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let digest = stretched::<Md5>(word, target.salt(), target.params()[0]);
            crypt64::pack(&digest) == target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let rest = stored.bytes.strip_prefix(b"$P$").or_else(|| stored.bytes.strip_prefix(b"$H$"));
    target(rest.ok_or(Refusal::Shape)?, 22)
}

/// A target whose digest are the last `letters` of the text.
pub(super) fn target(rest: &[u8], letters: usize) -> Result<Parsed, Refusal> {
    if rest.len() != 9 + letters || !rest[9..].iter().all(|&letter| crypt64::is_letter(letter)) {
        return Err(Refusal::Shape);
    }
    let log = crypt64::number(&rest[..1]).ok_or(Refusal::Shape)?;
    match log {
        7..=MAX_LOG => Ok(Parsed::Target(Target::new([log, 0], &rest[1..9], &rest[9..]))),
        24..=30 => Err(Refusal::Cost),
        _ => Err(Refusal::Shape),
    }
}

/// The digest of salt and word, hashed again with the word as many times as the text says.
pub(super) fn stretched<D: Digest>(word: &[u8], salt: &[u8], log: u32) -> md5::digest::Output<D> {
    let first = D::new().chain_update(salt).chain_update(word).finalize();
    (0..1_u32 << log)
        .fold(first, |digest, _| D::new().chain_update(digest).chain_update(word).finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_are_bounded() {
        let refusal = |log: char| {
            let text = format!("$P${log}46647711V1klyitUYhtB8Yw5DMA/w.");
            parse(&Stored::new(text.as_bytes(), b"")).err()
        };
        assert_eq!(refusal('B'), None);
        assert_eq!(refusal('S'), Some(Refusal::Cost), "2^30");
        assert_eq!(refusal('.'), Some(Refusal::Shape));
        assert_eq!(refusal('z'), Some(Refusal::Shape));
    }
}
