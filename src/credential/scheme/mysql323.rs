//! `MySQL` before 4.1: two numbers of 31 bits, without salt. Blanks and tabs do not count.

use crate::credential::family::{UnsaltedForm, fill, never, raw_digest};
use crate::credential::scheme::KnownAnswer;

pub(super) const SCHEME: UnsaltedForm = UnsaltedForm {
    names: &["mysql323"],
    announced: never,
    parse: |stored| raw_digest(stored.bytes, 8),
    answers: &[KnownAnswer::new("7196759210defdc0", "hashcat")],
    family: "mysql323",
    width: 8,
    digests: |words, out| fill(words, out, |word| Some(old_password(word))),
    exact: true,
};

fn old_password(word: &[u8]) -> [u8; 8] {
    const LOW: u32 = 0x7fff_ffff;
    let (mut first, mut second, mut add) = (1_345_345_333_u32, 0x1234_5671_u32, 7_u32);
    for &byte in word.iter().filter(|byte| !matches!(byte, b' ' | b'\t')) {
        let byte = u32::from(byte);
        let step = (first & 63).wrapping_add(add).wrapping_mul(byte);
        first ^= step.wrapping_add(first << 8);
        second = second.wrapping_add((second << 8) ^ first);
        add = add.wrapping_add(byte);
    }
    (u64::from(first & LOW) << 32 | u64::from(second & LOW)).to_be_bytes()
}
