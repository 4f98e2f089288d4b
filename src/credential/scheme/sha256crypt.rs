//! sha256crypt, `$5$[rounds=N$]salt$digest`: Ulrich Drepper, "Unix crypt using SHA-256 and
//! SHA-512".

use crate::credential::batch::Target;
use crate::credential::crypt64;
use crate::credential::family::{SaltedForm, after, each, sha_crypt};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use sha2::Sha256;

const GROUPS: &[[u8; 3]] = &[
    [0, 10, 20],
    [21, 1, 11],
    [12, 22, 2],
    [3, 13, 23],
    [24, 4, 14],
    [15, 25, 5],
    [6, 16, 26],
    [27, 7, 17],
    [18, 28, 8],
    [9, 19, 29],
];

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["sha256crypt", "nxos-type5-sha256crypt", "panos-phash-sha256crypt"],
    announced: |stored| stored.starts_with(b"$5$"),
    parse,
    answers: &[
        KnownAnswer::new(
            "$5$7777657035274252$XftMj84MW.New1/ViLY5V4CM4Y7EBvfETaZsCW9vcJ8",
            "hashcat",
        ),
        KnownAnswer::new("$5$OMJELK$bZ.rikTqhYHhWZ5jw.MbtPpKivz8eSKnIHTLN9b4zXD", "admin"),
    ],
    cost: |target| u64::from(target.params()[0]) * 3,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let rounds = target.params()[0];
            sha_crypt::hash::<Sha256>(word, target.salt(), rounds)[..] == *target.digest()
        });
    },
};

/// The 32 bytes of 43 letters.
pub(super) fn letters(text: &[u8]) -> Result<[u8; 32], Refusal> {
    crypt64::decode::<32>(text, GROUPS, &[31, 30]).ok_or(Refusal::Shape)
}

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (rounds, salt, digest) = sha_crypt::parts(after(stored.bytes, "$5$")?)?;
    Ok(Parsed::Target(Target::new([rounds, 0], salt, &letters(digest)?)))
}
