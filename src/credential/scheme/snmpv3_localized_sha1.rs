//! `SNMPv3` key localised to an engine, SHA-1 (RFC 3414 A.2). The parameter outside is the engine's
//! id in hexadecimal.

use crate::credential::family::{SaltedForm, each, never};
use crate::credential::scheme::KnownAnswer;
use crate::credential::scheme::snmpv3_localized_md5::{COST, localized, parts};
use sha1::Sha1;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["snmpv3-localized-sha1"],
    announced: never,
    parse: |stored| parts(stored, 20),
    answers: &[KnownAnswer::salted(
        "6695febc9288e36282235fc7151f128497b38f3f",
        "000000000000000000000002",
        "maplesyrup",
    )],
    cost: |_| COST * 2,
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            localized::<Sha1>(word, target.salt())[..] == *target.digest()
        });
    },
};
