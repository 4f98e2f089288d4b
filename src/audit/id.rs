//! Ids of findings and groups: stable over runs, without secrets, lines, texts or dates in them.

use crate::model::inventory::Inventory;
use crate::text::name::login_key;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What an account is known by: its relative id, else the system's own id, else its login.
pub(crate) fn account_key(inventory: &Inventory, row: u32) -> Cow<'_, str> {
    let accounts = &inventory.accounts;
    let rid = accounts.rid.get(row);
    if rid > 0 {
        return Cow::Owned(format!("rid:{}", rid - 1));
    }
    let native = inventory.text.get(accounts.native.get(row));
    if native.is_empty() {
        login_key(inventory.text.get(accounts.login.get(row)))
    } else {
        Cow::Borrowed(native)
    }
}

/// Id of a finding: 16 characters.
pub(crate) fn finding(
    rule: &str,
    site: &str,
    system: &str,
    key: &str,
    discriminator: &str,
) -> [u8; 16] {
    base32(&digest([rule, site, system, key, discriminator], 0))
}

/// Id of a group over its members, each as site, system and key, in whatever order they come.
pub(crate) fn group<'m>(members: impl Iterator<Item = [Cow<'m, str>; 3]>) -> String {
    let (mut text, mut pieces) = (Vec::new(), Vec::new());
    for member in members {
        let start = text.len();
        for part in member {
            text.extend_from_slice(part.as_bytes());
            text.push(0);
        }
        pieces.push(start..text.len());
    }
    pieces.sort_unstable_by(|a, b| text[a.clone()].cmp(&text[b.clone()]));
    let mut sorted = Vec::with_capacity(text.len());
    for piece in pieces {
        sorted.extend_from_slice(&text[piece]);
    }
    // Nothing stands behind the last part.
    sorted.pop();
    let id: [u8; 10] = base32(&Sha256::digest(&sorted).into());
    std::iter::once('g').chain(id.iter().map(|&byte| char::from(byte))).collect()
}

fn digest<'p>(parts: impl IntoIterator<Item = &'p str>, separator: u8) -> [u8; 32] {
    let mut hash = Sha256::new();
    for (i, part) in parts.into_iter().enumerate() {
        if i > 0 {
            hash.update([separator]);
        }
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// The first `N` base32 characters (RFC 4648 in lower case, no padding) of a digest.
fn base32<const N: usize>(digest: &[u8; 32]) -> [u8; N] {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    std::array::from_fn(|i| {
        let bit = i * 5;
        let two = u16::from(digest[bit / 8]) << 8 | u16::from(digest[bit / 8 + 1]);
        ALPHABET[usize::from(two >> (11 - bit % 8) & 31)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::account::Draft;
    use crate::model::site::SystemKind;

    #[test]
    fn base32_is_that_of_rfc_4648() {
        let mut digest = [0; 32];
        digest[..10].copy_from_slice(b"foobarbaz!");
        let text: [u8; 16] = base32(&digest);
        assert_eq!(&text, b"mzxw6ytbojrgc6rb");
    }

    // printf 'LIFE-06\0honin\0corp.byoin.example\0rid:1105\0' | sha256sum, in base32.
    #[test]
    fn the_id_of_a_finding_is_fixed() {
        let id = finding("LIFE-06", "honin", "corp.byoin.example", "rid:1105", "");
        assert_eq!(std::str::from_utf8(&id).unwrap(), "2b2tx6n6pt7kczgv");
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
        let members = [["a", "b", "c"], ["a", "b", "d"]].map(|m| m.map(Cow::Borrowed));
        let id = group(members.clone().into_iter());
        assert_eq!(id, group(members.into_iter().rev()));
        assert!(id.len() == 11 && id.starts_with('g'));
    }

    #[test]
    fn keys_prefer_what_survives_renaming() {
        let mut site = Inventory::default();
        let system = site.system(SystemKind::Directory, "corp", false);
        let mut add = |draft: &Draft<'_>| site.push_account(system, draft);
        let a = add(&Draft {
            login: "T.Sato",
            native: "S-1-5-21-1",
            rid: Some(1105),
            ..Draft::default()
        });
        let b = add(&Draft { login: "T.Sato", native: "guid", ..Draft::default() });
        let c = add(&Draft { login: "CORP\\T.Sato", ..Draft::default() });
        let keys = [a, b, c].map(|row| account_key(&site, row));
        assert_eq!(keys, ["rid:1105", "guid", "t.sato"]);
    }
}
