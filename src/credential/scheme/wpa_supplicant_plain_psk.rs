//! `psk="..."` of `wpa_supplicant` and hostapd: the passphrase in quotes. Without quotes it is the
//! derived key, which is another scheme.

use crate::credential::family::{ReversibleForm, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use zeroize::Zeroizing;

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["wpa-supplicant-plain-psk"],
    announced: never,
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::Plain)),
    answers: &[KnownAnswer::new("psk=\"Hygiene#2024\"", "Hygiene#2024")],
    read,
};

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let text = stored.bytes.strip_prefix(b"psk=").unwrap_or(stored.bytes);
    match text {
        [b'"', text @ .., b'"'] if (8..=63).contains(&text.len()) => {
            Ok(Zeroizing::new(text.to_vec()))
        }
        _ if text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit) => Err(Refusal::Foreign),
        _ => Err(Refusal::Shape),
    }
}
