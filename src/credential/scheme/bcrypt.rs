//! bcrypt, `$2b$cost$salt digest`: Provos and Mazières, "A Future-Adaptable Password Scheme".
//! Letters beyond 72 bytes do not count.

use crate::credential::batch::Target;
use crate::credential::family::text::bcrypt64;
use crate::credential::family::{SaltedForm, each, number};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use blowfish::Blowfish;
use zeroize::Zeroizing;

/// A stored secret that demands more is not searched: about five seconds an evaluation.
const MAX_COST: u32 = 16;
/// `$2x$` marks digests of a version that spoiled letters outside ASCII.
const SPOILED: u32 = 1;

pub(super) const SCHEME: SaltedForm = SaltedForm {
    names: &["bcrypt", "pfsense-bcrypt", "opnsense-bcrypt", "openemr-bcrypt"],
    announced: |stored| {
        [&b"$2a$"[..], b"$2b$", b"$2x$", b"$2y$", b"bcrypt$$2"]
            .iter()
            .any(|prefix| stored.starts_with(prefix))
    },
    parse,
    answers: &[
        KnownAnswer::new("$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou", "hashcat"),
        KnownAnswer::new("$2b$10$13u6qwCOwODv34GyCMgdWub6oQF3RX0rG7c3d3X4JvzuEmAXLYDd2", "pfsense"),
        KnownAnswer::new(
            "$2y$10$YRVoF4SgskIsrXOvOQjGieB9XqHPRra9R7d80B3BZdbY/j21TwBfS",
            "opnsense",
        ),
    ],
    cost: |target| 700 << target.params()[0],
    run: |pairs, hits| {
        each(pairs, hits, |target, word| {
            let [cost, kind] = target.params();
            let spoiled = kind == SPOILED && !word.is_ascii();
            !spoiled && !word.contains(&0) && bcrypt(word, target.salt(), cost) == target.digest()
        });
    },
};

fn parse(stored: &Stored<'_>) -> Result<Parsed, Refusal> {
    // Tryton of old writes the name before it.
    let text = stored.bytes.strip_prefix(b"bcrypt$").unwrap_or(stored.bytes);
    let [b'$', b'2', kind @ (b'a' | b'b' | b'x' | b'y'), b'$', cost @ ..] = text else {
        return Err(Refusal::Shape);
    };
    if cost.len() != 2 + 1 + 22 + 31 || cost[2] != b'$' {
        return Err(Refusal::Shape);
    }
    let (salt, digest) = (bcrypt64(&cost[3..25])?, bcrypt64(&cost[25..])?);
    let kind = if *kind == b'x' { SPOILED } else { 0 };
    match number(&cost[..2])? {
        ..4 | 32.. => Err(Refusal::Shape),
        4..=MAX_COST => {
            Ok(Parsed::Target(Target::new([number(&cost[..2])?, kind], &salt, &digest)))
        }
        _ => Err(Refusal::Cost),
    }
}

fn bcrypt(word: &[u8], salt: &[u8], cost: u32) -> [u8; 23] {
    let mut key = Zeroizing::new([&word[..word.len().min(72)], &[0]].concat());
    key.truncate(72);
    let mut state = Blowfish::bc_init_state();
    state.salted_expand_key(salt, &key);
    for _ in 0..1_u32 << cost {
        state.bc_expand_key(&key);
        state.bc_expand_key(salt);
    }
    let mut text = *b"OrpheanBeholderScryDoubt";
    for block in text.chunks_exact_mut(8) {
        let half = |at: usize| {
            u32::from_be_bytes([block[at], block[at + 1], block[at + 2], block[at + 3]])
        };
        let mut pair = [half(0), half(4)];
        for _ in 0..64 {
            pair = state.bc_encrypt(pair);
        }
        block[..4].copy_from_slice(&pair[0].to_be_bytes());
        block[4..].copy_from_slice(&pair[1].to_be_bytes());
    }
    // The last byte was forgotten by the first version, and so by all.
    std::array::from_fn(|index| text[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_beyond_the_limit_are_refused() {
        let refusal = |cost: &str| {
            let text = format!("$2b${cost}$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou");
            parse(&Stored::new(text.as_bytes(), b"")).err()
        };
        assert_eq!(refusal("31"), Some(Refusal::Cost));
        assert_eq!(refusal("17"), Some(Refusal::Cost));
        assert_eq!(refusal("16"), None);
        assert_eq!(refusal("32"), Some(Refusal::Shape));
        assert_eq!(refusal("03"), Some(Refusal::Shape));
        assert_eq!(refusal("-1"), Some(Refusal::Shape));
    }
}
