//! A whole line of Samba's smbpasswd, `user:uid:LM:NT:[flags]:LCT-time:`: its NT hash is compared.

use crate::credential::family::{OuterForm, hex_bytes, never, raw_digest};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;

pub(super) const SCHEME: OuterForm = OuterForm {
    names: &["smbpasswd-line"],
    announced: never,
    parse,
    answers: &[KnownAnswer::new(
        "admin:1000:D1BA0012299000EBC2265B23734E0DAC:F6A7A82DE664F582FEE80709101A6FA5:[U          ]:LCT-5F000000:",
        "Hygiene1",
    )],
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    let fields: Vec<&[u8]> = stored.bytes.split(|&byte| byte == b':').collect();
    let [_, uid, _, nt, flags, change, ..] = fields[..] else { return Err(Refusal::Shape) };
    let framed = flags.starts_with(b"[") && flags.ends_with(b"]") && change.starts_with(b"LCT-");
    if !framed || !uid.iter().all(u8::is_ascii_digit) {
        return Err(Refusal::Shape);
    }
    if flags.contains(&b'N') || nt.starts_with(b"NO PASSWORD") {
        return Ok(Parsed::Closed(State::NoPassword));
    }
    if nt.iter().all(|&letter| letter == b'X') {
        return Ok(Parsed::Closed(State::Locked));
    }
    match raw_digest(&hex_bytes(nt, 16)?, 16)? {
        Parsed::Closed(state) => Ok(Parsed::Closed(state)),
        value => Ok(Parsed::Other { scheme: "nt", state: State::Hash, value: Box::new(value) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_and_filled_fields_close_the_account() {
        let closed = |nt: &str, flags: &str| {
            let line = format!("u:1:{nt}:{nt}:[{flags}]:LCT-00000000:");
            match parse(&Stored::new(line.as_bytes(), b"")) {
                Ok(Parsed::Closed(state)) => Some(state),
                _ => None,
            }
        };
        let nt = "F6A7A82DE664F582FEE80709101A6FA5";
        assert_eq!(closed(nt, "N U"), Some(State::NoPassword));
        assert_eq!(closed(&"X".repeat(32), "U"), Some(State::Locked));
        assert_eq!(closed(nt, "DU"), None, "the hash of a disabled account is a hash");
    }
}
