//! AES in the modes that devices use: single blocks, and CBC without a random start.

use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use aes::{Aes128, Aes256};
use zeroize::Zeroizing;

/// One block under a key of 16 bytes.
pub fn encrypt(key: &[u8; 16], block: &[u8; 16]) -> [u8; 16] {
    let mut block = (*block).into();
    Aes128::new(key.into()).encrypt_block(&mut block);
    block.into()
}

/// CBC under a key of 32 bytes and a start of zeros; `None` where length or padding do not fit.
pub fn decrypt_cbc(key: &[u8; 32], text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    if text.is_empty() || !text.len().is_multiple_of(16) {
        return None;
    }
    let aes = Aes256::new(key.into());
    let mut out = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut last = [0; 16];
    for cipher in text.chunks_exact(16) {
        let mut block: [u8; 16] = cipher.try_into().ok()?;
        let mut plain = block.into();
        aes.decrypt_block(&mut plain);
        out.extend(plain.iter().zip(last).map(|(byte, before)| byte ^ before));
        std::mem::swap(&mut last, &mut block);
    }
    let padding = usize::from(*out.last()?);
    let end = out.len().checked_sub(padding)?;
    let fits = (1..=16).contains(&padding) && out[end..].iter().all(|&b| usize::from(b) == padding);
    out.truncate(end);
    fits.then_some(out)
}
