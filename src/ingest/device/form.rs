//! The forms in which devices store secrets: scheme, state, and the shape a value must have.

use crate::model::credential::State;

/// A form. What does not fit its shape is no value of it, whatever the configuration says.
pub(crate) struct Form {
    /// Name of the form in rules/devices; the name of the scheme where it has one.
    pub(crate) name: &'static str,
    /// State of a value that fits.
    pub(crate) state: State,
    fits: fn(&str) -> bool,
}

impl Form {
    /// Scheme as credentials name it; empty where the text says nothing about one.
    pub(crate) fn scheme(&self) -> &'static str {
        if matches!(self.name, "plain" | "unknown" | "keyed" | "encrypted-hex" | "locked") {
            ""
        } else {
            self.name
        }
    }

    /// True where the value has the form's length and alphabet.
    pub(crate) fn fits(&self, value: &str) -> bool {
        (self.fits)(value)
    }
}

/// The form of a name.
pub(crate) fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

const fn hash(name: &'static str, fits: fn(&str) -> bool) -> Form {
    Form { name, state: State::Hash, fits }
}

const fn state(name: &'static str, state: State, fits: fn(&str) -> bool) -> Form {
    Form { name, state, fits }
}

const FORMS: &[Form] = &[
    state("plain", State::Plain, |_| true),
    state("unknown", State::Unknown, |_| true),
    state("keyed", State::ReversibleKeyed, |_| true),
    state("encrypted-hex", State::Unknown, |v| v.len() >= 32 && hex(v, v.len())),
    state("locked", State::Locked, |v| matches!(v, "!" | "!!" | "*" | "!*")),
    hash("cisco-type4", |v| v.len() == 43 && v.bytes().all(crypt64)),
    hash("cisco-type5-md5crypt", md5crypt),
    hash("md5crypt", md5crypt),
    hash("awplus-8-md5crypt", md5crypt),
    state("cisco-type6", State::ReversibleKeyed, |v| {
        v.len() >= 18 && v.len().is_multiple_of(3) && v.bytes().all(|b| (b'A'..=b'i').contains(&b))
    }),
    state("cisco-type7", State::Reversible, type7),
    hash("cisco-type8-pbkdf2", |v| parts(v, "$8$", 1..=16, 43)),
    hash("cisco-type9-scrypt", |v| parts(v, "$9$", 1..=16, 43)),
    hash("iosxr-type10-sha512crypt", |v| rounds(v, "$6$", 86)),
    hash("sha512crypt", |v| rounds(v, "$6$", 86)),
    hash("sha256crypt", |v| rounds(v, "$5$", 43)),
    hash("nxos-type5-sha256crypt", |v| rounds(v, "$5$", 43)),
    hash("nxos-type8-nx-pbkdf2", |v| parts(v, "$nx-pbkdf2$", 14..=14, 43)),
    hash("nxos-type9-nx-scrypt", |v| parts(v, "$nx-scrypt$", 14..=14, 43)),
    hash("asa-pix-md5", |v| v.len() == 16 && v.bytes().all(crypt64)),
    hash("asa-md5", |v| v.len() == 16 && v.bytes().all(crypt64)),
    hash("asa-pbkdf2-sha512", asa_pbkdf2),
    hash("nt", |v| hex(v, 32)),
    hash("aos-s-sha1", |v| hex(v, 40)),
    hash("raw-sha256", |v| hex(v, 64)),
    hash("raw-md5", |v| hex(v, 32)),
    hash("arubaos-mgmt-user", |v| hex(v, 50)),
    hash("comware-h6", |v| parts(v, "$h$6$", 16..=16, 88) || parts(v, "$h$6$", 16..=16, 86)),
    state("comware-c3", State::Unknown, |v| {
        v.strip_prefix("$c$3$").is_some_and(|v| v.len() >= 16 && base64(v))
    }),
    state("nec-ix-hash-old", State::Unknown, |v| hex(v, 10)),
    state("nec-ix-hash-new", State::Unknown, |v| {
        v.strip_suffix('@')
            .is_some_and(|v| v.len() == 30 && v.bytes().all(|b| b.is_ascii_alphanumeric()))
    }),
    state("yamaha-encrypted", State::Unknown, |v| v.len() >= 8),
    hash("alliedware-classic", |v| hex(v, 34)),
    state("aos-cx-ciphertext", State::ReversibleKeyed, |v| {
        v.starts_with("AQ") && v.len() >= 20 && base64(v)
    }),
    hash("snmpv3-localized-md5", |v| hex_bytes(v, 16)),
    hash("snmpv3-localized-sha1", |v| hex_bytes(v, 20)),
    hash("apr1", |v| parts(v, "$apr1$", 1..=8, 22)),
    hash("bcrypt", bcrypt),
    hash("descrypt", |v| v.len() == 13 && v.bytes().all(crypt64)),
    hash("bsdi-des", |v| v.len() == 20 && v.starts_with('_') && v[1..].bytes().all(crypt64)),
    hash("ldap-sha", |v| v.strip_prefix("{SHA}").is_some_and(|v| v.len() == 28 && base64(v))),
    hash("yescrypt", |v| v.starts_with("$y$") && v.len() > 40 && v.matches('$').count() == 4),
    hash("htdigest-md5", |v| hex(v, 32)),
    hash("wpa-psk", |v| hex(v, 64)),
];

