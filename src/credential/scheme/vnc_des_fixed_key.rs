//! VNC servers: DES under a public key, in hexadecimal. Letters beyond eight are lost.

use crate::credential::family::{ReversibleForm, never};
use crate::credential::hex;
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::model::credential::State;
use des::Des;
use des::cipher::{BlockCipherDecrypt, KeyInit};
use zeroize::Zeroizing;

// The servers read each byte of a key with its bits reversed.
const KEY: [u8; 8] = [
    23_u8.reverse_bits(),
    82_u8.reverse_bits(),
    107_u8.reverse_bits(),
    6_u8.reverse_bits(),
    35_u8.reverse_bits(),
    78_u8.reverse_bits(),
    88_u8.reverse_bits(),
    7_u8.reverse_bits(),
];

pub(super) const SCHEME: ReversibleForm = ReversibleForm {
    names: &["vnc-des-fixed-key"],
    announced: never,
    parse: |stored| read(stored).map(|_| Parsed::Readable(State::Reversible)),
    answers: &[KnownAnswer::new("d7a514d8c556aade", "Secure!")],
    read,
};

fn read(stored: &Stored<'_>) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let bytes = hex::digest(stored.bytes, 8).ok_or(Refusal::Shape)?;
    let block: [u8; 8] = bytes.as_bytes().try_into().map_err(|_| Refusal::Shape)?;
    let mut block = block.into();
    Des::new(&KEY.into()).decrypt_block(&mut block);
    let end = block.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let text = Zeroizing::new(block[..end].to_vec());
    // A zero inside or a control letter was never typed.
    if text.iter().any(|byte| *byte < b' ') { Err(Refusal::Foreign) } else { Ok(text) }
}
