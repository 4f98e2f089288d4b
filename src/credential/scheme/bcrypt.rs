//! bcrypt, `$2b$cost$salt digest`: Provos and Mazières, "A Future-Adaptable Password Scheme".
//! Letters beyond 72 bytes do not count.

use crate::credential::batch::{Hits, Pair, Target};
use crate::credential::family::text::bcrypt64;
use crate::credential::family::{SaltedForm, number};
use crate::credential::scheme::{KnownAnswer, Parsed, Refusal, Stored};
use crate::kernel;
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
    run,
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

fn run(pairs: &[Pair<'_>], hits: &mut Hits) {
    let tried: Vec<&Pair<'_>> = pairs.iter().filter(|pair| is_expressible(pair)).collect();
    let keys: Vec<Zeroizing<Vec<u8>>> = tried.iter().map(|pair| key(pair.word)).collect();
    let jobs = tried.iter().zip(&keys).filter_map(|(pair, key)| {
        let salt = pair.target.salt().try_into().ok()?;
        Some(kernel::Bcrypt { key, salt, cost: pair.target.params()[0] })
    });
    kernel::bcrypt(&jobs.collect::<Vec<_>>(), &mut |job, made| {
        // The last byte was forgotten by the first version, and so by all.
        if made[..23] == *tried[job].target.digest() {
            hits.hit(tried[job].id);
        }
    });
}

fn is_expressible(pair: &Pair<'_>) -> bool {
    let spoiled = pair.target.params()[1] == SPOILED && !pair.word.is_ascii();
    !spoiled && !pair.word.contains(&0)
}

/// The word as it is taken, with its end mark.
fn key(word: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(73));
    key.extend_from_slice(&word[..word.len().min(72)]);
    key.push(0);
    key.truncate(72);
    key
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
