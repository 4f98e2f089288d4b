//! Text that is the password itself (Cisco type 0, SNMP communities, cleartext columns).

use crate::credential::scheme::{Body, KnownAnswer, Parsed, Refusal, Reversible, Scheme, Stored};
use crate::model::credential::State;
use zeroize::Zeroizing;

pub(super) struct Plain;

impl Scheme for Plain {
    fn names(&self) -> &'static [&'static str] {
        &["plain", "cisco-type0"]
    }

    fn parse(&self, _stored: &Stored<'_>) -> Result<Parsed, Refusal> {
        Ok(Parsed::Readable(State::Plain))
    }

    fn known_answers(&self) -> &'static [KnownAnswer] {
        const ANSWERS: &[KnownAnswer] = &[KnownAnswer::new("cisco", "cisco")];
        ANSWERS
    }

    fn body(&self) -> Body<'_> {
        Body::Reversible(self)
    }
}

impl Reversible for Plain {
    fn decode(&self, stored: &Stored<'_>) -> Option<Zeroizing<Vec<u8>>> {
        Some(Zeroizing::new(stored.bytes.to_vec()))
    }
}
