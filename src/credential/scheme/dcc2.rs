//! Domain cached credentials since Vista, `$DCC2$rounds#user#digest`: PBKDF2-SHA1 over the older
//! form.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::family::pbkdf2::{self, bounded, cost};
use crate::credential::family::{NtForm, SaltedForm, after, hex_bytes, number, split};
use crate::credential::scheme::dcc::{cached, from_nt, user};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use ::pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use zeroize::Zeroizing;

pub(super) const SCHEME: NtForm = NtForm {
    form: SaltedForm {
        names: &["dcc2"],
        announced: |stored| stored.starts_with(b"$DCC2$"),
        parse,
        answers: &[KnownAnswer::new(
            "$DCC2$10240#6848#e2829c8af2232fa53797e2f0e35e4626",
            "hashcat",
        )],
        cost,
        run,
    },
    opens: |target, nt| stretched(&from_nt(nt, target.salt()), target),
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (rounds, rest) = split(after(stored.bytes, "$DCC2$")?, b'#')?;
    // A name may hold the mark, a digest cannot.
    let at = rest.len().checked_sub(33).filter(|&at| rest[at] == b'#').ok_or(Refusal::Shape)?;
    let digest = hex_bytes(&rest[at + 1..], 16)?;
    Ok(Parsed::Target(Target::new([bounded(number(rounds)?)?, 1], &user(&rest[..at])?, &digest)))
}

/// PBKDF2 takes the older form as its key.
fn run(pairs: &[Pair<'_>], hits: &mut Hits) {
    let key = |pair: &Pair<'_>| cached(pair.word, pair.target.salt()).map(Zeroizing::new);
    let keys: Vec<_> = pairs.iter().map(key).collect();
    let keyed = pairs.iter().zip(&keys);
    let keyed: Vec<_> =
        keyed.filter_map(|(pair, key)| Some(Pair { word: &key.as_ref()?[..], ..*pair })).collect();
    pbkdf2::run(&keyed, hits);
}

fn stretched(cached: &[u8; 16], target: &Target) -> bool {
    let mut key = [0; 16];
    pbkdf2_hmac::<Sha1>(cached, target.salt(), target.params()[0], &mut key);
    key == target.digest()
}
