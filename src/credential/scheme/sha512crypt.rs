//! sha512crypt, `$6$[rounds=N$]salt$digest`: Ulrich Drepper, "Unix crypt using SHA-256 and
//! SHA-512".

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::crypt64;
use crate::credential::family::{after, sha_crypt};
use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Salted, Scheme, Stored};
use sha2::Sha512;

const GROUPS: &[[u8; 3]] = &[
    [0, 21, 42],
    [22, 43, 1],
    [44, 2, 23],
    [3, 24, 45],
    [25, 46, 4],
    [47, 5, 26],
    [6, 27, 48],
    [28, 49, 7],
    [50, 8, 29],
    [9, 30, 51],
    [31, 52, 10],
    [53, 11, 32],
    [12, 33, 54],
    [34, 55, 13],
    [56, 14, 35],
    [15, 36, 57],
    [37, 58, 16],
    [59, 17, 38],
    [18, 39, 60],
    [40, 61, 19],
    [62, 20, 41],
];

pub(super) struct Sha512Crypt;

impl Scheme for Sha512Crypt {
    fn names(&self) -> &'static [&'static str] {
        &["sha512crypt", "iosxr-type10-sha512crypt", "vyos-sha512crypt"]
    }

    fn announced(&self, stored: &[u8]) -> bool {
        stored.starts_with(b"$6$")
    }

    fn parse(&self, stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        let (rounds, salt, digest) = sha_crypt::parts(after(stored.bytes, "$6$")?)?;
        let digest = crypt64::decode::<64>(digest, GROUPS, &[63]).ok_or(Refusal::Shape)?;
        Ok(Parsed::Target(Target::new([rounds, 0], salt, &digest)))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[
            KnownAnswer::new(
                "$6$72820166$U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1",
                "hashcat",
            ),
            KnownAnswer::new(
                "$6$QxPS.uk6mfo$9QBSo8u1FkH16gMyAVhus6fU3LOzvLR9Z9.82m3tiHFAxTtIkhaZSWssSgzt4v4dGAL8rhVQxTg0oAG9/q11h/",
                "vyos",
            ),
        ];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Salted(self)
    }
}

impl Salted for Sha512Crypt {
    fn cost(&self, target: &Target) -> u64 {
        u64::from(target.params()[0]) * 2
    }

    fn run(&self, pairs: &[Pair<'_>], hits: &mut Hits) {
        for pair in pairs {
            let target = pair.target;
            let rounds = target.params()[0];
            let digest = sha_crypt::hash::<Sha512>(pair.word, target.salt(), rounds);
            if digest[..] == *target.digest() {
                hits.hit(pair.id);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str =
        "mQ6r2Ga8Ijk2lPDWqxjQ9.4GtkkVHEOPEV8ThRP8BkcyQ1YNqyNxIVi4BMA0yQFA9Il4uFUWpZ4YO8yBDwGrw1";

    fn refusal(text: &str) -> Option<Refusal> {
        Sha512Crypt.parse(&Stored::new(text.as_bytes(), b"")).err()
    }

    #[test]
    fn absurd_costs_are_refused() {
        assert_eq!(
            refusal(&format!("$6$rounds=999999999$ab$A{}", &SAMPLE[1..])),
            Some(Refusal::Cost)
        );
        assert_eq!(refusal(&format!("$6$rounds=99999999999$ab${SAMPLE}")), Some(Refusal::Cost));
        assert_eq!(refusal(&format!("$6$rounds=5000000$ab$A{}", &SAMPLE[1..])), None);
        assert_eq!(refusal(&format!("$6$rounds=-1$ab${SAMPLE}")), Some(Refusal::Shape));
    }

    #[test]
    fn a_value_that_is_too_short_is_a_scrubbed_one() {
        assert_eq!(refusal("$6$ab$abcdef"), Some(Refusal::Shape));
        assert_eq!(refusal("$6$ab"), Some(Refusal::Shape));
        assert_eq!(refusal("$6$"), Some(Refusal::Shape));
    }
}