fn crypt64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/')
}

fn hex(value: &str, digits: usize) -> bool {
    value.len() == digits && value.bytes().all(|b| b.is_ascii_hexdigit())
}

/// So many bytes in hexadecimal, with a colon between any two of them or with none.
fn hex_bytes(value: &str, bytes: usize) -> bool {
    let mut pairs = value.split(':');
    hex(value, bytes * 2) || pairs.clone().count() == bytes && pairs.all(|pair| hex(pair, 2))
}

fn base64(value: &str) -> bool {
    let body = value.trim_end_matches('=');
    value.len() - body.len() <= 2
        && body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
}

/// Prefix, salt, `$`, a digest of so many characters.
fn parts(value: &str, prefix: &str, salt: std::ops::RangeInclusive<usize>, digest: usize) -> bool {
    let Some((found, rest)) = value.strip_prefix(prefix).and_then(|v| v.split_once('$')) else {
        return false;
    };
    let plain = |byte: u8| crypt64(byte) || matches!(byte, b'+' | b'=');
    salt.contains(&found.len()) && rest.len() == digest && rest.bytes().all(plain)
}

fn md5crypt(value: &str) -> bool {
    parts(value, "$1$", 1..=8, 22)
}

/// A crypt string with or without `rounds=N$`.
fn rounds(value: &str, prefix: &str, digest: usize) -> bool {
    let Some(rest) = value.strip_prefix(prefix) else { return false };
    let rest = match rest.strip_prefix("rounds=").and_then(|rest| rest.split_once('$')) {
        Some((count, rest)) if count.bytes().all(|b| b.is_ascii_digit()) => rest,
        Some(_) => return false,
        None => rest,
    };
    parts(rest, "", 0..=16, digest)
}

fn bcrypt(value: &str) -> bool {
    value.len() == 60
        && value.starts_with("$2")
        && value.as_bytes()[6] == b'$'
        && value[7..].bytes().all(crypt64)
}

