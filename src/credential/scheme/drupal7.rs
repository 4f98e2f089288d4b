//! Drupal 7, `$S$`: phpass over SHA-512, cut to 43 letters.

use crate::credential::crypt64;
use crate::credential::family::{SaltedForm, after, each};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::phpass::{stretched, target};
use sha2::Sha512;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["drupal7"],
    announced: |stored| stored.starts_with(b"$S$"),
    parse: |stored| target(after(stored.bytes, "$S$")?, 43),
    answers: &[KnownAnswer::new(
        "$S$C20340258nzjDWpoQthrdNTR02f0pmev0K/5/Nx80WSkOQcPEQRh",
        "hashcat",
    )],
    cost: |target| 4 << target.params()[0],
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let digest = stretched::<Sha512>(word, target.salt(), target.params()[0]);
            crypt64::pack(&digest)[..43] == *target.digest()
        });
    },
};
