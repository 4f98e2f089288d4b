//! `PostgreSQL` SCRAM (RFC 5802, RFC 7677), `SCRAM-SHA-256$rounds:salt$stored key:server key`.
//!
//! The server prepares letters outside ASCII (RFC 4013); words are tried as they are.

use crate::credential::batch::Target;
use crate::credential::family::pbkdf2::{bounded, cost};
use crate::credential::family::text::base64;
use crate::credential::family::{SaltedForm, after, each, number, split};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use hmac::{Hmac, KeyInit, Mac};
use pbkdf2::pbkdf2_hmac;
use sha2::{Digest, Sha256};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["postgres-scram-sha-256"],
    announced: |stored| stored.starts_with(b"SCRAM-SHA-256$"),
    parse,
    answers: &[KnownAnswer::new(
        "SCRAM-SHA-256$4096:IKfxzJ8Nq4PkLJCfgKcPmA==$iRw3qwTp18uaBnsTOEExbtgWdKeBMbSSnZvqD4sdqLQ=:hPciC1CcnBna3szR8Mf3MVc8t0W7QPbIHoMMrh4zRV0=",
        "hashcat",
    )],
    cost,
    run: |pairs, hits| each(pairs, hits, opens),
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (rounds, rest) = split(after(stored.bytes, "SCRAM-SHA-256$")?, b':')?;
    let (salt, rest) = split(rest, b'$')?;
    let (key, server) = split(rest, b':')?;
    let (salt, key, server) = (base64(salt)?, base64(key)?, base64(server)?);
    if salt.is_empty() || key.len() != 32 || server.len() != 32 {
        return Err(Refusal::Shape);
    }
    // Both keys must fit, so that a damaged one opens nothing.
    let keys = [key, server].concat();
    Ok(Parsed::Target(Target::new([bounded(number(rounds)?)?, 2], &salt, &keys)))
}

fn opens(target: &Target, word: &[u8]) -> bool {
    let mut salted = [0; 32];
    pbkdf2_hmac::<Sha256>(word, target.salt(), target.params()[0], &mut salted);
    let key = |text: &[u8]| {
        Hmac::<Sha256>::new_from_slice(&salted)
            .map(|mac| mac.chain_update(text).finalize().into_bytes())
            .unwrap_or_default()
    };
    let (stored, server) = target.digest().split_at(32);
    Sha256::digest(key(b"Client Key"))[..] == *stored && key(b"Server Key")[..] == *server
}