fn asa_pbkdf2(value: &str) -> bool {
    let mut parts = value.strip_prefix("$sha512$").unwrap_or_default().split('$');
    let (Some(rounds), Some(salt), Some(key), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    rounds.parse::<u32>().is_ok()
        && salt.len() == 24
        && base64(salt)
        && key.len() == 24
        && base64(key)
}

const TYPE7_KEY: &[u8; 53] = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87";

/// Two decimal digits up to 52, then pairs of hexadecimal digits that decode to printable text:
/// some switches write something else under the same digit.
fn type7(value: &str) -> bool {
    let offset = value.get(..2).and_then(|digits| digits.parse::<usize>().ok());
    let (Some(offset), Some(pairs)) = (offset.filter(|offset| *offset <= 52), value.get(2..))
    else {
        return false;
    };
    let decoded = |index: usize| {
        let byte = u8::from_str_radix(pairs.get(index * 2..index * 2 + 2)?, 16).ok()?;
        Some(byte ^ TYPE7_KEY[(offset + index) % TYPE7_KEY.len()])
    };
    !pairs.is_empty()
        && pairs.len().is_multiple_of(2)
        && (0..pairs.len() / 2)
            .all(|index| decoded(index).is_some_and(|b| (0x20..0x7f).contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of the page of verified schemes that stand in configurations of line-shaped devices.
    #[test]
    fn verified_values_have_their_shape() {
        for (name, value) in [
            ("cisco-type4", "2btjjy78REtmYkkW0csHUbJZOstRXoWdX1mGrmmfeHI"),
            ("cisco-type5-md5crypt", "$1$38652870$DUjsu4TTlTsOe/xxZ05uf/"),
            ("cisco-type6", "NdUI^_YP[VEPG[MT_bfTEFNZYFCYe\\R\\M"),
            ("cisco-type6", "fe_a`iJYE\\DZYJhDhTP[`MYaTgRH_MAAB"),
            ("cisco-type6", "XOUDEUYHeLGdB`UAZKX\\GK[iEgCWMZXEXN^dTGZ[UAAAB"),
            ("cisco-type7", "094F4107180B"),
            ("cisco-type7", "122A00190102180D3C2E"),
            ("cisco-type7", "00071C080555"),
            ("cisco-type8-pbkdf2", "$8$84486783037343$pYNyVrtyMalQrZLxRi7ZLQS1Fl.jkYCgASUi5P8JNb2"),
            ("cisco-type9-scrypt", "$9$87023684531115$phio0TBQwaO7KZ8toQFyGFyDvyOzidaypRWN0uKX0hU"),
            (
                "iosxr-type10-sha512crypt",
                "$6$72820166$U4DVzpcYxgw7MVVDGGvB2/H5lRistD5.Ah4upwENR5UtffLR4X4SxSzfREv8z6wVl0jRFX40/KnYVvK4829kD1",
            ),
            ("asa-pix-md5", "dRRVnUmUHXOTt9nk"),
            ("asa-pix-md5", "2KFQnbNIdI.2KYOU"),
            ("asa-md5", "YjDBNr.A0AN7DA8s"),
            ("asa-pbkdf2-sha512", "$sha512$5000$AAECAwQFBgcICQoLDA0ODw==$SH7o1Pw1MCjfX4AlgJRQwg=="),
            ("nxos-type5-sha256crypt", "$5$OMJELK$bZ.rikTqhYHhWZ5jw.MbtPpKivz8eSKnIHTLN9b4zXD"),
            (
                "nxos-type8-nx-pbkdf2",
                "$nx-pbkdf2$hhbDfWghBSrkpE$6Whp10GyRx8J82oTUHJ.Z3WBV2TtmqISWXZ/pFFvDx2",
            ),
            (
                "nxos-type9-nx-scrypt",
                "$nx-scrypt$1hYvWojAYSY7nk$fHkseAeAtlTv8az4j1/HuwOAVwWxK9bIrSTHy4wdOiU",
            ),
            ("aos-s-sha1", "b89eaac7e61417341b710b727768294d0e6a277b"),
            ("arubaos-mgmt-user", "83377286015bcebb857b23b94331e2b316b6ecbe9fbf26c4fc"),
            ("awplus-8-md5crypt", "$1$bJoVec4D$JwOJGPr7YqoExA0GVasdE0"),
            ("alliedware-classic", "3af00c6cad11f7ab5db4467b66ce503eff"),
            ("comware-c3", "$c$3$123456789012345678901234567890"),
            ("apr1", "$apr1$62722340$zGjeAwVP2KwY6MtumUI1N/"),
            ("bcrypt", "$2a$05$MBCzKhG1KhezLh.0LRa0Kuw12nLJtpHy6DIaU.JAnqJUDYspHC.Ou"),
            ("ldap-sha", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="),
            ("htdigest-md5", "d43c4df7b6f13ba91757e7df5f18348d"),
            ("wpa-psk", "f42c6fc52df0ebef9ebb4b90b38a5f902e83fe1b135a70e23aed762e9710a12e"),
            (
                "yescrypt",
                "$y$j9T$AAt9R641xPvCI9nXw1HHW/$cuQRBMN3N/f8IcmVN.4YrZ1bHMOiLOoz9/XQMKV/v0A",
            ),
            ("snmpv3-localized-md5", "526f5eed9fcce26f8964c2930787d82b"),
            ("snmpv3-localized-md5", "52:6f:5e:ed:9f:cc:e2:6f:89:64:c2:93:07:87:d8:2b"),
            ("snmpv3-localized-sha1", "6695febc9288e36282235fc7151f128497b38f3f"),
            ("nt", "b4b9b02e6f09a9bd760f388b67351e2b"),
        ] {
            let form = form(name).unwrap();
            assert!(form.fits(value), "{name} {value}");
            assert_eq!(form.scheme(), name);
            assert!(
                matches!(name, "alliedware-classic" | "comware-c3" | "yescrypt")
                    || !form.fits(&value[..value.len() - 1]),
                "{name}"
            );
        }
    }

    #[test]
    fn type_7_has_a_shape_and_a_text() {
        let form = form("cisco-type7").unwrap();
        for bad in ["094F4107180", "5300", "zz00", "09xx", "あ4F", "09", "", "00FF"] {
            assert!(!form.fits(bad), "{bad}");
        }
    }
}
