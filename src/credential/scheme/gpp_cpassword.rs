//! Group Policy Preferences `cpassword`: AES under the key that MS-GPPREF 2.2.1.1.4 prints.

use crate::credential::family::aes_blocks::decrypt_cbc;
use crate::credential::family::text::base64;
use crate::credential::family::{ReversibleForm, never};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use zeroize::Zeroizing;

const KEY: [u8; 32] = [
    0x4e, 0x99, 0x06, 0xe8, 0xfc, 0xb6, 0x6c, 0xc9, 0xfa, 0xf4, 0x93, 0x10, 0x62, 0x0f, 0xfe, 0xe8,
    0xf4, 0x96, 0xe8, 0x06, 0xcc, 0x05, 0x79, 0x90, 0x20, 0x9b, 0x09, 0xa4, 0x33, 0xb6, 0x6c, 0x1b,
];

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["gpp-cpassword"],
    announced: never,
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::Reversible)),
    answers: &[KnownAnswer::new("j1Uyj3Vx8TY9LtLZil2uAuZkFQA/4latT76ZwgdHdhw", "Local*P4ssword!")],
    read,
};

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let wide = decrypt_cbc(&KEY, &base64(stored.bytes)?).ok_or(Refusal::Shape)?;
    if !wide.len().is_multiple_of(2) {
        return Err(Refusal::Shape);
    }
    let units = wide.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.map(|text| Zeroizing::new(text.into_bytes())).map_err(|_| Refusal::Shape)
}
