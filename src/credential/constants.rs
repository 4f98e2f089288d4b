//! Stored forms that ship with products: equal to one means the factory password, without a hash.

use crate::credential::defaults::Matched;
use crate::credential::pool::Pool;
use crate::credential::scheme::{self, Parsed, SCHEMES, Stored};

/// Opens every secret that holds the constant of a product.
pub(super) fn open(pool: &mut Pool, matched: &Matched<'_>) {
    let mut found: Vec<(u32, &str)> = Vec::new();
    for (constant, word) in matched.constants() {
        for slot in 1..pool.texts.len() as u32 {
            if pool.text(slot).1 == constant.as_bytes() {
                found.extend(pool.text_holders.get(slot).iter().map(|&secret| (secret, word)));
            }
        }
        let stored = Stored::new(constant.as_bytes(), b"");
        for index in 0..SCHEMES.len() as u8 {
            match scheme::at(index).parse(&stored) {
                Ok(Parsed::Target(target)) => {
                    let same = |slot: &u32| {
                        let (own, other) = pool.targets.get(*slot);
                        own == index && other.same(&target)
                    };
                    let slots = (0..pool.targets.len() as u32).filter(same);
                    let holders = slots.flat_map(|slot| pool.target_holders.get(slot));
                    found.extend(holders.map(|&secret| (secret, word)));
                }
                Ok(Parsed::Digest(digest)) => {
                    let families = pool.families.iter().filter(|f| f.schemes.contains(&index));
                    for family in families {
                        let slot = family.digests.find(digest.as_bytes());
                        let holders = slot.into_iter().flat_map(|slot| family.holders.get(slot));
                        found.extend(holders.map(|&secret| (secret, word)));
                    }
                }
                _ => {}
            }
        }
    }
    for (secret, word) in found {
        let word = pool.words.intern(word.as_bytes());
        pool.open(secret, word);
    }
}
