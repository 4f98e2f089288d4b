//! NX-OS type 8, `$nx-pbkdf2$salt$key`: as Cisco type 8, but the salt is decoded to its ten bytes.

use crate::credential::family::SaltedForm;
use crate::credential::family::pbkdf2::{self, Prf};
use crate::credential::family::text::cisco64;
use crate::credential::scheme::cisco_type8_pbkdf2::parts;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["nxos-type8-nx-pbkdf2"],
    announced: |stored| stored.starts_with(b"$nx-pbkdf2$"),
    parse,
    answers: &[KnownAnswer::new(
        "$nx-pbkdf2$hhbDfWghBSrkpE$6Whp10GyRx8J82oTUHJ.Z3WBV2TtmqISWXZ/pFFvDx2",
        "admin",
    )],
    cost: pbkdf2::cost,
    run: pbkdf2::run,
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let (salt, key) = parts(stored.bytes, "$nx-pbkdf2$")?;
    pbkdf2::target(Prf::Sha256, 20_000, &cisco64(salt)?, &key)
}
